"""The object that holds the answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.facts import PUBLISHED, Facts
from pytest_sprintready.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Mapping


class Counting(MemorySnapshot):
    """Counts how often each file is read."""

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        super().__init__(files)
        self.reads: dict[str, int] = {}

    def read(self, path: str) -> str:
        self.reads[path] = self.reads.get(path, 0) + 1
        return super().read(path)


FILES: dict[str, str | bytes] = {
    "README.md": "# Lantern\n\n## Contributing\n\n```\npytest\n```\n",
    "CONTRIBUTING.md": "# Contributing\n\n```console\n$ pip install -e .\n$ pytest\n```\n",
    "pyproject.toml": "[project]\nname = 'lantern'\n",
    "tests/test_a.py": "import pytest\n",
    ".github/workflows/ci.yml": "on: [push]\njobs:\n  t:\n    steps:\n      - run: pytest\n",
}


def test_published_facts_are_json_values_with_evidence() -> None:
    published = Facts(MemorySnapshot(FILES)).published()
    assert tuple(published) == PUBLISHED
    assert json.loads(json.dumps(published)) == published
    for entry in published.values():
        assert set(entry) == {"value", "evidence"} or set(entry) == {"unknown"}


def test_evidence_has_a_line_where_one_is_known() -> None:
    published = Facts(MemorySnapshot(FILES)).published()
    assert published["test_commands"]["evidence"] == [{"path": "CONTRIBUTING.md", "line": 5}]
    assert published["readme"]["evidence"] == [{"path": "README.md"}]


def test_each_file_is_read_once() -> None:
    snapshot = Counting(FILES)
    Facts(snapshot).published()
    assert set(snapshot.reads.values()) == {1}


def test_an_empty_repository_has_answers() -> None:
    published = Facts(MemorySnapshot({})).published()
    assert published["contributing"] == {"value": [], "evidence": []}
    assert published["single_command"]["value"] is False


def test_a_missing_file_has_no_text_and_is_no_problem() -> None:
    found = Facts(MemorySnapshot({}))
    assert (found.text("x.md"), found.document("x.md"), found.problems) == (None, None, ())


def test_a_binary_guide_is_a_problem_and_no_document() -> None:
    found = Facts(MemorySnapshot({**FILES, "CONTRIBUTING.md": b"\0\1\2"}))
    assert found.contributing.value == ()
    assert found.test_commands.value == ("pytest",)
    assert [problem.path for problem in found.problems] == ["CONTRIBUTING.md"]


def test_a_problem_is_kept_once() -> None:
    found = Facts(MemorySnapshot({}))
    for _ in range(2):
        found.note(FileProblem("a", "is odd"))
    assert len(found.problems) == 1


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_fact_is_worked_out_once(name: str) -> None:
    found = Facts(MemorySnapshot(FILES))
    assert getattr(found, name) is getattr(found, name)


def test_a_guide_that_points_in_circles_ends() -> None:
    found = Facts(MemorySnapshot({
        "CONTRIBUTING.md": "See [the guide](docs/contributing.md).\n",
        "docs/contributing.md": "See [contributing](../CONTRIBUTING.md).\n",
    }))  # fmt: skip
    assert found.contributing.value == ()
    assert found.setup_commands.value == ()
