"""What a comment says to others: who may have an issue, who has it, that there is a pull request for it."""

from __future__ import annotations

import pytest

from pytest_sprintready.reading import comment_text


@pytest.mark.parametrize(
    "text",
    [
        "I've opened a PR: #12",
        "Opened #45",
        "I made a PR",
        "PR is up",
        "PR: https://github.com/a/b/pull/3",
        "https://github.com/a/b/pull/3",
        "Submitted a PR for review",
        "I have raised a pull request",
        "Please review my PR",
        "Created PR #33",
        "I have made the changes and opened a pull request",
        "Draft PR here: #22",
        "There is already a PR for this (#4)",
        "I just pushed a PR",
        "Hi, I have created a pull request for this issue. Please review.",
        "PR #12 should fix this",
        "#12 fixes this",
        "See #12 for a fix",
        "My PR is ready for review",
        "I've submitted #88",
        "Fixed by #12",
        "I opened a PR",
        "I've opened a PR for this: #123",
        "Opened #123",
        "I just opened a pull request for this",
        "PR #123 opened",
        "PR submitted",
        "PR: #45",
        "PR up at #12",
        "I have created a PR",
        "I've raised a PR",
        "Raised a PR #12",
        "I have submitted a pull request",
        "I've submitted PR #45",
        "Made a PR",
        "There is already a PR for this",
        "There's an open PR for this",
        "There's a PR open: #12",
        "See PR #123",
        "see my PR",
        "Fixed in #123",
        "Fixed by #123",
        "Fix in #123",
        "Should be fixed by #55",
        "This is addressed in #123",
        "Addressed by PR #123",
        "#123 fixes this",
        "#123 should fix this",
        "#123 implements this",
        "Here's a PR: https://github.com/a/b/pull/12",
        "https://github.com/a/b/pull/12",
        "Proposed fix: #12",
        "Proposed a fix in #123",
        "Sent a PR",
        "Sent a patch",
        "PR sent",
        "Pushed a PR",
        "Could someone review #123?",
        "Ready for review: #123",
        "Draft PR #123",
        "I put up a PR",
        "I have a PR for this",
        "I've got a PR ready",
        "Working on this in #123",
        "WIP PR at #12",
        "Implemented in #123",
        "Done in #123",
        "My PR is here",
        "I made a pull request",
        "Submitted #123",
        "PR created",
        "PR raised",
        "Pull request created",
        "please check my PR",
        "PR linked above",
        "I have fixed this in #12, please review",
        "@ada mind reviewing?",
        "Could you review it?",
        "#12",
    ],
)
def test_this_tells_of_a_pull_request(text: str) -> None:
    assert comment_text.tells_of_pull_request(text)


@pytest.mark.parametrize(
    "text",
    [
        "PRs welcome",
        "Feel free to open a PR",
        "Please open a PR",
        "Can I open a PR?",
        "I'll open a PR",
        "I will send a pull request tomorrow",
        "Similar to what was done in PR #3",
        "See #12",
        "Could you send a PR?",
        "Would accept a PR",
        "Do you want to open a PR?",
        "Related to #12",
        "A PR would be great",
        "Unless you can see a PR, it is free",
        "You can look at this PR for an example: https://github.com/a/b/pull/3",
        "Would you like to open a PR?",
        "Can I make a PR?",
        "Similar to #123",
        "See #123 for context",
        "This was introduced in #123",
        "Duplicate of #12",
        "Like we did in #45",
        "as discussed in #12",
        "Blocked by #12",
        "the PR template should be updated",
        "If you open a PR I'll review it",
        "Looking forward to your PR",
        "you can open a PR",
        "We need a PR for this",
        "Looking forward to a PR",
        "Happy to review a PR",
        "Happy to merge a PR",
        "When you open the PR, mention this issue",
        "This came up in #12",
        "Follow-up to #12",
        "Follow up of PR #123",
        "Please review the guide first",
        "Can you review how it burns",
        "All of you can try, just send the pull request.",
    ],
)
def test_this_asks_for_one_or_names_another(text: str) -> None:
    assert not comment_text.tells_of_pull_request(text)


@pytest.mark.parametrize(
    "text",
    [
        "This is up for grabs",
        "Anyone can take this",
        "Still open for anyone who wants it",
        "Somebody else is welcome to take over",
        "Reopening this for others",
        "This is available again",
        "Contributions welcome, nobody is working on it",
        "Others can pick it up",
        "Up for grabs!",
        "Anyone is welcome to work on this",
        "Anybody can pick this up",
        "This is free for anyone to take",
        "This is open again",
        "Feel free to pick it up, anyone",
        "Nobody is working on this",
        "No one is working on it at the moment",
        "We're looking for someone to work on this",
        "Looking for a contributor",
        "It's free to take",
        "This issue is open for anyone",
        "Still up for grabs",
        "Unassigned, free for others",
        "This is available for anyone interested",
    ],
)
def test_this_is_free_for_all(text: str) -> None:
    assert comment_text.frees_for_all(text)


