"""The hook sprint-ready."""

from __future__ import annotations

from sprintready_hooks._hook import CONFIGURATION, DOCUMENTS, FORGE, TESTS, Hook

HOOK = Hook(
    id="sprint-ready",
    name="ready for a sprint",
    description="Every check that a sprint cannot do without.",
    select=(),
    files=(*DOCUMENTS, *CONFIGURATION, *FORGE, *TESTS),
)


def main() -> int:
    """Run the hook; return 0, or 1 where a commit would hurt newcomers."""
    return HOOK.run()
