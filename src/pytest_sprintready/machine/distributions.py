"""What is installed for an interpreter, read from the metadata in the folders of its path; nothing is imported."""

# Folders are listed by the hundred; pathlib would take longer than the rest.
# ruff: noqa: PTH118, PTH123, PTH208
from __future__ import annotations

import contextlib
import json
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.requirements import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_METADATA_FOLDER = re.compile(r"([^-]+)-([^-]+)(?:-py[\d.]+)?\.(?:dist|egg)-info")
_NO_MODULES = re.compile(r"\.(dist|egg)-info$|^(__pycache__|\.\.)$|\.pth$|^_?__editable__")


class Distribution(NamedTuple):
    """One installed distribution; `name` is normalised (PEP 503).

    `metadata` is the folder (or file) that describes it. `editable` is the folder of sources it is installed from in
    editable mode; `url` where it came from, if not from an index (PEP 610).
    """

    name: str
    version: str = ""
    metadata: str = ""
    editable: str = ""
    url: str = ""

    def text(self, name: str) -> str:
        """Return a file of its metadata ("METADATA", "entry_points.txt", ...), "" if it has none."""
        if not os.path.isdir(self.metadata):  # noqa: PTH112  a lone file of metadata, as distutils wrote
            return _text(self.metadata) if name in ("METADATA", "PKG-INFO") else ""
        return _text(os.path.join(self.metadata, name))

    def requires(self) -> tuple[str, ...]:
        """Return what it requires, as written (PEP 508), extras among them."""
        head = (self.text("METADATA") or self.text("PKG-INFO")).partition("\n\n")[0]
        return tuple(re.findall(r"^Requires-Dist:[ \t]*(.+?)[ \t]*$", head, re.MULTILINE))

    def extras(self) -> tuple[str, ...]:
        """Return the normalised names of the extras it was built with."""
        head = (self.text("METADATA") or self.text("PKG-INFO")).partition("\n\n")[0]
        return tuple(map(normalised, re.findall(r"^Provides-Extra:[ \t]*(\S+)", head, re.MULTILINE)))

    def entry_points(self, group: str) -> dict[str, str]:
        """Return the objects it announces in a group ("console_scripts", "pytest11"), by name."""
        section = re.search(
            rf"^\[{re.escape(group)}\][ \t]*$(.*?)(?=^\[|\Z)", self.text("entry_points.txt"), re.MULTILINE | re.DOTALL
        )
        lines = section[1].splitlines() if section else ()
        pairs = (line.partition("=") for line in lines if "=" in line)
        return {name.strip(): target.strip() for name, _, target in pairs}

    def modules(self) -> tuple[str, ...]:
        """Return the top-level modules it brings, as its metadata lists them."""
        listed = self.text("top_level.txt").split()
        if not listed:
            paths = (line.partition(",")[0] for line in self.text("RECORD").splitlines())
            listed = [top for top in map(_top_module, paths) if top]
        return tuple(dict.fromkeys(listed))


def installed(path: Iterable[str]) -> dict[str, Distribution]:
    """Return every distribution in the folders of an interpreter's path, by normalised name; the first one counts."""
    found: dict[str, Distribution] = {}
    for folder in dict.fromkeys(path):
        for one in _in_folder(folder):
            found.setdefault(one.name, one)
    return found


def by_module(distributions: Iterable[Distribution]) -> dict[str, tuple[str, ...]]:
    """Return the names of the distributions that bring each top-level module."""
    found: dict[str, tuple[str, ...]] = {}
    for one in distributions:
        for module in one.modules():
            found[module] = (*found.get(module, ()), one.name)
    return found


def _in_folder(folder: str) -> Iterator[Distribution]:
    try:
        names = os.listdir(folder or ".")
    except OSError:  # a zip, or a folder that is gone
        return
    links = {name.lower() for name in names if name.endswith(".egg-link")}
    for name in names:
        if name.endswith((".dist-info", ".egg-info")):
            metadata = os.path.join(folder, name)
            found = _METADATA_FOLDER.fullmatch(name)
            if found:
                url, editable = _origin(metadata)
                yield Distribution(normalised(found[1]), found[2], metadata, editable, url)
            elif name.endswith(".egg-info"):  # in a folder of sources: "lantern.egg-info"
                yield _from_sources(folder, metadata)
        elif name in links or name.endswith(".egg-link"):
            where = _text(os.path.join(folder, name)).partition("\n")[0].strip()
            yield from (one for one in _in_folder(where) if one.name == normalised(name[: -len(".egg-link")]))


def _from_sources(folder: str, metadata: str) -> Distribution:
    head = _text(os.path.join(metadata, "PKG-INFO")).partition("\n\n")[0]
    version = re.search(r"^Version:[ \t]*(\S+)", head, re.MULTILINE)
    name = normalised(os.path.basename(metadata)[: -len(".egg-info")])  # noqa: PTH119
    return Distribution(name, version[1] if version else "", metadata, folder)


def _origin(metadata: str) -> tuple[str, str]:
    """Return the address a distribution was installed from, and the folder of its sources if it is editable."""
    told: object = None
    with contextlib.suppress(ValueError):
        told = json.loads(_text(os.path.join(metadata, "direct_url.json")) or "null")
    if not isinstance(told, dict) or not isinstance(told.get("url"), str):
        return "", ""
    url: str = told["url"]
    details = told.get("dir_info")
    editable = isinstance(details, dict) and details.get("editable") is True
    return url, folder_of(url) if editable else ""


def folder_of(url: str) -> str:
    """Return the folder that a `file:` address names, "" for another address."""
    if not url.startswith("file:"):
        return ""
    from urllib.parse import unquote, urlsplit
    from urllib.request import url2pathname

    parts = urlsplit(url)
    path = url2pathname(parts.path) if os.name == "nt" else unquote(parts.path)
    return os.path.normpath(path) if path else ""


def _top_module(path: str) -> str:
    """Return the module a file of a distribution belongs to, "" for what is no module."""
    top, _, rest = path.replace("\\", "/").partition("/")
    if _NO_MODULES.search(top):
        return ""
    if rest:
        return top if top.isidentifier() else ""
    name, dot, kind = top.partition(".")
    return name if dot and kind.rpartition(".")[2] in ("py", "so", "pyd") and name.isidentifier() else ""


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
