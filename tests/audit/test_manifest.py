"""The manifest of a sprint: read as written, and mistakes named with their line."""

from __future__ import annotations

import json
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pytest_sprintready.audit.manifest import Manifest, Project, Sprint, load_manifest
from pytest_sprintready.audit.template import MANIFEST
from pytest_sprintready.errors import ConfigError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EXAMPLES = Path(__file__).parents[2] / "examples"


def manifest(folder: Path, text: str) -> Manifest:
    folder.joinpath("sprint.toml").write_text(text, encoding="utf-8")
    return load_manifest(folder / "sprint.toml")


def test_a_full_manifest_is_read_as_written(tmp_path: Path) -> None:
    found = manifest(
        tmp_path,
        """
        [sprint]
        name = "Spring"
        dates = [2026-05-17, 2026-05-16]
        place = "here"
        sprinters = 20
        [[project]] # a comment
        path = "one"
        rev = "main"
        level = "beginner"
        [[project]]
        name = "two"
        url = "https://example.org/another.git"
        lead = "Grace"
        mentors = ["Ada"]
        languages = ["en", "uk"]
        notes = "bring a charger"
        labels = ["first"]
        """,
    )
    assert found.sprint == Sprint("Spring", ("2026-05-16", "2026-05-17"), "here", 20)
    assert found.projects == (
        Project("one", path=(tmp_path / "one").as_posix(), rev="main", level="beginner", line=7),
        Project(
            "two",
            url="https://example.org/another.git",
            lead="Grace",
            mentors=("Ada",),
            languages=("en", "uk"),
            labels=("first",),
            notes="bring a charger",
            line=11,
        ),
    )


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ('path = "a/b"', "b"),
        ('path = "a/b.git/"', "b"),
        ('url = "https://example.org/c/d.git"', "d"),
        ('url = "https://example.org/c/d/"', "d"),
        ('url = "pallets/flask"', "flask"),
        ('url = "git@example.org:e.git"', "e"),
    ],
)
def test_a_project_without_a_name_is_called_after_its_place(tmp_path: Path, place: str, name: str) -> None:
    assert manifest(tmp_path, f"[[project]]\n{place}\n").projects[0].name == name


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "sprint.toml: no project"),
        ("[[project]\n", "sprint.toml:1: this is not valid TOML"),
        ("[[projects]]\npath = 'a'\n", "sprint.toml:1: unknown key `projects`\n  hint: did you mean `project`?"),
        ("[project]\npath = 'a'\n", "sprint.toml:1: `project` is not a list of tables"),
        ("sprint = 1\n[[project]]\npath = 'a'\n", "sprint.toml:1: `sprint` is not a table"),
        ("[sprint]\n\nsprinter = 3\n[[project]]\npath = 'a'\n", "sprint.toml:3: unknown key `sprinter` in [sprint]"),
        ("[sprint]\nsprinters = 0\n[[project]]\npath = 'a'\n", "sprint.toml:2: `sprinters` must be a positive"),
        ("[[project]]\nrev = 'a'\n", "sprint.toml:1: this project has neither `path` nor `url`"),
        ("[[project]]\npath = 'a'\nurl = 'b'\n", "sprint.toml:1: this project has both `path` and `url`"),
        (
            "[[project]]\npath = 'a'\n[[project]]\n\npath = 'b'\nlabels = 'x'\n",
            "sprint.toml:6: `labels` must be a list",
        ),
        ("[sprint]\ndate = 'May'\n[[project]]\npath = 'a'\n", "sprint.toml:2: `date` must be a day"),
        ("[sprint]\ndates = 2026-05-16\n[[project]]\npath = 'a'\n", "sprint.toml:2: `dates` must be a list of days"),
        ("[sprint]\ndates = []\ndate = 2026-05-16\n[[project]]\npath = 'a'\n", "[sprint] has both"),
        ("[[project]]\n\nurl = 'https://me:secret@example.org/a'\n", "sprint.toml:3: this `url` holds a password"),
        ("[[project]]\npath = 7\n", "sprint.toml:2: `path` must be a string"),
        ("[[project]]\npath = 'x/a'\n[[project]]\npath = 'y/a'\n", "sprint.toml:3: 'a' is also the name in line 1"),
    ],
)
def test_a_mistake_names_line_and_key(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        manifest(tmp_path, text)
    assert complaint in str(caught.value)


def test_a_manifest_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml: No such file"):
        load_manifest(tmp_path / "nowhere.toml")


def test_a_manifest_that_is_not_text_is_named(tmp_path: Path) -> None:
    tmp_path.joinpath("sprint.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="is not UTF-8"):
        load_manifest(tmp_path / "sprint.toml")


# The schema -------------------------------------------------------------------------------------------------------


def schema() -> Any:
    return json.loads(resources.files("pytest_sprintready.audit").joinpath("manifest.schema.json").read_text())


def as_json(text: str) -> Any:
    return json.loads(json.dumps(tomllib.loads(text), default=str))


def test_the_schema_knows_the_keys_that_are_read() -> None:
    properties = schema()["properties"]
    assert set(properties["sprint"]["properties"]) == {*Sprint._fields, "date"}
    assert set(properties["project"]["items"]["properties"]) == {*Project._fields} - {"line"}


@pytest.mark.parametrize("text", [MANIFEST, (EXAMPLES / "sprint.toml").read_text(encoding="utf-8")])
def test_the_schema_takes_what_is_published(text: str) -> None:
    jsonschema.Draft202012Validator(schema()).validate(as_json(text))


@pytest.mark.parametrize(
    "text",
    [
        "[sprint]\nname = 'x'\n",
        "[[project]]\nname = 'x'\n",
        "[[project]]\npath = 'a'\nurl = 'b'\n",
        "[[project]]\npath = 'a'\nmentor = ['b']\n",
        "[sprint]\ndate = 2026-01-01\ndates = []\n[[project]]\npath = 'a'\n",
        "[sprint]\nsprinters = 0\n[[project]]\npath = 'a'\n",
    ],
)
def test_the_schema_refuses_what_is_not_read(text: str, tmp_path: Path) -> None:
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(as_json(text)))
    with pytest.raises(ConfigError):
        manifest(tmp_path, text)
