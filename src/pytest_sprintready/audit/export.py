"""An audit for other programs: CSV for spreadsheets, JSON Lines, Parquet. Nothing in it depends on how long it took."""

from __future__ import annotations

import csv
import io
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pytest_sprintready.audit.forms import plain
from pytest_sprintready.errors import UsageError
from pytest_sprintready.model import Severity
from pytest_sprintready.report.as_json import report_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.audit.results import Audit, ProjectResult

COLUMNS = (
    "project",
    "address",
    "page",
    "revision",
    "committed",
    "standing",
    "required",
    "recommended",
    "optional",
    "first",
    "reason",
    "setup",
    "test",
    "issues_ready",
    "verified",
    "seconds_to_green",
    "lead",
    "mentors",
    "level",
    "languages",
    "notes",
)

_FORMULA = tuple("=+-@|%\t\r\n\uff1d\uff0b\uff0d\uff20")


def csv_lines(audit: Audit) -> Iterator[str]:
    """Yield a head line and one for each project.

    A text that a spreadsheet could take for a formula is given an apostrophe before it
    (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    yield _csv_line(COLUMNS)
    for result in audit.projects:
        yield _csv_line(["" if value is None else _inert(value) for value in columns(result).values()])


def json_lines(audit: Audit) -> Iterator[str]:
    """Yield one object a line for each project: that of `sprintready check`, and what the audit adds."""
    for result in audit.projects:
        yield json.dumps(project_object(audit, result)) + "\n"


def write_parquet(audit: Audit, path: str) -> None:
    """Write the columns of the CSV, typed. Raises UsageError where pyarrow is missing or the file cannot be written."""
    try:
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError:
        raise UsageError("Parquet needs pyarrow", "python -m pip install pyarrow") from None
    numbers = {"committed", "required", "recommended", "optional", "issues_ready"}
    kinds = {"seconds_to_green": arrow.float64(), **dict.fromkeys(numbers, arrow.int64())}
    schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in COLUMNS])
    rows = [columns(result) for result in audit.projects]
    try:
        parquet.write_table(arrow.Table.from_pylist(rows, schema=schema), path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}") from error


def columns(result: ProjectResult) -> dict[str, Any]:
    """Return what a row holds, by COLUMNS; None where it is not known."""
    project, outcome = result.project, result.outcome
    ready = None if result.issues is None else sum(each.verdict.readiness == "good" for each in result.issues)
    values = (
        project.name,
        project.url or project.path,
        result.web,
        result.report.revision,
        result.committed,
        result.standing.value,
        *(None if result.report.problem else result.to_mend[severity] for severity in Severity),
        result.failing[0].rule.code if result.failing else "",
        result.reason,
        "\n".join(result.commands("setup")),
        "\n".join(result.commands("test")),
        ready,
        outcome.verdict.value if outcome else None,
        outcome.first_green if outcome else None,
        project.lead,
        ", ".join(project.mentors),
        project.level,
        ", ".join(project.languages),
        project.notes,
    )
    texts = (plain(value) if isinstance(value, str) else value for value in values)
    return dict(zip(COLUMNS, texts, strict=True))


def project_object(audit: Audit, result: ProjectResult) -> dict[str, Any]:
    """Return one project as the JSON contract of `sprintready check` has it, with what the audit adds."""
    from pytest_sprintready.audit.forms import issue_object
    from pytest_sprintready.outcome import to_json

    entry = result.project._asdict()
    del entry["line"]
    return {
        **report_object(result.report),
        "audit": {"number": audit.number, "sprint": audit.sprint.name, "started": audit.started},
        "project": entry,
        "standing": result.standing.value,
        "reason": result.reason,
        "committed": result.committed,
        "page": result.web,
        "setup": list(result.commands("setup")),
        "test": list(result.commands("test")),
        **({} if result.issues is None else {"issues": [issue_object(each) for each in result.issues]}),
        **({"issues_problem": result.issues_problem} if result.issues_problem else {}),
        **({"verify": to_json(result.outcome)} if result.outcome else {}),
    }


def _inert(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA) else value


def _csv_line(values: Any) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(values)
    return line.getvalue()
