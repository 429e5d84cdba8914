"""The pages that are made from the code: one a check, one a cause of failures, the configuration, the command line.

`docs/conf.py` writes them when the site is built, so that they cannot fall behind; none is kept in git.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import textwrap
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.config import OWN_FILE, SHARED_FILE, TABLE, Issues, Settings, Sprint, load_settings
from pytest_sprintready.diagnosis import catalogue as causes
from pytest_sprintready.engine import catalogue, judge
from pytest_sprintready.facts import Facts
from pytest_sprintready.forge.model import from_json
from pytest_sprintready.model import EMPTY, Fact
from pytest_sprintready.report import family
from pytest_sprintready.report.markdown import code, escape, render_catalogue
from pytest_sprintready.snapshot import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.checks import Check
    from pytest_sprintready.diagnosis.catalogue import Entry

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "checks" / "cases"
MESSAGES = ROOT / "tests" / "diagnosis" / "messages.txt"

SETTINGS = {
    "select": "The checks to run: codes, beginnings of codes, or names. All of them where it is empty.",
    "ignore": "The checks to leave out; best as a table with the reason for each, which every report shows.",
    "beginner-labels": 'Names of the labels for newcomers, where they are not "good first issue".',
    "max-clone-megabytes": "How large a clone may be before SR508 says so.",
    "issues": "A table of its own, below.",
    "sprint": "A table of its own, below.",
}
ISSUES = {
    "least": "How many issues have to be free to take; with `sprinters`, 1.3 for each of them if that is more.",
    "unassigned-percent": "How many of the issues for newcomers are to have nobody assigned.",
    "stale-days": "After so many days without a word an issue has to be looked at again.",
    "claim-days": 'For so many days a comment like "I work on this" keeps an issue taken.',
    "ready-days": "So many days before the sprint the list is to be ready.",
    "answer-hours": "A first answer within this time is good.",
    "answer-days": "A first answer later than this is late.",
    "unanswered-days": "No newcomer's pull request is to wait longer for a first answer.",
    "newcomer-days": "Within this time a newcomer's pull request is to have been merged.",
    "sprint-labels": "How labels for sprints begin.",
}
SPRINT = {
    "lead": "Who answers for the project on the day.",
    "contact": "Where that person is reached: an address, a chat, a page.",
    "mentors": "Who helps at the table.",
    "capacity": "How many people the project can take.",
    "level": "Whom the work is for, for example `beginner`.",
    "goals": "What the project wants done, a string each.",
    "date": "When the sprint is, as 2026-05-16; SR322 looks at it.",
    "sprinters": "How many people are expected.",
}


def pages() -> dict[str, str]:
    """Return the text of each page by its path below `docs/`."""
    checks = catalogue()
    return {
        "checks/index.md": _catalogue(checks),
        **{f"checks/{one.rule.code}.md": _check(one) for one in checks},
        "causes/index.md": _causes(causes.catalogue()),
        **{f"causes/{entry.code}.md": _cause(entry) for entry in causes.catalogue()},
        "reference/configuration.md": _configuration(),
        "reference/cli.md": _command_line(),
        "reference/hooks.md": _hooks(),
    }


def write(docs: Path) -> None:
    """Write all pages below `docs`, and remove those of checks that are gone; leave alone what is up to date."""
    wanted = pages()
    for folder in ("checks", "causes"):
        for path in (docs / folder).glob("*.md"):
            if f"{folder}/{path.name}" not in wanted:
                path.unlink()
    for name, content in wanted.items():
        path = docs / name
        path.parent.mkdir(exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.write_text(content, encoding="utf-8", newline="\n")


# Checks ---------------------------------------------------------------------------------------------------------


def _catalogue(checks: tuple[Check, ...]) -> str:
    lines = [
        "# Checks",
        "",
        "*Required* is what a sprint cannot do without; only that makes `sprintready check` fail.",
        "*Recommended* saves a newcomer's time, *optional* is a kindness. Where the files do not tell, a check is",
        "skipped and says why.",
    ]
    for name, members in groupby(checks, key=lambda one: family(one.rule)):
        rules = [one.rule for one in members]
        table = render_catalogue(rules)
        for rule in rules:
            table = table.replace(f"| {rule.code} |", f"| [{rule.code}]({rule.code}.md) |")
        lines += ["", f"## {name}", "", table.rstrip()]
    return "\n".join([*lines, "", "```{toctree}", ":hidden:", "", *(one.rule.code for one in checks), "```", ""])


def _check(one: Check) -> str:
    rule = one.rule
    lines = [
        f"# {rule.code} {rule.name}",
        "",
        f"**{escape(rule.title)}.** ({rule.severity.value})",
        "",
        "## Why it matters",
        "",
        escape(rule.why),
        "",
        "## What to do",
        "",
        escape(rule.fix),
    ]
    if looked_at := (one.run.__doc__ or "").strip():
        lines += ["", "## What it looks at", "", escape(re.sub(r"\s+", " ", looked_at))]
    if example := list(_example(one)):
        lines += ["", "## An example", "", *example]
    if met := causes.entries_for(rule.code):
        lines += ["", "## What a newcomer meets otherwise", ""]
        lines += [f"- [{entry.code}](../causes/{entry.code}.md): {escape(entry.title)}." for entry in met]
    lines += [
        "",
        "## Where the rule comes from",
        "",
        _source(rule.source),
        "",
        "## To leave it out",
        "",
        f"Say why, in {SHARED_FILE}; every report then shows the reason:",
        "",
        "```toml",
        f"[{TABLE}.ignore]",
        f'{rule.code} = "the reason"',
        "```",
        "",
        f"For one run: `sprintready check --ignore {rule.code}`.",
        "",
    ]
    return "\n".join(lines)


def _example(one: Check) -> Iterator[str]:
    """Yield what the check says of the first repository below tests/ that it fails, and how that one looks."""
    case = min((CASES / one.rule.code / "fail").glob("*/"), default=None)
    if case is None:
        return
    with open_snapshot(case) as snapshot:
        facts = Facts(snapshot, load_settings(snapshot))
        said = case.with_name(f"{case.name}.json")
        if said.exists():  # what the forge says
            facts.forge = Fact(from_json(json.loads(said.read_text(encoding="utf-8"))))
        result = judge(one, facts)
    yield from ("It says of one of the repositories in its own tests:", "", "```text")
    for finding in result.findings:
        yield f"{finding.place}:" if finding.place else one.rule.name + ":"
        yield from textwrap.wrap(finding.message, 88, initial_indent="  ", subsequent_indent="  ")
        for line in (finding.fix or one.rule.fix).splitlines():
            lead = "  fix: " if line == (finding.fix or one.rule.fix).splitlines()[0] else "       "
            yield from textwrap.wrap(line, 88, initial_indent=lead, subsequent_indent="       ")
    yield "```"
    yield from ("", f"That repository, and one that passes, are in `tests/checks/cases/{one.rule.code}/`.")


def _source(source: str) -> str:
    """Return the source with its addresses as links and its rows as links to the requirements."""

    def linked(match: re.Match[str]) -> str:
        if match[0].startswith("http"):
            return f"<{match[0]}>"
        return f"[{match[0].replace('GUIDANCE', 'requirement')}](../requirements.md)"

    return re.sub(r"https?://[^\s;]+|GUIDANCE rows? [\d, and to-]*\d", linked, source)


# Causes of failures -----------------------------------------------------------------------------------------------


def _causes(entries: tuple[Entry, ...]) -> str:
    lines = [
        "# Causes of failures",
        "",
        "What [the messages](../diagnosis.md) below a failed run are about.",
        "",
        "| code | cause | found beforehand by |",
        "|---|---|---|",
    ]
    for entry in entries:
        links = ", ".join(f"[{code}](../checks/{code}.md)" for code in entry.checks)
        lines.append(f"| [{entry.code}]({entry.code}.md) | {escape(entry.title)} | {links} |")
    return "\n".join([*lines, "", "```{toctree}", ":hidden:", "", *(entry.code for entry in entries), "```", ""])


def _cause(entry: Entry) -> str:
    lines = [f"# {entry.code} {entry.name}", "", f"**{escape(entry.title)}.**"]
    for heading, words in (
        ("What it looks like", entry.looks),
        ("Why it happens", entry.why),
        ("How a maintainer prevents it", entry.prevent),
    ):
        lines += ["", f"## {heading}", "", words]
    if entry.checks:
        links = ", ".join(f"[{code}](../checks/{code}.md)" for code in entry.checks)
        lines += ["", "## The check that finds it beforehand", "", links]
    if said := _golden(entry.code):
        lines += ["", "## The message", "", "```text", said, "```"]
    return "\n".join([*lines, ""])


def _golden(code: str) -> str:
    """Return the message as the tests have it, "" where there is none."""
    if not MESSAGES.exists():
        return ""
    blocks = MESSAGES.read_text(encoding="utf-8").strip().split("\n\n")
    return next((block for block in blocks if block.startswith(f"{code}:")), "")


# Settings, command line, hooks ----------------------------------------------------------------------------------


def _configuration() -> str:
    return "\n".join(
        [
            "# Configuration",
            "",
            f"Nothing has to be configured. What a project wants to say stands in `{SHARED_FILE}` under `[{TABLE}]`,",
            f"or without that heading in a file `{OWN_FILE}`. An unknown key is an error that names the nearest one.",
            "",
            f"## `[{TABLE}]`",
            "",
            *_keys(Settings(), SETTINGS),
            "",
            f"## `[{TABLE}.sprint]`",
            "",
            "What no file can tell. An organizer's `sprint.toml` fills in what a project leaves out.",
            "",
            *_keys(Sprint(), SPRINT),
            "",
            f"## `[{TABLE}.issues]`",
            "",
            "What is asked of issues on the forge.",
            "",
            *_keys(Issues(), ISSUES),
            "",
            "## An example",
            "",
            "```toml",
            f"[{TABLE}]",
            'beginner-labels = ["starter"]',
            "",
            f"[{TABLE}.ignore]",
            'SR118 = "the translations have a guide of their own"',
            "",
            f"[{TABLE}.sprint]",
            'lead = "Ada"',
            'contact = "https://chat.example.org/#lantern"',
            'mentors = ["Ada", "Grace"]',
            "capacity = 12",
            'level = "beginner"',
            'goals = ["translate the guide", "close ten first issues"]',
            "sprinters = 12",
            "```",
            "",
        ]
    )


def _keys(defaults: Settings | Sprint | Issues, meanings: dict[str, str]) -> Iterator[str]:
    yield "| key | takes | default | meaning |"
    yield "|---|---|---|---|"
    for field, default in defaults._asdict().items():
        if field == "path":
            continue
        key = field.replace("_", "-")
        shown = f"`{default}`" if isinstance(default, int) else _strings(default)
        yield f"| `{key}` | {_takes(default)} | {shown} | {meanings[key]} |"


def _strings(default: object) -> str:
    plain = isinstance(default, tuple) and not hasattr(default, "_fields")
    return ", ".join(f"`{entry}`" for entry in default) if plain and isinstance(default, tuple) else ""


def _takes(default: object) -> str:
    if default is EMPTY:
        return "a table of reasons, or a list"
    if isinstance(default, (Sprint, Issues)):
        return "a table"
    if isinstance(default, tuple):
        return "a list of strings"
    return "a string" if isinstance(default, str) else "a whole number"


def _command_line() -> str:
    from pytest_sprintready import cli

    parser = cli.parser()
    lines = ["# Command line", "", str(parser.description), ""]
    lines += [cli.__doc__.partition("\n\n")[2].strip() if cli.__doc__ else ""]
    lines += ["", "With `SPRINTREADY_DEBUG=1` a bug shows its traceback. `NO_COLOR` and `FORCE_COLOR` are respected."]
    for name, command in _commands(parser):
        lines += ["", f"## `sprintready {name}`", "", f"{_sentence(command.description)}", ""]
        lines += ["| argument | meaning |", "|---|---|"]
        lines += [f"| {_written(action)} | {_meaning(action)} |" for action in command._actions]  # noqa: SLF001
    return "\n".join([*lines, ""])


def _commands(parser: argparse.ArgumentParser, within: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:  # noqa: SLF001  argparse offers no other way to ask
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for name, command in action.choices.items():
                yield from list(_commands(command, f"{within}{name} ")) or [(within + name, command)]


def _written(action: argparse.Action) -> str:
    value = "{" + ",".join(map(str, action.choices)) + "}" if action.choices else str(action.metavar or "")
    names = action.option_strings or [value]
    takes = f" {value}" if action.option_strings and action.nargs != 0 and value else ""
    repeats = " ..." if action.nargs in ("*", "+") else ""
    return code(", ".join(names) + takes + repeats)


def _meaning(action: argparse.Action) -> str:
    meaning = (action.help or "").replace("%(default)s", f"`{action.default}`")
    return _sentence(meaning)


def _sentence(words: str | None) -> str:
    return f"{words[0].upper()}{words[1:].rstrip('.')}." if words else ""


def _hooks() -> str:
    from sprintready_hooks import _manifest

    lines = [
        "# Hooks",
        "",
        "Made by `python -m sprintready_hooks` from one module each; see [the guide](../hooks.md).",
        "",
    ]
    lines += ["| id | what holds when it passes | checks |", "|---|---|---|"]
    for hook in _manifest.hooks():
        checks = ", ".join(code(selector) for selector in hook.select) or "all"
        lines.append(f"| `{hook.id}` | {escape(hook.description)} | {checks} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    write(ROOT / "docs")
    sys.stdout.write("\n".join(pages()) + "\n")
