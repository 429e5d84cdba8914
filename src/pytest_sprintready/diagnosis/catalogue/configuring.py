"""What stops pytest before any plugin can speak: its version, plugins it is told to have, classes of warnings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import also, cause
from pytest_sprintready.diagnosis.commands import bring, install, plain_install
from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.diagnosis.model import Remedy, diagnosed
from pytest_sprintready.reading import distributions
from pytest_sprintready.reading.requirements import distribution_name

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.diagnosis.seen import Seen
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.model import Evidence


def configured(facts: Facts, key: str) -> tuple[Evidence | None, str]:
    """Return where a key of pytest's configuration stands, and that line."""
    config = facts.pytest_config
    place = config.places.get(key) if config else None
    if place is None or not place.line:
        return None, ""
    lines = (facts.text(place.path) or "").split("\n")
    return place, lines[place.line - 1].strip() if place.line <= len(lines) else ""


def obtain(facts: Facts, machine: Machine, name: str, requirement: str = "") -> tuple[tuple[Remedy, ...], str]:
    """Return the commands that bring a distribution, as the repository declares it where it does, and where that is."""
    places = homes(facts, machine, (name,))
    if places:
        return bring(facts, machine, places[0]), f"It is declared in {places[0]}."
    wanted = requirement or name
    remedy = plain_install(machine, name) if wanted == name else Remedy(install(machine, wanted), "install", (name,))
    return (remedy,), "No file of this project declares it."


@cause(
    "SRN27",
    "pytest-too-old",
    title="This pytest is older than the project asks for",
    looks="`ERROR: pyproject.toml: 'minversion' requires pytest-8.4, actual pytest-8.0.0`",
    why="The configuration names the oldest pytest that will do, and the environment has an older one.",
    prevent="Declare the same minimum where the test dependencies stand, so that installing them brings it.",
    checks=("SR206",),
)
def pytest_too_old(seen: Seen) -> Diagnosis | None:
    """Take over where pytest compares the two."""
    found = re.search(r"'minversion' requires pytest-([\w.]+), actual pytest-([\w.]+?)'?\s", f"{seen.failure.output} ")
    if not found:
        return None
    place, quote = configured(seen.facts, "minversion")
    line = install(seen.machine, "--upgrade", f"pytest>={found[1]}")
    return diagnosed(
        what=f"pytest {found[2]} is too old for this project, which asks for {found[1]}.",
        place=place,
        quote=quote,
        remedies=(Remedy(line, "upgrade", ("pytest",), place),),
        fault="machine",
    )


@cause(
    "SRN28",
    "required-plugins-missing",
    title="Plugins that the project requires are not installed",
    looks="`ERROR: Missing required plugins: pytest-xdist>=3`",
    why="The configuration lists plugins without which pytest shall not start.",
    prevent="Declare them where pytest is declared.",
    checks=("SR206",),
)
def required_plugins_missing(seen: Seen) -> Diagnosis | None:
    """Take over where pytest lists them; of one that is there but too old the newer one is asked for."""
    found = re.search(r"Missing required plugins: (.+)", seen.failure.output)
    if not found:
        return None
    place, quote = configured(seen.facts, "required_plugins")
    ways: dict[str, Remedy] = {}
    why = ""
    for wanted in (each.strip() for each in found[1].split(",")):
        name = distribution_name(wanted)
        if seen.machine.version(name):
            brought: tuple[Remedy, ...] = (Remedy(install(seen.machine, "--upgrade", wanted), "upgrade", (name,)),)
        else:
            brought, why = obtain(seen.facts, seen.machine, name, wanted)
        ways |= {each.command: each for each in brought}
    return diagnosed(
        what=f"pytest did not start: it lacks plugins that the project requires ({found[1].strip()}).",
        cause=why,
        place=place,
        quote=quote,
        remedies=tuple(ways.values()),
        fault="machine",
    )


