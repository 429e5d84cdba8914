"""A commit on a server, read without a clone: first the folders, then in one request the files that are wanted.

The repository made for it holds no working files, no hooks and no configuration but ours. Of the remote nothing is
obeyed: no submodule is fetched, no redirection followed, no filter run, and only the named protocol is spoken.
"""

# Strings are what git speaks, and pathlib costs as much to import as listing a repository.
# ruff: noqa: PTH103, PTH118, PTH123
from __future__ import annotations

import contextlib
import os
import re
from typing import IO, TYPE_CHECKING

from pytest_sprintready.errors import FileProblem, RepositoryError
from pytest_sprintready.snapshot.git import GitSnapshot
from pytest_sprintready.snapshot.plumbing import (
    OVERRIDES,
    GitDirectory,
    GitHistory,
    environment,
    to_text,
    without_credentials,
)

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

SECONDS = 180.0
"""What one request may take before it is given up. A large repository's folders come in ten over a slow line."""

MAX_BYTES = 1000 * 2**20
"""What one repository may bring; more is no project a newcomer clones at a sprint."""

ATTEMPTS = 3
PAUSE = 0.5
"""Seconds before a request is made again after a fault that may pass; twice as many the next time."""

TIP = "refs/sprintready/tip"
"""What the fetched commit is called in the repository made for it; no server can name this ref."""

_CONFIGURATION = """\
[core]
\trepositoryformatversion = 1
\tbare = true
[extensions]
\tpartialClone = origin
[remote "origin"]
\turl = {url}
\tpromisor = true
\tpartialclonefilter = blob:none
"""

_REVISION = re.compile(r"(?![-+./])(?!.*(\.\.|//|@\{|\.lock$))[^\s:^~?*\[\\\x00-\x20\x7f]{1,200}(?<![./])")
_HASH = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")

# What git says (with LC_ALL=C), what it means, what to do, and whether it may pass. The first that matches counts.
_FAULTS = (
    (r"No space left on device|Disk quota exceeded|File too large", "the disk is full", "make room, or name another folder with --cache", False),  # noqa: E501
    (r"Read-only file system|cannot (create|mkdir|update)|(unable to|could not) (create|write)|insufficient permission", "the cache cannot be written", "name another folder with --cache", False),  # noqa: E501
    (r"could not read Username|Authentication failed|error: 40[13]\b|Permission denied \(|terminal prompts disabled", "the server asks who is asking: the repository is private, or its address misspelled", "check the address; for a private one put a token into ~/.netrc, or use ssh with a key", False),  # noqa: E501
    (r"error: 404\b|repository '.*' not found|does not appear to be a git repository|Repository not found", "there is no repository at this address", "check the spelling of the address", False),  # noqa: E501
    (r"Could not resolve host", "the name of the server is not known", "check the address, and the connection", True),
    (r"couldn't find remote ref|not our ref|unadvertised object|no such remote ref", "it has no such revision", "check `rev`; leave it out for the default branch", False),  # noqa: E501
    (r"SSL|certificate", "the server's certificate cannot be trusted", "open the address in a browser to see why", False),  # noqa: E501
    (r"Operation too slow|Operation timed out|Connection timed out|timed out", "the server answers too slowly", "try again later", True),  # noqa: E501
    (r"Failed to connect|Couldn't connect|Connection refused|Host key verification|Network is unreachable|Could not read from remote", "the server cannot be reached", "check the address, and the connection", True),  # noqa: E501
    (r"error: (5\d\d|429)\b", "the server is at fault", "try again later", True),
    (r"early EOF|invalid index-pack|index-pack|pack has|bad pack|unexpected disconnect|hung up|RPC failed|inflate|corrupt|sha1 mismatch|bad object|expected|protocol error|Empty reply|(Recv|Send) failure|reset by peer|transfer closed|remote error|upload-pack|missing", "what the server sent is cut or damaged", "try again later; if it stays so, tell its owner", True),  # noqa: E501
)  # fmt: skip
_REDIRECTION = re.compile(r"error: 30[12378]\b")


class Redirected(RepositoryError):
    """The server names another address; whether to ask there is for the caller to decide."""

    def __init__(self, url: str, target: str) -> None:
        super().__init__(
            f"{url} has moved" + (f" to {target}" if target else ""), "write the new address into the manifest"
        )
        self.target = target


