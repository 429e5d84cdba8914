"""SR204, SR205, SR206: what must be found, and what must be left alone."""

from __future__ import annotations

import pytest

from pytest_sprintready import engine
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Result, Status
from pytest_sprintready.snapshot import MemorySnapshot

PROJECT = '[project]\nname = "lantern"\nversion = "1"\ndependencies = ["flask"]\n'
TEST_EXTRA = '[project.optional-dependencies]\ntest = ["pytest"]\n'


def judge(code: str, files: dict[str, str]) -> Result:
    (result,) = engine.run(Facts(MemorySnapshot(dict(files))), select=[code]).results
    return result


def repository(test: str = "", **files: str) -> dict[str, str]:
    """Return a small repository with one test file; a keyword `a__b_c` would not read, so names are given as a dict."""
    return {
        "pyproject.toml": PROJECT + TEST_EXTRA,
        "src/lantern/__init__.py": "",
        "src/lantern/bulb.py": "",
        "tests/test_light.py": test,
        **files,
    }


# SR205 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "module", "distribution"),
    [
        pytest.param("import requests", "requests", "requests", id="called alike"),
        pytest.param("import yaml", "yaml", "pyyaml", id="called otherwise"),
        pytest.param("from dateutil.parser import parse", "dateutil", "python-dateutil", id="a submodule"),
        pytest.param("import pytest_lamps", "pytest_lamps", "pytest-lamps", id="a plugin"),
        pytest.param("import hypothesis as h", "hypothesis", "hypothesis", id="renamed"),
    ],
)
def test_an_import_that_nothing_declares_is_found(statement: str, module: str, distribution: str) -> None:
    # python-dateutil comes along so often that only continuous integration shows it to be missing.
    ci = {".github/workflows/ci.yml": CI % f"pip install {distribution}"} if module == "dateutil" else {}
    (finding,) = judge("SR205", repository(statement, **ci)).findings
    assert f"imports {module}" in finding.message
    assert f'"{distribution}"' in finding.fix
    assert str(finding.place) == "tests/test_light.py:1"


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("import os, sys, tomllib, distutils.core", id="the standard library"),
        pytest.param("import lantern.bulb", id="the project"),
        pytest.param("import _lantern", id="its extension module"),
        pytest.param("from tests.helpers import x", id="the tests"),
        pytest.param("import helpers", id="a file beside"),
        pytest.param("import shared", id="a file in the folder above"),
        pytest.param("import pytest, _pytest.pytester, pluggy", id="pytest and what it brings"),
        pytest.param("import werkzeug, jinja2, click, markupsafe", id="what a dependency brings"),
        pytest.param("import numpy, six, attr", id="what is nearly always there"),
        pytest.param("from google.cloud import storage", id="a namespace of many distributions"),
        pytest.param("pytest.importorskip('yaml')\nimport yaml", id="guarded by pytest"),
        pytest.param("try:\n    import yaml\nexcept ImportError:\n    yaml = None", id="guarded by hand"),
        pytest.param("def test():\n    import yaml", id="inside a test"),
    ],
)
def test_an_import_that_is_provided_or_guarded_is_left_alone(statement: str) -> None:
    result = judge("SR205", repository(statement, **{"tests/helpers.py": "", "shared.py": ""}))
    assert result.status is Status.PASS, result.findings


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param("requirements-dev.txt", "requests\n", id="requirements"),
        pytest.param("requirements/ci/all.txt", "requests==2\n", id="requirements in folders"),
        pytest.param("environment.yml", "dependencies:\n- requests\n", id="conda"),
        pytest.param("tox.ini", "[testenv]\ndeps = requests\ncommands = pytest\n", id="tox"),
        pytest.param("noxfile.py", "import nox\n@nox.session\ndef t(s):\n    s.install('requests')\n", id="nox"),
        pytest.param("Pipfile", "[dev-packages]\nrequests = '*'\n", id="Pipfile"),
        pytest.param("Makefile", "install:\n\tpip install requests\n", id="make"),
        pytest.param("Dockerfile", "FROM python\nRUN pip install requests\n", id="a container"),
        pytest.param("setup.py", "from setuptools import setup\nsetup(install_requires=needs() + ['requests>=2'])\n", id="setup.py"),
        pytest.param("tools/lamp/pyproject.toml", "[project]\ndependencies = ['requests']\n", id="a project inside"),
        pytest.param("CONTRIBUTING.md", "# Contributing\n\n```sh\npip install -e . pytest requests\npytest\n```\n", id="the guide"),
    ],
)  # fmt: skip
def test_every_place_of_a_declaration_counts(path: str, text: str) -> None:
    result = judge("SR205", repository("import requests", **{path: text}))
    assert result.status is Status.PASS, result.findings


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(
            "pyproject.toml", PROJECT + TEST_EXTRA + "[tool.mypy]\nignore = ['requests']\n", id="mypy's table"
        ),
        pytest.param("setup.cfg", "[isort]\nknown_third_party = requests\n", id="isort's section"),
        pytest.param("requirements.txt", "# requests was here\nflask\n", id="a comment"),
        pytest.param("requirements.txt", "requests-mock-lamps\n", id="another name that begins alike"),
    ],
)
def test_a_mention_is_no_declaration(path: str, text: str) -> None:
    expected = Status.PASS if "mock" in text else Status.FAIL  # a name's part is taken for a declaration
    assert judge("SR205", repository("import requests", **{path: text})).status is expected


