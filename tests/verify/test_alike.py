from __future__ import annotations

from pytest_sprintready.diagnosis.model import Failure, Raised
from pytest_sprintready.verify.alike import alike, behind, exception, groups


def test_what_is_behind_most_failures_is_told_with_its_number_and_first_test() -> None:
    failures = [("test_a", "OSError: no wick"), ("test_b", "ValueError: dim"), ("test_c", "OSError: no wick")]
    assert behind(failures) == "2 of 3: OSError: no wick (the first: test_a)"


def test_up_to_three_groups_are_told_the_largest_first() -> None:
    numbers = {"A: a": 2, "B: b": 5, "C: c": 3, "D: d": 4}
    failures = [(f"test_{said}", said) for said, number in numbers.items() for _ in range(number)]
    assert [part.split(" (")[0] for part in behind(failures).split("; ")] == [
        "5 of 14: B: b",
        "4 of 14: D: d",
        "3 of 14: C: c",
    ]


def test_the_first_is_told_where_each_failure_is_another() -> None:
    assert (
        behind([("test_a", "OSError: no wick"), ("test_b", "ValueError: dim")]) == "The first: test_a: OSError: no wick"
    )


def test_nothing_is_told_of_no_failures() -> None:
    assert not behind([])
    assert not behind([("", "")])


def test_numbers_addresses_and_paths_do_not_tell_failures_apart() -> None:
    failures = [
        ("test_a", "OSError: no lamp at 0x7f01 in '/tmp/a-1/x' after 3 tries"),
        ("test_b", "OSError: no lamp at 0x7fe9 in '/tmp/b/y' after 12 tries"),
    ]
    assert [group.number for group in alike(failures)] == [2]


def test_what_pytest_cut_off_goes_to_what_begins_so() -> None:
    failures = [("test_a", "OSE..."), ("test_b", "OSError: [Errno 25] Inappr..."), ("test_c", "ValueError: dim")]
    first = alike(failures)[0]
    assert first == ("OSError: [Errno 25] Inappr...", 2, "test_a")


def test_groups_are_told_by_their_places_and_what_says_nothing_is_in_none() -> None:
    assert groups(["A: a", "", "B: b", "B: b"]) == [[2, 3], [0]]


def test_of_a_doctest_what_it_met_is_the_exception() -> None:
    met = Raised(("builtins.NameError",), "name 'wick' is not defined")
    failure = Failure("run", raised=(Raised(("doctest.UnexpectedException",)), met))
    assert exception(failure) == "NameError: name 'wick' is not defined"
