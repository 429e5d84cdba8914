"""One Python interpreter as it describes itself: the running one, or another that is asked in a process of its own."""

from __future__ import annotations

import json
import os
import sys
from typing import NamedTuple

from pytest_sprintready.errors import SprintReadyError

SECONDS = 20.0
"""What an interpreter may take to describe itself; a cold one on a slow disk takes two or three."""

# Runs in any Python since 3.6. The folder it is started in leaves the path before anything is imported from there.
_QUESTION = """\
import sys
sys.path.pop(0)
import json, os, sysconfig
print(json.dumps({
    "executable": sys.executable,
    "version": "%d.%d.%d" % sys.version_info[:3],
    "implementation": sys.implementation.name,
    "platform": sys.platform,
    "prefix": sys.prefix,
    "base_prefix": sys.base_prefix,
    "path": sys.path,
    "managed": os.path.exists(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")),
}))
"""


class Interpreter(NamedTuple):
    """A Python: `version` as "3.12.1", `platform` as `sys.platform`, `path` as `sys.path`.

    `managed` tells whether the system's packager keeps pip from installing into it (PEP 668); in a virtual
    environment it says so of the Python that made that.
    """

    executable: str = ""
    version: str = ""
    implementation: str = "cpython"
    platform: str = ""
    prefix: str = ""
    base_prefix: str = ""
    path: tuple[str, ...] = ()
    managed: bool = False

    @property
    def is_virtual(self) -> bool:
        """Whether it belongs to a virtual environment, whose packages are nobody else's."""
        return bool(self.prefix) and self.prefix != self.base_prefix


class InterpreterError(SprintReadyError):
    """The program named is no Python that answers."""


def running() -> Interpreter:
    """Return the interpreter that runs this."""
    import sysconfig

    return Interpreter(
        sys.executable or "",
        ".".join(map(str, sys.version_info[:3])),
        sys.implementation.name,
        sys.platform,
        sys.prefix,
        sys.base_prefix,
        tuple(sys.path),
        os.path.exists(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")),  # noqa: PTH110, PTH118
    )


def ask(python: str) -> Interpreter:
    """Return the interpreter `python`, a path or a name on PATH, as it describes itself.

    It is started without `PYTHON*` variables. Raises InterpreterError if it does not answer within SECONDS.
    """
    import subprocess

    hint = "name the Python of the environment you work in, such as .venv/bin/python"
    try:
        answer = subprocess.run(
            [python, "-E", "-c", _QUESTION],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        told = json.loads(answer.stdout.decode("utf-8", "surrogateescape"))
        return Interpreter(**{**told, "path": tuple(told["path"])})
    except subprocess.TimeoutExpired as error:
        raise InterpreterError(f"{python} did not answer within {SECONDS:.0f} seconds", hint) from error
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InterpreterError(f"{python} is not a Python that can be asked what it has", hint) from error
