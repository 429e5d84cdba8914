"""Where a table or key stands in a TOML text: parsers give values without lines."""

from __future__ import annotations

from pytest_sprintready.reading.patterns import pattern

_HEADER = pattern(r"\[{1,2}\s*([^\]\n]+?)\s*\]{1,2}\s*(?:#.*)?")
_KEY = pattern(r"((?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|\"[^\"\n]*\"|'[^'\n]*'))*)\s*=")
_PART = pattern(r"[\w-]+|\"[^\"]*\"|'[^']*'")


class TomlLines:
    """The lines of the tables and keys of a TOML text, counted from 1, found by one pass."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[str, ...], int] = {}
        table: tuple[str, ...] = ()
        inside = ""
        for number, raw in enumerate(text.split("\n"), 1):
            line = raw.strip()
            if inside:
                inside = "" if line.count(inside) % 2 else inside
                continue
            if header := _HEADER.fullmatch(line):
                table = _parts(header[1])
                self._note(table, number)
            elif key := _KEY.match(line):
                self._note((*table, *_parts(key[1])), number)
            for mark in ('"""', "'''"):
                if line.count(mark) % 2:
                    inside = mark

    def _note(self, path: tuple[str, ...], number: int) -> None:
        for length in range(len(path), 0, -1):
            if path[:length] in self._lines:
                break
            self._lines[path[:length]] = number

    def line(self, *path: str) -> int:
        """Return the line of a key or table, else that of the nearest table around it, else 1."""
        for length in range(len(path), 0, -1):
            found = self._lines.get(path[:length])
            if found is not None:
                return found
        return 1


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(dotted)[:64])
