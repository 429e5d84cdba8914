"""Where the keys of a TOML text stand: parsers of TOML throw the lines away, and evidence needs them."""

from __future__ import annotations

import functools
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_KEY_PART = pattern(r"\s*(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([\w-]+))\s*")
_STRING = pattern(r"\"((?:[^\"\\]|\\.)*)(?:\"|$)|'([^']*)(?:'|$)")
_MARK = pattern(r"\"\"\"|'''|\"(?:[^\"\\]|\\.)*\"|'[^']*'|#|[\[\]{}]")


class TomlLines:
    """The lines of tables and keys in a text that is valid TOML (else the answers mean nothing, but nothing breaks)."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._keys: dict[tuple[str, ...], int] = {}
        self._starts: list[int] = []
        self._scan()

    def line(self, *keys: str) -> int | None:
        """Return the line (from 1) of a key or table, or of the nearest table above it that is written out."""
        for length in range(len(keys), 0, -1):
            found = self._keys.get(keys[:length])
            if found:
                return found
        return None

    def nearest(self, *keys: str) -> int:
        """Return what `line` does, 1 where no table above the key is written out either."""
        return self.line(*keys) or 1

    def lines_of(self, texts: Iterable[str], *keys: str, quoted: bool = True) -> Iterator[int | None]:
        """Yield the line of each text within the value of a key: the items of an array, or lines of a long string.

        The texts come in the order of the file. One that is not found, because it is written with escapes, gets
        the line of the one before it, or of the key.
        """
        current = self.line(*keys)
        if current is None:
            yield from (None for _ in texts)
            return
        position = bisect_right(self._starts, current)
        end = self._starts[position] - 1 if position < len(self._starts) else len(self._lines)
        places: dict[str, list[int]] = {}
        for number in range(current, end + 1):
            line = self._lines[number - 1]
            for text in _strings(line) if quoted else (line.strip(),):
                places.setdefault(text, []).append(number)
        for text in texts:
            found = places.get(text, [])
            following = bisect_left(found, current)
            current = found[following] if following < len(found) else current
            yield current

    def _scan(self) -> None:
        table: tuple[str, ...] = ()
        depth = 0
        closing = ""
        for number, line in enumerate(self._lines, 1):
            position = 0
            if closing:
                position = line.find(closing)
                if position < 0:
                    continue
                position += len(closing)
                closing = ""
            elif depth == 0:
                stripped = line.strip()
                if not stripped or stripped[0] == "#":
                    continue
                self._starts.append(number)
                if stripped[0] == "[":
                    table = _key(stripped.lstrip("["))
                    self._note(table, number)
                    continue
                self._note(table + _key(stripped), number)
            while mark := _MARK.search(line, position):
                position = mark.end()
                character = mark[0]
                if character in ('"""', "'''"):
                    end = line.find(character, position)
                    if end < 0:
                        closing = character
                        break
                    position = end + 3
                elif character == "#":
                    break
                elif character in "[{":
                    depth += 1
                elif character in "]}":
                    depth = max(0, depth - 1)

    def _note(self, key: tuple[str, ...], number: int) -> None:
        for length in range(1, len(key) + 1):
            self._keys.setdefault(key[:length], number)


@functools.lru_cache(maxsize=8)
def toml_lines(text: str) -> TomlLines:
    """Return the lines of a text; metadata, pytest's configuration and the runners ask about the same one."""
    return TomlLines(text)


def _strings(line: str) -> list[str]:
    return [double or single for double, single in _STRING.findall(line)]


def _key(text: str) -> tuple[str, ...]:
    """Return the parts of the dotted key at the start of a text."""
    parts: list[str] = []
    found = _KEY_PART.match(text)
    while found:
        parts.append(next(part for part in found.groups() if part is not None))
        found = _KEY_PART.match(text, found.end() + 1) if text[found.end() : found.end() + 1] == "." else None
    return tuple(parts)
