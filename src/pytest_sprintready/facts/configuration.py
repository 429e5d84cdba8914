"""What configuration files declare: metadata, dependencies, runners, CI, services, system packages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.facts.files import test_files
from pytest_sprintready.facts.purpose import World
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.arguments import word_set
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.metadata import Group, Project
    from pytest_sprintready.reading.pytest_config import PytestConfig
    from pytest_sprintready.reading.requirements import Declared
    from pytest_sprintready.reading.tasks import TaskFile
    from pytest_sprintready.reading.workflow import Workflow

_TEST_TOOLS = word_set(
    "pytest tox nox coverage pytest-cov pytest-django pytest-xdist hypothesis unittest2 nose nose2 trial ward green "
    "stestr testtools zope-testrunner django-nose"
)


def project(facts: Facts) -> Project:
    """Metadata; what is wrong with its files is noted."""
    from pytest_sprintready.reading.metadata import read_project

    found = read_project(facts.text)
    for problem in found.problems:
        facts.note(problem)
    return found


def pytest_config(facts: Facts) -> PytestConfig | None:
    """pytest's configuration; what is wrong with its file is noted."""
    from pytest_sprintready.reading.pytest_config import read_pytest_config

    found = read_pytest_config(facts.text)
    for problem in found.problems if found else ():
        facts.note(problem)
    return found


def task_files(facts: Facts) -> tuple[TaskFile, ...]:
    """Every runner's configuration in the root."""
    from pytest_sprintready.reading.runners import read_task_files

    def read(path: str) -> str | None:
        folder, _, name = path.rpartition("/")
        if folder and "." not in name:  # a program built or kept there is no script that cannot be read
            try:
                return facts.snapshot.read(path)
            except FileProblem:
                return None
        return facts.text(path)

    found, problems = read_task_files(facts.snapshot.files, read)
    for problem in problems:
        facts.note(problem)
    return tuple(found)


def workflows(facts: Facts) -> tuple[Workflow, ...]:
    """Every CI file that can be read."""
    from pytest_sprintready.reading.workflows import is_ci_file, read_workflow

    paths = [
        path
        for folder in ("", ".github/workflows", ".gitea/workflows", ".forgejo/workflows", ".circleci")
        for path in files_in(facts, folder)
        if is_ci_file(path)
    ]
    facts.snapshot.prefetch(paths)
    found = []
    for path in paths:
        text = facts.text(path)
        workflow = facts.attempt(read_workflow, path, text) if text is not None else None
        if workflow is not None:
            found.append(workflow)
    return tuple(found)


def files_in(facts: Facts, folder: str) -> list[str]:
    """Return the paths of the files right in a folder."""
    return [f"{folder}/{name}" if folder else name for name in facts.snapshot.folder(folder) if not name.endswith("/")]


def world(facts: Facts) -> World:
    """The tasks, and the folders that mean the whole suite: configured test paths and the package itself."""
    base = World()
    whole = set(base.whole)
    config = facts.pytest_config
    if config is not None:
        paths = [path.strip("/") for path in config.testpaths]
        folders = [path.rpartition("/")[0] for path in paths]
        # One of several folders of tests below the same folder is a part: tests/unit beside tests/integration.
        whole |= {path for path, folder in zip(paths, folders, strict=True) if not folder or folders.count(folder) == 1}
    whole |= {name.replace(".", "/") for name in facts.project.packages or ()}
    whole.add(facts.project.name.replace("-", "_"))
    if facts.project.raw_name:
        whole.add(facts.project.raw_name)
    roots = {match[1] for path in test_files(facts) if (match := re.match(r"((?:[\w-]+/){0,2}?tests?)/", path))}
    if len(roots) <= 2:  # one folder of tests, inside or outside the package
        whole |= roots
    return World(facts.task_files, frozenset(whole))


def requires_python(facts: Facts) -> Fact[str]:
    """As written in the metadata."""
    found = facts.project.requires_python
    return Fact(found, [facts.project.places["requires_python"]]) if found else Fact("")


def dependency_places(facts: Facts) -> dict[str, Group]:
    """Every place that declares distributions, by its name as in `test_dependencies_in`."""
    readers = (_from_metadata, _from_requirements, _from_conda, _from_pipfile, _from_runners)
    return {group.origin: group for read in readers for group in read(facts)}


def _from_metadata(facts: Facts) -> Iterator[Group]:
    from pytest_sprintready.reading.metadata import Group

    project = facts.project
    if project.dependencies:
        name = "project.dependencies"
        yield Group("", name, project.dependencies[0].place, project.dependencies)
    yield from (*project.extras.values(), *project.groups.values(), *project.environments.values())


def _from_requirements(facts: Facts) -> Iterator[Group]:
    from pytest_sprintready.reading.metadata import Group
    from pytest_sprintready.reading.requirements import read_requirements

    for path in requirements_files(facts):
        text = facts.text(path)
        if text is not None:
            found = read_requirements(path, text)
            yield Group(path, f"requirements:{path}", Evidence(path), found.requirements, _included(found.includes))


