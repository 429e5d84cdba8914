"""What a guide says, topic by topic, in the words of this repository: only what its files prove or an answer says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.checks._guide import known
from pytest_sprintready.facts import ci
from pytest_sprintready.fixes import commands
from pytest_sprintready.fixes.markup import Commands, Items
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.labels import STANDARD_LABEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.fixes.markup import Part
    from pytest_sprintready.fixes.registry import Case
    from pytest_sprintready.reading.document import Document, Section


class Passage(NamedTuple):
    """What is to be written about a topic.

    `unmet` are codes it was asked for and does not settle; `left_out` says why, and `asks` which answers would help.
    """

    parts: tuple[Part, ...] = ()
    unmet: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


class Topic(NamedTuple):
    """A section of the guide: the checks it settles and the function that writes what they ask for.

    `subjects` are the codes with the words for each; those in `opinions` speak in the maintainers' name and are
    no safe fixes. `belongs` finds the section of a page that a passage is added to, `after` and `before` the titles
    of sections that a new one stands beside; one that is `first` begins the page where there are none of these.
    """

    title: str
    subjects: dict[str, str]
    write: Callable[[Case, frozenset[str]], Passage]
    opinions: frozenset[str] = frozenset()
    place: Callable[[Case, frozenset[str]], Evidence | None] = lambda _case, _codes: None
    belongs: str = ""
    after: str = ""
    before: str = ""
    first: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The checks."""
        return tuple(self.subjects)

    def subject(self, code: str) -> str:
        """What is written for a check, in a few words."""
        return self.subjects[code]

    def safe(self, code: str, case: Case) -> bool:
        """Whether the files or an answer prove what is written for a check."""
        return code not in self.opinions or (code == "SR111" and bool(case.answers.get("contact")))

    def page(self, case: Case, codes: frozenset[str]) -> str:
        """Return the page on which the topic is treated already, "" if there is none."""
        found = self.place(case, codes)
        guide = {path for path, _ in case.facts.guide_sections}
        return found.path if found and found.path in guide else ""

    def title_for(self, codes: frozenset[str]) -> str:
        """Return the title of a new section that holds what these checks ask for."""
        own = codes & frozenset(self.codes)
        return next((title for alone, title in _TITLES.items() if own <= frozenset(alone)), self.title)

    def section(self, case: Case, document: Document) -> Section | None:
        """Return the section to add to, None where a new one is needed."""
        if same := next((each for each in document.sections if each.title == self.title), None):
            return same
        found = self.place(case, case.failing & frozenset(self.codes))
        page = case.facts.document(document.path)
        if found and found.path == document.path and found.line and page:
            # Lines may have moved since; the anchor of a section has not.
            around = [each for each in page.sections if each.line <= found.line]
            slug = around[-1].slug if around and around[-1].level else ""
            if same := next((each for each in document.sections if each.slug == slug and slug), None):
                return same
        guide = {path for path, _ in case.facts.guide_sections}
        if self.belongs and document.path in guide and document.path in known(case.facts.contributing, ()):
            return next(
                (each for each in document.sections if each.level > 1 and re.search(self.belongs, each.title.lower())),
                None,
            )
        return None

    def neighbours(self, document: Document, level: int) -> tuple[Section | None, Section | None]:
        """Return the chapter to stand behind and the one to stand before; the first that exists counts."""
        chapters = [each for each in document.sections if each.level == level]
        after = [each for each in chapters if self.after and re.search(self.after, each.title.lower())]
        before = [each for each in chapters if self.before and re.search(self.before, each.title.lower())]
        return (after[-1] if after else None), (before[0] if before else None)


