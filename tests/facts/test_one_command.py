"""Whether one command makes the environment and runs the tests."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts, one_command
from pytest_sprintready.reading.shell import split_line
from pytest_sprintready.snapshot import MemorySnapshot

PROJECT = '[project]\nname = "lantern"\nversion = "1"\n'
WORKFLOW = "on: [push]\njobs:\n  t:\n    runs-on: ubuntu-latest\n    steps:\n"


def facts(files: dict[str, str]) -> Facts:
    return Facts(MemorySnapshot(dict(files)))


def guide(*lines: str) -> str:
    return "# Contributing\n\n```console\n" + "".join(f"$ {line}\n" for line in lines) + "```\n"


POETRY = "all: deps test\ndeps:\n\tpoetry install\ntest:\n\t{test}\n"
TOX = {"tox.ini": "[testenv]\ncommands = pytest\n"}


@pytest.mark.parametrize(
    ("command", "files", "builds"),
    [
        pytest.param("tox", TOX, True, id="tox"),
        pytest.param("python -m nox -s tests", {}, True, id="nox"),
        pytest.param("hatch test", {}, True, id="hatch"),
        pytest.param("uvx nox -s tests", {}, True, id="uvx"),
        pytest.param("pytest", {}, False, id="pytest alone"),
        pytest.param("poetry run pytest", {}, False, id="poetry run"),
        pytest.param("poetry install && poetry run pytest", {}, True, id="set-up in the same line"),
        pytest.param("make test", {"Makefile": "test:\n\tpytest\n"}, False, id="make in the caller's environment"),
        pytest.param("make test", {"Makefile": "test: venv\n\tpytest\nvenv:\n\tpython -m venv v\n"}, True, id="make's venv"),
        pytest.param("make test", {"Makefile": "test:\n\tvenv/bin/python -m pytest\n"}, False, id="make in a venv of before"),
        pytest.param("make test", {"Makefile": "test:\n\ttox\n", **TOX}, True, id="make starts tox"),
        pytest.param("./run.sh test", {"run.sh": "#!/bin/sh\nuv sync\nuv run pytest\n"}, True, id="a script that makes it"),
        pytest.param("./run.sh test", {"run.sh": "#!/bin/sh\nuv sync\npytest\n"}, False, id="a script outside of what it makes"),
        pytest.param("make all", {"Makefile": POETRY.format(test="pytest")}, False, id="make outside of what it makes"),
        pytest.param("make all", {"Makefile": POETRY.format(test="poetry run pytest")}, True, id="make inside of it"),
        pytest.param(".tox/py/bin/tox", TOX, False, id="out of an environment made before"),
        pytest.param("uv run pytest", {}, False, id="uv without pytest"),
        pytest.param(
            "uv run pytest",
            {"pyproject.toml": PROJECT + "[dependency-groups]\ndev = ['pytest']\n"},
            True,
            id="uv's default group",
        ),
        pytest.param(
            "uv run --extra test pytest",
            {"pyproject.toml": PROJECT + "[project.optional-dependencies]\ntest = ['pytest']\n"},
            True,
            id="uv with an extra",
        ),
        pytest.param("uv run --no-sync pytest", {}, False, id="uv kept from building"),
        pytest.param("uv run --with pytest pytest", {"pyproject.toml": PROJECT}, True, id="uv with pytest"),
        pytest.param("tox", {**TOX, ".gitmodules": '[submodule "wick"]\n'}, False, id="submodules come first"),
    ],
)  # fmt: skip
def test_one_command_is_enough_where_it_builds(command: str, files: dict[str, str], builds: bool) -> None:
    found = facts({"CONTRIBUTING.md": guide(command), **files})
    assert found.primary_test_command.value == command
    assert found.single_command.value is builds


def test_no_documented_command_is_not_enough() -> None:
    assert facts({}).single_command.value is False


def test_unittest_needs_nothing_where_there_is_nothing_to_install() -> None:
    files = {"lantern.py": "", "tests/test_a.py": "import unittest\n", "CONTRIBUTING.md": guide("python -m unittest")}
    assert facts(files).single_command.value is True
    assert "python -m unittest discover" in facts(files).single_command_available.value
    assert facts({**files, "src/lantern/__init__.py": ""}).single_command.value is False


@pytest.mark.parametrize(
    ("files", "available"),
    [
        (TOX | {"tox.ini": "[tox]\nenvlist = py\n[testenv]\ncommands = pytest\n"}, ("tox",)),
        (
            {"noxfile.py": "import nox\n@nox.session\ndef tests(session):\n    session.run('pytest')\n"},
            ("nox -s tests",),
        ),
        ({"Makefile": "test: venv\n\tpytest\nvenv:\n\tpython -m venv v\n"}, ("make test", "make")),
        ({"Makefile": "test:\n\tpytest\n"}, ()),
        (
            {"tox.ini": "[tox]\nenvlist = quick\n[testenv]\ncommands = pytest -k 'not x'\n[testenv:py3]\ndeps = x\n"},
            ("tox",),
        ),
        ({"pixi.toml": "[workspace]\nname = 'x'\n[tasks]\ntest = 'pytest'\n"}, ("pixi run test",)),
        (
            {"pyproject.toml": PROJECT + "[dependency-groups]\ntest = ['pytest']\n", "tests/conftest.py": ""},
            ("uv run --group test pytest",),
        ),
        (
            {"pyproject.toml": PROJECT + "[tool.pdm.dev-dependencies]\ndev = ['pytest']\n", "tests/conftest.py": ""},
            (),
        ),
        ({"tox.ini": "[testenv]\ncommands = pytest\n", ".gitmodules": '[submodule "wick"]\n'}, ()),
        ({"tox.ini": "[testenv]\nrunner = uv-venv-runner\ncommands = pytest\n"}, ()),
    ],
)
def test_configuration_offers_commands(files: dict[str, str], available: tuple[str, ...]) -> None:
    assert facts(files).single_command_available.value == available


@pytest.mark.parametrize(
    ("tables", "available"),
    [
        pytest.param(
            "[dependency-groups]\ndev = ['pytest']\nweb = ['flask']\n", (), id="what the tests import stands elsewhere"
        ),
        pytest.param(
            "[dependency-groups]\ndev = ['pytest', {include-group = 'web'}]\nweb = ['flask']\n",
            ("uv run pytest",),
            id="the group includes the other",
        ),
        pytest.param(
            "[project.optional-dependencies]\nfew = ['pytest']\nall = ['lantern[few,web]']\nweb = ['flask']\n",
            ("uv run --extra all pytest",),
            id="an extra brings the project's own extras",
        ),
        pytest.param(
            "[dependency-groups]\ndev = ['lantern[few]', 'flask']\n\n"
            "[project.optional-dependencies]\nfew = ['pytest']\n",
            ("uv run pytest",),
            id="a group brings the project's own extra",
        ),
        pytest.param("[dependency-groups]\ndev = ['pytest']\n", ("uv run pytest",), id="nothing declares it at all"),
    ],
)
def test_uv_run_is_offered_only_with_what_the_tests_import(tables: str, available: tuple[str, ...]) -> None:
    files = {"pyproject.toml": PROJECT + tables, "tests/test_web.py": "import flask\nimport pytest\n"}
    assert facts(files).single_command_available.value == available


@pytest.mark.parametrize(
    ("line", "makes"),
    [
        ("python -m venv .venv", True),
        ("virtualenv v", True),
        ("uv sync --frozen", True),
        ("uv venv", True),
        ("poetry install", True),
        ("conda env create -f e.yml", True),
        ("mamba create -n x", True),
        ("venv/bin/python -m pytest", False),
        ("pip install -e .", False),
    ],
)
def test_a_call_makes_an_environment(line: str, makes: bool) -> None:
    assert one_command.makes_environment(split_line(line)[0]) is makes
