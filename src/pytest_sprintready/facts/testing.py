"""How the tests run: framework, runners, what continuous integration does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import purpose
from pytest_sprintready.facts.once import once
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.workflows import read_action, run_commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.command import Command
    from pytest_sprintready.reading.tasks import Task
    from pytest_sprintready.reading.workflow import Job, Step, Workflow

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
        if task.runner == "script" and not is_test_script(facts, task.name):
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


def is_test_script(facts: Facts, name: str) -> bool:
    """Whether a script in the repository is known as the tests' runner: by its plain name, or by the documents."""
    if re.fullmatch(r"(.*/)?(run[-_]?)?(all[-_]?)?(tests?|test[-_]?suite)(\.(sh|py))?", name):
        return True
    return any(each.purpose == "test" and name in each.command.text for each in facts.documented)


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
