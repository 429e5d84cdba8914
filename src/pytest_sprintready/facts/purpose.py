"""What a command line is for: set-up, tests (all or a part), lint, docs, version control.

A task of a runner is judged by what it runs, so `make check` is a test where its recipe is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.reading.arguments import (
    MAKE_VALUED,
    NOX_MANY,
    NOX_VALUED,
    PIXI_VALUED,
    TOX_MANY,
    TOX_VALUED,
    expanded,
    parsed,
    python_parts,
    split_outside_braces,
    word_set,
)
from pytest_sprintready.reading.command import Call
from pytest_sprintready.reading.launchers import launched, started_in_container
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.selection import (
    WHOLE_FOLDERS,
    django_is_narrow,
    has_placeholder,
    is_narrow,
    runs_nothing,
    unittest_is_narrow,
)
from pytest_sprintready.reading.shell import is_program, program_name, split_line, unwrapped
from pytest_sprintready.reading.task_names import by_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pytest_sprintready.reading.command import Command
    from pytest_sprintready.reading.tasks import Task, TaskFile

# In order of what a line with several calls counts as.
ORDER = ("test", "test-part", "setup", "lint", "docs", "release", "git", "move", "other")

_MAX_DEPTH = 5
_MAX_LAUNCHERS = 8


class World:
    """What is known of the repository's runners: its task files and the folders that hold the whole suite."""

    def __init__(self, task_files: Sequence[TaskFile] = (), whole: frozenset[str] = WHOLE_FOLDERS) -> None:
        self.task_files = task_files
        self.whole = whole
        self._judged: dict[Task, str] = {}
        self._named: dict[str, dict[str, Task]] = {}

    def of(self, runner: str) -> list[TaskFile]:
        """Return the task files of one runner."""
        return [task_file for task_file in self.task_files if task_file.runner == runner]

    def task(self, runner: str, name: str) -> Task | None:
        """Return the task `name` of `runner`, by name or alias."""
        if runner not in self._named:
            named: dict[str, Task] = {}
            for file in self.of(runner):
                for task in file.tasks:
                    for known in (task.name, *task.aliases):
                        named.setdefault(known, task)
            self._named[runner] = named
        return self._named[runner].get(name)

    def defaults(self, runner: str) -> list[Task]:
        """Return the tasks that `runner` runs where none is named."""
        return [task for file in self.of(runner) for task in file.tasks if task.default]

    def purpose_of_task(self, task: Task, depth: int) -> str:
        """Return what a task is for, worked out once."""
        if task not in self._judged:
            self._judged[task] = "other"  # what a task that calls itself finds
            self._judged[task] = _of_task(task, self, depth)
        return self._judged[task]


def purpose_of(command: Command, world: World) -> str:
    """Return what a whole command line is for, one of ORDER."""
    return strongest(purpose(call, world) for call in command.calls)


def strongest(purposes: Iterable[str]) -> str:
    """Return the purpose that a line or task with all of these counts as."""
    return min(purposes, key=ORDER.index, default="other")


def purpose(call: Call, world: World, depth: int = 0) -> str:
    """Return what one program call is for: what the program does, or the one it launches. Tasks are looked into."""
    current: Call | None = call
    for _ in range(_MAX_LAUNCHERS if depth <= _MAX_DEPTH else 0):
        current = unwrapped(current) if current is not None else None
        if current is None or not current.words:
            break
        found = _of_program(current, world, depth)
        if found:
            return found
        current = launched(current) or started_in_container(current)
    return "other"


def _of_program(call: Call, world: World, depth: int) -> str:
    """Return what a call is for by its own program, "" where that only starts another one."""
    name = program_name(call)
    words = list(call.words[1:])
    if name in {"source", "."} and words and words[0].startswith(("~/.", "$HOME/.")):
        return "other"  # the shell's own settings
    if name in _BY_PROGRAM:
        return _BY_PROGRAM[name]
    if name in _JUDGES:
        return _JUDGES[name](words, world, depth)
    path = call.program.replace("\\", "/")
    if "*" in path:
        return "other"  # a pattern of `case`
    if path.endswith("manage.py"):
        return _of_django(words, world, depth)
    if "/" in path or path.endswith((".py", ".sh")):
        return _of_script(path, words, world, depth)
    return ""


# Programs that do one thing, whatever their arguments ------------------------------------------------------------

