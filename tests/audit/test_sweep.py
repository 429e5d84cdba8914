"""Sweeps: a row for each project whatever happens, the same rows wherever they are made."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.audit.executors import Here, dask_cluster, processes
from pytest_sprintready.audit.export import json_lines
from pytest_sprintready.audit.judging import Row, Task, failed, identity, judge_task
from pytest_sprintready.audit.manifest import Manifest, Project, Sprint, load_manifest
from pytest_sprintready.audit.merge import merge
from pytest_sprintready.audit.results import ProjectResult, Standing
from pytest_sprintready.audit.run import Options, alone, run_audit
from pytest_sprintready.audit.sources import Sources
from pytest_sprintready.audit.store import Store
from pytest_sprintready.audit.sweep import sweep
from pytest_sprintready.errors import SprintReadyError, UsageError
from pytest_sprintready.snapshot import remote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = ("lantern", "candle", "match")


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "PAUSE", 0.0)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")


@pytest.fixture
def manifest(server: Any, publish: Callable[..., str]) -> Manifest:
    """Three projects on a server, and one that is not there."""
    for name in NAMES:
        publish(name, {"README.md": f"# {name}\n\nRun `nox -s tests`.\n", "CONTRIBUTING.md": "# Contributing\n"})
    projects = [Project(name, url=f"{server.url}/{name}") for name in (*NAMES[:2], "gone", *NAMES[2:])]
    return Manifest("sprint.toml", Sprint("Spring"), tuple(projects))


def lines(store: Store, number: int | None = None) -> list[str]:
    return list(json_lines(store.audit(number)))


def here(sources: Sources, **options: Any) -> Options:
    return Options(sources, **{"jobs": 1, **options})


# What comes out ---------------------------------------------------------------------------------------------------


def test_every_project_has_a_row_and_a_failure_its_reason(manifest: Manifest, sources: Sources, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with Store(str(tmp_path / "s.sqlite")) as store:
        run_audit(
            store, manifest, here(sources), lambda result, done, total: told.append((result.project.name, done, total))
        )
        results = list(store.audit().projects)
    assert [result.project.name for result in results] == ["lantern", "candle", "gone", "match"]
    assert [result.standing is Standing.UNREADABLE for result in results] == [False, False, True, False]
    assert "there is no repository at this address" in results[2].report.problem
    assert told == [(result.project.name, at, 4) for at, result in enumerate(results, 1)]


def test_shards_and_processes_give_the_same_as_one(manifest: Manifest, sources: Sources, tmp_path: Path) -> None:
    with (
        Store(str(tmp_path / "one")) as one,
        Store(str(tmp_path / "many")) as many,
        Store(str(tmp_path / "all")) as whole,
    ):
        run_audit(one, manifest, here(sources))
        run_audit(many, manifest, here(Sources(str(tmp_path / "other"), local=True), jobs=2))
        expected = lines(one)
        assert lines(many) == expected
        parts = [Store(str(tmp_path / f"part{number}")) for number in (1, 2, 3)]
        for number, part in enumerate(parts, 1):
            run_audit(part, manifest, here(sources, shard=(number, 3)))
            assert len(part.audit().projects) == (2, 1, 1)[number - 1]
        assert merge(parts, whole)[1] == 0
        assert lines(whole) == expected
        for part in parts:
            part.close()


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_as_one_process(manifest: Manifest, sources: Sources, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with (
        Store(str(tmp_path / "one")) as one,
        Store(str(tmp_path / "many")) as many,
        distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster,
    ):
        run_audit(one, manifest, here(sources))
        run_audit(many, manifest, here(sources, scheduler=cluster.scheduler_address))
        assert lines(many) == lines(one)


def test_an_unchanged_commit_is_not_judged_again(
    manifest: Manifest, sources: Sources, tmp_path: Path, server: Any
) -> None:
    with Store(str(tmp_path / "s.sqlite")) as store:
        run_audit(store, manifest, here(sources))
        before = len(server.log)
        run_audit(store, manifest, here(sources))
        assert len([line for line in server.log[before:] if "gone" not in line]) == 2 * len(NAMES)
        first, second = (
            [line.replace('"number": 2', '"number": 1') for line in lines(store, number)] for number in (1, 2)
        )
        assert first == second


def test_verdicts_are_used_again_only_where_nothing_that_decides_on_them_changed() -> None:
    project = Project("lantern", url="https://example.org/lantern", notes="old", line=3)
    assert identity(project) == identity(project._replace(notes="new", line=4, name="x"))
    assert identity(project) != identity(project._replace(mentors=("Ada",)))
    assert identity(project) != identity(project._replace(url="https://example.org/other"))


def test_a_folder_is_judged_every_time(tmp_path: Path) -> None:
    tmp_path.joinpath("README.md").write_text("# x\n")
    row = judge_task(Task(0, Project("x", path=str(tmp_path)), Sources("")))
    assert row.judged == ""
    assert not row.known


def test_what_the_manifest_knows_counts_where_the_project_is_silent(tmp_path: Path) -> None:
    tmp_path.joinpath("README.md").write_text("# x\n")
    project = Project("x", path=str(tmp_path), labels=("starter",))
    codes = [
        {each.rule.code for each in judge_task(Task(0, one, Sources(""))).result.failing}
        for one in (project, Project("x", path=str(tmp_path)))
    ]
    assert codes[1] - codes[0] == {"SR301"}


def test_a_bug_met_in_one_project_is_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr("pytest_sprintready.audit.judging.open_project", stumble)
    row = judge_task(Task(3, Project("x"), Sources("")))
    assert row.position == 3
    assert row.result.report.problem == "a bug of sprintready: KeyError: 'x'"


# What happens to workers ------------------------------------------------------------------------------------------


def tasks(*names: str) -> list[Task]:
    return [Task(at, Project(name), Sources("")) for at, name in enumerate(names)]


def fatal(task: Task) -> Row:
    """Stand for a project on which the system ends the process."""
    if task.project.name == "fatal":
        os._exit(9)
    return Row(task.position, failed(task.project, "fine", ""))


@pytest.mark.slow
def test_a_project_that_ends_its_process_is_a_row_and_hinders_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    # Workers import this module by its name to find `fatal`.
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(fatal, "__module__", "test_sweep")
    monkeypatch.setitem(sys.modules, "test_sweep", sys.modules[__name__])
    names = ("a", "b", "fatal", "c", "d", "e", "f", "g", "h")
    rows = sorted(sweep(tasks(*names), lambda: processes(2), 2, fatal))
    assert [row.result.project.name for row in rows] == list(names)
    problems = {row.result.project.name: row.result.report.problem for row in rows}
    assert "want of memory" in problems.pop("fatal")
    assert set(problems.values()) == {"fine"}


class Lost(Executor):
    """A cluster on which the second task meets a fault of what runs it."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if arguments[0].position == 1:
            future.set_exception(self.error)
        else:
            future.set_result(function(*arguments, **named))
        return future


