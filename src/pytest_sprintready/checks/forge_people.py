"""SR4xx: what only the forge knows of people: how soon they are answered, whether a newcomer's work is merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.checks._forge import count, median, span
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.forge.model import ForgeData, Issue, PullRequest

_HOUR, _DAY = 3_600, 86_400
_FEW = 3
_LATELY = 183


def _waits(facts: Facts) -> list[float]:
    """For how many seconds people outside of the project waited for the first human answer, or wait still.

    Issues and pull requests of the last half year count; one that is unanswered and younger than the limit does not.
    """
    data = facts.forge.value
    if data.recent is None and data.pull_requests is None:
        raise SkipCheck(_not_told(data))
    limit = facts.settings.issues.answer_days * _DAY
    found = []
    everything: list[Issue | PullRequest] = [*(data.recent or ()), *(data.pull_requests or ())]
    for one in everything:
        if one.role == "maintainer" or one.bot or one.answered is None or data.fetched - one.created > _LATELY * _DAY:
            continue
        if one.answered:
            found.append(float(max(0, one.answered - one.created)))
        elif data.fetched - one.created > limit:
            found.append(float(data.fetched - one.created))
    if len(found) < _FEW:
        raise SkipCheck("fewer than three people from outside wrote in the last half year, as far as the forge tells")
    return found


def _not_told(data: ForgeData) -> str:
    told = next((problem for problem in data.problems if problem.startswith(("answers", "pull", "merge"))), "")
    return f"the forge did not tell: {told}" if told else "the forge was not asked about people"


def _requests(facts: Facts) -> tuple[PullRequest, ...]:
    data = facts.forge.value
    if data.pull_requests is None:
        raise SkipCheck(_not_told(data))
    return data.pull_requests


@check(
    "SR414",
    "answers-within-days",
    Severity.RECOMMENDED,
    title="People from outside wait long for a first answer",
    why="Silence is read as no: most people do not write a second time.",
    fix="Share out who looks at new issues and pull requests, for a week each; a thank-you is an answer.",
    source="GUIDANCE row 62",
)
def answers_within_days(facts: Facts) -> Iterator[Finding | Evidence]:
    """Take the median over issues and pull requests of people who are no maintainers; bots answer nobody."""
    wait = median(_waits(facts))
    limit = facts.settings.issues.answer_days
    if wait > limit * _DAY:
        yield Finding(
            f"The median wait for a first human answer is {span(wait)}; {limit} days are the limit.",
            fix="Answer what waits now, then share out who looks each day: a thank-you is an answer.",
        )


@check(
    "SR415",
    "answers-within-hours",
    Severity.OPTIONAL,
    title="People from outside wait more than two days for a first answer",
    why="Somebody who is answered the next day is still in the middle of it. (Whether speed matters much is disputed.)",
    fix="Look at new issues and pull requests once a day.",
    source="GUIDANCE row 62; https://opensource.guide/building-community/",
)
def answers_within_hours(facts: Facts) -> Iterator[Finding | Evidence]:
    """Take the same median as SR414."""
    wait = median(_waits(facts))
    hours = facts.settings.issues.answer_hours
    if wait > hours * _HOUR:
        yield Finding(
            f"The median wait for a first human answer is {span(wait)}; {hours} hours would be good.",
            fix="Agree on who looks at new issues and pull requests each morning.",
        )


@check(
    "SR416",
    "newcomers-answered",
    Severity.RECOMMENDED,
    title="A newcomer's pull request waits for an answer",
    why="Nobody who waits for a month with a first pull request makes a second one.",
    fix="Answer each today, if only with when somebody will look at it.",
    source="GUIDANCE row 63",
)
def newcomers_answered(facts: Facts) -> Iterator[Finding | Evidence]:
    """Look at open pull requests of people who are no maintainers, drafts and bots left out."""
    data = facts.forge.value
    days = facts.settings.issues.unanswered_days
    waiting = [
        one
        for one in _requests(facts)
        if one.state == "open"
        and one.answered == 0
        and not (one.bot or one.draft or one.role == "maintainer")
        and data.fetched - one.created > days * _DAY
    ]
    if waiting:
        numbers = ", ".join(f"#{one.number}" for one in waiting[:5])
        more = f" and {len(waiting) - 5} more" if len(waiting) > 5 else ""
        verb = "has" if len(waiting) == 1 else "have"
        yield Finding(
            f"{count(len(waiting), 'pull request')} {verb} waited longer than {days} days for a first human word: "
            f"{numbers}{more}.",
            fix=f"Begin with #{waiting[0].number}: thank its author, and say what happens next.",
        )


@check(
    "SR417",
    "newcomer-merged-lately",
    Severity.OPTIONAL,
    title="No pull request from outside was merged for half a year",
    why="That somebody else's work was merged lately is the best proof that the way is open.",
    fix="Look for a pull request from outside that can be merged with a little help.",
    source="GUIDANCE row 65",
)
def newcomer_merged_lately(facts: Facts) -> Iterator[Finding | Evidence]:
    """Count whoever is no maintainer: forges do not tell whose first pull request it was, once it is merged."""
    data = facts.forge.value
    found = _requests(facts)
    days = facts.settings.issues.newcomer_days
    lately = [one for one in found if one.state == "merged" and data.fetched - one.ended <= days * _DAY and not one.bot]
    if any(one.role in ("contributor", "newcomer") for one in lately):
        return
    if any(not one.role for one in lately):
        raise SkipCheck("the forge does not tell who is a maintainer")
    if not found:
        raise SkipCheck("there are no pull requests yet")
    yield Finding(
        f"Of {count(len(lately), 'pull request')} merged in the last {days} days none came from outside.",
        fix="Offer help on one that is open, or ask in an issue for newcomers who would like to try.",
    )


@check(
    "SR418",
    "default-branch-green",
    Severity.RECOMMENDED,
    title="Continuous integration fails on the default branch",
    why='"Was it me?" is the first question of everybody whose first run is red.',
    fix="Mend the default branch before the sprint, or take the failing job out of what is required.",
    source="GUIDANCE row 33",
)
def default_branch_green(facts: Facts) -> Iterator[Finding | Evidence]:
    """Take the forge's summary of all jobs of the last commit."""
    repository = facts.forge.value.repository
    if repository.empty:
        raise SkipCheck("the repository is empty")
    if not repository.head:
        raise SkipCheck("the forge knows of no jobs on the default branch")
    if repository.head == "running":
        raise SkipCheck("jobs are running on the default branch")
    if repository.head == "red":
        yield Finding(
            f"The last commit of {repository.default_branch} is red on {repository.host}.",
            fix=f"Look at the failing jobs of {repository.default_branch} and mend them before the sprint.",
        )


@check(
    "SR419",
    "accepts-contributions",
    Severity.REQUIRED,
    title="The repository is archived",
    why="Nobody can open an issue or a pull request in it.",
    fix="Take it out of the archive for the sprint, or name the repository that has taken its place.",
    source="GUIDANCE row 41",
)
def accepts_contributions(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask the forge."""
    repository = facts.forge.value.repository
    if repository.archived:
        yield Finding(
            f"{repository.host}/{repository.name} is archived: nothing can be changed in it.",
            fix="Take it out of the archive, or ask for the repository that took its place: --forge-url.",
        )
