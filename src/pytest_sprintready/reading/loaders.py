"""Text of a configuration file -> plain Python values, safely: TOML, YAML, INI and the syntax tree of Python.

Nothing is run and nothing is imported from the text. Whatever is wrong with it, the caller meets FileProblem only.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading.patterns import MAX_LINE, bounded

if TYPE_CHECKING:
    import ast

    import yaml

MAX_CHARACTERS = 1 << 20
MAX_DEPTH = 100
MAX_YAML_NODES = 200_000
MAX_DOTTED_KEY = 64
MAX_PYTHON_OPERATORS = 40_000

_YAML_TAG = "tag:yaml.org,2002:"


@lru_cache(maxsize=8)  # several readers ask for the same pyproject.toml, and tomllib is slow
def load_toml(path: str, text: str) -> dict[str, Any]:
    """Return the tables of a TOML text, which every caller shares and none changes; FileProblem where it is none."""
    text = _checked(path, text)
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    _refuse_endless_keys(path, text)
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        raise FileProblem(path, "the TOML is nested too deeply to be read") from None
    except ValueError as problem:  # TOMLDecodeError, or a number with thousands of digits
        reason = str(problem)
        found = re.search(r"\(at line (\d+), column \d+\)", reason)
        line = int(found[1]) if found else None
        if found:
            reason = reason[: found.start()].strip()
        elif "(at end of document)" in reason:
            line = text.count("\n") + 1
        raise FileProblem(path, f"this is not valid TOML: {_first_words(reason)}", line) from None
    if len(text) > MAX_LINE and max(map(len, text.split("\n"))) > MAX_LINE:
        tables = _bounded_values(tables)
    return tables


def load_yaml(path: str, text: str) -> Any:
    """Return the first document of a YAML text as dicts, lists, str, int, float, bool and None.

    See `to_python` for what differs from PyYAML's own loader. None for an empty text; FileProblem for a broken one.
    """
    node = load_yaml_nodes(path, text)
    return None if node is None else to_python(node)


def load_yaml_nodes(path: str, text: str) -> yaml.Node | None:
    """Return the first document of a YAML text as composed nodes, which know their lines; None for an empty text.

    Raises FileProblem for broken YAML, for nesting beyond 100 levels and for aliases that multiply (a "YAML bomb").
    """
    text = _checked(path, text)
    import yaml

    loader_class: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if _may_nest_deeply(text):
            _refuse_deep_yaml(path, loader_class(text))
        loader = loader_class(text)
        node: yaml.Node | None = loader.get_node() if loader.check_node() else None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        reason = _first_words(problem.problem or problem.context or "it cannot be parsed")
        raise FileProblem(path, f"this is not valid YAML: {reason}", mark.line + 1 if mark else None) from None
    except (yaml.YAMLError, ValueError) as problem:  # a character that YAML or UTF-8 does not know
        raise FileProblem(path, f"this is not valid YAML: {_first_words(str(problem))}") from None
    except RecursionError:
        raise FileProblem(path, "the YAML is nested too deeply to be read") from None
    if node is not None:
        _refuse_multiplying_aliases(path, node)
    return node


def line_of(node: yaml.Node) -> int:
    """Return the line a YAML node starts on, counted from 1."""
    return node.start_mark.line + 1 if node.start_mark else 1


def to_python(node: yaml.Node) -> Any:
    """Return the plain value of a node that `load_yaml_nodes` gave.

    Keys are always text as written (`on:` stays "on", `8080:` stays "8080"). Dates, base-60 numbers (`22:22`) and
    values with a tag of their own (`!reference`, `!!python/name:`) are what stands there: text, list or dict.
    Merge keys (`<<`) are applied; of duplicate keys the last wins.
    """
    from yaml import MappingNode, SequenceNode

    value: Any = node.value
    if isinstance(node, SequenceNode):
        return [to_python(item) for item in value]
    if not isinstance(node, MappingNode):
        return _scalar(node.tag, value)
    merged: dict[str, Any] = {}
    own: dict[str, Any] = {}
    for key, item in value:
        if key.tag == _YAML_TAG + "merge":
            parts = item.value if isinstance(item, SequenceNode) else [item]
            for part in parts:
                if isinstance(part, MappingNode):
                    merged = {**to_python(part), **merged}
        else:
            own[key.value if isinstance(key.value, str) else repr(to_python(key))] = to_python(item)
    return {**merged, **own}


class IniValue(NamedTuple):
    """A value of an INI file: its text with line breaks, the key's line, and (text, line) of each non-empty line."""

    text: str
    line: int
    lines: tuple[tuple[str, int], ...]


