"""Markdown, read back by markdown-it as GitHub would."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from pytest_sprintready.model import Evidence, Finding, Report, Result, Rule, Severity, Status
from pytest_sprintready.report.markdown import code, escape, render, render_catalogue

GUIDE = Rule("SR101", "guide", Severity.REQUIRED, "There is no guide", "People guess", "Write one", "row 1")
TESTS = Rule("SR201", "tests", Severity.OPTIONAL, "Nothing runs the tests", "No proof", "Add nox", "row 4")
REPORT = Report(
    "acme",
    results=(
        Result(GUIDE, Status.FAIL, (Finding("Type `nox` here.", Evidence("README.md", 3), "Add:\n    nox -s tests"),)),
        Result(TESTS, Status.PASS, evidence=(Evidence("noxfile.py", 7),)),
    ),
    ignored=((TESTS, "later"),),
)


def html(text: str) -> str:
    rendered: str = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text)
    return rendered


def test_a_report_reads_as_sections() -> None:
    assert (
        render([REPORT])
        == """\
## ❌ acme: not ready for a sprint\\: 1 required check fails

### Do first

1. ❌ **There is no guide** (SR101, required)
   - `README.md:3` Type `nox` here\\.
     - fix: Add\\:

               nox -s tests


<details><summary>Passed and skipped</summary>

| | check | family | seen at, or why not |
|---|---|---|---|
| ✅ | SR201 `tests` | Tests | `noxfile.py:7` |

</details>

### Ignored

- SR201 `tests`: later
"""
    )


def test_text_to_add_becomes_code() -> None:
    assert "<pre><code>" in html(render([REPORT]))
    assert "nox -s tests\n</code></pre>" in html(render([REPORT]))


def test_several_reports_begin_with_a_table() -> None:
    shown = render([REPORT, Report("missing", problem="missing does not exist")])
    assert shown.startswith("| repository | verdict | passed | failed | skipped |\n|---|---|---|---|---|\n| acme |")
    assert "## ❌ missing: not judged\n\nmissing does not exist\n" in shown


def test_the_catalogue_is_a_table() -> None:
    assert html(render_catalogue([GUIDE, TESTS])).count("<tr>") == 3


@pytest.mark.parametrize(
    "text",
    [
        "# a heading",
        "- an item",
        "1. an item",
        "<script>alert(1)</script>",
        "<!-- comment",
        "[a](javascript:b)",
        "![a](b)",
        "*a* _b_ ~~c~~ **d**",
        "a | b",
        "---",
        "> quote",
        "&lt;b&gt;",
        "\\",
        "\\`a",
        "$x$",
        "<https://example.org>",
    ],
)
def test_prose_renders_as_it_is_written(text: str) -> None:
    from html import escape as as_html

    shown = html(escape(text)).replace("\u200b", "")
    assert shown == f"<p>{as_html(text, quote=False)}</p>\n"


@pytest.mark.parametrize("text", ["a", "`", "a``b", "``", " a ", "a|b", "<b>", "**a**", "@ada #1"])
def test_code_stays_code_whatever_is_in_it(text: str) -> None:
    table = html(f"| a |\n|---|\n| {code(text)} |\n")
    assert table.count("<code>") == 1
    assert table.count("<td>") == 1
    assert "<b>" not in table
    assert "<strong>" not in table


@pytest.mark.parametrize("text", ["@ada", "#12", "GH-12", "a@example.org"])
def test_nobody_is_mentioned_and_no_issue_is_referred_to(text: str) -> None:
    assert text not in escape(text).replace("\\", "")
