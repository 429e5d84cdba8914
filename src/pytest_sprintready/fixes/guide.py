"""The guide for contributors: a new one, or what is missing in the one there is, in its own markup and place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.checks._guide import home, known
from pytest_sprintready.facts.guide import named_pages
from pytest_sprintready.fixes.markup import Manner, Piece, body, heading, is_rst, manner_of, render
from pytest_sprintready.fixes.model import Edit, Fix, LeftAlone
from pytest_sprintready.fixes.passages import SECTIONS, Topic
from pytest_sprintready.fixes.placing import (
    end_of,
    end_of_page,
    end_of_part,
    first_chapter,
    inserted,
    start_of,
    usual_blanks,
    usual_level,
)
from pytest_sprintready.fixes.readme import link_from_readme
from pytest_sprintready.fixes.registry import fixer
from pytest_sprintready.reading.prose import read_document

if TYPE_CHECKING:
    from pytest_sprintready.fixes.passages import Passage
    from pytest_sprintready.fixes.registry import Case
    from pytest_sprintready.reading.document import Document, Section

CODES = ("SR101", *dict.fromkeys(code for topic in SECTIONS for code in topic.codes))


@fixer(*CODES)
def write_guide(case: Case) -> Fix | LeftAlone | None:
    """Add what fails: a whole guide where there is none, else passages to the one there is."""
    if case.code == "SR101" or "SR101" in case.failing or _outgrows_readme(case):
        return _new_guide(case)
    return _passages(case)


_PASSAGES_A_README_HOLDS = 2


def _outgrows_readme(case: Case) -> bool:
    """Whether the only instructions are a section of the README, and more is missing than that can take up."""
    facts = case.facts
    elsewhere = known(facts.contributing_url, "")
    if known(facts.contributing, ()) or elsewhere or case.code not in _OF_EVERY_GUIDE:
        return False
    return len(case.failing.intersection(_OF_EVERY_GUIDE)) > _PASSAGES_A_README_HOLDS


_OF_EVERY_GUIDE = (
    "SR123", "SR112", "SR104", "SR105", "SR122", "SR121", "SR108", "SR110", "SR301", "SR109", "SR120", "SR114", "SR113",
)  # fmt: skip


# A new guide ----------------------------------------------------------------------------------------------------


def _new_guide(case: Case) -> Fix | LeftAlone:
    facts = case.facts
    left_out: list[str] = []
    chapters: list[Piece] = []
    for topic in SECTIONS:
        # What only some projects need is judged once this guide is there, and added then.
        passage = topic.write(case, frozenset(_OF_EVERY_GUIDE) & frozenset(topic.codes))
        left_out += passage.left_out
        if passage.parts:
            chapters.append(Piece(topic.title, passage.parts))
    titles = [chapter.title for chapter in chapters]
    if "Run the tests" not in titles:
        return LeftAlone(case.code, "no file tells how the tests are run, and a guide without that helps nobody")
    edit = _added_to_stub(case, chapters) or _new_page(case, chapters)
    edits = [edit]
    if case.code != "SR101" and (link := link_from_readme(facts, edit.path)):
        edits.append(link)
    return Fix(case.code, f"write {edit.path}: {', '.join(titles).lower()}", tuple(edits), left_out=tuple(left_out))


_STANDARD_NAME = re.compile(r"(\.github/|\.gitlab/|docs?/)?contributing\.(md|markdown|rst)", re.IGNORECASE)


def _added_to_stub(case: Case, chapters: list[Piece]) -> Edit | None:
    """Return the chapters added to a page that has the name of a guide and says next to nothing; None without one."""
    path = next((page.path for page in named_pages(case.facts) if _STANDARD_NAME.fullmatch(page.path)), "")
    if not path or not case.facts.snapshot.has(path):
        return None
    text = case.facts.snapshot.read(path)
    document, lines = read_document(path, text), text.split("\n")
    level = usual_level(document)
    new = render(chapters, level, manner_of(document, text, rst=is_rst(path) is True))
    return Edit(path, text, inserted(text, end_of_page(document, lines, level), new, usual_blanks(document, lines)))


def _new_page(case: Case, chapters: list[Piece]) -> Edit:
    """Return a new guide beside the README, in its markup."""
    facts = case.facts
    rst = is_rst(known(facts.readme, "")) is True
    manner = Manner()
    if rst:
        manner = Manner(rst=True, language="console", prompt="$ ", marks=((1, "=", False), (2, "-", False)))
    name = facts.project.raw_name or (facts.readme.value and _title(facts.document(facts.readme.value)))
    lines = heading(f"Contributing to {name}" if name else "Contributing", 1, manner)
    lines += ["", "Thank you for helping. This page leads from a fresh clone to your first change.", ""]
    lines += render(chapters, 2, manner)
    return Edit("CONTRIBUTING.rst" if rst else "CONTRIBUTING.md", None, "\n".join(lines) + "\n")


def _title(document: Document | None) -> str:
    if document is None:
        return ""
    title = next((section.title for section in document.sections if section.level == 1), "")
    return title if re.fullmatch(r"[\w .+-]{1,40}", title) else ""


# What is missing in a guide there is ----------------------------------------------------------------------------


def _passages(case: Case) -> Fix | LeftAlone | None:
    facts = case.facts
    topic_of = {code: topic for topic in SECTIONS for code in topic.codes}
    safe = topic_of[case.code].safe(case.code, case)
    together = {code: case.unsafe or topic.safe(code, case) == safe for code, topic in topic_of.items()}
    page = home(facts)
    if not facts.snapshot.has(page):
        return LeftAlone(case.code, "there is no guide to write it into")
    texts: dict[str, str] = {}
    settled: list[str] = []
    left_out: list[str] = []
    asks: list[str] = []
    for topic in SECTIONS:
        codes = frozenset(code for code in topic.codes if code in case.failing and together[code])
        if not codes:
            continue
        passage = topic.write(case, codes)
        left_out += passage.left_out
        asks += passage.asks
        if not passage.parts:
            continue
        target = topic.page(case, codes) or page
        if is_rst(target) is None or _is_foreign(case, target):
            target = page
        if is_rst(target) is None:
            continue
        text = texts.get(target) or facts.snapshot.read(target)
        texts[target] = _with_passage(case, topic, target, text, passage)
        settled += [code for code in topic.codes if code in codes and code not in passage.unmet]
    if case.code not in settled:
        topic = topic_of[case.code]
        passage = topic.write(case, frozenset([case.code]))
        paste = "\n".join(body(passage.parts, Manner())) if passage.parts else ""
        reason = "; ".join(passage.left_out) or (
            f"{page} is neither Markdown nor reStructuredText"
            if paste
            else "what is true cannot be known from the files"
        )
        return LeftAlone(case.code, reason, paste, passage.asks)
    edits = tuple(Edit(path, facts.snapshot.read(path), text) for path, text in texts.items())
    also = tuple(code for code in settled if code != case.code)
    safe = all(topic_of[code].safe(code, case) for code in settled)
    what = ", ".join(dict.fromkeys(topic_of[code].subject(code) for code in settled))
    return Fix(case.code, f"add to {' and '.join(texts)}: {what}", edits, safe, also, tuple(left_out), tuple(asks))


def _is_foreign(case: Case, page: str) -> bool:
    return not case.facts.snapshot.has(page)


def _with_passage(case: Case, topic: Topic, path: str, text: str, passage: Passage) -> str:
    """Return the page with the passage at the end of the section it belongs to, or as a new section."""
    parts, title = passage.parts, topic.title_for(case.failing - frozenset(passage.unmet))
    document = read_document(path, text)
    lines = text.split("\n")
    manner = manner_of(document, text, rst=is_rst(path) is True)
    section = topic.section(case, document)
    if section is not None:
        return inserted(text, end_of(document, lines, section), body(parts, manner))
    blanks = usual_blanks(document, lines)
    inline = _inline_head(case, document)
    if inline is not None:
        new = render([Piece(title, parts)], inline.level + 1, manner)
        return inserted(text, end_of_part(document, lines, inline), new, blanks)
    level = usual_level(document)
    new = render([Piece(title, parts)], level, manner)
    after, before = topic.neighbours(document, level)
    if after is not None:
        index: int | None = end_of_part(document, lines, after)
    elif before is not None:
        index = start_of(lines, before)
    else:
        index = first_chapter(document, lines, level) if topic.first and title != "What the tests need" else None
    return inserted(text, end_of_page(document, lines, level) if index is None else index, new, blanks)


def _inline_head(case: Case, document: Document) -> Section | None:
    """Return the section for contributors of a page that is no guide as a whole (a README)."""
    heads = [each.partition("#") for each in known(case.facts.contributing_inline, ())]
    slug = next((anchor for page, _, anchor in heads if page == document.path), None)
    if slug is None or document.path in known(case.facts.contributing, ()):
        return None
    found = next((section for section in document.sections if section.slug == slug), None)
    return found if found is not None and found.level else None
