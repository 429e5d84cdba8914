"""From a failing report to edits that are known to help: each is judged in memory before it is offered.

Every fixer is asked in turn, on the files as the ones before it would leave them. Then all checks judge the result.
Where a check that was to be mended still fails, or another one has become worse, the fixes are tried one at a time
and those that do harm are left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready import engine
from pytest_sprintready.config import load_settings
from pytest_sprintready.errors import FileProblem
from pytest_sprintready.facts import Facts
from pytest_sprintready.fixes.encoding import encoded
from pytest_sprintready.fixes.manifest import listed
from pytest_sprintready.fixes.model import NO_ANSWERS, Edit, Fix, LeftAlone, Plan
from pytest_sprintready.fixes.registry import Case, fixers
from pytest_sprintready.fixes.safeguards import reason_to_leave
from pytest_sprintready.model import Severity, SkipCheck, Status
from pytest_sprintready.snapshot.overlay import OverlaySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pytest_sprintready.fixes.registry import Fixer
    from pytest_sprintready.model import Report, Result
    from pytest_sprintready.snapshot import Snapshot


def plan(
    snapshot: Snapshot,
    *,
    answers: Mapping[str, str] = NO_ANSWERS,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    unsafe: bool = False,
    refuses: Callable[[Edit], str] = lambda _edit: "",
    judged: tuple[Facts, Report] | None = None,
) -> Plan:
    """Return what can be mended in the repository, for the checks chosen as for `engine.run`.

    `answers` are keyed by `model.QUESTIONS`; what the repository's own configuration declares need not be among them.
    `refuses` returns why a file may not be touched, "" where it may. `judged` are facts and a report on all checks of
    the snapshot, where they are at hand. Nothing is written.
    """
    select, ignore = tuple(select), tuple(ignore)
    facts = judged[0] if judged else Facts(snapshot, load_settings(snapshot))
    wanted = {one.rule.code for one in engine.choose(facts.settings, select=select, ignore=ignore)[0]}
    before = judged[1] if judged else engine.run(facts)
    failing = {r.rule.code for r in before.results if r.status is Status.FAIL and r.rule.code in wanted}
    if not failing:
        return Plan()
    told = {**_declared(facts), **{key: value for key, value in answers.items() if value.strip()}}
    attempt = _Attempt(facts, before, wanted, told, unsafe=unsafe, refuses=refuses)
    attempt.run(one_by_one=False)
    if attempt.fixes and attempt.harm():
        attempt = _Attempt(facts, before, wanted, told, unsafe=unsafe, refuses=refuses)
        attempt.run(one_by_one=True)
    return attempt.plan()


def _declared(facts: Facts) -> dict[str, str]:
    """Return what [tool.sprintready.sprint] answers already."""
    sprint = facts.settings.sprint
    values = {
        "lead": sprint.lead,
        "contact": sprint.contact,
        "mentors": ", ".join(sprint.mentors),
        "level": sprint.level,
        "capacity": str(sprint.capacity or ""),
        "goals": ", ".join(sprint.goals),
    }
    return {key: value for key, value in values.items() if value}


class _Attempt:
    """One way through all fixers: the files as changed so far, and what became of each check."""

    def __init__(
        self,
        facts: Facts,
        before: Report,
        wanted: set[str],
        answers: Mapping[str, str],
        *,
        unsafe: bool,
        refuses: Callable[[Edit], str],
    ) -> None:
        self.facts = facts
        self.snapshot = facts.snapshot
        self.before = before
        self.wanted = wanted
        self.answers = answers
        self.allow_unsafe = unsafe
        self.refuses = refuses
        self.fixes: list[Fix] = []
        self.unsafe: list[Fix] = []
        self.left: list[LeftAlone] = []
        self.texts: dict[str, str] = {}

    def run(self, *, one_by_one: bool) -> None:
        """Ask every fixer; `one_by_one` mends one check at a time and takes back what does harm."""
        for each in fixers():
            self._ask(each, one_by_one=one_by_one)

    def plan(self) -> Plan:
        """Return what was found."""
        edits = []
        for path, text in sorted(self.texts.items()):
            old = self.snapshot.read(path) if self.snapshot.has(path) else None
            edits.append(Edit(path, old, text))
        settled = {code for fix in (*self.fixes, *self.unsafe) for code in (fix.code, *fix.also)}
        left = tuple(each for each in self.left if each.code not in settled)
        return Plan(tuple(self.fixes), tuple(self.unsafe), left, tuple(edits))

    def harm(self) -> str:
        """Return what is worse than before, or not mended as promised; "" if all is well."""
        return harm(self.before, engine.run(self.facts), self.fixes)

    def _ask(self, asked: Fixer, *, one_by_one: bool) -> None:
        done: set[str] = set()
        for code in asked.codes:
            if code not in self.wanted or code in done:
                continue
            result = self._judge(code)
            if result is None or result.status is not Status.FAIL:
                continue
            failing = frozenset([code])
            if not one_by_one:
                others = (self._judge(other) for other in asked.codes if other in self.wanted and other not in done)
                failing |= {other.rule.code for other in others if other and other.status is Status.FAIL}
            proposal = self._propose(asked, Case(self.facts, result, self.answers, failing, self.allow_unsafe))
            if isinstance(proposal, Fix):
                done |= {proposal.code, *proposal.also}
                self._take(proposal, check=one_by_one)
            elif proposal is not None:
                self.left.append(proposal)

    def _judge(self, code: str) -> Result | None:
        found = next((one for one in engine.catalogue() if one.rule.code == code), None)
        return engine.judge(found, self.facts) if found else None

    def _propose(self, asked: Fixer, case: Case) -> Fix | LeftAlone | None:
        try:
            return asked.propose(case)
        except SkipCheck as unknown:
            return LeftAlone(case.code, unknown.reason)
        except (FileProblem, ModuleNotFoundError) as problem:
            return LeftAlone(case.code, why_not(problem))
        except Exception as error:  # noqa: BLE001  one broken fixer must not cost the others
            return LeftAlone(case.code, f"a bug of sprintready, please report it: {type(error).__name__}: {error}")

    def _take(self, fix: Fix, *, check: bool) -> None:
        """Keep a fix, unless it is one for a human, a file may not be touched, or (with `check`) it does harm."""
        edits = tuple(self._to_real_file(edit) for edit in fix.edits)
        if entry := listed(self.facts, edits):
            edits += (entry,)
        for edit in edits:
            on_disk = edit if self.snapshot.has(edit.path) else edit._replace(old=None)
            reason = reason_to_leave(self.facts.snapshot, edit) or self.refuses(on_disk)
            if reason:
                self.left.append(LeftAlone(fix.code, f"{edit.path} {reason}", paste=added(edit)))
                return
        if not fix.safe and not self.allow_unsafe:
            self.unsafe.append(fix._replace(edits=edits))
            return
        texts = {**self.texts, **{edit.path: edit.new for edit in edits}}
        facts = self._facts_of(texts)
        if check:
            tried = [*self.fixes, fix]
            if reason := harm(self.before, engine.run(facts), tried):
                paste = "\n".join(added(edit) for edit in edits)
                self.left.append(LeftAlone(fix.code, f"the edit would not do: {reason}", paste=paste))
                return
        self.texts, self.facts = texts, facts
        self.fixes.append(fix._replace(edits=edits))

    def _to_real_file(self, edit: Edit) -> Edit:
        """Return the edit for the file that a symbolic link inside the repository leads to."""
        return edit._replace(path=self.facts.snapshot.resolve(edit.path) or edit.path)

    def _facts_of(self, texts: Mapping[str, str]) -> Facts:
        snapshot = with_edits(self.snapshot, (Edit(path, None, text) for path, text in texts.items()))
        return Facts(snapshot, load_settings(snapshot))


def why_not(problem: FileProblem | ModuleNotFoundError) -> str:
    """Return why a file is not edited: what is wrong with it, or the library that is missing and how to get it."""
    if isinstance(problem, FileProblem):
        return problem.message
    package = (problem.name or "").partition(".")[0].replace("ruamel", "ruamel.yaml")
    line = '`python -m pip install "pytest-sprintready[fix]"`'
    return f"{package} is needed to edit this file and keep its style: type {line}"


def with_edits(snapshot: Snapshot, edits: Iterable[Edit]) -> OverlaySnapshot:
    """Return the repository as edits would leave it; raises FileProblem for a file that has no room for its edit."""
    changed = {}
    for edit in edits:
        before = snapshot.read_bytes(edit.path) if snapshot.has(edit.path) else None
        changed[edit.path] = encoded(edit.path, before, edit.new)
    return OverlaySnapshot(snapshot, changed)


def harm(before: Report, after: Report, fixes: Iterable[Fix]) -> str:
    """Return what fixes made worse or left unmended, in a few words; "" if nothing.

    A check that was skipped because another one failed (its reason names that one's code) is judged for the first
    time once that one is mended: what it then says is news, not harm.
    """
    fixes = tuple(fixes)
    mended = {code for fix in fixes for code in (fix.code, *fix.also)}
    old = {result.rule.code: result for result in before.results}
    failed = {code for code, result in old.items() if result.status is Status.FAIL}
    partly = {fix.code for fix in fixes if fix.partly}
    news = mended | {
        each.rule.code for each in after.results if each.status is Status.PASS and each.rule.code in failed
    }
    for result in after.results:
        code = result.rule.code
        if code in mended:
            fewer = code in partly and len(result.findings) < len(old[code].findings)
            if result.status is not Status.PASS and not fewer:
                said = result.findings[0].message if result.findings else result.reason
                return f"{code} would still not pass: {said}"
            continue
        if code in old and (worse := _worse(old[code], result, news)):
            return f"{code} would {worse}"
    return ""


def _worse(old: Result, new: Result, news: set[str]) -> str:
    if new.status is Status.ERROR and old.status is not Status.ERROR:
        return "break"
    # A check that finds nothing to judge any more is no loss, unless a sprint needs what it asks.
    nothing_left = new.status is Status.SKIPPED and new.rule.severity is not Severity.REQUIRED
    if old.status is Status.PASS and new.status is not Status.PASS and not nothing_left:
        said = new.findings[0].message if new.findings else new.reason
        return f"pass no more: {said}"
    if new.status is not Status.FAIL:
        return ""
    if old.status is Status.SKIPPED and news.isdisjoint(re.findall(r"\b[A-Z]{2,5}\d{3}\b", old.reason)):
        return f"fail: {new.findings[0].message}"
    if old.status is Status.FAIL and len(new.findings) > len(old.findings):
        return f"find more: {new.findings[-1].message}"
    return ""


def added(edit: Edit) -> str:
    """Return the lines an edit adds, as text to paste."""
    from difflib import ndiff

    if edit.old is None:
        return edit.new
    lines = ndiff(edit.old.splitlines(), edit.new.splitlines())
    return "\n".join(line[2:] for line in lines if line.startswith("+ ")).strip("\n")
