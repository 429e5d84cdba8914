"""What the contributor documents tell people to type, and what for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import community, guide
from pytest_sprintready.facts.files import document_files
from pytest_sprintready.facts.instructions import Documented, in_document, in_section
from pytest_sprintready.facts.once import once
from pytest_sprintready.model import Fact
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.selection import has_placeholder
from pytest_sprintready.reading.shell import is_windows_only

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts


_OTHER_SUBJECT = pattern(
    r"""\b( documentation | docs | website | translat\w+ | release | releasing | publish\w* | benchmark\w*
          | changelog | deploy\w* | profil\w+ | vendor\w* | i18n | logo | examples? | demo | sample )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_RELEASING = pattern(r"\breleas(e|es|ing)\b|\bpublish", re.IGNORECASE)
_ALTERNATIVE = pattern(
    r"""\b( alternativ\w+ | instead | or\b.{0,30}:?$ | otherwise
          | if\ you\ (prefer|like|use|want|are\ using|would\ rather) | optional\w* | also\ (be\ )?(install|use)
          | on\ windows | for\ windows | windows\ users | conda\ users
          | using\ (conda|docker|nix|pixi|uv|poetry|hatch) )""",
    re.IGNORECASE | re.VERBOSE,
)
_SETUP_TITLE = pattern(
    r"""set(ting)?[- ]?up | install | environment | getting\ started | start | prepar | pre-?commit | hooks?\b
      | building | long\ version | steps | quick""",
    re.IGNORECASE | re.VERBOSE,
)
_WINDOWS = pattern(r"\bwindows\b|powershell|cmd\.exe", re.IGNORECASE)


"""Characters around a span in which its sentence, and after one in which the next is looked for."""


def documented(facts: Facts) -> tuple[Documented, ...]:
    """All commands of the contributor documents in reading order."""
    return tuple(found for path, section in guide.sections(facts) for found in in_section(facts, path, section))


@once
def everywhere(facts: Facts) -> tuple[Documented, ...]:
    """The commands of the contributor documents, then of pages that are no guide but may name the test command."""
    further = [document for path in _further_pages(facts) if (document := facts.document(path)) is not None]
    return (*facts.documented, *(found for document in further for found in in_document(facts, document)))


def _further_pages(facts: Facts) -> list[str]:
    """Templates and instructions for agents, as far as they are prose and no page of the guide."""
    own = {path for path, _ in facts.guide_sections}
    pages = [*facts.issue_templates.value, facts.pr_template.value, *community.agents_pages(facts)]
    return [path for path in dict.fromkeys(pages) if path.endswith((".md", ".rst", ".txt")) and path not in own]


@once
def whole_suite(facts: Facts) -> tuple[Documented, ...]:
    """The documented commands that run the whole suite on any system; how to release is no place to learn them."""
    return tuple(
        each
        for each in everywhere(facts)
        if each.purpose == "test" and not is_windows_only(each.command) and not _is_for_releasing(each)
    )


def _is_for_releasing(each: Documented) -> bool:
    return any(_RELEASING.search(title) for title in (each.section.title, *each.section.trail))


def test_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """Documented commands that run the whole suite, in reading order."""
    return _fact(_unique(whole_suite(facts)))


def primary_test_command(facts: Facts) -> Fact[str]:
    """The whole-suite command the documents lead with: on the main page, a block before a mention."""
    found = primary(facts)
    return Fact(found.command.text, [found.place]) if found else Fact("")


@once
def primary(facts: Facts) -> Documented | None:
    """The documented command behind `primary_test_command`."""
    pages = {path: position for position, (path, _) in reversed(list(enumerate(facts.guide_sections)))}
    return min(whole_suite(facts), key=lambda each: _rank(pages, each), default=None)


def _rank(pages: dict[str, int], each: Documented) -> tuple[int, ...]:
    about_tests = bool(re.search(r"\btest", each.section.title + " " + each.lead, re.IGNORECASE))
    side = bool(_OTHER_SUBJECT.search(each.section.title))
    return (pages.get(each.command.path, len(pages)), side, not about_tests, each.inline)


def setup_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """The first documented route to a development environment, in order."""
    by_page: dict[str, list[Documented]] = {}
    for each in _setup_steps(facts):
        by_page.setdefault(each.command.path, []).append(each)
    route: list[Documented] = []
    routes = [_first_route(found) for found in by_page.values()]
    # A chapter that begins with the environment tells the way; what others install is theirs.
    routes.sort(key=lambda first: not any(step(each.command.text) == "create" for each in first))
    for first in routes:
        if not route:
            route = first
        elif not any(step(each.command.text) == "hooks" for each in route):
            route += [each for each in first if re.search("pre-?commit|prek", each.command.text)]
    if not route:
        beside = (
            each
            for path, section in guide.around_inline_sections(facts)
            for each in in_section(facts, path, section)
            if _sets_up(each)
        )
        route = _first_route(list(beside))
    return _fact(_unique(route or _from_a_clone(facts)))


_INSTALL_PAGE = pattern(
    r"(^|/)(installation|installing|install|building|build|setup|getting[-_]?started)\.(md|rst|txt)$"
)


def _from_a_clone(facts: Facts) -> list[Documented]:
    """The section of a page on installing that clones the project and installs the clone to be edited."""
    for path in document_files(facts):
        document = facts.document(path) if _INSTALL_PAGE.search(path.lower()) else None
        for section in document.sections if document else ():
            found = in_section(facts, path, section)
            if any(each.command.text.startswith("git clone") for each in found):
                steps = _first_route([each for each in found if _sets_up(each)])
                if any(step(each.command.text) == "editable" for each in steps):
                    return steps
    return []


