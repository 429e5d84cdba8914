"""Programs that are not there, tasks that are called otherwise, and those the system stopped."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import also, cause
from pytest_sprintready.diagnosis.catalogue.cloning import again
from pytest_sprintready.diagnosis.commands import (
    bring,
    install,
    is_active,
    is_installable,
    is_installed,
    python,
    quoted,
)
from pytest_sprintready.diagnosis.environments import enter
from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.diagnosis.model import Remedy, diagnosed
from pytest_sprintready.diagnosis.output import calls, programs
from pytest_sprintready.diagnosis.systems import install_package, package
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.shell import program_name

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.diagnosis.seen import Seen
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.machine import Machine
    from pytest_sprintready.reading.command import Call

NOT_FOUND, KILLED = 127, 137

_SAID = (
    re.compile(r"^(?:\S*/)?\w{0,2}sh: (?:line )?(?:\d+: )?(?P<name>[\w.+-]+): (?:command )?not found$", re.MULTILINE),
    re.compile(r"^.*: line \d+: (?P<name>[\w.+-]+): command not found$", re.MULTILINE),
    re.compile(r"^(?:zsh: )?command not found: (?P<name>[\w.+-]+)$", re.MULTILINE),
    re.compile(r"^make(?:\[\d+\])?: (?P<name>[\w.+-]+): No such file or directory$", re.MULTILINE),
    re.compile(r"^(?:.*/)?env: ['\u2018]?(?P<name>[\w.+-]+)['\u2019]?: No such file or directory$", re.MULTILINE),
    re.compile(r"FileNotFoundError: \[Errno 2\] [^\n]*: '(?P<name>[\w+-]+)'$", re.MULTILINE),
    re.compile(r"^'(?P<name>[\w.+-]+)' is not recognized as an internal or external command", re.MULTILINE),
    re.compile(r"^fish: Unknown command: (?P<name>[\w.+-]+)", re.MULTILINE),
    re.compile(r"^sprintready: (?P<name>\S+): no such program$", re.MULTILINE),
    re.compile(r"^(?:\w+: )?(?:error: )?[Ff]ailed to spawn: [`'](?P<name>[\w.+-]+)[`']", re.MULTILINE),
)  # fmt: skip

# Programs of Python, and the distribution each comes in where that is called otherwise.
_OF_PYTHON = {
    "nox": "", "tox": "", "hatch": "", "pdm": "", "poetry": "", "pipenv": "", "uv": "", "pre-commit": "", "prek": "",
    "invoke": "", "inv": "invoke", "doit": "", "just": "rust-just", "task": "go-task-bin", "poe": "poethepoet",
    "pytest": "", "py.test": "pytest", "coverage": "", "ruff": "", "black": "", "isort": "", "flake8": "", "mypy": "",
    "pylint": "", "bandit": "", "codespell": "", "djlint": "", "pyright": "", "basedpyright": "", "yamllint": "",
    "sphinx-build": "sphinx", "sphinx-autobuild": "", "mkdocs": "", "jupyter": "jupyter-core", "jupyter-book": "",
    "towncrier": "", "twine": "", "pyproject-build": "build", "bumpversion": "bump2version", "cookiecutter": "",
    "django-admin": "django", "pip-compile": "pip-tools", "pip-sync": "pip-tools", "virtualenv": "", "pipx": "",
    "maturin": "", "meson": "", "ninja": "", "spin": "", "reno": "", "stestr": "", "zest": "", "cruft": "",
    "copier": "",
}  # fmt: skip
_INSTALLED_AT_ONCE = frozenset(["project.dependencies", "extra", "group", "requirements", "poetry", "pipfile"])
_RUN_APART = frozenset(
    [
        "nox",
        "tox",
        "hatch",
        "pdm",
        "poetry",
        "pipenv",
        "pre-commit",
        "prek",
        "poe",
        "just",
        "task",
        "invoke",
        "inv",
        "pipx",
        "copier",
        "cruft",
        "cookiecutter",
    ]
)


@cause(
    "SRN80",
    "program-not-found",
    title="A program is not installed, or not in this shell",
    looks="`nox: command not found`, `make: pytest: No such file or directory`, exit code 127.",
    why="It comes with the project's development tools, with the system, or from an environment that is not active.",
    prevent="Name the programs that the commands of the guide need, and how to get them.",
    checks=("SR104", "SR503"),
    last=True,
)
def program_not_found(seen: Seen) -> Diagnosis | None:
    """Take over where a shell or a runner names a program it did not find; how to get it, the project says first."""
    if not seen.failure.exit_code:
        return None
    name = missing_program(seen)
    if not name or seen.facts.snapshot.has(name):
        return None
    ways, why, place = ways_to(seen.facts, seen.machine, name, _arguments(seen, name))
    return diagnosed(
        what=f"The program {name} is not found.",
        cause=why,
        place=place,
        remedies=(*ways, *_once_more(seen, ways, name)) if ways else (),
        fault="machine",
        certain=bool(ways),
    )


def missing_program(seen: Seen) -> str:
    """Return the program that was not found, "" if nothing says so."""
    for form in _SAID:
        for found in form.finditer(seen.failure.output):
            if found["name"] not in seen.machine.programs:
                return found["name"]
    return ""


def _once_more(seen: Seen, ways: tuple[Remedy, ...], name: str) -> tuple[Remedy, ...]:
    """Return the command again, unless one of the ways is that already; by its path where PATH would not lead to it."""
    if any(way.kind == "again" for way in ways):
        return ()
    rest = _arguments(seen, name)
    installs = any(way.kind == "install" for way in ways)
    if installs and rest is not None and name in _OF_PYTHON and not is_active(seen.machine):
        module = (_OF_PYTHON[name] or name).replace("-", "_")
        return (Remedy(" ".join((python(seen.machine), "-m", module, *map(quoted, rest))), "again"),)
    return again(seen)


def ways_to(
    facts: Facts, machine: Machine, name: str, rest: tuple[str, ...] | None = None
) -> tuple[tuple[Remedy, ...], str, Evidence | None]:
    """Return the commands that bring a program, why those, and where the repository says so.

    `rest` is what it was called with, None where that is not known.
    """
    if name in ("python", "pip") and "python3" in machine.programs:
        line = " ".join(("python3", *(("-m", "pip") if name == "pip" else ()), *rest)) if rest is not None else ""
        line = line or "python3 -m venv .venv"
        return (Remedy(line, "again"),), "On this system Python is called python3.", None
    if name == "docker-compose" and "docker" in machine.programs:
        line = " ".join(("docker", "compose", *(rest or ("up", "-d"))))
        return (Remedy(line, "again"),), "It is a part of docker since its second version.", None
    distribution = _OF_PYTHON.get(name) or name
    inside = next(
        (folder for folder in machine.environments if machine.prefix.replace("\\", "/").endswith(f"/{folder}")), ""
    )
    if inside and machine.version(distribution):
        return (enter(machine, inside),), f"It is in the environment {inside}, which is not active in this shell.", None
    if name in facts.project.scripts and is_installable(facts) and not is_installed(facts, machine):
        place = facts.project.places.get("scripts")
        return (
            (Remedy(install(machine, "-e", "."), "install", (facts.project.name,), place),),
            "Installing the project brings it.",
            place,
        )
    if name in machine.strays:
        folder = "~/" + "/".join(machine.strays[name].replace("\\", "/").split("/")[-3:-1])
        shown = folder.replace("~", "$HOME", 1)
        line = f"fish_add_path {folder}" if machine.shell == "fish" else f'export PATH="{shown}:$PATH"'
        return (
            (Remedy(line, "environment", (name,)),),
            f"It is installed, in {folder}, where this shell does not look.",
            None,
        )
    if name in _OF_PYTHON or homes(facts, machine, (distribution,)):
        return _python_program(facts, machine, name, distribution, rest)
    named = package(machine, name)
    line = install_package(machine, named) if named else ""
    if line:
        return (Remedy(line, "system", (named,)),), "It comes with the system.", None
    return (), "No file of this project says where it comes from.", None


def _python_program(
    facts: Facts, machine: Machine, name: str, distribution: str, rest: tuple[str, ...] | None
) -> tuple[tuple[Remedy, ...], str, Evidence | None]:
    places = [home for home in homes(facts, machine, (distribution,)) if home.kind in _INSTALLED_AT_ONCE]
    if places and machine.is_isolated():
        return bring(facts, machine, places[0]), f"It is declared in {places[0]}.", places[0].place
    if "uv" in machine.programs and name in _RUN_APART:
        source = f"--from {distribution} {name}" if distribution != name else name
        if rest is not None:
            return (
                (Remedy(" ".join(("uvx", source, *map(quoted, rest))), "again", (distribution,)),),
                "uv runs it without installing it.",
                None,
            )
        return (Remedy(f"uv tool install {distribution}", "install", (distribution,)),), "", None
    return (
        (Remedy(install(machine, distribution), "install", (distribution,)),),
        "It is a program of Python.",
        None,
    )


def _arguments(seen: Seen, name: str) -> tuple[str, ...] | None:
    """Return what the program was called with, None where the command only led to it."""
    direct = [call for call in calls(seen.failure.command)[:1] if program_name(call) == name or call.program == name]
    return direct[0].words[1:] if direct else None


_TASKS = (
    ("nox", re.compile(r"Sessions not found: (?P<name>[^\n]+)")),
    ("tox", re.compile(r"provided environments not found in configuration file:\s+(?P<name>[\w.{},-]+)")),
    ("make", re.compile(r"No rule to make target [`'](?P<name>[^`'\s]+)'(?:\.|,)")),
    ("just", re.compile(r"[Jj]ustfile does not contain recipes? `(?P<name>[^`]+)`")),
    ("task", re.compile(r'Task "(?P<name>[^"]+)" does not exist')),
    ("poe", re.compile(r"Unrecognized task '(?P<name>[^']+)'")),
    ("invoke", re.compile(r"No idea what '(?P<name>[^']+)' is")),
    ("pre-commit", re.compile(r"No hook with id `(?P<name>[^`]+)`")),
    ("npm", re.compile(r'Missing script: "(?P<name>[^"]+)"')),
)  # fmt: skip


@cause(
    "SRN87",
    "no-such-task",
    title="The task, session, environment or target is called otherwise",
    looks="`Sessions not found: test`, `No rule to make target 'test'`, `Justfile does not contain recipe `test``",
    why="Every project calls them as it likes, and may have renamed them since the page was written.",
    prevent="Keep the guide in step with the configuration; `sprintready check` compares them.",
    checks=("SR105",),
)
def no_such_task(seen: Seen) -> Diagnosis | None:
    """Take over where a runner does not know the name it was given, and this repository has one most like it."""
    if not seen.failure.exit_code:
        return None
    for runner, form in _TASKS:
        found = form.search(seen.failure.output)
        if not found:
            continue
        wanted = found["name"].strip().split(",")[0]
        tasks = {
            task.name: task
            for file in seen.facts.task_files
            if file.runner in (runner, "taskfile" if runner == "task" else runner)
            for task in file.tasks
        }
        tasks.pop(wanted, None)
        near = [name for name in tasks if name in (f"{wanted}s", wanted.rstrip("s"), f"run-{wanted}", f"{wanted}-all")]
        near += difflib.get_close_matches(wanted, tasks, n=1, cutoff=0.6)
        if not tasks:
            return None
        known = ", ".join(sorted(tasks)[:8]) + (", ..." if len(tasks) > 8 else "")
        place = Evidence(tasks[near[0]].path, tasks[near[0]].line) if near else None
        line = re.sub(rf"(?<![\w-]){re.escape(wanted)}(?![\w-])", near[0], seen.failure.command) if near else ""
        return diagnosed(
            what=f"{runner} knows nothing called {wanted} here.",
            cause=f"There are: {known}.",
            place=place,
            remedies=(Remedy(line, "again", (near[0],), place),) if line and line != seen.failure.command else (),
            certain=False,
        )
    return None


@cause(
    "SRN90",
    "script-not-executable",
    title="A script may not be executed",
    looks="`Permission denied` and exit code 126 for a script of the repository.",
    why="The file lacks the mark of a program: it was not committed with it, or a download lost it.",
    prevent="Commit it with `git update-index --chmod=+x`.",
)
def script_not_executable(seen: Seen) -> Diagnosis | None:
    """Take over where the system's code says that a file of the repository is no program, and it starts as one."""
    if seen.failure.exit_code != 126:
        return None
    names = [call.program.removeprefix("./") for call in calls(seen.failure.command)]
    names += re.findall(r"^\S*sh: (?:line )?(?:\d+: )?(\S+): [^:]+$", seen.failure.output, re.MULTILINE)
    script = next((name.removeprefix("./") for name in names if seen.facts.snapshot.has(name.removeprefix("./"))), "")
    if not script or not (seen.facts.text(script) or "").startswith("#!"):
        return None
    return diagnosed(
        what=f"{script} is not marked as a program.",
        remedies=(Remedy(f"chmod +x {quoted(script)}", "configure", (script,)), *again(seen)),
    )


