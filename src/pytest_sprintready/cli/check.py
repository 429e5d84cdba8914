"""`sprintready check`: judge repositories, and mend what can be mended."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pytest_sprintready.cli.asking import add_forge, learn
from pytest_sprintready.cli.mending import Mender, add_fixing
from pytest_sprintready.cli.outcomes import FAILED, OK, UNMET
from pytest_sprintready.cli.output import style, write
from pytest_sprintready.cli.repositories import add_places, add_selection, for_each, known, selectors
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.model import Report

FORMATS = ("text", "json", "github", "sarif", "markdown")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    add_places(command)
    add_selection(command)
    command.add_argument("--forge", action="store_true", help="also ask the forge about labels, issues and answers")
    command.add_argument("--strict", action="store_true", help="fail (4) where the forge could not be asked")
    add_forge(command)
    amount = command.add_mutually_exclusive_group()
    amount.add_argument("-q", "--quiet", action="store_true", help="text: only what fails")
    amount.add_argument("-v", "--verbose", action="store_true", help="text: every finding, and where a pass was seen")
    add_fixing(command)


def run(arguments: argparse.Namespace) -> int:
    """Print the reports; return 0 where every repository is ready."""
    from pytest_sprintready import engine
    from pytest_sprintready.model import Report

    select, ignore = selectors(arguments.select), selectors(arguments.ignore)
    known(select, ignore)
    mender = _mender(arguments, select, ignore)
    unmet: list[str] = []

    def judge(facts: Facts) -> Report:
        if arguments.fix and not arguments.diff:
            facts = mender.fixed(facts)
        if arguments.forge or arguments.saved or arguments.save:
            unmet.extend([facts.snapshot.name] * (not learn(arguments, facts)))
        report = engine.run(facts, select=select, ignore=ignore)
        if arguments.format == "json":
            report = report._replace(facts=facts.published())
        elif arguments.format == "text":
            report = report._replace(facts=facts.published(["last_verified"]))
        return mender.shown(facts, report) if arguments.diff else mender.counted(report)

    reports, code = for_each(arguments, judge, Report)
    if code == OK and not all(report.ready for report in reports):
        code = FAILED
    if unmet and arguments.strict:
        code = max(code, UNMET)
    return write(arguments, _rendered(arguments, reports), code)


def _mender(arguments: argparse.Namespace, select: Sequence[str], ignore: Sequence[str]) -> Mender:
    if arguments.fix and arguments.rev is not None:
        raise UsageError("--fix changes files, and --rev reads a commit", "leave --rev out, or use --diff")
    if arguments.unsafe_fixes and not (arguments.fix or arguments.diff):
        raise UsageError("--unsafe-fixes alone changes nothing", "add --diff to look, or --fix to write")
    return Mender(arguments, select, ignore)


def _rendered(arguments: argparse.Namespace, reports: Sequence[Report]) -> str:
    if arguments.diff and arguments.format != "json":
        return "".join(report.diff for report in reports)
    if arguments.format == "text":
        from pytest_sprintready.report import text

        if all(report.problem for report in reports) and arguments.output is None:
            return ""  # standard error has said it
        return text.render(reports, style(arguments), time.time())
    from importlib import import_module

    name = "as_json" if arguments.format == "json" else arguments.format
    rendered: str = import_module(f"pytest_sprintready.report.{name}").render(reports)
    return rendered
