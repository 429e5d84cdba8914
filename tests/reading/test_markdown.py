from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings, strategies as st
from markdown_it import MarkdownIt

from pytest_sprintready.reading.document import Block, Document, Link, Prose, Section
from pytest_sprintready.reading.markdown import read_markdown


def read(text: str) -> Document:
    return read_markdown("README.md", text)


def only(text: str) -> Section:
    (section,) = read(text).sections
    return section


def blocks(text: str) -> list[Block]:
    return [item for section in read(text).sections for item in section.items if isinstance(item, Block)]


def prose(text: str) -> list[Prose]:
    return [item for section in read(text).sections for item in section.items if isinstance(item, Prose)]


def links(text: str) -> list[tuple[str, str]]:
    return [(link.target, link.text) for item in prose(text) for link in item.links]


def test_an_empty_document_has_no_sections() -> None:
    assert read("") == Document("README.md")


def test_text_before_the_first_heading_is_a_section_of_level_zero() -> None:
    first, second = read("Hello\n\n# Title\n").sections
    assert (first.level, first.title, first.slug) == (0, "", "")
    assert (second.level, second.title, second.line) == (1, "Title", 3)


@pytest.mark.parametrize(
    ("source", "title", "slug"),
    [
        pytest.param("# Plain", "Plain", "plain", id="plain"),
        pytest.param("# Closed ##", "Closed", "closed", id="closing-hashes"),
        pytest.param("# C#", "C#", "c", id="hash-in-word"),
        pytest.param("Over\n====", "Over", "over", id="setext"),
        pytest.param(
            "# Run *the* `__init__` **tests**", "Run the __init__ tests", "run-the-__init__-tests", id="marks"
        ),
        pytest.param("# snake_case and __bold__", "snake_case and bold", "snake_case-and-bold", id="underscores"),
        pytest.param("# [Docs](https://d.example) now", "Docs now", "docs-now", id="link"),
        pytest.param("# \N{ROCKET} Getting Started", "\N{ROCKET} Getting Started", "-getting-started", id="emoji"),
        pytest.param("# :rocket: Getting Started", "Getting Started", "rocket-getting-started", id="shortcode"),
        pytest.param("# What's new? (v1.0)", "What's new? (v1.0)", "whats-new-v10", id="punctuation"),
        pytest.param("# Set up {#setup}", "Set up", "setup", id="explicit-anchor"),
        pytest.param("# ![Logo](logo.svg)", "Logo", "", id="image-only"),
        pytest.param('<h1 align="center">Name <small>x</small></h1>', "Name x", "name-x", id="html"),
        pytest.param("# Ünïcode", "Ünïcode", "ünïcode", id="letters-of-any-script"),
        pytest.param("# a &amp; b \\*", "a & b *", "a--b-", id="entities-and-escapes"),
    ],
)
def test_a_title_is_plain_text_and_its_slug_is_github_s(source: str, title: str, slug: str) -> None:
    section = read(source).sections[0]
    assert (section.title, section.slug) == (title, slug)


def test_repeated_titles_get_numbered_slugs() -> None:
    assert [s.slug for s in read("# A\n# A\n# A-1\n# A\n").sections] == ["a", "a-1", "a-1-1", "a-2"]


def test_the_trail_is_the_titles_above() -> None:
    trails = [s.trail for s in read("# A\n### B\n## C\n### D\n# E\n").sections]
    assert trails == [(), ("A",), ("A",), ("A", "C"), ()]


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_front_matter_is_skipped_but_counted(mark: str) -> None:
    (section,) = read(f"{mark}\ntitle: x\n{mark}\n\n# Title\n").sections
    assert section.line == 5


def test_a_rule_at_the_top_is_not_front_matter() -> None:
    assert [item.text for item in prose("---\n\nSome text, no key\n\n---\n")] == ["Some text, no key"]