_BY_PROGRAM = {
    program: purpose
    for purpose, programs in {
        "lint": (
            "ruff flake8 black isort mypy pylint pyright basedpyright bandit codespell pyupgrade ty autopep8 "
            "yapf pydocstyle pycodestyle djlint eslint prettier blacken-docs vulture pyrefly interrogate "
            "check-manifest rstcheck doc8 validate-pyproject pytype shellcheck clang-format slotscheck pyflakes "
            "darglint curlylint unimport autoflake docformatter typos reuse"
        ),
        "docs": "sphinx-build sphinx-autobuild sphinx sphinx-apidoc mkdocs zensical pdoc jupyter-book lektor antora",
        "release": "twine towncrier bumpversion bump2version bump-my-version scriv changie reno build cz",
        "git": "gh hub glab hg svn",
        "move": "cd pushd popd ls pwd echo export set cat open xdg-open",
        "setup": (
            "venv virtualenv mkvirtualenv workon pip-sync pip-compile apt apt-get aptitude brew dnf yum pacman "
            "zypper apk choco winget scoop port snap rustup nvm asdf mise direnv source . createdb "
            "createuser corepack xcode-select cp easy_install mkdir activate"
        ),
    }.items()
    for program in programs.split()
}


# Test programs ---------------------------------------------------------------------------------------------------


def _tests(words: list[str], world: World, _depth: int) -> str:
    if runs_nothing(words):
        return "other"
    return "test-part" if is_narrow(words, world.whole) else "test"


def _unittest(words: list[str], world: World, _depth: int) -> str:
    if runs_nothing(words):
        return "other"
    return "test-part" if unittest_is_narrow(words, world.whole) else "test"


def _of_django(words: list[str], world: World, _depth: int) -> str:
    verb = words[0] if words else ""
    if verb == "test":
        return "test-part" if django_is_narrow(words[1:], world.whole) else "test"
    return "setup" if verb in {"migrate", "createsuperuser", "loaddata", "collectstatic", "syncdb"} else "other"


# Runners of environments -----------------------------------------------------------------------------------------


# Subcommands that only tell something (https://tox.wiki, "CLI interface").
_TOX_TELLS = word_set("list l config c depends de exec e quickstart q schema man")


def _tox(words: list[str], world: World, depth: int) -> str:
    own, passed = _split_at_dashes(words)
    if own[:1] in (["devenv"], ["d"]):
        return "setup"
    if not _TOX_TELLS.isdisjoint(own[:1]):
        return "other"
    if runs_nothing(own) or "-n" in own:
        return "other"
    return _of_environments("tox", own, passed, world, depth)


def _nox(words: list[str], world: World, depth: int) -> str:
    own, passed = _split_at_dashes(words)
    return "other" if runs_nothing(own) else _of_environments("nox", own, passed, world, depth)


