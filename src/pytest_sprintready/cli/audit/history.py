"""`sprintready audit history`: the audits of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.audit.stores import add_store, existing_store
from pytest_sprintready.cli.output import write

if TYPE_CHECKING:
    import argparse

FORMATS = ("text", "json")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    add_store(command)


def run(arguments: argparse.Namespace) -> int:
    """Print a line for each audit."""
    with existing_store(arguments.store) as store:
        tallies = store.tallies()
    if arguments.format == "json":
        import json

        return write(arguments, json.dumps([tally._asdict() for tally in tallies], indent=2) + "\n")
    from pytest_sprintready.audit.tables import history

    return write(arguments, history(tallies))
