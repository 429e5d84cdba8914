"""Addresses: what is short for what, and the pages of forges."""

from __future__ import annotations

import pytest

from pytest_sprintready.audit.addresses import expanded, link, web_address
from pytest_sprintready.model import Evidence


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pallets/flask", "https://github.com/pallets/flask"),
        ("https://example.org/a/b", "https://example.org/a/b"),
        ("git@example.org:a/b.git", "git@example.org:a/b.git"),
        ("-u/flask", "-u/flask"),
        ("../flask", "../flask"),
    ],
)
def test_owner_and_name_are_short_for_github(typed: str, meant: str) -> None:
    assert expanded(typed) == meant


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://github.com/pallets/flask.git", "https://github.com/pallets/flask"),
        ("https://me:secret@github.com/pallets/flask", "https://github.com/pallets/flask"),
        ("git@codeberg.org:some/thing.git", "https://codeberg.org/some/thing"),
        ("ssh://git@gitlab.example.org:2222/group/sub/thing.git", "https://gitlab.example.org/group/sub/thing"),
        ("https://git.example.org:8443/a/b", "https://git.example.org:8443/a/b"),
        ("https://example.org/a b<c>", "https://example.org/a%20b%3Cc%3E"),
        ("http://localhost:8000/a", ""),
        ("file:///srv/a.git", ""),
        ("https://[broken", ""),
        ("/srv/a:b", ""),
        ("", ""),
    ],
)
def test_a_repository_has_a_page_where_its_address_tells(address: str, page: str) -> None:
    assert web_address(address) == page


@pytest.mark.parametrize(
    ("web", "page"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/blob/c0ffee/docs/x%20%23.md#L7"),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/blob/c0ffee/docs/x%20%23.md#L7"),
        ("https://gitlab.gnome.org/a/b", "https://gitlab.gnome.org/a/b/-/blob/c0ffee/docs/x%20%23.md#L7"),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/src/commit/c0ffee/docs/x%20%23.md#L7"),
        ("https://bitbucket.org/a/b", "https://bitbucket.org/a/b/src/c0ffee/docs/x%20%23.md#lines-7"),
        ("https://git.sr.ht/~a/b", "https://git.sr.ht/~a/b/tree/c0ffee/item/docs/x%20%23.md#L7"),
        ("https://git.example.org/a/b", ""),
        ("", ""),
    ],
)
def test_a_line_of_a_file_has_a_page_on_known_forges(web: str, page: str) -> None:
    assert link(web, "c0ffee", Evidence("docs/x #.md", 7)) == page


def test_a_file_without_a_commit_has_no_page() -> None:
    assert link("https://github.com/a/b", "", Evidence("README.md")) == ""
