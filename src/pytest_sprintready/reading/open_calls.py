"""Whether a text calls whoever comes to bring something of theirs: an entry point for many, no task of one.

Such a call is made of a gift ("submit", "add"), a thing of which there can always be one more ("games", "algorithms"),
and a word that leaves open which ("any", "more", "your own"); or a text says of itself that it never ends.
"""

from __future__ import annotations

import re

from pytest_sprintready.reading.patterns import pattern

# Parts ----------------------------------------------------------------------------------------------------------------

_GIVE = r"(?:add|submit|contribut|upload|shar|post|creat|writ|implement|solv|bring|provid|includ|send)(?:e|ting|ing)?"
_PICK = r"(?:choos|pick|tak|select|grab|claim|cover)(?:e|ing)?"
# There is always room for one more, and each is somebody's own. A word after it makes another thing: "game modes".
_THINGS = (
    r"(?:algorithms?|data[- ]?structures?|(?:mini[- ]?)?(?:games?|projects?)|programs?|implementations?|solutions?"
    r"|(?:coding |practice |programming )?(?:problems?|questions?|challenges?|exercises?)|puzzles?|riddles?|quotes?"
    r"|jokes?|recipes?|memes?|poems?|stor(?:y|ies)|facts|cheat ?sheets?|hello[ -]?worlds?|code snippets?|codes"
    r"|resources"
    r"|(?:dev |developer )tools)"
)
_COLLECTED = rf"{_THINGS}(?=\W*$|\W*[,.:;!()/&|]| (?:in|to|with|using|for|of|from|by|and|or|here|under|on|you)\b)"
_OPEN = r"(?:any|more|as many|your(?: own| favou?rite)?)"
_LANGUAGE = (
    r"(?:python|javascript|java|js|c\+\+|cpp|c#|c|golang|go|rust|ruby|php|kotlin|swift|typescript|perl|scala|haskell"
    r"|bash|r|dart)(?![\w+#])"
)
_PARTS = (
    r"(?:files?|modules?|functions?|methods?|class(?:es)?|components?|pages?|sections?|packages?|areas?|routes?"
    r"|strings?|rules?|commands?)\b"
)
_WORK = r"(?:tests?|test cases|examples?|translations?|docs|documentation|docstrings|type hints|languages)\b"
_CONTRIBUTIONS = r"(?:pull[- ]requests|prs|contributions|submissions|improvements|entries|patches)\b"
_PROJECT = r"(?:app|application|project|repo(?:sitory)?|(?:web)?site|game|library|package|bot|code ?base|collection)\b"
_LASTING = (
    r"(?:long[- ]term|long[- ]running|ongoing|never[- ]ending|perpetual|permanent|perennial|open[- ]ended|continuous"
    r"|evergreen|rolling|standing|frame(?:work)?|umbrella|collective|collection|container|catch[- ]all|living)"
)
_TICKET = r"(?:plan|goal|effort|issue|ticket|task|initiative|thread|invitation|call)\b"
_EVENT = (
    r"(?:hacktober(?:fest)?|hackathon|(?:code |docs? |community )?sprint|workshop|conference|meetup|gsoc|gssoc"
    r"|(?:release |launch )?party|game jam"
    r"|(?:summer|winter|season) of \w+)\b"
)

# Calls ----------------------------------------------------------------------------------------------------------------

