"""Makefiles: targets, their prerequisites and the shell lines they run. Read, never run by make.

`make -n` and `make -p` execute `$(shell ...)`, so the file is scanned here. Rules:
https://www.gnu.org/software/make/manual/html_node/Makefiles.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.tasks import Task, TaskFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ASSIGNMENT = pattern(r"(?:(?:export|override|private)\s+)*([^\s:#=!?+$(]+)\s*(=|:{1,3}=|\?=|\+=|!=)(.*)", re.DOTALL)
_REFERENCE = pattern(r"\$(?:\(([^\s()${}]+)\)|\{([^\s(){}$]+)\}|([A-Za-z@<^]))")
_INCLUDE = pattern(r"(-include|sinclude|include)\s+(.*)")
_LONGEST = 2000
"""Characters that an expanded text may have: a name, a line; more is no task anybody types."""
_MOST_LINES = 200_000
"""Recipe lines kept in all: thousands of targets can share one recipe of thousands of lines."""
_SPECIAL = pattern(r"\.[A-Z_]+")
"""`.PHONY`, `.SUFFIXES`..., which are no targets."""


def read_makefile(path: str, text: str, read: Callable[[str], str | None] | None = None) -> TaskFile:
    """Return the targets of a Makefile, and of the repository files it includes, as tasks of the runner "make".

    `read` gives the text of another file of the repository, or None; without it every include leaves the answer
    open-ended. Both branches of a conditional are read. Recipes lose `@`, `-` and `+`; variables with one constant
    value stand expanded, all others as written. Pattern rules that can match a plain name make the answer open-ended.
    """
    makefile = _Makefile(read)
    makefile.scan(path, text)
    return TaskFile("make", path, makefile.tasks(), open_ended=makefile.open_ended)


class _Line(NamedTuple):
    """A logical line: continuation lines joined; `is_recipe` where it began with the recipe mark."""

    number: int
    text: str
    is_recipe: bool


class _Target:
    """What is known of one target so far."""

    __slots__ = ("description", "line", "needs", "path", "recipe")

    def __init__(self, path: str, line: int) -> None:
        self.path = path
        self.line = line
        self.needs: dict[str, None] = {}
        self.recipe: list[str] = []
        self.description = ""


class _Rule(NamedTuple):
    """The targets that following recipe lines belong to; `adds` where an earlier recipe is kept."""

    targets: tuple[str, ...]
    lines: list[str]
    adds: bool


class _Makefile:
    def __init__(self, read: Callable[[str], str | None] | None) -> None:
        self.read = read
        self.open_ended = False
        self.targets: dict[str, _Target] = {}
        self.variables: dict[str, str] = {}
        self.descriptions: dict[str, str] = {}
        self.own_variables: dict[str, dict[str, str]] = {}
        self.default = ""
        self.default_is_set = False
        self.included: set[str] = set()
        self.room = _MOST_LINES

    def scan(self, path: str, text: str) -> None:
        """Read one file into this Makefile."""
        self.included.add(path)
        rule: _Rule | None = None
        depth = 0
        in_define = False
        above = ""
        for line in _logical_lines(text):
            if line.is_recipe and rule is not None and not in_define:
                rule.lines.append(line.text)
                continue
            stripped = line.text.strip()
            word = stripped.split(None, 1)[0] if stripped else ""
            if in_define:
                in_define = word != "endef"
            elif stripped.startswith("#"):
                above = stripped.lstrip("#").strip() if stripped.startswith("##") else ""
                continue
            elif not stripped:
                pass
            elif word in {"define", "override"} and "define" in stripped.split(None, 2)[:2]:
                in_define = True
            elif word in {"ifeq", "ifneq", "ifdef", "ifndef"}:
                depth += 1
                continue
            elif word in {"else", "endif"}:
                depth -= word == "endif"
                continue
            elif included := _INCLUDE.match(stripped):
                self.finish(rule)
                rule = None
                self.include(_without_comment(included[2]), optional=included[1] != "include")
            elif word.startswith(("$(eval", "${eval", "$(foreach", "${foreach", "$(call", "${call")):
                self.open_ended = True
            elif not line.is_recipe:
                if assignment := _ASSIGNMENT.fullmatch(stripped):
                    self.assign(assignment[1], assignment[2], _without_comment(assignment[3]).strip())
                elif _colon(stripped) >= 0 and word not in {"export", "unexport", "vpath"}:
                    self.finish(rule)
                    rule = self.rule(path, line.number, stripped, above, conditional=depth > 0)
            above = ""
        self.finish(rule)

    def assign(self, name: str, operator: str, value: str) -> None:
        """Note a variable; a later assignment counts, as it does for make."""
        if operator == "?=" and name in self.variables:
            return
        if operator == "!=":
            self.variables.pop(name, None)
            return
        if operator == "+=":
            value = f"{self.variables.get(name, '')} {value}".strip()
        elif operator != "=" and f"$({name})" in value:
            value = self.expand(value)
        if name == ".DEFAULT_GOAL":
            self.default, self.default_is_set = self.expand(value), True
        self.variables[name] = value[:_LONGEST]

    def include(self, names: str, *, optional: bool) -> None:
        """Follow an include to a file of the repository."""
        for name in self.expand(names).split():
            plain = name.removeprefix("./")
            if any(mark in plain for mark in "$*?[%") or self.read is None or plain.startswith(("/", "..")):
                self.open_ended = True
            elif plain not in self.included and len(self.included) < 20:
                text = self.read(plain)
                if text is not None:
                    self.scan(plain, text)
                elif not optional:
                    self.open_ended = True

    def rule(self, path: str, number: int, text: str, above: str, *, conditional: bool) -> _Rule | None:
        """Read a rule's first line; None where it sets a variable of its targets only."""
        text, _, comment = _split_comment(text)
        colon = _colon(text)
        rest = text[colon:].lstrip(":&")
        if assignment := _ASSIGNMENT.fullmatch(rest.strip()):
            for name in self.expand(text[:colon]).split():
                self.own_variables.setdefault(name, {})[assignment[1]] = assignment[3].strip()[:_LONGEST]
            return None
        double = text[colon : colon + 2] == "::"
        rest, _, first = rest.partition(";")
        before_pattern, second_colon, after = rest.partition(":")
        prerequisites = _words(self.expand(after if second_colon and "%" in before_pattern else rest))
        names = self.expand(text[:colon].rstrip("&")).split()
        description = comment.lstrip("#").strip() if comment.startswith("##") else above
        named = []
        for name in names:
            if name == ".PHONY" and description and len(prerequisites) < 20:
                self.descriptions.update(dict.fromkeys(prerequisites, description))
            elif name == ".DEFAULT":
                self.open_ended = True
            elif "%" in name or "$" in name:
                self.open_ended |= "$" in name or not ("." in name or "/" in name)
            elif not _SPECIAL.fullmatch(name):
                named.append(name)
        known = [name for name in named if not _is_suffix_rule(name)]
        if not self.default and not self.default_is_set:
            self.default = next((name for name in known if not name.startswith(".") or "/" in name), "")
        for name in known:
            target = self.targets.setdefault(name, _Target(path, number))
            target.needs.update(dict.fromkeys(prerequisites))
            target.description = target.description or description
        return _Rule(tuple(known), [first.strip()] if first.strip() else [], double or conditional)

    def finish(self, rule: _Rule | None) -> None:
        """Give the collected recipe lines to the rule's targets."""
        if rule is None or not rule.lines:
            return
        for name in rule.targets:
            if len(rule.lines) > self.room:
                break
            self.room -= len(rule.lines)
            target = self.targets[name]
            if rule.adds:
                target.recipe += rule.lines
            else:
                target.recipe = [*rule.lines]

    def tasks(self) -> tuple[Task, ...]:
        """Return one task a target, in the order of their first appearance."""
        return tuple(
            Task(
                "make",
                name,
                target.path,
                target.line,
                commands=self.commands(name, target),
                needs=tuple(target.needs),
                default=name == self.default,
                description=target.description or self.descriptions.get(name, ""),
            )
            for name, target in self.targets.items()
        )

    def commands(self, name: str, target: _Target) -> tuple[str, ...]:
        """Return a target's recipe as shell lines."""
        first = next(iter(target.needs), "")
        automatic = {
            **self.own_variables.get(name, {}),
            "@": name,
            "<": first,
            "^": " ".join(target.needs) if len(target.needs) < 20 else "$^",
        }
        lines = (line.lstrip("@-+ \t") for line in target.recipe)
        return tuple(
            self.expand(line, automatic).replace("$$", "$") for line in lines if line and not line.startswith("#")
        )

    def expand(self, text: str, automatic: dict[str, str] | None = None) -> str:
        """Return `text` with the variables of constant value replaced, a few levels deep."""
        room = _LONGEST

        def value(match: re.Match[str]) -> str:
            nonlocal room
            if match.start() and escaped(match.string, match.start()):
                return match[0]
            name = match[1] or match[2] or match[3]
            if automatic and name in automatic:
                return automatic[name]
            found = self.variables.get(name, "")
            # An empty variable is there to be set by the caller: its name says more than nothing.
            room -= len(found)
            return found if found and room > 0 and "$(shell" not in found else match[0]

        def escaped(string: str, at: int) -> bool:
            before = at
            while before and string[before - 1] == "$":
                before -= 1
            return (at - before) % 2 == 1

        for _ in range(5):
            if "$" not in text or len(text) > _LONGEST:
                break
            expanded = _REFERENCE.sub(value, text)
            if expanded == text:
                break
            text = expanded
        return text


