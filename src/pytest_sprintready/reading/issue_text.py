"""What the text of an issue says: whether it can be understood, where to look, when it is done, who has taken it.

All patterns are English, the language of nearly all trackers; what is written in another is judged by what needs no
language: length, paths, code, links, lists.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pytest_sprintready.reading.patterns import bounded, pattern

# Templates ask for these, and they say nothing of the task.
_COMMENT = pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = pattern(
    r"^[ \t]*[-*]\s*\[[ xX]\].{0,200}\b(?:i (?:have|'ve|agree|am|would|confirm|searched|checked|read"
    r"|understand)|searched|"
    r"existing issues?|code of conduct|latest version|duplicates?|documentation first)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
_NOTHING = pattern(r"^[ \t]*(?:_?no response_?|n/?a|none|\.\.\.|-+|todo|tbd)\s*\.?\s*$", re.IGNORECASE | re.MULTILINE)
_HEADING = pattern(r"^\s{0,3}#{1,6}\s+.*$|^[ \t]*\*\*[^*\n]{1,80}\*\*:?\s*$", re.MULTILINE)
_PICTURE = pattern(r"!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>", re.IGNORECASE)
_ADDRESS = pattern(r"https?://[^\s<>()\[\]\"'`]+")
_FENCE = pattern(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)", re.DOTALL | re.MULTILINE)
_VERSIONS = pattern(
    r"^#{1,6}\s*(?:(?:your )?(?:current )?environment|system info\w*|versions?|(?:your )?setup|platform"
    r"|os|python version"
    r"|additional context)\b"
    r".*?(?=^#{1,6}\s|\Z)",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)

_SUFFIXES = frozenset(
    [
        "py",
        "pyi",
        "pyx",
        "pxd",
        "md",
        "markdown",
        "rst",
        "txt",
        "adoc",
        "yml",
        "yaml",
        "toml",
        "cfg",
        "ini",
        "json",
        "ipynb",
        "htm",
        "html",
        "css",
        "scss",
        "js",
        "jsx",
        "ts",
        "tsx",
        "vue",
        "svelte",
        "sh",
        "c",
        "h",
        "cc",
        "cpp",
        "hpp",
        "rs",
        "go",
        "java",
        "kt",
        "rb",
        "php",
        "cs",
        "swift",
        "sql",
        "lua",
        "r",
        "jl",
        "ex",
        "exs",
        "scala",
        "po",
        "pot",
        "xml",
        "lock",
        "bat",
        "ps1",
        "proto",
        "tf",
        "gradle",
    ]
)
_FILES = frozenset(["dockerfile", "makefile", "justfile", "contributing", "readme", "changelog", "license"])
# One run of characters without blanks is looked at as a whole, so the time grows with the text and no faster.
_TOKEN = pattern(r"[\w.@+/-]+(?:\(\))?")
_SPAN = pattern(r"`([^`\n]{2,200})`")
_DOTTED = pattern(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_WORDS_OF_CODE = pattern(
    r"[a-z0-9]+(?:_[a-z0-9]+)+|[A-Z0-9]+(?:_[A-Z0-9]+)+|(?:[A-Z][a-z0-9]+){2,}|\w{3,}\(\)"
    r"|--[a-z][\w-]+"
)
_POINTING_ADDRESS = pattern(
    r"https?://[^\s<>()\[\]\"'`]+/(?:pull|issues|merge_requests)/\d+#|https?://[^\s<>()\[\]\"'`]+/commit/|"
    r"https?://[^\s<>()\[\]\"'`]+/(?:-/)?(?:blob|tree|src|raw|blame|edit)/[^\s<>()\[\]\"'`]+"
    r"|https?://[^\s<>()\[\]\"'`]*(?:docs?[./]|readthedocs|/documentation|/en/|/stable|/latest|/guide|/api/|/reference"
    r"|github\.io|/wiki)[^\s<>()\[\]\"'`]*",
    re.IGNORECASE,
)
_ABBREVIATIONS = frozenset(["e.g", "i.e", "e.g.", "i.e.", "a.k.a", "etc", "vs"])

_CRITERIA = pattern(
    r"acceptance criteria|definition of done|\bdone when\b|success criteria|completion criteria|exit criteria"
    r"|requirements? (?:for|to) (?:close|closing)|closing criteria|what (?:needs|has) to be done|what to do\b"
    r"|^[ \t]*#*\s*\**(?:tasks?|to-?dos?|steps|solution|proposed (?:solution|change|fix)"
    r"|suggested (?:solution|change|fix)"
    r"|describe the solution.*|implementation.*|expected (?:behaviou?r|result|output|outcome).*|deliverables?"
    r"|how to (?:fix|solve|implement)\b.*|goals?|outcome|scope|the (?:fix|change|task))\**:?\s*$"
    r"|expected (?:behaviou?r|result|output|outcome)\b|\bexpected\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_BOXES = pattern(r"^[ \t]*[-*+]\s*\[[ xX]\]\s+\S", re.MULTILINE)
_OUTCOME = pattern(
    r"\b(?:should(?:n't| not)?|must|needs? to|has to|have to|ought to|instead of|rather than|so that"
    r"|make sure|ensure)\b"
    r"|\bwould be (?:really |very |super |a )?(?:nice|great|good|helpful|useful|better|ideal|awesome|cool|easy|handy)"
    r"|\b(?:we|you|one|i|it|this|that|they) (?:can|could|want(?:s)?|need|would like|propose|suggest|'d like|'d love)\b"
    r"|\b(?:fix|solution|idea|goal|aim|task|proposal|suggestion|plan|workaround"
    r"|feature request)\b.{0,20}(?:is|:|would|to\b)"
    r"|\b(?:proposed?|suggest(?:ed|ion)?|expect(?:ed)?|missing|lacks?|lacking|support for|it expects|please)\b"
    r"|\b(?:let's|lets|simply|just) (?:add|change|replace|rename|remove|use|update|move|make|write|have)\b",
    re.IGNORECASE,
)
_BEFORE_TASK = pattern(r"\[[^\]]{1,40}\]|[\w /-]{2,24}:|\W+|please ", re.IGNORECASE)
_TASK = pattern(
    r"(?:automatically |always |only |also )?(add|remove|delete|drop|fix|document|update|upgrade|rename"
    r"|replace|move|refactor|rewrite|write"
    r"|improve|support|allow|"
    r"enable|disable|make|use|convert|migrate|create|implement|include|expose|translate|clarify|test|check|clean|raise|"
    r"handle|show|hide|extend|change|switch|set|correct|split|simplify|introduce|provide|extract|link"
    r"|mention|deprecate|"
    r"bump|port|enforce|validate|ensure|avoid|reduce|increase|cover|build|set up|display|print|log|return|reject|warn|"
    r"publish|run|configure|explain|describe|sort|unify|define|apply|consolidate|streamline|optimi[sz]e|standardi[sz]e|"
    r"moderni[sz]e|integrate|generate|adopt|store|assign|tune|incorporate|save|load|render|highlight"
    r"|missing|no|need|better|typo|broken|wrong|"
    r"incorrect|outdated|inconsistent|unclear)(?:e?s|ed|ing)?\b",
    re.IGNORECASE,
)

_CLAIM = pattern(
    r"^[ \t]*(?:happy|glad|willing) to (?:submit|open|make|send|work|take|help|contribute|try|fix)\b|"
    r"\b(?:i(?:'d| would| will|'ll| want| am| m|'m| can| could| have| ve|'ve)?|we(?:'d|'ll| will| would)?) "
    r"(?:also |really |just |gladly |be )*(?:happy to |glad to |willing to |interested in |keen to |keen on |going to |"
    r"planning to |(?:like|love|want) to |try to |start(?:ed|ing)? (?:to )?|looking to |ready to )*"
    r"(?:(?:work(?:ing|ed)?|contribut(?:e|ing)|help(?:ing)?) (?:on|to|with) (?:this|it|that|the issue|the fix)\b"
    r"|tak(?:e|ing) (?:(?:this|it|that|the issue)\b(?! (?:is|as|to mean))|a (?:look|shot|stab|crack)|care of)"
    r"|giv(?:e|ing) (?:this|it|that) a (?:try|go|shot)|pick(?:ing)? (?:this|it|that) up|pick(?:ing)? up (?:this|it)"
    r"|tackl(?:e|ing) (?:this|it|that)|claim(?:ing)? (?:this|it)"
    r"|(?:fix|implement|address|resolve|solve|do|handle|attempt|try)(?:ing)? (?:this|it)\b"
    r"|(?:submit|open|make|creat|prepar|rais|send|put|draft|write|do)(?:e|ing|ting)? (?:up |together )?(?:a |an |the )?"
    r"(?:pr|pull request|patch|mr|merge request)\b|(?:create|open|make|submit)ing a pr|contribut(?:e|ing)\b)"
    r"|\b(?:can|could|may|shall|should) (?:i|we) (?:please |also )*(?:work|take|pick|try|tackle|claim"
    r"|be assigned|get assigned"
    r"|have (?:this|it)|give|contribute|start|open a pr|fix|help)\b"
    r"|\bassign (?:this|it|me|the issue)\b|\bplease assign\b|\bassign(?:ed)? (?:this |it )?to me\b|\bself[- ]assign"
    r"|^[ \t]*[./]?(?:take|assign(?: me)?|claim)\s*[.!]?\s*$|^[ \t]*/assign\b|@\w+ claim\b"
    r"|\b(?:currently|already|now|started|start|began) work(?:ing)? on (?:this|it|that|a fix|the)\b"
    r"|^[ \t]*(?:hello,? |hi,? )?working on\b"
    r"|\b(?:i'm|i am|i was) working on\b|^[ \t]*on it\b|\bi(?:'ve| have)? started (?:work|on|looking|implement)"
    r"|\bi(?:'d| would) (?:like|love) to (?:help|contribute|solve|fix|try|implement|address|attempt|be assigned)\b"
    r"|\b(?:i'm|i am) (?:happy|interested|willing|keen|glad)\b.{0,30}\b(?:work|contribut|tak(?:e|ing)"
    r"|help|pr\b|fix|submit)",
    re.IGNORECASE | re.MULTILINE,
)
_RELEASE = pattern(
    r"\bup for grabs\b|\bstill (?:open|available|up)\b.{0,40}\b(?:anyone|others?)|\bunassign"
    r"|\bfree for (?:anyone|others|the taking)"
    r"|\b(?:anyone|others?|somebody|someone else) (?:else )?(?:can|is|are|may|should feel"
    r"|feel)\b.{0,20}\b(?:welcome|free|take"
    r"|pick)|\bfeel free to (?:take|pick) (?:it|this) (?:up|over)\b.{0,20}\b(?:anyone|others?)",
    re.IGNORECASE,
)
_GIVEN_UP = pattern(
    r"\bno longer (?:working|able)\b|\bnot (?:able|going) to (?:work|finish|continue|take)"
    r"|\b(?:can't|cannot|won't|don't|do not) (?:work on|finish|continue|have (?:the |enough )?time)"
    r"|\b(?:stepping|step) (?:down|away|back)\b|\bstop(?:ped)? working\b|\bg[ai]ve up\b|\bfree to take\b",
    re.IGNORECASE,
)
_APPROVED = pattern(
    r"\b(?:thanks?|thank you|great|glad)\b.{0,30}\b(?:volunteer|taking (?:this|it)|picking|helping|for help)"
    r"|\ball yours\b|\bit's yours\b|\bassign(?:ed|ing) (?:it |this )?(?:to )?(?:you|@)|\bgo (?:ahead"
    r"|for it)\b|\bplease do\b",
    re.IGNORECASE,
)
_PULL_REQUEST = pattern(
    r"\b(?:opened|created|submitted|made|raised|pushed|sent|put up|drafted|filed|started|working on"
    r"|there(?:'s| is)(?: already)?(?: an?)?(?: open)?|have (?:an? )?(?:open|draft)?|see|my)\s+"
    r"(?:\w+ ){0,3}?(?:pr|pull request|merge request|mr)\b(?!s)"
    r"|\b(?:in|via|by|with) (?:pr|pull request|merge request)\s*[#!]?\d+"
    r"|\b(?:pr|pull request|merge request)\s*(?:is|was)?\s*(?:#\d+|up\b|ready\b|open\b|opened|submitted"
    r"|linked|here\b|https?:)"
    r"|\b(?:fixed|addressed|implemented|closed|resolved|solved|done|covered|handled) (?:by|in|via"
    r"|with) (?:\S+ ){0,3}?#\d+"
    r"|^[ \t]*(?:see )?(?:pr|pull request) #\d+|/(?:pull|merge_requests)/\d+",
    re.IGNORECASE | re.MULTILINE,
)
_NO_PULL_REQUEST = pattern(
    r"\b(?:prs?|pull requests?) (?:are |is |would be )?(?:very |always |more than )?(?:welcome|appreciated|accepted)"
    r"|\bwelcome (?:a |any )?prs?\b|\b(?:accept|review|appreciate|take|love|happy to (?:review|accept"
    r"|merge)|open to) (?:an? |any )?"
    r"(?:prs?|pull requests?)\b|\bfeel free to (?:open|submit|make|send|create|raise)|\bplease (?:open"
    r"|submit|send|make|raise)\b"
    r"|\b(?:would|could|can|do|if) you\b.{0,40}\b(?:pr|pull request)\b|\b(?:want|like) to (?:open|submit"
    r"|make|send|create)\b"
    r"|\b(?:similar|example|earlier|previous|old|closed|stale|abandoned|related)\b.{0,30}\b(?:pr|pull request)\b",
    re.IGNORECASE,
)
_DONE = pattern(
    r"\b(?:implemented|fixed|done|added|resolved|merged|released) (?:in|by|with|via|as of)\b.{0,12}(?:#\d"
    r"|\b[0-9a-f]{7,40}\b"
    r"|\bv?\d+\.\d)|"
    r"\bclos(?:ed|ing)\b.{0,20}\b(?:by|with|via|as|in favou?r)\b|\bclos(?:ed|ing) (?:in |by )?#\d+|"
    r"\b(?:(?:this|it|that|issue|bug|already|has been|have been|is|was|been|now) (?:\w+ )?"
    r"(?:fixed|resolved|implemented|solved|merged|addressed|done)|can (?:be|this be) closed"
    r"|(?:close|closing) (?:this|it|the issue)|(?:can't|cannot|unable to|could not|couldn't) reproduce|works for me"
    r"|no longer (?:relevant|needed|an issue|reproducible|applies)|already (?:exists|supported|possible"
    r"|done|there|works))\b",
    re.IGNORECASE,
)
_UNDECIDED = pattern(
    r"\b(?:not sure|unsure|undecided|unclear) (?:if|whether|that|about)\b.{0,60}\b(?:we|want|should|worth"
    r"|good idea|desirable|"
    r"best|right)\b|\b(?:need|needs|requires?|worth|further|some|more) (?:a |some |more "
    r"|further )?(?:discussion|design|decision|"
    r"consensus|thought|investigation)\b|\b(?:let's|lets|should) discuss\b|\bto be (?:decided|discussed)\b|\brfc\b"
    r"|\b(?:what do (?:you|people|others|we) think|thoughts|opinions|wdyt|any objections)\s*\?|\bopen question"
    r"|\bdo we (?:want|really|even|need|still)\b|\bshould we\b.{0,80}\?|\bi(?:'m| am) (?:-1|against"
    r"|not convinced|hesitant)"
    r"|\bon hold\b|\bblocked (?:by|on|until)\b|\bwait(?:ing)? (?:for|until|on)\b.{0,40}\b(?:release|merge"
    r"|upstream|decision|#\d+)",
    re.IGNORECASE,
)
_UMBRELLA = pattern(
    r"\b(?:umbrella|meta|tracking|tracker|mega|epic|roadmap|master|parent) ?(?:issue|ticket|list|bug)?\b"
    r"|\[(?:meta|epic|tracking|"
    r"umbrella|roadmap|sprint)\]|^(?:meta|epic|tracking|umbrella|roadmap)\b|\bhacktoberfest 20\d\d\b"
    r"|\b(?:list of|overview of)\b"
    r".{0,30}\bissues\b|\bgood first issues\b|\bstart here\b",
    re.IGNORECASE,
)
_TRACKS = pattern(
    r"\bparent issue\b|\bthis (?:issue|epic|ticket) (?:is (?:for|to) )?(?:track|collect|keep)(?:s|ing)?\b"
    r"|\bto track (?:the|this|that|all|our|its)? ?(?:work|progress|tasks|efforts?)\b"
    r"|\b(?:wrapper|collection|list|umbrella) (?:for|of) (?:multiple|several|many|all)\b",
    re.IGNORECASE,
)
_QUESTION = pattern(r"^[ \t]*\[?(?:question|q|help|discussion|rfc|proposal)\]?\s*[:\]]", re.IGNORECASE)
_ASKED = pattern(
    r"(?:how|why|what|where|when|which|who|is there|is it|can i|could i|do i|does anyone|has anyone|am i)\b.*\?\s*$",
    re.IGNORECASE,
)
_FAULT = pattern(
    r"\bbugs?\b|\b(?:fail(?:s|ed|ing|ure)?|errors?|crash(?:es|ed)?|exceptions?|traceback|wrong|incorrect(?:ly)?|broken|"
    r"hangs?|misleading|regression|raises|does(?:n't| not) work|not working|cannot|can't|unable)\b",
    re.IGNORECASE,
)

_HOURS = pattern(
    r"\b(?:(?:estimated?|expected|approx\w*|about|around|roughly|should take|takes?|time|effort|duration)\b\D{0,30})"
    r"(\d{1,3}|an?|one|two|three|few|a couple of|half an?)\s*(?:-|\u2013|to)?\s*(?:\d{1,3})?\s*\+?\s*(minu"
    r"tes?|mins?|hours?|hrs?|days?|weeks?)\b",
    re.IGNORECASE,
)
_SMALL = pattern(
    r"\b(?:one[- ]lin(?:e|er)|single line|quick (?:fix|win|task)|small (?:fix|change|task|issue|edit)"
    r"|trivial|easy (?:fix|change|win)"
    r"|simple (?:fix|change|task)|minor (?:fix|change)|typo|just (?:add|change|replace|rename|remove"
    r"|delete) |straightforward)\b",
    re.IGNORECASE,
)
_SKILLS_TOLD = pattern(
    r"^\W*(?:required |needed |recommended |useful |helpful )?(?:skills?|knowledge|prerequisites?"
    r"|requirements|experience|"
    r"technolog(?:y|ies)|languages?)(?: (?:needed|required|level|you need))?\W*(?::|$)"
    r"|\bskills?\s*:|\bskills? (?:needed|required|level)\b|\b(?:requires?|need(?:s|ed)?|no) (?:\w+ ){0,4}?(?:knowledge"
    r"|experience|familiarity)\b"
    r"|\b(?:knowledge|familiarity|experience) (?:of|with|in) \w+",
    re.IGNORECASE | re.MULTILINE,
)


class Places(NamedTuple):
    """Where a text points: `paths` as written, and whether it names code or a page in another way."""

    paths: tuple[str, ...]
    names: bool
    addresses: bool

    @property
    def any(self) -> bool:
        """Whether somebody knows where to look."""
        return bool(self.paths or self.names or self.addresses)


def plain_body(body: str) -> str:
    """Return what its author wrote of an issue's body: no template comments, declarations, empty answers."""
    text = _COMMENT.sub(" ", bounded(body.replace("\r\n", "\n")))
    text = "\n".join(line for line in text.split("\n") if line.strip())
    text = _VERSIONS.sub(" ", _DECLARATION.sub(" ", text))
    return _NOTHING.sub("", text)


