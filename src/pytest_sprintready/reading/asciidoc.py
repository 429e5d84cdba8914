"""The part of AsciiDoc that contributor guides use: headings, listings, lists, tables, links and code."""

from __future__ import annotations

from pytest_sprintready.reading.document import Block, Document, Link, Prose, Span
from pytest_sprintready.reading.outline import Draft, assemble, literal, split_lines, trim_url
from pytest_sprintready.reading.patterns import pattern

_HEADING = pattern(r"(={1,6}|#{1,6}) +(\S.*)$")
_LISTING = pattern(r"(-{4,}|\.{4,})$|(```)([\w+-]*)$")
_STYLE = pattern(r"\[([^\[\]]*)\]$")
_ITEM = pattern(r"(?:\*{1,5}|-|\.{1,5}|\d+\.) +(?=\S)")
_DIRECTIVE = pattern(r"(include|image)::([^\[\s]+)\[([^\]]*)\]$")
_TRANSPARENT = pattern(r"(?:={4,}|\*{4,}|_{4,}|\+{4,}|--|\+|'''|:[\w-]+:.*|\.[^\s.].*|\[.*\])$")
_INLINE = pattern(
    r"`([^`\n]+)`|(?:link|xref|image):([^\s\[\]:][^\s\[\]]{0,500})\[([^\]\n]{0,500})\]"
    r"|<<([^<>,\n]{1,500})(?:, *([^<>\n]{0,500}))?>>"
    r"|(https?://[^\s<>\[\]\"`]{1,2000})(?:\[([^\]\n]{0,500})\])?"
)
_MARKS = pattern(r"[`*_]+(?=\S)|(?<=\S)[`*_]+(?!\w)")


def read_asciidoc(path: str, text: str) -> Document:
    """Return the document's sections; never raises, whatever the text.

    Conditionals and attributes are not evaluated. `path` is only copied.
    """
    lines = split_lines(text)
    drafts = [Draft("", 0, 1, "", [])]
    includes: list[tuple[str, int]] = []
    row, language, source = 0, "", False
    while row < len(lines):
        line = lines[row]
        items = drafts[-1].items
        row += 1
        if heading := _HEADING.match(line):
            title = _MARKS.sub("", heading[2])
            drafts.append(Draft(title, len(heading[1]), row, title, []))
        elif listing := _LISTING.match(line):
            stop = _find(lines, row, listing[1] or listing[2])
            items.append(literal(lines[row:stop], row + 1, (listing[3] or language).lower(), "fence", ""))
            row = stop + 1
        elif line.startswith("////") and not line.strip("/"):
            stop = _find(lines, row, line)
            _add(items, lines[row:stop], row + 1, "comment")
            row = stop + 1
        elif line.startswith("|==="):
            stop = _find(lines, row, line)
            _add(items, lines[row:stop], row + 1, "table")
            row = stop + 1
        elif directive := _DIRECTIVE.match(line):
            if directive[1] == "include":
                includes.append((directive[2], row))
            else:
                links = (Link(directive[2], directive[3], row, image=True),)
                items.append(Prose(line, row, "paragraph", (), links))
        elif line.startswith("[") and (style := _STYLE.match(line)):
            words = [word.strip() for word in style[1].split(",")]
            source = words[0].partition("%")[0] in {"source", "listing", ""} and len(words) > 1
            language = words[1].lower() if source else ""
            continue
        elif line.startswith("//"):
            _add(items, [line[2:].strip()], row, "comment")
        elif line and not _TRANSPARENT.match(line):
            row = _text(items, lines, row - 1, language, source=source)
        elif line.startswith("."):
            continue  # a block's title stands between its style and its body
        language, source = "", False
    return assemble(path, drafts, includes)


def _find(lines: list[str], row: int, mark: str) -> int:
    """Return the index of the next line that is `mark`, or the number of lines."""
    try:
        return lines.index(mark, row)
    except ValueError:
        return len(lines)


def _text(items: list[Prose | Block], lines: list[str], row: int, language: str, *, source: bool) -> int:
    """Add the paragraph, list item or literal paragraph that begins in `row`; return the line after it."""
    stop = row + 1
    while stop < len(lines) and lines[stop] and lines[stop] != "+":
        if not source and (_ITEM.match(lines[stop].lstrip()) or _LISTING.match(lines[stop])):
            break
        stop += 1
    item = _ITEM.match(lines[row].lstrip())
    if source or (lines[row].startswith(" ") and not item):
        kind = "code-block" if source else "indented"
        items.append(literal(lines[row:stop], row + 1, language, kind, ""))
    elif item:
        _add(items, [lines[row].lstrip()[item.end() :], *lines[row + 1 : stop]], row + 1, "item")
    else:
        _add(items, lines[row:stop], row + 1, "paragraph")
    return stop


def _add(items: list[Prose | Block], lines: list[str], line: int, kind: str) -> None:
    codes: list[Span] = []
    links: list[Link] = []
    for row, text in enumerate(lines, line):
        for found in _INLINE.finditer(text):
            if found[1]:
                codes.append(Span(found[1].strip("+"), row))
            elif found[2]:
                links.append(Link(found[2], found[3], row, found[0].startswith("image")))
            elif found[4]:
                links.append(Link(f"#{found[4]}", found[5] or found[4], row))
            else:
                url = found[6] if found[7] is not None else trim_url(found[6])
                links.append(Link(url, found[7] or url, row))
    if any(lines):
        items.append(Prose("\n".join(lines), line, kind, tuple(codes), tuple(links)))