def _from_conda(facts: Facts) -> Iterator[Group]:
    from pytest_sprintready.reading.metadata import Group
    from pytest_sprintready.reading.requirements import read_conda_environment

    for path in _conda_files(facts):
        text = facts.text(path)
        found = facts.attempt(read_conda_environment, path, text) if text is not None else None
        if found is not None:
            declared = found.dependencies + found.pip
            yield Group(path, f"conda:{path}", Evidence(path), declared, _included(found.includes))


def _from_pipfile(facts: Facts) -> Iterator[Group]:
    from pytest_sprintready.reading.metadata import Group
    from pytest_sprintready.reading.requirements import read_pipfile

    text = facts.text("Pipfile")
    found = facts.attempt(read_pipfile, "Pipfile", text) if text is not None else None
    if found is not None:
        yield Group("dev-packages", "pipfile:dev", Evidence("Pipfile"), found.packages + found.dev_packages)


def _from_runners(facts: Facts) -> Iterator[Group]:
    from pytest_sprintready.reading.metadata import Group
    from pytest_sprintready.reading.requirements import Declared

    for file in facts.task_files:
        if file.runner not in {"tox", "nox"}:
            continue
        packages = tuple(
            Declared(name.removeprefix("package:"), Evidence(task.path, task.line))
            for task in file.tasks
            for name in task.installs
            if name.startswith("package:")
        )
        if packages:
            yield Group(file.runner, file.runner, packages[0].place, packages)


def _included(includes: Iterable[Declared]) -> tuple[str, ...]:
    return tuple(f"requirements:{each.text}" for each in includes)


_REQUIREMENTS_FILE = pattern(
    r"(^|/)(\.?requirements?([-_.][\w.-]*)?/[\w.-]+|[\w.-]*require(ments)?[\w.-]*)\.(txt|in|pip)$"
)
_NOT_OWN_FOLDER = pattern(r"(^|/)(examples?|vendor|_vendor|docs?/examples|templates?|\{\{.*)/")


def requirements_files(facts: Facts) -> tuple[str, ...]:
    """pip's requirements files (and pip-tools' sources) in the root, a folder for them, or the tests' folder."""
    return tuple(
        path
        for path in facts.snapshot.files
        if path.endswith((".txt", ".in", ".pip"))
        and path.count("/") <= 2
        and _REQUIREMENTS_FILE.search(path)
        and not _NOT_OWN_FOLDER.search(path)
    )


def _conda_files(facts: Facts) -> list[str]:
    folders = ("", "ci", "conda", "environments", "requirements", "binder")
    return [
        path
        for folder in folders
        for path in files_in(facts, folder)
        if re.search(r"(^|/)[\w.-]*env(ironment)?[\w.-]*\.ya?ml$", path)
    ]


def requirements_of(facts: Facts, place: str) -> tuple[str, ...]:
    """Requirements that a place declares, as they are written, those of the files it includes among them."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    queue = [place]
    while queue:
        origin = queue.pop()
        group = facts.dependency_places.get(origin)
        if origin in seen or group is None:
            continue
        seen.add(origin)
        found |= dict.fromkeys(each.text for each in group.requirements)
        queue += group.includes
    return tuple(found)


def names_declared(facts: Facts, place: str) -> frozenset[str]:
    """Normalised names of the distributions a place declares, those of the files it includes among them."""
    from pytest_sprintready.reading.requirements import distribution_name

    return frozenset(distribution_name(each) for each in requirements_of(facts, place)) - {""}


def names_installed(facts: Facts, places: Iterable[str]) -> frozenset[str]:
    """Normalised names of what places declare, and of what comes by the project's own extras in them: `own[all]`."""
    from pytest_sprintready.reading.requirements import distribution_name

    names: set[str] = set()
    seen: set[str] = set()
    queue = list(places)
    while queue:
        place = queue.pop()
        group = facts.dependency_places.get(place)
        if place in seen or group is None:
            continue
        seen.add(place)
        names |= names_declared(facts, place)
        for each in group.requirements:
            extras = re.search(r"\[([\w\s,.-]+)\]", each.text)
            if extras and distribution_name(each.text) == facts.project.name:
                queue += [f"extra:{extra.strip()}" for extra in extras[1].split(",")]
    return frozenset(names)


def test_dependencies_in(facts: Facts) -> Fact[tuple[str, ...]]:
    """Places that declare a test tool."""
    found = {
        place: group.place
        for place, group in facts.dependency_places.items()
        if _TEST_TOOLS & names_declared(facts, place)
    }
    return Fact(tuple(found) or ("none",), found.values())


def pre_commit(facts: Facts) -> Fact[bool]:
    """Whether pre-commit (or prek, which reads the same file) is configured."""
    path = next(
        (name for name in (".pre-commit-config.yaml", ".pre-commit-config.yml") if facts.snapshot.has(name)), ""
    )
    return Fact(bool(path), [Evidence(path)] if path else [])


def editorconfig(facts: Facts) -> Fact[bool]:
    """Whether an .editorconfig stands in the root."""
    found = facts.snapshot.has(".editorconfig")
    return Fact(found, [Evidence(".editorconfig")] if found else [])


def submodules(facts: Facts) -> Fact[bool]:
    """Whether .gitmodules names any."""
    found = "[submodule" in (facts.text(".gitmodules") or "")
    return Fact(found, [Evidence(".gitmodules")] if found else [])
