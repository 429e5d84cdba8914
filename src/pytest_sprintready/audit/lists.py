"""Manifests of another kind: a list of addresses, one a line, and a table from a sign-up form (CSV).

Strangers write those, so a folder of this machine is taken from them only where that is allowed.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.audit.addresses import expanded
from pytest_sprintready.audit.manifest import Manifest, Project, Sprint, name_of
from pytest_sprintready.errors import ConfigError
from pytest_sprintready.snapshot.plumbing import without_credentials

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTS = ("mentors", "languages", "labels")
_COLUMNS = tuple(field for field in Project._fields if field not in ("line", "path"))


def load(path: str, *, local: bool = False) -> Manifest:
    """Return the projects in a list or, where its name ends in .csv, a table. Raises ConfigError naming the line."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}", "name the list of your projects") from error
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8", "export it again as UTF-8") from None
    return read_csv(text, path, local=local) if path.endswith(".csv") else read_list(text, path, local=local)


def read_list(text: str, path: str, *, local: bool = False) -> Manifest:
    """Return a project for each line that is neither empty nor a comment (#): an address or owner/name."""
    lines = ((number, line.partition(" #")[0].strip()) for number, line in enumerate(text.splitlines(), 1))
    rows = ({"url": line, "line": str(number)} for number, line in lines if line and not line.startswith("#"))
    return _manifest(path, rows, local=local)


def read_csv(text: str, path: str, *, local: bool = False) -> Manifest:
    """Return a project for each row; the head line names the columns, as the manifest names its keys.

    Several mentors, languages or labels are separated by semicolons. Columns of other names are left aside, for
    sign-up forms have many; without `url` it cannot be done.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    heads = {(head or "").strip().lower(): head for head in reader.fieldnames or ()}
    if "url" not in heads:
        raise ConfigError(f"{path}:1: no column is called `url`", f"the columns are {', '.join(_COLUMNS)}")
    rows = (
        {
            **{name: (row[heads[name]] or "").strip() for name in _COLUMNS if name in heads},
            "line": str(reader.line_num),
        }
        for row in reader
    )
    return _manifest(path, (row for row in rows if row["url"]), local=local)


def _manifest(path: str, rows: Iterable[dict[str, str]], *, local: bool) -> Manifest:
    found: dict[str, Project] = {}
    for row in rows:
        project = _project(path, row, local=local)
        same = found.get(project.name)
        if same and same.url == project.url and same.path == project.path:
            continue  # signed up twice
        if same:
            whole = _whole_name(project)
            if whole in found:
                raise ConfigError(
                    f"{path}:{project.line}: {project.name!r} is also the name in line {same.line}",
                    "give one of them another `name`",
                )
            project = project._replace(name=whole)
        found[project.name] = project
    if not found:
        raise ConfigError(f"{path}: no project", "write an address on each line")
    return Manifest(path, Sprint(), tuple(found.values()))


def _project(path: str, row: dict[str, str], *, local: bool) -> Project:
    url, line = row["url"], int(row["line"])
    if without_credentials(url) != url:
        raise ConfigError(f"{path}:{line}: this address holds a password", "take it out; git reads ~/.netrc")
    fields = {name: value for name, value in row.items() if value and name not in (*_LISTS, "url", "line", "name")}
    lists = {
        name: tuple(filter(None, (each.strip() for each in row.get(name, "").split(";"))))
        for name in _LISTS
        if row.get(name)
    }
    name = row.get("name") or name_of(url)
    if local and Path(url).is_dir():
        return Project(row.get("name") or Path(url).resolve().name, path=url, line=line, **fields, **lists)  # type: ignore[arg-type]
    return Project(name, url=expanded(url), line=line, **fields, **lists)  # type: ignore[arg-type]


def _whole_name(project: Project) -> str:
    """Return "owner/name": two projects of one name differ by who owns them."""
    return "/".join(part for part in project.url.removesuffix(".git").replace(":", "/").split("/")[-2:] if part)
