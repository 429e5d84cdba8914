"""A repository as it would be with some files changed: what an edit is judged by before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.snapshot.base import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class OverlaySnapshot(Snapshot):
    """The files of `base`, those of `changed` in their place or beside them. Close the base, not this."""

    def __init__(self, base: Snapshot, changed: Mapping[str, bytes]) -> None:
        super().__init__(base.name, base._history)  # noqa: SLF001 - of one family
        self._base = base
        self._changed = changed
        self._plain = {**{path: "" for path in base.files if base.resolve(path) == path}, **dict.fromkeys(changed, "")}
        self._links.update({path: target for path, target in base._links.items() if path not in changed})  # noqa: SLF001

    def _load(self, path: str) -> bytes:
        return self._changed[path] if path in self._changed else self._base.read_bytes(path)

    def _read_links(self, paths: Sequence[str]) -> Mapping[str, str | None]:
        return self._base._read_links(paths)  # noqa: SLF001

    def prefetch(self, paths: Iterable[str]) -> None:
        """Read the files among the paths as the base would."""
        self._base.prefetch(path for path in paths if path not in self._changed)
