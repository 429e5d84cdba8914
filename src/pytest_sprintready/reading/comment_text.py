"""What a comment on an issue says: that its writer takes the issue, gives it back or to somebody, that it is done.

A comment is read without what it quotes, in lower case and without apostrophes, as people type: "Id like to try".
"""

from __future__ import annotations

import re
from functools import lru_cache

from pytest_sprintready.reading.issue_text import FENCED
from pytest_sprintready.reading.patterns import bounded, pattern

_MENTION = pattern(r"(?<![\w/`.])@([A-Za-z0-9][\w-]*)")
_AT_WORK = pattern(r"@([A-Za-z0-9][\w-]*) (?:is|was|has|will)\b|\b(?:to|by|with) @([A-Za-z0-9][\w-]*)")
_WORKER = pattern(
    r"@([A-Za-z0-9][\w-]*) (?:is|was|has been|will be) (?:already |currently |still )*(?:working|assigned|on it"
    r"|at it|taking|fixing)"
)
_ASSIGNED = pattern(
    r"\bassign(?:ed|ing)(?: this| the)?(?: issue)?(?: to)?[ :*-]{1,4}@([A-Za-z0-9][\w-]*)"
    r"|@([A-Za-z0-9][\w-]*),? (?:you(?:['\u2019]ve| have| are| were)(?: been)?|has been|is|was) (?:now )?assigned\b"
    r"|\b(?:just|only|reserved|meant|one is) for @([A-Za-z0-9][\w-]*)",
    re.IGNORECASE,
)
_MAIL_ABOVE = pattern(r"^on .{5,80} wrote:?[ \t]*$.*", re.DOTALL | re.MULTILINE)

