from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.reading.task_names import by_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("test", "test"),
        ("tests", "test"),
        ("run-tests", "test"),
        ("runtests.py", "test"),
        ("scripts/test.sh", "test"),
        ("test:ci", "test"),
        ("unit_tests", "test"),
        ("tests-py312", "test"),
        ("test-3.12", "test"),
        ("Test-All", "test"),
        ("coverage", "test"),
        ("test-integration", "test-part"),
        ("test_slow", "test-part"),
        ("generate-tests", "other"),
        ("lint", "lint"),
        ("docs-lint", "lint"),
        ("pre-commit", "lint"),
        ("type-check", "lint"),
        ("docs", "docs"),
        ("build-docs", "docs"),
        ("setup", "setup"),
        ("install-dev", "setup"),
        ("install_test", "setup"),
        ("create-venv", "setup"),
        ("testenv", "setup"),
        ("bump-version", "release"),
        ("release", "release"),
        ("mypy-tests", "lint"),
        ("wick", "other"),
        ("latest", "other"),
        ("contest", "other"),
        ("", "other"),
        ("test-" * 100, "other"),
    ],
)
def test_a_name_says_what_a_task_is_for(name: str, expected: str) -> None:
    assert by_name(name) == expected


@given(st.text(max_size=200))
def test_any_name_has_an_answer(name: str) -> None:
    assert by_name(name) in {"test", "test-part", "lint", "docs", "setup", "release", "other"}
