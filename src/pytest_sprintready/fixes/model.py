"""The values of this room: an edit, a fix made of edits, what was left alone, what a maintainer answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.model import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping


class Edit(NamedTuple):
    r"""The text of one file before and after, with "\n" line ends; `old` is None for a file that is new."""

    path: str
    old: str | None
    new: str


class Fix(NamedTuple):
    """Edits that settle the check `code`, and with it those of `also`; `partly` where some of its findings remain.

    `safe` is False where they say or change more than the repository's files prove, so that a human has to look.
    `left_out` names what could not be known and therefore is not in them; `asks` are the answers that would help.
    """

    code: str
    summary: str
    edits: tuple[Edit, ...]
    safe: bool = True
    also: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    partly: bool = False


class LeftAlone(NamedTuple):
    """A failing check that is not mended, with the reason.

    `paste` is text a maintainer can use, where there is some; `asks` names the answers with which it could be mended.
    """

    code: str
    reason: str
    paste: str = ""
    asks: tuple[str, ...] = ()


class Question(NamedTuple):
    """Something no file tells. `text` is what is asked on a terminal; `example` shows the form of an answer."""

    key: str
    text: str
    example: str


QUESTIONS = (
    Question("lead", "Who leads the sprint for this project?", "Ada Lovelace"),
    Question("contact", "Where are questions answered on the day (chat, forum, address)?", "https://chat.example/room"),
    Question("conduct-contact", "Who receives reports under the code of conduct, privately?", "ada@example.com"),
    Question("licence", "Which licence? MIT can be written here; name another one and add its text.", "MIT"),
    Question("copyright", "Who holds the copyright?", "Ada Lovelace"),
    Question("mentors", "Who helps at the table (names, separated by commas)?", "Ada Lovelace, Grace Hopper"),
    Question("level", "For whom is it: beginner, intermediate, advanced?", "beginner"),
    Question("capacity", "How many seats are there?", "10"),
    Question("goals", "What is to be done (separated by commas)?", "fix small bugs, translate the tutorial"),
    Question("verified", "On what system and when did the written set-up last work?", "Debian 12, 2026-05-01"),
    Question("review-time", "Within what time is a pull request looked at?", "within a week"),
    Question("ai-policy", "What holds for AI assistance? One sentence.", "AI assistance is welcome if disclosed."),
)

Answers = dict[str, str]
NO_ANSWERS: Mapping[str, str] = EMPTY


class Plan(NamedTuple):
    """What can be mended. `edits` is one edit a file, all fixes joined, in the order of paths.

    `unsafe` are fixes that were not taken because only safe ones were wanted.
    """

    fixes: tuple[Fix, ...] = ()
    unsafe: tuple[Fix, ...] = ()
    left: tuple[LeftAlone, ...] = ()
    edits: tuple[Edit, ...] = ()
