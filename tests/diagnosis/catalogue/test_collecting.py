"""What pytest looks into: folders that hold no tests, and folders that are not there."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_sprintready.diagnosis.model import Failure

FILES = {
    "pyproject.toml": '[project]\nname = "lantern"\nversion = "1"\n',
    "src/lantern.py": "",
    "tests/test_light.py": "def test_light():\n    pass\n",
}


def nothing_ran(command: str, folder: str = "") -> Failure:
    return Failure("collect", exit_code=5, command=command, node=folder)


def test_a_folder_without_tests_is_named(diagnose: Any) -> None:
    found = diagnose(FILES, nothing_ran("-q src"))
    assert found.what == "pytest looked into src, where there are no tests."
    assert found.cause == "The tests are in tests."


# pytest says so itself, but not where its workers look.
def test_a_folder_that_is_not_there_is_named_alone(diagnose: Any) -> None:
    found = diagnose(FILES, nothing_ran("-n 2 tests tests/docs"))
    assert found.what == "pytest was told to look into tests/docs, which is not there."


def test_a_folder_is_looked_for_where_pytest_was_typed(diagnose: Any) -> None:
    found = diagnose(FILES, nothing_ran("parts", "src"))
    assert found.what == "pytest was told to look into src/parts, which is not there."


@pytest.mark.parametrize("command", ["tests", "-n 2", "-p no:cacheprovider -q"])
def test_nothing_is_said_where_the_tests_were_looked_into(diagnose: Any, command: str) -> None:
    assert diagnose(FILES, nothing_ran(command)) is None


@pytest.mark.parametrize("command", ["/elsewhere/tests", "../other"])
def test_a_folder_outside_of_the_repository_is_not_said_to_be_missing(diagnose: Any, command: str) -> None:
    assert diagnose(FILES, nothing_ran(command)).what == f"pytest looked into {command}, where there are no tests."