@pytest.mark.parametrize(
    ("info", "language", "kind"),
    [
        ("bash", "bash", "fence"),
        ("", "", "fence"),
        ("Shell script", "shell", "fence"),
        ('console title="x" hl_lines="1"', "console", "fence"),
        ("{ .bash .no-copy }", "bash", "fence"),
        ("{.python}", "python", "fence"),
        ('hl_lines="1"', "", "fence"),
        ("bash{1,2}", "bash", "fence"),
        ("{python}", "python", "fence"),
        ("{r, echo=FALSE}", "r", "fence"),
        ("{code-block} console", "console", "code-block"),
        ("{prompt} bash $", "bash", "prompt"),
        ("{mermaid}", "mermaid", "mermaid"),
        ("{doctest}", "pycon", "doctest"),
    ],
)
def test_a_fence_knows_its_language(info: str, language: str, kind: str) -> None:
    assert blocks(f"```{info}\nx\n```\n") == [Block("x", 2, language, kind)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("~~~sh\na\n```\n~~~", Block("a\n```", 2, "sh"), id="tildes-hold-backticks"),
        pytest.param("````\n```\n````", Block("```", 2), id="longer-fence"),
        pytest.param("```\na\nb", Block("a\nb", 2), id="unclosed"),
        pytest.param("```\n\n  a\n\n```", Block("a", 3), id="blank-lines-around"),
        pytest.param("```\n```", Block("", 1), id="empty"),
        pytest.param("- x\n\n  ```sh\n  a\n    b\n  ```", Block("a\n  b", 4, "sh"), id="in-an-item"),
        pytest.param("1. x\n   - y\n     ```sh\n     a\n     ```", Block("a", 4, "sh"), id="two-lists-deep"),
        pytest.param("> ```sh\n> a\n> ```", Block("a", 2, "sh"), id="in-a-quote"),
        pytest.param("a\n\n    b\n\n      c\n\nd", Block("b\n\n  c", 3, "", "indented"), id="indented"),
        pytest.param("a\n\n\tb", Block("b", 3, "", "indented"), id="tab"),
        pytest.param("- a\n\n      b", Block("b", 3, "", "indented"), id="indented-in-an-item"),
        pytest.param("- a\n\n      ```sh\n      b\n      ```", Block("b", 4, "sh"), id="fence-indented-too-far"),
        pytest.param("<pre><code>a &lt;b&gt;\n</code></pre>", Block("a <b>", 1), id="html"),
        pytest.param('<pre lang="bash">\na\n</pre>', Block("a", 2, "bash"), id="html-with-language"),
        pytest.param("<div>\n```sh\na\n```", Block("a", 3, "sh"), id="fence-below-a-tag"),
    ],
)
def test_a_block_is_dedented_and_knows_its_line(text: str, expected: Block) -> None:
    assert blocks(text) == [expected]


@pytest.mark.parametrize("text", ["a\n    b", "- a\n      b", "> a\n    b", "```pytest```"])
def test_what_continues_a_paragraph_is_no_block(text: str) -> None:
    assert blocks(text) == []


def test_backticks_closed_on_their_line_are_a_span() -> None:
    (item,) = prose("Run ```pytest``` or ``a`b``.\nThen `tox`.")
    assert [(code.text, code.line) for code in item.codes] == [("pytest", 1), ("a`b", 1), ("tox", 2)]


def test_each_item_is_prose_of_its_own() -> None:
    items = prose("1. one\n   more\n2. two\n\n   after\n\n   - nested\n")
    assert [(item.text, item.line, item.kind) for item in items] == [
        ("one\nmore", 1, "item"),
        ("two", 3, "item"),
        ("after", 5, "paragraph"),
        ("nested", 7, "item"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("> a", "quote"), ("> [!NOTE]\n> a", "quote"), ("| a |\n|---|\n| b |", "table"), ("<!-- a -->", "comment")],
)
def test_prose_knows_what_it_is(text: str, kind: str) -> None:
    assert [item.kind for item in prose(text)] == [kind]


def test_a_comment_keeps_its_lines() -> None:
    (item,) = prose("<!--\n\nRun:\n- `pytest`\n-->")
    assert (item.text, item.line, item.codes[0].line) == ("Run:\n- `pytest`", 3, 4)


