"""Checks from other packages: entry points of the group `sprintready.checks`.

Each entry point is a module that registers checks when it is imported, or a function that does so when called,
with `pytest_sprintready.checks.check`.
"""

from __future__ import annotations

import functools
import os
import sys
from typing import TYPE_CHECKING

from pytest_sprintready.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import EntryPoint

GROUP = "sprintready.checks"

# pathlib takes as long to import as this whole look around.
# ruff: noqa: PTH118, PTH123, PTH208


@functools.cache
def load() -> tuple[Finding, ...]:
    """Load every extension, once; return one finding for each that cannot be loaded."""
    if not anything_installed(sys.path):
        return ()
    from importlib.metadata import entry_points

    loaded = (_load_one(entry) for entry in sorted(entry_points(group=GROUP)))
    return tuple(finding for finding in loaded if finding)


def anything_installed(paths: Iterable[str]) -> bool:
    """Return whether a distribution below one of these folders names the group.

    A look at the file names first: importing importlib.metadata costs more than all the checks do.
    """
    section = f"[{GROUP}]".encode()
    for folder in dict.fromkeys(paths):
        try:
            names = os.listdir(folder or os.curdir)
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")):
                try:
                    with open(os.path.join(folder, name, "entry_points.txt"), "rb") as file:
                        if section in file.read():
                            return True
                except OSError:
                    continue
    return False


def _load_one(entry: EntryPoint) -> Finding | None:
    try:
        loaded = entry.load()
        if callable(loaded):
            loaded()
    except (Exception, SystemExit) as error:  # noqa: BLE001  the extension is not ours, and must stop nothing
        package = entry.dist.name if entry.dist else "an installed package"
        return Finding(
            f"{package}: entry point `{entry.name} = {entry.value}` raises {type(error).__name__}: {error}",
            fix=f"`python -m pip install --upgrade {package}`, or uninstall it",
        )
    return None
