"""The ways from a fresh clone to its tests that the repository's own files give, the documented one first."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts import ci, configuration, purpose
from pytest_sprintready.howto import guide
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.arguments import PYTEST_VALUED, parsed
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.requirements import distribution_name
from pytest_sprintready.reading.selection import has_placeholder
from pytest_sprintready.reading.shell import program_name, split_line, unwrapped
from pytest_sprintready.verify.ci_job import steps_of_ci

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.command import Call

DOCUMENTED, AS_CI, CONFIGURED = "documented", "as CI does", "configuration"


class Step(NamedTuple):
    """One command of a plan.

    `phase` and `source` are those of outcome.Run; `folder` is where it is typed, if not where the one before it left
    off; `variables` are set for it alone.
    """

    command: str
    phase: str
    source: str
    place: Evidence | None = None
    folder: str = ""
    variables: tuple[tuple[str, str], ...] = ()


class Plan(NamedTuple):
    """A way to the tests.

    `builds` says that the test command makes its environment itself; `locked` that a lock file chooses the versions.
    """

    name: str
    steps: tuple[Step, ...]
    builds: bool = False
    locked: bool = False


def plans(facts: Facts, python: str) -> tuple[Plan, ...]:
    """Return the plans for a minor version of Python ("3.12"), the one that a newcomer follows first."""
    found = [documented(facts, python), as_ci_does(facts, python), configured(facts, python)]
    return tuple(plan for plan in found if plan is not None)


# An environment is active already, and these would only open a shell in it and wait.
_SHELL = re.compile(r"(poetry|pipenv) shell")


def documented(facts: Facts, python: str) -> Plan | None:
    """What `howto` tells a newcomer to type; None where nothing names a test command."""
    steps: list[Step] = []
    for step in guide(facts).steps:
        if step.purpose not in ("setup", "test"):
            continue
        if step.purpose == "setup" and any(done.phase == "test" for done in steps):
            continue  # "the tests do not need it"
        steps += [
            Step(line.command, step.purpose, step.source, line.place)
            for line in step.lines
            if not _SHELL.fullmatch(line.command.strip())
        ]
        if step.source == "configuration" and steps and steps[-1].command == "tox":
            steps[-1] = steps[-1]._replace(command=f"tox -e {tox_environment(facts, python)}")
    if not any(step.phase == "test" for step in steps):
        return None
    written = all(step.source == "documented" for step in steps)
    builds = len(steps) == 1 or not any(step.source == "documented" and step.phase == "test" for step in steps)
    name = f"{DOCUMENTED} in one command" if len(steps) == 1 else DOCUMENTED
    return Plan(name if written else "the configuration's command", tuple(steps), builds, _is_locked(facts, steps))


def tox_environment(facts: Facts, python: str) -> str:
    """Return the environment of tox in which one Python runs the tests: a bare `tox` makes those of all Pythons."""
    own = f"py{python.replace('.', '')}"
    tasks = [task for file in facts.task_files if file.runner == "tox" for task in file.tasks]
    names = [task.name for task in tasks if purpose.of_task(task, facts.world) == "test"]
    if known := [name for name in names if name == own or name.startswith(f"{own}-")]:
        return known[0]
    if any(re.fullmatch(r"py3?\d*", name) for name in names):
        return own  # tox makes any `py` with a version, listed or not
    return next((name for name in names if not re.search(r"\d", name)), own)


def nox_session(facts: Facts, python: str) -> str:
    """Return the session of nox in which one Python runs the tests, "" where there is none."""
    tasks = [task for file in facts.task_files if file.runner == "nox" for task in file.tasks]
    tests = [task for task in tasks if purpose.of_task(task, facts.world) == "test"]
    tests.sort(key=lambda task: (not re.match(r"(unit-?_?)?tests?", task.name), task.line))
    for task in tests:
        return next((name for name in task.aliases if name.startswith(f"{task.name}-{python}")), task.name)
    if tasks:
        return ""
    # Decorated in a way that is not understood, a session still has the name of its function.
    named = re.search(r"^def ((?:unit_?)?tests?)\(session\b", facts.text("noxfile.py") or "", re.MULTILINE)
    return named[1] if named else ""


def as_ci_does(facts: Facts, python: str) -> Plan | None:
    """What the job that tests does on Linux, up to its first test; None where none is understood."""
    steps = tuple(Step(*step) for step in steps_of_ci(facts, python))
    if not any(step.phase == "test" for step in steps):
        return None
    return Plan(AS_CI, steps, builds=len(steps) == 1, locked=_is_locked(facts, steps))


def _is_locked(facts: Facts, steps: Sequence[Step]) -> bool:
    text = " ".join(step.command for step in steps)
    locks = {"uv.lock": r"\buv (sync|run)\b", "poetry.lock": r"\bpoetry\b", "pdm.lock": r"\bpdm\b"}
    return any(facts.snapshot.has(lock) and re.search(program, text) for lock, program in locks.items())


# What the configuration implies ----------------------------------------------------------------------------------

_BEST = (re.compile(r"^(unit-?)?tests?(ing)?$"), re.compile(r"test"), re.compile(r"^(dev|develop|development)$|dev"))
_WORSE = re.compile(
    r"mypy|typing|types?$|typecheck|lint|docs?$|bench|postgres|mysql|mariadb|oracle|mssql|random|gpu|min"
)


def configured(facts: Facts, python: str) -> Plan | None:
    """An environment put together from what is declared, and the test runner in it; None where there are no tests."""
    command = own_test_command(facts)
    if command is None:
        return None
    places = best_places(facts)
    if facts.snapshot.has("uv.lock") and "pyproject.toml" in facts.project.files:
        flags = [
            f"--{kind} {name}"
            for kind, _, name in (place.partition(":") for place in places)
            if kind in {"extra", "group"}
        ]
        steps = [Step(" ".join(["uv sync --active --frozen", *flags]), "setup", CONFIGURED, Evidence("uv.lock"))]
        names = frozenset().union(*(configuration.names_declared(facts, place) for place in places))
        if facts.test_framework.value == "pytest" and "pytest" not in names:
            steps.append(Step("uv pip install pytest", "setup", CONFIGURED))
        return Plan(CONFIGURED, (*steps, command), locked=True)
    words, evidence = _installed(facts, places, python)
    setup = [Step(shlex.join(["uv", "pip", "install", *words]), "setup", CONFIGURED, evidence)] if words else []
    return Plan(CONFIGURED, (*setup, command))


def best_places(facts: Facts) -> tuple[str, ...]:
    """Return the extra, the group and the requirements file that most look like those for the tests, as far as any."""
    found: dict[str, tuple[int, str]] = {}
    for place in facts.test_dependencies_in.value:
        kind, _, name = place.partition(":")
        if kind not in {"extra", "group", "requirements", "poetry"}:
            continue
        stem = _stem(place)
        rank = next((number for number, one in enumerate(_BEST) if one.search(stem)), len(_BEST))
        rank = rank * 4 + 2 * bool(_WORSE.search(stem)) + name.endswith(".in")
        if rank < 4 * len(_BEST) + 2 and (kind not in found or rank < found[kind][0]):
            found[kind] = rank, place
    best = min((rank for rank, _ in found.values()), default=0)
    # A file for developers adds nothing but trouble where an extra is for the tests.
    return tuple(place for rank, place in found.values() if rank < best + 4)


def is_for_something_else(facts: Facts, place: str) -> bool:
    """Tell whether a declared place is that of documentation, linters and the like, and no test's."""
    return place not in facts.test_dependencies_in.value and _WORSE.search(_stem(place)) is not None


