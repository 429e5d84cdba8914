from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.verify.plan import (
    as_ci_does,
    best_places,
    configured,
    documented,
    plans,
    prepared,
    tox_environment,
)

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "lantern"
requires-python = ">=3.10"
[project.optional-dependencies]
docs = ["sphinx"]
test = ["pytest", "pytest-mock"]
"""
WORKFLOW = """\
on: push
env:
  LEVEL: high
jobs:
  test:
    runs-on: ${{ matrix.os }}
    strategy:
      matrix:
        os: [windows-latest, ubuntu-latest]
        python-version: ["3.10", "3.12"]
    steps:
      - uses: actions/checkout@v4
      - run: choco install x
        if: runner.os == 'Windows'
      - run: |
          python -m pip install tox
          echo "${{ matrix.python-version }}"
      - run: tox -e py$(echo ${{ matrix.python-version }} | tr -d .)
      - run: codecov
"""
GUIDE = """\
# Contributing

Set up:

```console
$ python -m pip install -e .[test]
```

Run the tests:

```console
$ pytest
```
"""


def facts(**files: str) -> Facts:
    return Facts(MemorySnapshot({name.replace("__", "/"): text for name, text in files.items()}))


def repository(extra: dict[str, str] | None = None) -> Facts:
    base = {"pyproject.toml": PYPROJECT, "tests/test_light.py": "import pytest\n\ndef test_light(): pass\n"}
    return Facts(MemorySnapshot({**base, **(extra or {})}))


def test_what_the_documents_say_comes_first_and_in_their_order() -> None:
    plan = documented(repository({"CONTRIBUTING.md": GUIDE}), "3.12")
    assert plan is not None
    assert plan.name == "documented"
    assert [(step.phase, step.command) for step in plan.steps] == [
        ("setup", "python -m pip install -e .[test]"),
        ("test", "pytest"),
    ]
    assert [str(step.place) for step in plan.steps] == ["CONTRIBUTING.md:6", "CONTRIBUTING.md:12"]


def test_a_repository_without_tests_has_no_plan() -> None:
    assert plans(Facts(MemorySnapshot({"README.md": "# Lantern"})), "3.12") == ()


def test_ci_is_read_for_linux_and_the_python_at_hand() -> None:
    plan = as_ci_does(
        repository({".github/workflows/test.yml": WORKFLOW, "tox.ini": "[testenv]\ncommands = pytest\n"}), "3.12"
    )
    assert plan is not None
    assert [step.command for step in plan.steps] == [
        'python -m pip install tox\necho "3.12"',
        "tox -e py$(echo 3.12 | tr -d .)",
    ] or [step.command for step in plan.steps] == [
        "python -m pip install tox",
        'echo "3.12"',
        "tox -e py$(echo 3.12 | tr -d .)",
    ]
    assert ("LEVEL", "high") in plan.steps[-1].variables


def test_the_configuration_implies_the_extra_for_tests() -> None:
    plan = configured(repository(), "3.12")
    assert plan is not None
    assert [step.command for step in plan.steps] == ["uv pip install -e '.[test]'", "python -m pytest"]


def test_what_the_environment_of_hatch_for_the_tests_has_is_installed() -> None:
    hatch = """\
