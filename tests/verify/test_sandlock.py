"""The second sandbox at work. It is for ordinary users of Linux 6.7 or newer; who else runs these is told so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.errors import UsageError
from pytest_sprintready.machine.interpreter import ask
from pytest_sprintready.outcome import Run
from pytest_sprintready.verify import sandbox, sandlock, which_sandbox
from pytest_sprintready.verify.environment import Environment

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMITS = sandbox.Limits(memory=200 * 2**20, processes=40, file=8 * 2**20, disk=100 * 2**20)


@pytest.fixture
def environment() -> Iterator[Environment]:
    if why := sandlock.missing():
        pytest.skip(why)
    python = ask(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))
    with Environment(sandlock.LandlockSandbox, [python], limits=LIMITS) as made:
        Path(made.made.src).mkdir()
        made.forget()
        yield made


def run(environment: Environment, command: str, *, seconds: float = 120, network: bool = False) -> Run:
    return environment.run(Run(command, "test", "documented"), seconds=seconds, network=network)


def alive(mark: str) -> bool:
    return any(command_line(path) == f"sleep\0{mark}\0".encode() for path in Path("/proc").glob("[0-9]*/cmdline"))


def command_line(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended since
        return b""


def gone(mark: str) -> bool:
    until = time.monotonic() + 60
    while alive(mark) and time.monotonic() < until:
        time.sleep(0.05)
    return not alive(mark)


def python(code: str) -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]} - <<'END'\n{code}\nEND\n"


def test_a_command_runs_in_the_checkout_and_its_exit_code_and_output_are_told(environment: Environment) -> None:
    done = run(environment, "pwd; touch made; echo oops >&2; exit 7")
    assert (done.exit_code, done.log.split()) == (7, [environment.made.src, "oops"])
    assert Path(environment.made.src, "made").exists()


def test_neither_home_nor_environment_is_seen_and_nothing_outside_written(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "key").write_text("a very private key")
    monkeypatch.setenv("DEPLOY_TOKEN", "a very secret token")
    done = run(
        environment,
        f"env; cat {tmp_path}/key /proc/*/environ /etc/shadow; echo x > {tmp_path}/key; echo x > {tmp_path.parent}/new",
    )
    assert "very" not in done.log
    assert (tmp_path / "key").read_text() == "a very private key"
    assert not (tmp_path.parent / "new").exists()


def test_the_folders_of_the_trial_cannot_become_links(environment: Environment, tmp_path: Path) -> None:
    run(environment, f"cd {environment.folder}; for each in plugin state reports; do mv $each old; ln -s {tmp_path} $each; done; "
                     f"echo changed > plugin/left-out.json; echo changed > bin/sudo")  # fmt: skip
    assert not Path(environment.folder, "plugin").is_symlink()
    assert not Path(environment.folder, "state").is_symlink()
    assert "changed" not in Path(environment.folder, "bin/sudo").read_text()


def test_only_the_loopback_is_reached_while_tests_run(environment: Environment) -> None:
    code = "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname()); print('here')"
    assert "here" in run(environment, python(code)).log
    there = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"
    assert "Permission" in run(environment, python(there)).log or "refused" in run(environment, python(there)).log


def test_a_fork_bomb_meets_the_limit_on_processes(environment: Environment) -> None:
    code = "import os\nfor _ in range(200):\n    if os.fork() == 0: os.execvp('sleep', ['sleep', '98861'])"
    assert "BlockingIOError" in run(environment, python(code)).log
    assert gone("98861")


def test_a_memory_bomb_is_ended(environment: Environment) -> None:
    done = run(environment, python("kept = []\nwhile True: kept.append(bytearray(10_000_000))"))
    assert done.exit_code != 0


def test_a_large_file_meets_the_limit_on_files(environment: Environment) -> None:
    assert run(environment, "head -c 1G /dev/zero > big").exit_code != 0
    assert Path(environment.made.src, "big").stat().st_size <= LIMITS.file


def test_what_ignores_the_signals_and_what_leaves_its_session_end(environment: Environment) -> None:
    done = run(environment, "trap '' TERM INT; setsid nohup sleep 98862 & while true; do sleep 98862; done", seconds=2)
    assert "2 seconds" in done.ended
    assert gone("98862")
    run(environment, "setsid nohup sleep 98863 > /dev/null 2>&1 & echo started")
    assert gone("98863")


KILLED = """
import sys
from pathlib import Path
from pytest_sprintready.machine.interpreter import ask
from pytest_sprintready.verify.environment import Environment
from pytest_sprintready.outcome import Run
from pytest_sprintready.verify.sandbox import Limits
from pytest_sprintready.verify.sandlock import LandlockSandbox

with Environment(LandlockSandbox, [ask(sys._base_executable)], limits=Limits()) as made:
    Path(made.made.src).mkdir()
    print(made.folder, flush=True)
    made.run(Run("setsid sleep 98864 & sleep 98864", "test", "documented"), seconds=60, network=False)
"""


@pytest.mark.usefixtures("environment")
def test_what_runs_ends_when_sprintready_itself_is_killed() -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    folder = process.stdout.readline().strip()
    until = time.monotonic() + 60
    while not alive("98864") and time.monotonic() < until:
        time.sleep(0.05)
    assert alive("98864")
    process.kill()
    process.wait()
    assert gone("98864")
    subprocess.run(["rm", "-rf", folder], check=True)
    process.stdout.close()


def test_who_enters_what_was_kept_is_not_ended_with_us(tmp_path: Path) -> None:
    box = sandlock.LandlockSandbox(str(tmp_path), str(tmp_path), [], LIMITS)
    ours, theirs = (json.loads(line[3]) for line in (box.wrapped(["sh"], network=True, seconds=1), box.entered(["sh"])))
    assert ours["parent"] == os.getpid()
    assert "parent" not in theirs


def test_as_root_it_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert "root" in sandlock.missing()


def test_without_either_sandbox_both_reasons_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "missing", lambda: "bwrap was not found")
    monkeypatch.setattr(sandlock, "missing", lambda: "sandlock is not installed")
    with pytest.raises(UsageError, match=r"bwrap was not found; sandlock is not installed"):
        which_sandbox.chosen(unsandboxed=False)


def test_the_second_is_taken_where_the_first_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "missing", lambda: "bwrap is not allowed here")
    monkeypatch.setattr(sandlock, "missing", lambda: "")
    assert which_sandbox.chosen(unsandboxed=False) is sandlock.LandlockSandbox
