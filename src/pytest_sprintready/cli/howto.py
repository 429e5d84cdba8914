"""`sprintready howto`: what a newcomer types to set up and test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.output import style, write
from pytest_sprintready.cli.repositories import add_places, for_each

if TYPE_CHECKING:
    import argparse

FORMATS = ("text", "json")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    add_places(command)


def run(arguments: argparse.Namespace) -> int:
    """Print a guide for each repository."""
    from pytest_sprintready.howto import Guide, guide

    guides, code = for_each(arguments, guide, Guide)
    if arguments.format == "json":
        from pytest_sprintready.report import as_json

        return write(arguments, as_json.render_guides(guides), code)
    from pytest_sprintready.report import text

    return write(arguments, text.render_guides(guides, style(arguments)), code)
