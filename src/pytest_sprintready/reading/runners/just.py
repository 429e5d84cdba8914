"""Justfiles: recipes, their parameters, dependencies and aliases.

https://just.systems/man/en/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.tasks import Task, TaskFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_RECIPE = pattern(rf"@?({_NAME})(?:[\s:].*)?")
_ASSIGNMENT = pattern(rf"(?:export\s+|unexport\s+|eager\s+|lazy\s+)*({_NAME})\s*:=\s*(.*)")
_SETTING = pattern(r"set\s+[a-z-]+(?:\s*:=.*)?\s*(?:#.*)?")
_ALIAS = pattern(rf"alias\s+({_NAME})\s*:=\s*({_NAME}(?:::{_NAME})*)")
_IMPORT = pattern(r"import(\?)?\s+(?:'([^']+)'|\"([^\"]+)\")")
_MODULE = pattern(rf"mod\??\s+({_NAME})\b(?!\s*:)")
_TEXT = pattern(r"'([^']*)'|\"([^\"\\]*)\"")
_INTERPOLATION = pattern(rf"\{{\{{\s*({_NAME})\s*\}}\}}")
_SHEBANG_SHELL = pattern(r"#!.*\b(?:ba|z|da|k)?sh\b")
_QUOTED = pattern(r"'''|\"\"\"|'[^']*'|\"(?:[^\"\\]|\\.)*\"|`[^`]*`")


def read_justfile(path: str, text: str, read: Callable[[str], str | None] | None = None) -> TaskFile:
    """Return the recipes of a justfile, and of the repository files it imports, as tasks of the runner "just".

    `read` gives the text of another file of the repository, or None. Modules, and imports that cannot be read, make
    the answer open-ended. Shell lines lose `@` and `-`; `{{name}}` of a constant stands expanded.
    """
    justfile = _Justfile(read)
    justfile.scan(path, text)
    return TaskFile("just", path, justfile.tasks(), open_ended=justfile.open_ended)


class _Recipe:
    """What is known of one recipe."""

    __slots__ = ("body", "description", "line", "name", "needs", "path")

    def __init__(self, name: str, path: str, line: int) -> None:
        self.name = name
        self.path = path
        self.line = line
        self.body: list[str] = []
        self.needs: tuple[str, ...] = ()
        self.description = ""


class _Justfile:
    def __init__(self, read: Callable[[str], str | None] | None) -> None:
        self.read = read
        self.open_ended = False
        self.recipes: dict[str, _Recipe] = {}
        self.aliases: dict[str, list[str]] = {}
        self.values: dict[str, str] = {}
        self.default = ""
        self.read_already: set[str] = set()

    def scan(self, path: str, text: str) -> None:
        """Read one file into this justfile."""
        imported = bool(self.read_already)
        self.read_already.add(path)
        recipe: _Recipe | None = None
        comment = ""
        attributes = ""
        for number, line in _logical_lines(text):
            if recipe is not None and (not line.strip() or line[0] in " \t"):
                if line.strip():
                    recipe.body.append(line.strip())
                continue
            stripped = line.strip()
            if stripped.startswith("#"):
                comment = stripped.lstrip("#!").strip()
                continue
            if stripped.startswith("["):
                attributes += stripped
                # `[private] name:` on one line is one attribute followed by a recipe's head
                stripped = stripped.rpartition("]")[2].strip()
                if not stripped:
                    continue
            recipe = None
            if _SETTING.fullmatch(stripped):
                pass
            elif alias := _ALIAS.match(stripped):
                self.aliases.setdefault(alias[2], []).append(alias[1])
            elif found := _IMPORT.match(stripped):
                self.follow(path, found[2] or found[3], optional=bool(found[1]))
            elif assignment := _ASSIGNMENT.match(stripped):
                if value := _TEXT.match(assignment[2]):
                    self.values[assignment[1]] = value[1] if value[1] is not None else value[2]
            elif _MODULE.match(stripped):
                self.open_ended = True
            elif head := _RECIPE.fullmatch(stripped):
                colon = _colon(stripped)
                if colon >= 0:
                    recipe = self.recipe(path, number, head[1], stripped[colon + 1 :])
                    recipe.description = recipe.description or _documentation(attributes) or comment
                    if "[default" in attributes or (not self.default and not imported):
                        self.default = head[1]
            comment = attributes = ""

    def recipe(self, path: str, number: int, name: str, dependencies: str) -> _Recipe:
        """Return the recipe of that name: variants for [linux], [windows]... are one recipe."""
        recipe = self.recipes.setdefault(name, _Recipe(name, path, number))
        recipe.needs = tuple(dict.fromkeys((*recipe.needs, *_dependencies(dependencies))))
        return recipe

    def follow(self, path: str, name: str, *, optional: bool) -> None:
        """Read an imported file of the repository."""
        folder = path.rpartition("/")[0]
        target = f"{folder}/{name}".removeprefix("/").replace("/./", "/").removeprefix("./")
        text = self.read(target) if self.read and ".." not in target and len(self.read_already) < 20 else None
        if target in self.read_already:
            return
        if text is not None:
            self.scan(target, text)
        elif not optional or self.read is None:
            self.open_ended = True

    def tasks(self) -> tuple[Task, ...]:
        """Return one task a recipe, in the order of the file."""
        return tuple(
            Task(
                "just",
                recipe.name,
                recipe.path,
                recipe.line,
                aliases=tuple(self.aliases.get(recipe.name, ())),
                commands=self.commands(recipe.body),
                needs=recipe.needs,
                default=recipe.name == self.default,
                description=recipe.description,
            )
            for recipe in self.recipes.values()
        )

    def commands(self, body: list[str]) -> tuple[str, ...]:
        """Return the shell lines of a recipe; none where it is a script in another language."""
        if body and body[0].startswith("#!"):
            if not _SHEBANG_SHELL.match(body[0]):
                return ()
            body = body[1:]
        lines = (line.lstrip("@-").strip() for line in body if not line.startswith("#"))
        return tuple(_INTERPOLATION.sub(self.value, line) for line in lines if line)

    def value(self, match: re.Match[str]) -> str:
        """Return the constant an interpolation names, or the interpolation as written."""
        return self.values.get(match[1]) or match[0]


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (number, line), lines that end in a backslash joined with the next."""
    pending: list[str] = []
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        if not pending:
            start = number
        if line.endswith("\\"):
            pending.append(line[:-1].rstrip() if not pending else line[:-1].strip())
            continue
        pending.append(line if not pending else line.strip())
        yield start, " ".join(pending)
        pending = []
    if pending:
        yield start, " ".join(pending)


def _colon(text: str) -> int:
    """Return where the colon that ends the parameters stands, or -1: not within quotes, not `:=`."""
    blanked = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    at = blanked.find(":")
    return -1 if at < 0 or blanked.startswith(":=", at) else at


def _dependencies(text: str) -> Iterator[str]:
    """Yield the names of the recipes run first or after, from what follows a recipe's colon."""
    blanked = _QUOTED.sub("", text).split("#", 1)[0]
    depth = 0
    expects_name = True
    for word in re.findall(r"[()]|&&|[^\s()&]+", blanked):
        if word == "(":
            depth += 1
            expects_name = depth == 1
        elif word == ")":
            depth = max(0, depth - 1)
            expects_name = depth == 0
        elif word != "&&" and expects_name:
            yield word
            expects_name = depth == 0


def _documentation(attributes: str) -> str:
    """Return the text of `[doc("...")]`, or ""."""
    found = re.search(r"\bdoc\(\s*(?:'([^']*)'|\"([^\"]*)\")", attributes)
    return (found[1] or found[2] or "") if found else ""
