"""What the tests said: sessions of pytest from their reports, other runners from their last lines."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

from pytest_sprintready.diagnosis.model import Failure, Frame, Raised
from pytest_sprintready.outcome import Counts

REPORTER = "_sprintready_reporter"

_MOST_REPORTS = 200
_LARGEST = 32 * 2**20


class Session(NamedTuple):
    """One session of pytest. Times are seconds since 1970; `failures` have the markers of their test beside them.

    `executable`, `version`, `prefix` and `path` are those of the Python it ran in. `exit_code` is None where it did
    not come to its end.
    """

    executable: str
    version: str
    prefix: str
    base_prefix: str
    path: tuple[str, ...]
    arguments: tuple[str, ...]
    counts: Counts
    collected: int | None
    exit_code: int | None
    first_pass: float | None
    failures: tuple[tuple[Failure, tuple[str, ...]], ...]


def sessions(folder: str) -> list[Session]:
    """Return the sessions whose reports lie in a folder, in the order they began. What is no report is passed over.

    The folder is one that tests can write to: nothing in it is believed beyond its form.
    """
    found = []
    for path in sorted(Path(folder).glob("*.json"))[:_MOST_REPORTS]:
        try:
            if path.is_symlink() or path.stat().st_size > _LARGEST:
                continue
            found.append(_session(json.loads(path.read_text(encoding="utf-8", errors="replace"))))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue
    return found


def _session(data: dict[str, Any]) -> Session:
    counts = data["counts"]
    first = data["first_pass"]
    return Session(
        executable=str(data["executable"]),
        version=str(data["version"]),
        prefix=str(data["prefix"]),
        base_prefix=str(data["base_prefix"]),
        path=tuple(map(str, data["path"])),
        arguments=tuple(map(str, data["args"])),
        counts=Counts(**{name: int(counts.get(name, 0)) for name in Counts._fields}),
        collected=None if data["collected"] is None else int(data["collected"]),
        exit_code=None if data["exit"] is None else int(data["exit"]),
        first_pass=None if first is None else float(first),
        failures=tuple((_failure(each), tuple(map(str, each["marks"]))) for each in data["failures"]),
    )


def _failure(data: dict[str, Any]) -> Failure:
    raised = tuple(
        Raised(
            tuple(map(str, each["types"])),
            str(each["message"]),
            tuple((str(name), str(value)) for name, value in each["attributes"].items()),
            tuple(Frame(str(path), int(line)) for path, line in each["frames"]),
        )
        for each in data["raised"]
    )
    text, captured = str(data["text"]), str(data.get("captured", ""))
    return Failure(str(data["stage"]), "pytest", None, text, raised, str(data["node"]), captured=captured)


_COLOURS = re.compile(r"\x1b\[[\d;]*m")
_PYTEST = re.compile(r"^=* ?((?:\d+ [a-z]+(?:, )?)+)(?: in [\d.]+s.*|$)", re.MULTILINE)
_PYTEST_WORDS = {
    "passed": "passed", "failed": "failed", "error": "errors", "errors": "errors", "skipped": "skipped",
    "xfailed": "xfailed", "xpassed": "xpassed", "deselected": "deselected",
}  # fmt: skip
_UNITTEST = re.compile(r"^Ran (\d+) tests? in [\d.]+s\s+(OK|FAILED)(?: \(([^)]*)\))?", re.MULTILINE)
_TRIAL = re.compile(r"^(PASSED|FAILED) \(([^)]*)\)", re.MULTILINE)


def counts_in(output: str) -> Counts | None:
    """Return what the summary lines of pytest, unittest (Django's too) and trial in an output add up to, None if none.

    Where one command starts several runs, all of them count.
    """
    plain = _COLOURS.sub("", output)
    total: Counts | None = None
    for match in _UNITTEST.finditer(plain):
        told = _named(match[3] or "")
        broken = {
            "failed": told.get("failures", 0) + told.get("unexpected successes", 0),
            "errors": told.get("errors", 0),
        }
        skipped, expected = told.get("skipped", 0), told.get("expected failures", 0)
        passed = max(int(match[1]) - sum(broken.values()) - skipped - expected, 0)
        total = (total or Counts()) + Counts(passed=passed, skipped=skipped, xfailed=expected, **broken)
    if total is not None:
        return total
    for match in _TRIAL.finditer(plain):
        told = _named(match[2])
        if "successes" in told or match[1] == "FAILED":
            total = (total or Counts()) + Counts(
                told.get("successes", 0), told.get("failures", 0), told.get("errors", 0), told.get("skips", 0)
            )
    if total is not None:
        return total
    for match in _PYTEST.finditer(plain):
        words = re.findall(r"(\d+) ([a-z]+)", match[1])
        known = {_PYTEST_WORDS[word]: int(number) for number, word in words if word in _PYTEST_WORDS}
        if known:
            total = (total or Counts()) + Counts(**known)
    return total


_PASSED = re.compile(r"^(?:\S+::\S.* PASSED\b|PASSED \S+::|\[gw\d+\].* PASSED |.* \.\.\. ok$)", re.MULTILINE)


_PROGRESS = re.compile(r"^(?:\S+ )?([.FEsxX]+) *\[ *\d+%\]$", re.MULTILINE)
_SIGNS = {".": "passed", "F": "failed", "E": "errors", "s": "skipped", "x": "xfailed", "X": "xpassed"}


def so_far(output: str) -> Counts:
    """Return what an output without a summary tells of the tests that had ended: of a run that was cut short."""
    plain = _COLOURS.sub("", output)
    signs = "".join(_PROGRESS.findall(plain))
    if signs:
        return Counts(**{name: signs.count(sign) for sign, name in _SIGNS.items()})
    return Counts(passed=len(_PASSED.findall(plain)))


_SUMMARY = re.compile(r"^(?:FAILED|ERROR) (\S+::\S.*?)(?: - (.*))?$", re.MULTILINE)
_REPORT = re.compile(
    r"^_{2,} (?:ERROR at \w+ of )?(\S.*?) _{2,}$|^(?:ERROR|FAIL): (\w+) \(|^\[(?:ERROR|FAIL)\]$", re.MULTILINE
)
_LAST_REPORT = re.compile(r"^(?:=+ (?:short test|warnings) summary|Ran \d+ tests? in )", re.MULTILINE)


def summary_in(output: str) -> list[tuple[str, str]]:
    """Return the tests that pytest, unittest or trial printed as failed, with the exception of each, "" for none."""
    plain = _COLOURS.sub("", output)
    short = _SUMMARY.findall(plain)
    return short or [(failure.node, _said(failure.output)) for failure in failures_in(plain)]


def failures_in(output: str) -> list[Failure]:
    """Return what pytest, unittest or trial printed of each test that failed, as far as there is that much of it."""
    plain = _COLOURS.sub("", output)
    begin = list(_REPORT.finditer(plain))
    found = []
    for number, each in enumerate(begin, start=1):
        end = begin[number].start() if number < len(begin) else len(plain)
        block = _LAST_REPORT.split(plain[each.end() : end])[0]
        found.append(Failure("run", output=block, node=each[1] or each[2] or ""))
    return found


def _said(block: str) -> str:
    """Return the exception that a traceback ends with."""
    after = block.rpartition("Traceback (most recent call last):")[2]
    return next((line[:200] for line in after.splitlines() if re.match(r"[A-Za-z_][\w.]*(:|$)", line)), "")


def _named(text: str) -> dict[str, int]:
    return {name.strip(): int(number) for name, number in re.findall(r"([a-z ]+)=(\d+)", text)}
