"""What several checks ask of the contributor documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pytest_sprintready.model import SkipCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.model import Fact
    from pytest_sprintready.reading.document import Section

    Sections = tuple[tuple[str, Section], ...]

T = TypeVar("T")


def home(facts: Facts) -> str:
    """The file a contributor instruction belongs into: the guide, else the README, else a new CONTRIBUTING.md."""
    guide = facts.contributing.value
    if guide:
        return guide[0]
    inline = (section.partition("#")[0] for section in facts.contributing_inline.value)
    templates = (known(facts.pr_template, ""), *known(facts.issue_templates, ()))
    for path in inline:
        if path not in templates:
            return path
    return "CONTRIBUTING.md"


def page(facts: Facts, path: str) -> Sections:
    """The sections of one page, () where there is no such page or it cannot be read."""
    document = facts.document(path) if path else None
    return tuple((path, section) for section in document.sections) if document else ()


def files_in(facts: Facts, *folders: str) -> Iterator[str]:
    """The paths of the files that stand directly in the folders, "" for the root: no walk over the whole tree."""
    for folder in folders:
        for name in facts.snapshot.folder(folder):
            if not name.endswith("/"):
                yield f"{folder}/{name}" if folder else name


def spoken(facts: Facts) -> Sections:
    """All that is said to people who arrive: the contributor documents, then the README."""
    return (*facts.guide_sections, *page(facts, facts.readme.value))


def skip_if_outside(facts: Facts) -> None:
    """Raise SkipCheck where the guide stands outside of the repository, so that its text is not known offline."""
    if facts.contributing_url.value and not facts.contributing.value:
        raise SkipCheck(f"the guide is {facts.contributing_url.value}; what it says cannot be known offline")


def guide(facts: Facts) -> Sections:
    """The sections that address contributors; SkipCheck where there are none to judge."""
    skip_if_outside(facts)
    if not facts.guide_sections:
        raise SkipCheck("there is no guide for contributors yet (SR101)")
    return facts.guide_sections


def known(fact: Fact[T], default: T) -> T:
    """The value of a fact that only words a message: `default` where it is not known."""
    return default if fact.unknown else fact.value


def runnable(facts: Facts) -> str:
    """A command of this repository that runs its tests, to be named in a fix; "" if none is known."""
    documented = known(facts.primary_test_command, "")
    offered = known(facts.single_command_available, ()) or known(facts.ci_test_commands, ())
    return documented or next((command for command in offered if "${{" not in command), "")