def _split_at_dashes(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the words before `--` and those after it, which the runner hands on."""
    if "--" not in words:
        return words, []
    position = words.index("--")
    return words[:position], words[position + 1 :]


def _of_environments(program: str, own: list[str], passed: list[str], world: World, depth: int) -> str:
    names = environment_names(program, own)
    if names:
        purposes = [_of_environment(program, name, world, depth) for name in names]
    else:  # what a project runs by default is its whole suite
        purposes = [of_task(task, world, depth) for task in world.defaults(program)] or ["test"]
        purposes = ["test" if each == "test-part" else each for each in purposes]
        if program == "tox" and strongest(purposes) == "other":
            purposes = ["test"]  # what tox is there for, where its commands cannot be read
    found = strongest(purposes)
    return "test-part" if found == "test" and passed and is_narrow(passed, world.whole) else found


def environment_names(program: str, words: Sequence[str]) -> list[str]:
    """Return the environments, sessions, tags, factors or labels a tox or nox call names: `-e a,b`, `-s a b`."""
    if program == "nox":
        arguments = parsed(words, NOX_VALUED, NOX_MANY)
        return arguments.values("-s", "-e", "--session", "--sessions", "-t", "--tag", "--tags", "-k", "--keywords")
    arguments = parsed(words, TOX_VALUED, TOX_MANY)
    chosen = arguments.values("-e", "--env", "-f", "-m", "--labels")
    return [name for value in chosen for name in _tox_names(value)]


def _tox_names(value: str) -> list[str]:
    if "$" in value:  # braces belong to the shell's or the CI system's variables
        return [name for name in value.split(",") if name]
    return [name for part in split_outside_braces(value) for name in expanded(part)]


_SHELL_VARIABLE = pattern(r"\$\{\{.*?\}\}|\$\{\w+\}|\$\(.*?\)|\$\w+")
# Without a section of its own, an environment runs the commands of [testenv] (tox.wiki, "generative section list").
_PLAIN_TOX_ENV = pattern(r"(py|pypy)\d*($|-)|\d\.\d+|test")


def _of_environment(program: str, name: str, world: World, depth: int) -> str:
    base = re.sub(r"-\d+\.\d+.*$|\(.*$", "", name)  # a nox session with its Python or parameters
    plain = _SHELL_VARIABLE.sub("", base).strip("-")
    known = world.task(program, name) or world.task(program, base) or world.task(program, plain)
    tasks = [known] if known is not None else []
    tasks = tasks or [task for file in world.of(program) for task in file.tasks if name in task.tags]
    if any(task.commands for task in tasks):
        found = strongest(of_task(task, world, depth) for task in tasks)
        return "test-part" if found == "test" and _is_variation(program, tasks, world, depth) else found
    constant = _SHELL_VARIABLE.sub("", name).strip("-")
    named = by_name(base) if constant == name else by_name(constant)
    if named == "other" and (constant in {"", name, "py", "python"} or program == "tox"):
        chosen_elsewhere = constant != name  # by the matrix of a CI job
        return "test" if chosen_elsewhere or (program == "tox" and _PLAIN_TOX_ENV.match(name)) else named
    return named


def _is_variation(program: str, tasks: list[Task], world: World, depth: int) -> bool:
    """Whether an environment outside those that run by default runs the tests in its own way: `tox -e random`."""
    if program != "tox" or any(task.default or by_name(task.name) == "test" for task in tasks):
        return False
    if any(_PLAIN_TOX_ENV.match(task.name) for task in tasks):
        return False
    return any(of_task(task, world, depth) == "test" for task in world.defaults(program))


def comes_to(command: Command, world: World, wanted: str) -> bool:
    """Return whether the tasks that a command starts are for `wanted` too: `make check` may build the documentation."""
    for call in command.calls:
        current: Call | None = call
        while current is not None and current.words:
            runner = program_name(unwrapped(current))
            if world.of(runner):
                names, _, _ = task_names(runner, unwrapped(current).words[1:])
                return any(_comes_to(world.task(runner, name), world, wanted) for name in names)
            current = launched(current)
    return False


def _comes_to(task: Task | None, world: World, wanted: str, depth: int = 0) -> bool:
    if task is None or depth > _MAX_DEPTH:
        return False
    needed = (world.task(task.runner, name) for name in task.needs)
    return of_task(task, world) == wanted or any(_comes_to(each, world, wanted, depth + 1) for each in needed)


# Tasks -----------------------------------------------------------------------------------------------------------


def of_task(task: Task, world: World, depth: int = 0) -> str:
    """Return what a task is for: the strongest purpose among its own commands and those it needs."""
    return world.purpose_of_task(task, depth)


def _of_task(task: Task, world: World, depth: int) -> str:
    purposes = [purpose(call, world, depth + 1) for line in task.commands for call in split_line(without_slots(line))]
    for needed in task.needs:
        found = world.task(task.runner, needed)
        if found is not None and found is not task and depth < _MAX_DEPTH:
            purposes.append(of_task(found, world, depth + 1))
    runs = strongest(purposes)
    if runs == "setup" and by_name(task.name) != "setup":  # what it installs first is not what it is for
        serves = any(_SERVES.search(line) for line in task.commands)
        runs = "other" if serves else strongest([each for each in purposes if each in {"lint", "docs"}] or ["setup"])
    return _reconciled(task, runs)


# What ends when somebody stops it shows the application, whatever it prepares before.
_SERVES = pattern(r"\b(manage\.py|django-admin|django)\s+runserver\b|\bflask\b.*\srun\b|\b(uvicorn|gunicorn)\s+\w")
_ONLY_SHOWS = pattern(r":(list|show|serve|open|print)\b")


def _reconciled(task: Task, runs: str) -> str:
    """Weigh what a task runs against what its name says: names count where the commands leave room."""
    named = by_name(task.name)
    if runs == "other" and task.commands and _ONLY_SHOWS.search(task.name):
        return "other"  # hatch's test:list-env
    if task.commands and re.match(r"cov(erage)?\b", task.name.rpartition("/")[2]):
        named = "other"  # reports on coverage are as often called so as the tests
    if runs == "setup":  # every task of a runner that builds installs something first
        return named if named not in {"other", "setup"} or task.builds else runs
    if runs in {"lint", "docs", "other"} and named in {"test", "setup"}:
        return named  # its author's word over our reading of its commands
    if runs == "test-part":  # what the project calls its tests is its whole suite
        return "test" if named == "test" or re.fullmatch(r"(py|pypy)\d*(\.\d+)?", task.name) else runs
    return named if runs in {"other", "move"} and named != "other" else runs


# Folders of tox and hatch, which a command names in full: {toxinidir}/tests, {work_dir}/coverage.xml.
_OWN_ROOT = pattern(r"\{(toxinidir|tox_root|root)\}[/\\]")
_OWN_FOLDER = pattern(r"(?<![${])\{(?!args\b|posargs\b)(\w+)\}(?!\})")
_SUBSTITUTION = pattern(r"\{(?:env:\w+|posargs|args)(?::([^{}]*))?\}")


def without_slots(line: str) -> str:
    """Drop the places where a runner puts the caller's arguments or environment, keeping their defaults."""
    line = re.sub(r"(--(?:python|group|extra|with) )\{\{.*?\}\}", r"\1any", line)  # an option keeps its value
    line = re.sub(r"\{\{.*?\}\}", "", line)
    line = _OWN_FOLDER.sub(r"\1", _OWN_ROOT.sub("", line))
    for _ in range(3):  # defaults nest: {posargs:{env:ARGS:tests}}
        line = _SUBSTITUTION.sub(lambda found: found[1] or "", line)
    line = re.sub(r"\$\$?\{\w+:-([^}]*)\}", r"\1", line)
    return re.sub(r'"?\$[@*]"?|\$\{@\}|"\$\{@(:\d)?\}"', "", line)


_NAMES_A_TEST = pattern(r"[/<\[{$]|::|\.py\b|^test_|\.\.\.")


def _tasks_of(runner: str) -> Callable[[list[str], World, int], str]:
    """Return the judge of calls of a runner of tasks."""

    def judge(words: list[str], world: World, depth: int) -> str:
        names, extra, directory = task_names(runner, words)
        if directory:
            in_docs = "docs" if re.match(r"\W*docs?\b", directory) else "other"
            return strongest(by_name(name) for name in names) if names else in_docs
        if runs_nothing(words):
            return "other"
        found = strongest(_of_named(runner, names, world, depth))
        chosen = [
            word for word in extra if word.startswith("-") or _NAMES_A_TEST.search(word)
        ]  # no variant: `test 3.12`
        if found == "test" and chosen and (has_placeholder(chosen) or is_narrow(chosen, world.whole)):
            return "test-part"
        return found

    return judge


_CHOSEN_BY_CI = pattern(r"\$\{\{[^{}]*\}\}")


def _of_named(runner: str, names: list[str], world: World, depth: int) -> Iterator[str]:
    for name in names:
        task = world.task(runner, name)
        if task is None and _CHOSEN_BY_CI.fullmatch(name):
            yield strongest(of_task(each, world, depth) for file in world.of(runner) for each in file.tasks)
        else:
            yield by_name(name) if task is None else of_task(task, world, depth)
    if not names:
        yield from (of_task(task, world, depth) for task in world.defaults(runner))


_ASSIGNMENT = pattern(r"[A-Za-z_]\w*=")
_TASK_VALUED = word_set(
    "-C --directory -d --working-directory -f --file -j --jobs -o --justfile -c --collection -r --root"
)


def task_names(runner: str, words: Sequence[str]) -> tuple[list[str], list[str], str]:
    """Return the tasks a call names, the further arguments it hands them, and the folder it runs in ("" for here)."""
    if runner == "make":
        arguments = parsed(words, MAKE_VALUED)
        names = [word for word in arguments.words if not _ASSIGNMENT.match(word) and not word.isdigit()]
        values = " ".join(word.partition("=")[2] for word in arguments.words if _ASSIGNMENT.match(word)).split()
        paths = [value for value in values if "/" in value or "::" in value or value.endswith(".py")]
        return names, [*paths, *arguments.rest], arguments.last("-C", "--directory")
    if runner == "just" and "--set" in words:  # takes a name and a value
        at = list(words).index("--set")
        words = [*words[:at], *words[at + 3 :]]
    arguments = parsed(words, _TASK_VALUED, stop_at_word=True)
    given = [word for word in arguments.rest if not _ASSIGNMENT.match(word)]
    extra = [word for word in given[1:] if word != "--"]
    return given[:1], extra, arguments.last("-C", "--directory", "-d", "--working-directory")


# Installers and project managers ---------------------------------------------------------------------------------

_SETUP_VERBS = word_set(
    "install sync venv create env shell activate ci develop ensurepath use tool python inject update init"
)


def _verb(words: Sequence[str]) -> str:
    return next((word for word in words if not word.startswith("-")), "")


_ENV_TELLS = word_set("export list info show")


def _installs(words: list[str], _world: World, _depth: int) -> str:
    if any(word.startswith("git+") for word in words):
        return "other"  # the development version, as a user would have it
    if words[:1] == ["env"] and not _ENV_TELLS.isdisjoint(words[1:2]):
        return "other"  # conda env export
    return "setup" if _verb(words) in _SETUP_VERBS else "other"


def _uv(words: list[str], world: World, depth: int) -> str:
    verb = _verb(words)
    if verb == "run" or words[:2] == ["tool", "run"]:
        return ""
    return _installs(words[1:] if verb == "pip" else words, world, depth)


def _pipx(words: list[str], world: World, depth: int) -> str:
    return "" if _verb(words) == "run" else _installs(words, world, depth)


def _project_manager(name: str) -> Callable[[list[str], World, int], str]:
    """Return the judge of a manager that installs, and whose `run` starts its own tasks or any program."""

    def judge(words: list[str], world: World, depth: int) -> str:
        if _verb(words) not in {"run", "r"}:
            return "test" if words[:1] == ["test"] else _installs(words, world, depth)
        started = launched(Call((name, *words)))
        given = list(started.words) if started else []
        if given and world.task(name, given[0]):
            return _tasks_of(name)(given, world, depth)
        return ""

    return judge


def _npm(words: list[str], _world: World, _depth: int) -> str:
    verb = _verb(words)
    if verb in _SETUP_VERBS:
        return "setup"
    named = by_name(words[1] if verb == "run" and len(words) > 1 else verb)
    return "other" if named in {"test", "test-part"} else named  # JavaScript's tests are not the suite


def _pre_commit(words: list[str], _world: World, _depth: int) -> str:
    return "setup" if _verb(words) in {"install", "install-hooks"} else "lint"


def _git(words: list[str], _world: World, _depth: int) -> str:
    return "setup" if words[:1] == ["submodule"] or words[:2] in (["lfs", "install"], ["lfs", "pull"]) else "git"


def _pyenv(words: list[str], _world: World, _depth: int) -> str:
    return "" if words[:1] == ["exec"] else "setup"


def _download(words: list[str], _world: World, _depth: int) -> str:
    return "setup" if any("install" in word for word in words) else "other"


def _container(name: str) -> Callable[[list[str], World, int], str]:
    def judge(words: list[str], _world: World, _depth: int) -> str:
        if started_in_container(Call((name, *words))):
            return ""
        starts = _verb(words) in {"up", "build", "compose", "start", "pull"} or not {"up", "build"}.isdisjoint(words)
        return "setup" if starts else "other"

    return judge


def _hatch(words: list[str], world: World, depth: int) -> str:
    verb = _verb(words)
    if verb == "test":
        return "test-part" if is_narrow([word for word in words[1:] if word != "-a"], world.whole) else "test"
    if verb == "fmt":
        return "lint"
    if "run" not in words:
        return "setup" if verb in {"env", "shell"} else "other"
    return _of_environment_run("hatch", words, world, depth)


def _pixi(words: list[str], world: World, depth: int) -> str:
    if _verb(words) in {"install", "shell", "add", "init"}:
        return "setup"
    return _of_environment_run("pixi", words, world, depth) if "run" in words else "other"


_MATRIX_CHOICE = pattern(r"[+-][\w-]+=")  # hatch run +py=3.12 test:run


def _of_environment_run(runner: str, words: list[str], world: World, depth: int) -> str:
    """Judge `hatch run [env:]script` and `pixi run task`, which start tasks or any program."""
    arguments = parsed(words[words.index("run") + 1 :], PIXI_VALUED | word_set("-i -f --env"), stop_at_word=True)
    given = arguments.rest
    given = given[next((place for place, word in enumerate(given) if not _MATRIX_CHOICE.match(word)), len(given)) :]
    if not given:
        return "other"
    environment, _, script = given[0].rpartition(":")
    if runner == "hatch" and words[:2] == ["env", "run"]:  # of one environment, "test.py3.12" of a matrix
        environment = arguments.last("-e", "--env").partition(".")[0]
    task = world.task(runner, f"{environment}:{script}" if environment else given[0]) or world.task(runner, script)
    if task is None and "$" in environment:  # any of those that have such a script
        tasks = [each for file in world.of(runner) for each in file.tasks if each.name.endswith(f":{script}")]
        task = next(iter(tasks), None)
    if task is not None:
        found = of_task(task, world, depth)
        return "test-part" if found == "test" and is_narrow(given[1:], world.whole) else found
    found = purpose(Call((script, *given[1:])), world, depth + 1)
    if is_program(script):
        return found
    return next((each for each in (found, by_name(script), by_name(environment)) if each != "other"), "other")


# Scripts ---------------------------------------------------------------------------------------------------------

_SETUP_PY = {"test": "test", "develop": "setup", "install": "setup", "build_ext": "setup", "build": "setup",
             "build_sphinx": "docs"}  # fmt: skip


def _python(words: list[str], world: World, depth: int) -> str:
    _, script, rest = python_parts(words)
    if launched(Call(("python", *words))):
        return ""
    return _of_program(Call((script, *rest)), world, depth) if "." in script or "/" in script else "other"


def _shell(words: list[str], world: World, depth: int) -> str:
    given = parsed(words, stop_at_word=True).rest
    return _of_script(given[0].replace("\\", "/"), given[1:], world, depth) if given else "other"


_ONE_TEST_FILE = pattern(r"test_\w+\.py")  # what pytest collects; a runner of all has another name


def _of_script(path: str, words: list[str], world: World, depth: int) -> str:
    path = path.removeprefix("./")
    name = path.rpartition("/")[2]
    if name == "setup.py":
        return _SETUP_PY.get(_verb(words), "other")
    if re.fullmatch(r"activate(\.\w+)?", name, re.IGNORECASE):
        return "setup"
    arguments = [word for word in words if word != "--"]
    asked = by_name(arguments[0]) if arguments and re.fullmatch(r"[\w:-]*[a-z][\w:-]*", arguments[0]) else "other"
    task = world.task("script", path)
    if asked not in {"other", by_name(path)}:  # a script of many tasks: ./run test
        found, arguments = asked, arguments[1:]
    elif task is not None and task.commands and not path.endswith(".py"):
        found = of_task(task, world, depth)
    else:
        found = by_name(path)
    is_part = found == "test" and (
        _ONE_TEST_FILE.fullmatch(name) or (is_narrow(arguments, world.whole) and not _names_suite(arguments))
    )
    return "test-part" if is_part else found


def _names_suite(arguments: list[str]) -> bool:
    """Whether the only plain argument is itself a task's name: `./run test`."""
    plain = [word for word in arguments if not word.startswith("-")]
    return len(plain) == 1 and bool(re.fullmatch(r"[a-zA-Z\d:-]+", plain[0])) and by_name(plain[0]) == "test"


# A judge takes the words after the program; "" means that the program only starts another one.
_JUDGES: dict[str, Callable[[list[str], World, int], str]] = {
    **dict.fromkeys(
        ("pytest", "trial", "twisted.trial", "nosetests", "nose2", "stestr", "ward", "green", "zope-testrunner"), _tests
    ),
    "unittest": _unittest,
    "django": _of_django,
    "django-admin": _of_django,
    "tox": _tox,
    "nox": _nox,
    **{name: _tasks_of(name) for name in ("make", "just", "invoke", "poe", "spin")},
    "task": _tasks_of("taskfile"),
    **dict.fromkeys(("pip", "flit", "bundle"), _installs),
    "uv": _uv,
    "pipx": _pipx,
    **{name: _project_manager(name) for name in ("poetry", "pdm", "pipenv", "rye", "conda")},
    "hatch": _hatch,
    "pixi": _pixi,
    **dict.fromkeys(("npm", "yarn", "pnpm"), _npm),
    **dict.fromkeys(("pre-commit", "prek"), _pre_commit),
    "git": _git,
    "pyenv": _pyenv,
    **dict.fromkeys(("curl", "wget"), _download),
    **{
        name: _container(name)
        for name in ("docker", "docker-compose", "podman", "podman-compose", "vagrant", "devcontainer")
    },
    "python": _python,
    **dict.fromkeys(("bash", "sh", "zsh"), _shell),
}
