"""The sessions of an organizer's noxfile, with real nox."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
NOXFILE = 'from pytest_sprintready.sessions import sprint_sessions\nsprint_sessions("sprint.toml")\n'


def nox(folder: Path, *arguments: str) -> tuple[int, str]:
    """Return nox's exit code, and what it wrote to either stream."""
    command = [sys.executable, "-m", "nox", "--no-color", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def sprint(tmp_path: Path) -> Path:
    """A folder with a noxfile, and projects of which one has a licence file and the others have nothing."""
    tmp_path.joinpath("noxfile.py").write_text(NOXFILE)
    for name, ignore in (("ready", "SR"), ("bare", "SR408")):
        project = tmp_path / "projects" / name
        project.mkdir(parents=True)
        project.joinpath("pyproject.toml").write_text(
            f'[project]\nname = "{name}"\n[tool.sprintready]\nignore = ["{ignore}"]\n'
        )
        project.joinpath("README.md").write_text(f"# {name}\n")
    tmp_path.joinpath("sprint.toml").write_text(
        '[[project]]\npath = "projects/ready"\n\n'
        '[[project]]\npath = "projects/bare"\n\n'
        '[[project]]\nurl = "https://example.org/far.git"\n'
    )
    return tmp_path


def test_nox_lists_a_session_for_every_project(sprint: Path) -> None:
    code, output = nox(sprint, "--list")
    assert code == 0
    for name in ("ready", "bare", "far"):
        assert f"* check({name}) [sprint] -> Judge whether a project is ready for the sprint." in output


def test_one_project_is_judged_by_its_name(sprint: Path) -> None:
    sprint.joinpath("projects/ready/pyproject.toml").write_text('[tool.sprintready]\nselect = ["SR001"]\n')
    code, output = nox(sprint, "-s", "check(ready)")
    assert code == 0, output
    assert "nox > ready: ready for a sprint" in output
    assert "bare" not in output


def test_a_project_that_is_not_ready_fails_with_the_first_thing_to_do(sprint: Path) -> None:
    code, output = nox(sprint, "-s", "check(bare)")
    assert code == 1
    assert "bare is not ready for a sprint" in output
    assert "Do first: SR1" in output


def test_an_address_that_cannot_be_read_fails_naming_manifest_line_and_reason(sprint: Path) -> None:
    sprint.joinpath("sprint.toml").write_text('\n[[project]]\nname = "far"\nurl = "https://127.0.0.1:1/far.git"\n')
    code, output = nox(sprint, "-s", "check(far)")
    assert code == 1
    assert "far (sprint.toml:2): https://127.0.0.1:1/far.git leads to this machine or its network" in output
    assert "Traceback" not in output


def test_an_address_is_read_without_a_clone(sprint: Path, git_environment: None) -> None:  # noqa: ARG001
    source = sprint / "projects" / "ready"
    source.joinpath("pyproject.toml").write_text('[tool.sprintready]\nselect = ["SR001"]\n')
    for command in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "first"]):
        subprocess.run(["git", *command], cwd=source, check=True)
    sprint.joinpath("sprint.toml").write_text(f'[[project]]\nname = "far"\nurl = "{source.as_uri()}"\n')
    sprint.joinpath("noxfile.py").write_text(NOXFILE.replace('"sprint.toml"', '"sprint.toml", allow_local=True'))
    code, output = nox(sprint, "-s", "check(far)")
    assert code == 0, output
    assert "nox > far: ready for a sprint" in output


def test_an_audit_judges_all_and_keeps_the_results(sprint: Path) -> None:
    sprint.joinpath("sprint.toml").write_text(
        '[[project]]\npath = "projects/ready"\n[[project]]\npath = "projects/bare"\n[[project]]\npath = "gone"\n'
    )
    sprint.joinpath("projects/ready/pyproject.toml").write_text('[tool.sprintready]\nselect = ["SR001"]\n')
    code, output = nox(sprint, "-s", "audit")
    assert code == 0, output
    assert "3 projects: 1 ready, 1 not yet, 1 unreadable" in output
    assert sprint.joinpath("sprint.sqlite").exists()
    assert "audit" not in "".join(line for line in nox(sprint, "--list")[1].splitlines() if line.startswith("*"))
    code, output = nox(sprint, "-s", "report")
    assert code == 0, output
    assert "<html" in sprint.joinpath("sprint.html").read_text(encoding="utf-8")


def test_a_report_without_an_audit_says_what_to_type_first(sprint: Path) -> None:
    code, output = nox(sprint, "-s", "report")
    assert code == 1
    assert "Make it first: nox -s audit" in output


def test_a_path_that_is_not_there_fails_naming_manifest_and_line(sprint: Path) -> None:
    sprint.joinpath("sprint.toml").write_text('[[project]]\npath = "gone"\n')
    code, output = nox(sprint, "-s", "check(gone)")
    assert code == 1
    assert "gone (sprint.toml:1): gone does not exist" in output
    assert "Traceback" not in output


def test_a_mistake_in_the_manifest_is_one_message(sprint: Path) -> None:
    sprint.joinpath("sprint.toml").write_text('[[project]]\npth = "projects/ready"\n')
    code, output = nox(sprint, "--list")
    assert code == 2
    assert (
        output.strip() == "sprintready: sprint.toml:2: unknown key `pth` in [[project]]\n  hint: did you mean `path`?"
    )


def test_a_revision_of_a_bare_repository_is_judged(sprint: Path, git_environment: None) -> None:  # noqa: ARG001
    source, bare = sprint / "projects" / "ready", sprint / "mirror.git"
    source.joinpath("pyproject.toml").write_text('[tool.sprintready]\nselect = ["SR001"]\n')
    for command in (
        ["git", "init", "-q", "-b", "main"],
        ["git", "add", "."],
        ["git", "commit", "-q", "-m", "first"],
        ["git", "tag", "v1"],
        ["git", "clone", "-q", "--bare", ".", str(bare)],
    ):
        subprocess.run(command, cwd=source, check=True)
    sprint.joinpath("sprint.toml").write_text('[[project]]\npath = "mirror.git"\nrev = "v1"\n')
    code, output = nox(sprint, "-s", "check(mirror)")
    assert code == 0, output
    assert "mirror: ready for a sprint" in output


def test_the_example_in_this_repository_runs() -> None:
    code, output = nox(EXAMPLES, "-s", "check(ours)")
    assert code == 0, output
    assert "nox > ours: ready for a sprint" in output
    assert "* check(pluggy) [sprint]" in nox(EXAMPLES, "--list")[1]
    assert "Traceback" not in output
