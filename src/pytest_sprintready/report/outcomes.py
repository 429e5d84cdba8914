"""Outcomes of `sprintready verify` as text, Markdown and JUnit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as escape_xml, quoteattr

from pytest_sprintready.report import visible, visible_lines
from pytest_sprintready.report.markdown import code, escape
from pytest_sprintready.report.text import Style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.outcome import Outcome, Run

_BOLD, _DIM, _RED, _GREEN = "1", "2", "31", "32"
_LAST_LINES = 15


def headline(outcome: Outcome) -> str:
    """Return what became of it in a few words: "green as documented", "tests-failed"."""
    verdict = outcome.verdict.value
    if outcome.as_documented:
        return f"{verdict} as documented"
    if outcome.green:
        return f"{verdict}, but not by the documents alone"
    return verdict


def counted(outcome: Outcome) -> str:
    """Return the tests' counts that are not nothing: "492 passed, 3 skipped"."""
    told = [f"{number} {name}" for name, number in outcome.counts._asdict().items() if number]
    return ", ".join(told) or "no test was seen to run"


def render_text(outcomes: Sequence[Outcome], style: Style | None = None) -> str:
    """Return the outcomes for people at a terminal."""
    style = style or Style()
    return "\n\n\n".join("\n".join(_text(outcome, style)) for outcome in outcomes) + "\n"


def _text(outcome: Outcome, style: Style) -> Iterator[str]:
    revision = f" at {visible(outcome.commit[:12])}" if outcome.commit else ""
    yield style.paint(visible(outcome.name), _BOLD) + style.paint(revision, _DIM)
    sign = ("✓" if outcome.green else "✗") if style.unicode else ("+" if outcome.green else "x")
    yield f"  {style.paint(sign, _GREEN if outcome.green else _RED)} {headline(outcome)}: {counted(outcome)}"
    yield from wrap(outcome.cause, style, "    ")
    yield from wrap(outcome.hint and f"hint: {outcome.hint}", style, "    ")
    yield f"    {_times(outcome)}"
    yield from wrap(_where(outcome), style, "    ", codes=[_DIM])
    if not style.quiet and outcome.runs:
        yield ""
        yield style.paint("What was typed", _BOLD)
        for run in outcome.runs:
            yield from _run(run, style)
    if outcome.deviations:
        yield ""
        yield style.paint("What the documents do not say", _BOLD)
        for number, deviation in enumerate(outcome.deviations, 1):
            yield from wrap(f"It needed {deviation.needed}", style, f"{number:>3}. ")
            yield from wrap(deviation.says and f"the documents say: {deviation.says}", style, "     ", codes=[_DIM])
            yield from wrap(deviation.change, style, "     ")
    if outcome.notes and not style.quiet:
        yield ""
        for note in outcome.notes:
            yield from wrap(f"note: {note}", style, "  ", "        ")
    if not outcome.green and outcome.runs and style.verbose:
        yield ""
        yield style.paint("The end of the last output", _BOLD)
        yield from (f"  {line}" for line in visible_lines(outcome.runs[-1].log.rstrip())[-_LAST_LINES:])
    if outcome.kept:
        yield ""
        yield f"  kept: {visible(outcome.kept)} opens a shell in it"


def _times(outcome: Outcome) -> str:
    first = f"; the first test had passed after {outcome.first_green:.0f} s" if outcome.first_green is not None else ""
    return f"{outcome.seconds:.0f} s from the clone to the end{first}"


def _where(outcome: Outcome) -> str:
    size = f"caches grew by {outcome.download_bytes / 1e6:.0f} MB" if outcome.download_bytes is not None else ""
    network = f"network in the tests: {outcome.network}" if outcome.network else ""
    locked = "versions from a lock file" if outcome.locked else ""
    python = f"Python {outcome.python}" if outcome.python else ""
    sandbox = f"sandbox: {outcome.sandbox}" if outcome.sandbox else ""
    plan = f"way: {outcome.plan}" if outcome.plan else ""
    offline = f"a second run without network: {outcome.offline}" if outcome.offline else ""
    return "; ".join(filter(None, (plan, python, outcome.system, sandbox, network, locked, size, offline)))


def _run(run: Run, style: Style) -> Iterator[str]:
    where = str(run.place) if run.place else {"tool": "first", "repair": "to mend it"}.get(run.source, run.source)
    ended = run.ended or ("" if run.exit_code == 0 else f"exit code {run.exit_code}")
    colour = _GREEN if run.exit_code == 0 else _RED
    for number, line in enumerate(visible_lines(run.command)):
        told = style.paint(f"  ({visible(where)}, {run.seconds:.1f} s{'; ' + ended if ended else ''})", _DIM)
        # Never wrapped: it is there to be copied.
        yield f"     {style.paint(line, colour)}{told if number == 0 else ''}"


def render_markdown(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes as sections of GitHub-flavoured Markdown."""
    return "\n\n".join("\n".join(_markdown(outcome)) for outcome in outcomes) + "\n"


def _markdown(outcome: Outcome) -> Iterator[str]:
    sign = "✅" if outcome.green else "❌"
    yield f"## {sign} {escape(outcome.name)}: {escape(headline(outcome))}"
    yield f"\n{escape(counted(outcome))}. {escape(_times(outcome))}. {escape(_where(outcome))}"
    if outcome.cause:
        yield f"\n{escape(outcome.cause)}"
    if outcome.deviations:
        yield "\n| it needed | change |"
        yield "|---|---|"
        for deviation in outcome.deviations:
            yield f"| {_cell(deviation.needed)} | {_cell(deviation.advice)} |"
    if outcome.runs:
        yield "\n| command | where | exit code | seconds |"
        yield "|---|---|---:|---:|"
        for run in outcome.runs:
            exit_code = "ended" if run.exit_code is None else run.exit_code
            command = code(" ".join(run.command.split()))
            yield f"| {command} | {escape(str(run.place or run.source))} | {exit_code} | {run.seconds:.1f} |"


def _cell(text: str) -> str:
    return escape(" ".join(text.split()))


def render_junit(outcomes: Sequence[Outcome]) -> str:
    """Return the outcomes as JUnit's XML: a suite for each repository, a case for each command and each deviation."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<testsuites name="sprintready verify">']
    for outcome in outcomes:
        lines += _junit(outcome)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _junit(outcome: Outcome) -> Iterator[str]:
    name = quoteattr(visible(outcome.name))
    cases = [_case(run.command, run.seconds, "") for run in outcome.runs]
    verdict = "" if outcome.green else f"{headline(outcome)}: {outcome.cause}"
    cases.append(_case("the tests are green", outcome.seconds, verdict))
    cases += [_case(f"documented: {one.needed}", 0.0, one.change) for one in outcome.deviations]
    failures = sum("<failure" in case for case in cases)
    yield f'  <testsuite name={name} tests="{len(cases)}" failures="{failures}" time="{outcome.seconds:.2f}">'
    yield from cases
    yield "  </testsuite>"


def _case(name: str, seconds: float, failure: str) -> str:
    start = f'    <testcase classname="verify" name={quoteattr(visible(name))} time="{seconds:.2f}"'
    if not failure:
        return f"{start}/>"
    return f"{start}><failure message={quoteattr(visible(failure))}>{escape_xml(visible(failure))}</failure></testcase>"
