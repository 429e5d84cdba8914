"""Chat, forum, mailing list, discussions."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import MemorySnapshot

REMOTE = '[project]\nname = "lantern"\nurls = {Source = "https://github.com/ada/lantern"}\n'


def facts(files: dict[str, str]) -> Facts:
    return Facts(MemorySnapshot(dict(files)))


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
        "https://lantern.slack.com/archives/C08FDTY2X3L",
        "https://discord.com/channels/267624335836053506/1253355750684753950",
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
        "https://lantern.slack.com/archives/C08FDTY2X3L/p1700000000000000",
        "https://discord.com/channels/267624335836053506/1253355750684753950/1300000000000000000",
        "https://api.slack.com/apps/",
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


def test_the_pages_of_people_who_are_thanked_are_no_channels() -> None:
    text = "# Lantern\n\nTalk to [us](https://t.me/lantern).\n\n## Contributors\n\n[Grace](https://t.me/grace)\n"
    assert facts({"README.md": text}).contact.value == ("https://t.me/lantern",)


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


@pytest.mark.parametrize(
    "address", ["you@example.org", "email@domain.com", "security@lantern.dev", "your-id@lantern.dev", "id@my-lamps.com"]
)
def test_an_address_that_nobody_answers_questions_at_is_left_alone(address: str) -> None:
    assert facts({"README.md": f"# Lantern\n\nMail questions to {address}.\n"}).contact.value == ()


def test_channels_are_read_from_forms_and_their_settings() -> None:
    files = {
        ".github/ISSUE_TEMPLATE/config.yml": "contact_links:\n  - name: Chat\n    url: https://discord.gg/x\n",
        ".github/ISSUE_TEMPLATE/idea.yml": "body:\n  - value: ask at https://github.com/ada/lantern/discussions first\n",
        "pyproject.toml": REMOTE,
    }
    expected = {"https://discord.gg/x", "https://github.com/ada/lantern/discussions"}
    assert set(facts(files).contact.value) == expected
