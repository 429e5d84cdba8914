"""tox: environments of tox.ini, setup.cfg, tox.toml and pyproject.toml, and which names `tox -e` takes.

The rules are those of tox 4 (https://tox.wiki/en/latest/config.html): an environment that is not listed exists when
each part of its name between dashes is a factor the file knows, or names a Python.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.reading.loaders import load_ini, load_toml
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.runners.installing import installed, installed_by, requirement_line
from pytest_sprintready.reading.runners.tables import as_table, as_texts
from pytest_sprintready.reading.tasks import Task, TaskFile
from pytest_sprintready.reading.toml_lines import TomlLines, toml_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pytest_sprintready.reading.loaders import Ini

_PYTHON = pattern(r"(?:pypy|py|cpython|jython|graalpy|rustpython|ironpython|)(?:(?:\d(?:\.\d+(?:\.\d+)?)?|\d+)t?d?)?")
_HARMLESS = pattern(
    r"package:(?:(?!tox-ansible)tox|virtualenv|pip|setuptools|wheel|uv|packaging|hatch|pluggy).*", re.IGNORECASE
)
_PRE_RELEASE = pattern(r"alpha|beta|rc\.\d+")
_FACTOR = pattern(r"(?:!?(?:\[!?|[\w.*?\]])(?:\[!?|[\w.*?\]-])*)?")
_BRACES = pattern(r"\{([^{}]+)\}")
_OUTSIDE_BRACES = pattern(r"((?:\{[^}]*\}|[^,{}])+)")
_RANGE = pattern(r"(?<![\w.-])(?:(\d+)-(\d+)|(\d+)-|(?<=[{,])-(\d+))(?=[,}])")
_CONDITION = pattern(r":(?:\s|$)")
_REFERENCE = pattern(r"\{\[([^\[\]{}]*)\]([\w.-]+)\}")
_IN_ROOT = pattern(r"\{(?:toxinidir|tox_root|envbindir|env_bin_dir)\}(?:\{/\}|[/\\])")

_FOLDER = pattern(r"[\w.-][\w./-]*")

_LATEST_MINOR = 15
_FIRST_MINOR = 11
"""The bounds tox 4.67 gives to open ranges, `py3{12-}` and `py3{-13}`."""
_MOST = 2000
"""Environments, factors or lines of one file that are looked at; brackets can multiply without end."""


class _Settings(NamedTuple):
    """What one environment has: texts of the lines of a setting, substitutions done."""

    texts: Callable[[str], list[str]]
    commands: Callable[[str], list[str]]


def tox_accepts(task_file: TaskFile, name: str) -> bool:
    """Return whether `tox -e NAME` finds an environment: tox 4 refuses names with a part that it does not know.

    `name` may be a list with commas and braces, as on the command line; "ALL" always is one.
    """
    if task_file.open_ended:
        return True
    names = expand_names(name)
    return bool(names) and all(
        one == "ALL" or task_file.task(one) is not None or _combines(one, task_file.factors) for one in names
    )


def _combines(name: str, factors: Iterable[str]) -> bool:
    known = set(factors)
    return name in known or all(
        part in known or _PYTHON.fullmatch(part) or _PRE_RELEASE.fullmatch(part) for part in name.split("-")
    )


def expand_names(text: str) -> list[str]:
    """Return the names that an expression with commas, line breaks, braces and ranges stands for.

    `py{310,311}-{a,b}` is four names, `py3{10-12}` three. Not more than 2000; what tox would refuse is left out.
    """
    names: dict[str, None] = {}
    for line in text.split("\n"):
        for match in _OUTSIDE_BRACES.finditer(_RANGE.sub(_range, line[:10_000] + ",")):
            for name in islice(_product(match[1].strip()), _MOST):
                if name and all(_FACTOR.fullmatch(part) for part in name.split("-")):
                    names[name] = None
                if len(names) >= _MOST:
                    return list(names)
    return list(names)


def _range(match: re.Match[str]) -> str:
    first, last, only_first, only_last = match.groups()
    if first:
        step = 1 if int(first) < int(last) else -1
        numbers = range(int(first), int(last) + step, step)[:100]
    elif only_first:
        numbers = range(int(only_first), _LATEST_MINOR + 1)
    else:
        numbers = range(_FIRST_MINOR, int(only_last) + 1)[:100]
    return ",".join(map(str, numbers)) or only_first or only_last


def _product(text: str) -> Iterator[str]:
    pieces = [[part.strip() for part in piece.split(",")] for piece in _BRACES.split(text)[:40]]
    # re.split puts what stood in braces at the odd places; only those are lists
    pieces = [piece if at % 2 else [",".join(piece)] for at, piece in enumerate(pieces)]
    return ("".join(parts) for parts in product(*pieces))


class _IniTox:
    """A tox.ini (or its likes) with what is asked of it."""

    def __init__(self, ini: Ini, core: str) -> None:
        self.ini = ini
        self.core = core
        self.listed = expand_names("\n".join(self.texts(core, "env_list", "") or self.texts(core, "envlist", "")))
        self.section_of: dict[str, str] = {}
        for section in ini.sections:
            if section.startswith("testenv:") and len(self.section_of) < _MOST:
                for name in expand_names(section.partition(":")[2]):
                    self.section_of.setdefault(name, section)

    def factors(self) -> set[str]:
        """Return the parts that combine freely, and the whole names that exist."""
        known = {part for name in (*self.listed, *self.section_of) for part in name.split("-")}
        factors = {part for name in self.listed for part in name.split("-")}
        factors.update(self.listed, self.section_of)
        for section in self.ini.sections:
            if section not in {self.core, "testenv"} and not section.startswith("testenv:"):
                continue
            for key in self.ini.section(section):
                for line, _ in self.ini.lines(section, key):
                    groups, _ = _condition(line)
                    for group in groups or ():
                        names = [part.lstrip("!") for part in group]
                        if len(factors) < _MOST and not known.issuperset(names):
                            factors.update(names, ("-".join(names),))
        return factors

    def texts(self, section: str, key: str, env: str, depth: int = 0) -> list[str]:
        """Return the lines of a key that hold for an environment, references to other sections followed."""
        found = []
        for line in _for_env([text for text, _ in self.ini.lines(section, key)], env):
            reference = _REFERENCE.search(line)
            if reference is None or depth > 5:
                found.append(line)
            elif reference[0] == line:
                found += self.texts(reference[1] or section, reference[2], env, depth + 1)
            else:
                inline = " ".join(self.texts(reference[1] or section, reference[2], env, depth + 1))[:_MOST]
                rest = line[reference.end() :]
                for other in list(_REFERENCE.finditer(rest))[:5]:
                    value = " ".join(self.texts(other[1] or section, other[2], env, depth + 1))[:_MOST]
                    rest = rest.replace(other[0], value)[:_MOST]
                found.append(line[: reference.start()] + inline + rest)
            if len(found) > _MOST:
                break
        return found[:_MOST]

    def setting(self, env: str, key: str) -> list[str]:
        """Return the lines of an environment's setting: its own section's, else those of its bases."""
        section = self.section_of.get(env, "testenv")
        seen: set[str] = set()
        waiting = [section]
        while waiting:
            section = waiting.pop(0)
            if section in seen:
                continue
            seen.add(section)
            if self.ini.line(section, key) is not None:
                return self.texts(section, key, env)
            bases = self.ini.get(section, "base", "testenv").replace(",", " ").split()
            known = self.ini.values
            waiting += [base if base in known else f"testenv:{base}" for base in bases]
        return []

    def labels(self) -> dict[str, list[str]]:
        """Return the environments' labels of the core section, the name of a label the key."""
        labels = {}
        for line in self.texts(self.core, "labels", ""):
            label, _, names = line.partition("=")
            labels[label.strip()] = expand_names(names)
        return labels

    def environments(self) -> Iterator[tuple[str, int]]:
        """Yield (name, line where it is defined) of all environments with a name of their own."""
        listed_line = self.ini.line(self.core, "env_list") or self.ini.line(self.core, "envlist") or 1
        base_line = self.ini.line("testenv") or listed_line
        for name in dict.fromkeys((*self.listed, *self.section_of)):
            section = self.section_of.get(name, "")
            yield name, (self.ini.line(section) if section else listed_line) or 1
        if "py" not in self.section_of and "py" not in self.listed and self.ini.line("testenv"):
            yield "py", base_line


