"""The page as text: what is in it before a browser has seen it."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.report import html
from pytest_sprintready.report.html.data import described, identifier

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.audit.results import Audit

EVIL = {
    "script": "<script>alert(1)</script>",
    "end-of-script": "</script><script>alert(1)</script>",
    "end-of-style": "</style><script>alert(1)</script>",
    "comment": "<!--<script>",
    "image": "<img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)',
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "template": "{{ 7 * 7 }}{% for a in b %}",
    "code": "`<script>alert(1)</script>`",
    "indented": "    <script>alert(1)</script>",
}


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def packed(page: str) -> Any:
    found = re.search(r'<script type="application/(json|gzip)" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[2] if found[1] == "json" else gzip.decompress(base64.b64decode(found[2])))


def test_the_page_names_nothing_to_load(audit: Audit) -> None:
    for tag, attributes in Elements(html.render(audit)).found:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "video", "audio", "source"}
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)


def test_the_policy_allows_this_script_and_this_style_and_nothing_else(audit: Audit) -> None:
    policy = next(
        attributes["content"] for tag, attributes in Elements(html.render(audit)).found if attributes.get("http-equiv")
    )
    assert policy
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_script_and_the_template_are_given_the_same_projects(audit: Audit) -> None:
    page = html.render(audit)
    projects = packed(page)["projects"]
    assert [project["name"] for project in projects] == [project.project.name for project in audit.projects]
    assert all(f'id="{project["id"]}"' in page for project in projects)


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL.keys())
def test_what_outsiders_write_makes_no_element_and_no_attribute(
    hostile_audit: Callable[[str], Audit], evil: str
) -> None:
    def shape(page: str) -> list[tuple[str, list[str]]]:
        return [
            (tag, sorted(attributes)) for tag, attributes in Elements(page).found if tag not in ("code", "pre", "p")
        ]

    # Code and paragraphs aside: what is indented or between backticks becomes those, as it does in every report.
    assert shape(html.render(hostile_audit(evil))) == shape(html.render(hostile_audit("harmless")))


@pytest.mark.parametrize("evil", EVIL.values(), ids=EVIL.keys())
def test_no_link_leads_to_what_outsiders_write(hostile_audit: Callable[[str], Audit], evil: str) -> None:
    page = html.render(hostile_audit(evil))
    for tag, attributes in Elements(page).found:
        if tag == "a":
            assert re.match(r"#[\w?=-]+$", attributes["href"] or "")
    links = re.findall(r'"(?:href|revisionHref)":"([^"]*)"', json.dumps(packed(page), separators=(",", ":")))
    assert set(links) == {""}


@pytest.mark.parametrize("evil", ["\u202egnp", "a\x00b", "\x1b[2J", "caf\udce9", "a\u2028b", "\u2066", "\ufeff"])
def test_the_page_is_text_that_can_be_encoded_and_seen(hostile_audit: Callable[[str], Audit], evil: str) -> None:
    page = html.render(hostile_audit(evil))
    page.encode()
    assert evil not in page


def test_names_from_right_to_left_are_kept_apart_from_their_surroundings(audit: Audit) -> None:
    assert "<bdi>منارة</bdi>" in html.render(audit)


def test_an_endless_text_is_cut(hostile_audit: Callable[[str], Audit]) -> None:
    assert len(html.render(hostile_audit("x" * 100_000))) < 2_000_000


def test_a_project_has_the_same_address_in_every_audit() -> None:
    assert identifier("pytest-sprintready") == "project-pytest-sprintready"
    assert re.fullmatch(r"project-x-[0-9a-f]{6}", identifier("منارة"))
    assert len({identifier(name) for name in ("A b", "a-b", "a b", "a_b", "A-B")}) == 5


def test_where_nothing_was_asked_it_says_how_to_ask(example: Any) -> None:
    page = html.render(example.audit(3, issues=False, outcomes=False))
    assert "sprintready audit sprint.toml --issues" in page
    assert "No fresh clone was tried." in page
    assert "This is the first audit." in page


def test_an_audit_of_no_projects_can_be_shown(audit: Audit) -> None:
    assert "0 of 0 projects are ready" in " ".join(Elements(html.render(audit._replace(projects=()))).text.split())


def test_an_unfinished_audit_says_so(audit: Audit) -> None:
    assert "This audit is not finished" in html.render(audit._replace(finished=None))


def test_history_has_its_numbers_as_a_table(audit: Audit, example: Any) -> None:
    page = html.render(audit, example.history())
    assert page.count("<path ") == 4
    assert '<th scope="row">24 March 2026</th><td class="figure">1</td><td class="figure">2</td>' in page


def test_a_large_sprint_is_compressed_and_says_where_the_line_is(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "STATIC_PROJECTS", 5)
    page = html.render(audit)
    assert "more than the 5 that a page can list without JavaScript" in page
    assert packed(page)["projects"] == packed(html.render(audit._replace(projects=audit.projects)))["projects"]
    assert len(packed(page)["projects"]) == 14
    assert "<article" not in page


def test_a_huge_sprint_keeps_what_is_required(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "STATIC_PROJECTS", 5)
    monkeypatch.setattr(html, "WHOLE_PROJECTS", 10)
    page = packed(html.render(audit))
    beacon = next(project for project in page["projects"] if project["name"] == "beacon")
    required, *others = beacon["mend"]
    assert required["findings"][0]["place"] == "CONTRIBUTING.md:10"
    assert not any(item["findings"] for item in others)
    assert "`sprintready check` tells all of it" in beacon["unsaid"]


def test_two_renderings_are_equal(audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    assert html.render(audit) == html.render(audit)
    monkeypatch.setattr(html, "STATIC_PROJECTS", 5)
    assert html.render(audit) == html.render(audit)


def test_findings_that_ask_for_the_same_say_it_once(audit: Audit) -> None:
    from pytest_sprintready.model import Finding, Report, Result, Rule, Severity, Status

    rule = Rule("SR1", "a", Severity.REQUIRED, "A", "B", "C", "D")
    result = Result(rule, Status.FAIL, (Finding("one", fix="same"), Finding("two", fix="same"), Finding("three")))
    project = next(iter(audit.projects))._replace(report=Report("a", results=(result,)))
    mend = described(project, 0)["mend"][0]
    assert [finding["fix"] for finding in mend["findings"]] == ["", "same", ""]
    assert mend["fix"] == "C"


def test_text_to_add_is_told_from_prose() -> None:
    assert list(html.blocks("Add:\n      nox -s tests\n    # or\n\nand commit")) == [
        ("text", "Add:"),
        ("code", "  nox -s tests\n# or"),
        ("text", "and commit"),
    ]
    assert list(html.blocks("    only code")) == [("code", "only code")]


def test_work_that_many_share_is_marked(audit: Audit) -> None:
    project = next(project for project in audit.projects if project.issues)
    issues = [one._replace(verdict=one.verdict._replace(shared=True)) for one in project.issues or ()]
    told = described(project._replace(issues=(*(project.issues or ())[:1], *issues[:1])), 0)["issues"]
    assert [issue["shared"] for issue in told] == ["", "for several people"]
    page = html.render(audit._replace(projects=(project._replace(issues=tuple(issues)),)))
    assert ">for several people</span>" in page
