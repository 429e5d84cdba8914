"""For a newcomer: the commands of this repository, in the order to type them, and where each is written."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.model import Evidence, UnknownFact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.model import Fact


class Line(NamedTuple):
    """A command to type and the place it was read from."""

    command: str
    place: Evidence | None = None


class Step(NamedTuple):
    """One step: its title, what is to be said about it, and its commands.

    `source` is "documented", "configuration" (no document says it, the configuration implies it) or "unknown".
    """

    purpose: str
    title: str
    source: str
    lines: tuple[Line, ...] = ()
    note: str = ""


class Guide(NamedTuple):
    """The way from a fresh clone to a test run. `stuck` are places to ask. For `problem` see model.Report."""

    name: str
    revision: str = ""
    steps: tuple[Step, ...] = ()
    stuck: tuple[str, ...] = ()
    problem: str = ""
    hint: str = ""


def guide(facts: Facts) -> Guide:
    """Return what the repository's files tell a newcomer to type, and honestly what they do not tell."""
    stuck = places_to_ask(facts)
    steps = _to_the_tests(facts, "Ask before you guess." if stuck else "Nor where to ask; an issue will have to do.")
    for purpose, title, fact in (
        ("lint", "Before you send a change", facts.lint_commands),
        ("docs", "To see your change of the documentation", facts.docs_commands),
    ):
        if lines := _lines(fact):
            steps.append(Step(purpose, title, "documented", lines))
    pages = (*_known(facts.contributing, ()), _known(facts.contributing_url, ""))
    if pages[0]:
        steps.append(Step("read", "Read the whole guide", "documented", (Line(pages[0]),)))
    return Guide(facts.snapshot.name, facts.snapshot.revision, tuple(steps), stuck)


def places_to_ask(facts: Facts) -> tuple[str, ...]:
    """Return where this project wants to be asked, what it declared for the sprint first; () if nothing says."""
    sprint = facts.settings.sprint
    return tuple(dict.fromkeys(filter(None, (sprint.contact, sprint.lead, *_known(facts.contact, ())))))


def _to_the_tests(facts: Facts, advice: str) -> list[Step]:
    """Return the steps of set-up and tests, in the order to take them."""
    set_up = tuple(_with_steps_into_folders(facts, _lines(facts.setup_commands)))
    primary = _known(facts.primary_test_command, "")
    if primary and _known(facts.single_command, False):
        line = Line(primary, next(iter(facts.primary_test_command.evidence), None))
        steps = [Step("test", "Run the tests", "documented", (line,), _nothing_first(primary))]
        if set_up:
            note = "The tests do not need it. For working on more, the documents say:"
            steps.append(Step("setup", "Set up", "documented", set_up, note))
        return steps
    if not primary and (available := _known(facts.single_command_available, ())):
        line = Line(available[0], next(iter(facts.single_command_available.evidence), None))
        note = "No document says how; the configuration says that this sets up and tests at once:"
        test = Step("test", "Run the tests", "configuration", (line,), note)
        return [Step("setup", "Set up", "documented", set_up), test] if set_up else [test]
    unwritten = f"No document of this repository says how. {advice}"
    if set_up:
        first = Step("setup", "Set up", "documented", set_up)
    else:
        first = Step("setup", "Set up", "unknown", (), facts.setup_commands.unknown or unwritten)
    if primary:
        line = Line(primary, next(iter(facts.primary_test_command.evidence), None))
        return [first, Step("test", "Run the tests", "documented", (line,))]
    return [first, Step("test", "Run the tests", "unknown", (), facts.primary_test_command.unknown or unwritten)]


def _with_steps_into_folders(facts: Facts, lines: tuple[Line, ...]) -> Iterator[Line]:
    """Put `cd` before a command that its document tells to type in a folder, and the way back after it."""
    from pytest_sprintready.facts.references import folders

    known = folders(facts)
    here = ""
    for line in lines:
        folder = known.get((line.place.path, line.place.line or 0), "") if line.place else ""
        if folder != here:
            yield Line("cd " + posixpath.relpath(folder or ".", here or "."))
        here = folder
        yield line
    if here:
        yield Line("cd " + posixpath.relpath(".", here))


def _nothing_first(command: str) -> str:
    """Return what is to be said of a command that needs no set-up: the one program that has to be there."""
    program = next((word for word in command.split() if "=" not in word), "")
    if "/" in program or program in ("", "python", "python3", "py"):
        return "Nothing has to be set up first."
    return f"Nothing has to be set up first; only `{program}` has to be installed."


def _known(fact: Fact[Any], default: Any) -> Any:
    try:
        return fact.value
    except UnknownFact:
        return default


def _lines(fact: Fact[tuple[str, ...]]) -> tuple[Line, ...]:
    commands = _known(fact, ())
    places = fact.evidence if len(fact.evidence) == len(commands) else (None,) * len(commands)
    return tuple(Line(command, place) for command, place in zip(commands, places, strict=True))
