"""An invented sprint, and one of whose projects every word is hostile."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.audit.manifest import Project, Sprint
from pytest_sprintready.audit.results import Audit, JudgedIssue, ProjectResult
from pytest_sprintready.forge.judgement import Reason, Verdict
from pytest_sprintready.forge.model import Issue
from pytest_sprintready.howto import Guide, Line, Step
from pytest_sprintready.model import Evidence, Finding, Report, Result, Rule, Severity, Status
from pytest_sprintready.outcome import Outcome, Run, Verdict as Ending

if TYPE_CHECKING:
    from collections.abc import Callable

EXAMPLE = Path(__file__).parents[2] / "docs" / "_tools" / "example_sprint.py"


@pytest.fixture(scope="session")
def example() -> Any:
    """Return the module that invents a sprint; `audit(number)` and `history()` are what it offers."""
    spec = importlib.util.spec_from_file_location("example_sprint", EXAMPLE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["example_sprint"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def audit(example: Any) -> Audit:
    """Return the audit of that sprint, each of its projects once."""
    found: Audit = example.audit()
    return found


@pytest.fixture(scope="session")
def hostile_audit() -> Callable[[str], Audit]:
    """Return a function from a text to an audit in which all that outsiders can write is that text."""

    def build(evil: str) -> Audit:
        rule = Rule("SR101", "guide", Severity.REQUIRED, f"No {evil}", f"Why {evil}", f"Fix {evil}", "row 1")
        place = Evidence(f"docs/{evil}.md", 3)
        finding = Finding(f"See {evil}", place, f"Write\n    {evil}")
        results = (
            Result(rule, Status.FAIL, (finding, Finding(evil))),
            Result(rule._replace(code="SR102"), Status.ERROR, reason=evil),
        )
        project = Project(evil, url=evil, lead=evil, mentors=(evil,), level=evil, languages=(evil,), notes=evil)
        issue = Issue(title=evil, url=evil, number=7, updated=1_777_000_000)
        issues = tuple(
            JudgedIssue(issue, Verdict(readiness, (Reason("no-body", evil),), (), evil, (evil,), (evil,)))
            for readiness in ("good", "nearly", "not-now")
        )
        steps = tuple(Step(step, evil, "documented", (Line(evil, place),), evil) for step in ("setup", "test", "read"))
        outcome = Outcome(
            evil, Ending.SETUP_FAILED, evil, evil, system=evil, python=evil, date=evil, runs=(Run(evil, "test", evil),)
        )
        bad = ProjectResult(
            project,
            Report(evil, evil, results),
            web=evil,
            guide=Guide(evil, steps=steps, stuck=(evil,)),
            issues=issues,
            outcome=outcome,
        )
        gone = ProjectResult(
            project._replace(name=f"gone {evil}"), Report(evil, problem=evil, hint=evil), issues_problem=evil
        )
        sprint = Sprint(evil, (evil,), evil, 40)
        return Audit(1, sprint, 1_777_900_000, 1_778_000_000, "1.0", (bad, gone))

    return build
