"""The forge's issues with a verdict on each, made with the repository's own files at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.facts.once import once

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.forge.board import Judged


@once
def judged(facts: Facts) -> tuple[Judged, ...]:
    """Return the issues for newcomers and for a sprint; raises UnknownFact where the forge was not asked."""
    from pytest_sprintready.forge import board  # what only --forge needs is loaded with it

    return board.judged(facts.forge.value, facts.settings.issues, exists(facts))


def exists(facts: Facts) -> Callable[[str], bool] | None:
    """Return what tells whether a path ends one of the repository's; None where it has no files to compare with."""
    files = facts.snapshot.files
    if not files:
        return None
    by_name: dict[str, list[str]] = {}
    for path in files:
        by_name.setdefault(path.rpartition("/")[2].lower(), []).append(path.lower())
    folders = {part for path in files for part in path.lower().split("/")[:-1]}

    def there(path: str) -> bool:
        wanted = path.strip("/").lower()
        name = wanted.rpartition("/")[2]
        if name in folders:
            return True
        if "." not in name:  # "README" is README.md
            return any(known.partition(".")[0] == name for known in by_name)
        return any(f"/{known}".endswith(f"/{wanted}") for known in by_name.get(name, ()))

    return there
