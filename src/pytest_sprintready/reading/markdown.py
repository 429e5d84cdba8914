"""Markdown as projects write it: CommonMark and GitHub's tables, MyST, mkdocs-material, pymdown and HTML in READMEs.

Blocks follow CommonMark 0.31: each line is matched against the open containers (quotes, list items, tab bodies), may
open new ones, and what is left joins or starts a leaf (paragraph, fence, indented code, HTML). Links and code spans
are looked for when the whole document is known, because a reference may be defined below its use.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pytest_sprintready.reading.document import Block, Document, Link, Prose, Span
from pytest_sprintready.reading.outline import MAX_DEPTH, Draft, assemble, literal, split_lines, trim_url
from pytest_sprintready.reading.patterns import pattern

_FRONT_MATTER = pattern(r"(?:#|[\w\"'-][^:=]{0,60}[:=]|\[)")
_INDENT = pattern(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*")
_ATX = pattern(r"#{1,6}(?= |$)")
_CLOSING_HASHES = pattern(r"(?:^| )#+$")
_FENCE = pattern(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
_ITEM = pattern(r"(?:[-+*]|(\d{1,9})[.)])(?: +|$)")
_TAB = pattern(r"===[!+]{0,2} +(\"[^\"]*\"|'[^']*')$")
_ADMONITION = pattern(r"(?:!!!|(\?\?\?)\+?)(?: +[\w -]+)?(?: *\"([^\"]*)\")?$")
_COLON_FENCE = pattern(r"(:{3,}) *(?:\{([\w:.-]+)\} *(.*)|([\w.-]+|\{[^{}]*\}).*)?$")
_SLASH_FENCE = pattern(r"(/{3,})(?: +([\w-]+)(?: *\| *(.*))?)?$")
_OPTION = pattern(r":[\w-]+:(?: |$)")
_YAML_OPTION = pattern(r" {4,}[\w-]+:")
_DIRECTIVE = pattern(r"\{([A-Za-z][\w:.-]*)\} *(.*)$")
_INFO_WORD = pattern(r"\{? *\.?([^\s,{}=:]+)(?!=)(?=[\s,{}:]|$)")
_DEFINITION = pattern(
    r" {0,3}\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]: *\n? *(<[^<>\n]*>|[^\s<]\S*)"
    r"(?:(?: +| *\n *)(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))? *(?:\n|$)"
)
_TABLE_RULE = pattern(r"^[ >]*\|?[ :]*-+[-:| ]*\|[-:| ]*$", re.MULTILINE)

_BLOCK_TAGS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li "
    "link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th "
    "thead title tr track ul"
)
_ATTRIBUTES = r"[^<>\"']*(?:\"[^\"]*\"[^<>\"']*|'[^']*'[^<>\"']*)*"
_TAG = pattern(rf"<(/?)([A-Za-z][\w.-]*)(?![\w.-])({_ATTRIBUTES})>")
_HTML_RAW = pattern(r"<(?:pre|script|style|textarea)(?=[ >]|$)", re.IGNORECASE)
_HTML_RAW_END = pattern(r"</(?:pre|script|style|textarea)>", re.IGNORECASE)
_HTML_BLOCK = pattern(rf"</?(?:{_BLOCK_TAGS.replace(' ', '|')})(?=[ >]|/>|$)", re.IGNORECASE)
_HTML_ALONE = pattern(rf"</?[A-Za-z][\w.-]*(?:\s{_ATTRIBUTES})?/?>$")
_ATTRIBUTE = pattern(r"([\w-]+) *= *(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_HEADING_TAGS = {f"h{level}": level for level in range(1, 7)}

_INLINE = pattern(r"\\[!-/:-@\[-`{-~]|`+|!?\[|\]|<|\{[\w:.-]{1,60}\}`|https?://[^\s<>`\"]{1,2000}", re.IGNORECASE)
_DESTINATION = pattern(
    r"\(\s*(?!\s)(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))"
    r"(?:\s+(?!\s)(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_AUTOLINK = pattern(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]+)>")
_LABEL = pattern(r"\[((?:[^\[\]\\]|\\.){0,999})\]")
_ROLE_TARGET = pattern(r"^(.*?)\s*<([^<>]+)>$", re.DOTALL)
_SNIPPET = pattern(
    r"-{1,}8<-{1,} +[\"']([^\"'\n]+)[\"']|\{%-? *include(?:-markdown|_relative)? +[\"']?([^\"'\s%]+)|"
    r"\{! *([^!\n]+?) *!\}"
)
_SNIPPET_BLOCK = pattern(r"-+8<-+$")

_LINK_ROLES = frozenset({"ref", "doc", "any", "download", "numref"})
_CODE_ROLES = frozenset({"code", "command", "samp", "program", "option", "file", "literal", "bash", "sh", "shell"})
_CODE_DIRECTIVES = frozenset(
    {
        "code-block",
        "code",
        "sourcecode",
        "console",
        "prompt",
        "parsed-literal",
        "code-cell",
        "ipython",
        "command-output",
    }
)
_DOCTEST_DIRECTIVES = {"doctest": "pycon", "testcode": "python", "testsetup": "python", "testcleanup": "python"}
# Their bodies are other languages, named like the directive.
_FOREIGN = frozenset({"mermaid", "math", "graphviz", "raw"})
_LEAF_DIRECTIVES = frozenset({*_CODE_DIRECTIVES, *_DOCTEST_DIRECTIVES, *_FOREIGN, "toctree", "eval-rst", "include"})
_TAB_DIRECTIVES = frozenset({"tab-item", "tab", "group-tab", "dropdown", "details", "collapse"})
# `{python}` opens an executable cell in Quarto and R Markdown: a language, not a directive.
_CELL_LANGUAGES = frozenset({"python", "r", "bash", "sh", "shell", "julia", "sql", "ojs"})

_TITLE_LIMIT = 1000  # characters; what is longer is no title
_SPAN_LIMIT = 2000
_IMAGE = pattern(r"!\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])?")
_INLINE_LINK = pattern(r"\[([^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_REFERENCE = pattern(r"\[([^\[\]]+)\](?:\[([^\[\]]*)\])?")
_ROLE = pattern(r"\{[\w:.-]+\}$")
_CODE = pattern(r"(`+)(.+?)(?<!`)\1(?!`)")
_EMPHASIS = pattern(r"\*+(?=\S)|(?<=\S)\*+|~~|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)")
_SHORTCODE = pattern(r"(?<![\w:]):(\+1|-1|[a-z][a-z0-9_+-]*):(?![\w:])")
_MARKUP = pattern(r"[\[\]`*_<&:\\{~\n\0]")
_EXPLICIT_ANCHOR = pattern(r"\s*\{:? *(?:#([\w.-]+)|\.[\w-]+)[^{}]*\}$")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "nbsp": " ", "#39": "'", "apos": "'", "#x27": "'"}
_ENTITY = pattern(r"&(#?\w{2,6});")


class _Raw(NamedTuple):
    """A piece of prose whose codes and links are still to be found; `kind` also knows "html" and "heading"."""

    text: str
    line: int
    kind: str
    tab: str


class _Box:
    """An open container: a quote (`width` 0), a list item, or the indented body of a tab or admonition."""

    __slots__ = ("empty", "fresh", "lazy", "tab", "width")

    def __init__(
        self, width: int, tab: str = "", *, lazy: bool = True, fresh: bool = False, empty: bool = False
    ) -> None:
        self.width = width
        self.tab = tab
        self.lazy = lazy  # a paragraph within may go on in a line that is not indented
        self.fresh = fresh  # a list item whose own paragraph is still to come
        self.empty = empty  # nothing stands beside the item's marker


class _Fold:
    """An open part that is marked by a start and an end: <details>, `:::`, `///`."""

    __slots__ = ("depth", "label", "mark")

    def __init__(self, mark: str, label: str, depth: int) -> None:
        self.mark = mark
        self.label = label
        self.depth = depth


class _Draft:
    """What the scanners of a document and of its directives' bodies fill together."""

    __slots__ = ("includes", "references", "sections")

    def __init__(self) -> None:
        self.sections: list[tuple[str, int, int, list[_Raw | Block | Prose]]] = [("", 0, 1, [])]
        self.references: dict[str, str] = {}
        self.includes: list[tuple[str, int]] = []

    def add(self, item: _Raw | Block | Prose) -> None:
        self.sections[-1][3].append(item)

    def heading(self, title: str, level: int, line: int, tab: str) -> None:
        self.sections.append((title, level, line, []))
        if "[" in title or "<" in title or "http" in title:
            self.add(_Raw(title, line, "heading", tab))


