from __future__ import annotations

import json

from pytest_sprintready.facts import Facts
from pytest_sprintready.facts.verified import record, undocumented
from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import RECORD, Deviation, Outcome, Verdict, to_json
from pytest_sprintready.snapshot import MemorySnapshot

NEEDED = Deviation(
    "pytest-mock",
    "say so",
    says="pip install -e .",
    place=Evidence("CONTRIBUTING.md", 4),
    commands=("pip install pytest-mock",),
)
GREEN = Outcome("lantern", Verdict.GREEN, date="2026-05-01T08:00:00+00:00", deviations=(NEEDED,))


def facts(kept: str, guide: str = "") -> Facts:
    text = f"# Contributing\n\n```console\n$ pip install -e .\n{guide}$ pytest\n```\n"
    return Facts(MemorySnapshot({"CONTRIBUTING.md": text, RECORD: kept}))


def kept(outcome: Outcome) -> str:
    return json.dumps(to_json(outcome))


def test_a_record_of_a_green_clone_tells_when_it_was() -> None:
    fact = facts(kept(GREEN)).last_verified
    assert (fact.value, fact.evidence) == ("2026-05-01T08:00:00+00:00", (Evidence(RECORD),))


def test_a_record_of_a_clone_that_was_not_green_verifies_nothing() -> None:
    assert facts(kept(GREEN._replace(verdict=Verdict.TIMEOUT))).last_verified.value == ""


def test_a_record_without_a_date_verifies_nothing() -> None:
    assert facts(kept(GREEN._replace(date="in spring"))).last_verified.value == ""


def test_a_broken_record_is_a_problem_and_no_record() -> None:
    found = facts('{"verdict": "green", "counts": {}, "deviations": [{"place": {"path": 1, "line": "x"}}]}')
    assert record(found) is None
    assert [problem.path for problem in found.problems] == [RECORD]


def test_what_was_needed_counts_until_a_document_says_it() -> None:
    assert list(undocumented(facts(kept(GREEN)))) == [NEEDED]
    assert list(undocumented(facts(kept(GREEN), "$ pip install pytest-mock\n"))) == []


def test_what_no_line_settles_counts_as_long_as_the_record_stands() -> None:
    python = Deviation("Python 3.11, not 3.13", "say which Python to use")
    found = facts(kept(GREEN._replace(deviations=(python,))), "$ pip install pytest-mock\n")
    assert list(undocumented(found)) == [python]
