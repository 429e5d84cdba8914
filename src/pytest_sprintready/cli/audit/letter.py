"""`sprintready audit letter PROJECT`: a friendly note to the people who keep that project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.audit.stores import add_store, existing_store
from pytest_sprintready.cli.output import write
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.audit.results import Audit, ProjectResult

FORMATS = ("text", "markdown")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument("project", metavar="PROJECT", help="its name in the manifest")
    command.add_argument("--number", type=int, metavar="NUMBER", help="of the audit; default: the last")
    add_store(command)


def run(arguments: argparse.Namespace) -> int:
    """Print the letter: as text to be mailed, as Markdown to be opened as an issue."""
    from pytest_sprintready.report import letter

    with existing_store(arguments.store) as store:
        audit = store.audit(arguments.number)
        project = _named(audit, arguments.project, arguments.store)
        return write(arguments, letter.render(audit, project, markdown=arguments.format == "markdown"))


def _named(audit: Audit, name: str, store: str) -> ProjectResult:
    names = []
    for project in audit.projects:
        if project.project.name == name:
            return project
        names.append(project.project.name)
    from difflib import get_close_matches

    close = get_close_matches(name, names, 1)
    some = ", ".join(names[:10]) + (", ..." if len(names) > 10 else "")
    raise UsageError(
        f"{store} holds no project {name} in audit {audit.number}",
        f"did you mean {close[0]}?" if close else f"there are {some}" if names else "the audit has no projects yet",
    )
