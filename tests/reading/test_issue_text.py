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
        "it needs Node.js 20 and Next.js.",
        "a bot for discord.js",
        "ported from ASP.NET",
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


def test_a_library_called_like_a_file_is_none_of_the_repository() -> None:
    assert issue_text.places("With Vue.js, src/lamp.js is read twice").paths == ("src/lamp.js",)
    assert issue_text.places("src/node.js is read twice").paths == ("src/node.js",)


def test_a_declaration_is_one_however_it_is_ticked() -> None:
    for tick in ("[x]", "[y]", "[ ]", "[]"):
        assert "willing" not in issue_text.plain_body(f"It is dark.\n- {tick} I am willing to contribute")


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
        "Could you work on this for a few days?",
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
        "- [x] Add a code of conduct\n- [x] Write a guide",
        "- [x] the lamp\n- [x] the wick\n- [x] add a match",
        "- [x] lamp\n- [x] inner wick",
        "1. [x] lamp\n2. [x] wick",
        "- [x] `lamp.test.js`\n- [x] `wick.test.js`",
        "Light:\n- [x] Windows\n- [x] Linux\n- [x] the lamps of old",
        "- [x] Write tests for wicks\n- [x] Update the docs",
    ],
)
def test_of_this_list_nothing_is_left(body: str) -> None:
    assert issue_text.all_ticked(body)


@pytest.mark.parametrize(
    "body",
    [
        "- [x] Add a wick\n- [ ] Light it",
        "- [x] Add a wick",
        "- [x] Agreed to the code of conduct\n- [x] I searched",
        "- [x] Bug\n- [x] Documentation",
        "## Type of change\n- [x] Fix a fault\n- [x] Add a feature",
        "## Checklist\n- [x] Read the guide\n- [x] Run the tests",
        "- [x] I added a picture\n- [x] I checked my version",
        "### Have you looked for it?\n- [x] Yes, everywhere\n- [x] Twice",
        "1. [x] lamp\n2. [ ] wick",
        "### Area\n- [x] Tower\n- [x] Hall",
        "### Validations\n- [x] Look for the same\n- [x] Read the guide",
        "",
    ],
)
def test_of_this_list_something_may_be_left(body: str) -> None:
    assert not issue_text.all_ticked(body)


@pytest.mark.parametrize(
    "title",
    [
        "Write more wick tests",
        "Add oil docstrings",
        "Draft some documentation for operators",
        "Remove dead code",
        "Add a guide for translators",
        "Write an example lamp",
        "A test coverage badge",
        "Stricter typing options and fix issues",
        "Tests for each lamp",
        "Support more oil lamps",
        "Move the old tests to the new docs",
        "Export docs",
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
        "Use more localizations",
        "Clean-up docstrings and type hints",
        "Documentation updates",
        "Improve the documentation for users",
        "Unit tests needed",
        "Missing javadoc",
        "Javadocs",
        "Add automated tests for lan-tern",
        "Add unit and integration tests",
        "Add unit tests for our C++ code",
        "Write test cases",
        "The docs need some love",
        "Generate more tests",
        "Upgrade the tests to improve coverage",
    ],
)
def test_work_that_is_everywhere_has_none(title: str) -> None:
    assert issue_text.is_endless(title, "lamps/lantern")


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("At least on each public member.", True),
        ("Make sure that every lamp has its line.", True),
        ("Begin with the parser.", True),
        ("Let's begin with `lamp.py`.", True),
        ("Begin with reading the parser.", False),
        ("They were lost last year and should be added back.", True),
        ("All shall follow the numpydoc convention.", True),
        ("Until coverage is 80 %.", True),
        ("So far 3/40 lamps are described.", True),
        ("So far 3 of 40 lamps are.", True),
        ("On 3/4/2031 it was dark.", False),
        ("It burns on Python 2/3.", False),
        ("See chapter 3 of 4.", False),
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
        ("Oil integration", ""),
        ("A knob on each side", "It is to be added here."),
        ("Better start", "It takes 9 seconds."),
        ("Better start", "The page is blank."),
        ("Address oilcheck warnings", ""),
        ("Clean up all remaining oilcheck errors", ""),
        ("Add Prettier", ""),
        ("Use prettier for the lamps", ""),
        ("Deploy to the tower", ""),
        ("Ship a wick", ""),
        ("Lamp spelled 'lmap'", ""),
        ("Oil request form", "Submitting it returns nothing."),
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
        ("Improve the lamps", "They are to be improved."),
        ("Reduce the errors", ""),
        ("Make it prettier", ""),
        ("Improve the lamps", "Please make it nice"),
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
    [
        "Decide whether to burn oil",
        "Determine which lamps should be lit",
        "Find the best way to light it",
        "Oil in the lamps?",
        "Investigate which oil",
    ],
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


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Icon request: Lantern", "https://lamps.example"),
        ("[New Port Request] lantern", "https://lamps.example"),
        ("Request: Lantern", ""),
        ("Oil lamp support", ""),
        ("Improve `lamps.oil` coverage", ""),
        ("The page could be improved", "It is empty."),
    ],
)
def test_one_can_see_what_this_asks_for(title: str, text: str) -> None:
    assert issue_text.tells_outcome(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Lantern", "https://lamps.example"),
        ("Oil lamp", "![oil](https://lamps.example/oil.png)"),
        ("Improve coverage", "https://lamps.example"),
        ("Put more information into the guide", ""),
        ("The lamp can be improved", ""),
        ("Flesh out the guide", ""),
    ],
)
def test_one_cannot_see_what_this_asks_for(title: str, text: str) -> None:
    assert not issue_text.tells_outcome(title, text)