def test_a_comment_in_a_paragraph_is_told_apart() -> None:
    paragraph, comment = prose("Text <!-- [hidden](x.md) --> end")
    assert (paragraph.links, comment.kind, comment.links) == ((), "comment", (Link("x.md", "hidden", 1),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("[a b](x.md 'title')", [("x.md", "a b")], id="inline"),
        pytest.param("[a](<x y.md>)", [("x y.md", "a")], id="angle-brackets"),
        pytest.param("[a](b_(c))", [("b_(c)", "a")], id="parentheses"),
        pytest.param("<https://e.example>", [("https://e.example",) * 2], id="autolink"),
        pytest.param("<me@e.example>", [("mailto:me@e.example", "me@e.example")], id="address"),
        pytest.param("(see https://e.example/x).", [("https://e.example/x",) * 2], id="bare"),
        pytest.param("[A  b][Ref]\n\n[ref]: y.md 'T'", [("y.md", "A b")], id="reference"),
        pytest.param("[Ref][] [ref]\n\n[REF]:\n  y.md", [("y.md", "Ref"), ("y.md", "ref")], id="short-reference"),
        pytest.param("[a][none] [b]", [], id="undefined"),
        pytest.param("`[a](b)` \\[a](b)", [], id="code-and-escape"),
        pytest.param("[![i](i.png)](t.md)", [("t.md", "i"), ("i.png", "i")], id="badge"),
        pytest.param('<a href="x.md">the <b>x</b></a>', [("x.md", "the x")], id="html"),
        pytest.param('<p align="center">\n<img src="i.png" alt="i">\n</p>', [("i.png", "i")], id="html-image"),
        pytest.param("{ref}`Text <label>` {doc}`/guide`", [("label", "Text"), ("/guide", "/guide")], id="roles"),
        pytest.param("## [Contributing](c.md)", [("c.md", "Contributing")], id="heading"),
        pytest.param("```{toctree}\n:hidden:\nA <a>\nb\n```", [("a", "A"), ("b", "b")], id="toctree"),
    ],
)
def test_links_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert links(text) == expected


def test_links_know_their_lines() -> None:
    (item,) = prose("a\n[b](c)\nhttps://d.example")
    assert [link.line for link in item.links] == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('=== "Windows"\n\n    ```\n    dir\n    ```\n\nafter', id="mkdocs-tab"),
        pytest.param('??? note "Windows"\n\n    ```\n    dir\n    ```\n\nafter', id="mkdocs-collapsible"),
        pytest.param("/// tab | Windows\n```\ndir\n```\n///\n\nafter", id="pymdown"),
        pytest.param("````{tab-item} Windows\n:sync: w\n\n```\ndir\n```\n````\n\nafter", id="myst-fence"),
        pytest.param(":::{tab-item} Windows\n:sync: w\n```\ndir\n```\n:::\n\nafter", id="myst-colons"),
        pytest.param("::::{tab-set}\n:::{tab-item} Windows\n```\ndir\n```\n:::\n::::\nafter", id="nested-colons"),
        pytest.param("<details>\n<summary>Windows</summary>\n\n```\ndir\n```\n\n</details>\n\nafter", id="details"),
        pytest.param('<TabItem value="w" label="Windows">\n\n```\ndir\n```\n\n</TabItem>\n\nafter', id="docusaurus"),
    ],
)
def test_a_block_knows_the_tab_it_stands_in(text: str) -> None:
    block, after = only(text).items
    assert isinstance(block, Block)
    assert (block.text, block.tab) == ("dir", "Windows")
    assert text.split("\n")[block.line - 1].strip() == "dir"
    assert (after.text, after.tab) == ("after", "")


@pytest.mark.parametrize(
    "text",
    [
        '!!! note "Windows"\n    Text\n\n    ```\n    a\n    ```',
        "```{unknown}\nText\n\n~~~\na\n~~~\n```",
        ":::{note}\nText\n\n```\na\n```\n:::",
        "```{eval-rst}\nText\n\n.. code-block::\n\n   a\n```",
    ],
)
def test_a_directive_s_body_is_read(text: str) -> None:
    assert [(item.text, item.tab) for item in only(text).items] == [("Text", ""), ("a", "")]


