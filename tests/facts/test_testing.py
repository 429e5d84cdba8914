"""How the tests run: framework, runners, continuous integration."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts, testing
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
        ({"manage.py": "", "lamps/tests.py": "from django.test import TestCase\n"}, "django-manage"),
        ({"CONTRIBUTING.md": guide("uv sync", "uv run pytest")}, "uv"),
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


def ci(steps: str, name: str = "ci", **more: str) -> tuple[str, ...]:
    return facts({f".github/workflows/{name}.yml": WORKFLOW + steps, **more}).ci_test_commands.value


def test_ci_runs_what_its_steps_run() -> None:
    assert ci("      - run: pip install -e .\n      - run: pytest -n auto\n") == ("pytest -n auto",)


def test_ci_names_the_place() -> None:
    found = facts({".github/workflows/ci.yml": WORKFLOW + "      - run: pytest\n"}).ci_test_commands
    assert [str(place) for place in found.evidence] == [".github/workflows/ci.yml:6"]


def test_composite_actions_of_the_repository_are_followed() -> None:
    action = "runs:\n  using: composite\n  steps:\n    - run: pytest -x\n      shell: bash\n"
    assert ci("      - uses: ./.github/actions/run\n", **{".github/actions/run/action.yml": action}) == ("pytest -x",)


def test_an_action_that_does_not_exist_runs_nothing() -> None:
    assert ci("      - uses: ./.github/actions/run\n") == ()


def test_a_broken_action_is_a_problem_and_the_rest_is_read() -> None:
    files = {
        ".github/workflows/ci.yml": WORKFLOW + "      - uses: ./run\n      - run: pytest\n",
        "run/action.yml": "runs: [\n",
    }
    found = facts(files)
    assert found.ci_test_commands.value == ("pytest",)
    assert [problem.path for problem in found.problems] == ["run/action.yml"]


def test_a_command_handed_to_an_action_is_run() -> None:
    assert ci("      - uses: some/retry@v1\n        with:\n          command: tox -e py\n") == ("tox -e py",)


def test_single_tests_and_measurements_are_left_aside_beside_the_whole_suite() -> None:
    steps = "      - run: pytest\n      - run: pytest tests/test_a.py\n      - run: pytest tests/benchmarks\n"
    assert ci(steps) == ("pytest",)
    assert ci("      - run: pytest tests/test_a.py\n") == ("pytest tests/test_a.py",)


def test_tests_of_another_checkout_are_not_ours() -> None:
    assert ci("      - run: pytest\n        working-directory: other\n") == ()


def test_side_workflows_count_where_no_other_tests() -> None:
    main = {".github/workflows/tests.yml": WORKFLOW + "      - run: tox\n"}
    assert ci("      - run: pytest\n", "release", **main) == ("tox",)
    assert ci("      - run: pytest\n", "release") == ("pytest",)


def test_the_jobs_that_test_are_known() -> None:
    jobs = testing.ci_test_jobs(facts({".github/workflows/ci.yml": WORKFLOW + "      - run: pytest\n"}))
    assert [(workflow.path, job.name) for workflow, job in jobs] == [(".github/workflows/ci.yml", "t")]
