"""What a recorded run of `sprintready verify` needed, written where the documents stopped short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import verified
from pytest_sprintready.fixes.model import Edit, Fix, LeftAlone
from pytest_sprintready.fixes.registry import fixer
from pytest_sprintready.reading.shell import split_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_sprintready.fixes.registry import Case
    from pytest_sprintready.outcome import Deviation

_PROMPT = r"[ \t]*(\([\w.-]+\)[ \t]*)?([$#%>][ \t]+)?"


@fixer("SR513")
def write_what_it_needed(case: Case) -> Fix | LeftAlone:
    """Add the lines that were needed after those that did not suffice, or in their place.

    With these lines the clone was green, so they are safe; of a run that failed all the same a human has to judge.
    """
    facts = case.facts
    record = verified.record(facts)
    texts: dict[str, list[str]] = {}
    left: list[Deviation] = []
    wanted = list(verified.undocumented(facts))
    # From the last line up: what is written below does not move what stands above.
    order = sorted((each.place.line or 0 if each.place else 0, index) for index, each in enumerate(wanted))
    for _line_number, index in reversed(order):
        deviation = wanted[index]
        path = deviation.place.path if deviation.place else ""
        if not all(command.isprintable() for command in deviation.commands) or not facts.snapshot.has(path):
            left.append(deviation)
            continue
        lines = texts.get(path) or facts.snapshot.read(path).split("\n")
        changed = _written(lines, deviation) if deviation.commands else None
        if changed is None:
            left.append(deviation)
        else:
            texts[path] = changed
    reasons = tuple(f"{each.needed} ({each.advice})" for each in wanted if each in left)
    done = [command for each in wanted if each not in left for command in each.commands]
    if not done or record is None:
        paste = "\n".join(command for each in wanted for command in each.commands)
        return LeftAlone("SR513", "; ".join(reasons) or "why the tests are not green no edit of the guide mends", paste)
    edits = tuple(Edit(path, facts.snapshot.read(path), "\n".join(lines)) for path, lines in texts.items())
    told = " and ".join(f"`{command}`" for command in done)
    summary = f"write {told} into {', '.join(texts)}, as `sprintready verify` needed it"
    partly = bool(left) or not record.green
    return Fix("SR513", summary, edits, safe=record.green, left_out=reasons, partly=partly)


def _written(lines: Sequence[str], deviation: Deviation) -> list[str] | None:
    """Return a page with the commands of a deviation; None where what it said is no longer there to be found."""
    said = deviation.says.partition("\n")[0].strip()
    index = _line(lines, said, deviation.place.line if deviation.place else None) if said else None
    if index is None:
        return None
    line = lines[index]
    before, instead = deviation.written == "before", deviation.written == "instead"
    instead = instead or (not before and _covers(deviation.commands, said))
    start = line.index(said)
    if re.fullmatch(_PROMPT, line[:start]):
        end = index
        while lines[end].rstrip().endswith("\\") and end + 1 < len(lines):
            end += 1
        kept = [] if instead else list(lines[index : end + 1])
        rest = line[start + len(said) :] if instead and end == index else ""
        new = [f"{line[:start]}{command}{rest}" for command in deviation.commands]
        return [*lines[:index], *(new + kept if before else kept + new), *lines[end + 1 :]]
    for ticks in ("``", "`"):
        span = f"{ticks}{said}{ticks}"
        if line.count(span) == 1:
            spans = [f"{ticks}{command}{ticks}" for command in deviation.commands]
            told = ", then run ".join(spans if instead else [*spans, span] if before else [span, *spans])
            return [*lines[:index], line.replace(span, told), *lines[index + 1 :]]
    return None


def _line(lines: Sequence[str], said: str, number: int | None) -> int | None:
    """Return the index of the line that says it: the one it was, else the only one."""
    if number and number <= len(lines) and said in lines[number - 1]:
        return number - 1
    found = [index for index, line in enumerate(lines) if said in line]
    return found[0] if len(found) == 1 else None


def _covers(commands: Sequence[str], said: str) -> bool:
    """Tell whether the one new command installs all that the old one does: `-e .[test]` does what `-e .` does."""
    old, new = split_line(said), split_line(commands[0]) if len(commands) == 1 else []
    if len(old) != 1 or len(new) != 1:
        return False
    had, has = _installed(old[0].words), _installed(new[0].words)
    return bool(had) and all(word in has or any(each.startswith(f"{word}[") for each in has) for word in had)


def _installed(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(words[words.index("install") + 1 :]) if "pip" in words and "install" in words else ()
