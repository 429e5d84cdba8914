"""`sprintready audit report` and `audit letter`, from a store that a real audit wrote."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

LANTERN = Path(__file__).parents[2] / "cases" / "lantern"

MANIFEST = """[sprint]
name = "Sprint of Lights"
date = 2026-05-16

[[project]]
name = "lantern"
path = "lantern"
lead = "Ada"

[[project]]
name = "dark"
path = "nowhere"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a manifest, and the store of two audits of it."""
    folder = tmp_path_factory.mktemp("sprint")
    shutil.copytree(LANTERN, folder / "lantern")
    manifest = folder / "sprint.toml"
    manifest.write_text(MANIFEST)
    for _ in range(2):
        assert main(["audit", str(manifest), "--fresh", "--jobs", "1", "--cache", str(folder / "cache")]) == 3
    return folder


@pytest.fixture
def say(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Return a function that runs a command in that folder, and returns its exit code and both streams."""
    monkeypatch.chdir(made)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["audit", *words])
        return code, *capsys.readouterr()

    return run


def test_the_page_is_written_to_a_file(say: Callable[..., tuple[int, str, str]], made: Path) -> None:
    assert say("report", "--output", "page.html") == (0, "", "")
    page = made.joinpath("page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "lantern" in page


def test_the_page_plots_the_audits_before_it(say: Callable[..., tuple[int, str, str]]) -> None:
    assert "This is the first audit." in say("report", "1")[1]
    assert "The same as a table" in say("report", "2")[1]


def test_a_page_is_not_poured_over_a_terminal(
    say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, err = say("report")
    assert (code, out) == (2, "")
    assert "hint: name a file: --output sprint.html" in err


def test_without_jinja2_it_says_what_to_install(
    say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    code, _, err = say("report")
    assert code == 2
    assert 'python -m pip install "pytest-sprintready[audit]"' in err


def test_the_post_needs_no_extra(say: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    code, out, _ = say("report", "--format", "markdown")
    assert code == 0
    assert out.startswith("# Sprint of Lights: 0 of 2 projects are ready\n\n16 May 2026.")


def test_a_letter_greets_the_lead_and_names_three_things(say: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = say("letter", "lantern")
    assert code == 0
    assert out.startswith("Hello Ada,\n\nlantern takes part in Sprint of Lights on 16 May 2026.")
    assert "\n3. " in out


def test_a_letter_can_be_markdown(say: Callable[..., tuple[int, str, str]]) -> None:
    assert "\n1. **" in say("letter", "lantern", "--format", "markdown")[1]


def test_an_unknown_project_is_told_with_the_nearest(say: Callable[..., tuple[int, str, str]]) -> None:
    code, _, err = say("letter", "lanten")
    assert code == 2
    assert "hint: did you mean lantern?" in err
    assert "hint: there are lantern, dark" in say("letter", "xyz")[2]


def test_an_unknown_audit_is_told(say: Callable[..., tuple[int, str, str]]) -> None:
    assert say("report", "7")[0] == 2
    assert say("letter", "lantern", "--number", "7")[0] == 2
