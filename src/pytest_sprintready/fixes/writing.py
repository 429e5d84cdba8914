"""Edits become files, each in one step: whoever looks, whenever the power fails, sees the old file or the new one."""

# Strings are what git speaks; pathlib gains nothing here.
# ruff: noqa: PTH101, PTH103, PTH104, PTH105, PTH108, PTH112, PTH114, PTH116, PTH118, PTH120, PTH123, PTH208
from __future__ import annotations

import contextlib
import os
import re
import stat
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.errors import RepositoryError, UsageError
from pytest_sprintready.fixes.encoding import encoded
from pytest_sprintready.snapshot.plumbing import GitDirectory, find_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.fixes.model import Edit
    from pytest_sprintready.snapshot import Snapshot

_LEFTOVER = re.compile(r"\.(.+)\.sprintready-(\d+)")
_NEW_FILE_MODE = 0o644


class WorkTree:
    """A folder that edits are written to, with what git says of its files. Nothing of the repository is run."""

    def __init__(self, folder: str) -> None:
        self.root = os.path.realpath(folder)
        top = self.root
        while not os.path.lexists(os.path.join(top, ".git")):
            parent = os.path.dirname(top)
            if parent == top:
                top = ""
                break
            top = parent
        program = find_git() if top else ""
        self.git = GitDirectory(program, os.path.join(top, ".git"), top) if program else None

    # -- may it be touched -------------------------------------------------------------------------------------------

    def refuses(self, edit: Edit) -> str:
        """Return why the disk or git forbid an edit, to follow the path in a sentence; "" if they do not."""
        full = self._full(edit.path)
        folder = _existing_parent(os.path.dirname(full))
        if not _is_below(os.path.realpath(folder), self.root) or os.path.realpath(folder) != os.path.normpath(folder):
            return "lies behind a link"
        if not os.access(folder, os.W_OK):
            return f"cannot be written: the folder {os.path.relpath(folder, self.root)} is read-only"
        if edit.old is None:
            if os.path.lexists(full):
                return "exists already, but git ignores it or it is no regular file"
        else:
            mode = os.lstat(full).st_mode
            if not stat.S_ISREG(mode):
                return "is not a regular file"
            if not mode & stat.S_IWUSR or not os.access(full, os.W_OK):
                return "is read-only"
        if self.git is not None and self.git.ignores(edit.path, self.root):
            return "is ignored by git"
        return ""

    def uncommitted(self) -> tuple[str, ...]:
        """Return paths that git tracks and whose changes no commit holds; () where git knows nothing of the folder."""
        if self.git is None:
            return ()
        staged = self.git.names(
            "diff-index", "--cached", "--name-only", "--no-ext-diff", "--no-textconv", "-z", "HEAD", "--"
        )
        if staged is None:  # no commit yet: what is staged is in none
            staged = self.git.names("ls-files", "--cached", "-z") or []
        touched = self.git.names("diff-files", "--name-only", "--no-ext-diff", "--no-textconv", "-z") or []
        changed = [path for path in touched if self._differs(path)]
        return tuple(sorted({*staged, *changed}))

    def is_untracked(self, path: str) -> bool:
        """Return whether git knows the folder but not this file, so that the old text could not be had back."""
        if self.git is None:
            return False
        return not self.git.names("ls-files", "--cached", "-z", "--", path, folder=self.root)

    def _differs(self, path: str) -> bool:
        """Whether a file whose dates have changed has other contents than its staged version; no filter is run."""
        assert self.git is not None  # noqa: S101
        staged = self.git.ask("cat-file", "blob", f":{path}")
        try:
            with open(os.path.join(self.git.top, *path.split("/")), "rb") as file:
                on_disk = file.read()
        except OSError:
            return True
        return staged is None or staged.replace(b"\r\n", b"\n") != on_disk.replace(b"\r\n", b"\n")

    # -- writing -----------------------------------------------------------------------------------------------------

    def write(self, snapshot: Snapshot, edits: Iterable[Edit]) -> tuple[str, ...]:
        """Write the edits and return their paths. `snapshot` is what they were planned from.

        All new contents are on the disk before the first file is replaced. Raises RepositoryError for a file that
        has changed or appeared since; then the files before it in the order of `edits` are written, the rest is not.
        """
        prepared: list[_Prepared] = []
        written: list[str] = []
        try:
            for edit in edits:
                before = None if edit.old is None else snapshot.read_bytes(edit.path)
                prepared.append(self._prepare(edit.path, before, encoded(edit.path, before, edit.new)))
            for each in prepared:
                each.put_in_place()
                written.append(each.path)
        except OSError as error:
            done = f"; {', '.join(written)} were written before" if written else "; nothing was changed"
            raise RepositoryError(
                f"{getattr(error, 'filename', None) or 'a file'} cannot be written: {error.strerror or error}{done}",
                "see what happened with `git diff`, and run the same command again",
            ) from error
        finally:
            for each in prepared:
                each.clean_up()
        return tuple(written)

    def _prepare(self, path: str, before: bytes | None, after: bytes) -> _Prepared:
        full = self._full(path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        _remove_leftovers(os.path.dirname(full))
        folder, name = os.path.split(full)
        temporary = os.path.join(folder, f".{name}.sprintready-{os.getpid()}")
        each = _Prepared(path, full, temporary, before)
        if before is not None:
            each.check_unchanged()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        with open(os.open(temporary, flags, 0o600), "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        if before is None:
            os.chmod(temporary, _NEW_FILE_MODE & ~_umask())
        else:
            os.chmod(temporary, stat.S_IMODE(os.stat(full).st_mode))
        return each

    def _full(self, path: str) -> str:
        return os.path.join(self.root, *path.split("/"))


class _Prepared(NamedTuple):
    """A file's new contents beside it, ready to take its place."""

    path: str
    full: str
    temporary: str
    before: bytes | None

    def check_unchanged(self) -> None:
        """Raise OSError if the file is no longer what the edit was made from."""
        if os.path.islink(self.full):
            raise OSError(0, "a link has taken its place", self.path)
        with open(self.full, "rb") as file:
            if file.read() != self.before:
                raise OSError(0, "it has changed since it was read", self.path)

    def put_in_place(self) -> None:
        """Replace the old file, or appear where there is none; raise OSError where something has come between."""
        if self.before is not None:
            self.check_unchanged()
            os.replace(self.temporary, self.full)
        elif os.name == "nt":
            os.rename(self.temporary, self.full)  # refuses to replace
        else:
            try:
                os.link(self.temporary, self.full)  # refuses to replace, which a rename does not
            except FileExistsError:
                raise OSError(0, "it has appeared meanwhile", self.path) from None
            except OSError:  # a file system without hard links
                if os.path.lexists(self.full):
                    raise OSError(0, "it has appeared meanwhile", self.path) from None
                os.rename(self.temporary, self.full)
        _sync_folder(os.path.dirname(self.full))

    def clean_up(self) -> None:
        """Remove the prepared contents, if they are still there."""
        with contextlib.suppress(OSError):
            os.unlink(self.temporary)


def require_clean(tree: WorkTree, edits: Iterable[Edit]) -> None:
    """Raise UsageError where the way back from the edits would be lost."""
    if changed := tree.uncommitted():
        shown = ", ".join(changed[:3]) + (f" and {len(changed) - 3} more" if len(changed) > 3 else "")
        raise UsageError(
            f"there are changes that are not committed: {shown}",
            "commit or `git stash` them first, or add --allow-dirty",
        )
    lost = [edit.path for edit in edits if edit.old is not None and tree.is_untracked(edit.path)]
    if lost:
        raise UsageError(
            f"{', '.join(lost)} would be edited, but no commit holds the present text",
            "commit it first, or add --allow-dirty",
        )


def _existing_parent(folder: str) -> str:
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def _is_below(folder: str, root: str) -> bool:
    return folder == root or folder.startswith(root.rstrip(os.sep) + os.sep)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _remove_leftovers(folder: str) -> None:
    """Remove what a run that was killed left beside the files; that of a run still alive is its own."""
    for name in _names(folder):
        found = _LEFTOVER.fullmatch(name)
        if found and int(found[2]) != os.getpid() and not _is_alive(int(found[2])):
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(folder, name))


def _names(folder: str) -> Iterator[str]:
    with contextlib.suppress(OSError):
        yield from os.listdir(folder)


def _is_alive(pid: int) -> bool:
    if os.name == "nt":  # there os.kill would end it
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _sync_folder(folder: str) -> None:
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
