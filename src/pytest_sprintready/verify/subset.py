"""The quick part of the tests that the documents name: "to leave the slow ones out, type ..."."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.reading.arguments import PYTEST_VALUED, parsed
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.shell import program_name, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.facts.instructions import Documented
    from pytest_sprintready.reading.command import Call
    from pytest_sprintready.verify.plan import Plan

_QUICK = re.compile(r"(?<![a-z])(quick|fast|smoke|short)(?![a-z])")
_NOT_QUICK = re.compile(r"fail[-_]?fast|fast[-_]?fail")


def quick_subset(facts: Facts) -> Documented | None:
    """Return the documented command that leaves the slow tests out, None where there is none.

    It excludes by an expression (`-m "not slow"`), or an option or a task calls itself quick (`--quick`, `make
    test-fast`). One file to try things with is no subset that proves anything.
    """
    tests = [each for each in facts.documented if each.purpose in {"test", "test-part"}]
    excluding = (each for each in tests if any(_excludes(call) for call in each.command.calls))
    called = (each for each in tests if any(_is_called_quick(call) for call in each.command.calls))
    return next(excluding, None) or next(called, None)


def _excludes(call: Call) -> bool:
    return any(
        value.strip("'\"").startswith("not ")
        for inner in _inside(call)
        if "pytest" in " ".join(inner.words[:3])
        for value in parsed(inner.words[1:], PYTEST_VALUED).values("-m", "-k")
    )


def _is_called_quick(call: Call) -> bool:
    return any(_QUICK.search(word) and not _NOT_QUICK.search(word) for word in unwrapped(call).words[1:]) or bool(
        _QUICK.search(program_name(call))
    )


def _inside(call: Call) -> Iterator[Call]:
    current: Call | None = unwrapped(call)
    while current is not None:
        yield current
        current = launched(current)


def narrowed(plans: Iterable[Plan], subset: Documented) -> tuple[Plan, ...]:
    """Return the plans with the quick subset in the place of their test command."""
    return tuple(
        plan._replace(
            steps=tuple(
                step._replace(command=subset.command.text, source="documented", place=subset.place, folder="")
                if step.phase == "test"
                else step
                for step in plan.steps
            ),
        )
        for plan in plans
    )
