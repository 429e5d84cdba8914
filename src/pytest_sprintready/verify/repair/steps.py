"""Commands to leave out, to type before or to replace, where a step of the set-up failed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import purpose
from pytest_sprintready.outcome import Deviation, Verdict
from pytest_sprintready.reading.shell import split_line
from pytest_sprintready.verify.environment import TOOLS
from pytest_sprintready.verify.repair.fix import Fix, in_place_of, said_at, told_at, where_set_up_is_told
from pytest_sprintready.verify.system_packages import packages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.verify.repair.fix import Situation


# Further programs that tasks call, as their distributions: program -> distribution.
_PROGRAMS = {
    "pytest": "pytest", "coverage": "coverage", "flake8": "flake8", "ruff": "ruff", "mypy": "mypy", "black": "black",
    "isort": "isort", "cython": "cython", "cythonize": "cython", "build": "build", "wheel": "wheel", "cmake": "cmake",
    "ninja": "ninja", "meson": "meson", "setuptools": "setuptools", "pkg_resources": "setuptools<81", "msgfmt": "",
    "pip-sync": "pip-tools", "pip-compile": "pip-tools", "trial": "twisted", "stestr": "stestr", "nosetests": "nose",
}  # fmt: skip


def missing_packages(now: Situation, told: Sequence[str], have: Sequence[str]) -> Iterator[Fix]:
    """Install the system packages that a failure tells of, then those that CI installs and the documents do not."""
    step = next((step for step in now.attempt.plan.steps if step.source == "documented" and step.place), None)
    place = step.place if step else where_set_up_is_told(now.facts, now.attempt)
    needed = now.facts.needs_system
    of_ci = packages_of(f"apt-get install {name}" for name in needed.value)
    where = f"CI installs them: {needed.evidence[0]}" if of_ci else ""
    for names, why in ((told, "what failed names them"), (of_ci, where)):
        wanted = [name for name in names if name not in have]
        if wanted:
            typed = f"sudo apt-get install {' '.join(wanted)}"
            yield Fix(
                key=f"packages {' '.join(wanted)}",
                deviation=Deviation(
                    needed=f"packages of the system ({why}): {typed}",
                    advice=told_at(place, f"say before the set-up to type `{typed}`"),
                    says=step.command if step else "",
                    place=place,
                    kind="system",
                    commands=(typed,),
                    written="before",
                ),
                packages=tuple(wanted),
                anew=True,
            )


_OPTIONAL = re.compile(
    r"^\s*(pre-commit|prek|git|gh|direnv|code|open|export|deactivate|cd /|createdb|docker|conda|mamba)\b"
    r"|pre-commit install"
)


_INSTALLS = re.compile(r"\b(setup\.py|pip3?|uv|poetry|pdm|pipenv|hatch|tox|nox|make|just|venv|virtualenv)\b")


def needless_step(now: Situation) -> Iterator[Fix]:
    """Leave out a step that failed and that tests may do without: hooks, remotes, editors, services, tools to look at.

    What installs is never one of these, unless it is for hooks or for an environment that is another's.
    """
    run = now.attempt.run
    stopped = now.attempt.verdict in (Verdict.SETUP_FAILED, Verdict.UNSUPPORTED)
    if not stopped or run is None or run.phase != "setup" or run.ended:
        return
    kind = purpose.strongest(purpose.purpose(call, now.facts.world) for call in split_line(run.command))
    beside = kind not in {"setup", "test", "test-part"}
    if beside or _OPTIONAL.search(run.command) or not _INSTALLS.search(run.command):
        yield in_place_of(
            run,
            key=f"skip {run.command}",
            needed=f"leaving out `{run.command.splitlines()[0]}`, which fails on a fresh clone",
            advice="say what it needs, or that it is optional",
            kind="environment",
        )


_NOT_FOUND = re.compile(
    r"(?:^|[\s:/])([\w.-]+): (?:command )?not found|make: ([\w.-]+): No such file|No module named ([\w-]+)$",
    re.MULTILINE,
)


def missing_program(now: Situation) -> Iterator[Fix]:
    """Install a tool that a task calls, and that the documents do not say to install."""
    run = now.attempt.run
    if run is None or now.attempt.counts.passed:
        return
    for found in _NOT_FOUND.finditer(run.log):
        program = next(filter(None, found.groups()), "")
        distribution = TOOLS.get(program) or _PROGRAMS.get(program, "")
        if distribution:
            place = where_set_up_is_told(now.facts, now.attempt)
            typed = f"python -m pip install {distribution}"
            yield Fix(
                key=f"program {program}",
                deviation=Deviation(
                    needed=f"{program}, which `{run.command}` calls: {typed}",
                    advice=told_at(place, f"say to install {distribution} first: `{typed}`"),
                    says=said_at(now.attempt, place),
                    place=place,
                    kind="install",
                    commands=(typed,),
                ),
                command=f"uv pip install {distribution}",
            )


def submodules(now: Situation) -> Iterator[Fix]:
    """Bring the submodules, which the documents do not mention."""
    if now.facts.submodules.value and now.attempt.verdict is not Verdict.GREEN:
        place = where_set_up_is_told(now.facts, now.attempt)
        yield Fix(
            key="submodules",
            deviation=Deviation(
                needed="git submodule update --init --recursive",
                advice=told_at(place, "say `git clone --recurse-submodules`"),
                place=place,
                kind="git",
            ),
            submodules=True,
            anew=True,
        )


_OLD_PIP = re.compile(r"no such option: --group|ERROR: .*(requires|needs) (a )?newer (version of )?pip")


def newer_pip(now: Situation) -> Iterator[Fix]:
    """Upgrade pip first: the one that an environment of `venv` begins with is as old as its Python."""
    run = now.attempt.run
    if now.attempt.verdict is not Verdict.SETUP_FAILED or run is None or not _OLD_PIP.search(run.log):
        return
    first = "python -m pip install --upgrade pip"
    yield in_place_of(
        run,
        key=f"pip {run.command}",
        needed=f"a newer pip than the environment came with: {first}",
        advice=f"say `{first}` before it",
        command=f"{first} && {run.command}",
    )


def pip_for_setup_py(now: Situation) -> Iterator[Fix]:
    """Let pip do what `setup.py develop` does only where setuptools is there, and old."""
    run = now.attempt.run
    if now.attempt.verdict is not Verdict.SETUP_FAILED or run is None:
        return
    if not re.search(r"\bsetup\.py\b.*\b(develop|install)\b", run.command):
        return
    typed = "python -m pip install -e ."
    yield in_place_of(
        run,
        key=f"pip for {run.command}",
        needed=f"`{typed}`, not `{run.command}`",
        advice=f"say `{typed}`",
        command=typed,
    )
