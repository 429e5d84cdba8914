"""What setup.py hands to `setup()`, read from its syntax tree. Nothing is run."""

from __future__ import annotations

import ast
from typing import Any

from pytest_sprintready.reading.loaders import parse_python
from pytest_sprintready.reading.patterns import pattern

MAX_STEPS = 20_000
MAX_ITEMS = 5_000
MAX_TEXT = 100_000
MAX_FOLDING_DEPTH = 50

_REQUIREMENTS_FILE = pattern(r"[\w./-]*\.(?:txt|in|pip)")
_MUTATORS = {"append", "extend", "update", "setdefault", "insert", "add"}


class Text(str):
    """A string of the source with the line it stands on."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, text: str, line: int) -> Text:  # noqa: PYI034 - Self needs Python 3.11
        """Return the string with its line, counted from 1."""
        made = super().__new__(cls, text)
        made.line = line
        return made


class FromFile(Text):
    """Stands for the requirements read from a file: the text is the file's path as the script writes it."""

    __slots__ = ()


class SetupCall:
    """The keyword arguments of `setup()`: str (as Text), list, dict; None where a value cannot be told by reading."""

    def __init__(self, arguments: dict[str, Any], line: int) -> None:
        self.arguments = arguments
        self.line = line


def read_setup_call(path: str, text: str) -> SetupCall | None:
    """Return the call of `setup()` in a setup.py, None where there is none; FileProblem where it is not Python."""
    tree = parse_python(path, text)
    call = next((node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_setup(node.func)), None)
    if call is None:
        return None
    folder = _Folder()
    folder.follow(tree.body)
    for statement in tree.body:  # setup() called in a function
        if isinstance(statement, ast.FunctionDef) and call in ast.walk(statement):
            folder.follow(statement.body)
    arguments: dict[str, Any] = {}
    for keyword in call.keywords:
        value = folder.fold(keyword.value)
        if keyword.arg is not None:
            arguments[keyword.arg] = value
        elif isinstance(value, dict):
            arguments.update((str(key), item) for key, item in value.items())
    return SetupCall(arguments, call.lineno)


