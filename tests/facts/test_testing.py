"""How the tests run: framework, runners, continuous integration."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import MemorySnapshot

PROJECT = '[project]\nname = "lantern"\nversion = "1"\n'
WORKFLOW = "on: [push]\njobs:\n  t:\n    runs-on: ubuntu-latest\n    steps:\n"


def facts(files: dict[str, str]) -> Facts:
    return Facts(MemorySnapshot(dict(files)))


def guide(*lines: str) -> str:
    return "# Contributing\n\n```console\n" + "".join(f"$ {line}\n" for line in lines) + "```\n"


@pytest.mark.parametrize(
    ("files", "framework", "place"),
    [
        ({"pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-q'\n"}, "pytest", "pyproject.toml"),
        ({"tests/conftest.py": ""}, "pytest", "tests/conftest.py"),
        ({"tests/test_a.py": "import pytest\n"}, "pytest", "tests/test_a.py"),
        ({"tests/test_a.py": "def test_a():\n    pass\n"}, "pytest", "tests/test_a.py"),
        ({"tests/test_a.py": "import unittest\n"}, "unittest", "tests/test_a.py"),
        ({"lamps/tests.py": "from django.test import TestCase\n"}, "django", "lamps/tests.py"),
        ({"tests/test_a.py": "import unittest\n", "tests/test_b.py": "import pytest\n"}, "pytest", "tests/test_b.py"),
        ({"tests/test_a.py": "print()\n"}, "other", "tests/test_a.py"),
        ({"vendor/wick/test_a.py": "import pytest\n"}, "", ""),
        ({"CONTRIBUTING.md": guide("pytest")}, "pytest", "CONTRIBUTING.md"),
        ({}, "", ""),
    ],
)
def test_the_framework_is_what_the_tests_are_written_for(files: dict[str, str], framework: str, place: str) -> None:
    found = facts(files).test_framework
    assert found.value == framework
    assert [evidence.path for evidence in found.evidence] == ([place] if place else [])


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"tox.ini": "[testenv]\ncommands = pytest\n"}, "tox"),
        ({"Makefile": "test:\n\tpytest\n"}, "make"),
        ({"justfile": "test:\n    pytest\n"}, "just"),
        ({"noxfile.py": "import nox\n@nox.session\ndef tests(session):\n    session.run('pytest')\n"}, "nox"),
        ({"uv.lock": ""}, "uv"),
        ({"poetry.lock": ""}, "poetry"),
        ({"pdm.lock": ""}, "pdm"),
        ({"scripts/test.sh": "#!/bin/sh\npytest\n"}, "custom"),
        ({"pyproject.toml": '[tool.poe.tasks]\ntest = "pytest"\n'}, "custom"),  # one the vocabulary has no word for
        ({"manage.py": "", "lamps/tests.py": "from django.test import TestCase\n"}, "django-manage"),
        ({"CONTRIBUTING.md": guide("uv sync", "uv run pytest")}, "uv"),
        ({"CONTRIBUTING.md": guide("py.test -v"), "tests/test_a.py": "import unittest\n"}, "pytest"),
    ],
)
def test_a_runner_is_seen(files: dict[str, str], expected: str) -> None:
    assert expected in facts(files).runners.value


@pytest.mark.parametrize(
    "files",
    [
        {
            "noxfile.py": "import nox\n@nox.session\ndef docs(session):\n    session.run('sphinx-build', 'docs', 'out')\n"
        },
        {"Makefile": "docs:\n\tsphinx-build docs out\n"},
        {"runtests.py": "", "lamps/tests.py": "from django.test import TestCase\n"},
    ],
)
def test_a_runner_of_something_else_is_none_of_the_tests(files: dict[str, str]) -> None:
    assert not {"nox", "make", "django-manage"} & set(facts(files).runners.value)
