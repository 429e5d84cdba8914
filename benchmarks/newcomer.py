"""Obey the messages: `python benchmarks/newcomer.py MIRRORS [NAME ...]`.

For each repository below MIRRORS (bare git directories) a clone and an environment are made, with nothing in it but
pytest, this plugin and the project itself without any extra. Then the tests are run, and whatever the messages name is
typed, until they say nothing more. The tally says how many projects come to run their tests by the messages alone.

Code of those projects is executed, as the user who starts this, in a home of its own: do it on a machine that is thrown
away.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
MOST_ROUNDS = 6
TEST_SECONDS = 150
INSTALL_SECONDS = 420
_CODE = re.compile(r"^(SRN\d\d):", re.MULTILINE)
_UNREACHED = re.compile(
    r"failed to lookup address|Could not resolve host|Name or service not known|Network is unreachable"
)
_COMMAND = re.compile(r"^  (?:fix|try):   (.+)$|^         (\S.*)$")


class Round(NamedTuple):
    """One run of the tests and what was said after it."""

    outcome: str
    codes: list[str]
    commands: list[str]
    seconds: float
    tail: str


class Project(NamedTuple):
    """What became of one project: "installed" is "" or why the project itself could not be installed."""

    name: str
    installed: str
    rounds: list[Round]

    @property
    def verdict(self) -> str:
        """Where it ended: "ran" the tests at once, "reached" that by the messages, or was left "stuck".

        "offline" where this machine could not reach what an installation needs beside the package index.
        """
        if not self.rounds:
            return "not begun"
        if is_running(self.rounds[0].outcome):
            return "ran"
        if is_running(self.rounds[-1].outcome):
            return "reached"
        typed = [self.installed, *(each.tail for each in self.rounds if each.outcome == "command failed")]
        return "offline" if any(map(_UNREACHED.search, typed)) else "stuck"


def is_running(outcome: str) -> bool:
    """Tell whether tests ran, whatever came out."""
    return outcome.startswith("tests ran")


def main() -> int:
    """Print a line a project and the tally; write everything as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("mirrors", type=Path, help="a folder of bare git directories")
    parser.add_argument("names", nargs="*", help="those to take (all of them if none is named)")
    parser.add_argument("--json", type=Path, default=Path("newcomer.json"), help="where it all goes (%(default)s)")
    parser.add_argument("--keep", type=Path, help="a folder to work in that is kept")
    arguments = parser.parse_args()
    found = {path.name: path for path in sorted(arguments.mirrors.iterdir()) if path.is_dir()}
    names = arguments.names or list(found)
    work = arguments.keep or Path(tempfile.mkdtemp(prefix="newcomer-"))
    work.mkdir(exist_ok=True)
    wheel = build(work)
    projects = []
    for name in names:
        try:
            project = obey(name, bare(found[name]), wheel, work / name)
        except (subprocess.SubprocessError, OSError) as problem:
            project = Project(name, f"{type(problem).__name__}: {problem}"[:300], [])
        projects.append(project)
        print(line(project), flush=True)
        written = [
            {**each._asdict(), "verdict": each.verdict, "rounds": [r._asdict() for r in each.rounds]}
            for each in projects
        ]
        arguments.json.write_text(json.dumps(written, indent=1), encoding="utf-8")
        if not arguments.keep:
            shutil.rmtree(work / name, ignore_errors=True)
    tally(projects)
    return 0


def bare(folder: Path) -> Path:
    """Return the git directory in a folder, or below it."""
    inner = [path.parent for path in folder.glob("*/HEAD")]
    return folder if (folder / "HEAD").exists() else inner[0]


def build(work: Path) -> Path:
    """Return a wheel of this project."""
    subprocess.run(["uv", "build", "-q", "--wheel", "--out-dir", work, ROOT], check=True)
    return next(work.glob("*.whl"))


def obey(name: str, mirror: Path, wheel: Path, work: Path) -> Project:
    """Clone, install the project alone, then run and obey until nothing is said or the tests run."""
    shutil.rmtree(work, ignore_errors=True)
    (work / "home").mkdir(parents=True)
    clone, environment = work / "clone", work / "environment"
    subprocess.run(["git", "clone", "-q", mirror, clone], check=True, timeout=INSTALL_SECONDS)
    shell = Shell(clone, environment, work / "home")
    shell.run(f"uv venv -q --python {sys.executable} {environment}", INSTALL_SECONDS)
    made = shell.run(f"uv pip install -q -e . {wheel} pytest", INSTALL_SECONDS)
    why = "" if made.returncode == 0 else plain(made.stdout)[-800:]
    if why:
        shell.run(f"uv pip install -q {wheel} pytest", INSTALL_SECONDS)
    rounds: list[Round] = []
    seen: set[str] = set()
    how = "pytest"
    for _ in range(MOST_ROUNDS):
        rounds.append(shell.tests(how))
        named = [command for command in rounds[-1].commands if command not in seen]
        if not named:
            break
        for command in named:
            seen.add(command)
            if re.search(r"\b(pytest|tox|nox|hatch|pixi)\b(?! ?<)", command) and " install " not in command:
                how = command  # and so from now on
            else:
                done = shell.run(command, INSTALL_SECONDS)
                if done.returncode:
                    rounds.append(Round("command failed", [], [command], 0, plain(done.stdout)[-1500:]))
    return Project(name, why, rounds)


