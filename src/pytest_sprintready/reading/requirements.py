"""Lists of distributions: requirements files (pip), environment.yml (conda), Pipfile; and the name in a requirement."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.loaders import line_of, load_toml, load_yaml_nodes, to_python
from pytest_sprintready.reading.patterns import MAX_LINE, bounded, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

_NAME = pattern(r"(?:[\w.-]+::)?([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(.?)")
_EGG = pattern(r"[#&]egg=([A-Za-z0-9][\w.-]*)")
_EDITABLE = pattern(r"(?:-e|--editable)(?:[ =]\s*|$)")
_LOCAL = pattern(r"\.{1,2}(?:/[\w./-]*)?(?:\s*\[([^\]]*)\])?(?:\s*;.*)?")
_OPTION = pattern(r"(-[a-zA-Z]|--[a-z][a-z-]*)(?:[ =]\s*|(?<=-[a-zA-Z]))?(.*)")
_LINE_OPTIONS = pattern(r"\s--[a-z-]+[ =].*$")


class Declared(NamedTuple):
    """A string that a file declares, and where."""

    text: str
    place: Evidence


class Requirements(NamedTuple):
    """A requirements file. `includes` (-r) and `constraints` (-c) are paths from the repository's root.

    Requirements are without comments and hashes; an editable one keeps its `-e`. Options are whole lines.
    """

    path: str
    requirements: tuple[Declared, ...] = ()
    includes: tuple[Declared, ...] = ()
    constraints: tuple[Declared, ...] = ()
    options: tuple[Declared, ...] = ()


class CondaEnvironment(NamedTuple):
    """An environment.yml: its name, conda's and pip's dependencies, and the requirements files that pip includes."""

    path: str
    name: str = ""
    dependencies: tuple[Declared, ...] = ()
    pip: tuple[Declared, ...] = ()
    includes: tuple[Declared, ...] = ()


class Pipfile(NamedTuple):
    """A Pipfile. Requirements are written as pip would have them ("flask>=2")."""

    path: str
    packages: tuple[Declared, ...] = ()
    dev_packages: tuple[Declared, ...] = ()
    requires_python: str = ""


def distribution_name(requirement: str) -> str:
    """Return the normalised name (PEP 503) of the distribution a requirement asks for, "" if it names none.

    Understands extras, versions, markers, `name @ url`, conda's `channel::name=1`, `-e` and `#egg=` of a VCS address.
    """
    text = requirement.strip()
    editable = _EDITABLE.match(text)
    if editable:
        text = text[editable.end() :].strip()
    egg = _EGG.search(text)
    if egg:
        return normalised(egg[1])
    found = _NAME.match(text)
    if not found or (editable and "@" not in text) or (found[2] and found[2] not in "[=<>!~;@(,# *"):
        return ""
    return normalised(found[1])


@lru_cache(maxsize=4096)  # what is declared is compared with what is imported, again and again
def normalised(name: str) -> str:
    """Return a distribution's, extra's or group's name as PEP 503 compares it: lower case, runs of `-_.` are `-`."""
    return re.sub(r"[-_.]+", "-", name.strip()).strip("-").lower()


def local_extras(requirement: str) -> tuple[str, ...] | None:
    """Return the extras asked of a project in a folder (`-e .[test,docs]` -> test, docs), None if it is no folder."""
    found = _LOCAL.fullmatch(_EDITABLE.sub("", requirement.strip(), count=1).strip(" \"'"))
    if found is None:
        return None
    return tuple(normalised(extra) for extra in (found[1] or "").split(",") if extra.strip())


def read_requirements(path: str, text: str) -> Requirements:
    """Return what a pip requirements file (written by hand or by pip-compile) declares. Never raises."""
    requirements: list[Declared] = []
    includes: list[Declared] = []
    constraints: list[Declared] = []
    options: list[Declared] = []
    for line, number in _logical_lines(bounded(text)):
        place = Evidence(path, number)
        option = None if _EDITABLE.match(line) else _OPTION.fullmatch(line)
        if option is None:
            requirements.append(Declared(_LINE_OPTIONS.sub("", line).rstrip(), place))
        elif option[1] in ("-r", "--requirement"):
            includes.append(Declared(beside(path, option[2].strip(" \"'")), place))
        elif option[1] in ("-c", "--constraint"):
            constraints.append(Declared(beside(path, option[2].strip(" \"'")), place))
        else:
            options.append(Declared(line, place))
    return Requirements(path, tuple(requirements), tuple(includes), tuple(constraints), tuple(options))


