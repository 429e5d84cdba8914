"""pytest cannot collect, or finds nothing: a conftest, names that clash, markers, environments, folders."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis import own
from pytest_sprintready.diagnosis.catalogue import cause, importing
from pytest_sprintready.diagnosis.catalogue.fixtures import absent_marker
from pytest_sprintready.diagnosis.catalogue.importing import missing, quoting
from pytest_sprintready.diagnosis.commands import bring, pytest, quoted, reinstall
from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.diagnosis.model import Diagnosis, Remedy, diagnosed
from pytest_sprintready.facts.files import test_files
from pytest_sprintready.reading.arguments import PYTEST_VALUED, parsed

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Raised
    from pytest_sprintready.diagnosis.seen import Seen

_COMPILED = (".pyx", ".c", ".cpp", ".cc", ".rs", ".f90", ".pxd")


@cause(
    "SRN31",
    "conftest-not-imported",
    title="pytest cannot load a conftest.py",
    looks="`ImportError while loading conftest '/home/you/lantern/tests/conftest.py'`, and no test is collected.",
    why="A conftest.py is imported before anything else. What it imports is not installed: a dependency of the tests, "
    "or the project itself.",
    prevent="Declare what conftest.py files import where the other test dependencies stand.",
    checks=("SR205",),
)
def conftest_not_imported(seen: Seen) -> Diagnosis | None:
    """Take over where a conftest.py is what failed, and what is missing is known to come from somewhere."""
    failed = seen.first("_pytest.config.ConftestImportFailure")
    if failed is None:
        return None
    for recognise in (
        importing.project_not_installed,
        importing.missing_test_dependency,
        importing.missing_optional_dependency,
        importing.module_not_on_path,
        importing.undeclared_dependency,
    ):
        found = recognise(seen)
        if found is not None:
            return found._replace(what=f"pytest cannot load a conftest.py. {found.what}")
    return None


@cause(
    "SRN30",
    "filter-names-absent-module",
    title="A warning filter names a module that is not installed",
    looks="`ERROR: while parsing the following warning configuration`, with a traceback that ends in "
    "ModuleNotFoundError. Newer versions of pytest only warn: `Failed to import filter module`.",
    why="`filterwarnings` in the configuration of pytest names a class of warnings by its module. pytest has to "
    "import that module to understand the filter.",
    prevent="Name built-in categories and the message instead, or declare the module among the test dependencies.",
)
def filter_names_absent_module(seen: Seen) -> Diagnosis | None:
    """Take over where the module that a filter names is declared, and not here."""
    config = seen.facts.pytest_config
    if config is None:
        return None
    names = list(seen.failure.words)
    if seen.first("_pytest.config.exceptions.UsageError") and (found := missing(seen)):
        names.append(found[1])
    for name in names:
        written = next(
            (each for each in config.filterwarnings if re.search(rf"\b{re.escape(name)}\.", each.text)), None
        )
        declared = homes(seen.facts, seen.machine, importing.distribution_of(seen, name)) if written else []
        if written and declared and name not in seen.machine.modules:
            return diagnosed(
                what=f"A warning filter names {name}, which is not installed here.",
                cause=f"{declared[0].distribution} is declared in {declared[0]}.",
                place=written.place,
                quote=written.text,
                remedies=bring(seen.facts, seen.machine, declared[0]),
                fault="machine",
            )
    return None


@cause(
    "SRN20",
    "stale-extension",
    title="The compiled part of the project is missing, or older than its source",
    looks="`ImportError: cannot import name 'fast' from 'lantern._core'`, often after a pull.",
    why="Code in C, C++, Rust, Fortran or Cython has to be built. A pull changes the source and not what was built "
    "from it; Python then imports the old build.",
    prevent="Say in the guide how to build again, and that this is needed after a pull.",
)
def stale_extension(seen: Seen) -> Diagnosis | None:
    """Take over for modules of the project whose source is compiled: missing ones, and builds older than it."""
    for raised in seen.all("builtins.ImportError"):
        name = raised.get("name")
        if not name or not own.is_own(seen.facts, name.partition(".")[0]):
            continue
        source = raised.get("newer_source") or own.file_of(seen.facts, name)
        built = bool(raised.get("newer_source"))
        if source.endswith(_COMPILED) and (built or raised.is_a(importing.NOT_FOUND)):
            return _build(seen, raised, name, source, built=built)
    return None


def _build(seen: Seen, raised: Raised, name: str, source: str, *, built: bool) -> Diagnosis:
    place, quote = quoting(seen.own_frame(raised))
    state = f"was built before {source} was last changed" if built else f"has not been built from {source} yet"
    return diagnosed(
        what=f"The compiled module {name} {state}.",
        cause="Compiled code does not follow a change of its source by itself.",
        place=place,
        quote=quote,
        remedies=reinstall(seen.facts, seen.machine),
        fault="machine",
    )


@cause(
    "SRN38",
    "import-file-mismatch",
    title="Two test files have the same name",
    looks="`import file mismatch: imported module 'test_it' has this __file__ attribute ...`",
    why="Without an __init__.py beside them, pytest imports test files by their bare name, so that two folders cannot "
    "both have a test_it.py. A stale __pycache__ or an installed copy of the tests looks the same.",
    prevent="Set `--import-mode=importlib` in addopts, or give the test folders an __init__.py.",
)
def import_file_mismatch(seen: Seen) -> Diagnosis | None:
    """Take over for pytest's own exception."""
    raised = seen.first("_pytest.pathlib.ImportPathMismatchError")
    if raised is None:
        return None
    name = seen.failure.node.rpartition("/")[2] or "The test file"
    return diagnosed(
        what=f"{name} has the name of another file that Python has imported already.",
        cause=f"Both would be the module {name.removesuffix('.py')}: two test files, or an old copy of one.",
        remedies=(Remedy(pytest(seen.machine, "--import-mode=importlib"), "configure", ()),),
    )


