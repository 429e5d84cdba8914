"""Exports, and what changed between two audits."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.audit.compare import Change, compare, to_json
from pytest_sprintready.audit.export import COLUMNS, csv_lines, json_lines, write_parquet
from pytest_sprintready.audit.manifest import Project, Sprint
from pytest_sprintready.audit.results import Audit, JudgedIssue, ProjectResult, Standing
from pytest_sprintready.forge.judgement import Verdict
from pytest_sprintready.forge.model import Issue
from pytest_sprintready.howto import Guide, Line, Step
from pytest_sprintready.model import Report, Result, Rule, Severity, Status

if TYPE_CHECKING:
    from pathlib import Path


def verdict(code: str, status: Status = Status.FAIL) -> Result:
    return Result(Rule(code, code.lower(), Severity.REQUIRED, f"Title of {code}", "why", "fix", "source"), status)


def project(name: str, *results: Result, **fields: Any) -> ProjectResult:
    report = Report(name, "c0ffee", results, facts={}, problem="" if results else "it is gone")
    return ProjectResult(Project(name, **fields), report)


def audit(*projects: ProjectResult, number: int = 1) -> Audit:
    return Audit(number, Sprint("Spring"), 100, 200, "1.0", projects)


def issue(number: int) -> JudgedIssue:
    return JudgedIssue(Issue(number, url=f"https://example.org/{number}"), Verdict("good"))


# CSV and the rest -------------------------------------------------------------------------------------------------


def rows(*projects: ProjectResult) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(csv_lines(audit(*projects))), newline="")))


def test_a_row_says_where_a_project_stands_and_what_to_type() -> None:
    guide = Guide("", steps=(Step("test", "Test", "documented", (Line("nox"),)),))
    (row,) = rows(
        project("lantern", verdict("SR102"), mentors=("Ada", "Grace"))._replace(guide=guide, issues=(issue(1),))
    )
    assert tuple(row) == COLUMNS
    assert (row["standing"], row["required"], row["first"], row["reason"]) == ("nearly", "1", "SR102", "Title of SR102")
    assert (row["test"], row["mentors"], row["issues_ready"]) == ("nox", "Ada, Grace", "1")


def test_what_is_not_known_is_empty_and_not_nought() -> None:
    (row,) = rows(project("lantern"))
    assert (row["standing"], row["required"], row["issues_ready"]) == ("unreadable", "", "")


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://evil.example","x")',
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "|calc",
        "%0A=1",
        "\uff1d1",
    ],
)
def test_no_cell_is_a_formula(text: str) -> None:
    (row,) = rows(project(text, verdict("SR102"), notes=text, lead=text, mentors=(text,), level=text))
    for column in ("project", "notes", "lead", "mentors", "level"):
        assert row[column] == f"'{text}"


def test_cells_with_quotes_and_line_ends_stay_cells() -> None:
    (row,) = rows(project('a"b\r\nc,d', verdict("SR102")))
    assert row["project"] == 'a"b\r\nc,d'


def test_json_is_the_contract_of_check_with_what_the_audit_adds() -> None:
    (line,) = json_lines(audit(project("lantern", verdict("SR102"), url="https://example.org/lantern")))
    found = json.loads(line)
    assert found["schema"] == 1
    assert found["results"][0]["code"] == "SR102"
    assert found["standing"] == "nearly"
    assert found["project"]["url"] == "https://example.org/lantern"
    assert "seconds" not in line


def test_parquet_has_the_columns_with_their_types(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write_parquet(audit(project("lantern", verdict("SR102")), project("gone")), str(tmp_path / "x.parquet"))
    table = parquet.read_table(tmp_path / "x.parquet")
    assert tuple(table.column_names) == COLUMNS
    assert table.column("required").to_pylist() == [1, None]


# Two audits -------------------------------------------------------------------------------------------------------


def test_a_check_is_mended_when_it_passes_and_broken_when_it_passed() -> None:
    before = audit(project("lantern", verdict("SR101"), verdict("SR102", Status.PASS), verdict("SR103")))
    after = audit(project("lantern", verdict("SR101", Status.PASS), verdict("SR102"), verdict("SR103")), number=2)
    (change,) = compare(before, after).changes
    assert change.mended == (("SR101", "Title of SR101"),)
    assert change.broke == (("SR102", "Title of SR102"),)


def test_what_could_not_be_told_is_neither_mended_nor_broken() -> None:
    before = audit(
        project("lantern", verdict("SR101"), verdict("SR102", Status.SKIPPED), verdict("SR104", Status.PASS))
    )
    after = audit(project("lantern", verdict("SR101", Status.SKIPPED), verdict("SR102"), verdict("SR104", Status.PASS)))
    assert compare(before, after).changes == ()


def test_projects_come_and_go() -> None:
    found = compare(audit(project("old", verdict("SR101", Status.PASS))), audit(project("new", verdict("SR101"))))
    assert found.changes == (Change("new", None, Standing.NEARLY), Change("old", Standing.READY, None))


def test_issues_are_compared_where_both_audits_asked() -> None:
    lantern = project("lantern", verdict("SR101"))
    before, after = lantern._replace(issues=(issue(1), issue(2))), lantern._replace(issues=(issue(2), issue(3)))
    (change,) = compare(audit(before), audit(after)).changes
    assert (change.closed, change.opened) == (("https://example.org/1",), ("https://example.org/3",))
    assert compare(audit(lantern), audit(after)).changes == ()


def test_a_comparison_is_counted_and_written_as_json() -> None:
    before = audit(project("lantern", verdict("SR101")), project("same", verdict("SR101")))
    after = audit(project("lantern", verdict("SR101", Status.PASS)), project("same", verdict("SR101")), number=2)
    found = compare(before, after)
    assert (found.mended, found.broke, found.unchanged) == (1, 0, 1)
    assert json.loads(json.dumps(to_json(found)))["changes"][0]["now"] == "ready"