def _stem(place: str) -> str:
    """Return what a declared place is called: the extra, the group, or the file without folder and suffix."""
    kind, _, name = place.partition(":")
    return re.sub(r"\.(txt|in|pip)$", "", name.rpartition("/")[2].lower()) if kind == "requirements" else name.lower()


def asked_of_pip(facts: Facts, place: str) -> list[str]:
    """Return pip's arguments for a declared place. Groups that only poetry or pdm know are spelled out."""
    kind, _, name = place.partition(":")
    if kind == "extra":
        return ["-e", f".[{name}]"]
    if kind == "requirements":
        return ["-r", name]
    text = facts.text("pyproject.toml") or ""
    if kind == "group" and "[dependency-groups]" in text and f"[tool.poetry.group.{name}." not in text:
        return ["--group", name]
    return list(configuration.requirements_of(facts, place))


def is_package(facts: Facts) -> bool:
    """Tell whether pip can install the project itself."""
    return bool(facts.project.build_backend or facts.project.raw_name) or facts.snapshot.has("setup.py")


_RUNTIME = "requirements.txt"


def _installed(facts: Facts, places: Sequence[str], python: str) -> tuple[list[str], Evidence | None]:
    """Return what to install, as arguments of pip, and where that is declared."""
    project = facts.project
    evidence = next((facts.dependency_places[place].place for place in places), None)
    extras = [name for kind, _, name in (place.partition(":") for place in places) if kind == "extra"]
    words: list[str] = []
    if is_package(facts):
        words += ["-e", f".[{','.join(extras)}]" if extras else "."]
    words += [word for place in places if not place.startswith("extra:") for word in asked_of_pip(facts, place)]
    names = frozenset().union(*(configuration.names_declared(facts, place) for place in places))
    if not project.dependencies and facts.snapshot.has(_RUNTIME) and _RUNTIME not in words:
        words += ["-r", _RUNTIME]  # an application's: nothing else says what it imports
        names |= configuration.names_declared(facts, f"requirements:{_RUNTIME}")
    if not places:
        by_runner, evidence = _of_runner(facts, python)
        words += by_runner
        names |= {distribution_name(word) for word in by_runner}
    if facts.test_framework.value == "pytest" and "pytest" not in names:
        words.append("pytest")
    return words, evidence


