"""`sprintready issues`: which issues a newcomer can take today, and what the others lack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.asking import add_forge, asked, is_address
from pytest_sprintready.cli.outcomes import OK
from pytest_sprintready.cli.output import complain, style, write

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.forge.board import Board

FORMATS = ("text", "json", "markdown")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument(
        "places", nargs="*", default=["."], metavar="PATH|URL", help="folder, bare repository, or address on a forge"
    )
    command.add_argument("-q", "--quiet", action="store_true", help="only the issues that are good to take")
    command.add_argument("-v", "--verbose", action="store_true", help="also what would make good issues better")
    add_forge(command)


def run(arguments: argparse.Namespace) -> int:
    """Print the issues; return 0, or what the worst repository deserves."""
    from pytest_sprintready.errors import SprintReadyError
    from pytest_sprintready.forge.board import Board

    boards = []
    code = OK
    for place in arguments.places:
        try:
            boards.append(_board(arguments, place))
        except SprintReadyError as error:  # noqa: PERF203  once a repository
            complain(str(error))
            boards.append(Board(place, problem=error.message, hint=error.hint))
            code = max(code, error.exit_code)
    return write(arguments, _rendered(arguments, boards), code)


def _board(arguments: argparse.Namespace, typed: str) -> Board:
    from pytest_sprintready.config import Settings, load_settings
    from pytest_sprintready.facts import Facts, issues
    from pytest_sprintready.forge import find, parse
    from pytest_sprintready.forge.board import Board, judged
    from pytest_sprintready.snapshot import open_snapshot

    if is_address(typed):
        place = parse(typed, arguments.forge_kind)
        settings = Settings()
        data = asked(arguments, place, settings)
        return Board(data.repository.name, data, judged(data, settings.issues))
    with open_snapshot(typed) as snapshot:
        facts = Facts(snapshot, load_settings(snapshot))
        place = find(facts, url=arguments.forge_url, kind=arguments.forge_kind)
        data = asked(arguments, place, facts.settings)
        return Board(data.repository.name, data, judged(data, facts.settings.issues, issues.exists(facts)))


def _rendered(arguments: argparse.Namespace, boards: list[Board]) -> str:
    from pytest_sprintready.report import issues

    if arguments.format == "json":
        return issues.render_json(boards)
    if arguments.format == "markdown":
        return issues.render_markdown(boards, quiet=arguments.quiet)
    if all(board.problem for board in boards) and arguments.output is None:
        return ""  # standard error has said it
    return issues.render_text(boards, style(arguments))
