"""What a cause is recognised by: the failure, the repository, the machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pytest_sprintready.howto import places_to_ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.diagnosis.model import Failure, Frame, Raised
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.model import Fact

T = TypeVar("T")
_INSTALLED = re.compile(r"(^|/)(site|dist)-packages/")


class Seen(NamedTuple):
    """A failure, the facts of the repository it happened in, and the machine it happened on."""

    failure: Failure
    facts: Facts
    machine: Machine

    def all(self, *names: str) -> Iterator[Raised]:
        """Yield the exceptions of the chain that are one of these, named in full."""
        return (raised for raised in self.failure.raised if raised.is_a(*names))

    def first(self, *names: str) -> Raised | None:
        """Return the first exception of the chain that is one of these, None if there is none."""
        return next(self.all(*names), None)

    def own_frame(self, raised: Raised) -> Frame | None:
        """Return the innermost line of the repository that an exception went through."""
        return next((frame for frame in reversed(raised.frames) if self.facts.snapshot.has(frame.path)), None)

    def first_own_frame(self) -> Frame | None:
        """Return the line of the repository that the first exception of the chain which has one went through."""
        return next(filter(None, map(self.own_frame, self.failure.raised)), None)

    @property
    def is_in_environment(self) -> bool:
        """Whether the file that failed is no test of the project, but part of an environment inside the clone."""
        return bool(_INSTALLED.search(self.failure.node))

    def known(self, fact: Fact[T], default: T) -> T:
        """Return the value of a fact, `default` where it is not known."""
        return default if fact.unknown else fact.value

    def is_new(self) -> bool:
        """Tell whether the newcomer's own new line is where it failed: then there is nothing to explain."""
        frames = map(self.own_frame, self.failure.raised)
        return any(frame is not None and frame.new for frame in frames)

    @property
    def stuck(self) -> str:
        """Where this project wants to be asked, "" if it does not say."""
        return next(iter(places_to_ask(self.facts)), "")
