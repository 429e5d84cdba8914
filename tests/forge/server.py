"""A forge on loopback that speaks the contract: what is asked and answered is held to the slices in schemas/.

One state, three dialects: `forge.add("lamps/lantern")` gives a repository to fill, and `forge.speak("gitlab")` chooses
the dialect. A parameter that the published description lacks is refused with 422, and an answer of ours that does not fit
it is kept in `forge.wrong`, which the fixture wants to see empty. `forge.faults` breaks what comes next.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator, Mapping

SCHEMAS = Path(__file__).parent / "schemas"
NOW = 1_780_000_000
DAY = 86_400
TOKEN = "tok-3f9a1c77e0b24d5f"  # noqa: S105  known to the server below, and to nobody else


@dataclass
class Repo:
    """A repository's state. Issues and requests are the dicts that `issue` and `request` made."""

    name: str
    labels: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    head: str = "success"
    archived: bool = False
    empty: bool = False
    has_issues: bool = True
    parent: str = ""
    private: bool = False
    defaults: tuple[str, ...] = ()
    members: tuple[str, ...] = ("ada",)

    def label(self, name: str, color: str = "ededed", description: str = "") -> dict[str, Any]:
        """Add a label."""
        made = {"id": len(self.labels) + 1, "name": name, "color": color, "description": description}
        self.labels.append(made)
        return made

    def issue(self, title: str, **fields: Any) -> dict[str, Any]:
        """Add an open issue of a newcomer, a day old, with no labels."""
        made = {
            "number": len(self.issues) + len(self.requests) + 1,
            "title": title,
            "body": "",
            "labels": [],
            "assignees": [],
            "author": "grace",
            "association": "NONE",
            "created": NOW - DAY,
            "updated": NOW - DAY,
            "comments": [],
            "milestone": None,
            "locked": False,
            "state": "open",
            "confidential": False,
            **fields,
        }
        self.issues.append(made)
        return made

    def request(self, title: str, **fields: Any) -> dict[str, Any]:
        """Add an open pull request of a newcomer, a day old."""
        made = {
            "number": len(self.issues) + len(self.requests) + 1,
            "title": title,
            "body": "",
            "author": "linus",
            "association": "FIRST_TIME_CONTRIBUTOR",
            "created": NOW - DAY,
            "updated": NOW - DAY,
            "merged": 0,
            "closed": 0,
            "draft": False,
            "closes": [],
            "comments": [],
            "reviews": [],
            **fields,
        }
        self.requests.append(made)
        return made


def comment(text: str, author: str = "ada", association: str = "MEMBER", created: int = NOW - DAY) -> dict[str, Any]:
    """Return a comment."""
    return {"body": text, "author": author, "association": association, "created": created}


@dataclass
class Fault:
    """What happens instead of an answer, to requests whose target holds `where`, `times` times."""

    act: Callable[[Handler], None]
    where: str = ""
    times: int = 1


class Forge:
    """The state of a forge, and what was asked of it."""

    def __init__(self) -> None:
        self.dialect = "github"
        self.repos: dict[str, Repo] = {}
        self.moved: dict[str, str] = {}
        self.asked: list[tuple[str, str, int]] = []
        self.headers: list[dict[str, str]] = []
        self.wrong: list[str] = []
        self.faults: list[Fault] = []
        self.allowance = 10**9
        self.reset = NOW + 600
        self.clock: Callable[[], float] = lambda: NOW
        self.writable = True
        self.knows: set[str] = set()  # organisations, and groups
        self.people: set[str] = set()
        self.tls: ssl.SSLContext | None = None
        self._server: ThreadingHTTPServer | None = None

    def add(self, name: str = "lamps/lantern", **fields: Any) -> Repo:
        """Return a new repository."""
        self.repos[name] = Repo(name, **fields)
        return self.repos[name]

    def speak(self, dialect: str) -> Forge:
        """Choose the dialect."""
        self.dialect = dialect
        return self

    def find(self, name: str, *, token: bool) -> Repo | None:
        """Return a repository that may be seen."""
        repo = self.repos.get(name)
        return None if repo is None or (repo.private and not token) else repo

    @property
    def url(self) -> str:
        """Where the forge is."""
        assert self._server is not None
        scheme = "https" if self.tls else "http"
        return f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    @property
    def calls(self) -> int:
        """How many requests came."""
        return len(self.asked)

    def start(self) -> None:
        """Answer from now on."""
        forge = self

        class Bound(Handler):
            pass

        Bound.forge = forge
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
        self._server.daemon_threads = True
        if self.tls:
            self._server.socket = self.tls.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Answer no more."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()


