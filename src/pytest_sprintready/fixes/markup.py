"""Sections in the markup and the manners of the page they go into.

A section is written once, in a small Markdown: paragraphs with `code` and [links](address), and blocks of commands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.document import Block
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.reading.document import Document


class Commands(NamedTuple):
    """Command lines to be copied as a block."""

    lines: tuple[str, ...]


class Items(NamedTuple):
    """A list; numbered where the order counts."""

    texts: tuple[str, ...]
    numbered: bool = False


Part = str | Commands | Items


class Piece(NamedTuple):
    """A section: its title and what stands below it."""

    title: str
    parts: tuple[Part, ...]


class Manner(NamedTuple):
    """How a page is written.

    `rst` tells reStructuredText from Markdown. `language` is what its blocks of commands are marked with, `prompt`
    what stands before each command. `marks` are, for RST, the characters under (and over) headings by level; for
    Markdown a mark at a level says that its headings are underlined. `bullet` begins an item, `fence` a block.
    `closed` headings of Markdown have marks behind them, too; `inset` ones of RST are indented between their lines.
    """

    rst: bool = False
    language: str = "sh"
    prompt: str = ""
    marks: tuple[tuple[int, str, bool], ...] = ()
    bullet: str = "-"
    fence: str = "```"
    width: int = 100
    closed: bool = False
    inset: bool = False


_SHELLS = {"console", "bash", "sh", "shell", "shell-session", "zsh", "terminal", "text", ""}
_RST_MARKS = "=-~^\"'"
_LINK = pattern(r"\[([^\[\]]+)\]\(([^()\s]+)\)")
_CODE = pattern(r"`([^`]+)`")


def is_rst(path: str) -> bool | None:
    """Return whether a page is reStructuredText (True) or Markdown (False); None for what is neither for certain."""
    extension = path.lower().rpartition(".")[2] if "." in path.rpartition("/")[2] else ""
    if extension in {"rst", "rest"}:
        return True
    return False if extension in {"md", "markdown", "mdown", "mkd"} else None


def manner_of(document: Document, text: str, *, rst: bool) -> Manner:
    """Return the manner of a page that exists."""
    lines = text.split("\n")
    blocks = [
        item
        for section in document.sections
        for item in section.items
        if isinstance(item, Block) and item.language in _SHELLS and item.kind != "indented"
    ]
    language, prompt = ("sh" if not rst else "console"), ("" if not rst else "$ ")
    commands = [block for block in blocks if block.language not in {"", "text"}] or blocks
    if commands:
        languages = [block.language for block in commands]
        language = max(languages, key=languages.count)
        prompts = [block.text.lstrip().startswith("$ ") for block in commands if block.language == language]
        prompt = "$ " if prompts.count(True) * 2 > len(prompts) else ""
    bullets = re.findall(r"^([-*+])[ \t]+\S", text, re.MULTILINE)
    bullet = max("-*+" if not rst else "*-+", key=bullets.count)
    long = sorted(len(line) for line in lines if " " in line.strip() and not line.lstrip().startswith(("|", "[", "<")))
    width = 100 if not long or long[-1] > 160 else min(max(long[int(len(long) * 0.98) - 1], 72), 120)
    if not rst and long and long[-1] > 160:
        width = 0  # one line a paragraph
    fence = "~~~" if re.search(r"^~~~", text, re.MULTILINE) and not re.search(r"^```", text, re.MULTILINE) else "```"
    closed = not rst and bool(re.search(r"^#{1,6} .*\S #+$", text, re.MULTILINE))
    inset = rst and bool(re.search(r"^([=*#~-])\1{2,}\n \S.*\n\1{3,}$", text, re.MULTILINE))
    return Manner(rst, language, prompt, tuple(_marks(document, lines)), bullet, fence, width, closed, inset)


def _marks(document: Document, lines: list[str]) -> Iterator[tuple[int, str, bool]]:
    """Yield level, character and whether there is a line above, of the underlined headings."""
    seen = set()
    for section in document.sections:
        index = section.line - 1
        if not section.level or section.level in seen or index >= len(lines):
            continue
        for title in (index, index + 1):  # with a line above, the section may begin at that line
            under = lines[title + 1].rstrip() if title + 1 < len(lines) else ""
            if lines[title].strip() and _is_rule(under) and not _is_rule(lines[title].strip()):
                over = title > 0 and _is_rule(lines[title - 1].rstrip()) and lines[title - 1][0] == under[0]
                seen.add(section.level)
                yield section.level, under[0], over and len(lines[title - 1].rstrip()) >= len(lines[title].strip())
                break


def _is_rule(line: str) -> bool:
    return len(line) >= 2 and not line[0].isalnum() and not line[0].isspace() and line == line[0] * len(line)


def render(pieces: Iterable[Piece], level: int, manner: Manner) -> list[str]:
    """Return the lines of sections at this level, parted by blank lines, none at the ends."""
    lines: list[str] = []
    for piece in pieces:
        if lines:
            lines.append("")
        lines += heading(piece.title, level, manner)
        lines.append("")
        lines += body(piece.parts, manner)
    return lines


def heading(title: str, level: int, manner: Manner) -> list[str]:
    """Return the lines of a heading."""
    known = {each: (char, over) for each, char, over in manner.marks}
    if not manner.rst and level not in known:
        marks = "#" * level
        return [f"{marks} {title} {marks}" if manner.closed else f"{marks} {title}"]
    if not manner.rst:
        return [title, ("=" if level == 1 else "-") * len(title)]
    used = {char for char, _ in known.values()}
    char, over = known.get(level) or (next(char for char in _RST_MARKS if char not in used), False)
    if over and manner.inset:
        return [char * (len(title) + 2), f" {title}", char * (len(title) + 2)]
    rule = char * len(title)
    return [rule, title, rule] if over else [title, rule]


def body(parts: Iterable[Part], manner: Manner) -> list[str]:
    """Return the lines of paragraphs, lists and blocks, parted by blank lines."""
    lines: list[str] = []
    for part in parts:
        if lines:
            lines.append("")
        if isinstance(part, Commands):
            if manner.rst and not manner.language and len(lines) > 1 and lines[-2].endswith(":"):
                lines[-2:] = [f"{lines[-2]}:"]  # "as follows::" opens the block
                lines += _block(part, manner)[1:]
                continue
            lines += _block(part, manner)
        elif isinstance(part, Items):
            for number, text in enumerate(part.texts, 1):
                mark = f"{number}." if part.numbered else manner.bullet
                lines += _wrapped(text, manner, f"{mark} ", " " * (len(mark) + 1))
        else:
            lines += _wrapped(part, manner, "", "")
    return lines


def _block(commands: Commands, manner: Manner) -> list[str]:
    written = [f"{manner.prompt}{line}" for line in commands.lines]
    if not manner.rst:
        return [manner.fence + manner.language, *written, manner.fence]
    head = f".. code-block:: {manner.language}" if manner.language else "::"
    return [head, "", *(f"    {line}" for line in written)]


def _wrapped(text: str, manner: Manner, first: str, rest: str) -> list[str]:
    words = [_spelled(word, manner) for word in _words(text)]
    if not manner.width:
        return [first + " ".join(words)]
    lines, line = [], first + words[0]
    for word in words[1:]:
        # a line that begins with one of these would be another element
        if len(line) + 1 + len(word) > manner.width and not re.match(r"[-+*#>=|.]|\d+[.)]", word):
            lines.append(line)
            line = rest + word
        else:
            line += " " + word
    return [*lines, line]


def _words(text: str) -> list[str]:
    """Return the words of a paragraph; code and a link are one word each, with the punctuation that follows."""
    return re.findall(r"(?:\[[^\[\]]+\]\([^()\s]+\)|`[^`]+`|[^\s`\[]|\[)+", text)


def _spelled(word: str, manner: Manner) -> str:
    if not manner.rst:
        return _LINK.sub(lambda found: f"<{found[2]}>" if _is_bare(found) else found[0], word)
    parts, position = [], 0
    for found in _LINK.finditer(word):
        link = found[2] if _is_bare(found) else f"`{found[1]} <{found[2]}>`__"
        parts += [_CODE.sub(r"``\1``", word[position : found.start()]), link]
        position = found.end()
    return "".join([*parts, _CODE.sub(r"``\1``", word[position:])])


def _is_bare(link: re.Match[str]) -> bool:
    """Whether a link shows its own address, which either markup makes a link by itself."""
    return link[1] == link[2] and "://" in link[2]
