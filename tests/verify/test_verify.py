"""Whole trials, with the package index: a fresh clone, real tools, real tests, and projects at their worst."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.errors import RepositoryError, UsageError
from pytest_sprintready.verify import verify
from pytest_sprintready.verify.options import Options
from pytest_sprintready.verify.outcome import Verdict
from pytest_sprintready.verify.sandbox import GIB, Limits

if TYPE_CHECKING:
    from collections.abc import Callable

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "lantern"
version = "1"
[project.optional-dependencies]
test = ["pytest", "pytest-mock"]
"""
GUIDE = "# Contributing\n\nSet up:\n\n```console\n$ {setup}\n```\n\nRun the tests:\n\n```console\n$ pytest\n```\n"
TEST = "import lantern\n\ndef test_light(mocker):\n    assert lantern.LIGHT\n"
HOSTILE = """\
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen(["setsid", "sleep", "98768"])
print(open({key!r}).read() if os.path.exists({key!r}) else "no key here")
try: open({outside!r}, "w").write("x")
except OSError as error: print(error)
sys.stdout.write("flood \\x1b[2J\\n" * 100_000)
os.kill(os.getppid(), signal.SIGKILL)
raise SystemExit("enough")
"""
OPTIONS = Options(seconds=240, limits=Limits(memory=2 * GIB, processes=300))


@pytest.fixture
def project(tmp_path: Path, git_environment: None, sandboxed: object) -> Callable[..., str]:  # noqa: ARG001
    def make(**changed: str) -> str:
        root = tmp_path / "path with spaces and ü" / "lantern"
        files = {
            "pyproject.toml": PYPROJECT,
            "src/lantern/__init__.py": "LIGHT = 1\n",
            "tests/test_light.py": TEST,
            "CONTRIBUTING.md": GUIDE.format(setup="python -m pip install -e '.[test]'"),
            **changed,
        }
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "x"]):
            subprocess.run(["git", *command], cwd=root, check=True)
        return str(root)

    return make


@pytest.mark.slow
def test_documents_that_suffice_are_green_as_documented(project: Callable[..., str]) -> None:
    outcome = verify(project(), OPTIONS)
    assert outcome.as_documented, outcome.cause
    assert outcome.counts.passed == 1
    assert outcome.first_green
    assert outcome.network == "closed"


@pytest.mark.slow
def test_what_documents_lack_is_found_by_repair(project: Callable[..., str]) -> None:
    source = project(**{"CONTRIBUTING.md": GUIDE.format(setup="python -m pip install -e . pytest")})
    outcome = verify(source, OPTIONS._replace(repair=True))
    assert outcome.green
    assert outcome.first_verdict is Verdict.TESTS_FAILED
    assert not outcome.as_documented
    (deviation,) = outcome.deviations
    assert "pip install -e '.[test]'" in deviation.advice
    assert str(deviation.place) == "CONTRIBUTING.md:6"


@pytest.mark.slow
def test_what_stands_in_the_way_is_left_out_one_thing_after_the_other(project: Callable[..., str]) -> None:
    setup = "docker compose up -d\n$ python manage.py migrate\n$ python -m pip install -e '.[test]'"
    outcome = verify(project(**{"CONTRIBUTING.md": GUIDE.format(setup=setup)}), OPTIONS._replace(repair=True))
    assert outcome.green, outcome.cause
    assert [one.says for one in outcome.deviations] == ["docker compose up -d", "python manage.py migrate"]
    assert sum("pip install" in run.command for run in outcome.runs) == 1


@pytest.mark.slow
def test_a_build_back_end_at_its_worst_is_contained_and_told(project: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a very private key")
    backend = HOSTILE.format(key=str(tmp_path / "key"), outside=str(tmp_path / "outside"))
    build = '[build-system]\nrequires = []\nbuild-backend = "worst"\nbackend-path = ["."]\n'
    source = project(
        **{
            "worst.py": backend,
            "pyproject.toml": build
            + PYPROJECT.partition("[project]\n")[0].replace(
                '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n', ""
            )
            + "[project]\n"
            + PYPROJECT.partition("[project]\n")[2],
        }
    )
    outcome = verify(source, OPTIONS)
    assert outcome.verdict is Verdict.SETUP_FAILED
    assert "very private" not in "".join(run.log for run in outcome.runs)
    assert not (tmp_path / "outside").exists()
    assert not any(b"98768" in path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline"))


@pytest.mark.slow
def test_tests_that_hang_as_they_are_imported_end_with_the_time(project: Callable[..., str]) -> None:
    source = project(
        **{
            "tests/test_light.py": "import time\ntime.sleep(10_000)\n",
            "CONTRIBUTING.md": GUIDE.format(setup="uv pip install -e '.[test]'"),
        }
    )
    outcome = verify(source, OPTIONS._replace(seconds=30))
    assert outcome.verdict is Verdict.TIMEOUT
    assert "30 seconds" in outcome.cause or "had not ended" in outcome.cause


@pytest.mark.slow
def test_tests_that_remove_the_folder_of_the_trial_are_told_as_such(project: Callable[..., str]) -> None:
    worst = "import shutil\nfor name in ('state', 'reports', 'plugin'): shutil.rmtree('../' + name)\nimport numpi\n"
    outcome = verify(project(**{"tests/test_light.py": worst}), OPTIONS._replace(repair=True))
    assert outcome.verdict is Verdict.UNSUPPORTED
    assert "the folder of the trial was removed" in outcome.cause


@pytest.mark.usefixtures("sandboxed")
def test_a_repository_that_says_nothing_is_unsupported(project: Callable[..., str]) -> None:
    source = project(**{"CONTRIBUTING.md": "# Hello\n", "pyproject.toml": "", "tests/test_light.py": ""})
    Path(source, "tests/test_light.py").unlink()
    subprocess.run(["git", "commit", "-qam", "nothing"], cwd=source, check=True)
    outcome = verify(source, OPTIONS)
    assert outcome.verdict is Verdict.UNSUPPORTED
    assert "neither documents nor" in outcome.cause


@pytest.mark.usefixtures("sandboxed")
def test_what_is_no_repository_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="cannot be cloned"):
        verify(str(tmp_path), OPTIONS)


@pytest.mark.usefixtures("sandboxed")
def test_a_python_that_is_not_here_is_told_with_those_that_are(project: Callable[..., str]) -> None:
    with pytest.raises(UsageError, match=r"Python 2\.7 is not on this machine"):
        verify(project(), OPTIONS._replace(python="2.7"))


def test_without_a_sandbox_it_refuses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="no sandbox"):
        verify(str(tmp_path), OPTIONS)


def test_a_disk_that_is_full_is_told(
    sandboxed: object,  # noqa: ARG001
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def full(*_: object) -> None:  # a full disk cannot be had in a test
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copy", full)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(UsageError, match="No space left on device"):
        verify(str(tmp_path), OPTIONS)
    assert list(tmp_path.iterdir()) == []
