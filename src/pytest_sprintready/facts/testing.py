"""How the tests run: framework, runners, what makes its environment itself, what continuous integration does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import commands, configuration, purpose
from pytest_sprintready.facts.once import once
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.shell import program_name, split_line, unwrapped
from pytest_sprintready.reading.workflows import read_action, run_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.command import Call, Command
    from pytest_sprintready.reading.tasks import Task
    from pytest_sprintready.reading.workflow import Job, Step, Workflow

# Runners that make the environment they run in.
_BUILDING_RUNNERS = ("tox", "nox", "hatch", "pixi")
# Verbs with which a program creates the environment.
_MAKING_VERBS = {
    "uv": {("venv",), ("sync",)},
    "poetry": {("install",)},
    "pdm": {("install",), ("sync",)},
    "conda": {("create",)},
}
_COMPILED_BACKENDS = pattern(
    r"mesonpy|scikit_build|maturin|setuptools_rust|cython|pybind11|nanobind|cffi|sipbuild|enscons", re.IGNORECASE
)
_BINARY_FOLDER = pattern(r"[/\\](bin|Scripts)[/\\]")
_TEST_FILE = pattern(r"(^|/)(test_[^/]*|[^/]*_tests?|tests?|conftest)\.py$")
_NOT_OWN_TESTS = pattern(
    r"(^|/)(vendor|vendored|_vendor|third_party|examples?|node_modules|site-packages|docs?|benchmarks?|\{\{.*)/"
)
# What a workflow's file name says it is for, when that is not testing each change.
_SIDE_WORKFLOW = pattern(
    r"releas|publish|deploy|docs?\b|documentation|third[-_]?party|downstream|upstream|bench|fuzz|nightly|cron|schedul"
    r"|coverage|codecov|labeler|stale|emscripten|wasm|pyodide|revdep|mutation|smoke|draft|preview|scorecard|codeql"
    r"|security|zizmor|typos|dependabot|redistribut|issue|topic|memray",
    re.IGNORECASE,
)
_SIDE_UNLESS_TESTS = pattern(
    r"lint|style|format|wheels?|pre-?commit|conda|typing|mypy|build|integration", re.IGNORECASE
)


@once
def test_files(facts: Facts) -> tuple[str, ...]:
    """Python files that hold tests, outside vendored code and examples, in order of path."""
    return tuple(
        path
        for path in facts.snapshot.files
        if path.endswith(".py") and ("test" in path) and _TEST_FILE.search(path) and not _NOT_OWN_TESTS.search(path)
    )


def test_framework(facts: Facts) -> Fact[str]:
    """What the tests are written for: configuration first, then their imports, then what is run."""
    config = facts.pytest_config
    if config is not None and (config.addopts or config.testpaths or config.values):
        return Fact("pytest", [Evidence(config.path)])
    conftest = next((path for path in test_files(facts) if path.endswith("conftest.py")), "")
    if conftest:
        return Fact("pytest", [Evidence(conftest)])
    sample = [path for path in test_files(facts) if not path.endswith("conftest.py")][:40]
    facts.snapshot.prefetch(sample)
    seen: dict[str, str] = {}
    for path in sample:
        text = facts.text(path) or ""
        if re.search(r"^\s*(import pytest|from pytest\b)", text, re.MULTILINE):
            return Fact("pytest", [Evidence(path)])
        if re.search(r"^\s*(from django\.test|from rest_framework\.test)", text, re.MULTILINE):
            seen.setdefault("django", path)
        elif re.search(r"^\s*(import unittest|from unittest|from twisted\.trial)", text, re.MULTILINE):
            seen.setdefault("unittest", path)
        elif re.search(r"^(async )?def test_", text, re.MULTILINE):
            seen.setdefault("pytest", path)
    for framework in ("django", "unittest", "pytest"):
        if framework in seen:
            return Fact(framework, [Evidence(seen[framework])])
    ran = [each.command for each in facts.documented if each.purpose == "test"]
    for command in ran:
        if "pytest" in command.text:
            return Fact("pytest", [Evidence(command.path, command.line)])
    return Fact("other", [Evidence(sample[0])]) if sample else Fact("")


def _own_test_tasks(facts: Facts) -> Iterator[Task]:
    for file in facts.task_files:
        for task in file.tasks:
            if purpose.of_task(task, facts.world) == "test":
                yield task


def runners(facts: Facts) -> Fact[tuple[str, ...]]:
    """Runners that configuration, documents or CI use for the tests."""
    found: dict[str, Evidence] = {}
    for task in _own_test_tasks(facts):
        if task.runner == "script" and not _is_test_script(facts, task.name):
            continue
        name = {"script": "custom", "spin": "custom", "taskfile": "custom"}.get(task.runner, task.runner)
        if task.runner == "script" and task.name.endswith("manage.py"):
            name = "django-manage"
        found.setdefault(name, Evidence(task.path, task.line))
    for file in facts.task_files:
        if file.runner == "tox" or (file.runner == "nox" and (file.open_ended or not file.tasks)):
            found.setdefault(file.runner, Evidence(file.path))
    if facts.snapshot.has("uv.lock"):
        found.setdefault("uv", Evidence("uv.lock"))
    for each in facts.documented:
        if re.match(r"(uv run|uvx|uv sync)\b", each.command.text) and each.purpose in {"test", "setup"}:
            found.setdefault("uv", each.place)
        if each.purpose == "test" and re.search(r"\bpytest\b", each.command.text):
            found.setdefault("pytest", each.place)
    for name in ("poetry", "pdm"):
        if facts.snapshot.has(f"{name}.lock") or ("poetry" in facts.project.tools and name == "poetry"):
            found.setdefault(name, Evidence(f"{name}.lock" if facts.snapshot.has(f"{name}.lock") else "pyproject.toml"))
    framework = facts.test_framework
    if framework.value == "pytest":
        found.setdefault("pytest", framework.evidence[0])
    if framework.value == "django" and _calls_django(facts):
        found.setdefault("django-manage", framework.evidence[0])
    return Fact(tuple(found), found.values())


def _calls_django(facts: Facts) -> bool:
    """Whether Django's own command runs the tests, not a script of the project."""
    lines = [line for file in facts.task_files for task in file.tasks for line in task.commands]
    lines += [each.command.text for each in facts.documented]
    return facts.snapshot.has("manage.py") or any(
        re.search(r"(manage\.py|django(-admin)?) test\b", line) for line in lines
    )


