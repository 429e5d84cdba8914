"""Where this repository declares a distribution: the extra, group, file, environment that would bring it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.facts import ci
from pytest_sprintready.facts.once import once
from pytest_sprintready.reading import distributions
from pytest_sprintready.reading.requirements import distribution_name, local_extras, normalised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.model import Evidence

DEPENDENCIES = "project.dependencies"
# Not "pytest": an extra of that name is for the users of a plugin.
_TEST_NAMES = re.compile(r"(?<![a-z])(unit|run|dev)?[-_.]?tests?(ing)?([-_.](all|full|deps|req\w*))?$")
_DEVELOPMENT_NAMES = re.compile(r"dev(el(op(ment|er)?)?)?s?$|all([-_]?(dev|extras))?$")
_KINDS = (DEPENDENCIES, "extra", "group", "requirements", "poetry", "pipfile", "setup", "pixi", "conda", "hatch",
          "nox", "tox")  # fmt: skip


class Home(NamedTuple):
    """A place that declares a distribution: `origin` as in Facts.dependency_places, the requirement, where it stands.

    `distribution` is the normalised name, `carried` where it only comes along with that.
    """

    origin: str
    distribution: str
    requirement: str
    place: Evidence
    carried: bool = False

    @property
    def kind(self) -> str:
        """What it is: "extra", "group", "requirements", "tox"..."""
        return self.origin if self.origin == DEPENDENCIES else self.origin.partition(":")[0]

    @property
    def name(self) -> str:
        """What it is called: the name of the extra or group, the path of the file."""
        return self.origin.partition(":")[2]

    def __str__(self) -> str:
        """Say it in words, to follow "declared in"."""
        named = {
            DEPENDENCIES: "the project's dependencies",
            "extra": f'the extra "{self.name}"',
            "group": f'the dependency group "{self.name}"',
            "poetry": "Poetry's development dependencies",
            "pipfile": "the development packages",
            "setup": "tests_require",
            "tox": "the environments of tox",
            "nox": "the sessions of nox",
            "hatch": f'hatch\'s environment "{self.name}"',
            "pixi": f'the pixi feature "{self.name}"',
        }
        if self.kind in named:
            return f"{named[self.kind]} ({self.place})"
        return str(self.place) if self.place.path == self.name else f"{self.name} (from {self.place})"


def homes(facts: Facts, machine: Machine, names: tuple[str, ...]) -> list[Home]:
    """Return the places that declare one of these distributions, the one to use first; what carries them if none."""
    found = list(_declaring(facts, machine, frozenset(names), carried=False))
    if not found:
        carriers = (
            name for name in _all_declared(facts) if not distributions.carried_by(frozenset([name])).isdisjoint(names)
        )
        found = list(_declaring(facts, machine, frozenset(carriers), carried=True))
    return sorted(found, key=lambda home: _rank(facts, home))


@once
def _all_declared(facts: Facts) -> frozenset[str]:
    groups = facts.dependency_places.values()
    return frozenset(distribution_name(each.text) for group in groups for each in group.requirements) - {""}


def _declaring(facts: Facts, machine: Machine, names: frozenset[str], *, carried: bool) -> Iterator[Home]:
    for origin in facts.dependency_places:
        for name, text, place in _members(facts, origin):
            if name in names and _applies(text, machine):
                yield Home(origin, name, text, place, carried)
                break


def _members(facts: Facts, origin: str) -> Iterator[tuple[str, str, Evidence]]:
    """Yield what a place declares, with what the files and groups declare that it includes."""
    seen: set[str] = set()
    queue = [origin]
    while queue:
        group = facts.dependency_places.get(queue.pop(0))
        if group is None or group.origin in seen:
            continue
        seen.add(group.origin)
        for each in group.requirements:
            yield distribution_name(each.text), each.text, each.place
            queue += _own_extras(facts, each.text)
        queue += group.includes


def _own_extras(facts: Facts, requirement: str) -> list[str]:
    """Return the extras of the project itself that a requirement asks for: `lantern[docs,test]`, `-e .[test]`."""
    local = local_extras(requirement)
    if local is not None:
        return [f"extra:{_written(facts, name)}" for name in local] + [DEPENDENCIES]
    found = re.match(r"\s*([\w.-]+)\s*\[([^\]]*)\]", requirement)
    if not found or normalised(found[1]) != facts.project.name:
        return []
    return [f"extra:{_written(facts, name)}" for name in found[2].split(",")]


def _written(facts: Facts, extra: str) -> str:
    """Return the name of an extra as the project writes it."""
    known = facts.project.extras.get(normalised(extra.strip()))
    return known.name if known else extra.strip()


def _applies(requirement: str, machine: Machine) -> bool:
    """Tell whether the requirement's marker holds on this machine; one that is not understood does."""
    _, semicolon, written = requirement.partition(";")
    if not semicolon or not machine.python:
        return True
    from packaging.markers import InvalidMarker, Marker, UndefinedComparison

    minor = ".".join(machine.python.split(".")[:2])
    try:
        marker = Marker(written.split(" #")[0].strip())
        return marker.evaluate({"python_version": minor, "python_full_version": machine.python, "extra": ""})
    except (InvalidMarker, UndefinedComparison, ValueError):
        return True


