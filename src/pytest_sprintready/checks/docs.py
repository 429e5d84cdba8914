"""SR1xx: what the documents tell somebody who arrives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.checks._guide import guide, home, known, page, runnable, skip_if_outside, spoken
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.document import Block
from pytest_sprintready.reading.links import has_anchor, links, local_link
from pytest_sprintready.reading.phrases import mention, passages, prose_words, titled, whole_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.checks._guide import Sections
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.facts.commands import Documented
    from pytest_sprintready.reading.command import Command
    from pytest_sprintready.reading.document import Document, Link
    from pytest_sprintready.reading.links import LocalLink

STANDARD_GUIDE = re.compile(r"(\.github/|\.gitlab/|docs?/)?contributing(\.\w+)?", re.IGNORECASE)


# The guide and the way to it ------------------------------------------------------------------------------------


@check(
    "SR101",
    "contributing-guide",
    Severity.REQUIRED,
    title="There is no guide for contributors",
    why="A guide is the first thing a newcomer looks for; without one the first hour goes on asking others.",
    fix="Add CONTRIBUTING.md with set-up, test command, pull-request path, where to find work and whom to ask.",
    source="GUIDANCE row 1; https://opensource.guide/starting-a-project/",
)
def contributing_guide(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept pages, sections that instruct, and a link to a guide elsewhere."""
    for fact in (facts.contributing, facts.contributing_inline, facts.contributing_url):
        if fact.value:
            yield from fact.evidence
            return
    yield Finding(
        "No file of this repository tells contributors how to work on it. (A guide that an organisation keeps for "
        "all its projects is not seen offline.)",
        fix="Add CONTRIBUTING.md"
        + (f"; begin it with the command that runs the tests: `{runnable(facts)}`." if runnable(facts) else "."),
    )


