"""Somebody else's new release: a warning that is an error here, a name that is gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.catalogue.importing import quoting
from pytest_sprintready.diagnosis.commands import pytest
from pytest_sprintready.diagnosis.model import Diagnosis, Remedy, diagnosed

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Raised
    from pytest_sprintready.diagnosis.seen import Seen


@cause(
    "SRN43",
    "warning-as-error",
    title="A warning fails a test, because warnings are errors here",
    looks="`DeprecationWarning: ...` as the error of a test or of collecting a file.",
    why="The project turns warnings into errors, and a newer release of something it uses has begun to warn.",
    prevent="Keep `error` in the configuration narrow, or only in continuous integration; a lock file for contributors "
    "keeps releases out until somebody has looked at them.",
    checks=("SR209",),
)
def warning_as_error(seen: Seen) -> Diagnosis | None:
    """Take over where a warning was raised and the configuration of pytest makes errors of warnings."""
    raised = seen.first("builtins.Warning")
    if raised is None or seen.is_new():
        return None
    config = seen.facts.pytest_config
    filters = config.filterwarnings if config else ()
    written = next((each for each in filters if re.match(r"error\b", each.text)), None)
    pytests = raised.types[0].startswith("pytest.PytestRemovedIn")
    if written is None and not pytests:
        return None
    category = raised.types[0].removeprefix("builtins.")
    by = _emitter(seen, raised)
    why = (
        "pytest itself announces a change."
        if pytests
        else f"{by} warns, and {written.place if written else ''} makes an error of that."
    )
    return diagnosed(
        what=f"A warning ({category.rpartition('.')[2]}) counts as an error in this project.",
        cause=why,
        place=written.place if written else None,
        quote=written.text if written else "",
        remedies=(Remedy(pytest(seen.machine, "-W", f"default::{category}"), "configure", (category,)),),
        fault="release",
    )


def _emitter(seen: Seen, raised: Raised) -> str:
    """Return who warned: an installed module, or the project's own line."""
    for frame in reversed(raised.frames):
        found = re.search(r"(?:site|dist)-packages/(\w+)", frame.path)
        if found:
            return found[1]
        if seen.facts.snapshot.has(frame.path):
            return f"{frame.path}:{frame.line}"
    return "Something"


@cause(
    "SRN64",
    "newer-pytest",
    title="The tests use something that this version of pytest no longer has",
    looks="`ImportError: cannot import name 'notset' from '_pytest.monkeypatch'`",
    why="Names that begin with an underscore are pytest's own, and change from release to release.",
    prevent="Use public names only; until then, give pytest an upper bound where it is declared.",
    last=True,
)
def newer_pytest(seen: Seen) -> Diagnosis | None:
    """Take over where an import from pytest's inside fails, in lines that are not new."""
    from pytest_sprintready.diagnosis.commands import install

    for raised in seen.all("builtins.ImportError"):
        name = raised.get("name")
        if name.partition(".")[0] not in ("_pytest", "pytest") or seen.is_new() or not seen.machine.version("pytest"):
            continue
        place, quote = quoting(seen.own_frame(raised))
        version = seen.machine.version("pytest")
        major = version.partition(".")[0]
        return diagnosed(
            what=f"The tests use an inner part of pytest that pytest {version} does not have.",
            cause="It was there in an older version.",
            place=place,
            quote=quote,
            remedies=(Remedy(install(seen.machine, f"pytest<{major}"), "constraint", ("pytest",)),),
            fault="release",
            certain=False,
        )
    return None