_NONE, _PARAGRAPH, _FENCED, _INDENTED, _HTML = range(5)


class _Scanner:
    """Reads lines into a draft; the body of a directive is read by a scanner of its own."""

    def __init__(self, draft: _Draft, tab: str = "", depth: int = 0) -> None:
        self.draft = draft
        self.tab = tab
        self.depth = depth
        self.stack: list[_Box] = []
        self.folds: list[_Fold] = []
        self.leaf = _NONE
        self.lines: list[str] = []
        self.line = 0
        self.fence = ""
        self.fence_indent = 0
        self.info = ""
        self.html_end: str | re.Pattern[str] = ""
        self.options = ""

    def scan(self, lines: list[str], number: int) -> None:
        """Read all lines, the first of which is line `number` of the document."""
        for row, line in enumerate(lines, number):
            self._feed(row, _expand(line) if "\t" in line else line)
        self._close(0)

    def _feed(self, row: int, line: str) -> None:
        stack = self.stack
        pos, size = 0, len(line)
        start = size - len(line.lstrip(" "))
        matched = 0
        for box in stack:
            if not box.width:
                if start - pos > 3 or not line.startswith(">", start):
                    break
                pos = start + 2 if line.startswith(" ", start + 1) else start + 1
                start = size - len(line[pos:].lstrip(" ")) if pos < size else size
            elif start == size:
                if box.empty:
                    break
            elif start - pos >= box.width:
                pos += box.width
                box.empty = False
            else:
                break
            matched += 1
        all_matched = matched == len(stack)
        blank = start == size
        if not all_matched and (self.leaf != _PARAGRAPH or blank):
            self._close(matched)
            all_matched = True
        if self.leaf > _PARAGRAPH and self._goes_on(line, pos, start, blank=blank):
            return
        if blank:
            if self.leaf == _PARAGRAPH:
                self._end_leaf()
            return
        if self.options and self._is_option(line[pos:], line[start:]):
            return
        if not all_matched and not all(box.lazy for box in stack[matched:]):
            self._close(matched)
            all_matched = True
        self._open(row, line, pos, start, matched, inside=all_matched)

    def _goes_on(self, line: str, pos: int, start: int, *, blank: bool) -> bool:
        """Give the line to the open fence, indented code or HTML; false if it does not belong there."""
        if self.leaf == _FENCED:
            if start - pos < 4 and line.startswith(self.fence, start) and not line[start:].strip(self.fence[0]):
                self._end_leaf()
            else:
                self.lines.append(line[min(start, pos + self.fence_indent) :])
            return True
        if self.leaf == _INDENTED:
            if blank or start - pos >= 4:
                self.lines.append(line[pos + 4 :])
                return True
            self._end_leaf()
            return False
        if self.html_end:
            self.lines.append(line[pos:])
            if _ends(self.html_end, line):
                self._end_leaf()
            return True
        # Stricter renderers show a fence that follows a tag without a blank line raw; its author meant a fence.
        if blank or (line.startswith(("```", "~~~"), start) and _FENCE.match(line, start)):
            self._end_leaf()
            return blank
        self.lines.append(line[pos:])
        return True

    def _is_option(self, rest: str, text: str) -> bool:
        """Tell whether the line is an option of the `:::` or `///` just opened."""
        if self.options == "---":
            if text == "---":
                self.options = ""
            return True
        if self.options == "    " and rest.startswith(self.options):
            return True
        if self.options == ":" and text == "---":
            self.options = "---"
            return True
        if (_OPTION.match(text)) if self.options == ":" else _YAML_OPTION.match(rest):
            return True
        self.options = ""
        return False

    def _open(self, row: int, line: str, pos: int, start: int, matched: int, *, inside: bool) -> None:
        """Open the containers and the leaf that the rest of the line begins; `inside`: no container was left."""
        paragraph = self.leaf == _PARAGRAPH
        while True:
            if start - pos >= 4:
                if not paragraph:
                    self._begin(_INDENTED, line[pos + 4 :], row, matched)
                    return
                break
            char = line[start]
            if char.isalpha():
                break
            if char == ">":
                if matched >= MAX_DEPTH:
                    break
                self._close(matched)
                self.stack.append(_Box(0))
                pos = start + 2 if line.startswith(" ", start + 1) else start + 1
            elif char in "-+*0123456789":
                if char in "-*":
                    kinds = set(line[start:])
                    if char == "-" and paragraph and inside and kinds == {"-"} and self._setext(2):
                        return
                    if kinds <= {char, " "} and line.count(char, start) >= 3:
                        self._close(matched)
                        return
                item = _ITEM.match(line, start)
                if item is None or matched >= MAX_DEPTH:
                    break
                empty = item.end() == len(line)
                if paragraph and inside and (empty or (item[1] and int(item[1]) != 1)):
                    break
                self._close(matched)
                marker = len(item[0].rstrip())
                spaces = item.end() - start - marker
                content = start + marker + (1 if empty or spaces > 4 else spaces)
                self.stack.append(_Box(content - pos, fresh=True, empty=empty))
                pos = content
            elif char in "=!?" and (body := self._indented_body(line[start:])) is not None:
                if matched >= MAX_DEPTH:
                    break
                self._close(matched)
                self.stack.append(body)
                return
            elif self._opens_leaf(row, line, pos, start, matched, inside=inside):
                return
            else:
                break
            matched += 1
            paragraph, inside = False, True
            if pos >= len(line):
                return
            start = len(line) - len(line[pos:].lstrip(" "))
        if paragraph and self.leaf == _PARAGRAPH:
            self.lines.append(line[start:])
        else:
            self._begin(_PARAGRAPH, line[start:], row, matched)

    def _indented_body(self, text: str) -> _Box | None:
        """Return the container that `=== "Tab"`, `!!! note` or `??? tip` opens."""
        if tab := _TAB.match(text):
            return _Box(4, tab[1][1:-1], lazy=False)
        if admonition := _ADMONITION.match(text):
            return _Box(4, (admonition[2] or "") if admonition[1] else "", lazy=False)
        return None

    def _opens_leaf(self, row: int, line: str, pos: int, start: int, matched: int, *, inside: bool) -> bool:
        """Begin what is neither container nor text; false if the line is text after all."""
        paragraph = self.leaf == _PARAGRAPH
        text = line[start:]
        char = text[0]
        if char == "#":
            if mark := _ATX.match(text):
                self._close(matched)
                title = _CLOSING_HASHES.sub("", text[mark.end() :].strip()).strip()
                self.draft.heading(title, mark.end(), row, self._tab())
            return bool(mark)
        if char in "`~":
            if fence := _FENCE.match(text):
                self._begin(_FENCED, "", row + 1, matched)
                self.fence, self.info = fence[1] or fence[3], (fence[2] or fence[4] or "").strip()
                self.fence_indent = start - pos
            return bool(fence)
        if char == "<":
            return self._opens_html(text, line[pos:], row, matched)
        if char == "=":
            return paragraph and inside and set(text) == {"="} and self._setext(1)
        if char == "_":
            if rule := set(text) <= {"_", " "} and text.count("_") >= 3:
                self._close(matched)
            return rule
        if char == ":":
            return text.startswith(":::") and self._colon_fence(text, row, start - pos, matched)
        if char == "/":
            return text.startswith("///") and self._slash_fence(text, matched)
        if char == "%" and not paragraph:
            self._begin(_HTML, "<!--" + text[1:] + "-->", row, matched)
            self._end_leaf()
            return True
        return False

    def _opens_html(self, text: str, rest: str, row: int, matched: int) -> bool:
        """Begin an HTML block by the seven conditions of CommonMark 4.6."""
        end: str | re.Pattern[str] = ""
        if text.startswith("<!--"):
            end = "-->"
        elif _HTML_RAW.match(text):
            end = _HTML_RAW_END
        elif text.startswith("<?"):
            end = "?>"
        elif text.startswith("<![CDATA["):
            end = "]]>"
        elif text.startswith("<!") and text[2:3].isalpha():
            end = ">"
        elif not _HTML_BLOCK.match(text) and (self.leaf == _PARAGRAPH or not _HTML_ALONE.match(text)):
            return False
        self._begin(_HTML, rest, row, matched)
        self.html_end = end
        # The end of a comment may not overlap its start.
        if end and _ends(end, text[4:] if end == "-->" else text):
            self._end_leaf()
        return True

    def _colon_fence(self, text: str, row: int, indent: int, matched: int) -> bool:
        opener = _COLON_FENCE.match(text)
        if opener is None:
            return False
        self._close(matched)
        mark, name, argument = opener[1], opener[2], opener[3] or ""
        if opener[4] and "." in opener[4] and "{" not in opener[4]:
            self.options = "    "  # mkdocstrings: the path of a Python object, and options for it
            return True
        if not name and not opener[4]:
            for index in range(len(self.folds) - 1, -1, -1):
                if self.folds[index].mark[0] == ":" and len(self.folds[index].mark) <= len(mark):
                    del self.folds[index:]
                    break
            return True
        if name and (name in _LEAF_DIRECTIVES):
            self._begin(_FENCED, "", row + 1, matched)
            self.fence, self.info, self.fence_indent = mark, f"{{{name}}} {argument}", indent
            return True
        if len(self.folds) < MAX_DEPTH:
            self._directive_head(name or "", argument, row)
            label = argument if name in _TAB_DIRECTIVES else ""
            self.folds.append(_Fold(mark, plain(label), len(self.stack)))
            self.options = ":"
        return True

    def _slash_fence(self, text: str, matched: int) -> bool:
        opener = _SLASH_FENCE.match(text)
        if opener is None:
            return False
        self._close(matched)
        mark, name = opener[1], opener[2]
        if not name:
            for index in range(len(self.folds) - 1, -1, -1):
                if self.folds[index].mark == mark:
                    del self.folds[index:]
                    break
        elif len(self.folds) < MAX_DEPTH:
            label = opener[3] or "" if name in {"tab", "details"} else ""
            self.folds.append(_Fold(mark, plain(label), len(self.stack)))
            self.options = "/"
        return True

    def _begin(self, leaf: int, text: str, row: int, matched: int) -> None:
        self._close(matched)
        self.leaf, self.line = leaf, row
        self.lines = [] if leaf == _FENCED else [text]
        self.html_end = ""

    def _close(self, depth: int) -> None:
        """End the open leaf and the containers below `depth`."""
        if self.leaf:
            self._end_leaf()
        if len(self.stack) > depth:
            del self.stack[depth:]
            while self.folds and self.folds[-1].depth > depth:
                self.folds.pop()

    def _tab(self) -> str:
        tab, depth = self.tab, 0
        for index, box in enumerate(self.stack, 1):
            if box.tab:
                tab, depth = box.tab, index
        for fold in self.folds:
            if fold.label and fold.depth >= depth:
                tab = fold.label
        return tab

    def _end_leaf(self) -> None:
        leaf, self.leaf = self.leaf, _NONE
        if leaf == _PARAGRAPH:
            self._paragraph()
        elif leaf == _FENCED:
            self._fenced()
        elif leaf == _INDENTED:
            block = literal(self.lines, self.line, "", "indented", self._tab())
            self.draft.add(_unwrapped(block))
        else:
            self._html("\n".join(self.lines), self.line)

    def _definitions(self) -> tuple[str, int]:
        """Take the reference definitions off the paragraph; return its text (may be empty) and line."""
        text, line = "\n".join(self.lines), self.line
        if not text.startswith("["):
            return text, line
        pos = 0
        while found := _DEFINITION.match(text, pos):
            target = found[2][1:-1] if found[2].startswith("<") else found[2]
            self.draft.references.setdefault(_normal(found[1]), target)
            pos = found.end()
        return text[pos:], line + text.count("\n", 0, pos)

    def _setext(self, level: int) -> bool:
        """Make the open paragraph a heading; false if it holds nothing but definitions."""
        text, line = self._definitions()
        if not text:
            self.lines, self.line = [], line
            return False
        self.leaf = _NONE
        self.draft.heading(text, level, line, self._tab())
        return True

    def _paragraph(self) -> None:
        text, line = self._definitions()
        if not text:
            return
        top = self.stack[-1] if self.stack else None
        kind = "paragraph"
        if top is not None:
            if top.fresh:
                kind, top.fresh = "item", False
            elif not top.width:
                kind = "quote"
        if "|" in text and "--" in text and _TABLE_RULE.search(text):
            kind = "table"
        self.draft.add(_Raw(text, line, kind, self._tab()))

    def _fenced(self) -> None:
        lines, line, info, tab = self.lines, self.line, self.info, self._tab()
        directive = _DIRECTIVE.match(info) if info.startswith("{") else None
        if directive is None or directive[1] in _CELL_LANGUAGES:
            word = _INFO_WORD.match(info)
            self.draft.add(literal(lines, line, word[1].lower() if word else "", "fence", tab))
            return
        name, argument = directive[1].lower(), directive[2].strip()
        skipped = _option_lines(lines)
        body, line = lines[skipped:], line + skipped
        if name in _CODE_DIRECTIVES:
            word = _INFO_WORD.match(argument)
            self.draft.add(literal(body, line, word[1].lower() if word else "", name, tab))
        elif name in _DOCTEST_DIRECTIVES:
            self.draft.add(literal(body, line, _DOCTEST_DIRECTIVES[name], name, tab))
        elif name in _FOREIGN:
            self.draft.add(literal(body, line, name, name, tab))
        elif name == "code-tab":
            language, _, label = argument.partition(" ")
            self.draft.add(literal(body, line, language.lower(), name, label.strip() or language))
        elif name == "toctree":
            for row, entry in enumerate(body, line):
                if entry.strip():
                    title, target = _entry_target(entry.strip())
                    self.draft.add(Prose(entry.strip(), row, "item", (), (Link(target, title, row),), tab))
        elif name == "eval-rst":
            self._eval_rst(body, line, tab)
        elif name != "literalinclude":
            self._directive_head(name, argument, self.line - 1)
            if name in _TAB_DIRECTIVES:
                tab = plain(argument) or tab
            if self.depth < MAX_DEPTH:
                _Scanner(self.draft, tab, self.depth + 1).scan(body, line)
            else:
                self.draft.add(literal(body, line, "", name, tab))

    def _directive_head(self, name: str, argument: str, row: int) -> None:
        """Keep what a directive says in its first line, if it is a path."""
        if name == "include" and argument:
            self.draft.includes.append((argument.strip(), row))
        elif name in {"image", "figure"} and argument:
            self.draft.add(Prose(argument, row, "paragraph", (), (Link(argument, "", row, image=True),), self._tab()))

    def _eval_rst(self, lines: list[str], line: int, tab: str) -> None:
        from pytest_sprintready.reading.rst import scan_fragment  # rare

        items, includes = scan_fragment(lines, line, tab)
        for item in items:
            self.draft.add(item)
        self.draft.includes.extend(includes)

    def _html(self, text: str, line: int) -> None:
        """Take headings, <pre>, comments and folds out of a block of HTML; the rest is prose."""
        pos = begin = 0
        counted = 0  # up to where `line` has counted line ends
        while (pos := text.find("<", pos)) >= 0:
            if text.startswith("<!--", pos):
                end = text.find("-->", pos + 4)
                stop = len(text) if end < 0 else end + 3
                line, counted = self._html_prose(text, begin, pos, line, counted)
                inner = text[pos + 4 : end if end >= 0 else len(text)]
                self._add_trimmed(inner, line + text.count("\n", counted, pos), "comment")
                begin = pos = stop
                continue
            tag = _TAG.match(text, pos)
            if tag is None:
                pos += 1
                continue
            name = tag[2].lower()
            if name in {"pre", "script", "style"} or name in _HEADING_TAGS or name == "summary":
                if tag[1]:
                    pos = tag.end()
                    continue
                closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, tag.end())
                stop, after = (closing.start(), closing.end()) if closing else (len(text), len(text))
                line, counted = self._html_prose(text, begin, pos, line, counted)
                row = line + text.count("\n", counted, tag.end())
                self._html_element(name, tag[3], text[tag.end() : stop], row)
                begin = pos = after
                continue
            if name in {"details", "tabitem"}:
                line, counted = self._html_prose(text, begin, pos, line, counted)
                begin = tag.end()
                self._html_fold(name, tag)
            pos = tag.end()
        self._html_prose(text, begin, len(text), line, counted)

    def _html_prose(self, text: str, begin: int, end: int, line: int, counted: int) -> tuple[int, int]:
        line += text.count("\n", counted, begin)
        if begin < end:
            self._add_trimmed(text[begin:end], line, "html")
        return line, begin

    def _add_trimmed(self, text: str, line: int, kind: str) -> None:
        stripped = text.lstrip()
        if stripped:
            line += text.count("\n", 0, len(text) - len(stripped))
            self.draft.add(_Raw(stripped.rstrip(), line, kind, self._tab()))

    def _html_element(self, name: str, attributes: str, inner: str, row: int) -> None:
        if name in _HEADING_TAGS:
            lead = len(inner) - len(inner.lstrip())
            self.draft.heading(inner.strip(), _HEADING_TAGS[name], row + inner.count("\n", 0, lead), self._tab())
        elif name == "summary":
            if self.folds and self.folds[-1].mark == "details":
                self.folds[-1].label = plain(inner)
        elif name == "pre":
            code = _TAG.match(inner.lstrip())
            hint = attributes + (code[3] if code and code[2].lower() == "code" else "")
            language = re.search(r"(?:language-|lang=[\"']?)([\w+-]+)", hint)
            lines = [text.rstrip() for text in _unescape(_TAG.sub("", inner)).split("\n")]
            self.draft.add(literal(lines, row, language[1].lower() if language else "", "fence", self._tab()))

    def _html_fold(self, name: str, tag: re.Match[str]) -> None:
        if tag[1]:
            for index in range(len(self.folds) - 1, -1, -1):
                if self.folds[index].mark == name:
                    del self.folds[index:]
                    break
        elif len(self.folds) < MAX_DEPTH and not tag[3].endswith("/"):
            attributes = _attributes(tag[3])
            label = attributes.get("label") or attributes.get("value", "") if name == "tabitem" else ""
            self.folds.append(_Fold(name, label, len(self.stack)))


