"""What a command installs, in the words of `Task.installs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PACKAGE = pattern(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?=$|[\s\[<>=!~;@(])")
_LOCAL = pattern(r"(?:\.{1,2}|\.?\.?/[^\[\s]*|\{(?:toxinidir|tox_root)\}[^\[\s]*)(?:\[([^\]]*)\])?")
_NAMED = {"--group": "group", "--only-group": "group", "--extra": "extra", "-r": "requirements", "-E": "extra"}
_NAMED |= {"--requirement": "requirements", "--requirements": "requirements", "--extras": "extra", "--with": "group"}
_NAMED |= {"--with-requirements": "requirements", "--only": "group"}
_TAKES_A_VALUE = frozenset(
    {"-c", "--constraint", "-i", "--index-url", "--extra-index-url", "-f", "--find-links", "-t", "--target"}
    | {"--prefix", "--root", "--python", "-p", "--no-binary", "--only-binary", "--config-settings", "-C"}
    | {"--progress-bar", "--override", "--resolution", "--no-group", "--no-extra", "--package", "--directory"}
    | {
        "--upgrade-strategy",
        "--cache-dir",
        "--index",
        "--default-index",
        "--exclude-newer",
        "--channel",
        "-n",
        "--name",
    }
)
_INSTALLERS = {
    "pip": ({"install"}, True),
    "pip3": ({"install"}, True),
    "conda": ({"install"}, True),
    "mamba": ({"install"}, True),
    "uv": ({"sync", "run"}, False),
    "poetry": ({"install", "sync"}, False),
    "pdm": ({"install", "sync"}, False),
}


def installed(words: Sequence[str]) -> Iterator[str]:
    """Yield what the arguments of `pip install` name: "extra:test", "group:dev", "requirements:x.txt", "package:x".

    The project itself, other paths, archives and URLs are not named; versions, markers and extras of packages are
    left out.
    """
    rest = iter(words)
    for word in rest:
        option, equals, value = word.partition("=")
        if option in _NAMED:
            yield from _several(_NAMED[option], value if equals else next(rest, ""))
        elif word.startswith("-r") and not word.startswith("--") and len(word) > 2:
            yield f"requirements:{word[2:].strip()}"
        elif word in _TAKES_A_VALUE:
            next(rest, "")
        elif word.startswith("-"):
            continue
        elif local := _LOCAL.fullmatch(word):
            yield from _several("extra", local[1] or "")
        elif "://" not in word.split("@")[0] and (package := _PACKAGE.match(word)):
            yield f"package:{package[0]}"


def installed_by(words: Sequence[str]) -> Iterator[str]:
    """Yield what a program call installs where it is pip, conda, uv, poetry or pdm, alone or as `python -m pip`."""
    if len(words) > 2 and words[1] == "-m":
        words = words[2:]
    if (len(words) > 2 and words[:2] == ["uv", "pip"]) or tuple(words[:2]) == ("uv", "pip"):
        words = words[1:]
    program = words[0].rpartition("/")[2] if words else ""
    verbs, packages = _INSTALLERS.get(program, (frozenset[str](), False))
    if len(words) < 2 or words[1] not in verbs:
        return
    arguments = words[2:]
    if packages:
        yield from installed(arguments)
        return
    if program == "pdm":
        arguments = ["--group" if word == "-G" else word for word in arguments]
    at = 0
    while at < len(arguments):
        option, equals, value = arguments[at].partition("=")
        if option in _NAMED and (equals or at + 1 < len(arguments)):
            at += not equals
            yield from _several(_NAMED[option], value if equals else arguments[at])
        elif option in _TAKES_A_VALUE:
            at += not equals
        elif words[1] == "run" and not option.startswith("-"):
            return
        at += 1


def requirement_line(line: str) -> list[str]:
    """Return a line of `deps` or of a requirements file as the words that `installed` takes."""
    line = line.split(" #", 1)[0].strip()
    if line.startswith("-"):
        option, _, value = line.partition(" ")
        if option.startswith("--") and "=" in option:
            option, _, value = line.partition("=")
        return [option, value.strip()] if value else [option]
    return [line]


def _several(kind: str, names: str) -> Iterator[str]:
    for name in names.replace(",", " ").split():
        yield f"{kind}:{name}"
