"""Whether a comment takes an issue or gives it back: a small grammar of first persons, intentions and deeds.

Who claims speaks of themselves (or leaves "I" out), says that they will, would like to, may, can or do already, and
names a deed: to take, to make, or whatever else is done to "this". Saying, seeing, having and using are no deeds.
"""

from __future__ import annotations

import re

from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.sentences import spelled_out

# Whom and how ---------------------------------------------------------------------------------------------------------

_ADVERB = (
    r"(?:(?:also|just|really|very|definitely|surely|certainly|happily|gladly|totally|actually|probably|perhaps|maybe"
    r"|still|now|currently|already|soon|quickly|please|personally|then|too|only|easily|likely|absolutely|actively"
    r"|always) )"
)
_ASKING = r"(?<!where )(?<!what )(?<!which )(?<!when )(?<!how )(?<!why )"
_PEOPLE = r"(?:team|friends?|group|students?|class(?:mates?)?|colleagues?|partner|company|wife|husband|son|daughter)"
_WISH = (
    r"(?:(?<!do )\b(?:i|we) (?:(?!do|not|never|can)\w+ ){0,2}?(?:like|love|want(?:ed)?|wish|plan|intend|aim|hope"
    r"|(?<!we )need|prefer)\b|(?<!issues )(?<!tasks )(?<!bugs )(?<!things )\b(?:i|we) (?:will|can|could|might|may"
    r"|shall|would)\b|\bi am\b|\b(?:i was|we were"
    r"|we are|i have been|we have been) (?:going|planning|hoping|thinking|looking|interested|happy|glad|willing"
    r"|keen)\b"
    rf"|{_ASKING}\b(?:(?:can|could|may|might) (?:i|we)|(?:shall|should|would|will) i)\b|\b(?:my"
    rf"|our) (?:\w+ ){{0,2}}?{_PEOPLE}(?: and (?:i|me))? (?:would|want|wants|will|is|are|can|could)\b"
    r"|\bme and \S+(?: \w+)? (?:want|would|will|are|can)\b|(?:\w|@\S+) (?:and|&) (?:me|i|myself) (?:want|would|will"
    r"|are|can)\b|\bmy (?:plan|goal|intention|idea)\b[^.?!\n]{0,40}? is to\b|^hoping\b|\b(?:ok|okay|fine|possible"
    r"|alright|all right|cool|good|great)(?: with \w+)? (?:if (?:i|we|can)|for (?:me|us) to)\b|\b(?:mind|objections?"
    r"|okay"
    r"|ok|objects?) if (?:i|we)\b|\b(?:let|allow) (?:me|us)\b(?! know)|(?<!is )\bgoing to\b|\band (?:would"
    r"|will) (?:love|like"
    r"|be)\b|(?:^|[.!?,;] ?|\b(?:but|and|so|then) )(?:can(?= help)|will(?= (?:work|take|do|try|start|look|fix|submit"
    r"|open|send|pick|make)))|(?:^|[,:!;.)] ?|@[\w-]+ )(?:would (?:like|love|be)|(?:i am |very |really "
    r"|more than )*(?:happy|glad|willing|interested|keen|eager|ready|excited|available)|want|looking (?:to|forward)"
    r"|(?:still )?planning|going|like to|love to|will)\b)"
)

_PAPERWORK = r"(?:labels?|milestone|description|title|tags?|assignees?|link|comment|changelog|board|details|logs?)"

# What is no deed: who says, sees, has, uses, or wishes somebody else to do it.
_NO_DEED = (
    r"(?:not|no|never|see|know|someone|somebody|anyone|anybody|others?|you|discuss|suggest|propose|too|busy|unable"
    r"|hardly|recommend|advise|review|mentor|if|how|what|why|where|which|who|whether|because|unless|reproduce"
    r"|replicate|confirm|understand|wonder|wondering|wait|waiting|hear|say|tell|mention|explain|imagine|trouble|guide"
    r"|rather|using|unsure|curious|point|vote|trying to (?:use|run|install|understand|build|compile|get|make))"
)
_NO_DEED_TO_IT = (
    rf"(?:{_NO_DEED}|be|been|am|are|is|was|have|had|has|get|got|getting|having|being|seeing|saw|seen|like|love|want"
    r"|need|use|think|believe|guess|assume|hope|wish|expect|suppose|verify|repeat|note|notice|find|found|ask|leave"
    r"|left|give|gave|close|reopen|read|check|show|file|report|post|put|keep|support|second|appreciate|upvote|follow"
    r"|watch|track|subscribe|remember|forget|hit|face|experience|meet|encounter|observe|agree|call|let|share|link|tag"
    r"|label|mark|move|run|install|open|live|prefer|consider|doubt|deny|help|hate|miss|test|review|merge|hold|direct"
    r"|bump|raise|bring|trigger|of|in|on|with|about|for|to|from|by|at|and|or|than|as|that|but|so|the|a|an|it|this"
    r"|these|when|while|after|before|until|since|like|into|over|under|without|out|up|down|off|through|via|per|all"
    r"|do)\b"
)
_GAP = rf"(?:(?!{_NO_DEED}\b)[\w@-]+,? ){{0,7}}?"

# What is done, and to what --------------------------------------------------------------------------------------------

