"""Values of Python expressions that need no running: literals, names bound to them, simple list and text arithmetic."""

from __future__ import annotations

import ast
from typing import Any, Final

UNKNOWN: Final = type("Unknown", (), {"__repr__": lambda _: "UNKNOWN"})()
"""What an expression is worth that only running would tell."""

_LONGEST = 5000
"""Characters or elements a value may have; `"a" * 10**9` is none that anybody reads."""
_DEEPEST = 30


class Constants:
    """The constants of a module, or of a function in it. Lists, tuples and sets all come as lists."""

    def __init__(self, tree: ast.Module | None = None, names: dict[str, Any] | None = None) -> None:
        self._names: dict[str, Any] = dict(names or {})
        self._options: dict[str, Any] = {}
        if tree is not None:
            self._read(tree.body)

    def _read(self, body: list[ast.stmt], *, sure: bool = True) -> None:
        """Note the assignments of a block; one within `if`, `try` or a loop makes the name unknown unless it is new."""
        for node in body:
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    self._bind(target, self.value(node.value), sure=sure)
            elif isinstance(node, ast.AnnAssign) and node.value is not None:
                self._bind(node.target, self.value(node.value), sure=sure)
            elif isinstance(node, ast.AugAssign):
                left = self.value(node.target) if isinstance(node.target, (ast.Name, ast.Attribute)) else UNKNOWN
                self._bind(node.target, _added(left, self.value(node.value), node.op), sure=sure)
            elif isinstance(node, (ast.For, ast.AsyncFor)):
                self._bind(node.target, UNKNOWN)
                self._read(node.body, sure=False)
            elif isinstance(node, (ast.If, ast.While, ast.With, ast.AsyncWith, ast.Try)):
                for field in ("body", "orelse", "finalbody"):
                    self._read(getattr(node, field, []), sure=sure and isinstance(node, (ast.With, ast.AsyncWith)))
                for handler in getattr(node, "handlers", []):
                    self._read(handler.body, sure=False)

    def _bind(self, target: ast.expr, value: Any, *, sure: bool = True) -> None:
        if isinstance(target, ast.Name):
            changed = not sure and target.id in self._names and self._names[target.id] != value
            self._names[target.id] = UNKNOWN if changed else value
        elif isinstance(target, (ast.Tuple, ast.List)):
            values = value if isinstance(value, list) and len(value) == len(target.elts) else None
            for at, element in enumerate(target.elts):
                self._bind(element, values[at] if values else UNKNOWN, sure=sure)
        elif isinstance(target, ast.Attribute) and dotted_name(target.value).endswith("options"):
            self._options[target.attr] = value

    def option(self, name: str) -> Any:
        """Return what `nox.options.<name>` is set to; None where it is not, or not to a constant."""
        value = self._options.get(name)
        return None if value is UNKNOWN else value

    def inside(self, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Constants:
        """Return the constants that hold within a function: its parameters hide the module's names."""
        arguments = function.args
        scope = Constants(names=self._names)
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            scope._names[argument.arg] = UNKNOWN
        scope._read(function.body)
        return scope

    def value(self, node: ast.expr | None, depth: int = 0) -> Any:
        """Return the value of an expression, or UNKNOWN."""
        if node is None or depth > _DEEPEST:
            return UNKNOWN
        if isinstance(node, ast.Constant):
            return UNKNOWN if isinstance(node.value, (bytes, complex)) or node.value is ... else node.value
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return self._list(node.elts, depth)
        if isinstance(node, ast.Name):
            return self._names.get(node.id, UNKNOWN)
        if isinstance(node, ast.Dict):
            return self._dict(node, depth)
        if isinstance(node, ast.BinOp):
            return _added(self.value(node.left, depth + 1), self.value(node.right, depth + 1), node.op)
        if isinstance(node, ast.JoinedStr):
            parts = [self.value(part, depth + 1) for part in node.values]
            return "".join(parts)[:_LONGEST] if all(isinstance(part, str) for part in parts) else UNKNOWN
        if isinstance(node, ast.FormattedValue):
            value = self.value(node.value, depth + 1)
            return str(value) if isinstance(value, (str, int, float)) and node.format_spec is None else UNKNOWN
        if isinstance(node, ast.Subscript):
            return self._subscript(node, depth)
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp)):
            return self._comprehension(node, depth)
        if isinstance(node, ast.Call):
            return self._call(node, depth)
        if isinstance(node, ast.Attribute) and dotted_name(node.value).endswith("options"):
            return self._options.get(node.attr, UNKNOWN)
        return UNKNOWN

    def template(self, node: ast.expr) -> str:
        """Return an expression as text with its unknown parts in braces: `--cov={package}`."""
        if isinstance(node, ast.JoinedStr):
            return "".join(self.template(part) for part in node.values)[:_LONGEST]
        inner = node.value if isinstance(node, ast.FormattedValue) else node
        value = self.value(inner)
        if isinstance(value, (str, int, float)):
            return str(value)
        try:
            source = ast.unparse(inner)
        except (RecursionError, ValueError):
            source = "..."
        return "{" + (source if len(source) < 60 else "...").replace("{", "").replace("}", "") + "}"

    def _list(self, elements: list[ast.expr], depth: int) -> Any:
        values: list[Any] = []
        for element in elements[:_LONGEST]:
            if isinstance(element, ast.Starred):
                more = self.value(element.value, depth + 1)
                if not isinstance(more, list):
                    return UNKNOWN
                values += more
            else:
                values.append(self.value(element, depth + 1))
            if len(values) > _LONGEST:
                return UNKNOWN
        return _kept(values)

    def _dict(self, node: ast.Dict, depth: int) -> Any:
        keys = [self.value(key, depth + 1) for key in node.keys]
        if not all(isinstance(key, str) for key in keys):
            return UNKNOWN
        values = [self.value(value, depth + 1) for value in node.values]
        return {key: value if _is_flat(value) else UNKNOWN for key, value in zip(keys, values, strict=True)}

    def _subscript(self, node: ast.Subscript, depth: int) -> Any:
        whole = self.value(node.value, depth + 1)
        if isinstance(node.slice, ast.Slice):
            bounds = [
                None if part is None else self._integer(part, depth)
                for part in (node.slice.lower, node.slice.upper, node.slice.step)
            ]
            if isinstance(whole, (list, str)) and UNKNOWN not in bounds and bounds[2] != 0:
                return whole[slice(*bounds)]
            return UNKNOWN
        if isinstance(whole, dict):
            key = self.value(node.slice, depth + 1)
            return whole.get(key, UNKNOWN) if isinstance(key, str) else UNKNOWN
        at = self._integer(node.slice, depth)
        if isinstance(whole, (list, str)) and isinstance(at, int) and -len(whole) <= at < len(whole):
            return whole[at]
        return UNKNOWN

    def _integer(self, node: ast.expr, depth: int) -> Any:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            value = self._integer(node.operand, depth)
            return -value if isinstance(value, int) else UNKNOWN
        value = self.value(node, depth + 1)
        return value if isinstance(value, int) else UNKNOWN

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp, depth: int) -> Any:
        """Return the list of a comprehension over one constant list, without conditions."""
        first = node.generators[0]
        source = self.value(first.iter, depth + 1)
        if (
            len(node.generators) > 1
            or first.ifs
            or not isinstance(source, list)
            or not isinstance(first.target, ast.Name)
        ):
            return UNKNOWN
        values = []
        if len(source) > 200:
            return UNKNOWN
        for item in source:
            scope = Constants(names=self._names)
            scope._names[first.target.id] = item
            values.append(scope.value(node.elt, depth + 12))
        return _kept(values)

    def _call(self, node: ast.Call, depth: int) -> Any:
        name = dotted_name(node.func)
        arguments = [self.value(argument, depth + 1) for argument in node.args[:20]]
        if UNKNOWN in arguments or (node.keywords and not name.endswith("format")):
            return UNKNOWN
        first = arguments[0] if arguments else None
        if name in {"list", "tuple", "sorted", "set", "frozenset"} and len(arguments) == 1 and isinstance(first, list):
            return sorted(first) if name == "sorted" and all(isinstance(one, str) for one in first) else first
        if name in {"str", "Path", "pathlib.Path", "os.fspath"} and len(arguments) == 1:
            return str(first) if isinstance(first, (str, int, float)) else UNKNOWN
        if name == "range" and arguments and all(type(one) is int for one in arguments) and 0 not in arguments[2:]:
            numbers = range(*arguments[:3])
            return list(numbers) if len(numbers) <= 500 else UNKNOWN
        if name in {"os.path.join", "path.join"} and arguments and all(isinstance(one, str) for one in arguments):
            return "/".join(arguments)
        if isinstance(node.func, ast.Attribute):
            return self._method(self.value(node.func.value, depth + 1), node.func.attr, arguments)
        return UNKNOWN

    def _method(self, owner: Any, method: str, arguments: list[Any]) -> Any:
        if not isinstance(owner, str):
            return UNKNOWN
        if method == "split" and all(isinstance(one, str) and one for one in arguments[:1]):
            return owner.split(*arguments[:1])
        if method == "join" and len(arguments) == 1 and isinstance(arguments[0], list):
            parts = arguments[0]
            return owner.join(parts)[:_LONGEST] if all(isinstance(one, str) for one in parts) else UNKNOWN
        if method in {"strip", "lower", "upper"} and not arguments:
            return getattr(owner, method)()
        if (
            method == "replace"
            and len(arguments) == 2
            and all(isinstance(one, str) for one in arguments)
            and arguments[0]
        ):
            return owner.replace(*arguments)[:_LONGEST]
        if method in {"as_posix", "resolve", "absolute"} and not arguments:
            return owner
        return UNKNOWN