def read_markdown(path: str, text: str) -> Document:
    """Return the document's sections; never raises, whatever the text, and takes time in proportion to its length.

    `path` is only copied. Front matter is skipped. A list item's first paragraph has kind "item", its others
    "paragraph". A heading that holds links gives its section a first paragraph with them.
    """
    lines = split_lines(text)
    skipped = _front_matter(lines)
    draft = _Draft()
    _Scanner(draft).scan(lines[skipped:], skipped + 1)
    references = draft.references
    drafts: list[Draft] = []
    for title, level, line, raw_items in draft.sections:
        items: list[Prose | Block] = []
        for raw in raw_items:
            if isinstance(raw, _Raw):
                _finish(raw, references, items, draft.includes)
            else:
                items.append(raw)
        shown, anchor = _heading_text(title, references) if level else ("", "")
        drafts.append(Draft(shown, level, line, anchor, items))
    return assemble(path, drafts, draft.includes)


def plain(text: str, references: dict[str, str] | None = None) -> str:
    """Return inline Markdown or HTML as a reader sees it, on one line: no marks, images, tags or emoji shortcodes."""
    return _heading_text(text, references or {})[0]


def _entry_target(entry: str) -> tuple[str, str]:
    """Return title and target of a role or toctree entry: `title <target>`, or the target alone."""
    named = _ROLE_TARGET.match(entry[:2000])
    return (named[1], named[2]) if named else (entry, entry)


