"""The whole trial: clone, plan, follow, and with `repair` mend and go on, until it is green or nothing is left."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import platform
import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.config import load_settings
from pytest_sprintready.errors import UsageError
from pytest_sprintready.facts import Facts
from pytest_sprintready.outcome import Deviation, Outcome, Run, Verdict
from pytest_sprintready.snapshot import open_snapshot
from pytest_sprintready.verify import interpreters, large_files, services, wants, which_sandbox
from pytest_sprintready.verify.attempt import Attempt, Clock, follow, judged, provide, run_tests, what_stops
from pytest_sprintready.verify.cause import diagnosis_of, released_copy
from pytest_sprintready.verify.environment import Environment, tox_passes_on
from pytest_sprintready.verify.plan import AS_CI, CONFIGURED, Plan, Step, plans, prepared
from pytest_sprintready.verify.repair import fixes
from pytest_sprintready.verify.repair.environments import bare_runner
from pytest_sprintready.verify.repair.fix import Fix, Situation, where_set_up_is_told
from pytest_sprintready.verify.repair.steps import missing_packages
from pytest_sprintready.verify.results import sessions
from pytest_sprintready.verify.sample import ALONE, Otherwise, Samples, may_be_luck
from pytest_sprintready.verify.subset import narrowed, quick_subset
from pytest_sprintready.verify.system_packages import packages_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.machine.interpreter import Interpreter
    from pytest_sprintready.verify.options import Options


_SHARE = 0.6
"""Of the time left, what one attempt may take where others can follow."""

_NO_INDEX = re.compile(r"client error \(Connect\)|dns error|tunnel error|error sending request|network was disabled")

_WORTH_A_SAMPLE = 20
"""Seconds there must be left, beside those for the set-up, to try a few tests again."""

_ROOM = 64 * 2**20
"""Bytes free, below which a disk is full."""

_WORTH = 0.7
"""Of the longest attempt so far, what there must be left for a further one from the start to be worth beginning."""


def verify(source: str, options: Options) -> Outcome:
    """Return what a fresh clone of `source`, a folder or an address, comes to. See verify.verify for what is raised."""
    kind = which_sandbox.chosen(unsandboxed=options.unsandboxed)
    pythons = interpreters.installed()
    start = time.monotonic()
    date = dt.datetime.now(dt.timezone.utc)
    with Environment(
        kind, pythons, limits=options.limits, keep=options.keep, system_packages=options.system_packages
    ) as environment:
        environment.heard = lambda line: options.heard("clone", line)
        environment.clone(source, options.rev)
        with open_snapshot(environment.made.src, "HEAD") as snapshot:
            facts = Facts(snapshot, load_settings(snapshot))
            trial = Trial(facts, environment, options, pythons, start)
            if facts.submodules.value and trial.documents_submodules():
                environment.fetch_submodules()
            if large_files.kept(facts) and large_files.documented(facts):
                trial.large_files_missing = environment.fetch_large_files()
            try:
                best = trial.run()
            except OSError as error:
                best = trial.lost(error)
            best = trial.not_for_a_full_disk(trial.not_for_a_lost_folder(best))
            cause, hint = trial.why(best)
        first = [session.first_pass for session in best.sessions if session.first_pass]
        outcome = Outcome(
            name=source,
            verdict=best.verdict,
            cause=cause,
            hint=hint,
            commit=snapshot.revision,
            commit_date=trial.commit_date,
            date=date.isoformat(timespec="seconds"),
            system=_system(),
            python=trial.python.version if trial.python else "",
            plan=best.plan.name + (", the quick part of the tests" if options.subset and best.plan.steps else ""),
            first_verdict=trial.first_verdict,
            counts=best.counts,
            runs=tuple(environment.told(run) for run in environment.runs),
            deviations=tuple(one._replace(needed=environment.plain(one.needed)) for one in trial.deviations()),
            notes=trial.notes(),
            seconds=round(time.monotonic() - start, 2),
            first_green=round(max(min(first) - date.timestamp(), 0.0), 2) if first else None,
            download_bytes=environment.cache_bytes(),
            locked=best.plan.locked,
            offline=trial.offline,
            network=best.network,
            sandbox=environment.sandboxed_by,
            kept=environment.how_to_enter() if options.keep else "",
        )
        if outcome.green and outcome.first_green is None:
            outcome = outcome._replace(first_green=outcome.seconds)
        return outcome


def _system() -> str:
    try:
        release = platform.freedesktop_os_release()
        return f"{release.get('PRETTY_NAME', 'Linux')} {platform.machine()}"
    except OSError:
        return f"{platform.system()} {platform.release()} {platform.machine()}"


class Trial:
    """The attempts on one clone."""

    def __init__(
        self, facts: Facts, environment: Environment, options: Options, pythons: tuple[Interpreter, ...], start: float
    ) -> None:
        self.facts = facts
        self.environment = environment
        self.options = options
        self.ranked = interpreters.ranked(facts, pythons)
        self.python: Interpreter | None = next(iter(self.ranked), None)
        if options.python:
            self.python = next((one for one in pythons if interpreters.minor(one) == options.python), None)
            if self.python is None:
                have = ", ".join(interpreters.minor(one) for one in pythons)
                raise UsageError(f"Python {options.python} is not on this machine", f"there are {have}")
        self.commit_date = self._commit_date()
        self._start = start
        self._deadline = start + options.seconds
        self.clock = Clock(self._left, options.network, options.first_green, self._left_of_all)
        self._longest = 0.0
        self._set_up = 0.0
        self._samples = Samples(environment, self.clock, lambda line: self._say("repair", line))
        self._useless: set[str] = set()
        self._kept: list[Fix] = []
        self._plan: Plan | None = None
        self._documented: Plan | None = None
        self._not_started: dict[str, str] = {}
        self.large_files_missing = ""
        self.first_verdict: Verdict | None = None
        self.offline = ""

    def _left(self) -> float:
        """Return the seconds there are for the attempt at hand."""
        return max(min(self._deadline, self._start + self.options.seconds) - time.monotonic(), 1.0)

    def _share_out(self) -> None:
        """Give what is begun now its share of the time: one that hangs must not cost all others their turn."""
        self._deadline = time.monotonic() + _SHARE * self._left_of_all()

    def _left_of_all(self) -> float:
        return self._start + self.options.seconds - time.monotonic()

    def _commit_date(self) -> str:
        command = "git log -1 --format=%cI HEAD"
        return self.environment.quietly(f"cd {self.environment.made.src} && {command}").output.strip()

    def documents_submodules(self) -> bool:
        """Tell whether a document says to bring the submodules."""
        return any("submodule" in each.command.text for each in self.facts.documented)

    # Attempts -------------------------------------------------------------------------------------------------

    def run(self) -> Attempt:
        """Return the best attempt: the first plan as it is, and with `repair` what can be made of it and the others."""
        if self.python is None:
            wanted = self.facts.requires_python.value
            return self._unsupported(f"no Python of this machine is admitted: the project wants {wanted}")
        found = plans(self.facts, interpreters.minor(self.python))
        if not found:
            return self._unsupported("neither documents nor configuration nor CI tell how to run tests")
        if self.options.subset:
            quick = quick_subset(self.facts)
            if quick is None:
                return self._unsupported('no document names a quick part of the tests, like `pytest -m "not slow"`')
            found = narrowed(found, quick)
        self._documented = found[0]
        if self.options.services:
            self._say("services", ", ".join(self.facts.needs_services.value) or "none are named")
            self._not_started = self.environment.offer(services.wanted(self.facts), seconds=self._left())
        tried: list[tuple[Attempt, list[Fix]]] = []
        dead_ends: set[str] = set()
        for plan in found if self.options.repair else found[:1]:
            if any(step.command in dead_ends for step in plan.steps):
                continue
            attempt, applied = self._mended(plan)
            tried.append((attempt, applied))
            hopeless = attempt.verdict in (Verdict.SETUP_FAILED, Verdict.TIMEOUT) or attempt.only_something_else_failed
            if attempt.run is not None and hopeless:
                dead_ends.add(attempt.run.command)  # the same will come of it in another way
            # Another way may be much quicker than one that never came to a test.
            enough = max(20, _WORTH * self._longest) if attempt.counts.passed else 20
            if attempt.verdict is Verdict.GREEN or self._left_of_all() < enough:
                break
        best, self._kept = max(tried, key=lambda each: each[0].merit)
        if not best.counts.passed:  # no way led to a test, so what the documents come to is what is to be mended
            best, self._kept = tried[0]
        self._plan = best.plan
        if self.options.offline and best.verdict is Verdict.GREEN:
            self.offline = self._again_offline(best.plan, self._kept)
        return best

    def _again_offline(self, plan: Plan, applied: list[Fix]) -> str:
        """Type the test command once more, as it is documented, where there is no network; return what came of it."""
        step = next(step for step in _rewritten(plan, applied).steps if step.phase == "test")
        self._say("offline", step.command)
        variables = {**dict(step.variables), **self._variables(applied)}
        commands = [step.command, *(each for each in (prepared(step.command) or ())[1:])]
        for command in commands:
            self.environment.clear_reports()
            run = Run(command, "test", step.source, step.place)
            left = self._left()
            done = self.environment.run(run, seconds=left, network=False, folder=step.folder, variables=variables)
            attempt = judged(plan, done, tuple(sessions(self.environment.made.reports)))
            if attempt.verdict is Verdict.GREEN:
                return (
                    "green" if command == step.command else f"only by `{command}`: `{step.command}` needs the network"
                )
        return attempt.cause

    def lost(self, error: OSError) -> Attempt:
        """Return what is told where the folder of the trial cannot be used any more."""
        return self.not_for_a_lost_folder(self._unsupported(f"this machine let the trial down: {error.strerror}"))

    def not_for_a_lost_folder(self, attempt: Attempt) -> Attempt:
        """Return an attempt as it is, unless the folder of the trial was taken away: then nothing of it counts."""
        top = Path(self.environment.folder)
        if (top / "state").is_dir() and (top / "reports").is_dir():
            return attempt
        last = next((run for run in reversed(self.environment.runs) if run.source != "tool"), None)
        during = f" while `{last.command}` ran" if last else ""
        return self._unsupported(f"the folder of the trial was removed{during}, by it or by somebody else")

    def not_for_a_full_disk(self, attempt: Attempt) -> Attempt:
        """Return an attempt as it is, unless it failed for a disk that is full: that is not the project's doing."""
        log = attempt.run.log if attempt.run else ""
        if attempt.verdict is Verdict.GREEN or "No space left on device" not in log:
            return attempt
        with contextlib.suppress(OSError):
            if shutil.disk_usage(self.environment.folder).free < _ROOM:
                cause = f"the disk of {self.environment.folder} is full: free some space, or set TMPDIR to another one"
                return attempt._replace(verdict=Verdict.UNSUPPORTED, cause=cause)
        return attempt

    def _unsupported(self, cause: str) -> Attempt:
        return Attempt(Plan("none", ()), Verdict.UNSUPPORTED, cause=cause)

    def _mended(self, plan: Plan) -> tuple[Attempt, list[Fix]]:
        """Return the best that a plan comes to, with what was done beside it."""
        applied = self._at_once(plan)
        best = begun = self._attempt(plan, applied)
        if plan is self._documented and not applied:
            self.first_verdict = best.verdict
        tried = {fix.key for fix in applied}
        rounds = self.options.rounds if self.options.repair else 0
        for _ in range(rounds):
            slow = best.verdict is Verdict.TIMEOUT and best.run is not None and best.run.phase == "setup"
            if best.verdict is Verdict.GREEN or slow or self._left_of_all() < 15:
                break
            now = self._situation(best, applied)
            known = itertools.chain(large_files.undocumented_files(now), self._packages_missing(now), fixes(now))
            fix = next((fix for fix in known if fix.key not in tried and self._is_worth_it(fix, best)), None)
            if fix is None:
                break
            if fix.anew and may_be_luck(best) and ALONE.how not in tried:
                tried.add(ALONE.how)
                step = next(step for step in _rewritten(plan, applied).steps if step.phase == "test")
                self._samples.try_alone(plan, step, best, self._variables(applied))
                continue
            tried.add(fix.key)
            self.options.heard("repair", fix.deviation.needed)
            attempt = self._again(plan, applied, fix, best, tried)
            if attempt is not None and (attempt.merit > best.merit or _further(attempt, best, fix)):
                best = attempt
                applied.append(fix)
        if best.led_nowhere_beside(begun):
            return begun, self._at_once(plan)
        return best, applied

    def _is_worth_it(self, fix: Fix, best: Attempt) -> bool:
        """Tell whether there is time for a fix, and something it could mend."""
        if fix.command in self._useless:
            return False
        if not fix.anew:
            return not self._would_be_cut_off(best) or bool(fix.command)  # of an installation a sample tells enough
        if self._samples.of(best):
            return self._left_of_all() > _WORTH_A_SAMPLE + 1.3 * self._set_up
        if best.failures and best.counts.passed:
            return False  # what failed is understood
        return best.verdict is not Verdict.TIMEOUT and self._left_of_all() >= _WORTH * self._longest

    def _would_be_cut_off(self, best: Attempt) -> bool:
        """Tell whether all tests, of which some failed, would not come to their end once more: that tells nothing."""
        seconds = best.run.seconds if best.run else 0.0
        return best.counts.broken > 0 and (best.verdict is Verdict.TIMEOUT or self._left_of_all() < seconds)

    def _otherwise(self, fix: Fix) -> Otherwise:
        if fix.python:
            now = interpreters.minor(self._python([]))
            return Otherwise(f"on Python {interpreters.minor(fix.python)}", f"they do not support {now}")
        if fix.before:
            day = fix.before[:10]
            return Otherwise(f"with nothing released after {day}", "a later release of what is installed breaks them")
        return Otherwise("with that", f"they lack {fix.deviation.needed}")

    def _situation(self, best: Attempt, applied: list[Fix]) -> Situation:
        python = self._python(applied)
        copy = released_copy(best, self.facts, self.environment, python)
        return Situation(self.facts, best, python, self._others(applied), self.commit_date, copy)

    def _packages_missing(self, now: Situation) -> Iterator[Fix]:
        """Yield what --system-packages may help with: what the failure tells, then what CI installs."""
        if not self.options.system_packages or now.attempt.verdict is Verdict.TIMEOUT:
            return
        try:
            told = diagnosis_of(now.attempt, self.facts, self.environment, now.python)
        except Exception:  # noqa: BLE001  a bug in explaining must not cost the outcome
            told = None
        lines = [remedy.command for remedy in told.remedies] if told else []
        yield from missing_packages(now, packages_of(lines), self.environment.packages_installed)

    def _at_once(self, plan: Plan) -> list[Fix]:
        """Return what is not worth waiting for: a bare `tox` makes the environments of all Pythons."""
        if not self.options.repair:
            return []
        now = Situation(self.facts, Attempt(plan, Verdict.NO_TESTS), self._python([]), (), self.commit_date)
        return list(bare_runner(now))

    def _python(self, applied: list[Fix]) -> Interpreter:
        chosen = [fix.python for fix in applied if fix.python]
        assert self.python is not None  # noqa: S101
        return chosen[-1] if chosen else self.python

    def _others(self, applied: list[Fix]) -> tuple[Interpreter, ...]:
        if self.options.python or any(fix.python for fix in applied):
            return ()
        return tuple(one for one in self.ranked if one != self.python)

    def _attempt(self, plan: Plan, applied: list[Fix], sample: tuple[str, ...] = ()) -> Attempt:
        """Follow a plan in a new environment; with a sample, to its end only where one of these tests passes there."""
        start = time.monotonic()
        try:
            return self._followed(plan, applied, sample)
        finally:
            self._longest = max(self._longest, time.monotonic() - start)

    def _followed(self, plan: Plan, applied: list[Fix], sample: tuple[str, ...]) -> Attempt:
        environment = self.environment
        if self.options.repair:
            self._share_out()
        start = time.monotonic()
        if any(fix.submodules or fix.lfs for fix in applied):
            environment.clone_anew(submodules=any(fix.submodules for fix in applied))
        if any(fix.lfs for fix in applied):
            environment.fetch_large_files()
        environment.hold_back(_date_of(applied))
        python = self._python(applied)
        self._say("environment", f"Python {python.version}")
        made = environment.make_venv(python, seconds=self._left())
        if made.exit_code != 0:
            return self._no_environment(plan, made)
        environment.heard = lambda line: self._say(plan.name, line)
        skip = frozenset(fix.skip for fix in applied if fix.skip)
        plan = _rewritten(plan, applied)
        for fix in applied:
            self._install_packages(fix)
        with_installs = _with_installs(plan, [fix.command for fix in applied if fix.command])
        variables = self._variables(applied)

        def worth_it(step: Step) -> bool:
            self._set_up = time.monotonic() - start
            if not sample:
                return True
            return self._samples.try_again(plan, step, sample, variables, self._otherwise(applied[-1]))

        attempt = follow(with_installs, environment, self.clock, variables=variables, skip=skip, worth_it=worth_it)
        return attempt._replace(plan=plan)

    def _no_environment(self, plan: Plan, made: Run) -> Attempt:
        """Return what an environment that could not be made comes to. It is empty: that is not the project's doing."""
        told = " ".join((made.ended or made.log).split())
        if _NO_INDEX.search(told):
            cause = f"this machine does not reach the package index, or not with its proxy: {told[:300]}"
            return Attempt(plan, Verdict.UNSUPPORTED, cause=cause, run=made)
        return Attempt(plan, Verdict.SETUP_FAILED, cause=f"no environment could be made: {told[:300]}", run=made)

    def _again(self, plan: Plan, applied: list[Fix], fix: Fix, best: Attempt, tried: set[str]) -> Attempt | None:
        """Return the attempt with one more fix; None where that could not be applied."""
        self._share_out()
        together = [*applied, fix]
        if fix.packages and not self._install_packages(fix):
            return None
        if fix.skip:
            return self._resumed(plan, together, fix.skip)
        if fix.anew or best.verdict is Verdict.SETUP_FAILED:
            # What went into an environment of tox or nox is gone with it, and is found missing again.
            for lost in [
                one for one in applied if "--python" in one.command and self.environment.made.venv not in one.command
            ]:
                applied.remove(lost)
                tried.discard(lost.key)
            sample = self._samples.of(best) if fix.anew else ()
            attempt = self._attempt(plan, [*applied, fix], sample)
            if fix.anew and not sample:
                self._samples.compare(best, attempt, self._otherwise(fix))
            return attempt
        if fix.command:
            self.environment.hold_back(_date_of(together))
            run = Run(fix.command, "setup", "repair")
            if self.environment.run(run, seconds=self._left(), network=True, folder=".").exit_code != 0:
                self._useless.add(fix.command)
                return None
        step = next((step for step in _rewritten(plan, together).steps if step.phase == "test"), None)
        if step is None:
            return None
        if fix.instead:
            provide(step, self.environment, self.clock)
        elif self._would_be_cut_off(best) and (sample := self._samples.of(best)):
            self._samples.try_again(plan, step, sample, self._variables(together), self._otherwise(fix), anew=False)
            return None
        again = bool(best.sessions) and not fix.instead
        return run_tests(plan, step, self.environment, self.clock, variables=self._variables(together), again=again)

    def _install_packages(self, fix: Fix) -> bool:
        run = Run("", "setup", "repair")
        return self.environment.install_packages(fix.packages, run, seconds=self._left())

    def _resumed(self, plan: Plan, applied: list[Fix], after: str) -> Attempt:
        """Go on behind a step that failed and can be left out, with all that was done before it."""
        plan = _rewritten(plan, applied)
        whole = _with_installs(plan, [fix.command for fix in applied if fix.command])
        commands = [step.command for step in whole.steps]
        rest = whole._replace(steps=whole.steps[commands.index(after) + 1 :]) if after in commands else whole
        skip = frozenset(fix.skip for fix in applied if fix.skip)
        variables = self._variables(applied)
        return follow(rest, self.environment, self.clock, variables=variables, skip=skip)._replace(plan=plan)

    def _variables(self, applied: list[Fix]) -> dict[str, str]:
        variables: dict[str, str] = {}
        for fix in applied:
            for name, value in fix.variables:
                variables[name] = (
                    f"{variables[name]} {value}" if name == "PYTEST_ADDOPTS" and name in variables else value
                )
        if variables:
            variables["TOX_OVERRIDE"] = tox_passes_on(*variables)
        left_out = [node for fix in applied for node in fix.left_out]
        if left_out:
            variables["SPRINTREADY_LEFT_OUT"] = self.environment.name_tests("left-out", left_out)
        return variables

    def _say(self, phase: str, line: str) -> None:
        self.options.heard(phase, line)

    def why(self, attempt: Attempt) -> tuple[str, str]:
        """Return why an attempt is not green, and the next command, as far as that is known."""
        if self.python is None or attempt.verdict in (Verdict.GREEN, Verdict.UNSUPPORTED):
            return attempt.cause, ""
        if attempt.verdict is Verdict.TIMEOUT and not attempt.counts.broken:
            return attempt.cause, ""
        wanted = wants.told(attempt)
        try:
            found = diagnosis_of(attempt, self.facts, self.environment, self.python)
        except Exception as error:  # noqa: BLE001  a bug in explaining must not cost the outcome
            return attempt.cause, f"a bug of sprintready in explaining this: {type(error).__name__}: {error}"
        also = found if found and not (wanted and found.code == wants.NETWORK) else None
        explained = f"{also.what} {also.cause} ({also.code})" if also else ""
        cause = ". ".join(filter(None, (attempt.cause, wanted, *self._samples.told(attempt), explained)))
        commands = "; ".join(f"`{remedy.command}`" for remedy in found.remedies) if found else ""
        return self.environment.plain(" ".join(cause.split())), self.environment.plain(commands)

    # What is told of it ---------------------------------------------------------------------------------------

    def deviations(self) -> tuple[Deviation, ...]:
        """Return what was done beside what the documents say, of the attempt that counts."""
        found = []
        plan = self._plan
        if plan is not None:
            undocumented = [step for step in plan.steps if step.phase == "test" and step.source != "documented"]
            if undocumented:
                step = undocumented[0]
                found.append(self._undocumented(plan, step.command))
        return (*found, *self._services_untold(), *(fix.deviation for fix in self._kept))

    def _services_untold(self) -> Iterator[Deviation]:
        """Yield the services that were started and that no document says to start."""
        typed = " ".join(each.command.text for each in self.facts.documented).lower()
        if "compose up" in typed:
            return
        steps = self._documented.steps if self._documented else ()
        step = next((step for step in steps if step.source == "documented" and step.phase == "test"), None)
        place = step.place if step else None
        for service in self.environment.services:
            line = services.start_line(service)
            if service.name not in typed and service.name.removesuffix("ql") not in typed:
                yield Deviation(
                    needed=f"a running {service.name} ({service.place}): {line}",
                    advice=f"{place or 'in a contributing guide'}: say before the tests how to start it: `{line}`",
                    says=step.command if step else "",
                    place=place,
                    kind="service",
                    commands=(line,),
                    written="before",
                )

    def _undocumented(self, plan: Plan, command: str) -> Deviation:
        documented = self._documented
        facts_place = where_set_up_is_told(self.facts, Attempt(documented or plan, Verdict.UNSUPPORTED))
        set_up = [step.command for step in plan.steps if step.phase == "setup"]
        way = "; ".join([*set_up, command])
        told = (
            next((step for step in documented.steps if step.phase == "test" and step.source == "documented"), None)
            if documented
            else None
        )
        says = told.command if told else ""
        reason = {AS_CI: "what CI does", CONFIGURED: "what the configuration implies"}.get(
            plan.name, "the configuration's command"
        )
        what = f"{reason}: {way}" if told else f"{way} ({reason}; no document says how to run the tests)"
        return Deviation(
            needed=what,
            advice=f"{facts_place or 'CONTRIBUTING.md'}: {'replace' if told else 'add'} the commands: `{way}`",
            says=says,
            place=told.place if told else facts_place,
            kind="document",
        )

    def notes(self) -> tuple[str, ...]:
        """Return what was done that is nobody's fault: tools provided, packages of the system not installed."""
        tools = [
            run.command
            for run in self.environment.runs
            if run.source == "tool" and run.phase == "setup" and "install" in run.command
        ]
        found = [
            f"installed first, as a newcomer would: {command.rpartition(' ')[2]}" for command in dict.fromkeys(tools)
        ]
        installed, not_installed = self.environment.packages_installed, self.environment.packages_not_installed
        if self.large_files_missing:
            found.append(f"the files kept in Git LFS are only notes on where they are: {self.large_files_missing}")
        if self.environment.services:
            told = ", ".join(f"{each.name} on port {services.port(each)}" for each in self.environment.services)
            found.append(f"ran beside the commands, from the machine's own programs: {told}")
        found += [f"not started: {name} ({why})" for name, why in self._not_started.items()]
        if installed:
            found.append(f"installed in a copy of the system, gone by now: {' '.join(installed)}")
        for line in self.environment.system_packages_asked():
            left = [name for name in packages_of([line]) if name not in installed]
            if left or not packages_of([line]):
                why = next((not_installed[name] for name in left if name in not_installed), "")
                found.append(f"not done: {line}" + (f" ({why})" if why else ""))
        return tuple(found)


