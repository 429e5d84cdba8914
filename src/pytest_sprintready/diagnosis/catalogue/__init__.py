"""The catalogue of causes: one module a family, found by walking this folder.

A cause is a function from what was seen to fail to the one diagnosis, or None where it was something else:

    @cause("SRN41", "missing-fixture", title=..., looks=..., why=..., prevent=..., checks=("SR206",))
    def missing_fixture(seen: Seen) -> Diagnosis | None:
        raised = seen.first("_pytest.fixtures.FixtureLookupError")
        ...

It goes by types and attributes of exceptions and by exit codes first, by text only where there is nothing else, and
never by text of the operating system alone, which is translated. It names nothing that the repository does not have.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.diagnosis.seen import Seen

    Recognise = Callable[[Seen], Diagnosis | None]

_CODE = re.compile(r"SRN\d\d")


class Entry(NamedTuple):
    """A cause in general, for the page about it: what it looks like, why it happens, how a maintainer prevents it.

    `checks` are the codes of the checks that find it beforehand. With `last`, every other cause comes before it.
    """

    code: str
    name: str
    title: str
    looks: str
    why: str
    prevent: str
    recognise: Recognise
    checks: tuple[str, ...] = ()
    last: bool = False


_registered: dict[str, Entry] = {}
_also: dict[str, list[Recognise]] = {}


def cause(
    code: str,
    name: str,
    *,
    title: str,
    looks: str,
    why: str,
    prevent: str,
    checks: tuple[str, ...] = (),
    last: bool = False,
) -> Callable[[Recognise], Recognise]:
    """Register the decorated function; raises ValueError for a malformed code and for a code or name that is taken."""

    def register(recognise: Recognise) -> Recognise:
        if not _CODE.fullmatch(code):
            raise ValueError(f"{code!r} is no code of a cause: SRN and two digits")
        for known in _registered.values():
            if code == known.code or name == known.name:
                raise ValueError(f"{code} {name}: taken by {known.code} {known.name}")
        _registered[code] = Entry(code, name, title, looks, why, prevent, recognise, checks, last)
        return recognise

    return register


def also(code: str) -> Callable[[Recognise], Recognise]:
    """Let the decorated function recognise a cause that another module registers, where that one does not."""

    def register(recognise: Recognise) -> Recognise:
        _also.setdefault(code, []).append(recognise)
        return recognise

    return register


@functools.cache
def _load() -> None:
    for module in pkgutil.iter_modules(__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"{__name__}.{module.name}")
    for code, more in _also.items():
        if entry := _registered.get(code):
            _registered[code] = entry._replace(recognise=_first_of((entry.recognise, *more)))


def _first_of(ways: tuple[Recognise, ...]) -> Recognise:
    @functools.wraps(ways[0])
    def recognise(seen: Seen) -> Diagnosis | None:
        return next(filter(None, (way(seen) for way in ways)), None)

    return recognise


def catalogue() -> tuple[Entry, ...]:
    """All causes, in the order of their codes."""
    _load()
    return tuple(_registered[code] for code in sorted(_registered))


def find(selector: str) -> Entry | None:
    """Return the cause with this code or name, None if there is none."""
    return next((entry for entry in catalogue() if selector in (entry.code, entry.name)), None)


def entries_for(check: str) -> tuple[Entry, ...]:
    """Return the causes that a check finds beforehand."""
    return tuple(entry for entry in catalogue() if check in entry.checks)
