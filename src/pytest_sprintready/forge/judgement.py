"""Whether a newcomer can take an issue today: `judge_issue`, a pure function of what the forge said.

The questions are those of GUIDANCE rows 44 to 52. That somebody is at work, or that nothing is to be done yet, makes an
issue "not-now"; what its maintainer can mend in five minutes, "nearly".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from pytest_sprintready.config import Issues
from pytest_sprintready.forge.conversation import read_conversation
from pytest_sprintready.reading import claim_text, issue_text, no_task, shared_work
from pytest_sprintready.reading.patterns import bounded, pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_sprintready.forge.conversation import Conversation
    from pytest_sprintready.forge.model import Issue, PullRequest

DAY = 86_400
THIN_WORDS = 25
"""Fewer words than these show no fault: no steps, no input, no message."""

TELLING_TEXT = 10
"""So many words beside praise and greetings tell what is bad now: for people, 8 of 11 such texts did."""

PARTS_OF_A_TRACKER = 3
"""An issue of so many sub-issues is no task of its own; one with so many boxes has tasks beside them."""

TELLING_WORDS = 4
"""More words of a title than these name something, whatever it is."""

Readiness = Literal["good", "nearly", "not-now"]
ForMany = Literal["", "tracker", "call", "list"]


class Reason(NamedTuple):
    """Why an issue is not (quite) for today: a stable code, and a sentence without a full stop."""

    code: str
    text: str


class Verdict(NamedTuple):
    """What a newcomer and a maintainer want to know of an issue.

    `reasons` say what is missing where it is nearly good, and what stands in the way where it is not now. `advice` is
    what would be better still and keeps no issue from being good. `level` is "first", "medium", "advanced" or "";
    `kinds` are some of KINDS, `skills` names; `size` is "hours", "day", "more" or "" where nobody says. `shared` says
    that several people can work on it, each on a part.
    """

    readiness: Readiness
    reasons: tuple[Reason, ...] = ()
    advice: tuple[Reason, ...] = ()
    level: str = ""
    kinds: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    size: str = ""
    shared: bool = False


KINDS = ("code", "docs", "tests", "translation", "design", "triage", "packaging")

_BUG = pattern(r"\b(?:bugs?|defect|regression)\b")
_STALE = pattern(r"\b(?<!no )(?<!not )(?<!never )(?:staled?|rotten|inactive|abandoned|no (?:issue )?activity)\b")
_EPIC = pattern(r"\bepic\b")
_SHARED = pattern(
    r"\b(?:meta|umbrella|(?:always|keep) open|long running|evergreen|ongoing|(?<!issue )(?<!bug )(?:tracking"
    r"|tracker))\b"
)
_NOT_YET = pattern(
    r"\b(wont ?fix|won t fix|blocked|on hold|hold|invalid|duplicate|needs? (?:more )?(?:info\w*"
    r"|discussion|decision|"
    r"design|investigation|consensus|reproduc\w*|repro|mre|response|breakdown|input|answer|confirmation|spec\w*|rfc"
    r"|clarification|feedback|task ?list)"
    r"|under discussion|under consideration|(?:awaiting|waiting)\b.*|deferred|postponed|postpone|rfc|undecided"
    r"|needs? upstream.*|upstream|in ?progress|wip"
    r"|^(?:(?:type|kind|status|priority|milestone|backlog|t|s|p\d?) )*(?:discussion|question|support|future|someday)"
    r"(?: releases?| versions?)?$|"
    r"more (?:info\w*|details)|(?:info\w*|details|feedback|repro\w*|input) (?:needed|required|requested|wanted)|"
    r"(?:has|with|in) pr|pr (?:open|pending|submitted|created|in progress)|(?:in|under|ready for) review|claimed"
    r"|taken|fixed|"
    r"can ?t reproduce|not reproducible|not (?:yet )?ready|parked|paused|pending\b.*|^later$|icebox|do not (?:merge"
    r"|touch)|reserved(?! for)|(?<!mentor )(?<!not )assigned"
    r"|done|completed|released|unavailable\b.*)\b"
)
_PART_OF = pattern(r"(?:area|module|component|package|pkg) (?!wont|on hold$|in progress$|needs\b|blocked$).*")
"""Of the program a label names a part, whatever its words."""

_OVER = pattern(r"\b(?:done|completed|released|fixed)\b")
_HARD = pattern(
    r"\b(hard|advanced|expert|difficult|complex|epic|large|xl|xxl|e hard|high effort|effort high|intricate)\b"
)
_MEDIUM = pattern(r"\b(medium|moderate|intermediate|e medium)\b")
_EASY = pattern(
    r"\b(easy|beginners?|good (?:for )?(?:\w+ )?(?:first|1st|newcomers?|beginners?)\b.*|first ?timers?.*"
    r"|first time.*|starter|"
    r"novice|low hanging.*|newcomers?|new contributors?|newbie|trivial|entry level|e easy|bitesize|bite size|junior)\b"
)
_SIZES = (
    (
        "hours",
        pattern(
            r"\b(xs|x small|(?:size|effort|estimate|points?|cost) (?:xs|s|small|tiny|low|minimal|1|2)"
            r"|small|tiny|trivial|"
            r"quick|\d+ ?(?:min\w*|h|hours?)|low effort|short|quick win|quick fix|effort [12])\b"
        ),
    ),
    ("day", pattern(r"\b((?:size|effort|estimate) (?:m|medium|3)|1 ?d(?:ay)?|one day|half day)\b")),
    (
        "more",
        pattern(
            r"\b(xl|xxl|(?:size|effort|estimate|points?) (?:l|xl|xxl|large|big|high|5|8|13)|large|epic"
            r"|high effort|e?\d+ ?weeks?|e?[2-9] ?days?)\b"
        ),
    ),
)
_KINDS = {
    "docs": pattern(
        r"\b(docs?|documentation|docstrings?|readme|tutorials?|examples?|guide|changelog|sphinx|typos?"
        r"|wiki|website)\b"
    ),
    "tests": pattern(r"\b(tests?|testing|test coverage|coverage|pytest|test suite|unit tests?|fixtures?)\b"),
    "translation": pattern(r"\b(translat\w*|i18n|l10n|locali[sz]ation|internationali[sz]ation)\b"),
    "design": pattern(r"\b(ux|ui/ux|logo|icons?|mock ?ups?|wireframes?|a11y|accessibility|css|styling)\b"),
    "triage": pattern(r"\b(triage|reproduce|needs reproduction|label(?:l)?ing|curat\w*)\b"),
    "packaging": pattern(
        r"\b(ci|packaging|build|github actions?|workflows?|docker\w*|dependenc(?:y|ies)|pre commit"
        r"|release|conda|nix)\b"
    ),
}
_SKILLS = pattern(
    r"\b(python|cython|numpy|pandas|javascript|typescript|react|vue|html|css|sql|postgres\w*|rust|golang"
    r"|java|kotlin|swift|c\+\+|"
    r"docker|kubernetes|sphinx|regex|bash|shell|git|django|flask|pytest|asyncio|graphql|fortran|r|julia"
    r"|qt|gtk|latex|jinja|yaml)\b"
)


def judge_issue(
    issue: Issue,
    *,
    now: int,
    rules: Issues | None = None,
    exists: Callable[[str], bool] | None = None,
) -> Verdict:
    """Return whether a newcomer can take the issue at `now` (seconds since the epoch), and why not.

    `exists` tells whether a path is (the end of) one of the repository's files at HEAD; None where nobody knows.
    """
    rules = rules or Issues()
    issue = _bounded(issue)
    body = issue_text.plain_body(issue.body)
    where = issue_text.places(f"{issue.title}\n{_said(issue, body)}", project(issue))
    many = for_many(issue)
    standing = tuple(_in_the_way(issue, body, where, now, rules, many=many))
    missing = (
        *_unsaid(issue, body, where, exists, many),
        *_left_alone(issue, now, rules, many),
    )
    readiness: Readiness = "not-now" if standing else "nearly" if missing else "good"
    labels = tuple(_plain(label) for label in issue.labels)
    sized = _size(labels, f"{issue.title}\n{body}")
    skills = _skills(labels, body)
    advice = []
    if not _names_place(issue, body, where):
        advice.append(Reason("no-place", "it names no file, function or page to look at"))
    if not sized:
        advice.append(Reason("no-size", "nobody says how long it takes"))
    if not skills and not issue_text.tells_skills(body):
        advice.append(Reason("no-skills", "nobody says what one has to know"))
    if not issue_text.lists_criteria(body):
        advice.append(Reason("no-criteria", "it does not list when it is done"))
    return Verdict(
        readiness,
        standing or missing,
        tuple(advice),
        _level(labels),
        _kinds(labels, issue.title),
        skills,
        sized,
        many in ("list", "call"),
    )


def _bounded(issue: Issue) -> Issue:
    """Return an issue of which no text takes a pattern long, whoever wrote it."""
    comments = issue.comments and tuple(comment._replace(text=bounded(comment.text)) for comment in issue.comments)
    return issue._replace(title=bounded(issue.title), body=bounded(issue.body), comments=comments)


# What stands in the way ---------------------------------------------------------------------------------------------


def _in_the_way(
    issue: Issue, body: str, where: issue_text.Places, now: int, rules: Issues, *, many: ForMany
) -> Iterator[Reason]:
    if issue.assignees:
        yield Reason("assigned", f"{_people(issue.assignees)} assigned")
    conversation = read_conversation(issue)
    shared = many in ("list", "call")
    if not shared:  # Otherwise they have a part of it.
        yield from _taken(issue, conversation, now, rules)
    elif shared_work.is_all_taken(body):
        yield Reason("claimed", "each part that is open has somebody")
    if conversation.done and (not shared or conversation.by_maintainer):
        yield Reason("done", "a comment says that nothing is left to do")
    elif issue_text.all_ticked(body):
        yield Reason("done", "all boxes of its list are ticked")
    if issue.locked:
        yield Reason("locked", "its conversation is locked")
    if issue.blocked or conversation.waiting:
        yield Reason("blocked", "it waits for something else")
    labels = [_plain(label) for label in issue.labels]
    for label, plain in zip(issue.labels, labels, strict=True):
        if _NOT_YET.search(plain) and not _PART_OF.fullmatch(plain):
            state = "it is done" if _OVER.search(plain) else "it waits"
            yield Reason("label", f'its label "{label}" says that {state}')
            break
    if many == "tracker":
        yield Reason("tracker", "its parts are issues of their own: one of those can be taken")
    elif issue_text.is_question(issue.title, body) and not (
        many == "call" or conversation.settled or issue_text.lists_criteria(body)
    ):
        yield Reason("question", "it asks a question; nobody has said what to do")
    elif conversation.undecided and not conversation.done:
        yield Reason("undecided", "what is to be done is left open")
    if _level(labels) == "advanced":
        yield Reason("advanced", "its label says that it is hard")
    if not shared and (_size(labels, "") == "more" or issue_text.is_large(body)):
        yield Reason("large", "it takes more than a day")
    if no_task.says_nothing(issue.title, body):
        yield Reason("empty", "its title says nothing")
    elif no_task.is_invitation(issue.title, body, brings=many == "call" or bool(issue_text.open_boxes(body))):
        yield Reason("empty", "it invites people, and asks for nothing in particular")
    elif many != "call" and _is_no_task(issue, body, where):
        yield Reason("empty", "it does not say what shall be changed, or what is broken")


def _taken(issue: Issue, conversation: Conversation, now: int, rules: Issues) -> Iterator[Reason]:
    for request in linked(issue):
        yield Reason("pull-request", f"pull request {_number(request)} is open for it")
    claims = [claim for claim in conversation.claims if (now - claim.when) // DAY <= rules.claim_days]
    if claims and not issue.assignees:
        latest = max(claims, key=lambda claim: claim.when)
        when = ago(now, latest.when)
        if latest.given:
            yield Reason("claimed", f"a maintainer gave it to {latest.person or 'somebody'} {when}")
        else:
            yield Reason("claimed", f"{latest.person or 'somebody'} wrote {when} that they work on it")
    told = conversation.pull_request
    if told and (now - told) // DAY <= rules.stale_days and not linked(issue) and not claims:
        yield Reason("pull-request", "a comment tells of a pull request")


def _is_no_task(issue: Issue, body: str, where: issue_text.Places) -> bool:
    """Return whether nobody can tell what is meant: its text is as good as none, and its title asks for nothing."""
    said = _said(issue, body)
    title = issue_text.subject(issue.title)
    told = not issue_text.is_empty(said) or issue_text.says_wanted(said)
    if told or len(title.split()) > TELLING_WORDS or issue_text.is_task(title):
        return False
    return not where.any and not _tells_outcome(issue, said)


def _tells_outcome(issue: Issue, said: str) -> bool:
    return issue_text.tells_outcome(issue.title, said) or any(_BUG.search(_plain(label)) for label in issue.labels)


def linked(issue: Issue) -> tuple[PullRequest, ...]:
    """Return the open pull requests linked to the issue."""
    return tuple(request for request in issue.pull_requests or () if request.state == "open")


def for_many(issue: Issue) -> ForMany:
    """Return how an issue is for several people: as a tracker, by a call or by a list of parts; "" for one task."""
    labels = [_plain(label) for label in issue.labels]
    body = bounded(issue.body)
    if (
        any(map(_EPIC.search, labels))
        or (issue.parts >= PARTS_OF_A_TRACKER and issue_text.boxes(body) < PARTS_OF_A_TRACKER)
        or shared_work.tracks_issues(issue.title, body)
    ):
        return "tracker"
    if shared_work.calls_whoever_comes(issue.title, body):
        return "call"
    named = any(_SHARED.search(label) and not _EASY.search(label) for label in labels)
    return "list" if named or shared_work.has_parts(issue.title, body) else ""


def project(issue: Issue) -> str:
    """Return the path of the issue's repository on its forge, "" if its address does not tell."""
    match = re.match(r"https?://[^/]+/(.+?)/(?:-/)?(?:issues|work_items)/", issue.url)
    return match[1] if match else ""


