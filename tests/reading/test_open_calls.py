"""Which texts call whoever comes to bring something of theirs, and which ask for one thing with the same words."""

from __future__ import annotations

import pytest

from pytest_sprintready.reading import issue_text, open_calls


@pytest.mark.parametrize(
    "title",
    [
        "Any riddle in any language",
        "Add more poems",
        "Submit your own recipe",
        "Write hello world in different languages",
        "Solutions in Python / Ruby / Rust",
        "Accepting patches for the season",
        "Contributions welcome",
        "Add your lamp",
        "Puzzles wanted",
        "Open call for lamps",
        "Write a poem in whichever language you like",
        "Share a riddle you know",
        "Translate whatever you like, add anything you like",
    ],
)
def test_this_title_calls_whoever_comes(title: str) -> None:
    assert open_calls.calls_for_any(title)


@pytest.mark.parametrize(
    "title",
    [
        "Add more game modes",
        "Add a program in Ruby",
        "Show poems in any language of the reader",
        "Lamps for Python and Ruby",
        "Accept patches over HTTP",
        "Add any missing lamp",
        "Ask for your name",
        "Solution wanted by the wick",
    ],
)
def test_this_title_asks_for_one_thing(title: str) -> None:
    assert not open_calls.calls_for_any(title)


@pytest.mark.parametrize(
    "text",
    [
        "Feel free to choose a module.",
        "Feel free to add more tests.",
        "This is a rolling task.",
        "This ticket serves as a long-term plan.",
        "A collective issue for small things.",
        "Suggest improvements or features to the app.",
        "Multiple solutions of one riddle are accepted.",
        "You can submit them here.",
        "Anybody can add a lamp of their own, everyone may add more.",
        "Add as many lamps as you can.",
        "Take whatever part pleases.",
        "We want it in as many languages as possible.",
        "The queue for newcomers.",
        "There is no end to this one.",
        "No limit on how many you send.",
        "Pick something off the list.",
        "Show us what you have made.",
        "Everyone is free to add three.",
        "We merge all that burn.",
    ],
)
def test_this_text_takes_whatever_comes(text: str) -> None:
    assert issue_text.is_umbrella("Lamps", text)


@pytest.mark.parametrize(
    "text",
    [
        "Feel free to add a test.",
        "Feel free to add more tests if one is missing.",
        "It is a long-term wish of ours.",
        "Add a feature to the app.",
        "Multiple solutions exist.",
        "So that anybody can add a lamp.",
        "Take it off.",
        "The board of lamps.",
        "There is no limit on how many lamps burn.",
        "Pick something else when it fails.",
        "Everyone is free to go.",
    ],
)
def test_this_text_asks_for_one_thing(text: str) -> None:
    assert not issue_text.is_umbrella("Lamps", text)


def test_what_is_split_off_from_a_call_is_one_task() -> None:
    assert not issue_text.is_umbrella("Lamps", "Part of the umbrella issue #3: feel free to choose a file.")


def test_all_that_precedes_an_event_is_no_task_and_one_thing_is() -> None:
    steps = "- [ ] book a room\n- [x] write to people\n- [ ] buy tea"
    assert issue_text.is_umbrella("Prepare for the hackathon", steps)
    assert issue_text.is_umbrella("Meetup checklist", steps)
    assert not issue_text.is_umbrella("Prepare for the hackathon", "- [ ] buy tea")
    assert not issue_text.is_umbrella("Prepare for the night", steps)