def test_a_title_that_names_something_of_its_own_is_an_end() -> None:
    for title in ("Wiremock for the lantern", "Wick of 2.0", "Oil export", "GitPodify it all"):
        assert issue_text.is_particular(title)
    for title in (
        "Menu",
        "Lantern",
        "The wick of 2.0",
        "Docs page",
        "Improve the wick",
        "Wick improvements",
        "\u042e\u043d\u0438\u0442 tests",
    ):
        assert not issue_text.is_particular(title)
    assert not issue_text.is_particular("Lantern docs", "lamps/lantern")


def test_a_box_in_the_first_person_is_the_answer_to_a_template() -> None:
    assert "work" not in issue_text.own_words("It is dark.\n- [x] I want to work on it")
    assert "work" in issue_text.own_words("It is dark.\n- [ ] the oil has to work")


def test_a_proposal_of_a_task_is_no_question() -> None:
    assert not issue_text.is_question("[RFC]: add a wick")
    assert issue_text.is_question("RFC: wicks")
    assert issue_text.is_question("RFC: wicks", "Shall we take cotton or glass?")
    assert not issue_text.is_question("RFC: wicks", "They shall be of cotton before the next winter.")
    assert issue_text.is_question("The lamp is out, could you please advise")


def test_an_error_message_is_a_thing_and_an_error_a_fault_that_one_has_to_see() -> None:
    assert issue_text.is_opaque("Errors of the lamp")
    assert not issue_text.is_opaque("Clearer error messages for lamps")


def test_what_is_asked_for_kindly_is_asked_for() -> None:
    assert issue_text.tells_outcome("Refactor the lamp", "It has two knobs, please provide one.")
    assert not issue_text.tells_outcome("Provide a better lamp", "It is old.")


def test_a_badge_is_no_picture_of_what_is_meant() -> None:
    assert issue_text.shows_picture("![the lamp](https://lamps.example/lamp.png)")
    assert not issue_text.shows_picture("![coverage](https://lamps.example/badge.svg)")


def test_the_name_of_a_tool_is_no_place() -> None:
    assert issue_text.places("Write tests for `light`").any
    assert not issue_text.places("Write tests with `pytest`").any
    assert not issue_text.places("Write tests, then run `npm run lamp`").any
    assert not issue_text.places("Write KDoc and NatSpec").any


def test_what_is_struck_out_is_not_said() -> None:
    assert issue_text.plain_body("~~Blocked by #12.~~ Light it.").strip() == "Light it."


def test_praise_and_greetings_tell_nothing() -> None:
    assert issue_text.telling_words("Hi team, I think it could be nicer and more modern. Thanks!") < 4
    assert issue_text.telling_words("The flame is green since the oil was changed") > 6


def test_the_whole_project_and_what_there_is_so_far_are_no_part_of_it() -> None:
    def begins(text: str) -> bool:
        return issue_text.places(issue_text.without_whole(text, "lamps/lantern_kit")).any

    assert not begins("The only page is README.md")
    assert not begins("Tests for `lantern_kit` are needed")
    assert begins("Write README.md")
    assert begins("Tests for `lantern_kit/wick`")
    assert begins("Tests for `old_lantern_kit`")
    assert begins("Those of lantern_kit.py are old")


def test_a_language_or_tool_that_is_updated_has_an_end() -> None:
    assert issue_text.updates_dependencies("Update TypeScript")
    assert not issue_text.updates_dependencies("Update the readme")


@pytest.mark.parametrize(
    ("text", "shown"),
    [("![dark](dark.png)", True), ("It is `lamp.dark`", True), ("```\ndark\n```", True), ("It is dark", False)],
)
def test_a_picture_and_code_show_what_is_meant(text: str, *, shown: bool) -> None:
    assert issue_text.shows_matter(text) is shown
