"""`sprintready audit export`: an audit as CSV, JSON or Parquet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.audit.stores import add_store, existing_store
from pytest_sprintready.cli.output import write
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse

FORMATS = ("csv", "json", "parquet")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument("number", nargs="?", type=int, metavar="NUMBER", help="of the audit; default: the last")
    add_store(command)


def run(arguments: argparse.Namespace) -> int:
    """Write a row for each project."""
    from pytest_sprintready.audit.export import csv_lines, json_lines, write_parquet

    with existing_store(arguments.store) as store:
        audit = store.audit(arguments.number)
        if arguments.format == "parquet":
            if arguments.output is None:
                raise UsageError("Parquet is no text", "name a file with --output")
            write_parquet(audit, arguments.output)
            return 0
        lines = json_lines(audit) if arguments.format == "json" else csv_lines(audit)
        return write(arguments, "".join(lines))
