"""Where in a page something new goes: a section among its like, a paragraph at the end of the section it is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from pytest_sprintready.reading.document import Document, Section

_DEFINITION = pattern(r" {0,3}\[[^\]]+\]:\s|\.\. +_|\.\. +\|")
_CLOSING_TITLE = pattern(
    r"licen[sc]e|copyright|releas(e|ing)|publishing|for maintainers|changelog|credits?|acknowledge?ments?|authors?"
    r"|references|links|footnotes"
)
_SIGN_OFF = pattern(
    r"(?!~~~|```)\W*(~|\u2014|--|&mdash;|<p |<div|</div>|<br|thanks|thank you|cheers|happy \w+ing)"
    r"|\[?!\[|<img|([-*_])\2{2,}$",
    re.IGNORECASE,
)
_MOST_SIGN_OFFS = 3


def usual_level(document: Document) -> int:
    """Return the level of a page's chapters: below its title where it has one, else the highest there is."""
    levels = [section.level for section in document.sections if section.level]
    if not levels:
        return 2
    top = min(levels)
    return top + 1 if levels.count(top) == 1 else top


def end_of(document: Document, lines: list[str], section: Section) -> int:
    """Return the index of the line before which text at the end of a section goes, blank lines after it left out."""
    following = next((each for each in document.sections if each.line > section.line), None)
    end = _start(lines, following) if following else len(lines)
    return _before_blanks(lines, end, definitions=following is None)


def end_of_part(document: Document, lines: list[str], section: Section) -> int:
    """Return the same for a section with all below it."""
    after = (each for each in document.sections if each.line > section.line and each.level <= section.level)
    following = next(after, None)
    end = _start(lines, following) if following else len(lines)
    return _before_blanks(lines, end, definitions=following is None)


def end_of_page(document: Document, lines: list[str], level: int) -> int:
    """Return where a new section of this level goes last: before licence, credits and the like, and definitions."""
    end = len(lines)
    for section in reversed(document.sections):
        if section.level == level and _CLOSING_TITLE.search(section.title.lower()):
            end = _start(lines, section)
        elif section.level <= level:
            break
    end = _before_blanks(lines, end, definitions=end == len(lines))
    return _before_greeting(document, lines, end)


def _before_greeting(document: Document, lines: list[str], end: int) -> int:
    """Step back over what a page closes with: a line of thanks, a signature, a row of logos."""
    for _ in range(_MOST_SIGN_OFFS):
        start = end
        while start > 0 and lines[start - 1].strip():
            start -= 1
        if start == 0 or end - start > _MOST_SIGN_OFFS or not _SIGN_OFF.match(lines[start]):
            break
        end = _before_blanks(lines, start, definitions=False)
    # A section that holds nothing else is part of the greeting.
    last = next((each for each in reversed(document.sections) if each.level and each.line <= end), None)
    if last is not None and end - last.line <= 1 and len(document.sections) > 1:
        end = _before_blanks(lines, _start(lines, last), definitions=False)
    return end


def first_chapter(document: Document, lines: list[str], level: int) -> int | None:
    """Return where a new section of this level goes first; None where there is no section of that level."""
    first = next((each for each in document.sections if each.level == level), None)
    return None if first is None else _before_blanks(lines, _start(lines, first), definitions=False)


def usual_blanks(document: Document, lines: list[str]) -> int:
    """Return how many blank lines the page has before its headings: one, or two where most have two."""
    counts = []
    for section in document.sections[1:]:
        start = _start(lines, section)
        counts.append(start - _before_blanks(lines, start, definitions=False))
    return 2 if counts and sum(count >= 2 for count in counts) * 2 > len(counts) else 1


def start_of(lines: list[str], section: Section) -> int:
    """Return where something goes that is to stand right before a section."""
    return _before_blanks(lines, _start(lines, section), definitions=False)


def _start(lines: list[str], section: Section) -> int:
    """Return the index of a section's first line: its overline, its anchor or its label included."""
    index = section.line - 1
    if index > 0 and index + 1 < len(lines) and _is_rule(lines[index - 1]) and lines[index - 1] == lines[index + 1]:
        index -= 1  # a line above the title as well as below
    while index > 0:
        above = index - 1
        while above > 0 and not lines[above].strip():
            above -= 1
        is_label = re.match(r"\.\. _[^:]+:$|\([\w-]+\)=$", lines[above].strip())
        is_anchor = above == index - 1 and re.match(r"<a (id|name)=", lines[above].strip())
        if not is_label and not is_anchor:
            break
        index = above
    return index


def _is_rule(line: str) -> bool:
    line = line.rstrip()
    return len(line) >= 3 and line[0] in "=-~^\"'#*+`:.<>_" and line == line[0] * len(line)


def _before_blanks(lines: list[str], end: int, *, definitions: bool) -> int:
    """Step back over blank lines and, at the end of a page, over definitions of links and images."""
    while end > 0:
        start = end - 1
        while definitions and start > 0 and lines[start].startswith(("   ", "\t")):  # options of a definition
            start -= 1
        if lines[end - 1].strip() and not (definitions and _DEFINITION.match(lines[start])):
            break
        end = start if lines[end - 1].strip() else end - 1
    return end


def inserted(text: str, index: int, new: list[str], blanks: int = 1) -> str:
    r"""Return the text with lines put before the line `index`, this many blank lines before them and as many after.

    What follows keeps the blank lines it had before it, if these were more.
    """
    lines = text.split("\n")
    head, tail = lines[:index], lines[index:]
    had = 0
    while tail and not tail[0].strip():
        tail.pop(0)
        had += 1
    while head and not head[-1].strip():
        head.pop()
    before = [""] * (blanks if head else 0)
    after = [""] * (max(had, blanks) if tail else 1)
    return "\n".join([*head, *before, *new, *after, *tail])
