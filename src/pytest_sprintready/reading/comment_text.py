"""What a comment on an issue says to others: who may have the issue, who has it, that there is a pull request for it.

What somebody says of themselves is read by `claim_text`, what they say of the task by `standing_text`.
"""

from __future__ import annotations

import re

from pytest_sprintready.reading.patterns import bounded, pattern
from pytest_sprintready.reading.sentences import sentences, spelled_out

_MENTION = pattern(r"(?<![\w/`.])@([A-Za-z0-9][\w-]*)")
_AT_WORK = pattern(r"@([A-Za-z0-9][\w-]*) (?:is|was|has|will)\b|\b(?:to|by|with) @([A-Za-z0-9][\w-]*)")
_WORKER = pattern(
    r"@([A-Za-z0-9][\w-]*) (?:is|was|has been|will be) (?:already |currently |still )*(?:working|assigned|on it|at it"
    r"|taking|fixing)"
)
_KEEP = (
    r"(?:keep|reserv|sav|hold|earmark|leav|tak|book|set aside|park|promis|giv|gav|assign|hand|allot|delegat|allocat)"
)
_ASSIGNED = pattern(
    r"\bassign(?:ed|ing)(?: this| the)?(?: issue)?(?: to)?[ :*-]{1,4}@([A-Za-z0-9][\w-]*)"
    r"|@([A-Za-z0-9][\w-]*),? (?:you(?:['\u2019]ve| have| are| were)(?: been)?|has been|is"
    r"|was) (?:now )?assigned\b(?! for)|@([A-Za-z0-9][\w-]*) (?:assigned|(?:has|have) (?:volunteered|offered|agreed"
    r"|claimed|taken|signed up)|(?:will|is going to|wants to|would like to) (?:take|do|work on|handle|tackle|fix"
    r"|pick up|implement)|(?:is|was) (?:already |currently |still )*(?:working on (?:this|it)|on (?:this|it)|at it"
    r"|the owner of this))\b|\b(?:just|only|reserved|meant|(?<!\bno )one is|goes|earmarked|promised|kept"
    r"|intended) (?:for|to) @([A-Za-z0-9][\w-]*)"
    rf"|\b{_KEEP}(?:e|es|ed|ing|s)? (?:this|it|that)(?: one| issue| task)? (?:for|to|with) @([A-Za-z0-9][\w-]*)"
    r"|\bthis (?:one |issue |task )?(?:is|belongs to) @([A-Za-z0-9][\w-]*)(?:['\u2019]s\b|(?= *[.!]|$))"
    r"|\bover to (?:you,? )?@([A-Za-z0-9][\w-]*)"
    r"|@([A-Za-z0-9][\w-]*)[,:]? (?:can|could|would|will) you (?:please |kindly |help |to |maybe )*(?:(?:take|handle"
    r"|fix|implement|tackle"
    r"|work on|look into|take a look at|pick up) (?:this|it)(?: issue| one)?|(?:take|have) a look|pick (?:this"
    r"|it) up)(?= *[?.!]|$)"
    r"|@([A-Za-z0-9][\w-]*)[,:!]? (?:this|the) issue (?:has been|is|was) (?:now )?assigned to you\b",
    re.IGNORECASE,
)

_ADDRESSED = pattern(
    r"\W*@(?!(?:everyone|everybody|all|team|contributors|here|channel)\b)([A-Za-z0-9][\w-]*)[,:]? (?:please|(?:can"
    r"|could|would|will) you) ",
    re.IGNORECASE,
)

# Everybody may have it ------------------------------------------------------------------------------------------------

