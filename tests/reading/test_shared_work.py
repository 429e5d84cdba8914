"""Which texts call whoever comes to bring something of theirs, and which ask for one thing with the same words."""

from __future__ import annotations

import pytest

from pytest_sprintready.reading import issue_text, no_task, shared_work


def is_for_many(title: str, text: str = "") -> bool:
    ways = (shared_work.calls_whoever_comes, shared_work.has_parts, shared_work.tracks_issues)
    return any(way(title, text) for way in ways)


@pytest.mark.parametrize(
    "title",
    [
        "Any riddle in any language",
        "Add more poems",
        "Submit your own recipe",
        "Write hello world in different languages",
        "Solutions in Python / Ruby / Rust",
        "Add your lamp",
        "Puzzles wanted",
        "Open call for lamps",
        "Write a poem in whichever language you like",
        "Share a riddle you know",
        "Translate whatever you like, add anything you like",
        "Add yourself to the guests",
        "Everybody: upload your recipes to the tower",
    ],
)
def test_this_title_calls_whoever_comes(title: str) -> None:
    assert shared_work.calls_whoever_comes(title)


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
    assert not shared_work.calls_whoever_comes(title)


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
        "Add any small lamp, old or new, that you'd like.",
        "Show us what you have made.",
        "Everyone is free to add three.",
        "We merge all that burn.",
    ],
)
def test_this_text_takes_whatever_comes(text: str) -> None:
    assert is_for_many("Lamps", text)


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
        "If you get stuck, post your questions here.",
    ],
)
def test_this_text_asks_for_one_thing(text: str) -> None:
    assert not is_for_many("Lamps", text)


def test_what_is_split_off_from_a_call_is_one_task() -> None:
    assert not is_for_many("Lamps", "Part of the umbrella issue #3: feel free to choose a file.")


def test_all_that_precedes_an_event_is_no_task_and_one_thing_is() -> None:
    steps = "- [ ] book a room\n- [x] write to people\n- [ ] buy tea"
    assert is_for_many("Prepare for the hackathon", steps)
    assert is_for_many("Meetup checklist", steps)
    assert not is_for_many("Prepare for the hackathon", "- [ ] buy tea")
    assert not is_for_many("Prepare for the night", steps)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("[META] wicks", ""),
        ("Tracking issue for wicks", ""),
        ("Epic: wicks", ""),
        ("List of issues", ""),
        ("Hacktoberfest 2024", ""),
        ("Wicks", "This issue tracks the work on them."),
        ("Wicks", "Choose a file from the list and comment which file you take."),
        ("Wicks", "Write one in the language of your choice."),
        ("Wicks", "- [ ] #1\n- [x] @ada\n- [ ] https://github.com/lamps/lantern/issues/3"),
        ("Wicks", "\n".join(f"- [ ] lamps/wick{number}.py" for number in range(6))),
        ("Wicks", "Take any wick function that has no example."),
        ("Wicks", "Please make a new PR for each wick."),
        ("Wicks", "Leave a comment about the language you translate to."),
        ("Wicks", "If you notice a dark one anywhere in the house, mend it."),
        ("Wicks", "Add one; the language doesn't matter."),
        ("Wicks", "Here is the list of remaining lamps."),
        ("Wicks", "This is the parent issue."),
    ],
)
def test_this_is_for_several_people(title: str, text: str) -> None:
    assert is_for_many(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Merge it to master", ""),
        ("Add meta tags to the page", ""),
        ("Tracking of wicks is slow", ""),
        ("The wick is wrong", "1. Choose a lamp from the list"),
        ("Wicks", "- [ ] buy one\n- [ ] light it\n- [ ] tell ada@lamps.example"),
        ("Wicks", "- [ ] see lamps/wick.py\n- [ ] add a test"),
        ("Wicks", "Parent issue: #3"),
        ("Wicks", "The linter prints a list of style issues found in it."),
        ("Wicks", "It is not documented anywhere."),
    ],
)
def test_this_is_one_task(title: str, text: str) -> None:
    assert not is_for_many(title, text)


