"""A repository that exists only as a mapping: what tests and examples read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.snapshot.base import History, Snapshot, check_size

if TYPE_CHECKING:
    from collections.abc import Mapping


class MemorySnapshot(Snapshot):
    """Files given as text or bytes by path, symbolic links as their targets by path.

    `history` states what git is to know; without it this is no git repository.
    """

    def __init__(
        self,
        files: Mapping[str, str | bytes],
        name: str = "memory",
        links: Mapping[str, str] | None = None,
        history: History | None = None,
    ) -> None:
        super().__init__(name, history)
        self._contents = {
            path: content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
            for path, content in files.items()
        }
        self._plain = dict.fromkeys(files, "")
        self._links.update(links or {})

    def _load(self, path: str) -> bytes:
        content = self._contents[path]
        check_size(path, len(content))
        return content
