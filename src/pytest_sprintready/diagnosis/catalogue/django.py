"""Django: settings that nobody named, applications that were not loaded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.catalogue.importing import quoting
from pytest_sprintready.diagnosis.commands import bring, pytest, with_variable
from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.diagnosis.model import Diagnosis, Remedy, diagnosed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.diagnosis.seen import Seen
    from pytest_sprintready.model import Evidence

_NAMED = re.compile(r"DJANGO_SETTINGS_MODULE['\"]?\s*(?:,|=|:|\]\s*=)\s*['\"]?([\w.]+)")
_SETTINGS_FILE = re.compile(r"(^|/)(test_?)?settings(_?tests?)?\.py$|(^|/)(test_)?settings/(test(s|ing)?)\.py$")


@cause(
    "SRN32",
    "django-settings",
    title="Nobody told Django which settings to use",
    looks="`ImproperlyConfigured: Requested setting DATABASES, but settings are not configured.`",
    why="Django reads the name of its settings from DJANGO_SETTINGS_MODULE. The project's own runner sets it; a bare "
    "`pytest` does not, unless pytest-django is installed and configured.",
    prevent="Configure DJANGO_SETTINGS_MODULE for pytest and declare pytest-django, or document the runner.",
    checks=("SR201", "SR206"),
)
def django_settings(seen: Seen) -> Diagnosis | None:
    """Take over for Django's own exception where it is about settings as a whole."""
    raised = seen.first("django.core.exceptions.ImproperlyConfigured")
    if raised is None or "settings are not configured" not in raised.message or seen.is_new():
        return None
    place, quote = quoting(seen.own_frame(raised))
    what = "Django does not know which settings to use for the tests."
    return _with_settings(seen, what, place, quote)


@cause(
    "SRN33",
    "django-not-set-up",
    title="Django's applications are not loaded",
    looks="`AppRegistryNotReady: Apps aren't loaded yet.`, or a model `isn't in an application in INSTALLED_APPS`.",
    why="Models can be imported after `django.setup()`, which pytest-django or the project's own runner calls.",
    prevent="Declare pytest-django and configure it, or document the runner.",
    checks=("SR201", "SR206"),
)
def django_not_set_up(seen: Seen) -> Diagnosis | None:
    """Take over for Django's own exceptions while files are collected."""
    raised = seen.first("django.core.exceptions.AppRegistryNotReady")
    if raised is None:
        raised = next((one for one in seen.all("builtins.RuntimeError") if "INSTALLED_APPS" in one.message), None)
    if raised is None or seen.is_new() or seen.failure.stage == "run":
        return None
    place, quote = quoting(seen.own_frame(raised))
    return _with_settings(seen, "Django was not set up before its models were imported.", place, quote)


def _with_settings(seen: Seen, what: str, place: Evidence | None, quote: str) -> Diagnosis | None:
    """Return what runs the tests with settings: the declared plugin, the documented runner, or the settings by name."""
    primary = seen.known(seen.facts.primary_test_command, "")
    if primary and not re.search(r"\bpytest\b", primary):
        where = next(iter(seen.facts.primary_test_command.evidence), None)
        remedy = Remedy(primary, "environment", (), where)
        return diagnosed(what, f"The project's own runner does it ({where}).", place, quote, (remedy,), "machine")
    found = next(_settings(seen), None)
    plugin = seen.machine.version("pytest-django")
    declared = homes(seen.facts, seen.machine, ("pytest-django",))
    configured = seen.facts.pytest_config is not None and "DJANGO_SETTINGS_MODULE" in seen.facts.pytest_config.values
    if declared and not plugin:
        remedies = bring(seen.facts, seen.machine, declared[0])
        why = f"pytest-django does it, which is declared in {declared[0]} and not installed here."
        if not configured and found:
            remedies += (Remedy(pytest(seen.machine, f"--ds={found[0]}"), "configure", (found[0],), found[1]),)
        return diagnosed(what, why, place, quote, remedies, "machine")
    if found is None or configured:
        return None
    name, where = found
    line = pytest(seen.machine, f"--ds={name}")
    if not plugin:
        line = with_variable(seen.machine, "DJANGO_SETTINGS_MODULE", name, pytest(seen.machine))
    remedy = Remedy(line, "configure", (name,), where)
    return diagnosed(what, f"{where} has settings for that.", place, quote, (remedy,), "project")


def _settings(seen: Seen) -> Iterator[tuple[str, Evidence]]:
    """Yield the dotted names of settings that files name or hold, those for tests first, with the place."""
    from pytest_sprintready.model import Evidence

    facts = seen.facts
    for path in ("tox.ini", "setup.cfg", "pyproject.toml", "noxfile.py", "Makefile", "runtests.py", "manage.py"):
        for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
            if named := _NAMED.search(line):
                yield named[1], Evidence(path, number)
    files = [path for path in facts.snapshot.files if _SETTINGS_FILE.search(path)]
    for path in sorted(files, key=lambda path: ("test" not in path, path.count("/"), path)):
        yield path.removesuffix(".py").removeprefix("src/").replace("/", "."), Evidence(path)
