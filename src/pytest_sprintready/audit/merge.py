"""One audit out of the parts that shards made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_sprintready.audit.store import Store


def merge(parts: Sequence[Store], whole: Store) -> tuple[int, int]:
    """Copy the last audit of each part into one of `whole`; return its number, and how many projects it lacks.

    It is finished when it lacks none; else the missing parts can be merged later. Raises UsageError where a part is of
    another sprint, manifest or version.
    """
    audits = [part.audit() for part in parts]
    asked = parts[0].asked(audits[0].number)
    for part, audit in zip(parts, audits, strict=True):
        if part.asked(audit.number) != asked:
            raise UsageError(
                f"{part.path} was made of another manifest, or by another version, than {parts[0].path}",
                "make all shards of one sprint.toml with one version of sprintready",
            )
    number = whole.begin(asked, started=min(audit.started for audit in audits))
    done = set(whole.done(number))
    for part, audit in zip(parts, audits, strict=True):
        for row in part.rows(audit.number):
            if row.position not in done:
                done.add(row.position)
                whole.add(number, row)
    if len(done) == asked.total:
        whole.finish(number, max(audit.finished or audit.started for audit in audits))
    return number, asked.total - len(done)
