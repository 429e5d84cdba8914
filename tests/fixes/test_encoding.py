"""Bytes that nobody meant to change do not change."""

from __future__ import annotations

import pytest

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.fixes.encoding import encoded
from pytest_sprintready.snapshot.base import decode

ADDED = "added\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"one\ntwo\n", b"one\ntwo\nadded\n"),
        (b"one\r\ntwo\r\n", b"one\r\ntwo\r\nadded\r\n"),
        (b"one\rtwo\r", b"one\rtwo\radded\r"),
        (b"one\r\ntwo\nthree\r\n", b"one\r\ntwo\nthree\r\nadded\r\n"),
        (b"\xef\xbb\xbfone\n", b"\xef\xbb\xbfone\nadded\n"),
        ("caf\xe9\n".encode("latin-1"), "caf\xe9\nadded\n".encode("latin-1")),
        ("caf\x81\xe9\n".encode("latin-1"), "caf\x81\xe9\nadded\n".encode("latin-1")),
        (b"\xff\xfe" + "one\r\n".encode("utf-16-le"), b"\xff\xfe" + "one\r\nadded\r\n".encode("utf-16-le")),
        (b"\tone\n\t\n", b"\tone\n\t\nadded\n"),
    ],
    ids=["unix", "windows", "old mac", "mixed", "mark", "latin-1", "no cp1252", "utf-16", "tabs"],
)
def test_what_stays_is_kept_byte_for_byte(before: bytes, after: bytes) -> None:
    assert encoded("README.md", before, decode(before) + ADDED) == after


def test_a_line_without_an_end_gets_one_of_the_page_where_something_follows() -> None:
    assert encoded("README.md", b"one\r\ntwo", "one\ntwo\nadded\n") == b"one\r\ntwo\r\nadded\r\n"


def test_a_page_without_a_final_line_end_keeps_it_so_where_its_end_is_untouched() -> None:
    assert encoded("README.md", b"one\r\ntwo", "added\none\ntwo") == b"added\r\none\r\ntwo"


def test_a_new_file_is_utf_8_with_plain_line_ends() -> None:
    assert encoded("README.md", None, "caf\xe9\n") == b"caf\xc3\xa9\n"


def test_a_character_the_file_has_no_room_for_leaves_it_alone() -> None:
    with pytest.raises(FileProblem, match="cannot hold"):
        encoded("README.md", "caf\xe9\n".encode("latin-1"), "caf\xe9\n\u0142\n")


def test_a_file_that_is_not_one_encoding_throughout_is_left_alone() -> None:
    broken = b"\xef\xbb\xbfone \xff\n"
    with pytest.raises(FileProblem, match="not utf-8 throughout"):
        encoded("README.md", broken, decode(broken) + ADDED)
