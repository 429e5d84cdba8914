"""Hatch: scripts of environments in pyproject.toml and hatch.toml.

https://hatch.pypa.io/latest/config/environment/
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Any

from pytest_sprintready.reading.runners.installing import installed, requirement_line
from pytest_sprintready.reading.runners.tables import as_table, as_texts
from pytest_sprintready.reading.tasks import Task, TaskFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.reading.toml_lines import TomlLines

BUILT_IN = (
    "default",
    "system",
    "hatch-build",
    "hatch-check-code",
    "hatch-check-fmt",
    "hatch-check-types",
    "hatch-static-analysis",
    "hatch-test",
    "hatch-types",
    "hatch-uv",
)
"""Environments that exist without being configured."""

_MOST = 200
_TEST = {"run": "pytest {args}"}
"""What `hatch test` runs in the environment hatch-test, unless its scripts say otherwise."""


def read_hatch(path: str, envs: Any, places: TomlLines, prefix: tuple[str, ...]) -> TaskFile | None:
    """Return the scripts of hatch's environments, from the table `envs`; None where there is none.

    Names are what `hatch run` takes: "lint" of the default environment, "docs:build" of another; `hatch test` is
    "hatch-test:run" where that environment is configured. `factors` are the names of all environments, as
    `hatch run docs:anything` works for each of them.
    """
    environments = {name: as_table(table) for name, table in as_table(envs).items()}
    if not environments:
        return None
    tasks = []
    for name, table in environments.items():
        merged = _with_template(name, environments)
        scripts = as_table(merged.get("scripts"))
        if name == "hatch-test":
            scripts = {**_TEST, **scripts}
        own = as_table(table.get("scripts"))
        installs = tuple(_installs(merged))
        for script in scripts:
            # A script inherited from the default environment is a task of each environment.
            line = places.nearest(*prefix, name, "scripts", script) if script in own else places.nearest(*prefix, name)
            full = script if name == "default" else f"{name}:{script}"
            others = [f"default:{script}"] if name == "default" else []
            others += [f"{variant}:{script}" for variant in _variants(name, table)]
            commands = tuple(islice(_commands(script, scripts), _MOST))
            tasks.append(Task("hatch", full, path, line, tuple(others), commands, installs=installs, builds=True))
    names = {*BUILT_IN, *environments}
    names.update(variant for name, table in environments.items() for variant in _variants(name, table))
    return TaskFile("hatch", path, tuple(tasks), factors=tuple(sorted(names)))


def _with_template(name: str, environments: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return an environment's table with what it inherits: the default environment is everybody's template."""
    merged: dict[str, Any] = {}
    seen: set[str] = set()
    while name not in seen and len(seen) < 20:
        seen.add(name)
        table = environments.get(name, {})
        scripts = {**as_table(table.get("scripts")), **as_table(merged.get("scripts"))}
        merged = {**table, **merged, "scripts": scripts}
        template = table.get("template", name if table.get("detached") or name.startswith("hatch-") else "default")
        name = template if isinstance(template, str) else "default"
    return merged


def _commands(script: str, scripts: dict[str, Any], above: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield a script's lines, those that name another script replaced by its lines."""
    value = scripts.get(script)
    for line in [value] if isinstance(value, str) else as_texts(value)[:_MOST]:
        command = line.removeprefix("- ")
        first, _, rest = command.partition(" ")
        if first in scripts and first != script and first not in above and len(above) < 4:
            for inner in _commands(first, scripts, (*above, script)):
                yield f"{inner} {rest}".strip()
        else:
            yield command


def _installs(table: dict[str, Any]) -> Iterator[str]:
    for key in ("dependencies", "extra-dependencies"):
        for requirement in as_texts(table.get(key)):
            yield from installed(requirement_line(requirement))
    yield from (f"extra:{name}" for name in as_texts(table.get("features")))
    yield from (f"group:{name}" for name in as_texts(table.get("dependency-groups")))


def _variants(name: str, table: dict[str, Any]) -> Iterator[str]:
    """Yield the names a matrix gives: `test.py3.12-5.2`."""
    matrices = table.get("matrix")
    for matrix in matrices[:20] if isinstance(matrices, list) else []:
        values = []
        for variable, listed in as_table(matrix).items():
            is_python = variable in {"python", "py"}
            texts = (
                [str(one) for one in listed if isinstance(one, (str, int, float))] if isinstance(listed, list) else []
            )
            values.append(
                (not is_python, [f"py{one}" if is_python and not one.startswith("py") else one for one in texts])
            )
        values.sort(key=lambda pair: pair[0])
        for combination in islice(product(*(texts for _, texts in values)), _MOST):
            yield f"{name}.{'-'.join(combination)}" if name != "default" else "-".join(combination)
