"""Checks that a repository is ready for an open-source sprint.

    from pytest_sprintready import Facts, load_settings, open_snapshot, run

    with open_snapshot(".") as snapshot:
        report = run(Facts(snapshot, load_settings(snapshot)))
    print(report.ready)

Names are imported when they are used: pytest imports this package in every run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_sprintready.checks import Check, check
    from pytest_sprintready.config import Settings, Sprint, load_settings
    from pytest_sprintready.engine import catalogue, run
    from pytest_sprintready.errors import (
        ConfigError,
        FileProblem,
        ForgeError,
        RepositoryError,
        SprintReadyError,
        UsageError,
    )
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.model import (
        Evidence,
        Fact,
        Finding,
        Report,
        Result,
        Rule,
        Severity,
        SkipCheck,
        Status,
        UnknownFact,
    )
    from pytest_sprintready.snapshot import MemorySnapshot, Snapshot, open_snapshot

    __version__: str

_HOMES = {
    "checks": ("Check", "check"),
    "config": ("Settings", "Sprint", "load_settings"),
    "engine": ("catalogue", "run"),
    "errors": ("ConfigError", "FileProblem", "ForgeError", "RepositoryError", "SprintReadyError", "UsageError"),
    "facts": ("Facts",),
    "model": (
        "Evidence",
        "Fact",
        "Finding",
        "Report",
        "Result",
        "Rule",
        "Severity",
        "SkipCheck",
        "Status",
        "UnknownFact",
    ),
    "snapshot": ("MemorySnapshot", "Snapshot", "open_snapshot"),
}

__all__ = [
    "Check",
    "ConfigError",
    "Evidence",
    "Fact",
    "Facts",
    "FileProblem",
    "Finding",
    "ForgeError",
    "MemorySnapshot",
    "Report",
    "RepositoryError",
    "Result",
    "Rule",
    "Settings",
    "Severity",
    "SkipCheck",
    "Snapshot",
    "Sprint",
    "SprintReadyError",
    "Status",
    "UnknownFact",
    "UsageError",
    "__version__",
    "catalogue",
    "check",
    "load_settings",
    "open_snapshot",
    "run",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("pytest-sprintready")
    else:
        home = next((home for home, names in _HOMES.items() if name in names), None)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
