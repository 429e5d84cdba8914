"""Lists of addresses, and tables of a sign-up form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.audit.lists import load, read_csv, read_list
from pytest_sprintready.audit.manifest import Project
from pytest_sprintready.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def test_a_list_has_an_address_a_line() -> None:
    found = read_list("# ours\npallets/flask\n\n https://example.org/a/b.git # soon\n", "x")
    assert found.projects == (
        Project("flask", url="https://github.com/pallets/flask", line=2),
        Project("b", url="https://example.org/a/b.git", line=4),
    )


def test_who_signs_up_twice_takes_part_once() -> None:
    assert len(read_list("a/b\na/b\n", "x").projects) == 1


def test_projects_of_one_name_differ_by_who_owns_them() -> None:
    assert [project.name for project in read_list("a/docs\nb/docs\n", "x").projects] == ["docs", "b/docs"]


def test_a_table_takes_what_it_knows_and_leaves_the_rest() -> None:
    found = read_csv("Timestamp,URL,Mentors,level\nnow,a/b,Ada; Grace ,beginner\nlater,,,\n", "x.csv")
    assert found.projects == (
        Project("b", url="https://github.com/a/b", mentors=("Ada", "Grace"), level="beginner", line=2),
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name,place\na,b\n", "x.csv:1: no column is called `url`"),
        ("", "x.csv:1: no column is called `url`"),
        ("url\n", "x.csv: no project"),
        ("url\na/b\nhttps://me:secret@example.org/a\n", "x.csv:3: this address holds a password"),
        ("url,name\na/b,x\nc/d,x\ne/d,d\nf/d,x\n/f/d,x\n", "is also the name in line"),
    ],
)
def test_a_mistake_in_a_table_names_its_line(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_csv(text, "x.csv")
    assert complaint in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_folder_in_a_list_is_one_only_where_that_is_allowed(tmp_path: Path) -> None:
    place = tmp_path / "clone"
    place.mkdir()
    assert read_list(str(place), "x").projects[0].path == ""
    assert read_list(str(place), "x", local=True).projects[0].path == str(place)


def test_files_are_read_by_their_ending_and_with_a_byte_order_mark(tmp_path: Path) -> None:
    tmp_path.joinpath("a.csv").write_text("\ufeffurl\na/b\n", encoding="utf-8")
    tmp_path.joinpath("a.txt").write_text("a/b\n", encoding="utf-8")
    assert load(str(tmp_path / "a.csv")).projects[0].name == load(str(tmp_path / "a.txt")).projects[0].name == "b"


@pytest.mark.parametrize(("content", "complaint"), [(b"\xff\xfe\x00", "is not UTF-8"), (None, "No such file")])
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None, complaint: str) -> None:
    if content:
        tmp_path.joinpath("a.txt").write_bytes(content)
    with pytest.raises(ConfigError, match=complaint):
        load(str(tmp_path / "a.txt"))
