"""Documented commands that name what no longer exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import references
from pytest_sprintready.fixes.model import Edit, Fix, LeftAlone
from pytest_sprintready.fixes.registry import fixer

if TYPE_CHECKING:
    from pytest_sprintready.facts.references import Missing
    from pytest_sprintready.fixes.registry import Case

_LINES_OF_A_COMMAND = 6


@fixer("SR106")
def correct_commands(case: Case) -> Fix | LeftAlone:
    """Write the nearest name that exists, if that is what is meant: a human has to say so."""
    facts = case.facts
    texts: dict[str, str] = {}
    done: list[str] = []
    unclear: list[str] = []
    for lacking in references.missing(facts):
        path = lacking.documented.command.path
        text = texts.get(path) or facts.snapshot.read(path)
        new = _corrected(text, lacking)
        if new is None:
            unclear.append(f'{lacking.documented.place} ("{lacking.name}")')
        else:
            texts[path] = new
            done.append(lacking.name)
    if unclear or not done:
        return LeftAlone("SR106", f"what is meant at {', '.join(unclear[:3])} only you know")
    edits = tuple(Edit(path, facts.snapshot.read(path), text) for path, text in texts.items())
    return Fix("SR106", f"correct {', '.join(dict.fromkeys(done))} in {', '.join(texts)}", edits, safe=False)


def _corrected(text: str, lacking: Missing) -> str | None:
    """Return the page with one name corrected in the lines of its command; None where it is unclear how."""
    lines = text.split("\n")
    start = lacking.documented.command.line - 1
    if lacking.instead.startswith("--") and lacking.kind == "extra":
        pattern, new = rf"([\"']?)\.\[{re.escape(lacking.name)}\]\1", f". {lacking.instead}"
    else:
        nearest = references.nearest(lacking)
        if lacking.instead or not nearest:
            return None
        pattern, new = rf"(?<![\w.-]){re.escape(lacking.name)}(?![\w-])", nearest
    for index in range(start, min(start + _LINES_OF_A_COMMAND, len(lines))):
        changed, times = re.subn(pattern, lambda _found: new, lines[index])
        if times == 1:
            lines[index] = changed
            return "\n".join(lines)
        if times:
            return None
    return None
