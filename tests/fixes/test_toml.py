"""TOML keeps what its author wrote."""

from __future__ import annotations

import pytest

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.fixes.toml import with_items, with_table, with_values

PATH = "pyproject.toml"
STYLED = """\
# who we are
[project]
name   = 'lantern'   # as on the index
version = "1"

[project.optional-dependencies]
test = [
    "pytest",  # the runner
    "attrs>=1",
]
docs = ["sphinx"]

# how we check
[tool.ruff]
line-length = 100
"""


def test_an_item_joins_a_list_and_comments_stay() -> None:
    new = with_items(PATH, STYLED, ("project", "optional-dependencies"), "test", ["pytest-cov"])
    assert new == STYLED.replace('    "attrs>=1",\n', '    "attrs>=1",\n    "pytest-cov",\n')


def test_an_item_that_is_there_is_not_added_again() -> None:
    assert with_items(PATH, STYLED, ("project", "optional-dependencies"), "test", ["pytest"]) == STYLED


def test_a_new_table_stands_before_those_of_tools_and_their_comments() -> None:
    new = with_items(PATH, STYLED, ("dependency-groups",), "test", ["pytest"])
    assert new == STYLED.replace("# how we", '[dependency-groups]\ntest = ["pytest"]\n\n# how we')


def test_a_table_of_a_tool_stands_last() -> None:
    new = with_values(PATH, STYLED, ("tool", "sprintready", "sprint"), {"lead": 'Ada "the" Countess', "capacity": 3})
    assert new == STYLED + '\n[tool.sprintready.sprint]\nlead = "Ada \\"the\\" Countess"\ncapacity = 3\n'


def test_a_value_that_is_there_is_kept() -> None:
    text = '[tool.sprintready.sprint]\nlead = "Ada"\n'
    new = with_values(PATH, text, ("tool", "sprintready", "sprint"), {"lead": "Grace", "goals": ("a", "b")})
    assert new == '[tool.sprintready.sprint]\nlead = "Ada"\ngoals = ["a", "b"]\n'


def test_a_missing_final_line_end_stays_missing() -> None:
    assert (
        with_table(PATH, "[tool.ruff]\nfix = true", ("tool", "x"), {"y": 1})
        == "[tool.ruff]\nfix = true\n\n[tool.x]\ny = 1"
    )


def test_keys_without_a_table_stand_before_all_tables() -> None:
    new = with_table("sprintready.toml", '[sprint]\nlead = "Ada"\n', (), {"beginner-labels": ("easy",)})
    assert new == 'beginner-labels = ["easy"]\n\n[sprint]\nlead = "Ada"\n'


def test_a_broken_file_is_left_alone() -> None:
    with pytest.raises(FileProblem):
        with_items(PATH, "[project\n", ("dependency-groups",), "test", ["pytest"])


def test_something_else_at_that_place_is_left_alone() -> None:
    with pytest.raises(FileProblem, match="no list"):
        with_items(PATH, '[dependency-groups]\ntest = "pytest"\n', ("dependency-groups",), "test", ["x"])
