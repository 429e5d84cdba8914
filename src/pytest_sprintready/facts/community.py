"""The people side: licence, conduct, templates, labels for newcomers, channels to the maintainers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts import guide, sites
from pytest_sprintready.facts.documents import document_files, stem
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.document import Block, Prose
from pytest_sprintready.reading.links import unquoted
from pytest_sprintready.reading.patterns import bounded, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.document import Document, Link, Section

_TEXT = r"(\.(md|markdown|rst|txt|adoc|html))?"
_ROOT_FOLDERS = ("", ".github", ".gitlab", ".gitea", ".forgejo", "docs", "doc")


def _first_file(facts: Facts, pattern: str, folders: Iterable[str] = _ROOT_FOLDERS) -> str:
    """The first file whose name matches, folder by folder."""
    compiled = re.compile(pattern, re.IGNORECASE)
    for folder in folders:
        for name in sorted(facts.snapshot.folder(folder), key=lambda name: (len(name), name)):
            if compiled.fullmatch(name):
                return f"{folder}/{name}" if folder else name
    return ""


def _in_documents(facts: Facts, pattern: str) -> str:
    """The highest document below the docs folders whose name without number prefix and extension matches."""
    compiled = re.compile(pattern, re.IGNORECASE)
    found = [path for path in document_files(facts) if "/" in path and compiled.fullmatch(stem(path))]
    return min(found, key=lambda path: (path.count("/"), path), default="")


def _path(path: str) -> Fact[str]:
    return Fact(path, [Evidence(path)] if path else [])


def code_of_conduct(facts: Facts) -> Fact[str]:
    """A file of that name, else the address that the guide or the README links as the code of conduct."""
    named = r"(contributor[-_ ])?(code[-_ ]?of[-_ ]?conduct|conduct|coc)"
    path = _first_file(facts, named + _TEXT) or _in_documents(facts, named)
    if path:
        return _path(path)
    return _own_section_on_conduct(facts) or _link_to_conduct(facts) or _link_in_forms(facts) or Fact("")


_CONDUCT = pattern(r"code[-_ ]of[-_ ]conduct", re.IGNORECASE)
_WORDS_OF_A_CODE = 200


def _own_section_on_conduct(facts: Facts) -> Fact[str] | None:
    """A page of the guide with a section that is itself a code of conduct, not a sentence and a link."""
    for page in guide.guide_pages(facts):
        for position, section in enumerate(page.document.sections):
            if not _CONDUCT.search(section.title):
                continue
            parts = [section, *(each for each in page.document.sections[position:] if section.title in each.trail)]
            words = sum(len(item.text.split()) for part in parts for item in part.items if isinstance(item, Prose))
            if words >= _WORDS_OF_A_CODE:
                return Fact(page.path, [Evidence(page.path, section.line)])
    return None


def _link_to_conduct(facts: Facts) -> Fact[str] | None:
    for document in _community_documents(facts):
        for section, link in _links(document):
            about = link.text + section.title
            named = _CONDUCT.search(link.text) or ("conduct" in about.lower() and "conduct" in link.target.lower())
            if named and link.target.startswith("http") and not link.image:
                return Fact(f"url:{link.target}", [Evidence(document.path, link.line)])
    return None


_ADDRESS = pattern(r"https?://[^\s\"'<>)\]]+")


def _addresses_in_forms(facts: Facts) -> Iterator[tuple[str, str, Evidence]]:
    """Addresses in issue forms with the words of their line."""
    for path in facts.issue_templates.value:
        if path.endswith((".yml", ".yaml")):
            for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
                for address in _ADDRESS.findall(line):
                    yield address, line, Evidence(path, number)


def _link_in_forms(facts: Facts) -> Fact[str] | None:
    found = (each for each in _addresses_in_forms(facts) if _CONDUCT.search(each[0]))
    return next((Fact(f"url:{address}", [place]) for address, _, place in found), None)


def _links(document: Document) -> Iterator[tuple[Section, Link]]:
    return (
        (section, link)
        for section in document.sections
        for item in section.items
        if isinstance(item, Prose)
        for link in item.links
    )


def _community_documents(facts: Facts) -> Iterator[Document]:
    """The guide by its standard name first, then its other pages, then the README."""
    paths = sorted(
        (page.path for page in (*guide.named_pages(facts), *guide.guide_pages(facts))), key=lambda path: path.count("/")
    )
    for path in dict.fromkeys([*paths, facts.readme.value]):
        document = facts.document(path) if path else None
        if document is not None:
            yield document


def license_file(facts: Facts) -> Fact[str]:
    """LICENSE and its kin in the root, else the first of a LICENSES folder (REUSE)."""
    named = r"((un)?licen[sc]e|copying|mit-license)" + _TEXT
    path = _first_file(facts, named, ["", ".github"])
    if not path:
        several = [
            name
            for name in facts.snapshot.folder("")
            if re.fullmatch(r"(licen[sc]e|copying)[-_.].+", name, re.IGNORECASE)
        ]
        expression = facts.project.license
        several.sort(key=lambda name: (_place_in(expression, name), name))
        path = next((name for name in several if not name.endswith("/")), "")
    if not path:
        folder = next(
            (name for name in facts.snapshot.folder("") if re.fullmatch(r"licen[sc]es?/", name, re.IGNORECASE)), ""
        )
        names = [name for name in facts.snapshot.folder(folder.rstrip("/")) if not name.endswith("/")] if folder else []
        names.sort(key=lambda name: (_place_in(facts.project.license, name), name))
        path = folder + names[0] if names else ""
    return _path(path)


def _place_in(expression: str, name: str) -> int:
    words = [
        word
        for word in re.split(r"[-_.]", name.lower())
        if word not in {"license", "licence", "txt", "md", "rst", "copying"}
    ]
    found = [expression.lower().find(word) for word in words if word in expression.lower()]
    return min(found, default=1000)


def license_spdx(facts: Facts) -> Fact[str]:
    """The project's SPDX expression where metadata gives one, else what the licence's text is."""
    from pytest_sprintready.reading.licences import identify_licence, normalise_expression

    declared = normalise_expression(facts.project.license)
    if declared:
        return Fact(declared, [facts.project.places["license"]])
    path = facts.license.value
    text = facts.text(path) if path else None
    by_text = identify_licence(text) if text else ""
    return Fact(by_text, [Evidence(path)] if by_text else [])


def issue_templates(facts: Facts) -> Fact[tuple[str, ...]]:
    """Issue templates and forms of GitHub, GitLab, Gitea and Forgejo; `config.yml` is none."""
    found = []
    for folder in _ROOT_FOLDERS:
        for name in facts.snapshot.folder(folder):
            path = f"{folder}/{name}" if folder else name
            if re.fullmatch(r"issue_template(\.(md|ya?ml|txt))?", name, re.IGNORECASE):
                found.append(path)
            elif re.fullmatch(r"issue_templates?/", name, re.IGNORECASE):
                found += [
                    path + each
                    for each in facts.snapshot.folder(path.rstrip("/"))
                    if re.search(r"\.(md|ya?ml)$", each) and not re.fullmatch(r"config\.ya?ml", each)
                ]
    return Fact(tuple(found), [Evidence(path) for path in found])


def pr_template(facts: Facts) -> Fact[str]:
    """The template of a pull or merge request."""
    for folder in (".github", "", ".gitlab", ".gitea", ".forgejo", "docs"):
        for name in facts.snapshot.folder(folder):
            path = f"{folder}/{name}" if folder else name
            if re.fullmatch(r"pull_request_template(\.\w+)?", name, re.IGNORECASE):
                return _path(path)
            if re.fullmatch(r"(pull_request_template|merge_request_templates)/", name, re.IGNORECASE):
                inside = [each for each in facts.snapshot.folder(path.rstrip("/")) if each.endswith(".md")]
                if inside:
                    return _path(path + inside[0])
    return Fact("")


def security(facts: Facts) -> Fact[str]:
    """The security policy."""
    return _path(
        _first_file(facts, r"security" + _TEXT) or _first_file(facts, r"security[-_]?\w*" + _TEXT, ["", ".github"])
    )


def changelog(facts: Facts) -> Fact[str]:
    """The changelog: in the root unless that file only points on, else the one among the documents."""
    named = r"(change(s|[-_ ]?log)|history|news|release[-_ ]?notes|releases|whats?[-_ ]?new)"
    root = _first_file(facts, named + _TEXT, [""])
    if root and not _only_points_on(facts, root):
        return _path(root)
    deep = _in_documents(facts, named) or _in_documents(facts, r"versions|(version|release)[-_ ]history")
    if not deep and facts.project.name:  # one page for each package of the repository
        own = re.escape(facts.project.name)
        deep = next((path for path in document_files(facts) if re.search(rf"/history/{own}\.(md|rst)$", path)), "")
    deep = deep or _index_of_changes(facts, named)
    return _path(deep or root or _first_file(facts, named + _TEXT, [".github"]))


def _index_of_changes(facts: Facts, named: str) -> str:
    """The index of a folder of release notes below the documents."""
    above = {path.rpartition("/")[0] for path in document_files(facts) if "/" in path}
    inside = (f"{folder}/{name}" for folder in above for name in facts.snapshot.folder(folder) if name.endswith("/"))
    folders = {path.rstrip("/") for path in inside} | above
    wanted = pattern(named + "|release", re.IGNORECASE)
    notes = [folder for folder in folders if wanted.fullmatch(folder.rpartition("/")[2])]
    notes.sort(key=lambda folder: (folder.count("/"), folder))
    return next((path for folder in notes if (path := _first_file(facts, r"index\.(md|rst)", [folder]))), "")


def _only_points_on(facts: Facts, path: str) -> bool:
    text = facts.text(path)
    return (
        text is not None
        and len(text) < 600
        and len(re.findall(r"\d+\.\d+", text)) < 3
        and bool(re.search(r"https?://|\.rst|docs?/", text))
    )


def ai_agents_doc(facts: Facts) -> Fact[str]:
    """Instructions for coding agents."""
    return _path(next(iter(agents_pages(facts)), ""))


def agents_pages(facts: Facts) -> list[str]:
    """Every page of instructions for coding agents, the common one (agents.md) first."""
    known = ("AGENTS.md", "CLAUDE.md", "GEMINI.md", ".github/copilot-instructions.md", ".cursorrules")
    return [path for path in known if facts.snapshot.has(path)]


# Labels ---------------------------------------------------------------------------------------------------------

# Names in use for newcomers' issues (GUIDANCE row 42; the names issue finders know), with a prefix such as "status: ".
_BEGINNER = pattern(
    r"""(?: [A-Za-z]+ [ ]? [:/-] [ ]? )? \b (?:
        good [- _] (?:for[- _])? (?:first|1st|newcomers?|beginners?) [- _] (?:time[- _])?
          (?:issues? | bugs? | prs? | contributions? | contributors? | tasks? | timers?)
      | first [- _]? timers? [- _]? (?:only|friendly|issue)?
      | first [- _] time [- _] contributors?
      | (?:beginners? | newcomers?) (?:[- _]friendly)?
      | (?:contributor | newbie | first [- _] timer) [- _] friendly
      | new [- _] contributors?
      | low [- _] hanging [- _] fruits?
      | starter (?:[- _](?:bug|issue|task))?
      | easy (?:[- _]?(?:fix | pickings? | pick | issues? | bugs?))?
      | entry [- _] level | junior [- _] jobs? | up [- _] for [- _] grabs | contributions? [ ] welcome
      | difficulty [ ]? [:/-] [ ]? (?:easy|beginner|novice|low)
      | onboarding | bitesize | novice
    ) \b""",
    re.IGNORECASE | re.VERBOSE,
)
_INVITATION = pattern(r"help[- _]wanted", re.IGNORECASE)
_LABEL_IN_URL = pattern(
    r"""label (?: %3A | : | s= | _name(?:%5B%5D|\[\])?= ) (?:%22|")? ([^&"]+?)
    (?: %22 | " | & | $ | \s | \+is(?:%3A|:) | \+state | \+sort )""",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL_FILES = pattern(r"(labels?|settings|probot-settings)\.(ya?ml|toml|json)", re.IGNORECASE)
_QUOTED = pattern(r"[\"“'\u2018`*]{1,3}([\w :/.-]{3,40}?)[\"”'\u2019`*]{1,3}")


class _Label(NamedTuple):
    name: str
    place: Evidence


def beginner_labels(facts: Facts) -> Fact[tuple[str, ...]]:
    """Names in label files that are meant for newcomers, and names the documents quote or link."""
    named = [*_labels_in_documents(facts), *_labels_in_files(facts)]
    aliases = {alias.casefold() for alias in facts.settings.beginner_labels}
    found = [label for label in named if _is_beginner(label.name) or label.name.casefold() in aliases]
    if not found:
        found = [label for label in _labels_in_documents(facts) if _INVITATION.fullmatch(label.name)]
    unique: dict[str, _Label] = {}
    for label in sorted(
        found, key=lambda label: label.name.endswith("s")
    ):  # "good first issues" is prose for the label
        unique.setdefault(re.sub(r"[\s_-]+", " ", label.name.casefold()).removesuffix("s"), label)
    return Fact(tuple(label.name for label in unique.values()), [label.place for label in unique.values()])


def _is_beginner(name: str) -> bool:
    return _BEGINNER.fullmatch(name.strip()) is not None


def _labels_in_documents(facts: Facts) -> Iterator[_Label]:
    for document in _label_documents(facts):
        for section in document.sections:
            for item in section.items:
                if isinstance(item, Block) or item.kind == "comment":
                    continue
                yield from _labels_in_prose(item, document.path)


def _labels_in_prose(item: Prose, path: str) -> Iterator[_Label]:
    for link in item.links:
        for match in _LABEL_IN_URL.finditer(link.target):
            yield _Label(_clean(unquoted(match[1].replace("+", " "))), Evidence(path, link.line))
    about_labels = re.search(r"\blabel|\btag|\bmarked\b|\bissues?\b", item.text, re.IGNORECASE)
    if not about_labels:
        return
    for code in item.codes:
        yield _Label(_clean(code.text), Evidence(path, code.line))
    for link in item.links:
        yield _Label(_clean(link.text), Evidence(path, link.line))
    for match in _QUOTED.finditer(item.text):
        yield _Label(_clean(match[1]), Evidence(path, item.line + item.text.count("\n", 0, match.start())))
    for match in re.finditer(r"\bgood[- ]first[- ]issues?\b", item.text, re.IGNORECASE):
        yield _Label("good first issue", Evidence(path, item.line + item.text.count("\n", 0, match.start())))


def _clean(name: str) -> str:
    name = name.strip().strip("\"'`*“”").strip()
    return re.sub(r"(?<=\s)labels?$", "", name, flags=re.IGNORECASE).rstrip()


def _label_documents(facts: Facts) -> Iterator[Document]:
    yield from _community_documents(facts)
    for path in document_files(facts):
        if re.search(r"triage|labels?|newcomer|new[-_]contributor|first[-_]|mentor|sprint", stem(path), re.IGNORECASE):
            document = facts.document(path)
            if document is not None:
                yield document


def _labels_in_files(facts: Facts) -> Iterator[_Label]:
    for folder in (".github", "", ".gitlab"):
        for name in facts.snapshot.folder(folder):
            if _LABEL_FILES.fullmatch(name):
                path = f"{folder}/{name}" if folder else name
                for number, line in enumerate(bounded(facts.text(path) or "").splitlines(), 1):
                    match = re.match(
                        r"\s*(?:-\s*)?[\"']?(?:name[\"']?\s*[:=]|\[)\s*[\"']?([^\"'#\]]+)", line
                    ) or re.match(r"[\"']?([^\"':=#]{3,40})[\"']?\s*:\s*$", line)
                    if match:
                        yield _Label(_clean(match[1].rstrip(" ,]")), Evidence(path, number))


# Channels -------------------------------------------------------------------------------------------------------

_CHANNEL_HOSTS = pattern(
    r"""(^|\.)(
        discord\.(gg|com) | discordapp\.com | slack\.com | gitter\.im | matrix\.to | element\.io | zulip(chat)?\.com
      | groups\.google\.com | groups\.io | freelists\.org | mail-archive\.com | libera\.chat | freenode\.net
      | oftc\.net | kiwiirc\.com | t\.me | telegram\.me | mattermost\.com | rocket\.chat | mail\.python\.org
      | mail\.[\w-]+\.(org|net) | (lists | discuss | forums? | community | chat | discourse | talk) \.\w[\w.-]*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
# Hosts that are channels by their first word only where the text says so.
_GENERIC_HOSTS = pattern(r"(discuss|forums?|community|chat|talk)\.", re.IGNORECASE)
_TALKING = pattern(
    r"forum|discuss|chat|mailing|question|help|talk|\bask\b|contact|communit(y|ies)\b|support|discourse|reach",
    re.IGNORECASE,
)
_CHANNEL_PATH = pattern(
    r"(^|/|join-)(discord|slack|chat|zulip|gitter|matrix|mailing-?list|forum)(-\w+)?/?$", re.IGNORECASE
)
_NOT_CHANNEL = pattern(
    r"""stackoverflow | shields\.io | /badge | img\. | /api/ | widget\.(png|json) | \.(svg|png)(\?|$)
      | githubusercontent | /archives?/ | discord\.com/(developers|channels) | /threads?/ | /topic/
      | /t/[\w-]+/\d | /msg\d | /pipermail/
      | support\.discord | /search\? | forum/\#!topic""",
    re.IGNORECASE | re.VERBOSE,
)
_EMAIL = pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CHANNEL_PAGES = pattern(
    r"""community | support | contacts? | (getting[-_]?)?help([-_].*)? | faq | get[-_]?in[-_]?touch | index | readme
      | author | about | chat | mailing[-_]?lists?""",
    re.IGNORECASE | re.VERBOSE,
)


def contact(facts: Facts) -> Fact[tuple[str, ...]]:
    """Chat, forum, mailing list, discussions: one entry a channel, in the order of first mention."""
    channels: dict[str, tuple[str, Evidence]] = {}
    for target, words, place in _channel_candidates(facts):
        if target.startswith(("#", "mailto:")) or _is_channel(facts, target, words):
            plain = target.removeprefix("mailto:")
            channels.setdefault(_channel_key(plain), (plain, place))
    if any(re.search(r"irc|libera|freenode", target) for target in channels if not target.startswith("#")):
        channels = {key: found for key, found in channels.items() if not key.startswith("#")}
    return Fact(tuple(target for target, _ in channels.values()), [place for _, place in channels.values()])


def _channel_candidates(facts: Facts) -> Iterator[tuple[str, str, Evidence]]:
    """Addresses with the words they are linked by (or that stand around them) and the place."""
    for document in _channel_documents(facts):
        for section in document.sections:
            for item in section.items:
                if not isinstance(item, Prose):
                    continue
                for link in item.links:
                    if not link.target.startswith(("mailto:", "#")):
                        yield link.target, f"{section.title} {item.text}", Evidence(document.path, link.line)
                if re.search(r"conduct|security|licen[sc]e|sponsor|professional", section.title, re.IGNORECASE):
                    continue
                yield from _spelled_out(item, document.path)
    for label, url in facts.project.urls.items():
        yield (
            url,
            f"contact {label}",
            facts.project.places.get(f"urls.{label}") or Evidence((facts.project.files or ("pyproject.toml",))[0]),
        )
    yield from _addresses_in_forms(facts)
    for folder in (".github/ISSUE_TEMPLATE", ".gitea/ISSUE_TEMPLATE"):
        for name in ("config.yml", "config.yaml"):
            path = f"{folder}/{name}"
            for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
                match = re.match(r"\s*(?:-\s*)?url:\s*[\"']?(\S+?)[\"']?\s*$", line)
                if match:
                    yield match[1], "questions", Evidence(path, number)


def _spelled_out(item: Prose, path: str) -> Iterator[tuple[str, str, Evidence]]:
    """Channels written without a link: an IRC room, an e-mail address to write to with questions."""
    if not any(re.search(r"irc|libera|matrix|kiwi", link.target) for link in item.links):
        for match in re.finditer(
            r"(?<![\w/&])#([a-z][\w-]+)`{0,2}(?=.{0,40}\b(irc|libera|freenode|oftc)\b)", item.text, re.IGNORECASE
        ):
            room = f"#{match[1]} on irc.libera.chat" if "libera" in item.text else f"#{match[1]}"
            yield room, item.text, Evidence(path, item.line)
    if re.search(
        r"\b(e-?mail|mail|write|contact|reach|support|questions?)\b", item.text, re.IGNORECASE
    ) and not re.search(r"vulnerab|security|conduct|abus|harass|password|private", item.text, re.IGNORECASE):
        for match in _EMAIL.finditer(re.sub(r"\S+://\S+", " ", item.text)):
            if not re.search(
                r"@(example|users\.noreply|googlegroups|github)\b|^(security|conduct|noreply|git)[@+]", match[0]
            ):
                yield f"mailto:{match[0]}", item.text, Evidence(path, item.line)


def _channel_documents(facts: Facts) -> Iterator[Document]:
    seen = set()
    paths = [
        facts.readme.value,
        *(page.path for page in guide.guide_pages(facts)),
        *(page.path for page in guide.named_pages(facts)),
    ]
    paths += [_first_file(facts, r"(support|community|contact)" + _TEXT)]
    paths += [path for path in document_files(facts) if path.count("/") <= 3 and _CHANNEL_PAGES.fullmatch(stem(path))]
    paths += list(facts.issue_templates.value)
    for path in paths:
        if path and path not in seen and re.search(r"\.(md|rst|txt|markdown|adoc)$|/?[A-Z]+$", path):
            seen.add(path)
            document = facts.document(path)
            if document is not None:
                yield document


def _is_channel(facts: Facts, target: str, words: str) -> bool:
    if target.startswith(("irc://", "ircs://", "xmpp:")):
        return True
    if not target.startswith(("http://", "https://")) or _NOT_CHANNEL.search(target):
        return False
    host, path = sites.host_and_path(target)
    if host == "github.com":
        match = re.match(r"/(?:orgs/)?([^/]+)(?:/([^/]+))?/discussions(/categories/[^/]+)?/?$", path)
        if match is None:
            match = re.match(r"/([^/]+)/[^/]+/wiki/(discord|slack|chat|gitter|irc)$", path, re.IGNORECASE)
        return match is not None and _is_own_owner(facts, match[1])
    if host.endswith("reddit.com"):
        return bool(re.match(r"/r/\w+/?$", path))
    if _CHANNEL_HOSTS.search(host):
        if not path.strip("/") and host in {
            "libera.chat",
            "groups.google.com",
            "discord.com",
            "slack.com",
            "gitter.im",
            "t.me",
        }:
            return False  # the service, not a channel of it
        return not _GENERIC_HOSTS.match(host) or bool(_TALKING.search(re.sub(r"\S+://\S+", "", words)))
    return bool(_CHANNEL_PATH.search(path)) and not host.endswith(("wikipedia.org", "pypi.???"))


def _is_own_owner(facts: Facts, owner: str) -> bool:
    own = {full.partition("/")[0] for full in sites.own_repositories(facts)}
    return not own or owner.lower() in own


def _channel_key(target: str) -> str:
    key = re.sub(r"^\w+://(www\.)?", "", target.split("?", maxsplit=1)[0].lower()).rstrip("/")
    if "/discussions" in key:
        return key.partition("/discussions")[0] + "/discussions"
    before, _, room = key.partition("#")
    names_room = room and (not before or re.search(r"irc|matrix|libera|element", before))
    return key if names_room else before.rstrip("/")
