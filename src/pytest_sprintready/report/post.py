"""An audit as a post in Markdown, for a blog, a wiki or an umbrella issue: where projects stand, and issues to take.

Nobody is mentioned by it, and no issue learns of it: addresses on GitHub go through a host of GitHub's that leaves no
trace in the issue they lead to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.report import plural
from pytest_sprintready.report.markdown import code, escape
from pytest_sprintready.report.standings import (
    LEVELS,
    NEARLY,
    NOT_YET,
    READY,
    SHARED,
    UNREADABLE,
    WORDS,
    Tally,
    day,
    days,
    duration,
    takeable,
    web,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.audit.results import Audit, ProjectResult

MOST_ISSUES = 5
"""Issues of one project in a post: enough to choose from, and the project's list has the others."""

MOST_LACKING = 5

_SIGNS = {READY: "🟢", NEARLY: "🟡", NOT_YET: "🟠", UNREADABLE: "⚪"}


def render(audit: Audit) -> str:
    """Return the post."""
    tally = Tally()
    for project in audit.projects:
        tally.add(project)
    return "\n".join(_post(audit, tally)) + "\n"


def link(said: str, address: str) -> str:
    """Return a link in Markdown, or the text alone where the address is none to link to."""
    address = web(address).replace("https://github.com/", "https://redirect.github.com/", 1)
    return f"[{escape(said)}](<{address}>)" if address else escape(said)


def _post(audit: Audit, tally: Tally) -> Iterator[str]:
    name = escape(audit.sprint.name) or "Sprint readiness"
    ready = tally.standings[READY]
    yield f"# {name}: {ready} of {plural(tally.projects, 'project')} {'is' if ready == 1 else 'are'} ready"
    yield ""
    place = ", ".join(filter(None, (days(audit.sprint), audit.sprint.place)))
    audited = f"Judged on {day(audit.finished or audit.started)} from the files of each repository."
    yield f"{escape(place)}. {audited}" if place else audited
    yield ""
    yield "| project | status | first to mend | issues to take | first green test |"
    yield "|---|---|---|---|---|"
    yield from (_row(project) for project in audit.projects)
    if lacking := tally.most_lacking[:MOST_LACKING]:
        yield "\n## What most projects lack\n"
        for rule, count in lacking:
            yield f"- {escape(rule.title)}: {plural(count, 'project')} ({rule.severity.value}, {escape(rule.code)})"
    yield "\n## Issues to take\n"
    if tally.takeable:
        for project in audit.projects:
            yield from _issues(project)
    elif tally.asked:
        yield "None can be taken right now: those labelled for beginners are taken, unclear or old."
    else:
        yield f"The forges were not asked; {code('sprintready audit --issues')} asks them."


def _row(project: ProjectResult) -> str:
    standing = project.standing.value
    asked, outcome = project.issues is not None, project.outcome
    green = outcome.first_green if outcome else None
    cells = (
        link(project.project.name, project.web),
        f"{_SIGNS[standing]} {WORDS[standing].lower()}",
        escape(project.reason),
        str(len(takeable(project))) if asked else "",
        duration(green) if green is not None else escape(outcome.verdict.value) if outcome else "",
    )
    return f"| {' | '.join(cells)} |"


def _issues(project: ProjectResult) -> Iterator[str]:
    issues = takeable(project)
    if not issues:
        return
    people = ", ".join(map(escape, project.project.mentors))
    yield f"**{escape(project.project.name)}**{f' (ask {people})' if people else ''}\n"
    for issue, verdict in issues[:MOST_ISSUES]:
        shared = SHARED if verdict.shared else ""
        about = ", ".join(filter(None, (LEVELS.get(verdict.level, verdict.level), *verdict.kinds, shared)))
        yield f"- {link(issue.title or f'issue {issue.number}', issue.url)}{f' ({escape(about)})' if about else ''}"
    if len(issues) > MOST_ISSUES:
        yield f"- and {len(issues) - MOST_ISSUES} more"
    if tests := project.commands("test"):
        yield f"- to test: {code(tests[-1])}"
    yield ""
