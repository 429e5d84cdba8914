"""An audit from start to end: what is asked, what is done already, what each project adds to the store."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest_sprintready
from pytest_sprintready.audit.deeper import verified, with_issues
from pytest_sprintready.audit.executors import dask_cluster, processes, workers
from pytest_sprintready.audit.judging import Task, identity
from pytest_sprintready.audit.sources import Sources, prepare
from pytest_sprintready.audit.store import asked_by
from pytest_sprintready.audit.sweep import sweep
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager

    from pytest_sprintready.audit.manifest import Manifest
    from pytest_sprintready.audit.results import ProjectResult
    from pytest_sprintready.audit.store import Store
    from pytest_sprintready.forge import Options as Asking

    Start = Callable[[], AbstractContextManager[Executor]]
    Notice = Callable[[ProjectResult, int, int], None]


class Options(NamedTuple):
    """How an audit is made.

    `jobs` is the number of processes, 0 for what suits the machine; `scheduler` the address of a dask cluster's, "" for
    none. `shard` is (1, 3) for the first third of the projects. With `fresh` nothing is taken from earlier audits.
    `issues` says how forges are to be asked, None that they are not; `verify_seconds` is what a fresh clone of each
    project may take, 0 for none.
    """

    sources: Sources
    jobs: int = 0
    scheduler: str = ""
    shard: tuple[int, int] = (1, 1)
    fresh: bool = False
    issues: Asking | None = None
    verify_seconds: float = 0.0


def run_audit(store: Store, manifest: Manifest, options: Options, notice: Notice | None = None) -> int:
    """Audit every project that the last, unfinished audit of the store has not; return the audit's number.

    `notice` is told each result, how many are done, and how many there are. Of audits of one store only one runs.
    Raises UsageError for what keeps the whole from running; what one project raises is its row.
    """
    prepare(options.sources)
    index, shards = options.shard
    with alone(store.path):
        version = pytest_sprintready.__version__
        number = store.begin(asked_by(manifest, version), started=now(), fresh=options.fresh)
        done = store.done(number)
        mine = [at for at in range(len(manifest.projects)) if at % shards == index - 1]
        left = [at for at in mine if at not in done]

        def tasks() -> Iterator[Task]:
            for at in left:
                project = manifest.projects[at]
                known = frozenset[str]() if options.fresh else store.revisions(identity(project))
                yield Task(at, project, options.sources, known)

        with _workers(options, len(left)) as (start, width):
            for count, row in enumerate(sweep(tasks(), start, width), len(mine) - len(left) + 1):
                result = store.add(number, row)
                if notice:
                    notice(result, count, len(mine))
        _deepen(store, number, options, notice)
        store.finish(number, now())
    return number


def _deepen(store: Store, number: int, options: Options, notice: Notice | None) -> None:
    """Ask of readable projects what goes beyond their files, where it is not known yet."""
    if options.issues is None and not options.verify_seconds:
        return
    readable = [row for row in store.rows(number) if not row.result.report.problem]
    if options.issues is not None:
        unasked = [row for row in readable if row.result.issues is None]
        for row in with_issues(unasked, options.issues, options.sources):
            store.deepen(number, row.position, row.result)
    if options.verify_seconds:
        for count, row in enumerate(readable, 1):
            if row.result.outcome is None:
                found = verified(row, seconds=options.verify_seconds, local=options.sources.local)
                store.deepen(number, row.position, found.result)
                if notice:
                    notice(found.result, count, len(readable))


def now() -> int:
    """Return the time in seconds since the epoch, or SOURCE_DATE_EPOCH, for results that can be compared."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


@contextmanager
def _workers(options: Options, tasks: int) -> Iterator[tuple[Start, int]]:
    if options.scheduler:
        with dask_cluster(options.scheduler) as (cluster, width):
            yield (lambda: nullcontext(cluster)), width
        return
    jobs = min(options.jobs or workers(), max(tasks, 1))
    yield (lambda: processes(jobs)), jobs


@contextmanager
def alone(path: str) -> Iterator[None]:
    """Hold the store for one audit while the block runs; raises UsageError where another process does.

    The system lets go of the lock when the process ends, however it ends.
    """
    lock = Path(f"{path}.lock")
    try:
        file = lock.open("a")
    except OSError as error:
        raise UsageError(f"{lock} cannot be written: {error.strerror}", "name another file with --store") from error
    with file:
        if not _locked(file.fileno()) or not os.path.samestat(os.fstat(file.fileno()), lock.stat()):
            raise UsageError(f"another audit is writing {path}", "wait for it, or name another file with --store")
        try:
            yield
        finally:
            if os.name != "nt":  # there an open file cannot go
                lock.unlink(missing_ok=True)


def _locked(file: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
