"""What holds of every plan: it mends what it says, harms nothing, and leaves nothing for a second one to do."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready import engine
from pytest_sprintready.config import load_settings
from pytest_sprintready.facts import Facts, references
from pytest_sprintready.fixes.planning import harm, plan
from pytest_sprintready.snapshot import FolderSnapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.fixes.model import Plan
    from pytest_sprintready.model import Report
    from pytest_sprintready.snapshot import Snapshot
    from pytest_sprintready.snapshot.overlay import OverlaySnapshot

    Mended = Callable[[Snapshot, Plan], OverlaySnapshot]

CASES = Path(__file__).parents[1] / "checks" / "cases"
FAILING = sorted(folder for folder in CASES.glob("*/fail/*") if folder.is_dir())
NAMES = ["/".join((folder.parts[-3], folder.parts[-1])) for folder in FAILING]
ANSWERS = {
    "lead": "Ada Lovelace",
    "contact": "https://chat.lantern.dev/sprint",
    "conduct-contact": "ada@lantern.dev",
    "mentors": "Ada Lovelace, Grace Hopper",
    "level": "beginner",
    "capacity": "10",
    "goals": "mend small bugs, write pages",
    "verified": "Debian 12, 2026-05-01",
    "review-time": "within a week",
    "ai-policy": "AI assistance is welcome if you say so.",
}


@functools.cache
def planned(folder: Path, *, unsafe: bool) -> tuple[Snapshot, Plan]:
    """Plan once for the tests below: with answers where everything is allowed, without where only what is safe is."""
    snapshot = FolderSnapshot(str(folder))
    return snapshot, plan(snapshot, unsafe=unsafe, answers=ANSWERS if unsafe else {})


def judged(snapshot: Snapshot) -> Report:
    return engine.run(Facts(snapshot, load_settings(snapshot)))


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("folder", FAILING, ids=NAMES)
def test_a_plan_mends_what_it_says_and_harms_nothing(folder: Path, unsafe: bool, mended: Mended) -> None:
    snapshot, found = planned(folder, unsafe=unsafe)
    assert harm(judged(snapshot), judged(mended(snapshot, found)), found.fixes) == ""


@pytest.mark.parametrize("folder", FAILING, ids=NAMES)
def test_a_second_run_changes_nothing(folder: Path, mended: Mended) -> None:
    snapshot, found = planned(folder, unsafe=True)
    after = mended(snapshot, found)
    assert plan(after, unsafe=True, answers=ANSWERS).edits == ()


@pytest.mark.parametrize("folder", FAILING, ids=NAMES)
def test_no_command_that_is_written_names_what_does_not_exist(folder: Path, mended: Mended) -> None:
    snapshot, found = planned(folder, unsafe=True)
    after = mended(snapshot, found)
    old = {lacking.documented.command.text for lacking in references.missing(Facts(snapshot, load_settings(snapshot)))}
    new = {lacking.documented.command.text for lacking in references.missing(Facts(after, load_settings(after)))}
    assert new <= old


@pytest.mark.parametrize("folder", FAILING, ids=NAMES)
def test_no_blank_is_left_to_be_filled_in(folder: Path) -> None:
    for edit in planned(folder, unsafe=False)[1].edits:
        for line in set(edit.new.splitlines()) - set((edit.old or "").splitlines()):
            assert not any(blank in line.lower() for blank in ("todo", "example.com", "<your", "[insert", "xxx")), line
