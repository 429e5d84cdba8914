"""What stands below a run that failed for want of something, in real runs of pytest."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready import checks, engine  # noqa: F401  imported before pytester takes its snapshot of sys.modules
from pytest_sprintready.diagnosis.model import Failure, Frame, Raised
from pytest_sprintready.plugin import changes, hints

if TYPE_CHECKING:
    from pathlib import Path

HEADING = "*what to do next (sprintready)*"
PROJECT = """
[project]
name = "lantern"
version = "1"
[project.optional-dependencies]
test = ["pytest", "no-such-thing-a", "no-such-thing-b", "pytest-no-such-thing", "pytest-mock"]
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A project whose tests need what is declared and not installed."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("SPRINTREADY_DEBUG", "1")
    pytester.path.joinpath("pyproject.toml").write_text(PROJECT, encoding="utf-8")
    for number in range(3):
        pytester.path.joinpath(f"test_a{number}.py").write_text("import no_such_thing_a\n", encoding="utf-8")
    pytester.path.joinpath("test_b.py").write_text("import no_such_thing_b\n", encoding="utf-8")
    changes.new_lines.cache_clear()
    return pytester


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((), id="plain"),
        pytest.param(("-q",), id="quiet"),
        pytest.param(("-qq",), id="quieter"),
        pytest.param(("--tb=no",), id="no tracebacks"),
        pytest.param(("-v", "--tb=long"), id="all of the tracebacks"),
        pytest.param(("-W", "error"), id="warnings as errors"),
        pytest.param(("-p", "no:cacheprovider", "-p", "no:warnings"), id="few plugins"),
        pytest.param(("--continue-on-collection-errors",), id="going on"),
    ],
)
def test_errors_with_one_cause_are_one_message_below_everything(
    project: pytest.Pytester, arguments: tuple[str, ...]
) -> None:
    result = project.runpytest(*arguments)
    result.stdout.fnmatch_lines(
        [HEADING, "SRN36: no_such_thing_a is not installed in this environment. (4 times)", "  fix: *[[]test]*"]
    )
    assert str(result.stdout).count("SRN36:") == 1
    assert "seconds" not in str(result.stdout).partition("what to do next")[2]


def test_the_traceback_stays(project: pytest.Pytester) -> None:
    project.runpytest().stdout.fnmatch_lines(["E   ModuleNotFoundError: No module named 'no_such_thing_b'", HEADING])


def test_workers_send_what_they_saw_and_it_is_said_once(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("-n", "2")
    result.stdout.fnmatch_lines([HEADING, "SRN36: *(4 times)"])
    assert str(result.stdout).count("SRN36:") == 1


@pytest.mark.parametrize("arguments", [("-p", "no:sprintready"), ("-o", "sprintready_hints=false")])
def test_it_can_be_switched_off(project: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    output = str(project.runpytest_subprocess(*arguments).stdout)
    assert "ModuleNotFoundError" in output
    assert "SRN" not in output


def test_without_a_terminal_it_stays_quiet_and_out_of_the_way(project: pytest.Pytester) -> None:
    result = project.runpytest_subprocess("-p", "no:terminal")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "SRN" not in f"{result.stdout}{result.stderr}"
    assert "Error" not in str(result.stderr)


def test_a_junit_report_holds_what_it_held(project: pytest.Pytester) -> None:
    project.runpytest("--junitxml=with.xml")
    project.runpytest("--junitxml=without.xml", "-o", "sprintready_hints=false")
    with_hints, without = (
        [[(each.tag, each.get("message")) for each in ET.parse(project.path / name).iter()]]  # noqa: S314
        for name in ("with.xml", "without.xml")
    )
    assert with_hints == without


def test_a_conftest_that_cannot_be_loaded_is_shown_as_ever_and_explained(project: pytest.Pytester) -> None:
    project.makeconftest("import no_such_thing_a")
    result = project.runpytest()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "*ImportError while loading conftest '*conftest.py'.",
            "*E   ModuleNotFoundError: No module named 'no_such_thing_a'",
            "*SRN31: pytest cannot load a conftest.py. no_such_thing_a *",
        ]
    )


def test_a_conftest_with_a_mistake_of_its_own_is_left_to_pytest(project: pytest.Pytester) -> None:
    project.makeconftest("1 / 0")
    result = project.runpytest()
    result.stderr.fnmatch_lines(["ImportError while loading conftest '*conftest.py'.", "*ZeroDivisionError*"])
    assert "SRN" not in str(result.stderr)


