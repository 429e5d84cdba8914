"""`sprintready init`: begin with sprintready in a project."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pytest_sprintready.cli.mending import Mender, add_answers, ask, say_left, tell
from pytest_sprintready.cli.outcomes import FAILED, OK
from pytest_sprintready.cli.output import complain, style, write
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.fixes.model import Edit
    from pytest_sprintready.snapshot import Snapshot

FORMATS = ("text",)
_ASKED = ("lead", "contact", "mentors", "capacity", "level", "goals")
_ASKED_TO_MEND = ("conduct-contact", "licence", "copyright")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument("path", nargs="?", default=".", metavar="PATH", help="folder of the project")
    command.add_argument("--dry-run", action="store_true", help="show what would be written as a diff; write nothing")
    command.add_argument("--fix", action="store_true", help="mend what the checks then find, as `check --fix` does")
    command.add_argument("--unsafe-fixes", action="store_true", help="with --fix: also what needs a human's eye")
    add_answers(command.add_argument_group("answers and safety"))


def run(arguments: argparse.Namespace) -> int:
    """Write the beginnings, then judge; return 0 where the project is ready."""
    import pytest_sprintready
    from pytest_sprintready import engine
    from pytest_sprintready.config import load_settings
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.fixes.beginning import beginning
    from pytest_sprintready.fixes.diff import unified
    from pytest_sprintready.fixes.planning import with_edits
    from pytest_sprintready.fixes.writing import WorkTree, require_clean
    from pytest_sprintready.report import text
    from pytest_sprintready.snapshot import FolderSnapshot, open_snapshot

    mender = Mender(arguments, (), ())
    with open_snapshot(arguments.path) as snapshot:
        if not isinstance(snapshot, FolderSnapshot):
            raise UsageError(f"{arguments.path} has no files on disk to write to", "name a folder with a checkout")
        facts = Facts(snapshot, load_settings(snapshot))
        tree = WorkTree(arguments.path)
        declared = facts.settings.sprint
        wanted = [key for key in _ASKED if not getattr(declared, key)]
        if not arguments.dry_run:
            ask(mender.answers, [*wanted, *(_ASKED_TO_MEND if arguments.fix else ())], silent=arguments.no_input)
        begun = beginning(facts, mender.answers, pytest_sprintready.__version__, tree.refuses)
        after: Snapshot = with_edits(snapshot, begun.edits)
        edits = begun.edits
        lines = [f"{'would ' if arguments.dry_run else ''}{what}" for what in begun.done] or ["nothing to add"]
        complain("\n  ".join([*lines, *say_left(begun.left)]))
        if arguments.fix:
            planned = mender.plan(after, tree)
            tell(planned, "would" if arguments.dry_run else "did")
            edits = _joined(snapshot, begun.edits, planned.edits)
            after = with_edits(snapshot, edits)
        if arguments.dry_run:
            return write(arguments, unified(edits), OK)
        if edits:
            if not arguments.allow_dirty:
                require_clean(tree, edits)
            tree.write(snapshot, edits)
        report = engine.run(Facts(after, load_settings(after)))
    code = OK if report.ready else FAILED
    if not report.ready and not arguments.fix:
        print("`sprintready check --diff` shows what can be mended.", file=sys.stderr)  # noqa: T201
    return write(arguments, text.render([report], style(arguments)), code)


def _joined(snapshot: Snapshot, first: tuple[Edit, ...], second: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """Return one edit a file of two rounds, from the files as they are."""
    texts = {edit.path: edit for edit in (*first, *second)}
    return tuple(
        edit._replace(old=snapshot.read(path) if snapshot.has(path) else None) for path, edit in sorted(texts.items())
    )
