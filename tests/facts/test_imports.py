"""Which test sources are read for what they import."""

from __future__ import annotations

from pytest_sprintready.facts import Facts, imports
from pytest_sprintready.snapshot import MemorySnapshot


def sources(*paths: str) -> tuple[str, ...]:
    return imports.test_sources(Facts(MemorySnapshot(dict.fromkeys(paths, "import lantern\n"))))


def test_all_files_of_a_usual_suite_are_read() -> None:
    assert sources("tests/test_wick.py", "tests/conftest.py", "tests/helpers.py") == (
        "tests/conftest.py",
        "tests/helpers.py",
        "tests/test_wick.py",
    )


def test_of_very_many_an_even_choice_and_every_conftest_is_read() -> None:
    many = [f"tests/part{number % 40}/test_{number}.py" for number in range(4000)]
    conftests = [f"tests/part{number}/conftest.py" for number in range(40)]
    read = sources(*many, *conftests)
    assert 300 < len(read) < 700
    assert set(conftests) <= set(read)
    assert {path.split("/")[1] for path in read if "test_" in path} == {f"part{number}" for number in range(40)}


def test_input_of_tests_is_left_alone() -> None:
    assert sources("tests/test_wick.py", "tests/data/test_broken.py") == ("tests/test_wick.py",)
