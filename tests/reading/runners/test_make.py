from __future__ import annotations

import time

import pytest
from hypothesis import given, settings, strategies as st

from pytest_sprintready.reading.runners.make import read_makefile


def test_a_target_has_its_prerequisites_and_its_recipe_without_marks() -> None:
    file = read_makefile("Makefile", "test: build lint\n\t@pytest -q\n\t-rm -r x\n")
    assert file.tasks[0][:4] == ("make", "test", "Makefile", 1)
    assert file.tasks[0].needs == ("build", "lint")
    assert file.tasks[0].commands == ("pytest -q", "rm -r x")


def test_make_builds_no_environment() -> None:
    assert not any(task.builds for task in read_makefile("Makefile", "a:\n\tpip install x\nb: a\n").tasks)


@pytest.mark.parametrize(
    ("text", "default"),
    [
        ("a:\nb:\n", "a"),
        (".PHONY: b\nb:\na:\n", "b"),
        (".DEFAULT_GOAL := b\na:\nb:\n", "b"),
        ("a:\nb:\n.DEFAULT_GOAL = b\n", "b"),
        (".hidden:\na:\n", "a"),
        ("%.o: %.c\na:\n", "a"),
        ("HELLO: X = 1\na:\n", "a"),
    ],
    ids=["first", "after-phony", "goal-before", "goal-after", "not-hidden", "not-a-pattern", "not-a-variable"],
)
def test_the_default_is_what_bare_make_runs(text: str, default: str) -> None:
    assert [task.name for task in read_makefile("Makefile", text).tasks if task.default] == [default]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a b: c\n\tx\n", ["a", "b"]),
        ("a:: c\n\tx\na:: d\n\ty\n", ["a"]),
        ("ifeq ($(OS),Windows_NT)\na:\n\tx\nelse\nb:\n\ty\nendif\n", ["a", "b"]),
        ("define text\nnot: a target\nendef\na:\n", ["a"]),
        ("NAMES = a b\n$(NAMES):\n\tx\n", ["a", "b"]),
        ("a: # comment: here\n\tx\n", ["a"]),
        ("A := b:c\na:\n", ["a"]),
        (".c.o:\n\tcc\n.SUFFIXES:\na: b\n", ["a"]),
        ("objs: a.o b.o : c\n", ["objs"]),
        ("a b &: c\n\tx\n", ["a", "b"]),
    ],
    ids=[
        "several", "double-colon", "conditional", "define", "variable", "comment", "value-with-colon", "suffix-rule",
        "static-pattern", "grouped",
    ],
)  # fmt: skip
def test_targets_are_found(text: str, names: list[str]) -> None:
    file = read_makefile("Makefile", text)
    assert [task.name for task in file.tasks] == names
    assert not file.open_ended


def test_double_colon_recipes_add_up() -> None:
    file = read_makefile("Makefile", "a::\n\tx\na::\n\ty\n")
    assert file.tasks[0].commands == ("x", "y")


def test_continued_lines_are_one_command() -> None:
    file = read_makefile("Makefile", "a: b \\\n   c\n\tcd docs && \\\n\t  make html\n")
    assert file.tasks[0].needs == ("b", "c")
    assert file.tasks[0].commands == ("cd docs && make html",)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("PY = python3\na:\n\t$(PY) -m pytest\n", "python3 -m pytest"),
        ("PY ?= python3\na:\n\t${PY} -m pytest\n", "python3 -m pytest"),
        ("V = .venv\nBIN := $(V)/bin\na:\n\t$(BIN)/pytest\n", ".venv/bin/pytest"),
        ("O = -q\nO += -x\na:\n\tpytest $(O)\n", "pytest -q -x"),
        ("a: PY = python9\na:\n\t$(PY) -m pytest\n", "python9 -m pytest"),
        ("a:\n\tpytest $(ARGS)\n", "pytest $(ARGS)"),
        ("X = $(shell date)\na:\n\techo $(X)\n", "echo $(X)"),
        ("a:\n\techo $$HOME $@\n", "echo $HOME a"),
        ("X = $(X) $(X)\na:\n\t$(Y)x\n", "$(Y)x"),
    ],
    ids=["plain", "if-unset", "nested", "added", "own", "unknown", "computed", "shell-variable", "recursive"],
)
def test_constant_variables_stand_expanded(text: str, command: str) -> None:
    assert read_makefile("Makefile", text).tasks[0].commands == (command,)


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("test: ## Run it\n\tx\n", "Run it"),
        ("## Run it\ntest:\n\tx\n", "Run it"),
        (".PHONY: test ## Run it\ntest:\n\tx\n", "Run it"),
        ("# not documentation\ntest: # neither\n\tx\n", ""),
    ],
    ids=["behind", "above", "at-phony", "plain-comments"],
)
def test_a_documented_target_has_its_description(text: str, description: str) -> None:
    assert read_makefile("Makefile", text).tasks[0].description == description


@pytest.mark.parametrize(
    ("text", "open_ended"),
    [
        ("a:\ninclude generated.mk\n", True),
        ("a:\n-include .env\n", False),
        ("a:\ninclude $(wildcard *.mk)\n", True),
        ("$(foreach x,$(Y),$(eval $(call rule,$(x))))\na:\n", True),
        ("%: Makefile\n\tsphinx $@\n", True),
        ("%.o: %.c\n\tcc\na:\n", False),
        ("test-%:\n\tpytest tests/$*\n", True),
        ("$(UNKNOWN):\n\tx\n", True),
        ("a: b\n", False),
    ],
    ids=["include", "optional", "computed", "eval", "catch-all", "file-pattern", "task-pattern", "variable", "plain"],
)
def test_names_beyond_the_listed_ones_are_admitted(text: str, open_ended: bool) -> None:
    assert read_makefile("Makefile", text, lambda _: None).open_ended is open_ended


def test_an_included_file_of_the_repository_is_followed() -> None:
    file = read_makefile("Makefile", "include more.mk\n", {"more.mk": "\ntest:\n\tpytest\n"}.get)
    assert (file.tasks[0].name, file.tasks[0].path, file.tasks[0].line) == ("test", "more.mk", 2)
    assert not file.open_ended


def test_files_that_include_each_other_end() -> None:
    texts = {"a.mk": "include b.mk\na:\n", "b.mk": "include a.mk\nb:\n"}
    assert {task.name for task in read_makefile("a.mk", texts["a.mk"], texts.get).tasks} == {"a", "b"}


def test_another_recipe_prefix_is_respected() -> None:
    file = read_makefile("Makefile", ".RECIPEPREFIX = >\ntest:\n> pytest\n")
    assert file.tasks[0].commands == ("pytest",)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:=$(){}\t\n \\#%;?+.>|"), max_size=200))
def test_any_text_is_a_makefile(text: str) -> None:
    assert read_makefile("Makefile", text).runner == "make"


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"t{n}: t{n + 1}\n\techo {n}\n" for n in range(25_000)),
        "a:: b\n\tx\n" * 16_000,
        "V += word\n" * 50_000,
        " ".join(f"t{n}" for n in range(20_000)) + ":\n" + "\techo\n" * 20_000,
        "A = $(A)$(A)$(A)\n" + "t:\n" + "\t$(A) $(A)\n" * 2_000,
        "a: \\\n" * 50_000,
    ],
    ids=["rules", "double-colons", "additions", "shared", "recursive", "continued"],
)
def test_a_huge_makefile_takes_a_moment(text: str) -> None:
    start = time.process_time()
    read_makefile("Makefile", text)
    assert time.process_time() - start < 5
