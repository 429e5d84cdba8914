"""The project and what its tests need: installed, complete, up to date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis import commands
from pytest_sprintready.diagnosis.doctor.environment import future, tool_makes_environment
from pytest_sprintready.diagnosis.doctor.patient import fine, needed, skipped
from pytest_sprintready.diagnosis.environments import FOLDER, enter
from pytest_sprintready.diagnosis.homes import DEPENDENCIES, home_of_tests
from pytest_sprintready.diagnosis.model import Remedy
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.requirements import distribution_name, normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.diagnosis.doctor.patient import Finding, Patient
    from pytest_sprintready.diagnosis.homes import Home
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine


def dependencies(patient: Patient) -> Iterator[Finding]:
    """Compare what is installed with the place that declares the tests' dependencies."""
    facts, machine = patient.facts, patient.machine
    home = home_of_tests(facts, machine)
    later = future(patient)
    if home is None:
        if facts.test_framework.value == "pytest" and "pytest" not in machine.distributions:
            what = "pytest is not installed, and no file of the project declares it."
            yield needed("dependencies", what, None, "", (commands.plain_install(later, "pytest"),))
        elif commands.is_installable(facts) and facts.project.name not in machine.distributions:
            plain = (Remedy(commands.install(later, "-e", "."), "install", (facts.project.name,)),)
            remedies = _documented_installation(facts) or plain
            place = facts.project.places.get("raw_name")
            yield needed("project", f"{facts.project.raw_name} itself is not installed.", place, "", remedies)
        elif not facts.dependency_places:
            yield skipped("dependencies", "no file declares what the tests need")
        return
    absent, old = _unmet(patient, home)
    remedies = commands.bring(facts, later, home)
    if later.prefix != machine.prefix or absent:
        names = absent or tuple(distribution_name(text) for text, _ in _requirements(facts, home.origin))
        shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        verb = "is" if len(names) == 1 else "are"
        what = f"{shown} {verb} not installed; declared in {home}."
        yield needed("dependencies", what, home.place, "", _entered(patient, remedies))
    elif old:
        text = old[0]
        have = machine.version(distribution_name(text))
        more = f" ({len(old) - 1} more like this)" if len(old) > 1 else ""
        line = commands.install(later, "--upgrade", *[each.partition(";")[0].strip() for each in old])
        what = f"{distribution_name(text)} {have} is installed, and {text} is asked for{more}."
        remedies = (Remedy(line, "upgrade", tuple(map(distribution_name, old))),)
        yield needed("dependencies", what, home.place, "", remedies)
    else:
        yield fine("dependencies", f"all that {home} declares is installed", home.place)


_INSTALLS = re.compile(
    r"\binstall\b.*(?:-e|--editable)[ =]|\binstall (?:-\S+ )*\.(?:\[|\s|$)|\binstall .*-r \S+\.txt"
    r"|\b(?:poetry|pdm) install"
)


def _documented_installation(facts: Facts) -> tuple[Remedy, ...]:
    """Return the documented commands that install the project from its clone, () where none does."""
    fact = facts.setup_commands
    if fact.unknown:
        return ()
    places = fact.evidence if len(fact.evidence) == len(fact.value) else (None,) * len(fact.value)
    return tuple(
        Remedy(command, "install", (facts.project.name,), place)
        for command, place in zip(fact.value, places, strict=True)
        if _INSTALLS.search(command)
    )


def _entered(patient: Patient, remedies: tuple[Remedy, ...]) -> tuple[Remedy, ...]:
    """Add the entering of an environment that the command itself makes."""
    if patient.machine.is_isolated() or not tool_makes_environment(patient):
        return remedies
    makes_folder = any(re.match(r"(uvx )?(uv sync|pdm)\b", each.command) for each in remedies)
    return (*remedies, Remedy(enter(patient.machine, FOLDER).command, "configure")) if makes_folder else remedies


def _requirements(facts: Facts, origin: str) -> list[tuple[str, Evidence]]:
    """Return what a place declares, with what it includes, that is no path and not the project itself."""
    found: dict[str, tuple[str, Evidence]] = {}
    waiting, seen = [origin], set()
    while waiting:
        name = waiting.pop()
        group = facts.dependency_places.get(name)
        if group is None or name in seen:
            continue
        seen.add(name)
        for each in group.requirements:
            distribution = distribution_name(each.text)
            if distribution and distribution != facts.project.name:
                found.setdefault(distribution, (each.text, each.place))
            waiting += [f"extra:{extra}" for extra in _own_extras(facts, each.text)]
        waiting += group.includes
    return list(found.values())