@pytest.mark.parametrize(
    ("text", "include"),
    [
        ('--8<-- "docs/a.md"', "docs/a.md"),
        ("--8<--\na.md\n--8<--", "a.md"),
        ('{% include "a.md" %}', "a.md"),
        ("{! a.md !}", "a.md"),
        ("```{include} ../a.md\n:start-line: 1\n```", "../a.md"),
    ],
)
def test_includes_are_noted(text: str, include: str) -> None:
    assert [path for path, _ in read(text).includes] == [include]


ORACLE = MarkdownIt("commonmark").enable("table")
LEAVES = [
    "text",
    "more `code` text",
    "```sh\ncmd\n\n  deep\n```",
    "~~~\nx\n~~~",
    "# Head",
    "Under\n---",
    "    code",
    "***",
]
PREFIXES = [("", ""), ("- ", "  "), ("1. ", "   "), ("> ", "> "), ("10)  ", "     ")]


@st.composite
def documents(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 6))):
        lines = draw(st.sampled_from(LEAVES)).split("\n")
        for first, rest in draw(st.lists(st.sampled_from(PREFIXES), max_size=3)):
            lines = [(first if row == 0 else rest) + line for row, line in enumerate(lines)]
        parts.append("\n".join(lines))
    return draw(st.sampled_from(["\n", "\n\n"])).join(parts)


def shape(text: str) -> tuple[list[tuple[int, str]], list[tuple[int, int]]]:
    """Lines and texts of literal blocks, lines and levels of headings, as markdown-it-py sees them."""
    code, heads = [], []
    for token in ORACLE.parse(text):
        if token.map and token.type in {"fence", "code_block"}:
            found = [line.rstrip() for line in token.content.split("\n")]
            margin = min((len(line) - len(line.lstrip()) for line in found if line), default=0)
            body = "\n".join(line[margin:] for line in found).rstrip("\n")
            code.append((token.map[0] + 1 + (token.type == "fence"), body))
        elif token.map and token.type == "heading_open":
            heads.append((token.map[0] + 1, int(token.tag[1])))
    return code, heads


@given(documents())
@settings(max_examples=400, deadline=None)
def test_blocks_and_headings_are_those_of_markdown_it(text: str) -> None:
    document = read(text)
    assert [(block.line, block.text) for block in blocks(text)] == shape(text)[0]
    assert [(section.line, section.level) for section in document.sections if section.level] == shape(text)[1]


def words(text: str) -> list[str]:
    """The words but for the fences' language, which is kept elsewhere."""
    return [word for word in re.findall(r"[A-Za-z]+", text) if word != "sh"]


@given(documents())
@settings(max_examples=100, deadline=None)
def test_no_word_is_lost(text: str) -> None:
    document = read(text)
    kept = " ".join(f"{section.title} {' '.join(item.text for item in section.items)}" for section in document.sections)
    assert words(kept) == words(text)


@example(r"\``")
@given(st.text(alphabet="`[]()<>!*_-#=~:|{}/?\\ \t\n\"'.1ab&%", max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_its_lines_are_right(text: str) -> None:
    lines = text.split("\n")
    squeezed = [re.sub(r"\s", "", line) for line in lines]
    for section in read(text).sections:
        for item in section.items:
            for row, line in enumerate(item.text.split("\n"), item.line):
                assert re.sub(r"\s", "", line) in squeezed[row - 1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("`" * 1_000_000, id="backticks"),
        pytest.param("[" * 100_000, id="brackets"),
        pytest.param("![" * 30_000 + "](x)" * 30_000, id="nested-images"),
        pytest.param("[a](  " * 50_000, id="destinations"),
        pytest.param(">" * 100_000, id="quotes"),
        pytest.param("\n".join("  " * depth + "- a" for depth in range(800)), id="lists"),
        pytest.param("- " * 50_000, id="markers"),
        pytest.param("<!-- " * 100_000, id="comments"),
        pytest.param("<div>" + "<pre>" * 20_000, id="tags"),
        pytest.param("\n".join("`" * (900 - depth) + "{note}" for depth in range(890)), id="directives"),
        pytest.param("hello `a` [b](c)\n" * 20_000, id="many-lines"),
        pytest.param("a-_" * 70_000, id="long-line"),
    ],
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5
