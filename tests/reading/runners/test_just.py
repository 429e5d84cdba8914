from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from pytest_sprintready.reading.runners.just import read_justfile

TEXT = """\
set shell := ["bash", "-c"]
python := "python3"
alias t := test

# Run the tests
@test *args: (build "debug") lint
    {{python}} -m pytest {{args}}
    -rm -r x

build mode="a:b":
    echo {{mode}}

[group('dev')]
[doc('Say it')]
lint: && test
  ruff check . \\
    --fix

_hidden:
    #!/usr/bin/env python
    print("x: y")
"""


def test_recipes_are_read_with_parameters_dependencies_and_aliases() -> None:
    tasks = {task.name: task for task in read_justfile("justfile", TEXT).tasks}
    assert list(tasks) == ["test", "build", "lint", "_hidden"]
    assert tasks["test"].line == 6
    assert tasks["test"].aliases == ("t",)
    assert tasks["test"].needs == ("build", "lint")
    assert tasks["test"].commands == ("python3 -m pytest {{args}}", "rm -r x")
    assert tasks["lint"].commands == ("ruff check . --fix",)
    assert tasks["lint"].needs == ("test",)


def test_descriptions_come_from_the_comment_or_the_attribute() -> None:
    tasks = {task.name: task.description for task in read_justfile("justfile", TEXT).tasks}
    assert tasks == {"test": "Run the tests", "build": "", "lint": "Say it", "_hidden": ""}


def test_a_recipe_in_another_language_has_no_shell_lines() -> None:
    assert read_justfile("justfile", TEXT).tasks[3].commands == ()


def test_a_shell_script_recipe_keeps_its_lines() -> None:
    file = read_justfile("justfile", "a:\n  #!/usr/bin/env bash\n  set -e\n  pytest\n")
    assert file.tasks[0].commands == ("set -e", "pytest")


@pytest.mark.parametrize(
    ("text", "default"),
    [("a:\nb:\n", "a"), ("a:\n[default]\nb:\n", "b"), ("x := 'y'\nset export\nb:\n", "b")],
    ids=["first", "attribute", "after-settings"],
)
def test_the_default_recipe_is_known(text: str, default: str) -> None:
    assert [task.name for task in read_justfile("justfile", text).tasks if task.default] == [default]


def test_variants_for_systems_are_one_recipe() -> None:
    file = read_justfile("justfile", "[linux]\na:\n  x\n[windows]\na:\n  y\n")
    assert [(task.name, task.commands) for task in file.tasks] == [("a", ("x", "y"))]


@pytest.mark.parametrize(
    ("text", "open_ended"),
    [("import 'more.just'\n", True), ("import? 'more.just'\n", False), ("mod docs\n", True), ("mod:\n  x\n", False)],
    ids=["import", "optional", "module", "recipe-called-mod"],
)
def test_names_from_elsewhere_are_admitted(text: str, open_ended: bool) -> None:
    assert read_justfile("justfile", text, lambda _: None).open_ended is open_ended


def test_an_imported_file_of_the_repository_is_followed() -> None:
    file = read_justfile("justfile", "import 'dev/more.just'\n", {"dev/more.just": "test:\n  pytest\n"}.get)
    assert [(task.name, task.path) for task in file.tasks] == [("test", "dev/more.just")]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:=()[]{}@\n '\"\\#&*+?"), max_size=200))
def test_any_text_is_a_justfile(text: str) -> None:
    assert read_justfile("justfile", text).runner == "just"
