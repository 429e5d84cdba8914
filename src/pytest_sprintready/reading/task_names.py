"""What a task, a script or an environment is for by its name alone: "lint", "test-all", "scripts/setup.sh"."""

from __future__ import annotations

import re

from pytest_sprintready.reading.arguments import word_set
from pytest_sprintready.reading.patterns import pattern

_MAX_LENGTH = 100
_EXTENSION = pattern(r"\.(sh|py|bat|cmd)$", re.IGNORECASE)
_BETWEEN_WORDS = pattern(r"[-_.:]+")

_TEST = word_set("test tests testsuite testall tested pytest unittest unittests spec specs")
_GLUED_BEFORE_TEST = pattern(r"(run|all|py|unit|full|local|dev)(?=tests?|specs?)")
# What may follow "test" and leave it the whole suite: test-all, tests_py312, test:ci.
_OF_ALL_TESTS = word_set("all full unit local ci cov coverage fast default base parallel run suite python docker")
_VERSION = pattern(r"(py)?\d*")
# First words of names that speak of tests and do something else with them.
_MAKES_TESTS = word_set(
    "generate gen update create prepare write download fetch sync compile render list count collect convert import "
    "export rename build install"
)
_PART = pattern(
    "integration|e2e|slow|selenium|one|single|quick|smoke|bench|playwright|watch|failed|mutation|mindeps|doctest"
)
_LINT = word_set(
    "lint linting linter linters format fmt style checkstyle codestyle typing type types typecheck mypy ruff black "
    "flake8 isort precommit quality fix spelling codespell pep8 pylint"
)
_DOCS = word_set("docs doc documentation html sphinx livehtml mkdocs builddocs builddoc")
_RELEASE = word_set("release publish upload changelog build-dist dist tag version")

_SETUP_VERBS = (
    "install setup set-up bootstrap init venv env virtualenv develop devel dev deps dependencies requirements sync "
    "prepare create update-deps build up start environment submodules configure compile editable testenv devenv"
)
_SETUP_OBJECTS = r"dev all deps env local venv requirements hooks environment editable install tests? \d+"
_SETUP = pattern(rf"(?:create-.*|{_SETUP_VERBS.replace(' ', '|')})(?:[-_.:]?(?:{_SETUP_OBJECTS.replace(' ', '|')}))*")


def by_name(name: str) -> str:
    """Return what a name says: "test", "test-part", "lint", "docs", "setup", "release", or "other".

    "other" is what does not tell. The folder of a script and its extension do not count.
    """
    name = _EXTENSION.sub("", name.rpartition("/")[2]).lower()
    if not name or len(name) > _MAX_LENGTH:
        return "other"
    words = [word for word in _BETWEEN_WORDS.split(name.replace("pre-commit", "precommit")) if word]
    if _is_suite(words):
        return "test"
    if _LINT.intersection(words):
        return "lint"
    if _DOCS.intersection(words):
        return "docs"
    if _SETUP.fullmatch(name):
        return "setup"
    if name in _RELEASE or name.startswith("bump"):
        return "release"
    if words and words[0] in {"test", "tests", "coverage", "cov"}:
        return "test-part" if _PART.search(name) else "test"
    return "other"


def _is_suite(words: list[str]) -> bool:
    """Whether "test" stands among the words, and all that follows leaves it the whole suite: `run-tests-py312`."""
    if words and len(words) > 1 and (words[0] in _MAKES_TESTS or words[0] in _LINT):
        return False  # `generate-tests`, `mypy-tests`
    for word in reversed(words):
        if word in _TEST or _GLUED_BEFORE_TEST.sub("", word, count=1) in _TEST:
            return True
        if word not in _OF_ALL_TESTS and not _VERSION.fullmatch(word):
            return False
    return False
