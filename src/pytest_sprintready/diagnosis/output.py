"""What a command wrote, as failures: its text without a terminal's codes, the exceptions in it, pytest's errors."""

from __future__ import annotations

import builtins
import re
import shlex
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.model import Failure, Frame, Raised
from pytest_sprintready.reading.arguments import word_set
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.shell import program_name, split_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytest_sprintready.reading.command import Call

_CODES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
_SHELLS = frozenset(["sh", "bash", "zsh", "dash", "fish"])
_MOST_STEPS = 6
_MOST_FAILURES = 200

_STAGES = {
    "clone": ("git clone",),
    "commit": ("git commit", "git push", "git merge", "git rebase", "pre-commit", "prek"),
    "build": ("python -m build", "build", "maturin", "python setup.py", "meson", "cmake", "ninja"),
    "docs": ("sphinx-build", "mkdocs", "jsdoc", "make html", "make docs"),
    "install": (
        "pip",
        "uv pip",
        "uv sync",
        "uv add",
        "uv venv",
        "poetry install",
        "poetry sync",
        "pdm install",
        "pdm sync",
        "pipenv",
        "conda",
        "mamba",
        "pixi install",
        "npm",
        "python -m venv",
        "virtualenv",
    ),
}


def clean(data: bytes) -> str:
    """Return output as text: without colours and titles, of a line that was written over only the last version."""
    text = _CODES.sub("", data.decode("utf-8", "replace")).replace("\r\n", "\n").replace("\r\r\n", "\n")
    return "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))


def calls(command: str) -> tuple[Call, ...]:
    """Return the program calls of a command line, and the calls that those start in turn."""
    found: list[Call] = []
    for first in split_line(command):
        call: Call | None = first
        for _ in range(_MOST_STEPS):
            if call is None:
                break
            found.append(call)
            if program_name(call) in _SHELLS and len(call.words) > 2 and call.words[1].endswith("c"):
                found += calls(call.words[2])
                break
            call = launched(call)
    return tuple(found)


def programs(command: str) -> tuple[str, ...]:
    """Return the plain names of the programs of a command line: "uv" and "pytest" for `uv run pytest`."""
    return tuple(dict.fromkeys(map(program_name, calls(command))))


def as_line(words: Sequence[str]) -> str:
    """Return the words of a command as they would be typed."""
    return shlex.join(words)


def stage(command: str) -> str:
    """Return what a command line is for, as `Failure.stage` names it."""
    lines = [" ".join((program_name(call), *call.words[1:])) for call in calls(command)]
    for name, starts in _STAGES.items():
        if any(f"{line} ".startswith(f"{start} ") for line in lines for start in starts):
            return name
    return "run"


def failures(command: str, exit_code: int, output: str) -> tuple[Failure, ...]:
    """Return what can be explained of a command's output: the command as a whole, then each exception in it."""
    seen = stage(command)
    whole = Failure(seen, command, exit_code, output)
    found = [whole]
    if words := _not_understood(output):
        found.append(whole._replace(stage="start", words=words))
    chains = [*_tracebacks(output), *_of_pytest(output)]
    where = "collect" if seen == "run" else seen
    found += [whole._replace(stage=where, raised=chain) for chain in dict.fromkeys(chains[:_MOST_FAILURES])]
    return tuple(found)


def _not_understood(output: str) -> tuple[str, ...]:
    found = re.search(r"^.*pytest.*: error: unrecognized arguments: (.+)$", output, re.MULTILINE)
    try:
        return tuple(word for word in shlex.split(found[1]) if word.startswith("-")) if found else ()
    except ValueError:
        return ()


# Python's tracebacks ----------------------------------------------------------------------------------------------

_START = re.compile(r"^(.*?)Traceback \(most recent call last\):\s*$")
_FRAME = re.compile(r'^\s*File "(.+?)", line (\d+)')
_ERROR = re.compile(r"^\s*((?:[A-Za-z_]\w*\.)*[A-Z]\w*)(?:: (.*))?$")
_LINKS = ("During handling of the above exception", "The above exception was the direct cause")


