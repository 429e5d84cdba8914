"""SR1xx: what the guide says beside its commands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.checks._guide import (
    files_in,
    guide,
    home,
    known,
    page,
    skip_if_foreign,
    skip_if_outside,
    spoken,
)
from pytest_sprintready.facts import verified
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.document import Block
from pytest_sprintready.reading.phrases import mention, titled, whole_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.checks._guide import Sections
    from pytest_sprintready.facts import Facts


@check(
    "SR109",
    "pull-request-path",
    Severity.REQUIRED,
    title="No document describes the way of a change into the project",
    why="A sprint is where many people open their first pull request; fork, branch and review are new to them.",
    fix="Describe the steps in the guide: fork, branch, commit, push, open a pull request, review.",
    source="GUIDANCE row 9; https://par.nsf.gov/biblio/10493930",
)
def pull_request_path(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask for a request and two of its steps within three neighbouring sections."""
    skip_if_outside(facts)
    sections = (*spoken(facts), *page(facts, known(facts.pr_template, "")))
    texts = [whole_text(section) for _, section in sections]
    for index, (path, section) in enumerate(sections):
        near = [texts[other] for other in range(index, min(index + 3, len(texts))) if sections[other][0] == path]
        if _describes_request(" ".join(near)):
            yield Evidence(path, section.line)
            return
    request = mention(sections, "pull merge pr prs", r"pull[- ]?request|merge[- ]?request|\bprs?\b")
    skip_if_foreign(facts)
    yield Finding(
        (f"{request} mentions a pull request" if request else "No document for contributors mentions pull requests")
        + (", but the steps to it (fork, branch, commit, review) are not told near it." if request else "."),
        request,
        fix=f"Add to {home(facts)} the steps in order: fork, create a branch, commit, push, open a pull request, and "
        "who reviews it.",
    )


def _describes_request(text: str) -> bool:
    if not re.search(r"pull[- ]?requests?\b|merge[- ]?requests?\b|\bprs?\b|\bmrs\b", text):
        return False
    steps = (
        "fork" in text,
        bool(re.search(r"\bbranch|checkout -b|switch -c|\bgit push|\bpush (it|your|the|to)\b", text)),
        bool(re.search(r"\breview|\bapprov|\bmerged?\b|\bfeedback", text.replace("merge request", ""))),
        bool(re.search(r"\bcommit", text)),
    )
    return sum(steps) >= 2


