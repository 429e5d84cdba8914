"""What the commands share that ask a forge: how it is asked, where answers are kept, and which repository is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.output import complain

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.config import Settings
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.forge import Options, Place
    from pytest_sprintready.forge.model import ForgeData


def add_forge(command: argparse.ArgumentParser, *, saving: bool = True) -> None:
    """Declare how the forge is asked."""
    group = command.add_argument_group("the forge")
    group.add_argument(
        "--forge-url", metavar="URL", default="", help="the repository there, where git does not tell it"
    )
    group.add_argument("--forge-kind", choices=("github", "gitlab", "gitea"), default="", help="what the forge speaks")
    group.add_argument(
        "--token-file", metavar="FILE", default="", help="file with a token; else the environment, gh, netrc"
    )
    group.add_argument("--anonymous", action="store_true", help="use no token, even where there is one")
    group.add_argument("--ca-file", metavar="FILE", default="", help="certificates of an authority of your own")
    group.add_argument("--refresh", action="store_true", help="ask again for what was answered minutes ago")
    if saving:
        group.add_argument("--save", metavar="DIR", default="", help="keep what the forge says in this folder")
        group.add_argument(
            "--from", metavar="DIR", dest="saved", default="", help="take it from there; no network is used"
        )


def options(arguments: argparse.Namespace) -> Options:
    """Return how to ask, as it was typed."""
    from pytest_sprintready.forge import Options

    return Options(
        token_file=arguments.token_file,
        anonymous=arguments.anonymous,
        ca_file=arguments.ca_file,
        refresh=arguments.refresh,
    )


def is_address(place: str) -> bool:
    """Return whether somebody typed an address and no folder."""
    return "://" in place or place.startswith("git@")


def asked(arguments: argparse.Namespace, place: Place, settings: Settings) -> ForgeData:
    """Return what the forge says, or said; kept where that is wanted. Raises ForgeError and UsageError."""
    from pytest_sprintready.forge import ask, saved, wanted

    if arguments.saved:
        return saved.load(arguments.saved, place)
    data = ask(place, options(arguments), wanted(settings))
    if arguments.save:
        saved.save(arguments.save, place, data)
    return data


def learn(arguments: argparse.Namespace, facts: Facts) -> bool:
    """Let `facts` know what the forge says; return False, having said why, where that could not be had."""
    from pytest_sprintready.errors import ForgeError
    from pytest_sprintready.forge import find
    from pytest_sprintready.model import Fact

    try:
        place = find(facts, url=arguments.forge_url, kind=arguments.forge_kind)
        facts.forge = Fact(asked(arguments, place, facts.settings))
    except ForgeError as error:
        facts.forge = Fact.not_known(f"the forge could not be asked: {error.message}")
        complain(str(error))
        return False
    for problem in facts.forge.value.problems:
        complain(f"{place.name}: {problem}")
    return True
