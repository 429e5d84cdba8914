"""Views of reports. Each format is a module here whose `render(reports)` returns text and touches nothing.

What a repository says (paths, commands, messages that quote them) is hostile until proven otherwise, so all of it
passes `visible` on its way to a person.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pytest_sprintready.model import Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_sprintready.model import Report, Result, Rule

TOOL = "sprintready"

FAMILIES = {
    "SR0": "Files",
    "SR1": "Documents",
    "SR2": "Tests",
    "SR3": "Issues",
    "SR4": "Community",
    "SR5": "Set-up",
}

# What moves the cursor, rings, starts an escape sequence, turns the direction of text, or is simply not seen; the last
# range is what Python makes of file names that are not UTF-8, which no stream can encode.
_INVISIBLE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb"
    "\\ud800-\\udfff\\U000e0000-\\U000e007f]"
)


def visible(text: str) -> str:
    r"""Return `text` as one line in which every control character is spelled out: `\x1b`, `\n`, `\u202e`."""
    return _INVISIBLE.sub(_spelled, text)


def visible_lines(text: str) -> list[str]:
    """Return the lines of `text`, each as `visible` gives it, tabs as blanks."""
    return [visible(line.expandtabs(4)) for line in text.replace("\r\n", "\n").split("\n")]


def _spelled(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape", "surrogatepass").decode("ascii")


def family(rule: Rule) -> str:
    """Return the heading a check stands under: a family of ours, or the letters of somebody else's codes."""
    return FAMILIES.get(rule.code[:3]) or rule.code.rstrip("0123456789")


def workspace_path(report: Report, path: str) -> str:
    """Return a path of the repository as seen from the current folder, where the repository is a part of that.

    Annotations and code scanning want paths from the root of the checkout they run in.
    """
    folder = report.name.replace("\\", "/").removeprefix("./").strip("/")
    outside = folder in ("", ".") or folder.startswith("..") or report.name.startswith("/") or ":" in folder
    return path if outside else f"{folder}/{path}"


def failing(report: Report, *severities: Severity) -> list[Result]:
    """Return the results that fail or broke, of these severities (all if none is named), worst severity first."""
    wanted = severities or tuple(Severity)
    results = [result for result in report.results if result.status in (Status.FAIL, Status.ERROR)]
    return [result for severity in wanted for result in results if result.rule.severity is severity]


def counts(results: Iterable[Result]) -> Counter[Status]:
    """Return how many results there are of each status."""
    return Counter(result.status for result in results)


def verdict(report: Report) -> str:
    """Return the one sentence that says where the repository stands."""
    if report.problem:
        return "not judged"
    required = len(failing(report, Severity.REQUIRED))
    if required:
        return f"not ready for a sprint: {plural(required, 'required check')} {'fails' if required == 1 else 'fail'}"
    if all(result.status is Status.SKIPPED for result in report.results):
        return "not judged: no check could tell" if report.results else "not judged: no check was run"
    return "ready for a sprint"


def plural(number: int, noun: str) -> str:
    """Return "1 check", "2 checks"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
