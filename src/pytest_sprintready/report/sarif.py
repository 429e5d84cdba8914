"""SARIF 2.1.0, for code scanning: every finding at its place, every check as a rule."""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest_sprintready
from pytest_sprintready.model import Evidence, Finding, Severity, Status
from pytest_sprintready.report import TOOL, failing, visible, workspace_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_sprintready.model import Report, Result, Rule

LEVELS = {Severity.REQUIRED: "error", Severity.RECOMMENDED: "warning", Severity.OPTIONAL: "note"}
FINGERPRINT = "sprintreadyFinding/v1"
# GitHub refuses a whole upload for one result without a place; the repository itself is the place then.
WHOLE_REPOSITORY = Evidence(".")


def render(reports: Sequence[Report]) -> str:
    """Return one SARIF log, with one run for each repository."""
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(report) for report in reports],
    }
    return json.dumps(log, indent=2) + "\n"


def _run(report: Report) -> dict[str, Any]:
    rules = [result.rule for result in report.results]
    seen: Counter[str] = Counter()
    return {
        "tool": {
            "driver": {
                "name": TOOL,
                "semanticVersion": pytest_sprintready.__version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "automationDetails": {"id": f"{TOOL}/{visible(report.name)}/"},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.problem,
                "toolExecutionNotifications": _notifications(report),
            }
        ],
        "results": [
            _result(report, rules.index(result.rule), result, finding, seen)
            for result in failing(report)
            if result.status is Status.FAIL
            for finding in result.findings
        ],
    }


def _notifications(report: Report) -> list[dict[str, Any]]:
    broken = [
        {
            "level": "error",
            "message": {"text": visible(result.reason)},
            "associatedRule": {"id": result.rule.code},
        }
        for result in report.results
        if result.status is Status.ERROR
    ]
    return broken + ([{"level": "error", "message": {"text": visible(report.problem)}}] if report.problem else [])


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [rule.severity.value]},
    }


def _result(report: Report, index: int, result: Result, finding: Finding, seen: Counter[str]) -> dict[str, Any]:
    place = finding.place or next(iter(result.evidence), WHOLE_REPOSITORY)
    # Lines move with every edit, so they are no part of what makes two findings the same.
    digest = sha256(f"{result.rule.code}\0{place.path}\0{finding.message}".encode("utf-8", "replace")).hexdigest()
    seen[digest] += 1
    fix = finding.fix or result.rule.fix
    return {
        "ruleId": result.rule.code,
        "ruleIndex": index,
        "level": LEVELS[result.rule.severity],
        "message": {"text": f"{visible(finding.message)} {visible(fix)}".strip()},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": relative_uri(workspace_path(report, place.path)),
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {"startLine": place.line or 1},
                }
            }
        ],
        "partialFingerprints": {FINGERPRINT: f"{digest[:32]}:{seen[digest]}"},
    }


def relative_uri(path: str) -> str:
    """Return a repository's path as a relative URI; a name that is not UTF-8 keeps its bytes."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", "replace"))
