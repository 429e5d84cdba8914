"""The second sandbox, where users may not make namespaces: sandlock (https://github.com/multikernel/sandlock).

It keeps a command to named folders (Landlock), to the loopback while tests run, and to limits (seccomp). The command
sees the process table and the loopback of the machine, though it can do nothing to what is there but connect.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_sprintready.verify.sandbox import A_DAY, SETTINGS, SYSTEM, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RUNNER = str(Path(__file__).with_name("_in_sandlock.py"))
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/shm")  # noqa: S108
# Of the folder of the trial. What it cannot rename it cannot replace by a link, which we would follow.
_ITS = ("cache", "home", "reports", "src", "state", "tmp", "tools", "venv")


class LandlockSandbox(Sandbox):
    """Commands are run by sandlock, as the user who types them."""

    name = "sandlock"

    def wrapped(self, words: Sequence[str], *, network: bool, seconds: float) -> list[str]:
        """Return the command line that runs `words` in the sandbox, in the folder it is started in."""
        return self._line({**self._asked(network=network, seconds=seconds), "parent": os.getpid()}, words)

    def entered(self, words: Sequence[str]) -> list[str]:
        """Return the command line by which a person at a terminal runs `words` in the sandbox, when we are gone."""
        return self._line(self._asked(network=True, seconds=A_DAY), words)

    def _line(self, asked: dict[str, Any], words: Sequence[str]) -> list[str]:
        return [sys.executable, "-I", _RUNNER, json.dumps(asked), *words]

    def _asked(self, *, network: bool, seconds: float) -> dict[str, Any]:
        readable = [*SYSTEM, *(f"/etc/{name}" for name in SETTINGS), "/etc/passwd", "/etc/group", "/etc/hosts"]
        return {
            "readable": _there(*readable, "/proc", "/dev", *self._readable, self._writable),
            "writable": _there(*(str(Path(self._writable, name)) for name in _ITS), *_DEVICES),
            "network": network,
            "memory": self._limits.memory,
            "processes": self._limits.processes,
            "file": self._limits.file,
            "cpu": max(int(seconds) * 4, 60),
        }

    def variables(self) -> dict[str, str]:
        """Return what commands have to know of this sandbox: /tmp is the machine's, and closed."""
        return {"TMPDIR": self._tmp}

    def prepare(self) -> None:
        """Make the one folder that would be made by a command: the folder around it is not for them to change."""
        Path(self._writable, "venv").mkdir()

    def name_hosts(self, names: Iterable[str]) -> None:
        """The names of the machine are not ours to change."""


def _there(*paths: str) -> list[str]:
    return [path for path in paths if os.path.exists(path)]  # noqa: PTH110


def missing() -> str:
    """Return why sandlock cannot be used here, "" where it can."""
    if os.geteuid() == 0:
        return "sandlock is not used as root, whom it would not keep from much"
    try:
        tried = subprocess.run(
            [sys.executable, "-I", _RUNNER, json.dumps({"readable": ["/"], "network": False}), "true"],
            capture_output=True, timeout=60, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        return f"sandlock cannot be run: {error}"
    if tried.returncode == 0:
        return ""
    told = tried.stderr.decode("utf-8", "replace").strip().splitlines() or ["sandlock does not run here"]
    return told[-1][:200]
