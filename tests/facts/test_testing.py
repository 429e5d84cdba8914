"""How the tests run: framework, runners, what builds its environment, continuous integration."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts, testing
from pytest_sprintready.reading.shell import split_line
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
        pytest.param("./run.sh test", {"run.sh": "#!/bin/sh\nuv sync\npytest\n"}, True, id="a script that makes it"),
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
        ({"pixi.toml": "[workspace]\nname = 'x'\n[tasks]\ntest = 'pytest'\n"}, ("pixi run test",)),
        (
            {"pyproject.toml": PROJECT + "[dependency-groups]\ntest = ['pytest']\n", "tests/conftest.py": ""},
            ("uv run --group test pytest",),
        ),
        ({"tox.ini": "[testenv]\ncommands = pytest\n", ".gitmodules": '[submodule "wick"]\n'}, ()),
        ({"tox.ini": "[testenv]\nrunner = uv-venv-runner\ncommands = pytest\n"}, ()),
    ],
)
def test_configuration_offers_commands(files: dict[str, str], available: tuple[str, ...]) -> None:
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
    assert testing.makes_environment(split_line(line)[0]) is makes


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
