"""The checks as test items, for runs that ask for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.plugin import NAME, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from os import PathLike
    from pathlib import Path

    from _pytest._code.code import TerminalRepr, TracebackStyle
    from _pytest.terminal import TerminalReporter

    from pytest_sprintready.config import Settings
    from pytest_sprintready.model import Result, Rule
    from pytest_sprintready.snapshot import Snapshot


class SprintReady:
    """The hooks of a run with checks; `named` are node ids of checks from the command line, none means all.

    Raises UsageError where the command line or the configuration asks for what does not exist.
    """

    def __init__(self, config: pytest.Config, named: list[str]) -> None:
        from pytest_sprintready import extensions
        from pytest_sprintready.config import load_settings
        from pytest_sprintready.engine import BROKEN_EXTENSION, choose
        from pytest_sprintready.errors import SprintReadyError
        from pytest_sprintready.report import visible_lines
        from pytest_sprintready.snapshot import open_snapshot

        self.failing = _severities_that_fail(str(config.getini("sprintready_severity")))
        try:
            self.snapshot: Snapshot = open_snapshot(_repository_of(config.rootpath))
            self.settings: Settings = load_settings(self.snapshot)
            kept, ignored = choose(self.settings)
        except SprintReadyError as error:
            raise pytest.UsageError("\n".join(visible_lines(str(error)))) from error
        self.ignored = {rule.code: reason for rule, reason in ignored}
        rules = [*(one.rule for one in kept), *(rule for rule, _ in ignored)]
        if extensions.load():
            rules.append(BROKEN_EXTENSION)
        self.rules = _chosen(sorted(rules), named) if named else sorted(rules)
        self._results: dict[str, Result] = {}

    def result(self, rule: Rule) -> Result:
        """Return the verdict of one check; the first call runs them all."""
        if not self._results:
            from pytest_sprintready.engine import run
            from pytest_sprintready.facts import Facts

            report = run(Facts(self.snapshot, self.settings), self.settings)
            self._results = {result.rule.code: result for result in report.results}
        return self._results[rule.code]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Let -rs name the check that was skipped."""
        report = yield
        if isinstance(item, Check) and report.skipped and isinstance(report.longrepr, tuple):
            # pytest would name the line of this file that calls pytest.skip.
            report.longrepr = (item.nodeid, None, report.longrepr[2])  # type: ignore[assignment]  # -rs takes None
        return report

    def pytest_unconfigure(self) -> None:
        """Let go of git."""
        self.snapshot.close()

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Count the advice in one line: who runs tests did not ask for a lecture."""
        advice = sum(
            report.when == "call" and any(key == NAME for key, _ in report.user_properties)
            for report in terminalreporter.stats.get("passed", ())
        )
        if advice and terminalreporter.verbosity > -2:
            what = "recommendation is" if advice == 1 else "recommendations are"
            terminalreporter.write_line(f"{NAME}: {advice} {what} not met; `sprintready check` shows them")


class Checks(pytest.Collector):
    """All checks of one repository."""

    sprint: SprintReady

    def __init__(self, *, sprint: SprintReady, **keywords: object) -> None:
        super().__init__(**keywords)  # type: ignore[arg-type]  # as from_parent passes them
        self.sprint = sprint

    def collect(self) -> Iterator[Check]:
        """Yield one item a check, in the order of their codes."""
        for rule in self.sprint.rules:
            yield Check.from_parent(self, name=f"{rule.code} {rule.name}", rule=rule, sprint=self.sprint)


class CheckFailed(Exception):
    """What is wrong, as text; `summary` is the line about it, `path` and `line` the first place to look at."""

    def __init__(self, text: str, summary: str, path: str, line: int) -> None:
        super().__init__(text)
        self.summary = summary
        self.path = path
        self.line = line


class Check(pytest.Item):
    """One check as a test."""

    def __init__(self, *, rule: Rule, sprint: SprintReady, **keywords: object) -> None:
        super().__init__(**keywords)  # type: ignore[arg-type]  # as from_parent passes them
        self.rule = rule
        self.sprint = sprint
        self.add_marker(NAME)

    def runtest(self) -> None:
        """Take the verdict from the report; raises CheckFailed, or Skipped with the reason."""
        if (why := self.sprint.ignored.get(self.rule.code)) is not None:
            pytest.skip(f"ignored: {why}" if why else "ignored")
        result = self.sprint.result(self.rule)
        status = result.status.value
        if status == "skipped":
            pytest.skip(result.reason)
        if status == "pass":
            return
        failure = _failure(result)
        if status == "fail" and self.rule.severity.value not in self.sprint.failing:
            # Reports carry their properties over to the process that prints the summary, also with pytest-xdist.
            self.user_properties.append((NAME, f"{self.rule.severity.value}: {failure.summary}"))
            return
        raise failure

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: TracebackStyle | None = None
    ) -> str | TerminalRepr:
        """Return what is wrong and the fix, no traceback."""
        failure = excinfo.value
        if not isinstance(failure, CheckFailed):
            return super().repr_failure(excinfo, style)
        shown = excinfo.getrepr(style="value")
        if shown.reprcrash:  # what the short summary, --tb=line and JUnit's message are made of
            shown.reprcrash.message = failure.summary
            shown.reprcrash.path = failure.path
            shown.reprcrash.lineno = failure.line
        return shown

    def reportinfo(self) -> tuple[PathLike[str], int | None, str]:
        """Say where a check lives: nowhere, but -vv repeats every place that differs from the node id."""
        return self.config.rootpath / NAME, None, self.name


def _failure(result: Result) -> CheckFailed:
    """Put a failed verdict into words: title, findings with their places and fixes, the way to read more."""
    from pytest_sprintready.report import visible, visible_lines

    rule = result.rule
    lines = [f"{rule.code} {rule.title}"]
    lines += [f"  {f'{finding.place}: ' if finding.place else ''}{finding.message}" for finding in result.findings]
    fixes = dict.fromkeys(finding.fix for finding in result.findings if finding.fix) or {rule.fix: None}
    if result.status.value == "error":
        lines.append(f"  the check itself broke: {result.reason}")
        fixes = {f"please report this; until it is mended: --deselect '{NAME}::{rule.code}'": None}
    for fix in fixes:
        head, *rest = fix.splitlines()
        lines += [f"  fix: {head}", *(f"       {line}" for line in rest)]
    lines.append(f"  more: sprintready explain {rule.code}")
    message = result.findings[0].message if result.findings else result.reason or rule.title
    more = f" (and {len(result.findings) - 1} more)" if len(result.findings) > 1 else ""
    place = result.findings[0].place if result.findings else None
    return CheckFailed(
        "\n".join(line for text in lines for line in visible_lines(text)),
        visible(message.partition("\n")[0]) + more,
        visible(place.path) if place else NAME,
        (place and place.line) or 1,
    )


def _severities_that_fail(threshold: str) -> tuple[str, ...]:
    if threshold not in SEVERITIES:
        raise pytest.UsageError(f"sprintready_severity = {threshold}: choose one of {', '.join(SEVERITIES)}")
    return SEVERITIES[: SEVERITIES.index(threshold) + 1]


def _repository_of(rootpath: Path) -> Path:
    """Return the repository's top folder: pytest's rootdir is that of a package where there are several."""
    return next((folder for folder in (rootpath, *rootpath.parents) if (folder / ".git").exists()), rootpath)


def _chosen(rules: list[Rule], named: list[str]) -> list[Rule]:
    chosen = []
    for argument in named:
        wanted = argument.partition("::")[2]
        matches = [rule for rule in rules if wanted in {rule.code, rule.name, f"{rule.code} {rule.name}"}]
        if not matches:
            raise pytest.UsageError(f"not found: {argument}\n(`pytest --sprintready --co -q -m {NAME}` lists them)")
        chosen += matches
    return [rule for rule in rules if rule in chosen]
