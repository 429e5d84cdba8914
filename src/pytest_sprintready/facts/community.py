"""The people side: licence, conduct, templates, labels for newcomers, channels to the maintainers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import guide
from pytest_sprintready.facts.files import document_files, stem
from pytest_sprintready.model import Evidence, Fact
from pytest_sprintready.reading.document import Prose
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.document import Document, Link, Section

TEXT_ENDING = r"(\.(md|markdown|rst|txt|adoc|html))?"
_ROOT_FOLDERS = ("", ".github", ".gitlab", ".gitea", ".forgejo", "docs", "doc")


def first_file(facts: Facts, pattern: str, folders: Iterable[str] = _ROOT_FOLDERS) -> str:
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
    path = first_file(facts, named + TEXT_ENDING) or _in_documents(facts, named)
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
    for document in community_documents(facts):
        for section, link in _links(document):
            about = link.text + section.title
            named = _CONDUCT.search(link.text) or ("conduct" in about.lower() and "conduct" in link.target.lower())
            if named and link.target.startswith("http") and not link.image:
                return Fact(f"url:{link.target}", [Evidence(document.path, link.line)])
    return None


_ADDRESS = pattern(r"https?://[^\s\"'<>)\]]+")


def addresses_in_forms(facts: Facts) -> Iterator[tuple[str, str, Evidence]]:
    """Addresses in issue forms with the words of their line."""
    for path in facts.issue_templates.value:
        if path.endswith((".yml", ".yaml")):
            for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
                for address in _ADDRESS.findall(line):
                    yield address, line, Evidence(path, number)


def _link_in_forms(facts: Facts) -> Fact[str] | None:
    found = (each for each in addresses_in_forms(facts) if _CONDUCT.search(each[0]))
    return next((Fact(f"url:{address}", [place]) for address, _, place in found), None)


def _links(document: Document) -> Iterator[tuple[Section, Link]]:
    return (
        (section, link)
        for section in document.sections
        for item in section.items
        if isinstance(item, Prose)
        for link in item.links
    )


def community_documents(facts: Facts) -> Iterator[Document]:
    """The guide by its standard name first, then its other pages, then the README, then the first page of the docs."""
    paths = sorted(
        (page.path for page in (*guide.named_pages(facts), *guide.guide_pages(facts))), key=lambda path: path.count("/")
    )
    first_page = first_file(facts, r"index\.(md|rst)", ["docs", "doc", "docs/source", "doc/source"])
    for path in dict.fromkeys([*paths, facts.readme.value, first_page]):
        document = facts.document(path) if path else None
        if document is not None:
            yield document


def license_file(facts: Facts) -> Fact[str]:
    """LICENSE and its kin in the root, else the first of a LICENSES folder (REUSE)."""
    named = r"((un)?licen[sc]e|copying|mit-license)" + TEXT_ENDING
    path = first_file(facts, named, ["", ".github"])
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
    """The security policy; a page of that name among the documents is one where it speaks of reports."""
    named = r"security" + TEXT_ENDING
    path = first_file(facts, named, [folder for folder in _ROOT_FOLDERS if not folder.startswith("doc")])
    path = path or first_file(facts, r"security[-_]?\w*" + TEXT_ENDING, ["", ".github"])
    page = "" if path else first_file(facts, named, ["docs", "doc"])
    reports = page and re.search(r"\breport|\bdisclos|vulnerabilit", facts.text(page) or "", re.IGNORECASE)
    return _path(path or (page if reports else ""))


def changelog(facts: Facts) -> Fact[str]:
    """The changelog: in the root unless that file only points on, else the one among the documents."""
    named = r"(change(s|[-_ ]?log)|history|news|release[-_ ]?notes|releases|whats?[-_ ]?new)"
    root = first_file(facts, named + TEXT_ENDING, [""])
    if root and not _only_points_on(facts, root):
        return _path(root)
    deep = _in_documents(facts, named) or _in_documents(facts, r"versions|(version|release)[-_ ]history")
    if not deep and facts.project.name:  # one page for each package of the repository
        own = re.escape(facts.project.name)
        deep = next((path for path in document_files(facts) if re.search(rf"/history/{own}\.(md|rst)$", path)), "")
    deep = deep or _index_of_changes(facts, named)
    if root and deep and any(name.rpartition("/")[2] == root for name, _ in _includes(facts, deep)):
        deep = ""  # the page of the documents only shows the one of the root
    return _path(deep or root or first_file(facts, named + TEXT_ENDING, [".github"]))


def _includes(facts: Facts, path: str) -> tuple[tuple[str, int], ...]:
    document = facts.document(path)
    return document.includes if document is not None else ()


def _index_of_changes(facts: Facts, named: str) -> str:
    """The index of a folder of release notes below the documents."""
    above = {path.rpartition("/")[0] for path in document_files(facts) if "/" in path}
    inside = (f"{folder}/{name}" for folder in above for name in facts.snapshot.folder(folder) if name.endswith("/"))
    folders = {path.rstrip("/") for path in inside} | above
    wanted = pattern(named + "|release", re.IGNORECASE)
    notes = [folder for folder in folders if wanted.fullmatch(folder.rpartition("/")[2])]
    notes.sort(key=lambda folder: (folder.count("/"), folder))
    return next((path for folder in notes if (path := first_file(facts, r"index\.(md|rst)", [folder]))), "")


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


# Channels -------------------------------------------------------------------------------------------------------
