from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import pytest_sprintready
from pytest_sprintready.reading.patterns import MAX_LINE, bounded, pattern


def test_a_pattern_answers_as_a_compiled_one() -> None:
    lazy = pattern(r"(\w+)@(\w+)", re.IGNORECASE)
    found = lazy.search("write to Ada@example")
    assert found is not None
    assert found.groups() == ("Ada", "example")
    assert lazy.pattern == r"(\w+)@(\w+)"
    assert lazy.sub(r"\2", "a@b") == "b"


def test_a_mistake_in_a_pattern_shows_when_it_is_used() -> None:
    broken = pattern("(")
    with pytest.raises(re.error):
        broken.search("")


def test_what_nobody_wrote_by_hand_is_cut_and_nothing_else_is() -> None:
    table = "| lamp | wick |\n| --- | --- |\n" * 300
    assert len(table) > MAX_LINE
    assert bounded(table) == table
    assert bounded("lamp" * MAX_LINE) == ("lamp" * MAX_LINE)[:MAX_LINE]
    assert len(bounded("- \n" * MAX_LINE)) <= 200
    assert bounded("lamp" + "\n" * MAX_LINE + "wick").endswith("wick")


MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(pytest_sprintready.__path__, "pytest_sprintready.")
    if not module.name.endswith(("__main__", ".sessions"))  # one runs, the other needs nox
)


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_of_the_package_compiles(name: str) -> None:
    lazy = type(pattern(""))
    for value in vars(importlib.import_module(name)).values():
        if isinstance(value, lazy):
            assert value.search is not None