def _is_setup(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == "setup" and isinstance(function.value, ast.Name)
    return isinstance(function, ast.Name) and function.id == "setup"


class _Folder:
    """Folds constants: the assignments of a module in their order, then any expression over them."""

    def __init__(self) -> None:
        self._names: dict[str, Any] = {}
        self._steps = 0
        self._depth = 0

    def follow(self, body: list[ast.stmt], level: int = 0) -> None:
        """Take in the assignments of a block; both branches of an `if` count, loops are taken once."""
        for statement in body:
            if isinstance(statement, ast.Assign):
                value = self.fold(statement.value)
                for target in statement.targets:
                    self._assign(target, value)
            elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
                self._assign(statement.target, self.fold(statement.value))
            elif isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.Add):
                whole = _added(self.fold(statement.target), self.fold(statement.value))
                self._assign(statement.target, whole)
            elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
                self._mutate(statement.value)
            elif isinstance(statement, ast.With):
                for item in statement.items:
                    if item.optional_vars is not None:
                        self._assign(item.optional_vars, self.fold(item.context_expr))
                if level < MAX_FOLDING_DEPTH:
                    self.follow(statement.body, level + 1)
            elif isinstance(statement, (ast.If, ast.Try)) and level < MAX_FOLDING_DEPTH:
                blocks = [statement.body, statement.orelse]
                if isinstance(statement, ast.Try):
                    blocks += [handler.body for handler in statement.handlers] + [statement.finalbody]
                for block in blocks:
                    self.follow(block, level + 1)

    def fold(self, node: ast.expr) -> Any:
        """Return what an expression is as far as reading tells, else None."""
        self._steps += 1
        if self._steps > MAX_STEPS or self._depth > MAX_FOLDING_DEPTH:
            return None
        self._depth += 1
        try:
            return self._fold(node)
        finally:
            self._depth -= 1

    def _fold(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Constant):
            return Text(node.value, node.lineno) if isinstance(node.value, str) else None
        if isinstance(node, ast.Name):
            return self._names.get(node.id)
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return self._items(node.elts)
        if isinstance(node, ast.Dict):
            return self._dict(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Div, ast.BitOr)):
            return self._binary(node)
        if isinstance(node, ast.Subscript):
            table, key = self.fold(node.value), self.fold(node.slice)
            return table.get(key) if isinstance(table, dict) and isinstance(key, str) else None
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            source = self.fold(node.generators[0].iter)
            return [source] if isinstance(source, FromFile) else source if isinstance(source, list) else None
        return None

    def _items(self, nodes: list[ast.expr]) -> list[Any]:
        items: list[Any] = []
        for node in nodes:
            value = self.fold(node.value if isinstance(node, ast.Starred) else node)
            if isinstance(node, ast.Starred):
                items.extend(_as_list(value))
            elif value is not None:
                items.append(value)
        return items[:MAX_ITEMS]

    def _dict(self, node: ast.Dict) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        for key, value in zip(node.keys, node.values, strict=True):
            folded = self.fold(value)
            if key is None:
                made.update(folded if isinstance(folded, dict) else {})
            else:
                name = self.fold(key)
                if isinstance(name, str):
                    made[name] = folded
        return made

    def _binary(self, node: ast.BinOp) -> Any:
        left, right = self.fold(node.left), self.fold(node.right)
        if isinstance(node.op, ast.Add):
            return _added(left, right)
        if isinstance(node.op, ast.BitOr):
            return {**left, **right} if isinstance(left, dict) and isinstance(right, dict) else None
        # HERE / "requirements.txt": what cannot be told on the left is the folder of the script
        return right if not isinstance(left, str) else Text(f"{left}/{right}"[:MAX_TEXT], node.lineno)

    def _call(self, node: ast.Call) -> Any:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        arguments = [self.fold(argument) for argument in node.args[:20]]
        if name == "dict":
            made = dict(arguments[0]) if arguments and isinstance(arguments[0], dict) else {}
            made.update({Text(word.arg, node.lineno): self.fold(word.value) for word in node.keywords if word.arg})
            return made
        if name == "join" and isinstance(node.func, ast.Attribute):
            return self._joined(node, arguments)
        if name in ("list", "set", "sorted", "tuple", "Path", "str", "filter", "map", "dedent"):
            return next((argument for argument in reversed(arguments) if argument is not None), None)
        owner = self.fold(node.func.value) if isinstance(node.func, ast.Attribute) else None
        if isinstance(owner, FromFile):
            return owner
        if name in ("split", "splitlines") and isinstance(owner, Text):
            return [Text(word, owner.line) for word in (owner.split() if name == "split" else owner.splitlines())]
        if name in ("strip", "copy", "read_text") and isinstance(owner, (str, list, dict)) and not arguments:
            if isinstance(owner, str) and _REQUIREMENTS_FILE.fullmatch(owner):
                return FromFile(owner, node.lineno)
            return owner
        named = [text for text in arguments if isinstance(text, str)]
        path = "/".join(named[-1:] if name == "open" else named)
        if name == "open" and named:
            path = named[0]
        if _REQUIREMENTS_FILE.fullmatch(path):
            return FromFile(path, node.lineno)
        return next((argument for argument in arguments if isinstance(argument, FromFile)), None)

    def _joined(self, node: ast.Call, arguments: list[Any]) -> Any:
        """Fold `os.path.join(HERE, "requirements", "dev.txt")`; lines joined to one text are none of ours."""
        if len(arguments) == 1 and isinstance(arguments[0], list):
            return None
        known = [argument for argument in arguments if isinstance(argument, str)]
        return Text("/".join(known)[:MAX_TEXT], node.lineno) if known else None

    def _assign(self, target: ast.expr, value: Any) -> None:
        if isinstance(target, ast.Name):
            if value is not None or target.id not in self._names:
                self._names[target.id] = value
        elif isinstance(target, ast.Subscript):
            table, key = self.fold(target.value), self.fold(target.slice)
            if isinstance(table, dict) and isinstance(key, str) and len(table) < MAX_ITEMS:
                table[key] = value

    def _mutate(self, call: ast.Call) -> None:
        if not isinstance(call.func, ast.Attribute) or call.func.attr not in _MUTATORS or not call.args:
            return
        owner, value = self.fold(call.func.value), self.fold(call.args[-1])
        if isinstance(owner, list) and len(owner) < MAX_ITEMS:
            owner.extend(_as_list(value)[:MAX_ITEMS] if call.func.attr == "extend" else [value])
        elif isinstance(owner, dict) and isinstance(value, dict) and owner is not value:
            owner.update(value)


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return list(value)
    return [] if value is None else [value]


def _added(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str) and not isinstance(left, FromFile):
        return Text((left + right)[:MAX_TEXT], getattr(left, "line", 1))
    if isinstance(left, list) or isinstance(right, list):
        return (_as_list(left) + _as_list(right))[:MAX_ITEMS]
    return left if right is None else right if left is None else None
