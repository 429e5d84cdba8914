"""What the tests import and what pytest's configuration takes for granted, against all that is declared anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts import agreement, ci, configuration
from pytest_sprintready.facts.files import test_files
from pytest_sprintready.facts.once import once
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading import distributions
from pytest_sprintready.reading.arguments import word_set
from pytest_sprintready.reading.imports import mentioned_modules, unguarded_imports
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.requirements import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts

# Python files below a tests' folder that are input of tests, not tests.
_INPUT_FOLDER = pattern(
    r"(^|/)(data|__\w+__|snapshots?|.*[-_]?fixtures?|samples?|resources|assets|snippets|templates?|inputs?|projects?|.*test[-_]?data|functional|cases"
    r"|benchmarks?|regrtest.*|mock_?packages?|packages|plugins|example[-_\w]*|sandbox|downstream|.*[-_](cuda|gpu)([-_]\w*)*|cuda|gpu|typing|mypy|typesafety|profil\w*"
    r"|integration[-_]?\w*|manual\w*|e2e|perf\w*|load\w*|fuzz\w*|scripts|tools|not_run|no_tests|smoke\w*)/",
    re.IGNORECASE,
)
HELPER = pattern(r"(__init__|_?utils?|_?helpers?|_?common|_?base|factories|fixtures|_?testing|compat)\.py")
# What nearly every environment holds because something else needs it: alone no sign of a missing declaration.
_COMMONLY_CARRIED = word_set(
    "numpy packaging typing-extensions setuptools six attrs certifi idna urllib3 click markupsafe pygments "
    "exceptiongroup tomli importlib-metadata importlib-resources zipp wheel pip pluggy filelock platformdirs pytz "
    "python-dateutil tzdata toml"
)
_DECLARING_FILE = pattern(
    r"(^|/)(pyproject\.toml|setup\.(py|cfg)|[\w.-]*require[\w.-]*\.(txt|in|pip)|require[\w.-]*/[\w./-]+\.(txt|in|pip)"
    r"|[\w.-]*env(ironment)?[\w.-]*\.ya?ml|meta\.ya?ml|recipe\.ya?ml|Pipfile|[\w.-]*tox[\w.-]*\.(ini|toml)|noxfile\.py|hatch\.toml"
    r"|pixi\.toml|[\w.-]*Dockerfile[\w.-]*|GNUmakefile|[Mm]akefile|[Jj]ustfile|tasks\.py|Taskfile\.ya?ml"
    r"|BUILD(\.bazel)?|WORKSPACE|flake\.nix|shell\.nix|default\.nix|pants\.toml|conda[\w./-]*\.ya?ml|[\w.-]+\.sh)$"
)
_NOT_THE_PACKAGE = pattern(
    r"(^|/)(tests?|testing|docs?|examples?|scripts?|tools?|ci|benchmarks?)/|(^|/)(setup|conftest|noxfile)\.py$"
)
_MOST_PACKAGE_FILES = 1000
# How the names of all these end, Dockerfiles apart: few paths of a large repository are worth the pattern.
_DECLARING_ENDS = tuple(
    "setup.py noxfile.py tasks.py .toml .cfg .txt .in .pip .yml .yaml .ini .nix .sh file BUILD .bazel WORKSPACE".split()  # noqa: SIM905
)
_MOST_DECLARING_FILES = 300
_MOST_SOURCES = 500
_MODULE = (".py", ".pyi", ".pyx", ".c", ".cpp", ".cc", ".so", ".pyd", ".rs")


class UndeclaredImport(NamedTuple):
    """A module that tests import and nothing declares.

    `distribution` is the one to name, `places` where it is imported, `by_ci` where only continuous integration
    installs it.
    """

    module: str
    distribution: str
    places: tuple[Evidence, ...]
    by_ci: Evidence | None = None


class UnmetPlugin(NamedTuple):
    """A pytest plugin that the configuration needs and nothing declares; `needed_by` is what needs it, as written."""

    distribution: str
    needed_by: str
    place: Evidence
    by_ci: Evidence | None = None


@once
def declared_names(facts: Facts) -> frozenset[str]:
    """Normalised names of every distribution declared anywhere, and of those that come along with them."""
    from pytest_sprintready.reading.requirements import distribution_name

    names = {facts.project.name} - {""}
    for place, group in facts.dependency_places.items():
        names |= configuration.names_declared(facts, place)
        for each in group.requirements:
            extras = re.search(r"\[([\w\s,.-]+)\]", each.text)  # celery[redis] brings redis
            names |= {normalised(extra) for extra in extras[1].split(",")} if extras else set()
    names |= {distribution_name(each.text) for each in facts.project.build_requires}
    names |= set(_installed_by_documents(facts))
    if _uses_hatch_test(facts):
        names |= _HATCH_TEST
    return frozenset(names) | distributions.carried_by(frozenset(names))


# hatch.pypa.io: the internal environment hatch-test.
_HATCH_TEST = frozenset(
    ["pytest", "coverage", "pytest-mock", "pytest-randomly", "pytest-rerunfailures", "pytest-xdist"]
)


def _uses_hatch_test(facts: Facts) -> bool:
    commands = [each.command.text for each in facts.documented]
    commands += [command.text for _, command, _ in ci.ci_commands(facts)]
    return any(re.search(r"\bhatch (-\S{1,40} ){0,5}test\b|hatch-test", command) for command in commands)


def _installed_by_documents(facts: Facts) -> Iterator[str]:
    """What contributors are told to install by name."""
    for each in facts.documented:
        if "install" in each.command.text or "--with" in each.command.text:
            for call in each.command.calls:
                yield from _installed_names(call.words)


def _installed_names(words: tuple[str, ...]) -> Iterator[str]:
    from pytest_sprintready.reading.runners.installing import installed_by

    for item in installed_by(words):
        kind, _, name = item.partition(":")
        if kind == "package":
            yield normalised(name)


@once
def installed_by_ci(facts: Facts) -> dict[str, Evidence]:
    """What continuous integration installs by name, with its first place."""
    found: dict[str, Evidence] = {}
    for _, command, _ in ci.ci_commands(facts):
        if "install" in command.text:
            for call in command.calls:
                for name in _installed_names(call.words):
                    found.setdefault(name, Evidence(command.path, command.line))
    return found


def is_declared(facts: Facts, names: tuple[str, ...]) -> bool:
    """Whether one of these distributions is declared: by what is read well, else by a mention in any such file."""
    return not declared_names(facts).isdisjoint(names) or not _mentioned_names(facts).isdisjoint(names)


_WORD = pattern(r"[A-Za-z0-9][\w.-]*")


@once
def _mentioned_names(facts: Facts) -> frozenset[str]:
    """Every word of the files that may install something, as a distribution's name would be compared."""
    words = {word for text in _declaring_texts(facts) for word in _WORD.findall(text)}
    return frozenset(normalised(word.removesuffix(".git")) for word in words)