_ANYONE = (
    r"(?:anyone|anybody|others?|someone|somebody|everyone|everybody|whoever|people|newcomers|contributors|any of you"
    r"|the next(?: one| person)?|next one)"
)
_FREE_FOR_ALL = pattern(
    r"\bfree to take\b(?! ?\?)|\b(?:is|its|still|now|remains|stays) open (?:for|to|if) (?:contributions?|contributors?"
    rf"|{_ANYONE})\b(?! ?\?)|\bfeel free to (?:\w+ ){{1,4}}(?:up)?, (?:anyone|anybody)\b|\bup for grabs\b(?! ?\?)"
    rf"|\bfree for (?:{_ANYONE}|the taking)"
    r"\b|\bfair game\b|\bback (?:to|in|into|on) the (?:pool|market|table|shelf)\b|\bfree again\b|\bnext (?:one"
    r"|please)\b|, (?:anyone|anybody|everyone|everybody)\W*$|\bhelp yourself\b"
    rf"|\b{_ANYONE}(?: else)?(?: who| is)?(?: who \w+ \w+)? (?:\w+ ){{0,4}}?(?:can|may|could|is|are|should|feel"
    rf"|wants?|likes?|fancies"
    r"|interested) (?:\w+ ){0,3}?(?:welcome|free|tak(?:e|ing)|pick|work|contribut|grab|have|start|open|submit|jump"
    r"|send|try)|\b(?:open|available|free|unclaimed|up) (?:again|to everyone|to anyone|to all|for everyone|for anyone"
    r"|for everybody|for others|for contributors)\b|\blooking for (?:someone|somebody|a (?:new )?(?:contributor"
    r"|volunteer)|volunteers|contributors)\b|\b(?:no ?one|nobody) (?:is|seems to be"
    r"|has been) (?:\w+ )?working\b(?! on (?:this|it) ?\?)|\bfeel free to (?:\w+ ){1,4}anyone\b|\breopen\w* (?:this "
    r"|it )?(?:for|to) (?:others|anyone|everyone|contributors)|\bif (?:anyone|anybody|someone"
    r"|somebody)(?: else)? (?:\w+ )?(?:fancies|wants|likes|would like|is interested|feels like|is up for"
    r"|cares)\b(?! to (?:know|see|discuss|help me|review))|\b(?:anyone|anybody) (?:else )?(?:interested|up for it"
    r"|wants? (?:it|this|to))\b[^?]{0,20}\?|\bmark(?:ing|ed)? (?:this|it) as (?:a )?[\"`]?(?:good|help|up|beginner"
    r"|easy)|\bfirst (?:one|person|good|working|pr|pull request|to)\b.{0,30}\b(?:pr|pull request|serve|wins?|gets)\b"
    r"|\bany (?:other )?(?:takers|volunteers|volunteer|one else)\b"
)
_FREE_FOR_WHOEVER = pattern(
    r"\bwe (?:do not|never) assign\b|\bdo not ask (?:questions like|whether|if you can)\b"
    r"|\bgo for it,? (?:anyone|anybody|whoever)|\bwhoever (?:wants|likes)(?: it| this| to)?\b"
)
_STILL_FREE = pattern(
    r"\b(?:(?:it|this|issue|one)(?: is)?|yes,?|still|nope,?(?: it is)?|no,?(?: it is)) (?:\w+ )?(?:open|available"
    r"|free|unclaimed|unassigned|up for grabs)\b(?! ?\?)"
)
_TAKEN_AWAY = pattern(
    r"(?<!will be )(?<!be automatically )(?<!automatically )(?<!get )(?<!to )(?<!or )(?<!/)(?<!may )\bunassign(?!\w*"
    r" (?:yourself|if you))|/unassign\b|\bremov(?:ed|ing) (?:\w+ )?(?:assign|you as|your name)|\btak(?:en|ing) (?:you"
    r"|your name) off\b|\bfree(?:d|ing) (?:this|it|the issue) up\b|\breleas(?:ed|ing) (?:this|it|the issue)\b"
    r"|\b(?:assume|guess|think) you (?:have|are|did) (?:\w+ )?(?:lost interest|given up|no longer|busy|moved on"
    r"|not (?:working|interested|going))|\bclaim (?:of|by) @[\w-]+ (?:has |is )?expired\b|@[\w-]+ [^.\n]{0,40}\b(?:was"
    r"|has been) removed\W*$"
    r"|\bcan not claim this\b|\btime is up\b|\bgiv(?:e|ing) (?:this|it) to (?:someone|somebody) else\b"
)
_ANOTHER_IS_AT_IT = (
    r"\b(?:he|she|they) (?:is|are|has been|have been) (?:actually |already |currently |still )*(?:working on"
    r"|doing) (?:it|this)\b"
)
_TURNED_AWAY = pattern(
    rf"\bpick something from\b|{_ANOTHER_IS_AT_IT}|"
    r"\b(?:already|currently|been) (?:been )?(?:assigned|taken|claimed|(?:being )?worked on|working on|in progress)\b"
    r"|\b(?:pick|choose|find|take|try|select|look (?:at|for)|work on|go for|consider"
    r"|check(?: out)?) (?:\w+ )?(?:another|a different|some other|other|different|something else)\b|\banother (?:one"
    r"|issue)\b|\byou (?:already|have already) (?:had|have|did|done|got|solved|fixed|worked)\b"
    r"|\byou will not be able\b|\b(?:not|will not be) (?:a )?(?:good fit|suitable|right"
    r"|appropriate) (?:\w+ )?for (?:you|a)|\b(?:can not|will not|not able to|unable to) assign you\b"
    r"|\bnot (?:really )?(?:available|open)\b|\breserved for\b|\b(?:specifically|exclusively|only|just"
    r"|meant) for (?:first|new|beginner)\S*|\bleav(?:e|ing) (?:this|it) (?:issue |one )?(?:for"
    r"|to) (?:someone|somebody|newcomers|others|new)|\bno (?:llm|ai|chatgpt|bot)\b"
    r"|\byou (?:already )?have (?:\w+ ){1,3}?(?:ones?|issues?|tasks?|prs?|assignments?)\b(?: \w+){0,2} already\b"
    r"|\bfinish (?:these|those|them|your|the others?)\b[^.\n]{0,30}\bfirst\b|\bkeep (?:this|it) for (?:people|someone"
    r"|somebody|newcomers|others|new)|(?:^|[.!] )sorry,? @\w+"
)

