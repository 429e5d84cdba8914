from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.reading.requirements import (
    beside,
    distribution_name,
    local_extras,
    read_conda_environment,
    read_pipfile,
    read_requirements,
    with_version,
)


@pytest.mark.parametrize(
    ("requirement", "name"),
    [
        ("Pytest_Cov.x>=1", "pytest-cov-x"),
        ("pytest[dev] ; python_version < '3'", "pytest"),
        ("tool (>=2)", "tool"),
        ("tool @ https://example.org/tool.zip", "tool"),
        ("git+https://example.org/a/b.git@main#egg=My_Tool&subdirectory=x", "my-tool"),
        ("-e git+https://example.org/a.git#egg=a", "a"),
        ("-e .[test]", ""),
        (".[test]", ""),
        ("./local", ""),
        ("https://example.org/x.whl", ""),
        ("conda-forge::NumPy=1.2", "numpy"),
        ("python=3.11", "python"),
        ("", ""),
        ("# nothing", ""),
        ("--hash=x", ""),
    ],
)
def test_a_requirement_names_a_distribution(requirement: str, name: str) -> None:
    assert distribution_name(requirement) == name


@pytest.mark.parametrize(
    ("requirement", "extras"),
    [
        ("-e .[Test_Extra, docs]", ("test-extra", "docs")),
        (".", ()),
        ("-e .", ()),
        ("--editable=.[a]", ("a",)),
        ("'.[a]'", ("a",)),
        ("flask[a]", None),
        (".hidden-name", None),
    ],
)
def test_a_local_project_is_told_with_its_extras(requirement: str, extras: tuple[str, ...] | None) -> None:
    assert local_extras(requirement) == extras


def test_a_requirements_file_is_read_with_lines() -> None:
    text = (
        "# head\n-r base.in\n-c ../limits.txt\n--index-url https://example.org/simple\npytest>=8  # runner\n"
        "flask==3 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n    # via x\n-e .[test]\n-rmore.txt\n"
    )
    found = read_requirements("requirements/dev.txt", text)
    assert [(item.text, item.place.line) for item in found.requirements] == [
        ("pytest>=8", 5),
        ("flask==3", 6),
        ("-e .[test]", 10),
    ]
    assert [item.text for item in found.includes] == ["requirements/base.in", "requirements/more.txt"]
    assert [item.text for item in found.constraints] == ["limits.txt"]
    assert [item.text for item in found.options] == ["--index-url https://example.org/simple"]


def test_an_address_keeps_its_fragment() -> None:
    found = read_requirements("r.txt", "git+https://example.org/a.git#egg=a\n")
    assert [item.text for item in found.requirements] == ["git+https://example.org/a.git#egg=a"]


def test_a_conda_environment_is_read_with_its_pip_part() -> None:
    text = "name: dev\ndependencies:\n  - python=3.12\n  - pip:\n      - -r dev.txt\n      - tox\n  - numpy\n"
    found = read_conda_environment("ci/environment.yml", text)
    assert found.name == "dev"
    assert [(item.text, item.place.line) for item in found.dependencies] == [("python=3.12", 3), ("numpy", 7)]
    assert [(item.text, item.place.line) for item in found.pip] == [("tox", 6)]
    assert [item.text for item in found.includes] == ["ci/dev.txt"]


@pytest.mark.parametrize("text", ["", "[]", "dependencies: 3", "dependencies: {a: b}", "name: [x]", "- pip: 3"])
def test_a_strange_conda_environment_is_an_empty_one(text: str) -> None:
    found = read_conda_environment("environment.yml", text)
    assert (found.name, found.dependencies, found.pip) == ("", (), ())


def test_a_pipfile_is_read_as_requirements() -> None:
    text = '[packages]\nflask = ">=2"\n"a.b" = {version = "*", extras = ["x"]}\n[dev-packages]\npytest = "*"\n[requires]\npython_version = "3.12"\n'
    found = read_pipfile("Pipfile", text)
    assert [item.text for item in found.packages] == ["flask>=2", "a.b[x]"]
    assert [(item.text, item.place.line) for item in found.dev_packages] == [("pytest", 5)]
    assert found.requires_python == "==3.12.*"


@pytest.mark.parametrize(
    ("spec", "requirement"),
    [("^2.0", "n"), ("*", "n"), ("1.2", "n==1.2"), (">=1,<2", "n>=1,<2"), ({"git": "x"}, "n"), ([], "n"), (3, "n")],
)
def test_a_table_entry_becomes_a_requirement(spec: object, requirement: str) -> None:
    assert with_version("n", spec) == requirement


def test_a_path_is_taken_from_beside_the_file() -> None:
    assert beside("a/b.txt", "..\\c.txt") == "c.txt"


@given(st.text(max_size=60))
def test_any_text_can_be_asked_for_its_requirements(text: str) -> None:
    for item in read_requirements("r.txt", text).requirements:
        assert isinstance(distribution_name(item.text), str)
    assert isinstance(local_extras(text), tuple | None)
    with suppress(FileProblem):
        assert read_conda_environment("environment.yml", text).path == "environment.yml"
    with suppress(FileProblem):
        assert read_pipfile("Pipfile", text).path == "Pipfile"
