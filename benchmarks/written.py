"""Do the commands work that `check --fix` writes: `python benchmarks/written.py [--seconds 300] CLONE...`.

Each (bare) git repository is cloned and mended with all fixes. A clone of that is what a newcomer has: in it, in the
sandbox of `sprintready verify`, every command that a fix wrote is typed, page by page and in order. The project's
address leads to a copy of the mended clone, so that fetching, pushing and pulling work as they would on its forge.
Where the set-up stood in the documents before, its commands are typed first. What a document takes for granted (nox,
tox) is installed when it is named, as `verify` does.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from fixes import ANSWERS, clone_of, git

from pytest_sprintready.config import load_settings
from pytest_sprintready.facts import Facts
from pytest_sprintready.fixes.planning import plan
from pytest_sprintready.fixes.writing import WorkTree
from pytest_sprintready.outcome import Run
from pytest_sprintready.snapshot import open_snapshot
from pytest_sprintready.verify import interpreters, sandbox, which_sandbox
from pytest_sprintready.verify.environment import Environment
from pytest_sprintready.verify.plan import Step, plans

UNREACHED = re.compile(r"[Cc]ould not resolve host|NameResolution|Temporary failure in name resolution")
WHO = ("-c", "user.name=Nobody", "-c", "user.email=nobody@lantern.dev")


class Written(NamedTuple):
    """The commands that were written, in order, and those of the documents that have to be typed before them."""

    commands: tuple[str, ...]
    before: tuple[Step, ...]


def main() -> None:
    """Print each command with what became of it, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", nargs="+", metavar="CLONE")
    parser.add_argument("--seconds", type=float, default=300.0, help="for one command")
    arguments = parser.parse_args()
    written = worked = unreached = whole = 0
    for place in arguments.clones:
        name = Path(place).parent.name if Path(place).name == "repo" else Path(place).name
        runs = tried(place, name.replace("+", "/", 1), arguments.seconds)
        good = sum(run.exit_code == 0 for run in runs)
        away = sum(run.exit_code != 0 and UNREACHED.search(run.log) is not None for run in runs)
        written, worked, unreached = written + len(runs), worked + good, unreached + away
        whole += good + away == len(runs)
        print(f"{name}: {good} of {len(runs)} commands worked, {away} met a host that is not reached here", flush=True)
        for run in runs:
            print(f"  {run.seconds:4.0f} s  {run.command}", end="")
            print("" if run.exit_code == 0 else f"  ({run.ended or f'exit {run.exit_code}'})\n{run.log[-1500:]}")
    projects = len(arguments.clones)
    print(
        f"{projects} projects, {written} commands written, {worked} worked, {unreached} met a host that is not reached"
    )
    print(f"in {whole} projects nothing else went wrong")


def tried(place: str, name: str, seconds: float) -> list[Run]:
    """Return the written commands of a project with what became of them."""
    address = f"https://github.com/{name}"
    kind, pythons = which_sandbox.chosen(unsandboxed=False), interpreters.installed()
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        clone_of(place, clone)
        git(clone, "remote", "set-url", "origin", address)
        with open_snapshot(clone) as snapshot:
            python = next(iter(interpreters.ranked(Facts(snapshot, load_settings(snapshot)), pythons)), pythons[0])
        written = mended(clone, interpreters.minor(python))
        with Environment(kind, pythons, limits=sandbox.Limits()) as environment:
            environment.clone(str(clone))
            environment.make_venv(python, seconds=seconds)
            source, forge = environment.made.src, f"{environment.made.home}/forge.git"
            environment.quietly(
                f"git clone --quiet --bare {source} {forge}; git -C {source} remote set-url origin {forge}; "
                f"git config --global url.file://{forge}.insteadOf {address}"
            )
            for step in written.before:
                environment.run(
                    Run(step.command, "setup", "documents", step.place), seconds=seconds, network=True,
                    folder=step.folder, variables=dict(step.variables),
                )  # fmt: skip
            return [typed(environment, command, seconds) for command in written.commands]


def mended(clone: Path, python: str) -> Written:
    """Mend a clone and commit that; return what was written."""
    tree = WorkTree(str(clone))
    with open_snapshot(clone) as snapshot:
        facts = Facts(snapshot, load_settings(snapshot))
        before = Counter((each.command.path, each.command.text) for each in facts.documented)
        planned = plan(snapshot, unsafe=True, answers=ANSWERS, refuses=tree.refuses)
        tree.write(snapshot, planned.edits)
    edited = {edit.path for edit in planned.edits}
    if edited:
        git(clone, "add", "--force", "--", *edited)
        git(clone, *WHO, "commit", "--quiet", "--no-verify", "-m", "mended")
    with open_snapshot(clone) as snapshot:
        facts = Facts(snapshot, load_settings(snapshot))
        commands = []
        for each in facts.documented:
            if before[each.command.path, each.command.text]:
                before[each.command.path, each.command.text] -= 1
            elif each.command.path in edited and not each.command.text.startswith(("git clone", "cd ")):
                commands.append(each.command.text)
        makes = any("venv" in command or "install" in command.split() for command in commands)
        found = plans(facts, python)[:1]
        steps = [step for one in found for step in one.steps if step.phase == "setup"]
    return Written(tuple(commands), () if makes else tuple(steps))


def typed(environment: Environment, command: str, seconds: float) -> Run:
    """Return what became of a command, with the tool it needs and the branch it pushes made before."""
    program = next((word for word in command.split() if "=" not in word), "")
    environment.provide(program, module=False, seconds=seconds)
    if command.startswith("git push -u origin "):
        environment.quietly(f"git switch --quiet -c {command.rpartition(' ')[2]}")
    return environment.run(Run(command, "setup", "written"), seconds=seconds, network=True)


if __name__ == "__main__":
    main()
