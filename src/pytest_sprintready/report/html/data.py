"""What the page shows, as values for its template and its script: text that is visible, links that are harmless.

Both renderings read the same object, so that they cannot disagree.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from pytest_sprintready.model import Evidence, Severity, Status
from pytest_sprintready.report import visible, visible_lines
from pytest_sprintready.report.standings import LEVELS, SHARED, ago, day, duration, last_verified, sentence, web

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_sprintready.audit.results import ProjectResult
    from pytest_sprintready.forge.judgement import Verdict
    from pytest_sprintready.forge.model import Issue
    from pytest_sprintready.howto import Step
    from pytest_sprintready.model import Finding, Result, Rule
    from pytest_sprintready.outcome import Outcome

MOST_TEXT = 2_000
"""Characters of one text that are shown: no guide's line or issue's title needs more."""

MOST_FINDINGS = 12
"""Places shown of one check; `sprintready check` lists all of them."""

ISSUES_MISSING = "The forge was not asked for issues. `sprintready audit --issues` asks it."
VERIFY_MISSING = "Not tried. `sprintready audit --verify` clones the project afresh and types what its documents say."
BRIEF = (
    "Of a sprint this large the page keeps what is required and the names of the other checks; "
    "`sprintready check` tells all of it."
)


def described(project: ProjectResult, now: int, *, brief: bool = False) -> dict[str, Any]:
    """Return what the page says of a project; `now` is the time of the audit, in seconds since the epoch.

    `brief` leaves out what makes a page of thousands of projects too large to send: findings of what is not required,
    and issues that cannot be taken.
    """
    known, report = project.project, project.report
    failing = project.failing
    home = web(project.web)
    return {
        "id": identifier(known.name),
        "name": text(known.name),
        "status": project.standing.value,
        "sentence": sentence(project),
        "href": home,
        "revision": text(report.revision[:10]),
        "revisionHref": web(project.link(Evidence(""))),
        "committed": day(project.committed),
        "level": text(known.level),
        "lead": text(known.lead),
        "mentors": [text(name) for name in known.mentors],
        "languages": [text(name) for name in known.languages],
        "notes": text(known.notes),
        "required": project.to_mend[Severity.REQUIRED],
        "recommended": project.to_mend[Severity.RECOMMENDED],
        "first": text(project.reason or (failing[0].rule.title if failing else "")),
        "mend": [_mend(project, result, brief=brief) for result in failing],
        "unsaid": BRIEF if brief and failing else "",
        "problem": text(report.problem),
        "hint": text(report.hint),
        "steps": [
            _step(project, step)
            for step in (project.guide.steps if project.guide else ())
            if step.lines and (not brief or step.purpose in ("setup", "test"))
        ],
        "stuck": [
            {"text": text(place), "href": web(place)} for place in (project.guide.stuck if project.guide else ())
        ],
        "issues": _issues(project, now, brief=brief),
        "issuesProblem": text(project.issues_problem),
        "verify": _verify(project),
        "recorded": _recorded(project, now),
    }


def rule(said: Rule) -> dict[str, str]:
    """Return what the page says of a check wherever it appears."""
    return {"severity": said.severity.value, "title": text(said.title), "why": text(said.why)}


def text(said: str) -> str:
    """Return `said` as one visible line of bounded length."""
    return visible(said if len(said) <= MOST_TEXT else f"{said[:MOST_TEXT]}…")


def lines(said: str) -> str:
    """Return `said` as visible lines of bounded length; one that begins with a blank is code."""
    return "\n".join(visible_lines(said if len(said) <= MOST_TEXT else f"{said[:MOST_TEXT]}…"))


def identifier(name: str) -> str:
    """Return what stands in addresses for a project: the same in each audit, for links that were sent to people."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    if plain == name:
        return f"project-{plain}"
    return f"project-{plain or 'x'}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:6]}"


def _mend(project: ProjectResult, result: Result, *, brief: bool) -> dict[str, Any]:
    broke = result.status is Status.ERROR
    short = brief and result.rule.severity is not Severity.REQUIRED
    most = 0 if short else 3 if brief else MOST_FINDINGS
    shown = result.findings[:most]
    fixed = all(finding.fix for finding in shown) and shown
    return {
        "code": text(result.rule.code),
        "broke": f"This check broke, please report it: {text(result.reason)}" if broke else "",
        "findings": [_finding(project, finding, shown[index + 1 : index + 2]) for index, finding in enumerate(shown)],
        "more": len(result.findings) - len(shown) if not short else 0,
        "fix": "" if fixed or short or broke else lines(result.rule.fix),
    }


