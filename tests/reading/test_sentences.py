"""What people type, made even before it is read."""

from __future__ import annotations

import pytest

from pytest_sprintready.reading.sentences import plain, sentences, spelled_out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I'd like to try", "i would like to try"),
        ("id love to", "i would love to"),
        ("Im on it", "i am on it"),
        ("we\u2019ll see, they're here", "we will see, they are here"),
        ("can't, won\u2019t, dont, cannot", "can not, will not, do not, can not"),
        ("pls assign, u can plz", "please assign, you can please"),
        ("lemme work, I wanna", "let me work, i want to"),
        ("it's thats lets, its done", "it is that is let us, it is done"),
        ("i wanna wrok on this isue", "i want to work on this issue"),
        ("`parse` is *the* function", "parse is the function"),
        ("the widget id is wrong", "the widget id is wrong"),
        ("well done, its colour", "well done, its colour"),
    ],
)
def test_short_forms_are_written_in_full(typed: str, meant: str) -> None:
    assert spelled_out(typed) == meant


def test_what_is_quoted_or_is_code_is_left_out() -> None:
    assert plain("> I take it\nThanks\n```\nI take it\n```") == "thanks"
    assert spelled_out("Thanks\n\nOn Monday, Ada <ada@example.org> wrote:\nI'll take it") == "thanks\n"


def test_sentences_begin_with_their_first_word() -> None:
    assert sentences("- fixed in main. why?\n\u2728 @ada go ahead!") == ["fixed in main.", "why?", "@ada go ahead!"]