_HAD_BY_ANOTHER = pattern(
    rf"{_ANOTHER_IS_AT_IT}|"
    r"\b(?:already|has(?: just)? been|was(?: just)?|is) (?:been )?(?:assigned|given|allotted) to (?!you\b|nobody"
    r"|no one)"
    r"|\b(?:someone|somebody|another (?:person|contributor|user)) (?:else )?(?:is|has|was) (?:already |currently )?"
    r"(?:been )?(?:working|assigned|taken|claimed|on it)"
)

# Somebody gets it -----------------------------------------------------------------------------------------------------

_GO = r"(?:do|take|have|try|pick|work on|start(?: on)?|grab|fix|handle|claim|tackle|own)"
_APPROVED = pattern(
    r"\b(?:thanks?|thank you|great|glad)\b.{0,30}\b(?:volunteer|taking (?:this|it)|picking|helping|for help"
    r"|stepping up)|\b(?:all|its|is|be|consider (?:it|this)) yours\b(?! (?:if|to))|\b(?:i have |just "
    r"|have )?assign(?:ed|ing) (?:it |this |the issue |the task |to )*(?:you|@)|(?<!and i )(?<!and we )\b(?:will"
    r"|can) assign (?:it |this "
    r"|the issue )?(?:to )?(?:you|@)|\bgo (?:right )?(?:ahead|for it)\b(?! and (?:close|merge|reopen))"
    r"|\byes,? please\b|\bplease do\b(?! \w)|^do it\b|\byou are (?:now )?assigned\b|(?:^"
    r"|[.!,] )(?:\w+,? )?assigned(?=[.! ]*$"
    r"|[.! ]*\W+ )|\bthere you go\b|\bbe my guest\b|\byou are (?:very |more than |most )?welcome to\b"
    r"|\bhave a go\b(?<!to have a go)|\b(?:it|issue|this) (?:is |has been )?(?:now )?assigned to (?:you|@)"
    r"|\bby all means\b|\byou have been assigned\b(?! for)|\bhave at it\b|\bknock yourself out\b"
    r"|^@[\w-]+,? assigned\b|\blet me assign (?:it|this) to you\b|\byou (?:may|can) proceed\b"
    r"|\bplease (?:proceed|start (?:work|on))\b|\bball is in your court\b|\bthe floor is yours\b|\bput you (?:down"
    r"|on)\b|\byour name (?:on|down)\b|\bgreen light\b|\bgodspeed\b|\bfire away\b|\bgo (?:nuts|wild)\b"
    r"|\bhappy (?:coding|hacking)\b"
    rf"|\byou got it\b|\byou (?:can|may|could) (?:try|start|begin) (?:implement|work|fix|do|add|creat|writ|mak)ing\b"
    rf"|(?<!any of )(?<!all of )(?<!one of )\byou (?:can|may|could) {_GO} (?:this|it|the issue)\b"
    r"(?: up| on| issue| one| task)?(?= *(?:[.!?,;:)(]|$|if you|please|@|now|too|then))",
    re.MULTILINE,
)
_PLEASE = pattern(r"\byes,? please\b(?: do\b)?|\bplease do\b(?! \w)")
_WELCOMED = pattern(
    r"\bfeel free to (?:take|start|work|pick|go|tackle|claim|grab|give|try|proceed|continue|begin|do)\b"
    r"|\blook(?:ing)? forward to (?:your|the|a|seeing)\b|\b(?:love|appreciate|happy to have|glad to have"
    r"|welcome) your (?:help|contribution|pr)|\blet (?:me|us) know if you (?:need|have|get|run|want)"
)
_ASKS_WHETHER_FREE = pattern(
    r"\b(?:is|are) (?:this|it|these|the)(?: \w+)? (?:\w+ )?(?:open|available|free|unclaimed|unassigned|up for grabs"
    r"|active|relevant)\b[^?]{0,40}\?|\b(?:is|are) (?:anyone|anybody|someone|somebody)(?: else)? (?:\w+ )?(?:working"
    r"|assigned|on this)\b[^?]{0,40}\?|\b(?:need|want|looking for) (?:\w+ )?help\b[^?]{0,40}\?"
)
_YES = pattern(
    r"^(?:@[\w-]+,?:? ?)*(?:hi|hello|hey)?[\w ,!@-]{0,24}?\b(?:yes|yep|yeah|yup|sure|of course|absolutely|definitely"
    r"|certainly|ok|okay|great|awesome|perfect|cool|please|thanks|thank you|feel free|sounds good|thatd be"
    r"|that would be|would be|welcome|by all means|gladly|will do|happy to|i am(?= *(?:[.!,]|$|indeed|still))"
    r"|no problem|why not|all right|alright|none at all|no objections?|not at all)\b"
)
_NOD = pattern(r"^@[\w-]+\W{1,3}(?:(?:yes|yep|yeah|sure|of course|absolutely|definitely|ok|okay|please|do)\b\W*)+$")
_OFFERED = pattern(
    r"\b(?:would|could|will|can|do|are|if) you (?:(?!not\b)\w+ ){0,3}?(?:like|interested|willing|mind|want|still"
    r"|working|able|open|submit|make|create|send|put|fix|planning|up for|contribute|take|implement|work|do(?! not)"
    r"|provide|prepare|pull)\b|\b(?:want|like|care|interested|feel like|fancy)(?: \w+)? (?:to|in|a) (?:\w+ )?(?:open"
    r"|submit|mak|send|creat|tak|work|giv|contribut|tackl|pull|fix|implement|pr\b)|\bany (?:update|progress|news)\b"
    r"|\bstill (?:on|working)\b|^(?:@[\w-]+,? ?)*(?:are you |anyone )?(?:interested|keen|up for (?:it|this)"
    r"|want (?:it|this))\W*\?"
)

