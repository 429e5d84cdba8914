"""What is installed because a module, an option, a fixture or a plugin was missing."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis import own
from pytest_sprintready.facts import configuration
from pytest_sprintready.outcome import Deviation
from pytest_sprintready.reading.distributions import is_standard, plugin_of_key, plugin_of_option, providers
from pytest_sprintready.reading.requirements import distribution_name
from pytest_sprintready.verify.plan import asked_of_pip, best_places, is_for_something_else, is_package
from pytest_sprintready.verify.repair.fix import Fix, said_at, told_at, where_set_up_is_told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.diagnosis.model import Failure
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.verify.repair.fix import Situation


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
    if now.released_copy and is_package(now.facts):
        why = f"{now.released_copy} from the package index is tested, not this clone"
        yield _install(now, "the package itself", ["-e", "."], why)
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
    for failure in now.attempt.failures:
        modules |= set(_modules(failure))
        modules |= {module for each in failure.raised if (module := own.behind_a_guard(now.facts, each))}
        names += _fixtures(failure)
        if _ASYNC.search(failure.output):
            names.append(_async_plugin(now.facts))
        told = [name for raised in failure.raised for name in _told_to_install(raised.message)]
        # What a test says may be what it tests, unless it asks for more of the project itself.
        names += [name for name in told if failure.stage != "run" or _is_own_extra(now.facts, name)]
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


def _is_own_extra(facts: Facts, name: str) -> bool:
    return "[" in name and distribution_name(name) == distribution_name(facts.project.name or "-")


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
        if place.partition(":")[0] in {"extra", "group", "requirements", "poetry"}
        and not place.endswith(".in")
        and not is_for_something_else(now.facts, place)
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
    says = said_at(now.attempt, place)
    return Fix(
        key=f"install {' '.join(words)}",
        deviation=Deviation(
            needed=f"{what} ({why}): {typed}",
            advice=told_at(place, f"let the set-up say `{typed}`"),
            says=says,
            place=place,
            kind="install",
            commands=(typed,),
        ),
        command=shlex.join(["uv", "pip", "install", *target, *words]),
    )
