"""Where an answer goes: standard output or a file, in colour or without; and complaints, which go to standard error."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from pytest_sprintready.cli.outcomes import OK
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.report.text import Style


def write(arguments: argparse.Namespace, text: str, code: int = OK) -> int:
    """Write the text where it was asked for; return `code`."""
    if arguments.output is not None:
        try:
            with open(arguments.output, "w", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123
                file.write(text)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError(f"{arguments.output} cannot be written: {reason}") from error
        return code
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def style(arguments: argparse.Namespace, stream: TextIO | None = None) -> Style:
    """Return how text is to look on what this command writes to; `stream` where that is not standard output."""
    from pytest_sprintready.report.text import MAX_WIDTH, Style

    stream = stream or sys.stdout
    to_terminal = arguments.output is None and stream.isatty()
    colour = {"always": True, "never": False}.get(arguments.color)
    if colour is None:
        colour = wants_colour(to_terminal=to_terminal)
    return Style(
        width=min(columns(), MAX_WIDTH),
        colour=colour,
        unicode=arguments.output is not None or can_encode("✓✗○‼"),
        quiet=getattr(arguments, "quiet", False),
        verbose=getattr(arguments, "verbose", False),
    )


def wants_colour(*, to_terminal: bool) -> bool:
    """Return what https://no-color.org and https://force-color.org make of this environment."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return to_terminal and os.environ.get("TERM") != "dumb"


def columns() -> int:
    """Return the width of the terminal, in characters, at least 40; 80 where there is none."""
    try:
        return max(int(os.environ["COLUMNS"]), 40)
    except (KeyError, ValueError):
        pass
    try:
        return max(os.get_terminal_size(sys.__stdout__.fileno()).columns, 40) if sys.__stdout__ else 80
    except (OSError, ValueError, AttributeError):
        return 80


def can_encode(text: str) -> bool:
    """Return whether standard output can show these characters."""
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def forgive_encoding(stream: TextIO) -> None:
    """Let a character the terminal cannot show be spelled out, not be an error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")


def complain(message: str) -> None:
    """Write one message to standard error, with nothing in it a terminal would obey."""
    from pytest_sprintready.report import visible_lines

    try:
        print("\n".join(visible_lines(f"sprintready: {message}")), file=sys.stderr)  # noqa: T201
    except OSError:
        return


def complain_of_bug(error: Exception, where: str = "") -> None:
    """Say that the fault is ours; raises the error instead where SPRINTREADY_DEBUG=1 asks for its traceback."""
    if os.environ.get("SPRINTREADY_DEBUG"):
        raise error
    complain(
        f"{where}this is a bug of sprintready, not of the repository: {type(error).__name__}: {error}\n"
        "  hint: please report it, with what SPRINTREADY_DEBUG=1 makes this command print"
    )