def may_declare(path: str) -> bool:
    """Return whether a file is one of those that declare or install what a project needs, by its name."""
    if not path.endswith(_DECLARING_ENDS) and ("Dockerfile" not in path or path.endswith(".py")):
        return False
    return _DECLARING_FILE.search(path) is not None


@once
def _declaring_texts(facts: Facts) -> tuple[str, ...]:
    """Every file that may install something, wherever it lies, without comments and tables that declare nothing."""
    well_read = {"pyproject.toml", "setup.cfg"} if not facts.project.problems else set()
    paths = [
        path
        for path in facts.snapshot.files
        if may_declare(path)
        and path not in well_read
        and not path.startswith((".github/", ".circleci/"))
        and path.count("/") < 6
    ][:_MOST_DECLARING_FILES]
    facts.snapshot.prefetch(paths)
    return tuple(_declaring_part(path, facts.text(path) or "") for path in paths)


_SECTION = pattern(r"\[+([^\[\]]+)\]+\s*$")
_TOOL_SECTION = pattern(
    r"(tool[.:])?(pytest|mypy|ruff|isort|coverage|pyright|pylint|flake8|codespell|black)\b", re.IGNORECASE
)
_SCRIPT = pattern(r"(\.sh|file|[Dd]ockerfile[\w.-]*|tasks\.py)$")
_INSTALLING = pattern(r"install|\badd\b|\bsync\b|\bconda\b|--with\b|\bcreate\b")


