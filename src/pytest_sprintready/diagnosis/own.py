"""The repository's own modules: where one lies, and what makes it importable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import imports
from pytest_sprintready.reading.imports import guarded_module

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Raised
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Distribution, Machine

_NAMING = ("tox.ini", "noxfile.py", "Makefile", "pyproject.toml", "setup.cfg", "pytest.ini")  # may name it for the path
_ASIDE = re.compile(r"/(examples?|docs?|build|dist|benchmarks?|templates?)/")
_METADATA = ("pyproject.toml", "setup.py", "setup.cfg")


def is_own(facts: Facts, module: str) -> bool:
    """Tell whether a top-level module is part of this repository."""
    return imports.is_own(facts, module)


def folder_of(facts: Facts, module: str) -> str | None:
    """Return the folder that has to be on Python's path for a top-level module, "" for the root, None if unknown."""
    endings = (f"/{module}/__init__.py", f"/{module}.py")
    found = [path for path in facts.snapshot.files if f"/{path}".endswith(endings)]
    folders = [f"/{path}".removesuffix(endings[0]).removesuffix(endings[1]).strip("/") for path in found]
    inside = f"/{module}/"  # a folder of modules without __init__.py
    folders += {
        f"/{path}".partition(inside)[0].strip("/")
        for path in facts.snapshot.files
        if path.endswith(".py") and inside in f"/{path.rpartition('/')[0]}/"
    }
    folders = [folder for folder in folders if not (folder and facts.snapshot.has(f"{folder}/__init__.py"))]
    if not folders:  # it is a part of a package, and has another name from outside
        return None
    named = "\n".join(facts.text(name) or "" for name in _NAMING)
    return min(
        folders,
        key=lambda folder: (
            bool(_ASIDE.search(f"/{folder}/")),
            bool(folder) and folder not in named,
            folder.count("/") if folder else -1,
            folder,
        ),
    )


def project_around(facts: Facts, folder: str) -> str | None:
    """Return the nearest folder above with a project that can be installed, "" for the root, None if there is none."""
    while True:
        for name in _METADATA:
            path = f"{folder}/{name}" if folder else name
            text = facts.text(path)
            if text is not None and ("[project]" in text or "[tool.poetry]" in text or "setup(" in text
                                     or "[metadata]" in text or "[tool.flit" in text):  # fmt: skip
                return folder
        if not folder:
            return None
        folder = folder.rpartition("/")[0]


def is_packaged(facts: Facts, module: str, folder: str) -> bool:
    """Tell whether installing the project brings a module that lies in `folder`, and not only a path to it."""
    project = facts.project
    if module in (name.partition(".")[0] for name in project.packages or ()):
        return True
    if module in ("tests", "test", "testing", "docs", "examples", "benchmarks", "scripts", "tools", "conftest"):
        return False
    name = project.name.replace("-", "_")
    if module.lower().lstrip("_") in (
        name,
        name.removeprefix("python_"),
        name.removesuffix("_python"),
        project.package_dir,
    ):
        return True
    parts = folder.split("/")
    return parts[-1] in ("src", "lib", "python") or (folder == "" and project.packages is None)


def file_of(facts: Facts, module: str) -> str:
    """Return the file that a dotted module of this repository comes from, sources of compiled ones too; "" if none."""
    path = module.replace(".", "/")
    endings = tuple(
        f"/{path}{ending}" for ending in ("/__init__.py", ".py", ".pyx", ".c", ".cpp", ".cc", ".rs", ".f90")
    )
    name = module.rpartition(".")[2]
    sources = tuple(f"/{name}module{ending}" for ending in (".c", ".cpp", ".cc"))
    return next((each for each in facts.snapshot.files if f"/{each}".endswith((*endings, *sources))), "")


NOT_IN_MODULE = r"module '(?P<module>[\w.]+)' has no attribute '(?P<name>\w+)'"
"""What Python says where a module lacks a name."""

_NOT_IN_MODULE = re.compile(NOT_IN_MODULE)
_UNKNOWN_NAME = re.compile(r"name '(\w+)' is not defined")


def behind_a_guard(facts: Facts, raised: Raised) -> str:
    """Return the top-level module that the project does without until a name of it is used, as here; "" if it is none.

    `try: import numba` passes over what is not installed, and only `@numba.njit` further down finds the name unknown.
    """
    name = path = ""
    if raised.frames and (found := _UNKNOWN_NAME.search(raised.message)):
        name, where = found[1], raised.frames[-1].path.replace("\\", "/")
        path = next((each for each in facts.snapshot.files if f"/{where}".endswith(f"/{each}")), "")
    elif found := _NOT_IN_MODULE.search(raised.message):
        name, path = found["name"], file_of(facts, found["module"])
    return guarded_module(facts.text(path) or "", name) if path.endswith(".py") else ""


def released_copy(facts: Facts, machine: Machine) -> Distribution | None:
    """Return the project as it is installed from a package index, None where it comes from a folder or is not there."""
    found = machine.distributions.get(facts.project.name)
    return None if found is None or found.url or found.editable else found
