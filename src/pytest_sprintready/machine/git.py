"""The state of a checkout that decides whether a newcomer can build, commit and push."""

# ruff: noqa: PTH113, PTH118, PTH123
from __future__ import annotations

import os
import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pytest_sprintready.snapshot.plumbing import GitDirectory, GitHistory

LFS_POINTER = b"version https://git-lfs.github.com/spec/"
MOST_POINTERS = 1000
_FILES = ("--local", "--global", "--system")
_LARGEST_POINTER = 1024  # https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md


class Git:
    """What git knows of the checkout. This one is none: the folder is not part of a work tree, or git is missing."""

    top: str = ""
    """The root of the work tree, "" outside of one."""
    branch: str = ""
    """The branch, "" for a detached HEAD."""
    revision: str = ""
    """The commit of HEAD, "" before the first one."""
    shallow: bool = False
    tag_count: int = 0
    remotes: Mapping[str, str] = {}
    """Addresses by name, without credentials."""
    upstream: str = ""
    """What the branch follows ("origin/main"), "" if nothing."""
    has_identity: bool = False
    """Whether a commit would know its author."""
    empty_submodules: Sequence[str] = ()
    """Paths of submodules that were not fetched."""
    lfs_pointers: Sequence[str] = ()
    """Tracked files that are still git-lfs pointers instead of their contents, at most MOST_POINTERS of them."""
    hooks: Sequence[str] = ()
    """Hooks installed in this clone ("pre-commit")."""

    def line_ends(self, path: str) -> tuple[str, ...]:  # noqa: ARG002
        """Return how the lines of a tracked file end as committed and as on disk ("lf", "crlf", "mixed", ...)."""
        return ()


class Checkout(Git):
    """The work tree around a folder; each answer is asked of git when first wanted."""

    # mypy does not let a value computed late stand for an attribute, hence the ignored overrides

    def __init__(self, git: GitDirectory, history: GitHistory) -> None:
        self._git = git
        self._history = history
        self.top = git.top

    @cached_property
    def branch(self) -> str:  # type: ignore[override]
        """The branch, "" for a detached HEAD."""
        return self._git.line("symbolic-ref", "--quiet", "--short", "HEAD")

    @cached_property
    def revision(self) -> str:  # type: ignore[override]
        """The commit of HEAD, "" before the first one."""
        return self._history.revision

    @cached_property
    def shallow(self) -> bool:  # type: ignore[override]
        """Whether the history was cut off when cloning."""
        return self._history.shallow

    @cached_property
    def tag_count(self) -> int:  # type: ignore[override]
        """How many tags this clone has."""
        return self._history.tag_count or 0

    @cached_property
    def remotes(self) -> Mapping[str, str]:  # type: ignore[override]
        """Addresses by name, without credentials."""
        return self._history.remotes

    @cached_property
    def upstream(self) -> str:  # type: ignore[override]
        """What the branch follows ("origin/main"), "" if nothing."""
        name = f"refs/heads/{self.branch}"
        return self._git.line("for-each-ref", "--format=%(upstream:short)", name) if self.branch else ""

    @cached_property
    def has_identity(self) -> bool:  # type: ignore[override]
        """Whether a commit would know its author: git is asked with the user's own configuration, as for a commit."""
        return all(self._git.ask("var", f"GIT_{role}_IDENT", as_user=True) for role in ("AUTHOR", "COMMITTER"))

    @cached_property
    def empty_submodules(self) -> Sequence[str]:  # type: ignore[override]
        """Paths of submodules that were not fetched."""
        declared = _text(os.path.join(self.top, ".gitmodules"))
        paths = re.findall(r"^[ \t]*path[ \t]*=[ \t]*(\S.*?)[ \t]*$", declared, re.MULTILINE)
        inside = [path for path in paths if ".." not in path.split("/") and not path.startswith("/")]
        return tuple(path for path in inside if not os.path.lexists(os.path.join(self.top, path, ".git")))

    @cached_property
    def lfs_pointers(self) -> Sequence[str]:  # type: ignore[override]
        """Tracked files that are still git-lfs pointers instead of their contents, at most MOST_POINTERS of them."""
        names = self._git.names("ls-files", "-z") or ()
        declared = [name for name in names if name.rpartition("/")[2] == ".gitattributes"]
        if not any("filter=lfs" in _text(os.path.join(self.top, name)) for name in declared):
            return ()
        found = []
        for name in names:
            if is_lfs_pointer(os.path.join(self.top, name)):
                found.append(name)
                if len(found) == MOST_POINTERS:
                    break
        return tuple(found)

    @cached_property
    def hooks(self) -> Sequence[str]:  # type: ignore[override]
        """Hooks installed in this clone ("pre-commit")."""
        # Asked file by file: on the command line our own setting, which lets no hook run, would be the answer.
        asked = (self._git.ask("config", where, "--path", "core.hooksPath", as_user=True) for where in _FILES)
        own = next((answer.decode("utf-8", "surrogateescape").strip() for answer in asked if answer), "")
        folder = own or os.path.join(self._git.line("rev-parse", "--git-common-dir"), "hooks")
        try:
            names = os.listdir(os.path.join(self.top, folder))  # noqa: PTH208
        except OSError:
            return ()
        return tuple(sorted(name for name in names if "." not in name))

    def line_ends(self, path: str) -> tuple[str, ...]:
        """Return how the lines of a tracked file end as committed and as on disk ("lf", "crlf", "mixed", ...)."""
        told = re.match(r"i/(\S*)\s+w/(\S*)", self._git.line("ls-files", "--eol", "--", path))
        return (told[1], told[2]) if told else ()


def git_of(root: str) -> Git:
    """Return what git knows of the work tree around a folder."""
    from pytest_sprintready.snapshot import enclosing_work_tree
    from pytest_sprintready.snapshot.plumbing import GitDirectory, GitHistory, find_git, has_pipes

    top, git_dir = enclosing_work_tree(os.path.realpath(root))
    program = find_git() if git_dir and not has_pipes(git_dir) else ""
    if not program:
        return Git()
    git = GitDirectory(program, git_dir, top)
    return Checkout(git, GitHistory(git))


def is_lfs_pointer(path: str) -> bool:
    """Tell whether a file holds git-lfs's note on where its contents are, instead of them."""
    try:
        if os.path.islink(path) or os.path.getsize(path) > _LARGEST_POINTER or not os.path.isfile(path):  # noqa: PTH114, PTH202
            return False
        with open(path, "rb") as file:
            return file.read(len(LFS_POINTER)) == LFS_POINTER
    except OSError:
        return False


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read(2**20)
    except OSError:
        return ""
