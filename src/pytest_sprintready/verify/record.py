"""`.sprintready/verify.json`: the last outcome, kept in the repository for `check` and `audit`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.errors import UsageError
from pytest_sprintready.outcome import RECORD, from_json, to_json

if TYPE_CHECKING:
    from pytest_sprintready.outcome import Outcome
    from pytest_sprintready.snapshot import Snapshot


def write(outcome: Outcome, root: str) -> str:
    """Write the outcome into the repository at `root`, without logs; return the path. Raises UsageError."""
    path = Path(root, RECORD)
    # A record is committed: what commands printed names the machine they ran on, and changes with every run.
    bare = outcome._replace(runs=tuple(run._replace(log="") for run in outcome.runs), kept="")
    try:
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(to_json(bare), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    return str(path)


def read(snapshot: Snapshot) -> Outcome | None:
    """Return the outcome recorded in a repository, None where there is none. Raises FileProblem for a broken one."""
    return from_json(snapshot.read(RECORD)) if snapshot.has(RECORD) else None