# Words between "I would like to" and "work on it"; those left out make another sentence of it.
_GAP = (
    r"(?:(?!not\b|no\b|never\b|see\b|know\b|someone\b|somebody\b|anyone\b|you\b|others?\b|discuss\b|suggest\b"
    r"|propose\b|too\b|busy\b|unable\b|hardly\b|recommend\b|advise\b"
    r"|review\b|mentor\b|if\b)[\w@-]+,? ){0,5}?"
)
_OBJECT = (
    r"(?:this|it|that|these|those|them|one|#\d+|(?:the|some of (?:the|these)|your|an?|another)"
    r" (?:\w+ )?(?:issues?|tasks?|tickets?|bugs?|problems?|fix|feature|changes?|ones?|parts?|items?)|issue)\b"
)
_WORK = (
    r"(?:work(?:ing|ed)? (?:up)?on\b(?! (?:my|all|any|every|some|both|windows|linux|mac))"
    r"|work(?:ing)? (?:with|at|in|a|o|to|upon|for) (?:this|it|that)\b"
    r"|(?:tak|tackl|claim|grab|fix|solv|resolv|implement|address|attempt|handl|own|pick|contribut|finish|complet"
    r"|start|help"
    rf"|assist|cover)(?:e|ing|ed)? (?:up |out |on |with |to |over ){{0,2}}{_OBJECT}"
    r"|(?:add|build|creat|updat|document|translat|refactor|improv|convert|migrat|remov|replac)(?:e|ing)? (?:this|it"
    r"|these"
    r"|those|them)\b"
    r"|(?:tak|pick|mak|hav|giv|get)(?:e|ing)? (?:(?:this|it|that|one) ){0,2}(?:up\b|over\b|a (?:look|stab|shot|crack"
    r"|go"
    r"|try|jab)\b)|giv(?:e|ing) (?:\w+ ){1,3}a (?:shot|go|try)\b"
    r"|look(?:ing)? (?:in ?to|at) (?:this|it|that)\b"
    r"|(?:do|doing|try) (?:this|it|that)(?: one| task| issue)?(?= *(?:[.!?,;:)(]|$|please|for|as|if|myself|out"
    r"|today|tonight|tomorrow|asap|later|now|when|by|right"
    r"|soon|this|next|over|can|could))|go ahead\b|see what i can do\b"
    r"|have (?:a|the|my) (?:\w+ )?(?:pr|pull request|patch|fix)\b|hav(?:e|ing) (?:this|the) (?:issue|task|ticket|one)\b"
    r"|try(?:ing)? (?:to |and )(?:fix|solv|implement|work|do|tackl|address|resolv|add|help|contribut|get|send|open"
    r"|submit"
    r"|writ)|try my (?:best|luck|hand)|try(?= *[.!?]|$)"
    r"|contribut(?:e|ing)\b(?! (?:guid|doc|\w+\.md))|participat(?:e|ing)\b|volunteer(?:ing)?\b"
    r"|(?<!need )(?<!some )help(?: you)?(?: out)?(?= *[.!?,;:)]|$| here| on this| if (?:you (?:want|like|wish)"
    r"|thats|needed)"
    r"| with (?:this|it|that|the|a|your)\b)"
    r"|work (?:updat|translat|add|fix|implement|writ)ing\b"
    r"|(?:make|create|build|implement|write|design|translate) (?!sure|sense|it clear|a guess|a list|a suggestion"
    r"|a note|an issue"
    r"|a new issue|another issue|a separate issue|a comment)(?:the|a|an|some|one|for|into|to|in)\b"
    r"|(?:proceed|continue|go on|carry on|mov(?:e|ing) (?:forward|on))(?:ing)? (?:with|on) (?:this|it|that|the)\b"
    r"|carry(?:ing)? (?:this|it) (?:on|forward|out)\b"
    # "We will be translating the guide."
    r"|be (?:translat|implement|add|writ|creat|updat|document|fix|convert|migrat|refactor|replac|remov)ing\b"
    r"|(?:help|assist)(?:ing)? (?:to )?(?:fix|solve|implement|resolve|translate|write|add|document|test|convert"
    r"|update|improve"
    r"|with this|with it)\b"
    r"|(?:be|get|being|getting) (?:\w+ )?assigned\b|up for (?:this|it|doing|working|taking)\b"
    r"|(?:open|submit|mak|creat|rais|send|put|draft|writ|prepar|fil|push|provid|do|start|work on)(?:e|ing|ting)?"
    r" (?:in |up |together |over )?(?:an? |the |my |some )?(?:\w+ )?(?:prs?|pull requests?|patch(?:es)?|mr"
    r"|merge requests?|fix)\b"
    r"|start(?:ing)? (?:work(?:ing)?|with|on|develop\w*|implement\w*|cod\w+|fix\w*)\b"
    r"|develop(?:ing)? (?:this|it|that)\b|tak(?:e|ing) on the\b|start(?= *[.!?]|$))"
)
_WISH = (
    r"(?:(?<!do )\b(?:i|we) (?:(?!dont|do|not|never|cant)\w+ ){0,2}?(?:like|love|want(?:ed)?|wanna|wish|plan|intend"
    r"|hope"
    r"|(?<!we )need|prefer)\b"
    r"|\b(?:id|ill|im|i am|i will|i would|i might|i can|i could|i may|i shall|wed|we will|we can|we could)\b"
    r"|(?<!where )(?<!what )(?<!which )(?<!when )\b(?:can|could|may|shall|should|might|would|will) (?:i|we)\b"
    r"|\b(?:my|our) (?:\w+ )?(?:team|friends?|group|students?|class|colleagues?|partner)(?: and (?:i|me))? (?:would"
    r"|want|wants|will|is|are)\b|\bme and my \w+ (?:want|would|will|are)\b|\b(?:i|we) (?:was|were"
    r"|have been) planning\b|^hoping\b"
    r"|\b(?:is|would) it (?:be )?(?:ok|okay|fine|possible|alright|all right) (?:if i|for me to)\b|\bmind if (?:i|we)\b"
    r"|\b(?:let|allow) me\b|\blemme\b|\bgonna\b|\band (?:would|will) (?:love|like|be)\b"
    r"|(?:^|[.!?,;] ?|\b(?:but|and|so|then) )(?:can help|will (?=work|take|do|try|start|look|fix|submit|open|send))"
    r"|(?:^|[,:!;.] ?|@[\w-]+ )(?:would (?:like|love|be)|(?:id be |am |im |very |really |more than )*(?:happy|glad"
    r"|willing"
    r"|interested|keen|eager|ready|excited|available)|wan(?:t|na)|looking (?:to|forward)|planning|going|like to"
    r"|love to"
    r"|will|ill|im)\b)"
)
# A command of a bot, on a line of its own.
_COMMAND = r"^[./!#]*(?:take|assign(?: ?me)?|claim|mine|pick)[.! ]*$|^[./!#]+(?:take|assign|claim|attempt)\b.{0,20}$"
_CLAIM = pattern(
    rf"{_WISH} {_GAP}{_WORK}|{_COMMAND}|@[\w-]+ (?:claim|assign @)"
    # To be given it.
    r"|\b(?:can|could|may) (?:i|we) (?:\w+ ){0,2}?(?:have|get) (?:this|it|that)(?: one| issue| task)?"
    r"(?= *(?:[.!?,;:)]|$|please|to work|for|as))"
    r"|\bassign (?:me|myself)\b|\b(?:re)?assign(?:ed|ing)?\b(?: \w+){0,4} (?:to )?(?:me|myself)\b(?! by (?:mistake"
    r"|accident))"
    r"|\brequest\w* (?:\w+ )?assign|\bassign (?:this|it)(?: issue| task)?(?: to)?$|\bplease (?:\w+ )?this issue to me\b"
    r"|\b(?:have|got) (?:an )?interest (?:to|in) (?:work|tak|fix|contribut)|^(?:on|in) progress\b"
    r"|\b(?:please|pls|plz|kindly|(?:can|could|would|will) (?:you|u|someone|anyone|somebody)(?: please| pls| plz"
    r"| kindly)?)"
    r" (?:re)?assign(?=(?: (?:this|it|the|that))?(?: issue| task| one)?(?: please| pls| thanks)? *(?:[.!?,;:(]|$))"
    r"|\bself[- ]assign"
    # To be interested, or at it.
    r"|\b(?:im|i am|i was)?(?:^|\b)interested (?:in|to) (?:(?:this|it|the|that)\b|(?:work|tak|fix|solv|pick"
    r"|contribut(?!ions?\b)|help(?!ing you)))|\bappl(?:y|ied|ying) to work on (?:this|it)\b"
    r"|^(?:\w+,? )?(?:im )?on it\b(?! (?:is|was|has))|\b(?:ill|im|i am) (?:be )?on it\b"
    r"|^(?:(?:hi|hello|hey)\b[\w ,!]{0,20})?(?:ill |im |currently |still )?(?:looking (?:in ?to|at) (?:this|it)\b"
    r"|(?:tak|fix|claim|pick|tackl|solv"
    r"|implement|grab)ing"
    r" (?:up )?(?:this|it)\b|working on\b|having a (?:go|try|crack|stab)\b)"
    r"|\b(?:currently|already|now|still|actively|started|start|begun|began) (?:to )?work(?:ing)? on\b"
    r"|\bi(?:ve| have)? (?:already |just )?(?:started|begun|been working)\b|\bi(?:ve)? got (?:this|it)(?= *[.!,)]|$)"
    r"|^(?:hi|hey|hello)?[ ,!]*(?:im |i am |i would be |id be )?(?:very |really |also )?interested(?: too)?\W*$"
    r"|\bi claim (?:this|it)\b"
    r"|\b(?:im|i am) on this\b(?! (?:page|list|thread|team|channel|project|version))|\b(?:have|got) (?:this"
    r"|it) working\b"
    r"|\bif (?:not|no ?one|nobody|it(?:s| is)|this is)\b[^.?!\n]{0,50}\b(?:(?:id|i would|ill) (?:like|love"
    r"|be (?:happy|glad)) to|may i"
    r"|can i|could i)\W*$|^(?:i )?want this (?:issue|one|task)\W*$|\bgive me (?:this|it|a chance)\b"
    r"|\b(?:id like|i would like|id love|i want) this (?:one|issue|task)\b|^(?:i )?(?:just )?start(?:ed|ing) (?:on"
    r"|work)\b"
    r"|\b(?:i|we) (?:plan|intend) to (?:add|change|fix|updat|implement|writ|creat|remov|replac|edit|translat"
    r"|refactor|document)"
    r"|^attempting\b|^(?:ok|okay|alright|sure|yes|yep|great|cool|perfect)[ ,!.]*will do\b|\bleave (?:this|it) to me\b"
    r"|\bi(?:ve| have) (?:completed|finished|implemented|done|solved) (?:it|this|that)\b|\bdibs\b|\bcount me in\b"
    r"|\bi volunteer\b|\bme please\b"
    r"|\b(?:pr|pull request|fix|patch) (?:is )?(?:coming|incoming|on (?:the|its) way|soon|will follow)\b"
    r"|\bi(?:ve| have) (?:already )?(?:a|the) (?:fix|patch|branch|working (?:fix|solution|version))\b",
    re.MULTILINE,
)
# "Must I know Rust to work on this?" asks before it claims.
_ASKS_FOR_SKILLS = pattern(
    r"\b(?:must|should|do|would|will) (?:i|we) (?:\w+ ){0,3}?(?:know|familiar|experienced?|skills?|knowledge)\b"
    r"[^.?!\n]*\?"
)
# What leaves no doubt: a maintainer who offers help says "happy to help" too.
_WORKS = pattern(
    r"\b(?:ill|i will|im going to|im gonna|i am going to|let me|we will|well)"
    r" (?:\w+ ){0,2}?(?:(?:fix|take|do|handle|implement|address|tackle|solve|work on|pick up) (?:this|it|that)\b"
    r"|pick (?:this|it) up|(?:open|submit|make|create|send|put up|push|prepare|raise) (?:a |an |the )?(?:pr"
    r"|pull request"
    r"|patch|fix|mr)\b)(?! (?:with|for|together with) you)"
    r"|\b(?:im|i am|were|we are) (?:currently |already |now |actively )?(?:working on|fixing|implementing|preparing)"
    r" (?:this|it|that|a fix|a pr|a patch|the|adding|making|implementing|fixing)\b"
    r"|^(?:im )?(?:already )?on it\b(?! (?:is|was|has))"
    r"|^(?:ill |i )?will (?:fix|do|add|handle|implement|take|submit|send|open|update|change|correct)\b(?! you)"
    r"|^(?:tak|work|fix|look)ing (?:on |into |in to |at )?(?:this|it)\b|\bi(?:ve| have)? (?:already "
    r"|just )?started (?:work"
    r"|on|fix|implement)"
    r"|^[./!](?:assign|take)\b(?! @)|\b(?:changing|fixing|doing|updating|adding) (?:it|this|that)? ?(?:right )?now\b"
    r"|^(?:ok|okay|yep|yes|yeah|sure|right)?\W{0,4}(?:fixing|doing) (?:it|this)\W*$"
    r"|\b(?:ill|i will) (?:try to )?(?:look into|have a look at) (?:this|it)\b",
    re.MULTILINE,
)
_GIVEN_UP = pattern(
    r"\bdont think i can\b|\bbeyond my\b|\btoo (?:hard|difficult|complex|much) for me\b|\bnot going to be able\b"
    r"|\bno longer (?:work|able|interested|have|plan|be)|\b(?:im|i am) not (?:currently |actively )?working"
    r"|\bplease reassign"
    r"|\bnot been able to (?:make|work|get|find)|\bhavent (?:been able|started)"
    r"|\b(?:not|wont be|unable|not be) (?:able |going |planning )?to (?:work|finish|continue|complete|do|take"
    r"|contribute)"
    r"|\b(?:cant|cannot|wont|dont|didnt|couldnt|havent|do not|did not|could not|have not) (?:\w+ ){0,3}?(?:work on"
    r"|finish|continue|complete|get to|find (?:\w+ )?time|(?:have|had|got) (?:\w+ ){0,2}time|make it)"
    r"|\b(?:stepping|step) (?:down|away|back)\b|\bstop(?:ped|ping)? working\b|\bg[ai]v(?:e|en|ing)? (?:it |this )?up\b"
    r"|\bunassign|\bdropp?(?:ing)? (?:this|it|out)\b|\bleav(?:e|ing) (?:it|this) (?:to|for) (?:someone|somebody"
    r"|others?"
    r"|you|anyone)|\b(?:you|someone else|somebody else|anyone else|others|anyone) (?:can|may|could|are free to"
    r"|is free to"
    r"|is welcome to|should) (?:\w+ )?(?:take|have|pick|work|grab|continue)|\bfree to (?:take|pick|work|grab|continue"
    r"|go"
    r"|claim)|\bit(?: i|')?s all yours\b|\b(?:yeah |yes )?sure,? (?:you can|take it|go ahead)"
)
_FREE_FOR_ALL = pattern(
    r"\bfree to take\b(?! ?\?)|\b(?:is|its|still|now) open (?:for|to) (?:contributions?|contributors?|anyone"
    r"|anybody|everyone|all)\b(?! ?\?)"
    r"|\bfeel free to (?:\w+ ){1,4}(?:up)?, (?:anyone|anybody)\b|\bup for grabs\b(?! ?\?)|\bfree for (?:anyone"
    r"|others|the taking|all)\b|\bback (?:to|in|into) the pool\b"
    r"|\b(?:anyone|anybody|others?|someone|somebody|everyone|everybody|whoever|people)(?: else)?(?: who|s)?"
    r" (?:\w+ ){0,4}?(?:(?:can|may|could|is|are|should|feel|wants?|likes?) )(?:\w+ ){0,3}?(?:welcome|free|tak(?:e|ing)"
    r"|pick|work|contribut|grab|have|start|open|submit|jump)"
    r"|\b(?:open|available|free|unclaimed|up) (?:again|to everyone|to anyone|to all|for everyone|for anyone"
    r"|for everybody"
    r"|for others)\b|\blooking for (?:someone|somebody|a (?:new )?(?:contributor|volunteer)|volunteers|contributors)\b"
    r"|\b(?:no ?one|nobody) (?:is|seems to be|has been) (?:\w+ )?working\b(?! on (?:this|it) ?\?)"
    r"|\bfeel free to (?:\w+ ){1,4}anyone\b|\breopen\w* (?:this |it )?(?:for|to) (?:others|anyone|everyone"
    r"|contributors)"
    r"|\bmark(?:ing|ed)? (?:this|it) as (?:a )?[\"`]?(?:good|help|up|beginner|easy)"
    r"|\bfirst (?:one|person|come)\b.{0,30}\b(?:pr|pull request|serve)"
)
_STILL_FREE = pattern(
    r"\b(?:(?:it|this|issue|its|one)(?: is|s)?|yes,?|still) (?:\w+ )?(?:open|available|free|unclaimed|unassigned"
    r"|up for grabs)\b(?! ?\?)"
)
_TAKEN_AWAY = pattern(
    r"\bunassign|\bremov(?:ed|ing) (?:\w+ )?(?:assign|you as)|\bfree(?:d|ing) (?:this|it|the issue) up\b"
    r"|\breleas(?:ed|ing) (?:this|it|the issue)\b"
)
_TURNED_AWAY = pattern(
    r"\b(?:already|currently|been) (?:been )?(?:assigned|taken|claimed|(?:being )?worked on|working on|in progress)\b"
    r"|\b(?:pick|choose|find|take|try|select|look (?:at|for)|work on|go for|consider"
    r"|check(?: out)?) (?:\w+ )?(?:another"
    r"|a different|some other|other|different|something else)\b|\banother (?:one|issue)\b"
    r"|\byou (?:already|have already|ve already) (?:had|have|did|done|got|solved|fixed|worked)\b"
    r"|\byou(?: wi)?ll not be able\b|\b(?:not|isnt|wont be) (?:a )?(?:good fit|suitable|right"
    r"|appropriate) (?:\w+ )?for (?:you|a)"
    r"|\b(?:cant|cannot|wont|not able to|unable to) assign you\b|\b(?:isnt|not) (?:really )?(?:available|open)\b"
    r"|\breserved for\b|\bleave (?:this|it) (?:issue )?(?:for|to) (?:someone|somebody|newcomers|others|new)"
)
_APPROVED = pattern(
    r"\b(?:thanks?|thank you|great|glad)\b.{0,30}\b(?:volunteer|taking (?:this|it)|picking|helping|for help)"
    r"|\b(?:all|its) yours\b|\b(?:ive |i have |just |have )?assign(?:ed|ing) (?:it |this |the issue |the task "
    r"|to )*(?:you|@)"
    r"|\b(?:will|ill|can) assign (?:it |this |the issue )?(?:to )?(?:you|@)|\bgo (?:ahead|for it)\b(?! and (?:close"
    r"|merge|reopen))|\bplease do\b(?! \w)|^do it\b"
    r"|\byou(?:re| are) (?:now )?assigned\b|(?:^|[.!,] )(?:\w+,? )?assigned(?=[.! ]*$|[.! ]*\W+ )"
    r"|\bthere you go\b|\bbe my guest\b|\b(?:youre"
    r"|you are) (?:very |more than |most )?welcome to\b|\bhave a go\b"
    r"|\b(?:it|issue|this) (?:is |has been )?(?:now )?assigned to (?:you|@)"
    r"|\bby all means\b|\byou(?:ve| have) been assigned\b|\bhave at it\b|\bknock yourself out\b|^@[\w-]+,? assigned\b"
    r"|\blet me assign (?:it|this) to you\b|\byes,? please\b|\byou (?:may|can) proceed\b|\bplease (?:proceed"
    r"|start (?:work|on))\b"
    r"|\byou got it\b|\byou (?:can|may|could) (?:do|take|have|try|pick|work on|start(?: on)?|grab|fix|handle"
    r"|claim) (?:this|it|the issue)\b"
    r"(?: up| on| issue| one| task)?(?= *(?:[.!?,;:)(]|$|if you|please|@|now|too|then))",
    re.MULTILINE,
)
_WELCOMED = pattern(
    r"\bfeel free to (?:take|start|work|pick|go|tackle|claim|grab|give|try|proceed|continue|begin|do)\b"
    r"|\blook(?:ing)? forward to (?:your|the|a|seeing)\b|\b(?:love|appreciate|happy to have|glad to have"
    r"|welcome) your (?:help|contribution|pr)"
    r"|\blet (?:me|us) know if you (?:need|have|get|run|want)"
)
_ASKS_WHETHER_FREE = pattern(
    r"\b(?:is|are) (?:this|it|these|the)(?: \w+)? (?:\w+ )?(?:open|available|free|unclaimed|unassigned|up for grabs"
    r"|active|relevant)\b"
    r"[^?]{0,40}\?|\b(?:is|are) (?:anyone|anybody|someone|somebody)(?: else)? (?:\w+ )?(?:working|assigned"
    r"|on this)\b[^?]{0,40}\?"
    r"|\b(?:need|want|looking for) (?:\w+ )?help\b[^?]{0,40}\?"
)
_YES = pattern(
    r"^(?:@[\w-]+,?:? ?)*(?:hi|hello|hey)?[\w ,!@-]{0,20}?\b(?:yes|yep|yeah|yup|sure|of course|absolutely|definitely"
    r"|certainly|ok|okay|great|awesome"
    r"|perfect|cool|please|thanks|thank you|feel free|sounds good|thatd be|that would be|would be|welcome|by all means"
    r"|gladly|will do|happy to|i am|no problem|why not|all right|alright)\b"
)
_OFFERED = pattern(
    r"\b(?:would|could|will|can|do|are|if) you (?:\w+ ){0,3}?(?:like|interested|willing|mind|want|still|working|able"
    r"|open|submit|make|create|send|put|fix|planning|up for|contribute|take|implement|work|do|provide|prepare|pull)\b"
    r"|\b(?:want|like|care|interested|feel like|fancy)(?: \w+)? (?:to|in|a) (?:\w+ )?(?:open|submit|mak|send|creat"
    r"|tak|work"
    r"|giv|contribut|tackl|pull|fix|implement|pr\b)|\bany (?:update|progress|news)\b|\bstill (?:on|working)\b"
    r"|^(?:@[\w-]+,? ?)*(?:are you |anyone )?(?:interested|keen|up for (?:it|this)|want (?:it|this))\W*\?"
)
_PULL_REQUEST = pattern(
    r"\b(?:opened|created|submitted|made|raised|pushed|sent|put up|drafted|filed|started|requested|added|worked on"
    r"|there(?:s| is)(?: already)?(?: an?)?(?: open)?|(?:have|got) (?:an? )?(?:open|draft)?|see|my|this|the|your"
    r"|here is)\s+"
    r"(?:\w+ ){0,3}?(?:pr|pull request|merge request|mr)\b(?!s)(?! (?:welcome|template|would|should|for each|guid"
    r"|will be))"
    r"|\b(?:in|via|by|with) (?:pr|pull request|merge request)\s*[#!]?\d+"
    r"|\b(?:pr|pull request|merge request)\s*(?:is|was)?\s*(?::? ?#\d+|up\b|ready\b|open\b|opened|submitted"
    r"|linked|here\b|:? ?https?:|in review|under review|in progress)"
    r"|\b(?:fixed|addressed|implemented|closed|resolved|solved|done|covered|handled) (?:by|in|via"
    r"|with) (?:\S+ ){0,3}?#\d+|\b(?:pr|pull request) (?:above|below) (?:clos|fix|address|resolv)"
    r"|^(?:see )?(?:pr|pull request) #\d+|(?:^|[,;:] )#\d+ (?:should |will |might )?(?:fix|address|clos|resolv"
    r"|implement)"
    r"|\bfix(?: is)? in #\d+|\bpropos(?:ed|ing) (?:a |the |my )?(?:fix|patch|solution|change)s?(?: in)?:? #\d+"
    r"|\bsent (?:in )?a patch\b"
    r"|\b(?:pr|pull request) (?:sent|created|raised|pushed|drafted|filed|made)\b|\bready for review:? #\d+"
    r"|\breview(?:ing)? #\d+"
    r"|\breview (?:my|the|this) (?:pr|pull request)\b|\b(?:wip|draft|open) (?:pr|pull request) (?:at|in|is|for)\b"
    r"|\bi(?:ve| have) (?:got )?a (?:pr|pull request)\b|\bworking on (?:this|it) in #\d+"
    r"|\bsee #\d+ for (?:a|the|my) (?:fix|patch|implementation|pr)|\b(?:submitted|raised) #\d+"
    r"|^\W{0,3}(?:\w+ ){0,3}(?:https?://\S+)?/(?:pull|merge_requests)/\d+\S*"
    r"(?: \w+){0,4}\W{0,3}$|\bopened #\d+|\bin #\d+(?= *[.!,]|$).{0,20}\b(?:requested|review)",
    re.MULTILINE,
)
_NO_PULL_REQUEST = pattern(
    r"\blook(?:ing)? forward\b|\bfollow[- ]?up (?:to|of|on|from)\b|\b(?:prs?|pull requests?) (?:are |is "
    r"|would be )?(?:very |always |more than )?(?:welcome|appreciated|accepted)"
    r"|\bfor (?:an|some) example|\bexamples?\b|\blook at\b|\bwelcome (?:a |any )?prs?\b|\b(?:accept|review|appreciate"
    r"|take|love|happy to (?:review|accept"
    r"|merge)|open to) (?:an? |any |your |the )?(?:prs?|pull requests?)\b"
    r"|\b(?:feel free|welcome|go ahead|free) (?:to|and) (?:open|submit|make|send|create|raise|put)"
    r"|\bplease (?:open|submit|send|make|raise|create|do)\b|\bwhen (?:you|your|the) (?:open|pr|pull)"
    r"|\b(?:would|could|can|do|if|unless|once|when|should) (?:you|someone|anyone|somebody|i|we)\b.{0,60}\b(?:pr"
    r"|pull request)\b"
    r"|\b(?:want|like|need) to (?:open|submit|make|send|create)\b"
    r"|\b(?:similar|example|earlier|previous|old|closed|stale|abandoned|related|any|no|a first|first|another|separate"
    r"|your"
    r" first)\b.{0,30}\b(?:pr|pull request)\b"
)
_PULL_REQUEST_ENDED = pattern(
    r"\b(?:clos(?:ed|ing)|abandon(?:ed|ing)|withdr[ae]w\w*|reject(?:ed|ing)) (?:the |my |this |that |your )?(?:\w+ )?"
    r"(?:pr|pull request)\b|\b(?:pr|pull request) (?:\S+ )?(?:was|is|has been|got) (?:\w+ )?(?:closed|abandoned"
    r"|rejected"
    r"|stale|stalled|withdrawn)"
)
_DONE = pattern(
    r"\b(?:implemented|fixed|done|added|resolved|merged|released|landed) (?:in|by|with|via|as of|on)\b.{0,12}(?:#\d"
    r"|\b[0-9a-f]{7,40}\b|\bv?\d+\.\d|\b(?:master|main|develop|trunk)\b)"
    r"|\bclos(?:ed|ing)\b.{0,20}\b(?:by|with|via|as|in favou?r)\b|\bclos(?:ed|ing) (?:in |by )?#\d+"
    r"|\b(?:this|it|that|its|issue|bug|problem|already|which)(?: is| was| has| have| been| seems?| to| be| got|s"
    r"| already| now"
    r"| just| since){0,5} (?:fixed|resolved|implemented|solved|merged|addressed|done|taken care of)\b"
    r"|\b(?:has|have|was|were|been|now) (?:been )?(?:already |now )?(?:fixed|resolved|implemented|solved|merged)\b"
    r"|\bcan (?:now )?(?:be|this be|we) closed?\b|\b(?:close|closing) (?:this|it|the issue)\b"
    r"|\b(?:cant|cannot|unable to|could not|couldnt|not able to) (?:\w+ )?repro(?:duce)?\b"
    r"|\b(?:my mistake|i made a mistake|my bad|i was wrong|false alarm|never ?mind|works as (?:intended|designed"
    r"|expected))\b"
    r"|\bno longer (?:relevant|needed|an issue|reproducible|applies|happens|necessary|a problem|the case)"
    r"|\balready (?:exists|supported|possible|there|works|in (?:master|main|place))\b"
    r"|^(?:@[\w-]+,? )?(?:all |its |already )?(?:fixed|done|resolved|implemented|solved|merged)\b(?! (?:by"
    r"|in) (?:hand|the))"
    r"|^(?:updated|added|removed|renamed|implemented|changed|replaced|corrected|improved|rewrote"
    r"|pushed)\b(?!.{0,40}\b(?:labels?"
    r"|milestone|description|title|tags?|assignees?|reviewers?|comments?|details|example|project|board|list|you"
    r"|issue)\b)"
    r"|\b(?:good|safe|ready|okay|ok) to (?:be )?close|\bnot a bug\b|\bworks as (?:intended|designed|expected)\b"
    r"|\bby design\b|\bworks for me (?:on|with|in|using) (?:the |a )?(?:latest|main|master|current|newest|develop"
    r"|version|v?\d)|\b(?:this|it) works (?:now|again|fine|(?:on|in|with) (?:the )?(?:latest|main|master|current"
    r"|newest|develop))\b"
    r"|\bis now supported\b|\bwe already have (?:this|it)\b"
    r"|\b(?:is|now|issue) obsolete\b|\b(?:not|isnt) (?:really )?(?:an |a )?(?:issue|problem|bug) any ?more\b"
    r"|^closing\b|\bno longer (?:seems|appears)\b|^\W{0,3}https?://\S+/commit/[0-9a-f]{7,40}\W*$|^wo?nt ?fix\b"
    r"|\b(?:not|no (?:more|longer)) (?:in|within) (?:the )?scope\b|\bout of scope\b|\bnot planned\b"
    r"|\bdecided (?:against|not to)\b|\bmark(?:ing|ed)? (?:this |it )?as (?:done|fixed|complete|resolved|closed"
    r"|implemented)"
    r"|\b(?:wrong|another|different) repo(?:sitory)?\b|\bmoved to\b|\btransferred to\b|\bduplicate of\b"
    r"|\bsuperseded by\b"
    r"|\bi (?:just )?(?:fixed|added|implemented|rewrote|did|removed|updated|solved|merged) (?:it|this|that|the)\b",
    re.MULTILINE,
)
_ASKS = pattern(r"(?:is|was|has|have|did|can|could|are|does|do|should|any|what|how|when|why|who|which)\b.*\?\s*$")
_NOT_DONE = pattern(
    r"\b(?:not|isnt|wasnt|hasnt|havent|never|cant be|un|partially|partly|half) (?:\w+ ){0,2}?(?:fixed|resolved"
    r"|implemented|solved|merged|done|addressed)|\b(?:once|when|until|after|if|unless|before|till)\b.{0,40}\b(?:fixed"
    r"|resolved"
    r"|implemented|solved|merged|done|addressed|closed)|\bclos(?:e|ing) (?:this |it )?(?:when|once|if|after|until)"
    r"|\bclos(?:e|ed|ing) (?:the|this|that|my|your) (?:\w+ )?(?:pr|pull request)\b|\bbut not\b"
    r"|\bget (?:\w+ ){0,2}done\b|\b(?:part|some|half|most) of\b|\bfor (?:today|now)\b|\bwhat (?:has"
    r"|needs|is|should"
    r"|else|remains)\b.{0,30}\bdone|\b(?:should|must|could|would|will|(?<!seems )to|needs to|can|may"
    r"|might) (?:\w+ )?be (?:\w+ )?(?:fixed|resolved|implemented|solved|merged|done|addressed|added)"
)
_AGAIN = pattern(
    r"^(?:no|nope|not yet)\b|\bremain(?:s|ing)\b|\bstill (?:happen|occur|an issue|present|relevant|reproduc|exist"
    r"|fail|broken|see|seeing|get|getting|valid|there|not"
    r"|needed|open|missing|plenty|the case|applies|need|have|some|many)|\breopen|\bnot (?:yet )?(?:fixed|resolved"
    r"|solved|done)\b"
    r"|\b(?:there|these) (?:are|is) (?:still|more)\b|\bkeep (?:this|it) open\b|\bhasnt been\b"
)
_UNDECIDED = pattern(
    r"\b(?:not (?:entirely |really |quite |so )?sure|unsure|undecided|unclear|dont know|no idea) (?:if|whether|that"
    r"|about|how"
    r"|what)\b.{0,60}\b(?:we|want|should|worth|good idea|desirable|best|right)\b"
    r"|\b(?:not (?:\w+ )?sure|unsure|not convinced|doubt) (?:that |if |whether )?(?:we|this is|it is"
    r"|its) (?:\w+ ){0,2}?(?:want"
    r"|need|worth|should|a good)"
    r"|\b(?:need|needs|requires?|worth|further|some|more) (?:a |some |more "
    r"|further )?(?:discussion|design|decision|consensus|thought|investigation(?! and))\b"
    r"|\b(?:lets|should|needs? to|have to|want to|issue is to) discuss\b|\bto be (?:decided|discussed|determined)\b"
    r"|\brfc\b|\bup for (?:discussion"
    r"|debate)\b"
    r"|\b(?:what do (?:you|people|others|we|y?all) (?:\w+ )?think|thoughts|opinions|wdyt|any objections"
    r"|any (?:thoughts|opinions"
    r"|feedback|ideas|preference))\b[^.?\n]{0,60}\?|\bwhat do you think\b|\bopen question"
    r"|\bnot (?:so |really |entirely )?(?:sure|convinced) (?:if |that )?(?:this|it|that)s? (?:is |would be "
    r"|should )?(?:a good"
    r" idea|needed|worth|useful|the right|be)\b|\bwhich (?:option|approach|way|one|solution) (?:do|would|should"
    r"|is)\b[^.\n]*\?"
    r"|\bif (?:the )?(?:project|team|maintainers?|we|you|owners?) (?:decides?|agrees?|(?:do(?:es)?nt"
    r"|do(?:es)? not) want)\b"
    r"|\bnot (?:\w+ )?(?:sure|convinced) (?:if |that |whether )?(?:this|it|that)s? (?:is |would be )?the (?:correct"
    r"|best|proper"
    r"|right)\b"
    r"|\b(?:have|need) to (?:decide|agree)\b|\bdecide (?:if|whether)\b|\bto decide on\b"
    r"|\bdont (?:really )?(?:think|believe) (?:we|this|it|that)s? (?:should|need|want|is|would be) ?(?:\w+ )?(?:do"
    r"|add|this|it|needed|worth|a good|useful|necessary"
    r"|the right)\b|\bmixed feelings\b|\bon the fence\b|\b(?:im|i am) torn\b|^-1\b|\b-1 (?:from|on|for)\b"
    r"|\bi doubt\b|\bwonder (?:if|whether) we (?:should|really|need|want)\b"
    r"|\bmaybe we should\b[^.\n]*\?|\brather not\b|\blets think\b|\bhear (?:\w+ ){0,2}opinions?\b"
    r"|\bfeedback (?:is )?(?:welcome|appreciated)\b"
    r"|\bdont (?:really )?see (?:the|a|any) (?:point|need|value|benefit|use|reason (?:for|to (?!not)))\b|\bwhat(?:s"
    r"| is) the use case\b|\bwhat problem (?:does|would|are|is)\b[^.\n]*\?"
    r"|\b(?:your|whats your) opinions?\b[^.\n]{0,20}\??$|\bnot worth (?:it|the)\b|\b(?:may"
    r"|might)(?: |be )not be (?:needed|necessary|worth|required)"
    r"|\bwould(?:nt)? it (?:make sense|be (?:better|worth|nicer|simpler))\b[^.\n]*\?"
    r"|\bis (?:it|this) (?:really |still |even )?(?:worth|needed|necessary|a good idea|desirable)\b[^.\n]*\?"
    r"|\bthank(?:s| you)\b.{0,60}\bbut (?:i|we|this|it|that|thats|its)\b.{0,80}\b(?:no difference|not (?:needed"
    r"|planned|want|something"
    r"|interested|in scope|plan)|dont (?:need|want|plan|think)|rather not|alone|out of scope)"
    r"|\b(?:out of scope|not in scope|beyond the scope)\b|\bdo we (?:want|really|even|need|still)\b|\bi(?:m"
    r"| am) (?:-1|against|not convinced|hesitant|skeptical"
    r"|sceptical)"
)
_SHOULD_WE = pattern(r"\bshould (?:we|it|this)\b[^.?\n]{0,120}\?")
_ABOUT_TRIAGE = pattern(r"\b(?:label|assign|milestone|close|reopen|ping|cc|tag|backport|release|version|wait for)")
_WAITS = pattern(
    r"\bon hold\b|(?<!not )(?<!not really )\b(?:blocked|blocking) (?:by|on|until)\b(?! (?:none|nothing|n/a))"
    r"|\bdepends? on:? ?(?:the )?(?:pr |issue )?(?:#\d+|https?://\S+/(?:issues|pull|merge_requests)/\d+)"
    r"|\b(?:lets|should|must|have to|has to|needs? to|will|we|please|better) wait (?:for|until|on|till|with)\b"
    r"|\b(?:await(?:ing)?|wait(?:ing)? (?:for|until|on|till))\b.{0,60}\b(?:release|merge|upstream|decision|lands?|#\d+)"
    r"|\b(?:after|once|until|as soon as) (?!you\b|i\b|this\b|it\b|your\b|they\b)(?:\S+ ){1,4}?(?:is|are|has(?: been)?"
    r"|have(?: been)?|gets?)"
    r" (?:merged|released|landed|published|finali[sz]ed|settled|decided|in place|stable|completed?|out)\b"
    r"|\b(?:this|it|issue|task) is (?:currently |still |now )?blocked\b(?! by (?:none|nothing))|\bdo #\d+ first\b"
    r"|\b(?:done|started|implemented|possible|ready|worked on|begin|start) (?:only )?(?:after|once) #\d+"
    r"|\bhold(?:ing)? off (?:on|until|till)\b"
    r"|\b(?:once|when|after|until) (?:we|python|support|the)\b[^.\n]{0,30}\b(?:drop|dropped|drops|dropping)\b"
    r"|\bpark(?:ing)? (?:this|it)\b"
    r"|\b(?:requires|needs) #\d+ to be\b|\bdefer(?:ring|red)?\b.{0,20}\b(?:until|to|after)\b"
    r"|\bneeds? #\d+ (?:first|to be)|\brevisit\b.{0,20}\b(?:when|later|after|once)\b|\bpostpone"
    r"|\bnot (?:yet )?ready (?:for|to be) (?:work|picked|development)"
    r"|\b(?:do not|dont|please wait|hold off)\b.{0,30}\b(?:start(?: (?:on|with|working|work|this|it|yet)\b|\W*$)"
    r"|begin\b"
    r"|work on (?:this|it)|for maintainer)"
)
_RESUMED = pattern(
    r"\bunblocked\b|\bno longer (?:blocked|on hold)\b|\bcan (?:now )?(?:be )?(?:started?|worked on|picked up|proceed"
    r"|go ahead)\b"
    r"|\b(?:is|are|has been|have been|was|got|just) (?:now |finally |just )*(?:merged|released|landed)\b"
    r"|\bready (?:for|to be)"
    r" (?:work|picked|contribut|implement)"
)
_SETTLED = pattern(
    r"\b(?:sounds (?:good|great|reasonable)|makes sense|good (?:idea|point|catch|find)|great (?:idea|suggestion)"
    r"|i agree|agreed"
    r"|lets (?:do|go|add|use|make|keep|remove|have|try)|\+1|prs?(?: are| is)? (?:very )?welcome|contributions? welcome"
    r"|happy to (?:accept|review|merge|take)|(?:would|will) (?:be )?(?:accept|welcome|happy)|feel free to"
    r"|im in favou?r|decided"
    r"|we should|would be (?:great|good|nice|useful|welcome|awesome))\b|^(?:yes|yep|yeah|sure|lgtm)\b|:\+1:"
    r"|\U0001f44d",
    re.MULTILINE,
)