_THIS = (
    r"(?:this|it|that|these|those|them|one|(?:the|some of (?:the|these)|your|an?|another) (?:\w+ )?(?:issues?|tasks?"
    r"|tickets?|bugs?|problems?|fix|feature|changes?|ones?|parts?|items?)|issue)\b"
)
_ALONE = (
    r"(?= *(?:[.!?,;:)(]|$|please|for|as|if|myself|ourselves|out|too|today|tonight|tomorrow|asap|later|now|when|by"
    r"|right|soon|this|next|over|up|can|could|in|on|at|with|after|before|within|and|together|unless|instead))"
)
_PRODUCT = (
    r"(?:prs?|pull requests?|patch(?:es)?|mr|merge requests?|fix(?:es)?|solution|implementation|branch|draft"
    r"|prototype|proof of concept|poc|commit)\b"
)
_SOME = r"(?:an? |the |my |our |some |one |this |that |your )?(?:\w+ ){0,2}?"
_MAKE = (
    r"(?:open|submit|mak|creat|rais|send|put|draft|writ|prepar|fil|push|hand|provid|do|start|work on|get|deliver|have"
    r"|finish|propos|cook)(?:e|ing|ting|ding)? (?:in |up |together |over |out )?"
)
_TAKE = r"(?:tak|tackl|claim|grab|pick|choos|select|own|adopt|snatch|snag|handl|attempt|attack)"
_MEND = r"(?:fix|solv|resolv|implement|address|finish|complet|build|develop|cod|patch|repair|correct)"
_ALTER = (
    r"(?:add|build|creat|updat|document|translat|refactor|improv|convert|migrat|remov|replac|renam|port|rewrit|writ"
    r"|design|draw|provid|contribut|upstream|deliver|supply|draft|implement|cover|extend|clean)"
)
_OWN_THING = r"(?:(?:my|any|all|every|some|both|windows|linux|mac|an?|another|other|the same|same|#\d)(?!\w))"
_WORK_ITEM = (
    r"(?:issues?|tasks?|fix|prs?|pull requests?|patch|solution|implementation|branch|draft|change|mr|tests?"
    r"|prototype)\b"
)
_DEED = (
    rf"(?:(?:work|hack)(?:ing|ed)? (?:up)?on\b(?! something else)(?! {_OWN_THING} (?!(?:\w+ )?{_WORK_ITEM})|(?: my"
    rf"| all|"
    r" any| every| some| both| windows| linux| mac)\b| #\d)|work(?:ing)? (?:with|at|in|a|o|to|upon|for) (?:this|it"
    r"|that)\b"
    rf"|(?:{_TAKE}|{_MEND}|contribut|start|begin|help|assist|cover)(?:e|ing|ed|ning)? (?:up |out |on |with |to "
    rf"|over ){{0,2}}{_THIS}|{_ALTER}(?:e|ing)? (?:this|it|these|those|them|both)\b|{_ALTER}(?:e"
    rf"|ing)? the (?!(?:\w+ ){{0,3}}?{_PAPERWORK})"
    r"|(?:tak|pick|mak|hav|giv|get)(?:e|ing)? (?:(?:this|it|that|one) ){0,2}(?:up|over)\b|(?:tak|mak|hav|giv)(?:e"
    r"|ing) (?:(?!not\b|you\b)\w+ ){0,4}?(?:an?|my|another|some) (?:\w+ )?(?:look(?! like)|stab|shot|crack|go|try|jab"
    r"|whirl|bash|swing|attempt|start|peek(?! at the)|pass)\b|look(?:ing)? (?:in ?to|at) (?:this|it|that)\b"
    rf"|(?:do|doing|try) (?:this|it|that|so)(?: one| task| issue)?{_ALONE}|go ahead\b|see what i can do\b|have (?:a"
    rf"|the|my) (?:\w+ )?{_PRODUCT}|hav(?:e|ing) (?:this|the) (?:issue|task|ticket|one)\b"
    r"|try(?:ing)? (?:to |and )(?:fix|solv|implement|work|do|tackl|address|resolv|add|help|contribut|get|send|open"
    r"|submit|writ)|try my (?:best|luck|hand)|try(?= *[.!?]|$)|do (?:the|some|all|both|my) (?!same|following"
    r"|(?:\w+ )?(?:search|check|test run|install|comparison|steps))\w+|(?:mak|do|appl|carry out)(?:e|ing|y)? (?:the"
    r"|that|this|these|those|all|some|a)? ?(?:\w+ ){0,2}?(?:changes?|edits?|updates?|corrections?|adjustments?"
    r"|modifications?|fixes)\b|come (?:up|back) with (?:a|an|the|my|something|what)\b|what i can (?:come up|do|get)"
    r"|get involved\b|be (?:a )?part of (?:this|it)\b|be responsible\b|be the one\b|be mine\b|manage (?:this|it"
    r"|that)\b|investigat(?:e|ing)\b|pick(?= *[.!]|$)|work (?:here|locally|there)\b|get (?:something|this|it|that"
    r"|the \w+) (?:done|working|up|ready|finished)\b|contribut(?:e|ing)\b(?! (?:guid|doc|\w+\.md))|participat(?:e"
    r"|ing)\b|volunteer(?:ing)?\b|(?<!need )(?<!some )(?<!any )(?<!appreciate )help(?: you)?(?: out)?(?= *[.!?,;:)]|$"
    r"| here| on this"
    r"| if (?:you (?:want|like|wish)|that is|needed)| with (?:this|it|that|the|a|your)\b)|work (?:updat|translat|add"
    r"|fix|implement|writ)ing\b|(?:make|create|build|implement|write|design|translate|draw) (?!sure|sense|it clear"
    r"|a guess|a list|a suggestion|a note|an issue|a new issue|another issue|a separate issue|a comment"
    r"|the (?:same )?mistake)(?:the|a|an|some|one|for|into|to|in)\b|(?:proceed|continue|go on|carry on|mov(?:e"
    r"|ing) (?:forward|on)|get)(?:ing|ting)? (?:started )?(?:with|on) (?:this|it|that|the)\b|(?:get|jump|div|dig)(?:e"
    r"|ting|ing|ging)? (?:right )?(?:in)?to (?:this|it|that)\b|carry(?:ing)? (?:this|it) (?:on|forward|out)\b"
    r"|get (?:this|it|that) (?:in|into|done|sorted|fixed|working|over|going|started|up|ready|finished)\b|chip in\b"
    r"|jump in\b|pitch in\b|be (?:translat|implement|add|writ|creat|updat|document|fix|convert|migrat|refactor|replac"
    r"|remov)ing\b|(?:help|assist)(?:ing)? (?:to )?(?:fix|solve|implement|resolve|translate|write|add|document|test"
    r"|convert|update|improve|with this|with it)\b|(?:be|get|being|getting) (?:\w+ )?(?:assigned|allotted|allocated"
    r"|entrusted|trusted with|considered for)\b|up for (?:this|it|doing|working|taking|a challenge|the challenge)\b"
    rf"|{_MAKE}{_SOME}{_PRODUCT}"
    r"|(?:give|lend)(?:ing)? (?:you )?a (?:helping )?hand\b"
    r"|start(?:ing)? (?:work(?:ing)?|with|on|develop\w*|implement\w*|cod\w+|fix\w*)\b|tak(?:e|ing) (?:on the\b"
    r"|care of (?:this|it|that|the)\b|charge\b)|start(?= *[.!?]|$))"
)
# Whatever is done to "this", by whom it will be done or who can do it.
_DONE_TO_IT = (
    rf"\b(?:(?:i|we) (?:will|can|could (?=happily|gladly|easily)|may|might|shall|am going to|are going to"
    rf"|am about to)|(?:i|we) (?:would (?:\w+ )?(?:like|love)|want|plan|intend|hope|am (?:happy|glad|willing|keen"
    rf"|ready|eager)) to) (?:{_ADVERB}|try to ){{0,2}}(?!{_NO_DEED_TO_IT})[a-z]{{3,}}(?<!ing)(?<!ly)"
    r" (?:this|it|these|them|those)\b(?! (?:is|was|would|will|should|has|does|seems|happens)\b)"
    rf"|\b(?:i|we) would (?:happily|gladly|love to|like to) (?!{_NO_DEED_TO_IT})[a-z]{{3,}} (?:this|it|these|them)\b"
)
# With "I will" nearly every verb is a deed; what one does with a program, and with words, is none.
_NO_WILL = (
    rf"(?:{_NO_DEED_TO_IT}|try (?:your|the|that|out|with|to (?:use|run|reproduce|install))|(?:update|upgrade"
    rf"|downgrade|switch|move"
    r"|stick|go (?:with|for)|come back (?:to|if|when)|stay|continue|keep|end|try|write|open an|create an|post"
    r"|work on (?:something|another|other)|announce|release|publish|deploy|revisit|decide|triage|schedule|clarify"
    r"|add (?:a (?:note|comment|link|label)|more|that|some|my|to)|never|probably|look forward|appear|happen|check"
    r"|reply|respond|answer|come|return|stop|accept|send (?:you|logs?)|attach|paste|upload|provide|include|rather"
    r"|certainly be|definitely be|soon be|gladly be|make sure|start using|assign|unassign|ping|mark|close|leave)\b)"
)
_WILL = (
    rf"\bi (?:will|shall|am going to|am about to) (?:{_ADVERB}|try to |try and ){{0,2}}(?!{_NO_WILL})[a-z]{{3,}}"
    rf"(?<!ing)(?<!ly) (?!(?:\w+ ){{0,4}}?{_PAPERWORK})"
)
_PROGRESS = (
    r"(?:\b(?:i )?am|\bwe are|^(?:hi|hello|hey)?[ ,!]*|[,.;:!] ?|\b(?:and|but|so) )(?:(?:still|currently|already|now"
    r"|actively|just|busy|slowly|actually) ){0,2}"
)

