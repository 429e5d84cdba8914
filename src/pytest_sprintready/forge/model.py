"""What a forge said of one repository, as values of no forge in particular, and their JSON.

Times are whole seconds since the epoch, 0 where the forge did not say. `None` stands for what was not asked or not
answered, never for "none": that is an empty tuple. All text is as the forge gave it, so hostile until shown otherwise.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from pytest_sprintready.errors import ForgeError

Kind = Literal["github", "gitlab", "gitea"]
"""The three dialects: GitHub with Enterprise, GitLab, and Gitea with Forgejo and Codeberg."""

MOST_BODY = 20_000
"""Characters of an issue's body that are kept: more than people read at a sprint."""

MOST_COMMENT = 1_000
"""Characters of a comment that are kept: enough to see a claim, or a decision."""

SCHEMA = 1
"""The number of the JSON written here; it changes when a reader of the former could misunderstand."""


class Label(NamedTuple):
    """A label as it exists on the forge; `color` is six hexadecimal digits without "#"."""

    name: str = ""
    color: str = ""
    description: str = ""


class Comment(NamedTuple):
    """A comment. `role` is "maintainer", "contributor", "newcomer", or "" where the forge does not tell."""

    author: str = ""
    role: str = ""
    bot: bool = False
    created: int = 0
    text: str = ""


class PullRequest(NamedTuple):
    """A pull (merge) request; `state` is "open", "merged" or "closed".

    `answered` is when somebody else than its author, and no bot, said the first word to it; 0 if nobody has yet, None
    if not known. `closes` are the numbers of the issues it says it is about.
    """

    number: int = 0
    title: str = ""
    url: str = ""
    state: str = "open"
    draft: bool = False
    author: str = ""
    role: str = ""
    bot: bool = False
    created: int = 0
    updated: int = 0
    ended: int = 0
    answered: int | None = None
    closes: tuple[int, ...] = ()


class Issue(NamedTuple):
    """An open issue. `labels`, `assignees` and `milestone` are names.

    `comments` are the last ones, oldest first, of `comment_count`. `pull_requests` are those linked to it. `blocked` is
    how many open issues stand in its way, `parts` how many sub-issues or checkboxes it has.
    """

    number: int = 0
    title: str = ""
    url: str = ""
    author: str = ""
    role: str = ""
    bot: bool = False
    labels: tuple[str, ...] = ()
    assignees: tuple[str, ...] = ()
    milestone: str = ""
    kind: str = ""
    created: int = 0
    updated: int = 0
    answered: int | None = None
    locked: bool = False
    pinned: bool = False
    body: str = ""
    comment_count: int = 0
    comments: tuple[Comment, ...] | None = None
    pull_requests: tuple[PullRequest, ...] | None = None
    blocked: int | None = None
    parts: int = 0


class Repository(NamedTuple):
    """A repository; `name` is its whole path ("owner/name", on GitLab with groups), `parent` that of what it forks.

    `head` tells what continuous integration says of the default branch: "green", "red", "running", or "" for nothing.
    """

    forge: Kind = "github"
    host: str = ""
    name: str = ""
    url: str = ""
    description: str = ""
    default_branch: str = ""
    parent: str = ""
    archived: bool = False
    empty: bool = False
    issues_enabled: bool = True
    head: str = ""


class Default(NamedTuple):
    """A community file the forge shows though it need not be in this repository: `what` is the name of our fact."""

    what: str = ""
    url: str = ""


class ForgeData(NamedTuple):
    """What a forge said of one repository, and when (`fetched`).

    `issues` are the open ones under `beginner_labels` or a sprint's label, the latest first; `issue_count` is how many
    there are, which can be more. `recent` are the latest opened issues whatever their labels, for times of response;
    `pull_requests` the latest changed ones. `problems` are sentences about what could not be had: what is there holds
    nevertheless.
    """

    repository: Repository
    labels: tuple[Label, ...] = ()
    beginner_labels: tuple[str, ...] = ()
    sprint_labels: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    issue_count: int = 0
    recent: tuple[Issue, ...] | None = None
    pull_requests: tuple[PullRequest, ...] | None = None
    defaults: tuple[Default, ...] = ()
    umbrellas: tuple[Issue, ...] = ()
    fetched: int = 0
    problems: tuple[str, ...] = ()


_NESTED: dict[str, type[tuple[Any, ...]]] = {
    "repository": Repository,
    "labels": Label,
    "issues": Issue,
    "recent": Issue,
    "umbrellas": Issue,
    "pull_requests": PullRequest,
    "defaults": Default,
    "comments": Comment,
}
_NUMBERS = {"closes"}


def to_json(data: ForgeData) -> dict[str, Any]:
    """Return `data` as what the json module writes; `from_json` reads it."""
    return {"schema": SCHEMA, **_written(data)}


def _written(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _written(field) for name, field in value._asdict().items()}
    return [_written(entry) for entry in value] if isinstance(value, tuple) else value


def from_json(value: Any, where: str = "the data") -> ForgeData:
    """Return what `to_json` wrote; raises ForgeError, naming the place, for anything else."""
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise ForgeError(
            f"{where} holds no answers of a forge (schema {SCHEMA})", "write it with `sprintready issues --save`"
        )
    fields = {name: field for name, field in value.items() if name != "schema"}
    if "repository" not in fields:
        raise ForgeError(f"{where}: repository is missing")
    data: ForgeData = _read(ForgeData, fields, where)
    return data


def _read(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ForgeError(f"{where} must be an object")
    defaults = {"repository": Repository(), **kind._field_defaults}
    # A field that a later version added is left out: the rest can be understood without it.
    return kind(
        **{
            name: _field(kind, name, field, defaults[name], f"{where}: {name}")
            for name, field in value.items()
            if name in kind._fields
        }
    )


def _field(owner: Any, name: str, value: Any, default: Any, where: str) -> Any:
    if value is None and default is None:
        return None
    # "labels" are objects of a repository and names of an issue.
    nested = None if owner is Issue and name == "labels" else _NESTED.get(name)
    if nested is Repository:
        return _read(Repository, value, where)
    if isinstance(default, tuple) or (nested is not None and default is None):
        if not isinstance(value, list):
            raise ForgeError(f"{where} must be a list")
        if nested is not None:
            return tuple(_read(nested, entry, f"{where}[{number}]") for number, entry in enumerate(value))
        wanted: type = int if name in _NUMBERS else str
        if not all(type(entry) is wanted for entry in value):
            raise ForgeError(f"{where} must hold nothing but {'numbers' if wanted is int else 'text'}")
        return tuple(value)
    expected = int if default is None else type(default)
    if type(value) is not expected:
        kinds = {bool: "true or false", int: "a whole number", str: "text"}
        raise ForgeError(f"{where} must be {kinds[expected]}")
    return value
