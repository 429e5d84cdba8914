"""The JSON of what a forge said."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_sprintready.errors import ForgeError
from pytest_sprintready.forge.model import (
    Comment,
    Default,
    ForgeData,
    Issue,
    Label,
    PullRequest,
    Repository,
    from_json,
    to_json,
)

REQUEST = PullRequest(4, "Paint it", "https://forge.example/lamps/lantern/pull/4", answered=0, closes=(7,))
ISSUE = Issue(
    7,
    "The lamp is dark",
    labels=("good first issue",),
    comments=(Comment("ada", "maintainer", text="Look at lamp.py"),),
    pull_requests=(REQUEST,),
)
DATA = ForgeData(
    Repository("gitea", "forge.example", "lamps/lantern", archived=True),
    labels=(Label("good first issue", "7057ff", "Small"),),
    beginner_labels=("good first issue",),
    issues=(ISSUE,),
    issue_count=1,
    recent=None,
    pull_requests=(REQUEST,),
    defaults=(Default("contributing", "https://forge.example/lamps/.profile"),),
    fetched=1_700_000_000,
    problems=("pull requests: the forge answered 502",),
)


def test_what_is_written_is_read_again() -> None:
    assert from_json(json.loads(json.dumps(to_json(DATA)))) == DATA


def test_what_a_later_version_adds_is_left_out() -> None:
    written = to_json(DATA)
    written["weather"] = "fine"
    written["issues"][0]["mood"] = 3
    assert from_json(written) == DATA


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        pytest.param({"schema": 2}, "schema 1", id="another schema"),
        pytest.param({"labels": "bug"}, "labels must be a list", id="text for a list"),
        pytest.param({"labels": ["bug"]}, r"labels\[0\] must be an object", id="text for a label"),
        pytest.param(
            {"issues": [{"number": "7"}]}, r"issues\[0\]: number must be a whole number", id="text for a number"
        ),
        pytest.param({"issues": [{"number": True}]}, "number must be a whole number", id="truth for a number"),
        pytest.param({"issues": [{"labels": [7]}]}, "labels must hold nothing but text", id="number for a name"),
        pytest.param({"repository": None}, "repository must be an object", id="nothing for a repository"),
        pytest.param({"fetched": None}, "fetched must be a whole number", id="nothing for a time"),
    ],
)
def test_what_is_broken_is_named(change: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ForgeError, match=complaint):
        from_json({**to_json(DATA), **change}, "lantern.json")


@pytest.mark.parametrize("value", [None, [], "x", {}])
def test_what_is_no_answer_of_a_forge_is_refused(value: object) -> None:
    with pytest.raises(ForgeError, match="holds no answers of a forge"):
        from_json(value)
