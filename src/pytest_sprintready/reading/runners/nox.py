"""noxfile.py read as a syntax tree: sessions, their Pythons and parameters, what they install and run.

Names follow nox: `tests`, `tests-3.12`, `tests(django='5')`, `tests-3.12(django='5')`
(https://nox.thea.codes/en/stable/config.html). The file is never imported.
"""

from __future__ import annotations

import ast
from itertools import islice, product
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.reading.loaders import parse_python
from pytest_sprintready.reading.runners.constants import UNKNOWN, Constants, dotted_name
from pytest_sprintready.reading.runners.installing import installed, installed_by
from pytest_sprintready.reading.tasks import Task, TaskFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = "noxfile.py"

_RUNS = frozenset({"run", "run_install", "run_always"})
_MOST_NAMES = 500
_MOST_COMMANDS = 300
_DEEPEST = 5
"""Helper functions that call helper functions are followed this far."""


def read_noxfile(path: str, text: str) -> TaskFile:
    """Return the sessions of a noxfile.

    `open_ended` is True where sessions can come from elsewhere: a loop, an import of unknown names, a list of Pythons
    or parameters that only running would tell. Raises FileProblem where the text is no Python.
    """
    return _Noxfile(path, parse_python(path, text)).read()


class _Session(NamedTuple):
    """A function decorated as a session, with the keywords of the decorator."""

    function: ast.FunctionDef | ast.AsyncFunctionDef
    keywords: dict[str, Any]
    parameters: list[list[str]]
    is_plain: bool


