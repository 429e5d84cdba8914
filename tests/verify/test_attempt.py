from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.diagnosis.model import Failure, Raised
from pytest_sprintready.outcome import Counts, Run, Verdict
from pytest_sprintready.verify.attempt import Attempt, Clock, judged, run_tests, telling_line
from pytest_sprintready.verify.plan import Plan, Step
from pytest_sprintready.verify.results import REPORTER, Session

if TYPE_CHECKING:
    from pytest_sprintready.verify.environment import Environment


def test_a_project_that_hides_our_plugin_is_tested_without_it(environment: Environment) -> None:
    command = f"""if [ -n "$PYTEST_ADDOPTS" ]; then echo 'Error importing plugin "{REPORTER}"'; exit 1; fi; echo '3 passed in 1s'"""
    step = Step(command, "test", "documented")
    attempt = run_tests(Plan("documented", (step,)), step, environment, Clock(lambda: 20.0), variables={})
    assert attempt.verdict is Verdict.GREEN
    assert attempt.counts.passed == 3
    assert len(environment.runs) == 1


def test_a_project_that_hides_our_plugin_finds_it_among_its_packages(environment: Environment) -> None:
    command = f"""if ls "$VIRTUAL_ENV"/lib/python*/site-packages/{REPORTER}.py; then echo '3 passed in 1s'; else echo 'Error importing plugin "{REPORTER}"'; exit 1; fi"""
    python = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    made = environment.quietly(f"{shlex.quote(python)} -m venv --without-pip {shlex.quote(environment.made.venv)}")
    assert made.exit_code == 0, made.output
    attempt = tried(environment, f"export PYTHONPATH=.; {command}", Clock(lambda: 20.0))
    assert attempt.counts.passed == 3
    assert environment.reporting


def tried(environment: Environment, command: str, clock: Clock) -> Attempt:
    step = Step(command, "test", "documented")
    return run_tests(Plan("documented", (step,)), step, environment, clock, variables={})


def test_tests_that_get_on_are_given_the_time_of_all(environment: Environment) -> None:
    command = "for i in 1 2 3 4 5 6; do echo $i; sleep 0.5; done; echo '3 passed in 1s'"
    whole = iter([2.0])  # as its share is reckoned, and then what there is while it runs
    attempt = tried(environment, command, Clock(lambda: 1.0, whole=lambda: next(whole, 120.0)))
    assert attempt.verdict is Verdict.GREEN


@pytest.mark.parametrize("broken", [False, True])
def test_time_beyond_the_share_is_for_tests_that_fail_for_want_of_a_network_at_most(
    environment: Environment, monkeypatch: pytest.MonkeyPatch, *, broken: bool
) -> None:
    said = "dim" if broken else "Name or service not known"
    failed = Failure("run", raised=(Raised(("builtins.OSError",), said),), node="test_a")
    counts = Counts(passed=3, failed=1)
    told = Session("python", "3.13.0", "", "", (), (), counts, 9, None, 1.0, ((failed, ()),))
    monkeypatch.setattr("pytest_sprintready.verify.results.sessions", lambda _: [told])
    attempt = tried(environment, "sleep 4; echo '3 passed in 1s'", Clock(lambda: 1.0, whole=lambda: 2.0))
    assert ("after 1 seconds" in attempt.cause) is broken


