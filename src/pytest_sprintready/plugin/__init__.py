"""`pytest --sprintready`: every check is a test item, `sprintready::SR201 single-test-command`.

And without that: when a run fails for a reason that can be explained, what to type next stands below the summary.

pytest loads this module in every run of everybody who has it installed, so it imports nothing but pytest until it
is switched on, or something has failed. Then each item takes its verdict from one report, made when the first of them
runs; and what has failed is looked into by `hints`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import warnings
    from collections.abc import Generator, Iterator
    from os import PathLike
    from pathlib import Path

    from _pytest._code.code import TerminalRepr, TracebackStyle
    from _pytest.terminal import TerminalReporter

    from pytest_sprintready.config import Settings
    from pytest_sprintready.model import Result, Rule
    from pytest_sprintready.snapshot import Snapshot

NAME = "sprintready"
HINTS = "sprintready_hints"
SEVERITIES = ("required", "recommended", "optional")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the switch, and both settings of pytest's own configuration."""
    group = parser.getgroup(NAME, "readiness for a sprint")
    group.addoption("--sprintready", action="store_true", help="also check that this repository is ready for a sprint")
    parser.addini(NAME, "check readiness for a sprint in every run (as --sprintready)", type="bool", default=False)
    parser.addini(
        "sprintready_severity",
        f"which checks of --sprintready can fail the run: {', '.join(SEVERITIES)}; what is less is only counted",
        type="string",
        default=SEVERITIES[0],
    )
    parser.addini(HINTS, "say what to type next when a run fails for want of something", type="bool", default=True)


def pytest_configure(config: pytest.Config) -> None:
    """Switch on, where the command line or the configuration asks for checks."""
    config.addinivalue_line("markers", f"{NAME}: a check of --sprintready (added by the plugin)")
    if config.getini(HINTS):
        config.pluginmanager.register(Hints(config), f"{NAME}-hints")
    named = [argument for argument in config.args if _names_a_check(argument)]
    if not (named or config.getoption(NAME) or (config.getini(NAME) and not _one_test_is_named(config))):
        return
    # pytest takes an argument for a path; what is left of an empty list is an empty collection, not the default.
    config.args[:] = [argument for argument in config.args if argument not in named]
    # A test module that cannot be imported says nothing about the guide: pytest would stop before the checks.
    config.option.continue_on_collection_errors = True
    config.pluginmanager.register(SprintReady(config, named), f"{NAME}-checks")


# Here and not in SprintReady, for the order of hooks follows their registration: each conftest.py comes before, so that
# one which expects nothing but functions never sees a check, and -k, -m, --deselect come after.
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add the checks after the tests."""
    sprint = session.config.pluginmanager.get_plugin(f"{NAME}-checks")
    if sprint:
        items.extend(session.genitems(Checks.from_parent(session, name=NAME, nodeid=NAME, sprint=sprint)))


def _names_a_check(argument: str) -> bool:
    path, separator, _ = argument.partition("::")
    return bool(separator) and path.replace("\\", "/").rpartition("/")[2] == NAME


def _one_test_is_named(config: pytest.Config) -> bool:
    """Whether somebody works on single tests, and would be in the way of a check that ini switched on."""
    return any("::" in argument for argument in config.args)


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


# What comes before there is a session: pytest is about to stop, and says so itself; the hint goes below its words.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config, parser: pytest.Parser, args: list[str]
) -> Generator[None, None, None]:
    """Say more where a conftest cannot be imported, or the configuration passes an option of a plugin not here."""
    try:
        yield
    except Exception as error:
        if early_config.getini(HINTS):
            from pytest_sprintready.plugin import hints

            hints.stop_with_hint(error, early_config.rootpath)
        raise
    if not early_config.getini(HINTS) or not (unknown := _unknown_options(parser, args)):
        return
    try:
        parser.parse(list(args))
    except pytest.UsageError as error:
        from pytest_sprintready.plugin import hints

        hints.stop_with_hint(error, early_config.rootpath, unknown)


def _unknown_options(parser: pytest.Parser, args: list[str]) -> list[str]:
    """Return the options nobody defines. Parsing takes as long as importing a plugin, so names are compared first."""
    words = [word for word in args if word[:1] == "-"]
    if not words:
        return []
    try:
        groups = (*parser._groups, parser._anonymous)  # noqa: SLF001  no public way to ask for them
        known = {name for group in groups for option in group.options for name in option.names()}
    except AttributeError:
        known = set()
    if all(word.partition("=")[0] in known or (word[1] != "-" and word[:2] in known) for word in words if word[1:]):
        return []
    try:
        _, unknown = parser.parse_known_and_unknown_args(list(args))
    except pytest.UsageError:  # of an option that is known
        return []
    return [word for word in unknown if word[:1] == "-"]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, Any, Any]:
    """Say more where --strict-config stops a run for a key of a plugin that is not here."""
    try:
        return (yield)
    except pytest.UsageError as error:
        if config.getini(HINTS) and (word := _unknown_key(str(error))):
            from pytest_sprintready.plugin import hints

            hints.stop_with_hint(error, config.rootpath, [word])
        raise


def _unknown_key(message: str) -> str:
    """Return the key, or the module of a filter, that pytest's message is about; it offers them nowhere else."""
    for before in ("Unknown config option: ", "Failed to import filter module '"):
        _, found, rest = message.partition(before)
        if found and rest.split():
            return rest.split()[0].strip("':.")
    return ""