def _declaring_part(path: str, text: str) -> str:
    text = re.sub(r"(?:^|(?<=\s))#.*", "", text)
    if path.endswith((".toml", ".ini", ".cfg")):
        return "\n".join(_outside_tool_sections(text))
    if _SCRIPT.search(path) and not path.endswith("Pipfile"):
        joined = re.sub(r"\\\r?\n", " ", text)
        return "\n".join(line for line in joined.splitlines() if _INSTALLING.search(line))
    return text


def _outside_tool_sections(text: str) -> Iterator[str]:
    """Yield the lines of a TOML or INI file but those for linters and pytest, which name but do not declare."""
    inside = False
    for line in text.splitlines():
        section = _SECTION.match(line)
        if section:
            inside = _TOOL_SECTION.match(section[1]) is not None
        if not inside:
            yield line


# Test imports -----------------------------------------------------------------------------------------------------


@once
def test_sources(facts: Facts) -> tuple[str, ...]:
    """The files that a plain run of the whole suite imports: test files, conftests, helpers beside them.

    Of very many, all conftests and an even choice of the others: what a large suite imports, it imports often.
    """
    config = facts.pytest_config
    roots = tuple(path.strip("./") + "/" for path in config.testpaths if "*" not in path) if config else ()
    left_out = _ignored(facts)
    files = [
        path
        for path in test_files(facts)
        if not _INPUT_FOLDER.search(path)
        and (not roots or path.startswith(roots) or path == "conftest.py" or path.rstrip("/") + "/" in roots)
        and not any(path == other or path.startswith(other + "/") for other in left_out)
    ]
    folders = {path.rpartition("/")[0] for path in files} - {""}
    helpers = [
        f"{folder}/{name}"
        for folder in folders
        for name in facts.snapshot.folder(folder)
        if HELPER.fullmatch(name) and re.search(r"(^|/)(tests?|testing)(/|$)", folder)
    ]
    sources = sorted({*files, *helpers})
    step = len(sources) // _MOST_SOURCES + 1
    return tuple(path for at, path in enumerate(sources) if at % step == 0 or path.endswith("conftest.py"))


def _ignored(facts: Facts) -> list[str]:
    config = facts.pytest_config
    words = config.addopts if config else ()
    found = [word.partition("=")[2].strip("./") for word in words if word.startswith("--ignore=")]
    found += [words[at + 1].strip("./") for at, word in enumerate(words[:-1]) if word == "--ignore"]
    return [path for path in found if path]


def undeclared_imports(facts: Facts) -> tuple[UndeclaredImport, ...]:
    """Modules that the tests need and nothing in the repository declares, in order of their names."""
    suspects = {module: paths for module, paths in _mentioned(facts).items() if not _is_provided(facts, module)}
    imported = _imported(facts, suspects)
    return tuple(_judged(facts, imported))


def declared_elsewhere(facts: Facts, places: Iterable[str]) -> frozenset[str]:
    """Return the distributions that the tests import and that are declared, but in none of these places."""
    here = configuration.names_installed(facts, ["project.dependencies", *places]) | {facts.project.name}
    here |= distributions.carried_by(here)
    everywhere = configuration.names_installed(facts, facts.dependency_places)
    lacking = everywhere - here - _COMMONLY_CARRIED
    suspects = {
        module: paths
        for module, paths in (_mentioned(facts).items() if lacking else ())
        if here.isdisjoint(distributions.providers(module))
        and not lacking.isdisjoint(distributions.providers(module))
        and not is_own(facts, module)
    }
    names = {name for module in _imported(facts, suspects) for name in distributions.providers(module)}
    return frozenset(names & lacking)


@once
def _mentioned(facts: Facts) -> dict[str, list[str]]:
    """The modules that lines of the tests seem to import, but for the standard library's, with the files."""
    sources = test_sources(facts)
    facts.snapshot.prefetch(sources)
    found: dict[str, list[str]] = {}
    for path in sources:
        for module in mentioned_modules(facts.text(path) or ""):
            if not distributions.is_standard(module):
                found.setdefault(module, []).append(path)
    return found


def _is_provided(facts: Facts, module: str) -> bool:
    return (
        module in distributions.SHARED_NAMESPACES
        or is_declared(facts, distributions.providers(module))
        or is_own(facts, module)
        or _is_part_of_a_name(facts, module)
    )


