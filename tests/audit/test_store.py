"""The store: what goes in comes out, whatever ended the process, and nobody else's file is touched."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from pytest_sprintready.audit.judging import Row
from pytest_sprintready.audit.manifest import Manifest, Project, Sprint
from pytest_sprintready.audit.merge import merge
from pytest_sprintready.audit.migrations import APPLICATION, MIGRATIONS
from pytest_sprintready.audit.results import JudgedIssue, ProjectResult
from pytest_sprintready.audit.store import Store, asked_by
from pytest_sprintready.errors import UsageError
from pytest_sprintready.forge.judgement import Reason, Verdict
from pytest_sprintready.forge.model import Comment, Issue, PullRequest
from pytest_sprintready.howto import Guide, Line, Step
from pytest_sprintready.model import Evidence, Finding, Report, Result, Rule, Severity, Status
from pytest_sprintready.outcome import Counts, Deviation, Outcome, Run, Verdict as Verified

DOCS = Path(__file__).parents[2] / "docs" / "audit.md"
RULE = Rule("SR102", "readme-links-guide", Severity.REQUIRED, "No link", "why", "fix", "source")
OTHER = Rule("SR110", "where-to-start", Severity.RECOMMENDED, "No place", "why", "fix", "source")
MANIFEST = Manifest(
    "sprint.toml",
    Sprint("Spring", ("2026-05-16",), "here", 20),
    (Project("lantern", url="https://github.com/some/lantern", mentors=("Ada",)), Project("candle", path="candle")),
)
ASKED = asked_by(MANIFEST, "1.0")


def judged(
    project: Project = MANIFEST.projects[0], revision: str = "c0ffee", status: Status = Status.FAIL
) -> ProjectResult:
    findings = (
        (Finding("No `link`.", Evidence("README.md", 3), "Add one."), Finding("Nor there."))
        if status is Status.FAIL
        else ()
    )
    results = (
        Result(RULE, status, findings, (Evidence("docs/x.md", 1),) if findings else ()),
        Result(OTHER, Status.SKIPPED, reason="the files do not tell"),
    )
    report = Report(project.name, revision, results, facts={"readme": {"value": "README.md", "evidence": []}})
    steps = (
        Step("test", "Run the tests", "documented", (Line("nox", Evidence("README.md", 9)), Line("make")), "note"),
    )
    guide = Guide("", "", steps, ("https://example.org",))
    return ProjectResult(project, report, 1767323045, "https://github.com/some/lantern", guide, seconds=0.25)


FAILED = ProjectResult(MANIFEST.projects[1], Report("candle", facts={}, problem="it is gone", hint="look"), seconds=0.5)


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "sprint.sqlite")


def filled(path: str) -> int:
    with Store(path) as store:
        number = store.begin(ASKED, started=100)
        store.add(number, Row(1, FAILED))
        store.add(number, Row(0, judged(), "identity:c0ffee"))
        store.finish(number, 200)
    return number


def test_what_goes_in_comes_out_in_the_order_of_the_manifest(path: str) -> None:
    number = filled(path)
    with Store(path) as store:
        audit = store.audit(number)
        assert audit[:5] == (1, MANIFEST.sprint, 100, 200, "1.0")
        assert list(audit.projects) == [judged(), FAILED]
        assert len(audit.projects) == 2
        assert judged() in audit.projects


def test_issues_and_runs_come_out_as_they_went_in(path: str) -> None:
    issue = Issue(
        7,
        "Mend\x1b the link",
        "https://github.com/some/lantern/issues/7",
        labels=("good first issue",),
        comments=(Comment("Ada", "maintainer", text="please"),),
        pull_requests=(PullRequest(8, closes=(7,)),),
    )
    verdict = Verdict("nearly", (Reason("thin", "it says too little"),), (), "first", ("docs",), ("python",), "hours")
    outcome = Outcome(
        "lantern",
        Verified.TESTS_FAILED,
        "3 tests fail",
        counts=Counts(passed=5, failed=3),
        runs=(Run("nox", "test", "documented", Evidence("README.md", 9), 1, 3.5, "log"),),
        deviations=(Deviation("pip install x", "declare x"),),
        first_green=12.5,
    )
    with Store(path) as store:
        number = store.begin(ASKED, started=100)
        store.add(number, Row(0, judged(), "identity:c0ffee"))
        store.deepen(number, 0, judged()._replace(issues=(JudgedIssue(issue, verdict),)))
        store.deepen(number, 0, judged()._replace(outcome=outcome))
        (found,) = store.audit(number).projects
        assert found.issues == (JudgedIssue(issue, verdict),)
        assert found.outcome == outcome
        store.deepen(number, 0, judged()._replace(issues=(), issues_problem="rate limit"))
        (found,) = store.audit(number).projects
        assert (found.issues, found.issues_problem, found.outcome) == ((), "rate limit", outcome)


def test_an_audit_that_was_not_asked_for_issues_says_so(path: str) -> None:
    filled(path)
    with Store(path) as store:
        assert [result.issues for result in store.audit().projects] == [None, None]


def test_verdicts_on_a_commit_are_kept_once(path: str) -> None:
    filled(path)
    with Store(path) as store:
        assert store.revisions("identity") == {"c0ffee"}
        assert store.revisions("identit") == set()
        number = store.begin(ASKED, started=300)
        bare = ProjectResult(MANIFEST.projects[0], Report("lantern", "c0ffee", facts={}), seconds=0.25)
        assert store.add(number, Row(0, bare, "identity:c0ffee", known=True)) == judged()
        assert list(store.audit(number).projects) == [judged()]
    with sqlite3.connect(path) as base:
        assert base.execute("SELECT count(*) FROM commits").fetchone() == (1,)


def test_an_unfinished_audit_goes_on_and_a_finished_one_does_not(path: str) -> None:
    with Store(path) as store:
        number = store.begin(ASKED, started=100)
        store.add(number, Row(0, judged()))
    with Store(path) as store:
        assert store.begin(ASKED, started=150) == number
        assert store.done(number) == {0}
        assert store.begin(ASKED, started=150, fresh=True) == number + 1
        store.finish(number + 1, 200)
        assert store.begin(ASKED, started=250) == number + 2


def test_another_manifest_or_version_begins_another_audit(path: str) -> None:
    with Store(path) as store:
        number = store.begin(ASKED, started=100)
        assert store.begin(asked_by(MANIFEST, "2.0"), started=100) != number
        fewer = MANIFEST._replace(projects=MANIFEST.projects[:1])
        assert store.begin(asked_by(fewer, "1.0"), started=100) != number


def test_audits_are_in_the_order_they_were_made_whatever_the_clock_says(path: str) -> None:
    with Store(path) as store:
        for started in (300, 100, 200):
            store.finish(store.begin(ASKED, started=started), started)
        assert [audit.started for audit in store.audits()] == [300, 100, 200]
        assert [tally.number for tally in store.tallies()] == [1, 2, 3]
        assert store.audit().started == 200


def test_an_audit_in_numbers(path: str) -> None:
    filled(path)
    with Store(path) as store:
        (tally,) = store.tallies()
        assert tally == (1, "Spring", 100, 200, "1.0", 0, 1, 0, 1)


def test_bytes_of_file_names_that_are_no_text_are_spelled_out(path: str) -> None:
    place = Evidence(b"caf\xe9.md".decode("utf-8", "surrogateescape"), 1)
    result = judged()
    verdict = result.report.results[0]._replace(findings=(Finding(f"{place} is gone", place),), evidence=())
    with Store(path) as store:
        number = store.begin(ASKED, started=100)
        store.add(number, Row(0, result._replace(report=result.report._replace(results=(verdict,)))))
        (found,) = store.audit(number).projects
        assert found.failing[0].findings == (Finding("caf\\udce9.md:1 is gone", Evidence("caf\\udce9.md", 1)),)


# What is no store of ours -----------------------------------------------------------------------------------------


def test_a_store_of_an_earlier_version_is_brought_up_to_date(path: str) -> None:
    base = sqlite3.connect(path)
    for statement in MIGRATIONS[0][1]:
        base.execute(statement)
    base.execute(f"PRAGMA application_id = {APPLICATION}")
    base.execute("PRAGMA user_version = 1")
    base.execute("INSERT INTO sprints VALUES (1, 'Spring', '[]', '', NULL)")
    base.execute("INSERT INTO audits VALUES (1, 1, 5, 6, '0.1', 'x', 1)")
    base.execute("INSERT INTO projects VALUES (1, 1, 'candle')")
    base.execute(
        "INSERT INTO results VALUES (1, 1, 0, 1, '{\"name\": \"candle\"}', NULL, 'unreadable', 'gone', 0, 0, 0, 'gone', '', 0.1)"
    )
    base.commit()
    base.close()
    with Store(path) as store:
        (result,) = store.audit().projects
        assert (result.project.name, result.report.problem, result.issues) == ("candle", "gone", None)
        assert store._base.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_a_change_of_tables_that_fails_changes_nothing(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(path)
    broken = (*MIGRATIONS, ("broken", ("CREATE TABLE extra (id)", "CREATE TABLE extra (id)")))
    with monkeypatch.context() as patch:
        patch.setattr("pytest_sprintready.audit.store.MIGRATIONS", broken)
        with pytest.raises(UsageError):
            Store(path)
    with Store(path) as store:
        assert list(store.audit().projects) == [judged(), FAILED]
        assert store._base.execute("SELECT name FROM sqlite_master WHERE name = 'extra'").fetchall() == []


def test_a_store_of_a_later_version_is_refused_with_what_to_type(path: str) -> None:
    filled(path)
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="later version of sprintready") as caught:
        Store(path)
    assert "pip install --upgrade" in caught.value.hint


def test_a_database_of_another_program_is_left_alone(path: str) -> None:
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE theirs (id)")
    before = Path(path).read_bytes()
    with pytest.raises(UsageError, match="is a database of another program"):
        Store(path)
    assert Path(path).read_bytes() == before


def test_a_file_that_is_no_database_is_named(path: str) -> None:
    Path(path).write_text("# Notes\n" * 200)
    with pytest.raises(UsageError, match="is no store of sprintready"):
        Store(path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        Store(str(tmp_path / "gone" / "sprint.sqlite"))


def test_a_store_without_audits_says_how_to_make_one(path: str) -> None:
    with Store(path) as store, pytest.raises(UsageError, match="holds no audit"):
        store.audit()


def test_an_audit_that_is_not_there_is_named(path: str) -> None:
    filled(path)
    with Store(path) as store, pytest.raises(UsageError, match="holds no audit 7"):
        store.audit(7)


# Shards -----------------------------------------------------------------------------------------------------------


def test_parts_are_merged_into_the_whole(tmp_path: Path, path: str) -> None:
    filled(path)
    parts = [Store(str(tmp_path / name)) for name in ("one", "two")]
    for store, row in zip(parts, (Row(1, FAILED), Row(0, judged(), "identity:c0ffee")), strict=True):
        number = store.begin(ASKED, started=100)
        store.add(number, row)
        store.finish(number, 200)
    with Store(str(tmp_path / "whole")) as whole, Store(path) as undivided:
        number, lacking = merge(parts[:1], whole)
        assert lacking == 1
        assert whole.audit(number).finished is None
        assert merge(parts, whole) == (number, 0)
        assert whole.audit(number)[:5] == undivided.audit()[:5]
        assert list(whole.audit(number).projects) == list(undivided.audit().projects)
        assert whole.revisions("identity") == {"c0ffee"}
    for store in parts:
        store.close()


def test_parts_of_different_manifests_are_refused(tmp_path: Path) -> None:
    with (
        Store(str(tmp_path / "one")) as one,
        Store(str(tmp_path / "two")) as two,
        Store(str(tmp_path / "all")) as whole,
    ):
        one.begin(ASKED, started=1)
        two.begin(asked_by(MANIFEST, "2.0"), started=1)
        with pytest.raises(UsageError, match="another manifest, or by another version"):
            merge([one, two], whole)


# What the documentation promises ----------------------------------------------------------------------------------


def test_the_queries_of_the_documentation_run_with_sqlite_alone(path: str) -> None:
    filled(path)
    queries = re.findall(r"```sql\n(SELECT.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(queries) >= 3
    with sqlite3.connect(path) as base:
        answers = [base.execute(query).fetchall() for query in queries]
    assert answers[0] == [("lantern", "nearly", 1), ("candle", "unreadable", 0)]
    assert all(answers)


def test_every_table_and_column_is_documented(path: str) -> None:
    filled(path)
    text = DOCS.read_text(encoding="utf-8")
    with sqlite3.connect(path) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {column[1] for table in tables for column in base.execute(f"PRAGMA table_info({table})")}
    missing = [name for name in {*tables, *columns} - {"sqlite_sequence", "name", "seq"} if f"`{name}`" not in text]
    assert not missing
