"""The store: what every audit of a sprint found, in one SQLite file. `migrations` has its tables.

What was judged of a commit is kept once, however many audits meet it. Every project is written when it is done, so that
an audit that was ended goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.audit.forms import (
    guide_from,
    guide_object,
    issue_from,
    issue_object,
    place_columns,
    plain,
    project_from,
)
from pytest_sprintready.audit.judging import Row
from pytest_sprintready.audit.manifest import Sprint
from pytest_sprintready.audit.migrations import APPLICATION, MIGRATIONS
from pytest_sprintready.audit.results import Audit, ProjectResult, Standing
from pytest_sprintready.errors import UsageError
from pytest_sprintready.model import Evidence, Finding, Report, Result, Rule, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Self

    from pytest_sprintready.audit.manifest import Manifest
    from pytest_sprintready.audit.results import JudgedIssue

SECONDS = 30.0
"""How long one process waits for another that is writing."""


class Asked(NamedTuple):
    """What an audit asks: two that ask the same are parts or repetitions of one.

    `manifest` is a digest of all that the manifest says, `total` the number of its projects.
    """

    sprint: Sprint
    tool: str
    manifest: str
    total: int


class Tally(NamedTuple):
    """One audit in numbers: how many projects stand where. Times are seconds since the epoch."""

    number: int
    sprint: str
    started: int
    finished: int | None
    tool: str
    ready: int
    nearly: int
    not_yet: int
    unreadable: int


class Store:
    """An open store; close it, or use it in a `with` statement."""

    def __init__(self, path: str) -> None:
        """Open or make the store at `path`. Raises UsageError where that is none, or one of a later version."""
        self.path = path
        try:
            self._base = sqlite3.connect(path, timeout=SECONDS, isolation_level=None)
            self._base.execute("PRAGMA foreign_keys = ON")
            self._migrate()
        except sqlite3.Error as error:
            raise _unusable(path, error) from error
        self._rules: dict[int, Rule] = {}
        self._ids: dict[Rule, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    # -- its life ----------------------------------------------------------------------------------------------------

    def _migrate(self) -> None:
        (application,) = self._base.execute("PRAGMA application_id").fetchone()
        (version,) = self._base.execute("PRAGMA user_version").fetchone()
        (tables,) = self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if application != APPLICATION and (application or tables):
            raise UsageError(f"{self.path} is a database of another program", "name another file with --store")
        if version > len(MIGRATIONS):
            raise UsageError(
                f"{self.path} was written by a later version of sprintready (its tables are of version {version}, "
                f"this one knows {len(MIGRATIONS)})",
                "python -m pip install --upgrade pytest-sprintready",
            )
        for number in range(version, len(MIGRATIONS)):
            with self._transaction():
                (now,) = self._base.execute("PRAGMA user_version").fetchone()
                if now != number:
                    continue  # another process was quicker
                for statement in MIGRATIONS[number][1]:
                    self._base.execute(statement)
                self._base.execute(f"PRAGMA application_id = {APPLICATION}")
                self._base.execute(f"PRAGMA user_version = {number + 1}")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._base.in_transaction:  # SQLite itself takes back what met a full disk
                self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    # -- writing -----------------------------------------------------------------------------------------------------

    def begin(self, asked: Asked, *, started: int, fresh: bool = False) -> int:
        """Return the number of the audit to fill: the last one, where it was not finished and asked the same."""
        sprint = asked.sprint
        with self._saved():  # each project is written at once, and a log costs less than a copy of what it changes
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = NORMAL")
        with self._saved(), self._transaction():
            values = (json.dumps(sprint.dates), plain(sprint.place), sprint.sprinters, plain(sprint.name))
            self._base.execute(
                "INSERT INTO sprints (dates, place, sprinters, name) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE "
                "SET dates = excluded.dates, place = excluded.place, sprinters = excluded.sprinters",
                values,
            )
            query = "SELECT id FROM sprints WHERE name = ?"
            (sprint_id,) = self._base.execute(query, (plain(sprint.name),)).fetchone()
            last = self._base.execute(
                "SELECT id, finished, manifest FROM audits WHERE sprint_id = ? ORDER BY id DESC", (sprint_id,)
            ).fetchone()
            if last and last[1] is None and last[2] == asked.manifest and not fresh:
                return int(last[0])
            made = self._base.execute(
                "INSERT INTO audits (sprint_id, started, tool, manifest, total) VALUES (?, ?, ?, ?, ?)",
                (sprint_id, started, asked.tool, asked.manifest, asked.total),
            )
            return int(made.lastrowid or 0)

    def asked(self, number: int) -> Asked:
        """Return what an audit asks."""
        name, dates, place, sprinters, *rest = self._base.execute(
            "SELECT name, dates, place, sprinters, tool, manifest, total FROM audits "
            "JOIN sprints ON sprints.id = sprint_id WHERE audits.id = ?",
            (number,),
        ).fetchone()
        return Asked(Sprint(name, tuple(json.loads(dates)), place, sprinters), *rest)

    def done(self, number: int) -> frozenset[int]:
        """Return the positions of the projects this audit has already."""
        rows = self._base.execute("SELECT position FROM results WHERE audit_id = ?", (number,))
        return frozenset(position for (position,) in rows)

    def revisions(self, identity: str) -> frozenset[str]:
        """Return the revisions whose verdicts are kept under an identity (judging.identity)."""
        rows = self._base.execute(
            "SELECT revision FROM commits WHERE judged > ? AND judged < ?", (f"{identity}:", f"{identity};")
        )
        return frozenset(revision for (revision,) in rows)

    def add(self, number: int, row: Row) -> ProjectResult:
        """Write one project of an audit; return it with the verdicts the store had already.

        Raises UsageError where the disk is full or the file cannot be written.
        """
        with self._saved(), self._transaction():
            commit = self._commit(row)
            result = row.result if not row.known else self._with_report(row.result, commit)
            if commit is None and not result.report.problem:
                raise AssertionError(row.judged)
            (sprint_id,) = self._base.execute("SELECT sprint_id FROM audits WHERE id = ?", (number,)).fetchone()
            name = plain(result.project.name)
            self._base.execute("INSERT OR IGNORE INTO projects (sprint_id, name) VALUES (?, ?)", (sprint_id, name))
            found = self._base.execute("SELECT id FROM projects WHERE sprint_id = ? AND name = ?", (sprint_id, name))
            made = self._base.execute(
                "INSERT INTO results (audit_id, position, project_id, entry, commit_id, standing, reason, required, "
                "recommended, optional, problem, hint, seconds, issues_problem) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    row.position,
                    found.fetchone()[0],
                    json.dumps(result.project._asdict()),
                    commit,
                    result.standing.value,
                    plain(result.reason),
                    *(result.to_mend[severity] for severity in Severity),
                    plain(result.report.problem),
                    plain(result.report.hint),
                    result.seconds,
                    None if result.issues is None and not result.issues_problem else plain(result.issues_problem),
                ),
            )
            self._deepen(int(made.lastrowid or 0), result)
        return result

    def deepen(self, number: int, position: int, result: ProjectResult) -> None:
        """Add to a project of an audit what its forge or a fresh clone said; what was there of that kind goes."""
        with self._saved(), self._transaction():
            (row,) = self._base.execute(
                "SELECT id FROM results WHERE audit_id = ? AND position = ?", (number, position)
            ).fetchone()
            if result.issues is not None or result.issues_problem:
                self._base.execute("UPDATE results SET issues_problem = ? WHERE id = ?", (result.issues_problem, row))
            self._deepen(row, result)

    def finish(self, number: int, when: int) -> None:
        """Close an audit. What is in the file is then whole in itself."""
        with self._saved(), self._transaction():
            self._base.execute("UPDATE audits SET finished = ? WHERE id = ?", (when, number))
        with suppress(sqlite3.Error):  # somebody else reads: then a log stays beside it
            self._base.execute("PRAGMA journal_mode = DELETE")

    @contextmanager
    def _saved(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _unusable(self.path, error) from error

    def _commit(self, row: Row) -> int | None:
        """Return the row of `commits` for what was judged, which is written where it is new."""
        result = row.result
        if row.judged:
            known = self._base.execute("SELECT id FROM commits WHERE judged = ?", (row.judged,)).fetchone()
            if known:
                return int(known[0])
        if result.report.problem:
            return None
        made = self._base.execute(
            "INSERT INTO commits (judged, revision, committed, web, facts, guide) VALUES (?, ?, ?, ?, ?, ?)",
            (
                row.judged or None,
                result.report.revision,
                result.committed,
                plain(result.web),
                json.dumps(dict(result.report.facts)),
                json.dumps(guide_object(result.guide)) if result.guide else "null",
            ),
        )
        commit = int(made.lastrowid or 0)
        for verdict in result.report.results:
            check = self._check(verdict.rule)
            failed = verdict.status in (Status.FAIL, Status.ERROR)
            evidence = json.dumps([list(place) for place in verdict.evidence]) if failed and verdict.evidence else None
            self._base.execute(
                "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?)",
                (commit, check, verdict.status.value, plain(verdict.reason) or None, evidence),
            )
            self._base.executemany(
                "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (commit, check, at, plain(found.message), *place_columns(found.place), plain(found.fix))
                    for at, found in enumerate(verdict.findings)
                ],
            )
        return commit

    def _check(self, rule: Rule) -> int:
        if rule not in self._ids:
            values = [rule.code, rule.name, rule.severity.value, rule.title, rule.why, rule.fix, rule.source]
            columns = "code, name, severity, title, why, fix, source"
            self._base.execute(f"INSERT OR IGNORE INTO checks ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608
            query = f"SELECT id FROM checks WHERE ({columns}) = (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
            self._ids[rule] = self._base.execute(query, values).fetchone()[0]
        return self._ids[rule]

    def _deepen(self, row: int, result: ProjectResult) -> None:
        if result.issues is not None:
            self._base.execute("DELETE FROM issues WHERE result_id = ?", (row,))
            self._base.executemany(
                "INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        row,
                        at,
                        each.issue.number,
                        plain(each.issue.title),
                        plain(each.issue.url),
                        each.verdict.readiness,
                        each.verdict.level,
                        json.dumps(issue_object(each)),
                    )
                    for at, each in enumerate(result.issues)
                ],
            )
        if result.outcome is not None:
            from pytest_sprintready.outcome import to_json

            found = result.outcome
            self._base.execute(
                "INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?)",
                (
                    row,
                    found.verdict.value,
                    plain(found.cause),
                    found.seconds,
                    found.first_green,
                    json.dumps(to_json(found)),
                ),
            )

    # -- reading -----------------------------------------------------------------------------------------------------

    def audits(self, sprint: str | None = None) -> tuple[Audit, ...]:
        """Return the audits there are, of one sprint or of all, the first one first."""
        rows = self._base.execute(
            "SELECT audits.id, started, finished, tool, name, dates, place, sprinters FROM audits "
            "JOIN sprints ON sprints.id = sprint_id WHERE ? IS NULL OR name = ? ORDER BY audits.id",
            (sprint, sprint),
        ).fetchall()
        return tuple(
            Audit(
                number,
                Sprint(name, tuple(json.loads(dates)), place, sprinters),
                started,
                finished,
                tool,
                _Projects(self, number),
            )
            for number, started, finished, tool, name, dates, place, sprinters in rows
        )

    def tallies(self) -> tuple[Tally, ...]:
        """Return every audit in numbers, the first one first: the order of their numbers, for a clock can be set."""
        counts = ", ".join(f"coalesce(sum(standing = '{standing.value}'), 0)" for standing in Standing)
        rows = self._base.execute(
            f"SELECT audits.id, sprints.name, started, finished, tool, {counts} FROM audits "  # noqa: S608
            "JOIN sprints ON sprints.id = sprint_id LEFT JOIN results ON audit_id = audits.id "
            "GROUP BY audits.id ORDER BY audits.id"
        )
        return tuple(Tally(*row) for row in rows)

    def audit(self, number: int | None = None) -> Audit:
        """Return an audit by its number, the last one without. Raises UsageError where there is none."""
        found = self.audits()
        if not found:
            raise UsageError(f"{self.path} holds no audit", "make one: sprintready audit sprint.toml")
        if number is None:
            return found[-1]
        by_number = {each.number: each for each in found}
        if number not in by_number:
            raise UsageError(
                f"{self.path} holds no audit {number}",
                f"it has {found[0].number} to {found[-1].number}; `sprintready audit history` lists them",
            )
        return by_number[number]

    def rows(self, number: int) -> Iterator[Row]:
        """Yield the projects of an audit in the order of the manifest, as they were added."""
        with closing(self._base.cursor()) as rows:
            rows.execute(
                "SELECT results.id, position, entry, commit_id, judged, problem, hint, seconds, issues_problem "
                "FROM results LEFT JOIN commits ON commits.id = commit_id WHERE audit_id = ? ORDER BY position",
                (number,),
            )
            for row, position, entry, commit, judged, problem, hint, seconds, issues_problem in rows:
                project = project_from(json.loads(entry))
                report = Report(project.name, facts={}, problem=problem, hint=hint)
                result = ProjectResult(project, report, seconds=seconds, issues_problem=issues_problem or "")
                result = self._with_report(result, commit)
                issues = None if issues_problem is None else self._issues(row)
                yield Row(position, result._replace(issues=issues, outcome=self._outcome(row)), judged or "")

    def _with_report(self, result: ProjectResult, commit: int | None) -> ProjectResult:
        found = self._base.execute(
            "SELECT revision, committed, web, facts, guide FROM commits WHERE id = ?", (commit,)
        ).fetchone()
        if not found:
            return result
        revision, committed, web, facts, guide = found
        report = Report(result.project.name, revision, self._verdicts(int(commit or 0)), facts=json.loads(facts))
        return result._replace(report=report, committed=committed, web=web, guide=guide_from(json.loads(guide)))

    def _verdicts(self, commit: int) -> tuple[Result, ...]:
        findings: dict[int, list[Finding]] = {}
        for check, message, path, line, fix in self._base.execute(
            "SELECT check_id, message, path, line, fix FROM findings WHERE commit_id = ? ORDER BY number", (commit,)
        ):
            place = None if path is None else Evidence(path, line)
            findings.setdefault(check, []).append(Finding(message, place, fix))
        rows = self._base.execute(
            "SELECT check_id, status, reason, evidence FROM verdicts WHERE commit_id = ?", (commit,)
        )
        results = [
            Result(
                self._rule(check),
                Status(status),
                tuple(findings.get(check, ())),
                tuple(Evidence(*place) for place in json.loads(evidence or "[]")),
                reason or "",
            )
            for check, status, reason, evidence in rows
        ]
        return tuple(sorted(results, key=lambda result: result.rule.code))

    def _rule(self, check: int) -> Rule:
        if check not in self._rules:
            code, name, severity, *rest = self._base.execute(
                "SELECT code, name, severity, title, why, fix, source FROM checks WHERE id = ?", (check,)
            ).fetchone()
            self._rules[check] = Rule(code, name, Severity(severity), *rest)
        return self._rules[check]

    def _issues(self, row: int) -> tuple[JudgedIssue, ...]:
        rows = self._base.execute("SELECT data FROM issues WHERE result_id = ? ORDER BY position", (row,))
        return tuple(issue_from(json.loads(data)) for (data,) in rows)

    def _outcome(self, row: int) -> Any:
        found = self._base.execute("SELECT data FROM runs WHERE result_id = ?", (row,)).fetchone()
        if not found:
            return None
        from pytest_sprintready.outcome import from_json

        return from_json(found[0], self.path)


class _Projects(Collection[ProjectResult]):
    """The projects of an audit, read one at a time each time they are gone through."""

    def __init__(self, store: Store, number: int) -> None:
        self._store = store
        self._number = number

    def __len__(self) -> int:
        query = "SELECT count(*) FROM results WHERE audit_id = ?"
        return int(self._store._base.execute(query, (self._number,)).fetchone()[0])  # noqa: SLF001  of this module

    def __iter__(self) -> Iterator[ProjectResult]:
        return (row.result for row in self._store.rows(self._number))

    def __contains__(self, one: object) -> bool:
        return any(one == each for each in self)


def _unusable(path: str, error: sqlite3.Error) -> UsageError:
    said = str(error)
    if "not a database" in said or "malformed" in said:
        return UsageError(f"{path} is no store of sprintready, or damaged ({said})", "name another file with --store")
    if "disk is full" in said or "disk I/O" in said:
        return UsageError(f"{path} cannot grow: {said}", "make room, then type the same again: nothing done is lost")
    if "locked" in said:
        return UsageError(f"{path} is in use by another program for more than {SECONDS:.0f} s", "close that, try again")
    if "unable to open" in said and not Path(path).parent.exists():
        return UsageError(
            f"{path}: there is no folder {Path(path).parent}", "make it, or name another file with --store"
        )
    return UsageError(f"{path} cannot be written: {said}", "name another file with --store")


def asked_by(manifest: Manifest, tool: str) -> Asked:
    """Return what an audit of this manifest, by this version of sprintready, asks."""
    said = [manifest.sprint._asdict(), *(project._replace(line=0)._asdict() for project in manifest.projects)]
    digest = hashlib.sha256(json.dumps([tool, said]).encode()).hexdigest()
    return Asked(manifest.sprint, tool, digest, len(manifest.projects))
