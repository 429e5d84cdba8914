"""What the text of an issue says: whether it can be understood, where to look, when it is done, how long it takes.

All patterns are English, the language of nearly all trackers; what is written in another is judged by what needs no
language: length, paths, code, links, lists.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pytest_sprintready.reading.patterns import bounded, pattern

WORDS_OF_STATEMENT = 6
"""Words of a title that says what is, or what shall be; fewer may be a heading."""

WORDS_OF_A_WISH = 3
"""So many words below the name of a well-known feature show that it is wanted."""

HOURS_OF_A_DAY = 8

# Templates ask for these, and they say nothing of the task.
_COMMENT = pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_STRUCK = pattern(r"~~[^~\n]+~~")
_DECLARATION = pattern(
    r"^[ \t]*[-*]\s*\[\w?[ ]?\](?!\s*(?:add|create|write)\b).{0,200}\b(?:i (?:have|'ve|agree|am|would|confirm"
    r"|searched|checked|read"
    r"|understand)|searched|"
    r"existing issues?|code of conduct|latest version|duplicates?|documentation first)\b.*$",
    re.IGNORECASE | re.MULTILINE,
)
_NOTHING = pattern(
    r"^[ \t]*(?:_?no response_?|n/?a|none|\.\.\.|-+|todo|tbd|edit here\b.*|(?:your|describe|write|add) \w+ here"
    r"|example"
    r" provided below|a clear and concise description (?:of|about)\b.*|(?:please )?describe (?:your"
    r"|the) [^\n]{0,100}\b(?:here"
    r"|in detail|below)\b.*|\d\. (?:go to|click on|scroll down to) '\.+'"
    r"|\d\. see error|steps to reproduce the behaviou?r:|if applicable, add .*|add any other context .*"
    r"|- ?\w[\w ]*:? ?\[e\.g\. ?[^\]\n]*\])\s*\.?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADING = pattern(r"^\s{0,3}#{1,6}\s+.*$|^[ \t]*\*\*[^*\n]{1,80}\*\*:?\s*$", re.MULTILINE)
_UNANSWERED = pattern(
    r"^\s{0,3}(?:#{1,6}\s+[^\n]*|\*\*[^*\n]{1,80}\*\*:?[ \t]*)\n+"
    r"(?=\s{0,3}#{1,6}\s|\*\*[^*\n]{1,80}\*\*:?[ \t]*$|\s*\Z)",
    re.MULTILINE,
)
_PICTURE = pattern(r"!\[[^\]]*\]\((?![^)\n]*(?:badge|shields\.io))[^)]*\)|<img\b[^>]*>", re.IGNORECASE)
ADDRESS = pattern(r"https?://[^\s<>()\[\]\"'`]+")
FENCED = pattern(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1|\Z)", re.DOTALL | re.MULTILINE)
_VERSIONS = pattern(
    r"^#{1,6}\s*(?:(?:your )?(?:current )?environment|system info\w*|versions?|(?:your )?setup|platform"
    r"|os|python version)\b"
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
# As files are written: "contributing" is a word.
_FILES = frozenset(
    [
        "Dockerfile",
        "Makefile",
        "makefile",
        "Justfile",
        "justfile",
        "CONTRIBUTING",
        "README",
        "Readme",
        "CHANGELOG",
        "LICENSE",
    ]
)
# One run of characters without blanks is looked at as a whole, so the time grows with the text and no faster.
_TOKEN = pattern(r"[\w.@+/-]+(?:\(\))?")
_LABEL = pattern(r"good first (?:issue|bug)s?|help wanted|hacktoberfest|beginner|easy|first-timers-only", re.IGNORECASE)
_SPAN = pattern(r"`([^`\n]{2,200})`")
# What one runs is not where one looks.
_COMMAND = pattern(
    r"(?:\$ )?(?:go|npm|npx|yarn|pnpm|cargo|pip|make|mvn|gradle|dotnet|mix|bundle|rake|tox|nox|pytest|python3?|docker"
    r"|git)"
    r" [a-z]"
)
_DOTTED = pattern(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+")
_WORDS_OF_CODE = pattern(
    r"[a-z0-9]+(?:_[a-z0-9]+)+|[A-Z0-9]+(?:_[A-Z0-9]+)+|(?:[A-Z][a-z0-9]+){2,}|[a-z]{2,}(?:[A-Z][a-z0-9]+)+"
    r"|[a-z]{2,}\d[a-z]{2,}|\w{3,}\(\)"
    r"|--[a-z][\w-]+"
)
_POINTING_ADDRESS = pattern(
    r"https?://[^\s<>()\[\]\"'`]+\.(?:py|pyx|ipynb|md|rst|js|ts|tsx|jsx|rs|go|java|c|cpp|ya?ml|toml|css|vue)\b(?!\.)|"
    r"https?://[^\s<>()\[\]\"'`]+/(?:pull|issues|merge_requests)/\d+#|https?://[^\s<>()\[\]\"'`]+/commit/|"
    r"https?://[^\s<>()\[\]\"'`]+/(?:-/)?(?:blob|tree|src|raw|blame|edit)/[^\s<>()\[\]\"'`]+"
    r"|https?://[^\s<>()\[\]\"'`]*(?:docs?[./]|readthedocs|/documentation|/en/|/stable|/latest|/guide|/api/|/reference"
    r"|github\.io|/wiki)[^\s<>()\[\]\"'`]*",
    re.IGNORECASE,
)
# "the export command" and "the save button" there are; "a toggle button" is to be made, "all methods" is no place.
_NAMED = pattern(
    r"\b(?:the|our|in|of|from|for|on|via|by|with|using|when) ([A-Za-z][\w-]*)[\"'\u201d]? (?:function|method|class"
    r"|module"
    r"|subcommand|command|option|flag|parameter|argument|attribute|setting|endpoint|route|component|hook|decorator"
    r"|fixture"
    r"|variable|constant|script|plugin|field|table|handler|service|action|model|template|workflow|package|directory"
    r"|folder|file|job|step)s?\b"
    r"|(?<!\ba )(?<!\ban )(?<!\bnew )(?<!\bany )(?<!\ball )(?<!\badd )(?<![\w-])([A-Za-z][\w-]*)[\"'\u201d]? (?:widget"
    r"|button|menu|dialog|modal|tab|dropdown|form|popup|icon|tooltip|checkbox|page|screen|view|panel|section|notebook"
    r"|tutorial|image|banner|card|layout|guide|quickstart)\b",
    re.IGNORECASE,
)
# "the missing page" names no page.
_NO_NAME = pattern(
    r"utility|utilities|util|library|shared|internal|abstract|generic|underlying|original"
    r"|a|an|the|this|that|these|those|each|every|all|any|some|other|another|new|same|different|following|existing"
    r"|public|private|main|whole|single|multiple|more|most|many|few|first|second|next|last|my|your|our|its|their|his"
    r"|her|of|to|in|for|and|or|such|no|not|only|current|which|what|where|test|tests|helper|certain|base|long|short"
    r"|small|big|large|good|nice|better|best|proper|specific|custom|missing|default|error|python|code|web|user|docs"
    r"|documentation|source|wrong|right|own|various|several|both|two|three|one|is|are|be|add|create|write|use|make"
    r"|from|with|on|by|as|at|into|via|per|if|when|correct|incorrect|old|various|separate|dedicated|useful|required"
    r"|optional|additional|extra|simple|basic|style|full|entire|corresponding|relevant|related|appropriate"
    r"|individual|broken"
    r"|available|docker|docc|container|javadoc|important|input|output|text|data|project|feature|core|common|key"
    r"|useless"
    r"|unused|model|documented|undocumented"
    r"|see|config|configuration|log|generic|great|particular|respective|first-time|unit|untested|public-facing"
)
# What is everywhere in a project, and words that come with it: a title of nothing else names no place.
_EVERYWHERE = pattern(
    # Things.
    r"doc|docs|(?:java|js|php|rust)docs?|documentation|docstring|docstrings|comment|comments|example|examples|guide"
    r"|guides|tutorial|tutorials"
    r"|code|codebase|source|repo|repository|project|library|package|app|application|website|site|web|webpage|page"
    r"|pages"
    r"|test|tests|testing|unittest|unittests|unit|pytest|coverage|suite|suites|type|types|typing|typehint|typehints"
    r"|hint"
    r"|hints|hinting|annotation|annotations|lint|linting|linter|format|formatting|style|styles|styling|formatter"
    r"|function|functions|method|methods|class|classes|module|modules|file|files|object|objects|variable|variables"
    r"|util"
    r"|utils|utility|utilities|helper|helpers|library|libraries|component|components|import|imports"
    r"|ui|ux|gui|interface|design|layout|theme|dark|light|mode|mobile|responsive|responsiveness|screen|screens|css"
    r"|accessibility|a11y|performance|speed|security|quality|error|errors|message|messages|handling|logging|logs|log"
    r"|bug|bugs|issue|issues|problem|problems|thing|things|feature|features|request|support|version|versions|python"
    r"|ci|dependencies|dependency|requirements|warnings|warning|typo|typos|grammar|wording|f-string|f-strings|pathlib"
    r"|print|prints|statement|statements|string|strings|language|languages|translation|translations"
    # Techniques, tools and formats.
    r"|auth|authentication|authorization|oauth|pagination|animations?|notifications?|filter(?:s|ing)?"
    r"|sorting|tooltips?"
    r"|spinners?|loaders?|toasts?|prettier|flake8|ruff|pylint|javascript|benchmarks?|memory|cors|https?|ssl|swagger"
    r"|demos?|screenshots?"
    r"|gifs?|videos?|badges?|templates?|seo|analytics|l10n|rtl|tablets?|android|ios|mac|installers?|conda|brew|npm"
    r"|yarn|env|environments?|c\+\+|cpp|golang|rust|java|ruby|php|kotlin|swift|relevant|meaningful"
    r"|flags?|gui|tui|tailwind|bootstrap|react|vue|angular|svelte|hooks?|redux|async|threads?|multiprocessing|parallel"
    r"|parallelism|gpus?|stubs?|generics|enums?|dataclass(?:es)?|pydantic|duplicates?|duplication|constants?|magic"
    r"|numbers?|deprecations?"
    r"|deprecated|packaging|pypi|wheels?|releases?|deployments?|deploy|kubernetes|helm|terraform|containers?"
    r"|devcontainers?|codespaces"
    r"|gitpod|vscode|emoji|emojis|sound|sounds|music|colou?rs?|fonts?|readability|maintainability|consistency"
    r"|usability|user-friendly"
    r"|scalability|robustness|stability|efficiency|architecture|structure|folder|folders|directory|directories"
    r"|naming|convention"
    r"|conventions|guidelines?|practices?|workflow|workflows|pipeline|pipelines|automation|automate|bot|bots|script"
    r"|scripting"
    # Words that do not tell which.
    r"|good|first|better|best|new|old|more|most|all|every|each|any|some|many|few|several|other|another|various"
    r"|different"
    r"|own|same|whole|entire|full|complete|proper|clear|clearer|consistent|simple|basic|detailed|missing|unused"
    r"|existing"
    r"|wrong|broken|dead|outdated|everything|everywhere|anything|something|stuff|lot|lots|way|ways|list|part|parts"
    r"|kind"
    r"|user"
    r"|users|developer|developers|people|someone|newcomer|newcomers|beginner|beginners|contributor|contributors"
    r"|help|question|idea|ideas|suggestion|proposal|improvement|improvements|enhancement|refactoring|refactor"
    r"|clean-?up"
    r"|test-coverage|edge|case|cases|work|note|notes|end|item|items|option|name|names"
    # Verbs of tasks.
    r"|add|create|write|make|implement|improve|increase|extend|update|upgrade|use|fix|document|refactor|clean|remove"
    r"|replace|rename|move|change|convert|migrate|enable|allow|provide|include|get|need|needs|want|should|must|can"
    r"|could"
    r"|would|will|be|is|are|was|were|has|have|had|do|does|not|no|non|show|display|check|review|find|round|set|up|out"
    r"|switch|using|used|usage|found|get|getting|be|been|start|starter|link|links|public|private|api|apis|main|initial"
    r"|cli|command|commands|locale|locales|locali[sz]ations?|internationali[sz]ation|i18n|load|loading|time|times"
    r"|scripts?|paths?|hard-?coded|configurable|config|configuration|lists|values?|data|database|inputs?|outputs?"
    r"|analyse|analyze|additional|extra|possible|available|big|bigger|large|larger|largest|huge|small|smaller|split"
    r"|splitting|install(?:ing|ation)?|instructions?|windows|linux|macos|systems?|navigation|easy|easier|keyboard"
    r"|shortcuts?|plots?|figures?|charts?|graphs?|functionality|csv|json"
    r"|exports?|alignment|aligned|elements?|properly|local|storage"
    r"|alt|tags?|images?|fields?|mandatory|documentations?|filetypes?|least|definitions?|typings?|typescript"
    r"|correctness|exist|exists|displayed|shown|visible|stuff|information"
    r"|rid|whenever|wherever|standard|recommended"
    r"|a|an|the|this|that|these|those|it|its|i|we|you|our|your|my|me|they|them|their|there|here|what|which|who|when"
    r"|where|why|how|if|then|else|also|just|only|too|very|so|such|as|at|by|for|from|in|into|of|off|on|onto|over|to"
    r"|with"
    r"|without|within|via|per|and|or|but|than|please|lets|let's|ones|one|two|etc"
)
# Of these there is always more to do; "an example app" and "a coverage badge" are made once.
_ENDLESS = pattern(
    r"\b(?:test(?:s|ing)?|test ?cases?|coverage|docs?|documentations?|(?:java|js|php|rust)docs?|doc[ -]?strings?"
    r"|comments"
    r"|(?:type-?)?hints?|hinting"
    r"|annotations?"
    r"|typing|types|logging|logs|performance|examples?|validation|handling|accessibility|a11y|styling|quality"
    r"|readability"
    r"|responsive(?:ness)?|features|bugs|issues|everything|more)"
    r"(?: (?:improvements?|updates?|fixes|clean-?up|refactor(?:ing)?|additions?|needed|wanted|required|missing))?\W*$"
    r"|^document(?:ing)?\b",
    re.IGNORECASE,
)
_SO_FAR = pattern(r"\b(?:is|see|read|only|than) (?:the |our |this |a )?[`*]*readme(?:\.\w+)?", re.IGNORECASE)
# "Unit and integration tests" are one thing.
_AND_TESTS = pattern(r"\b(?:unit|integration|functional|e2e|ui) ?(?:and|&|/|,|or) ?(?=[\w-]+ tests?\b)", re.IGNORECASE)
_MORE_OF = pattern(r"\bmore ([\w -]+)", re.IGNORECASE)
# What follows the thing, or stands beside it.
_HEAD_ENDS = pattern(
    r"\s(?:to|in|for|of|with|by|and|should|must|needs?|are|is|has|have|from|using|via|on)\s|[,&(]|\s[-\u2013]\s",
    re.IGNORECASE,
)
# A share, "at least each", what was there once, a style that all shall follow: one knows when it is done.
_MEASURE = pattern(
    r"\d ?%|(?<![\w/])\d+ ?(?:/|of|out of) ?\d+\b(?!/)(?=[^.\n]{0,20}\b(?:so far|done|are|is|covered|have|\w+ed)\b)"
    r"|\b(?:so far|current(?:ly)?)\b[^.\n]{0,20}(?<![\w/])\d+ ?/ ?\d+\b|\bper ?cent\b|\b(?:add(?:ed|ing)?|put|bring"
    r"|brought) (?:\w+ )?back\b"
    r"|\b(?:at least|each|every"
    r"|all)\b[^.\n]{0,20}\b(?:public|exported|visible)\w*"
    r"|\b(?:start|begin)(?:ing)? with [`*\"]*(?!\w+ing\b)\w|\b(?:ensure|make sure)(?: that)? (?:each|every|all)\b"
    r"|\b(?:follow|according to|in line with|conform\w* (?:to"
    r"|with)|comply with|adher\w+ to|stick to"
    r"|matching)\b[^.\n]{0,60}"
    r"\b(?:styles?|conventions?|pep ?-?\d+|standard|format|numpydoc|spec\w*)\b",
    re.IGNORECASE,
)
# A guide for some readers is written once; tests of a part, which the word before them names, come to an end.
_FOR_READERS = pattern(
    r"(?:writ|creat|add|provid|draft|need)(?:e|ing)? (?:an? |some |the )?(?:\w+ )?(?:docs|documentation|guide) for"
    r" (?:\w+ )?"
    r"(?:contributors|developers|users|beginners|newcomers|maintainers|translators|operators)\b",
    re.IGNORECASE,
)
_FOR_EACH = pattern(r"\bfor (?:each|every|all)(?: of)?(?: the| our)? \w+", re.IGNORECASE)
_OF_A_PART = pattern(r"\b([\w-]+) (?:unit[- ])?(?:tests|test cases|test coverage|docs|docstrings)\b", re.IGNORECASE)
_KINDS_OF_TESTS = pattern(
    r"integration|functional|end-to-end|e2e|regression|acceptance|snapshot|smoke|system|automated|property-based"
    r"|negative"
    r"|basic|advanced|comprehensive|better|thorough|additional|extensive|meaningful|in-code|inline|online|further|real"
    r"|improve|enhance|numpy|google|sphinx|junit|jest|pytest|cypress|playwright|selenium|mocha|vitest"
)
_MAKES = pattern(
    r"(?:add|creat|writ|implement|introduc|insert|support|provid|integrat|build|set up|us|adopt)(?:e|ing|s)?\b",
    re.IGNORECASE,
)
# What is left out is not where to look.
_BESIDES = pattern(r"\b(?:besides|other than|beyond)\b[^.,;\n]*", re.IGNORECASE)
_TURNS = pattern(
    r"(?:migrat|convert|port|switch|mov|translat|upgrad|chang)(?:e|ing|s)?\b(?=.*\bto\b(?! (?:be|improve|make"
    r"|increase|have)\b))",
    re.IGNORECASE,
)
_ONCE = pattern(
    r"(?:export|import|send|fetch|show|display|list|load|remov|delet|drop|renam|split|merg|run|enabl|disabl|hid|sort"
    r"|link"
    r"|publish|deploy|extract|skip|generat)(?:e|ing|ting|ning|ping)?\b(?! (?:more|tests?|testing)\b)",
    re.IGNORECASE,
)
_VERSION = pattern(r"\b[A-Za-z][\w+#]{2,} ?v?\d+\.\d+")
_NOUNS_TOO = frozenset(
    ["port", "sort", "call", "mark", "round", "wrap", "upload", "download", "import", "export", "setup"]
)
_COMPLEMENT = pattern(r"\b(?:to|in|into|on|for|of|from|at|when|if|via|within|inside|than)\b", re.IGNORECASE)
_PARTS = pattern(
    r"\b(?:nav ?bar|navigation bar|side ?bar|footer|header|home ?page|landing page|tool ?bar|status ?bar|menu ?bar"
    r"|search"
    r" ?bar|title ?bar|log ?in|sign ?up|dashboard|readme|changelog|contribut(?:ing|ion) guid\w*|code of conduct"
    r"|pre-commit"
    r"|github actions?|ci|ci/cd|gitignore"
    r"|docker[ -]?file|docker[ -]?compose|make ?file|issue templates?|pull request templates?|config(?:uration)? file"
    r"|ci matrix|test matrix|help text"
    r"|404|menu (?:options?|items?|entr(?:y|ies)))\b",
    re.IGNORECASE,
)
# What a program shows, word for word; other quotation marks hold words that are not meant literally.
_QUOTED = pattern(
    r"\b(?:messages?|says?|said|errors?|warning|texts?|labels?|titled|called|named|button|page|section|link|menu|tab"
    r"|heading"
    r"|word|line|sentence|shows?|prints?|displays?|reads|tooltip|option"
    r"|field)\b[^\"\u201c\n]{0,20}[\"\u201c][^\"\u201c\u201d\n]"
    r"{3,120}[\"\u201d]|[\"\u201c][^\"\u201c\u201d\n]{3,120}[\"\u201d] (?:messages?|errors?|warning|texts?|labels?"
    r"|button|page"
    r"|section|link|menu|tab|heading|word|line|option|field)\b",
    re.IGNORECASE,
)
_EXAMPLE = pattern(
    r"\b(?:example|similar|like|follow\w*|see|reference to|as (?:in|done)|suggestion|commit|template|implemented"
    r"|pattern|changes?"
    r"|introduced|caused|regression|since)\b(?:[^.\n]|\.(?=\w)){0,60}"
    r"(?:#\d+|/(?:pull|commit|issues)/)",
    re.IGNORECASE,
)
_PRODUCTS = pattern(
    r"(?:nat|k|py|ts|js|php|go|rust|java|r)(?:spec|docs?)|github|gitlab|pypi|pycharm|javascript|typescript|numpy"
    r"|scipy|openapi|graphql|postgresql|mysql|sqlite|macos"
    r"|youtube"
    r"|linkedin|stackoverflow|readthedocs|pytorch|tensorflow|jupyterlab|vscode|powershell|intellij|webpack|nodejs"
    r"|devops"
    r"|hacktoberfest|gssoc|openai|bitbucket|wordpress|mongodb|fastapi|latex|iphone|ipad|onedrive|sharepoint|whatsapp"
    r"|facebook|paypal|dropbox|codecov|coveralls|libreoffice|firefox|webassembly|localstorage|sessionstorage"
    r"|docc|doxygen|swagger|opensource|datetime|scikit|mypy|pytest|eslint|tslint|stylelint|dependabot"
    r"|precommit|clippy"
)
_ABBREVIATIONS = frozenset(["e.g", "i.e", "a.k.a", "etc", "vs", "a.m", "p.m"])
# Libraries that are called as a file would be.
_CALLED_AS_FILES = pattern(
    r"(?:node|vue|next|nuxt|react|express|three|d3|chart|backbone|ember|p5|moment|nest|discord|alpine|knockout|ext"
    r"|deck)"
    r"\.js|socket\.io|asp\.net|draw\.io|docs\.rs"
)

_CRITERIA = pattern(
    r"acceptance criteria|definition of done|\bdone when\b|success criteria|completion criteria|exit criteria"
    r"|requirements? (?:for|to) (?:close|closing)|closing criteria|what (?:needs|has) to be done|what to do\b"
    r"|^[ \t]*(?:#+[ \t]*)?\**(?:tasks?|to-?dos?|steps|solution|proposed (?:solution|change|fix)"
    r"|suggested (?:solution|change|fix)"
    r"|describe the solution.*|implementation.*|expected (?:behaviou?r|result|output|outcome).*|deliverables?"
    r"|how to (?:fix|solve|implement)\b.*|goals?|outcome|scope|the (?:fix|change|task))\**:?\s*$"
    r"|expected (?:behaviou?r|result|output|outcome)\b|\bexpected\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_OPEN_BOX = pattern(r"[ \t]*(?:[-*+]|\d+[.)])\s*\[ ?\]\s+\S")
# Of what is ticked, these are answers to a template.
_DECLARES = pattern(
    r"\b(?:check-?list|validations?|areas?|components?|labels?|skills?|before you|self[- ]check|confirm\w*"
    r"|declaration|agreement|terms|type of|types? of|kind of"
    r"|categor(?:y|ies)|affect\w*|environment|platforms?|pre-?requisites|guidelines|contribution rules)\b",
    re.IGNORECASE,
)
# A heading that asks, and what templates give to choose from.
_IS_ASKED = pattern(r"\?[^\w?]*$")
CHOICE = pattern(
    r"\b(?:bugs?|fix|feature|enhancement|question|suggestion|other|docs|documentation|refactor\w*|clean|performance"
    r"|security|tests?"
    r"|yes|no|easy|hard|beginner|intermediate|advanced|expert|unknown|low|medium|high|critical|minor|major|windows"
    r"|linux|mac ?os|macos"
    r"|android|ios|chrome|firefox|safari|edge|desktop|mobile|all|none|new|existing|update|breaking|style|ui|ux"
    r"|design)\b",
    re.IGNORECASE,
)
_CHOSEN = pattern(r"[ \t]*[-*+]\s*\[[xX]\]\s+(?:yes,? )?i(?:'d|'m|'ll)?\b", re.IGNORECASE)
_FIRST_PERSON = pattern(r"\b(?:i|i'm|i've|i'd|i'll|my|you|your)\b", re.IGNORECASE)
# The steps of how to contribute are no parts of the work.
_ITEMS = pattern(
    r"^[ \t]*[-*+][ \t]+(?!(?:\[.\] )?(?:fork|clone|open|read|ask|run|join|follow|comment)\b)\S",
    re.MULTILINE | re.IGNORECASE,
)
_BOXES = pattern(r"^[ \t]*(?:[-*+]|\d+[.)])\s*\[[ xX]\]\s+\S", re.MULTILINE)
# Says that it shall be good, not what is good.
_NICER = (
    r"(?:much |a (?:lot|bit|little) |way |far )?(?:better|nicer|faster|cleaner"
    r"|(?<!add )(?<!use )(?<!setup )(?<!adopt )(?<!set up )(?<!run )(?<!configure )prettier(?![,/&.+:)]| (?:and|or|to"
    r"|for|as|with|in|on|via|config|format|check|plugin|rule|set|hook|script"
    r"|ci\b))"
    r"|easier|simpler|smarter"
    r"|smoother|cooler|clearer|modern|maintainable|readable|robust|professional|appealing|elegant|polished|usable"
    r"|responsive|consistent|performant|efficient"
    r"|beautiful|attractive|cool|pretty|great|neat|tidy|stunning|awesome|amazing|slick|fancy|friendl(?:y|ier)"
    r"|user-friendly|intuitive|improved|good|nice|fast|more"
    r" (?!than)\w+)\b"
)
_POLISHED = (
    r"(?:improved|refactored|cleaned|updated|enhanced|optimi[sz]ed|polished|moderni[sz]ed|reworked|redesigned"
    r"|revamped|extended"
    r"|expanded|simplified|streamlined|restructured|done|fixed|looked)\b(?! (?:to|by|so|with|from|into|via|using"
    r"|such)\b(?! (?:be |look"
    rf" |make (?:it|them|the \w+) |become |feel |appear )*(?:\w+ )?{_NICER}))"
)
_COMPARED = pattern(_NICER)
_SAYS_LITTLE = pattern(
    rf"{_NICER}|\b(?:hi|hello|hey|team|all|everyone|thanks?|thank you|please|pls|(?:would|could|should|can) be"
    rf"|i think|many"
    r"|users|love|like|it|the|we|an?|some|more|would|could|can|help|welcome|appreciated|currently"
    r"|at the moment)\b",
    re.IGNORECASE,
)
_OUTCOME = pattern(
    rf"\b(?:(?:should(?:n't| not)?|must)(?! (?:be|look|feel|become) (?:{_NICER}|{_POLISHED}))|ought to|instead of"
    rf"|rather than|so that|make sure|ensure)\b"
    r"|(?<!no )\b(?:fix|solution|idea|goal|aim|task|proposal|suggestion|plan|workaround"
    r"|feature request)\b.{0,20}(?:is|:|would|to\b)"
    r"|\d ?(?:%|[kmg]b\b|ms\b|seconds\b|lines\b|px\b)|\bcurrently (?:at|it)\b|\b(?:is|are) (?:\w+ )?blank\b"
    # What is so far, against what is wished.
    r"|\bbut (?:not|no|nothing|never)\b|\bwithout (?:explaining|telling|saying|showing|any)\b"
    r"|\b(?:is|are) to be (?!improved|redesigned|refactored|enhanced|cleaned|reworked|polished|optimi[sz]ed)\w+(?:ed"
    r"|en)\b|\b(?:is|are) (?:still |currently |only |just )*(?:internal|private|hidden"
    r"|hard-?coded|undocumented|unsupported"
    r"|ignored)\b|\b(?:very |really )?nice to (?!meet|see (?:you|this|that)|hear|know|have (?:it|them|this|that|things"
    r"|more|better)\b)\w+"
    r"|\b(?:proposed?|suggest(?:ed|ion)?|expect(?:ed)?|missing|lacks?|lacking|support for|it expects)\b"
    r"|\b(?:let's|lets|simply|just) (?:add|change|replace|rename|remove|use|update|move|make|write|have)\b",
    re.IGNORECASE,
)
# A file to write, and what everybody knows from other programs: the name says what will be there.
_FILE_FOR = pattern(r"[\w./-]+\.(?:md|rst|txt|ya?ml|toml|cfg|json|org|adoc) (?:for|with|on|about)\b", re.IGNORECASE)
_WELL_KNOWN = pattern(
    r"(?:(?:add|support|implement|need) )?(?:an? )?(?:(?:shell|tab|command|bash|zsh|fish|auto)[ -]?)+complet(?:e|ions?"
    r"|ing)"
    r"|man ?pages?|(?:dark|night) (?:mode|theme)|code of conduct|docker ?(?:image|file|-?compose)|homebrew"
    r" (?:formula|package|tap)|pagination|(?:issue|pull request|pr) templates?|contribut(?:ing|ion) guid(?:e|elines)"
    r"|favicon|rss feed|syntax highlighting|licen[cs]e|pre-?commit hooks?|sitemap|drag (?:and|&) drop|infinite scroll"
    r"|undo(?:\W{1,3}redo)?",
    re.IGNORECASE,
)
# Enough where the title is something by itself; "we can do better" is not.
_WISHED = pattern(
    r"\b(?:needs? (?:to|at least)|has to|have to)\b|\b(?:would|could|might|will) be (?:really |very |super "
    r"|a )?(?:nice"
    r"|great|good"
    r"|helpful|useful|better|ideal|awesome|cool|easy|handy)"
    r"|\b(?:we|you|one|i|it|this|that|they)"
    r" (?:can|could|want(?:s)?|need(?! (?:some |more )?(?:love|work|care|attention))|would like"
    r"|propose|suggest|'d like|'d love)\b"
    r"|\b(?:it|this) needs\b|\b(?:would|'d) (?:like|love) to\b|\b(?:how|what) about \w+ing\b"
    r"|\bplease\b(?! (?:make|improve) it\b| (?:fix|solve|help|check|advise)(?: (?:it|this|me|us))?(?: asap)?\W*(?:\n"
    r"|$))",
    re.IGNORECASE,
)
_WANTED = pattern(r"\b(?:need(?:s|ed)?|required|wanted|necessary|missing)\b", re.IGNORECASE)
_BEFORE_TASK = pattern(
    r"\[[^\]]{1,40}\]|[\w ./()-]{2,40}:(?= )|\W+|(?:please|lets|let's|we should|should|need to) "
    r"|consider (?=\w+ing\b)",
    re.IGNORECASE,
)
_ENDING = r"(?:e?s|e?d|e|ing|[pbtngm](?:ed|ing))?\b"
_TASK = pattern(
    r"(?:automatically |always |only |also )?(?:(?:add|remov|delet|drop|renam|replac|mov|writ|support|allow"
    r"|enabl|offer|modif(?:y|ie)"
    r"|disabl|mak|convert|migrat|creat|implement|includ|expos|translat|clarif(?:y|ie)|rais|handl|show|hid|chang|switch"
    r"|set|correct|split|introduc|provid|extract|link|mention|deprecat|bump|port|enforc|validat|ensur|avoid|cover"
    r"|build"
    r"|hav|confirm|test|insert|set up|display|print|log|return|reject|warn|publish|run|configur|explain|describ|sort"
    r"|unif(?:y|ie)|re-?check|re-?visit|re-?generat|re-?us"
    r"|defin|apply"
    r"|consolidat|standardi[sz]|integrat|generat|adopt|stor|assign|incorporat|sav|load|render|highlight|document|fix"
    r"|updat|upgrad|swap|turn|put|restrict|limit|prevent|catch|skip|ignor|default|complet|specif(?:y|ie)|list|call"
    r"|pass"
    r"|accept|check|wrap|pin|align|cent(?:er|r)|repair|reword|substitut|merg|reorgani[sz]|reformat|format|annotat"
    r"|round"
    r"|throw|emit|detect|parametri[sz]e?|propagat|retir|install|resolv|get|mark|restor|revert|alphabeti[sz]|develop"
    r"|digiti[sz]|compress|crop|resiz|reorder|rearrang|escap|trim|strip|truncat|encod|cach|memoi[sz]|debounc|throttl"
    r"|retry|minif(?:y|ie)|persist|remember|respect|honou?r|treat|recogni[sz]|refus|forbid|clamp|shorten|collaps"
    r"|fold|notif(?:y|ie)|capitali[sz]|normali[sz]|archiv|silenc|suppress|flatten|sanit\w{0,4}|verif(?:y|ie)|inherit"
    r"|not|ship|bundl|deploy|set-?up|export|import|host|connect|embed|send|fetch|pars|upload|download|redirect"
    r"|register|schedul"
    r"|sync"
    r"|calculat|comput|draw"
    r")" + _ENDING + r"|(?:us(?:e|ing)|missing|typos?|unit[- ]tests?|tests? for|broken|wrong|incorrect|outdated"
    r"|inconsistent|unclear|no)\b)",
    re.IGNORECASE,
)
_ASKS_KINDLY = pattern(r"(?:please|kindly|just|let'?s) ", re.IGNORECASE)
# What needs to be told what will be otherwise afterwards.
_PART = pattern(r"\n+|[,.;:!?]\s+")
_VAGUE_VERBS = (
    r"\b(?:improv|rewrit|prepar|refactor|clean|simplif(?:y|ie)|streamlin|moderni[sz]|optimi[sz]|enhanc|extend|increas"
    r"|reduc|tun"
    r"|expand|perform|polish|finish|need|investigat|look|review|consider|explor|rework|reconsider|think|find|revis"
    r"|speed|better"
    r"|revamp|redesign|analy[sz]|restyl|refresh|audit|flesh)" + _ENDING
)
_VAGUE = pattern(
    _VAGUE_VERBS
    + rf"|more |(?:design|creat|writ|add|mak|provid)(?:e|ing)? (?:an? |the )?{_NICER}"
    + rf"|(?:mak|chang|updat)(?:e|ing) (?:[\w.()/#+-]+ ){{1,5}}(?:to be )?{_NICER}"
    + r"|(?:add|put|writ|provid|includ)(?:e|ing)? (?:some |a bit )?more (?:information|infos?|details?|content|stuff"
    r"|text)\b"
    r"|fix(?:ing)? (?:the |some |all |up )*(?:readme(?:\.\w+)?|docs?|documentation|ui|css|bugs?|issues?"
    r"|layout|styling|code)\b",
    re.IGNORECASE,
)

_DEPENDENCIES = pattern(
    r"(?:updat|upgrad|bump|pin)(?:e|ing)? (?:(?:[\w-]+ ){0,2}?(?:dependenc(?:y|ies)|requirements|packages)"
    r"|(?:typescript|javascript|node(?:\.?js)?|python|ruby|rust|java|kotlin|swift|php|go|react|vue|angular|webpack"
    r"|babel"
    r"|(?:es|style|ts)lint|prettier|jest|pytest|numpy|gradle|maven|docker|kubernetes|electron|flutter|rails"
    r"|django))\W*$",
    re.IGNORECASE,
)
# A tool lists them, and is silent in the end.
_WARNINGS = pattern(
    r"(?:clean(?:ing)?[ -]?up|reduc(?:e|ing)|address(?:ing)?|fix(?:ing)?|resolv(?:e|ing)) (?:the |all |any |some |of "
    r"|up "
    r"|remaining |existing )*(?!the |all |user |number )[\w+#-]+ (?:warnings|errors|lints)\W*$",
    re.IGNORECASE,
)
_ASKED_FOR = pattern(
    r"\W*(?!feature|enhancement|change|pull|merge|bug|help)(?:\w+ ){0,2}request(?:\]|:) ?\w", re.IGNORECASE
)
_SUPPORT = pattern(r"(?:\w[\w.+#-]* ){1,3}(?:support|integration)\W*$", re.IGNORECASE)
_MORE_OF_IT = pattern(
    r"(?:improv|increas|rais|extend|expand)\w* .*\b(?:coverage|tests?|docs|documentation)\b", re.IGNORECASE
)
_VAGUE_MATTER = pattern(
    r"\b(?:improvements?|enhancements?|refactor(?:ing)?|clean-?up|overhaul|redesign|rework|revamp|analysis)\W*$"
    r"|\b(?:can|could|should|must|needs? to|has to|to) be (?:improved|enhanced|refactored|optimi[sz]ed|reworked"
    r"|polished"
    r"|cleaned(?: up)?|better|nicer)\W*$",
    re.IGNORECASE,
)
_TOWARDS = pattern(
    r"(?!need|think|find|look|consider|review|finish)"
    + _VAGUE_VERBS
    + r"(?:[^.\n]|\.(?=\w)){0,60}\b(?:to|by|so that|into|using|such that)\b"
    + rf"(?! (?:be |look |make (?:it|them|things|the \w+) |become |feel |appear )*(?:\w+ )?{_NICER})",
    re.IGNORECASE,
)
_UPDATE = pattern(r"updat(?:e|ing)\b", re.IGNORECASE)
_TO_WHAT = pattern(r"\b(?:to|with|for|from|so|after|in order)\b", re.IGNORECASE)
_ASKED_OF_AUTHOR = pattern(
    r"\b(?:are|would|will|do|can) you (?:be )?(?:willing|able|interested|like|want|plan)", re.IGNORECASE
)
# Of what a template asks, the answer to this alone tells who has the issue.
_AT_WORK = pattern(r"\bare you working\b", re.IGNORECASE)
_TALE = pattern(
    r"^[ \t>*_]*as an? [\w ]{2,40},|^[ \t>*_]*i (?:want|need|would like|can) (?:to )?(?:be able|have|see)",
    re.IGNORECASE,
)
_QUESTION = pattern(r"^[ \t]*\[?(?:question|q|help|discussion)\]?\s*[:\]]", re.IGNORECASE)
_PROPOSAL = pattern(r"^[ \t]*\[?(?:rfc|proposal)\]?\s*[:\]]", re.IGNORECASE)
_IDEAS = pattern(r"^\W*(?:ideas?|brainstorm\w*|thoughts|discussion|discuss) (?:for|on|about|of|how)\b", re.IGNORECASE)
_ASKED = pattern(
    r"(?:decide|determine|discuss|figure out|work out) (?:on )?(?:what|which)\b.*\b(?:should|shall|we)\b"
    r"|\w+ or \w+\W*$|(?!wouldn).*\w ?\?[\s?!]*$"
    r"|(?:find(?: out)?|investigate|explore|evaluate|decide|determine|research|discuss|debate|figure out|work out)\b.*"
    r"\b(?:whether|which|if we|(?:best|right|correct|proper) (?:way|approach|solution|place|tool|method))\b"
    r"|(?:how|why|what|where|when|which|who|is there|is it|can i|could i|do i|does anyone|has anyone|am i)\b.*\?\s*$"
    r"|how (?:to|do|does|can|should)\b.*\?|(?:can|could|would|will|should|shall|do|does|is|are|has|have|may|might"
    r"|isnt|shouldnt|maybe)\b.*\?\s*$"
    r"|(?:can|could|would|will) (?:you|u|someone|anyone|somebody)\b.*\?"
    r"|.*\b(?:can|could|would) (?:you|someone|anyone) (?:please |kindly )?(?:advi[sc]e|help|guide|explain)\b",
    re.IGNORECASE,
)
_FAULT = pattern(
    r"\bbugs?\b|\b(?:fail(?:s|ed|ing|ure)?|errors?(?! (?:messages?|codes?|pages?))|crash(?:es|ed|ing)?|exceptions?"
    r"|traceback|wrong(?:ly)?"
    r"|incorrect(?:ly)?|broken"
    r"|(?:has|have|had) no|un\w{2,}able|invisible|(?:prints?|shows?|returns?|does|displays?|outputs?) nothing"
    r"|hangs?|misleading|regression|raises|cannot|can't"
    r"|unable|overflow(?:s|ing)?|overlap(?:s|ping)?|glitch(?:es)?"
    r"|duplicated?"
    r"|(?:does|is|are|was|do)(?:n't| not)(?! (?:(?:so|very|that|really|too) )?(?:good|nice|great|clear|pretty|modern"
    r"|attractive|friendly))|not (?:working|shown|showing|visible|displayed|updated|loaded|found"
    r"|possible)|truncated"
    r"|cut off|flicker(?:s|ing)?|freez(?:es|ing)|(?:mem(?:ory)?-?)?leaks?|outdated|out[ -]of[ -]date|dead link|404"
    r"|typos?"
    r"|mis-?spell(?:ed|ing)|misspelt|spelled"
    r"|inconsistent(?:ly)?|inconsistency|unexpected(?:ly)?|ignored|ignores|silently|still (?:reads|shows|says|uses"
    r"|has)|incomplete|unfinished|invalid"
    r"|confusing"
    r"|overwrites?|breaks?|no longer works?|(?:mis)?align(?:ment|ed)|(?:seems|looks|is|are) (?:off|odd|weird|ugly)"
    r"|(?:is|are|super|completely|totally|mostly|almost) empty)\b",
    re.IGNORECASE,
)

_WRITES = pattern(r"(?:add|creat|writ|implement)(?:e|ing)?\b", re.IGNORECASE)
_OPAQUE = pattern(
    r"\b(?:bugs?|fail(?:s|ed|ing|ure|ures)?|errors?(?! (?:messages?|handling|codes?))|crash(?:es|ed|ing)?|exceptions?"
    r"|traceback|hangs?|regression"
    r"|raises|cannot|can't|unable"
    r"|glitch(?:es)?|flicker(?:s|ing)?|freez(?:es|ing)|leaks?|unexpected(?:ly)?|silently|confusing|no longer works?"
    r"|(?:does|do|is|are|did|was)(?:n't| not) work(?:ing)?|not (?:working|possible)|slow|broken|invalid"
    r"|incorrect(?:ly)?)\b",
    re.IGNORECASE,
)
_VAGUE_FAULT = pattern(
    r"\b(?:something|things?|stuff) (?:is|are|goes|seems?) (?:wrong|off|broken|weird)\b|\b(?:issues?|problems?"
    r"|bugs?|trouble|errors?)"
    r" (?:with|in|on)\b|\b(?:does|do|is|are)(?:n't|nt| not) (?:work|working|correct|right)\W*$|\bnot working\W*$",
    re.IGNORECASE,
)
_LEAVES_FINDING = pattern(
    r"\b(?:list|find|identify|spot|look for|search for) (?:and|&|then) (?:fix|correct|solve|resolve|repair) (?:those"
    r"|them"
    r"|these|all|any|whatever)\b",
    re.IGNORECASE,
)
_CASE = pattern(
    r"\b(?:when|if|after|while|until|unless|whenever|without|click\w*|press\w*|open\w*|enter\w*|select\w*"
    r"|submit\w*(?! (?:an? |your |the )?(?:pr|pull|patch|change)\w*)"
    r"|run(?:s|ning)?|go to|navigate|try|steps|reproduce)\b",
    re.IGNORECASE,
)
_EVIDENCE = pattern(
    r"\b(?:logs?|build(?:s|bot)?|runs|jobs?|reports?|gist|pastebin|travis\w*|appveyor|circleci|jenkins|memcheck"
    r"|valgrind"
    r"|asan|sentry|pipelines?|actions|crash\w*|trace\w*)\b",
    re.IGNORECASE,
)
_NO_CASE = pattern(
    r"\b(?:follow(?:ed|ing)?|tried|did|after|done) (?:all )?(?:of )?(?:the |your |these )?(?:\w+ )?(?:steps"
    r"|instructions)\b|\bhow (?:can|do|should) (?:i|we)"
    r" \w+|\b(?:i|we) (?:have )?tried (?:everything|a lot|many|several|it|this|again)\b|\bplease (?:try|run|open)\b"
    r"|\bwhen (?:i|we|you) (?:click|press|use|try|run)(?:ed|ing)? (?:on )?(?:it|this|that)\b"
    r"|\b(?:until|if) you (?:fix|ask)\b|\bif you (?:want|like|need|know)\b",
    re.IGNORECASE,
)
_PRIVATE = pattern(
    r"\b(?:as|what|thing|things|stuff|like|that|points?|idea|changes?|everything|items?|one) (?:that |which )?(?:we "
    r"|was |were |you |i |he |she |they |have |been )*(?:discussed|talked"
    r"|agreed|said|mentioned|decided|told|spoke|suggested|asked)\b[^.\n]{0,40}\b(?:call|meeting(?: notes)?|yesterday"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|chat|discord|slack|offline"
    r"|in person|phone|mail|last (?:week|time|night)|standup|stand-up|dm|whatsapp|telegram|zoom)\b",
    re.IGNORECASE,
)
_HOURS = pattern(
    r"\b(?:(?:estimat\w*|expected|approx\w*|about|around|roughly|should take|takes?|time|effort|duration)\b\D{0,30})"
    r"(\d{1,3}|an?|one|two|three|few|a couple of|half an?)\s*(?:-|\u2013|to)?\s*(?:\d{1,3})?\s*\+?\s*(minu"
    r"tes?|mins?|hours?|hrs?|days?|weeks?)\b",
    re.IGNORECASE,
)
_QUANTITY = (
    r"(?:(?:several|a few|some|two|three|four|five|six|a couple of|many|multiple|[2-9]|[1-9]\d|\d+ ?(?:-|\u2013|to"
    r"|or) ?\d+)"
    r" (?:more |full |working |work |solid |person[- ]|man[- ])?(?:days|weeks|months|sprints|quarters)"
    r"|(?:a|one|1) (?:whole |full |good )?(?:week|month|sprint|quarter|fortnight))"
)
_BIG = r"(?:big|huge|large|massive|enormous|major|multi-?\w+|long-?term)"
_EFFORT = pattern(
    rf"\bwork(?:ing)? on (?:this|it|that) (?:for )?{_QUANTITY}\b|"
    rf"\b(?:estimat\w*|efforts?|duration|take|takes|spend|reckon\w*|budget|plan for|expect\w*|count on|invest|busy)\b"
    rf"(?<!after )[^.\n]{{0,40}}?\b{_QUANTITY}(?! (?:ago|old|before|after|later|earlier|in advance|of (?:data"
    rf"|history|logs|inactivity)|range))"
    rf"|\b(?:needs?|requires?) (?:about |around |roughly |at least |probably |up to )?{_QUANTITY}\b(?! (?:ago"
    rf"|of (?!work|effort)))"
    rf"|\b{_QUANTITY}(?:'s?)?(?: worth)? (?:of )?(?:work|effort|development|coding|labour|engineering)\b"
    r"|\b(?:size|effort|estimate|complexity|difficulty)\W{0,3}[:=]\W{0,3}(?:xl|xxl|x-?large|very (?:large|high)|huge"
    r"|epic|expert|advanced|hard)\b"
    r"|\bnot (?:really )?an? (?:\w+[- ])?(?:weekend|small|quick|beginner'?s?|one[- ]day|easy|trivial"
    r"|five[- ]minute) (?:project|task|job|thing|fix|issue|one)"
    rf"|\b(?:it is|it's|this is|is) (?:quite |rather |really )?(?:an? )?(?:very |really |quite "
    rf"|pretty )?{_BIG} (?:\w+ )?(?:project|task|undertaking|effort|job"
    r"|piece of work|rewrite|endeavou?r|chunk of work|one)\b|\bnothing for (?:a|one) (?:weekend|evening|day"
    r"|afternoon)\b|(?:^|[.!] )\W{0,3}(?:quite |really )?(?:a )?(?:big|huge) (?:one|task|project|job)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Of a program one says that it takes a second; only who works counts in weeks."""
