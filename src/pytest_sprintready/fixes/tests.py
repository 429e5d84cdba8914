"""One command that makes the environment and runs the tests, where there is none."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from pytest_sprintready.checks._guide import known
from pytest_sprintready.facts import files, purpose
from pytest_sprintready.fixes import commands
from pytest_sprintready.fixes.model import Edit, Fix, LeftAlone
from pytest_sprintready.fixes.registry import fixer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.fixes.registry import Case


@fixer("SR201")
def add_tests_session(case: Case) -> Fix | LeftAlone:
    """Add a session `tests` for nox, to the noxfile there is or as a new one."""
    facts = case.facts
    documented = known(facts.primary_test_command, "")
    program = documented.partition(" ")[0]
    if program in {"poetry", "pdm", "pipenv", "conda", "docker"} or "docker" in documented:
        return LeftAlone("SR201", f"the tests are run by `{documented}`, which an environment of nox would not be")
    if program and facts.snapshot.has(program.removeprefix("./")):
        return LeftAlone("SR201", f"`{documented}` is the project's own script; let it make what it needs first")
    if manager := commands.manager(facts):
        return LeftAlone(
            "SR201", f"the project's environment is made by {manager}, which a session of nox would not use"
        )
    framework = known(facts.test_framework, "")
    run = {"pytest": ("pytest",), "unittest": ("python", "-m", "unittest")}.get(framework)
    if run is None:
        return LeftAlone("SR201", "the tests are not written for pytest or unittest")
    if framework == "unittest" and not _discovered(facts):
        return LeftAlone("SR201", "`python -m unittest` would not find the tests in their folder")
    if facts.snapshot.has("tox.ini"):
        return _add_environment(facts, run)
    install = commands.installed_for_tests(facts)
    if not install:
        return LeftAlone("SR201", "what the tests need is declared nowhere (SR212)")
    session = _session(install, _with_options(documented, run))
    others = any(purpose.of_task(task, facts.world) == "test" for file in facts.task_files for task in file.tasks)
    if facts.snapshot.has("noxfile.py"):
        text = facts.snapshot.read("noxfile.py")
        if not re.search(r"^import nox\b", text, re.MULTILINE) or re.search(r"^def tests\b", text, re.MULTILINE):
            return LeftAlone("SR201", "noxfile.py is written in a way that is not edited here", paste=session)
        edit = Edit("noxfile.py", text, f"{text.rstrip()}\n\n\n{session}")
        return Fix("SR201", "add a session tests to noxfile.py", (edit,), safe=False)
    head = '"""Tasks of this project, each in an environment of its own."""\n\nimport nox\n\n\n'
    edits = [Edit("noxfile.py", None, head + session)]
    workflow = _workflow(facts)
    safe = not others and not commands.compiled(facts)
    if not safe and workflow is not None:
        edits.append(workflow)
    return Fix("SR201", "add noxfile.py with a session tests", tuple(edits), safe=safe)


def _discovered(facts: Facts) -> bool:
    """Whether unittest finds the tests from the root: it enters only folders that are packages."""
    folders = {path.rpartition("/")[0] for path in files.test_files(facts) if re.search(r"(^|/)test[^/]*\.py$", path)}
    above = [folder.split("/")[: depth + 1] for folder in folders if folder for depth in range(folder.count("/") + 1)]
    return bool(folders) and all(facts.snapshot.has(f"{'/'.join(parts)}/__init__.py") for parts in above)


def _with_options(documented: str, run: Sequence[str]) -> tuple[str, ...]:
    """Return what the session runs: the documented command where it is a plain call of the test tool."""
    if re.fullmatch(r"(python3? -m )?(pytest|unittest)( [\w./=:-]+)*", documented):
        words = shlex.split(documented)
        return tuple(words[2:]) if words[1:3] == ["-m", "pytest"] else tuple(words)
    return tuple(run)


def _session(install: Sequence[str], run: Sequence[str]) -> str:
    installed = ", ".join(f'"{word}"' for word in install)
    arguments = ", ".join(f'"{word}"' for word in run)
    return (
        "@nox.session\n"
        "def tests(session: nox.Session) -> None:\n"
        '    """Run the tests; what follows `--` is handed on."""\n'
        f"    session.install({installed})\n"
        f"    session.run({arguments}, *session.posargs)\n"
    )


def _add_environment(facts: Facts, run: Sequence[str]) -> Fix | LeftAlone:
    """Add an environment `tests` to tox.ini, which has none that runs the tests."""
    text = facts.snapshot.read("tox.ini")
    if "[testenv:tests]" in text:
        return LeftAlone("SR201", "tox.ini has an environment tests, but what it runs is not seen to be the tests")
    install = commands.installed_for_tests(facts)
    needed = [word for word in install if word not in {"-e", ".", "-r"}]
    lines = ["[testenv:tests]"]
    if "-r" in install:
        lines.append(f"deps = -r {install[install.index('-r') + 1]}")
    elif found := next((match for word in needed if (match := re.fullmatch(r"\.\[([\w,-]+)\]", word))), None):
        lines.append(f"extras = {found[1]}")
    elif "--group" in install:
        lines.append(f"dependency_groups = {install[install.index('--group') + 1]}")
    elif needed:
        lines.append(f"deps = {needed[-1]}")
    lines.append(f"commands = {' '.join(run)} {{posargs}}")
    edit = Edit("tox.ini", text, text.rstrip() + "\n\n" + "\n".join(lines) + "\n")
    return Fix("SR201", "add an environment tests to tox.ini", (edit,), safe=False)


def _workflow(facts: Facts) -> Edit | None:
    """Return a workflow that runs the session, where the project is on GitHub and has no CI at all."""
    forge = commands.forge(facts)
    path = ".github/workflows/tests.yml"
    if forge is None or forge.kind != "github" or facts.workflows or facts.snapshot.has(path):
        return None
    branch = commands.default_branch(facts) or "main"
    return Edit(path, None, WORKFLOW.format(branch=branch))


WORKFLOW = """\
name: tests

on:
  push:
    branches: [{branch}]
  pull_request:

permissions:
  contents: read

jobs:
  tests:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.x"
      - run: python -m pip install nox
      - run: nox -s tests
"""
