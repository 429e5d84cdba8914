"""SR2xx: how the tests are run, and what they take for granted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.checks._guide import guide, home, known, runnable
from pytest_sprintready.checks._told import told
from pytest_sprintready.facts import ci, configuration, files, one_command, purpose
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.tasks import Task


def _require_tests(facts: Facts) -> None:
    if not facts.test_framework.value:
        raise SkipCheck("no tests were found (SR211)")


def _skip_if_elsewhere(facts: Facts) -> None:
    """Raise SkipCheck where the package stands in a folder of its own: facts are those of the root."""
    if facts.project.files:
        return
    for path in facts.snapshot.files:
        folder, _, name = path.rpartition("/")
        if name in {"pyproject.toml", "setup.py", "setup.cfg"} and folder and folder.count("/") <= 1:
            raise SkipCheck(f"the project is declared in {path}; only the root is read")


# One command ----------------------------------------------------------------------------------------------------


@check(
    "SR201",
    "single-test-command",
    Severity.REQUIRED,
    title="No single command builds the environment and runs the tests",
    why="One command needs no knowledge of environments; every further step is one that goes wrong on some laptop.",
    fix="Configure nox, tox, hatch, uv or a make target so that one command builds the environment and tests.",
    source="GUIDANCE row 30; https://docs.scientific-python.org/development/principles/testing/",
)
def single_test_command(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept any command that the configuration offers; SR202 asks whether it is documented."""
    _require_tests(facts)
    if facts.single_command.value:
        yield from facts.single_command.evidence
        return
    if facts.single_command_available.value:
        yield facts.single_command_available.evidence[0]
        return
    if offered := one_command.with_submodules(facts):  # SR505 asks whether the recursive clone is documented
        yield offered[0][1]
        return
    _skip_if_elsewhere(facts)
    documented = facts.primary_test_command.value
    place = next(iter(facts.primary_test_command.evidence or facts.test_framework.evidence), None)
    task = _test_task(facts)
    if documented:
        message = f"{place} says `{documented}`, which needs an environment that was made before."
    else:
        message = f"There are tests ({place}), but nothing here makes their environment and runs them in one go."
    yield Finding(message, place, fix=_single_command_to_add(facts, task))


def _test_task(facts: Facts) -> Task | None:
    """The task of make, just, invoke... that runs the tests in whatever environment there is."""
    return min(_test_tasks(facts), key=lambda task: (not _is_conventional(task), len(task.name)), default=None)


def _single_command_to_add(facts: Facts, task: Task | None) -> str:
    documented = facts.primary_test_command.value
    program = documented.partition(" ")[0].removeprefix("./")
    manager = program if program in {"poetry", "pdm", "pipenv"} else ""
    if manager:
        return f"Write into {home(facts)}, as one line: `{manager} install && {documented}`."
    if program and facts.snapshot.has(program) and not program.endswith("manage.py"):
        return f"Let `{documented}` make or start what it needs first, so that it works on a fresh clone."
    needed = _installed_for_tests(facts)
    if task is not None and task.runner in {"make", "just"}:
        what = "target" if task.runner == "make" else "recipe"
        return (
            f"Let the {what} `{task.name}` in {task.path} make its environment first: `python -m venv .venv`, then "
            f"`.venv/bin/python -m pip install {needed}`."
        )
    command = _plain_test_run(facts)
    where = "Add to noxfile.py" if facts.snapshot.has("noxfile.py") else "Add a noxfile.py with"
    return (
        f"{where} a session `tests` that runs `session.install({_quoted(needed)})` and "
        f"`session.run({_quoted(command)})`; then `nox -s tests` is the one command."
    )


def _plain_test_run(facts: Facts) -> str:
    if facts.test_framework.value == "unittest":
        return "python -m unittest"
    if facts.test_framework.value == "django" and facts.snapshot.has("manage.py"):
        return "python manage.py test"
    return "pytest"


def _quoted(words: str) -> str:
    return ", ".join('"' + word.strip("\"'") + '"' for word in words.split())


def _installed_for_tests(facts: Facts) -> str:
    """What pip installs for the tests, in the words of its command line."""
    own = "-e ." if facts.project.raw_name else ""
    places = known(facts.test_dependencies_in, ())
    for place in sorted(places, key=lambda place: not re.search(r"[:/_.-]tests?(ing)?\b", place)):
        kind, _, name = place.partition(":")
        if kind == "extra":
            return f'-e ".[{name}]"'
        if kind == "group":
            return f"{own} --group {name}".strip()
        if kind == "requirements":
            return f"{own} -r {name}".strip()
    return f"{own} pytest".strip() if facts.test_framework.value == "pytest" else own or "-r requirements.txt"


