"""What the forges have in common: what is wanted of one, and how its words become ours."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pytest_sprintready.errors import ForgeError
from pytest_sprintready.forge.model import MOST_BODY, Comment, Issue, Label, PullRequest
from pytest_sprintready.reading.labels import is_beginner, plain_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pytest_sprintready.config import Settings
    from pytest_sprintready.forge.model import ForgeData
    from pytest_sprintready.forge.where import Place

T = TypeVar("T")
D = TypeVar("D")

_BOT = re.compile(
    r"\[bot\]$|[-_]bot$|^bot[-_]|^(?:dependabot|renovate|github-actions|codecov\S*|stale"
    r"|allcontributors)$"
)
_CLOSES = r"(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?|implement(?:s|ed)?|address(?:es)?)\s*:?\s+"
_REFERENCE = re.compile(rf"\b{_CLOSES}(\S*?)(?:#|/issues/)(\d{{1,9}})\b", re.IGNORECASE)
_MOST_ISSUES = 300
# A forge answered in other words than it documents: its fault or ours, but no reason to lose the rest.
_UNEXPECTED = (KeyError, TypeError, ValueError, AttributeError, IndexError)


class Wanted(NamedTuple):
    """What to ask for: names of labels beside those that speak for themselves, and how much.

    `people` asks for the times of answers and for pull requests, too, which takes as many requests again.
    """

    beginner_labels: tuple[str, ...] = ()
    sprint_labels: tuple[str, ...] = ()
    people: bool = True
    most_issues: int = _MOST_ISSUES


def wanted(settings: Settings, *, people: bool = True) -> Wanted:
    """Return what a project's settings ask for."""
    return Wanted(settings.beginner_labels, settings.issues.sprint_labels, people)


class Gathering:
    """Collects what can be had; what cannot is a sentence among `problems`, and the rest goes on."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def attempt(self, what: str, ask: Callable[[], T], default: D) -> T | D:
        """Return what `ask` returns, or `default` with a problem noted."""
        try:
            return ask()
        except ForgeError as error:
            self.problems.append(f"{what}: {error.message}")
        except _UNEXPECTED as error:
            self.problems.append(f"{what}: the forge answered something unexpected ({type(error).__name__})")
        return default


def data_or_error(ask: Callable[[], ForgeData], place: Place) -> ForgeData | ForgeError:
    """Return what `ask` returns, or the error it raises."""
    try:
        return ask()
    except ForgeError as error:
        return error
    except _UNEXPECTED as error:
        return ForgeError(
            f"{place.host} answers what {place.forge} does not ({type(error).__name__})", "is --forge-kind right?"
        )


def choose_labels(labels: Iterable[Label], want: Wanted) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the labels for newcomers, and of those for sprints.

    "help wanted" counts where there is no other: it invites, though not newcomers in particular.
    """
    names = [label.name for label in labels]
    aliases = {plain_name(name) for name in want.beginner_labels}
    beginner = [name for name in names if plain_name(name) in aliases or is_beginner(name)]
    if not beginner:
        beginner = [name for name in names if plain_name(name) == "help wanted"]
    starts = [plain_name(word) for word in want.sprint_labels]
    sprint = [
        name for name in names if any(re.search(rf"\b{re.escape(word)}\b", plain_name(name)) for word in starts if word)
    ]
    return tuple(beginner), tuple(sprint)


def seconds(value: Any) -> int:
    """Return a forge's time, as ISO 8601, in seconds since the epoch; 0 for none."""
    if not isinstance(value, str):
        return 0
    text = re.sub(r"\.\d+", "", value.strip().replace("Z", "+00:00").replace("z", "+00:00"))
    try:
        moment = datetime.fromisoformat(text)
        return max(0, int(moment.timestamp())) if moment.tzinfo else 0
    except (ValueError, OverflowError, OSError):
        return 0


def text(value: Any, most: int = 1_000) -> str:
    """Return what should be text, cut to `most` characters; "" for anything else."""
    return value[:most] if isinstance(value, str) else ""


def number(value: Any) -> int:
    """Return what should be a whole number that is not negative; 0 for anything else."""
    return value if type(value) is int and value >= 0 else 0


def body(value: Any) -> str:
    """Return an issue's body as it is kept."""
    return text(value, MOST_BODY)


def is_bot(login: str, kind: str = "") -> bool:
    """Return whether an account is a program, by what the forge says or by its name."""
    return kind.lower() == "bot" or _BOT.search(login.lower()) is not None


def closes(words: str, place: Place) -> tuple[int, ...]:
    """Return the numbers of this repository's issues that a pull request's text says it closes."""
    found = []
    for prefix, digits in _REFERENCE.findall(words[:MOST_BODY]):
        other = prefix.strip("([<").lower()
        if not other or other.removeprefix("https://").endswith(place.name.lower()):
            found.append(int(digits))
    return tuple(dict.fromkeys(found))[:20]


def first_answer(author: str, comments: Iterable[Comment]) -> int:
    """Return when the first comment came that is neither its author's nor a bot's; 0 where none did."""
    return min((one.created for one in comments if not one.bot and one.author != author and one.created), default=0)


def with_links(issues: Sequence[Issue], requests: Iterable[PullRequest]) -> tuple[Issue, ...]:
    """Return the issues with the open pull requests that say they close them."""
    by_issue: dict[int, list[PullRequest]] = {}
    for request in requests:
        if request.state == "open":
            for closed in request.closes:
                by_issue.setdefault(closed, []).append(request)
    done = []
    for issue in issues:
        known = {request.url: request for request in (*(issue.pull_requests or ()), *by_issue.get(issue.number, ()))}
        done.append(issue._replace(pull_requests=tuple(known.values())))
    return tuple(done)


def latest(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return each issue once, the latest changed first."""
    unique: Mapping[int, Issue] = {issue.number: issue for issue in issues}
    return tuple(sorted(unique.values(), key=lambda issue: (-issue.updated, -issue.number)))