# Claims without a wish: somebody is at it, has something, asks for it, or takes it in a word ------------------------

_GIVE = r"(?:re)?(?:assign|allot|allocat|reserv|delegat|entrust|giv|hand)(?:e|ed|ing)?"
_AT_IT = (
    rf"{_PROGRESS}(?:hacking on|going for (?:this|it)|(?:beginning|starting) with the|at (?:work on )?(?:this"
    rf"|it)(?! the same)|chipping away at|halfway|half way|making progress"
    r"|nearly (?:done|there|finished)|almost (?:done|there|finished)"
    rf"|(?:{_TAKE}|{_MEND})ing (?:up )?{_THIS}|(?:div|digg|jump)ing into (?:this|it)|(?:prepar|writ"
    rf"|work)ing (?:locally )?(?:on )?(?:an?|the|my) (?:\w+ )?{_PRODUCT}|adding myself"
    rf"|working with \w+ \w+ on (?:this|it|that))\b"
    r"|\b(?:i|we) have (?:already |just |almost |nearly |mostly )?(?:forked|made (?:the|that|this|these|those|all"
    r"|some|most)|finished(?! (?:reading|testing))|written (?:the|a|some|most|it))\b|(?<!you )\b(?:currently|already"
    r"|now|still"
    r"|actively|started|(?<!to )start|begun|began) (?:to )?(?:work|hack)(?:ing)? on\b"
    rf"(?! {_OWN_THING} (?!(?:\w+ )?{_WORK_ITEM})| #\d)"
    r"|\bi(?: have)? (?:already |just )?(?:started|begun|been working)\b(?! (?:to (?:get|see|use)|getting|seeing"
    r"|using|around|with (?!(?:this|it)(?: (?:issue|one|task))?(?= *[.!,;]|$| today| now))|at|for|in))"
    rf"|^(?:(?:hi|hello|hey)\b[\w ,!]{{0,20}})?(?:i will |i am |currently |still )?(?:looking (?:in ?to|at) (?:this"
    rf"|it)\b|(?:{_TAKE}|{_MEND})ing (?:up )?(?:this|it)\b|working on\b(?! {_OWN_THING} (?!(?:\w+ )?{_WORK_ITEM})"
    rf"| #\d)|having a (?:go|try|crack"
    r"|stab)\b)|^(?:i )?(?:just )?start(?:ed|ing) (?:on|work(?:ing)?|with (?:this|it)(?! \w+(?: (?:is|the"
    r"|version))))\b|\bi start (?:tonight|today|tomorrow|now|from (?:today|tomorrow|monday))\b|^attempting\b"
    rf"|\b(?:i|we)(?: have)? (?:just |already )?(?:picked|chosen|chose|selected|claimed|grabbed) (?:up )?{_THIS}"
    r"(?! (?:because|over))|\b(?:worked on|handled|done|taken|taken care of|looked at) by (?:me|us|myself|my team)\b"
    r"|^(?:on|in) progress\b|\bi(?: have)? got (?:this|it)(?= *[.!,)]|$)|(?:^|\b(?:i"
    r"|we)(?: have)? )(?:already )?(?:have "
    r"|got )(?:this|it) (?:\w+ )?working\b"
    r"|\bi (?:have )?(?:completed|finished|implemented|done|solved) (?:it|this|that)\b|\bi am on this\b(?! (?:page"
    r"|list|thread|team|channel|project|version))|\bi (?:will |am )(?:be )?on it\b"
    r"|^(?:\w+,? )?(?:i am )?on it\b(?! (?:is|was|has))|^(?:i am )?wip\b|\bstill (?:on|at) (?:it|this)\b(?! ?\?)"
)
_HAS = (
    r"(?:\b(?:i|we) (?:have|got|have got)|^(?:have |already )?got) (?:already |now )?(?:got )?(?:an?|the|my|some"
    r"|this) (?:\w+ ){0,2}?(?:(?:fix|patch|branch|draft|prototype|poc|wip)(?! (?:is|was|to suggest|for you))"
    r"|(?:working |first |complete )(?:version|solution|implementation))\b|\b(?:pr|pull request|fix|patch|mr|draft"
    r"|branch) (?:is |will be |should be )?(?:coming|incoming|to follow|on (?:the|its|their) way|soon|will follow"
    r"|follows"
    r"|tomorrow|tonight|underway|under way|in the works|almost ready|nearly ready|ready soon|later today)\b"
    r"|\bexpect (?:an?|the|my|it|them|something) (?:\w+ )?(?:pr|patch|pull request|fix|draft|within|by|soon|tomorrow"
    r"|tonight|this week|next week|on|shortly)\b|^eta\b|\bcoming (?:right )?up\b|(?:^|[,.;:!] ?|\bi |\bwe )(?:should"
    r"|hope to|will|shall) have (?:something|it|this|a \w+|the \w+|an? \w+ \w+) (?:to show|ready|done|up|in|for you"
    r"|for review|finished|pushed|by|soon|tomorrow)\b|\bconsider (?:it|this) done\b"
)
_ASKS_FOR_IT = (
    r"\b(?:can|could|may) (?:i|we) (?:\w+ ){0,2}?(?:have|get) (?:this|it|that)(?: one| issue| task)?(?= *(?:[.!?,;:)]"
    r"|$|please|to work|for|as|under))"
    rf"|\b{_GIVE} (?:me|us|myself)\b(?! (?:by (?:mistake|accident)|an?\b|some|any|more|another|other|the (?:same"
    rf"|following|error)"
    r"|error|feedback|advice|credit|details|access|hints?|pointers?|no\b|only\b|back\b))|\b(?:re)?(?:assign|allot"
    r"|allocat|reserv|delegat)(?:e|ed|ing)?\b(?: \w+){0,4} (?:to |for )?(?:me|us|myself"
    r"|my account)\b(?! by (?:mistake|accident)| (?:an?|some|another|more|other) (?:\w+ )*(?:issues?|tasks?|ones?)\b)"
    r"|\b(?:give|hand|leave|entrust"
    r"|hold|keep|save) (?:this"
    r"|it)(?: \w+)? (?:to|for|with) (?:me|us)\b|\b(?:given|handed|entrusted) to (?:me|us)\b|\byou will (?:see|have"
    r"|get|hear) \w+ from (?:me|us)\b|\bgive me (?:the|this) (?:weekend|week|evening|day)\b|\bgive me (?:this|it"
    r"|a chance|an? (?:day|week|hour|moment|weekend)|till|until|\d+ (?:days?|hours?|min\w*|weeks?))"
    r"|\brequest\w* (?:\w+ )?assign|\b(?:assign|allot) (?:this|it)(?: issue| task)?(?: to)?$"
    r"|\bplease (?:\w+ )?this issue to me\b|\b(?:please|kindly|(?:can|could|would|will) (?:you|someone|anyone"
    r"|somebody)(?: please| kindly)?) (?:re)?(?:assign|allot)(?=(?: (?:this|it|the|that))?(?: issue| task"
    r"| one)?(?: please| thanks)? *(?:[.!?,;:(]|$))|\bself[- ]assign|^(?:please )?assign(?: please|$)|\b(?:put|sign"
    r"|write|pencil) (?:my name|me|us) (?:down|on|up|in|for)\b(?! (?:to date|to speed|touch))|\b(?:help|guide"
    r"|assist) me (?:\w+ )?(?:with |through |out |in |to |on )?(?:what (?:changes|to)|how to|(?:fix|solv|do"
    r"|resolv)(?:e|ing)?\b)|\b(?:can|could|may) (?:this|it) be (?:mine|my \w+)\b|\bmy name on (?:this|it)\b"
    r"|\bhow (?:should|can|do|could|may) (?:i|we) (?:proceed|continue|go on) (?:with|on) (?:this|it)\b"
    r"|\bpick me\b(?! up)"
    r"|\bcount me in\b(?! as\b)"
)
_IN_A_WORD = (
    r"\b(?:will|like to|going to|want to) continue (?:from|with|the work|working|this week|next week)\b|"
    r"\bnot forgotten (?:about )?(?:this|it)\b|(?:^|[.!,] ?)will (?:push|submit|send) (?:something|it|this|soon"
    r"|shortly|later)\b|\bthen i (?:take|do|start|go for)\b"
    r"|\bif not,? (?:i|we) (?:could|can|will|would)\W*$|(?:^|[.!] ?)should be able to (?:push|finish|submit)\b"
    r"|\bif so,? (?:i|we) (?:would|will|can|could) (?:like to |be happy to |happily )?(?:send|open|submit|make|do"
    r"|work|take|write|try|give)\b|\bwould (?:a|my) (?:pr|pull request|patch) be (?:welcome|accepted|ok"
    r"|okay|useful|appreciated)\b|\bif i should (?:go for (?:this|it)|start(?! \w+ing)|take (?:this|it))\b|"
    # A command of a bot, on a line of its own.
    r"^[./!#]*(?:take|assign(?: ?me)?|claim|mine|pick)[.! ]*$|^[./!#]+(?:take|assign|claim"
    r"|attempt)\b(?! @(?!me\b)).{0,20}$|@[\w-]+ (?:claim|assign @)|\bdibs\b|\bi volunteer\b|\bme please\b"
    r"|\bme\W{1,3}me\b|^me\W*$|\b(?:pr|patch|pull request|contribution|fix|help) from me\b|\bi claim (?:this|it)\b"
    r"|\bleave (?:this|it)(?: one| issue)? (?:to|with) me\b|\b(?:this|it|this one) is mine\b|^mine\b|\bi call (?:this"
    r"|it|dibs)\b|^(?:ok|okay|alright|sure|yes|yep|great|cool|perfect|got it|thanks?)[ ,!.]*will do\b"
    r"|\bsee what i can (?:do|come|get|put)\b|\bchallenge accepted\b|\bi am (?:in|game|down|your (?:man|woman|person"
    r"|guy|girl))(?= *(?:[.!,]|$|for (?:this|it)))|\bi am up for (?:this|it)\b|\bappl(?:y|ied|ying) (?:to work on"
    r"|for) (?:this|it)\b"
)
# The answer to a template that asks who is at work.
_AT_WORK_SAYS = r"\bare you working on (?:this|it)(?: issue)?\b[^\n]{0,20}\n+(?:[-*] \[x\] )?yes\b(?! ?/| or)"
# Who speaks for another has it done, be they a newcomer or a maintainer.
_ONE_OF_OURS = (
    r"\b(?:an?|my|our) (?:\w+ )?(?:students?|interns?|colleagues?)\b[^.?!\n]{0,40} will (?:do|take|implement|fix"
    r"|work on) (?:this|it)\b"
)
_INTEREST = (
    rf"{_AT_WORK_SAYS}|"
    r"\b(?:have|got) (?:an? |\w+ )?interest (?:to|in) (?:work|tak|fix|contribut)|(?:\b(?:i am|i was|am) (?:\w+ )?"
    r"|^(?:\w+ )?)interested (?:in|to) (?:(?:this|it|the|that)\b(?! (?:feature|too|as well|topic|result|discussion))"
    r"|(?:work|tak|fix|solv|pick|contribut(?!ions?\b)|help(?!ing you)|mak|do|add|writ|creat|implement|try))|^(?:hi"
    r"|hey|hello)?[ ,!]*(?:i am |i would be )?(?:very |really |also )?interested(?: too)?\W*$|\bif (?:not|no ?one"
    r"|nobody|it(?: is)?|this is)\b[^.?!\n]{0,50}\b(?:(?:i would|i will) (?:like|love|be (?:happy|glad)) to|may i"
    r"|can i|could i)\W*$|^(?:i )?want this (?:issue|one|task)\W*$|\b(?:i would like|i would love|i want) this (?:one"
    r"|issue|task)\b|\b(?:i|we) (?:plan|intend) to (?:add|change|fix|updat|implement|writ|creat|remov|replac|edit"
    r"|translat|refactor|document)"
    rf"|{_ONE_OF_OURS}"
    rf"|\b(?:i|we) (?:can|could|would|will) (?:\w+ )?(?:get|put|have|find|allocate|ask|assign) (?:someone|somebody"
    rf"|a \w+|one of \w+|people) (?:from|in|of|on) (?:my|our) {_PEOPLE}"
)
# The deeds of who brings something of their own: "I can provide the pictures".
_BRINGS = (
    rf"\b(?:i|we) (?:will|can|could|may|might|shall|am going to|are going to) (?:{_ADVERB}){{0,2}}"
    r"(?:provide|contribute|supply|deliver|translate|draw|record|prepare|upstream|port) (?:the|an?|some|my|our|those"
    r"|these|both|all|\w+ translations?)\b(?! (?:\w+ ){0,2}?(?:repro\w*|example|logs?|information|info|details"
    r"|screenshots?|traceback|context|feedback|input|guidance|help|support|link|data ?set|sample|stack ?trace|dump"
    r"|video|output|pointers?|hints?))"
)
# The most frequent ways in other languages, for newcomers write in theirs.
_ELSEWHERE = (
    r"\b(?:posso|podemos|gostaria de|quero|vou|queria) (?:\w+ ){0,2}?(?:pegar|fazer|tentar|assumir|trabalhar|resolver"
    r"|contribuir|implementar|ajudar)|\b(?:puedo|podr[i\u00ed]a|quiero|quisiera|me gustar[i\u00ed]a"
    r"|voy a) (?:\w+ ){0,2}?(?:encargar\w*|tomar\w*|hacer\w*|trabajar|ayudar|resolver\w*|contribuir|intentar\w*"
    r"|arreglar\w*|colaborar)|\bme encargo\b|\bje (?:peux|veux|voudrais|vais|souhaite\w*|aimerais|pourrais"
    r"|me propose) (?:\S+ ){0,3}?(?:m ?occuper|prendre|faire|travailler|aider|essayer|contribuer|corriger|charge)"
    r"|\bpeux m ?en occuper|\bje (?:m ?en|me|prends|m ?y) (?:charge|occupe|colle|mets|prends)|\bich (?:w\u00fcrde"
    r"|kann|m\u00f6chte|will|wuerde|moechte|werde|\u00fcbernehme|mache|k\u00f6nnte)\b[^.?!\n]{0,50}(?:versuchen"
    r"|\u00fcbernehmen|machen|k\u00fcmmern|helfen|daran|bearbeiten|beheben|erledigen|angehen)|\bich (?:\u00fcbernehme"
    r"|mache) das|\u6211\u6765(?!\u81ea)|\u6211(?:\u60f3|\u53ef\u4ee5|\u8981|\u4f1a|\u613f\u610f"
    r"|\u80fd)[^\u3002\uff1f?.\n]{0,6}(?:\u505a|\u4fee|\u8bd5|\u5b8c\u6210|\u8d1f\u8d23|\u53c2\u4e0e|\u5904\u7406"
    r"|\u5b9e\u73b0|\u8ba4\u9886|\u63d0)|\u4ea4\u7ed9\u6211|\u8ba9\u6211(?:\u6765|\u505a|\u8bd5)|\bdeixa comigo\b"
    r"|\bmujhe (?:\w+ )?(?:assign|de)\b|\b(?:main|mein|mai) (?:\w+ ){0,4}?(?:kar ?(?:dunga|dungi|loonga|lunga|sakta"
    r"|sakti)|karunga|karungi)|\b(?:posso|vorrei|potrei) (?:\w+ )?(?:occuparm\w*|prender\w*|farl\w|lavorar\w*"
    r"|provar\w*)|\bme ne occupo|(?:\u0432\u043e\u0437\u044c\u043c\u0443\u0441\u044c|\u0431\u0435\u0440\u0443"
    r"|\u044f \u0441\u0434\u0435\u043b\u0430\u044e|\u043c\u043e\u0433\u0443 \u0432\u0437\u044f\u0442\u044c"
    r"|\u0432\u043e\u0437\u044c\u043c\u0443)|\u3084\u3063\u3066\u307f|\u3084\u308a\u305f\u3044"
    r"|\u3084\u308a\u307e\u3059|\u62c5\u5f53|\u5bfe\u5fdc\u3057\u307e\u3059"
)
_CAN_MEND = r"\b(?:i|we) (?:can|will|could) (?:fix|solve|implement|handle|tackle|do)(?= *[.!,;]|$| if\b)"
_CLAIM = pattern(
    rf"{_CAN_MEND}|{_WISH} {_GAP}{_DEED}|{_DONE_TO_IT}|{_WILL}|{_AT_IT}|{_HAS}|{_ASKS_FOR_IT}|{_IN_A_WORD}"
    rf"|{_INTEREST}|{_BRINGS}"
    rf"|{_ELSEWHERE}",
    re.MULTILINE,
)


