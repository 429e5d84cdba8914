"""The one environment of tox or nox that a newcomer needs, where a command makes them all."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from pytest_sprintready.outcome import Deviation
from pytest_sprintready.verify.interpreters import minor
from pytest_sprintready.verify.plan import nox_session, tox_environment
from pytest_sprintready.verify.repair.fix import Fix, told_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.verify.repair.fix import Situation


_NO_INTERPRETER = re.compile(
    r"could not find python interpreter|InterpreterNotFound|interpreter.{0,20}not found|Could not find python",
    re.IGNORECASE,
)


def bare_runner(now: Situation) -> Iterator[Fix]:
    """Narrow a `tox` or `nox` that names no environment: it makes all of them, of all Pythons, and those for lint.

    So does one whose name came from a step of CI that is not known: `-e -lowest`.
    """
    step = next((step for step in now.attempt.plan.steps if step.phase == "test"), None)
    if step is None or any(name in {"TOXENV", "NOXSESSION"} for name, _ in step.variables):
        return
    parts = [part for part in re.split(r"&&|\|\||[;\n]", step.command) if _NAMES_NONE.search(part)]
    parts = [part for part in parts if "install " not in part]
    if any(not _NAMES_ONE.search(part) or _NAMES_HALF.search(part) for part in parts):
        yield from one_environment(now)


def absent_interpreter(now: Situation) -> Iterator[Fix]:
    """Take the environment of the Python that is here, where the one named is of another."""
    if now.attempt.run is not None and _NO_INTERPRETER.search(now.attempt.run.log):
        yield from one_environment(now)


_NAMES_NONE = re.compile(r"\b(tox|nox)\b")
_NAMES_ONE = re.compile(
    r"\b(tox|nox)\b[^&|;]*\s(-e|-f|-m|-s|-t|-k|--session|--sessions|--tags)\b|--installpkg|\$|TOXENV|NOXSESSION"
)
_NAMES_HALF = re.compile(r"\b(tox|nox)\b[^&|;]*\s(-e|-s|--session|--sessions)[ =]?(-|[\w.,-]*-(\s|$)|\s*$|''|\"\")")


_OF_THIS_PYTHON = re.compile(r"\btox\b.* (-e ?|--env )py3?(\s|$)")


def one_environment(now: Situation) -> Iterator[Fix]:
    """Let tox or nox run the tests in the one environment that this Python serves."""
    step = next((step for step in now.attempt.plan.steps if step.phase == "test"), None)
    if step is None:
        return
    if _OF_THIS_PYTHON.search(step.command):
        return
    if re.search(r"\btox\b", step.command):
        narrower = f"tox -e {tox_environment(now.facts, minor(now.python))}"
    elif re.search(r"\bnox\b", step.command) and (session := nox_session(now.facts, minor(now.python))):
        narrower = f"nox -s {shlex.quote(session)}"
    else:
        return
    if f"{narrower} ".partition(" ")[2] in f"{step.command} ":
        return
    yield Fix(
        key=narrower,
        deviation=Deviation(
            needed=f"`{narrower}`, not `{step.command}`",
            advice=told_at(step.place, f"name the environment that a newcomer needs: `{narrower}`"),
            says=step.command,
            place=step.place,
            kind="environment",
            commands=(narrower,),
            written="instead",
        ),
        instead=narrower,
    )