def words(text: str) -> int:
    """Return how many words of prose and lines of code say something: no headings, addresses, or versions of programs.

    Characters of languages that write without blanks count in pairs.
    """
    code = sum(len(match[0].split("\n")) for match in _FENCE.finditer(text))
    prose = _ADDRESS.sub(" ", _PICTURE.sub(" ", _HEADING.sub(" ", _FENCE.sub(" ", text))))
    dense = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", prose))
    return len(re.findall(r"[^\W\d_](?:[^\W_]|['\u2019-])*", prose)) + dense // 2 + min(code, 30)


def is_empty(text: str) -> bool:
    """Return whether a text is as good as none: not four words, no picture, no address."""
    return words(text) < 4 and not _PICTURE.search(text) and not _ADDRESS.search(text)


def places(text: str) -> Places:
    """Return where the text points: files, names of code, pages."""
    without = _ADDRESS.sub(" ", text)
    spans = [match[1] for match in _SPAN.finditer(without)]
    found: dict[str, None] = {}
    names = any(" " in span or "/" not in span for span in spans)
    for token in (match[0].strip(".,-") for match in _TOKEN.finditer(without)):
        if _is_path(token) or ("/" in token.strip("/") and token in spans):
            found[token.removeprefix("./").rstrip("/")] = None
        elif token.lower() not in _ABBREVIATIONS:
            names = names or bool(_DOTTED.fullmatch(token) or _WORDS_OF_CODE.fullmatch(token))
    names = names or _FENCE.search(text) is not None or re.search(r"(?<![\w-])--[a-z][\w-]+", without) is not None
    return Places(tuple(found)[:50], names, _POINTING_ADDRESS.search(text) is not None)


