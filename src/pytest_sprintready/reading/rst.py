"""reStructuredText as projects write it, with Sphinx's and its extensions' directives and roles.

The structure of RST is its indentation, so an element's body is a range of lines that stand further right than the
element. Bodies of unknown directives are read as ordinary content: nothing that could be a command is lost.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pytest_sprintready.reading.document import Block, Document, Link, Prose, Span
from pytest_sprintready.reading.outline import MAX_DEPTH, Draft, assemble, literal, split_lines, trim_url
from pytest_sprintready.reading.patterns import pattern

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DIRECTIVE = pattern(r"\.\. +([A-Za-z][\w.+:-]*?) ?::(?: +(.*))?$")
_SUBSTITUTION = pattern(r"\.\. +\|([^|]+)\| +([A-Za-z][\w-]*)::(?: +(.*))?$")
_TARGET = pattern(r"(?:\.\. +__:|__(?= )|\.\. +_(`[^`]+`|(?:[^:\\]|\\.|:(?! |$))+):)(?: +(.*))?$")
_NOTE = pattern(r"\.\. +\[[^\]]+\](?: +|$)")
_BULLET = pattern(r"[-*+•‣\u2043](?: +|$)")
_ENUMERATOR = pattern(
    r"(?:\((?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|#)\)|(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+|#)[.)])(?: +|$)"
)
_FIELD = pattern(r":(?![: ])((?:[^:\\]|\\.|:(?! |$|`))+):(?: +|$)")
_OPTION = pattern(r":([\w-]+):(?: +(.*))?$")
_GRID = pattern(r"\+[-=]+\+[-=+]*$")
_SIMPLE_TABLE = pattern(r"=+(?: +=+)+$")

_CODE_DIRECTIVES = frozenset(
    {"code-block", "code", "sourcecode", "console", "prompt", "ipython", "cmd", "program-output"}
)
_DOCTEST_DIRECTIVES = {
    "doctest": "pycon",
    "testcode": "python",
    "testsetup": "python",
    "testcleanup": "python",
    "plot": "python",
}
_TAB_DIRECTIVES = frozenset({"tab-item", "tab", "group-tab", "dropdown", "details", "collapse"})
# What follows `::` is the beginning of the text, not an argument.
_TEXT_DIRECTIVES = frozenset(
    {
        "note",
        "tip",
        "hint",
        "important",
        "warning",
        "caution",
        "danger",
        "attention",
        "error",
        "seealso",
        "admonition",
        "topic",
        "sidebar",
        "rubric",
        "todo",
        "centered",
        "epigraph",
        "highlights",
        "versionadded",
        "versionchanged",
        "deprecated",
    }
)
_INCLUDES = frozenset({"include", "mdinclude"})
_DROPPED = frozenset({"literalinclude", "highlight"})

_INLINE = pattern(
    r"\\.|``|`|(?<=[A-Za-z0-9])__?(?![\w`])|(?:https?|ftp)://[^\s<>`\"]{1,2000}", re.IGNORECASE | re.DOTALL
)
_ROLE_BEFORE = pattern(r"(?<!\w):([A-Za-z][\w.+:-]*):$")
_ROLE_AFTER = pattern(r":([A-Za-z][\w.+-]{0,40}(?::[A-Za-z][\w.+-]{0,40})?):(?!\w)")
_WORD_BEFORE = pattern(r"[A-Za-z0-9](?:[\w.+:-]*[A-Za-z0-9])?$")
_EMBEDDED = pattern(r"^(.*?)\s*<([^<>]+)>$", re.DOTALL)
_LINK_ROLES = frozenset({"ref", "doc", "any", "download", "numref"})
_CODE_ROLES = frozenset({"code", "command", "samp", "program", "option", "literal", "bash", "sh", "shell"})
_HTML_LINK = pattern(r"<(?:a|img)\s[^<>]{0,2000}?(href|src) *= *[\"']?([^\"'\s<>]+)", re.IGNORECASE)

_TITLE_LIMIT = 1000
_TITLE_ROLE = pattern(r":[A-Za-z][\w.+:-]{0,60}:(?=`)")
_TITLE_TEXT = pattern(
    r"``(.+?)``|`([^`<]+?)(?:\s*<[^<>`]+>)?`_{0,2}|\|[^|\s][^|]*\|_{0,2}|(?<=[A-Za-z0-9])_{1,2}(?!\w)"
)
_TITLE_MARKS = pattern(r"(?<!\w)\*{1,2}(?=\S)|(?<=\S)\*{1,2}(?!\w)")


class _Raw(NamedTuple):
    """A piece of prose whose codes and links are still to be found."""

    text: str
    line: int
    kind: str
    tab: str


class _Place(NamedTuple):
    """Where an element stands: kind of a paragraph there, tab, depth of nesting, whether titles may stand there."""

    kind: str = "paragraph"
    tab: str = ""
    depth: int = 0
    titles: bool = True


class _Scanner:
    """Reads the lines of one document; `first` is the number of the first."""

    def __init__(self, lines: list[str], first: int = 1) -> None:
        self.lines = [line.expandtabs(8) if "\t" in line else line for line in lines]
        self.indents = [len(line) - len(line.lstrip(" ")) if line else -1 for line in self.lines]
        self.first = first
        self.sections: list[tuple[str, int, int, list[_Raw | Block | Prose]]] = [("", 0, 1, [])]
        self.includes: list[tuple[str, int]] = []
        self.targets: dict[str, str] = {}
        self.anonymous: list[str] = []
        self.waiting: list[str] = []  # names of targets that share the next one's address
        self.levels: list[str] = []
        self.language = ""

    def add(self, item: _Raw | Block | Prose) -> None:
        self.sections[-1][3].append(item)

    def read(self, start: int, end: int, base: int, place: _Place) -> None:
        """Read lines start..end, whose elements begin at column `base`."""
        row = start
        if place.depth > MAX_DEPTH:
            self._text(start, end, base, place)
            return
        while row < end:
            indent = self.indents[row]
            if indent < 0:
                row += 1
            elif indent != base:
                stop = self._body_end(row, end, base)
                self._nested(row, stop, place._replace(kind="quote" if indent > base else place.kind, titles=False))
                row = max(stop, row + 1)
            else:
                row = self._element(row, end, base, place)

    def _nested(self, start: int, end: int, place: _Place) -> None:
        """Read a body whose lines may begin at any column."""
        base = min((indent for indent in self.indents[start:end] if indent >= 0), default=-1)
        if base >= 0:
            self.read(start, end, base, place._replace(depth=place.depth + 1))

    def _body_end(self, row: int, end: int, base: int) -> int:
        """Return the end of the lines from `row` on that stand right of `base`, with the blank ones among them."""
        last = row
        indents = self.indents
        while row < end and (indents[row] < 0 or indents[row] > base):
            row += 1
            if indents[row - 1] >= 0:
                last = row
        return last

    def _element(self, row: int, end: int, base: int, place: _Place) -> int:
        """Read the element that begins in this line; return the line after it."""
        text = self.lines[row][base:]
        char = text[0]
        if place.titles and (after := self._title(row, end, base)):
            return after
        if char.isalpha():
            if (
                len(text) > 2
                and (enumerator := _ENUMERATOR.match(text))
                and self._enumerates(row, end, base, enumerator)
            ):
                return self._item(row, end, base, enumerator.end(), place)
            return self._paragraph(row, end, base, place)
        if char == "." and (text.startswith(".. ") or text == ".."):
            return self._explicit(row, end, base, place)
        if char == "_" and (target := _TARGET.match(text)):
            self.anonymous.append((target[2] or "").strip())
            return row + 1
        if bullet := _BULLET.match(text):
            return self._item(row, end, base, bullet.end(), place)
        if (char.isdigit() or char in "(#") and (enumerator := _ENUMERATOR.match(text)):
            if self._enumerates(row, end, base, enumerator):
                return self._item(row, end, base, enumerator.end(), place)
        elif char == ":" and (field := _FIELD.match(text)):
            return self._field(row, end, base, field.end(), place)
        elif text.startswith(">>> "):
            stop = self._run(row, end)
            lines = [line[base:] for line in self.lines[row:stop]]
            self.add(literal(lines, self.first + row, "pycon", "doctest", place.tab))
            return stop
        elif char == "+" and _GRID.match(text):
            return self._verbatim(row, self._run(row, end), base, "table", place)
        elif char == "=" and _SIMPLE_TABLE.match(text):
            return self._verbatim(row, self._simple_table(row, end, base), base, "table", place)
        elif char == "|" and (text == "|" or text[1] == " "):
            return self._verbatim(row, self._run(row, end), base, place.kind, place)
        elif char in _PUNCTUATION and len(text) >= 4 and text == char * len(text):
            return row + 1  # a transition
        return self._paragraph(row, end, base, place)

    def _run(self, row: int, end: int) -> int:
        """Return the line after the last that follows without a blank line."""
        while row < end and self.indents[row] >= 0:
            row += 1
        return row

    def _title(self, row: int, end: int, base: int) -> int:
        """Open the section that a title here begins; return the line after it, 0 if there is none."""
        lines = self.lines
        text = lines[row][base:]
        char = text[0]
        if char in _PUNCTUATION and text == char * len(text) and row + 2 < end:
            title = lines[row + 1][base:].strip()
            if title and lines[row + 2][base:] == text and (len(text) >= 4 or len(text) >= len(title)):
                self._section(title, char * 2, row + 1)
                return row + 3
        if row + 1 >= end or self.indents[row + 1] != base:
            return 0
        under = lines[row + 1][base:]
        char = under[0]
        if char not in _PUNCTUATION or under != char * len(under) or (len(under) < 4 and len(under) < len(text) - 1):
            return 0
        if text == text[0] * len(text) and text[0] in _PUNCTUATION and len(text) >= 4:
            return 0
        self._section(text, char, row)
        return row + 2

    def _section(self, title: str, style: str, row: int) -> None:
        if style not in self.levels:
            self.levels.append(style)
        self.sections.append((title, self.levels.index(style) + 1, self.first + row, []))
        if "`" in title:
            self.add(_Raw(title, self.first + row, "heading", ""))

    def _text(self, start: int, end: int, base: int, place: _Place) -> None:
        self._verbatim(start, end, base, place.kind, place)

    def _verbatim(self, start: int, end: int, base: int, kind: str, place: _Place) -> int:
        """Keep lines as prose of this kind."""
        if start < end:
            text = "\n".join([line[base:] for line in self.lines[start:end]])
            self.add(_Raw(text, self.first + start, kind, place.tab))
        return max(end, start + 1)

    def _simple_table(self, row: int, end: int, base: int) -> int:
        """Return the line after the border that a blank line or the end follows."""
        borders = 0
        for index in range(row, end):
            if self.lines[index].startswith("=", base) and _SIMPLE_TABLE.match(self.lines[index], base):
                borders += 1
                if borders > 1 and (borders == 3 or index + 1 == end or self.indents[index + 1] < 0):
                    return index + 1
            elif self.indents[index] >= 0 and self.indents[index] < base:
                break
        return self._run(row, end)

    def _enumerates(self, row: int, end: int, base: int, enumerator: re.Match[str]) -> bool:
        """Tell an item from a sentence that begins with an initial: the next line must fit a list."""
        if row + 1 >= end or self.indents[row + 1] < 0 or self.indents[row + 1] >= base + enumerator.end():
            return True
        return self.indents[row + 1] == base and bool(_ENUMERATOR.match(self.lines[row + 1][base:]))

    def _item(self, row: int, end: int, base: int, width: int, place: _Place) -> int:
        """Read a list item: its marker is blanked, so that its text stands where its body does."""
        column = base + width
        stop = self._body_end(row + 1, end, base)
        if not self._blank_marker(row, column):
            self._nested(row, stop, place._replace(kind="item", titles=False))
            return stop
        inner = stop
        for index in range(row + 1, stop):
            if 0 <= self.indents[index] < column:
                inner = index
                break
        item = place._replace(kind="item", titles=False, depth=place.depth + 1)
        self.read(row, inner, column, item)
        if inner < stop:
            self._nested(inner, stop, item._replace(kind="paragraph"))
        return max(stop, row + 1)

    def _blank_marker(self, row: int, column: int) -> bool:
        """Replace what stands left of `column` by spaces; false if nothing stands right of it."""
        rest = self.lines[row][column:].strip()
        self.lines[row] = " " * column + rest if rest else ""
        self.indents[row] = column if rest else -1
        return bool(rest)

    def _field(self, row: int, end: int, base: int, width: int, place: _Place) -> int:
        stop = max(self._body_end(row + 1, end, base), row + 1)
        rest = self.lines[row][base + width :].strip()
        following = [indent for indent in self.indents[row + 1 : stop] if indent >= 0]
        column = min(following, default=base + width)
        self.lines[row] = " " * column + rest if rest else ""
        self.indents[row] = column if rest else -1
        self._nested(row, stop, place._replace(titles=False))
        return stop

    def _paragraph(self, row: int, end: int, base: int, place: _Place) -> int:
        """Read a paragraph and the literal block it announces, or a definition."""
        stop = row + 1
        while stop < end and self.indents[stop] == base:
            stop += 1
        lines = [line[base:] for line in self.lines[row:stop]]
        announces = lines[-1].endswith("::")
        if (text := "\n".join(lines).strip()) and text != "::":
            self.add(_Raw(text, self.first + row, place.kind, place.tab))
        if announces:
            return self._literal(stop, end, base, place)
        if stop == row + 1 and stop < end and self.indents[stop] > base:
            after = self._body_end(stop, end, base)
            self._nested(stop, after, place._replace(kind="paragraph", titles=False))
            return after
        return stop

    def _literal(self, row: int, end: int, base: int, place: _Place) -> int:
        while row < end and self.indents[row] < 0:
            row += 1
        if row >= end:
            return row
        if self.indents[row] > base:
            stop = self._body_end(row, end, base)
        else:
            mark = self.lines[row][base : base + 1]
            if mark not in _PUNCTUATION or self.lines[row].startswith(".. ", base):
                return row
            stop = row
            while stop < end and self.indents[stop] == base and self.lines[stop].startswith(mark, base):
                stop += 1
        lines = [line[base:] for line in self.lines[row:stop]]
        self.add(literal(lines, self.first + row, self.language, "literal", place.tab))
        return stop

    def _explicit(self, row: int, end: int, base: int, place: _Place) -> int:
        """Read what begins with `.. `: a directive, target, substitution, footnote or comment."""
        text = self.lines[row][base:]
        stop = max(self._body_end(row + 1, end, base), row + 1)
        if target := _TARGET.match(text):
            address = (target[2] or "").strip() + "".join(
                line.strip() for line in self.lines[row + 1 : min(stop, row + 10)]
            )
            self._target(target[1], address)
            return stop
        if directive := _DIRECTIVE.match(text):
            self._directive(directive[1].lower(), (directive[2] or "").strip(), row, stop, base=base, place=place)
        elif substitution := _SUBSTITUTION.match(text):
            name, argument = substitution[2].lower(), (substitution[3] or "").strip()
            if name == "replace":
                self.add(_Raw(argument, self.first + row, "paragraph", place.tab))
            else:
                self._directive(name, argument, row, stop, base=base, place=place)
        elif note := _NOTE.match(text):
            return self._field(row, end, base, note.end(), place)
        else:
            self._comment(row, stop, base, place)
        return stop

    def _comment(self, row: int, stop: int, base: int, place: _Place) -> None:
        first = self.lines[row][base + 2 :].strip()
        # An empty comment ends with its line when a blank line follows: what is indented below is a block quote.
        if not first and (row + 1 >= stop or self.indents[row + 1] < 0):
            self._nested(row + 1, stop, place._replace(kind="quote", titles=False))
            return
        body = self.lines[row + 1 : stop]
        margin = min((indent for indent in self.indents[row + 1 : stop] if indent >= 0), default=0)
        lines = ([first] if first else []) + [line[margin:] for line in body]
        self.add(_Raw("\n".join(lines), self.first + row + (not first), "comment", place.tab))

    def _target(self, name: str | None, address: str) -> None:
        if name is None:
            self.anonymous.append(address)
            return
        self.waiting.append(_normal(name.strip("`").replace("\\", "")))
        if address:
            for alias in self.waiting:
                self.targets.setdefault(alias, address)
            self.waiting = []

    def _directive(self, name: str, argument: str, row: int, stop: int, *, base: int, place: _Place) -> None:
        """Read a directive whose body ends before `stop`."""
        options: dict[str, str] = {}
        body = row + 1
        while body < stop and (option := _OPTION.match(self.lines[body].lstrip())):
            options[option[1]] = (option[2] or "").strip()
            body += 1
        line = self.first + row
        short = name.rpartition(":")[2]
        if name in _CODE_DIRECTIVES or name in _DOCTEST_DIRECTIVES or name in {"parsed-literal", "code-tab"}:
            self._code(name, argument, body, stop, place)
        elif name in _TAB_DIRECTIVES:
            self._nested(body, stop, place._replace(tab=plain(argument) or place.tab, titles=False))
        elif name in {"image", "figure"}:
            links = [Link(argument, options.get("alt", ""), line, image=True)]
            if options.get("target"):
                links.append(Link(options["target"].rstrip("_"), options.get("alt", ""), line))
            self.add(Prose(argument, line, "paragraph", (), tuple(links), place.tab))
            self._nested(body, stop, place._replace(titles=False))
        elif name in _INCLUDES:
            if argument and not argument.startswith("<"):
                self.includes.append((argument, line))
        elif name == "toctree":
            self._toctree(body, stop, place)
        elif name == "raw":
            while body < stop and self.indents[body] < 0:
                body += 1
            text = "\n".join(self.lines[body:stop])
            links = [
                Link(found[2], "", self.first + body + text.count("\n", 0, found.start()), found[1].lower() == "src")
                for found in _HTML_LINK.finditer(text)
            ]
            if links:
                self.add(Prose(text, self.first + body, "paragraph", (), tuple(links), place.tab))
        elif short in _TEXT_DIRECTIVES and argument:
            self._leading_text(argument, row, body, stop, base=base, place=place)
        elif name == "highlight":
            self.language = argument.partition(" ")[0].lower()
        elif name not in _DROPPED:
            titles = place.titles and name in {"only", "ifconfig"}
            self._nested(body, stop, place._replace(kind="paragraph", titles=titles))

    def _leading_text(self, argument: str, row: int, body: int, stop: int, *, base: int, place: _Place) -> None:
        """Read the body of `.. note:: text`, whose first line stands beside the name."""
        column = min((indent for indent in self.indents[row + 1 : stop] if indent >= 0), default=base + 3)
        if argument.endswith("::"):  # what follows is literal, so it must stand further right
            column = base + 1
        if body > row + 1:  # options stand between
            self.add(_Raw(argument, self.first + row, "paragraph", place.tab))
            row = body
        else:
            self.lines[row], self.indents[row] = " " * column + argument, column
        self._nested(row, stop, place._replace(kind="paragraph", titles=False))

    def _code(self, name: str, argument: str, body: int, stop: int, place: _Place) -> None:
        language, _, rest = argument.partition(" ")
        language, tab = language.lower(), place.tab
        lines, line = self.lines[body:stop], self.first + body
        if name in _DOCTEST_DIRECTIVES:
            language = _DOCTEST_DIRECTIVES[name]
        elif name == "code-tab":
            tab = rest.strip() or language
        elif name == "parsed-literal":
            lines, line, language = [argument, *lines], line - 1, ""
        elif name == "program-output":
            lines, line, language = [argument], line - 1, "bash"
        else:
            language = language or self.language
        self.add(literal(lines, line, language, name, tab))

    def _toctree(self, body: int, stop: int, place: _Place) -> None:
        for index in range(body, stop):
            entry = self.lines[index].strip()
            if entry and entry != "self":
                named = _EMBEDDED.match(entry[:2000])
                title, target = (named[1], named[2]) if named else (entry, entry)
                line = self.first + index
                self.add(Prose(entry, line, "item", (), (Link(target, title, line),), place.tab))

    def finished(self, items: list[_Raw | Block | Prose], anonymous: list[str]) -> list[Prose | Block]:
        """Return a section's items with codes and links found; `anonymous` targets are used up in order."""
        done: list[Prose | Block] = []
        for raw in items:
            if not isinstance(raw, _Raw):
                done.append(raw)
                continue
            codes, links = scan_inline(raw.text, raw.line, self.targets, anonymous)
            if raw.kind != "heading":
                done.append(Prose(raw.text, raw.line, raw.kind, codes, links, raw.tab))
            elif links:
                done.append(Prose(raw.text, raw.line, "paragraph", (), links, raw.tab))
        return done


