"""Somebody else's code at its worst, for real: what it does stays in the sandbox, ends with it, and is told."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.outcome import Outcome, Run, Verdict
from pytest_sprintready.report.outcomes import render_junit, render_markdown, render_text
from pytest_sprintready.report.text import Style
from pytest_sprintready.verify.process import KEPT_BYTES

if TYPE_CHECKING:
    from pytest_sprintready.verify.environment import Environment


def run(
    environment: Environment, command: str, *, seconds: float = 20, network: bool = False, phase: str = "test"
) -> Run:
    return environment.run(Run(command, phase, "documented"), seconds=seconds, network=network)


def python(code: str) -> str:
    return f"python{sys.version_info[0]}.{sys.version_info[1]} - <<'END'\n{code}\nEND\n"


def alive(mark: str) -> bool:
    """Tell whether any process of this machine is a `sleep` of so many seconds."""
    return any(command_line(path) == f"sleep\0{mark}\0".encode() for path in Path("/proc").glob("[0-9]*/cmdline"))


def command_line(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended since
        return b""


def gone(mark: str) -> bool:
    until = time.monotonic() + 60
    while alive(mark):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_a_fork_bomb_meets_the_limit_on_processes(environment: Environment) -> None:
    code = "import os\nfor _ in range(200):\n    if os.fork() == 0: os.execvp('sleep', ['sleep', '98761'])"
    done = run(environment, python(code))
    assert "BlockingIOError" in done.log
    assert gone("98761")


def test_a_memory_bomb_meets_the_limit_on_memory(environment: Environment) -> None:
    done = run(environment, python("kept = []\nwhile True: kept.append(bytearray(10_000_000))"))
    assert "MemoryError" in done.log or "memory" in done.ended


def test_memory_is_limited_for_all_processes_together(environment: Environment) -> None:
    code = (
        "import os\nfor _ in range(8):\n    if os.fork() == 0:\n"
        "        kept = bytearray(os.urandom(1)) * 60_000_000\n        os.system('sleep 98762')\nos.system('sleep 98762')"
    )
    done = run(environment, python(code))
    assert "of memory" in done.ended
    assert gone("98762")


def test_a_file_of_ten_gigabytes_meets_the_limit_on_files(environment: Environment) -> None:
    done = run(environment, "head -c 10G /dev/zero > big")
    assert done.exit_code != 0
    assert Path(environment.made.src, "big").stat().st_size <= 8 * 2**20


def test_many_files_meet_the_limit_on_the_disk(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_disk_looked", -1000.0)
    done = run(environment, "for i in $(seq 30); do head -c 7M /dev/zero > big$i; done; sleep 98763", seconds=40)
    assert "of disk" in done.ended
    assert gone("98763")


def test_what_ignores_the_signals_is_killed(environment: Environment) -> None:
    done = run(environment, "trap '' TERM INT; while true; do sleep 98764; done", seconds=1)
    assert "1 seconds" in done.ended
    assert done.exit_code is None
    assert gone("98764")


def test_a_daemon_ends_with_the_command_that_started_it(environment: Environment) -> None:
    done = run(environment, "setsid nohup sleep 98765 >/dev/null 2>&1 & disown; echo started")
    assert done.exit_code == 0
    assert gone("98765")


def test_a_daemon_that_holds_the_output_holds_nobody_up(environment: Environment) -> None:
    done = run(environment, "setsid sleep 98766 & echo started")
    assert (done.exit_code, done.log.strip()) == (0, "started")
    assert gone("98766")


@pytest.mark.slow
def test_a_flood_of_a_gigabyte_is_read_and_only_its_end_kept(environment: Environment) -> None:
    # As fast as the machine writes it: a few seconds.
    done = run(environment, "yes flood | head -c 500M; yes flood | head -c 524M >&2; echo the end", seconds=120)
    assert done.exit_code == 0
    assert len(done.log) <= KEPT_BYTES
    assert done.log.endswith("the end\n")


def test_escapes_for_the_terminal_are_spelled_out(environment: Environment) -> None:
    done = run(environment, r"printf '\033]0;owned\007\033[2J\n'; false")
    assert "\x1b" in done.log
    outcome = Outcome("x\x1b[2J", Verdict.SETUP_FAILED, cause=done.log, runs=(done, done._replace(command="a\x1b[2J")))
    for told in (render_text([outcome], Style(verbose=True)), render_markdown([outcome]), render_junit([outcome])):
        assert "\x1b" not in told
        assert "\x07" not in told


def test_neither_the_home_nor_the_environment_is_seen(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".ssh").mkdir()
    (tmp_path / ".ssh/id_ed25519").write_text("a very private key")
    monkeypatch.setenv("DEPLOY_TOKEN", "a very secret token")
    monkeypatch.setenv("PIP_INDEX_URL", "https://me:a-very-secret-password@index.example/simple")
    done = run(
        environment,
        f"env; cat {tmp_path}/.ssh/*; ls -la ~ ~/.ssh /root/.ssh /home; cat /proc/*/environ; cat /etc/shadow",
    )
    assert "very" not in done.log


def test_nothing_outside_can_be_written(environment: Environment, tmp_path: Path) -> None:
    places = [f"{tmp_path}/x", "/etc/x", "/usr/x", "/usr/local/bin/x", str(Path.home() / ".bashrc")]
    run(
        environment,
        "\n".join(f"(echo x >> {place}) || mkdir -p {tmp_path} && echo x > {tmp_path}/x" for place in places),
        phase="setup",
    )
    assert not (tmp_path / "x").exists()
    assert not Path("/etc/x").exists()


def test_the_network_of_the_host_is_closed_while_tests_run(environment: Environment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 3); print('connected')"
        assert "connected" not in run(environment, python(code)).log
        assert "connected" in run(environment, python(code), network=True).log


def test_killing_all_one_can_see_kills_only_oneself(environment: Environment) -> None:
    done = run(environment, "kill -9 -1; kill -9 $PPID 1")
    assert done.exit_code != 0
    assert run(environment, "echo still here").log.strip() == "still here"


def test_a_checkout_that_deletes_itself_is_told_and_cleaned_up(environment: Environment) -> None:
    done = run(environment, "rm -rf ../src/.* ../src/* ../* ; cd /; rmdir $OLDPWD; false", phase="setup")
    assert done.exit_code != 0
    assert run(environment, "echo on").exit_code is not None


def test_what_cannot_be_deleted_by_its_modes_is_gone_afterwards(environment: Environment) -> None:
    run(environment, "mkdir -p a/b && touch a/b/c && chmod 0 a/b a", phase="setup")
    folder = environment.folder
    environment.__exit__(None, None, None)
    assert not Path(folder).exists()


def test_a_report_that_tests_forge_is_passed_over(environment: Environment) -> None:
    from pytest_sprintready.verify.results import sessions

    reports = Path(environment.made.reports)
    run(environment, f"cd {reports}; echo '[' > a.json; echo '{{}}' > b.json; ln -s /etc/passwd c.json; mkdir d.json")
    assert sessions(str(reports)) == []


KILLED = """
import sys
from pathlib import Path
from pytest_sprintready.machine.interpreter import ask
from pytest_sprintready.verify.environment import Environment
from pytest_sprintready.outcome import Run
from pytest_sprintready.verify.sandbox import Limits, Sandbox

