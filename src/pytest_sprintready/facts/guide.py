"""Where the repository speaks to contributors: the README, the guide (however deep), sections of other files.

A guide is found by its name, by a link that calls itself one, and by following pages that only point on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts import sites
from pytest_sprintready.facts.files import DOCUMENT, TRANSLATED, document_files, stem
from pytest_sprintready.facts.instructions import in_document, in_section
from pytest_sprintready.facts.once import once
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.document import Block, Prose
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.document import Document, Link, Section

# File names of a contributors' guide, without number prefix and extension.
_GUIDE_NAME = pattern(
    r"""(how[-_ ]?to[-_ ]?)? contribut(e|ing|ion|ions|or|ors)
            ([-_ .](guide|guidelines?|docs?|code|to[-_ ].*|quickstart))?
      | contributors?[-_ ]guide | new[-_]contributors?.* | hacking
      | develop(ing|ment|er|ers)? ([-_ ](guide|setup|environment|installation|install))?
      | dev[-_ ]?(guide|setup|install|env|environment|contributing) | devel | getting[-_]started[-_]dev.*""",
    re.IGNORECASE | re.VERBOSE,
)
_STANDARD_NAME = pattern(r"(\.github/|\.gitlab/|docs?/)?contributing(\.\w+)?$", re.IGNORECASE)
_GUIDE_FOLDER = pattern(
    r"""(how[-_]?to[-_]?)? contribut(e|ing|ion|ions|or|ors) ([-_]?guide)?
      | develop(ment|er|ers|ing)? ([-_]?guide)? | dev[-_]?guide | dev | devel""",
    re.IGNORECASE | re.VERBOSE,
)
# Pages beside the guide that are for maintainers or about a side topic.
_SIDE_TOPIC = pattern(
    r"""releas | maintain | govern | roadmap | triage | vendoring | architect | admin | core[-_]?dev | conduct | history
      | changelog | security | acknowledg | style | translat | localiz | localis | team | faq | polic | deprecat
      | backport | benchmark | fuzz | profil | ci$ | agents? | plugins? | extensions?""",
    re.IGNORECASE | re.VERBOSE,
)
# Section titles in other files that address contributors.
CONTRIBUTOR_TITLE = pattern(
    r"""\b( contribut\w* | develop(ment|ing|ers?) | hacking | tests? | testing | test\ suite | unit\ tests
          | (running|run)\ (the\ |all\ )?(unit[- ]?)?(tests?|test\ suite|specs)
          | local\ (set-?up|installation|environment) | building\ from\ source | from\ source
          | build\ instructions | dev\ (set-?up|environment|install\w*) )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_CONTRIBUTOR_TITLE = pattern(
    r"""\b( contributors | (your|an?|with|in|of)\ (own\ )?(app|application|project|code|plugin|extension)s? | deployment
          | status | tested | sponsor | acknowledg | credits | release | developed | (development|latest|dev)\ version
          | test\ (client|case|coverage|data|results?|fixtures?) | roadmap )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_POINTER = pattern(r"contribut|develop|hacking|guide", re.IGNORECASE)
_NO_GUIDE_LINK = pattern(r"code[-_ ]of[-_ ]conduct|/(issues|pulls?|discussions|graphs)\b", re.IGNORECASE)
_GUIDE_LINK = pattern(
    r"""contribut(e|ing|ion|ions|or'?s?)\b | dev\ guide | hacking
      | (development|developers?'?)\ (guide|documentation|docs)""",
    re.IGNORECASE | re.VERBOSE,
)
_TEST_PAGE = pattern(
    r"""(^|/)tests?/readme\.\w+$
      | (^|/)(running|launching)?[-_]?(the[-_])?(unit[-_]?)?test(s|ing|[-_]suite)?\.(md|rst|txt)$""",
    re.IGNORECASE | re.VERBOSE,
)
# How much a command says that a page instructs contributors.
_WEIGHTS = {"test": 5, "setup": 3, "test-part": 2, "lint": 1, "git": 1, "docs": 1}


class Page(NamedTuple):
    """A file that may be a guide: how much it instructs, and where it points."""

    path: str
    document: Document
    instructions: int
    words: int
    points_on: bool = False

    @property
    def is_stub(self) -> bool:
        """A page that says next to nothing itself and points on."""
        return self.instructions == 0 and (self.words < 40 or (self.words < 120 and self.points_on))


def readme(facts: Facts) -> Fact[str]:
    """The README a forge shows: .github, then the root, then docs the first that exists."""
    for folder in ("", ".github", "docs"):
        names = [name for name in facts.snapshot.folder(folder) if re.fullmatch(r"readme(\.\w+)?", name, re.IGNORECASE)]
        names.sort(key=lambda name: (_extension_rank(name), name))
        if names:
            path = f"{folder}/{names[0]}" if folder else names[0]
            return Fact(path, [Evidence(path)])
    return Fact("")


def _extension_rank(name: str) -> int:
    order = (".md", ".rst", ".markdown", ".txt", "")
    extension = "." + name.rpartition(".")[2].lower() if "." in name else ""
    return order.index(extension) if extension in order else len(order)


def contributing(facts: Facts) -> Fact[tuple[str, ...]]:
    """The guide's pages: the most instructive first, then files of the standard name, links to them included."""
    paths = [page.path for page in guide_pages(facts)]
    links = [path for path in _candidates(facts) if path not in paths and facts.snapshot.resolve(path) in paths]
    return Fact((*paths, *links), [Evidence(path) for path in (*paths, *links)])


def contributing_url(facts: Facts) -> Fact[str]:
    """The address of a guide outside the repository, where no page inside instructs."""
    if any(not page.is_stub for page in guide_pages(facts)):
        return Fact("")
    for path in [*(page.path for page in named_pages(facts)), facts.readme.value]:
        document = facts.document(path) if path else None
        if document is None:
            continue
        for link in _guide_links(document, whole_page=path != facts.readme.value):
            if link.target.startswith(("http://", "https://")) and not sites.inside(facts, link.target, path):
                return Fact(link.target, [Evidence(path, link.line)])
    return Fact("")


def _guide_links(document: Document, *, whole_page: bool) -> Iterator[Link]:
    for section in document.sections:
        for item in section.items:
            if not isinstance(item, Prose):
                continue
            for link in item.links:
                if link.image or _NO_GUIDE_LINK.search(link.target + link.text):
                    continue
                tail = link.target.split("#")[0].rstrip("/").rpartition("/")[2]
                if (
                    _GUIDE_LINK.search(link.text)
                    or _GUIDE_NAME.fullmatch(stem(tail))
                    or (whole_page and (_POINTER.search(link.target) or _TEST_PAGE.search(link.target)))
                ):
                    yield link


@once
def named_pages(facts: Facts) -> tuple[Page, ...]:
    """Pages that look like a guide by their name or folder, unranked."""
    return tuple(_named_pages(facts))


def _named_pages(facts: Facts) -> Iterator[Page]:
    seen: set[str] = set()
    for path in _candidates(facts):
        real = facts.snapshot.resolve(path) or path  # a link is another name of the page, not another page
        document = facts.document(real) if real not in seen else None
        seen.add(real)
        if document is not None and (_GUIDE_NAME.fullmatch(stem(real)) or not _is_about_readers_project(document)):
            yield page(facts, real, document)


# What a handbook for users says again and again; a contributor has a fork, a branch, an environment, changes.
_READERS_PROJECT = pattern(
    r"\byour (own )?(\w+ )?(project|application|app|pipeline|plugin|extension)s?\b|<project_root>", re.IGNORECASE
)


def _is_about_readers_project(document: Document) -> bool:
    """Whether a page in a folder like "develop" teaches to develop with the product, not the product itself."""
    return sum(len(_READERS_PROJECT.findall(item.text)) for item in _prose(document)) >= 2


def _candidates(facts: Facts) -> list[str]:
    found = []
    for path in document_files(facts):
        folder, _, name = path.rpartition("/")
        in_guide_folder = any(_GUIDE_FOLDER.fullmatch(stem(part)) for part in folder.split("/")[1:])
        if (not _lists_people(name) and _GUIDE_NAME.fullmatch(stem(name))) or (
            in_guide_folder and not _SIDE_TOPIC.search(stem(name))
        ):
            found.append(path)
    return sorted(found, key=lambda path: (path.count("/"), path))


def _lists_people(path: str) -> bool:
    return stem(path).lower() == "contributors"


def page(facts: Facts, path: str, document: Document) -> Page:
    """Weigh a document: how many commands for contributors it holds, how many words it says."""
    weight = sum(_WEIGHTS.get(found.purpose, 0) for found in in_document(facts, document))
    words = sum(len(item.text.split()) for item in _prose(document) if item.kind != "comment")
    return Page(path, document, weight, words)


def _prose(document: Document) -> Iterator[Prose]:
    return (item for section in document.sections for item in section.items if isinstance(item, Prose))


@once
def guide_pages(facts: Facts) -> tuple[Page, ...]:
    """The pages of the guide in their order: the main one, then those of the standard name and other real ones."""
    return tuple(_guide_pages(facts))


def _guide_pages(facts: Facts) -> list[Page]:
    known = {found.path: found for found in named_pages(facts)}
    pointed: dict[str, int] = {}
    for path in _follow(facts, [*known, facts.readme.value]):
        pointed[path] = pointed.get(path, 0) + 1
        if path not in known and (document := facts.document(path)) is not None:
            known[path] = page(facts, path, document)
    real = [found for found in known.values() if not found.is_stub and not _SIDE_TOPIC.search(stem(found.path))]
    if not real:
        return []

    def weight(found: Page) -> tuple[int, ...]:
        named = bool(re.search("contribut", stem(found.path) + found.path, re.IGNORECASE))
        return (min(found.instructions, 30) + 6 * named + 4 * (found.path in pointed), found.words)

    main = max(real, key=weight)
    others = [
        found
        for found in known.values()
        if found.path != main.path
        and (
            (_STANDARD_NAME.fullmatch(found.path) and not (found.is_stub and found.path.startswith("doc")))
            or (
                found in real
                and _GUIDE_NAME.fullmatch(stem(found.path))
                and re.match("contribut", stem(found.path), re.IGNORECASE)
            )
        )
    ]
    listed = _chapters(facts, [found for found in known.values() if found.path in pointed or found in [main, *others]])
    further = [
        found
        for found in real
        if found not in [main, *others] and (_continues(main, found) or (found.path in listed and found.instructions))
    ]
    return [main, *others, *further]


_FIRST_STEPS = pattern(r"getting[-_]?started|set[-_]?up|environment|workflow|first[-_]steps|docs|documentation")


def _chapters(facts: Facts, pages: Iterable[Page]) -> set[str]:
    """The first steps that a page lists which is called a guide and shows no command itself."""
    return {
        sites.inside(facts, target, found.path)
        for found in pages
        if found.instructions == 0 and _GUIDE_NAME.fullmatch(stem(found.path))
        for target in _table_of_contents(found.document)
        if _FIRST_STEPS.search(stem(target).lower())
    }


def _continues(main: Page, other: Page) -> bool:
    """Whether a page is a further chapter of the guide: in its folder, or about the tests."""
    folder = main.path.rpartition("/")[0]
    while folder and not _GUIDE_FOLDER.fullmatch(stem(folder)):
        folder = folder.rpartition("/")[0]
    inside = bool(folder) and other.path.startswith(folder + "/")
    deeper = other.path.count("/") > main.path.count("/")
    inside = inside and not _SIDE_TOPIC.search(other.path[len(folder) :])
    return bool(
        (inside and other.instructions >= (5 if deeper else 1))
        or (_TEST_PAGE.search(other.path) and other.instructions)
    )


def _follow(facts: Facts, start: Iterable[str]) -> list[str]:
    """Pages inside the repository that the given ones lead to as "the guide", through at most three pages."""
    reached: list[str] = []
    frontier = [path for path in start if path]
    for _ in range(3):
        following = []
        for path in frontier:
            document = facts.document(path)
            if document is None:
                continue
            whole = path != facts.readme.value
            targets = [link.target for link in _guide_links(document, whole_page=whole)]
            if whole:
                targets += [name for name, _ in document.includes]
                targets += _table_of_contents(document)
            for target in targets:
                inside = sites.inside(facts, target, path)
                if inside and inside != path and DOCUMENT.search(inside) and not TRANSLATED.search(inside):
                    following += [inside] if not _lists_people(inside) else []
        frontier = [path for path in dict.fromkeys(following) if path not in reached]
        reached += frontier
    return reached


def _table_of_contents(document: Document) -> list[str]:
    """Targets of links that stand alone in their line: the entries of a toctree or of a list of pages."""
    return [
        link.target
        for section in document.sections
        for item in section.items
        if isinstance(item, Prose)
        for link in item.links
        if "://" not in link.target
        and not _SIDE_TOPIC.search(stem(link.target))
        and len(item.text) <= len(link.text) + len(link.target) + 12
    ]


def contributing_inline(facts: Facts) -> Fact[tuple[str, ...]]:
    """Sections of other files with real instructions."""
    heads: dict[str, Evidence] = {}
    for path, section in inline_sections(facts):
        head = _head(facts, path, section)
        heads.setdefault(f"{path}#{head.slug}", Evidence(path, head.line))
    return Fact(tuple(heads), heads.values())


def _head(facts: Facts, path: str, section: Section) -> Section:
    """The part of the document a section belongs to: its ancestor right below the document's title."""
    document = facts.document(path)
    above = [each for each in document.sections if each.line <= section.line] if document else []
    level = min((each.level for each in above if each.level), default=1)
    top = [each for each in above if each.level == level]
    wanted = level if len(top) > 1 or len(section.trail) == 0 else level + 1
    return next((each for each in reversed(above) if each.level <= wanted), section)


@once
def inline_sections(facts: Facts) -> tuple[tuple[str, Section], ...]:
    """Sections outside the guide that tell a contributor what to type."""
    return tuple(_inline_sections(facts))


def _inline_sections(facts: Facts) -> Iterator[tuple[str, Section]]:
    guide = {page.path for page in guide_pages(facts)}
    guide |= {facts.snapshot.resolve(path) for path in guide}
    for path in _inline_files(facts):
        document = facts.document(path)
        if document is None or path in guide or facts.snapshot.resolve(path) in guide:
            continue
        whole = _is_about_own_tests(facts, document)
        if not whole and path not in {facts.readme.value, facts.pr_template.value} and "/" in path:
            continue
        for section in document.sections:
            # The document's own title is the product's name, which may speak of tests.
            titles = (section.title, *(title for title in section.trail if title != _title(document)))
            if section.level == 1 and section.title == _title(document):
                titles = ()
            if not whole and not any(
                CONTRIBUTOR_TITLE.search(title) and not _NOT_CONTRIBUTOR_TITLE.search(title) for title in titles
            ):
                continue
            purposes = {found.purpose for found in in_section(facts, path, section)}
            in_readme = path == facts.readme.value
            if purposes & {"test", "setup", "test-part", "lint"} or ((in_readme or not guide) and _instructs(section)):
                yield path, section


def _title(document: Document) -> str:
    """The title of a document that has one heading of the first level, "" of others."""
    highest = [section.title for section in document.sections if section.level == 1]
    return highest[0] if len(highest) == 1 else ""


_OWN_PAGE = pattern(
    r"(install(ation|ing)?|building|build|testing|tests|readme[-_.](unit)?-?tests?(ing)?)\.(md|rst|txt)", re.IGNORECASE
)


def _inline_files(facts: Facts) -> list[str]:
    names = [facts.readme.value]
    names += [name for name in facts.snapshot.folder("") if _OWN_PAGE.fullmatch(name)]
    if not guide_pages(facts):
        names += [
            path
            for path in document_files(facts)
            if re.fullmatch(r"(running[-_])?(tests?|testing)", stem(path), re.IGNORECASE)
        ]
        names.append(facts.pr_template.value)
    return [name for name in dict.fromkeys(names) if name]


def _is_about_own_tests(facts: Facts, document: Document) -> bool:
    """Whether a page named "testing" is a short list of commands, not a chapter on testing the reader's own code."""
    if document.path in {facts.readme.value, facts.pr_template.value} or "/" not in document.path:
        return False
    languages = {block.language for section in document.sections for block in blocks(section)}
    words = sum(len(item.text.split()) for item in _prose(document))
    is_short = words < 200 and languages.isdisjoint({"python", "py", "pycon", "python3"})
    return is_short and any(found.purpose == "test" for found in in_document(facts, document))


def around_inline_sections(facts: Facts) -> Iterator[tuple[str, Section]]:
    """The sections beside inline ones: those of the same part of the document, in reading order."""
    heads = {(path, _head(facts, path, section).line) for path, section in inline_sections(facts)}
    for path in dict.fromkeys(path for path, _ in inline_sections(facts)):
        document = facts.document(path)
        for section in document.sections if document else ():
            if (path, _head(facts, path, section).line) in heads:
                yield path, section


def _instructs(section: Section) -> bool:
    """Whether a section without commands still tells how to hand in a change."""
    text = " ".join(item.text for item in section.items if isinstance(item, Prose))
    words = ("fork", "branch", "pull request", "merge request", "commit", "issue", "patch", "test")
    return len(text.split()) > 40 and sum(word in text.lower() for word in words) >= 3


def sections(facts: Facts) -> tuple[tuple[str, Section], ...]:
    """All sections that address contributors, in reading order: the guide's pages, then inline sections."""
    own = [(page.path, section) for page in guide_pages(facts) for section in page.document.sections]
    return (*own, *inline_sections(facts))


def blocks(section: Section) -> Iterator[Block]:
    """The literal blocks of a section."""
    return (item for item in section.items if isinstance(item, Block))
