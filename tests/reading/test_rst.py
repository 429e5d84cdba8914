from __future__ import annotations

import re
import time

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from hypothesis import given, settings, strategies as st

from pytest_sprintready.reading.document import Block, Document, Prose
from pytest_sprintready.reading.rst import read_rst


def read(text: str) -> Document:
    return read_rst("README.rst", text)


def blocks(text: str) -> list[Block]:
    return [item for section in read(text).sections for item in section.items if isinstance(item, Block)]


def prose(text: str) -> list[Prose]:
    return [item for section in read(text).sections for item in section.items if isinstance(item, Prose)]


def links(text: str) -> list[tuple[str, str]]:
    return [(link.target, link.text) for item in prose(text) for link in item.links]


def test_levels_follow_the_order_of_styles() -> None:
    text = "=====\nTitle\n=====\n\nA\n-\n\nB\n===\n\nCd\n--\n\nEnd\n===\n"
    sections = [(s.title, s.level, s.line, s.trail) for s in read(text).sections]
    assert sections == [
        ("Title", 1, 2, ()),
        ("A", 2, 5, ("Title",)),
        ("B", 3, 8, ("Title", "A")),
        ("Cd", 2, 11, ("Title",)),
        ("End", 3, 14, ("Title", "Cd")),
    ]


@pytest.mark.parametrize(
    ("title", "plain", "slug"),
    [
        ("Run ``tox`` *now*", "Run tox now", "run-tox-now"),
        ("Use :command:`nox`", "Use nox", "use-nox"),
        ("`Docs <https://d.example>`_ here", "Docs here", "docs-here"),
        ("|logo| Name", "Name", "name"),
    ],
)
def test_a_title_is_plain_text(title: str, plain: str, slug: str) -> None:
    section = read(f"{title}\n{'=' * len(title)}\n").sections[0]
    assert (section.title, section.slug) == (plain, slug)


def test_an_underline_may_be_one_short() -> None:
    assert [s.title for s in read("Title\n====\n").sections] == ["Title"]


def test_a_title_needs_a_line_of_one_character() -> None:
    assert [s.level for s in read("Text\n-a--\n").sections] == [0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a::\n\n  b\n\n    c\n\nd", Block("b\n\n  c", 3, "", "literal"), id="literal"),
        pytest.param("::\n\n  b", Block("b", 3, "", "literal"), id="alone"),
        pytest.param("a::\n\n> b\n> c\n\nd", Block("> b\n> c", 3, "", "literal"), id="quoted"),
        pytest.param("a::\n  b", Block("b", 2, "", "literal"), id="blank-line-forgotten"),
        pytest.param(".. highlight:: bash\n\na::\n\n  b", Block("b", 5, "bash", "literal"), id="highlight"),
        pytest.param(".. code-block:: Console\n\n   b", Block("b", 3, "console", "code-block"), id="code-block"),
        pytest.param(".. code::\n   :linenos:\n\n   b", Block("b", 4, "", "code"), id="options"),
        pytest.param(".. prompt:: bash $\n\n   b", Block("b", 3, "bash", "prompt"), id="prompt"),
        pytest.param(".. parsed-literal::\n\n   b", Block("b", 3, "", "parsed-literal"), id="parsed-literal"),
        pytest.param(">>> b\nc\n\nd", Block(">>> b\nc", 1, "pycon", "doctest"), id="doctest"),
        pytest.param("1. a::\n\n     b\n\n2. c", Block("b", 3, "", "literal"), id="in-an-item"),
        pytest.param("* a\n\n  * c\n\n    ::\n\n      b", Block("b", 7, "", "literal"), id="in-a-nested-item"),
        pytest.param("term\n  a::\n\n    b", Block("b", 4, "", "literal"), id="in-a-definition"),
        pytest.param("a::\n\n\tb", Block("b", 3, "", "literal"), id="tab"),
        pytest.param(".. note:: a::\n\n      b", Block("b", 3, "", "literal"), id="beside-a-note"),
    ],
)
def test_a_block_is_dedented_and_knows_its_line(text: str, expected: Block) -> None:
    assert blocks(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        ".. tab-set::\n\n   .. tab-item:: Windows\n      :sync: w\n\n      ::\n\n        dir\n\nafter",
        ".. tabs::\n\n   .. group-tab:: Windows\n\n      .. code-block::\n\n         dir\n\nafter",
        ".. tabs::\n\n   .. code-tab:: bash Windows\n\n      dir\n\nafter",
        ".. dropdown:: Windows\n\n   .. only:: html\n\n      .. code::\n\n         dir\n\nafter",
    ],
)
def test_a_block_knows_the_tab_it_stands_in(text: str) -> None:
    (block,) = blocks(text)
    (after,) = prose(text)
    assert (block.text, block.tab) == ("dir", "Windows")
    assert text.split("\n")[block.line - 1].strip() == "dir"
    assert (after.text, after.tab) == ("after", "")


