"""SR3xx: what only the forge knows of tasks for newcomers: labels that exist, issues that can be taken today."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.checks._forge import are, asked, count, free, having, listed, named
from pytest_sprintready.checks.issues import known_labels, list_of_tasks
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.labels import STANDARD_LABEL, is_standard, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.forge.board import Judged

_DAY = 86_400


@check(
    "SR308",
    "entry-point-open",
    Severity.REQUIRED,
    title="The forge offers a newcomer nothing to start with",
    why="A label without issues is a door without a room behind it.",
    fix=f'Label small open issues "{STANDARD_LABEL}", or pin an umbrella issue that lists them.',
    source="GUIDANCE row 41",
)
def entry_point_open(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept open issues under a label for newcomers or a sprint, an umbrella issue, and a board that files link."""
    data = asked(facts)
    if data.issues or data.umbrellas:
        return
    way = list_of_tasks(facts)
    if way:
        yield way
        return
    if data.problems:
        raise SkipCheck(f"the forge did not tell everything: {data.problems[0]}")
    names = (*data.beginner_labels, *data.sprint_labels)
    if names:
        yield Finding(
            f'There is a label "{names[0]}", and no open issue has it.',
            fix=f'Look through the open issues for small ones, and label them "{names[0]}".',
        )
    else:
        yield Finding(
            f"No label of {data.repository.host}/{data.repository.name} is for newcomers, and no open issue is an "
            "umbrella.",
            fix=f'Make the label: `sprintready labels --apply`. Then put "{STANDARD_LABEL}" on small open issues.',
        )


