"""`sprintready audit` as an organizer types it."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.audit.manifest import load_manifest
from pytest_sprintready.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def sprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a manifest of one ready project, one that is not, and one that is gone; the current folder."""
    for name, ignore in (("lantern", '["SR"]'), ("candle", '["SR408"]')):
        folder = tmp_path / "projects" / name
        folder.mkdir(parents=True)
        select = 'select = ["SR001"]' if name == "lantern" else f"ignore = {ignore}"
        folder.joinpath("pyproject.toml").write_text(f'[project]\nname = "{name}"\n[tool.sprintready]\n{select}\n')
        folder.joinpath("README.md").write_text(f"# {name}\n")
    tmp_path.joinpath("sprint.toml").write_text(
        '[sprint]\nname = "Spring"\n[[project]]\npath = "projects/lantern"\n[[project]]\npath = "projects/candle"\n'
        '[[project]]\npath = "projects/gone"\n'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def type_(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Type a command after `sprintready audit`; returns exit code, output, complaints."""

    def typed(*words: str) -> tuple[int, str, str]:
        code = main(["audit", *words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return typed


def test_the_table_says_where_every_project_stands_and_what_comes_first(
    sprint: Path, type_: Callable[..., tuple[int, str, str]]
) -> None:
    code, output, progress = type_("sprint.toml", "--jobs", "1")
    assert code == 3
    lines = output.splitlines()
    assert lines[0].split() == ["project", "stands", "required", "recommended", "first"]
    assert lines[1].split() == ["lantern", "ready", "0", "0"]
    assert lines[2].startswith("candle   not yet")
    assert lines[3] == "gone     unreadable  -         -            projects/gone does not exist"
    assert lines[-1] == "3 projects: 1 ready, 1 not yet, 1 unreadable"
    assert progress.splitlines()[0] == "[1/3] lantern is ready"
    assert sprint.joinpath("sprint.sqlite").exists()
    assert not sprint.joinpath("sprint.sqlite.lock").exists()


def test_exit_codes_tell_ready_from_not_ready(sprint: Path, type_: Callable[..., tuple[int, str, str]]) -> None:
    sprint.joinpath("sprint.toml").write_text('[[project]]\npath = "projects/lantern"\n')
    assert type_("--jobs", "1")[0] == 0
    sprint.joinpath("sprint.toml").write_text('[[project]]\npath = "projects/candle"\n')
    assert type_("--jobs", "1")[0] == 1


def test_history_comparison_and_export_read_the_store(sprint: Path, type_: Callable[..., tuple[int, str, str]]) -> None:
    type_("sprint.toml", "--jobs", "1")
    sprint.joinpath("projects/candle/LICENSE").write_text("MIT License\n\nCopyright 2026 Ada\n")
    sprint.joinpath("projects/candle/pyproject.toml").write_text('[tool.sprintready]\nselect = ["SR001", "SR101"]\n')
    type_("sprint.toml", "--jobs", "1")
    sprint.joinpath("projects/candle/CONTRIBUTING.md").write_text(
        "# Contributing\n\n```\ngit clone x\nnox -s tests\n```\n"
    )
    type_("sprint.toml", "--jobs", "1")
    code, output, _ = type_("history")
    assert code == 0
    assert [line.split()[-4:] for line in output.splitlines()[1:]] == [
        ["1", "0", "1", "1"],
        ["1", "1", "0", "1"],
        ["2", "0", "0", "1"],
    ]
    _, output, _ = type_("compare", "2", "3")
    assert "candle: ready, was nearly\n  mended: SR101 There is no guide for contributors\n" in output
    assert output.endswith("1 check mended, 0 broke; 2 projects unchanged\n")
    assert type_("compare", "2", "3", "--format", "json")[1].startswith("{")
    assert type_("compare")[1] == output
    assert json.loads(type_("history", "--format", "json")[1])[2]["ready"] == 2
    assert type_("export")[1].startswith("project,address,")
    assert len(type_("export", "1", "--format", "json")[1].splitlines()) == 3


def test_json_is_a_line_for_each_project(type_: Callable[..., tuple[int, str, str]]) -> None:
    _, output, _ = type_("sprint.toml", "--jobs", "1", "--format", "json")
    assert [json.loads(line)["standing"] for line in output.splitlines()] == ["ready", "not-yet", "unreadable"]


def test_a_list_comes_on_standard_input(
    sprint: Path, type_: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("projects/lantern\n"))
    code, _, _ = type_("-", "--allow-local", "--jobs", "1")
    assert code == 0
    assert sprint.joinpath("sprint.sqlite").exists()


def test_shards_are_merged(type_: Callable[..., tuple[int, str, str]]) -> None:
    for part in "12":
        type_("sprint.toml", "--jobs", "1", "--shard", f"{part}/2", "--store", f"part{part}")
    code, output, complaint = type_("merge", "part1", "--store", "whole")
    assert (code, complaint) == (
        1,
        "sprintready: 1 project of the manifest are in none of the parts\n  hint: merge the rest too\n",
    )
    code, output, complaint = type_("merge", "part1", "part2", "--store", "whole")
    assert (code, complaint) == (0, "")
    assert output.endswith("3 projects: 1 ready, 1 not yet, 1 unreadable\n")


def test_a_manifest_to_fill_in_is_written_once_and_can_be_read(
    sprint: Path, type_: Callable[..., tuple[int, str, str]]
) -> None:
    code, output, _ = type_("init", "new.toml")
    assert (code, output) == (0, "new.toml is written. Fill it in, then: sprintready audit new.toml\n")
    assert load_manifest("new.toml").projects[0].name == "pluggy"
    text = sprint.joinpath("new.toml").read_text()
    commented = "\n".join(line.removeprefix("# ") if " = " in line else line for line in text.splitlines())
    sprint.joinpath("full.toml").write_text(commented.replace("# [[project]]", "[[project]]"))
    assert load_manifest("full.toml").projects[0].languages == ("en", "uk")
    assert type_("init", "new.toml")[0] == 2


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["gone.toml"], "gone.toml: No such file"),
        (["gone.csv"], "gone.csv: No such file"),
        (["--shard", "3/2"], "'3/2' is no part like 1/4"),
        (["--jobs", "0"], "'0' is no number from 1"),
        (["--executor", "dask"], "--executor dask and --scheduler go together"),
        (["--cache", "sprint.toml/x"], "sprint.toml/x cannot be written"),
        (["--store", "gone/s.sqlite"], "there is no folder gone"),
        (["history", "--store", "none"], "there is no store none"),
        (["compare", "1"], "two audits are compared"),
        (["merge", "none"], "there is no store none"),
    ],
)
def test_what_cannot_be_meant_is_one_message(
    type_: Callable[..., tuple[int, str, str]], words: list[str], complaint: str
) -> None:
    code, _, said = type_(*words)
    assert code == 2
    assert complaint in said
    assert "Traceback" not in said


def test_one_audit_has_nothing_to_compare_with(type_: Callable[..., tuple[int, str, str]]) -> None:
    type_("sprint.toml", "--jobs", "1")
    code, _, complaint = type_("compare")
    assert (code, "holds one audit" in complaint) == (2, True)
    assert "name a file with --output" in type_("export", "--format", "parquet")[2]


def test_hostile_names_are_spelled_out(sprint: Path, type_: Callable[..., tuple[int, str, str]]) -> None:
    sprint.joinpath("sprint.toml").write_text('[[project]]\nname = "a\\u001b[31mb"\npath = "projects/gone"\n')
    _, output, progress = type_("--jobs", "1")
    assert "\x1b" not in output + progress
    assert "a\\x1b[31mb" in output
    assert "a\\x1b[31mb" in progress
