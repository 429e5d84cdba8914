"""What a document tells people to type, block by block and sentence by sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts import purpose
from pytest_sprintready.facts.once import once
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.document import Block, Prose
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.shell import read_block, read_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.command import Command
    from pytest_sprintready.reading.document import Document, Section


class Documented(NamedTuple):
    """A command a document tells people to type. `lead` is the text before it; `inline` tells a span from a block."""

    command: Command
    purpose: str
    section: Section
    lead: str = ""
    tab: str = ""
    inline: bool = False

    @property
    def place(self) -> Evidence:
        """Where it is written."""
        return Evidence(self.command.path, self.command.line)


# A span is an instruction where the words before it in the sentence say so, or where a list item begins with it.
_INSTRUCTS = pattern(
    r"""\b(
        run | runs | running | rerun | execute[sd]? | executing | type | typing | enter | issue | launch | start
      | use | using | invok\w+ | call(ing)? | via | by | with | through | commands?
      | install(ed|ing)? | do | doing | make\ sure | ensure | then | try | can | or
    )\b[^.!?]*$""",
    re.IGNORECASE | re.VERBOSE,
)
# A program's bare name is as often the subject of a sentence: it needs the verb right before it.
_RUNS_BARE = pattern(
    r"""\b( run | running | rerun | execute | executing | type | typing | invok(e|ing) | call(ing)? | do | issue )
    ( \s+( the | all | full | entire | complete | whole | our | your | it | them | unit | local | tests? | suite
         | test\ suite | checks? | command | command\ line | following | with | by | using | simply | just | via | on
         | of | in | from | against | locally | again | then | : ) )*
    \s*:?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_DENIES = pattern(
    r"""\b( don'?t | do\ not | not | never | instead\ of | rather\ than | no\ need | previously | used\ to
          | equivalent\ to | similar\ to | same\ as | avoid | without | like | unlike | called\ by )
    \s*(?:\w+\s){0,3}$""",
    re.IGNORECASE | re.VERBOSE,
)


# "- **Run tests with tox**: `tox`": the item's label says what the command is for.
_LABEL = pattern(
    r"\W*(?!(?:note|warning|tip|example|e\.g|default|output)\b)[A-Za-z][^.:;`]{1,60}?:?\*{0,2}:\s*(\*\*)?\s*",
    re.IGNORECASE,
)
_NOTHING_MORE = pattern(r"`*\s*($|[(,;.#\u2013\u2014-]|(or|and)\b)")

# "Give --fast when running `pytest`" speaks of a run, "when done, run `pytest`" asks for one.
_WHEN = pattern(r"\b(when|whenever|while)\s+(you('re| are)?\s+)?(\w+ly\s+)?\w+ing\b[^,:;]*$", re.IGNORECASE)

_NEAR, _FAR = 1000, 20_000


def in_document(facts: Facts, document: Document) -> tuple[Documented, ...]:
    """Every command a document holds."""
    return tuple(found for section in document.sections for found in in_section(facts, document.path, section))


def in_section(facts: Facts, path: str, section: Section) -> tuple[Documented, ...]:
    """Every command a section holds, blocks and spans in reading order; worked out once."""
    known = _sections_read(facts)
    if (path, section.line) not in known:
        known[path, section.line] = tuple(_in_section(facts, path, section))
    return known[path, section.line]


@once
def _sections_read(_facts: Facts) -> dict[tuple[str, int], tuple[Documented, ...]]:
    return {}


def _in_section(facts: Facts, path: str, section: Section) -> Iterator[Documented]:
    lead = section.title
    for item in section.items:
        if isinstance(item, Block):
            commands: Iterable[Command] = read_block(item.text, path, item.line, item.language)
        else:
            lead = item.text
            commands = [*_in_prose(item, path), *_runner_spoken_of(facts, item, path)]
        for command in commands:
            why = purpose.purpose_of(command, facts.world)
            yield Documented(command, why, section, lead, item.tab, inline=isinstance(item, Prose))


_SENTENCE_END = pattern(r"(?<=[.!?])\s")


_ITEM_MARKS = pattern(r"[\s*_>\[\]xX#.()\d+-]*")


_OR = pattern(r"[^.;:]{0,60}\b(or|nor)\s+")
_JOINS = pattern(r"[\s,]*(and|or|then|&|,|\*\*OR\*\*|/)?[^.]{0,60}")


def _in_prose(prose: Prose, path: str) -> Iterator[Command]:
    """The spans of a paragraph that it tells the reader to type."""
    text = prose.text
    position = 0
    previous = denied = False
    for code in prose.codes:
        start = text.find("`" + code.text, position, position + _FAR)
        if start < 0:
            start = max(text.find(code.text, position, position + _FAR), position)
        before = text[position:start].replace("`", "")
        sentence = text[max(start - _NEAR, 0) : start].replace("`", "")
        position = start + len(code.text) + 1
        command = read_span(code.text, path, code.line)
        denied = bool(_DENIES.search(_last_sentence(sentence))) or (denied and _OR.fullmatch(before) is not None)
        previous = command is not None and (
            _is_told(command, prose, _last_sentence(sentence), text[position : position + _NEAR])
            or (previous and _JOINS.fullmatch(_last_sentence(before)) is not None and not _DENIES.search(sentence))
        )
        if command is not None and previous and not denied:
            yield command


# "Run the tests using tox, which ...": the runner's name as a word or link is all that has to be typed.
_RUNS_TESTS_BY = pattern(
    r"\brun\b[^.!?`]{0,40}\btests?\b[^.!?`]{0,40}\b(?:using|with|via|through) \W{0,2}(?P<runner>tox|nox)\b"
    r"(?=[^\w:`]{0,2}(?:,|;|\.(?:\s|$)|$|\s(?:which|that)\b))",
    re.IGNORECASE,
)


def _runner_spoken_of(facts: Facts, prose: Prose, path: str) -> Iterator[Command]:
    """The runner that a sentence says to run the tests with, where it is configured."""
    lowered = prose.text.lower()
    if "tox" not in lowered and "nox" not in lowered:
        return
    told = _RUNS_TESTS_BY.search(" ".join(prose.text.split()))
    if told is None or _DENIES.search(told.string[: told.start()]) or not facts.world.of(told["runner"].lower()):
        return
    command = read_span(told["runner"].lower(), path, prose.line)
    if command is not None:
        yield command


def _last_sentence(text: str) -> str:
    return _SENTENCE_END.split(text)[-1]


def _is_told(command: Command, prose: Prose, before: str, after: str) -> bool:
    """Whether the sentence with a span says to type it: by its verb, or because it says nothing else."""
    if _DENIES.search(before):
        return False
    if prose.kind in {"item", "comment"} and _ITEM_MARKS.fullmatch(before):
        return True
    if not before.strip() and re.match(r"`*\s*(\.\s|\.?$)", after):
        return True
    bare = " " not in command.text and "/" not in command.text
    if prose.kind == "item" and _LABEL.fullmatch(before) and _NOTHING_MORE.match(after):
        return not bare or re.search(r"\b(run|execute)\b", before, re.IGNORECASE) is not None
    if bare and _WHEN.search(before):
        return False
    told = _RUNS_BARE if bare else _INSTRUCTS
    return told.search(before) is not None