class Handler(BaseHTTPRequestHandler):
    """Reads a request, looks for a fault, then asks the dialect."""

    forge: Forge
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._serve()

    do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815

    def _serve(self) -> None:
        forge = self.forge
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length) if length else b""
        forge.headers.append({name.lower(): value for name, value in self.headers.items()})
        for fault in forge.faults:
            if fault.times and fault.where in f"{self.command} {self.path} {self.body.decode()}":
                fault.times -= 1
                forge.asked.append((self.command, self.path, 0))
                fault.act(self)
                self.wfile.flush()
                return
        status, headers, value = self._answer()
        if status == 200 and self.command == "GET" and forge.dialect != "gitea":
            text = json.dumps(value).encode()
            headers["ETag"] = f'W/"{hashlib.sha256(text).hexdigest()}"'
            if self.headers.get("If-None-Match") == headers["ETag"]:
                status, value = 304, None
        forge.asked.append((self.command, self.path, status))
        self.answer(status, value, headers)
        self.wfile.flush()

    def answer(self, status: int, value: Any, headers: Mapping[str, str] | None = None) -> None:
        """Send JSON, packed where that is understood."""
        self.send(status, b"" if value is None else json.dumps(value).encode(), headers)

    def send(
        self, status: int, body: bytes, headers: Mapping[str, str] | None = None, kind: str = "application/json"
    ) -> None:
        """Send bytes."""
        given = {name.lower(): value for name, value in (headers or {}).items()}
        if body and "gzip" in self.headers.get("Accept-Encoding", "") and "content-encoding" not in given:
            body = gzip.compress(body, 1)
            given["content-encoding"] = "gzip"
        self.send_response_only(status)
        stamp = datetime.fromtimestamp(self.forge.clock(), timezone.utc)
        for name, text in {
            "date": stamp.strftime("%a, %d %b %Y %H:%M:%S GMT"),
            "content-type": f"{kind}; charset=utf-8",
            "content-length": str(len(body)),
            **given,
        }.items():
            self.send_header(name, text)
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    # What is asked --------------------------------------------------------------------------------------------------

    def _answer(self) -> tuple[int, dict[str, str], Any]:
        forge = self.forge
        limits = {"github": "X-RateLimit", "gitlab": "RateLimit", "gitea": ""}[forge.dialect]
        headers: dict[str, str] = {}
        forge.allowance -= 1
        if limits:
            headers = {f"{limits}-Remaining": str(max(0, forge.allowance)), f"{limits}-Reset": str(forge.reset)}
        if forge.allowance < 0:
            status = 403 if forge.dialect == "github" else 429
            return status, headers, {"message": "API rate limit exceeded for 127.0.0.1."}
        given = self._token()
        if given is not None and given != TOKEN:
            return 401, headers, {"message": "Bad credentials"}
        parts = urlsplit(self.path)
        prefix = {"github": "/api/v3", "gitlab": "/api/v4", "gitea": "/api/v1"}[forge.dialect]
        if forge.dialect == "github" and parts.path == "/api/graphql":
            if given is None:
                return 401, headers, {"message": "This endpoint requires you to be authenticated."}
            return 200, headers, graphql(forge, json.loads(self.body))
        if not parts.path.startswith(prefix):
            return 404, headers, {"message": "404 Not Found"}
        status, more, value = rest(
            forge,
            self.command,
            parts.path.removeprefix(prefix),
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            json.loads(self.body) if self.body else None,
            token=given is not None,
            root=forge.url + prefix,
        )
        return status, {**headers, **more}, value

    def _token(self) -> str | None:
        """Return the token given, in this forge's own way of giving it."""
        if self.forge.dialect == "gitlab":
            found: str | None = self.headers.get("PRIVATE-TOKEN")
            return found
        word = {"github": "Bearer ", "gitea": "token "}[self.forge.dialect]
        value = self.headers.get("Authorization")
        return None if value is None else value.removeprefix(word) if value.startswith(word) else "?"


# REST ---------------------------------------------------------------------------------------------------------------


@cache
def described(dialect: str) -> dict[str, Any]:
    """Return a slice."""
    found: dict[str, Any] = json.loads((SCHEMAS / f"{dialect}.json").read_text(encoding="utf-8"))
    return found


