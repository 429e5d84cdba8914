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


@pytest.mark.parametrize(
    "text",
    [
        "I'd estimate three to four weeks.",
        "This will keep you busy for a few weeks",
        "Expect this to take a couple of months.",
        "Plan for two sprints.",
        "Not a weekend project!",
        "A big one.",
        "This is quite a large task",
        "Effort: XL",
        "It's a huge undertaking",
        "We think it needs about 5 days of work",
        "That is several weeks of work",
        "This might take you a month or more",
        "It will probably take 2-3 days",
        "Difficulty: hard",
    ],
)
def test_who_does_this_needs_more_than_a_day(text: str) -> None:
    assert issue_text.is_large(text)


@pytest.mark.parametrize(
    "text",
    [
        "The token is valid for a month.",
        "Expected: the reminder comes two weeks before the meeting",
        "It takes 3 seconds to start",
        "Show the last two weeks in the chart",
        "Old logs need to be deleted after three months",
        "The window is too large",
        "It is a big image",
        "Estimate: 2 hours",
        "We need the data of the last 3 months",
        "This is a small task",
        "The size XL is missing in the shop",
        "Requires two days ago to be parsed",
        "It is not a big change",
        "Add a month to the date",
        "Sessions expire after a week",
        "Effort: small",
        "A day is enough",
    ],
)
def test_what_lasts_or_measures_so_much_is_not_work(text: str) -> None:
    assert not issue_text.is_large(text)


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
    assert issue_text.is_umbrella("Lamps", text)


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
    assert not issue_text.is_umbrella("Lamps", text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Thank you", "This is the best lamp ever"),
        ("Maintenance tonight", "The server will be down"),
        ("Trying out labels", ""),
        ("New maintainer on board", "Welcome @ada"),
        ("Meeting notes", "We talked about lamps"),
        ("Version 2.0 is out", "Enjoy"),
        ("We have moved", "to the new forge"),
        ("Join us on chat", "#lamps"),
        ("Rules", "Be kind"),
        ("Reminder: submit your talk", "until Friday"),
        ("Lamps", "This is only a test"),
        ("Happy new year!", "from all of us"),
        ("Dependency Dashboard", "This lists updates"),
    ],
)
def test_this_tells_and_asks_for_nothing(title: str, text: str) -> None:
    assert issue_text.is_invitation(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Thank you page is empty", "It shows nothing"),
        ("Maintenance page lacks a title", "It should say when we are back"),
        ("Add meeting notes to the site", "as a page"),
        ("New members are not mailed", "Nobody gets the mail"),
        ("Rules of the linter are not documented", "List them"),
        ("Join button does nothing", "Clicking it should join"),
        ("Reminder mails are sent twice", "since 2.0"),
        ("Version 2.0 is out of date in the docs", "It should be 3.0"),
        ("Test the label parser", "with an empty label"),
        ("Show a notice when the lamp is off", "The server will be down otherwise"),
        ("FAQ: correct the link to the shop", "it is broken"),
        ("Survey form fails", "when the name is empty"),
        ("Add a survey page", "with three questions"),
        ("Thank-you mail has a typo", "'Thnak'"),
        ("Notice is cut off", "on phones"),
    ],
)
def test_a_task_may_speak_of_announcements(title: str, text: str) -> None:
    assert not issue_text.is_invitation(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Improve UI", "The UI should look more modern and attractive."),
        ("Refactor the code", "The code needs refactoring to be cleaner."),
        ("Better design", "It can be made more user-friendly."),
        ("Improve docs", "They should be improved."),
        ("Clean up", "The code must be cleaned up to be more readable"),
        ("Improve the shop", "The shop should be nicer and feel smoother"),
    ],
)
def test_that_it_shall_be_good_is_no_outcome(title: str, text: str) -> None:
    assert not issue_text.tells_outcome(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Improve UI", "The buttons should have the same size."),
        ("Refactor the reader", "Split `read` so that the header is read once."),
        ("Better design", "Use the colours of the logo."),
        ("Improve docs", "They should be improved by an example for each command."),
        ("Clean up", "The unused functions must be removed"),
        ("Improve search", "It should be made faster by an index"),
        ("Improve UI", "should be updated to the new colours"),
    ],
)
def test_what_shall_be_good_is_an_outcome(title: str, text: str) -> None:
    assert issue_text.tells_outcome(title, text)


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("as discussed in the call", True),
        ("Do the thing we talked about on Tuesday", True),
        ("like you said on the phone", True),
        ("The idea we agreed on in the meeting", True),
        ("as discussed in #12", False),
        ("As mentioned above, the wick is short", False),
        ("The call was discussed in the guide", False),
        ("What we decided: use the blue one", False),
        ("that is said in the docs", False),
    ],
)
def test_a_matter_can_have_been_told_where_no_stranger_was(text: str, *, elsewhere: bool) -> None:
    assert issue_text.refers_elsewhere(text) is elsewhere


@pytest.mark.parametrize(
    "body",
    [
        "- [x] Add a wick\n- [X] Fix the lamp",
        "Some words.\n\n# To do\n* [x] write the guide\n* [x] add a wick\n* [x] every lamp still burns",
        "- [x] #3\n- [x] lamps/lantern#4",
        "- [x] I have searched the tracker\n- [x] add a wick\n- [x] fix the lamp",
    ],
)
def test_of_this_list_nothing_is_left(body: str) -> None:
    assert issue_text.all_ticked(body)


