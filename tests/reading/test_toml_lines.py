from __future__ import annotations

import pytest

from pytest_sprintready.reading.toml_lines import TomlLines

TEXT = '''\
[project]
name = "x"
readme.file = "README"
text = """
[not-a-table]
key = 1 " one quote
"""
list = [  # a comment with ] and "quotes
  "one", 'two',
  "three",
]

[tool."a.b"]
c = { d = 1,
  e = 2 }
f = 3

[[people]]
name = "p"

[[people]]
name = "q"
'''


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("project",), 1),
        (("project", "name"), 2),
        (("project", "readme", "file"), 3),
        (("project", "list"), 8),
        (("tool", "a.b"), 13),
        (("tool", "a.b", "c", "d"), 14),
        (("tool", "a.b", "f"), 16),
        (("people", "name"), 19),
        (("not-a-table",), None),
        (("project", "key"), 1),
    ],
    ids=str,
)
def test_a_key_has_a_line(keys: tuple[str, ...], line: int | None) -> None:
    assert TomlLines(TEXT).line(*keys) == line


def test_the_items_of_an_array_have_lines() -> None:
    assert list(TomlLines(TEXT).lines_of(["one", "two", "three", "missing"], "project", "list")) == [9, 9, 10, 10]


def test_an_item_is_not_looked_for_behind_its_key() -> None:
    assert list(TomlLines(TEXT).lines_of(["p"], "project", "list")) == [8]


def test_quotes_and_brackets_inside_long_strings_do_not_count() -> None:
    text = 'x = ["""a"b]""", "]"]\ny = 1\n'
    assert TomlLines(text).line("y") == 2
