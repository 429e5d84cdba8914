"""pytest stops before it collects: an option, a plugin, a key of its configuration it does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.commands import bring, install, is_installable, is_installed, plain_install
from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.diagnosis.model import Diagnosis, Remedy, diagnosed
from pytest_sprintready.facts import imports
from pytest_sprintready.reading import distributions

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.seen import Seen
    from pytest_sprintready.model import Evidence

_WHY = (
    "The project's configuration of pytest passes an option that a plugin defines. Without the plugin pytest does not "
    "know the option and runs nothing at all."
)
_PREVENT = "Declare the plugin where pytest is declared; an option that not everybody needs belongs into CI's command."


def quoted_key(seen: Seen, key: str, word: str = "") -> tuple[Evidence | None, str]:
    """Return the place of a key of pytest's configuration, and the line that stands there."""
    config = seen.facts.pytest_config
    place = config.places.get(key) if config else None
    if place is None or not place.line:
        return place, ""
    lines = (seen.facts.text(place.path) or "").splitlines()
    at = next(
        (at for at in range(place.line - 1, min(place.line + 40, len(lines))) if word in lines[at]), place.line - 1
    )
    return place._replace(line=at + 1), lines[at].strip() if at < len(lines) else ""


def absent_plugin(seen: Seen, plugin: str, needed: str, key: str) -> Diagnosis:
    """Return what is to be said where a plugin is not there, and `needed`, under a key of the configuration, is its."""
    place, quote = quoted_key(seen, key, needed)
    declared = homes(seen.facts, seen.machine, (plugin,))
    if seen.machine.version(plugin):
        what = f"{plugin} {seen.machine.version(plugin)} is installed here, but too old for {needed}."
        remedies = (Remedy(install(seen.machine, "--upgrade", plugin), "upgrade", (plugin,), place),)
        return diagnosed(what, "", place, quote, remedies, "machine")
    what = f"pytest does not know {needed}: the plugin {plugin} is not installed here."
    if declared:
        cause = f"{plugin} is declared in {declared[0]}."
        return diagnosed(what, cause, place, quote, bring(seen.facts, seen.machine, declared[0]), "machine")
    only_ci = imports.installed_by_ci(seen.facts).get(plugin)
    cause = "An omission of the project: no extra, group or requirements file declares it."
    cause += f" Only continuous integration installs it ({only_ci})." if only_ci else ""
    remedies = (plain_install(seen.machine, plugin, only_ci),)
    return diagnosed(what, cause, place, quote, remedies, "project", certain=False)


def _option_of(seen: Seen, *plugins: str) -> Diagnosis | None:
    """Return the diagnosis for the first unknown option of one of these plugins, of any if none is named."""
    if seen.failure.stage != "start":
        return None
    config = seen.facts.pytest_config
    for word in seen.failure.words:
        option = word.partition("=")[0]
        plugin = distributions.plugin_of_option(option)
        if not plugin or (plugins and plugin not in plugins):
            continue
        configured = config is not None and any(each.partition("=")[0] == option for each in config.addopts)
        if configured or homes(seen.facts, seen.machine, (plugin,)):
            return absent_plugin(seen, plugin, option, "addopts" if configured else "")
    return None


def _looks(option: str) -> str:
    return f"`pytest: error: unrecognized arguments: {option}`, before any test is collected."


@cause(
    "SRN22",
    "coverage-plugin-missing",
    title="pytest is told to measure coverage, and pytest-cov is not installed",
    looks=_looks("--cov=lantern"),
    why=_WHY,
    prevent=_PREVENT,
    checks=("SR206",),
)
def coverage_plugin_missing(seen: Seen) -> Diagnosis | None:
    """Take over for the options of pytest-cov."""
    return _option_of(seen, "pytest-cov")


@cause(
    "SRN23",
    "parallel-plugin-missing",
    title="pytest is told to run tests in parallel, and pytest-xdist is not installed",
    looks=_looks("-n auto"),
    why=_WHY,
    prevent=_PREVENT,
    checks=("SR206",),
)
def parallel_plugin_missing(seen: Seen) -> Diagnosis | None:
    """Take over for the options of pytest-xdist."""
    return _option_of(seen, "pytest-xdist", "pytest-forked")


@cause(
    "SRN24",
    "timeout-plugin-missing",
    title="pytest is told to stop slow tests, and pytest-timeout is not installed",
    looks=_looks("--timeout=60"),
    why=_WHY,
    prevent=_PREVENT,
    checks=("SR206",),
)
def timeout_plugin_missing(seen: Seen) -> Diagnosis | None:
    """Take over for the options of pytest-timeout."""
    return _option_of(seen, "pytest-timeout")


@cause(
    "SRN25",
    "asyncio-plugin-missing",
    title="pytest is given a mode for asyncio, and pytest-asyncio is missing or too old",
    looks=_looks("--asyncio-mode=auto"),
    why=_WHY,
    prevent=_PREVENT,
    checks=("SR206",),
)
def asyncio_plugin_missing(seen: Seen) -> Diagnosis | None:
    """Take over for the options of pytest-asyncio."""
    return _option_of(seen, "pytest-asyncio")