# Pull requests --------------------------------------------------------------------------------------------------------

_PR = r"(?:pr|pull request|merge request|mr)"
_SENT = (
    r"(?:opened|created|submitted|made|raised|pushed|sent|posted|put (?:up|together|in)|drafted|filed|started"
    r"|requested|added|worked on)"
)
_UP = (
    r"(?:up\b|ready\b|open\b|opened|submitted|linked|here\b|in review|under review|in progress|green\b|out\b|online\b)"
)
_MENDED = r"(?:fixed|addressed|implemented|closed|resolved|solved|done|covered|handled|tackled)"
_MENDS = r"(?:fix|address|clos|resolv|implement|tackl|solv)"
_PULL_REQUEST = pattern(
    r"^#\d+\W*$|#\d+ is ready\b|\bwip:? #\d+|\breopened #\d+|"
    rf"\b(?:{_SENT}"
    r"|there is(?: already)?(?: an?)?(?: open)?|(?:have|got) (?:an? )?(?:open|draft)?|see|my|this|the|your|here is)\s+"
    rf"(?:\w+ ){{0,3}}?{_PR}\b(?!s)(?! (?:welcome|template|would|should|for each|guid|will be))|\b(?:in|via|by"
    rf"|with) {_PR}\s*[#!]?\d+|\b(?:{_PR}|draft|patch)\s*(?:is|was)?\s*(?::? ?[#!]\d+|{_UP}|:? ?https?:)"
    rf"|\b{_SENT} (?:in )?(?:an? |the |my |some )?(?:\w+ )?(?:patch|fix|change|draft|solution|implementation)(?:es|s)?"
    r"(?:[^.\n]{0,40}?(?:[#!]\d+|https?://)|(?: for (?:this|it|review))?(?= *[.!]|$))"
    rf"|\b{_MENDED} (?:by|in|via|with) (?:\S+ ){{0,3}}?[#!]\d+|\b(?:pr|pull request) (?:above|below) {_MENDS}"
    rf"|^(?:see )?{_PR} [#!]\d+|(?:^|[,;:] )#\d+ (?:should |will |might )?{_MENDS}"
    r"|\bfix(?: is)? in #\d+|\bpropos(?:ed|ing) (?:a |the |my )?(?:fix|patch|solution|change)s?(?: in)?:? #\d+"
    rf"|\b{_PR} (?:sent|created|raised|pushed|drafted|filed|made)\b|\bready for review:? #\d+|\breview(?:ing)? #\d+"
    r"|^(?:@[\w-]+,? )?(?:mind|would you mind|could you|can you|please|kindly)(?: \w+)? review(?:ing)?(?= *(?:[.?!]|$"
    r"|it\b|this\b|my\b|for\b))"
    rf"|\breview (?:my|the|this) {_PR}\b|\b(?:wip|draft|open) {_PR} (?:at|in|is|for)\b|\bi have (?:got )?a {_PR}\b"
    rf"|^(?:i )?have (?:\w+ )?(?:made?|created?|raised?|opened|submit(?:ted)?|sent) (?:an? |the "
    rf"|my )?(?:\w+ )?{_PR}\b|\bworking on (?:this|it) in #\d+|\bsee [#!]\d+ for (?:a|the|my) (?:fix|patch"
    rf"|implementation|pr)|\b{_SENT} [#!]\d+"
    r"|\bi (?:went|did|made|implemented|tried|added|changed|fixed|used|wrote|gave)\b[^.\n]{0,80}\b(?:see|in"
    r"|with) [#!]\d+|\b(?:sent|posted|mailed) (?:a |the |my )?patch(?:es)? to\b|^(?:rebased|reworked|updated|added"
    r"|implemented|fixed|renamed|removed|replaced)\b[^\n]{0,150}: ?[#!]\d+\W*$|^mentioned in (?:merge"
    r"|pull) request [#!]\d+|^\W{0,3}(?:\w+ ){0,3}(?:https?://\S+)?/(?:pull"
    r"|merge_requests)/\d+\S*(?: \w+){0,4}\W{0,3}$|\bin #\d+(?= *[.!,]|$).{0,20}\b(?:requested|review)",
    re.MULTILINE,
)
_DUPLICATE = pattern(r"\bduplicates?\b[^#.!?]{0,40}(?:#\d+(?: |,|and|\n)*)+")
_NO_PULL_REQUEST = pattern(
    r"\bjust (?:open|send|submit|make|create|raise) (?:an?|the|your)\b|"
    r"\blook(?:ing)? forward\b|\bfollow[- ]?up (?:to|of|on|from)\b|\b(?:prs?|pull requests?) (?:are |is "
    r"|would be )?(?:very |always |more than )?(?:welcome|appreciated|accepted)|\bfor (?:an|some) example"
    r"|\bexamples?\b|\blook at\b|\bwelcome (?:a |any )?prs?\b|\b(?:accept|review|appreciate|take|love"
    r"|happy to (?:review|accept|merge)|open to) (?:an? |any |your |the )?(?:prs?|pull requests?)\b|\b(?:feel free"
    r"|welcome|go ahead|free) (?:to|and) (?:open|submit|make|send|create|raise|put)|\bplease (?:open|submit|send|make"
    r"|raise|create|do)\b|\bwhen (?:you|your|the) (?:open|pr|pull)|\b(?:would|could|can|do|if|unless|once|when"
    r"|should) (?:you|someone|anyone|somebody|i|we)\b.{0,60}\b(?:pr|pull request)\b|\b(?:want|like|need) to (?:open"
    r"|submit|make|send|create)\b|\bdepends? on\b|\bwithout (?:being |getting )?merged\b|\b(?:similar|analogous"
    r"|comparable|same) (?:\w+ )?(?:fix|change|thing|issue|problem) (?:in|to|as)\b|\bcopy (?:from|of)\b|\b(?:similar"
    r"|example|earlier|previous|old|closed|stale|abandoned|related|any|no|a first|first|another|separate|your first"
    r"|attempt|one)\b.{0,30}\b(?:pr|pull request)\b"
)
_PULL_REQUEST_ENDED = pattern(
    rf"\b(?:clos(?:ed|ing)|abandon(?:ed|ing)|withdr[ae]w\w*|reject(?:ed|ing)|deleted) (?:(?:the|my|this|that"
    rf"|your) )?(?:\w+ )?{_PR}\b|\b(?:clos(?:ed|ing)|abandon(?:ed|ing)|withdr[ae]w\w*|reject(?:ed|ing)|revert(?:ed"
    rf"|ing)?) [#!]\d+"
    rf"|(?:\b{_PR}|#\d+) (?:[^.\n]{{0,40}} )?(?:was|is|has been|got) (?:\w+ )?(?:closed|abandoned|rejected|declined"
    rf"|reverted"
    r"|stale|stalled|withdrawn|not merged|spam)"
)


