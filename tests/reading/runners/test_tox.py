from __future__ import annotations

import time

import pytest
from hypothesis import given, settings, strategies as st

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading.runners.tox import expand_names, read_tox_ini, read_tox_toml, tox_accepts


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a, b\nc", ["a", "b", "c"]),
        ("py{310,311}-{a,b}", ["py310-a", "py310-b", "py311-a", "py311-b"]),
        ("{py39, py310}", ["py39", "py310"]),
        ("3.1{0-2}", ["3.10", "3.11", "3.12"]),
        ("py3{13-}", ["py313", "py314", "py315"]),
        ("py3{-12}-x", ["py311-x", "py312-x"]),
        ("py3{12-10}", ["py312", "py311", "py310"]),
        ("py-django-4-2", ["py-django-4-2"]),
        ("py{38,39}{,-cov}", ["py38", "py38-cov", "py39", "py39-cov"]),
        ("no blanks, x", ["x"]),
    ],
    ids=[
        "commas-and-lines", "product", "blanks", "range", "open-range", "range-to", "downwards", "dashes", "empty",
        "refused",
    ],
)  # fmt: skip
def test_generative_names_are_expanded(text: str, names: list[str]) -> None:
    assert expand_names(text) == names


INI = """\
[tox]
env_list =
    lint
    py{311,312}-{cov,fast}
labels =
    quick = lint, py312-fast
[base]
lines =
    coverage
    cov: pytest-cov
[testenv]
description = run the tests
deps =
    -r requirements/test.txt
    -c constraints.txt
    pytest>=7
    {[base]lines}
    cov: coverage[toml]
    !cov: pytest-xdist
extras = test
dependency_groups = dev
commands_pre = python -m pip install -e .[more]
commands =
    cov: coverage run -m pytest {posargs:tests} \\
    cov:   --color=yes
    fast: {envbindir}/pytest {toxinidir}/tests -k {envname}
    - echo {tox_root}
[testenv:lint]
skip_install = true
deps = pre-commit
extras =
dependency_groups =
commands_pre =
commands = pre-commit run --all-files
[testenv:docs{,-live}]
change_dir = docs
depends = lint
commands = make html
"""


def test_environments_are_tasks_with_their_lines() -> None:
    file = read_tox_ini("tox.ini", INI)
    assert file is not None
    assert [(task.name, task.line) for task in file.tasks] == [
        ("lint", 28), ("py311-cov", 2), ("py311-fast", 2), ("py312-cov", 2), ("py312-fast", 2), ("docs", 35),
        ("docs-live", 35), ("py", 11),
    ]  # fmt: skip
    assert all(task.builds for task in file.tasks)


def test_bare_tox_runs_the_listed_environments() -> None:
    file = read_tox_ini("tox.ini", INI)
    assert file is not None
    assert [task.name for task in file.tasks if task.default] == [
        "lint", "py311-cov", "py311-fast", "py312-cov", "py312-fast",
    ]  # fmt: skip


def test_without_a_list_bare_tox_runs_py() -> None:
    file = read_tox_ini("tox.ini", "[testenv]\ncommands = pytest\n")
    assert file is not None
    assert [(task.name, task.default) for task in file.tasks] == [("py", True)]


@pytest.mark.parametrize(
    ("name", "commands"),
    [
        ("lint", ("pre-commit run --all-files",)),
        (
            "py311-cov",
            (
                "python -m pip install -e .[more]",
                "coverage run -m pytest {posargs:tests} --color=yes",
                "echo .",
            ),
        ),
        ("py312-fast", ("python -m pip install -e .[more]", "pytest tests -k py312-fast", "echo .")),
        ("docs-live", ("cd docs && python -m pip install -e .[more]", "cd docs && make html")),
    ],
)
def test_commands_hold_for_the_factors_of_the_environment(name: str, commands: tuple[str, ...]) -> None:
    file = read_tox_ini("tox.ini", INI)
    assert file is not None
    task = file.task(name)
    assert task is not None
    assert task.commands == commands


def test_installs_come_from_deps_extras_groups_and_commands() -> None:
    file = read_tox_ini("tox.ini", INI)
    assert file is not None
    task = file.task("py311-cov")
    assert task is not None
    assert task.installs == (
        "requirements:requirements/test.txt", "package:pytest", "package:coverage", "package:pytest-cov", "extra:test",
        "group:dev", "extra:more",
    )  # fmt: skip
    assert task.tags == ()


def test_labels_are_tags_and_depends_are_needs() -> None:
    file = read_tox_ini("tox.ini", INI)
    assert file is not None
    assert [task.name for task in file.tasks if "quick" in task.tags] == ["lint", "py312-fast"]
    assert [task.name for task in file.tasks if task.needs == ("lint",)] == ["docs", "docs-live"]


# The verdicts were compared with `tox config -e NAME` of tox 4.67.
@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        ("lint", True), ("docs", True), ("py", True), ("py3", True), ("py312", True), ("3.12", True), ("3.13t", True),
        ("pypy3.11", True), ("cov", True), ("py310-cov", True), ("py312-cov-fast", True), ("lint-cov", True),
        ("py311-cov,lint", True), ("py3{11,12}-cov", True), ("ALL", True), ("docs-live", True),
        ("nope", False), ("py312-nope", False), ("live", False), ("lint,nope", False), ("", False), ("docs-lives", False),
    ],
)  # fmt: skip
def test_a_name_is_valid_where_all_its_factors_are_known(name: str, accepted: bool) -> None:
    file = read_tox_ini("tox.ini", INI)
    assert file is not None
    assert tox_accepts(file, name) is accepted


