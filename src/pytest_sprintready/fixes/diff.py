"""Edits as one unified diff, as `git apply` and `patch` take it."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_sprintready.fixes.model import Edit


def unified(edits: Iterable[Edit]) -> str:
    r"""Return the diff of texts with "\n" line ends; "" where nothing changes."""
    return "".join(_of_one(edit) for edit in edits)


def _of_one(edit: Edit) -> str:
    old = "" if edit.old is None else edit.old
    name = _quoted(edit.path)
    before = "/dev/null" if edit.old is None else _quoted(f"a/{edit.path}")
    lines = list(unified_diff(_lines(old), _lines(edit.new), before, _quoted(f"b/{edit.path}"), lineterm="\n"))
    if not lines:
        return ""
    head = [f"diff --git {_quoted(f'a/{edit.path}')} {_quoted(f'b/{edit.path}')}\n"]
    head += ["new file mode 100644\n"] if edit.old is None else []
    del name
    return "".join([*head, *(_ended(line) for line in lines)])


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _quoted(path: str) -> str:
    """Return a path as git writes it in a diff: in quotes where it holds what a line cannot."""
    if all(" " <= char < "\x7f" and char not in '"\\' for char in path):
        return path
    escaped = "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}"
        for byte in path.encode("utf-8", "surrogateescape")
    )
    return f'"{escaped}"'