def mentions(text: str) -> frozenset[str]:
    """Return the names that a comment addresses, in lower case."""
    return frozenset(name.lower() for name in _MENTION.findall(text))


def at_work(text: str) -> frozenset[str]:
    """Return the names that a comment speaks of, not to: "@ada is working on it", "assigned to @ada"."""
    return frozenset((match[1] or match[2]).lower() for match in _AT_WORK.finditer(text))


def workers(text: str) -> frozenset[str]:
    """Return the names of whom a comment says that they are at work: "@ada is already working on it"."""
    return frozenset(name.lower() for name in _WORKER.findall(text))


def assigned(text: str) -> tuple[str, ...]:
    """Return the names of those to whom a comment gives the issue: "Assigned to @ada", "this is just for @ada"."""
    return tuple(match[match.lastindex or 0] for match in _ASSIGNED.finditer(bounded(text)))


def addressed(text: str) -> str:
    """Return the name of the one person to whom a description speaks from its beginning, "" for nobody."""
    match = _ADDRESSED.match(text)
    return match[1] if match else ""


def frees_for_all(text: str) -> bool:
    """Return whether a comment says that anybody can have the issue."""
    return _FREE_FOR_ALL.search(spelled_out(text)) is not None


def frees_whoever(text: str) -> bool:
    """Return whether a comment says that nobody has to be asked: "we do not assign", "go for it whoever wants"."""
    return _FREE_FOR_WHOEVER.search(spelled_out(text)) is not None


