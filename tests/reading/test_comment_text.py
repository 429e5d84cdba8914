"""What a comment says, in the words people use: what takes an issue, gives it back, tells of work that is done."""

from __future__ import annotations

import pytest

from pytest_sprintready.reading import comment_text


@pytest.mark.parametrize(
    "text",
    [
        "I would like to work on this.",
        "id like to try",
        "can I have this",
        "I need to be assigned",
        "Can I take this one?",
        "hi! i'd love to contribute to this, please assign me",
        ".take",
        "/assign",
        "#take",
        "!assign",
        "/attempt #12",
        "@zulipbot claim",
        "I'm working on it",
        "I'll give it a try",
        "Happy to submit a PR for this",
        "I'm on it!",
        "on it",
        "Taking this",
        "I'll take this one",
        "Working on this now",
        "May I work on this issue?",
        "Could I pick this up?",
        "Could you please assign this issue to me?",
        "Please assign me this issue",
        "kindly assign this to me under GSSoC",
        "assign me please",
        "pls assign",
        "Can you assign me?",
        "Can I be assigned to this?",
        "Can I get assigned this?",
        "I want to work on this",
        "I wanna work on this",
        "I am interested in working on this issue",
        "I'm interested in this issue, is it available?",
        "Interested! Could I be assigned?",
        "Hey, I'm new to open source and would love to help.",
        "I'd be happy to take a look at this",
        "I can take a stab at this over the weekend",
        "I can look into this",
        "Let me try to fix this",
        "Let me take this up",
        "Let me know if I can work on this",
        "If nobody is working on this, I can take it",
        "If no one is on it yet, may I start?",
        "Is anyone working on this? If not I'd like to give it a go.",
        "Mind if I take this?",
        "Do you mind if I give this a shot?",
        "Would it be okay if I worked on this?",
        "Is it okay for me to take this issue?",
        "I have started working on this",
        "I've started on a fix, PR soon",
        "I have a fix ready, will open a PR",
        "PR incoming",
        "I'll open a PR shortly",
        "I will submit a PR by tomorrow",
        "I'd like to open a pull request for this",
        "I could send a PR if you like",
        "Shall I make a PR?",
        "Should I open a PR for that?",
        "I'd like to contribute to this issue",
        "I would like to contribute",
        "can i contribute?",
        "Hello, I would like to solve this issue",
        "i want to fix this bug",
        "I think I can fix this",
        "I believe I can solve this one",
        "I can help with this",
        "I can do this",
        "I'll do it",
        "I'll handle this",
        "I'll tackle this",
        "I'd love to tackle this as my first issue!",
        "This seems like a good first issue for me, can I try it?",
        "Looking for my first contribution, I'd be glad to do this one",
        "I would like to take up this issue",
        "Would like to take up this issue",
        "would love to work on it :)",
        "@maintainer would like to work on this , could you assign this to me?",
        "Hi @ada, can I work on this?",
        "Hello maintainers! I am a student and I want to start with this.",
        "I'll work on it this weekend",
        "I'm going to work on this",
        "I am planning to work on this",
        "Gonna work on it tonight",
        "me please",
        "count me in",
        "I volunteer",
        "I volunteer to do this",
        "I'd like to claim this",
        "Claiming this.",
        "claim",
        "dibs",
        "I got this",
        "I've got this",
        "Can I claim this issue for hacktoberfest?",
        "can i try this out?",
        "I can give it a shot",
        "I'd like to give this issue a try",
        "Can you please let me work on this?",
        "Please let me work on this",
        "Allow me to work on this",
        "Request to assign this issue to me",
        "Requesting assignment",
        "I am willing to work on this",
        "Willing to take this",
        "I am ready to work on this",
        "I'd like to be assigned",
        "I would like to get assigned to this issue",
        "Would you mind assigning this to me?",
        "Could this be assigned to me?",
        "Please assign it to me, I will fix it",
        "I would be interested in picking this up",
        "Picking this up",
        "I'm picking this up",
        "I'll pick it up",
        "I can pick this one up",
        "I'd like to attempt this",
        "I will try to solve it",
        "I'll try to get a PR in this week",
        "I'm looking to contribute, can I work on this?",
        "Happy to help out here",
        "Happy to work on this if still available",
        "Can I help with this?",
        "I'd like to help!",
        "Can I start working on this?",
        "May I be assigned?",
        "assign this to me",
        "assign to me",
        "Assign it to me please!",
        "self-assign",
        "I would like to fix it",
        "I would like to implement this feature",
        "I'd like to add this",
        "I want to participate",
        "I am currently working on this",
        "still working on it",
        "First timer here, could I take this?",
        "hey i can do this can you assign me",
        "want to work on this",
        "I could work on this",
        "I might be able to work on this",
        "Sure, I can open a PR",
        "I can create a PR for this",
        "I can make a PR",
        "I'll put up a PR",
        "I'd be up for doing this",
        "I'd be up for this",
        "Would be happy to take this",
        "Would be glad to work on this issue",
        "I have some free time, I'll have a go at it",
        "Having a go at this",
        "I'm keen to do this",
        "Keen to take this on",
        "I'm taking this on",
        "I can take this on",
        "Looking into this",
        "i wanted to work on this",
        "I can work for this",
        "@ada has applied to work on this issue",
    ],
)
def test_this_takes_an_issue(text: str) -> None:
    assert comment_text.claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "+1",
        "I have this too",
        "I'd like to see this",
        "I would like to see this fixed",
        "I'd love to see someone work on this",
        "Same issue here, any update?",
        "This works for me",
        "It takes a long time",
        "Is this still open?",
        "Is this still available?",
        "Is anyone working on this?",
        "How do I reproduce this?",
        "Can I use this with Python 3.12?",
        "Have you tried to assign a colour to the lamp?",
        "I think this should be fixed in the parser",
        "We should fix this",
        "You can work on this",
        "Feel free to open a PR",
        "PRs welcome",
        "I have to do this every time I start the app",
        "I am trying to use this with pandas",
        "I'm not able to reproduce it",
        "I can reproduce this",
        "I can confirm this",
        "I can see this too",
        "I would suggest to use pathlib",
        "I was able to fix this by upgrading",
        "Thanks for the report!",
        "The docs should be updated",
        "What do you think?",
        "I can't work on this",
        "I won't be able to work on this",
        "I don't want to work on this",
        "I can review a PR",
        "Happy to review",
        "Happy to answer questions",
        "I can mentor somebody",
        "I can help you if you get stuck",
        "Let me know if you need help",
        "I need this feature",
        "I want this",
        "Can we close this?",
        "Could we get this merged?",
        "Can you explain what needs to be done?",
        "I would like to know more about it",
        "Where can I find the file?",
        "I would like to have this feature",
        "I'd love to have this",
        "When will this be released?",
        "I can see the problem now",
        "I will be away next week",
        "I'll keep an eye on this",
        "I will test it when it lands",
        "I will close this",
        "Can we have this in the next release?",
        "I can't assign you",
        "I'd take the first approach",
        "This would help me a lot",
        "I am using version 2.1",
        "It would be nice to have this",
        "I got this error when I ran it",
        "I get this when running the tests",
        "I like this idea",
        "I would like this to be configurable",
        "We're interested in helping you with the first step",
        "We are interested in contributions of all kinds",
    ],
)
def test_this_takes_no_issue(text: str) -> None:
    assert not comment_text.claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sorry, I don't have time for this.",
        "I'm no longer working on this",
        "I won't be able to finish it",
        "I can't work on this anymore",
        "Feel free to take it over",
        "You can take it",
        "unassigning myself",
        "I give up",
        "Please unassign me",
        "I've been busy, somebody else can take this",
        "I am stepping back from this",
        "I no longer have time",
        "Someone else can pick it up",
        "I have not been able to make progress, please reassign",
        "Go ahead, I am not working on it",
        "I'm not working on this",
        "I haven't started, so feel free",
    ],
)
def test_this_gives_it_back(text: str) -> None:
    assert comment_text.gives_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "I have time next week",
        "I will finish it soon",
        "I'm still on it",
        "I can't reproduce it",
    ],
)
def test_this_gives_nothing_back(text: str) -> None:
    assert not comment_text.gives_up(text)


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
    ],
)
def test_this_asks_for_one_or_names_another(text: str) -> None:
    assert not comment_text.tells_of_pull_request(text)


