"""What one sees while an audit runs: a bar on a terminal, a line for each project elsewhere; on standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pytest_sprintready.report import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.audit.results import ProjectResult
    from pytest_sprintready.audit.run import Notice


@contextmanager
def progress(total: int) -> Iterator[Notice]:
    """Give what is to be told each result. The bar needs rich (extra `audit`); without it there are lines."""
    if sys.stderr.isatty() and total > 1:
        try:
            rich: Any = import_module("rich.progress")
            console: Any = import_module("rich.console")
        except ImportError:
            pass
        else:
            with _bar(rich, console, total) as notice:
                yield notice
            return
    yield _line


def _line(result: ProjectResult, done: int, total: int) -> None:
    reason = f": {result.reason}" if result.reason else ""
    if result.outcome:
        reason = f", in a fresh clone {result.outcome.verdict.value}"
    print(visible(f"[{done}/{total}] {result.project.name} is {result.standing.value}{reason}"), file=sys.stderr)  # noqa: T201


@contextmanager
def _bar(rich: Any, console: Any, total: int) -> Iterator[Notice]:
    columns = (
        rich.BarColumn(),
        rich.MofNCompleteColumn(),
        rich.TextColumn("{task.fields[rate]}"),
        rich.TimeRemainingColumn(),
        rich.TextColumn("{task.fields[failures]} {task.fields[name]}", markup=False),
    )
    failures = 0
    with rich.Progress(*columns, console=console.Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, rate="", failures="", name="")

        def notice(result: ProjectResult, done: int, total: int) -> None:
            nonlocal failures
            failures += bool(result.report.problem)
            state = bar.tasks[0]
            bar.update(
                task,
                completed=done,
                total=total,
                rate=f"{state.speed:.1f}/s" if state.speed else "",
                failures=f"{failures} unreadable," if failures else "",
                name=visible(result.project.name),
            )

        yield notice