[tool.hatch.envs.test]
features = ["test"]
dependencies = ["coverage"]
[tool.hatch.envs.test.scripts]
run = "python -m unittest discover -s tests"
"""
    text = PYPROJECT.replace('"pytest", "pytest-mock"', '"babel"') + hatch
    plan = configured(
        Facts(MemorySnapshot({"pyproject.toml": text, "tests/test_light.py": "import unittest\n"})), "3.12"
    )
    assert plan is not None
    assert [step.command for step in plan.steps] == [
        "uv pip install -e . coverage -e '.[test]'",
        "python -m unittest discover -s tests",
    ]


def test_a_lock_file_is_followed() -> None:
    plan = configured(repository({"uv.lock": "version = 1\n"}), "3.12")
    assert plan is not None
    assert plan.locked
    assert plan.steps[0].command == "uv sync --active --frozen --extra test"


def test_the_place_for_tests_is_preferred_to_others() -> None:
    text = PYPROJECT + '[dependency-groups]\ntyping = ["mypy", "pytest"]\ndev = ["pytest", "ruff"]\n'
    assert best_places(repository({"pyproject.toml": text}))[:1] == ("extra:test",)


@pytest.mark.parametrize(
    ("command", "first", "then"),
    [
        ("nox -s tests", "nox -s tests --install-only", "nox -R -s tests"),
        ("nox -s tests -- -k x", "nox -s tests --install-only", "nox -R -s tests -- -k x"),
        ("python -m nox -s tests", "python -m nox -s tests --install-only", "python -m nox -R -s tests"),
        ("tox -e py312", "tox -e py312 --notest", "tox -e py312 --skip-pkg-install"),
        ("A=1 tox", "A=1 tox --notest", "A=1 tox --skip-pkg-install"),
        ("uv run --group test pytest -q", "uv run --group test python -c pass", "uv run --group test pytest -q"),
    ],
)
def test_set_up_and_tests_of_one_command_can_be_told_apart(command: str, first: str, then: str) -> None:
    assert prepared(command) == (first, then)


@pytest.mark.parametrize("command", ["make test", "pytest", "tox && tox -e lint", "nox -s $SESSION", "./run_tests.sh"])
def test_what_cannot_be_told_apart_is_left_as_it_is(command: str) -> None:
    assert prepared(command) is None


@pytest.mark.parametrize(
    ("envs", "chosen"),
    [("py310, py312", "py312"), ("py310, py311", "py312"), ("py312-crypto, py312", "py312-crypto")],
)
def test_the_environment_of_tox_for_this_python_is_found(envs: str, chosen: str) -> None:
    tox = f"[tox]\nenvlist = lint, {envs}\n[testenv]\ncommands = pytest\n[testenv:lint]\ncommands = ruff check\n"
    assert tox_environment(repository({"tox.ini": tox}), "3.12") == chosen


def test_what_an_application_imports_is_installed_from_its_requirements() -> None:
    plan = configured(facts(**{"requirements.txt": "flask\n", "tests__test_light.py": "import pytest\n"}), "3.12")
    assert plan is not None
    assert plan.steps[0].command == "uv pip install -r requirements.txt pytest"


def test_a_command_that_only_opens_a_shell_is_not_typed() -> None:
    guide = GUIDE.replace("python -m pip install -e .[test]", "poetry install\n$ poetry shell")
    plan = documented(repository({"CONTRIBUTING.md": guide}), "3.12")
    assert plan is not None
    assert [step.command for step in plan.steps] == ["poetry install", "pytest"]


def test_what_only_github_knows_is_not_set() -> None:
    workflow = WORKFLOW.replace("LEVEL: high", "LEVEL: high\n  TOXENV: ${{ steps.names.outputs.env }}")
    plan = as_ci_does(repository({".github/workflows/test.yml": workflow}), "3.12")
    assert plan is not None
    assert plan.steps[-1].variables == (("LEVEL", "high"),)


def test_ci_on_windows_is_no_plan() -> None:
    text = "install:\n  - SET PATH=C:\\\\Python;%PATH%\n  - pip install tox\ntest_script:\n  - tox\n"
    files = {"appveyor.yml": text, "tox.ini": "[testenv]\ncommands = pytest\n"}
    assert as_ci_does(repository(files), "3.12") is None
    assert as_ci_does(repository({**files, "appveyor.yml": f"image: Ubuntu\n{text}"}), "3.12") is not None


def test_what_measures_and_divides_is_left_out_with_its_values() -> None:
    guide = GUIDE.replace("$ pytest", "$ pytest -n auto --dist loadgroup --cov lantern tests")
    plan = configured(repository({"CONTRIBUTING.md": guide}), "3.12")
    assert plan is not None
    assert plan.steps[-1].command == "python -m pytest tests"


def test_a_job_that_tests_what_another_built_is_no_plan() -> None:
    workflow = """\
on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/download-artifact@v4
      - run: tar xf dist/*.tar.gz --strip-components=1
      - run: rm -rf src
      - run: tox run --installpkg dist/*.whl -e py312
"""
    files = {".github/workflows/test.yml": workflow, "tox.ini": "[testenv]\ncommands = pytest\n"}
    assert as_ci_does(repository(files), "3.12") is None


@pytest.mark.parametrize("table", ["tool.poetry.group.test.dependencies", "tool.poetry.dev-dependencies"])
def test_a_group_that_only_poetry_knows_is_spelled_out(table: str) -> None:
    text = f"""\
[build-system]
requires = ["poetry-core"]
build-backend = "poetry.core.masonry.api"
[tool.poetry]
name = "lantern"
version = "1"
[{table}]
pytest-mock = ">=3.10"
pytest = "*"
"""
    plan = configured(repository({"pyproject.toml": text}), "3.12")
    assert plan is not None
    assert plan.steps[0].command == "uv pip install -e . 'pytest-mock>=3.10' pytest"