@cache
def routes(dialect: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the paths of a slice, the most particular first."""
    paths = sorted(described(dialect)["paths"], key=lambda path: (path.count("{"), -len(path)))
    return tuple((path, re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))) for path in paths)


def check(dialect: str, schema: Any, value: Any) -> str:
    """Return what is wrong with a value, "" for nothing; of a long list the first entries speak for all."""
    if schema.get("type") == "array" and isinstance(value, list):
        value = value[:3]
    validator = Draft202012Validator({**schema, "schemas": described(dialect)["schemas"]})
    found = next(iter(validator.iter_errors(value)), None)
    return f"{found.json_path}: {found.message[:200]}" if found else ""


def rest(
    forge: Forge, method: str, path: str, query: dict[str, str], body: Any, *, token: bool, root: str
) -> tuple[int, dict[str, str], Any]:
    """Return status, headers and value of a request, refused where the published description does not have it."""
    dialect = forge.dialect
    found = [(known, match) for known, pattern in routes(dialect) if (match := pattern.fullmatch(path))]
    if not found:
        return 404, {}, {"message": "Not Found"}
    route, match = found[0]
    operation = described(dialect)["paths"][route].get(method.lower())
    if operation is None:
        return 405, {}, {"message": "Method Not Allowed"}
    unknown = [name for name in query if name not in operation["query"]]
    wrong = [name for name, value in query.items() if name not in unknown and not fits(operation["query"][name], value)]
    if unknown or wrong:
        forge.wrong.append(f"{method} {route}: refused parameters {unknown + wrong}")
        return 422, {}, {"message": f"Validation Failed: {', '.join(unknown + wrong)}"}
    if operation["body"] is not None and (problem := check(dialect, operation["body"], body)):
        forge.wrong.append(f"{method} {route}: refused body {problem}")
        return 422, {}, {"message": f"Validation Failed: {problem}"}
    groups = {key: unquote(value) for key, value in match.groupdict().items()}
    name = groups.get("id", "") if dialect == "gitlab" else f"{groups.get('owner')}/{groups.get('repo')}"
    if name in forge.moved:
        new = forge.moved[name]
        target = (
            f"{root}{path.replace(name, new, 1)}"
            if dialect != "gitlab"
            else f"{root}/projects/{new.replace('/', '%2F')}"
        )
        return 301, {"Location": target + (f"?{urlencode(query)}" if query else "")}, {"message": "Moved Permanently"}
    dialects = {"github": GitHub, "gitlab": GitLab, "gitea": Gitea}
    if route in LISTS[dialect]:
        (owner,) = groups.values()
        if owner not in (forge.people if route.startswith("/users") else forge.knows):
            return 404, {}, {"message": "Not Found"}
        entries = list(dialects[dialect].holdings(forge, route, owner, query, root, token=token))
        part, headers = paged(entries, query, dialects[dialect].size, f"{root}{path}")
        if problem := check(dialect, operation["responses"]["200"], part):
            forge.wrong.append(f"{method} {route}: {problem}")
        return 200, headers, part
    if "org" in groups:
        return (200, {}, []) if groups["org"] in forge.knows else (404, {}, {"message": "Not Found"})
    repo = forge.find(name, token=token)
    if repo is None:
        return 404, {}, {"message": "Not Found"}
    if method != "GET" and not (token and forge.writable):
        return (403 if token else 401), {}, {"message": "Resource not accessible by personal access token"}
    speaker = dialects[dialect](forge, repo, root)
    status, headers, value = speaker.answer(method, route, groups, query, body)
    schema = operation["responses"].get(str(status))
    if schema is not None and (problem := check(dialect, schema, value)):
        forge.wrong.append(f"{method} {route}: {problem}")
    return status, headers, value


LISTS = {
    "github": ("/orgs/{org}/repos", "/users/{username}/repos"),
    "gitlab": ("/groups/{id}/projects", "/users/{id}/projects"),
    "gitea": ("/orgs/{org}/repos", "/users/{username}/repos"),
}
"""Where the repositories of an owner are listed."""


def fits(schema: Any, value: str) -> bool:
    """Return whether the text of a parameter can be of this kind."""
    if schema.get("type") == "integer":
        return value.isdigit()
    return "enum" not in schema or value in schema["enum"]


def filled(dialect: str, schema: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return `given` with the least that the schema asks for beside it."""
    schema = resolved(dialect, schema)
    value = dict(given)
    for name in schema.get("required", ()):
        if name not in value:
            value[name] = least(dialect, schema["properties"][name])
    return value


def resolved(dialect: str, schema: Any) -> Any:
    while "$ref" in schema:
        schema = described(dialect)["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def least(dialect: str, schema: Any) -> Any:
    """Return the least value of a schema."""
    schema = resolved(dialect, schema)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            options = schema[word]
            return None if {"type": "null"} in options else least(dialect, options[0])
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = kind[-1] if isinstance(kind, list) else kind
    simple = {"string": "", "integer": 0, "number": 0, "boolean": False, "array": [], "null": None}
    return filled(dialect, schema, {}) if kind == "object" or "properties" in schema else simple.get(kind)


def iso(moment: int) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def paged(entries: list[Any], query: Mapping[str, str], size: str, url: str) -> tuple[list[Any], dict[str, str]]:
    """Return one page, and the header that names the next one."""
    page, count = max(1, int(query.get("page", 1))), min(100, int(query.get(size, 30)))
    headers = {}
    if page * count < len(entries):
        following = urlencode({**query, "page": page + 1, size: count})
        headers["Link"] = f'<{url}?{following}>; rel="next"'
    return entries[(page - 1) * count : page * count], headers


class Speaker:
    """Answers for one repository in one dialect."""

    dialect = ""
    size = "per_page"

    def __init__(self, forge: Forge, repo: Repo, root: str) -> None:
        self.forge = forge
        self.repo = repo
        self.root = root

    @classmethod
    def holdings(
        cls, forge: Forge, route: str, owner: str, query: dict[str, str], root: str, *, token: bool
    ) -> Iterator[dict[str, Any]]:
        """Yield what the owner has and may be seen."""
        for name in [name for name in forge.repos if name.startswith(f"{owner}/")]:
            repo = forge.find(name, token=token)
            if repo and cls.matches(repo, owner, query):
                yield cls(forge, repo, root).entry(route, token=token)

    @staticmethod
    def matches(repo: Repo, owner: str, query: dict[str, str]) -> bool:  # noqa: ARG004
        """Return whether a list asked for so has the repository."""
        return True

    def entry(self, route: str, *, token: bool) -> dict[str, Any]:  # noqa: ARG002
        """Return the repository as lists have it."""
        found: dict[str, Any] = self.answer("GET", "", {}, {}, None)[2]
        return found

    def answer(
        self, method: str, route: str, groups: dict[str, str], query: dict[str, str], body: Any
    ) -> tuple[int, dict[str, str], Any]:
        raise NotImplementedError

    def listed(
        self, entries: list[Any], query: Mapping[str, str], route: str, groups: dict[str, str]
    ) -> tuple[int, dict[str, str], list[Any]]:
        """Return a page of a list."""
        from urllib.parse import quote

        path = re.sub(r"\{(\w+)\}", lambda match: quote(groups[match[1]], safe=""), route)
        part, headers = paged(entries, query, self.size, f"{self.root}{path}")
        return 200, headers, part

    def by_label(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        """Return issues that bear all the labels asked for."""
        wanted = [name.lower() for name in query.get("labels", "").split(",") if name]
        state = query.get("state", "open")
        return [
            issue
            for issue in self.repo.issues
            if state in ("all", "opened" if issue["state"] == "open" else "", issue["state"])
            and all(name in [label.lower() for label in issue["labels"]] for name in wanted)
        ]

    def known(self, name: str) -> dict[str, Any] | None:
        return next((label for label in self.repo.labels if label["name"].lower() == name.lower()), None)


class GitHub(Speaker):
    """As api.github.com."""

    dialect = "github"

    def of(self, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return filled("github", {"$ref": f"#/schemas/{name}"}, given)

    def entry(self, route: str, *, token: bool) -> dict[str, Any]:
        """Return the repository as lists have it: with no word of what a fork was made from."""
        whole = super().entry(route, token=token)
        minimal = resolved("github", {"$ref": "#/schemas/minimal-repository"})["properties"]
        return self.of("minimal-repository", {name: value for name, value in whole.items() if name in minimal})

    def user(self, login: str) -> Any:
        kind = "Bot" if login.endswith("[bot]") else "User"
        return self.of("simple-user", {"login": login, "type": kind, "id": 1}) if login else None

    def answer(
        self, method: str, route: str, groups: dict[str, str], query: dict[str, str], body: Any
    ) -> tuple[int, dict[str, str], Any]:
        repo = self.repo
        end = route.removeprefix("/repos/{owner}/{repo}")
        if end == "":
            return 200, {}, self.repository()
        if end == "/labels" and method == "POST":
            if self.known(body["name"]):
                return 422, {}, {"message": "Validation Failed", "errors": [{"code": "already_exists"}]}
            return (
                201,
                {},
                self.label(repo.label(body["name"], body.get("color", "ededed"), body.get("description", ""))),
            )
        if end == "/labels/{name}":
            label = self.known(groups["name"])
            if label is None:
                return 404, {}, {"message": "Not Found"}
            label.update({key: body[key] for key in ("color", "description") if key in body})
            return 200, {}, self.label(label)
        if not repo.has_issues and end.startswith("/issues") and end == "/issues":
            return 410, {}, {"message": "Issues are disabled for this repo"}
        if end == "/commits/{ref}/check-runs":
            runs = [self.run()] if repo.head else []
            return 200, {}, {"total_count": len(runs), "check_runs": runs}
        if end == "/commits/{ref}/status":
            empty = self.of("combined-commit-status", {"state": "pending", "statuses": [], "total_count": 0})
            return 200, {}, empty
        if end == "/community/profile":
            return 200, {}, self.profile()
        return self.listed(self.entries(end, groups, query), query, route, groups)

    def entries(self, end: str, groups: dict[str, str], query: dict[str, str]) -> list[Any]:
        repo = self.repo
        if end == "/labels":
            return [self.label(label) for label in repo.labels]
        if end == "/issues":
            found = self.by_label(query)
            found.sort(key=lambda issue: -issue[query.get("sort", "created")])
            return [self.issue(issue) for issue in found]
        if end == "/issues/comments":
            said = [(one, comment) for one in (*repo.issues, *repo.requests) for comment in one["comments"]]
            said.sort(key=lambda pair: -pair[1]["created"])
            return [self.comment(one["number"], comment) for one, comment in said]
        if end == "/issues/{issue_number}/comments":
            (issue,) = [one for one in repo.issues if one["number"] == int(groups["issue_number"])]
            return [self.comment(issue["number"], comment) for comment in issue["comments"]]
        if end == "/pulls":
            closed = query["state"] == "closed"
            found = [one for one in repo.requests if bool(one["merged"] or one["closed"]) == closed]
            return [self.request(one) for one in sorted(found, key=lambda one: -one["updated"])]
        if end == "/pulls/{pull_number}/reviews":
            (one,) = [one for one in repo.requests if one["number"] == int(groups["pull_number"])]
            return [
                self.of(
                    "pull-request-review",
                    {
                        "user": self.user(review["author"]),
                        "body": review["body"],
                        "state": "COMMENTED",
                        "submitted_at": iso(review["created"]),
                        "author_association": review["association"],
                        "_links": {"html": {"href": ""}, "pull_request": {"href": ""}},
                    },
                )
                for review in one["reviews"]
            ]
        assert end == "/pulls/comments", end
        return []

    def repository(self) -> dict[str, Any]:
        repo = self.repo
        given: dict[str, Any] = {
            "id": 1,
            "full_name": repo.name,
            "name": repo.name.partition("/")[2],
            "owner": self.user(repo.name.partition("/")[0]),
            "html_url": f"{self.forge.url}/{repo.name}",
            "default_branch": "main",
            "archived": repo.archived,
            "has_issues": repo.has_issues,
            "fork": bool(repo.parent),
            "private": repo.private,
            "size": 0 if repo.empty else 7,
            "pushed_at": iso(NOW),
            "created_at": iso(NOW),
            "updated_at": iso(NOW),
            "description": None,
        }
        if repo.empty:
            given["pushed_at"] = ""
        if repo.parent:
            above = {"full_name": repo.parent, "owner": self.user("x"), "created_at": None, "updated_at": None}
            given["parent"] = self.of("repository", {**above, "pushed_at": None})
        return self.of("full-repository", given)

    def label(self, label: dict[str, Any]) -> dict[str, Any]:
        return self.of("label", {**label, "default": False, "description": label["description"] or None})

    def issue(self, issue: dict[str, Any]) -> dict[str, Any]:
        given = {
            "number": issue["number"],
            "title": issue["title"],
            "body": issue["body"] or None,
            "state": issue["state"],
            "html_url": f"{self.forge.url}/{self.repo.name}/issues/{issue['number']}",
            "labels": [
                self.label(self.known(name) or {"name": name, "id": 9, "color": "ededed", "description": ""})
                for name in issue["labels"]
            ],
            "assignees": [self.user(login) for login in issue["assignees"]],
            "user": self.user(issue["author"]),
            "author_association": issue["association"],
            "comments": len(issue["comments"]),
            "created_at": iso(issue["created"]),
            "updated_at": iso(issue["updated"]),
            "locked": issue["locked"],
            "closed_at": None,
        }
        if issue["milestone"]:
            given["milestone"] = self.of("nullable-milestone", {})
            raise AssertionError("milestones are not spoken here yet")
        return self.of("issue", given)

    def request(self, one: dict[str, Any]) -> dict[str, Any]:
        ended = one["merged"] or one["closed"]
        words = " ".join(f"Closes #{number}." for number in one["closes"])
        given = {
            "number": one["number"],
            "title": one["title"],
            "body": f"{one['body']}\n{words}".strip() or None,
            "state": "closed" if ended else "open",
            "html_url": f"{self.forge.url}/{self.repo.name}/pull/{one['number']}",
            "user": self.user(one["author"]),
            "author_association": one["association"],
            "created_at": iso(one["created"]),
            "updated_at": iso(one["updated"]),
            "merged_at": iso(one["merged"]) if one["merged"] else None,
            "closed_at": iso(ended) if ended else None,
            "draft": one["draft"],
        }
        return self.of("pull-request-simple", given)

    def comment(self, number: int, one: dict[str, Any]) -> dict[str, Any]:
        return self.of(
            "issue-comment",
            {
                "body": one["body"],
                "user": self.user(one["author"]),
                "author_association": one["association"],
                "created_at": iso(one["created"]),
                "updated_at": iso(one["created"]),
                "issue_url": f"{self.root}/repos/{self.repo.name}/issues/{number}",
            },
        )

    def run(self) -> dict[str, Any]:
        done = self.repo.head in ("success", "failure")
        given = {"conclusion": self.repo.head if done else None, "status": "completed" if done else "in_progress"}
        return self.of("check-run", {**given, "name": "tests", "head_sha": "0" * 40})

    def profile(self) -> dict[str, Any]:
        page = f"{self.forge.url}/{self.repo.name.partition('/')[0]}/.github"
        files: dict[str, Any] = dict.fromkeys(
            ("code_of_conduct", "code_of_conduct_file", "license", "contributing", "readme", "issue_template",
             "pull_request_template")
        )  # fmt: skip
        for name in self.repo.defaults:
            files[name] = {"url": f"{self.root}/x", "html_url": f"{page}/blob/main/{name.upper()}.md"}
            if name == "code_of_conduct":
                files[name] |= {"key": "other", "name": "Other"}
        return {"health_percentage": 50, "description": None, "documentation": None, "files": files, "updated_at": None}


class GitLab(Speaker):
    """As gitlab.com."""

    dialect = "gitlab"

    def of(self, name: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return filled("gitlab", {"$ref": f"#/schemas/{name}"}, given)

    @staticmethod
    def matches(repo: Repo, owner: str, query: dict[str, str]) -> bool:
        """Return whether a list asked for so has the repository."""
        below = repo.name.removeprefix(f"{owner}/")
        return (
            ("/" not in below or query.get("include_subgroups") == "true")
            and query.get("archived", str(repo.archived).lower()) == str(repo.archived).lower()
            and query.get("visibility", "public") == ("private" if repo.private else "public")
        )

    def entry(self, route: str, *, token: bool) -> dict[str, Any]:
        """Return the repository as lists have it: of a person's without a token, hardly more than the name."""
        whole = super().entry(route, token=token)
        if token or not route.startswith("/users"):
            return whole
        basic = resolved("gitlab", {"$ref": "#/schemas/BasicProject"})["properties"]
        return self.of("BasicProject", {name: value for name, value in whole.items() if name in basic})

    def user(self, name: str) -> dict[str, Any]:
        return self.of("User", {"username": name, "avatar_url": None})

    def answer(
        self, method: str, route: str, groups: dict[str, str], query: dict[str, str], body: Any
    ) -> tuple[int, dict[str, str], Any]:
        repo = self.repo
        end = route.removeprefix("/projects/{id}")
        if end == "":
            given: dict[str, Any] = {
                "path_with_namespace": repo.name,
                "web_url": f"{self.forge.url}/{repo.name}",
                "default_branch": None if repo.empty else "main",
                "archived": repo.archived,
                "empty_repo": repo.empty,
                "issues_enabled": repo.has_issues,
                "issues_access_level": "enabled" if repo.has_issues else "disabled",
                "visibility": "private" if repo.private else "public",
            }
            if repo.parent:
                given["forked_from_project"] = {"path_with_namespace": repo.parent}
            return 200, {}, self.of("Project", given)
        if end == "/labels" and method == "POST":
            if self.known(body["name"]):
                return 409, {}, {"message": "Label already exists"}
            made = repo.label(body["name"], body["color"].lstrip("#"), body.get("description", ""))
            return 201, {}, self.label(made)
        if end == "/labels/{label_id}":
            label = self.known(groups["label_id"])
            if label is None:
                return 404, {}, {"message": "404 Label Not Found"}
            label.update({key: body[key] for key in ("color", "description") if key in body})
            return 200, {}, self.label(label)
        if end == "/issues" and not repo.has_issues:
            return 403, {}, {"message": "403 Forbidden"}
        return self.listed(self.entries(end, groups, query), query, route, groups)

    def entries(self, end: str, groups: dict[str, str], query: dict[str, str]) -> list[Any]:
        repo = self.repo
        if end == "/labels":
            return [self.label(label) for label in repo.labels]
        if end == "/issues":
            key = {"updated_at": "updated", "created_at": "created"}[query.get("order_by", "created_at")]
            return [self.issue(one) for one in sorted(self.by_label(query), key=lambda one: -one[key])]
        if end == "/merge_requests":
            state = {"opened": "open", "merged": "merged", "closed": "closed"}[query["state"]]
            return [self.request(one) for one in repo.requests if self.state(one) == state]
        if end == "/members/all":
            return [self.of("Member", {"username": name, "access_level": 40}) for name in repo.members]
        if end == "/pipelines":
            states = {"failure": "failed", "pending": "running"}
            state = states.get(repo.head, repo.head)
            return [self.of("Pipeline", {"status": state, "ref": query["ref"]})] if repo.head else []
        number = int(groups.get("issue_iid") or groups["merge_request_iid"])
        ((kind, one),) = [
            (kind, one)
            for kind, ones in (("issue_iid", repo.issues), ("merge_request_iid", repo.requests))
            for one in ones
            if kind in groups and one["number"] == number
        ]
        said = [*one["comments"], *one.get("reviews", ())]
        notes = [
            self.of(
                "Note",
                {
                    "body": comment["body"],
                    "author": self.user(comment["author"]),
                    "created_at": iso(comment["created"]),
                    "noteable_type": kind,
                },
            )
            for comment in said
        ]
        notes.append(self.of("Note", {"system": True, "body": "added label", "created_at": iso(one["created"])}))
        return sorted(notes, key=lambda note: note["created_at"], reverse=query.get("sort", "desc") == "desc")

    def state(self, one: dict[str, Any]) -> str:
        return "merged" if one["merged"] else "closed" if one["closed"] else "open"

    def label(self, label: dict[str, Any]) -> dict[str, Any]:
        given = {**label, "color": f"#{label['color']}", "description": label["description"] or None}
        return self.of("Label", {**given, "text_color": "#FFFFFF"})

    def issue(self, one: dict[str, Any]) -> dict[str, Any]:
        return self.of(
            "Issue",
            {
                "iid": one["number"],
                "title": one["title"],
                "description": one["body"],
                "state": "opened" if one["state"] == "open" else "closed",
                "web_url": f"{self.forge.url}/{self.repo.name}/-/issues/{one['number']}",
                "labels": list(one["labels"]),
                "assignees": [self.user(name) for name in one["assignees"]],
                "author": self.user(one["author"]),
                "user_notes_count": len(one["comments"]),
                "created_at": iso(one["created"]),
                "updated_at": iso(one["updated"]),
                "confidential": one["confidential"],
                "discussion_locked": one["locked"] or None,
                "milestone": {"title": one["milestone"]} if one["milestone"] else None,
            },
        )

    def request(self, one: dict[str, Any]) -> dict[str, Any]:
        words = " ".join(f"Closes #{number}" for number in one["closes"])
        return self.of(
            "MergeRequest",
            {
                "iid": one["number"],
                "title": one["title"],
                "description": f"{one['body']}\n{words}",
                "state": {"open": "opened"}.get(self.state(one), self.state(one)),
                "web_url": f"{self.forge.url}/{self.repo.name}/-/merge_requests/{one['number']}",
                "author": self.user(one["author"]),
                "draft": one["draft"],
                "created_at": iso(one["created"]),
                "updated_at": iso(one["updated"]),
                "merged_at": iso(one["merged"]) if one["merged"] else None,
                "closed_at": iso(one["closed"]) if one["closed"] else None,
            },
        )


class Gitea(Speaker):
    """As codeberg.org."""

    dialect = "gitea"
    size = "limit"

    def answer(
        self, method: str, route: str, groups: dict[str, str], query: dict[str, str], body: Any
    ) -> tuple[int, dict[str, str], Any]:
        repo = self.repo
        end = route.removeprefix("/repos/{owner}/{repo}")
        if end == "":
            value = {
                "full_name": repo.name,
                "html_url": f"{self.forge.url}/{repo.name}",
                "owner": self.user(repo.name.partition("/")[0]),
                "default_branch": "main",
                "archived": repo.archived,
                "private": repo.private,
                "empty": repo.empty,
                "has_issues": repo.has_issues,
                "has_pull_requests": True,
                "fork": bool(repo.parent),
                "parent": {"full_name": repo.parent} if repo.parent else None,
            }
            return 200, {}, value
        if end == "/labels" and method == "POST":
            made = repo.label(body["name"], body["color"].lstrip("#"), body.get("description") or "")
            return 201, {}, dict(made)
        if end == "/labels/{id}":
            found = [label for label in repo.labels if str(label["id"]) == groups["id"]]
            if not found:
                return 404, {}, {"message": "not found"}
            found[0].update({key: body[key] for key in ("color", "description") if body.get(key)})
            return 200, {}, dict(found[0])
        if end == "/commits/{ref}/status":
            return 200, {}, {"state": repo.head or "", "total_count": 1 if repo.head else 0}
        return self.listed(self.entries(end, groups, query), query, route, groups)

    def entries(self, end: str, groups: dict[str, str], query: dict[str, str]) -> list[Any]:
        repo = self.repo
        if end == "/labels":
            return [dict(label) for label in repo.labels]
        if end == "/issues":
            assert query["type"] == "issues"
            return [self.issue(one) for one in sorted(self.by_label(query), key=lambda one: -one["created"])]
        if end == "/issues/comments":
            pairs = [(one, said) for one in (*repo.issues, *repo.requests) for said in one["comments"]]
            return [self.comment(said, one["number"]) for one, said in pairs]
        if end == "/issues/{index}/comments":
            (issue,) = [one for one in repo.issues if one["number"] == int(groups["index"])]
            return [self.comment(said, issue["number"]) for said in issue["comments"]]
        assert end == "/pulls", end
        closed = query["state"] == "closed"
        return [self.request(one) for one in repo.requests if bool(one["merged"] or one["closed"]) == closed]

    def user(self, login: str) -> dict[str, Any]:
        return {"login": login, "id": 1}

    def comment(self, said: dict[str, Any], number: int) -> dict[str, Any]:
        return {
            "body": said["body"],
            "user": self.user(said["author"]),
            "created_at": iso(said["created"]),
            "issue_url": f"{self.forge.url}/{self.repo.name}/issues/{number}",
        }

    def issue(self, one: dict[str, Any]) -> dict[str, Any]:
        return {
            "number": one["number"],
            "title": one["title"],
            "body": one["body"],
            "state": one["state"],
            "html_url": f"{self.forge.url}/{self.repo.name}/issues/{one['number']}",
            "labels": [dict(label) for label in map(self.known, one["labels"]) if label],
            "assignees": [self.user(name) for name in one["assignees"]] or None,
            "user": self.user(one["author"]),
            "comments": len(one["comments"]),
            "created_at": iso(one["created"]),
            "updated_at": iso(one["updated"]),
            "is_locked": one["locked"],
            "milestone": {"title": one["milestone"]} if one["milestone"] else None,
        }

    def request(self, one: dict[str, Any]) -> dict[str, Any]:
        words = " ".join(f"Fixes #{number}" for number in one["closes"])
        ended = one["merged"] or one["closed"]
        return {
            "number": one["number"],
            "title": one["title"],
            "body": f"{one['body']}\n{words}",
            "state": "closed" if ended else "open",
            "html_url": f"{self.forge.url}/{self.repo.name}/pulls/{one['number']}",
            "user": self.user(one["author"]),
            "draft": one["draft"],
            "created_at": iso(one["created"]),
            "updated_at": iso(one["updated"]),
            "merged_at": iso(one["merged"]) if one["merged"] else None,
            "closed_at": iso(ended) if ended else None,
        }


# Queries ------------------------------------------------------------------------------------------------------------


@cache
def schema() -> Any:
    """Return GitHub's GraphQL schema, as far as the slice has it."""
    from graphql import build_schema

    return build_schema((SCHEMAS / "github.graphql").read_text(encoding="utf-8"), assume_valid=True)


def graphql(forge: Forge, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what GitHub answers a query; a query that does not fit the schema is an error."""
    from graphql import GraphQLError, execute_sync, parse, validate

    document = parse(payload["query"])
    problems = validate(schema(), document)
    if problems:
        forge.wrong.append(f"graphql: {problems[0].message}")
        return {"errors": [{"message": problem.message} for problem in problems]}

    def repository(_: object, owner: str, name: str, **__: object) -> Any:
        full = forge.moved.get(f"{owner}/{name}", f"{owner}/{name}")
        repo = forge.find(full, token=True)
        if repo is None:
            raise GraphQLError(f"Could not resolve to a Repository with the name '{owner}/{name}'.")
        return repository_node(forge, repo)

    result = execute_sync(
        schema(),
        document,
        {"repository": repository},
        variable_values=dict(payload.get("variables", {})),
        type_resolver=lambda value, *_: value["__typename"],
    )
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [
            {"type": "NOT_FOUND" if "resolve to a Repository" in error.message else "INTERNAL", "path": error.path,
             "message": error.message}
            for error in result.errors
        ]  # fmt: skip
        forge.wrong += [error.message for error in result.errors if "resolve to a Repository" not in error.message]
    return answer


def connection(nodes: list[Any]) -> Callable[..., Any]:
    """Return what gives pages of nodes."""

    def pages(_: object, first: int | None = None, last: int | None = None, after: str | None = None, **__: Any) -> Any:
        assert (first or last or 0) <= 100, "GitHub gives no more than a hundred"
        start = int(after or 0)
        part = nodes[start : start + first] if first is not None else nodes[-(last or 1) :]
        end = start + len(part)
        page = {"hasNextPage": first is not None and end < len(nodes), "endCursor": str(end)}
        return {"nodes": part, "totalCount": len(nodes), "pageInfo": page}

    return pages


def actor(login: str) -> Any:
    if not login:
        return None
    return {"__typename": "Bot" if login.endswith("[bot]") else "User", "login": login.removesuffix("[bot]")}


def said(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "author": actor(one["author"]),
        "authorAssociation": one["association"],
        "createdAt": iso(one["created"]),
        "body": one["body"],
    }


def repository_node(forge: Forge, repo: Repo) -> dict[str, Any]:
    states = {"success": "SUCCESS", "failure": "FAILURE", "pending": "PENDING"}
    rollup = {"state": states[repo.head]} if repo.head else None
    page = {"url": f"{forge.url}/{repo.name}"}

    def request_node(one: dict[str, Any]) -> dict[str, Any]:
        return {
            "number": one["number"],
            "title": one["title"],
            "url": f"{forge.url}/{repo.name}/pull/{one['number']}",
            "state": "MERGED" if one["merged"] else "CLOSED" if one["closed"] else "OPEN",
            "isDraft": one["draft"],
            "createdAt": iso(one["created"]),
            "updatedAt": iso(one["updated"]),
            "mergedAt": iso(one["merged"]) if one["merged"] else None,
            "closedAt": iso(one["closed"]) if one["closed"] else None,
            "author": actor(one["author"]),
            "authorAssociation": one["association"],
            "closingIssuesReferences": connection([{"number": number} for number in one["closes"]]),
            "comments": connection([said(comment) for comment in one["comments"]]),
            "reviews": connection([said(review) for review in one["reviews"]]),
        }

    def issue_node(one: dict[str, Any]) -> dict[str, Any]:
        closing = [
            request_node(request)
            for request in repo.requests
            if one["number"] in request["closes"] and not request["merged"] and not request["closed"]
        ]
        return {
            "number": one["number"],
            "title": one["title"],
            "url": f"{forge.url}/{repo.name}/issues/{one['number']}",
            "body": one["body"],
            "createdAt": iso(one["created"]),
            "updatedAt": iso(one["updated"]),
            "locked": one["locked"],
            "author": actor(one["author"]),
            "authorAssociation": one["association"],
            "milestone": {"title": one["milestone"]} if one["milestone"] else None,
            "subIssuesSummary": {"total": one.get("parts", 0)},
            "labels": connection([{"name": name} for name in one["labels"]]),
            "assignees": connection([{"login": login} for login in one["assignees"]]),
            "comments": connection([said(comment) for comment in one["comments"]]),
            "closedByPullRequestsReferences": connection(closing),
        }

    def issues(info: object, labels: list[str] | None = None, states: list[str] | None = None, **page: Any) -> Any:
        order = page.pop("orderBy", None) or {}
        wanted = None if labels is None else {name.lower() for name in labels}
        found = [
            one
            for one in repo.issues
            if (states is None or one["state"].upper() in states)
            and (wanted is None or wanted & {name.lower() for name in one["labels"]})
        ]
        key = "created" if order.get("field") == "CREATED_AT" else "updated"
        found.sort(key=lambda one: -one[key])
        return connection([issue_node(one) for one in found])(info, **page)

    return {
        "__typename": "Repository",
        "nameWithOwner": repo.name,
        "url": f"{forge.url}/{repo.name}",
        "description": None,
        "isArchived": repo.archived,
        "isEmpty": repo.empty,
        "isFork": bool(repo.parent),
        "hasIssuesEnabled": repo.has_issues,
        "parent": {"nameWithOwner": repo.parent} if repo.parent else None,
        "defaultBranchRef": None
        if repo.empty
        else {"name": "main", "target": {"__typename": "Commit", "statusCheckRollup": rollup}},
        "labels": connection(repo.labels),
        "codeOfConduct": page if "code_of_conduct" in repo.defaults else None,
        "contributingGuidelines": page if "contributing" in repo.defaults else None,
        "issueTemplates": [{"filename": "bug.md"}] if "issue_template" in repo.defaults else [],
        "pullRequestTemplates": [{"filename": "x.md"}] if "pull_request_template" in repo.defaults else [],
        "pinnedIssues": connection([{"issue": issue_node(one)} for one in repo.issues if one.get("pinned")]),
        "issues": issues,
        "pullRequests": connection(
            [request_node(one) for one in sorted(repo.requests, key=lambda one: -one["updated"])]
        ),
    }


# Faults -------------------------------------------------------------------------------------------------------------


def status(code: int, headers: Mapping[str, str] | None = None, message: str = "no") -> Callable[[Handler], None]:
    """Answer with a status."""
    return lambda handler: handler.answer(code, {"message": message}, headers)


def content(
    body: bytes, kind: str = "application/json", headers: Mapping[str, str] | None = None
) -> Callable[[Handler], None]:
    """Answer with these bytes."""
    return lambda handler: handler.send(200, body, headers, kind)


def cut(handler: Handler) -> None:
    """Promise more than is sent, and hang up."""
    handler.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n[{"a"')
    handler.wfile.flush()
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def hang_up(handler: Handler) -> None:
    """Hang up without a word."""
    handler.close_connection = True
    handler.connection.shutdown(socket.SHUT_RDWR)


def drip(head: bytes, drop: bytes) -> Callable[[Handler], None]:
    """Send `head`, then `drop` for ever, a piece every twentieth of a second."""

    def act(handler: Handler) -> None:
        handler.close_connection = True
        try:
            handler.wfile.write(head)
            for _ in range(600):
                handler.wfile.write(drop)
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    return act


def iterate(forge: Forge) -> Iterator[str]:
    """Yield every header that came, as text."""
    for headers in forge.headers:
        yield from (f"{name}: {value}" for name, value in headers.items())
