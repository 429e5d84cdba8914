"""What a newcomer is told to type."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from pytest_sprintready.config import Settings, Sprint
from pytest_sprintready.facts import Facts
from pytest_sprintready.howto import Line, guide
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pytest_sprintready.howto import Step

SET_UP = Fact(("pip install -e .", "pre-commit install"), (Evidence("a.md", 1), Evidence("a.md", 2)))


def facts(**known: Any) -> Facts:
    """Return a stand-in for Facts: nothing is documented but what is named here."""
    nothing = {
        "setup_commands": Fact(()),
        "primary_test_command": Fact(""),
        "single_command": Fact(False),
        "single_command_available": Fact(()),
        "lint_commands": Fact(()),
        "docs_commands": Fact(()),
        "contributing": Fact(()),
        "contributing_url": Fact(""),
        "contact": Fact(()),
        "settings": Settings(),
        "documented": (),
        "snapshot": SimpleNamespace(name="acme", revision=""),
    }
    return cast("Facts", SimpleNamespace(**{**nothing, **known}))


def steps(**known: Any) -> list[tuple[str, str, list[str]]]:
    return [(step.purpose, step.source, [line.command for line in step.lines]) for step in guide(facts(**known)).steps]


def only(purpose: str, **known: Any) -> Step:
    (step,) = [step for step in guide(facts(**known)).steps if step.purpose == purpose]
    return step


def test_documented_commands_come_in_the_order_to_type_them() -> None:
    told = steps(
        setup_commands=SET_UP,
        primary_test_command=Fact("pytest", [Evidence("a.md", 3)]),
        lint_commands=Fact(("ruff check",)),
        docs_commands=Fact(("make html",)),
        contributing=Fact(("CONTRIBUTING.md", "other.md")),
    )
    assert told == [
        ("setup", "documented", ["pip install -e .", "pre-commit install"]),
        ("test", "documented", ["pytest"]),
        ("lint", "documented", ["ruff check"]),
        ("docs", "documented", ["make html"]),
        ("read", "documented", ["CONTRIBUTING.md"]),
    ]


def test_every_command_has_the_place_it_is_written_at() -> None:
    assert only("setup", setup_commands=SET_UP).lines[1] == Line("pre-commit install", Evidence("a.md", 2))


def test_places_are_left_out_where_they_do_not_match_the_commands() -> None:
    step = only("setup", setup_commands=Fact(("a", "b"), [Evidence("a.md", 1)]))
    assert [line.place for line in step.lines] == [None, None]


@pytest.mark.parametrize(
    ("command", "note"),
    [
        ("tox -e py", "Nothing has to be set up first; only `tox` has to be installed."),
        ("CI=1 nox", "Nothing has to be set up first; only `nox` has to be installed."),
        ("./scripts/test", "Nothing has to be set up first."),
        ("python -m unittest", "Nothing has to be set up first."),
    ],
)
def test_a_single_command_comes_first_and_says_what_it_takes(command: str, note: str) -> None:
    known = {"setup_commands": SET_UP, "primary_test_command": Fact(command), "single_command": Fact(True)}
    assert only("test", **known).note == note
    assert [purpose for purpose, _, _ in steps(**known)] == ["test", "setup"]


def test_what_only_the_configuration_says_is_said_to_come_from_there() -> None:
    step = only("test", single_command_available=Fact(("tox",), [Evidence("tox.ini", 1)]))
    assert (step.source, step.lines) == ("configuration", (Line("tox", Evidence("tox.ini", 1)),))
    assert "No document says how" in step.note


def test_what_nobody_says_is_not_guessed() -> None:
    assert steps() == [("setup", "unknown", []), ("test", "unknown", [])]
    assert "an issue will have to do" in only("test").note
    assert "Ask before you guess." in only("test", contact=Fact(("irc",))).note


def test_what_cannot_be_known_says_why() -> None:
    assert only("test", primary_test_command=Fact.not_known("the guide is binary")).note == "the guide is binary"


def test_a_guide_elsewhere_is_linked() -> None:
    assert (
        only("read", contributing_url=Fact("https://example.org/guide")).lines[0].command == "https://example.org/guide"
    )


def test_the_people_of_the_sprint_are_asked_before_anybody_else() -> None:
    settings = Settings(sprint=Sprint(lead="Ada", contact="#sprint"))
    told = guide(facts(settings=settings, contact=Fact(("irc", "#sprint"))))
    assert told.stuck == ("#sprint", "Ada", "irc")


def test_commands_of_a_folder_are_typed_in_it() -> None:
    text = (
        "# Contributing\n\n```console\n$ cd lamps\n$ uv sync\n$ cd ..\n```\n\n```console\n$ pre-commit install\n```\n"
    )
    files = {"CONTRIBUTING.md": text, "lamps/pyproject.toml": "[project]\nname = 'lamps'\n"}
    (step,) = [step for step in guide(Facts(MemorySnapshot({**files}))).steps if step.purpose == "setup"]
    assert [line.command for line in step.lines] == ["cd lamps", "uv sync", "cd ..", "pre-commit install"]