def _heading_text(source: str, references: dict[str, str]) -> tuple[str, str]:
    """Return a heading's plain title and the text GitHub makes its anchor of (or "#anchor" where it is set)."""
    text = source[:_TITLE_LIMIT].replace("\0", "")
    if not _MARKUP.search(text):
        return " ".join(text.split()), text.strip()
    explicit = _EXPLICIT_ANCHOR.search(text)
    if explicit:
        text = text[: explicit.start()]
    parts: list[str] = []
    codes: list[str] = []
    pos = 0
    for code in _CODE.finditer(text):
        # A NUL and a number stand for the code, whose characters are no markup.
        parts += [_ROLE.sub("", text[pos : code.start()]), f"\0{len(codes)}\0"]
        codes.append(code[2].strip())
        pos = code.end()
    shown = "".join(parts) + text[pos:]
    pictures = _IMAGE.findall(shown)
    shown = _IMAGE.sub("", shown)
    shown = _INLINE_LINK.sub(r"\1", shown)
    shown = _REFERENCE.sub(lambda found: found[1] if found[2] or _normal(found[1]) in references else found[0], shown)
    if "<" in shown:
        pictures += [_attributes(tag[3]).get("alt", "") for tag in _TAG.finditer(shown) if tag[2].lower() == "img"]
        shown = _TAG.sub("", shown)
    shown = _unescape(_EMPHASIS.sub("", re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown)))
    anchor = " ".join(_SHORTCODE.sub(r"\1", shown).strip().split("\n"))
    shown = " ".join(_SHORTCODE.sub("", shown).split())
    if codes:
        shown, anchor = _restore(shown, codes), _restore(anchor, codes)
    if not shown:
        shown = " ".join(" ".join(filter(None, pictures)).split())
    return shown, f"#{explicit[1]}" if explicit and explicit[1] else anchor


