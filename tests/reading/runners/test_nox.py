from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading.runners import accepts
from pytest_sprintready.reading.runners.nox import read_noxfile

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_sprintready.reading.tasks import Task

NOXFILE = '''\
import nox
from nox import parametrize, session

PYTHONS = ["3.11", "3.12"]
nox.options.sessions = ["tests", "lint"]


def setup(session):
    session.install("-e", ".[test,dev]", "-r", "requirements/dev.txt", "-c", "constraints.txt", "pytest>=7")


@nox.session(python=PYTHONS, tags=["ci"])
@nox.parametrize("a", [1, 2])
@nox.parametrize("b,c", [("x", "y"), ("z", "w")])
def tests(session, a, b, c):
    """Run the
    tests.

    With coverage."""
    setup(session)
    session.run("pytest", "-k", "not slow", f"--cov={a}", *session.posargs, external=True)
    session.notify("coverage")


@session
def lint(session):
    args = session.posargs or ["src", "tests"]
    session.run("ruff", "check", *(session.posargs or ["src", "tests"]))


@session(name="build-it", venv_backend="none", python=PYTHONS, default=False)
def build(s):
    s.chdir("docs")
    s.run("make", "html")


@nox.session(python="3.12", requires=["lint"])
@nox.parametrize("django", ["4", "5"], ids=["four", "five"])
def dj(session, django):
    session.install(*nox.project.dependency_groups(PYPROJECT, "test"), f"django=={django}")


@nox.session(py=[f"3.{minor}" for minor in range(10, 12)])
def loop(session):
    session.run_install("uv", "sync", "--group=docs", "--extra", "fast")


@session(python=False)
@parametrize("x", [nox.param(1, id="one"), nox.param(2)])
def plain(session, x): pass
'''


@pytest.fixture(scope="module")
def tasks() -> dict[str, Task]:
    return {task.name: task for task in read_noxfile("noxfile.py", NOXFILE).tasks}


def test_sessions_are_tasks_in_the_order_of_the_file(tasks: dict[str, Task]) -> None:
    assert list(tasks) == ["tests", "lint", "build-it", "dj", "loop", "plain"]
    assert tasks["tests"].line == 15
    assert tasks["tests"].description == "Run the tests."
    assert tasks["tests"].tags == ("ci",)
    assert tasks["dj"].needs == ("lint",)


def test_commands_are_words_with_placeholders(tasks: dict[str, Task]) -> None:
    assert tasks["tests"].commands == ("pytest -k 'not slow' --cov={a} {posargs}", "nox -s coverage")
    assert tasks["lint"].commands == ("ruff check {posargs:src tests}",)
    assert tasks["build-it"].commands == ("cd docs", "make html")


def test_installs_are_read_through_helpers(tasks: dict[str, Task]) -> None:
    assert tasks["tests"].installs == ("extra:test", "extra:dev", "requirements:requirements/dev.txt", "package:pytest")
    assert tasks["dj"].installs == ("group:test", "package:django")
    assert tasks["loop"].installs == ("group:docs", "extra:fast")


def test_a_session_without_a_backend_builds_nothing(tasks: dict[str, Task]) -> None:
    assert [name for name, task in tasks.items() if not task.builds] == ["build-it", "plain"]


def test_nox_options_choose_the_default(tasks: dict[str, Task]) -> None:
    assert [name for name, task in tasks.items() if task.default] == ["tests", "lint"]


