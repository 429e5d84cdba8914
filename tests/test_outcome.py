from __future__ import annotations

import json

import pytest

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import Counts, Deviation, Outcome, Run, Verdict, from_json, to_json
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.verify import record

FULL = Outcome(
    "lantern",
    Verdict.TESTS_FAILED,
    cause="2 tests failed",
    commit="a" * 40,
    counts=Counts(passed=40, failed=2),
    runs=(Run("nox -s tests", "test", "documented", Evidence("CONTRIBUTING.md", 40), 1, 12.5, "2 failed"),),
    deviations=(Deviation("pytest-mock", "declare it", "pip install -e .", Evidence("CONTRIBUTING.md", 31)),),
    notes=("nox was installed",),
    seconds=20.0,
    first_green=8.25,
)


def test_what_is_written_is_what_is_read() -> None:
    assert from_json(json.dumps(to_json(FULL))) == FULL


def test_fields_of_a_later_version_are_passed_over() -> None:
    data = {**to_json(FULL), "later": 1}
    data["counts"]["later"] = 2
    data["runs"][0]["later"] = 3
    assert from_json(json.dumps(data)) == FULL


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"verdict": "splendid", "counts": {}}', "[" * 100_000])
def test_a_broken_record_is_one_clear_problem(text: str) -> None:
    with pytest.raises(FileProblem, match=r"verify\.json: is no record"):
        from_json(text)


def test_counts_add_up_over_several_runs() -> None:
    assert Counts(passed=1, failed=2) + Counts(passed=3, errors=1) == Counts(passed=4, failed=2, errors=1)


def test_only_green_by_the_documents_alone_is_as_documented() -> None:
    green = FULL._replace(verdict=Verdict.GREEN, plan="documented", deviations=())
    assert green.as_documented
    assert not green._replace(deviations=FULL.deviations).as_documented
    assert not green._replace(plan="as CI does").as_documented


@pytest.mark.parametrize(
    ("advice", "change"),
    [
        ("CONTRIBUTING.md:6: let the set-up say `x`", "change CONTRIBUTING.md:6: let the set-up say `x`"),
        ("let these tests not depend on time", "let these tests not depend on time"),
        ("in a contributing guide: say `x`", "in a contributing guide: say `x`"),
    ],
)
def test_only_a_place_is_said_to_be_changed(advice: str, change: str) -> None:
    assert Deviation("it", advice).change == change


def test_a_record_is_read_from_a_snapshot() -> None:
    assert record.read(MemorySnapshot({})) is None
    assert record.read(MemorySnapshot({".sprintready/verify.json": json.dumps(to_json(FULL))})) == FULL