class Ini:
    """An INI file as configparser reads it (no interpolation, the last duplicate wins), with the line of everything.

    Keys keep their case, look-ups do not mind it. A key without `=` has the text "".
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.values: dict[str, dict[str, IniValue]] = {}
        self._section_lines: dict[str, int] = {}

    @property
    def sections(self) -> tuple[str, ...]:
        """The names of the sections, in the order of the file."""
        return tuple(self.values)

    def section(self, name: str) -> dict[str, str]:
        """Return the keys and texts of a section; {} where there is none."""
        return {key: value.text for key, value in self.values.get(name, {}).items()}

    def get(self, section: str, key: str, default: str = "") -> str:
        """Return the text of a key, or `default`."""
        value = self._value(section, key)
        return default if value is None else value.text

    def line(self, section: str, key: str = "") -> int | None:
        """Return the line of a key, or of the section's header when no key is named; None where it is missing."""
        if not key:
            return self._section_lines.get(section)
        value = self._value(section, key)
        return None if value is None else value.line

    def lines(self, section: str, key: str) -> tuple[tuple[str, int], ...]:
        """Return (text, line) of each non-empty line of a value, comments left out."""
        value = self._value(section, key)
        return () if value is None else value.lines

    def _value(self, section: str, key: str) -> IniValue | None:
        keys = self.values.get(section, {})
        found = keys.get(key)
        if found is None:
            wanted = key.lower()
            found = next((value for name, value in keys.items() if name.lower() == wanted), None)
        return found


def load_ini(path: str, text: str) -> Ini:
    """Return the sections of an INI text; raise FileProblem where something stands before the first section."""
    ini = Ini(path)
    section: dict[str, IniValue] | None = None
    key = ""
    key_line = key_indent = 0
    lines: list[tuple[str, int]] = []

    def close() -> None:
        if section is not None and key:
            while lines and not lines[-1][0]:
                lines.pop()
            whole = "\n".join(line for line, _ in lines)
            section.pop(key, None)
            section[key] = IniValue(whole, key_line, tuple(line for line in lines if line[0]))

    for number, raw in enumerate(_checked(path, text).split("\n"), 1):
        stripped = raw.strip()[:MAX_LINE]
        if not stripped:
            if key:
                lines.append(("", number))
            continue
        if stripped[0] in "#;":
            continue
        indent = len(raw) - len(raw.lstrip())
        if section is not None and key and indent > key_indent:
            lines.append((stripped, number))
            continue
        header = stripped[1 : stripped.rindex("]")] if stripped[0] == "[" and "]" in stripped else ""
        if header:
            close()
            key, lines = "", []
            section = ini.values.setdefault(header, {})
            ini._section_lines.setdefault(header, number)  # noqa: SLF001 - the only writer of Ini
            continue
        if section is None:
            raise FileProblem(path, "this is not an INI file: text stands before the first [section]", number)
        close()
        name, mark, rest = _split_key(stripped)
        key, key_line, key_indent = name, number, indent
        lines = [(rest, number)] if mark else []
    close()
    return ini


def parse_python(path: str, text: str) -> ast.Module:
    """Return the syntax tree of Python source, which is parsed and never run; FileProblem where that fails."""
    text = _checked(path, text)
    import ast
    import warnings

    _refuse_endless_expressions(path, text)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text, filename=path)
    except SyntaxError as problem:
        reason = _first_words(problem.msg or "invalid syntax")
        raise FileProblem(path, f"this is not valid Python: {reason}", problem.lineno) from None
    except (ValueError, RecursionError, MemoryError) as problem:
        reason = "it holds characters that source code cannot hold" if isinstance(problem, ValueError) else ""
        raise FileProblem(path, f"this Python cannot be parsed: {reason or 'it is nested too deeply'}") from None
    if len(text) > MAX_LINE and max(map(len, text.split("\n"))) > MAX_LINE:
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node.value = bounded(node.value)
    return tree


def _checked(path: str, text: str) -> str:
    if len(text) > MAX_CHARACTERS:
        raise FileProblem(path, f"the file is too large to be read as configuration ({len(text):,} characters)")
    return text.removeprefix("\ufeff")


def _first_words(reason: str) -> str:
    """Return one short printable line: parsers quote the file, and a file may hold anything."""
    line = " ".join(reason.split())[:160]
    return "".join(character if character.isprintable() else "?" for character in line)


