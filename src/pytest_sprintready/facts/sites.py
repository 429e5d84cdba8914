"""From an address in a document to the file of this repository it shows, where there is one."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts.files import document_files
from pytest_sprintready.facts.once import once
from pytest_sprintready.reading.links import unquoted
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from pytest_sprintready.facts import Facts

_SUFFIXES = (".md", ".rst", ".markdown", ".txt", ".mdx", ".rest", "")
_INDEXES = ("index.md", "index.rst", "README.md", "README.rst")
_VERSION = pattern(r"(en|latest|stable|dev|main|master|devel|current|v?\d+(\.\w+)*)")
_ADDRESS = pattern(
    r"(?:[a-z][a-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/?#@:\[\]\s]+)(?::\d*)?(?=[/?#]|$)([^?#]*)", re.IGNORECASE
)
_CODE_HOSTS = ("github.com", "gitlab.com", "codeberg.org", "bitbucket.org")
_FOREIGN_HOSTS = pattern(
    r"(^|\.)(pypi\.\w+|python\.org|shields\.io|badge\.fury\.io|codecov\.io|travis-ci\.\w+|google\.com)$"
)


def inside(facts: Facts, target: str, from_path: str) -> str:
    """Return the path of the file that a link in `from_path` leads to, "" if it leads outside or nowhere.

    Knows relative and root-relative paths, Sphinx document names, blob pages of this repository's forge and pages
    of its documentation site.
    """
    if target.startswith(("http://", "https://")):
        return _from_address(facts, *host_and_path(target), from_path)
    if re.match(r"[a-z][a-z0-9+.-]*:|#|//", target):
        return ""
    path = unquoted(target.partition("#")[0].partition("?")[0])
    if not path:
        return ""
    if path.startswith("/"):
        bases = ["", from_path.partition("/")[0]]
        path = path.lstrip("/")
    else:
        bases = [posixpath.dirname(from_path)]
    for base in bases:
        found = _existing(facts, posixpath.normpath(posixpath.join(base, path)))
        if found:
            return found
    return ""


def host_and_path(address: str) -> tuple[str, str]:
    """Return host and unquoted path of an address, ("", "") for one that cannot be taken apart."""
    parts = _ADDRESS.match(address)
    return (parts[1].lower(), unquoted(parts[2])) if parts else ("", "")


def _existing(facts: Facts, path: str) -> str:
    if path.startswith("../") or path in {"..", "."}:
        return ""
    if facts.snapshot.has(path):
        return path
    bare = re.sub(r"\.html?$", "", path).rstrip("/")
    for suffix in _SUFFIXES:
        if facts.snapshot.has(bare + suffix):
            return bare + suffix
    for index in _INDEXES:
        if facts.snapshot.has(f"{bare}/{index}"):
            return f"{bare}/{index}"
    return ""


def _from_address(facts: Facts, host: str, path: str, from_path: str) -> str:
    if host in _CODE_HOSTS:
        match = re.match(r"/([^/]+)/([^/]+)/(?:-/)?(?:blob|tree|raw|src/branch)/[^/]+/(.+)$", path)
        if match and _is_own(facts, match[1], match[2]):
            return _existing(facts, match[3].rstrip("/"))
        return ""
    if not _is_own_site(facts, host):
        return ""
    segments = [segment for segment in path.split("/") if segment]
    while segments and _VERSION.fullmatch(segments[0]):
        segments.pop(0)
    if not segments:
        return ""
    tail = re.sub(r"\.html?$", "", "/".join(segments))
    return _page_ending_with(facts, tail, from_path)


def _page_ending_with(facts: Facts, tail: str, from_path: str) -> str:
    wanted = (*(f"/{tail}{suffix}" for suffix in _SUFFIXES if suffix), *(f"/{tail}/{index}" for index in _INDEXES))
    found = [path for path in document_files(facts) if path != from_path and path.endswith(wanted)]
    return min(found, key=lambda path: (path.count("/"), path)) if found else ""


def _is_own(facts: Facts, owner: str, name: str) -> bool:
    own = own_repositories(facts)
    return not own or f"{owner}/{name}".lower() in own or name.lower() in {full.partition("/")[2] for full in own}


@once
def own_repositories(facts: Facts) -> frozenset[str]:
    """Names "owner/name" this repository goes by, lower case, from its remotes and project URLs."""
    found = set()
    for url in [*facts.snapshot.remotes.values(), *facts.project.urls.values()]:
        match = re.search(
            r"[/:@](?:www\.)?(?:github\.com|gitlab\.com|codeberg\.org|bitbucket\.org)[/:]([^/\s]+)/([^/\s#?]+)",
            "/" + url,
        )
        if match and match[1] not in {"sponsors", "orgs"}:
            found.add(f"{match[1]}/{match[2].removesuffix('.git')}".lower())
    return frozenset(found)


def _is_own_site(facts: Facts, host: str) -> bool:
    host = host.removeprefix("www.")
    if _FOREIGN_HOSTS.search(host):
        return False
    squeezed = re.sub(r"[-_.]", "", host)
    names = {facts.project.name, *(full.partition("/")[2] for full in own_repositories(facts))}
    if any(name and re.sub(r"[-_.]", "", name.lower()) in squeezed for name in names):
        return True
    return host in {host_and_path(url)[0].removeprefix("www.") for url in facts.project.urls.values()} - set(
        _CODE_HOSTS
    )
