"""The issues of a repository with a verdict on each, in the order a newcomer wants to see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.forge.judgement import Verdict, judge_issue

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.config import Issues
    from pytest_sprintready.forge.model import ForgeData, Issue

_READINESS = ("good", "nearly", "not-now")
_LEVELS = ("first", "", "medium", "advanced")


class Judged(NamedTuple):
    """An issue and whether a newcomer can take it."""

    issue: Issue
    verdict: Verdict


class Board(NamedTuple):
    """What is shown of one repository: its issues, the best first. `problem` says why there is no `data`."""

    name: str
    data: ForgeData | None = None
    judged: tuple[Judged, ...] = ()
    problem: str = ""
    hint: str = ""


def judged(data: ForgeData, rules: Issues, exists: Callable[[str], bool] | None = None) -> tuple[Judged, ...]:
    """Return the issues with their verdicts at the time they were asked for, so that a report can be made again.

    Good ones come first, then by level, kind of work, and the latest changed.
    """
    found = [
        Judged(issue, judge_issue(issue, now=data.fetched, rules=rules, exists=exists))
        for issue in data.issues
        # Labels of a sprint are for those at the sprint, so lists and duplicates among them are judged as well.
    ]
    return tuple(sorted(found, key=_order))


def _order(one: Judged) -> tuple[int, int, tuple[str, ...], int]:
    verdict = one.verdict
    return _READINESS.index(verdict.readiness), _LEVELS.index(verdict.level), verdict.kinds, -one.issue.updated
