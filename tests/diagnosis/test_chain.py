"""Exceptions as values: real ones, raised here."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.diagnosis.chain import chain, relative

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.diagnosis.model import Raised

HERE = Path(__file__)


def raised_by(action: Callable[[], object]) -> tuple[Raised, ...]:
    try:
        action()
    except BaseException as error:  # noqa: BLE001
        return chain(error, str(HERE.parent))
    raise AssertionError("nothing was raised")


def test_a_module_that_is_missing_is_known_by_its_name() -> None:
    (raised,) = raised_by(lambda: importlib.import_module("no_such_thing"))
    assert raised.types[:2] == ("builtins.ModuleNotFoundError", "builtins.ImportError")
    assert raised.get("name") == "no_such_thing"
    assert raised.frames[-1].path == HERE.name
    assert "import_module" in raised.frames[-1].source


def test_what_it_was_raised_from_follows() -> None:
    def act() -> None:
        try:
            int("x")
        except ValueError as error:
            raise OSError(2, "text", "file") from error

    outer, inner = raised_by(act)
    assert (outer.get("errno"), outer.get("filename"), inner.types[0]) == ("2", "file", "builtins.ValueError")


def test_what_was_being_handled_follows_unless_it_is_hidden() -> None:
    def act(hide: bool) -> None:
        try:
            int("x")
        except ValueError:
            if hide:
                raise KeyError from None
            raise KeyError  # noqa: B904

    assert len(raised_by(lambda: act(False))) == 2
    assert len(raised_by(lambda: act(True))) == 1


def test_what_pytest_hides_of_its_own_errors_is_looked_at() -> None:
    def act() -> None:
        try:
            importlib.import_module("no_such_thing")
        except ImportError:
            raise pytest.UsageError("while parsing") from None

    assert [raised.types[0].rpartition(".")[2] for raised in raised_by(act)] == ["UsageError", "ModuleNotFoundError"]


def test_what_a_doctest_met_follows() -> None:
    def act() -> None:
        test = doctest.DocTestParser().get_doctest(">>> import no_such_thing", {}, "lamp", None, 0)
        doctest.DebugRunner().run(test)

    unexpected, missing = raised_by(act)
    assert unexpected.types[0] == "doctest.UnexpectedException"
    assert missing.get("name") == "no_such_thing"


def test_a_circle_of_causes_ends() -> None:
    def act() -> None:
        first, second = ValueError("a"), ValueError("b")
        first.__cause__, second.__cause__ = second, first
        raise first

    assert len(raised_by(act)) == 2


def test_an_exception_that_cannot_be_shown_is_no_obstacle() -> None:
    class Odd(Exception):
        def __str__(self) -> str:
            raise RuntimeError

        @property
        def name(self) -> str:
            raise RuntimeError

    def act() -> None:
        raise Odd

    (raised,) = raised_by(act)
    assert (raised.message, raised.get("name"), raised.module) == ("", "", __name__.partition(".")[0])


def test_bytes_and_lists_become_text_and_endless_messages_are_cut() -> None:
    import subprocess

    def act() -> None:
        raise subprocess.CalledProcessError(128, ["git", "commit"], stderr=b"fatal: \xff" + b"x" * 9000)

    (raised,) = raised_by(act)
    assert (raised.get("cmd"), raised.get("returncode")) == ("git commit", "128")
    assert raised.get("stderr").startswith("fatal: ")
    assert len(raised.get("stderr")) <= 2000


@pytest.mark.parametrize(
    ("path", "root", "expected"),
    [
        ("/a/b/c.py", "/a/b", "c.py"),
        ("/a/b/c.py", "/a/b/", "c.py"),
        ("/a/bc/d.py", "/a/b", "/a/bc/d.py"),
        ("C:\\a\\b\\c.py", "C:\\a", "b/c.py"),
    ],
)
def test_paths_inside_are_relative(path: str, root: str, expected: str) -> None:
    assert relative(path, root) == expected
