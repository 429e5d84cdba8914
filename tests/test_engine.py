"""The engine, with checks made for the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready import checks, engine, extensions
from pytest_sprintready.checks import Check
from pytest_sprintready.config import Settings
from pytest_sprintready.errors import ConfigError, FileProblem, UsageError
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Evidence, Finding, Rule, Severity, SkipCheck, Status, UnknownFact
from pytest_sprintready.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from pytest_sprintready.model import Report


def rule(code: str, name: str = "", severity: Severity = Severity.REQUIRED) -> Rule:
    return Rule(code, name or f"check-{code.lower()}", severity, f"{code} is wrong", "It matters", "Mend it", "here")


def passes(_: Facts) -> Iterator[Finding | Evidence]:
    yield Evidence("README.md", 3)
    yield Evidence("README.md", 3)


def fails(_: Facts) -> Iterator[Finding | Evidence]:
    yield Finding("wrong", Evidence("a.py"), "mend")


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that adds a check to a catalogue which is empty and forgotten after the test."""
    checks.catalogue()
    monkeypatch.setattr(checks, "_registered", {})
    monkeypatch.setattr(extensions, "load", tuple)

    def add(code: str, run: Any = passes, *, name: str = "", last: bool = False) -> None:
        checks.add(Check(rule(code, name), run, last))

    return add


def run(settings: Settings | None = None, **selection: Any) -> Report:
    return engine.run(Facts(MemorySnapshot({}, name="here"), settings), **selection)


def codes(report: Report) -> list[str]:
    return [result.rule.code for result in report.results]


def test_a_check_without_findings_passes_and_shows_where_it_looked(register: Any) -> None:
    register("SR101")
    (result,) = run().results
    assert (result.status, result.evidence) == (Status.PASS, (Evidence("README.md", 3),))


def test_a_finding_makes_a_check_fail(register: Any) -> None:
    register("SR101", fails)
    (result,) = run().results
    assert (result.status, result.findings) == (Status.FAIL, (Finding("wrong", Evidence("a.py"), "mend"),))


@pytest.mark.parametrize("exception", [SkipCheck("no tests"), UnknownFact("no tests")], ids=["skip", "unknown"])
def test_a_check_that_cannot_know_is_skipped_with_its_reason(register: Any, exception: Exception) -> None:
    def skips(_: Facts) -> Iterator[Finding]:
        raise exception

    register("SR101", skips)
    (result,) = run().results
    assert (result.status, result.reason) == (Status.SKIPPED, "no tests")


def test_what_was_found_before_a_check_gave_up_still_fails(register: Any) -> None:
    def half(_: Facts) -> Iterator[Finding]:
        yield Finding("wrong")
        raise SkipCheck("the rest is not known")

    register("SR101", half)
    (result,) = run().results
    assert (result.status, result.reason) == (Status.FAIL, "the rest is not known")


def test_a_broken_check_is_an_error_and_stops_no_other(register: Any) -> None:
    def breaks(_: Facts) -> Iterator[Finding]:
        yield Finding("kept")
        raise KeyError("x\ny")

    register("SR101", breaks)
    register("SR102")
    broken, other = run().results
    assert (broken.status, other.status) == (Status.ERROR, Status.PASS)
    assert broken.reason.startswith("KeyError: ")
    assert "test_engine.py:" in broken.reason
    assert broken.findings == (Finding("kept"),)


@pytest.mark.parametrize(
    "run_check",
    [lambda _: None, lambda _: ["text"], lambda: iter(()), lambda _: exit(3)],  # noqa: PLR1722
    ids=["returns-nothing", "yields-text", "takes-no-facts", "leaves"],
)
def test_a_check_of_the_wrong_shape_is_an_error(register: Any, run_check: Any) -> None:
    register("SR101", run_check)
    (result,) = run().results
    assert result.status is Status.ERROR
    assert result.reason


def test_a_file_problem_in_a_check_skips_it_and_is_noted(register: Any) -> None:
    def reads(_: Facts) -> Iterator[Finding]:
        raise FileProblem("setup.cfg", "binary")

    register("SR101", reads)
    facts = Facts(MemorySnapshot({}))
    (result,) = engine.run(facts).results
    assert (result.status, result.reason) == (Status.SKIPPED, "setup.cfg: binary")
    assert [problem.path for problem in facts.problems] == ["setup.cfg"]


