from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.outcome import Counts
from pytest_sprintready.verify import _reporter as reporter_module, results

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TESTS = """\
import pytest

@pytest.fixture
def broken():
    raise OSError(101, "Network is unreachable")

def test_passes(): pass
def test_fails():
    try: {}["a"]
    except KeyError as error: raise ValueError("outer") from error
@pytest.mark.network
def test_errors(broken): pass
@pytest.mark.skip
def test_skips(): pass
@pytest.mark.xfail
def test_xfails(): assert False
@pytest.mark.parametrize("n", [1, 2])
def test_with_mocker(n, mocker): pass
"""


def sessions(
    tmp_path: Path, options: Sequence[str] = (), variables: Mapping[str, str] = MappingProxyType({}), **files: str
) -> list[results.Session]:
    plugin, reports, tests = (tmp_path / name for name in ("plugin", "reports", "tests"))
    for folder in (plugin, reports, tests):
        folder.mkdir(exist_ok=True)
    (plugin / f"{results.REPORTER}.py").write_text(
        Path(reporter_module.__file__).read_text(encoding="utf-8"), encoding="utf-8"
    )
    for name, text in files.items():
        (tests / f"{name}.py").write_text(text, encoding="utf-8")
    environment = {
        "PYTHONPATH": str(plugin), "PYTEST_ADDOPTS": f"-p {results.REPORTER}", "SPRINTREADY_REPORTS": str(reports),
        "PYTHONDONTWRITEBYTECODE": "1", **variables,
    }  # fmt: skip
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-W",
        "ignore",
        "-c",
        os.devnull,
        "--rootdir",
        str(tests),
        *options,
        str(tests),
    ]
    subprocess.run(words, env=environment, cwd=tests, capture_output=True, check=False)
    return results.sessions(str(reports))


@pytest.mark.parametrize("options", [(), ("-n", "2")], ids=["alone", "xdist"])
def test_a_session_tells_counts_exceptions_and_markers(tmp_path: Path, options: Sequence[str]) -> None:
    (session,) = sessions(tmp_path, options, test_it=TESTS)
    assert session.counts == Counts(passed=1, failed=1, errors=3, skipped=1, xfailed=1)
    assert session.exit_code == 1
    assert session.first_pass is not None
    assert Path(session.prefix) == Path(sys.prefix)
    told = {failure.node.rpartition("::")[2]: (failure, marks) for failure, marks in session.failures}
    failed, _ = told["test_fails"]
    assert [raised.types[0] for raised in failed.raised] == ["builtins.ValueError", "builtins.KeyError"]
    errored, marks = told["test_errors"]
    assert marks == ("network",)
    assert dict(errored.raised[0].attributes)["errno"] == "101"
    missing, _ = told["test_with_mocker[1]"]
    assert dict(missing.raised[0].attributes)["argname"] == "mocker"


def test_a_file_that_cannot_be_collected_tells_what_is_missing(tmp_path: Path) -> None:
    (session,) = sessions(tmp_path, test_it="import not_there_at_all\n")
    assert session.counts.uncollected == 1
    ((failure, _),) = session.failures
    assert any(dict(raised.attributes).get("name") == "not_there_at_all" for raised in failure.raised)


@pytest.mark.parametrize("more", [(), ("--doctest-continue-on-failure",)], ids=["first failure", "all failures"])
def test_a_doctest_tells_what_it_met(tmp_path: Path, more: Sequence[str]) -> None:
    text = 'def light():\n    """\n    >>> import not_there_at_all\n    """\n'
    (session,) = sessions(tmp_path, ("--doctest-modules", *more), lamp=text)
    ((failure, _),) = session.failures
    assert dict(failure.raised[-1].attributes)["name"] == "not_there_at_all"


def test_what_the_tests_start_does_not_know_of_the_plugin(tmp_path: Path) -> None:
    text = "import os\ndef test_it():\n    assert not {'PYTHONPATH', 'PYTEST_ADDOPTS', 'SPRINTREADY_REPORTS'} & set(os.environ)\n"
    (session,) = sessions(tmp_path, test_it=text)
    assert session.counts == Counts(passed=1)


def test_tests_named_run_alone_as_long_as_the_file_that_names_them_is_there(tmp_path: Path) -> None:
    chosen = tmp_path / "only.json"
    chosen.write_text('["test_it.py::test_a", "test_it.py::test_gone"]')
    text = "def test_a(): pass\ndef test_b(): pass\n"
    (session,) = sessions(tmp_path, variables={"SPRINTREADY_ONLY": str(chosen)}, test_it=text)
    assert session.counts == Counts(passed=1, deselected=1)
    chosen.unlink()
    session = sessions(tmp_path, variables={"SPRINTREADY_ONLY": str(chosen)}, test_it=text)[-1]
    assert session.counts == Counts(passed=2)


def test_what_a_test_and_the_programs_it_starts_print_is_kept(tmp_path: Path) -> None:
    text = "import os\ndef test_a(capfd):\n    pass\ndef test_b():\n    os.system('echo no wick >&2')\n    assert 0\n"
    (session,) = sessions(tmp_path, test_it=text)
    ((failure, _),) = session.failures
    assert failure.captured == "no wick\n"


