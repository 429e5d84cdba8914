"""The values of a diagnosis: what was seen to fail, what the cause is, and the command that comes next.

They are plain, so that they cross from a worker process to the one that prints.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pytest_sprintready.model import Evidence


class Frame(NamedTuple):
    """One line of a traceback, the source as written.

    `path` is from the repository's root, POSIX, or absolute outside of it. `new` where the line is in no commit that
    was there before: then it is the newcomer's own work.
    """

    path: str
    line: int
    source: str = ""
    new: bool = False


class Raised(NamedTuple):
    """One exception of a chain.

    `types` are the full names of its class and the bases of that, most derived first ("builtins.ModuleNotFoundError",
    "builtins.ImportError", ...); `attributes` what it carries beside its message ("name", "errno", "argname", ...).
    """

    types: tuple[str, ...]
    message: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    frames: tuple[Frame, ...] = ()

    def is_a(self, *names: str) -> bool:
        """Tell whether it is one of these exceptions, named in full."""
        return any(name in self.types for name in names)

    def get(self, attribute: str) -> str:
        """Return what it carries under a name, "" if it does not."""
        return dict(self.attributes).get(attribute, "")

    @property
    def module(self) -> str:
        """The top-level module its class comes from ("psycopg"), that of a base where the class is Python's own."""
        own = (name.partition(".")[0] for name in self.types)
        return next((module for module in own if module != "builtins"), "builtins")


class Failure(NamedTuple):
    """What was seen of one failure.

    `stage` is "clone", "install", "build", "start" (pytest before collection), "collect", "setup" (of a test), "run",
    "commit" or "docs". `raised` is the chain of exceptions, the one to explain first, its causes after it; `output` the
    last lines of a command where there is no exception to look at; `node` the test or file that failed, `markers` the
    names of that test's markers. `words` is what pytest itself did not understand: options, keys of its configuration.
    `captured` is what a test printed, with the programs it started.
    """

    stage: str
    command: str = ""
    exit_code: int | None = None
    output: str = ""
    raised: tuple[Raised, ...] = ()
    node: str = ""
    markers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    captured: str = ""


class Remedy(NamedTuple):
    """One command to type, and what it acts on, for those that apply it (`verify --repair`).

    `kind` is "install" (of what the project declares), "environment", "interpreter", "constraint", "system", "service",
    "git", "deselect", "configure" or "upgrade". `names` are what it brings: distributions, packages of the system, the
    extra ("extra:test") or dependency group ("group:test") it installs. `place` is where the repository says so.
    "again" is the command that failed, to be typed once the others have mended its cause.
    """

    command: str
    kind: str
    names: tuple[str, ...] = ()
    place: Evidence | None = None


class Diagnosis(NamedTuple):
    """One cause in the words of GUIDANCE.md part 3.

    `what` is one short sentence; `cause` the why, with `quote`, the user's own line unaltered, where there is one.
    `remedies` are in the order to type them; none where the tool honestly does not know. `fault` is "project",
    "machine", "change" (the newcomer's own) or "release" (of somebody else). `stuck` is where to ask.
    """

    code: str
    name: str
    what: str
    cause: str = ""
    place: Evidence | None = None
    quote: str = ""
    remedies: tuple[Remedy, ...] = ()
    fault: str = "project"
    certain: bool = True
    stuck: str = ""


def diagnosed(  # noqa: PLR0917  in the order in which it is read
    what: str,
    cause: str = "",
    place: Evidence | None = None,
    quote: str = "",
    remedies: tuple[Remedy, ...] = (),
    fault: str = "project",
    certain: bool = True,
) -> Diagnosis:
    """Return a diagnosis to which the catalogue adds code, name and where to ask."""
    return Diagnosis("", "", what, cause, place, quote, remedies, fault, certain)
