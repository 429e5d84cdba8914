"""The list of files that a project checks: where check-manifest compares, a new file has to be in MANIFEST.in."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from pytest_sprintready.fixes.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_sprintready.facts import Facts

_PATH = "MANIFEST.in"
_CHECKED_FROM = ("tox.ini", "noxfile.py", "Makefile", "setup.cfg", "pyproject.toml", ".pre-commit-config.yaml")


def listed(facts: Facts, edits: Iterable[Edit]) -> Edit | None:
    """Return the edit that lists the new files among `edits`; None where nobody checks, or all are listed already."""
    new = [edit.path for edit in edits if edit.old is None and not edit.path.startswith(".")]
    if not new or not facts.snapshot.has(_PATH):
        return None
    places = (*_CHECKED_FROM, *(workflow.path for workflow in facts.workflows))
    if not any("check-manifest" in (facts.text(path) or "") for path in places):
        return None
    text = facts.snapshot.read(_PATH)
    lines = text.split("\n")
    missing = [f"include {path}" for path in new if not any(_covers(line.split(), path) for line in lines)]
    if not missing:
        return None
    last = max((number for number, line in enumerate(lines, 1) if line.startswith("include ")), default=0)
    return Edit(_PATH, text, "\n".join([*lines[:last], *missing, *lines[last:]]))


def _covers(rule: list[str], path: str) -> bool:
    if rule[:1] == ["graft"]:
        return any(path.startswith(f"{folder.rstrip('/')}/") for folder in rule[1:])
    if rule[:1] == ["include"]:
        return any(path.count("/") == glob.count("/") and fnmatch.fnmatchcase(path, glob) for glob in rule[1:])
    if rule[:1] == ["global-include"]:
        return any(fnmatch.fnmatchcase(path.rpartition("/")[2], glob) for glob in rule[1:])
    return False
