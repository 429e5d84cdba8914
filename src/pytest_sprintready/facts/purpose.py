"""What a command line is for: set-up, tests (all or a part), lint, docs, version control.

A task of a runner is judged by what it runs, so `make check` is a test where its recipe is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.shell import split_line, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_sprintready.reading.command import Call, Command
    from pytest_sprintready.reading.tasks import Task, TaskFile

# In order of what a line with several calls counts as.
ORDER = ("test", "test-part", "setup", "lint", "docs", "release", "git", "move", "other")

_TEST_PROGRAMS = frozenset(["pytest", "py.test", "trial", "nosetests", "nose2", "stestr", "ward", "green", "zope-testrunner", "twisted.trial", "unittest"])  # fmt: skip
_LINT_PROGRAMS = frozenset(
    ["ruff", "flake8", "black", "isort", "mypy", "pylint", "pyright", "basedpyright", "bandit", "codespell", "pyupgrade", "ty",
     "autopep8", "yapf", "pydocstyle", "pycodestyle", "prek", "djlint", "eslint", "prettier", "blacken-docs", "vulture", "pyrefly",
     "interrogate", "check-manifest", "rstcheck", "doc8", "validate-pyproject", "pytype", "shellcheck", "clang-format", "slotscheck",
     "pyflakes", "darglint", "curlylint", "unimport", "autoflake", "docformatter", "typos", "reuse"])  # fmt: skip
_DOCS_PROGRAMS = frozenset(
    [
        "sphinx-build",
        "sphinx-autobuild",
        "mkdocs",
        "zensical",
        "sphinx-apidoc",
        "pdoc",
        "jupyter-book",
        "lektor",
        "antora",
        "sphinx",
    ]
)
_RELEASE_PROGRAMS = frozenset(
    [
        "twine",
        "towncrier",
        "bumpversion",
        "bump2version",
        "bump-my-version",
        "scriv",
        "changie",
        "reno",
        "build",
        "cz",
        "flit",
    ]
)
_GIT_PROGRAMS = frozenset(["git", "gh", "hub", "glab", "hg", "svn"])
_MOVE_PROGRAMS = frozenset(["cd", "pushd", "popd", "ls", "pwd", "echo", "export", "set", "cat", "open", "xdg-open"])
_SETUP_PROGRAMS = frozenset(
    ["venv", "virtualenv", "mkvirtualenv", "workon", "pip-sync", "pip-compile", "apt", "apt-get", "aptitude", "brew", "dnf", "yum",
     "pacman", "zypper", "apk", "choco", "winget", "scoop", "port", "snap", "rustup", "nvm", "asdf", "mise", "direnv", "pyenv", "source",
     ".", "createdb", "createuser", "corepack", "xcode-select", "conda", "mamba", "micromamba", "cp", "easy_install", "mkdir"])  # fmt: skip
_ENVIRONMENT_RUNNERS = {"nox": "nox", "tox": "tox", "make": "make", "gmake": "make", "just": "just", "invoke": "invoke", "inv": "invoke",
                        "poe": "poe", "spin": "spin", "task": "taskfile"}  # fmt: skip
_SETUP_NAME = re.compile(
    r"(install|setup|set-up|bootstrap|init|venv|env|virtualenv|develop|devel|dev|deps|dependencies|requirements|sync|prepare|create|update-deps"
    r"|build|up|start|create-.*|environment|submodules|configure|compile|editable)([-_.:]?(dev|all|deps|env|local|venv|requirements|hooks|environment|editable|install|test|tests|\d+))*",
    re.IGNORECASE,
)
_TEST_NAME = re.compile(r"(.*[-_.:/])?((run|all|py|unit|full|local|dev)?-?_?(tests?|tests?uite|testall|runtests|pytest|unittest|unittests|tested|specs?))([-_.:/](all|unit|local|ci|cov|coverage|full|fast|py\d*|default|base|parallel|run|suite|python|cpython|docker|sh|py|\d[\d.]*))*(\.(sh|py|bat|cmd))?", re.IGNORECASE)  # fmt: skip
# Names that speak of tests and do something else with them.
_ABOUT_TESTS = re.compile(
    r"(generate|gen|update|create|prepare|write|download|fetch|sync|compile|render|list|count|collect|convert|import|export|rename|build)[-_.]",
    re.IGNORECASE,
)
_PART_NAME = re.compile(
    r"(integration|e2e|slow|selenium|one|single|quick|smoke|benchmark|bench|playwright|watch|failed|mutation|mindeps|doctest)",
    re.IGNORECASE,
)
_LINT_NAME = re.compile(r"(.*[-_.:])?(lint|linting|linters?|format|fmt|style|check-?style|typing|types?|type-?check|mypy|ruff|black|flake8|isort|pre-?commit|quality|codestyle|fix|spelling|codespell|pep8|pylint|typecheck)([-_.:].*)?(\.sh)?", re.IGNORECASE)  # fmt: skip
_DOCS_NAME = re.compile(r"(.*[-_.:/])?(docs?|documentation|html|sphinx|livehtml|mkdocs|serve-docs|watch-docs|docs-.*|doc-.*|build-docs?|builddocs)([-_.:].*)?(\.sh)?", re.IGNORECASE)  # fmt: skip
_RELEASE_NAME = re.compile(r"(release|publish|upload|changelog|build-dist|dist|bump.*|tag|version)", re.IGNORECASE)
_PYTEST_VALUE_OPTIONS = frozenset(
    ["-n", "--numprocesses", "-m", "-k", "-p", "-c", "-o", "-r", "-W", "--cov", "--cov-report", "--cov-config", "--cov-fail-under", "--dist", "--durations",
     "--tb", "--maxfail", "--timeout", "--ignore", "--ignore-glob", "--deselect", "--junitxml", "--junit-xml", "--rootdir", "--basetemp", "--reruns",
     "--import-mode", "--ds", "--log-level", "--log-cli-level", "--color", "--hypothesis-profile", "--count", "--maxprocesses", "--workers",
     "--verbosity", "-f", "--pyargs-path", "--asyncio-mode", "--override-ini", "--dc", "--splits", "--group"])  # fmt: skip
_NARROWING = frozenset(
    ["-k", "--lf", "--last-failed", "--ff", "--failed-first", "--sw", "--stepwise", "--nf", "--pdb", "--trace"]
)
_NO_RUN = frozenset(
    [
        "--help",
        "-h",
        "--version",
        "--collect-only",
        "--co",
        "--fixtures",
        "--markers",
        "--setup-plan",
        "--list",
        "-l",
        "--listenvs",
        "--list-sessions",
        "--notest",
        "config",
    ]
)
_PLACEHOLDER = re.compile(
    r"<[^>]*>|\.\.\.|…|\{[a-z_ -]+\}|\bpath/to\b|\$\{?\w+|\[[a-z_ -]+\]|\byour[-_ ]|\bfoo\b|\bxxx\b", re.IGNORECASE
)
_WHOLE_FOLDER = frozenset(["tests", "test", ".", "src", "t", "testing", "unittests", "unit_tests"])


class World(NamedTuple):
    """What is known of the repository's runners: its task files and the folders that hold the whole suite."""

    task_files: Sequence[TaskFile] = ()
    whole: frozenset[str] = _WHOLE_FOLDER

    def of(self, runner: str) -> list[TaskFile]:
        """Return the task files of one runner."""
        return [task_file for task_file in self.task_files if task_file.runner == runner]

    def task(self, runner: str, name: str) -> Task | None:
        """Return the task `name` of `runner`, by name or alias."""
        return next((task for file in self.of(runner) if (task := file.task(name))), None)


