"""Edits become files in one step, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.errors import RepositoryError, UsageError
from pytest_sprintready.fixes.model import Edit
from pytest_sprintready.fixes.writing import WorkTree, require_clean
from pytest_sprintready.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Git = Callable[..., str]

needs_posix = pytest.mark.skipif(os.name == "nt", reason="POSIX permissions and signals")
not_as_root = pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write everywhere")


def edit(root: Path, path: str, new: str) -> Edit:
    old = (root / path).read_text(encoding="utf-8") if (root / path).exists() else None
    return Edit(path, old, new)


def test_an_edit_replaces_the_file_and_keeps_its_mode(repository: Path) -> None:
    (repository / "README.md").chmod(0o755)
    with open_snapshot(repository) as snapshot:
        WorkTree(str(repository)).write(snapshot, [edit(repository, "README.md", "new\n")])
    assert (repository / "README.md").read_bytes() == b"new\n"
    if os.name != "nt":
        assert (repository / "README.md").stat().st_mode & 0o777 == 0o755


def test_a_new_file_is_made_with_its_folders(repository: Path) -> None:
    with open_snapshot(repository) as snapshot:
        WorkTree(str(repository)).write(snapshot, [Edit(".github/ISSUE_TEMPLATE/task.yml", None, "name: Task\n")])
    assert (repository / ".github/ISSUE_TEMPLATE/task.yml").read_text(encoding="utf-8") == "name: Task\n"


def test_nothing_is_left_beside_the_files(repository: Path) -> None:
    before = {path.name for path in repository.iterdir()}
    with open_snapshot(repository) as snapshot:
        WorkTree(str(repository)).write(snapshot, [edit(repository, "README.md", "new\n")])
    assert {path.name for path in repository.iterdir()} == before


def test_a_file_that_changed_since_it_was_read_is_left_alone(repository: Path) -> None:
    with open_snapshot(repository) as snapshot:
        planned = edit(repository, "README.md", "new\n")
        snapshot.read("README.md")
        (repository / "README.md").write_text("somebody was quicker\n", encoding="utf-8")
        with pytest.raises(RepositoryError, match="changed since it was read"):
            WorkTree(str(repository)).write(snapshot, [planned])
    assert (repository / "README.md").read_text(encoding="utf-8") == "somebody was quicker\n"


def test_a_file_that_appeared_since_is_not_replaced(repository: Path) -> None:
    with open_snapshot(repository) as snapshot:
        (repository / "CONTRIBUTING.md").write_text("somebody was quicker\n", encoding="utf-8")
        with pytest.raises(RepositoryError, match="appeared meanwhile"):
            WorkTree(str(repository)).write(snapshot, [Edit("CONTRIBUTING.md", None, "ours\n")])
    assert (repository / "CONTRIBUTING.md").read_text(encoding="utf-8") == "somebody was quicker\n"
    assert not [path for path in repository.iterdir() if ".sprintready-" in path.name]


def test_what_a_killed_run_left_is_cleared_away(repository: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = repository / f".README.md.sprintready-{gone.pid}"
    left.write_text("half", encoding="utf-8")
    with open_snapshot(repository) as snapshot:
        WorkTree(str(repository)).write(snapshot, [edit(repository, "README.md", "new\n")])
    assert left.exists() == (os.name == "nt")


KILLED = """
import os, signal, sys
from pytest_sprintready.fixes import writing
from pytest_sprintready.fixes.model import Edit
from pytest_sprintready.snapshot import open_snapshot

root, states = sys.argv[1], set()
old, new = {"README.md": b"old", "CONTRIBUTING.md": None}, {"README.md": b"new" * 9000, "CONTRIBUTING.md": b"hi" * 9000}
edits = [Edit("CONTRIBUTING.md", None, "hi" * 9000), Edit("README.md", "old", "new" * 9000)]
os.chdir(root)
for moment in range(1, 500):
    open("README.md", "wb").write(old["README.md"])
    if os.path.exists("CONTRIBUTING.md"):
        os.unlink("CONTRIBUTING.md")
    child = os.fork()
    if child == 0:
        left = moment
        def hook(event, arguments):
            global left
            if event.startswith("os.") or event == "open":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)
        snapshot, tree = open_snapshot("."), writing.WorkTree(".")
        snapshot.read("README.md")
        sys.addaudithook(hook)
        tree.write(snapshot, edits)
        left = 0
        os._exit(0)
    ended = os.waitpid(child, 0)[1]
    state = []
    for name in ("CONTRIBUTING.md", "README.md"):
        now = open(name, "rb").read() if os.path.exists(name) else None
        assert now in (old[name], new[name]), f"{name} is half written at moment {moment}"
        state.append("new" if now == new[name] else "old")
    states.add(" ".join(state))
    if ended == 0:
        break
