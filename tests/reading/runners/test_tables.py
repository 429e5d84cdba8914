from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.reading.runners import accepts, read_task_files
from pytest_sprintready.reading.toml_lines import TomlLines

if TYPE_CHECKING:
    from pytest_sprintready.reading.tasks import TaskFile


def only(text: str, path: str = "pyproject.toml") -> TaskFile:
    files, problems = read_task_files([path], {path: text}.get)
    assert problems == []
    assert len(files) == 1
    return files[0]


def test_hatch_scripts_are_named_as_hatch_run_takes_them() -> None:
    file = only(
        """\
[tool.hatch.envs.default]
dependencies = ["pytest>=8"]
[tool.hatch.envs.default.scripts]
test = "pytest {args:tests}"
cov = ["test --cov", "- coverage report"]
[tool.hatch.envs.docs]
features = ["docs"]
dependency-groups = ["sphinx"]
[tool.hatch.envs.docs.scripts]
build = "sphinx-build"
[[tool.hatch.envs.docs.matrix]]
python = ["3.11", "3.12"]
"""
    )
    tasks = {task.name: task for task in file.tasks}
    assert list(tasks) == ["test", "cov", "docs:test", "docs:cov", "docs:build"]
    assert tasks["cov"].commands == ("pytest {args:tests} --cov", "coverage report")
    assert tasks["test"].aliases == ("default:test",)
    assert tasks["test"].line == 4
    assert tasks["docs:build"].aliases == ("docs.py3.11:build", "docs.py3.12:build")
    assert tasks["docs:build"].installs == ("package:pytest", "extra:docs", "group:sphinx")
    assert all(task.builds for task in file.tasks)


def test_a_detached_hatch_environment_inherits_nothing() -> None:
    text = "[tool.hatch.envs.default.scripts]\na='x'\n[tool.hatch.envs.lint]\ndetached=true\n[tool.hatch.envs.lint.scripts]\nb='y'\n"
    assert [task.name for task in only(text).tasks] == ["a", "lint:b"]


def test_hatch_test_is_a_task_where_it_is_configured() -> None:
    file = only("[tool.hatch.envs.hatch-test]\nextra-dependencies = ['httpx']\n")
    assert [(task.name, task.installs) for task in file.tasks] == [("hatch-test:run", ("package:httpx",))]


@pytest.mark.parametrize(
    ("name", "accepted"),
    [("docs:anything", True), ("hatch-test:run", True), ("+docs:x", True), ("nope:x", False), ("nope", False)],
)
def test_hatch_runs_anything_in_an_environment_that_exists(name: str, accepted: bool) -> None:
    assert accepts(only("[envs.docs.scripts]\nbuild = 'make'\n", "hatch.toml"), name) is accepted


def test_pdm_scripts_of_all_shapes_are_read() -> None:
    file = only(
        """\
[tool.pdm.scripts]
_ = { env_file = ".env" }
test = "pytest -q"
lint = { cmd = ["ruff", "check"], help = "Look" }
both = { composite = ["lint", "test -x", "echo done"] }
serve = { call = "app:main" }
many = { shell = "a\\nb" }
"""
    )
    assert [(task.name, task.commands, task.needs) for task in file.tasks] == [
        ("test", ("pytest -q",), ()),
        ("lint", ("ruff check",), ()),
        ("both", ("echo done",), ("lint", "test")),
        ("serve", (), ()),
        ("many", ("a", "b"), ()),
    ]
    assert file.tasks[1].description == "Look"
    assert not any(task.builds for task in file.tasks)


def test_poe_tasks_of_all_shapes_are_read() -> None:
    file = only(
        """\
[tool.poe.tasks]
test = "pytest -q"
all = ["test", { cmd = "ruff check" }]
_x = { shell = "a" }
[tool.poe.tasks.full]
deps = ["_x"]
sequence = ["test", { ref = "all" }, { script = "m:f" }]
help = "Everything"
"""
    )
    tasks = {task.name: task for task in file.tasks}
    assert tasks["all"].needs == ("test",)
    assert tasks["all"].commands == ("ruff check",)
    assert tasks["full"].needs == ("_x", "test", "all")
    assert tasks["full"].description == "Everything"
    assert tasks["full"].line == 5
    assert not file.open_ended


