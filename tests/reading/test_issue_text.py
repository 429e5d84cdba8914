"""What the text of an issue says: where to look, what shall be otherwise, and whether it asks for one thing or for many."""

from __future__ import annotations

import pytest

from pytest_sprintready.reading import issue_text


@pytest.mark.parametrize(
    "text",
    [
        "see src/lamps/light.py",
        "the tests in `tests/`",
        "`burn` is slow",
        "lamps.light is slow",
        "light_lamp is slow",
        "LightLamp is slow",
        "lightLamp is slow",
        "the option --dark does nothing",
        "/lamps/42 answers 500",
        "when we use %s",
        'It says "no such lamp"; the message \'x\' comes late, message "no lamp"',
        "the export command fails",
        "the settings page is empty",
        "the navbar is too high",
        "see the README",
        "as in the example of #12",
        "![picture](https://lamps.example/dark.png)",
        "https://github.com/lamps/lantern/blob/main/a.py#L3",
        "https://lantern.readthedocs.io/en/latest/guide.html",
        "```\nlight()\n```",
    ],
)
def test_this_is_a_place(text: str) -> None:
    assert issue_text.places(text, "lamps/lantern").any


@pytest.mark.parametrize(
    "text",
    [
        "the docs should be better",
        "all functions lack types",
        "a toggle button would be nice",
        "the missing page",
        "we use GitHub and PyPI, e.g. for wheels",
        "see https://docs.python.org/3/library/logging.html",
        "see https://peps.python.org/pep-0484/",
        "instructions for contributing",
        'it is "new"',
        "and/or",
    ],
)
def test_this_is_no_place(text: str) -> None:
    assert not issue_text.places(text, "lamps/lantern").any


def test_where_the_project_is_not_known_any_documentation_counts() -> None:
    assert issue_text.places("https://docs.lamps.example/en/latest/guide").any


@pytest.mark.parametrize(
    "title",
    ["Remove six", "Add paging to the basket", "Show help without arguments", "DOC: Rename the wick", "ランプをつける"],
)
def test_these_titles_name_what_they_are_about(title: str) -> None:
    assert issue_text.names_matter(title)


@pytest.mark.parametrize(
    "title",
    [
        "Add type hints",
        "Improve the documentation",
        "Add a dark mode",
        "Implement paging",
        "Make it nicer",
        "More tests",
        "[FEAT] Better UI",
        "Add a legend to plots",
        "No export functionality",
        "Split up the big files",
        "Document installation on Windows systems",
    ],
)
def test_these_titles_name_what_is_everywhere_or_to_be_made(title: str) -> None:
    assert not issue_text.names_matter(title)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Add a wick", ""),
        ("DOC: fix the wick", ""),
        ("Migrating to oil", ""),
        ("Wick", "It should burn."),
        ("Wick", "To see at night, add a lamp."),
        ("The wick does not burn", ""),
        ("A wick that was put out burns no more", ""),
        ("Improve the wick", "It should be lit from below."),
        ("Improve the wick to burn longer", ""),
        ("Wick", "- [ ] buy it\n- [ ] light it"),
        ("Unit tests for the wick", ""),
        ("Wicks of lamps", "Their alignment seems off."),
    ],
)
def test_one_can_tell_when_this_is_done(title: str, text: str) -> None:
    assert issue_text.tells_outcome(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Wick", "It is long."),
        ("Improve the wick", ""),
        ("Improve the wick", "It should be better."),
        ("Refactor the wick", "We can do more."),
        ("Make the wick nicer", ""),
        ("Update the guide", ""),
        ("Rewrite the tests of a wick", ""),
        ("Wick improvements", ""),
        (
            "Improve the wick",
            "Those who light `lamps.wick` for the first time in an evening of May read it before they go home.",
        ),
    ],
)
def test_one_cannot_tell_when_this_is_done(title: str, text: str) -> None:
    assert not issue_text.tells_outcome(title, text)


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
    assert issue_text.is_umbrella(title, text)


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
    assert not issue_text.is_umbrella(title, text)


def test_a_text_can_say_nothing_or_invite_where_the_title_asks_for_nothing() -> None:
    assert issue_text.says_nothing("First issue", "This is a test for the first issue.")
    assert issue_text.says_nothing("Docs", "They are good.")
    assert not issue_text.says_nothing("Docs", "Add a page on wicks.")
    news = "There is no milestone any more: please contribute to any issue you like."
    assert issue_text.is_invitation("News for those who light lamps", news)
    assert not issue_text.is_invitation("Add a milestone", news)
    assert not issue_text.is_invitation("The milestone is wrong", news)


def test_the_task_is_in_the_title_or_in_the_first_line_that_asks() -> None:
    assert issue_text.task("Add a wick", "Remove the oil.") == "Add a wick"
    assert (
        issue_text.task("Wick export", "It would help.\nAllow wicks to be exported.") == "Allow wicks to be exported."
    )
    assert issue_text.task("Wick export", "It would help.") == "Wick export"


def test_what_is_left_out_is_no_place() -> None:
    assert not issue_text.places("Write more besides README.md").any
    assert not issue_text.names_matter("Add other languages beyond Latin")
    assert issue_text.places("Besides this, wick.py burns").any


def test_a_declaration_is_one_however_it_is_ticked() -> None:
    for tick in ("[x]", "[y]", "[ ]", "[]"):
        assert "willing" not in issue_text.plain_body(f"It is dark.\n- {tick} I am willing to contribute")


def test_a_title_can_say_nothing_or_invite() -> None:
    assert all(
        map(issue_text.says_nothing, ["", "...", "[Bug]: test", "Test issue, please ignore", "https://lamps.example"])
    )
    assert not any(map(issue_text.says_nothing, ["Add a test", "Example of a wick", "Light it"]))
    assert all(
        map(
            issue_text.is_invitation,
            ["How to claim an issue", "Want to join? Comment", "Welcome!", "[Help] Looking for contributors"],
        )
    )
    assert not any(map(issue_text.is_invitation, ["How to light a lamp is not documented", "Looking at a lamp hurts"]))


@pytest.mark.parametrize(
    ("text", "large"),
    [
        ("It should take two weeks.", True),
        ("Estimation\n24 hours", True),
        ("Effort: a month", True),
        ("Estimation: 1 hour", False),
        ("It should take a day.", False),
        ("It burned for two weeks.", False),
    ],
)
def test_what_takes_more_than_a_day_is_large(text: str, *, large: bool) -> None:
    assert issue_text.is_large(text) is large


def test_own_words_are_neither_a_templates_questions_nor_a_users_tale() -> None:
    body = "It is dark.\n### Would you like to work on it?\nYes, please assign me\n### Size\nAs a reader, I want light\n2 m"
    assert issue_text.own_words(body).split("\n") == ["It is dark.", "2 m"]


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
        "Everyone can contribute a lamp",
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
    assert issue_text.is_umbrella("Convert the lamps", text)


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
    assert not issue_text.is_umbrella("Convert the lamps", text)


def test_boxes_with_names_alone_are_things_to_take_one_by_one() -> None:
    assert issue_text.is_umbrella(
        "Lamps", "\n".join(f"- [ ] lamp.{name}" for name in ("lit", "dim", "out", "off", "on"))
    )
    assert not issue_text.is_umbrella("Lamps", "- [ ] lamp.lit\n- [ ] lamp.dim")


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
    assert issue_text.is_umbrella(title) or issue_text.is_invitation(title) or issue_text.is_question(title)


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
    assert not (issue_text.is_umbrella(title))
    assert not (issue_text.is_invitation(title))
    assert not (issue_text.is_question(title))