@cause(
    "SRN39",
    "unknown-marker",
    title="A test has a marker that nobody registered",
    looks="`'asyncio' not found in `markers` configuration option`, while pytest collects.",
    why="With `--strict-markers` every marker has to be registered, by the project or by the plugin it belongs to. "
    "The plugin is not installed.",
    prevent="Declare the plugin where pytest is declared.",
    checks=("SR206",),
)
def unknown_marker(seen: Seen) -> Diagnosis | None:
    """Take over where the marker belongs to a plugin that the project declares."""
    for raised in seen.all("_pytest.outcomes.OutcomeException"):
        found = re.match(r"'([^']+)' not found in `markers` configuration option", raised.message)
        if found:
            return absent_marker(seen, found[1], raised)
    return None


@cause(
    "SRN40",
    "environment-collected",
    title="pytest collects the tests of installed packages",
    looks="Errors while collecting files below `site-packages`.",
    why="An environment lies inside the clone under a name that pytest does not leave out, so that the tests of every "
    "installed package are collected as well.",
    prevent="Set `testpaths` in the configuration of pytest.",
)
def environment_collected(seen: Seen) -> Diagnosis | None:
    """Take over where the failing file is part of an environment inside the clone."""
    if not seen.is_in_environment or seen.failure.stage not in ("collect", "setup", "run"):
        return None
    folder = re.split(r"/(?:lib|Lib|lib64)/", f"/{seen.failure.node}")[0].lstrip("/")
    roots = _test_roots(seen)
    arguments = roots or ("--ignore", folder)
    return diagnosed(
        what=f"pytest collects the environment {folder}, not only the tests of this project.",
        cause=f"The project's own tests are in {', '.join(roots)}." if roots else "Nothing says where the tests are.",
        remedies=(Remedy(pytest(seen.machine, *arguments), "configure", tuple(roots)),),
    )


def _test_roots(seen: Seen) -> tuple[str, ...]:
    """Return the folders of the project's tests: those configured, else the highest that hold any."""
    config = seen.facts.pytest_config
    if config and config.testpaths and all(seen.facts.snapshot.is_folder(path) for path in config.testpaths):
        return config.testpaths
    paths = [path for path in test_files(seen.facts) if "site-packages" not in path and "/" in path]
    folders = {found[1] for path in paths if (found := re.match(r"(.*?\btests?)/", path))}
    return tuple(sorted(folders)) if len(folders) <= 2 else ()


@cause(
    "SRN34",
    "no-tests-ran",
    title="pytest finds no tests",
    looks="`no tests ran`, exit code 5.",
    why="pytest looks for tests in the folder you stand in, and below. The tests are elsewhere, or they are not run "
    "with pytest.",
    prevent="Set `testpaths` in the configuration of pytest; document the one command that runs the tests.",
    checks=("SR105", "SR201"),
)
def no_tests_ran(seen: Seen) -> Diagnosis | None:
    """Take over where the tests are in another folder than the one looked into, or documented to be run otherwise."""
    if seen.failure.exit_code != 5 or "::" in seen.failure.command:
        return None
    words = seen.failure.command.split()
    if any(re.match(r"-k|-m|--lf|--last-failed|--deselect|--sw|--stepwise|--co|--collect", word) for word in words):
        return None
    primary = seen.known(seen.facts.primary_test_command, "")
    place = next(iter(seen.facts.primary_test_command.evidence), None)
    if primary and "pytest" not in primary:
        return diagnosed(
            what="pytest finds no tests: this project runs them in another way.",
            cause=f"{place} says how.",
            place=place,
            quote=primary,
            remedies=(Remedy(primary, "environment", (), place),),
        )
    folder = seen.failure.node.strip("./")
    roots = _test_roots(seen)
    if not roots or any(folder == root or root.startswith(f"{folder}/") for root in roots if folder):
        return None
    up = "/".join(".." for _ in folder.split("/")) if folder else ""
    line = pytest(seen.machine, *(() if seen.facts.pytest_config and seen.facts.pytest_config.testpaths else roots))
    joint = "; " if seen.machine.shell == "powershell" else " && "
    named = [posixpath.normpath(posixpath.join(folder, path)) for path in parsed(words, PYTEST_VALUED).words]
    snapshot = seen.facts.snapshot
    absent = [path for path in named if path[0] not in "./" and not (snapshot.has(path) or snapshot.is_folder(path))]
    looked = folder or " ".join(named)
    if absent:  # pytest says so itself, but for its workers under pytest-xdist
        what = f"pytest was told to look into {' '.join(absent)}, which is not there."
    elif looked and not set(named) & set(roots):
        what = f"pytest looked into {looked}, where there are no tests."
    else:
        return None
    return diagnosed(
        what=what,
        cause=f"The tests are in {', '.join(roots)}.",
        remedies=(Remedy(f"cd {quoted(up)}{joint}{line}" if up else line, "configure", roots),),
        fault="machine",
    )