def test_the_output_of_a_command_that_failed_is_kept_with_its_exception(tmp_path: Path) -> None:
    text = (
        "import subprocess, sys\ndef test_a():\n"
        "    command = [sys.executable, '-c', 'import sys; print(1); sys.exit(\"no wick\")']\n"
        "    subprocess.run(command, check=True, capture_output=True)\n"
    )
    (session,) = sessions(tmp_path, test_it=text)
    (raised,) = session.failures[0][0].raised
    assert raised.get("output").split() == ["1"]
    assert raised.get("stderr").strip() == "no wick"


def test_tests_named_are_left_out(tmp_path: Path) -> None:
    reporter = tmp_path / "left.json"
    reporter.write_text('["test_it.py::test_a"]')
    text = "import os\nos.environ\ndef test_a(): assert False\ndef test_b(): pass\n"
    conftest = f"import {results.REPORTER} as r\nr._LEFT_OUT = {str(reporter)!r}\n"
    (session,) = sessions(tmp_path, conftest=conftest, test_it=text)
    assert session.counts == Counts(passed=1, deselected=1)


@pytest.mark.parametrize(
    ("output", "counts"),
    [
        ("===== 3 failed, 10 passed, 2 skipped, 1 error in 2.31s =====", Counts(10, 3, 1, 2)),
        ("10 passed in 2.31s", Counts(10)),
        ("\x1b[32m== \x1b[1m10 passed\x1b[0m, 1 xfailed in 2.31s (0:00:02) ==", Counts(10, xfailed=1)),
        ("Ran 12 tests in 0.1s\n\nOK (skipped=2)", Counts(10, skipped=2)),
        (
            "Ran 12 tests in 0.1s\n\nFAILED (failures=1, errors=2, skipped=2, expected failures=1)",
            Counts(6, 1, 2, 2, 1),
        ),
        ("Ran 12 tests in 0.1s\n\nOK\n...\nRan 1 test in 0.1s\n\nOK", Counts(13)),
        ("PASSED (skips=2, successes=10)", Counts(10, skipped=2)),
        ("FAILED (failures=1, successes=10)", Counts(10, 1)),
    ],
)
def test_summary_lines_are_read(output: str, counts: Counts) -> None:
    assert results.counts_in(output) == counts


@pytest.mark.parametrize("output", ["", "passed", "no tests ran in 0.01s", "we passed 3 of them", "All checks passed!"])
def test_what_is_no_summary_is_none(output: str) -> None:
    assert results.counts_in(output) is None


def test_failures_are_read_from_what_unittest_and_trial_print() -> None:
    unittest = (
        "..E\n======\nERROR: test_light (tests.test_light.Light.test_light)\n-----\nTraceback (most recent call last):\n"
        '  File "tests/test_light.py", line 3, in test_light\n    lit()\nValueError: too dark\n\nRan 3 tests in 0.1s\n'
    )
    assert results.summary_in(unittest) == [("test_light", "ValueError: too dark")]
    trial = '[ERROR]\nTraceback (most recent call last):\n  File "a.py", line 1, in a\nlamp.errors.Dark: b"x"\n\nlamp.test\n'
    assert results.summary_in(trial) == [("", 'lamp.errors.Dark: b"x"')]
    assert not results.summary_in("Ran 3 tests in 0.1s\n\nOK\n")
    assert not results.summary_in("ERROR: No matching distribution\nTraceback (most recent call last):\nOSError: x\n")


def test_failures_are_read_from_what_pytest_sums_up() -> None:
    summary = "FAILED tests/test_a.py::test_light[a b] - ValueError: too dark\nFAILED tests/test_a.py::test_dim\n"
    assert results.summary_in(summary) == [
        ("tests/test_a.py::test_light[a b]", "ValueError: too dark"),
        ("tests/test_a.py::test_dim", ""),
    ]
    assert results.summary_in("ERROR tests/test_a.py::test_dim\n") == [("tests/test_a.py::test_dim", "")]


def test_what_pytest_printed_of_each_test_is_told_apart() -> None:
    log = (
        "===== FAILURES =====\n_____ test_light _____\n    lit()\nE   ValueError: too dark\n"
        "__ ERROR at setup of test_dim __\nE   OSError: no wick\n===== short test summary info =====\nFAILED a.py::x\n"
    )
    first, second = results.failures_in(log)
    assert (first.node, second.node) == ("test_light", "test_dim")
    assert "too dark" in first.output
    assert "no wick" not in first.output
    assert "FAILED" not in second.output


def test_tests_that_had_passed_are_counted_where_no_summary_came() -> None:
    pytest_told = "tests/test_a.py::test_light PASSED [  1%]\ntests/test_a.py::test_dark[a b] PASSED [  2%]\ntests/t"
    assert results.so_far(pytest_told) == Counts(passed=2)
    assert results.so_far("[gw1] [ 10%] PASSED tests/test_a.py::test_light \n") == Counts(passed=1)
    assert results.so_far("test_light (tests.Light.test_light) ... ok\ntest_dark (tests.Light) ... ") == Counts(1)
    assert results.so_far("collecting\n") == Counts()
    dots = "tests/test_a.py ..F.s   [ 50%]\n....x     [ 75%]\ntests/test_b.py ..E"
    assert results.so_far(dots) == Counts(passed=7, failed=1, skipped=1, xfailed=1)


def test_a_project_that_takes_a_warning_of_encodings_for_an_error_is_reported_on(tmp_path: Path) -> None:
    strict = {"PYTHONWARNDEFAULTENCODING": "1"}
    (session,) = sessions(tmp_path, ("-W", "error"), strict, test_it="def test_fails():\n    assert 1 == 2\n")
    assert session.counts == Counts(failed=1)
    assert len(session.failures) == 1
