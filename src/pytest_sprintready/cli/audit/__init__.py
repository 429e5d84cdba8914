"""`sprintready audit`: what an organizer asks of all projects of a sprint. One command a module, as above."""

from __future__ import annotations

COMMANDS = {
    "run": "judge every project of a manifest, and keep the results",
    "report": "the page of an audit, or a post",
    "letter": "a note to the people who keep one project",
    "history": "the audits of a store",
    "compare": "what changed between two audits",
    "export": "an audit as CSV, JSON or Parquet",
    "merge": "join the stores of shards",
    "init": "write a manifest to fill in",
}
DEFAULT = "run"
