"""The command line, in this process where that is enough and in one of its own where it is not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready import cli, engine
from pytest_sprintready.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

README = "# Acme\n\nSee CONTRIBUTING.md.\n"
GUIDE = "# Contributing\n\n## Set up\n\n```\npip install -e .\n```\n\n## Tests\n\n```\npytest\n```\n"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "SPRINTREADY_DEBUG", "PYTHONIOENCODING"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a guide and nothing else, which is also the current one."""
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    (tmp_path / "CONTRIBUTING.md").write_text(GUIDE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest_sprintready", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "--select", "SR101"], 0),
        (["check", "--select", "SR401"], 1),
        (["check", "--select", "SR401", "--ignore", "SR4"], 0),
        (["check", "--select", "nonsense"], 2),
        (["check", "--ignore", "nonsense"], 2),
        (["check", "--format", "nonsense"], 2),
        (["check", "--sel", "SR101"], 2),
        (["check", "--quiet", "--verbose"], 2),
        (["check", "missing"], 3),
        (["check", ".", "missing", "--select", "SR101"], 3),
        (["check", "--output", "missing/report", "--select", "SR101"], 2),
        (["facts"], 0),
        (["facts", "missing"], 3),
        (["howto"], 0),
        (["explain", "SR101"], 0),
        (["explain", "nonsense"], 2),
        (["checks"], 0),
        (["--version"], 0),
        (["--help"], 0),
        (["check", "--help"], 0),
        ([], 2),
        (["nonsense"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
@pytest.mark.usefixtures("repository")
def test_the_exit_code_says_what_happened(arguments: list[str], code: int) -> None:
    assert cli.main(arguments) == code


@pytest.mark.usefixtures("repository")
def test_a_repository_that_cannot_be_read_stops_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "missing", ".", "--format", "json"]) == 3
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["repository"]["name"] for one in told] == ["missing", "."]
    assert told[0]["problem"]["message"] == "missing does not exist"
    assert told[1]["results"]


def test_an_error_of_configuration_stops_no_other(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = repository / "other"
    other.mkdir()
    (other / "sprintready.toml").write_text("selct = []\n", encoding="utf-8")
    assert cli.main(["check", "other", ".", "--select", "SR101"]) == 2
    shown = capsys.readouterr()
    assert "sprintready: other: sprintready.toml:1: unknown key `selct`\n  hint: did you mean `select`?" in shown.err
    assert "Ready for a sprint." in shown.out


@pytest.mark.usefixtures("repository")
def test_one_unreadable_repository_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["check", "missing"])
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "sprintready: missing does not exist\n  hint: check the spelling of the path\n"


