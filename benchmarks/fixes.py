"""What `check --fix` does to real repositories: `python benchmarks/fixes.py CLONE...`, each a (bare) git repository.

Each is cloned, mended, and judged again. Reported are, for each repository, how many checks were mended and which of
the promises was broken: the diff applies and gives the same files, the mended checks pass, none is worse, only the
files in the diff change, every written command names what exists, a second run changes nothing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pytest_sprintready import engine
from pytest_sprintready.config import load_settings
from pytest_sprintready.facts import Facts, references
from pytest_sprintready.fixes.diff import unified
from pytest_sprintready.fixes.planning import harm, plan
from pytest_sprintready.fixes.writing import WorkTree, require_clean
from pytest_sprintready.snapshot import open_snapshot

ANSWERS = {
    "lead": "Ada Lovelace",
    "contact": "https://chat.lantern.dev/sprint",
    "conduct-contact": "ada@lantern.dev",
    "level": "beginner",
    "capacity": "10",
    "goals": "mend small bugs",
    "verified": "Debian 12, 2026-05-01",
    "review-time": "within a week",
    "ai-policy": "AI assistance is welcome if you say so.",
}


def git(folder: Path, *arguments: str, given: str | None = None) -> str:
    """Return what git says; raises CalledProcessError with its complaint."""
    command = ["git", "-c", "core.autocrlf=false", "-c", "core.hooksPath=/dev/null", *arguments]
    encoded = None if given is None else given.encode("utf-8", "surrogateescape")
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, input=encoded)
    return done.stdout.decode("utf-8", "surrogateescape")


def clone_of(place: str, clone: Path) -> None:
    """Clone a repository; files of which only the name is there (a mirror may lack large ones) are left out."""
    git(clone.parent, "clone", "--quiet", "--shared", "--no-checkout", place, str(clone))
    entries = [line.split("\t", 1) for line in git(clone, "ls-tree", "-r", "-z", "HEAD").split("\0") if line]
    asked = "".join(f"{meta.split()[2]}\n" for meta, _ in entries if meta.split()[1] == "blob")
    known = git(clone, "cat-file", "--batch-check", given=asked).splitlines()
    absent = {line.split()[0] for line in known if line.endswith("missing")}
    git(clone, "read-tree", "HEAD")
    if lacking := [path for meta, path in entries if meta.split()[2] in absent]:
        git(clone, "rm", "--quiet", "--cached", "--", *lacking)
        who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@lantern.dev")
        git(clone, *who, "commit", "--quiet", "--no-verify", "-m", "without what is absent")
    git(clone, "checkout", "--quiet", "--", ".")


def broken_promises(clone: Path, *, unsafe: bool) -> tuple[int, list[str]]:
    """Mend a clone; return how many checks were mended, and what went wrong."""
    wrong = []
    answers = ANSWERS if unsafe else {}
    tree = WorkTree(str(clone))
    with open_snapshot(clone) as snapshot:
        facts = Facts(snapshot, load_settings(snapshot))
        before = engine.run(facts)
        unknown = {lacking.documented.command.text for lacking in references.missing(facts)}
        planned = plan(snapshot, unsafe=unsafe, answers=answers, refuses=tree.refuses)
        require_clean(tree, planned.edits)
        tree.write(snapshot, planned.edits)
    changed = set(git(clone, "status", "--porcelain", "-z", "--untracked-files=all").split("\0")) - {""}
    if {entry[3:] for entry in changed} != {edit.path for edit in planned.edits}:
        wrong.append(f"files changed: {sorted(changed)}")
    with open_snapshot(clone) as snapshot:
        facts = Facts(snapshot, load_settings(snapshot))
        if worse := harm(before, engine.run(facts), planned.fixes):
            wrong.append(worse)
        new = {lacking.documented.command.text for lacking in references.missing(facts)} - unknown
        if new:
            wrong.append(f"written, but names what is not there: {sorted(new)}")
        again = plan(snapshot, unsafe=unsafe, answers=answers, refuses=tree.refuses)
        if again.edits:
            wrong.append(f"a second run would change {[edit.path for edit in again.edits]}: {again.fixes}")
    written = {edit.path: (clone / edit.path).read_bytes() for edit in planned.edits}
    git(clone, "checkout", "--quiet", ".")
    git(clone, "clean", "--quiet", "-fd")
    if planned.edits and not any(b"\r" in content for content in written.values()):
        try:
            git(clone, "apply", "--whitespace=nowarn", "-", given=unified(planned.edits))
            if any((clone / path).read_bytes() != content for path, content in written.items()):
                wrong.append("the diff gives other files")
        except subprocess.CalledProcessError as error:
            wrong.append(f"the diff does not apply: {error.stderr.decode(errors='replace')[:300]}")
    return sum(1 + len(fix.also) for fix in planned.fixes), wrong


def main(places: list[str]) -> None:
    """Print a line for each repository and mode, and the sums."""
    mended = broken = 0
    for place in places:
        for unsafe in (False, True):
            started = time.perf_counter()
            with tempfile.TemporaryDirectory() as folder:
                clone = Path(folder) / "clone"
                clone_of(place, clone)
                number, wrong = broken_promises(clone, unsafe=unsafe)
            mended += number
            broken += bool(wrong)
            mode = "all" if unsafe else "safe"
            print(
                f"{place} {mode}: {number} mended, {time.perf_counter() - started:.1f} s",
                *wrong,
                sep="\n  ",
                flush=True,
            )
    print(f"{len(places)} repositories, {mended} checks mended, {broken} runs with a broken promise")


if __name__ == "__main__":
    main(sys.argv[1:])