class _Noxfile:
    def __init__(self, path: str, tree: ast.Module) -> None:
        self.path = path
        self.tree = tree
        self.constants = Constants(tree)
        self.open_ended = False
        self.functions = {
            node.name: node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        }
        self.session_names, self.parametrize_names = self.imported()

    def imported(self) -> tuple[set[str], set[str]]:
        """Return what nox.session and nox.parametrize are called here; note imports that may add sessions."""
        sessions, parametrizes = {"nox.session"}, {"nox.parametrize"}
        for node in self.tree.body:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    if alias.name in {"nox", "nox_poetry", "nox_uv"}:
                        sessions.add(f"{alias.asname or alias.name}.session")
                        parametrizes.add(f"{alias.asname or alias.name}.parametrize")
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    if alias.name == "*":
                        self.open_ended = True
                    elif node.module in {"nox", "nox_poetry", "nox_uv"} and alias.name == "session":
                        sessions.add(alias.asname or alias.name)
                    elif node.module == "nox" and alias.name == "parametrize":
                        parametrizes.add(alias.asname or alias.name)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                # `uv_session = functools.partial(nox.session, venv_backend="uv")`
                value = node.value
                is_partial = isinstance(value, ast.Call) and dotted_name(value.func).endswith("partial") and value.args
                if dotted_name(value.args[0] if is_partial and isinstance(value, ast.Call) else value) in sessions:
                    sessions.add(node.targets[0].id)
        return sessions, parametrizes

    def read(self) -> TaskFile:
        """Return the sessions in the order of the file, nox.options applied."""
        found: dict[str, tuple[_Session, Task]] = {}
        for statement in _statements(self.tree.body):
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
                session = self.session(statement)
                if session is not None:
                    task = self.task(session)
                    found[task.name] = (session, task)
                elif self.makes_sessions(statement):
                    # A factory, called from a loop or from elsewhere.
                    self.open_ended = True
            elif self.makes_sessions(statement) or _registers(statement):
                self.open_ended = True
        chosen = self.options()
        tasks = []
        for session, task in found.values():
            default = session.keywords.get("default", True) is not False
            if chosen is not None:
                names, tags = chosen
                default = bool(names.intersection((task.name, *task.aliases)) or tags.intersection(task.tags))
            tasks.append(task._replace(default=default))
        return TaskFile("nox", self.path, tuple(tasks), self.open_ended)

    def makes_sessions(self, statement: ast.stmt) -> bool:
        """Whether a statement other than a decorated function defines sessions, by a decorator or `nox.session(f)`."""
        for node in ast.walk(statement):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                callees = [one.func if isinstance(one, ast.Call) else one for one in node.decorator_list]
                if any(dotted_name(callee) in self.session_names for callee in callees):
                    return True
            elif isinstance(node, ast.Call) and "." in (name := dotted_name(node.func)) and name in self.session_names:
                return True
        return False

    def session(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> _Session | None:
        """Return a function as a session, or None where it is not decorated as one."""
        keywords: dict[str, Any] | None = None
        parameters: list[list[str]] = []
        is_plain = True
        for decorator in function.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            name = dotted_name(call.func if call else decorator)
            if name in self.session_names:
                keywords = {}
                for keyword in call.keywords if call else ():
                    if keyword.arg is None:
                        extra = self.constants.value(keyword.value)
                        is_plain = is_plain and isinstance(extra, dict)
                        keywords.update(extra if isinstance(extra, dict) else {})
                    else:
                        keywords[keyword.arg] = self.constants.value(keyword.value)
            elif name in self.parametrize_names and call:
                values = self.parameters(call)
                if values is None:
                    is_plain = False
                else:
                    parameters.insert(0, values)
        return None if keywords is None else _Session(function, keywords, parameters, is_plain)

    def parameters(self, call: ast.Call) -> list[str] | None:
        """Return how nox writes each parameter set, `django='5'` or its id; None where that is not constant."""
        arguments = {keyword.arg: keyword.value for keyword in call.keywords}
        names_node = call.args[0] if call.args else arguments.get("arg_names")
        values_node = call.args[1] if len(call.args) > 1 else arguments.get("arg_values_list")
        if names_node is None or values_node is None:
            return None
        names = self.constants.value(names_node)
        names = [name.strip() for name in names.split(",")] if isinstance(names, str) else names
        ids_node = call.args[2] if len(call.args) > 2 else arguments.get("ids")
        ids = self.constants.value(ids_node) if ids_node is not None else []
        if not isinstance(names, list) or not isinstance(ids, list):
            return None
        shown: list[str] = []
        if isinstance(values_node, (ast.List, ast.Tuple)) and any(map(self.is_param, values_node.elts)):
            for element in values_node.elts:
                text = self.param(element, names) if self.is_param(element) else None
                if text is None:
                    return None
                shown.append(text)
        else:
            values = self.constants.value(values_node)
            if not isinstance(values, list):
                return None
            for value in values:
                single = [value] if len(names) == 1 else value
                if not isinstance(single, list) or len(single) != len(names):
                    return None
                shown.append(", ".join(f"{name}={one!r}" for name, one in zip(names, single, strict=True)))
        return [ids[at] if at < len(ids) and isinstance(ids[at], str) else text for at, text in enumerate(shown)]

    def is_param(self, node: ast.expr) -> bool:
        """Whether an element is `nox.param(...)`."""
        return isinstance(node, ast.Call) and dotted_name(node.func).endswith("param")

    def param(self, node: ast.expr, names: list[str]) -> str | None:
        """Return how nox writes a `nox.param(1, id="one")`."""
        if not isinstance(node, ast.Call):
            return None
        for keyword in node.keywords:
            if keyword.arg == "id":
                value = self.constants.value(keyword.value)
                return value if isinstance(value, str) else None
        values = [self.constants.value(argument) for argument in node.args]
        if any(value is UNKNOWN for value in values) or len(values) != len(names):
            return None
        return ", ".join(f"{name}={value!r}" for name, value in zip(names, values, strict=True))

    def task(self, session: _Session) -> Task:
        """Return the task of a session, `default` left to nox.options."""
        keywords = session.keywords
        python = keywords.get("python", keywords.get("py"))
        backend = keywords.get("venv_backend") or self.constants.option("default_venv_backend")
        if python is UNKNOWN or not session.is_plain:
            self.open_ended = True
        name = keywords.get("name") or session.function.name
        if not isinstance(name, str):
            self.open_ended = True
            name = session.function.name
        body = _Body(self)
        body.follow(session.function)
        requires = [one for one in _texts(keywords.get("requires")) if "{" not in one]
        return Task(
            "nox",
            name,
            self.path,
            session.function.lineno,
            aliases=tuple(islice(_aliases(name, python, backend, session.parameters), _MOST_NAMES)),
            commands=tuple(body.commands),
            needs=tuple(requires),
            tags=tuple(_texts(keywords.get("tags"))),
            installs=tuple(body.installs),
            builds=python is not False and backend != "none",
            description=_first_paragraph(session.function),
        )

    def options(self) -> tuple[set[str], set[str]] | None:
        """Return (names, tags) that bare `nox` runs, or None where nox.options does not choose."""
        names = self.constants.option("sessions")
        tags = self.constants.option("tags")
        if names is None and tags is None:
            return None
        return set(_texts(names)), set(_texts(tags))


class _Body:
    """The commands and installs of a session, through the helper functions it hands itself to."""

    def __init__(self, noxfile: _Noxfile) -> None:
        self.noxfile = noxfile
        self.commands: list[str] = []
        self.installs: dict[str, None] = {}
        self.following: list[str] = []

    def follow(self, function: ast.FunctionDef | ast.AsyncFunctionDef, session_at: int = 0) -> None:
        """Read a function whose argument number `session_at` is the session."""
        arguments = [*function.args.posonlyargs, *function.args.args]
        if session_at >= len(arguments) or function.name in self.following or len(self.following) > _DEEPEST:
            return
        self.following.append(function.name)
        session = arguments[session_at].arg
        scope = self.noxfile.constants.inside(function)
        for call in _calls(function):
            if len(self.commands) >= _MOST_COMMANDS:
                break
            if isinstance(call.func, ast.Attribute) and dotted_name(call.func.value) == session:
                self.call(call.func.attr, call, session, scope)
            elif isinstance(call.func, ast.Name):
                helper = self.noxfile.functions.get(call.func.id)
                at = next((at for at, argument in enumerate(call.args) if dotted_name(argument) == session), None)
                if helper is not None and at is not None:
                    self.follow(helper, at)
        self.following.pop()

    def call(self, method: str, call: ast.Call, session: str, scope: Constants) -> None:
        """Read one `session.method(...)`."""
        if method in _RUNS:
            words = list(self.words(call.args, session, scope))
            if words and not (len(words) == 1 and words[0].startswith("{")):
                self.commands.append(" ".join(map(_quoted, words)))
                self.note(installed_by(words))
        elif method in {"install", "conda_install"}:
            self.note(installed(list(self.words(call.args, session, scope))))
        elif method in {"chdir", "cd"}:
            words = list(self.words(call.args, session, scope))
            if words and "{" not in words[0]:
                self.commands.append(f"cd {_quoted(words[0])}")
        elif method == "notify" and call.args:
            target = scope.value(call.args[0])
            if isinstance(target, str):
                self.commands.append(f"nox -s {_quoted(target)}")

    def note(self, installs: Iterable[str]) -> None:
        self.installs.update(dict.fromkeys(one for one in installs if "{" not in one))

    def words(self, arguments: list[ast.expr], session: str, scope: Constants) -> Iterator[str]:
        """Yield the words of a call's arguments; what is not constant as `{expression}`."""
        for argument in arguments[:200]:
            node = argument.value if isinstance(argument, ast.Starred) else argument
            groups = _dependency_groups(node)
            if groups is not None:
                for group in groups:
                    value = scope.value(group)
                    yield from ("--group", value) if isinstance(value, str) else ()
                continue
            if isinstance(argument, ast.Starred):
                if posargs := _posargs(node, session, scope):
                    yield posargs
                    continue
                value = scope.value(node)
                if isinstance(value, list):
                    yield from (str(one) for one in value if one is not UNKNOWN)
                    continue
            else:
                value = scope.value(node)
                if isinstance(value, (str, int, float)) and not isinstance(value, bool):
                    yield str(value)
                    continue
            yield scope.template(node)


def _posargs(node: ast.expr, session: str, scope: Constants) -> str:
    """Return `{posargs}`, with the default of `session.posargs or [...]`, or "" where it is something else."""
    if dotted_name(node) == f"{session}.posargs":
        return "{posargs}"
    default: ast.expr | None = None
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and len(node.values) == 2:
        first, default = node.values
    elif isinstance(node, ast.IfExp):
        first, default = node.body, node.orelse
    else:
        return ""
    if dotted_name(first) != f"{session}.posargs":
        return ""
    value = scope.value(default)
    words = " ".join(_quoted(str(one)) for one in value) if isinstance(value, list) else ""
    return f"{{posargs:{words}}}" if words else "{posargs}"


def _dependency_groups(node: ast.expr) -> list[ast.expr] | None:
    """Return the names in `nox.project.dependency_groups(pyproject, "test", ...)`, or None for anything else."""
    if isinstance(node, ast.Call) and dotted_name(node.func).endswith("dependency_groups"):
        return node.args[1:]
    return None


def _aliases(name: str, python: Any, backend: Any, parameters: list[list[str]]) -> Iterator[str]:
    """Yield the further names of a session, as nox builds them (nox.manifest.Manifest.make_session)."""
    pythons = [python] if isinstance(python, str) else _texts(python) if backend != "none" else []
    is_single = not isinstance(python, list) or backend == "none"
    for version in dict.fromkeys(pythons):
        yield f"{name}-{version}"
    if not parameters:
        return
    # nox lets the decorator nearest to the function vary slowest
    for combination in product(*parameters):
        signature = f"({', '.join(combination)})"
        if is_single:
            yield f"{name}{signature}"
        for version in dict.fromkeys(pythons):
            yield f"{name}-{version}{signature}"


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements of a module, those within `if`, `try` and `with` too: both branches are read."""
    for statement in body:
        if isinstance(statement, (ast.If, ast.Try, ast.With)):
            for field in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(statement, field, []))
            for handler in getattr(statement, "handlers", []):
                yield from _statements(handler.body)
        else:
            yield statement


def _registers(statement: ast.stmt) -> bool:
    """Whether a top-level call may add sessions: `sprint_sessions("sprint.toml")`, `register(nox)`."""
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    name = dotted_name(statement.value.func)
    return "session" in name.rpartition(".")[2] or any(
        dotted_name(argument) == "nox" for argument in statement.value.args
    )


def _calls(function: ast.AST) -> list[ast.Call]:
    """Return the calls within a function in the order of the text."""
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _first_paragraph(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    # cleaned here: ast would import inspect for that, which takes longer than reading most noxfiles
    text = ast.get_docstring(function, clean=False) or ""
    return " ".join(text.strip().split("\n\n", 1)[0].split())


def _quoted(word: str) -> str:
    """Quote a word for a shell line where a blank would part it; placeholders stay as they are."""
    if word.startswith("{") or not any(mark in word for mark in " \t'\"\\;|&<>$`\n"):
        return word or "''"
    import shlex

    return shlex.quote(word)
