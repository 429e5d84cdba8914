"""Where the maintainers can be talked to: chat, forum, mailing list, discussions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import guide, sites
from pytest_sprintready.facts.community import TEXT_ENDING, addresses_in_forms, first_file
from pytest_sprintready.facts.files import document_files, stem
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.document import Prose
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.document import Document


_CHANNEL_HOSTS = pattern(
    r"""(^|\.)(
        discord\.(gg|com) | discordapp\.com | slack\.com | gitter\.im | matrix\.to | element\.io | zulip(chat)?\.com
      | groups\.google\.com | groups\.io | freelists\.org | mail-archive\.com | libera\.chat | freenode\.net
      | oftc\.net | kiwiirc\.com | t\.me | telegram\.me | mattermost\.com | rocket\.chat | mail\.python\.org
      | mail\.[\w-]+\.(org|net) | (lists | discuss | forums? | community | chat | discourse | talk) \.\w[\w.-]*
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
# Hosts with a page on everything, "slack" and "forum" too.
_ENCYCLOPEDIAS = pattern(r"(^|\.)(wikipedia|pypi)\.\w+$")
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
    r"""stackoverflow | shields\.io | /badge | img\. | /api/ | widget\.(png|json) | \.(svg|png)(\?|$) | //api\.
      | githubusercontent | (?<!slack\.com)/archives?/ | slack\.com/archives/\w+/\w
      | discord\.com/(developers | channels/\d+/\d+/\d) | /threads?/ | /topic/
      | /t/[\w-]+/\d | /msg\d | /pipermail/
      | support\.discord | /search\? | forum/\#!topic""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_FOR_QUESTIONS = r"conduct|security|licen[sc]e|sponsor|professional"
_EMAIL = pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CHANNEL_PAGES = pattern(
    r"""community | support | contacts? | (getting[-_]?)?help([-_].*)? | faq | get[-_]?in[-_]?touch | index | readme
      | author | about | chat | mailing[-_]?lists?""",
    re.IGNORECASE | re.VERBOSE,
)
# Lists of people, whose pages are theirs and no channel of the project.
_PEOPLE = pattern(r"\W*((our|the|all)\s+)?(contributors|thanks|thank\s+you|credits|acknowledge?ments)\b", re.IGNORECASE)


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
            elsewhere = re.search(_NOT_FOR_QUESTIONS, section.title, re.IGNORECASE)
            for item in section.items:
                if not isinstance(item, Prose):
                    continue
                for link in item.links:
                    if not (link.target.startswith(("mailto:", "#")) or _PEOPLE.match(section.title)):
                        yield link.target, f"{section.title} {item.text}", Evidence(document.path, link.line)
                if not elsewhere and ("#" in item.text or "@" in item.text):
                    yield from _spelled_out(item, document.path)
    for label, url in facts.project.urls.items():
        yield (
            url,
            f"contact {label}",
            facts.project.places.get(f"urls.{label}") or Evidence((facts.project.files or ("pyproject.toml",))[0]),
        )
    yield from addresses_in_forms(facts)
    for folder in (".github/ISSUE_TEMPLATE", ".gitea/ISSUE_TEMPLATE"):
        for name in ("config.yml", "config.yaml"):
            path = f"{folder}/{name}"
            for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
                match = re.match(r"\s*(?:-\s*)?url:\s*[\"']?(\S+?)[\"']?\s*$", line)
                if match:
                    yield match[1], "questions", Evidence(path, number)


def _spelled_out(item: Prose, path: str) -> Iterator[tuple[str, str, Evidence]]:
    """Channels written without a link: an IRC room, an e-mail address to write to with questions."""
    if "#" in item.text and not any(re.search(r"irc|libera|matrix|kiwi", link.target) for link in item.links):
        for match in re.finditer(
            r"(?<![\w/&])#([a-z][\w-]+)`{0,2}(?=.{0,40}\b(irc|libera|freenode|oftc)\b)", item.text, re.IGNORECASE
        ):
            room = f"#{match[1]} on irc.libera.chat" if "libera" in item.text else f"#{match[1]}"
            yield room, item.text, Evidence(path, item.line)
    if "@" not in item.text:
        return
    if re.search(
        r"\b(e-?mail|mail|write|contact|reach|support|questions?)\b", item.text, re.IGNORECASE
    ) and not re.search(r"vulnerab|security|conduct|abus|harass|password|private", item.text, re.IGNORECASE):
        for match in _EMAIL.finditer(re.sub(r"\S+://\S+", " ", item.text)):
            if not re.search(
                r"^your[-_.]|@(my|your)[-.]|@(example|(e?mail|your)?[-_.]?domain\.|users\.noreply|googlegroups|github)\b|^(security|conduct|noreply|git)[@+]",
                match[0],
            ):
                yield f"mailto:{match[0]}", item.text, Evidence(path, item.line)


def _channel_documents(facts: Facts) -> Iterator[Document]:
    seen = set()
    paths = [
        facts.readme.value,
        *(page.path for page in guide.guide_pages(facts)),
        *(page.path for page in guide.named_pages(facts)),
    ]
    paths += [first_file(facts, r"(support|community|contact)" + TEXT_ENDING)]
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
    return bool(_CHANNEL_PATH.search(path)) and not _ENCYCLOPEDIAS.search(host)


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
