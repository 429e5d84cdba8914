"""Words that all views of an audit share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.audit.manifest import Sprint
from pytest_sprintready.report.standings import Tally, ago, day, days, duration, sentence, web

if TYPE_CHECKING:
    from pytest_sprintready.audit.results import Audit

DAY = 86_400


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (0.44, "0.4 s"),
        (48.2, "48 s"),
        (59.7, "1 min"),
        (190, "3 min 10 s"),
        (3600, "1 h"),
        (3900, "1 h 5 min"),
    ],
)
def test_durations_read_as_people_say_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (0, "today"),
        (1, "1 day ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (70, "2 months ago"),
        (800, "2 years ago"),
    ],
)
def test_ages_are_rough(past: int, said: str) -> None:
    assert ago(1_778_000_000 - past * DAY, 1_778_000_000) == said


def test_a_clock_that_was_set_back_makes_nothing_come_from_the_future() -> None:
    assert ago(2_000, 1_000) == "today"


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ((), ""),
        (("2026-05-16",), "16 May 2026"),
        (("2026-05-16", "2026-05-18"), "16 to 18 May 2026"),
        (("2026-05-31", "2026-06-01"), "31 May to 1 June 2026"),
        (("2026-12-31", "2027-01-01"), "31 December 2026 to 1 January 2027"),
        (("some day",), "some day"),
    ],
)
def test_the_days_of_a_sprint(dates: tuple[str, ...], said: str) -> None:
    assert days(Sprint(dates=dates)) == said


@pytest.mark.parametrize("seconds", [None, 10**18])
def test_a_time_that_is_none_has_no_day(seconds: int | None) -> None:
    assert day(seconds) == ""


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org/a",
        "https://",
        "https://user:secret@example.org/a",
        "https://github.com@example.org/a",
        "https://example.org/a b",
        "https://example.org/\n",
        'https://example.org/"onmouseover="alert(1)',
        "https://example.org/a>b",
        "https://example.org/a)",
        "https://[::1",
        "",
    ],
)
def test_an_address_that_is_more_than_an_address_is_no_link(address: str) -> None:
    assert web(address) == ""


@pytest.mark.parametrize("address", ["https://github.com/a/b/blob/c/d.md#L3", "http://localhost:8080/a?b=c&d=%20"])
def test_ordinary_addresses_are_links(address: str) -> None:
    assert web(address) == address


def test_what_is_required_comes_first_among_what_is_lacking(audit: Audit) -> None:
    tally = Tally()
    for project in audit.projects:
        tally.add(project)
    severities = [rule.severity.value for rule, _ in tally.most_lacking]
    assert severities == sorted(severities, key=["required", "recommended", "optional"].index)
    required = [count for rule, count in tally.most_lacking if rule.severity.value == "required"]
    assert required == sorted(required, reverse=True)


def test_a_tally_knows_where_projects_stand(audit: Audit) -> None:
    tally = Tally()
    for project in audit.projects:
        tally.add(project)
    assert tally.moment == {"ready": 5, "nearly": 5, "not-yet": 3, "unreadable": 1}
    assert tally.projects == 14
    assert tally.verified == 10
    assert len(tally.green) == 7


def test_the_sentence_says_how_much_is_to_mend(audit: Audit) -> None:
    said = {project.project.name: sentence(project) for project in audit.projects}
    assert said["lantern"] == "Ready"
    assert said["beacon"] == "Nearly ready: 1 required check to mend"
    assert said["hearth"] == "Not yet ready: 6 required checks to mend"
    assert said["matchbox"] == "Could not be read"
