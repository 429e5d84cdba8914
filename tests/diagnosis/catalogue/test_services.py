"""What a test talks to and does not find."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_sprintready.diagnosis.model import Failure, Frame, Raised

TEST = {"tests/test_it.py": "p.webkit.launch()\n"}
GONE = "BrowserType.launch: Executable doesn't exist at /home/ada/.cache/ms-playwright/webkit-2191/pw_run.sh"


def failing(message: str, *, output: str = "", new: bool = False) -> Failure:
    frames = (Frame("tests/test_it.py", 1, "p.webkit.launch()", new),)
    types = ("playwright._impl._errors.Error", "builtins.Exception")
    return Failure("run", output=output, raised=(Raised(types, message, (), frames),), node="tests/test_it.py::test_it")


def test_a_browser_that_was_not_downloaded_is_told_with_its_command(diagnose: Any) -> None:
    found = diagnose(TEST, failing(GONE))
    assert (found.code, found.remedies[0].command) == ("SRN92", "python -m playwright install webkit")


def test_what_a_program_that_was_tested_said_of_it_counts_as_well(diagnose: Any) -> None:
    output = f"E  assert 1 == 0\nE   +  where 1 = <Result Error({GONE!r})>.exit_code"
    assert diagnose(TEST, failing("assert 1 == 0", output=output)).code == "SRN92"


@pytest.mark.parametrize(
    ("message", "new"),
    [("Executable doesn't exist at /home/ada/lamp", False), ("Timeout 30000ms exceeded", False), (GONE, True)],
)
def test_another_failure_of_a_browser_is_left_alone(diagnose: Any, message: str, new: bool) -> None:
    assert diagnose(TEST, failing(message, new=new)) is None
