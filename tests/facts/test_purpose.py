"""What a command is for: tables of command lines, with the tasks a repository declares."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts.purpose import ORDER, World, environment_names, of_task, purpose, strongest, task_names
from pytest_sprintready.reading.shell import split_line
from pytest_sprintready.reading.tasks import Task, TaskFile


def why(line: str, *tasks: Task, whole: frozenset[str] | None = None) -> str:
    files = [
        TaskFile(runner, "x", tuple(t for t in tasks if t.runner == runner)) for runner in {t.runner for t in tasks}
    ]
    world = World(files, whole) if whole is not None else World(files)
    return strongest(purpose(call, world) for call in split_line(line))


def task(runner: str, name: str, *commands: str, default: bool = False, needs: tuple[str, ...] = ()) -> Task:
    return Task(runner, name, "x", 1, commands=commands, default=default, needs=needs)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pytest", "test"),
        ("py.test -q", "test"),
        ("pytest tests/", "test"),
        ("pytest -n auto --cov=lantern --cov-report term-missing", "test"),
        ("pytest --cov -m 'not slow'", "test"),
        ("pytest tests/test_wick.py", "test-part"),
        ("pytest -k wick", "test-part"),
        ("pytest -m slow", "test-part"),
        ("pytest --lf", "test-part"),
        ("pytest path/to/test", "test-part"),
        ("pytest --collect-only", "other"),
        ("python -m pytest", "test"),
        ("python3.12 -X dev -m pytest tests", "test"),
        ("$(PYTHON) -m pytest", "test"),
        ("${PREFIX}pytest tests", "test"),
        ("venv/bin/pytest", "test"),
        ("coverage run -m pytest", "test"),
        ("coverage run --source lantern -m unittest discover", "test"),
        ("python -m unittest", "test"),
        ("python -m unittest tests.test_wick", "test-part"),
        ("python -m unittest discover -s tests", "test"),
        ("python -m twisted.trial lantern", "test-part"),
        ("trial tests", "test"),
        ("python manage.py test", "test"),
        ("./manage.py test lamps.wall", "test-part"),
        ("python manage.py test --tag slow", "test-part"),
        ("python manage.py migrate", "setup"),
        ("source .venv/bin/activate", "setup"),
        ("source ~/.bashrc", "other"),
        ("python setup.py test", "test"),
        ("python setup.py develop", "setup"),
        ("uv run pytest", "test"),
        ("uv run --group test --python 3.12 pytest tests", "test"),
        ("uvx tox", "test"),
        ("pipx run nox -s tests", "test"),
        ("poetry run pytest", "test"),
        ("pdm run pytest", "test"),
        ("pipenv run python -m pytest", "test"),
        ("conda run -n lantern pytest", "test"),
        ("hatch test", "test"),
        ("hatch test tests/test_wick.py", "test-part"),
        ("hatch run test:run", "test"),
        ("hatch run +py=3.12 test:run", "test"),
        ("docker compose run --rm web pytest", "test"),
        ("docker compose exec -e A=1 web python manage.py test", "test"),
        ("sudo -u lamp xvfb-run pytest", "test"),
        ("pyenv exec python3.12 -m pytest", "test"),
        ("./run_tests.sh", "test"),
        ("bash scripts/test.sh", "test"),
        ("python tests/test_wick.py", "test-part"),
        ("./run test", "test"),
        ("tox", "test"),
        ("tox -e py312", "test"),
        ("tox -p -e py312", "test"),
        ("tox -e lint", "lint"),
        ("tox -e py312 -- -k wick", "test-part"),
        ("tox -e $ENV", "test"),
        ("tox -e ${{ matrix.env }}", "test"),
        ("tox --listenvs", "other"),
        ("tox list", "other"),
        ("tox devenv venv", "setup"),
        ("nox -s tests-3.12", "test"),
        ("nox -s docs", "docs"),
        ("nox --list", "other"),
        ("make test", "test"),
        ("make -C docs html", "docs"),
        ("make test TESTS=tests/test_wick.py", "test-part"),
        ("just lint", "lint"),
        ("npm install", "setup"),
        ("npm test", "other"),
        ("npm run test:unit", "other"),
        ("pip install -e .", "setup"),
        ("python -m pip install -r requirements.txt", "setup"),
        ("pip install git+https://example.org/lantern", "other"),
        ("pip list", "other"),
        ("uv sync", "setup"),
        ("uv pip install -e .", "setup"),
        ("uv lock", "other"),
        ("uv pip install git+https://github.com/ada/lantern", "other"),
        ("conda env create -f environment.yml", "setup"),
        ("conda env export", "other"),
        ("python -m venv .venv", "setup"),
        ("pre-commit install", "setup"),
        ("prek install", "setup"),
        ("pre-commit run --all-files", "lint"),
        ("docker compose up -d", "setup"),
        ("docker ps", "other"),
        ("curl -LsSf https://example.org/install.sh", "setup"),
        ("git submodule update --init", "setup"),
        ("git push", "git"),
        ("ruff check .", "lint"),
        ("sphinx-build docs out", "docs"),
        ("twine upload dist/*", "release"),
        ("cd lantern", "move"),
        ("lantern --help", "other"),
        ("python lantern.py", "other"),
    ],
)
def test_a_command_line_has_a_purpose(line: str, expected: str) -> None:
    assert why(line) == expected


def test_the_strongest_call_names_the_line() -> None:
    assert why("cd lantern && pip install -e . && pytest") == "test"


def test_every_strength_is_known() -> None:
    assert strongest([]) == "other"
    assert [strongest([*ORDER[place:]]) for place in range(len(ORDER))] == [*ORDER]


@pytest.mark.parametrize(
    ("line", "tasks", "expected"),
    [
        pytest.param("make check", [task("make", "check", "pytest")], "test", id="by what it runs"),
        pytest.param("make check", [task("make", "check", "ruff check .")], "lint", id="a linter"),
        pytest.param(
            "make check", [task("make", "check", "pip install .", "ruff check .")], "lint", id="installs first"
        ),
        pytest.param(
            "make dev", [task("make", "dev", "pip install .", "ruff check .")], "setup", id="set-up by its name"
        ),
        pytest.param("poe ${{ matrix.task }}", [task("poe", "t", "pytest")], "test", id="a task chosen by CI's matrix"),
        pytest.param("poe ${{ matrix.task }}", [task("poe", "l", "ruff check")], "lint", id="chosen, and none tests"),
        pytest.param(
            "tox -e 3.12",
            [task("tox", "3.12", "pytest {posargs:--cov-report=xml:{work_dir}/c.xml {toxinidir}/tests}")],
            "test",
            id="tox's own folders",
        ),
        pytest.param(
            "make all", [task("make", "all", needs=("t",)), task("make", "t", "pytest")], "test", id="by what it needs"
        ),
        pytest.param("make", [task("make", "t", "pytest", default=True)], "test", id="the default"),
        pytest.param("make", [], "other", id="nothing known"),
        pytest.param("nox", [task("nox", "t", "pytest", default=True)], "test", id="default session"),
        pytest.param("nox", [task("nox", "t", "./odd", default=True)], "other", id="a session that tells nothing"),
        pytest.param("tox", [task("tox", "py", "{env:ODD}", default=True)], "test", id="what tox is there for"),
        pytest.param("tox", [task("tox", "fmt", "ruff format", default=True)], "lint", id="tox for linting alone"),
        pytest.param("nox -t py-${{ matrix.a }}", [task("nox", "tests", "pytest")], "test", id="chosen by CI's matrix"),
        pytest.param(
            "nox -s 'checks-${{ matrix.python }}(wick=None)'",
            [task("nox", "checks", "pytest")],
            "test",
            id="parameters",
        ),
        pytest.param("nox -s prepare", [task("nox", "prepare", "python make_docs.py")], "setup", id="its name says so"),
        pytest.param("make test", [task("make", "test", "./odd")], "test", id="the author's word"),
        pytest.param(
            "make test", [task("make", "test", "pytest tests/unit")], "test", id="a part the project calls all"
        ),
        pytest.param("just test 3.12", [task("just", "test", "pytest")], "test", id="a variant of the task"),
        pytest.param("just test tests/test_wick.py", [task("just", "test", "pytest")], "test-part", id="one file"),
        pytest.param("just --set python 3.12 test", [task("just", "test", "pytest")], "test", id="a variable set"),
        pytest.param(
            "just test",
            [task("just", "test", "uv run --python {{ if p == '' { '3.12' } else { p } }} --group test pytest")],
            "test",
            id="an option with a slot for its value",
        ),
        pytest.param("make fast", [task("make", "fast", "pytest tests/unit")], "test-part", id="a part"),
        pytest.param("make cov", [task("make", "cov", "coverage html")], "other", id="a report is no test"),
        pytest.param("poe t", [task("poe", "t", "pytest")], "test", id="poe"),
        pytest.param("invoke t", [task("invoke", "t", "pytest")], "test", id="invoke"),
        pytest.param("task t", [task("taskfile", "t", "pytest")], "test", id="Taskfile"),
        pytest.param("spin test", [task("spin", "test", "pytest")], "test", id="spin"),
        pytest.param("pdm run t", [task("pdm", "t", "pytest")], "test", id="pdm script"),
        pytest.param("pixi run t", [task("pixi", "t", "pytest")], "test", id="pixi task"),
        pytest.param("pixi run -e full t", [task("pixi", "t", "pytest")], "test", id="pixi task of an environment"),
        pytest.param("hatch run t", [task("hatch", "t", "pytest")], "test", id="hatch script"),
        pytest.param("hatch env run -e full.py3.12 t", [task("hatch", "full:t", "pytest")], "test", id="of a matrix"),
        pytest.param(
            "hatch env run --env $ENV t", [task("hatch", "full:t", "pytest")], "test", id="of some environment"
        ),
        pytest.param("hatch run test:python -m ensurepip", [], "other", id="a program in an environment for tests"),
        pytest.param(
            "hatch run test:list", [task("hatch", "test:list", "pip list")], "other", id="a script that shows"
        ),
        pytest.param("hatch run t tests/test_wick.py", [task("hatch", "t", "pytest")], "test-part", id="hatch part"),
        pytest.param("just t tests/test_wick.py", [task("just", "t", "pytest")], "test-part", id="just part"),
        pytest.param("just t <file>", [task("just", "t", "pytest")], "test-part", id="a placeholder"),
        pytest.param("tox -e t", [task("tox", "t", "pytest {posargs:tests}")], "test", id="tox's placeholder"),
        pytest.param(
            "nox -t wall", [Task("nox", "t", "x", 1, commands=("pytest",), tags=("wall",))], "test", id="a tag"
        ),
        pytest.param(
            "tox -e random",
            [task("tox", "py", "pytest", default=True), task("tox", "random", "pytest -p random")],
            "test-part",
            id="an extra environment is not the suite",
        ),
        pytest.param(
            "make shop",
            [task("make", "shop", "python manage.py migrate", "python manage.py runserver")],
            "other",
            id="a task that ends in a server",
        ),
        pytest.param(
            "make setup",
            [task("make", "setup", "python manage.py migrate", "python manage.py runserver")],
            "setup",
            id="unless its author calls it set-up",
        ),
        pytest.param("make loop", [task("make", "loop", needs=("loop",))], "other", id="a task that needs itself"),
        pytest.param(
            "make a", [task("make", "a", "make b"), task("make", "b", "make a")], "other", id="tasks in a circle"
        ),
    ],
)
def test_a_task_is_judged_by_what_it_runs(line: str, tasks: list[Task], expected: str) -> None:
    assert why(line, *tasks) == expected


def test_folders_of_the_repository_mean_the_whole_suite() -> None:
    assert why("pytest lamps") == "test-part"
    assert why("pytest lamps", whole=frozenset(["lamps"])) == "test"


def test_a_task_is_judged_once() -> None:
    one = task("make", "t", "pytest")
    world = World([TaskFile("make", "x", (one,))])
    assert of_task(one, world) == of_task(one, world) == "test"


@pytest.mark.parametrize(
    ("runner", "words", "expected"),
    [
        ("make", "-j 4 -C docs html A=1", (["html"], [], "docs")),
        ("make", "test ARGS=tests/test_wick.py", (["test"], ["tests/test_wick.py"], "")),
        ("just", "--set python 3.12 test", (["test"], [], "")),
        ("just", "test -k wick", (["test"], ["-k", "wick"], "")),
        ("poe", "-C sub test", (["test"], [], "sub")),
        ("invoke", "test -- -x", (["test"], ["-x"], "")),
    ],
)
def test_a_call_names_tasks_arguments_and_a_folder(
    runner: str, words: str, expected: tuple[list[str], list[str], str]
) -> None:
    assert task_names(runner, words.split()) == expected


@pytest.mark.parametrize(
    ("program", "words", "expected"),
    [
        ("tox", "run -e py311,lint", ["py311", "lint"]),
        ("tox", "-e py{310,311}-x", ["py310-x", "py311-x"]),
        ("tox", "-epy312", ["py312"]),
        ("nox", "-s tests docs", ["tests", "docs"]),
        ("nox", "--session=tests", ["tests"]),
        ("nox", "-rs tests", ["tests"]),
        ("nox", "", []),
    ],
)
def test_environments_are_read_from_the_options(program: str, words: str, expected: list[str]) -> None:
    assert environment_names(program, words.split()) == expected
