"""SR4xx: the people: conduct, contact, mentors, wording, licence, credit."""

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
    page,
    skip_if_foreign,
    skip_if_outside,
    spoken,
)
from pytest_sprintready.config import Sprint
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.document import Prose
from pytest_sprintready.reading.links import links
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.phrases import mention, titled, without_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.conduct import ConductContact
    from pytest_sprintready.reading.document import Document

# Bounded, or a long line without an @ would cost the square of its length.
_MAIL = r"[\w.+%-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}"


# Conduct --------------------------------------------------------------------------------------------------------


@check(
    "SR401",
    "code-of-conduct",
    Severity.REQUIRED,
    title="There is no code of conduct",
    why="People who have been treated badly elsewhere look for it before they write a word.",
    fix="Add CODE_OF_CONDUCT.md; the Contributor Covenant is a start. Name a person who receives reports.",
    source="GUIDANCE row 67; https://opensource.guide/code-of-conduct/",
)
def code_of_conduct(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a file, a linked code, and one that the forge shows for all of an organisation."""
    if facts.code_of_conduct.value:
        yield from facts.code_of_conduct.evidence
        return
    if kept_elsewhere(facts, "code_of_conduct"):
        return
    skip_if_outside(facts)
    yield Finding(
        "No file of this repository is or links a code of conduct. (One that an organisation keeps for all its "
        "projects is not seen offline.)",
        fix=f"Add CODE_OF_CONDUCT.md, or link your organisation's code from {home(facts)}.",
    )


@check(
    "SR402",
    "conduct-contact",
    Severity.REQUIRED,
    title="The code of conduct names nobody who receives reports privately",
    why="A rule nobody can be told about protects nobody.",
    fix="Name an address, form or person in the code of conduct; a public issue is no place for a report.",
    source="GUIDANCE row 68; https://opensource.guide/code-of-conduct/",
)
def conduct_contact_is_real(facts: Facts) -> Iterator[Finding | Evidence]:
    """Follow a page that points on inside the repository; a code outside cannot be judged."""
    path = facts.code_of_conduct.value
    if not path:
        raise SkipCheck("there is no code of conduct (SR401)")
    if path.startswith("url:"):
        raise SkipCheck(f"the code of conduct is {path[4:]}; what it says cannot be known offline")
    path, found = _conduct_contact(facts, path)
    place = Evidence(path, found.line)
    if found.kind == "private":
        yield place
        return
    if found.kind == "outside":
        raise SkipCheck(f"{path} adopts {found.text}; whom that names cannot be known offline")
    message = {
        "placeholder": f'{place} still holds the blank "{found.text}" of its template.',
        "public": f"{place} sends reports to {found.text}, which everybody can read.",
    }.get(found.kind, f"{path} names no address, form or person for reports.")
    yield Finding(message, place, fix=f"Write into {path} whom to write to: an address that one or two people read.")


def _conduct_contact(facts: Facts, path: str) -> tuple[str, ConductContact]:
    """Return the contact and the page that names it, through at most three pages of the repository."""
    from pytest_sprintready.facts import sites
    from pytest_sprintready.reading.conduct import ConductContact, conduct_contact

    found = ConductContact("none", "")
    seen: set[str] = set()
    while path not in seen and len(seen) < 3:
        seen.add(path)
        document = facts.document(path)
        if document is None:
            raise SkipCheck(f"{path} cannot be read")
        found = conduct_contact(document)
        # a code on the project's own site is a file here
        inside = sites.inside(facts, found.text, path) if found.kind in {"inside", "outside"} else ""
        for include, line in document.includes:
            inside = inside or sites.inside(facts, include, path)
            found = ConductContact("inside", include, line) if found.kind == "none" else found
        if found.kind in {"private", "placeholder", "public"} or not inside:
            break
        path = inside
    if found.kind == "inside":
        raise SkipCheck(f"{path} points to {found.text}, which cannot be read")
    return path, found


# People ---------------------------------------------------------------------------------------------------------


@check(
    "SR403",
    "live-channel",
    Severity.RECOMMENDED,
    title="No chat or forum is named",
    why="At a sprint a question is worth most in the minute it comes up.",
    fix="Name a chat, forum or discussions page in README and guide.",
    source="GUIDANCE row 59",
)
def live_channel(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept any channel where people answer people."""
    for channel, place in zip(facts.contact.value, facts.contact.evidence, strict=False):
        if not re.fullmatch(r"(mailto:)?" + _MAIL, channel):
            yield place
            return
    if facts.settings.sprint.contact:
        yield Evidence(facts.settings.path or "pyproject.toml")
        return
    only = facts.contact.evidence
    yield Finding(
        f"The only contact is {facts.contact.value[0]} ({only[0]}): no chat, forum or discussions page is named."
        if only
        else "No file names a chat, forum or discussions page.",
        only[0] if only else None,
        fix=f"Name the sprint's channel in {home(facts)}, for the day at least.",
    )


@check(
    "SR404",
    "sprint-lead",
    Severity.REQUIRED,
    title="No lead is named with a contact",
    why="Somebody has to be the one to ask; without a name nobody is.",
    fix="Set lead and contact in [tool.sprintready.sprint].",
    source="GUIDANCE row 57",
)
def sprint_lead(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept the declared lead, and maintainers that files name with an address or handle."""
    sprint = facts.settings.sprint
    if sprint.lead and sprint.contact:
        yield Evidence(facts.settings.path or "pyproject.toml")
        return
    named = _named_maintainer(facts)
    if named:
        yield named
        return
    lacking = " and ".join(f'{key} = "..."' for key in ("lead", "contact") if not getattr(sprint, key))
    yield Finding(
        f"[tool.sprintready.sprint] names a lead, {sprint.lead}, without a contact."
        if sprint.lead
        else "No file names a maintainer together with an address or handle.",
        Evidence(facts.settings.path) if sprint.lead and facts.settings.path else None,
        fix=f"Add to pyproject.toml under [tool.sprintready.sprint]: {lacking}.",
    )


def _named_maintainer(facts: Facts) -> Evidence | None:
    for path in files_in(facts, "", ".github", "docs", ".gitlab"):
        name = path.rpartition("/")[2]
        if not re.fullmatch(
            r"(maintainers|authors|codeowners|owners|governance|contributors|team)(\.\w+)?", name, re.IGNORECASE
        ):
            continue
        for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
            if not line.lstrip().startswith("#") and re.search(
                _MAIL + r"|(?<![\w/])@[\w-]+|github\.com/[\w-]+\b", line
            ):
                return Evidence(path, number)
    for name in ("pyproject.toml", "setup.cfg", "setup.py"):
        for number, line in enumerate((facts.text(name) or "").splitlines(), 1):
            if re.search(r"mail\b.{0,20}" + _MAIL + r"|\bauthors?\b.{0,80}<" + _MAIL, line):
                return Evidence(name, number)
            if re.match(r"\s*(authors|maintainers)?.{0,10}[\"'][^\"'<]+<" + _MAIL + ">", line):
                return Evidence(name, number)
    for person in facts.project.people if facts.contact.evidence else ():
        if person.name and not re.search(
            r"\b(team|developers|contributors|authors|group)\b", person.name, re.IGNORECASE
        ):
            return facts.contact.evidence[0]  # a name, and a channel to call it in
    return mention(
        spoken(facts),
        "maintain maintainer maintainers maintained author lead creator",
        r"(maintain|author|lead|creator).{0,80}(@[\w-]+|github\.com/[\w-]+)",
    )


@check(
    "SR405",
    "enough-mentors",
    Severity.RECOMMENDED,
    title="There are fewer mentors than one for ten sprinters",
    why="Who waits half an hour for an answer starts to read mail.",
    fix="Find more mentors, or expect fewer sprinters.",
    source="GUIDANCE row 58; https://mentored-sprints.netlify.app/mentors/02-prepare/",
)
def enough_mentors(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge what is declared; ten to one is the figure of mentored sprints."""
    sprint = facts.settings.sprint
    if not sprint.mentors or not sprint.sprinters:
        raise SkipCheck("not declared: set mentors and sprinters in [tool.sprintready.sprint]")
    place = Evidence(facts.settings.path or "pyproject.toml")
    needed = -(-sprint.sprinters // 10)
    if len(sprint.mentors) >= needed:
        yield place
        return
    yield Finding(
        f"{sprint.sprinters} sprinters are expected and {len(sprint.mentors)} mentors declared; one for ten makes "
        f"{needed}.",
        place,
        fix=f"Find {needed - len(sprint.mentors)} more, add them to mentors in {place.path}, or lower sprinters.",
    )


@check(
    "SR413",
    "sprint-listing",
    Severity.RECOMMENDED,
    title="The sprint's listing is incomplete",
    why="People choose a table by its title, level and goals; organizers need the number of seats.",
    fix="Fill in [tool.sprintready.sprint]: lead, contact, capacity, level, goals.",
    source="GUIDANCE row 77; EuroPython sprint template",
)
def sprint_listing(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge the declared table; a project without one takes part in no sprint yet."""
    sprint = facts.settings.sprint
    if sprint == Sprint():
        raise SkipCheck(
            "nothing is declared; add a table [tool.sprintready.sprint] with lead, contact, capacity, level and goals"
        )
    place = Evidence(facts.settings.path or "pyproject.toml")
    lacking = [key for key in ("lead", "contact", "capacity", "level", "goals") if not getattr(sprint, key)]
    yield place
    if lacking:
        yield Finding(
            f"[tool.sprintready.sprint] in {place} leaves out {', '.join(lacking)}.",
            place,
            fix=f"Add to the table: {', '.join(f'{key} = ...' for key in lacking)}.",
        )


@check(
    "SR411",
    "review-time",
    Severity.OPTIONAL,
    title="The guide does not say how long a review takes",
    why="Silence reads as rejection unless one knows what to expect.",
    fix='Write what is true: "We answer within a week; ping us after two."',
    source="GUIDANCE row 64",
)
def review_time(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a sentence that ties review or reply to a time, even a vague one."""
    guide(facts)
    sections = (*spoken(facts), *page(facts, known(facts.pr_template, "")))
    said = mention(
        sections,
        "review reviewed reviewer reviewers respond response reply feedback answer patient merged sla",
        r"\bno (response|reply|answer|reaction)\b|\bsla\b"
        r"|\b(review\w*|respon(d|ds|se)|repl(y|ies)|feedback|answer\w*|merged?)\b.{0,120}\b(days?|weeks?|hours?"
        r"|months?|patient|patience|a while|some time|busy)\b"
        r"|\b(days?|weeks?|hours?|be patient)\b.{0,120}\b(review\w*|respon(d|se)|repl(y|ies)|feedback|answer\w*)\b",
    )
    if said:
        yield said
    else:
        skip_if_foreign(facts)
        yield Finding(
            "The guide does not say when a pull request is looked at.",
            Evidence(home(facts)),
            fix=f"Add to {home(facts)} within what time you usually answer, and whom to ping after that.",
        )


_CREDIT = pattern(r"\b(by|thanks)\b.{0,20}(@\w|`?@?\[|[A-Z][a-z]+ [A-Z])|[(\[]@\w|contributed by|[:{](gh)?user[:}]`")


@check(
    "SR412",
    "contributors-credited",
    Severity.OPTIONAL,
    title="Contributors are credited nowhere",
    why="A name on a list is what many take home from a sprint.",
    fix="Keep a list of contributors, or thank them in the changelog, and say so in the guide.",
    source="GUIDANCE row 79",
)
def contributors_credited(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a list in a file, a heading or link in the README, and thanks in the changelog."""
    for path in files_in(facts, "", ".github", "docs", "doc"):
        name = path.rpartition("/")[2]
        if re.fullmatch(
            r"(authors?|contributors?|credits|thanks|acknowledge?ments?|people|humans|\.all-contributorsrc"
            r")(\.\w+)?",
            name,
            re.IGNORECASE,
        ):
            yield Evidence(path)
            return
    said = titled(spoken(facts), r"\b(contributors|credits?|acknowledge?ments?|authors?|thanks|people)\b") or mention(
        spoken(facts),
        "contributors thank thanks credit credited all-contributors contrib.rocks authors",
        r"graphs/contributors|contrib\.rocks|all-contributors|\bthank(s| you)\b.{0,80}\b(contribut|everyone|people|all)"
        r"|\bcredit(ed|s)?\b|\b(list of|our|many( other)?) (contributors|authors)\b|authors?\.(md|rst|txt)",
    )
    if said:
        yield said
        return
    for path in dict.fromkeys(path for path, _ in spoken(facts)):
        document = facts.document(path)
        for link in links(document) if document else ():
            if re.search(r"/graphs/contributors|contrib\.rocks|opencollective\.com/.*contributors\.svg", link.target):
                yield Evidence(path, link.line)
                return
    changelog = known(facts.changelog, "")
    for number, line in enumerate((facts.text(changelog) or "").splitlines() if changelog else (), 1):
        if _CREDIT.search(line):
            yield Evidence(changelog, number)
            return
    skip_if_foreign(facts)
    yield Finding(
        "No file credits contributors.",
        fix=f"Thank people by name in {changelog or 'the release notes'}, or add a list of contributors.",
    )


# Wording and access ---------------------------------------------------------------------------------------------


@check(
    "SR406",
    "plain-wording",
    Severity.OPTIONAL,
    title="The instructions call things simple",
    why='Where "simply" does not work, the reader concludes that the fault is theirs.',
    fix="Leave the word out; the instruction stays the same.",
    source="GUIDANCE row 69",
)
def plain_wording(facts: Facts) -> Iterator[Finding | Evidence]:
    """Look at the prose of the contributor documents, code left out; one finding a page."""
    places: dict[str, list[tuple[str, int]]] = {}
    has_just = any(file.runner == "just" for file in facts.task_files)  # then "just run" may be what one types
    for path, section in guide(facts):
        places.setdefault(path, [])
        for item in section.items:
            if isinstance(item, Prose) and item.kind != "comment":
                places[path] += [(word, item.line) for word in _belittling(item) if not (has_just and word == "just")]
    for path, found in places.items():
        yield Evidence(path)
        if found:
            words = ", ".join(f'"{word}" (line {line})' for word, line in found[:5])
            more = f" and {len(found) - 5} more" if len(found) > 5 else ""
            yield Finding(
                f"{path} says {words}{more}.", Evidence(path, found[0][1]), fix=f"Leave these words out of {path}."
            )


def _belittling(item: Prose) -> list[str]:
    text = without_code(item).lower()
    if not any(word in text for word in ("simply", "obvious", "just", "of course", "trivial")):
        return []
    pattern = (
        r"\bsimply\b(?! typed)|\bobviously\b|\bof course\b|\btrivially\b"
        r"|\b(?<!not )just (?=(run|type|install|use|do|add|execute|call|clone|follow|copy|edit|open|create|submit"
        r"|send|fork|need to)\b)"
    )
    return [found[0].strip() for found in re.finditer(pattern, " ".join(text.split()))]


_DECORATION = pattern(r"""<img\b[^>]{0,500}\balt=(""|'')""", re.IGNORECASE)


@check(
    "SR407",
    "accessible-docs",
    Severity.OPTIONAL,
    title="A page is harder to read with a screen reader than need be",
    why="Alternative text and ordered headings are how some readers find their way.",
    fix="Give each image a text that says what it shows, and let headings go down one level at a time.",
    source="GUIDANCE row 70",
)
def accessible_docs(facts: Facts) -> Iterator[Finding | Evidence]:
    """Look at images without text and at jumps of heading levels in README and guide; one finding each a page."""
    pages = [path for path in dict.fromkeys((facts.readme.value, *facts.contributing.value)) if path]
    if not pages:
        raise SkipCheck("there is neither a README nor a guide")
    for path in pages:
        document = facts.document(path)
        if document is None:
            continue
        yield Evidence(path)
        lines = (facts.text(path) or "").splitlines()
        silent = [
            link.line
            for link in links(document)
            # An empty text that is written out says that the picture is decoration (https://www.w3.org/WAI/tutorials/images/decorative/).
            if link.image
            and not link.text.strip()
            and not _DECORATION.search("\n".join(lines[link.line - 1 : link.line + 5]))
        ]
        if silent:
            yield Finding(
                f"{path} shows {len(silent)} image{'s' * (len(silent) > 1)} without alternative text"
                f" (line{'s' * (len(silent) > 1)} {', '.join(map(str, silent[:5]))}{', ...' * (len(silent) > 5)}).",
                Evidence(path, silent[0]),
                fix='Write what the picture shows between the brackets, or into alt="...".',
            )
        jump = _heading_jump(document)
        if jump:
            yield Finding(
                f'{path} jumps from heading level {jump[0]} to {jump[1]} at "{jump[2]}".',
                Evidence(path, jump[3]),
                fix=f'Make "{jump[2]}" a heading of level {jump[0] + 1}.',
            )


def _heading_jump(document: Document) -> tuple[int, int, str, int] | None:
    above = 0
    for section in document.sections:
        if section.level > above + 1 and above:
            return above, section.level, section.title, section.line
        above = section.level or above
    return None


# Legal ----------------------------------------------------------------------------------------------------------


@check(
    "SR408",
    "licence",
    Severity.REQUIRED,
    title="There is no licence file",
    why="Without a licence nobody may use the work, and many employers forbid contributing to it.",
    fix="Add a file LICENSE; https://choosealicense.com helps to pick one.",
    source="GUIDANCE row 71; https://www.bestpractices.dev/criteria/0#0.license_location",
)
def licence(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask for a file in a place where forges look."""
    if facts.license.value:
        yield from facts.license.evidence
        return
    declared = known(facts.license_spdx, "")
    place = next(iter(facts.license_spdx.evidence), None) if declared else None
    yield Finding(
        f"The metadata say {declared}, but there is no licence file." if declared else "There is no licence file.",
        place,
        fix=f"Add a file LICENSE with the text of {declared}." if declared else "Add a file LICENSE.",
    )


@check(
    "SR409",
    "licence-recognised",
    Severity.RECOMMENDED,
    title="The licence is none that tools recognise",
    why="People whose employer keeps a list of licences cannot look it up.",
    fix='Name the licence by its SPDX identifier in pyproject.toml: license = "MIT".',
    source="GUIDANCE row 71; https://spdx.org/licenses/",
)
def licence_recognised(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept an identifier from the metadata or one that the text gives away."""
    path = facts.license.value
    if not path:
        raise SkipCheck("there is no licence file (SR408)")
    if facts.license_spdx.value:
        yield from facts.license_spdx.evidence or (Evidence(path),)
        return
    yield Finding(
        f"Neither the text of {path} nor the metadata tells the licence's SPDX identifier.",
        Evidence(path),
        fix='Add `license = "<identifier>"` to [project] in pyproject.toml.',
    )


@check(
    "SR410",
    "cla-dco-stated",
    Severity.REQUIRED,
    title="A CLA or DCO is enforced, but the guide does not mention it",
    why="A first pull request that a robot blocks for a signature nobody announced waits beyond the sprint.",
    fix='State it in the guide with what to do: "Sign your commits off with `git commit -s`."',
    source="GUIDANCE row 72",
)
def cla_dco_stated(facts: Facts) -> Iterator[Finding | Evidence]:
    """Compare bots and CI steps with what the documents say."""
    enforced = _enforced_agreement(facts)
    if enforced is None:
        raise SkipCheck("no configuration of a CLA or DCO check is seen")
    kind, place = enforced
    sections = (*spoken(facts), *page(facts, known(facts.pr_template, "")))
    said = mention(
        sections,
        "cla clas dco license licence certificate sign signed sign-off signoff signed-off-by",
        r"\bclas?\b|\bdco\b|contribut(or|ion) licen[sc]e agreement|developer('s)? certificate|\bsign(ed"
        r"|ing)?[- ]?off|commit -s\b",
    )
    if said:
        yield said
        return
    how = "Sign each commit off: `git commit -s`." if kind == "DCO" else "What to sign, where, and how long it takes."
    yield Finding(
        f"{place} enforces a {kind}, which no document for contributors mentions.",
        place,
        fix=f"Add to {home(facts)}: {how}",
    )


def _enforced_agreement(facts: Facts) -> tuple[str, Evidence] | None:
    for path, kind in (
        (".github/dco.yml", "DCO"),
        (".clabot", "CLA"),
        (".github/cla.yml", "CLA"),
        (".cla.json", "CLA"),
    ):
        if facts.snapshot.has(path):
            return kind, Evidence(path)
    for workflow in facts.workflows:
        for job in workflow.jobs:
            for step in job.steps:
                action = step.uses.partition("@")[0].lower()
                if re.search(r"(^|[/_-])(cla|easycla|contributor)[-_]?(assistant|bot|check|lite)", action):
                    return "CLA", Evidence(workflow.path, step.line)
                if re.search(r"(^|[/_-])dco([-_/]|$)", action) or re.search(
                    r"grep.{0,200}signed-off-by", step.run, re.IGNORECASE
                ):
                    return "DCO", Evidence(workflow.path, step.line)
    return None
