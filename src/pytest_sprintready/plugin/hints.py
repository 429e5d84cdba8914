"""What the plugin says after a run that failed for a reason it can explain. Loaded when something has failed."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING, Any

from pytest_sprintready.diagnosis.chain import chain
from pytest_sprintready.diagnosis.model import Failure, Frame, Raised

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from _pytest.terminal import TerminalReporter

    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.plugin import Hints

MOST = 3
"""Causes named at once: who has mended these sees the others in the next run."""


# Raised by what somebody is working on, a hundred times a day; a dependency that is not here raises others.
_ORDINARY = frozenset(
    "builtins." + name
    for name in (
        "AssertionError", "AttributeError", "TypeError", "ValueError", "KeyError", "IndexError", "NameError",
        "UnboundLocalError", "ZeroDivisionError", "RuntimeError", "NotImplementedError", "StopIteration",
        "RecursionError", "SyntaxError", "IndentationError", "TabError", "UnicodeDecodeError", "UnicodeEncodeError",
        "OverflowError", "ArithmeticError", "EOFError", "MemoryError", "SystemExit", "KeyboardInterrupt", "Exception",
        "BaseException", "ExceptionGroup", "BaseExceptionGroup", "LookupError", "BufferError",
    )
)  # fmt: skip


def kept(error: BaseException, stage: str, root: Path, node: str, markers: list[str]) -> list[Any]:
    """Return an exception as what a worker can send; [] for one that the code under test is likely to have raised."""
    try:
        raised = chain(error, os.fspath(root))
        if all(each.types[0] in _ORDINARY or each.is_a("builtins.AssertionError") for each in raised):
            return []
        return packed(Failure(stage, raised=_marked(raised, root), node=node, markers=tuple(markers)))
    except Exception:
        if debugging():
            raise
        return []


def _marked(raised: tuple[Raised, ...], root: Path) -> tuple[Raised, ...]:
    if not any(frame.path and not frame.path.startswith("/") for each in raised for frame in each.frames):
        return raised
    from pytest_sprintready.plugin.changes import new_lines

    new = new_lines(os.fspath(root))

    def mark(frame: Frame) -> Frame:
        lines = new.get(frame.path, ())
        return frame._replace(new=True) if lines is None or frame.line in lines else frame

    return tuple(each._replace(frames=tuple(map(mark, each.frames))) for each in raised)


def packed(failure: Failure) -> list[Any]:
    """Return a failure as lists, texts and numbers, which is what a worker can send."""
    raised = [
        [list(each.types), each.message, each.attributes, [list(f) for f in each.frames]] for each in failure.raised
    ]
    return [*failure._replace(raised=(), markers=list(failure.markers), words=list(failure.words)), raised]  # type: ignore[arg-type]


def unpacked(packed: list[Any]) -> Failure:
    """Return the failure that `packed` made these lists of."""
    *plain, raised = packed
    causes = tuple(
        Raised(
            tuple(types), message, tuple((name, value) for name, value in attributes), tuple(Frame(*f) for f in frames)
        )
        for types, message, attributes, frames in raised
    )
    made = Failure(*plain)
    return made._replace(raised=causes, markers=tuple(made.markers), words=tuple(made.words))


def explained(failures: Iterable[Failure], root: Path) -> tuple[tuple[Diagnosis, tuple[Failure, ...]], ...]:
    """Return the causes of failures with those each explains; () also where the repository cannot be read."""
    from pytest_sprintready.config import load_settings
    from pytest_sprintready.diagnosis import explain_all
    from pytest_sprintready.errors import SprintReadyError
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import this_machine
    from pytest_sprintready.snapshot import open_snapshot

    try:
        with open_snapshot(root) as snapshot:
            return explain_all(failures, Facts(snapshot, load_settings(snapshot)), this_machine(root))
    except SprintReadyError:
        return ()


def text(failures: Iterable[Failure], root: Path, *, colour: bool = False, width: int = 100) -> str:
    """Return what is to be said about failures, "" for nothing."""
    from pytest_sprintready.report.diagnosis import render
    from pytest_sprintready.report.text import Style

    found = explained(failures, root)
    shown = [(diagnosis, len(members)) for diagnosis, members in found[:MOST]]
    return render(shown, Style(width=width, colour=colour), more=len(found) - len(shown)) if shown else ""


def stop_with_hint(error: BaseException, root: Path, words: Iterable[str] = ()) -> None:
    """Raise UsageError with what pytest was to say and the hint below it; return where there is none."""
    import pytest

    raised = () if words else _marked(chain(error, os.fspath(root)), root)
    said = hint([Failure("start", raised=raised, words=tuple(words))], root)
    if not said:
        return
    raise pytest.UsageError(f"{_as_pytest_says(error)}\n\n{said.rstrip()}") from error


def _as_pytest_says(error: BaseException) -> str:
    """Return the words pytest would end with."""
    import pytest

    if isinstance(error, pytest.UsageError):
        return str(error)
    cause = getattr(error, "cause", None)
    if not isinstance(cause, BaseException):
        return "".join(traceback.format_exception(type(error), error, error.__traceback__)).rstrip()
    shown = pytest.ExceptionInfo.from_exception(cause)
    shown.traceback = shown.traceback.filter(
        lambda entry: "importlib" not in str(entry.path) and not entry.ishidden(shown)
    )
    lines = str(shown.getrepr(style="short", chain=False)) if shown.traceback else shown.exconly()
    return f"ImportError while loading conftest '{getattr(error, 'path', '')}'.\n{lines}"


def write(kept: Hints, packed: Iterable[list[Any]], reporter: TerminalReporter, *, nothing_ran: bool) -> None:
    """Write what is to be said below the summary of a run, if there is anything."""
    failures = [unpacked(each) for each in packed]
    failures += [Failure("run", raised=(Raised(UNHANDLED),), node=node) for node in kept.unhandled]
    failures += [Failure("start", words=(word,)) for word in kept.words]
    if nothing_ran:
        failures.append(Failure("collect", exit_code=5, command=" ".join(kept.config.invocation_params.args)))
    terminal = reporter._tw  # noqa: SLF001  pytest offers it to plugins under no other name
    said = hint(failures, kept.config.rootpath, colour=terminal.hasmarkup, width=terminal.fullwidth)
    if said:
        reporter.write_sep("=", "what to do next (sprintready)")
        for line in said.splitlines():
            reporter.write_line(line)


UNHANDLED = ("pytest.PytestUnhandledCoroutineWarning", "builtins.Warning")


def debugging() -> bool:
    """Tell whether a bug of ours is to be seen."""
    return bool(os.environ.get("SPRINTREADY_DEBUG"))


def hint(failures: Iterable[Failure], root: Path, *, colour: bool = False, width: int = 100) -> str:
    """Return what `text` does; a bug of ours must not take the place of what somebody's tests say."""
    try:
        return text(failures, root, colour=colour, width=width)
    except Exception:
        if debugging():
            raise
        return ""
