"""Whole trials, with the package index: a fresh clone, real tools, real tests, and projects at their worst."""

from __future__ import annotations

import functools
import http.server
import shutil
import socket
import subprocess
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.errors import RepositoryError, UsageError
from pytest_sprintready.outcome import Run, Verdict
from pytest_sprintready.verify import verify
from pytest_sprintready.verify.attempt import Attempt
from pytest_sprintready.verify.options import Options
from pytest_sprintready.verify.plan import Plan
from pytest_sprintready.verify.sandbox import GIB, Limits
from pytest_sprintready.verify.trial import Trial

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


RUNS_PYTEST = 'deps = ["pytest"]\ncommands = [["pytest"]]\n'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("tox.ini", "[tox]\nenvlist = py\n[testenv]\ndeps = pytest\ncommands = pytest\n"),
        ("tox.toml", f'env_list = ["py"]\n[env_run_base]\n{RUNS_PYTEST}'),
        ("pyproject.toml", f'{PYPROJECT}\n[tool.tox]\nenv_list = ["py"]\n[tool.tox.env_run_base]\n{RUNS_PYTEST}'),
    ],
)
def test_tests_that_need_the_network_are_left_out_in_an_environment_of_tox_too(
    project: Callable[..., str], file: str, text: str
) -> None:
    test = (
        "import os, socket\n\ndef test_a():\n    pass\n\ndef test_b():\n"
        "    socket.create_connection(('10.255.255.1', 80), timeout=2)\n"
    )
    source = project(
        **{
            file: text,
            "tests/test_light.py": test,
            "CONTRIBUTING.md": "# Contributing\n\nRun the tests:\n\n```console\n$ tox -e py\n```\n",
        }
    )
    outcome = verify(source, OPTIONS._replace(repair=True))
    assert outcome.green, outcome.cause
    assert outcome.counts.passed == 1
    (deviation,) = outcome.deviations
    assert "1 tests that need the network" in deviation.needed


OWN_ENVIRONMENT = "python -m venv env\n$ source env/bin/activate\n$ "


