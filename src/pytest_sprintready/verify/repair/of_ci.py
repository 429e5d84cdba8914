"""What CI knows and the documents do not say: variables, tests to leave out."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from pytest_sprintready.facts import ci
from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import Deviation, Verdict
from pytest_sprintready.reading.arguments import PYTEST_VALUED, parsed
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.shell import program_name
from pytest_sprintready.verify.repair.fix import Fix, said_at, told_at, where_set_up_is_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.verify.repair.fix import Situation


_NOT_FOR_TESTS = re.compile(
    r"COVER|CODECOV|TOKEN|SECRET|PASSWORD|^CI$|COLOR|CACHE|^PIP_|^UV_|^GITHUB|^TOX|^NOX|^PYTHON_VERSION|^HOME$|^PATH$"
)


def variables_of_ci(now: Situation) -> Iterator[Fix]:
    """Set what CI sets for its tests."""
    if now.attempt.plan.name == "as CI does":
        return
    for workflow, job in ci.ci_test_jobs(now.facts):
        if re.search(r"windows|macos", f"{workflow.path} {job.runs_on}", re.IGNORECASE) and "ubuntu" not in job.runs_on:
            continue
        for path, step in ci.steps_of_job(now.facts, workflow.path, job):
            found = tuple(
                (name, value)
                for name, value in {**job.env, **step.env}.items()
                if "$" not in value and value and not _NOT_FOR_TESTS.search(name)
            )
            if step.run and "test" in step.run and found:
                place = Evidence(path, step.line)
                told = " ".join(f"{name}={shlex.quote(value)}" for name, value in found)
                yield Fix(
                    key=f"variables {told}",
                    deviation=Deviation(
                        needed=f"the environment variables that CI sets ({place}): {told}",
                        advice=told_at(where_set_up_is_told(now.facts, now.attempt), f"name them: `export {told}`"),
                        says=said_at(now.attempt, where_set_up_is_told(now.facts, now.attempt)),
                        place=where_set_up_is_told(now.facts, now.attempt),
                        kind="configure",
                        commands=(f"export {told}",),
                    ),
                    variables=found,
                )
                return


def selection_of_ci(now: Situation) -> Iterator[Fix]:
    """Leave out the tests that CI leaves out."""
    if not now.attempt.sessions or now.attempt.verdict not in (Verdict.TESTS_FAILED, Verdict.COLLECTION_FAILED):
        return
    for workflow, command, why in ci.ci_commands(now.facts):
        if why not in {"test", "test-part"} or workflow not in ci.main_workflows(now.facts):
            continue
        for call in command.calls:
            current = call
            while (inner := launched(current)) is not None:
                current = inner
            if program_name(current) not in {"pytest", "py.test"}:
                continue
            arguments = parsed(current.words[1:], PYTEST_VALUED)
            kept = [
                (name, value)
                for name, value in arguments.options
                if name in {"--ignore", "--deselect", "--ignore-glob", "-m", "-k"}
            ]
            kept = [
                (name, value)
                for name, value in kept
                if "$" not in value and (name not in {"-m", "-k"} or value.startswith("not "))
            ]
            told = " ".join(f"{name} {shlex.quote(value)}" for name, value in kept)
            if told and now.attempt.run and told not in now.attempt.run.command:
                place = Evidence(command.path, command.line)
                yield Fix(
                    key=f"selection {told}",
                    deviation=Deviation(
                        needed=f"leaving out the tests that CI leaves out ({place}): {told}",
                        advice=told_at(
                            where_set_up_is_told(now.facts, now.attempt),
                            f"name the command that CI runs, with `{told}`",
                        ),
                        place=place,
                        kind="deselect",
                    ),
                    variables=(("PYTEST_ADDOPTS", told),),
                )
