"""Labels for newcomers in documents and label files."""

from __future__ import annotations

import pytest

from pytest_sprintready.config import Settings
from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import MemorySnapshot


def facts(files: dict[str, str]) -> Facts:
    return Facts(MemorySnapshot(dict(files)))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Look for issues with the label `good first issue`.", ("good first issue",)),
        ('Issues tagged "Beginner Friendly" suit you.', ("Beginner Friendly",)),
        ('Take ["easy pick" label](https://github.com/ada/lantern/issues).', ("easy pick",)),
        ("Take [one](https://github.com/ada/lantern/issues?q=label%3A%22easy+pick%22).", ("easy pick",)),
        ("Take [one](https://github.com/ada/lantern/labels/x?label:newcomer&y).", ("newcomer",)),
        ("Our good first issues wait for you.", ("good first issue",)),
        ("Issues labelled `Contributor Friendly` are small.", ("Contributor Friendly",)),
        ("Issues labelled `help wanted` are open to all.", ("help wanted",)),
        ("Issues labelled `help wanted` or `good first issue`.", ("good first issue",)),
        ("Issues labelled `bug` come first.", ()),
        ("It is easy to begin.", ()),
    ],
)
def test_labels_for_newcomers_are_read_from_prose(text: str, labels: tuple[str, ...]) -> None:
    guide = f"# Contributing\n\n{text}\n\n```\npytest\n```\n"
    assert facts({"CONTRIBUTING.md": guide}).beginner_labels.value == labels


def test_labels_are_read_from_the_first_page_of_the_documents() -> None:
    entry = "Issues <https://github.com/ada/lantern/issues?q=label%3A%22good+first+issue%22>"
    page = f"Lantern\n=======\n\n.. toctree::\n\n   usage\n   {entry}\n"
    assert facts({"docs/index.rst": page}).beginner_labels.value == ("good first issue",)


def test_labels_are_read_from_label_files() -> None:
    found = facts({".github/labels.yml": "- name: bug\n- name: 'first-timers-only'\n"}).beginner_labels
    assert (found.value, str(found.evidence[0])) == (("first-timers-only",), ".github/labels.yml:2")


def test_a_project_may_name_its_own_label() -> None:
    guide = "# Contributing\n\nTake issues labelled `spark`.\n\n```\npytest\n```\n"
    found = Facts(MemorySnapshot({"CONTRIBUTING.md": guide}), Settings(beginner_labels=("Spark",)))
    assert found.beginner_labels.value == ("spark",)