with Environment(Sandbox, [ask(sys._base_executable)], limits=Limits()) as made:
    Path(made.made.src).mkdir()
    print(made.folder, flush=True)
    made.run(Run("setsid sleep 98767 & sleep 98767", "test", "documented"), seconds=60, network=False)
"""


@pytest.mark.usefixtures("sandboxed")
def test_what_runs_ends_when_sprintready_itself_is_killed() -> None:
    process = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    folder = process.stdout.readline().strip()
    until = time.monotonic() + 60
    while not alive("98767") and time.monotonic() < until:
        time.sleep(0.05)
    assert alive("98767")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert gone("98767")
    subprocess.run(["rm", "-rf", folder], check=True)
    process.stdout.close()


@pytest.mark.parametrize("program", ["bwrap", "prlimit", "setpriv", "bash"])
def test_a_program_put_in_the_place_of_the_sandbox_is_not_run(
    environment: Environment, tmp_path: Path, program: str
) -> None:
    outside = tmp_path / "outside"
    folder = f"{environment.made.venv}/bin"
    script = f"#!/bin/sh\\nid -u > {environment.made.src}/by\\ntouch {outside}\\n"
    run(environment, f"mkdir -p {folder}; printf '{script}' > {folder}/{program}; chmod +x {folder}/*", phase="setup")
    done = run(environment, "echo still contained")
    assert not outside.exists()
    assert not Path(environment.made.src, "by").exists()
    assert done.log.strip() == "still contained"


@pytest.mark.parametrize("name", ["bin", "etc", "plugin", "pythons", "reports", "state", "tmp"])
def test_a_folder_of_the_trial_cannot_become_a_link(environment: Environment, tmp_path: Path, name: str) -> None:
    (tmp_path / "kept.json").write_text("kept")
    place = f"{environment.folder}/{name}"
    run(environment, f"rm -rf {place}; mv {place} {place}2; ln -s {tmp_path} {place}", phase="setup")
    assert Path(place).is_dir()
    assert not Path(place).is_symlink()
    run(environment, f"ls {place}/; ls /tmp")
    environment.clear_reports()
    environment.forget()
    assert (tmp_path / "kept.json").read_text() == "kept"


def test_what_we_write_and_read_ourselves_follows_no_link(environment: Environment, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("apt-get install a-secret")
    target.chmod(0o600)
    state = f"{environment.folder}/state"
    run(environment, f"rm -rf {state}/*; ln -s {target} {state}/folder; ln -s {target} {state}/system", phase="setup")
    assert environment.system_packages_asked() == ()
    environment.forget()
    assert target.read_text() == "apt-get install a-secret"
    assert run(environment, "pwd").log.strip() == environment.made.src


@pytest.mark.parametrize("name", ["bin", "etc", "plugin", "pythons"])
def test_what_we_wrote_for_the_project_it_cannot_change(environment: Environment, name: str) -> None:
    folder = f"{environment.folder}/{name}"
    done = run(environment, f"for each in {folder}/*; do echo changed > $each; done; touch {folder}/new", phase="setup")
    assert "Read-only file system" in done.log
    assert not Path(folder, "new").exists()
