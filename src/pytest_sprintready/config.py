"""What a project tells sprintready: the table [tool.sprintready] of pyproject.toml, or a file sprintready.toml.

The keys are the fields of Settings and Sprint with hyphens for underscores, and a key takes what its default is:
`()` a list of strings, `""` a string, a number a positive whole number, and `None` such a number, not given.
So a new setting is a new field, nothing else. Only `ignore` takes two forms: a list of selectors, or a table of
selectors with the reason for each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.errors import ConfigError, FileProblem
from pytest_sprintready.model import EMPTY
from pytest_sprintready.reading.loaders import load_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pytest_sprintready.snapshot import Snapshot

OWN_FILE = "sprintready.toml"
SHARED_FILE = "pyproject.toml"
TABLE = "tool.sprintready"


class Sprint(NamedTuple):
    """What files cannot tell and a maintainer declares: the table [tool.sprintready.sprint]."""

    lead: str = ""
    contact: str = ""
    mentors: tuple[str, ...] = ()
    capacity: int | None = None
    level: str = ""
    goals: tuple[str, ...] = ()
    sprinters: int | None = None
    date: str = ""


class Issues(NamedTuple):
    """What a project asks of its issues, and when answers are late: the table [tool.sprintready.issues].

    Days and hours, except `least` (issues ready to be taken) and `unassigned_percent`. `sprint_labels` are names, each
    also found with a year or place behind it. Sources: GUIDANCE rows 43 to 54, 62, 63, 65.
    """

    least: int = 5
    unassigned_percent: int = 60
    stale_days: int = 90
    claim_days: int = 30
    ready_days: int = 7
    answer_hours: int = 48
    answer_days: int = 7
    unanswered_days: int = 30
    newcomer_days: int = 183
    sprint_labels: tuple[str, ...] = ("sprint", "hackathon", "mentored sprint")


class Settings(NamedTuple):
    """The configuration of one project. `ignore` maps a code, prefix or name to its reason ("" if none).

    `path` is the file it was read from, "" for the defaults; it is no key of that file.
    """

    select: tuple[str, ...] = ()
    ignore: Mapping[str, str] = EMPTY
    beginner_labels: tuple[str, ...] = ()
    max_clone_megabytes: int = 100
    issues: Issues = Issues()
    sprint: Sprint = Sprint()
    path: str = ""


def load_settings(snapshot: Snapshot) -> Settings:
    """Return the configuration that a repository carries, the defaults where it carries none.

    A pyproject.toml that cannot be read gives the defaults: it is the project's problem, which a check reports.
    Raises ConfigError for an unknown key, a value of the wrong kind, a sprintready.toml that cannot be read, and
    configuration in both files, of which one would be ignored.
    """
    shared = _shared_table(snapshot)
    if not snapshot.has(OWN_FILE):
        return Settings() if shared is None else _Table(SHARED_FILE, snapshot.read(SHARED_FILE), TABLE).settings(shared)
    if shared is not None:
        raise ConfigError(f"both {OWN_FILE} and {SHARED_FILE} configure sprintready", "keep one of the two")
    try:
        text = snapshot.read(OWN_FILE)
        values = load_toml(OWN_FILE, text)
    except FileProblem as problem:
        raise ConfigError(problem.message) from None
    return _Table(OWN_FILE, text, "").settings(values)


def _shared_table(snapshot: Snapshot) -> Any:
    """Return what stands at [tool.sprintready], None where nothing does or the file is broken."""
    try:
        text = snapshot.read(SHARED_FILE) if snapshot.has(SHARED_FILE) else ""
        # Parsing costs more than searching, and few projects configure sprintready.
        tool = load_toml(SHARED_FILE, text).get("tool") if "sprintready" in text else None
    except FileProblem:
        return None
    return tool.get("sprintready") if isinstance(tool, dict) else None


class _Table:
    """One table of a configuration file, which knows how to name its places in a message."""

    def __init__(self, path: str, text: str, name: str) -> None:
        self.path = path
        self.text = text
        self.name = name

    def settings(self, values: Any) -> Settings:
        """Return `values` as Settings; raises ConfigError."""
        known = Settings()._replace(path=self.path)
        keys = {field.replace("_", "-"): field for field in Settings._fields if field != "path"}
        return known._replace(**self._fields(values, keys, known))

    def table(self, values: Any, known: Sprint | Issues) -> Sprint | Issues:
        """Return `values` as a table of the kind of `known`, its defaults; raises ConfigError."""
        keys = {field.replace("_", "-"): field for field in known._fields}
        return known._replace(**self._fields(values, keys, known))

    def _fields(self, values: Any, keys: Mapping[str, str], defaults: NamedTuple) -> dict[str, Any]:
        if not isinstance(values, dict):
            raise ConfigError(f"{self.path}: `{self.name}` must be a table, not {_kind(values)}")
        fields = {}
        for key, value in values.items():
            if key not in keys:
                raise self._unknown(key, keys)
            fields[keys[key]] = self._value(key, value, getattr(defaults, keys[key]))
        return fields

    def _value(self, key: str, value: Any, default: Any) -> Any:
        if isinstance(default, (Sprint, Issues)):
            return _Table(self.path, self.text, self._below(key)).table(value, default)
        if default is EMPTY:
            return self._reasons(key, value)
        if isinstance(default, tuple):
            return self._strings(key, value)
        if isinstance(default, str):
            if key == "date" and hasattr(value, "isoformat"):  # TOML has dates of its own
                value = value.isoformat()
            if not isinstance(value, str):
                raise self._wrong(key, value, "a string", '"..."')
            return value
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self._wrong(key, value, "a positive whole number", default or "20")
        return value

    def _strings(self, key: str, value: Any, example: str = '["...", "..."]') -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(key, value, "a list of strings", example)
        return tuple(value)

    def _reasons(self, key: str, value: Any) -> Mapping[str, str]:
        if not isinstance(value, dict):
            return dict.fromkeys(self._strings(key, value, '["SR311"]'), "")
        for selector, reason in value.items():
            if not isinstance(reason, str):
                table = _Table(self.path, self.text, self._below(key))
                raise table._wrong(selector, reason, "a string, the reason", '"..."')
        return value

    def _unknown(self, key: str, known: Iterable[str]) -> ConfigError:
        from difflib import get_close_matches

        if key == "tool" and not self.name:
            return ConfigError(
                f"{self._place(key)}: unknown key `tool`", f"{OWN_FILE} has no [{TABLE}] around its keys"
            )
        close = get_close_matches(key.replace("_", "-"), known, 1)
        hint = f"did you mean `{close[0]}`?" if close else f"the keys are {', '.join(known)}"
        return ConfigError(f"{self._place(key)}: unknown key `{key}`{self._within()}", hint)

    def _wrong(self, key: str, value: Any, expected: str, example: object) -> ConfigError:
        return ConfigError(
            f"{self._place(key)}: `{key}`{self._within()} must be {expected}, not {_kind(value)}",
            f"for example `{key} = {example}`",
        )

    def _within(self) -> str:
        return f" in [{self.name}]" if self.name else ""

    def _below(self, key: str) -> str:
        return f"{self.name}.{key}".lstrip(".")

    def _place(self, key: str) -> str:
        """Return `path:line` of the key, or of the table's heading, or the path: TOML parsers tell no lines."""
        heading, heading_line = "", 0
        for number, line in enumerate(self.text.split("\n"), 1):
            stripped = line.strip()
            if stripped.startswith("["):
                heading = stripped.partition("]")[0].strip("[ \t").replace(" ", "").replace('"', "")
                if heading == self.name:
                    heading_line = number
                if heading == self._below(key):
                    return f"{self.path}:{number}"
            elif "=" in stripped:
                written = stripped.partition("=")[0].replace(" ", "").replace('"', "").replace("'", "")
                if f"{heading}.{written}.".lstrip(".").startswith(f"{self._below(key)}."):
                    return f"{self.path}:{number}"
        return f"{self.path}:{heading_line}" if heading_line else self.path


def _kind(value: Any) -> str:
    """Return the name TOML has for the kind of a value, with the value where that is short."""
    kinds = {bool: "a boolean", int: "the number", float: "the number", str: "the string", list: "a list"}
    kind = kinds.get(type(value), "a table" if isinstance(value, dict) else "a date or time")
    return f"{kind} {value!r}" if kind.startswith("the ") and len(repr(value)) <= 60 else kind.replace("the ", "a ")