def test_tests_that_say_nothing_are_ended_with_their_share(
    environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pytest_sprintready.verify.attempt._SILENT", 0.5)
    attempt = tried(environment, "pytest() { sleep 98; }; pytest", Clock(lambda: 3.0, whole=lambda: 5.0))
    assert attempt.verdict is Verdict.TIMEOUT
    assert "after 3 seconds" in attempt.cause


def test_a_command_that_installs_as_it_tests_is_given_the_network(environment: Environment) -> None:
    command = """if [ -z "$UV_OFFLINE" ]; then echo '3 passed in 1s'; else echo 'no network'; exit 1; fi"""
    attempt = tried(environment, command, Clock(lambda: 20.0))
    assert attempt.verdict is Verdict.GREEN
    assert attempt.network.startswith("open")


def test_how_far_tests_had_come_is_told_where_they_are_ended() -> None:
    run = Run("pytest", "test", "documented", ended="it had not ended after 9 seconds")
    session = Session("python", "3.13.0", "", "", (), (), Counts(passed=7, failed=1, skipped=2), 40, None, 1.0, ())
    cause = judged(Plan("documented", ()), run, (session,)).cause
    assert cause == (
        "`pytest` was ended: it had not ended after 9 seconds, after 10 of 40 tests, of which 7 passed and 1 failed"
    )


def test_the_first_failure_is_named_with_what_was_raised() -> None:
    failure = Failure(
        "run", raised=(Raised(("builtins.OSError",), "no wick\nat all"),), node="tests/test_a.py::test_light"
    )
    session = Session("python", "3.13.0", "", "", (), (), Counts(passed=7, failed=1), 40, 1, 1.0, ((failure, ()),))
    run = Run("pytest", "test", "documented", exit_code=1)
    told = "tests/test_a.py::test_light: OSError: no wick"
    assert judged(Plan("documented", ()), run, (session,)).cause == f"1 failed; 7 passed. The first: {told}"
    ended = run._replace(ended="it had not ended after 9 seconds")
    assert judged(Plan("documented", ()), ended, (session,)).cause.endswith(f"The first that failed: {told}")


def test_one_that_was_cut_short_is_not_better_for_having_failed_less() -> None:
    plan = Plan("documented", ())
    whole = Attempt(plan, Verdict.TESTS_FAILED, Counts(passed=90, failed=8))
    assert whole.merit > Attempt(plan, Verdict.TIMEOUT, Counts(passed=3, failed=1)).merit


def test_one_of_which_less_is_broken_is_better_though_it_has_more_tests() -> None:
    plan = Plan("documented", ())
    large = Attempt(plan, Verdict.TESTS_FAILED, Counts(passed=883, failed=41))
    assert large.merit > Attempt(plan, Verdict.TESTS_FAILED, Counts(passed=88, failed=21)).merit


def test_of_two_without_a_test_that_passed_the_one_with_less_broken_is_better() -> None:
    plan = Plan("documented", ())
    fewer, more = (Attempt(plan, Verdict.COLLECTION_FAILED, Counts(uncollected=number)) for number in (5, 7))
    assert fewer.merit > more.merit


def test_one_that_found_tests_is_better_than_one_that_did_not_come_to_them() -> None:
    plan = Plan("documented", ())
    stages = [Verdict.SETUP_FAILED, Verdict.START_FAILED, Verdict.COLLECTION_FAILED, Verdict.TESTS_FAILED]
    broken = [Attempt(plan, verdict, Counts(uncollected=number)) for number, verdict in enumerate(stages)]
    assert sorted(broken, key=lambda each: each.merit) == broken


def test_the_line_that_tells_what_was_wrong_is_found_behind_what_runners_say_of_it() -> None:
    log = (
        "INTERNALERROR>     warnings.warn(\nINTERNALERROR> pytest.PytestRemovedIn10Warning: inicfg is deprecated.\n"
        "INTERNALERROR> See https://docs.example.org\npy: exit 3 (0.72 seconds) /src> pytest pid=143\n"
        "  py: FAIL code 3\n  evaluation failed :( (18.81 seconds)\n"
    )
    assert telling_line(log) == "pytest.PytestRemovedIn10Warning: inicfg is deprecated."
    log = "Successfully installed wick-1\nmake: *** No rule to make target 'wax', needed by 'lamp'.  Stop.\n"
    assert telling_line(log).startswith("make: *** No rule to make target 'wax'")
    assert telling_line("lamp.c: no such lamp\nmake: *** [Makefile:3: lamp] Error 1\n") == "lamp.c: no such lamp"


def test_a_program_that_is_not_here_stays_the_cause_where_nothing_behind_it_led_to_a_test() -> None:
    plan = Plan("documented", ())
    needs_docker = Attempt(plan, Verdict.UNSUPPORTED, cause="`docker compose up` needs docker")
    example = Attempt(plan, Verdict.SETUP_FAILED, cause="`./run uv add mypackage` failed")
    assert example.led_nowhere_beside(needs_docker)
    assert not Attempt(plan, Verdict.TESTS_FAILED, Counts(failed=1)).led_nowhere_beside(needs_docker)
    assert not needs_docker.led_nowhere_beside(example)


def test_failures_that_are_alike_are_told_with_their_number() -> None:
    log = "FAILED a.py::test_a - OSError: no wick\nFAILED a.py::test_b - OSError: no wick\n2 failed, 3 passed in 1s\n"
    run = Run("pytest", "test", "documented", exit_code=1, log=log)
    cause = judged(Plan("documented", ()), run, ()).cause
    assert cause == "2 failed; 3 passed. 2 of 2: OSError: no wick (the first: a.py::test_a)"