@check(
    "SR202",
    "single-command-documented",
    Severity.RECOMMENDED,
    title="The one command that builds the environment and runs the tests is not documented",
    why="A command nobody writes down is found by those who know the tool already.",
    fix="Write the one command into the guide, before or beside the way with an environment made by hand.",
    source="GUIDANCE row 30",
)
def single_command_documented(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept the command anywhere in the contributor documents: which way stands first is a matter of taste."""
    _require_tests(facts)
    available = facts.single_command_available
    if facts.single_command.value:
        yield from facts.single_command.evidence
        return
    if not available.value:
        raise SkipCheck("there is no such command yet (SR201)")
    documented = {each.place for each in facts.documented}
    for command, place in zip(available.value, available.evidence, strict=True):
        said = place if place in documented else told(facts, rf"(?<![\w./-]){re.escape(command)}(?![\w-])", command)
        if said:
            yield said
            return
    guide(facts)
    lead = facts.primary_test_command
    if not lead.value:
        raise SkipCheck("no test command is documented (SR105)")
    command, origin = available.value[0], available.evidence[0]
    if command.startswith("uv ") and not _uses_uv(facts):
        raise SkipCheck(f"`{command}` would do it, but nothing here says that this project works with uv")
    yield Finding(
        f"{lead.evidence[0]} says `{lead.value}`, which needs an environment that was made before; `{command}` "
        f"({origin}) needs none, but no document names it.",
        lead.evidence[0],
        fix=f"Write into {lead.evidence[0].path}: To test without any set-up, run `{command}`.",
    )


def _uses_uv(facts: Facts) -> bool:
    if "uv" in facts.runners.value or "uv" in facts.project.tools:
        return True
    return any(re.search(r"\buv (run|sync)\b", command.text) for _, command, _why in ci.ci_commands(facts))


@check(
    "SR203",
    "conventional-test-name",
    Severity.RECOMMENDED,
    title="The task that runs the tests has no name that can be guessed",
    why='"test" or "tests" is what people try, and what other projects taught them.',
    fix='Call the session, target, recipe or script "test" or "tests", or add one of that name that calls it.',
    source="GUIDANCE row 31",
)
def conventional_test_name(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a name with the part test, tests or pytest, tox's own names (py, py312), and the GNU name `make check`."""
    tasks = list(_test_tasks(facts))
    if not tasks:
        raise SkipCheck("no task runner here has a task for the tests")
    for task in tasks:
        if _is_conventional(task):
            yield _place(task)
            return
    if any(each.purpose == "test" and re.search(r"\bhatch test\b", each.command.text) for each in facts.documented):
        yield _place(tasks[0])
        return
    task = tasks[0]
    yield Finding(
        f"{_place(task)}: the tests are run by the task `{task.name}` of {task.runner}; people try `tests` or "
        "`test` first.",
        _place(task),
        fix=f"Rename `{task.name}` in {task.path} to `tests`, or add a task `tests` there that runs it.",
    )


def _place(task: Task) -> Evidence:
    return Evidence(task.path, task.line)


def _is_conventional(task: Task) -> bool:
    names = (task.name, *task.aliases)
    if task.runner == "tox" and (task.default or any(re.match(r"(py|pypy)\d*|\d\.\d+", name) for name in names)):
        return True
    if task.runner == "make" and task.name == "check":
        return True
    return any(
        part in {"test", "tests", "pytest", "unittest", "unittests", "runtests"}
        for name in names
        for part in re.split(r"[^a-z]+", name.lower())
    )


def _test_tasks(facts: Facts) -> Iterator[Task]:
    for file in facts.task_files:
        if file.runner != "script":
            for task in file.tasks:
                if purpose.of_task(task, facts.world) == "test":
                    yield task


# What the tests take for granted --------------------------------------------------------------------------------

_NETWORK_WORD = pattern(
    r"network|internet|online|offline|remote[-_]?data|\bweb\b|\blive\b|[-_]sockets?\b|real[-_]?http|external[-_]?(api|services?|http)",
    re.IGNORECASE,
)
_NETWORK_FILE = pattern(r"network|internet|online|offline|remote|web|live|external|download|e2e", re.IGNORECASE)
_MOCKED = pattern(
    r"responses|respx|requests[-_]mock|\bvcr|httpretty|httpx[-_]mock|HTTPXMock|aioresponses|\bmock|\bpatch\b|monkeypatch"
    r"|MockTransport|betamax|cassette|\bpook\b|mocker|httpserver|stub|fake|\bgock\b|wiremock|responder|localserver",
    re.IGNORECASE,
)
_CALL = pattern(
    r"""\b(?:(?:requests|httpx)\.(?:get|post|put|head|delete)|urlopen|urlretrieve|pooch\.retrieve)\(\s*["']https?://"""
)
# One of them is in every such call; a plain search first: it is a hundred times faster.
_CALLED = ("requests.", "httpx.", "urlopen", "urlretrieve", "pooch.retrieve")
_READ_AT_MOST = 300  # test files; the largest projects have thousands
_SWITCH = pattern(r"""addinivalue_line\(.*|["']--[\w-]+["']|\bmark\.\w+|\benviron\b.*""")


@check(
    "SR207",
    "network-tests-marked",
    Severity.RECOMMENDED,
    title="Tests reach the network and cannot be told apart",
    why="Sixty people share the hall's network; tests that need it fail there for no fault of the change.",
    fix='Mark such tests, for example `@pytest.mark.network`, register the marker, and document `-m "not network"`.',
    source="GUIDANCE row 36; https://github.com/fatiando/pooch/issues/250",
)
def network_tests_marked(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge calls with a literal public address, in tests that mock nothing and carry no decorator that may skip."""
    _require_tests(facts)
    switch = _network_switch(facts)
    if switch:
        yield switch
        return
    found = _network_call(facts)
    if found is None:
        raise SkipCheck("no test is seen to reach the network; only a run without network can tell")
    place, line = found
    marker = "registers no marker for such tests" if facts.pytest_config else "there is no marker for such tests"
    where = facts.pytest_config.path + " " if facts.pytest_config else ""
    yield Finding(
        f"{place} reaches the network: `{line}`; {where}{marker}.",
        place,
        fix=f"Put `@pytest.mark.network` on that test, register the marker in {_pytest_home(facts)}, and write into "
        f'{home(facts)}: Without network, run `{_pytest_command(facts)} -m "not network"`.',
    )


def _pytest_home(facts: Facts) -> str:
    return facts.pytest_config.path if facts.pytest_config else "pyproject.toml"


def _pytest_command(facts: Facts) -> str:
    documented = known(facts.primary_test_command, "")
    return documented if re.fullmatch(r"(\S+ )*pytest", documented) else "pytest"


def _network_switch(facts: Facts) -> Evidence | None:
    """Where tests that need the network can be told apart or are shut off: a marker, an option, a plugin."""
    config = facts.pytest_config
    if config is not None:
        for marker in config.markers:
            if _NETWORK_WORD.search(marker.text.partition(":")[0]):
                return marker.place
        for option in config.addopts:
            if _NETWORK_WORD.search(option):
                return config.places.get("addopts") or Evidence(config.path)
    for path in files.test_files(facts):
        if path.endswith("conftest.py"):
            for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
                found = _SWITCH.search(line)
                if found and _NETWORK_WORD.search(found[0]):
                    return Evidence(path, number)
    for place in known(facts.test_dependencies_in, ()):
        names = configuration.names_declared(facts, place) if place != "none" else ()
        if {"pytest-socket", "pytest-recording", "pytest-vcr", "pytest-remotedata"} & set(names):
            return facts.dependency_places[place].place
    return None


def _network_call(facts: Facts) -> tuple[Evidence, str] | None:
    """The first call to a public address in a test that nothing mocks or may skip, with its source line."""
    from pytest_sprintready.reading.network_calls import first_public_call

    paths = [
        path
        for path in files.test_files(facts)
        if not path.endswith("conftest.py") and not _NETWORK_FILE.search(path)
        and not re.search(r"(^|/)(integration|functional|system|acceptance|smoke)[-_\w]*/|fixtures?/|/data/", path)
    ]  # fmt: skip
    paths = paths[:_READ_AT_MOST]
    facts.snapshot.prefetch(paths)
    for path in paths:
        text = facts.text(path) or ""
        if not any(name in text for name in _CALLED) or not _CALL.search(text) or _MOCKED.search(text):
            continue
        line = first_public_call(path, text)
        if line:
            return Evidence(path, line), text.splitlines()[line - 1].strip()[:120]
    return None


@check(
    "SR208",
    "quick-subset",
    Severity.RECOMMENDED,
    title="Slow tests are marked, but no document says how to leave them out",
    why="A loop of two minutes is where a day's work gets done; a slow suite is run once and given up.",
    fix='Show beside the test command how to run the quick part, for example `pytest -m "not slow"`.',
    source="GUIDANCE row 38",
)
def quick_subset(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask only where a marker says that some tests are slow and the configuration does not leave them out itself."""
    _require_tests(facts)
    config = facts.pytest_config
    slow = next((m for m in config.markers if re.match(r"\W*(slow|long|heavy)", m.text)), None) if config else None
    if config is None or slow is None:
        raise SkipCheck("no marker says that some tests are slow; only a run can tell")
    marker = re.split(r"[:(\s]", slow.text.strip())[0]
    if not _is_used(facts, marker):
        raise SkipCheck(f"{slow.place} registers `{marker}`, which no test is seen to carry")
    if any(marker in option for option in config.addopts):
        yield config.places.get("addopts") or slow.place
        return
    switch = _option_for(facts, marker)
    if switch:
        yield switch
        return
    word = re.escape(marker)
    said = told(
        facts,
        rf"\bnot {word}\b|-m\W+{word}\b|mark\.{word}\b|--[\w-]{{0,40}}{word}|\b{word} tests|[`\"']{word}[`\"']",
        marker,
    )
    if said:
        yield said
        return
    guide(facts)
    yield Finding(
        f"{slow.place} registers `{marker}`, but no document says how to leave such tests out.",
        slow.place,
        fix=f'Write into {home(facts)}: For a quick run, `{_pytest_command(facts)} -m "not {marker}"`.',
    )


def _is_used(facts: Facts, marker: str) -> bool:
    paths = files.test_files(facts)[:_READ_AT_MOST]
    facts.snapshot.prefetch(paths)
    return any(re.search(rf"\bmark\.{re.escape(marker)}\b", facts.text(path) or "") for path in paths)


def _option_for(facts: Facts, marker: str) -> Evidence | None:
    """Where a conftest.py adds an option for a marker (`--run-slow`), so that such tests are left out by default."""
    for path in files.test_files(facts):
        if path.endswith("conftest.py"):
            for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
                if re.search(rf"[\"']--[\w-]{{0,40}}{re.escape(marker)}", line):
                    return Evidence(path, number)
    return None


@check(
    "SR209",
    "warnings-as-errors-narrow",
    Severity.RECOMMENDED,
    title="Every warning fails the tests, and nothing is exempt",
    why="The release of any dependency can turn the suite red on the morning of the sprint.",
    fix="Let warnings be errors in CI alone, pin what the tests install, or exempt what dependencies warn of.",
    source="GUIDANCE row 35; https://github.com/scikit-learn/scikit-learn/issues/12043",
)
def warnings_as_errors_narrow(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept exemptions, a filter for the project's own modules, and a lock file that pins what is installed."""
    config = facts.pytest_config
    if config is None:
        raise SkipCheck("pytest is not configured here")
    everything = next((each for each in config.filterwarnings if _makes_all_errors(each.text)), None)
    place = everything.place if everything else None
    written = everything.text if everything else ""
    options = " ".join(config.addopts)
    if place is None and re.search(r"(^|\s)-W ?error(\s|$)", options):
        place, written = config.places.get("addopts") or Evidence(config.path), "-W error"
    if place is None:
        raise SkipCheck(f"{config.path} does not turn all warnings into errors")
    exempt = [each for each in config.filterwarnings if re.match(r"\W*(ignore|default|once|always|module)", each.text)]
    if exempt:
        yield exempt[0].place
        return
    lock = _lock_file(facts)
    if lock:
        yield Evidence(lock)
        return
    yield Finding(
        f"{place} says `{written}` and exempts nothing, and no lock file pins what the tests install.",
        place,
        fix=f"In {config.path} exempt what others may cause{_example_filter(facts)}, or leave `-W error` to CI.",
    )


def _example_filter(facts: Facts) -> str:
    name = min(configuration.names_declared(facts, "project.dependencies"), default="").replace("-", "_")
    return f", for example `ignore::DeprecationWarning:{name}`" if name else ""


def _makes_all_errors(filter_: str) -> bool:
    parts = [part.strip() for part in filter_.split(":")]
    parts += [""] * (4 - len(parts))
    return parts[0] == "error" and not parts[1] and parts[2] in {"", "Warning", "DeprecationWarning"} and not parts[3]


def _lock_file(facts: Facts) -> str:
    """A file that pins what is installed for the tests, "" if there is none."""
    for name in ("uv.lock", "poetry.lock", "pdm.lock", "pixi.lock", "pylock.toml", "Pipfile.lock", "conda-lock.yml"):
        if facts.snapshot.has(name):
            return name
    for place in known(facts.test_dependencies_in, ()):
        group = facts.dependency_places.get(place)
        if group and place.startswith("requirements:") and _is_pinned(group.requirements):
            return group.place.path
    return ""


def _is_pinned(requirements: object) -> bool:
    written = [each.text for each in requirements if not each.text.startswith((".", "-"))]  # type: ignore[attr-defined]
    return bool(written) and all("==" in text for text in written)


# What the tests need --------------------------------------------------------------------------------------------


@check(
    "SR211",
    "tests-exist",
    Severity.REQUIRED,
    title="There are no tests",
    why="Without tests nobody at the table can tell whether a change broke something.",
    fix="Add a first test that imports the package, and write down how to run it.",
    source="GUIDANCE row 5",
)
def tests_exist(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept any test file, and do not judge where a command for tests runs something that is not recognised."""
    if facts.test_framework.value:
        yield from facts.test_framework.evidence[:1]
        return
    if not any(path.endswith(".py") for path in facts.snapshot.files):
        raise SkipCheck("this repository holds no Python file")
    if not facts.project.files and not configuration.requirements_files(facts):
        raise SkipCheck("no file declares a Python project here")
    command = runnable(facts)
    if command:
        raise SkipCheck(f"`{command}` runs tests, but no file is recognised as one")
    name = (facts.project.packages or (facts.project.name.replace("-", "_"),))[0] or "the package"
    yield Finding(
        "No file of this repository is recognised as a test.",
        fix=f"Add tests/test_import.py with a test that imports {name}.",
    )


@check(
    "SR212",
    "test-dependencies-declared",
    Severity.REQUIRED,
    title="What the tests need is declared nowhere",
    why="Whoever sets up by hand must guess what to install; CI hides the gap.",
    fix='Declare it in one named place, for example `test = ["pytest"]` under [dependency-groups] of pyproject.toml.',
    source="GUIDANCE row 21; https://peps.python.org/pep-0735/",
)
def test_dependencies_declared(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask where the tests need pytest; accept an extra, a group, an environment or a requirements file."""
    _require_tests(facts)
    if facts.test_dependencies_in.value != ("none",):
        yield from facts.test_dependencies_in.evidence[:1]
        return
    framework = facts.test_framework
    if framework.value != "pytest":
        raise SkipCheck(f"the tests are written for {framework.value}, which needs no declaration")
    _skip_if_elsewhere(facts)
    if any(re.search(r"\bhatch test\b", text) for text in (*facts.test_commands.value, *facts.ci_test_commands.value)):
        raise SkipCheck("`hatch test` brings pytest along")
    named = _names_pytest(facts)
    if named:
        raise SkipCheck(f"{named} names pytest, in a form that is not read")
    installed = _installed_by_ci(facts)
    place = installed[0] if installed else framework.evidence[0]
    yield Finding(
        f"{installed[0]} installs pytest with `{installed[1]}`, but no file here declares it."
        if installed
        else f"The tests are written for pytest ({place}), but no file here declares it.",
        place,
        fix='Add to pyproject.toml under [dependency-groups]: `test = ["pytest"]`.'
        if "pyproject.toml" in facts.project.files
        else f"Add requirements-test.txt with the line `pytest`, and write into {home(facts)} how to install it.",
    )  # fmt: skip


def _names_pytest(facts: Facts) -> str:
    """A file that mentions pytest where something is installed, though no reader takes it for a declaration."""
    for path in facts.snapshot.files:
        if path.count("/") <= 2 and re.search(
            r"(^|/)(Dockerfile[\w.-]*|[\w.-]*\.Dockerfile|pyproject\.toml|setup\.(py|cfg)|Pipfile|tox\.ini|noxfile\.py"
            r"|Makefile|justfile|[\w.-]*requirement[\w.-]*|[\w.-]*env[\w.-]*\.ya?ml|BUILD(\.bazel)?|pants\.toml|\w+\.nix"
            r"|[\w-]*(install|setup|bootstrap|test)[\w-]*\.sh)$",
            path,
            re.IGNORECASE,
        ):
            text = re.sub(r"\[tool[.:]pytest[\w.]*\]", "", facts.text(path) or "")
            if re.search(r"[\"'=\s]pytest\b", text) and re.search(
                r"^[ \t]*[\"']?pytest([\s\[=<>~!,;\"']|$)|install.{0,200}\bpytest\b"
                r"|[\"']pytest([=<>~!\[][^\"']*)?[\"']",
                text,
                re.MULTILINE,
            ):
                return path
    return ""


def _installed_by_ci(facts: Facts) -> tuple[Evidence, str] | None:
    for _, command, _why in ci.ci_commands(facts):
        if re.search(r"\bpip3? install\b.{0,200}\bpytest\b", command.text):
            return Evidence(command.path, command.line), command.text
    return None


@check(
    "SR213",
    "test-dependencies-agree",
    Severity.RECOMMENDED,
    title="Two places declare different test dependencies",
    why="Which of the two makes the tests pass is found out by trying both.",
    fix="Keep one place, or let one include the other.",
    source="GUIDANCE row 21",
)
def test_dependencies_agree(facts: Facts) -> Iterator[Finding | Evidence]:
    """Compare places named for the tests: an extra or group against a requirements file that does not include it."""
    _require_tests(facts)
    places = [place for place in known(facts.test_dependencies_in, ()) if _TEST_PLACE.fullmatch(place)]
    lists = [place for place in places if place.startswith("requirements:")]
    tables = [place for place in places if not place.startswith("requirements:")]
    if not lists or not tables:
        raise SkipCheck("test dependencies are declared in one place, or in places that are not comparable")
    runtime = configuration.names_declared(facts, "project.dependencies") | {facts.project.name}
    for table in tables:
        for path in lists:
            one = configuration.names_declared(facts, table) - runtime
            other = configuration.names_declared(facts, path) - runtime
            if _is_pinned(facts.dependency_places[path].requirements):
                other &= one  # a pinned file lists what dependencies need as well
            needed = _used_by_tests(facts, one ^ other)
            one, other = one & needed, other & needed
            if not needed:
                yield facts.dependency_places[table].place
                continue
            yield Finding(
                f"{facts.dependency_places[table].place} ({table}) and {facts.dependency_places[path].place} differ: "
                + _difference(one, other, table, path),
                facts.dependency_places[path].place,
                fix=f"Keep one of them; {facts.dependency_places[path].place.path} can be replaced by "
                f"`-e .[{table.partition(':')[2]}]`."
                if table.startswith("extra:")
                else f"Keep one of the two places: {table} or {facts.dependency_places[path].place.path}.",
            )


_TEST_PLACE = pattern(
    r"(extra|group):(tests?|testing)"
    r"|requirements:([\w.-]*requirements/)?(requirements[-_.]?)?(tests?|testing)([-_.]?requirements)?\.(txt|in|pip)"
    r"|requirements:tests?/requirements\.(txt|in|pip)"
)


def _used_by_tests(facts: Facts, names: frozenset[str]) -> frozenset[str]:
    """Those of the distributions that the tests need for certain: plugins of pytest, and what a test file imports."""
    found = {name for name in names if name.startswith("pytest")}
    modules = {name.replace("-", "_"): name for name in names - found}
    if modules:
        imported = re.compile(
            rf"^[ \t]*(?:import|from)[ \t]+({'|'.join(map(re.escape, sorted(modules)))})\b", re.MULTILINE
        )
        paths = files.test_files(facts)[:_READ_AT_MOST]
        facts.snapshot.prefetch(paths)
        for path in paths:
            found |= {modules[module] for module in imported.findall(facts.text(path) or "")}
    return frozenset(found)


def _difference(one: frozenset[str], other: frozenset[str], first: str, second: str) -> str:
    parts = []
    if one - other:
        parts.append(f"only {first} has {', '.join(sorted(one - other)[:4])}")
    if other - one:
        parts.append(f"only {second.partition(':')[2]} has {', '.join(sorted(other - one)[:4])}")
    return "; ".join(parts) + "."
