"""Where the projects of a sprint are read from: folders, and servers that are asked for one commit without a clone.

Manifests are written by many hands, so an address may be asked only if its protocol proves who answers (https, ssh) and
it leads out of this machine and its network, unless the person at the keyboard allowed that.
"""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import os
import re
import shutil
import socket
import tempfile
import time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

from pytest_sprintready.audit.wanted import kin, likely
from pytest_sprintready.errors import RepositoryError, UsageError
from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import GIT_HINT, History, MemorySnapshot, open_snapshot
from pytest_sprintready.snapshot.plumbing import GitDirectory, find_git, without_credentials
from pytest_sprintready.snapshot.remote import FetchedSnapshot, Redirected, Remote

if TYPE_CHECKING:
    from collections.abc import Collection

    from pytest_sprintready.audit.manifest import Project
    from pytest_sprintready.snapshot import Snapshot

MOST_REDIRECTIONS = 3
KEPT_DAYS = 30
"""A commit that was not read for so long leaves the cache when a newer one of its repository comes."""

_PORTS = {"https": 443, "http": 80, "ssh": 22}
_SCP = re.compile(r"(?:(?P<user>[\w.+-]+)@)?(?P<host>[A-Za-z0-9][\w.-]*):(?!/?/)(?P<path>[^\s]+)")
_HELPER = re.compile(r"[A-Za-z0-9+.-]+::")
ALLOW = "--allow-local"


class Sources(NamedTuple):
    """Where fetched commits are kept, and whether addresses of this machine and its network may be asked."""

    cache: str
    local: bool = False


class Server(NamedTuple):
    """An address that may be asked: `protocol` is what git is allowed to speak, `pin` see snapshot.remote."""

    url: str
    protocol: str
    pin: str = ""