@lru_cache(maxsize=16)  # some twenty questions are asked of each comment
def plain(text: str) -> str:
    """Return a comment without quotes, code blocks, mails below it and apostrophes, in lower case."""
    text = FENCED.sub(" ", bounded(text).replace("\r\n", "\n"))
    lines = [line.strip() for line in text.split("\n") if line.strip() and not line.lstrip().startswith(">")]
    text = re.sub(r"['\u2019`*]", "", "\n".join(lines).lower())
    return re.sub(r"[ \t]+", " ", _MAIL_ABOVE.sub("", text))


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


def claims(text: str, verb: str = "") -> bool:
    """Return whether a comment takes the issue, or asks for it, in whatever words.

    `verb` is what the title asks to do: who would like to "translate the guide" takes an issue "Translate the guide".
    """
    text = _ASKS_FOR_SKILLS.sub(" ", plain(text))
    if _CLAIM.search(text):
        return True
    return (
        bool(verb)
        and re.search(rf"{_WISH} {_GAP}{re.escape(verb)}(?:e|ing)? (?!that\b)", text, re.MULTILINE) is not None
    )


def works(text: str) -> bool:
    """Return whether a comment says beyond doubt that its writer will do it, and does not just offer help."""
    return _WORKS.search(plain(text)) is not None


