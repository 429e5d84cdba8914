"""How a task stands by what people say of it: that nothing is left to do, that it waits, that it is open what to do.

Each is read sentence by sentence, with short forms in full; what is asked is not said.
"""

from __future__ import annotations

import re

from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.sentences import sentences, spelled_out

# Done -----------------------------------------------------------------------------------------------------------------

_IT = r"(?:this|it|that|they|these|which|issue|bug|problem|error|typo|warning|crash|task|ticket|one|feature)"
_OVER = (
    r"(?:fixed|resolved|implemented|solved|merged|addressed|done|taken care of|sorted(?: out)?(?! (?:wrong"
    r"|by|in|alphabet))|corrected"
    r"|covered)"
)
_FAULTY = (
    r"(?:crash|fail|break|broke|happen|occur|hang|reproduc|error|rais|throw|flicker|overlap|exist|appl|relevan"
    r"|valid\b|affect|leak|fre+z|need|necessary|a problem|an issue|a bug|the case|trigger|observ|encounter|repro\b"
    r"|seem|required|true|missing|cut|wrong|experienc)"
)
_HERE = (
    r"(?: (?:with|in|on|for|as of|since|from) (?:me|us|my|our|the|a|latest|current|main|master|trunk|head|develop"
    r"|today|newer|newest|v?\d)\b)"
)
_DONE = pattern(
    rf"\b{_IT} (?:has been|is|was) (?:now |already )?completed\b(?! (?:before|by|you|the|when))|"
    r"\bfeel free to close\b|^(?:deployed|shipped) (?:the|a) (?:fix|correction|change)\b|\btook care of (?:this|it)\b"
    rf"|\b{_IT} is (?:already )?there since\b|"
    r"\b(?:implemented|fixed|done|added|resolved|merged|released|landed|included|shipped|supported) (?:in|by|with|via"
    r"|as of|on|since)\b.{0,12}(?:#\d|\b[0-9a-f]{7,40}\b|\bv?\d+\.\d|\bv\d|\b(?:master|main|develop|trunk)\b)"
    r"|\bclos(?:ed|ing)\b(?! [#!]\d).{0,20}\b(?:by|with|via|as|in favou?r)\b"
    rf"|\b(?:{_IT}|already)(?: is| are| was| were| has| have| been| seems?| to| be| got| already| now| just| since"
    rf"| actually| also| long){{0,6}} {_OVER}\b|\b(?:has|have|was|were|been|now|all|got) (?:been )?(?:already |now "
    rf"|long )?(?:fixed|resolved|implemented|solved"
    r"|merged(?! with)|corrected)\b"
    rf"|\b(?:seems?|appears?|believe|looks like)(?: to)?(?: have been| be| been)? (?:already )?{_OVER}\b"
    rf"|\b(?:somebody|someone|they|he|she|@[\w-]+|\S*\d) (?:has |have |must have )?(?:already )?(?:fixed|done|solved"
    rf"|implemented|corrected)"
    r" (?:this|it|that|them)\b(?! (?:by|with|in my))|\b(?:somebody|someone) (?:has )?already (?:added|done|fixed"
    r"|implemented|solved"
    r"|made)\b|\bwe (?:already|now) do (?:this|that|it)\b|\bships? with v?\d"
    r"|\bnot reproducible\b|\bnow (?:handled|covered|done|supported|enforced|generated|taken care of) by\b"
    r"|\b(?:misconfigur\w+|mistake|fault|error|problem) (?:on|at) (?:my|our) (?:side|end|part)\b|\bworking (?:fine"
    r"|well|again|as expected)\b[^.?!\n]{0,20}\b(?:since|now|again)\b|\bavailable (?:from|since|as of|in"
    r"|with) (?:version |release )?v?\d|\ball (?:boxes|items|tasks|points) (?:are|have been) (?:ticked|checked|done"
    r"|ticked off)\b|\b(?:so|thus|therefore|hence) (?:i am )?closing\b|\b(?:has|have) been superseded\b|\bno (?:more "
    r"|longer any )?(?:need|use) (?:for|of) (?:this|it|that)(?: \w+)? (?:any ?more|any longer|now)\b"
    rf"|^(?:@[\w-]+,? )?(?:all |its |already )?(?:{_OVER}|landed|shipped|released)\b(?! (?:by|in) (?:hand|the)| (?:so"
    rf"|too|an?|some|my|with (?:the|a))\b|.{{0,40}}\b(?:title|description|labels?|duplicates?)\b)"
    # What was wrong is no longer so.
    rf"|\bno longer (?:\w+ )?{_FAULTY}|\bnot (?:\w+ ){{0,3}}?{_FAULTY}\w*\b[^.?!\n]{{0,40}}\bany ?(?:more|longer)\b"
    r"|\b(?:can|could) not (?:\w+ )?repro(?:duce)?\b|\bunable to (?:\w+ )?repro(?:duce)?\b|\bnot able to repro"
    r"|\b(?:can|could) (?:not|no longer) (?:get (?:it|this|that) to|make (?:it|this)|trigger|see (?:it|this|that|the)"
    r"|observe)\b[^.?!\n]{0,40}\b(?:any ?more|here|now|happen|longer)\b"
    rf"|\b{_IT} (?:is|are|seems?|appears?|looks)(?: to)?(?: be| have)?(?: already| now| all| since)? (?:gone|history"
    rf"|moot"
    r"|obsolete|vanished|disappeared|a non[- ]issue|outdated now)\b|\b(?:is|now|issue) (?:obsolete|moot)\b|\b(?:the"
    r"|this) (?:\w+ )?(?:bug|error|problem|issue|typo|crash|warning) (?:has )?(?:disappear|vanish|went away)"
    rf"|\b(?:works?|renders?|builds?|passes|displays?) (?:\w+ ){{0,3}}?(?:now|again)\b(?! (?:if|when|only))"
    rf"|\bworks (?:fine |correctly |perfectly |well |ok |okay |as expected )?(?:for me |here )?{_HERE}"
    r"|\bworks for me (?:on|with|in|using) (?:the |a )?(?:latest|main|master|current|newest|develop|version|v?\d)"
    r"|\b(?:show|look|displayed|rendered)s? (?:up )?(?:fine|correct(?:ly)?|right|properly|ok|okay|good|in full) now\b"
    r"|\b(?:is|are) (?:displayed|shown|rendered) in full now\b|\b(?:came|comes?|come) (?:back|up) (?:empty|clean)\b"
    r"|\b(?:finds?|returns?|gives?|yields?|shows?) (?:nothing|no (?:more )?(?:hits|matches|results"
    r"|occurrences?))\b[^.?!\n]{0,20}\b(?:now|any ?more|today|main|master|longer)\b|\bno (?:more )?(?:occurrences?"
    r"|hits|matches|traces?|instances?)(?: \w+){0,3}? (?:left|any ?more)\b"
    rf"|\bno (?:more )?\w+ any ?more\b|\b(?:it|that|this|problem|issue|error|bug|crash"
    rf"|failure)s? (?:just )?went away\b"
    r"|\bmakes? (?:this|it)(?: one| issue)? (?:moot|obsolete|redundant|unnecessary|superfluous|pointless)\b|\b(?:you"
    r"|one|we|users) can already (?:do|get|use|set|achieve|have)\b|\bnot (?:\w+ ){0,4}?(?:anything|much) (?:left"
    r"|more) to (?:do|fix)\b"
    # The thing is there, or is gone.
    r"|\balready (?:exists?|supported|possible|there|works|in (?:master|main|place|the)|part of|available|covered"
    r"|documented|handled|present|have (?:this|that|it|one)|has (?:this|that|it|one)|does (?:this|that|it)"
    r"|included)\b(?! (?:pr|pull|list|backlog))|\bwe (?:already )?have (?:this|that|it) (?:since|already|now|in"
    r"|for)\b|\bwe already have (?:this|it)\b"
    rf"|\b(?:{_IT} )(?:went|made it|got|landed|is|are|was) (?:already |now |also |back )?in(?:to)? (?:last|yesterday"
    rf"|a while|some time"
    r"|main\b|master\b|the (?:latest|last|current|new) (?:release|version)|v?\d+\.\d)|\b(?:is|are) (?:now )?(?:out"
    r"|live|released|deployed|available) (?:with|including) (?:this|that|it)\b|\b(?:is|are) (?:now |already )?(?:on"
    r"|up on) (?:pypi|npm|crates|maven)|\bis (?:now|already) (?:live|supported|released|deployed|part of)\b"
    r"|\bwent live\b|\b(?:has|have) been (?:\w+ )?(?:rewritten|removed|replaced|dropped|deleted|reworked|redesigned"
    r"|renamed) (?:\w+ )?(?:since|already|meanwhile|in the meantime|long ago|ages ago|anyway|altogether|entirely)\b"
    r"|\b(?:there is|there are|is|are) (?:no|not any) (?:\w+ ){1,3}?(?:left|any ?more)\b(?! to)|\b(?:does"
    r"|do) not exist any ?more\b|\bno longer exists?\b|\b(?:we|i) (?:have )?(?:dropped|removed|deleted|got rid of"
    r"|retired|abandoned) (?:the|that|this|it|support)\b[^.?!\n]{0,60}\b(?:moot|obsolete|anyway|altogether|entirely"
    r"|so this|no longer)"
    # It can be closed.
    r"|\bcan (?:now )?(?:be|this be|we|it be) closed?\b|\b(?:close|closing) (?:this|it|the issue)\b"
    r"|^closing\b(?! #?\d)|\b(?:guess|think|suppose|so) (?:that )?(?:this|it|this one) can go\b|\b(?:good|safe|ready"
    r"|okay|ok) to (?:be )?close|\bcan close\b|\bpode fechar\b|\bcan be (?:marked|ticked|considered) (?:as )?(?:done"
    r"|closed|resolved)|\bnothing (?:is |really )?(?:left|more|else)? ?(?:to (?:do|be done|fix|change)) (?:here"
    r"|any ?more|left|in this)|\bnothing (?:is )?left to (?:do|fix|be done)\b|\bno (?:further )?(?:action"
    r"|work) (?:is )?(?:needed|required|left)\b|\b(?:my mistake|i made a mistake|my bad|i was wrong|false alarm"
    r"|never ?mind|user error)\b|\bworks? as (?:intended|designed|expected)\b(?! on (?:my|our))|\bnot a bug\b"
    r"|\bby design\b|\bintended behaviou?r\b|\b(?:not|no longer) (?:really )?(?:an |a )?(?:issue|problem"
    r"|bug) any ?more\b|\bno longer (?:seems|appears)\b|^\W{0,3}https?://\S+/commit/[0-9a-f]{7,40}\W*$"
    r"|^\W{0,3}[0-9a-f]{7,40}\W*$|\bmark(?:ing|ed)? (?:this |it )?as (?:done|fixed|complete|resolved|closed"
    r"|implemented)"
    # It will not be done, or elsewhere.
    r"|^will not (?:fix|do)\b|\b(?:will|is) not (?:going to )?(?:happen|be (?:doing|fixed|implemented|supported|added"
    r"|accepted))\b(?! (?:if|when|unless|before|until|in))|\bwontfix\b|\b(?:not|no (?:more|longer)) (?:in"
    r"|within) (?:the )?scope\b|\bout of scope\b|\bno longer planned\b|\bnot planned\b|\bdecided (?:against|not to)\b"
    r"|\b(?:we|i) (?:will|are|am) not (?:going to )?(?:implement|support|accept|pursue|merge|add|do|fix|make|change"
    r"|take) (?:this|it|that|these|any of)\b|\b(?:nothing|not something) (?:that )?(?:we|i) (?:want|would want"
    r"|are going|plan|intend|will|should)\b|\b(?:we|i) (?:will )?(?:have to )?pass on (?:this|it|that)\b"
    r"|\bno plans? to (?:\w+ )?(?:this|it|support|add|implement|fix)\b|\b(?:wrong|another|different) repo(?:sitory)?\b"
    rf"|\b(?:{_IT} (?:is |was |has |been |now ){{0,3}}|^)(?:moved|transferred"
    rf"|migrated) to\b(?! (?:the )?(?:\w+ )?(?:milestone"
    r"|project|board|column|backlog|list|top|bottom|next|v?\d))|\bduplicate of\b|\bsuperseded by\b"
    r"|\bi (?:have )?(?:just |already )?(?:fixed"
    r"|added|implemented|rewrote|did|removed|updated|solved|merged|corrected) (?:it|this|that|the)\b(?! (?:label"
    r"|description|title|milestone|comment))|^(?:updated|added|removed|renamed|implemented|changed|replaced|corrected"
    r"|improved|rewrote|pushed)\b(?!.{0,40}\b(?:labels?|milestone|description|title|tags?|assignees?|reviewers?"
    r"|comments?|details|example|project|board|list|you|issue)\b)|\bj[a\u00e1] foi (?:resolvid|corrigid|feit"
    r"|implementad)o|\bya (?:est[a\u00e1]|fue) (?:resuelt|arreglad|corregid|hech)o|\bist (?:schon|bereits"
    r"|inzwischen) (?:behoben|erledigt|gefixt)|\u5df2\u7ecf?(?:\u4fee\u590d|\u89e3\u51b3|\u5b8c\u6210)",
    re.MULTILINE,
)
_ASKS = pattern(
    r"(?:and |but |so |hi,? |hey,? )?(?:is|was|has|have|did|can|could|are|does|do|should|any|what|how|when|why|who"
    r"|which|shouldnt|isnt)\b.*\?\s*$"
)
_NOT_DONE = pattern(
    r"\b(?:see|get|want|need)(?:ing)? (?:this|it|that|these)(?: \w+){0,2} (?:fixed|resolved|implemented|solved"
    r"|merged|done"
    r"|addressed|added)\b|\bduplicates? of (?:this|it)\b|\bbut (?:in|on|with|when) \w"
    r"|\bi (?:get|see|have|can)\b[^.\n]*\b(?:too|as well)\b|\bbut now i can\b|"
    r"\b(?:not|never|can not be|un|partially|partly|half|nearly|almost) (?:\w+ ){0,2}?(?:fixed|resolved|implemented"
    r"|solved|merged|done|addressed)\b(?!.{0,40}\bany ?more\b)|\b(?:once|when|until|after|if|unless|before"
    r"|till)\b.{0,40}\b(?:sorted|corrected|covered|landed|fixed|resolved|implemented|solved|merged|done|addressed"
    r"|closed|released|gone|exists?|left)|\bclos(?:e|ing) (?:this |it )?(?:when|once|if|after|until)|\bclos(?:e|ed"
    r"|ing) (?:the|this|that|my|your) (?:\w+ )?(?:pr|pull request)\b|\bbut (?:not|it (?:is|does) not|only|still)\b"
    r"|\bwithout (?:being |getting )?merg|\bget (?:\w+ ){0,2}done\b|\b(?:part|some|half|most) of\b|\bfor (?:today"
    r"|now)\b|\bwhat (?:has|needs|is|should|else|remains)\b.{0,30}\bdone|\b(?:should|must|could|would|will"
    r"|(?<!seems )to|needs to|can|may|might) (?:\w+ )?be (?:\w+ )?(?:fixed|resolved|implemented|solved|merged|done"
    r"|addressed|added|corrected|removed|replaced|dropped|deleted|renamed)|\b(?:someone|somebody|anyone"
    r"|others?) (?:\w+ )?(?:fixed|solved|did) (?:it|this) (?:by|with)\b"
)
_HINT = pattern(
    r"\blocally\b|\bin my (?:fork|copy|project|app|case)\b|\bhack\b|\bworkaround\b|\b(?:nobody"
    r"|no one) (?:\w+ )?(?:documented|told|updated|noticed|tested|wrote)|\byou (?:only|just|need|could|have to)\b"
    r"|\bsee how\b|\bhow (?:it|this|that) (?:is|was)\b|\bsimilar\b|\bfor (?:the )?(?:other|others|another)\b|\b(?:can"
    r"|could) reproduce\b|\bonly (?:happens|fails|when|with|if)\b"
)
"""What is done elsewhere or in part shows how to do it."""
_AGAIN = pattern(
    r"^(?:no|nope|not yet)\b|\b(?:just|same) (?:like|as) before\b|\bi (?:get|see) \w+(?: \w+)? too\b|\bremain(?:s"
    r"|ing)\b|\bstill (?:happen|occur|an issue|present|relevant|reproduc|exist"
    r"|fail|broken|see|seeing|get|getting|valid|there|not|crash|wrong|missing|to be done|needed|open|plenty|the case"
    r"|applies|need|have|has|some|many)|\breopen|\bnot (?:yet )?(?:fixed|resolved|solved"
    r"|done)\b(?!.{0,20}\bany ?more)|\b(?:there|these) (?:are|is) (?:still|more)\b|\bkeep (?:this|it) open\b"
    r"|\bhas not been\b"
)