# What is missing ----------------------------------------------------------------------------------------------------


def _unsaid(
    issue: Issue,
    body: str,
    where: issue_text.Places,
    exists: Callable[[str], bool] | None,
    many: ForMany,
) -> Iterator[Reason]:
    said = _said(issue, body)
    endless = issue_text.is_endless(issue.title, project(issue))
    if many != "call":  # A call has told what it takes.
        yield from _untold(issue, said, where, endless=endless)
    if endless and not (many or issue_text.is_measured(f"{issue.title}\n{said}") or _has_beginning(issue, body)):
        yield Reason("endless", "there is always more of it to do, and it names no part to begin with")
    if exists is not None and where.paths and not where.names and not where.addresses:
        gone = [path for path in where.paths if not exists(path)]
        if len(gone) == len(where.paths):
            yield Reason("place-gone", f"{gone[0]} is not in the repository (any more)")


def _has_beginning(issue: Issue, body: str) -> bool:
    """Return whether work without end names a part to begin with, or several: the front page is no part."""
    parts = issue_text.without_whole(f"{issue.title}\n{_said(issue, body)}", project(issue))
    return issue_text.items(body) > 1 or _names_place(issue, body, issue_text.places(parts, project(issue)))


def _untold(issue: Issue, said: str, where: issue_text.Places, *, endless: bool) -> Iterator[Reason]:
    # A line that names the place and what to do there says it all; that something fails does not.
    how = issue_text.shows_how(said)
    shown = where.any or how or issue_text.shows_how(issue.title) or issue_text.shows_evidence(said)
    opaque = issue_text.is_opaque(issue.title) and not (shown or issue_text.says_wished(said))
    vague = issue_text.is_vague_fault(issue.title) and not (where.paths or how or issue_text.shows_picture(said))
    hidden = issue_text.refers_elsewhere(f"{issue.title}\n{said}") and not where.any
    outcome = _tells_outcome(issue, said) or _is_understood(issue, said, endless=endless)
    # "Fix the wick" alone tells nobody what is wrong with it.
    mends = issue_text.verb(issue.title) == "fix"
    unsaid = mends and issue_text.is_empty(said) and len(issue.title.split()) < TELLING_WORDS
    unsaid = unsaid or (issue_text.leaves_finding(said) and not where.any)
    short = issue_text.words(said) < THIN_WORDS
    if unsaid or (short and (opaque or vague or hidden or not outcome)):
        yield Reason("thin", "it says too little for a stranger: what is wrong, what should be")
    if not outcome:
        yield Reason("no-outcome", "it does not tell what will be different")


