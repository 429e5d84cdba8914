"""Regular expressions that are compiled when they are first used, and the texts they are meant for.

Compiling every pattern at import would take a third of the time a hook has; most runs use few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast

MAX_LINE = 4000
"""Characters of a line that are looked at: several times what people write, and little enough for any pattern."""


class _Lazy:
    """Stands in for a compiled pattern; its methods are fetched once, then found without a detour."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._source), name)  # re keeps what it compiled
        setattr(self, name, value)
        return value


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile(text, flags)` would, except that a mistake in it shows at its first use."""
    return cast("re.Pattern[str]", _Lazy(text, flags))


_SIGNS = pattern(r"(\W{200})\W+")
"""No table, no rule and no drawing has more signs in a row; blanks and ends of lines are some."""


def bounded(text: str) -> str:
    """Return a text with the lines and the runs of signs that nobody wrote by hand cut.

    A pattern's time may grow with the square of their length.
    """
    if len(text) <= MAX_LINE:
        return text
    text = _SIGNS.sub(r"\1", text)
    lines = text.split("\n")
    if max(map(len, lines)) <= MAX_LINE:
        return text
    return "\n".join([line[:MAX_LINE] for line in lines])
