"""What the readers of Markdown, reStructuredText and AsciiDoc share: anchors, and sections put in their outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.document import Block, Document, Prose, Section
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

# Nesting (lists in quotes in tabs...) beyond this is read as text: no author writes it, and it bounds the work.
MAX_DEPTH = 20

_ASCII_PUNCTUATION = pattern(r"[^\w\- ]")
_TRAILING_MARKS = ".,:;!?*_~'\"`|"


class Draft(NamedTuple):
    """A section under construction. `anchor` is the text its slug is made from, or "#slug" where the author set it."""

    title: str
    level: int
    line: int
    anchor: str
    items: list[Prose | Block]


def slugify(title: str) -> str:
    """Return GitHub's anchor for a heading's plain text, not yet made unique within its page.

    Lower case, everything but letters, marks, digits, `_`, `-` and spaces removed, each space a dash
    (the rule of the table of contents filter of github/html-pipeline).
    """
    lowered = title.lower()
    if lowered.isascii():
        return _ASCII_PUNCTUATION.sub("", lowered).replace(" ", "-")
    from unicodedata import category  # most titles are ASCII

    kept = (char for char in lowered if char in "- " or category(char)[0] in "LM" or category(char) in {"Nd", "Pc"})
    return "".join(kept).replace(" ", "-")


def assemble(path: str, drafts: Iterable[Draft], includes: Iterable[tuple[str, int]]) -> Document:
    """Return the document: slugs made unique as GitHub does it (-1, -2...), trails set, an empty lead dropped."""
    sections: list[Section] = []
    above: list[tuple[int, str]] = []
    uses: dict[str, int] = {}
    for draft in drafts:
        if not draft.level:
            if draft.items:
                sections.append(Section("", 0, draft.line, "", (), tuple(draft.items)))
            continue
        while above and above[-1][0] >= draft.level:
            above.pop()
        base = draft.anchor[1:] if draft.anchor.startswith("#") else slugify(draft.anchor)
        slug = base
        while slug in uses:
            uses[base] += 1
            slug = f"{base}-{uses[base]}"
        uses[slug] = 0
        trail = tuple(title for _, title in above)
        sections.append(Section(draft.title, draft.level, draft.line, slug, trail, tuple(draft.items)))
        above.append((draft.level, draft.title))
    return Document(path, tuple(sections), tuple(includes))


def split_lines(text: str) -> list[str]:
    """Return the lines as an editor counts them, without trailing white space or a byte order mark.

    No-break spaces, which copying from a web page leaves in indentation and commands, become spaces.
    """
    text = text.removeprefix("\ufeff").replace("\xa0", " ")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return [line.rstrip() for line in text.split("\n")]


def literal(lines: list[str], line: int, language: str, kind: str, tab: str) -> Block:
    """Return a block of these lines, dedented and without blank lines around; `line` is that of `lines[0]`."""
    first, last = 0, len(lines)
    while last and not lines[last - 1]:
        last -= 1
    while first < last and not lines[first]:
        first += 1
    if first == last:
        return Block("", line if lines else line - 1, language, kind, tab)  # a line that exists, even at the end
    body = lines[first:last]
    margin = min(len(text) - len(text.lstrip(" ")) for text in body if text)
    return Block("\n".join([text[margin:] for text in body] if margin else body), line + first, language, kind, tab)


def trim_url(url: str) -> str:
    """Return a bare URL without the punctuation of the sentence it stands in (GitHub's extended autolinks).

    A link of Markdown in a document of another kind ends at its text: `[https://a.example](https://a.example)`.
    """
    url = url.partition("](")[0].rstrip(_TRAILING_MARKS)
    while url.endswith((")", "]")) and url.count(url[-1]) > url.count("(" if url[-1] == ")" else "["):
        url = url[:-1].rstrip(_TRAILING_MARKS)
    return url
