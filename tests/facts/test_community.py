"""The people side: licence, conduct, templates, labels, channels."""

from __future__ import annotations

import pytest

from pytest_sprintready.config import Settings
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


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Look for issues with the label `good first issue`.", ("good first issue",)),
        ('Issues tagged "Beginner Friendly" suit you.', ("Beginner Friendly",)),
        ("Take [one](https://github.com/ada/lantern/issues?q=label%3A%22easy+pick%22).", ("easy pick",)),
        ("Take [one](https://github.com/ada/lantern/labels/x?label:newcomer&y).", ("newcomer",)),
        ("Our good first issues wait for you.", ("good first issue",)),
        ("Issues labelled `Contributor Friendly` are small.", ("Contributor Friendly",)),
        ("Issues labelled `help wanted` are open to all.", ("help wanted",)),
        ("Issues labelled `help wanted` or `good first issue`.", ("good first issue",)),
        ("Issues labelled `bug` come first.", ()),
        ("It is easy to begin.", ()),
    ],
)
def test_labels_for_newcomers_are_read_from_prose(text: str, labels: tuple[str, ...]) -> None:
    guide = f"# Contributing\n\n{text}\n\n```\npytest\n```\n"
    assert facts({"CONTRIBUTING.md": guide}).beginner_labels.value == labels


def test_labels_are_read_from_label_files() -> None:
    found = facts({".github/labels.yml": "- name: bug\n- name: 'first-timers-only'\n"}).beginner_labels
    assert (found.value, str(found.evidence[0])) == (("first-timers-only",), ".github/labels.yml:2")


def test_a_project_may_name_its_own_label() -> None:
    guide = "# Contributing\n\nTake issues labelled `spark`.\n\n```\npytest\n```\n"
    found = Facts(MemorySnapshot({"CONTRIBUTING.md": guide}), Settings(beginner_labels=("Spark",)))
    assert found.beginner_labels.value == ("spark",)


@pytest.mark.parametrize(
    "address",
    [
        "https://discord.gg/lantern",
        "https://lantern.zulipchat.com",
        "https://gitter.im/ada/lantern",
        "https://matrix.to/#/#lantern:example.org",
        "https://groups.google.com/g/lantern",
        "https://lists.example.org/lantern",
        "https://github.com/ada/lantern/discussions",
        "https://github.com/ada/lantern/wiki/Slack",
        "https://lantern.example.org/chat",
        "https://lantern.example.org/discord-wall",
        "https://www.reddit.com/r/lantern",
        "irc://irc.example.org/lantern",
    ],
)
def test_a_channel_is_found(address: str) -> None:
    found = facts({"README.md": f"# Lantern\n\nAsk us [there]({address}).\n", "pyproject.toml": REMOTE})
    assert found.contact.value == (address,)


@pytest.mark.parametrize(
    "address",
    [
        "https://stackoverflow.com/questions/tagged/lantern",
        "https://github.com/grace/other/discussions",
        "https://github.com/ada/lantern/discussions/12",
        "https://img.shields.io/discord/1",
        "https://groups.google.com/g/lantern/archives/1",
        "https://libera.chat",
        "https://example.org/discordant",
        "docs/chat.md",
    ],
)
def test_other_addresses_are_no_channel(address: str) -> None:
    found = facts({"README.md": f"# Lantern\n\nAsk us [there]({address}).\n", "pyproject.toml": REMOTE})
    assert found.contact.value == ()


def test_a_link_of_markdown_in_restructured_text_is_one_address() -> None:
    text = "Lantern\n=======\n\nAsk in [https://discord.gg/x](https://discord.gg/x).\n"
    assert facts({"README.rst": text}).contact.value == ("https://discord.gg/x",)


def test_a_channel_counts_once() -> None:
    text = "# Lantern\n\n[Chat](https://discord.gg/x), [chat](https://www.discord.gg/x/), [c](https://discord.gg/x#rules)\n"
    assert facts({"README.md": text}).contact.value == ("https://discord.gg/x",)


def test_rooms_and_addresses_of_mail_are_channels_but_not_private_ones() -> None:
    text = "# Lantern\n\nChat in `#lantern` on Libera.Chat IRC.\n\nMail questions to crew@lantern.dev.\n\n"
    text += "Report vulnerabilities by mail to safe@lantern.dev.\n"
    found = facts({"README.md": text}).contact.value
    assert len(found) == 2
    assert found[0].startswith("#lantern")
    assert found[1] == "crew@lantern.dev"


def test_channels_are_read_from_forms_and_their_settings() -> None:
    files = {
        ".github/ISSUE_TEMPLATE/config.yml": "contact_links:\n  - name: Chat\n    url: https://discord.gg/x\n",
        ".github/ISSUE_TEMPLATE/idea.yml": "body:\n  - value: ask at https://github.com/ada/lantern/discussions first\n",
        "pyproject.toml": REMOTE,
    }
    expected = {"https://discord.gg/x", "https://github.com/ada/lantern/discussions"}
    assert set(facts(files).contact.value) == expected
