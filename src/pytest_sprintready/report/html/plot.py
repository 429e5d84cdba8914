"""Shapes for SVG, from numbers: the share of each standing, and how it changed from audit to audit."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.report.standings import STANDINGS, day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_sprintready.report.standings import Moment

WIDTH, HEIGHT = 1000, 100


class Share(NamedTuple):
    """A part of a bar; `start` and `width` in per cent of it."""

    name: str
    number: int
    start: float
    width: float


def shares(counts: Sequence[tuple[str, int]]) -> list[Share]:
    """Return the parts of a bar, one after another."""
    whole = sum(count for _, count in counts) or 1
    starts = accumulate((count for _, count in counts), initial=0)
    return [
        Share(name, count, round(100 * start / whole, 3), round(100 * count / whole, 3))
        for (name, count), start in zip(counts, starts, strict=False)
    ]


def history(moments: Sequence[Moment]) -> dict[str, Any] | None:
    """Return the areas of a stacked plot with a row for each audit, None where there is but one to show.

    Audits stand in the order they were made, evenly: their clocks may disagree.
    """
    if len(moments) < 2:
        return None
    highest = max(sum(moment.standings.values()) for moment in moments) or 1
    step = WIDTH / (len(moments) - 1)
    floor = [0.0] * len(moments)
    areas = []
    for standing in STANDINGS:
        ceiling = [low + moment.standings.get(standing, 0) for low, moment in zip(floor, moments, strict=True)]
        if ceiling != floor:
            there = [f"{index * step:.1f},{HEIGHT * (1 - high / highest):.2f}" for index, high in enumerate(ceiling)]
            back = [f"{index * step:.1f},{HEIGHT * (1 - low / highest):.2f}" for index, low in enumerate(floor)]
            areas.append((standing, f"M{' L'.join([*there, *reversed(back)])}Z"))
        floor = ceiling
    return {
        "areas": areas,
        "highest": highest,
        "rows": [(day(moment.started), [moment.standings.get(name, 0) for name in STANDINGS]) for moment in moments],
    }
