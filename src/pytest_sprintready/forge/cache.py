"""Answers of forges on disk, so that what has not changed need not be sent again, nor counted against a limit.

A file an address, in a folder that only its owner can read. No header that was sent is kept, so no token is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

_MOST_DAYS = 30
_MOST_FILES = 5_000


class Kept(NamedTuple):
    """An answer as it was kept, at `at` (seconds); `etag` and `modified` are what the forge wants to see again."""

    body: str
    etag: str = ""
    modified: str = ""
    link: str = ""
    at: int = 0


class Cache:
    """A folder of answers. What cannot be read is not there, and what cannot be written is not kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> Kept | None:
        """Return the answer kept under a key."""
        if self._folder is None:
            return None
        try:
            fields = json.loads(self._file(key).read_text(encoding="utf-8"))
            kept = Kept(**{name: fields[name] for name in Kept._fields})
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        texts = (kept.body, kept.etag, kept.modified, kept.link)
        return kept if all(isinstance(text, str) for text in texts) and type(kept.at) is int else None

    def put(self, key: str, kept: Kept) -> None:
        """Keep an answer; it is there whole or not at all."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError, ValueError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".new")  # readable by its owner alone
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(kept._asdict(), file)
                Path(name).replace(self._file(key))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def tidy(self, now: int) -> None:
        """Throw away what is old, and the oldest where it is too much."""
        if self._folder is None:
            return
        with contextlib.suppress(OSError):
            files = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime)
            for number, path in enumerate(files):
                if len(files) - number > _MOST_FILES or now - path.stat().st_mtime > _MOST_DAYS * 86_400:
                    path.unlink(missing_ok=True)

    def _file(self, key: str) -> Path:
        assert self._folder is not None  # noqa: S101  for the type checker: asked before
        return self._folder / f"{hashlib.sha256(key.encode()).hexdigest()}.json"


def default_folder() -> Path | None:
    """Return where programs of this system keep such files; None where the user has no home."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = f"{os.environ['HOME']}/Library/Caches" if os.environ.get("HOME") else ""
    else:
        base = os.environ.get("XDG_CACHE_HOME", "") or (
            f"{os.environ['HOME']}/.cache" if os.environ.get("HOME") else ""
        )
    return Path(base, "sprintready", "forge") if base and Path(base).is_absolute() else None