_TITLE = pattern(
    rf"^\W*open call\b|^\W*(?:{_GIVE} )?{_OPEN} (?:\w+ ){{0,2}}?{_COLLECTED}"
    rf"|^\W*{_GIVE} your (?!changes)|^\W*(?:\w+ ){{0,2}}?{_THINGS}(?<=s) (?:are )?(?:wanted|needed|welcome)\b"
    rf"|\b(?:accepting|welcoming|inviting|open (?:to|for)|calls? for|calling for|seeking|looking for) (?:all |any "
    rf"|your |new |more |some |community )*{_CONTRIBUTIONS}"
    rf"|\b{_CONTRIBUTIONS} (?:are )?(?:always |very |most )?(?:welcome|wanted|invited)\b",
    re.IGNORECASE,
)
_GIFT = pattern(rf"^\W*(?:{_GIVE} (?:\w+ ){{0,3}}?|{_OPEN} (?:\w+ )?)?{_COLLECTED}", re.IGNORECASE)
_IN_LANGUAGES = pattern(
    r"\b(?:in|using|with|across) (?:any|all|different|various|other|more|multiple|many|several|your)(?: \w+){0,2}?"
    rf" languages?\b|\b(?:{_LANGUAGE}(?:\W{{1,4}}|\W{{1,3}}(?:and|or)\W)){{2,}}{_LANGUAGE}",
    re.IGNORECASE,
)
_PREPARES = pattern(
    rf"{_EVENT} (?:preparations?|prep|to-?dos?|check-?list|planning|plan|logistics)\b"
    rf"|\b(?:prepar(?:e|ing|ation)s?|(?:get|getting|be) ready|check-?list|planning|plan"
    rf"|to-?dos?)\b[^.\n]{{0,20}}{_EVENT}",
    re.IGNORECASE,
)
_TEXT = pattern(
    rf"\bfeel free to (?:{_PICK} (?:up )?(?:an?|any|one|some) (?:\w+ )?{_PARTS}"
    rf"|(?:{_GIVE}) (?:any|more|your own|some) (?:\w+ )?{_WORK}(?! (?:if|as) ))"
    rf"|\ban? {_LASTING} (?:\w+ )?(?:issue|ticket|task|thread) (?:for|of)\b"
    r"|\b(?:improve|fix|add|change|send|write|do|for) (?:whatever|anything|what) you (?:like|want|find|see|prefer"
    r"|know)\b"
    rf"|\b{_PICK} (?:up )?(?:whatever|whichever|anything|any (?:of|one|thing)|what you)\b"
    r"|\b(?:in|into|to|for) as many (?:\w+ )?(?:languages|locales) as (?:possible|you|we)\b"
    r"|\bin (?:whichever|whatever) (?:\w+ )?language\b|\blanguages? (?:that )?you (?:know|master|like|want|prefer"
    r"|speak)\b"
    r"|\bno (?:upper )?limit (?:on|to) (?:how many|the number of \w+) you\b"
    rf"|\b{_PICK} something (?:up )?(?:off|from|of|below|out)\b"
    rf"|\b{_GIVE} (?:an?|one|some|the|any) (?:\w+ )?\w+ (?:that )?you (?:know|like|love|enjoy|made|wrote|found|have"
    r" (?:made"
    r"|written|built|found|used))\b"
    r"|\b(?:send|show|share|give|bring) (?:us |in )?(?:what|whatever|the ones) you (?:have|know|made|wrote|built"
    r"|like)\b"
    r"|\bwe (?:merge|take|accept) (?:all|anything|everything|whatever)\b"
    # What it says of itself.
    r"|\bthere is no end to (?:this|it)\b|\bthis (?:one |issue |task )?(?:never ends|has no end|is never (?:done"
    r"|finished))\b"
    rf"|\bthis (?:is|issue|ticket|task|one|thread)\b[^.\n]{{0,40}}\b{_LASTING} (?:\w+ )?{_TICKET}"
    r"|\b(?:lane|hub|board|starting point|entry point|queue) (?:for|of) (?:\w+ )?(?:first|new|beginners?|newcomers?"
    r"|good first)\b|\bkeep (?:this|the) (?:list|issue|page) (?:current|up[- ]to[- ]date|updated)\b"
    # Whatever comes is taken.
    rf"|\b(?:{_GIVE}|suggest|propose|make) (?:any |some |new |your |more )*(?:improvements|features|enhancements|ideas)"
    rf"(?: (?:and|or)(?: \w+)? \w+| ?/ ?\w+)? (?:to|for) (?:the|this|our) (?:existing |current )?{_PROJECT}"
    r"|\b(?:multiple|several|different|all|any|more)\W{1,4}(?:implementations|solutions|versions|entries|submissions)"
    r"\b[^.\n]{0,40}\b(?:accepted|welcome|allowed|merged)\b"
    r"|\byou (?:can|may) (?:submit|add|share|post|upload) (?:it|them|yours|your \w+) here\b"
    rf"|\b(?:anyone|anybody|everyone|everybody|whoever \w+) (?:\w+ )?(?:can|may|could|is free to|is invited to|should)"
    rf" {_GIVE} (?:(?:their|his|her|an?|\w+ \w+ of (?:their|his)) (?:very )?own|any|as many|more|one (?:or )?more)\b"
    rf"|\b(?:anyone|anybody|everyone|everybody) is (?:free|invited|welcome) to {_GIVE}\b"
    rf"|\b{_GIVE} (?:an?|one|some|any) (?:\w+ ){{1,3}}of (?:your|their) own\b"
    rf"|\b{_GIVE} as many (?:\w+ ){{1,3}}as (?:you|possible)\b",
    re.IGNORECASE,
)


def calls_for_any(title: str, text: str = "") -> bool:
    """Return whether a title asks for one more of what never ends, or the text takes whatever comes."""
    return bool(
        _TITLE.search(title)
        or (_GIFT.search(title) and _IN_LANGUAGES.search(title))
        or _TEXT.search(f"{title}\n{text}")
    )


def prepares_event(title: str) -> bool:
    """Return whether a title speaks of all that has to be done before an event: "Prepare for the sprint"."""
    return _PREPARES.search(title) is not None
