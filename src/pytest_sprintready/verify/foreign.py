"""Programs that a trial does not bring: containers, conda and their kin. What needs one is told as such."""

from __future__ import annotations

import re

CONTAINERS = ("docker", "docker-compose", "podman", "podman-compose")
PROGRAMS = (*CONTAINERS, "conda", "mamba", "micromamba", "pixi", "vagrant", "nix", "rye")

_ANY = "|".join(PROGRAMS)
_FAILED = re.compile(
    rf"(?:^|[\s:/])({_ANY}): (?:(?:command )?not found|unknown command)|make: ({_ANY}): No such"
    r"|Run '(docker)\b|Cannot connect to the (Docker) daemon|(docker)\.sock|cannot connect to (Podman)"
    rf"|No such file or directory: '({_ANY})'",
    re.IGNORECASE | re.MULTILINE,
)


def reached(program: str, *, there: bool, sandboxed: bool) -> bool:
    """Tell whether a program can do its work in a trial; the engine behind containers is kept out of a sandbox."""
    return program not in PROGRAMS or (there and not (sandboxed and program in CONTAINERS))


def why_not(program: str) -> str:
    """Return why a trial cannot have a program, as what follows its name."""
    if program in CONTAINERS:
        return "whose containers are not started from a sandbox (--services starts databases without them)"
    if program in {"conda", "mamba", "micromamba", "pixi"}:
        return "whose packages are not brought here (--repair tries what else the files tell)"
    return "which is not on this machine"


def failed_for(log: str) -> str:
    """Return the program of these that a command, a task behind it for example, failed for; "" where it is another."""
    names = [name for found in _FAILED.findall(log) for name in found if name]
    return names[-1].lower() if names else ""
