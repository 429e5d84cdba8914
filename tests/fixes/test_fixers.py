"""Each fixer writes what the files prove, at the right place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.fixes.planning import plan
from pytest_sprintready.reading.loaders import load_toml, load_yaml
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.snapshot.base import History

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.fixes.model import LeftAlone, Plan

    Planned = Callable[..., Plan]

GUIDE = """\
# Contributing to Lantern

## Set up

```console
$ python -m pip install -e ".[tests]"
```

## Test

```console
$ pytest
```
"""


def texts(plan: Plan) -> dict[str, str]:
    return {edit.path: edit.new for edit in plan.edits}


def left(plan: Plan, code: str) -> LeftAlone:
    return next(each for each in plan.left if each.code == code)


def mended(plan: Plan) -> set[str]:
    return {code for fix in plan.fixes for code in (fix.code, *fix.also)}


# The guide ------------------------------------------------------------------------------------------------------


def test_a_new_guide_names_the_group_in_which_the_test_dependencies_are(
    planned: Planned, package: dict[str, str]
) -> None:
    guide = texts(planned(package))["CONTRIBUTING.md"]
    assert "python -m pip install -e . --group test\n" in guide
    assert "git clone https://github.com/lantern/lantern\ncd lantern\n" in guide
    assert "- Python 3.10 or newer, git and an account on GitHub" in guide or "You need Python 3.10" in guide


def test_a_new_guide_is_rst_where_the_readme_is(planned: Planned, package: dict[str, str]) -> None:
    package["README.rst"] = "Lantern\n=======\n\nKeeps a light on.\n"
    del package["README.md"]
    assert texts(planned(package))["CONTRIBUTING.rst"].startswith("Contributing to lantern\n=======================\n")


def test_a_guide_names_the_session_that_makes_its_environment(planned: Planned, package: dict[str, str]) -> None:
    package["noxfile.py"] = (
        "import nox\n\n\n@nox.session\ndef tests(session):\n    session.install('.', 'pytest')\n    session.run('pytest')\n"
    )
    guide = texts(planned(package))["CONTRIBUTING.md"]
    assert "nox -s tests\n" in guide
    assert "nox -s tests --install-only" in guide
    assert ".venv" not in guide


def test_tox_is_narrowed_to_the_python_at_hand(planned: Planned, package: dict[str, str]) -> None:
    package["tox.ini"] = (
        "[tox]\nenvlist = py{310,311,312}-django{42,52}, lint\n[testenv]\ndeps = pytest\n    django42: django<5\n"
        "    django52: django<6\ncommands = pytest {posargs}\n[testenv:lint]\ncommands = ruff check .\n"
    )
    guide = texts(planned(package))["CONTRIBUTING.md"]
    assert "tox -e py-django52\n" in guide
    assert "tox -e py-django52 -- tests/test_light.py" in guide


@pytest.mark.parametrize(
    ("documented", "written"),
    [("tox -e py38", "tox -e py"), ("tox -e py312-django52", "tox -e py-django52")],
)
def test_a_python_that_the_documents_pin_is_not_asked_of_everybody(
    planned: Planned, package: dict[str, str], documented: str, written: str
) -> None:
    package["tox.ini"] = (
        "[tox]\nenvlist = py{38,312}, py312-django52\n[testenv]\ncommands = pytest {posargs}\n"
        "[testenv:unit]\ncommands = pytest\n"
    )
    package["CONTRIBUTING.md"] = f"# Contributing\n\n## Test\n\n```console\n$ {documented}\n```\n"
    guide = texts(planned(package))["CONTRIBUTING.md"]
    assert f"$ {written} --notest\n" in guide
    assert f"$ {written} -- tests/test_light.py\n" in guide
    assert "Make the change and run the tests, then commit it." in guide


def test_tox_is_narrowed_where_each_of_its_environments_runs_a_part(planned: Planned, package: dict[str, str]) -> None:
    package["tox.ini"] = (
        "[tox]\nenvlist = py{3.11, 3.12}-{fast, plain}\n[testenv]\ncommands = pytest tests/test_light.py\n"
    )
    assert "tox -e py-fast\n" in texts(planned(package))["CONTRIBUTING.md"]


def test_systems_are_those_of_ci(planned: Planned, package: dict[str, str]) -> None:
    package[".github/workflows/tests.yml"] = (
        "on: [push]\njobs:\n  test:\n    strategy:\n      matrix:\n        os: [ubuntu-latest, windows-latest]\n"
        "    runs-on: ${{ matrix.os }}\n    steps:\n      - run: pip install -e . --group test\n      - run: pytest\n"
    )
    assert "runs the tests on Linux and Windows." in texts(planned(package))["CONTRIBUTING.md"]


def test_nothing_is_said_of_systems_where_no_file_tells(planned: Planned, package: dict[str, str]) -> None:
    plan = planned(package)
    assert "Continuous integration" not in texts(plan)["CONTRIBUTING.md"]
    assert any("on which systems" in said for fix in plan.fixes for said in fix.left_out)


def test_a_page_of_the_name_that_says_next_to_nothing_becomes_the_guide(
    planned: Planned, package: dict[str, str]
) -> None:
    package["CONTRIBUTING.md"] = "# Contributing\n\nWe love contributions!\n"
    package["README.rst"] = "Lantern\n=======\n\nKeeps a light on.\n"
    del package["README.md"]
    plan = planned(package)
    assert texts(plan)["CONTRIBUTING.md"].startswith(
        "# Contributing\n\nWe love contributions!\n\n## Before you start\n"
    )
    assert "CONTRIBUTING.rst" not in texts(plan)


def test_a_readme_that_is_the_only_guide_is_relieved_by_one(planned: Planned, package: dict[str, str]) -> None:
    package["README.md"] += "\n## Tests\n\n```sh\npip install -e . --group test\npytest\n```\n"
    plan = planned(package)
    assert "## Open a pull request" in texts(plan)["CONTRIBUTING.md"]
    assert "[CONTRIBUTING.md](CONTRIBUTING.md)" in texts(plan)["README.md"]


def test_a_readme_that_welcomes_contributions_is_not_made_to_say_so_twice(
    planned: Planned, package: dict[str, str]
) -> None:
    package["CONTRIBUTING.md"] = GUIDE.replace(".[tests]", ".")
    package["README.md"] += "\n## Contributing\n\nContributions are welcome!\n"
    readme = texts(planned(package, select=["SR102"]))["README.md"]
    assert readme.endswith("Contributions are welcome!\n\nFor more, see [CONTRIBUTING.md](CONTRIBUTING.md).\n")


def test_a_readme_that_is_a_page_elsewhere_gets_a_whole_address(package: dict[str, str]) -> None:
    package["CONTRIBUTING.md"] = GUIDE.replace(".[tests]", ".")
    package["docs/index.md"] = package.pop("README.md") + "\nSee [the licence](LICENSE).\n"
    found = plan(MemorySnapshot(package, links={"README.md": "docs/index.md"}), select=["SR102"])
    assert "(https://github.com/lantern/lantern/blob/HEAD/CONTRIBUTING.md)" in texts(found)["docs/index.md"]


@pytest.mark.parametrize(
    ("known", "texts_name", "update"),
    [
        ("trunk", ("main",), "git pull --rebase upstream trunk"),
        ("", ("main",), "git pull --rebase upstream main"),
        ("", ("main", "master"), "git fetch upstream"),
    ],
    ids=["git knows", "one name", "two names"],
)
def test_a_fork_is_kept_current_with_the_branch_that_is_known(
    package: dict[str, str], known: str, texts_name: tuple[str, ...], update: str
) -> None:
    history = History()
    history.default_branch = known
    for name in texts_name:
        package["README.md"] += f"\n[docs {name}](https://github.com/lantern/lantern/tree/{name}/docs)\n"
    guide = texts(plan(MemorySnapshot(package, history=history)))["CONTRIBUTING.md"]
    assert f"git remote add upstream https://github.com/lantern/lantern\n{update}\n" in guide


def test_a_single_test_of_django_is_named_as_a_module(planned: Planned, package: dict[str, str]) -> None:
    package["tests/test_light.py"] = "from django.test import TestCase\n\nclass Light(TestCase):\n    pass\n"
    package["tox.ini"] = "[testenv]\ncommands = django-admin test {posargs}\n"
    guide = texts(planned(package))["CONTRIBUTING.md"]
    assert "-- tests.test_light\n" in guide


@pytest.mark.parametrize(
    ("recipe", "lead"),
    [
        ("lint:\n\truff check .\n", "Lint and format your change:"),
        ("types:\n\tmypy .\n", "Check the types in your change:"),
    ],
)
def test_what_a_check_of_a_change_does_is_said(
    planned: Planned, package: dict[str, str], recipe: str, lead: str
) -> None:
    package["Makefile"] = recipe
    package["ruff.toml"] = "line-length = 99\n"
    assert f"\n{lead}\n" in texts(planned(package))["CONTRIBUTING.md"]


def test_the_documentation_is_built_with_the_manager_of_the_project(planned: Planned, package: dict[str, str]) -> None:
    package["pyproject.toml"] = (
        '[tool.poetry]\nname = "lantern"\nversion = "1"\n\n[tool.poetry.group.test.dependencies]\npytest = "*"\n\n'
        '[tool.poetry.group.docs.dependencies]\nsphinx = "*"\n\n'
        '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n'
    )
    package["poetry.lock"] = ""
    package["docs/conf.py"] = ""
    package["Makefile"] = "docs:\n\tsphinx-build docs out\n"
    guide = texts(planned(package))["CONTRIBUTING.md"]
    assert "poetry install --with docs\npoetry run make docs\n" in guide


def test_system_packages_of_a_source_that_ci_adds_are_left_to_a_human(
    planned: Planned, package: dict[str, str]
) -> None:
    package[".github/workflows/tests.yml"] = (
        "on: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - run: curl -sSL https://a.example/list | sudo tee /etc/apt/sources.list.d/a.list\n"
        "      - run: sudo apt-get install lampoil\n      - run: pip install -e . --group test\n      - run: pytest\n"
    )
    plan = planned(package)
    assert "lampoil" not in texts(plan)["CONTRIBUTING.md"]
    assert "adds a source" in left(plan, "SR504").reason


def test_a_linting_task_that_calls_uv_itself_is_typed_as_it_is(planned: Planned, package: dict[str, str]) -> None:
    package["Justfile"] = "lint:\n  echo lint\n  uv run ruff check .\n"
    package["uv.lock"] = "version = 1\n"
    package["ruff.toml"] = "line-length = 99\n"
    assert "\n```sh\njust lint\n```\n" in texts(planned(package))["CONTRIBUTING.md"]


def test_no_guide_is_written_where_nothing_tells_how_to_test(planned: Planned) -> None:
    plan = planned({"README.md": "# Lantern\n\nKeeps a light on.\n", "lantern.py": ""})
    assert "CONTRIBUTING.md" not in texts(plan)
    assert "how the tests are run" in left(plan, "SR101").reason


def test_a_missing_passage_joins_the_section_it_is_about(planned: Planned, package: dict[str, str]) -> None:
    package["CONTRIBUTING.md"] = GUIDE.replace(".[tests]", ".").replace("```\n\n## Test", "```\n\n## Test")
    guide = texts(planned(package))["CONTRIBUTING.md"]
    assert guide.index("## Test") < guide.index("pytest tests/test_light.py") < guide.index("## Find something")


PROCESS = """
## Lint

