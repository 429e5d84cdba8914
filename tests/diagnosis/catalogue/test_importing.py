"""Modules that are not there: whose they are, and what brings them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.diagnosis.model import Failure, Frame, Raised
from pytest_sprintready.machine import Distribution, Git, Machine

if TYPE_CHECKING:
    from collections.abc import Callable

    NotFound = Callable[..., Failure]

TEST = {"tests/test_it.py": "import it\n"}
BACKEND = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
PROJECT = '[project]\nname = "lantern"\nversion = "1"\n'
TOX = {"tox.ini": "[testenv]\ndeps = pyyaml\ncommands = pytest\n"}
GUIDE = "# Contributing\n\n## Tests\n\nRun the tests:\n\n```console\n$ tox\n```\n"
SRC = {"src/lantern/__init__.py": ""}


def with_extra(*names: str) -> dict[str, str]:
    listed = ", ".join(f'"{name}"' for name in names)
    return {"pyproject.toml": f"{BACKEND}{PROJECT}[project.optional-dependencies]\ntest = [{listed}]\n", **SRC, **TEST}


def with_group(*names: str) -> dict[str, str]:
    listed = ", ".join(f'"{name}"' for name in names)
    return {"pyproject.toml": f"{BACKEND}{PROJECT}[dependency-groups]\ntest = [{listed}]\n", **SRC, **TEST}


def test_a_dependency_is_brought_by_the_extra_that_declares_it(diagnose: Any, not_found: NotFound) -> None:
    found = diagnose(with_extra("pytest", "PyYAML"), not_found("yaml"))
    assert found.code == "SRN36"
    assert [remedy.command for remedy in found.remedies] == ['python -m pip install -e ".[test]"']
    assert found.remedies[0].names == ("pyyaml", "extra:test")
    assert found.quote == "import yaml"


GUARDED = "try:\n    import yaml\nexcept ImportError:\n    pass\n\n\ndef read():\n    return yaml.safe_load('')\n"


@pytest.mark.parametrize(
    "raised",
    [
        Raised(("builtins.NameError",), "name 'yaml' is not defined", (), (Frame("src/lantern/light.py", 8, "x"),)),
        Raised(("builtins.AttributeError",), "module 'lantern.light' has no attribute 'yaml'"),
    ],
    ids=["a name that is unknown", "an attribute that is not there"],
)
def test_what_the_project_expects_to_be_missing_is_brought_where_it_is_used(diagnose: Any, raised: Raised) -> None:
    files = {**with_extra("pytest", "PyYAML"), "src/lantern/light.py": GUARDED}
    found = diagnose(files, Failure("run", raised=(raised,), node="tests/test_it.py::test_it"))
    assert found.code == "SRN36"
    assert found.what == "yaml (distribution pyyaml) is not installed in this environment."
    assert [remedy.command for remedy in found.remedies] == ['python -m pip install -e ".[test]"']


@pytest.mark.parametrize(
    "text", ["import yaml\n", "yaml_ = None\n", "try:\n    from . import yaml\nexcept ImportError:\n    pass\n"]
)
def test_a_name_that_is_unknown_for_another_reason_is_no_dependency(diagnose: Any, text: str) -> None:
    raised = Raised(("builtins.NameError",), "name 'yaml' is not defined", (), (Frame("src/lantern/light.py", 8, "x"),))
    files = {**with_extra("pytest", "PyYAML"), "src/lantern/light.py": text}
    assert diagnose(files, Failure("run", raised=(raised,), node="tests/test_it.py::test_it")) is None


def test_a_dependency_group_is_not_asked_for_as_an_extra(diagnose: Any, not_found: NotFound) -> None:
    machine = diagnose.with_installed(lantern="1")
    found = diagnose(with_group("pytest", "pyyaml"), not_found("yaml"), machine)
    assert [remedy.command for remedy in found.remedies] == ["python -m pip install --group test"]


def test_a_pip_that_knows_no_groups_is_updated_first(diagnose: Any, not_found: NotFound) -> None:
    machine = diagnose.with_installed(lantern="1", pip="24.0")
    found = diagnose(with_group("pytest", "pyyaml"), not_found("yaml"), machine)
    assert [remedy.command for remedy in found.remedies] == [
        "python -m pip install --upgrade pip",
        "python -m pip install --group test",
    ]


def test_a_project_that_is_missing_is_installed_along(diagnose: Any, not_found: NotFound) -> None:
    found = diagnose(with_group("pytest", "pyyaml"), not_found("yaml"))
    assert found.remedies[0].command == "python -m pip install -e . --group test"


@pytest.mark.parametrize(
    ("files", "command"),
    [
        pytest.param({"requirements-dev.txt": "pyyaml\n"}, "python -m pip install -r requirements-dev.txt", id="file"),
        pytest.param(
            {"pyproject.toml": '[tool.poetry]\nname = "lantern"\n[tool.poetry.group.dev.dependencies]\npyyaml = "*"\n'},
            "poetry install --with dev",
            id="poetry",
        ),
        pytest.param({"Pipfile": '[dev-packages]\npyyaml = "*"\n'}, "pipenv install --dev", id="pipenv"),
        pytest.param(TOX, "python -m pip install pyyaml", id="tox that no document names"),
        pytest.param({**TOX, "CONTRIBUTING.md": GUIDE}, "tox -e py", id="tox as the guide has it"),
        pytest.param(
            {"environment.yml": "name: lantern\ndependencies:\n  - pyyaml\n"},
            "conda env create --file environment.yml",
            id="conda",
        ),
    ],
)
def test_each_kind_of_place_has_its_command(
    diagnose: Any, not_found: NotFound, files: dict[str, str], command: str
) -> None:
    programs = {name: f"/usr/bin/{name}" for name in ("poetry", "pipenv", "tox", "conda")}
    machine = diagnose.with_installed(lantern="1")._replace(programs={**diagnose.machine.programs, **programs})
    found = diagnose({**files, **TEST}, not_found("yaml"), machine)
    assert found.code == "SRN36"
    assert [remedy.command for remedy in found.remedies] == [command]


def test_uv_installs_where_uv_made_the_environment(diagnose: Any, not_found: NotFound) -> None:
    machine: Machine = diagnose.machine._replace(environment="uv", installer="uv")
    found = diagnose(with_extra("pytest", "pyyaml"), not_found("yaml"), machine)
    assert found.remedies[0].command == 'uv pip install -e ".[test]"'


def test_uv_keeps_to_the_lock_file_in_the_projects_own_environment(diagnose: Any, not_found: NotFound) -> None:
    prefix = "/home/ada/lantern/.venv"
    machine: Machine = diagnose.machine._replace(
        environment="uv", installer="uv", prefix=prefix, executable=f"{prefix}/bin/python",
        programs={"python": f"{prefix}/bin/python", "uv": "/usr/bin/uv"},
    )  # fmt: skip
    found = diagnose({**with_group("pytest", "pyyaml"), "uv.lock": ""}, not_found("yaml"), machine)
    assert found.remedies[0].command == "uv sync --inexact --group test"


def test_uv_is_told_of_an_environment_that_is_not_active(diagnose: Any, not_found: NotFound) -> None:
    machine: Machine = diagnose.machine._replace(environment="uv", installer="uv", programs={})
    found = diagnose(with_extra("pytest", "pyyaml"), not_found("yaml"), machine)
    assert found.remedies[0].command == 'uv pip install --python /home/ada/env/bin/python -e ".[test]"'


def test_the_project_itself_is_told_from_its_dependencies(diagnose: Any, not_found: NotFound) -> None:
    found = diagnose(with_extra("pytest"), not_found("lantern"))
    assert found.code == "SRN35"
    assert found.remedies[0].command == 'python -m pip install -e ".[test]"'


def test_a_folder_of_the_clone_that_nothing_installs_is_put_on_the_path(diagnose: Any, not_found: NotFound) -> None:
    files = {**TEST, "app/__init__.py": "", "requirements.txt": "flask\n"}
    found = diagnose(files, not_found("app"))
    assert (found.code, found.remedies[0].command) == ("SRN61", "python -m pytest")


def test_a_folder_below_is_named_to_pytest(diagnose: Any, not_found: NotFound) -> None:
    files = {**TEST, "backend/app/__init__.py": "", "requirements.txt": "flask\n"}
    found = diagnose(files, not_found("app"))
    assert (found.code, found.remedies[0].command) == ("SRN61", "python -m pytest -o pythonpath=backend")


def test_a_folder_without_an_init_file_is_named_as_well(diagnose: Any, not_found: NotFound) -> None:
    files = {
        **TEST,
        "src/lantern/__init__.py": "",
        "src/lantern/app.py": "",
        "libs/common/app/part.py": "",
        "examples/app/a.py": "",
    }
    found = diagnose(files, not_found("app"))
    assert (found.code, found.remedies[0].command) == ("SRN61", "python -m pytest -o pythonpath=libs/common")


def test_a_part_of_a_package_is_no_module_of_that_name(diagnose: Any, not_found: NotFound) -> None:
    files = {**with_extra("pytest", "attrs"), "src/lantern/attr.py": ""}
    assert diagnose(files, not_found("attr")).code == "SRN36"


def test_what_is_declared_is_installed_though_a_copy_of_it_lies_in_the_clone(
    diagnose: Any, not_found: NotFound
) -> None:
    files = {**with_extra("pytest", "attrs"), "libs/micro/attr.py": ""}
    assert diagnose(files, not_found("attr")).code == "SRN36"


def test_a_module_that_newer_releases_dropped_comes_from_an_older_one(diagnose: Any, not_found: NotFound) -> None:
    found = diagnose(with_extra("pytest"), not_found("pkg_resources"))
    assert found.remedies[0].command == 'python -m pip install "setuptools<81"'


def test_what_only_users_ask_for_is_called_optional(diagnose: Any, not_found: NotFound) -> None:
    text = f'{BACKEND}{PROJECT}[project.optional-dependencies]\ntest = ["pytest"]\ngpu = ["torch"]\n'
    found = diagnose({"pyproject.toml": text, **TEST}, not_found("torch"))
    assert (found.code, found.remedies[0].command) == ("SRN37", 'python -m pip install -e ".[gpu]"')


def test_what_is_declared_nowhere_is_the_projects_omission(diagnose: Any, not_found: NotFound) -> None:
    found = diagnose(with_extra("pytest"), not_found("yaml"))
    assert (found.code, found.fault, found.certain) == ("SRN60", "project", False)
    assert found.remedies[0].command == "python -m pip install pyyaml"


def in_git(machine: Machine) -> Machine:
    git = Git()
    git.top = machine.root
    return machine._replace(git=git)


@pytest.mark.parametrize(
    ("module", "new"),
    [
        pytest.param("numpyy", False, id="one letter too many"),
        pytest.param("lanter", False, id="one letter too few"),
        pytest.param("jsno", False, id="two letters swapped"),
        pytest.param("brandnew", True, id="a line just written"),
        pytest.param("lantern.colour", False, id="a part of an installed project"),
    ],
)
def test_a_slip_of_the_pen_is_left_to_python(diagnose: Any, not_found: NotFound, module: str, new: bool) -> None:
    machine = in_git(diagnose.with_installed(lantern="1", numpy="2"))
    assert diagnose(with_extra("pytest", "numpy"), not_found(module, new=new), machine) is None


def lacking(kind: str, message: str, *, new: bool = False) -> Failure:
    types = (f"builtins.{kind}", *(("builtins.ImportError",) if kind.startswith("Module") else ()))
    frames = (Frame("tests/test_it.py", 3, "lantern.wick.glow()", new),)
    return Failure("run", raised=(Raised(types, message, (), frames),), node="tests/test_it.py::test_it")


WICK = {"src/lantern/wick.py": "def glow():\n    pass\n"}


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("AttributeError", "module 'lantern.wick' has no attribute 'glow'. Did you mean: 'grow'?"),
        ("ImportError", "cannot import name 'glow' from 'lantern.wick' (/env/site-packages/lantern/wick.py)"),
        ("ModuleNotFoundError", "No module named 'lantern.wick'"),
    ],
)
def test_a_release_that_is_tested_in_the_place_of_the_clone_is_told(diagnose: Any, kind: str, message: str) -> None:
    found = diagnose({**with_extra("pytest"), **WICK}, lacking(kind, message), diagnose.with_installed(lantern="1"))
    assert (found.code, found.remedies[0].command) == ("SRN91", "python -m pip install -e .")
    assert found.what.startswith("lantern 1 from the package index")


@pytest.mark.parametrize(
    ("message", "changed"),
    [
        pytest.param("module 'lantern.wick' has no attribute 'shine'", {}, id="nor in the clone"),
        pytest.param("module 'numpy' has no attribute 'glow'", {}, id="of somebody else's"),
        pytest.param("module 'lantern.wick' has no attribute 'glow'", {"url": "file:///home/ada/lantern"}, id="built"),
        pytest.param("module 'lantern.wick' has no attribute 'glow'", {"editable": "/home/ada/lantern"}, id="editable"),
    ],
)
def test_a_fault_of_the_clone_itself_is_left_to_python(diagnose: Any, message: str, changed: dict[str, str]) -> None:
    machine = diagnose.with_installed(numpy="2")
    ours = Distribution("lantern", "1")._replace(**changed)
    machine = machine._replace(distributions={**machine.distributions, "lantern": ours})
    assert diagnose({**with_extra("pytest"), **WICK}, lacking("AttributeError", message), machine) is None
