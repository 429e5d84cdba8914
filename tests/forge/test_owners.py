"""Which repositories an organisation, group or user has, asked of a forge on loopback that holds to the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.errors import ForgeError, UsageError
from pytest_sprintready.forge import owners
from pytest_sprintready.forge.http import NotFound, RateLimited
from pytest_sprintready.forge.owners import Owned, owned
from pytest_sprintready.forge.where import parse_owner

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.forge.server import Forge

    from pytest_sprintready.forge import Options, Place

DIALECTS = ["github", "gitlab", "gitea"]


@pytest.fixture(params=DIALECTS)
def lamps(request: pytest.FixtureRequest, forge: Forge) -> Forge:
    """A forge that knows the organisation lamps and the user ada."""
    forge.speak(request.param)
    forge.knows.add("lamps")
    forge.people.add("ada")
    return forge


def names(found: Owned) -> list[str]:
    return [place.name for place in found.places]


def test_repositories_come_in_the_order_of_their_names(
    lamps: Forge, at: Callable[..., Place], options: Options
) -> None:
    for name in ("lamps/wick", "lamps/Candle", "others/lantern", "lamps/beacon"):
        lamps.add(name)
    found = owned(at("lamps"), options)
    assert names(found) == ["lamps/beacon", "lamps/Candle", "lamps/wick"]
    assert found.places[0].url == f"{lamps.url}/lamps/beacon"


def test_what_is_archived_or_a_fork_is_left_out(lamps: Forge, at: Callable[..., Place], options: Options) -> None:
    lamps.add("lamps/beacon")
    lamps.add("lamps/oil", archived=True)
    lamps.add("lamps/lantern", parent="others/lantern")
    found = owned(at("lamps"), options)
    assert names(found) == ["lamps/beacon"]
    assert (found.archived, found.forks) == (0 if lamps.dialect == "gitlab" else 1, 1)


def test_what_only_a_token_sees_is_left_out(
    lamps: Forge, at: Callable[..., Place], options: Options, token_file: str
) -> None:
    lamps.add("lamps/beacon")
    lamps.add("lamps/secret", private=True)
    assert names(owned(at("lamps"), options._replace(token_file=token_file))) == ["lamps/beacon"]


def test_all_pages_are_read(lamps: Forge, at: Callable[..., Place], options: Options) -> None:
    expected = [f"lamps/lamp{number:03}" for number in range(230)]
    for name in reversed(expected):
        lamps.add(name)
    assert names(owned(at("lamps"), options)) == expected
    assert lamps.calls == (5 if lamps.dialect == "gitea" else 3)


def test_a_user_has_repositories_too(lamps: Forge, at: Callable[..., Place], options: Options) -> None:
    lamps.add("ada/notes")
    assert names(owned(at("ada"), options)) == ["ada/notes"]


def test_gitlab_lists_subgroups(forge: Forge, at: Callable[..., Place], options: Options) -> None:
    forge.speak("gitlab").knows |= {"lamps", "lamps/oil"}
    forge.add("lamps/beacon")
    forge.add("lamps/oil/wick")
    assert names(owned(at("lamps"), options)) == ["lamps/beacon", "lamps/oil/wick"]
    assert names(owned(at("lamps/oil"), options)) == ["lamps/oil/wick"]


def test_gitlab_tells_which_of_a_user_s_are_forks_only_with_a_token(
    forge: Forge, at: Callable[..., Place], options: Options, token_file: str
) -> None:
    forge.speak("gitlab").people.add("ada")
    forge.add("ada/lantern", parent="lamps/lantern")
    forge.add("ada/notes")
    unsure = owned(at("ada"), options)
    assert (names(unsure), unsure.told) == (["ada/lantern", "ada/notes"], False)
    sure = owned(at("ada"), options._replace(token_file=token_file))
    assert (names(sure), sure.told, sure.forks) == (["ada/notes"], True, 1)


def test_an_unknown_organisation_is_one_message(lamps: Forge, at: Callable[..., Place], options: Options) -> None:
    with pytest.raises(NotFound) as caught:
        owned(at("lampz"), options)
    assert caught.value.message == f"{lamps.url}/lampz is no organisation, group or user, or is not shown to the public"


def test_an_organisation_without_repositories_is_not_taken_for_a_user(
    lamps: Forge, at: Callable[..., Place], options: Options
) -> None:
    assert owned(at("lamps"), options) == Owned(())
    assert lamps.calls == 1


def test_a_rate_limit_in_the_midst_of_the_list_gives_no_half_of_it(
    forge: Forge, at: Callable[..., Place], options: Options
) -> None:
    forge.knows.add("lamps")
    for number in range(150):
        forge.add(f"lamps/lamp{number}")
    forge.allowance = 1
    with pytest.raises(RateLimited, match="allows no more requests"):
        owned(at("lamps"), options)


def test_more_than_a_sprint_can_have_is_refused(
    lamps: Forge, at: Callable[..., Place], options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owners, "MOST", 2)
    for name in ("lamps/a", "lamps/b"):
        lamps.add(name)
    assert len(owned(at("lamps"), options).places) == 2
    lamps.add("lamps/c")
    with pytest.raises(ForgeError, match="has more than 2 repositories"):
        owned(at("lamps"), options)


@pytest.mark.parametrize(
    "hostile",
    ["lamps/../../etc", "lamps", "", "../x", "lamps/a b", "lamps/a\x1b[31m", 'lamps/a"\n[[project]]', "lamps/a?b#c",
     "@evil.example/a", "//evil.example/a", "lamps/<b>", "lamps/--upload-pack=x y", None, 7],
)  # fmt: skip
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_name_that_no_forge_gives_leads_nowhere(
    forge: Forge, at: Callable[..., Place], options: Options, server: Any, dialect: str, hostile: object
) -> None:
    forge.speak(dialect)
    key = "path_with_namespace" if dialect == "gitlab" else "full_name"
    entries = [{key: hostile, "clone_url": "https://evil.example/a", "archived": False}, {key: "lamps/beacon"}, "x"]
    forge.faults.append(server.Fault(lambda handler: handler.answer(200, entries)))
    assert names(owned(at("lamps"), options)) == ["lamps/beacon"]


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("lamps", "", ("github", "https://github.com/lamps")),
        ("https://github.com/lamps", "", ("github", "https://github.com/lamps")),
        ("github.com/lamps/", "", ("github", "https://github.com/lamps")),
        ("https://github.com/orgs/lamps/repositories", "", ("github", "https://github.com/lamps")),
        ("https://gitlab.com/groups/lamps/oil/-/shared", "", ("gitlab", "https://gitlab.com/lamps/oil")),
        ("https://gitlab.com/lamps/oil", "", ("gitlab", "https://gitlab.com/lamps/oil")),
        ("https://codeberg.org/lamps", "", ("gitea", "https://codeberg.org/lamps")),
        ("https://git.example.org/lamps", "gitea", ("gitea", "https://git.example.org/lamps")),
    ],
)
def test_an_owner_is_named_as_people_see_it(typed: str, kind: str, expected: tuple[str, str]) -> None:
    place = parse_owner(typed, kind)
    assert (place.forge, place.url) == expected


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("https://github.com/lamps/lantern", "names no organisation"),
        ("https://github.com/", "names no organisation"),
        ("https://github.com/..", "names no organisation"),
        ("file:///etc", "names no organisation"),
        ("", "names no organisation"),
        ("https://git.example.org/lamps", "what kind of forge git.example.org is cannot be told"),
    ],
)
def test_an_address_of_nobody_is_refused(typed: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        parse_owner(typed)
