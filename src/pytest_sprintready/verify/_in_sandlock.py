"""Run a command by sandlock: `python _in_sandlock.py JSON COMMAND...`. It ends with the process that started it."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import threading
from typing import Any

from pytest_sprintready.verify.process import descendants

_ORPHANS_ARE_OURS = 36  # PR_SET_CHILD_SUBREAPER, see prctl(2)
_LOOK = 0.2  # seconds between two looks whether anybody still wants this


def main() -> int:
    """Return the exit code of the command, as a shell tells it."""
    asked, words = json.loads(sys.argv[1]), sys.argv[2:]
    try:
        from sandlock import Sandbox, StdioMode  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        sys.stderr.write("sandlock is not installed: python -m pip install sandlock\n")
        return 126
    parent = asked.get("parent") or os.getppid()
    ctypes.CDLL(None).prctl(_ORPHANS_ARE_OURS, 1)
    # An interrupt is for the command, and what it says of it is heard to its end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for limit, name in ((resource.RLIMIT_FSIZE, "file"), (resource.RLIMIT_CPU, "cpu")):
        if name in asked:
            resource.setrlimit(limit, (asked[name], asked[name]))
    box = Sandbox(
        fs_readable=asked["readable"],
        fs_writable=asked.get("writable", []),
        net_allow=["*:*"] if asked["network"] else ["127.0.0.1:*", "[::1]:*"],
        net_allow_bind=["*"],
        max_memory=asked.get("memory"),
        max_processes=asked.get("processes"),
        cwd=os.getcwd(),  # noqa: PTH109
        env=dict(os.environ),
        clean_env=True,
    )
    try:
        running = box.popen(words, stdin=StdioMode.NULL, stdout=StdioMode.INHERIT, stderr=StdioMode.INHERIT)
    except Exception as error:  # noqa: BLE001  whatever it raises, the command did not run
        sys.stderr.write(f"sandlock does not run here: {error}\n")
        return 126
    ended: list[Any] = []
    waiting = threading.Thread(target=lambda: ended.append(running.wait()), daemon=True)
    waiting.start()
    while waiting.is_alive() and os.getppid() == parent:
        waiting.join(_LOOK)
    _end_all()
    code = ended[0].exit_code if ended else -1
    return code if code >= 0 else 137


def _end_all() -> None:
    while found := descendants(os.getpid()):
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


if __name__ == "__main__":
    code = main()
    sys.stderr.flush()
    os._exit(code)