def says_free(text: str) -> bool:
    """Return whether a comment says that the issue is not taken; to whom it answers can have it."""
    return _STILL_FREE.search(spelled_out(text)) is not None


def takes_away(text: str) -> bool:
    """Return whether a comment takes the issue from somebody."""
    return _TAKEN_AWAY.search(spelled_out(text)) is not None


def turns_away(text: str) -> bool:
    """Return whether a comment tells somebody to look for another issue."""
    return _TURNED_AWAY.search(spelled_out(text)) is not None


def tells_of_another(text: str) -> bool:
    """Return whether a comment says that somebody else, who need not be named, has the issue."""
    return any(
        _HAD_BY_ANOTHER.search(sentence) and not sentence.endswith("?") for sentence in sentences(spelled_out(text))
    )


def turned_away(text: str) -> frozenset[str]:
    """Return the names in the sentences that tell somebody to look for another issue, in lower case."""
    away = (sentence for sentence in sentences(spelled_out(text)) if _TURNED_AWAY.search(sentence))
    return frozenset().union(*map(mentions, away))


def approves(text: str) -> bool:
    """Return whether a comment gives the issue to somebody."""
    return _APPROVED.search(spelled_out(text)) is not None


def only_agrees(text: str) -> bool:
    """Return whether a comment says no more than that it is wanted: "Yes please!" is for somebody after a question."""
    said = spelled_out(text)
    return _PLEASE.search(said) is not None and _APPROVED.search(_PLEASE.sub(" ", said)) is None


