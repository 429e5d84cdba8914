"""The task runners a repository configures at its root, each read by the module of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading.patterns import MAX_LINE, bounded
from pytest_sprintready.reading.runners.tables import as_table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from pytest_sprintready.reading.tasks import TaskFile
    from pytest_sprintready.reading.toml_lines import TomlLines

    Read = Callable[[str], str | None]

MAX_TASKS = 2000
"""Tasks of one file that are looked at; people write a tenth of that."""


def accepts(task_file: TaskFile, name: str) -> bool:
    """Return whether the runner may know `name`: a task, or what else its file allows.

    For tox, factors combine into names that are listed nowhere; for hatch, `docs:anything` is a command in the
    environment docs. True where the file is open-ended. `run` of hatch, pdm, pixi and rye also takes programs,
    `pdm run pytest`; those are not asked for here.
    """
    if task_file.open_ended or task_file.task(name) is not None:
        return True
    if task_file.runner == "tox":
        from pytest_sprintready.reading.runners.tox import tox_accepts

        return tox_accepts(task_file, name)
    if task_file.runner == "hatch":
        environment, colon, _ = name.partition(":")
        return bool(colon) and environment.lstrip("+") in task_file.factors
    if task_file.runner == "nox":
        return any(_without_blanks(name) == _without_blanks(known) for one in task_file.tasks for known in one.aliases)
    return False


def _without_blanks(name: str) -> str:
    # nox compares names as Python expressions: blanks and the kind of quotes do not matter.
    return name.replace(" ", "").replace('"', "'")


def read_task_files(names: Collection[str], read: Read) -> tuple[list[TaskFile], list[FileProblem]]:
    """Return what each runner configured at the root offers, and the files that could not be understood.

    `names` are the paths of the repository's files; `read` returns a file's text, or None where it has none. Only
    the files that configure a runner are read. Nothing is run, and a broken file stops no other.
    """
    known = names if isinstance(names, (set, frozenset, dict)) else set(names)
    found: list[TaskFile] = []
    problems: list[FileProblem] = []
    for reader in (_nox, _tox, _tables, _make, _just, _taskfile, _invoke, _scripts):
        results = reader(known, read)
        while True:
            try:
                task_file = next(results)
            except StopIteration:
                break
            except FileProblem as problem:
                problems.append(problem)
                break
            if isinstance(task_file, FileProblem):
                problems.append(task_file)
            elif task_file is not None:
                found.append(_bounded(task_file))
    return found, problems


def _bounded(task_file: TaskFile) -> TaskFile:
    """Return the file with the tasks and the commands that nobody wrote by hand cut off."""
    if len(task_file.tasks) > MAX_TASKS:
        task_file = task_file._replace(tasks=task_file.tasks[:MAX_TASKS], open_ended=True)
    if any(len(command) > MAX_LINE for task in task_file.tasks for command in task.commands):
        tasks = [task._replace(commands=tuple(each[:MAX_LINE] for each in task.commands)) for task in task_file.tasks]
        task_file = task_file._replace(tasks=tuple(tasks))
    return task_file


def _lines(names: Collection[str], read: Read, name: str) -> str | None:
    """Return the text of a file that is read line by line."""
    text = _text(names, read, name)
    return None if text is None else bounded(text)


def _text(names: Collection[str], read: Read, name: str) -> str | None:
    return read(name) if name in names else None


def _nox(names: Collection[str], read: Read) -> Iterator[TaskFile | FileProblem | None]:
    text = _text(names, read, "noxfile.py")
    if text is not None:
        from pytest_sprintready.reading.runners.nox import read_noxfile

        yield read_noxfile("noxfile.py", text)


def _tox(names: Collection[str], read: Read) -> Iterator[TaskFile | FileProblem | None]:
    """Yield what tox takes: the first of its files that has something for it, in tox's order."""
    for name in ("tox.ini", "setup.cfg", "pyproject.toml", "tox.toml"):
        text = _text(names, read, name)
        # Most setup.cfg and pyproject.toml say nothing of tox; do not parse them for that.
        if text is None or (name in {"setup.cfg", "pyproject.toml"} and "tox" not in text):
            continue
        from pytest_sprintready.reading.runners.tox import read_tox_ini, read_tox_toml

        try:
            task_file = read_tox_toml(name, text) if name.endswith("toml") else read_tox_ini(name, text)
        except FileProblem as problem:
            yield problem
            continue
        if task_file is not None:
            # A toxfile.py is a plugin of the repository itself, which may define environments.
            yield task_file._replace(open_ended=task_file.open_ended or "toxfile.py" in names)
            return


