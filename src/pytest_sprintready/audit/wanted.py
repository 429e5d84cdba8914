"""Which files of a repository will be read, guessed from their names, so that one request brings nearly all of them.

A wrong guess costs bytes or one more request, never an answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts.files import DOCUMENT, document_files, test_files
from pytest_sprintready.facts.imports import HELPER, may_declare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_sprintready.facts import Facts

_MOST = 500
"""Files of one kind that are asked for ahead: as many as the facts read of a large suite."""

_GENERATED = re.compile(
    r"\.lock$|(^|/)(package-lock\.json|pnpm-lock\.yaml|lib\w*\.a)$"
    r"|\.(png|jpe?g|gif|svg|ico|webp|pdf|csv|ipynb|whl|gz|zip|js|css|html|c|h|cpp|po|mo|dat|db|json5)$",
    re.IGNORECASE,
)
_HEARTH = re.compile(
    r"^\.(github|gitlab|gitea|forgejo|circleci|devcontainer|ci|binder|spin)/"
    r"|^(scripts?|tools?|bin|ci|dev|hack|build[-_]tools|binder|docker|conda)/[^/]+$"
    r"|(^|/)(conftest\.py|[\w.-]*settings[\w.-]*\.py|\.gitignore|manage\.py|package\.json)$|(^|/)(docker-)?compose[^/]*\.ya?ml$|^docs?/conf\.py$"
)
_GUIDES = re.compile(
    r"contribut|develop|hack|install|set-?up|test|readme|conduct|start|communit|support|secur|govern|maintain|author"
    r"|team|changelog|changes|history|news|index|help|contact|faq|guide|environment|docs?\b|code|pull|review|style|bug",
    re.IGNORECASE,
)


def likely(facts: Facts) -> list[str]:
    """Return the paths that will probably be read, each once."""
    files = facts.snapshot.files
    documents = document_files(facts)
    return list(
        dict.fromkeys(
            (
                *(path for path in files if _is_hearth(path)),
                *_spread([path for path in documents if _GUIDES.search(path)]),
                *_spread(documents, 100),
                *_spread([*test_files(facts), *(path for path in files if _is_helper(path))]),
            )
        )
    )


def kin(path: str, files: Iterable[str]) -> list[str]:
    """Return what is probably read when `path` is: the files beside it of the same ending, and documents of any."""
    folder, slash, name = path.rpartition("/")
    ending = name.rpartition(".")[2]
    beside = [other for other in files if other.startswith(folder + slash) and other.rpartition("/")[0] == folder]
    alike = [
        other for other in beside if other.endswith(f".{ending}") or (DOCUMENT.search(name) and DOCUMENT.search(other))
    ]
    return alike[:_MOST]


def _is_hearth(path: str) -> bool:
    if path.count("/") >= 6 or ("/" in path and not may_declare(path) and not _HEARTH.search(path)):
        return False
    return not _GENERATED.search(path)


def _is_helper(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return "test" in folder and HELPER.fullmatch(name) is not None


def _spread(paths: Sequence[str], most: int = _MOST) -> Sequence[str]:
    """Return at most that many of the paths: those nearest to the root."""
    return paths if len(paths) <= most else sorted(paths, key=lambda path: path.count("/"))[:most]