def _is_understood(issue: Issue, said: str, *, endless: bool) -> bool:
    """Return whether one knows what is meant though nobody says what will be different: it is named, told or shown."""
    if not issue_text.is_empty(said) and issue_text.is_particular(issue.title, project(issue)):
        return True
    if endless:
        return False
    if issue_text.telling_words(said) >= TELLING_TEXT or issue_text.shows_matter(said):
        return True
    return issue_text.ADDRESS.search(said) is not None and not issue_text.is_vague(issue.title)


def _left_alone(issue: Issue, now: int, rules: Issues, many: ForMany) -> Iterator[Reason]:
    if issue.updated and (now - issue.updated) // DAY > rules.stale_days:
        yield Reason("stale", f"nobody has looked at it for {span(now - issue.updated)}")
    elif any(_STALE.search(_plain(label)) for label in issue.labels):
        yield Reason("stale", "its label says that nobody looks at it")
    people = [comment for comment in issue.comments or () if not comment.bot]
    last = people[-1] if people else None
    if last is None or last.role == "maintainer" or (now - last.created) // DAY <= rules.answer_days:
        return
    answered = many == "call" and claim_text.claims(last.text)  # A call has said beforehand who can have a part.
    if "?" in issue_text.ADDRESS.sub("", last.text) and not answered:
        yield Reason("unanswered", f"a question of {last.author or 'somebody'} has no answer")


