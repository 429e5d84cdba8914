"""The page of an audit: one HTML file that asks the network for nothing, opens from a disk, and can be printed.

Up to STATIC_PROJECTS projects all of it is in the HTML, and the script only sorts, filters and takes turns. Of a larger
sprint the projects are there for the script alone, compressed; what everybody lacks is readable all the same.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from hashlib import sha256
from importlib import resources
from itertools import groupby
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest_sprintready
from pytest_sprintready.report import visible
from pytest_sprintready.report.html import data, plot
from pytest_sprintready.report.standings import STANDINGS, WORDS, Moment, Tally, day, days, duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.audit.results import Audit

STATIC_PROJECTS = 100
"""How many projects stand in the HTML itself: about 2 MB, what a phone still reads without waiting."""

WHOLE_PROJECTS = 2_000
"""Of how many projects the page holds every finding: about 2 MB, compressed. Of more it holds what is required."""

MOST_LACKING = 8


def render(audit: Audit, history: Sequence[Moment] = ()) -> str:
    """Return the page; `history` are the audits before this one, the oldest first. Needs jinja2."""
    now = audit.finished or audit.started
    number = len(audit.projects)
    static, brief = number <= STATIC_PROJECTS, number > WHOLE_PROJECTS
    tally = Tally()
    shown: list[dict[str, Any]] = []
    packed = _Packed()
    for project in audit.projects:
        tally.add(project)
        described = data.described(project, now, brief=brief)
        if static:
            shown.append(described)
        else:
            packed.add(described)
    title = visible(audit.sprint.name) or "Sprint readiness"
    lacking: list[dict[str, Any]] = [
        {"code": data.text(rule.code), "count": count} for rule, count in tally.most_lacking
    ]
    rules = {data.text(code): data.rule(rule) for code, rule in sorted(tally.rules.items())}
    about = {
        "title": title,
        "rules": rules,
        "lacking": lacking,
        "issuesMissing": data.ISSUES_MISSING,
        "verifyMissing": data.VERIFY_MISSING,
    }
    style, script = _file("page.css"), _file("page.js")
    rendered: str = _template().render(
        style=style,
        script=script,
        policy=_policy(style, script),
        data=_inert({"projects": shown, **about}) if static else packed.compressed(about),
        compressed=not static,
        page=about,
        projects=shown,
        tally=tally,
        words=WORDS,
        shares=plot.shares([(standing, tally.standings[standing]) for standing in STANDINGS]),
        lacks=[
            {"rule": rules[one["code"]], "share": 100 * one["count"] / tally.projects, **one}
            for one in lacking[:MOST_LACKING]
        ],
        history=plot.history([*history, Moment(now, tally.moment)]),
        median=duration(sorted(tally.green)[len(tally.green) // 2]) if tally.green else "",
        when=days(audit.sprint),
        where=visible(audit.sprint.place),
        sprinters=audit.sprint.sprinters,
        audited=day(now),
        unfinished=audit.finished is None,
        version=pytest_sprintready.__version__,
        limit=STATIC_PROJECTS,
    )
    return rendered


def _template() -> Any:
    try:
        import jinja2
    except ImportError as error:
        raise ModuleNotFoundError("the page is made with Jinja2", name="jinja2") from error
    from markupsafe import Markup

    def inline(said: str) -> Markup:
        code = Markup("<code>{}</code>")
        parts = enumerate(re.split("`([^`]+)`", said))
        return Markup("").join(code.format(part) if index % 2 else part for index, part in parts)

    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FunctionLoader(_file),
    )
    environment.filters |= {"inline": inline, "blocks": blocks, "trusted": Markup}
    return environment.get_template("page.html.jinja")


def blocks(said: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text: ("text", a line of prose) or ("code", indented lines, without their common indent)."""
    lines = (line for line in said.split("\n") if line.strip())
    for indented, group in groupby(lines, key=lambda line: line[0].isspace()):
        if indented:
            yield "code", dedent("\n".join(group))
        else:
            yield from (("text", line) for line in group)


def _file(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return a content security policy by which this style and this script are all that counts: no request, no more."""

    def source(inlined: str) -> str:
        return f"'sha256-{base64.b64encode(sha256(inlined.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; script-src {source(script)}; style-src {source(style)}; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _inert(values: Any) -> str:
    r"""Return JSON in which nothing can end the element that holds it: `<` is `\u003c`."""
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text


class _Packed:
    """JSON of many projects, compressed as it comes, so that they are never held together."""

    def __init__(self) -> None:
        # The gzip container, which is what browsers take apart; without a time, for equal pages to be equal.
        self._packer = zlib.compressobj(9, wbits=31)
        self._bytes = [self._packer.compress(b'{"projects":[')]
        self._first = True

    def add(self, described: dict[str, Any]) -> None:
        text = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
        self._bytes.append(self._packer.compress((text if self._first else f",{text}").encode()))
        self._first = False

    def compressed(self, about: dict[str, Any]) -> str:
        rest = json.dumps(about, ensure_ascii=False, separators=(",", ":"))[1:]
        self._bytes += [self._packer.compress(f"],{rest}".encode()), self._packer.flush()]
        return base64.b64encode(b"".join(self._bytes)).decode("ascii")
