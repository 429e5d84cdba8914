"""The post, read back by markdown-it as GitHub would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

from pytest_sprintready.report.post import link, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.audit.results import Audit


def html(text: str) -> str:
    rendered: str = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text)
    return rendered


def test_the_title_says_how_many_are_ready(audit: Audit) -> None:
    assert render(audit).startswith(
        "# Sprint of Lights: 5 of 14 projects are ready\n\n16 to 17 May 2026, the town library"
    )


def test_every_project_has_a_row(audit: Audit) -> None:
    assert html(render(audit)).count("<tr>") == 1 + len(audit.projects)


def test_issues_stand_with_their_project_its_mentor_and_the_test_command(audit: Audit) -> None:
    assert (
        "**wick** (ask Mirjam)\n\n"
        "- [Add an example of reading a file without a header](<https://redirect.github.com/example/wick/issues/42>) "
        "(beginner, docs)\n"
    ) in render(audit)
    assert "- to test: `nox -s tests`" in render(audit)


def test_work_that_many_share_says_so(audit: Audit) -> None:
    projects = [
        project._replace(
            issues=tuple(one._replace(verdict=one.verdict._replace(shared=True)) for one in project.issues or ())
        )
        for project in audit.projects
    ]
    assert "(beginner, docs, for several people)\n" in render(audit._replace(projects=tuple(projects)))


def test_a_post_says_how_issues_are_had_where_they_were_not_asked_for(example: Any) -> None:
    assert "The forges were not asked; `sprintready audit --issues` asks them." in render(
        example.audit(2, issues=False)
    )


def test_a_post_says_so_where_no_issue_can_be_taken(example: Any) -> None:
    asked = example.audit(1)
    assert "None can be taken right now" in render(asked)


def test_a_link_to_an_issue_leaves_no_trace_in_it(audit: Audit) -> None:
    assert "](<https://github.com/" not in render(audit)


def test_a_link_elsewhere_is_as_it_is() -> None:
    assert link("a", "https://codeberg.org/a/b") == "[a](<https://codeberg.org/a/b>)"


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "![a](https://example.org/pixel.png)",
        "](javascript:alert(1))",
        "<https://example.org>",
        "a | b",
        "`",
        "# heading",
        "x\n\n# heading",
        "</td></tr></table>",
        "<!--",
        "<details>",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
    ],
)
def test_what_outsiders_write_stays_text(hostile_audit: Callable[[str], Audit], evil: str) -> None:
    shown = html(render(hostile_audit(evil)))
    harmless = html(render(hostile_audit("harmless")))
    tags = re.compile(r"<(/?[a-z]\w*)")
    assert tags.findall(shown.replace("<code>", "").replace("</code>", "")) == tags.findall(
        harmless.replace("<code>", "").replace("</code>", "")
    )
    assert "<a href" not in shown
    assert "<!--" not in shown


@pytest.mark.parametrize("evil", ["@ada", "#12", "fixes #12", "closes GH-12", "owner/name#12", "@org/team"])
def test_nobody_is_mentioned_and_no_issue_is_closed(hostile_audit: Callable[[str], Audit], evil: str) -> None:
    # In code forges look for neither; a reader sees there what is to be typed.
    shown = re.sub(r"<code>.*?</code>", "", html(render(hostile_audit(evil))))
    assert not re.search(r"@\w|#\d|GH-\d", shown)
