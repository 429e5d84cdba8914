"""`sprintready audit report`: the page of an audit, or a post."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pytest_sprintready.cli.audit.stores import add_store, existing_store
from pytest_sprintready.cli.output import write
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.audit.results import Audit
    from pytest_sprintready.audit.store import Store

FORMATS = ("html", "markdown")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument("number", nargs="?", type=int, metavar="NUMBER", help="of the audit; default: the last")
    add_store(command)


def run(arguments: argparse.Namespace) -> int:
    """Write the page, or the post."""
    with existing_store(arguments.store) as store:
        return write(arguments, rendered(arguments, store, store.audit(arguments.number)))


def rendered(arguments: argparse.Namespace, store: Store, audit: Audit) -> str:
    """Return the audit in the format asked for, "html" or "markdown"."""
    if arguments.format == "markdown":
        from pytest_sprintready.report import post

        return post.render(audit)
    if arguments.output is None and sys.stdout.isatty():
        raise UsageError("a page is nothing to read at a terminal", "name a file: --output sprint.html")
    from pytest_sprintready.audit.page import page

    return page(store, audit)