def _kept(values: list[Any]) -> Any:
    """Return the list, or UNKNOWN where something in it is, or where it would be large once written out."""
    weight = 0
    for value in values:
        if value is UNKNOWN or not _is_flat(value):
            return UNKNOWN
        weight += len(value) if isinstance(value, (str, list, dict)) else 1
    return values if weight <= 4 * _LONGEST else UNKNOWN


def _is_flat(value: Any) -> bool:
    """Whether a value is plain or a list of plain values: deeper ones can double at every level."""
    if isinstance(value, dict):
        return False
    return not isinstance(value, list) or not any(isinstance(one, (list, dict)) for one in value)


def _added(left: Any, right: Any, operator: ast.operator) -> Any:
    """Return `left + right` of texts or lists, `"a" / "b"` of paths; UNKNOWN for all else."""
    if isinstance(operator, ast.Add):
        same = (isinstance(left, str) and isinstance(right, str)) or (
            isinstance(left, list) and isinstance(right, list)
        )
        if same and len(left) + len(right) <= _LONGEST:
            return left + right
    if isinstance(operator, ast.Div) and isinstance(left, str) and isinstance(right, str):
        return f"{left}/{right}"[:_LONGEST]
    return UNKNOWN


def dotted_name(node: ast.AST) -> str:
    """Return `nox.session` for that expression, "" for anything but names joined by dots."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < 10:
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(parts)])