def read_rst(path: str, text: str) -> Document:
    """Return the document's sections; never raises, whatever the text, and takes time in proportion to its length.

    `path` is only copied. Paragraphs directly in a list item have kind "item". A title that holds links gives its
    section a first paragraph with them. Levels are counted in the order in which styles of underlining appear.
    """
    lines = split_lines(text)
    scanner = _Scanner(lines)
    scanner.read(0, len(lines), 0, _Place())
    anonymous = scanner.anonymous[::-1]
    drafts = []
    for title, level, line, items in scanner.sections:
        shown = plain(title) if level else ""
        drafts.append(Draft(shown, level, line, shown, scanner.finished(items, anonymous)))
    return assemble(path, drafts, scanner.includes)


def scan_fragment(lines: list[str], first: int, tab: str) -> tuple[list[Prose | Block], list[tuple[str, int]]]:
    """Return the items and includes of RST within another document, `lines[0]` being its line `first`."""
    scanner = _Scanner([line.rstrip() for line in lines], first)
    scanner.read(0, len(lines), 0, _Place(tab=tab))
    anonymous = scanner.anonymous[::-1]
    items = [item for section in scanner.sections for item in scanner.finished(section[3], anonymous)]
    return items, scanner.includes


def plain(title: str) -> str:
    """Return a title as a reader sees it: without roles, marks, targets and substitutions."""
    text = title[:_TITLE_LIMIT]
    if "`" in text or "|" in text or "_" in text:
        text = _TITLE_TEXT.sub(lambda found: found[1] or found[2] or "", _TITLE_ROLE.sub("", text))
    if "*" in text:
        text = _TITLE_MARKS.sub("", text)
    return " ".join(text.replace("\\", "").split())