@pytest.mark.parametrize(
    "text",
    [
        "Please go ahead",
        "You can take it",
        "I will take it",
        "Is this up for grabs?",
        "Is anyone working on it?",
        "Can anyone reproduce this?",
        "Does anyone know why?",
        "Is this open for contribution?",
        "Can anyone help me?",
    ],
)
def test_this_is_not_free_for_all(text: str) -> None:
    assert not comment_text.frees_for_all(text)


@pytest.mark.parametrize(
    "text",
    [
        "Go ahead!",
        "It's all yours",
        "Assigned to you",
        "I've assigned you",
        "Sure, assigned!",
        "Thanks for volunteering",
        "Go for it",
        "Assigning @ada",
        "done, you're assigned",
        "You are assigned",
        "Please go ahead and open a PR",
        "Go for it @user",
        "@user sure, go ahead",
        "Sure, assigned",
        "Assigned!",
        "I assigned it to you",
        "I've assigned this to you @user",
        "It's yours!",
        "All yours",
        "It's all yours @user",
        "Thanks for volunteering!",
        "Thanks for taking this on",
        "That would be great, thanks! Go ahead",
        "Please do!",
        "By all means",
        "Be my guest",
        "You've been assigned",
        "You are assigned now",
        "Feel free to work on it, assigning you",
        "Assigning to you.",
        "You can work on it",
        "You can work on this one, @user",
        "You're welcome to work on this",
        "you're welcome to give it a try",
        "Have at it!",
        "Knock yourself out",
        "Sounds good, assigned you",
        "ok assigned",
        "Great, I'll assign you",
        "I will assign it to you",
        "@user assigned 👍",
        "Done, you're assigned",
        "Let me assign it to you",
        "Awesome, thank you for picking this up",
        "Thank you for your interest, please go ahead",
        "Yes please!",
        "Of course, go ahead",
        "You got it",
        "You may proceed",
        "Please proceed",
        "You can try implementing it with oil",
    ],
)
def test_this_gives_it_to_somebody(text: str) -> None:
    assert comment_text.approves(text)


@pytest.mark.parametrize(
    "text",
    [
        "Not assigned yet",
        "Who is assigned?",
        "Nobody is assigned",
        "We don't assign issues",
        "Anyone can work on this",
        "Feel free to open a PR if you run into this",
        "You can use the existing function",
        "You can take a look at foo.py",
        "You can find the code in bar.py",
        "you can do this by calling foo()",
        "Please go ahead and close this",
        "We assigned a higher priority",
        "Is someone working on this?",
        "The function is assigned to a variable",
        "Good idea",
        "Any of you can work on this.",
        "Please have a look at the contributing guide",
    ],
)
def test_this_gives_it_to_nobody(text: str) -> None:
    assert not comment_text.approves(text)


def test_names_that_are_addressed_and_names_that_are_spoken_of() -> None:
    assert comment_text.mentions("@Ada and @grace-h, see ada@lamps.example") == {"ada", "grace-h"}
    assert comment_text.at_work("@ada is on it, assigned to @grace; @linus see there") == {"ada", "grace"}


def test_names_of_those_to_whom_it_is_given() -> None:
    assert comment_text.assigned("ASSIGNED - @ada until Sunday; @grace, you've been assigned") == ("ada", "grace")
    assert comment_text.assigned("@ada has been unassigned, thanks @grace") == ()
    assert comment_text.assigned("This one is just for @ada") == ("ada",)
    assert comment_text.assigned("@ada, could you please look into this?") == ("ada",)
    assert comment_text.assigned("@ada could you tell us more?") == ()
    assert comment_text.assigned("@ada can you fix the merge conflicts?") == ()
    assert comment_text.assigned("@ada can you take a look at this PR?") == ()
    assert comment_text.assigned("Hi @ada, this issue has been assigned to you") == ("ada",)


def test_a_description_can_be_for_the_one_to_whom_it_speaks() -> None:
    assert comment_text.addressed("@ada, please come to the tower.") == "ada"
    assert comment_text.addressed("@ada wrote that it is dark.") == ""
    assert comment_text.addressed("@everyone please read the guide.") == ""
    assert comment_text.addressed("It is dark. @ada, please come.") == ""


def test_a_name_and_a_yes_are_a_nod_and_thanks_are_none() -> None:
    assert comment_text.nods_to("@ada Sure!")
    assert comment_text.nods_to("@ada yes, of course")
    assert not comment_text.nods_to("@ada thanks")
    assert not comment_text.nods_to("@ada sure, but the lamp is hot")


def test_numbers_of_duplicates() -> None:
    assert comment_text.duplicates("It seems that these are duplicates:\n#12 and #14") == (12, 14)
    assert comment_text.duplicates("See #12") == ()
