"""What a machine of one's own has, or its owner puts up with: settings, a screen, a network, luck."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import Deviation, Verdict
from pytest_sprintready.verify.repair.fix import Fix, said_at, told_at, where_set_up_is_told
from pytest_sprintready.verify.wants import NETWORK_MARK, needs_network

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.verify.repair.fix import Situation


_EXAMPLES = re.compile(r"(\.env[.-](example|sample|template|dist|default)|(example|sample)\.env)")


def example_settings(now: Situation) -> Iterator[Fix]:
    """Copy the example of a file with settings to where the program looks for it."""
    snapshot = now.facts.snapshot
    example = next((path for path in snapshot.files if _EXAMPLES.fullmatch(path)), "")
    if not example or snapshot.has(".env") or now.attempt.verdict in (Verdict.SETUP_FAILED, Verdict.TIMEOUT):
        return
    typed = f"cp {example} .env"
    if any(typed in step.command for step in now.attempt.plan.steps):
        return
    place = where_set_up_is_told(now.facts, now.attempt)
    yield Fix(
        key=typed,
        deviation=Deviation(
            needed=f"settings, of which there is an example: {typed}",
            advice=told_at(place, f"say `{typed}`, or let the tests bring settings of their own"),
            says=said_at(now.attempt, place),
            place=place,
            kind="configure",
        ),
        command=typed,
    )


_NO_DISPLAY = re.compile(
    r"no display name|could not connect to display|cannot connect to X server|Could not load the Qt platform plugin"
    r"|cannot open display|No available video device|Unable to open display|\$DISPLAY",
    re.IGNORECASE,
)
_WITHOUT_SCREEN = (("QT_QPA_PLATFORM", "offscreen"), ("MPLBACKEND", "Agg"), ("SDL_VIDEODRIVER", "dummy"))


def no_display(now: Situation) -> Iterator[Fix]:
    """Let windows be drawn into memory where there is no screen."""
    seen = now.attempt.run.log if now.attempt.run else ""
    failures = now.attempt.failures
    seen += "\n".join(raised.message for failure in failures for raised in failure.raised)
    if _NO_DISPLAY.search(seen):
        told = " ".join(f"{name}={value}" for name, value in _WITHOUT_SCREEN)
        place = where_set_up_is_told(now.facts, now.attempt)
        yield Fix(
            key="display",
            deviation=Deviation(
                needed=f"a screen, or drawing into memory: {told}",
                advice=told_at(place, f"say how to test without a screen: `export {told}`"),
                place=place,
                kind="configure",
            ),
            variables=_WITHOUT_SCREEN,
        )


_READS_INPUT = "reading from stdin while output is captured"


def captured_input(now: Situation) -> Iterator[Fix]:
    """Let tests read the input, which pytest takes from them unless it is told `-s`."""
    failures = now.attempt.failures
    said = [failure.output + "".join(raised.message for raised in failure.raised) for failure in failures]
    number = sum(_READS_INPUT in each for each in said)
    if number:
        place = where_set_up_is_told(now.facts, now.attempt)
        yield Fix(
            key="captured input",
            deviation=Deviation(
                needed=f"`-s`: {number} tests read the input, which pytest takes from them",
                advice=told_at(place, "say `pytest -s`, or set `addopts = -s` in the configuration of pytest"),
                place=place,
                kind="configure",
            ),
            variables=(("PYTEST_ADDOPTS", "-s"),),
        )


_FEW = 3
"""So many tests that fail may be a matter of luck."""


def second_run(now: Situation) -> Iterator[Fix]:
    """Run the tests once more where few of many failed: some depend on the time, on order or on load."""
    counts = now.attempt.counts
    if not counts.broken or now.attempt.verdict is not Verdict.TESTS_FAILED:
        return
    if counts.broken > _FEW or counts.passed < 10 * counts.broken:
        return
    failing = [failure.node for failure in now.attempt.failures]
    place = Evidence(failing[0].partition("::")[0]) if failing and failing[0] else None
    named = ", ".join(dict.fromkeys(filter(None, failing))) or f"{counts.broken} of {counts.passed + counts.broken}"
    yield Fix(
        key="second run",
        deviation=Deviation(
            needed=f"a second run: the first failed in {named}",
            advice="let these tests not depend on time, order or load, or mark them as flaky",
            place=place,
            kind="environment",
        ),
    )


# Tests that need a network ----------------------------------------------------------------------------------------


def network_tests(now: Situation) -> Iterator[Fix]:
    """Leave out the tests that failed for want of a network where nothing else did."""
    if all(needs_network(failure) for failure in now.attempt.failures):
        yield from network_tests_among_others(now)


def network_tests_among_others(now: Situation) -> Iterator[Fix]:
    """Leave out the tests that failed for want of a network, by their marker where they have one in common."""
    needing = [
        failure
        for failure in now.attempt.failures
        if failure.node and failure.stage != "collect" and needs_network(failure)
    ]
    if not needing:
        return
    tests = tuple(dict.fromkeys(failure.node for failure in needing))
    number = len(tests)
    shared = [mark for mark in needing[0].markers if all(mark in failure.markers for failure in needing)]
    marks = list(filter(NETWORK_MARK.search, shared))
    if marks:
        needed = f'leaving out {number} tests that need the network: -m "not {marks[0]}"'
        advice = told_at(
            where_set_up_is_told(now.facts, now.attempt), f'say `-m "not {marks[0]}"` for those without a network'
        )
    else:
        needed = f"leaving out {number} tests that need the network, and have no marker that says so"
        advice = f"mark them, {tests[0]} for example, and say how to leave them out"
    yield Fix(
        key=f"network {hash(tuple(sorted(tests)))}",
        deviation=Deviation(
            needed=needed, advice=advice, place=now.facts.project.places.get("raw_name"), kind="deselect"
        ),
        left_out=tests,
    )
