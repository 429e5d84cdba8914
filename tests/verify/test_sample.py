from __future__ import annotations

import pytest

from pytest_sprintready.diagnosis.model import Failure, Raised
from pytest_sprintready.outcome import Counts, Run, Verdict
from pytest_sprintready.verify.attempt import Attempt
from pytest_sprintready.verify.plan import Plan
from pytest_sprintready.verify.results import Session
from pytest_sprintready.verify.sample import ALONE, MOST, Tried, may_be_luck, passed_of, sample_of

DIM = Raised(("builtins.ValueError",), "dim")
DARK = Raised(("builtins.KeyError",), "dark")
UNREACHED = Raised(("socket.gaierror", "builtins.OSError"), "Name or service not known")
NO_TERMINAL = Raised(("termios.error",), "no")


def failed(test: str, raised: Raised, stage: str = "run") -> Failure:
    return Failure(stage, raised=(raised,), node=test)


def attempt(*failures: Failure, passed: int = 1) -> Attempt:
    counts = Counts(passed=passed, failed=len(failures))
    told = tuple((failure, ()) for failure in failures)
    session = Session("python", "3.13.0", "", "", (), (), counts, 9, 1, None, told)
    run = Run("pytest", "test", "documented", exit_code=1)
    return Attempt(Plan("documented", ()), Verdict.TESTS_FAILED, counts, "", run, (session,))


def test_each_group_of_failures_has_its_share_of_the_sample() -> None:
    many = [failed(f"test_dim_{number}", DIM) for number in range(50)]
    found = sample_of(attempt(*many, failed("test_dark", DARK)))
    assert found[:2] == ("test_dim_0", "test_dark")
    assert len(found) == MOST


def test_a_test_that_failed_twice_is_tried_once() -> None:
    assert sample_of(attempt(failed("test_a", DIM), failed("test_a", DIM, "setup"))) == ("test_a",)


@pytest.mark.parametrize(
    "failure",
    [failed("test_a", UNREACHED), failed("test_a", NO_TERMINAL), failed("test_a.py", DIM, "collect"), failed("", DIM)],
    ids=["wants the network", "wants a terminal", "was not collected", "has no name"],
)
def test_what_cannot_pass_here_is_not_tried_again(failure: Failure) -> None:
    assert sample_of(attempt(failure)) == ()


def test_what_is_understood_already_is_not_tried_again() -> None:
    assert sample_of(attempt(failed("test_a", DIM), failed("test_b", DIM)), without=("test_a",)) == ("test_b",)


def test_where_no_test_passes_none_is_tried_alone() -> None:
    assert sample_of(attempt(failed("test_a", DIM), passed=0)) == ()


def test_few_of_many_may_be_luck_and_many_are_not() -> None:
    assert may_be_luck(attempt(failed("test_a", DIM), passed=20))
    assert not may_be_luck(attempt(failed("test_a", DIM), passed=3))
    assert not may_be_luck(attempt(*(failed(f"test_{number}", DIM) for number in range(40)), passed=4000))
    assert not may_be_luck(attempt(passed=3))


def test_those_pass_that_ran_and_did_not_fail() -> None:
    tests = ("test_a", "test_b", "test_c")
    assert passed_of(tests, attempt(failed("test_b", DIM), passed=2)) == ("test_a", "test_c")


def test_tests_whose_names_changed_do_not_count_as_passed() -> None:
    assert passed_of(("test_a", "test_b"), attempt(passed=0)) == ()


def test_where_others_ran_or_nothing_tells_which_none_counts_as_passed() -> None:
    assert passed_of(("test_a",), attempt(passed=953)) == ()
    assert passed_of(("test_a",), attempt(passed=1)._replace(sessions=())) == ()


def test_what_came_of_it_is_told_where_some_passed() -> None:
    assert Tried(("a", "b"), ("a",), ALONE).told() == (
        "1 of 2 that failed, tried again, passes when only they are run: they depend on time, load or other tests"
    )
    assert not Tried(("a", "b"), (), ALONE).told()


def test_only_what_is_known_of_the_tests_in_question_is_told() -> None:
    tried = Tried(("a", "b", "c"), ("a", "b"), ALONE)
    assert tried.among({"b", "c"}) == Tried(("b", "c"), ("b",), ALONE)
    assert not tried.among({"c", "d"}).told()
