"""Where a token comes from, for which host it is meant, and how it is kept out of everything that is written.

A token goes to the host it was given for and to no other: a repository's remote may name any host there is. So a
variable like GITHUB_TOKEN is meant for github.com, unless another variable names its host; `gh` and netrc know theirs.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_sprintready.forge.model import Kind

_SECONDS = 5
_MOST_CHARACTERS = 4096

# The variables of each forge, in the order its own program reads them, with the host they are for; then those for a
# host of one's own, with the variables that name it.
_PUBLIC: dict[Kind, tuple[tuple[str, str], ...]] = {
    "github": (("GH_TOKEN", "github.com"), ("GITHUB_TOKEN", "github.com")),
    "gitlab": (("GITLAB_TOKEN", "gitlab.com"),),
    "gitea": (("CODEBERG_TOKEN", "codeberg.org"), ("GITEA_TOKEN", "gitea.com")),
}
_OWN: dict[Kind, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "github": (
        ("GH_ENTERPRISE_TOKEN", ("GH_HOST", "GITHUB_SERVER_URL")),
        ("GITHUB_ENTERPRISE_TOKEN", ("GH_HOST", "GITHUB_SERVER_URL")),
        ("GITHUB_TOKEN", ("GITHUB_SERVER_URL",)),
    ),
    "gitlab": (("GITLAB_TOKEN", ("GITLAB_HOST", "CI_SERVER_URL")),),
    "gitea": (
        ("GITEA_TOKEN", ("GITEA_HOST", "GITEA_SERVER_URL", "GITHUB_SERVER_URL")),
        ("FORGEJO_TOKEN", ("FORGEJO_HOST", "FORGEJO_SERVER_URL", "GITHUB_SERVER_URL")),
    ),
}


class Secret:
    """A token that no repr, format or traceback shows; `source` tells where it was found."""

    __slots__ = ("_value", "source")

    def __init__(self, value: str, source: str) -> None:
        self._value = value
        self.source = source

    def reveal(self) -> str:
        """The token itself, for the header of a request and nothing else."""
        return self._value

    def __repr__(self) -> str:
        return f"<token from {self.source}>"

    __str__ = __repr__

    def __reduce__(self) -> tuple[type, tuple[str, ...]]:
        raise TypeError("a token is not to be written anywhere")


def read_token_file(path: str) -> Secret:
    """Return the token in a file, its first line; raises UsageError where there is none."""
    try:
        text = Path(path).read_text(encoding="utf-8")[:_MOST_CHARACTERS]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not text"
        raise UsageError(f"{path}: {reason}", "name a file that holds the token and nothing else") from None
    lines = text.strip().splitlines()
    if not lines:
        raise UsageError(f"{path} is empty", "write the token into it")
    return _checked(lines[0].strip(), path)


def find_token(kind: Kind, host: str, environ: Mapping[str, str] | None = None) -> Secret | None:
    """Return the token for a host from the environment, `gh` or netrc, in this order; None where there is none.

    Raises UsageError for one that no header can carry.
    """
    environ = os.environ if environ is None else environ
    for name, meant in _PUBLIC[kind]:
        if environ.get(name) and host == meant:
            return _checked(environ[name].strip(), name)
    for name, places in _OWN[kind]:
        if environ.get(name) and any(_host(environ.get(place, "")) == host for place in places):
            return _checked(environ[name].strip(), name)
    if kind == "github" and (found := _from_gh(host, environ)):
        return found
    return _from_netrc(host, environ)


def _host(value: str) -> str:
    """Return the host of a variable that holds either a host or an address."""
    return value.partition("://")[2].partition("/")[0] if "://" in value else value.strip("/")


def _checked(value: str, source: str) -> Secret:
    if not value.isascii() or not value.isprintable() or " " in value:
        raise UsageError(f"the token from {source} holds characters that no token has", "copy it once more")
    return Secret(value, source)


def _from_gh(host: str, environ: Mapping[str, str]) -> Secret | None:
    program = _find("gh")
    if not program:
        return None
    # What gh would only read from the environment has been looked at, host by host.
    clean = {name: value for name, value in environ.items() if not name.endswith("_TOKEN")}
    try:
        answer = subprocess.run(
            [program, "auth", "token", "--hostname", host],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=clean,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    value = answer.stdout.decode("ascii", "replace").strip()
    return _checked(value, "gh auth token") if answer.returncode == 0 and value else None


def _find(name: str) -> str:
    """Return the program's absolute path, or ""; Windows would try the current folder first, which may be hostile."""
    for folder in os.get_exec_path():
        for suffix in (".exe",) if os.name == "nt" else ("",):
            program = Path(folder, name + suffix)
            if program.is_absolute() and program.is_file() and os.access(program, os.X_OK):
                return str(program)
    return ""


def _from_netrc(host: str, environ: Mapping[str, str]) -> Secret | None:
    import netrc

    for path in _netrc_files(environ):
        try:
            entry = netrc.netrc(str(path)).hosts.get(host)
        except (OSError, netrc.NetrcParseError, UnicodeDecodeError):
            continue  # its message may quote a password
        if entry and entry[2]:
            return _checked(entry[2], path.name)
    return None


def _netrc_files(environ: Mapping[str, str]) -> Iterator[Path]:
    if environ.get("NETRC"):
        yield Path(environ["NETRC"])
        return
    for home in (environ.get("HOME"), environ.get("USERPROFILE")):
        if home:
            yield Path(home, ".netrc")
            yield Path(home, "_netrc")
