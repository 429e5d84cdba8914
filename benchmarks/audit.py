"""How an audit scales: repositories a second, bytes and memory, against cloning and judging one by one.

    python benchmarks/audit.py FOLDER [--sizes 1000 10000] [--compare 40]

FOLDER holds bare repositories (each as itself or as `<name>/repo`). They are repeated as distinct commits of
repositories that borrow the objects, every fourth one is generated, and a real git server on loopback serves
them. The comparison is a loop of `git clone --depth 1` and `repo-review` over the same server, in the same run.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import multiprocessing
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import git_server

if TYPE_CHECKING:
    from collections.abc import Iterator

GENERATED = 200
AUDIT = [sys.executable, "-m", "pytest_sprintready", "audit"]


def main() -> None:
    """Make the repositories, serve them, measure."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000])
    options.add_argument("--compare", type=int, default=40, help="repositories that are cloned for comparison")
    options.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1))
    options.add_argument("--scratch", type=Path, default=None)
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.scratch) as name:
        scratch = Path(name)
        served = scratch / "served"
        started = time.monotonic()
        make(served, real(arguments.folder), max(*arguments.sizes, arguments.compare), scratch)
        print(f"made {max(arguments.sizes)} repositories in {time.monotonic() - started:.0f} s")
        with running(served) as (url, traffic):
            if arguments.compare:
                compare(url, (arguments.compare, len(list(served.iterdir()))), arguments.jobs, scratch, traffic)
            for size in arguments.sizes:
                measure(url, size, arguments.jobs, scratch, traffic)


# What is served ---------------------------------------------------------------------------------------------------


def real(folder: Path) -> list[tuple[Path, str, str]]:
    """Return the git directory, tree and name of every real repository there that is whole."""
    found = []
    for place in sorted(folder.iterdir()):
        for git in (place, place / "repo"):
            if (git / "objects").is_dir() and (git / "HEAD").is_file():
                tree = ask(git, "rev-parse", "--verify", "--quiet", "HEAD^{tree}")
                lacking = "?" in ask(git, "rev-list", "--objects", "--missing=print", "-1", "HEAD")
                if tree and not lacking:
                    found.append((git.resolve(), tree, place.name))
    return found


