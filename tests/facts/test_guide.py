"""Where a repository speaks to contributors."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts
from pytest_sprintready.snapshot import MemorySnapshot

STEPS = """# Contributing

```console
$ pip install -e .
$ pytest
```
"""
STEPS_RST = "Work\n====\n\n.. code-block:: console\n\n   $ pip install -e .\n   $ pytest\n"
SITE = '[project]\nname = "lantern"\nurls = {Docs = "https://lantern.example.org/"}\n'


def facts(files: dict[str, str], **links: str) -> Facts:
    return Facts(MemorySnapshot(dict(files), links=links))


def guide(files: dict[str, str], **links: str) -> tuple[str, ...]:
    return facts(files, **links).contributing.value


@pytest.mark.parametrize(
    "path",
    [
        "CONTRIBUTING.md",
        "CONTRIBUTING.rst",
        "contributing.txt",
        ".github/CONTRIBUTING.md",
        "docs/contributing.md",
        "docs/1.-contributing-guide.md",
        "docs/source/development/setup.md",
        "docs/contribute/index.md",
        "HACKING.md",
        "DEVELOPMENT.md",
        "doc/dev/how-to-contribute.rst",
    ],
)
def test_a_guide_is_found_by_its_name_or_folder(path: str) -> None:
    assert guide({path: STEPS_RST if path.endswith(".rst") else STEPS}) == (path,)


@pytest.mark.parametrize(
    "path",
    [
        "docs/de/contributing.md",
        "docs/locale/fr/contributing.md",
        "docs/examples/contributing.md",
        "vendor/wick/CONTRIBUTING.md",
        "src/lantern/contributing.md",
        "CONTRIBUTORS.md",
        "docs/usage.md",
    ],
)
def test_translations_examples_and_other_peoples_guides_are_left_alone(path: str) -> None:
    assert guide({"README.md": "# Lantern\n", path: STEPS}) == ()


def test_a_page_without_a_word_is_no_guide() -> None:
    assert guide({"CONTRIBUTING.md": "# Contributing\n\nSoon.\n"}) == ()


def test_the_page_that_instructs_comes_first_and_the_stub_stays() -> None:
    stub = "See [the guide](https://lantern.example.org/en/latest/dev/start.html).\n"
    found = guide({"CONTRIBUTING.md": stub, "docs/dev/start.md": STEPS, "pyproject.toml": SITE})
    assert found == ("docs/dev/start.md", "CONTRIBUTING.md")


def test_a_guide_of_any_name_is_reached_by_a_link_that_calls_itself_one() -> None:
    readme = "# Lantern\n\nRead the [contributing guide](docs/wicks.md).\n"
    assert guide({"README.md": readme, "docs/wicks.md": STEPS}) == ("docs/wicks.md",)


def test_a_page_that_only_includes_another_leads_to_it() -> None:
    files = {"docs/contributing.rst": ".. include:: ../notes/work.rst\n", "notes/work.rst": STEPS_RST}
    assert guide(files)[0] == "notes/work.rst"


def test_chapters_in_the_guides_folder_belong_to_it() -> None:
    chapters = {
        "docs/contributing/index.md": STEPS,
        "docs/contributing/lamps.md": "# Lamps\n\n```console\n$ pip install -e .\n```\n",
        "docs/contributing/releasing.md": "# Releasing\n\n```console\n$ pip install twine\n```\n",
    }
    assert guide(chapters) == ("docs/contributing/index.md", "docs/contributing/lamps.md")


def test_chapters_in_deeper_folders_belong_to_it_too() -> None:
    chapters = {
        "docs/contributor_guide/tests/run.md": STEPS,
        "docs/contributor_guide/tests/install.md": "# Install\n\n```console\n$ python -m venv venv\n$ pip install -e .\n```\n",
    }
    assert set(guide(chapters)) == set(chapters)


def test_first_steps_listed_by_a_page_that_is_called_a_guide_belong_to_it() -> None:
    files = {
        "CONTRIBUTING.md": "See [development](doc/development.rst).\n",
        "doc/development.rst": "Development\n===========\n\n.. toctree::\n\n   getting-started\n   testing\n   robots\n",
        "doc/getting-started.rst": STEPS_RST.replace("pytest", "pre-commit install"),
        "doc/testing.rst": STEPS_RST,
        "doc/robots.rst": STEPS_RST.replace("pytest", "tox -e robots"),
    }
    assert guide(files) == ("doc/testing.rst", "CONTRIBUTING.md", "doc/getting-started.rst")


def test_a_symbolic_link_is_another_name_of_the_page() -> None:
    found = facts({"CONTRIBUTING.md": STEPS}, **{"docs/contributing.md": "../CONTRIBUTING.md"})
    assert found.contributing.value == ("CONTRIBUTING.md", "docs/contributing.md")
    assert len(found.guide_sections) == 1


def test_a_link_to_a_guide_elsewhere_is_an_address() -> None:
    readme = "# Lantern\n\nSee [how to contribute](https://other.example.net/contributing).\n"
    found = facts({"README.md": readme})
    assert found.contributing_url.value == "https://other.example.net/contributing"
    assert str(found.contributing_url.evidence[0]) == "README.md:3"


def test_an_address_is_of_no_account_where_a_page_inside_instructs() -> None:
    files = {"CONTRIBUTING.md": STEPS + "\nSee [contributing](https://other.example.net/contributing).\n"}
    assert facts(files).contributing_url.value == ""


README = "# Lantern\n\nLight.\n\n## {title}\n\n{text}\n\n## Licence\n\nMIT\n"
RUN = "```console\n$ pip install -e .\n$ pytest\n```"


@pytest.mark.parametrize("title", ["Contributing", "Development", "Running the tests", "Hacking on it", "Local setup"])
def test_a_section_of_the_readme_with_instructions_counts(title: str) -> None:
    found = facts({"README.md": README.format(title=title, text=RUN)}).contributing_inline
    assert found.value == (f"README.md#{title.lower().replace(' ', '-')}",)
    assert found.evidence[0].line == 5


@pytest.mark.parametrize(
    ("title", "text"),
    [
        pytest.param("Contributing", "See [the guide](CONTRIBUTING.md).", id="only a pointer"),
        pytest.param("Testing your application", RUN, id="the reader's own project"),
        pytest.param("Usage", RUN, id="no word to contributors"),
        pytest.param("Contributors", "Ada, Grace.", id="thanks"),
    ],
)
def test_other_sections_of_the_readme_do_not_count(title: str, text: str) -> None:
    assert facts({"README.md": README.format(title=title, text=text)}).contributing_inline.value == ()


ADVICE = "Fork it, make a branch, commit your change and open a pull request; name the issue. " * 4


def test_advice_without_commands_counts_in_the_readme_and_elsewhere_where_there_is_no_guide() -> None:
    readme = README.format(title="Contributing", text=ADVICE)
    template = {".github/PULL_REQUEST_TEMPLATE.md": f"## Contributing\n\n{ADVICE}\n"}
    in_template = ".github/PULL_REQUEST_TEMPLATE.md#contributing"
    assert facts({"README.md": readme, "CONTRIBUTING.md": STEPS}).contributing_inline.value == (
        "README.md#contributing",
    )
    assert facts(template).contributing_inline.value == (in_template,)
    assert facts({**template, "CONTRIBUTING.md": STEPS}).contributing_inline.value == ()


@pytest.mark.parametrize(
    ("folder", "guide"),
    [
        pytest.param("sites/www", ("sites/www/development.md",), id="of any name"),
        pytest.param("tests/roots/www", (), id="what the tests build"),
    ],
)
def test_a_folder_that_sphinx_builds_from_holds_documents(folder: str, guide: tuple[str, ...]) -> None:
    files = {f"{folder}/conf.py": "", f"{folder}/index.rst": "Lantern\n", f"{folder}/development.md": STEPS}
    assert facts(files).contributing.value == guide


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["README.rst", "README.md"], "README.md"),
        (["docs/README.md", "README.txt"], "README.txt"),
        ([".github/README.md"], ".github/README.md"),
        (["src/README.md"], ""),
    ],
)
def test_the_readme_is_the_one_a_forge_shows(names: list[str], expected: str) -> None:
    assert facts(dict.fromkeys(names, "x")).readme.value == expected


def test_a_readme_of_the_tests_in_the_root_instructs() -> None:
    page = "Lantern\n=======\n\nRunning the tests\n-----------------\n\nRun::\n\n    tox\n"
    found = facts({"README.rst": "Lantern\n=======\n\nLamps.\n", "README.unittests.rst": page})
    assert found.contributing_inline.value == ("README.unittests.rst#running-the-tests",)


def test_a_list_of_contributors_is_no_guide_though_the_guide_links_it() -> None:
    guide = "# Contributing\n\nFork, branch and open a pull request. All [contributors](CONTRIBUTORS.md) are named.\n\n"
    people = "# Contributors\n\n" + "Ada and Grace and others lit the lamps. " * 20
    found = facts({"CONTRIBUTING.md": guide + "Run `tox`.\n", "CONTRIBUTORS.md": people})
    assert found.contributing.value == ("CONTRIBUTING.md",)


def test_a_handbook_on_developing_with_the_product_is_no_guide() -> None:
    handbook = "# Testing\n\nAdd tests to your project. In the root of your own project, run:\n\n```\npytest\n```\n"
    found = facts({"CONTRIBUTING.md": "# Contributing\n\nRun `make test`.\n", "docs/develop/testing.md": handbook})
    assert found.contributing.value == ("CONTRIBUTING.md",)
    assert found.test_commands.value == ("make test",)
