"""The manifest that `sprintready audit init` writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.audit.manifest import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_sprintready.audit.manifest import Project

_SPRINT = """\
# The projects of a sprint. `sprintready audit sprint.toml` judges them all.

[sprint]
name = "Our sprint"
# dates = [2030-05-16, 2030-05-17]
# place = "the library"
# sprinters = 40  # how many people are expected
"""
_PROJECT = """
[[project]]
url = "pytest-dev/pluggy"  # owner/name on GitHub, or any https:// or ssh:// address
# name = "pluggy"
# rev = "main"  # a branch, tag or commit; the default branch without
# lead = "Ada"
# mentors = ["Ada", "Grace"]
# level = "beginner"
# languages = ["en", "uk"]  # that the mentors speak
# labels = ["good first issue"]  # of its issues for newcomers
# notes = "bring a laptop with Docker"

# [[project]]
# path = "../a-clone"  # or a folder of this machine
"""
MANIFEST = _SPRINT + _PROJECT


def filled(projects: Iterable[Project]) -> str:
    """Return a manifest of projects whose names and addresses need no escapes, as those of forges."""
    parts = [_SPRINT]
    for project in projects:
        parts.append(f'\n[[project]]\nurl = "{project.url}"\n')
        if project.name != name_of(project.url):
            parts.append(f'name = "{project.name}"\n')
    return "".join(parts)
