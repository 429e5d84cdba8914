"""SR1xx: links, pages that point elsewhere, and copies of the guide."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.checks._guide import files_in, page
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.links import has_anchor, links, local_link
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.phrases import mention, prose_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.facts.instructions import Documented
    from pytest_sprintready.reading.document import Document
    from pytest_sprintready.reading.links import LocalLink

STANDARD_GUIDE = pattern(r"(\.github/|\.gitlab/|docs?/)?contributing(\.\w+)?", re.IGNORECASE)
_MOST_DEAD_LINKS = 30  # a screenful; more are of one cause


@check(
    "SR116",
    "links-resolve",
    Severity.RECOMMENDED,
    title="A link in the README or guide leads nowhere",
    why="A dead end on the first page makes the rest look abandoned.",
    fix="Correct the link, or remove it. Only links to files and headings of this repository are judged here.",
    source="GUIDANCE row 16",
)
def links_resolve(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge what must be a file or heading of this repository; leave alone what a site or forge may provide."""
    pages = [path for path in dict.fromkeys((facts.readme.value, *facts.contributing.value)) if path]
    dead = 0
    for path in pages:
        document = facts.document(path)
        if document is None:
            continue
        site = _is_rendered_elsewhere(facts, path)
        if site and _site_adds_pages(facts):
            continue
        yield Evidence(path)
        for link in links(document):
            local = local_link(link, path, site=site)
            if local and (problem := _problem(facts, document, local)):
                dead += 1
                yield Finding(
                    f'{path} links to "{link.target}", but {problem[0]}.', Evidence(path, link.line), fix=problem[1]
                )
            if dead == _MOST_DEAD_LINKS:
                return
    if not pages:
        raise SkipCheck("there is neither a README nor a guide")


def _problem(facts: Facts, document: Document, local: LocalLink) -> tuple[str, str] | None:
    """Return what is wrong with a link and what to do, None where nothing is."""
    path = local.path
    if path and not facts.snapshot.has(path) and not facts.snapshot.is_folder(path):
        if any(path.startswith(module + "/") for module in _submodules(facts)):
            return None
        alike = [other for other in facts.snapshot.files if other.lower() == path.lower()]
        alike = alike or [other for other in facts.snapshot.files if other.endswith("/" + path.rpartition("/")[2])]
        if len(alike) == 1:
            return f"there is no {path}; there is {alike[0]}", f"Link to {alike[0]}."
        if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", local.link.target):
            return "that is an address without `mailto:` in front", f"Write mailto:{local.link.target}."
        return f"there is no {path}", "Correct the target or remove the link."
    markdown = (path or document.path).lower().endswith((".md", ".markdown"))
    target = facts.document(path or document.path) if local.anchor and markdown else None
    if target is None or target.includes or re.fullmatch(r"L\d+.*", local.anchor):
        return None
    if path and _is_rendered_elsewhere(facts, path):
        return None
    if has_anchor(target, facts.text(target.path) or "", local.anchor):
        return None
    return f'{target.path} has no heading "{local.anchor}"', f"Name the anchor of a heading that {target.path} has."


def _is_rendered_elsewhere(facts: Facts, path: str) -> bool:
    """Whether a page is part of a site, or shown at another place than its own."""
    top = path.partition("/")[0].lower()
    resolved = facts.snapshot.resolve(path)
    return top in {"docs", "doc", "documentation", "mkdocs", "website", "site"} or (bool(resolved) and resolved != path)


def _site_adds_pages(facts: Facts) -> bool:
    return any(
        re.search(
            r"gen-files|gen_pages|literate-nav|monorepo|^hooks:|multirepo|macros", facts.text(name) or "", re.MULTILINE
        )
        for name in ("mkdocs.yml", "mkdocs.yaml")
    )


def _submodules(facts: Facts) -> list[str]:
    return re.findall(r"^[ \t]*path[ \t]*=[ \t]*(\S+)", facts.text(".gitmodules") or "", re.MULTILINE)


@check(
    "SR117",
    "guide-pointer",
    Severity.RECOMMENDED,
    title="A page that sends contributors elsewhere does not say where",
    why="The forge shows this page to everyone who opens an issue or pull request.",
    fix="Link to the real guide, or put the guide here.",
    source="GUIDANCE row 2",
)
def guide_pointer(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge short pages of the standard name that only point on."""
    instructing = {documented.command.path for documented in facts.documented}
    judged = False
    for path in files_in(facts, "", ".github", ".gitlab", "docs", "doc"):
        if not STANDARD_GUIDE.fullmatch(path) or path in instructing:
            continue
        document = facts.document(path)
        sections = page(facts, path)
        if document is None or prose_words(sections) >= 120 or facts.snapshot.resolve(path) not in {path, "", None}:
            continue
        judged = True
        if _points_somewhere(facts, document):
            yield Evidence(path)
        else:
            yield Finding(
                f"{path} holds next to nothing, and no link to a guide that is there.",
                Evidence(path, 1),
                fix=_pointer_fix(facts, path),
            )
    if not judged:
        raise SkipCheck("no page only points to another")


def _points_somewhere(facts: Facts, document: Document) -> bool:
    sections = page(facts, document.path)
    local = []
    for link in links(document):
        found = local_link(link, document.path, site=False)
        if found is None or not found.path or facts.snapshot.has(found.path) or facts.snapshot.is_folder(found.path):
            return True
        local.append(found)
    if document.includes:
        return True
    if not local and mention(sections, "http:// https:// .md .rst @"):
        return True
    says_it_all = prose_words(sections) >= 15 and not mention(
        sections, "see read refer visit moved guide documentation", r"\b(see|read|refer|visit|moved|consult)\b"
    )
    return says_it_all and not local


def _pointer_fix(facts: Facts, path: str) -> str:
    real = next((other for other in facts.contributing.value if other != path), "") or facts.contributing_url.value
    return f"Link from {path} to {real}." if real else f"Write the guide into {path}, or link to where it is."


@check(
    "SR125",
    "guide-copies-agree",
    Severity.RECOMMENDED,
    title="Two copies of the guide name different commands",
    why="Which one a newcomer meets depends on where they clicked; one of them is out of date.",
    fix="Keep one guide and let the other page link to it.",
    source="GUIDANCE rows 5 and 6",
)
def guide_copies_agree(facts: Facts) -> Iterator[Finding | Evidence]:
    """Compare set-up and test commands of guide pages that carry the same standard name."""
    paths = [path for path in facts.contributing.value if STANDARD_GUIDE.fullmatch(path)]
    commands = {path: [found for found in facts.documented if found.command.path == path] for path in paths}
    instructing = [path for path in paths if commands[path]]
    if len(instructing) < 2:
        raise SkipCheck("there are no two copies of the guide")
    first, *others = instructing
    for other in others:
        yield Evidence(other)
        for purpose, what in (("test", "run the tests"), ("setup", "set up")):
            here = [found for found in commands[first] if found.purpose == purpose]
            there = [found for found in commands[other] if found.purpose == purpose]
            if here and there and not _texts(here) & _texts(there):
                yield Finding(
                    f"To {what}, {here[0].place} says `{here[0].command}` and {there[0].place} says "
                    f"`{there[0].command}`.",
                    there[0].place,
                    fix=f"Let {other} link to {first}, or correct the one that is out of date.",
                )


def _texts(documented: Iterable[Documented]) -> set[str]:
    return {" ".join(found.command.text.split()) for found in documented}