@also("SRN53")
def out_of_memory(seen: Seen) -> Diagnosis | None:
    """Take over where the code is that of a killed process, or a worker of xdist was lost without a word."""
    lost = re.search(r"node down: Not properly terminated|worker '\w+' crashed while running", seen.failure.output)
    silent = not re.search(r"Fatal Python error|Segmentation fault|core dumped", seen.failure.output)
    if not silent or not (seen.failure.exit_code == KILLED or (lost and seen.failure.exit_code)):
        return None
    pytest = next((call for call in calls(seen.failure.command) if program_name(call) == "pytest"), None)
    config = seen.facts.pytest_config
    words = [*(config.addopts if config else ()), *(pytest.words if pytest else ())]
    many = [word for word in _workers(words) if word not in ("0", "1")]
    if lost or many:
        line = _with_one_worker(seen, pytest)
        why = "Every worker needs memory of its own; with one it takes longer, but fits."
    else:
        line, why = "", "Close other programs, or run a part of the tests: one file at a time."
    return diagnosed(
        what="The system stopped the tests; most likely the memory ran out.",
        cause=why,
        remedies=(Remedy(line, "configure"),) if line else (),
        fault="machine",
        certain=False,
    )


def _workers(words: list[str]) -> list[str]:
    text = " ".join(words)
    return re.findall(r"(?:^|\s)(?:-n|--numprocesses)[ =]?(\w+)", text)


