"""The issues of a repository, for people who look for one, for maintainers who groom them, and for programs.

Titles, names and addresses come from a forge, where anybody can write them: in text no terminal obeys them, and in
Markdown they make no link, mention, heading or HTML.
"""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest_sprintready
from pytest_sprintready.report import TOOL, plural, visible
from pytest_sprintready.report.markdown import escape
from pytest_sprintready.report.standings import SHARED
from pytest_sprintready.report.text import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.forge.board import Board, Judged
    from pytest_sprintready.forge.model import ForgeData
    from pytest_sprintready.report.text import Style

SCHEMA = 1
_BOLD, _DIM, _GREEN, _YELLOW = "1", "2", "32", "33"
_MOST_TITLE = 120
_DAY = 86_400
_ADDRESS = re.compile(r"https?://[\w.:/~%+@?&=#,-]+")
_GROUPS = {
    "good": ("Good to take", "ready for a newcomer", ("✓", "+"), _GREEN, ""),
    "nearly": ("Nearly", "a maintainer can mend them in minutes", ("○", "o"), _YELLOW, "lacks"),
    "not-now": ("Not now", "taken, waiting, or no task", ("✗", "x"), _DIM, "because"),
}
_LEVELS = {"first": "for a first contribution", "medium": "for some experience", "advanced": "hard"}
_SIZES = {"hours": "some hours", "day": "a day", "more": "more than a day"}


def render_text(boards: Sequence[Board], style: Style) -> str:
    """Return the issues of each repository for a terminal."""
    return "\n\n\n".join("\n".join(_board(board, style)) for board in boards) + "\n"


def _board(board: Board, style: Style) -> Iterator[str]:
    yield style.paint(visible(board.name), _BOLD)
    if board.data is None:
        yield from wrap(board.problem, style, "  ")
        yield from wrap(board.hint and f"hint: {board.hint}", style, "  ")
        return
    yield from (style.paint(line, _DIM) for line in wrap(_source(board.data), style))
    yield from wrap(_summary(board), style)
    for readiness, (heading, meaning, marks, colour, word) in _GROUPS.items():
        found = [one for one in board.judged if one.verdict.readiness == readiness]
        if not found or (style.quiet and readiness != "good"):
            continue
        yield ""
        yield style.paint(heading, _BOLD) + style.paint(f": {meaning}", _DIM)
        for one in found:
            mark = style.paint(marks[0 if style.unicode else 1], colour)
            yield from _listed(one, board.data, style, mark, word)
    shown = {one.issue.number for one in board.judged}
    umbrellas = [issue for issue in board.data.umbrellas if issue.number not in shown]
    if umbrellas and not style.quiet:
        yield ""
        yield style.paint("Umbrella issues", _BOLD)
        for issue in umbrellas:
            yield from wrap(f"#{issue.number} {title(issue.title)}", style, "    ", "      ")
            yield f"      {visible(issue.url)}"
    if board.data.problems:
        yield ""
        yield style.paint("Not told by the forge", _BOLD)
        for problem in board.data.problems:
            yield from wrap(problem, style, "  ", "    ")


def _listed(one: Judged, data: ForgeData, style: Style, mark: str, word: str) -> Iterator[str]:
    issue, verdict = one
    lines = list(wrap(f"#{issue.number} {title(issue.title)}", style, "    ", "      "))
    yield f"  {mark} {lines[0].lstrip()}"
    yield from lines[1:]
    yield from (style.paint(line, _DIM) for line in wrap(", ".join(traits(one, data)), style, "      ", "      "))
    if word:
        reasons = "; ".join(reason.text for reason in verdict.reasons)
        yield from wrap(f"{word}: {reasons}", style, "      ", "        ")
    elif style.verbose and verdict.advice:
        advice = "; ".join(reason.text for reason in verdict.advice)
        yield from wrap(f"better still: {advice}", style, "      ", "        ")
    yield f"      {visible(issue.url)}"  # not wrapped, so that it can be clicked


def traits(one: Judged, data: ForgeData) -> list[str]:
    """Return what one wants to know before opening an issue: level, kind, size, skills, age, whether it is shared."""
    issue, verdict = one
    found = [_LEVELS.get(verdict.level, ""), " and ".join(verdict.kinds), _SIZES.get(verdict.size, "")]
    found.append(" and ".join(verdict.skills[:4]))
    if issue.created:
        found.append(f"{age(data.fetched - issue.created)} old")
    found.append(f"{SHARED}: say which part you take" if verdict.shared else "")
    return [trait for trait in found if trait]