def claims(text: str, verb: str = "") -> bool:
    """Return whether a comment takes the issue, or asks for it, in whatever words.

    `verb` is what the title asks to do: who would like to "translate the guide" takes an issue "Translate the guide".
    """
    said = _ASKS_FIRST.sub(" ", spelled_out(text))
    taken = _last(_CLAIM, said)
    if verb:
        asked = re.compile(rf"{_WISH} {_GAP}{re.escape(verb)}(?:e|ing)? (?!that\b)", re.MULTILINE)
        taken = max(taken, _last(asked, said))
    # The last word counts: "I'd love to, but I have no time", "I had no time, but will do it tonight".
    return taken >= max((match.end() for match in _LEAVING.finditer(said)), default=0)


def _last(words: re.Pattern[str], said: str) -> int:
    """Return where the last passage begins that the pattern finds, -1 for none."""
    return max((match.start() for match in words.finditer(said)), default=-1)


# "Must I know Rust to work on this?" asks before it claims, "any good first issues, ..." for another one.
_ASKS_FIRST = pattern(
    r"^(?:(?:hi|hello|hey)\b[^\n]{0,20}?)?(?:@[\w-]+,? )?(?:(?:hi|hello|hey)\b,? )?(?:are there "
    r"|is there )?any (?:other |more |good "
    r"|nice |easy |suitable )*(?:first )?(?:issues?|tasks?|tickets?)\b(?: for \w+| available| left)*, [^.?!\n]*|"
    r"\b(?:must|should|do|would|will) (?:i|we) (?:\w+ ){0,3}?(?:know|familiar|experienced?|skills?"
    r"|knowledge)\b[^.?!\n]*\?"
)

