"""The code of conduct, with the person who receives reports: nobody but a maintainer can name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.checks._guide import known
from pytest_sprintready.fixes.markup import Items, Manner, Piece, body, heading, is_rst, manner_of, render
from pytest_sprintready.fixes.model import Edit, Fix, LeftAlone
from pytest_sprintready.fixes.placing import end_of_page, inserted, usual_level
from pytest_sprintready.fixes.registry import fixer

if TYPE_CHECKING:
    from pytest_sprintready.fixes.markup import Part
    from pytest_sprintready.fixes.registry import Case

_ASKS = ("conduct-contact",)


@fixer("SR401")
def write_code_of_conduct(case: Case) -> Fix | LeftAlone:
    """Write a short code of our own words, once a contact for reports is known: without one it would be a promise."""
    contact = case.answers.get("conduct-contact", "")
    if not contact:
        return LeftAlone("SR401", "who receives reports privately only you know", asks=_ASKS)
    rst = is_rst(known(case.facts.readme, "")) is True
    path = "CODE_OF_CONDUCT.rst" if rst else "CODE_OF_CONDUCT.md"
    manner = Manner(rst=rst, marks=((1, "=", False), (2, "-", False)) if rst else ())
    lines = [*heading("Code of conduct", 1, manner), "", *body(_OPENING, manner), ""]
    lines += render([*_CHAPTERS, Piece("Reports", _reports(contact))], 2, manner)
    text = "\n".join(lines) + "\n"
    return Fix("SR401", f"write {path}; reports go to {contact}", (Edit(path, None, text),), also=("SR402",))


_OPENING: tuple[Part, ...] = (
    (
        "Everybody who takes part in this project, by code, words or presence, is to feel safe in it. This holds in "
        "the repository, in its channels and at its events, for newcomers and maintainers alike."
    ),
)
_CHAPTERS = (
    Piece(
        "What we ask of each other",
        (
            Items(
                (
                    "Be kind and patient. Nobody knows everything, and every question was new to somebody once.",
                    "Criticise the work, not the person, and say what would be better.",
                    "Take it well when somebody tells you that you have hurt them, and make it good.",
                )
            ),
        ),
    ),
    Piece(
        "What has no place here",
        (
            Items(
                (
                    "Insults, threats, mockery, and remarks that put people down for who they are.",
                    "Unwanted attention, sexual or otherwise, in public or in private.",
                    "Publishing what is private about somebody without their consent.",
                )
            ),
        ),
    ),
)


def _reports(contact: str) -> tuple[Part, ...]:
    happens = (
        f"If something like that happens to you, or you see it happen, write to {_linked(contact)}. What you report "
        "is kept private, and nobody is treated worse for having reported something in good faith."
    )
    follows = (
        "Whoever breaks these rules is told so. If it was serious or goes on, contributions and comments are "
        "removed, and the person is excluded for a time or for good."
    )
    return (happens, follows)


def _linked(contact: str) -> str:
    return f"[this form]({contact})" if contact.startswith("http") else contact


_BLANK = re.compile(
    r"\[ ?(?:insert|enter|add|your|contact|e-?mail|project|method|maintainer)[^\]\n]{0,60}\](?![(\[])"
    r"|<(?:insert|enter|add|your|contact|e-?mail)[^>@\n]{0,60}>",
    re.IGNORECASE,
)


@fixer("SR402")
def name_the_contact(case: Case) -> Fix | LeftAlone | None:
    """Fill in the blank of a template, or add whom reports go to."""
    contact = case.answers.get("conduct-contact", "")
    place = case.result.findings[0].place
    if place is None:
        return None
    if not contact:
        return LeftAlone("SR402", "who receives reports privately only you know", asks=_ASKS)
    text = case.facts.snapshot.read(place.path)
    rst = is_rst(place.path)
    if _BLANK.search(text):
        new = _BLANK.sub(lambda _found: contact, text)
        return Fix("SR402", f"name {contact} in {place.path}", (Edit(place.path, text, new),))
    document = case.facts.document(place.path)
    if rst is None or document is None:
        return LeftAlone("SR402", f"{place.path} is neither Markdown nor reStructuredText by its name")
    lines, manner = text.split("\n"), manner_of(document, text, rst=rst)
    level = usual_level(document)
    piece = Piece("Reports", (f"Reports of a breach of this code go to {_linked(contact)}. They are kept private.",))
    new = inserted(text, end_of_page(document, lines, level), render([piece], level, manner))
    return Fix("SR402", f"add to {place.path} that reports go to {contact}", (Edit(place.path, text, new),))


# The licence ----------------------------------------------------------------------------------------------------

MIT = """\
MIT License

Copyright (c) {holder}

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


@fixer("SR408")
def write_licence(case: Case) -> Fix | LeftAlone:
    """Write the text of the MIT licence, if that is the one declared or chosen, with the holder's name."""
    declared = known(case.facts.license_spdx, "")
    chosen = declared or case.answers.get("licence", "").strip()
    holder = case.answers.get("copyright", "")
    if not chosen:
        return LeftAlone("SR408", "which licence it is only you decide", asks=("licence", "copyright"))
    if chosen.upper() != "MIT":
        return LeftAlone("SR408", f"add the text of {chosen} as LICENSE (https://spdx.org/licenses/{chosen}.html)")
    if not holder:
        return LeftAlone("SR408", "who holds the copyright only you know", asks=("copyright",))
    return Fix("SR408", "write LICENSE with the text of MIT", (Edit("LICENSE", None, MIT.format(holder=holder)),))