def test_a_last_check_runs_last_and_is_listed_by_its_code(register: Any) -> None:
    ran: list[str] = []

    def note(code: str) -> Any:
        def run_check(_: Facts) -> tuple[Finding, ...]:
            ran.append(code)
            return ()

        return run_check

    register("SR001", note("SR001"), last=True)
    register("SR202", note("SR202"))
    register("SR101", note("SR101"))
    assert codes(run()) == ["SR001", "SR101", "SR202"]
    assert ran == ["SR101", "SR202", "SR001"]


@pytest.mark.parametrize(
    ("select", "expected"),
    [
        (["SR101"], ["SR101"]),
        (["SR1"], ["SR101", "SR102"]),
        (["sr1"], ["SR101", "SR102"]),
        (["test-command"], ["SR201"]),
        (["SR201", "SR1"], ["SR101", "SR102", "SR201"]),
        (["SR"], ["SR101", "SR102", "SR201"]),
        ([], ["SR101", "SR102", "SR201"]),
    ],
    ids=["code", "prefix", "lower-case", "name", "several", "all", "none-named"],
)
def test_a_selection_is_a_code_a_prefix_or_a_name(register: Any, select: list[str], expected: list[str]) -> None:
    register("SR101")
    register("SR102")
    register("SR201", name="test-command")
    assert codes(run(select=select)) == expected


def test_an_ignored_check_is_not_run_and_is_reported_with_its_reason(register: Any) -> None:
    register("SR101", fails)
    register("SR102")
    report = run(Settings(ignore={"SR101": "we have no README on purpose"}))
    assert codes(report) == ["SR102"]
    assert [(ignored.code, reason) for ignored, reason in report.ignored] == [("SR101", "we have no README on purpose")]
    assert report.ready


def test_ignoring_wins_over_selecting(register: Any) -> None:
    register("SR101")
    register("SR102")
    report = run(select=["SR1"], ignore=["SR101"])
    assert codes(report) == ["SR102"]
    assert [ignored.code for ignored, _ in report.ignored] == ["SR101"]


def test_a_check_that_was_not_selected_is_not_reported_as_ignored(register: Any) -> None:
    register("SR101")
    register("SR201")
    assert run(Settings(ignore={"SR2": "later"}), select=["SR1"]).ignored == ()


def test_selecting_on_the_command_line_replaces_what_is_configured(register: Any) -> None:
    register("SR101")
    register("SR201")
    settings = Settings(select=("SR1",))
    assert codes(run(settings)) == ["SR101"]
    assert codes(run(settings, select=["SR2"])) == ["SR201"]


def test_a_typo_on_the_command_line_is_a_usage_error_that_names_the_nearest(register: Any) -> None:
    register("SR201", name="single-test-command")
    with pytest.raises(UsageError, match="--select: no check is called 'single-test-comand'") as caught:
        run(select=["single-test-comand"])
    assert "SR201 single-test-command" in caught.value.hint


@pytest.mark.parametrize("field", ["select", "ignore"])
def test_a_typo_in_the_configuration_is_a_config_error_that_names_the_file(register: Any, field: str) -> None:
    register("SR201")
    values: dict[str, Any] = {"select": ("SR9",), "ignore": {"SR9": ""}}
    with pytest.raises(ConfigError, match=rf"^pyproject\.toml: {field}: no check is called 'SR9'"):
        run(Settings(path="pyproject.toml")._replace(**{field: values[field]}))


def test_an_extension_that_cannot_be_loaded_is_a_result_of_its_own(
    register: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("SR101")
    monkeypatch.setattr(extensions, "load", lambda: (Finding("shiny-checks: broken"),))
    report = run()
    assert codes(report) == ["SR000", "SR101"]
    assert report.results[0].status is Status.ERROR
    assert report.ready


def test_a_rule_is_found_by_code_or_name(register: Any) -> None:
    register("SR101", name="guide")
    assert engine.find_rule("sr101") == engine.find_rule("GUIDE")
    with pytest.raises(UsageError, match="there is no check 'SR9'"):
        engine.find_rule("SR9")


def test_the_report_names_the_repository(register: Any) -> None:
    register("SR101")
    report = run()
    assert (report.name, report.revision) == ("here", "")
