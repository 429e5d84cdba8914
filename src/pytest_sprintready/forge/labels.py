"""The labels a sprint needs, against those on the forge; and how the missing ones are made.

Nothing is deleted or renamed, and what somebody wrote is left as it is: labels are added, and descriptions where there
are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple
from urllib.parse import quote

from pytest_sprintready.errors import ForgeError
from pytest_sprintready.forge.http import BadAnswer
from pytest_sprintready.forge.model import Label
from pytest_sprintready.reading.labels import is_beginner, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pytest_sprintready.forge.http import Client
    from pytest_sprintready.forge.where import Place

# Names and colours where forges have a custom; the wording says whom a label is for.
_NEEDED = (
    Label("good first issue", "7057ff", "Small, explained, and free to take: a good start for newcomers"),
    Label("sprint", "0e8a16", "Kept for the people at a sprint"),
    Label("documentation", "0075ca", "Words, not code: guides, docstrings, examples"),
    Label("help wanted", "008672", "Free to take; needs somebody who knows their way around"),
)

Action = Literal["keep", "create", "describe"]


class Step(NamedTuple):
    """What happens to a label: `have` is the one there is, "" for none; `wanted` what it will be."""

    action: Action
    wanted: Label
    have: str = ""


def plan(labels: Sequence[Label], aliases: Sequence[str] = (), sprint_labels: Sequence[str] = ()) -> tuple[Step, ...]:
    """Return what to do for each label a sprint needs; labels of the same meaning count, whatever their spelling.

    `aliases` are a project's own names of its label for newcomers, `sprint_labels` how its labels for sprints begin.
    """
    return tuple(_step(needed, labels, aliases, sprint_labels) for needed in _NEEDED)


def _step(needed: Label, labels: Sequence[Label], aliases: Sequence[str], sprint_labels: Sequence[str]) -> Step:
    there = list(_alike(needed, labels, aliases, sprint_labels))
    if not there:
        name = aliases[0] if needed.name == "good first issue" and aliases else needed.name
        return Step("create", needed._replace(name=name))
    bare = [label for label in there if not label.description.strip()]
    if len(bare) < len(there):
        kept = next(label for label in there if label.description.strip())
        return Step("keep", kept, kept.name)
    return Step("describe", bare[0]._replace(description=needed.description), bare[0].name)


def _alike(
    needed: Label, labels: Sequence[Label], aliases: Sequence[str], sprint_labels: Sequence[str]
) -> Iterator[Label]:
    """Yield the labels that do what `needed` does, the one of its very name first."""
    own = {plain_name(alias) for alias in aliases}
    starts = tuple(plain_name(word) for word in sprint_labels)
    for label in sorted(labels, key=lambda label: plain_name(label.name) != needed.name):
        name = plain_name(label.name)
        if (
            name == needed.name
            or (needed.name == "good first issue" and (name in own or is_beginner(label.name)))
            or (needed.name == "sprint" and any(word and f" {word} " in f" {name} " for word in starts))
            or (needed.name == "documentation" and name.rpartition(" ")[2] in ("docs", "doc", "documentation"))
        ):
            yield label


def current(client: Client, place: Place) -> tuple[Label, ...]:
    """Return the labels as they are now, no cache asked; raises ForgeError."""
    from importlib import import_module

    label_of = import_module(f"pytest_sprintready.forge.{place.forge}").label_of
    size = {"limit": 50} if place.forge == "gitea" else {"per_page": 100}
    entries = client.pages(f"{place.path}/labels", size, fresh=True)
    return tuple(label_of(entry) for entry in entries if isinstance(entry, dict))


def apply(client: Client, place: Place, steps: Sequence[Step]) -> Iterator[tuple[Step, str]]:
    """Do what the plan says; yield each step with "" or the reason why it failed. Raises ForgeError without a token."""
    if client.token is None:
        raise ForgeError(
            f"{place.host} changes labels only for those who show a token",
            "docs/issues.md tells which rights it needs and where to put it",
        )
    for step in steps:
        if step.action == "keep":
            continue
        try:
            _do(client, place, step)
        except ForgeError as error:
            yield step, error.message
        else:
            yield step, ""


def _do(client: Client, place: Place, step: Step) -> None:
    label = step.wanted
    color = label.color if place.forge == "github" else f"#{label.color}"
    if step.action == "create":
        fields = {"name": label.name, "color": color, "description": label.description}
        client.send("POST", f"{place.path}/labels", fields)
    elif place.forge == "gitlab":
        address = f"{place.path}/labels/{quote(step.have, safe='')}"
        client.send("PUT", address, {"description": label.description})
    elif place.forge == "github":
        address = f"{place.path}/labels/{quote(step.have, safe='')}"
        client.send("PATCH", address, {"description": label.description})
    else:
        address = f"{place.path}/labels/{_id_of(client, place, step.have)}"
        client.send("PATCH", address, {"description": label.description})


def _id_of(client: Client, place: Place, name: str) -> int:
    """Return Gitea's number of a label; raises BadAnswer where it is gone."""
    for entry in client.pages(f"{place.path}/labels", {"limit": 50}, fresh=True):
        if _is(entry, name):
            return int(entry["id"])
    raise BadAnswer(f'the label "{name}" is not there any more')


def _is(entry: Mapping[str, object], name: str) -> bool:
    return isinstance(entry, dict) and entry.get("name") == name and type(entry.get("id")) is int
