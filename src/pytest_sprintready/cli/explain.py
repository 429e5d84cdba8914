"""`sprintready explain`: one check, why it matters, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.output import style, write

if TYPE_CHECKING:
    import argparse

FORMATS = ("text", "json")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument("checks", nargs="+", metavar="CODE", help="a code (SR101) or name of a check")


def run(arguments: argparse.Namespace) -> int:
    """Print each page."""
    from pytest_sprintready.engine import find_rule

    rules = [find_rule(selector) for selector in arguments.checks]
    if arguments.format == "json":
        from pytest_sprintready.report import as_json

        return write(arguments, as_json.render_rules(rules))
    from pytest_sprintready.report import text

    return write(arguments, "\n\n".join(text.render_rule(rule, style(arguments)) for rule in rules))