def test_an_option_of_a_missing_plugin_is_named_before_pytest_stops(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\naddopts = --randomly-seed=1 -p no:randomly\n")
    result = project.runpytest()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*unrecognized arguments: --randomly-seed=1*", "*SRN62: *pytest-randomly*"])


def test_an_option_that_a_conftest_defines_is_known(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\naddopts = --randomly-seed=1\n")
    project.makeconftest("def pytest_addoption(parser):\n    parser.addoption('--randomly-seed')\n")
    project.makepyfile(test_b="def test_it(): pass")
    result = project.runpytest("test_b.py")
    result.assert_outcomes(passed=1)


def test_a_missing_fixture_is_told_by_its_name(project: pytest.Pytester) -> None:
    project.makepyfile(test_b="def test_it(mocker):\n    pass\n")
    result = project.runpytest("test_b.py", "-p", "no:pytest_mock")
    result.stdout.fnmatch_lines(
        ["SRN41: No fixture mocker here: the plugin pytest-mock is not installed.", "*test_b.py:1: *"]
    )


def test_a_hook_of_a_missing_plugin_is_told_though_pytest_breaks_off(project: pytest.Pytester) -> None:
    for path in project.path.glob("test_*.py"):
        path.unlink()
    project.makepyfile(test_it="def test_it(): pass")
    project.makeconftest("def pytest_no_such_thing_here():\n    pass\n")
    result = project.runpytest()
    assert result.ret == pytest.ExitCode.INTERNAL_ERROR
    result.stdout.fnmatch_lines([HEADING, "SRN65: *the hook pytest_no_such_thing_here: pytest-no-such-thing is not*"])


def test_three_causes_at_most_are_named_at_once(project: pytest.Pytester) -> None:
    names = "abcde"
    listed = ", ".join(f'"no-such-thing-{name}"' for name in names)
    for name in names:
        project.path.joinpath(f"requirements-{name}.txt").write_text(f"no-such-thing-{name}\n", encoding="utf-8")
        project.path.joinpath(f"test_{name}.py").write_text(f"import no_such_thing_{name}\n", encoding="utf-8")
    project.path.joinpath("pyproject.toml").write_text(f'[project]\nname = "lantern"\n# {listed}\n', encoding="utf-8")
    for path in project.path.glob("test_a?.py"):
        path.unlink()
    result = project.runpytest()
    assert str(result.stdout).count("SRN36:") == hints.MOST
    result.stdout.fnmatch_lines(["2 other causes will show once this is mended."])


def test_a_bug_of_ours_costs_the_hint_and_nothing_else(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SPRINTREADY_DEBUG")
    monkeypatch.setattr(hints, "explained", lambda *_: 1 / 0)
    result = project.runpytest()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    assert "ZeroDivisionError" not in str(result.stdout)


def test_nothing_is_loaded_while_nothing_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import sys\ndef test_it():\n    assert not [m for m in sys.modules if m.startswith('pytest_sprintready.') "
        "and m != 'pytest_sprintready.plugin']\n"
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_a_failure_survives_the_way_from_a_worker() -> None:
    raised = Raised(("a.B", "builtins.Exception"), "text", (("name", "x"),), (Frame("a.py", 3, "import x", new=True),))
    failure = Failure("collect", "pytest", 2, "out", (raised,), "a.py", ("slow",), ("--cov",))
    sent = json.loads(json.dumps(hints.packed(failure)))
    assert hints.unpacked(sent) == failure


def test_without_a_configuration_the_clone_is_read_and_not_the_folder_of_the_tests(
    pytester: pytest.Pytester,
    git_environment: None,  # noqa: ARG001
) -> None:
    pytester.path.joinpath("requirements-dev.txt").write_text("no-such-thing\n", encoding="utf-8")
    folder = pytester.mkdir("tests")
    folder.joinpath("test_it.py").write_text("import no_such_thing\n", encoding="utf-8")
    for words in ("init -q", "add -A", "commit -q -m x"):
        pytester.run("git", *words.split())
    changes.new_lines.cache_clear()
    result = pytester.runpytest("tests")
    result.stdout.fnmatch_lines(
        ["  line:  tests/test_it.py:1: *", "  cause: It is declared in requirements-dev.txt:1."]
    )
    assert "In the folder" not in str(result.stdout)


def test_elsewhere_the_folder_to_type_in_is_named(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project.mkdir("below")
    folder.joinpath("test_it.py").write_text("import no_such_thing_a\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    result = project.runpytest("test_it.py")
    result.stdout.fnmatch_lines([HEADING, f"In the folder {project.path}:", "SRN36: *"])


# New lines --------------------------------------------------------------------------------------------------------


def test_new_lines_and_new_files_are_the_newcomers(pytester: pytest.Pytester, git_environment: None) -> None:  # noqa: ARG001
    path: Path = pytester.path
    path.joinpath("old.py").write_text("a = 1\nb = 2\n", encoding="utf-8")
    for words in ("init -q", "add -A", "commit -q -m x"):
        pytester.run("git", *words.split())
    path.joinpath("old.py").write_text("a = 1\nc = 3\nb = 2\n", encoding="utf-8")
    path.joinpath("new.py").write_text("d = 4\n", encoding="utf-8")
    changes.new_lines.cache_clear()
    assert changes.new_lines(str(path)) == {"old.py": frozenset({2}), "new.py": None}


def test_committed_work_on_a_branch_is_still_the_newcomers(pytester: pytest.Pytester, git_environment: None) -> None:  # noqa: ARG001
    path: Path = pytester.path
    path.joinpath("old.py").write_text("a = 1\n", encoding="utf-8")
    for words in ("init -q -b main", "add -A", "commit -q -m x", "update-ref refs/remotes/origin/main HEAD",
                  "symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main"):  # fmt: skip
        pytester.run("git", *words.split())
    path.joinpath("old.py").write_text("a = 1\nb = 2\n", encoding="utf-8")
    pytester.run("git", "commit", "-q", "-a", "-m", "mine")
    changes.new_lines.cache_clear()
    assert changes.new_lines(str(path)) == {"old.py": frozenset({2})}


def test_without_git_no_line_is_known_to_be_new(tmp_path: Path) -> None:
    assert changes.new_lines(str(tmp_path)) == {}
