"""Projects as a forge lists them; how it is asked is held by the tests of that room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.audit.manifest import load_manifest
from pytest_sprintready.audit.organisations import projects_of
from pytest_sprintready.audit.template import filled
from pytest_sprintready.errors import UsageError
from pytest_sprintready.forge import Options
from pytest_sprintready.forge.owners import Owned

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_sprintready.forge import Place

HAVE = {
    "lamps": ["lamps/beacon", "lamps/wick"],
    "oils": ["oils/wick"],
    "group": ["group/docs", "group/sub/docs"],
    "group/sub": ["group/sub/docs"],
    "empty": [],
}


@pytest.fixture(autouse=True)
def forge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forges whose owners have what stands above."""

    def owned(owner: Place, _: Options) -> Owned:
        return Owned(
            tuple(owner._replace(name=name) for name in HAVE[owner.name]),
            archived=3,
            forks=1,
            told=owner.name != "oils",
        )

    monkeypatch.setattr("pytest_sprintready.forge.owners.owned", owned)


def listed(*addresses: str) -> list[tuple[str, str]]:
    found = projects_of(addresses, Options(), lambda _: None)
    return [(project.name, project.url) for project in found.projects]


def test_a_project_is_called_by_its_path_below_the_organisation() -> None:
    assert listed("lamps") == [
        ("beacon", "https://github.com/lamps/beacon"),
        ("wick", "https://github.com/lamps/wick"),
    ]
    assert [name for name, _ in listed("https://gitlab.com/group")] == ["docs", "sub/docs"]


def test_projects_of_one_name_differ_by_who_owns_them_and_where() -> None:
    names = [name for name, _ in listed("lamps", "oils", "https://codeberg.org/oils")]
    assert names == ["beacon", "wick", "oils/wick", "codeberg.org/oils/wick"]


def test_what_two_of_them_have_takes_part_once() -> None:
    assert [name for name, _ in listed("https://gitlab.com/group", "https://gitlab.com/group/sub")] == [
        "docs",
        "sub/docs",
    ]
    assert listed("lamps", "https://github.com/lamps") == listed("lamps")


def test_it_is_said_how_many_there_are_and_what_was_left_out() -> None:
    said: list[str] = []
    projects_of(["lamps", "oils"], Options(), said.append)
    assert said == [
        "https://github.com/lamps: 2 repositories, without 3 archived and 1 fork",
        (
            "https://github.com/oils: 1 repository, without 3 archived and 1 fork; which of them are forks it tells only "
            "with a token (docs/issues.md)"
        ),
    ]


@pytest.mark.parametrize(
    ("address", "complaint"),
    [
        ("empty", "https://github.com/empty: no public repository that is neither archived nor a fork"),
        ("https://me:secret@github.com/lamps", "https://github.com/lamps was given with a password"),
        ("https://github.com/lamps/wick", "names no organisation"),
    ],
)
def test_what_names_no_projects_is_refused(address: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint) as caught:
        listed(address)
    assert "secret" not in str(caught.value)


def test_a_manifest_of_them_says_the_same(tmp_path: Path) -> None:
    found = projects_of(["https://gitlab.com/group"], Options(), lambda _: None)
    file = tmp_path / "sprint.toml"
    file.write_text(filled(found.projects), encoding="utf-8")
    read = load_manifest(file).projects
    assert tuple(project._replace(line=0) for project in read) == found.projects
