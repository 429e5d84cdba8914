"""YAML keeps what its author wrote."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.fixes.yaml import edited_yaml


def describe(data: Any) -> None:
    data[0]["description"] = "for newcomers"


@pytest.mark.parametrize(
    "text",
    [
        "# labels\n- name: bug  # of ours\n  color: 'd73a4a'\n\n- name: \"easy\"\n",
        "---\n- name: bug\n  color: d73a4a\n",
        "-   name: bug\n    color: d73a4a\n",
    ],
    ids=["comments and quotes", "explicit start", "wide dashes"],
)
def test_everything_but_the_new_line_stays(text: str) -> None:
    new = edited_yaml("labels.yml", text, describe)
    added = [line for line in new.splitlines() if line not in text.splitlines()]
    assert [line.strip() for line in added] == ["description: for newcomers"]
    assert [line for line in new.splitlines() if line not in added] == text.splitlines()


def test_a_style_that_would_not_survive_is_left_alone() -> None:
    with pytest.raises(FileProblem, match="style"):
        edited_yaml("labels.yml", "-  {name: bug,   color:   d73a4a}\n-    name: easy\n", describe)


def test_a_broken_file_is_left_alone() -> None:
    with pytest.raises(FileProblem, match="cannot be edited"):
        edited_yaml("labels.yml", "- name: [bug\n", describe)
