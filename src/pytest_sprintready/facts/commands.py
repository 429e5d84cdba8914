"""What the contributor documents tell people to type, and what for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts import guide, purpose
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.document import Block, Prose
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.shell import is_windows_only, read_block, read_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.command import Command
    from pytest_sprintready.reading.document import Document, Section


class Documented(NamedTuple):
    """A command a document tells people to type. `lead` is the text before it; `inline` tells a span from a block."""

    command: Command
    purpose: str
    section: Section
    lead: str = ""
    tab: str = ""
    inline: bool = False

    @property
    def place(self) -> Evidence:
        """Where it is written."""
        return Evidence(self.command.path, self.command.line)


# A span is an instruction where the words before it in the sentence say so, or where a list item begins with it.
_INSTRUCTS = pattern(
    r"\b(run|runs|running|rerun|execute[sd]?|executing|type|typing|use|using|invok\w+|call(ing)?|via|enter|issue|launch|start|commands?|by"
    r"|install(ed|ing)?|do|doing|make sure|ensure|with|through|then|try|can|or)\b[^.!?]*$",
    re.IGNORECASE,
)
# A program's bare name is as often the subject of a sentence: it needs the verb right before it.
_RUNS_BARE = pattern(
    r"\b(run|running|rerun|execute|executing|type|typing|invok(e|ing)|call(ing)?|do|issue)(\s+(the|all|full|entire|complete|whole|our|your|it|them"
    r"|unit|local|tests?|suite|test suite|checks?|command|following|with|by|using|simply|just|via|on|of|in|from|against|locally|again|then|command line|:))*\s*:?\s*$",
    re.IGNORECASE,
)
_DENIES = pattern(r"\b(don'?t|do not|never|instead of|rather than|no need|not|previously|used to|equivalent to|similar to|same as|avoid|without|like|unlike|called by)\s*(?:\w+\s){0,3}$", re.IGNORECASE)  # fmt: skip
_OTHER_SUBJECT = pattern(r"\b(documentation|docs|website|translat\w+|release|releasing|publish\w*|benchmark\w*|changelog|deploy\w*|profil\w+|vendor\w*|i18n|logo|examples?|demo|sample)\b", re.IGNORECASE)  # fmt: skip
_ALTERNATIVE = pattern(r"\b(alternativ\w+|instead|or\b.{0,30}:?$|if you (prefer|like|use|want|are using|would rather)|otherwise|optional\w*|also (be )?(install|use)|on windows|for windows|windows users|conda users|using (conda|docker|nix|pixi|uv|poetry|hatch))", re.IGNORECASE)  # fmt: skip
_SETUP_TITLE = pattern(
    r"set(ting)?[- ]?up|install|environment|getting started|start|prepar|pre-?commit|hooks?\b|building|long version|steps|quick",
    re.IGNORECASE,
)
_WINDOWS = pattern(r"\bwindows\b|powershell|cmd\.exe", re.IGNORECASE)


def in_document(facts: Facts, document: Document) -> tuple[Documented, ...]:
    """Every command a document holds."""
    cache: dict[str, tuple[Documented, ...]] = facts.__dict__.setdefault("_commands_of_documents", {})
    if document.path not in cache:
        cache[document.path] = tuple(
            found for section in document.sections for found in in_section(facts, document.path, section)
        )
    return cache[document.path]


def in_section(facts: Facts, path: str, section: Section) -> list[Documented]:
    """Every command a section holds, blocks and spans in reading order."""
    world = facts.world
    found: list[Documented] = []
    lead = section.title
    for item in section.items:
        if isinstance(item, Block):
            for command in read_block(item.text, path, item.line, item.language):
                found.append(Documented(command, purpose.purpose_of(command, world), section, lead, item.tab))
        else:
            for command in _in_prose(item, path):
                found.append(
                    Documented(command, purpose.purpose_of(command, world), section, item.text, item.tab, inline=True)
                )
            lead = item.text
    return found


def _in_prose(prose: Prose, path: str) -> Iterator[Command]:
    text = prose.text
    position = 0
    previous = False
    for code in prose.codes:
        start = max(text.find("`" + code.text, position), text.find("`` " + code.text, position))
        if start < 0:
            start = max(text.find(code.text, position), position)
        before = re.split(r"(?<=[.!?])\s", text[position:start].replace("`", ""))[-1]
        whole = re.split(r"(?<=[.!?])\s", text[:start].replace("`", ""))[-1]
        position = start + len(code.text)
        command = read_span(code.text, path, code.line)
        if command is None:
            previous = False
            continue
        starts_item = prose.kind in {"item", "comment"} and re.fullmatch(r"[\s*_>\[\]xX#.()\d+-]*", whole) is not None
        alone = re.fullmatch(r"[\s`]*", text.replace(code.text, "", 1).replace("`", "")) is not None
        joined = previous and re.fullmatch(r"[\s,]*(and|or|then|&|,|\*\*OR\*\*|/)?[^.]{0,60}", before) is not None
        told = _RUNS_BARE if " " not in command.text and "/" not in command.text else _INSTRUCTS
        if not _DENIES.search(whole) and (starts_item or alone or joined or told.search(whole)):
            previous = True
            yield command
        else:
            previous = False


def documented(facts: Facts) -> tuple[Documented, ...]:
    """All commands of the contributor documents in reading order."""
    return tuple(found for path, section in guide.sections(facts) for found in in_section(facts, path, section))


def _all(facts: Facts) -> Iterator[Documented]:
    yield from facts.documented
    for path in _further_pages(facts):
        document = facts.document(path)
        if document is not None:
            yield from in_document(facts, document)


def _further_pages(facts: Facts) -> list[str]:
    """Pages that are no guide but may name the test command: templates, instructions for agents."""
    pages = [*facts.issue_templates.value, facts.pr_template.value, facts.ai_agents_doc.value]
    return [path for path in pages if path and path.endswith((".md", ".rst", ".txt"))]


def test_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """Documented commands that run the whole suite, the leading one first."""
    found = _unique(each for each in _all(facts) if each.purpose == "test" and not is_windows_only(each.command))
    return _fact(found)


def primary_test_command(facts: Facts) -> Fact[str]:
    """The whole-suite command the documents lead with: on the main page, a block before a mention."""
    found = primary(facts)
    return Fact(found.command.text, [found.place]) if found else Fact("")


def primary(facts: Facts) -> Documented | None:
    """The documented command behind `primary_test_command`."""
    candidates = [each for each in _all(facts) if each.purpose == "test" and not is_windows_only(each.command)]
    return min(candidates, key=lambda each: _rank(facts, each), default=None)


def _rank(facts: Facts, each: Documented) -> tuple[int, ...]:
    in_guide = {path: position for position, (path, _) in reversed(list(enumerate(guide.sections(facts))))}
    about_tests = bool(re.search(r"\btest", each.section.title + " " + each.lead, re.IGNORECASE))
    side = bool(_OTHER_SUBJECT.search(each.section.title))
    return (in_guide.get(each.command.path, 10_000), side, not about_tests, each.inline)


def setup_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """The first documented route to a development environment, in order."""
    by_page: dict[str, list[Documented]] = {}
    tested: set[str] = set()
    for each in facts.documented:
        if each.purpose == "test":
            tested.add(each.command.path)
        if each.command.path in tested and not _belongs_to_setup(each):
            continue  # after the tests come docs builds, debuggers, benchmarks
        if each.purpose == "setup" and not is_windows_only(each.command) and not _WINDOWS.search(each.tab):
            if not _OTHER_SUBJECT.search(each.section.title):
                by_page.setdefault(each.command.path, []).append(each)
    for found in by_page.values():
        route = _first_route(found)
        if route:
            return _fact(_unique(route))
    around = [
        each
        for path, section in guide.around_inline_sections(facts)
        for each in in_section(facts, path, section)
        if each.purpose == "setup" and not is_windows_only(each.command) and not _WINDOWS.search(each.tab)
    ]
    return _fact(_unique(_first_route(around)))


def _belongs_to_setup(each: Documented) -> bool:
    """Whether a command below the first test command still sets up: hooks, runners, the project itself, not one more tool."""
    text = each.command.text
    if step(text) == "hooks" or re.search(
        r"install (--?\S+ )*(tox|nox|pre-commit|hatch|uv|poetry|pdm|just|invoke)\b", text
    ):
        return True
    by_name = re.search(r"\b(install|add)\b", text) and not re.search(
        r"(-e|-r|--group|--editable|sync)\b|\s\.|\[|^\S+ install$", text
    )
    return not by_name and bool(_SETUP_TITLE.search(each.section.title))


def _first_route(found: list[Documented]) -> list[Documented]:
    route: list[Documented] = []
    kinds: set[str] = set()
    tabs: dict[str, str] = {}
    skipped_block: tuple[str, int] | None = None
    for each in found:
        tab = tabs.setdefault(each.section.slug, each.tab) if each.tab else ""
        if each.tab and each.tab != tab:
            continue
        kind = step(each.command.text)
        block = (each.lead, each.section.line)
        if skipped_block == block:
            continue
        if (kind in kinds and kind in {"create", "editable"}) or (_ALTERNATIVE.search(each.lead) and kind in kinds):
            skipped_block = block
            continue
        kinds.add(kind)
        route.append(each)
    return route


def step(text: str) -> str:
    """Return which step of a set-up a command is: "create", "activate", "editable", "hooks", "install", "other"."""
    if re.search(r"\b(venv|virtualenv|mkvirtualenv|(conda|mamba) (env )?create)\b", text) and "activate" not in text:
        return "create"
    if re.search(r"\bactivate\b|\bworkon\b|\bshell\b", text):
        return "activate"
    if re.search(r"install .*(-e|--editable)\b|setup\.py develop|\buv sync\b|poetry install|pdm install", text):
        return "editable"
    if re.search(r"pre-commit install", text):
        return "hooks"
    if re.search(r"\b(install|sync)\b", text):
        return "install"
    return "other"


def lint_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """Documented commands that lint or format."""
    return _fact(_unique(each for each in facts.documented if each.purpose == "lint"))


def docs_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """Documented commands that build the documentation."""
    return _fact(_unique(each for each in facts.documented if each.purpose == "docs"))


def _unique(found: Iterable[Documented]) -> list[Documented]:
    first: dict[str, Documented] = {}
    for each in found:
        first.setdefault(each.command.text, each)
    return list(first.values())


def _fact(found: list[Documented]) -> Fact[tuple[str, ...]]:
    return Fact(tuple(each.command.text for each in found), [each.place for each in found])
