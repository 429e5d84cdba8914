"""What in pytest's configuration would stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis import commands
from pytest_sprintready.diagnosis.catalogue.configuring import configured, obtain
from pytest_sprintready.diagnosis.catalogue.starting import quoted_key
from pytest_sprintready.diagnosis.doctor.environment import future
from pytest_sprintready.diagnosis.doctor.patient import needed, value
from pytest_sprintready.diagnosis.environments import satisfies
from pytest_sprintready.diagnosis.model import Failure, Remedy
from pytest_sprintready.diagnosis.seen import Seen
from pytest_sprintready.facts import imports
from pytest_sprintready.reading import distributions
from pytest_sprintready.reading.requirements import distribution_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.diagnosis.doctor.patient import Finding, Patient
    from pytest_sprintready.facts import Facts


def pytest_starts(patient: Patient) -> Iterator[Finding]:
    """Tell what in pytest's configuration would stop it: versions, plugins, options."""
    facts, machine = patient.facts, patient.machine
    config = facts.pytest_config
    if config is None or value(facts.test_framework) != "pytest":
        return
    later = future(patient)
    have = machine.version("pytest")
    if have and config.minversion and not satisfies(have, f">={config.minversion}"):
        place, quote = configured(facts, "minversion")
        line = commands.install(later, "--upgrade", f"pytest>={config.minversion}")
        what = f"pytest {have} is too old: the configuration asks for {config.minversion}."
        yield needed("pytest", what, place, quote, (Remedy(line, "upgrade", ("pytest",), place),))
    for plugin, word, key in _plugins(facts):
        if plugin in machine.distributions or not have:
            continue
        place, quote = quoted_key(
            Seen(Failure("start"), facts, machine), key, word.partition("=")[0].partition(" (")[0]
        )
        remedies, _ = obtain(facts, later, plugin)
        yield needed("pytest", f"pytest would stop at {word}: {plugin} is not installed.", place, quote, remedies)


def _plugins(facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield each plugin that the configuration needs: its distribution, the word that needs it, the key that has it."""
    config = facts.pytest_config
    if config is None:
        return
    seen: set[str] = set()
    words = iter(config.addopts)
    for word in words:
        plugin = ""
        if word == "-p" or (word.startswith("-p") and not word.startswith("--")):
            name = next(words, "") if word == "-p" else word[2:]
            if name.startswith("no:"):
                continue
            plugin, shown = distributions.plugin_of_name(name), f"-p {name}"
        else:
            plugin, shown = distributions.plugin_of_option(word), word
            if plugin and imports.is_own_option(facts, word):
                continue
        if plugin and plugin not in seen and plugin != facts.project.name:
            seen.add(plugin)
            yield plugin, shown, "addopts"
    for wanted in config.required_plugins:
        name = distribution_name(wanted)
        if name and name not in seen:
            seen.add(name)
            yield name, f"required_plugins ({wanted})", "required_plugins"
