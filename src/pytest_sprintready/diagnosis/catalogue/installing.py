"""What goes wrong while an environment is made and filled: the Python, pip, extras, groups, files, the network."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.catalogue.cloning import again, written
from pytest_sprintready.diagnosis.commands import bring, python, quoted
from pytest_sprintready.diagnosis.environments import FOLDER, enter, fitting_python, free_folder, make
from pytest_sprintready.diagnosis.homes import Home, home_of_tests
from pytest_sprintready.diagnosis.model import Remedy, diagnosed
from pytest_sprintready.diagnosis.output import calls, programs
from pytest_sprintready.diagnosis.systems import install_package
from pytest_sprintready.facts import configuration
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.requirements import distribution_name, normalised

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.diagnosis.seen import Seen
    from pytest_sprintready.reading.metadata import Group

_OTHER_PYTHON = (
    re.compile(r"requires a different Python: (?P<have>\S+) not in '(?P<wanted>[^']+)'"),
    re.compile(r"the current Python version \((?P<have>[\d.]+)\) does not satisfy Python(?P<wanted>[<>=!~][^\s]*)"),
    re.compile(r"resolved to Python (?P<have>[\d.]+\w*), which is incompatible with the project's Python "
               r"requirement:\s+`(?P<wanted>[^`]+)`"),
    re.compile(r"Python version (?P<have>[\d.]+) is not supported by the project \((?P<wanted>[^)]+)\)"),
    re.compile(r"Current Python version \((?P<have>[\d.]+)\) is not allowed by the project \((?P<wanted>[^)]+)\)"),
    re.compile(r"Python version (?P<have>[\d.]+) is not compatible with (?P<wanted>[<>=!~^][^\s.]*)"),
)  # fmt: skip


@cause(
    "SRN10",
    "unsupported-python",
    title="The project does not support this version of Python",
    looks="`requires a different Python: 3.9.2 not in '>=3.11'`, from pip, uv, Poetry or PDM.",
    why="The project declares which Pythons it supports (requires-python), and the environment was made with another.",
    prevent="Say in the guide which Pythons will do, and support one that current systems bring.",
    checks=("SR501", "SR502"),
)
def unsupported_python(seen: Seen) -> Diagnosis | None:
    """Take over where an installer compares the two."""
    found = next(filter(None, (form.search(seen.failure.output) for form in _OTHER_PYTHON)), None)
    if found is None or seen.failure.exit_code == 0:
        return None
    from pytest_sprintready.reading.metadata import poetry_version

    wanted = poetry_version(found["wanted"])
    own = seen.facts.project.requires_python
    version = fitting_python(seen.machine, ",".join(filter(None, (wanted, own))))
    place = seen.facts.project.places.get("requires_python")
    return diagnosed(
        what=f"Python {found['have']} is not one that this supports; it asks for {found['wanted']}.",
        cause=f"The environment was made with Python {found['have']}; make one with Python {version}."
        if version
        else "No stable Python is one of these.",
        place=place,
        quote=_line(seen, place),
        remedies=(
            *make(seen.machine, version, free_folder(version, taken=FOLDER in seen.machine.environments)),
            *again(seen),
        )
        if version
        else (),
        fault="machine",
    )


def _line(seen: Seen, place: Evidence | None) -> str:
    """Return the words of a line of the repository."""
    if place is None or not place.line:
        return ""
    lines = (seen.facts.text(place.path) or "").split("\n")
    return lines[place.line - 1].strip() if place.line <= len(lines) else ""


@cause(
    "SRN11",
    "externally-managed",
    title="The system's Python takes no packages",
    looks="`error: externally-managed-environment` from pip, or `The interpreter at /usr is externally managed`.",
    why="Linux distributions and Homebrew keep their own Python from being changed by pip, since their programs need "
    "it (PEP 668). A project gets an environment of its own instead.",
    prevent="Begin the set-up in the guide with the command that makes an environment, or name a runner that does it.",
    checks=("SR104",),
)
def externally_managed(seen: Seen) -> Diagnosis | None:
    """Take over where pip or uv refuse to install into such a Python."""
    if (
        not re.search(r"externally-managed-environment|is externally managed", seen.failure.output)
        or not seen.failure.exit_code
    ):
        return None
    there = next((name for name in seen.machine.environments if name.startswith((".", "venv", "env"))), "")
    entered = (enter(seen.machine, there),) if there else make(seen.machine)
    line = re.sub(r"(?:--break-system-packages|--system|--user)\s*", "", seen.failure.command).strip()
    line = re.sub(r"^(?:sudo\s+)?(\S*/)?(?:python[\d.]*|py)\s+-m\s+pip\b", "python -m pip", line)
    line = re.sub(r"^(?:sudo\s+)?(?:\S*/)?pip[\d.]*\s", "python -m pip ", line)
    if line.startswith("python -m pip") and not there and "uv" in seen.machine.programs:
        line = line.replace("python -m pip", "uv pip", 1)  # uv's environments have no pip
    return diagnosed(
        what="This is the system's own Python, into which nothing may be installed.",
        cause=f"Enter the environment {there} first." if there else "A project gets an environment of its own instead.",
        remedies=(*entered, Remedy(line, "again")) if line else entered,
        fault="machine",
    )


@cause(
    "SRN12",
    "no-ensurepip",
    title="The system's Python cannot make environments yet",
    looks="`The virtual environment was not created successfully because ensurepip is not available.`",
    why="Debian and Ubuntu keep the part of Python that makes environments in a package of its own.",
    prevent="Name the package among what has to be installed, or use uv, which does not need it.",
    checks=("SR503",),
)
def no_ensurepip(seen: Seen) -> Diagnosis | None:
    """Take over where venv says so, or the module is not there."""
    text = seen.failure.output
    if not re.search(r"ensurepip is not\s+available|No module named '?ensurepip|No module named '?venv", text):
        return None
    if not seen.failure.exit_code:
        return None
    folder = next((call.words[-1] for call in calls(seen.failure.command) if "venv" in call.words), FOLDER)
    if "uv" in seen.machine.programs:
        ways: tuple[Remedy, ...] = (Remedy(f"uv venv --clear {quoted(folder)}", "environment"),)
    else:
        named = re.search(r"apt(?:-get)? install (python[\w.-]+)", text)
        name = named[1] if named else "python3-venv" if seen.machine.family == "debian" else ""
        line = install_package(seen.machine, name) if name else ""
        ways = (Remedy(line, "system", (name,)), *again(seen)) if line else ()
    return diagnosed(
        what="This Python cannot make environments yet: a part of it is not installed.",
        cause="Debian and Ubuntu have it in a package of its own." if seen.machine.family == "debian" else "",
        remedies=ways,
        fault="machine",
    )


@cause(
    "SRN13",
    "pip-too-old-for-groups",
    title="This pip does not know dependency groups",
    looks="`no such option: --group`",
    why="pip reads dependency groups (PEP 735) since version 25.1. The pip in a new environment is as old "
    "as its Python.",
    prevent="Put `python -m pip install --upgrade pip` before it, or name a runner that installs the group.",
    checks=("SR504",),
)
def pip_too_old_for_groups(seen: Seen) -> Diagnosis | None:
    """Take over where pip says so."""
    if "no such option: --group" not in seen.failure.output:
        return None
    version = f" {seen.machine.pip}" if seen.machine.pip else ""
    return diagnosed(
        what=f"pip{version} is too old for dependency groups.",
        cause="pip knows --group since 25.1.",
        remedies=(Remedy(f"{_python_of(seen)} -m pip install --upgrade pip", "upgrade", ("pip",)), *again(seen)),
        fault="machine",
    )


def _python_of(seen: Seen) -> str:
    """Return the Python that the command named, so that the same one is mended."""
    for call in calls(seen.failure.command):
        if call.words[1:3] == ("-m", "pip"):
            return quoted(call.words[0])
        if re.search(r"[/\\]pip[\d.]*(\.exe)?$", call.words[0]):
            return quoted(re.sub(r"pip[\d.]*((?:\.exe)?)$", r"python\1", call.words[0]))
    return python(seen.machine)


_NO_EXTRA = re.compile(
    r"does not provide the extra '(?P<pip>[^']+)'|does not have an extra named `(?P<uv>[^`]+)`"
    r"|Extra `(?P<sync>[^`]+)` is not defined in the|Extra \[(?P<poetry>[^\]]+)\] is not specified"
)
_NO_GROUP = re.compile(
    r"Dependency group '(?P<pip>[^']+)' not found|Group `(?P<sync>[^`]+)` is not defined in the"
    r"|The dependency group '(?P<uv>[^']+)' was not found|Group\(s\) not found: (?P<poetry>[\w-]+)"
)


@cause(
    "SRN14",
    "extra-or-group-by-another-name",
    title="The extra or dependency group does not exist under this name",
    looks="`WARNING: lantern 1.0 does not provide the extra 'dev'`, after which pip reports success all the same.",
    why="Extras (`.[dev]`) and dependency groups (`--group dev`) are two things. Asked for one that is not there, pip "
    "installs the rest, says so in one line among many, and the tests fail later.",
    prevent="Let the guide name what pyproject.toml declares.",
    checks=("SR104", "SR105"),
)
def extra_or_group_by_another_name(seen: Seen) -> Diagnosis | None:
    """Take over where an installer misses it, also one that reports success; only for this project's own."""
    extra, group = _NO_EXTRA.search(seen.failure.output), _NO_GROUP.search(seen.failure.output)
    found = extra or group
    if found is None:
        return None
    name = next(filter(None, found.groups()))
    project = seen.facts.project
    if extra and extra["pip"]:
        about = re.search(r"(\S+) \S+ does not provide the extra", seen.failure.output)
        if about and normalised(about[1]) != project.name:
            return None
    if extra and extra["uv"] and project.name not in normalised(seen.failure.output.partition("does not have")[0]):
        return None
    home = _other_home(seen, name, wants_extra=extra is not None)
    kind = "extra" if extra else "dependency group"
    if home is None:
        known = ", ".join(sorted({*project.extras, *project.groups})) or "none"
        tests = home_of_tests(seen.facts, seen.machine)
        ways = bring(seen.facts, seen.machine, tests) if tests else ()
        why = f"Declared are: {known}." + (f" What the tests need is in {tests}." if tests else "")
    else:
        ways = bring(seen.facts, seen.machine, home)
        why = f"There is {home}, which is asked for like this:"
    return diagnosed(
        what=f"This project has no {kind} {name}, so nothing of that was installed.",
        cause=why,
        place=home.place if home else None,
        quote=_line(seen, home.place) if home else "",
        remedies=ways,
        certain=home is not None and normalised(home.name) == normalised(name),
    )