def test_a_fault_of_what_runs_a_task_is_its_row() -> None:
    rows = sorted(sweep(tasks("a", "b", "c"), lambda: nullcontext(Lost(RuntimeError("killed"))), 2, fatal))
    assert [row.result.report.problem for row in rows] == ["fine", "RuntimeError: killed", "fine"]


def test_a_cluster_that_is_gone_ends_the_sweep_with_what_to_do() -> None:
    with pytest.raises(SprintReadyError, match="type the same again"):
        list(sweep(tasks("a", "b", "c"), lambda: nullcontext(Lost(CancelledError())), 2, fatal))


def test_no_more_tasks_are_taken_than_workers_need() -> None:
    taken = 0

    def counted() -> Iterator[Task]:
        nonlocal taken
        for task in tasks(*map(str, range(50))):
            taken += 1
            yield task

    rows = sweep(counted(), lambda: nullcontext(Here()), 3, fatal)
    next(rows)
    assert taken <= 6
    rows.close()  # type: ignore[attr-defined]


def test_a_missing_dask_is_named_with_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pytest-sprintready\[dask\]"), dask_cluster("tcp://127.0.0.1:1"):
        pass


# One audit of a store at a time, and audits that are ended ---------------------------------------------------------


def test_a_second_audit_of_a_store_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    path = str(tmp_path / "s.sqlite")
    code = f"from pytest_sprintready.audit.run import alone\nwith alone({path!r}): print('mine', flush=True); input()"
    first = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert first.stdout
        assert first.stdout.readline() == "mine\n"
        with pytest.raises(UsageError, match="another audit is writing"), alone(path):
            pass
    finally:
        first.kill()
        first.wait()
        first.communicate()
    with alone(path):
        pass


def audited(manifest: Path, store: Path, cache: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest_sprintready", "audit", str(manifest), "--store", str(store)]
    options = ["--cache", str(cache), "--allow-local", "--jobs", "2"]
    return subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def finished_projects(store: Path) -> int:
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as base:
            return int(base.execute("SELECT count(*) FROM results").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_an_audit_that_is_ended_loses_nothing_and_goes_on(
    manifest: Manifest, tmp_path: Path, how: str, sources: Sources
) -> None:
    written = tmp_path / "sprint.toml"
    written.write_text(
        '[sprint]\nname = "Spring"\n'
        + "".join(f'[[project]]\nname = "{p.name}"\nurl = "{p.url}"\n' for p in manifest.projects)
    )
    store = tmp_path / "ended.sqlite"
    process = audited(written, store, tmp_path / "cache2")
    while finished_projects(store) < 1 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(getattr(signal, how))
    process.wait()
    kept = finished_projects(store)
    assert kept >= 1
    assert audited(written, store, tmp_path / "cache2").wait() == 3
    with Store(str(store)) as ended, Store(str(tmp_path / "undisturbed.sqlite")) as undisturbed:
        assert len(ended.audits()) == 1
        run_audit(undisturbed, load_manifest(written), here(sources))
        assert lines(ended) == lines(undisturbed)


def test_a_store_that_cannot_grow_is_named_and_goes_on_later(
    manifest: Manifest, sources: Sources, tmp_path: Path
) -> None:
    path = str(tmp_path / "s.sqlite")
    with Store(path) as store:
        pages = store._base.execute("PRAGMA page_count").fetchone()[0]
        store._base.execute(f"PRAGMA max_page_count = {pages + 2}")  # a full disk, as SQLite sees it
        with pytest.raises(UsageError, match="make room, then type the same again"):
            run_audit(store, manifest, here(sources))
    with Store(path) as store:
        assert run_audit(store, manifest, here(sources)) == 1
        assert len(store.audit().projects) == 4


@contextmanager
def closed(server: Any) -> Iterator[None]:
    server.shutdown()
    server.server_close()
    yield


def test_a_server_that_goes_down_leaves_rows_and_no_verdicts(
    manifest: Manifest, sources: Sources, tmp_path: Path, server: Any
) -> None:
    with closed(server), Store(str(tmp_path / "s.sqlite")) as store:
        run_audit(store, manifest, here(sources))
        results: list[ProjectResult] = list(store.audit().projects)
    assert {result.standing for result in results} == {Standing.UNREADABLE}
    assert all("the server cannot be reached" in result.report.problem for result in results)