_TABLES = ("hatch", "pdm", "poe", "rye", "taskipy", "pixi", "spin")
_FILES = {"hatch.toml": "hatch", "poe_tasks.toml": "poe", "pixi.toml": "pixi", ".spin/config.toml": "spin"}


def _tables(names: Collection[str], read: Read) -> Iterator[TaskFile | FileProblem | None]:
    """Yield the runners whose tasks are tables of a TOML file."""
    for name in ("pyproject.toml", *_FILES):
        text = _text(names, read, name)
        if text is None or (name == "pyproject.toml" and not any(f"tool.{table}" in text for table in _TABLES)):
            continue
        from pytest_sprintready.reading.loaders import load_toml
        from pytest_sprintready.reading.toml_lines import toml_lines

        try:
            tables = load_toml(name, text)
        except FileProblem as problem:
            yield problem
            continue
        places = toml_lines(text)
        tool = as_table(tables.get("tool"))
        for runner in _TABLES if name == "pyproject.toml" else (_FILES[name],):
            own = tool.get(runner)
            prefix: tuple[str, ...] = ("tool", runner)
            if own is None and name != "pyproject.toml":
                own, prefix = tables, ()
            if own is not None:
                try:
                    yield _table(runner, _Place(name, prefix, places), own, names, read)
                except FileProblem as problem:
                    yield problem


class _Place(NamedTuple):
    """Where a runner's table stands: its file, its path in it, and the lines of the file's keys."""

    path: str
    prefix: tuple[str, ...]
    lines: TomlLines


def _table(runner: str, place: _Place, own: Any, names: Collection[str], read: Read) -> TaskFile | None:
    from pytest_sprintready.reading.runners import scripts

    path, prefix, places = place
    table = as_table(own)
    if runner == "hatch":
        from pytest_sprintready.reading.runners.hatch import read_hatch

        return read_hatch(path, table.get("envs"), places, (*prefix, "envs"))
    if runner == "spin":
        from pytest_sprintready.reading.runners.invoke import read_spin

        commands = table.get("commands")
        lists = commands.values() if isinstance(commands, dict) else [commands]
        listed = [one for part in lists if isinstance(part, list) for one in part if isinstance(one, str)]
        texts = {file: _text(names, read, file) for file in {one.rpartition(":")[0] for one in listed}}
        modules = {file: text for file, text in texts.items() if text is not None}
        return read_spin(path, commands, places.nearest(*prefix, "commands"), modules)
    if runner == "poe":
        return scripts.read_poe(path, table, places, prefix)
    if runner == "pixi":
        return scripts.read_pixi(path, table, places, prefix)
    if runner == "taskipy":
        return scripts.read_taskipy(path, table.get("tasks"), places, (*prefix, "tasks"))
    reader = scripts.read_pdm if runner == "pdm" else scripts.read_rye
    return reader(path, table.get("scripts"), places, (*prefix, "scripts"))


def _make(names: Collection[str], read: Read) -> Iterator[TaskFile | FileProblem | None]:
    for name in ("GNUmakefile", "makefile", "Makefile"):
        text = _lines(names, read, name)
        if text is not None:
            from pytest_sprintready.reading.runners.make import read_makefile

            yield read_makefile(name, text, lambda other: _lines(names, read, other))
            return


def _just(names: Collection[str], read: Read) -> Iterator[TaskFile | FileProblem | None]:
    name = next((one for one in names if len(one) <= 9 and one.lower() in {"justfile", ".justfile"}), "")
    text = _lines(names, read, name) if name else None
    if text is not None:
        from pytest_sprintready.reading.runners.just import read_justfile

        yield read_justfile(name, text, lambda other: _lines(names, read, other))


def _taskfile(names: Collection[str], read: Read) -> Iterator[TaskFile | FileProblem | None]:
    for name in ("Taskfile.yml", "taskfile.yml", "Taskfile.yaml", "taskfile.yaml", "Taskfile.dist.yml"):
        text = _text(names, read, name)
        if text is not None:
            from pytest_sprintready.reading.runners.taskfile import read_taskfile

            yield read_taskfile(name, text)
            return


def _invoke(names: Collection[str], read: Read) -> Iterator[TaskFile | FileProblem | None]:
    for name in ("tasks.py", "tasks/__init__.py"):
        text = _text(names, read, name)
        if text is not None and "invo" in text:
            from pytest_sprintready.reading.runners.invoke import read_invoke

            yield read_invoke(name, text)
            return


def _scripts(names: Collection[str], read: Read) -> Iterator[TaskFile | FileProblem | None]:
    from pytest_sprintready.reading.runners.files import read_scripts

    yield read_scripts(names, lambda name: _lines(names, read, name))
