"""SR3xx: what each check must leave alone, and what its message names."""

from __future__ import annotations

import pytest

from pytest_sprintready import engine
from pytest_sprintready.config import Settings
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Result, Status
from pytest_sprintready.snapshot import MemorySnapshot

GUIDE = "# Contributing\n\n```console\npython -m pip install -e .\npython -m pytest\n```\n\n"
LABELS = "- name: bug\n  color: d73a4a\n  description: Broken\n"


def judge(code: str, files: dict[str, str | bytes], settings: Settings | None = None) -> Result:
    (result,) = engine.run(Facts(MemorySnapshot(files), settings), select=[code]).results
    return result


def with_guide(text: str, **more: str) -> dict[str, str | bytes]:
    return {"CONTRIBUTING.md": GUIDE + text, **more}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[Start](https://github.com/lamps/lantern/labels/sprint)", id="a label's page"),
        pytest.param(
            "[Start](https://github.com/lamps/lantern/issues?q=is%3Aopen+label%3Alamp)", id="a search by label"
        ),
        pytest.param("[Start](https://gitlab.com/lamps/lantern/-/boards/7)", id="a board of GitLab"),
        pytest.param("[Start](https://github.com/users/ada/projects/7)", id="a board of GitHub"),
        pytest.param("[Start](https://github.com/lamps/lantern/contribute)", id="the forge's page for newcomers"),
        pytest.param("The tracking issue lists small tasks.", id="a tracking issue"),
    ],
)
def test_an_entry_point_is_seen(text: str) -> None:
    assert judge("SR301", with_guide(text)).status is Status.PASS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "[badge](https://www.bestpractices.dev/projects/7)", id="a badge that has projects in its address"
        ),
        pytest.param("[new](https://github.com/lamps/lantern/issues/new?labels=bug)", id="a form that sets a label"),
        pytest.param("Label your wires.", id="the verb"),
    ],
)
def test_what_only_looks_like_an_entry_point(text: str) -> None:
    assert judge("SR301", with_guide(text)).status is Status.FAIL


def test_a_label_declared_in_the_settings_is_enough() -> None:
    settings = Settings(beginner_labels=("lamp: small",))
    assert judge("SR301", with_guide(""), settings).status is Status.PASS


@pytest.mark.parametrize("label", ["good first issue", "Good First Issue", "good-first-issue"])
def test_spellings_of_the_standard_label(label: str) -> None:
    assert judge("SR302", with_guide(f"Look for issues labelled `{label}`.")).status is Status.PASS


def test_a_label_of_ones_own_is_quoted_with_the_line_to_add() -> None:
    (finding,) = judge("SR302", with_guide("Look for issues labelled `newcomer`.")).findings
    assert '"newcomer"' in finding.message
    assert 'beginner-labels = ["newcomer"]' in finding.fix


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(
            ".github/labels.yml", "- {name: good first issue, color: 7057ff, description: Small}\n", id="list"
        ),
        pytest.param(".github/labels.yaml", "good first issue:\n  color: 7057ff\n  description: Small\n", id="map"),
        pytest.param(
            ".github/settings.yml",
            "labels:\n  - name: good first issue\n    color: 7057ff\n    description: x\n",
            id="settings",
        ),
        pytest.param("labels.json", '[{"name": "good first issue", "color": "7057ff", "description": "x"}]', id="JSON"),
        pytest.param(".github/labels.toml", '["good first issue"]\ncolor = "1"\ndescription = "x"\n', id="TOML"),
    ],
)
def test_a_described_label_is_found_in_every_kind_of_label_file(path: str, text: str) -> None:
    assert judge("SR303", {path: text}).status is Status.PASS


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(".github/labels.yml", "color: [", id="broken"),
        pytest.param(".github/labels.yml", "just text", id="text"),
        pytest.param(".github/labels.yml", "", id="empty"),
        pytest.param(".github/settings.yml", "repository:\n  name: lantern\n", id="settings without labels"),
        pytest.param("labels.json", '{"train": ["cat", "dog"]}', id="labels of another kind"),
    ],
)
def test_a_file_without_labels_is_left_alone(path: str, text: str) -> None:
    assert judge("SR303", {path: text}).status is Status.SKIPPED


@pytest.mark.parametrize(
    "front",
    [
        pytest.param("labels: bug", id="one"),
        pytest.param("labels: 'bug, Bug'", id="a list in one string, other capitals"),
        pytest.param("labels: [bug]", id="a list"),
    ],
)
def test_labels_that_are_defined_are_left_alone(front: str) -> None:
    files = {".github/labels.yml": LABELS, ".github/ISSUE_TEMPLATE/x.md": f"---\nname: x\n{front}\n---\nWhat?\n"}
    assert judge("SR304", {**files}).status is Status.PASS


def test_an_undefined_label_is_named_with_its_line() -> None:
    files = {".github/labels.yml": LABELS, ".github/ISSUE_TEMPLATE/x.yml": "name: x\nlabels:\n  - lamp\nbody: []\n"}
    (finding,) = judge("SR304", {**files}).findings
    assert finding.message.startswith('.github/ISSUE_TEMPLATE/x.yml:3 sets the label "lamp"')


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Leave a comment on the issue saying you would like to work on it.", id="comment"),
        pytest.param("Ask to be assigned.", id="assigned"),
        pytest.param("Claim an issue before you start.", id="claim"),
        pytest.param("Let us know that you started.", id="let us know"),
        pytest.param("Check that nobody else is working on it.", id="nobody else"),
        pytest.param("Do not leave a message asking if you can work on an issue; start.", id="no need to ask"),
    ],
)
def test_a_claiming_convention_is_seen(text: str) -> None:
    assert judge("SR305", with_guide(text)).status is Status.PASS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Write comments in English.", id="comments in code"),
        pytest.param("Reviewers comment on your pull request.", id="reviewers"),
        pytest.param("Ask on the list before working on a feature.", id="asking about a feature"),
    ],
)
def test_a_comment_is_no_claim(text: str) -> None:
    assert judge("SR305", with_guide(text)).status is Status.FAIL
