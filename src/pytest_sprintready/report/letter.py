"""A friendly note to the people who keep one project: three things to mend before the sprint, each with its place.

As plain text it is there to be mailed, as Markdown to be opened as an issue. It asks for nothing that is not written in
their repository, ranks nobody, and thanks them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pytest_sprintready.model import Severity, Status
from pytest_sprintready.report import plural, visible, visible_lines
from pytest_sprintready.report.markdown import code, escape
from pytest_sprintready.report.post import link
from pytest_sprintready.report.standings import NEARLY, READY, UNREADABLE, day, days, duration, takeable, web
from pytest_sprintready.report.text import Style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.audit.results import Audit, ProjectResult
    from pytest_sprintready.model import Result

MOST_THINGS = 3
MOST_PLACES = 3
WIDTH = 72
"""Columns of a plain letter: what mail programs quote without breaking."""


def render(audit: Audit, project: ProjectResult, *, markdown: bool = False) -> str:
    """Return the letter about one project of the audit, as plain text or as Markdown."""
    pen: _Pen = _Markdown() if markdown else _Plain()
    return "\n".join(_letter(audit, project, pen)).rstrip() + "\n"


class _Pen(Protocol):
    """How things are written."""

    def prose(self, said: str) -> str: ...

    def strong(self, said: str) -> str: ...

    def quoted(self, command: str) -> str: ...

    def linked(self, said: str, address: str) -> str: ...

    def paragraph(self, written: str, lead: str = "") -> str: ...


class _Plain:
    def prose(self, said: str) -> str:
        return visible(said)

    strong = prose

    def quoted(self, command: str) -> str:
        return f"`{visible(command)}`"

    def linked(self, said: str, address: str) -> str:
        return f"{visible(said)} <{web(address)}>" if web(address) else visible(said)

    def paragraph(self, written: str, lead: str = "") -> str:
        return "\n".join(wrap(written, Style(width=WIDTH), lead))


class _Markdown:
    def prose(self, said: str) -> str:
        return escape(said)

    def strong(self, said: str) -> str:
        return f"**{escape(said)}**"

    def quoted(self, command: str) -> str:
        return code(command)

    def linked(self, said: str, address: str) -> str:
        return link(said, address)

    def paragraph(self, written: str, lead: str = "") -> str:
        return f"{lead}{written}"


def _letter(audit: Audit, project: ProjectResult, pen: _Pen) -> Iterator[str]:
    name, standing = project.project.name, project.standing.value
    yield from (pen.paragraph(f"Hello {pen.prose(project.project.lead) or 'maintainers'},"), "")
    yield from (pen.paragraph(_occasion(audit, project, pen)), "")
    if standing == UNREADABLE:
        yield pen.paragraph(f"I could not read the repository: {pen.prose(project.reason)}.")
        yield from ("", pen.paragraph("Could you tell me where it is, so that newcomers find it too?"), "")
    else:
        yield from _things(project, pen)
        yield from _tried(project, pen)
        yield from _issues(project, pen)
    yield pen.paragraph(
        f"If anything here is wrong or unclear, tell me. Thank you for keeping {pen.prose(name)}, and for the time "
        "you give to people on their first day."
    )
    sprint = pen.prose(audit.sprint.name)
    yield from ("", pen.paragraph(f"The organizers of {sprint}" if sprint else "The organizers of the sprint"))


def _occasion(audit: Audit, project: ProjectResult, pen: _Pen) -> str:
    when, where = pen.prose(days(audit.sprint)), pen.prose(audit.sprint.place)
    event = pen.prose(audit.sprint.name) or "our sprint"
    said = f"{pen.linked(project.project.name, project.web)} takes part in {event}"
    said += f" on {when}" if when else ""
    said += f" ({where})" if where else ""
    said += ". Thank you for that!"
    if audit.sprint.sprinters:
        said += f" We expect {plural(audit.sprint.sprinters, 'person').replace('persons', 'people')}."
    if project.standing.value == UNREADABLE:
        return said
    said += " I had a tool read the repository as a newcomer finds it"
    if project.report.revision:
        made = f" of {day(project.committed)}" if project.committed else ""
        said += f", at commit {pen.prose(project.report.revision[:10])}{made}"
    return f"{said}. It reads files and runs none of them."


def _things(project: ProjectResult, pen: _Pen) -> Iterator[str]:
    failing = [
        result
        for result in project.failing
        if result.status is Status.FAIL and result.rule.severity is not Severity.OPTIONAL
    ]
    chosen = failing[:MOST_THINGS]
    number = ("", "One thing", "Two things", "Three things")[len(chosen)]
    if project.standing.value == READY:
        yield pen.paragraph("It is ready: all that a newcomer's first hour depends on is written down and there.")
        yield ""
        heading = f"{number} would make that hour better still, if you have one to spare:"
    else:
        heading = f"{number} would help a newcomer's first hour most:"
        heading = f"It is nearly ready. {heading}" if project.standing.value == NEARLY else heading
    if not chosen:
        return
    yield from (pen.paragraph(heading), "")
    for place, result in enumerate(chosen, 1):
        yield from _thing(project, result, f"{place}. ", pen)
    more = len(project.failing) - len(chosen)
    if more:
        yield pen.paragraph(
            f"There {'is 1 more' if more == 1 else f'are {more} more, mostly smaller'}; "
            f"{pen.quoted('sprintready check')} in a clone lists everything, each with what to do."
        )
        yield ""


def _thing(project: ProjectResult, result: Result, lead: str, pen: _Pen) -> Iterator[str]:
    rule, indent = result.rule, " " * len(lead)
    yield pen.paragraph(f"{pen.strong(rule.title)} ({pen.prose(rule.code)}). {pen.prose(rule.why)}", lead)
    fixes: dict[str, None] = {}
    for finding in result.findings[:MOST_PLACES]:
        place = f"{pen.linked(str(finding.place), project.link(finding.place))}: " if finding.place else ""
        yield pen.paragraph(f"{place}{pen.prose(visible_lines(finding.message)[0])}", f"{indent}- ")
        fixes[finding.fix or rule.fix] = None
    if len(result.findings) > MOST_PLACES:
        yield pen.paragraph(f"and {len(result.findings) - MOST_PLACES} more like it", f"{indent}- ")
    for fix in fixes or {rule.fix: None}:
        first, *rest = visible_lines(fix)
        yield pen.paragraph(f"To mend it: {pen.prose(first)}", f"{indent}- ")
        if rest:
            yield from ("", *(f"{indent}      {line}" for line in rest))
    yield ""


def _tried(project: ProjectResult, pen: _Pen) -> Iterator[str]:
    outcome = project.outcome
    if outcome is None:
        return
    if outcome.first_green is not None:
        said = f"had its first green test after {duration(outcome.first_green)}."
    else:
        said = f"did not come to a green test. {pen.prose(outcome.cause)}"
    yield from (pen.paragraph(f"A fresh clone, set up as your documents say, {said}"), "")


def _issues(project: ProjectResult, pen: _Pen) -> Iterator[str]:
    if project.issues is None:
        return
    number = len(takeable(project))
    said = "No issue" if not number else "1 issue" if number == 1 else f"{number} issues"
    nearly = [(issue, verdict) for issue, verdict in project.issues if verdict.readiness == "nearly"][:MOST_THINGS]
    yield pen.paragraph(f"{said} can be taken by a newcomer now." + (" These lack only a little:" if nearly else ""))
    yield ""
    for issue, verdict in nearly:
        missing = "; ".join(reason.text for reason in verdict.reasons)
        yield pen.paragraph(f"{pen.linked(issue.title, issue.url)}: {pen.prose(missing)}", "- ")
    if nearly:
        yield ""
