"""Our checks for repo-review (https://repo-review.readthedocs.io), which finds these two functions as entry points.

Nothing of repo-review is imported. It knows no severities, so each description ends with that of the check.
"""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

from pytest_sprintready.errors import SprintReadyError
from pytest_sprintready.model import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_sprintready.model import Result, Rule


class BridgedCheck:
    """One check, in the shape repo-review asks for."""

    def __init__(self, rule: Rule) -> None:
        from pytest_sprintready.report import family

        self.rule = rule
        self.family = f"sprintready {family(rule)}"
        # Says what is looked for, as it stands beside a tick as well; braces mean something to repo-review.
        looked_for = f"{rule.name.replace('-', ' ').capitalize()} ({rule.severity.value})"
        self.__doc__ = looked_for.replace("{", "{{").replace("}", "}}")

    def check(self, root: object) -> bool | str | None:
        """Return True for a pass, Markdown for a failure, None where nothing can be said.

        That is so for what is skipped or ignored, and for a `root` that is no local folder: the checks read all files.
        """
        if not isinstance(root, os.PathLike):
            return None
        try:
            result = _results(os.fspath(root)).get(self.rule.code)
        except SprintReadyError as error:
            return str(error)
        if result is None or result.status is Status.SKIPPED:
            return None
        return True if result.status is Status.PASS else _markdown(result)


def repo_review_checks() -> dict[str, BridgedCheck]:
    """Return all checks by their code."""
    from pytest_sprintready.engine import catalogue

    return {one.rule.code: BridgedCheck(one.rule) for one in catalogue()}


def repo_review_families() -> dict[str, dict[str, str | int]]:
    """Return the headings of our checks, in our order, below those of others."""
    names = dict.fromkeys(check.family for check in repo_review_checks().values())
    return {
        name: {"name": f"Ready for a sprint: {name.partition(' ')[2].lower()}", "order": 100 + number}
        for number, name in enumerate(names)
    }


@functools.lru_cache(maxsize=8)
def _results(root: str) -> Mapping[str, Result]:
    """Return all verdicts on one folder by code: repo-review asks for them one by one."""
    from pytest_sprintready.config import load_settings
    from pytest_sprintready.engine import run
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.snapshot import open_snapshot

    with open_snapshot(root) as snapshot:
        settings = load_settings(snapshot)
        return {result.rule.code: result for result in run(Facts(snapshot, settings), settings).results}


def _markdown(result: Result) -> str:
    from pytest_sprintready.report import visible, visible_lines

    rule = result.rule
    parts = [f"{rule.title}."]
    if result.status is Status.ERROR:
        parts.append(f"This check broke, please report it: `{visible(result.reason)}`")
    parts += [
        f"- {f'`{visible(str(finding.place))}`: ' if finding.place else ''}{visible(finding.message)}"
        for finding in result.findings
    ]
    for fix in dict.fromkeys(finding.fix or rule.fix for finding in result.findings):
        parts += ["", *visible_lines(fix)]
    return "\n".join(parts)
