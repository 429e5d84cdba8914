"""SR106: what documented commands name exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts, references

_KINDS = {
    "extra": "extra",
    "group": "dependency group",
    "group-or-extra": "dependency group or extra",
    "session": "nox session",
    "tag": "nox tag",
    "tox-env": "tox environment",
    "target": "make target",
    "recipe": "just recipe",
    "hatch-script": "hatch script",
    "hatch-env": "hatch environment",
    "pdm-script": "pdm script",
    "poe-task": "poe task",
    "pixi-task": "pixi task",
    "invoke-task": "invoke task",
    "spin-command": "spin command",
    "npm-script": "npm script",
    "hook": "pre-commit hook",
    "requirements": "requirements file",
    "script": "script",
    "file": "file",
    "folder": "folder",
}
_MOST_NAMED = 5


@check(
    "SR106",
    "documented-commands",
    Severity.REQUIRED,
    title="A documented command names something that does not exist",
    why="It fails when typed, or worse: pip only warns of an unknown extra, and half an environment is the result.",
    fix="Correct the command in the document, or bring back what it names.",
    source="GUIDANCE row 6",
)
def documented_commands(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge names that can be known without running anything; what may be made or installed is left alone."""
    from pytest_sprintready.facts import references

    if not facts.documented:
        raise SkipCheck("no command is documented for contributors")
    for path in dict.fromkeys(each.command.path for each in facts.documented):
        yield Evidence(path)
    for lacking in references.missing(facts):
        yield Finding(_message(lacking), lacking.documented.place, fix=_fix(lacking))


def _message(lacking: references.Missing) -> str:
    from pytest_sprintready.facts import references

    said = f"`{lacking.documented.command.text}`"
    kind = _KINDS.get(lacking.kind, lacking.kind)
    if lacking.instead:
        other = "a dependency group" if lacking.kind == "extra" else "an extra"
        return f'{said} asks for the {kind} "{lacking.name}", but "{lacking.name}" is {other}.'
    configured = references.configuration_of(lacking)
    if configured and not lacking.configured:
        return f'{said} asks for the {kind} "{lacking.name}", but there is no {configured}.'
    known = f"; there {_listed(lacking.known)}" if lacking.known and lacking.kind not in _PLACES else ""
    return f'{said} needs the {kind} "{lacking.name}", which does not exist{known}.'


_PLACES = frozenset(["requirements", "script", "file", "folder"])


def _listed(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{'is' if len(names) == 1 else 'are'} {shown}{more}"


def _fix(lacking: references.Missing) -> str:
    from pytest_sprintready.facts import references

    if lacking.instead:
        return f"Write {lacking.instead} there: pip and uv keep extras and dependency groups apart."
    nearest = references.nearest(lacking)
    if nearest:
        return f'Write "{nearest}" there, if that is what is meant; otherwise take the command out.'
    return f'Correct the command in {lacking.documented.command.path}, or add "{lacking.name}".'
