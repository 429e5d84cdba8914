"""What a person reads."""

from __future__ import annotations

import re

import pytest

from pytest_sprintready.howto import Guide, Line, Step
from pytest_sprintready.model import Evidence, Finding, Report, Result, Rule, Severity, Status
from pytest_sprintready.report.text import Style, render, render_catalogue, render_facts, render_guides, render_rule

GUIDE = Rule("SR101", "guide", Severity.REQUIRED, "There is no guide", "People guess", "Write one", "row 1")
LINKS = Rule("SR116", "links", Severity.RECOMMENDED, "A link leads nowhere", "People give up", "Mend it", "row 2")
DATED = Rule("SR115", "dated", Severity.OPTIONAL, "Nobody says when it worked", "Doubt", "Add a date", "row 3")
TESTS = Rule("SR201", "tests", Severity.REQUIRED, "Nothing runs the tests", "No proof", "Add nox", "row 4")
OTHER = Rule("XY101", "other", Severity.OPTIONAL, "Somebody else's rule", "W", "F", "S")

REPORT = Report(
    "acme",
    "0123456789abcdef",
    (
        Result(GUIDE, Status.FAIL, (Finding("No file guides.", fix="Add CONTRIBUTING.md."),)),
        Result(DATED, Status.FAIL, (Finding("No date.", Evidence("README.md")),)),
        Result(
            LINKS,
            Status.FAIL,
            (Finding("To a.md.", Evidence("README.md", 3)), Finding("To b.md.", Evidence("x.md", 9))),
        ),
        Result(TESTS, Status.PASS, evidence=(Evidence("noxfile.py", 7),)),
        Result(OTHER, Status.SKIPPED, reason="it does not apply"),
    ),
    ((TESTS._replace(code="SR202", name="slow-tests"), "we have none"),),
)


def test_a_report_leads_with_what_to_do_first() -> None:
    assert (
        render([REPORT])
        == """\
acme at 0123456789ab

Do first
 1. There is no guide (SR101, required)
      No file guides.
      fix: Add CONTRIBUTING.md.

Documents
  ✗ SR101 guide: see 1 above
  ✗ Nobody says when it worked (SR115, optional): README.md
  ✗ A link leads nowhere (SR116, recommended)
      README.md:3  To a.md.
      x.md:9  To b.md.
      fix: Mend it

Tests
  ✓ tests

XY
  ○ XY101 other: it does not apply

Ignored
  SR202 slow-tests: we have none

Not ready for a sprint: 1 required check fails.
1 passed, 3 failed, 1 skipped, 1 ignored
`sprintready explain SR101` tells more about a check.
"""
    )


def test_quiet_shows_only_what_fails() -> None:
    shown = render([REPORT], Style(quiet=True))
    assert "There is no guide" in shown
    assert "Tests" not in shown.splitlines()
    assert "it does not apply" not in shown
    assert "we have none" not in shown


def test_verbose_shows_places_of_passes_and_reasons_of_rules() -> None:
    shown = render([REPORT], Style(verbose=True))
    assert "  ✓ SR201 tests\n      noxfile.py:7\n" in shown
    assert "why: People guess" in shown
    assert "      README.md  No date.\n" in shown


def test_checks_that_are_skipped_for_one_reason_share_a_line() -> None:
    skipped = [Result(rule, Status.SKIPPED, reason="there is no guide") for rule in (LINKS, DATED)]
    shown = render([Report("acme", results=(*skipped, Result(GUIDE, Status.SKIPPED, reason="other")))])
    assert "  ○ links, dated: there is no guide\n  ○ SR101 guide: other\n" in shown


def test_a_broken_check_is_not_said_to_have_found_anything() -> None:
    shown = render([Report("acme", results=(Result(GUIDE, Status.ERROR, reason="KeyError: 'x' (docs.py:3)"),))])
    assert " 1. SR101 guide broke, please report it: KeyError: 'x' (docs.py:3)\n" in shown
    assert GUIDE.title not in shown


def test_many_findings_are_cut_with_a_way_to_see_all() -> None:
    findings = tuple(Finding(f"Link {number}.", Evidence("README.md", number)) for number in range(1, 21))
    report = Report("acme", results=(Result(LINKS, Status.FAIL, findings),))
    assert "Link 6." not in render([report])
    assert "and 15 more; --verbose shows all" in render([report])
    assert "Link 20." in render([report], Style(verbose=True))


def test_the_same_fix_is_said_once_after_its_findings() -> None:
    findings = (Finding("A.", fix="Do x."), Finding("B.", fix="Do x."), Finding("C.", fix="Do y."))
    shown = render([Report("acme", results=(Result(GUIDE, Status.FAIL, findings),))])
    assert "      A.\n      B.\n      fix: Do x.\n      C.\n      fix: Do y.\n" in shown


@pytest.mark.parametrize(
    ("results", "said"),
    [
        ((Result(TESTS, Status.PASS),), "Ready for a sprint."),
        ((Result(TESTS, Status.PASS), Result(DATED, Status.FAIL, (Finding("No date."),))), "Ready for a sprint."),
        ((Result(TESTS, Status.SKIPPED, reason="?"),), "Not judged: no check could tell."),
        ((), "Not judged: no check was run."),
        ((Result(TESTS, Status.ERROR, reason="?"),), "Not ready for a sprint: 1 required check fails."),
    ],
    ids=["passes", "optional-fails", "all-skipped", "no-check", "required-breaks"],
)
def test_the_verdict_never_says_more_than_is_known(results: tuple[Result, ...], said: str) -> None:
    assert said in render([Report("acme", results=results)]).splitlines()


