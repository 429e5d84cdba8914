"""For people at a terminal: what to do first on top, then everything by family."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.model import Severity, Status
from pytest_sprintready.report import counts, failing, family, verdict, visible, visible_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pytest_sprintready.howto import Guide
    from pytest_sprintready.model import Finding, Report, Result, Rule

MAX_WIDTH = 100
MOST_FINDINGS = 5

_BOLD, _DIM, _RED, _GREEN, _YELLOW = "1", "2", "31", "32", "33"
_MARKS = {Status.PASS: ("✓", "+"), Status.FAIL: ("✗", "x"), Status.SKIPPED: ("○", "-"), Status.ERROR: ("‼", "!")}

# A word, where what stands between backticks is one word: a command broken over two lines cannot be copied.
_WORD = re.compile(r"(?:[^\s`]|`[^`]*`?)+")


class Style(NamedTuple):
    """What the terminal can show, in columns, and how much the reader wants to see."""

    width: int = 80
    colour: bool = False
    unicode: bool = True
    quiet: bool = False
    verbose: bool = False

    def paint(self, text: str, *codes: str) -> str:
        """Return `text` in these colours, where colours are wanted."""
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colour and text and codes else text

    def mark(self, result: Result) -> str:
        """Return the painted sign of a verdict."""
        colour = {Status.PASS: _GREEN, Status.SKIPPED: _DIM, Status.ERROR: _RED}.get(
            result.status, _RED if result.rule.severity is Severity.REQUIRED else _YELLOW
        )
        return self.paint(_MARKS[result.status][0 if self.unicode else 1], colour)


def render(reports: Sequence[Report], style: Style | None = None, now: float | None = None) -> str:
    """Return the reports as text; with several, one line for each at the end.

    `now`, in seconds since the epoch, is what ages are told by; without it none are.
    """
    style = style or Style()
    blocks = ["\n".join(_report(report, style, now)) for report in reports]
    if len(reports) > 1:
        blocks.append("\n".join(_overview(reports, style)))
    return "\n\n\n".join(blocks) + "\n"


def _report(report: Report, style: Style, now: float | None) -> Iterator[str]:
    revision = f" at {visible(report.revision[:12])}" if report.revision else ""
    yield style.paint(_name(report), _BOLD) + style.paint(revision, _DIM)
    if report.problem:
        yield from _problem(report, style)
        return
    first = failing(report, Severity.REQUIRED)
    if first:
        yield ""
        yield style.paint("Do first", _BOLD)
        for number, result in enumerate(first, 1):
            yield from _detailed(result, style, f"{number:>2}. ")
    for heading, results in _by_family(report.results).items():
        if style.quiet and not any(result in failing(report) for result in results):
            continue
        yield ""
        yield style.paint(heading, _BOLD)
        yield from _family(results, first, style)
    if report.ignored and not style.quiet:
        yield ""
        yield style.paint("Ignored", _BOLD)
        for rule, reason in report.ignored:
            yield from wrap(f"{rule.code} {rule.name}: {reason or 'no reason given'}", style, "  ", "      ")
    yield ""
    yield from _summary(report, style)
    if now is not None and report.facts.get("last_verified", {}).get("value"):
        from pytest_sprintready.report.standings import last_verified

        yield from _wrapped(last_verified(report, now), style, "", "", _DIM)


def _name(subject: Report | Guide) -> str:
    return "This repository" if subject.name == "." else visible(subject.name)


def _problem(subject: Report | Guide, style: Style) -> Iterator[str]:
    yield from wrap(subject.problem, style, "  ")
    yield from wrap(subject.hint and f"hint: {subject.hint}", style, "  ")


def _by_family(results: Iterable[Result]) -> dict[str, list[Result]]:
    families: dict[str, list[Result]] = {}
    for result in results:
        families.setdefault(family(result.rule), []).append(result)
    return families


def _family(results: Sequence[Result], shown: Sequence[Result], style: Style) -> Iterator[str]:
    passed = [result for result in results if result.status is Status.PASS]
    for result in results:
        if result in shown:
            place = f"see {shown.index(result) + 1} above"
            yield from _wrapped(f"{_label(result.rule)}: {place}", style, f"  {style.mark(result)} ", "      ")
        elif result.status in (Status.FAIL, Status.ERROR):
            yield from _detailed(result, style, f"  {style.mark(result)} ")
    if style.quiet:
        return
    yield from _skipped([result for result in results if result.status is Status.SKIPPED], style)
    if style.verbose:
        for result in passed:
            yield from _wrapped(_label(result.rule), style, f"  {style.mark(result)} ", "      ")
            yield from (f"      {visible(str(place))}" for place in result.evidence)
    elif passed:
        names = ", ".join(result.rule.name for result in passed)
        yield from _wrapped(names, style, f"  {style.mark(passed[0])} ", "    ")


def _skipped(results: Sequence[Result], style: Style) -> Iterator[str]:
    """Yield what could not be judged: one missing guide is the reason of many a skip, and is said once."""
    by_reason: dict[str, list[Result]] = {}
    for result in results:
        by_reason.setdefault(result.reason, []).append(result)
    for reason, alike in by_reason.items():
        labels = [_label(result.rule) if style.verbose or len(alike) == 1 else result.rule.name for result in alike]
        yield from _wrapped(f"{', '.join(labels)}: {reason}", style, f"  {style.mark(alike[0])} ", "      ", _DIM)


def _label(rule: Rule) -> str:
    return f"{rule.code} {rule.name}"


def _detailed(result: Result, style: Style, lead: str) -> Iterator[str]:
    """Yield a failing check: its problem, each place, and what to do; of an optional one, the problem and a place."""
    rule = result.rule
    if result.status is Status.ERROR:
        yield from _wrapped(f"{_label(rule)} broke, please report it: {result.reason}", style, lead, "      ")
    elif rule.severity is Severity.OPTIONAL and not style.verbose:
        places = [f": {finding.place}" for finding in result.findings[:1] if finding.place]
        yield from _wrapped(f"{rule.title} ({rule.code}, optional){''.join(places)}", style, lead, "      ")
        return
    else:
        yield from _wrapped(f"{rule.title} ({rule.code}, {rule.severity.value})", style, lead, "      ")
        yield from wrap(result.reason and f"not everything could be seen: {result.reason}", style, "      ")
    most = len(result.findings) if style.verbose else MOST_FINDINGS
    shown = result.findings[:most]
    for index, finding in enumerate(shown):
        yield from _finding(finding, style)
        # Findings that ask for the same are followed by what they ask for, once.
        if finding.fix and finding.fix not in (following.fix for following in shown[index + 1 : index + 2]):
            yield from _fix(finding.fix, style)
    if hidden := len(result.findings) - len(shown):
        yield style.paint(f"      and {hidden} more; --verbose shows all", _DIM)
    if result.status is Status.FAIL and not all(finding.fix for finding in shown):
        yield from _fix(rule.fix, style)
    if style.verbose:
        yield from wrap(f"why: {rule.why}", style, "      ", "           ", _DIM)


def _finding(finding: Finding, style: Style) -> Iterator[str]:
    if finding.place is None:
        yield from wrap(finding.message, style, "      ")
        return
    place = visible(str(finding.place))
    first, *rest = visible_lines(finding.message)
    if _columns(place) + _columns(first) + 8 <= style.width and not rest:
        yield f"      {place}  {first}"
    else:
        yield f"      {place}"
        yield from wrap(finding.message, style, "        ")


def _fix(fix: str, style: Style) -> Iterator[str]:
    yield from wrap(fix, style, "      " + style.paint("fix:", _GREEN) + " ", "           ")


def _summary(report: Report, style: Style) -> Iterator[str]:
    number = counts(report.results)
    said = [
        f"{number[status]} {word}"
        for status, word in (
            (Status.PASS, "passed"),
            (Status.FAIL, "failed"),
            (Status.ERROR, "broke"),
            (Status.SKIPPED, "skipped"),
        )
        if number[status]
    ]
    if report.ignored:
        said.append(f"{len(report.ignored)} ignored")
    sentence = verdict(report)
    colour = _GREEN if report.ready and sentence.startswith("ready") else _RED
    sentence = sentence[0].upper() + sentence[1:] + "."
    yield from _wrapped(sentence, style, "", "", _BOLD, colour)
    yield from _wrapped(", ".join(said), style, "", "", _DIM)
    if report.mendable:
        yield from _wrapped(f"{report.mendable} may be fixable with --fix; add --diff to see how.", style, "", "", _DIM)
    if worst := failing(report):
        yield from _wrapped(
            f"`sprintready explain {worst[0].rule.code}` tells more about a check.", style, "", "", _DIM
        )


def _overview(reports: Sequence[Report], style: Style) -> Iterator[str]:
    yield style.paint("All repositories", _BOLD)
    widest = max(_columns(visible(report.name)) for report in reports)
    for report in reports:
        name = visible(report.name)
        padding = " " * (widest - _columns(name))
        yield f"  {name}{padding}  {style.paint(verdict(report), _GREEN if report.ready else _RED)}"


def render_rule(rule: Rule, style: Style | None = None, seen_as: Sequence[str] = ()) -> str:
    """Return everything that is known of one check; `seen_as` are the causes of failures that it finds beforehand."""
    style = style or Style()
    lines = [style.paint(f"{rule.code} {rule.name}", _BOLD) + f" ({rule.severity.value})", ""]
    lines += [*wrap(f"{rule.title}.", style), ""]
    lines += [*wrap(f"Why it matters: {rule.why}", style), "", *wrap(f"What to do: {rule.fix}", style), ""]
    if seen_as:
        lines += [*wrap(f"What a newcomer meets otherwise: {', '.join(seen_as)}", style), ""]
    lines += [*wrap(f"Where the rule comes from: {rule.source}", style), ""]
    lines += [*wrap("To leave it out, say why, in pyproject.toml:", style)]
    lines += ["", "    [tool.sprintready.ignore]", f'    {rule.code} = "the reason, which every report then shows"']
    return "\n".join(lines) + "\n"


def render_catalogue(rules: Sequence[Rule], style: Style | None = None) -> str:
    """Return all checks, by family, with their severity and title."""
    style = style or Style()
    lines = []
    heading = ""
    for rule in rules:
        if family(rule) != heading:
            lines += ([""] if heading else []) + [style.paint(heading := family(rule), _BOLD)]
        lines += wrap(f"{rule.code} {rule.name} ({rule.severity.value})", style, "  ")
        lines += wrap(f"{rule.title}.", style, "        ", codes=(_DIM,))
    return "\n".join(lines) + "\n" if lines else "no checks\n"


def render_facts(reports: Sequence[Report], style: Style | None = None) -> str:
    """Return the published facts of each report, one to a line, the places they were read from below."""
    style = style or Style()
    return "\n\n".join("\n".join(_facts(report, style)) for report in reports) + "\n"


def _facts(report: Report, style: Style) -> Iterator[str]:
    yield style.paint(_name(report), _BOLD)
    yield from _problem(report, style)
    for name, fact in report.facts.items():
        if "unknown" in fact:
            yield from wrap(f"{name}: not known: {fact['unknown']}", style, "  ", "      ", (_DIM,))
            continue
        value = fact["value"]
        values = value if isinstance(value, list) else [value]
        places = [
            f"{place['path']}:{place['line']}" if "line" in place else place["path"] for place in fact["evidence"]
        ]
        if len(places) != len(values):
            yield f"  {name}: {visible(', '.join(map(_said, values))) or 'none'}"
            if places:
                yield from _wrapped(", ".join(places), style, "      ", "      ", _DIM)
        elif len(values) == 1:
            yield f"  {name}: {visible(_said(values[0]))}" + _where(places[0], _said(values[0]), style)
        else:
            yield f"  {name}:" + ("" if values else " none")
            for each, place in zip(map(_said, values), places, strict=True):
                yield f"      {visible(each)}{_where(place, each, style)}"


def _where(place: str, said: str, style: Style) -> str:
    return "" if place == said else style.paint(f"  ({visible(place)})", _DIM)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if value != "" else "none"


def render_guides(guides: Sequence[Guide], style: Style | None = None) -> str:
    """Return for a newcomer what to type, in order, and where that is written."""
    style = style or Style()
    return "\n\n\n".join("\n".join(_guide(guide, style)) for guide in guides) + "\n"


def _guide(guide: Guide, style: Style) -> Iterator[str]:
    yield style.paint(f"{_name(guide)}: from a fresh clone to a test run", _BOLD)
    if guide.problem:
        yield from _problem(guide, style)
        return
    for number, step in enumerate(guide.steps, 1):
        yield ""
        yield style.paint(f"{number}. {step.title}", _BOLD)
        yield from wrap(step.note, style, "   ")
        for line in step.lines:
            where = style.paint(f"  ({visible(str(line.place))})", _DIM) if line.place else ""
            # Never wrapped: it is there to be copied.
            yield f"     {style.paint(visible(line.command), _GREEN)}{where}"
    if guide.stuck:
        yield ""
        yield style.paint("Stuck?", _BOLD)
        yield from (f"     {visible(place)}" for place in guide.stuck)


def wrap(
    text: str, style: Style, lead: str = "", indent: str | None = None, codes: Sequence[str] = ()
) -> Iterator[str]:
    """Yield the lines of `text`, made visible, wrapped at the style's width, none for an empty text.

    `lead` stands before the first line and `indent` before the others (as wide as `lead`, if not given). A line that
    is indented in `text` is code, and not wrapped.
    """
    if not text:
        return
    indent = " " * _columns(_plain(lead)) if indent is None else indent
    for line in visible_lines(text):
        if line[:1].isspace():
            yield style.paint(f"{indent}{line}", *codes)
        else:
            yield from _wrapped(line, style, lead, indent, *codes)
        lead = indent


def _wrapped(text: str, style: Style, lead: str, indent: str, *codes: str) -> Iterator[str]:
    current = ""
    for word in _WORD.findall(visible(text)):
        if current and _columns(_plain(lead)) + _columns(current) + 1 + _columns(word) > style.width:
            yield lead + style.paint(current, *codes)
            lead, current = indent, word
        else:
            current = f"{current} {word}" if current else word
    yield (lead + style.paint(current, *codes)).rstrip()


def _plain(text: str) -> str:
    """Return `text` without the colours that `paint` gave."""
    return re.sub(r"\x1b\[[\d;]*m", "", text)


def _columns(text: str) -> int:
    """Return how many columns a terminal gives to `text`."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)
