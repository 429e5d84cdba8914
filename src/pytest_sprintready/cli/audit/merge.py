"""`sprintready audit merge`: join the stores of shards."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from pytest_sprintready.cli.audit.stores import existing_store
from pytest_sprintready.cli.outcomes import FAILED, OK
from pytest_sprintready.cli.output import complain, write
from pytest_sprintready.report import plural

if TYPE_CHECKING:
    import argparse

FORMATS = ("text",)


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument("parts", nargs="+", metavar="STORE", help="made with --shard of the same manifest")
    command.add_argument("--store", default="sprint.sqlite", metavar="FILE", help="the whole; default: %(default)s")


def run(arguments: argparse.Namespace) -> int:
    """Copy the last audit of each part into one audit of the whole, and print its table."""
    from pytest_sprintready.audit.merge import merge
    from pytest_sprintready.audit.run import alone
    from pytest_sprintready.audit.store import Store
    from pytest_sprintready.audit.tables import standings

    with ExitStack() as opened:
        parts = [opened.enter_context(existing_store(path)) for path in arguments.parts]
        opened.enter_context(alone(arguments.store))
        store = opened.enter_context(Store(arguments.store))
        number, lacking = merge(parts, store)
        if lacking:
            complain(
                f"{plural(lacking, 'project')} of the manifest are in none of the parts\n  hint: merge the rest too"
            )
        return write(arguments, standings(store.audit(number)), FAILED if lacking else OK)
