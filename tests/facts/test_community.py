"""The people side: licence, conduct, templates."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import MemorySnapshot

REMOTE = '[project]\nname = "lantern"\nurls = {Source = "https://github.com/ada/lantern"}\n'


def facts(files: dict[str, str]) -> Facts:
    return Facts(MemorySnapshot(dict(files)))


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("code_of_conduct", "CODE_OF_CONDUCT.md"),
        ("code_of_conduct", ".github/code_of_conduct.rst"),
        ("code_of_conduct", "docs/community/conduct.md"),
        ("license", "LICENSE"),
        ("license", "LICENCE.rst"),
        ("license", "COPYING"),
        ("license", "LICENSES/MIT.txt"),
        ("license", "LICENSE-MIT"),
        ("pr_template", ".github/PULL_REQUEST_TEMPLATE.md"),
        ("pr_template", "docs/pull_request_template.md"),
        ("pr_template", ".github/PULL_REQUEST_TEMPLATE/feature.md"),
        ("pr_template", ".gitlab/merge_request_templates/default.md"),
        ("security", "SECURITY.md"),
        ("security", ".github/SECURITY.rst"),
        ("changelog", "CHANGELOG.md"),
        ("changelog", "HISTORY.rst"),
        ("changelog", "docs/release-notes.md"),
        ("changelog", "docs/changelog/index.md"),
        ("changelog", "doc/release/index.rst"),
        ("ai_agents_doc", "AGENTS.md"),
        ("ai_agents_doc", ".github/copilot-instructions.md"),
    ],
)
def test_a_file_is_found(field: str, path: str) -> None:
    fact = getattr(facts({path: "x", "doc/index.rst": "x"}), field)
    assert fact.value == path
    assert [evidence.path for evidence in fact.evidence] == [path]


@pytest.mark.parametrize(
    ("field", "path"),
    [
        ("code_of_conduct", "tests/conduct.md"),
        ("license", "src/LICENSE"),
        ("pr_template", "pull_request.md"),
        ("security", "docs/usage/security.md"),
        ("changelog", "src/news.md"),
        ("ai_agents_doc", "docs/AGENTS.md"),
    ],
)
def test_a_file_elsewhere_is_left_alone(field: str, path: str) -> None:
    assert getattr(facts({path: "x"}), field).value == ""


def test_a_changelog_that_only_points_on_gives_way() -> None:
    files = {"CHANGES.md": "See https://lantern.example.org/changes.\n", "docs/changelog.md": "## 1.0\n"}
    assert facts(files).changelog.value == "docs/changelog.md"


@pytest.mark.parametrize(
    ("text", "policy"), [("Report what you find to us.\n", "docs/security.md"), ("Sign in with a key.\n", "")]
)
def test_a_page_on_security_is_a_policy_where_it_speaks_of_reports(text: str, policy: str) -> None:
    assert facts({"docs/security.md": text}).security.value == policy


def test_a_page_that_shows_the_changelog_of_the_root_gives_way() -> None:
    files = {
        "CHANGELOG.md": "# Changes\n\nSee https://lantern.example.org/changes.\n",
        "docs/changelog.md": "```{include} ../CHANGELOG.md\n```\n",
    }
    assert facts(files).changelog.value == "CHANGELOG.md"


def test_conduct_may_be_a_link() -> None:
    found = facts(
        {"README.md": "# Lantern\n\nWe keep the [code of conduct](https://example.org/coc).\n"}
    ).code_of_conduct
    assert (found.value, str(found.evidence[0])) == ("url:https://example.org/coc", "README.md:3")


def test_conduct_may_be_a_section_of_the_guide() -> None:
    text = "# Contributing\n\n## Code of conduct\n\n" + "Be kind to each other. " * 60 + "\n\n```\npytest\n```\n"
    assert facts({"CONTRIBUTING.md": text}).code_of_conduct.value == "CONTRIBUTING.md"


def test_conduct_may_be_linked_in_an_issue_form() -> None:
    form = "body:\n  - type: markdown\n    attributes:\n      value: Keep https://example.org/code-of-conduct/\n"
    found = facts({".github/ISSUE_TEMPLATE/bug.yml": form}).code_of_conduct
    assert found.value == "url:https://example.org/code-of-conduct/"


def test_issue_templates_of_all_forges_are_found_without_their_settings() -> None:
    paths = [
        ".github/ISSUE_TEMPLATE/bug.yml",
        ".gitlab/issue_templates/bug.md",
        ".gitea/ISSUE_TEMPLATE/idea.yaml",
        "ISSUE_TEMPLATE.md",
    ]
    found = facts(dict.fromkeys([*paths, ".github/ISSUE_TEMPLATE/config.yml"], "x")).issue_templates.value
    assert sorted(found) == sorted(paths)


def test_the_licence_that_metadata_declares_comes_before_its_text() -> None:
    text = (
        "MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software"
    )
    declared = '[project]\nname = "lantern"\nlicense = "MIT OR Apache-2.0"\n'
    assert facts({"LICENSE": text, "pyproject.toml": declared}).license_spdx.value == "MIT OR Apache-2.0"
    assert facts({}).license_spdx.value == ""
