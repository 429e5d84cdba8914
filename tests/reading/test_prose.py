from __future__ import annotations

import pytest

from pytest_sprintready.reading.document import Block, Prose
from pytest_sprintready.reading.prose import read_document, slugify

MARKDOWN = "# Title\n\n```sh\ncmd\n```\n"
RST = "Title\n=====\n\nDo::\n\n  cmd\n"
ASCIIDOC = "= Title\n\n[source,sh]\n----\ncmd\n----\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", MARKDOWN),
        ("docs/a.MARKDOWN", MARKDOWN),
        ("a.mdx", MARKDOWN),
        ("a.qmd", MARKDOWN),
        ("README", MARKDOWN),
        ("README.txt", MARKDOWN),
        ("README.rst", RST),
        ("docs.d/a.rest", RST),
        ("README", RST),
        ("CONTRIBUTING.txt", RST),
        ("README.adoc", ASCIIDOC),
        ("README.asciidoc", ASCIIDOC),
    ],
)
def test_the_reader_is_chosen_by_extension_or_content(path: str, text: str) -> None:
    document = read_document(path, text)
    (section,) = document.sections
    assert (document.path, section.title, section.level) == (path, "Title", 1)
    assert [item.text for item in section.items if isinstance(item, Block)] == ["cmd"]


def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing() -> None:
    for path, text in (("a.md", MARKDOWN), ("a.rst", RST), ("a.adoc", ASCIIDOC)):
        assert read_document(path, "\ufeff" + text.replace("\n", "\r\n")) == read_document(path, text)


def test_no_break_spaces_are_spaces() -> None:
    (section,) = read_document("a.rst", "Do::\n\n\xa0 \xa0a\xa0b\n").sections
    assert section.items[1] == Block("a b", 3, "", "literal")


def test_a_slug_is_lower_case_with_dashes() -> None:
    assert slugify("Set up: the `Dev` environment!") == "set-up-the-dev-environment"


def test_asciidoc_is_read_in_its_main_parts() -> None:
    text = (
        "= Name\n:toc:\n\nSee https://e.example[site], link:a.adoc[guide] and `tox`.\n\n== Set up\n\n"
        ".Title\n[source,bash]\n----\ngit clone\n----\n\n* one\n* two `x`\n\n include\n\n// note\ninclude::b.adoc[]\n"
    )
    document = read_document("README.adoc", text)
    first, second = document.sections
    (lead,) = first.items
    assert isinstance(lead, Prose)
    assert [(link.target, link.text) for link in lead.links] == [("https://e.example", "site"), ("a.adoc", "guide")]
    assert [code.text for code in lead.codes] == ["tox"]
    assert second.items[0] == Block("git clone", 11, "bash")
    kinds = [item.kind for item in second.items]
    assert kinds == ["fence", "item", "item", "indented", "comment"]
    assert document.includes == (("b.adoc", 20),)
