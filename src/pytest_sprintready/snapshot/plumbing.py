"""The one place where git is called, in such a way that nothing a repository says can be executed.

A repository's own configuration may name programs: a file system monitor, hooks, filters, a pager, an ssh command,
helpers for credentials, transports of a "promisor" remote from which missing objects are fetched. Only plumbing that
runs none of them is used, what could be reached is overridden on the command line, which wins over every file, and
no transport is allowed, so that a missing object is an error and not a download.
"""

# Strings are what git speaks, and pathlib costs as much to import as listing a repository.
# ruff: noqa: PTH110, PTH113, PTH117, PTH118
from __future__ import annotations

import contextlib
import os
import re
import threading
import time
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.snapshot.base import History, too_large

if TYPE_CHECKING:
    import subprocess
    import weakref
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

SECONDS = 15.0
"""What one question to git may take before it is given up, and git with it: it waits for something."""

LOOK_SECONDS = 0.1
"""How often it is looked whether such a time is over."""

MAX_ANSWER = 64 * 2**20
"""Bytes of one answer that are taken: well over half a million files. A forged tree can list billions."""

BATCH = 64
"""Objects asked for at once: the questions must fit into the smallest pipe (4 KiB), or both sides wait forever."""

SKIPPABLE = 2**20
"""An unwanted object up to this size is read past; for a larger one it is cheaper to start anew."""

NOT_HERE = "is not in this clone of the repository"
"""Why an object has no contents: a partial or damaged clone."""

OVERRIDES = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.sshCommand=false",
    "core.gitProxy=",
    "core.alternateRefsCommand=false",
    "core.bigFileThreshold=4m",  # git streams larger objects instead of holding them in memory
    "credential.helper=",
    "protocol.allow=never",
    "submodule.recurse=false",
    "safe.directory=*",
)

ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}

AS_USER = {name: value for name, value in ENVIRONMENT.items() if not name.startswith("GIT_CONFIG_")}
_OF_USER = re.compile(r"GIT_(AUTHOR|COMMITTER|CONFIG)_|EMAIL$")


def find_git() -> str:
    """Return the absolute path of git, or "".

    Looked for here because Windows would try the current folder first, which may be the repository in question.
    """
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        program = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(program) and os.access(program, os.X_OK):
            return program
    return ""


def environment() -> dict[str, str]:
    """Return the environment for git: nothing that the user's own says to git reaches it."""
    return {**{key: value for key, value in os.environ.items() if not key.upper().startswith("GIT_")}, **ENVIRONMENT}


