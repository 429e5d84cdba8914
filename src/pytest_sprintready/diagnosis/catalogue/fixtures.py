"""A test asks for what no plugin here has: a fixture, a marker, support for asynchronous functions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.commands import bring, plain_install
from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.diagnosis.model import Diagnosis, diagnosed
from pytest_sprintready.reading.pytest_plugins import is_unmistakable, plugins_of_fixture, plugins_of_marker

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Raised
    from pytest_sprintready.diagnosis.seen import Seen
    from pytest_sprintready.model import Evidence

LOOKUP = "_pytest.fixtures.FixtureLookupError"


@cause(
    "SRN41",
    "missing-fixture",
    title="A test asks for a fixture of a plugin that is not installed",
    looks="`fixture 'mocker' not found`, an error in the set-up of a test.",
    why="The fixture belongs to a plugin of pytest, which this environment does not have.",
    prevent="Declare the plugin where pytest is declared.",
    checks=("SR205", "SR206"),
)
def missing_fixture(seen: Seen) -> Diagnosis | None:
    """Take over for fixtures of known plugins: if one is declared, or nobody else would name a fixture like that."""
    raised = seen.first(LOOKUP)
    if raised is None:
        return None
    name = raised.get("argname")
    plugins = tuple(plugin for plugin in plugins_of_fixture(name) if not seen.machine.version(plugin))
    if not plugins:
        return None
    place, quote = _test(seen, name)
    declared = homes(seen.facts, seen.machine, plugins)
    if declared:
        home = declared[0]
        what = f"No fixture {name} here: the plugin {home.distribution} is not installed."
        cause = f"{home.distribution} is declared in {home}."
        return diagnosed(what, cause, place, quote, bring(seen.facts, seen.machine, home), "machine")
    if not is_unmistakable(name) or seen.is_new() or _is_defined(seen, name):
        return None
    what = f"No fixture {name} here: it comes with {plugins[0]}, which no file of this project declares."
    cause = "An omission of the project: the tests use it, and nothing installs it."
    remedies = (plain_install(seen.machine, plugins[0]),)
    return diagnosed(what, cause, place, quote, remedies, "project", certain=False)


def _test(seen: Seen, fixture: str) -> tuple[Evidence | None, str]:
    """Return the place and the first line of the function that asks for a fixture."""
    from pytest_sprintready.model import Evidence

    raised = seen.first(LOOKUP)
    frames = [frame for frame in (raised.frames if raised else ()) if seen.facts.snapshot.has(frame.path)]
    frame = next((frame for frame in frames if fixture in frame.source), next(iter(frames), None))
    return (Evidence(frame.path, frame.line), frame.source) if frame else (None, "")


def _is_defined(seen: Seen, name: str) -> bool:
    """Tell whether the repository itself has a function of that name in a file of fixtures."""
    definition = re.compile(rf"^\s*(async )?def {re.escape(name)}\b|name=['\"]{re.escape(name)}['\"]", re.MULTILINE)
    paths = [path for path in seen.facts.snapshot.files if path.endswith(("conftest.py", "fixtures.py"))]
    return any(definition.search(seen.facts.text(path) or "") for path in paths[:50])


def absent_marker(seen: Seen, name: str, raised: Raised) -> Diagnosis | None:
    """Return what is to be said of a marker whose plugin is not here; None where nobody knows whose it is."""
    from pytest_sprintready.diagnosis.catalogue.importing import quoting

    plugins = tuple(plugin for plugin in plugins_of_marker(name) if not seen.machine.version(plugin))
    declared = homes(seen.facts, seen.machine, plugins) if plugins else []
    if not declared:
        return None
    place, quote = quoting(seen.own_frame(raised))
    return diagnosed(
        what=f"pytest does not know the marker {name}: its plugin {declared[0].distribution} is not installed.",
        cause=f"{declared[0].distribution} is declared in {declared[0]}.",
        place=place,
        quote=quote,
        remedies=bring(seen.facts, seen.machine, declared[0]),
        fault="machine",
    )


_ASYNC_PLUGINS = ("pytest-asyncio", "anyio", "pytest-aiohttp", "pytest-trio", "pytest-tornasync", "pytest-twisted")


@cause(
    "SRN42",
    "asynchronous-tests-not-awaited",
    title="Nothing here runs asynchronous tests",
    looks="`async def functions are not natively supported`; before pytest 8.4 such tests are skipped, and the run is "
    "green.",
    why="A test that is an `async def` needs a plugin that awaits it. It is not installed here.",
    prevent="Declare the plugin where pytest is declared; with --strict-config a missing `asyncio_mode` is an error.",
    checks=("SR205", "SR206"),
)
def asynchronous_tests_not_awaited(seen: Seen) -> Diagnosis | None:
    """Take over where a plugin for them is declared, or the test's marker says which one it needs."""
    if not any(
        raised.message.startswith("async def functions are not natively supported")
        for raised in seen.all("_pytest.outcomes.OutcomeException", "pytest.PytestUnhandledCoroutineWarning")
    ):
        return None
    if any(seen.machine.version(plugin) for plugin in ("pytest-asyncio", "pytest-aiohttp", "pytest-trio")):
        return None  # it is here; this test lacks its marker
    what = "Nothing in this environment runs asynchronous tests."
    declared = homes(seen.facts, seen.machine, _ASYNC_PLUGINS)
    declared = [home for home in declared if not home.carried and not seen.machine.version(home.distribution)]
    if declared:
        home = declared[0]
        cause = f"The plugin for that, {home.distribution}, is declared in {home}."
        remedies = bring(seen.facts, seen.machine, home)
        return diagnosed(what, cause, None, seen.failure.node, remedies, "machine")
    if "asyncio" not in seen.failure.markers or seen.machine.version("anyio"):
        return None
    cause = "An omission of the project: the tests are marked for pytest-asyncio, which no file declares."
    remedies = (plain_install(seen.machine, "pytest-asyncio"),)
    return diagnosed(what, cause, None, "", remedies, "project", certain=False)
