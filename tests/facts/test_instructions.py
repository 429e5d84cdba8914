"""What documents tell people to type, and what they only mention."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import MemorySnapshot


def facts(guide: str, **more: str) -> Facts:
    return Facts(MemorySnapshot({"CONTRIBUTING.md": guide, **more}))


def block(*lines: str) -> str:
    return "\n```console\n" + "".join(f"$ {line}\n" for line in lines) + "```\n"


@pytest.mark.parametrize(
    "text",
    [
        "Run `make test` before you push.",
        "Then type `make test`.",
        "The suite is started by using `make test`.",
        "- `make test`",
        "1. `make test`",
        "Make sure nothing broke. `make test`.",
        "- **All tests**: `make test`",
        "- **Tests:** `make test` (takes a minute)",
        "- The suite: `make test`",
        "You can run `make lint` and `make test`.",
        block("make test"),
    ],
)
def test_an_instruction_is_read(text: str) -> None:
    assert facts(f"# Contributing\n\n{text}\n").test_commands.value == ("make test",)


@pytest.mark.parametrize(
    "text",
    [
        "Never run `make test` on a train.",
        "This is similar to `make test`.",
        "The target `make test` has a history.",
        "Here `invoke` is equivalent to `make`, in an old shell or `make test`.",
        "- Note: `make test` has a history.",
        "- **Testing**: `pytest`",
        "Give `--fast` when invoking `pytest`.",
        "We like `pytest` a lot.",
        "```python\nmake_test()\n```",
    ],
)
def test_a_mention_is_left_alone(text: str) -> None:
    assert facts(f"# Contributing\n\n{text}\n").test_commands.value == ()


TOX = "[tox]\nenvlist = py\n[testenv]\ncommands = pytest\n"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Run the tests locally using [tox] which takes all Pythons.\n\n[tox]: https://tox.wiki\n", ("tox",)),
        ("You can run all tests with tox.", ("tox",)),
        ("Never run the tests with tox, please.", ()),
        ("Run the tests using nox.", ()),
        ("Run the tests using tox environments.", ()),
        ("We use tox to run the tests.", ()),
    ],
)
def test_a_runner_that_a_sentence_runs_the_tests_with_is_a_command(text: str, named: tuple[str, ...]) -> None:
    found = facts(f"# Contributing\n\nFork, commit, push.\n\n{text}\n" + block("pip install -e ."), **{"tox.ini": TOX})
    assert found.test_commands.value == named


def test_an_option_whose_value_may_be_missing_ends_a_command() -> None:
    assert facts(
        "# Contributing\n\nTo run the checks in parallel, invoke tox with `tox -p`.\n"
    ).test_commands.value == ("tox -p",)
