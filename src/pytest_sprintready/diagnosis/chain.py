"""An exception as plain values: its types, what it carries, the lines it went through, its causes."""

from __future__ import annotations

import linecache
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.model import Frame, Raised

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_CARRIED = ("name", "path", "errno", "filename", "argname", "returncode", "cmd", "host", "port", "address", "stderr")
_LONGEST = 2000
_MOST_FRAMES = 60
_MOST_CAUSES = 8


def chain(error: BaseException, root: str) -> tuple[Raised, ...]:
    """Return an exception and what it was raised from or while handling, paths relative to `root` inside of it."""
    return tuple(_raised(each, root) for each in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(seen) < _MOST_CAUSES:
        seen.add(id(current))
        yield current
        hidden = (
            current.__suppress_context__ and type(current).__name__ != "UsageError"
        )  # pytest's own keeps it as text
        following = current.__cause__ or (None if hidden else current.__context__)
        current = following or _carried(current)


def _carried(error: BaseException) -> BaseException | None:
    """Return the first exception of a group, or the one that a doctest met."""
    first = next(iter(getattr(error, "exceptions", ())), None) or next(iter(getattr(error, "failures", ())), None)
    met = getattr(error, "exc_info", None)  # of doctest.UnexpectedException
    found = met[1] if isinstance(met, tuple) and len(met) == 3 else first
    return found if isinstance(found, BaseException) else None


def _raised(error: BaseException, root: str) -> Raised:
    types = tuple(f"{each.__module__}.{each.__qualname__}" for each in type(error).__mro__ if each is not object)
    return Raised(types, _text(error), tuple(_attributes(error)), tuple(_frames(error, root)))


def _text(error: BaseException) -> str:
    try:
        return str(error)[:_LONGEST]
    except Exception:  # noqa: BLE001  somebody's __str__ is no matter here
        return ""


def _attributes(error: BaseException) -> Iterator[tuple[str, str]]:
    for name in _CARRIED:
        try:
            value = getattr(error, name, None)
        except Exception:  # noqa: BLE001, S112  somebody's property is no matter here
            continue
        if isinstance(value, bytes):
            value = value.decode("utf-8", "replace")
        if isinstance(value, (list, tuple)):
            value = " ".join(map(str, value))
        if isinstance(value, (str, int)) and value != "":
            yield name, str(value)[:_LONGEST]


def _frames(error: BaseException, root: str) -> Iterator[Frame]:
    traceback: TracebackType | None = error.__traceback__
    places = []
    while traceback is not None:
        places.append((traceback.tb_frame.f_code.co_filename, traceback.tb_lineno))
        traceback = traceback.tb_next
    for path, line in places[-_MOST_FRAMES:]:
        if "importlib" not in path:
            yield frame(path, line, root)
    for function in _asking(error):
        code = getattr(function, "__code__", None)
        if code is not None:
            yield _definition(code.co_filename, code.co_firstlineno, root)


def _asking(error: BaseException) -> Iterator[object]:
    """Yield the functions that asked for a fixture nobody has: the test, and fixtures on the way."""
    item = getattr(getattr(error, "request", None), "_pyfuncitem", None)
    yield getattr(item, "obj", None)
    for definition in getattr(error, "fixturestack", ()):
        yield getattr(definition, "func", definition)


def frame(path: str, line: int, root: str) -> Frame:
    """Return a line of a file with its text."""
    return Frame(relative(path, root), line, linecache.getline(path, line).strip())


def _definition(path: str, first: int, root: str) -> Frame:
    """Return the line with `def`, which follows the decorators."""
    lines = range(first, first + 20)
    line = next((at for at in lines if linecache.getline(path, at).lstrip().startswith(("def ", "async "))), first)
    return frame(path, line, root)


def relative(path: str, root: str) -> str:
    """Return a path from the root, POSIX, where it is inside."""
    path, root = path.replace("\\", "/"), root.replace("\\", "/").rstrip("/")
    return path[len(root) + 1 :] if path.startswith(f"{root}/") else path