def tells_done(text: str) -> bool:
    """Return whether a comment says that nothing is left to do."""
    return any(
        _DONE.search(sentence)
        and not _ASKS.match(sentence)
        and not any(words.search(sentence) for words in (_NOT_DONE, _HINT))
        for sentence in sentences(spelled_out(text))
    )


def contradicts(text: str) -> bool:
    """Return whether a comment says that there is still something to do."""
    return _AGAIN.search(spelled_out(text)) is not None


# Undecided ------------------------------------------------------------------------------------------------------------

_SURE = r"(?:sure|certain|convinced|clear|decided|settled|persuaded|fond|a (?:big |huge )?fan|keen|happy|thrilled)"
_WE = r"(?:we|you|people|others|they|yall|everyone|everybody|anybody|anyone|folks|the others|the team|the rest)"
_CAUSE = r"(?: (?:is |has |was |could |might )?(?:be )?(?:caus|happen|trigger|going on|goes wrong|wrong))"
_DOUBT = (
    rf"\bnot (?:\w+ ){{0,2}}?{_SURE}\b (?:if|whether|that|about|how|what(?!s?{_CAUSE})|on|with|we|this|it"
    r"|the)\b(?! (?:this|it) is"
    r" (?:related|the same|a bug|reproducible|still|helpful))[^.?!\n]{0,60}\b(?:we|want|should|worth|idea|desirable"
    r"|best|right|correct|proper|approach|need|needed)\b|\bnot (?:\w+ )?(?:convinced|persuaded)\b|\b(?:unsure"
    r"|undecided|unclear|no idea|do not know)\b (?:if|whether|which|that|about|how|what)\b[^.?!\n]{0,60}\b(?:we|want"
    r"|should|worth|idea|desirable|best|right|needed|necessary)\b|\bnot (?:\w+ )?sure about (?:this|that"
    r"|it)(?: one)?(?= *(?:[.!,;]|$))|\b(?:i|we) (?:really )?doubt\b|(?<!any )(?<!have )\bdoubts? (?:about|whether|if"
    r"|that)\b|\bdoubtful\b|\bwant to be (?:convinced|sure)\b|\b(?:remain|am|still|bit|rather|very"
    r"|somewhat) (?:skeptical|sceptical|hesitant|reluctant|torn|wary|undecided|ambivalent|unconvinced|-1)\b"
    r"|\b(?:skeptical|sceptical) (?:that|about|of)\b|\bmixed feelings\b|\bon the fence\b|\bback and forth\b"
    r"|\bsecond thoughts?\b|\bcold feet\b|\bin two minds\b|\bof two minds\b|\bnot (?:yet )?(?:settled|decided|agreed"
    r"|final)\b(?! by (?!the (?:team|maintainers?)))|\bhave not (?:\w+ )?(?:decided|settled|agreed|made up)\b"
    r"|\bup in the air\b"
    r"|\bjurys? (?:is )?(?:still )?out\b|\bstill (?:debating|discussing|thinking|deciding|pondering|considering"
    r"|undecided|weighing|mulling)\b|\bwonder(?:ing)? (?:if|whether) (?:we|this|it|that) (?:is (?:really "
    r"|even )?(?:worth|needed|a good)|should|really|need|want|would not|are not)|\b(?:would|might"
    r"|may) (?:it )?(?:not )?be better to (?:just )?(?:not|leave|drop|remove)\b"
)
_DISLIKE = (
    r"\bnot sure (?:yet )?which (?:one|way|of)\b|\bi really do not know\b(?! (?:how|why|where|what))|"
    r"\bdo not (?:really |even |actually )?(?:think|believe|feel) (?:that )?(?:we|this|it|that|there) (?:(?:should"
    r"|needs?|want|ought|belongs?|makes?)\b(?! (?:to )?be (?:\w+ )?(?:hard|difficult|a problem|complicated|a big))"
    r"|(?:is|are|would be) (?:\w+ )?(?:needed|worth|a (?:good|great|wise)|useful|necessary|desirable|the right"
    r"|something|our|for us|what we|in the spirit|appropriate|sensible|wise|justified|helpful)\b)|\b(?:perhaps|maybe"
    r"|probably) (?:we )?(?:should not|better not|not (?:worth|a good|needed|do))\b|\bshould not (?:\w+ )?do (?:this"
    r"|it|that) (?:at all|after all)\b|(?:^|\s)-[01] (?:from|on|for)\b|^-1\b|(?<!you )\b(?:had|has|have|raised|voiced"
    r"|got) (?:\w+ )?(?:objections|concerns|reservations)\b|\bcan not say (?:yet|now)\b|\bwe (?:may"
    r"|might) (?:\w+ )?(?:drop|remove|throw|replace|get rid|kill|deprecate|abandon)\b|\brather not\b"
    r"|\bdo not (?:really )?see (?:the|a|any|much|why) (?:point|need|value|benefit|use|we|reason (?:for"
    r"|to (?!not)))\b|\bnot worth (?:it|the)\b|\bworth the (?:effort|trouble|complexity|hassle"
    r"|maintenance)\b[^.\n]*\?|\b(?:may|might)(?: |be )not be (?:needed|necessary|worth|required)\b|\bthank(?:s"
    r"| you)\b.{0,60}\bbut (?:i|we|this|it|that|thats|its)\b.{0,80}\b(?:no difference|not (?:needed|planned|want"
    r"|something|interested|in scope|plan)|do not (?:need|want|plan|think)|rather not|alone|out of scope)"
    r"|\b(?:out of scope|not in scope|beyond the scope)\b|\blean(?:ing)? (?:towards? )?(?:against|not)\b"
    r"|\bdoes not (?:actually|really) (?:solve|fix|help|gain|buy|bring|add|improve)\b|^or (?:maybe|perhaps"
    r"|rather)\b[^\n]*\?|\bleave (?:it|this|that|things) as (?:it is|is|they are)\b|\bi am (?:-1|against|hesitant"
    r"|opposed)\b|\bnot in favou?r\b"
    r"|\b(?:suspect|think|guess|probably|likely|prefer) (?:that )?(?:we (?:will |would |should )?"
    r"|to )(?:just )?(?:keep|leave"
    r"|stay with|stick (?:with|to)) (?:it|this|that|what|the current|our)\b"
)
_BEST_WAY = r"(?:the )?(?:best|right|correct|proper|preferred) (?:way|approach|solution|strategy|place|method)s?\b"
_TALK = (
    rf"\b(?:track|discuss|debate|settle|decide(?: on)?|determine|agree on|figure out|work out|explore|evaluate"
    rf"|find out|investigate|research|think about) (?:what (?:is )?)?{_BEST_WAY}|"
    r"(?<!no )(?<!without )(?<!some )(?<!some need )\b(?:need|needs|requires?|worth|further|some|more|deserves|under"
    r"|pending|after"
    r"|warrants) (?:an? |some |more |further |broader |wider )?(?:discussion|design|decision|consensus|thought"
    r"|thinking|debate|rfc|investigation(?! and))\b(?! (?:in|at|of) (?:the )?(?:pr|review))|\b(?:let us|should"
    r"|needs? to|have to|want to|issue is to|would like to|going to|will|must) (?:first )?(?:discuss|debate"
    r"|talk about|talk through|bring (?:it|this) up|think (?:about|through|more))\b(?! (?:this )?(?:in|on) (?:the"
    r"|your) pr)|\bto be (?:decided|discussed|determined|agreed)\b|\bon the agenda\b|^whether (?:we|this|it|to)\b"
    r"|\b(?:is|are|still) tbd\b|^tbd\b|\b(?:an?|draft|write|open|via|as|through) rfc\b(?! (?:\d|compliant|document))"
    r"|^rfc(?:\W*$|:)|\bup for (?:discussion|debate|vote)\b|^open (?:for|to) (?:discussion|debate)\b|\b(?:have|need"
    r"|has"
    r"|needs) to (?:first )?(?:decide|agree|make up|figure out (?:if|whether|what we|how we))\b|\bdecide (?:if"
    r"|whether|between)\b|\bto decide (?:on|(?:which|how|what) (?:we|to))\b|\bbefore (?:we|anyone|anybody"
    r"|i) (?:decide|commit|go (?:there|down|ahead))\b|\bopen (?:\w+ )?question|\blet (?:us|me) think\b"
    r"|\bthink about (?:it|this|that) (?:a bit|some more|first|again)\b|\bgo either way\b|\b(?:put (?:it|this) to"
    r"|take|hold|start|run|ends?) an? (?:vote|poll)\b|\b(?:vote|poll) (?:on|in|is|ends|runs|until)\b(?! (?:this"
    r"|the) issue by)|\b(?:next|weekly"
    r"|monthly|upcoming|team|core|dev\w*|community) (?:\w+ )?(?:meeting|call|sync)\b(?=.{0,60}\b(?:discuss|decide"
    r"|talk|agenda|bring|raise|see|then|first))|\b(?:bring|raise|put|discuss|decide|talk)\b[^.?!\n]{0,40}\b(?:meeting"
    r"|call|agenda|sync|mailing list)\b"
)
# How a thing shall be called or look is a detail of what is settled.
_NO_DETAIL = (
    r"(?! (?:for|on|about|as to|regarding|concerning) (?:(?:what|which|how) (?:the|this|it)\b[^.?!\n]{0,30}\b(?:should"
    r"|shall|could|can) (?:be|look|say|read)\b|(?:the |a |its )?(?:better |good )?(?:\w+ )?(?:names?|naming|wording"
    r"|colou?rs?|icons?|labels?|shortcuts?|keys?|title|texts?)\b))"
)
_OPINIONS = (
    rf"\b(?:what do {_WE} (?:\w+ )?(?:think|prefer|say|want)|thoughts|opinions|wdyt|any objections|preferences"
    r"|any (?:thoughts|opinions|feedback|ideas|preference|strong feelings|other (?:ideas|opinions"
    r"|views)))\b[^.?\n]{0,60}\?|\bwhat (?:do|would) (?:you|others|people|the others) (?:all |rather )?(?:think"
    r"|prefer|have|like)\b(?! to (?:work|do|contribute))|\b(?:what are|share|hear|like|love|want|tell us|drop) (?:your"
    r"|the|peoples|others)"
    r" (?:thoughts|opinions|views|takes) (?:on|about|regarding)\b|\bbrain-?storm"
    r"|\btell (?:me|us) (?:your|what you think|which you)\b"
    r"|\bhear from\b[^.?!\n]{0,30}\b(?:whether|if|what|how)\b|\bpros and cons\b[^.?!\n]{0,20}\bto be\b|\bno decision"
    r" (?:has"
    r" been|was|is|yet)\b|\b(?:vote|poll) (?:will|shall|decides)\b|\bhow do you (?:all |guys )?feel about\b"
    r"|\blet (?:me"
    r"|us) know (?:your (?:thoughts?|ideas?|opinions?|views?|preference)|what you prefer)\b"
    r"|\bcollect(?:ing)?"
    r" (?:\w+ )?(?:ideas|proposals|suggestions|votes)\b|\bcurious (?:about )?(?:what|how|whether) (?:the )?(?:others"
    r"|people|you|everyone|everybody|folks)\b|\b(?:glad|happy|grateful|thankful|open) (?:about|for|to) (?:any |some "
    rf"|your )?(?:input|feedback|opinions?|ideas|(?<!open for )(?<!open to )suggestions)\b{_NO_DETAIL}|\b(?:hear|get"
    rf"|collect|gather|know(?= what"
    r" (?:others"
    r"|people|everyone|the))) (?:\w+ ){0,3}?(?:opinions?|voices|views|input|thoughts|feedback|preferences"
    r"|perspectives?|what (?:others|you|people|everyone|the others) (?:\w+ )?(?:think|prefer|say|want))\b"
    r"|\b(?:feedback|input|opinions?|comments|thoughts|ideas|suggestions) (?:is |are |would be |very |most "
    r"|much )*(?:welcome|appreciated|wanted)\b|\b(?:would like|want|need|love) (?:to see )?(?:some |more |your "
    r"|a few |first )*(?:feedback|numbers|input|opinions|voices|thoughts)\b|\b(?:hear|see|ask|find out"
    r"|wait) what \S+ (?:and \S+ )?(?:thinks?|says?|prefers?)\b|\b(?:your|what is your) (?:opinions?|preference|take"
    r"|view)\b[^.\n]{0,20}\??$|\bno strong (?:preference|opinion|feelings)\b|\beither (?:way|option) (?:is|works"
    r"|would)\b[^.\n]*\bbut\b|\bwhich (?:option|approach|way|one|solution|variant|name|of (?:the|these"
    r"|those)) (?:\w+ )?(?:do|would|should|will|is|are)\b[^.\n]*\?|\b(?:two|three|several|multiple|different"
    r"|many) (?:possible )?(?:ways|options|approaches|possibilities|alternatives|routes"
    r"|solutions)\b(?=[^\n]{0,250}\b(?:prefer|sure|decide|think|opinion|hear|either|which|or\b))"
)
_WHETHER = (
    r"\b(?:is|was|has) (?:this|it|that)(?: been)? (?:already |now )?(?:done|fixed|resolved|solved|implemented"
    r"|completed)"
    r"\b[^.\n]*\?|"
    r"\bis (?:it|this|that) (?:really |still |even |actually |ever )?(?:worth|needed|necessary|a good idea|desirable"
    r"|something|useful|wanted|required|what we want|a common)\b[^.\n]*\?|\b(?:does|do|would|will) (?:anyone|anybody"
    r"|someone|people|many|users?|we) (?:really |actually |even |ever |still )?(?:need|use|want|care|miss)\b[^.\n]*\?"
    r"|\bdo we (?:want|really|even|need|still)\b|\bwhat (?:is|would be) the (?:use ?case|benefit|advantage|point|gain"
    r"|motivation|reason for)\b(?! of (?:it|this) is)|\bis there (?:really |actually |even )?(?:any|a|an|enough"
    r"|much) (?:\w+ )?(?:demand|need|interest|use ?case|point|reason|benefit)\b[^.\n]*\?"
    r"|\bwhat if (?:we|there|it|the)\b[^.\n]*\?|\b(?:would|is|will) there (?:be )?(?:an?|any|enough|some) (?:appetite"
    r"|interest|demand|support|desire)\b[^.\n]*\?|\bwhy not (?:just "
    r"|simply )?(?:use|do|leave|keep|make|have|let)\b|\b(?:maybe|perhaps)\b[^.\n]{0,60}\b(?:better|instead|enough"
    r"|simpler|rather)\b(?![^.\n]*\b(?:repo|repository|label|milestone|board)\b)[^.\n]*\?|\bwhich one\?"
    r"|\bwould (?:not (?:this|that|it)|(?:this|that|it) not)\b[^.\n]*\?"
    r"|\bwhat problem (?:does|would|are|is)\b[^.\n]*\?|\bwhy would (?:we|anyone|somebody|someone|you)\b[^.\n]*\?"
    r"|\bwould (?:this|it|that) be (?:useful|of interest|wanted)\b[^.\n]*\?|\b(?:are|is) there (?:any )?plans? (?:to"
    r"|for|on)\b[^.\n]*\?"
    r"|\bwho (?:would|needs|uses|wants)\b[^.\n]*\?|\bwould(?: not)? it (?:not )?(?:make (?:more )?sense|be (?:better"
    r"|worth|nicer|simpler|easier|enough))\b[^.\n]*\?|\bwould not it\b[^.\n]*\?|\bmaybe (?:we|it"
    r"|this) should\b[^.\n]*\?|\bif (?:the )?(?:project|team|maintainers?|we|you|owners?) (?:decides?|agrees?"
    r"|do(?:es)? not want)\b"
)
_UNDECIDED = pattern(f"{_DOUBT}|{_DISLIKE}|{_TALK}|{_OPINIONS}|{_WHETHER}", re.MULTILINE)
_SHOULD_WE = pattern(r"\bshould (?:we|it|this)\b[^.?\n]{0,120}\?")
_ABOUT_TRIAGE = pattern(r"\b(?:label|assign|milestone|close|reopen|ping|cc|tag|backport|release|version|wait for)")