def _names_place(issue: Issue, body: str, where: issue_text.Places) -> bool:
    """Return whether a newcomer knows where to begin, beside the places that the whole text points at."""
    asked = (issue.title, issue_text.task(issue.title, body))
    return (
        where.any
        or issue_text.updates_dependencies(issue.title)
        or any(issue_text.names_matter(line, project(issue)) for line in asked)
    )


def _said(issue: Issue, body: str) -> str:
    """Return what its author and the maintainers say of it, in comments too."""
    told = (
        comment.text
        for comment in issue.comments or ()
        if comment.role == "maintainer" or (comment.author and comment.author == issue.author)
    )
    return "\n".join([body, *told])


# What kind of work --------------------------------------------------------------------------------------------------


def _plain(label: str) -> str:
    """Return a label's words, lower case, without emoji and punctuation."""
    return re.sub(r"[^\w+]+|_", " ", label.lower()).strip()


def _level(labels: Iterable[str]) -> str:
    found = ""
    for label in labels:
        if _HARD.search(label):
            return "advanced"
        if _MEDIUM.search(label) and not re.search(r"priority|severity|impact|size|effort", label):
            found = "medium"
        elif _EASY.search(label):
            found = found or "first"
    return found


def _size(labels: Iterable[str], text: str) -> str:
    for label in labels:
        if re.search(r"priority|severity|impact|difficulty", label):
            continue
        for size, words in _SIZES:
            if words.search(label):
                return size
    return issue_text.size(text)