@pytest.mark.slow
@pytest.mark.parametrize(
    "first", ["", OWN_ENVIRONMENT], ids=["the environment there is", "one with the pip of its Python"]
)
def test_what_a_later_release_broke_is_installed_as_of_the_commit(
    project: Callable[..., str], first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2024-03-01T12:00:00+00:00")  # humanize 4.9 was there, 4.10 was not
    test = (
        "from importlib.metadata import version\n\ndef test_it():\n    assert version('humanize').startswith('4.9')\n"
        "\ndef test_else():\n    pass\n"
    )
    outcome = verify(
        project(
            **{
                "pyproject.toml": PYPROJECT.replace("pytest-mock", "humanize"),
                "tests/test_light.py": test,
                "CONTRIBUTING.md": GUIDE.format(setup=f"{first}python -m pip install -e '.[test]'"),
            }
        ),
        OPTIONS._replace(repair=True),
    )
    assert outcome.green, outcome.cause
    assert outcome.counts.passed == 2
    (deviation,) = outcome.deviations
    assert "nothing released after 2024-03-01" in deviation.needed


@pytest.mark.slow
def test_tests_that_pass_alone_are_told_to_depend_on_others(project: Callable[..., str]) -> None:
    test = (
        "import pytest\n\nLIT = []\n\n@pytest.mark.parametrize('n', range(40))\ndef test_it(n):\n    LIT.append(n)\n"
        "\n@pytest.mark.parametrize('n', range(4))\ndef test_dark(n):\n    assert not LIT\n"
    )
    files = {
        "tests/test_light.py": test,
        "CONTRIBUTING.md": GUIDE.format(setup="python -m pip install -e '.[test]'"),
        "pyproject.toml": PYPROJECT,
    }
    outcome = verify(project(**files), OPTIONS._replace(repair=True))
    assert outcome.counts.passed == 40
    assert outcome.counts.failed == 4
    assert "4 of 4 that failed, tried again, pass when only they are run" in outcome.cause


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


REMOVING = "import shutil\nfor name in ('state', 'reports', 'plugin'): shutil.rmtree('../' + name)\nimport numpi\n"


@pytest.mark.slow
def test_tests_cannot_remove_the_folder_of_the_trial(project: Callable[..., str]) -> None:
    outcome = verify(project(**{"tests/test_light.py": REMOVING}), OPTIONS._replace(repair=True))
    assert outcome.verdict is Verdict.COLLECTION_FAILED
    assert "OSError" in outcome.cause


@pytest.mark.slow
def test_a_trial_whose_folder_somebody_removes_is_told_as_such(
    project: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def tidied(_phase: str, line: str) -> None:
        if "collected" in line:
            for folder in tmp_path.glob("sprintready-*/*"):
                if folder.name in {"state", "reports"}:
                    shutil.rmtree(folder)

    outcome = verify(project(), OPTIONS._replace(heard=tidied))
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


CALLS_A_PROGRAM = "import subprocess\n\ndef test_a():\n    assert subprocess.run(['figlet', 'x']).returncode == 0\n"


@pytest.mark.slow
@pytest.mark.system
def test_system_packages_are_installed_for_the_trial_and_told(project: Callable[..., str]) -> None:
    workflow = "on: push\njobs:\n  test:\n    steps:\n      - run: sudo apt-get install figlet\n      - run: pytest\n"
    source = project(**{"tests/test_light.py": CALLS_A_PROGRAM, ".github/workflows/ci.yml": workflow})
    outcome = verify(source, OPTIONS._replace(repair=True, system_packages=True))
    assert outcome.green, outcome.cause
    (deviation,) = outcome.deviations
    assert deviation.commands == ("sudo apt-get install figlet",)
    assert "installed in a copy of the system, gone by now: figlet" in outcome.notes
    assert not Path("/usr/bin/figlet").exists()


@pytest.mark.slow
def test_the_quick_part_of_the_tests_is_run_alone(project: Callable[..., str]) -> None:
    guide = (
        GUIDE.format(setup="python -m pip install -e '.[test]'") + '\nA quick run:\n\n```\npytest -m "not slow"\n```\n'
    )
    tests = "import pytest\n\ndef test_a(): pass\n\n@pytest.mark.slow\ndef test_b(): assert 0\n"
    outcome = verify(project(**{"CONTRIBUTING.md": guide, "tests/test_light.py": tests}), OPTIONS._replace(subset=True))
    assert outcome.as_documented, outcome.cause
    assert (outcome.counts.passed, outcome.counts.deselected) == (1, 1)


@pytest.mark.usefixtures("sandboxed")
def test_a_project_that_names_no_quick_part_is_told_so(project: Callable[..., str]) -> None:
    outcome = verify(project(), OPTIONS._replace(subset=True))
    assert outcome.verdict is Verdict.UNSUPPORTED
    assert "no document names a quick part" in outcome.cause


COMPOSE = """\
services:
  cache:
    image: redis:7
    ports: ["6379:6379"]
"""
ASKS_REDIS = """\
import socket

def test_a():
    for host in ("127.0.0.1", "cache"):
        with socket.create_connection((host, 6379), 5) as there:
            there.sendall(b"PING\\r\\n")
            assert there.recv(10) == b"+PONG\\r\\n"
"""


@pytest.mark.slow
@pytest.mark.system
@pytest.mark.parametrize("said", [True, False])
def test_a_service_of_compose_is_started_from_a_package(project: Callable[..., str], said: bool) -> None:
    guide = GUIDE.format(setup="python -m pip install pytest" + ("\n$ docker compose up -d" if said else ""))
    source = project(**{"CONTRIBUTING.md": guide, "compose.yaml": COMPOSE, "tests/test_light.py": ASKS_REDIS})
    outcome = verify(source, OPTIONS._replace(services=True, system_packages=True))
    assert outcome.green, outcome.cause
    assert "ran beside the commands, from the machine's own programs: redis on port 6379" in outcome.notes
    assert [each.commands for each in outcome.deviations] == ([] if said else [("docker compose up -d cache",)])


@pytest.mark.slow
def test_a_repository_is_cloned_by_its_address_alone(project: Callable[..., str], tmp_path: Path) -> None:
    served = tmp_path / "served"
    subprocess.run(["git", "clone", "-q", "--bare", project(), str(served / "lantern.git")], check=True)
    subprocess.run(["git", "update-server-info"], cwd=served / "lantern.git", check=True)
    handler = functools.partial(Quiet, directory=str(served))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        outcome = verify(f"http://127.0.0.1:{server.server_port}/lantern.git", OPTIONS)
        server.shutdown()
    assert outcome.as_documented, outcome.cause


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.usefixtures("sandboxed")
def test_an_address_where_nobody_answers_is_told_as_such() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:  # bound and closed again: nobody listens there
        port = taken.getsockname()[1]
    with pytest.raises(RepositoryError, match="cannot be cloned"):
        verify(f"http://127.0.0.1:{port}/x.git", OPTIONS)


def test_a_package_index_that_is_not_reached_is_the_machines_fault(
    project: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nowhere = f"http://127.0.0.1:{taken.getsockname()[1]}/simple"
    for name in ("PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX"):
        monkeypatch.setenv(name, nowhere)
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "UV_FIND_LINKS", "UV_EXTRA_INDEX_URL", "UV_INDEX"):
        monkeypatch.delenv(name, raising=False)
    outcome = verify(project(), OPTIONS)
    assert outcome.verdict is Verdict.UNSUPPORTED
    assert "does not reach the package index" in outcome.cause


@pytest.mark.usefixtures("sandboxed")
def test_a_disk_that_grows_full_is_the_machines_fault(
    project: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Trial, "run", lambda _trial: FULL)
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=2**20))
    outcome = verify(project(), OPTIONS)
    assert outcome.verdict is Verdict.UNSUPPORTED
    assert "set TMPDIR" in outcome.cause


FULL = Attempt(
    Plan("documented", ()),
    Verdict.SETUP_FAILED,
    run=Run("pip install .", "setup", "documented", exit_code=1, log="OSError: [Errno 28] No space left on device"),
)
