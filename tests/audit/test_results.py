"""What a project's result says of itself."""

from __future__ import annotations

import pytest

from pytest_sprintready.audit.manifest import Project
from pytest_sprintready.audit.results import ProjectResult, Standing
from pytest_sprintready.howto import Guide, Line, Step
from pytest_sprintready.model import Evidence, Report, Result, Rule, Severity, Status


def result(code: str, severity: Severity = Severity.REQUIRED, status: Status = Status.FAIL) -> Result:
    return Result(Rule(code, code.lower(), severity, f"Title of {code}", "why", "fix", "source"), status)


def project(*results: Result, problem: str = "") -> ProjectResult:
    report = Report("lantern", "c0ffee", results, problem=problem)
    return ProjectResult(Project("lantern"), report, web="https://github.com/some/lantern")


PASSED = result("SR101", status=Status.PASS)


@pytest.mark.parametrize(
    ("found", "standing", "reason"),
    [
        (project(PASSED, result("SR110", Severity.RECOMMENDED)), Standing.READY, ""),
        (project(PASSED, result("SR102"), result("SR103")), Standing.NEARLY, "Title of SR102"),
        (project(result("SR102", status=Status.ERROR)), Standing.NEARLY, "Title of SR102"),
        (project(result("SR102"), result("SR103"), result("SR104")), Standing.NOT_YET, "Title of SR102"),
        (project(problem="it is gone"), Standing.UNREADABLE, "it is gone"),
        (project(), Standing.UNREADABLE, "no check was run"),
    ],
)
def test_required_checks_tell_where_a_project_stands(found: ProjectResult, standing: Standing, reason: str) -> None:
    assert (found.standing, found.reason) == (standing, reason)


def test_what_is_required_is_mended_first() -> None:
    found = project(result("SR101", Severity.OPTIONAL), result("SR203"), result("SR102"), PASSED)
    assert [each.rule.code for each in found.failing] == ["SR102", "SR203", "SR101"]
    assert found.to_mend[Severity.REQUIRED] == 2
    assert found.to_mend[Severity.RECOMMENDED] == 0
    assert found.counts[Status.PASS] == 1


def test_a_place_is_linked_at_the_commit_that_was_judged() -> None:
    assert project().link(Evidence("README.md", 3)) == "https://github.com/some/lantern/blob/c0ffee/README.md#L3"


def test_commands_are_those_of_one_purpose() -> None:
    steps = (Step("setup", "Set up", "documented", (Line("make"),)), Step("test", "Test", "documented", (Line("nox"),)))
    found = project()._replace(guide=Guide("lantern", steps=steps))
    assert (found.commands("setup"), found.commands("test")) == (("make",), ("nox",))
    assert project().commands("test") == ()
