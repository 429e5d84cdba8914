"""GitHub: with a token many repositories in one query, without one the REST API. The same for GitHub Enterprise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from pytest_sprintready.errors import ForgeError
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
from pytest_sprintready.forge.http import BadAnswer, NotFound, RateLimited, Unreachable
from pytest_sprintready.forge.model import (
    MOST_COMMENT,
    Comment,
    Default,
    ForgeData,
    Issue,
    Label,
    PullRequest,
    Repository,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pytest_sprintready.forge.http import Client
    from pytest_sprintready.forge.where import Place

_ROLES = {
    "OWNER": "maintainer",
    "MEMBER": "maintainer",
    "COLLABORATOR": "maintainer",
    "CONTRIBUTOR": "contributor",
    "FIRST_TIME_CONTRIBUTOR": "newcomer",
    "FIRST_TIMER": "newcomer",
    "NONE": "newcomer",
}
# Names of GitHub's community files, and of our facts.
_DEFAULTS = {
    "contributing": "contributing",
    "code_of_conduct": "code_of_conduct",
    "code_of_conduct_file": "code_of_conduct",
    "issue_template": "issue_templates",
    "pull_request_template": "pr_template",
}
_GREEN, _RED = (
    {"success", "neutral", "skipped"},
    {"failure", "timed_out", "error", "action_required", "startup_failure"},
)
_MOST_DETAILS = 20


def ask(client: Client, places: Sequence[Place], want: Wanted, now: int) -> dict[Place, ForgeData | ForgeError]:
    """Return what GitHub says of repositories that are on one host, by place; an error where it says nothing."""
    if client.token is None:
        return {place: _asked(client, place, want, now) for place in places}
    return _Queries(client, want, now).ask(places)


def _asked(client: Client, place: Place, want: Wanted, now: int) -> ForgeData | ForgeError:
    return data_or_error(_Rest(client, place, want, now).data, place)


# REST ---------------------------------------------------------------------------------------------------------------


class _Rest:
    """One repository by the REST API, in about a dozen requests however many issues there are."""

    def __init__(self, client: Client, place: Place, want: Wanted, now: int) -> None:
        self.client = client
        self.place = place
        self.want = want
        self.now = now
        self.gathering = Gathering()

    def pages(self, path: str, most: int, **parameters: object) -> list[Any]:
        found = self.client.pages(f"{self.place.path}{path}", {**parameters, "per_page": min(100, most)}, most=most)
        return [entry for entry in found if isinstance(entry, dict)]

    def data(self) -> ForgeData:
        attempt = self.gathering.attempt
        answer = self.client.get(self.place.path).json()
        if not isinstance(answer, dict) or not isinstance(answer.get("full_name"), str):
            raise BadAnswer(f"{self.place.path} is not described as GitHub does", "say what it is: --forge-kind")
        repository = repository_of(answer, self.place)
        self.place = self.place._replace(name=repository.name)  # it may have moved
        labels = attempt("labels", lambda: tuple(map(label_of, self.pages("/labels", 1_000))), ())
        beginner, sprint = choose_labels(labels, self.want)
        issues: tuple[Issue, ...] = ()
        count = 0
        if repository.issues_enabled:
            issues = attempt("issues", lambda: self.issues((*beginner, *sprint)), ())
            count = len(issues)
            issues = issues[: self.want.most_issues]
            issues = attempt("comments", lambda: self.commented(issues), issues)
        recent: tuple[Issue, ...] | None = None
        requests: tuple[PullRequest, ...] | None = None
        if self.want.people or issues:
            requests = attempt("pull requests", self.requests, None)
            issues = with_links(issues, requests) if requests is not None else issues
        if self.want.people:
            recent = attempt("answers", self.recent, None) if repository.issues_enabled else ()
            requests = attempt("answers", lambda: self.answered(requests or ()), requests)
        if repository.default_branch and not repository.empty:
            head = attempt("continuous integration", lambda: self.head(repository.default_branch), "")
            repository = repository._replace(head=head)
        defaults = attempt("community files", self.defaults, ())
        everything = (*issues, *(recent or ()))
        return ForgeData(
            repository,
            labels,
            beginner,
            sprint,
            issues,
            count,
            recent,
            requests,
            defaults,
            umbrellas(everything),
            self.now,
            tuple(self.gathering.problems),
        )

    def issues(self, labels: Iterable[str]) -> tuple[Issue, ...]:
        """Ask for each label: GitHub takes several as all of them, not any."""
        found: list[Issue] = []
        for label in dict.fromkeys(labels):
            entries = self.pages(
                "/issues", self.want.most_issues + 1, labels=label, state="open", sort="updated", direction="desc"
            )
            found += [issue_of(entry) for entry in entries if "pull_request" not in entry]
        return latest(found)

    def commented(self, issues: Sequence[Issue]) -> tuple[Issue, ...]:
        """Return the issues with comments: the latest of the repository, and of what those do not reach, its own."""
        wanted = [issue for issue in issues if issue.comment_count]
        if not wanted:
            return tuple(issue._replace(comments=()) for issue in issues)
        by_issue: dict[int, list[Comment]] = {}
        entries = self.pages("/issues/comments", 200, sort="created", direction="desc")
        for entry in entries:
            by_issue.setdefault(_number_in(entry.get("issue_url")), []).append(comment_of(entry))
        complete = len(entries) < 200
        oldest = min((seconds(entry.get("created_at")) for entry in entries), default=0)
        asked = 0
        done = []
        for issue in issues:
            comments: tuple[Comment, ...] | None = tuple(reversed(by_issue.get(issue.number, [])))[-20:]
            covered = complete or len(comments or ()) >= issue.comment_count or issue.created >= oldest
            if issue.comment_count and not covered and not (comments and oldest < self.now - 60 * 86_400):
                comments = None
                if asked < _MOST_DETAILS:
                    asked += 1
                    path, count = f"/issues/{issue.number}/comments", max(1, -(-issue.comment_count // 100))
                    comments = self.gathering.attempt("comments", partial(self.own_comments, path, count), None)
            done.append(issue._replace(comments=comments))
        return tuple(done)

    def own_comments(self, path: str, page: int) -> tuple[Comment, ...] | None:
        """Return the last comments of an issue: the page on which they are."""
        answer = self.client.get(f"{self.place.path}{path}", {"per_page": 100, "page": page}).json()
        return tuple(comment_of(entry) for entry in answer[-20:])

    def requests(self) -> tuple[PullRequest, ...]:
        entries = self.pages("/pulls", 200, state="open", sort="updated", direction="desc")
        if self.want.people:
            entries += self.pages("/pulls", 100, state="closed", sort="updated", direction="desc")
        return tuple(request_of(entry, self.place) for entry in entries)

    def recent(self) -> tuple[Issue, ...]:
        entries = self.pages("/issues", 50, state="all", sort="created", direction="desc")
        issues = [issue_of(entry) for entry in entries if "pull_request" not in entry]
        return tuple(issue._replace(answered=self.answer(issue), body="") for issue in issues)

    def answer(self, issue: Issue) -> int | None:
        """Return when an issue was first answered, by the repository's comments in their order."""
        if not issue.comment_count:
            return 0
        said = self.said()
        if issue.created < said["oldest"]:
            return None
        return first_answer(issue.author, said["by"].get(issue.number, ()))

    def answered(self, requests: Sequence[PullRequest]) -> tuple[PullRequest, ...]:
        """Return the pull requests with the first answers: comments, comments on lines, reviews of the doubtful."""
        said = self.said()
        asked = 0
        done = []
        for request in requests:
            when: int | None = first_answer(request.author, said["by"].get(request.number, ()))
            if not when and request.state == "merged":
                when = request.ended
            if not when and request.created < said["oldest"]:
                when = None
            if not when and request.state == "open" and request.role in ("newcomer", "") and asked < _MOST_DETAILS // 4:
                asked += 1
                path = f"/pulls/{request.number}/reviews"
                reviews: Iterable[Any] = self.gathering.attempt("reviews", partial(self.pages, path, 30), ())
                when = first_answer(request.author, map(comment_of, reviews)) or when
            done.append(request._replace(answered=when))
        return tuple(done)

    def said(self) -> dict[str, Any]:
        """Return the latest comments by number of issue or pull request, and how far back they go."""
        if not hasattr(self, "_said"):
            by: dict[int, list[Comment]] = {}
            oldest = 0
            for path in ("/issues/comments", "/pulls/comments"):
                entries = self.pages(path, 200, sort="created", direction="desc")
                for entry in entries:
                    address = entry.get("issue_url") or entry.get("pull_request_url")
                    by.setdefault(_number_in(address), []).append(comment_of(entry))
                if len(entries) >= 200:
                    oldest = max(oldest, min(seconds(entry.get("created_at")) for entry in entries))
            self._said = {"by": by, "oldest": oldest}
        return self._said

    def head(self, branch: str) -> str:
        path = f"{self.place.path}/commits/{quote(branch, safe='')}"
        runs = self.client.get(f"{path}/check-runs", {"per_page": 100}).json().get("check_runs", [])
        states = [str(run.get("conclusion") or "pending") for run in runs]
        status = self.client.get(f"{path}/status").json()
        if status.get("total_count"):
            states.append(str(status.get("state")))
        return overall(states)

    def defaults(self) -> tuple[Default, ...]:
        files = self.client.get(f"{self.place.path}/community/profile").json().get("files") or {}
        return tuple(
            Default(fact, text(files[name].get("html_url") or files[name].get("url")))
            for name, fact in _DEFAULTS.items()
            if isinstance(files.get(name), dict)
        )