```console
$ pre-commit install
```

## Process

Fork the repository, push a branch and open a pull request.

## Pull Request Checklist

Add a test.
"""


def test_what_is_said_of_a_change_joins_the_section_called_so(planned: Planned, package: dict[str, str]) -> None:
    package["CONTRIBUTING.md"] = GUIDE.replace(".[tests]", ".") + PROCESS
    guide = texts(planned(package))["CONTRIBUTING.md"]
    assert guide.index("Add a test.") < guide.index("git remote add upstream")
    assert "## Open a pull request" not in guide
    assert "## Keep your fork current" not in guide


def test_a_linters_hook_is_no_place_for_the_set_up(planned: Planned, package: dict[str, str]) -> None:
    package["CONTRIBUTING.md"] = GUIDE.partition("## Set up")[0] + PROCESS.lstrip()
    guide = texts(planned(package, answers={"verified": "Debian 12, 2026-05-01"}))["CONTRIBUTING.md"]
    lint = guide.partition("## Lint")[2].partition("\n## ")[0]
    assert "Last verified" not in lint
    assert "Last verified: Debian 12" in guide


def test_what_to_expect_is_clear_where_the_command_stands_elsewhere(planned: Planned, package: dict[str, str]) -> None:
    package["CONTRIBUTING.md"] = GUIDE.replace(".[tests]", ".")
    assert "Among the last lines of a test run you should see" in texts(planned(package))["CONTRIBUTING.md"]
    del package["CONTRIBUTING.md"]
    assert "Among the last lines you should see" in texts(planned(package))["CONTRIBUTING.md"]


def test_unsafe_fixes_of_a_section_are_written_with_the_safe_ones(planned: Planned, package: dict[str, str]) -> None:
    package["CONTRIBUTING.md"] = GUIDE.replace(".[tests]", ".")
    together = next(fix for fix in planned(package, unsafe=True).fixes if "SR305" in (fix.code, *fix.also))
    assert "SR301" in (together.code, *together.also)
    assert not together.safe


def test_new_sections_stand_in_the_order_in_which_they_are_needed(planned: Planned, package: dict[str, str]) -> None:
    package["CONTRIBUTING.md"] = "# Contributing\n\n## Rules\n\nBe kind to everybody.\n\n## Style\n\nShort lines.\n"
    package["tox.ini"] = "[testenv]\ncommands = pytest\n[testenv:docs]\ncommands = sphinx-build docs out\n"
    package[".pre-commit-config.yaml"] = "repos: []\n"
    package["docs/conf.py"] = ""
    titles = re.findall(r"^## (.+)$", texts(planned(package))["CONTRIBUTING.md"], re.MULTILINE)
    wanted = ["Before you start", "Set up", "Run the tests", "Check your change", "Build the documentation"]
    assert [title for title in titles if title in wanted] == wanted


def test_what_speaks_for_the_maintainers_waits_for_their_eye(planned: Planned, package: dict[str, str]) -> None:
    plan = planned(package, unsafe=False)
    assert "SR305" in {code for fix in plan.unsafe for code in (fix.code, *fix.also)}
    assert "Comment on an issue" not in texts(plan)["CONTRIBUTING.md"]
    assert "Comment on an issue" in texts(planned(package, unsafe=True))["CONTRIBUTING.md"]


def test_an_answer_is_written_where_it_belongs(planned: Planned, package: dict[str, str]) -> None:
    answers = {"verified": "Debian 12, 2026-05-01", "review-time": "within a week", "ai-policy": "Disclose it."}
    guide = texts(planned(package, answers=answers))["CONTRIBUTING.md"]
    assert "Last verified: Debian 12, 2026-05-01." in guide
    assert "within a week" in guide
    assert "AI assistance: Disclose it." in guide


def test_a_guide_in_another_markup_is_left_alone_with_text_to_paste(planned: Planned, package: dict[str, str]) -> None:
    package["CONTRIBUTING.txt"] = "Contributing\n\nRun the tests with:\n\n    pytest\n\nThank you very much for that.\n"
    plan = planned(package)
    assert "CONTRIBUTING.txt" not in texts(plan)
    assert any(each.paste for each in plan.left)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + "\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n",
        lambda text: "<!-- This file is generated by a tool; do not edit. -->\n" + text,
    ],
    ids=["merge", "generated"],
)
def test_a_file_that_is_not_ours_to_edit_is_left_alone(
    planned: Planned, package: dict[str, str], change: Callable[[str], str]
) -> None:
    package["CONTRIBUTING.md"] = change(GUIDE.replace(".[tests]", "."))
    assert "CONTRIBUTING.md" not in texts(planned(package, unsafe=True))


# Drift ----------------------------------------------------------------------------------------------------------


def test_a_name_that_drifted_becomes_the_nearest(planned: Planned, package: dict[str, str]) -> None:
    package["pyproject.toml"] = package["pyproject.toml"].replace(
        "[dependency-groups]\n", "[project.optional-dependencies]\n"
    )
    package["CONTRIBUTING.md"] = GUIDE
    plan = planned(package, unsafe=True, select=["SR106"])
    assert texts(plan) == {"CONTRIBUTING.md": GUIDE.replace(".[tests]", ".[test]")}
    assert [fix.code for fix in planned(package, select=["SR106"]).unsafe] == ["SR106"]


def test_a_group_asked_for_as_an_extra_is_asked_for_as_a_group(planned: Planned, package: dict[str, str]) -> None:
    package["CONTRIBUTING.md"] = GUIDE.replace(".[tests]", ".[test]") + "\nNeeds pip 25.1 for groups.\n"
    plan = planned(package, unsafe=True, select=["SR106"])
    assert "$ python -m pip install -e . --group test\n" in texts(plan)["CONTRIBUTING.md"]


# Tests ----------------------------------------------------------------------------------------------------------


def test_test_dependencies_are_declared_with_what_ci_installs(planned: Planned, package: dict[str, str]) -> None:
    package["pyproject.toml"] = package["pyproject.toml"].partition("[dependency-groups]")[0]
    package[".github/workflows/tests.yml"] = (
        "on: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - run: pip install -e . pytest pytest-cov\n      - run: pytest\n"
    )
    new = load_toml("pyproject.toml", texts(planned(package, select=["SR212"]))["pyproject.toml"])
    assert new["dependency-groups"] == {"test": ["pytest", "pytest-cov"]}


def test_a_plugin_of_addopts_is_declared_beside_pytest(planned: Planned, package: dict[str, str]) -> None:
    package["pyproject.toml"] += '\n[tool.pytest.ini_options]\naddopts = "--cov=lantern"\n'
    new = load_toml("pyproject.toml", texts(planned(package, select=["SR206"]))["pyproject.toml"])
    assert new["dependency-groups"] == {"test": ["pytest", "pytest-cov"]}


def test_a_session_is_written_where_no_command_makes_an_environment(planned: Planned) -> None:
    files = {
        "setup.py": "from setuptools import setup\nsetup(name='lantern', py_modules=['lantern'])\n",
        "lantern.py": "",
        "requirements-test.txt": "pytest\n",
        "test_lantern.py": "def test_light():\n    pass\n",
        "README.md": "# Lantern\n\nKeeps a light on.\n",
    }
    plan = planned(files)
    noxfile = texts(plan)["noxfile.py"]
    compile(noxfile, "noxfile.py", "exec")
    assert 'session.install("-e", ".", "-r", "requirements-test.txt")' in noxfile
    assert "nox -s tests" in texts(plan)["CONTRIBUTING.md"]


@pytest.mark.parametrize(
    ("path", "written"), [("tests/__init__.py", True), ("tests/notes.py", False)], ids=["package", "plain folder"]
)
def test_a_session_of_unittest_is_written_where_it_would_find_the_tests(
    planned: Planned, path: str, written: bool
) -> None:
    files = {
        "setup.py": "from setuptools import setup\nsetup(name='lantern', packages=['lantern'], install_requires=['six'])\n",
        "lantern/__init__.py": "",
        "tests/test_light.py": "import unittest\n\nclass Light(unittest.TestCase):\n    pass\n",
        "README.md": "# Lantern\n\nKeeps a light on.\n",
        path: "",
    }
    plan = planned(files, select=["SR201"], unsafe=True)
    assert ("noxfile.py" in texts(plan)) is written
    assert any("would not find the tests" in each.reason for each in plan.left) is not written


def test_an_upper_bound_of_python_is_taken_out_for_a_human_to_see(planned: Planned, package: dict[str, str]) -> None:
    package["pyproject.toml"] = package["pyproject.toml"].replace('">=3.10"', '">=3.10,<3.13"')
    assert planned(package, select=["SR501"]).edits == ()
    assert 'requires-python = ">=3.10"' in texts(planned(package, select=["SR501"], unsafe=True))["pyproject.toml"]


# People ---------------------------------------------------------------------------------------------------------


def test_a_code_of_conduct_waits_for_who_receives_reports(planned: Planned, package: dict[str, str]) -> None:
    assert left(planned(package), "SR401").asks == ("conduct-contact",)
    plan = planned(package, answers={"conduct-contact": "ada@lantern.dev"})
    assert "write to ada@lantern.dev" in " ".join(texts(plan)["CODE_OF_CONDUCT.md"].split())
    assert {"SR401", "SR402"} <= mended(plan)


def test_a_contact_that_everybody_can_read_is_refused(planned: Planned, package: dict[str, str]) -> None:
    plan = planned(package, answers={"conduct-contact": "https://github.com/lantern/lantern/issues"})
    assert "CODE_OF_CONDUCT.md" not in texts(plan)
    assert "SR402" in left(plan, "SR401").reason


def test_the_blank_of_a_template_is_filled_in(planned: Planned, package: dict[str, str]) -> None:
    words = "Be kind to everybody who takes part in this project. " * 20
    package["CODE_OF_CONDUCT.md"] = f"# Code of Conduct\n\n{words}\n\nReport to [INSERT CONTACT METHOD].\n"
    plan = planned(package, select=["SR402"], answers={"conduct-contact": "ada@lantern.dev"})
    assert texts(plan)["CODE_OF_CONDUCT.md"].endswith("Report to ada@lantern.dev.\n")


def test_the_licence_declared_is_written_with_its_holder(planned: Planned, package: dict[str, str]) -> None:
    package["pyproject.toml"] = package["pyproject.toml"].replace('version = "1.0"', 'version = "1.0"\nlicense = "MIT"')
    assert left(planned(package), "SR408").asks == ("copyright",)
    assert "Copyright (c) Ada" in texts(planned(package, answers={"copyright": "Ada"}))["LICENSE"]


def test_another_licence_is_not_taken_for_mit(planned: Planned, package: dict[str, str]) -> None:
    plan = planned(package, answers={"licence": "BSD-3-Clause", "copyright": "Ada"})
    assert "LICENSE" not in texts(plan)
    assert "BSD-3-Clause" in left(plan, "SR408").reason


def test_the_sprint_is_declared_as_answered(planned: Planned, package: dict[str, str]) -> None:
    answers = {"lead": "Ada", "contact": "https://chat.lantern.dev/x", "capacity": "10", "goals": "one, two"}
    package["pyproject.toml"] += '\n[tool.sprintready.sprint]\nlevel = "beginner"\n'
    new = load_toml("pyproject.toml", texts(planned(package, answers=answers))["pyproject.toml"])
    assert new["tool"]["sprintready"]["sprint"] == {
        "level": "beginner", "lead": "Ada", "contact": "https://chat.lantern.dev/x", "capacity": 10, "goals": ["one", "two"],
    }  # fmt: skip


# Issues ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "paths"),
    [
        ("https://github.com/a/lantern", {".github/ISSUE_TEMPLATE/task-for-newcomers.yml", ".github/PULL_REQUEST_TEMPLATE.md"}),
        ("https://gitlab.com/a/lantern", {".gitlab/issue_templates/Task for newcomers.md", ".gitlab/merge_request_templates/Default.md"}),
        ("https://codeberg.org/a/lantern", {".forgejo/issue_template/task-for-newcomers.yml", ".forgejo/PULL_REQUEST_TEMPLATE.md"}),
    ],
    ids=["GitHub", "GitLab", "Forgejo"],
)  # fmt: skip
def test_templates_go_where_the_forge_looks(
    planned: Planned, package: dict[str, str], address: str, paths: set[str]
) -> None:
    package["pyproject.toml"] = package["pyproject.toml"].replace("https://github.com/lantern/lantern", address)
    assert set(texts(planned(package, select=["SR306"]))) == paths


def test_the_form_asks_for_all_a_newcomer_needs(planned: Planned, package: dict[str, str]) -> None:
    path = ".github/ISSUE_TEMPLATE/task-for-newcomers.yml"
    form = load_yaml(path, texts(planned(package, select=["SR306"]))[path])
    assert form["labels"] == ["good first issue"]
    assert [field["id"] for field in form["body"]] == ["problem", "files", "done", "skills", "size"]


def test_a_label_that_templates_set_is_defined(planned: Planned, package: dict[str, str]) -> None:
    package[".github/labels.yml"] = "# ours\n- name: bug\n  color: d73a4a\n"
    package[".github/ISSUE_TEMPLATE/bug.md"] = "---\nname: Bug\nlabels: ['needs triage']\n---\n\nWhat?\n"
    new = texts(planned(package, select=["SR304"], unsafe=True))[".github/labels.yml"]
    assert new.startswith("# ours\n- name: bug\n  color: d73a4a\n- name: needs triage\n")