def _refuse_endless_keys(path: str, text: str) -> None:
    """Refuse `a.a.a.a...` by the thousand, on which tomllib spends quadratic time and more."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") <= MAX_DOTTED_KEY:
            continue
        bare = re.sub(r'"[^"]*"|\'[^\']*\'', "q", line)
        if bare.count(".") > MAX_DOTTED_KEY and re.search(
            rf"(?<![\w-])(?:[\w-]+[ \t]*\.[ \t]*){{{MAX_DOTTED_KEY}}}", bare
        ):
            raise FileProblem(path, "a key of this TOML has too many dotted parts to be meant", number)


def _may_nest_deeply(text: str) -> bool:
    """Return whether YAML of this text could nest beyond the limit; cheap, and never wrong with False."""
    if text.count("[") + text.count("{") > MAX_DEPTH:
        return True
    limit = MAX_DEPTH
    return any(len(line) > limit and len(line) - len(line.lstrip(" \t-?:&*!")) > limit for line in text.split("\n"))


def _refuse_deep_yaml(path: str, loader: Any) -> None:
    """Walk the events, which needs no stack: composing deep nodes would overflow that of the C library's wrapper."""
    from yaml import DocumentEndEvent
    from yaml.events import CollectionEndEvent, CollectionStartEvent

    depth = 0
    while loader.check_event():
        event = loader.get_event()
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                line = event.start_mark.line + 1 if event.start_mark else None
                raise FileProblem(path, f"the YAML is nested more than {MAX_DEPTH} levels deep", line)
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        elif isinstance(event, DocumentEndEvent):
            return


def _refuse_multiplying_aliases(path: str, root: yaml.Node) -> None:
    """Refuse documents that contain themselves or grow beyond MAX_YAML_NODES once aliases are written out."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()
    stack: list[tuple[yaml.Node, bool]] = [(root, False)]
    while stack:
        node, children_done = stack.pop()
        identity = id(node)
        children = _children(node)
        if children_done:
            open_nodes.discard(identity)
            sizes[identity] = 1 + sum(sizes[id(child)] for child in children)
            if sizes[identity] > MAX_YAML_NODES:
                raise FileProblem(
                    path, f"the YAML holds more than {MAX_YAML_NODES:,} values, its aliases followed", line_of(node)
                )
        elif identity in open_nodes:
            raise FileProblem(path, "the YAML contains itself through an alias", line_of(node))
        elif identity not in sizes:
            if not children:
                sizes[identity] = 1
                continue
            open_nodes.add(identity)
            stack.append((node, True))
            stack.extend((child, False) for child in children)


def _children(node: yaml.Node) -> list[yaml.Node]:
    value: Any = node.value
    if not isinstance(value, list):
        return []
    return [part for pair in value for part in pair] if value and isinstance(value[0], tuple) else value


def _scalar(tag: str, text: str) -> Any:
    """Return the value of a YAML scalar; its text where the tag or the spelling is not a plain one."""
    kind = tag.removeprefix(_YAML_TAG)
    if len(text) > MAX_LINE:
        return bounded(text)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in ("true", "yes", "on")
    digits = text.replace("_", "")
    try:
        if kind == "int":
            return int(digits, 0)
        if kind == "float":
            return float(digits.replace(".inf", "inf").replace(".nan", "nan").replace(".NaN", "nan"))
    except ValueError:
        return text
    return text


def _bounded_values(value: Any) -> Any:
    """Return parsed TOML with long lines cut inside its strings; its depth is what the parser allowed."""
    if isinstance(value, str):
        return bounded(value)
    if isinstance(value, list):
        return [_bounded_values(item) for item in value]
    return {key: _bounded_values(item) for key, item in value.items()} if isinstance(value, dict) else value


def _split_key(line: str) -> tuple[str, str, str]:
    """Return the key, the mark between (`=`, `:` or "") and the rest."""
    for position, character in enumerate(line):
        if character in "=:":
            return line[:position].rstrip(), character, line[position + 1 :].strip()
    return line, "", ""


def _refuse_endless_expressions(path: str, text: str) -> None:
    """Refuse what may chain `a.b.b.b...` without end: Python 3.10 overflows C's stack there; 3.11 and later raise."""
    if sys.version_info < (3, 11) and sum(map(text.count, ".+-*/%|&(")) > MAX_PYTHON_OPERATORS:
        raise FileProblem(path, "this Python is too large to be parsed safely")
