"""Taskfile.yml of the runner Task.

https://taskfile.dev/docs/reference/schema
"""

from __future__ import annotations

from typing import Any

from pytest_sprintready.reading.loaders import line_of, load_yaml_nodes, to_python
from pytest_sprintready.reading.runners.tables import as_table, as_texts
from pytest_sprintready.reading.tasks import Task, TaskFile


def read_taskfile(path: str, text: str) -> TaskFile | None:
    """Return the tasks of a Taskfile as tasks of the runner "task"; None where there are none.

    Included Taskfiles and wildcard names make the answer open-ended. Raises FileProblem for broken YAML.
    """
    node = load_yaml_nodes(path, text)
    top = as_table(to_python(node)) if node is not None else {}
    lines: dict[str, int] = {}
    for key, value in node.value if node is not None and top else ():
        if key.value == "tasks" and isinstance(value.value, list):
            pairs = [pair for pair in value.value if isinstance(pair, tuple)]
            lines = {name.value: line_of(name) for name, _ in pairs if isinstance(name.value, str)}
    tasks = []
    for name, value in as_table(top.get("tasks")).items():
        details = as_table(value)
        items = [value] if isinstance(value, str) else value if isinstance(value, list) else _items(details)
        commands = [
            one for one in (item if isinstance(item, str) else as_table(item).get("cmd") for item in items) if one
        ]
        called = [as_table(item).get("task") for item in items]
        needs = [_name(one) for one in details.get("deps", []) or []] if isinstance(details.get("deps"), list) else []
        aliases = tuple(as_texts(details.get("aliases")))
        description = details.get("desc") or details.get("summary") or ""
        tasks.append(
            Task(
                "task",
                name,
                path,
                lines.get(name, 1),
                aliases=aliases,
                commands=tuple(line.strip() for one in commands for line in str(one).split("\n") if line.strip()),
                needs=tuple(one for one in [*needs, *called] if isinstance(one, str) and one),
                default=name == "default",
                description=str(description).split("\n", 1)[0],
            )
        )
    open_ended = "includes" in top or any("*" in task.name for task in tasks)
    return TaskFile("task", path, tuple(tasks), open_ended) if tasks or open_ended else None


def _items(details: dict[str, Any]) -> list[Any]:
    commands = details.get("cmds", details.get("cmd"))
    return commands if isinstance(commands, list) else [] if commands is None else [commands]


def _name(dependency: Any) -> Any:
    return dependency if isinstance(dependency, str) else as_table(dependency).get("task")
