"""SR3xx: what files tell about tasks for newcomers. What only the forge knows is asked elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.checks._guide import (
    files_in,
    guide,
    home,
    kept_elsewhere,
    known,
    skip_if_foreign,
    skip_if_outside,
    spoken,
)
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.labels import STANDARD_LABEL, is_standard, plain_name, read_labels, template_labels
from pytest_sprintready.reading.links import links
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.phrases import mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.labels import Label

_LABEL_FILE = pattern(
    r"(\.(github|gitlab|gitea|forgejo)/)?(issue[-_])?labels?([-_](config|sync|definitions))?\.(ya?ml|toml|json)"
    r"|\.github/(probot-)?settings\.ya?ml"
)
_LIST_OF_TASKS = pattern(
    r"labels?(%3A|:|=|/)|/labels/|[?&]labels?=|(github\.com|gitlab\.com|codeberg\.org)/.*/projects(/\d+)?/?$"
    r"|trello\.com/b/|/-/boards"
    r"|/milestones?/\d+"
    r"|/contribute/?$|up-for-grabs|goodfirstissue",
    re.IGNORECASE,
)


@check(
    "SR301",
    "beginner-label-named",
    Severity.REQUIRED,
    title="No file names where a newcomer's tasks are",
    why="Without a label, a board or an umbrella issue to search for, everybody asks the same question at nine.",
    fix='Label small tasks "good first issue" and link the search in the guide; a board or an umbrella issue will do.',
    source="GUIDANCE row 41",
)
def beginner_label_named(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a label, a board or filtered list, an umbrella issue, and labels declared in the settings."""
    if facts.beginner_labels.value:
        yield from facts.beginner_labels.evidence
        return
    if facts.settings.beginner_labels:
        yield Evidence(facts.settings.path or "pyproject.toml")
        return
    way = list_of_tasks(facts)
    if way:
        yield way
        return
    skip_if_outside(facts)
    yield Finding(
        "No file of this repository names a label, a board or an umbrella issue for newcomers. (Labels that exist on "
        "the forge alone are not seen offline.)",
        Evidence(home(facts)) if facts.guide_sections else None,
        fix=f'Write into {home(facts)}: New here? Take an issue labelled "{STANDARD_LABEL}". '
        "If your label has another name, write that one.",
    )


def list_of_tasks(facts: Facts) -> Evidence | None:
    """Return where a board, a filtered list or an umbrella issue is linked."""
    for path in dict.fromkeys(path for path, _ in spoken(facts)):
        document = facts.document(path)
        for link in links(document) if document else ():
            if not link.image and "/issues/new" not in link.target and _LIST_OF_TASKS.search(link.target):
                return Evidence(path, link.line)
    return mention(
        spoken(facts),
        "umbrella meta tracking mentored",
        r"\b(umbrella|meta|tracking|mentored)[- ](issues?|ticket)\b",
    )