@cause(
    "SRN62",
    "plugin-of-option-missing",
    title="pytest is given an option of a plugin that is not installed",
    looks=_looks("--mypy"),
    why=_WHY,
    prevent=_PREVENT,
    checks=("SR206",),
    last=True,
)
def plugin_of_option_missing(seen: Seen) -> Diagnosis | None:
    """Take over for the options of every other plugin that is known."""
    return _option_of(seen)


@cause(
    "SRN26",
    "plugin-of-key-missing",
    title="pytest is configured with a key of a plugin that is not installed",
    looks="`PytestConfigWarning: Unknown config option: asyncio_mode`; with `--strict-config` pytest stops.",
    why="A key of pytest's configuration that belongs to a plugin means nothing without it: asynchronous tests are "
    "skipped, time limits do not hold.",
    prevent="Declare the plugin where pytest is declared.",
    checks=("SR206",),
)
def plugin_of_key_missing(seen: Seen) -> Diagnosis | None:
    """Take over where the key's plugin is known, or the project itself is the plugin."""
    config = seen.facts.pytest_config
    if seen.failure.raised or config is None:
        return None
    for word in seen.failure.words:
        plugin = distributions.plugin_of_key(word)
        if word in config.values and plugin and homes(seen.facts, seen.machine, (plugin,)):
            return absent_plugin(seen, plugin, word, word)
    return None


@cause(
    "SRN65",
    "plugin-of-hook-missing",
    title="A conftest.py has a hook of a plugin that is not installed",
    looks="`PluginValidationError: unknown hook 'pytest_benchmark_update_machine_info' in plugin <module 'conftest'>`",
    why="A function in a conftest.py whose name begins with `pytest_` is a hook. pytest stops at one that no plugin "
    "here defines.",
    prevent="Declare the plugin where pytest is declared, or mark the hook with `@pytest.hookimpl(optionalhook=True)`.",
    checks=("SR206",),
)
def plugin_of_hook_missing(seen: Seen) -> Diagnosis | None:
    """Take over where a declared plugin is called like the hook."""
    for word in seen.failure.words:
        found = re.match(r"unknown hook '(pytest_(\w+))' in plugin", word)
        parts = found[2].split("_") if found else []
        names = tuple("-".join(("pytest", *parts[:count])) for count in range(len(parts) - 1, 0, -1))
        declared = homes(seen.facts, seen.machine, names) if names else []
        if found and declared and not seen.machine.version(declared[0].distribution):
            home = declared[0]
            return diagnosed(
                what=f"pytest does not know the hook {found[1]}: {home.distribution} is not installed here.",
                cause=f"{home.distribution} is declared in {home}.",
                remedies=bring(seen.facts, seen.machine, home),
                fault="machine",
            )
    return None


@cause(
    "SRN21",
    "stale-installation",
    title="The installed project is older than the clone",
    looks="A command, plugin or option that the project has just got is not found, though the project is installed.",
    why="Commands and plugins are announced by the metadata written when the project was installed. A pull changes "
    "the code, not that.",
    prevent="Say in the guide, and where a change adds one, to install again after pulling.",
)
def stale_installation(seen: Seen) -> Diagnosis | None:
    """Take over where the repository declares a command or plugin that the installed metadata lacks."""
    project = seen.facts.project
    announced = project.entry_points.get("pytest11", {})
    if seen.failure.words and announced and seen.failure.stage == "start":
        unknown = next((word for word in seen.failure.words if not distributions.plugin_of_option(word)), "")
        return _install_again(seen, unknown, "pytest11", announced) if unknown else None
    for raised in seen.all("builtins.FileNotFoundError"):
        name = raised.get("filename")
        if name in project.scripts:
            return _install_again(seen, name, "console_scripts", {name: project.scripts[name]})
    for raised in seen.all("importlib.metadata.PackageNotFoundError"):
        if project.name and raised.get("name").replace("_", "-").lower() == project.name:
            return _install_again(seen, project.name, "", {})
    return None


def _install_again(seen: Seen, name: str, group: str, announced: dict[str, str]) -> Diagnosis | None:
    project = seen.facts.project
    if not is_installable(seen.facts):
        return None
    installed = seen.machine.distributions.get(project.name)
    there = installed.entry_points(group) if installed and group else {}
    if installed and (not group or set(announced) <= set(there)):
        return None
    place = project.places.get("scripts" if group == "console_scripts" else "entry_points" if group else "raw_name")
    again = is_installed(seen.facts, seen.machine)
    state = "was installed before it came" if again else "is not installed"
    kind = {"console_scripts": "The command", "pytest11": "The option"}.get(group, "The metadata of")
    return diagnosed(
        what=f"{kind} {name} is not there yet: the project {state}.",
        cause=f"{project.raw_name or project.name} {installed.version} is installed as it was earlier."
        if installed
        else "The clone declares it; installing announces it to Python.",
        place=place,
        remedies=(Remedy(install(seen.machine, "-e", "."), "install", (project.name,), place),),
        fault="machine",
    )
