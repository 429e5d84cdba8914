"""`pytest --sprintready`, run for real on small repositories with checks of their own."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from pytest_sprintready import checks, engine  # imported before pytester takes its snapshot of sys.modules

if TYPE_CHECKING:
    from pathlib import Path

OWN_CHECKS = """
from pytest_sprintready.checks import _registered, check
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck

for code in [code for code in _registered if code.startswith("TST")]:  # of an earlier run in this process
    del _registered[code]

def rule(code, name, severity=Severity.REQUIRED):
    return check(code, name, severity, title=f"The title of {name}", why="w", fix=f"the fix of {name}", source="s")

@rule("TST001", "good")
def good(facts):
    yield Evidence("README.md", 1)

@rule("TST002", "bad")
def bad(facts):
    yield Finding("the first thing is wrong", Evidence("README.md", 7), fix="do this\\nand that")
    yield Finding("the second thing is wrong")

@rule("TST003", "advised", Severity.RECOMMENDED)
def advised(facts):
    yield Finding("it would be nice")

@rule("TST004", "unknown")
def unknown(facts):
    raise SkipCheck("no file can tell")
    yield

@rule("TST005", "broken", Severity.OPTIONAL)
def broken(facts):
    raise KeyError("oops")
    yield
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A git repository with one passing test, where only the checks above apply."""
    monkeypatch.setattr(checks, "_registered", {})
    monkeypatch.setattr(checks, "_load_own_checks", lambda: None)
    monkeypatch.delenv("CI", raising=False)
    pytester.mkdir(".git")
    pytester.path.joinpath("README.md").write_text("# Example\n")
    pytester.makepyprojecttoml('[tool.sprintready]\nselect = ["TST"]\n')
    pytester.makepyfile(own_checks=OWN_CHECKS, test_it="def test_it(): pass")
    pytester.syspathinsert()
    monkeypatch.setenv("PYTEST_PLUGINS", "own_checks")
    monkeypatch.setenv("PYTHONPATH", str(pytester.path))  # for the workers of pytest-xdist
    return pytester


STRICT = ("--sprintready", "-W", "error", "--strict-markers", "--strict-config")


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return project.runpytest(*STRICT, *arguments)


def test_every_check_is_an_item_beside_the_tests(project: pytest.Pytester) -> None:
    result = run(project, "-v")
    result.assert_outcomes(passed=3, failed=2, skipped=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(
        ["*collected 6 items", "", "test_it.py::test_it PASSED*", "sprintready::TST001 good PASSED*"]
    )


def test_a_failure_shows_findings_places_and_fix_but_no_traceback(project: pytest.Pytester) -> None:
    result = run(project, "-k", "TST002")
    result.stdout.fnmatch_lines(
        [
            "*___ TST002 bad ___*",
            "TST002 The title of bad",
            "  README.md:7: the first thing is wrong",
            "  the second thing is wrong",
            "  fix: do this",
            "       and that",
            "  more: sprintready explain TST002",
        ],
        consecutive=True,
    )
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*plugin.py*")


@pytest.mark.parametrize("ci", [False, True], ids=["terminal", "ci"])
def test_the_short_summary_gives_a_failure_one_line(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, *, ci: bool
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    if ci:
        monkeypatch.setenv("CI", "true")
    result = run(project, "-k", "TST002")
    result.stdout.fnmatch_lines(
        ["FAILED sprintready::TST002 bad - the first thing is wrong (and 1 more)", "=*1 failed*="], consecutive=True
    )


def test_one_line_tracebacks_point_at_the_file_to_edit(project: pytest.Pytester) -> None:
    result = run(project, "-k", "TST002", "--tb=line")
    result.stdout.fnmatch_lines(["README.md:7: the first thing is wrong (and 1 more)"])


def test_a_skipped_check_shows_its_reason(project: pytest.Pytester) -> None:
    result = run(project, "-rs", "-k", "TST004")
    result.stdout.fnmatch_lines(["SKIPPED [[]1[]] sprintready::TST004 unknown: no file can tell"])


def test_a_check_that_breaks_fails_whatever_its_severity(project: pytest.Pytester) -> None:
    result = run(project, "-k", "TST005")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*the check itself broke: KeyError*", "*--deselect*sprintready::TST005*"])


def test_advice_passes_and_is_counted_in_one_line(project: pytest.Pytester) -> None:
    result = run(project, "-k", "TST001 or TST003")
    assert result.ret == pytest.ExitCode.OK
    result.stdout.fnmatch_lines(["sprintready: 1 recommendation is not met; `sprintready check` shows them"])
    result.stdout.no_fnmatch_line("*it would be nice*")


def test_no_advice_gets_no_line(project: pytest.Pytester) -> None:
    run(project, "-k", "TST001").stdout.no_fnmatch_line("*sprintready:*")


@pytest.mark.parametrize(("threshold", "exit_code"), [("required", 0), ("recommended", 1), ("optional", 1)], ids=str)
def test_the_threshold_decides_which_severities_fail(project: pytest.Pytester, threshold: str, exit_code: int) -> None:
    result = run(project, "-k", "TST003", "-o", f"sprintready_severity={threshold}")
    assert result.ret == exit_code


def test_an_unknown_threshold_is_a_usage_error(project: pytest.Pytester) -> None:
    result = run(project, "-o", "sprintready_severity=high")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*sprintready_severity = high: choose one of required, recommended, optional*"])


def test_an_ignored_check_is_skipped_with_the_reason_given(project: pytest.Pytester) -> None:
    project.makepyprojecttoml('[tool.sprintready]\nselect = ["TST"]\nignore = { TST002 = "ours differs" }\n')
    result = run(project, "-rs", "-k", "TST002")
    result.assert_outcomes(skipped=1, deselected=5)
    result.stdout.fnmatch_lines(["SKIPPED * sprintready::TST002 bad: ignored: ours differs"])


def test_a_mistake_in_the_configuration_is_a_usage_error(project: pytest.Pytester) -> None:
    project.makepyprojecttoml("[tool.sprintready]\nselects = []\n")
    result = run(project)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*unknown key `selects`*", "*did you mean `select`?*"])


# Selection ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "outcomes"),
    [
        (["-k", "TST001"], {"passed": 1, "deselected": 5}),
        (["-k", "good"], {"passed": 1, "deselected": 5}),
        (["-m", "sprintready"], {"passed": 2, "failed": 2, "skipped": 1, "deselected": 1}),
        (["-m", "not sprintready"], {"passed": 1, "deselected": 5}),
        (["--deselect", "sprintready::TST002 bad", "--deselect", "sprintready::TST005"], None),
        (["test_it.py"], {"passed": 3, "failed": 2, "skipped": 1}),
        (["-x"], {"passed": 2, "failed": 1}),
        (["--maxfail=2"], {"passed": 3, "failed": 2, "skipped": 1}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_usual_options_choose_among_checks(
    project: pytest.Pytester, arguments: list[str], outcomes: dict[str, int] | None
) -> None:
    result = run(project, *arguments)
    result.assert_outcomes(**(outcomes or {"passed": 3, "skipped": 1, "deselected": 2}))


@pytest.mark.parametrize(
    "node_id",
    [
        "sprintready::TST001 good",
        "sprintready::TST001",
        "sprintready::good",
        "some/where/sprintready::good",
    ],
)
@pytest.mark.parametrize("switch", [["--sprintready"], []], ids=["with the option", "without"])
def test_a_check_can_be_run_by_its_node_id(project: pytest.Pytester, node_id: str, switch: list[str]) -> None:
    result = project.runpytest(*switch, "-W", "error", node_id)
    result.assert_outcomes(passed=1)


def test_checks_and_tests_can_be_named_together(project: pytest.Pytester) -> None:
    result = project.runpytest("test_it.py::test_it", "sprintready::TST001", "sprintready::TST003")
    result.assert_outcomes(passed=3)


def test_a_node_id_without_a_check_is_a_usage_error(project: pytest.Pytester) -> None:
    result = project.runpytest("sprintready::TST999 nothing")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*not found: sprintready::TST999 nothing*"])


def test_the_last_failed_checks_run_again_alone(project: pytest.Pytester) -> None:
    run(project)
    result = run(project, "--lf")
    result.assert_outcomes(failed=2, deselected=4)


def test_collect_only_lists_node_ids_and_judges_nothing(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "run", None)
    result = run(project, "--co", "-q")
    result.stdout.fnmatch_lines(["test_it.py::test_it", "sprintready::TST001 good", "sprintready::TST002 bad"])
    assert result.ret == pytest.ExitCode.OK


def test_the_repository_is_judged_once(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Mock(wraps=engine.run)
    monkeypatch.setattr(engine, "run", judge)
    run(project)
    judge.assert_called_once()


# In company -----------------------------------------------------------------------------------------------------------


def test_with_xdist_every_item_runs_once_and_reads_the_same(project: pytest.Pytester) -> None:
    # In a process of its own: xdist hands its workers the sys.path it was imported with.
    result = project.runpytest_subprocess(*STRICT, "-n2", "-rfs", "-v")
    result.assert_outcomes(passed=3, failed=2, skipped=1)
    result.stdout.fnmatch_lines(["sprintready: 1 recommendation is not met*"])
    result.stdout.fnmatch_lines(["SKIPPED [[]1[]] sprintready::TST004 unknown: no file can tell"])
    result.stdout.fnmatch_lines(["FAILED sprintready::TST002 bad - the first thing*"])
    result.stdout.no_fnmatch_line("*plugin.py*")


def test_with_xdist_a_mistake_in_the_configuration_is_told_once(project: pytest.Pytester) -> None:
    project.makepyprojecttoml("[tool.sprintready]\nselects = []\n")
    result = run(project, "-n2")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert str(result.stderr).count("unknown key `selects`") == 1


def test_junit_names_checks_as_it_names_tests(project: pytest.Pytester) -> None:
    run(project, "--junitxml=out.xml")
    cases = {case.get("name"): case for case in ET.parse(project.path / "out.xml").iter("testcase")}  # noqa: S314 ours
    assert {case.get("classname") for name, case in cases.items() if name != "test_it"} == {"sprintready"}
    failure = cases["TST002 bad"].find("failure")
    assert failure is not None
    assert failure.get("message") == "the first thing is wrong (and 1 more)"
    assert "fix: do this" in (failure.text or "")
    skipped = cases["TST004 unknown"].find("skipped")
    assert skipped is not None
    assert skipped.get("message") == "no file can tell"
    properties = {entry.get("name"): entry.get("value") for entry in cases["TST003 advised"].iter("property")}
    assert properties == {"sprintready": "recommended: it would be nice"}


@pytest.mark.parametrize("arguments", [["-p", "no:terminal"], ["-q"], ["-qq"], ["-p", "no:cacheprovider"], ["-s"]])
def test_the_exit_code_holds_however_little_is_shown(project: pytest.Pytester, arguments: list[str]) -> None:
    assert run(project, *arguments).ret == pytest.ExitCode.TESTS_FAILED
    assert run(project, *arguments, "-k", "good").ret == pytest.ExitCode.OK


def test_a_test_file_that_cannot_be_imported_does_not_stop_the_checks(project: pytest.Pytester) -> None:
    project.makepyfile(test_other="import no_such_module")
    result = run(project, "-k", "good")
    result.assert_outcomes(passed=1, errors=1, deselected=5)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_project_without_tests_has_its_checks(project: pytest.Pytester) -> None:
    project.path.joinpath("test_it.py").unlink()
    assert run(project, "-k", "good").ret == pytest.ExitCode.OK


def test_a_conftest_that_expects_functions_never_meets_a_check(project: pytest.Pytester) -> None:
    project.makeconftest("def pytest_collection_modifyitems(items):\n    [item.function for item in items]\n")
    run(project, "-k", "good").assert_outcomes(passed=1, deselected=5)


def test_the_repository_is_the_folder_with_git_not_the_package_below(project: pytest.Pytester) -> None:
    package = project.mkdir("package")
    package.joinpath("pytest.ini").write_text("[pytest]\n")
    project.makepyfile(**{"package/test_in": "def test_in(): pass"})
    project.makefile(".py", own_checks=OWN_CHECKS.replace('Evidence("README.md", 1)', "Finding(facts.snapshot.name)"))
    result = project.runpytest("--sprintready", "-k", "good", "-c", "package/pytest.ini", "package")
    result.stdout.fnmatch_lines([f"*{project.path.name}*"])
    result.assert_outcomes(failed=1, deselected=5)


# On and off -----------------------------------------------------------------------------------------------------------


def switch_on_by_ini(project: pytest.Pytester) -> None:
    project.makepyprojecttoml(
        '[tool.sprintready]\nselect = ["TST001"]\n[tool.pytest.ini_options]\nsprintready = true\n'
    )


@pytest.mark.parametrize("arguments", [[], ["test_it.py"]], ids=["all", "a path"])
def test_ini_switches_the_checks_on(project: pytest.Pytester, arguments: list[str]) -> None:
    switch_on_by_ini(project)
    project.runpytest(*arguments).assert_outcomes(passed=2)


def test_ini_leaves_those_alone_who_work_on_one_test(project: pytest.Pytester) -> None:
    switch_on_by_ini(project)
    project.runpytest("test_it.py::test_it").assert_outcomes(passed=1)


def test_switched_off_there_is_no_trace_in_the_output(project: pytest.Pytester) -> None:
    result = project.runpytest()
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*sprintready[: ]*")


def test_switched_off_nothing_is_imported(tmp_path: Path) -> None:
    tmp_path.joinpath("test_it.py").write_text("def test_it(): pass\n")
    tmp_path.joinpath("pytest.ini").write_text("[pytest]\n")
    program = "import sys, pytest; pytest.main(sys.argv[1:]);print('modules:', *sorted(name for name in sys.modules))"

    def modules(*arguments: str) -> set[str]:
        command = [sys.executable, "-c", program, "-q", "-p", "no:cacheprovider", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        return set(done.stdout.partition("modules: ")[2].split())

    extra = modules() - modules("-p", "no:sprintready")
    assert extra == {"pytest_sprintready", "pytest_sprintready.plugin"}


def test_options_and_marker_are_documented_in_pytests_own_help(project: pytest.Pytester) -> None:
    project.runpytest("--help").stdout.fnmatch_lines(["readiness for a sprint:", "  --sprintready *"])
    project.runpytest("--markers").stdout.fnmatch_lines(["@pytest.mark.sprintready: *"])