@pytest.mark.parametrize(
    "text",
    [
        "Pick one of the following functions and add tests",
        "Choose any component from the list and convert it",
        "Comment below with the file you'd like to work on",
        "Please comment which module you want to take",
        "We need translations for the following languages:",
        "Each of these can be done in a separate PR",
        "One PR per file please",
        "Please open one pull request per module",
        "Feel free to take any of the unchecked items",
        "Feel free to pick any of these",
        "This is a tracking issue for the new lamps",
        "This is an umbrella issue",
        "This issue tracks the remaining work on lamps",
        "The following modules still need docstrings:",
        "Help us translate the guide into your language",
        "Add your favourite algorithm",
        "Add your name to the list",
        "Multiple people can work on this",
        "More than one person can work on this issue",
        "You can do as many or as few as you like",
        "This can be split into many small PRs",
        "Can be done in several PRs by different people",
        "Submit your own lamp",
        "Any contribution counts",
        "Grab one, comment, and open a PR",
        "Several contributors can work on this in parallel",
        "Create a new issue for each lamp you want to fix",
        "Please create a separate issue for every module",
        "See the sub-issues below",
        "Below is a list of small tasks",
        "Here's a list of things that could be improved",
        "There are many small things to do here",
        "Claim a file by commenting here",
        "Don't do all of them at once, one or two files per PR is fine",
        "This is a meta issue",
        "This is a parent issue for all lamps",
        "This issue serves as an entry point",
        "Good first PRs: any of the files below",
        "pick a file, any file",
        "you can translate into any language you know",
        "Solve any problem you like",
        "Add any algorithm you want",
    ],
)
def test_words_that_are_meant_for_several_people(text: str) -> None:
    assert is_for_many("Convert the lamps", text)


@pytest.mark.parametrize(
    "text",
    [
        "This is a subtask of #12",
        "Part of #34",
        "See the list of supported options in README",
        "Add a list of contributors to the README",
        "1. Open the file 2. Change the line 3. Run the tests",
        "- [ ] Add the option",
        "We have one file per module",
        "There is one lamp per room",
        "The list of lamps is sorted wrongly",
        "You can pick the colour in the settings",
        "Pick a better name for the variable",
        "This affects all languages",
        "Each of these lamps has a wick",
        "Comment out the line",
        "Please comment on the code",
        "Many people have asked for this",
        "This would help many users",
        "Track the mouse position",
        "The tracker should be stopped",
        "Add any missing imports",
        "It should be possible to choose any colour",
        "The user can add their own lamp",
        "Users should be able to submit their own lamps",
        "Several files use the old name",
        "In each of the following files, replace foo with bar",
        "- [ ] Bug\n- [x] Clean up\n- [ ] Question\n- [ ] Enhancement\n- [ ] Suggestion\n- [ ] Other",
        "- [x] Yes\n- [ ] No\n- [x] Beginner\n- [ ] Intermediate\n- [ ] Advanced\n- [ ] Unknown",
        "- [ ] Add the option\n- [ ] Document it\n- [ ] Test it\n- [ ] Mention it\n- [ ] Ship it",
    ],
)
def test_words_that_are_meant_for_whoever_does_the_one_task(text: str) -> None:
    assert not is_for_many("Convert the lamps", text)


def test_boxes_with_names_alone_are_things_to_take_one_by_one() -> None:
    assert is_for_many("Lamps", "\n".join(f"- [ ] lamp.{name}" for name in ("lit", "dim", "out", "off", "on")))
    assert not is_for_many("Lamps", "- [ ] lamp.lit\n- [ ] lamp.dim")


@pytest.mark.parametrize(
    "title",
    [
        "Tracking issue: new lamps",
        "[Meta] Lamps",
        "Umbrella: lamps",
        "Roadmap for 2.0",
        "List of good first issues",
        "TODO list",
        "Translations wanted",
        "Call for translators",
        "Help translate the guide",
        "Hacktoberfest 2021",
        "Good first issues",
        "Ideas for new features",
        "Lamp roadmap",
        "Epic: lamps",
        "Sprint tasks",
        "Tasks for beginners",
        "Small tasks for newcomers",
        "[Tracker] lamps",
        "Tracking: lamps",
        "Help wanted!",
        "Documentation sprint",
    ],
)
def test_a_title_of_several_tasks_or_of_none(title: str) -> None:
    assert is_for_many(title) or no_task.is_invitation(title) or issue_text.is_question(title)


@pytest.mark.parametrize(
    "title",
    [
        "List the lamps in alphabetical order",
        "Track the lamp's state",
        "Add a roadmap page",
        "Add meta description tag",
        "Lists are not sorted",
        "Epic games login fails",
        "Show the list of lamps",
        "Make the tracker faster",
        "Add meta tags for SEO",
        "Parent class is not called",
    ],
)
def test_a_title_of_one_task_with_such_words(title: str) -> None:
    assert not (is_for_many(title))
    assert not (no_task.is_invitation(title))
    assert not (issue_text.is_question(title))


@pytest.mark.parametrize(
    "text",
    [
        "Each contributor may add one recipe",
        "Take up to three files at a time, please",
        "Make a folder with your name and put your program in it",
        "Any idea is welcome, as long as it is a lamp",
        "Claim some of the entries by commenting",
        "Every participant picks another lamp",
        "No more than 2 files per person",
        "Put your own poem into `poems/`",
        "Each of these makes a nice first PR",
        "Each of them is its own PR",
        "Leave the others for other people",
        "I've split the review into separate tickets",
        "This one keeps the overview",
        "The more the merrier!",
    ],
)
def test_each_person_takes_a_share_or_brings_their_own(text: str) -> None:
    assert is_for_many("Lamps", text)


