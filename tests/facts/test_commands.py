"""What the documents tell people to type."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts, commands
from pytest_sprintready.snapshot import MemorySnapshot


def facts(guide: str, **more: str) -> Facts:
    return Facts(MemorySnapshot({"CONTRIBUTING.md": guide, **more}))


def block(*lines: str) -> str:
    return "\n```console\n" + "".join(f"$ {line}\n" for line in lines) + "```\n"


def test_whole_suites_are_kept_apart_from_parts() -> None:
    found = facts("# Contributing\n\n## Tests\n" + block("pytest", "pytest tests/test_wick.py", "pytest -k wick"))
    assert found.test_commands.value == ("pytest",)


def test_the_same_command_counts_once_with_its_first_place() -> None:
    found = facts("# Contributing\n" + block("pytest") + block("pytest")).test_commands
    assert found.value == ("pytest",)
    assert [str(place) for place in found.evidence] == ["CONTRIBUTING.md:4"]


def test_the_primary_command_is_a_block_about_tests() -> None:
    text = "# Contributing\n\nRun `tox` now and then.\n\n## Tests\n" + block("nox -s tests")
    assert facts(text).primary_test_command.value == "nox -s tests"


def test_no_primary_command_where_none_is_documented() -> None:
    assert facts("# Contributing\n" + block("pip install -e .")).primary_test_command.value == ""


def test_releasing_is_no_place_to_learn_the_tests() -> None:
    text = "# Contributing\n" + block("pytest") + "\n## Releasing\n" + block("make distcheck")
    assert facts(text, Makefile="distcheck:\n\tpytest\n").test_commands.value == ("pytest",)


def test_what_works_on_windows_alone_is_left_out() -> None:
    assert facts("# Contributing\n" + block("py -m pytest", "pytest")).test_commands.value == ("pytest",)


@pytest.mark.parametrize("path", [".github/PULL_REQUEST_TEMPLATE.md", "AGENTS.md", ".github/copilot-instructions.md"])
def test_templates_and_instructions_for_agents_may_name_the_tests(path: str) -> None:
    found = facts("# Contributing\n" + block("pip install -e ."), **{path: "# Check\n\n- run `tox -e py`\n"})
    assert found.test_commands.value == ("tox -e py",)
    assert found.test_commands.evidence[0].path == path


VENV = ("python -m venv .venv", "source .venv/bin/activate", "pip install -e .[test]")


@pytest.mark.parametrize(
    ("text", "route"),
    [
        pytest.param(block(*VENV, "pre-commit install"), (*VENV, "pre-commit install"), id="in order"),
        pytest.param(block(*VENV) + "\nAlternatively, with uv:\n" + block("uv sync"), VENV, id="one of two ways"),
        pytest.param(
            '=== "pip"\n\n    ```\n    pip install -e .\n    ```\n\n=== "uv"\n\n    ```\n    uv sync\n    ```\n',
            ("pip install -e .",),
            id="the first tab",
        ),
        pytest.param(
            block("docker compose build web") + "\n## On your machine\n" + block("pip install -r requirements.txt"),
            ("pip install -r requirements.txt",),
            id="a container is not the only way",
        ),
        pytest.param(block("docker compose build web"), ("docker compose build web",), id="a container is the way"),
        pytest.param(
            block("pip install -e .") + "\n## Tests\n" + block("pytest") + "\n## Pictures\n" + block("pip install pillow"),
            ("pip install -e .",),
            id="tools below the tests are for something else",
        ),
        pytest.param(
            "\n## Tests\n" + block("pytest") + "\n## Hooks\n" + block("pre-commit install"),
            ("pre-commit install",),
            id="hooks below the tests",
        ),
        pytest.param(
            "\n## Tests\n" + block("make test", "make testenv", "source bin/activate"),
            ("make testenv", "source bin/activate"),
            id="an environment below the tests",
        ),
        pytest.param(
            block("pip install -e .") + "\n## Documentation\n" + block("pip install -r docs/requirements.txt"),
            ("pip install -e .",),
            id="another subject",
        ),
        pytest.param(
            block("pip install -e .") + "\n## A new release\n\n### Upload\n" + block("snap install wick"),
            ("pip install -e .",),
            id="releasing",
        ),
        pytest.param(
            "\nUse `conda env create` in the root:\n" + block("conda env create -f env.yml", "conda activate wick"),
            ("conda env create -f env.yml", "conda activate wick"),
            id="a mention that the block spells out",
        ),
        pytest.param(
            block("conda env create -f env.yml") + "\nLater, run `conda env update -f <file>`.\n",
            ("conda env create -f env.yml",),
            id="an update with a blank",
        ),
    ],
)  # fmt: skip
def test_setup_is_the_first_route(text: str, route: tuple[str, ...]) -> None:
    assert facts("# Contributing\n\n## Set up\n" + text).setup_commands.value == route


def test_setup_beside_an_inline_section_is_found() -> None:
    readme = "# Lantern\n\n## Development\n\n### First\n" + block("pip install -e .") + "\n### Then\n" + block("pytest")
    found = Facts(MemorySnapshot({"README.md": readme}))
    assert found.setup_commands.value == ("pip install -e .",)


INSTALL = "# Installing\n\n## From PyPI\n" + block("pip install lantern") + "\n## The development version\n"


@pytest.mark.parametrize(
    ("steps", "route"),
    [
        (("git clone https://example.org/lantern", "pip install -e .[test]"), ("pip install -e .[test]",)),
        (("git clone https://example.org/lantern", "pip install ."), ()),
        (("pip install -e .",), ()),
    ],
)
def test_a_clone_to_be_edited_is_found_on_the_page_on_installing(
    steps: tuple[str, ...], route: tuple[str, ...]
) -> None:
    found = facts("# Contributing\n" + block("pytest"), **{"docs/install.md": INSTALL + block(*steps)})
    assert found.setup_commands.value == route


def test_a_tutorial_about_the_readers_project_tells_nothing() -> None:
    tutorial = "# Testing your lamps\n\nInstall it:\n" + block("pip install lantern", "pytest")
    found = facts(
        "# Contributing\n" + block("tox"), **{"docs/testing.md": tutorial * 9, "docs/tutorial/dev.md": tutorial}
    )
    assert (found.test_commands.value, found.setup_commands.value) == (("tox",), ())


def test_linting_and_documentation_have_their_commands() -> None:
    found = facts("# Contributing\n" + block("ruff check .", "make -C docs html"))
    assert (found.lint_commands.value, found.docs_commands.value) == (("ruff check .",), ("make -C docs html",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python -m venv .venv", "create"),
        ("make testenv", "create"),
        ("virtualenv lamps", "create"),
        ("sudo apt install -y gcc python3-venv", "install"),
        ("pip install virtualenv", "install"),
        ("source .venv/bin/activate", "activate"),
        ("pip install -e .", "editable"),
        ("pre-commit install", "hooks"),
        ("pip install tox", "install"),
        ("make ready", "other"),
    ],
)
def test_a_setup_command_is_a_step(text: str, expected: str) -> None:
    assert commands.step(text) == expected


def test_the_chapter_that_begins_with_the_environment_tells_the_way() -> None:
    files = {
        "docs/contributing/tests.md": "# Tests\n\n" + block("pip install -e .[test]", "pytest", "pytest -n 4"),
        "docs/contributing/newcomers.md": "# Newcomers\n\n## Set up\n\n" + block(*VENV),
    }
    assert Facts(MemorySnapshot(dict(files))).setup_commands.value == VENV
