"""The project somebody stands in, and the machine and environment they work with."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.snapshot import Snapshot

_MARKS = (".git", "pyproject.toml", "setup.py", "setup.cfg", "tox.ini", "noxfile.py", "Makefile", "package.json")


@contextlib.contextmanager
def here(place: str = ".", python: str = "") -> Iterator[tuple[Facts, Machine]]:
    """Give the facts of the project around a folder, and the machine with the Python that is worked with there.

    A folder that is no project's, such as the one somebody clones into, is not looked into. Raises what
    `open_snapshot` and `machine_of` raise.
    """
    from pytest_sprintready.config import load_settings
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import machine_of, this_machine
    from pytest_sprintready.machine.choice import choose
    from pytest_sprintready.machine.interpreter import InterpreterError

    root = project_root(place)
    chosen = python or choose(root, os.environ).python
    with _snapshot(root) as snapshot:
        facts = Facts(snapshot, load_settings(snapshot))
        try:
            machine = machine_of(chosen, root) if chosen else this_machine(root)
        except InterpreterError:
            if python:
                raise
            machine = this_machine(root)
        yield facts, machine


def project_root(place: str) -> str:
    """Return the nearest folder at or above one that is a project's, that folder itself where none is."""
    folder = os.path.realpath(place)
    while True:
        if any(os.path.lexists(os.path.join(folder, mark)) for mark in _MARKS):  # noqa: PTH118
            return folder
        parent = os.path.dirname(folder)  # noqa: PTH120
        if parent == folder:
            return os.path.realpath(place)
        folder = parent


def _snapshot(root: str) -> Snapshot:
    from pytest_sprintready.snapshot import MemorySnapshot, open_snapshot

    if any(os.path.lexists(os.path.join(root, mark)) for mark in _MARKS):  # noqa: PTH118
        return open_snapshot(root)
    return MemorySnapshot({}, name=root)
