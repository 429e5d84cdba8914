"""What several checks ask of the forge's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.facts import issues
from pytest_sprintready.model import SkipCheck

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.forge.board import Judged
    from pytest_sprintready.forge.model import ForgeData

_MOST_NAMED = 5


def asked(facts: Facts) -> ForgeData:
    """The forge's answers; SkipCheck where it was not asked, or where there are no issues to speak of."""
    data = facts.forge.value
    if not data.repository.issues_enabled:
        raise SkipCheck(f"issues are switched off on {data.repository.host}; where they are kept is not known")
    return data


def listed(facts: Facts) -> tuple[Judged, ...]:
    """The open issues for newcomers and for a sprint; SkipCheck where there are none."""
    data = asked(facts)
    found = issues.judged(facts)
    if not found:
        if any(problem.startswith("issues:") for problem in data.problems):
            raise SkipCheck(f"the issues could not be had: {data.problems[0]}")
        raise SkipCheck("no open issue is labelled for newcomers (SR308)")
    return found


def free(facts: Facts) -> tuple[Judged, ...]:
    """Those of them that can be taken; SkipCheck where there are none."""
    found = tuple(one for one in listed(facts) if one.verdict.readiness != "not-now")
    if not found:
        raise SkipCheck("no issue for newcomers is free to take (SR311)")
    return found


def having(found: Sequence[Judged], *codes: str) -> list[Judged]:
    """Those with a reason of one of these codes."""
    return [one for one in found if any(reason.code in codes for reason in one.verdict.reasons)]


def named(found: Sequence[Judged]) -> str:
    """Return "#4", "#4 and #7", "#1, #2, #3, #4, #5 and 7 more"."""
    numbers = [f"#{one.issue.number}" for one in found[:_MOST_NAMED]]
    if len(found) > _MOST_NAMED:
        return f"{', '.join(numbers)} and {len(found) - _MOST_NAMED} more"
    return " and ".join(filter(None, (", ".join(numbers[:-1]), numbers[-1])))


def are(found: Sequence[Judged]) -> str:
    """Return "1 issue is", "3 issues are"."""
    return "1 issue is" if len(found) == 1 else f"{len(found)} issues are"


def count(number: int, noun: str) -> str:
    """Return "1 issue", "3 issues"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def span(seconds: float) -> str:
    """Return "5 hours", "12 days": a time for a sentence."""
    hours = round(seconds / 3600)
    return count(max(hours, 1), "hour") if hours < 72 else count(round(hours / 24), "day")


def median(values: Sequence[float]) -> float:
    """Return the middle value, of an even number the mean of both; statistics takes longer to import than this."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
