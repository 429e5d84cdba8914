"""`sprintready doctor`: what this machine, this environment and this clone lack, and what to type, in order."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pytest_sprintready.cli.outcomes import FAILED, OK
from pytest_sprintready.cli.output import style, write

if TYPE_CHECKING:
    import argparse

FORMATS = ("text", "json")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.description = (
        "Looks at this machine, the Python environment and the clone, and names the commands to type. "
        "Reads the project's files, asks git and the interpreter; runs nothing of the project. "
        "Exit code 0 when ready, 1 when not."
    )
    command.add_argument("path", nargs="?", default=".", metavar="PATH", help="the clone, or a folder inside of it")
    command.add_argument(
        "--python", default="", metavar="PYTHON", help="the Python to look at; default: the one of the environment"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what was found; return 0 when nothing needed is missing."""
    from pytest_sprintready.cli.places import here, project_root
    from pytest_sprintready.diagnosis.doctor import examine
    from pytest_sprintready.machine.choice import choose
    from pytest_sprintready.snapshot import open_snapshot

    root = project_root(arguments.path)
    open_snapshot(arguments.path).close()  # says what is wrong with the folder named
    chosen = choose(root, os.environ)
    with here(root, arguments.python or chosen.python) as (facts, machine):
        way, folder = ("active", "") if arguments.python else (chosen.why, chosen.folder)
        found = examine(facts, machine, way, folder)
    code = OK if found.ready else FAILED
    if arguments.format == "json":
        from pytest_sprintready.report.doctor import render_json

        return write(arguments, render_json(found), code)
    from pytest_sprintready.report.doctor import render

    return write(arguments, render(found, style(arguments)), code)
