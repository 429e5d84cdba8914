from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings, strategies as st

from pytest_sprintready.reading.runners import accepts, read_task_files

if TYPE_CHECKING:
    from pytest_sprintready.errors import FileProblem
    from pytest_sprintready.reading.tasks import TaskFile

TASKS_PY = '''\
from invoke import task


@task(aliases=["c"])
def clean_up(c):
    """Remove what was built."""
    c.run("rm -r build")


def in_venv(c):
    c.run("echo venv")


@task(clean_up, default=True)
def test(c, verbose=False):
    in_venv(c)
    c.run(f"pytest {verbose}")
'''


def read(**texts: str) -> tuple[list[TaskFile], list[FileProblem]]:
    return read_task_files(list(texts), texts.get)


def test_a_broken_file_stops_no_other() -> None:
    texts = {
        "noxfile.py": "def (", "tox.ini": "stray\n", "pyproject.toml": "a = [", "Makefile": "test:\n\tpytest\n",
        "tasks.py": "import invoke\n(", "Taskfile.yml": "tasks: [",
    }  # fmt: skip
    files, problems = read(**texts)
    assert [file.runner for file in files] == ["make"]
    assert {problem.path for problem in problems} == {"noxfile.py", "tox.ini", "tasks.py", "Taskfile.yml"}


def test_only_files_at_the_root_configure_a_runner() -> None:
    assert read(**{"docs/Makefile": "html:\n", "sub/tox.ini": "[tox]\n", "sub/noxfile.py": ""}) == ([], [])


def test_files_that_configure_nothing_are_not_read() -> None:
    asked: list[str] = []

    def read(path: str) -> None:
        asked.append(path)

    read_task_files(["README.md", "src/a.py", "docs/Makefile", "tests/test.sh", "Makefile"], read)
    assert asked == ["Makefile"]


def test_tox_takes_the_first_file_that_configures_it() -> None:
    files, _ = read(**{"tox.toml": "env_list = ['b']\n", "setup.cfg": "[tox:tox]\nenvlist = a\n[testenv]\n"})
    assert [file.path for file in files] == ["setup.cfg"]


def test_a_toxfile_may_define_environments() -> None:
    files, _ = read(**{"tox.ini": "[testenv]\n", "toxfile.py": ""})
    assert files[0].open_ended


def test_gnu_make_prefers_its_own_name() -> None:
    files, _ = read(Makefile="a:\n", GNUmakefile="b:\n")
    assert [task.name for file in files for task in file.tasks] == ["b"]


@pytest.mark.parametrize("name", ["justfile", "Justfile", ".justfile", "JUSTFILE"])
def test_a_justfile_is_found_in_any_case(name: str) -> None:
    files, _ = read(**{name: "test:\n  pytest\n"})
    assert [(file.runner, file.path) for file in files] == [("just", name)]


def test_invoke_tasks_are_named_with_dashes() -> None:
    files, _ = read(**{"tasks.py": TASKS_PY})
    assert [(t.name, t.line, t.aliases, t.commands, t.needs, t.default) for t in files[0].tasks] == [
        ("clean-up", 5, ("c",), ("rm -r build",), (), False),
        ("test", 15, (), ("echo venv", "pytest {verbose}"), ("clean-up",), True),
    ]
    assert not files[0].open_ended


def test_an_invoke_collection_admits_more_names() -> None:
    files, _ = read(**{"tasks.py": "from invoke import Collection\nns = Collection.from_module(docs)\n"})
    assert files[0].open_ended


def test_a_tasks_module_of_another_kind_is_no_invoke_file() -> None:
    assert read(**{"tasks.py": "from celery import task  # invoked later\n@task\ndef a(): pass\n"}) == ([], [])


def test_a_taskfile_is_read() -> None:
    text = """\
version: '3'
tasks:
  default: task: test
  test:
    desc: Run the tests
    aliases: [t]
    deps: [install, {task: lint}]
    cmds:
      - pytest
      - task: report
""".replace("default: task: test", "default: pytest -x")
    files, _ = read(**{"Taskfile.yml": text})
    default, test = files[0].tasks
    assert (default.default, default.commands) == (True, ("pytest -x",))
    assert test == (
        "task", "test", "Taskfile.yml", 4, ("t",), ("pytest",), ("install", "lint", "report"), (), (), False, False,
        "Run the tests",
    )  # fmt: skip


def test_scripts_in_the_usual_folders_are_tasks() -> None:
    texts = {
        "scripts/test": "#!/bin/sh -e\n# Run\nset -x\nif [ -d venv ]; then\n  export P=venv\nfi\npytest \\\n  -q\ncat <<EOF\nno command\nEOF\n",
        "scripts/release.py": "", "bin/tool": "#!/usr/bin/env node\n", "bin/data": "plain text", "tools/notes.md": "x",
        "run_tests.py": "", "other/x.sh": "pytest", "src/scripts/x.sh": "", "build.sh": "make\n",
    }  # fmt: skip
    files, _ = read(**texts)
    tasks = {task.name: task for task in files[0].tasks}
    assert list(tasks) == ["bin/tool", "build.sh", "run_tests.py", "scripts/release.py", "scripts/test"]
    assert tasks["scripts/test"].commands == ("export P=venv", "pytest -q", "cat <<EOF")
    assert tasks["scripts/test"].aliases == ("./scripts/test",)
    assert tasks["bin/tool"].commands == ()


def test_functions_of_a_run_script_are_tasks() -> None:
    text = '#!/usr/bin/env bash\nfunction test {\n  pytest "${@}"\n}\n_own() {\n  x\n}\nlint:all() {\n  ruff\n}\n"${@:-help}"\n'
    files, _ = read(run=text)
    assert [(task.name, task.line, task.commands) for task in files[0].tasks[1:]] == [
        ("run test", 2, ('pytest "${@}"',)),
        ("run lint:all", 8, ("ruff",)),
    ]


def test_a_name_nobody_offers_is_refused() -> None:
    files, _ = read(Makefile="test:\n\tpytest\n")
    assert accepts(files[0], "test")
    assert not accepts(files[0], "tests")


NAMES = [
    "noxfile.py", "tox.ini", "setup.cfg", "pyproject.toml", "tox.toml", "Makefile", "justfile", "tasks.py", "hatch.toml",
    "pixi.toml", "poe_tasks.toml", "Taskfile.yml", "scripts/test", "run",
]  # fmt: skip
WORDS = st.sampled_from(
    ["[tool.tox]", "[testenv]", "[tox]", "env_list = ", "import nox\n", "import invoke\n", "@nox.session", "def a(s):\n", "tasks:",
     "[tool.hatch.envs.a]", "[tool.pixi.tasks]", "[tool.poe.tasks]", "{a,b}", "- ", "= ", "'x'", "[1]", "\n", "\t", ": ", "#!/bin/sh"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.one_of(WORDS, st.text(max_size=8)), max_size=25).map("".join))
def test_any_text_is_read_or_is_a_problem(name: str, text: str) -> None:
    files, problems = read_task_files([name], lambda _: text)
    assert all(problem.path == name for problem in problems)
    assert all(task.line >= 1 for file in files for task in file.tasks)
