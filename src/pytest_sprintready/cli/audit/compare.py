"""`sprintready audit compare`: what changed between two audits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.audit.stores import add_store, existing_store
from pytest_sprintready.cli.output import write
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse

FORMATS = ("text", "json")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument("audits", nargs="*", type=int, metavar="NUMBER", help="two of them; default: the last two")
    add_store(command)


def run(arguments: argparse.Namespace) -> int:
    """Print what was mended, what broke, which issues were closed."""
    from pytest_sprintready.audit.compare import compare

    if len(arguments.audits) not in (0, 2):
        raise UsageError("two audits are compared", "`sprintready audit history` lists their numbers")
    with existing_store(arguments.store) as store:
        numbers = arguments.audits or [audit.number for audit in store.audits()][-2:]
        if len(numbers) < 2:
            raise UsageError(f"{arguments.store} holds one audit", "make another after the sprint, then compare")
        found = compare(*(store.audit(number) for number in numbers))
    if arguments.format == "json":
        import json

        from pytest_sprintready.audit.compare import to_json

        return write(arguments, json.dumps(to_json(found), indent=2) + "\n")
    from pytest_sprintready.audit.tables import comparison

    return write(arguments, comparison(found))