_SETTLED_ON = pattern(
    r"[^.?!\n]{0,80}\b(?:we|i) (?:have )?(?:finally )?(?:settled|decided|agreed) on (?!a (?:vote|poll|call|meeting))"
)
_ASKS_A_HELPER = pattern(
    r"\b(?:for you|would you like|interested)\b[^\n]{0,80}\b(?:wdyt|what do you think|thoughts)\b\W*"
)
"""Whether somebody would like to do it is no question of what is to be done."""


def is_undecided(text: str) -> bool:
    """Return whether a text doubts what is to be done, or asks others; a question about a label is none of that."""
    text = _ASKS_A_HELPER.sub(" ", spelled_out(text))
    text = _SETTLED_ON.sub(" ", text)
    return _UNDECIDED.search(text) is not None or any(
        not _ABOUT_TRIAGE.search(match[0]) for match in _SHOULD_WE.finditer(text)
    )


# Waiting --------------------------------------------------------------------------------------------------------------

_COME = (
    r"(?:merged|released|landed|published|finali[sz]ed|settled|decided|in place|stable|complet\w*|out|tagged|received"
    r"|shipped|done|finished|ready|in|through|available|fixed|resolved|closed|approved|implemented|upgraded|deployed"
    r"|over|sorted|cleared|agreed|signed|answered|delivered|accepted|gone|dropped|clear)\b"
)
_OTHER = r"(?!you\b|i\b|this\b|it\b|your\b|they\b|that\b)(?:\S+ ){1,4}?"
_REFERENCE = r"(?:#\d+|https?://\S+/(?:issues|pull|merge_requests)/\d+|[\w./-]+#\d+)"
_HELD = (
    r"\bmust (?:first )?(?:have )?completed? (?:the )?following (?:\w+ )?issues\b|"
    rf"\bstart with {_REFERENCE}|"
    rf"\b(?:requires?|needs?) (?:the )?(?:pr|issue|pull request|ticket) {_REFERENCE} (?:\([^)\n]{{0,60}}\) )?"
    rf"(?:to be )?(?:{_COME}|solved\b|first\b)|"
    rf"^(?:needs?|requires?|(?:only )?after|prerequisites?:?|pending) {_REFERENCE}\W*$|"
    r"\bpending (?:on )?(?:the |an? |our |their )?(?:decision|merge|release|approval|outcome)\b(?! (?:requests?"
    r"|notes?))|"
    r"\blet us do (?:this|it) (?:only )?(?:after|once) (?!all\b|and for all)|"
    r"\b(?:we|i) (?:need|have|want) to (?:finish|merge|release|upgrade|migrate|complete"
    r"|land)\b[^.?!\n]{0,40}\bfirst(?= *[.!]|$)|"
    r"\bonce (?:we have|our) [^.?!\n]{3,60},? (?:we can do|this can be (?:done|started|added|implemented|tackled))\b|"
    r"(?:^|\band )once (?:that is |this is )?(?:done|finished|ready|merged),? we (?:can|could|should)"
    r" (?!\w* ?(?:review|merge|list|look))|"
    r"\bonce (?:the|our) (?:\w+ ){1,2}(?:is|are|has|have) (?:been )?(?:a (?:little|bit) )?(?:more )?(?:stabili[sz]ed"
    r"|stable"
    r"|mature|frozen|settled)\b|"
    r"\b(?:definition|details?|description|spec\w*|more info\w*) (?:(?:is|are|will|to) )?(?:coming|come|follow)"
    r"(?: \w+)? (?:soon|later)\b|"
    r"\bon (?:hold|ice|the back ?burner)\b|(?<!not )(?<!not really )\b(?:blocked|blocking) (?:by|on"
    r"|until)\b(?! (?:none|nothing|n/a|cors|ads?\b|a wall\b|chrome|safari|firefox|(?:the |my |your )?(?:browser|server"
    r"|firewall|users?|header)\b))|^blocked\b\W|\b(?:this|it|issue|task) is (?:currently |still "
    r"|now )?blocked\b(?! by (?:none|nothing))"
    rf"|\b(?:once|as soon as|until|till) (?:we (?:have|get|got|merge|finish|land) )?(?:the )?(?:pr |issue "
    rf"|pull request"
    r" "
    rf"|ticket )?{_REFERENCE}|\b(?:after|when) (?:the )?(?:pr |issue |pull request )?{_REFERENCE} (?:is|has|gets|lands"
    rf"|merges|works|goes|got)\b|\brequires:? {_REFERENCE}"
    rf"|{_REFERENCE} (?:has|have|needs?|must) (?:to )?(?:\w+ ){{1,3}}(?:before(?:hand)?|first)\b"
    r"|\bnothing can be done\b[^.?!\n]{0,20}\b(?:as long as|until|till|before|yet)\b|\bhold (?:this|it)(?: back)?"
    r" (?:until|till"
    r"|for now)\b"
    rf"|\b(?:comes?|goes|next|to be done) after (?:the )?{_REFERENCE}"
    r"|\b(?:have|has|needs?) to\b(?:[^.?!\n]|\.(?=\w)){0,50}\bbefore (?:we|anyone|anybody|one) can (?:\w+ )?(?:do"
    r"|start"
    r"|begin|implement"
    r"|work on|tackle) (?:this|it|on|with)\b|^(?:can|should|must|may|to) (?:only )?be (?:done|started|tackled"
    r"|implemented)"
    r" (?:only )?(?:once|after|as soon as|when) (?!you\b|(?:the |a |an )?(?:user|page|app\b|button|click|server|\d+"
    r" \w+s\b))"
    r"|\b(?:this|it|that|which|work) (?:can|should|will|could|must) (?:only |then |probably |best )*(?:be (?:done"
    r"|started"
    r"|tackled|implemented|worked on|picked up)|start|begin) (?:only )?(?:once|after|as soon as|when) (?!you\b|(?:the "
    r"|a "
    r"|an )?(?:user|page|app\b|button|click|server|first|last|\d+ \w+s\b))"
    rf"|\bdepends? on:? ?(?:the )?(?:[\w-]+ ){{0,3}}?(?:(?:in|of|from) )?{_REFERENCE}|\bdo {_REFERENCE} first\b"
    r"|\bpark(?:ing|ed)? (?:this|it)\b|\bshelv(?:e|ed|ing) (?:this|it)\b|\bpostpon(?!ing the)|\bdefer(?:ring"
    r"|red)?\b.{0,20}\b(?:until|to|after|till)\b"
    rf"|\b(?:requires|needs?) {_REFERENCE} (?:\([^)\n]{{0,40}}\) )?(?:first|to (?:be|land|get|go))\b"
    r"|\brevisit\b.{0,20}\b(?:when|later|after|once)\b|\bhold(?:ing)? off (?:on|until|till|for|with)\b"
    r"|\bhold your horses\b|\bprerequisite (?:is|for this|here)\b|\b(?:must|should|has to|have to|(?<!no )needs? to"
    r"|will have to|better(?: to)?|let us|please|will|we) (?:still )?wait (?:for|until|on|till|with"
    r"|a)\b(?! (?:the )?(?:ci|tests?|review|checks|my|your|build|me|it to))|\b(?:will|must|has to|have to"
    r"|should) (?:have to )?wait(?= *[.!,]|$)|\bnot (?:yet )?ready (?:for|to be) (?:work|picked|development)"
    r"|\breserv(?:ed|ing) (?:(?:this|it|these)(?: issues?| one| task)? )?for (?!(?:\w+ ){0,3}?(?:first|new|beginner"
    r"|novice|anyone"
    r"|anybody|people|those|contributors who|somebody|someone|hacktober)\w*\b)\w+ (?:\w+ )?(?:participants|students"
    r"|interns|team|members"
    r"|attendees|only)\b|\b(?:do not|not) (?:create|open|send|submit|make|start) (?:an? |any |the )?(?:prs?"
    r"|pull requests?|work)\b[^.?!\n]{0,40}"
    r"\b(?:before|until|till|yet)\b"
)
_FIRST = (
    rf"\b(?<!you )(?:needs?|has|have|must|should|ought)(?: to)? (?:be |get |go |first "
    rf"|to ){{0,3}}?(?:\w+ )?(?:{_COME}|land"
    r"|ship|happen|finish|come|go in|decide|agree|merge|release|publish)(?: \w+)? (?:first|beforehand|before (?:that"
    r"|this))\b"
    rf"|\b(?<!you )(?:needs?|requires?) (?!help\b){_OTHER}(?:to (?:be )?(?:{_COME}|land|ship|happen|merge|finish))\b"
    r"|\bfirst (?:needs?|has|have|must|we need|we have)\b[^.?!\n]{0,40}\b(?:to be|to land|to get|merge|land|release"
    r"|decide)"
    rf"|\bcomes? (?:first(?! serve|,| and (?!then)| in| on)|afterwards|after that)\b"
)
_UNTIL = (
    rf"\b(?:after|once|until|till|as soon as|when|before) {_OTHER}(?:is|are|has(?: been| finally been)?"
    rf"|have(?: been)?|gets?)"
    r" (?:merged|released|landed|published|finali[sz]ed|settled|decided|in place|stable|completed?|out|tagged"
    r"|shipped)\b"
    rf"|\b(?:after|once|until|till) {_OTHER}(?:has|have) been (?:rewritten|refactored|redesigned|reworked)\b"
    rf"|\b(?:once|as soon as|until|till) (?:we|{_OTHER})(?:have |has |are |is )?(?:\w+ )?(?:end|drop|upgrade|migrate"
    rf"|switch"
    r"|receive|release|publish|finish|decide|settle|agree)(?:s|ed|d|p?ed)?\b(?! (?:on )?(?:the )?(?:button|key"
    r"|mouse))|\b(?:done|started|implemented|possible|ready|worked on|begin|start) (?:only )?(?:after|once) #\d+"
    r"|^not before\b|\bnot (?:earlier|before) (?:than|that)\b|, not (?:earlier|before)\W*$|\bnothing to (?:do"
    r"|be done) (?:here )?(?:up to|until|till|before)\b|(?:^|\bso |\bplease |\bbetter )wait (?:till"
    r"|until)\b(?! (?:the )?(?:page|app|server|it (?:loads|starts|crashes))|[^.\n]{0,40}\b(?:load|appear|start|open"
    r"|render"
    r"|connect|respond|boot|sync|finish)\w*)|\bnot (?:been )?(?:published|released"
    r"|merged|approved|landed|shipped|tagged|announced) yet\b|\bnot yet (?:been )?(?:published|released|merged"
    r"|approved|landed|shipped|tagged)\b|\b(?:once|as soon as|after|until) (?:the|our|their) (?:application|proposal"
    r"|rfc|budget|licen[cs]e|upgrade|migration|contract|release|redesign|rewrite|freeze|design) (?:is|was|has|gets"
    r"|lands|ends)\b|\b(?:once|when|after|until) (?:we|python|support|the)\b[^.\n]{0,30}\b(?:drop|dropped|drops"
    r"|dropping)\b|\b(?:do not(?! have)|please wait|hold off|should not|can not|must not|nobody should"
    r"|no one should)\b.{0,30}\b(?:start(?: (?:on|with|working|work|this|it|yet|before|until)\b|\W*$)|begin\b"
    r"|work on (?:this|it)|for maintainer)|\b(?:await(?:ing)?|wait(?:ing)? (?:for|until|on"
    r"|till))\b(?! the first (?:one|pr)\b).{0,60}\b(?:release|merge|upstream|decision|lands?|#\d+|approval|legal"
    r"|sign-?off)"
)
_NO_YOU = r"(?!(?: ?\b\w+\b){0,4} you\b)"
_NO_FIRST = (
    r"(?!,? (?:come|comes?|issue|step|pr|time|contribution|of|line|place|one|thing|two|letter|version|attempt"
    r"|argument|column|good|row|element|item|commit|release|party|class|page)\b)"
)
_NEED = r"(?:needs?|has|have|should|must|requires?|wants?|would like|plan|ought)"
_HELD_IN_TALK = (
    rf"(?:\b(?:we|i|this|that|it|there|which|team)|^(?!you\b|have\b"
    rf"|run\b)){_NO_YOU}\b[^.?!\n]{{0,30}}\b{_NEED}(?: to)?\b{_NO_YOU}[^.?!\n]{{0,60}}\bfirst\b{_NO_FIRST}|^(?:needs?"
    rf"|requires?|should|must)(?: to)? [^.?!\n]{{1,60}}\bfirst\b{_NO_FIRST}|\b(?:we|i) (?:should |will |would "
    rf"|must )?first (?:have|need|want|must|should"
    r"|finish|upgrade|merge|release)\b|\b(?:do|start|tackle|begin|come|happen|look at|revisit|work on) (?:this |it "
    r"|that |with |on |only )*(?:after|once) (?:the|we|#\d|v?\d)|\bnot (?:actionable|possible|feasible|doable"
    r"|useful)\b[^.?!\n]{0,30}\b(?:until|before|without|till)\b|\bdepends on (?:the )?(?:outcome|decision|result"
    r"|answer|progress|release|migration|redesign|new)\b|\bdependency on #\d|^pending\b|\bpending (?:on )?(?:#\d|a "
    r"|an |the |approval|review by)\b|\b(?:code|feature|string|merge) freeze\b|^hold on\b|\bhold on with\b"
    r"|\bstalled\b(?! pr)|\b(?:makes|make) (?:little|no|not much) sense\b[^.?!\n]{0,60}\b(?:before|until|now|yet"
    r"|while)\b|\bwhich (?:is|has) not (?:been )?(?:yet )?(?:\w+ )?(?:merged|released|published|done|landed|ready"
    r"|in)\b"
    # What is said like this in a description tells of a program that waits.
    r"\b(?:i|we)(?: are| am)? (?:still )?(?:waiting|wait) (?:for|on)\b(?! (?:a |the |your |you|some|any|more|new"
    r"|someone|somebody|volunteers?|contributors?|pr|pull)\b)|^(?:still )?waiting (?:for|on)\b(?! (?:a |the )?(?:pr"
    r"|pull|volunteer|contributor|someone|you|your|review))|\b(?:until|till) then\b(?!,? (?:you|use|feel"
    r"|please (?:use|feel)))|\b(?:nothing|not|no sense|no point|pointless|premature"
    r"|too early)\b[^.?!\n]{0,60}\b(?:before (?:that|then|the|we|#\d)|until|till|without that)\b|\b(?:can|could"
    r"|should|do) not\b[^.?!\n]{0,30}\bas long as\b|\bwithout (?:the|that|this|those|them"
    r"|it) (?:\w+ )?there is (?:not|nothing|no)\b|\b(?:until|till|before) (?:they|we|he|she|it|that"
    r"|the \w+)\b[^.?!\n]{0,40}\b(?:no point|nothing|not much|no sense|can not)\b|\bpatience\b"
    r"|\bfirst comes?\b(?! first|,)|\bis stuck\b(?= *(?:[.!,]|$|for|until|on|at the moment|there))|\bcan not (?:go on"
    r"|proceed|continue|start|do (?:this|anything)|move (?:on|forward)) (?:\w+ )?(?:without|until|before)\b"
    r"|\bcome back (?:to (?:this|it) )?(?:when|once|after|later|in)\b|\bin the meantime\b.{0,40}\bwait\b"
    rf"|\bfor (?:this|that|it) (?:we|you|one) (?:first )?needs? {_OTHER}to\b"
    r"|\bonce (?:that|this|it) (?:is|has|lands|gets|was)\b(?![^.?!\n]*\bclose\b)[^.?!\n]{0,40}\b(?:we can|this can"
    r"|then|can be|you can"
    r"|could)\b|\b(?:is being|are being|will be) (?:\w+ )?(?:rewritten|reworked|refactored|redesigned|migrated"
    r"|turned upside down|moved|replaced|overhauled)\b|\bis (?:currently |just |still )?(?:rewriting|reworking"
    r"|refactoring|migrating|redesigning|overhauling) (?:it|this|that)\b|\bupstream (?:has|does|is|did) not\b"
    r"|\bneed (?:more )?(?:information|info|details|an? (?:answer|ok|decision)) (?:from|by) (?:the|our|them)\b"
    r"|\bas soon as (?:they|we (?:hear|know|have))\b|\bnot (?:just )?(?:yet|now)\b[^.?!\n]{0,10}(?:please|$)"
    r"|\btoo early\b|\b(?:on (?:it|their|our) (?:\w+ )?(?:list|roadmap)|planned|scheduled) for (?:q\d|next|the next"
    r"|v?\d)"
)
_WAITS = pattern(f"{_HELD}|{_FIRST}|{_UNTIL}", re.MULTILINE)
_WAITS_IN_TALK = pattern(_HELD_IN_TALK, re.MULTILINE)
_FOR_A_TURN = pattern(
    r"\b(?:until|till|before|without|unless|once) (?:you|it|this|the issue|they|being) (?:\w+ )?(?:\w+ )?assigned\b"
    r"|\bto be assigned\W*$"
)
"""Whoever comes shall wait for their turn, and not the task."""

