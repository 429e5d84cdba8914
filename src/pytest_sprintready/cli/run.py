"""`sprintready run -- COMMAND`: a command as it is, and after a failure its cause and what to type next."""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TYPE_CHECKING

from pytest_sprintready.cli.outcomes import INTERRUPTED
from pytest_sprintready.cli.output import complain, complain_of_bug, style
from pytest_sprintready.errors import SprintReadyError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from pytest_sprintready.diagnosis.model import Diagnosis, Failure
    from pytest_sprintready.machine.relay import Ended

FORMATS = ("text", "json")
MOST = 3
"""Causes named at once: who has mended these sees the others in the next run."""

_TOLD_THOUGH_OK = ("does not provide the extra", "does not have an extra named")
"""What installers only warn of, and a newcomer has to hear: what was asked for is not installed."""

_ALREADY_TOLD = "sprintready explain SRN"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    import argparse

    command.usage = "sprintready run [--format FORMAT] [--output FILE] -- COMMAND ..."
    command.description = (
        "Runs a command of the project as if it had been typed: its output, exit code and questions stay as they are. "
        "After a failure whose cause is known, standard error says the cause and what to type next."
    )
    command.add_argument("command", nargs=argparse.REMAINDER, metavar="COMMAND", help="the command and its arguments")


def run(arguments: argparse.Namespace) -> int:
    """Run the command; return its exit code."""
    from pytest_sprintready.machine import relay

    words: list[str] = arguments.command[1:] if arguments.command[:1] == ["--"] else arguments.command
    if not words:
        raise UsageError("no command to run was named", "write it behind two dashes: sprintready run -- pytest")
    ended = relay.run(words)
    if ended.problem:
        complain(f"{words[0]}: {ended.problem}")
    try:
        _speak(arguments, words, ended)
    except SprintReadyError as error:  # the command's own outcome counts, whatever can be said about it
        complain(str(error))
    except Exception as error:  # noqa: BLE001
        complain_of_bug(error)
    except KeyboardInterrupt:
        return ended.exit_code or INTERRUPTED
    return ended.exit_code


def _speak(arguments: argparse.Namespace, words: Sequence[str], ended: Ended) -> None:
    """Say what is known of a failure, in one line that nothing is; nothing after success, or what needs no words."""
    from pytest_sprintready.diagnosis import output

    text = output.clean(ended.output)
    command = output.as_line(words)
    if ended.problem:
        text += f"\nsprintready: {words[0]}: {ended.problem}\n"
    told_though_ok = any(words in text for words in _TOLD_THOUGH_OK)
    if (ended.exit_code == 0 and not told_though_ok) or ended.exit_code in _STOPPED or _ALREADY_TOLD in text:
        if arguments.format == "json":
            _emit(arguments, command, ended, ())
        return
    found, stuck = _explained(output.failures(command, ended.exit_code, text), python_named(words[0]))
    if arguments.format == "json":
        _emit(arguments, command, ended, found)
        return
    if found:
        from pytest_sprintready.report.diagnosis import render

        shown = [(diagnosis, len(members)) for diagnosis, members in found[:MOST]]
        _write(arguments, "\n" + render(shown, style(arguments, sys.stderr), more=len(found) - len(shown)))
    elif ended.exit_code and output.is_worth_a_word(command, text):
        asked = f" Stuck? Ask: {stuck}" if stuck else ""
        _write(arguments, f"\nsprintready knows no cause for this failure of {words[0]}.{asked}\n")


_STOPPED = frozenset({130, 143, 129})  # Ctrl-C, and being told to end: nothing failed


def _explained(failures: Sequence[Failure], python: str) -> tuple[Sequence[tuple[Diagnosis, tuple[Failure, ...]]], str]:
    """Return the causes of failures in the project around the current folder, and where that wants to be asked."""
    from pytest_sprintready.cli.places import here
    from pytest_sprintready.diagnosis import explain_all
    from pytest_sprintready.howto import places_to_ask

    with here(python=python) as (facts, machine):
        return explain_all(failures, facts, machine), next(iter(places_to_ask(facts)), "")


def python_named(program: str) -> str:
    """Return the Python whose environment a program belongs to that is a Python or lies beside one, "" for others."""
    import shutil

    path = program if os.path.dirname(program) else shutil.which(program) or ""  # noqa: PTH120
    name = os.path.basename(path)  # noqa: PTH119
    if re.match(r"python[\d.]*(\.exe)?$", name):
        return path
    if not re.match(r"(pip|pytest|py\.test)[\d.]*(\.exe)?$", name):
        return ""
    beside = os.path.join(os.path.dirname(path), "python" + (".exe" if name.endswith(".exe") else ""))  # noqa: PTH118, PTH120
    return beside if os.path.isfile(beside) else ""  # noqa: PTH113


def _write(arguments: argparse.Namespace, text: str) -> None:
    from pytest_sprintready.cli.output import write

    if arguments.output is not None:
        write(arguments, text.lstrip("\n"))
        return
    sys.stderr.write(text)
    sys.stderr.flush()


def _emit(
    arguments: argparse.Namespace,
    command: str,
    ended: Ended,
    found: Sequence[tuple[Diagnosis, tuple[Failure, ...]]],
) -> None:
    """Write one line of JSON: the last one of standard error, or the file that was asked for."""
    from pytest_sprintready.report.as_json import SCHEMA
    from pytest_sprintready.report.diagnosis import as_object

    told = [as_object(diagnosis, len(members)) for diagnosis, members in found]
    _write(
        arguments,
        json.dumps({"schema": SCHEMA, "command": command, "exit_code": ended.exit_code, "diagnoses": told}) + "\n",
    )