def purpose_of(command: Command, world: World) -> str:
    """Return what a whole command line is for, one of ORDER."""
    return strongest(purpose(call, world) for call in command.calls)


def strongest(purposes: Iterable[str]) -> str:
    """Return the purpose that a line or task with all of these counts as."""
    return min(purposes, key=ORDER.index, default="other")


def purpose(call: Call, world: World, depth: int = 0) -> str:
    """Return what one program call is for. Tasks are looked into, at most five calls deep."""
    plain = unwrapped(call).words
    if (
        plain[:2] in {("pdm", "run"), ("rye", "run"), ("pipenv", "run")}
        and len(plain) > 2
        and world.task(plain[0], plain[2])
    ):
        return _of_tasks(plain[0], list(plain[2:]), world, depth)
    words = list(inner(unwrapped(call)).words)
    if not words or depth > 5:
        return "other"
    program, arguments = _base(words[0]), words[1:]
    if program in _TEST_PROGRAMS:
        return _test_or_part(program, arguments, world)
    if program in {"tox", "nox"}:
        return _of_environments(program, arguments, world, depth)
    if program in _ENVIRONMENT_RUNNERS:
        return _of_tasks(_ENVIRONMENT_RUNNERS[program], arguments, world, depth)
    for judge in (_of_installer, _of_django, _of_script):
        found = judge(program, words, world, depth)
        if found:
            return found
    if program in _LINT_PROGRAMS:
        return "lint"
    if program in _DOCS_PROGRAMS:
        return "docs"
    if program in _RELEASE_PROGRAMS:
        return "release"
    if program in _GIT_PROGRAMS:
        return (
            "setup"
            if words[1:2] == ["submodule"] or words[1:3] == ["lfs", "install"] or words[1:3] == ["lfs", "pull"]
            else "git"
        )
    if program in _MOVE_PROGRAMS:
        return "move"
    if program in _SETUP_PROGRAMS:
        return "setup"
    return "other"


