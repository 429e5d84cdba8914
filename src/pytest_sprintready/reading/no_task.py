"""Which issues ask for nothing: announcements, invitations to take part, trials and empty templates.

What guides say to everybody stands below tasks too, so such words count where the title asks for nothing.
"""

from __future__ import annotations

import re

from pytest_sprintready.reading import issue_text
from pytest_sprintready.reading.patterns import pattern

ENOUGH_WORDS = 12
"""A text of more words than these means something below a title of one short word."""

CUES_OF_AN_INVITATION = 3
"""A text that begins by inviting, and of which so many things are for whoever comes, asks for nothing itself."""

CUES_OF_A_WELCOME = 5
"""With so many, even what it calls people to bring is no task: it is the page that welcomes them."""

OPENING = 240
"""Characters in which a text says what it is about."""

# Invitations ----------------------------------------------------------------------------------------------------------

_INVITES = pattern(
    r"\W*(?:find|hunt(?: for)?|search(?: for)?|look for|report|spot)(?:ing)? (?:any |some |more "
    r"|all )(?:\w+ )?(?:bugs?|issues?"
    r"|errors?)\W*$|\W*announcement\b|\W*(?:open|ready|preparing) for hacktoberfest\b|\W*any bug ?fix(?:es)? (?:is "
    r"|are )?welcome\b|\W*(?:open\W+)?hacktoberfest(?:\W?\d{4}\b"
    r"|\b(?!\W?\d{4}))(?! ?[:\u2013-] ?(?!\d{4}\W*$)\w+(?: \w+){0,8}$"
    r"| (?:labels?"
    r"|page|badge|banner|readme|logo|bot|script|section|support)\b)|\W*good first (?:fixes"
    r"|issues?|bugs|prs"
    r"|contributions)\W*$|(?:[^\w\[]|\[[^\[\]\n]{0,40}\])*(?:how to:? (?:find|claim|contribute|get started|start|help)"
    r"|welcome(?=\W*$| to\b|[!,.:]| (?:all|everyone|everybody|new|contributors?|newcomers?|first|hacktober\w*)\b)"
    r"|contribute (?:your|to)\b"
    r"|(?:i'?m |we'?re |we are |i am )?looking for (?:\w+ ){0,3}?(?:issues?|contributors?|maintainers?|help|something)"
    r"|we (?:need|want|seek) (?:an? |more |some )?(?:\w+ )?(?:maintainer|contributor|volunteer|developer|designer"
    r"|translator"
    r"|tester|writer)s?\b|call for (?:\w+ ){0,3}?issues\b|(?:new |co-?|active |more )*(?:maintainers?|contributors?"
    r"|owners?|volunteers?)"
    r" (?:is |are )?(?:needed|wanted|required|sought)\b|call for (?:contribut|help|particip|translat|volunteer"
    r"|maintain|test)|hello\b|hi (?:all"
    r"|everyone|there)\b"
    r"|(?:do you )?want to (?:contribute"
    r"|be mentored|join"
    r"|help)"
    r"|(?:need|want|seeking) (?:more |some |new )*(?:contributors?|volunteers|maintainers)\b(?=\W*$| for\b)"
    r"|if you (?:have|want|are|would)\b)",
    re.IGNORECASE,
)
_ANNOUNCES = pattern(
    r"\W*(?:thank(?:s| you)\b(?! (?:page|message|e?mail|screen|note|letter|card|you (?:page|message|e?mail|screen)))"
    r"|congrat\w*|kudos|(?:scheduled |planned )?(?:maintenance|downtime)"
    r" (?:on|at|window|notice|tonight|tomorrow|this|from)|(?:trying|testing|playing|experimenting|checking) (?:out "
    r"|with |around )*(?:the |our |new )?(?:\w+ )?"
    r"(?:labels?|github|issues?|bots?|templates?|workflows?|integration|notifications?|something|things"
    r"|webhooks?)\W*$|new (?:\w+ )?(?:maintainers?|members?|team|contributors?|release)"
    r" (?:joined|join|on board|has|have|is|are|in the)\b|(?:\w+ )?meeting (?:notes|minutes|agenda)|minutes (?:of"
    r"|from)|(?:weekly|monthly|community|contributor|dev\w*) (?:call|meeting"
    r"|sync|hangout)\b(?! (?:link|page|time|url))|(?:version |release )?v?\d+\.\d+(?:\.\d+)? (?:is "
    r"|has been )?(?:released|out|available)\b|we (?:have |'ve )?moved\b|join (?:us|our|the)\b"
    r"|(?:[\w ]{1,30}: )?(?:please )?read (?:this|me) (?:first|before)|(?:\w+ )?rules(?: (?:for|of) \w+)*\W*$|faq\W*$"
    r"|survey\b"
    r"|.*\bsurvey\b.*\bfill\b"
    r"|happy (?:new|hacktober|birthday|holiday)|reminder\b(?=\W*(?:[:!]|$|to all))"
    r"|dependency dashboard\W*$|initial commit\W*$|we are hiring\b|(?:\w+ )?(?:repository|repo|hosting|project"
    r"|development) (?:has |was |is )?moved\b|\d[\d,.]*k? stars\b"
    r"|great (?:work|job|project)\W*$|(?:our )?(?:discord|slack|gitter|telegram|matrix) (?:server|channel|group"
    r"|community)\W*$"
    r"|(?:\w+ ){1,3}joins? (?:gssoc|gsoc|hacktoberfest|outreachy)\b|(?:\w+ )?sprints? (?:at|are coming|is coming)\b"
    r"|(?:\S+ ){1,3}(?:beta|release|alpha) (?:is )?(?:now )?available\W*$|(?:my|our) (?:first|test) (?:issue"
    r"|try)\W*$)",
    re.IGNORECASE,
)
_ANYTHING_IN_TITLE = pattern(
    r"^\W*(?:improv|fix|chang|add|do)(?:e|ing)? (?:anything|whatever)\b"
    r"|^\W*(?:improv|help|support)\w* .*\bin any way\W*$",
    re.IGNORECASE,
)
_ANYTHING = pattern(
    r"\bwhatever you(?:'d| would)? (?:like|want|think)\b[^.\n]{0,20}\b(?:to do|doing)\b"
    r"|\bfix whatever you (?:run into|find)\b"
    r"|\binvent an? feature\b|\bcontribute in any way\b",
    re.IGNORECASE,
)
# After "FYI:" a task or a fault may stand.
_GIVES_NOTICE_OF_WORK = pattern(r"\bmissing\b|[:,-] *(?:fix|add|remove|update|change|rename|use|make)\b", re.IGNORECASE)
_NOTICE = pattern(
    r"\W*(?:(?:psa|notice|fyi|heads[- ]up|announcement)\W*(?::|-|$)|(?:please )?introduce yourself\b|say (?:hi"
    r"|hello)\W*$)",
    re.IGNORECASE,
)
_NO_MATTER = pattern(
    r"\bno (?:real )?issue here\b|\bthis is (?:not (?:really )?an? (?:real |actual )?(?:issue|bug|task)|(?:only "
    r"|just )?an? (?:announcement|test|trial|notice|dummy|experiment)(?: issue)?)(?= *(?:[.,!;]|$|to |of |for |so"
    r"|and|but))"
    r"|\bjust (?:wanted? to (?:say|thank|try|test|check)|checking (?:whether|if|how|that)|testing|trying out|to say"
    r"|a test)\b|\b(?:i|we) (?:only|just) (?:want|wanted) to say\b"
    r"|\bplease (?:join (?:us|me)|welcome @|ignore (?:this|me))|\bwill be (?:down|closed|unavailable|offline|held"
    r"|hosting)\b|\bregistration is open\b|\bkeep up the good work\b"
    r"|\bnothing (?:to (?:do|fix|see|change) here|has to be done|needs to be done)\b|\bno (?:action|code"
    r"|work) (?:is )?(?:required|needed)\b|\byou can (?:close|delete) this\b",
    re.IGNORECASE,
)
_CONTRIBUTIONS = r"(?:pull[- ]requests|prs|contributions?|submissions|improvements|entries|patches)\b"
_WELCOMES = pattern(
    r"\b(?:accept(?:ing)?|welcoming|inviting|open (?:to|for)|calls? for|calling for|seeking|looking for) (?:all |any "
    r"|your "
    rf"|new |more |some |community )*{_CONTRIBUTIONS}"
    rf"|\b{_CONTRIBUTIONS} (?:are |is )?(?:always |very |most )?(?:welcomed?|wanted|invited|open)\b"
    r"(?![\"'\u201d]? (?:badge|label|banner|button|page|sign|text|link))"
    rf"|\b(?:we )?welcome (?:all|any|your) (?:\w+ )?{_CONTRIBUTIONS}",
    re.IGNORECASE,
)
_INVITES_TO_ANY = pattern(
    r"\b(?:pick|choose|take|grab) (?:an?|any|some) (?:open )?issues?\b(?! (?:below|from|in|of|above|here))"
    r"|\b(?:find|choose|pick|do) (?:something|anything|whatever) (?:that )?you(?:'d| would)? (?:like|want|think)\b"
    r"|\ball kinds of contributions\b|\bfeel free to contribute anything\b"
    r"|\bcontribut(?:e|ing) to (?:any|(?:the|this|our) (?:project|repository|code ?base))\b"
    r"|\b(?:looking for|find) (?:a|any|some) (?:\w+ )?(?:ways?|place|issues?) to (?:contribute|start|help)\b",
    re.IGNORECASE,
)
# Alone it says nothing; with a line that asks for something it is a poor title of a task.
_TRIAL_TITLE = pattern(
    r"\W*(?:this is |here is |here's |it is |it's )?(?:just |only )?(?:(?:my|our|an?|the|another|some"
    r"|new) )?(?:(?:very )?(first"
    r"|initial|second)"
    r"|test|sample|dummy|demo|practi[cs]e|trial|example) (?:issue|ticket)\b(?: (?:from|by|of|for) .*|[\W\d]*)$"
    r"|\W*(?:a |another )?new (?:issue|ticket)(?: with \w+| by .*)?\W*$",
    re.IGNORECASE,
)
_PLACEHOLDER = pattern(
    r"\bchange[ -]?me\b|"
    r"^\W*(?:(?:my|your|the|enter|insert|put|some|an?|type) )*(?:issue |bug |feature |task |short |brief |descriptive"
    r" )*"
    r"(?:title|headline|summary)(?: (?:goes )?here| of (?:the|your|this) \w+)?\W*$"
    r"|^\W*(?:[\w ]{0,20}\b(?:name|category|language|title|type|topic|level|description)\s*[|/]\s*){2,}"
    r"|[<{\[](?:\w+ ){0,3}(?:title|summary|description|here)[>}\]]\W*$"
    r"|[<{] ?(?:component|function|class|feature|plugin|your)[ _-]?name ?/?[>}]"
    r"|[<{](?:\w+ ){0,3}(?:title|name|description|summary|here|feature|issue|something)[>}]\W*$"
    r"|\b(?:does|do) (?-i:X)\W*$|\b(?:do|does|add|fix) (?-i:X|x) (?:for|when|to|in) (?-i:Y|y)\b",
    re.IGNORECASE,
)
_IGNORED = pattern(
    r"\W*(?:please |pls )?(?:ignore|disregard|delete|close)(?: (?:this|it|me))?(?: issue| one)?(?: please)?\W*",
    re.IGNORECASE,
)
_OF_ISSUES = pattern(r"\b(?:ignore|issue|ticket)\b", re.IGNORECASE)
_FOR_PRACTICE = pattern(
    r"\b(?:this|the) (?:(?:\w+ )?(?:issue|ticket|one) )?(?:is|was|exists|has been)\b[^.\n]{0,30}\bfor (?:the )?"
    r"(?:practi[cs]e|testing|test|training|demo(?:nstration)?|trial)(?: (?:purposes?|only|runs?|reasons)\b|\W*$)"
    r"|\b(?:our|my|the) (?:teacher|professor|instructor|lecturer) (?:wants?|asked|told|said)\b"
    r"|\b(?:created|made|opened|filed|exists)(?: \w+ly)? to (?:demonstrate|show|test|try(?: out)?|see|check"
    r"|learn) (?:how"
    r"|what|that|whether"
    r"|if|the"
    r"|our|github|labels|issues)\b|\bthis is (?:my|an?|our) (?:exercise|homework|assignment|practice)\b",
    re.IGNORECASE | re.MULTILINE,
)
_TRIAL = pattern(
    r"(?=[\s\S]*\b(?:test|testing|example|sample|dummy|placeholder)\b)(?:\W*\b(?:test|testing|example|sample|dummy"
    r"|placeholder|an?|the"
    r"|this|is|for|issue|please|ignore|will|delete|close|another|other|just|good|first|new|my)\b)+\W*",
    re.IGNORECASE,
)
_FORM = pattern(r"\W*(?:bug report|feature request|bug|feature|issue)\W*", re.IGNORECASE)
_TRIAL_TEXT = pattern(
    r"\W*(?:(?:this is |just |only )*(?:an? )?(?:demo|trial)|(?:this is |just |only )+(?:an? )?test(?:ing)?)\W*",
    re.IGNORECASE,
)
_FILED_TO_TRY = pattern(
    r"\bthis (?:issue|ticket) (?:is|was|has been)(?: being)? (?:created|made|opened|filed|raised)(?: \w+ly)? to"
    r" (?:demonstrate|test|try|see|check|learn) (?:how|what|that|whether|if|our|github|the (?:\w+ )?(?:labels?"
    r"|labell?er|bots?|automation))\b",
    re.IGNORECASE,
)
_TRIAL_BY_NAME = pattern(
    r"\W*this is (?:just |only )?an? (?:test|trial|demo)\b(?=\W*$| (?:from|by|of the|issue))|(?:\W*(?:hi|hello"
    r"|hey)\b)?"
    r"\W*(?:this |it )?(?:is )?my (?:very )?first issue\b(?: with \w+| ever| here)?\W*$|"
    r"test (?:issue )?#?\d+\b|test (?:\w+ )?#?\d+\W*$|test(?:ing)? (?:the |of the |our )?(?:\w+ )?(?:labels?"
    r"|issue templates?|automation"
    r"|bot|webhook)\W*$",
    re.IGNORECASE,
)