def _with_one_worker(seen: Seen, pytest: Call | None) -> str:
    command = seen.failure.command
    changed = re.sub(r"(?<=\s)(-n|--numprocesses)[ =]?(?:\d+|auto|logical)\b", "-n 1", command)
    if changed != command:
        return changed
    return f"{command} -n 1" if pytest is not None else f"{python(seen.machine)} -m pytest -n 1"


@cause(
    "SRN57",
    "node-tools-missing",
    title="A tool of Node.js is not installed",
    looks="`npm: command not found`, or `jsdoc` not found while the documentation is built.",
    why="The documentation or front end is built with tools of JavaScript, which Python's installers do not bring.",
    prevent="Name Node.js and its version among what has to be installed (package.json: engines, or .nvmrc).",
    checks=("SR503",),
)
def node_tools_missing(seen: Seen) -> Diagnosis | None:
    """Take over where Node.js or a tool that package.json declares is not found."""
    if not seen.failure.exit_code:
        return None
    name = missing_program(seen) or next(
        iter(
            re.findall(
                r'\b(jsdoc|typedoc|node|npm)\b(?: was not found|: not found|" not found| could not be found)',
                seen.failure.output,
            )
        ),
        "",
    )
    declared = _node_packages(seen)
    if name in ("npm", "node", "npx", "yarn", "pnpm", "corepack"):
        if name in ("yarn", "pnpm") and "npm" in seen.machine.programs:
            return _node(
                f"{name} is not installed.",
                "npm brings it.",
                (Remedy(f"npm install -g {name}", "install", (name,)), *again(seen)),
            )
        wanted = _node_version(seen)
        line = install_package(seen.machine, package(seen.machine, "npm")) if package(seen.machine, "npm") else ""
        if seen.machine.system == "windows":
            line = "winget install OpenJS.NodeJS.LTS"
        place = Evidence("package.json") if seen.facts.snapshot.has("package.json") else None
        return _node(
            "Node.js, which npm belongs to, is not installed.",
            f"The project asks for version {wanted}." if wanted else "It comes with the system.",
            (Remedy(line, "system", ("npm",)), *again(seen)) if line else (),
            place,
        )
    if name and name in declared and "npm" in seen.machine.programs:
        place = Evidence("package.json", declared[name])
        # What npm installs is found by npm's own tools, and by a shell only where its folder is on the path.
        line = 'export PATH="$PWD/node_modules/.bin:$PATH"'
        line = _FIND_NODE_TOOLS.get(seen.machine.shell, line)
        ways = (Remedy("npm install", "install", (name,), place), Remedy(line, "environment"), *again(seen))
        return _node(f"{name}, a tool of Node.js, is not installed.", "package.json declares it.", ways, place)
    if name in ("jsdoc", "typedoc") and "npm" in seen.machine.programs:
        ways = (Remedy(f"npm install -g {name}", "install", (name,)), *again(seen))
        return _node(f"{name}, a tool of Node.js, is not installed.", "No file of this project declares it.", ways)
    return None


