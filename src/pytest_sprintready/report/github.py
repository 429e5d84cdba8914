"""Annotations of GitHub Actions: workflow commands on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.model import Evidence, Severity, Status
from pytest_sprintready.report import failing, plural, verdict, visible, visible_lines, workspace_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.model import Report, Result

LEVELS = {Severity.REQUIRED: "error", Severity.RECOMMENDED: "warning", Severity.OPTIONAL: "notice"}
# GitHub shows no more than these of each level for one step (docs: "Workflow commands", annotation limits).
MOST_OF_A_LEVEL = 10


class Annotation(NamedTuple):
    """One annotation; `message` may have several lines."""

    level: str
    title: str
    message: str
    place: Evidence | None = None

    def __str__(self) -> str:
        properties = {"title": self.title}
        if self.place:
            properties = {"file": self.place.path, "line": str(self.place.line or 1), **properties}
        written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        return f"::{self.level} {written}::{_data(self.message)}"


def render(reports: Sequence[Report]) -> str:
    """Return the annotations, errors first, as many as GitHub shows, and a last line that says what is left out."""
    annotations = [one for report in reports for one in _annotations(report, named=len(reports) > 1)]
    lines = []
    hidden = {}
    for level in LEVELS.values():
        of_level = [one for one in annotations if one.level == level]
        lines += [str(one) for one in of_level[:MOST_OF_A_LEVEL]]
        if len(of_level) > MOST_OF_A_LEVEL:
            hidden[level] = len(of_level) - MOST_OF_A_LEVEL
    lines += [f"{_data(report.name)}: {_data(verdict(report))}" for report in reports]
    if hidden:
        left_out = ", ".join(plural(number, level) for level, number in hidden.items())
        lines.append(f"GitHub shows {MOST_OF_A_LEVEL} annotations of a level; not shown: {left_out}")
    return "\n".join(lines) + "\n"


def _annotations(report: Report, *, named: bool) -> Iterator[Annotation]:
    prefix = f"{report.name}: " if named else ""
    if report.problem:
        yield Annotation("error", f"{prefix}cannot be judged", f"{report.problem}\n{report.hint}".strip())
    for result in failing(report):
        for one in _of_result(result, prefix):
            place = one.place and Evidence(workspace_path(report, one.place.path), one.place.line)
            yield one._replace(place=place)


def _of_result(result: Result, prefix: str) -> Iterator[Annotation]:
    rule = result.rule
    title = f"{prefix}{rule.code} {rule.name}"
    if result.status is Status.ERROR:
        yield Annotation("warning", title, f"this check broke, please report it: {result.reason}")
    for finding in result.findings:
        message = f"{finding.message}\n{finding.fix or rule.fix}"
        yield Annotation(LEVELS[rule.severity], title, message, finding.place)


def _data(text: str) -> str:
    return "%0A".join(line.replace("%", "%25") for line in visible_lines(text))


def _property(text: str) -> str:
    return visible(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