class Hints:
    """The hooks that keep what failed until the end of the run; `hints` makes sense of it."""

    MOST = 500
    """Failures kept in one process: more tell nothing new."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.kept = 0
        self.words: list[str] = []
        self.unhandled: list[str] = []
        self.crashed: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep an exception that may have a cause outside of the test, with the report: so a worker sends it."""
        report = yield
        if call.excinfo is not None and report.outcome == "failed":
            markers = [marker.name for marker in item.iter_markers()]
            self._keep(report, call.excinfo.value, "setup" if call.when == "setup" else "run", markers)
        return report

    def pytest_exception_interact(
        self, node: pytest.Item | pytest.Collector, call: pytest.CallInfo[Any], report: pytest.CollectReport
    ) -> None:
        """Keep what kept a file from being collected."""
        if isinstance(node, pytest.Collector) and call.excinfo is not None:
            self._keep(report, call.excinfo.value, "collect", [])

    def _keep(
        self, report: pytest.TestReport | pytest.CollectReport, error: BaseException, stage: str, markers: list[str]
    ) -> None:
        if type(error) is AssertionError or self.kept >= self.MOST:
            return
        from pytest_sprintready.plugin import hints

        if packed := hints.kept(error, stage, self.config.rootpath, report.nodeid, markers):
            self.kept += 1
            report.sprintready = packed  # type: ignore[union-attr]

    def pytest_warning_recorded(self, warning_message: warnings.WarningMessage, nodeid: str) -> None:
        """Keep two warnings that a plugin is not here: of a key nobody knows, of a test nobody awaits."""
        name = warning_message.category.__name__
        if name == "PytestConfigWarning" and (key := _unknown_key(str(warning_message.message))):
            self.words.append(key)
        elif name == "PytestUnhandledCoroutineWarning":
            self.unhandled.append(nodeid)

    @pytest.hookimpl(optionalhook=True)
    def pytest_handlecrashitem(self, crashitem: str) -> None:
        """Keep the test at which pytest-xdist lost a worker."""
        self.crashed.append(crashitem)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, exitstatus: int) -> Generator[None, None, None]:
        """Say what to type next, below everything else."""
        yield
        reporter: TerminalReporter | None = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is None:
            return
        reports = (*reporter.stats.get("error", ()), *reporter.stats.get("failed", ()))
        packed = [report.sprintready for report in reports if hasattr(report, "sprintready")]
        nothing_ran = exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and not reporter.stats.get("deselected")
        if packed or self.words or self.unhandled or self.crashed or nothing_ran:
            from pytest_sprintready.plugin import hints

            hints.write(self, packed, reporter, nothing_ran=nothing_ran)


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