def ask(git: Path, *arguments: str) -> str:
    """Return what git answers, "" if it fails."""
    command = ["git", "-c", "safe.directory=*", f"--git-dir={git}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def make(served: Path, sources: list[tuple[Path, str, str]], number: int, scratch: Path) -> None:
    """Make that many repositories of one commit each, which borrow their objects."""
    made = generate(scratch / "generated")
    for at in range(number):
        source = made[at // 4 % len(made)] if at % 4 == 3 else sources[(at - at // 4) % len(sources)]
        borrow(served / f"r{at:05}", source[0], source[1], at)


def generate(git: Path) -> list[tuple[Path, str, str]]:
    """Return small repositories that nobody wrote: their trees lie in one bare repository."""
    subprocess.run(["git", "init", "-q", "--bare", str(git)], check=True)
    chance = random.Random(0)
    lines: list[str] = []
    words = [
        "install",
        "test",
        "run",
        "the",
        "docs",
        "issue",
        "first",
        "please",
        "make",
        "python",
        "nox",
        "tox",
        "guide",
        "clone",
        "branch",
        "change",
    ]

    def text(number: int) -> str:
        return "\n".join(" ".join(chance.choices(words, k=12)) for _ in range(number))

    for at in range(GENERATED):
        files = {
            "README.md": f"# project {at}\n\n{text(20)}\n\nSee [how to help](CONTRIBUTING.md).\n",
            "CONTRIBUTING.md": f"# Contributing\n\n{text(10)}\n\n```console\n$ nox -s tests\n```\n",
            "pyproject.toml": f'[project]\nname = "project-{at}"\nversion = "1"\nrequires-python = ">=3.10"\n',
            "noxfile.py": 'import nox\n\n@nox.session\ndef tests(session):\n    session.run("pytest")\n',
            **{f"src/package/module_{n}.py": f'"""{text(30)}"""\n' for n in range(chance.randrange(5, 60))},
            **{
                f"tests/test_{n}.py": f'"""{text(5)}"""\n\ndef test_it():\n    pass\n'
                for n in range(chance.randrange(1, 30))
            },
        }
        lines.append(f"commit refs/heads/g{at}\ncommitter A <a@example.org> 1767323045 +0000\ndata 1\nx\n")
        for path, content in files.items():
            lines.append(f"M 100644 inline {path}\ndata {len(content.encode())}\n{content}\n")
    subprocess.run(["git", f"--git-dir={git}", "fast-import", "--quiet"], input="".join(lines).encode(), check=True)
    trees = (ask(git, "rev-parse", f"g{at}^{{tree}}") for at in range(GENERATED))
    return [(git.resolve(), tree, "generated") for tree in trees]


def borrow(bare: Path, source: Path, tree: str, number: int) -> None:
    """Make a bare repository whose one commit has the tree of another."""
    for folder in ("objects/info", "refs/heads"):
        (bare / folder).mkdir(parents=True)
    commit = f"tree {tree}\nauthor A <a@example.org> {1767323045 + number} +0000\n"
    commit += f"committer A <a@example.org> {1767323045 + number} +0000\n\nnumber {number}\n"
    data = b"commit %d\0%s" % (len(commit), commit.encode())
    name = hashlib.sha1(data, usedforsecurity=False).hexdigest()
    (bare / "objects" / name[:2]).mkdir()
    (bare / "objects" / name[:2] / name[2:]).write_bytes(zlib.compress(data))
    (bare / "objects/info/alternates").write_text(f"{source / 'objects'}\n")
    (bare / "refs/heads/main").write_text(f"{name}\n")
    (bare / "HEAD").write_text("ref: refs/heads/main\n")
    (bare / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")


@contextlib.contextmanager
def running(served: Path) -> Iterator[tuple[str, Any]]:
    """Serve in a process of its own; gives the address, and the bytes sent so far as a shared value."""
    context = multiprocessing.get_context("spawn")
    traffic, ours = context.Value("q", 0), context.Pipe()
    process = context.Process(target=serve, args=(served, traffic, ours[1]), daemon=True)
    process.start()
    try:
        yield ours[0].recv(), traffic
    finally:
        process.terminate()
        process.join()


def serve(served: Path, traffic: Any, pipe: Any) -> None:
    """Serve until this process is ended; tell the address, and the bytes sent so far."""
    with git_server.serve(served) as server:
        pipe.send(server.url)
        while True:
            traffic.value = server.sent
            server.log.clear()
            time.sleep(0.2)


# What is measured -------------------------------------------------------------------------------------------------


def measure(url: str, size: int, jobs: int, scratch: Path, traffic: Any) -> None:
    """Audit that many repositories with an empty cache, then again when nothing has changed."""
    names = scratch / f"{size}.txt"
    names.write_text("".join(f"{url}/r{at:05}\n" for at in range(size)))
    cache, store = scratch / f"cache{size}", scratch / f"{size}.sqlite"
    for kind in ("cold", "unchanged"):
        before = traffic.value
        seconds, processor, peak = audit(names, store, cache, jobs, scratch)
        time.sleep(0.5)
        sent = traffic.value - before
        print(
            f"{size} {kind}: {seconds:.0f} s, {size / seconds:.2f} repositories/s, "
            f"{size / seconds / (os.cpu_count() or 1):.2f} a core, {1000 * processor / size:.0f} ms of processor each, "
            f"peak {peak / 2**20:.0f} MB (all processes), {sent / size / 1000:.0f} kB sent each, "
            f"cache {used(cache) / size / 1000:.0f} kB each, store {store.stat().st_size / size / 1000:.1f} kB each",
            flush=True,
        )
    with contextlib.closing(sqlite3.connect(store)) as base:
        print(
            base.execute("SELECT standing, count(*) FROM results WHERE audit_id = 1 GROUP BY 1").fetchall(), flush=True
        )
    shutil.rmtree(cache)


def audit(names: Path, store: Path, cache: Path, jobs: int, scratch: Path) -> tuple[float, float, int]:
    """Return wall seconds, processor seconds of all processes, and the peak of their memory together, in bytes."""
    command = [*AUDIT, str(names), "--allow-local", "--store", str(store), "--cache", str(cache), "--jobs", str(jobs)]
    before = os.times()
    started = time.monotonic()
    with (scratch / "audit.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        peak, over = [0], threading.Event()

        def watch() -> None:
            told = 0
            while not over.wait(0.5):
                peak[0] = max(peak[0], memory(process.pid))
                done = finished(scratch / "audit.log")
                if done >= told + 1000:
                    told = done - done % 1000
                    seconds = time.monotonic() - started
                    print(f"  {done} after {seconds:.0f} s, peak {peak[0] / 2**20:.0f} MB", flush=True)

        watcher = threading.Thread(target=watch)
        watcher.start()
        process.wait()
        over.set()
        watcher.join()
    seconds, after = time.monotonic() - started, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, processor, peak[0]


def finished(log: Path) -> int:
    """Return how many projects are done, as the last line of the progress tells."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 1000))
        lines = [line for line in file.read().split(b"\n") if line.startswith(b"[")]
    return int(lines[-1][1:].split(b"/")[0]) if lines else 0


def memory(top: int) -> int:
    """Return the proportional set size of a process and all below it that are Python, in bytes (Linux)."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                parents.setdefault(parent, []).append(int(entry.name))
    waiting, total = [top], 0
    while waiting:
        process = waiting.pop()
        waiting += parents.get(process, [])
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def compare(url: str, some: tuple[int, int], jobs: int, scratch: Path, traffic: Any) -> None:
    """Audit some repositories of so many, then clone and review the same ones one by one."""
    number, total = some
    chosen = random.Random(1).sample(range(total), number)
    names = scratch / "some.txt"
    names.write_text("".join(f"{url}/r{at:05}\n" for at in chosen))
    cache = scratch / "cache-some"

    def told(what: str, seconds: float, processor: float, sent: int) -> None:
        each = f"{1000 * processor / number:.0f} ms of processor and {sent / number / 1000:.0f} kB sent each"
        print(f"{number} {what}: {seconds:.1f} s, {number / seconds:.2f} repositories/s, {each}", flush=True)

    for kind in ("cold", "unchanged"):
        before = traffic.value
        seconds, processor, _ = audit(names, scratch / "some.sqlite", cache, jobs, scratch)
        time.sleep(0.5)
        told(f"audited, {kind}", seconds, processor, traffic.value - before)
    before, started, times = traffic.value, time.monotonic(), os.times()
    review = Path(sys.executable).with_name("repo-review")
    for at in chosen:
        clone = scratch / "clone"
        subprocess.run(["git", "clone", "-q", "--depth", "1", f"{url}/r{at:05}", str(clone)], check=True)
        subprocess.run([review, "--format", "json", str(clone)], capture_output=True, check=False)
        shutil.rmtree(clone)
    seconds, after = time.monotonic() - started, os.times()
    time.sleep(0.5)
    processor = after.children_user + after.children_system - times.children_user - times.children_system
    told("cloned and reviewed", seconds, processor, traffic.value - before)
    shutil.rmtree(cache)


def used(folder: Path) -> int:
    """Return the bytes of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    main()
