"""Whether one command, typed on a fresh clone, makes the environment and runs the tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import commands, configuration, imports, purpose
from pytest_sprintready.facts.files import test_files
from pytest_sprintready.facts.testing import is_test_script
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.shell import program_name, split_line, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.command import Call, Command
    from pytest_sprintready.reading.tasks import Task, TaskFile

# Runners that make the environment they run in.
_BUILDING_RUNNERS = ("tox", "nox", "hatch", "pixi")
# Verbs with which a program creates the environment.
_MAKING_VERBS = {
    "uv": {("venv",), ("sync",)},
    "poetry": {("install",)},
    "pdm": {("install",), ("sync",)},
    "conda": {("create",)},
}
COMPILED_BACKENDS = pattern(
    r"mesonpy|scikit_build|maturin|setuptools_rust|cython|pybind11|nanobind|cffi|sipbuild|enscons", re.IGNORECASE
)
_BINARY_FOLDER = pattern(r"[/\\](bin|Scripts)[/\\]")


def single_command(facts: Facts) -> Fact[bool]:
    """Whether the primary command, typed on a fresh clone with only its runner installed, builds and tests."""
    found = commands.primary(facts)
    if found is None:
        return Fact(False)
    return Fact(not facts.submodules.value and builds_by_itself(facts, found.command), [found.place])


def builds_by_itself(facts: Facts, command: Command) -> bool:
    """Whether the first call of a command that tests makes the environment for it."""
    for call in command.calls:
        if purpose.purpose(call, facts.world) == "test":
            return call_builds(facts, call)
        if makes_environment(call):
            return True
    return False


def makes_environment(call: Call) -> bool:
    """Whether a call creates an environment: `python -m venv`, `uv sync`, `virtualenv`, `conda env create`."""
    current: Call | None = call
    while current is not None:
        program, words = program_name(unwrapped(current)), unwrapped(current).words
        if program in {"venv", "virtualenv"} or words[1:2] in _MAKING_VERBS.get(program, ()):
            return True
        if program == "conda" and words[1:3] == ("env", "create"):
            return True
        current = launched(current)
    return False


def call_builds(facts: Facts, call: Call, depth: int = 0) -> bool:
    """Whether a program call makes its environment itself: by its runner, or by what its task runs."""
    words = unwrapped(call).words
    if not words or depth > 5:
        return False
    program = words[0].rpartition("/")[2]
    if program in {"python", "python3", "py"} and words[1:2] == ("-m",) and len(words) > 2:
        words = words[2:]
        program = words[0]
    if program in _BUILDING_RUNNERS:
        return not _BINARY_FOLDER.search(words[0])  # not out of an environment made before
    if program == "uvx" or (program == "uv" and words[1:3] == ("tool", "run")) or words[:2] == ("pipx", "run"):
        return True
    if program == "uv" and words[1:2] == ("run",):
        return uv_run_suffices(facts, words)
    if program == "unittest":
        return needs_nothing(facts)
    for runner, name in tasks_of_call(facts, words):
        task = facts.world.task(runner, name)
        if task is not None and task_builds(facts, task, depth):
            return True
    return False


def tasks_of_call(facts: Facts, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield runner and name of the tasks a call asks for, where the runner makes no environment."""
    program = words[0].rpartition("/")[2]
    if program in {"make", "just", "poe", "invoke", "inv", "task"}:
        runner = {"inv": "invoke", "task": "taskfile"}.get(program, program)
        names, _, directory = purpose.task_names(runner, list(words[1:]))
        if not directory:
            defaults = [task.name for file in facts.world.of(runner) for task in file.tasks if task.default]
            yield from ((runner, name) for name in names or defaults)
    else:
        script = words[1] if program in {"bash", "sh", "python", "python3"} and len(words) > 1 else words[0]
        yield "script", script.removeprefix("./")


def task_builds(facts: Facts, task: Task, depth: int = 0) -> bool:
    """Whether a task of a runner that makes no environment has one made by what it runs before or for the tests."""
    if task.builds:
        return True
    if depth > 5:
        return False
    for needed in task.needs:
        found = facts.world.task(task.runner, needed)
        if found is None or found is task:
            continue
        if _task_makes(facts, found, depth + 1) and not _tests_outside(facts, found, task):
            return True
        if purpose.of_task(found, facts.world) == "test" and task_builds(facts, found, depth + 1):
            return True
    for line in task.commands:
        for call in split_line(purpose.without_slots(line)):
            if makes_environment(call) and not _tests_outside(facts, task, task):
                return True
            if purpose.purpose(call, facts.world) in {"test", "test-part"}:
                return call_builds(facts, call, depth + 1)
    return False