# What an invitation is made of: an occasion, a welcome, a way in, where the guide is, which issues, whom to ask.
_OCCASION = pattern(
    r"\b(?:hacktober(?:fest)?|hackathon|hack ?day|gssoc|gsoc|season of \w+|(?:code |docs? )?sprints?|meetup|workshop"
    r"|challenge)\b",
    re.IGNORECASE,
)
_WELCOME = pattern(
    r"\bwelcome (?:to\b|everyone|all\b|aboard)|\b(?:we'd|we would|i'd|i would) (?:really )?(?:love|like) (?:to hear"
    r"|to have"
    r"|you|your help)|\bthank(?:s| you) for (?:your interest|considering|wanting|your desire)|\b(?:excited|thrilled"
    r"|happy"
    r"|proud) to (?:announce|kick|take part|participate|have you|welcome|invite|be (?:part|participating|a part))"
    r"|\bhappy"
    r" hack\w*|\bjoin (?:us|the|our|in)\b|\bparticipat(?:e|ing) in\b|\blet'?s (?:build|make|create|hack|do) \w+"
    r" (?:\w+ )?together\b|\bcontribute (?:with|to) us\b|\bregister (?:now|here|yourself|at|on|for)\b|\bsign up\b",
    re.IGNORECASE,
)
_WAY_IN = pattern(
    r"\b(?:want(?:ing|s)?|wish(?:ing)?|like|love|willing|interested|looking|keen|new|how|ready) (?:to |in "
    r"|for )?(?:\w+ ){0,3}?"
    r"(?:contribut\w+|help(?:ing)? out|get(?:ting)? (?:started|involved)|participat\w+|tackle|join(?:ing)?)\b"
    r"|\bwhere (?:do|to|can|should) (?:i |you |we )?"
    r"(?:start|begin)|\bget(?:ting)? (?:started|involved)\b|\b(?:first[- ]time|new) contributors?\b|\bwhat (?:do|can"
    r"|should) (?:i|you) (?:work|do)\b|\bhow can (?:i|you) "
    r"(?:participate|contribute|help)\b|\bcan contribute\b",
    re.IGNORECASE,
)
_GUIDE = pattern(
    r"\bcontribut(?:ing|ion|or|e)(?:'?s)? (?:guide\w*|section|docs|documentation|instructions|file|page)\b"
    r"|\bcontributing(?:\.md|\.rst|\.html)\b"
    r"|\bdevelopers?'? guide|\bcode of conduct\b|\breadme\b",
    re.IGNORECASE,
)
_WHICH = pattern(
    r"/labels/|/issues\?|/contribute\b|\bgood[- ]first[- ](?:issues?|bugs?)\b|\b(?:labell?ed|tagged|open|existing"
    r"|available|any|other) (?:\w+ )?issues\b"
    r"|\bissues? (?:with|that|labell?ed|tagged|marked)\b|\bprojects? board\b",
    re.IGNORECASE,
)
_WHOM = pattern(
    r"\b(?:slack|discord|gitter|telegram|mailing list|discussions?|matrix|zulip|chat|forum|swag|prizes?|t-?shirts?"
    r"|points)\b",
    re.IGNORECASE,
)
_CUES = (_OCCASION, _WELCOME, _WAY_IN, _GUIDE, _WHICH, _WHOM)
_OPENS = (_OCCASION, _WELCOME, _WAY_IN)


