"""Questions to the computer: is a system package there, does something answer at a port, how much room is left."""

# ruff: noqa: PTH110, PTH118, PTH208
from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_DPKG = "/var/lib/dpkg/info"
_HOMEBREW = ("/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt")
_SECONDS = 0.5


def has_package(family: str, name: str) -> bool | None:
    """Tell whether a system package is installed; None where this system's list cannot be read as files."""
    if family == "debian" and os.path.isdir(_DPKG):  # noqa: PTH112
        plain = name.partition("=")[0].partition(":")[0]
        if os.path.exists(os.path.join(_DPKG, f"{plain}.list")):
            return True
        return any(entry.startswith(f"{plain}:") and entry.endswith(".list") for entry in os.listdir(_DPKG))
    if family == "macos":
        return any(os.path.exists(os.path.join(folder, name)) for folder in _HOMEBREW)
    return None


def listens(port: int) -> bool:
    """Tell whether something on this machine answers at a port."""
    import socket

    try:
        with socket.create_connection(("localhost", port), timeout=_SECONDS):
            return True
    except OSError:
        return False


def free_bytes(folder: str) -> int | None:
    """Return how much room the disk of a folder has, None where it cannot be told."""
    import shutil

    try:
        return shutil.disk_usage(folder or ".").free
    except OSError:
        return None


_COMPILED = (".so", ".pyd")
_SOURCES = (".pyx", ".c", ".cpp", ".cc", ".cxx", ".rs")


def outdated_extensions(root: str, files: Sequence[str]) -> list[tuple[str, str]]:
    """Return compiled modules that are older than the source of the same name beside them: (source, compiled)."""
    found: list[tuple[str, str]] = []
    sources: dict[str, list[str]] = {}
    for path in files:
        if path.endswith(_SOURCES):
            sources.setdefault(path.rpartition("/")[0], []).append(path)
    for folder, paths in sources.items():
        try:
            names = [name for name in os.listdir(os.path.join(root, folder)) if name.endswith(_COMPILED)]
        except OSError:
            continue
        for path in paths:
            stem = path.rpartition("/")[2].rpartition(".")[0]
            alike = [name for name in names if name.partition(".")[0] in (stem, stem.removesuffix("module"))]
            compiled = [f"{folder}/{name}".lstrip("/") for name in alike]
            found += [(path, each) for each in compiled if _older(root, each, path)]
    return found


def _older(root: str, compiled: str, source: str) -> bool:
    try:
        made = os.stat(os.path.join(root, compiled)).st_mtime  # noqa: PTH116
        return made < os.stat(os.path.join(root, source)).st_mtime  # noqa: PTH116
    except OSError:
        return False