def _further(attempt: Attempt, best: Attempt, fix: Fix) -> bool:
    """Tell whether something that was mended has only uncovered the next thing that is in the way."""
    if fix.skip:
        stopped = {Verdict.SETUP_FAILED, Verdict.UNSUPPORTED}
        return {attempt.verdict, best.verdict} <= stopped and attempt.run is not None and attempt.run != best.run
    return bool(fix.command) and attempt.merit == best.merit and what_stops(attempt) != what_stops(best)


def _date_of(applied: list[Fix]) -> str:
    return next((fix.before for fix in applied if fix.before), "")


def _rewritten(plan: Plan, applied: list[Fix]) -> Plan:
    """Put another test command in the place of the plan's, where a fix says so."""
    instead = next((fix.instead for fix in reversed(applied) if fix.instead), "")
    if not instead:
        return plan
    return plan._replace(
        steps=tuple(step._replace(command=instead) if step.phase == "test" else step for step in plan.steps)
    )


def _with_installs(plan: Plan, commands: list[str]) -> Plan:
    """Put further commands right before the tests."""
    steps = [step for step in plan.steps if step.phase != "test"]
    tests = [step for step in plan.steps if step.phase == "test"]
    return plan._replace(
        steps=(*steps, *(Step(command, "setup", "repair", folder=".") for command in commands), *tests)
    )
