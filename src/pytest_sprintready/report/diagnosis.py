"""Diagnoses: for people in at most eight lines of a hundred columns each, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pytest_sprintready.report import TOOL, plural, visible
from pytest_sprintready.report.text import MAX_WIDTH, Style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_sprintready.diagnosis.catalogue import Entry
    from pytest_sprintready.diagnosis.model import Diagnosis, Remedy
    from pytest_sprintready.model import Evidence

MOST_LINES = 8

_FAULTS = {
    "project": "An omission of the project, not your fault.",
    "machine": "This is about the set-up, not about your change.",
    "release": "A new release of something else did this, not your change.",
    "change": "This is in lines that are new here.",
}
_INDENT = " " * 9


def render(shown: Sequence[tuple[Diagnosis, int]], style: Style | None = None, *, more: int = 0) -> str:
    """Return diagnoses, each with how many failures it explains; `more` is how many are left out."""
    style = style or Style(width=MAX_WIDTH)
    blocks = ["\n".join(_lines(diagnosis, count, style)) for diagnosis, count in shown]
    if more:
        blocks.append(f"{plural(more, 'other cause')} will show once this is mended.")
    return "\n\n".join(blocks) + "\n"


def _lines(diagnosis: Diagnosis, count: int, style: Style) -> Iterator[str]:
    width = style._replace(width=min(style.width, MAX_WIDTH))
    times = f" ({count} times)" if count > 1 else ""
    head, *rest = wrap(f"{diagnosis.code}: {visible(diagnosis.what)}{times}", width, "", "  ")
    last = [line for words in _last(diagnosis) for line in wrap(words, width, "  ", "  ")]
    commands = list(_commands(diagnosis))
    lines = [style.paint(head, "1"), *(style.paint(line, "1") for line in rest[:1])]
    room = MOST_LINES - len(lines) - len(last) - len(commands)
    if diagnosis.quote and diagnosis.place and room > 0:
        lines.append(_cut(f"  line:  {visible(str(diagnosis.place))}: {visible(diagnosis.quote)}", width.width))
        room -= 1
    if diagnosis.cause:
        why = list(wrap(visible(diagnosis.cause), width, "  cause: ", _INDENT))
        lines += why[: max(room, 0)]
    lines += [f"{mark}{style.paint(command, '32')}" for mark, command in commands]
    yield from lines
    yield from (style.paint(line, "2") for line in last)


def _commands(diagnosis: Diagnosis) -> Iterator[tuple[str, str]]:
    """Yield the lines to type as they are: one broken in two could not be copied."""
    mark = "  fix:   " if diagnosis.certain else "  try:   "
    for remedy in diagnosis.remedies:
        yield mark, visible(remedy.command)
        mark = _INDENT


def _last(diagnosis: Diagnosis) -> Iterator[str]:
    yield f"{_FAULTS.get(diagnosis.fault, '')} More: `{TOOL} explain {diagnosis.code}`".lstrip()
    if diagnosis.stuck:
        yield f"Still stuck? Ask: {visible(diagnosis.stuck)}"


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 3]}..."


def as_object(diagnosis: Diagnosis, count: int = 1) -> dict[str, Any]:
    """Return a diagnosis as JSON has it; what is not known is left out."""
    found = {
        "code": diagnosis.code,
        "name": diagnosis.name,
        "what": diagnosis.what,
        "cause": diagnosis.cause,
        "place": _place(diagnosis.place),
        "quote": diagnosis.quote,
        "remedies": [_remedy(remedy) for remedy in diagnosis.remedies],
        "fault": diagnosis.fault,
        "certain": diagnosis.certain,
        "stuck": diagnosis.stuck,
        "failures": count,
    }
    return {key: value for key, value in found.items() if value not in ("", None)}


def render_json(shown: Iterable[tuple[Diagnosis, int]]) -> str:
    """Return diagnoses, each with how many failures it explains, as one JSON document."""
    return json.dumps([as_object(diagnosis, count) for diagnosis, count in shown], indent=2, ensure_ascii=False) + "\n"


def _remedy(remedy: Remedy) -> dict[str, Any]:
    found = {"command": remedy.command, "kind": remedy.kind, "names": list(remedy.names), "place": _place(remedy.place)}
    return {key: value for key, value in found.items() if value is not None}


def _place(place: Evidence | None) -> dict[str, Any] | None:
    if place is None:
        return None
    return {"path": place.path, "line": place.line} if place.line else {"path": place.path}


def render_entry(entry: Entry, style: Style | None = None) -> str:
    """Return everything that is known of one cause of failures."""
    style = style or Style()
    lines = [style.paint(f"{entry.code} {entry.name}", "1"), "", *wrap(f"{entry.title}.", style)]
    for heading, words in (
        ("What it looks like", entry.looks),
        ("Why it happens", entry.why),
        ("How a maintainer prevents it", entry.prevent),
        ("The check that finds it beforehand", ", ".join(entry.checks)),
    ):
        if words:
            lines += ["", *wrap(f"{heading}: {words}", style)]
    return "\n".join(lines) + "\n"


def entry_object(entry: Entry) -> dict[str, Any]:
    """Return what is known of a cause."""
    known = entry._asdict()
    return {name: known[name] for name in ("code", "name", "title", "looks", "why", "prevent")} | {
        "checks": list(entry.checks)
    }
