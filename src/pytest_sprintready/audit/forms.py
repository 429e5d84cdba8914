"""The forms in which the values of an audit are kept: text SQLite can hold, and JSON, written and read back."""

from __future__ import annotations

from typing import Any

from pytest_sprintready.audit.manifest import Project
from pytest_sprintready.audit.results import JudgedIssue
from pytest_sprintready.howto import Guide, Line, Step
from pytest_sprintready.model import Evidence


def plain(text: str) -> str:
    """Return text that SQLite can hold: bytes of file names that are no UTF-8 are spelled out."""
    return text.encode("utf-8", "backslashreplace").decode()


def place_columns(place: Evidence | None) -> tuple[str | None, int | None]:
    """Return path and line, both None where there is no place."""
    return (plain(place.path), place.line) if place else (None, None)


def project_from(entry: dict[str, Any]) -> Project:
    """Return the manifest's entry; fields that another version knows are left out."""
    values = _with_tuples(entry)
    return Project(**{name: value for name, value in values.items() if name in Project._fields})


def guide_object(guide: Guide) -> dict[str, Any]:
    """Return what json writes of a guide."""
    steps = [{**step._asdict(), "lines": [[line.command, line.place] for line in step.lines]} for step in guide.steps]
    return {"steps": steps, "stuck": guide.stuck}


def guide_from(data: dict[str, Any] | None) -> Guide | None:
    """Return the guide that `guide_object` wrote."""
    if data is None:
        return None
    steps = tuple(
        Step(**{**step, "lines": tuple(Line(command, place and Evidence(*place)) for command, place in step["lines"])})
        for step in data["steps"]
    )
    return Guide("", "", steps, tuple(data["stuck"]))


def issue_object(judged: JudgedIssue) -> dict[str, Any]:
    """Return what json writes of an issue."""
    from pytest_sprintready.forge.model import ForgeData, Repository, to_json

    written = to_json(ForgeData(Repository(), issues=(judged.issue,)))
    return {"issue": written["issues"][0], "verdict": judged.verdict._asdict()}


def issue_from(data: dict[str, Any]) -> JudgedIssue:
    """Return the issue that `issue_object` wrote."""
    from pytest_sprintready.forge.judgement import Reason, Verdict
    from pytest_sprintready.forge.model import SCHEMA, from_json

    read = from_json({"schema": SCHEMA, "repository": {}, "issues": [data["issue"]]})
    verdict = data["verdict"]
    reasons = ("reasons", "advice")
    values = _with_tuples(verdict)
    values |= {name: tuple(Reason(*reason) for reason in verdict[name]) for name in reasons}
    return JudgedIssue(read.issues[0], Verdict(**values))


def _with_tuples(values: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
