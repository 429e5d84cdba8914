from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.verify.attempt import Attempt, Clock, run_tests
from pytest_sprintready.verify.outcome import Counts, Verdict
from pytest_sprintready.verify.plan import Plan, Step
from pytest_sprintready.verify.results import REPORTER

if TYPE_CHECKING:
    from pytest_sprintready.verify.environment import Environment


def test_a_project_that_hides_our_plugin_is_tested_without_it(environment: Environment) -> None:
    command = f"""if [ -n "$PYTEST_ADDOPTS" ]; then echo 'Error importing plugin "{REPORTER}"'; exit 1; fi; echo '3 passed in 1s'"""
    step = Step(command, "test", "documented")
    attempt = run_tests(Plan("documented", (step,)), step, environment, Clock(lambda: 20.0), variables={})
    assert attempt.verdict is Verdict.GREEN
    assert attempt.counts.passed == 3
    assert len(environment.runs) == 1


def test_one_that_was_cut_short_is_not_better_for_having_failed_less() -> None:
    plan = Plan("documented", ())
    whole = Attempt(plan, Verdict.TESTS_FAILED, Counts(passed=90, failed=8))
    assert whole.merit > Attempt(plan, Verdict.TIMEOUT, Counts(passed=3, failed=1)).merit