class Shell:
    """A shell in a clone with an environment active and a home of its own."""

    def __init__(self, clone: Path, environment: Path, home: Path) -> None:
        self.clone = clone
        dropped = ("PYTEST", "PYTHON", "GIT_", "CI", "VIRTUAL_ENV")
        self.variables = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
        cache = subprocess.run(["uv", "cache", "dir"], capture_output=True, text=True, check=True).stdout.strip()
        self.variables |= {"VIRTUAL_ENV": str(environment), "HOME": str(home), "COLUMNS": "100", "UV_CACHE_DIR": cache}
        self.variables["PATH"] = os.pathsep.join([str(environment / "bin"), *os.get_exec_path()])

    def run(self, command: str, seconds: float) -> subprocess.CompletedProcess[str]:
        """Type a command; one that takes too long ends with 124."""
        process = subprocess.Popen(
            ["sh", "-c", command], cwd=self.clone, env=self.variables, text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            output, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            output, _ = process.communicate()
            return subprocess.CompletedProcess(command, 124, output)
        return subprocess.CompletedProcess(command, process.returncode, output)

    def tests(self, command: str = "pytest") -> Round:
        """Run the tests up to a few failures."""
        begun = time.perf_counter()
        done = self.run(
            f"{command} -q --maxfail=8 --tb=short" if re.search(r"\bpytest( |$)", command) else command, TEST_SECONDS
        )
        if done.returncode == 4 and not _CODE.search(plain(done.stdout)):  # it stopped before any plugin was loaded
            done = self.run(f"sprintready run -- {command}", TEST_SECONDS)
        seconds = round(time.perf_counter() - begun, 1)
        text = plain(done.stdout)
        return Round(outcome(done), _CODE.findall(text), commands(text), seconds, text[-1500:])


def plain(output: str) -> str:
    """Return the output without colours, which some projects ask for in addopts."""
    return re.sub(r"\x1b\[[0-9;]*m", "", output)


def outcome(done: subprocess.CompletedProcess[str]) -> str:
    """Return in words how far a run came."""
    counts = re.findall(r"\d+ (?:passed|failed)", "\n".join(plain(done.stdout).splitlines()[-60:]))
    if counts or (done.returncode == 124 and re.search(r"\[ *\d+%\]|^[.sFxEX]{3,}$", plain(done.stdout), re.MULTILINE)):
        return f"tests ran: {', '.join(counts) or 'too long'}"
    if done.returncode == 124:
        return "too long"
    return {2: "collecting failed", 3: "internal error", 4: "start failed", 5: "no tests"}.get(
        done.returncode, "failed"
    )


def commands(output: str) -> list[str]:
    """Return the commands that the messages name."""
    found: list[str] = []
    after = False
    for line in output.splitlines():
        match = _COMMAND.match(line)
        if match and (match[1] or after):
            found.append(match[1] or match[2])
        after = bool(match and (match[1] or after))
    return found


def last_line(output: str) -> str:
    """Return the last line that says something."""
    return next((line for line in reversed(output.splitlines()) if line.strip()), "")[:300]


def line(project: Project) -> str:
    """Return one line about a project."""
    way = " -> ".join(f"{each.outcome} {','.join(each.codes)}".strip() for each in project.rounds)
    problem = f" [not installed: {last_line(project.installed)}]" if project.installed else ""
    return f"{project.verdict:9} {project.name}: {way}{problem}"


def tally(projects: list[Project]) -> None:
    """Print how many came how far."""
    words = ("ran", "reached", "stuck", "offline")
    ran, reached, stuck, offline = ([p.name for p in projects if p.verdict == word] for word in words)
    print(f"\n{len(projects)} projects: {len(ran)} ran their tests at once.")
    print(f"{len(offline)} need more of the network than there is here: {', '.join(offline)}")
    print(f"Of the {len(reached) + len(stuck)} others {len(reached)} came to it by the messages alone.")
    for name in stuck:
        print(f"  stuck: {name}")


if __name__ == "__main__":
    sys.exit(main())