@pytest.mark.usefixtures("repository")
def test_facts_in_json_are_the_contract_object_without_results(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["facts", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert told["facts"]["contributing"]["value"] == ["CONTRIBUTING.md"]
    assert told["results"] == []


@pytest.mark.usefixtures("repository")
def test_howto_shows_a_newcomer_what_to_type(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["howto"])
    shown = capsys.readouterr().out
    assert "     pip install -e .  (CONTRIBUTING.md:6)\n" in shown
    assert "     pytest  (CONTRIBUTING.md:12)\n" in shown


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif", "markdown"])
def test_every_format_can_be_written_to_a_file(form: str, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["check", "--format", form, "--output", "report"])
    assert capsys.readouterr().out == ""
    assert "SR401" in (repository / "report").read_text(encoding="utf-8")


@pytest.mark.usefixtures("repository")
def test_selectors_may_be_joined_by_commas_and_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["check", "--format", "json", "--select", "SR101, SR102", "--select", "SR401"])
    codes = [result["code"] for result in json.loads(capsys.readouterr().out)["results"]]
    assert codes == ["SR101", "SR102", "SR401"]


@pytest.mark.usefixtures("repository", "git_environment")
def test_a_revision_is_read_instead_of_the_files_on_disk(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["init", "-q"], ["add", "README.md"], ["commit", "-q", "-m", "without a guide"]):
        subprocess.run(["git", *command], check=True, cwd=repository)
    assert cli.main(["check", "--select", "SR101"]) == 0
    assert cli.main(["check", "--select", "SR101", "--rev", "HEAD"]) == 1
    assert " at " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "variables", "coloured"),
    [
        ([], {}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
    ],
    ids=["no-terminal", "forced", "no-color-wins", "option-always", "option-never"],
)
@pytest.mark.usefixtures("repository")
def test_colour_is_for_terminals_and_those_who_ask(
    option: list[str],
    variables: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    cli.main(["check", *option])
    assert ("\x1b[" in capsys.readouterr().out) is coloured


@pytest.mark.usefixtures("repository")
def test_a_bug_is_one_line_that_says_whose_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("o\x1bh")

    monkeypatch.setattr(engine, "run", breaks)
    assert cli.main(["check"]) == 2
    assert capsys.readouterr().err == (
        "sprintready: .: this is a bug of sprintready, not of the repository: RuntimeError: o\\x1bh\n"
        "  hint: please report it, with what SPRINTREADY_DEBUG=1 makes this command print\n"
    )
    monkeypatch.setenv("SPRINTREADY_DEBUG", "1")
    with pytest.raises(RuntimeError):
        cli.main(["check"])


def test_an_interrupt_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pytest_sprintready.cli.checks.run", interrupt)
    assert cli.main(["checks"]) == 130
    assert capsys.readouterr().err == "sprintready: interrupted\n"


@pytest.mark.parametrize("name", ["SR101", "contributing-guide"])
def test_a_check_is_explained_by_code_or_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", name]) == 0
    assert capsys.readouterr().out.startswith("SR101 contributing-guide (required)\n")


@pytest.mark.parametrize(("form", "start_of_it"), [("text", "Files\n"), ("json", "["), ("markdown", "| code |")])
def test_the_catalogue_lists_every_check(form: str, start_of_it: str, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["checks", "--format", form])
    shown = capsys.readouterr().out
    assert shown.startswith(start_of_it)
    assert all(one.rule.code in shown for one in engine.catalogue())


@pytest.mark.usefixtures("repository")
def test_a_reader_that_leaves_early_causes_no_complaint() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "pytest_sprintready", "check"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.usefixtures("repository")
def test_a_terminal_without_unicode_gets_ascii() -> None:
    done = start("check", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert done.stderr == ""
    assert "  x " in done.stdout
    assert done.stdout.isascii()


@pytest.mark.usefixtures("repository")
def test_a_check_imports_nothing_that_takes_long() -> None:
    program = (
        "import sys\nfrom pytest_sprintready.cli import main\nmain(['check'])\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    heavy = {
        "importlib.metadata",
        "dataclasses",
        "inspect",
        "shutil",
        "difflib",
        "json",
        "pathlib",
        "pytest",
        "textwrap",
    }
    already = {"pathlib"}  # a .pth file of an editable installation may bring it
    assert not (heavy - already) & set(done.stderr.split())


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("width", ["60", "80", "120"])
def test_text_keeps_to_the_width_of_the_terminal(
    width: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    cli.main(["check", "--verbose"])
    lines = capsys.readouterr().out.splitlines()
    unbreakable = [line for line in lines if "`" in line or "://" in line]
    assert max(len(line) for line in lines if line not in unbreakable) <= min(int(width), 100)


def test_published_facts_and_checks_come_from_one_reading(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[Facts] = []
    original: Callable[..., None] = Facts.__init__

    def count(self: Facts, *arguments: object) -> None:
        made.append(self)
        original(self, *arguments)

    monkeypatch.setattr(Facts, "__init__", count)
    cli.main(["check", str(repository), "--format", "json"])
    assert [facts.snapshot for facts in made].count(made[0].snapshot) == 1  # the others are of files as mended
    assert json.loads(capsys.readouterr().out)["facts"]
