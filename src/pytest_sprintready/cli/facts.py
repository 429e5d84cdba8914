"""`sprintready facts`: what the files of repositories say, as values with their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.output import style, write
from pytest_sprintready.cli.repositories import add_places, for_each

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.facts import Facts

FORMATS = ("text", "json")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    add_places(command)


def run(arguments: argparse.Namespace) -> int:
    """Print the facts of each repository."""
    from pytest_sprintready.model import Report

    def publish(facts: Facts) -> Report:
        return Report(facts.snapshot.name, facts.snapshot.revision, facts=facts.published())

    reports, code = for_each(arguments, publish, Report)
    if arguments.format == "json":
        from pytest_sprintready.report import as_json

        return write(arguments, as_json.render(reports), code)
    from pytest_sprintready.report import text

    return write(arguments, text.render_facts(reports, style(arguments)), code)
