"""Which reader a prose file needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.reading.document import Block
from pytest_sprintready.reading.outline import slugify
from pytest_sprintready.reading.patterns import bounded, pattern

if TYPE_CHECKING:
    from pytest_sprintready.reading.document import Document, Prose

__all__ = ["read_document", "slugify"]

_MARKDOWN = frozenset({"md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd"})
_RST = frozenset({"rst", "rest"})
_ASCIIDOC = frozenset({"adoc", "asciidoc", "asc"})

_RST_SIGN = pattern(
    r"^\.\. [\w|_\[`-]|^\S.*\n([=~^\"'*+#-])\1{3,}$|::$|``[^`\n]+``|:[a-z]+:`|`_\b|^:[A-Za-z][\w ]*: ", re.MULTILINE
)
_MARKDOWN_SIGN = pattern(r"^#{1,6} \S|^ {0,3}(?:```|~~~)|\]\([^\s()]+\)|^\[[^\]\n]+\]: ", re.MULTILINE)
_SNIFFED = 20_000
_MOST = 2**20
_MOST_IN_PARAGRAPH = 50_000
_MOST_SPANS = 1000


def read_document(path: str, text: str) -> Document:
    """Return the document in a prose file, by its extension, else by its first 20,000 characters.

    Any text is read without an error, of one beyond a million characters the beginning. `path` is a POSIX path and
    is only looked at, not opened.
    """
    name = path.rpartition("/")[2].lower()
    extension = name.rpartition(".")[2] if "." in name else ""
    if extension in _ASCIIDOC:
        from pytest_sprintready.reading.asciidoc import read_asciidoc as read  # few projects need it
    elif extension in _RST or (extension not in _MARKDOWN and _looks_like_rst(text[:_SNIFFED])):
        from pytest_sprintready.reading.rst import read_rst as read  # not needed beside Markdown
    else:
        from pytest_sprintready.reading.markdown import read_markdown as read  # not needed beside RST
    return _bounded(read(path, bounded(text[:_MOST])))


def _bounded(document: Document) -> Document:
    """Return the document with what no paragraph holds cut off: who looks for each span costs their product."""
    if not any(len(item.text) > _MOST_IN_PARAGRAPH for section in document.sections for item in section.items):
        return document
    return document._replace(
        sections=tuple(section._replace(items=tuple(map(_shortened, section.items))) for section in document.sections)
    )


def _shortened(item: Prose | Block) -> Prose | Block:
    if len(item.text) <= _MOST_IN_PARAGRAPH or isinstance(item, Block):
        return item
    return item._replace(
        text=item.text[:_MOST_IN_PARAGRAPH], codes=item.codes[:_MOST_SPANS], links=item.links[:_MOST_SPANS]
    )


def _looks_like_rst(text: str) -> bool:
    text = text.replace("\r\n", "\n")
    signs = sum(1 for _ in _RST_SIGN.finditer(text))
    return signs > sum(1 for _ in _MARKDOWN_SIGN.finditer(text))
