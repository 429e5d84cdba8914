"""One project of an audit: read, judged, and nothing raised whatever it does. What a worker runs."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest_sprintready
from pytest_sprintready import engine
from pytest_sprintready.audit.addresses import web_address
from pytest_sprintready.audit.results import ProjectResult
from pytest_sprintready.audit.sources import Sources, open_project
from pytest_sprintready.config import load_settings
from pytest_sprintready.errors import SprintReadyError
from pytest_sprintready.facts import Facts
from pytest_sprintready.howto import guide
from pytest_sprintready.model import Report
from pytest_sprintready.snapshot import FolderSnapshot

if TYPE_CHECKING:
    from pytest_sprintready.audit.manifest import Project
    from pytest_sprintready.config import Settings
    from pytest_sprintready.snapshot import Snapshot


class Task(NamedTuple):
    """One project to do; `known` are the revisions whose verdicts the store has, under the project's `identity`."""

    position: int
    project: Project
    sources: Sources
    known: frozenset[str] = frozenset()


class Row(NamedTuple):
    """What one project adds to an audit.

    `judged` identifies what was judged of which commit by which checks, "" where that may not be used again, as of a
    folder somebody works in. Where `known`, the store has the verdicts under this name, and `result` holds none.
    """

    position: int
    result: ProjectResult
    judged: str = ""
    known: bool = False


def identity(project: Project) -> str:
    """Return what decides on the verdicts of a commit beside its files: where it is, what is known, which checks."""
    declared = (project.lead, project.mentors, project.level, project.labels)
    asked = [pytest_sprintready.__version__, _checks(), project.url, project.path, declared]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:32]


def judge_task(task: Task) -> Row:
    """Return the row of a project. A failure of any kind is a row with its reason."""
    start = time.perf_counter()
    project = task.project
    try:
        row = _judged(task)
    except SprintReadyError as error:
        row = Row(task.position, failed(project, error.message, error.hint))
    except Exception as error:  # noqa: BLE001  one project must not end an audit of many
        row = Row(
            task.position,
            failed(
                project,
                f"a bug of sprintready: {type(error).__name__}: {error}",
                "please report it, with the project's name and revision",
            ),
        )
    return row._replace(result=row.result._replace(seconds=round(time.perf_counter() - start, 3)))


def failed(project: Project, problem: str, hint: str) -> ProjectResult:
    """Return the result of a project that could not be judged."""
    return ProjectResult(
        project, Report(project.name, facts={}, problem=problem, hint=hint), web=web_address(project.url)
    )


def with_what_the_manifest_knows(settings: Settings, project: Project) -> Settings:
    """Fill in what the project itself does not declare."""
    sprint = settings.sprint
    return settings._replace(
        beginner_labels=settings.beginner_labels or project.labels,
        sprint=sprint._replace(
            lead=sprint.lead or project.lead,
            mentors=sprint.mentors or project.mentors,
            level=sprint.level or project.level,
        ),
    )


def _judged(task: Task) -> Row:
    project = task.project
    with open_project(project, task.sources, task.known) as snapshot:
        revision = snapshot.revision
        # The files of a folder can differ from its commit.
        lasting = bool(revision) and not isinstance(snapshot, FolderSnapshot)
        judged = f"{identity(project)}:{revision}" if lasting else ""
        if lasting and revision in task.known:
            return Row(
                task.position, ProjectResult(project, Report(project.name, revision, facts={})), judged, known=True
            )
        facts = Facts(snapshot, with_what_the_manifest_knows(load_settings(snapshot), project))
        report = engine.run(facts)._replace(name=project.name, facts=facts.published())
        result = ProjectResult(
            project,
            report._replace(
                results=tuple(each if each.findings else each._replace(evidence=()) for each in report.results)
            ),
            committed=snapshot.committed,
            web=web_address(project.url or snapshot.remotes.get("origin", "")),
            guide=guide(facts)._replace(name="", revision=""),
        )
        _complete(snapshot)
    return Row(task.position, result, judged)


def _complete(snapshot: Snapshot) -> None:
    """Raise what kept files from coming: what was judged without them may be wrong."""
    failure: SprintReadyError | None = getattr(snapshot, "failure", None)
    if failure:
        raise failure


def _checks() -> str:
    return hashlib.sha256(repr([one.rule for one in engine.catalogue()]).encode()).hexdigest()
