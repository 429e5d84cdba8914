"""Run a command as if it had been typed: its output passes through byte for byte, and the last of it is kept.

Where this runs in a terminal, so does the command: on a terminal of its own (pty), into which goes what is typed and
from which comes what is seen. So colours, progress bars, questions and Ctrl-C stay as they are. Otherwise, and on
Windows, its output goes through pipes.
"""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from typing_extensions import Self

NO_PROGRAM = "no such program"

KEPT = 256 * 1024
"""Bytes of the end of the output that are kept: the longest summary of failures seen fits, and any progress bar."""

BLOCK = 64 * 1024
_GRACE = 0.2
"""Seconds between two looks at whether a command has ended that left a process behind which holds its output open."""

NOT_FOUND, NOT_EXECUTABLE, SIGNALLED = 127, 126, 128
"""What a shell exits with (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html, 2.8.2)."""


class Ended(NamedTuple):
    """How a command ended: the code a shell would give, the end of what it wrote, why it could not be started."""

    exit_code: int
    output: bytes = b""
    problem: str = ""


class Tail:
    """The last bytes of what streams carried, in the order they came."""

    def __init__(self, limit: int = KEPT) -> None:
        self._limit = limit
        self._bytes = bytearray()

    def add(self, data: bytes) -> None:
        """Take in the next bytes."""
        self._bytes += data
        if len(self._bytes) > 2 * self._limit:
            del self._bytes[: -self._limit]

    def bytes(self) -> bytes:
        """Return what is kept."""
        return bytes(self._bytes[-self._limit :])


def run(command: Sequence[str]) -> Ended:
    """Run a command to its end in the current folder, with the streams of this process.

    Never raises for what the command does; an interrupt typed at the terminal is the command's to answer.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    tail = Tail()
    try:
        code = _by_threads(command, tail) if os.name == "nt" else _by_select(command, tail)
    except FileNotFoundError:
        there = os.path.exists(command[0])  # noqa: PTH110  then what its first line names is missing
        return Ended(NOT_FOUND, problem="what its first line names to run it does not exist" if there else NO_PROGRAM)
    except (OSError, ValueError) as error:  # ValueError: a NUL in an argument
        return Ended(NOT_EXECUTABLE, problem=_reason(error, str(error)))
    return Ended(code if code >= 0 else SIGNALLED - code, tail.bytes())


def _reason(error: Exception, otherwise: str) -> str:
    return getattr(error, "strerror", None) or otherwise


# Pipes and threads: Windows -------------------------------------------------------------------------------------------


def _by_threads(command: Sequence[str], tail: Tail) -> int:
    together = _same_file(1, 2)
    with _left_to_the_command(signal.SIGINT):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT if together else subprocess.PIPE, bufsize=0
        )
        streams = [(process.stdout, 1)] if together else [(process.stdout, 1), (process.stderr, 2)]
        threads = [
            threading.Thread(target=_copy, args=(stream, target, tail), daemon=True) for stream, target in streams
        ]
        for thread in threads:
            thread.start()
        code = process.wait()
        for thread in threads:
            thread.join(_GRACE)
    return code


def _copy(stream: Any, target: int, tail: Tail) -> None:
    with contextlib.suppress(OSError, ValueError):
        while block := stream.read(BLOCK):
            tail.add(block)
            _write(target, block)
    stream.close()


@contextlib.contextmanager
def _left_to_the_command(number: int) -> Iterator[None]:
    """Do nothing about a signal that the console sends to the command as well; ignored, it would be ignored there."""
    before = signal.signal(number, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(number, before)


# Terminals, pipes and select: everywhere else -------------------------------------------------------------------------


def _by_select(command: Sequence[str], tail: Tail) -> int:
    with _Streams() as streams, _Signals() as signals:
        process = subprocess.Popen(
            command,
            stdin=streams.stdin,
            stdout=streams.stdout,
            stderr=streams.stderr,
            start_new_session=streams.own_session,
            preexec_fn=_take_terminal if streams.own_session else None,  # noqa: PLW1509  no thread was started
        )
        streams.leave_far_ends()
        signals.pass_to(process, streams)
        with streams.typed_through():
            _pump(process, streams, tail)
        return process.wait()


def _pump(process: subprocess.Popen[bytes], streams: _Streams, tail: Tail) -> None:
    """Carry bytes both ways until the command has ended and its output with it."""
    import select

    typed = b""  # and not yet taken by the command
    listening = streams.own_session
    while streams.near:
        taker = [streams.terminal] if typed and streams.terminal in streams.near else []
        keyboard = [0] if listening and not typed else []
        ready, taking, _ = select.select([*streams.near, *keyboard], taker, [], _GRACE)
        if not ready and not taking and process.poll() is not None:
            return  # what still holds its output is something it left running
        if taking:
            typed = typed[_taken(streams.terminal, typed) :]
        for source in ready:
            block = _read(source)
            if source == 0:
                typed, listening = block, bool(block)
            elif block and _write(streams.near[source], block):
                tail.add(block)
            else:  # it has ended; or nobody reads on, which the command learns as it would have
                streams.drop(source)


class _Streams:
    """What the command has for its standard streams, and where what comes from it goes.

    `near` are our ends: descriptors to read from, and the stream of ours that each goes to. Where what is typed and
    what is seen is one terminal, the command gets a session with a terminal of its own (`own_session`). Else it
    reads from what we would read from.
    """

    def __init__(self) -> None:
        self.near: dict[int, int] = {}
        self.terminal = -1
        self.stdin: int | None = None
        self._far: list[int] = []
        on_terminal = [number for number in (1, 2) if os.isatty(number)]
        self.own_session = bool(on_terminal) and _is_typed_into(0)
        if on_terminal:
            seen = self._open_terminal(on_terminal[0])
            self.stdout: int = seen if 1 in on_terminal else self._open_pipe(1)
            self.stderr: int = seen if 2 in on_terminal else self._open_pipe(2)
            if self.own_session:
                self.stdin = seen
        else:
            self.stdout = self._open_pipe(1)
            self.stderr = self.stdout if _same_file(1, 2) else self._open_pipe(2)

    def _open_terminal(self, target: int) -> int:
        import pty
        import termios

        self.terminal, far = pty.openpty()
        self._far.append(far)
        with contextlib.suppress(termios.error, OSError):
            mode = termios.tcgetattr(0 if self.own_session else target)
            if not self.own_session:
                mode[1] &= ~termios.OPOST  # the real terminal ends the lines
            termios.tcsetattr(far, termios.TCSANOW, mode)
        os.set_blocking(self.terminal, False)
        self.near[self.terminal] = target
        self.fit()
        return far

    def _open_pipe(self, target: int) -> int:
        near, far = os.pipe()
        self._far.append(far)
        self.near[near] = target
        return far

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave_far_ends()
        for source in list(self.near):
            self.drop(source)

    def leave_far_ends(self) -> None:
        """Leave the command's ends to the command, so that they close with it."""
        while self._far:
            os.close(self._far.pop())

    def drop(self, source: int) -> None:
        """Close one of our ends."""
        del self.near[source]
        os.close(source)

    def fit(self) -> None:
        """Give the command's terminal the size of ours."""
        import fcntl
        import termios

        if self.terminal in self.near:
            with contextlib.suppress(OSError):
                size = fcntl.ioctl(self.near[self.terminal], termios.TIOCGWINSZ, b"\0" * 8)
                fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, size)

    @contextlib.contextmanager
    def typed_through(self) -> Iterator[None]:
        """Let every key reach the command's terminal, Ctrl-C included, which knows what to make of it."""
        if not self.own_session:
            yield
            return
        import termios
        import tty

        before = termios.tcgetattr(0)
        try:
            tty.setraw(0)
            yield
        finally:
            termios.tcsetattr(0, termios.TCSADRAIN, before)


