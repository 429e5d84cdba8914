from __future__ import annotations

import pytest

from pytest_sprintready.reading.selection import (
    django_is_narrow,
    has_placeholder,
    is_narrow,
    runs_nothing,
    unittest_is_narrow,
)


@pytest.mark.parametrize(
    "line",
    ["", "-x -q", "tests", "./tests/", "-m 'not' tests", "--ignore tests/slow tests", "-n 4", "--cov --cov-report html", "-p no:x",
     "tests tests/extra"],
)  # fmt: skip
def test_the_whole_suite_is_no_part(line: str) -> None:
    assert not is_narrow(line.replace("'", "").split())


@pytest.mark.parametrize(
    "line",
    [
        "-k wick",
        "-kwick",
        "--lf",
        "-m slow",
        "-mslow",
        "tests/unit",
        "tests/test_wick.py",
        "tests::x",
        "--pdb",
        "<file>",
    ],
)
def test_a_selection_is_a_part(line: str) -> None:
    assert is_narrow(line.split())


def test_what_a_ci_system_puts_in_selects_nothing() -> None:
    assert not is_narrow(["${{ matrix.options }}"])


def test_the_caller_knows_further_folders_of_the_whole_suite() -> None:
    assert not is_narrow(["lantern/tests"], {"lantern/tests"})


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("", False),
        ("discover -s tests", False),
        ("discover tests test*.py", False),
        ("discover -p *_test.py", False),
        ("discover tests *wick*.py", True),
        ("discover -s tests -p test_wick.py", True),
        ("tests", False),
        ("tests.wick", True),
        ("-k x", True),
    ],
)
def test_unittest_takes_modules(line: str, part: bool) -> None:
    assert unittest_is_narrow(line.split()) is part


@pytest.mark.parametrize(
    ("line", "part"), [("", False), ("--settings x.y", False), ("lamps", True), ("tests", False), ("--tag a", True)]
)
def test_django_takes_apps_and_tags(line: str, part: bool) -> None:
    assert django_is_narrow(line.split()) is part


def test_listing_runs_nothing() -> None:
    assert runs_nothing(["--collect-only"])
    assert not runs_nothing(["-x"])


@pytest.mark.parametrize(
    ("words", "found"), [(["<name>"], True), (["path/to/x"], True), (["$FILE"], True), (["tests"], False)]
)
def test_placeholders_are_seen(words: list[str], found: bool) -> None:
    assert has_placeholder(words) is found
