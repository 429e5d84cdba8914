"""New text goes where a reader looks for it, in the manner of the page."""

from __future__ import annotations

import pytest

from pytest_sprintready.fixes.markup import Commands, Items, Manner, Piece, body, manner_of, render
from pytest_sprintready.fixes.placing import end_of, end_of_page, inserted, usual_blanks, usual_level
from pytest_sprintready.reading.prose import read_document

PIECE = Piece("Get help", ("Ask [here](https://a.example).", Commands(("nox -s tests",))))


def with_section(path: str, text: str) -> str:
    document, lines = read_document(path, text), text.split("\n")
    level = usual_level(document)
    manner = manner_of(document, text, rst=path.endswith(".rst"))
    new = render([PIECE], level, manner)
    return inserted(text, end_of_page(document, lines, level), new, usual_blanks(document, lines))


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.md", "# A\n\n## B\n\nText.\n", "# A\n\n## B\n\nText.\n\n## Get help\n\nAsk [here](https://a.example).\n\n```sh\nnox -s tests\n```\n"),
        ("a.md", "A A\n===\n\nB B\n---\n\nText.\n", "A A\n===\n\nB B\n---\n\nText.\n\nGet help\n--------\n\nAsk [here](https://a.example).\n\n```sh\nnox -s tests\n```\n"),
        ("a.md", "# A #\n\n## B ##\n\n~~~console\n$ ls\n~~~\n", "# A #\n\n## B ##\n\n~~~console\n$ ls\n~~~\n\n## Get help ##\n\nAsk [here](https://a.example).\n\n~~~console\n$ nox -s tests\n~~~\n"),
        ("a.rst", "A\n===\n\nB\n---\n\nText.\n", "A\n===\n\nB\n---\n\nText.\n\nGet help\n--------\n\nAsk `here <https://a.example>`__.\n\n.. code-block:: console\n\n    $ nox -s tests\n"),
        ("a.rst", "***\nA\n***\n\nB\n~~~\n\nType::\n\n    ls\n", "***\nA\n***\n\nB\n~~~\n\nType::\n\n    ls\n\nGet help\n~~~~~~~~\n\nAsk `here <https://a.example>`__.\n\n::\n\n    nox -s tests\n"),
    ],
    ids=["markdown", "underlined", "closed and fenced with tildes", "rst", "rst with literal blocks"],
)  # fmt: skip
def test_a_section_is_written_as_the_page_writes_them(path: str, before: str, after: str) -> None:
    assert with_section(path, before) == after


@pytest.mark.parametrize(
    ("path", "tail"),
    [
        ("a.md", "\n## License\n\nMIT.\n"),
        ("a.md", "\n[x]: https://a.example\n[y]: https://b.example\n"),
        ("a.md", "\n---\n\n[![logo](l.png)](https://a.example)\n"),
        ("a.md", "\nThanks for reading!\n\n~ Ada\n"),
        ("a.md", "\n## Finally\n\nThank you!\n"),
        ("a.rst", "\n.. _release:\n\n\nRelease\n-------\n\nTag it.\n"),
        ("a.rst", "\n.. _x: https://a.example\n"),
        ("a.rst", "\n.. |x| image:: x.png\n   :target: https://a.example\n.. _y: https://b.example\n"),
    ],
    ids=[
        "licence",
        "definitions",
        "logos",
        "signature",
        "section of thanks",
        "release with its label",
        "rst definitions",
        "rst images with options",
    ],
)
def test_what_closes_a_page_stays_at_its_end(path: str, tail: str) -> None:
    heading = "## B\n" if path == "a.md" else "B\n-\n-"[:3]
    start = f"# A\n\n{heading}\nText.\n" if path == "a.md" else "A\n=\n\nB\n-\n\nText.\n"
    after = with_section(path, start + tail)
    assert after.startswith(start)
    assert after.endswith(tail)


def test_two_blank_lines_before_headings_are_kept_to() -> None:
    after = with_section("a.md", "# A\n\n\n## B\n\nText.\n\n\n## C\n\nText.\n")
    assert "Text.\n\n\n## Get help\n" in after


def test_a_passage_goes_to_the_end_of_its_section() -> None:
    text = "# A\n\n## Test\n\nRun it.\n\n## Next\n\nText.\n"
    document, lines = read_document("a.md", text), text.split("\n")
    section = next(each for each in document.sections if each.title == "Test")
    new = inserted(text, end_of(document, lines, section), body(["More."], Manner()))
    assert new == text.replace("Run it.\n", "Run it.\n\nMore.\n")


def test_a_long_paragraph_is_broken_but_neither_code_nor_links_are() -> None:
    words = "word " * 15 + "`python -m pip install -e .` and [a link](https://a.example/x) follow."
    lines = body([words], Manner(width=80))
    assert len(lines) > 1
    assert any("`python -m pip install -e .`" in line for line in lines)
    assert all(len(line) <= 80 for line in lines)


def test_a_line_never_begins_with_what_would_make_it_another_element() -> None:
    lines = body(["x " * 38 + "1. - + # y"], Manner(width=78))
    assert not any(line.startswith(("1.", "-", "+", "#")) for line in lines)


def test_list_items_are_indented_to_their_text() -> None:
    assert body([Items(("one " * 30,), numbered=True)], Manner(width=40))[1].startswith("   one")
