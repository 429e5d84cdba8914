"""What can go wrong, each with a hint: one root, five children, an exit code each.

SprintReadyError
|-- UsageError             2   the command line asks for something that does not exist
|-- ConfigError            2   [tool.sprintready] or sprintready.toml says something that cannot be meant
|-- RepositoryError        3   there is no repository to read at the place named
|-- ForgeError             4   a forge, or the network to it, did not give what was needed
`-- FileProblem            -   one file of the repository cannot be used; the rest goes on
"""

from __future__ import annotations


class SprintReadyError(Exception):
    """An error a person is told about: a message that names the culprit, and a hint that names the next step."""

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  hint: {self.hint}" if self.hint else self.message


class UsageError(SprintReadyError):
    """The command line, or a call from a noxfile, asks for something that does not exist."""


class ConfigError(SprintReadyError):
    """The configuration of sprintready itself cannot be understood."""


class RepositoryError(SprintReadyError):
    """The place named holds no repository that can be read."""

    exit_code = 3


class ForgeError(SprintReadyError):
    """A forge cannot be asked, or did not answer what was needed."""

    exit_code = 4


class FileProblem(SprintReadyError):
    """One file cannot be read or parsed: `path` (POSIX, from the repository's root), `reason`, `line` if known."""

    exit_code = 1

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        where = f"{path}:{line}" if line else path
        super().__init__(f"{where}: {reason}")
        self.path = path
        self.reason = reason
        self.line = line
