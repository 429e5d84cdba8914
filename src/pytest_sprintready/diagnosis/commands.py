"""The line to type: for this installer, this shell, this environment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.homes import DEPENDENCIES, is_dependency_group
from pytest_sprintready.diagnosis.model import Remedy
from pytest_sprintready.model import UnknownFact
from pytest_sprintready.reading.requirements import distribution_name

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.homes import Home
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.model import Evidence
    from pytest_sprintready.reading.tasks import Task

_KNOWS_GROUPS = (25, 1)
"""pip reads dependency groups since 25.1 (https://pip.pypa.io/en/stable/news/#v25-1)."""

_PLAIN_WORD = re.compile(r"[\w@%+=:,./\\~-]+")


def quoted(word: str) -> str:
    """Return a word as every shell takes it: in double quotes where it holds more than plain characters."""
    return word if _PLAIN_WORD.fullmatch(word) else f'"{word}"'


def python(machine: Machine) -> str:
    """Return how to call the interpreter: "python" where that is the one, else its path, from the clone if inside."""
    executable = machine.executable.replace("\\", "/")
    folder = executable.rpartition("/")[0]
    for name in ("python", "python3", "py"):
        if machine.programs.get(name, "").replace("\\", "/").rpartition("/")[0] == folder:
            return name
    root = machine.root.replace("\\", "/").rstrip("/") + "/"
    return quoted(executable.removeprefix(root) if len(root) > 1 else executable) if executable else "python"


def pytest(machine: Machine, *arguments: str) -> str:
    """Return the line that runs pytest in this environment."""
    return " ".join([python(machine), "-m", "pytest", *map(quoted, arguments)])


def is_active(machine: Machine) -> bool:
    """Tell whether `python` typed into the shell is this interpreter."""
    return python(machine) in ("python", "python3", "py")


def install(machine: Machine, *arguments: str) -> str:
    """Return the line that installs distributions into this environment."""
    words = " ".join(map(quoted, arguments))
    if machine.installer == "conda" and not machine.pip:
        return f"conda install {words}"
    if machine.installer == "uv" or not machine.pip:
        where = "" if is_active(machine) or _is_project_environment(machine) else f"--python {python(machine)} "
        return f"uv pip install {where}{words}"
    return f"{python(machine)} -m pip install {words}"


def _is_project_environment(machine: Machine) -> bool:
    """Tell whether the environment is `.venv` of the checkout, which uv and PDM take for the project's."""
    prefix, root = (path.replace("\\", "/").rstrip("/") for path in (machine.prefix, machine.root))
    return bool(root) and prefix == f"{root}/.venv"


def is_installable(facts: Facts) -> bool:
    """Tell whether the root of the repository is a project that pip can install."""
    text = facts.text("pyproject.toml") or ""
    if re.search(r"^package-mode\s*=\s*false", text, re.MULTILINE):
        return False
    return bool(facts.project.name or facts.snapshot.has("setup.py"))


def is_installed(facts: Facts, machine: Machine) -> bool:
    """Tell whether the project itself is installed in this environment."""
    return bool(machine.version(facts.project.name))


def bring(facts: Facts, machine: Machine, home: Home) -> tuple[Remedy, ...]:
    """Return the commands that install what a home declares, and the project itself where that is missing."""
    names = (home.distribution, *((home.origin,) if home.kind != DEPENDENCIES else ()))
    kind = "environment" if home.kind in ("tox", "nox", "hatch", "pixi") else "install"

    def remedies(*commands: str) -> tuple[Remedy, ...]:
        return tuple(Remedy(command, kind, names, home.place) for command in commands)

    if home.kind in ("tox", "nox") and (lines := _by_name(facts, machine, home)):
        return tuple(Remedy(line, "install", names, home.place) for line in lines)
    if home.kind in ("tox", "nox", "hatch", "pixi"):
        return remedies(*with_program(machine, *_by_runner(facts, home)))
    if home.kind == "conda":
        verb = "update" if machine.environment == "conda" else "create"
        return remedies(f"conda env {verb} --file {quoted(home.name)}")
    if home.kind == "pipfile":
        return remedies(*with_program(machine, "pipenv", "pipenv install --dev"))
    if (tool := _own_tool(facts, machine, home)) is not None:
        return remedies(*tool)
    itself = () if not is_installable(facts) or is_installed(facts, machine) else ("-e", ".")
    if home.kind == DEPENDENCIES:
        return remedies(install(machine, "-e", "."))
    if home.kind == "extra":
        return remedies(install(machine, "-e", f".[{home.name}]"))
    if home.kind == "requirements":
        return remedies(install(machine, "-r", home.name, *itself))
    if home.kind == "group":
        update = (install(machine, "--upgrade", "pip"),) if is_too_old_for_groups(machine) else ()
        return remedies(*update, install(machine, *itself, "--group", home.name))
    return remedies(install(machine, *itself, home.requirement.partition(";")[0].strip()))


def is_too_old_for_groups(machine: Machine) -> bool:
    """Tell whether pip is what installs, and one that does not know `--group`."""
    if machine.installer == "uv" or not machine.pip:
        return False
    version = tuple(int(part) for part in re.findall(r"\d+", machine.pip)[:2])
    return version < _KNOWS_GROUPS


def _own_tool(facts: Facts, machine: Machine, home: Home) -> tuple[str, ...] | None:
    """Return the commands of the project's own manager of environments, None where pip or uv do as well."""
    only = "group" if home.kind == "poetry" else home.kind
    name = "dev" if home.kind == "poetry" else home.name
    is_pep735 = home.kind == "group" and is_dependency_group(facts, home.name)
    if facts.snapshot.has("uv.lock") and "uv" in machine.programs and _is_project_environment(machine):
        flag = {"extra": f" --extra {name}", "group": f" --group {name}", DEPENDENCIES: ""}.get(only)
        return (f"uv sync --inexact{flag}",) if flag is not None else None
    if machine.environment == "poetry" or (only == "group" and not is_pep735 and "poetry" in facts.project.tools):
        flag = {"extra": f" --extras {name}", "group": f" --with {name}", DEPENDENCIES: ""}.get(only)
        return with_program(machine, "poetry", f"poetry install{flag}") if flag is not None else None
    if machine.environment == "pdm" or (only == "group" and not is_pep735 and "pdm" in facts.project.tools):
        flag = f" -G {name}" if only in ("extra", "group") else ""
        return with_program(machine, "pdm", f"pdm install{flag}")
    return None


def with_program(machine: Machine, program: str, command: str) -> tuple[str, ...]:
    """Return the command, after what brings the program where that is not there."""
    if program in machine.programs:
        return (command,)
    if "uv" in machine.programs:
        return (f"uvx {command}",)
    return (install(machine, program), f"{python(machine)} -m {command}")


def _by_runner(facts: Facts, home: Home) -> tuple[str, str]:
    """Return the runner and its command that makes the environment with what a home declares."""
    for command in _offered(facts):
        if re.match(rf"(\S+ )?{home.kind}\b", command):
            # Without a name tox runs all of its environments, each Python and the linters; `py` is for this Python.
            return home.kind, f"{command} -e py" if command == "tox" else command
    if home.kind == "hatch":
        return "hatch", "hatch test" if home.name == "hatch-test" else f"hatch -e {home.name} run pytest"
    if home.kind == "pixi":
        return "pixi", "pixi run pytest" if home.name == "default" else f"pixi run -e {home.name} pytest"
    option = "-e" if home.kind == "tox" else "-s"
    task = _task_with(facts, home)
    return home.kind, f"{home.kind} {option} {task.name}" if task else home.kind


def _offered(facts: Facts) -> tuple[str, ...]:
    try:
        available = facts.single_command_available.value
    except UnknownFact:
        available = ()
    return (_known_primary(facts), *available)


def _task_with(facts: Facts, home: Home) -> Task | None:
    """Return the first task of a runner that installs a distribution by its name, those for tests before others."""
    tasks = [task for file in facts.task_files if file.runner == home.kind for task in file.tasks]
    found = [task for task in tasks if any(_asked_for(item) == home.distribution for item in task.installs)]
    return min(found, key=lambda task: not re.search(r"test|^py", task.name), default=None)


def _asked_for(item: str) -> str:
    return distribution_name(item.removeprefix("package:")) if item.startswith("package:") else ""


def _by_name(facts: Facts, machine: Machine, home: Home) -> tuple[str, ...] | None:
    """Return the line that installs what a task of tox or nox does, where no document leads to that runner."""
    if any(re.match(rf"(\S+ )?{home.kind}\b", each.command.text) for each in facts.documented):
        return None
    task = _task_with(facts, home)
    wanted = {name: item for item in (task.installs if task else ()) if (name := _asked_for(item))}
    absent = [name for name in wanted if not machine.version(name)]
    if not absent or len(absent) > _MOST_NAMES:
        return None
    return (install(machine, *absent),)


_MOST_NAMES = 8
"""Distributions named in one line; with more, it is the runner's work."""


def _known_primary(facts: Facts) -> str:
    try:
        return facts.primary_test_command.value
    except UnknownFact:
        return ""


def plain_install(machine: Machine, name: str, place: Evidence | None = None) -> Remedy:
    """Return the line that installs a distribution nobody declares."""
    return Remedy(install(machine, name), "install", (name,), place)


def reinstall(facts: Facts, machine: Machine) -> tuple[Remedy, ...]:
    """Return what builds and installs the project again, as its documents say where they do."""
    documented = _documented_build(facts)
    line, place = documented or (install(machine, "-e", "."), facts.project.places.get("raw_name"))
    return (Remedy(line, "install", (facts.project.name,), place),)


def _documented_build(facts: Facts) -> tuple[str, Evidence | None] | None:
    """Return the documented command that builds the project from its sources, where that is no plain installation."""
    if facts.setup_commands.unknown:
        return None
    for each in facts.documented:
        if re.search(r"\bbuild_ext\b|--no-build-isolation|\bmaturin develop\b|\bspin build\b", each.command.text):
            return each.command.text, each.place
    return None


def with_variable(machine: Machine, name: str, value: str, command: str) -> str:
    """Return a command with an environment variable set, as this shell writes that."""
    if machine.shell == "powershell":
        return f'$env:{name} = "{value}"; {command}'
    if machine.shell == "cmd" or (machine.system == "windows" and not machine.shell):
        return f'set "{name}={value}" && {command}'
    return f"{'env ' if machine.shell == 'fish' else ''}{name}={quoted(value)} {command}"