class _Signals:
    """What this process is told to do while the command runs goes on to the command."""

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._streams: _Streams | None = None
        self._early: list[int] = []

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGWINCH):
            if signal.getsignal(number) is not signal.SIG_IGN:  # nohup: the command is to inherit that
                self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def pass_to(self, process: subprocess.Popen[bytes], streams: _Streams) -> None:
        """Name the command that signals go to, those that came before it was started among them."""
        self._process, self._streams = process, streams
        for number in self._early:
            process.send_signal(number)

    def _handle(self, number: int, _: FrameType | None) -> None:
        if number == signal.SIGWINCH:
            if self._streams:
                self._streams.fit()
        elif self._process is None:
            self._early.append(number)
        elif number in (signal.SIGINT, signal.SIGQUIT) and not self._is_alone():
            return  # typed at the terminal, which told the command, too
        else:
            self._process.send_signal(number)

    def _is_alone(self) -> bool:
        """Tell whether the terminal cannot have sent a signal to the command as well."""
        if self._streams and self._streams.own_session:
            return True
        with contextlib.suppress(OSError):
            terminal = os.open("/dev/tty", os.O_RDONLY | os.O_NOCTTY)
            try:
                return os.tcgetpgrp(terminal) != os.getpgrp()
            finally:
                os.close(terminal)
        return True


def _take_terminal() -> None:
    """Make the terminal on standard input that of the command's new session."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _same_file(one: int, other: int) -> bool:
    """Tell whether two descriptors lead to the same place, as after `2>&1`."""
    try:
        first, second = os.fstat(one), os.fstat(other)
    except OSError:
        return False
    same = (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino)
    return same and (bool(first.st_ino) or stat.S_ISCHR(first.st_mode))


def _is_typed_into(descriptor: int) -> bool:
    """Tell whether a descriptor is a terminal, and this process the one that is in its foreground."""
    try:
        return os.isatty(descriptor) and os.tcgetpgrp(descriptor) == os.getpgrp()
    except OSError:
        return False


def _read(source: int) -> bytes:
    try:
        return os.read(source, BLOCK)
    except OSError:  # EIO: the other end of a terminal is closed
        return b""


def _taken(target: int, data: bytes) -> int:
    try:
        return os.write(target, data)
    except BlockingIOError:
        return 0
    except OSError:
        return len(data)


def _write(target: int, data: bytes) -> bool:
    """Write all of `data`; False if nobody reads it any more."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(target, rest) :]
        except BlockingIOError:  # noqa: PERF203  somebody else made the stream so
            threading.Event().wait(0.01)
        except OSError:
            return False
    return True