def gives_up(text: str) -> bool:
    """Return whether somebody says not to go on with it, or leaves it to others."""
    return _GIVEN_UP.search(plain(text)) is not None


def frees_for_all(text: str) -> bool:
    """Return whether a comment says that anybody can have the issue."""
    return _FREE_FOR_ALL.search(plain(text)) is not None


def says_free(text: str) -> bool:
    """Return whether a comment says that the issue is not taken; to whom it answers can have it."""
    return _STILL_FREE.search(plain(text)) is not None


def takes_away(text: str) -> bool:
    """Return whether a comment takes the issue from somebody."""
    return _TAKEN_AWAY.search(plain(text)) is not None


def turns_away(text: str) -> bool:
    """Return whether a comment tells somebody to look for another issue."""
    return _TURNED_AWAY.search(plain(text)) is not None


def approves(text: str) -> bool:
    """Return whether a comment gives the issue to somebody."""
    return _APPROVED.search(plain(text)) is not None


def welcomes(text: str) -> bool:
    """Return whether a comment encourages somebody, which gives the issue to who has just asked for it."""
    return _WELCOMED.search(plain(text)) is not None


def asks_whether_free(text: str) -> bool:
    """Return whether a comment asks if the issue can still be had: a yes to that gives it."""
    return _ASKS_WHETHER_FREE.search(plain(text)) is not None


