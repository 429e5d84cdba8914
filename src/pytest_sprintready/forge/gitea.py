"""Gitea, Forgejo and Codeberg: version 1 of their REST API."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pytest_sprintready.forge.gathering import (
    Gathering,
    Wanted,
    body,
    choose_labels,
    closes,
    data_or_error,
    first_answer,
    is_bot,
    latest,
    number,
    seconds,
    text,
    with_links,
)
from pytest_sprintready.forge.github import umbrellas
from pytest_sprintready.forge.http import BadAnswer, Forbidden, NotFound, Unauthorized
from pytest_sprintready.forge.model import MOST_COMMENT, Comment, ForgeData, Issue, Label, PullRequest, Repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_sprintready.errors import ForgeError
    from pytest_sprintready.forge.http import Client
    from pytest_sprintready.forge.where import Place

_PAGE = 50  # the most that servers give by default
_MOST_DETAILS = 20
_STATES = {"success": "green", "failure": "red", "error": "red", "pending": "running", "warning": "green"}


def ask(client: Client, places: Sequence[Place], want: Wanted, now: int) -> dict[Place, ForgeData | ForgeError]:
    """Return what Gitea says of repositories, by place; an error where it says nothing."""
    return {place: data_or_error(_Repository(client, place, want, now).data, place) for place in places}


class _Repository:
    """One repository: a request for each list, and one for each issue that has comments."""

    def __init__(self, client: Client, place: Place, want: Wanted, now: int) -> None:
        self.client = client
        self.place = place
        self.want = want
        self.now = now
        self.gathering = Gathering()
        self.maintainers: frozenset[str] = frozenset()

    def pages(self, path: str, most: int, **parameters: object) -> list[dict[str, Any]]:
        return self.listed(f"{self.place.path}{path}", most, **parameters)

    def listed(self, address: str, most: int, **parameters: object) -> list[dict[str, Any]]:
        found = self.client.pages(address, {**parameters, "limit": min(_PAGE, most)}, most=most)
        return [entry for entry in found if isinstance(entry, dict)]

    def data(self) -> ForgeData:
        attempt = self.gathering.attempt
        answer = self.client.get(self.place.path).json()
        if not isinstance(answer, dict) or not isinstance(answer.get("full_name"), str):
            raise BadAnswer(f"{self.place.path} is not described as Gitea does", "say what it is: --forge-kind")
        repository = repository_of(answer, self.place)
        self.place = self.place._replace(name=repository.name)
        owner = text((answer.get("owner") or {}).get("login")) or repository.name.partition("/")[0]
        self.maintainers = frozenset({owner}) | attempt("members", lambda: self.members(owner), frozenset())
        labels = attempt("labels", lambda: self.labels(owner), ())
        beginner, sprint = choose_labels(labels, self.want)
        issues: tuple[Issue, ...] = ()
        count = 0
        if repository.issues_enabled:
            issues = attempt("issues", lambda: self.issues((*beginner, *sprint)), ())
            count = len(issues)
            issues = issues[: self.want.most_issues]
            issues = attempt("comments", lambda: self.commented(issues), issues)
        requests: tuple[PullRequest, ...] | None = None
        recent: tuple[Issue, ...] | None = None
        if answer.get("has_pull_requests", True) and (self.want.people or issues):
            requests = attempt("pull requests", self.requests, None)
            issues = with_links(issues, requests) if requests is not None else issues
        if self.want.people:
            recent = attempt("answers", self.recent, None) if repository.issues_enabled else ()
            requests = attempt("answers", lambda: self.answered(requests or ()), requests)
        if repository.default_branch and not repository.empty:
            head = attempt("continuous integration", lambda: self.head(repository.default_branch), "")
            repository = repository._replace(head=head)
        return ForgeData(
            repository,
            labels,
            beginner,
            sprint,
            issues,
            count,
            recent,
            requests,
            (),
            umbrellas((*issues, *(recent or ()))),
            self.now,
            tuple(self.gathering.problems),
        )

    def members(self, owner: str) -> frozenset[str]:
        """Return an organisation's public members; a person is none."""
        try:
            people = self.listed(f"{self.place.api}/orgs/{quote(owner)}/public_members", 200)
        except (NotFound, Forbidden, Unauthorized):
            return frozenset()
        return frozenset(text(person.get("login")) for person in people)

    def labels(self, owner: str) -> tuple[Label, ...]:
        """Return the labels of the repository and of its organisation."""
        found = self.pages("/labels", 500)
        with contextlib.suppress(NotFound, Forbidden, Unauthorized):
            found += self.listed(f"{self.place.api}/orgs/{quote(owner)}/labels", 500)
        return tuple({label.name: label for label in map(label_of, found)}.values())

    def issues(self, labels: Iterable[str]) -> tuple[Issue, ...]:
        found: list[Issue] = []
        for label in dict.fromkeys(labels):
            entries = self.pages("/issues", self.want.most_issues + 1, labels=label, state="open", type="issues")
            found += [self.issue(entry) for entry in entries if not entry.get("pull_request")]
        return latest(found)

    def issue(self, entry: Mapping[str, Any]) -> Issue:
        return issue_of(entry)._replace(role=self.role(entry.get("user")))

    def role(self, person: Any) -> str:
        """Return "maintainer" for those known to be; Gitea does not tell who is new."""
        return "maintainer" if isinstance(person, dict) and text(person.get("login")) in self.maintainers else ""

    def commented(self, issues: Sequence[Issue]) -> tuple[Issue, ...]:
        done = []
        asked = 0
        for issue in issues:
            comments: tuple[Comment, ...] | None = () if not issue.comment_count else None
            if issue.comment_count and asked < _MOST_DETAILS:
                asked += 1
                comments = self.gathering.attempt("comments", partial(self.comments, issue.number), None)
            done.append(issue._replace(comments=comments))
        return tuple(done)

    def comments(self, number: int) -> tuple[Comment, ...]:
        entries = self.client.get(f"{self.place.path}/issues/{number}/comments").json()
        return tuple(self.comment(entry) for entry in entries[-20:] if isinstance(entry, dict))

    def comment(self, entry: Mapping[str, Any]) -> Comment:
        author, bot = _person(entry.get("user"))
        when = seconds(entry.get("created_at"))
        return Comment(author, self.role(entry.get("user")), bot, when, text(entry.get("body"), MOST_COMMENT))

    def requests(self) -> tuple[PullRequest, ...]:
        entries = self.pages("/pulls", 100, state="open", sort="recentupdate")
        if self.want.people:
            entries += self.pages("/pulls", 50, state="closed", sort="recentupdate")
        return tuple(request_of(entry, self.place)._replace(role=self.role(entry.get("user"))) for entry in entries)

    def recent(self) -> tuple[Issue, ...]:
        entries = self.pages("/issues", 20, state="all", type="issues")
        said = self.said()
        found = []
        for entry in entries:
            issue = self.issue(entry)._replace(body="")
            answered = first_answer(issue.author, said.get(issue.number, ()))
            unknown = len(said.get(issue.number, ())) < issue.comment_count and not answered
            found.append(issue._replace(answered=None if unknown else answered))
        return tuple(found)

    def said(self) -> dict[int, list[Comment]]:
        """Return the repository's comments of the last half year by number of issue or pull request."""
        if not hasattr(self, "_said"):
            from datetime import datetime, timezone

            since = datetime.fromtimestamp(max(0, self.now - 183 * 86_400), timezone.utc)
            self._said: dict[int, list[Comment]] = {}
            for entry in self.pages("/issues/comments", 500, since=since.strftime("%Y-%m-%dT%H:%M:%SZ")):
                address = text(entry.get("issue_url") or entry.get("pull_request_url"))
                digits = address.rstrip("/").rpartition("/")[2]
                if digits.isdigit():
                    self._said.setdefault(int(digits), []).append(self.comment(entry))
        return self._said

    def answered(self, requests: Sequence[PullRequest]) -> tuple[PullRequest, ...]:
        said = self.said()
        done = []
        for request in requests:
            when: int | None = first_answer(request.author, said.get(request.number, ()))
            if not when:
                recent = request.created > self.now - 183 * 86_400
                when = request.ended if request.state == "merged" else 0 if recent else None
            done.append(request._replace(answered=when))
        return tuple(done)

    def head(self, branch: str) -> str:
        answer = self.client.get(f"{self.place.path}/commits/{quote(branch, safe='')}/status").json()
        return _STATES.get(text(answer.get("state")), "") if answer.get("total_count", 1) else ""


