"""Where a document says something: passages found by a plain word first, then by a pattern.

The plain words are a filter that costs next to nothing, so that a pattern meets only paragraphs it may match.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.document import Block, Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.reading.document import Section

    Sections = Iterable[tuple[str, Section]]


class Passage(NamedTuple):
    """A heading or paragraph: `text` in lower case with single blanks, and where it stands."""

    text: str
    place: Evidence


def passages(sections: Sections, *words: str) -> Iterator[Passage]:
    """Yield the headings and paragraphs that hold one of `words` (lower case, no blanks), comments left out."""
    for path, section in sections:
        for text, line in _texts(section):
            lowered = text.lower()
            if any(word in lowered for word in words):
                yield Passage(" ".join(lowered.split()), Evidence(path, line))


def _texts(section: Section) -> Iterator[tuple[str, int]]:
    if section.title:
        yield section.title, section.line
    for item in section.items:
        if isinstance(item, Prose) and item.kind != "comment":
            yield item.text, item.line


def mention(sections: Sections, words: str, pattern: str = "") -> Evidence | None:
    """Return where the first passage stands that holds one of `words` (parted by blanks) and matches `pattern`.

    The pattern is matched against lower-case text with single blanks; without one, the words decide.
    """
    for passage in passages(sections, *words.split()):
        if not pattern or re.search(pattern, passage.text):
            return passage.place
    return None


def titled(sections: Sections, pattern: str) -> Evidence | None:
    """Return the first heading that matches `pattern` (lower case)."""
    for path, section in sections:
        if section.title and re.search(pattern, section.title.lower()):
            return Evidence(path, section.line)
    return None


def whole_text(section: Section) -> str:
    """Return all a section says, literal blocks included, in lower case with single blanks."""
    texts = [section.title]
    texts += [item.text for item in section.items if isinstance(item, Block) or item.kind != "comment"]
    return " ".join(" ".join(texts).lower().split())


def prose_words(sections: Sections) -> int:
    """Return how many words of prose the sections hold."""
    return sum(
        len(item.text.split())
        for _, section in sections
        for item in section.items
        if isinstance(item, Prose) and item.kind != "comment"
    )


def without_code(prose: Prose) -> str:
    """Return the text of a paragraph, inline code blanked out."""
    text = prose.text
    for span in prose.codes:
        text = text.replace(span.text, " ")
    return text
