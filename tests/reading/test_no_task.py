"""Which issues ask for nothing, and which only share words with those that do."""

from __future__ import annotations

import pytest

from pytest_sprintready.reading import no_task


def test_a_text_can_say_nothing_or_invite_where_the_title_asks_for_nothing() -> None:
    assert no_task.says_nothing("First issue", "This is a test for the first issue.")
    assert no_task.says_nothing("Docs", "They are good.")
    assert not no_task.says_nothing("Docs", "Add a page on wicks.")
    news = "There is no milestone any more: please contribute to any issue you like."
    assert no_task.is_invitation("News for those who light lamps", news)
    assert not no_task.is_invitation("Add a milestone", news)
    assert not no_task.is_invitation("The milestone is wrong", news)


def test_a_title_can_say_nothing_or_invite() -> None:
    assert all(
        map(no_task.says_nothing, ["", "...", "[Bug]: test", "Test issue, please ignore", "https://lamps.example"])
    )
    assert not any(map(no_task.says_nothing, ["Add a test", "Example of a wick", "Light it"]))
    assert all(
        map(
            no_task.is_invitation,
            ["How to claim an issue", "Want to join? Comment", "Welcome!", "[Help] Looking for contributors"],
        )
    )
    assert not any(map(no_task.is_invitation, ["How to light a lamp is not documented", "Looking at a lamp hurts"]))


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
        ("We are hiring", "Write to us"),
        ("1,000 stars", "Thanks"),
        ("Please introduce yourself", "Who are you?"),
        ("Our Discord server", ""),
        ("Great work", "I like the light"),
        ("The lantern joins GSSoC", "Be ready"),
        ("PyLamp sprints are coming up", "Bring a lamp"),
        ("Lantern beta available", "Try it"),
        ("Beginners: read me first", "Be kind"),
        ("Improve anything you like", "Send it"),
        ("Improve this lamp in any way", ""),
        ("An open task", "Choose whatever you'd like to do and send it."),
        ("FYI: added a lamp to the hall", "So nobody falls"),
        ("Initial commit", "It has the first lamps"),
    ],
)
def test_this_tells_and_asks_for_nothing(title: str, text: str) -> None:
    assert no_task.is_invitation(title, text)


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
        ("Welcome mail lacks a link", "It should lead out"),
        ('"Contributions welcome" badge has a wrong link', "It leads nowhere"),
        ("The lamp does not do anything", "It should burn"),
        ("FYI: the link in the guide is broken", "It leads nowhere"),
        ("Heads-up: typo in the guide", "'Lmap'"),
        ("Notice: fix the typo", "in the guide"),
        ("Add tests for the wick", "This issue was created to test all functions of the wick."),
        ("New issue from a form loses its labels", "All of them"),
        ("Want maintainers field in lamp.cfg", "With their names"),
        ("Lamp cannot be dimmed in any way", "The knob is loose"),
        ("Hacktoberfest2031: add a lamp to the hall", "Above the door"),
    ],
)
def test_a_task_may_speak_of_announcements(title: str, text: str) -> None:
    assert not no_task.is_invitation(title, text)


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
        ("docs: add a page for < ComponentName />", ""),
        ("Add <component-name> to the lamp", ""),
        ("Light the lamp", "please ignore"),
        ("Light the lamp", "This is just a demo"),
        ("Ignore this", "The bot shall see it"),
        ("Lamp", "Lorem ipsum dolor sit amet"),
        ("Bug report", ""),
        ("Just a test issue, please close", "."),
    ],
)
def test_a_placeholder_says_nothing(title: str, text: str) -> None:
    assert no_task.says_nothing(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Show the title", ""),
        ("Parse List<Lamp>", ""),
        ("Wick | oil", ""),
        ("Use x for the length", ""),
        ("Testing", "Test the wick with oil of every kind."),
        ("Light the lamp", "Please ignore the stove, it is another matter."),
        ("Light the lamp", "Test it in the dark"),
        ("Light the lamp", "Testing"),
        ("Bug report", "The lamp burns in the day though it is switched off."),
    ],
)
def test_a_title_with_such_words_says_something(title: str, text: str) -> None:
    assert not no_task.says_nothing(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("This is a test ticket from the back row", ""),
        ("Second issue", "hello"),
        ("A trial ticket", "Add a lamp"),
        ("Labels", "This issue exists for testing purposes."),
        ("Labels", "Opened to see how labels work."),
        ("Labels", "Our teacher wants each of us to write one."),
        ("New issue with lamps", ""),
        ("New issue by Ada", "one"),
        ("Here's the initial issue", "of this term"),
        ("Testing that lamps get a label", "This ticket was filed to test whether the bot is awake."),
    ],
)
def test_a_trial_asks_for_nothing(title: str, text: str) -> None:
    assert no_task.is_invitation(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("First issue", "Add a lamp to the hall."),
        ("Test issue templates", ""),
        ("Lamps", "The stand is for testing wicks."),
        ("Add a stand", "This is used for testing."),
    ],
)
def test_a_poor_title_may_stand_above_a_task(title: str, text: str) -> None:
    assert not no_task.is_invitation(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("First-time contributors", "Welcome to the lamps! Read the contributing guide, then take a good first issue."),
        ("Let's light something together!", "Want to get started? See CONTRIBUTING.md and join our Slack."),
        ("Contribute with us at the sprint", "Join us in May. Register now, there are prizes and a chat."),
        ("Sprint 2024: what to know", "We are excited to take part. Browse the open issues, ask in the forum."),
        ("Maintainer needed", "I have not lit it for a year."),
        ("Find any bugs", "Tell us what is dark."),
        ("Contributions are welcome", "Thank you!"),
        ("Your title here (CHANGE ME)", ""),
        ("Hi, this is my first issue with labels", "my first one"),
        ("test lamp 8", "@ada"),
        ("Lamps: a short SURVEY - please fill it in", "https://lamps.example"),
        ("Help wanted", "I have little time. Take any open issue and solve it."),
        ("Hacktoberfest - 2031", "Each pull request gets a lamp."),
        ("Open: Hacktoberfest2031", "Come in."),
        ("Open for Hacktoberfest", "Come in."),
        ("Hacktoberfest 2031 - bring oil!", "See the open issues, or add your own lamp."),
        ("Need more contributors", "The tower is dark."),
        ("Hacktoberfest", "Look at the code and add any issues that you would like."),
    ],
)
def test_this_asks_for_people_or_for_nothing(title: str, text: str) -> None:
    assert no_task.is_invitation(title, text) or no_task.says_nothing(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Add a lamp to the sprint page", "Welcome! Read the contributing guide, then join our Slack."),
        ("CONTRIBUTING has no start for those who want to contribute", "Join our Slack, read the developer guide."),
        ("CSV export", "It is wanted. Read the contributing guide and ask in Slack."),
        ("Find the lamp of the bug", ""),
        ("Accept contributions of oil", "- add a field for them"),
        ("Test lamp 8 in the dark", ""),
        ("Add a survey of lamps", ""),
        ("Hacktoberfest banner", "Show it on the first page in October."),
    ],
)
def test_this_asks_for_something_though_it_speaks_to_all(title: str, text: str) -> None:
    assert not no_task.is_invitation(title, text)
    assert not no_task.says_nothing(title, text)
