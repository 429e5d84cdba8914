"""Audits as text, for people at a terminal."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

from pytest_sprintready.audit.results import Standing
from pytest_sprintready.model import Severity
from pytest_sprintready.report import plural, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_sprintready.audit.compare import Comparison
    from pytest_sprintready.audit.results import Audit
    from pytest_sprintready.audit.store import Tally

WORDS = {
    Standing.READY: "ready",
    Standing.NEARLY: "nearly",
    Standing.NOT_YET: "not yet",
    Standing.UNREADABLE: "unreadable",
}


def standings(audit: Audit) -> str:
    """Return a line for each project: where it stands, what is to be mended, and what first."""
    rows: list[tuple[str, ...]] = [("project", "stands", "required", "recommended", "first")]
    counts: Counter[Standing] = Counter()
    for result in audit.projects:
        counts[result.standing] += 1
        unread = result.standing is Standing.UNREADABLE
        numbers = ["-" if unread else str(result.to_mend[each]) for each in (Severity.REQUIRED, Severity.RECOMMENDED)]
        first = result.failing[0].rule.code if result.failing else ""
        reason = f"{first} {result.reason}" if first and result.reason else result.reason
        rows.append((visible(result.project.name), WORDS[result.standing], *numbers, visible(reason)))
    summary = ", ".join(f"{counts[standing]} {word}" for standing, word in WORDS.items() if counts[standing])
    return f"{_table(rows)}\n{plural(sum(counts.values()), 'project')}: {summary or 'none'}\n"


def history(tallies: Sequence[Tally]) -> str:
    """Return a line for each audit."""
    rows: list[tuple[str, ...]] = [("audit", "begun", "sprint", *WORDS.values(), "")]
    for tally in tallies:
        counts = [str(getattr(tally, standing.name.lower())) for standing in Standing]
        day = time.strftime("%Y-%m-%d %H:%M", time.localtime(tally.started))
        state = "" if tally.finished is not None else "unfinished"
        rows.append((str(tally.number), day, visible(tally.sprint), *counts, state))
    return _table(rows)


def comparison(found: Comparison) -> str:
    """Return what changed, project by project."""
    lines = [f"From audit {found.before} to audit {found.after}:"]
    for change in found.changes:
        lines.append("")
        moved = "" if change.was == change.now else f", was {_word(change.was)}"
        lines.append(visible(f"{change.name}: {_word(change.now)}{moved}"))
        for title, codes in (("mended", change.mended), ("broke", change.broke)):
            lines += [f"  {title}: {code} {visible(what)}" for code, what in codes]
        lines += [f"  issue closed or taken off the board: {visible(each)}" for each in change.closed]
        lines += [f"  new issue: {visible(each)}" for each in change.opened]
    if not found.changes:
        lines.append("nothing changed")
    lines.append("")
    lines.append(
        f"{plural(found.mended, 'check')} mended, {found.broke} broke; {plural(found.unchanged, 'project')} unchanged"
    )
    return "\n".join(lines) + "\n"


def _word(standing: Standing | None) -> str:
    return WORDS[standing] if standing else "not part of it"


def _table(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "".join(_padded(row, widths) + "\n" for row in rows)


def _padded(row: Iterable[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
