"""SR5xx: what a run of `sprintready verify`, recorded in the repository, says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.facts import verified
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts


@check(
    "SR513",
    "fresh-clone",
    Severity.RECOMMENDED,
    title="A fresh clone needed more than the documents say",
    why="A newcomer has what the documents say and nothing else: what is missing there is missing at the table.",
    fix="Write into the documents what `sprintready verify --repair` had to add, then record it anew with --record.",
    source="GUIDANCE row 22",
)
def fresh_clone(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge the recorded outcome; what it needed counts until a document says it."""
    record = verified.record(facts)
    if record is None:
        raise SkipCheck(f"`sprintready verify --record` has left no {verified.RECORD} to read")
    place = Evidence(verified.RECORD)
    when = f"On {record.date[:10]} a fresh clone"
    if not record.green:
        yield Finding(
            f"{when} came to {record.verdict.value}: {record.cause.rstrip('.')}.",
            place,
            fix="Run `sprintready verify --repair`, which says what is missing; once it is green, again with --record.",
        )
    for deviation in verified.undocumented(facts):
        yield Finding(
            f"{when} needed {deviation.needed.rstrip('.')}"
            + (f"; the documents say: {deviation.says}." if deviation.says else "."),
            deviation.place or place,
            fix=f"{deviation.change[:1].upper()}{deviation.change[1:].rstrip('.')}.",
        )
    yield place
