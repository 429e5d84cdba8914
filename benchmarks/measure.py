"""What a command costs: processor seconds and the memory it needs at most, its children's included."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


# A process inherits the peak of the one that starts it, so that has to be a small one. Its own time does not count.
RUNNER = """
import os, sys
null = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=null)
_, status, usage = os.wait4(process, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
"""


class Command(NamedTuple):
    """What is run, and in which folder. `may_exit` are the exit codes that count as having worked."""

    arguments: tuple[str, ...]
    folder: Path
    may_exit: tuple[int, ...] = (0, 1)


class Cost(NamedTuple):
    """One run: processor seconds (user and system) and the largest resident set of a process in MiB."""

    seconds: float
    mebibytes: float


class Failed(Exception):
    """A command did not do what is to be measured."""


def interleaved(commands: Mapping[str, Command], rounds: int, problems: list[str]) -> dict[str, list[Cost]]:
    """Return the costs of each command by name.

    One run warms up and is not counted; a command that does not work then is left out, and added to the problems.
    Then each round runs every command once, so that a slow moment of the machine hits all of them.
    """
    costs: dict[str, list[Cost]] = {}
    for name, command in commands.items():
        try:
            run(command)
        except Failed as problem:  # noqa: PERF203  once a command
            problems.append(str(problem))
        else:
            costs[name] = []
    for _ in range(rounds):
        for name, found in costs.items():
            found.append(run(commands[name]))
    return costs


def run(command: Command) -> Cost:
    """Run a command and return its cost; raises Failed."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "PYTHON"))}
    runner = (sys.executable, "-I", "-S", "-c", RUNNER, *command.arguments)
    said = subprocess.run(
        runner, cwd=command.folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True
    )
    code, seconds, peak = said.stdout.split()
    if int(code) not in command.may_exit:
        raise Failed(f"exit code {int(code)}: {' '.join(command.arguments)} in {command.folder}")
    return Cost(float(seconds), int(peak) / (2**20 if sys.platform == "darwin" else 2**10))


def median_seconds(costs: Sequence[Cost]) -> float:
    """Return the median of the processor seconds."""
    return statistics.median(cost.seconds for cost in costs)


def most_mebibytes(costs: Sequence[Cost]) -> float:
    """Return the most memory that any run needed."""
    return max(cost.mebibytes for cost in costs)
