"""tasks.py of invoke, and commands of spin: Python files read as syntax trees, never imported."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from pytest_sprintready.reading.loaders import parse_python
from pytest_sprintready.reading.runners.constants import Constants, dotted_name
from pytest_sprintready.reading.runners.tables import as_texts
from pytest_sprintready.reading.tasks import Task, TaskFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 300
_DEEPEST = 5


def read_invoke(path: str, text: str) -> TaskFile | None:
    """Return the tasks of an invoke file (https://docs.pyinvoke.org); None where it does not import invoke.

    A Collection, or tasks imported from elsewhere, make the answer open-ended. Raises FileProblem for broken Python.
    """
    tree = parse_python(path, text)
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    modules = [alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names]
    modules += [node.module or "" for node in imports if isinstance(node, ast.ImportFrom)]
    if not any(module.split(".")[0] in {"invoke", "invocations"} for module in modules):
        return None
    constants = Constants(tree)
    functions = {node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
    tasks = []
    for function in functions.values():
        decorator = next((one for one in function.decorator_list if _is_task(one)), None)
        if decorator is None:
            continue
        arguments = decorator.args if isinstance(decorator, ast.Call) else []
        keywords: dict[str, ast.expr] = {}
        if isinstance(decorator, ast.Call):
            keywords = {keyword.arg: keyword.value for keyword in decorator.keywords if keyword.arg}
        before = [*arguments, *_elements(keywords.get("pre")), *_elements(keywords.get("post"))]
        name = constants.value(keywords.get("name"))
        tasks.append(
            Task(
                "invoke",
                name if isinstance(name, str) else function.name.strip("_").replace("_", "-"),
                path,
                function.lineno,
                aliases=tuple(as_texts(constants.value(keywords.get("aliases")))),
                commands=tuple(_runs(function, functions, constants, ())),
                needs=tuple(task.replace("_", "-") for task in map(_called, before) if task),
                default=constants.value(keywords.get("default")) is True,
                description=(ast.get_docstring(function, clean=False) or "").strip().split("\n", 1)[0],
            )
        )
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    imported = any(
        isinstance(node, ast.ImportFrom) and (node.level or node.module == "invocations") for node in imports
    )
    return TaskFile("invoke", path, tuple(tasks), open_ended="Collection" in names or imported)


def _is_task(decorator: ast.expr) -> bool:
    name = dotted_name(decorator.func if isinstance(decorator, ast.Call) else decorator)
    return name.rpartition(".")[2] == "task"


def _elements(node: ast.expr | None) -> list[ast.expr]:
    return node.elts if isinstance(node, (ast.List, ast.Tuple)) else []


def _called(node: ast.expr) -> str:
    """Return the task in `clean` or `call(clean, ...)`."""
    if isinstance(node, ast.Call):
        return dotted_name(node.args[0]) if node.args else ""
    return dotted_name(node)


def _runs(
    function: ast.FunctionDef | ast.AsyncFunctionDef,
    functions: dict[str, Any],
    constants: Constants,
    above: tuple[str, ...],
) -> Iterator[str]:
    """Yield the shell lines of `c.run("...")` and `c.sudo("...")`, through helpers given `c`."""
    parameters = [*function.args.posonlyargs, *function.args.args]
    if not parameters or len(above) > _DEEPEST or function.name in above:
        return
    context = parameters[0].arg
    scope = constants.inside(function)
    calls = sorted(
        (node for node in ast.walk(function) if isinstance(node, ast.Call)),
        key=lambda one: (one.lineno, one.col_offset),
    )
    for call in calls[:_MOST]:
        name = dotted_name(call.func)
        if name in {f"{context}.run", f"{context}.sudo"} and call.args:
            line = scope.template(call.args[0])
            if not line.startswith("{"):
                yield line
        elif name in functions and call.args and dotted_name(call.args[0]) == context:
            yield from _runs(functions[name], functions, constants, (*above, function.name))


def read_spin(path: str, commands: Any, line: int, modules: dict[str, str]) -> TaskFile | None:
    """Return the commands of [tool.spin.commands] (https://github.com/scientific-python/spin); None if empty.

    `commands` is a list, or sections of lists, of "spin.cmds.meson.test" and ".spin/cmds.py:docs"; `modules` gives
    the text of each such file by its path, as far as it can be read. `spin test` builds the package, not the
    environment. Raises FileProblem for broken Python.
    """
    listed = as_texts(commands)
    for section in commands.values() if isinstance(commands, dict) else []:
        listed += as_texts(section)
    trees = {name: _functions(name, text) for name, text in modules.items()}
    tasks = []
    for reference in listed:
        module, colon, name = reference.rpartition(":")
        if not colon:
            name = reference.rpartition(".")[2]
        function = trees.get(module, {}).get(name)
        shown, place, description = name.replace("_", "-"), (path, line), ""
        if function is not None:
            shown = _click_name(function) or shown
            place = (module, function.lineno)
            description = (ast.get_docstring(function, clean=False) or "").strip().split("\n", 1)[0]
        runs_pytest = reference.startswith("spin.cmds") if function is None else _extends_test(function)
        lines = ("pytest {args}",) if name == "test" and runs_pytest else ()
        tasks.append(Task("spin", shown, *place, commands=lines, description=description))
    return TaskFile("spin", path, tuple(tasks)) if tasks else None


def _functions(path: str, text: str) -> dict[str, Any]:
    body = parse_python(path, text).body
    return {node.name: node for node in body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def _click_name(function: ast.FunctionDef) -> str:
    """Return the name that `@click.command("name")` gives, or ""."""
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and dotted_name(decorator.func).endswith("command"):
            named = [*decorator.args[:1], *(one.value for one in decorator.keywords if one.arg == "name")]
            for node in named:
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    return node.value
    return ""


def _extends_test(function: ast.FunctionDef) -> bool:
    """Whether a command hands over to spin's own `test`, which runs pytest on the built package."""
    return any(isinstance(node, ast.Attribute) and dotted_name(node).endswith(".test") for node in ast.walk(function))
