"""Templates of issues and requests, and the file of labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_sprintready.checks._guide import files_in, known
from pytest_sprintready.errors import FileProblem
from pytest_sprintready.fixes import commands
from pytest_sprintready.fixes.model import Edit, Fix, LeftAlone
from pytest_sprintready.fixes.registry import fixer
from pytest_sprintready.fixes.yaml import edited_yaml
from pytest_sprintready.reading.labels import STANDARD_LABEL, is_standard, plain_name, read_labels

if TYPE_CHECKING:
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.fixes.registry import Case

_COLOUR = "7057ff"  # that of GitHub's own "good first issue"
_DESCRIPTION = "Small and well described: good for a first contribution"

TASK_FORM = """\
name: Task for newcomers
description: A small task that somebody can take who has never worked on this project
labels: ["{label}"]
body:
  - type: textarea
    id: problem
    attributes:
      label: What is the problem?
      description: What happens now, and what is to happen instead.
    validations:
      required: true
  - type: textarea
    id: files
    attributes:
      label: Which files are concerned?
      description: Where to begin reading, and which test shows that it works.
    validations:
      required: true
  - type: textarea
    id: done
    attributes:
      label: When is it done?
      description: What a reviewer looks for.
    validations:
      required: true
  - type: input
    id: skills
    attributes:
      label: What does one have to know?
      description: For example pytest, Sphinx, CSS; or nothing special.
  - type: dropdown
    id: size
    attributes:
      label: How long does it take?
      options:
        - an hour
        - half a day
        - a day
"""

TASK_TEMPLATE = """\
{front}## What is the problem?

<!-- What happens now, and what is to happen instead. -->

## Which files are concerned?

<!-- Where to begin reading, and which test shows that it works. -->

## When is it done?

<!-- What a reviewer looks for. -->

## What does one have to know, and how long does it take?

<!-- For example: pytest, an hour. -->
"""

REQUEST_TEMPLATE = """\
## What changes, and why

<!-- With the number of the issue, if there is one: "Closes #12" lets the merge close it. -->

## How it was tested

<!-- {tests} -->
"""


@fixer("SR306")
def add_templates(case: Case) -> Fix | LeftAlone:
    """Add a form for beginner tasks and a template for requests, in the places of the project's forge."""
    facts = case.facts
    forge = commands.forge(facts)
    kind = forge.kind if forge else "github" if facts.snapshot.is_folder(".github") else ""
    if not kind:
        return LeftAlone("SR306", "on which forge the project lives is not known, and each has its own templates")
    edits = []
    if not facts.issue_templates.value:
        edits.append(_task_template(facts, kind))
    if not facts.pr_template.value:
        way = commands.way(facts)
        tests = f"For example: `{way.test}` passes; I added a test." if way else "The command you ran, and a new test."
        path = {
            "github": ".github/PULL_REQUEST_TEMPLATE.md",
            "gitlab": ".gitlab/merge_request_templates/Default.md",
            "forgejo": ".forgejo/PULL_REQUEST_TEMPLATE.md",
        }[kind]
        edits.append(Edit(path, None, REQUEST_TEMPLATE.format(tests=tests)))
    return Fix("SR306", f"write {' and '.join(edit.path for edit in edits)}", tuple(edits))


def _label(facts: Facts) -> str:
    named = (*facts.settings.beginner_labels, *known(facts.beginner_labels, ()))
    return next((label for label in named if is_standard(label)), named[0] if named else STANDARD_LABEL)


def _task_template(facts: Facts, kind: str) -> Edit:
    label = _label(facts).replace('"', "'")
    if kind == "gitlab":
        quick = f'\n/label ~"{label}"\n'
        return Edit(".gitlab/issue_templates/Task for newcomers.md", None, TASK_TEMPLATE.format(front="") + quick)
    folder = ".forgejo/issue_template" if kind == "forgejo" else ".github/ISSUE_TEMPLATE"
    return Edit(f"{folder}/task-for-newcomers.yml", None, TASK_FORM.format(label=label))