def _of_runner(facts: Facts, python: str) -> tuple[list[str], Evidence | None]:
    """Return what the test environment of tox or hatch or the test session of nox installs."""
    for file in facts.task_files:
        if file.runner not in {"tox", "nox", "hatch"}:
            continue
        tasks = [task for task in file.tasks if purpose.of_task(task, facts.world) == "test" and task.installs]
        tasks.sort(key=lambda task: (python.replace(".", "") not in task.name, len(task.name)))
        for task in tasks:
            words: list[str] = []
            for kind, _, name in (each.partition(":") for each in task.installs):
                if kind == "package" and distribution_name(name) and "{" not in name:
                    words.append(name)
                elif kind == "requirements" and facts.snapshot.has(name):
                    words += ["-r", name]
                elif kind == "extra" and name in facts.project.extras:
                    words += ["-e", f".[{name}]"]
                elif kind == "group" and name in facts.project.groups:
                    words += ["--group", name]
            if words:
                return words, Evidence(task.path, task.line)
    return [], None


# The test command without what makes its environment -------------------------------------------------------------

_MEASURING = re.compile(
    r"--(no-)?cov|--junit|--color|--durations|--codecov|-v+$|--verbose|--report-log|--html|--showlocals$"
)
_MEASURES_BY = frozenset(["--cov", "--cov-report", "--junitxml", "--color", "--cov-config", "--durations", "--html"])
_PARALLEL = ("-n", "--numprocesses", "--dist")


def own_test_command(facts: Facts) -> Step | None:
    """The test runner as documents, CI or task runners call it, without what prepares and measures around it."""
    runner = facts.test_framework.value
    for call, place in _calls(facts):
        words = _plain(facts, call)
        if words:
            env = " ".join(f"{name}={shlex.quote(value)}" for name, value in call.env if "$" not in value)
            return Step(f"{env} {shlex.join(words)}".strip(), "test", CONFIGURED, place)
    if runner == "pytest":
        return Step("python -m pytest", "test", CONFIGURED)
    if runner == "unittest":
        return Step("python -m unittest discover", "test", CONFIGURED)
    if runner == "django" and facts.snapshot.has("manage.py"):
        return Step("python manage.py test", "test", CONFIGURED, Evidence("manage.py"))
    return None