def _is_part_of_a_name(facts: Facts, module: str) -> bool:
    """Whether a declared distribution is called so in part: python-ulid holds ulid, PyDispatcher holds pydispatch.

    A distribution's name tells little about what it holds, so that this is taken for a declaration.
    """
    name = normalised(module)
    words, compact = set(name.split("-")), name.replace("-", "")
    for parts, whole in _declared_parts(facts):
        if words <= parts:
            return True
        if len(compact) >= 5 and (whole.startswith(compact) or whole.endswith(compact)):
            return True
    return False


@once
def _declared_parts(facts: Facts) -> tuple[tuple[frozenset[str], str], ...]:
    """The words of each declared name, and the name without what parts them; names of stubs left out."""
    names = [name for name in declared_names(facts) if not (name.startswith("types-") or name.endswith("-stubs"))]
    return tuple((frozenset(name.split("-")), name.replace("-", "")) for name in names)


def _imported(facts: Facts, suspects: dict[str, list[str]]) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    collected = "\n".join(facts.text(path) or "" for path in test_sources(facts) if path.endswith("conftest.py"))
    modules: dict[str, list[str]] = {}
    for module, paths in suspects.items():
        for path in paths:
            modules.setdefault(path, []).append(module)
    for path, wanted in sorted(modules.items()):
        if "collect_ignore" in collected and path.rpartition("/")[2].removesuffix(".py") in collected:
            continue
        for each in unguarded_imports(facts.text(path) or "", wanted):
            if not _is_beside(facts, path, each.module):
                found.setdefault(each.module, []).append(Evidence(path, each.line))
    return found


def _judged(facts: Facts, imported: dict[str, list[Evidence]]) -> Iterator[UndeclaredImport]:
    by_ci = installed_by_ci(facts)
    for module, places in sorted(imported.items()):
        names = distributions.providers(module)
        installed = next((by_ci[name] for name in names if name in by_ci), None)
        comes_along = not _COMMONLY_CARRIED.isdisjoint(names) or _package_needs(facts, module)
        if installed is None and (comes_along or agreement.tested_by_ci(facts)):
            continue  # what CI needs and does not install by name must come along with something else
        yield UndeclaredImport(module, names[0], tuple(places), installed)


def _package_needs(facts: Facts, module: str) -> bool:
    """Whether the project's own code imports a module: then whatever brings it to users brings it to tests."""
    tests = set(test_sources(facts))
    paths = [path for path in facts.snapshot.files if path.endswith(".py") and path not in tests]
    paths = [path for path in paths if not _NOT_THE_PACKAGE.search(path)][:_MOST_PACKAGE_FILES]
    facts.snapshot.prefetch(paths)
    return any(unguarded_imports(facts.text(path) or "", (module,)) for path in paths)


def is_own(facts: Facts, module: str) -> bool:
    """Whether a top-level module is part of the repository: wherever a folder that is no package holds it."""
    own = _own_modules(facts)
    if module in own or normalised(module) == facts.project.name:
        return True
    bare = module.lstrip("_")
    if module != bare and (bare in own or normalised(bare) == facts.project.name):
        return True  # an extension module beside the package: _package
    # A plain search first: few files hold the name, and each pattern is compiled for one module.
    quoted = rf"['\"]{re.escape(module)}['\"]"
    named = rf"^module-name\s*=\s*['\"]{re.escape(module)}[.'\"]"
    files = ("setup.py", "meson.build", "CMakeLists.txt", "Cargo.toml")
    texts = [text for path in files if (text := facts.text(path)) and module in text]
    metadata = facts.text("pyproject.toml") or ""
    return any(re.search(quoted, text) for text in texts) or (
        "module-name" in metadata and re.search(named, metadata, re.MULTILINE) is not None
    )


@once
def _own_modules(facts: Facts) -> frozenset[str]:
    return frozenset(_modules_outside_packages(facts))


def _modules_outside_packages(facts: Facts) -> Iterator[str]:
    yield from (name.partition(".")[0] for name in facts.project.packages or ())
    yield from _modules_below(facts, "")[1]


def _modules_below(facts: Facts, folder: str) -> tuple[bool, set[str]]:
    """Return whether a folder holds modules at any depth, and which of those can be imported by their bare names."""
    names = facts.snapshot.folder(folder)
    is_package = folder != "" and "__init__.py" in names
    found = {name.partition(".")[0] for name in names if name.endswith(_MODULE)}
    holds = bool(found)
    if is_package:
        found.clear()
    for name in names:
        if name.endswith("/"):
            below, bare = _modules_below(facts, f"{folder}/{name[:-1]}".lstrip("/"))
            found |= bare
            if below and not is_package:
                found.add(name[:-1])
            holds = holds or below
    return holds, found


