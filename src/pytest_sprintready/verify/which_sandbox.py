"""Which sandbox there is on this machine: bubblewrap, else sandlock, and none only where that was asked for."""

from __future__ import annotations

import os

from pytest_sprintready.errors import UsageError
from pytest_sprintready.verify import sandbox, sandlock


def chosen(*, unsandboxed: bool) -> type[sandbox.Sandbox]:
    """Return the sandbox to use. Raises UsageError where there is none, and none was not asked for."""
    if os.name != "posix":
        raise UsageError("verify does not run on Windows", "it does in WSL: https://learn.microsoft.com/windows/wsl/")
    if unsandboxed:
        return sandbox.NoSandbox
    why = sandbox.missing()
    if not why:
        return sandbox.Sandbox
    if second := sandlock.missing():
        raise UsageError(
            f"verify runs somebody else's code, and this machine has no sandbox for that: {why}; {second}",
            "`apt-get install bubblewrap` (or dnf, pacman), or run it in a throw-away machine with --unsandboxed",
        )
    return sandlock.LandlockSandbox
