"""Which Python somebody works with here: that of the active environment, else the one made in the clone."""

# ruff: noqa: PTH113, PTH118
from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.machine import environment, system
from pytest_sprintready.machine.interpreter import running

if TYPE_CHECKING:
    from collections.abc import Mapping


class Choice(NamedTuple):
    """An interpreter and why it was taken: "active", "running", "folder" (made here, but not active) or "path".

    `folder` is the name of the environment in the clone. `python` is "" where there is none at all.
    """

    python: str
    why: str
    folder: str = ""


def choose(root: str, environ: Mapping[str, str]) -> Choice:
    """Return the Python that is worked with in the clone at `root`."""
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if found := python_in(environ.get(name, "")):
            return Choice(found, "active")
    own = running()
    if own.is_virtual and environment.kind(own, environ) != "tool" and _is_on_path(own.executable, environ):
        return Choice(own.executable, "running")
    for folder in environment.folders(root):
        if found := python_in(os.path.join(root, folder)):
            return Choice(found, "folder", folder)
    programs = system.Programs(environ.get("PATH", os.defpath))
    return Choice(programs.get("python3") or programs.get("python") or "", "path")


def _is_on_path(executable: str, environ: Mapping[str, str]) -> bool:
    folder = os.path.normcase(os.path.dirname(executable))  # noqa: PTH120
    return folder in map(os.path.normcase, environ.get("PATH", "").split(os.pathsep))


def python_in(prefix: str) -> str:
    """Return the interpreter of an environment, "" if there is none."""
    if not prefix:
        return ""
    places = ("Scripts/python.exe", "python.exe") if os.name == "nt" else ("bin/python", "bin/python3")
    paths = (os.path.join(prefix, *place.split("/")) for place in places)
    return next((path for path in paths if os.path.isfile(path)), "")