def inner(call: Call) -> Call:
    """Return the program that a runner prefix (uv run, poetry run, python -m, docker compose exec...) starts."""
    words = list(call.words)
    for _ in range(6):
        shorter = _strip(words)
        if shorter == words:
            break
        words = shorter
    return call._replace(words=tuple(words))


def _base(word: str) -> str:
    """The program without a folder of executables or a variable in front: `${PREFIX}pytest`, `venv/bin/pytest`."""
    name = re.sub(r"^(\$\{\w+\}|\$\(\w+\)/?|\$\w+/)+(?=[\w.])", "", word)
    if re.search(r"(^|[/\\])(bin|Scripts)[/\\]", name) and not name.startswith(("./", "../")):
        name = re.split(r"[/\\]", name)[-1]
    return name.removesuffix(".exe")


_PREFIX_VALUE_OPTIONS = frozenset(
    ["--with", "--group", "--extra", "--python", "-p", "--only-group", "--no-group", "--with-requirements", "--from", "--index", "-e", "--env", "-n",
     "--env-file", "--directory", "--project", "--package", "-u", "--user", "-w", "--workdir", "-f", "--file", "--spec", "--with-editable", "-v",
     "--volume", "--name", "--entrypoint", "--feature", "--manifest-path", "--resolution", "--pip-args", "--profile", "--env-var", "--exclude-newer"])  # fmt: skip


def _strip(words: list[str]) -> list[str]:
    program = _base(words[0]) if words else ""
    if re.fullmatch(r"(python|pypy|py)(\d+(\.\d+)*t?)?|\$\{?\(?PYTHON\d?\)?\}?|\$\(PYTHON\d?\)", program):
        return _strip_python(words)
    two = (program, words[1] if len(words) > 1 else "")
    if (
        two[0] in {"uv", "poetry", "pdm", "pipenv", "rye", "conda", "mamba", "micromamba", "pixi", "hatch"}
        and two[1] == "run"
    ):
        if program in {"hatch", "pixi"}:
            return words
        return _after_options(words[2:])
    if two in {("uv", "tool"), ("pipx", "run")}:
        return (
            _after_options(words[3:] if two[1] == "tool" and words[2:3] == ["run"] else words[2:])
            if two != ("uv", "tool") or words[2:3] == ["run"]
            else words
        )
    if program == "uvx":
        return _after_options(words[1:])
    if program == "coverage" and two[1] == "run":
        rest = words[2:]
        while rest and rest[0].startswith(("-", "$")) and rest[0] != "-m":
            rest = (
                rest[2:]
                if rest[0] in {"--source", "--rcfile", "--omit", "--include", "--context", "--concurrency"}
                else rest[1:]
            )
        return rest[1:] if rest[:1] == ["-m"] else ["python", *rest]
    if program in {"docker-compose", "podman-compose"} or two in {("docker", "compose"), ("podman", "compose")}:
        rest = _after_options(words[1:] if "compose" in program else words[2:])
        if rest[:1] and rest[0] in {"run", "exec"}:
            rest = _after_options(rest[1:])
            return rest[1:] if len(rest) > 1 else words
    if two == ("docker", "exec"):
        rest = _after_options(words[2:])
        return rest[1:] if len(rest) > 1 else words
    return words


