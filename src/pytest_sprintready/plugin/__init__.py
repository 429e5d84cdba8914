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
    from collections.abc import Generator

    from _pytest.terminal import TerminalReporter

NAME = "sprintready"
HINTS = "sprintready_hints"
OWN_LETTERS = frozenset(("-q", "-qq", "-v", "-vv", "-x", "-s", "-l", "-ra", "-rA", "-rf"))
"""What is typed most, and every pytest knows: not worth a look at all options there are."""
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
    from pytest_sprintready.plugin.checks import SprintReady

    config.pluginmanager.register(SprintReady(config, named), f"{NAME}-checks")


# Here and not in SprintReady, for the order of hooks follows their registration: each conftest.py comes before, so that
# one which expects nothing but functions never sees a check, and -k, -m, --deselect come after.
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add the checks after the tests."""
    sprint = session.config.pluginmanager.get_plugin(f"{NAME}-checks")
    if sprint:
        from pytest_sprintready.plugin.checks import Checks

        items.extend(session.genitems(Checks.from_parent(session, name=NAME, nodeid=NAME, sprint=sprint)))


def _names_a_check(argument: str) -> bool:
    path, separator, _ = argument.partition("::")
    return bool(separator) and path.replace("\\", "/").rpartition("/")[2] == NAME


def _one_test_is_named(config: pytest.Config) -> bool:
    """Whether somebody works on single tests, and would be in the way of a check that ini switched on."""
    return any("::" in argument for argument in config.args)


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

            hints.stop_with_hint(error, hints.repository(early_config))
        raise
    if not early_config.getini(HINTS) or not (unknown := _unknown_options(parser, args)):
        return
    try:
        parser.parse(list(args))
    except pytest.UsageError as error:
        from pytest_sprintready.plugin import hints

        hints.stop_with_hint(error, hints.repository(early_config), unknown)


def _unknown_options(parser: pytest.Parser, args: list[str]) -> list[str]:
    """Return the options nobody defines. Parsing takes as long as importing a plugin, so names are compared first."""
    words = [word for word in args if word[:1] == "-" and word not in OWN_LETTERS]
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

            hints.stop_with_hint(error, hints.repository(config), [word])
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
        self.reports: Reports | None = None
        self.words: list[str] = []
        self.unhandled: list[str] = []
        self.crashed: list[str] = []

    # No wrapper, which a passing test would pay for: what a test raised waits in Reports for its report.
    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """Note an exception until it is known whether the test has failed by it."""
        if call.excinfo is not None:
            if self.reports is None:
                self.reports = Reports(self)
                self.config.pluginmanager.register(self.reports, f"{NAME}-reports")
            self.reports.raised[item.nodeid, call.when] = item, call.excinfo.value

    def pytest_exception_interact(
        self, node: pytest.Item | pytest.Collector, call: pytest.CallInfo[Any], report: pytest.CollectReport
    ) -> None:
        """Keep what kept a file from being collected."""
        if isinstance(node, pytest.Collector) and call.excinfo is not None:
            self.keep(report, call.excinfo.value, "collect", [])

    def keep(
        self, report: pytest.TestReport | pytest.CollectReport, error: BaseException, stage: str, markers: list[str]
    ) -> None:
        """Keep an exception that may have a cause outside of the test, with the report: so a worker sends it."""
        if type(error) is AssertionError or self.kept >= self.MOST:
            return
        from pytest_sprintready.plugin import hints

        if packed := hints.kept(error, stage, hints.repository(self.config), report.nodeid, markers):
            self.kept += 1
            report.sprintready = packed  # type: ignore[union-attr]

    def pytest_warning_recorded(self, warning_message: warnings.WarningMessage, nodeid: str) -> None:
        """Keep two warnings that a plugin is not here: of a key nobody knows, of a test nobody awaits."""
        name = warning_message.category.__name__
        if name == "PytestConfigWarning" and (key := _unknown_key(str(warning_message.message))):
            self.words.append(key)
        elif name == "PytestUnhandledCoroutineWarning":
            self.unhandled.append(nodeid)

    def pytest_internalerror(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Keep the hook of a plugin that is not here: pytest stops at a conftest.py which has one."""
        if excinfo.typename == "PluginValidationError":
            self.words.append(str(excinfo.value))

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


class Reports:
    """Meets the report of each test that raised something; registered when the first one does."""

    def __init__(self, hints: Hints) -> None:
        self.hints = hints
        self.raised: dict[tuple[str, str], tuple[pytest.Item, BaseException]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what made a test fail, before pytest-xdist sends its report."""
        raised = self.raised.pop((report.nodeid, report.when), None)
        if raised is not None and report.outcome == "failed":
            item, error = raised
            markers = [marker.name for marker in item.iter_markers()]
            self.hints.keep(report, error, "setup" if report.when == "setup" else "run", markers)