def _is_path(token: str) -> bool:
    stem, dot, suffix = token.rpartition(".")
    if dot and suffix.lower() in _SUFFIXES and stem.strip("./"):
        return True
    return token.strip("/").count("/") >= 2 or token.lower() in _FILES


def tells_outcome(title: str, text: str) -> bool:
    """Return whether one can tell when the issue is solved: criteria, boxes to tick, or what should be otherwise."""
    return bool(
        lists_criteria(text)
        or _OUTCOME.search(text)
        or is_task(title)
        or is_fault(title)
        or any(_TASK.match(line.lstrip(" -*+>")) for line in text.split("\n"))
    )


def lists_criteria(text: str) -> bool:
    """Return whether the text says in so many words what is expected or when it is done."""
    return bool(_CRITERIA.search(text) or len(_BOXES.findall(text)) >= 2)


def subject(title: str) -> str:
    """Return a title without what stands before the matter: "[Feature]:", "DOC:", signs."""
    position = 0
    while before := _BEFORE_TASK.match(title, position):
        position = before.end()
    return title[position:]


def is_task(title: str) -> bool:
    """Return whether a title asks for something to be done: "Add ...", "DOC: fix ..."."""
    return _TASK.match(title) is not None or _TASK.match(subject(title)) is not None


def is_fault(title: str) -> bool:
    """Return whether a title tells of something broken, which is done when it is mended."""
    return _FAULT.search(title) is not None


