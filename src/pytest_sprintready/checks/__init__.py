"""The registry of checks: one module a family, found by walking this folder.

A check is a function of Facts that yields what it found. It opens nothing and starts nothing:

    @check("SR105", "test-command", Severity.REQUIRED, title=..., why=..., fix=..., source=...)
    def test_command(facts: Facts) -> Iterator[Finding | Evidence]:
        commands = facts.test_commands.value       # an unknown fact makes the verdict "skipped", with its reason
        if not commands:
            yield Finding("...", Evidence("README.md"), fix="...")   # a Finding makes it "fail"
        yield commands[0].evidence                 # an Evidence shows where a pass was seen

`raise SkipCheck(reason)` says that it does not apply here.
"""

from __future__ import annotations

import functools
import importlib
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.model import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.model import Evidence, Finding

    CheckFunction = Callable[[Facts], Iterator[Finding | Evidence]]

_CODE = re.compile(r"[A-Z]{2,5}\d{3}")


class Check(NamedTuple):
    """A rule and the function that judges by it; `last` where it judges what the other checks came across."""

    rule: Rule
    run: CheckFunction
    last: bool = False


_registered: dict[str, Check] = {}


def check(
    code: str, name: str, severity: Severity, *, title: str, why: str, fix: str, source: str, last: bool = False
) -> Callable[[CheckFunction], CheckFunction]:
    """Register the decorated function as a check; with `last` it runs after all others, wherever its code sorts.

    Raises ValueError for a malformed code and for a code or name that is taken.
    """

    def register(run: CheckFunction) -> CheckFunction:
        add(Check(Rule(code, name, severity, title, why, fix, source), run, last))
        return run

    return register


def add(new: Check) -> None:
    """Add a check to the catalogue; see `check` for what is refused."""
    rule = new.rule
    if not _CODE.fullmatch(rule.code):
        raise ValueError(f"{rule.code!r} is no check code: two to five capitals and three digits")
    for known in _registered.values():
        if rule.code == known.rule.code or rule.name == known.rule.name:
            raise ValueError(f"{rule.code} {rule.name}: taken by {known.rule.code} {known.rule.name}")
    _registered[rule.code] = new


@functools.cache
def _load_own_checks() -> None:
    # pkgutil.iter_modules would import inspect, which takes as long as the checks of a small repository.
    files = {file for folder in __path__ for file in os.listdir(folder)}  # noqa: PTH208
    for file in sorted(files):
        if file.endswith(".py") and not file.startswith("_"):
            importlib.import_module(f"{__name__}.{file.removesuffix('.py')}")


def catalogue() -> tuple[Check, ...]:
    """All checks, in the order of their codes."""
    _load_own_checks()
    return tuple(_registered[code] for code in sorted(_registered))