@check(
    "SR309",
    "standard-label-on-forge",
    Severity.RECOMMENDED,
    title="The forge's label for newcomers has a name of its own",
    why='Forges and issue finders search for "good first issue"; other names are found by those who know them.',
    fix='Rename the label to "good first issue" on the forge, or list its name under beginner-labels.',
    source="GUIDANCE row 42; https://docs.github.com/en/communities/setting-up-your-project-for-healthy-contributions/"
    "encouraging-helpful-contributions-to-your-project-with-labels",
)
def standard_label_on_forge(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept the standard name in any spelling, and names that the settings declare."""
    data = asked(facts)
    if not data.beginner_labels:
        raise SkipCheck("the forge has no label for newcomers (SR308)")
    declared = {plain_name(name) for name in facts.settings.beginner_labels}
    if any(is_standard(name) or plain_name(name) in declared for name in data.beginner_labels):
        return
    own = data.beginner_labels[0]
    yield Finding(
        f'The forge has the label "{own}"; issue finders look for "{STANDARD_LABEL}".',
        fix=f'Rename the label, or put `beginner-labels = ["{own}"]` under [tool.sprintready] in pyproject.toml.',
    )


@check(
    "SR310",
    "named-labels-exist",
    Severity.RECOMMENDED,
    title="A document sends newcomers to a label that does not exist",
    why="The link leads to an empty list, and the reader takes it that there is nothing to do.",
    fix="Write the name that the label has on the forge, or make the label.",
    source="GUIDANCE rows 41 and 6",
)
def named_labels_exist(facts: Facts) -> Iterator[Finding | Evidence]:
    """Compare the labels for newcomers that documents name with the forge's, else a label file's."""
    names, where, home = known_labels(facts)
    fact = facts.beginner_labels
    if not fact.value:
        raise SkipCheck("no file names a label for newcomers (SR301)")
    there = {plain_name(name).removesuffix("s") for name in names}
    for name, place in zip(fact.value, fact.evidence, strict=False):
        if plain_name(name).removesuffix("s") in there:
            yield place
        else:
            yield Finding(
                f'{place} names the label "{name}", which {where}.',
                place,
                fix=f'Correct the name in {place.path}, or add the label "{name}" to {home}.',
            )


@check(
    "SR311",
    "enough-issues",
    Severity.RECOMMENDED,
    title="There are fewer issues to take than a sprint needs",
    why="Whoever finds nothing to do in the first hour goes to another table, or home.",
    fix="Groom more issues before the sprint: `sprintready issues` shows which are nearly good and what they lack.",
    source="GUIDANCE row 43",
)
def enough_issues(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask for issues that are free to take: five, or 1.3 for each sprinter who is expected if that is more."""
    found = listed(facts)
    sprinters = facts.settings.sprint.sprinters or facts.settings.sprint.capacity or 0
    wanted = max(facts.settings.issues.least, math.ceil(sprinters * 1.3))
    can = [one for one in found if one.verdict.readiness != "not-now"]
    if len(can) >= wanted:
        return
    good = sum(one.verdict.readiness == "good" for one in can)
    expected = f" for {sprinters} sprinters" if sprinters else ""
    yield Finding(
        f"{count(len(can), 'issue')} for newcomers can be taken ({good} good, {len(can) - good} nearly) of "
        f"{len(found)} that are labelled; {wanted} are wanted{expected}.",
        fix=f"Find {wanted - len(can)} more: `sprintready issues` says what stands in the way of the others.",
    )


@check(
    "SR312",
    "unassigned-issues",
    Severity.RECOMMENDED,
    title="Most issues for newcomers are taken",
    why="Finders and forges show assigned issues as well, so a newcomer asks for one after the other in vain.",
    fix="Ask the people assigned whether they still work on it, and give free what rests.",
    source="GUIDANCE row 44",
)
def unassigned_issues(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask that more than a share of the labelled issues has nobody assigned."""
    found = listed(facts)
    taken = having(found, "assigned")
    share = 100 * (len(found) - len(taken)) / len(found)
    if share <= facts.settings.issues.unassigned_percent:
        yield Finding(
            f"{len(taken)} of {count(len(found), 'issue')} for newcomers have somebody assigned: {named(taken)}.",
            fix=f"Ask in {named(taken[:1])} and the others whether somebody is at work; if not, unassign.",
        )


@check(
    "SR313",
    "issues-without-work-under-way",
    Severity.RECOMMENDED,
    title="An issue for newcomers is being worked on already",
    why="Work done twice is the worst way to spend a sprint.",
    fix="Take the label off while a pull request is open, or assign whoever has claimed it.",
    source="GUIDANCE row 45; https://github.com/python/mypy/issues/15067",
)
def issues_without_work_under_way(facts: Facts) -> Iterator[Finding | Evidence]:
    """Look at open pull requests that name the issue, and at what the last comments say."""
    at_work = [one for one in having(listed(facts), "pull-request", "claimed") if not one.issue.assignees]
    if at_work:
        yield Finding(
            f"{are(at_work)} under way with nobody assigned: {named(at_work)}.",
            fix="Assign whoever works on it, so that others see it in the list.",
        )


@check(
    "SR314",
    "fresh-issues",
    Severity.RECOMMENDED,
    title="Nobody has looked at an issue for newcomers for months",
    why="Code moves on: an old issue may be solved, or no longer be what is wanted.",
    fix='Look at each and write "still wanted", or close it.',
    source="GUIDANCE row 46",
)
def fresh_issues(facts: Facts) -> Iterator[Finding | Evidence]:
    """Take any change of an issue, a comment included, as a look at it."""
    old = having(free(facts), "stale")
    if old:
        days = facts.settings.issues.stale_days
        yield Finding(
            f"{are(old)} older than {days} days without a word: {named(old)}.",
            fix=f'Say in {named(old[:1])} and the others that they are still wanted: a comment "still wanted" will do.',
        )


@check(
    "SR315",
    "informative-issues",
    Severity.REQUIRED,
    title="Most issues for newcomers say too little to be understood",
    why="Half of all issues labelled for newcomers are never solved by one; what is written in them decides.",
    fix="Write into each what is wrong, where, and how it should be: two sentences a stranger understands.",
    source="GUIDANCE row 47; acemap.info/paper/166967164",
)
def informative_issues(facts: Facts) -> Iterator[Finding | Evidence]:
    """Fail where more than half of the issues that are free leave a stranger to guess what is wrong or wanted."""
    found = tuple(one for one in listed(facts) if one.verdict.readiness != "not-now" or having([one], "empty"))
    if not found:
        raise SkipCheck("no issue for newcomers is free to take (SR311)")
    thin = having(found, "thin", "endless", "empty")
    if 2 * len(thin) > len(found):
        yield Finding(
            f"{len(thin)} of {count(len(found), 'issue')} say hardly more than their titles: {named(thin)}.",
            fix=f"Begin with {named(thin[:1])}: what is wrong, where to look, when it is done.",
        )


def _lacking(facts: Facts, code: str, what: str, fix: str) -> Iterator[Finding]:
    found = free(facts)
    lacking = having(found, code) or having_advice(found, code)
    if lacking:
        yield Finding(f"{count(len(lacking), 'issue')} {what}: {named(lacking)}.", fix=f"{fix} {named(lacking[:1])}.")


@check(
    "SR316",
    "issues-tell-when-done",
    Severity.RECOMMENDED,
    title="An issue for newcomers does not tell when it is done",
    why="Without an end in sight a newcomer does too much or gives up.",
    fix="Write what is different when it is done, best as a list of boxes to tick.",
    source="GUIDANCE row 48",
)
def issues_tell_when_done(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept criteria, boxes to tick, a sentence on what should be, and what is named, shown or told in some lines."""
    yield from _lacking(facts, "no-outcome", "cannot be told to be done", "Write what will be different into")


@check(
    "SR317",
    "issues-point-at-code",
    Severity.RECOMMENDED,
    title="An issue for newcomers does not say where to look",
    why="Finding the place takes a maintainer a second and a newcomer the morning.",
    fix="Name the file, function or page in the issue, and the test beside it.",
    source="GUIDANCE row 49",
)
def issues_point_at_code(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept files, functions, commands, tracebacks and links; compare the files with those at hand."""
    yield from _lacking(facts, "no-place", "without a file, function or page to look at", "Name the place in")
    for one in having(free(facts), "place-gone"):
        reason = next(reason for reason in one.verdict.reasons if reason.code == "place-gone")
        yield Finding(
            f"#{one.issue.number} points at what is gone: {reason.text}.",
            fix=f"Name the file that #{one.issue.number} is about now.",
        )


@check(
    "SR318",
    "sized-issues",
    Severity.RECOMMENDED,
    title="Most issues for newcomers do not say how much work they are",
    why="A day is short: people pick what they can finish in the room.",
    fix='Label them "size: small" or the like, or write "about two hours" into the text.',
    source="GUIDANCE row 50",
)
def sized_issues(facts: Facts) -> Iterator[Finding | Evidence]:
    """Look for labels of size or effort, and for times in the text."""
    found = free(facts)
    bare = [one for one in found if not one.verdict.size]
    if 2 * len(bare) > len(found):
        yield Finding(
            f"{len(bare)} of {count(len(found), 'issue')} do not say how long they take: {named(bare)}.",
            fix="Give each a label of size, guessed: small, a day.",
        )


@check(
    "SR319",
    "skills-stated",
    Severity.RECOMMENDED,
    title="Most issues for newcomers do not say what one has to know",
    why="Whoever knows SQL, CSS or another language well looks for just that word.",
    fix='Add a label, or a line "Skills: ...", to each.',
    source="GUIDANCE row 51",
)
def skills_stated(facts: Facts) -> Iterator[Finding | Evidence]:
    """Look for labels that name a skill, and for sentences on what is needed."""
    found = free(facts)
    bare = having_advice(found, "no-skills")
    if 2 * len(bare) > len(found):
        yield Finding(
            f"{len(bare)} of {count(len(found), 'issue')} do not say what one has to know: {named(bare)}.",
            fix='Add a line to each: "Skills: a little Python; no knowledge of the project".',
        )


def having_advice(found: tuple[Judged, ...], code: str) -> list[Judged]:
    """Those with an advice of this code."""
    return [one for one in found if any(reason.code == code for reason in one.verdict.advice)]


@check(
    "SR320",
    "issues-beyond-code",
    Severity.RECOMMENDED,
    title="All issues for newcomers are code",
    why="Writers, designers and translators come to sprints, too, and find no issue that is theirs.",
    fix="Label an issue on documentation, translation, design or triage for newcomers.",
    source="GUIDANCE row 52",
)
def not_only_code(facts: Facts) -> Iterator[Finding | Evidence]:
    """Look at labels, and at titles where those say nothing."""
    found = free(facts)
    if not any({"docs", "translation", "design", "triage"} & {*one.verdict.kinds} for one in found):
        yield Finding(
            f"None of {count(len(found), 'issue')} to take is documentation, translation, design or triage.",
            fix="Open one: a page that is missing, a text to translate, a list of issues to look through.",
        )


@check(
    "SR321",
    "sprint-label",
    Severity.RECOMMENDED,
    title="There is no label or umbrella issue for the sprint",
    why="One link is what an organizer can put on a wall.",
    fix='Make a label "sprint" and put it on the issues kept for the day, or open an issue that lists them.',
    source="GUIDANCE row 53",
)
def sprint_label(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a label that begins as the settings say, and an umbrella issue."""
    data = asked(facts)
    if not data.sprint_labels and not data.umbrellas:
        yield Finding(
            "No label of the forge is for a sprint, and no open issue is an umbrella.",
            fix="`sprintready labels --apply` makes the label.",
        )


@check(
    "SR322",
    "list-ready-in-time",
    Severity.RECOMMENDED,
    title="The list of issues was not ready a week before the sprint",
    why="People who can read the issues at home arrive with a plan and a working checkout.",
    fix="Groom the list a week before the sprint: `sprintready issues` shows what each issue lacks.",
    source="GUIDANCE row 54",
)
def list_ready_in_time(facts: Facts) -> Iterator[Finding | Evidence]:
    """Count issues that can be taken and were opened in time for the declared date of the sprint."""
    from datetime import datetime, timezone

    found = listed(facts)
    written = facts.settings.sprint.date
    if not written:
        raise SkipCheck("no date of a sprint is declared in [tool.sprintready.sprint]")
    try:
        date = int(datetime.fromisoformat(written).replace(tzinfo=timezone.utc).timestamp())
    except ValueError:
        raise SkipCheck(f'the date of the sprint, "{written}", is not written as 2026-05-16') from None
    rules, now = facts.settings.issues, facts.forge.value.fetched
    deadline = date - rules.ready_days * _DAY
    if now > date + _DAY:
        raise SkipCheck("the sprint is over")
    sprinters = facts.settings.sprint.sprinters or 0
    wanted = max(rules.least, math.ceil(sprinters * 1.3))
    ready = [one for one in found if one.verdict.readiness != "not-now" and one.issue.created <= deadline]
    if len(ready) >= wanted:
        return
    if now < deadline:
        raise SkipCheck(f"there are {count(max(1, (deadline - now) // _DAY), 'day')} left to make the list")
    yield Finding(
        f"{count(len(ready), 'issue')} that can be taken were there {rules.ready_days} days before the sprint of "
        f"{written}; {wanted} are wanted.",
        fix="Tell the sprinters when the list is ready, so that they look again before they travel.",
    )


@check(
    "SR323",
    "forge-labels-described",
    Severity.OPTIONAL,
    title="A label for newcomers has no description on the forge",
    why="The description is what a newcomer sees when hovering over a word of your vocabulary.",
    fix="`sprintready labels --apply` writes one where there is none.",
    source="GUIDANCE row 56",
)
def forge_labels_described(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge labels for newcomers and for sprints."""
    data = asked(facts)
    wanted = {*data.beginner_labels, *data.sprint_labels}
    found = [label for label in data.labels if label.name in wanted]
    if not found:
        raise SkipCheck("the forge has no label for newcomers (SR308)")
    for label in found:
        if not label.description.strip():
            yield Finding(
                f'The label "{label.name}" has no description on the forge.',
                fix="`sprintready labels --apply` describes it, or do it on the page of the labels.",
            )
