"""What kind of environment an interpreter belongs to, and what installs into it."""

# ruff: noqa: PTH112, PTH113, PTH118, PTH123
from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_sprintready.machine.interpreter import Interpreter

KINDS = (
    "venv", "uv", "poetry", "pdm", "hatch", "pipenv", "pixi", "conda", "nox", "tox", "tool", "externally-managed",
    "system",
)  # fmt: skip
"""What `kind` may return: what made the environment. "tool" is one that pipx or uv made for a single program."""

# Where tools keep the environments they make, as their documentation says, in the words of a path.
_PLACES = (
    ("pixi", r"/\.pixi/envs/"),
    ("poetry", r"/pypoetry/.*virtualenvs/"),
    ("hatch", r"/hatch/env/"),
    ("pipenv", r"/\.?(local/share/)?virtualenvs/[^/]+-[\w-]{8}$"),
    ("pdm", r"/pdm/venvs/"),
    ("nox", r"/\.nox/"),
    ("tox", r"/\.tox/"),
    ("tool", r"/pipx/venvs/|/uv/(data/)?tools/|/uv/archive-v\d+/"),
)


def kind(interpreter: Interpreter, environ: Mapping[str, str]) -> str:
    """Return what made the environment of an interpreter, one of KINDS."""
    prefix = interpreter.prefix.replace("\\", "/").rstrip("/")
    for name, place in _PLACES:
        if re.search(place, f"{prefix}/" if name != "pipenv" else prefix):
            return name
    if os.path.isdir(os.path.join(interpreter.prefix, "conda-meta")):
        return "conda"
    if interpreter.is_virtual:
        active = environ.get("VIRTUAL_ENV", "").replace("\\", "/").rstrip("/") == prefix
        if active and environ.get("POETRY_ACTIVE"):
            return "poetry"
        if active and environ.get("PIPENV_ACTIVE"):
            return "pipenv"
        return "uv" if re.search(r"^uv\s*=", _configuration(interpreter.prefix), re.MULTILINE) else "venv"
    return "externally-managed" if interpreter.managed else "system"


def installer(made_by: str, *, has_pip: bool, programs: Mapping[str, str]) -> str:
    """Return what installs into an environment of a kind, "" where nothing is there that could.

    One of "uv", "poetry", "pdm", "hatch", "pipenv", "pixi", "conda", "pip". What the project itself uses is told by
    its lock files, which are facts of the repository.
    """
    if made_by in ("uv", "poetry", "pdm", "hatch", "pipenv", "pixi", "conda") and made_by in programs:
        return made_by
    if made_by == "conda" and not has_pip:
        return next((name for name in ("mamba", "micromamba") if name in programs), "")
    if has_pip:
        return "pip"
    return "uv" if "uv" in programs else ""


def folders(root: str) -> tuple[str, ...]:
    """Return the names of the virtual environments in a folder, the usual ones first."""
    try:
        with os.scandir(root) as entries:
            found = [entry.name for entry in entries if os.path.isfile(os.path.join(entry.path, "pyvenv.cfg"))]
    except OSError:
        return ()
    usual = {name: place for place, name in enumerate((".venv", "venv", "env", ".env"))}
    return tuple(sorted(found, key=lambda name: (usual.get(name, len(usual)), name)))


def _configuration(prefix: str) -> str:
    try:
        with open(os.path.join(prefix, "pyvenv.cfg"), encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
