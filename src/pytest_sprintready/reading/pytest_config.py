"""The configuration of pytest, from the file that pytest itself would take it from."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.requirements import Declared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_sprintready.reading.toml_lines import TomlLines

_PATHS = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")


class PytestConfig(NamedTuple):
    """What configures pytest: the file, the section, and the values. `places` has the line of each key in `values`.

    `values` holds every key as written: text, or what TOML makes of it.
    """

    path: str
    section: str
    addopts: tuple[str, ...] = ()
    testpaths: tuple[str, ...] = ()
    markers: tuple[Declared, ...] = ()
    filterwarnings: tuple[Declared, ...] = ()
    required_plugins: tuple[str, ...] = ()
    minversion: str = ""
    norecursedirs: tuple[str, ...] = ()
    python_files: tuple[str, ...] = ()
    values: dict[str, Any] = {}  # noqa: RUF012 - a NamedTuple's default; nobody writes to it
    places: dict[str, Evidence] = {}  # noqa: RUF012
    problems: tuple[FileProblem, ...] = ()


def read_pytest_config(read: Callable[[str], str | None], folder: str = "") -> PytestConfig | None:
    """Return the configuration that pytest run in `folder` ("" is the root) takes, None if there is none.

    `read(path)` gives a file's text, or None. The order is pytest's
    (https://docs.pytest.org/en/stable/reference/customize.html#finding-the-rootdir). A broken file is passed over
    and stands in `problems` of the configuration found after it.
    """
    problems: list[FileProblem] = []
    for name in _PATHS:
        path = f"{folder}/{name}" if folder else name
        try:
            text = read(path)
            config = None if text is None else _read_one(path, name, text)
        except FileProblem as problem:
            problems.append(problem)
            continue
        if config is not None:
            return config._replace(problems=tuple(problems)) if problems else config
    return None


def _read_one(path: str, name: str, text: str) -> PytestConfig | None:
    if name.endswith(".toml"):
        return _from_toml(path, name, text)
    from pytest_sprintready.reading.loaders import load_ini

    always = name in ("pytest.ini", ".pytest.ini")
    section = "tool:pytest" if name == "setup.cfg" else "pytest"
    if f"[{section}]" not in text:
        return PytestConfig(path, section) if always else None
    ini = load_ini(path, text)
    keys = ini.values.get(section)
    if keys is None:
        return None
    lines = {key: ini.lines(section, key) for key in keys}
    places = {key: Evidence(path, value.line) for key, value in keys.items()}
    return _config(path, section, dict(ini.section(section)), places, lines)


def _from_toml(path: str, name: str, text: str) -> PytestConfig | None:
    always = name != "pyproject.toml"
    if "pytest" not in text:
        return PytestConfig(path, "pytest") if always else None
    from pytest_sprintready.reading.loaders import load_toml
    from pytest_sprintready.reading.toml_lines import toml_lines

    tables: Any = load_toml(path, text)
    keys: tuple[str, ...] = ("pytest",)
    if not always:
        keys = ("tool", "pytest")
        tables = tables.get("tool")
    table = tables.get("pytest") if isinstance(tables, dict) else None
    if not always and isinstance(table, dict) and isinstance(table.get("ini_options"), dict):
        keys, table = (*keys, "ini_options"), table["ini_options"]
    if not isinstance(table, dict):
        return PytestConfig(path, "pytest") if always else None
    lines = toml_lines(text)
    places = {key: Evidence(path, lines.line(*keys, key)) for key in table}
    items = {
        key: tuple(_with_lines(value, lines, *keys, key))
        for key, value in table.items()
        if key in ("markers", "filterwarnings")
    }
    return _config(path, ".".join(keys), table, places, items)


def _config(
    path: str,
    section: str,
    values: dict[str, Any],
    places: dict[str, Evidence],
    lines: dict[str, tuple[tuple[str, int], ...]],
) -> PytestConfig:
    def words(key: str) -> tuple[str, ...]:
        return tuple(_words(values.get(key)))

    def declared(key: str) -> tuple[Declared, ...]:
        return tuple(Declared(text, Evidence(path, line)) for text, line in lines.get(key, ()))

    return PytestConfig(
        path,
        section,
        addopts=words("addopts"),
        testpaths=words("testpaths"),
        markers=declared("markers"),
        filterwarnings=declared("filterwarnings"),
        required_plugins=words("required_plugins"),
        minversion=str(values.get("minversion", "")).strip(),
        norecursedirs=words("norecursedirs"),
        python_files=words("python_files"),
        values=values,
        places=places,
    )


def _words(value: Any) -> list[str]:
    """Return a value of pytest's kinds "args" and "paths" as words: a list as it is, text as a shell would split it."""
    if isinstance(value, list):
        return [str(item) for item in value]
    if not isinstance(value, str):
        return []
    try:
        return shlex.split(value)
    except ValueError:  # an open quote
        return value.split()


def _with_lines(value: Any, lines: TomlLines, *keys: str) -> Iterator[tuple[str, int]]:
    """Yield the items of an array, or the lines of a text, with the line each stands on."""
    if isinstance(value, list):
        items = [str(item) for item in value]
    else:
        items = [line.strip() for line in value.split("\n") if line.strip()] if isinstance(value, str) else []
    found = lines.lines_of(items, *keys, quoted=isinstance(value, list))
    yield from ((item, line or 1) for item, line in zip(items, found, strict=True))