@check(
    "SR102",
    "readme-links-guide",
    Severity.REQUIRED,
    title="The README does not lead to the contributing guide",
    why="People arrive at the README; a guide nobody links to is found by those who know it exists.",
    fix="Add a section Contributing to the README with a link to the guide.",
    source="GUIDANCE row 2",
)
def readme_links_guide(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a link to the guide's file or site page, its name in the text, and instructions in the README itself."""
    readme = facts.readme.value
    if not readme:
        yield Finding("There is no README.", fix=f"Add README.md with a link to {home(facts)}.")
        return
    for section, place in zip(facts.contributing_inline.value, facts.contributing_inline.evidence, strict=False):
        if section.startswith(readme + "#"):
            yield place
            return
    pages = facts.contributing.value
    if not pages and not facts.contributing_url.value and not facts.contributing_inline.value:
        raise SkipCheck("there is no guide to link to yet (SR101)")
    way = _way_to_guide(facts, readme)
    if way:
        yield way
        return
    target = facts.contributing_url.value if not pages else pages[0]
    yield Finding(
        f"{readme} does not mention {target or 'the contributing guide'}.",
        Evidence(readme),
        fix=f"Add to {readme}: Contributions are welcome, see {target or home(facts)}.",
    )


def _way_to_guide(facts: Facts, readme: str) -> Evidence | None:
    from pytest_sprintready.facts import sites

    document = facts.document(readme)
    if document is None:
        raise SkipCheck(f"{readme} cannot be read")
    pages = set(facts.contributing.value)
    for link in links(document):
        if link.image or "badge" in link.target:
            continue
        if _calls_itself_guide(link) or sites.inside(facts, link.target, readme) in pages:
            return Evidence(readme, link.line)
    names = {path.rpartition("/")[2].lower() for path in pages} | {"contributing.md", "contributing.rst"}
    named = next(passages(page(facts, readme), *names), None)
    return named.place if named else None


def _calls_itself_guide(link: Link) -> bool:
    if re.search(r"/(issues|pulls?|graphs)\b|code[-_]of[-_]conduct", link.target, re.IGNORECASE):
        return False
    return bool(
        re.search(
            r"\bcontribut(e|ing|ion|ions)\b|\bcontributor'?s?'? (guide|doc)|\bdevelop(ment|ers?)\b.{0,4}( guide|.doc)"
            r"|\bhacking\b|\bget(ting)? involved\b",
            link.text,
            re.IGNORECASE,
        )
        or re.search(r"/(contribut(e|ing|ion)|develop|hacking|devguide)[\w-]*([/.#]|$)", link.target, re.IGNORECASE)
    )


@check(
    "SR103",
    "readme-introduces",
    Severity.RECOMMENDED,
    title="The README leaves a newcomer's first questions open",
    why="What is this, how do I start, where do I get help: people choose a project by these answers.",
    fix="Say in the README in a few sentences what the project is, how to start with it and where to ask.",
    source="GUIDANCE row 3; arXiv 1802.06997",
)
def readme_introduces(facts: Facts) -> Iterator[Finding | Evidence]:
    """Look for a sentence of introduction, a first step and a place to ask."""
    readme = facts.readme.value
    if not readme:
        raise SkipCheck("there is no README (SR102)")
    sections = page(facts, readme)
    if not sections:
        raise SkipCheck(f"{readme} holds no text to judge")
    missing = []
    if prose_words(sections) < 12:
        missing.append("what the project is")
    if not _shows_first_step(sections):
        missing.append("how to start")
    if not _shows_help(facts, sections):
        missing.append("where to get help")
    yield Evidence(readme, 1)
    if missing:
        yield Finding(
            f"{readme} does not say {' or '.join(missing)}.",
            Evidence(readme),
            fix=f"Add to {readme} a short paragraph for each: {', '.join(missing)}.",
        )


def _shows_first_step(sections: Sections) -> bool:
    if any(isinstance(item, Block) for _, section in sections for item in section.items):
        return True
    return bool(mention(sections, "install pip quick getting start usage example documentation docs tutorial run"))


def _shows_help(facts: Facts, sections: Sections) -> bool:
    readme = sections[0][0]
    if any(place.path == readme for place in facts.contact.evidence):
        return True
    return bool(
        mention(
            sections,
            "help question support discuss chat contact mailing forum slack discord gitter issues bug community ask "
            "feedback",
        )
    )


# Commands -------------------------------------------------------------------------------------------------------


@check(
    "SR104",
    "setup-commands",
    Severity.REQUIRED,
    title="No document shows how to set up a development environment",
    why="Set-up is the biggest barrier of the first hour; a command to copy is the way over it.",
    fix="Show the set-up in the guide as a block of commands that can be copied as they stand.",
    source="GUIDANCE row 4",
)
def setup_commands(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept commands, and one test command that needs no set-up."""
    if facts.setup_commands.value:
        yield from facts.setup_commands.evidence
        return
    if known(facts.single_command, False):
        yield from facts.primary_test_command.evidence
        return
    skip_if_outside(facts)
    yield Finding(
        "No document shows commands that make a development environment.",
        Evidence(home(facts)) if facts.contributing.value or facts.contributing_inline.value else None,
        fix=f"Add the commands to {home(facts)} as a block{_setup_example(facts)}.",
    )


def _setup_example(facts: Facts) -> str:
    """Name where the test dependencies are, in the words of the installer."""
    for place in known(facts.test_dependencies_in, ()):
        kind, _, name = place.partition(":")
        if kind == "extra":
            return f', for example `python -m pip install -e ".[{name}]"`'
        if kind == "group":
            return f", for example `python -m pip install -e . --group {name}`"
        if kind == "requirements":
            return f", for example `python -m pip install -e . -r {name}`"
    single = known(facts.single_command_available, ())
    return f"; `{single[0]}` would need none" if single else ""


@check(
    "SR105",
    "test-command",
    Severity.REQUIRED,
    title="No document says how to run the tests",
    why="Running the tests is how a newcomer learns that the set-up worked and that a change broke nothing.",
    fix="Write the command that runs the whole test suite into the guide, in a code block.",
    source="GUIDANCE row 5; https://www.bestpractices.dev/criteria/0#0.test_invocation",
)
def documented_test_command(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept any documented command that runs the whole suite."""
    if facts.primary_test_command.value:
        yield from facts.primary_test_command.evidence
        return
    if not facts.test_framework.value:
        raise SkipCheck("there are no tests")
    skip_if_outside(facts)
    command = runnable(facts)
    yield Finding(
        "No document names the command that runs the test suite."
        + (f" `{command}` would do it." if known(facts.single_command_available, ()) else ""),
        Evidence(home(facts)) if facts.contributing.value or facts.contributing_inline.value else None,
        fix=f"Write into {home(facts)}: Run the tests with `{command}`." if command else
        f"Write the test command into {home(facts)}, in a code block.",
    )  # fmt: skip


@check(
    "SR107",
    "lint-command",
    Severity.RECOMMENDED,
    title="No document says how to lint or format a change",
    why="A first pull request that turns red over blanks is a poor welcome.",
    fix="Write the command that lints and formats beside the test command.",
    source="GUIDANCE row 7",
)
def lint_command(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask only where a linter, formatter or pre-commit is configured."""
    configured = _configured_linter(facts)
    if configured is None:
        raise SkipCheck("no linter, formatter or pre-commit is configured")
    if facts.lint_commands.value:
        yield from facts.lint_commands.evidence
        return
    said = _block_with(
        spoken(facts),
        r"\b(pre-commit|prek|lint(er|ing)?|format|[\w-]*checks|ruff|black|flake8"
        r"|isort)\b",
    ) or mention(
        spoken(facts),
        "pre-commit prek format formatting formatted lint linting linters style checks",
        r"\b(run|install)\w*\b.{0,140}\b(pre-commit|prek|format\w*|lint\w*|style|checks)\b"
        r"|\b(pre-commit|prek)\b.{0,100}\b(run|install|hooks)",
    )
    if said:
        yield said
        return
    guide(facts)
    command = "pre-commit run --all-files" if known(facts.pre_commit, False) else "the linter's command"
    yield Finding(
        f"A linter or formatter is configured in {configured}, but no document says how to run it.",
        configured,
        fix=f"Write into {home(facts)}: Before you commit, run "
        + (f"`{command}`." if " " in command and command.startswith("pre") else f"{command}."),
    )


def _block_with(sections: Sections, pattern: str) -> Evidence | None:
    """Return the first literal block or inline code with a line that matches."""
    for path, section in sections:
        for item in section.items:
            for code in (item,) if isinstance(item, Block) else item.codes:
                if re.search(pattern, code.text):
                    return Evidence(path, code.line)
    return None


def _configured_linter(facts: Facts) -> Evidence | None:
    if known(facts.pre_commit, False):
        return next(iter(facts.pre_commit.evidence), Evidence(".pre-commit-config.yaml"))
    for name in ("ruff.toml", ".ruff.toml", ".flake8", ".pylintrc", "pylintrc", ".style.yapf", ".isort.cfg"):
        if facts.snapshot.has(name):
            return Evidence(name)
    for name in ("pyproject.toml", "setup.cfg", "tox.ini"):
        for number, line in enumerate((facts.text(name) or "").splitlines(), 1):
            if re.match(r"\[(tool\.)?(ruff|black|isort|flake8|pylint|yapf|pycodestyle|autopep8)\b", line):
                return Evidence(name, number)
    return None


@check(
    "SR108",
    "docs-command",
    Severity.RECOMMENDED,
    title="No document says how to build the documentation",
    why="Many first contributions are to the documentation; their author wants to see the page.",
    fix="Write the command that builds the documentation into the guide.",
    source="GUIDANCE row 8",
)
def docs_command(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask only where there is a documentation site to build."""
    source = _documentation_source(facts)
    if source is None:
        raise SkipCheck("there is no documentation to build")
    if facts.docs_commands.value:
        yield from facts.docs_commands.evidence
        return
    pages = [
        path
        for path in facts.snapshot.files
        if re.fullmatch(
            r"(docs?"
            r"|documentation)/readme(\.\w+)?",
            path.lower(),
        )
    ]
    own = tuple(entry for path in pages for entry in page(facts, path))
    said = _block_with((*facts.guide_sections, *own), r"\b(make|tox|nox|just)\b.*\b(docs?|html)\b|\bsphinx|\bmkdocs\b")
    said = said or mention(
        facts.guide_sections,
        "docs documentation",
        r"\bdocs? builder\b|\b(run"
        r"|command)\b.{0,80}\bbuild\w*( the)? (docs|documentation)\b",
    )
    if said:
        yield said
        return
    guide(facts)
    builder = "mkdocs serve" if source.path.endswith((".yml", ".yaml")) else ""
    if source.path.endswith("conf.py"):
        folder = source.path.rpartition("/")[0]
        builder = f"sphinx-build {folder} {folder.partition('/')[0]}/_build/html"
    yield Finding(
        f"{source.path} configures a documentation site, but no document says how to build it.",
        source,
        fix=f"Write into {home(facts)} how to build the pages" + (f", for example `{builder}`." if builder else "."),
    )


def _documentation_source(facts: Facts) -> Evidence | None:
    for path in facts.snapshot.files:
        if re.fullmatch(
            r"((docs?|documentation|website|site)/)?(mkdocs\.ya?ml|zensical\.toml)"
            r"|(docs?|documentation)/([\w-]+/){0,2}conf\.py",
            path,
        ):
            return Evidence(path)
    return None


@check(
    "SR126",
    "commands-on-windows",
    Severity.RECOMMENDED,
    title="The documented commands need a Unix shell",
    why="Many laptops at a sprint run Windows, which has neither make nor a Unix shell.",
    fix="Show a command that works everywhere beside it, or say that Windows needs WSL.",
    source="GUIDANCE row 12; pydata/xarray#11457",
)
def commands_on_windows(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge set-up and tests apart; a word about Windows anywhere in the guide settles both."""
    guide(facts)
    said = mention(spoken(facts), "windows wsl powershell cygwin")
    if said:
        yield said
        return
    judged = False
    for purpose, what in (("setup", "set-up"), ("test", "the tests")):
        commands = [documented for documented in facts.documented if documented.purpose == purpose]
        if not commands:
            continue
        judged = True
        portable = [documented for documented in commands if not _needs_unix(facts, documented.command)]
        if portable:
            yield portable[0].place
            continue
        first = commands[0].command
        other = next((offered for offered in known(facts.single_command_available, ()) if _is_portable(offered)), "")
        yield Finding(
            f"For {what} the documents name only `{first.text}`, which does not run on Windows as it comes.",
            Evidence(first.path, first.line),
            fix=(f"Name `{other}` beside it" if other and purpose == "test" else "Write out what it does beside it")
            + ", or say that on Windows it takes WSL.",
        )
    if not judged:
        raise SkipCheck("no set-up or test command is documented")


def _is_portable(text: str) -> bool:
    return not re.match(r"(make|bash|sh)\b|\S*/|\S+\.sh\b", text)


def _needs_unix(facts: Facts, command: Command) -> bool:
    if not command.calls:
        return False
    return any(_is_unix_program(facts, call.program) for call in command.calls)


def _is_unix_program(facts: Facts, program: str) -> bool:
    if program in {"make", "gmake"}:
        return not facts.snapshot.has("make.bat")
    if program in {"bash", "sh", "zsh"} or program.endswith(".sh"):
        return True
    path = program.removeprefix("./")
    if "/" not in program or not facts.snapshot.has(path):
        return False
    first = (facts.text(path) or "").partition("\n")[0]
    return first.startswith("#!") and bool(re.search(r"\b(ba|z|da|k)?sh\b", first))


# What the guide says --------------------------------------------------------------------------------------------


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
    yield Finding(
        (f"{request} mentions a pull request" if request else "No document for contributors mentions pull requests")
        + (", but nothing near it says how to get there: fork, branch, review." if request else "."),
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
    support = next(
        (path for path in facts.snapshot.files if re.fullmatch(r"(\.github/|docs/)?SUPPORT(\.\w+)?", path)), ""
    )
    said = mention(
        (*spoken(facts), *page(facts, support)),
        "question help discuss ask contact reach touch talk chat stuck feedback support unsure",
        r"\b(questions?|help|discuss\w*|ask(ing)?|contact|reach|touch|talk|chat|stuck|feedback|support|unsure)\b"
        r".{0,120}(\bissues?\b|discussion|forum|\bchat\b|slack|discord|gitter|matrix|zulip|\birc\b|mailing|e-?mail|@\w"
        r"|channel|overflow|\bcomment)"
        r"|(\bissues?\b|discussion|forum|channel|mailing list|e-?mail).{0,120}\b(questions?|help|discuss\w*|ask"
        r"|stuck|talk)\b",
    )
    if said:
        yield said
        return
    skip_if_outside(facts)
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
            for word in re.findall(r"[\w.-]+(?:/[\w.-]*)+", item.text):
                parts = word.strip("/.").split("/")
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
    fix='Put a line above the set-up: "Last verified: Ubuntu 24.04, 2026-05-01".',
    source="GUIDANCE row 15",
)
def last_verified(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept any sentence that dates a test of the instructions."""
    sections = guide(facts)
    said = mention(
        sections,
        "verified tested checked updated reviewed modified",
        r"\b(last|most recently) (verified|tested|checked|updated|reviewed|modified)\b|\b(verified|tested"
        r"|checked)\b.{0,60}\b20\d\d\b",
    )
    if said:
        yield said
    else:
        yield Finding(
            "Nothing tells when, and on what system, the set-up was last tried.",
            Evidence(home(facts)),
            fix=f"Follow {home(facts)} on a fresh machine and write above the set-up: "
            '"Last verified: <system>, <date>".',
        )


_MOST_DEAD_LINKS = 30  # a screenful; more are of one cause

# Links ----------------------------------------------------------------------------------------------------------


@check(
    "SR116",
    "links-resolve",
    Severity.RECOMMENDED,
    title="A link in the README or guide leads nowhere",
    why="A dead end on the first page makes the rest look abandoned.",
    fix="Correct the link, or remove it. Only links to files and headings of this repository are judged here.",
    source="GUIDANCE row 16",
)
def links_resolve(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge what must be a file or heading of this repository; leave alone what a site or forge may provide."""
    pages = [path for path in dict.fromkeys((facts.readme.value, *facts.contributing.value)) if path]
    dead = 0
    for path in pages:
        document = facts.document(path)
        if document is None:
            continue
        site = _is_rendered_elsewhere(facts, path)
        if site and _site_adds_pages(facts):
            continue
        yield Evidence(path)
        for link in links(document):
            local = local_link(link, path, site=site)
            if local and (problem := _problem(facts, document, local)):
                dead += 1
                yield Finding(
                    f'{path} links to "{link.target}", but {problem[0]}.', Evidence(path, link.line), fix=problem[1]
                )
            if dead == _MOST_DEAD_LINKS:
                return
    if not pages:
        raise SkipCheck("there is neither a README nor a guide")


def _problem(facts: Facts, document: Document, local: LocalLink) -> tuple[str, str] | None:
    """Return what is wrong with a link and what to do, None where nothing is."""
    path = local.path
    if path and not facts.snapshot.has(path) and not facts.snapshot.is_folder(path):
        if any(path.startswith(module + "/") for module in _submodules(facts)):
            return None
        alike = [other for other in facts.snapshot.files if other.lower() == path.lower()]
        alike = alike or [other for other in facts.snapshot.files if other.endswith("/" + path.rpartition("/")[2])]
        if len(alike) == 1:
            return f"there is no {path}; there is {alike[0]}", f"Link to {alike[0]}."
        return f"there is no {path}", "Correct the target or remove the link."
    markdown = (path or document.path).lower().endswith((".md", ".markdown"))
    target = facts.document(path or document.path) if local.anchor and markdown else None
    if target is None or target.includes or re.fullmatch(r"L\d+.*", local.anchor):
        return None
    if path and _is_rendered_elsewhere(facts, path):
        return None
    if has_anchor(target, facts.text(target.path) or "", local.anchor):
        return None
    return f'{target.path} has no heading "{local.anchor}"', f"Name the anchor of a heading that {target.path} has."


def _is_rendered_elsewhere(facts: Facts, path: str) -> bool:
    """Whether a page is part of a site, or shown at another place than its own."""
    top = path.partition("/")[0].lower()
    resolved = facts.snapshot.resolve(path)
    return top in {"docs", "doc", "documentation", "mkdocs", "website", "site"} or (bool(resolved) and resolved != path)


def _site_adds_pages(facts: Facts) -> bool:
    return any(
        re.search(
            r"gen-files|gen_pages|literate-nav|monorepo|^hooks:|multirepo|macros", facts.text(name) or "", re.MULTILINE
        )
        for name in ("mkdocs.yml", "mkdocs.yaml")
    )


def _submodules(facts: Facts) -> list[str]:
    return re.findall(r"^\s*path\s*=\s*(\S+)", facts.text(".gitmodules") or "", re.MULTILINE)


@check(
    "SR117",
    "guide-pointer",
    Severity.RECOMMENDED,
    title="A page that sends contributors elsewhere does not say where",
    why="The forge shows this page to everyone who opens an issue or pull request.",
    fix="Link to the real guide, or put the guide here.",
    source="GUIDANCE row 2",
)
def guide_pointer(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge short pages of the standard name that only point on."""
    instructing = {documented.command.path for documented in facts.documented}
    judged = False
    for path in facts.snapshot.files:
        if not STANDARD_GUIDE.fullmatch(path) or path in instructing:
            continue
        document = facts.document(path)
        sections = page(facts, path)
        if document is None or prose_words(sections) >= 120 or facts.snapshot.resolve(path) not in {path, "", None}:
            continue
        judged = True
        if _points_somewhere(facts, document):
            yield Evidence(path)
        else:
            yield Finding(
                f"{path} holds next to nothing, and no link to a guide that is there.",
                Evidence(path, 1),
                fix=_pointer_fix(facts, path),
            )
    if not judged:
        raise SkipCheck("no page only points to another")


def _points_somewhere(facts: Facts, document: Document) -> bool:
    sections = page(facts, document.path)
    local = []
    for link in links(document):
        found = local_link(link, document.path, site=False)
        if found is None or not found.path or facts.snapshot.has(found.path) or facts.snapshot.is_folder(found.path):
            return True
        local.append(found)
    if document.includes:
        return True
    if not local and mention(sections, "http:// https:// .md .rst @"):
        return True
    says_it_all = prose_words(sections) >= 15 and not mention(
        sections, "see read refer visit moved guide documentation", r"\b(see|read|refer|visit|moved|consult)\b"
    )
    return says_it_all and not local


def _pointer_fix(facts: Facts, path: str) -> str:
    real = next((other for other in facts.contributing.value if other != path), "") or facts.contributing_url.value
    return f"Link from {path} to {real}." if real else f"Write the guide into {path}, or link to where it is."


@check(
    "SR125",
    "guide-copies-agree",
    Severity.RECOMMENDED,
    title="Two copies of the guide name different commands",
    why="Which one a newcomer meets depends on where they clicked; one of them is out of date.",
    fix="Keep one guide and let the other page link to it.",
    source="GUIDANCE rows 5 and 6",
)
def guide_copies_agree(facts: Facts) -> Iterator[Finding | Evidence]:
    """Compare set-up and test commands of guide pages that carry the same standard name."""
    paths = [path for path in facts.contributing.value if STANDARD_GUIDE.fullmatch(path)]
    commands = {path: [found for found in facts.documented if found.command.path == path] for path in paths}
    instructing = [path for path in paths if commands[path]]
    if len(instructing) < 2:
        raise SkipCheck("there are no two copies of the guide")
    first, *others = instructing
    for other in others:
        yield Evidence(other)
        for purpose, what in (("test", "run the tests"), ("setup", "set up")):
            here = [found for found in commands[first] if found.purpose == purpose]
            there = [found for found in commands[other] if found.purpose == purpose]
            if here and there and not _texts(here) & _texts(there):
                yield Finding(
                    f"To {what}, {here[0].place} says `{here[0].command}` and {there[0].place} says "
                    f"`{there[0].command}`.",
                    there[0].place,
                    fix=f"Let {other} link to {first}, or correct the one that is out of date.",
                )


def _texts(documented: Iterable[Documented]) -> set[str]:
    return {" ".join(found.command.text.split()) for found in documented}


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
        r"|\b(documentation|docs)\b.{0,60}\b(improve\w*|contribut\w*|welcome|writ\w*|fix\w*|changes?|updates?)\b"
        r"|\btranslat(e|ing|ions?|ors?)\b|\btriag(e|ing)\b|\btutorials?\b|\bblog posts?\b|\banswer(ing)? questions\b"
        r"|\blocali[sz]ations?\b|\bdesign(ers|ing)\b|^(the )?(documentation|docs)$",
    )
    if said:
        yield said
    else:
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
    for path in facts.snapshot.files:
        name = path.rpartition("/")[2]
        if path.count("/") <= 2 and re.search(
            r"(^|[-_ .])(ai|llm|genai)[-_ ]?(policy|usage|guide|contrib)", name, re.IGNORECASE
        ):
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
        r"|\b(make sure|ensure)( that)? you('ve| have)\b.{0,60}\b(python|git|docker|installed|account|uv|poetry"
        r"|compiler)\b",
    )
    if said:
        yield said
    else:
        yield Finding(
            "The guide does not list what to have installed or signed up for beforehand.",
            Evidence(home(facts)),
            fix=f"Add to the top of {home(facts)} a list: Python"
            + (f" {known(facts.requires_python, '')}" if known(facts.requires_python, "") else "")
            + ", git, an account on the forge, and what to download.",
        )
