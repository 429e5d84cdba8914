"""Commands run as if they had been typed: with real processes, in pipes and in real terminals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.machine import relay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

RELAY = "import sys; from pytest_sprintready.machine import relay; sys.exit(relay.run(sys.argv[1:]).exit_code)"
SECONDS = 120

posix = pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")


def relayed(*command: str) -> list[str]:
    """Return the command line that relays another one."""
    return [sys.executable, "-c", RELAY, *command]


def script(text: str) -> list[str]:
    return [sys.executable, "-c", text]


class Terminal:
    """A process in a session of its own, on a terminal that the test holds the other end of."""

    def __init__(self, command: list[str], *, columns: int = 80, stdout: int | None = None) -> None:
        import fcntl
        import pty
        import termios

        self.near, far = pty.openpty()
        self._termios = termios
        self.resize(columns, far)
        self.before = termios.tcgetattr(far)

        def take() -> None:
            fcntl.ioctl(far, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            command,
            stdin=far,
            stdout=far if stdout is None else stdout,
            stderr=far,
            start_new_session=True,
            preexec_fn=take,  # noqa: PLW1509  a test without threads
        )
        self.far = far
        self.seen = b""

    def resize(self, columns: int, descriptor: int | None = None) -> None:
        import fcntl
        import struct

        size = struct.pack("HHHH", 30, columns, 0, 0)
        fcntl.ioctl(self.near if descriptor is None else descriptor, self._termios.TIOCSWINSZ, size)

    def wait_for(self, text: bytes) -> bytes:
        """Read until the text was seen."""
        import select

        end = time.monotonic() + SECONDS
        while text not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self.near], [], [], 0.1)[0]:
                self.seen += os.read(self.near, 4096)
        return self.seen

    def type(self, text: bytes) -> None:
        os.write(self.near, text)

    def ends(self) -> int:
        """Return the exit code, what was written read."""
        import select

        code = self.process.wait(SECONDS)
        while select.select([self.near], [], [], 0.05)[0]:
            self.seen += os.read(self.near, 4096)
        return code


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(*command: str, **options: int) -> Terminal:
        opened.append(Terminal(relayed(*command), **options))
        return opened[-1]

    yield start
    for one in opened:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()
        os.close(one.near)
        os.close(one.far)


def test_bytes_pass_unchanged_and_streams_stay_apart() -> None:
    text = r"import os; os.write(1, b'\xff\x00\r\nlight\n\x1b[31m'); os.write(2, b'\xc3dark')"
    done = subprocess.run(relayed(*script(text)), capture_output=True, check=False, timeout=SECONDS)
    assert (done.stdout, done.stderr) == (b"\xff\x00\r\nlight\n\x1b[31m", b"\xc3dark")


def test_streams_that_were_one_keep_their_order() -> None:
    text = "import os\nfor n in range(200): os.write(1 + n % 2, b'%d ' % n)"
    done = subprocess.run(
        relayed(*script(text)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=SECONDS
    )
    assert done.stdout.split() == [b"%d" % number for number in range(200)]


def test_the_last_of_the_output_is_kept_and_no_more() -> None:
    tail = relay.Tail(limit=10)
    for number in range(1000):
        tail.add(b"%d " % number)
    assert tail.bytes() == b"7 998 999 "


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what a process ever held")
def test_much_output_costs_no_memory() -> None:
    # A hundred megabytes pass.
    report = "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0], file=sys.stderr)"
    measured = f"import sys; from pytest_sprintready.machine import relay; relay.run(sys.argv[1:]); {report}"
    text = "import os\nfor n in range(1600): os.write(1, b'x' * 65536)"
    done = subprocess.run(
        [sys.executable, "-c", measured, *script(text)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        check=False, timeout=SECONDS,
    )  # fmt: skip
    assert int(done.stderr) < 60 * 1024


def test_what_is_piped_in_reaches_the_command() -> None:
    text = "import sys; print(sys.stdin.read().upper())"
    done = subprocess.run(relayed(*script(text)), input=b"light", capture_output=True, check=False, timeout=SECONDS)
    assert done.stdout.strip() == b"LIGHT"


@pytest.mark.parametrize("code", [0, 1, 5, 77])
def test_the_exit_code_is_the_command_s(code: int) -> None:
    done = subprocess.run(relayed(*script(f"raise SystemExit({code})")), check=False, timeout=SECONDS)
    assert done.returncode == code


@posix
def test_a_signal_gives_the_code_a_shell_gives() -> None:
    text = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    done = subprocess.run(relayed(*script(text)), check=False, timeout=SECONDS)
    assert done.returncode == 128 + signal.SIGKILL


def test_a_program_that_is_not_there_is_no_traceback() -> None:
    assert relay.run(["no-such-program-anywhere"])[0] == 127


@posix
def test_a_file_that_is_no_program_is_told_from_one_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("light")
    assert relay.run([str(tmp_path / "run")])[0] == 126


@posix
def test_a_signal_sent_here_goes_to_the_command() -> None:
    text = (
        "import signal, sys, time\nsignal.signal(signal.SIGTERM, lambda *_: sys.exit(9))\n"
        "print('up', flush=True)\ntime.sleep(60)"
    )
    process = subprocess.Popen(relayed(*script(text)), stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"up\n"
    process.send_signal(signal.SIGTERM)
    assert process.wait(SECONDS) == 9
    process.stdout.close()


@posix
def test_something_left_running_does_not_hold_the_end_up() -> None:
    left = (
        "import subprocess, sys\n"
        "print(subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']).pid, flush=True)"
    )
    process = subprocess.Popen(relayed(*script(left)), stdout=subprocess.PIPE, text=True)
    assert process.stdout
    sleeper = int(process.stdout.readline())
    assert process.wait(SECONDS) == 0
    os.kill(sleeper, signal.SIGKILL)  # raises where it has ended
    process.stdout.close()


@posix
def test_a_reader_that_has_seen_enough_ends_the_command() -> None:
    process = subprocess.Popen(relayed("sh", "-c", "while :; do echo light; done"), stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"light\n"
    process.stdout.close()
    assert process.wait(SECONDS) == 128 + signal.SIGPIPE


@posix
def test_in_a_terminal_the_command_is_in_one_too(terminal: Callable[..., Terminal]) -> None:
    text = "import os; print([os.isatty(n) for n in range(3)], os.get_terminal_size().columns)"
    opened = terminal(*script(text), columns=57)
    assert opened.ends() == 0
    assert opened.seen == b"[True, True, True] 57\r\n"


@posix
def test_a_terminal_that_changes_its_size_changes_the_command_s(terminal: Callable[..., Terminal]) -> None:
    # Not by `input()`: a signal that comes just before it waits is heard after it only.
    text = (
        "import os, select, signal\n"
        "signal.signal(signal.SIGWINCH, lambda *_: os.write(1, b'now %d' % os.get_terminal_size().columns))\n"
        "os.write(1, b'up')\nwhile not select.select([0], [], [], 0.05)[0]: pass"
    )
    opened = terminal(*script(text))
    opened.wait_for(b"up")
    opened.resize(41)
    opened.wait_for(b"now 41")
    opened.type(b"\n")
    assert opened.ends() == 0


@posix
def test_what_is_typed_reaches_the_command(terminal: Callable[..., Terminal]) -> None:
    opened = terminal(*script("print('Your name?', flush=True); print('Hello', input().upper())"))
    opened.wait_for(b"name?")
    opened.type(b"ada\n")
    opened.wait_for(b"Hello ADA")
    assert opened.ends() == 0


@posix
def test_a_password_is_not_shown(terminal: Callable[..., Terminal]) -> None:
    opened = terminal(*script("import getpass; print(len(getpass.getpass('Secret?')))"))
    opened.wait_for(b"Secret?")
    opened.type(b"light\n")
    opened.wait_for(b"5")
    assert b"light" not in opened.seen


@posix
def test_ctrl_c_interrupts_the_command_once(terminal: Callable[..., Terminal]) -> None:
    text = (
        "import time\n"
        "try: print('up', flush=True); time.sleep(60)\nexcept KeyboardInterrupt: print('stopped')\n"
        "time.sleep(0.3)\nraise SystemExit(3)"
    )
    opened = terminal(*script(text))
    opened.wait_for(b"up")
    opened.type(b"\x03")
    assert opened.ends() == 3
    assert b"stopped" in opened.seen


@posix
def test_the_terminal_is_left_as_it_was(terminal: Callable[..., Terminal]) -> None:
    import termios

    opened = terminal(*script("import os, tty; tty.setraw(0); os.write(1, b'raw')"))
    opened.wait_for(b"raw")
    assert opened.ends() == 0
    assert termios.tcgetattr(opened.far) == opened.before


@posix
def test_a_pipe_behind_stays_a_pipe(terminal: Callable[..., Terminal]) -> None:
    near, far = os.pipe()
    text = "import os, sys; print([os.isatty(n) for n in range(3)]); sys.stderr.write('seen')"
    opened = terminal(*script(text), stdout=far)
    os.close(far)
    opened.wait_for(b"seen")
    assert opened.ends() == 0
    assert os.read(near, 100) == b"[True, False, True]\n"
    os.close(near)


def test_the_way_of_windows_passes_bytes_too() -> None:
    # Pipes and threads: what Windows takes, run here, where there may be no Windows.
    run = "tail = relay.Tail(); code = relay._by_threads(sys.argv[1:], tail); sys.stderr.buffer.write(tail.bytes())"
    text = r"import os; os.write(1, b'\xfflight\r\n'); raise SystemExit(4)"
    command = [sys.executable, "-c", f"import sys; from pytest_sprintready.machine import relay; {run}; sys.exit(code)"]
    done = subprocess.run([*command, *script(text)], capture_output=True, check=False, timeout=SECONDS)
    assert (done.stdout, done.stderr, done.returncode) == (b"\xfflight\r\n", b"\xfflight\r\n", 4)
