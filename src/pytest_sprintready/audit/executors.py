"""Where tasks run: in this process, in some of this machine, or on the machines of a dask cluster.

All are `concurrent.futures.Executor`s, so nothing else knows the difference.
"""

from __future__ import annotations

import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest_sprintready
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def workers() -> int:
    """Return how many processes are worth it: most of the time one waits for a server."""
    return min(2 * (os.cpu_count() or 1), 16)


class Here(Executor):
    """Runs each task when it is submitted: what to debug with."""

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Return a future that is done."""
        future: Future[Any] = Future()
        future.set_result(function(*arguments, **named))
        return future


@contextmanager
def processes(number: int, *, here: bool = True) -> Iterator[Executor]:
    """Give an executor of that many processes, ended with the block whatever they do; one is this process if `here`."""
    if number <= 1 and here:
        yield Here()
        return
    import multiprocessing

    # Not forked: the progress bar has threads.
    context = multiprocessing.get_context("spawn")
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(number, mp_context=context, initializer=_serve)
    try:
        yield pool
        pool.shutdown()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()


def _serve() -> None:
    """Prepare a worker: Ctrl-C is for its parent to act on, and without a parent there is nobody to work for."""
    import multiprocessing
    import signal
    import threading
    from multiprocessing.connection import wait

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def end_with_parent() -> None:
        if parent:
            wait([parent.sentinel])
            os._exit(1)

    threading.Thread(target=end_with_parent, daemon=True).start()


@contextmanager
def dask_cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """Give an executor of the dask cluster whose scheduler has this address, and the number of its threads.

    Raises UsageError where dask.distributed is missing, the scheduler does not answer, or a worker has another
    version of sprintready.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise UsageError(
            "--executor dask needs dask.distributed", 'python -m pip install "pytest-sprintready[dask]"'
        ) from None
    try:
        client = distributed.Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no dask scheduler answers at {address}",
            "start one with `dask scheduler`, and give --scheduler its address",
        ) from error
    try:
        versions = client.run(_version)
        if not versions:
            raise UsageError(f"the scheduler at {address} has no workers", f"start some: dask worker {address}")
        others = {worker: found for worker, found in versions.items() if found != pytest_sprintready.__version__}
        if others:
            worker, found = min(others.items())
            raise UsageError(
                f"the worker {worker} has sprintready {found or 'not installed'}, here it is "
                f"{pytest_sprintready.__version__}",
                "install the same version everywhere",
            )
        yield client.get_executor(pure=False, retries=0), sum(client.nthreads().values())
    finally:
        client.close()


def _version() -> str:
    try:
        import pytest_sprintready as installed
    except ImportError:
        return ""
    return installed.__version__
