"""`sprintready labels`: the labels a sprint needs, against those on the forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.asking import add_forge, is_address, options
from pytest_sprintready.cli.outcomes import OK, UNMET
from pytest_sprintready.cli.output import complain, style, write

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.config import Settings
    from pytest_sprintready.forge import Place

FORMATS = ("text", "json")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument(
        "place", nargs="?", default=".", metavar="PATH|URL", help="folder, bare repository, or address on a forge"
    )
    command.add_argument(
        "--apply", action="store_true", help="make what is missing and describe what is bare; nothing else is changed"
    )
    add_forge(command, saving=False)


def run(arguments: argparse.Namespace) -> int:
    """Print the plan, and with --apply what became of it; return 0 where nothing failed."""
    from pytest_sprintready.forge import client_for, labels
    from pytest_sprintready.report.labels import render_json, render_text

    place, settings = _meant(arguments)
    client = client_for(place, options(arguments))
    steps = labels.plan(labels.current(client, place), settings.beginner_labels, settings.issues.sprint_labels)
    done: dict[str, str] = {}
    if arguments.apply:
        if arguments.format == "text" and arguments.output is None:
            write(arguments, render_text(place.url, steps, None, style(arguments)))
        for step, failure in labels.apply(client, place, steps):
            done[step.wanted.name] = failure
            if failure:
                complain(f"{step.wanted.name}: {failure}")
    outcome = done if arguments.apply else None
    code = UNMET if any(done.values()) else OK
    if arguments.format == "json":
        return write(arguments, render_json(place.url, steps, outcome), code)
    return write(arguments, render_text(place.url, steps, outcome, style(arguments)), code)


def _meant(arguments: argparse.Namespace) -> tuple[Place, Settings]:
    from pytest_sprintready.config import Settings, load_settings
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.forge import find, parse
    from pytest_sprintready.snapshot import open_snapshot

    if is_address(arguments.place):
        return parse(arguments.place, arguments.forge_kind), Settings()
    with open_snapshot(arguments.place) as snapshot:
        facts = Facts(snapshot, load_settings(snapshot))
        return find(facts, url=arguments.forge_url, kind=arguments.forge_kind), facts.settings
