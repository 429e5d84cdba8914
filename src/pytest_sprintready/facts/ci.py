"""What continuous integration runs, and what the tests need beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import purpose
from pytest_sprintready.facts.configuration import files_in
from pytest_sprintready.facts.once import once
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.workflows import read_action, run_commands, services_of, system_packages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.command import Command
    from pytest_sprintready.reading.compose import Service
    from pytest_sprintready.reading.workflow import Job, Step, Workflow


# What a workflow's file name says it is for, when that is not testing each change.
_SIDE_WORKFLOW = pattern(
    r"releas|publish|deploy|docs?\b|documentation|third[-_]?party|downstream|upstream|bench|fuzz|nightly|cron|schedul"
    r"|coverage|codecov|labeler|stale|emscripten|wasm|pyodide|revdep|mutation|smoke|draft|preview|scorecard|codeql"
    r"|security|zizmor|typos|dependabot|redistribut|issue|topic|memray|brew|snap\b|choco",
    re.IGNORECASE,
)
_SIDE_UNLESS_TESTS = pattern(
    r"lint|style|format|wheels?|pre-?commit|conda|typing|mypy|build|integration", re.IGNORECASE
)


_MEASURES = pattern(r"codspeed|--benchmark-only|\bbenchmarks?\b(?!-)|--memray")


def ci_test_commands(facts: Facts) -> Fact[tuple[str, ...]]:
    """Test commands of the main workflows, as written; of the others where only those test.

    Where one of them runs the whole suite, those that pick single tests out of it are left aside.
    """
    chosen = [
        (command, why)
        for workflow, command, why in ci_commands(facts)
        if _tests(command, why) and workflow in main_workflows(facts)
    ]
    whole = any(why == "test" for _, why in chosen)
    found: dict[str, Evidence] = {}
    for command, why in chosen:
        picks = why == "test-part" and (".py" in command.text or "::" in command.text)
        if not (_MEASURES.search(command.text) or (whole and picks)):
            found.setdefault(command.text, Evidence(command.path, command.line))
    return Fact(tuple(found), found.values())


def _tests(command: Command, why: str) -> bool:
    first = command.text.partition("||")[0]  # what follows tries again what failed
    return why in {"test", "test-part"} and "--lf" not in first


@once
def main_workflows(facts: Facts) -> tuple[Workflow, ...]:
    """The workflows that test each change; where none is seen to, those for another purpose that test as well."""
    testing = [workflow for workflow, command, why in ci_commands(facts) if _tests(command, why)]
    main = [workflow for workflow in facts.workflows if not is_side_workflow(workflow)]
    if any(workflow in main for workflow in testing):
        return tuple(main)
    return tuple(main + [workflow for workflow in facts.workflows if workflow in testing])


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
    for path, step in steps_of_job(facts, workflow.path, job):
        for command in run_commands(step, path):
            yield command, purpose.purpose_of(command, facts.world)


def steps_of_job(facts: Facts, path: str, job: Job) -> Iterator[tuple[str, Step]]:
    """Yield the steps of a job, and those of the repository's own composite actions among them, with their file."""
    for step in job.steps:
        elsewhere = step.directory and "$" not in step.directory and not facts.snapshot.is_folder(step.directory)
        if elsewhere:  # another repository that the job checked out
            continue
        yield path, step
        yield from _steps_of_action(facts, step.uses)


def _steps_of_action(facts: Facts, uses: str) -> list[tuple[str, Step]]:
    if not uses.startswith("./"):
        return []
    folder = uses[2:].rstrip("/")
    path = next((path for name in ("yml", "yaml") if facts.snapshot.has(path := f"{folder}/action.{name}")), "")
    text = facts.text(path) if path else None
    steps = facts.attempt(read_action, path, text) if text is not None else None
    return [(path, step) for step in steps or ()]


def needs_services(facts: Facts) -> Fact[tuple[str, ...]]:
    """Services in the main workflows and in compose files of the root and of the folder of tests."""
    found: dict[str, Evidence] = {}
    for workflow in main_workflows(facts):
        for name, place in services_of(workflow):
            found.setdefault(name, place)
    for service in compose_services(facts):
        found.setdefault(service.name, service.place)
    return Fact(tuple(found), found.values())


@once
def compose_services(facts: Facts) -> tuple[Service, ...]:
    """Well-known services in compose files of the root and of the folder of tests."""
    from pytest_sprintready.reading.compose import read_compose

    found: list[Service] = []
    for path in (*files_in(facts, ""), *files_in(facts, "tests"), *files_in(facts, "test")):
        if re.fullmatch(r"(tests?/)?(docker-)?compose(\.(test|tests|ci|dev))?\.ya?ml", path):
            text = facts.text(path)
            found += (facts.attempt(read_compose, path, text) if text is not None else None) or ()
    return tuple(found)


def needs_system(facts: Facts) -> Fact[tuple[str, ...]]:
    """System packages that the main workflows install."""
    found: dict[str, Evidence] = {}
    for workflow in facts.workflows:
        for name, place in system_packages(workflow):
            found.setdefault(name, place)
    return Fact(tuple(found), found.values())
