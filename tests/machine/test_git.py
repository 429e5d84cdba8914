"""The state of a checkout, seen on real ones."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.machine.git import git_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("git_environment")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "protocol.file.allow=always", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "README.md").write_text("# Lantern\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    git(folder, "tag", "v1.0")
    git(folder, "commit", "-qm", "second", "--allow-empty")
    return folder


def test_a_folder_outside_of_git_is_no_checkout(tmp_path: Path) -> None:
    assert git_of(str(tmp_path)).top == ""


def test_a_clone_is_known_with_branch_tags_and_remotes(origin: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(origin), "clone")
    found = git_of(str(tmp_path / "clone"))
    assert (found.branch, found.tag_count, found.shallow, found.upstream) == ("main", 1, False, "origin/main")
    assert found.remotes == {"origin": str(origin)}


def test_a_shallow_clone_has_no_tags(origin: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", origin.as_uri(), "clone")
    found = git_of(str(tmp_path / "clone"))
    assert (found.shallow, found.tag_count) == (True, 0)


def test_a_detached_head_has_no_branch(origin: Path) -> None:
    git(origin, "checkout", "-q", "--detach")
    assert git_of(str(origin)).branch == ""
    assert git_of(str(origin)).revision


def test_an_identity_may_come_from_variables_or_configuration(origin: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert git_of(str(origin)).has_identity
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    git(origin, "config", "user.useConfigOnly", "true")
    assert not git_of(str(origin)).has_identity
    git(origin, "config", "--global", "user.name", "A Newcomer")
    git(origin, "config", "--global", "user.email", "newcomer@example.org")
    assert git_of(str(origin)).has_identity


def test_a_submodule_that_was_not_fetched_is_empty(origin: Path, tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    git(tmp_path / "whole", "init", "-q")
    git(tmp_path / "whole", "submodule", "add", "-q", str(origin), "vendor/lantern")
    git(tmp_path / "whole", "commit", "-qm", "with a submodule")
    assert git_of(str(tmp_path / "whole")).empty_submodules == ()
    git(tmp_path, "clone", "-q", "whole", "clone")
    assert git_of(str(tmp_path / "clone")).empty_submodules == ("vendor/lantern",)
    git(tmp_path / "clone", "submodule", "update", "--init", "--recursive")
    assert git_of(str(tmp_path / "clone")).empty_submodules == ()


def test_a_pointer_of_lfs_is_told_from_the_file(origin: Path) -> None:
    (origin / ".gitattributes").write_text("*.bin -filter\n*.dat filter=lfs\n")
    (origin / "light.dat").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n")
    (origin / "real.bin").write_bytes(b"light")
    git(origin, "-c", "filter.lfs.clean=cat", "add", ".")
    assert git_of(str(origin)).lfs_pointers == ("light.dat",)


def test_installed_hooks_are_seen_wherever_git_looks_for_them(origin: Path) -> None:
    (origin / ".git/hooks").mkdir(exist_ok=True)
    (origin / ".git/hooks/pre-commit").write_text("#!/bin/sh\n")
    assert git_of(str(origin)).hooks == ("pre-commit",)
    (origin / "hooks").mkdir()
    (origin / "hooks/pre-push").write_text("#!/bin/sh\n")
    git(origin, "config", "core.hooksPath", "hooks")
    assert git_of(str(origin)).hooks == ("pre-push",)
