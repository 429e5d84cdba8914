"""What people type below an issue, made even: no quotes, no code, one spelling of "I'd", "id" and "I would"."""

from __future__ import annotations

import re
from functools import lru_cache

from pytest_sprintready.reading.issue_text import FENCED
from pytest_sprintready.reading.patterns import bounded, pattern

_QUOTED = pattern(
    r"(?<![\w\"\u201d])[\"\u201c](?=\S)[^\"\u201c\u201d\n]{1,60}\s[^\"\u201c\u201d\n]{1,60}(?<=\S)[\"\u201d](?!\w)"
)
"""Some words in double quotes are another's, or a label's; one word alone is only stressed."""

_MAIL_ABOVE = pattern(r"^on .{5,80} wrote:?[ \t]*$.*", re.DOTALL | re.MULTILINE)

# After these words no thing follows that could be its own.
_NO_THING = (
    r"an?|the|not|no|still|already|now|been|fixed|done|free|open|available|ok|okay|fine|only|really|just|on|in|yours"
    r"|mine"
    r"|working|gone|taken|my|your|so|too|very|quite|like|good|great|nice|also|all|up|out"
)
# "Ill" and "well" are words, but seldom at a tracker: only the first is read as "I'll".
_SHORT = (
    (pattern(r"\b(?:i'm|im)\b"), "i am"),
    (pattern(r"\b(?:i'll|ill)\b"), "i will"),
    (pattern(r"\b(?:i've|ive)\b"), "i have"),
    (pattern(r"\bi'd\b|\bid(?= (?:\w+ )?(?:like|love|be|try|take|prefer|want|appreciate|say|rather)\b)"), "i would"),
    (pattern(r"\b(we|you|they|he|she|it|that|there|who|this)'(?:ll)\b"), r"\1 will"),
    (pattern(r"\b(we|you|they)'re\b"), r"\1 are"),
    (pattern(r"\byoure\b"), "you are"),
    (pattern(r"\b(we|you|they)'?ve\b"), r"\1 have"),
    (pattern(r"\b(?:(we|you|they|he|she|it|that|who)'d|(we|youd)(?<=d))\b"), r"\1 would"),
    (pattern(r"\bwed(?= (?:like|love|be)\b)"), "we would"),
    (pattern(r"\blet'?s\b"), "let us"),
    (pattern(r"\b(it|that|there|what|who|how|he|she|here|nobody|everything)'s\b"), r"\1 is"),
    (pattern(r"\b(that|there|what)s\b"), r"\1 is"),
    (pattern(rf"\bits(?= (?:{_NO_THING})\b)"), "it is"),
    (pattern(r"\bca(?:n't|nt|nnot)\b|\bcannot\b"), "can not"),
    (pattern(r"\bwo(?:n't|nt)\b"), "will not"),
    (pattern(r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should|must|need)(?:n't|nt)\b"), r"\1 not"),
    (pattern(r"\bw[ao]nna\b"), "want to"),
    (pattern(r"\bgonna\b"), "going to"),
    (pattern(r"\bgotta\b"), "got to"),
    (pattern(r"\blemme\b"), "let me"),
    (pattern(r"\bgimme\b"), "give me"),
    (pattern(r"\bdunno\b"), "do not know"),
    (pattern(r"\b(?:pls+|plz+|plss|pl[ae]+se|plese)\b"), "please"),
    (pattern(r"\bu\b"), "you"),
    (pattern(r"\bur\b"), "your"),
    (pattern(r"\b(?:wrok|wokr|workin|woking|wrk)\b"), "work"),
    (pattern(r"\bis+u+e?(s?)\b"), r"issue\1"),
    (pattern(r"\b(?:as+i[gn]{2}|asign|assing|assgin)(ed|)\b"), r"assign\1"),
    (pattern(r"\bint[er]{2,4}sted\b"), "interested"),
    (pattern(r"\bc[ao]ntribu(?:te|et|it)\b"), "contribute"),
)


@lru_cache(maxsize=16)  # some twenty questions are asked of each comment
def plain(text: str) -> str:
    """Return a comment without quotes, code blocks, mails below it and apostrophes, in lower case."""
    return _tidied(re.sub(r"['`*]", "", _said(text)))


@lru_cache(maxsize=16)
def spelled_out(text: str) -> str:
    """Return a comment as `plain` does, with short forms in full: "id" and "I'd" are "i would", "pls" is "please"."""
    said = re.sub(r"[`*_]{1,2}(?=\w)|(?<=\w)[`*_]{1,2}(?!\w)|[`*]", "", _said(text))
    for short, full in _SHORT:
        said = short.sub(full, said)
    return _tidied(said.replace("'", ""))


def sentences(said: str) -> list[str]:
    """Return the sentences of what `plain` or `spelled_out` returned, without the signs before them."""
    parts = re.split(r"(?<=[.!?])\s+|\n+", said)
    return [part for part in (re.sub(r"^[^\w@#(/.!]+", "", part) for part in parts) if part]


def _said(text: str) -> str:
    text = _QUOTED.sub(" ", FENCED.sub(" ", bounded(text).replace("\r\n", "\n")))
    lines = [line.strip() for line in text.split("\n") if line.strip() and not line.lstrip().startswith(">")]
    return "\n".join(lines).lower().replace("\u2019", "'")


def _tidied(text: str) -> str:
    return re.sub(r"[ \t]+", " ", _MAIL_ABOVE.sub("", text))