@cause(
    "SRN29",
    "plugin-not-importable",
    title="A plugin that pytest is told to load cannot be imported",
    looks="`ERROR: Error importing plugin \"pytest_cov\": No module named 'pytest_cov'`",
    why="`-p` in addopts, or PYTEST_PLUGINS, names a module that is not installed, or lies outside of Python's path.",
    prevent="Declare what brings it where pytest is declared.",
    checks=("SR206",),
)
def plugin_not_importable(seen: Seen) -> Diagnosis | None:
    """Take over where pytest names the module; one of the repository is put on the path instead."""
    found = re.search(r'Error importing plugin "([^"]+)": No module named \'?([\w.]+)', seen.failure.output)
    if not found:
        return None
    place, quote = configured(seen.facts, "addopts")
    if found[1] not in quote:
        place, quote = None, ""
    missing = found[2].partition(".")[0]
    from pytest_sprintready.diagnosis import own
    from pytest_sprintready.diagnosis.commands import pytest

    folder = own.folder_of(seen.facts, missing)
    what = f"pytest did not start: it shall load {found[1]}, and cannot import {found[2]}."
    if folder is not None:
        options = ("-o", f"pythonpath={folder or '.'}")
        ways: tuple[Remedy, ...] = (Remedy(pytest(seen.machine, *options), "configure", (missing,)),)
        if own.is_packaged(seen.facts, missing, folder):
            ways = (Remedy(install(seen.machine, "-e", "."), "install", (seen.facts.project.name,)),)
        return diagnosed(
            what, f"That is in this clone, in {folder or 'its top folder'}.", place, quote, ways, "machine"
        )
    name = distributions.plugin_of_name(found[1]) if missing == found[1].partition(".")[0] else ""
    name = name or next(iter(distributions.providers(missing)), "")
    ways, why = obtain(seen.facts, seen.machine, name)
    known = why.startswith("It is") or bool(distributions.plugin_of_name(found[1]))
    if not known:
        return diagnosed(what, "No file of this project declares what would bring it.", place, quote)
    return diagnosed(what, why, place, quote, ways, "machine")


@also("SRN30")
def warning_class_not_importable(seen: Seen) -> Diagnosis | None:
    """Take over where pytest stopped while it read that setting."""
    text = seen.failure.output
    found = re.search(r"Failed to import filter module '(?P<warned>[\w.]+)': (?P<filter>.+)", text) or re.search(
        r"while parsing the following warning configuration:\s+(?P<filter>\S.*)", text
    )
    missing = re.search(r"^\s*(?:E\s+)?ModuleNotFoundError: No module named '([\w.]+)'", text, re.MULTILINE)
    removed = re.search(r"^\s*(?:E\s+)?AttributeError: module '([\w.]+)' has no attribute '(\w+)'", text, re.MULTILINE)
    if found is None or not seen.failure.exit_code:
        return None
    place, quote = _filter(seen, found["filter"].strip())
    if removed:
        name = next(iter(distributions.providers(removed[1].partition(".")[0])), removed[1])
        return diagnosed(
            what=f"pytest did not start: {removed[1]} has no {removed[2]} any more.",
            cause=f"The configuration names that class; {name} {seen.machine.version(name)} came without it.".replace(
                "  ", " "
            ),
            place=place,
            quote=quote,
            fault="release",
        )
    module = found.groupdict().get("warned") or (missing[1] if missing else "")
    if not module:
        return None
    top = module.partition(".")[0]
    name = next(iter(distributions.providers(top)), top)
    ways, why = obtain(seen.facts, seen.machine, name)
    if not why.startswith("It is") and top not in distributions.KNOWN_MODULES:
        ways = ()
    return diagnosed(
        f"pytest did not start: its configuration names a warning of {top}, which is not installed.",
        why,
        place,
        quote,
        ways,
        "machine",
    )


def _filter(seen: Seen, written: str) -> tuple[Evidence | None, str]:
    config = seen.facts.pytest_config
    for each in config.filterwarnings if config else ():
        if written.startswith(each.text) or each.text.startswith(written):
            return each.place, each.text
    return None, ""