@pytest.mark.parametrize(
    "text",
    [
        "sorry, I made a mistake. The colours are right.",
        "Works as intended.",
        "This has been fixed in the last release",
        "Fixed in #12",
        "Done!",
        "Great idea! 😄 Done!",
        "Marking as done",
        "Implemented in 6458178bfe",
        "Closing as duplicate of #3",
        "Looks like this was already done",
        "This is now resolved",
        "I think this can be closed",
        "I can't reproduce this anymore",
        "Already implemented",
        "It's fixed on main",
        "This was merged yesterday",
        "Moved to https://github.com/a/b/issues/3",
        "Wrong repo",
        "Duplicate of #3",
        "Superseded by #4",
        "This is no longer an issue",
        "Solved by #9",
        "Looks like this has been taken care of in f93513, unless there's something else to do?",
        "This seems to be fixed",
        "Looks like it is already fixed",
        "I believe this is done",
    ],
)
def test_nothing_is_left_to_do(text: str) -> None:
    assert comment_text.tells_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is this fixed?",
        "Has this been resolved?",
        "This should be fixed",
        "It can be fixed by changing x",
        "Once this is fixed we can continue",
        "This needs to be done",
        "What has to be done?",
        "This is not fixed yet",
        "will be resolved",
        "I can get it done",
        "I'd like to get this done",
        "How is this done?",
        "Part of it is done, the rest is open",
        "#3 is done but this is still needed",
        "When #3 is merged this can start",
        "After the release it was broken",
        "Works for me, please go ahead!",
        "I'm done for today",
    ],
)
def test_something_is_left_to_do(text: str) -> None:
    assert not comment_text.tells_done(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for the suggestion, but it would make no difference",
        "Thank you, but we don't plan to support this",
        "This is out of scope",
        "Not sure if we want this at all",
        "Let's discuss this at the next meeting",
        "What do you think?",
        "Any thoughts?",
        "Should we deprecate it or remove it?",
        "I'm not convinced this is needed",
        "Do we want this?",
        "This needs more discussion",
        "Would it make sense to put it elsewhere?",
        "Is it worth the effort?",
        "I'm not sure this is a good idea",
        "Which option do you prefer?",
        "@ada @grace thoughts?",
        "We have to decide first",
        "To be discussed",
        "This may not be needed",
    ],
)
def test_this_leaves_open_what_to_do(text: str) -> None:
    assert comment_text.is_undecided(text)