@lru_cache(maxsize=4096)
def _condition(line: str) -> tuple[list[list[str]] | None, str]:
    """Split `cov,!py39: pytest-cov` into the groups of factors and the content; None where there is no condition."""
    mark = _CONDITION.search(line)
    if mark is None or " " in line[: mark.start()].replace(", ", ",").strip():
        return None, line
    names = expand_names(line[: mark.start()])
    if not names or any("/" in name or "=" in name for name in names):
        return None, line
    return [name.split("-") for name in names], line[mark.end() :].strip()


def _for_env(lines: list[str], env: str) -> list[str]:
    """Return the lines that hold for an environment: those without a condition, and those whose factors it has."""
    active = {*env.split("-"), "linux"}
    kept = []
    keep = continues = False
    for line in lines:
        groups, content = _condition(line)
        if groups is not None:
            keep = any(all((part.lstrip("!") in active) != part.startswith("!") for part in group) for group in groups)
        elif not continues:
            keep = True
        continues = content.endswith("\\")
        if keep and content:
            kept.append(content)
    return kept


def _substitute(line: str, env: str) -> str:
    """Replace what tox replaces by things with a name in the repository; all else stays as written."""
    line = line.replace("{envname}", env).replace("{env_name}", env)
    line = line.replace("{envpython}", "python").replace("{env_python}", "python")
    line = _IN_ROOT.sub("", line)
    line = line.replace("{toxinidir}", ".").replace("{tox_root}", ".")
    return line.replace("{/}", "/").replace("{:}", ":")