def _strip_python(words: list[str]) -> list[str]:
    rest = words[1:]
    while rest and rest[0].startswith("-") and rest[0] != "-":
        if rest[0] == "-m" or re.fullmatch(r"-[A-Za-z]*m", rest[0]):
            return rest[1:] or words
        if rest[0] == "-c" or rest[0] == "--version" or rest[0] == "-V":
            return words
        rest = rest[2:] if rest[0] in {"-W", "-X"} else rest[1:]
    return words


def _after_options(words: list[str]) -> list[str]:
    rest = list(words)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option == "--":
            break
        if "=" not in option and option in _PREFIX_VALUE_OPTIONS and rest:
            rest.pop(0)
    return rest


def _test_or_part(program: str, arguments: list[str], world: World) -> str:
    if _NO_RUN.intersection(arguments):
        return "other"
    if program == "unittest":
        paths = [word for word in _plain(arguments, frozenset(["-s", "-p", "-t", "-k"])) if word != "discover"]
        if "discover" in arguments:
            paths = []
        return "test-part" if "-k" in arguments or any(path.strip("/") not in world.whole for path in paths) else "test"
    return "test-part" if is_narrow(arguments, world) else "test"


def is_narrow(arguments: Sequence[str], world: World) -> bool:
    """Whether pytest's arguments choose a part of the suite: one file, one test, an expression, a positive marker."""
    if any(word.split("=")[0] in _NARROWING for word in arguments):
        return True
    for position, word in enumerate(arguments):
        expression = (
            arguments[position + 1]
            if word == "-m" and position + 1 < len(arguments)
            else word.removeprefix("-m=")
            if word.startswith("-m=")
            else ""
        )
        if expression and not re.match(r"\(?\s*not\b", expression):
            return True
    paths = _plain(arguments, _PYTEST_VALUE_OPTIONS)
    return bool(paths) and not any(_is_whole(path, world) for path in paths)


def _is_whole(path: str, world: World) -> bool:
    if "::" in path or path.endswith(".py") or _PLACEHOLDER.search(path):
        return False
    cleaned = path.replace("\\", "/").removeprefix("./").rstrip("/")
    return not cleaned or cleaned in world.whole or cleaned.lower() in _WHOLE_FOLDER


def _plain(arguments: Sequence[str], with_value: frozenset[str]) -> list[str]:
    found, skip = [], False
    for word in arguments:
        if word.startswith("-"):
            skip = "=" not in word and word in with_value
        elif skip:
            skip = False
        else:
            found.append(word)
    return found


def _of_environments(program: str, arguments: list[str], world: World, depth: int) -> str:
    own, _, passed = _split_at(arguments, "--")
    if _NO_RUN.intersection(own) or (program == "tox" and "-n" in own):
        return "other"
    names = environment_names(program, own)
    if names:
        purposes = [_of_environment(program, name, world, depth) for name in names]
    else:
        defaults = [task for file in world.of(program) for task in file.tasks if task.default]
        purposes = [of_task(task, world, depth) for task in defaults] or ["test"]
    found = strongest(purposes)
    if found == "test" and passed and is_narrow(passed, world):
        return "test-part"
    return found


def environment_names(program: str, arguments: Sequence[str]) -> list[str]:
    """Return the environments or sessions a tox or nox call names: `-e a,b`, `-s a b`, `-f factor`."""
    flags = {"tox": {"-e", "--env", "-f", "-m"}, "nox": {"-s", "-e", "--session", "--sessions", "-t", "--tags", "-k"}}[
        program
    ]
    names: list[str] = []
    taking = False
    for word in arguments:
        flag, _, value = word.partition("=")
        if flag in flags:
            taking = True
            if value:
                names += value.split(",")
                taking = False
        elif program == "nox" and re.fullmatch(r"-[a-zA-Z]*[se]", word):
            taking = True
        elif program == "tox" and re.fullmatch(r"-e[\w{.,-]+", word):
            names += word[2:].split(",")
        elif word.startswith("-"):
            taking = False
        elif taking:
            names += word.split(",") if program == "tox" else [word]
            taking = program == "nox"
    return [name for name in names if name]


