"""Reading [tool.sprintready] and sprintready.toml."""

from __future__ import annotations

import pytest

from pytest_sprintready.config import Settings, Sprint, load_settings
from pytest_sprintready.errors import ConfigError
from pytest_sprintready.snapshot import MemorySnapshot

EVERYTHING = """
[tool.sprintready]
select = ["SR1", "test-command"]
beginner-labels = ["easy"]
max-clone-megabytes = 50

[tool.sprintready.ignore]
SR311 = "we triage by hand"

[tool.sprintready.sprint]
lead = "Ada"
contact = "ada@example.org"
mentors = ["Grace"]
capacity = 4
level = "beginner"
goals = ["docs"]
sprinters = 12
"""


def load(text: str, path: str = "pyproject.toml") -> Settings:
    return load_settings(MemorySnapshot({path: text}))


def test_every_key_is_read() -> None:
    assert load(EVERYTHING) == Settings(
        select=("SR1", "test-command"),
        ignore={"SR311": "we triage by hand"},
        beginner_labels=("easy",),
        max_clone_megabytes=50,
        sprint=Sprint("Ada", "ada@example.org", ("Grace",), 4, "beginner", ("docs",), 12),
        path="pyproject.toml",
    )


def test_the_own_file_has_the_same_keys_at_its_top() -> None:
    settings = load(EVERYTHING.replace("tool.sprintready.", "").replace("[tool.sprintready]", ""), "sprintready.toml")
    assert settings == load(EVERYTHING)._replace(path="sprintready.toml")


def test_ignore_may_be_a_list_without_reasons() -> None:
    assert load('[tool.sprintready]\nignore = ["SR3"]').ignore == {"SR3": ""}


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"pyproject.toml": "[project]\nname = 'x'"},
        {"pyproject.toml": "[tool.sprintready"},
        {"pyproject.toml": b"\xff\x00sprintready"},
        {"pyproject.toml": "tool = 'sprintready'"},
        {"pyproject.toml": "# sprintready is nice"},
    ],
    ids=["no-file", "no-table", "broken", "binary", "tool-is-no-table", "comment"],
)
def test_defaults_hold_where_nothing_can_be_read(files: dict[str, str | bytes]) -> None:
    assert load_settings(MemorySnapshot(files)) == Settings()


def test_two_configurations_are_refused() -> None:
    files = {"pyproject.toml": "[tool.sprintready]", "sprintready.toml": ""}
    with pytest.raises(ConfigError, match=r"both sprintready\.toml and pyproject\.toml"):
        load_settings(MemorySnapshot(files))


@pytest.mark.parametrize("content", ["select = [", b"\xff\x00"], ids=["broken", "binary"])
def test_an_own_file_that_cannot_be_read_is_refused(content: str | bytes) -> None:
    with pytest.raises(ConfigError, match=r"^sprintready\.toml"):
        load_settings(MemorySnapshot({"sprintready.toml": content}))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("\n[tool.sprintready]\nselct = []", "pyproject.toml:3: unknown key `selct` in [tool.sprintready]", "`select`"),
        (
            "[tool.sprintready]\nbeginner_labels = []",
            "pyproject.toml:2: unknown key `beginner_labels`",
            "`beginner-labels`",
        ),
        ("[tool.sprintready]\nxyzzy = 1", "pyproject.toml:2: unknown key `xyzzy`", "the keys are select, ignore"),
        ("[tool]\nsprintready.selct = []", "pyproject.toml:2: unknown key `selct`", "`select`"),
        ("[tool.sprintready.sprnt]\nlead = ''", "pyproject.toml:1: unknown key `sprnt`", "`sprint`"),
        (
            "[tool.sprintready.sprint]\nlead = ''\nmentor = []",
            "pyproject.toml:3: unknown key `mentor` in [tool.sprintready.sprint]",
            "`mentors`",
        ),
        (
            "[tool.sprintready]\nselect = 'SR1'",
            "pyproject.toml:2: `select` in [tool.sprintready] must be a list of strings, not the string 'SR1'",
            "select = [",
        ),
        (
            "[tool.sprintready]\nignore = [1]",
            "`ignore` in [tool.sprintready] must be a list of strings, not a list",
            "SR311",
        ),
        (
            "[tool.sprintready.ignore]\nSR1 = true",
            "pyproject.toml:2: `SR1` in [tool.sprintready.ignore] must be a string, the reason, not a boolean",
            "SR1 = ",
        ),
        (
            "[tool.sprintready.sprint]\ncapacity = true",
            "pyproject.toml:2: `capacity` in [tool.sprintready.sprint] must be a positive whole number, not a boolean",
            "capacity = 20",
        ),
        ("[tool.sprintready]\nmax-clone-megabytes = 0", "must be a positive whole number, not the number 0", "= 100"),
        ("[tool.sprintready.sprint]\nlead = 1979-05-27", "must be a string, not a date or time", "lead ="),
        ("[tool.sprintready]\nsprint = 3", "`tool.sprintready.sprint` must be a table, not the number 3", ""),
        ("[tool]\nsprintready = []", "`tool.sprintready` must be a table, not a list", ""),
    ],
    ids=lambda value: value.splitlines()[-1][:30] if value else "none",
)
def test_what_cannot_be_meant_is_named_with_its_place_and_a_way_out(text: str, message: str, hint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(text)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_the_heading_of_pyproject_in_the_own_file_is_explained() -> None:
    with pytest.raises(ConfigError) as caught:
        load("[tool.sprintready]\nselect = []", "sprintready.toml")
    assert "has no [tool.sprintready] around its keys" in caught.value.hint


def test_the_table_of_issues_is_read_with_hyphens() -> None:
    text = '[tool.sprintready.issues]\nstale-days = 30\nsprint-labels = ["fest"]\n'
    issues = load_settings(MemorySnapshot({"pyproject.toml": text})).issues
    assert (issues.stale_days, issues.sprint_labels, issues.least) == (30, ("fest",), 5)


def test_a_key_that_the_table_of_issues_lacks_is_named() -> None:
    snapshot = MemorySnapshot({"sprintready.toml": "[issues]\nstale-dais = 30\n"})
    with pytest.raises(ConfigError, match="stale-dais") as caught:
        load_settings(snapshot)
    assert "stale-days" in caught.value.hint
