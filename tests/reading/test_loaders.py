from __future__ import annotations

import ast
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading.loaders import (
    Ini,
    line_of,
    load_ini,
    load_toml,
    load_yaml,
    load_yaml_nodes,
    parse_python,
    to_python,
)

if TYPE_CHECKING:
    from collections.abc import Callable

BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)


def test_a_toml_error_knows_its_line() -> None:
    with pytest.raises(FileProblem) as caught:
        load_toml("pyproject.toml", "[a]\nb = \n")
    assert (caught.value.path, caught.value.line) == ("pyproject.toml", 2)


def test_a_byte_order_mark_does_not_break_toml() -> None:
    assert load_toml("x.toml", "\ufeff[a]\nb = 1\n") == {"a": {"b": 1}}


@pytest.mark.usefixtures("shallow_collection")
@pytest.mark.parametrize(
    ("load", "text"),
    [
        pytest.param(load_toml, "a=" + "[" * 50_000, id="deep TOML"),
        pytest.param(load_toml, "a" + ".a" * 100_000 + " = 1", id="TOML key without end"),
        pytest.param(load_toml, "x" * 1_100_000, id="huge"),
        pytest.param(load_toml, 'a = """', id="open string"),
        pytest.param(load_yaml, "[" * 50_000, id="deep flow"),
        pytest.param(load_yaml, "- " * 50_000, id="deep block"),
        pytest.param(load_yaml, "a: [\n" * 3_000, id="deep over lines"),
        pytest.param(load_yaml, BOMB, id="bomb"),
        pytest.param(load_yaml, "&a [*a]", id="contains itself"),
        pytest.param(load_yaml, "a: \x00", id="NUL"),
        pytest.param(load_yaml, "a: \ud800", id="surrogate"),
        pytest.param(load_yaml, "a: b: c", id="not YAML"),
        pytest.param(load_ini, "key = 1\n[a]\n", id="INI without section"),
        pytest.param(parse_python, "(" * 5_000, id="deep Python"),
        pytest.param(parse_python, "x = \x00", id="NUL in Python"),
        pytest.param(parse_python, "a" + ".b" * 100_000, id="endless attribute"),
        pytest.param(parse_python, "def f(:", id="not Python"),
    ],
)
def test_a_hostile_file_is_one_problem(load: Callable[[str, str], object], text: str) -> None:
    with pytest.raises(FileProblem) as caught:
        load("some/file", text)
    assert caught.value.path == "some/file"
    assert "\n" not in caught.value.reason


def test_keys_of_yaml_stay_text() -> None:
    assert load_yaml("w.yml", "on: push\n8080: a\nyes: b\n") == {"on": "push", "8080": "a", "yes": "b"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("3.10", 3.1),
        ("'3.10'", "3.10"),
        ("22:22", "22:22"),
        ("2024-13-45", "2024-13-45"),
        ("0x1f", 31),
        ("010", "010"),
        ("yes", True),
        ("off", False),
        ("~", None),
        ("!reference [a, b]", ["a", "b"]),
        ("!!python/name:some.thing x", "x"),
        (".inf", float("inf")),
    ],
)
def test_a_yaml_scalar_has_its_plain_value(written: str, value: object) -> None:
    assert load_yaml("x.yml", f"key: {written}\n") == {"key": value}


def test_merge_keys_are_applied_and_own_keys_win() -> None:
    text = "base: &b {x: 1, y: 1}\nuse:\n  <<: *b\n  y: 2\n"
    assert load_yaml("x.yml", text)["use"] == {"x": 1, "y": 2}


def test_the_first_of_several_documents_counts() -> None:
    assert load_yaml("x.yml", "a: 1\n---\nb: 2\n") == {"a": 1}


def test_an_empty_yaml_text_is_none() -> None:
    assert load_yaml("x.yml", "# only a comment\n") is None


def test_yaml_nodes_know_their_lines() -> None:
    node = load_yaml_nodes("x.yml", "a:\n  - one\n  - two\n")
    assert node is not None
    ((_, items),) = node.value
    assert [(to_python(item), line_of(item)) for item in items.value] == [("one", 2), ("two", 3)]


def test_an_ini_value_knows_the_line_of_each_of_its_lines() -> None:
    ini = load_ini("tox.ini", "[testenv]\ncommands =\n    first\n    # why\n\n    second\n")
    assert ini.lines("testenv", "commands") == (("first", 3), ("second", 6))
    assert ini.line("testenv", "commands") == 2
    assert ini.line("testenv") == 1


def test_the_last_of_two_equal_keys_wins() -> None:
    ini = load_ini("x.ini", "[a]\nk = 1\nK2: 2\nk = 3\n[a]\nflag\n")
    assert ini.section("a") == {"k": "3", "K2": "2", "flag": ""}
    assert ini.line("a", "k") == 4


def test_keys_of_ini_are_found_in_any_case() -> None:
    assert load_ini("x.ini", "[a]\nKey = v\n").get("a", "key") == "v"


def test_ini_agrees_with_configparser_about_an_ordinary_file() -> None:
    import configparser

    text = "[one]\na = 1\n  2\n\n  3\n; comment\nb : x = y\n[two]\nempty =\n\n[three]\nc=\n    l1\n    l2\n"
    parser = configparser.ConfigParser(interpolation=None, strict=False, allow_no_value=True)
    parser.read_string(text)
    expected = {name: dict(parser[name]) for name in parser.sections()}
    ini = load_ini("x.ini", text)
    assert {name: ini.section(name) for name in ini.sections} == expected


def test_python_is_parsed_without_warnings() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert isinstance(parse_python("setup.py", 'x = "\\d"\nassert (1, 2)\n'), ast.Module)


@pytest.mark.parametrize(
    ("load", "kind"),
    [(load_toml, dict), (load_yaml, object), (load_ini, Ini), (parse_python, ast.Module)],
    ids=["toml", "yaml", "ini", "python"],
)
@given(text=st.text(alphabet=st.sampled_from(list("ab[]{}:=-#*&!|>\"'%@.,\n \t\\0\ud800\x00<")), max_size=80))
def test_any_text_is_a_value_or_a_problem(load: Callable[[str, str], object], kind: type, text: str) -> None:
    with suppress(FileProblem):
        assert isinstance(load("f", text), kind)
