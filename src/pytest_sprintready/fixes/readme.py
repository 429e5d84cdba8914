"""The README's way to the guide."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from pytest_sprintready.fixes import commands
from pytest_sprintready.fixes.markup import Piece, body, is_rst, manner_of, render
from pytest_sprintready.fixes.model import Edit, Fix, LeftAlone
from pytest_sprintready.fixes.placing import end_of, end_of_page, inserted, usual_blanks, usual_level
from pytest_sprintready.fixes.registry import fixer
from pytest_sprintready.reading.links import links
from pytest_sprintready.reading.phrases import whole_text

if TYPE_CHECKING:
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.fixes.registry import Case
    from pytest_sprintready.reading.document import Document, Section


@fixer("SR102")
def link_the_guide(case: Case) -> Fix | LeftAlone | None:
    """Add a sentence with a link to the section on contributing, or such a section."""
    facts = case.facts
    readme = facts.readme.value
    pages = facts.contributing.value
    target = pages[0] if pages else facts.contributing_url.value
    if not readme or not target:
        return LeftAlone("SR102", "there is no README, and what it says only you know") if not readme else None
    edit = link_from_readme(facts, target)
    if edit is None:
        reason = f"{readme} is neither Markdown nor reStructuredText by its name"
        return LeftAlone("SR102", reason, f"Contributions are welcome: see {target}.")
    return Fix("SR102", f"link {target} from {readme}", (edit,))


def link_from_readme(facts: Facts, target: str) -> Edit | None:
    """Return the edit of the README that leads to the guide at `target`; None where the README's markup is unclear."""
    readme = facts.readme.value
    document = facts.document(readme) if readme else None
    rst = is_rst(readme)
    if document is None or rst is None:
        return None
    text = facts.snapshot.read(readme)
    lines = text.split("\n")
    manner = manner_of(document, text, rst=rst)
    link = f"[{_name(target)}]({_address(facts, document, readme, target)})"
    sentence = f"Contributions are welcome: see {link}."
    section = _section_on_contributing(document)
    if section is not None:
        if re.search(r"\bwelcome\b", whole_text(section)):
            sentence = f"For more, see {link}."
        return Edit(readme, text, inserted(text, end_of(document, lines, section), body([sentence], manner)))
    level = usual_level(document)
    new = render([Piece("Contributing", (sentence,))], level, manner)
    return Edit(readme, text, inserted(text, end_of_page(document, lines, level), new, usual_blanks(document, lines)))


def _section_on_contributing(document: Document) -> Section | None:
    return next(
        (
            each
            for each in document.sections
            if each.level and re.fullmatch(r"contribut(e|ing|ions?)\W*", each.title.lower())
        ),
        None,
    )


def _name(target: str) -> str:
    """Return what the guide is called in a link: its file's name where that says what it is."""
    return target if re.fullmatch(r"contributing\.\w+", target, re.IGNORECASE) else "the contributing guide"


def _address(facts: Facts, document: Document, readme: str, target: str) -> str:
    """Return a relative link, or a whole address where the README has no other relative link (PyPI follows none).

    A README that is a link to a page elsewhere is shown in two places, from which only a whole address leads right.
    """
    if "://" in target:
        return target
    relative = posixpath.relpath(target, posixpath.dirname(readme) or ".")
    targets = [link.target for link in links(document) if not link.image]
    uses_relative = any("://" not in each and not each.startswith(("#", "mailto:")) for each in targets)
    forge = commands.forge(facts)
    elsewhere = facts.snapshot.resolve(readme) not in {None, readme}
    if forge is None or (not elsewhere and (uses_relative or not targets or not facts.project.raw_name)):
        return relative
    middle = {"gitlab": "-/blob/HEAD", "forgejo": "src/branch/HEAD"}.get(forge.kind, "blob/HEAD")
    return f"{forge.address}/{middle}/{target}"
