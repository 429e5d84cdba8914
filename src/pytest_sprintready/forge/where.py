"""Which forge, and which repository on it: from what was typed, git's remotes, or the project's own addresses."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple, get_args
from urllib.parse import quote, urlsplit

from pytest_sprintready.errors import ForgeError, UsageError
from pytest_sprintready.forge.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pytest_sprintready.facts import Facts

KINDS: tuple[Kind, ...] = get_args(Kind)
_PUBLIC: dict[str, Kind] = {
    "github.com": "github",
    "gitlab.com": "gitlab",
    "codeberg.org": "gitea",
    "gitea.com": "gitea",
}
_SSH_HOSTS = {"ssh.github.com": "github.com", "altssh.gitlab.com": "gitlab.com", "www.github.com": "github.com"}
_SCP = re.compile(r"(?:[\w.-]+@)?([\w.-]+):(?!//)/?(.+)")
_OWN_NAME: tuple[tuple[str, Kind], ...] = (
    ("github", "github"),
    (".ghe.com", "github"),
    ("gitlab", "gitlab"),
    ("gitea", "gitea"),
    ("forgejo", "gitea"),
    ("codeberg", "gitea"),
)
_REMOTES = ("upstream", "origin")
_PART = re.compile(r"[\w.+~-]+")
_LOGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_OWNER_PAGES = {"github": "orgs", "gitlab": "groups", "gitea": "org"}  # /orgs/NAME/repositories


class Place(NamedTuple):
    """A repository on a forge: `host` with its port, `name` its path there; `root` is the web address before that.

    `source` says how it was found, for messages. `told` is whether the user named it, so that a fork is meant itself.
    """

    forge: Kind
    host: str
    name: str
    root: str
    source: str = ""
    told: bool = False

    @property
    def url(self) -> str:
        """Where people look at it."""
        return f"{self.root}/{self.name}"

    @property
    def api(self) -> str:
        """Where programs ask: the address without a slash at its end."""
        if self.forge == "gitlab":
            return f"{self.root}/api/v4"
        if self.forge == "gitea":
            return f"{self.root}/api/v1"
        if self.host == "github.com":
            return "https://api.github.com"
        if self.host.endswith(".ghe.com"):
            return f"https://api.{self.host}"
        return f"{self.root}/api/v3"

    @property
    def graphql(self) -> str:
        """Where GitHub answers queries."""
        return f"{self.api.removesuffix('/v3')}/graphql"

    @property
    def path(self) -> str:
        """The repository's part of an API address."""
        if self.forge == "gitlab":
            return f"{self.api}/projects/{quote(self.name, safe='')}"
        return f"{self.api}/repos/{quote(self.name)}"


def find(facts: Facts, *, url: str = "", kind: str = "", environ: Mapping[str, str] | None = None) -> Place:
    """Return where a repository's issues are; raises ForgeError where nothing tells, UsageError for a bad `url`."""
    if url:
        return parse(url, kind)
    environ = os.environ if environ is None else environ
    unknown = ""
    for address, source in _candidates(facts):
        place = read(address, kind or _hint(facts), environ)
        if place:
            return place._replace(source=source)
        unknown = unknown or _host_of(address)
    if unknown:
        raise ForgeError(
            f"what kind of forge {unknown} is cannot be told from its name",
            f"say it: --forge-kind {'|'.join(KINDS)}",
        )
    raise ForgeError(
        "no remote of git and no address of the project names a forge",
        "name the repository: --forge-url https://github.com/OWNER/NAME",
    )


def parse(url: str, kind: str = "") -> Place:
    """Return the repository at an address that somebody typed; raises UsageError."""
    if "://" not in url and not _SCP.fullmatch(url):
        url = f"https://{url}"
    place = read(url, kind, os.environ)
    if place is None:
        host = _host_of(url)
        if host and not kind and _repository_of(_split(url)[2], "github"):
            raise UsageError(
                f"what kind of forge {host} is cannot be told from its name", f"say it: --forge-kind {'|'.join(KINDS)}"
            )
        raise UsageError(
            f"{url} names no repository of a forge", "write it as https://github.com/OWNER/NAME, or as your forge does"
        )
    return place._replace(source="as told", told=True)


def parse_owner(url: str, kind: str = "") -> Place:
    """Return the organisation, group or user at an address that somebody typed; `name` is theirs. Raises UsageError.

    A bare name is one on GitHub, as "owner/name" is a repository there.
    """
    address = f"https://github.com/{url}" if _LOGIN.fullmatch(url) else url if "://" in url else f"https://{url}"
    place = _located(address, kind, os.environ)
    name = _owner_of(place.name, place.forge) if place else ""
    if place and name:
        return place._replace(name=name, source="as told", told=True)
    host = _host_of(address)
    if host and not place:
        raise UsageError(
            f"what kind of forge {host} is cannot be told from its name", f"say it: --forge-kind {'|'.join(KINDS)}"
        )
    raise UsageError(
        f"{url!r} names no organisation, group or user of a forge",
        "write it as https://github.com/OWNER, or as your forge does",
    )


