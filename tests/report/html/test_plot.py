"""Shapes from numbers."""

from __future__ import annotations

from pytest_sprintready.report.html.plot import history, shares
from pytest_sprintready.report.standings import Moment


def test_shares_fill_the_bar() -> None:
    parts = shares([("ready", 1), ("nearly", 2), ("not-yet", 0), ("unreadable", 1)])
    assert [(part.start, part.width) for part in parts] == [(0, 25), (25, 50), (75, 0), (75, 25)]


def test_no_projects_are_no_bar() -> None:
    assert [part.width for part in shares([("ready", 0), ("nearly", 0)])] == [0, 0]


def test_one_audit_is_no_history() -> None:
    assert history([Moment(0, {"ready": 1})]) is None


def test_areas_stand_on_each_other() -> None:
    plot = history([Moment(0, {"ready": 1, "nearly": 3}), Moment(86_400, {"ready": 4})])
    assert plot
    assert plot["areas"] == [
        ("ready", "M0.0,75.00 L1000.0,0.00 L1000.0,100.00 L0.0,100.00Z"),
        ("nearly", "M0.0,0.00 L1000.0,0.00 L1000.0,0.00 L0.0,75.00Z"),
    ]
    assert plot["rows"] == [("1 January 1970", [1, 3, 0, 0]), ("2 January 1970", [4, 0, 0, 0])]


def test_audits_of_no_projects_can_be_drawn() -> None:
    plot = history([Moment(0, {}), Moment(1, {})])
    assert plot
    assert plot["areas"] == []
