"""What `sprintready verify --record` left in the repository: when a fresh clone was green, and what it needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.facts.once import once
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.outcome import RECORD as RECORD, from_json  # noqa: PLC0414  for those who read facts only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.outcome import Deviation, Outcome


@once
def record(facts: Facts) -> Outcome | None:
    """Return the outcome that is recorded, None where there is none or it cannot be read (then see `problems`)."""
    text = facts.text(RECORD)
    outcome: Outcome | None = facts.attempt(from_json, text) if text is not None else None
    return outcome


def last_verified(facts: Facts) -> Fact[str]:
    """When a fresh clone was green, as recorded: a date and time of ISO 8601."""
    found = record(facts)
    if found is None:
        return Fact("")
    return Fact(found.date if found.green and seconds(found.date) is not None else "", [Evidence(RECORD)])


def seconds(date: str) -> int | None:
    """Return a date of ISO 8601 in seconds since the epoch, None for what is no date."""
    from datetime import datetime, timezone

    try:
        moment = datetime.fromisoformat(date)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).timestamp())
    except (ValueError, OverflowError):
        return None


def undocumented(facts: Facts) -> Iterator[Deviation]:
    """Yield what the recorded run needed and the documents still do not say.

    Lines to type are settled once a document says them; of the rest, only a new run can tell.
    """
    found = record(facts)
    for deviation in found.deviations if found else ():
        told = [each.command.text for each in facts.documented]
        if deviation.place:
            told += (facts.text(deviation.place.path) or "").splitlines()
        if not deviation.commands or not all(any(line in each for each in told) for line in deviation.commands):
            yield deviation