def _of_environment(program: str, name: str, world: World, depth: int) -> str:
    base = re.sub(r"-\d+\.\d+.*$|\(.*$", "", name)
    task = world.task(program, name) or world.task(program, base)
    if task is not None and task.commands:
        return of_task(task, world, depth)
    left = re.sub(r"\$\{\{.*?\}\}|\$\{\w+\}|\$\(.*?\)|\$\w+", "", name).strip("-")
    if program == "tox" and left != name and by_name(left) != "other":
        return by_name(left)
    if program == "tox" and re.match(r"(py|pypy)\d*($|-)|\d\.\d+|\$|py\$|test", name):
        return "test"
    return by_name(base) if by_name(base) != "other" else ("test" if "$" in name and program == "tox" else "other")


def of_task(task: Task, world: World, depth: int = 0) -> str:
    """Return what a task is for: the strongest purpose among its own commands and those it needs."""
    purposes = [purpose(call, world, depth + 1) for line in task.commands for call in split_line(_posargs(line))]
    for needed in task.needs:
        found = world.task(task.runner, needed)
        if found is not None and found is not task and depth < 5:
            purposes.append(of_task(found, world, depth + 1))
    result = strongest(purposes)
    if result == "setup" and by_name(task.name) != "setup" and (task.builds or by_name(task.name) != "other"):
        return by_name(task.name)  # every such task installs something first
    named = (
        "other" if re.match(r"cov(erage)?\b", task.name.rpartition("/")[2]) and task.commands else by_name(task.name)
    )
    if named == "test" and result in {"lint", "setup", "docs"}:
        return "test"  # its author's word over our reading of its commands
    if result == "test-part":  # what the project calls its tests is its whole suite
        return "test" if named == "test" or re.fullmatch(r"(py|pypy)\d*(\.\d+)?", task.name) else result
    return named if result in {"other", "move"} and named != "other" else result


_SUBSTITUTION = re.compile(r"\{(?:env:\w+|posargs|args)(?::([^{}]*))?\}")


def _posargs(line: str) -> str:
    """Drop the places where a runner puts the caller's arguments or environment, keeping their defaults."""
    line = re.sub(r"\{\{[^{}]*\}\}", "", line)
    for _ in range(3):  # defaults nest: {posargs:{env:ARGS:tests}}
        line = _SUBSTITUTION.sub(lambda found: found[1] or "", line)
    line = re.sub(r"\$\$?\{\w+:-([^}]*)\}", r"\1", line)
    return re.sub(r'"?\$[@*]"?|\$\{@\}|"\$\{@(:\d)?\}"', "", line)


def by_name(name: str) -> str:
    """Return what a task or script is for by its name alone, "other" where it does not tell."""
    name = name.rpartition("/")[2]
    if _TEST_NAME.fullmatch(name) and not _ABOUT_TESTS.match(name):
        return "test"
    if _LINT_NAME.fullmatch(name):
        return "lint"
    if _DOCS_NAME.fullmatch(name):
        return "docs"
    if _SETUP_NAME.fullmatch(re.sub(r"\.(sh|py|bat)$", "", name)):
        return "setup"
    if _RELEASE_NAME.fullmatch(name):
        return "release"
    if re.match(r"(tests?|coverage|cov)([-_.:]|$)", name, re.IGNORECASE):
        return "test-part" if _PART_NAME.search(name) else "test"
    return "other"


def _of_tasks(runner: str, arguments: list[str], world: World, depth: int) -> str:
    names, extra, directory = task_names(runner, arguments)
    if directory:
        return (
            strongest([by_name(name) for name in names])
            if names
            else ("docs" if re.match(r"\W*docs?\b", directory) else "other")
        )
    if _NO_RUN.intersection(arguments):
        return "other"
    if not names:
        defaults = [task for file in world.of(runner) for task in file.tasks if task.default]
        purposes = [of_task(task, world, depth) for task in defaults] or ["other"]
    else:
        found = [(world.task(runner, name), name) for name in names]
        purposes = [of_task(task, world, depth) if task else by_name(name) for task, name in found]
    result = strongest(purposes)
    if result == "test" and extra and (_PLACEHOLDER.search(" ".join(extra)) or is_narrow(extra, world)):
        return "test-part"
    return result


