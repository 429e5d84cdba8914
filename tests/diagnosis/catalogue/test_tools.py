"""Programs that are not there, tasks called otherwise, processes that were killed: real ones, mended as the message says."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from pytest_sprintready.diagnosis.model import Failure
from pytest_sprintready.machine import Distribution

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="needs make")


def test_python_is_called_python3_where_it_is(shell: Any) -> None:
    programs = shell.home / "programs"
    programs.mkdir()
    (programs / "python3").symlink_to(sys.executable)
    shell.variables["PATH"] = f"{programs}:/bin" if not Path("/bin/python").exists() else str(programs)
    told = shell.runs("python --version")
    assert (told.codes, told.exit_code) == (["SRN80"], 127)
    assert told.commands == ["python3 --version"]
    assert shell.types(told.commands[0])[0] == 0


def test_a_program_in_an_environment_that_is_not_active_is_found(shell: Any, lantern: Path) -> None:
    environment = lantern / ".venv"
    assert shell.types(f"{sys.executable} -m venv --without-pip .venv", "lantern")[0] == 0
    site = next(environment.glob("lib/*/site-packages"))
    (site / "nox-1.0.dist-info").mkdir()
    (environment / "bin" / "nox").write_text("#!/bin/sh\necho alight\n")
    (environment / "bin" / "nox").chmod(0o755)
    told = shell.runs("nox -s tests", "lantern")
    assert told.codes == ["SRN80"]
    assert told.commands[0] == "source .venv/bin/activate"
    assert "alight" in shell.obeys(told, "lantern")


def test_a_program_beside_path_is_found(shell: Any) -> None:
    folder = shell.home / ".local" / "bin"
    folder.mkdir(parents=True)
    (folder / "tox").write_text("#!/bin/sh\necho alight\n")
    (folder / "tox").chmod(0o755)
    told = shell.runs("tox")
    assert told.commands == ['export PATH="$HOME/.local/bin:$PATH"', "tox"]
    assert "alight" in shell.obeys(told)


@pytest.mark.slow
def test_a_program_the_project_declares_is_installed_from_there(shell: Any, lantern: Path) -> None:
    shell.writes(
        {"requirements-dev.txt": "doit\n", "dodo.py": "def task_light():\n    return {'actions': []}\n"}, "lantern"
    )
    shell.commits("lantern")
    assert shell.types(f"{sys.executable} -m venv .venv", "lantern")[0] == 0
    active = {"VIRTUAL_ENV": str(lantern / ".venv"), "PATH": f"{lantern}/.venv/bin:{shell.variables['PATH']}"}
    told = shell.runs("doit list", "lantern", **active)
    assert told.codes == ["SRN80"]
    assert told.commands[0].startswith("python -m pip install -r requirements-dev.txt")
    (lantern / "pyproject.toml").unlink()
    assert shell.types("python -m pip install -r requirements-dev.txt\ndoit list", "lantern", **active)[0] == 0


@needs_make
def test_a_target_is_called_otherwise(shell: Any, lantern: Path) -> None:
    shell.writes({"Makefile": "tests:\n\t@echo alight\n"}, "lantern")
    shell.commits("lantern")
    told = shell.runs("make test", "lantern")
    assert (told.codes, told.commands) == (["SRN87"], ["make tests"])
    assert "alight" in shell.obeys(told, "lantern")
    assert (lantern / "Makefile").exists()


def test_a_session_is_called_otherwise(shell: Any, lantern: Path) -> None:
    noxfile = "import nox\n\n@nox.session(python=False)\ndef tests(session):\n    session.run('true', external=True)\n"
    (lantern / "noxfile.py").write_text(noxfile)
    shell.commits("lantern")
    told = shell.runs(f"{sys.executable} -m nox -s test", "lantern")
    assert told.codes == ["SRN87"]
    assert told.commands == [f"{sys.executable} -m nox -s tests"]
    assert shell.types(told.commands[0], "lantern")[0] == 0


def test_a_script_is_marked_as_a_program(shell: Any, lantern: Path) -> None:
    (lantern / "run.sh").write_text("#!/bin/sh\necho alight\n")
    shell.commits("lantern")
    told = shell.runs("./run.sh", "lantern")
    assert (told.codes, told.exit_code) == (["SRN90"], 126)
    assert "alight" in shell.obeys(told, "lantern")


@pytest.mark.skipif(not shutil.which("docker"), reason="needs docker's client")
def test_docker_s_service_is_started(shell: Any) -> None:
    # The client is real, and so is its complaint; a service to start is not to be had here.
    told = shell.runs("docker ps", DOCKER_HOST="unix:///nowhere/docker.sock")
    assert told.codes == ["SRN47"]
    assert told.commands[0].endswith("systemctl start docker")


_GROUP = Path("/sys/fs/cgroup/memory")


@pytest.mark.slow
@pytest.mark.skipif(
    not (_GROUP.is_dir() and os.access(_GROUP, os.W_OK)), reason="needs a cgroup with a limit of memory"
)
def test_with_one_worker_the_tests_fit_into_memory(shell: Any, lantern: Path) -> None:
    group = _GROUP / f"sprintready-{os.getpid()}"
    group.mkdir()
    try:
        (group / "memory.limit_in_bytes").write_text(str(700 * 2**20))
        light = "import time\n\ndef test_light():\n    held = bytearray(b'x') * (220 * 2**20)\n    time.sleep(4)\n    assert held\n"
        for number in range(4):
            (lantern / f"test_{number}.py").write_text(light)
        limited = f"echo $$ > {group}/tasks; "
        told_file = shell.home / "told.json"
        command = f"{sys.executable} -m pytest -q -p no:cacheprovider -p no:sprintready -n 4"
        line = f"{limited}{sys.executable} -m pytest_sprintready run --format json --output {told_file} -- {command}"
        shell.types(line, "lantern")
        import json

        told = json.loads(told_file.read_text())["diagnoses"]
        assert [one["code"] for one in told][:1] == ["SRN53"]
        mended = told[0]["remedies"][0]["command"]
        assert mended == command.replace("-n 4", "-n 1")
        code, output = shell.types(limited + mended, "lantern")
        assert code == 0, output
    finally:
        group.rmdir()


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("npm"), reason="needs npm")
def test_a_tool_of_node_that_the_project_declares_is_installed(shell: Any, lantern: Path) -> None:  # noqa: ARG001
    shell.writes(
        {"package.json": '{"devDependencies": {"semver": "7"}}\n', "Makefile": "docs:\n\tsemver 1.2.3\n"}, "lantern"
    )
    shell.commits("lantern")
    told = shell.runs("make docs", "lantern")
    assert told.codes == ["SRN57"]
    assert "1.2.3" in shell.obeys(told, "lantern")


@pytest.mark.parametrize(
    ("said", "command"),
    [
        # Recorded: the shells of other systems, and tools that are found nowhere here.
        ("zsh: command not found: nox", "/home/ada/env/bin/python -m pip install nox"),
        ("fish: Unknown command: tox", "/home/ada/env/bin/python -m pip install tox"),
        ("'make' is not recognized as an internal or external command,", "apt install make"),
        ("/bin/sh: 1: cmake: not found", "apt install cmake"),
        (
            "env: \u2018pre-commit\u2019: No such file or directory",
            "/home/ada/env/bin/python -m pip install pre-commit",
        ),
        ("make: npm: No such file or directory", "apt install npm"),
    ],
)
def test_every_shell_s_words_for_a_missing_program_are_known(diagnose: Any, said: str, command: str) -> None:
    machine = diagnose.machine._replace(
        programs={}, environment="system", distributions={"pip": Distribution("pip", "26.0")}
    )
    found = diagnose(
        {"pyproject.toml": '[project]\nname = "lantern"\n'}, Failure("run", "make", 127, f"{said}\n"), machine
    )
    assert found.remedies[0].command == command


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("make", 2, "make: *** [Makefile:2: test] Error 1"),
        ("pytest", 1, "FileNotFoundError: [Errno 2] No such file or directory: 'data/light.csv'"),
        ("pytest", 139, "Segmentation fault (core dumped)"),
        ("./run.sh", 126, "./run.sh: Permission denied"),  # which is no file here
    ],
)
def test_of_other_ends_nothing_is_said(diagnose: Any, command: str, code: int, said: str) -> None:
    assert diagnose({"Makefile": "build:\n\ttrue\n"}, Failure("run", command, code, f"{said}\n")) is None
