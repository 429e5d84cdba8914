"""What a forge said, kept in a folder: to be shown where there is no network, and to make a report once more."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.errors import ForgeError, UsageError
from pytest_sprintready.forge.model import from_json, to_json

if TYPE_CHECKING:
    from pytest_sprintready.forge.model import ForgeData
    from pytest_sprintready.forge.where import Place


def file_name(place: Place) -> str:
    """Return the name of a repository's file: host and path, with nothing in it that a system would mind."""
    return re.sub(r"[^\w.-]+", "+", f"{place.host}+{place.name}".lower()).strip(".") + ".json"


def save(folder: str, place: Place, data: ForgeData) -> Path:
    """Write what the forge said; return the file. Raises UsageError where it cannot be written."""
    path = Path(folder, file_name(place))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(to_json(data), indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}", "name a folder you may write to") from None
    return path


def load(folder: str, place: Place) -> ForgeData:
    """Return what was saved; raises ForgeError where there is nothing, or nothing that can be read."""
    path = Path(folder, file_name(place))
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ForgeError(
            f"{folder} holds nothing of {place.host}/{place.name}",
            f"where there is a network: sprintready issues {place.url} --save {folder}",
        ) from None
    except (OSError, ValueError, RecursionError):
        raise ForgeError(f"{path} cannot be read as JSON", "save it once more") from None
    return from_json(value, str(path))