@pytest.mark.parametrize(
    "body",
    [
        "- [x] Add a wick\n- [ ] Light it",
        "- [x] Add a wick",
        "- [x] Bug\n- [x] Documentation",
        "## Type of change\n- [x] Fix a fault\n- [x] Add a feature",
        "## Checklist\n- [x] Read the guide\n- [x] Run the tests",
        "- [x] I added a picture\n- [x] I checked my version",
        "- [x] the lamp\n- [x] the wick\n- [x] the oil\n- [x] add a match",
        "",
    ],
)
def test_of_this_list_something_may_be_left(body: str) -> None:
    assert not issue_text.all_ticked(body)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("The title of this request", ""),
        ("Title of your request", ""),
        ("Name | Category | Room", ""),
        ("[BUG] <title>", ""),
        ("Add {short description}", ""),
        ("Lamp does X", ""),
        ("[Room] - [Short summary]", ""),
        ("Do x for y", ""),
        ("Light the lamp", "please ignore"),
    ],
)
def test_a_placeholder_says_nothing(title: str, text: str) -> None:
    assert issue_text.says_nothing(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Show the title", ""),
        ("Parse List<Lamp>", ""),
        ("Wick | oil", ""),
        ("Use x for the length", ""),
        ("Testing", "Test the wick with oil of every kind."),
        ("Light the lamp", "Please ignore the stove, it is another matter."),
    ],
)
def test_a_title_with_such_words_says_something(title: str, text: str) -> None:
    assert not issue_text.says_nothing(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("This is a test ticket from the back row", ""),
        ("Second issue", "hello"),
        ("A trial ticket", "Add a lamp"),
        ("Labels", "This issue exists for testing purposes."),
        ("Labels", "Opened to see how labels work."),
        ("Labels", "Our teacher wants each of us to write one."),
    ],
)
def test_a_trial_asks_for_nothing(title: str, text: str) -> None:
    assert issue_text.is_invitation(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("First issue", "Add a lamp to the hall."),
        ("Test issue templates", ""),
        ("Lamps", "The stand is for testing wicks."),
    ],
)
def test_a_poor_title_may_stand_above_a_task(title: str, text: str) -> None:
    assert not issue_text.is_invitation(title, text)


@pytest.mark.parametrize(
    "title",
    [
        "Write more wick tests",
        "Add oil docstrings",
        "Draft some documentation for operators",
        "Remove dead code",
        "Add a guide for translators",
    ],
)
def test_work_on_a_part_or_for_somebody_has_an_end(title: str) -> None:
    assert not issue_text.is_endless(title, "lamps/lantern")


@pytest.mark.parametrize(
    "title",
    [
        "Write more tests",
        "Add integration tests",
        "Lantern docs",
        "Typehints should be added",
        "Improve the documentation for users",
    ],
)
def test_work_that_is_everywhere_has_none(title: str) -> None:
    assert issue_text.is_endless(title, "lamps/lantern")


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("At least on each public member.", True),
        ("All shall follow the numpydoc convention.", True),
        ("Until coverage is 80 %.", True),
        ("Bring them in line with our style.", True),
        ("Each of us should help.", False),
        ("Follow the lamp.", False),
    ],
)
def test_a_share_a_style_and_all_that_is_public_are_measures(text: str, *, measured: bool) -> None:
    assert issue_text.is_measured(text) is measured


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Better help", "It lists the lamps but not what they do."),
        ("Wick figures", "They are internal only."),
        ("Wick figures", "It will be very nice to show them."),
        ("LAMPS.md for visitors", ""),
        ("Tab completion", "In bash, please."),
        ("Memleak of the wick", ""),
    ],
)
def test_the_state_against_the_wish_and_what_everybody_knows_are_outcomes(title: str, text: str) -> None:
    assert issue_text.tells_outcome(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Better help", "It is nice to meet you."),
        ("Oil of the lamps", "Nice to have them tidy."),
        ("Tab completion", ""),
        ("Make the lamps cool and pretty", ""),
        ("Improve the lamps", "Make them cleaner."),
    ],
)
def test_praise_and_a_name_alone_are_none(title: str, text: str) -> None:
    assert not issue_text.tells_outcome(title, text)


def test_a_log_is_evidence_and_a_page_is_none() -> None:
    assert issue_text.shows_evidence("See https://ci.lamps.example/builds/42/log.")
    assert not issue_text.shows_evidence("The log is at https://lamps.example/wicks")


def test_who_has_to_find_the_faults_is_told_so() -> None:
    assert issue_text.leaves_finding("Find and repair them.")
    assert not issue_text.leaves_finding("Find the dark lamp and light it.")


@pytest.mark.parametrize(
    "title",
    ["Decide whether to burn oil", "Find the best way to light it", "Oil in the lamps?", "Investigate which oil"],
)
def test_a_title_that_leaves_open_what_to_do_is_a_question(title: str) -> None:
    assert issue_text.is_question(title)


@pytest.mark.parametrize(
    "title", ['No translation of "Dark?"', "Investigate the dark wick", "Wouldn't it be nice to see the oil?"]
)
def test_a_title_that_only_looks_so_is_none(title: str) -> None:
    assert not issue_text.is_question(title)


def test_to_make_something_for_errors_is_no_fault_that_one_has_to_see() -> None:
    assert issue_text.is_opaque("Errors of the wick")
    assert issue_text.is_opaque("Build fails")
    assert not issue_text.is_opaque("Write tests for errors of the wick")
