"""[tool.sprintready] in pyproject.toml, or sprintready.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.model import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sprint(NamedTuple):
    """What files cannot tell and a maintainer declares: the table [tool.sprintready.sprint]."""

    lead: str = ""
    contact: str = ""
    mentors: tuple[str, ...] = ()
    capacity: int | None = None
    level: str = ""
    goals: tuple[str, ...] = ()
    sprinters: int | None = None


class Settings(NamedTuple):
    """The configuration of one project. `ignore` maps a code, prefix or name to its reason ("" if none)."""

    select: tuple[str, ...] = ()
    ignore: Mapping[str, str] = EMPTY
    beginner_labels: tuple[str, ...] = ()
    max_clone_megabytes: int = 100
    sprint: Sprint = Sprint()
    path: str = ""
