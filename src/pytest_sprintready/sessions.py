"""nox sessions for the organizer of a sprint.

A noxfile is two lines:

    from pytest_sprintready.sessions import sprint_sessions
    sprint_sessions("sprint.toml")

`nox -l` then lists the projects, `nox -s "check(flask)"` judges one of them, and `nox -s audit` all of them, with the
results kept.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.errors import SprintReadyError

if TYPE_CHECKING:
    import os

    import nox

    from pytest_sprintready.audit.manifest import Manifest, Project
    from pytest_sprintready.audit.results import ProjectResult


def sprint_sessions(manifest: str | os.PathLike[str] = "sprint.toml", *, allow_local: bool = False) -> None:
    """Register `check(project)` and `verify(project)` with nox for every project of the manifest, `audit` for all.

    A relative path starts at the noxfile's folder, where nox goes before it reads the noxfile. For `allow_local` see
    docs/audit.md. A mistake in the manifest ends nox with one message and exit code 2.
    """
    import nox

    from pytest_sprintready.audit.manifest import load_manifest

    try:
        sprint = load_manifest(manifest)
    except SprintReadyError as error:
        # Raised through nox, an exception would show a traceback into its loader.
        sys.stderr.write(f"sprintready: {error}\n")
        raise SystemExit(error.exit_code) from None

    # In this process: an environment for each project would take longer than all the checks.
    @nox.session(name="check", venv_backend="none", tags=["sprint"])
    @nox.parametrize("project", [nox.param(project, id=project.name) for project in sprint.projects])
    def check(session: nox.Session, project: Project) -> None:
        """Judge whether a project is ready for the sprint."""
        _check(session, project, sprint.path, allow_local=allow_local)

    @nox.session(name="verify", venv_backend="none", tags=["sprint"], default=False)
    @nox.parametrize("project", [nox.param(project, id=project.name) for project in sprint.projects])
    def verify(session: nox.Session, project: Project) -> None:
        """Clone a project afresh, and type what its documents say until the tests have run."""
        _verify(session, project, sprint.path, allow_local=allow_local)

    @nox.session(name="audit", venv_backend="none", tags=["sprint"], default=False)
    def audit(session: nox.Session) -> None:
        """Judge all projects, and keep the results in the store beside the manifest."""
        _audit(session, sprint, allow_local=allow_local)

    @nox.session(name="report", venv_backend="none", tags=["sprint"], default=False)
    def report(session: nox.Session) -> None:
        """Write the page of the last audit beside the manifest."""
        _report(session, sprint)


def _check(session: nox.Session, project: Project, manifest: str, *, allow_local: bool) -> None:
    from pytest_sprintready.audit.judging import Task, judge_task
    from pytest_sprintready.audit.sources import Sources, cache_folder, prepare
    from pytest_sprintready.model import Severity, Status
    from pytest_sprintready.report import failing, text, verdict, visible

    sources = Sources(cache_folder(), allow_local)
    if project.url:
        prepare(sources)
    report = judge_task(Task(0, project, sources)).result.report
    if report.problem:
        problem = f"{report.problem}\n  hint: {report.hint}" if report.hint else report.problem
        session.error(f"{visible(project.name)} ({manifest}:{project.line}): {problem}")
    if report.ready:
        session.log(f"{visible(project.name)}: {verdict(report)}")
        return
    sys.stdout.write(text.render([report], text.Style(quiet=True)))
    sys.stdout.flush()
    first, *_ = sorted(failing(report, Severity.REQUIRED), key=lambda result: result.status is Status.ERROR)
    todo = next((finding.fix for finding in first.findings if finding.fix), first.rule.fix)
    if first.status is Status.ERROR:
        todo = f"this check broke, please report it: {first.reason}"
    session.error(
        f"{visible(project.name)} is {verdict(report)}. Do first: {first.rule.code} {visible(todo).rstrip('.')}"
    )


def _verify(session: nox.Session, project: Project, manifest: str, *, allow_local: bool) -> None:
    from pytest_sprintready.audit.deeper import VERIFY_SECONDS, verified
    from pytest_sprintready.audit.judging import Row, failed
    from pytest_sprintready.report import visible

    place = f"{visible(project.name)} ({manifest}:{project.line})"
    try:
        row = verified(Row(0, failed(project, "", "")), seconds=VERIFY_SECONDS, local=allow_local)
    except SprintReadyError as error:
        session.error(f"{place}: {error}")
    outcome = row.result.outcome
    assert outcome  # noqa: S101  what `verified` is for
    if not outcome.green:
        todo = f" Do first: {visible(outcome.hint)}" if outcome.hint else ""
        session.error(f"{place} is {outcome.verdict.value}: {visible(outcome.cause)}.{todo}")
    seconds = f", the first test had passed after {outcome.first_green:.0f} s" if outcome.first_green else ""
    session.log(f"{visible(project.name)} is {outcome.verdict.value}{seconds}")


def _audit(session: nox.Session, sprint: Manifest, *, allow_local: bool) -> None:
    """Fail only where the audit itself cannot be made: what a project lacks is in the table."""
    from pytest_sprintready.audit.run import Options, run_audit
    from pytest_sprintready.audit.sources import Sources, cache_folder
    from pytest_sprintready.audit.store import Store
    from pytest_sprintready.audit.tables import standings
    from pytest_sprintready.report import visible

    def notice(result: ProjectResult, done: int, total: int) -> None:
        session.log(visible(f"[{done}/{total}] {result.project.name} is {result.standing.value}"))

    try:
        with Store(str(Path(sprint.path).with_suffix(".sqlite"))) as store:
            number = run_audit(store, sprint, Options(Sources(cache_folder(), allow_local)), notice)
            sys.stdout.write(standings(store.audit(number)))
            sys.stdout.flush()
    except SprintReadyError as error:
        session.error(str(error))


def _report(session: nox.Session, sprint: Manifest) -> None:
    from pytest_sprintready.audit.page import page
    from pytest_sprintready.audit.store import Store

    kept, written = (Path(sprint.path).with_suffix(suffix) for suffix in (".sqlite", ".html"))
    if not kept.is_file():
        session.error(f"there is no {kept.name} yet. Make it first: nox -s audit")
    try:
        with Store(str(kept)) as store:
            written.write_text(page(store, store.audit()), encoding="utf-8")
    except (SprintReadyError, OSError) as error:
        session.error(str(error))
    session.log(f"{written.name} is written; open it in a browser")