@pytest.mark.parametrize("name", ["note", "only", "container", "never-heard-of", "py:function"])
def test_a_directive_s_body_is_read(name: str) -> None:
    assert [block.text for block in blocks(f".. {name}::\n\n   Text::\n\n      cmd\n")] == ["cmd"]


def test_the_text_beside_an_admonition_is_kept() -> None:
    (item,) = prose(".. note:: Run ``a``\n   and b\n")
    assert (item.text, item.line, item.codes[0].text) == ("Run ``a``\nand b", 1, "a")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("* a\n* b", ["item", "item"]),
        ("1. a\n#. b", ["item", "item"]),
        ("(a) a\n(b) b", ["item", "item"]),
        ("A. Person wrote\nthis text.", ["paragraph"]),
        ("a\n\n  b", ["paragraph", "quote"]),
        (".. a comment\n   b", ["comment"]),
        ("..\n   b", ["comment"]),
        ("=== ===\na   b\n=== ===\n1   2\n=== ===", ["table"]),
        ("+---+\n| a |\n+---+", ["table"]),
        (":Field: a\n  b", ["paragraph"]),
        ("| a\n| b", ["paragraph"]),
        ("term\n  definition", ["paragraph", "paragraph"]),
    ],
)
def test_prose_knows_what_it_is(text: str, kinds: list[str]) -> None:
    assert [item.kind for item in prose(text)] == kinds


def test_code_is_found_in_marks_and_roles() -> None:
    (item,) = prose("``a b`` :command:`tox`\n:samp:`x` `name` :kbd:`Ctrl`")
    assert [(code.text, code.line) for code in item.codes] == [("a b", 1), ("tox", 1), ("x", 2), ("name", 2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("`Text <x.html>`_", [("x.html", "Text")], id="embedded"),
        pytest.param("`A\nb <x.html>`__", [("x.html", "A b")], id="over-two-lines"),
        pytest.param("name_\n\n.. _name: x", [("x", "name")], id="word"),
        pytest.param("`A name`_\n\n.. _a Name: x", [("x", "A name")], id="phrase"),
        pytest.param("`a`_\n\n.. _a: b_\n.. _b: x", [("x", "a")], id="indirect"),
        pytest.param("a__ `b c`__\n\n__ x\n.. __: y", [("x", "a"), ("y", "b c")], id="anonymous"),
        pytest.param("name_ and snake_case", [], id="undefined"),
        pytest.param(":ref:`Text <label>` :doc:`/guide`", [("label", "Text"), ("/guide", "/guide")], id="roles"),
        pytest.param("(https://e.example/x).", [("https://e.example/x",) * 2], id="bare"),
        pytest.param("``https://e.example``", [], id="code"),
        pytest.param(".. |b| image:: i.png\n   :alt: A\n   :target: t", [("i.png", "A"), ("t", "A")], id="badge"),
        pytest.param(".. toctree::\n   :hidden:\n\n   a\n   B <c>", [("a", "a"), ("c", "B")], id="toctree"),
        pytest.param('.. raw:: html\n\n   <a href="x">y</a>', [("x", "")], id="raw"),
    ],
)
def test_links_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert links(text) == expected