# Managers whose environment is entered by their own `run`; what is started otherwise does not see it.
_MANAGERS = pattern(r"\b(poetry|pdm|uv)\b")
_ENTERS = pattern(r"\b(poetry|pdm|uv|pipenv) run\b|venv|\bactivate\b|\$\(?\w")


def _tests_outside(facts: Facts, maker: Task, tester: Task) -> bool:
    """Whether a manager makes the environment and the tests are started without it: `poetry install`, `pytest`."""
    made = [call for line in maker.commands for call in split_line(line) if makes_environment(call)]
    lines = list(_lines_that_test(facts, tester))
    by_manager = bool(made) and all(_MANAGERS.match(program_name(call)) for call in made)
    return by_manager and bool(lines) and not any(_ENTERS.search(line) for line in lines)


def _lines_that_test(facts: Facts, task: Task, depth: int = 0) -> Iterator[str]:
    for line in task.commands:
        calls = split_line(purpose.without_slots(line))
        if any(purpose.purpose(call, facts.world) in {"test", "test-part"} for call in calls):
            yield line
    for needed in task.needs if depth < 5 else ():
        found = facts.world.task(task.runner, needed)
        if found is not None and found is not task:
            yield from _lines_that_test(facts, found, depth + 1)


def _task_makes(facts: Facts, task: Task, depth: int) -> bool:
    if any(makes_environment(call) for line in task.commands for call in split_line(line)):
        return True
    return depth < 5 and any(
        found is not None and found is not task and _task_makes(facts, found, depth + 1)
        for found in (facts.world.task(task.runner, needed) for needed in task.needs)
    )


def needs_nothing(facts: Facts) -> bool:
    """Whether unittest finds everything in a plain checkout: no dependencies, the package in the root."""
    if facts.project.dependencies or facts.snapshot.is_folder("src"):
        return False
    return facts.test_framework.value == "unittest" and not facts.pytest_config


def uv_run_suffices(facts: Facts, words: tuple[str, ...]) -> bool:
    """Whether `uv run ...` has the program it starts: with the default groups and what the options add."""
    options = list(words[2:])
    if "--no-sync" in options or "--no-project" in options:
        return False
    chosen = set(facts.project.default_groups)
    inner: list[str] = []
    while options:
        word = options.pop(0)
        flag, _, value = word.partition("=")
        if flag in {"--group", "--extra", "--only-group", "--with"}:
            chosen.add(value or (options.pop(0) if options else ""))
        elif flag in {"--all-groups", "--all-extras"}:
            return True
        elif flag in {"--python", "-p", "--with-requirements", "--env-file", "--index"} and not value and options:
            options.pop(0)
        elif not word.startswith("-"):
            inner = [word, *options]
            break
    program = (
        inner[2]
        if inner[:2] in (["python", "-m"], ["python3", "-m"]) and len(inner) > 2
        else (inner[0] if inner else "")
    )
    wanted = {"pytest": "pytest", "tox": "tox", "nox": "nox"}.get(program, "pytest")
    if wanted in chosen:
        return True
    places = ["project.dependencies", *(f"{kind}:{name}" for kind in ("group", "extra") for name in chosen)]
    return any(wanted in configuration.names_declared(facts, place) for place in places)


def single_command_available(facts: Facts) -> Fact[tuple[str, ...]]:
    """What would build and test in one go according to the configuration; nothing where submodules come first."""
    found: dict[str, Evidence] = {}
    if facts.submodules.value:
        return Fact(())
    for each in facts.documented:
        if each.purpose == "test" and not each.command.calls[0].env and builds_by_itself(facts, each.command):
            found.setdefault(each.command.text, each.place)
    for command, place in _implied(facts):
        found.setdefault(command, place)
    return Fact(tuple(found), found.values())


def with_submodules(facts: Facts) -> tuple[tuple[str, Evidence], ...]:
    """What the configuration offers as one command once a recursive clone has brought the submodules."""
    return tuple(_implied(facts)) if facts.submodules.value else ()


def _implied(facts: Facts) -> Iterator[tuple[str, Evidence]]:
    for file in facts.task_files:
        tasks = [task for task in file.tasks if purpose.of_task(task, facts.world) == "test"]
        if tasks:
            yield from _IMPLIED.get(file.runner, _by_building_tasks)(facts, file, tasks)
    yield from _uv_run(facts)
    if needs_nothing(facts):
        yield "python -m unittest discover", Evidence(test_files(facts)[0])


