"""Which minor versions a specifier admits, held against packaging's answer."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st
from packaging.specifiers import SpecifierSet

from pytest_sprintready.reading.python_versions import admits

versions = st.from_regex(r"3\.([0-9]|1[0-6])(\.[0-9])?", fullmatch=True)
clauses = st.one_of(
    st.builds("{}{}".format, st.sampled_from([">=", "<=", "<", ">", "==", "!=", "~="]), versions),
    st.builds("{}{}.*".format, st.sampled_from(["==", "!="]), versions),
)


@pytest.mark.parametrize(
    ("specifier", "admitted"),
    [("", True), (">=3.9", True), (">= 3.10, < 4", True), ("<3.14", False), ("<=3.13", False), ("!=3.14.1", True),
     ("!=3.14.*", False), ("==3.14.*", True), ("~=3.10", True), ("~=3.10.0", False), (">=3.14.2", True),
     ("<3.10 || >=3.14", True), ("===3.14.0", True), (">=3.9,<3.15.0a1", True)],
)  # fmt: skip
def test_a_specifier_admits_a_minor_version_for_some_patch(specifier: str, admitted: bool) -> None:
    assert admits(specifier, "3.14") is admitted


@pytest.mark.parametrize("text", ["three", ">=", "3.10", "^3.8", ">=3.x"])
def test_what_is_no_specifier_raises_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        admits(text, "3.14")


@given(st.lists(clauses, min_size=1, max_size=3), st.integers(0, 16))
def test_it_agrees_with_packaging(written: list[str], minor: int) -> None:
    specifier = ",".join(written)
    expected = SpecifierSet(specifier)
    assert admits(specifier, f"3.{minor}") == any(expected.contains(f"3.{minor}.{patch}") for patch in (0, 1, 2, 5, 99))
