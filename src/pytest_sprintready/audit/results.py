"""The values of an audit: what is known of each project of a sprint, and of the sweep as a whole.

They are what the store keeps and gives back, and all that reports are made of. A report never looks further.
"""

from __future__ import annotations

import enum
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.audit.addresses import link
from pytest_sprintready.model import Report, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pytest_sprintready.audit.manifest import Project, Sprint
    from pytest_sprintready.forge.judgement import Verdict
    from pytest_sprintready.forge.model import Issue
    from pytest_sprintready.howto import Guide
    from pytest_sprintready.model import Evidence, Result
    from pytest_sprintready.outcome import Outcome

NEARLY = 2
"""A project with at most this many required checks to mend is nearly ready: an evening's work for its maintainer."""


class Standing(enum.Enum):
    """Where a project stands. `NEARLY` and `NOT_YET` differ by how many required checks fail."""

    READY = "ready"
    NEARLY = "nearly"
    NOT_YET = "not-yet"
    UNREADABLE = "unreadable"


class JudgedIssue(NamedTuple):
    """An open beginner issue as the forge has it, and whether a newcomer can take it (forge.judgement)."""

    issue: Issue
    verdict: Verdict


class ProjectResult(NamedTuple):
    """What an audit found out about one project.

    `project` is the entry of the manifest, with what the organizer knows (lead, mentors, level, languages, notes).
    `report` are the verdicts; its `name` is the project's, its `revision` the commit's hash ("" for a folder without
    git), its `facts` the published facts object. Of what passed no evidence is kept. Where the repository could not be
    read its `problem` says why and its `hint` what to do, and it has no results.
    `committed` is when that commit was made, in seconds since the epoch, None where not known.
    `web` is the repository's page, "https://github.com/owner/name", "" where not known.
    `guide` is what a newcomer types (howto.Guide: steps with purpose "setup", "test", "lint", "docs", "read").
    `issues` are the forge's beginner issues, the readiest first, None where they were not asked for; `issues_problem`
    says why they could not be had, or not all. `outcome` is what `verify` found, None where it was not run.
    `seconds` is how long this project took, fetching included.
    """

    project: Project
    report: Report
    committed: int | None = None
    web: str = ""
    guide: Guide | None = None
    issues: tuple[JudgedIssue, ...] | None = None
    issues_problem: str = ""
    outcome: Outcome | None = None
    seconds: float = 0.0

    @property
    def standing(self) -> Standing:
        """Ready, nearly, not yet, or unreadable."""
        if self.report.problem or not self.report.results:
            return Standing.UNREADABLE
        required = self.to_mend[Severity.REQUIRED]
        if not required:
            return Standing.READY
        return Standing.NEARLY if required <= NEARLY else Standing.NOT_YET

    @property
    def reason(self) -> str:
        """Why it stands there: the problem of an unreadable one, the title of what to mend first, "" when ready."""
        if self.standing is Standing.UNREADABLE:
            return self.report.problem or "no check was run"
        return self.failing[0].rule.title if self.standing is not Standing.READY else ""

    @property
    def failing(self) -> tuple[Result, ...]:
        """What fails or broke, in the order to mend it: required, recommended, optional; by code within each."""
        wrong = [result for result in self.report.results if result.status in (Status.FAIL, Status.ERROR)]
        order = list(Severity)
        return tuple(sorted(wrong, key=lambda result: (order.index(result.rule.severity), result.rule.code)))

    @property
    def to_mend(self) -> Mapping[Severity, int]:
        """How many checks of each severity fail or broke; a Counter, so 0 for those that none do."""
        wrong = (Status.FAIL, Status.ERROR)
        return Counter(result.rule.severity for result in self.report.results if result.status in wrong)

    @property
    def counts(self) -> Mapping[Status, int]:
        """How many checks there are of each status; a Counter."""
        return Counter(result.status for result in self.report.results)

    def link(self, place: Evidence) -> str:
        """Return the forge's page of a place at the commit that was judged, "" where it is not known."""
        return link(self.web, self.report.revision, place)

    def commands(self, purpose: str) -> tuple[str, ...]:
        """Return the commands a newcomer types for a purpose: "setup" or "test"."""
        steps = self.guide.steps if self.guide else ()
        return tuple(line.command for step in steps if step.purpose == purpose for line in step.lines)


class Audit(NamedTuple):
    """One sweep over the projects of a sprint.

    `number` counts the audits of a store from 1 and orders them: a clock may be set back. `started` and `finished` are
    seconds since the epoch, `finished` None while some projects are still to be done. `tool` is the version of
    sprintready. `projects` are in the order of the manifest; what the store gives reads them one at a time each
    time they are gone through, so that ten thousand need not be held at once, and knows how many there are.
    """

    number: int
    sprint: Sprint
    started: int
    finished: int | None
    tool: str
    projects: Collection[ProjectResult]
