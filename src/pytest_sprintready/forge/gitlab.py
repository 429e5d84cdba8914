"""GitLab, on gitlab.com and elsewhere: version 4 of its REST API, as documented at docs.gitlab.com/api."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

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
from pytest_sprintready.forge.http import BadAnswer
from pytest_sprintready.forge.model import MOST_COMMENT, Comment, ForgeData, Issue, Label, PullRequest, Repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_sprintready.errors import ForgeError
    from pytest_sprintready.forge.http import Client
    from pytest_sprintready.forge.where import Place

_DEVELOPER = 30
_MOST_DETAILS = 40
_STATES = {"success": "green", "failed": "red", "canceled": "", "skipped": "", "manual": "green"}
_BOT_ACCOUNT = re.compile(r"^(?:project|group)_\d+_bot|(?:^|-)bot$|^ghost$|^support-bot$|^alert-bot$")


def ask(client: Client, places: Sequence[Place], want: Wanted, now: int) -> dict[Place, ForgeData | ForgeError]:
    """Return what GitLab says of repositories, by place; an error where it says nothing."""
    return {place: data_or_error(_Project(client, place, want, now).data, place) for place in places}


class _Project:
    """One project: a request for each list, and one for each issue that has comments or merge requests."""

    def __init__(self, client: Client, place: Place, want: Wanted, now: int) -> None:
        self.client = client
        self.place = place
        self.want = want
        self.now = now
        self.gathering = Gathering()
        self.maintainers: frozenset[str] | None = None

    def pages(self, path: str, most: int, **parameters: object) -> list[dict[str, Any]]:
        found = self.client.pages(f"{self.place.path}{path}", {**parameters, "per_page": min(100, most)}, most=most)
        return [entry for entry in found if isinstance(entry, dict)]

    def data(self) -> ForgeData:
        attempt = self.gathering.attempt
        answer = self.client.get(self.place.path).json()
        if not isinstance(answer, dict) or not isinstance(answer.get("path_with_namespace"), str):
            raise BadAnswer(f"{self.place.path} is not described as GitLab does", "say what it is: --forge-kind")
        repository = repository_of(answer, self.place)
        self.place = self.place._replace(name=repository.name)
        members = self.gathering.attempt("members", self.members, None) if self.client.token else None
        self.maintainers = members
        labels = attempt("labels", lambda: tuple(map(label_of, self.pages("/labels", 1_000))), ())
        beginner, sprint = choose_labels(labels, self.want)
        issues: tuple[Issue, ...] = ()
        count = 0
        if repository.issues_enabled:
            issues = attempt("issues", lambda: self.issues((*beginner, *sprint)), ())
            count = len(issues)
            issues = issues[: self.want.most_issues]
        requests: tuple[PullRequest, ...] | None = None
        recent: tuple[Issue, ...] | None = None
        if self.want.people or issues:
            requests = attempt("merge requests", self.requests, None)
            issues = with_links(issues, requests) if requests is not None else issues
        issues = attempt("comments", lambda: self.detailed(issues), issues)
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

    def members(self) -> frozenset[str]:
        people = self.pages("/members/all", 500)
        return frozenset(
            text(person.get("username")) for person in people if number(person.get("access_level")) >= _DEVELOPER
        )

    def role(self, person: Any) -> str:
        """Return "maintainer" for members; GitLab does not tell who is new."""
        name = text(person.get("username")) if isinstance(person, dict) else ""
        return "maintainer" if self.maintainers and name in self.maintainers else ""

    def issues(self, labels: Iterable[str]) -> tuple[Issue, ...]:
        found: list[Issue] = []
        for label in dict.fromkeys(labels):
            entries = self.pages(
                "/issues", self.want.most_issues + 1, labels=label, state="opened", order_by="updated_at", sort="desc"
            )
            found += [self.issue(entry) for entry in entries if not entry.get("confidential")]
        return latest(found)

    def issue(self, entry: Mapping[str, Any]) -> Issue:
        author = entry.get("author") or {}
        return issue_of(entry)._replace(role=self.role(author))

    def detailed(self, issues: Sequence[Issue]) -> tuple[Issue, ...]:
        """Return the issues with their last comments; where there are very many issues, those changed last."""
        done = []
        for asked, issue in enumerate(issues):
            comments: tuple[Comment, ...] | None = () if not issue.comment_count else None
            if issue.comment_count and asked < _MOST_DETAILS:
                comments = self.gathering.attempt("comments", partial(self.notes, "issues", issue.number), None)
            done.append(issue._replace(comments=comments))
        return tuple(done)

    def notes(self, kind: str, number: int) -> tuple[Comment, ...]:
        entries = self.pages(f"/{kind}/{number}/notes", 20, sort="desc", order_by="created_at")
        return tuple(self.comment(entry) for entry in reversed(entries) if not entry.get("system"))

    def comment(self, entry: Mapping[str, Any]) -> Comment:
        author, bot = _person(entry.get("author"))
        when = seconds(entry.get("created_at"))
        return Comment(author, self.role(entry.get("author")), bot, when, text(entry.get("body"), MOST_COMMENT))

    def requests(self) -> tuple[PullRequest, ...]:
        entries = self.pages("/merge_requests", 100, state="opened", order_by="updated_at", sort="desc")
        if self.want.people:
            entries += self.pages("/merge_requests", 50, state="merged", order_by="updated_at", sort="desc")
        return tuple(request_of(entry, self.place)._replace(role=self.role(entry.get("author"))) for entry in entries)

    def recent(self) -> tuple[Issue, ...]:
        entries = self.pages("/issues", 20, state="all", order_by="created_at", sort="desc", scope="all")
        found = []
        for entry in entries:
            if entry.get("confidential"):
                continue
            issue = self.issue(entry)._replace(body="")
            answered: int | None = 0
            if issue.comment_count:
                notes = self.gathering.attempt("answers", partial(self.notes, "issues", issue.number), None)
                answered = None if notes is None or len(notes) < issue.comment_count else 0
                answered = first_answer(issue.author, notes or ()) if answered == 0 else None
            found.append(issue._replace(answered=answered))
        return tuple(found)

    def answered(self, requests: Sequence[PullRequest]) -> tuple[PullRequest, ...]:
        done = []
        asked = 0
        for request in requests:
            when: int | None = request.ended if request.state == "merged" else None
            if request.state == "open" and request.role != "maintainer" and asked < _MOST_DETAILS // 2:
                asked += 1
                ask_notes = partial(self.notes, "merge_requests", request.number)
                notes = self.gathering.attempt("answers", ask_notes, None)
                when = None if notes is None else first_answer(request.author, notes)
            done.append(request._replace(answered=when))
        return tuple(done)

    def head(self, branch: str) -> str:
        pipelines = self.client.get(f"{self.place.path}/pipelines", {"ref": branch, "per_page": 1}).json()
        state = text(pipelines[0].get("status")) if pipelines else ""
        return _STATES.get(state, "running") if state else ""


def repository_of(entry: Mapping[str, Any], place: Place) -> Repository:
    """Return a project as GitLab describes it."""
    parent = entry.get("forked_from_project") or {}
    enabled = entry.get("issues_access_level")
    return Repository(
        "gitlab",
        place.host,
        text(entry.get("path_with_namespace")),
        text(entry.get("web_url")),
        text(entry.get("description")),
        text(entry.get("default_branch")),
        text(parent.get("path_with_namespace")),
        bool(entry.get("archived")),
        bool(entry.get("empty_repo")),
        enabled != "disabled" if enabled else bool(entry.get("issues_enabled", True)),
    )


def label_of(entry: Mapping[str, Any]) -> Label:
    """Return a label; GitLab writes its colour with a "#"."""
    return Label(text(entry.get("name")), text(entry.get("color")).lstrip("#"), text(entry.get("description")))


def issue_of(entry: Mapping[str, Any]) -> Issue:
    """Return an issue as GitLab describes it."""
    author, bot = _person(entry.get("author"))
    boxes = entry.get("task_completion_status") or {}
    labels = entry.get("labels") or ()
    return Issue(
        number=number(entry.get("iid")),
        title=text(entry.get("title")),
        url=text(entry.get("web_url")),
        author=author,
        bot=bot,
        labels=tuple(text(label.get("name") if isinstance(label, dict) else label) for label in labels),
        assignees=tuple(_person(person)[0] for person in entry.get("assignees") or ()),
        milestone=text((entry.get("milestone") or {}).get("title")),
        kind=text(entry.get("issue_type")),
        created=seconds(entry.get("created_at")),
        updated=seconds(entry.get("updated_at")),
        locked=bool(entry.get("discussion_locked")),
        body=body(entry.get("description")),
        comment_count=number(entry.get("user_notes_count")),
        parts=number(boxes.get("count")),
    )


def request_of(entry: Mapping[str, Any], place: Place) -> PullRequest:
    """Return a merge request as GitLab describes it."""
    author, bot = _person(entry.get("author"))
    merged, closed = seconds(entry.get("merged_at")), seconds(entry.get("closed_at"))
    state = {"opened": "open", "merged": "merged"}.get(text(entry.get("state")), "closed")
    words = f"{text(entry.get('title'))}\n{body(entry.get('description'))}"
    return PullRequest(
        number(entry.get("iid")),
        text(entry.get("title")),
        text(entry.get("web_url")),
        state,
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
    name = text(entry.get("username"))
    return name, bool(entry.get("bot")) or is_bot(name) or _BOT_ACCOUNT.search(name) is not None
