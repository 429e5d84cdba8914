"""Which issues are for many: shared work, of which each takes a part, and trackers, whose parts are issues themselves.

Work is shared where a text lists what can be done one by one, or calls whoever comes. Such a call is made of a gift
("submit", "add"), a thing of which there can always be one more ("games", "algorithms"), and a word that leaves open
which ("any", "more", "your own"); or a text says of itself that it never ends.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.reading import issue_text
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

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
    rf"^\W*open call\b|^\W*add yourself (?:to|in)\b|^\W*(?:{_GIVE} )?{_OPEN} (?:\w+ ){{0,2}}?{_COLLECTED}"
    rf"|^\W*{_GIVE} your (?!changes)|^\W*(?:\w+ ){{0,2}}?{_THINGS}(?<=s) (?:are )?(?:wanted|needed|welcome)\b"
    rf"|^\W*{_GIVE} new (?:\w+ ){{0,3}}?{_COLLECTED}(?<=s)|^\W*{_GIVE} {_THINGS}(?<=s)\W*$"
    r"|\b(?:translat|locali[sz])\w+ [^.\n]{0,60}\b(?:in)?to (?:your (?:own )?|another |any (?:other )?|other |more "
    r"|as many )"
    r"(?:languages?|mother tongue|locales?)\b",
    re.IGNORECASE,
)
_GIFT = pattern(rf"^\W*(?:{_GIVE} (?:\w+ ){{0,3}}?|{_OPEN} (?:\w+ )?)?{_COLLECTED}", re.IGNORECASE)
_IN_LANGUAGES = pattern(
    r"\b(?:in|using|with|across) (?:any|all|different|various|other|more|multiple|many|several|your)(?: \w+){0,2}?"
    rf" languages?\b|\b(?:{_LANGUAGE}(?:\W{{1,4}}|\W{{1,3}}(?:and|or)\W)){{2,}}{_LANGUAGE}",
    re.IGNORECASE,
)
_TRANSLATES = pattern(r"\b(?:translat|locali[sz])", re.IGNORECASE)
_PLATFORM = pattern(r"\b(?:crowdin|transifex|weblate|poeditor|lokalise|pontoon)\b", re.IGNORECASE)
"""Where whoever knows a language translates what is left."""

_PREPARES = pattern(
    rf"{_EVENT} (?:preparations?|prep|to-?dos?|check-?list|planning|plan|logistics)\b"
    rf"|\b(?:prepar(?:e|ing|ation)s?|(?:get|getting|be) ready|check-?list|planning|plan"
    rf"|to-?dos?)\b[^.\n]{{0,20}}{_EVENT}",
    re.IGNORECASE,
)
_TEXT = pattern(
    rf"\bfeel free to (?:{_PICK} (?:up )?(?:an?|any|one|some) (?:\w+ )?{_PARTS}"
    rf"|(?:{_GIVE}) (?:any|more|your own|some) (?:\w+ )?{_WORK}(?! (?:if|as) ))"
    rf"|\b{_GIVE} any (?!issues?\b)(?:\w+ ){{1,3}}?[^.\n]{{0,40}}\byou(?:'d| would)? (?:like|want)\b"
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
    # Whatever comes is taken.
    rf"|\b(?:{_GIVE}|suggest|propose|make) (?:any |some |new |your |more )*(?:improvements|features|enhancements"
    rf"|ideas)"
    rf"(?: (?:and|or)(?: \w+)? \w+| ?/ ?\w+)? (?:to|for) (?:the|this|our) (?:existing |current )?{_PROJECT}"
    r"|\b(?:multiple|several|different|all|any|more)\W{1,4}(?:implementations|solutions|versions|entries|submissions)"
    r"\b[^.\n]{0,40}\b(?:accepted|welcome|allowed|merged)\b"
    r"|\byou (?:can|may) (?:submit|add|share|post|upload) (?:it|them|yours|your \w+) here\b"
    rf"|\b(?:anyone|anybody|everyone|everybody|whoever \w+) (?:\w+ )?(?:can|may|could|is free to|is invited to|should)"
    rf" {_GIVE} (?:(?:their|his|her|an?|\w+ \w+ of (?:their|his)) (?:very )?own|any|as many|more|one (?:or )?more)\b"
    rf"|\b(?:anyone|anybody|everyone|everybody) is (?:free|invited|welcome) to {_GIVE}\b"
    rf"|\b{_GIVE} (?:an?|one|some|any) (?:\w+ ){{0,3}}of (?:your|their) own\b"
    r"|\b(?:add|submit|contribute|upload) your (?:own )?(?:programs|scripts|games|algorithms|solutions|recipes"
    r"|quotes)\b"
    rf"|\b{_GIVE} as many (?:\w+ ){{1,3}}as (?:you|possible)\b",
    re.IGNORECASE,
)

# Lists ----------------------------------------------------------------------------------------------------------------

_ITEM = pattern(r"[ \t]*(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]?\][ \t]+)?")
_CELL = pattern(r"[ \t]*\|(?:[ \t]*\d*[ \t]*\|)?[ \t]*")
"""What stands before the first cell of a row that is no number."""

_RULE = pattern(r"[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*\|[ \t:|-]*$")
"""The line between the head of a table and its rows."""

_PERSON = pattern(r"(?<!\w)@[a-z]", re.IGNORECASE)
_PULL = pattern(r"/(?:pull|merge_requests)/\d+|\bpr:? ?#\d+", re.IGNORECASE)
_REFERENCE = pattern(
    r"(?!\W*(?:close[sd]?|fix(?:es|ed)|resolve[sd]?)\b)(?:\W{0,4}[\w ]{0,30}\W{1,3})?(?:(?:[\w.-]+/[\w.-]+)?#\d+"
    r"|(?:\[[^\]\n]{0,200}\]\()?https?://\S{1,200}?/(?:issues"
    r"|work_items)/\d+)",
    re.IGNORECASE,
)
_ENDS_IN_REFERENCE = pattern(r"\([^()\n]{0,20}#\d+(?:, ?#\d+)*\)\W*$")
_SEARCH = pattern(r"/issues\?\S{0,80}(?:label|is%3A|is:)", re.IGNORECASE)
_REFERENCES = pattern(r"(?<![\w&])#\d+\b|/(?:issues|work_items)/\d+|/issues\?\S{0,40}(?:label|is%3A)", re.IGNORECASE)

# Titles and texts -------------------------------------------------------------------------------------------------

_TRACKER_TITLE = pattern(
    r"^\W*epics?(?=\W*[:\u2013(\]-]|\W*$)|\bepic (?:issue|ticket)\b|\b(?:list of|overview of)\b.{0,30}\bissues\b"
    r"|(?<! in )(?<! to )(?<! the )\bissues? list\b|\bparent (?:issue|ticket)\b",
    re.IGNORECASE,
)
_SHARED_TITLE = pattern(
    r"\b(?:umbrella|meta|tracking|tracker|mega|roadmap|master)[ -](?:issue|ticket|list|bug|task)s?\b"
    r"|\[(?:[\w ]{0,20} )?(?:meta|tracking|umbrella|roadmap|sprint|community \w+)\]"
    r"|^\W*(?:tracking|umbrella|roadmap|meta(?!\W{1,3}(?:add|fix|remove|update|create|rename|write|use"
    r"|document)\b))\W*[:\u2013-]|^umbrella(?=\W*[:\u2013(-]|\W*$)"
    r"|^roadmap\b|\broadmap\W*$|\[tracker\]|^\W*(?:\w+ )?hacktoberfest[ -]?20\d\d\b|^\W*lists? of\b"
    r"|\bstart here\b|^\W*(?:\w+ ){0,2}good first issues(?=\W*$| for\b)|^\W*(?:\w+ )?(?:sprint|todo|to-do|task"
    r"|wish) ?list\b|\bsprint (?:tasks?|issues?|items?)\b|\bsprints?\W*$"
    r"|\b(?:tasks|todos|things|ideas) for (?:absolute |new )?(?:beginners|newcomers|contributors|first)"
    r"|\btranslat(?:ions?|ors?) (?:are )?(?:wanted|needed|welcome)\b|^\W*help (?:us )?(?:wanted\W*$|translat"
    r"|with translat)",
    re.IGNORECASE,
)
_TRACKER = pattern(
    r"\b(?:(?:is|as) (?:a|the)|this) parent issue\b|\bsub-?issues (?:below|listed)\b"
    r"|\b(?:this is (?:an?|the)|here is (?:an?|the)|our) (?:\w+ )?list of (?:\w+ ){0,4}issues\b(?! (?:found|reported))"
    r"|\b(?:lane|hub|board|starting point|entry point|queue) (?:for|of) (?:\w+ )?(?:first|new|beginners?|newcomers?"
    r"|good first)\b|\bkeep (?:this|the) (?:list|issue|page) (?:current|up[- ]to[- ]date|updated)\b"
    r"|\b(?:an?|one|new|separate|its own) (?:new |separate )?(?:sub-?)?issue (?:for|per|linked) (?:each"
    r"|every)\b(?! [^.\n]{0,30}\byou\b)"
    r"|\bsplit (?:\w+ ){1,4}?into (?:separate|single|individual|smaller|own) (?:tickets|issues|tasks)\b"
    r"|\bthis (?:one|issue|ticket) (?:keeps?|gives?|provides?|holds?) (?:the|an) overview\b",
    re.IGNORECASE,
)
_SHARES = pattern(
    r"\bthis (?:issue|epic|ticket)(?: issue)? (?:is (?:for|to) |will )?"
    r"(?:track|collect|keep)(?:s|ing)?\b(?! (?:the )?(?!remaining|ongoing|outstanding|pending|missing)\w+ing\b)"
    r"|\b(?:to|for) track(?:ing)? (?:the|this|that|all|our|its)? ?(?:work|progress|tasks|efforts?)\b"
    r"|\b(?:meta|umbrella|tracking)[- ]issue\b|\b(?:wrapper|collection|list|umbrella) (?:for|of) (?:multiple|several"
    r"|many|all)\b"
    r"|\b(?:pick|choose|select|take|grab|claim|do) (?:any |just )?(?:one|some|any) of (?:the|these|those|them)\b"
    r"|\bgrab one\b"
    r"|\b(?:pick|choose|select|take|grab|claim|solve|add|implement|create|write|translate|into|in) (?:up )?(?:a|an"
    r"|any|some)\b[^.\n]{0,40}"
    r"\byou (?:like|want|know|wish|prefer|speak|are familiar)\b|\b(?:pick|choose|claim) a (?:file|page|module"
    r"|component|function)\b(?=,| by| and| below)"
    r"|\bfollowing (?:\w+ )?(?:languages|modules|files|functions|components|pages|classes|methods|items|examples"
    r"|packages|rules|locales)"
    r" (?:still|are (?:not yet|left|missing)|remain|lack)\b|\btranslations? (?:for|in|into|to) the following\b"
    r"|\b(?:can|could|should|may|will|best) be (?:done|split|broken|made|submitted|tackled|worked on)\b[^.\n]{0,30}"
    r"\b(?:separate|several|multiple|many|smaller|individual|different) (?:\w+ )?(?:prs?|pull requests?|people"
    r"|issues|contributors)\b"
    r"|\b(?:multiple|several|many|more than one|different) (?:people|person|contributors?|newcomers|developers"
    r"|volunteers)"
    r" (?:can|could|may|to work|are welcome)\b|\bas many (?:or as few )?(?:\w+ )?as you (?:like|want|can)\b"
    r"|\bany (?:language|part|function|file|page|algorithm|program|project|topic)s?(?: of [\w ]{2,30})?"
    r" (?:is|are|will be|and|you)\b|\bshow us your\b"
    r"|\b(?:submit|share|contribute) your own\b|\b(?:any|every) (?:little |single |small )?(?:contribution|bit"
    r"|pr) (?:counts|helps)\b"
    r"|\beveryone (?:can|is welcome to) add\b"
    r"|\b(?:below|here)(?: is|'s|s) a list of (?:\w+ )?(?:tasks|things|ideas|items|todos)\b"
    r"|\bthere are (?:many|lots of|a lot of|several|plenty of) (?:small |little |easy )?(?:things|tasks|places"
    r"|opportunities) to\b"
    r"|\b(?:files?|modules?|pages?|components?|functions?) per (?:pr|pull request)\b|\bentry[- ]point (?:for (?:new"
    r"|first|begin))"
    r"|\bas an entry point\b|\bany of the \w+ below\b"
    r"|\bhelp (?:us )?(?:to )?translat\w+ [^.\n]{0,40}\b(?:into|to) (?:your|other|more|new|any|different|as many)\b"
    r"|\b(?:have|here is|heres|there is|see|following|below is) (?:a|the) list of \w+ that (?:need|still|are|have"
    r"|do)\b"
    r"|\bgradual(?:ly)?\W{0,2} (?:clean|convert|migrat|improv|fix|replac|remov|port|updat|add)"
    r"|\bany (?:programming )?languages? (?:is|are|will be) (?:welcome|fine|ok|okay|allowed|accepted)\b"
    r"|\bimplement your favou?rite\b|\blooking for translat(?:ions?|ors?)\b"
    r"|\badd any (?:of )?(?:your|the)\b"
    r"|\b(?:state|say|tell us|specify) which (?:\w+ )?(?:language|file|part|module|page|component)\b"
    r"|\blists? of (?:all )?(?:the )?(?:pending|remaining|outstanding|unfinished)\b"
    r"|\beach of (?:these|them|those) (?:is|makes)\b|\bleave the (?:others?|rest)\b[^.\n]{0,20}\b(?:for"
    r"|to) (?:others|the others|other people)\b"
    # Each person takes a share, or brings their own.
    r"|\b(?:each|every) (?:contributor|participant|one of you|newcomer|student|pr|pull request) (?:can|may|should"
    r"|could|must|will|picks?|takes?|adds?|gets?|solves?|writes?)\b"
    r"|\b(?:take|claim|pick|solve|do|submit|send|fix|work on|open|choose)\b[^.\n]{0,20}\b(?:up to"
    r"|max(?:imum)?(?: of)?|at most|no more than|only)"
    r" (?:\d+|one|two|three|five|ten)\b[^.\n]{0,20}\bat (?:a|one) time\b|\b(?:up to|max(?:imum)?(?: of)?|at most"
    r"|no more than) (?:\d+|one|two|three|five|ten)"
    r" (?:\w+ ){0,2}(?:per|for each) (?:person|pr|pull request|contributor|participant|head)\b|\bclaim (?:up to"
    r"|at most|as many|one or more|some|any|a few)\b"
    r"|\b(?:folder|directory|file|page|card|section|entry|profile|branch|row|line)s? (?:with|named(?: after)?|called"
    r"|for|under|containing) your"
    r" (?:own )?(?:github |user ?|first |full )?(?:user ?)?(?:name|handle|id|profile|nick)"
    r"|\b(?:put|add|write|creat|shar|submit|post|upload|mak|bring|includ|implement|build)(?:e|ing)? (?:in "
    r"|up )?your (?:own|favou?rite|best|solution"
    r"|story|implementation|algorithm)s?\b"
    r"|\bany (?:idea|topic|improvement|suggestion|change|game|quote|joke|recipe|animation"
    r"|design)s? (?:is|are|will be|can be|you)"
    r" (?:\w+ )?(?:accepted|welcome|fine|ok|okay|good|allowed|appreciated|like|want|come|added)"
    r"|\bthe more the merrier\b|\bno matter how (?:small|many|big)\b|\b(?:all|everybody|everyone|anyone"
    r"|whoever) (?:is|are) (?:invited|welcome) to (?:add"
    r"|submit|take)\b|\b(?:any|one|each|some) of (?:them|these|those)\b[^.\n]{0,40}\b(?:is|are"
    r"|makes?) (?:\w+ )?(?:(?:own|separate|good first)"
    r" )?(?:prs?|pull requests?|contributions?|task|issue)s?\b"
    # Several people share it.
    r"|\b(?:do|take|pick|add) (?:just |only )?one or (?:two|more) of (?:them|these)\b"
    r"|\bdo as many (?:of (?:them|these) )?as you like\b|\b(?:do not|don't) have to do (?:them )?all\b"
    r"|\bonly some of (?:them|these)\b"
    r"|\bof your (?:own )?choice\b|\byour (?:favou?rite|preferred) (?:\w+ )?(?:language|algorithm|project|program)"
    r"|\badd your (?:own|name|favou?rite)\b|\bin any (?:programming )?language\b|\blanguage does(?:n't| not) matter\b"
    r"|\bif you (?:see|find|spot|notice)\b[^.\n]{0,40}\banywhere\b"
    r"|\b(?:pick|choose|select|take|claim|grab) any (?:\w+ )?(?:file|function|method|class|module|component|page|test"
    r"|example|docstring)s?\b"
    r"|\b(?:pick|choose|select|take|claim|grab|work on) (?:any |just |only )?(?:one|any|an? (?:item|task|issue|file"
    r"|function|method|class|module|component|page|test|example|model|topic|rule|language"
    r"|algorithm|string|entry)) (?:or more )?"
    r"(?:\w+ ){0,3}?(?:from|of|in|on|below) (?:the |this |these |those )?(?:\w+ )?(?:below|lists?|above|items?|`)"
    r"|\b(?:comment|reply|say|tell us|mention|post)\b.{0,60}\b(?:which|what)"
    r" (?:\w+ ){0,3}?(?:file|one|item|part|model|module|page|task|class|function|test)s?\b"
    r"|\bcomment (?:here |below )?(?:about|with) (?:the|which|what) (?:file|page|part|module|function|language)\b"
    r"|\b(?:one|(?:a )?(?:new|separate)) (?:pr|pull request) (?:per|for each)\b"
    r"|\bone \w+ (?:\([^)\n]*\) )?(?:per|in each|a) (?:pr|pull request)\b"
    r"|\b(?:not|isn't) (?:already )?taken (?:yet )?by (?:someone|somebody|anyone)"
    r"|\b(?:done|updated|converted|migrated|fixed|ported|replaced|removed|translated|added|reviewed)"
    r" (?:one[- ]by[- ]one|bit by bit|step by step|piece by piece|incrementally|little by little)\b"
    r"|\b(?:one|a) (?:or two|or more|few|couple of|handful of) \w+ (?:in|per) (?:each|a|every|one) (?:pr"
    r"|pull request)\b"
    r"|\byou (?:can|may) (?:commit|push|add|submit|contribute|upload|put) your\b"
    r"|\bany (?:pr|pull request)s? (?:with|that adds?) (?:new |more )?\w+ (?:is|are|will be) welcome\b"
    r"|\b(?:write|add) (?:\w+ )?tests for anything\b|\bno assign(?:ing|ments?|ees?)\b"
    r"|\b(?:we|i) (?:do not|don't|won't|will not) assign (?:this|issues?|anyone|anybody|people)\b"
    r"|\b(?:not|never) be assigned to (?:anyone|anybody|one|a single|any)\b"
    r"|(?<!\d[.)] )\b(?:pick|choose|select) (?:an?|one) (?:\w+ ){1,3}from the (?:list|following|table|options)\b"
    r"|\b(?:contribut|add|submit)\w* any (?:new )?(?:\w+ ){0,2}(?:algorithm|program|script|project|problem|solution"
    r"|game)s?\b",
    re.IGNORECASE,
)
_OPEN_END = pattern(
    r"\b(?:if|when) (?:your|the|a) [\w ]{2,30} is(?: not|n't) (?:yet )?(?:listed|there|in)\b", re.IGNORECASE
)
_CHILD = pattern(
    r"\b(?:part|child|piece|sub-?(?:task|issue)|split|spun|extracted) (?:off |out )?(?:of|from)\b[^.\n]{0,30}"
    r"\b(?:umbrella|meta|tracking|parent|epic|master)\b|\bpart of (?:an?|our|the|this) (?:larger|bigger|broader"
    r"|wider|overall)\b"
    r"|\bsee (?:our|the) (?:main|parent) issue\b",
    re.IGNORECASE,
)


def tracks_issues(title: str, text: str) -> bool:
    """Return whether an issue's parts are issues of their own: it lists them, or says that it tracks or opens them.

    The word "tracking" or "meta" alone makes no tracker: such issues list tasks as often.
    """
    if _CHILD.search(text):
        return False
    if _TRACKER_TITLE.search(title) or _TRACKER.search(text) or _lists_issues(text):
        return True
    if _SEARCH.search(text) and issue_text.words(text) <= WORDS_BESIDE_A_SEARCH:
        return not (issue_text.is_fault(title) or issue_text.is_task(title))
    return len(_REFERENCES.findall(text)) >= ISSUES_OF_A_LIST and _SHARED_TITLE.search(title) is not None


def has_parts(title: str, text: str) -> bool:
    """Return whether an issue is a list of parts for several people, by its title, its boxes or a table with names."""
    return bool(
        (_SHARED_TITLE.search(title) and not issue_text.is_fault(title))
        or (_PREPARES.search(title) and issue_text.boxes(text) >= BOXES_OF_AN_EVENT)
        or _lists_parts(text)
        or sum(_PERSON.search(row) is not None for row in _rows(text)[:MOST_BOXES]) >= PEOPLE_OF_A_LIST
    )


def is_all_taken(text: str) -> bool:
    """Return whether each part of a list that is still open has somebody, or a pull request, written beside it.

    A list that others may extend is never all taken.
    """
    if _OPEN_END.search(text):
        return False
    opened = (issue_text.open_boxes(text) or _rows(text))[:MOST_BOXES]
    return bool(opened) and all(_PERSON.search(line) or _PULL.search(line) for line in opened)


def calls_whoever_comes(title: str, text: str = "") -> bool:
    """Return whether a text tells its readers to take a part, or a title asks for one more of what never ends."""
    if _CHILD.search(text):
        return False
    return bool(
        _TITLE.search(title)
        or (_GIFT.search(title) and _IN_LANGUAGES.search(title))
        or _TEXT.search(f"{title}\n{text}")
        or (_TRANSLATES.search(title) and _PLATFORM.search(text))
        or _SHARES.search(text)
    )


BOXES_OF_AN_EVENT = 3
"""With so many boxes a title "Prepare for the sprint" is about all of it, and not about one thing to be prepared."""

NAMES_OF_A_LIST = 5
"""So many boxes with nothing but a name are things to take one by one: functions, languages, pages."""

PEOPLE_OF_A_LIST = 2
"""A list in which so many parts have somebody is shared among them."""

FILES_OF_A_LIST = 6
"""So many boxes that name a file each are to be taken one by one; fewer are the steps of one task."""

ISSUES_OF_A_LIST = 3
"""So many references to issues below a title for many are a list; two may be named beside the matter."""

WORDS_BESIDE_A_SEARCH = 25
"""With no more words than these a search for issues is what an issue says."""

MOST_BOXES = 100
"""So many of a list's boxes tell what it is a list of."""


