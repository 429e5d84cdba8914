"""What failures have in common: the exception behind them, whatever differs in it from test to test."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_sprintready.diagnosis.model import Failure

_MOST = 3
"""So many groups are told."""

_SHARE = 0.1
"""Of all failures, what a group has at least that is told."""


class Alike(NamedTuple):
    """Failures that say the same: what, how many, and the first test among them."""

    said: str
    number: int
    first: str


_OF_DOCTEST = ("doctest.", "_pytest.doctest.")


def exception(failure: Failure) -> str:
    """Return the exception behind a failure as "OSError: no wick", "" where it has none."""
    if not failure.raised:
        return ""
    first = failure.raised[0]
    wraps = failure.stage == "collect" or any(kind.startswith(_OF_DOCTEST) for kind in first.types[:1])
    raised = failure.raised[-1] if wraps else first
    kind = raised.types[0].rpartition(".")[2] if raised.types else "an exception"
    return f"{kind}: {raised.message.strip().splitlines()[0][:160]}" if raised.message.strip() else kind


def behind(failures: Sequence[tuple[str, str]], word: str = "The first") -> str:
    """Return what is behind most failures, (test, exception) each: the groups of many, else the first; "" for none."""
    many = [group for group in alike(failures) if group.number > 1 and group.number >= _SHARE * len(failures)][:_MOST]
    if many:
        return "; ".join(f"{each.number} of {len(failures)}: {each.said}{_first(each)}" for each in many)
    first = next((told for each in failures if (told := ": ".join(filter(None, each)))), "")
    return f"{word}: {first}" if first else ""


def _first(group: Alike) -> str:
    return f" (the first: {group.first})" if group.first else ""


def alike(failures: Sequence[tuple[str, str]]) -> list[Alike]:
    """Return failures, (test, exception) each, in groups that say the same, the largest first."""
    found = groups([said for _, said in failures])
    return [Alike(failures[members[0]][1], len(members), failures[min(members)][0]) for members in found]


def groups(exceptions: Sequence[str]) -> list[list[int]]:
    """Return the places of exceptions that say the same, together, the largest group first; those of "" nowhere.

    What pytest cut off at the end of its lines ("OSErr...") goes to what begins so.
    """
    found: dict[str, list[int]] = {}
    for index in sorted(range(len(exceptions)), key=lambda index: _wholeness(exceptions[index])):
        said = exceptions[index]
        if said:
            key = _key(said)
            begins = (each for each in found if _is_cut(said) and each.startswith(key))
            found.setdefault(next(begins, key), []).append(index)
    return sorted(found.values(), key=lambda members: (-len(members), min(members)))


def _is_cut(said: str) -> bool:
    return said.endswith("...")


def _wholeness(said: str) -> tuple[bool, int]:
    return _is_cut(said), -len(said) if _is_cut(said) else 0


def _key(said: str) -> str:
    """Return a message without what differs from test to test: paths, addresses, numbers."""
    plain = re.sub(r"(['\"])[^'\"]*/[^'\"]*\1", "''", said.removesuffix("..."))
    return re.sub(r"0x[0-9a-fA-F]+|\d+", "0", plain)
