"""What a machine lacks for a project: for people on one screen, the commands to type first; and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest_sprintready
from pytest_sprintready.report import TOOL, plural, visible
from pytest_sprintready.report.as_json import SCHEMA, place_object
from pytest_sprintready.report.text import Style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.diagnosis.doctor.patient import Examination, Finding
    from pytest_sprintready.diagnosis.model import Remedy

_BOLD, _DIM, _RED, _GREEN, _YELLOW = "1", "2", "31", "32", "33"
_MARKS = {"needed": ("✗", "x"), "advice": ("○", "-")}


def render(examination: Examination, style: Style | None = None) -> str:
    """Return the commands to type, in order, then what was found."""
    return "\n".join(_lines(examination, style or Style())) + "\n"


def _lines(examination: Examination, style: Style) -> Iterator[str]:
    python = f"Python {examination.python}, {examination.environment}" if examination.python else "no Python"
    name = visible(examination.name)
    if len(name) + len(python) + 2 <= style.width:
        yield style.paint(name, _BOLD) + style.paint(f"  {visible(python)}", _DIM)
    else:
        yield style.paint(name, _BOLD)
        yield from wrap(visible(python), style, "", "", (_DIM,))
    needed = _with(examination, "needed")
    if needed:
        verb = "is" if len(needed) == 1 else "are"
        yield style.paint(f"Not ready yet: {plural(len(needed), 'thing')} {verb} missing.", _BOLD, _RED)
        typed = (*examination.commands, *((examination.tests,) if examination.tests else ()))
    else:
        yield style.paint("Ready.", _BOLD, _GREEN)
        typed = (examination.tests,) if examination.tests else ()
    if typed:
        yield ""
        yield style.paint("Type, in this order:" if len(typed) > 1 else "To run the tests, type:", _BOLD)
        for number, remedy in enumerate(typed, 1):
            lead = f"{number:>3}. " if len(typed) > 1 else "     "
            # Never wrapped: it is there to be copied.
            yield f"{lead}{style.paint(visible(remedy.command), _GREEN)}{_where(remedy, style)}"
    if needed:
        yield ""
        yield style.paint("Missing", _BOLD)
        for finding in needed:
            yield from _found(finding, style, _RED)
    yield from _advice(examination, style)
    yield from _rest(examination, style)


def _advice(examination: Examination, style: Style) -> Iterator[str]:
    advice = _with(examination, "advice")
    if advice:
        yield ""
        yield style.paint("Worth knowing", _BOLD)
    for finding in advice:
        yield from _found(finding, style, _YELLOW)
        for remedy in finding.remedies:
            yield f"      {style.paint(visible(remedy.command), _GREEN)}"


def _rest(examination: Examination, style: Style) -> Iterator[str]:
    said = {
        "Fine": "; ".join(finding.what for finding in _with(examination, "fine")),
        "Not looked at": "; ".join(finding.what for finding in _with(examination, "skipped")),
        "Stuck? Ask": examination.stuck,
    }
    if any(said.values()):
        yield ""
    for title, text in said.items():
        if text:
            yield from wrap(visible(text), style, f"{title}: ", "  ", (_DIM,))


def _found(finding: Finding, style: Style, colour: str) -> Iterator[str]:
    mark = style.paint(_MARKS[finding.state][0 if style.unicode else 1], colour)
    yield from wrap(visible(finding.what), style, f"  {mark} ", "    ")
    if finding.quote and finding.place:
        line = f"      {visible(str(finding.place))}: {visible(finding.quote)}"
        yield style.paint(line if len(line) <= style.width else f"{line[: style.width - 3]}...", _DIM)


def _where(remedy: Remedy, style: Style) -> str:
    return style.paint(f"  ({visible(str(remedy.place))})", _DIM) if remedy.place and remedy.kind == "again" else ""


def _with(examination: Examination, state: str) -> list[Finding]:
    return [finding for finding in examination.findings if finding.state == state]


def render_json(examination: Examination) -> str:
    """Return the examination as one JSON object."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "tool": {"name": TOOL, "version": pytest_sprintready.__version__},
            "project": examination.name,
            "python": examination.python,
            "environment": examination.environment,
            "ready": examination.ready,
            "commands": [_remedy(remedy) for remedy in examination.commands],
            "tests": examination.tests.command if examination.tests else "",
            "findings": [_finding(finding) for finding in examination.findings],
            "stuck": examination.stuck,
        },
        indent=2,
    ) + "\n"  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    place = {"place": place_object(finding.place)} if finding.place else {}
    return {
        "topic": finding.topic,
        "state": finding.state,
        "what": finding.what,
        **place,
        "quote": finding.quote,
        "remedies": [_remedy(remedy) for remedy in finding.remedies],
    }


def _remedy(remedy: Remedy) -> dict[str, Any]:
    return {"command": remedy.command, "kind": remedy.kind, "names": list(remedy.names)}