def _finding(project: ProjectResult, finding: Finding, following: Sequence[Finding]) -> dict[str, str]:
    place = finding.place
    # Findings that ask for the same are followed by what they ask for, once.
    repeated = any(finding.fix == other.fix for other in following)
    return {
        "message": lines(finding.message),
        "place": text(str(place)) if place else "",
        "href": web(project.link(place)) if place else "",
        "fix": "" if repeated else lines(finding.fix),
    }


def _step(project: ProjectResult, step: Step) -> dict[str, Any]:
    reading = step.purpose == "read"  # its lines are documents or addresses, not commands
    return {
        "purpose": step.purpose,
        "title": text(step.title),
        "note": text(step.note),
        "lines": [
            {
                "command": text(line.command),
                "place": text(str(line.place)) if line.place else "",
                "href": web(project.link(line.place)) if line.place else "",
            }
            if not reading
            else _reading(project, line.command)
            for line in step.lines
        ],
    }


def _reading(project: ProjectResult, where: str) -> dict[str, str]:
    return {"command": text(where), "place": "", "href": web(where) or web(project.link(Evidence(where)))}


def _issues(project: ProjectResult, now: int, *, brief: bool) -> list[dict[str, Any]] | None:
    if project.issues is None:
        return None
    return [
        _issue(issue, verdict, now) for issue, verdict in project.issues if not brief or verdict.readiness == "good"
    ]


def _issue(issue: Issue, verdict: Verdict, now: int) -> dict[str, Any]:
    return {
        "title": text(issue.title) or f"Issue {issue.number}",
        "href": web(issue.url),
        "judgement": verdict.readiness,
        "lacks": [text(reason.text) for reason in verdict.reasons],
        "level": text(LEVELS.get(verdict.level, verdict.level)),
        "kinds": _texts(verdict.kinds),
        "skills": _texts(skill for skill in verdict.skills if skill not in verdict.kinds),
        "shared": SHARED if verdict.shared else "",
        "age": f"active {ago(issue.updated, now)}" if issue.updated else "",
        "days": max(0, now - issue.updated) // 86_400 if issue.updated else None,
    }


def _texts(said: Iterable[str]) -> list[str]:
    return [text(one) for one in said]


def _recorded(project: ProjectResult, now: int) -> str:
    """Return what the project itself keeps of its last fresh clone, "" where it keeps nothing."""
    said = last_verified(project.report, now)
    return text(f"{said} `sprintready audit --verify` tries it now.") if said else ""


def _verify(project: ProjectResult) -> dict[str, Any] | None:
    outcome = project.outcome
    if outcome is None:
        return None
    green = outcome.first_green
    if green is not None:
        said = f"First green test after {duration(green)}, the end after {duration(outcome.seconds)}."
    else:
        said = f"No test passed in {duration(outcome.seconds)}."
    about = ", ".join(filter(None, (outcome.system, outcome.python and f"Python {outcome.python}", outcome.date[:10])))
    return {
        "green": green is not None,
        "seconds": green,
        "short": duration(green) if green is not None else text(outcome.verdict.value.replace("-", " ")),
        "sentence": text(" ".join(filter(None, (said, outcome.cause, outcome.hint, f"({about})" if about else "")))),
        "steps": _timeline(outcome),
    }


def _timeline(outcome: Outcome) -> list[dict[str, Any]]:
    """Return each command, and the first green test, with its place on a line of time, in per cent."""
    whole = sum(run.seconds for run in outcome.runs) or 1
    steps: list[dict[str, Any]] = []
    start, green = 0.0, outcome.first_green
    for run in outcome.runs:
        failed = run.exit_code != 0
        notes = [
            duration(run.seconds),
            f"exit code {run.exit_code}" if failed and run.exit_code else "",
            text(run.ended),
        ]
        steps.append(
            {
                "label": text(run.command),
                "time": ", ".join(filter(None, notes)),
                "kind": "bad" if failed else "",
                "start": round(100 * start / whole, 1),
                "width": round(max(1, 100 * run.seconds / whole), 1),
            }
        )
        start += run.seconds
        if green is not None and (green <= start or run is outcome.runs[-1]):
            at = round(min(99, 100 * green / whole), 1)
            steps.append({"label": "", "time": duration(green), "kind": "green", "start": at, "width": 1})
            green = None
    return steps
