"""Edits of TOML that keep what the author wrote: comments, order, quotes, blank lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading import loaders

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tomlkit import TOMLDocument


def with_items(path: str, text: str, table: Sequence[str], key: str, items: Sequence[str]) -> str:
    """Return the text with strings appended to the array `key` of a table; either is made where it is missing.

    Raises FileProblem for a file that is broken, that does not survive being read and written unchanged, or that
    has something else at that place; ModuleNotFoundError without tomlkit.
    """
    found = _open(path, text, table)
    if found is None:
        return with_table(path, text, table, {key: tuple(items)})
    document, here = found
    if key not in here:
        here[key] = list(items)
    elif not isinstance(here[key], list):
        raise FileProblem(path, f"has no list at {'.'.join((*table, key))}")
    else:
        for item in items:
            if item not in here[key]:
                here[key].append(item)
    return _checked(path, document.as_string())


def with_values(path: str, text: str, table: Sequence[str], values: Mapping[str, Any]) -> str:
    """Return the text with keys set in a table that have no value there yet; the table is made where it is missing.

    Raises as `with_items`.
    """
    found = _open(path, text, table)
    if found is None:
        return with_table(path, text, table, values)
    document, here = found
    for key, value in values.items():
        if key not in here:
            here[key] = list(value) if isinstance(value, tuple) else value
    return _checked(path, document.as_string())


def with_table(path: str, text: str, table: Sequence[str], values: Mapping[str, Any]) -> str:
    """Return the text with a new table: before the first of [tool], or at the end for one of those.

    Raises FileProblem for a broken file or result.
    """
    heading = ".".join(table)
    new = [f"[{heading}]"] if table else []
    new += [f"{key} = {_written(value)}" for key, value in values.items()]
    lines = text.split("\n")
    at = len(lines)
    if table and table[0] != "tool" and any(line.startswith(("[project", "[build-system")) for line in lines):
        at = next((index for index, line in enumerate(lines) if line.startswith("[tool.")), at)
    while at > 0 and at < len(lines) and lines[at - 1].startswith("#"):
        at -= 1  # a comment right above a heading is about it
    head, tail = lines[:at], lines[at:]
    while head and not head[-1].strip():
        head.pop()
    if not table and any(line.lstrip().startswith("[") for line in lines):  # keys of the top stand before all tables
        return _checked(path, "\n".join([*new, "", *lines]))
    result = "\n".join([*head, *([""] if head else []), *new, *(["", *tail] if tail else [])])
    ends = not text.strip() or text.endswith("\n")
    return _checked(path, f"{result}\n" if ends and not tail else result)


def _open(path: str, text: str, table: Sequence[str]) -> tuple[TOMLDocument, Any] | None:
    """Return the document and the table in it, None where there is no such table."""
    here: Any = loaders.load_toml(path, text)
    for name in table:
        here = here.get(name) if isinstance(here, dict) else None
        if here is None:
            return None
    import tomlkit  # takes long to import, and new tables do not need it
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
    except TOMLKitError as error:
        raise FileProblem(path, f"cannot be edited: {error}") from error
    if document.as_string() != text:
        raise FileProblem(path, "would not keep its style")
    here = document
    for name in table:
        here = here[name]
    return document, here


def _checked(path: str, text: str) -> str:
    loaders.load_toml(path, text)
    return text


def _written(value: Any) -> str:
    """Return a string of printable characters, a number or a tuple of such strings as TOML."""
    if isinstance(value, tuple):
        return f"[{', '.join(_written(each) for each in value)}]"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
