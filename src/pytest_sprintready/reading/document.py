"""A prose document as sections of paragraphs and literal blocks, the same for Markdown, MyST and reStructuredText."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Inline code: its text without the marks, and the line it stands on."""

    text: str
    line: int


class Link(NamedTuple):
    """A link or image: its target as written (references resolved), its visible text, its line."""

    target: str
    text: str
    line: int
    image: bool = False


class Prose(NamedTuple):
    """A paragraph, list item, comment or the like. `text` keeps line breaks and markup.

    `kind` is "paragraph", "item" (of a list), "comment" (an HTML or RST comment), "quote" or "table".
    `tab` is as in Block.
    """

    text: str
    line: int
    kind: str = "paragraph"
    codes: tuple[Span, ...] = ()
    links: tuple[Link, ...] = ()
    tab: str = ""


class Block(NamedTuple):
    """A literal block. `text` is dedented; `line` is the line of its first text line, counted from 1.

    `language` is the info string's first word or the directive's argument, lower case, "" if none.
    `kind` is "fence", "indented", "literal" (RST `::`), or the directive's name ("code-block", "prompt"...).
    `tab` is the label of the tab or folded part the block stands in ("Windows", "uv"), "" outside of one.
    """

    text: str
    line: int
    language: str = ""
    kind: str = "fence"
    tab: str = ""


class Section(NamedTuple):
    """A heading and what stands below it, up to the next heading of any level.

    `level` is 1 for the highest; the text before the first heading is a section of level 0 with an empty title.
    `title` is plain text without markup; `slug` is GitHub's anchor for it; `trail` are the titles above it.
    """

    title: str
    level: int
    line: int
    slug: str
    trail: tuple[str, ...] = ()
    items: tuple[Prose | Block, ...] = ()


class Document(NamedTuple):
    """A whole document. `includes` are paths as written in include directives (RST, MyST, mkdocs snippets)."""

    path: str
    sections: tuple[Section, ...] = ()
    includes: tuple[tuple[str, int], ...] = ()