def test_the_names_are_those_of_nox(tasks: dict[str, Task], tmp_path: Path) -> None:
    # nox imports the noxfile; this one is ours.
    if importlib.util.find_spec("nox") is None:
        pytest.skip("nox is not installed")
    text = NOXFILE.replace('"tests", "lint"', ", ".join(f'"{name}"' for name in tasks))
    (tmp_path / "noxfile.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "nox", "--list", "--json", "--noxfile", str(tmp_path / "noxfile.py")]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=tmp_path).stdout)
    names = {name for task in tasks.values() for name in (task.name, *task.aliases)}
    assert {entry["session"] for entry in listed} <= names
    # nox lists one name for each run; the others are the shorter ones that select several runs.
    assert {name for name in names if "(" in name and "-3" in name} <= {entry["session"] for entry in listed} | {
        "dj-3.12(four)", "dj-3.12(five)",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "from shared_sessions import *\n",
        "from pytest_sprintready.sessions import sprint_sessions\nsprint_sessions('sprint.toml')\n",
        "import nox\nfor n in names():\n    @nox.session(name=n)\n    def f(session): pass\n",
        "import nox\ndef make(n):\n    @nox.session(name=n)\n    def f(session): pass\nmake('a')\n",
        "import nox\n@nox.session(python=nox.project.python_versions(P))\ndef f(session): pass\n",
        "import nox\n@nox.session(**options())\ndef f(session): pass\n",
        "import nox\n@nox.session\n@nox.parametrize('a', values())\ndef f(session, a): pass\n",
    ],
    ids=["star", "call", "loop", "factory", "pythons", "keywords", "parameters"],
)
def test_sessions_from_elsewhere_are_admitted(text: str) -> None:
    assert read_noxfile("noxfile.py", text).open_ended


def test_a_plain_noxfile_lists_all_its_sessions() -> None:
    assert not read_noxfile("noxfile.py", NOXFILE).open_ended


def test_without_options_every_session_that_does_not_refuse_is_default() -> None:
    text = "import nox\n@nox.session\ndef a(s): pass\n@nox.session(default=False)\ndef b(s): pass\n"
    assert [task.default for task in read_noxfile("noxfile.py", text).tasks] == [True, False]


def test_tags_can_choose_the_default() -> None:
    text = (
        "import nox\nnox.options.tags = ['x']\n@nox.session(tags=['x'])\ndef a(s): pass\n@nox.session\ndef b(s): pass\n"
    )
    assert [task.default for task in read_noxfile("noxfile.py", text).tasks] == [True, False]


def test_a_backend_for_all_sessions_is_respected() -> None:
    text = "import nox\nnox.options.default_venv_backend = 'none'\n@nox.session(python=['3.12'])\ndef a(s): pass\n"
    task = read_noxfile("noxfile.py", text).tasks[0]
    assert not task.builds
    assert task.aliases == ()


def test_a_session_named_with_other_quotes_and_blanks_is_accepted() -> None:
    file = read_noxfile("noxfile.py", NOXFILE)
    assert accepts(file, 'tests-3.12(b="x",c="y",a=1)')
    assert not accepts(file, "tests-3.9")


def test_a_broken_noxfile_is_one_problem() -> None:
    with pytest.raises(FileProblem) as caught:
        read_noxfile("noxfile.py", "import nox\ndef (\n")
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "body",
    [
        "a0 = ['x']\n" + "".join(f"a{n + 1} = [a{n}, a{n}]\n" for n in range(60)),
        "a0 = 'x'\n" + "".join(f"a{n + 1} = a{n} + a{n}\n" for n in range(60)),
        "L = list(range(400))\nX = [[[c for c in L] for b in L] for a in L]\n",
        "x = " + "-".join("1" for _ in range(200)) + "\n",
        f"import nox\n@nox.session(python={[str(n) for n in range(9000)]})\ndef a(s): a(s)\n",
    ],
    ids=["nesting", "doubling", "comprehension", "chain", "pythons"],
)  # fmt: skip
def test_hostile_constants_stay_small(body: str) -> None:
    text = body + "\nimport nox\n@nox.session\n@nox.parametrize('a', a60 if 0 else X)\ndef t(s, a):\n    s.run('x')\n"
    assert read_noxfile("noxfile.py", text).tasks[-1].name == "t"


@pytest.mark.parametrize("module", ["nox_uv", "nox_poetry"])
def test_sessions_of_an_extension_are_sessions(module: str) -> None:
    tasks = read_noxfile("noxfile.py", f"import {module}\n@{module}.session\ndef tests(session): pass\n").tasks
    assert [task.name for task in tasks] == ["tests"]
