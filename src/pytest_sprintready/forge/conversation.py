"""What the people below an issue have come to: `read_conversation`, who has taken it and what was decided.

Comments are read in their order, and each claim belongs to one person: what one gives back releases nobody else's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading import claim_text, comment_text, issue_text, standing_text
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from pytest_sprintready.forge.model import Comment, Issue

LONG_UNANSWERED = 60 * 86_400
"""Seconds after which "go ahead" is no answer to whom asked last, who has long gone, but to whoever reads it."""

A_NOD = 5
"""Words of a comment that only agrees: "Indeed!", "Thanks for looking into it"."""


_OUT_OF_SCOPE = pattern(r"\b(?:out of|not in|beyond the) scope\b", re.IGNORECASE)
"""In a description it bounds the task, below it, it turns the task down."""

_FAVOUR = pattern(r"\b(?:labels?|rename|title|assign\w*|re-?open|milestone)\b", re.IGNORECASE)
"""What whoever is no maintainer asks one to do to the issue itself."""

_HOW_TO_CLAIM = pattern(
    r"^[^\w\n]*claiming\b[^\n]*\bcomment\b[^\n]*$"
    r"|\b(?:comment|write|say|reply|post|type)\b[^.\n'\u2018]{0,40}(?<!\w)['\u2018][^\n'\u2019]{1,60}['\u2019](?!\w)"
    r"|(?:^|[.!] )[^\w\n.!]*(?:want|interested|looking|willing|keen|ready|like)\b(?![^?\n]*\b(?:i"
    r"|me)\b)[^.?!\n]{0,60}\?",
    re.IGNORECASE | re.MULTILINE,
)
"""In a description it tells others how, or whom it looks for, and claims nothing."""

_WE = pattern(r"\b[Ww]e\b|\b[Ll]et(?:['\u2019]?s| us)\b")
"""In a description "we could" and "let's" propose."""


class Claim(NamedTuple):
    """That `person` has the issue since `when`; `given` where a maintainer said so. The name may be "" (unknown)."""

    person: str
    when: int
    given: bool = False


class Conversation(NamedTuple):
    """What holds after the last comment: claims that were not released, the oldest first, however old they are.

    `settled` says that a maintainer agreed to what was proposed, `by_maintainer` that it was one who called it `done`.
    `pull_request` is when somebody last told of one that nobody has closed, 0 for never.
    """

    claims: tuple[Claim, ...] = ()
    pull_request: int = 0
    done: bool = False
    undecided: bool = False
    waiting: bool = False
    settled: bool = False
    by_maintainer: bool = False


def read_conversation(issue: Issue) -> Conversation:
    """Return what the description and the comments of an issue have come to."""
    reader = _Reader(issue)
    for comment in issue.comments or ():
        reader.read(comment)
    return Conversation(
        tuple(sorted(reader.claims.values(), key=lambda claim: claim.when)),
        reader.pull_request,
        reader.done,
        reader.undecided,
        reader.waiting,
        reader.settled,
        reader.by_maintainer,
    )


_GOES_ON = (standing_text.resumes, comment_text.approves, comment_text.frees_for_all, comment_text.says_free)
_DECISIONS = (comment_text.takes_away, comment_text.turns_away, comment_text.approves)


class _Reader:
    def __init__(self, issue: Issue) -> None:
        self.claims: dict[str, Claim] = {}
        self.pull_request = 0
        self.done = self.by_maintainer = False
        self.sender = ""
        self.settled = False
        self.previous: Comment | None = None
        self.author = issue.author
        self.number = issue.number
        self.verb = issue_text.verb(issue.title)
        own = issue_text.own_words(issue.body)
        self.undecided = standing_text.is_undecided(_OUT_OF_SCOPE.sub(" ", own))
        self.waiting = standing_text.waits(own)
        maintains = issue.role == "maintainer"
        said = _HOW_TO_CLAIM.sub(" ", own)
        # "We could add" in a description proposes it; "we are adding" of a maintainer does not.
        if claim_text.works(said) if maintains else claim_text.claims(_WE.sub("they", said)):
            self._claim(issue.author, issue.created)
        if maintains:
            self._assign(own, issue.created)
            if meant := comment_text.addressed(own):
                self._claim(meant, issue.created, given=True)

    def read(self, comment: Comment) -> None:
        text = comment.text
        if comment.bot:
            self._bot(comment)
            return
        if claim_text.retracts(text):
            self._retract(comment)
        gave_back = comment.author.lower() in self.claims and claim_text.gives_up(text)
        if comment.role == "maintainer" or self._speaks_of_others(comment):
            self._maintainer(comment)
        else:
            self._visitor(comment)
        if comment_text.ends_pull_request(text):
            self.pull_request = 0
        elif comment_text.tells_of_pull_request(text):
            self.pull_request, self.sender = comment.created, comment.author
        if standing_text.tells_done(text) and not (gave_back or self._is_original(text) or self._did_a_favour(comment)):
            self.done, self.sender = True, comment.author
            self.by_maintainer = comment.role == "maintainer"
        elif standing_text.contradicts(text) or (comment.role == "maintainer" and len(text.split()) > A_NOD):
            self.done = False
        self.previous = comment

    def _is_original(self, text: str) -> bool:
        """Return whether a comment calls later issues its duplicates: those are to be closed, not this one."""
        numbers = comment_text.duplicates(text)
        return bool(numbers) and min(numbers) > self.number

    def _did_a_favour(self, comment: Comment) -> bool:
        """Return whether "Done!" answers who asked for a label or another title, and not for the task."""
        asked = self.previous.text if self.previous else ""
        return len(comment.text.split()) <= A_NOD and _FAVOUR.search(asked) is not None

    def _bot(self, comment: Comment) -> None:
        if comment_text.tells_of_pull_request(comment.text) and comment.text.startswith("mentioned in"):
            self.pull_request = comment.created
        elif comment_text.ends_pull_request(comment.text):
            self.pull_request = 0
        if comment_text.takes_away(comment.text):
            self._take_away(comment.text)
        if not comment_text.offers(comment.text):
            self._assign(comment.text, comment.created)

    def _claim(self, person: str, when: int, *, given: bool = False) -> None:
        self.claims[person.lower()] = Claim(person, when, given)

    def _assign(self, text: str, when: int) -> None:
        for name in comment_text.assigned(text):
            self._claim(name, when, given=True)

    def _retract(self, comment: Comment) -> None:
        """Forget what the same person has just said: it was meant for another issue."""
        if comment.author == self.sender:
            self.pull_request, self.done = 0, False

    def _visitor(self, comment: Comment) -> None:
        person = comment.author.lower()
        if comment.author == self.author and standing_text.waits(comment.text, talk=True):
            self.waiting = True
        said_before = self.previous
        answers = (
            said_before is not None
            and said_before.author != comment.author
            and comment_text.offers(said_before.text)
            and comment_text.says_yes(comment.text)
        )
        if claim_text.claims(comment.text, self.verb) or answers:
            self._claim(comment.author, comment.created)
        elif person in self.claims and claim_text.gives_up(comment.text):
            del self.claims[person]
        elif comment.role == "" and person not in self.claims and comment_text.frees_for_all(comment.text):
            self.claims.clear()

    def _maintainer(self, comment: Comment) -> None:
        text = comment.text
        if standing_text.waits(text, talk=True):
            self.waiting = True
        elif any(goes_on(text) for goes_on in _GOES_ON):
            self.waiting = False
        if standing_text.is_undecided(text):
            self.undecided, self.settled = True, False
        elif standing_text.settles(text) or comment_text.approves(text):
            self.undecided, self.settled = False, True
        if comment_text.takes_away(text):
            self._take_away(text)
        elif claim_text.works(text):
            self._claim(comment.author, comment.created)
        elif comment_text.turns_away(text):
            self._turn_away(text, comment.created)
        elif comment_text.assigned(text):
            self._assign(text, comment.created)
        elif comment_text.frees_whoever(text):
            self.claims.clear()
        elif comment_text.approves(text) and not (self._is_first(comment) and comment_text.only_agrees(text)):
            self._give(comment)
        elif comment_text.frees_for_all(text):
            self.claims.clear()
        elif comment.author.lower() in self.claims and claim_text.gives_up(text):
            del self.claims[comment.author.lower()]
        elif comment_text.says_free(text):
            asked = self._asker()
            self.claims = {name: claim for name, claim in self.claims.items() if name == asked}
            self._give_to_who_asked(comment)
        elif self._is_asked(comment) and (comment_text.says_yes(text) or comment_text.welcomes(text)):
            self._give(comment)
        elif comment_text.nods_to(text) and not self.claims:
            self._give(comment)  # What they asked has been deleted, or was asked elsewhere.
        elif comment_text.welcomes(text):
            self._give_to_who_asked(comment)

    def _is_first(self, comment: Comment) -> bool:
        """Return whether nobody has asked for anything to which a comment could be the answer."""
        return self.previous is None and not self.claims and not comment_text.mentions(comment.text)

    def _asker(self) -> str:
        return self.previous.author.lower() if self.previous else ""

    def _speaks_of_others(self, comment: Comment) -> bool:
        """Return whether somebody of unknown standing decides on others: not every forge tells who maintains."""
        named = comment_text.mentions(comment.text) - {comment.author.lower()}
        return (
            comment.role == ""
            and not claim_text.claims(comment.text)
            and not named.isdisjoint(self.claims)
            and any(decides(comment.text) for decides in _DECISIONS)
        )

    def _is_asked(self, comment: Comment) -> bool:
        claim = self.claims.get(self._asker())
        return claim is not None and comment.created - claim.when <= LONG_UNANSWERED

    def _give_to_who_asked(self, comment: Comment) -> None:
        """Give the issue to whom a comment answers by name, if they had asked whether it can still be had."""
        asked = self.previous
        if (
            asked is not None
            and not asked.bot
            and asked.role != "maintainer"
            and asked.author.lower() in comment_text.mentions(comment.text)
            and comment_text.asks_whether_free(asked.text)
        ):
            self._claim(asked.author, comment.created, given=True)

    def _give(self, comment: Comment) -> None:
        named = comment_text.mentions(comment.text) - {comment.author.lower()}
        known = [name for name in named if name in self.claims]
        if known or not self.claims:
            for name in known or sorted(named)[:1] or [""]:
                person = self.claims[name].person if name in self.claims else name
                self._claim(person, comment.created, given=True)
        elif not named:
            latest = max(self.claims.values(), key=lambda claim: claim.when)
            if comment.created - latest.when <= LONG_UNANSWERED:
                self._claim(latest.person, comment.created, given=True)

    def _take_away(self, text: str) -> None:
        if comment_text.frees_for_all(text):
            self.claims.clear()
            return
        named = [name for name in comment_text.mentions(text) if name in self.claims]
        if not named and self.claims and not comment_text.mentions(text):
            # Who had it first is who is meant: a later claim asks for what the first one leaves.
            named = [min(self.claims, key=lambda name: self.claims[name].when)]
        for name in named:
            del self.claims[name]

    def _turn_away(self, text: str, when: int) -> None:
        told = comment_text.turned_away(text) or comment_text.mentions(text)
        named = [name for name in told - comment_text.at_work(text) if name in self.claims]
        asked = self._asker()
        for name in named or ([asked] if asked in self.claims else []):
            del self.claims[name]
        others = comment_text.workers(text) - self.claims.keys()
        if not (others or self.claims) and comment_text.tells_of_another(text):
            others = frozenset([""])
        for name in others:
            self._claim(name, when, given=True)