class _NetworkGit(GitDirectory):
    """git with one protocol allowed, which the manifest named and a person permitted."""

    overrides = (
        *(each for each in OVERRIDES if not each.startswith("core.sshCommand")),
        "core.sshCommand=ssh -o BatchMode=yes -o ConnectTimeout=20",
        "http.followRedirects=false",
        "http.lowSpeedLimit=1000",
        "http.lowSpeedTime=30",
        "fetch.negotiationAlgorithm=noop",
        "fetch.unpackLimit=1",
        "fetch.writeCommitGraph=false",
        "gc.auto=0",
        "maintenance.auto=false",
        "protocol.version=2",
        "transfer.bundleURI=false",
    )

    def request(self, protocol: str, pin: str, arguments: Sequence[str], typed: str = "") -> tuple[int, str, str]:
        """Run one command that asks the server; return its exit code and the beginnings of what it wrote.

        `pin` is what http.curloptResolve takes, so that the server asked is the one that was looked at.
        Raises RepositoryError where it takes too long or brings too much.
        """
        import subprocess
        import tempfile

        settings = ["-c", f"protocol.{protocol}.allow=always", *(("-c", f"http.curloptResolve={pin}") if pin else ())]
        # Files, not pipes: whatever the server makes git write, it neither blocks nor fills the memory.
        with (
            tempfile.TemporaryFile() as questions,
            tempfile.TemporaryFile() as output,
            tempfile.TemporaryFile() as errors,
        ):
            questions.write(typed.encode())
            questions.seek(0)
            process = subprocess.Popen(
                [*self._command, *settings, *arguments],
                stdin=questions,
                stdout=output,
                stderr=errors,
                cwd=self.path,
                env={**environment(), "GIT_ALLOW_PROTOCOL": protocol},
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            try:
                with self._watch(process) as complaints:
                    process.wait()
            finally:
                _end(process)
            if complaints:
                raise RepositoryError(*complaints)
            return process.returncode, _head(output), _head(errors)

    @contextlib.contextmanager
    def _watch(self, process: subprocess.Popen[bytes]) -> Iterator[list[str]]:
        """End a process that outlives SECONDS in this block or brings more than MAX_BYTES, and say so."""
        import threading
        import time

        complaints: list[str] = []
        over = threading.Event()
        latest = time.monotonic() + SECONDS

        def watch() -> None:
            while not over.wait(1.0):
                if time.monotonic() > latest:
                    complaints[:] = f"the server takes more than {SECONDS:.0f} seconds", "try again later"
                elif _size(self.path) > MAX_BYTES:
                    complaints[:] = f"the server sends more than {MAX_BYTES // 2**20} MB", "leave this project out"
                if complaints:
                    _end(process)
                    return

        threading.Thread(target=watch, daemon=True).start()
        try:
            yield complaints
        finally:
            over.set()


class Remote:
    """A repository on a server. `requests` counts the times it was asked, the attempts that failed included."""

    def __init__(self, program: str, url: str, protocol: str, pin: str = "") -> None:
        self._program = program
        self.url = url
        self._protocol = protocol
        self._pin = pin
        self.requests = 0

    def find(self, rev: str, folder: str) -> str:
        """Return the hash of the commit that a branch or tag names there, "" where nothing has this name.

        `folder` is one that `fetch` made before, for whatever commit.
        """
        if _HASH.fullmatch(rev):
            return rev
        wanted = _checked(rev or "HEAD")
        answer = self._ask(folder, ["ls-remote", "--exit-code", "origin", wanted, f"{wanted}^{{}}"], fine=(0, 2))
        found = {name: commit for commit, _, name in (line.partition("\t") for line in answer.splitlines())}
        for name in (wanted, f"refs/tags/{wanted}^{{}}", f"refs/tags/{wanted}", f"refs/heads/{wanted}"):
            if _HASH.fullmatch(found.get(name, "")):
                return found[name]
        return ""

    def fetch(self, rev: str, folder: str) -> str:
        """Bring a commit with its folders and no file into the empty `folder`; return the commit's hash."""
        os.makedirs(os.path.join(folder, "objects"))
        os.makedirs(os.path.join(folder, "refs"))
        for name, text in (("HEAD", f"ref: {TIP}\n"), ("config", _CONFIGURATION.format(url=_quoted(self.url)))):
            with open(os.path.join(folder, name), "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
        wanted = _checked(rev or "HEAD")
        options = ["fetch", "--quiet", "--depth=1", "--filter=blob:none", "--no-tags", "--no-write-fetch-head"]
        self._ask(folder, [*options, "--no-recurse-submodules", "--no-auto-maintenance", "origin", f"+{wanted}:{TIP}"])
        return GitDirectory(self._program, folder).line("rev-parse", "--verify", "--quiet", f"{TIP}^{{commit}}")

    def fetch_objects(self, ids: Iterable[str], folder: str) -> None:
        """Bring the contents of files, all in one request."""
        options = ["fetch", "--quiet", "--filter=blob:none", "--no-tags", "--no-write-fetch-head"]
        options += ["--no-recurse-submodules", "--no-auto-maintenance", "origin", "--stdin"]
        self._ask(folder, options, "".join(f"{each}\n" for each in ids))

    def _ask(self, folder: str, arguments: Sequence[str], typed: str = "", fine: Sequence[int] = (0,)) -> str:
        import time

        git = _NetworkGit(self._program, folder)
        for attempt in range(1, ATTEMPTS + 1):
            self.requests += 1
            code, output, errors = git.request(self._protocol, self._pin, [*self._named(), *arguments], typed)
            if code in fine:
                return output
            if _REDIRECTION.search(errors):
                raise Redirected(self.url, _target(self.url))
            what, hint, passing = _fault(errors)
            if not passing or attempt == ATTEMPTS:
                raise RepositoryError(f"{what} ({_last_line(errors)})", hint)
            time.sleep(PAUSE * 2 ** (attempt - 1))
        raise AssertionError

    def _named(self) -> list[str]:
        return ["-c", f"remote.origin.url={self.url}"]


class FetchedHistory(GitHistory):
    """What is known of one commit alone: nothing of tags and of the size of the whole."""

    tag_count = None
    pack_bytes = None
    shallow = True

    def __init__(self, git: GitDirectory, commit: str, url: str) -> None:
        super().__init__(git, revision=commit)
        self.remotes = {"origin": without_credentials(url)}


class FetchedSnapshot(GitSnapshot):
    """A commit in a folder that `Remote.fetch` made; files are brought when they are first wanted, many at once.

    With `empty` no file has been brought yet. Of the paths of all regular files `likely` returns those to bring with
    the first one, `kin` those to bring with a later one. Where bringing fails `failure` says why: then nothing that was
    read here may be judged.
    """

    def __init__(
        self,
        git: GitDirectory,
        remote: Remote,
        commit: str,
        *,
        likely: Callable[[Sequence[str]], Iterable[str]],
        kin: Callable[[str, Sequence[str]], Iterable[str]],
        name: str = "",
        empty: bool = False,
    ) -> None:
        self._git = git
        self._remote = remote
        self._likely: Callable[[Sequence[str]], Iterable[str]] | None = likely
        self._kin = kin
        self.failure: RepositoryError | None = None
        super().__init__(git, commit, name=name)
        self._here = set[str]() if empty else self._kept()

    def _history_of(self, git: GitDirectory, prefix: str, commit: str) -> FetchedHistory:  # noqa: ARG002
        return FetchedHistory(git, commit, self._remote.url)

    def _kept(self) -> set[str]:
        """Return the ids of the objects that are here already; all are in packs."""
        answer = self._git.ask("cat-file", "--batch-check=%(objectname)", "--batch-all-objects", "--unordered")
        return set(to_text(answer or b"").split())

    def _bring(self, paths: Iterable[str]) -> None:
        ids = {path: self._plain.get(path) or self._ids.get(path, "") for path in paths}
        if all(each in self._here for each in ids.values()) or self.failure:
            return
        if self._likely:
            likely, self._likely = self._likely, None
            # Not `self.files`, which would ask for the links first.
            ids.update({**self._ids, **{path: self._plain[path] for path in likely(tuple(self._plain))}})
        missing = sorted({each for each in ids.values() if each and each not in self._here})
        try:
            self._remote.fetch_objects(missing, self._git.path)
        except RepositoryError as error:
            self.failure = error
            return
        self._here.update(missing)
        super().prefetch(path for path in ids if path in self._plain)

    def _read_links(self, paths: Sequence[str]) -> Mapping[str, str | None]:
        self._bring(paths)
        return super()._read_links(paths)

    def _load(self, path: str) -> bytes:
        if self._plain[path] not in self._here:
            self._bring((path, *(() if self._likely else (p for p in self._kin(path, self.files) if p in self._plain))))
        if self.failure:
            raise FileProblem(path, self.failure.message)
        return super()._load(path)

    def prefetch(self, paths: Iterable[str]) -> None:
        """Bring and read the files among the paths."""
        wanted = [path for path in dict.fromkeys(self.resolve(path) for path in paths) if path in self._plain]
        self._bring(wanted)
        if not self.failure:
            super().prefetch(wanted)


def _checked(rev: str) -> str:
    if not _REVISION.fullmatch(rev):
        raise RepositoryError(f"{rev!r} is no name of a branch, tag or commit", "check `rev`")
    return rev


def _quoted(url: str) -> str:
    return '"' + url.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _fault(errors: str) -> tuple[str, str, bool]:
    for pattern, what, hint, passing in _FAULTS:
        if re.search(pattern, errors):
            return what, hint, passing
    return "git cannot fetch it", "try `git clone` with this address to see more", False


def _last_line(errors: str) -> str:
    """Return git's own complaint: its first fatal line, or the last there is."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:", "ERROR:"))]
    return (fatal or lines[-1:] or ["git said nothing"])[0][:300]


def _target(url: str) -> str:
    """Return where the server sends those who ask for this repository, "" where it does not say."""
    import urllib.error
    import urllib.request

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    tail = "/info/refs"
    try:
        urllib.request.build_opener(Stay).open(f"{url}{tail}?service=git-upload-pack", timeout=20).close()
    except urllib.error.HTTPError as answer:
        return (answer.headers.get("Location") or "").partition("?")[0].removesuffix(tail)
    except (OSError, ValueError):
        return ""
    return ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git with all the processes it started."""
    if process.poll() is not None:
        return
    if os.name == "nt":
        process.kill()
    else:
        import signal

        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _size(folder: str) -> int:
    total = 0
    for name in ("objects", os.path.join("objects", "pack")):
        with contextlib.suppress(OSError), os.scandir(os.path.join(folder, name)) as entries:
            total += sum(entry.stat(follow_symlinks=False).st_size for entry in entries if entry.is_file())
    return total


def _head(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(2**20).decode("utf-8", "replace")
