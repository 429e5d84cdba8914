"""What the plugin says after a run that failed for a reason it can explain. Loaded when something has failed."""

from __future__ import annotations

import os
import re
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_sprintready.diagnosis.chain import chain
from pytest_sprintready.diagnosis.model import Failure, Frame, Raised

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest
    from _pytest.terminal import TerminalReporter

    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.plugin import Hints

MOST = 3
"""Causes named at once: who has mended these sees the others in the next run."""


# What the catalogue recognises; whatever else fails is what somebody is working on, and costs nothing to leave alone.
_TELLING = frozenset(
    (
        "builtins.ImportError", "builtins.OSError", "builtins.Warning", "_pytest.fixtures.FixtureLookupError",
        "_pytest.pathlib.ImportPathMismatchError", "zoneinfo._common.ZoneInfoNotFoundError", "locale.Error",
        "subprocess.CalledProcessError",
    )
)  # fmt: skip
_TELLING_MODULES = frozenset(
    (
        "aio_pika", "aiohttp", "aiokafka", "aiomysql", "aioredis", "amqp", "asyncmy", "asyncpg", "confluent_kafka",
        "django", "docker", "elastic_transport", "elasticsearch", "git", "httpcore", "httpx", "kafka", "kombu",
        "memcache", "motor", "mysql", "MySQLdb", "opensearchpy", "pg8000", "pika", "playwright",
        "psycopg", "psycopg2", "pylibmc", "pymemcache", "pymongo", "pymysql", "redis", "requests",
        "sqlalchemy", "urllib3", "valkey",
    )
)  # fmt: skip
_OF_PYTEST = re.compile(r"async def functions are not natively|'.+' not found in `markers` configuration option")


def _is_telling(raised: Raised) -> bool:
    if raised.is_a("_pytest.outcomes.OutcomeException"):
        return bool(_OF_PYTEST.match(raised.message))
    if raised.is_a("builtins.AssertionError"):
        return False
    if raised.types[0] == "builtins.AttributeError":
        return raised.message.startswith("module '")  # it may be another copy of the module
    in_applications = raised.types[0] == "builtins.RuntimeError" and "INSTALLED_APPS" in raised.message  # Django
    return in_applications or not _TELLING.isdisjoint(raised.types) or raised.module in _TELLING_MODULES


def _looked_around(raised: Raised, root: Path) -> Raised:
    """Return an exception with what only the machine can tell: whether there are time zones, how old a build is."""
    if raised.is_a("zoneinfo._common.ZoneInfoNotFoundError") and not _has_time_zones():
        return raised._replace(attributes=(*raised.attributes, ("zones", "none")))
    built = raised.get("path")
    if raised.is_a("builtins.ImportError") and built.endswith((".so", ".pyd")):
        newer = _newer_source(Path(built), root)
        if newer:
            return raised._replace(attributes=(*raised.attributes, ("newer_source", newer)))
    return raised


def _has_time_zones() -> bool:
    import zoneinfo

    try:
        return bool(zoneinfo.ZoneInfo("Europe/London"))
    except (zoneinfo.ZoneInfoNotFoundError, OSError):
        return False


def _newer_source(built: Path, root: Path) -> str:
    """Return the source beside which an extension module of the clone is out of date, "" if there is none."""
    stem = built.name.partition(".")[0]
    try:
        made = built.stat().st_mtime
        for ending in (".pyx", ".c", ".cpp", ".cc", ".rs", ".f90"):
            for name in (stem, f"{stem}module", stem.lstrip("_")):
                for source in root.glob(f"**/{name}{ending}"):
                    if source.stat().st_mtime > made:
                        return source.relative_to(root).as_posix()
    except OSError:
        return ""
    return ""


def kept(error: BaseException, stage: str, root: Path, node: str, markers: list[str]) -> list[Any]:
    """Return an exception as what a worker can send; [] for one that the code under test is likely to have raised."""
    try:
        raised = chain(error, os.fspath(root))
        if not any(map(_is_telling, raised)):
            return []
        raised = tuple(_looked_around(each, root) for each in _marked(raised, root))
        return packed(Failure(stage, raised=raised, node=node, markers=tuple(markers)))
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
    root = repository(kept.config)
    failures = [unpacked(each) for each in packed]
    failures += [Failure("run", raised=(Raised(UNHANDLED, ASYNC),), node=node) for node in kept.unhandled]
    failures += [Failure("start", words=(word,)) for word in dict.fromkeys(kept.words)]
    failures += [Failure("run", words=("crashed",), node=node) for node in kept.crashed[:1]]
    if nothing_ran:
        asked = kept.config.invocation_params
        folder = os.path.relpath(asked.dir, root).replace(os.sep, "/").strip(".")
        failures.append(Failure("collect", exit_code=5, command=" ".join(map(str, asked.args)), node=folder))
    terminal = reporter._tw  # noqa: SLF001  pytest offers it to plugins under no other name
    said = hint(failures, root, colour=terminal.hasmarkup, width=terminal.fullwidth)
    if said:
        reporter.write_sep("=", "what to do next (sprintready)")
        if not nothing_ran and kept.config.invocation_params.dir != root:
            reporter.write_line(f"In the folder {root}:")
        for line in said.splitlines():
            reporter.write_line(line)


ASYNC = "async def functions are not natively supported"
UNHANDLED = ("pytest.PytestUnhandledCoroutineWarning",)


def repository(config: pytest.Config) -> Path:
    """Return the folder to read: pytest's rootdir where that is a project, else the clone around it.

    Without any configuration pytest takes the folder of the tests for its rootdir.
    """
    root = config.rootpath
    if any((root / name).is_file() for name in ("pyproject.toml", "setup.py", "setup.cfg")):
        return root
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    here = config.invocation_params.dir
    return top or (here if here in root.parents else root)


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
