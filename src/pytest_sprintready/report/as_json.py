"""The JSON contract, for programs; `schema.json` beside this file describes it.

One repository is one object. Several are one object a line (JSON Lines), each as complete as if it stood alone, so
the same reader, and the same schema, serve both.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest_sprintready
from pytest_sprintready.report import TOOL, verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_sprintready.howto import Guide, Step
    from pytest_sprintready.model import Evidence, Finding, Report, Result, Rule

SCHEMA = 1


def render(reports: Sequence[Report]) -> str:
    """Return the reports as JSON. Everything outside of ASCII is escaped, so no terminal or encoding minds it."""
    return _dump([report_object(report) for report in reports])


def render_guides(guides: Sequence[Guide]) -> str:
    """Return the guides as JSON: the head of the contract, and `steps` and `stuck`."""
    return _dump(
        [
            {
                **_head(guide),
                "steps": [_step(step) for step in guide.steps],
                "stuck": list(guide.stuck),
            }
            for guide in guides
        ]
    )


def render_rules(rules: Sequence[Rule], others: Sequence[Mapping[str, Any]] = ()) -> str:
    """Return checks, and other objects before them, as one JSON array."""
    return json.dumps([*others, *(rule_object(rule) for rule in rules)], indent=2) + "\n"


def report_object(report: Report) -> dict[str, Any]:
    """Return one report as the object of the contract."""
    return {
        **_head(report),
        "ready": report.ready,
        "verdict": verdict(report),
        "facts": dict(report.facts),
        "results": [_result(result, report) for result in report.results],
        "ignored": [{"code": rule.code, "name": rule.name, "reason": reason} for rule, reason in report.ignored],
        **({"diff": report.diff} if report.diff else {}),
    }


def rule_object(rule: Rule) -> dict[str, str]:
    """Return what is known of a check."""
    return {**rule._asdict(), "severity": rule.severity.value}


def _head(subject: Report | Guide) -> dict[str, Any]:
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": TOOL, "version": pytest_sprintready.__version__},
        "repository": {"name": subject.name, "revision": subject.revision},
    }
    if subject.problem:
        head["problem"] = {"message": subject.problem, "hint": subject.hint}
    return head


def _result(result: Result, report: Report) -> dict[str, Any]:
    remedy = next((each for each in report.remedies if each.code == result.rule.code), None)
    return {
        **rule_object(result.rule),
        "status": result.status.value,
        "reason": result.reason,
        "findings": [_finding(finding) for finding in result.findings],
        "evidence": [place_object(place) for place in result.evidence],
        **({"fixable": {"summary": remedy.summary, "safe": remedy.safe}} if remedy else {}),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = {"place": place_object(finding.place)} if finding.place else {}
    return {"message": finding.message, **place, "fix": finding.fix}


def _step(step: Step) -> dict[str, Any]:
    return {
        "purpose": step.purpose,
        "title": step.title,
        "source": step.source,
        "note": step.note,
        "commands": [
            {"command": line.command, **({"place": place_object(line.place)} if line.place else {})}
            for line in step.lines
        ],
    }


def place_object(place: Evidence) -> dict[str, Any]:
    """Return a place as the contract has it: without a line where there is none."""
    return {"path": place.path, "line": place.line} if place.line else {"path": place.path}


def _dump(objects: Sequence[Mapping[str, Any]]) -> str:
    if len(objects) == 1:
        return json.dumps(objects[0], indent=2) + "\n"
    return "".join(json.dumps(one) + "\n" for one in objects)
