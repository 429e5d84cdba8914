"""What `sprintready verify` needed is written where the documents stopped short."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import RECORD, Deviation, Outcome, Verdict, to_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.fixes.model import Plan

    Planned = Callable[..., Plan]

GUIDE = """\
# Contributing

Set up:

```console
$ python -m pip install -e .
```

Test with `pytest`, or all Pythons:

```console
$ tox
```
"""
MOCK = Deviation(
    "pytest-mock",
    "CONTRIBUTING.md:6: say so",
    says="python -m pip install -e .",
    place=Evidence("CONTRIBUTING.md", 6),
    commands=("python -m pip install pytest-mock",),
)
TOX = Deviation(
    "`tox -e py312`, not `tox`",
    "CONTRIBUTING.md:12: name it",
    says="tox",
    place=Evidence("CONTRIBUTING.md", 12),
    commands=("tox -e py312",),
    written="instead",
)
GREEN = Outcome("lantern", Verdict.GREEN, date="2026-05-01T08:00:00+00:00")


def written(
    planned: Planned, package: dict[str, str], *deviations: Deviation, guide: str = GUIDE, **options: object
) -> str | None:
    plan = planned(files(package, *deviations, guide=guide), select=["SR513"], **options)
    return next((edit.new for edit in plan.edits), None)


def files(
    package: dict[str, str], *deviations: Deviation, guide: str = GUIDE, verdict: Verdict = Verdict.GREEN
) -> dict[str, str]:
    record = json.dumps(to_json(GREEN._replace(deviations=deviations, verdict=verdict)))
    return {**package, "CONTRIBUTING.md": guide, RECORD: record}


def test_a_line_that_was_needed_follows_the_one_that_did_not_suffice(planned: Planned, package: dict[str, str]) -> None:
    new = written(planned, package, MOCK)
    assert new == GUIDE.replace("-e .\n", "-e .\n$ python -m pip install pytest-mock\n")


def test_a_line_that_installs_more_takes_the_place_of_one_that_installs_less(
    planned: Planned, package: dict[str, str]
) -> None:
    package["pyproject.toml"] += '[project.optional-dependencies]\ntest = ["pytest-mock"]\n'
    more = MOCK._replace(commands=("python -m pip install -e '.[test]'",))
    assert written(planned, package, more) == GUIDE.replace("-e .\n", "-e '.[test]'\n")


def test_a_command_that_was_another_one_is_replaced(planned: Planned, package: dict[str, str]) -> None:
    assert written(planned, package, MOCK, TOX) == GUIDE.replace(
        "-e .\n", "-e .\n$ python -m pip install pytest-mock\n"
    ).replace("$ tox\n", "$ tox -e py312\n")


def test_several_lines_for_one_place_keep_their_order(planned: Planned, package: dict[str, str]) -> None:
    variables = MOCK._replace(needed="LEVEL", commands=("export LEVEL=high",))
    new = written(planned, package, MOCK, variables)
    assert new is not None
    assert "-e .\n$ python -m pip install pytest-mock\n$ export LEVEL=high\n```" in new


def test_a_command_in_a_sentence_is_followed_in_the_sentence(planned: Planned, package: dict[str, str]) -> None:
    guide = "# Contributing\n\nRun `python -m pip install -e .` first.\n\nThen test with `pytest`.\n"
    new = written(planned, package, MOCK._replace(place=Evidence("CONTRIBUTING.md", 3)), guide=guide)
    assert new == guide.replace("-e .`", "-e .`, then run `python -m pip install pytest-mock`")


def test_a_command_over_several_lines_is_followed_behind_its_last(planned: Planned, package: dict[str, str]) -> None:
    guide = GUIDE.replace("install -e .", "install \\\n  -e .")
    new = written(planned, package, MOCK._replace(says="python -m pip install \\\n  -e ."), guide=guide)
    assert new == guide.replace("  -e .\n", "  -e .\n$ python -m pip install pytest-mock\n")


def test_a_page_that_says_something_else_by_now_is_left_alone(planned: Planned, package: dict[str, str]) -> None:
    plan = planned(files(package, MOCK, guide=GUIDE.replace("-e .", "-r dev.txt")), select=["SR513"])
    assert plan.edits == ()
    (left,) = plan.left
    assert left.paste == "python -m pip install pytest-mock"


def test_what_no_line_settles_is_told_beside_what_is_written(planned: Planned, package: dict[str, str]) -> None:
    python = Deviation("Python 3.11, not 3.13", "say which Python to use")
    plan = planned(files(package, MOCK, python), select=["SR513"])
    assert len(plan.edits) == 1
    assert plan.fixes[0].left_out == ("Python 3.11, not 3.13 (say which Python to use)",)


def test_lines_that_did_not_make_the_clone_green_need_an_eye(planned: Planned, package: dict[str, str]) -> None:
    red = files(package, MOCK, verdict=Verdict.TESTS_FAILED)
    assert planned(red, select=["SR513"]).edits == ()
    assert len(planned(red, select=["SR513"], unsafe=True).edits) == 1


@pytest.mark.parametrize("command", ["pip install x\nrm -rf ~", "pip install \x1b[2Jx", "pip install \u202ex"])
def test_a_record_cannot_write_what_is_not_seen(planned: Planned, package: dict[str, str], command: str) -> None:
    assert written(planned, package, MOCK._replace(commands=(command,))) is None


def test_a_record_cannot_name_a_page_outside(planned: Planned, package: dict[str, str]) -> None:
    outside = MOCK._replace(place=Evidence("../../etc/profile", 1), says="")
    assert written(planned, package, outside) is None
