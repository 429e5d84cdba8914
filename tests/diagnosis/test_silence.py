"""What the plugin must not talk about: runs that are well, and failures that are somebody's work in progress."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADING = "what to do next (sprintready)"

# Each is the body of a file of tests that fails. None of them is a gap in anybody's set-up.
FAILING = {
    "assertion": "def test_it():\n    assert 1 == 2",
    "assertion_with_message": "def test_it():\n    assert False, \"No module named 'yaml'\"",
    "value_error": "def test_it():\n    int('x')",
    "key_error": "def test_it():\n    {}['a']",
    "type_error": "def test_it():\n    len(1)",
    "undefined_name": "def test_it():\n    lantrn.light()",
    "undefined_name_at_import": "lantrn.light()",
    "attribute_of_own_module": "import lantern\ndef test_it():\n    lantern.lihgt()",
    "own_exception": "import lantern\ndef test_it():\n    raise lantern.Dark('none')",
    "syntax_error": "def test_it(:\n    pass",
    "indentation_error": "def test_it():\npass",
    "recursion": "def test_it():\n    test_it()",
    "system_exit": "def test_it():\n    raise SystemExit(3)",
    "stop_iteration": "def test_it():\n    next(iter([]))",
    "own_name_missing": "from lantern import lihgt",
    "own_submodule_misspelt": "import lantern.colours",
    "own_module_misspelt": "import lanter",
    "own_module_swapped": "import lantren",
    "standard_module_misspelt": "import jsno",
    "standard_module_doubled": "import collectionss",
    "standard_name_missing": "from os import pathh",
    "dependency_misspelt": "import plugyy",
    "dependency_submodule_missing": "import pluggy.nothing",
    "installed_name_missing": "from packaging.version import Versoin",
    "import_error_of_its_own": "def test_it():\n    raise ImportError('the lamp is broken')",
    "import_by_computed_name": "import importlib\ndef test_it():\n    importlib.import_module('.nothing', 'lantern')",
    "package_metadata_misspelt": "import importlib.metadata\ndef test_it():\n    importlib.metadata.version('lantren')",
    "fixture_misspelt": "def test_it(tmp_pth):\n    pass",
    "fixture_of_nobody": "def test_it(lamp):\n    pass",
    "fixture_with_a_common_name": "def test_it(client):\n    pass",
    "used_fixture_misspelt": "import pytest\n@pytest.mark.usefixtures('lampp')\ndef test_it():\n    pass",
    "fixture_that_fails": "import pytest\n@pytest.fixture\ndef lamp():\n    raise ValueError\ndef test_it(lamp):\n    pass",
    "teardown_that_fails": "import pytest\n@pytest.fixture\ndef lamp():\n    yield\n    raise OSError\ndef test_it(lamp):\n    pass",
    "parameter_nobody_takes": "import pytest\n@pytest.mark.parametrize('a', [1])\ndef test_it():\n    pass",
    "said_to_fail": "import pytest\ndef test_it():\n    pytest.fail('async is hard')",
    "did_not_raise": "import pytest\ndef test_it():\n    with pytest.raises(ImportError):\n        pass",
    "did_not_warn": "import pytest\ndef test_it():\n    with pytest.warns(UserWarning):\n        pass",
    "expected_failure_that_passes": "import pytest\n@pytest.mark.xfail(strict=True)\ndef test_it():\n    pass",
    "unittest": "import unittest\nclass TestIt(unittest.TestCase):\n    def test_it(self):\n        self.assertEqual(1, 2)",
    "file_missing": "def test_it():\n    open('nothing.txt')",
    "folder_opened": "def test_it():\n    open('.')",
    "program_missing": "import subprocess\ndef test_it():\n    subprocess.run(['no-such-program'])",
    "program_failed": "import subprocess, sys\ndef test_it():\n    subprocess.run([sys.executable, '-c', '1/0'], check=True)",
    "git_differs": "import subprocess\ndef test_it():\n    subprocess.run(['git', 'diff', '--no-index', '--quiet', 'pyproject.toml', 'lantern.py'], check=True)",
    "time_out": "def test_it():\n    raise TimeoutError",
    "own_server_refuses": "import socket\ndef test_it():\n    socket.create_connection(('127.0.0.1', 9))",
    "connection_reset": "def test_it():\n    raise ConnectionResetError",
    "time_zone_misspelt": "import zoneinfo\ndef test_it():\n    zoneinfo.ZoneInfo('Europe/Berln')",
    "locale_misspelt": "import locale\ndef test_it():\n    locale.setlocale(locale.LC_ALL, 'xx')",
    "own_warning_filter": "import warnings\ndef test_it():\n    warnings.simplefilter('error')\n    warnings.warn('dark', DeprecationWarning)",
    "group_of_errors": "import pytest\ndef test_it():\n    raise RuntimeError from ValueError('x')",
    "decoding": "def test_it():\n    b'\\xff'.decode()",
}
# These are silent because their lines are new; once the project has them, they are its omission.
NEW_ONLY = {
    "dependency_of_my_own": "import brand_new_idea",
    "known_dependency_of_my_own": "import pandas",
    "fixture_of_a_plugin_of_my_own": "def test_it(mocker):\n    pass",
}
PROJECT = {
    "pyproject.toml": '[project]\nname = "lantern"\nversion = "1"\ndependencies = ["pluggy"]\n'
    '[project.optional-dependencies]\ntest = ["pytest"]\n[tool.pytest.ini_options]\npythonpath = ["."]\n',
    "lantern.py": "class Dark(Exception):\n    pass\n\ndef light():\n    return 1\n",
    "test_well.py": "def test_well():\n    pass\n",
}


def commit(folder: Path) -> None:
    who = ("-c", "user.name=maintainer", "-c", "user.email=maintainer@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "x")):
        subprocess.run(["git", *words], cwd=folder, check=True)


@pytest.fixture
def project(tmp_path: Path, git_environment: None) -> Path:  # noqa: ARG001
    for name, text in PROJECT.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    commit(tmp_path)
    return tmp_path


@pytest.fixture
def run(project: Path) -> Callable[..., str]:
    """Run pytest in the project, in a process of its own."""

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", *arguments]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=300)
        return done.stdout + done.stderr

    return run


def counted(output: str) -> int:
    import re

    return sum(int(number) for number in re.findall(r"(\d+) (?:failed|errors?)\b", output.splitlines()[-1]))


def test_work_in_progress_is_left_alone(project: Path, run: Callable[..., str]) -> None:
    cases = FAILING | NEW_ONLY
    for name, body in cases.items():
        (project / f"test_{name}.py").write_text(f"{body}\n", encoding="utf-8")
    output = run("--continue-on-collection-errors", "-q", "--tb=short")
    assert HEADING not in output
    assert counted(output) >= len(cases) >= 40


def test_what_the_project_itself_has_wrong_is_left_alone_as_well(project: Path, run: Callable[..., str]) -> None:
    for name, body in FAILING.items():
        (project / f"test_{name}.py").write_text(f"{body}\n", encoding="utf-8")
    commit(project)
    output = run("--continue-on-collection-errors", "-q", "--tb=short")
    assert HEADING not in output
    assert counted(output) >= len(FAILING) >= 40


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((), id="a run that is well"),
        pytest.param(("-k", "nothing"), id="everything deselected"),
        pytest.param(("test_well.py::test_well", "-x"), id="one test"),
        pytest.param(("--collect-only",), id="only collected"),
        pytest.param(("--no-such-option",), id="an option misspelt on the command line"),
        pytest.param(("no_such_file.py",), id="a file that is not there"),
        pytest.param(("test_well.py::test_nothing",), id="a test that is not there"),
        pytest.param(("--version",), id="version"),
        pytest.param(("--fixtures", "-q"), id="fixtures listed"),
        pytest.param(("-W", "error"), id="well with warnings as errors"),
    ],
)
def test_a_run_that_needs_no_advice_gets_none(run: Callable[..., str], arguments: tuple[str, ...]) -> None:
    assert "SRN" not in run(*arguments)