# A maintainer offers help with the words of a claim, so only what leaves no doubt is theirs -----------------------

_SURELY = (
    r"(?:\b(?:i|we) (?:will|shall|am going to|are going to|am about to)|\blet me|^(?:ok,? |yes,? )?(?:i )?will"
    rf"|[.!?,;:] ?will) (?:{_ADVERB}|try to |go ahead and |have to |need to |just |be the one to ){{0,2}}"
)
_WITH_YOU = (
    r"(?! (?:with|for|together with|alongside|off your hands) you|[^.?!\n]{0,30}\byou (?:can|could|want|would)\b)"
)
_WILL_DO_IT = (
    rf"{_SURELY}try (?:either )?(?!us|runn|reproduc|test|check|build)\w+ing (?:this|it|that|the)\b|"
    rf"{_SURELY}(?:(?:{_TAKE}|{_MEND}|do|squeez|slip|bundl)(?:e|ing)? (?:up |on |out )?(?:this|it|that|these"
    rf"|them)\b(?! (?:to|into|up with) (?:the|my|our) (?:list|board|milestone|team|agenda))|pick (?:this|it) up"
    rf"|work(?:ing)? on (?:this|it|that|the|a)\b|(?:get|come) (?:round |around |back )?to (?:this|it)"
    rf"|get on (?:this|it)|{_MAKE}{_SOME}{_PRODUCT}|(?:look into|have a look at) (?:this|it)|push (?:it|later|once"
    rf"|when|soon|tomorrow"
    rf"|tonight|something)){_WITH_YOU}"
    rf"|{_SURELY}(?!{_NO_WILL})\w+ (?:this|it|that|them)\b[^.?!\n]{{0,20}}\b(?:today|tomorrow|tonight|this (?:week"
    rf"|weekend"
    r"|evening)|next week|soon|later)\b"
    r"|^(?:i )?will (?:fix|do|add|handle|implement|take|submit|send|open|update|change|correct)\b(?! (?:you|another"
    r"|an? (?:new )?issue|(?:some |more |a bit |few )*(?:details?|info\w*|context|notes?|links?|screenshots?)))"
)
_DOES_IT = (
    r"\b(?:i am|we are(?! doing)) (?:currently |already |now |actively |still )?(?:working on|fixing|implementing"
    r"|preparing"
    r"|doing|hacking on) (?:this|it|that|a fix|a pr|a patch|the|adding|making|implementing|fixing)\b"
    r"|^(?:i am )?(?:already )?on it\b(?! (?:is|was|has))|\bi am on (?:it|this)\b(?! (?:page|list|thread|team|channel"
    r"|project))"
    rf"|^(?:{_TAKE}|{_MEND}|work)b?ing (?:on |up )?(?:this|it)\b|^(?:i am )?looking (?:into|in to|at) (?:this|it)\b"
    r"|\bi(?: have)? (?:already |just )?(?:started|begun) (?:work|on|fix|implement|to work|with this|(?:an?|the"
    r"|my) (?:branch|draft|pr"
    r"|patch))|\b(?:changing"
    r"|fixing|doing|updating|adding) (?:it|this|that)? ?(?:right )?now\b|^(?:ok|okay|yep|yes|yeah|sure"
    r"|right)?\W{0,4}(?:fixing|doing) (?:it|this)\W*$|\b(?:done|handled|worked on|taken care of) by (?:me|myself)\b"
    r"|\b(?:this|it) is (?:currently |already )?(?:happening|being (?:done|worked on|addressed)|under ?way) in #\d+"
    r"|^(?:(?:this|it|work|that)(?: on (?:this|it))? (?:is )?)?(?:already |now |currently )?(?:under ?way|in the works"
    r"|in progress)\b(?: (?:in|on|at|here)\b| *[.!:]| *$)"
)
_MEANS_TO = (
    rf"(?:\bi am |\bi |^)(?:intend|plan|aim|going|planning)(?: on|ing)? (?:to )?(?:{_TAKE}|{_MEND}|do|add"
    rf"|work|start)(?:e|ing)?"
    rf" (?:on )?(?:this|it|that)\b(?! to (?:the|our|my) (?:\S+ )?(?:list|board|milestone|agenda|good))"
    rf"(?![^.?!\n]{{0,60}}\b(?:if|unless) (?:no ?one|nobody|there)){_WITH_YOU}"
    rf"|(?<!otherwise )(?<!otherwise, )\bi (?:will|am going to) (?:soon )?be (?:work|add|do|fix|implement|writ"
    rf"|updat)ing (?:on )?(?:this|it|that|these)\b{_WITH_YOU}"
    rf"|\bi (?:intend|plan|aim|mean) to {_MAKE}{_SOME}{_PRODUCT}"
    rf"|\bmy (?:goal|plan|aim) is to (?:{_MEND}|do)(?:e)? (?:this|it)\b|\b(?:draft|branch|patch|prototype) of mine\b"
    r"|\b(?:to-?do|note|reminder) (?:for|to) (?:my)?self\b|^(?:it|this)(?: one)? is on my (?:(?:own"
    r"|personal) )?(?:plate|(?:to-?do )?list)\b"
    r"|^on my (?:to-?do )?(?:plate|list)\W*$"
    rf"|\bmy {_PRODUCT} (?:is )?(?:(?:almost|nearly) (?:ready|done|there)|coming(?: soon| up)?(?= *[.!,]|$)"
    rf"|on (?:its|the) way)"
    rf"|^{_PRODUCT} (?:is )?(?:coming|incoming|on (?:its|the) way)\b|\bassigning (?:this "
    rf"|it )?(?:to )?(?:me|myself)\b"
    rf"|{_ONE_OF_OURS}"
    r"|^doing this(?: one)?\b(?= (?:as part|now|today|over the|this week|next week)\b)|\bi will be looking (?:in ?to"
    r"|at) (?:this"
    r"|it)\b"
    r"|^mine\W*$"
    rf"|{_AT_WORK_SAYS}"
    r"|\bi am in the middle of (?:\w+ing )?(?:this|it)\b|\bi (?:will|would like to|want to|am going to) do (?:this|it)"
    r"(?: one)? myself\b"
)
_KEEPS_IT = (
    r"^[./!](?:assign|take)\b(?! @(?!me\b))|\bgive me (?:the|a|till|until|this) (?:weekend|week|day|\w+day)"
    r"|\bleave (?:this|it)(?: one)? (?:to|with) me\b|\bkeep(?:ing)? (?:this|it)(?: one)? (?:for|to) (?:myself|me)\b"
    r"|\bthis (?:one )?is mine\b|\b(?:i|we) (?:have|got|have got) (?:already "
    r"|now )?(?:got )?(?:a|the|my) (?:[\w-]+ )?(?:branch|patch|draft|fix|prototype) (?:for|of|locally|ready|almost"
    r"|nearly|in the works|lying|sitting|that (?:does|fixes))"
)
_WORKS = pattern(f"{_WILL_DO_IT}|{_DOES_IT}|{_MEANS_TO}|{_KEEPS_IT}", re.MULTILINE)


