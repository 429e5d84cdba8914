"""Measure what checks, hooks and the plugin cost: `python benchmarks/run.py [--quick]`.

Everything measured is made first, in a temporary folder: environments (pip has to reach a package index) and
repositories (git has to be there). Nothing is asserted, times are the machine's as much as ours; the exit code is 0.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import inputs
from measure import Command, interleaved, median_seconds, most_mebibytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from measure import Cost

HOOKS = ("beginner-labels", "contributor-docs", "documented-commands", "single-test-command", "sprint-ready")


class Ratio(NamedTuple):
    """What is compared with what, and how many times its cost it should stay below."""

    command: str
    base: str
    bar: float


BARS = (
    Ratio("check", "python -c pass", 10),
    Ratio("check", "repo-review", 0.5),
    Ratio("check, large", "check", 1.5),
    *(Ratio(f"hook {hook}", "python -c pass", 8) for hook in HOOKS),
    Ratio("collect-only, plugin idle", "collect-only, no plugin", 1.02),
    Ratio("check, bare commit", "check", 1.3),
)


def main() -> int:
    """Run the benchmarks; print a table and write the figures as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs, and a tenth of the large repository")
    parser.add_argument("--repository", type=Path, help="a checkout to check, instead of flask's source distribution")
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"), help="where the figures go (%(default)s)")
    arguments = parser.parse_args()
    if not hasattr(os, "wait4"):
        print("Not measured: only POSIX tells what a process and its children cost.")
        return 0
    with tempfile.TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        figures = measured(Path(folder), arguments.repository, quick=arguments.quick)
    arguments.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for line in table(figures):
        print(line)
    print(f"\nThe figures are in {arguments.json}.")
    return 0


def measured(folder: Path, repository: Path | None, *, quick: bool) -> dict[str, object]:
    """Return the figures as they are published: what was measured, the medians, the ratios with their bars."""
    problems: list[str] = []
    small, label = chosen(folder, repository, problems)
    suites = [(checks(folder, small, problems, quick=quick), 3 if quick else 15)]
    suites.append((collections(folder, problems), 5 if quick else 51))
    costs: dict[str, list[Cost]] = {}
    for commands, rounds in suites:
        progress(f"measuring {', '.join(commands)}")
        costs |= interleaved(commands, rounds, problems)
    seconds = {name: round(median_seconds(each), 4) for name, each in costs.items()}
    return {
        "date": time.strftime("%Y-%m-%d"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "repository": label,
        "cpu_seconds": seconds,
        "peak_mebibytes": {name: round(most_mebibytes(each), 1) for name, each in costs.items()},
        "ratios": [
            {**ratio._asdict(), "measured": round(seconds[ratio.command] / max(seconds[ratio.base], 1e-4), 3)}
            for ratio in BARS
            if ratio.command in seconds and ratio.base in seconds
        ],
        "problems": problems,
    }


def chosen(folder: Path, repository: Path | None, problems: list[str]) -> tuple[Path, str]:
    """Return the repository that everything is compared with, and what to call it."""
    if repository:
        return repository.resolve(), repository.resolve().name
    progress("fetching flask")
    try:
        return inputs.flask(folder), inputs.FLASK.partition(" ")[0]
    except (OSError, subprocess.CalledProcessError) as problem:
        problems.append(f"flask cannot be had: {problem}")
        return inputs.look_alike(folder), "a look-alike of flask"


def checks(folder: Path, small: Path, problems: list[str], *, quick: bool) -> dict[str, Command]:
    """Return the commands that judge repositories."""
    progress("installing this package")
    programs = inputs.environment(folder / "ours", str(inputs.ROOT))
    sprintready = str(programs / "sprintready")
    commands = {
        "python -c pass": Command((str(programs / "python"), "-c", "pass"), small),
        "check": Command((sprintready, "check", "."), small),
        **{f"hook {hook}": Command((str(programs / f"sprintready-hook-{hook}"),), small) for hook in HOOKS},
    }
    progress("installing repo-review")
    try:
        peer = inputs.environment(folder / "peer", *inputs.PEER)
    except subprocess.CalledProcessError as problem:
        problems.append(f"repo-review cannot be had: {problem}")
    else:
        commands["repo-review"] = Command((str(peer / "repo-review"), "."), small, (0, 2, 3))
    progress("making the large repository")
    scale = 10 if quick else 1
    large = inputs.grown(small, folder / "large", files=50_000 // scale, commits=20_000 // scale)
    commands["check, large"] = Command((sprintready, "check", "."), large)
    inputs.git(folder, "clone", "--quiet", "--bare", str(small), "bare.git")
    commands["check, bare commit"] = Command((sprintready, "check", ".", "--rev", "HEAD"), folder / "bare.git")
    commands["check, README of 100 MB"] = Command((sprintready, "check", "."), inputs.heavy_readme(folder))
    return commands


def collections(folder: Path, problems: list[str]) -> dict[str, Command]:
    """Return pytest's collection of tests with the plugin installed and without it, all else being equal."""
    tests = inputs.tests_only(folder)
    arguments = ("--collect-only", "-q", "-p", "no:cacheprovider")
    commands = {}
    for name in ("plugin idle", "no plugin"):
        progress(f"installing pytest ({name})")
        try:
            programs = inputs.environment(folder / name.replace(" ", "-"), str(inputs.ROOT))
            if name == "no plugin":
                inputs.call(str(programs / "python"), "-m", "pip", "uninstall", "--yes", "pytest-sprintready")
        except subprocess.CalledProcessError as problem:
            problems.append(f"no environment for pytest: {problem}")
            return {}
        commands[f"collect-only, {name}"] = Command((str(programs / "pytest"), *arguments), tests, (0,))
    return commands


def table(figures: dict[str, object]) -> Iterator[str]:
    """Yield the lines of a Markdown table of the ratios, then one of the memory."""
    ratios, seconds, memory = figures["ratios"], figures["cpu_seconds"], figures["peak_mebibytes"]
    assert isinstance(ratios, list)
    assert isinstance(seconds, dict)
    assert isinstance(memory, dict)
    yield f"{figures['date']}, {figures['machine']}, Python {figures['python']}, {figures['repository']}"
    yield ""
    yield "| what | times the cost of | measured | bar | CPU ms |"
    yield "|---|---|---:|---:|---:|"
    for ratio in ratios:
        met = "" if ratio["measured"] <= ratio["bar"] else " (missed)"
        cpu = f"{1000 * seconds[ratio['command']]:.0f} / {1000 * seconds[ratio['base']]:.0f}"
        yield f"| {ratio['command']} | {ratio['base']} | {ratio['measured']:.2f}{met} | {ratio['bar']} | {cpu} |"
    yield ""
    yield "| what | CPU ms | peak MiB |"
    yield "|---|---:|---:|"
    for name, peak in memory.items():
        yield f"| {name} | {1000 * seconds[name]:.0f} | {peak:.0f} |"
    problems = figures["problems"]
    assert isinstance(problems, list)
    yield from (f"\nNot measured: {problem}" for problem in problems)


def progress(text: str) -> None:
    """Say what goes on: the whole takes minutes."""
    print(f"{text} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
