"""Other versions: of dependencies, of Python; and all but what cannot be had here."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from pytest_sprintready.facts import configuration
from pytest_sprintready.outcome import Deviation, Verdict
from pytest_sprintready.reading.requirements import distribution_name
from pytest_sprintready.verify.alike import exception
from pytest_sprintready.verify.attempt import first_error
from pytest_sprintready.verify.interpreters import minor
from pytest_sprintready.verify.plan import best_places, is_package
from pytest_sprintready.verify.repair.fix import Fix, in_place_of, where_set_up_is_told
from pytest_sprintready.verify.sample import sample_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.verify.attempt import Attempt
    from pytest_sprintready.verify.repair.fix import Situation


_UNREACHED = re.compile(
    r"Git operation failed|Could not resolve host|git clone .*did not run successfully|Name or service not known"
    r"|Temporary failure in name resolution|when git clone"
)


def _for_want_of_a_host(attempt: Attempt) -> bool:
    """Tell whether a set-up failed for a host that cannot be reached, which no other version mends."""
    run = attempt.run
    return attempt.verdict is Verdict.SETUP_FAILED and run is not None and _UNREACHED.search(run.log) is not None


_TOO_NEW = re.compile(
    r"No solution found|ResolutionImpossible|No matching distribution|Failed to build|[Bb]uilding wheel.*(failed|error)"
    r"|error: subprocess-exited-with-error|metadata-generation-failed|because .* depends on|conflicting dependencies"
    r"|build backend returned an error|ModuleNotFoundError: No module named '(pkg_resources|setuptools|distutils|imp)'"
)


def older_versions(now: Situation) -> Iterator[Fix]:
    """Install what there was when the commit was made: a later release of somebody else may have broken it."""
    if not now.commit_date or now.attempt.verdict is Verdict.UNSUPPORTED:
        return
    if now.attempt.verdict is Verdict.TIMEOUT and not now.attempt.counts.broken:
        return
    if _for_want_of_a_host(now.attempt) or now.attempt.only_something_else_failed:
        return
    if now.attempt.verdict is Verdict.SETUP_FAILED and not (now.attempt.run and _TOO_NEW.search(now.attempt.run.log)):
        return
    day = now.commit_date[:10]
    unclear = set(sample_of(now.attempt))
    met = (exception(failure) for failure in now.attempt.failures if failure.node in unclear)
    seen = next(filter(None, met), "") or first_error(now.attempt.sessions) or now.attempt.cause
    place = next(
        (found for name in ("dependencies", "build_requires") if (found := now.facts.project.places.get(name))), None
    )
    yield Fix(
        key="before",
        deviation=Deviation(
            needed=f"dependencies as of the commit's date: nothing released after {day} (with today's: {seen})",
            advice="commit a lock file or constraints, or mend what later releases broke"
            + (f" (dependencies: {place})" if place else ""),
            place=place,
            kind="constraint",
        ),
        before=now.commit_date,
        anew=True,
    )


_UNBUILT = re.compile(
    r"Failed building wheel for ([\w.-]+)|Failed to build [`']?([A-Za-z][\w.-]*)(?=[`'=]|$)|based projects \(([^)]*)\)"
    r"|Collecting ([A-Za-z][\w.-]*)[^\n]*\n(?:(?!Collecting )[^\n]*\n)*?[^\n]*finished with status 'error'",
    re.MULTILINE,
)
_OF_THE_SYSTEM = re.compile(
    r"pkg-config|mysql_config|pg_config|fatal error: \S+\.h\b|cannot find -l|rustc|cargo\b|cmake.*not found|gfortran"
    r"|Could not resolve host"
)


def without_what_needs_the_system(now: Situation) -> Iterator[Fix]:
    """Install all but what cannot be built for want of a library of the system, or fetched: few tests need it."""
    if now.attempt.run is not None and _OF_THE_SYSTEM.search(now.attempt.run.log):
        yield from without_what_fails(now)


def without_what_fails(now: Situation) -> Iterator[Fix]:
    """Install all but the distributions that could not be built or fetched."""
    run = now.attempt.run
    if now.attempt.verdict is not Verdict.SETUP_FAILED or run is None or run.phase != "setup":
        return
    if not re.search(r"\bpip3? install\b|\buv sync\b", run.command):
        return
    found = {
        distribution_name(name) for match in _UNBUILT.findall(run.log) for part in match for name in part.split(",")
    }
    found -= {"", distribution_name(now.facts.project.name or "-")}
    unreached = _UNREACHED.search(run.log) is not None
    places = _installed_by(now.facts, run.command)
    asked = list(dict.fromkeys(each for place in places for each in configuration.requirements_of(now.facts, place)))
    failing = [
        each for each in asked if distribution_name(each) in found or (unreached and re.search(r"git\+|://", each))
    ]
    if not failing:
        return
    own = ["-e", "."] if is_package(now.facts) else []
    words = [*own, *(each for each in asked if each not in failing)]
    names = ", ".join(distribution_name(each) or each for each in failing)
    yield in_place_of(
        run,
        key=f"without {names}",
        needed=f"leaving out {names}, which cannot be {'fetched' if unreached else 'built'} here",
        advice=f"say what {names} needs of the system, or move it out of what tests install",
        command=shlex.join(["uv", "pip", "install", *words]),
    )


def _installed_by(facts: Facts, command: str) -> tuple[str, ...]:
    """Return the declared places that a command names, by default those for the tests."""
    named = []
    for place in facts.dependency_places:
        kind, _, name = place.partition(":")
        form = {"extra": r"\[[^\]]*\b%s\b[^\]]*\]", "group": r"--group[ =]%s\b", "requirements": r"%s(?![\w.])"}.get(
            kind
        )
        if form and re.search(form % re.escape(name), command):
            named.append(place)
    return tuple(named) or best_places(facts)


_OWN_PYTHON = re.compile(r"\b(tox|nox|hatch)\b")
"""What chooses the Python of its environments itself."""

_OF_ANOTHER_PYTHON = re.compile(
    r"requires a different Python|[Rr]equires-?[Pp]ython|SyntaxError|cannot import name|has no attribute"
    r"|No module named '(distutils|imp|asyncore|asynchat|smtpd|cgi|pipes|crypt)"
    r"|incompatible with the project's Python|No interpreter found|Python\.h|longintrepr\.h"
)


def other_interpreter(now: Situation) -> Iterator[Fix]:
    """Take another Python where the set-up failed, where the tests do not start, and where some of them fail."""
    log = now.attempt.run.log if now.attempt.run else ""
    broken = now.attempt.verdict in (Verdict.SETUP_FAILED, Verdict.START_FAILED, Verdict.COLLECTION_FAILED)
    seen = broken and not _for_want_of_a_host(now.attempt) and (_TOO_NEW.search(log) or _OF_ANOTHER_PYTHON.search(log))
    chosen = now.attempt.run is not None and _OWN_PYTHON.search(now.attempt.run.command)
    if seen or (sample_of(now.attempt) and not chosen):
        for other in now.others[:2]:
            if other != now.python:
                place = now.facts.project.places.get("requires_python") or where_set_up_is_told(now.facts, now.attempt)
                yield Fix(
                    key=f"python {minor(other)}",
                    deviation=Deviation(
                        needed=f"Python {minor(other)}, not {minor(now.python)}",
                        advice=f"say which Python to use ({minor(other)}), or support {minor(now.python)}",
                        place=place,
                        kind="interpreter",
                    ),
                    python=other,
                    anew=True,
                )