def _logical_lines(text: str) -> Iterator[_Line]:
    """Yield the lines of a Makefile, continuations joined by one blank."""
    mark = "\t"
    pending: list[str] = []
    start = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        if not pending:
            start = number
        if (len(line) - len(line.rstrip("\\"))) % 2:
            pending.append(line[:-1].rstrip() if not pending else line[:-1].strip())
            continue
        pending.append(line if not pending else line.strip())
        whole = " ".join(pending)
        pending = []
        is_recipe = whole.startswith(mark)
        if not is_recipe and whole.startswith(".RECIPEPREFIX"):
            value = whole.partition("=")[2].strip()
            mark = value[:1] or "\t"
        yield _Line(start, whole[1:].strip() if is_recipe else whole, is_recipe)
    if pending:
        whole = " ".join(pending)
        is_recipe = whole.startswith(mark)
        yield _Line(start, whole[1:].strip() if is_recipe else whole, is_recipe)


def _colon(text: str) -> int:
    """Return where the rule's colon stands outside of `$(...)`, or -1; a Windows drive's colon is none."""
    depth = 0
    for at, character in enumerate(text):
        if character in "({":
            depth += 1
        elif character in ")}":
            depth = max(0, depth - 1)
        elif character == "#":
            return -1
        elif character == ":" and not depth:
            return at
    return -1


def _split_comment(text: str) -> tuple[str, str, str]:
    """Split at the first `#` that is not escaped: (before, "#", the comment with its mark)."""
    at = text.find("#")
    while at > 0 and text[at - 1] == "\\":
        at = text.find("#", at + 1)
    return (text, "", "") if at < 0 else (text[:at].rstrip(), "#", text[at:])


def _without_comment(text: str) -> str:
    return _split_comment(text)[0]


def _words(text: str) -> list[str]:
    """Return the names in a list of prerequisites; what make would have to compute is left out."""
    words = []
    depth = 0
    for word in text.replace("|", " ").split():
        depth += word.count("$(") + word.count("${")
        if not depth and "$" not in word:
            words.append(word)
        depth = max(0, depth - word.count(")") - word.count("}"))
    return words


def _is_suffix_rule(name: str) -> bool:
    """Whether the name is an old suffix rule such as `.c.o`, which makes no target."""
    return name.startswith(".") and name.count(".") == 2 and "/" not in name and name[1:].replace(".", "").isalnum()
