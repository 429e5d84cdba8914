"""The letter to the people who keep a project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from pytest_sprintready.report.letter import WIDTH, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.audit.results import Audit, ProjectResult


@pytest.fixture
def of(audit: Audit) -> Callable[[str], ProjectResult]:
    def find(name: str) -> ProjectResult:
        return next(project for project in audit.projects if project.project.name == name)

    return find


def test_it_names_three_things_what_is_required_first(audit: Audit, of: Callable[[str], ProjectResult]) -> None:
    shown = render(audit, of("beacon"))
    assert "It is nearly ready. Three things would help a newcomer's first hour most:" in " ".join(shown.split())
    assert re.findall(r"^(\d)\. .*$", shown, re.MULTILINE) == ["1", "2", "3"]
    assert "1. A documented command names something that does not exist (SR106)." in shown


def test_each_place_is_linked_at_the_commit(audit: Audit, of: Callable[[str], ProjectResult]) -> None:
    commit = of("beacon").report.revision
    assert f"<https://github.com/example/beacon/blob/{commit}/CONTRIBUTING.md#L10>" in render(audit, of("beacon"))


def test_a_ready_project_hears_so_first(audit: Audit, of: Callable[[str], ProjectResult]) -> None:
    shown = render(audit, of("lantern"))
    assert shown.index("It is ready") < shown.index("better still")


def test_a_project_that_cannot_be_read_is_asked_where_it_is(audit: Audit, of: Callable[[str], ProjectResult]) -> None:
    shown = render(audit, of("matchbox"))
    assert "Could you tell me where it is" in shown
    assert "sprintready check" not in shown


def test_it_greets_the_lead(audit: Audit, of: Callable[[str], ProjectResult]) -> None:
    assert render(audit, of("beacon")).startswith("Hello Noor,\n")
    assert render(audit, of("matchbox")).startswith("Hello maintainers,\n")


def test_it_says_what_nearly_good_issues_lack(audit: Audit, of: Callable[[str], ProjectResult]) -> None:
    assert "These lack only a little:\n\n- " in render(audit, of("ember"))


def test_plain_lines_fit_a_mail_unless_an_address_or_command_is_longer(
    audit: Audit, of: Callable[[str], ProjectResult]
) -> None:
    for line in render(audit, of("hearth")).splitlines():
        assert len(line) <= WIDTH or "https://" in line or "`" in line


def test_a_command_is_never_broken_over_two_lines(audit: Audit, of: Callable[[str], ProjectResult]) -> None:
    assert all(line.count("`") % 2 == 0 for line in render(audit, of("lantern")).splitlines())


def test_as_markdown_the_things_are_a_list(audit: Audit, of: Callable[[str], ProjectResult]) -> None:
    shown = MarkdownIt("gfm-like", {"linkify": False}).render(render(audit, of("beacon"), markdown=True))
    assert shown.count("<ol>") == 1
    assert shown.count("<strong>") == 3
    assert '<a href="https://redirect.github.com/example/beacon/blob/' in shown


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize("evil", ["\x1b[2J", "\u202egnp", "a\rb", "a\x00b", "caf\udce9", "\x9b31m"])
def test_no_control_character_passes(hostile_audit: Callable[[str], Audit], evil: str, markdown: bool) -> None:
    audit = hostile_audit(evil)
    for project in audit.projects:
        assert all(one in {"\n", "\u200b"} or one.isprintable() for one in render(audit, project, markdown=markdown))


@pytest.mark.parametrize(
    "evil", ["<script>alert(1)</script>", "[a](javascript:b)", "@ada", "fixes #12", "x\n# y", "javascript:a"]
)
def test_markdown_from_outside_stays_text(hostile_audit: Callable[[str], Audit], evil: str) -> None:
    audit = hostile_audit(evil)
    for project in audit.projects:
        written = render(audit, project, markdown=True)
        shown = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(written)
        assert "<script" not in shown
        assert "<a " not in shown
        assert "<h1" not in shown
        assert not re.search(r"@\w|#\d", re.sub(r"<(code|pre)>.*?</\1>", "", shown, flags=re.DOTALL))
