"""From an address to the file of this repository it shows."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts, sites
from pytest_sprintready.snapshot import MemorySnapshot

FILES = {
    "README.md": "",
    "docs/index.rst": "",
    "docs/guide/work.md": "",
    "docs/guide/index.md": "",
    "a b.md": "",
    "pyproject.toml": """[project]
name = "lantern-wall"
[project.urls]
Docs = "https://docs.example.org/wall"
Source = "https://github.com/ada/lantern"
""",
}


def inside(target: str, from_path: str = "docs/index.rst") -> str:
    return sites.inside(Facts(MemorySnapshot(dict(FILES))), target, from_path)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("guide/work.md", "docs/guide/work.md"),
        ("guide/work.md#steps", "docs/guide/work.md"),
        ("guide/work", "docs/guide/work.md"),
        ("guide/work.html", "docs/guide/work.md"),
        ("guide/", "docs/guide/index.md"),
        ("../README.md", "README.md"),
        ("/README.md", "README.md"),
        ("/guide/work", "docs/guide/work.md"),
        ("../a%20b.md", "a b.md"),
        ("https://github.com/ada/lantern/blob/main/README.md", "README.md"),
        ("https://github.com/Ada/Lantern/tree/main/docs/guide", "docs/guide/index.md"),
        ("https://docs.example.org/en/latest/guide/work.html", "docs/guide/work.md"),
        ("https://lantern-wall.readthedocs.io/en/stable/guide/work.html#x", "docs/guide/work.md"),
        ("https://lanternwall.example.com/v1.2/guide/work/", "docs/guide/work.md"),
    ],
)
def test_an_address_of_our_own_shows_a_file(target: str, expected: str) -> None:
    assert inside(target) == expected


@pytest.mark.parametrize(
    "target",
    [
        "",
        "#section",
        "mailto:ada@example.org",
        "missing.md",
        "../../outside.md",
        "https://github.com/grace/other/blob/main/README.md",
        "https://github.com/ada/lantern/issues",
        "https://elsewhere.example.net/guide/work.html",
        "https://python.org/lantern-wall/guide/work",
        "https://docs.example.org/",
        "https://[broken",
        "//docs.example.org/guide/work",
    ],
)
def test_other_addresses_lead_outside_or_nowhere(target: str) -> None:
    assert inside(target) == ""


def test_a_forge_names_the_repository_by_its_remote() -> None:
    assert sites.own_repositories(Facts(MemorySnapshot(dict(FILES)))) == {"ada/lantern"}
