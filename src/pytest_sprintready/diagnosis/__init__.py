"""From a failure that was seen, and what the repository says, to one cause and one next command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_sprintready.diagnosis.model import Diagnosis, Failure
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine


def explain(failure: Failure, facts: Facts, machine: Machine) -> Diagnosis | None:
    """Return the cause of a failure and what to type next, None where the tool does not know.

    What is certain goes before what is likely; among those, causes are asked in the order of their codes.
    """
    from pytest_sprintready.diagnosis.catalogue import catalogue
    from pytest_sprintready.diagnosis.seen import Seen

    seen = Seen(failure, facts, machine)
    likely: Diagnosis | None = None
    for entry in sorted(catalogue(), key=lambda entry: entry.last):
        found = entry.recognise(seen)
        if found is None:
            continue
        found = found._replace(code=entry.code, name=entry.name, stuck=found.stuck or seen.stuck)
        if found.certain:
            return found
        likely = likely or found
    return likely


def explain_all(
    failures: Iterable[Failure], facts: Facts, machine: Machine
) -> tuple[tuple[Diagnosis, tuple[Failure, ...]], ...]:
    """Return one diagnosis a cause with the failures it explains, the one that explains most first.

    Failures that the same commands mend have one cause, whatever each of them looks like.
    """
    found: dict[object, tuple[Diagnosis, list[Failure]]] = {}
    for failure in failures:
        diagnosis = explain(failure, facts, machine)
        if diagnosis is None:
            continue
        commands = tuple(remedy.command for remedy in diagnosis.remedies)
        _, members = found.setdefault(commands or (diagnosis.code, diagnosis.what), (diagnosis, []))
        members.append(failure)
    ordered = sorted(found.values(), key=lambda pair: -len(pair[1]))
    return tuple((diagnosis, tuple(members)) for diagnosis, members in ordered)