@check(
    "SR302",
    "standard-beginner-label",
    Severity.RECOMMENDED,
    title="The label for newcomers has a name of its own",
    why='Forges and issue finders search for "good first issue"; other names are found by those who know them.',
    fix='Rename the label to "good first issue", or list its name under beginner-labels in [tool.sprintready].',
    source="GUIDANCE row 42; https://docs.github.com/en/communities/setting-up-your-project-for-healthy-contributions/"
    "encouraging-helpful-contributions-to-your-project-with-labels",
)
def standard_beginner_label(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge the names that files give; names declared in the settings are fine."""
    named = facts.beginner_labels.value
    if not named:
        raise SkipCheck("no file names a label for newcomers (SR301)")
    declared = {plain_name(label) for label in facts.settings.beginner_labels}
    for label, place in zip(named, facts.beginner_labels.evidence, strict=False):
        if is_standard(label) or plain_name(label) in declared:
            yield place
            return
    place = facts.beginner_labels.evidence[0]
    yield Finding(
        f'{place} names "{named[0]}"; forges and issue finders look for "{STANDARD_LABEL}".',
        place,
        fix=f'Rename the label, or put `beginner-labels = ["{named[0]}"]` under [tool.sprintready] in pyproject.toml.',
    )


@check(
    "SR303",
    "label-described",
    Severity.OPTIONAL,
    title="A label for newcomers has no description",
    why="The description is what a newcomer sees when hovering over a word of your vocabulary.",
    fix="Describe in the label file whom the label is for.",
    source="GUIDANCE row 56",
)
def label_described(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge the newcomers' labels of a label file."""
    labels = _defined_labels(facts)
    wanted = {plain_name(label) for label in (*known(facts.beginner_labels, ()), *facts.settings.beginner_labels)}
    found = [label for label in labels if plain_name(label.name) in wanted or is_standard(label.name)]
    if not labels:
        raise SkipCheck("no file defines labels")
    if not found:
        raise SkipCheck("the label file defines no label for newcomers")
    for label in found:
        place = Evidence(label.path, label.line)
        if label.description:
            yield place
        else:
            yield Finding(
                f'{place} defines "{label.name}" without a description.',
                place,
                fix=f'Add a description to "{label.name}" in {label.path}: whom it is for and what help they get.',
            )


def _defined_labels(facts: Facts) -> tuple[Label, ...]:
    found: list[Label] = []
    for path in files_in(facts, ".github", "", ".gitlab", ".gitea", ".forgejo"):
        if _LABEL_FILE.fullmatch(path) and (text := facts.text(path)) is not None:
            found += facts.attempt(read_labels, path, text) or ()
    return tuple(found)


@check(
    "SR304",
    "template-labels-exist",
    Severity.RECOMMENDED,
    title="An issue template sets a label that is not defined",
    why="The forge drops such a label silently, so the list a newcomer is sent to stays empty.",
    fix="Add the label to the label file, or correct its name in the template.",
    source="GUIDANCE row 41; https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-"
    "pull-requests/syntax-for-issue-forms",
)
def template_labels_exist(facts: Facts) -> Iterator[Finding | Evidence]:
    """Compare what templates set with the labels of the forge where it was asked, else with the label file."""
    names, where, home = known_labels(facts)
    set_by = [(path, *entry) for path in facts.issue_templates.value for entry in _set_by(facts, path)]
    if not set_by:
        raise SkipCheck("no issue template sets a label")
    for path, name, line in set_by:
        place = Evidence(path, line)
        if name.lower() in names:
            yield place
        else:
            yield Finding(
                f'{place} sets the label "{name}", which {where}.',
                place,
                fix=f'Add "{name}" to {home}, or name one of its labels.',
            )


def known_labels(facts: Facts) -> tuple[set[str], str, str]:
    """Return the names of labels in lower case, what is wrong with a name that is none of them, and who keeps them."""
    if not facts.forge.unknown and facts.forge.value.labels:
        found = facts.forge.value
        return {label.name.strip().lower() for label in found.labels}, "the forge does not have", found.repository.host
    labels = _defined_labels(facts)
    if not labels:
        raise SkipCheck("no file defines labels; those on the forge are not known offline")
    path = labels[0].path
    return {label.name.strip().lower() for label in labels}, f"{path} does not define", path


def _set_by(facts: Facts, path: str) -> tuple[tuple[str, int | None], ...]:
    text = facts.text(path)
    return () if text is None else facts.attempt(template_labels, path, text) or ()


@check(
    "SR305",
    "claiming-convention",
    Severity.RECOMMENDED,
    title="No document says how somebody takes an issue",
    why="Two people who solve the same issue at two tables go home disappointed.",
    fix='Say how an issue is taken: "Comment on the issue that you work on it; no need to be assigned."',
    source="GUIDANCE row 55; https://beeware.org/contributing/sprint-guide/",
)
def claiming_convention(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a sentence on announcing, claiming or being assigned an issue."""
    guide(facts)
    said = mention(
        spoken(facts),
        "claim claiming assign assigned assigning comment comments working announce tell know mention message ask",
        r"\bclaim(ed|ing)?\b.{0,60}\b(issues?|tickets?|tasks?|bugs?|it)\b|\b(issues?|tickets?|tasks?) .{0,40}\bclaim"
        r"|\bassign(ed|ing|ee)?\b"
        r"|\b(comment|reply|post|say|mention|announce|state|note|message)\w*\b.{0,80}\b(issue|ticket|bug|there|it)\b"
        r".{0,80}\b(work(ing)?|take|taking|interest|like to|intend|plan)\b"
        r"|\b(let|tell)\w*\b.{0,30}\b(know|us|others|people|maintainers?)\b.{0,80}"
        r"\b(work(ing)? on|take|taking|start\w*)\b"
        r"|\bcomment\w*\b.{0,60}\b(saying|before|if you|that you|to let)\b"
        r"|\b(ask(ing)?|permission)\b.{0,40}\b(if|whether|to|before)\b.{0,40}\bwork(ing)? on\b.{0,20}"
        r"\b(issues?|tickets?)\b"
        r"|\b(already|who|someone|somebody|nobody|no one|anyone)\b.{0,40}\bworking on\b",
    )
    if said:
        yield said
        return
    skip_if_foreign(facts)
    yield Finding(
        "No document says how to show that an issue is taken.",
        Evidence(home(facts)),
        fix=f'Add to {home(facts)}: "Comment on the issue before you start, so that nobody does the work twice."',
    )


@check(
    "SR306",
    "issue-and-pr-templates",
    Severity.OPTIONAL,
    title="There is no template for issues or for pull requests",
    why="A form tells a newcomer what is needed before anybody has to ask.",
    fix="Add .github/ISSUE_TEMPLATE/bug.yml and .github/PULL_REQUEST_TEMPLATE.md, or their like on your forge.",
    source="GUIDANCE row 17",
)
def issue_and_pr_templates(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask for both; where the forge was asked, those that an organisation keeps for all its repositories count."""
    for name, fact, what, path in (
        ("issue_templates", facts.issue_templates, "issues", ".github/ISSUE_TEMPLATE/bug.yml"),
        ("pr_template", facts.pr_template, "pull requests", ".github/PULL_REQUEST_TEMPLATE.md"),
    ):
        if fact.value:
            yield from fact.evidence
        elif not kept_elsewhere(facts, name):
            yield Finding(
                f"There is no template for {what} in this repository. (An organisation's default is not seen offline.)",
                fix=f"Add {path} with the two or three things you always ask for.",
            )


@check(
    "SR307",
    "beginner-form-complete",
    Severity.OPTIONAL,
    title="The form for beginner tasks does not ask for what a newcomer needs",
    why="Where to look and when it is done: with these two a stranger can solve an issue.",
    fix="Ask in the form for the files concerned and for the criteria by which the task is done.",
    source="GUIDANCE rows 47 to 49; "
    "https://github.com/kubernetes/community/blob/main/contributors/guide/help-wanted.md",
)
def beginner_form_complete(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge templates that set a label for newcomers."""
    wanted = {plain_name(label) for label in (*known(facts.beginner_labels, ()), *facts.settings.beginner_labels)}
    forms = [
        path
        for path in facts.issue_templates.value
        if any(is_standard(name) or plain_name(name) in wanted for name, _ in _set_by(facts, path))
    ]
    if not forms:
        raise SkipCheck("no issue template is for beginner tasks")
    for path in forms:
        text = (facts.text(path) or "").lower()
        missing = []
        if not re.search(r"\bfiles?\b|\bmodules?\b|\bwhere\b|\blocation|\bpointers?\b|\bcode\b|\bstarting point", text):
            missing.append("which files are concerned")
        if not re.search(r"criteri|\bdone\b|\bacceptance|\bcomplete|\bexpected|\bclos(e|ing)\b", text):
            missing.append("when the task is done")
        yield Evidence(path)
        if missing:
            yield Finding(
                f"{path} does not ask {' or '.join(missing)}.",
                Evidence(path),
                fix=f"Add a field to {path} for each: {', '.join(missing)}.",
            )
