"""What people below an issue have come to: each claim is one person's, and lasts until it is released or old."""

from __future__ import annotations

import pytest

from pytest_sprintready.forge.conversation import LONG_UNANSWERED, Conversation, read_conversation
from pytest_sprintready.forge.model import Comment, Issue

DAY = 86_400
ADA, GRACE, LINUS = "ada", "grace", "linus"  # Ada maintains the project.


def talk(*said: tuple[str, str], body: str = "", role: str = "newcomer", days: int = 1) -> Conversation:
    comments = tuple(
        Comment(
            person, "maintainer" if person == ADA else "newcomer", person.endswith("[bot]"), number * days * DAY, text
        )
        for number, (person, text) in enumerate(said, 1)
    )
    return read_conversation(Issue(title="Light the lamp", author=LINUS, role=role, body=body, comments=comments))


def takers(*said: tuple[str, str], body: str = "", role: str = "newcomer", days: int = 1) -> list[str]:
    return [claim.person for claim in talk(*said, body=body, role=role, days=days).claims]


ASKS = (GRACE, "Can I take this?")


def test_who_asks_has_it_and_so_has_the_next_who_asks() -> None:
    assert takers(ASKS, (LINUS, "Me too, please assign me")) == [GRACE, LINUS]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        pytest.param((GRACE, "Sorry, I don't have time for it."), [LINUS], id="one gives it back"),
        pytest.param((LINUS, "I'm no longer working on this"), [GRACE], id="the other gives it back"),
        pytest.param((ADA, "Unassigned @grace, there was no news."), [LINUS], id="taken from one by name"),
        pytest.param((ADA, "Unassigning because of inactivity."), [LINUS], id="taken from whom had it first"),
        pytest.param(("lamps[bot]", "@linus has been unassigned due to inactivity"), [GRACE], id="taken by a bot"),
        pytest.param((ADA, "@linus please pick another issue"), [GRACE], id="one turned away"),
        pytest.param((ADA, "@linus thanks for helping, but it is already taken"), [GRACE], id="one turned away kindly"),
        pytest.param((ADA, "This is up for grabs again, anyone can take it."), [], id="free for all"),
        pytest.param((ADA, "@grace is already working on it."), [GRACE], id="told that it is taken"),
        pytest.param((ADA, "@linus go ahead!"), [GRACE, LINUS], id="given to one"),
        pytest.param((GRACE, "I have a question about the wick."), [GRACE, LINUS], id="something else"),
    ],
)
def test_a_claim_is_released_for_its_own_person(said: tuple[str, str], left: list[str]) -> None:
    assert takers(ASKS, (LINUS, "I'd like to work on this"), said) == left


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("ASSIGNED - @grace until Sunday", [GRACE]),
        ("@grace, you have been assigned to this issue", [GRACE]),
        ("Assigned to @linus.", [LINUS]),
        ("ASSIGNMENT EXPIRED - @grace has been unassigned.", []),
        ("Thank you @grace for the report.", []),
    ],
)
def test_a_bot_gives_it_to_whom_it_names(said: str, who: list[str]) -> None:
    assert takers(("lamps[bot]", said)) == who


def test_an_answer_to_who_asked_renews_the_claim() -> None:
    (claim,) = talk(ASKS, (ADA, "Sure, feel free to open a PR."), days=3).claims
    assert (claim.person, claim.when, claim.given) == (GRACE, 6 * DAY, True)


def test_an_answer_after_months_is_meant_for_whoever_reads_it() -> None:
    days = LONG_UNANSWERED // DAY + 1
    (claim,) = talk(ASKS, (ADA, "Please send a PR."), days=days).claims
    assert (claim.when, claim.given) == (days * DAY, False)


def test_yes_to_an_offer_is_a_claim_and_yes_to_anything_else_is_none() -> None:
    assert takers((ADA, "Would you like to open a PR, @grace?"), (GRACE, "Yes, sure!")) == [GRACE]
    assert takers((ADA, "Does it burn on Windows, @grace?"), (GRACE, "Yes, sure!")) == []


def test_one_of_whom_a_maintainer_says_that_they_are_at_it_has_it() -> None:
    assert takers(ASKS, (ADA, "I think @linus is already working on it.")) == [LINUS]


def test_a_maintainer_who_will_do_it_has_it_and_one_who_offers_help_has_not() -> None:
    assert takers((ADA, "I'll fix this tomorrow.")) == [ADA]
    assert takers((ADA, "Happy to help and to review a PR.")) == []


def test_one_who_is_given_it_has_it() -> None:
    assert takers((ADA, "Assigned to you, @grace.")) == [GRACE]
    assert takers((ADA, "It's all yours!")) == [""]


