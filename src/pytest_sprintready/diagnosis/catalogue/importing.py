"""Something that cannot be imported: the project itself, a dependency of its tests, one that nothing declares."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis import own
from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.commands import bring, install, is_active, is_installable, plain_install, pytest
from pytest_sprintready.diagnosis.homes import DEPENDENCIES, home_of_tests, homes
from pytest_sprintready.diagnosis.model import Diagnosis, Remedy, diagnosed
from pytest_sprintready.facts import imports
from pytest_sprintready.reading import distributions
from pytest_sprintready.reading.requirements import normalised

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.homes import Home
    from pytest_sprintready.diagnosis.model import Frame, Raised
    from pytest_sprintready.diagnosis.seen import Seen
    from pytest_sprintready.model import Evidence

NOT_FOUND = "builtins.ModuleNotFoundError"
NO_METADATA = "importlib.metadata.PackageNotFoundError"


def missing(seen: Seen) -> tuple[Raised, str] | None:
    """Return the import that failed first, with the top-level module that is not there.

    Where the project expects an import to fail, what failed is the use of a name from it.
    """
    if seen.is_in_environment:
        return None
    for raised in seen.all(NOT_FOUND):
        name = raised.get("name")
        if name and not raised.is_a(NO_METADATA):
            return raised, name.partition(".")[0]
    for raised in seen.failure.raised:
        if module := own.behind_a_guard(seen.facts, raised):
            return raised, module
    return None


def quoting(frame: Frame | None) -> tuple[Evidence | None, str]:
    """Return the place and the words of a line of the repository."""
    from pytest_sprintready.model import Evidence

    return (Evidence(frame.path, frame.line), frame.source) if frame else (None, "")


def distribution_of(seen: Seen, module: str) -> tuple[str, ...]:
    """Return the distributions that may bring a module: what is declared under such a name before what tables say."""
    known = distributions.providers(module)
    if module in distributions.SHARED_NAMESPACES:
        return ()
    declared = imports.declared_names(seen.facts)
    if any(name in declared for name in known):
        return known
    # python-ulid holds ulid, PyDispatcher holds pydispatch: said by the name alone, so only where it is declared
    alike = [
        name
        for name in sorted(declared)
        if normalised(module) in (name.removeprefix("python-"), name.removesuffix("-python"), name.removeprefix("py"))
    ]
    return (*known, *alike)


@cause(
    "SRN15",
    "another-environment",
    title="The pytest that runs belongs to another environment",
    looks="`ModuleNotFoundError`, although `pip list` shows that it is installed.",
    why="There are several Pythons on this machine, each with packages of its own. The word `pytest` found one that "
    "belongs to another than the environment that is active, because that has no pytest yet, or the shell "
    "remembers where it was before.",
    prevent="Document `python -m pytest`, which is always that of the active environment.",
)
def another_environment(seen: Seen) -> Diagnosis | None:
    """Take over where an environment is active, something of the project is missing, and another environment ran."""
    found = missing(seen)
    active = _plain(seen.machine.active)
    if found is None or not active or active == _plain(seen.machine.prefix) or is_active(seen.machine):
        return None
    if seen.machine.environment in ("nox", "tox", "hatch", "pixi") or (
        _declared(seen) is None and project_not_installed(seen) is None
    ):
        return None
    place, quote = quoting(seen.own_frame(found[0]))
    return diagnosed(
        what=f"This pytest does not belong to the environment that is active, and does not see {found[1]}.",
        cause=f"It is that of {seen.machine.prefix}; active is {seen.machine.active}.",
        place=place,
        quote=quote,
        remedies=(Remedy("python -m pytest", "interpreter"),),
        fault="machine",
    )


def _plain(path: str) -> str:
    return path.replace("\\", "/").rstrip("/")


@cause(
    "SRN35",
    "project-not-installed",
    title="The project itself is not installed in this environment",
    looks="`ModuleNotFoundError: No module named 'lantern'`, where lantern is the project you have just cloned.",
    why="The code lies in a folder that Python does not look into, such as src/, until the project is installed. "
    "Installed in editable mode (`-e`), it is imported from the clone, so that your changes count at once.",
    prevent="Begin the set-up with the command that installs the project, or name a runner that does it.",
    checks=("SR104", "SR201"),
)
def project_not_installed(seen: Seen) -> Diagnosis | None:
    """Take over where the missing module is one that installing the project, or a part of the repository, brings."""
    found = missing(seen)
    if found is None:
        return None
    raised, module = found
    folder = own.folder_of(seen.facts, module)
    if raised.get("name") != module or folder is None or not own.is_own(seen.facts, module):
        return None
    project = own.project_around(seen.facts, folder)
    if project is None or not own.is_packaged(seen.facts, module, folder):
        return None
    place, quote = quoting(seen.own_frame(raised))
    where = f"{folder}/{module}" if folder else module
    if project:
        remedy = Remedy(install(seen.machine, "-e", f"./{project}"), "install", (module,), place)
        return _not_installed(module, where, place, quote, (remedy,))
    if not is_installable(seen.facts):
        return None
    home = home_of_tests(seen.facts, seen.machine)
    if home and home.kind in ("extra", "group", "requirements", "poetry", DEPENDENCIES):
        remedies = bring(seen.facts, seen.machine, home)
    else:
        line = install(seen.machine, "-e", ".")
        remedies = (Remedy(line, "install", (seen.facts.project.name,), seen.facts.project.places.get("raw_name")),)
    return _not_installed(module, where, place, quote, remedies)


def _not_installed(
    module: str, where: str, place: Evidence | None, quote: str, remedies: tuple[Remedy, ...]
) -> Diagnosis:
    return diagnosed(
        what=f"The project itself, {module}, is not installed in this environment.",
        cause=f"Its code is in {where}, where Python looks only after the project was installed.",
        place=place,
        quote=quote,
        remedies=remedies,
        fault="machine",
    )


_LACKS = re.compile(
    own.NOT_IN_MODULE
    + r"|cannot import name '(?P<import>\w+)' from '(?P<from>[\w.]+)'|No module named '(?P<part>[\w.]+)'"
)


@cause(
    "SRN91",
    "another-copy",
    title="A released copy of the project is tested, not this clone",
    looks="`AttributeError: module 'lantern' has no attribute 'glow'`, or that `glow` cannot be imported from it, "
    "although it stands in the clone.",
    why="Something that was installed depends on the project, and brought its last release along; pytest itself "
    "depends on some. Python imports that release, so nothing you change in the clone counts.",
    prevent="Begin the set-up with the command that installs the project in editable mode (`-e`).",
    checks=("SR104", "SR201"),
)
def another_copy(seen: Seen) -> Diagnosis | None:
    """Take over where the project is installed from an index, and lacks what stands in the clone."""
    copy = own.released_copy(seen.facts, seen.machine)
    if copy is None or seen.is_in_environment or seen.is_new() or not is_installable(seen.facts):
        return None
    for raised in seen.all("builtins.AttributeError", "builtins.ImportError"):
        found = _LACKS.search(raised.message)
        if found is None:
            continue
        module = found["module"] or found["from"] or found["part"]
        lacking = found["name"] or found["import"] or found["part"]
        if not own.is_own(seen.facts, module.partition(".")[0]) or not _stands_here(seen, module, lacking):
            continue
        place, quote = quoting(seen.own_frame(raised))
        return diagnosed(
            what=f"{copy.name} {copy.version} from the package index is tested, not this clone.",
            cause=f"{lacking} is in {own.file_of(seen.facts, module)}, and not in the release that is installed.",
            place=place,
            quote=quote,
            remedies=(Remedy(install(seen.machine, "-e", "."), "install", (seen.facts.project.name,)),),
            fault="machine",
        )
    return None


def _stands_here(seen: Seen, module: str, name: str) -> bool:
    """Tell whether a file of the clone is the module, and has the name in it."""
    path = own.file_of(seen.facts, module)
    return bool(path) and (name == module or re.search(rf"\b{name}\b", seen.facts.text(path) or "") is not None)


@cause(
    "SRN61",
    "module-not-on-path",
    title="A module of the repository is not on Python's path",
    looks="`ModuleNotFoundError: No module named 'tests'` or 'app', although that folder is in the clone.",
    why="`pytest` alone looks beside the test file, not into the folder you stand in; `python -m pytest` does both.",
    prevent='Set `pythonpath = ["."]` (or the folder) in the configuration of pytest, or make the code a package that '
    "is installed.",
    last=True,
)
def module_not_on_path(seen: Seen) -> Diagnosis | None:
    """Take over where the missing module lies in the repository, and no installation would bring it."""
    found = missing(seen)
    if found is None:
        return None
    raised, module = found
    folder = own.folder_of(seen.facts, module)
    if folder is None or module in seen.machine.modules or raised.get("name") != module:
        return None
    place, quote = quoting(seen.own_frame(raised))
    config = seen.facts.pytest_config
    if config and "pythonpath" in config.values:
        return None
    options = () if folder == "" else ("-o", f"pythonpath={folder}")
    return diagnosed(
        what=f"Python does not find {module}, although it is in this clone.",
        cause=f"`pytest` does not look into {folder or 'the top folder of the clone'}, and nothing configures it to.",
        place=place,
        quote=quote,
        remedies=(Remedy(pytest(seen.machine, *options), "configure", (module,)),),
    )


@cause(
    "SRN36",
    "missing-test-dependency",
    title="A dependency of the tests is not installed",
    looks="`ModuleNotFoundError: No module named 'yaml'` while pytest collects the tests or loads a conftest.py.",
    why="Installing a project does not install what only its tests need. That is declared in an extra, a dependency "
    "group or a requirements file, which has to be asked for.",
    prevent="Declare everything the tests import in one place, and write the command that installs it into the guide.",
    checks=("SR205", "SR212"),
)
def missing_test_dependency(seen: Seen) -> Diagnosis | None:
    """Take over where the place that declares the module is one for development."""
    found = _declared(seen)
    return None if found is None or _is_optional(seen, found[2]) else _not_here(seen, *found)


@cause(
    "SRN37",
    "missing-optional-dependency",
    title="An optional dependency is not installed",
    looks="`ModuleNotFoundError: No module named 'torch'` from a part of the project that not everybody uses; or a "
    "name from it is unknown (`NameError`), where the project expects the import to fail.",
    why="What only some users need is declared in an extra of its own. Tests of that part need the extra as well.",
    prevent='Let such tests begin with `pytest.importorskip("torch")`, or add the extra to the test dependencies.',
    checks=("SR205",),
)
def missing_optional_dependency(seen: Seen) -> Diagnosis | None:
    """Take over where only an extra for users declares the module."""
    found = _declared(seen)
    return _not_here(seen, *found) if found is not None and _is_optional(seen, found[2]) else None


def _declared(seen: Seen) -> tuple[Raised, str, Home] | None:
    found = missing(seen)
    if found is None:
        return None
    raised, module = found
    if distributions.is_standard(module) or module in seen.machine.modules:
        return None
    folder = own.folder_of(seen.facts, module)
    if folder is not None and own.is_own(seen.facts, module) and own.is_packaged(seen.facts, module, folder):
        return None
    places = homes(seen.facts, seen.machine, distribution_of(seen, module))
    return (raised, module, places[0]) if places else None


def _is_optional(seen: Seen, home: Home) -> bool:
    tests = home_of_tests(seen.facts, seen.machine)
    return home.kind == "extra" and not (tests and tests.origin == home.origin) and "test" not in home.name


def _not_here(seen: Seen, raised: Raised, module: str, home: Home) -> Diagnosis:
    place, quote = quoting(seen.own_frame(raised))
    called = "" if normalised(module) == home.distribution else f" (distribution {home.distribution})"
    brings = f"{home.distribution}, which comes with it, is" if home.carried else "It is"
    if home.carried:
        called = ""
    return diagnosed(
        what=f"{module}{called} is not installed in this environment.",
        cause=f"{brings} declared in {home}.",
        place=place,
        quote=quote,
        remedies=bring(seen.facts, seen.machine, home),
        fault="machine",
    )


@cause(
    "SRN60",
    "undeclared-dependency",
    title="Something is imported that the project declares nowhere",
    looks="`ModuleNotFoundError` after all was installed as the guide says, while continuous integration passes.",
    why="The maintainers' machines and the runners of continuous integration have it for another reason, so that "
    "nobody there notices.",
    prevent="Declare it where the other test dependencies stand; `sprintready check` lists what is missing.",
    checks=("SR205",),
    last=True,
)
def undeclared_dependency(seen: Seen) -> Diagnosis | None:
    """Take over where nothing declares a module, unless the import is new or looks like a slip of the pen."""
    found = missing(seen)
    if found is None or seen.is_new() or not found[0].is_a(NOT_FOUND):
        return None
    raised, module = found
    frame = seen.own_frame(raised)
    if frame is None or distributions.is_standard(module) or module in seen.machine.modules:
        return None
    if own.folder_of(seen.facts, module) is not None or _resembles_another(seen, module):
        return None
    names = distribution_of(seen, module)
    if not names or homes(seen.facts, seen.machine, names):
        return None
    by_ci = imports.installed_by_ci(seen.facts)
    name = next((name for name in names if name in by_ci), names[0])
    known = module in distributions.KNOWN_MODULES or name in by_ci
    if not (known or seen.machine.git.top):
        return None  # nothing tells an import that was always there from one just written
    place, quote = quoting(frame)
    only_ci = f" Only continuous integration installs it ({by_ci[name]})." if name in by_ci else ""
    return diagnosed(
        what=f"{module} is not installed, and no file of this project declares it.",
        cause=f"An omission of the project: the tests import it, and nothing installs it.{only_ci}",
        place=place,
        quote=quote,
        remedies=(plain_install(seen.machine, distributions.LAST_WITH.get(module, name), by_ci.get(name)),),
        certain=False,
    )


def _resembles_another(seen: Seen, module: str) -> bool:
    """Tell whether the name is one letter or two from a module that is there or declared: a slip, not a dependency."""
    if module in distributions.KNOWN_MODULES:
        return False
    near = {*seen.machine.modules, *(name.replace("-", "_") for name in imports.declared_names(seen.facts))}
    near |= {seen.facts.project.name.replace("-", "_"), *distributions.STANDARD_MODULES}
    swapped = {"".join(sorted(name)) for name in near}
    return "".join(sorted(module)) in swapped or bool(difflib.get_close_matches(module, near, n=1, cutoff=0.8))