def cache_folder() -> str:
    """Return where this system keeps what can be had again."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return str(Path(base).expanduser() / "pytest-sprintready")


def prepare(sources: Sources) -> None:
    """Make the cache; raises UsageError where it cannot be written."""
    try:
        Path(sources.cache).mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=sources.cache).close()
    except OSError as error:
        raise UsageError(
            f"{sources.cache} cannot be written: {error.strerror}", "name another folder with --cache"
        ) from error


def open_project(project: Project, sources: Sources, known: Collection[str] = ()) -> Snapshot:
    """Return the view of a project's files; close it. Raises RepositoryError that says why there is none.

    Of a commit on a server that is among the `known` ones nothing but its revision is there to be read.
    """
    if project.path:
        return open_snapshot(project.path, project.rev or None)
    url = project.url
    for _ in range(MOST_REDIRECTIONS):
        found = permitted(url, local=sources.local)
        if isinstance(found, str):
            return open_snapshot(found, project.rev or None)
        try:
            return _fetched(project, found, sources, known)
        except Redirected as moved:
            if not moved.target:
                raise
            url = moved.target
    raise RepositoryError(f"{project.url} is sent from address to address", "write the last one into the manifest")


def permitted(url: str, *, local: bool) -> Server | str:
    """Return what may be asked for this address, or a folder where it is one; raises RepositoryError."""
    shown = without_credentials(url)
    if url.startswith("-") or not url.isprintable() or " " in url or _HELPER.match(url):
        raise RepositoryError(f"{shown!r} is no address of a repository", "write https://<host>/<owner>/<name>")
    scp = "://" not in url and _SCP.fullmatch(url)
    try:
        parts = urlsplit(f"ssh://{scp['host']}/{scp['path']}" if scp else url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError as error:
        raise RepositoryError(f"{shown!r} is no address: {error}", "check its spelling") from None
    if scheme == "file" or not scheme:
        return _folder(url, unquote(parts.path) if scheme else url, local=local)
    if scheme not in _PORTS:
        raise RepositoryError(f"{scheme}:// is not spoken", f"write https:// or ssh:// instead of {shown}")
    if parts.password or (parts.username and scheme != "ssh"):
        raise RepositoryError(f"{shown} came with a password", "take it out, and put it into ~/.netrc")
    if not re.match(r"[A-Za-z0-9\[:]", host) or (parts.username or "").startswith("-"):
        raise RepositoryError(f"{shown!r} names no server", "check its spelling")
    here, pin = _looked_up(host, port or _PORTS[scheme], proxied=scheme in getproxies())
    if here and not local:
        raise RepositoryError(
            f"{shown} leads to this machine or its network ({here})", f"if you mean that, say so with {ALLOW}"
        )
    if scheme == "http" and not here:
        raise RepositoryError(f"{shown} does not prove who answers", "write https://")
    return Server(url, scheme, pin if scheme != "ssh" else "")


def _folder(url: str, path: str, *, local: bool) -> str:
    if not local:
        raise RepositoryError(f"{url} is a folder of this machine", f"if you mean that, say so with {ALLOW}")
    return path


@lru_cache(maxsize=1024)
def _looked_up(host: str, port: int, *, proxied: bool) -> tuple[str, str]:
    """Return an address of the host that is not of the open internet ("" if none is), and what pins its addresses."""
    try:
        found = {str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        if proxied:  # then the proxy knows the names
            return "", ""
        raise RepositoryError(
            f"the name of the server {host} is not known", "check the address, and the connection"
        ) from None
    inside = sorted(each for each in found if not _is_outside(each))
    addresses = ",".join(f"[{each}]" if ":" in each else each for each in sorted(found))
    pin = "" if proxied or ":" in host else f"{host}:{port}:{addresses}"
    return (inside[0] if inside else ""), pin


def _is_outside(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_global and not (mapped or parsed).is_multicast


# The cache ------------------------------------------------------------------------------------------------------------


def _fetched(project: Project, server: Server, sources: Sources, known: Collection[str]) -> Snapshot:
    program = find_git()
    if not program:
        raise RepositoryError(f"git is needed to fetch {project.url} and was not found", GIT_HINT)
    remote = Remote(program, server.url, server.protocol, server.pin)
    # git works in that folder, so a relative path would lead elsewhere.
    home = Path(sources.cache).absolute() / hashlib.sha256(server.url.encode()).hexdigest()[:24]
    try:
        kept = sorted(path for path in home.iterdir() if not path.name.startswith(".")) if home.is_dir() else []
        commit = remote.find(project.rev, str(kept[0])) if kept else ""
        if commit and home / commit in kept:
            os.utime(home / commit)
            if commit in known:
                return MemorySnapshot({}, project.url, history=_Known(commit))
            with contextlib.suppress(RepositoryError):
                return _opened(home / commit, commit, remote, project, program)
            shutil.rmtree(home / commit, ignore_errors=True)  # damaged
        commit = _brought(remote, project.rev, home)
        return _opened(home / commit, commit, remote, project, program, empty=True)
    except OSError as error:
        raise RepositoryError(
            f"the cache {home} cannot be used: {error.strerror}", "name another with --cache"
        ) from error


class _Known(History):
    def __init__(self, commit: str) -> None:
        self.revision = commit


def _brought(remote: Remote, rev: str, home: Path) -> str:
    """Fetch a commit into a folder that gets its name once it is whole: others may be at it, or we be killed."""
    home.mkdir(parents=True, exist_ok=True)
    _tidy(home)
    unfinished = Path(tempfile.mkdtemp(prefix=".", dir=home))
    try:
        commit = remote.fetch(rev, str(unfinished))
        if not commit:
            raise RepositoryError(f"{remote.url} has no commits", "push a branch into it first")
        with contextlib.suppress(OSError):  # somebody else brought the same
            unfinished.rename(home / commit)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return commit


def _tidy(home: Path) -> None:
    """Remove what was left unfinished a day ago, and commits nobody has read for KEPT_DAYS."""
    now = time.time()
    for path in home.iterdir():
        days = (now - path.stat().st_mtime) / 86400
        if days > (1 if path.name.startswith(".") else KEPT_DAYS):
            shutil.rmtree(path, ignore_errors=True)


def _opened(
    folder: Path, commit: str, remote: Remote, project: Project, program: str, *, empty: bool = False
) -> Snapshot:
    return FetchedSnapshot(
        GitDirectory(program, str(folder)),
        remote,
        commit,
        likely=lambda paths: likely(Facts(MemorySnapshot(dict.fromkeys(paths, b"")))),
        kin=kin,
        name=project.url,
        empty=empty,
    )