def test_a_description_can_take_it_but_not_by_the_answer_to_a_template() -> None:
    assert takers(body="It stays dark. I would like to fix this myself, please assign me.") == [LINUS]
    assert (
        takers(body="It stays dark.\n### Are you willing to submit a PR?\nYes, I can open a PR.\n### Versions\n2.1")
        == []
    )
    assert takers(body="As a reader, I want to work on it in bed.") == []


def test_a_description_by_a_maintainer_can_give_it_to_somebody() -> None:
    body = "This one is reserved for @grace."
    assert [claim.person for claim in read_conversation(Issue(role="maintainer", body=body)).claims] == ["grace"]
    assert read_conversation(Issue(role="newcomer", body=body)).claims == ()
    assert takers(body="@grace, can you come and see?", role="maintainer") == [GRACE]


def test_who_would_like_to_do_what_the_title_asks_takes_it() -> None:
    issue = Issue(title="Translate the guide", comments=(Comment(GRACE, text="I would love to translate some pages."),))
    assert [claim.person for claim in read_conversation(issue).claims] == [GRACE]


def test_a_pull_request_counts_until_it_is_closed() -> None:
    assert talk((GRACE, "I've opened #12, please review my PR")).pull_request == DAY
    assert talk((GRACE, "I opened a PR: #12"), (ADA, "The PR was closed, it was abandoned.")).pull_request == 0


def test_done_holds_until_somebody_contradicts() -> None:
    assert talk((GRACE, "Looks like this was fixed in #12")).done
    assert talk((GRACE, "Looks like this was fixed in #12"), (ADA, "Indeed!")).done
    assert not talk((GRACE, "Looks like this was fixed in #12"), (LINUS, "It still happens on Windows")).done
    assert not talk((GRACE, "Fixed in #12"), (ADA, "Thanks, but the second half of it is what this is about.")).done


def test_what_is_undecided_is_settled_by_a_maintainer() -> None:
    assert talk((ADA, "I'm not sure we want this.")).undecided
    assert talk((ADA, "Should we drop the wick instead?"), (GRACE, "I saw one yesterday.")).undecided
    assert not talk((ADA, "Should we drop the wick instead?"), (ADA, "Let's keep it, PRs welcome.")).undecided
    assert not talk((GRACE, "What do you think?")).undecided
    assert not talk((ADA, "Should we add the good first issue label?")).undecided


def test_a_maintainer_says_that_it_waits() -> None:
    assert talk((ADA, "We'll put that on hold until the wick is replaced.")).waiting
    assert not talk((GRACE, "I'll wait until you are back")).waiting


def test_what_was_waited_for_comes() -> None:
    waits = (ADA, "This depends on #12.")
    assert not talk(waits, (ADA, "#12 has been merged.")).waiting
    assert not talk(waits, (ADA, "Anyone can take it now.")).waiting
    assert talk(waits, (ADA, "It is a nice picture.")).waiting
    assert not talk((ADA, "#12 is merged"), body="This is blocked by #12.").waiting


def test_who_decides_on_others_counts_where_the_forge_does_not_tell_who_maintains() -> None:
    def left(text: str) -> list[str]:
        asks = Comment(GRACE, created=DAY, text="Can I take this?")
        answer = Comment(ADA, created=2 * DAY, text=text)
        return [claim.person for claim in read_conversation(Issue(title="Light it", comments=(asks, answer))).claims]

    assert left("@grace please look for another issue") == []
    assert left("@grace go ahead") == [GRACE]
    assert left("@grace what a nice picture") == [GRACE]


def test_who_spoke_in_the_wrong_place_has_said_nothing() -> None:
    wrong = talk((GRACE, "Fixed by #12"), (GRACE, "Oops, wrong issue, ignore me"))
    assert (wrong.done, wrong.pull_request) == (False, 0)
    assert takers(ASKS, (GRACE, "Sorry, I meant to comment on another one, this is not for me")) == []
    assert talk((LINUS, "Fixed by #12"), (GRACE, "Oops, wrong issue, ignore me")).done


def test_each_sentence_of_a_maintainer_is_for_whom_it_names() -> None:
    asked = (ASKS, (LINUS, "please assign me too"))
    assert takers(*asked, (ADA, "@grace assigned. @linus please choose another one.")) == [GRACE]
    assert takers(*asked, (ADA, "Keeping this one for @margaret, who starts on Monday.")) == [GRACE, LINUS, "margaret"]


def test_a_robot_assigns_reminds_and_tells_of_what_is_merged() -> None:
    assert takers(("lamps[bot]", "@grace has been assigned. It will be unassigned automatically after a week.")) == [
        GRACE
    ]
    assert takers(("lamps[bot]", "@grace, you've been assigned for two weeks. Are you still on this?")) == []
    assert talk(("lamps[bot]", "mentioned in merge request !12")).pull_request


def test_the_author_knows_what_it_waits_for() -> None:
    assert talk((LINUS, "Let's wait until the new lamp is out")).waiting
    assert not talk((GRACE, "Let's wait until the new lamp is out")).waiting