def _rows(text: str) -> list[str]:
    """Return the rows of tables below their head."""
    rows: list[str] = []
    below = False
    for line in text.split("\n"):
        if _RULE.match(line):
            below = True
        elif not line.lstrip().startswith("|"):
            below = False
        elif below:
            rows.append(line)
    return rows


def _is_reference(line: str) -> bool:
    """Return whether an item or a row begins with an issue's number or address, be it behind a word or two."""
    item = _ITEM.match(line) or _CELL.match(line)
    return item is not None and _REFERENCE.match(line, item.end()) is not None


def _lists_issues(text: str) -> bool:
    """Return whether the boxes are issues, or the lists or the tables consist of them for the most part."""
    boxes = issue_text.box_lines(text)[:MOST_BOXES]
    if boxes and all(map(_is_reference, boxes)):
        return True
    if _are_most(boxes, _ends_in_reference, ISSUES_OF_A_LIST):
        return True
    items = [line for line in text.split("\n") if _ITEM.match(line)][:MOST_BOXES]
    least = 2 if set(items).intersection(boxes) else ISSUES_OF_A_LIST
    return any(_are_most(parts, _is_reference, least) for parts in (items, _rows(text)[:MOST_BOXES]))


def _lists_parts(text: str) -> bool:
    """Return whether boxes are of several people, or for each of several things; with one box left it is one task."""
    if len(issue_text.open_boxes(text)) < 2:
        return False
    boxes = issue_text.box_lines(text)[:MOST_BOXES]
    if _are_most(boxes, _has_name_alone, NAMES_OF_A_LIST):
        return True
    people = sum(_PERSON.search(line) is not None for line in boxes)
    return people >= PEOPLE_OF_A_LIST or sum(bool(issue_text.places(line).paths) for line in boxes) >= FILES_OF_A_LIST


def _are_most(parts: list[str], fits: Callable[[str], bool], least: int) -> bool:
    """Return whether more than half of the parts fit, and no fewer than `least`."""
    fitting = sum(map(fits, parts))
    return fitting >= least and fitting * 2 > len(parts)


def _ends_in_reference(line: str) -> bool:
    return _ENDS_IN_REFERENCE.search(line) is not None


def _has_name_alone(box: str) -> bool:
    return _is_name(box.partition("]")[2].strip())


def _is_name(text: str) -> bool:
    """Return whether a box has a name and no more, and none of those that templates give to choose from."""
    return len(text.split()) <= 2 and not issue_text.is_task(text) and not issue_text.CHOICE.search(text)
