"""Which repository of which forge."""

from __future__ import annotations

import pytest

from pytest_sprintready.errors import ForgeError, UsageError
from pytest_sprintready.facts import Facts
from pytest_sprintready.forge.where import find, parse, read
from pytest_sprintready.snapshot import History, MemorySnapshot


def facts(remotes: dict[str, str], **files: str) -> Facts:
    history = History()
    history.remotes = remotes
    return Facts(MemorySnapshot(dict(files), history=history))


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://github.com/lamps/lantern", "github github.com lamps/lantern"),
        ("https://github.com/lamps/lantern.git", "github github.com lamps/lantern"),
        ("https://github.com/lamps/lantern/issues?q=is:open", "github github.com lamps/lantern"),
        ("git@github.com:lamps/lantern.git", "github github.com lamps/lantern"),
        ("ssh://git@ssh.github.com:443/lamps/lantern.git", "github github.com lamps/lantern"),
        ("git+https://github.com/lamps/lantern", "github github.com lamps/lantern"),
        ("https://www.github.com/lamps/lantern", "github github.com lamps/lantern"),
        ("HTTPS://GitHub.com/Lamps/Lantern/", "github github.com Lamps/Lantern"),
        ("https://gitlab.com/group/sub/lantern/-/issues/7", "gitlab gitlab.com group/sub/lantern"),
        ("git@gitlab.com:group/sub/lantern.git", "gitlab gitlab.com group/sub/lantern"),
        ("https://codeberg.org/lamps/lantern", "gitea codeberg.org lamps/lantern"),
        ("https://gitlab.gnome.org/GNOME/lantern", "gitlab gitlab.gnome.org GNOME/lantern"),
        ("https://gitea.corp.example:3000/lamps/lantern", "gitea gitea.corp.example:3000 lamps/lantern"),
        ("https://github.corp.example/lamps/lantern", "github github.corp.example lamps/lantern"),
        ("https://corp.ghe.com/lamps/lantern", "github corp.ghe.com lamps/lantern"),
    ],
)
def test_an_address_names_a_repository(address: str, wanted: str) -> None:
    place = read(address)
    assert place
    assert f"{place.forge} {place.host} {place.name}" == wanted


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/lamps",
        "https://github.com/",
        "https://example.org/lamps/lantern",
        "https://notgithub.example/lamps/lantern",
        "https://mygithubmirror.example/lamps/lantern",
        "../lantern",
        "C:\\lantern",
        "file:///srv/git/lantern.git",
        "https://github.com/../..",
        "https://github.com/la%0amps/lantern",
        "https://[::1/lamps/lantern",
        "https://github.com:port/lamps/lantern",
        "",
    ],
)
def test_an_address_that_names_none(address: str) -> None:
    assert read(address) is None


@pytest.mark.parametrize(
    ("url", "api", "path"),
    [
        ("https://github.com/a/b", "https://api.github.com", "https://api.github.com/repos/a/b"),
        (
            "https://github.x.example/a/b",
            "https://github.x.example/api/v3",
            "https://github.x.example/api/v3/repos/a/b",
        ),
        ("https://x.ghe.com/a/b", "https://api.x.ghe.com", "https://api.x.ghe.com/repos/a/b"),
        ("https://gitlab.com/a/b/c", "https://gitlab.com/api/v4", "https://gitlab.com/api/v4/projects/a%2Fb%2Fc"),
        ("https://codeberg.org/a/b", "https://codeberg.org/api/v1", "https://codeberg.org/api/v1/repos/a/b"),
    ],
)
def test_where_programs_ask(url: str, api: str, path: str) -> None:
    place = parse(url)
    assert (place.api, place.path) == (api, path)


def test_where_github_answers_queries() -> None:
    assert parse("https://github.com/a/b").graphql == "https://api.github.com/graphql"
    assert parse("https://github.x.example/a/b").graphql == "https://github.x.example/api/graphql"


def test_upstream_comes_before_origin() -> None:
    remotes = {"origin": "https://github.com/linus/lantern", "upstream": "https://github.com/lamps/lantern"}
    place = find(facts(remotes))
    assert (place.name, place.source, place.told) == ("lamps/lantern", "git's remote upstream", False)


def test_a_single_remote_of_another_name_will_do() -> None:
    assert find(facts({"fork": "https://github.com/a/b"})).name == "a/b"


def test_the_projects_own_address_is_the_last_resort() -> None:
    text = '[project]\nname = "lantern"\n[project.urls]\nDocs = "https://lantern.example"\nSource = "https://github.com/a/b"\n'
    assert find(facts({}, **{"pyproject.toml": text})).name == "a/b"


def test_a_projects_address_leads_to_the_great_forges_only() -> None:
    text = '[project]\nname = "lantern"\n[project.urls]\nSource = "https://gitlab.internal.example/a/b"\n'
    with pytest.raises(ForgeError, match="names a forge"):
        find(facts({}, **{"pyproject.toml": text}))


def test_ci_tells_which_forge_it_is() -> None:
    place = find(facts({"origin": "git@git.example:a/b.git"}, **{".gitlab-ci.yml": "test: {script: [pytest]}\n"}))
    assert (place.forge, place.root) == ("gitlab", "https://git.example")


def test_a_forge_nobody_can_tell_is_asked_about() -> None:
    with pytest.raises(ForgeError, match=r"kind of forge git\.example is") as caught:
        find(facts({"origin": "https://git.example/a/b"}))
    assert "--forge-kind" in caught.value.hint
    assert find(facts({"origin": "https://git.example/a/b"}), kind="gitea").forge == "gitea"


def test_no_remote_and_no_address() -> None:
    with pytest.raises(ForgeError) as caught:
        find(facts({}))
    assert "--forge-url" in caught.value.hint


def test_what_was_typed_is_meant() -> None:
    place = parse("github.com/linus/lantern")
    assert (place.name, place.told) == ("linus/lantern", True)


@pytest.mark.parametrize("typed", ["https://github.com/lamps", "lantern", "https://", "file:///x/y"])
def test_what_was_typed_and_names_nothing(typed: str) -> None:
    with pytest.raises(UsageError, match="names no repository"):
        parse(typed)


def test_what_was_typed_on_an_unknown_host() -> None:
    with pytest.raises(UsageError, match="what kind of forge"):
        parse("https://git.example/a/b")
    assert parse("https://git.example/a/b", "gitlab").forge == "gitlab"


def test_a_gitlab_below_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI_SERVER_URL", "https://corp.example/gitlab")
    place = parse("https://corp.example/gitlab/group/lantern")
    assert (place.name, place.api) == ("group/lantern", "https://corp.example/gitlab/api/v4")
