"""Scripts tables of pyproject.toml and its likes: pdm, poe, rye, taskipy and pixi."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_sprintready.reading.runners.tables import as_lines, as_table, as_texts
from pytest_sprintready.reading.tasks import Task, TaskFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.reading.toml_lines import TomlLines

_MOST = 300
_DEEPEST = 5


def read_pdm(path: str, scripts: Any, places: TomlLines, prefix: tuple[str, ...]) -> TaskFile | None:
    """Return [tool.pdm.scripts] as tasks of "pdm" (https://pdm-project.org/en/latest/usage/scripts/); None if empty.

    `pdm run` needs the environment of `pdm install`, so no task builds one.
    """
    table = {name: value for name, value in as_table(scripts).items() if name != "_"}
    tasks = []
    for name, value in table.items():
        details = as_table(value)
        composite = as_texts(details.get("composite"))
        needs = [line.split()[0] for line in composite if line.split() and line.split()[0] in table]
        commands = [line for line in composite if line.split() and line.split()[0] not in table]
        if isinstance(value, str):
            commands = as_lines(value)
        elif isinstance(details.get("cmd"), list):
            commands = [" ".join(as_texts(details["cmd"]))]
        else:
            commands += as_lines(details.get("cmd") or details.get("shell"))
        tasks.append(
            Task(
                "pdm",
                name,
                path,
                places.nearest(*prefix, name),
                commands=tuple(commands[:_MOST]),
                needs=tuple(needs),
                description=_text(details.get("help")),
            )
        )
    return TaskFile("pdm", path, tuple(tasks)) if tasks else None


def read_rye(path: str, scripts: Any, places: TomlLines, prefix: tuple[str, ...]) -> TaskFile | None:
    """Return [tool.rye.scripts] as tasks of "rye"; None if empty."""
    tasks = []
    for name, value in as_table(scripts).items():
        details = as_table(value)
        command = value if value and not details else details.get("cmd")
        lines = [" ".join(as_texts(command))] if isinstance(command, list) else as_lines(command)
        tasks.append(
            Task(
                "rye",
                name,
                path,
                places.nearest(*prefix, name),
                commands=tuple(lines[:_MOST]),
                needs=tuple(as_texts(details.get("chain"))),
            )
        )
    return TaskFile("rye", path, tuple(tasks)) if tasks else None


def read_taskipy(path: str, tables: Any, places: TomlLines, prefix: tuple[str, ...]) -> TaskFile | None:
    """Return [tool.taskipy.tasks] as tasks of "taskipy", `pre_x` and `post_x` being run with `x`; None if empty."""
    table = as_table(tables)
    tasks = []
    for name, value in table.items():
        details = as_table(value)
        tasks.append(
            Task(
                "taskipy",
                name,
                path,
                places.nearest(*prefix, name),
                commands=tuple(as_lines(value if isinstance(value, str) else details.get("cmd"))[:_MOST]),
                needs=tuple(other for other in (f"pre_{name}", f"post_{name}") if other in table),
                description=_text(details.get("help")),
            )
        )
    return TaskFile("taskipy", path, tuple(tasks)) if tasks else None


def read_poe(path: str, poe: Any, places: TomlLines, prefix: tuple[str, ...]) -> TaskFile | None:
    """Return the tasks of a [tool.poe] table (https://poethepoet.natn.io/); None where there are none.

    Included files make the answer open-ended. poe runs in the environment that exists: no task builds one.
    """
    settings = as_table(poe)
    named = {("tasks", name): value for name, value in as_table(settings.get("tasks")).items()}
    for group, table in as_table(settings.get("groups")).items():
        inner = as_table(as_table(table).get("tasks"))
        named.update({("groups", group, "tasks", name): value for name, value in inner.items()})  # type: ignore[misc]
    names = {key[-1] for key in named}
    item_type = _text(settings.get("default_array_item_task_type")) or "ref"
    tasks = []
    for key, value in named.items():
        commands: list[str] = []
        needs: list[str] = []
        _poe_parts(value, names, item_type, commands, needs)
        tasks.append(
            Task(
                "poe",
                key[-1],
                path,
                places.nearest(*prefix, *key),
                commands=tuple(commands[:_MOST]),
                needs=tuple(dict.fromkeys(needs)),
                description=_text(as_table(value).get("help")),
            )
        )
    open_ended = "include" in settings or "include_script" in settings
    return TaskFile("poe", path, tuple(tasks), open_ended) if tasks or open_ended else None


def _poe_parts(
    value: Any, names: set[str], item_type: str, commands: list[str], needs: list[str], *, depth: int = 0
) -> None:
    """Collect what a task of poe runs itself and which other tasks it runs."""
    if depth > _DEEPEST or len(commands) > _MOST:
        return
    if isinstance(value, str):
        commands += as_lines(value)
    elif isinstance(value, list):
        for item in value[:_MOST]:
            if isinstance(item, str) and item_type == "ref" and item.split()[:1] and item.split()[0] in names:
                needs.append(item.split()[0])
            else:
                _poe_parts(item, names, item_type, commands, needs, depth=depth + 1)
    elif isinstance(value, dict):
        needs += [line.split()[0] for line in as_texts(value.get("deps")) if line.split()]
        reference = _text(value.get("ref")).split()
        needs += reference[:1]
        kind = _text(value.get("default_item_type")) or "ref"
        for part in ("sequence", "parallel"):
            if part in value:
                _poe_parts(value[part], names, kind, commands, needs, depth=depth + 1)
        for part in ("cmd", "shell"):
            if isinstance(value.get(part), str):
                # A `cmd` may be broken over lines and stays one command; a `shell` is a script.
                text = value[part]
                commands += [" ".join(text.split())] if part == "cmd" else as_lines(text)
        for case in value.get("switch", []) if isinstance(value.get("switch"), list) else []:
            _poe_parts(case, names, kind, commands, needs, depth=depth + 1)


def read_pixi(path: str, pixi: Any, places: TomlLines, prefix: tuple[str, ...]) -> TaskFile | None:
    """Return the tasks of a [tool.pixi] table or a pixi.toml (https://pixi.sh); None where there are none.

    `tags` are the environments that have the task, "default" for what every environment has. pixi makes the
    environment itself.
    """
    settings = as_table(pixi)
    environments = as_table(settings.get("environments"))
    sources: list[tuple[tuple[str, ...], Any, tuple[str, ...]]] = [(("tasks",), settings.get("tasks"), ("default",))]
    for target, table in as_table(settings.get("target")).items():
        sources.append((("target", target, "tasks"), as_table(table).get("tasks"), ("default",)))
    for feature, table in as_table(settings.get("feature")).items():
        having = tuple(name for name, value in environments.items() if feature in _features(value))
        sources.append((("feature", feature, "tasks"), as_table(table).get("tasks"), having))
        for target, inner in as_table(as_table(table).get("target")).items():
            sources.append((("feature", feature, "target", target, "tasks"), as_table(inner).get("tasks"), having))
    found: dict[str, Task] = {}
    for place, tasks, having in sources:
        for name, value in as_table(tasks).items():
            details = as_table(value)
            command = value if isinstance(value, str) else details.get("cmd")
            lines = [" ".join(as_texts(command))] if isinstance(command, list) else as_lines(command)
            needs = list(_depends(value if isinstance(value, list) else details))
            task = Task(
                "pixi",
                name,
                path,
                places.nearest(*prefix, *place, name),
                commands=tuple(lines[:_MOST]),
                needs=tuple(needs[:_MOST]),
                tags=having,
                builds=True,
                description=_text(details.get("description")),
            )
            known = found.get(name)
            found[name] = known._replace(tags=tuple(dict.fromkeys((*known.tags, *having)))) if known else task
    return TaskFile("pixi", path, tuple(found.values())) if found else None


def _features(environment: Any) -> list[str]:
    return as_texts(environment) or as_texts(as_table(environment).get("features"))


def _depends(value: Any) -> Iterator[str]:
    """Yield the tasks that a task of pixi depends on: texts or tables, one or several."""
    if isinstance(value, dict):
        value = value.get("depends-on", value.get("depends_on"))
    for item in value if isinstance(value, list) else [value]:
        name = item if isinstance(item, str) else as_table(item).get("task")
        if isinstance(name, str):
            yield name


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
