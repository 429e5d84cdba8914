"""The manifest of a sprint, `sprint.toml`: the table [sprint], and a [[project]] for each repository taking part."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.audit.addresses import expanded
from pytest_sprintready.errors import ConfigError, FileProblem
from pytest_sprintready.reading.loaders import load_toml
from pytest_sprintready.snapshot.plumbing import without_credentials

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping


class Project(NamedTuple):
    """One repository: a folder or local bare repository at `path`, or one to be fetched from `url`.

    `path` is absolute, or relative to the current folder as the manifest's own path is. `lead` and `mentors` are
    people, `level` what a sprinter should know ("beginner"), `languages` those the mentors speak, `labels` those of
    its issues for newcomers, `notes` what else the organizer knows. `line` is that of its heading in the manifest.
    """

    name: str
    path: str = ""
    url: str = ""
    rev: str = ""
    lead: str = ""
    mentors: tuple[str, ...] = ()
    level: str = ""
    languages: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    notes: str = ""
    line: int = 0


class Sprint(NamedTuple):
    """Who meets when and where: `dates` as YYYY-MM-DD, in order; `sprinters` is how many are expected."""

    name: str = ""
    dates: tuple[str, ...] = ()
    place: str = ""
    sprinters: int | None = None


class Manifest(NamedTuple):
    """A sprint and its projects in the order given; `path` is the file they were read from, for messages."""

    path: str
    sprint: Sprint = Sprint()
    projects: tuple[Project, ...] = ()


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STRINGS = ("name", "place", "path", "url", "rev", "lead", "level", "notes")
_LISTS = ("mentors", "languages", "labels")
_SPRINT_KEYS = ("name", "date", "dates", "place", "sprinters")
_PROJECT_KEYS = tuple(field for field in Project._fields if field != "line")


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
        self.headings: dict[str, list[int]] = {}

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
        return Manifest(self.path, self.sprint(sprint), tuple(found.values()))

    def sprint(self, table: Mapping[str, Any]) -> Sprint:
        fields = self.fields(table, _SPRINT_KEYS, "[sprint]", 0)
        if day := fields.pop("date", ()):
            if "dates" in fields:
                line = self.line_of("date", "[sprint]", 0)
                raise ConfigError(f"{self.path}:{line}: [sprint] has both `date` and `dates`", "keep one of the two")
            fields["dates"] = day
        return Sprint(**fields)

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
        else:
            fields["url"] = self.url(fields["url"], number)
        return Project(name or name_of(fields["url"]), **fields, line=line)

    def url(self, address: str, number: int) -> str:
        if without_credentials(address) != address:
            raise ConfigError(
                f"{self.path}:{self.line_of('url', '[[project]]', number)}: this `url` holds a password",
                "take it out, and make it worthless where it came from; git reads ~/.netrc, or an ssh key for ssh://",
            )
        return expanded(address)

    def fields(self, table: Mapping[str, Any], keys: tuple[str, ...], heading: str, number: int) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for key, value in table.items():
            if key not in keys:
                raise self.unknown(key, keys, self.line_of(key, heading, number), f" in {heading}")
            try:
                fields[key] = _value(key, value)
            except ValueError as expected:
                raise self.wrong(key, self.line_of(key, heading, number), str(expected)) from None
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
        if heading not in self.headings:
            self.headings[heading] = [line for line, text in enumerate(self.lines, 1) if _heading(text) == heading]
        places = self.headings[heading]
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


def _value(key: str, value: Any) -> Any:
    """Return what a field is given; raises ValueError, which says what it has to be."""
    if key in ("date", "dates"):
        # TOML has dates of its own; many write them as strings.
        days = value if isinstance(value, list) else [value]
        days = sorted(day.isoformat() if isinstance(day, date) else str(day) for day in days)
        if isinstance(value, list) != (key == "dates") or not all(_DAY.match(day) for day in days):
            raise ValueError(
                "a list of days, for example [2026-05-16, 2026-05-17]"
                if key == "dates"
                else "a day, for example 2026-05-16"
            )
        return tuple(days)
    if key in _LISTS:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise ValueError('a list of strings, for example ["..."]')
        return tuple(value)
    if key in _STRINGS:
        if not isinstance(value, str) or not value.strip():
            raise ValueError('a string, for example "..."')
        return value
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("a positive whole number, for example 40")
    return value


def name_of(address: str) -> str:
    """Return what a repository is called by its address: the last part of it."""
    return re.split(r"[/:]", address.rstrip("/"))[-1].removesuffix(".git") or address


def _heading(text: str) -> str:
    text = text.partition("#")[0].replace(" ", "").replace("\t", "").strip()
    return text if text.startswith("[") and text.endswith("]") and "," not in text and "=" not in text else ""