def _quoted(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def _fixes_named(case: Case, code: str) -> list[str]:
    """Return the commands that a failing check names in its fix."""
    from pytest_sprintready import engine

    found = next((one for one in engine.catalogue() if one.rule.code == code), None)
    result = engine.judge(found, case.facts) if found else None
    return [command for finding in (result.findings if result else ()) for command in _quoted(finding.fix)]


# Before you start -----------------------------------------------------------------------------------------------

_HOMES = {
    "nox": "[nox](https://nox.thea.codes)",
    "tox": "[tox](https://tox.wiki)",
    "hatch": "[hatch](https://hatch.pypa.io)",
    "pixi": "[pixi](https://pixi.sh)",
    "just": "[just](https://just.systems)",
    "uv": "[uv](https://docs.astral.sh/uv/getting-started/installation/)",
    "poetry": "[Poetry](https://python-poetry.org/docs/#installation)",
    "pdm": "[PDM](https://pdm-project.org)",
}


# Those that are to be had from the package index by that name; what is called pixi there is something else.
_BY_PIP = frozenset(["nox", "tox", "hatch", "poetry", "pdm"])


_OTHER_SOURCE = re.compile(r"sources\.list|add-apt-repository|apt-key|/keyrings/|packages\.microsoft\.com")


def _before_you_start(case: Case, codes: frozenset[str]) -> Passage:
    facts = case.facts
    parts: list[Part] = []
    left_out: list[str] = []
    unmet: list[str] = []
    if "SR123" in codes:
        forge = commands.forge(facts)
        where = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Codeberg"}.get(forge.kind if forge else "", "")
        python = commands.python(facts)
        items = [f"{python}, git and an account on {where}" if where else f"{python} and git"]
        way = commands.way(facts)
        for program in commands.runners_of(facts, way) if way else ():
            if program in _BY_PIP:
                items.append(f"{_HOMES[program]}: `python -m pip install {program}`")
            elif program in _HOMES:
                items.append(_HOMES[program])
        parts += [f"You need {items[0]}."] if len(items) == 1 else ["You need:", Items(tuple(items))]
    if "SR504" in codes and any(_OTHER_SOURCE.search(ran.text) for _, ran, _why in ci.ci_commands(facts)):
        unmet.append("SR504")
        left_out.append("where the system packages come from, for which CI adds a source of its own")
    elif "SR504" in codes and (named := _fixes_named(case, "SR504")):
        parts += ["The tests need system packages. On Debian or Ubuntu:", Commands(tuple(named))]
    if "SR503" in codes and (named := _fixes_named(case, "SR503")):
        parts += ["The tests need a service, which is started with:", Commands(tuple(named))]
    if "SR506" in codes:
        parts += ["Some files are kept in [Git LFS](https://git-lfs.com). Install it, then fetch them in the clone:",
                  Commands(("git lfs install", "git lfs pull"))]  # fmt: skip
    if "SR112" in codes:
        if systems := commands.systems(facts):
            parts.append(f"Continuous integration runs the tests on {_listed(systems)}.")
        else:
            unmet.append("SR112")
            left_out.append("on which systems the set-up works, which no workflow tells")
    return Passage(tuple(parts), tuple(unmet), tuple(left_out))


def _listed(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


# Set up ---------------------------------------------------------------------------------------------------------


def _set_up(case: Case, codes: frozenset[str]) -> Passage:
    facts = case.facts
    way = commands.way(facts)
    parts: list[Part] = []
    unmet: list[str] = []
    left_out: list[str] = []
    asks: list[str] = []
    forge = commands.forge(facts)
    if "SR104" in codes:
        if way is None:
            unmet.append("SR104")
            left_out.append("how an environment is made, which no file tells")
        else:
            parts += _clone(facts, forge)
            parts += _environment(way)
    if "SR505" in codes:
        parts += ["The repository has git submodules, which a plain clone leaves empty:",
                  Commands(("git submodule update --init --recursive",))]  # fmt: skip
    if "SR507" in codes and (named := [each for each in _fixes_named(case, "SR507") if "http" in each]):
        parts += ["The version is derived from git tags, which a fork may lack:", Commands((named[-1],))]
    elif "SR507" in codes:
        unmet.append("SR507")
    if "SR508" in codes and (named := [each for each in _fixes_named(case, "SR508") if "http" in each]):
        parts += ["The history is large. This fetches old versions of files only when they are needed:",
                  Commands((named[-1],))]  # fmt: skip
    elif "SR508" in codes:
        unmet.append("SR508")
    if "SR510" in codes:
        parts += ["If `pip` does not know `--group`, it is older than 25.1 and has to be upgraded in the environment:",
                  Commands(("python -m pip install --upgrade pip",))]  # fmt: skip
    if "SR115" in codes:
        if verified := case.answers.get("verified"):
            parts.append(f"Last verified: {verified.rstrip('.')}.")
        else:
            unmet.append("SR115")
            left_out.append("when the set-up was last tried, and on what system")
            asks.append("verified")
    return Passage(tuple(parts), tuple(unmet), tuple(left_out), tuple(asks))


def _clone(facts: Facts, forge: commands.Forge | None) -> list[Part]:
    if forge is None:
        return []
    name = forge.address.rpartition("/")[2]
    lines = (f"git clone {forge.address}", f"cd {name}")
    if known(facts.submodules, False):
        lines = (f"git clone --recurse-submodules {forge.address}", f"cd {name}")
    return ["Clone the repository, or your fork of it:", Commands(lines)]


def _environment(way: commands.Way) -> list[Part]:
    if way.runner and not way.setup:
        makes = f"`{way.test}` makes the environment itself, so there is nothing more to set up."
        if way.runner == "uv":
            return [makes]
        if way.runner not in _BY_PIP:
            return [f"Install {_HOMES[way.runner]}. {makes}"]
        return [f"Install {way.runner}:", Commands((f"python -m pip install {way.runner}",)), makes]
    if not way.setup:
        return [f"`{way.test}` makes the environment itself, so there is nothing more to set up."]
    if way.setup[0].startswith("python -m venv"):
        return [
            "Make an environment and install the project with what its tests need:",
            Commands(way.setup),
            "On Windows, activate it with `.venv\\Scripts\\activate` instead.",
        ]
    return ["Install the project with what its tests need:", Commands(way.setup)]


# Run the tests --------------------------------------------------------------------------------------------------


def _run_the_tests(case: Case, codes: frozenset[str]) -> Passage:
    facts = case.facts
    way = commands.way(facts)
    parts: list[Part] = []
    unmet: list[str] = []
    left_out: list[str] = []
    if way is None:
        return Passage((), tuple(codes), ("how the tests are run, which no file tells",) if "SR105" in codes else ())
    if "SR105" in codes:
        lines: tuple[str, ...] = (way.test,)
        if case.code != "SR101" and case.facts.guide_sections:
            parts.append("Run all the tests with:")
            if way.runner in _BY_PIP and "SR104" not in case.failing and way.runner not in commands.named(facts):
                lines = (f"python -m pip install {way.runner}", way.test)
        parts.append(Commands(lines))
    if "SR202" in codes and (single := commands.best_single_command(facts)):
        program = single.split(maxsplit=1)[0]
        with_runner = f"With {program} installed (`python -m pip install {program}`), this runs the tests without any"
        lead = f"{with_runner} further set-up:" if program in _BY_PIP else "This runs the tests without any set-up:"
        parts += [lead, Commands((single,))]
    elif "SR202" in codes:
        unmet.append("SR202")
    if "SR122" in codes:
        found = _section_at(case, next(iter(facts.primary_test_command.evidence), None))
        beside = "SR105" in codes or (found is not None and found.title == "Run the tests")  # as written here before
        said = _outcome(facts, way, alone=not beside)
        parts += [said] if said else []
        unmet += [] if said else ["SR122"]
    if "SR121" in codes:
        part = way.part
        parts += ["To run a single file of tests:", Commands((part,))] if part else []
        unmet += [] if part else ["SR121"]
    if "SR208" in codes and (named := _fixes_named(case, "SR208")):
        parts += ["For a quick run that leaves the slow tests out:", Commands((named[-1],))]
    if "SR512" in codes:
        if way.download and re.match(r"(nox|tox|uv|python)\b", way.download):
            parts += ["To download everything at home and run nothing yet:", Commands((way.download,))]
        else:
            unmet.append("SR512")
    return Passage(tuple(parts), tuple(unmet), tuple(left_out))


def _outcome(facts: Facts, way: commands.Way, *, alone: bool) -> str:
    """Return what to expect of a run of the tests; `alone` where the command does not stand right above."""
    if facts.test_framework.value not in {"pytest", "unittest", "django"}:
        return ""
    if way.runner:
        first = f"The first run{' of the tests' if alone else ''} takes longer, because it makes the environment. "
    else:
        first = ""
    run = " of a test run" if alone and not first else ""
    return (
        f"{first}Among the last lines{run} you should see how many tests ran and that none failed. If one fails before "
        "you have changed anything, that is no fault of yours."
    )


# Before you commit ----------------------------------------------------------------------------------------------


def _check_your_change(case: Case, codes: frozenset[str]) -> Passage:
    facts = case.facts
    if "SR107" not in codes:
        return Passage()
    command = commands.lint(facts) or next(iter(_fixes_named(case, "SR107")), "")
    if not command:
        return Passage((), ("SR107",), ("how the code is linted",))
    as_ci = any(command in ran.text for _, ran, _why in ci.ci_commands(facts))
    what = "Lint and format your change"
    if command.startswith("pre-commit"):
        what = "Run the commit hooks over all files"
    elif re.search(r"mypy|pyright|pyrefly|\bty\b|typ(es|ing|e-?check)", command):
        what = "Check the types in your change"
    lead = f"{what}, as continuous integration does:" if as_ci else f"{what}:"
    return Passage((lead, Commands(commands.with_tool(facts, command))))


def _build_the_docs(case: Case, codes: frozenset[str]) -> Passage:
    facts = case.facts
    if "SR108" not in codes:
        return Passage()
    command = commands.docs(facts) or next(iter(_fixes_named(case, "SR108")), "")
    if not command:
        has_docs = any(facts.snapshot.is_folder(name) for name in ("docs", "doc"))
        return Passage((), ("SR108",), ("how the documentation is built",) if has_docs else ())
    lines = commands.with_docs_dependencies(facts, command)
    if not lines:
        return Passage((), ("SR108",), (f"what has to be installed to build the documentation with `{command}`",))
    return Passage(("To see what a change of the documentation looks like:", Commands(lines)))


# Find something to work on --------------------------------------------------------------------------------------


def _find_work(case: Case, codes: frozenset[str]) -> Passage:
    forge = commands.forge(case.facts)
    parts: list[Part] = []
    if "SR110" in codes:
        issues = f"[the open issues]({forge.issues})" if forge else "the open issues"
        parts.append(f"Look through {issues} for something to work on.")
    if "SR301" in codes:
        label = known(case.facts.beginner_labels, ()) or case.facts.settings.beginner_labels or (STANDARD_LABEL,)
        link = f"[{label[0]}]({forge.label(label[0])})" if forge and forge.kind != "forgejo" else f"`{label[0]}`"
        parts.append(
            f"For a first contribution, look for issues with the label {link}. If there is none, ask which task is a "
            "good start."
        )
    if "SR118" in codes:
        parts.append("Improving the documentation and answering questions help as much as code does.")
    if "SR305" in codes:
        parts.append("Comment on an issue before you start to work on it, so that nobody does the work twice.")
    return Passage(tuple(parts))


# The way of a change --------------------------------------------------------------------------------------------


def _pull_request(case: Case, codes: frozenset[str]) -> Passage:
    facts = case.facts
    forge = commands.forge(facts)
    request = forge.request if forge else "pull request"
    parts: list[Part] = []
    unmet: list[str] = []
    left_out: list[str] = []
    asks: list[str] = []
    if "SR109" in codes:
        where = {"github": " on GitHub", "gitlab": " on GitLab", "forgejo": " on Codeberg"}.get(
            forge.kind if forge else "", ""
        )
        way = commands.way(facts)
        tests = f" and run `{way.test}`" if way else ""
        if known(facts.primary_test_command, "") and case.code != "SR101":
            tests = " and run the tests"  # the page tells how
        parts.append(
            Items(
                (
                    f"Fork the repository{where} and clone your fork.",
                    "Create a branch: `git switch -c name-of-the-change`.",
                    f"Make the change{tests}, then commit it.",
                    f"Push the branch with `git push -u origin name-of-the-change` and open a {request}.",
                    f"A maintainer reviews it. Further commits on the branch become part of the {request}.",
                ),
                numbered=True,
            )
        )
    if "SR120" in codes:
        if forge is None:
            unmet.append("SR120")
        else:
            branch = commands.default_branch(facts)
            update = f"git pull --rebase upstream {branch}" if branch else "git fetch upstream"
            parts += ["To keep your fork current:", Commands((f"git remote add upstream {forge.address}", update))]
    if "SR410" in codes:
        if "`git commit -s`" in " ".join(f"`{each}`" for each in _fixes_named(case, "SR410")):
            parts.append("Sign each commit off: `git commit -s`.")
        else:
            unmet.append("SR410")
            left_out.append("what has to be signed for the CLA, and where")
    if "SR411" in codes:
        if time := case.answers.get("review-time"):
            parts.append(f"We look at a {request} {time.rstrip('.')}; after that, ask for a review in a comment.")
        else:
            unmet.append("SR411")
            left_out.append("within what time a change is reviewed")
            asks.append("review-time")
    if "SR119" in codes:
        if policy := case.answers.get("ai-policy"):
            parts.append(policy if re.search(r"\bAI\b", policy) else f"AI assistance: {policy}")
        else:
            unmet.append("SR119")
            left_out.append("what holds for AI assistance")
            asks.append("ai-policy")
    return Passage(tuple(parts), tuple(unmet), tuple(left_out), tuple(asks))


# Where things are, and help ---------------------------------------------------------------------------------------


def _layout(case: Case, codes: frozenset[str]) -> Passage:
    facts = case.facts
    source, tests = commands.source_folder(facts), commands.tests_folder(facts)
    if "SR114" not in codes:
        return Passage()
    if not tests:
        return Passage((), ("SR114",))
    items = [f"`{source}/`: the package"] if source else []
    items.append(f"`{tests}/`: the tests")
    items += [f"`{name}/`: the documentation" for name in ("docs", "doc") if facts.snapshot.is_folder(name)]
    return Passage((Items(tuple(items)),))


def _help(case: Case, codes: frozenset[str]) -> Passage:
    forge = commands.forge(case.facts)
    contact = case.answers.get("contact", "")
    parts: list[Part] = []
    unmet: list[str] = []
    left_out: list[str] = []
    asks: list[str] = []
    if {"SR111", "SR403"} & codes and contact:
        where = f"[{contact}]({contact})" if contact.startswith("http") else contact
        parts.append(f"Questions are answered here: {where}.")
    elif "SR111" in codes:
        issue = f"[an issue]({forge.new_issue})" if forge else "an issue"
        parts.append(f"If you are stuck, ask in {issue}. Questions are welcome there.")
    if "SR403" in codes and not contact:
        unmet.append("SR403")
        left_out.append("where questions are answered while they are fresh")
        asks.append("contact")
    if "SR113" in codes:
        issue = f"[open an issue]({forge.new_issue})" if forge else "open an issue"
        parts.append(
            f"If a command on this page fails on a fresh clone, please {issue} with the command and its output."
        )
    return Passage(tuple(parts), tuple(unmet), tuple(left_out), tuple(asks))


def _place_of_setup(case: Case, codes: frozenset[str]) -> Evidence | None:
    """Return where the set-up is told, else the tests, whose command then makes their environment.

    What installs a linter, or builds documents, may stand in a section on that alone.
    """
    if "SR104" in codes:
        return None
    told = [*case.facts.setup_commands.evidence, *case.facts.primary_test_command.evidence]
    sections = [(each, _section_at(case, each)) for each in told]
    return next((each for each, found in sections if found and not _is_aside(found.title.lower())), None)


def _is_aside(title: str) -> bool:
    return _ASIDE.search(title) is not None and not re.search(f"{_TESTS}|{_SETUP}", title)


_ASIDE = re.compile(r"\b(lint\w*|format\w*|style|hooks?|pre-?commit|prek|docs?|documentation|releas\w*|translat\w*)\b")


def _section_at(case: Case, place: Evidence | None) -> Section | None:
    document = case.facts.document(place.path) if place else None
    above = [each for each in document.sections if each.line <= (place.line or 0)] if place and document else []
    return above[-1] if above else None


def _place_of_passed(code: str, called: str, titles: str) -> Callable[[Case, frozenset[str]], Evidence | None]:
    """Return what finds the section in which the guide treats a check that passes, and with it the topic.

    A mention may stand anywhere: the section is the one that is `called` so on that page, else it has such `titles`.
    """

    def place(case: Case, codes: frozenset[str]) -> Evidence | None:
        from pytest_sprintready import engine

        found = next((one for one in engine.catalogue() if one.rule.code == code), None)
        if code in codes or found is None:
            return None
        seen = [each for each in engine.judge(found, case.facts).evidence if each.path != case.facts.readme.value]
        sections = [(each, _section_at(case, each)) for each in seen if each.line]
        for each, at in sections:
            document = case.facts.document(each.path)
            named = [one for one in document.sections if re.search(called, one.title.lower())] if document else []
            if named:
                return Evidence(each.path, named[0].line)
            if at and re.search(titles, at.title.lower()):
                return each
        return None

    return place


def _place_of_tests(case: Case, codes: frozenset[str]) -> Evidence | None:
    return None if "SR105" in codes else next(iter(case.facts.primary_test_command.evidence), None)


# A section that holds one thing alone is called by it.
_TITLES = {
    ("SR112",): "Supported systems",
    ("SR120",): "Keep your fork current",
    ("SR113",): "If something fails",
    ("SR119",): "AI assistance",
    ("SR305",): "Take an issue",
    ("SR115",): "Tested on",
    ("SR411",): "Review",
    ("SR411", "SR119"): "Review and AI assistance",
    ("SR503", "SR504", "SR506"): "What the tests need",
}
_TESTS = r"\btest(s|ing)?\b"
_FIND = r"find (something|an issue|work)|what to work on|good first|where to (start|begin)"
_CHANGE = r"(pull|merge)[- ]requests?|\b(submit|send|implement|mak)\w* (a |your )?(patch|change|contribution)|^workflow"
_SETUP = r"set(ting)?[- ]?up|install|environment|getting started|development"

SECTIONS = (
    Topic(
        "Before you start",
        {"SR123": "what to have ready", "SR112": "supported systems", "SR503": "services", "SR504": "system packages",
         "SR506": "Git LFS"},
        _before_you_start,
        belongs=r"prerequisit|requirements|before you",
        before=_SETUP + "|" + _TESTS,
        first=True,
    ),
    Topic(
        "Set up",
        {"SR104": "set-up", "SR505": "submodules", "SR507": "tags", "SR508": "a smaller clone",
         "SR510": "pip's version", "SR115": "last verified"},
        _set_up,
        place=_place_of_setup,
        after=r"^before you (start|begin|arrive)",
        belongs=r"set(ting)?[- ]?up|development environment",
        before=_TESTS,
    ),
    Topic(
        "Run the tests",
        {"SR105": "test command", "SR202": "the one command", "SR122": "what to expect of a run",
         "SR121": "a single test", "SR208": "a quick run", "SR512": "downloading beforehand"},
        _run_the_tests,
        place=_place_of_tests,
        belongs=r"\b(run\w* )?(the |unit ?)?tests?$|^testing$",
        after=_SETUP,
    ),
    Topic("Check your change", {"SR107": "lint command"}, _check_your_change, after=_TESTS),
    Topic(
        "Build the documentation",
        {"SR108": "docs command"},
        _build_the_docs,
        after=_TESTS + r"|^check your change$",
        belongs=r"\bdocumentation$|\bdocs$",
    ),
    Topic(
        "Find something to work on",
        {"SR110": "where to find work", "SR301": "label for newcomers", "SR118": "work beside code",
         "SR305": "how an issue is taken"},
        _find_work,
        opinions=frozenset(["SR118", "SR305"]),
        place=_place_of_passed("SR110", _FIND, r"issues?\b|^(how to )?contribut(e|ing)\b"),
        belongs=_FIND,
    ),
    Topic(
        "Open a pull request",
        {"SR109": "the way of a change", "SR120": "keeping a fork current", "SR410": "sign-off", "SR411": "review time",
         "SR119": "AI assistance"},
        _pull_request,
        place=_place_of_passed("SR109", _CHANGE, r"^(how to )?contribut(e|ing)\b"),
        belongs=_CHANGE,
    ),
    Topic("Where things are", {"SR114": "where things are"}, _layout),
    Topic(
        "Get help",
        {"SR111": "how to reach people", "SR403": "a channel", "SR113": "what to do when something fails"},
        _help,
        opinions=frozenset(["SR111"]),
        belongs=r"^(get(ting)? )?help$|^questions|^contact|^support$|troubleshoot",
    ),
)  # fmt: skip
