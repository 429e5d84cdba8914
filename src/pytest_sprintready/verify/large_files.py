"""Files kept in Git LFS (https://git-lfs.com): whether there are some, whether documents say so, what brings them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import Deviation, Verdict
from pytest_sprintready.verify.repair.fix import Fix, Situation, where_set_up_is_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts

BRINGS_THEM = ("git lfs install", "git lfs pull")


def kept(facts: Facts) -> Evidence | None:
    """Return the first line that keeps files in Git LFS, None where there is none."""
    for number, line in enumerate((facts.text(".gitattributes") or "").splitlines(), 1):
        if re.search(r"\sfilter=lfs\b", line) and not line.startswith("#"):
            return Evidence(".gitattributes", number)
    return None


def documented(facts: Facts) -> bool:
    """Tell whether the pages for contributors speak of Git LFS."""
    pages = {path for path, _section in facts.guide_sections} | {each.place.path for each in facts.documented}
    return any(re.search(r"\bgit[- ]lfs\b", facts.text(path) or "", re.IGNORECASE) for path in pages)


def undocumented_files(now: Situation) -> Iterator[Fix]:
    """Bring the files kept in Git LFS, of which the documents do not speak."""
    where = kept(now.facts)
    if where is None or documented(now.facts) or now.attempt.verdict is Verdict.GREEN:
        return
    place = where_set_up_is_told(now.facts, now.attempt)
    typed = " && ".join(BRINGS_THEM)
    yield Fix(
        key="lfs",
        deviation=Deviation(
            needed=f"the files that {where} keeps in Git LFS: {typed}",
            advice=f"{place or 'in a contributing guide'}: name git-lfs among what to have, and say `{typed}`",
            says=next((step.command for step in now.attempt.plan.steps if step.place == place), ""),
            place=place,
            kind="git",
            commands=BRINGS_THEM,
            written="before",
        ),
        lfs=True,
        anew=True,
    )
