"""What `audit` and `audit init` share: projects that an organisation, group or user has on a forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.output import complain

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.audit.manifest import Manifest


def add_organisations(command: argparse.ArgumentParser) -> None:
    """Declare whose repositories are meant."""
    command.add_argument(
        "--organisation",
        "--organization",
        action="append",
        default=[],
        dest="organisations",
        metavar="ADDRESS",
        help="instead: what an organisation, group or user has on a forge, except archived ones and forks; repeatable",
    )
    command.add_argument(
        "--forge-kind",
        choices=("github", "gitlab", "gitea"),
        default="",
        help="what forges speak whose names do not tell",
    )


def listed(arguments: argparse.Namespace) -> Manifest:
    """Return the projects of the organisations that were typed, and say how many; raises ForgeError and UsageError."""
    from pytest_sprintready.audit.organisations import projects_of
    from pytest_sprintready.forge import Options

    return projects_of(arguments.organisations, Options(kind=arguments.forge_kind), complain)