def _joined(lines: Iterable[str]) -> list[str]:
    """Join lines that end in a backslash with the next."""
    whole: list[str] = []
    pending = ""
    for line in lines:
        pending += line
        if pending.endswith("\\"):
            pending = pending[:-1].rstrip() + " "
        else:
            whole.append(pending)
            pending = ""
    return [*whole, pending.rstrip()] if pending else whole


def _command(line: str) -> str:
    """Return a line of `commands` without the marks `-`, `!` and `@` in front."""
    while line[:2] in {"- ", "! ", "@ "}:
        line = line[2:].lstrip()
    return line


def read_tox_ini(path: str, text: str) -> TaskFile | None:
    """Return the environments of a tox.ini, or of the tox sections of a setup.cfg; None where there are none.

    Raises FileProblem where the text is no INI.
    """
    return _from_ini(path, load_ini(path, text), 0)


def _from_ini(path: str, ini: Ini, lines_before: int) -> TaskFile | None:
    core = "tox:tox" if path.endswith("setup.cfg") else "tox"
    if core not in ini.sections and (path.endswith("setup.cfg") or "testenv" not in ini.sections):
        has_environments = any(section.startswith("testenv:") for section in ini.sections)
        if path.endswith("setup.cfg") or not has_environments:
            return None
    config = _IniTox(ini, core)
    labels = config.labels()
    tasks = []
    for name, line in config.environments():

        def texts(key: str, env: str = name) -> list[str]:
            return [_substitute(text, env) for text in config.setting(env, key)]

        def commands(key: str, env: str = name) -> list[str]:
            return [_command(text) for text in _joined(texts(key, env))]

        default = name in config.listed or (not config.listed and name == "py")
        tasks.append(_task(path, name, line + lines_before, _Settings(texts, commands), labels, default=default))
    open_ended = _may_add_names(config.texts(core, "requires", ""))
    return TaskFile("tox", path, tuple(tasks), open_ended, factors=tuple(sorted(config.factors())))


