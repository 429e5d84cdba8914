"""What the commands share that read repositories: where they are, which checks are meant, one answer for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.outcomes import OK, USAGE
from pytest_sprintready.cli.output import complain, complain_of_bug
from pytest_sprintready.errors import SprintReadyError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from pytest_sprintready.config import Settings
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.howto import Guide
    from pytest_sprintready.model import Report

    Answer = TypeVar("Answer", Report, Guide)


def add_places(command: argparse.ArgumentParser) -> None:
    """Declare where the repositories are."""
    command.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="folder or bare git repository")
    command.add_argument("--rev", metavar="REV", help="read this commit from git instead of the files on disk")


def add_selection(command: argparse.ArgumentParser) -> None:
    """Declare which checks are meant."""
    what = "codes, beginnings of codes or names, separated by commas; may be repeated"
    command.add_argument("--select", action="append", default=[], metavar="CHECK", help=f"only these: {what}")
    command.add_argument("--ignore", action="append", default=[], metavar="CHECK", help="not these, likewise")


def for_each(
    arguments: argparse.Namespace, answer: Callable[[Facts], Answer], kind: type[Answer]
) -> tuple[list[Answer], int]:
    """Return an answer for each path, and the worst exit code; what stops one repository stops no other.

    For a repository that cannot be judged the answer, of this kind, carries the problem, which is said at once, too.
    """
    from pytest_sprintready.config import load_settings
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.snapshot import open_snapshot

    answers: list[Answer] = []
    code = OK
    for path in arguments.paths:
        try:
            with open_snapshot(path, arguments.rev) as snapshot:
                settings: Settings = load_settings(snapshot)
                answers.append(answer(Facts(snapshot, settings)))
        except SprintReadyError as error:  # noqa: PERF203  once a repository
            complain(str(error) if path in error.message else f"{path}: {error}")
            answers.append(kind(path, problem=error.message, hint=error.hint))
            code = max(code, error.exit_code)
        except Exception as error:  # noqa: BLE001  a bug of ours met in one repository must not hide the others
            complain_of_bug(error, f"{path}: ")
            answers.append(kind(path, problem=f"a bug of sprintready: {type(error).__name__}: {error}"))
            code = max(code, USAGE)
    return answers, code


def selectors(typed: Sequence[str]) -> tuple[str, ...]:
    """Return the selectors of options that were repeated, or hold commas."""
    return tuple(selector.strip() for one in typed for selector in one.split(",") if selector.strip())


def known(select: Sequence[str], ignore: Sequence[str]) -> None:
    """Raise UsageError for a selector that names nothing, once and not for each repository."""
    if select or ignore:
        from pytest_sprintready import engine
        from pytest_sprintready.config import Settings

        engine.choose(Settings(), select=select, ignore=ignore)
