"""Which of several places to install from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = '[project]\nname = "lantern"\nversion = "1"\n'
EXTRAS = "[project.optional-dependencies]\n"


def guide(*lines: str) -> dict[str, str]:
    listed = "\n".join(f"$ {line}" for line in lines)
    return {"CONTRIBUTING.md": f"# Contributing\n\n## Set up\n\nInstall it:\n\n```console\n{listed}\n```\n"}


def origins(diagnose: Any, files: Mapping[str, str], name: str = "attrs") -> list[str]:
    found = homes(Facts(MemorySnapshot(files)), diagnose.machine, (name,))
    return [home.origin for home in found]


def test_an_extra_for_tests_goes_before_one_for_documents(diagnose: Any) -> None:
    text = f'{HEAD}{EXTRAS}docs = ["attrs"]\ntest = ["attrs", "pytest"]\n'
    assert origins(diagnose, {"pyproject.toml": text}) == ["extra:test", "extra:docs"]


def test_an_extra_for_users_of_pytest_is_none_for_tests(diagnose: Any) -> None:
    groups = '[dependency-groups]\ntest = ["attrs"]\n'
    text = f'{HEAD}{EXTRAS}pytest = ["attrs"]\n{groups}'
    assert origins(diagnose, {"pyproject.toml": text}) == ["group:test", "extra:pytest"]


def test_what_the_guide_installs_goes_first(diagnose: Any) -> None:
    text = f'{HEAD}{EXTRAS}everything = ["attrs"]\ntest = ["attrs", "pytest"]\n'
    files = {"pyproject.toml": text, **guide('pip install -e ".[everything]"')}
    assert origins(diagnose, files)[0] == "extra:everything"


def test_the_projects_own_dependencies_need_no_extra(diagnose: Any) -> None:
    text = f'{HEAD}dependencies = ["attrs"]\n{EXTRAS}test = ["attrs"]\n'
    assert origins(diagnose, {"pyproject.toml": text})[0] == "project.dependencies"


def test_what_pip_can_install_goes_before_what_takes_another_tool(diagnose: Any) -> None:
    files = {"requirements-dev.txt": "attrs\n", "environment.yml": "name: x\ndependencies:\n  - attrs\n"}
    assert origins(diagnose, files) == ["requirements:requirements-dev.txt", "conda:environment.yml"]


def test_included_groups_files_and_extras_count(diagnose: Any) -> None:
    groups = f'{HEAD}[dependency-groups]\ntest = ["attrs"]\ndev = [{{ include-group = "test" }}]\n'
    assert set(origins(diagnose, {"pyproject.toml": groups})) == {"group:test", "group:dev"}
    files = {"dev-requirements.txt": "-r test-requirements.txt\n", "test-requirements.txt": "attrs\n"}
    assert set(origins(diagnose, files)) == {f"requirements:{name}" for name in files}
    own = {"pyproject.toml": f'{HEAD}{EXTRAS}full = ["attrs"]\n', "requirements.txt": "-e .[full]\npytest\n"}
    assert origins(diagnose, own) == ["requirements:requirements.txt", "extra:full"]


@pytest.mark.parametrize(
    ("marker", "applies"), [("python_version < '3.0'", False), ("python_version >= '3.9'", True), ("nonsense", True)]
)
def test_a_requirement_for_another_python_is_no_home(diagnose: Any, marker: str, applies: bool) -> None:
    text = f'{HEAD}{EXTRAS}test = ["attrs; {marker}"]\n'
    assert bool(origins(diagnose, {"pyproject.toml": text})) is applies


def test_what_comes_along_with_a_declared_distribution_is_found_there(diagnose: Any) -> None:
    found = homes(Facts(MemorySnapshot({"requirements.txt": "pandas\n"})), diagnose.machine, ("numpy",))
    assert [(home.distribution, home.carried) for home in found] == [("pandas", True)]


def test_what_nobody_declares_has_no_home(diagnose: Any) -> None:
    assert origins(diagnose, {"requirements.txt": "flask\n"}) == []
