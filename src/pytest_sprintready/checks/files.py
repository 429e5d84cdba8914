"""SR0xx: the files themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.model import Evidence, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts


@check(
    "SR001",
    "readable-files",
    Severity.RECOMMENDED,
    title="A file that the checks rely on cannot be read",
    why="What stands in it is unknown to these checks, and usually to the tools a newcomer is told to run.",
    fix="Correct the file at the line named; the other checks go on without it.",
    source="pytest-sprintready",
    last=True,
)
def readable_files(facts: Facts) -> Iterator[Finding | Evidence]:
    """Report every problem met with a file; the engine runs this check last, when all files have been asked for."""
    for problem in facts.problems:
        yield Finding(
            f"{problem.path} cannot be used: {problem.reason.rstrip('.')}.",
            Evidence(problem.path, problem.line),
            fix=f"Open {Evidence(problem.path, problem.line)} and correct it, or delete the file if nothing needs it.",
        )