_RESUMED = pattern(
    r"\bunblocked\b|\bno longer (?:blocked|on hold|waiting)\b|\bcan (?:now )?(?:be )?(?:started?|worked on|picked up"
    r"|proceed|go ahead)\b|\bnot blocked\b|\bnothing (?:\w+ )?(?:stands? in the way|block|holds?|hinder|left to wait)"
    rf"|\b(?:is|are|has been|have been|was|got|just) (?:now |finally |just )*(?:merged|released|landed|published"
    rf"|shipped)\b|{_REFERENCE} (?:is|has|was|just|finally|got|now) (?:\w+ )?(?:in|done|closed|through|out|merged"
    rf"|landed|live|over|gone)\b"
    r"|\bready (?:for|to be) (?:work|picked|contribut|implement|taken|grabs)|\b(?:way|road|path"
    r"|coast) is (?:now )?(?:free|clear)\b|\b(?:is|are|it|this|now) good to go\b|\bgreen light\b"
    r"|\bcan be done (?:right )?now\b|\bno need to wait\b"
)
_SETTLED = pattern(
    r"\b(?:sounds (?:good|great|reasonable|fine)|makes sense|good (?:idea|point|catch|find)|great (?:idea|suggestion)"
    r"|i agree|agreed|convinced|let us (?:do|go|add|use|make|keep|remove|have|try)|\+1|prs?(?: are"
    r"| is)? (?:very )?welcome|contributions? welcome|happy to (?:accept|review|merge|take)|(?:would"
    r"|will) (?:be )?(?:accept|welcome|happy)|feel free to|am in favou?r|all in favou?r|decided"
    r"|we (?:do )?want (?:that|this|it)\b|we are doing it|we should|would be (?:great|good|nice|useful|welcome"
    r"|awesome))\b|^(?:(?:hi|hey|hello)\b[ ,]*)?(?:@[\w-]+[ ,:]*)?(?:yes|yep|yeah|sure|lgtm)\b|:\+1:|\U0001f44d",
    re.MULTILINE,
)
_UNSETTLED = pattern(
    r"\bnot (?:\w+ )?(?:agreed|convinced|decided|in favou?r|want)\b|\bhave not decided\b|\bnot settled\b"
)


def waits(text: str, *, talk: bool = False) -> bool:
    """Return whether a text says that something else has to come first; `talk` where it is no description."""
    return any(
        (_WAITS.search(sentence) or (talk and _WAITS_IN_TALK.search(sentence)))
        and not (sentence.endswith("?") or _FOR_A_TURN.search(sentence))
        for sentence in sentences(spelled_out(text))
    )


def resumes(text: str) -> bool:
    """Return whether a comment says that what was waited for has come."""
    return not waits(text) and _RESUMED.search(spelled_out(text)) is not None


def settles(text: str) -> bool:
    """Return whether a comment agrees to what was proposed."""
    said = _UNSETTLED.sub(" ", spelled_out(text))
    return _SETTLED.search(said) is not None
