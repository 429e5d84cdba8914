"""Which checks are known to be mended."""

from __future__ import annotations

from pytest_sprintready.fixes import MENDED
from pytest_sprintready.fixes.registry import fixers


def test_the_checks_named_as_mended_are_those_that_have_a_fixer() -> None:
    assert {code for fixer in fixers() for code in fixer.codes} == MENDED
