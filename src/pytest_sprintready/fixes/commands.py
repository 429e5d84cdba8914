"""What a newcomer types in this repository, as far as its files prove it: the commands that go into documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.checks._guide import known, task_for
from pytest_sprintready.facts import ci, configuration, files, imports, one_command, purpose
from pytest_sprintready.facts.sites import own_repositories
from pytest_sprintready.reading.python_versions import CURRENT, admits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts


class Way(NamedTuple):
    """From a fresh clone to a test run.

    `runner` is the one program to install where `test` makes its environment itself ("" otherwise); then `setup` is
    empty. `setup` are the commands that make an environment; `activate` is the line between them that is another one
    on Windows. `download` makes the environment without running the tests. `part` runs a single file.
    """

    test: str
    runner: str = ""
    setup: tuple[str, ...] = ()
    download: str = ""
    part: str = ""


_BUILDERS = ("nox", "tox", "hatch", "pixi")


def way(facts: Facts) -> Way | None:
    """Return the way that documents, configuration or CI of the repository give; None where none is known."""
    documented = known(facts.primary_test_command, "")
    if documented and known(facts.single_command, False):
        several = re.search(r"&&|;", documented) and best_single_command(facts)  # the tests, and more beside them
        return _single(facts, several or documented)
    if not documented and (single := best_single_command(facts)):
        return _single(facts, single)
    if documented:
        return _by_manager(facts, documented) or _by_hand(facts, documented)
    command = next(iter(_plain_from_ci(facts)), "")
    if not known(facts.test_framework, "") and not command:
        return None
    return _by_manager(facts, command) or _by_hand(facts, command)


def best_single_command(facts: Facts) -> str:
    """Return the command to recommend of those that make their environment: what CI runs first, uv only where used."""
    available = known(facts.single_command_available, ())
    offered = [each for each in available if each.isprintable() and not re.search(r"\$\{|&&|;", each)]
    in_ci = " ".join(command.text for _, command, _why in ci.ci_commands(facts))

    def rank(command: str) -> tuple[bool, bool, bool]:
        program = command.split(maxsplit=1)[0]
        return (
            program == "uv" and not uses_uv(facts),
            re.search(rf"(?<![\w/-]){re.escape(program)}(?![\w/-])", in_ci) is None,
            program.startswith(("./", "make")),
        )

    best = min(offered, key=rank, default="")
    return "" if best.startswith("uv ") and not uses_uv(facts) else on_one_python(facts, best)


_PYTHON_FACTOR = re.compile(r"(py|pypy)?\d[\d.]*t?(?=-|$)-?")
_UNRELEASED = re.compile(r"main|master|dev|latest|pre|alpha|beta|nightly|min|old")


def on_one_python(facts: Facts, command: str) -> str:
    """Return `tox` narrowed to the Python at hand, where it would run on many and most laptops have but one.

    `py` is tox's name for the Python it runs on; further factors (`py312-django52`) are kept, the newest released one
    where they are versions, the first otherwise.
    """
    if pinned := re.fullmatch(r"tox -e (py3\d+|py3\.\d+|3\.\d+)(-[\w.-]+)?", command):
        return f"tox -e py{pinned[2] or ''}"
    if not re.fullmatch(r"tox( -p( auto| all)?)?", command):
        return command
    tasks = [task for file in facts.world.of("tox") for task in file.tasks if task.default]
    tests = [task for task in tasks if purpose.of_task(task, facts.world) in {"test", "test-part"}]
    names = [task.name for task in tests if _PYTHON_FACTOR.match(task.name)]
    rests = list(dict.fromkeys(_PYTHON_FACTOR.sub("", name, count=1) for name in names))
    if len(names) < 2 or "" in rests:
        return "tox -e py" if len(names) > 1 else command
    released = [rest for rest in rests if not _UNRELEASED.search(rest)] or rests
    versions = [rest for rest in released if re.search(r"\d", rest)]
    newest = max(versions, key=lambda rest: [int(digits) for digits in re.findall(r"\d+", rest)], default="")
    return f"tox -e py-{newest if len(versions) > 1 else released[0]}"


def uses_uv(facts: Facts) -> bool:
    """Whether the project itself works with uv: its lock, its table, its CI."""
    if facts.snapshot.has("uv.lock") or "uv" in facts.project.tools:
        return True
    return any(re.search(r"\buv (run|sync)\b", command.text) for _, command, _why in ci.ci_commands(facts))


def _single(facts: Facts, command: str) -> Way:
    plain = command.partition(" -- ")[0]
    program = next((word for word in command.split() if "=" not in word), "")
    runner = {"uvx": "uv"}.get(program, program)
    runner = runner if runner in {*_BUILDERS, "uv"} else ""
    example = example_test(facts)
    if re.fullmatch(r"nox\b[^&|;]*", plain):
        part = _through(facts, plain, example)
        return Way(command, runner, download=f"{plain} --install-only", part=part)
    if re.fullmatch(r"tox\b[^&|;]*", plain):
        plain = on_one_python(facts, plain)
        command = on_one_python(facts, command)
        return Way(command, runner, download=f"{plain} --notest", part=_through(facts, plain, example))
    if re.fullmatch(r"(uv|hatch) run [^&|;]*pytest", plain):
        options = re.sub(r"^uv run|\S*pytest$", "", plain).strip()
        download = " ".join(filter(None, ("uv sync", options))) if program == "uv" and "--with" not in options else ""
        return Way(command, runner, download=download, part=f"{plain} {example}" if example else "")
    return Way(command, runner)


def _through(facts: Facts, command: str, example: str) -> str:
    """Return the command for one test file, if the task it names hands arguments on to pytest."""
    runner = command.split(maxsplit=1)[0]
    if facts.test_framework.value == "django":  # which takes modules, not files
        example = example.removesuffix(".py").replace("/", ".")
    for file in facts.world.of(runner):
        text = facts.text(file.path) or ""
        if example and re.search(r"\{posargs|session\.posargs|\*session\.posargs|replace = \"posargs\"", text):
            return f"{command} -- {example}"
    return ""


def manager(facts: Facts) -> str:
    """Return the program that makes the environment of a project that is built on it: poetry, pdm or ""."""
    locked = next((name for name in ("poetry", "pdm") if facts.snapshot.has(f"{name}.lock")), "")
    on_poetry = "poetry" in facts.project.tools and "poetry" in facts.project.build_backend
    return locked or ("poetry" if on_poetry else "")


def _by_manager(facts: Facts, command: str) -> Way | None:
    """Return the way with poetry or pdm, where the project is built on one of them."""
    program = manager(facts)
    if not program:
        return None
    plain = (
        command if command.startswith((f"{program} ", "make ")) else f"{program} run {_plain_pytest(facts, command)}"
    )
    install = _manager_install(facts, program)
    example = example_test(facts)
    part = f"{plain} {example}" if example and plain.endswith("pytest") else ""
    return Way(plain, "", (install,), install, part)


def _manager_install(facts: Facts, manager: str) -> str:
    """Return the command that installs the group or extra with pytest in it."""
    for place in _test_places(facts):
        kind, _, name = place.partition(":")
        optional = re.search(
            rf"\[tool\.poetry\.group\.{re.escape(name)}\][^\[]*^optional = true",
            facts.text("pyproject.toml") or "",
            re.MULTILINE,
        )
        if manager == "poetry" and kind == "extra":
            return f"poetry install --extras {name}"
        if manager == "poetry" and optional:
            return f"poetry install --with {name}"
        if manager == "pdm" and kind == "extra":
            return f"pdm install -G {name}"
    return f"{manager} install"


def _by_hand(facts: Facts, command: str) -> Way | None:
    test = command or _plain_pytest(facts, "")
    install = list(_install_lines(facts))
    if not install:
        return None
    lines = ("python -m venv .venv", "source .venv/bin/activate", *install)
    if command and known(facts.setup_commands, ()):
        lines = ()
    example = example_test(facts)
    part = f"{test} {example}" if example and re.fullmatch(r"(python -m )?pytest( -[\w-]+)*", test) else ""
    return Way(test, "", lines, "", part)


def _plain_pytest(facts: Facts, command: str) -> str:
    if command:
        return command
    framework = known(facts.test_framework, "")
    if framework == "unittest":
        return "python -m unittest"
    if framework == "django" and facts.snapshot.has("manage.py"):
        return "python manage.py test"
    return "pytest"


_OF_CI_ALONE = re.compile(
    r"--(cov|junit|splits|shard|ci\b|timeout|color)|-n\b|=|\bcoverage\b|e2e|integration|smoke", re.IGNORECASE
)


def _plain_from_ci(facts: Facts) -> Iterator[str]:
    """Yield what CI runs for the tests that can be typed as it stands: no blanks of the CI, no environment of it."""
    for command in known(facts.ci_test_commands, ()):
        words = command.split()
        if "$" in command or not command.isprintable() or re.search(r"[&|;<>\\]", command):
            continue
        if _OF_CI_ALONE.search(command):
            continue
        if words[0].rpartition("/")[2] in {"pytest", "python", "python3", "poetry", "pdm", "make"}:
            yield re.sub(r"^python3 ", "python ", command)


def _install_lines(facts: Facts) -> Iterator[str]:
    """Yield what pip installs for the tests in an environment that is active."""
    own = "-e ." if facts.project.raw_name and facts.project.build_backend else ""
    own = own or ("-e ." if facts.snapshot.has("setup.py") else "")
    if not own and facts.snapshot.has("pyproject.toml") and facts.project.raw_name:
        own = "-e ."
    places = list(_test_places(facts))
    kind, _, name = (places[0] if places else "").partition(":")
    if kind == "extra" and own:
        yield f'python -m pip install -e ".[{name}]"'
    elif kind == "group":
        yield "python -m pip install --upgrade pip"
        yield f"python -m pip install {own} --group {name}".replace("  ", " ")
    elif kind == "requirements":
        runtime = (
            ""
            if own or name == "requirements.txt" or not facts.snapshot.has("requirements.txt")
            else "-r requirements.txt"
        )
        yield " ".join(filter(None, ("python -m pip install", own, runtime, f"-r {name}")))
    elif known(facts.test_framework, "") == "pytest":
        if not own and facts.snapshot.has("requirements.txt"):
            own = "-r requirements.txt"
        yield f"python -m pip install {own} pytest".replace("  ", " ")
    elif own:
        yield f"python -m pip install {own}"
    elif facts.snapshot.has("requirements.txt"):
        yield "python -m pip install -r requirements.txt"


def installed_for_tests(facts: Facts) -> tuple[str, ...]:
    """Return the words after `pip install` that install the project and what its tests need; () if unknown."""
    import shlex

    lines = [line for line in _install_lines(facts) if "--upgrade pip" not in line]
    return tuple(shlex.split(lines[-1].partition("pip install ")[2])) if lines else ()


def _test_places(facts: Facts) -> list[str]:
    """Return the places that declare test dependencies: what the tests import first, then those named for tests."""
    direct = [each for each in known(facts.test_dependencies_in, ()) if each != "none"]

    def rank(place: str) -> tuple[int, bool, bool]:
        places = [place, "requirements:requirements.txt"] if place.startswith("requirements:") else [place]
        lacking = imports.declared_elsewhere(facts, places)
        return len(lacking), not re.search(r"[:/_.-]tests?(ing)?\b", place), not place.startswith("extra")

    return sorted(dict.fromkeys([*direct, *one_command.testing_places(facts)]), key=rank)


def example_test(facts: Facts) -> str:
    """Return a test file to show how one is run: a short path of the suite, "" if none is plain enough."""
    found = [
        path
        for path in files.test_files(facts)
        if re.search(r"(^|/)test_\w+\.py$", path) and re.fullmatch(r"[\w./-]+", path)
    ]
    return min(found, key=lambda path: (path.count("/"), len(path), path), default="")


def lint(facts: Facts) -> str:
    """Return the command that lints, "" if none is known."""
    if known(facts.pre_commit, False):
        return "pre-commit run --all-files"
    return task_for(facts, "lint", r"lint(ing|ers?)?|style|format|fmt|quality")


def docs(facts: Facts) -> str:
    """Return the command of the task that builds the documentation, "" if there is none."""
    return task_for(facts, "docs", r"(build|make)?[-_]?docs?([-_](build|html))?|html")


def makes_its_environment(facts: Facts, command: str) -> bool:
    """Whether a command can be typed without an environment made before."""
    from pytest_sprintready.reading.shell import split_line

    calls = split_line(command)
    return bool(calls) and all(one_command.call_builds(facts, call) for call in calls)


_PIP_TOOLS = frozenset(["pre-commit", "ruff", "black", "flake8", "isort", "pylint", "yapf", "tox", "nox", "hatch"])


def with_tool(facts: Facts, command: str) -> tuple[str, ...]:
    """Return the lines that run a linter in a clone that was set up as the guide says, its installation included."""
    program = command.split(maxsplit=1)[0]
    taken = way(facts)
    if (taken and taken.runner == program) or (program in {"nox", "tox", "hatch"} and program in named(facts)):
        return (command,)
    declared = next(
        (place for place in facts.dependency_places if program in configuration.names_declared(facts, place)), ""
    )
    kind, _, name = declared.partition(":")
    if _goes_through_uv(facts, command):
        return (command,)
    if _in_uv(facts, taken) and program != "uv":
        if kind in {"extra", "group"}:
            return (f"uv run --{kind} {name} {command}",)
        if program in _PIP_TOOLS:
            return (f"uvx {command}",)
        through = taken is not None and taken.runner == "uv"
        return (re.sub(r"\S*pytest$", command, taken.test) if taken and through else f"uv run {command}",)
    needed = {program} | _programs_of_task(facts, command)
    missing = sorted((needed & _PIP_TOOLS) - set(_installed_by_way(facts, taken)))
    return (f"python -m pip install {' '.join(missing)}", command) if missing else (command,)


def _in_uv(facts: Facts, taken: Way | None) -> bool:
    """Whether the environment is one that uv makes, in which there is no pip."""
    if taken and taken.runner == "uv":
        return True
    return any(re.match(r"uv (sync|venv)\b", command) for command in known(facts.setup_commands, ()))


def _goes_through_uv(facts: Facts, command: str) -> bool:
    """Whether all that a task of make, just and the like starts is started by uv in its environment."""
    from pytest_sprintready.reading.shell import split_line, unwrapped

    found: list[str] = []
    for call in split_line(command):
        for runner, name in one_command.tasks_of_call(facts, unwrapped(call).words):
            task = facts.world.task(runner, name)
            found += [line.strip("@- ") for line in task.commands] if task else []
    typed = [line for line in found if line.partition(" ")[0] not in {"echo", "cd"}]
    return bool(typed) and all(re.match(r"uv run\b|uvx\b", line) for line in typed)


def _programs_of_task(facts: Facts, command: str) -> set[str]:
    """Return the programs that a task of make, just and the like calls in whatever environment there is."""
    from pytest_sprintready.reading.shell import program_name, split_line, unwrapped

    found: set[str] = set()
    for call in split_line(command):
        for runner, name in one_command.tasks_of_call(facts, unwrapped(call).words):
            task = facts.world.task(runner, name)
            for line in task.commands if task else ():
                found |= {program_name(unwrapped(inner)) for inner in split_line(purpose.without_slots(line))}
    return found


def runners_of(facts: Facts, taken: Way) -> list[str]:
    """Return the programs that the test command takes for granted: its own, and those its task calls."""
    first = taken.runner or next((word for word in taken.test.split() if "=" not in word), "")
    return list(dict.fromkeys([first, *sorted(_programs_of_task(facts, taken.test))]))


def _installed_by_way(facts: Facts, taken: Way | None) -> frozenset[str]:
    """Return what is in the environment once the set-up was followed."""
    place = next(iter(_test_places(facts)), "")
    return configuration.names_declared(facts, place) if taken and taken.setup and place else frozenset()


def named(facts: Facts) -> frozenset[str]:
    """Return the runners that the documents have installed or used already."""
    words = " ".join(each.command.text for each in facts.documented)
    return frozenset(
        program for program in ("nox", "tox", "hatch", "uv", "pixi") if re.search(rf"\b{program}\b", words)
    )


_WITH_PLACE = {"poetry": {"group": "--with", "extra": "--extras"}, "pdm": {"group": "-G", "extra": "-G"}}


def with_docs_dependencies(facts: Facts, command: str) -> tuple[str, ...]:
    """Return the lines that build the documentation, () where what they need is declared nowhere."""
    taken = way(facts)
    program = command.split(maxsplit=1)[0]
    if makes_its_environment(facts, command):
        if program not in {"nox", "tox", "hatch"} or program in named(facts) or (taken and taken.runner == program):
            return (command,)
        return (f"uvx {command}",) if _in_uv(facts, taken) else (f"python -m pip install {program}", command)
    own = "-e . " if facts.project.raw_name else ""
    for place in facts.dependency_places:
        kind, _, name = place.partition(":")
        if not re.search(r"(^|[/_.-])(docs?|documentation|sphinx|mkdocs)\b", name):
            continue
        program = taken.setup[0].partition(" ")[0] if taken and taken.setup else ""
        if program in _WITH_PLACE and kind in {"extra", "group"}:
            typed = command if command.startswith(f"{program} ") else f"{program} run {command}"
            return (f"{program} install {_WITH_PLACE[program][kind]} {name}", typed)
        if kind in {"extra", "group"} and _in_uv(facts, taken):
            return (f"uv run --{kind} {name} {command}",)
        if kind == "extra":
            return (f'python -m pip install -e ".[{name}]"', command)
        if kind == "group":
            return ("python -m pip install --upgrade pip", f"python -m pip install {own}--group {name}", command)
        if kind == "requirements" and _in_uv(facts, taken):
            return (f"uv run --with-requirements {name} {command}",)
        if kind == "requirements":
            return (f"python -m pip install {own}-r {name}", command)
    return ()


# What is around the commands ------------------------------------------------------------------------------------


class Forge(NamedTuple):
    """Where the project lives: its address without a trailing slash, and what its forge calls things."""

    address: str
    kind: str
    request: str = "pull request"

    @property
    def issues(self) -> str:
        """The list of issues."""
        return f"{self.address}/-/issues" if self.kind == "gitlab" else f"{self.address}/issues"

    @property
    def new_issue(self) -> str:
        """Where an issue is opened."""
        return f"{self.issues}/new"

    def label(self, name: str) -> str:
        """Return the list of open issues with a label."""
        from urllib.parse import quote

        if self.kind == "github":
            return f"{self.address}/labels/{quote(name)}"
        return f"{self.issues}?label_name={quote(name)}" if self.kind == "gitlab" else self.issues


_ADDRESS = re.compile(
    r"(?:https?://(?:www\.)?|git@|ssh://git@|git\+https://)(github\.com|gitlab\.com|codeberg\.org)[/:]"
    r"(?!sponsors/|orgs/)([\w.-]+)/([\w.-]+?)(?:\.git)?(?:[/#?].*)?$"
)


def forge(facts: Facts) -> Forge | None:
    """Return the project's home on a forge, from its metadata first: a clone's origin may be a fork."""
    own = own_repositories(facts)
    name = facts.project.name
    addresses = [
        *facts.project.urls.values(),
        facts.snapshot.remotes.get("upstream", ""),
        *facts.snapshot.remotes.values(),
    ]
    found = [match for address in addresses if (match := _ADDRESS.match(address.strip()))]
    found = [match for match in found if f"{match[2]}/{match[3]}".lower() in own] or found
    found.sort(key=lambda match: bool(name) and match[3].lower().replace("_", "-") != name)
    if not found:
        return None
    host, owner, repository = found[0][1], found[0][2], found[0][3]
    kind = {"github.com": "github", "gitlab.com": "gitlab"}.get(host, "forgejo")
    request = "merge request" if kind == "gitlab" else "pull request"
    return Forge(f"https://{host}/{owner}/{repository}", kind, request)


def default_branch(facts: Facts) -> str:
    """Return the branch the project works on: git's word, else the only one that workflows and README name, else ""."""
    if branch := facts.snapshot.default_branch:
        return branch if re.fullmatch(r"[\w./-]+", branch) else ""
    texts = [facts.text(workflow.path) or "" for workflow in facts.workflows] + [facts.text(facts.readme.value) or ""]
    names: list[str] = []
    for text in texts:
        names += re.findall(r"branches: *\[ *[\"']?(main|master|develop|trunk)\b", text)
        names += re.findall(r"branches:\s*\n\s*- *[\"']?(main|master|develop|trunk)\b", text)
        names += re.findall(r"(?:/blob/|/tree/|branch=)(main|master|develop|trunk)\b", text)
    return names[0] if len(set(names)) == 1 else ""


