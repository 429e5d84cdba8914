"""Which licence a text is, by its characteristic sentences; and what metadata means by "BSD" or "Apache 2.0".

Answers are SPDX identifiers (https://spdx.org/licenses/). The text of a GPL does not say whether later versions may be
used too: it counts as `-only`, unless a notice that is not part of the text itself says "any later version".
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CHARACTERS = 400_000
_SHORT = 1_000

_MIT_START = "permission is hereby granted, free of charge, to any person obtaining a"
_BSD_START = "redistribution and use in source and binary forms"
_ISC_START = pattern(
    r"permission to use, copy, modify,? and(?:/or)? distribute this software(?: and its documentation)?"
)

# A licence that is told by one phrase of its title or preamble.
_PHRASES = (
    ("mozilla public license version 2.0", "MPL-2.0"),
    ("mozilla public license, version 2.0", "MPL-2.0"),
    ("subject to the terms of the mozilla public license, v. 2.0", "MPL-2.0"),
    ("terms and conditions for use, reproduction, and distribution", "Apache-2.0"),
    ("licensed under the apache license, version 2.0", "Apache-2.0"),
    ("eclipse public license - v 2.0", "EPL-2.0"),
    ("eclipse public license - v 1.0", "EPL-1.0"),
    ("european union public licence v. 1.2", "EUPL-1.2"),
    ("european union public licence v.1.2", "EUPL-1.2"),
    ("this is free and unencumbered software released into the public domain", "Unlicense"),
    ("cc0 1.0 universal", "CC0-1.0"),
    ("attribution 4.0 international", "CC-BY-4.0"),
    ("attribution-sharealike 4.0 international", "CC-BY-SA-4.0"),
    ("attribution-noncommercial 4.0 international", "CC-BY-NC-4.0"),
    ("attribution-noncommercial-sharealike 4.0 international", "CC-BY-NC-SA-4.0"),
    ("altered source versions must be plainly marked as such", "Zlib"),
    ("do what the fuck you want to public license", "WTFPL"),
    ("python software foundation license version 2", "PSF-2.0"),
    ("the artistic license 2.0", "Artistic-2.0"),
    ("boost software license - version 1.0", "BSL-1.0"),
    ("mulan permissive software license, version 2", "MulanPSL-2.0"),
    ("mulan permissive software license,version 2", "MulanPSL-2.0"),
    ("licensed under mulan psl v2", "MulanPSL-2.0"),
    ("blue oak model license", "BlueOak-1.0.0"),
    ("gnu affero general public license version 3, 19 november 2007", "AGPL-3.0-only"),
    ("gnu lesser general public license version 3, 29 june 2007", "LGPL-3.0-only"),
    ("gnu lesser general public license version 2.1, february 1999", "LGPL-2.1-only"),
    ("gnu library general public license version 2, june 1991", "LGPL-2.0-only"),
    ("gnu general public license version 3, 29 june 2007", "GPL-3.0-only"),
    ("gnu general public license version 2, june 1991", "GPL-2.0-only"),
)

_GNU_NOTICE = pattern(
    r"under the terms of (?:version (?P<before>[23](?:\.[01])?) of )?the gnu "
    r"(?P<kind>lesser |library |affero )?general public licen[sc]e(?P<rest>.{0,160})"
)
_DUAL = pattern(r"dual[- ]licen[sc]ed|under either of|at your (?:option|choice)(?!\)? any later)|either licen[sc]e")
_MARKUP = pattern(r"[*_`>#\"|\u201c\u201d]+|^[ \t]*(?://|;;|\.\.|::)+", re.MULTILINE)

_FAMILIES = {"": "GPL", "lesser ": "LGPL", "library ": "LGPL", "affero ": "AGPL"}

# What metadata calls a licence, without "the", "license", "version" and punctuation.
_NAMES = {
    "mit": "MIT",
    "expat": "MIT",
    "mit expat": "MIT",
    "mit no attribution": "MIT-0",
    "mit 0": "MIT-0",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache2": "Apache-2.0",
    "apache2.0": "Apache-2.0",
    "apache software 2": "Apache-2.0",
    "apache software 2.0": "Apache-2.0",
    "asl 2.0": "Apache-2.0",
    "asl2": "Apache-2.0",
    "bsd 2 clause": "BSD-2-Clause",
    "2 clause bsd": "BSD-2-Clause",
    "simplified bsd": "BSD-2-Clause",
    "freebsd": "BSD-2-Clause",
    "bsd 3 clause": "BSD-3-Clause",
    "bsd 3": "BSD-3-Clause",
    "bsd3": "BSD-3-Clause",
    "3 clause bsd": "BSD-3-Clause",
    "new bsd": "BSD-3-Clause",
    "modified bsd": "BSD-3-Clause",
    "revised bsd": "BSD-3-Clause",
    "bsd new": "BSD-3-Clause",
    "isc": "ISC",
    "isc iscl": "ISC",
    "unlicense": "Unlicense",
    "unlicense unlicense": "Unlicense",
    "mpl 2.0": "MPL-2.0",
    "mpl 2": "MPL-2.0",
    "mpl2": "MPL-2.0",
    "mozilla public 2.0": "MPL-2.0",
    "mozilla public 2.0 mpl 2.0": "MPL-2.0",
    "psf": "PSF-2.0",
    "psf 2.0": "PSF-2.0",
    "python software foundation": "PSF-2.0",
    "cc0": "CC0-1.0",
    "cc0 1.0": "CC0-1.0",
    "cc0 1.0 universal": "CC0-1.0",
    "cc0 1.0 universal cc0 1.0 public domain dedication": "CC0-1.0",
    "zlib": "Zlib",
    "zlib libpng": "Zlib",
    "wtfpl": "WTFPL",
    "0bsd": "0BSD",
    "zero clause bsd": "0BSD",
    "boost software 1.0": "BSL-1.0",
    "boost software 1.0 bsl 1.0": "BSL-1.0",
    "artistic 2.0": "Artistic-2.0",
    "eclipse public 2.0": "EPL-2.0",
    "eclipse public 2.0 epl 2.0": "EPL-2.0",
    "epl 2.0": "EPL-2.0",
    "eupl 1.2": "EUPL-1.2",
    "european union public licence 1.2 eupl 1.2": "EUPL-1.2",
    "european union public 1.2": "EUPL-1.2",
    "european union public 1.2 eupl 1.2": "EUPL-1.2",
    "mulan psl v2": "MulanPSL-2.0",
    "mulan permissive software v2": "MulanPSL-2.0",
    "mulan permissive software v2 mulanpsl 2.0": "MulanPSL-2.0",
}

_KNOWN = {name.lower(): name for name in (*_NAMES.values(), *(name for _, name in _PHRASES))}
_KNOWN.update(
    (name.lower(), name)
    for name in (
        "BSD-4-Clause", "BSD-3-Clause-Clear", "X11", "JSON", "Python-2.0", "HPND", "MIT-CMU", "Apache-1.1", "MPL-1.1",
        "OFL-1.1", "NCSA", "PostgreSQL", "CC-BY-3.0", "CC-BY-SA-3.0", "Artistic-1.0", "Zope", "ZPL-2.1", "ECL-2.0",
        "BSD-3-Clause-LBNL", "BSD-2-Clause-Patent", "CECILL-2.1", "CECILL-B", "CECILL-C", "MS-PL", "BUSL-1.1",
        "GPL-2.0-or-later", "GPL-3.0-or-later", "LGPL-2.0-or-later", "LGPL-2.1-or-later", "LGPL-3.0-or-later",
        "AGPL-3.0-or-later", "GPL-2.0", "GPL-3.0", "LGPL-2.1", "LGPL-3.0", "AGPL-3.0",
        "Classpath-exception-2.0", "LLVM-exception",
    )
)  # fmt: skip


class _Found(NamedTuple):
    position: int
    name: str


def identify_licence(text: str) -> str:
    """Return the SPDX expression of a licence file, "" if none is recognised.

    Several licences in one file are joined with AND, or with OR where the file offers a choice. In Debian's machine-
    readable form the licence of `Files: *` is the answer.
    """
    head = text[:MAX_CHARACTERS]
    tagged = re.search(r"SPDX-License-Identifier:[ \t]*([^\n*#]{1,100})", head)
    if tagged and tagged.start() < _SHORT and normalise_expression(tagged[1]):
        return normalise_expression(tagged[1])
    debian = re.search(r"^Files:[ \t]*\*[ \t]*\n(?:[^\n]+\n){0,50}?License:[ \t]*([^\n]+)", head, re.MULTILINE)
    if debian:
        return normalise_expression(debian[1])
    plain = " ".join(_MARKUP.sub(" ", head.replace("\u2019", "'").replace("\uff0c", ",")).lower().split())
    found = sorted(_found(plain))
    names = list(dict.fromkeys(each.name for each in found))
    if "Python-2.0" in names:  # the stack of licences of Python itself holds these
        return " AND ".join(name for name in names if name not in ("PSF-2.0", "HPND", "0BSD"))
    if not names and len(plain) < _SHORT:
        return _mentioned(plain)
    return (" OR " if _DUAL.search(plain) else " AND ").join(names)


def normalise_expression(text: str) -> str:
    """Return the SPDX expression that a metadata field means, "" where that cannot be told ("BSD", "GPL", "Apache").

    Takes expressions, common names ("MIT License", "Apache 2.0", "GPLv3+") and trove classifiers.
    """
    stripped = text.strip()
    if len(stripped) > 200 or "\n" in stripped:  # the whole text stands in the field
        return identify_licence(text)
    expression = _expression(stripped)
    if expression:
        return expression
    if stripped.startswith("License ::"):
        stripped = stripped.rpartition("::")[2].strip()
    return _gnu_name(stripped) or _NAMES.get(_simplified(stripped), "")


def _found(plain: str) -> Iterator[_Found]:
    starts = [match.start() for match in re.finditer(re.escape(_MIT_START), plain)]
    starts += [match.start() for match in re.finditer(re.escape(_BSD_START), plain)]
    starts += [match.start() for match in _ISC_START.finditer(plain)]
    starts.sort()
    for start, end in pairwise([*starts, len(plain)]):
        name = _permissive(plain[start : min(end, start + 6_000)])
        if name:
            yield _Found(start, name)
    titles = [_Found(plain.find(phrase), name) for phrase, name in _PHRASES if phrase in plain]
    gnu = min((title for title in titles if "GPL-" in title.name), default=None)
    notice = _gnu_notice(plain, gnu)
    if notice:
        yield notice
    for title in titles:
        if title.name == "Apache-2.0" and "apache license" not in plain:
            continue
        if "GPL-" not in title.name or (title is gnu and notice is None):  # the LGPL comes with the GPL under it
            yield title
    if "beopen" in plain and "cnri" in plain:
        yield _Found(plain.find("beopen"), "Python-2.0")


def _permissive(segment: str) -> str:
    """Return the licence of a text that starts as MIT, BSD or ISC do, and ends before the next one of them."""
    if segment.startswith(_MIT_START):
        if "shall be used for good, not evil" in segment:
            return "JSON"
        if "above copyright notice" not in segment:
            return "MIT-0" if "sell copies" in segment else ""
        return "X11" if "except as contained in this notice, the name" in segment else "MIT"
    if segment.startswith(_BSD_START):
        if not re.search(r"redistributions? (?:of|in) source", segment):
            return ""
        third = re.search(r"(?:be used|use the names?.{0,80}?) to endorse|neither the names? of", segment)
        if "advertising materials mentioning" in segment:
            return "BSD-4-Clause"
        if third:
            clear = "no express or implied licenses to any party's patent" in segment
            return "BSD-3-Clause-Clear" if clear else "BSD-3-Clause"
        return "BSD-2-Clause"
    if "is hereby granted" not in segment[:300]:
        return ""
    if "documentation" in segment[:120]:
        return "HPND"
    return "ISC" if "above copyright notice" in segment else "0BSD"


def _gnu_notice(plain: str, title: _Found | None) -> _Found | None:
    """Return what "under the terms of the GNU ... either version 3, or any later version" says.

    Behind the title it is the advice that ends the GPL's own text, and says nothing of this project.
    """
    notice = _GNU_NOTICE.search(plain)
    if notice is None or (title is not None and notice.start() > title.position):
        return None
    version = notice["before"] or next(iter(re.findall(r"version ([23](?:\.[01])?)", notice["rest"])), "")
    if not version:
        return None
    return _Found(notice.start(), _gnu(_FAMILIES[notice["kind"] or ""], version, later="later" in notice["rest"]))


def _gnu(family: str, version: str, *, later: bool) -> str:
    whole = version if "." in version else f"{version}.0"
    return f"{family}-{whole}-{'or-later' if later else 'only'}"


def _gnu_name(text: str) -> str:
    """Return the identifier for "GPLv3+", "GNU General Public License v2 or later (GPLv2+)"; "" without a version."""
    lower = text.lower()
    full = re.search(r"gnu (lesser |library |affero )?general public licen[sc]e", lower)
    short = re.search(r"\b(a|l)?gpl", lower)
    if full is None and short is None:
        return ""
    family = _FAMILIES[full[1] or ""] if full else f"{(short[1] or '').upper()}GPL" if short else ""
    version = re.search(r"(?:\bv|version |gpl ?v?-?|license,? |lesser |[ -])\.? ?([23](?:\.[01])?)(?![\d.]*\d)", lower)
    if version is None:
        return ""
    later = "later" in lower or "+" in lower or "newer" in lower
    return _gnu(family, version[1], later=later)


def _expression(text: str) -> str:
    """Return an SPDX expression of known identifiers in their own spelling, "" for anything else."""
    words = re.findall(r"[()]|[^\s()]+", text)
    spelled: list[str] = []
    for word in words:
        if word in "()" or word.upper() in ("AND", "OR", "WITH"):
            spelled.append(word.upper())
            continue
        name = _KNOWN.get(word.lower()) or (word if word.startswith("LicenseRef-") else "")
        if not name and word.endswith("+"):
            name = _KNOWN.get(f"{word[:-1].lower()}-or-later", "")
        if not name:
            return ""
        spelled.append(name)
    if not spelled or spelled[-1] in ("AND", "OR", "WITH") or spelled[0] in ("AND", "OR", "WITH"):
        return ""
    names = [word for word in spelled if word not in ("(", ")")]
    if any((word in ("AND", "OR", "WITH")) == (index % 2 == 0) for index, word in enumerate(names)):
        return ""
    joined = " ".join(f"{word}-only" if re.fullmatch(r"A?L?GPL-[\d.]+", word) else word for word in spelled)
    return joined.replace("( ", "(").replace(" )", ")")


def _simplified(name: str) -> str:
    lower = re.sub(r"[^a-z0-9.]+", " ", name.lower().replace("licence", "license"))
    words = [
        word for word in lower.split() if word not in ("the", "license", "licensed", "version", "v", "osi", "approved")
    ]
    return " ".join(re.sub(r"^v(?=[\d.]+$)", "", word) for word in words)


def _mentioned(plain: str) -> str:
    """Return the licence that a short notice names without its text ("released under the MIT license")."""
    found = re.search(
        r"\b(mit|apache(?: software)?(?: license)?,?(?: version)? 2(?:\.0)?|(?:new |modified )bsd|"
        r"bsd[ -][23][ -]clause|[23][ -]clause bsd|isc|mpl[ -]2\.0|unlicense|cc0(?: 1\.0)?)\b(?= licen[sc]e|[^a-z]|$)",
        plain,
    )
    return normalise_expression(found[1]) if found else _gnu_name(plain)