def _other_home(seen: Seen, name: str, *, wants_extra: bool) -> Home | None:
    """Return what of the same name, or most like it, there is: of the other kind first."""
    project = seen.facts.project
    kinds = (project.groups, project.extras) if wants_extra else (project.extras, project.groups)
    wanted = normalised(name)
    for declared in kinds:
        if wanted in declared:
            return _home(declared[wanted])
    for declared in reversed(kinds):
        near = difflib.get_close_matches(wanted, declared, n=1)
        if near:
            return _home(declared[near[0]])
    return None


def _home(group: Group) -> Home:
    requirement = group.requirements[0].text if group.requirements else ""
    return Home(group.origin, distribution_name(requirement), requirement, group.place)


@cause(
    "SRN83",
    "no-network",
    title="The package index or forge could not be reached",
    looks="`Temporary failure in name resolution`, `Could not resolve host`, `getaddrinfo ENOTFOUND`, or a time-out.",
    why="There is no network here, or it is too busy, or it wants a page of terms to be accepted in a browser first.",
    prevent="Tell participants to run the set-up once before they arrive, and how to work offline afterwards.",
    checks=("SR509",),
)
def no_network(seen: Seen) -> Diagnosis | None:
    """Take over where a tool that fetches could not find or reach a host."""
    if not seen.failure.exit_code or not set(programs(seen.failure.command)) & _FETCHERS:
        return None
    found = re.search(
        r"Could not resolve host:? ?'?(?P<git>[\w.-]+)|host='(?P<pip>[\w.-]+)'[^\n]*?(?:NameResolutionError"
        r"|Failed to resolve"
        r"|Name or service not known|timed out|unreachable)|getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (?P<npm>[\w.-]+)"
        r"|Failed to resolve '(?P<pip2>[\w.-]+)'|failed to lookup address information"
        r"|Failed to establish a new connection: \[Errno -[23]\]|dns error|Network is unreachable",
        seen.failure.output,
    )
    if not found:
        return None
    host = next(filter(None, found.groups()), "")
    return diagnosed(
        what=f"{host or 'What it fetches from'} cannot be reached from here.",
        cause="Is the wifi connected, and its page of terms accepted in a browser? After that the same will do.",
        remedies=again(seen),
        fault="machine",
    )


