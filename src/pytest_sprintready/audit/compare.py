"""What changed between two audits of a sprint: what was mended, what broke, which issues were closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.model import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pytest_sprintready.audit.results import Audit, ProjectResult, Standing


class Change(NamedTuple):
    """What changed for one project. `was` and `now` are None where it was not part of that audit.

    `mended` and `broke` are codes with titles; a check that was skipped on one side is neither. `closed` and `opened`
    are addresses of beginner issues that left the forge's answer or came; empty where one audit did not ask.
    """

    name: str
    was: Standing | None
    now: Standing | None
    mended: tuple[tuple[str, str], ...] = ()
    broke: tuple[tuple[str, str], ...] = ()
    closed: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()


class Comparison(NamedTuple):
    """Two audits, by number, and the projects that changed, in the order of the later one; `unchanged` is the rest."""

    before: int
    after: int
    changes: tuple[Change, ...]
    unchanged: int

    @property
    def mended(self) -> int:
        """How many checks were mended."""
        return sum(len(change.mended) for change in self.changes)

    @property
    def broke(self) -> int:
        """How many checks broke."""
        return sum(len(change.broke) for change in self.changes)


class _Digest(NamedTuple):
    """What of a project is compared: little, for there may be ten thousand."""

    standing: Standing
    failing: Mapping[str, str]
    passing: frozenset[str]
    issues: frozenset[str] | None


def compare(before: Audit, after: Audit) -> Comparison:
    """Return what changed from one audit to the other; projects are the same where their names are."""
    earlier = {result.project.name: _digest(result) for result in before.projects}
    changes, unchanged = [], 0
    for result in after.projects:
        change = _change(result.project.name, earlier.pop(result.project.name, None), _digest(result))
        if any(change[3:]) or change.was is not change.now:
            changes.append(change)
        else:
            unchanged += 1
    changes += [_change(name, digest, None) for name, digest in earlier.items()]
    return Comparison(before.number, after.number, tuple(changes), unchanged)


def to_json(found: Comparison) -> dict[str, Any]:
    """Return the comparison as JSON values."""
    return {
        "before": found.before,
        "after": found.after,
        "unchanged": found.unchanged,
        "changes": [
            {**each._asdict(), "was": each.was and each.was.value, "now": each.now and each.now.value}
            for each in found.changes
        ],
    }


def _digest(result: ProjectResult) -> _Digest:
    return _Digest(
        result.standing,
        {each.rule.code: each.rule.title for each in result.report.results if each.status is Status.FAIL},
        frozenset(each.rule.code for each in result.report.results if each.status is Status.PASS),
        None if result.issues is None else frozenset(each.issue.url for each in result.issues),
    )


def _change(name: str, was: _Digest | None, now: _Digest | None) -> Change:
    if was is None or now is None:
        return Change(name, was and was.standing, now and now.standing)
    closed = opened = frozenset[str]()
    if was.issues is not None and now.issues is not None:
        closed, opened = was.issues - now.issues, now.issues - was.issues
    return Change(
        name,
        was.standing,
        now.standing,
        tuple((code, title) for code, title in sorted(was.failing.items()) if code in now.passing),
        tuple((code, title) for code, title in sorted(now.failing.items()) if code in was.passing),
        tuple(sorted(closed)),
        tuple(sorted(opened)),
    )