def _rank(facts: Facts, home: Home) -> tuple[Any, ...]:
    documented = home.origin in _documented(facts)
    by_ci = home.origin in _used_by_ci(facts)
    name = re.sub(r"\.(txt|in|pip|ya?ml)$|.*/|requirements?[-_.]?", "", home.name) or home.name
    bare = home.kind == "requirements" and home.name.rpartition("/")[2] in ("requirements.txt", "requirements.in")
    return (
        home.kind != DEPENDENCIES,
        _needs_another_tool(facts, home),
        home.kind == "requirements" and home.name.endswith(".in"),
        not documented,
        not _TEST_NAMES.search(name),
        not bare,
        not _DEVELOPMENT_NAMES.fullmatch(name),
        not by_ci,
        not _holds_pytest(facts, home.origin),
        _KINDS.index(home.kind) if home.kind in _KINDS else len(_KINDS),
        sum(1 for _ in _members(facts, home.origin)),
    )


def _needs_another_tool(facts: Facts, home: Home) -> bool:
    """Tell whether what is installed for most people, pip or uv, cannot install from there."""
    if home.kind == "group":
        return not is_dependency_group(facts, home.name)
    return home.kind not in (DEPENDENCIES, "extra", "requirements")


def _holds_pytest(facts: Facts, origin: str) -> bool:
    return any(name == "pytest" for name, _, _ in _members(facts, origin))


@once
def _documented(facts: Facts) -> frozenset[str]:
    from pytest_sprintready.reading.runners.installing import installed_by

    calls = [call for each in facts.documented if each.purpose in ("setup", "test") for call in each.command.calls]
    return frozenset(item for call in calls for item in installed_by(call.words))


@once
def _used_by_ci(facts: Facts) -> frozenset[str]:
    from pytest_sprintready.reading.runners.installing import installed_by

    calls = [call for _, command, _ in ci.ci_commands(facts) for call in command.calls]
    tasks = {item for file in facts.task_files for task in file.tasks for item in task.installs}
    return frozenset(item for call in calls for item in installed_by(call.words)) | tasks


@once
def dependency_groups(facts: Facts) -> frozenset[str]:
    """Normalised names of the groups that pip and uv know: those of PEP 735, not those of Poetry or PDM."""
    from pytest_sprintready.reading.loaders import load_toml

    text = facts.text("pyproject.toml")
    tables = facts.attempt(load_toml, "pyproject.toml", text) if text and "dependency-groups" in text else None
    groups = tables.get("dependency-groups") if isinstance(tables, dict) else None
    return frozenset(map(normalised, groups)) if isinstance(groups, dict) else frozenset()


def is_dependency_group(facts: Facts, name: str) -> bool:
    """Tell whether `pip install --group NAME` would find it."""
    return normalised(name) in dependency_groups(facts)


def home_of_tests(facts: Facts, machine: Machine) -> Home | None:
    """Return the place that declares pytest, the one to install for running the tests; None if none does."""
    return next(iter(homes(facts, machine, ("pytest",))), None)