_FIND_NODE_TOOLS = {
    "powershell": '$env:PATH = "$PWD\\node_modules\\.bin;$env:PATH"',
    "cmd": "set PATH=%CD%\\node_modules\\.bin;%PATH%",
    "fish": "fish_add_path $PWD/node_modules/.bin",
}


def _node(what: str, why: str, ways: tuple[Remedy, ...], place: Evidence | None = None) -> Diagnosis:
    return diagnosed(what, why, place, remedies=ways, fault="machine")


def _node_packages(seen: Seen) -> dict[str, int]:
    """Return the packages that package.json declares, with their lines."""
    import json

    text = seen.facts.text("package.json")
    if text is None:
        return {}
    try:
        tables = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(tables, dict):
        return {}
    names = [
        name for key in ("devDependencies", "dependencies") if isinstance(tables.get(key), dict) for name in tables[key]
    ]
    lines = text.split("\n")
    return {name: next((at for at, line in enumerate(lines, 1) if f'"{name}"' in line), 1) for name in names}


def _node_version(seen: Seen) -> str:
    written = (seen.facts.text(".nvmrc") or seen.facts.text(".node-version") or "").strip()
    engines = re.search(r'"node"\s*:\s*"([^"]+)"', seen.facts.text("package.json") or "")
    return written or (engines[1] if engines else "")


@also("SRN47")
def docker_not_running(seen: Seen) -> Diagnosis | None:
    """Take over where docker says so."""
    if not seen.failure.exit_code or not re.search(
        r"[Cc]annot connect to the Docker daemon|error during connect:.*docker", seen.failure.output
    ):
        return None
    line = {"macos": "open -a Docker", "windows": "Start-Process 'Docker Desktop'"}.get(seen.machine.system)
    line = line or f"{'sudo ' if 'sudo' in seen.machine.programs else ''}systemctl start docker"
    ways = (
        (Remedy(line, "service", ("docker",)), *again(seen))
        if "docker" in programs(seen.failure.command)
        else (Remedy(line, "service", ("docker",)),)
    )
    return diagnosed("Docker is installed, but its service is not running.", "", remedies=ways, fault="machine")
