"""`sprintready verify`: a fresh clone, the documented commands, the first green test, and why not."""

from __future__ import annotations

import json
import signal
import sys
import time
from typing import TYPE_CHECKING

from pytest_sprintready.cli.outcomes import FAILED, OK
from pytest_sprintready.cli.output import complain, style, write
from pytest_sprintready.errors import SprintReadyError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from types import FrameType

    from pytest_sprintready.outcome import Outcome

FORMATS = ("text", "json", "markdown", "junit")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument(
        "sources", nargs="*", default=["."], metavar="SOURCE", help="folder of a git repository, or URL"
    )
    command.add_argument("--rev", default="", metavar="REV", help="this commit, tag or branch; by default HEAD")
    command.add_argument(
        "--python", action="append", default=[], metavar="X.Y", help="with this Python; may be repeated"
    )
    command.add_argument("--repair", action="store_true", help="try what helps, and say what the documents lack")
    command.add_argument("--timeout", type=float, default=1800, metavar="SECONDS", help="for each; default: 1800")
    command.add_argument("--first-green", action="store_true", help="stop at the first test that passes")
    command.add_argument("--subset", action="store_true", help="run the documented quick part of the tests alone")
    command.add_argument("--network", action="store_true", help="leave the network open while the tests run")
    command.add_argument("--offline", action="store_true", help="once green, test again with no network at all")
    command.add_argument("--unsandboxed", action="store_true", help="run it unprotected: only on a throw-away machine")
    command.add_argument(
        "--services", action="store_true", help="start what compose files and CI name, from this machine's programs"
    )
    command.add_argument(
        "--system-packages", action="store_true", help="install packages of the system for the trial only; takes root"
    )
    command.add_argument("--keep", action="store_true", help="leave the clone and environment, and say how to enter")
    command.add_argument("--record", action="store_true", help="write .sprintready/verify.json into the folder SOURCE")
    command.add_argument("--badge", metavar="FILE", help="write an SVG badge")
    amount = command.add_mutually_exclusive_group()
    amount.add_argument("-q", "--quiet", action="store_true", help="no progress; text: only what became of it")
    amount.add_argument("-v", "--verbose", action="store_true", help="text: also the end of the output that failed")


def run(arguments: argparse.Namespace) -> int:
    """Print what became of each clone; return 0 where all are green."""
    from pytest_sprintready.verify import verify
    from pytest_sprintready.verify.options import Options

    if arguments.timeout <= 0:
        raise UsageError("--timeout takes seconds, more than 0")
    if (arguments.record or arguments.badge) and len(arguments.sources) * max(len(arguments.python), 1) > 1:
        raise UsageError("--record and --badge are of one outcome", "name one SOURCE and at most one --python")
    if arguments.subset and (arguments.record or arguments.badge):
        raise UsageError("--record and --badge are of all tests, and --subset runs a part", "leave --subset out")
    # So that the clone is removed on the way out; a second signal ends us at once.
    signal.signal(signal.SIGTERM, _interrupt)
    outcomes: list[Outcome] = []
    code = OK
    for source in arguments.sources:
        for python in arguments.python or [""]:
            options = Options(
                rev=arguments.rev, python=python, seconds=arguments.timeout, repair=arguments.repair,
                network=arguments.network, first_green=arguments.first_green, offline=arguments.offline,
                unsandboxed=arguments.unsandboxed, subset=arguments.subset, services=arguments.services,
                system_packages=arguments.system_packages, keep=arguments.keep,
                heard=_progress(arguments),
            )  # fmt: skip
            try:
                outcomes.append(verify(source, options))
            except SprintReadyError as error:
                complain(str(error))
                code = max(code, error.exit_code)
            finally:
                if sys.stderr.isatty():
                    sys.stderr.write("\r\x1b[K")
    _keep(arguments, outcomes)
    if code == OK and not all(outcome.green for outcome in outcomes):
        code = FAILED
    return write(arguments, _rendered(arguments, outcomes), code) if outcomes else code


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    raise KeyboardInterrupt


def _keep(arguments: argparse.Namespace, outcomes: list[Outcome]) -> None:
    if outcomes and arguments.record:
        from pytest_sprintready.verify import record

        written = record.write(outcomes[0], arguments.sources[0])
        complain(f"recorded in {written}: commit it, so that `check` and `audit` know")
    if outcomes and arguments.badge:
        from pytest_sprintready.verify.badge import svg

        try:
            with open(arguments.badge, "w", encoding="utf-8") as file:  # noqa: PTH123
                file.write(svg(outcomes[0]))
        except OSError as error:
            raise UsageError(f"{arguments.badge} cannot be written: {error.strerror}") from error


def _rendered(arguments: argparse.Namespace, outcomes: list[Outcome]) -> str:
    if arguments.format == "json":
        from pytest_sprintready.outcome import to_json

        return "".join(json.dumps(to_json(outcome)) + "\n" for outcome in outcomes)
    from pytest_sprintready.report import outcomes as report

    if arguments.format == "text":
        return report.render_text(outcomes, style(arguments))
    return report.render_markdown(outcomes) if arguments.format == "markdown" else report.render_junit(outcomes)


def _progress(arguments: argparse.Namespace) -> Callable[[str, str], None]:
    """Return what shows how it goes: one line that is written over at a terminal, a line a phase in a log."""
    from pytest_sprintready.report import visible

    start = time.monotonic()
    last = [""]
    terminal = sys.stderr.isatty()

    def show(phase: str, line: str) -> None:
        if arguments.quiet:
            return
        told = f"{time.monotonic() - start:5.0f} s  {visible(phase)}: {visible(line)}"
        if terminal:
            sys.stderr.write(f"\r\x1b[K{told[:100]}")
        elif phase != last[0] or phase == "repair":
            sys.stderr.write(told[:200] + "\n")
        last[0] = phase
        sys.stderr.flush()

    return show
