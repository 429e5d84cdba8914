"""Keep the outputs that documents show equal to what the commands print.

A document marks where an output stands, and this script writes it there:

    <!-- output: sprintready explain SR101 -->
    (replaced)
    <!-- end -->

Run `python docs/_tools/outputs.py` after a change; a test compares.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "docs/maintainers.md", "docs/issues.md", "docs/formats.md")
EXAMPLE = ROOT / "tests" / "cases" / "lantern"
KEPT = ROOT / "tests" / "cases" / "kept"  # what a forge said of it

_OUTPUT = re.compile(r"<!-- output: (.+?) -->\n.*?<!-- end -->", re.DOTALL)


def refreshed(text: str) -> str:
    """Return the document with every output renewed."""
    return _OUTPUT.sub(lambda match: f"<!-- output: {match[1]} -->\n{_block(match[1])}<!-- end -->", text)


def _block(command: str) -> str:
    printed = output(command)
    if "--format markdown" in command:
        return f"\n{printed}\n"
    fence = "````" if "```" in printed else "```"  # a diff of Markdown holds fences of its own
    if "--format json" in command:
        return f"\n{fence}json\n{printed.rstrip()}\n{fence}\n\n"
    return f"\n{fence}text\n$ {command}\n{printed.rstrip()}\n{fence}\n\n"


def output(command: str) -> str:
    """Return what a `sprintready` command prints on a terminal of 80 columns.

    Where it names the example `lantern`, it runs beside a copy of that, which is no part of a git repository, and of
    what a forge said of it; else in the top folder of this project.
    """
    from pytest_sprintready.cli import main

    program, *arguments = shlex.split(command)
    if program != "sprintready":
        raise ValueError(f"{command}: only sprintready is run here")
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    environment = {"COLUMNS": "80", "NO_COLOR": "1"}
    beside = any(argument.rpartition("/")[2] == EXAMPLE.name for argument in arguments)
    with _beside_the_example() if beside else _in(ROOT), mock.patch.dict(os.environ, environment):
        # A terminal is what people have; the marks differ where the stream cannot show them.
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            main(arguments)
        printed.seek(0)
        return printed.read()


@contextlib.contextmanager
def _beside_the_example() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(EXAMPLE, Path(folder, EXAMPLE.name))
        shutil.copytree(KEPT, Path(folder, KEPT.name))
        with _in(Path(folder)):
            yield


@contextlib.contextmanager
def _in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def main() -> int:
    """Write the documents that are out of date; return 0."""
    for name in DOCUMENTS:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        if (new := refreshed(text)) != text:
            path.write_text(new, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{name}: renewed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