def _tox(facts: Facts, file: TaskFile, tasks: list[Task]) -> Iterator[tuple[str, Evidence]]:
    if not _tox_needs_plugin(facts, file.path):
        # What runs by default tests, if only in several parts.
        by_default = any(
            task.default and purpose.of_task(task, facts.world) in {"test", "test-part"} for task in file.tasks
        )
        text = "tox" if by_default else f"tox -e {tasks[0].name}"
        yield text, Evidence(file.path, tasks[0].line)


def _nox(_facts: Facts, file: TaskFile, tasks: list[Task]) -> Iterator[tuple[str, Evidence]]:
    best = min(tasks, key=lambda task: (not task.default, not re.match(r"(unit-?_?)?tests?", task.name), task.line))
    yield f"nox -s {best.name}", Evidence(file.path, best.line)


def _environment_run(_facts: Facts, file: TaskFile, tasks: list[Task]) -> Iterator[tuple[str, Evidence]]:
    name = tasks[0].name
    behind_the_command = file.runner == "hatch" and name.startswith("hatch-test")  # hatch's own environment for it
    yield "hatch test" if behind_the_command else f"{file.runner} run {name}", Evidence(file.path, tasks[0].line)


def _by_building_tasks(facts: Facts, file: TaskFile, tasks: list[Task]) -> Iterator[tuple[str, Evidence]]:
    """Name the task that makes the environment it tests in, and the runner alone where it runs by default."""
    is_script = file.runner == "script"
    building = [
        task
        for task in tasks
        if task_builds(facts, task)
        and not re.search(r"docker|compose", " ".join(task.commands))
        and (not is_script or is_test_script(facts, task.name))
    ]
    building.sort(key=lambda task: (not re.fullmatch(r"(.*/)?tests?(\.sh)?", task.name), not task.default, task.line))
    for task in building[:1]:
        yield f"./{task.name}" if is_script else f"{file.runner} {task.name}", Evidence(task.path, task.line)
    for task in building:
        if task.default and not is_script:
            yield file.runner, Evidence(task.path, task.line)


_IMPLIED = {"tox": _tox, "nox": _nox, "hatch": _environment_run, "pixi": _environment_run}


def _tox_needs_plugin(facts: Facts, path: str) -> bool:
    """Whether tox would not start without uv or a plugin that its configuration does not ask for (tox's `requires`)."""
    text = facts.text(path) or ""
    if not re.search(r"uv-venv|tox-uv-bare", text):
        return False
    required = re.search(
        r"^requires\s*=\s*(\[[^\]]*\]|.*(?:\n[ \t]+.*)*)",
        text[max(text.find("[tool.tox]"), text.find("[tox]"), 0) :],
        re.MULTILINE,
    )
    return required is None or re.search(r"tox-uv(?!-bare)\b", required[1]) is None


def _uv_run(facts: Facts) -> Iterator[tuple[str, Evidence]]:
    project = facts.project
    if (
        not project.raw_name
        or "pyproject.toml" not in project.files
        or facts.test_framework.value != "pytest"
        or "poetry" in project.build_backend
    ):
        return
    if COMPILED_BACKENDS.search(" ".join(each.text for each in project.build_requires)) and not facts.snapshot.has(
        "uv.lock"
    ):
        return
    knows_groups = "uv" in project.tools or "dependency-groups" in (facts.text("pyproject.toml") or "")
    always = [f"group:{name}" for name in project.default_groups]
    for place in sorted(testing_places(facts), key=lambda place: place not in always):
        if place.startswith("group:") and not knows_groups:
            continue  # PDM's own table
        if imports.declared_elsewhere(facts, [*always, place]):
            continue  # the tests would not start
        kind, _, name = place.partition(":")
        flag = "" if place in always else f"--{kind} {name} "
        yield f"uv run {flag}pytest", facts.dependency_places[place].place
        return


def testing_places(facts: Facts) -> list[str]:
    """Return the groups and extras of pyproject.toml that bring pytest, those that name it themselves first."""
    here = {
        place: group
        for place, group in facts.dependency_places.items()
        if place.startswith(("group:", "extra:")) and group.place.path == "pyproject.toml"
    }
    bringing = [place for place in here if "pytest" in configuration.names_installed(facts, [place])]
    return sorted(bringing, key=lambda place: "pytest" not in configuration.names_declared(facts, place))