def _restore(text: str, codes: list[str]) -> str:
    return re.sub("\0(\\d+)\0", lambda found: codes[int(found[1])], text)


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES.get(found[1], found[0]), text) if "&" in text else text


def _attributes(text: str) -> dict[str, str]:
    return {
        found[1].lower(): _unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(text[:4000])
    }


def _normal(label: str) -> str:
    return " ".join(label.casefold().split())


def _expand(line: str) -> str:
    """Return the line with the tabs of its indentation and list markers expanded, as they decide structure."""
    lead = _INDENT.match(line)
    end = lead.end() if lead else 0
    return line[:end].expandtabs(4) + line[end:]


def _ends(end: str | re.Pattern[str], text: str) -> bool:
    return end in text if isinstance(end, str) else bool(end.search(text))


def _front_matter(lines: list[str]) -> int:
    """Return how many lines of front matter (YAML between `---`, TOML between `+++`) the document begins with."""
    mark = lines[0]
    if mark not in {"---", "+++"}:
        return 0
    first = next((line for line in lines[1:20] if line), "")
    if first != mark and not _FRONT_MATTER.match(first):
        return 0
    for index in range(1, len(lines)):
        if lines[index] == mark or (mark == "---" and lines[index] == "..."):
            return index + 1
    return 0


