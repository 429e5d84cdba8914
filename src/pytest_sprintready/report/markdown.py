"""Markdown, for a job's summary, an issue or a wiki page.

Text of a repository is quoted so that it cannot make headings, links, HTML, mentions or references to issues.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.model import Severity, Status
from pytest_sprintready.report import counts, failing, family, verdict, visible, visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.model import Report, Result, Rule

_SIGNS = {Status.PASS: "✅", Status.FAIL: "❌", Status.SKIPPED: "⚪", Status.ERROR: "⚠️"}
_CODE = re.compile(r"`([^`]+)`")
_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>&|~$!+=.:-]")
_ZERO_WIDTH_SPACE = "\u200b"


def render(reports: Sequence[Report]) -> str:
    """Return the reports as sections of GitHub-flavoured Markdown."""
    blocks = [_overview(reports)] if len(reports) > 1 else []
    blocks += ["\n".join(_report(report)) for report in reports]
    return "\n\n".join(blocks) + "\n"


def render_catalogue(rules: Sequence[Rule]) -> str:
    """Return the table of all checks."""
    lines = ["| code | name | severity | problem |", "|---|---|---|---|"]
    lines += [
        f"| {escape(rule.code)} | {code(rule.name)} | {rule.severity.value} | {escape(rule.title)} |" for rule in rules
    ]
    return "\n".join(lines) + "\n"


def _overview(reports: Sequence[Report]) -> str:
    lines = ["| repository | verdict | passed | failed | skipped |", "|---|---|---|---|---|"]
    for report in reports:
        number = counts(report.results)
        failed = number[Status.FAIL] + number[Status.ERROR]
        lines.append(
            f"| {escape(report.name)} | {escape(verdict(report))} | {number[Status.PASS]} | {failed} "
            f"| {number[Status.SKIPPED]} |"
        )
    return "\n".join(lines)


def _report(report: Report) -> Iterator[str]:
    sign = "✅" if report.ready else "❌"
    yield f"## {sign} {escape(report.name)}: {escape(verdict(report))}"
    if report.problem:
        yield f"\n{escape(report.problem)} {escape(report.hint)}".rstrip()
        return
    first = failing(report, Severity.REQUIRED)
    if first:
        yield "\n### Do first\n"
        for number, result in enumerate(first, 1):
            yield from _failing(result, f"{number}. ")
    if others := failing(report, Severity.RECOMMENDED, Severity.OPTIONAL):
        yield "\n### Then\n"
        for result in others:
            yield from _failing(result, "- ")
    rest = [result for result in report.results if result.status in (Status.PASS, Status.SKIPPED)]
    if rest:
        yield "\n<details><summary>Passed and skipped</summary>\n"
        yield "| | check | family | seen at, or why not |"
        yield "|---|---|---|---|"
        for result in rest:
            seen = escape(result.reason) or ", ".join(code(str(place)) for place in result.evidence[:3])
            yield (
                f"| {_SIGNS[result.status]} | {result.rule.code} {code(result.rule.name)} "
                f"| {escape(family(result.rule))} | {seen} |"
            )
        yield "\n</details>"
    if report.ignored:
        yield "\n### Ignored\n"
        for rule, reason in report.ignored:
            yield f"- {rule.code} {code(rule.name)}: {escape(reason) or 'no reason given'}"


def _failing(result: Result, lead: str) -> Iterator[str]:
    rule = result.rule
    indent = " " * len(lead)
    yield f"{lead}{_SIGNS[result.status]} **{escape(rule.title)}** ({rule.code}, {rule.severity.value})"
    if result.status is Status.ERROR:
        yield f"{indent}- this check broke, please report it: {escape(result.reason)}"
    for finding in result.findings:
        place = f"{code(str(finding.place))} " if finding.place else ""
        yield f"{indent}- {place}{escape(finding.message)}"
        if finding.fix:
            yield from _fix(finding.fix, f"{indent}  ")
    if result.status is Status.FAIL and not all(finding.fix for finding in result.findings):
        yield from _fix(rule.fix, indent)


def _fix(fix: str, indent: str) -> Iterator[str]:
    first, *rest = visible_lines(fix)
    yield f"{indent}- fix: {escape(first)}"
    if rest:
        yield ""
        # Indented code ends at nothing but its indentation, so no text can close it.
        yield from (f"{indent}      {line}" for line in rest)
        yield ""


def escape(text: str) -> str:
    """Return `text` on one line as prose that renders as written; what stands between backticks becomes code."""
    parts = _CODE.split(visible(text))
    return "".join(code(part) if odd else _prose(part) for part, odd in zip(parts, _alternating(parts), strict=True))


def code(text: str) -> str:
    """Return `text` as inline code, with a fence longer than any run of backticks in it."""
    text = visible(text).replace("|", "\\|")
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    padding = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{padding}{text}{padding}{fence}" if text else ""


def _prose(text: str) -> str:
    text = _SPECIAL.sub(
        lambda match: "&lt;" if match[0] == "<" else "&amp;" if match[0] == "&" else f"\\{match[0]}", text
    )
    # GitHub looks for @people and #issues in the text that is shown, where no escape is left to see.
    return re.sub(r"(@|#|GH(?=\\?-\d))", rf"\1{_ZERO_WIDTH_SPACE}", text)


def _alternating(parts: Sequence[str]) -> list[bool]:
    return [bool(index % 2) for index in range(len(parts))]
