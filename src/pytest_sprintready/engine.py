"""From facts to a report: choose the checks, run each for itself, keep what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready import checks, extensions
from pytest_sprintready.errors import ConfigError, FileProblem, SprintReadyError, UsageError
from pytest_sprintready.model import Evidence, Finding, Report, Result, Rule, Severity, SkipCheck, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_sprintready.checks import Check
    from pytest_sprintready.config import Settings
    from pytest_sprintready.facts import Facts

BROKEN_EXTENSION = Rule(
    code="SR000",
    name="check-extensions",
    severity=Severity.RECOMMENDED,
    title="An installed package adds checks that cannot be loaded",
    why="Its checks are missing from this report, so a clean report says less than it seems to.",
    fix="Update or uninstall the package named. This is a fault of the machine, not of the repository.",
    source="entry points of the group sprintready.checks",
)


def catalogue() -> tuple[Check, ...]:
    """Return every check there is, those of installed extensions included, in the order of their codes."""
    extensions.load()
    return checks.catalogue()


def choose(
    settings: Settings, *, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> tuple[tuple[Check, ...], tuple[tuple[Rule, str], ...]]:
    """Return the checks to run, and the rules left out on purpose with the reason given ("" if none).

    `select` and `ignore` are codes, prefixes of codes or names, as typed on a command line: `select` replaces what
    the configuration selects, `ignore` adds to what it ignores, and ignoring wins over selecting.
    Raises UsageError, or ConfigError where the configuration says it, for one that matches no check.
    """
    everything = catalogue()
    chosen: Sequence[Check] = everything
    if typed := tuple(select):
        chosen = _matching(everything, typed, UsageError, "--select")
    elif settings.select:
        chosen = _matching(everything, settings.select, ConfigError, f"{settings.path}: select")

    reasons: dict[str, str] = {}
    for selector, reason in settings.ignore.items():
        for found in _matching(everything, (selector,), ConfigError, f"{settings.path}: ignore"):
            reasons[found.rule.code] = reason or reasons.get(found.rule.code, "")
    for found in _matching(everything, tuple(ignore), UsageError, "--ignore"):
        reasons.setdefault(found.rule.code, "")

    kept = tuple(one for one in chosen if one.rule.code not in reasons)
    ignored = tuple((one.rule, reasons[one.rule.code]) for one in chosen if one.rule.code in reasons)
    return kept, ignored


def run(
    facts: Facts, settings: Settings | None = None, *, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> Report:
    """Return the verdicts on the repository that `facts` speaks of, in the order of the checks' codes.

    `settings` default to the repository's own. Whatever a check does, the others are run; for `select`, `ignore`
    and what is raised, see `choose`.
    """
    chosen, ignored = choose(settings or facts.settings, select=select, ignore=ignore)
    results = [judge(one, facts) for one in sorted(chosen, key=lambda one: one.last)]
    if broken := extensions.load():
        results.append(Result(BROKEN_EXTENSION, Status.ERROR, broken, reason="some checks could not be loaded"))
    results.sort(key=lambda result: result.rule.code)
    return Report(facts.snapshot.name, facts.snapshot.revision, tuple(results), ignored)


def judge(one: Check, facts: Facts) -> Result:
    """Return what one check says of the repository; a check that breaks gives a verdict as well.

    What was found before a check stopped is kept: a finding is proof whatever comes after it.
    """
    findings: list[Finding] = []
    evidence: dict[Evidence, None] = {}
    status, reason = Status.PASS, ""
    try:
        for found in one.run(facts):
            if isinstance(found, Finding):
                findings.append(found)
            elif isinstance(found, Evidence):
                evidence[found] = None
            else:
                raise TypeError(f"yields {type(found).__name__}, which is neither Finding nor Evidence")  # noqa: TRY301
    except SkipCheck as skip:
        status, reason = Status.SKIPPED, skip.reason
    except FileProblem as problem:
        facts.note(problem)
        status, reason = Status.SKIPPED, problem.message
    except (Exception, SystemExit) as error:  # noqa: BLE001  one broken check must not hide what the others say
        status, reason = Status.ERROR, _described(error)
    if findings and status is not Status.ERROR:
        status = Status.FAIL
    return Result(one.rule, status, tuple(findings), tuple(evidence), reason)


def find_rule(selector: str) -> Rule:
    """Return the rule of one code or name; raises UsageError, naming the nearest, where there is none."""
    rules = [one.rule for one in catalogue()] + [BROKEN_EXTENSION]
    for rule in rules:
        if selector.upper() == rule.code or selector.lower() == rule.name:
            return rule
    raise UsageError(f"there is no check {selector!r}", _hint(selector, [(rule.code, rule.name) for rule in rules]))


def _matching(
    everything: Sequence[Check], selectors: Sequence[str], error: type[SprintReadyError], origin: str
) -> tuple[Check, ...]:
    """Return the checks that any selector names, in the order of `everything`."""
    wanted: set[str] = set()
    for selector in selectors:
        matches = {one.rule.code for one in everything if _names(selector, one.rule)}
        if not matches:
            known = [(one.rule.code, one.rule.name) for one in everything]
            raise error(f"{origin}: no check is called {selector!r}", _hint(selector, known))
        wanted |= matches
    return tuple(one for one in everything if one.rule.code in wanted)


def _names(selector: str, rule: Rule) -> bool:
    return bool(selector) and (rule.code.startswith(selector.upper()) or rule.name == selector.lower())


def _hint(selector: str, known: Iterable[tuple[str, str]]) -> str:
    from difflib import get_close_matches

    labels = {label: (code, name) for code, name in known for label in (code, name)}
    # Codes are alike by nature (SR105, SR106), so a name may be further off and a code must be close.
    close = get_close_matches(selector.upper(), labels, 1, 0.75) or get_close_matches(selector.lower(), labels, 1, 0.5)
    if not close:
        return "`sprintready checks` lists them all"
    code, name = labels[close[0]]
    return f"the nearest is {code} {name}; `sprintready checks` lists them all"


def _described(error: BaseException) -> str:
    """Return "KeyError: 'x' (docs.py:41)": enough to report the bug, short enough for a line."""
    text = str(error).strip().partition("\n")[0]
    traceback, where = error.__traceback__, ""
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename.replace("\\", "/")
        where = f" ({filename.rpartition('/')[2]}:{traceback.tb_lineno})"
        traceback = traceback.tb_next
    return f"{type(error).__name__}: {text}{where}" if text else f"{type(error).__name__}{where}"
