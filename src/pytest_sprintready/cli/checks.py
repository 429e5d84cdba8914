"""`sprintready checks`: the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.output import style, write
from pytest_sprintready.cli.repositories import add_selection, selectors

if TYPE_CHECKING:
    import argparse

FORMATS = ("text", "json", "markdown")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    add_selection(command)


def run(arguments: argparse.Namespace) -> int:
    """Print the catalogue, or the chosen part of it."""
    from pytest_sprintready import engine
    from pytest_sprintready.config import Settings

    chosen, _ = engine.choose(Settings(), select=selectors(arguments.select), ignore=selectors(arguments.ignore))
    rules = [one.rule for one in chosen]
    if arguments.format == "json":
        from pytest_sprintready.report import as_json

        return write(arguments, as_json.render_rules(rules))
    if arguments.format == "markdown":
        from pytest_sprintready.report import markdown

        return write(arguments, markdown.render_catalogue(rules))
    from pytest_sprintready.report import text

    return write(arguments, text.render_catalogue(rules, style(arguments)))
