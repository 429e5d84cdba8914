from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.verify.plan import plans
from pytest_sprintready.verify.subset import narrowed, quick_subset


def facts(*commands: str, **files: str) -> Facts:
    block = "\n".join(f"$ {command}" for command in commands)
    guide = f"# Contributing\n\n## Tests\n\n```console\n$ pip install -e .\n{block}\n```\n"
    makefile = "test:\n\tpytest\ntest-fast:\n\tpytest -x tests/unit\n"
    return Facts(MemorySnapshot({"CONTRIBUTING.md": guide, "Makefile": makefile, "tests/test_a.py": "", **files}))


@pytest.mark.parametrize(
    "command",
    [
        'pytest -m "not slow"',
        "python -m pytest -k 'not network' tests",
        "uv run pytest -m 'not slow'",
        "make test-fast",
    ],
)
def test_a_documented_command_that_leaves_tests_out_is_the_quick_part(command: str) -> None:
    found = quick_subset(facts("pytest", command))
    assert found is not None
    assert found.command.text == command
    assert str(found.place) == "CONTRIBUTING.md:8"


@pytest.mark.parametrize(
    "command", ["pytest", "pytest -m slow", "pytest tests/test_a.py", "pytest --fail-fast", "pytest tests/breakfast"]
)
def test_all_tests_the_slow_ones_and_a_single_file_are_not(command: str) -> None:
    assert quick_subset(facts(command)) is None


def test_the_quick_part_takes_the_place_of_the_test_command() -> None:
    told = facts("pytest", 'pytest -m "not slow"')
    quick = quick_subset(told)
    assert quick is not None
    plan = narrowed(plans(told, "3.12"), quick)[0]
    assert [step.command for step in plan.steps] == ["pip install -e .", 'pytest -m "not slow"']
