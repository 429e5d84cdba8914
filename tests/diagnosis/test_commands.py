"""The line to type, for each installer and shell."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_sprintready.diagnosis import commands


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({}, "python -m pip install x", id="pip"),
        pytest.param({"programs": {}}, "/home/ada/env/bin/python -m pip install x", id="not active"),
        pytest.param(
            {"programs": {"python": "/usr/bin/python"}, "executable": "/home/ada/lantern/.venv/bin/python"},
            ".venv/bin/python -m pip install x",
            id="in the clone, not active",
        ),
        pytest.param({"programs": {"python3": "/home/ada/env/bin/python3"}}, "python3 -m pip install x", id="python3"),
        pytest.param({"installer": "uv"}, "uv pip install x", id="uv"),
        pytest.param(
            {"installer": "uv", "programs": {}, "prefix": "/home/ada/lantern/.venv"}, "uv pip install x", id="uv, .venv"
        ),
        pytest.param(
            {
                "system": "windows",
                "executable": "C:\\Users\\Ada L\\env\\Scripts\\python.exe",
                "programs": {"python": "C:\\Users\\Ada L\\env\\Scripts\\python.EXE"},
            },
            "python -m pip install x",
            id="Windows",
        ),
    ],
)
def test_the_installer_of_this_environment_is_named(diagnose: Any, changes: dict[str, Any], expected: str) -> None:
    assert commands.install(diagnose.with_installed()._replace(**changes), "x") == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("plain-word", "plain-word"), (".[test]", '".[test]"'), ("a<2", '"a<2"'), ("not slow", '"not slow"')],
)
def test_words_are_quoted_as_every_shell_reads_them(word: str, expected: str) -> None:
    assert commands.quoted(word) == expected


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("bash", "A=b pytest"),
        ("fish", "env A=b pytest"),
        ("powershell", '$env:A = "b"; pytest'),
        ("cmd", 'set "A=b" && pytest'),
    ],
)
def test_a_variable_is_set_as_the_shell_has_it(diagnose: Any, shell: str, expected: str) -> None:
    assert commands.with_variable(diagnose.machine._replace(shell=shell), "A", "b", "pytest") == expected


@pytest.mark.parametrize(("version", "old"), [("25.0.1", True), ("25.1", False), ("26.3", False), ("9.0", True)])
def test_pip_reads_groups_since_25_1(diagnose: Any, version: str, old: bool) -> None:
    assert commands.is_too_old_for_groups(diagnose.with_installed(pip=version)) is old


def test_a_program_that_is_not_there_is_brought_first(diagnose: Any) -> None:
    machine = diagnose.with_installed()
    assert commands.with_program(machine, "tox", "tox -e py") == ("python -m pip install tox", "python -m tox -e py")
    with_uv = machine._replace(programs={**machine.programs, "uv": "/usr/bin/uv"})
    assert commands.with_program(with_uv, "tox", "tox -e py") == ("uvx tox -e py",)
