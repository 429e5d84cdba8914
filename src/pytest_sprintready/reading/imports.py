"""What a Python file imports whenever it is imported itself, read with `ast`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    import ast
    from collections.abc import Collection, Iterable, Iterator

# A line's end is found quicker than its beginning: for `^` every position is tried.
_MENTION = pattern(r"\n[ \t]*(?:import[ \t]+([\w., \t]+)|from[ \t]+(\w+)[\w.]*[ \t]+import\b)")
_MARGIN = pattern(
    r"^(?:import[ \t]+([\w., \t]+)|from[ \t]+(\w+)[\w.]*[ \t]+import\b(?:[ \t]*\([^()]*\))?)[^\n]*", re.MULTILINE
)
_ENDS_HERE = frozenset(["skip", "exit", "importorskip"])
_MAX_DEPTH = 40


class Import(NamedTuple):
    """An import of a top-level module that nothing guards: its name and the line, counted from 1."""

    module: str
    line: int


def mentioned_modules(text: str) -> frozenset[str]:
    """Return the top-level modules that lines of a text seem to import; more than really are, never fewer.

    Quick: what is not among them need not be looked for with `unguarded_imports`. A statement behind a semicolon is
    the exception nobody writes.
    """
    return frozenset().union(*map(_modules, _MENTION.finditer(f"\n{text}")))


def _modules(found: re.Match[str]) -> frozenset[str]:
    names, origin = found.groups()
    if origin:
        return frozenset([origin])
    return frozenset(part.split()[0].partition(".")[0] for part in names.split(",") if part.split())


def unguarded_imports(text: str, among: Collection[str] | None = None) -> tuple[Import, ...]:
    """Return the absolute imports that run whenever the file is imported, in order; () for a file that is no Python.

    With `among` only imports of these modules at the left margin are looked for, and no more of the file is parsed
    than that takes.

    Left out: imports inside functions, below TYPE_CHECKING, a version, platform or any other condition, in a `try`
    that expects failure, below `with suppress(ImportError)` or `with pytest.raises`, and what stands after a
    module-level `pytest.importorskip(...)`, `pytest.skip(...)` or `raise SkipTest`.
    """
    if among is None:
        return tuple(_in_body(_statements(text) or (), 0))
    ends = [found.end() for found in _MARGIN.finditer(text) if not _modules(found).isdisjoint(among)]
    if not ends:
        return ()
    # Up to the import everything must parse; where it does not, the import stands in a text or behind a mistake.
    statements = _statements(text[: ends[-1]])
    if statements is None:
        statements = _statements(text) or []
    return tuple(each for each in _in_body(statements, 0) if each.module in among)


@lru_cache(maxsize=32)  # each cause asks it of the same failure
def guarded_module(text: str, name: str) -> str:
    """Return the top-level module that a name of a file comes from where an import that may fail brings it; else "".

    So where the name turns out to be unknown, that module is not installed: `try: from rdkit import Chem`.
    """
    import ast

    guards = (node for top in _statements(text) or () for node in ast.walk(top) if isinstance(node, ast.Try))
    for statement in (inner for guard in guards if guard.handlers for inner in guard.body):
        if isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
            if any((each.asname or each.name) == name for each in statement.names):
                return statement.module.partition(".")[0]
        elif isinstance(statement, ast.Import):
            for each in statement.names:
                if (each.asname or each.name.partition(".")[0]) == name:
                    return each.name.partition(".")[0]
    return ""


def _statements(text: str) -> list[ast.stmt] | None:
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an invalid escape in somebody's test is not ours to report
            return ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _in_body(body: Iterable[ast.stmt], depth: int) -> Iterator[Import]:
    import ast

    for statement in body:
        if isinstance(statement, ast.Import):
            for name in statement.names:
                yield Import(name.name.partition(".")[0], statement.lineno)
        elif isinstance(statement, ast.ImportFrom):
            if statement.level == 0 and statement.module:
                yield Import(statement.module.partition(".")[0], statement.lineno)
        elif isinstance(statement, (ast.ClassDef, ast.With)) and depth < _MAX_DEPTH:
            if isinstance(statement, ast.ClassDef) or not _expects_failure(statement):
                yield from _in_body(statement.body, depth + 1)
        elif isinstance(statement, ast.Try) and not statement.handlers and depth < _MAX_DEPTH:
            yield from _in_body(statement.body, depth + 1)
        elif _may_end_module(statement):
            return


def _expects_failure(statement: ast.With) -> bool:
    import ast

    return any(
        isinstance(item.context_expr, ast.Call) and _called(item.context_expr) in {"suppress", "raises"}
        for item in statement.items
    )


def _may_end_module(statement: ast.stmt) -> bool:
    """Whether a statement at module level may keep the rest of the file from running."""
    import ast

    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    if isinstance(statement, ast.Raise):
        return True
    if isinstance(statement, (ast.If, ast.Try, ast.Expr, ast.Assign, ast.AnnAssign)):
        for node in ast.walk(statement):
            if isinstance(node, ast.Raise) and not isinstance(statement, ast.Expr):
                return True
            if isinstance(node, ast.Call) and _called(node) in _ENDS_HERE and _is_pytests(node):
                return True
    return False


def _called(call: ast.Call) -> str:
    import ast

    function = call.func
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _is_pytests(call: ast.Call) -> bool:
    """Whether a call to `skip`, `exit` or `importorskip` acts on the module: `pytest.mark.skip(...)` does not."""
    import ast

    function = call.func
    if isinstance(function, ast.Name):
        return function.id in {"importorskip", "skip"}
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name)
