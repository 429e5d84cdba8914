"""The page of an audit, with what was there before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    from pytest_sprintready.audit.results import Audit
    from pytest_sprintready.audit.store import Store


def page(store: Store, audit: Audit) -> str:
    """Return the page as HTML. Raises UsageError where Jinja2 is missing."""
    from pytest_sprintready.report import html
    from pytest_sprintready.report.standings import Moment

    earlier = [
        Moment(
            tally.started,
            {
                "ready": tally.ready,
                "nearly": tally.nearly,
                "not-yet": tally.not_yet,
                "unreadable": tally.unreadable,
            },
        )
        for tally in store.tallies()
        if tally.number < audit.number and tally.sprint == audit.sprint.name and tally.finished is not None
    ]
    try:
        return html.render(audit, earlier)
    except ModuleNotFoundError as missing:
        if missing.name != "jinja2":
            raise
        raise UsageError(
            "the page is made with Jinja2, which is not installed", 'python -m pip install "pytest-sprintready[audit]"'
        ) from missing