def _kinds(labels: Iterable[str], title: str) -> tuple[str, ...]:
    said = " ; ".join(labels)
    found = [kind for kind, words in _KINDS.items() if words.search(said)]
    found = found or [kind for kind, words in _KINDS.items() if words.search(_plain(title))]
    return tuple(found) or ("code",)


def _skills(labels: Iterable[str], body: str) -> tuple[str, ...]:
    found = [match[1] for label in labels for match in _SKILLS.finditer(label)]
    for line in body.split("\n"):
        if issue_text.tells_skills(line):
            found += [match[1] for match in _SKILLS.finditer(line.lower())]
    return tuple(dict.fromkeys(found))


def _people(names: tuple[str, ...]) -> str:
    return f"{names[0]} is" if len(names) == 1 else f"{names[0]} and {len(names) - 1} more are"


def _number(request: PullRequest) -> str:
    return f"#{request.number}" if request.number else request.url


def ago(now: int, then: int) -> str:
    """Return "today", "yesterday", "3 days ago", "5 months ago"."""
    days = max(0, now - then) // DAY
    return ("today", "yesterday")[days] if days < 2 else f"{span(now - then)} ago"


def span(seconds: int) -> str:
    """Return "3 days", "5 months", "2 years"."""
    days = max(0, seconds) // DAY
    if days < 60:
        return "1 day" if days == 1 else f"{days} days"
    return f"{days // 30} months" if days < 730 else f"{days // 365} years"
