"""A folder as it is on disk: what git tracks or does not ignore, or everything but build output."""

# Strings are what git speaks, and pathlib costs as much to import as listing a repository.
# ruff: noqa: PTH115, PTH118, PTH120, PTH123, PTH208
from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from pytest_sprintready.errors import FileProblem, RepositoryError
from pytest_sprintready.snapshot.base import MAX_FILE_BYTES, MAX_PATH, Snapshot, check_size, sane
from pytest_sprintready.snapshot.plumbing import GitHistory, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet

    from pytest_sprintready.snapshot.plumbing import GitDirectory

MAX_FILES = 500_000
"""A folder with more files is no project but somebody's disk."""

GENERATED = frozenset({
    ".git", ".hg", ".svn", ".bzr",
    ".tox", ".nox", ".eggs", "__pycache__", "__pypackages__", "node_modules",
    ".cache", ".hypothesis", ".ipynb_checkpoints", ".mypy_cache", ".pytest_cache", ".ruff_cache",
})  # fmt: skip
"""Folders that tools make; not looked into where git does not say what belongs to the project."""

MAX_FOLDERS = 1000
"""In how many folders what git tracks is compared with the disk. What is new far down concerns no newcomer."""

MAX_ARGUMENTS = 8000
"""Characters of paths that git is asked about; for more it is asked about everything. Windows takes 32,767 in all."""

LINKS_MAY_BE_TEXT = os.name == "nt"
"""Git for Windows checks a symbolic link out as a file that holds its target, unless told otherwise."""

OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a named pipe must not be waited for
)