def repository_of(entry: Mapping[str, Any], place: Place) -> Repository:
    """Return a repository as the REST API describes it."""
    parent = entry.get("parent") or {}
    return Repository(
        "github",
        place.host,
        text(entry.get("full_name")),
        text(entry.get("html_url")),
        text(entry.get("description")),
        text(entry.get("default_branch")),
        text(parent.get("full_name")) if entry.get("fork") else "",
        bool(entry.get("archived")),
        entry.get("size") == 0 and not entry.get("pushed_at"),
        bool(entry.get("has_issues", True)),
    )


def label_of(entry: Mapping[str, Any]) -> Label:
    """Return a label, in whichever API."""
    return Label(text(entry.get("name")), text(entry.get("color")), text(entry.get("description")))


def issue_of(entry: Mapping[str, Any]) -> Issue:
    """Return an issue as the REST API describes it."""
    author, bot = _person(entry.get("user"))
    return Issue(
        number=number(entry.get("number")),
        title=text(entry.get("title")),
        url=text(entry.get("html_url")),
        author=author,
        role=_ROLES.get(text(entry.get("author_association")), ""),
        bot=bot,
        labels=tuple(_label_name(label) for label in entry.get("labels") or ()),
        assignees=tuple(_person(person)[0] for person in entry.get("assignees") or ()),
        milestone=text((entry.get("milestone") or {}).get("title")),
        kind=text((entry.get("type") or {}).get("name")),
        created=seconds(entry.get("created_at")),
        updated=seconds(entry.get("updated_at")),
        locked=bool(entry.get("locked")),
        body=body(entry.get("body")),
        comment_count=number(entry.get("comments")),
        blocked=_optional((entry.get("issue_dependencies_summary") or {}).get("blocked_by")),
        parts=number((entry.get("sub_issues_summary") or {}).get("total")),
    )


