"""What all views of an audit say in the same words: where projects stand, what most of them lack, how long ago."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timezone
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pytest_sprintready.model import Severity
from pytest_sprintready.report import plural, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_sprintready.audit.manifest import Sprint
    from pytest_sprintready.audit.results import JudgedIssue, ProjectResult
    from pytest_sprintready.model import Report, Rule

READY, NEARLY, NOT_YET, UNREADABLE = STANDINGS = ("ready", "nearly", "not-yet", "unreadable")
WORDS = {READY: "Ready", NEARLY: "Nearly ready", NOT_YET: "Not yet ready", UNREADABLE: "Could not be read"}
LEVELS = {"first": "beginner", "medium": "some experience", "advanced": "advanced"}
SHARED = "for several people"

_DAY = 86_400


class Moment(NamedTuple):
    """How many projects stood where (by the names in STANDINGS) in the audit that was `started` at this second."""

    started: int
    standings: Mapping[str, int]


class Tally:
    """Counts over all projects of an audit, which are seen one at a time."""

    def __init__(self) -> None:
        self.standings: Counter[str] = Counter()
        self.lacking: Counter[str] = Counter()
        self.rules: dict[str, Rule] = {}
        self.asked = 0
        self.takeable = 0
        self.verified = 0
        self.green: list[float] = []
        self.mentors: set[str] = set()

    def add(self, project: ProjectResult) -> None:
        """Count one project."""
        self.standings[project.standing.value] += 1
        for result in project.failing:
            self.rules[result.rule.code] = result.rule
            self.lacking[result.rule.code] += 1
        if project.issues is not None:
            self.asked += 1
            self.takeable += len(takeable(project))
        if project.outcome is not None:
            self.verified += 1
            if project.outcome.first_green is not None:
                self.green.append(project.outcome.first_green)
        self.mentors.update(project.project.mentors)

    @property
    def projects(self) -> int:
        """How many projects were counted."""
        return self.standings.total()

    @property
    def most_lacking(self) -> list[tuple[Rule, int]]:
        """What fails and in how many projects: what is required first, the most frequent first, by code where equal."""
        order = list(Severity)
        codes = sorted(
            self.lacking, key=lambda code: (order.index(self.rules[code].severity), -self.lacking[code], code)
        )
        return [(self.rules[code], self.lacking[code]) for code in codes]

    @property
    def moment(self) -> dict[str, int]:
        """How many projects stand where, those included where none does."""
        return {standing: self.standings[standing] for standing in STANDINGS}


def sentence(project: ProjectResult) -> str:
    """Return where a project stands, and how much there is to mend."""
    standing = project.standing.value
    required = project.to_mend[Severity.REQUIRED]
    return WORDS[standing] + (f": {plural(required, 'required check')} to mend" if required else "")


def takeable(project: ProjectResult) -> list[JudgedIssue]:
    """Return the issues, each with its judgement, that a newcomer can take now."""
    return [judged for judged in project.issues or () if judged.verdict.readiness == "good"]


def web(address: str) -> str:
    """Return an address that a page may link to, "" for anything but a plain http or https one.

    Beside what browsers would run (`javascript:`, `data:`) it refuses a user's name before the host, which is there to
    deceive or a password, and whatever ends an address in Markdown.
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    strange = any(letter in "<>\"'`\\()[]{}|^" or letter.isspace() or not letter.isprintable() for letter in address)
    return address if parts.scheme in ("http", "https") and host and "@" not in parts.netloc and not strange else ""


def duration(seconds: float) -> str:
    """Return a time as people say it: "48 s", "3 min 10 s", "1 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s" if 0 < seconds < 9.95 else f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def day(seconds: int | None) -> str:
    """Return the day of a time since the epoch, in UTC: "22 November 2026"; "" where there is none."""
    if seconds is None:
        return ""
    try:
        moment = datetime.fromtimestamp(seconds, timezone.utc)
    except (OverflowError, OSError, ValueError):
        return ""
    return f"{moment.day} {moment:%B %Y}"


def days(sprint: Sprint) -> str:
    """Return the days of a sprint: "16 May 2026", "16 to 18 May 2026"."""
    try:
        said = [datetime.fromisoformat(text) for text in sprint.dates]
    except ValueError:
        return visible(", ".join(sprint.dates))
    if not said:
        return ""
    first, last = said[0], said[-1]
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    return f"{first.day} {first:%B} to {end}" if first.year == last.year else f"{first.day} {first:%B %Y} to {end}"


def last_verified(report: Report, now: float) -> str:
    """Return how long ago a fresh clone was green by the repository's own record; "" where none is known."""
    date = str(report.facts.get("last_verified", {}).get("value") or "")
    try:
        then = int(datetime.fromisoformat(date).timestamp())
    except (ValueError, OverflowError):
        return ""
    return f"A fresh clone was green {ago(then, int(now))}, on {date[:10]}, as the repository records."


def ago(then: int, now: int) -> str:
    """Return how long before `now` that was, both in seconds since the epoch: "today", "5 weeks ago"."""
    past = max(0, now - then) // _DAY
    if past < 1:
        return "today"
    for size, noun in ((365, "year"), (30, "month"), (7, "week")):
        if past >= 2 * size:
            return f"{past // size} {noun}s ago"
    return f"{plural(past, 'day')} ago"