class FolderSnapshot(Snapshot):
    """The files below `root`, an absolute path without symbolic links.

    With `git`, the work tree around it decides what belongs to the project (`prefix` is the folder within); if git
    fails, or ignores the folder as a whole, it is read as a plain one. A file that git tracks counts while it is on
    disk; `has` and `read` look again. Raises RepositoryError for more than MAX_FILES files.
    """

    def __init__(self, root: str, git: GitDirectory | None = None, *, prefix: str = "", name: str = "") -> None:
        super().__init__(name or root)
        self._root = root
        self._start = os.path.join(root, "")
        self._safe_folders: set[str] = set()
        if git and self._list_with_git(git):
            self._history = GitHistory(git, prefix)
        else:
            self._list_all()

    # -- listing -----------------------------------------------------------------------------------------------------

    def _list_with_git(self, git: GitDirectory) -> bool:
        """List what git tracks or does not ignore; False if git cannot tell or the folder is not part of it.

        Git would look at every file to tell which of them are deleted or not tracked; the names in the folders tell
        that sooner, so that it is asked only about those it does not track.
        """
        entries = git.names("ls-files", "-z", "-t", "--stage", "--cached", folder=self._root)
        if entries is None:
            return False
        tracked = {entry.partition("\t")[2]: entry[:5] for entry in entries}  # "H 100644 <id> 0\tpath"
        folders = folders_of(tracked)
        if ".." in "\0".join(tracked) or not all(sane(f"{folder}/") for folder in folders):
            tracked = {path: kind for path, kind in tracked.items() if sane(path)}
            folders = folders_of(tracked)
        # A tag "S" marks what a sparse checkout leaves out.
        self._plain = {path: "" for path, kind in tracked.items() if kind in {"H 100", "M 100"}}
        self._links = {path: None for path, kind in tracked.items() if kind in {"H 120", "M 120"}}
        looked_into, present = self._names_on_disk(folders)
        known: AbstractSet[str] = tracked.keys()
        if len(looked_into) < len(folders):
            known = {path for path in known if path.rpartition("/")[0] in looked_into}
        for path in known - present:
            if not self._mode(path):  # a file system may spell a name in its own way
                self._plain.pop(path, None)
                self._links.pop(path, None)
        others = self._not_ignored(git, present - known - folders)
        if others is None or not (tracked or others or self._root == git.top):
            return False
        for path in without_generated(others):
            self._add(path)
        return True

    def _names_on_disk(self, folders: AbstractSet[str]) -> tuple[AbstractSet[str], AbstractSet[str]]:
        """Return the folders that were looked into, of very many those near the root, and the paths found in them."""
        if len(folders) > MAX_FOLDERS:
            folders = set(sorted(folders, key=lambda folder: (folder.count("/"), folder))[:MAX_FOLDERS])
        found: set[str] = set()
        for folder in folders:
            start = f"{folder}/" if folder else ""
            try:
                found.update([start + name for name in os.listdir(f"{self._root}/{start}")])
            except (OSError, ValueError):
                continue
        return folders, found

    def _not_ignored(self, git: GitDirectory, paths: Iterable[str]) -> list[str] | None:
        """Return what git neither tracks nor ignores at these paths and below, None if git cannot tell."""
        asked = [path for path in paths if not is_generated(path.rpartition("/")[2])]
        if not asked:
            return []
        if sum(map(len, asked)) > MAX_ARGUMENTS:
            asked = []
        return git.names("ls-files", "-z", "--others", "--exclude-standard", "--", *asked, folder=self._root)

    def _add(self, path: str) -> None:
        """Add a path of which only the name is known, if it is a file or a link."""
        mode = self._mode(path)
        if stat.S_ISREG(mode):
            self._plain[path] = ""
        elif stat.S_ISLNK(mode):
            self._links[path] = None

    def _list_all(self) -> None:
        """List a folder of which git knows nothing, but what tools made and other repositories within."""
        waiting = [""]
        seen = 0
        while waiting:
            prefix = waiting.pop()
            try:
                with os.scandir(os.path.join(self._root, prefix)) as found:
                    entries = list(found)
            except OSError:  # no permission, or gone: the rest can still be read
                continue
            names = {entry.name for entry in entries}
            if prefix and ("pyvenv.cfg" in names or ".git" in names):
                continue
            for entry in entries:
                path = prefix + entry.name
                if entry.is_symlink() or (hasattr(entry, "is_junction") and entry.is_junction()):
                    self._links[path] = None
                elif entry.is_dir(follow_symlinks=False):
                    if not is_generated(entry.name) and sane(path):
                        waiting.append(f"{path}/")
                elif entry.is_file(follow_symlinks=False):
                    self._plain[path] = ""
            seen += len(entries)
            if seen > MAX_FILES:
                raise RepositoryError(f"{self.name} holds more than {MAX_FILES} files", "name the project's own folder")

    def _read_links(self, paths: Sequence[str]) -> Mapping[str, str | None]:
        return {path: self._read_link(path) for path in paths}

    def _read_link(self, path: str) -> str | None:
        """Return where a link on disk points; a file that took its place is taken note of."""
        try:
            return os.readlink(self._full(path)).replace(os.sep, "/")
        except (OSError, ValueError):
            if not stat.S_ISREG(self._mode(path)):
                return ""
        if LINKS_MAY_BE_TEXT:
            try:
                return to_text(self._load(path)[:MAX_PATH])
            except FileProblem:
                return ""
        self._plain[path] = ""
        return None

    # -- looking at the disk -----------------------------------------------------------------------------------------

    def _full(self, path: str) -> str:
        return self._start + path

    def _mode(self, path: str) -> int:
        """Return what stands at the path on disk, links not followed; 0 if nothing does."""
        try:
            return os.lstat(self._full(path)).st_mode
        except (OSError, ValueError):
            return 0

    def _walk(self, path: str) -> str | None:
        """Follow also a link that took the place of a tracked file and is not yet staged."""
        target = super()._walk(path)
        if target is not None and target in self._plain and stat.S_ISLNK(self._mode(target)):
            del self._plain[target]
            self._links[target] = None
            return self._walk(path)
        return target

    def has(self, path: str) -> bool:
        """Tell whether the path is listed and still a file, symbolic links followed inside the repository."""
        return super().has(path) and stat.S_ISREG(self._mode(self._follow(path) or ""))

    def _load(self, path: str) -> bytes:
        full = self._full(path)
        folder = os.path.dirname(full)
        if folder not in self._safe_folders:
            if os.path.normcase(os.path.realpath(folder)) != os.path.normcase(folder):
                raise FileProblem(path, "leads out of the repository")
            self._safe_folders.add(folder)
        try:
            if not stat.S_ISREG(os.lstat(full).st_mode):
                raise FileProblem(path, "is not a regular file")
            with open(os.open(full, OPEN_FLAGS), "rb") as file:
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    raise FileProblem(path, "is not a regular file")
                check_size(path, status.st_size)
                data = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise FileProblem(path, f"cannot be read: {error.strerror}") from error
        check_size(path, len(data))
        return data


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder that these paths lie in, at whatever depth; "" is the root."""
    found = {""}
    waiting = {path.rpartition("/")[0] for path in paths}
    while waiting:
        found |= waiting
        waiting = {path.rpartition("/")[0] for path in waiting} - found
    return found


def is_generated(folder: str) -> bool:
    """Tell whether a folder of this name is a tool's output."""
    return folder in GENERATED or folder.endswith(".egg-info")


def without_generated(paths: Iterable[str]) -> Iterator[str]:
    """Yield the untracked files that are neither in a tool's output nor in a virtual environment."""
    paths = list(paths)
    environments = tuple(path[: -len("pyvenv.cfg")] for path in paths if path.endswith("/pyvenv.cfg"))
    for path in paths:
        nested_repository = path.endswith("/")
        if nested_repository or path.startswith(environments) or not sane(path):
            continue
        if not any(map(is_generated, path.split("/")[:-1])):
            yield path
