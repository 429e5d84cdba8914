"""The hook single-test-command."""

from __future__ import annotations

from sprintready_hooks._hook import CONFIGURATION, DOCUMENTS, Hook

HOOK = Hook(
    id="single-test-command",
    name="one command runs the tests",
    description="One documented command makes the environment and runs the tests.",
    select=("single-test-command",),
    files=(*DOCUMENTS, *CONFIGURATION),
)


def main() -> int:
    """Run the hook; return 0, or 1 where a commit would hurt newcomers."""
    return HOOK.run()
