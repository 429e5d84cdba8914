"""A command line somebody is told to type, taken apart."""

from __future__ import annotations

from typing import NamedTuple


class Call(NamedTuple):
    """One program call of a command line: `A=1 nox -s tests` is words ("nox", "-s", "tests"), env (("A", "1"),)."""

    words: tuple[str, ...]
    env: tuple[tuple[str, str], ...] = ()

    @property
    def program(self) -> str:
        """The first word, or "" for a line of assignments only."""
        return self.words[0] if self.words else ""


class Command(NamedTuple):
    """A command line as written, without prompt and trailing comment, continuation lines joined by one blank.

    `calls` are its program calls split at `&&`, `||`, `;` and `|`, in order; empty where shell syntax defeats us.
    `comment` is the trailing `# ...`, or the comment lines right above it, without the mark.
    """

    text: str
    path: str
    line: int
    calls: tuple[Call, ...] = ()
    comment: str = ""

    def __str__(self) -> str:
        return self.text