def scan_inline(
    text: str, line: int, targets: dict[str, str], anonymous: list[str]
) -> tuple[tuple[Span, ...], tuple[Link, ...]]:
    """Return the code spans and links of a paragraph whose first line is `line`, in their order.

    `anonymous` holds the targets of `__` references, the next one last; those used are taken off.
    """
    if _INLINE.search(text) is None:
        return (), ()
    inline = _Inline(text, line, targets, anonymous)
    inline.read()
    return tuple(inline.codes), tuple(inline.links)


class _Inline:
    """Finds what stands in one paragraph, from left to right; `row` is the line it has come to."""

    __slots__ = ("anonymous", "codes", "links", "row", "targets", "text")

    def __init__(self, text: str, line: int, targets: dict[str, str], anonymous: list[str]) -> None:
        self.text = text
        self.row = line
        self.targets = targets
        self.anonymous = anonymous
        self.codes: list[Span] = []
        self.links: list[Link] = []

    def read(self) -> None:
        text, counted, pos = self.text, 0, 0
        hopeful = {"``": True, "`": True}  # may another such mark still follow?
        while found := _INLINE.search(text, pos):
            start, pos, mark = found.start(), found.end(), found[0]
            self.row += text.count("\n", counted, start)
            counted = start
            if mark in hopeful:
                end = text.find(mark, pos) if hopeful[mark] else -1
                hopeful[mark] = end >= 0
                if end >= 0:
                    pos = self._literal(pos, end) if mark == "``" else self._interpreted(start, end)
            elif mark[0] == "_":
                word = _WORD_BEFORE.search(text[max(0, start - 100) : start])
                if word:
                    self._link(self._target(word[0], anonymous=mark == "__"), word[0])
            elif mark[0] != "\\":
                url = trim_url(mark)
                self._link(url, url)
                pos = start + len(url)

    def _link(self, target: str | None, title: str) -> None:
        if target:
            self.links.append(Link(target, title, self.row))

    def _target(self, name: str, *, anonymous: bool) -> str | None:
        if anonymous:
            return self.anonymous.pop() if self.anonymous else None
        return _resolved(name, self.targets)

    def _literal(self, pos: int, end: int) -> int:
        while self.text.startswith("`", end + 2):
            end += 1
        self.codes.append(Span(" ".join(self.text[pos:end].split()), self.row))
        return end + 2

    def _interpreted(self, start: int, end: int) -> int:
        """Read a role or reference, from the backtick at `start` to that at `end`; return where reading goes on."""
        text = self.text
        content = " ".join(text[start + 1 : end].split())
        embedded = _EMBEDDED.match(content) if content.endswith(">") else None
        title, target = (embedded[1], embedded[2]) if embedded else (content, content)
        before = _ROLE_BEFORE.search(text[max(0, start - 60) : start]) if text[start - 1 : start] == ":" else None
        if before is None and text.startswith("_", end + 1):
            anonymous = text.startswith("__", end + 1)
            if embedded is None:
                self._link(self._target(content, anonymous=anonymous), content)
            elif target.endswith("_"):
                self._link(_resolved(target[:-1], self.targets), title or target)
            else:
                self._link(target.replace(" ", ""), title or target)
                if title and not anonymous:
                    self.targets.setdefault(_normal(title), target)
            return end + (3 if anonymous else 2)
        after = None if before else _ROLE_AFTER.match(text, end + 1)
        role = before or after
        name = role[1].rpartition(":")[2] if role else ""
        if name in _LINK_ROLES:
            self._link(target.lstrip("~!"), title.lstrip("~!"))
        elif content and (role is None or name in _CODE_ROLES):
            self.codes.append(Span(content, self.row))
        return after.end() if after else end + 1


def _resolved(name: str, targets: dict[str, str]) -> str | None:
    """Return the address behind a name, through names that stand for names."""
    for _ in range(MAX_DEPTH):
        target = targets.get(_normal(name))
        if target is None or not target.endswith("_") or "/" in target:
            return target
        name = target[:-1].strip("`")
    return None


def _normal(name: str) -> str:
    return " ".join(name.casefold().split())