def systems(facts: Facts) -> tuple[str, ...]:
    """Return the operating systems that CI runs the tests on: "Linux", "macOS", "Windows"."""
    spelled = {"ubuntu": "Linux", "linux": "Linux", "macos": "macOS", "windows": "Windows"}
    said: set[str] = set()
    for _, job in ci.ci_test_jobs(facts):
        words = f"{job.runs_on} {list(job.matrix.values())}".lower()
        said |= {system for word, system in spelled.items() if word in words}
    return tuple(system for system in ("Linux", "macOS", "Windows") if system in said)


def python(facts: Facts) -> str:
    """Return the Pythons to have, in words: "Python 3.9 or newer"."""
    specifier = known(facts.requires_python, "")
    lowest = re.search(r">=\s*(3\.\d+)", specifier)
    try:
        open_ended = not specifier or admits(specifier, CURRENT[0])
    except ValueError:
        return "Python"
    if lowest and open_ended:
        return f"Python {lowest[1]} or newer"
    return (
        f"Python ({specifier})"
        if specifier and not open_ended and re.fullmatch(r"[\w\s.,<>=!~*]+", specifier)
        else "Python"
    )


def tests_folder(facts: Facts) -> str:
    """Return the folder of the tests, "" if they are not in one."""
    paths = files.test_files(facts)
    for name in ("tests", "test", "testing"):
        if any(path.startswith(f"{name}/") for path in paths):
            return name
    inside = [match[0].rstrip("/") for path in paths if (match := re.match(r"(?:[\w-]+/){1,3}?tests?/", path))]
    return min(inside, key=lambda folder: (folder.count("/"), folder), default="")


def source_folder(facts: Facts) -> str:
    """Return the folder of the package, "" where it is not plain."""
    names = [*(facts.project.packages or ()), facts.project.name.replace("-", "_"), facts.project.raw_name]
    for name in names:
        folder = name.replace(".", "/")
        for path in (f"src/{folder}", folder):
            if folder and facts.snapshot.has(f"{path}/__init__.py"):
                return path
    packages = [
        name
        for name in facts.snapshot.folder("src")
        if name.endswith("/") and facts.snapshot.has(f"src/{name}__init__.py")
    ]
    return f"src/{packages[0].rstrip('/')}" if len(packages) == 1 else ""


def compiled(facts: Facts) -> bool:
    """Whether the project is built by a compiler, so that more than Python may be needed."""
    return any(one_command.COMPILED_BACKENDS.search(each.text) for each in facts.project.build_requires)