def _own_extras(facts: Facts, requirement: str) -> list[str]:
    found = re.match(r"\s*([\w.-]+)\s*\[([^\]]*)\]", requirement)
    if not found or normalised(found[1]) != facts.project.name:
        return []
    return [normalised(extra) for extra in found[2].split(",")]


def _unmet(patient: Patient, home: Home) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the distributions that are absent, and the requirements that an installed version does not meet."""
    from packaging.requirements import InvalidRequirement, Requirement

    absent, old = [], []
    places = (
        [home.origin]
        if home.origin == DEPENDENCIES or not patient.facts.project.dependencies
        else [home.origin, DEPENDENCIES]
    )
    for text, _ in (pair for place in places for pair in _requirements(patient.facts, place)):
        name = distribution_name(text)
        try:
            requirement = Requirement(text.split(" #")[0].strip())
        except InvalidRequirement:
            requirement = None
        if (
            requirement is not None
            and requirement.marker is not None
            and not _holds(requirement.marker, patient.machine)
        ):
            continue
        version = patient.machine.version(name)
        if name not in patient.machine.distributions:
            absent.append(name)
        elif requirement is not None and version and not requirement.specifier.contains(version, prereleases=True):
            old.append(text)
    return tuple(dict.fromkeys(absent)), tuple(dict.fromkeys(old))


def _holds(marker: object, machine: Machine) -> bool:
    minor = ".".join(machine.python.split(".")[:2])
    systems = {
        "linux": ("linux", "Linux", "posix"),
        "macos": ("darwin", "Darwin", "posix"),
        "windows": ("win32", "Windows", "nt"),
    }
    platform, name, os_name = systems.get(machine.system, ("", "", "posix"))
    values = {"python_version": minor, "python_full_version": machine.python, "extra": "", "sys_platform": platform,
              "platform_system": name, "os_name": os_name}  # fmt: skip
    try:
        return bool(marker.evaluate(values))  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001  a marker that nobody can judge asks for what it names
        return True


def project_itself(patient: Patient) -> Iterator[Finding]:
    """Tell whether the project is installed from this clone, in editable mode, and as its files now say."""
    facts, machine = patient.facts, patient.machine
    name = facts.project.name
    if not name or not commands.is_installable(facts) or future(patient).prefix != machine.prefix:
        return
    found = machine.distributions.get(name)
    again = (Remedy(commands.install(future(patient), "-e", "."), "install", (name,)),)
    place = facts.project.places.get("raw_name")
    home = home_of_tests(facts, machine)
    if found is None:
        if _is_imported_in_place(facts):
            return
        brought = (
            commands.bring(facts, future(patient), home)
            if home and home.kind in ("extra", "group", DEPENDENCIES)
            else again
        )
        yield needed("project", f"{facts.project.raw_name} itself is not installed.", place, "", brought)
        return
    if not found.editable:
        if not _is_imported_in_place(facts):
            what = f"{facts.project.raw_name} {found.version} is installed as a copy: your changes would not count."
            yield needed("project", what, place, "", again)
        return
    if _same_folder(found.editable, machine.root) or found.editable.startswith(f"{machine.root.rstrip('/')}/"):
        yield from _up_to_date(patient, again)
    else:
        yield needed(
            "project",
            f"{facts.project.raw_name} is installed from another clone, {found.editable}.",
            place,
            "",
            again,
        )


def _is_imported_in_place(facts: Facts) -> bool:
    """Tell whether pytest itself puts the code on the path, so that nothing has to be installed."""
    config = facts.pytest_config
    return bool(config and "pythonpath" in config.values)


def _same_folder(one: str, other: str) -> bool:
    return one.replace("\\", "/").rstrip("/").lower() == other.replace("\\", "/").rstrip("/").lower()


def _up_to_date(patient: Patient, again: tuple[Remedy, ...]) -> Iterator[Finding]:
    facts, machine = patient.facts, patient.machine
    found = machine.distributions[facts.project.name]
    declared = {("console_scripts", name) for name in facts.project.scripts}
    declared |= {(group, name) for group, points in facts.project.entry_points.items() for name in points}
    stale = sorted(name for group, name in declared if name not in found.entry_points(group))
    if stale and "entry_points" not in facts.project.dynamic:
        place = facts.project.places.get("scripts") or facts.project.places.get("entry_points")
        yield needed("project", f"The entry point {stale[0]} was added after this was installed.", place, "", again)
    older = machine.outdated_extensions(facts.snapshot.files)
    if older:
        source, compiled = older[0]
        more = f" ({len(older) - 1} more)" if len(older) > 1 else ""
        rebuilt = commands.reinstall(facts, future(patient))
        yield needed("project", f"{compiled} is older than its source {source}{more}.", Evidence(source), "", rebuilt)
    if not stale and not older:
        yield fine("project", f"{facts.project.raw_name} {found.version} is installed from this clone")