_LARGE = pattern(
    r"\b(?:estimat\w*|efforts?|duration|time (?:needed|required)|(?:should|will|would|may|might"
    r"|could) take)\b[^\w.]{0,20}"
    r"(?:\w+ ){0,3}?(?:(\d{1,3}) ?\+? ?(?:hours?|hrs?)|(?:several|a few|some|two|three|four|five|[2-9]|\d\d) (?:days"
    r"|weeks|months)"
    r"|(?:a|one|1) (?:week|month))\b",
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
    r"^[^\w\n]*(?:required |needed |recommended |useful |helpful )?(?:skills?|knowledge|prerequisites?"
    r"|requirements|experience|"
    r"technolog(?:y|ies)|languages?)(?: (?:needed|required|level|you need))?[^\w\n:]*(?::|$)"
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
    """Return what its author wrote of an issue's body: no template's comments, declarations, unanswered questions."""
    text = _STRUCK.sub(" ", _COMMENT.sub(" ", bounded(body.replace("\r\n", "\n"))))
    text = "\n".join(line for line in text.split("\n") if line.strip())
    text = _VERSIONS.sub(" ", _DECLARATION.sub(" ", text))
    return _UNANSWERED.sub("", _NOTHING.sub("", text))


def words(text: str) -> int:
    """Return how many words of prose and lines of code say something: no headings, addresses, or versions of programs.

    Characters of languages that write without blanks count in pairs.
    """
    code = sum(len(match[0].split("\n")) for match in FENCED.finditer(text))
    prose = ADDRESS.sub(" ", _PICTURE.sub(" ", _HEADING.sub(" ", FENCED.sub(" ", text))))
    dense = len(re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", prose))
    return len(re.findall(r"[^\W\d_](?:[^\W_]|['\u2019-])*", prose)) + dense // 2 + min(code, 30)


def telling_words(text: str) -> int:
    """Return how many words of a text say something, beside praise, greetings and the words that are in every text."""
    return words(_SAYS_LITTLE.sub(" ", text))


def is_empty(text: str) -> bool:
    """Return whether a text is as good as none: not four words, no picture, no address."""
    return words(text) < 4 and not _PICTURE.search(text) and not ADDRESS.search(text)


def says_wanted(text: str) -> bool:
    """Return whether a text says that something is wanted, in however few words."""
    return _WANTED.search(text) is not None


def says_wished(text: str) -> bool:
    """Return whether a text says what one would like to have: "a knob would be nice"."""
    return _WISHED.search(text) is not None


def places(text: str, project: str = "") -> Places:
    """Return where the text points: files, names of code, parts of a screen, messages, pages of the `project`.

    `project` is its path on the forge ("owner/name"): pages elsewhere explain how one works, not where. "" takes all.
    """
    text = _BESIDES.sub(" ", text)
    without = ADDRESS.sub(" ", text)
    spans = [
        match[1]
        for match in _SPAN.finditer(without)
        if not (_LABEL.fullmatch(match[1]) or _PRODUCTS.fullmatch(match[1].lower()) or _COMMAND.match(match[1]))
    ]
    found: dict[str, None] = {}
    names = any(" " in span or "/" not in span.strip("/") for span in spans)
    names = names or re.search(r"(?<![\w:/.])/[\w-]+/[\w{}<>:-]+", without) is not None  # An address on a server.
    for token in (match[0].strip(".,-") for match in _TOKEN.finditer(without)):
        if _CALLED_AS_FILES.fullmatch(token.lower()):
            continue
        if _is_path(token) or ("/" in token.strip("/") and token in spans):
            found[token.removeprefix("./").rstrip("/")] = None
        elif token.lower() not in _ABBREVIATIONS and not _PRODUCTS.fullmatch(token.lower()):
            names = names or bool(_DOTTED.fullmatch(token) or _WORDS_OF_CODE.fullmatch(token))
    return Places(
        tuple(found)[:50],
        names or _names_something(text, without),
        any(_is_ours(match[0], project) for match in _POINTING_ADDRESS.finditer(text)),
    )


def task(title: str, text: str) -> str:
    """Return the title or, where it asks for nothing ("CSV export"), the first line of the text that does."""
    lines = () if is_task(title) else text.split("\n")
    return re.split(r"[.!?;]\s", next(filter(is_task, lines), title), maxsplit=1)[0]


def names_matter(title: str, project: str = "") -> bool:
    """Return whether a title names something there is to look at: "Add type hints" and "Add a dark mode" do not.

    What is everywhere is no place, nor is what is to be made, nor the `project` ("owner/name") itself: "Add paging to
    the basket" names the basket.
    """
    matter = existing(_BESIDES.sub(" ", subject(title))).lower().replace("\u2019", "'")
    whole = {re.sub(r"\W|_", "", name) for name in project.lower().split("/")}
    return _VERSION.search(title) is not None or any(
        len(word) > 2
        and re.sub(r"\W|_", "", word) not in whole
        and not _EVERYWHERE.fullmatch(word)
        and (word in _NOUNS_TOO or not _TASK.fullmatch(word))
        and not _VAGUE.fullmatch(word)
        and not _COMPARED.fullmatch(word)
        for word in (found.removesuffix("'s") for found in re.findall(r"[^\W\d_][\w'+#-]*", matter))
    )


def is_particular(title: str, project: str = "") -> bool:
    """Return whether a title names something of its own, which is an end: "Prometheus export", not "Docs" or "Menu".

    One word alone is merely named, "the lamp" is there already, what shall be better has no end, and words of other
    languages are not known.
    """
    asked = subject(title).split()
    if len(asked) < 2 or asked[0].lower() in ("the", "our", "this") or is_vague(title):
        return False
    return names_matter(" ".join(filter(str.isascii, asked)), project)


def is_endless(title: str, project: str = "") -> bool:
    """Return whether a title asks for what is everywhere and never done: "Add tests", "Improve the documentation".

    "Add tests for the wick" and "More parser tests" have a part to begin with, "Add a dark mode to the docs" an end.
    """
    asked = _AND_TESTS.sub("", subject(title))
    if (
        _FOR_READERS.match(asked)
        or _TURNS.match(asked)
        or _ONCE.match(asked)
        or _FOR_EACH.search(asked)
        or any(
            names_matter(match[1], project) and not (is_task(match[1]) or _KINDS_OF_TESTS.fullmatch(match[1].lower()))
            for match in _OF_A_PART.finditer(asked)
        )
    ):
        return False
    head = _HEAD_ENDS.split(asked, maxsplit=1)[0]
    more = _MORE_OF.search(head)
    return _ENDLESS.search(head) is not None or (more is not None and not names_matter(more[1], project))


def without_whole(text: str, project: str = "") -> str:
    """Return a text without what names the whole `project` ("owner/name") or what there is so far: no part of it."""
    text = _SO_FAR.sub(" ", text)
    name = project.rpartition("/")[2]
    if not name:
        return text
    whole = rf"(?<![\w/.-])[`*\"]{{0,3}}{re.escape(name)}[`*\"]{{0,3}}(?![\w/]|[.(-]\w)"
    return re.sub(whole, " ", text, flags=re.IGNORECASE)


def is_measured(text: str) -> bool:
    """Return whether a text says how far one shall come: "at least 80 %"."""
    return _MEASURE.search(text) is not None


def shows_matter(text: str) -> bool:
    """Return whether a text shows in a picture or in code what is meant, however few its words."""
    return shows_picture(text) or _SPAN.search(text) is not None or FENCED.search(text) is not None


def shows_picture(text: str) -> bool:
    """Return whether one can see in a picture what is meant."""
    return _PICTURE.search(text) is not None


def existing(line: str) -> str:
    """Return a line without what is to be made by it: "the basket" of "Add paging to the basket"."""
    asked = subject(line)
    if match := _MAKES.match(asked):
        found = (each for each in _COMPLEMENT.finditer(asked, match.end()) if _leads_on(asked[each.end() :], each[0]))
        made = next(found, None)
        return asked[made.end() :] if made else ""
    return asked.rpartition(" to ")[0] if _TURNS.match(asked) else line


def _leads_on(rest: str, word: str) -> bool:
    """Return whether a thing follows a preposition, and not what the thing to be made does: "to install it"."""
    return word.lower() != "to" or not is_task(rest.strip())


def _names_something(text: str, without: str) -> bool:
    return bool(
        FENCED.search(text)
        or re.search(r"(?<![\w!])![a-z]{3,}\b|\b(?:TODO|FIXME) (?:placeholder|comment|marker|note)s?\b", without)
        or re.search(r"(?<![\w-])--[a-z][\w-]+|(?<!\w)%[a-z(]|(?<!\w)\.[a-z_]{3,}\b", without)
        or _PARTS.search(without)
        or _EXAMPLE.search(text)
        or _PICTURE.search(text)
        or any(not _NO_NAME.fullmatch((match[1] or match[2]).lower()) for match in _NAMED.finditer(without))
        or _QUOTED.search(without)
    )


def _is_ours(address: str, project: str) -> bool:
    address = re.sub(r"[\W_]+", "", address.lower().split("//", 1)[-1])
    names = [re.sub(r"[\W_]+", "", name) for name in project.lower().split("/")]
    return not project or any(name in address for name in names if len(name) > 2)


def _is_path(token: str) -> bool:
    stem, dot, suffix = token.rpartition(".")
    if dot and suffix.lower() in _SUFFIXES and stem.strip("./"):
        return True
    return token.strip("/").count("/") >= 2 or token in _FILES or (len(token) > 3 and token[-1] == "/" != token[0])


def tells_outcome(title: str, text: str) -> bool:
    """Return whether one can tell when the issue is solved: criteria, boxes to tick, or what should be otherwise."""
    if (
        lists_criteria(text)
        or _OUTCOME.search(f"{title}\n{text}")
        or is_fault(text)
        or any(map(_says_what, _PART.split(text)))
    ):
        return True
    if is_vague(title):
        named = _MORE_OF_IT.match(subject(title)) is not None and places(title).any
        return named or _TOWARDS.search(f"{title}\n{text}") is not None
    if _TOWARDS.search(text):
        return True
    if _FILE_FOR.match(subject(title)) or (_WELL_KNOWN.fullmatch(subject(title)) and words(text) >= WORDS_OF_A_WISH):
        return True
    if _ASKED_FOR.match(title) or _SUPPORT.match(subject(title)):
        return True
    telling = len(subject(title).split()) >= WORDS_OF_STATEMENT
    return telling or is_task(title) or is_fault(title) or _WISHED.search(text) is not None


def _says_what(part: str) -> bool:
    """Return whether part of a text asks for something that is not only to be nicer."""
    part = _ASKS_KINDLY.sub("", part.lstrip(" -*+>0123456789.)"))
    return _TASK.match(part) is not None and _VAGUE.match(part) is None


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
    """Return whether a title asks for something to be done: "Add ...", "DOC: fix ...", "Improve ..."."""
    return any(start.match(text) for start in (_TASK, _VAGUE, _WARNINGS) for text in (title, subject(title)))


def verb(title: str) -> str:
    """Return the stem of what a title asks to do, in lower case: "translat" for "Translate ...", "" for no verb."""
    for start in (_TASK, _VAGUE):
        if match := start.match(subject(title)):
            word = match[0].split()[-1].lower()
            return re.sub(r"(?:e|ing|ed|es|s)$", "", word) if len(word) > 4 else word.removesuffix("e")
    return ""


def is_vague(title: str) -> bool:
    """Return whether a title asks for something that has no end by itself: "Improve ...", "Refactor ..."."""
    if updates_dependencies(title) or _WARNINGS.match(subject(title)):
        return False
    return (_VAGUE.match(subject(title)) or _VAGUE_MATTER.search(title)) is not None or (
        _UPDATE.match(subject(title)) is not None and _TO_WHAT.search(title) is None
    )


def updates_dependencies(title: str) -> bool:
    """Return whether a title asks to update the dependencies, whose place and end everybody knows."""
    return _DEPENDENCIES.match(subject(title)) is not None


def is_fault(title: str) -> bool:
    """Return whether a title tells of something broken, which is done when it is mended."""
    return _FAULT.search(title) is not None


def is_opaque(title: str) -> bool:
    """Return whether a title tells that something fails, which one has to see: "wrong", "missing" say what is wrong."""
    asked = subject(title)
    return _OPAQUE.search(asked) is not None and not _WRITES.match(asked)


def is_vague_fault(title: str) -> bool:
    """Return whether a title says that something is wrong, and not what: "Problems with the lamp", "It is broken"."""
    return _VAGUE_FAULT.search(title) is not None


def leaves_finding(text: str) -> bool:
    """Return whether whoever does it has to find out first what is wrong: "find and fix them"."""
    return _LEAVES_FINDING.search(text) is not None


def refers_elsewhere(text: str) -> bool:
    """Return whether a text says that its matter was told where no stranger was: "as discussed in the call"."""
    return _PRIVATE.search(text) is not None and ADDRESS.search(text) is None


def shows_evidence(text: str) -> bool:
    """Return whether a text links what a machine wrote of it: a log, a run, a report."""
    return any(_EVIDENCE.search(match[0]) for match in ADDRESS.finditer(text))


def shows_how(text: str) -> bool:
    """Return whether a text says in which case something happens, or what one does to see it."""
    return _CASE.search(_NO_CASE.sub(" ", text)) is not None


def is_question(title: str, text: str = "") -> bool:
    """Return whether a title asks for an answer, not for work; a proposal whose text asks nothing is work."""
    return (
        _QUESTION.search(title) is not None
        or (_PROPOSAL.search(title) is not None and not is_task(title) and ("?" in text or is_empty(text)))
        or _IDEAS.search(title) is not None
        or any(map(_ASKED.match, (title.lstrip(), subject(title))))
    )


def own_words(body: str) -> str:
    """Return what an author says of an issue besides the answers to a template's questions and the tale of a user."""
    lines: list[str] = []
    asked = False
    for line in plain_body(body).split("\n"):
        if _ASKED_OF_AUTHOR.search(line):
            asked = True
        elif _HEADING.match(line) and not _AT_WORK.search(line):
            asked = False
        elif not asked and not _TALE.match(line) and not _CHOSEN.match(line):
            lines.append(line)
    return "\n".join(lines)


def boxes(text: str) -> int:
    """Return the number of boxes to tick."""
    return len(_BOXES.findall(text))


def items(text: str) -> int:
    """Return the number of things that a text lists, with a box or without; numbered steps are none."""
    return len(_ITEMS.findall(text))


def box_lines(text: str) -> list[str]:
    """Return the lines with a box, ticked or not."""
    return [line for line in text.split("\n") if _BOXES.match(line)]


def open_boxes(text: str) -> list[str]:
    """Return the lines with a box that is not ticked."""
    return [line for line in text.split("\n") if _OPEN_BOX.match(line)]


WORDS_OF_A_CHOICE = 2
"""What templates give to choose from has no more words."""


def all_ticked(text: str) -> bool:
    """Return whether its author has ticked every task of a list: nothing is left, though nobody says so.

    What a template gives to choose from or asks to declare is no task.
    """
    asked = False
    found: list[str] = []
    for line in text.split("\n"):
        if _HEADING.match(line):
            asked = any(asks.search(line) for asks in (_ASKED_OF_AUTHOR, _DECLARES, _IS_ASKED))
        elif not asked and _BOXES.match(line) and not _FIRST_PERSON.search(line):
            found.append(line)
    if len(found) < 2 or any(map(_OPEN_BOX.match, found)):
        return False
    if any(len(line.partition("]")[2].split()) > WORDS_OF_A_CHOICE for line in found):
        return True
    return not all(CHOICE.search(line) and not places(line).paths for line in found[:100])


def size(text: str) -> str:
    """Return how long the text says it takes: "hours", "day", "more", or "" for nothing said."""
    match = _HOURS.search(text)
    if match:
        unit, number = match[2].lower(), match[1].lower()
        count = int(number) if number.isdigit() else 1
        if unit.startswith("min") or (unit.startswith(("hour", "hr")) and count <= 4):
            return "hours"
        if unit.startswith(("hour", "hr")):
            return "day" if count <= HOURS_OF_A_DAY else "more"
        return "day" if unit.startswith("day") and count <= 1 else "more"
    return "hours" if _SMALL.search(text) else ""


def is_large(text: str) -> bool:
    """Return whether the text says that it takes more than a day."""
    if _EFFORT.search(text):
        return True
    return any(not match[1] or int(match[1]) > HOURS_OF_A_DAY for match in _LARGE.finditer(text))


def tells_skills(text: str) -> bool:
    """Return whether the text says what one has to know."""
    return _SKILLS_TOLD.search(text) is not None
