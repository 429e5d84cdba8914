"""Which function mends which check.

    @fixer("SR102")
    def link_the_guide(case: Case) -> Fix | LeftAlone | None: ...

A fixer is a pure function of facts, verdict and answers. It reads through the facts and writes nothing; None says
that there is nothing it can do.
"""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.fixes.model import Fix, LeftAlone
    from pytest_sprintready.model import Result


class Case(NamedTuple):
    """What a fixer is given. `failing` are the codes that fail now and may be mended by this run.

    `unsafe` says that fixes for a human's eye are taken, so that one fix may hold what is safe and what is not.
    """

    facts: Facts
    result: Result
    answers: Mapping[str, str]
    failing: frozenset[str] = frozenset()
    unsafe: bool = False

    @property
    def code(self) -> str:
        """The code of the check to mend."""
        return self.result.rule.code


class Fixer(NamedTuple):
    """A function with the codes it mends."""

    codes: tuple[str, ...]
    propose: Callable[[Case], Fix | LeftAlone | None]


# In the order in which they are asked: a later one writes about what an earlier one has made. `verified` goes by the
# numbers of lines, so nobody may have written before it.
_MODULES = ("verified", "configuration", "tests", "guide", "drift", "readme", "community", "issues")
_registered: dict[str, Fixer] = {}


def fixer(
    *codes: str,
) -> Callable[[Callable[[Case], Fix | LeftAlone | None]], Callable[[Case], Fix | LeftAlone | None]]:
    """Register the decorated function for these checks; raises ValueError where one of them has a fixer."""

    def register(propose: Callable[[Case], Fix | LeftAlone | None]) -> Callable[[Case], Fix | LeftAlone | None]:
        for code in codes:
            if code in _registered:
                raise ValueError(f"{code} is mended by {_registered[code].propose.__name__} already")
            _registered[code] = Fixer(codes, propose)
        return propose

    return register


@functools.cache
def fixers() -> tuple[Fixer, ...]:
    """Return every fixer, in the order in which they are asked."""
    for name in _MODULES:
        importlib.import_module(f"pytest_sprintready.fixes.{name}")
    known = dict.fromkeys(_registered.values())
    # One may import another, so the order of registration says nothing.
    return tuple(sorted(known, key=lambda each: _MODULES.index(each.propose.__module__.rpartition(".")[2])))
