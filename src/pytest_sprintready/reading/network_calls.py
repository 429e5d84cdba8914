"""Where a test file plainly calls a public address: read with ast, nothing is imported or run."""

from __future__ import annotations

import ast
import re

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading.loaders import parse_python
from pytest_sprintready.reading.patterns import pattern


def first_public_call(path: str, text: str) -> int | None:
    """Return the line of the first such call in a test, None if there is none or the file is no Python.

    Tests with a decorator, a `with`, a `try` or a word of skipping may expect that the network is missing, and
    modules with a `pytestmark` can be told apart already: these are left out.
    """
    try:
        module = parse_python(path, text)
    except FileProblem:  # such files are often made so on purpose, to be read by the tests
        return None
    if any(isinstance(node, ast.Assign) and _assigns(node, "pytestmark") for node in module.body):
        return None
    queue: list[ast.stmt] = list(module.body)
    for node in queue:
        if isinstance(node, ast.ClassDef) and not node.decorator_list:
            queue.extend(node.body)
        elif (
            isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and node.name.startswith("test")
            and not node.decorator_list
        ):
            inside = list(ast.walk(node))
            if any(isinstance(each, (ast.With, ast.Try)) or _names_skip(each) for each in inside):
                continue
            for each in inside:
                if isinstance(each, ast.Call) and _reaches_public_host(each):
                    return each.lineno
    return None


def _assigns(node: object, name: str) -> bool:
    return any(getattr(target, "id", "") == name for target in getattr(node, "targets", ()))


def _names_skip(node: object) -> bool:
    name = getattr(node, "attr", "") or getattr(node, "id", "")
    return isinstance(name, str) and bool(re.search("skip|xfail|raises", name, re.IGNORECASE))


_CALLABLES = frozenset(
    [
        *(f"{module}.{verb}" for module in ("requests", "httpx") for verb in ("get", "post", "put", "head", "delete")),
        "urlopen", "request.urlopen", "urllib.request.urlopen", "urlretrieve", "request.urlretrieve",
        "urllib.request.urlretrieve", "pooch.retrieve",
    ]
)  # fmt: skip
_NOT_PUBLIC = pattern(
    r"localhost|127\.|0\.0\.0\.0|\[::|\d+\.\d+\.\d+\.\d+|(^|\.)(test|invalid|local|localhost|example|internal|lan)$"
    r"|(^|\.)example\.(com|org|net)$|^[^.]*$|test|mock|dummy|foo|fake"
)


def _reaches_public_host(call: ast.Call) -> bool:
    first = call.args[0] if call.args else None
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return False
    found = re.match(r"https?://([^/:?#]+)", first.value)
    return found is not None and _dotted(call.func) in _CALLABLES and not _NOT_PUBLIC.search(found[1])


def _dotted(function: ast.expr) -> str:
    """The name of a called function as written, "" for what is no plain name of at most three parts."""
    parts: list[str] = []
    while isinstance(function, ast.Attribute) and len(parts) < 3:
        parts.insert(0, function.attr)
        function = function.value
    return ".".join((function.id, *parts)) if isinstance(function, ast.Name) else ""
