"""The exit codes of `sprintready`; what they mean is in the docstring of the package."""

from __future__ import annotations

OK, FAILED, USAGE, UNREADABLE, UNMET, INTERRUPTED = 0, 1, 2, 3, 4, 130