def repository_of(owner: Place, name: str) -> Place | None:
    """Return the repository to which the forge of an owner gives this name; None for a name that no forge gives."""
    return owner._replace(name=name) if name and _repository_of(name, owner.forge) == name else None


def read(address: str, kind: str = "", environ: Mapping[str, str] | None = None) -> Place | None:
    """Return the repository that an address names, a page of it included; None where it names none."""
    place = _located(address, kind, environ or {})
    name = _repository_of(place.name, place.forge) if place else ""
    return place._replace(name=name) if place and name else None


def _located(address: str, kind: str, environ: Mapping[str, str]) -> Place | None:
    """Return the forge of an address with all of its path for a name; None where it leads to no forge."""
    scheme, host, path = _split(address)
    host = _SSH_HOSTS.get(host, host)
    if not host:
        return None
    found = _kind(host, environ) or kind
    if found not in KINDS:
        return None
    forge: Kind = found
    root = f"{scheme}://{host}"
    # A GitLab may live below a path of its host, which its own CI tells.
    base = environ.get("CI_SERVER_URL", "").rstrip("/")
    if forge == "gitlab" and base and f"{root}{path}/".startswith(f"{base}/"):
        path, root = f"{root}{path}".removeprefix(base), base
    return Place(forge, host, path, root)


def known_kind(host: str) -> bool:
    """Return whether a host is a public forge, so that a repository's own files may send us there."""
    return host in _PUBLIC


def _candidates(facts: Facts) -> Iterator[tuple[str, str]]:
    remotes = facts.snapshot.remotes
    for name in _REMOTES:
        if name in remotes:
            yield remotes[name], f"git's remote {name}"
    others = [name for name in remotes if name not in _REMOTES]
    if len(others) == 1:
        yield remotes[others[0]], f"git's remote {others[0]}"
    # What a file says may come from anybody, so it leads to the great forges only, not to any host.
    for label, address in facts.project.urls.items():
        if known_kind(_SSH_HOSTS.get(_split(address)[1], _split(address)[1])):
            yield address, f"the project's address {label!r}"


def _hint(facts: Facts) -> str:
    """Return the kind of forge that the repository's files are for, "" where they are for several or none."""
    has, folder = facts.snapshot.has, facts.snapshot.is_folder
    kinds: Iterable[tuple[str, bool]] = (
        ("gitlab", has(".gitlab-ci.yml") or folder(".gitlab")),
        ("gitea", folder(".gitea") or folder(".forgejo")),
        ("github", folder(".github")),
    )
    found = [kind for kind, there in kinds if there]
    return found[0] if len(found) == 1 else ""


def _split(address: str) -> tuple[str, str, str]:
    """Return scheme (of the web), host and path of an address as git or people write it; three "" for none."""
    address = address.strip().removeprefix("git+")
    if "://" not in address:
        match = _SCP.fullmatch(address)
        return ("https", match[1].lower(), f"/{match[2]}") if match and len(match[1]) > 1 else ("", "", "")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "", "", ""
    if parts.scheme not in ("http", "https", "ssh", "git") or not parts.hostname:
        return "", "", ""
    if parts.scheme in ("http", "https"):
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return parts.scheme, f"{host}:{port}" if port else host, parts.path
    return "https", parts.hostname, parts.path  # the port is that of ssh


def _host_of(address: str) -> str:
    return _split(address)[1]


def _kind(host: str, environ: Mapping[str, str]) -> str:
    if host in _PUBLIC:
        return _PUBLIC[host]
    for variable, kind in (("CI_SERVER_URL", "gitlab"), ("GITLAB_HOST", "gitlab"), ("GH_HOST", "github")):
        value = environ.get(variable, "")
        if value and host == (urlsplit(value).netloc if "://" in value else value):
            return kind
    labels = f".{host.partition(':')[0]}"
    return next((kind for word, kind in _OWN_NAME if re.search(rf"[.-]{re.escape(word.strip('.'))}\b", labels)), "")


def _repository_of(path: str, kind: str) -> str:
    """Return the repository's name in a path of a web address, "" where it has none."""
    parts = _parts(path, kind)
    parts = parts if kind == "gitlab" else parts[:2]
    if len(parts) < 2 or not _are_names(parts):
        return ""
    parts[-1] = parts[-1].removesuffix(".git")
    return "/".join(parts) if parts[-1] else ""


def _owner_of(path: str, kind: str) -> str:
    """Return the name of an organisation, group or user in a path of a web address, a page of theirs included."""
    parts = _parts(path, kind)
    if len(parts) > 1 and parts[0] == _OWNER_PAGES.get(kind):
        del parts[0]
        parts = parts if kind == "gitlab" else parts[:1]
    return "/".join(parts) if parts and (kind == "gitlab" or len(parts) == 1) and _are_names(parts) else ""


def _parts(path: str, kind: str) -> list[str]:
    parts = [part for part in path.split("/") if part]
    if kind == "gitlab" and "-" in parts:  # what follows is a page of the project or group
        parts = parts[: parts.index("-")]
    return parts


def _are_names(parts: Iterable[str]) -> bool:
    return all(_PART.fullmatch(part) and part not in (".", "..") for part in parts)
