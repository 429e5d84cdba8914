"""From the text of an edit to the bytes of the file: encoding, byte order mark and line ends stay as they were."""

from __future__ import annotations

import re

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.snapshot.base import BOMS

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")


def encoded(path: str, before: bytes | None, new: str) -> bytes:
    """Return the bytes of `new` as the file `before` is written; UTF-8 with plain line ends for a new file.

    A line that stays is kept byte for byte, also where the line ends of a file are mixed; one that is added ends
    like most of the others. Raises FileProblem for a file whose encoding has no room for what is new, or that does
    not survive being decoded and encoded.
    """
    if before is None:
        return new.encode("utf-8")
    mark, encoding = _encoding(before)
    text = before[len(mark) :].decode(encoding, "replace")
    if mark + text.encode(encoding, "replace") != before:
        raise FileProblem(path, f"is not {encoding} throughout, so it is left as it is")
    try:
        return mark + _with_line_ends(text, new).encode(encoding)
    except UnicodeEncodeError as error:
        raise FileProblem(path, f"is {encoding}, which cannot hold {error.object[error.start]!r}") from None


def _encoding(data: bytes) -> tuple[bytes, str]:
    """Return the byte order mark and the encoding that `snapshot.decode` takes."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return mark, encoding
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return b"", encoding
    return b"", "latin-1"


def _with_line_ends(old: str, new: str) -> str:
    if "\r" not in old:
        return new
    from difflib import SequenceMatcher  # takes long to import, and few files need it

    written: list[str] = _LINE.findall(old)
    ends = [line[len(line.rstrip("\r\n")) :] for line in written]
    usual = max(("\r\n", "\n", "\r"), key=ends.count)
    before = [line.rstrip("\r\n") + "\n" * line.endswith(("\r", "\n")) for line in written]
    after: list[str] = _LINE.findall(new)
    result: list[str] = []
    for kind, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            result += written[first:last]
        else:
            result += [line[:-1] + usual if line.endswith("\n") else line for line in after[start:end]]
    return "".join(result)
