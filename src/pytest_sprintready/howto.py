"""For a newcomer: the commands of this repository, in the order to type them, and where each is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.model import Evidence, UnknownFact

if TYPE_CHECKING:
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
    steps = [_set_up(facts), _test(facts)]
    for purpose, title, fact in (
        ("lint", "Before you send a change", facts.lint_commands),
        ("docs", "To see your change of the documentation", facts.docs_commands),
    ):
        if lines := _lines(fact):
            steps.append(Step(purpose, title, "documented", lines))
    if contributing := _known(facts.contributing, ()):
        lines = tuple(Line(path) for path in contributing[:1])
        steps.append(Step("read", "Read about pull requests", "documented", lines))
    stuck = (facts.settings.sprint.contact, facts.settings.sprint.lead, *_known(facts.contact, ()))
    return Guide(
        facts.snapshot.name,
        facts.snapshot.revision,
        tuple(step for step in steps if step),
        tuple(dict.fromkeys(filter(None, stuck))),
    )


def _set_up(facts: Facts) -> Step | None:
    title = "Set up"
    if _known(facts.single_command, False) and _known(facts.primary_test_command, ""):
        return None
    if lines := _lines(facts.setup_commands):
        return Step("setup", title, "documented", lines)
    if _known(facts.single_command_available, ()) and not _known(facts.primary_test_command, ""):
        return None
    note = facts.setup_commands.unknown or "No document of this repository says how. Ask before you guess."
    return Step("setup", title, "unknown", (), note)


def _test(facts: Facts) -> Step:
    title = "Run the tests"
    primary = _known(facts.primary_test_command, "")
    available = _known(facts.single_command_available, ())
    if primary:
        place = next(iter(facts.primary_test_command.evidence), None)
        if _known(facts.single_command, False):
            program = primary.split()[0]
            note = f"This makes its own environment; all it needs is `{program}` and the network."
            return Step("test", title, "documented", (Line(primary, place),), note)
        return Step("test", title, "documented", (Line(primary, place),))
    if available:
        places = facts.single_command_available.evidence
        line = Line(available[0], places[0] if places else None)
        note = "This is not written in the documents; the configuration says that it sets up and tests at once:"
        return Step("test", title, "configuration", (line,), note)
    note = facts.primary_test_command.unknown or "No document of this repository says how. Ask before you guess."
    return Step("test", title, "unknown", (), note)


def _known(fact: Fact[Any], default: Any) -> Any:
    try:
        return fact.value
    except UnknownFact:
        return default


def _lines(fact: Fact[tuple[str, ...]]) -> tuple[Line, ...]:
    commands = _known(fact, ())
    places = fact.evidence if len(fact.evidence) == len(commands) else (None,) * len(commands)
    return tuple(Line(command, place) for command, place in zip(commands, places, strict=True))