def says_nothing(title: str) -> bool:
    """Return whether a title has no matter: "", "...", "[Bug]: test"."""
    found = re.findall(r"\w+", subject(title))
    return not found or (len(found) == 1 and len(found[0]) <= 4 and found[0].isascii())


def is_question(title: str) -> bool:
    """Return whether a title asks for an answer, not for work."""
    return _QUESTION.search(title) is not None or _ASKED.match(subject(title)) is not None


def is_umbrella(title: str, text: str = "") -> bool:
    """Return whether an issue is a list of issues, by its title or by what it says of itself."""
    return _UMBRELLA.search(title) is not None or _TRACKS.search(text) is not None


def boxes(text: str) -> int:
    """Return the number of boxes to tick."""
    return len(_BOXES.findall(text))


def claims(text: str) -> bool:
    """Return whether a comment takes the issue, or asks for it."""
    return _CLAIM.search(_unquoted(text)) is not None


def releases(text: str) -> bool:
    """Return whether a comment gives the issue free, or says that it is."""
    return _RELEASE.search(_unquoted(text)) is not None


def gives_up(text: str) -> bool:
    """Return whether somebody says not to go on with it."""
    return _GIVEN_UP.search(_unquoted(text)) is not None


def approves(text: str) -> bool:
    """Return whether a maintainer's comment lets somebody have the issue."""
    return _APPROVED.search(_unquoted(text)) is not None