def request_of(entry: Mapping[str, Any], place: Place) -> PullRequest:
    """Return a pull request as the REST API describes it."""
    author, bot = _person(entry.get("user"))
    merged, closed = seconds(entry.get("merged_at")), seconds(entry.get("closed_at"))
    words = f"{text(entry.get('title'))}\n{body(entry.get('body'))}"
    return PullRequest(
        number(entry.get("number")),
        text(entry.get("title")),
        text(entry.get("html_url")),
        "merged" if merged else "closed" if closed else "open",
        bool(entry.get("draft")),
        author,
        _ROLES.get(text(entry.get("author_association")), ""),
        bot,
        seconds(entry.get("created_at")),
        seconds(entry.get("updated_at")),
        merged or closed,
        None,
        closes(words, place),
    )


def comment_of(entry: Mapping[str, Any]) -> Comment:
    """Return a comment, or a review, as the REST API describes it."""
    author, bot = _person(entry.get("user"))
    role = _ROLES.get(text(entry.get("author_association")), "")
    created = seconds(entry.get("created_at") or entry.get("submitted_at"))
    return Comment(author, role, bot, created, text(entry.get("body"), MOST_COMMENT))


def overall(states: Iterable[str]) -> str:
    """Return what the states of single checks come to."""
    found = {state.lower() for state in states}
    if found & _RED:
        return "red"
    if found - _GREEN - {"cancelled", "stale", "expected"}:
        return "running"
    return "green" if found & _GREEN else ""


