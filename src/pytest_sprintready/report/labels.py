"""What is to be done to the labels of a forge, and what was done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest_sprintready
from pytest_sprintready.report import TOOL, visible
from pytest_sprintready.report.text import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_sprintready.forge.labels import Step
    from pytest_sprintready.report.text import Style

_WORDS = {"keep": "there", "create": "missing", "describe": "not described"}
_DONE = {"create": "made", "describe": "described"}


def render_text(where: str, steps: Sequence[Step], done: Mapping[str, str] | None, style: Style) -> str:
    """Return the plan, or where `done` has the outcome of each step by label ("" for none wrong), what became of it."""
    return "\n".join(_lines(where, steps, done, style)) + "\n"


def _lines(where: str, steps: Sequence[Step], done: Mapping[str, str] | None, style: Style) -> Iterator[str]:
    if done is None:
        yield f"Labels of {visible(where)}"
        for step in steps:
            mark = ("✓" if step.action == "keep" else "+") if style.unicode else ("=" if step.action == "keep" else "+")
            yield from wrap(f"{mark} {_WORDS[step.action]}: {step.wanted.name}", style, "  ", "    ")
            yield from wrap(step.wanted.description, style, "      ", "      ")
        if any(step.action != "keep" for step in steps):
            yield from wrap("`sprintready labels --apply` does what is marked +, and nothing else.", style)
        else:
            yield "Nothing is to be done."
        return
    for step in steps:
        if step.wanted.name in done:
            failure = done[step.wanted.name]
            outcome = f"not done: {failure}" if failure else _DONE[step.action]
            yield from wrap(f"{step.wanted.name}: {outcome}", style, "  ")
    if not done:
        yield "Nothing was to be done."


def render_json(where: str, steps: Sequence[Step], done: Mapping[str, str] | None) -> str:
    """Return the same for programs: each step, and with an outcome whether it was done."""
    value = {
        "schema": 1,
        "tool": {"name": TOOL, "version": pytest_sprintready.__version__},
        "repository": where,
        "labels": [_step(step, done) for step in steps],
    }
    return json.dumps(value, indent=2) + "\n"


def _step(step: Step, done: Mapping[str, str] | None) -> dict[str, Any]:
    found: dict[str, Any] = {"action": step.action, "have": step.have, **step.wanted._asdict()}
    if done is not None and step.wanted.name in done:
        found["done"] = not done[step.wanted.name]
        found["problem"] = done[step.wanted.name]
    return found
