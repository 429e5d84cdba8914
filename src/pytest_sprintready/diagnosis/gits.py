"""Addresses and remedies of git that several causes, and `doctor`, name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.model import Remedy

if TYPE_CHECKING:
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.model import Evidence

OWN_NAME = "YOUR-NAME"
"""Stands in an address for what only the newcomer knows."""

_FORGE = re.compile(
    r"(https?://(?:www\.)?(?:github\.com|gitlab\.[\w.-]+|codeberg\.org|bitbucket\.org|git\.[\w.-]+|gitea\.[\w.-]+)/"
    r"[\w.~-]+(?:/[\w.-]+)+?)(?:\.git)?/?(?:[?#].*|/(?:-/)?(?:issues|tree|blob|wiki|releases|pulls|actions|commits)\b.*)?"
)
_LABELS = ("repository", "source", "source code", "code", "github", "gitlab", "homepage", "home")


def home_of_project(facts: Facts, machine: Machine) -> tuple[str, Evidence | None]:
    """Return the address to clone the project's own repository from, and where it is written; "" if nothing says.

    What the metadata names goes before the remotes, of which `upstream` is the project's and `origin` may be a fork.
    """
    urls = {label.lower(): url for label, url in facts.project.urls.items()}
    for label in (*_LABELS, *urls):
        url = urls.get(label, "")
        if url.startswith("file:"):
            return url, facts.project.places.get("urls")
        found = _FORGE.fullmatch(url.strip())
        if found:
            return f"{found[1]}.git", facts.project.places.get("urls")
    return machine.git.remotes.get("upstream", ""), None


def same_repository(one: str, other: str) -> bool:
    """Tell whether two addresses lead to one repository, however they are written."""
    return bool(one) and _plain(one) == _plain(other)


def _plain(url: str) -> str:
    url = re.sub(r"^(\w+://)?([\w.-]+@)?", "", url.strip().lower())
    return re.sub(r"(\.git)?/*$", "", url.replace(":", "/").replace("www.", ""))


def fork_of(url: str) -> str:
    """Return the address of a fork of a repository, with a placeholder for whose it is."""
    head, slash, name = url.rstrip("/").rpartition("/")
    if not slash:
        return url
    start = re.match(r"(?:\w+://[^/]+|[\w.-]+@[\w.-]+:(?!/)|)", head)
    base = start[0] if start else ""
    joint = "" if base.endswith(":") else "/"
    return f"{base}{joint}{OWN_NAME}/{name}"


def add_upstream(facts: Facts, machine: Machine) -> tuple[Remedy, ...]:
    """Return the command that adds the project's own repository as `upstream`, () if its address is unknown."""
    url, place = home_of_project(facts, machine)
    url = url or machine.git.remotes.get("origin", "")
    return (Remedy(f"git remote add upstream {url}", "git", ("upstream",), place),) if url else ()


def fetch_tags(facts: Facts, machine: Machine) -> tuple[Remedy, ...]:
    """Return the commands that bring the project's tags into a clone that has none."""
    git = machine.git
    deepen = "--unshallow " if git.shallow else ""
    url, _ = home_of_project(facts, machine)
    no_more: tuple[Remedy, ...] = ()
    if "upstream" in git.remotes:
        source, added = "upstream", no_more
    elif not url or same_repository(url, git.remotes.get("origin", "")):
        source, added = "origin", no_more
    else:
        source, added = "upstream", add_upstream(facts, machine)
    if source == "origin" and "origin" not in git.remotes:
        return ()
    # A fork's history ends where the clone was cut off, so that is deepened first.
    first = () if source == "origin" or not deepen else (Remedy("git fetch --unshallow origin", "git", ("history",)),)
    words = deepen if source == "origin" else ""
    return (*first, *added, Remedy(f"git fetch {words}--tags {source}", "git", ("tags",)))


def branch_off() -> Remedy:
    """Return the command that gives commits a branch to lie on."""
    return Remedy("git switch -c my-change", "git", ("my-change",))


def introduce() -> tuple[Remedy, ...]:
    """Return the commands that tell git who commits."""
    return (
        Remedy('git config --global user.name "Your Name"', "git", ("user.name",)),
        Remedy('git config --global user.email "you@example.org"', "git", ("user.email",)),
    )


def fetch_large_files() -> tuple[Remedy, ...]:
    """Return the commands that put the contents of large files in the place of the notes on them."""
    return (Remedy("git lfs install", "git", ("lfs",)), Remedy("git lfs pull", "git", ("lfs",)))


def fetch_submodules() -> Remedy:
    """Return the command that fetches what submodules hold."""
    return Remedy("git submodule update --init --recursive", "git", ("submodules",))
