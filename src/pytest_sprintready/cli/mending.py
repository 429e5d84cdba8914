"""What `check` and `init` do about failing checks: show a diff, ask what no file tells, write."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pytest_sprintready.cli.output import complain
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.fixes.model import Answers, LeftAlone, Plan
    from pytest_sprintready.fixes.writing import WorkTree
    from pytest_sprintready.model import Remedy, Report
    from pytest_sprintready.snapshot import Snapshot


def add_fixing(command: argparse.ArgumentParser) -> None:
    """Declare how failing checks are mended."""
    group = command.add_argument_group("mending")
    group.add_argument("--fix", action="store_true", help="mend what can be mended, then judge again")
    group.add_argument("--diff", action="store_true", help="show what --fix would change as a diff; write nothing")
    group.add_argument("--unsafe-fixes", action="store_true", help="also what needs a human's eye")
    add_answers(group)


def add_answers(group: argparse._ArgumentGroup) -> None:
    """Declare how a maintainer says what no file tells."""
    group.add_argument(
        "--answer", action="append", default=[], metavar="KEY=VALUE",
        help="what no file tells, for example contact=https://chat.example.org/room; may be repeated",
    )  # fmt: skip
    group.add_argument("--no-input", action="store_true", help="ask nothing on the terminal")
    group.add_argument("--allow-dirty", action="store_true", help="write beside changes that are not committed")


def answers_of(arguments: argparse.Namespace) -> Answers:
    """Return the answers given as options; raises UsageError for a key that nobody asks for."""
    if not arguments.answer:
        return {}
    from pytest_sprintready.fixes.model import QUESTIONS

    keys = [question.key for question in QUESTIONS]
    given: Answers = {}
    for option in arguments.answer:
        key, sign, value = option.partition("=")
        key = key.strip()
        if not sign or key not in keys:
            what = f"--answer {option!r} has no `=`" if not sign else f"--answer: nothing asks for {key!r}"
            raise UsageError(what, f"the keys are {', '.join(keys)}")
        if "\n" in value or not value.isprintable():
            raise UsageError(f"--answer {key}: the value is not one line of text", "leave out what cannot be printed")
        given[key] = value.strip()
    return given


class Mender:
    """Plans for one repository and, if asked for, writes."""

    def __init__(self, arguments: argparse.Namespace, select: Sequence[str], ignore: Sequence[str]) -> None:
        self.arguments = arguments
        self.select = select
        self.ignore = ignore
        self.answers = answers_of(arguments)

    def counted(self, report: Report) -> Report:
        """Return a report that counts the failing checks that --fix knows; what it can mend only a plan could tell."""
        from pytest_sprintready.fixes import MENDED
        from pytest_sprintready.model import Status

        if self.arguments.fix:
            return report  # what is left was told already
        failing = [result.rule.code for result in report.results if result.status is Status.FAIL]
        return report._replace(mendable=len(MENDED.intersection(failing)))

    def shown(self, facts: Facts, report: Report) -> Report:
        """Return a report with what could be mended, and the diff; say on standard error what is not in it, and why."""
        from pytest_sprintready.fixes.diff import unified

        forge = self.arguments.forge or self.arguments.saved or self.arguments.save
        # A report on some checks, or on more than the files, is none to plan by.
        partial = self.select or self.ignore or facts.settings.select or forge
        planned = self.plan(facts.snapshot, judged=None if partial else (facts, report))
        tell(planned, "would")
        return report._replace(remedies=remedies_of(planned), diff=unified(planned.edits))

    def plan(
        self, snapshot: Snapshot, tree: WorkTree | None = None, *, judged: tuple[Facts, Report] | None = None
    ) -> Plan:
        """Return what can be mended, with the answers there are."""
        from pytest_sprintready.fixes.planning import plan

        wanted: bool = self.arguments.unsafe_fixes
        refuses = tree.refuses if tree else (lambda _edit: "")
        return plan(
            snapshot,
            answers=self.answers,
            select=self.select,
            ignore=self.ignore,
            unsafe=wanted,
            refuses=refuses,
            judged=judged,
        )

    def fixed(self, facts: Facts) -> Facts:
        """Write what can be mended; return the facts of the files as they are then.

        Raises RepositoryError or UsageError where nothing may be written.
        """
        from pytest_sprintready.config import load_settings
        from pytest_sprintready.facts import Facts
        from pytest_sprintready.fixes.writing import WorkTree, require_clean
        from pytest_sprintready.snapshot import FolderSnapshot, open_snapshot

        snapshot, path = facts.snapshot, facts.snapshot.name
        if not isinstance(snapshot, FolderSnapshot):
            raise UsageError(f"{path}: only files in a folder can be mended", "use --diff to see what would change")
        tree = WorkTree(path)
        planned = self.plan(snapshot, tree)
        asked = [each.asks for each in planned.fixes] + [each.asks for each in planned.left]
        if ask(self.answers, [key for keys in asked for key in keys], silent=self.arguments.no_input):
            planned = self.plan(snapshot, tree)
        if planned.edits:
            if not self.arguments.allow_dirty:
                require_clean(tree, planned.edits)
            tree.write(snapshot, planned.edits)
        tell(planned, "did")
        after = open_snapshot(path)
        return Facts(after, load_settings(after))


def ask(answers: Answers, keys: Iterable[str], *, silent: bool) -> bool:
    """Ask for what is not answered yet, if somebody is there to answer; return whether there is a new answer."""
    from pytest_sprintready.fixes.model import QUESTIONS

    wanted = set(keys) - answers.keys()
    if not wanted or silent or not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print("Some things no file tells. Press Enter to leave one out.", file=sys.stderr)  # noqa: T201
    told = False
    for question in QUESTIONS:
        if question.key in wanted:
            print(f"{question.text} (for example: {question.example})", file=sys.stderr)  # noqa: T201
            try:
                answer = input("> ").strip()
            except EOFError:  # nobody wants to say more
                break
            answers[question.key] = answer if answer.isprintable() else ""
            told = told or bool(answer)
    return told


def remedies_of(planned: Plan) -> tuple[Remedy, ...]:
    """Return what a report says of a plan."""
    from pytest_sprintready.model import Remedy

    return tuple(
        Remedy(code, fix.summary, safe)
        for safe, fixes in ((True, planned.fixes), (False, planned.unsafe))
        for fix in fixes
        for code in (fix.code, *fix.also)
    )


def tell(planned: Plan, tense: str) -> None:
    """Say on standard error what is mended, what is not, and why."""
    verb = "fixed" if tense == "did" else "would fix"
    lines = []
    for fix in planned.fixes:
        lines.append(f"{verb} {' '.join((fix.code, *fix.also))}: {fix.summary}")
        if fix.left_out:
            lines.append(f"  left out: {'; '.join(dict.fromkeys(fix.left_out))}")
    lines += [f"{fix.code} needs your eye: {fix.summary}; add --unsafe-fixes" for fix in planned.unsafe]
    lines += list(say_left(planned.left))
    if not planned.fixes:
        lines.insert(0, "nothing to fix" if tense == "did" else "nothing would be fixed")
    complain("\n  ".join(lines))


def say_left(left: Iterable[LeftAlone]) -> Iterable[str]:
    """Yield what was left alone and why, with the text to paste."""
    for each in left:
        hint = "".join(f"; add --answer {key}=..." for key in each.asks)
        yield f"{each.code} left alone: {each.reason}{hint}"
        if each.paste:
            yield "  text to paste:"
            yield from (f"  | {line}" for line in each.paste.split("\n"))