def welcomes(text: str) -> bool:
    """Return whether a comment encourages somebody, which gives the issue to who has just asked for it."""
    return _WELCOMED.search(spelled_out(text)) is not None


def asks_whether_free(text: str) -> bool:
    """Return whether a comment asks if the issue can still be had: a yes to that gives it."""
    return _ASKS_WHETHER_FREE.search(spelled_out(text)) is not None


def says_yes(text: str) -> bool:
    """Return whether a comment begins with a yes, which has a meaning only after a question."""
    return _YES.search(spelled_out(text)[:120]) is not None


def nods_to(text: str) -> bool:
    """Return whether a comment is a name and a yes, and no more: "@ada sure!"."""
    return _NOD.search(spelled_out(text)) is not None


def offers(text: str) -> bool:
    """Return whether a comment asks somebody to do it, or whether they still do."""
    return _OFFERED.search(spelled_out(text)) is not None


def tells_of_pull_request(text: str) -> bool:
    """Return whether a comment says that there is a pull request; one that asks for it does not."""
    return any(
        _PULL_REQUEST.search(sentence) and not _NO_PULL_REQUEST.search(sentence)
        for sentence in sentences(spelled_out(text))
    )


def duplicates(text: str) -> tuple[int, ...]:
    """Return the numbers of the issues that a comment names where it speaks of a duplicate."""
    match = _DUPLICATE.search(spelled_out(text))
    return tuple(int(number) for number in re.findall(r"#(\d{1,9})\b", match[0])) if match else ()


def ends_pull_request(text: str) -> bool:
    """Return whether a comment says that a pull request was closed or given up."""
    return _PULL_REQUEST_ENDED.search(spelled_out(text)) is not None
