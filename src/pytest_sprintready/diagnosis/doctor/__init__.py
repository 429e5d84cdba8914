"""Before anything runs: what this machine, this environment and this clone still lack, and what to type, in order.

Files are read, git and the interpreter are asked; nothing of the project is run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.doctor import clone, computer, configuration, environment, project
from pytest_sprintready.diagnosis.doctor.patient import (
    ADVICE,
    FINE,
    NEEDED,
    SKIPPED,
    Examination,
    Finding,
    Patient,
    value,
)
from pytest_sprintready.diagnosis.model import Remedy
from pytest_sprintready.howto import places_to_ask
from pytest_sprintready.model import UnknownFact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine


def examine(facts: Facts, machine: Machine, way: str = "active", folder: str = "") -> Examination:
    """Return what the machine lacks for working on the project; see Patient for `way` and `folder`."""
    patient = Patient(facts, machine, way, folder)
    alone = environment.own_environment(patient)
    looks = _ALWAYS if alone else (*_IN_ENVIRONMENT, *_ALWAYS)
    findings = [finding for look in looks for finding in _guarded(look, patient)]
    if alone:
        findings[:0] = list(environment.runner(patient, alone))
    order = {NEEDED: 0, ADVICE: 1, FINE: 2, SKIPPED: 3}
    typed = {remedy.command for finding in findings if finding.state == NEEDED for remedy in finding.remedies}
    findings = [each for each in findings if each.state != ADVICE or not _is_done_by(each, typed)]
    findings.sort(key=lambda finding: order[finding.state])
    needed = [remedy for finding in findings if finding.state == NEEDED for remedy in finding.remedies]
    return Examination(
        facts.project.raw_name or facts.snapshot.name,
        machine.python,
        environment.described(patient),
        tuple(findings),
        _in_order(needed),
        _tests(patient, alone),
        next(iter(places_to_ask(facts)), ""),
    )


def _is_done_by(finding: Finding, typed: set[str]) -> bool:
    """Tell whether commands that are typed anyway do all that a finding asks for."""
    return bool(finding.remedies) and typed.issuperset(remedy.command for remedy in finding.remedies)


def _guarded(look: Callable[[Patient], Iterator[Finding]], patient: Patient) -> list[Finding]:
    try:
        return list(look(patient))
    except UnknownFact as unknown:
        return [Finding(look.__name__.strip("_").replace("_", " "), SKIPPED, unknown.reason)]


_ORDER = ("system", "interpreter", "environment", "upgrade", "git", "install", "configure", "service")


def _in_order(remedies: list[Remedy]) -> tuple[Remedy, ...]:
    """Return each command once: the system's packages, the environment, the clone, what goes into it, services."""
    once = {remedy.command: remedy for remedy in remedies}
    place = {command: number for number, command in enumerate(once)}

    def rank(remedy: Remedy) -> tuple[int, int]:
        kind = "environment" if remedy.kind == "interpreter" else remedy.kind
        return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), place[remedy.command])

    return tuple(sorted(once.values(), key=rank))


_IN_ENVIRONMENT = (
    environment.python_version,
    environment.environment,
    project.dependencies,
    project.project_itself,
    configuration.pytest_starts,
)
_ALWAYS = (
    clone.history,
    clone.submodules,
    clone.large_files,
    clone.identity,
    clone.remotes,
    clone.hooks,
    computer.system_packages,
    computer.services,
    computer.room,
)


def _tests(patient: Patient, alone: str) -> Remedy | None:
    facts = patient.facts
    place = next(iter(facts.primary_test_command.evidence), None) if not facts.primary_test_command.unknown else None
    command = alone or value(facts.primary_test_command)
    if command:
        if command.startswith("python ") and "python" not in patient.machine.programs and alone:
            command = f"python3 {command.removeprefix('python ')}"  # Debian calls it so, and so does macOS
        return Remedy(command, "again", (), place)
    if value(facts.test_framework) == "pytest":
        return Remedy("python -m pytest", "again")
    return None
