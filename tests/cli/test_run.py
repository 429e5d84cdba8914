"""`sprintready run`: the command's own output and exit code, and after a failure what is known of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready import cli
from pytest_sprintready.diagnosis import output

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="uses a POSIX shell")


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git_environment: None) -> Path:  # noqa: ARG001
    """Return the folder of a small project, which is the current one; the terminal is plain."""
    folder = tmp_path / "lantern"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[project]\nname = "lantern"\nversion = "1.0"\n')
    monkeypatch.chdir(folder)
    for name in ("NO_COLOR", "FORCE_COLOR", "SPRINTREADY_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return folder


def run(*command: str) -> int:
    return cli.main(["run", "--", *command])


def python(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", text)


FAILED_TESTS = (
    "=== FAILURES ===\nE   ModuleNotFoundError is what this asserts about\n=== 1 failed, 3 passed in 0.12s ==="
)
ALARMING = (
    "ERROR: unrecognized arguments; No module named yaml; Python.h: No such file; `pre-commit` not found; error: 403"
)

SILENT = {
    "success": python("print('fine')"),
    "success with alarming words": python(f"print({ALARMING!r})"),
    "success with a traceback": python("import traceback\ntry: import nope\nexcept ImportError: traceback.print_exc()"),
    "nothing found by grep": ("grep", "zzz", "pyproject.toml"),
    "false": ("false",),
    "a difference": ("diff", "pyproject.toml", os.devnull),
    "a condition": ("test", "-e", "nothing-there"),
    "a program's own exit code": python("raise SystemExit(7)"),
    "failing tests": python(f"print({FAILED_TESTS!r}); raise SystemExit(1)"),
    "failing unittests": python("import sys; print('Ran 3 tests in 0.001s\\n\\nFAILED (failures=1)'); sys.exit(1)"),
    "an assertion": python("assert 1 == 2"),
    "an error in a script": python("print({}['light'])"),
    "a slip in one's own code": python("def light(): retrun 1"),
    "a name that is not defined": python("lihgt()"),
    "an import with a slip": python("import pahtlib"),
    "a missing file of one's own": python("open('data/light.csv')"),
    "a failing linter": python("print('lantern.py:1:1: F401 `os` imported but unused\\nFound 1 error.'); raise SystemExit(1)"),
    "a failing type checker": python("print('lantern.py:1: error: Name \"x\" is not defined'); raise SystemExit(1)"),
    "git asked whether": ("git", "diff", "--exit-code", "--no-index", "pyproject.toml", os.devnull),
    "a wrong option": ("grep", "--no-such-option"),
    "make with a failing recipe": ("make", "-f", "broken.mk"),
    "help": (sys.executable, "--help"),
    "a password that was wrong": python("print('Permission denied'); raise SystemExit(1)"),
    "a segmentation fault elsewhere": python("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"),
    "ended from outside": python("import os, signal; os.kill(os.getpid(), signal.SIGTERM)"),
    "interrupted": python("import os, signal; signal.signal(2, signal.SIG_DFL); os.kill(os.getpid(), signal.SIGINT)"),
}  # fmt: skip


@posix
@pytest.mark.parametrize("command", SILENT.values(), ids=SILENT)
def test_nothing_is_said_where_nothing_has_to_be(
    command: tuple[str, ...], project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / "broken.mk").write_text("test:\n\t@exit 3\n")
    plain = subprocess.run(command, capture_output=True, check=False)
    code = run(*command)
    assert code == (plain.returncode if plain.returncode >= 0 else 128 - plain.returncode)
    assert capfd.readouterr().err == plain.stderr.decode()


def test_a_known_cause_is_said_below_the_output(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "init", "-q", project], check=True)
    assert run("git", "fetch", "upstream") == 128
    said = capfd.readouterr().err
    assert said.index("fatal: ") < said.index("SRN08: ")


def test_an_unknown_failure_of_set_up_is_owned_up_to_in_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("git", "frobnicate") == 1
    *_, last = capfd.readouterr().err.splitlines()
    assert last == "sprintready knows no cause for this failure of git."


def test_what_sprintready_has_said_inside_is_not_said_again(capfd: pytest.CaptureFixture[str]) -> None:
    message = "SRN36: yaml is not installed.\n  More: `sprintready explain SRN36`"
    error = "ModuleNotFoundError: No module named 'yaml'"
    assert run(*python(f"print({message!r}); raise SystemExit({error!r})")) == 1
    assert "SRN" not in capfd.readouterr().err


def test_a_program_that_is_not_there_ends_as_in_a_shell(capfd: pytest.CaptureFixture[str]) -> None:
    assert run("no-such-program-at-all", "--version") == 127
    assert "SRN80: The program no-such-program-at-all is not found." in capfd.readouterr().err


def test_without_a_command_there_is_nothing_to_run(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run"]) == 2
    assert "sprintready run -- pytest" in capfd.readouterr().err


def test_the_command_keeps_its_own_options(capfd: pytest.CaptureFixture[str]) -> None:
    text = "import sys; print(sys.argv[1:])"
    assert cli.main(["run", "--color", "never", "--", sys.executable, "-c", text, "--format", "json", "--", "-h"]) == 0
    assert capfd.readouterr().out == "['--format', 'json', '--', '-h']\n"


def test_the_two_dashes_may_be_left_out(capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", sys.executable, "-c", "print('light')"]) == 0
    assert capfd.readouterr().out == "light\n"


def test_json_is_the_last_line_of_standard_error(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["git", "init", "-q", project], check=True)
    assert cli.main(["run", "--format", "json", "--", "git", "fetch", "upstream"]) == 128
    told = json.loads(capfd.readouterr().err.splitlines()[-1])
    assert (told["command"], told["exit_code"]) == ("git fetch upstream", 128)
    assert [one["code"] for one in told["diagnoses"]] == ["SRN08"]


def test_json_tells_of_success_as_well(project: Path) -> None:
    assert cli.main(["run", "--format", "json", "--output", "told.json", "--", *python("print(1)")]) == 0
    assert json.loads((project / "told.json").read_text())["diagnoses"] == []


@posix
def test_colours_are_for_terminals(capfd: pytest.CaptureFixture[str]) -> None:
    run("no-such-program")
    assert "\x1b" not in capfd.readouterr().err
    cli.main(["run", "--color", "always", "--", "no-such-program"])
    assert "\x1b" in capfd.readouterr().err


def test_what_a_command_writes_cannot_steer_the_terminal_through_the_message(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text(
        '[project]\nname = "lantern"\n[project.optional-dependencies]\ntest = ["x"]\n'
    )
    warning = "WARNING: lantern 1.0 does not provide the extra 't\x1b]0;owned\x07est\x1b[31m\u202e'"
    assert run(*python(f"print({warning!r})")) == 0
    message = capfd.readouterr().err
    assert "SRN14" in message
    assert not {"\x1b", "\x07", "\u202e"} & set(message)


@posix
def test_a_folder_that_is_no_project_is_not_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "unreadable").mkfifo() if hasattr(tmp_path, "mkfifo") else os.mkfifo(
        tmp_path / "home" / "fifo"
    )
    monkeypatch.chdir(tmp_path / "home")
    assert run("git", "fetch", "upstream") == 128


@posix
def test_an_interrupt_is_the_command_s_to_answer(project: Path) -> None:
    text = "import time\ntry:\n    print('up', flush=True); time.sleep(200)\nexcept KeyboardInterrupt:\n    raise SystemExit(5)"
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest_sprintready", "run", "--", *python(text)],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.readline() == b"up\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (5, b"")


# What a command wrote, taken apart ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\x1b[31mred\x1b[0m\r\nplain", "red\nplain"),
        (b"10%\r50%\r100%\ndone", "100%\ndone"),
        (b"\x1b]0;title\x07text\xff", "text\ufffd"),
        (b"one\r\r\ntwo", "one\ntwo"),
    ],
)
def test_output_becomes_text_without_what_steers_a_terminal(data: bytes, text: str) -> None:
    assert output.clean(data) == text


@pytest.mark.parametrize(
    ("command", "programs", "stage"),
    [
        ("uv run --group test pytest -q", ("uv", "pytest"), "run"),
        (".venv/bin/python -m pip install -e .", ("python", "pip"), "install"),
        ("sh -c 'cd x && git clone y'", ("sh", "cd", "git"), "clone"),
        ("git commit -m x", ("git",), "commit"),
        ("make html", ("make",), "docs"),
    ],
)
def test_programs_of_a_command_are_those_it_starts_in_turn(command: str, programs: tuple[str, ...], stage: str) -> None:
    assert output.programs(command) == programs
    assert output.stage(command) == stage


def test_exceptions_are_read_from_a_traceback_with_their_causes() -> None:
    text = (
        "Traceback (most recent call last):\n"
        '  File "a.py", line 2, in <module>\n    import yaml\n'
        "ModuleNotFoundError: No module named 'yaml'\n\n"
        "The above exception was the direct cause of the following exception:\n\n"
        "Traceback (most recent call last):\n"
        '  File "b.py", line 9, in load\n    raise Odd("no") from error\n'
        "lantern.Odd: no\n"
    )
    chain = next(each.raised for each in output.failures("python b.py", 1, text) if each.raised)
    assert [raised.types[0] for raised in chain] == ["lantern.Odd", "builtins.ModuleNotFoundError"]
    assert chain[1].get("name") == "yaml"
    assert (chain[1].frames[0].path, chain[1].frames[0].source) == ("a.py", "import yaml")


def test_exceptions_are_read_from_what_pytest_prints() -> None:
    text = (
        "_____ ERROR collecting tests/test_a.py _____\n"
        "tests/test_a.py:1: in <module>\n    import yaml\n"
        "E   ModuleNotFoundError: No module named 'yaml'\n"
    )
    chain = next(each.raised for each in output.failures("pytest", 2, text) if each.raised)
    assert chain[0].get("name") == "yaml"
    assert chain[0].frames[-1].path == "tests/test_a.py"
