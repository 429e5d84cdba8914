"""nox sessions for the organizer of a sprint.

A noxfile is two lines:

    from pytest_sprintready.sessions import sprint_sessions
    sprint_sessions("sprint.toml")

`nox -l` then lists the projects, and `nox -s "check(flask)"` judges one of them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pytest_sprintready.errors import SprintReadyError

if TYPE_CHECKING:
    import os

    import nox

    from pytest_sprintready.audit.manifest import Project
    from pytest_sprintready.model import Report


def sprint_sessions(manifest: str | os.PathLike[str] = "sprint.toml") -> None:
    """Register the session `check(project)` with nox for every project of the manifest.

    A relative path starts at the noxfile's folder, where nox goes before it reads the noxfile. A mistake in the
    manifest ends nox with one message and exit code 2.
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
        _check(session, project, sprint.path)


def _check(session: nox.Session, project: Project, manifest: str) -> None:
    from pytest_sprintready.model import Severity, Status
    from pytest_sprintready.report import failing, text, verdict, visible

    if project.url:
        session.skip(
            f"{visible(project.url)} cannot be fetched yet: clone it, and in {manifest}:{project.line} "
            'write path = "<the clone>" instead of `url`'
        )
    try:
        report = _judge(project)
    except SprintReadyError as error:
        session.error(f"{project.name} ({manifest}:{project.line}): {error}")
    if report.ready:
        session.log(f"{project.name}: {verdict(report)}")
        return
    sys.stdout.write(text.render([report], text.Style(quiet=True)))
    sys.stdout.flush()
    first, *_ = sorted(failing(report, Severity.REQUIRED), key=lambda result: result.status is Status.ERROR)
    todo = next((finding.fix for finding in first.findings if finding.fix), first.rule.fix)
    if first.status is Status.ERROR:
        todo = f"this check broke, please report it: {first.reason}"
    session.error(f"{project.name} is {verdict(report)}. Do first: {first.rule.code} {visible(todo).rstrip('.')}")


def _judge(project: Project) -> Report:
    from pytest_sprintready.audit.judging import with_what_the_manifest_knows
    from pytest_sprintready.config import load_settings
    from pytest_sprintready.engine import run
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.snapshot import open_snapshot

    with open_snapshot(project.path, project.rev or None) as snapshot:
        settings = with_what_the_manifest_knows(load_settings(snapshot), project)
        return run(Facts(snapshot, settings), settings)._replace(name=project.name)