class _Watch:
    """Calls what is not taken back in time. One thread looks after all: one each would cost more than git's answer."""

    def __init__(self) -> None:
        self._latest: dict[Callable[[], None], float] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def begin(self, give_up: Callable[[], None], seconds: float) -> None:
        """Call `give_up` once so many seconds are over."""
        with self._lock:
            self._latest[give_up] = time.monotonic() + seconds
            if self._thread is None or not self._thread.is_alive():  # a fork takes no threads along
                self._thread = threading.Thread(target=self._look, daemon=True)
                self._thread.start()

    def end(self, give_up: Callable[[], None]) -> None:
        """Do not call it any more."""
        with self._lock:
            self._latest.pop(give_up, None)

    def _look(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            with self._lock:
                now = time.monotonic()
                for give_up in [each for each, latest in self._latest.items() if latest < now]:
                    del self._latest[give_up]
                    give_up()
                if not self._latest:
                    self._thread = None
                    return


_watch = _Watch()


class GitDirectory:
    """A git directory that can be asked; `top` is the root of its work tree, "" for a bare one."""

    overrides: Sequence[str] = OVERRIDES

    def __init__(self, program: str, path: str, top: str = "") -> None:
        self.path = path
        self.top = top
        self.stuck = False
        self._command = [program, f"--git-dir={path}"]
        if top:
            self._command.append(f"--work-tree={top}")
        self._command += ["--no-pager", "--literal-pathspecs"]
        for override in self.overrides:
            self._command += ["-c", override]

    def start(
        self, *arguments: str, folder: str = "", listening: bool = False, as_user: bool = False
    ) -> subprocess.Popen[bytes]:
        """Start git in a folder (by default the top of the work tree) with its output in a pipe.

        Its input is a pipe if it is to be `listening`, else there is none. Raises OSError, also once git was stuck:
        what it waited for then, a named pipe in the place of one of its files, it would wait for again.
        """
        import subprocess

        if self.stuck:
            raise TimeoutError
        environment = {key: value for key, value in os.environ.items() if not key.upper().startswith("GIT_")}
        if as_user:
            environment |= {key: value for key, value in os.environ.items() if _OF_USER.match(key.upper())}
        return subprocess.Popen(
            [*self._command, *arguments],
            stdin=subprocess.PIPE if listening else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder or self.top or self.path,
            env={**environment, **(AS_USER if as_user else ENVIRONMENT)},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def ask(self, *arguments: str, folder: str = "", as_user: bool = False) -> bytes | None:
        """Return what git answers; None if it fails, takes too long or says too much.

        With `as_user` the user's own configuration and identity count, as they do when the user types a command.
        """
        try:
            process = self.start(*arguments, folder=folder, as_user=as_user)
        except OSError:
            return None
        assert process.stdout  # noqa: S101
        blocks: list[bytes] = []
        room = MAX_ANSWER
        with process, self.deadline(process):
            while room > 0 and (block := process.stdout.read(2**20)):
                blocks.append(block)
                room -= len(block)
            if room <= 0:
                process.kill()
        return b"".join(blocks) if process.returncode == 0 and room > 0 else None

    @contextlib.contextmanager
    def deadline(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        """Kill a process that outlives SECONDS in this block; whoever reads from it then reads its end."""

        def give_up() -> None:
            self.stuck = True
            process.kill()

        _watch.begin(give_up, SECONDS)
        try:
            yield
        finally:
            _watch.end(give_up)

    def ignores(self, path: str, folder: str) -> bool:
        """Tell whether a path below `folder`, which need not exist, is one that git is told to ignore."""
        plain = GitDirectory.__new__(GitDirectory)  # check-ignore refuses to take paths literally
        plain.__dict__.update(self.__dict__, _command=[part for part in self._command if "literal" not in part])
        return plain.ask("check-ignore", "--quiet", "--", f"./{path}", folder=folder) is not None

    def names(self, *arguments: str, folder: str = "") -> list[str] | None:
        """Return an answer of NUL-terminated names; None as for `ask`."""
        answer = self.ask(*arguments, folder=folder)
        return None if answer is None else to_text(answer).split("\0")[:-1]

    def line(self, *arguments: str) -> str:
        """Return the first line of an answer; "" if there is none."""
        return to_text(self.ask(*arguments) or b"").partition("\n")[0]


def has_pipes(git_dir: str) -> bool:
    """Tell whether something that is neither file, folder nor link stands where git would wait for it to be written."""
    for folder in ("", "info", "objects/info", "objects/pack", "refs/heads"):
        try:
            with os.scandir(os.path.join(git_dir, folder)) as entries:
                if not all(entry.is_dir() or entry.is_file() or not os.path.exists(entry.path) for entry in entries):
                    return True
        except OSError:  # noqa: PERF203  five folders
            continue
    return False


def to_text(data: bytes) -> str:
    """Return git's bytes as text in the way Python reads file names."""
    return data.decode("utf-8", "surrogateescape")


class Object(NamedTuple):
    """One answer of the object store: its contents, or why there are none."""

    id: str
    data: bytes
    problem: str = ""


class ObjectReader:
    """Reads objects from one long-lived `git cat-file --batch`, which is started when first needed."""

    def __init__(self, git: GitDirectory) -> None:
        self._git = git
        self._process: subprocess.Popen[bytes] | None = None
        self._proven = False  # whether the process has answered before: then a failure may be an accident
        self._end: weakref.finalize[[subprocess.Popen[bytes]], ObjectReader] | None = None

    def read(self, names: Iterable[str], limit: int) -> Iterator[Object]:
        """Yield an object for each name git understands, in order; those over `limit` bytes as a problem."""
        waiting = list(names)
        while waiting:
            batch = waiting[:BATCH]
            answered = 0
            for answer in self._exchange(batch, limit):
                answered += 1
                yield answer
            proven, self._proven = self._proven, True
            if answered < len(batch):
                self.close()
            if answered == 0 and not proven:  # a promised object that cannot be fetched makes git give up
                yield Object("", b"", NOT_HERE)
                answered = 1
            waiting = waiting[answered:]

    def _exchange(self, batch: Sequence[str], limit: int) -> list[Object]:
        """Return the answers up to the first one after which git has to be started anew."""
        try:
            process = self._running()
        except OSError:
            return []
        assert process.stdin  # noqa: S101
        assert process.stdout  # noqa: S101
        answers: list[Object] = []
        with self._git.deadline(process):
            try:
                process.stdin.write("".join(f"{name}\n" for name in batch).encode("utf-8", "surrogateescape"))
                process.stdin.flush()
            except OSError:
                return []
            for _ in batch:
                header = process.stdout.readline()
                fields = header.split()
                if not header.endswith(b"\n"):
                    break
                if len(fields) != 3 or not fields[2].isdigit():  # "<name> missing", "<name> ambiguous"
                    answers.append(Object("", b"", NOT_HERE))
                    continue
                size = int(fields[2])
                if size > limit:
                    answers.append(Object(fields[0].decode(), b"", too_large(size)))
                    if size > SKIPPABLE or len(process.stdout.read(size + 1)) <= size:
                        break
                    continue
                data = process.stdout.read(size + 1)  # a line end follows
                if len(data) <= size:
                    break
                answers.append(Object(fields[0].decode(), data[:size]))
        return answers

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            import weakref

            self._process = self._git.start("cat-file", "--batch", listening=True)
            self._end = weakref.finalize(self, _stop, self._process)
        return self._process

    def close(self) -> None:
        """End the process; the next `read` starts another."""
        if self._end:
            self._end()
        self._process = self._end = None
        self._proven = False


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that only reads, whatever it is doing, and free its pipes."""
    process.kill()
    process.wait()
    assert process.stdin  # noqa: S101
    assert process.stdout  # noqa: S101
    process.stdout.close()
    with contextlib.suppress(OSError):  # closing flushes what the dead process did not take
        process.stdin.close()


def committed(commit: bytes) -> int | None:
    r"""Return when a commit was made, in seconds since the epoch, from its contents; None where they do not say.

    >>> committed(b"tree 4b82\nauthor A <a@b> 1 +0000\ncommitter C <c@d> 1767323045 +0200\n\nBegin\n")
    1767323045
    """
    found = re.search(rb"^committer [^\n]*> (\d{1,18}) ", commit.partition(b"\n\n")[0], re.MULTILINE)
    return int(found[1]) if found else None


class GitHistory(History):
    """What git knows of a repository, each fact asked for when it is first wanted.

    `prefix` is the folder below the top of the work tree to which paths are relative.
    """

    # mypy does not let a value computed late stand for an attribute, hence the ignored overrides

    def __init__(self, git: GitDirectory, prefix: str = "", revision: str | None = None) -> None:
        self._git = git
        self._prefix = f"{prefix}/" if prefix else ""
        if revision is not None:
            self.revision = revision

    @cached_property
    def committed(self) -> int | None:  # type: ignore[override]
        """When the commit was made, in seconds since the epoch."""
        answer = self._git.line("rev-list", "-1", "--timestamp", self.revision) if self.revision else ""
        stamp = answer.partition(" ")[0]
        return int(stamp) if stamp.isdigit() else None

    @cached_property
    def revision(self) -> str:  # type: ignore[override]
        """The hash of HEAD's commit; "" before the first one."""
        return self._layout[2]

    @cached_property
    def remotes(self) -> Mapping[str, str]:  # type: ignore[override]
        """Addresses by name, from the repository's own configuration file alone."""
        entries = self._git.names("config", "--local", "-z", "--get-regexp", r"^remote\..*\.url$") or ()
        remotes: dict[str, str] = {}
        for entry in entries:
            key, _, url = entry.partition("\n")
            remotes.setdefault(key[len("remote.") : -len(".url")], without_credentials(url))
        return remotes

    @cached_property
    def default_branch(self) -> str:  # type: ignore[override]
        """What the clone was made of starts on; in a bare repository its own HEAD."""
        head = "refs/remotes/origin/HEAD" if self._git.top else "HEAD"
        return self._git.line("symbolic-ref", "--quiet", "--short", head).removeprefix("origin/")

    @cached_property
    def tag_count(self) -> int | None:  # type: ignore[override]
        """How many tags this clone has."""
        answer = self._git.ask("for-each-ref", "--format=%(refname)", "refs/tags")
        return None if answer is None else answer.count(b"\n")

    @cached_property
    def _layout(self) -> tuple[bool, str, str]:
        """Whether the repository is shallow, where its objects are, and the commit of HEAD."""
        wanted = ("--is-shallow-repository", "--git-path", "objects", "--revs-only", "HEAD^{commit}")
        answer = to_text(self._git.ask("rev-parse", *wanted) or b"")
        shallow, objects, revision = (answer.split("\n") + 3 * [""])[:3]
        return shallow == "true", os.path.join(self._git.top or self._git.path, objects) if objects else "", revision

    @cached_property
    def shallow(self) -> bool:  # type: ignore[override]
        """Whether the history was cut off when cloning."""
        return self._layout[0]

    @cached_property
    def pack_bytes(self) -> int | None:  # type: ignore[override]
        """The size of the pack files; None where objects are borrowed from another repository."""
        objects = self._layout[1]
        if not objects or os.path.exists(os.path.join(objects, "info", "alternates")):
            return None
        try:
            with os.scandir(os.path.join(objects, "pack")) as entries:
                return sum(entry.stat().st_size for entry in entries if entry.name.endswith(".pack"))
        except OSError:
            return None

    def last_change(self, path: str) -> int | None:
        """Return the commit time; None for a shallow clone, whose first commit seems to touch everything."""
        if self.shallow or not self.revision:
            return None
        place = (self._prefix + path).strip("/")
        answer = self._git.line("rev-list", "-1", "--timestamp", self.revision, "--", place or ".")
        stamp = answer.partition(" ")[0]
        return int(stamp) if stamp.isdigit() else None


def without_credentials(url: str) -> str:
    """Return an address without user name and password; `git@host:path` and `ssh://git@host` name no secret.

    >>> without_credentials("https://me:secret@example.org/project.git")
    'https://example.org/project.git'
    """
    scheme, mark, rest = url.partition("://")
    if not mark:
        return url
    authority, slash, path = rest.partition("/")
    if ":" in authority and not authority.rpartition(":")[2].isdigit() and "@" not in authority and "@" in path:
        return f"{scheme}://{path.rpartition('@')[2]}"  # a password with a slash in it
    user, at, host = authority.rpartition("@")
    keep = user.partition(":")[0] + at if scheme.lower() in ("ssh", "git+ssh", "ssh+git") else ""
    return f"{scheme}://{keep}{host}{slash}{path}"