@pytest.mark.parametrize(
    "text",
    [
        "Each user can have up to 3 lamps at once",
        "Every member gets a mail",
        "Only one job runs at a time",
        "Limit uploads to at most 5 per user",
        "Create a folder with your settings",
        "Write your code into a file, then run it",
        "Each file should end with a newline",
        "Put your name into the field, the form fails",
        "Any change is lost after a reload",
        "Each of these functions should raise",
        "Split the parser into separate modules",
        "Leave the other buttons as they are",
        "A page gives the overview of lamps",
    ],
)
def test_shares_and_limits_of_a_program_are_one_task(text: str) -> None:
    assert not is_for_many("Lamps", text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Epic: lamps", ""),
        ("List of open issues", ""),
        ("Lamps", "- [ ] #1\n- [x] #2"),
        ("Lamps", "- [ ] https://git.example/lamps/lantern/issues/3"),
        ("Lamps", "* #1\n* wick: #2\n* lamps/oil#3"),
        ("Lamps", "|No.|link|who|\n|---|:--:|---|\n|1|https://git.example/l/l/issues/3|@ada|\n|2|#4||\n|3|#5||"),
        ("Tracking: lamps", "See #1, #2 and #3."),
        ("Lamp 2.0", "- [x] buy oil\n- [x] burn (#4)\n- [ ] shine (#5, #6)\n- [ ] glow (part of #7)"),
        ("Lamps", "This parent issue leads to all of them."),
        ("Lamps", "Open a separate issue for each lamp."),
        ("Lamps", "The entry point for newcomers."),
        ("Contribution welcome", "All of them: https://git.example/l/l/issues?q=is%3Aopen+label%3Awelcome"),
    ],
)
def test_the_parts_of_this_are_issues(title: str, text: str) -> None:
    assert shared_work.tracks_issues(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("[META] Lamps", ""),
        ("Tracking: lamps", "- [ ] oil\n- [ ] wick"),
        ("Lamps", "It may have to do with\n- #4\n- #5"),
        ("Lamps", "- [ ] #1\n- [ ] buy oil\n- [ ] light it"),
        ("Lamps", "- [ ] buy oil for the lamp of the hall (#1)\n- [ ] light it"),
        ("Lamps", "|oil|wick|\n|--|--|\n|1|2|\n|#4|5|"),
        ("Lamps", "Part of the parent issue: #3\n- [ ] #4"),
        ("Lamps", "Open a new issue for each one that you find."),
        ('Rename the label "good first issues"', ""),
        ("Show the label in the issues list", ""),
        ("Links in messages", "The last of these alone is one:\n- Closes #1\n- Closes #2\n- Fixes #3"),
        ("The link to the issues is broken", "It leads to https://git.example/l/l/issues?q=is%3Aopen+label%3Aa"),
        ("Mention the label", "See https://git.example/l/l/issues?q=label%3Aa"),
    ],
)
def test_this_tracks_no_issues(title: str, text: str) -> None:
    assert not shared_work.tracks_issues(title, text)


def test_a_table_with_people_is_shared_and_taken_when_each_row_has_somebody() -> None:
    table = "|page|who|\n|---|---|\n|oil|@ada|\n|wick|@grace|\n"
    assert shared_work.has_parts("Pages", table)
    assert shared_work.is_all_taken(table)
    assert not shared_work.is_all_taken(f"{table}|glass||\n")
    assert not shared_work.has_parts("Pages", "|page|who|\n|---|---|\n|oil|@ada|\n|wick||\n")


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("- [ ] oil @ada\n- [ ] wick, PR #4", True),
        ("- [x] oil\n- [ ] wick https://git.example/l/l/pull/4", True),
        ("- [ ] oil @ada\n- [ ] wick", False),
        ("- [x] oil @ada", False),
        ("Ask @ada.", False),
        ("- [ ] oil @ada\nIf your lamp is not listed, tell us.", False),
    ],
)
def test_nothing_is_left_when_each_open_part_has_somebody(text: str, *, taken: bool) -> None:
    assert shared_work.is_all_taken(text) is taken


def test_that_a_list_of_something_is_wrong_is_one_task() -> None:
    assert not shared_work.has_parts("List of lamps is out-of-date", "")
    assert shared_work.has_parts("List of lamps to write about", "")


def test_who_knows_a_language_translates_where_a_platform_is_named() -> None:
    assert shared_work.calls_whoever_comes("More translations", "It is on Weblate.")
    assert not shared_work.calls_whoever_comes("Mend the link", "It leads to Weblate.")