_FETCHERS = frozenset(["pip", "uv", "poetry", "pdm", "pipenv", "npm", "git", "conda", "docker", "pixi", "hatch", "nox",
                       "tox", "pre-commit", "yarn", "pnpm", "mamba"])  # fmt: skip


@cause(
    "SRN84",
    "disk-full",
    title="The disk is full",
    looks="`No space left on device`, `[Errno 28]`, `ENOSPC`.",
    why="Environments, caches of installers and images of containers take gigabytes.",
    prevent="Say in the guide how much room the set-up takes.",
)
def disk_full(seen: Seen) -> Diagnosis | None:
    """Take over where the system's number or name of that error is shown."""
    if not seen.failure.exit_code or not re.search(
        r"\[Errno 28\]|ENOSPC|No space left on device|os error 28", written(seen)
    ):
        return None
    called = set(programs(seen.failure.command))
    line = next(
        (line for name, line in _CACHES.items() if name in called and name.split()[0] in seen.machine.programs), ""
    )
    line = line or (f"{python(seen.machine)} -m pip cache purge" if seen.machine.pip else "")
    return diagnosed(
        what="There is no room left on the disk.",
        cause="Caches can go without harm: what is needed is fetched again.",
        remedies=(Remedy(line, "system"), *again(seen)) if line else (),
        fault="machine",
        certain=False,
    )


