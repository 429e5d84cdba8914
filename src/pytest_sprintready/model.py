"""The values that flow from facts to views. Frozen; standard library only.

They are named tuples, not dataclasses: `import dataclasses` alone costs a third of what Python needs to start,
and the pytest plugin and the hooks start often.
"""

from __future__ import annotations

import enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")

EMPTY: Mapping[str, Any] = MappingProxyType({})


class Evidence(NamedTuple):
    """A place in the repository: a POSIX path from its root and, where it is one place, a line counted from 1."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class SkipCheck(Exception):
    """Raised by a check that does not apply to this repository or cannot know; the reason is shown."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownFact(SkipCheck):
    """Raised by `Fact.value` when the repository's files cannot answer."""


class Fact(Generic[T]):
    """An answer about a repository with the places it was read from, or the reason why there is none."""

    __slots__ = ("_value", "evidence", "unknown")

    def __init__(self, value: T, evidence: Iterable[Evidence] = (), *, unknown: str = "") -> None:
        self._value = value
        self.evidence: tuple[Evidence, ...] = tuple(evidence)
        self.unknown = unknown

    @classmethod
    def not_known(cls, reason: str) -> Fact[Any]:
        """Return a fact without a value: reading `value` raises UnknownFact with this reason."""
        return Fact[Any](None, unknown=reason)

    @property
    def value(self) -> T:
        """The answer; raises UnknownFact where there is none."""
        if self.unknown:
            raise UnknownFact(self.unknown)
        return self._value

    def __repr__(self) -> str:
        return f"Fact.not_known({self.unknown!r})" if self.unknown else f"Fact({self._value!r}, {self.evidence!r})"


class Severity(enum.Enum):
    """How much a sprint suffers when the check fails (docs/requirements.md)."""

    REQUIRED = "required"
    RECOMMENDED = "recommended"
    OPTIONAL = "optional"


class Status(enum.Enum):
    """What became of a check."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    SKIPPED = "skipped"
    ERROR = "error"


class Finding(NamedTuple):
    """One thing a check found wrong: what, where, and the next step for exactly this place."""

    message: str
    place: Evidence | None = None
    fix: str = ""


class Rule(NamedTuple):
    """What is said of a check wherever it appears: the metadata beside its function.

    `code` is stable ("SR201"); `name` explains itself ("single-test-command"); `title` names the problem as a
    sentence without a full stop; `why` is what it costs a newcomer; `fix` is what a maintainer does about it;
    `source` is the GUIDANCE row or the URL the rule comes from.
    """

    code: str
    name: str
    severity: Severity
    title: str
    why: str
    fix: str
    source: str


class Result(NamedTuple):
    """The verdict of one check on one repository."""

    rule: Rule
    status: Status
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""


class Remedy(NamedTuple):
    """An edit that would settle a failing check; one that is not `safe` needs a human's eye."""

    code: str
    summary: str
    safe: bool = True


class Report(NamedTuple):
    """All verdicts on one repository. `name` is how the user named it, `revision` a commit's hash or "".

    `ignored` are the checks not run, with the reason given. `facts` is the published facts object, and `remedies` what
    can be mended, with the `diff` that does so, where a view asked for them; `mendable` counts the failing checks that
    `--fix` knows, whether or not it can mend them here. `problem` says why the repository could not be judged, and
    `hint` what to do about that; then there are no results.
    """

    name: str
    revision: str = ""
    results: tuple[Result, ...] = ()
    ignored: tuple[tuple[Rule, str], ...] = ()
    facts: Mapping[str, Any] = EMPTY
    problem: str = ""
    hint: str = ""
    remedies: tuple[Remedy, ...] = ()
    diff: str = ""
    mendable: int = 0

    @property
    def ready(self) -> bool:
        """Whether the repository could be judged and no required check fails or breaks."""
        return not self.problem and not any(
            result.rule.severity is Severity.REQUIRED and result.status in (Status.FAIL, Status.ERROR)
            for result in self.results
        )