def says_nothing(title: str, text: str = "") -> bool:
    """Return whether there is no matter: "", "...", "[Bug]: test", "Another test issue, please ignore".

    One short word is enough where the text says what to do, or much.
    """
    if (
        _TRIAL_BY_NAME.match(title)
        or _PLACEHOLDER.search(title)
        or _IGNORED.fullmatch(text)
        or (_IGNORED.fullmatch(title) and re.search(r"\b(?:this|it|me|issue)\b", title, re.IGNORECASE))
        or text.lower().startswith("lorem ipsum")
        or (_FORM.fullmatch(title) and issue_text.is_empty(text))
        or _TRIAL_TEXT.fullmatch(text)
    ):
        return True
    title = issue_text.ADDRESS.sub("", issue_text.subject(title))
    found = re.findall(r"\w+", title)
    return (
        not found
        or (
            len(found) == 1
            and found[0].isascii()
            and len(found[0]) <= (4 if issue_text.words(text) <= ENOUGH_WORDS else 2)
            and not issue_text.is_task(text)
        )
        or (
            _TRIAL.fullmatch(title) is not None
            and not (
                len(found) == 1
                and issue_text.is_task(text)
                and issue_text.words(text) >= 4
                and not _OF_ISSUES.search(text)
            )
        )
        or _TRIAL.fullmatch(f"{title} {text}") is not None
    )


