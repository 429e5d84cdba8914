"""The interpreter and its environment: is it the right one, is it there, is it active."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis import commands
from pytest_sprintready.diagnosis.catalogue.tools import ways_to
from pytest_sprintready.diagnosis.doctor.patient import advice, fine, needed, value
from pytest_sprintready.diagnosis.environments import FOLDER, enter, fitting_python, free_folder, make, satisfies
from pytest_sprintready.diagnosis.homes import home_of_tests
from pytest_sprintready.diagnosis.output import calls
from pytest_sprintready.machine import Distribution
from pytest_sprintready.model import UnknownFact
from pytest_sprintready.reading.shell import is_program, program_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.diagnosis.doctor.patient import Finding, Patient
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.reading.command import Call


def own_environment(patient: Patient) -> str:
    """Return the documented command that makes its own environment for the tests, "" if there is none."""
    facts = patient.facts
    try:
        return facts.primary_test_command.value if facts.single_command.value else ""
    except UnknownFact:
        return ""


def runner(patient: Patient, command: str) -> Iterator[Finding]:
    """Look whether the program is there that makes the environment itself."""
    from pytest_sprintready.diagnosis.output import calls

    machine = patient.machine
    place = next(iter(patient.facts.primary_test_command.evidence), None)
    wanted = [
        call for call in (*calls(command)[:1], *_calls_of_task(patient.facts, command)) if is_program(call.program)
    ]
    names = [
        name for name in dict.fromkeys(map(program_name, wanted)) if name not in ("python", "sh", "bash", "cd", "echo")
    ]
    absent = [name for name in names if name not in machine.programs]
    if names and not absent:
        yield fine("tests", f"{names[0]} is there, which runs the tests", place)
    for name in absent:
        remedies, _, _ = ways_to(patient.facts, machine, name)
        if any(remedy.kind == "install" and " pip install " in remedy.command for remedy in remedies):
            made = () if machine.is_isolated() and patient.way != "folder" else make(machine)
            made = (enter(machine, patient.folder),) if patient.way == "folder" else made
            remedies = (*made, *ways_to(patient.facts, future(patient), name)[0])
        yield needed("tests", f"The tests are run with {name}, which is not installed.", place, command, remedies)


def _calls_of_task(facts: Facts, command: str) -> list[Call]:
    """Return the calls in the recipe of a make target, a just recipe or the like, that a command names."""
    first = next(iter(calls(command)), None)
    if first is None:
        return []
    tasks = [task for file in facts.task_files if file.runner == program_name(first) for task in file.tasks]
    named = [
        task for task in tasks if task.name in first.words[1:] and task.runner in ("make", "just", "taskfile", "invoke")
    ]
    return [call for task in named for line in task.commands for call in calls(line)]


def described(patient: Patient) -> str:
    """Return in words which environment this is."""
    machine = patient.machine
    kind = {
        "externally-managed": "the system's Python",
        "system": "a Python without an environment",
        "tool": "an environment of sprintready itself",
        "venv": "a virtual environment",
    }.get(machine.environment, f"an environment of {machine.environment}")
    if patient.way == "folder":
        return f"{patient.folder}, not active"
    return kind


def python_version(patient: Patient) -> Iterator[Finding]:
    """Compare the interpreter with requires-python."""
    facts, machine = patient.facts, patient.machine
    wanted = facts.requires_python.value
    place = next(iter(facts.requires_python.evidence), None)
    if not machine.python:
        yield needed("python", "No Python was found on PATH.", place, wanted)
        return
    if not wanted:
        yield fine("python", f"Python {machine.python}")
    elif satisfies(machine.python, wanted):
        yield fine("python", f"Python {machine.python}, as {wanted} asks", place)
    else:
        version = fitting_python(machine, wanted)
        folder = free_folder(version, taken=FOLDER in machine.environments)
        remedies = make(machine, version, folder) if version else ()
        yield needed(
            "python",
            f"Python {machine.python} is not supported; the project asks for {wanted}.",
            place,
            "",
            remedies,
        )


def environment(patient: Patient) -> Iterator[Finding]:
    """Tell whether there is an environment to install into, and whether it is the active one."""
    machine = patient.machine
    if not fits(patient):
        return  # a new one is made with another Python
    if patient.way == "folder":
        yield needed("environment", f"The environment {patient.folder} is not active in this shell.", None, "",
                      (enter(machine, patient.folder),))  # fmt: skip
    elif not machine.is_isolated():
        if tool_makes_environment(patient):
            return
        what = {
            "externally-managed": "This is the system's Python, which takes no packages.",
            "tool": "No environment of the project is active.",
        }.get(machine.environment, "No virtual environment is active; what is installed would go to all projects.")
        yield needed("environment", what, None, "", make(machine))
    else:
        yield fine("environment", f"{described(patient)} is active")
        program = machine.programs.get("pytest", "").replace("\\", "/").rpartition("/")[0]
        mine = machine.executable.replace("\\", "/").rpartition("/")[0]
        if program and program != mine and "pytest" in machine.distributions:
            yield advice("environment", "`pytest` alone starts another environment's; `python -m pytest` this one's.")


def fits(patient: Patient) -> bool:
    """Tell whether the project supports this Python."""
    wanted = value(patient.facts.requires_python)
    return not wanted or satisfies(patient.machine.python, wanted)


def future(patient: Patient) -> Machine:
    """Return the machine as it will be once the environment is made and entered that the findings before ask for."""
    machine = patient.machine
    if machine.is_isolated() and fits(patient):
        if patient.way != "folder":
            return machine
        script = "Scripts" if machine.system == "windows" else "bin"
        programs = {**known_programs(machine), "python": f"{machine.prefix}/{script}/python"}
        return machine._replace(executable=f"{machine.prefix}/{script}/python", programs=programs)
    uv = "uv" in machine.programs
    version = machine.python if fits(patient) else f"{fitting_python(machine, value(patient.facts.requires_python))}.0"
    folder = (
        free_folder(version.rpartition(".")[0], taken=FOLDER in machine.environments) if not fits(patient) else FOLDER
    )
    prefix = f"{machine.root}/{folder}"
    return machine._replace(
        python=version,
        prefix=prefix,
        executable=f"{prefix}/bin/python",
        environment="uv" if uv else "venv",
        installer="uv" if uv else "pip",
        distributions={} if uv else {"pip": _pip_of(version)},
        modules={},
        programs={**known_programs(machine), "python": f"{prefix}/bin/python"},
    )


def _pip_of(version: str) -> Distribution:
    """Return the pip that a new environment of a Python has: the one that Python's last release brought."""
    bundled = {"3.8": "23.0", "3.9": "23.0", "3.10": "23.0", "3.11": "24.0", "3.12": "25.0", "3.13": "25.2"}
    return Distribution("pip", bundled.get(version.rpartition(".")[0], "25.2"))


_LOOKED_UP = ("uv", "poetry", "pdm", "hatch", "pipenv", "pixi", "conda", "nox", "tox", "git", "python3", "sudo")


def known_programs(machine: Machine) -> dict[str, str]:
    """Return the programs on PATH that commands are made with."""
    return {name: path for name in _LOOKED_UP if (path := machine.programs.get(name, ""))}


def tool_makes_environment(patient: Patient) -> bool:
    """Tell whether the command that brings the tests' dependencies makes the environment, too."""
    home = home_of_tests(patient.facts, patient.machine)
    if home is None:
        return False
    brought = commands.bring(patient.facts, future(patient), home)
    return any(
        re.match(r"(uvx )?(uv sync|poetry|pdm|pipenv|pixi|hatch|nox|tox|conda)\b", each.command) for each in brought
    )