def repository_of(entry: Mapping[str, Any], place: Place) -> Repository:
    """Return a repository as Gitea describes it."""
    parent = entry.get("parent") or {}
    return Repository(
        "gitea",
        place.host,
        text(entry.get("full_name")),
        text(entry.get("html_url")),
        text(entry.get("description")),
        text(entry.get("default_branch")),
        text(parent.get("full_name")) if entry.get("fork") else "",
        bool(entry.get("archived")),
        bool(entry.get("empty")),
        bool(entry.get("has_issues", True)) and not entry.get("external_tracker"),
    )


def label_of(entry: Mapping[str, Any]) -> Label:
    """Return a label."""
    return Label(text(entry.get("name")), text(entry.get("color")).lstrip("#"), text(entry.get("description")))


def issue_of(entry: Mapping[str, Any]) -> Issue:
    """Return an issue as Gitea describes it."""
    author, bot = _person(entry.get("user"))
    return Issue(
        number=number(entry.get("number")),
        title=text(entry.get("title")),
        url=text(entry.get("html_url")),
        author=author,
        bot=bot,
        labels=tuple(text(label.get("name")) for label in entry.get("labels") or ()),
        assignees=tuple(_person(person)[0] for person in entry.get("assignees") or ()),
        milestone=text((entry.get("milestone") or {}).get("title")),
        created=seconds(entry.get("created_at")),
        updated=seconds(entry.get("updated_at")),
        locked=bool(entry.get("is_locked")),
        pinned=number(entry.get("pin_order")) > 0,
        body=body(entry.get("body")),
        comment_count=number(entry.get("comments")),
    )


def request_of(entry: Mapping[str, Any], place: Place) -> PullRequest:
    """Return a pull request as Gitea describes it."""
    author, bot = _person(entry.get("user"))
    merged, closed = seconds(entry.get("merged_at")), seconds(entry.get("closed_at"))
    words = f"{text(entry.get('title'))}\n{body(entry.get('body'))}"
    return PullRequest(
        number(entry.get("number")),
        text(entry.get("title")),
        text(entry.get("html_url")),
        "merged" if merged else "closed" if closed or entry.get("state") == "closed" else "open",
        bool(entry.get("draft")),
        author,
        "",
        bot,
        seconds(entry.get("created_at")),
        seconds(entry.get("updated_at")),
        merged or closed,
        None,
        closes(words, place),
    )


def _person(entry: Any) -> tuple[str, bool]:
    if not isinstance(entry, dict):
        return "", False
    name = text(entry.get("login"))
    return name, is_bot(name)
