"""The hook documented-commands."""

from __future__ import annotations

from sprintready_hooks._hook import CONFIGURATION, DOCUMENTS, Hook

HOOK = Hook(
    id="documented-commands",
    name="documented commands exist",
    description="Every command in the documents names sessions, targets, extras and files that exist.",
    select=("documented-commands",),
    files=(*DOCUMENTS, *CONFIGURATION),
)


def main() -> int:
    """Run the hook; return 0, or 1 where a commit would hurt newcomers."""
    return HOOK.run()
