"""Why an attempt failed, in the words a newcomer gets: the same diagnosis as below a failed run of pytest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis import explain_all, own
from pytest_sprintready.diagnosis.model import Failure
from pytest_sprintready.machine import describe
from pytest_sprintready.machine.interpreter import Interpreter
from pytest_sprintready.outcome import Verdict

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.verify.attempt import Attempt
    from pytest_sprintready.verify.environment import Environment

_STAGES = {Verdict.SETUP_FAILED: "install", Verdict.START_FAILED: "start", Verdict.COLLECTION_FAILED: "collect"}
_MOST = 50
_LAST = 20_000


def diagnosis_of(attempt: Attempt, facts: Facts, environment: Environment, python: Interpreter) -> Diagnosis | None:
    """Return the cause that explains most of what failed, None where it is not known.

    The environment is described from its files: its Python is not started, for what is installed there would run.
    """
    failures = attempt.failures[:_MOST]
    run = attempt.run
    if not failures and run is not None:
        stage = _STAGES.get(attempt.verdict, "run")
        failures = [Failure(stage, run.command, run.exit_code, run.log[-_LAST:])]
    found = explain_all(failures, facts, machine_of(attempt, environment, python))
    return found[0][0] if found else None


def released_copy(attempt: Attempt, facts: Facts, environment: Environment, python: Interpreter) -> str:
    """Return the project as tests that failed had it from a package index, "lantern 1.2"; "" for the clone."""
    if not attempt.sessions or attempt.verdict not in (Verdict.TESTS_FAILED, Verdict.COLLECTION_FAILED):
        return ""
    found = own.released_copy(facts, machine_of(attempt, environment, python))
    return f"{found.name} {found.version}" if found else ""


def machine_of(attempt: Attempt, environment: Environment, python: Interpreter) -> Machine:
    """Return this machine with the Python that ran the tests, else with that of the environment."""
    session = next((session for session in reversed(attempt.sessions) if session.executable), None)
    if session is not None:
        seen = Interpreter(
            session.executable, session.version, "cpython", python.platform, session.prefix, session.base_prefix,
            session.path,
        )  # fmt: skip
    else:
        minor = ".".join(python.version.split(".")[:2])
        venv = Path(environment.made.venv)
        packages = str(venv / "lib" / f"python{minor}" / "site-packages")
        seen = python._replace(
            executable=str(venv / "bin/python"), prefix=str(venv), path=(*python.path, packages), managed=False
        )
    return describe(seen, environment.made.src)