def _task(
    path: str, name: str, line: int, settings: _Settings, labels: Mapping[str, list[str]], *, default: bool
) -> Task:
    keys = ("commands_pre", "commands", "commands_post")
    commands = [command for key in keys for command in settings.commands(key)]
    installs: dict[str, None] = {}
    for requirement in settings.texts("deps"):
        installs.update(dict.fromkeys(installed(requirement_line(requirement))))
    for key, kind in (("extras", "extra"), ("dependency_groups", "group")):
        for text in settings.texts(key):
            installs.update(dict.fromkeys(f"{kind}:{one}" for one in text.replace(",", " ").split()))
    for command in commands:
        installs.update(dict.fromkeys(installed_by(command.split())))
    folder = " ".join(settings.texts("change_dir") or settings.texts("changedir")).rstrip("/")
    if _FOLDER.fullmatch(folder) and folder != ".":
        commands = [f"cd {folder} && {command}" for command in commands]
    own_labels = [label for text in settings.texts("labels") for label in text.replace(",", " ").split()]
    return Task(
        "tox",
        name,
        path,
        line,
        commands=tuple(commands),
        needs=tuple(one for text in settings.texts("depends") for one in expand_names(text)),
        tags=tuple(dict.fromkeys([*own_labels, *(label for label, names in labels.items() if name in names)])),
        installs=tuple(installs),
        builds=True,
        default=default,
        description=" ".join(settings.texts("description")),
    )


def read_tox_toml(path: str, text: str) -> TaskFile | None:
    """Return the environments of a tox.toml, or of the table tool.tox of a pyproject.toml; None where there are none.

    Raises FileProblem where the text is no TOML, or the INI text in `legacy_tox_ini` is no INI.
    """
    tables = load_toml(path, text)
    prefix: tuple[str, ...] = ()
    if path.endswith("pyproject.toml"):
        prefix = ("tool", "tox")
        tables = as_table(as_table(tables.get("tool")).get("tox"))
    places = toml_lines(text)
    legacy = tables.get("legacy_tox_ini")
    if isinstance(legacy, str) and set(tables) == {"legacy_tox_ini"}:
        # TOML drops the line break that follows the opening quotes
        place = places.nearest(*prefix, "legacy_tox_ini")
        opening = text.split("\n")[place - 1].rstrip()
        return _from_ini(path, load_ini(path, legacy), place if opening.endswith(('"""', "'''")) else place - 1)
    if not tables:
        return None
    return _from_toml(path, tables, places, prefix)


class _TomlTox:
    def __init__(self, tables: dict[str, Any]) -> None:
        self.tables = tables
        self.listed = _toml_names(tables.get("env_list"))
        self.own = as_table(tables.get("env"))
        self.base_of: dict[str, str] = {}
        for base, table in as_table(tables.get("env_base")).items():
            groups = as_table(table).get("factors")
            if isinstance(groups, list) and groups:
                nested = groups if isinstance(groups[0], (list, dict)) else [groups]
                values = [[base], *map(_group, nested)]
                for names in islice(product(*values), _MOST):
                    self.base_of["-".join(names)] = base

    def value(self, env: str, key: str) -> Any:
        """Return an environment's setting: its own, that of its template, or that of all."""
        base = as_table(as_table(self.tables.get("env_base")).get(self.base_of.get(env, "")))
        for table in (
            as_table(self.own.get(env)),
            base,
            *self.inherited(env),
            as_table(self.tables.get("env_run_base")),
        ):
            if key in table:
                return table[key]
        return None

    def inherited(self, env: str) -> Iterator[dict[str, Any]]:
        """Yield the tables that `base` names."""
        for name in as_texts(as_table(self.own.get(env)).get("base"))[:10]:
            table: Any = self.tables
            for part in name.removeprefix("tool.tox.").split("."):
                table = as_table(table).get(part)
            yield as_table(table)

    def words(self, value: Any, env: str, depth: int = 0) -> list[Any]:
        """Return a list with its `replace` tables resolved: words, and for `commands` lists of words."""
        items = value if isinstance(value, list) else [] if value is None else [value]
        found: list[Any] = []
        for item in items[:_MOST]:
            if isinstance(item, list):
                found.append(self.words(item, env, depth + 1) if depth < 6 else [])
            elif isinstance(item, dict) and depth < 6:
                found += self.replaced(item, env, depth)
            elif isinstance(item, (str, int, float)):
                found.append(_substitute(str(item), env))
            if len(found) > _MOST:
                break
        return found[:_MOST]

    def replaced(self, table: dict[str, Any], env: str, depth: int) -> list[Any]:
        """Return what a `{ replace = "..." }` table stands for."""
        kind = table.get("replace")
        default = self.words(table.get("default"), env, depth + 1)
        if kind == "posargs":
            words = " ".join(_quoted(word) for word in default if isinstance(word, str))
            return [f"{{posargs:{words}}}" if words else "{posargs}"]
        if kind == "env":
            return default or [f"{{env:{table.get('name', '')}}}"]
        if kind == "ref":
            target: Any = self.tables
            of = table.get("of")
            path = of if isinstance(of, list) else ["env", table.get("env", env), table.get("key", "")]
            if path[:2] == ["tool", "tox"]:
                path = path[2:]
            for part in path:
                target = target.get(part) if isinstance(target, dict) and isinstance(part, str) else None
            return self.words(target, env, depth + 1)
        if kind == "if":
            return self.words(table.get("then"), env, depth + 1)
        value = table.get("value")
        return [] if value is None else self.words(value, env, depth + 1)


