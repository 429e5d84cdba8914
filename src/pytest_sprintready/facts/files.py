"""Which files of a repository are its own prose, and which hold its tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts.once import once
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from pytest_sprintready.facts import Facts

DOCUMENT = pattern(r"\.(md|markdown|mdx|rst|rest|txt|adoc|asciidoc)$|(^|/)[A-Z_]+$")
DOCUMENT_FOLDERS = (
    "docs",
    "doc",
    "documentation",
    "mkdocs",
    "website",
    "site",
    "guide",
    "handbook",
    "manual",
    ".github",
    ".gitlab",
)
_NUMBER_PREFIX = pattern(r"^[\d.]+[-_. ]*")
TRANSLATED = pattern(r"(^|/)(?!en(?:[-_]|/))([a-z]{2}([-_][A-Za-z]{2,4})?|locales?|translations?|i18n)/")
_NOT_OWN = pattern(
    r"(^|/)(vendor|vendored|_vendor|third[-_]?party|node_modules|external|extern|examples?|fixtures|templates?"
    r"|cookiecutter|skeleton|\{\{.*|site-packages|releases?|archive|blog|news|tutorials?)/",
    re.IGNORECASE,
)


@once
def document_files(facts: Facts) -> tuple[str, ...]:
    """Prose files of the root and the folders for documents; translations, examples and vendored ones left out."""
    named = (name for name in facts.snapshot.folder("") if name.rstrip("/").lower() in DOCUMENT_FOLDERS)
    folders = (*named, *_sphinx_folders(facts))
    candidates = [path for path in facts.snapshot.files if path.startswith(folders) or "/" not in path]
    own: dict[str, bool] = {}
    found = []
    for path in candidates:
        folder = path.rpartition("/")[0] + "/"
        if folder not in own:
            own[folder] = not (_NOT_OWN.search(folder) or TRANSLATED.search(folder))
        if own[folder] and DOCUMENT.search(path):
            found.append(path)
    return tuple(found)


_MAX_DEPTH_OF_SPHINX = 3
_NOT_OWN_SPHINX = pattern(r"(^|/)(tests?|roots)/", re.IGNORECASE)


def _sphinx_folders(facts: Facts) -> list[str]:
    """Folders of any name that Sphinx builds a site from: conf.py beside the first page, near the root."""
    return [
        folder
        for path in facts.snapshot.files
        if path.endswith("/conf.py") and path.count("/") <= _MAX_DEPTH_OF_SPHINX
        for folder in [path.removesuffix("conf.py")]
        if any(facts.snapshot.has(f"{folder}index.{ending}") for ending in ("rst", "md"))
        and not _NOT_OWN_SPHINX.search(folder)
    ]


def stem(path: str) -> str:
    """The file name without number prefix and extension: "docs/1.-contributing-guide.md" -> "contributing-guide"."""
    name = path.rpartition("/")[2]
    name = name.rpartition(".")[0] or name
    return _NUMBER_PREFIX.sub("", name)


_TEST_FILE = pattern(r"(^|/)(test_[^/]*|[^/]*_tests?|tests?|conftest)\.py$")
_NOT_OWN_TESTS = pattern(
    r"(^|/)(vendor|vendored|_vendor|third_party|examples?|node_modules|site-packages|docs?|benchmarks?|\{\{.*)/"
)


@once
def test_files(facts: Facts) -> tuple[str, ...]:
    """Python files that hold tests, outside vendored code and examples, in order of path."""
    return tuple(
        path
        for path in facts.snapshot.files
        if path.endswith(".py") and ("test" in path) and _TEST_FILE.search(path) and not _NOT_OWN_TESTS.search(path)
    )