_CACHES = {
    "uv": "uv cache clean",
    "npm": "npm cache clean --force",
    "conda": "conda clean --all",
    "docker": "docker system prune",
    "poetry": "poetry cache clear --all .",
}


@cause(
    "SRN85",
    "no-such-requirements-file",
    title="The requirements file named does not exist",
    looks="`Could not open requirements file: [Errno 2] No such file or directory: 'requirements-dev.txt'`",
    why="It was renamed or moved, or the command was typed in another folder than that of the project.",
    prevent="Keep the guide in step with the files; `sprintready check` compares them.",
    checks=("SR105",),
)
def no_such_requirements_file(seen: Seen) -> Diagnosis | None:
    """Take over where pip or uv do not find the file; the one most like it is named."""
    found = re.search(
        r"Could not open requirements file: .*?'([^']+)'|error: File not found: `?([\w./\\-]+\.(?:txt|in))`?",
        seen.failure.output,
    )
    if not found:
        return None
    name = (found[1] or found[2]).replace("\\", "/")
    files = configuration.requirements_files(seen.facts)
    same = [path for path in files if path.rpartition("/")[2] == name.rpartition("/")[2]]
    near = same or difflib.get_close_matches(name, files, n=1, cutoff=0.5)
    tests = home_of_tests(seen.facts, seen.machine)
    if near:
        ways: tuple[Remedy, ...] = (Remedy(seen.failure.command.replace(found[1] or found[2], near[0]), "install"),)
        why = f"There is {near[0]}."
    elif tests:
        ways, why = bring(seen.facts, seen.machine, tests), f"What the tests need is declared in {tests}."
    else:
        ways, why = (), "No file of that kind is here: is this the folder of the project?"
    return diagnosed(f"There is no file {name} here.", why, remedies=ways, certain=bool(same))


