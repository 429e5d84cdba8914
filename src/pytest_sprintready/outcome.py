"""What became of a fresh clone: the values of `sprintready verify`, and their JSON form, written and read here."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA = 1
"""Of the JSON form; fields are added within a number, never changed."""

RECORD = ".sprintready/verify.json"
"""Where `verify --record` keeps the last outcome, from the root of the repository."""


class Verdict(enum.Enum):
    """How far a newcomer comes."""

    GREEN = "green"
    TESTS_FAILED = "tests-failed"
    NO_TESTS = "no-tests"
    START_FAILED = "start-failed"
    COLLECTION_FAILED = "collection-failed"
    SETUP_FAILED = "setup-failed"
    TIMEOUT = "timeout"
    UNSUPPORTED = "unsupported"


class Counts(NamedTuple):
    """How many tests ended in which way. `errors` are of set-up and tear-down, `uncollected` files not understood."""

    passed: int = 0
    failed: int = 0
    errors: int = 0
    skipped: int = 0
    xfailed: int = 0
    xpassed: int = 0
    deselected: int = 0
    uncollected: int = 0

    def __add__(self, other: object) -> Counts:
        """Return the sum of two runs, field by field."""
        if not isinstance(other, Counts):
            return NotImplemented
        return Counts(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def broken(self) -> int:
        """What stands between this and green."""
        return self.failed + self.errors + self.uncollected


class Run(NamedTuple):
    """One command that was run.

    `phase` is "clone", "setup" or "test". `source` says whose idea it was: "documented", "ci", "configuration",
    "repair" or "tool" (what a newcomer has before the first command). `exit_code` is None where we ended it, and
    `ended` then says why. `seconds` are of wall time; `log` the last part of its output, as it came.
    """

    command: str
    phase: str
    source: str
    place: Evidence | None = None
    exit_code: int | None = None
    seconds: float = 0.0
    log: str = ""
    ended: str = ""


class Deviation(NamedTuple):
    """Something that had to be done otherwise than the repository's documents say.

    `says` is what they say ("" where they say nothing), `place` where, or where it belongs; `needed` is what it took;
    `advice` what to change. `code` is that of the diagnosis, "" where there is none. `kind` is that of a Remedy.
    `commands` are the lines with which the documents would have sufficed, none where no line settles it, to be
    `written` "after" what they say, "before" it, or "instead" of it.
    """

    needed: str
    advice: str
    says: str = ""
    place: Evidence | None = None
    kind: str = ""
    code: str = ""
    commands: tuple[str, ...] = ()
    written: str = "after"

    @property
    def change(self) -> str:
        """The advice as a sentence: "change CONTRIBUTING.md:6: ..." where it begins with a place, else as it is."""
        begins_with_place = " " not in self.advice.partition(": ")[0]
        return f"change {self.advice}" if begins_with_place else self.advice


class Outcome(NamedTuple):
    """What a fresh clone came to.

    `cause` is one sentence where it is not green, and `hint` what comes next. `plan` names the way taken
    ("documented", "documented in one command", "the configuration's command", "as CI does", "configuration");
    `first_verdict` is what the first plan came to before anything was repaired, None where a repair came before it.
    Seconds are of wall time from the start of the clone; `first_green` is when the first test had passed, None where
    none did. `download_bytes` are what the caches of uv and pip grew by, unpacked. `locked` says whether a lock file
    chose the versions. `offline` is "green" where a second run passed with no network at all, else why it did not, ""
    where none was asked for. `network` is "closed", or why it was open while the tests ran. `date` is ISO 8601, in
    UTC. `commit` is a hash, `commit_date` ISO 8601. `kept` is the command that opens a shell in what was left.
    """

    name: str
    verdict: Verdict
    cause: str = ""
    hint: str = ""
    commit: str = ""
    commit_date: str = ""
    date: str = ""
    system: str = ""
    python: str = ""
    plan: str = ""
    first_verdict: Verdict | None = None
    counts: Counts = Counts()
    runs: tuple[Run, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    first_green: float | None = None
    download_bytes: int | None = None
    locked: bool = False
    offline: str = ""
    network: str = ""
    sandbox: str = ""
    kept: str = ""

    @property
    def green(self) -> bool:
        """Whether all tests passed."""
        return self.verdict is Verdict.GREEN

    @property
    def ran(self) -> bool:
        """Whether tests were collected and at least one passed."""
        return self.counts.passed > 0

    @property
    def as_documented(self) -> bool:
        """Whether it is green without anything beside what the documents say."""
        return self.green and not self.deviations and self.plan.startswith("documented")


def to_json(outcome: Outcome) -> dict[str, Any]:
    """Return the outcome as JSON values."""
    return {
        "schema": SCHEMA,
        **{field: getattr(outcome, field) for field in Outcome._fields},
        "verdict": outcome.verdict.value,
        "first_verdict": outcome.first_verdict and outcome.first_verdict.value,
        "counts": outcome.counts._asdict(),
        "runs": [_with_place(run) for run in outcome.runs],
        "deviations": [_with_place(deviation) for deviation in outcome.deviations],
        "notes": list(outcome.notes),
    }


def _with_place(value: Run | Deviation) -> dict[str, Any]:
    return {**value._asdict(), "place": value.place and value.place._asdict()}


def from_json(text: str, path: str = RECORD) -> Outcome:
    """Return the outcome that `text` holds. Raises FileProblem, naming `path`, where it holds none."""
    import json  # here, as every check of a repository looks whether it has a record

    try:
        data = json.loads(text)
        return _outcome(data)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        reason = f"is no record of `sprintready verify` ({type(error).__name__})"
        raise FileProblem(path, reason) from error


def _outcome(data: dict[str, Any]) -> Outcome:
    counts = {name: int(data["counts"].get(name, 0)) for name in Counts._fields}
    fields = {name: data[name] for name in Outcome._fields if name in data}
    first_green = data.get("first_green")
    for name in (
        "name",
        "cause",
        "hint",
        "commit",
        "commit_date",
        "date",
        "system",
        "python",
        "plan",
        "offline",
        "network",
    ):
        fields[name] = str(data.get(name, ""))
    return Outcome(
        **{
            **fields,
            "verdict": Verdict(data["verdict"]),
            "first_verdict": Verdict(data["first_verdict"]) if data.get("first_verdict") else None,
            "counts": Counts(**counts),
            "runs": tuple(_placed(Run, run) for run in data.get("runs", ())),
            "deviations": tuple(_deviation(deviation) for deviation in data.get("deviations", ())),
            "notes": tuple(str(note) for note in data.get("notes", ())),
            "seconds": float(data.get("seconds", 0)),
            "first_green": None if first_green is None else float(first_green),
        }
    )


def _deviation(data: dict[str, Any]) -> Deviation:
    texts = {name: str(data.get(name, "")) for name in ("needed", "advice", "says", "kind", "code", "written")}
    placed: Deviation = _placed(Deviation, {**data, **texts})
    return placed._replace(commands=tuple(str(line) for line in placed.commands))


def _placed(kind: Callable[..., Any], data: dict[str, Any]) -> Any:
    place = data.get("place")
    known = {name: value for name, value in data.items() if name in kind._fields}  # type: ignore[attr-defined]
    where = Evidence(str(place["path"]), int(place["line"]) if place.get("line") else None) if place else None
    return kind(**{**known, "place": where})
