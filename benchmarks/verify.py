"""How far a newcomer comes with real projects: as documented, with --repair, and by typing the obvious thing.

    python benchmarks/verify.py MIRRORS [--corpus FILE.toml] [--names FILE] [--seconds 300] [--results FILE]

MIRRORS holds bare git repositories, `<owner>+<name>` or `<owner>+<name>/repo`. Results are kept as one JSON object a
line and a project that has one is not tried again, unless with `--again green` it was not green; the last one counts.
`--table` only prints the table of what there is. Where `documented` was not run by itself, it is what `repair` came to
before it mended anything.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pytest_sprintready.errors import SprintReadyError
from pytest_sprintready.facts import Facts
from pytest_sprintready.outcome import Outcome, Run, to_json
from pytest_sprintready.snapshot import open_snapshot
from pytest_sprintready.verify import interpreters, sandbox, verify, which_sandbox
from pytest_sprintready.verify.attempt import judged
from pytest_sprintready.verify.environment import Environment
from pytest_sprintready.verify.options import Options
from pytest_sprintready.verify.plan import Plan
from pytest_sprintready.verify.results import sessions

MODES = ("documented", "repair", "naive")


def main() -> int:
    """Try what was not tried yet; print the table; return the exit code."""
    arguments = _arguments()
    results = Path(arguments.results)
    if not arguments.table:
        _run_all(arguments, results)
    print(_table(_read(results)))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mirrors", metavar="MIRRORS")
    parser.add_argument("--corpus", metavar="FILE", help="TOML with [[repo]] tables that have a name: tried first")
    parser.add_argument(
        "--names", metavar="FILE", help="further names, one owner/name a line; by default all there are"
    )
    parser.add_argument("--seconds", type=float, default=300.0, help="for one project in one mode")
    parser.add_argument("--results", default="verify.jsonl", metavar="FILE")
    parser.add_argument("--modes", default="documented,repair,naive")
    parser.add_argument("--only", default="", help="names that contain this")
    parser.add_argument(
        "--again", default="", metavar="VERDICT", help="try what did not come to this verdict once more"
    )
    parser.add_argument("--most", type=int, default=10_000, help="projects")
    parser.add_argument("--table", action="store_true", help="print the table of what was measured before")
    return parser.parse_args()


def _run_all(arguments: argparse.Namespace, results: Path) -> None:
    done = {(row["project"], row["mode"]) for row in _read(results) if arguments.again in ("", row["verdict"])}
    names = [name for name in _names(arguments) if arguments.only in name][: arguments.most]
    for name in names:
        todo = [mode for mode in arguments.modes.split(",") if (name, mode) not in done]
        if not todo:
            continue
        with tempfile.TemporaryDirectory(prefix="benchmark-") as scratch:
            source, lacking = _source(Path(arguments.mirrors), name, scratch)
            for mode in todo:
                about = {"project": name, "lacking": lacking, "mode": mode, "load": os.getloadavg()[0]}
                row = {**about, **_measured(source, mode, arguments.seconds)}
                with results.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(row) + "\n")
                print(
                    f"{name:40} {mode:11} {row['verdict']:17} {row['seconds']:6.0f} s  {row['cause'][:100]}", flush=True
                )


def _names(arguments: argparse.Namespace) -> list[str]:
    folders = [path for path in sorted(Path(arguments.mirrors).iterdir()) if path.is_dir() and "+" in path.name]
    here = [path.name.replace("+", "/", 1) for path in folders]
    wanted: list[str] = []
    if arguments.corpus:
        import tomllib

        wanted += [repo["name"] for repo in tomllib.loads(Path(arguments.corpus).read_text(encoding="utf-8"))["repo"]]
    further = Path(arguments.names).read_text(encoding="utf-8").split() if arguments.names else here
    return [name for name in dict.fromkeys([*wanted, *further]) if name in here]


def _source(mirrors: Path, name: str, scratch: str) -> tuple[str, int]:
    """Return where to clone a project from, and how many of its files the mirror lacks.

    A mirror may lack large files. Then what it has of HEAD is copied into a repository of one commit, with its date and
    the last tag, as far as a clone can be told from one.
    """
    mirror = next(
        path for path in (mirrors / name.replace("/", "+") / "repo", mirrors / name.replace("/", "+")) if path.exists()
    )
    whole = str(Path(scratch, "whole"))
    if _git("clone", "--quiet", "--bare", mirror.as_uri(), whole).returncode == 0:
        return whole, 0
    copy = Path(scratch, "copy")
    copy.mkdir()
    lacking = 0
    head = ["--git-dir", str(mirror)]
    entries = [
        entry.partition("\t") for entry in _git(*head, "ls-tree", "-r", "-z", "HEAD").stdout.decode().split("\0")
    ]
    files = [(*meta.split(), path) for meta, _, path in entries if path and not meta.startswith("160")]
    blobs = _git(*head, "cat-file", "--batch", given="".join(f"{blob}\n" for _, _, blob, _ in files).encode()).stdout
    place = 0
    for mode, _, _, path in files:
        end = blobs.index(b"\n", place)
        words = blobs[place:end].split()
        if words[-1] == b"missing":
            lacking, place = lacking + 1, end + 1
            continue
        content = blobs[end + 1 : end + 1 + int(words[2])]
        place = end + 2 + len(content)
        target = copy / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if mode == "120000":
            target.symlink_to(os.fsdecode(content))
        else:
            target.write_bytes(content)
            target.chmod(0o755 if mode == "100755" else 0o644)
    date = _git(*head, "log", "-1", "--format=%cI").stdout.decode().strip()
    tag = _git(*head, "describe", "--tags", "--abbrev=0").stdout.decode().strip()
    author = {**os.environ}
    for role in ("AUTHOR", "COMMITTER"):
        author |= {f"GIT_{role}_NAME": "copy", f"GIT_{role}_EMAIL": "copy@example.org", f"GIT_{role}_DATE": date}
    for command in (("init", "--quiet"), ("add", "--all", "--force"), ("commit", "--quiet", "-m", "copy")):
        _git("-C", str(copy), *command, environment=author)
    if tag:
        _git("-C", str(copy), "tag", tag, environment=author)
    return str(copy), lacking


def _git(
    *words: str, environment: dict[str, str] | None = None, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    chosen = {**(environment or os.environ), "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    return subprocess.run(
        ["git", "-c", "safe.directory=*", *words],
        input=given,
        capture_output=True,
        env=chosen,
        check=False,
        timeout=600,
    )


def _measured(source: str, mode: str, seconds: float) -> dict[str, object]:
    start = time.monotonic()
    try:
        if mode == "naive":
            outcome = _naive(source, seconds)
        else:
            outcome = verify(source, Options(repair=mode == "repair", seconds=seconds))
    except SprintReadyError as error:
        return {"verdict": "error", "cause": str(error), "seconds": time.monotonic() - start, "ran": False}
    data = to_json(outcome)
    for run in data["runs"]:
        run["log"] = run["log"][-2000:]
    return {**data, "ran": outcome.ran, "undocumented": not outcome.plan.startswith("documented")}


def _naive(source: str, seconds: float) -> Outcome:
    """What many type first: `pip install -e .` with the first extra for tests, else requirements-dev.txt; `pytest`."""
    from pytest_sprintready.outcome import Verdict

    start = time.monotonic()
    pythons = interpreters.installed()
    kind = which_sandbox.chosen(unsandboxed=False)
    with Environment(kind, pythons, limits=sandbox.Limits()) as environment:
        environment.clone(source)
        with open_snapshot(environment.made.src, "HEAD") as snapshot:
            facts = Facts(snapshot)
            python = next(iter(interpreters.ranked(facts, pythons)), pythons[0])
            extra = next((name for name in ("test", "tests", "testing", "dev") if name in facts.project.extras), "")
            files = [name for name in ("requirements-dev.txt",) if not extra and snapshot.has(name)]
        environment.make_venv(python, seconds=60)
        words = f"pip install -e '.[{extra}]'" if extra else "pip install -e ."
        commands = [words, *(f"pip install -r {name}" for name in files), "pip install pytest"]
        plan = Plan("naive", ())
        for command in commands:
            run = environment.run(Run(command, "setup", "naive"), seconds=seconds, network=True)
            if run.exit_code != 0 and command != "pip install pytest":
                break
        if run.exit_code != 0:
            return Outcome(
                source, Verdict.SETUP_FAILED, cause=f"{run.command} failed", seconds=time.monotonic() - start
            )
        left = max(seconds - (time.monotonic() - start), 5)
        run = environment.run(Run("pytest", "test", "naive"), seconds=left, network=False)
        attempt = judged(plan, run, tuple(sessions(environment.made.reports)))
        return Outcome(
            source, attempt.verdict, attempt.cause, plan="naive", counts=attempt.counts,
            seconds=time.monotonic() - start, python=python.version, runs=tuple(environment.runs),
        )  # fmt: skip


def _read(results: Path) -> list[dict[str, object]]:
    if not results.exists():
        return []
    return [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines() if line.strip()]


def _table(rows: list[dict[str, object]]) -> str:
    by_project: dict[str, dict[str, dict[str, object]]] = {}
    for row in rows:
        by_project.setdefault(str(row["project"]), {})[str(row["mode"])] = row
    lines = [
        "| project | naive | as documented | with --repair | plan | seconds | deviations | cause when not green |",
        "|---|---|---|---|---|---:|---:|---|",
    ]
    for project, modes in by_project.items():
        before = {"verdict": modes.get("repair", {}).get("first_verdict") or ""}
        by_mode = (modes.get("naive", {}), modes.get("documented", before), modes.get("repair", {}))
        told = [str(each.get("verdict", "")) for each in by_mode]
        row = modes.get("repair") or modes.get("documented") or {}
        cause = str(row.get("cause", "")).replace("|", "\\|").replace("\n", " ")[:120]
        deviations = len(row.get("deviations") or ())  # type: ignore[arg-type]
        seconds = float(row.get("seconds", 0))  # type: ignore[arg-type]
        lines.append(
            f"| {project} | {' | '.join(told)} | {row.get('plan', '')} | {seconds:.0f} | {deviations} | {cause} |"
        )
    lines.append("")
    for mode in ("naive", "documented", "repair"):
        found = [modes[mode] for modes in by_project.values() if mode in modes]
        if found:
            ran = sum(bool(row["ran"]) for row in found)
            green = sum(row["verdict"] == "green" for row in found)
            median = statistics.median(float(row["seconds"]) for row in found)  # type: ignore[arg-type]
            share = f"ran {ran} ({ran / len(found):.0%}), green {green} ({green / len(found):.0%})"
            lines.append(f"{mode}: {len(found)} projects, {share}, median {median:.0f} s")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