def task_names(runner: str, arguments: Sequence[str]) -> tuple[list[str], list[str], str]:
    """Return the tasks a call names, the further arguments it hands them, and the folder it runs in ("" for here)."""
    names: list[str] = []
    extra: list[str] = []
    directory = ""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in {"-C", "--directory"} and rest:
            directory = rest.pop(0)
        elif word.startswith("--directory="):
            directory = word.partition("=")[2]
        elif word in {"-f", "--file", "-j", "-o", "--justfile", "--jobs"} and rest:
            rest.pop(0)
        elif word == "--":
            extra += rest
            break
        elif re.match(r"[A-Za-z_]\w*=", word):
            if runner in {"make", "taskfile"}:
                extra += [
                    part
                    for part in word.partition("=")[2].split()
                    if "/" in part or "::" in part or part.endswith(".py")
                ]
        elif word.startswith("-"):
            if names and runner != "make":
                extra.append(word)
        elif names and runner in {"just", "invoke", "poe", "spin", "taskfile", "pdm", "rye", "pipenv"}:
            extra.append(word)
        else:
            names.append(word)
    return names, extra, directory


def _of_installer(program: str, words: list[str], world: World, depth: int) -> str:
    verb = next((word for word in words[1:] if not word.startswith("-")), "")
    if program in {
        "pip",
        "pip3",
        "pipx",
        "poetry",
        "pdm",
        "pipenv",
        "rye",
        "uv",
        "npm",
        "yarn",
        "pnpm",
        "conda",
        "mamba",
        "micromamba",
        "flit",
        "bundle",
    }:
        if program == "pip" and any(word.startswith("git+") for word in words):
            return "other"  # the development version, as a user would have it
        if verb in {
            "install",
            "sync",
            "venv",
            "create",
            "env",
            "shell",
            "activate",
            "ci",
            "develop",
            "ensurepath",
            "use",
            "tool",
            "python",
            "self",
            "inject",
            "update",
            "init",
        }:
            return "other" if verb == "self" else "setup"
        if program == "uv" and verb == "pip":
            return "setup"
        if (program == "pdm" and verb == "run") or (program == "rye" and verb == "test"):
            return _of_tasks("pdm", words[2:], world, depth) if program == "pdm" else "test"
        if program in {"npm", "yarn", "pnpm"}:
            named = by_name(words[2] if verb == "run" and len(words) > 2 else verb)
            return "other" if named == "test" else named  # JavaScript's tests are not the suite
        return "other"
    if program == "hatch":
        return _of_hatch(words, world, depth)
    if program == "pixi":
        return _of_pixi(words, world, depth)
    if program == "pre-commit":
        return "setup" if verb in {"install", "install-hooks"} else "lint"
    if program in {"docker", "docker-compose", "podman", "podman-compose", "vagrant", "devcontainer"}:
        if verb in {"up", "build", "compose", "start", "pull"} or "up" in words or "build" in words:
            return "setup"
        return "other"
    if program == "curl" or program == "wget":
        return "setup" if any("install" in word for word in words) else "other"
    if program == "manage.py" and verb == "migrate":
        return "setup"
    return ""


def _of_hatch(words: list[str], world: World, depth: int) -> str:
    verb = next((word for word in words[1:] if not word.startswith("-")), "")
    if verb == "test":
        return "test-part" if is_narrow([word for word in words[2:] if word != "-a"], world) else "test"
    if verb == "fmt":
        return "lint"
    if verb in {"env", "shell"} and "run" not in words:
        return "setup"
    if verb == "run" or "run" in words:
        rest = _after_options(words[words.index("run") + 1 :])
        name = rest[0] if rest else ""
        environment, _, script = name.rpartition(":")
        task = world.task("hatch", name) or world.task("hatch", script)
        if task is not None:
            found = of_task(task, world, depth)
            return "test-part" if found == "test" and is_narrow(rest[1:], world) else found
        if environment:
            return by_name(script) if by_name(script) != "other" else by_name(environment)
        return purpose_words(rest, world, depth)
    return "other"