def _from_toml(path: str, tables: dict[str, Any], places: TomlLines, prefix: tuple[str, ...]) -> TaskFile:
    config = _TomlTox(tables)
    labels = {label: _toml_names(names) for label, names in as_table(tables.get("labels")).items()}
    names = dict.fromkeys((*config.listed, *config.own, *config.base_of))
    if "py" not in names:
        names["py"] = None
    tasks = []
    for name in names:

        def texts(key: str, env: str = name) -> list[str]:
            return [word for word in config.words(config.value(env, key), env) if isinstance(word, str)]

        def commands(key: str, env: str = name) -> list[str]:
            rows = config.words(config.value(env, key), env)
            lines = (
                " ".join(_quoted(word) for word in row if isinstance(word, str))
                for row in rows
                if isinstance(row, list)
            )
            return [_command(line) for line in lines if line]

        if name in config.own:
            line = places.nearest(*prefix, "env", name)
        elif name in config.base_of:
            line = places.nearest(*prefix, "env_base", config.base_of[name])
        else:
            line = places.nearest(*prefix, "env_list" if name in config.listed else "env_run_base")
        default = name in config.listed or (not config.listed and name == "py")
        tasks.append(_task(path, name, line, _Settings(texts, commands), labels, default=default))
    factors = {part for name in config.listed for part in name.split("-")} | {*config.listed, *config.own}
    generated = config.base_of.keys() - set(config.listed) - set(config.own)
    factors.update(generated, (part for name in generated for part in name.split("-")))
    open_ended = _may_add_names(as_texts(tables.get("requires")))
    return TaskFile("tox", path, tuple(tasks), open_ended, factors=tuple(sorted(factors)))


def _may_add_names(requires: Iterable[str]) -> bool:
    """Return whether tox requires a plugin that may define environments; those called tox-... rarely do."""
    packages = [package for line in requires for package in installed(requirement_line(line))]
    return any(not _HARMLESS.fullmatch(package) for package in packages)


def _toml_names(value: Any) -> list[str]:
    """Return the names of an `env_list`: strings and `product` tables."""
    names: dict[str, None] = {}
    for item in value if isinstance(value, list) else []:
        if isinstance(item, str):
            names[item] = None
        elif isinstance(item, dict) and isinstance(item.get("product"), list):
            excluded = set(as_texts(item.get("exclude")))
            for parts in islice(product(*map(_group, item["product"])), _MOST):
                if (name := "-".join(parts)) not in excluded:
                    names[name] = None
        elif isinstance(item, dict):
            names.update(dict.fromkeys(_group(item)))
    return list(names)[:_MOST]


def _group(group: Any) -> list[str]:
    """Return the factors of a list, of `{prefix, start, stop}`, or of either with a label."""
    if isinstance(group, list):
        return as_texts(group)
    table = as_table(group)
    if "prefix" in table:
        first = table.get("start", _FIRST_MINOR)
        last = table.get("stop", _LATEST_MINOR)
        if isinstance(first, int) and isinstance(last, int):
            return [f"{table['prefix']}{number}" for number in range(first, last + 1)[:100]]
        return []
    if "values" in table:
        return as_texts(table["values"])
    return _group(next(iter(table.values()))) if len(table) == 1 else []


def _quoted(word: str) -> str:
    """Quote a word for a shell line where a blank would part it; tox's own braces stay as they are."""
    if (word and not any(mark in word for mark in " \t'\"")) or word.startswith("{posargs"):
        return word
    import shlex

    return shlex.quote(word)
