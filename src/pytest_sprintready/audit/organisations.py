"""Projects that nobody has listed: the repositories of an organisation, group or user, as their forge lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.audit.manifest import Manifest, Project, Sprint
from pytest_sprintready.errors import UsageError
from pytest_sprintready.snapshot.plumbing import without_credentials

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_sprintready.forge import Options, Place
    from pytest_sprintready.forge.owners import Owned


def projects_of(addresses: Sequence[str], asking: Options, say: Callable[[str], None]) -> Manifest:
    """Return the repositories of each organisation, group or user in the order of their names; `say` hears how many.

    Raises ForgeError where a forge cannot be asked or does not know one of them, UsageError for an address that names
    none, or where nothing is left that is public and neither archived nor a fork.
    """
    from pytest_sprintready.forge.owners import owned
    from pytest_sprintready.forge.where import parse_owner

    for address in addresses:
        if without_credentials(address) != address:
            raise UsageError(
                f"{without_credentials(address)} was given with a password", "take it out: docs/issues.md tells where"
            )
    owners = dict.fromkeys(parse_owner(address, asking.kind) for address in addresses)
    projects: dict[str, Project] = {}  # by address: a group may be named beside one below it
    names: set[str] = set()
    for owner in owners:
        found = owned(owner, asking)
        say(_counted(owner, found))
        for place in found.places:
            if place.url not in projects:
                project = Project(next(name for name in _names(place, owner) if name not in names), url=place.url)
                names.add(project.name)
                projects[place.url] = project
    path = ", ".join(owner.url for owner in owners)
    if not projects:
        raise UsageError(f"{path}: no public repository that is neither archived nor a fork", "is it the right name?")
    return Manifest(path, Sprint(), tuple(projects.values()))


def _names(place: Place, owner: Place) -> Iterator[str]:
    """Yield what a repository can be called: its path below its owner, or as much more as tells it from another's."""
    start = f"{owner.name}/"
    if place.name.lower().startswith(start.lower()):
        yield place.name[len(start) :]
    yield place.name
    yield place.url.partition("://")[2]
    yield place.url


def _counted(owner: Place, found: Owned) -> str:
    count = len(found.places)
    said = f"{owner.url}: {count} {'repository' if count == 1 else 'repositories'}"
    aside = [f"{found.archived} archived"] if found.archived else []
    aside += [f"{found.forks} fork{'s' if found.forks > 1 else ''}"] if found.forks else []
    said = f"{said}, without {' and '.join(aside)}" if aside else said
    return said if found.told else f"{said}; which of them are forks it tells only with a token (docs/issues.md)"
