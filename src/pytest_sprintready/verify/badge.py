"""The badge for a README: how long a newcomer took to the first green test, or why there was none."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pytest_sprintready.outcome import Outcome

_LABEL = "first green test"
_GREEN, _YELLOW, _RED = "#2e7d32", "#8a6d00", "#b3261e"
"""On these, white text has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""

_CHARACTER = 6.6
"""Pixels of an average character at 11 px."""


def svg(outcome: Outcome) -> str:
    """Return the badge as an SVG image."""
    told, colour = _told(outcome)
    left, right = _width(_LABEL), _width(told)
    title = escape(f"{_LABEL}: {told} ({outcome.date[:10]})")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f"<title>{title}</title>"
        f'<rect width="{left}" height="20" fill="#444"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/>'
        f'<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f'<text x="{left / 2:.1f}" y="14">{_LABEL}</text>'
        f'<text x="{left + right / 2:.1f}" y="14">{escape(told)}</text></g></svg>\n'
    )


def _told(outcome: Outcome) -> tuple[str, str]:
    if not outcome.green:
        return outcome.verdict.value, _RED
    after = outcome.seconds if outcome.first_green is None else outcome.first_green
    told = f"{after:.0f} s" if after < 100 else f"{after / 60:.0f} min"
    return told, _GREEN if outcome.as_documented else _YELLOW


def _width(text: str) -> int:
    return round(len(text) * _CHARACTER) + 12
