"""A read-only view of a repository: its files and what git knows of them. Nothing of the repository is ever executed.

open_snapshot(place)        a folder as it is on disk, or the HEAD of a bare repository
open_snapshot(place, rev)   a commit, read from git's object store without a checkout
MemorySnapshot(files)       files given as a mapping, for tests
"""

# Strings are what git speaks, and pathlib costs as much to import as listing a repository.
# ruff: noqa: PTH112, PTH113, PTH118, PTH120
from __future__ import annotations

import os

from pytest_sprintready.errors import RepositoryError
from pytest_sprintready.snapshot.base import MAX_FILE_BYTES, History, Snapshot
from pytest_sprintready.snapshot.folder import FolderSnapshot
from pytest_sprintready.snapshot.git import GitSnapshot
from pytest_sprintready.snapshot.memory import MemorySnapshot
from pytest_sprintready.snapshot.plumbing import GitDirectory, find_git, has_pipes

__all__ = [
    "MAX_FILE_BYTES",
    "FolderSnapshot",
    "GitSnapshot",
    "History",
    "MemorySnapshot",
    "Snapshot",
    "open_snapshot",
]

GIT_HINT = "install git (https://git-scm.com/downloads) or add it to PATH"


def open_snapshot(place: str | os.PathLike[str], rev: str | None = None) -> Snapshot:
    """Return the view of the repository at `place`; close it, or use it in a `with` statement.

    `place` is a folder (it becomes the root, even inside a larger work tree) or a bare git repository. With `rev`
    (anything git resolves to a commit) the files are those of that commit, read without a checkout; without it they
    are those on disk, and in a bare repository those of HEAD.

    Raises RepositoryError where there is no such folder, commit or repository, or git is needed and missing.
    """
    name = os.fspath(place)
    root = _existing_folder(name)
    bare = _is_git_directory(root)
    top, git_dir = (root, root) if bare else enclosing_work_tree(root)
    if git_dir and has_pipes(git_dir):
        if rev is not None or bare:
            raise RepositoryError(
                f"{git_dir} holds a named pipe or a device where git keeps files", "clone the repository afresh"
            )
        git_dir = ""
    program = find_git() if git_dir else ""
    if not git_dir or not program:
        if rev is not None and not git_dir:
            raise RepositoryError(
                f"{name} is not a git repository, so it has no revision {rev!r}",
                "leave the revision out to read the folder as it is",
            )
        if rev is not None or bare:
            raise RepositoryError(f"git is needed to read {name} and was not found", GIT_HINT)
        return FolderSnapshot(root, name=name)
    git = GitDirectory(program, git_dir, "" if bare else top)
    prefix = "" if root == top else os.path.relpath(root, top).replace(os.sep, "/")
    if bare or rev is not None:
        return GitSnapshot(git, rev, prefix=prefix, name=name)
    return FolderSnapshot(root, git, prefix=prefix, name=name)


def _existing_folder(name: str) -> str:
    """Return the real, absolute path of the folder; raise RepositoryError where there is none to read."""
    try:
        if name and os.path.isdir(name):
            os.scandir(name).close()
            return os.path.realpath(name)
        is_something = os.path.lexists(name)
    except ValueError:  # a NUL in the name
        is_something = False
    except OSError as error:
        raise RepositoryError(f"{name} cannot be read: {error.strerror}", "check the folder's permissions") from error
    if is_something:
        raise RepositoryError(f"{name} is not a folder", "name the folder that holds the project")
    if "://" in name or name.startswith("git@"):
        raise RepositoryError(
            f"{name} is an address, not a folder", "clone it first, then name the folder of the clone"
        )
    raise RepositoryError(f"{name or 'the empty path'} does not exist", "check the spelling of the path")


def _is_git_directory(folder: str) -> bool:
    """Tell whether the folder itself is a git directory, by the three things git looks for."""
    return (
        os.path.lexists(os.path.join(folder, "HEAD"))
        and os.path.isdir(os.path.join(folder, "objects"))
        and os.path.isdir(os.path.join(folder, "refs"))
    )


def enclosing_work_tree(folder: str) -> tuple[str, str]:
    """Return the top of the work tree around a folder and its `.git`, or two empty strings.

    Looked for here and named to git, so that git neither looks elsewhere nor minds who owns the folder.
    """
    while True:
        entry = os.path.join(folder, ".git")
        if os.path.isfile(entry) or os.path.lexists(os.path.join(entry, "HEAD")):
            return folder, entry
        parent = os.path.dirname(folder)
        if parent == folder:
            return "", ""
        folder = parent