def test_several_repositories_end_with_an_overview() -> None:
    unreadable = Report("missing", problem="missing does not exist", hint="check the spelling of the path")
    shown = render([REPORT, unreadable])
    assert "missing\n  missing does not exist\n  hint: check the spelling of the path\n" in shown
    assert shown.endswith(
        "All repositories\n  acme     not ready for a sprint: 1 required check fails\n  missing  not judged\n"
    )


def test_plain_style_has_no_escape_and_no_sign_beyond_ascii() -> None:
    shown = render([REPORT], Style(unicode=False))
    assert shown.isascii()
    assert "\x1b" not in shown
    assert "  x A link leads nowhere" in shown


def test_colours_change_nothing_but_colours() -> None:
    plain = re.sub(r"\x1b\[[\d;]*m", "", render([REPORT], Style(colour=True)))
    assert plain == render([REPORT], Style())


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    words = Finding("word " * 60, Evidence("README.md", 1), "word " * 60)
    rule = GUIDE._replace(title="word " * 30)
    shown = render([Report("acme", results=(Result(rule, Status.FAIL, (words,)),))], Style(width))
    assert max(map(len, shown.splitlines())) <= width


def test_wide_letters_count_for_two_columns() -> None:
    finding = Finding("日本語 " * 30)
    shown = render([Report("acme", results=(Result(GUIDE, Status.FAIL, (finding,)),))], Style(60))
    longest = max(line.count("日") for line in shown.splitlines())
    assert longest == 7  # six blanks, and seven words of six columns with a blank between


def test_a_command_between_backticks_is_never_broken() -> None:
    command = "`git remote add upstream https://example.org/acme/acme.git`"
    finding = Finding("Some words before the command that fill the line.", fix=f"Type {command}, then pull.")
    shown = render([Report("acme", results=(Result(GUIDE, Status.FAIL, (finding,)),))], Style(40))
    assert any(command in line for line in shown.splitlines())


def test_text_to_add_keeps_its_lines_and_indentation() -> None:
    fix = "Add to noxfile.py:\n    @nox.session\n    def tests(session): ...   # and more words than would fit a line"
    finding = Finding("None.", fix=fix)
    shown = render([Report("acme", results=(Result(GUIDE, Status.FAIL, (finding,)),))], Style(40))
    assert "               @nox.session\n" in shown
    assert "def tests(session): ...   # and more words than would fit a line\n" in shown


def test_a_rule_is_explained_with_the_way_to_leave_it_out() -> None:
    assert (
        render_rule(GUIDE)
        == """\
SR101 guide (required)

There is no guide.

Why it matters: People guess

What to do: Write one

Where the rule comes from: row 1

To leave it out, say why, in pyproject.toml:

    [tool.sprintready.ignore]
    SR101 = "the reason, which every report then shows"
"""
    )


def test_the_catalogue_stands_by_family() -> None:
    assert (
        render_catalogue([GUIDE, TESTS])
        == """\
Documents
  SR101 guide (required)
        There is no guide.

Tests
  SR201 tests (required)
        Nothing runs the tests.
"""
    )


def test_facts_show_values_with_their_places() -> None:
    facts = {
        "readme": {"value": "README.md", "evidence": [{"path": "README.md"}]},
        "test_commands": {
            "value": ["nox", "tox"],
            "evidence": [{"path": "a.md", "line": 1}, {"path": "a.md", "line": 2}],
        },
        "runners": {"value": ["nox", "tox"], "evidence": [{"path": "noxfile.py"}]},
        "security": {"value": "", "evidence": []},
        "pre_commit": {"value": True, "evidence": []},
        "setup_commands": {"value": [], "evidence": []},
        "contact": {"unknown": "the README is binary"},
    }
    assert (
        render_facts([Report("acme", facts=facts)])
        == """\
acme
  readme: README.md
  test_commands:
      nox  (a.md:1)
      tox  (a.md:2)
  runners: nox, tox
      noxfile.py
  security: none
  pre_commit: yes
  setup_commands: none
  contact: not known: the README is binary
"""
    )


def test_a_guide_shows_commands_to_copy_and_where_they_stand() -> None:
    steps = (
        Step("setup", "Set up", "documented", (Line("pip install -e .", Evidence("CONTRIBUTING.md", 4)),)),
        Step("test", "Run the tests", "unknown", (), "No document says how."),
    )
    assert (
        render_guides([Guide(".", steps=steps, stuck=("#acme on IRC",))])
        == """\
This repository: from a fresh clone to a test run

1. Set up
     pip install -e .  (CONTRIBUTING.md:4)

2. Run the tests
   No document says how.

Stuck?
     #acme on IRC
"""
    )


def test_a_recorded_fresh_clone_is_told_with_its_age() -> None:
    kept = {"last_verified": {"value": "2026-05-01T08:00:00+00:00", "evidence": []}}
    told = render([Report("lantern", facts=kept)], now=1_777_622_400 + 5 * 7 * 86_400)
    assert "A fresh clone was green 5 weeks ago, on 2026-05-01" in told
    assert "fresh clone" not in render([Report("lantern")], now=1_777_622_400)
