"""Fresh clone, empty environment, documented commands, first green test: what a newcomer meets, and why.

The only room in which anything of a repository is run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_sprintready.outcome import Outcome
    from pytest_sprintready.verify.options import Options


def verify(source: str, options: Options | None = None) -> Outcome:
    """Return what a fresh clone of `source` comes to, for a newcomer who does what its documents say.

    `source` is a folder with a git repository, or the address of one. Whatever the project does, there is an outcome.
    Raises UsageError where this machine lacks a sandbox, uv or the Python asked for, RepositoryError where there is
    nothing to clone.
    """
    from pytest_sprintready.verify.options import Options
    from pytest_sprintready.verify.trial import verify as try_it

    return try_it(source, options or Options())
