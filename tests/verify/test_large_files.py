from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from pytest_sprintready.facts import Facts
from pytest_sprintready.machine.interpreter import Interpreter
from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import Verdict
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.verify.attempt import Attempt
from pytest_sprintready.verify.large_files import documented, kept, undocumented_files
from pytest_sprintready.verify.plan import plans
from pytest_sprintready.verify.repair.fix import Situation

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from pytest_sprintready.verify.environment import Environment

ATTRIBUTES = "# *.png filter=lfs\n*.bin filter=lfs diff=lfs merge=lfs -text\n"
GUIDE = "# Contributing\n\n```console\n$ pip install -e .\n$ pytest\n```\n"


def facts(guide: str = GUIDE) -> Facts:
    return Facts(MemorySnapshot({"CONTRIBUTING.md": guide, ".gitattributes": ATTRIBUTES, "tests/test_a.py": ""}))


def fixes(found: Facts, verdict: Verdict = Verdict.TESTS_FAILED) -> list[tuple[str, ...]]:
    attempt = Attempt(plans(found, "3.12")[0], verdict)
    now = Situation(found, attempt, Interpreter("/p", "3.12.0"), (), "")
    return [fix.deviation.commands for fix in undocumented_files(now)]


def test_what_is_kept_in_lfs_is_told_by_its_line() -> None:
    assert kept(facts()) == Evidence(".gitattributes", 2)
    assert kept(Facts(MemorySnapshot({}))) is None


def test_a_guide_that_speaks_of_lfs_documents_it() -> None:
    assert documented(facts(GUIDE + "\nYou need Git LFS.\n"))
    assert not documented(facts())


def test_files_that_no_document_speaks_of_are_brought_to_mend_it() -> None:
    assert fixes(facts()) == [("git lfs install", "git lfs pull")]
    assert fixes(facts(), Verdict.GREEN) == []
    assert fixes(facts(GUIDE + "\nInstall git-lfs first.\n")) == []


def test_the_files_come_again_with_each_clone(
    environment: Environment, tmp_path: Path, git_environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    del git_environment
    source, programs = tmp_path / "source", tmp_path / "programs"
    for folder in (source, programs):
        folder.mkdir()
    (programs / "git-lfs").write_text('#!/bin/sh\n[ "$1" != pull ] || echo brought > large.bin\n')
    (programs / "git-lfs").chmod(0o755)
    (source / "large.bin").write_text("a note\n")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=source, check=True)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    environment.clone(str(source))
    assert environment.fetch_large_files() == ""
    environment.clone_anew(submodules=False)
    assert [run.command for run in environment.runs].count("git lfs pull") == 2
    with open(f"{environment.made.src}/large.bin") as file:  # noqa: PTH123
        assert file.read() == "brought\n"


def test_without_git_lfs_it_says_so(environment: Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert environment.fetch_large_files() == "git-lfs is not on this machine"
