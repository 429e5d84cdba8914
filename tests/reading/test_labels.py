from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading.labels import is_standard, read_labels, template_labels


def test_a_label_comes_with_its_line() -> None:
    text = "- name: bug\n  color: red\n- name: lamp\n  description: Light\n"
    assert [(label.name, label.description, label.color, label.line) for label in read_labels("labels.yml", text)] == [
        ("bug", "", "red", 1),
        ("lamp", "Light", "", 3),
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param("x.yml", "labels: [a, 'b c']\n", ["a", "b c"], id="form"),
        pytest.param("x.yml", "labels: a, b\n", ["a", "b"], id="form with one string"),
        pytest.param("x.md", '---\nname: x\nlabels: "a, b"\n---\ntext\n', ["a", "b"], id="front matter"),
        pytest.param("x.md", "---\nname: x\nlabels: ''\n---\n", [], id="empty"),
        pytest.param("x.md", "no front matter\n", [], id="no front matter"),
        pytest.param("x.md", "---\nname: x\n", [], id="front matter without end"),
        pytest.param("x.yml", "labels: {a: b}\n", [], id="a table"),
        pytest.param("x.yml", "- a\n", [], id="a list"),
    ],
)
def test_labels_of_a_template(path: str, text: str, expected: list[str]) -> None:
    assert [name for name, _ in template_labels(path, text)] == expected


@given(st.text(max_size=300), st.sampled_from(["labels.yml", "labels.toml", "labels.json"]))
def test_any_text_is_read_or_refused(text: str, path: str) -> None:
    try:
        labels = read_labels(path, text)
    except FileProblem as problem:
        assert problem.path == path  # noqa: PT017 -- either outcome is fine
    else:
        assert all(label.path == path for label in labels)


@pytest.mark.parametrize(("name", "expected"), [("Good-First_Issue", True), ("good second issue", False), ("", False)])
def test_the_standard_label(name: str, expected: bool) -> None:
    assert is_standard(name) is expected
