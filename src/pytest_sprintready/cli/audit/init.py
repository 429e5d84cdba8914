"""`sprintready audit init`: write a manifest to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.cli.audit.organisations import add_organisations, listed
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse

FORMATS = ()


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument("path", nargs="?", default="sprint.toml", metavar="FILE", help="default: %(default)s")
    add_organisations(command)


def run(arguments: argparse.Namespace) -> int:
    """Write the file, unless there is one; say what comes next."""
    from pytest_sprintready.audit.template import MANIFEST, filled
    from pytest_sprintready.cli.output import write

    text = filled(listed(arguments).projects) if arguments.organisations else MANIFEST
    try:
        with Path(arguments.path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{arguments.path} is there already", "name another file") from None
    except OSError as error:
        raise UsageError(f"{arguments.path} cannot be written: {error.strerror}") from error
    return write(arguments, f"{arguments.path} is written. Fill it in, then: sprintready audit {arguments.path}\n")
