"""One command, run to its end or ended: both streams drained, its output capped, nothing of it left behind."""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

KEPT_BYTES = 256 * 1024
"""Of a command's output: its end, where summaries and errors stand."""

GRACE = 3.0
"""Seconds from the interrupt to the termination, and from that to the kill."""

TICK = 0.2
"""Seconds between two looks at the clock and at what the command uses."""


class Ended(NamedTuple):
    """How a command ended: by itself, with an exit code (negative for a signal), or by us, for the `reason`."""

    exit_code: int | None
    seconds: float
    output: str
    reason: str = ""


def program(name: str) -> str:
    """Return the path of a program of this machine.

    By its bare name it would be looked for where the project's environment comes first, and found there if the project
    likes: outside of the sandbox.
    """
    return os.path.realpath(shutil.which(name) or name)


def run(
    words: Sequence[str],
    *,
    environment: Mapping[str, str],
    directory: str,
    seconds: float,
    watch: Callable[[int], str] = lambda _pid: "",
    heard: Callable[[str], None] = lambda _line: None,
) -> Ended:
    """Run a program until it ends, `seconds` have passed, or `watch(pid)` gives a reason to end it.

    `heard` gets the last line of what it printed, now and then. Whatever happens, an interrupt included, nothing that
    it started is left when this returns. Raises OSError where the program cannot be started.
    """
    start = time.monotonic()
    process = subprocess.Popen(
        list(words),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=directory,
        env=dict(environment),
        start_new_session=True,
    )
    output = _Tail(process)
    reason = ""
    try:
        while process.poll() is None:
            output.read(TICK, heard)
            reason = watch(process.pid)
            if not reason and time.monotonic() - start > seconds:
                reason = f"it had not ended after {seconds:.0f} seconds"
            if reason:
                _end(process, output)
                break
    except BaseException:
        _end(process, output)
        raise
    finally:
        _kill_group(process)
        process.wait()
        output.drain()
    code = process.returncode if not reason else None
    return Ended(code, time.monotonic() - start, output.text(), reason)


class _Tail:
    """The end of what a process prints. It is read as fast as it comes, so that no process waits for us."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout  # noqa: S101
        self._stream = process.stdout
        os.set_blocking(self._stream.fileno(), False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._stream, selectors.EVENT_READ)
        self._blocks: deque[bytes] = deque()
        self._size = 0
        self._closed = False

    def read(self, seconds: float, heard: Callable[[str], None] = lambda _line: None) -> None:
        """Take what comes within some seconds."""
        until = time.monotonic() + seconds
        last = b""
        while (left := until - time.monotonic()) > 0:
            if self._closed:
                time.sleep(min(left, TICK))
                continue
            if not self._selector.select(left):
                break
            block = self._take()
            last = block or last
        if lines := last.decode("utf-8", "replace").splitlines():
            heard(lines[-1])

    def _take(self) -> bytes:
        try:
            block = os.read(self._stream.fileno(), 1 << 16)
        except BlockingIOError:
            return b""
        if not block:
            self._closed = True
        self._blocks.append(block)
        self._size += len(block)
        while self._size - len(self._blocks[0]) > KEPT_BYTES:
            self._size -= len(self._blocks.popleft())
        return block

    def drain(self) -> None:
        """Take what is left, without waiting for anybody who still holds the stream."""
        for _ in range(64):
            if self._closed or not self._selector.select(0) or not self._take():
                break
        self._selector.close()
        self._stream.close()

    def text(self) -> str:
        return b"".join(self._blocks)[-KEPT_BYTES:].decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes], output: _Tail) -> None:
    """Interrupt, terminate, kill: the first lets a test runner say what it had found so far."""
    for number in (signal.SIGINT, signal.SIGTERM):
        for pid in [process.pid, *descendants(process.pid)]:
            # The sandbox itself is only killed at the end: with it goes all that runs in it.
            if not _is_sandbox(pid):
                _send(pid, number)
        until = time.monotonic() + GRACE
        while process.poll() is None and time.monotonic() < until:
            output.read(TICK)
        if process.poll() is not None:
            return
    for pid in [*descendants(process.pid), process.pid]:
        _send(pid, signal.SIGKILL)


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _is_sandbox(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip() == "bwrap"
    except (OSError, ValueError):
        return False


def descendants(pid: int) -> list[int]:
    """Return the processes that a process started, and those that these started; none where there is no /proc."""
    children: dict[int, list[int]] = {}
    for each, parent in _parents():
        children.setdefault(parent, []).append(each)
    found: list[int] = []
    queue = [pid]
    while queue:
        queue = [child for parent in queue for child in children.get(parent, ())]
        found += queue
    return found


def _parents() -> Iterator[tuple[int, int]]:
    try:
        names = [path.name for path in Path("/proc").iterdir()]
    except OSError:
        return
    for name in names:
        if name.isdigit():
            try:
                stat = Path("/proc", name, "stat").read_bytes()
            except OSError:
                continue
            # The name, in brackets, may hold anything; state and parent follow it.
            yield int(name), int(stat.rpartition(b")")[2].split()[1])


def memory(pids: Sequence[int]) -> int:
    """Return the bytes of memory that processes hold, pages they share with each other counted once for each."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            total += int(Path(f"/proc/{pid}/statm").read_text(encoding="utf-8").split()[1])
    return total * (os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096)
