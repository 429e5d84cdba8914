"""Whom a code of conduct names for reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.document import Prose
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.reading.document import Document, Link

# Bounded, or a long line without an @ would cost the square of its length.
_MAIL = pattern(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
# As in "conduct [at] project dot org" or "conduct at project dot org".
_SPELLED_MAIL = pattern(
    r"[\w.+-]{1,64} ?(?:[\[(<{] ?at ?[\])>}]|\bAT\b) ?[\w-]{1,63}"
    r"(?: ?(?:[\[(<{] ?dot ?[\])>}]|\bDOT\b|\.) ?[\w-]{1,63}){1,8}"
    r"|[\w.+-]{1,64} at [\w-]{1,63} dot [a-z]{2,}",
)
_PLACEHOLDER = pattern(
    r"\[ ?(?:insert|enter|add|your|contact|e-?mail|project|method|maintainer)[^\]\n]{0,60}\](?![(\[])"
    r"|<(?:insert|enter|add|your|contact|e-?mail)[^>@\n]{0,60}>"
    r"|\b(?:todo|tbd|fixme|xxx+)\b|\{\{[^}\n]{0,60}\}\}|[\w.+-]{0,64}@(?:[\w-]{1,63}\.){0,8}example\.(?:com|org|net)\b"
    r"|\b(?:your|my)[-_.]?(?:name|e?mail)@[\w.-]+|\bemail@(?:domain|address)\b",
    re.IGNORECASE,
)
_ASKS_FOR_REPORTS = pattern(
    r"report|contact|reach(?:ing)? out|e-?mail|complain|incident|inform|notify|get in touch|concerns", re.IGNORECASE
)
_LISTS_CONTACTS = pattern(r"\bcontacts?\b|\breport(s|ing)?\b", re.IGNORECASE)
# What stands in a code of conduct's credits, and what everybody can read.
_NO_CONTACT = pattern(
    r"contributor-covenant\.org|creativecommons\.org|wikipedia\.org|mozilla\.org|github\.com/mozilla"
    r"|citizencodeofconduct"
    r"|/(?:issues|pulls?|discussions|graphs|blob|tree|stumpsyn)\b|geekfeminism|shields\.io|gist\.github",
    re.IGNORECASE,
)
_PUBLIC = pattern(r"/issues\b|/discussions\b", re.IGNORECASE)
_HANDLE = pattern(r"(?<![\w@/])@[\w-]{2,39}\b(?!\.)")
# A page with fewer words than any code in use adopts one that stands elsewhere.
_POINTER_WORDS = 130


class ConductContact(NamedTuple):
    """What a code of conduct says of its contact; `line` is where.

    `kind` is "private" (an address, a form, a person), "placeholder" (a blank of the template), "public" (only an
    issue tracker), "outside" (the page adopts a code that stands elsewhere), "inside" (only a link within the
    repository: `text` is the target) or "none".
    """

    kind: str
    text: str
    line: int | None = None


def conduct_contact(document: Document) -> ConductContact:
    """Return the contact a code of conduct names for reports, the best it offers."""
    paragraphs = [
        item
        for section in document.sections
        for item in section.items
        if isinstance(item, Prose) and item.kind != "comment"
    ]
    for paragraph in paragraphs:
        if found := _address(paragraph):
            return ConductContact("private", found, paragraph.line)
    for paragraph in paragraphs:
        if blank := _PLACEHOLDER.search(paragraph.text):
            return ConductContact("placeholder", " ".join(blank[0].split()), paragraph.line)
    asking = [paragraph for paragraph in paragraphs if _ASKS_FOR_REPORTS.search(paragraph.text)]
    listed = [
        item
        for section in document.sections
        if _LISTS_CONTACTS.search(section.title)
        for item in section.items
        if isinstance(item, Prose) and item.kind != "comment"
    ]
    words = sum(len(paragraph.text.split()) for paragraph in paragraphs)
    kinds = [_linked(link) for paragraph in asking for link in paragraph.links if not link.image]
    for kind in ("private", "inside"):
        for found_kind in kinds:
            if found_kind.kind == kind and not (kind == "private" and words < _POINTER_WORDS):
                return found_kind
    for paragraph in [*asking, *listed]:
        if handle := _HANDLE.search(paragraph.text):
            return ConductContact("private", handle[0], paragraph.line)
    if words < _POINTER_WORDS:
        for link in _links(paragraphs):
            if not link.target.startswith("#") and not _PUBLIC.search(link.target):
                return ConductContact("outside" if "://" in link.target else "inside", link.target, link.line)
    for kind_found in kinds:
        if kind_found.kind == "public":
            return kind_found
    return ConductContact("none", "", asking[-1].line if asking else None)


def _address(paragraph: Prose) -> str:
    for sign, written in (("@", _MAIL), ("dot", _SPELLED_MAIL)):
        if sign not in paragraph.text.lower():
            continue
        for found in written.finditer(paragraph.text):
            if not _PLACEHOLDER.search(found[0]):
                return found[0]
    return ""


def _links(paragraphs: list[Prose]) -> Iterator[Link]:
    return (link for paragraph in paragraphs for link in paragraph.links if not link.image)


def _linked(link: Link) -> ConductContact:
    if "://" not in link.target:
        return ConductContact("none" if link.target.startswith("#") else "inside", link.target, link.line)
    if _PUBLIC.search(link.target):
        return ConductContact("public", link.target, link.line)
    return ConductContact("none" if _NO_CONTACT.search(link.target) else "private", link.target, link.line)