def _option_lines(lines: list[str]) -> int:
    """Return how many lines at the start of a directive's body are options (`:key: value` or YAML in `---`)."""
    count = 0
    if lines and lines[0] == "---":
        return next((row + 1 for row in range(1, len(lines)) if lines[row] == "---"), 0)
    while count < len(lines) and _OPTION.match(lines[count].lstrip()):
        count += 1
    return count


def _unwrapped(block: Block) -> Block:
    """Return a fence that was indented too far for Markdown as the fence its author meant."""
    if not block.text.startswith(("```", "~~~")):
        return block
    lines = block.text.split("\n")
    fence = _FENCE.match(lines[0])
    if fence is None or lines[-1].strip() != (fence[1] or fence[3]):
        return block
    word = _INFO_WORD.match((fence[2] or fence[4] or "").strip())
    return literal(lines[1:-1], block.line + 1, word[1].lower() if word else "", "fence", block.tab)


def _finish(raw: _Raw, references: dict[str, str], items: list[Prose | Block], includes: list[tuple[str, int]]) -> None:
    """Add the prose with its codes and links, its comments, and note its includes."""
    text, line, kind, tab = raw
    if "8<-" in text or "{%" in text or "{!" in text:
        _note_includes(text, line, includes)
    comments: list[Prose] = []
    codes, links = scan_inline(text, line, references, comments)
    if kind == "html":
        if not links and not codes and not _TAG.sub("", text).strip():
            return
        kind = "paragraph"
    elif kind == "heading":
        if links:
            items.append(Prose(text, line, "paragraph", (), links, tab))
        return
    items.append(Prose(text, line, kind, codes, links, tab))
    items.extend(comment._replace(tab=tab) for comment in comments)


