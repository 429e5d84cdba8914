"""Addresses of repositories: what is short for what, and where a browser finds what git finds there. Pure text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from pytest_sprintready.model import Evidence

_SHORTHAND = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9_.][A-Za-z0-9_.-]*")
_SCP = re.compile(r"(?:[\w.+-]+@)?([\w.-]+):(?!/?/)([^\s]+)")

# How forges write the address of a line of a file at a commit. The first whose pattern matches the host counts.
_FORGES = (
    (re.compile(r"(^|\.)gitlab(\.|$)"), "{web}/-/blob/{revision}/{path}", "#L{line}"),
    (re.compile(r"^bitbucket\.org$"), "{web}/src/{revision}/{path}", "#lines-{line}"),
    (re.compile(r"^codeberg\.org$|^(gitea|forgejo)\."), "{web}/src/commit/{revision}/{path}", "#L{line}"),
    (re.compile(r"^git\.sr\.ht$"), "{web}/tree/{revision}/item/{path}", "#L{line}"),
    (re.compile(r"^(www\.)?github\."), "{web}/blob/{revision}/{path}", "#L{line}"),
)


def expanded(address: str) -> str:
    """Return what git is to be given: "owner/name" is short for that repository on GitHub.

    >>> expanded("pallets/flask")
    'https://github.com/pallets/flask'
    """
    return f"https://github.com/{address}" if _SHORTHAND.fullmatch(address) else address


def web_address(address: str) -> str:
    """Return the page of a repository, "" where its address does not tell: a local one, or an unusual form.

    >>> web_address("git@github.com:pallets/flask.git")
    'https://github.com/pallets/flask'
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme == "https" and host:
        place = f"{host}:{port}" if port else host
        return _page(place, parts.path)
    if parts.scheme == "ssh" and host:
        return _page(host, parts.path)
    found = "://" not in address and _SCP.fullmatch(address)
    return _page(found[1], found[2]) if found else ""


def _page(host: str, path: str) -> str:
    path = path.strip("/").removesuffix(".git")
    return f"https://{host}/{quote(path, safe='/~%')}" if path else ""


def link(web: str, revision: str, place: Evidence) -> str:
    """Return the page of a line of a file at a commit, "" where the forge is not known by its host.

    `web` is a `web_address`, `revision` the hash of a commit.
    """
    host = urlsplit(web).hostname or ""
    for pattern, page, line in _FORGES:
        if revision and pattern.search(host):
            fragment = line.format(line=place.line) if place.line else ""
            path = quote(place.path.encode("utf-8", "surrogateescape"))
            return page.format(web=web, revision=revision, path=path) + fragment
    return ""
