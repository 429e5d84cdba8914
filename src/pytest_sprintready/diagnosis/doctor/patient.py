"""What is examined, and what was found: the values of an examination."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.model import UnknownFact

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Remedy
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.model import Evidence, Fact

NEEDED, ADVICE, FINE, SKIPPED = "needed", "advice", "fine", "skipped"


class Finding(NamedTuple):
    """One thing that was looked at. `state` is NEEDED, ADVICE (before the first commit), FINE or SKIPPED.

    `topic` is one word or two; `what` a sentence, of what is skipped the reason. `quote` is the project's own line.
    """

    topic: str
    state: str
    what: str
    place: Evidence | None = None
    quote: str = ""
    remedies: tuple[Remedy, ...] = ()


class Examination(NamedTuple):
    """Everything that was looked at, and the commands that lead to a run of the tests, in the order to type them.

    `tests` is the command that runs them, the last one to type; "" where nothing tells.
    """

    name: str
    python: str
    environment: str
    findings: tuple[Finding, ...]
    commands: tuple[Remedy, ...]
    tests: Remedy | None = None
    stuck: str = ""

    @property
    def ready(self) -> bool:
        """Whether nothing is missing that the tests or a first commit need."""
        return not any(finding.state == NEEDED for finding in self.findings)


class Patient(NamedTuple):
    """What is examined. `way` is how the environment was found: see machine.choice.Choice; `folder` its name there."""

    facts: Facts
    machine: Machine
    way: str
    folder: str = ""


def value(fact: Fact[str]) -> str:
    """Return the value of a fact, "" where there is none."""
    try:
        return fact.value
    except UnknownFact:
        return ""


def needed(
    topic: str, what: str, place: Evidence | None = None, quote: str = "", remedies: tuple[Remedy, ...] = ()
) -> Finding:
    """Return what has to be mended before the tests or a first commit can be."""
    return Finding(topic, NEEDED, what, place, quote, remedies)


def advice(
    topic: str, what: str, place: Evidence | None = None, quote: str = "", remedies: tuple[Remedy, ...] = ()
) -> Finding:
    """Return what is worth knowing, and stops nothing for now."""
    return Finding(topic, ADVICE, what, place, quote, remedies)


def fine(topic: str, what: str, place: Evidence | None = None) -> Finding:
    """Return what is as it should be."""
    return Finding(topic, FINE, what, place)


def skipped(topic: str, what: str) -> Finding:
    """Return what could not be looked at, and why."""
    return Finding(topic, SKIPPED, what)