def test_what_a_maintainer_does_already_is_a_claim_in_a_description() -> None:
    assert takers(body="We are working on adding a wick", role="maintainer") == [LINUS]
    assert takers(body="We could add a wick", role="maintainer") == []


def test_the_last_word_of_a_person_counts() -> None:
    assert takers((GRACE, "I'd love to do this, but I don't have the time")) == []
    assert takers((GRACE, "I had no time last week, but I will do it tonight")) == [GRACE]


def test_who_is_turned_away_because_another_has_it_leaves_it_to_them() -> None:
    assert takers((GRACE, "I'd like to do this"), (ADA, "@grace this has just been assigned to somebody else")) == [""]
    assert takers((GRACE, "I'd like to do this"), (ADA, "@grace this one is specifically for first-timers")) == []


def test_a_name_and_a_yes_give_it_though_the_question_is_gone() -> None:
    assert takers((ADA, "@grace sure!")) == ["grace"]
    assert takers((ADA, "@grace thanks")) == []


def test_later_issues_are_the_duplicates_and_an_earlier_one_is_the_original() -> None:
    def done(text: str) -> bool:
        comments = (Comment(GRACE, "newcomer", False, DAY, text),)
        return read_conversation(Issue(number=10, title="Light the lamp", comments=comments)).done

    assert done("This is a duplicate of #4")
    assert not done("#12 is a duplicate of this? It seems to be a duplicate of: #12")


def test_a_line_on_how_to_claim_claims_nothing() -> None:
    assert takers(body="**Claiming this:** leave a comment before you begin.") == []
    assert takers(body="**Claiming this:** leave a comment before you begin.", role="maintainer") == []
    for line in ('Comment "I\'ll take it" below.', "Want to work on this? Read the guide.", "Willing to help? Good."):
        assert takers(body=f"It is dark.\n{line}") == []
    assert takers(body="It is dark, let's work on it to make it bright.") == []
    assert takers(body="It is dark. Looking to work on this, could you assign me?") == [LINUS]
    assert takers(body="They say it's easy, so I'd like to work on this.") == [LINUS]


def test_who_gives_it_back_does_not_call_it_done() -> None:
    assert not talk(ASKS, (GRACE, "Never mind, I decided not to do it")).done
    assert talk((ADA, "We decided not to do it")).done
    assert takers(ASKS, (GRACE, "Never mind, I found it in the guide.")) == [GRACE]


def test_a_robot_ends_claims_and_pull_requests() -> None:
    assert takers(ASKS, ("lamps[bot]", "The claim of @grace expired.")) == []
    assert takers(ASKS, ("lamps[bot]", "@grace did not open a PR in time and was removed.")) == []
    assert not talk((GRACE, "PR: #12"), ("lamps[bot]", "The linked pull request was closed.")).pull_request


@pytest.mark.parametrize("said", ["#12 was declined", "#12 was reverted", "Reverted #12"])
def test_a_pull_request_that_is_turned_down_has_ended(said: str) -> None:
    assert not talk((GRACE, "PR: #12"), (ADA, said)).pull_request


def test_a_yes_to_nobody_gives_it_to_nobody() -> None:
    assert takers((ADA, "Yes please, that would be bright.")) == []
    assert takers(ASKS, (ADA, "Yes please!")) == [GRACE]


def test_whoever_wants_it_can_have_it() -> None:
    assert takers((ADA, "Nothing in the way, go for it whoever wants")) == []
    assert takers(ASKS, (ADA, "We do not assign issues. Open a PR.")) == []
    assert takers(ASKS, (ADA, "Sure, go ahead! If anyone else wants to help with the oil, feel free.")) == [GRACE]
    assert takers(ASKS, (ADA, "Write a comment and we will assign it to you.")) == [GRACE]


def test_the_answer_to_who_is_at_work_is_a_claim() -> None:
    assert takers(body="It is dark.\n**Are you working on this issue? (Yes/No)**\nYes") == [LINUS]
    assert takers(body="It is dark.\n**Are you working on this issue? (Yes/No)**\nNo") == []


def test_one_whom_a_maintainer_calls_at_work_has_it_though_no_name_is_told() -> None:
    assert takers(ASKS, (ADA, "She is actually working on it, you can review.")) == [""]


def test_anybody_may_have_it_when_a_maintainer_says_that_any_of_them_can() -> None:
    assert takers(ASKS, (ADA, "Any of you can work on it, just open a PR.")) == []


def test_done_can_answer_who_asked_for_a_label() -> None:
    assert not talk((GRACE, "Can you set the label? I may not."), (ADA, "Done! Thank you!")).done
    assert talk((GRACE, "Does it burn?"), (ADA, "Done! Thank you!")).done


def test_a_yes_after_a_name_settles_a_question() -> None:
    assert talk((ADA, "Hi @grace, yes, of course.")).settled