def test_what_the_package_itself_imports_is_no_matter_of_the_tests() -> None:
    files = repository("import requests", **{"src/lantern/bulb.py": "import requests\n"})
    assert judge("SR205", files).status is Status.PASS


def test_what_ci_gets_without_installing_it_comes_along_with_something() -> None:
    workflow = CI % "pip install .[test] && pytest"
    files = repository("import requests", **{".github/workflows/ci.yml": workflow})
    assert judge("SR205", files).status is Status.PASS
    assert (
        judge("SR206", {**configured('addopts = "--cov"'), ".github/workflows/ci.yml": workflow}).status is Status.PASS
    )


def test_what_only_ci_installs_is_said_so() -> None:
    workflow = CI % "pip install pytest requests"
    (finding,) = judge("SR205", repository("import requests", **{".github/workflows/ci.yml": workflow})).findings
    assert "only continuous integration installs it (.github/workflows/ci.yml:6)" in finding.message


def test_a_module_is_reported_once_with_the_number_of_files() -> None:
    files = repository("import requests", **{"tests/test_dark.py": "import requests", "tests/conftest.py": ""})
    (finding,) = judge("SR205", files).findings
    assert "tests/test_dark.py:1 and 1 other file" in finding.message


@pytest.mark.parametrize(
    "path",
    ["examples/test_light.py", "tests/data/test_light.py", "docs/test_light.py", "tests/fixtures/project/test_x.py"],
)
def test_input_of_tests_and_examples_are_no_tests(path: str) -> None:
    assert judge("SR205", repository("", **{path: "import requests"})).status is Status.PASS


def test_files_outside_of_the_test_paths_are_left_alone() -> None:
    config = PROJECT + TEST_EXTRA + '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n'
    files = repository("", **{"pyproject.toml": config, "perf/test_speed.py": "import requests"})
    assert judge("SR205", files).status is Status.PASS


def test_ignored_files_are_left_alone() -> None:
    config = PROJECT + TEST_EXTRA + '[tool.pytest.ini_options]\naddopts = "--ignore=tests/test_light.py"\n'
    files = repository("import requests", **{"pyproject.toml": config, "tests/test_dark.py": ""})
    assert judge("SR205", files).status is Status.PASS


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"pyproject.toml": "[project\n"}, id="broken"),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "x"\ndynamic = ["dependencies"]\n'}, id="left to the backend"
        ),
        pytest.param(
            {"pyproject.toml": "", "setup.py": "from setuptools import setup\nsetup(install_requires=needs())\n"},
            id="computed",
        ),
    ],
)
def test_declarations_nobody_can_read_make_it_skipped(files: dict[str, str]) -> None:
    assert judge("SR205", repository("import requests", **files)).status is Status.SKIPPED


# SR206 ------------------------------------------------------------------------------------------------------------


def configured(lines: str, test: str = '["pytest"]') -> dict[str, str]:
    extra = f"[project.optional-dependencies]\ntest = {test}\n"
    return repository("", **{"pyproject.toml": f"{PROJECT}{extra}[tool.pytest.ini_options]\n{lines}\n"})


@pytest.mark.parametrize(
    ("lines", "plugin"),
    [
        pytest.param('addopts = "--cov"', "pytest-cov", id="an option"),
        pytest.param('addopts = ["--cov-report=xml"]', "pytest-cov", id="a list"),
        pytest.param('addopts = "-n auto"', "pytest-xdist", id="a short option"),
        pytest.param('addopts = "-p pytest_mock"', "pytest-mock", id="-p"),
        pytest.param('addopts = "-p xdist"', "pytest-xdist", id="-p with an entry point"),
        pytest.param('required_plugins = ["pytest-mock>=3"]', "pytest-mock", id="required_plugins"),
        pytest.param('asyncio_mode = "auto"', "pytest-asyncio", id="a key"),
        pytest.param('DJANGO_SETTINGS_MODULE = "x"', "pytest-django", id="Django's key"),
    ],
)
def test_a_plugin_that_nothing_declares_is_found(lines: str, plugin: str) -> None:
    (finding,) = judge("SR206", configured(lines)).findings
    assert plugin in finding.message
    assert plugin in finding.fix
    assert str(finding.place) == "pyproject.toml:8"