print(", ".join(sorted(states)), "with leftovers" if any(".sprintready-" in name for name in os.listdir()) else "")
"""


@needs_posix
def test_a_run_killed_at_any_moment_leaves_old_or_new_files(repository: Path) -> None:
    """Kill it at each system call that names a file, one after the other, until one run reaches its end."""
    done = subprocess.run([sys.executable, "-c", KILLED, str(repository)], check=False, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("new new, new old, old old", "")


@needs_posix
def test_two_runs_at_once_agree(repository: Path) -> None:
    """Both write the same; the slower one stops with a message or finds nothing to do, and no file is half."""
    command = [sys.executable, "-m", "pytest_sprintready", "check", "--fix", "--allow-dirty", str(repository)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [run.communicate()[1] for run in runs]
    assert not any("bug of sprintready" in text for text in said), said
    guide = (repository / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert guide.count("# Contributing to lantern") == 1
    assert (repository / "README.md").read_text(encoding="utf-8").count("## Contributing") == 1
    assert not [path for path in repository.iterdir() if ".sprintready-" in path.name]


@needs_posix
def test_a_read_only_file_is_refused(repository: Path) -> None:
    (repository / "README.md").chmod(0o444)
    assert "read-only" in WorkTree(str(repository)).refuses(edit(repository, "README.md", "new\n"))


@needs_posix
@not_as_root
def test_a_read_only_folder_is_refused(repository: Path) -> None:
    (repository / "tests").chmod(0o555)
    try:
        assert "read-only" in WorkTree(str(repository)).refuses(Edit("tests/new.py", None, ""))
    finally:
        (repository / "tests").chmod(0o755)


@needs_posix
def test_a_folder_behind_a_link_is_refused(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (repository / ".github").symlink_to(tmp_path / "elsewhere")
    assert "behind a link" in WorkTree(str(repository)).refuses(Edit(".github/labels.yml", None, ""))


@needs_posix
def test_a_dangling_link_is_not_taken_for_a_free_name(repository: Path) -> None:
    (repository / "CONTRIBUTING.md").symlink_to("/nowhere/at/all")
    assert "exists already" in WorkTree(str(repository)).refuses(Edit("CONTRIBUTING.md", None, ""))


def test_a_file_that_git_ignores_is_refused(repository: Path) -> None:
    (repository / ".gitignore").write_text("noxfile.py\n", encoding="utf-8")
    assert WorkTree(str(repository)).refuses(Edit("noxfile.py", None, "")) == "is ignored by git"


def test_a_clean_work_tree_may_be_written(repository: Path) -> None:
    require_clean(WorkTree(str(repository)), [edit(repository, "README.md", "new\n")])


def test_a_file_touched_but_not_changed_leaves_the_tree_clean(repository: Path) -> None:
    os.utime(repository / "README.md", (1, 1))
    assert WorkTree(str(repository)).uncommitted() == ()


def test_a_change_that_is_not_committed_stops_the_writing(repository: Path) -> None:
    (repository / "README.md").write_text("being written\n", encoding="utf-8")
    with pytest.raises(UsageError, match="not committed: README"):
        require_clean(WorkTree(str(repository)), [])


def test_a_staged_change_stops_the_writing(repository: Path, git: Git) -> None:
    (repository / "README.md").write_text("being written\n", encoding="utf-8")
    git(repository, "add", "README.md")
    with pytest.raises(UsageError, match="not committed: README"):
        require_clean(WorkTree(str(repository)), [])


def test_a_file_git_does_not_know_is_not_edited(repository: Path) -> None:
    (repository / "HACKING.md").write_text("draft\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"HACKING.md would be edited"):
        require_clean(WorkTree(str(repository)), [edit(repository, "HACKING.md", "new\n")])


def test_a_folder_without_git_may_be_written(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("old\n", encoding="utf-8")
    require_clean(WorkTree(str(tmp_path)), [edit(tmp_path, "README.md", "new\n")])
