"""Which repositories an organisation, group or user has on a forge: those that a sprint can be about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from pytest_sprintready.errors import ForgeError
from pytest_sprintready.forge import client_for
from pytest_sprintready.forge.gathering import text
from pytest_sprintready.forge.http import NotFound
from pytest_sprintready.forge.where import repository_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_sprintready.forge import Options, Place
    from pytest_sprintready.forge.http import Client

MOST = 10_000


class _Dialect(NamedTuple):
    """How a forge lists: addresses below its API, in the order they are tried, with what is asked; words of an entry.

    What is not public is left out by us as well: a token may see more than the sprint.
    """

    lists: Mapping[str, Mapping[str, object]]
    name: str
    fork: str
    is_private: Callable[[Mapping[str, Any]], bool]


_BY_NAME = {"sort": "full_name", "per_page": 100}
_BY_NUMBER = {"visibility": "public", "archived": "false", "order_by": "id", "sort": "asc", "per_page": 100}
_DIALECTS = {
    "github": _Dialect(
        {"/orgs/{}/repos": _BY_NAME, "/users/{}/repos": _BY_NAME},
        "full_name",
        "fork",
        lambda entry: bool(entry.get("private")),
    ),
    "gitlab": _Dialect(
        {
            "/groups/{}/projects": {**_BY_NUMBER, "include_subgroups": "true", "with_shared": "false"},
            "/users/{}/projects": _BY_NUMBER,
        },
        "path_with_namespace",
        "forked_from_project",
        lambda entry: entry.get("visibility", "public") != "public",
    ),
    "gitea": _Dialect(
        {"/orgs/{}/repos": {"limit": 50}, "/users/{}/repos": {"limit": 50}},
        "full_name",
        "fork",
        lambda entry: bool(entry.get("private") or entry.get("internal")),
    ),
}


class Owned(NamedTuple):
    """The public repositories, in the order of their names, and how many were left out as archived or as forks.

    GitLab keeps those archived to itself. Which of a user's are forks it tells only with a token; else `told` is False.
    """

    places: tuple[Place, ...]
    archived: int = 0
    forks: int = 0
    told: bool = True


def owned(owner: Place, options: Options) -> Owned:
    """Return what an owner, as of `parse_owner`, has: also in the subgroups of a group.

    Raises ForgeError where the forge does not know the owner or cannot be asked.
    """
    dialect = _DIALECTS[owner.forge]
    found: dict[str, Place] = {}
    archived = forks = 0
    told = True
    for number, entry in enumerate(_entries(client_for(owner, options), owner, dialect)):
        if number == MOST:
            raise ForgeError(
                f"{owner.url} has more than {MOST:,} repositories", "write those of your sprint into a list"
            )
        # An address that the forge tells beside the name could lead anywhere, so that is not taken.
        place = repository_of(owner, text(entry.get(dialect.name)))
        if place is None or place.name in found or dialect.is_private(entry):
            continue
        told = told and "archived" in entry
        if entry.get("archived"):
            archived += 1
        elif entry.get(dialect.fork):
            forks += 1
        else:
            found[place.name] = place
    places = sorted(found.values(), key=lambda place: (place.name.lower(), place.name))
    return Owned(tuple(places), archived, forks, told)


def _entries(client: Client, owner: Place, dialect: _Dialect) -> Iterator[dict[str, Any]]:
    """Yield what the first list has that knows the owner: an organisation is no user to its forge, or the reverse."""
    for path, parameters in dialect.lists.items():
        address = f"{owner.api}{path.format(quote(owner.name, safe=''))}"
        try:
            for entry in client.pages(address, parameters, most=MOST + 1):
                if isinstance(entry, dict):
                    yield entry
        except NotFound:
            continue
        return
    whom = "this token" if client.token else "the public"
    raise NotFound(
        f"{owner.url} is no organisation, group or user, or is not shown to {whom}",
        "check the name, and that it is not one repository's",
    )
