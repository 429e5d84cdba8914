"""SR1xx: what a newcomer is told to type."""

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
    runnable,
    skip_if_outside,
    spoken,
    task_for,
)
from pytest_sprintready.facts.purpose import comes_to
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.document import Block
from pytest_sprintready.reading.phrases import mention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.checks._guide import Sections
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.command import Command


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
    command = "pre-commit run --all-files" if known(facts.pre_commit, False) else _linter_to_run(facts, configured)
    yield Finding(
        f"A linter or formatter is configured in {configured}, but no document says how to run it.",
        configured,
        fix=f"Write into {home(facts)}: Before you commit, run "
        + (f"`{command}`." if command else "the linter's command."),
    )


def _linter_to_run(facts: Facts, configured: Evidence) -> str:
    """The command of a task that lints, else of the linter that is configured."""
    line = (facts.text(configured.path) or "").splitlines()[(configured.line or 1) - 1 : configured.line]
    named = re.search(r"ruff|black|isort|flake8|pylint|yapf|pycodestyle", f"{configured.path} {' '.join(line)}")
    program = named[0] if named else ""
    task = task_for(facts, "lint", rf"lint(ing|ers?)?|style|format|fmt|quality|{program}")
    return task or {"": "", "ruff": "ruff check .", "yapf": "yapf -ri ."}.get(program, f"{program} .")


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
    beside = [each for each in facts.documented if comes_to(each.command, facts.world, "docs")]
    if beside:
        yield beside[0].place
        return
    folders = ("docs", "doc", "documentation")
    pages = [path for path in files_in(facts, *folders) if re.search(r"/readme(\.\w+)?$", path.lower())]
    own = tuple(entry for path in pages for entry in page(facts, path))
    said = _block_with(
        (*facts.guide_sections, *own), r"\b(make|tox|nox|just)\b.{0,120}\b(docs?|html)\b|\bsphinx|\bmkdocs\b"
    )
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
    builder = task_for(facts, "docs", r"(build|make)?[-_]?docs?([-_](build|html))?|html") or builder
    yield Finding(
        f"{source.path} configures a documentation site, but no document says how to build it.",
        source,
        fix=f"Write into {home(facts)} how to build the pages" + (f", for example `{builder}`." if builder else "."),
    )


def _documentation_source(facts: Facts) -> Evidence | None:
    for path in files_in(facts, "", "docs", "doc", "documentation", "website", "site"):
        if re.fullmatch(r"(.*/)?(mkdocs\.ya?ml|zensical\.toml)", path):
            return Evidence(path)
    for folder in ("docs", "doc", "documentation"):
        inner = [name for name in facts.snapshot.folder(folder) if name.endswith("/")]
        for path in (f"{folder}/conf.py", *(f"{folder}/{name}conf.py" for name in inner)):
            if facts.snapshot.has(path):
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