def tells_of_pull_request(text: str) -> bool:
    """Return whether a comment says that there is a pull request; one that asks for it does not."""
    text = _unquoted(text)
    return _PULL_REQUEST.search(text) is not None and _NO_PULL_REQUEST.search(text) is None


def tells_done(text: str) -> bool:
    """Return whether a comment says that nothing is left to do."""
    return _DONE.search(_unquoted(text)) is not None


def is_undecided(text: str) -> bool:
    """Return whether a comment doubts what is to be done."""
    return _UNDECIDED.search(_unquoted(text)) is not None


def _unquoted(text: str) -> str:
    """Return a comment without what it quotes of others, code blocks included."""
    text = _FENCE.sub(" ", bounded(text).replace("\u2019", "'"))
    return "\n".join(line for line in text.split("\n") if line.strip() and not line.lstrip().startswith(">"))


def size(text: str) -> str:
    """Return how long the text says it takes: "hours", "day", "more", or "" for nothing said."""
    match = _HOURS.search(text)
    if match:
        unit, number = match[2].lower(), match[1].lower()
        count = int(number) if number.isdigit() else 1
        if unit.startswith("min") or (unit.startswith(("hour", "hr")) and count <= 4):
            return "hours"
        if unit.startswith(("hour", "hr")):
            return "day" if count <= 8 else "more"
        return "day" if unit.startswith("day") and count <= 1 else "more"
    return "hours" if _SMALL.search(text) else ""


def tells_skills(text: str) -> bool:
    """Return whether the text says what one has to know."""
    return _SKILLS_TOLD.search(text) is not None
