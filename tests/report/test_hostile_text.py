"""Nothing a repository says may reach a terminal, a log or a page as anything but text."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies

from pytest_sprintready.howto import Guide, Line, Step
from pytest_sprintready.model import Evidence, Finding, Report, Result, Rule, Severity, Status
from pytest_sprintready.report import as_json, github, markdown, sarif, text, visible

if TYPE_CHECKING:
    from collections.abc import Callable

RULE = Rule("SR101", "guide", Severity.REQUIRED, "There is no guide", "People guess", "Write one", "row 1")

HOSTILE = {
    "escape": "\x1bc",
    "csi": "\x1b[2J\x1b[31m",
    "c1-csi": "\x9b2J",
    "osc-8-link": "\x1b]8;;https://example.org\x1b\\here\x1b]8;;\x1b\\",
    "bell": "\x07",
    "backspace": "good\x08\x08\x08\x08evil",
    "return": "good\revil",
    "newline": "good\n::error::evil",
    "bidi": "\u202egnp.exe\u2066",
    "line-separator": "a\u2028b\u2029c\x85d\x0bd\x0ce",
    "nul": "a\x00b",
    "delete": "a\x7fb",
    "not-utf-8": "caf\udce9",
    "tag-letters": "a\U000e0041b",
    "zero-width": "a\u200bb\ufeffc",
}


def report(evil: str) -> Report:
    place = Evidence(f"docs/{evil}.md", 3)
    return Report(
        evil,
        evil,
        (
            Result(RULE, Status.FAIL, (Finding(f"See {evil}.", place, f"Write {evil}"), Finding(evil))),
            Result(RULE, Status.PASS, evidence=(place,)),
            Result(RULE, Status.SKIPPED, reason=evil),
            Result(RULE, Status.ERROR, reason=evil),
        ),
        ((RULE, evil),),
        {"a": {"value": [evil], "evidence": [{"path": evil}]}, "b": {"unknown": evil}},
    )


def guide(evil: str) -> Guide:
    step = Step("setup", "Set up", "documented", (Line(evil, Evidence(evil)),), evil)
    return Guide(evil, steps=(step,), stuck=(evil,))


RENDERERS: dict[str, Callable[[str], str]] = {
    "text": lambda evil: text.render([report(evil)]),
    "text-verbose": lambda evil: text.render([report(evil)], text.Style(verbose=True)),
    "text-several": lambda evil: text.render([report(evil), Report(evil, problem=evil, hint=evil)]),
    "facts": lambda evil: text.render_facts([report(evil), Report(evil, problem=evil, hint=evil)]),
    "howto": lambda evil: text.render_guides([guide(evil), Guide(evil, problem=evil, hint=evil)]),
    "json": lambda evil: as_json.render([report(evil), Report(evil, problem=evil, hint=evil)]),
    "json-howto": lambda evil: as_json.render_guides([guide(evil)]),
    "sarif": lambda evil: sarif.render([report(evil), Report(evil, problem=evil, hint=evil)]),
    "github": lambda evil: github.render([report(evil), Report(evil, problem=evil, hint=evil)]),
    "markdown": lambda evil: markdown.render([report(evil), Report(evil, problem=evil, hint=evil)]),
}


def dangerous(shown: str) -> list[str]:
    """Return the characters that are no text: controls but the line feed, directions, halves of pairs."""
    allowed = "\n\u200b"  # the zero-width space is what our Markdown puts behind an @
    return [one for one in shown if one not in allowed and unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("render", RENDERERS.values(), ids=RENDERERS.keys())
def test_no_renderer_lets_a_control_character_pass(render: Callable[[str], str], evil: str) -> None:
    assert dangerous(render(evil)) == []


@given(strategies.text())
def test_visible_text_is_one_line_without_controls(anything: str) -> None:
    shown = visible(anything)
    assert len(shown.splitlines()) <= 1
    assert not [one for one in dangerous(shown) if one not in "\u200c\u200d" and unicodedata.category(one) != "Cf"]


@given(strategies.text(strategies.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_visible_leaves_ordinary_text_alone(anything: str) -> None:
    assert visible(anything) == anything


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE.keys())
def test_annotations_are_one_line_each_and_no_other_commands(evil: str) -> None:
    for line in github.render([report(evil)]).splitlines():
        assert re.match(r"::(error|warning|notice) (file|title)=|\S", line)
        assert not line.lstrip().startswith("::error::")


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE.keys())
def test_json_gives_programs_what_the_repository_says(evil: str) -> None:
    assert json.loads(as_json.render([report(evil)]))["repository"]["name"] == evil


@pytest.mark.parametrize("evil", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_name_cannot_begin_a_line_of_the_report(evil: str) -> None:
    forged = f"x\n  ✓ SR101 guide{evil}"
    shown = text.render([Report("acme", results=(Result(RULE, Status.FAIL, (Finding("No.", Evidence(forged)),)),))])
    assert not any(line.startswith("  ✓") for line in shown.splitlines())
