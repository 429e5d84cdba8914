"""SR2xx: what each check must leave alone, and what its message names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready import engine
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Result, Status
from pytest_sprintready.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

PYPROJECT = (
    '[project]\nname = "lantern"\ndependencies = ["bulb"]\n\n[project.optional-dependencies]\ntest = ["pytest"]\n'
)
TEST = "import pytest\n\n\ndef test_light():\n    assert True\n"


def judge(code: str, more: Mapping[str, str | bytes]) -> Result:
    files: dict[str, str | bytes] = {"pyproject.toml": PYPROJECT, "tests/test_light.py": TEST}
    (result,) = engine.run(Facts(MemorySnapshot({**files, **more})), select=[code]).results
    return result


def guide(*commands: str) -> dict[str, str | bytes]:
    return {"CONTRIBUTING.md": "# Contributing\n\nRun the tests:\n\n```console\n" + "\n".join(commands) + "\n```\n"}


def configured(line: str) -> dict[str, str | bytes]:
    return {"pytest.ini": f"[pytest]\n{line}\n"}


# One command ----------------------------------------------------------------------------------------------------


def test_without_tests_there_is_nothing_to_run() -> None:
    result = engine.run(Facts(MemorySnapshot({"lantern.py": ""})), select=["SR201"]).results[0]
    assert result.status is Status.SKIPPED


def test_a_script_of_the_repository_is_asked_to_make_what_it_needs() -> None:
    files = {"pyproject.toml": "", "scripts/test": "#!/bin/sh\npytest\n", **guide("scripts/test")}
    (finding,) = judge("SR201", files).findings
    assert finding.fix.startswith("Let `scripts/test` make")


def test_the_target_named_test_is_the_one_to_change() -> None:
    files = {
        "pyproject.toml": "",
        "requirements-test.txt": "pytest\n",
        "Makefile": "all: lint\n\tpytest\n\ntest:\n\tpytest\n",
        **guide("pytest"),
    }
    (finding,) = judge("SR201", files).findings
    assert "target `test` in Makefile" in finding.fix
    assert "-r requirements-test.txt" in finding.fix


def test_submodules_leave_the_command_what_it_is() -> None:
    files = {
        ".gitmodules": '[submodule "bulbs"]\n\tpath = bulbs\n',
        "noxfile.py": 'import nox\n\n\n@nox.session\ndef tests(session):\n    session.install(".")\n    session.run("pytest")\n',
    }
    assert judge("SR201", files).status is Status.PASS


def test_a_command_named_in_prose_alone_counts_as_documented() -> None:
    files = guide("python -m pytest")
    files["tox.ini"] = "[testenv]\nextras = test\ncommands = pytest\n"
    files["README.md"] = "# Lantern\n\nCI tests lantern with tox on three systems.\n"
    assert judge("SR202", files).status is Status.PASS


def test_both_places_are_named_where_the_command_is_not_documented() -> None:
    files = {"tox.ini": "[testenv]\nextras = test\ncommands = pytest\n", **guide("python -m pytest")}
    (finding,) = judge("SR202", files).findings
    assert "CONTRIBUTING.md:6 says `python -m pytest`" in finding.message
    assert "`tox` (tox.ini:" in finding.message


@pytest.mark.parametrize(
    ("target", "status"),
    [("test", Status.PASS), ("tests-fast", Status.PASS), ("run_tests", Status.PASS), ("check", Status.PASS),
     ("verify", Status.FAIL)],
)  # fmt: skip
def test_names_are_judged_by_their_parts(target: str, status: Status) -> None:
    assert judge("SR203", {"Makefile": f"{target}:\n\tpytest\n"}).status is status


# What the tests take for granted --------------------------------------------------------------------------------

REQUEST = 'requests.get("https://lamps.dev/status")'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"import requests\n\ndef helper():\n    {REQUEST}\n", id="no test"),
        pytest.param(f"import requests\n\ndef test_a():\n    try:\n        {REQUEST}\n    except OSError:\n        pass\n",
                     id="failure expected"),
        pytest.param(f"import requests, pytest\n\npytestmark = pytest.mark.far\n\ndef test_a():\n    {REQUEST}\n",
                     id="module marked"),
        pytest.param(f"import requests\n\nclass TestA:\n    def test_a(self, mocker):\n        {REQUEST}\n", id="mocked"),
        pytest.param('import requests\n\ndef test_a():\n    requests.get("https://example.org/")\n', id="reserved name"),
        pytest.param("import requests\n\ndef test_a(url):\n    requests.get(url)\n", id="address not written"),
        pytest.param(f"import requests\n\ndef test_a():\n    {REQUEST}\n  broken", id="no Python"),
    ],
)  # fmt: skip
def test_what_may_not_reach_the_network_is_left_alone(text: str) -> None:
    assert judge("SR207", {"tests/test_light.py": text}).status is Status.SKIPPED


def test_a_plain_request_in_a_method_is_found() -> None:
    text = f"import requests\n\n\nclass TestA:\n    def test_a(self):\n        {REQUEST}\n"
    (finding,) = judge("SR207", {"tests/test_light.py": text}).findings
    assert str(finding.place) == "tests/test_light.py:6"


def test_a_slow_marker_that_nothing_carries_is_left_alone() -> None:
    assert judge("SR208", configured("markers =\n    slow: takes long")).status is Status.SKIPPED


@pytest.mark.parametrize(
    ("line", "status"),
    [
        pytest.param("filterwarnings = error", Status.FAIL, id="bare"),
        pytest.param("filterwarnings = error::DeprecationWarning", Status.FAIL, id="any deprecation"),
        pytest.param("addopts = -Werror", Status.FAIL, id="option"),
        pytest.param("filterwarnings = error:::lantern", Status.SKIPPED, id="own module"),
        pytest.param("filterwarnings = error::lantern.DarkWarning", Status.SKIPPED, id="own warning"),
        pytest.param("filterwarnings =\n    error\n    ignore::DeprecationWarning:bulb", Status.PASS, id="exempt"),
    ],
)
def test_warnings_as_errors(line: str, status: Status) -> None:
    assert judge("SR209", configured(line)).status is status


def test_pinned_requirements_keep_other_projects_warnings_out() -> None:
    files = {"requirements-test.txt": "pytest==8.4.0\nbulb==1.0\n", **configured("filterwarnings = error")}
    assert judge("SR209", files).status is Status.PASS


# What the tests need --------------------------------------------------------------------------------------------


def test_pytest_in_a_dockerfile_is_not_called_undeclared() -> None:
    files = {"pyproject.toml": '[project]\nname = "lantern"\n', "Dockerfile": "RUN pip install pytest\n"}
    result = judge("SR212", files)
    assert result.status is Status.SKIPPED
    assert "Dockerfile" in result.reason


def test_the_table_that_configures_pytest_declares_nothing() -> None:
    files = {"pyproject.toml": '[project]\nname = "lantern"\n\n[tool.pytest.ini_options]\ntestpaths = ["tests"]\n'}
    assert judge("SR212", files).status is Status.FAIL


@pytest.mark.parametrize(
    ("requirements", "status"),
    [
        pytest.param("pytest\n", Status.PASS, id="the same"),
        pytest.param("pytest==8.4\niniconfig==2.1\n", Status.PASS, id="pinned with what they need"),
        pytest.param("pytest\ntwine\n", Status.PASS, id="a tool the tests do not use"),
        pytest.param("pytest\npytest-timeout\n", Status.FAIL, id="a plugin"),
        pytest.param("pytest\nnumpy\n", Status.FAIL, id="what a test imports"),
    ],
)
def test_only_differences_that_tests_feel_are_reported(requirements: str, status: Status) -> None:
    files = {"requirements-test.txt": requirements, "tests/test_more.py": "import numpy\n"}
    assert judge("SR213", files).status is status


def test_a_project_in_a_folder_of_its_own_is_not_judged_by_the_root() -> None:
    files = {
        "api/pyproject.toml": PYPROJECT,
        "api/tests/test_light.py": TEST,
        "Makefile": "test:\n\tcd api && uv run pytest\n",
    }
    result = engine.run(Facts(MemorySnapshot(files)), select=["SR201"]).results[0]
    assert result.status is Status.SKIPPED
    assert "api/pyproject.toml" in result.reason


def test_scripts_beside_a_specification_need_no_tests() -> None:
    result = engine.run(Facts(MemorySnapshot({"tools/convert.py": ""})), select=["SR211"]).results[0]
    assert result.status is Status.SKIPPED
