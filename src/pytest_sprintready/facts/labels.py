"""Labels for newcomers that the repository's own files name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts.community import community_documents
from pytest_sprintready.facts.files import document_files, stem
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.document import Block, Prose
from pytest_sprintready.reading.labels import is_beginner
from pytest_sprintready.reading.links import unquoted
from pytest_sprintready.reading.patterns import bounded, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.document import Document


_LABEL_WORDS = ("label", "tag", "marked", "issue")
_ABOUT_LABELS = pattern(r"\b(?:label|tag|marked\b|issues?\b)")
_INVITATION = pattern(r"help[- _]wanted", re.IGNORECASE)
_LABEL_IN_URL = pattern(
    r"""label (?: %3A | : | s= | _name(?:%5B%5D|\[\])?= ) (?:%22|")? ([^&"]+?)
    (?: %22 | " | & | $ | \s | \+is(?:%3A|:) | \+state | \+sort )""",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL_FILES = pattern(r"(labels?|settings|probot-settings)\.(ya?ml|toml|json)", re.IGNORECASE)
_QUOTED = pattern(r"[\"“'\u2018`*]{1,3}([\w :/.-]{3,40}?)[\"”'\u2019`*]{1,3}")


class _Label(NamedTuple):
    name: str
    place: Evidence


def beginner_labels(facts: Facts) -> Fact[tuple[str, ...]]:
    """Names in label files that are meant for newcomers, and names the documents quote or link."""
    named = [*_labels_in_documents(facts), *_labels_in_files(facts)]
    aliases = {alias.casefold() for alias in facts.settings.beginner_labels}
    found = [label for label in named if is_beginner(label.name) or label.name.casefold() in aliases]
    if not found:
        found = [label for label in _labels_in_documents(facts) if _INVITATION.fullmatch(label.name)]
    unique: dict[str, _Label] = {}
    for label in sorted(
        found, key=lambda label: label.name.endswith("s")
    ):  # "good first issues" is prose for the label
        unique.setdefault(re.sub(r"[\s_-]+", " ", label.name.casefold()).removesuffix("s"), label)
    return Fact(tuple(label.name for label in unique.values()), [label.place for label in unique.values()])


def _labels_in_documents(facts: Facts) -> Iterator[_Label]:
    for document in _label_documents(facts):
        for section in document.sections:
            for item in section.items:
                if isinstance(item, Block) or item.kind == "comment":
                    continue
                yield from _labels_in_prose(item, document.path)


def _labels_in_prose(item: Prose, path: str) -> Iterator[_Label]:
    for link in item.links:
        for match in _LABEL_IN_URL.finditer(link.target):
            yield _Label(_clean(unquoted(match[1].replace("+", " "))), Evidence(path, link.line))
    lowered = item.text.lower()
    if not any(word in lowered for word in _LABEL_WORDS) or not _ABOUT_LABELS.search(lowered):
        return
    for code in item.codes:
        yield _Label(_clean(code.text), Evidence(path, code.line))
    for link in item.links:
        yield _Label(_clean(link.text), Evidence(path, link.line))
    for match in _QUOTED.finditer(item.text):
        yield _Label(_clean(match[1]), Evidence(path, item.line + item.text.count("\n", 0, match.start())))
    for match in re.finditer(r"\bgood[- ]first[- ]issues?\b", item.text, re.IGNORECASE):
        yield _Label("good first issue", Evidence(path, item.line + item.text.count("\n", 0, match.start())))


def _clean(name: str) -> str:
    name = re.sub(r"(?<=\s)labels?$", "", name.strip(), flags=re.IGNORECASE)
    return name.strip("\"'`*“” ")


def _label_documents(facts: Facts) -> Iterator[Document]:
    yield from community_documents(facts)
    for path in document_files(facts):
        if re.search(r"triage|labels?|newcomer|new[-_]contributor|first[-_]|mentor|sprint", stem(path), re.IGNORECASE):
            document = facts.document(path)
            if document is not None:
                yield document


def _labels_in_files(facts: Facts) -> Iterator[_Label]:
    for folder in (".github", "", ".gitlab"):
        for name in facts.snapshot.folder(folder):
            if _LABEL_FILES.fullmatch(name):
                path = f"{folder}/{name}" if folder else name
                for number, line in enumerate(bounded(facts.text(path) or "").splitlines(), 1):
                    match = re.match(
                        r"\s*(?:-\s*)?[\"']?(?:name[\"']?\s*[:=]|\[)\s*[\"']?([^\"'#\]]+)", line
                    ) or re.match(r"[\"']?([^\"':=#]{3,40})[\"']?\s*:\s*$", line)
                    if match:
                        yield _Label(_clean(match[1].rstrip(" ,]")), Evidence(path, number))
