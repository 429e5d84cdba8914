"""Whether the arguments of a test program choose the whole suite or a part of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.reading.arguments import PYTEST_VALUED, parsed, word_set
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pytest_sprintready.reading.arguments import Arguments

# Folders that hold all tests wherever they exist.
WHOLE_FOLDERS = word_set("tests test . src t testing unittests unit_tests")

# Options of pytest, tox, nox, make... with which nothing runs.
_NO_RUN = word_set(
    "--help -h --version --collect-only --co --fixtures --markers --setup-plan --list -l --listenvs --list-sessions "
    "--notest config"
)
_PYTEST_NARROWING = word_set("-k --lf --last-failed --ff --failed-first --sw --stepwise --nf --pdb --trace")
_UNITTEST_VALUED = word_set("-s --start-directory -t --top-level-directory -p --pattern -k")
_DJANGO_VALUED = word_set("--settings --parallel --tag --exclude-tag -v --verbosity --pythonpath -k --shard")
_ALL_BUT = pattern(r"\(?\s*not\b")
_PLACEHOLDER = pattern(
    r"<[^>]*>|\.\.\.|…|\{[a-z_ -]+\}|\bpath/to\b|\$\{?\w+|\[[a-z_ -]+\]|\byour[-_ ]|\bfoo\b|\bxxx\b", re.IGNORECASE
)


def runs_nothing(words: Sequence[str]) -> bool:
    """Return whether a runner called with these words only lists, explains or prepares."""
    return not _NO_RUN.isdisjoint(words)


def has_placeholder(words: Sequence[str]) -> bool:
    """Return whether the reader is to put something in: `<name>`, `path/to/test`, `$FILE`."""
    return _PLACEHOLDER.search(" ".join(words)) is not None


def is_narrow(words: Sequence[str], whole: Collection[str] = WHOLE_FOLDERS) -> bool:
    """Return whether pytest's arguments choose a part: a file, a test, an expression, a marker that is not "not ...".

    `whole` are the folders that hold the whole suite.
    """
    arguments = parsed(words, PYTEST_VALUED)
    if any(name in _PYTEST_NARROWING for name, _ in arguments.options):
        return True
    if any(not _ALL_BUT.match(expression) for expression in arguments.values("-m")):
        return True
    paths = _plain(arguments)
    return bool(paths) and not any(_is_whole(path, whole) for path in paths)


# A pattern with a word of its own: "*login*.py", where "test*.py" and "*_test.py" take all.
_SOME_FILES = pattern(r"[a-z]{2,}(?<!test)(?<!tests)(?<!spec)(?<!py)(?=[^a-z])", re.IGNORECASE)


def unittest_is_narrow(words: Sequence[str], whole: Collection[str] = WHOLE_FOLDERS) -> bool:
    """Return whether unittest's arguments choose a part: a module, a file, an expression."""
    arguments = parsed(words, _UNITTEST_VALUED)
    if arguments.values("-k"):
        return True
    paths = _plain(arguments)
    if "discover" in paths:  # `discover START PATTERN`
        patterns = [*arguments.values("-p", "--pattern"), *paths[paths.index("discover") + 2 :][:1]]
        return any(_SOME_FILES.search(pattern) for pattern in patterns)
    return any(path.strip("/") not in whole for path in paths)


def django_is_narrow(words: Sequence[str], whole: Collection[str] = WHOLE_FOLDERS) -> bool:
    """Return whether the arguments of `manage.py test` choose a part: an app, a class, a tag, an expression."""
    arguments = parsed(words, _DJANGO_VALUED)
    if arguments.values("-k", "--tag"):
        return True
    return any("." in path or path.strip("/") not in whole for path in _plain(arguments))


def _plain(arguments: Arguments) -> list[str]:
    """The plain words; what a CI system puts in is as often an option as a path."""
    return [word for word in (*arguments.words, *arguments.rest) if not word.startswith("${{")]


def _is_whole(path: str, whole: Collection[str]) -> bool:
    if "::" in path or path.endswith(".py") or _PLACEHOLDER.search(path):
        return False
    cleaned = path.replace("\\", "/").removeprefix("./").rstrip("/")
    return not cleaned or cleaned in whole or cleaned.lower() in WHOLE_FOLDERS
