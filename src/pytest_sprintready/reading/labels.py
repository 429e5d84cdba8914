"""Labels of a forge as files keep them: label lists for synchronising bots, and the labels issue templates set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.reading.loaders import load_toml, load_yaml
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

# What sprints and forges call the entry point; https://docs.github.com/en/communities names the first one.
STANDARD_LABEL = "good first issue"
_MOST_LABELS = 1000

# Names in use for newcomers' issues (GUIDANCE row 42; the names issue finders know), with a prefix such as "status: ".
_BEGINNER = pattern(
    r"""(?: [A-Za-z]+ [ ]? [:/-] [ ]? )? \b (?:
        good [- _] (?:for[- _])? (?:first|1st|newcomers?|beginners?) [- _] (?:time[- _])?
          (?:issues? | bugs? | prs? | contributions? | contributors? | tasks? | timers?)
      | first [- _]? timers? [- _]? (?:only|friendly|issue)?
      | first [- _] time [- _] contributors?
      | (?:beginners? | newcomers?) (?:[- _]friendly)?
      | (?:contributor | newbie | first [- _] timer) [- _] friendly
      | new [- _] contributors?
      | low [- _] hanging [- _] fruits?
      | starter (?:[- _](?:bug|issue|task))?
      | easy (?:[- _]?(?:fix | pickings? | pick | issues? | bugs?))?
      | entry [- _] level | junior [- _] jobs? | up [- _] for [- _] grabs | contributions? [ ] welcome
      | difficulty [ ]? [:/-] [ ]? (?:easy|beginner|novice|low)
      | onboarding | bitesize | novice
    ) \b""",
    re.IGNORECASE | re.VERBOSE,
)
_DECORATION = pattern(r"^[^\w(\[]+|:[\w+-]+:|[^\w)\]]+$")


class Label(NamedTuple):
    """A label as a file defines it; `line` is where its name stands."""

    name: str
    description: str
    color: str
    path: str
    line: int | None


def plain_name(label: str) -> str:
    """Return a label's name for comparing: lower case, one blank for every run of blanks and punctuation."""
    return re.sub(r"[\W_]+", " ", label).strip().lower()


def is_standard(label: str) -> bool:
    """Return whether a label is `good first issue`, in whatever spelling of blanks and capitals."""
    return plain_name(label) == STANDARD_LABEL


def is_beginner(label: str) -> bool:
    """Return whether a label's name says that it is for newcomers; signs around it, as on forges, say nothing."""
    return any(_BEGINNER.fullmatch(name) is not None for name in (label.strip(), _DECORATION.sub("", label).strip()))


def read_labels(path: str, text: str) -> tuple[Label, ...]:
    """Return the labels a label file defines, in order; () where the file is about something else.

    Knows lists of tables, tables by name, and both below a key "labels" or "label". Raises FileProblem.
    """
    # JSON is YAML
    data = load_toml(path, text) if path.endswith(".toml") else load_yaml(path, text)
    return tuple(_labels(data, path, text))


def _labels(data: Any, path: str, text: str) -> Iterator[Label]:
    if isinstance(data, dict):
        for key in ("labels", "label"):
            if isinstance(data.get(key), (list, dict)):
                data = data[key]
                break
    if isinstance(data, dict):
        entries = [{"name": name, **entry} for name, entry in data.items() if isinstance(entry, dict)]
    elif isinstance(data, list):
        entries = [entry for entry in data if isinstance(entry, dict)]
    else:
        return
    for entry in entries[:_MOST_LABELS]:
        name = entry.get("name")
        if isinstance(name, str) and ("color" in entry or "colour" in entry or "description" in entry):
            color = entry.get("color", entry.get("colour"))
            yield Label(
                name, str(entry.get("description") or ""), "" if color is None else str(color), path, _line(text, name)
            )


def _line(text: str, needle: str) -> int | None:
    offset = text.find(needle)
    return None if offset < 0 else text.count("\n", 0, offset) + 1


def template_labels(path: str, text: str) -> tuple[tuple[str, int | None], ...]:
    """Return the labels an issue template sets, each with its line: a form's `labels`, a Markdown page's front matter.

    Raises FileProblem.
    """
    front = text
    if not path.endswith((".yml", ".yaml")):
        match = re.match(r"\ufeff?---[ \t]*\n(.*?\n)---[ \t]*(?:\n|$)", text, re.DOTALL)
        if match is None:
            return ()
        front = match[1]
    data = load_yaml(path, front)
    labels = data.get("labels") if isinstance(data, dict) else None
    if isinstance(labels, str):
        labels = labels.split(",")
    if not isinstance(labels, list):
        return ()
    names = [label.strip().strip("\"'") for label in labels if isinstance(label, str)]
    return tuple((name, _line(text, name)) for name in names if name)