def test_a_plugin_may_define_more_environments() -> None:
    file = read_tox_ini("tox.ini", "[tox]\nrequires =\n  tox>=4\n  some-plugin\n[testenv]\n")
    assert file is not None
    assert file.open_ended
    assert tox_accepts(file, "anything")


def test_tox_uv_defines_none() -> None:
    file = read_tox_ini("tox.ini", "[tox]\nrequires = tox-uv>=1\n[testenv]\n")
    assert file is not None
    assert not file.open_ended


def test_setup_cfg_has_a_section_of_its_own() -> None:
    text = "[metadata]\nname = x\n[tox:tox]\nenvlist = py39\n[testenv]\ncommands = pytest\n"
    file = read_tox_ini("setup.cfg", text)
    assert file is not None
    assert [task.name for task in file.tasks] == ["py39", "py"]
    assert read_tox_ini("setup.cfg", "[metadata]\nname = x\n[testenv]\n") is None


def test_an_ini_without_tox_sections_configures_nothing() -> None:
    assert read_tox_ini("tox.ini", "[flake8]\nmax-line-length = 100\n") is None


TOML = """\
[tool.tox]
env_list = ["3.12", { product = [{ prefix = "py3", start = 11, stop = 12 }, ["a", "b"]], exclude = ["py311-b"] }]
labels = { quick = ["lint"] }

[tool.tox.env_run_base]
dependency_groups = ["test"]
commands = [["pytest", "-k", "not slow", { replace = "posargs", default = ["tests"], extend = true }]]

[tool.tox.env.lint]
deps = ["ruff>=1", { replace = "ref", of = ["tool", "tox", "shared"], extend = true }]
dependency_groups = []
commands = [["ruff", "check"]]

[tool.tox.env_base.django]
factors = [["4", "5"]]
extras = ["django"]
"""


def test_native_toml_is_read() -> None:
    file = read_tox_toml("pyproject.toml", TOML)
    assert file is not None
    assert [(task.name, task.line, task.default) for task in file.tasks] == [
        ("3.12", 2, True), ("py311-a", 2, True), ("py312-a", 2, True), ("py312-b", 2, True), ("lint", 9, False),
        ("django-4", 14, False), ("django-5", 14, False), ("py", 5, False),
    ]  # fmt: skip
    assert file.tasks[0].commands == ("pytest -k 'not slow' {posargs:tests}",)
    assert file.tasks[0].installs == ("group:test",)
    assert file.tasks[4].tags == ("quick",)
    assert file.tasks[5].installs == ("extra:django", "group:test")


def test_ini_text_in_pyproject_has_the_lines_of_pyproject() -> None:
    text = '[tool.tox]\nlegacy_tox_ini = """\n[tox]\nenvlist = a\n[testenv:a]\ncommands = pytest\n"""\n'
    file = read_tox_toml("pyproject.toml", text)
    assert file is not None
    assert [(task.name, task.line) for task in file.tasks] == [("a", 5)]


@pytest.mark.parametrize("text", ["", "[project]\nname = 'x'\n", "tool = 3\n", "[tool.tox]\n"])
def test_a_pyproject_without_tox_configures_nothing(text: str) -> None:
    assert read_tox_toml("pyproject.toml", text) is None


def test_broken_files_are_one_problem() -> None:
    with pytest.raises(FileProblem):
        read_tox_toml("tox.toml", "a = [")
    with pytest.raises(FileProblem):
        read_tox_ini("tox.ini", "stray text\n")


@pytest.mark.parametrize(
    "text",
    [
        "[tox]\nenvlist = " + "{a,b,c,d,e,f,g,h}-" * 30 + "x\n[testenv]\ncommands = x\n",
        "[testenv]\ndeps = {[testenv]deps}\n  {[testenv]deps}\n",
        "[tox]\n" + "".join(f"[testenv:e{n}]\ndeps = {{[testenv:e{n + 1}]deps}} {{[testenv:e{n + 1}]deps}}\n" for n in range(200)),
        "[tox]\nenvlist = py{1-999999999}\n",
        "[testenv]\nbase = a\n[testenv:a]\nbase = testenv\n",
        "[testenv]\ndeps =\n" + "  a: b\n" * 20_000,
    ],
    ids=["product", "itself", "doubling", "range", "circle", "many"],
)  # fmt: skip
def test_hostile_files_take_a_moment(text: str) -> None:
    start = time.process_time()
    read_tox_ini("tox.ini", text)
    assert time.process_time() - start < 5


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:={}[],-!1\n \\#"), max_size=150))
def test_any_text_behind_a_key_is_read(text: str) -> None:
    value = text.replace("\n", "\n  ")
    file = read_tox_ini("tox.ini", f"[tox]\nenvlist = {value}\n[testenv]\ndeps = {value}\ncommands = {value}\n")
    assert file is not None
    assert tox_accepts(file, "py")
