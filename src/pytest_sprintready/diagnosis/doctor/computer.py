"""The computer: system packages, services, room on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.doctor.patient import advice, fine, needed, skipped
from pytest_sprintready.diagnosis.model import Remedy
from pytest_sprintready.diagnosis.systems import install_package
from pytest_sprintready.facts import ci

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.diagnosis.doctor.patient import Finding, Patient


ROOM = 2**30
"""Bytes free on the disk under which an installation is likely to fail: an environment with numpy takes half of it."""


def system_packages(patient: Patient) -> Iterator[Finding]:
    """Look for the system packages that continuous integration installs."""
    machine = patient.machine
    fact = patient.facts.needs_system
    if not fact.value:
        return
    known = {name: machine.has_package(name) for name in fact.value}
    if all(state is None for state in known.values()):
        yield skipped(
            "system packages",
            f"whether {', '.join(fact.value[:4])} are installed cannot be looked up on this system",
        )
        return
    absent = [name for name, state in known.items() if state is False]
    if not absent:
        yield fine("system packages", "the system packages that continuous integration installs are there")
        return
    place = dict(zip(fact.value, fact.evidence, strict=False)).get(absent[0])
    shown = ", ".join(absent[:4]) + (f" and {len(absent) - 4} more" if len(absent) > 4 else "")
    line = install_package(machine, *absent[:12])
    remedies = (Remedy(line, "system", tuple(absent)),) if line else ()
    yield advice("system packages", f"Continuous integration installs {shown}, not found here.", place, "", remedies)


PORTS = {
    "postgresql": 5432, "postgres": 5432, "mysql": 3306, "mariadb": 3306, "redis": 6379, "mongodb": 27017,
    "mongo": 27017,
    "rabbitmq": 5672, "elasticsearch": 9200, "opensearch": 9200, "memcached": 11211, "kafka": 9092, "minio": 9000,
    "localstack": 4566, "neo4j": 7687, "cassandra": 9042, "clickhouse": 8123,
}  # fmt: skip


def services(patient: Patient) -> Iterator[Finding]:
    """Knock at the usual ports of the services that documents, compose files or continuous integration start."""
    fact = patient.facts.needs_services
    machine = patient.machine
    unknown = [name for name in fact.value if name not in PORTS and name != "docker"]
    silent = [name for name in fact.value if name in PORTS and not machine.listens(PORTS[name])]
    if silent:
        place = dict(zip(fact.value, fact.evidence, strict=False)).get(silent[0])
        compose = place is not None and "compose" in place.path.rpartition("/")[2]
        remedies: tuple[Remedy, ...] = ()
        if compose and place and "docker" in machine.programs:
            default = place.path in ("compose.yml", "compose.yaml", "docker-compose.yml", "docker-compose.yaml")
            named = "" if default else f"-f {place.path} "
            named_there = [each for each in ci.compose_services(patient.facts) if each.place.path == place.path]
            started = [each.key for each in named_there if each.name in silent]
            remedies = (
                Remedy(f"docker compose {named}up -d {' '.join(started)}".rstrip(), "service", tuple(silent), place),
            )
        yield advice(
            "services",
            f"Some tests may need {', '.join(silent)}, which nothing answers for here.",
            place,
            "",
            remedies,
        )
    elif fact.value and not unknown:
        yield fine("services", f"{', '.join(fact.value)}: something answers")
    if unknown:
        yield skipped("services", f"whether {', '.join(unknown)} runs: its port is not known")


def room(patient: Patient) -> Iterator[Finding]:
    """Ask how much room there is on the disk."""
    free = patient.machine.free_bytes()
    if free is None:
        yield skipped("disk", "how much room the disk has cannot be told here")
    elif free < ROOM:
        yield needed("disk", f"Only {free // 2**20} MB are free on the disk; an environment takes more.")
    else:
        yield fine("disk", f"{free // 2**30} GB free")
