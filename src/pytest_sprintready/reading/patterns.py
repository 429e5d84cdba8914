"""Regular expressions that are compiled when they are first used.

Compiling every pattern at import would take a third of the time a hook has; most runs use few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


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
