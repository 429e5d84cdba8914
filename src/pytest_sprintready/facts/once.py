"""Answers that are worked out once for each Facts."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.facts import Facts

Answer = TypeVar("Answer")


def once(compute: Callable[[Facts], Answer]) -> Callable[[Facts], Answer]:
    """Keep what a function of Facts returns with the facts it was asked about."""
    key = f"{compute.__module__}.{compute.__qualname__}"

    @functools.wraps(compute)
    def kept(facts: Facts) -> Answer:
        known = facts.__dict__
        if key not in known:
            known[key] = compute(facts)
        answer: Answer = known[key]
        return answer

    return kept
