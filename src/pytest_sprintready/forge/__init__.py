"""What a forge (GitHub, GitLab, Gitea and those that speak as they do) says of a repository's issues and people.

    place = find(facts)
    data = ask(place, Options(), wanted(facts.settings))
    facts = Facts(snapshot, settings, forge=data)

`ask` raises ForgeError; `ask_all` asks for many repositories at once and gives each its data or its error.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.errors import ForgeError
from pytest_sprintready.forge.gathering import Wanted, wanted
from pytest_sprintready.forge.where import Place, find, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pytest_sprintready.forge.http import Client, Limits
    from pytest_sprintready.forge.model import ForgeData

__all__ = ["Options", "Place", "Wanted", "ask", "ask_all", "client_for", "find", "parse", "wanted"]


class Options(NamedTuple):
    """How a forge is asked, as a user said it: all have a default.

    `kind` is what a forge speaks whose name does not tell, where many are asked; `refresh` takes nothing from the cache
    unasked; `sleep` and `clock` are for tests.
    """

    token_file: str = ""
    anonymous: bool = False
    ca_file: str = ""
    cache: bool = True
    refresh: bool = False
    limits: Limits | None = None
    sleep: Callable[[float], None] | None = None
    clock: Callable[[], float] | None = None
    kind: str = ""


def client_for(place: Place, options: Options) -> Client:
    """Return what asks the forge of a place; raises ForgeError without the extra, UsageError for a broken token."""
    from urllib.parse import urlsplit

    from pytest_sprintready.forge.cache import Cache, default_folder
    from pytest_sprintready.forge.http import Client, Limits
    from pytest_sprintready.forge.secrets import find_token, read_token_file

    token = None
    if options.token_file:
        token = read_token_file(options.token_file)
    elif not options.anonymous:
        token = find_token(place.forge, place.host)
    cache = Cache(default_folder() if options.cache else None)
    clock = options.clock or time.time
    cache.tidy(int(clock()))
    limits = options.limits or Limits()
    return Client(
        urlsplit(place.api).netloc,
        token,
        scheme={"github": "Bearer", "gitlab": "PRIVATE-TOKEN", "gitea": "token"}[place.forge],
        limits=limits._replace(fresh=0) if options.refresh else limits,
        cache=cache,
        ca_file=options.ca_file,
        sleep=options.sleep or time.sleep,
        clock=clock,
    )


def ask(place: Place, options: Options, want: Wanted) -> ForgeData:
    """Return what the forge says of one repository, or of what it forks; raises ForgeError."""
    found = ask_all([place], options, want)[place]
    if isinstance(found, ForgeError):
        raise found
    return found


def ask_all(places: Iterable[Place], options: Options, want: Wanted) -> dict[Place, ForgeData | ForgeError]:
    """Return what the forges say, by place. Repositories of one host are asked for together.

    A fork's issues are those of the repository it was made from, unless the fork itself was named.
    """
    found: dict[Place, ForgeData | ForgeError] = {}
    hosts: dict[tuple[str, str], list[Place]] = {}
    for place in dict.fromkeys(places):
        hosts.setdefault((place.forge, place.root), []).append(place)
    now = int((options.clock or time.time)())
    for group in hosts.values():
        try:
            client = client_for(group[0], options)
        except ForgeError as error:
            found.update(dict.fromkeys(group, error))
            continue
        found.update(_ask(client, group, want, now))
        forks = {place: parent for place in group if (parent := _parent(place, found[place]))}
        parents = _ask(client, list(dict.fromkeys(forks.values())), want, now) if forks else {}
        for place, parent in forks.items():
            above = parents[parent]
            if not isinstance(above, ForgeError):
                found[place] = above
    return found


def _ask(client: Client, places: Sequence[Place], want: Wanted, now: int) -> dict[Place, ForgeData | ForgeError]:
    from importlib import import_module

    module = import_module(f"{__name__}.{places[0].forge}")
    answers: dict[Place, ForgeData | ForgeError] = module.ask(client, places, want, now)
    return answers


def _parent(place: Place, answer: ForgeData | ForgeError) -> Place | None:
    """Return the repository that a fork was made from, where the fork was found and not named."""
    if isinstance(answer, ForgeError) or place.told or not answer.repository.parent:
        return None
    return place._replace(name=answer.repository.parent, source=f"{place.source}, a fork")
