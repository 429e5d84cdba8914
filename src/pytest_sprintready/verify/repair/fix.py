"""One thing to do otherwise, what it is chosen by, and where it belongs in the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import Deviation

if TYPE_CHECKING:
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine.interpreter import Interpreter
    from pytest_sprintready.outcome import Run
    from pytest_sprintready.verify.attempt import Attempt


class Fix(NamedTuple):
    """One thing to do otherwise, and how it is told.

    `key` is what is tried only once. `command` is run where the tests run; `variables` are set from then on; `skip` is
    a command to leave out; `left_out` are tests by their ids. `before` is a date: nothing newer is installed. `anew`
    says that it takes a new environment. `instead` is typed in the place of the test command. `packages` are those of
    the system.
    """

    key: str
    deviation: Deviation
    command: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    skip: str = ""
    left_out: tuple[str, ...] = ()
    python: Interpreter | None = None
    before: str = ""
    submodules: bool = False
    lfs: bool = False
    instead: str = ""
    packages: tuple[str, ...] = ()
    anew: bool = False


def in_place_of(run: Run, *, key: str, needed: str, advice: str, command: str = "", kind: str = "install") -> Fix:
    """Return the fix that leaves out a command which failed, and types another for it, "" for none."""
    told = Deviation(needed, told_at(run.place, advice), says=run.command, place=run.place, kind=kind)
    return Fix(key, told, skip=run.command, command=command)


class Situation(NamedTuple):
    """What fixes are chosen by: the last attempt, and what there is to choose from.

    `released_copy` is the project as tests that failed had it from a package index ("lantern 1.2"), "" for the clone.
    """

    facts: Facts
    attempt: Attempt
    python: Interpreter
    others: tuple[Interpreter, ...]
    commit_date: str
    released_copy: str = ""


def where_set_up_is_told(facts: Facts, attempt: Attempt) -> Evidence | None:
    """Return the place of the documents that the set-up belongs in: its last line, else the guide, else the README."""
    for step in reversed(attempt.plan.steps):
        if step.source == "documented" and step.phase == "setup" and step.place:
            return step.place
    for step in attempt.plan.steps:
        if step.source == "documented" and step.place:
            return step.place
    pages = facts.contributing.value if not facts.contributing.unknown else ()
    readme = facts.readme.value if not facts.readme.unknown else ""
    first = next(iter((*pages, readme)), "")
    return Evidence(first) if first else None


def said_at(attempt: Attempt, place: Evidence | None) -> str:
    """Return the command that a plan has from a place, "" for none."""
    return next((step.command for step in attempt.plan.steps if place and step.place == place), "")


def told_at(place: Evidence | None, advice: str) -> str:
    """Return an advice with the place it is for in front."""
    return f"{place}: {advice}" if place else f"in a contributing guide, {advice}"