@cause(
    "SRN86",
    "not-the-project-folder",
    title="This is not the folder of the project",
    looks="`does not appear to be a Python project: neither 'setup.py' nor 'pyproject.toml' found`",
    why="`.` means the folder one stands in. The project is in the folder that `git clone` made, or further down.",
    prevent="Put `cd lantern` after the clone command in the guide.",
    checks=("SR104",),
)
def not_the_project_folder(seen: Seen) -> Diagnosis | None:
    """Take over where an installer finds no project; where one lies below, its folder is named."""
    if not re.search(
        r"does not appear to be a Python project|neither 'setup\.py' nor 'pyproject\.toml'|No `?pyproject\.toml`? found"
        r"|could not find a pyproject\.toml file|\(from versions: none\)\s*$^ERROR: File \"setup\.py\"",
        seen.failure.output,
        re.MULTILINE,
    ):
        return None
    homes = sorted(
        {
            path.rpartition("/")[0]
            for path in seen.facts.snapshot.files
            if path.rpartition("/")[2] in ("pyproject.toml", "setup.py")
        },
        key=lambda folder: (folder.count("/"), folder),
    )
    below = [folder for folder in homes if folder and folder.count("/") <= 2]
    if "" in homes or len(below) != 1:
        where = f" Below are: {', '.join(below[:4])}." if below and "" not in homes else ""
        return diagnosed(
            "There is no Python project in the folder this was typed in.",
            f"`cd` into the clone first.{where}",
            fault="machine",
        )
    return diagnosed(
        what="There is no Python project in the folder this was typed in.",
        cause=f"It is in {below[0]}.",
        place=Evidence(
            f"{below[0]}/pyproject.toml"
            if seen.facts.snapshot.has(f"{below[0]}/pyproject.toml")
            else f"{below[0]}/setup.py"
        ),
        remedies=(Remedy(f"cd {quoted(below[0])}", "environment"), *again(seen)),
        fault="machine",
    )


@cause(
    "SRN89",
    "lock-file-out-of-date",
    title="The lock file is older than pyproject.toml",
    looks="`pyproject.toml changed significantly since poetry.lock was last generated`, or uv's `--locked` refusing.",
    why="Somebody changed the dependencies and did not lock them again.",
    prevent="Let continuous integration install with `--locked` (uv) or `poetry check --lock`.",
)
def lock_file_out_of_date(seen: Seen) -> Diagnosis | None:
    """Take over where uv, Poetry or PDM say so."""
    tool = next(
        (
            name
            for name, said in (
                ("poetry", "changed significantly since poetry.lock was last generated"),
                ("uv", "lockfile at `uv.lock` needs to be updated"),
                ("pdm", "Lock file hash doesn't match pyproject.toml"),
            )
            if said in seen.failure.output
        ),
        "",
    )
    if not tool or not seen.failure.exit_code:
        return None
    return diagnosed(
        what=f"{tool}.lock does not match pyproject.toml any more.",
        cause="Locking again brings them together; leave the changed lock file out of your pull request.",
        remedies=(Remedy(f"{tool} lock", "upgrade", (f"{tool}.lock",)), *again(seen)),
    )
