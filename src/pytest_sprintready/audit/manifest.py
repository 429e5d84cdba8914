"""The manifest of a sprint, `sprint.toml`: the table [sprint], and a [[project]] for each repository taking part."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.errors import ConfigError, FileProblem
from pytest_sprintready.reading.loaders import load_toml

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping


class Project(NamedTuple):
    """One repository: a folder or local bare repository at `path`, or one to be cloned from `url`.

    `path` is absolute, or relative to the current folder as the manifest's own path is. `line` is that of its
    heading in the manifest.
    """

    name: str
    path: str = ""
    url: str = ""
    rev: str = ""
    mentors: tuple[str, ...] = ()
    level: str = ""
    labels: tuple[str, ...] = ()
    line: int = 0


class Manifest(NamedTuple):
    """Who meets when and where, `sprinters` being how many are expected, and the projects in the order given."""

    path: str
    name: str = ""
    date: str = ""
    place: str = ""
    sprinters: int | None = None
    projects: tuple[Project, ...] = ()


_STRINGS = ("name", "date", "place", "path", "url", "rev", "level")
_LISTS = ("mentors", "labels")
_SPRINT_KEYS = ("name", "date", "place", "sprinters")
_PROJECT_KEYS = ("name", "path", "url", "rev", "mentors", "level", "labels")


def load_manifest(path: str | os.PathLike[str]) -> Manifest:
    """Return the manifest in the file at `path`.

    Raises ConfigError, naming the line and the nearest key, for a file that cannot be read, an unknown key, a value of
    the wrong kind, a project without `path` or `url` or with both, and for two projects of one name.
    """
    file = Path(path).as_posix()
    try:
        text = Path(path).read_text(encoding="utf-8")
        values = load_toml(file, text)
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}", "name the manifest of your sprint") from error
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: is not UTF-8", "TOML files are UTF-8") from None
    except FileProblem as problem:
        raise ConfigError(problem.message) from None
    return _Reader(file, text).manifest(values)


class _Reader:
    """Turns parsed values into a Manifest; keeps the text, for TOML parsers tell no lines."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.split("\n")

    def manifest(self, values: Mapping[str, Any]) -> Manifest:
        for key in values:
            if key not in {"sprint", "project"}:
                raise self.unknown(key, ("[sprint]", "[[project]]"), self.line_of(key, "", 0))
        sprint = values.get("sprint", {})
        if not isinstance(sprint, dict):
            raise ConfigError(f"{self.path}:{self.line_of('sprint', '', 0)}: `sprint` is not a table", "write [sprint]")
        projects = values.get("project", [])
        if not isinstance(projects, list) or not all(isinstance(project, dict) for project in projects):
            line = self.line_of("project", "", 0) or self.heading("[project]", 0)
            raise ConfigError(f"{self.path}:{line}: `project` is not a list of tables", "write [[project]]")
        if not projects:
            raise ConfigError(f"{self.path}: no project", 'add one: [[project]] and below it path = "../a-clone"')
        found: dict[str, Project] = {}
        for number, table in enumerate(projects):
            project = self.project(table, number)
            if other := found.get(project.name):
                raise ConfigError(
                    f"{self.path}:{project.line}: {project.name!r} is also the name in line {other.line}",
                    "give one of them another `name`",
                )
            found[project.name] = project
        fields = self.fields(sprint, _SPRINT_KEYS, "[sprint]", 0)
        return Manifest(self.path, **fields, projects=tuple(found.values()))

    def project(self, table: Mapping[str, Any], number: int) -> Project:
        line = self.heading("[[project]]", number)
        fields = self.fields(table, _PROJECT_KEYS, "[[project]]", number)
        if bool(fields.get("path")) == bool(fields.get("url")):
            both = "both `path` and `url`" if fields.get("path") else "neither `path` nor `url`"
            raise ConfigError(
                f"{self.path}:{line}: this project has {both}", "give the `path` of a local clone, or the `url`"
            )
        name = fields.pop("name", "")
        if fields.get("path"):
            place = Path(self.path).parent / fields["path"]
            fields["path"] = place.as_posix()
            name = name or place.resolve().name.removesuffix(".git") or fields["path"]
        name = name or fields["url"].rstrip("/").rpartition("/")[2].removesuffix(".git") or fields["url"]
        return Project(name, **fields, line=line)

    def fields(self, table: Mapping[str, Any], keys: tuple[str, ...], heading: str, number: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for key, value in table.items():
            line = self.line_of(key, heading, number)
            if key not in keys:
                raise self.unknown(key, keys, line, f" in {heading}")
            if key in _LISTS:
                if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
                    raise self.wrong(key, line, 'a list of strings, for example ["..."]')
                fields[key] = tuple(value)
            elif key in _STRINGS:
                # TOML has dates of its own.
                fields[key] = value.isoformat() if key == "date" and hasattr(value, "isoformat") else value
                if not isinstance(fields[key], str) or not fields[key].strip():
                    raise self.wrong(key, line, 'a string, for example "..."')
            else:
                if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                    raise self.wrong(key, line, "a positive whole number, for example 40")
                fields[key] = value
        return fields

    def unknown(self, key: str, keys: Iterable[str], line: int, within: str = "") -> ConfigError:
        from difflib import get_close_matches

        known = tuple(keys)
        close = get_close_matches(key, [name.strip("[]") for name in known], 1)
        hint = f"did you mean `{close[0]}`?" if close else f"there are {', '.join(known)}"
        return ConfigError(f"{self.path}:{line}: unknown key `{key}`{within}", hint)

    def wrong(self, key: str, line: int, expected: str) -> ConfigError:
        return ConfigError(f"{self.path}:{line}: `{key}` must be {expected}")

    def heading(self, heading: str, number: int) -> int:
        """Return the line, from 1, of the heading's occurrence with this number, from 0; 1 where it is not found."""
        places = [line for line, text in enumerate(self.lines, 1) if _heading(text) == heading]
        return places[number] if number < len(places) else 1

    def line_of(self, key: str, heading: str, number: int) -> int:
        """Return the line of the key below a heading, else that of the heading."""
        start = self.heading(heading, number) if heading else 0
        for line, text in enumerate(self.lines[start:], start + 1):
            found = _heading(text)
            if found.strip("[]") == key and not heading:
                return line
            if found and heading:
                break
            if not found and text.partition("=")[0].strip().strip("\"'") == key:
                return line
        return start or 1


def _heading(text: str) -> str:
    text = text.partition("#")[0].replace(" ", "").replace("\t", "").strip()
    return text if text.startswith("[") and text.endswith("]") and "," not in text and "=" not in text else ""
