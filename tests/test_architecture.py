"""Who may import what, read from the sources."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = "pytest_sprintready"
VIEWS = {"cli", "plugin", "sessions", "bridge", "__main__"}


class Import(NamedTuple):
    """One imported module: `eager` where it happens as the importing module is loaded, `typing` for type checkers."""

    module: str
    eager: bool
    typing: bool
    line: int


def imports(path: Path) -> Iterator[Import]:
    """Yield what the file imports; `from a import b` as "a.b" where that is a module of ours, else as "a"."""
    pending: list[tuple[ast.AST, bool, bool]] = [(ast.parse(path.read_text(encoding="utf-8")), True, False)]
    while pending:
        node, eager, typing = pending.pop()
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, eager, typing, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports here are absolute"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                ours = (ROOT / "src" / full.replace(".", "/")).with_suffix(".py").exists() or (
                    ROOT / "src" / full.replace(".", "/") / "__init__.py"
                ).exists()
                yield Import(full if ours else str(node.module), eager, typing, node.lineno)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            pending += [(child, eager, True) for child in node.body]
            pending += [(child, eager, typing) for child in node.orelse]
        else:
            inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            pending += [(child, eager and not inside, typing) for child in ast.iter_child_nodes(node)]


MODULES = {
    path.relative_to(ROOT / "src" / PACKAGE).with_suffix("").as_posix().replace("/", "."): path
    for path in sorted((ROOT / "src" / PACKAGE).rglob("*.py"))
}


def ours(module: str) -> str:
    """Return the name inside our package, "" for the package itself."""
    return module.removeprefix(PACKAGE).lstrip(".")


def part(name: str) -> str:
    """Return the room a module lives in: "reading" for "reading.shell", "model" for "model"."""
    return name.partition(".")[0]


def is_ours(module: str) -> bool:
    return module.partition(".")[0] == PACKAGE


def is_standard(module: str) -> bool:
    return module.partition(".")[0] in sys.stdlib_module_names | {"__future__"}


ALLOWED = {
    # room: rooms of ours it may import ("" is the package, for its version), packages of others it may import
    "model": (set(), set()),
    "errors": (set(), set()),
    "outcome": ({"model", "errors"}, set()),
    "reading": ({"model", "errors"}, {"yaml", "tomllib", "tomli", "packaging", "markdown_it"}),
    "facts": ({"model", "errors", "outcome", "reading", "config", "forge"}, {"packaging"}),
    "checks": ({"model", "facts", "reading", "config"}, {"packaging"}),
    "report": ({"model", ""}, {"jinja2", "markupsafe"}),
    "snapshot": ({"errors"}, set()),
    "diagnosis": ({"model", "errors", "facts", "reading", "config", "howto", "machine"}, {"packaging"}),
    "machine": ({"errors", "reading", "snapshot"}, set()),
}

# Rooms whose types may be named where their code may not be used.
TYPES_ONLY = {
    "report": {"howto", "forge", "diagnosis", "audit", "outcome"},
    "checks": {"snapshot", "forge"},
    "facts": {"snapshot", "forge", "config"},
}


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_what_the_design_allows(room: str) -> None:
    rooms, packages = ALLOWED[room]
    wrong = []
    for name, path in MODULES.items():
        if part(name) != room:
            continue
        for found in imports(path):
            if is_ours(found.module):
                target = part(ours(found.module))
                allowed = target in rooms or target == room or (found.typing and target in TYPES_ONLY.get(room, set()))
            else:
                allowed = is_standard(found.module) or found.module.partition(".")[0] in packages or found.typing
            if not allowed:
                wrong.append(f"{path.relative_to(ROOT)}:{found.line} imports {found.module}")
    assert not wrong


def test_nothing_imports_a_view() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{found.line} imports {found.module}"
        for name, path in MODULES.items()
        for found in imports(path)
        if is_ours(found.module) and part(ours(found.module)) in VIEWS
        if name != "__main__" and part(ours(found.module)) != part(name)
    ]
    assert not wrong


def test_the_plugin_loads_nothing_but_pytest_and_the_standard_library() -> None:
    eager = {found.module for found in imports(MODULES["plugin.__init__"]) if found.eager and not found.typing}
    assert {module for module in eager if not is_standard(module)} == {"pytest"}


WORLD = {"subprocess", "socket", "urllib.request", "http", "shutil", "tempfile", "requests", "urllib3", "os", "pathlib"}
TOUCHES_THE_WORLD = {"snapshot", "config", "machine", "forge", "fixes", "verify", "audit", "extensions", *VIEWS}


def touches_the_world(module: str) -> bool:
    return any(f"{module}.".startswith(f"{name}.") for name in WORLD)


def test_the_world_is_touched_only_at_the_edges() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{found.line} imports {found.module}"
        for name, path in MODULES.items()
        for found in imports(path)
        if part(name) not in TOUCHES_THE_WORLD and not found.typing and touches_the_world(found.module)
        if name != "checks.__init__"  # lists its own folder
    ]
    assert not wrong


def test_dataclasses_are_not_imported_for_what_they_cost() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{found.line}"
        for path in MODULES.values()
        for found in imports(path)
        if found.module == "dataclasses"
    ]
    assert not wrong


def test_hooks_load_nothing_but_themselves_and_the_standard_library() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{found.line} imports {found.module}"
        for path in sorted((ROOT / "hooks" / "sprintready_hooks").glob("*.py"))
        for found in imports(path)
        if found.eager and not found.typing and not is_standard(found.module)
        if found.module.partition(".")[0] != "sprintready_hooks"
    ]
    assert not wrong
