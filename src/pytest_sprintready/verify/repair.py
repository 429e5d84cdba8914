"""What may help where the documents did not suffice: one thing at a time, each said in full afterwards."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts import ci, configuration, purpose
from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import Deviation, Verdict
from pytest_sprintready.reading.arguments import PYTEST_VALUED, parsed
from pytest_sprintready.reading.distributions import is_standard, plugin_of_key, plugin_of_option, providers
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.requirements import distribution_name
from pytest_sprintready.reading.shell import program_name, split_line
from pytest_sprintready.verify.attempt import Attempt, first_error
from pytest_sprintready.verify.environment import TOOLS
from pytest_sprintready.verify.interpreters import minor
from pytest_sprintready.verify.plan import asked_of_pip, best_places, is_package, nox_session, tox_environment
from pytest_sprintready.verify.system_packages import packages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.diagnosis.model import Failure
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine.interpreter import Interpreter


class Fix(NamedTuple):
    """One thing to do otherwise, and how it is told.

    `key` is what is tried only once. `command` is run where the tests run; `variables` are set from then on; `skip` is
    a command to leave out; `left_out` are tests by their ids. `before` is a date: nothing newer is installed. `anew`
    says that it takes a new environment. `instead` is typed in the place of the test command. `packages` are those of
    the system.
    """

    key: str
    deviation: Deviation
    command: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    skip: str = ""
    left_out: tuple[str, ...] = ()
    python: Interpreter | None = None
    before: str = ""
    submodules: bool = False
    lfs: bool = False
    instead: str = ""
    packages: tuple[str, ...] = ()
    anew: bool = False


# Further programs that tasks call, as their distributions: program -> distribution.
_PROGRAMS = {
    "pytest": "pytest", "coverage": "coverage", "flake8": "flake8", "ruff": "ruff", "mypy": "mypy", "black": "black",
    "isort": "isort", "cython": "cython", "cythonize": "cython", "build": "build", "wheel": "wheel", "cmake": "cmake",
    "ninja": "ninja", "meson": "meson", "setuptools": "setuptools", "pkg_resources": "setuptools<81", "msgfmt": "",
    "pip-sync": "pip-tools", "pip-compile": "pip-tools", "trial": "twisted", "stestr": "stestr", "nosetests": "nose",
}  # fmt: skip


class Situation(NamedTuple):
    """What fixes are chosen by: the last attempt, and what there is to choose from."""

    facts: Facts
    attempt: Attempt
    python: Interpreter
    others: tuple[Interpreter, ...]
    commit_date: str


def fixes(now: Situation) -> Iterator[Fix]:
    """Yield what may help, the likeliest first."""
    for rule in _RULES:
        yield from rule(now)


# Where to write it down -------------------------------------------------------------------------------------------


def where_set_up_is_told(facts: Facts, attempt: Attempt) -> Evidence | None:
    """Return the place of the documents that the set-up belongs in: its last line, else the guide, else the README."""
    for step in reversed(attempt.plan.steps):
        if step.source == "documented" and step.phase == "setup" and step.place:
            return step.place
    for step in attempt.plan.steps:
        if step.source == "documented" and step.place:
            return step.place
    pages = facts.contributing.value if not facts.contributing.unknown else ()
    readme = facts.readme.value if not facts.readme.unknown else ""
    first = next(iter((*pages, readme)), "")
    return Evidence(first) if first else None


def _says(attempt: Attempt, place: Evidence | None) -> str:
    return next((step.command for step in attempt.plan.steps if place and step.place == place), "")


# Missing distributions --------------------------------------------------------------------------------------------

_FIXTURES = {
    fixture: plugin
    for plugin, fixtures in {
        "pytest-mock": "mocker class_mocker module_mocker session_mocker",
        "pytest-httpserver": "httpserver",
        "requests-mock": "requests_mock",
        "pytest-freezer": "freezer",
        "pytest-benchmark": "benchmark",
        "syrupy": "snapshot",
        "pytest-aiohttp": "aiohttp_client aiohttp_server loop",
        "pytest-django": "db client settings rf django_user_model django_assert_num_queries live_server",
        "faker": "faker",
        "pytest-subtests": "subtests",
        "pytest-datadir": "datadir shared_datadir",
        "pytest-regressions": "file_regression data_regression num_regression",
        "pytest-httpx": "httpx_mock",
        "respx": "respx_mock",
        "pyfakefs": "fs",
        "pytest-qt": "qtbot",
        "pytest-docker": "docker_services docker_ip",
        "pytest-playwright": "page browser",
        "pytest-httpbin": "httpbin httpbin_both httpbin_secure",
        "pytest-recording": "vcr",
        "pytest-console-scripts": "script_runner",
        "time-machine": "time_machine",
        "pytest-asyncio": "event_loop",
        "pytest-xprocess": "xprocess",
        "pytest-socket": "socket_enabled socket_disabled",
    }.items()
    for fixture in fixtures.split()
}
_MISSING_TEXT = re.compile(r"No module named '?([\w.]+)'?")
_UNKNOWN_OPTION = re.compile(r"error: unrecognized arguments?: (.*)")
_UNKNOWN_KEY = re.compile(r"Unknown config option: (\w+)")
_REQUIRED_PLUGINS = re.compile(r"Missing required plugins: (.*)")
_ASYNC = re.compile(r"async def functions are not natively supported|PytestUnhandledCoroutineWarning")


def missing_distributions(now: Situation) -> Iterator[Fix]:
    """Install what a module, an option, a fixture or a plugin that is not there belongs to."""
    modules, names = _missing(now)
    own = {now.facts.project.name.replace("-", "_"), *(now.facts.project.packages or ())}
    own |= {name.partition(".")[0] for name in own}
    if modules & own:
        yield _install(now, "the package itself", ["-e", "."], "installs the package that is tested")
    ours = [name for name in names if distribution_name(name) == distribution_name(now.facts.project.name or "-")]
    for name in ours:  # "pip install lantern[cli]", says lantern
        yield _install(now, name, ["-e", f".{name[name.find('[') :] if '[' in name else ''}"], "asked for by a message")
    wanted = dict.fromkeys(name for name in names if name not in ours)
    for module in sorted(modules - own):
        if not is_standard(module) and not _is_local(now.facts, module):
            wanted |= dict.fromkeys(_declared_provider(now.facts, module))
    yield from _installs(now, list(wanted))


def _missing(now: Situation) -> tuple[set[str], list[str]]:
    """Return the top-level modules and the distributions that the last attempt missed."""
    modules: set[str] = set()
    names: list[str] = []
    log = now.attempt.run.log if now.attempt.run else ""
    for session in now.attempt.sessions:
        for failure, _marks in session.failures:
            modules |= set(_modules(failure))
            names += _fixtures(failure)
            if _ASYNC.search(failure.output):
                names.append(_async_plugin(now.facts))
            if failure.stage != "run":
                names += [name for raised in failure.raised for name in _told_to_install(raised.message)]
    if now.attempt.counts.passed == 0 or not now.attempt.sessions:
        modules |= {name.partition(".")[0] for name in _MISSING_TEXT.findall(log)}
        names += _told_to_install("\n".join(re.findall(r"^E {3}.*", log, re.MULTILINE)))
    for line in _UNKNOWN_OPTION.findall(log):
        names += [plugin for word in line.split() if (plugin := plugin_of_option(word))]
    for key in _UNKNOWN_KEY.findall(log):
        if plugin := plugin_of_key(key):
            names.append(plugin)
    for line in _REQUIRED_PLUGINS.findall(log):
        names += [name for word in line.split(",") if (name := distribution_name(word.strip()))]
    for module in re.findall(r'Error importing plugin "([\w.]+)"', log):
        modules.add(module.partition(".")[0])
    if re.search(r"(pytest|py\.test): command not found|No module named pytest\b|Failed to spawn: `pytest`", log):
        names.insert(0, "pytest")
        modules.discard("pytest")
    return modules, names


def _told_to_install(message: str) -> Iterator[str]:
    """Yield the distributions that a message itself says to install: `pip install httpx`."""
    for words in re.findall(r"pip3? install ((?:[\w.\[\],'\"-]+ ?)+)", message):
        for word in words.replace("'", "").replace('"', "").split():
            if re.fullmatch(r"[A-Za-z][\w.-]*(\[[\w,-]+\])?", word) and distribution_name(word):
                yield word.rstrip(".,")
                break


def _modules(failure: Failure) -> Iterator[str]:
    for raised in failure.raised:
        if any(kind.endswith("ImportError") for kind in raised.types):
            name = dict(raised.attributes).get("name", "")
            missing = any(kind.endswith("ModuleNotFoundError") for kind in raised.types)
            if missing and name:
                yield name.partition(".")[0]
            yield from (found.partition(".")[0] for found in _MISSING_TEXT.findall(raised.message))
        elif "No module named" in raised.message:
            yield from (found.partition(".")[0] for found in _MISSING_TEXT.findall(raised.message))


def _fixtures(failure: Failure) -> Iterator[str]:
    for raised in failure.raised:
        name = dict(raised.attributes).get("argname", "")
        if name and _FIXTURES.get(name):
            yield _FIXTURES[name]


def _async_plugin(facts: Facts) -> str:
    declared = frozenset().union(
        *(configuration.names_declared(facts, place) for place in facts.dependency_places), frozenset()
    )
    return next(
        (name for name in ("pytest-asyncio", "anyio", "pytest-trio", "pytest-aiohttp") if name in declared),
        "pytest-asyncio",
    )


def _is_local(facts: Facts, module: str) -> bool:
    """Tell whether the repository itself holds a module of that name beside its tests: then a path is missing."""
    return any(
        facts.snapshot.has(f"{folder}{module}{end}")
        for folder in ("", "tests/", "test/", "src/")
        for end in (".py", "/__init__.py")
    )


def _declared_provider(facts: Facts, module: str) -> tuple[str, ...]:
    known = providers(module)
    for place in facts.dependency_places:
        declared = configuration.names_declared(facts, place)
        for name in known:
            if name in declared:
                return (name,)
    return known[:1]


def _installs(now: Situation, names: Sequence[str]) -> Iterator[Fix]:
    """Yield first the declared places that hold most of the names, each as a whole; then the names by themselves."""
    left = list(names)
    if not left:
        return
    usable = [
        place
        for place in sorted(now.facts.dependency_places, key=lambda place: _liking(now.facts, place))
        if place.partition(":")[0] in {"extra", "group", "requirements", "poetry"} and not place.endswith(".in")
    ]
    for place in usable:
        held = [name for name in left if name in configuration.names_declared(now.facts, place)]
        if held:
            words = asked_of_pip(now.facts, place)
            yield _install(now, ", ".join(held), words, f"declared in {now.facts.dependency_places[place].place}")
            left = [each for each in left if each not in held]
    if left:
        yield _install(now, ", ".join(left), left, "declared nowhere that the set-up installs")
    yield _install(now, ", ".join(names), list(names), "declared nowhere that the set-up installs")


def _liking(facts: Facts, place: str) -> tuple[int, int]:
    best = best_places(facts)
    number = len(facts.dependency_places[place].requirements)
    return (best.index(place) if place in best else len(best) + (place not in facts.test_dependencies_in.value)), number


def _install(now: Situation, what: str, words: Sequence[str], why: str) -> Fix:
    place = where_set_up_is_told(now.facts, now.attempt)
    executable = next((session.executable for session in reversed(now.attempt.sessions) if session.executable), "")
    target = ["--python", executable] if executable else []
    typed = shlex.join(["python", "-m", "pip", "install", *words])
    says = _says(now.attempt, place)
    return Fix(
        key=f"install {' '.join(words)}",
        deviation=Deviation(
            needed=f"{what} ({why}): {typed}",
            advice=_told(place, f"let the set-up say `{typed}`"),
            says=says,
            place=place,
            kind="install",
            commands=(typed,),
        ),
        command=shlex.join(["uv", "pip", "install", *target, *words]),
    )


def _told(place: Evidence | None, advice: str) -> str:
    return f"{place}: {advice}" if place else f"in a contributing guide, {advice}"


# Packages of the system -------------------------------------------------------------------------------------------


def missing_packages(now: Situation, told: Sequence[str], have: Sequence[str]) -> Iterator[Fix]:
    """Install the system packages that a failure tells of, then those that CI installs and the documents do not."""
    step = next((step for step in now.attempt.plan.steps if step.source == "documented" and step.place), None)
    place = step.place if step else where_set_up_is_told(now.facts, now.attempt)
    needed = now.facts.needs_system
    of_ci = packages_of(f"apt-get install {name}" for name in needed.value)
    where = f"CI installs them: {needed.evidence[0]}" if of_ci else ""
    for names, why in ((told, "what failed names them"), (of_ci, where)):
        wanted = [name for name in names if name not in have]
        if wanted:
            typed = f"sudo apt-get install {' '.join(wanted)}"
            yield Fix(
                key=f"packages {' '.join(wanted)}",
                deviation=Deviation(
                    needed=f"packages of the system ({why}): {typed}",
                    advice=_told(place, f"say before the set-up to type `{typed}`"),
                    says=step.command if step else "",
                    place=place,
                    kind="system",
                    commands=(typed,),
                    written="before",
                ),
                packages=tuple(wanted),
                anew=True,
            )


# Steps, interpreters, dates ---------------------------------------------------------------------------------------

_OPTIONAL = re.compile(
    r"^\s*(pre-commit|prek|git|gh|direnv|code|open|export|deactivate|cd /|createdb|docker|conda|mamba)\b"
    r"|pre-commit install"
)


_INSTALLS = re.compile(r"\b(setup\.py|pip3?|uv|poetry|pdm|pipenv|hatch|tox|nox|make|just|venv|virtualenv)\b")


def needless_step(now: Situation) -> Iterator[Fix]:
    """Leave out a step that failed and that tests may do without: hooks, remotes, editors, services, tools to look at.

    What installs is never one of these, unless it is for hooks or for an environment that is another's.
    """
    run = now.attempt.run
    stopped = now.attempt.verdict in (Verdict.SETUP_FAILED, Verdict.UNSUPPORTED)
    if not stopped or run is None or run.phase != "setup" or run.ended:
        return
    kind = purpose.strongest(purpose.purpose(call, now.facts.world) for call in split_line(run.command))
    beside = kind not in {"setup", "test", "test-part"}
    if beside or _OPTIONAL.search(run.command) or not _INSTALLS.search(run.command):
        yield Fix(
            key=f"skip {run.command}",
            deviation=Deviation(
                needed=f"leaving out `{run.command.splitlines()[0]}`, which fails on a fresh clone",
                advice=_told(run.place, "say what it needs, or that it is optional"),
                says=run.command,
                place=run.place,
                kind="environment",
            ),
            skip=run.command,
        )


_NOT_FOUND = re.compile(
    r"(?:^|[\s:/])([\w.-]+): (?:command )?not found|make: ([\w.-]+): No such file|No module named ([\w-]+)$",
    re.MULTILINE,
)


def missing_program(now: Situation) -> Iterator[Fix]:
    """Install a tool that a task calls, and that the documents do not say to install."""
    run = now.attempt.run
    if run is None or now.attempt.counts.passed:
        return
    for found in _NOT_FOUND.finditer(run.log):
        program = next(filter(None, found.groups()), "")
        distribution = TOOLS.get(program) or _PROGRAMS.get(program, "")
        if distribution:
            place = where_set_up_is_told(now.facts, now.attempt)
            typed = f"python -m pip install {distribution}"
            yield Fix(
                key=f"program {program}",
                deviation=Deviation(
                    needed=f"{program}, which `{run.command}` calls: {typed}",
                    advice=_told(place, f"say to install {distribution} first: `{typed}`"),
                    says=_says(now.attempt, place),
                    place=place,
                    kind="install",
                    commands=(typed,),
                ),
                command=f"uv pip install {distribution}",
            )


def submodules(now: Situation) -> Iterator[Fix]:
    """Bring the submodules, which the documents do not mention."""
    if now.facts.submodules.value and now.attempt.verdict is not Verdict.GREEN:
        place = where_set_up_is_told(now.facts, now.attempt)
        yield Fix(
            key="submodules",
            deviation=Deviation(
                needed="git submodule update --init --recursive",
                advice=_told(place, "say `git clone --recurse-submodules`"),
                place=place,
                kind="git",
            ),
            submodules=True,
            anew=True,
        )


_UNREACHED = re.compile(
    r"Git operation failed|Could not resolve host|git clone .*did not run successfully|Name or service not known"
    r"|Temporary failure in name resolution|when git clone"
)


def _for_want_of_a_host(attempt: Attempt) -> bool:
    """Tell whether a set-up failed for a host that cannot be reached, which no other version mends."""
    run = attempt.run
    return attempt.verdict is Verdict.SETUP_FAILED and run is not None and _UNREACHED.search(run.log) is not None


_TOO_NEW = re.compile(
    r"No solution found|ResolutionImpossible|No matching distribution|Failed to build|[Bb]uilding wheel.*(failed|error)"
    r"|error: subprocess-exited-with-error|metadata-generation-failed|because .* depends on|conflicting dependencies"
    r"|build backend returned an error|ModuleNotFoundError: No module named '(pkg_resources|setuptools|distutils|imp)'"
)


def older_versions(now: Situation) -> Iterator[Fix]:
    """Install what there was when the commit was made: a later release of somebody else may have broken it."""
    if not now.commit_date or now.attempt.verdict in (Verdict.TIMEOUT, Verdict.UNSUPPORTED):
        return
    if _for_want_of_a_host(now.attempt):
        return
    if now.attempt.verdict is Verdict.SETUP_FAILED and not (now.attempt.run and _TOO_NEW.search(now.attempt.run.log)):
        return
    day = now.commit_date[:10]
    seen = first_error(now.attempt.sessions) or now.attempt.cause
    place = next(
        (found for name in ("dependencies", "build_requires") if (found := now.facts.project.places.get(name))), None
    )
    yield Fix(
        key="before",
        deviation=Deviation(
            needed=f"dependencies as of the commit's date: nothing released after {day} (with today's: {seen})",
            advice="commit a lock file or constraints, or mend what later releases broke"
            + (f" (dependencies: {place})" if place else ""),
            place=place,
            kind="constraint",
        ),
        before=now.commit_date,
        anew=True,
    )


_OLD_PIP = re.compile(r"no such option: --group|ERROR: .*(requires|needs) (a )?newer (version of )?pip")


def newer_pip(now: Situation) -> Iterator[Fix]:
    """Upgrade pip first: the one that an environment of `venv` begins with is as old as its Python."""
    run = now.attempt.run
    if now.attempt.verdict is not Verdict.SETUP_FAILED or run is None or not _OLD_PIP.search(run.log):
        return
    first = "python -m pip install --upgrade pip"
    yield Fix(
        key=f"pip {run.command}",
        deviation=Deviation(
            needed=f"a newer pip than the environment came with: {first}",
            advice=_told(run.place, f"say `{first}` before it"),
            says=run.command,
            place=run.place,
            kind="install",
        ),
        skip=run.command,
        command=f"{first} && {run.command}",
    )


def pip_for_setup_py(now: Situation) -> Iterator[Fix]:
    """Let pip do what `setup.py develop` does only where setuptools is there, and old."""
    run = now.attempt.run
    if now.attempt.verdict is not Verdict.SETUP_FAILED or run is None:
        return
    if not re.search(r"\bsetup\.py\b.*\b(develop|install)\b", run.command):
        return
    typed = "python -m pip install -e ."
    yield Fix(
        key=f"pip for {run.command}",
        deviation=Deviation(
            needed=f"`{typed}`, not `{run.command}`",
            advice=_told(run.place, f"say `{typed}`"),
            says=run.command,
            place=run.place,
            kind="install",
        ),
        skip=run.command,
        command=typed,
    )


_UNBUILT = re.compile(
    r"Failed building wheel for ([\w.-]+)|Failed to build [`']?([A-Za-z][\w.-]*)(?=[`'=]|$)|based projects \(([^)]*)\)"
    r"|Collecting ([A-Za-z][\w.-]*)[^\n]*\n(?:(?!Collecting )[^\n]*\n)*?[^\n]*finished with status 'error'",
    re.MULTILINE,
)
_OF_THE_SYSTEM = re.compile(
    r"pkg-config|mysql_config|pg_config|fatal error: \S+\.h\b|cannot find -l|rustc|cargo\b|cmake.*not found|gfortran"
    r"|Could not resolve host"
)


def without_what_needs_the_system(now: Situation) -> Iterator[Fix]:
    """Install all but what cannot be built for want of a library of the system, or fetched: few tests need it."""
    if now.attempt.run is not None and _OF_THE_SYSTEM.search(now.attempt.run.log):
        yield from without_what_fails(now)


def without_what_fails(now: Situation) -> Iterator[Fix]:
    """Install all but the distributions that could not be built or fetched."""
    run = now.attempt.run
    if now.attempt.verdict is not Verdict.SETUP_FAILED or run is None or run.phase != "setup":
        return
    if not re.search(r"\bpip3? install\b|\buv sync\b", run.command):
        return
    found = {
        distribution_name(name) for match in _UNBUILT.findall(run.log) for part in match for name in part.split(",")
    }
    found -= {"", distribution_name(now.facts.project.name or "-")}
    unreached = _UNREACHED.search(run.log) is not None
    places = _installed_by(now.facts, run.command)
    asked = list(dict.fromkeys(each for place in places for each in configuration.requirements_of(now.facts, place)))
    failing = [
        each for each in asked if distribution_name(each) in found or (unreached and re.search(r"git\+|://", each))
    ]
    if not failing:
        return
    own = ["-e", "."] if is_package(now.facts) else []
    words = [*own, *(each for each in asked if each not in failing)]
    names = ", ".join(distribution_name(each) or each for each in failing)
    yield Fix(
        key=f"without {names}",
        deviation=Deviation(
            needed=f"leaving out {names}, which cannot be {'fetched' if unreached else 'built'} here",
            advice=_told(run.place, f"say what {names} needs of the system, or move it out of what tests install"),
            says=run.command,
            place=run.place,
            kind="install",
        ),
        skip=run.command,
        command=shlex.join(["uv", "pip", "install", *words]),
    )


def _installed_by(facts: Facts, command: str) -> tuple[str, ...]:
    """Return the declared places that a command names, by default those for the tests."""
    named = []
    for place in facts.dependency_places:
        kind, _, name = place.partition(":")
        form = {"extra": r"\[[^\]]*\b%s\b[^\]]*\]", "group": r"--group[ =]%s\b", "requirements": r"%s(?![\w.])"}.get(
            kind
        )
        if form and re.search(form % re.escape(name), command):
            named.append(place)
    return tuple(named) or best_places(facts)


_OF_ANOTHER_PYTHON = re.compile(
    r"requires a different Python|[Rr]equires-?[Pp]ython|SyntaxError|cannot import name|has no attribute"
    r"|No module named '(distutils|imp|asyncore|asynchat|smtpd|cgi|pipes|crypt)"
    r"|incompatible with the project's Python|No interpreter found|Python\.h|longintrepr\.h"
)


def other_interpreter(now: Situation) -> Iterator[Fix]:
    """Take another Python where the set-up failed, or where the tests do not even start."""
    log = now.attempt.run.log if now.attempt.run else ""
    broken = now.attempt.verdict in (Verdict.SETUP_FAILED, Verdict.START_FAILED, Verdict.COLLECTION_FAILED)
    if broken and not _for_want_of_a_host(now.attempt) and (_TOO_NEW.search(log) or _OF_ANOTHER_PYTHON.search(log)):
        for other in now.others[:2]:
            if other != now.python:
                place = now.facts.project.places.get("requires_python") or where_set_up_is_told(now.facts, now.attempt)
                yield Fix(
                    key=f"python {minor(other)}",
                    deviation=Deviation(
                        needed=f"Python {minor(other)}, not {minor(now.python)}",
                        advice=f"say which Python to use ({minor(other)}), or support {minor(now.python)}",
                        place=place,
                        kind="interpreter",
                    ),
                    python=other,
                    anew=True,
                )


_NO_INTERPRETER = re.compile(
    r"could not find python interpreter|InterpreterNotFound|interpreter.{0,20}not found|Could not find python",
    re.IGNORECASE,
)


def bare_runner(now: Situation) -> Iterator[Fix]:
    """Narrow a `tox` or `nox` that names no environment: it makes all of them, of all Pythons, and those for lint.

    So does one whose name came from a step of CI that is not known: `-e -lowest`.
    """
    step = next((step for step in now.attempt.plan.steps if step.phase == "test"), None)
    if step is None or any(name in {"TOXENV", "NOXSESSION"} for name, _ in step.variables):
        return
    parts = [part for part in re.split(r"&&|\|\||[;\n]", step.command) if _NAMES_NONE.search(part)]
    parts = [part for part in parts if "install " not in part]
    if any(not _NAMES_ONE.search(part) or _NAMES_HALF.search(part) for part in parts):
        yield from one_environment(now)


def absent_interpreter(now: Situation) -> Iterator[Fix]:
    """Take the environment of the Python that is here, where the one named is of another."""
    if now.attempt.run is not None and _NO_INTERPRETER.search(now.attempt.run.log):
        yield from one_environment(now)


_NAMES_NONE = re.compile(r"\b(tox|nox)\b")
_NAMES_ONE = re.compile(
    r"\b(tox|nox)\b[^&|;]*\s(-e|-f|-m|-s|-t|-k|--session|--sessions|--tags)\b|--installpkg|\$|TOXENV|NOXSESSION"
)
_NAMES_HALF = re.compile(r"\b(tox|nox)\b[^&|;]*\s(-e|-s|--session|--sessions)[ =]?(-|[\w.,-]*-(\s|$)|\s*$|''|\"\")")


_OF_THIS_PYTHON = re.compile(r"\btox\b.* (-e ?|--env )py3?(\s|$)")


def one_environment(now: Situation) -> Iterator[Fix]:
    """Let tox or nox run the tests in the one environment that this Python serves."""
    step = next((step for step in now.attempt.plan.steps if step.phase == "test"), None)
    if step is None:
        return
    if _OF_THIS_PYTHON.search(step.command):
        return
    if re.search(r"\btox\b", step.command):
        narrower = f"tox -e {tox_environment(now.facts, minor(now.python))}"
    elif re.search(r"\bnox\b", step.command) and (session := nox_session(now.facts, minor(now.python))):
        narrower = f"nox -s {shlex.quote(session)}"
    else:
        return
    if f"{narrower} ".partition(" ")[2] in f"{step.command} ":
        return
    yield Fix(
        key=narrower,
        deviation=Deviation(
            needed=f"`{narrower}`, not `{step.command}`",
            advice=_told(step.place, f"name the environment that a newcomer needs: `{narrower}`"),
            says=step.command,
            place=step.place,
            kind="environment",
            commands=(narrower,),
            written="instead",
        ),
        instead=narrower,
    )


# What CI knows ----------------------------------------------------------------------------------------------------

_NOT_FOR_TESTS = re.compile(
    r"COVER|CODECOV|TOKEN|SECRET|PASSWORD|^CI$|COLOR|CACHE|^PIP_|^UV_|^GITHUB|^TOX|^NOX|^PYTHON_VERSION|^HOME$|^PATH$"
)


def variables_of_ci(now: Situation) -> Iterator[Fix]:
    """Set what CI sets for its tests."""
    if now.attempt.plan.name == "as CI does":
        return
    for workflow, job in ci.ci_test_jobs(now.facts):
        if re.search(r"windows|macos", f"{workflow.path} {job.runs_on}", re.IGNORECASE) and "ubuntu" not in job.runs_on:
            continue
        for path, step in ci.steps_of_job(now.facts, workflow.path, job):
            found = tuple(
                (name, value)
                for name, value in {**job.env, **step.env}.items()
                if "$" not in value and value and not _NOT_FOR_TESTS.search(name)
            )
            if step.run and "test" in step.run and found:
                place = Evidence(path, step.line)
                told = " ".join(f"{name}={shlex.quote(value)}" for name, value in found)
                yield Fix(
                    key=f"variables {told}",
                    deviation=Deviation(
                        needed=f"the environment variables that CI sets ({place}): {told}",
                        advice=_told(where_set_up_is_told(now.facts, now.attempt), f"name them: `export {told}`"),
                        says=_says(now.attempt, where_set_up_is_told(now.facts, now.attempt)),
                        place=where_set_up_is_told(now.facts, now.attempt),
                        kind="configure",
                        commands=(f"export {told}",),
                    ),
                    variables=found,
                )
                return


def selection_of_ci(now: Situation) -> Iterator[Fix]:
    """Leave out the tests that CI leaves out."""
    if not now.attempt.sessions or now.attempt.verdict not in (Verdict.TESTS_FAILED, Verdict.COLLECTION_FAILED):
        return
    for workflow, command, why in ci.ci_commands(now.facts):
        if why not in {"test", "test-part"} or workflow not in ci.main_workflows(now.facts):
            continue
        for call in command.calls:
            current = call
            while (inner := launched(current)) is not None:
                current = inner
            if program_name(current) not in {"pytest", "py.test"}:
                continue
            arguments = parsed(current.words[1:], PYTEST_VALUED)
            kept = [
                (name, value)
                for name, value in arguments.options
                if name in {"--ignore", "--deselect", "--ignore-glob", "-m", "-k"}
            ]
            kept = [
                (name, value)
                for name, value in kept
                if "$" not in value and (name not in {"-m", "-k"} or value.startswith("not "))
            ]
            told = " ".join(f"{name} {shlex.quote(value)}" for name, value in kept)
            if told and now.attempt.run and told not in now.attempt.run.command:
                place = Evidence(command.path, command.line)
                yield Fix(
                    key=f"selection {told}",
                    deviation=Deviation(
                        needed=f"leaving out the tests that CI leaves out ({place}): {told}",
                        advice=_told(
                            where_set_up_is_told(now.facts, now.attempt),
                            f"name the command that CI runs, with `{told}`",
                        ),
                        place=place,
                        kind="deselect",
                    ),
                    variables=(("PYTEST_ADDOPTS", told),),
                )


# What a machine of one's own has ---------------------------------------------------------------------------------

_EXAMPLES = re.compile(r"(\.env[.-](example|sample|template|dist|default)|(example|sample)\.env)")


def example_settings(now: Situation) -> Iterator[Fix]:
    """Copy the example of a file with settings to where the program looks for it."""
    snapshot = now.facts.snapshot
    example = next((path for path in snapshot.files if _EXAMPLES.fullmatch(path)), "")
    if not example or snapshot.has(".env") or now.attempt.verdict in (Verdict.SETUP_FAILED, Verdict.TIMEOUT):
        return
    typed = f"cp {example} .env"
    if any(typed in step.command for step in now.attempt.plan.steps):
        return
    place = where_set_up_is_told(now.facts, now.attempt)
    yield Fix(
        key=typed,
        deviation=Deviation(
            needed=f"settings, of which there is an example: {typed}",
            advice=_told(place, f"say `{typed}`, or let the tests bring settings of their own"),
            says=_says(now.attempt, place),
            place=place,
            kind="configure",
        ),
        command=typed,
    )


_NO_DISPLAY = re.compile(
    r"no display name|could not connect to display|cannot connect to X server|Could not load the Qt platform plugin"
    r"|cannot open display|No available video device|Unable to open display|\$DISPLAY",
    re.IGNORECASE,
)
_WITHOUT_SCREEN = (("QT_QPA_PLATFORM", "offscreen"), ("MPLBACKEND", "Agg"), ("SDL_VIDEODRIVER", "dummy"))


def no_display(now: Situation) -> Iterator[Fix]:
    """Let windows be drawn into memory where there is no screen."""
    seen = now.attempt.run.log if now.attempt.run else ""
    failures = [failure for session in now.attempt.sessions for failure, _marks in session.failures]
    seen += "\n".join(raised.message for failure in failures for raised in failure.raised)
    if _NO_DISPLAY.search(seen):
        told = " ".join(f"{name}={value}" for name, value in _WITHOUT_SCREEN)
        place = where_set_up_is_told(now.facts, now.attempt)
        yield Fix(
            key="display",
            deviation=Deviation(
                needed=f"a screen, or drawing into memory: {told}",
                advice=_told(place, f"say how to test without a screen: `export {told}`"),
                place=place,
                kind="configure",
            ),
            variables=_WITHOUT_SCREEN,
        )


_FEW = 3
"""So many tests that fail may be a matter of luck."""


def second_run(now: Situation) -> Iterator[Fix]:
    """Run the tests once more where few of many failed: some depend on the time, on order or on load."""
    counts = now.attempt.counts
    if now.attempt.verdict is not Verdict.TESTS_FAILED or counts.broken > _FEW or counts.passed < 10 * counts.broken:
        return
    failing = [failure.node for session in now.attempt.sessions for failure, _marks in session.failures]
    place = Evidence(failing[0].partition("::")[0]) if failing and failing[0] else None
    named = ", ".join(dict.fromkeys(filter(None, failing))) or f"{counts.broken} of {counts.passed + counts.broken}"
    yield Fix(
        key="second run",
        deviation=Deviation(
            needed=f"a second run: the first failed in {named}",
            advice="let these tests not depend on time, order or load, or mark them as flaky",
            place=place,
            kind="environment",
        ),
    )


# Tests that need a network ----------------------------------------------------------------------------------------

_NO_NETWORK = re.compile(
    r"Temporary failure in name resolution|Name or service not known|Network is unreachable|NameResolutionError"
    r"|Could not resolve host|nodename nor servname|getaddrinfo failed|No address associated with hostname|EAI_AGAIN"
)
_NETWORK_MARK = re.compile(r"network|internet|online|remote|external|connect", re.IGNORECASE)


def needs_network(failure: Failure) -> bool:
    """Tell whether a test failed because no host beyond this machine can be reached."""
    for raised in failure.raised:
        if "socket.gaierror" in raised.types or dict(raised.attributes).get("errno") == "101":
            return True
        if _NO_NETWORK.search(raised.message):
            return True
    return _NO_NETWORK.search(failure.output) is not None


def network_tests(now: Situation) -> Iterator[Fix]:
    """Leave out the tests that failed for want of a network, by their marker where they have one in common."""
    failing = [each for session in now.attempt.sessions for each in session.failures if each[0].stage != "collect"]
    needing = [(failure, marks) for failure, marks in failing if needs_network(failure) and failure.node]
    if not needing:
        return
    marks = [mark for mark in needing[0][1] if _NETWORK_MARK.search(mark) and all(mark in each for _, each in needing)]
    number = len({failure.node for failure, _ in needing})
    if marks:
        needed = f'leaving out {number} tests that need the network: -m "not {marks[0]}"'
        advice = _told(
            where_set_up_is_told(now.facts, now.attempt), f'say `-m "not {marks[0]}"` for those without a network'
        )
    else:
        needed = f"leaving out {number} tests that need the network, and have no marker that says so"
        advice = f"mark them, {needing[0][0].node} for example, and say how to leave them out"
    yield Fix(
        key=f"network {hash(tuple(sorted(failure.node for failure, _ in needing)))}",
        deviation=Deviation(
            needed=needed, advice=advice, place=now.facts.project.places.get("raw_name"), kind="deselect"
        ),
        left_out=tuple(dict.fromkeys(failure.node for failure, _ in needing)),
    )


_RULES = (
    needless_step,
    newer_pip,
    pip_for_setup_py,
    without_what_needs_the_system,
    missing_program,
    absent_interpreter,
    bare_runner,
    missing_distributions,
    network_tests,
    one_environment,
    submodules,
    selection_of_ci,
    variables_of_ci,
    example_settings,
    no_display,
    second_run,
    older_versions,
    without_what_fails,
    other_interpreter,
)
