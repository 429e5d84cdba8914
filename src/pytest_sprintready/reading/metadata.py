"""What a Python project declares of itself: pyproject.toml, setup.cfg, setup.py, pixi.toml as one `Project`.

Nothing is built, run or imported. Where two files declare the same, pyproject.toml wins over setup.cfg over setup.py,
as in setuptools. A broken file is a problem noted; the others still count.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.loaders import load_ini, load_toml
from pytest_sprintready.reading.pytest_config import PytestConfig, read_pytest_config
from pytest_sprintready.reading.requirements import (
    CondaEnvironment,
    Declared,
    Pipfile,
    Requirements,
    beside,
    distribution_name,
    local_extras,
    normalised,
    read_conda_environment,
    read_pipfile,
    read_requirements,
    with_version,
)
from pytest_sprintready.reading.toml_lines import TomlLines, toml_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_sprintready.reading.loaders import Ini

__all__ = [
    "CondaEnvironment",
    "Declared",
    "Group",
    "Person",
    "Pipfile",
    "Project",
    "PytestConfig",
    "Requirements",
    "distribution_name",
    "local_extras",
    "normalised",
    "poetry_version",
    "read_conda_environment",
    "read_pipfile",
    "read_project",
    "read_pytest_config",
    "read_requirements",
]

_MAX_INCLUDES = 20


class Group(NamedTuple):
    """A named list of requirements: an extra, a dependency group, an environment.

    `origin` says it the way it is asked for: "extra:test", "group:dev", "poetry:dev-dependencies", "hatch:test",
    "pixi:test". `requirements` has those of included groups and files too; `includes` names what was included, as
    origins ("group:lint", "extra:all", "requirements:requirements/dev.txt").
    """

    name: str
    origin: str
    place: Evidence
    requirements: tuple[Declared, ...] = ()
    includes: tuple[str, ...] = ()


class Person(NamedTuple):
    """An author or maintainer; name or e-mail may be ""."""

    name: str
    email: str
    role: str


class Project(NamedTuple):
    """What the metadata files of one package say. A field nobody declares is empty.

    `name` is normalised (PEP 503), `raw_name` as written. `requires_python` is a version specifier; Poetry's caret and
    tilde are translated, `requires_python_written` has them. `license` is the expression, text or trove classifier
    as written. `urls` maps labels to addresses. `extras` and `groups` are keyed by normalised names, `environments` by
    origin ("hatch:default", "pixi:test"). `default_groups` are those a bare `uv sync` installs
    ("dev", unless said otherwise). `packages` are import
    names, None where the build backend finds them itself. `places` has the place of each field that is one value.
    `files` are the metadata files that were there.
    """

    files: tuple[str, ...] = ()
    name: str = ""
    raw_name: str = ""
    requires_python: str = ""
    requires_python_written: str = ""
    classifiers: tuple[Declared, ...] = ()
    license: str = ""
    license_files: tuple[str, ...] = ()
    urls: dict[str, str] = {}  # noqa: RUF012 - a NamedTuple's default; nobody writes to it
    people: tuple[Person, ...] = ()
    build_backend: str = ""
    build_requires: tuple[Declared, ...] = ()
    dynamic: tuple[str, ...] = ()
    dependencies: tuple[Declared, ...] = ()
    extras: dict[str, Group] = {}  # noqa: RUF012
    groups: dict[str, Group] = {}  # noqa: RUF012
    environments: dict[str, Group] = {}  # noqa: RUF012
    default_groups: tuple[str, ...] = ()
    workspace_members: tuple[str, ...] = ()
    sources: dict[str, Any] = {}  # noqa: RUF012
    scripts: dict[str, str] = {}  # noqa: RUF012
    entry_points: dict[str, dict[str, str]] = {}  # noqa: RUF012
    packages: tuple[str, ...] | None = None
    package_dir: str = ""
    tools: tuple[str, ...] = ()
    places: dict[str, Evidence] = {}  # noqa: RUF012
    problems: tuple[FileProblem, ...] = ()

    @property
    def python_versions(self) -> tuple[str, ...]:
        """The minor versions the trove classifiers name ("3.12"), in their order."""
        found = (re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", c.text) for c in self.classifiers)
        return tuple(match[1] for match in found if match)

    @property
    def systems(self) -> tuple[str, ...]:
        """The operating systems the trove classifiers name ("POSIX :: Linux", "OS Independent")."""
        start = "Operating System :: "
        return tuple(c.text.removeprefix(start) for c in self.classifiers if c.text.startswith(start))


def read_project(read: Callable[[str], str | None], folder: str = "") -> Project:
    """Return what the metadata files in `folder` ("" is the root) declare; `read(path)` gives a text or None.

    Never raises for what a file says: see `Project.problems`.
    """
    collector = _Collector(read, folder)
    for name, take in (
        ("pyproject.toml", collector.take_pyproject),
        ("setup.cfg", collector.take_setup_cfg),
        ("setup.py", collector.take_setup_script),
        ("pixi.toml", collector.take_pixi),
    ):
        path = f"{folder}/{name}" if folder else name
        try:
            text = read(path)
            if text is not None:
                collector.files.append(path)
                take(path, text)
        except FileProblem as problem:
            collector.problems.append(problem)
    return collector.project()


def poetry_version(written: str) -> str:
    """Return a version specifier (PEP 440) for Poetry's: `^3.8` -> `>=3.8,<4.0`, `~3.8` -> `>=3.8,<3.9`.

    What is no caret, tilde, star or bare version stays as written (https://python-poetry.org/docs/dependency-specification/).
    """
    if "||" in written or " or " in written:
        return written.strip()
    parts = [_poetry_part(part.strip()) for part in written.split(",")]
    return ",".join(part for part in parts if part)


def _poetry_part(part: str) -> str:
    found = re.fullmatch(r"(\^|~)?\s*(\d{1,9}(?:\.\d{1,9}){0,5})", part)
    if part == "*":
        return ""
    if not found:
        return f"=={part}" if re.fullmatch(r"\d{1,9}(\.\d{1,9}){0,4}\.\*", part) else part
    mark, version = found[1], found[2]
    if not mark:
        return f"=={version}"
    numbers = [int(number) for number in version.split(".")]
    if mark == "~":
        position = min(1, len(numbers) - 1)
    else:  # the leftmost number that is not 0
        position = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
    above = [*numbers[:position], numbers[position] + 1]
    above += [0] * (2 - len(above))
    return f">={version},<{'.'.join(map(str, above))}"


class _Collector:
    """Fills the fields of a Project from one file after the other; the first to declare a field keeps it."""

    def __init__(self, read: Callable[[str], str | None], folder: str) -> None:
        self._read = read
        self._folder = folder
        self._fields: dict[str, Any] = {}
        self._places: dict[str, Evidence] = {}
        self.files: list[str] = []
        self.problems: list[FileProblem] = []
        self.extras: dict[str, Group] = {}
        self.groups: dict[str, Group] = {}
        self.environments: dict[str, Group] = {}

    def project(self) -> Project:
        raw = self._fields.get("raw_name", "")
        trove = next((c for c in self._fields.get("classifiers", ()) if c.text.startswith("License ::")), None)
        if trove is not None:
            self._set("license", trove.text, trove.place)
        self._fields.setdefault("default_groups", ("dev",) if "dev" in self.groups else ())
        return Project(
            files=tuple(self.files),
            name=normalised(raw),
            extras=self.extras,
            groups=self.groups,
            environments=self.environments,
            places=self._places,
            problems=tuple(self.problems),
            **self._fields,
        )

    def _set(self, field: str, value: Any, place: Evidence) -> None:
        if value and not self._fields.get(field):
            self._fields[field] = value
            self._places[field] = place

    def _add(self, kind: dict[str, Group], group: Group) -> None:
        kind.setdefault(group.origin if kind is self.environments else normalised(group.name), group)

    def _from_file(self, written: str, place: Evidence) -> tuple[list[Declared], list[str]]:
        """Return the requirements of a file and of those it includes, and the names of all those files."""
        requirements: list[Declared] = []
        origins: list[str] = []
        queue = [written]
        for path in queue:
            origin = f"requirements:{path}"
            if origin in origins or len(origins) >= _MAX_INCLUDES:
                continue
            origins.append(origin)
            try:
                text = self._read(path)
            except FileProblem as problem:
                self.problems.append(problem)
                continue
            if text is None:
                if not place.path.endswith(".py"):  # there the name was put together by code, and only guessed here
                    self.problems.append(FileProblem(place.path, f"{path}, named here, does not exist", place.line))
                continue
            found = read_requirements(path, text)
            requirements.extend(found.requirements)
            queue.extend(include.text for include in found.includes)
        return requirements, origins

    # pyproject.toml -------------------------------------------------------------------------------------------

    def take_pyproject(self, path: str, text: str) -> None:
        tables = load_toml(path, text)
        where = _Toml(path, tables, toml_lines(text))
        tool = where.table("tool")
        self._fields["tools"] = tuple(tool)
        self._set(
            "build_backend", where.text("build-system", "build-backend"), where.place("build-system", "build-backend")
        )
        self._set("build_requires", where.strings("build-system", "requires"), where.place("build-system", "requires"))
        if "project" in tables:
            self._take_pep621(where)
        self._take_dependency_groups(where)
        for name, take in (
            ("poetry", self._take_poetry),
            ("flit", self._take_flit),
            ("pdm", self._take_pdm),
            ("uv", self._take_uv),
            ("hatch", self._take_hatch),
            ("setuptools", self._take_setuptools),
        ):
            if isinstance(tool.get(name), dict):
                take(where)
        if isinstance(tool.get("pixi"), dict):
            self._take_pixi(where, ("tool", "pixi"))

    def _take_pep621(self, where: _Toml) -> None:
        def place(key: str) -> Evidence:
            return where.place("project", key)

        self._set("raw_name", where.text("project", "name"), place("name"))
        requires_python = where.text("project", "requires-python")
        self._set("requires_python", requires_python, place("requires-python"))
        self._set("requires_python_written", requires_python, place("requires-python"))
        self._set("classifiers", where.strings("project", "classifiers"), place("classifiers"))
        license_ = where.text("project", "license") or where.text("project", "license", "text")
        self._set("license", license_, place("license"))
        named = where.text("project", "license", "file")
        files = (named,) if named else tuple(d.text for d in where.strings("project", "license-files"))
        self._set("license_files", files, place("license" if named else "license-files"))
        self._set("urls", where.mapping("project", "urls"), place("urls"))
        people = [*where.people("author", "project", "authors"), *where.people("maintainer", "project", "maintainers")]
        self._set("people", tuple(people), place("authors"))
        self._set("dynamic", tuple(d.text for d in where.strings("project", "dynamic")), place("dynamic"))
        self._set("dependencies", where.strings("project", "dependencies"), place("dependencies"))
        for name in where.table("project", "optional-dependencies"):
            keys = ("project", "optional-dependencies", name)
            self._add(self.extras, Group(name, f"extra:{name}", where.place(*keys), where.strings(*keys)))
        self._set("scripts", where.mapping("project", "scripts"), place("scripts"))
        points = {
            group: where.mapping("project", "entry-points", group) for group in where.table("project", "entry-points")
        }
        self._set("entry_points", points, place("entry-points"))

    def _take_dependency_groups(self, where: _Toml) -> None:
        """Add the groups of PEP 735 with those they include; one that includes itself is cut at the second time."""
        groups = {normalised(name): name for name in where.table("dependency-groups")}
        expanded: dict[str, tuple[list[Declared], list[str]]] = {}

        def expand(key: str, seen: tuple[str, ...]) -> tuple[list[Declared], list[str]]:
            if key in expanded:
                return expanded[key]
            requirements: list[Declared] = []
            includes: list[str] = []
            keys = ("dependency-groups", groups[key])
            written = where.get(*keys)
            entries = written if isinstance(written, list) else []
            named = [str(entry.get("include-group", "") if isinstance(entry, dict) else entry) for entry in entries]
            for entry, text, place in zip(entries, named, where.places_of(named, *keys), strict=True):
                if isinstance(entry, str):
                    requirements.append(Declared(entry, place))
                elif isinstance(entry, dict) and text:
                    inner = normalised(text)
                    if inner not in groups:
                        reason = f"dependency group {text!r}, included here, does not exist"
                        self.problems.append(FileProblem(where.path, reason, place.line))
                    elif inner not in seen and len(seen) < _MAX_INCLUDES:
                        more, names = expand(inner, (*seen, inner))
                        requirements = list(dict.fromkeys([*requirements, *more]))
                        includes += [name for name in (f"group:{groups[inner]}", *names) if name not in includes]
            expanded[key] = requirements, includes
            return expanded[key]

        for key, name in groups.items():
            requirements, includes = expand(key, (key,))
            place = where.place("dependency-groups", name)
            self._add(self.groups, Group(name, f"group:{name}", place, tuple(requirements), tuple(includes)))

    def _take_poetry(self, where: _Toml) -> None:
        top = ("tool", "poetry")
        self._set("raw_name", where.text(*top, "name"), where.place(*top, "name"))
        python = where.get(*top, "dependencies", "python")
        if isinstance(python, str):
            place = where.place(*top, "dependencies", "python")
            self._set("requires_python", poetry_version(python), place)
            self._set("requires_python_written", python, place)
        self._set("classifiers", where.strings(*top, "classifiers"), where.place(*top, "classifiers"))
        self._set("license", where.text(*top, "license"), where.place(*top, "license"))
        labels = {"homepage": "Homepage", "repository": "Repository", "documentation": "Documentation"}
        urls = {label: where.text(*top, key) for key, label in labels.items() if where.text(*top, key)}
        self._set("urls", {**urls, **where.mapping(*top, "urls")}, where.place(*top, "urls"))
        people = [*where.people("author", *top, "authors"), *where.people("maintainer", *top, "maintainers")]
        self._set("people", tuple(people), where.place(*top, "authors"))
        dependencies = where.table(*top, "dependencies")
        optional = {name for name, spec in dependencies.items() if isinstance(spec, dict) and spec.get("optional")}
        declared = where.dependency_table(*top, "dependencies", skip={"python", *optional})
        self._set("dependencies", declared, where.place(*top, "dependencies"))
        for name in where.table(*top, "extras"):
            keys: tuple[str, ...] = (*top, "extras", name)
            members = tuple(
                Declared(with_version(d.text, dependencies.get(d.text)), d.place) for d in where.strings(*keys)
            )
            self._add(self.extras, Group(name, f"extra:{name}", where.place(*keys), members))
        for name in where.table(*top, "group"):
            keys = (*top, "group", name, "dependencies")
            place = where.place(*keys)
            self._add(self.groups, Group(name, f"group:{name}", place, where.dependency_table(*keys)))
        if where.table(*top, "dev-dependencies"):
            keys = (*top, "dev-dependencies")
            members = where.dependency_table(*keys)
            self._add(self.groups, Group("dev", "poetry:dev-dependencies", where.place(*keys), members))
        self._set("scripts", where.mapping(*top, "scripts"), where.place(*top, "scripts"))
        points = {group: where.mapping(*top, "plugins", group) for group in where.table(*top, "plugins")}
        self._set("entry_points", points, where.place(*top, "plugins"))
        packages = where.get(*top, "packages")
        named = [item for item in packages if isinstance(item, dict)] if isinstance(packages, list) else []
        includes = tuple(item["include"].split("/")[0] for item in named if isinstance(item.get("include"), str))
        self._set("packages", includes, where.place(*top, "packages"))
        folders = [item["from"] for item in named if isinstance(item.get("from"), str)]
        self._set("package_dir", folders[0] if folders else "", where.place(*top, "packages"))

    def _take_flit(self, where: _Toml) -> None:
        module = where.text("tool", "flit", "module", "name")
        self._set("packages", (module,) if module else (), where.place("tool", "flit", "module", "name"))
        old = ("tool", "flit", "metadata")
        if not where.table(*old):
            return
        name = where.text(*old, "dist-name") or where.text(*old, "module")
        self._set("raw_name", name, where.place(*old, "module"))
        module = where.text(*old, "module")
        self._set("packages", (module,) if module else (), where.place(*old, "module"))
        requires_python = where.text(*old, "requires-python")
        self._set("requires_python", requires_python, where.place(*old, "requires-python"))
        self._set("requires_python_written", requires_python, where.place(*old, "requires-python"))
        self._set("classifiers", where.strings(*old, "classifiers"), where.place(*old, "classifiers"))
        self._set("dependencies", where.strings(*old, "requires"), where.place(*old, "requires"))
        for extra in where.table(*old, "requires-extra"):
            keys = (*old, "requires-extra", extra)
            self._add(self.extras, Group(extra, f"extra:{extra}", where.place(*keys), where.strings(*keys)))
        people = (Person(where.text(*old, "author"), where.text(*old, "author-email"), "author"),)
        self._set("people", people if any(people[0][:2]) else (), where.place(*old, "author"))
        home = where.text(*old, "home-page")
        self._set("urls", {"Homepage": home} if home else {}, where.place(*old, "home-page"))
        self._set("scripts", where.mapping("tool", "flit", "scripts"), where.place("tool", "flit", "scripts"))

    def _take_pdm(self, where: _Toml) -> None:
        for name in where.table("tool", "pdm", "dev-dependencies"):
            keys = ("tool", "pdm", "dev-dependencies", name)
            self._add(self.groups, Group(name, f"group:{name}", where.place(*keys), where.strings(*keys)))
        includes = tuple(d.text.split("/")[-1] for d in where.strings("tool", "pdm", "build", "includes"))
        names = tuple(name for name in includes if name.isidentifier())
        self._set("packages", names, where.place("tool", "pdm", "build", "includes"))
        self._set("package_dir", where.text("tool", "pdm", "build", "package-dir"), where.place("tool", "pdm", "build"))

    def _take_uv(self, where: _Toml) -> None:
        keys: tuple[str, ...] = ("tool", "uv", "dev-dependencies")
        if where.strings(*keys):
            self._add(self.groups, Group("dev", "group:dev", where.place(*keys), where.strings(*keys)))
        keys = ("tool", "uv", "default-groups")
        named = where.get(*keys)
        if named is not None:
            everything = tuple(self.groups) if named == "all" else ()
            self._fields["default_groups"] = everything or tuple(normalised(d.text) for d in where.strings(*keys))
            self._places["default_groups"] = where.place(*keys)
        members = tuple(d.text for d in where.strings("tool", "uv", "workspace", "members"))
        self._set("workspace_members", members, where.place("tool", "uv", "workspace", "members"))
        self._set("sources", where.table("tool", "uv", "sources"), where.place("tool", "uv", "sources"))

    def _take_hatch(self, where: _Toml) -> None:
        for name in where.table("tool", "hatch", "envs"):
            keys: tuple[str, ...] = ("tool", "hatch", "envs", name)
            requirements = where.strings(*keys, "dependencies") + where.strings(*keys, "extra-dependencies")
            includes = [f"extra:{d.text}" for d in where.strings(*keys, "features")]
            includes += [f"group:{d.text}" for d in where.strings(*keys, "dependency-groups")]
            template = where.text(*keys, "template")
            includes += [f"hatch:{template}"] if template and template != name else []
            group = Group(name, f"hatch:{name}", where.place(*keys), requirements, tuple(includes))
            self._add(self.environments, group)
        keys = ("tool", "hatch", "build", "targets", "wheel")
        packages = where.strings(*keys, "packages") or where.strings("tool", "hatch", "build", "packages")
        names = tuple(d.text.rstrip("/").split("/")[-1].removesuffix(".py") for d in packages)
        self._set("packages", names, where.place(*keys, "packages"))
        if packages and "/" in packages[0].text.strip("/"):
            self._set("package_dir", packages[0].text.split("/")[0], where.place(*keys, "packages"))

    def _take_setuptools(self, where: _Toml) -> None:
        top = ("tool", "setuptools")
        dynamic = (*top, "dynamic")
        place = where.place(*dynamic, "dependencies")
        named = where.get(*dynamic, "dependencies", "file")
        self._set("dependencies", self._from_files(named, place)[0], place)
        for name in where.table(*dynamic, "optional-dependencies"):
            place = where.place(*dynamic, "optional-dependencies", name)
            named = where.get(*dynamic, "optional-dependencies", name, "file")
            self._add(self.extras, Group(name, f"extra:{name}", place, *self._from_files(named, place)))
        packages = where.strings(*top, "packages") + where.strings(*top, "py-modules")
        names = tuple(dict.fromkeys(d.text.split(".")[0] for d in packages))
        self._set("packages", names, where.place(*top, "packages"))
        root = where.text(*top, "package-dir", "")
        found = where.strings(*top, "packages", "find", "where")
        self._set("package_dir", root or (found[0].text if found else ""), where.place(*top))

    def _from_files(self, named: Any, place: Evidence) -> tuple[tuple[Declared, ...], tuple[str, ...]]:
        names = [named] if isinstance(named, str) else named if isinstance(named, list) else []
        requirements: list[Declared] = []
        origins: list[str] = []
        for name in names:
            if isinstance(name, str) and name.strip():
                found, files = self._from_file(beside(place.path, name.strip()), place)
                requirements += found
                origins += files
        return tuple(requirements), tuple(origins)

    # setup.cfg ------------------------------------------------------------------------------------------------

    def take_setup_cfg(self, path: str, text: str) -> None:
        if "[metadata]" not in text and "[options" not in text:
            return
        ini = load_ini(path, text)

        def place(section: str, key: str) -> Evidence:
            return Evidence(path, ini.line(section, key) or ini.line(section, key.replace("_", "-")))

        def get(section: str, key: str) -> str:
            return (ini.get(section, key) or ini.get(section, key.replace("_", "-"))).strip()

        self._set("raw_name", get("metadata", "name"), place("metadata", "name"))
        requires_python = get("options", "python_requires")
        self._set("requires_python", requires_python, place("options", "python_requires"))
        self._set("requires_python_written", requires_python, place("options", "python_requires"))
        self._set("classifiers", _ini_lines(ini, "metadata", "classifiers"), place("metadata", "classifiers"))
        self._set("license", get("metadata", "license"), place("metadata", "license"))
        for key in ("license_files", "license_file"):
            names = tuple(re.split(r"[\s,]+", get("metadata", key))) if get("metadata", key) else ()
            self._set("license_files", names, place("metadata", key))
        urls = {"Homepage": get("metadata", "url")} if get("metadata", "url") else {}
        for line in get("metadata", "project_urls").splitlines():
            label, mark, address = line.partition("=")
            if mark:
                urls[label.strip()] = address.strip()
        self._set("urls", urls, place("metadata", "project_urls"))
        people = _people_of(
            get("metadata", key) for key in ("author", "author_email", "maintainer", "maintainer_email")
        )
        self._set("people", people, place("metadata", "author"))
        requirements, _ = self._ini_requirements(ini, "options", "install_requires")
        self._set("dependencies", requirements, place("options", "install_requires"))
        for name in ini.section("options.extras_require"):
            members, origins = self._ini_requirements(ini, "options.extras_require", name)
            group = Group(name, f"extra:{name}", place("options.extras_require", name), members, origins)
            self._add(self.extras, group)
        if get("options", "tests_require"):
            members, origins = self._ini_requirements(ini, "options", "tests_require")
            group = Group("tests_require", "setup:tests_require", place("options", "tests_require"), members, origins)
            self._add(self.environments, group)
        points = {
            group: _pairs(ini.get("options.entry_points", group)) for group in ini.section("options.entry_points")
        }
        self._take_entry_points(points, Evidence(path, ini.line("options.entry_points")))
        packages = get("options", "packages").replace(",", "\n").splitlines() + get("options", "py_modules").split()
        names = tuple(
            dict.fromkeys(line.strip().split(".")[0] for line in packages if ":" not in line and line.strip())
        )
        self._set("packages", names, place("options", "packages"))
        root = _pairs(get("options", "package_dir")).get("", "") or get("options.packages.find", "where")
        self._set("package_dir", root, place("options", "package_dir"))

    def _ini_requirements(self, ini: Ini, section: str, key: str) -> tuple[tuple[Declared, ...], tuple[str, ...]]:
        text = ini.get(section, key).strip()
        if text.startswith("file:"):
            place = Evidence(ini.path, ini.line(section, key))
            return self._from_files(text.removeprefix("file:").replace("\n", ",").split(","), place)
        lines = _ini_lines(ini, section, key)
        if len(lines) == 1 and ";" in lines[0].text and "markers" not in lines[0].text:
            parts = re.split(r";(?!\s*(?:python|sys_|platform|os_name|extra|implementation|\())", lines[0].text)
            lines = tuple(Declared(part.strip(), lines[0].place) for part in parts if part.strip())
        return lines, ()

    def _take_entry_points(self, points: dict[str, dict[str, str]], place: Evidence) -> None:
        self._set("scripts", points.get("console_scripts", {}), place)
        others = {group: pairs for group, pairs in points.items() if group != "console_scripts"}
        self._set("entry_points", others, place)

    # setup.py -------------------------------------------------------------------------------------------------

    def take_setup_script(self, path: str, text: str) -> None:
        from pytest_sprintready.reading.setup_script import Text, read_setup_call

        call = read_setup_call(path, text)
        if call is None:
            return
        arguments = call.arguments

        def place(*names: str) -> Evidence:
            value = next((arguments[name] for name in names if arguments.get(name)), None)
            first = next(iter(value), None) if isinstance(value, (list, dict)) else value
            return Evidence(path, first.line if isinstance(first, Text) else call.line)

        def get(name: str) -> str:
            value = arguments.get(name)
            return str(value).strip() if isinstance(value, Text) else ""

        self._set("raw_name", get("name"), place("name"))
        self._set("requires_python", get("python_requires"), place("python_requires"))
        self._set("requires_python_written", get("python_requires"), place("python_requires"))
        classifiers = arguments.get("classifiers")
        self._set("classifiers", self._script_requirements(path, classifiers)[0], place("classifiers"))
        self._set("license", get("license"), place("license"))
        urls = {"Homepage": get("url")} if get("url") else {}
        more = arguments.get("project_urls")
        if isinstance(more, dict):
            urls.update({str(key): str(value) for key, value in more.items() if isinstance(value, str)})
        self._set("urls", urls, place("url", "project_urls"))
        people = _people_of(get(key) for key in ("author", "author_email", "maintainer", "maintainer_email"))
        self._set("people", people, place("author", "author_email", "maintainer"))
        dependencies, _ = self._script_requirements(path, arguments.get("install_requires"))
        self._set("dependencies", dependencies, place("install_requires"))
        extras = arguments.get("extras_require")
        for name, value in extras.items() if isinstance(extras, dict) else ():
            line = name.line if isinstance(name, Text) else call.line
            members, origins = self._script_requirements(path, value)
            plain = str(name).partition(":")[0]
            if plain:
                self._add(self.extras, Group(plain, f"extra:{plain}", Evidence(path, line), members, origins))
        members, origins = self._script_requirements(path, arguments.get("tests_require"))
        if members or origins:
            group = Group("tests_require", "setup:tests_require", place("tests_require"), members, origins)
            self._add(self.environments, group)
        points = arguments.get("entry_points")
        if isinstance(points, dict):
            groups = {str(group): _pairs("\n".join(map(str, _listed(value)))) for group, value in points.items()}
            self._take_entry_points(groups, place("entry_points"))
        packages = _listed(arguments.get("packages")) + _listed(arguments.get("py_modules"))
        names = tuple(dict.fromkeys(item.split(".")[0] for item in packages if isinstance(item, str)))
        self._set("packages", names, place("packages", "py_modules"))
        folders = arguments.get("package_dir")
        root = folders.get("") if isinstance(folders, dict) else None
        self._set("package_dir", str(root) if isinstance(root, str) else "", place("package_dir"))

    def _script_requirements(self, path: str, value: Any) -> tuple[tuple[Declared, ...], tuple[str, ...]]:
        from pytest_sprintready.reading.setup_script import FromFile, Text

        requirements: list[Declared] = []
        origins: list[str] = []
        for item in _listed(value):
            if isinstance(item, FromFile):
                found, files = self._from_file(beside(path, item), Evidence(path, item.line))
                requirements += found
                origins += files
            elif isinstance(item, Text):
                lines = [line.strip() for line in item.splitlines()]
                requirements += [Declared(line, Evidence(path, item.line)) for line in lines if line]
        return tuple(requirements), tuple(origins)

    # pixi -----------------------------------------------------------------------------------------------------

    def take_pixi(self, path: str, text: str) -> None:
        where = _Toml(path, load_toml(path, text), toml_lines(text))
        for top in ("workspace", "project"):
            self._set("raw_name", where.text(top, "name"), where.place(top, "name"))
        self._take_pixi(where, ())

    def _take_pixi(self, where: _Toml, top: tuple[str, ...]) -> None:
        self._add_pixi(where, "default", top)
        for name in where.table(*top, "feature"):
            self._add_pixi(where, name, (*top, "feature", name))

    def _add_pixi(self, where: _Toml, name: str, keys: tuple[str, ...]) -> None:
        tables = [(*keys, kind) for kind in ("dependencies", "pypi-dependencies")]
        tables += [
            (*keys, "target", system, kind)
            for system in where.table(*keys, "target")
            for kind in ("dependencies", "pypi-dependencies")
        ]
        found: list[Declared] = []
        includes: list[str] = []
        for table in tables:
            found += where.dependency_table(*table)
            for spec in where.table(*table).values():  # the project itself: {path = ".", extras = ["test"]}
                if isinstance(spec, dict) and spec.get("path") in (".", "./") and isinstance(spec.get("extras"), list):
                    includes += [f"extra:{extra}" for extra in spec["extras"]]
        if found:
            place = where.place(*next(table for table in tables if where.table(*table)))
            self._add(self.environments, Group(name, f"pixi:{name}", place, tuple(found), tuple(includes)))


class _Toml(NamedTuple):
    """Tables of a TOML file, asked for by their keys; whatever has another type than asked for counts as missing."""

    path: str
    tables: dict[str, Any]
    lines: TomlLines

    def get(self, *keys: str) -> Any:
        value: Any = self.tables
        for key in keys:
            if not isinstance(value, dict):
                return None
            value = value.get(key)
        return value

    def text(self, *keys: str) -> str:
        value = self.get(*keys)
        return value if isinstance(value, str) else ""

    def table(self, *keys: str) -> dict[str, Any]:
        value = self.get(*keys)
        return value if isinstance(value, dict) else {}

    def mapping(self, *keys: str) -> dict[str, str]:
        """Return the texts of a table; `{reference = "pkg:main"}`, as Poetry writes some scripts, is its reference."""
        table = self.table(*keys)
        flat = {key: v.get("reference") or v.get("callable") if isinstance(v, dict) else v for key, v in table.items()}
        return {key: value for key, value in flat.items() if isinstance(value, str)}

    def strings(self, *keys: str) -> tuple[Declared, ...]:
        value = self.get(*keys)
        items = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
        return tuple(map(Declared, items, self.places_of(items, *keys)))

    def dependency_table(self, *keys: str, skip: Iterable[str] = ("python",)) -> tuple[Declared, ...]:
        """Return the requirements of a table of name = version, as Poetry and pixi write them."""
        left_out = set(skip)
        return tuple(
            Declared(with_version(name, spec), self.place(*keys, name))
            for name, spec in self.table(*keys).items()
            if name not in left_out
        )

    def people(self, role: str, *keys: str) -> list[Person]:
        value = self.get(*keys)
        found: list[Person] = []
        for item in value if isinstance(value, list) else []:
            if isinstance(item, dict):
                name, email = item.get("name", ""), item.get("email", "")
                found.append(Person(str(name), str(email), role))
            elif isinstance(item, str):
                name, _, rest = item.partition("<")  # "Name <address>"
                found.append(Person(name.strip(), rest.partition(">")[0].strip(), role))
        return found

    def place(self, *keys: str) -> Evidence:
        return Evidence(self.path, self.lines.line(*keys))

    def places_of(self, items: Iterable[str], *keys: str) -> Iterator[Evidence]:
        return (Evidence(self.path, line) for line in self.lines.lines_of(items, *keys))


def _people_of(fields: Iterable[str]) -> tuple[Person, ...]:
    """Return author and maintainer from (author, author_email, maintainer, maintainer_email)."""
    author, author_email, maintainer, maintainer_email = fields
    people = (Person(author, author_email, "author"), Person(maintainer, maintainer_email, "maintainer"))
    return tuple(person for person in people if person.name or person.email)


def _ini_lines(ini: Ini, section: str, key: str) -> tuple[Declared, ...]:
    return tuple(
        Declared(line.partition(" #")[0].strip(), Evidence(ini.path, number))
        for line, number in ini.lines(section, key)
    )


def _pairs(text: str) -> dict[str, str]:
    """Return `name = value` lines as a dict."""
    parts = (line.partition("=") for line in text.splitlines())
    return {name.strip(): value.strip() for name, mark, value in parts if mark}


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None or isinstance(value, dict) else [value]
