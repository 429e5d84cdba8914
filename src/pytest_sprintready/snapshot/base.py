"""What every snapshot can answer, and how bytes become text."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING

from pytest_sprintready.errors import FileProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, MutableMapping, Sequence
    from types import TracebackType

    from typing_extensions import Self

MAX_FILE_BYTES = 4 * 2**20
"""Files larger than this are not read: no document, manifest or workflow a person edits comes near it."""

MAX_LINKS = 40
"""Links followed for one path, as many as Linux follows; more are a loop."""

MAX_STEPS = 1000
"""Components looked at for one path, links followed: what is forged to take long is given up."""

MAX_DEPTH = 64
"""Files in deeper folders are left out: a few forged trees within trees could fill the memory."""

MAX_PATH = 4096
"""Longer paths name nothing (PATH_MAX of Linux)."""

BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class History:
    """What git knows of a repository beside its files. This one knows nothing."""

    revision: str = ""
    committed: int | None = None
    remotes: Mapping[str, str] = {}
    default_branch: str = ""
    tag_count: int | None = None
    shallow: bool = False
    pack_bytes: int | None = None

    def last_change(self, path: str) -> int | None:  # noqa: ARG002
        """Return when the last commit touched the path, in seconds since the epoch, or None."""
        return None


class Snapshot(abc.ABC):
    """Read-only view of a repository.

    Paths are POSIX strings from its root, whatever the system; bytes of a name that are not UTF-8 are kept as
    surrogate escapes. `./x` and `a/../x` are understood as `x`; case matters everywhere. Listed once, read once:
    what changes on disk afterwards is not promised to be seen. One thread uses a snapshot at a time.
    """

    def __init__(self, name: str, history: History | None = None) -> None:
        self.name = name
        """How the user named it; for messages."""
        self._history = history
        self._plain: MutableMapping[str, str] = {}
        self._links: dict[str, str | None] = {}
        self._targets: dict[str, str | None] = {}
        self._files: Sequence[str] | None = None
        self._folders: dict[str, list[str]] | None = None
        self._loaded: dict[str, bytes | str] = {}
        self._texts: dict[str, str] = {}

    # -- what the kinds of snapshot supply ---------------------------------------------------------------------------

    @abc.abstractmethod
    def _load(self, path: str) -> bytes:
        """Return the contents of a listed regular file; raise FileProblem."""

    def _read_links(self, paths: Sequence[str]) -> Mapping[str, str | None]:  # noqa: ARG002
        """Return what symbolic links point to; None for what turned out to be no link."""
        return {}

    # -- the tree ----------------------------------------------------------------------------------------------------

    @property
    def files(self) -> Sequence[str]:
        """Sorted paths of all regular files, and of symbolic links that lead to one inside the repository.

        In a work tree: what git tracks and has not been deleted, and what it does not track and does not ignore.
        """
        if self._files is None:
            links = [path for path in tuple(self._links) if self.has(path) and path not in self._plain]
            self._files = tuple(sorted([*self._plain, *links]))
        return self._files

    def has(self, path: str) -> bool:
        """Tell whether the path is a file, symbolic links followed inside the repository."""
        target = self._follow(path)
        return target is not None and target in self._plain and not path.endswith("/")

    def is_folder(self, path: str) -> bool:
        """Tell whether the path is the root or a folder that holds a file, symbolic links followed."""
        target = self._follow(path)
        return target == "" or (target is not None and target in self._tree())

    def folder(self, path: str = "") -> Sequence[str]:
        """Return the names in a folder, sorted; those of sub-folders end with "/". Empty if there is no such folder.

        A symbolic link to a folder can be asked for but is not among the names, so that walking down always ends.
        """
        target = self._follow(path)
        return () if target is None else tuple(self._tree().get(target, ()))

    def resolve(self, path: str) -> str:
        """Return the path with its symbolic links followed; "" if it leaves the repository or goes in circles.

        What it leads to need not exist.
        """
        return self._follow(path) or ""

    def _tree(self) -> Mapping[str, Sequence[str]]:
        """Map each folder to the sorted names in it; built in one pass over the files."""
        if self._folders is None:
            folders: dict[str, list[str]] = {"": []}
            for path in self.files:
                parent, _, name = path.rpartition("/")
                while parent not in folders:
                    folders[parent] = [name]
                    parent, _, name = parent.rpartition("/")
                    name += "/"
                folders[parent].append(name)
            for names in folders.values():
                names.sort()
            self._folders = folders
        return self._folders

    def _follow(self, path: str) -> str | None:
        """Resolve a path component by component; None if it leaves the repository or never ends."""
        if path in self._targets:
            return self._targets[path]
        target = self._walk(path)
        self._targets[path] = target
        return target

    def _walk(self, path: str) -> str | None:
        if path.startswith("/") or len(path) > MAX_PATH:
            return None
        here = ""
        ahead = path.split("/")[::-1]
        followed = steps = 0
        while ahead:
            part = ahead.pop()
            steps += 1
            if part in ("", "."):
                continue
            if steps > MAX_STEPS or (part == ".." and not here):
                return None
            if part == "..":
                here = here.rpartition("/")[0]
                continue
            step = f"{here}/{part}" if here else part
            target = self._target(step) if self._links else None
            if target is None:
                here = step
                continue
            followed += 1
            if followed > MAX_LINKS or not target or target.startswith("/") or len(target) > MAX_PATH:
                return None
            ahead.extend(target.split("/")[::-1])
        return here

    def _target(self, link: str) -> str | None:
        """Return where a symbolic link points, None if the path is none. All links are read in one go."""
        if link not in self._links:
            return None
        if self._links[link] is None:
            self._take_links()
        return self._links.get(link)

    def _take_links(self) -> None:
        waiting = [path for path, target in self._links.items() if target is None]
        for path, target in self._read_links(waiting).items():
            if target is None:
                del self._links[path]
            else:
                self._links[path] = target

    # -- contents ----------------------------------------------------------------------------------------------------

    def read(self, path: str) -> str:
        r"""Return a file as text with "\n" line ends and without a byte order mark.

        UTF-8, or what the mark says, or else Windows-1252, in which old documents are written. Raises FileProblem
        for a file that is missing, unreadable, binary or larger than MAX_FILE_BYTES.
        """
        target = self._follow(path)
        if target is None or target not in self._texts:
            data = self.read_bytes(path)
            text = decode(data)
            if "\0" in text:
                raise FileProblem(path, "is a binary file")
            target = self._follow(path) or ""
            self._texts[target] = text
        return self._texts[target]

    def read_bytes(self, path: str) -> bytes:
        """Return a file's contents as they are. Raises FileProblem as `read` does, but not for binary files."""
        target = self._file_behind(path)
        if target not in self._loaded:
            try:
                self._loaded[target] = self._load(target)
            except FileProblem as problem:
                self._loaded[target] = problem.reason
        loaded = self._loaded[target]
        if isinstance(loaded, str):
            raise FileProblem(path, loaded)
        return loaded

    def _file_behind(self, path: str) -> str:
        """Return the regular file a path leads to; raise FileProblem that says why there is none."""
        target = self._follow(path)
        if target is None:
            raise FileProblem(path, "leads out of the repository or in circles")
        if not self.has(path):
            raise FileProblem(path, "is a folder" if self.is_folder(path) else "does not exist")
        return target

    def prefetch(self, paths: Iterable[str]) -> None:  # noqa: B027 -- only git gains by it
        """Read several files at once where that is cheaper; problems show when a file is read."""

    # -- what git knows ----------------------------------------------------------------------------------------------

    @property
    def is_git(self) -> bool:
        """Whether git knows about this folder; without it the facts below are empty."""
        return self._history is not None

    @property
    def _known(self) -> History:
        return self._history or History()

    @property
    def revision(self) -> str:
        """The hash of the commit, in a work tree that of HEAD; "" if there is none."""
        return self._known.revision

    @property
    def committed(self) -> int | None:
        """When that commit was made, in seconds since the epoch; None if not known."""
        return self._known.committed

    @property
    def remotes(self) -> Mapping[str, str]:
        """The addresses of the remotes by name, without user names and passwords."""
        return self._known.remotes

    @property
    def default_branch(self) -> str:
        """The branch that a clone of the project starts on; "" if not known."""
        return self._known.default_branch

    @property
    def tag_count(self) -> int | None:
        """How many tags there are, None if not known."""
        return self._known.tag_count

    @property
    def shallow(self) -> bool:
        """Whether the history was cut off when cloning."""
        return self._known.shallow

    @property
    def pack_bytes(self) -> int | None:
        """The size of git's pack files in bytes; None if not known or objects are borrowed from elsewhere."""
        return self._known.pack_bytes

    def last_change(self, path: str) -> int | None:
        """Return when a commit last touched a file or folder, in seconds since the epoch; None if not known."""
        return self._known.last_change(path) if self.has(path) or self.is_folder(path) else None

    # -- its life ----------------------------------------------------------------------------------------------------

    def close(self) -> None:  # noqa: B027 -- only git runs something
        """End what runs in the background. The snapshot stays usable; it is started again when needed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def check_size(path: str, size: int) -> None:
    """Raise FileProblem if a file of `size` bytes is too large to be read."""
    if size > MAX_FILE_BYTES:
        raise FileProblem(path, too_large(size))


def too_large(size: int) -> str:
    """Return the reason why a file of `size` bytes is not read."""
    return f"is {size / 2**20:.1f} MB; files over {MAX_FILE_BYTES / 2**20:.0f} MB are not read"


def decode(data: bytes) -> str:
    r"""Return the text of a file with "\n" line ends; undecodable bytes never raise, NULs are left in."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            break
    else:
        text = _decode_unmarked(data)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _decode_unmarked(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing there; Latin-1 has a character for each
        return data.decode("latin-1")


def sane(path: str) -> bool:
    """Tell whether a listed path stays below the root and above MAX_DEPTH; git's own files could be forged."""
    return path.count("/") < MAX_DEPTH and (".." not in path or ".." not in path.split("/"))