def works(text: str) -> bool:
    """Return whether a comment says beyond doubt that its writer will do it, and does not just offer help."""
    return _WORKS.search(spelled_out(text)) is not None


# Giving back ----------------------------------------------------------------------------------------------------------

_CAN_NOT = (
    rf"(?:\b(?:i|we) (?:{_ADVERB})?|^|[.,;:!] ?|\b(?:and|but|so|unfortunately|sadly) )"
    r"(?:(?:can|could|will|would|do|did|am|are|have|was|might|may) (?:\w+ )?)?(?:not|no longer|never|hardly"
    r"|unable to) (?!wait\b|ask\b|require\b)(?:(?!know\b|sure\b|how\b)\w+ ){0,5}?"
)
# To have spoken where one did not mean to.
_WRONG_PLACE = (
    r"\bwrong (?:issue|thread|tab|window|ticket|repo\w*|place|number)\b|\b(?:ignore|disregard|forget) (?:me|my|that"
    r"|the above|this comment)\b"
)
_LEAVES = (
    rf"{_CAN_NOT}(?:work(?:ing)? on|finish|continue|complete|go on|get (?:\w+ )?(?:to|around|round)|tak(?:e"
    rf"|ing) (?:this|it)"
    r"|finish|(?:find|have|got|had|spare|make) (?:\w+ ){0,3}?(?:time|capacity|bandwidth|energy)|make it|contribute"
    r"|manage|do (?:this|it)(?! (?:alone|without|yet))|pursue|commit (?:to|my|any|the)|make (?:any )?progress"
    r"|solve (?:this|it))\b"
    r"|\b(?:i|we) (?:do not|did not) think (?:i|we) can\b|\bbeyond my\b|\b(?:over|above) my head\b"
    r"|\bout of my depth\b|\btoo (?:hard|difficult|complex|complicated|much|advanced) for me\b|\bno longer (?:able"
    r"|interested|have|plan|working)\b|\bi am not (?:currently |actively |really )?working\b|\bhave not (?:been able"
    r"|started)\b|\b(?:no|without|lack of|out of|not enough|zero) (?:\w+ )?(?:time|capacity"
    r"|bandwidth)\b(?= *(?:[.!,;:)]|$|to|for|at|right|now|this|any|left|currently|atm|after|in|on|lately|these))"
    r"|\b(?:swamped|snowed under|overloaded|overwhelmed|tied up)\b|\b(?:stepping|step|backing|back|bowing|bow"
    r"|dropping) (?:down|away|back|out)\b|\b(?:i )?(?:have )?(?:stop(?:ped|ping)?|quit) (?:working|here|on this)"
    r"|^stopped\b|\bg[ai]v(?:e|en|ing)? (?:it |this |that )?(?:up|back)\b|\blost (?:interest|access|track)\b"
    r"|^never ?mind\b(?=\W*$|[^.\n]{0,30}\b(?:hard|much|time|dark|too)\b)|\bchanged my mind\b|\bfalse alarm\W*$"
    r"|\bdecided not to (?:do|take|work on) (?:this|it)\b"
    r"|\bunassign(?! (?:when|if|after))|\b(?:remov|tak|strik|cross)(?:e|ing) (?:me|myself|my name) (?:off|out|from)\b"
    r"|\b(?:you can|please|feel free to|can you|could you) remove me\b|\bplease reassign\b|\bdropp?(?:ing)? (?:this"
    r"|it|out)\b|\blet(?:ting)? (?:this|it) (?:one )?go\b|\b(?:hand|pass|turn|return|releas|free|giv)(?:e|ing"
    r"|ed)? (?:this|it)(?: one)? (?:back|over|on|up)\b|\breleas(?:e|ing) (?:this|it)\b"
    r"|\bi (?:will )?pass(?:ing)?\b(?: on (?:this|it))|\b(?:have|need|want) to (?:pull|drop|back|bow|bail) out\b"
    r"|\bhelp yourself\b|\bi am (?:out|off)(?= *(?:[.!,]|$))|\bneither (?:can|do|am|have|will|could) i\b"
    r"|\bwithout me\b|\bgo on without\b|\bnot (?:one )?for me\b|\bdo not wait for me\b|\bcount me out\b"
    rf"|{_WRONG_PLACE}|\bmeant (?:to (?:comment|post|write|answer"
    r"|reply)|(?:this |that )?for (?:#|another|a different))|\bsorry for the noise\b"
)
_LEFT_TO_OTHERS = (
    r"\bleav(?:e|ing) (?:it|this) (?:to|for) (?:someone|somebody|others?|you|anyone)|\b(?:you|someone else"
    r"|somebody else|anyone else|anybody|others|anyone|whoever \w+) (?:can|may|could|are free to|is free to"
    r"|is welcome to|should|please) (?:\w+ )?(?:take(?! a look)|have|pick|work|grab|continue|use)|\bfree to (?:take"
    r"|pick|work|grab|continue|go|claim)|\bit(?: is)? all yours\b|\b(?:yeah |yes )?sure,? (?:you can|take it"
    r"|go ahead)|\bup for grabs\b(?! ?\?)|\b(?:all )?yours if you want\b|\bmay be used by anybody\b"
    r"|\bpara quem quiser\b|\bsem tempo\b|\bif (?:someone|anyone|somebody|anybody)(?: else)? wants (?:it|this|to)\b"
)
_LEAVING = pattern(_LEAVES, re.MULTILINE)
_GIVEN_UP = pattern(f"{_LEAVES}|{_LEFT_TO_OTHERS}", re.MULTILINE)
_MISTAKEN = pattern(
    rf"{_WRONG_PLACE}|\bmeant (?:to (?:comment|post|write|answer|reply) |(?:this |that )?for |to link )"
    r"|^(?:oops|never ?mind|scratch that)\b",
    re.MULTILINE,
)


def gives_up(text: str) -> bool:
    """Return whether somebody says not to go on with it, or leaves it to others."""
    return _GIVEN_UP.search(spelled_out(text)) is not None


def retracts(text: str) -> bool:
    """Return whether a comment takes back what its writer has just said: it was meant for another place."""
    return _MISTAKEN.search(spelled_out(text)) is not None
