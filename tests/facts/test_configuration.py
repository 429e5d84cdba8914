"""What configuration declares."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts, configuration
from pytest_sprintready.snapshot import MemorySnapshot


def facts(files: dict[str, str]) -> Facts:
    return Facts(MemorySnapshot(dict(files)))


@pytest.mark.parametrize(
    ("files", "places"),
    [
        (
            {"pyproject.toml": "[project]\nname='a'\n[project.optional-dependencies]\ntest=['pytest']\n"},
            ("extra:test",),
        ),
        ({"pyproject.toml": "[dependency-groups]\ndev=['tox>=4']\n"}, ("group:dev",)),
        ({"pyproject.toml": "[dependency-groups]\ndocs=['sphinx']\n"}, ("none",)),
        ({"requirements-dev.txt": "pytest\n"}, ("requirements:requirements-dev.txt",)),
        ({"requirements/test.in": "hypothesis\n"}, ("requirements:requirements/test.in",)),
        ({"examples/requirements.txt": "pytest\n"}, ("none",)),
        ({"tox.ini": "[testenv]\ndeps = pytest\ncommands = pytest\n"}, ("tox",)),
        ({"environment.yml": "dependencies:\n  - pytest\n"}, ("conda:environment.yml",)),
        ({"Pipfile": "[dev-packages]\npytest = '*'\n"}, ("pipfile:dev",)),
    ],
)
def test_the_places_that_declare_test_tools_are_named(files: dict[str, str], places: tuple[str, ...]) -> None:
    assert facts(files).test_dependencies_in.value == places


def test_included_files_count_for_the_file_that_includes_them() -> None:
    found = facts({"requirements-dev.txt": "-r requirements-test.txt\n", "requirements-test.txt": "pytest\n"})
    assert "pytest" in configuration.names_declared(found, "requirements:requirements-dev.txt")


def test_files_that_include_each_other_end() -> None:
    found = facts(
        {"requirements-a.txt": "-r requirements-b.txt\n", "requirements-b.txt": "-r requirements-a.txt\npytest\n"}
    )
    assert configuration.names_declared(found, "requirements:requirements-a.txt") == {"pytest"}


@pytest.mark.parametrize(
    ("field", "path", "text"),
    [
        ("pre_commit", ".pre-commit-config.yaml", "repos: []"),
        ("editorconfig", ".editorconfig", ""),
        ("submodules", ".gitmodules", '[submodule "wick"]\n'),
    ],
)
def test_a_file_says_that_something_is_used(field: str, path: str, text: str) -> None:
    assert getattr(facts({path: text}), field).value is True
    assert getattr(facts({}), field).value is False


def test_requires_python_is_as_written() -> None:
    found = facts({"pyproject.toml": "[project]\nname = 'a'\nrequires-python = '>= 3.10'\n"}).requires_python
    assert (found.value, str(found.evidence[0])) == (">= 3.10", "pyproject.toml:3")


def test_the_folder_of_the_tests_is_the_whole_suite() -> None:
    files = {"pyproject.toml": "[project]\nname = 'lantern'\n[tool.pytest.ini_options]\ntestpaths = ['checks']\n"}
    whole = facts({**files, "lantern/tests/test_a.py": ""}).world.whole
    assert {"checks", "lantern", "lantern/tests"} <= whole


def test_one_of_several_configured_folders_of_tests_is_a_part() -> None:
    several = "[tool.pytest.ini_options]\ntestpaths = ['tests/unit', 'tests/flow', 'checks/all', 'lamps']\n"
    whole = facts({"pyproject.toml": several}).world.whole
    assert {"checks/all", "lamps"} <= whole
    assert not {"tests/unit", "tests/flow"} & whole


def test_many_folders_of_tests_are_parts() -> None:
    files = {f"{name}/tests/test_a.py": "" for name in ("a", "b", "c")}
    assert not {"a/tests", "b/tests", "c/tests"} & facts(files).world.whole


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pyproject.toml", "[project\n"),
        ("environment.yml", "dependencies: [\n"),
        (".github/workflows/ci.yml", "jobs: [\n"),
        ("compose.yml", "services: [\n"),
        ("Pipfile", "[dev\n"),
    ],
)
def test_a_broken_file_is_a_problem_and_the_others_answer(path: str, text: str) -> None:
    found = facts({path: text, "README.md": "# Lantern\n", "requirements.txt": "pytest\n"})
    published = found.published()
    assert [problem.path for problem in found.problems] == [path]
    assert published["readme"]["value"] == "README.md"
    assert published["test_dependencies_in"]["value"] == ["requirements:requirements.txt"]


def test_a_program_among_the_scripts_is_no_problem() -> None:
    files: dict[str, str | bytes] = {"bin/lamp": b"\x7fELF\x00\x00", "scripts/test": "#!/bin/sh\npytest\n"}
    found = Facts(MemorySnapshot(files))
    assert [task.name for file in found.task_files for task in file.tasks] == ["scripts/test"]
    assert found.problems == ()