def _tracebacks(output: str) -> Iterator[tuple[Raised, ...]]:
    """Yield the chain of exceptions of each traceback, the one that was seen last first."""
    chain: list[Raised] = []
    frames: list[Frame] = []
    margin: str | None = None
    for raw in output.split("\n"):
        start = _START.match(raw)
        if start:
            margin, frames = start[1], []
            continue
        if margin is None:
            if chain and raw.strip() and not raw.strip().startswith(_LINKS):
                yield tuple(reversed(chain))
                chain = []
            continue
        line = raw.removeprefix(margin)
        frame = _FRAME.match(line)
        if frame:
            frames.append(Frame(frame[1], int(frame[2])))
        elif line.startswith("    ") and frames and not frames[-1].source:
            frames[-1] = frames[-1]._replace(source=line.strip())
        elif not line[:1].isspace() and (error := _ERROR.match(line)):
            chain.append(raised(error[1], error[2] or "", tuple(frames)))
            margin = None
    if chain:
        yield tuple(reversed(chain))


def raised(name: str, message: str, frames: tuple[Frame, ...] = ()) -> Raised:
    """Return an exception of which only name and message are known; those of Python are known with their bases."""
    known = getattr(builtins, name, None)
    if isinstance(known, type) and issubclass(known, BaseException):
        types = tuple(f"builtins.{each.__name__}" for each in known.__mro__ if each is not object)
    else:
        types = (name, "builtins.Exception")
    return Raised(types, message, tuple(_attributes(name, message)), frames)


def _attributes(name: str, message: str) -> Iterator[tuple[str, str]]:
    if name.endswith(("ModuleNotFoundError", "ImportError")) and (
        found := re.match(r"No module named '?([\w.]+)", message)
    ):
        yield "name", found[1]
    if found := re.match(r"\[Errno (\d+)\]", message):
        yield "errno", found[1]
    if name == "FileNotFoundError" and (found := re.search(r": '([^']+)'$", message)):
        yield "filename", found[1]


# What pytest says -------------------------------------------------------------------------------------------------

_PLACE = re.compile(r"^(\S.*?):(\d+): (?:in |\w+$|\w+Error)")
_SAID = re.compile(
    r"^E\s+((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|NotReady|Configured|Interrupt))(?:: (.*))?$"
)
_FIXTURE = re.compile(r"^E\s+fixture '(\w+)' not found$")
_TEST = re.compile(r"^file (.+), line (\d+)$")


def _of_pytest(output: str) -> Iterator[tuple[Raised, ...]]:
    """Yield what each error of pytest's summary is about: lines that begin with "E", the places above them."""
    frames: list[Frame] = []
    for line in output.split("\n"):
        place = _PLACE.match(line) or _TEST.match(line)
        if place:
            frames.append(Frame(place[1], int(place[2])))
        elif line.startswith(("____", "====")):
            frames = []
        elif frames and line.startswith("    ") and not frames[-1].source:
            frames[-1] = frames[-1]._replace(source=line.strip())
        elif fixture := _FIXTURE.match(line):
            types = ("_pytest.fixtures.FixtureLookupError", "builtins.LookupError", "builtins.Exception")
            yield (Raised(types, line[1:].strip(), (("argname", fixture[1]),), tuple(frames)),)
        elif said := _SAID.match(line):
            yield (raised(said[1], said[2] or "", tuple(frames)),)
            frames = []


def is_failure_of_tests(output: str) -> bool:
    """Tell whether a run of tests came to its end, and said itself what failed."""
    return bool(re.search(r"^=*\s?(\d+ \w+, )*\d+ (failed|passed)\b.* in [\d.]+s", output, re.MULTILINE)) or bool(
        re.search(r"^Ran \d+ tests? in [\d.]+s$", output, re.MULTILINE)
    )


_SET_UP = word_set(
    "pip uv poetry pdm pipenv hatch conda mamba pixi npm git docker docker-compose pre-commit prek build maturin "
    "virtualenv sphinx-build mkdocs"
)


def is_worth_a_word(command: str, output: str) -> bool:
    """Tell whether a failure without a known cause is one to be honest about: of set-up, not of tests that ran."""
    called = programs(command)
    if is_failure_of_tests(output) or "pytest" in called:
        return False
    quiet = re.match(
        r"git (?:diff|grep|status|log|show|merge-base|check-ignore|ls-remote|show-ref|rev-parse)\b", command
    )
    return bool(_SET_UP.intersection(called)) and not quiet
