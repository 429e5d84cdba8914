"""Which files an edit leaves alone, as far as their path and text tell; what the disk and git say is in `writing`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.fixes.encoding import encoded
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from pytest_sprintready.fixes.model import Edit
    from pytest_sprintready.snapshot import Snapshot

_CONFLICT = pattern(r"^<{7}[ \n][\s\S]*^={7}$[\s\S]*^>{7}[ \n]", re.MULTILINE)
_GENERATED = pattern(
    r"\b(do not|don'?t) (edit|modify|change)\b|\b(auto-?)?generated (by|from|with|file|automatically)\b"
    r"|\bautomatically generated\b|@generated\b|\[\[\[cog\b",
    re.IGNORECASE,
)
_COMMENT = pattern(r"\s*(#|//|<!--|\.\.|;|/?\*|\[\]:|\[//\]|\{#|\{/\*)")
_HEAD = 8  # lines in which a tool says that it made the file


def reason_to_leave(snapshot: Snapshot, edit: Edit) -> str:
    """Return why the file of an edit is not to be touched, to follow its path in a sentence; "" if it may be."""
    if not snapshot.resolve(edit.path):
        return "is a link that leads out of the repository"
    if any(edit.path.startswith(f"{folder}/") for folder in _submodules(snapshot)):
        return "belongs to a git submodule"
    if edit.old is None:
        return _reason_against_new(snapshot, edit)
    if _CONFLICT.search(edit.old):
        return "holds the marks of a merge that was not finished"
    if _is_generated(edit.old):
        return "says that it is generated, so an edit would be lost"
    try:
        before = snapshot.read_bytes(edit.path)
        encoded(edit.path, before, edit.new)
    except FileProblem as problem:
        return problem.reason
    return ""


def _reason_against_new(snapshot: Snapshot, edit: Edit) -> str:
    lowered = edit.path.lower()
    alike = next((path for path in snapshot.files if path.lower() == lowered), "")
    if alike:
        return f"would be a second {alike}" if alike != edit.path else "appeared meanwhile"
    folder = edit.path.rpartition("/")[0]
    while folder:
        if snapshot.has(folder):
            return f"cannot be made: {folder} is a file"
        if snapshot.resolve(folder) != folder:
            return f"cannot be made: {folder} is a link"
        folder = folder.rpartition("/")[0]
    return ""


def _is_generated(text: str) -> bool:
    return any(_COMMENT.match(line) and _GENERATED.search(line) for line in text.split("\n", _HEAD)[:_HEAD])


def _submodules(snapshot: Snapshot) -> list[str]:
    if not snapshot.has(".gitmodules"):
        return []
    try:
        text = snapshot.read(".gitmodules")
    except FileProblem:
        return []
    return re.findall(r"^[ \t]*path[ \t]*=[ \t]*(\S+)", text, re.MULTILINE)