def age(seconds: int) -> str:
    """Return "3 days", "5 months", "2 years"."""
    days = max(0, seconds) // _DAY
    if days < 60:
        return plural(days, "day")
    return plural(days // 30, "month") if days < 730 else plural(days // 365, "year")


def title(text: str) -> str:
    """Return an issue's title on one line, cut where nobody would read on."""
    text = " ".join(text.split()) or "(no title)"
    return text if len(text) <= _MOST_TITLE else f"{text[:_MOST_TITLE]}..."


def _source(data: ForgeData) -> str:
    when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(data.fetched)) if data.fetched else "an unknown time"
    return f"{data.repository.url or data.repository.host} as of {when}"


def _summary(board: Board) -> str:
    data = board.data
    if data is None:
        return ""
    if not data.repository.issues_enabled:
        return "Issues are switched off there; where they are kept is not known."
    if data.repository.archived:
        return "The repository is archived: nothing can be changed in it."
    labels = ", ".join(f'"{name}"' for name in dict.fromkeys((*data.beginner_labels, *data.sprint_labels)))
    if not labels:
        return "No label there is for newcomers. `sprintready labels` shows which a sprint needs."
    if not board.judged:
        return f"No open issue is labelled {labels}."
    numbers = {name: sum(one.verdict.readiness == name for one in board.judged) for name in _GROUPS}
    more = f"; the {len(board.judged)} changed last were read" if data.issue_count > len(board.judged) else ""
    total = plural(data.issue_count or len(board.judged), "open issue")
    return (
        f"{total} labelled {labels}{more}: {numbers['good']} good, {numbers['nearly']} nearly, "
        f"{numbers['not-now']} not now."
    )


def render_markdown(boards: Sequence[Board], *, quiet: bool = False) -> str:
    """Return the issues for a blog post, an umbrella issue or a wiki; with `quiet` those alone that are good."""
    return "\n\n".join("\n".join(_markdown(board, quiet=quiet)) for board in boards) + "\n"


def _markdown(board: Board, *, quiet: bool) -> Iterator[str]:
    yield f"## {escape(board.name)}"
    yield ""
    if board.data is None:
        yield f"{escape(board.problem)} {escape(board.hint)}".rstrip()
        return
    yield escape(_summary(board))
    for readiness, (heading, meaning, _, _, word) in _GROUPS.items():
        found = [one for one in board.judged if one.verdict.readiness == readiness]
        if not found or (quiet and readiness != "good"):
            continue
        yield from ("", f"### {heading}: {meaning}", "")
        for one in found:
            yield f"- {_linked(one)} ({escape(', '.join(traits(one, board.data)))})"
            if word:
                yield f"  - {word}: {escape('; '.join(reason.text for reason in one.verdict.reasons))}"
    if board.data.problems:
        yield from ("", f"Not told by the forge: {escape('; '.join(board.data.problems))}")


def _linked(one: Judged) -> str:
    """Return an issue's title with its number as the link, where its address is one."""
    name = f"{one.issue.number}"
    if _ADDRESS.fullmatch(one.issue.url):
        return f"[{name}](<{one.issue.url}>) {escape(title(one.issue.title))}"
    return f"{name} {escape(title(one.issue.title))}"


def render_json(boards: Sequence[Board]) -> str:
    """Return the issues as JSON, an array of repositories; everything outside of ASCII is escaped."""
    value = {
        "schema": SCHEMA,
        "tool": {"name": TOOL, "version": pytest_sprintready.__version__},
        "repositories": [_object(board) for board in boards],
    }
    return json.dumps(value, indent=2) + "\n"


def _object(board: Board) -> dict[str, Any]:
    if board.data is None:
        return {"name": board.name, "problem": board.problem, "hint": board.hint}
    data = board.data
    return {
        "name": board.name,
        "forge": data.repository.forge,
        "host": data.repository.host,
        "url": data.repository.url,
        "fetched": data.fetched,
        "archived": data.repository.archived,
        "issues_enabled": data.repository.issues_enabled,
        "beginner_labels": list(data.beginner_labels),
        "sprint_labels": list(data.sprint_labels),
        "issue_count": data.issue_count,
        "problems": list(data.problems),
        "umbrellas": [{"number": one.number, "title": one.title, "url": one.url} for one in data.umbrellas],
        "issues": [_issue(one) for one in board.judged],
    }


def _issue(one: Judged) -> dict[str, Any]:
    issue, verdict = one
    return {
        "number": issue.number,
        "title": issue.title,
        "url": issue.url,
        "labels": list(issue.labels),
        "assignees": list(issue.assignees),
        "milestone": issue.milestone,
        "created": issue.created,
        "updated": issue.updated,
        "readiness": verdict.readiness,
        "reasons": [reason._asdict() for reason in verdict.reasons],
        "advice": [reason._asdict() for reason in verdict.advice],
        "level": verdict.level,
        "kinds": list(verdict.kinds),
        "skills": list(verdict.skills),
        "size": verdict.size,
        "shared": verdict.shared,
    }
