"""`sprintready check --fix` and `--diff`, as typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.cli import main

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "pyproject.toml": '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\n'
    'name = "lantern"\nversion = "1"\n\n[project.urls]\nSource = "https://github.com/lantern/lantern"\n\n'
    '[dependency-groups]\ntest = ["pytest"]\n',
    "README.md": "# Lantern\n\nKeeps a light on.\n",
    "tests/test_light.py": "def test_light():\n    pass\n",
}


@pytest.fixture
def project(tmp_path: Path, git_environment: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    del git_environment
    root = tmp_path / "lantern"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "begin")
    monkeypatch.chdir(root)
    return root


def git(root: Path, *arguments: str, given: str | None = None) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True, input=given).stdout


def test_fix_writes_a_guide_and_links_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix"])
    assert "python -m pip install -e . --group test" in (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "CONTRIBUTING.md" in (project / "README.md").read_text(encoding="utf-8")
    assert "fixed SR101" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_the_report_after_a_fix_is_of_the_files_as_they_are_then(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix", "--format", "json"])
    results = {each["code"]: each["status"] for each in json.loads(capsys.readouterr().out)["results"]}
    assert results["SR101"] == results["SR102"] == "pass"


def test_a_diff_is_what_git_applies_to_get_the_same(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--diff"])
    diff = capsys.readouterr().out
    assert git(project, "status", "--porcelain") == ""
    git(project, "apply", "--check", "-", given=diff)
    git(project, "apply", "-", given=diff)
    applied = {path.name: path.read_bytes() for path in project.glob("*.md")}
    git(project, "checkout", "--quiet", ".")
    git(project, "clean", "--quiet", "-fd")
    main(["check", "--fix"])
    assert {path.name: path.read_bytes() for path in project.glob("*.md")} == applied


def test_select_mends_only_what_is_selected(project: Path) -> None:
    (project / "CONTRIBUTING.md").write_text("# Contributing\n\nRun `pytest`.\n", encoding="utf-8")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "a guide")
    main(["check", "--fix", "--select", "SR102"])
    assert git(project, "status", "--porcelain").split() == ["M", "README.md"]


def test_a_second_fix_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix"])
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "mended")
    capsys.readouterr()
    main(["check", "--fix"])
    assert git(project, "status", "--porcelain") == ""
    assert "nothing to fix" in capsys.readouterr().err


def test_changes_that_are_not_committed_stop_a_fix(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "README.md").write_text("# Lantern\n\nBeing rewritten.\n", encoding="utf-8")
    assert main(["check", "--fix"]) == 2
    assert "--allow-dirty" in capsys.readouterr().err
    assert not (project / "CONTRIBUTING.md").exists()


def test_allow_dirty_fixes_beside_such_changes(project: Path) -> None:
    (project / "README.md").write_text("# Lantern\n\nBeing rewritten.\n", encoding="utf-8")
    main(["check", "--fix", "--allow-dirty"])
    assert "Being rewritten." in (project / "README.md").read_text(encoding="utf-8")
    assert (project / "CONTRIBUTING.md").exists()


@pytest.mark.usefixtures("project")
def test_a_commit_is_shown_as_a_diff_but_not_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--diff", "--rev", "HEAD"]) == 1
    assert "+++ b/CONTRIBUTING.md" in capsys.readouterr().out
    assert main(["check", "--fix", "--rev", "HEAD"]) == 2


@pytest.mark.usefixtures("project")
def test_an_answer_with_an_unknown_key_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--fix", "--answer", "contcat=me"]) == 2
    assert "contact" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are of POSIX")
def test_what_no_file_tells_is_asked_on_a_terminal(project: Path) -> None:
    import pty

    (project / "LICENSE").write_text("MIT License\n", encoding="utf-8")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "licence")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pytest_sprintready", "check", "--fix", "--select", "SR401,SR402", str(project)]
    os.write(ours, b"ada@lantern.dev\n")
    subprocess.run(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, check=False, timeout=120)
    os.close(theirs)
    os.close(ours)
    assert "ada@lantern.dev" in (project / "CODE_OF_CONDUCT.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("project")
def test_unsafe_fixes_alone_are_refused() -> None:
    assert main(["check", "--unsafe-fixes"]) == 2


@pytest.mark.usefixtures("project")
def test_the_report_counts_the_failing_checks_that_fix_knows(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--select", "SR101,SR306,SR511"])
    assert "2 may be fixable with --fix" in capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_the_report_after_a_fix_counts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--fix"])
    assert "may be fixable" not in capsys.readouterr().out


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_a_check_that_mends_nothing_plans_nothing(form: str) -> None:
    code = (
        "import sys; from pytest_sprintready.cli import main; main(['check', '--format', sys.argv[1]]);"
        "sys.exit(any(name.startswith('pytest_sprintready.fixes.') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code, form], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.usefixtures("project")
def test_a_diff_as_json_says_of_each_check_whether_it_is_fixable(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--diff", "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    results = {each["code"]: each for each in told["results"]}
    assert results["SR101"]["fixable"]["safe"] is True
    assert "fixable" not in results["SR408"]
    assert "+++ b/CONTRIBUTING.md" in told["diff"]


def test_a_library_that_is_missing_is_named_with_the_line_to_type(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "tomlkit", None)  # as if it were not installed
    assert main(["init", "--dry-run"]) == 0
    assert 'pip install "pytest-sprintready[fix]"' in capsys.readouterr().err
    assert (project / "pyproject.toml").exists()
