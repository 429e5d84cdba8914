"""The Pythons of this machine, and the one to take for a project."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.facts import ci
from pytest_sprintready.machine.interpreter import InterpreterError, ask
from pytest_sprintready.model import UnknownFact
from pytest_sprintready.reading.python_versions import admits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine.interpreter import Interpreter

_EXECUTABLE = re.compile(r"python3\.\d+")


def installed() -> tuple[Interpreter, ...]:
    """Return the CPythons of this machine, one a minor version, newest first: of pyenv, uv, PATH, and this one."""
    found: dict[str, Interpreter] = {}
    for path in dict.fromkeys(os.path.realpath(path) for path in _executables()):
        try:
            one = ask(path)
        except InterpreterError:
            continue
        if one.implementation == "cpython" and not one.is_virtual:
            found.setdefault(minor(one), one)
    return tuple(sorted(found.values(), key=lambda one: _numbers(one.version), reverse=True))


def _executables() -> Iterator[str]:
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv", "versions")
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or home / ".local/share/uv/python")
    for folder, names in ((pyenv, "3.*/bin/python3"), (uv, "cpython-3*/bin/python3")):
        with contextlib.suppress(OSError):  # somebody else's
            yield from map(str, folder.glob(names))
    for place in os.get_exec_path():
        if "/shims" in place:  # of pyenv: they start what has been looked at already, or fail
            continue
        try:
            found = sorted(path.name for path in Path(place).iterdir())
        except OSError:
            continue
        yield from (str(Path(place, name)) for name in found if _EXECUTABLE.fullmatch(name))
    yield str(Path(sys.base_prefix, "bin", "python3"))


def minor(one: Interpreter) -> str:
    """Return "3.12" of an interpreter."""
    return ".".join(one.version.split(".")[:2])


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", text)))


def ranked(facts: Facts, pythons: Sequence[Interpreter]) -> tuple[Interpreter, ...]:
    """Return the interpreters to try for a project, the one to take first; those it does not admit are left out.

    First what the project pins for its contributors, then the newest that CI tests or the classifiers name, then the
    newest older than these, and at last what is newer than anything the project speaks of.
    """
    admitted = [one for one in pythons if _admitted(facts, minor(one))]
    tested = set(_tested(facts)) or set(facts.project.python_versions)
    newest = max(map(_numbers, tested), default=())

    def rank(one: Interpreter) -> tuple[int, tuple[int, ...]]:
        version = minor(one)
        backwards = tuple(-number for number in _numbers(version))
        if version == _pinned(facts):
            return 0, backwards
        if version in tested:
            return 1, backwards
        return (2 if newest and _numbers(version) < newest else 3), backwards

    return tuple(sorted(admitted, key=rank))


def _admitted(facts: Facts, version: str) -> bool:
    try:
        return admits(facts.requires_python.value, version)
    except (UnknownFact, ValueError):
        return True


def _pinned(facts: Facts) -> str:
    match = re.match(r"(?:cpython-)?(3\.\d+)", (facts.text(".python-version") or "").strip())
    return match[1] if match else ""


def _tested(facts: Facts) -> Iterable[str]:
    """Yield the versions in the matrices, settings and environments of the jobs that test."""
    for _workflow, job in ci.ci_test_jobs(facts):
        texts = [str(dict(job.matrix))]
        texts += [str(step.settings.get("python-version", "")) for step in job.steps]
        for text in texts:
            yield from re.findall(r"(?<![\d.])3\.\d{1,2}(?![\d])", text)
