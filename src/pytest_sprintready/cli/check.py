"""`sprintready check`: judge repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.cli.outcomes import FAILED, OK
from pytest_sprintready.cli.output import style, write
from pytest_sprintready.cli.repositories import add_places, add_selection, for_each, known, selectors

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
    amount = command.add_mutually_exclusive_group()
    amount.add_argument("-q", "--quiet", action="store_true", help="text: only what fails")
    amount.add_argument("-v", "--verbose", action="store_true", help="text: every finding, and where a pass was seen")


def run(arguments: argparse.Namespace) -> int:
    """Print the reports; return 0 where every repository is ready."""
    from pytest_sprintready import engine
    from pytest_sprintready.model import Report

    select, ignore = selectors(arguments.select), selectors(arguments.ignore)
    known(select, ignore)

    def judge(facts: Facts) -> Report:
        report = engine.run(facts, select=select, ignore=ignore)
        return report._replace(facts=facts.published()) if arguments.format == "json" else report

    reports, code = for_each(arguments, judge, Report)
    if code == OK and not all(report.ready for report in reports):
        code = FAILED
    return write(arguments, _rendered(arguments, reports), code)


def _rendered(arguments: argparse.Namespace, reports: Sequence[Report]) -> str:
    if arguments.format == "text":
        from pytest_sprintready.report import text

        if all(report.problem for report in reports) and arguments.output is None:
            return ""  # standard error has said it
        return text.render(reports, style(arguments))
    from importlib import import_module

    name = "as_json" if arguments.format == "json" else arguments.format
    rendered: str = import_module(f"pytest_sprintready.report.{name}").render(reports)
    return rendered
