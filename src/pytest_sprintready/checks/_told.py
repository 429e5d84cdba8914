"""Whether any document tells something: a wider search than the guide, for findings that say "nowhere"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import guide
from pytest_sprintready.facts.files import document_files
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts

_SET_UP_PAGE = pattern(
    r"(^|/)(\d+[-_.])?(install|build|setup|quick-?start|first[-_]?steps|getting[-_]?started|running|test)[\w-]*\.\w+$"
)


def pages(facts: Facts) -> list[str]:
    """Paths of all documents that may instruct a contributor: guides, README, agents' instructions, set-up pages."""
    found = [*facts.contributing.value, *(path for path, _ in facts.guide_sections), facts.readme.value]
    found += [page.path for page in guide.named_pages(facts)]
    found += [facts.ai_agents_doc.value, facts.pr_template.value]
    found += [path for path in document_files(facts) if _SET_UP_PAGE.search(path.lower())]
    return [path for path in dict.fromkeys(found) if path]


def lines(facts: Facts, pattern: str, *words: str) -> Iterator[tuple[Evidence, str]]:
    """Yield the lines of those pages that match `pattern`, whatever the case; only files that hold one of `words`."""
    wanted = re.compile(pattern, re.IGNORECASE)
    for path in pages(facts):
        text = facts.text(path)
        lowered = (text or "").lower()
        if text is None or not any(word in lowered for word in words):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if wanted.search(line[:2000]):
                yield Evidence(path, number), line.strip()


def told(facts: Facts, pattern: str, *words: str) -> Evidence | None:
    """Return where the first such line stands."""
    return next((place for place, _ in lines(facts, pattern, *words)), None)