def test_included_poe_tasks_are_admitted() -> None:
    assert only("[tool.poe]\ninclude = 'more.toml'\n").open_ended


def test_pixi_tasks_know_their_environments() -> None:
    file = only(
        """\
[tasks]
start = "python app.py"
[feature.test.tasks]
test = { cmd = "pytest", depends-on = ["build", { task = "start" }] }
build = { cmd = ["make", "all"], description = "Make" }
[environments]
default = []
dev = { features = ["test"] }
ci = ["test"]
""",
        "pixi.toml",
    )
    tasks = {task.name: task for task in file.tasks}
    assert tasks["start"].tags == ("default",)
    assert tasks["test"].tags == ("dev", "ci")
    assert tasks["test"].needs == ("build", "start")
    assert tasks["build"].commands == ("make all",)
    assert all(task.builds for task in file.tasks)


def test_rye_and_taskipy_are_read_side_by_side() -> None:
    text = "[tool.rye.scripts]\na = { cmd = 'x' }\nb = { chain = ['a'] }\n[tool.taskipy.tasks]\ntest = 'pytest'\npre_test = 'y'\n"
    files, _ = read_task_files(["pyproject.toml"], {"pyproject.toml": text}.get)
    assert [(file.runner, [(t.name, t.commands, t.needs) for t in file.tasks]) for file in files] == [
        ("rye", [("a", ("x",), ()), ("b", (), ("a",))]),
        ("taskipy", [("test", ("pytest",), ("pre_test",)), ("pre_test", ("y",), ())]),
    ]


def test_spin_commands_are_named_as_click_names_them() -> None:
    texts = {
        "pyproject.toml": """\
[tool.spin.commands]
Build = ["spin.cmds.meson.build", "spin.cmds.meson.test"]
Docs = [".spin/cmds.py:doc_build", ".spin/cmds.py:fmt"]
""",
        ".spin/cmds.py": '''\
import click


@click.command()
def doc_build():
    """Build the documentation."""


@click.command("format")
def fmt(): ...
''',
    }
    files, _ = read_task_files(list(texts), texts.get)
    assert [(t.name, t.path, t.line, t.commands, t.description) for t in files[0].tasks] == [
        ("build", "pyproject.toml", 1, (), ""),
        ("test", "pyproject.toml", 1, ("pytest {args}",), ""),
        ("doc-build", ".spin/cmds.py", 5, (), "Build the documentation."),
        ("format", ".spin/cmds.py", 10, (), ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "tool = 1\n", "[tool]\nhatch=1\npdm='x'\n", "[tool.hatch]\nenvs=[1]\n", "[tool.hatch.envs]\na=1\n",
        "[tool.pdm.scripts]\na=1\nb=[1]\nc={cmd=1}\n", "[tool.poe]\ntasks=[1]\n", "[tool.poe.tasks]\na=1\nb=[[1]]\nc={switch=1}\n",
        "[tool.pixi]\ntasks=1\nfeature=[1]\n[tool.pixi.target]\na=1\n", "[tool.spin]\ncommands={a=1}\n",
        "[tool.rye.scripts]\na=[1]\n", "[tool.tox]\nenv=1\nenv_list=1\nlabels=1\n", "[tool.hatch.envs.a]\nmatrix=[1]\nscripts={x=1}\n",
    ],
)  # fmt: skip
def test_values_of_the_wrong_kind_are_passed_over(text: str) -> None:
    _, problems = read_task_files(["pyproject.toml"], {"pyproject.toml": text}.get)
    assert problems == []


def test_lines_of_toml_are_found() -> None:
    lines = TomlLines("a = 1\n[b.c]\nd.e = '''\n[x]\n'''\n[[f]]\n'g h' = 1\n")
    assert lines.nearest("a") == 1
    assert lines.nearest("b") == 2
    assert lines.nearest("b", "c", "d") == 3
    assert lines.nearest("f", "g h") == 7
    assert lines.nearest("x") == 1
