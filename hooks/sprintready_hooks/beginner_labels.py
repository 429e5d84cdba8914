"""The hook beginner-labels."""

from __future__ import annotations

from sprintready_hooks._hook import DOCUMENTS, FORGE, SETTINGS, Hook

HOOK = Hook(
    id="beginner-labels",
    name="a label for newcomers",
    description="The files name the label under which newcomers find their first issue, and templates set no label "
    "that the label file lacks.",
    select=("SR3",),
    files=(*DOCUMENTS, *FORGE, *SETTINGS, r"(issue[-_])?labels?\.(ya?ml|toml|json)"),
    also=("SR304", "SR310"),
)


def main() -> int:
    """Run the hook; return 0, or 1 where a commit would hurt newcomers."""
    return HOOK.run()