def _is_test_script(facts: Facts, name: str) -> bool:
    """Whether a script in the repository is known as the tests' runner: by its plain name, or by the documents."""
    if re.fullmatch(r"(.*/)?(run[-_]?)?(all[-_]?)?(tests?|test[-_]?suite)(\.(sh|py))?", name):
        return True
    return any(each.purpose == "test" and name in each.command.text for each in facts.documented)


# One command ----------------------------------------------------------------------------------------------------


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
    for runner, name in _task_of_call(facts, words):
        task = facts.world.task(runner, name)
        if task is not None and task_builds(facts, task, depth):
            return True
    return False


def _task_of_call(facts: Facts, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
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
        if _task_makes(facts, found, depth + 1):
            return True
        if purpose.of_task(found, facts.world) == "test" and task_builds(facts, found, depth + 1):
            return True
    for line in task.commands:
        for call in split_line(line):
            if makes_environment(call):
                return True
            if purpose.purpose(call, facts.world) in {"test", "test-part"}:
                return call_builds(facts, call, depth + 1)
    return False


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
        if file.runner == "tox" and _tox_needs_plugin(facts, file.path):
            continue
        if file.runner == "tox" and tasks:
            yield (
                "tox" if any(task.default for task in tasks) else f"tox -e {tasks[0].name}",
                Evidence(file.path, tasks[0].line),
            )
        elif file.runner == "nox" and tasks:
            best = min(
                tasks, key=lambda task: (not task.default, not re.match(r"(unit-?_?)?tests?", task.name), task.line)
            )
            yield f"nox -s {best.name}", Evidence(file.path, best.line)
        elif file.runner == "hatch" and tasks and tasks[0].name.startswith("hatch-test"):
            yield "hatch test", Evidence(file.path, tasks[0].line)  # the environment behind that command
        elif file.runner in {"hatch", "pixi"} and tasks:
            yield f"{file.runner} run {tasks[0].name}", Evidence(file.path, tasks[0].line)
        else:
            building = [
                task
                for task in tasks
                if task_builds(facts, task) and not re.search(r"docker|compose", " ".join(task.commands))
            ]
            if file.runner == "script":
                building = [task for task in building if _is_test_script(facts, task.name)]
            building.sort(
                key=lambda task: (not re.fullmatch(r"(.*/)?tests?(\.sh)?", task.name), not task.default, task.line)
            )
            for task in building[:1]:
                yield (
                    f"./{task.name}" if task.runner == "script" else f"{task.runner} {task.name}",
                    Evidence(task.path, task.line),
                )
            for task in building:
                if task.default and file.runner != "script":
                    yield file.runner, Evidence(task.path, task.line)
    yield from _uv_run(facts)
    if facts.test_framework.value == "unittest" and needs_nothing(facts):
        yield "python -m unittest discover", Evidence(test_files(facts)[0])


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
    if _COMPILED_BACKENDS.search(" ".join(each.text for each in project.build_requires)) and not facts.snapshot.has(
        "uv.lock"
    ):
        return
    for place, group in facts.dependency_places.items():
        kind, _, name = place.partition(":")
        if (
            kind in {"group", "extra"}
            and group.place.path == "pyproject.toml"
            and "pytest" in configuration.names_declared(facts, place)
        ):
            default = kind == "group" and name in project.default_groups
            flag = "" if default else f"--{kind} {name} "
            yield f"uv run {flag}pytest", group.place
            return


# Continuous integration -------------------------------------------------------------------------------------------


_MEASURES = pattern(r"codspeed|--benchmark-only|\bbenchmarks?\b(?!-)|--memray")


def ci_test_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """Test commands of the main workflows, as written; of the others where only those test.

    Where one of them runs the whole suite, those that pick single tests out of it are left aside.
    """
    main: list[tuple[Command, str]] = []
    others: list[tuple[Command, str]] = []
    for workflow, command, why in ci_commands(facts):
        if why in {"test", "test-part"} and "--lf" not in command.text:
            (others if is_side_workflow(workflow) else main).append((command, why))
    chosen = main or others
    whole = any(why == "test" for _, why in chosen)
    found: dict[str, Evidence] = {}
    for command, why in chosen:
        picks = why == "test-part" and (".py" in command.text or "::" in command.text)
        if not (_MEASURES.search(command.text) or (whole and picks)):
            found.setdefault(command.text, Evidence(command.path, command.line))
    return Fact(tuple(found), found.values())


def is_side_workflow(workflow: Workflow) -> bool:
    """Whether a workflow is about something else than testing each change."""
    name = workflow.path.rpartition("/")[2]
    if _SIDE_WORKFLOW.search(name) or (
        _SIDE_UNLESS_TESTS.search(name) and not re.search(r"test|\bci\b|continuous", name)
    ):
        return True
    return (
        workflow.system == "github"
        and bool(workflow.triggers)
        and not {"push", "pull_request", "workflow_call", "pull_request_target", "merge_group"} & set(workflow.triggers)
    )


@once
def ci_commands(facts: Facts) -> tuple[tuple[Workflow, Command, str], ...]:
    """Every command of every workflow with its purpose."""
    return tuple(
        (workflow, command, why)
        for workflow in facts.workflows
        for job in workflow.jobs
        for command, why in _commands_of_job(facts, workflow, job)
    )


@once
def ci_test_jobs(facts: Facts) -> tuple[tuple[Workflow, Job], ...]:
    """The jobs of the main workflows that run tests, with their workflow."""
    return tuple(
        (workflow, job)
        for workflow in facts.workflows
        if not is_side_workflow(workflow)
        for job in workflow.jobs
        if any(
            # An environment named for a Python tests, whatever it runs for that.
            why in {"test", "test-part"} or re.search(r"\btox\b.{0,200}\bpy(py)?3?\d", command.text)
            for command, why in _commands_of_job(facts, workflow, job)
        )
    )


def _commands_of_job(facts: Facts, workflow: Workflow, job: Job) -> Iterator[tuple[Command, str]]:
    """The commands of a job's steps and of the repository's own composite actions among them, with their purpose."""
    for step in job.steps:
        elsewhere = step.directory and "$" not in step.directory and not facts.snapshot.is_folder(step.directory)
        if elsewhere:  # another repository that the job checked out
            continue
        for path, inner in [(workflow.path, step), *_steps_of_action(facts, step.uses)]:
            for command in run_commands(inner, path):
                yield command, purpose.purpose_of(command, facts.world)


def _steps_of_action(facts: Facts, uses: str) -> list[tuple[str, Step]]:
    if not uses.startswith("./"):
        return []
    folder = uses[2:].rstrip("/")
    path = next((path for name in ("yml", "yaml") if facts.snapshot.has(path := f"{folder}/action.{name}")), "")
    text = facts.text(path) if path else None
    steps = facts.attempt(read_action, path, text) if text is not None else None
    return [(path, step) for step in steps or ()]