def _setup_steps(facts: Facts) -> Iterator[Documented]:
    """The set-up commands of the guide; below the tests come docs builds, debuggers, benchmarks with theirs."""
    tested: set[str] = set()
    with_environment: set[str] = set()
    for each in facts.documented:
        path = each.command.path
        if each.purpose == "test" and not each.inline and not _in_container(each):
            tested.add(path)
        if not _sets_up(each) or _OTHER_SUBJECT.search(each.section.title):
            continue
        makes_environment = step(each.command.text) in {"create", "activate"} and path not in with_environment
        if path not in tested or makes_environment or _belongs_to_setup(each):
            yield each
        if path not in tested and step(each.command.text) in {"create", "activate"}:
            with_environment.add(path)


def _sets_up(each: Documented) -> bool:
    return (
        each.purpose == "setup"
        and not is_windows_only(each.command)
        and not _WINDOWS.search(each.tab)
        and not _is_for_releasing(each)
    )


_INSTALLS_RUNNER = pattern(r"install (--?\S+ )*(tox|nox|pre-commit|prek|hatch|uv|poetry|pdm|just|invoke)\b")
_INSTALLS_PROJECT = pattern(r"(-e|-r|--group|--editable|\w sync)\b|\s\.(?=[\s/\\[]|$)|\[|^\S+ install$")


def _belongs_to_setup(each: Documented) -> bool:
    """Whether a command below the tests still sets up: hooks, runners, the project, not one more tool."""
    text = each.command.text
    if step(text) == "hooks" or _INSTALLS_RUNNER.search(text):
        return True
    by_name = re.search(r"\b(install|add)\b", text) and not _INSTALLS_PROJECT.search(text)
    return not by_name and bool(_SETUP_TITLE.search(each.section.title))


def _first_route(found: list[Documented]) -> list[Documented]:
    """The steps of the first way where several are told: tabs, "alternatively", a container, a second environment."""
    on_host = [each for each in found if not _in_container(each)]
    if any(step(each.command.text) == "create" or _INSTALLS_PROJECT.search(each.command.text) for each in on_host):
        found = on_host
    route: list[Documented] = []
    kinds: set[str] = set()
    tabs: dict[str, str] = {}
    left_out: tuple[str, int] | None = None
    for each in found:
        if _is_spelled_out(each, found) or ("create" in kinds and _is_for_later(each)):
            continue
        block = (each.lead, each.section.line)
        if block == left_out or (each.tab and each.tab != tabs.setdefault(each.section.slug, each.tab)):
            continue
        kind = step(each.command.text)
        if kind in kinds and (kind in {"create", "editable"} or _ALTERNATIVE.search(each.lead)):
            left_out = block
            continue
        kinds.add(kind)
        route.append(each)
    return route


def _is_spelled_out(each: Documented, found: list[Documented]) -> bool:
    """Whether a block of the same section gives in full what a mention only begins: "use `conda env create`"."""
    return each.inline and any(
        other.section is each.section and not other.inline and other.command.text.startswith(each.command.text + " ")
        for other in found
    )


def _is_for_later(each: Documented) -> bool:
    """Whether a command brings an environment up to date, with a blank to fill in, once it has been made."""
    return has_placeholder(each.command.text.split(" ")) and re.search(r"\benv update\b", each.command.text) is not None


def _in_container(each: Documented) -> bool:
    """Whether a command makes a container to work in (services that run beside, `up -d`, are none)."""
    builds = re.match(r"(docker|podman)([ -]compose)? .*\b(build|pull)\b", each.command.text)
    return bool(builds or re.search("docker|container", each.section.title, re.IGNORECASE))


_STEPS = (
    (
        "create",
        pattern(
            r"^(?!.*activate)(?!(sudo )?(apt|apt-get|dnf|yum|brew|pip3?|pipx|python3? -m pip) .*install)"
            r".*\b((?<![./-])venv(?!/)|(mk)?virtualenv|(conda|mamba) (env )?create|make \w*env)\b"
        ),
    ),
    ("activate", pattern(r"\b(activate|workon|shell)\b")),
    ("editable", pattern(r"install .*(-e|--editable)\b|setup\.py develop|\buv sync\b|poetry install|pdm install")),
    ("hooks", pattern(r"(pre-commit|prek) install")),
    ("install", pattern(r"\b(install|sync)\b")),
)


def step(text: str) -> str:
    """Return which step of a set-up a command is: "create", "activate", "editable", "hooks", "install", "other"."""
    return next((name for name, words in _STEPS if words.search(text)), "other")


def lint_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """Documented commands that lint or format."""
    return _fact(_unique(each for each in facts.documented if each.purpose == "lint" and not _is_for_releasing(each)))


def docs_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """Documented commands that build the documentation."""
    return _fact(_unique(each for each in facts.documented if each.purpose == "docs" and not _is_for_releasing(each)))


def _unique(found: Iterable[Documented]) -> list[Documented]:
    first: dict[str, Documented] = {}
    for each in found:
        first.setdefault(each.command.text, each)
    return list(first.values())


def _fact(found: list[Documented]) -> Fact[tuple[str, ...]]:
    return Fact(tuple(each.command.text for each in found), [each.place for each in found])