@pytest.mark.parametrize(
    "text",
    [
        "Should we add the good first issue label?",
        "Let me know what you think of my PR",
        "I think we should do it",
        "Should I open a PR?",
        "Happy to discuss options",
        "I'm not sure how to run the tests",
        "Not sure where to start",
        "It should raise an error",
        "This needs a test",
        "Let me know if you have any thoughts",
        "I am not sure what causes this",
    ],
)
def test_this_leaves_nothing_open(text: str) -> None:
    assert not comment_text.is_undecided(text)


@pytest.mark.parametrize(
    "text",
    [
        "This is blocked by #12",
        "Depends on #33",
        "Let's wait until #3 is merged",
        "We'll put that on hold until the repo is split",
        "Waiting for the next release",
        "This has to wait for the refactoring",
        "Please don't start on this yet",
        "We need #4 first",
        "We will revisit this when the wick is replaced",
        "Once #12 is merged, this can be done",
        "Blocked on upstream",
        "When? After #3 and #4 have landed.",
        "I applied there; awaiting their decision",
    ],
)
def test_this_waits_for_something(text: str) -> None:
    assert comment_text.waits(text)


@pytest.mark.parametrize(
    "text",
    [
        "Depends on: none",
        "It waits for the thread to finish in run()",
        "The lock blocks on read",
        "It depends on the version",
        "after the file is closed",
        "Once you are done, open a PR",
        "Once merged, close this",
        "I'm not really blocked by it",
    ],
)
def test_this_waits_for_nothing(text: str) -> None:
    assert not comment_text.waits(text)


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
    ],
)
def test_this_gives_it_to_nobody(text: str) -> None:
    assert not comment_text.approves(text)


def test_what_is_quoted_or_is_code_is_not_said() -> None:
    assert not comment_text.claims("> I would like to work on this.\n\nNice, isn't it?")
    assert not comment_text.claims("```\nI'll take this\n```")
    assert not comment_text.claims("Yes.\n\nOn Fri, Ada wrote:\nI would like to work on this.")


def test_names_that_are_addressed_and_names_that_are_spoken_of() -> None:
    assert comment_text.mentions("@Ada and @grace-h, see ada@lamps.example") == {"ada", "grace-h"}
    assert comment_text.at_work("@ada is on it, assigned to @grace; @linus see there") == {"ada", "grace"}


def test_who_does_it_says_so_beyond_doubt() -> None:
    assert all(map(comment_text.works, ["Yep - doing it.", "We are working on adding a wick", "I'll fix it this week"]))
    assert not any(map(comment_text.works, ["Happy to help", "Doing it right is hard", "I will review it"]))


def test_names_of_those_to_whom_it_is_given() -> None:
    assert comment_text.assigned("ASSIGNED - @ada until Sunday; @grace, you've been assigned") == ("ada", "grace")
    assert comment_text.assigned("@ada has been unassigned, thanks @grace") == ()
    assert comment_text.assigned("This one is just for @ada") == ("ada",)


def test_to_say_what_is_needed_is_no_claim() -> None:
    assert not comment_text.claims("So we need to document the wick?", "document")
    assert comment_text.claims("We plan to document the wick", "document")
