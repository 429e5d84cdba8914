"""Whether documents and continuous integration run the tests by the same runner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts import ci, commands, purpose
from pytest_sprintready.facts.once import once
from pytest_sprintready.model import Evidence, SkipCheck
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.shell import is_windows_only, program_name, split_line, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.command import Call, Command
    from pytest_sprintready.reading.tasks import Task

# What makes an environment of its own: running the tests without it is running them otherwise.
_BUILDERS = frozenset(["nox", "tox", "hatch", "pixi"])
_TASKS_BY_NAME = {"make": "make", "just": "just", "poe": "poe", "invoke": "invoke", "spin": "spin", "task": "taskfile"}
_TESTERS = frozenset(
    ["pytest", "unittest", "trial", "nose2", "nosetests", "ward", "stestr", "zope-testrunner", "green"]
)
_SAME = {"py.test": "pytest", "twisted.trial": "trial"}
_MAX_DEPTH = 5


class Verdict(NamedTuple):
    """The documented command and, where they differ, what continuous integration runs instead."""

    command: str
    documented: Evidence
    differs: bool = False
    ci_command: str = ""
    ci_place: Evidence = Evidence("")


def docs_and_ci(facts: Facts) -> Verdict:
    """Compare every documented command for the whole suite with all that continuous integration runs.

    Raises SkipCheck where one side is missing or what it runs cannot be followed.
    """
    primary = commands.primary(facts)
    if primary is None:
        raise SkipCheck("no test command is documented (SR105)")
    if not facts.workflows:
        raise SkipCheck("there is no continuous integration to compare with")
    main, everything = _ci_side(facts)
    ways = [each.command for each in facts.documented if each.purpose == "test" and not is_windows_only(each.command)]
    unclear = ""
    for command in (primary.command, *ways):
        way = reach(facts, command)
        if ((way & _BUILDERS) or way - {"?"}) & everything:
            return Verdict(primary.command.text, primary.place)
        if not way or "?" in way:
            unclear = unclear or command.text
    if not main:
        raise SkipCheck("continuous integration runs no test command that can be read")
    if unclear:
        raise SkipCheck(f'what "{unclear}" runs cannot be followed')
    if "?" in everything:
        raise SkipCheck("what continuous integration runs cannot be followed")
    return Verdict(primary.command.text, primary.place, True, main[0].text, Evidence(main[0].path, main[0].line))


def tested_by_ci(facts: Facts) -> bool:
    """Whether continuous integration runs tests, as far as it can be followed."""
    return bool(_ci_side(facts)[1])


@once
def _ci_side(facts: Facts) -> tuple[list[Command], set[str]]:
    """Return the test commands of the main workflows, and everything any workflow reaches."""
    main: list[Command] = []
    everything: set[str] = set()
    for workflow, command, why in ci.ci_commands(facts):
        way = reach(facts, command)
        if why in {"test", "test-part"}:
            everything |= way
            if not ci.is_side_workflow(workflow):
                main.append(command)
        else:
            everything |= way - {"?"}
    for workflow in facts.workflows:
        for job in workflow.jobs:
            for used in (job.uses, *(step.uses for step in job.steps)):
                named = re.search(r"tox|nox|hatch|pixi|run-?tests?|pytest|/tests?\b", used)
                if named and not re.search(r"setup-|install", used):
                    everything |= {named[0], "?"}  # an action or a workflow from elsewhere runs the tests
    return main, everything


def reach(facts: Facts, command: Command) -> frozenset[str]:
    """Return the runners and test programs that a command starts, directly or through tasks; "?" for one unknown."""
    found: set[str] = set()
    for call in command.calls:
        _follow(facts, call, found, 0)
    return frozenset(found)


def _follow(facts: Facts, call: Call, found: set[str], depth: int) -> None:
    current: Call | None = call
    for _ in range(_MAX_DEPTH):
        if current is None or depth > _MAX_DEPTH:
            return
        current = unwrapped(current)
        if not current.words:
            return
        name = _SAME.get(program_name(current), program_name(current))
        words = list(current.words[1:])
        if name in _TESTERS:
            found.add(name)
        elif name in {"nox", "tox"}:
            found.add(name)
            _follow_all(facts, _environments(facts, name, words), found, depth)
        elif name in _TASKS_BY_NAME:
            runner = _TASKS_BY_NAME[name]
            names, _, directory = purpose.task_names(runner, words)
            if directory:
                found.add("?")
                return
            tasks = [facts.world.task(runner, each) for each in names] if names else _defaults(facts, runner)
            if not tasks or None in tasks:
                found.add("?")
            _follow_all(facts, [task for task in tasks if task is not None], found, depth)
        elif name in {"hatch", "pixi"} and words[:1] and words[0] in {"run", "test", "env", "-e"}:
            found.add(name)
            found.add("pytest") if words[0] == "test" else _follow_named(facts, name, words[1:], found, depth)
        elif name in {"pdm", "rye"} and words[:1] == ["run"]:
            _follow_named(facts, name, words[1:], found, depth)
        elif name == "manage.py" or f"/{' '.join(current.words[:2])}".endswith("/manage.py"):
            found.add("django")
        elif name in {"docker", "docker-compose", "podman"}:
            found.add("docker")
            found.add("?")
        else:
            _follow_script(facts, current, found, depth)
        current = launched(current)


def _follow_all(facts: Facts, tasks: list[Task], found: set[str], depth: int) -> None:
    for task in tasks:
        if f"{task.runner} {task.name}" in found:
            continue
        found.add(f"{task.runner} {task.name}")
        lines = [split_line(line) for line in task.commands]
        for calls in lines:
            for call in calls:
                _follow(facts, call, found, depth + 1)
        needed = [facts.world.task(task.runner, each) for each in task.needs]
        if depth < _MAX_DEPTH:
            _follow_all(facts, [each for each in needed if each is not None and each is not task], found, depth + 1)


def _environments(facts: Facts, runner: str, words: list[str]) -> list[Task]:
    names = purpose.environment_names(runner, words)
    tasks = [facts.world.task(runner, name) for name in names]
    known = [task for task in tasks if task is not None]
    if known and len(known) == len(tasks):
        return known
    return _test_tasks(facts, runner)


def _test_tasks(facts: Facts, runner: str) -> list[Task]:
    every = [task for file in facts.world.of(runner) for task in file.tasks]
    return [task for task in every if purpose.of_task(task, facts.world) in {"test", "test-part"}]


def _defaults(facts: Facts, runner: str) -> list[Task | None]:
    return [task for file in facts.world.of(runner) for task in file.tasks if task.default]


def _follow_named(facts: Facts, runner: str, words: list[str], found: set[str], depth: int) -> None:
    for word in words:
        task = facts.world.task(runner, word) or facts.world.task(runner, word.rpartition(":")[2])
        if task is not None:
            _follow_all(facts, [task], found, depth)
            return
    _follow_all(facts, _test_tasks(facts, runner), found, depth)  # a name that only CI knows: ${{ matrix.env }}


def _follow_script(facts: Facts, call: Call, found: set[str], depth: int) -> None:
    for path in _scripts(call):
        if facts.snapshot.has(path):
            found.add(path)
        task = facts.world.task("script", path)
        if task is not None:
            _follow_all(facts, [task], found, depth)
            return


def _scripts(call: Call) -> Iterator[str]:
    words = [call.program, *(word for word in call.words[1:] if not word.startswith("-"))][:2]
    yield from (word.replace("\\", "/").removeprefix("./") for word in words if re.search(r"[/\\]|\.(py|sh)$", word))