def _note_includes(text: str, line: int, includes: list[tuple[str, int]]) -> None:
    within = False
    for row, entry in enumerate(text.split("\n"), line):
        if _SNIPPET_BLOCK.match(entry):
            within = not within
        elif within:
            if entry.strip():
                includes.append((entry.strip(), row))
        else:
            includes.extend((found[1] or found[2] or found[3], row) for found in _SNIPPET.finditer(entry))


def scan_inline(
    text: str, line: int, references: dict[str, str], comments: list[Prose] | None = None
) -> tuple[tuple[Span, ...], tuple[Link, ...]]:
    """Return the code spans and links of a paragraph whose first line is `line`, in their order.

    HTML comments within are appended to `comments`.
    """
    if _INLINE.search(text) is None:
        return (), ()
    inline = _Inline(text, line, references)
    inline.read()
    if comments is not None:
        comments.extend(inline.comments)
    inline.links.sort(key=lambda entry: entry[0])
    return tuple(inline.codes), tuple(link for _, link in inline.links)


class _Inline:
    """Finds what stands in one paragraph, from left to right; `row` is the line it has come to."""

    __slots__ = ("anchor", "brackets", "codes", "comments", "last_runs", "links", "references", "row", "text")

    def __init__(self, text: str, line: int, references: dict[str, str]) -> None:
        self.text = text
        self.row = line
        self.references = references
        self.codes: list[Span] = []
        self.links: list[tuple[int, Link]] = []  # each with its place in the text
        self.comments: list[Prose] = []
        self.brackets: list[tuple[int, int, bool]] = []  # open ones: where their text begins, its line, image
        self.anchor: tuple[int, int, str] | None = None  # an open <a>: where its text begins, its line, its target
        self.last_runs: dict[int, int] = {}  # where the last run of so many backticks begins

    def read(self) -> None:
        text, counted, pos = self.text, 0, 0
        while found := _INLINE.search(text, pos):
            start, pos, mark = found.start(), found.end(), found[0]
            self.row += text.count("\n", counted, start)
            counted = start
            first = mark[0]
            if first == "`":
                pos = self._code(start, pos)
            elif first == "[" or mark == "![":
                self.brackets.append((pos, self.row, first == "!"))
                if len(self.brackets) > MAX_DEPTH:
                    del self.brackets[0]
            elif first == "]":
                pos = self._closing_bracket(start)
            elif first == "<":
                pos = self._html(start)
            elif first == "{":
                pos = self._role(start, pos, mark[1:-2].rpartition(":")[2])
            elif first != "\\":
                url = trim_url(mark)
                self.links.append((start, Link(url, url, self.row)))
                pos = start + len(url)

    def _code(self, start: int, pos: int) -> int:
        text, size = self.text, pos - start
        if not self.last_runs:
            self.last_runs = {len(run[0]): run.start() for run in re.finditer("`+", text)}
        # Where a backslash takes the first of a run, no run is as long as the rest of it.
        if self.last_runs.get(size, -1) <= start:
            return pos
        closing = _closing_run(text, pos, size)
        self.codes.append(Span(_span_text(text[pos:closing]), self.row))
        return closing + size

    def _closing_bracket(self, start: int) -> int:
        if not self.brackets:
            return start + 1
        begin, opened, image = self.brackets.pop()
        target, pos = _link_target(self.text, begin, start, self.references)
        if target is not None:
            label = self.text[begin : min(start, begin + _TITLE_LIMIT)]
            self.links.append((begin, Link(target, label if image else plain(label), opened, image)))
            if not image:  # links hold no links
                self.brackets = [bracket for bracket in self.brackets if bracket[2]]
        return pos

    def _role(self, start: int, pos: int, role: str) -> int:
        closing = self.text.find("`", pos)
        if closing < 0:
            return pos
        content = self.text[pos:closing]
        if role in _LINK_ROLES:
            title, target = _entry_target(content)
            self.links.append((start, Link(target, title, self.row)))
        elif role in _CODE_ROLES:
            self.codes.append(Span(content, self.row))
        return closing + 1

    def _html(self, start: int) -> int:
        """Read the autolink, comment or tag at `start`; return where reading goes on."""
        text = self.text
        if text.startswith("<!--", start):
            return self._comment(start)
        if auto := _AUTOLINK.match(text, start):
            address = auto[1] if ":" in auto[1] else f"mailto:{auto[1]}"
            self.links.append((start, Link(address, auto[1], self.row)))
            return auto.end()
        tag = _TAG.match(text, start)
        if tag is None:
            return start + 1
        name, closing = tag[2].lower(), tag[1]
        if name == "a":
            if closing and self.anchor:
                begin, opened, target = self.anchor
                label = plain(text[begin : min(start, begin + _TITLE_LIMIT)])
                self.links.append((begin, Link(target, label, opened)))
                self.anchor = None
            elif not closing and (target := _attributes(tag[3]).get("href", "")):
                self.anchor = (tag.end(), self.row + tag[0].count("\n"), target)
        elif name == "img" and not closing:
            attributes = _attributes(tag[3])
            if attributes.get("src"):
                self.links.append((start, Link(attributes["src"], attributes.get("alt", ""), self.row, image=True)))
        elif name == "code" and not closing:
            end = text.find("</code>", tag.end(), tag.end() + _SPAN_LIMIT)
            if end >= 0:
                shown = _unescape(_TAG.sub("", text[tag.end() : end])).replace("\n", " ")
                self.codes.append(Span(shown, self.row))
                return end + 7
        return tag.end()

    def _comment(self, start: int) -> int:
        end = self.text.find("-->", start + 4)
        if end < 0:
            return len(self.text)
        inner = self.text[start + 4 : end]
        if shown := inner.strip():
            line = self.row + inner.count("\n", 0, len(inner) - len(inner.lstrip()))
            codes, links = scan_inline(shown, line, self.references)
            self.comments.append(Prose(shown, line, "comment", codes, links))
        return end + 3


def _closing_run(text: str, pos: int, size: int) -> int:
    """Return where the next run of exactly `size` backticks begins; there is one."""
    mark = "`" * size
    while True:
        pos = text.find(mark, pos)
        end = pos + size
        while text.startswith("`", end):
            end += 1
        if end - pos == size:
            return pos
        pos = end


def _span_text(text: str) -> str:
    text = text.replace("\n", " ")
    return text[1:-1] if text[:1] == " " == text[-1:] and text.strip() else text


def _link_target(text: str, begin: int, end: int, references: dict[str, str]) -> tuple[str | None, int]:
    """Return the target of the bracketed text (None if it is no link) and where reading goes on."""
    pos = end + 1
    if text.startswith("(", pos) and (inline := _DESTINATION.match(text, pos)):
        return inline[1] if inline[1] is not None else inline[2], inline.end()
    if not references:
        return None, pos
    label, after = text[begin:end] if end - begin < 1000 else "", pos
    if text.startswith("[", pos) and (explicit := _LABEL.match(text, pos)):
        label, after = explicit[1] or label, explicit.end()
    target = references.get(_normal(label))
    return target, pos if target is None else after