def test_raw_html_knows_its_line() -> None:
    (item,) = prose('.. raw:: html\n\n   <p>\n   <a href="x">y</a>')
    assert (item.line, item.links[0].line) == (3, 4)


def test_includes_are_noted() -> None:
    assert read(".. include:: ../A.rst\n\n.. literalinclude:: b.py\n").includes == (("../A.rst", 1),)


LEAVES = ["text", "Say ``code``", "Do::\n\n  cmd\n\n    deep", ".. note::\n\n   inner", "term\n  meaning", ">>> 1\n1"]
PREFIXES = [("", ""), ("* ", "  "), ("1. ", "   "), (".. tip::\n\n   ", "   ")]


@st.composite
def documents(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 6))):
        if draw(st.integers(0, 4)) == 0:
            parts.append(draw(st.sampled_from(["Alpha\n=====", "=====\nBeta\n====="])))
            continue
        lines = draw(st.sampled_from(LEAVES)).split("\n")
        for first, rest in draw(st.lists(st.sampled_from(PREFIXES), max_size=3)):
            lines = (first + ("\n" + rest).join(lines)).split("\n")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


@given(documents())
@settings(max_examples=200, deadline=None)
def test_blocks_and_titles_are_those_of_docutils(text: str) -> None:
    tree = publish_doctree(text, settings_overrides={"report_level": 5, "doctitle_xform": False})
    expected = [
        node.astext() for node in tree.findall(lambda n: isinstance(n, (nodes.literal_block, nodes.doctest_block)))
    ]
    assert [block.text for block in blocks(text)] == expected
    titles = [node.astext() for node in tree.findall(nodes.title) if isinstance(node.parent, nodes.section)]
    assert [section.title for section in read(text).sections if section.level] == titles
    lines = text.split("\n")
    for block in blocks(text):
        for row, line in enumerate(block.text.split("\n"), block.line):
            assert lines[row - 1].endswith(line)


@given(st.text(alphabet="`_:.*-=+|<>#() \t\nab1~\\", max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_its_lines_are_right(text: str) -> None:
    squeezed = [re.sub(r"\s", "", line) for line in text.split("\n")]
    for section in read(text).sections:
        for item in section.items:
            for row, line in enumerate(item.text.split("\n"), item.line):
                assert re.sub(r"\s", "", line) in squeezed[row - 1]


@given(st.text(alphabet="éñ* -+|>\n", max_size=200), st.sampled_from(["", "::", ".. note::"]))
@settings(max_examples=300, deadline=None)
def test_no_letter_is_lost(text: str, lead: str) -> None:
    text = f"{lead}\n\n{text}"
    kept = "".join(s.title + "".join(item.text for item in s.items) for s in read(text).sections)
    assert sorted(re.findall("[éñ]", kept)) == sorted(re.findall("[éñ]", text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("`" * 1_000_000, id="backticks"),
        pytest.param(":a" * 100_000, id="colons"),
        pytest.param("a-" * 100_000 + "_", id="words"),
        pytest.param("\n".join("  " * depth + "* a" for depth in range(800)), id="lists"),
        pytest.param("\n\n".join(" " * depth + "a" for depth in range(1500)), id="quotes"),
        pytest.param("* " * 50_000, id="markers"),
        pytest.param("\n".join("   " * depth + ".. note::" for depth in range(800)), id="directives"),
        pytest.param("=== ===\na b\n\n" * 10_000, id="tables"),
        pytest.param("hello ``a`` `b <c>`_\n" * 20_000, id="many-lines"),
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5
