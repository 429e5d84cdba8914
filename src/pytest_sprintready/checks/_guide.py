"""What several checks ask of the contributor documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from pytest_sprintready.facts import purpose
from pytest_sprintready.facts.once import once
from pytest_sprintready.model import SkipCheck
from pytest_sprintready.reading.document import Prose
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.model import Fact
    from pytest_sprintready.reading.document import Section

    Sections = tuple[tuple[str, Section], ...]

T = TypeVar("T")


_GENERAL_PAGE = pattern(r"contribut|develop|hacking|guide|\bdev[-_/]", re.IGNORECASE)


def home(facts: Facts) -> str:
    """The file a contributor instruction belongs into: the guide, else the README, else a new CONTRIBUTING.md."""
    guide = facts.contributing.value
    if guide:  # a page on one subject is not the guide, however many commands it has
        general = next((path for path in guide if _GENERAL_PAGE.search(path)), "")
        return guide[0] if _GENERAL_PAGE.search(guide[0]) else general or guide[0]
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


# Two of every ten words of an English text are among these; next to none of a text in another language.
_ENGLISH = frozenset("the to and of you is with this be or your that are it".split())  # noqa: SIM905
_FEW, _ENOUGH_WORDS = 0.04, 80


def skip_if_foreign(facts: Facts) -> None:
    """Raise SkipCheck where the guide is not in English: that it nowhere says a thing is not known then."""
    if _is_foreign(facts):
        raise SkipCheck(f"{home(facts)} is not in English; what it does not say cannot be told")


@once
def _is_foreign(facts: Facts) -> bool:
    words: list[str] = []
    for _, section in facts.guide_sections:
        for item in section.items:
            if isinstance(item, Prose) and len(words) < 5000:
                words += re.findall(r"[^\W\d_]+", item.text[:5000].lower())
    return len(words) >= _ENOUGH_WORDS and sum(word in _ENGLISH for word in words) < _FEW * len(words)


def guide(facts: Facts) -> Sections:
    """The sections that address contributors; SkipCheck where there are none to judge."""
    skip_if_outside(facts)
    if not facts.guide_sections:
        raise SkipCheck("there is no guide for contributors yet (SR101)")
    return facts.guide_sections


def kept_elsewhere(facts: Facts, name: str) -> bool:
    """Whether the forge shows what this fact looks for, as an organisation's default: known where it was asked."""
    return not facts.forge.unknown and any(default.what == name for default in facts.forge.value.defaults)


def known(fact: Fact[T], default: T) -> T:
    """The value of a fact that only words a message: `default` where it is not known."""
    return default if fact.unknown else fact.value


def task_for(facts: Facts, wanted: str, names: str) -> str:
    """The command of a task that is for `wanted` ("lint", "docs"), those whose name matches `names` first; or ""."""
    calls = {"tox": "tox -e", "nox": "nox -s", "make": "make", "just": "just", "hatch": "hatch run", "poe": "poe",
             "invoke": "invoke", "pixi": "pixi run"}  # fmt: skip
    found = [
        task
        for file in facts.task_files
        for task in file.tasks
        if file.runner in calls and purpose.of_task(task, facts.world) == wanted
    ]
    best = min(found, key=lambda task: (not re.fullmatch(names, task.name), task.line), default=None)
    return f"{calls[best.runner]} {best.name}" if best else ""


def runnable(facts: Facts) -> str:
    """A command of this repository that runs its tests, to be named in a fix; "" if none is known."""
    documented = known(facts.primary_test_command, "")
    offered = known(facts.single_command_available, ()) or known(facts.ci_test_commands, ())
    return documented or next((command for command in offered if "${{" not in command), "")