@check(
    "SR110",
    "where-to-find-work",
    Severity.REQUIRED,
    title="No document says where to find something to work on",
    why="Three of four guides leave it out, and people who do not find a task leave.",
    fix="Say in the guide where tasks for newcomers are: a label, a board or an umbrella issue, with its link.",
    source="GUIDANCE row 10; https://par.nsf.gov/biblio/10493930",
)
def where_to_find_work(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a named label, a link to a list of tasks, and a sentence that sends people to the issues."""
    if known(facts.beginner_labels, ()):
        yield from facts.beginner_labels.evidence
        return
    said = mention(
        spoken(facts),
        "issue bug task ticket roadmap todo beginner newcomer wanted board inspiration ideas hanging work",
        r"good[- ]first|help[- ]wanted|first[- ](issue|contribution)|beginner|newcomers?\b.{0,40}\b(issue|task|label)"
        r"|low[- ]hanging|up for grabs|what (to|can i) work on|where to (start|begin)"
        r"|looking for (something|inspiration|ideas|an? (issue|bug|task|way))"
        r"|\blists? of \W?(open |easy )?(issues|bugs|tasks)"
        r"|\b(find|look(ing)? (for|at|in|through|over)|browse|pick(ing)?( ?up)?|choos(e|ing)|work(ing)? on|tackl(e|ing)"
        r"|select(ing)?|solve|any of|grab|take on|check(ing)?( out)?|contribute to|help with|triag\w+|go through"
        r"|pull requests? for|pickup)\b.{0,60}\b(issues?|bugs|tasks?|tickets?|tracker|project board|roadmap|to-?do)\b",
    )
    if said:
        yield said
        return
    skip_if_outside(facts)
    skip_if_foreign(facts)
    yield Finding(
        "No document tells a newcomer where to find a task.",
        Evidence(home(facts)) if facts.guide_sections else None,
        fix=f"Add to {home(facts)} a sentence with a link to the issues a newcomer can take.",
    )


@check(
    "SR111",
    "how-to-reach-people",
    Severity.REQUIRED,
    title="No document says how to reach people",
    why="A question that finds nobody ends the day.",
    fix="Name a chat, forum or mailing list, or say that questions are welcome in the issue tracker.",
    source="GUIDANCE row 11; https://par.nsf.gov/biblio/10493930",
)
def how_to_reach_people(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a channel, an address, and the issue tracker where a document offers it for questions."""
    if known(facts.contact, ()):
        yield from facts.contact.evidence
        return
    support = next((p for p in files_in(facts, "", ".github", "docs") if re.search(r"(^|/)SUPPORT(\.\w+)?$", p)), "")
    said = mention(
        (*spoken(facts), *page(facts, support)),
        "question help discuss ask contact reach touch talk chat stuck feedback support unsure suggestion request",
        r"\b(questions?|help|discuss\w*|ask(ing)?|contact|reach|touch|talk|chat|stuck|feedback|support|unsure)\b"
        r".{0,120}(\bissues?\b|discussion|forum|\bchat\b|slack|discord|gitter|matrix|zulip|\birc\b|mailing|e-?mail|@\w"
        r"|channel|overflow|\bcomment)"
        r"|\b(suggestions?|feature requests?)\b.{0,60}\b(file|open|submit|issues?)\b"
        r"|(\bissues?\b|discussion|forum|channel|mailing list|e-?mail).{0,120}\b(questions?|help|discuss\w*|ask"
        r"|stuck|talk)\b",
    )
    if said:
        yield said
        return
    skip_if_outside(facts)
    skip_if_foreign(facts)
    yield Finding(
        "No document says where to ask a question.",
        Evidence(home(facts)) if facts.guide_sections else None,
        fix=f"Add to {home(facts)} where questions are answered; if it is the issue tracker, say so.",
    )


@check(
    "SR112",
    "supported-systems",
    Severity.RECOMMENDED,
    title="No document says on which operating systems development works",
    why="People learn it by failing for an hour otherwise.",
    fix="Name the systems on which the set-up is known to work, and those on which it is not.",
    source="GUIDANCE row 12",
)
def supported_systems(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a system's name in the guide or README, and a classifier in the metadata."""
    said = mention(
        spoken(facts),
        "windows macos linux wsl ubuntu debian osx unix",
        r"\b(windows|macos|linux|wsl|ubuntu|debian|osx|unix)\b",
    )
    if said:
        yield said
        return
    for name in ("pyproject.toml", "setup.cfg", "setup.py"):
        for number, line in enumerate((facts.text(name) or "").splitlines(), 1):
            if "Operating System ::" in line:
                yield Evidence(name, number)
                return
    guide(facts)
    yield Finding(
        "Neither the guide nor the README nor the metadata names an operating system.",
        Evidence(home(facts)),
        fix=f"Add to the set-up in {home(facts)}: Works on Linux, macOS and Windows - or what is true of it.",
    )


@check(
    "SR113",
    "troubleshooting",
    Severity.OPTIONAL,
    title="The guide has no word on what goes wrong",
    why="The same few errors meet every newcomer; a line each saves a mentor's time.",
    fix="Add a section Troubleshooting with the errors people met last time.",
    source="GUIDANCE row 13",
)
def troubleshooting(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a section, and a sentence that begins with an error or failure."""
    sections = guide(facts)
    said = titled(
        sections, r"troubleshoot|\b(common|known|possible) (problems|errors|issues|pitfalls)|\bfaq|frequently|gotcha"
        r"|fails\b"
    ) or mention(
        sections,
        "error fail fails problem problems trouble",
        r"\b(if|when|in case|should)\b.{0,80}\b(errors?|fails?|failed|failing|problems?|trouble|does not work"
        r"|doesn't work)\b",
    )  # fmt: skip
    if said:
        yield said
    else:
        skip_if_foreign(facts)
        yield Finding(
            "The guide does not say what to do when set-up or tests fail.",
            Evidence(home(facts)),
            fix=f"Add a section Troubleshooting to {home(facts)} with the errors newcomers met last.",
        )


@check(
    "SR114",
    "layout-explained",
    Severity.RECOMMENDED,
    title="The guide does not say where source and tests are",
    why="Finding the file to change takes longer than the change.",
    fix="Name the folders of source and tests in the guide, with a few words each.",
    source="GUIDANCE row 14",
)
def layout_explained(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a section or tree on the layout, and sentences that name the tests' folder or files in it."""
    sections = guide(facts)
    said = titled(
        sections,
        r"layout|structure|organi[sz]ation of|architecture|overview|codebase|code base|tour|where (is|are|to find)",
    )
    said = said or _names_folders(facts, sections)
    if said:
        yield said
    else:
        folder = next((name for name in ("tests", "test", "testing") if facts.snapshot.is_folder(name)), "")
        skip_if_foreign(facts)
        yield Finding(
            "The guide does not say in which folders source and tests are.",
            Evidence(home(facts)),
            fix=f"Add to {home(facts)} a line each on the folders of source and tests"
            + (f"; the tests are in {folder}/." if folder else "."),
        )


def _is_folder_from(facts: Facts, parts: list[str]) -> bool:
    """Whether the parts name a folder, the repository's own name before them or not."""
    return facts.snapshot.is_folder("/".join(parts)) or (
        len(parts) > 1 and facts.snapshot.is_folder("/".join(parts[1:]))
    )


def _names_folders(facts: Facts, sections: Sections) -> Evidence | None:
    for documented in facts.documented:
        named = re.search(r"\bpytest\b.*\s(tests?|testing)\b", documented.command.text)
        if named and facts.snapshot.is_folder(named[1]):
            return documented.place
    for path, section in sections:
        for item in section.items:
            if isinstance(item, Block) and ("──" in item.text or "|-- " in item.text):
                return Evidence(path, item.line)
            for word in re.split(r"[^\w./-]+", item.text) if "test" in item.text else ():
                parts = word.strip("/.").split("/", 8)[:8] if "/" in word else []
                for index, name in enumerate(parts):
                    if name in {"test", "tests", "testing"} and _is_folder_from(facts, parts[: index + 1]):
                        return Evidence(path, item.line)
    return mention(
        sections, "directory folder", r"\btests?\b.{0,40}\b(directory|folder)\b|\b(directory|folder)\b.{0,40}\btests?\b"
    )


@check(
    "SR115",
    "last-verified",
    Severity.OPTIONAL,
    title="The set-up does not say when it last worked",
    why="Stale instructions look like fresh ones until they fail.",
    fix="Run `sprintready verify --record` and commit what it writes, or put a line above the set-up: "
    '"Last verified: Ubuntu 24.04, 2026-05-01".',
    source="GUIDANCE row 15",
)
def last_verified(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept any sentence that dates a test of the instructions, and the record of a fresh clone that was green.

    A record is judged by its age at the commit, not today: the same commit has the same verdict whenever it is asked.
    """
    sections = guide(facts)
    said = mention(
        sections,
        "verified tested checked updated reviewed modified",
        r"\b(last|most recently) (verified|tested|checked|updated|reviewed|modified)\b|\b(verified|tested"
        r"|checked)\b.{0,60}\b20\d\d\b",
    )
    recorded = verified.seconds(facts.last_verified.value)
    if said:
        yield said
    elif recorded is None:
        skip_if_foreign(facts)
        yield Finding(
            "Nothing tells when, and on what system, the set-up was last tried.",
            Evidence(home(facts)),
            fix="Run `sprintready verify --record` and commit what it writes, or follow "
            f'{home(facts)} on a fresh machine and write above the set-up: "Last verified: <system>, <date>".',
        )
    else:
        (place,) = facts.last_verified.evidence
        age = ((facts.snapshot.committed or 0) - recorded) // 86_400
        if age <= _FRESH_DAYS:
            yield place
        else:
            yield Finding(
                f"A fresh clone was last green on {facts.last_verified.value[:10]}, {age} days before this commit.",
                place,
                fix="Run `sprintready verify --record` again and commit what it writes.",
            )


_FRESH_DAYS = 183
"""Half a year: a sprint comes once or twice in one, and much is released between two of them."""


# What helps beyond the first hour -------------------------------------------------------------------------------


@check(
    "SR118",
    "not-only-code",
    Severity.RECOMMENDED,
    title="The guide invites only code",
    why="A sprint brings writers, translators, designers and teachers; they look for a sentence that means them.",
    fix="Name other work that helps: documentation, translation, triage, design, answering questions.",
    source="GUIDANCE row 18",
)
def not_only_code(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept any sentence that invites other work than code."""
    sections = (*guide(facts), *page(facts, facts.readme.value))
    said = mention(
        sections,
        "document documentation docs typo typos translat triag design tutorial blog answer locali",
        r"\b(improv\w*|writ\w*|fix\w*|updat\w*|contribut\w*|help\w*|add\w*|chang\w*|edit\w*|work\w*|better|more"
        r"|build\w*"
        r"|enhanc\w*|expand\w*|correct\w*|clarif\w*|propos\w*)\b.{0,60}\b(document(ation|ing)?|docs|docstrings"
        r"|typos?)\b"
        r"|\b(documentation|docs)\b.{0,60}\b(improve\w*|better|clearer|contribut\w*|welcome|writ\w*|fix\w*|changes?"
        r"|updates?)\b"
        r"|\btranslat(e|ing|ions?|ors?)\b|\btriag(e|ing)\b|\btutorials?\b|\bblog posts?\b|\banswer(ing)? questions\b"
        r"|\blocali[sz]ations?\b|\bdesign(ers|ing)\b|^(the )?(documentation|docs)$",
    )
    if said:
        yield said
    else:
        skip_if_foreign(facts)
        yield Finding(
            "The guide speaks of code alone.",
            Evidence(home(facts)),
            fix=f"Add to {home(facts)} a sentence that invites other work: documentation, translation, triage, design.",
        )


@check(
    "SR119",
    "ai-policy",
    Severity.OPTIONAL,
    title="No document says whether AI assistance is welcome",
    why="A contribution rejected for how it was made is a surprise nobody needs on the day.",
    fix="Write in one sentence what is welcome, what is to be disclosed and what is not accepted.",
    source="GUIDANCE row 19; https://beeware.org/contributing/sprint-guide/",
)
def ai_policy(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a policy file and a sentence in guide or templates."""
    for path in files_in(facts, "", ".github", "docs", "doc"):
        name = path.rpartition("/")[2]
        if re.search(r"(^|[-_ .])(ai|llm|genai)[-_ ]?(policy|usage|guide|contrib)", name, re.IGNORECASE):
            yield Evidence(path)
            return
    sections = (*guide(facts), *page(facts, known(facts.pr_template, "")))
    said = mention(
        sections,
        "ai llm llms ai-assisted copilot chatgpt generative gpt ai-generated machine-generated claude",
        r"\b(ai|llms?|copilot|chatgpt|claude)\b|generative|large language model|machine-generated",
    )
    if said:
        yield said
    else:
        skip_if_foreign(facts)
        yield Finding(
            "Neither the guide nor the pull-request template mentions AI assistance.",
            Evidence(home(facts)),
            fix=f"Add to {home(facts)} one sentence on what is welcome and what is to be disclosed.",
        )


@check(
    "SR120",
    "keeping-a-fork-current",
    Severity.RECOMMENDED,
    title="The guide does not say how a fork is kept current",
    why="By the afternoon the main branch has moved, and a first rebase is hard to look up.",
    fix="Show `git remote add upstream <address>` and how to fetch from it.",
    source="GUIDANCE row 29; https://devguide.python.org/getting-started/setup-building/",
)
def keeping_a_fork_current(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept an upstream remote in a command, and a sentence on it."""
    sections = guide(facts)
    for documented in facts.documented:
        if re.search(r"\bgit\b.*\bupstream\b|\bgh repo (fork|sync)\b", documented.command.text):
            yield documented.place
            return
    said = next(
        (Evidence(path, section.line) for path, section in sections
         if re.search(r"\bupstream\b|\bgh repo fork\b|sync\w* (your|the|a) fork"
                r"|\bgit rebase\b|\bpull\w* the latest\b", whole_text(section))), None
    )  # fmt: skip
    if said:
        yield said
    else:
        skip_if_foreign(facts)
        yield Finding(
            "The guide does not mention the upstream remote that keeps a fork current.",
            Evidence(home(facts)),
            fix=f"Add to {home(facts)}: `git remote add upstream <address of this repository>`, then `git pull "
            f"upstream`.",
        )


@check(
    "SR121",
    "single-test-example",
    Severity.OPTIONAL,
    title="The guide does not show how to run one test",
    why="While working on one issue, one test is what people run.",
    fix="Show the command for one file or one test beside the one for the whole suite.",
    source="GUIDANCE row 39",
)
def single_test_example(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask only where the whole suite's command is documented."""
    if not facts.primary_test_command.value:
        raise SkipCheck("no test command is documented (SR105)")
    for documented in facts.documented:
        text = documented.command.text
        if documented.purpose == "test-part" or re.search(r"\s-k\b|::\w|\btest_?\w*\.py\b", text):
            yield documented.place
            return
    said = mention(
        facts.guide_sections,
        "test",
        r"\b(single|specific|one|individual|particular|subset of|certain)\b.{0,30}\btests?\b",
    )
    if said:
        yield said
        return
    place = next(iter(facts.primary_test_command.evidence), None)
    yield Finding(
        f"The documents show `{facts.primary_test_command.value}` for all tests, and no command for one test.",
        place,
        fix=f"Add below {place or home(facts)} how to run one file or one test.",
    )


@check(
    "SR122",
    "test-duration",
    Severity.RECOMMENDED,
    title="The guide does not say what to expect of a test run",
    why="Is it hung, or does it take ten minutes? Only the project knows.",
    fix="Say beside the test command how long it takes and what the last line looks like.",
    source="GUIDANCE row 40",
)
def duration_of_tests(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a duration or a sample of the outcome anywhere among the instructions."""
    if not facts.primary_test_command.value:
        raise SkipCheck("no test command is documented (SR105)")
    for path, section in facts.guide_sections:
        text = whole_text(section)
        if "test" in text and re.search(
            r"\b(\d+|few|couple of|several|one|two|five|ten|half an?|an?) (seconds?|minutes?|hours?|mins?)\b"
            r"|\b\d+ ?(s|min)\b"
            r"|\b\d+ passed\b|\b(should|will) (see|look|output|print|return)\b|\bexpected output\b"
            r"|\btakes? (a )?(long|while|some time)\b"
            r"|\bslow\b|\bquick(ly)?\b",
            text,
        ):
            yield Evidence(path, section.line)
            return
    place = next(iter(facts.primary_test_command.evidence), None)
    skip_if_foreign(facts)
    yield Finding(
        f"Nothing says how long `{facts.primary_test_command.value}` takes or what a good run looks like.",
        place,
        fix=f"Run it once and add below {place or home(facts)} how long it took.",
    )


@check(
    "SR123",
    "before-you-arrive",
    Severity.RECOMMENDED,
    title="No document lists what to have ready before the day",
    why="Accounts, interpreters and downloads sorted out at home leave the day for the work.",
    fix="List in the guide what is needed beforehand: Python, git, an account, the clone, the runner.",
    source="GUIDANCE row 75; https://2026.djangocon.us/news/preparing-for-sprints-as-project-leader/",
)
def before_you_arrive(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a list of prerequisites, whatever it is called."""
    sections = guide(facts)
    said = titled(
        sections,
        r"prerequisit|requirements|before you|what you('ll| will)? need|you will need|preparation",
    )
    said = said or mention(
        sections,
        "before need prerequisite prerequisites have requirements",
        r"\brequirements\W*:\W*$"
        r"|before you (arrive|come|start|begin|can (start|begin|contribute))|before (the sprint|starting"
        r"|getting started)"
        r"|\bprerequisites?\b|\byou('ll| will| should)?( also| first)? need( to (have|install))?\b.{0,40}"
        r"\b(python|git|docker|account|install|compiler|uv|poetry|tox|nox|following)"
        r"|\byou(\W?ll| will| should| may)?( also| first)? need( to (have|install))?( the following)? ?:$"
        r"|\b(make sure|ensure)( that)? you('ve| have)\b.{0,60}\b(python|git|docker|installed|account|uv|poetry"
        r"|compiler)\b",
    )
    if said:
        yield said
    else:
        skip_if_foreign(facts)
        yield Finding(
            "The guide does not list what to have installed or signed up for beforehand.",
            Evidence(home(facts)),
            fix=f"Add to the top of {home(facts)} a list: Python"
            + (f" {known(facts.requires_python, '')}" if known(facts.requires_python, "") else "")
            + ", git, an account on the forge, and what to download.",
        )
