"""The hook contributor-docs."""

from __future__ import annotations

from sprintready_hooks._hook import DOCUMENTS, SETTINGS, Hook

HOOK = Hook(
    id="contributor-docs",
    name="a guide for contributors",
    description="The contributing guide says how to set up, test and send a change.",
    select=("SR1",),
    files=(*DOCUMENTS, *SETTINGS),
    ignore=("documented-commands",),
)


def main() -> int:
    """Run the hook; return 0, or 1 where a commit would hurt newcomers."""
    return HOOK.run()
