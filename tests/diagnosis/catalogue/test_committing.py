"""What goes wrong at a commit: with real git and real hooks of pre-commit, mended as the message says."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.diagnosis.catalogue.committing import pins
from pytest_sprintready.diagnosis.model import Failure

if TYPE_CHECKING:
    from pathlib import Path

CHANGING = """
    repos:
      - repo: local
        hooks:
          - id: brighter
            name: brighter
            entry: sed -i s/dark/light/
            language: system
            files: txt$
"""
PINNED = """
    repos:
      - repo: local
        hooks:
          - id: checker
            name: checker
            entry: python -c 1
            language: python
            language_version: python3.99
"""


@pytest.fixture
def hooked(shell: Any, lantern: Path) -> Any:
    """A shell whose user git knows, and a clone in which pre-commit's hook is installed from this environment."""
    shell.variables["PRE_COMMIT_HOME"] = str(shell.home / "pre-commit")
    shell.git("config --global user.name Ada")
    shell.git("config --global user.email ada@example.org")
    shell.writes({".pre-commit-config.yaml": CHANGING}, "lantern")
    shell.commits("lantern")
    assert shell.types(f"{sys.executable} -m pre_commit install", "lantern")[0] == 0
    (lantern / "lamp.txt").write_text("dark\n")
    assert shell.types("git add lamp.txt", "lantern")[0] == 0
    return shell


def test_git_is_told_who_commits(shell: Any, lantern: Path) -> None:  # noqa: ARG001
    shell.git("config --global user.useConfigOnly true")
    told = shell.runs("git commit --allow-empty -m glow", "lantern")
    assert (told.codes, told.exit_code) == (["SRN51"], 128)
    shell.obeys(told, "lantern", put={"Your Name": "Ada", "you@example.org": "ada@example.org"})
    assert "Ada" in shell.git("log -1", "lantern")


def test_git_is_told_who_commits_in_whatever_language_it_speaks(diagnose: Any) -> None:
    # Recorded from git with LANG=de_DE: translations are not installed everywhere.
    output = "*** Bitte geben Sie an, wer Sie sind.\nfatal: Konnte E-Mail-Adresse nicht erkennen\n"
    git = type("Anonymous", (), {"top": "/home/ada/lantern", "has_identity": False, "empty_submodules": (), "lfs_pointers": (),
                                 "remotes": {}, "revision": "", "branch": "main", "tag_count": 1})()  # fmt: skip
    machine = diagnose.machine._replace(git=git)
    assert diagnose({}, Failure("commit", "git commit -m x", 128, output), machine).code == "SRN51"
    assert diagnose({}, Failure("commit", "git commit -m x", 1, "nothing to commit"), machine) is None


def test_a_folder_that_is_no_clone_is_cloned(shell: Any, lantern: Path) -> None:
    url = lantern.as_uri()
    project = {"pyproject.toml": f'[project]\nname = "lantern"\nurls = {{ Repository = "{url}" }}\n'}
    shell.writes(project, "unpacked")
    told = shell.runs("git log --oneline", "unpacked")
    assert (told.codes, told.exit_code) == (["SRN52"], 128)
    assert "the project" in shell.obeys(told, "unpacked")


def test_what_a_hook_mended_is_added(hooked: Any, lantern: Path) -> None:
    told = hooked.runs("git commit -qm glow", "lantern")
    assert (told.codes, told.commands) == (["SRN56"], ["git add -u", "git commit -qm glow"])
    hooked.obeys(told, "lantern")
    assert (lantern / "lamp.txt").read_text() == "light\n"


def test_a_hook_that_found_something_else_is_not_waved_through(diagnose: Any) -> None:
    output = (
        "brighter....................Failed\n- hook id: brighter\n- files were modified by this hook\n"
        "ruff........................Failed\n- hook id: ruff\n- exit code: 1\n\nlamp.py:1:1: F401\n"
    )
    assert diagnose({}, Failure("commit", "git commit -m x", 1, output)) is None


def test_a_hook_whose_environment_is_gone_is_installed_anew(hooked: Any, lantern: Path) -> None:
    hook = lantern / ".git" / "hooks" / "pre-commit"
    installed = [line for line in hook.read_text().splitlines() if line.startswith("INSTALL_PYTHON=")]
    hook.write_text(hook.read_text().replace(installed[0], "INSTALL_PYTHON=/gone/bin/python"))
    (lantern / "lamp.txt").write_text("light\n")
    hooked.types("git add -u", "lantern")
    environment = {"VIRTUAL_ENV": sys.prefix}
    told = hooked.runs("git commit -qm glow", "lantern", **environment)
    assert told.codes == ["SRN54"]
    assert any("pre_commit install" in command for command in told.commands)
    hooked.obeys(told, "lantern", **environment)


def test_a_hook_that_wants_another_python_is_left_out(hooked: Any) -> None:
    hooked.writes({".pre-commit-config.yaml": PINNED}, "lantern")
    hooked.types("git add -u", "lantern")
    told = hooked.runs("git commit -qm glow", "lantern")
    assert told.codes == ["SRN55"]
    assert told.commands == ["SKIP=checker git commit -qm glow"]
    code, output = hooked.types(told.commands[0], "lantern")
    assert code == 0, output


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "default_language_version:\n  python: python3.7\nrepos:\n- repo: x\n  hooks:\n  - id: a\n  - id: b\n",
            [("python3.7", 2, ("a", "b"))],
        ),
        ("default_language_version:\n  python: python3\nrepos: []\n", []),
        ("repos:\n- repo: x\n  hooks:\n  - id: a\n    language_version: '3.9'\n", [("3.9", 5, ("a",))]),
        ("repos:\n- repo: x\n  hooks:\n  - id: a\n    language_version: node-20\n", []),
    ],
)
def test_pinned_pythons_are_found_with_their_hooks(text: str, found: list[tuple[str, int, tuple[str, ...]]]) -> None:
    assert pins(text) == found
