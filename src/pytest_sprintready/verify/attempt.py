"""One plan, followed step by step, and what it came to."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.outcome import Counts, Run, Verdict
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.shell import program_name, split_line
from pytest_sprintready.verify import foreign, results
from pytest_sprintready.verify.alike import behind, exception
from pytest_sprintready.verify.plan import prepared
from pytest_sprintready.verify.services import is_replaced
from pytest_sprintready.verify.system_packages import packages_of
from pytest_sprintready.verify.wants import needs_network

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_sprintready.diagnosis.model import Failure
    from pytest_sprintready.verify.environment import Environment
    from pytest_sprintready.verify.plan import Plan, Step

CLOSED, AT_ONCE = "closed", "open: the command installs and tests at once"
ASKED_TO_STOP = "the first test had passed"
NOT_WORTH_IT = "the tests that failed do so here, too"


# How far an attempt comes that sees no test pass.
_STAGES = (
    Verdict.UNSUPPORTED,
    Verdict.TIMEOUT,
    Verdict.SETUP_FAILED,
    Verdict.START_FAILED,
    Verdict.NO_TESTS,
    Verdict.COLLECTION_FAILED,
    Verdict.TESTS_FAILED,
    Verdict.GREEN,
)


class Attempt(NamedTuple):
    """What a plan came to. `run` is the command that decided it; `sessions` are those of its tests."""

    plan: Plan
    verdict: Verdict
    counts: Counts = Counts()
    cause: str = ""
    run: Run | None = None
    sessions: tuple[results.Session, ...] = ()
    network: str = CLOSED

    @property
    def failures(self) -> list[Failure]:
        """What its sessions tell of all that failed, with the markers of each test."""
        return [failure._replace(markers=marks) for session in self.sessions for failure, marks in session.failures]

    @property
    def failed_tests(self) -> tuple[str, ...]:
        """The tests that failed, as its sessions or its output name them; () where neither names as many as failed."""
        names = [name for name, _ in _failed(self.sessions, self.run.log if self.run else "")]
        return tuple(dict.fromkeys(names)) if len(names) >= self.counts.broken else ()

    @property
    def merit(self) -> tuple[bool, bool, bool, int, float, int]:
        """What makes one attempt better than another: how far it came, then how little of it was broken.

        One that was cut short has few failures for want of time, and one that never came to its tests has none.
        """
        passed = self.counts.passed > 0
        whole = self.verdict is not Verdict.TIMEOUT
        came = 0 if passed else _STAGES.index(self.verdict)
        broken = self.counts.broken
        share = broken / max(self.counts.passed + broken, 1)
        return self.verdict is Verdict.GREEN, passed, whole or not passed, came, -share, -broken

    @property
    def only_something_else_failed(self) -> bool:
        """Whether all tests passed and the command failed for what it does beside them: coverage, linters."""
        return self.verdict is Verdict.TESTS_FAILED and self.counts.passed > 0 and not self.counts.broken

    def led_nowhere_beside(self, begun: Attempt) -> bool:
        """Tell whether leaving out what could not be had here came to no test: then that is what was in the way.

        What fails behind it may be no more than an example of what can be done once it runs.
        """
        stopped = self.verdict in (Verdict.UNSUPPORTED, Verdict.SETUP_FAILED)
        return begun.verdict is Verdict.UNSUPPORTED and stopped


class Clock(NamedTuple):
    """How long there is: `left()` seconds for an attempt, `whole()` of everything for tests that are getting on."""

    left: Callable[[], float]
    network_in_tests: bool = False
    first_green: bool = False
    whole: Callable[[], float] = lambda: 0.0


def follow(
    plan: Plan,
    environment: Environment,
    clock: Clock,
    *,
    variables: Mapping[str, str],
    skip: frozenset[str] = frozenset(),
    worth_it: Callable[[Step], bool] = lambda _step: True,
) -> Attempt:
    """Type the commands of a plan one after the other until one fails or the tests have run.

    Commands in `skip` are left out. A command that is not at hand is installed first where it is a known tool.
    `worth_it` is asked before the tests, with all set up, whether they are to be run.
    """
    for step in plan.steps:
        if step.command in skip or (environment.services and is_replaced(step.command)):
            continue
        missing = provide(step, environment, clock)
        if missing:
            stopped = Run(step.command, step.phase, step.source, step.place)
            return Attempt(plan, Verdict.UNSUPPORTED, cause=missing, run=stopped)
        environment.heed_the_date(seconds=clock.left())
        if step.phase == "test":
            if not worth_it(step):
                return Attempt(plan, Verdict.NO_TESTS, cause=NOT_WORTH_IT)
            return run_tests(plan, step, environment, clock, variables=variables)
        run = Run(step.command, step.phase, step.source, step.place)
        ours = {**dict(step.variables), **variables}
        done = environment.run(run, seconds=clock.left(), network=True, folder=step.folder, variables=ours)
        asked = packages_of(environment.system_packages_asked())
        if environment.install_packages(asked, run, seconds=clock.left()) and done.exit_code != 0:
            done = environment.run(run, seconds=clock.left(), network=True, folder=step.folder, variables=ours)
        if done.exit_code != 0:
            return _stopped(plan, done, Verdict.SETUP_FAILED)
    return Attempt(plan, Verdict.NO_TESTS, cause="no command of this plan runs tests")


def _stopped(plan: Plan, run: Run, verdict: Verdict) -> Attempt:
    if run.ended:
        verdict = Verdict.TIMEOUT if "seconds" in run.ended else verdict
        return Attempt(plan, verdict, cause=f"`{_short(run.command)}` was ended: {run.ended}", run=run)
    if program := foreign.failed_for(run.log):
        return Attempt(plan, Verdict.UNSUPPORTED, cause=_needs(run.command, program), run=run)
    return Attempt(plan, verdict, cause=f"`{_short(run.command)}` failed: {telling_line(run.log)}", run=run)


def run_tests(
    plan: Plan,
    step: Step,
    environment: Environment,
    clock: Clock,
    *,
    variables: Mapping[str, str],
    again: bool = False,
) -> Attempt:
    """Run the tests, with the network closed wherever the command can be told to make its environment first.

    `again` says that the environment is made already, and has been changed since.
    """
    ours = {**dict(step.variables), **variables}
    reports = environment.made.reports

    def run(command: str, *, network: bool) -> Attempt:
        environment.clear_reports()
        asked = Run(command, "test", step.source, step.place)
        # What has been set up is worth a try, however much of its share that took.
        start, share = time.monotonic(), max(clock.left(), clock.whole() / 2)
        look = start + share

        def stop() -> str:
            nonlocal look
            if clock.first_green and any(session.first_pass for session in results.sessions(reports)):
                return ASKED_TO_STOP
            if time.monotonic() > look:
                look = time.monotonic() + _LOOKS
                if not _getting_on(environment):
                    return f"it had not ended after {share:.0f} seconds"
            return ""

        seconds = max(share, clock.whole())
        done = environment.run(asked, seconds=seconds, network=network, folder=step.folder, variables=ours, watch=stop)
        if f'importing plugin "{results.REPORTER}"' in done.log and environment.reporting:
            # The project sets PYTHONPATH itself and so hides our plugin. Its summary lines have to do where it does
            # not find it among the installed packages either.
            environment.reporting = environment.report_from_within()
            environment.runs.pop()
            return run(command, network=network)
        return judged(plan, done, tuple(results.sessions(reports)))

    if clock.network_in_tests:
        return run(step.command, network=True)._replace(network="open: --network asked for that")
    apart = prepared(step.command)
    if apart is not None:
        first, then = apart
        if again:
            return run(then, network=False)
        asked = Run(first, "setup", step.source, step.place)
        done = environment.run(asked, seconds=clock.left(), network=True, folder=step.folder, variables=ours)
        if done.exit_code == 0:
            attempt = run(then, network=False)
            if attempt.sessions or attempt.counts != Counts() or attempt.verdict is Verdict.TIMEOUT:
                return attempt
        elif done.ended:
            return _stopped(plan, done, Verdict.SETUP_FAILED)
    makes = re.search(r"\b(tox|nox|hatch)\b", step.command) is not None
    if apart is not None or makes or (plan.builds and not _only_tests(step.command)):
        # What it does about its environment cannot be told from its tests.
        attempt = run(step.command, network=True)
        return attempt._replace(network=AT_ONCE)
    attempt = run(step.command, network=False)
    if (
        _only_tests(step.command)
        or attempt.sessions
        or attempt.counts != Counts()
        or attempt.verdict is Verdict.TIMEOUT
    ):
        return attempt
    # No test was seen: perhaps it installs first, as `hatch run test` does.
    opened = run(step.command, network=True)
    return opened._replace(network=AT_ONCE) if opened.merit > attempt.merit else attempt


_LOOKS = 1.0
"""Seconds between two looks at tests whose share of the time is over: our plugin reports as often."""

_SILENT = 20.0
"""Seconds in which tests that get on print something."""


def _getting_on(environment: Environment) -> bool:
    """Tell whether tests pass, as far as that can be told, so that ending them would tell less than waiting.

    Where one has failed, and not for want of a network, the time is better spent on finding out why.
    """
    told = results.sessions(environment.made.reports)
    if told:
        if all(session.collected and _done(session.counts) >= session.collected for session in told):
            return True  # it is about to end
        unclear = any(not needs_network(failure) for failure in _failures(tuple(told)))
        return not unclear and any(session.first_pass for session in told)
    return time.monotonic() - environment.last_heard < _SILENT


def _only_tests(command: str) -> bool:
    """Tell whether a command is a test runner itself, which installs nothing."""
    calls = split_line(command)
    return bool(calls) and all(
        program_name(call) in {"python", "pytest", "py.test", "trial", "coverage"} for call in calls
    )


def judged(plan: Plan, run: Run, sessions: tuple[results.Session, ...]) -> Attempt:
    """Return what a run of tests came to, by its reports first, by its summary lines and exit code else."""
    told = [session for session in sessions if session.counts != Counts() or session.exit_code is not None]
    if told:
        counts = sum((session.counts for session in told), start=Counts())
    else:
        counts = results.counts_in(run.log) or results.so_far(run.log)
    verdict, cause = _verdict(plan, run, sessions, counts)
    return Attempt(plan, verdict, counts, cause, run, sessions)


_BEGAN = re.compile(r"^INTERNALERROR>|ImportError while loading conftest|^ERROR: usage: .*pytest", re.MULTILINE)
"""Of pytest, where it was given no plugin of ours: the environment was made, and it was started."""


def _verdict(plan: Plan, run: Run, sessions: tuple[results.Session, ...], counts: Counts) -> tuple[Verdict, str]:
    command = f"`{_short(run.command)}`"
    if run.ended == ASKED_TO_STOP:
        return Verdict.GREEN, ""
    if run.ended:
        verdict = Verdict.TIMEOUT if "seconds" in run.ended else Verdict.TESTS_FAILED
        failed = behind(_failed(sessions, run.log), "The first that failed") if counts.broken else ""
        return verdict, _sentences(f"{command} was ended: {run.ended}{_so_far(sessions, counts)}", failed)
    ran = counts.passed + counts.failed + counts.errors
    if run.exit_code == 0:
        if counts.passed and not counts.broken:
            return Verdict.GREEN, ""
        if not counts.broken:
            return Verdict.NO_TESTS, f"{command} ended well, but no test was seen to run"
    if counts.failed or counts.errors:
        parts = [(counts.failed, "failed"), (counts.errors, "could not be set up"), (counts.uncollected, "files broke")]
        told = ", ".join(f"{number} {word}" for number, word in parts if number) + f"; {counts.passed} passed"
        return Verdict.TESTS_FAILED, _sentences(told, behind(_failed(sessions, run.log)))
    if counts.uncollected:
        return (
            Verdict.COLLECTION_FAILED,
            f"{counts.uncollected} test files could not be collected: {first_error(sessions)}",
        )
    if ran:
        return Verdict.TESTS_FAILED, f"all {ran} tests passed, but {command} failed: {telling_line(run.log)}"
    if any(session.exit_code == 5 for session in sessions):
        return Verdict.NO_TESTS, f"{command} found no tests"
    if sessions:
        return Verdict.START_FAILED, f"pytest did not start: {first_error(sessions) or telling_line(run.log)}"
    if program := foreign.failed_for(run.log):
        return Verdict.UNSUPPORTED, _needs(run.command, program)
    began = _BEGAN.search(run.log) is not None
    verdict = Verdict.SETUP_FAILED if plan.builds and not began else Verdict.START_FAILED
    return verdict, f"{command} failed before any test: {telling_line(run.log)}"


def _sentences(*told: str) -> str:
    return ". ".join(filter(None, told))


def _done(counts: Counts) -> int:
    return counts.passed + counts.broken + counts.skipped + counts.xfailed + counts.xpassed


def _so_far(sessions: tuple[results.Session, ...], counts: Counts) -> str:
    """Return how far tests had come that were ended, "" where none had begun."""
    done = _done(counts)
    collected = sum(session.collected or 0 for session in sessions)
    if not done:
        return ", before any test" if sessions and not collected else ""
    broken = f" and {counts.broken} failed" if counts.broken else ""
    return (
        f", after {done} of {collected} tests, of which {counts.passed} passed{broken}"
        if collected
        else (f"; {counts.passed} tests had passed{broken}")
    )


def first_error(sessions: tuple[results.Session, ...]) -> str:
    """Return the exception behind the first failure that has one, as "ModuleNotFoundError: No module named 'x'"."""
    return next((exception(failure) for failure in _failures(sessions) if failure.raised), "")


def _failed(sessions: tuple[results.Session, ...], log: str) -> list[tuple[str, str]]:
    """Return the tests that failed with the exception of each, as reports tell them, else as the output does."""
    told = [(each.node, exception(each)) for each in _failures(sessions) if each.node and each.stage != "collect"]
    return told or results.summary_in(log)


def _failures(sessions: tuple[results.Session, ...]) -> Iterator[Failure]:
    return (failure for session in sessions for failure, _marks in session.failures)


def what_stops(attempt: Attempt) -> str:
    """Return the exception or the line behind an attempt that did not come to its tests."""
    return first_error(attempt.sessions) or (telling_line(attempt.run.log) if attempt.run else attempt.cause)


_NOISE = re.compile(
    r"^(\s*$|=+|-+$|nox >|hint:|note:|\[notice\]|.*\bwarning\b|.*exit(ed)? (with )?(code|status)|make: \*\*\* \[)",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"^\s*(E\s+)?(ERROR|error|fatal|Error|[\w.]*(Error|Exception|NotFound)\b|.*command not found|.*No such file"
    r"|.*: error:|make: \*\*\* No rule|INTERNALERROR> [\w.]+(Error|Exception|Warning)\b"
    r"|.{0,2}\u00d7 |.*cannot|.*failed to|.*could not)",
)


def telling_line(log: str) -> str:
    """Return the line of an output that most likely says what was wrong."""
    lines = [re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", line).strip() for line in log.splitlines()[-80:]]
    telling = [line for line in lines if _TELLS.match(line) and not re.match(r"^ERROR:?\s*$", line)]
    if telling:
        return telling[-1].removeprefix("INTERNALERROR> ")[:200]
    quiet = [line for line in lines if not _NOISE.match(line)]
    return (quiet or lines or ["no output"])[-1][:200]


def _short(command: str) -> str:
    first = command.strip().splitlines()[0] if command.strip() else command
    return first if len(first) <= 80 else first[:77] + "..."


def _needs(command: str, program: str) -> str:
    return f"`{_short(command)}` needs {program}, {foreign.why_not(program)}"


def provide(step: Step, environment: Environment, clock: Clock) -> str:
    """Install the tools a command starts; return why it cannot be run here, "" if it can."""
    for program, module in _programs(step.command):
        if program in foreign.PROGRAMS:
            sandboxed = environment.sandboxed_by != "none"
            if not foreign.reached(program, there=environment.has(program), sandboxed=sandboxed):
                return _needs(step.command, program)
        environment.provide(program, module=module, seconds=clock.left())
    return ""


def _programs(command: str) -> Iterator[tuple[str, bool]]:
    """Yield the programs that a command starts, and whether as a module of Python."""
    for line in command.splitlines():
        for call in split_line(line):
            name = program_name(call)
            if name in {"uvx", "uv", "pipx"}:  # they bring what they start
                yield name, False
                continue
            module = name == "python" and "-m" in call.words[:3]
            inner = launched(call)
            if module and inner is not None:
                yield program_name(inner), True
            else:
                yield name, False
