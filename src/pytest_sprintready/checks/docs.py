"""SR1xx: the README, the guide, and the way from one to the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.checks._guide import home, kept_elsewhere, page, runnable
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.document import Block
from pytest_sprintready.reading.links import links
from pytest_sprintready.reading.phrases import mention, passages, prose_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.checks._guide import Sections
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.document import Link


@check(
    "SR101",
    "contributing-guide",
    Severity.REQUIRED,
    title="There is no guide for contributors",
    why="A guide is the first thing a newcomer looks for; without one the first hour goes on asking others.",
    fix="Add CONTRIBUTING.md with set-up, test command, pull-request path, where to find work and whom to ask.",
    source="GUIDANCE row 1; https://opensource.guide/starting-a-project/",
)
def contributing_guide(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept pages, sections that instruct, a link to a guide elsewhere, and one that the forge shows for all."""
    for fact in (facts.contributing, facts.contributing_inline, facts.contributing_url):
        if fact.value:
            yield from fact.evidence
            return
    if kept_elsewhere(facts, "contributing"):
        return
    yield Finding(
        "No file of this repository tells contributors how to work on it. (A guide that an organisation keeps for "
        "all its projects is not seen offline.)",
        fix="Add CONTRIBUTING.md"
        + (f"; begin it with the command that runs the tests: `{runnable(facts)}`." if runnable(facts) else "."),
    )


@check(
    "SR102",
    "readme-links-guide",
    Severity.REQUIRED,
    title="The README does not lead to the contributing guide",
    why="People arrive at the README; a guide nobody links to is found by those who know it exists.",
    fix="Add a section Contributing to the README with a link to the guide.",
    source="GUIDANCE row 2",
)
def readme_links_guide(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a link to the guide's file or site page, its name in the text, and instructions in the README itself."""
    readme = facts.readme.value
    if not readme:
        yield Finding("There is no README.", fix=f"Add README.md with a link to {home(facts)}.")
        return
    for section, place in zip(facts.contributing_inline.value, facts.contributing_inline.evidence, strict=False):
        if section.startswith(readme + "#"):
            yield place
            return
    pages = facts.contributing.value
    if not pages and not facts.contributing_url.value and not facts.contributing_inline.value:
        raise SkipCheck("there is no guide to link to yet (SR101)")
    way = _way_to_guide(facts, readme)
    if way:
        yield way
        return
    target = facts.contributing_url.value if not pages else pages[0]
    yield Finding(
        f"{readme} does not mention {target or 'the contributing guide'}.",
        Evidence(readme),
        fix=f"Add to {readme}: Contributions are welcome, see {target or home(facts)}.",
    )


def _way_to_guide(facts: Facts, readme: str) -> Evidence | None:
    from pytest_sprintready.facts import sites

    document = facts.document(readme)
    if document is None:
        raise SkipCheck(f"{readme} cannot be read")
    pages = set(facts.contributing.value)
    for link in links(document):
        if link.image or "badge" in link.target:
            continue
        if _calls_itself_guide(link) or sites.inside(facts, link.target, readme) in pages:
            return Evidence(readme, link.line)
    names = {path.rpartition("/")[2].lower() for path in pages} | {"contributing.md", "contributing.rst"}
    named = next(passages(page(facts, readme), *names), None)
    return named.place if named else None


def _calls_itself_guide(link: Link) -> bool:
    if re.search(r"/(issues|pulls?|graphs)\b|code[-_]of[-_]conduct", link.target, re.IGNORECASE):
        return False
    return bool(
        re.search(
            r"\bcontribut(e|ing|ion|ions)\b|\bcontributor'?s?'? (guide|doc)|\bdevelop(ment|ers?)\b.{0,4}( guide|.doc)"
            r"|\bhacking\b|\bget(ting)? involved\b",
            link.text,
            re.IGNORECASE,
        )
        or re.search(r"/(contribut(e|ing|ion)|develop|hacking|devguide)[\w-]*([/.#]|$)", link.target, re.IGNORECASE)
    )


@check(
    "SR103",
    "readme-introduces",
    Severity.RECOMMENDED,
    title="The README leaves a newcomer's first questions open",
    why="What is this, how do I start, where do I get help: people choose a project by these answers.",
    fix="Say in the README in a few sentences what the project is, how to start with it and where to ask.",
    source="GUIDANCE row 3; arXiv 1802.06997",
)
def readme_introduces(facts: Facts) -> Iterator[Finding | Evidence]:
    """Look for a sentence of introduction, a first step and a place to ask."""
    readme = facts.readme.value
    if not readme:
        raise SkipCheck("there is no README (SR102)")
    sections = page(facts, readme)
    if not sections:
        raise SkipCheck(f"{readme} holds no text to judge")
    missing = []
    if prose_words(sections) < 12:
        missing.append("what the project is")
    if not _shows_first_step(sections):
        missing.append("how to start")
    if not _shows_help(facts, sections):
        missing.append("where to get help")
    yield Evidence(readme, 1)
    if missing:
        yield Finding(
            f"{readme} does not say {' or '.join(missing)}.",
            Evidence(readme),
            fix=f"Add to {readme} a short paragraph for each: {', '.join(missing)}.",
        )


def _shows_first_step(sections: Sections) -> bool:
    if any(isinstance(item, Block) for _, section in sections for item in section.items):
        return True
    return bool(mention(sections, "install pip quick getting start usage example documentation docs tutorial run"))


def _shows_help(facts: Facts, sections: Sections) -> bool:
    readme = sections[0][0]
    if any(place.path == readme for place in facts.contact.evidence):
        return True
    return bool(
        mention(
            sections,
            "help question support discuss chat contact mailing forum slack discord gitter issues bug community ask "
            "feedback",
        )
    )