def says_yes(text: str) -> bool:
    """Return whether a comment begins with a yes, which has a meaning only after a question."""
    return _YES.search(plain(text)[:120]) is not None


def offers(text: str) -> bool:
    """Return whether a comment asks somebody to do it, or whether they still do."""
    return _OFFERED.search(plain(text)) is not None


def tells_of_pull_request(text: str) -> bool:
    """Return whether a comment says that there is a pull request; one that asks for it does not."""
    return any(
        _PULL_REQUEST.search(sentence) and not _NO_PULL_REQUEST.search(sentence) for sentence in _sentences(text)
    )


def ends_pull_request(text: str) -> bool:
    """Return whether a comment says that a pull request was closed or given up."""
    return _PULL_REQUEST_ENDED.search(plain(text)) is not None


def tells_done(text: str) -> bool:
    """Return whether a comment says that nothing is left to do."""
    return any(
        _DONE.search(sentence) and not _ASKS.match(sentence) and not _NOT_DONE.search(sentence)
        for sentence in _sentences(text)
    )


def contradicts(text: str) -> bool:
    """Return whether a comment says that there is still something to do."""
    return _AGAIN.search(plain(text)) is not None


def is_undecided(text: str) -> bool:
    """Return whether a text doubts what is to be done, or asks others; a question about a label is none of that."""
    text = plain(text)
    return _UNDECIDED.search(text) is not None or any(
        not _ABOUT_TRIAGE.search(match[0]) for match in _SHOULD_WE.finditer(text)
    )


def waits(text: str) -> bool:
    """Return whether a text says that something else has to come first."""
    return any(_WAITS.search(sentence) and not sentence.endswith("?") for sentence in _sentences(text))


def resumes(text: str) -> bool:
    """Return whether a comment says that what was waited for has come."""
    return not waits(text) and _RESUMED.search(plain(text)) is not None


def settles(text: str) -> bool:
    """Return whether a comment agrees to what was proposed."""
    return _SETTLED.search(plain(text)) is not None


def _sentences(text: str) -> list[str]:
    parts = re.split(r"(?<=[.!?])\s+|\n+", plain(text))
    return [part for part in (re.sub(r"^[^\w@#(/.!]+", "", part) for part in parts) if part]