def _calls(facts: Facts) -> Iterator[tuple[Call, Evidence]]:
    """Yield the calls that run the whole suite and start no environment: documented, of CI, of the task runners."""
    for each in facts.documented:
        if each.purpose == "test":
            yield from ((call, each.place) for call in each.command.calls)
    for workflow, command, why in ci.ci_commands(facts):
        if why == "test" and workflow in ci.main_workflows(facts):
            yield from ((call, Evidence(command.path, command.line)) for call in command.calls)
    for file in facts.task_files:
        for task in file.tasks:
            if purpose.of_task(task, facts.world) == "test":
                for line in task.commands:
                    for call in split_line(purpose.without_slots(line)):
                        yield call, Evidence(task.path, task.line)


def _plain(facts: Facts, call: Call) -> list[str]:
    """Return the words of the test runner that a call starts in the end; none where that is not to be told."""
    current: Call | None = unwrapped(call)
    while current is not None:
        words = [word for word in current.words if not word.startswith(("${{", "{"))]
        name = program_name(current)
        if not words or purpose.purpose(current, facts.world) != "test" or has_placeholder(words):
            return []
        if name in {"pytest", "py.test"} or words[1:3] == ["-m", "pytest"]:
            rest = words[1:] if name in {"pytest", "py.test"} else words[3:]
            return ["python", "-m", "pytest", *_without_measures(rest)]
        script = next((word for word in words[:2] if word.endswith(".py")), "")
        if script and "test" not in script.rpartition("/")[2]:
            return []
        if words[0].startswith("python") and (
            words[1:3] == ["-m", "unittest"] or (words[1:2] and words[1].endswith(".py"))
        ):
            return ["python", *words[1:]]
        if words[0].endswith(".py") and facts.snapshot.has(words[0].removeprefix("./")):
            return ["python", *words]
        if name == "trial":
            return ["trial", *words[1:]]
        current = launched(current)
    return []


def _without_measures(words: Sequence[str]) -> Iterator[str]:
    skip = False
    for index, word in enumerate(words):
        if skip:
            skip = False
        elif re.search(r"[${}]", word) or word in {"[]", "''"}:
            continue
        elif word in _PARALLEL:
            skip = True
        elif _MEASURING.match(word):
            # `--cov package` and `--junitxml path` take the next word.
            following = words[index + 1 : index + 2]
            skip = word in _MEASURES_BY and bool(following) and not following[0].startswith("-")
        elif word == "-p" and words[index + 1 : index + 2] == ["pytest_cov"]:
            skip = True
        elif not re.match(r"-n(\d+|auto|logical)$|--(dist|numprocesses)=", word):
            yield word


def narrowing(command: str) -> bool:
    """Tell whether pytest's arguments in a command choose a part by an expression."""
    for call in split_line(command):
        words = list(call.words)
        if "pytest" in " ".join(words[:3]) and parsed(words[1:], PYTEST_VALUED).values("-k", "-m"):
            return True
    return False


# Set-up and tests of one command apart, so that the network can be closed between them --------------------------


def prepared(command: str) -> tuple[str, str] | None:
    """Return the command that only makes the environment and the one that then only tests; None if none are known.

    `nox -s tests` is `nox -s tests --install-only`, then `nox -R -s tests`.
    """
    calls = split_line(command)
    if len(calls) != 1 or re.search(r"[|;&<>`]|\$\(", command):
        return None
    words = list(calls[0].words)
    assigned = [f"{name}={shlex.quote(value)}" for name, value in calls[0].env]
    if "$" in command:
        return None

    def joined(parts: Sequence[str]) -> str:
        return " ".join([*assigned, shlex.join(parts)])

    end = words.index("--") if "--" in words else len(words)
    own, passed = words[:end], words[end:]
    if "nox" in own:
        place = own.index("nox") + 1
        return joined([*own, "--install-only"]), joined([*own[:place], "-R", *own[place:], *passed])
    if "tox" in own:
        return joined([*own, "--notest"]), joined([*own, "--skip-pkg-install", *passed])
    if own[:2] == ["uv", "run"]:
        started = launched(calls[0])
        if started is not None and started.words and started.words[0] in words:
            before = words[: words.index(started.words[0])]
            before = before[:-2] if before[-2:] in (["python", "-m"], ["python3", "-m"]) else before
            return joined([*before, "python", "-c", "pass"]), joined(words)
    return None