def _is_beside(facts: Facts, path: str, module: str) -> bool:
    """Whether a module lies next to a file, or above it: what path manipulation and the importing mode make of it."""
    folder = path.rpartition("/")[0]
    while True:
        names = facts.snapshot.folder(folder)
        if f"{module}.py" in names or f"{module}/" in names:
            return True
        if not folder:
            return False
        folder = folder.rpartition("/")[0]


def declarations_readable(facts: Facts) -> str:
    """Return why the declared dependencies cannot be known, "" where they can."""
    project = facts.project
    for problem in project.problems:
        if not problem.reason.endswith("does not exist"):  # files a setup.py opens are looked through anyway
            return f"{problem.path}: {problem.reason}"
    for name in ("dependencies", "optional-dependencies"):
        empty = not project.dependencies if name == "dependencies" else not project.extras
        if name in project.dynamic and empty and not facts.text("setup.py"):
            return f"{project.files[0]} leaves {name} to its build backend"
    script = facts.text("setup.py") or ""
    for keyword, read in (("install_requires", project.dependencies), ("extras_require", project.extras)):
        if re.search(rf"\b{keyword}\b(?!\W*[=:]\s*(\[\s*\]|\{{\s*\}}))", script) and not read:
            return f"setup.py computes {keyword}"
    return ""


# pytest's configuration -------------------------------------------------------------------------------------------


def unmet_plugins(facts: Facts) -> tuple[UnmetPlugin, ...]:
    """Plugins that pytest's configuration needs and nothing declares: by an option, `-p`, required_plugins, a key."""
    config = facts.pytest_config
    if config is None:
        return ()
    found: dict[str, UnmetPlugin] = {}
    by_ci = installed_by_ci(facts)
    for plugin, written, key in _needed(facts):
        if plugin not in found and not is_declared(facts, (plugin,)):
            if plugin not in by_ci and agreement.tested_by_ci(facts):
                continue  # CI starts with this configuration, so something else brings the plugin
            place = config.places.get(key, Evidence(config.path))
            found[plugin] = UnmetPlugin(plugin, written, place, by_ci.get(plugin))
    return tuple(found.values())


def _needed(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield (distribution, what needs it as written, the key it stands under)."""
    from pytest_sprintready.reading.requirements import distribution_name

    config = facts.pytest_config
    if config is None:
        return
    words = config.addopts
    blocked = {word.removeprefix("-p").strip().removeprefix("no:") for word in words if "no:" in word}
    for at, word in enumerate(words):
        if word == "-p" or (word.startswith("-p") and not word.startswith("--")):
            name = word[2:] or (words[at + 1] if at + 1 < len(words) else "")
            plugin = distributions.plugin_of_name(name)
            if plugin and not is_own(facts, name.partition(".")[0]):
                yield plugin, f"-p {name}", "addopts"
            continue
        plugin = distributions.plugin_of_option(word)
        if plugin and plugin.removeprefix("pytest-") not in blocked and not _has_another_owner(facts, word, plugin):
            yield plugin, word, "addopts"
    for requirement in config.required_plugins:
        name = distribution_name(requirement)
        if name and name != facts.project.name:
            yield name, requirement, "required_plugins"
    for key in config.values:
        plugin = distributions.plugin_of_key(key)
        if plugin and not is_own_option(facts, key):
            yield plugin, key, key


def _has_another_owner(facts: Facts, word: str, plugin: str) -> bool:
    """Whether an option may come from elsewhere: the project, or a declared plugin whose options nobody listed."""
    if is_own_option(facts, word):
        return True
    return not distributions.is_widely_known(plugin) and any(
        name.startswith("pytest-") and not distributions.owns_options(name) for name in declared_names(facts)
    )


def is_own_option(facts: Facts, word: str) -> bool:
    """Whether the project itself defines an option or key: in a conftest, or because it is a plugin."""
    name = word.partition("=")[0]
    if "pytest11" in facts.project.entry_points:
        return True
    conftests = [path for path in test_files(facts) if path.endswith("conftest.py")][:50]
    return any(f'"{name}"' in text or f"'{name}'" in text for text in (facts.text(path) or "" for path in conftests))