@pytest.mark.parametrize(
    ("lines", "test"),
    [
        pytest.param('addopts = "--cov -n2"', '["pytest-cov", "pytest-xdist"]', id="declared"),
        pytest.param(
            'addopts = "-ra --strict-markers --tb=short -p no:cacheprovider"', '["pytest"]', id="pytest's own"
        ),
        pytest.param('addopts = "-p no:randomly --randomly-seed=1"', '["pytest"]', id="switched off"),
        pytest.param('addopts = "-p lantern.testing"', '["pytest"]', id="the project's own plugin"),
        pytest.param('addopts = "--lamps"', '["pytest"]', id="unknown"),
        pytest.param('addopts = "--disable-socket"', '["pytest", "pytest-subsocket"]', id="a fork may own it"),
        pytest.param('addopts = "-k n"', '["pytest"]', id="a value"),
        pytest.param('testpaths = ["tests"]', '["pytest"]', id="a key of pytest"),
    ],
)
def test_a_plugin_that_is_there_is_left_alone(lines: str, test: str) -> None:
    result = judge("SR206", configured(lines, test))
    assert result.status is Status.PASS, result.findings


def test_an_option_that_a_conftest_defines_is_left_alone() -> None:
    files = configured('addopts = "--timeout=3"')
    files["tests/conftest.py"] = "def pytest_addoption(parser):\n    parser.addoption('--timeout')\n"
    assert judge("SR206", files).status is Status.PASS


# SR204 ------------------------------------------------------------------------------------------------------------

CI = """on: [push]
jobs:
  tests:
    runs-on: ubuntu-latest
    steps:
      - run: %s
"""
NOXFILE = "import nox\n\n@nox.session\ndef tests(session):\n    session.install('.[test]')\n    session.run('pytest')\n"
RUNNERS = {
    "noxfile.py": NOXFILE,
    "tox.ini": "[tox]\nenvlist = py312\n[testenv]\nextras = test\ncommands = pytest {posargs}\n",
    "Makefile": "test:\n\tpython -m pytest\n\ncheck:\n\ttox\n\nunit:\n\tpython -m unittest\n",
}


def compared(documented: str, ci: str) -> Result:
    guide = f"# Contributing\n\n## Tests\n\n```console\npip install -e .[test]\n{documented}\n```\n"
    return judge("SR204", repository("", **RUNNERS, **{"CONTRIBUTING.md": guide, ".github/workflows/ci.yml": CI % ci}))


@pytest.mark.parametrize(
    ("documented", "ci"),
    [
        pytest.param("pytest", "python -m pytest -x --cov", id="other options"),
        pytest.param("pytest", "uv run --group test pytest", id="behind uv"),
        pytest.param("pytest", "coverage run -m pytest", id="under coverage"),
        pytest.param("pytest", "make test", id="a task that calls it"),
        pytest.param("pytest", "nox -s tests", id="a session that calls it"),
        pytest.param("make test", "pytest", id="what the task calls"),
        pytest.param("tox", "tox -e py312", id="one of the environments"),
        pytest.param("tox -e py312", "tox -e ${{ matrix.env }}", id="an environment from the matrix"),
        pytest.param("nox -s tests", "uvx nox --session tests", id="behind uvx"),
        pytest.param("make check", "tox", id="what the task calls, with its environment"),
        pytest.param("tox", "make check", id="a task that makes the environment"),
    ],
)
def test_the_same_runner_agrees(documented: str, ci: str) -> None:
    result = compared(documented, ci)
    assert result.status is Status.PASS, (result.reason, result.findings)


@pytest.mark.parametrize(
    ("documented", "ci"),
    [
        pytest.param("nox -s tests", "pytest", id="without the environment"),
        pytest.param("tox", "nox -s tests", id="another environment"),
        pytest.param("make check", "pytest", id="a task with an environment, without it"),
        pytest.param("make unit", "pytest", id="another program"),
        pytest.param("python -m unittest", "pytest", id="another test program"),
    ],
)
def test_another_runner_disagrees(documented: str, ci: str) -> None:
    (finding,) = compared(documented, ci).findings
    assert f'"{documented}"' in finding.message
    assert f'"{ci}"' in finding.message
    assert str(finding.place) == "CONTRIBUTING.md:7"


def test_one_documented_way_in_ci_is_enough() -> None:
    assert compared("nox -s tests\npytest", "pytest").status is Status.PASS


@pytest.mark.parametrize(
    ("documented", "ci"),
    [
        pytest.param("ruff check", "pytest", id="no test command documented"),
        pytest.param("tox", "echo done", id="no tests in CI"),
        pytest.param(
            "nox -s tests", "docker compose run web ./test.sh && pytest --version", id="CI tests in a container"
        ),
    ],
)
def test_what_cannot_be_compared_is_skipped(documented: str, ci: str) -> None:
    assert compared(documented, ci).status is Status.SKIPPED