def _cues(title: str, text: str) -> int:
    """Return how many of the parts of an invitation there are, 0 where title and text do not begin by inviting."""
    invites = any(cue.search(title) for cue in (_WELCOME, _WAY_IN))
    if issue_text.is_fault(title) or (issue_text.is_task(title) and not invites):
        return 0
    opening = f"{title}\n{text.strip()[:OPENING]}"
    if not any(cue.search(opening) for cue in _OPENS):
        return 0
    return sum(cue.search(f"{title}\n{text}") is not None for cue in _CUES)


def is_invitation(title: str, text: str = "", *, brings: bool = False) -> bool:
    """Return whether an issue speaks of contributing as such: "Welcome!", "How to claim an issue", "Looking for ...".

    What guides say to everybody stands below tasks too, so a text counts where the title asks for nothing. `brings`
    tells that whoever comes knows what to bring or to tick; then it takes a whole page of welcome, or a title that
    announces or leaves everything open.
    """
    cues = _cues(title, text)
    invites = _INVITES.match(title)
    asks = issue_text.is_task(title) or issue_text.is_fault(title)
    if _ANYTHING_IN_TITLE.search(title) or (_ANYTHING.search(text) and not asks):
        return True
    if _NOTICE.match(title) and not (_GIVES_NOTICE_OF_WORK.search(title) or issue_text.is_fault(title)):
        return True
    if _FILED_TO_TRY.search(text) or (invites and not asks and _WHICH.search(text)):
        return True
    if brings or cues >= CUES_OF_A_WELCOME:
        return cues >= CUES_OF_A_WELCOME
    if invites or cues >= CUES_OF_AN_INVITATION:
        return True
    if _WELCOMES.search(title) and not any(issue_text.is_task(line.strip(" -*+")) for line in text.split("\n")):
        return True
    trial = _TRIAL_TITLE.match(title)
    if trial and not (trial[1] and any(issue_text.is_task(line.strip()) for line in text.split("\n"))):
        return True
    speaks = (
        _FOR_PRACTICE.search(text) or _INVITES_TO_ANY.search(text) or _ANNOUNCES.match(title) or _NO_MATTER.search(text)
    )
    return bool(speaks) and not asks