def read_conda_environment(path: str, text: str) -> CondaEnvironment:
    """Return what a conda environment file declares; raises FileProblem where it is not valid YAML."""
    root = load_yaml_nodes(path, text)
    fields = _fields(root)
    name = to_python(fields["name"]) if "name" in fields else ""
    conda: list[Declared] = []
    pip: list[Declared] = []
    includes: list[Declared] = []
    for item in _items(fields.get("dependencies")):
        value = to_python(item)
        if isinstance(value, str):
            conda.append(Declared(value, Evidence(path, line_of(item))))
        for entry in _items(_fields(item).get("pip")):
            written = to_python(entry)
            if isinstance(written, str):
                place = Evidence(path, line_of(entry))
                inner = read_requirements(path, written)
                pip.extend(Declared(found.text, place) for found in inner.requirements)
                includes.extend(Declared(found.text, place) for found in inner.includes)
    return CondaEnvironment(path, name if isinstance(name, str) else "", tuple(conda), tuple(pip), tuple(includes))


def read_pipfile(path: str, text: str) -> Pipfile:
    """Return what a Pipfile declares; raises FileProblem where it is not valid TOML."""
    from pytest_sprintready.reading.toml_lines import toml_lines

    tables = load_toml(path, text)
    lines = toml_lines(text)

    def declared(table: str) -> tuple[Declared, ...]:
        packages = tables.get(table)
        if not isinstance(packages, dict):
            return ()
        return tuple(
            Declared(with_version(name, spec), Evidence(path, lines.line(table, name)))
            for name, spec in packages.items()
        )

    requires = tables.get("requires")
    version = str(requires.get("python_version", "")) if isinstance(requires, dict) else ""
    return Pipfile(path, declared("packages"), declared("dev-packages"), f"=={version}.*" if version else "")


def with_version(name: str, spec: Any) -> str:
    """Return a requirement from a table's key and value, as Pipfile, Poetry and pixi write them.

    `{version = ">=1", extras = ["x"]}` gives "name[x]>=1"; a caret, a star or a source has no such form
    and is left out.
    """
    extras = ""
    if isinstance(spec, list):  # Poetry: one entry for each Python
        spec = spec[0] if spec else ""
    if isinstance(spec, dict):
        named = spec.get("extras")
        if isinstance(named, list) and named:
            extras = "[" + ",".join(map(str, named)) + "]"
        spec = spec.get("version", "")
    version = spec.strip() if isinstance(spec, str) else ""
    if version[:1].isdigit():
        version = f"=={version}"
    return f"{name}{extras}{version if version[:1] in ('<', '>', '=', '!') else ''}"


def beside(path: str, written: str) -> str:
    """Return the path from the repository's root of a file that another file names relative to itself."""
    import posixpath

    return posixpath.normpath(posixpath.join(posixpath.dirname(path), written.replace("\\", "/")))


def _logical_lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield the lines that say something, joined over a backslash at their end, with the line they start on."""
    parts: list[str] = []
    start = 0
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = raw.rstrip("\r")
        start = start if parts else number
        if line.lstrip().startswith("#"):
            line = ""
        comment = re.search(r"\s#", line)
        if comment:
            line = line[: comment.start()]
        elif line.endswith("\\"):
            parts.append(line[:-1])
            continue
        whole = "".join([*parts, line]).strip()[:MAX_LINE]
        parts = []
        if whole:
            yield whole, start
    if "".join(parts).strip():
        yield "".join(parts).strip()[:MAX_LINE], start


def _fields(node: yaml.Node | None) -> dict[str, yaml.Node]:
    from yaml import MappingNode

    pairs = node.value if isinstance(node, MappingNode) else ()
    return {key.value: value for key, value in pairs if isinstance(key.value, str)}  # a key may be a list


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    from yaml import SequenceNode

    return list(node.value) if isinstance(node, SequenceNode) else []
