"""`sprintready explain`: one check or one cause of failures, why it matters, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.output import style, write

if TYPE_CHECKING:
    import argparse

FORMATS = ("text", "json")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument("checks", nargs="+", metavar="CODE", help="a code (SR101, SRN36) or name")


def run(arguments: argparse.Namespace) -> int:
    """Print each page."""
    from pytest_sprintready.diagnosis.catalogue import entries_for, find
    from pytest_sprintready.engine import find_rule
    from pytest_sprintready.report import diagnosis

    causes = {selector: find(selector) for selector in arguments.checks}
    rules = [find_rule(selector) for selector, cause in causes.items() if cause is None]
    if arguments.format == "json":
        from pytest_sprintready.report import as_json

        objects = [diagnosis.entry_object(cause) for cause in causes.values() if cause is not None]
        return write(arguments, as_json.render_rules(rules, objects))
    from pytest_sprintready.report import text

    pages = [diagnosis.render_entry(cause, style(arguments)) for cause in causes.values() if cause is not None]
    for rule in rules:
        seen_as = [f"{entry.code} {entry.name}" for entry in entries_for(rule.code)]
        pages.append(text.render_rule(rule, style(arguments), seen_as))
    return write(arguments, "\n\n".join(pages))
