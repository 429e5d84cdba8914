"""What can be asked of `verify`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.verify.sandbox import Limits

if TYPE_CHECKING:
    from collections.abc import Callable


def _nobody(_phase: str, _line: str) -> None:
    """Hear nothing."""


class Options(NamedTuple):
    """What can be asked of `verify`.

    `rev` is a commit, tag or branch; `python` a version ("3.12"), by default the one that fits best. `seconds` are for
    everything together. `repair` tries what helps, at most `rounds` times. `subset` runs the documented quick part of
    the tests alone. As far as this machine can, `services` starts those that compose files and CI name, and
    `system_packages` installs packages of the system for the trial. `heard(phase, line)` is told how it goes.
    """

    rev: str = ""
    python: str = ""
    seconds: float = 1800.0
    repair: bool = False
    rounds: int = 12
    network: bool = False
    first_green: bool = False
    offline: bool = False
    unsandboxed: bool = False
    keep: bool = False
    subset: bool = False
    services: bool = False
    system_packages: bool = False
    limits: Limits = Limits()
    heard: Callable[[str, str], None] = _nobody
