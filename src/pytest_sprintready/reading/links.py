"""Links of a document: which must lead to a file of the same repository, and which headings anchors lead to."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.document import Prose
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.reading.document import Document, Link

_SCHEME = pattern(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_TEMPLATE = pattern(r"[{}<>$|\\*\s]|%\(|(?:^|/)path/to/")
# Pages that a forge shows beside the files of a repository.
_FORGE_PAGES = pattern(
    r"(issues?|pulls?|wiki|discussions|releases?|blob|tree|raw|commits?|actions|security|labels|milestones?|projects"
    r"|compare|graphs|network|stargazers|tags|branches|community|contribute|search|edit|new|archive|sponsors|pulse|-)"
)
_GENERATED = pattern(r"\.html?$|(?:^|/)(?:_build|build|site|_static|_images|_modules|generated|api|reference)/")
_PAGE = pattern(r"\.(?:md|markdown|rst)$", re.IGNORECASE)
# In lower case, each way beginning with a plain character: so long pages take a quarter of the time.
_NAMED_TARGET = pattern(r"(?:id(?<!\wid)\s*=\s*[\"']?|name(?<!\wname)\s*=\s*[\"']?|\{#|\n\.\. _|\n\()([^\"'\s>}:)]+)")


class LocalLink(NamedTuple):
    """A link that must lead to a file or folder: `path` from the root, decoded, "" for the page itself; `anchor`."""

    path: str
    anchor: str
    link: Link


def unquoted(text: str) -> str:
    """Return a part of an address with its %-escapes as characters."""
    if "%" not in text:
        return text
    from urllib.parse import unquote  # takes as long to import as ten of our modules, and few addresses need it

    return unquote(text)


def links(document: Document) -> Iterator[Link]:
    """Yield every link and image of a document, in reading order."""
    for section in document.sections:
        for item in section.items:
            if isinstance(item, Prose) and item.kind != "comment":
                yield from item.links


def local_link(link: Link, page: str, *, site: bool) -> LocalLink | None:
    """Return the file a link must lead to, None where the files cannot settle it.

    `page` is the path of the document. `site` says that a site generator may add pages to those in the repository
    and rename them; only names of source pages are judged then.
    """
    target = link.target.strip()
    if not target or _SCHEME.match(target) or _TEMPLATE.search(target):
        return None
    written, _, anchor = target.partition("#")
    written = unquoted(written.partition("?")[0])
    anchor = unquoted(anchor)
    if not written:
        return None if site or not anchor else LocalLink("", anchor, link)
    if (site or page.lower().endswith(".rst")) and (written.startswith("/") or not _PAGE.search(written)):
        return None  # names of a site's pages and of reStructuredText's targets look like paths
    if written.startswith("/") and "." not in posixpath.basename(written):
        return None  # a page of the project's site
    base = "" if written.startswith("/") else posixpath.dirname(page)
    path = posixpath.normpath(posixpath.join(base, written.lstrip("/")))
    parts = path.split("/")
    if parts[0] == ".." or _FORGE_PAGES.fullmatch(written.strip("./").partition("/")[0]) or _GENERATED.search(path):
        return None
    if "/" not in written and "." not in written and not written.isupper():
        return None  # "[text](link)": a blank in an example as often as a file, unlike LICENSE
    return LocalLink("" if path == "." else path, "" if site else anchor, link)


def has_anchor(document: Document, text: str, anchor: str) -> bool:
    """Return whether a Markdown page has a heading or named target for `anchor`.

    Forges differ in what they make of punctuation and emoji, so only letters and digits are compared.
    """
    wanted = _plain(anchor)
    is_readme = document.path.rpartition("/")[2].lower().startswith("readme")
    if not wanted or wanted == "top" or (wanted == "readme" and is_readme):  # forges give their README that name
        return True
    repeated = re.fullmatch(r"(.*)-\d+", anchor)  # the second heading of a name gets "-1"
    spellings = {wanted, _plain(repeated[1]) if repeated else wanted}
    spellings |= {each.removeprefix("usercontent") for each in spellings}
    return any(
        not spellings.isdisjoint(map(_plain, names))
        for names in (
            (section.slug for section in document.sections),
            (section.title for section in document.sections),
            _named_targets(text),  # last: most links lead to headings, and looking for these takes long
        )
    )


def _named_targets(text: str) -> Iterator[str]:
    return (found[1] for found in _NAMED_TARGET.finditer(f"\n{text.lower()}"))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
