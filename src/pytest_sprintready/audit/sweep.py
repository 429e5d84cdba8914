"""Many projects, a few at a time: whatever becomes of one, there is a row for each."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import TYPE_CHECKING

from pytest_sprintready.audit.executors import processes
from pytest_sprintready.audit.judging import Row, Task, failed, judge_task
from pytest_sprintready.errors import SprintReadyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

AHEAD = 2
"""Tasks handed out for each worker: one to work on, one to take next. More would only fill the memory."""


def sweep(
    tasks: Iterable[Task],
    start: Callable[[], AbstractContextManager[Executor]],
    width: int,
    judge: Callable[[Task], Row] = judge_task,
) -> Iterator[Row]:
    """Yield a row for each task as it is done, in no certain order. `width` is how many run at once.

    Where a worker dies (the system ends what takes too much memory), the tasks it may have held are done again, each
    in a process of its own, and the rest with workers that `start` gives anew. A task that ends its process once more
    is a row that says so.
    """
    waiting = iter(tasks)
    suspects: list[Task] = []
    while True:
        with start() as executor:
            yield from _until_broken(waiting, executor, width, judge, suspects)
        if not suspects:
            return
        for task in suspects:
            yield _alone(task, judge)
        suspects.clear()


def _until_broken(
    waiting: Iterator[Task], executor: Executor, width: int, judge: Callable[[Task], Row], suspects: list[Task]
) -> Iterator[Row]:
    """Yield rows until all tasks are done, or a worker has died: then `suspects` are those that were running."""
    running: dict[Future[Row], Task] = {}
    try:
        while not suspects:
            while len(running) < AHEAD * width and (task := next(waiting, None)):
                try:
                    running[executor.submit(judge, task)] = task
                except BrokenExecutor:  # noqa: PERF203
                    suspects.append(task)
                    break
            if not running:
                return
            done = wait(running, return_when=FIRST_COMPLETED).done
            for future in [each for each in running if each in done]:
                task = running.pop(future)
                try:
                    yield future.result()
                except BrokenExecutor:
                    suspects.append(task)
                except CancelledError as error:
                    raise SprintReadyError("the workers are gone", "type the same again to go on") from error
                except Exception as error:  # noqa: BLE001  what runs the task failed, not the task
                    yield _lost(task, f"{type(error).__name__}: {error}")
        suspects += running.values()
    finally:
        for future in running:
            future.cancel()


def _alone(task: Task, judge: Callable[[Task], Row]) -> Row:
    """Do one task in a process of its own."""
    try:
        with processes(1, here=False) as executor:
            return executor.submit(judge, task).result()
    except BrokenExecutor:
        return _lost(task, "the process that read it was ended, most likely for want of memory")


def _lost(task: Task, problem: str) -> Row:
    return Row(task.position, failed(task.project, problem, "try it alone: sprintready check, on a clone"))