def umbrellas(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """Return those among the issues that are for several people, without their text."""
    from pytest_sprintready.forge.judgement import for_many

    found = {issue.number: issue._replace(body="", comments=None) for issue in issues if for_many(issue)}
    return tuple(found.values())[:20]


def _label_name(label: Any) -> str:
    return text(label.get("name")) if isinstance(label, dict) else text(label)


def _person(entry: Any) -> tuple[str, bool]:
    """Return an account's name and whether it is a program; deleted ones have none."""
    if not isinstance(entry, dict):
        return "", False
    login = text(entry.get("login"))
    return login, is_bot(login, text(entry.get("type") or entry.get("__typename")))


def _number_in(address: Any) -> int:
    digits = text(address).rpartition("/")[2]
    return int(digits) if digits.isdigit() else 0


def _optional(value: Any) -> int | None:
    return value if type(value) is int else None


# Queries ------------------------------------------------------------------------------------------------------------

_PERSON = "{ login __typename }"
_LABELS = "{ pageInfo { hasNextPage endCursor } nodes { name color description } }"
_REPOSITORY = """fragment Described on Repository {
  nameWithOwner url description isArchived isEmpty isFork hasIssuesEnabled
  parent { nameWithOwner }
  defaultBranchRef { name target { ... on Commit { statusCheckRollup { state } } } }
  labels(first: 100) LABELS
  codeOfConduct { url }
  contributingGuidelines { url }
  issueTemplates { filename }
  pullRequestTemplates { filename }
  pinnedIssues(first: 3) { nodes { issue { number title url state subIssuesSummary { total } } } }
}""".replace("LABELS", _LABELS)
_ISSUES = f"""fragment Listed on IssueConnection {{
  totalCount
  pageInfo {{ hasNextPage endCursor }}
  nodes {{
    number title url body createdAt updatedAt locked authorAssociation
    author {_PERSON}
    milestone {{ title }}
    subIssuesSummary {{ total }}
    labels(first: 20) {{ nodes {{ name }} }}
    assignees(first: 5) {{ nodes {{ login }} }}
    comments(last: 10) {{ totalCount nodes {{ author {_PERSON} authorAssociation createdAt body }} }}
    closedByPullRequestsReferences(first: 5) {{
      nodes {{ number title url state isDraft createdAt updatedAt author {_PERSON} authorAssociation }}
    }}
  }}
}}"""
_PEOPLE = f"""fragment Answered on Repository {{
  issues(first: 30, orderBy: {{field: CREATED_AT, direction: DESC}}) {{
    nodes {{
      number title url createdAt updatedAt authorAssociation
      author {_PERSON}
      subIssuesSummary {{ total }}
      comments(first: 5) {{ totalCount nodes {{ author {_PERSON} authorAssociation createdAt }} }}
    }}
  }}
  pullRequests(first: 50, orderBy: {{field: UPDATED_AT, direction: DESC}}) {{
    nodes {{
      number title url state isDraft createdAt updatedAt mergedAt closedAt authorAssociation
      author {_PERSON}
      closingIssuesReferences(first: 5) {{ nodes {{ number }} }}
      comments(first: 5) {{ totalCount nodes {{ author {_PERSON} authorAssociation createdAt }} }}
      reviews(first: 5) {{ totalCount nodes {{ author {_PERSON} authorAssociation createdAt }} }}
    }}
  }}
}}"""
_BATCH, _SMALL_BATCH = 50, 20
_STATES = {"SUCCESS": "green", "FAILURE": "red", "ERROR": "red", "PENDING": "running", "EXPECTED": "running"}


class _Queries:
    """Many repositories, fifty in a query; fewer where the server finds that too much."""

    def __init__(self, client: Client, want: Wanted, now: int) -> None:
        self.client = client
        self.want = want
        self.now = now
        self.gathering: dict[Place, Gathering] = {}

    def ask(self, places: Sequence[Place]) -> dict[Place, ForgeData | ForgeError]:
        done: dict[Place, ForgeData | ForgeError] = {}
        described: dict[Place, dict[str, Any]] = {}
        for place, answer in self.all(places, "...Described", _REPOSITORY, _BATCH):
            if isinstance(answer, ForgeError):
                done[place] = answer
            else:
                described[place] = answer
                self.gathering[place] = Gathering()
        # What this server's version does not know cannot be asked of any repository there.
        for place, error in list(done.items()):
            if isinstance(error, _NotUnderstood):
                done[place] = _asked(self.client, place, self.want, self.now)
        labels = {place: self.labels(place, answer) for place, answer in described.items()}
        chosen = {place: choose_labels(found, self.want) for place, found in labels.items()}
        issues, counts = self.issues(described, chosen)
        people = self.people(described) if self.want.people else {}
        for place, answer in described.items():
            recent, requests = people.get(place, (None, None))
            mine = issues.get(place, ())
            pinned = [_pinned(node) for node in _nodes(answer.get("pinnedIssues"))]
            done[place] = ForgeData(
                _described(answer, place),
                labels[place],
                *chosen[place],
                with_links(mine, requests or ()),
                counts.get(place, len(mine)),
                recent,
                requests,
                _defaults(answer),
                umbrellas((*pinned, *mine, *(recent or ()))),
                self.now,
                tuple(self.gathering[place].problems),
            )
        return {place: done[place] for place in places}

    def all(
        self,
        places: Sequence[Place],
        fields: str,
        fragment: str,
        batch: int,
        variables: Mapping[Place, Mapping[str, tuple[str, Any]]] | None = None,
    ) -> Iterator[tuple[Place, dict[str, Any] | ForgeError]]:
        """Yield each place with its answer; a query too heavy for the server is asked again in halves."""
        for start in range(0, len(places), batch):
            part = places[start : start + batch]
            try:
                answers = self.query(part, fields, fragment, variables or {})
            except (BadAnswer, Unreachable) as error:
                if len(part) > 1 and not isinstance(error, _NotUnderstood):
                    yield from self.all(part, fields, fragment, -(-len(part) // 2), variables)
                    continue
                answers = dict.fromkeys(part, error)
            except ForgeError as error:
                answers = dict.fromkeys(part, error)
            yield from answers.items()

    def query(
        self,
        places: Sequence[Place],
        fields: str,
        fragment: str,
        variables: Mapping[Place, Mapping[str, tuple[str, Any]]],
    ) -> dict[Place, dict[str, Any] | ForgeError]:
        declared, asked, values = [], [], {}
        for index, place in enumerate(places):
            owner, _, name = place.name.partition("/")
            mine: dict[str, tuple[str, Any]] = {"o": ("String!", owner), "n": ("String!", name)}
            mine.update(variables.get(place, {}))
            here = fields
            for key, (kind, value) in mine.items():
                declared.append(f"${key}{index}: {kind}")
                values[f"{key}{index}"] = value
                here = here.replace(f"${key}$", f"${key}{index}")
            asked.append(f"r{index}: repository(owner: $o{index}, name: $n{index}) {{ {here} }}")
        query = f"query({', '.join(declared)}) {{\n" + "\n".join(asked) + f"\n}}\n{fragment}"
        answer = self.client.query(places[0].graphql, {"query": query, "variables": values})
        if not isinstance(answer, dict):
            raise BadAnswer(f"{places[0].graphql} answered something else than an object")
        return self.sorted(places, answer)

    def sorted(self, places: Sequence[Place], answer: Mapping[str, Any]) -> dict[Place, dict[str, Any] | ForgeError]:
        """Return each repository's part of an answer, with the errors that are about it."""
        errors = [error for error in answer.get("errors") or () if isinstance(error, dict)]
        data = answer.get("data")
        if any(error.get("type") == "RATE_LIMITED" for error in errors):
            raise RateLimited(
                f"{self.client.host} allows no more queries for this hour", "try again later", self.now + 3_600
            )
        if not isinstance(data, dict):
            said = text(errors[0].get("message"), 200) if errors else "nothing"
            if any("doesn't exist on type" in text(error.get("message")) or "Cannot query field" in
                   text(error.get("message")) for error in errors):  # fmt: skip
                raise _NotUnderstood(f"{self.client.host} does not understand the query: {said}")
            raise BadAnswer(f"{self.client.host} did not answer the query: {said}", "try again later")
        found: dict[Place, dict[str, Any] | ForgeError] = {}
        for index, place in enumerate(places):
            part = data.get(f"r{index}")
            mine = [error for error in errors if (error.get("path") or [None])[0] == f"r{index}"]
            if isinstance(part, dict):
                found[place] = part
                if mine and place in self.gathering:
                    self.gathering[place].problems.append(f"GitHub: {text(mine[0].get('message'), 200)}")
            else:
                found[place] = NotFound(
                    f"{place.host}/{place.name} does not exist, or is not shown to this token",
                    "check the name; a private repository needs a token that may read it",
                )
        return found

    def labels(self, place: Place, answer: Mapping[str, Any]) -> tuple[Label, ...]:
        """Return a repository's labels; those beyond the first hundred are asked for by themselves."""
        connection = answer.get("labels") or {}
        found = list(map(label_of, _nodes(connection)))
        fields = f"labels(first: 100, after: $a$) {_LABELS}"
        while (connection.get("pageInfo") or {}).get("hasNextPage") and len(found) < 1_000:
            after = {place: {"a": ("String", connection["pageInfo"]["endCursor"])}}
            (more,) = [part for _, part in self.all([place], fields, "", 1, after)]
            if isinstance(more, ForgeError):
                self.gathering[place].problems.append(f"labels: {more.message}")
                break
            connection = more.get("labels") or {}
            found += map(label_of, _nodes(connection))
        return tuple(found)

    def issues(
        self, described: Mapping[Place, Mapping[str, Any]], chosen: Mapping[Place, tuple[tuple[str, ...], ...]]
    ) -> tuple[dict[Place, tuple[Issue, ...]], dict[Place, int]]:
        """Return the issues under the chosen labels, and how many there are."""
        names = {place: [*dict.fromkeys((*beginner, *sprint))] for place, (beginner, sprint) in chosen.items()}
        left = [place for place, answer in described.items() if names[place] and answer.get("hasIssuesEnabled")]
        found: dict[Place, list[Issue]] = {place: [] for place in left}
        counts: dict[Place, int] = {}
        after: dict[Place, str | None] = dict.fromkeys(left)
        fields = (
            "issues(first: 50, after: $a$, labels: $l$, states: OPEN, orderBy: {field: UPDATED_AT, direction: DESC}) "
            "{ ...Listed }"
        )
        while left:
            variables = {place: {"a": ("String", after[place]), "l": ("[String!]", names[place])} for place in left}
            following = []
            for place, answer in self.all(left, fields, _ISSUES, _BATCH, variables):
                if isinstance(answer, ForgeError):
                    self.gathering[place].problems.append(f"issues: {answer.message}")
                    continue
                connection = answer.get("issues") or {}
                counts[place] = number(connection.get("totalCount"))
                found[place] += [_listed(node) for node in _nodes(connection)]
                page = connection.get("pageInfo") or {}
                if page.get("hasNextPage") and len(found[place]) < self.want.most_issues:
                    after[place] = text(page.get("endCursor"))
                    following.append(place)
            left = following
        return {place: latest(issues) for place, issues in found.items()}, counts

    def people(
        self, described: Mapping[Place, Mapping[str, Any]]
    ) -> dict[Place, tuple[tuple[Issue, ...], tuple[PullRequest, ...]]]:
        """Return the latest issues and pull requests with the times of their first answers."""
        found = {}
        for place, answer in self.all(list(described), "...Answered", _PEOPLE, _SMALL_BATCH):
            if isinstance(answer, ForgeError):
                self.gathering[place].problems.append(f"answers: {answer.message}")
                continue
            issues = tuple(_opened(node) for node in _nodes(answer.get("issues")))
            requests = tuple(_requested(node) for node in _nodes(answer.get("pullRequests")))
            found[place] = (issues, requests)
        return found


class _NotUnderstood(BadAnswer):
    """An older server, which lacks a field."""


def _nodes(connection: Any) -> list[dict[str, Any]]:
    nodes = connection.get("nodes") if isinstance(connection, dict) else None
    return [node for node in nodes or () if isinstance(node, dict)]


def _described(entry: Mapping[str, Any], place: Place) -> Repository:
    branch = entry.get("defaultBranchRef") or {}
    rollup = (branch.get("target") or {}).get("statusCheckRollup") or {}
    return Repository(
        "github",
        place.host,
        text(entry.get("nameWithOwner")) or place.name,
        text(entry.get("url")),
        text(entry.get("description")),
        text(branch.get("name")),
        text((entry.get("parent") or {}).get("nameWithOwner")),
        bool(entry.get("isArchived")),
        bool(entry.get("isEmpty")),
        bool(entry.get("hasIssuesEnabled", True)),
        _STATES.get(text(rollup.get("state")), ""),
    )


def _defaults(entry: Mapping[str, Any]) -> tuple[Default, ...]:
    found = [
        Default(fact, text((entry.get(name) or {}).get("url")))
        for name, fact in (("contributingGuidelines", "contributing"), ("codeOfConduct", "code_of_conduct"))
        if entry.get(name)
    ]
    page = text(entry.get("url"))
    found += [
        Default(fact, page)
        for name, fact in (("issueTemplates", "issue_templates"), ("pullRequestTemplates", "pr_template"))
        if entry.get(name)
    ]
    return tuple(found)


def _listed(node: Mapping[str, Any]) -> Issue:
    author, bot = _person(node.get("author"))
    comments = node.get("comments") or {}
    return Issue(
        number=number(node.get("number")),
        title=text(node.get("title")),
        url=text(node.get("url")),
        author=author,
        role=_ROLES.get(text(node.get("authorAssociation")), ""),
        bot=bot,
        labels=tuple(text(label.get("name")) for label in _nodes(node.get("labels"))),
        assignees=tuple(text(person.get("login")) for person in _nodes(node.get("assignees"))),
        milestone=text((node.get("milestone") or {}).get("title")),
        created=seconds(node.get("createdAt")),
        updated=seconds(node.get("updatedAt")),
        locked=bool(node.get("locked")),
        body=body(node.get("body")),
        comment_count=number(comments.get("totalCount")),
        comments=tuple(map(_said, _nodes(comments))),
        pull_requests=tuple(map(_requested, _nodes(node.get("closedByPullRequestsReferences")))),
        parts=number((node.get("subIssuesSummary") or {}).get("total")),
    )


def _pinned(node: Mapping[str, Any]) -> Issue:
    issue = node.get("issue") or {}
    parts = number((issue.get("subIssuesSummary") or {}).get("total"))
    title, url = text(issue.get("title")), text(issue.get("url"))
    return Issue(number(issue.get("number")), title, url, pinned=True, parts=parts)


def _opened(node: Mapping[str, Any]) -> Issue:
    issue = _listed(node)
    return issue._replace(answered=_first(issue.author, node.get("comments")), comments=None, pull_requests=None)


def _requested(node: Mapping[str, Any]) -> PullRequest:
    author, bot = _person(node.get("author"))
    merged = seconds(node.get("mergedAt"))
    state = text(node.get("state")).lower() or "open"
    answers = [_first(author, node.get(name)) for name in ("comments", "reviews")]
    known = [answer for answer in answers if answer]
    answered = min(known) if known else merged or (None if None in answers else 0)
    return PullRequest(
        number(node.get("number")),
        text(node.get("title")),
        text(node.get("url")),
        state,
        bool(node.get("isDraft")),
        author,
        _ROLES.get(text(node.get("authorAssociation")), ""),
        bot,
        seconds(node.get("createdAt")),
        seconds(node.get("updatedAt")),
        merged or seconds(node.get("closedAt")),
        answered,
        tuple(number(issue.get("number")) for issue in _nodes(node.get("closingIssuesReferences"))),
    )


def _first(author: str, connection: Any) -> int | None:
    """Return the first answer in a connection, 0 for none, None where it may lie beyond what was asked for."""
    if not isinstance(connection, dict):
        return None
    nodes = _nodes(connection)
    found = first_answer(author, map(_said, nodes))
    return found or (None if number(connection.get("totalCount")) > len(nodes) else 0)


def _said(node: Mapping[str, Any]) -> Comment:
    author, bot = _person(node.get("author"))
    role = _ROLES.get(text(node.get("authorAssociation")), "")
    return Comment(author, role, bot, seconds(node.get("createdAt")), text(node.get("body"), MOST_COMMENT))