def purpose_words(words: Sequence[str], world: World, depth: int) -> str:
    """Return the purpose of a call given as words only."""
    from pytest_sprintready.reading.command import Call

    return purpose(Call(tuple(words)), world, depth + 1) if words else "other"


def _of_pixi(words: list[str], world: World, depth: int) -> str:
    verb = next((word for word in words[1:] if not word.startswith("-")), "")
    if verb in {"install", "shell", "add", "init"}:
        return "setup"
    if verb == "run":
        rest = _after_options(words[words.index("run") + 1 :])
        task = world.task("pixi", rest[0]) if rest else None
        if task is not None:
            found = of_task(task, world, depth)
            return "test-part" if found == "test" and is_narrow(rest[1:], world) else found
        named = by_name(rest[0]) if rest else "other"
        return named if named != "other" else purpose_words(rest, world, depth)
    return "other"


def _of_django(program: str, words: list[str], world: World, depth: int) -> str:
    rest = words
    if re.fullmatch(r"(python|py)(\d+(\.\d+)*)?", program) and len(words) > 1 and words[1].endswith("manage.py"):
        rest = words[1:]
    elif not (program.endswith("manage.py") or program in {"django-admin", "django"}):
        return ""
    verb = rest[1] if len(rest) > 1 else ""
    if verb == "test":
        paths = _plain(
            rest[2:],
            frozenset(
                [
                    "--settings",
                    "--parallel",
                    "--tag",
                    "--exclude-tag",
                    "-v",
                    "--verbosity",
                    "--pythonpath",
                    "-k",
                    "--shard",
                ]
            ),
        )
        return (
            "test-part"
            if "-k" in rest
            or "--tag" in rest
            or any("." in path or path.strip("/") not in world.whole for path in paths)
            else "test"
        )
    return "setup" if verb in {"migrate", "createsuperuser", "loaddata", "collectstatic", "syncdb"} else "other"


def _of_script(program: str, words: list[str], world: World, depth: int) -> str:
    rest = words
    if re.fullmatch(r"(python|py)(\d+(\.\d+)*)?|bash|sh|zsh|\./", program):
        rest = [word for word in words[1:] if not word.startswith("-")][:1] + words[2:]
        if not rest:
            return ""
    path = rest[0].replace("\\", "/").removeprefix("./")
    if path.endswith("setup.py"):
        verb = next((word for word in rest[1:] if not word.startswith("-")), "")
        return {
            "test": "test",
            "develop": "setup",
            "install": "setup",
            "build_ext": "setup",
            "build": "setup",
            "build_sphinx": "docs",
        }.get(verb, "other")
    if rest[0] == program and not (rest[0].startswith(("./", "../")) or "/" in rest[0]):
        if not re.search(r"\.(py|sh)$", rest[0]):
            return ""
    if re.search(r"(^|/)(activate(\.\w+)?|Activate\.ps1)$", path):
        return "setup"
    task = world.task("script", path)
    arguments = [word for word in rest[1:] if word != "--"]
    asked = by_name(arguments[0]) if arguments and re.fullmatch(r"[\w:-]*[a-z][\w:-]*", arguments[0]) else "other"
    if asked != "other" and by_name(re.sub(r"\.(sh|py)$", "", path)) != asked:  # a script of many tasks: ./run test
        found, arguments = asked, arguments[1:]
    elif task is not None and task.commands and not path.endswith(".py"):
        found = of_task(task, world, depth)
    else:
        found = by_name(re.sub(r"\.(sh|py)$", "", path))
    if found == "test" and arguments and is_narrow(arguments, world) and not _names_suite(arguments):
        return "test-part"
    return found


def _names_suite(arguments: list[str]) -> bool:
    """Whether the only plain argument is itself a task's name: `./run test`."""
    plain = [word for word in arguments if not word.startswith("-")]
    return (
        len(plain) == 1
        and re.fullmatch(r"[\w:-]+", plain[0]) is not None
        and by_name(plain[0]) == "test"
        and "_" not in plain[0]
    )


def _split_at(words: Sequence[str], mark: str) -> tuple[list[str], str, list[str]]:
    if mark in words:
        position = list(words).index(mark)
        return list(words[:position]), mark, list(words[position + 1 :])
    return list(words), "", []
