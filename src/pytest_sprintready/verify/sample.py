"""A few of the tests that failed, run once more in other surroundings: where they pass, those tell what broke them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.outcome import Verdict
from pytest_sprintready.verify.alike import exception, groups
from pytest_sprintready.verify.attempt import run_tests
from pytest_sprintready.verify.wants import needs_network, needs_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pytest_sprintready.verify.attempt import Attempt, Clock
    from pytest_sprintready.verify.environment import Environment
    from pytest_sprintready.verify.plan import Plan, Step

MOST = 10
"""Tests that are tried again at most: as good as hundreds that fail for one reason, and done in seconds."""

_FEW = 25
_SHARE = 0.1
"""So many failures, of so many tests, may be a matter of luck."""


class Otherwise(NamedTuple):
    """What is otherwise when tests are tried again ("on Python 3.12"), and what it tells where they pass."""

    how: str
    tells: str


ALONE = Otherwise("when only they are run", "they depend on time, load or other tests")
_FEWEST = 3
"""So few are tried alone twice: what fails by chance once would else pass by chance where it is tried next."""


class Tried(NamedTuple):
    """Tests that were tried again, those of them that passed, and what was otherwise."""

    tests: tuple[str, ...]
    passed: tuple[str, ...]
    otherwise: Otherwise

    def among(self, failed: Collection[str]) -> Tried:
        """Return what is known of some tests."""
        tests, passed = (tuple(test for test in each if test in failed) for each in (self.tests, self.passed))
        return Tried(tests, passed, self.otherwise)

    def told(self) -> str:
        """Return what came of it, "" where none passed."""
        if not self.passed:
            return ""
        passed, number = len(self.passed), len(self.tests)
        which = "What failed" if number == 1 else f"{passed} of {number} that failed"
        pass_ = "passes" if passed == 1 else "pass"
        return f"{which}, tried again, {pass_} {self.otherwise.how}: {self.otherwise.tells}"


def sample_of(attempt: Attempt, *, without: Collection[str] = ()) -> tuple[str, ...]:
    """Return the ids of a few tests that failed where others passed, some of each group that says the same.

    Left out are those that want what is not to be had here, and what `without` names.
    """
    if not attempt.counts.passed:
        return ()
    failures = [
        failure
        for failure in attempt.failures
        if failure.node and failure.stage != "collect" and not needs_network(failure) and not needs_terminal(failure)
    ]
    members = [
        [failures[index].node for index in group] for group in groups([exception(failure) for failure in failures])
    ]
    rounds = max(map(len, members), default=0)
    each = (group[turn] for turn in range(rounds) for group in members if turn < len(group))
    return tuple(node for node in dict.fromkeys(each) if node not in without)[:MOST]


def may_be_luck(attempt: Attempt) -> bool:
    """Tell whether so few failed that time, load or order may be behind it."""
    broken, passed = attempt.counts.broken, attempt.counts.passed
    return 0 < broken <= _FEW and broken <= _SHARE * (broken + passed)


def passed_of(tests: Collection[str], attempt: Attempt) -> tuple[str, ...]:
    """Return which of the tests that alone were to run did pass; () where others ran, or nothing tells which."""
    if not attempt.sessions or attempt.counts.passed > len(tests):
        return ()
    failed = {failure.node for failure in attempt.failures}
    passed = tuple(test for test in tests if test not in failed)
    # Ids change where they are made of the time or of addresses: then none of that name ran.
    return passed if attempt.counts.passed >= len(passed) else passed[: attempt.counts.passed]


class Samples:
    """The tests that were tried again in the environment of a trial, and what came of it."""

    def __init__(self, environment: Environment, clock: Clock, heard: Callable[[str], None]) -> None:
        self._environment = environment
        self._clock = clock
        self._heard = heard
        self._tried: list[Tried] = []

    def told(self, attempt: Attempt) -> list[str]:
        """Return what is known now of why the tests of an attempt failed, a sentence each."""
        failed = {*attempt.failed_tests, *(failure.node for failure in attempt.failures)}
        return [told for tried in self._tried if (told := tried.among(failed).told())]

    def of(self, best: Attempt) -> tuple[str, ...]:
        """Return a few of the tests that failed and whose failing is not understood yet."""
        understood = [test for tried in self._tried for test in tried.passed]
        return sample_of(best, without=understood)

    def try_alone(self, plan: Plan, step: Step, best: Attempt, variables: Mapping[str, str]) -> None:
        """Run a few of those that failed once more, with nothing beside or before them."""
        tests = left = self.of(best)
        for turn in range(2):
            if left and (turn == 0 or len(left) <= _FEWEST):
                passed = self._passed(plan, step, left, variables, ALONE, anew=False)
                left = tuple(test for test in left if test not in passed)
        self._tried.append(Tried(tests, tuple(test for test in tests if test not in left), ALONE))

    def try_again(
        self,
        plan: Plan,
        step: Step,
        tests: tuple[str, ...],
        variables: Mapping[str, str],
        otherwise: Otherwise,
        *,
        anew: bool = True,
    ) -> bool:
        """Run some tests in an environment that is new, or was changed, and tell whether one of them passes."""
        passed = self._passed(plan, step, tests, variables, otherwise, anew=anew)
        self._tried.append(Tried(tests, passed, otherwise))
        return bool(passed)

    def compare(self, best: Attempt, attempt: Attempt, otherwise: Otherwise) -> None:
        """Keep in mind which of the tests that failed pass in a whole run, where no sample could be tried."""
        failed = best.failed_tests
        if failed and attempt.verdict is Verdict.TESTS_FAILED and attempt.counts.passed and attempt.failed_tests:
            passed = tuple(test for test in failed if test not in attempt.failed_tests)
            self._tried.append(Tried(failed, passed, otherwise))

    def _passed(
        self,
        plan: Plan,
        step: Step,
        tests: tuple[str, ...],
        variables: Mapping[str, str],
        otherwise: Otherwise,
        *,
        anew: bool,
    ) -> tuple[str, ...]:
        """Run some tests and no others, and return those that passed."""
        self._heard(f"{len(tests)} of the tests that failed, {otherwise.how}")
        ours = {**variables, "SPRINTREADY_ONLY": self._environment.name_tests("only", tests)}
        # In the environment that is there they have half of the time that is left, so that there is some for asking on.
        clock = self._clock._replace(left=self._clock.whole) if anew else self._clock
        return passed_of(tests, run_tests(plan, step, self._environment, clock, variables=ours, again=not anew))