@fixer("SR307")
def complete_the_form(case: Case) -> Fix | LeftAlone:
    """Add to the forms for beginner tasks the fields they lack."""
    facts = case.facts
    edits = []
    for finding in case.result.findings:
        if finding.place is None:
            continue
        path = finding.place.path
        text = facts.snapshot.read(path)
        asked = [
            (ident, label, what)
            for ident, label, what, sign in (
                ("files", "Which files are concerned?", "Where to begin reading.", "which files"),
                ("done", "When is it done?", "What a reviewer looks for.", "when the task is done"),
            )
            if sign in finding.message
        ]
        if path.endswith(".md"):
            parts = [f"\n## {label}\n\n<!-- {what} -->\n" for _, label, what in asked]
            edits.append(Edit(path, text, text.rstrip("\n") + "\n" + "".join(parts)))
            continue

        def add(data: Any, asked: list[tuple[str, str, str]] = asked) -> None:
            for ident, label, what in asked:
                attributes = {"label": label, "description": what}
                data["body"].append({"type": "textarea", "id": ident, "attributes": attributes})

        edits.append(Edit(path, text, edited_yaml(path, text, add)))
    return Fix("SR307", f"ask in {', '.join(edit.path for edit in edits)} for files and criteria", tuple(edits))


# The file of labels ---------------------------------------------------------------------------------------------


def _label_file(facts: Facts) -> str:
    for path in files_in(facts, ".github", "", ".gitlab"):
        if re.fullmatch(r"((\.github|\.gitlab)/)?(issue[-_])?labels?\.ya?ml", path) and read_labels(
            path, facts.snapshot.read(path)
        ):
            return path
    return ""


@fixer("SR303")
def describe_the_label(case: Case) -> Fix | LeftAlone:
    """Describe the label for newcomers in the file of labels."""
    path = _label_file(case.facts)
    if not path:
        return LeftAlone("SR303", "only a list of labels in YAML is edited here", paste=f"description: {_DESCRIPTION}")
    names = {label.name for label in read_labels(path, case.facts.snapshot.read(path)) if not label.description}
    wanted = {plain_name(name) for name in (*known(case.facts.beginner_labels, ()), STANDARD_LABEL)}

    def describe(data: Any) -> None:
        for entry in _entries(data):
            if entry.get("name") in names and plain_name(str(entry["name"])) in wanted:
                entry["description"] = _DESCRIPTION

    text = case.facts.snapshot.read(path)
    return Fix("SR303", f"describe the label in {path}", (Edit(path, text, edited_yaml(path, text, describe)),))


@fixer("SR304")
def define_the_labels(case: Case) -> Fix | LeftAlone:
    """Add labels that templates set to the file of labels."""
    path = _label_file(case.facts)
    names = [
        found[1] for each in case.result.findings if (found := re.search(r'sets the label "([^"]+)"', each.message))
    ]
    names = list(dict.fromkeys(names))
    if not path or not names:
        return LeftAlone("SR304", "only a list of labels in YAML is edited here", paste="\n".join(names))

    def define(data: Any) -> None:
        entries = _entries(data)
        keys = list(entries[0]) if entries else ["name"]
        for name in names:
            new = {"name": name}
            if "color" in keys:
                new["color"] = _COLOUR if is_standard(name) else "ededed"
            if is_standard(name):
                new["description"] = _DESCRIPTION
            entries.append(new)

    text = case.facts.snapshot.read(path)
    summary = f"define {', '.join(names)} in {path}"
    return Fix("SR304", summary, (Edit(path, text, edited_yaml(path, text, define)),), safe=False)


def _entries(data: Any) -> Any:
    """Return the list of labels in a parsed file; raises FileProblem for a file in another form."""
    if isinstance(data, dict):
        data = next((data[key] for key in ("labels", "label") if isinstance(data.get(key), list)), data)
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise FileProblem("the file of labels", "is not a list of labels")
    return data
