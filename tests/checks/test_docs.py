"""SR1xx: what each check must leave alone, and what its message names."""

from __future__ import annotations

import pytest

from pytest_sprintready import engine
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Result, Status
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.snapshot.base import History

README = "# Lantern\n\nLantern turns rows of a table into lamps on a wall.\n\nSee [the guide](CONTRIBUTING.md).\n"
GUIDE = """# Contributing

```console
python -m pip install -e .
python -m pytest
```
"""


def judge(code: str, files: dict[str, str | bytes]) -> Result:
    (result,) = engine.run(Facts(MemorySnapshot(files)), select=[code]).results
    return result


def with_guide(text: str, **more: str) -> dict[str, str | bytes]:
    return {"README.md": README, "CONTRIBUTING.md": GUIDE + "\n" + text, "tests/test_light.py": "", **more}


def with_readme(text: str, **more: str) -> dict[str, str | bytes]:
    return {"README.md": README + "\n" + text, "CONTRIBUTING.md": GUIDE, **more}


@pytest.mark.parametrize(
    "link",
    [
        pytest.param("../../issues", id="a page of the forge above the root"),
        pytest.param("../blob/main/missing.py", id="a file shown by the forge"),
        pytest.param("/docs/intro/", id="a page of the site"),
        pytest.param("docs/index.html", id="a page that is built"),
        pytest.param("#readme", id="the forge's name of the README"),
        pytest.param("docs/_build/page", id="a folder that is built"),
        pytest.param("https://lamps.example/missing", id="outside"),
        pytest.param("//lamps.example/missing", id="outside, scheme left out"),
        pytest.param("mailto:ada@lamps.example", id="mail"),
        pytest.param("{{ site.url }}/x.md", id="a template"),
        pytest.param("<path/to/file.md>", id="a blank to fill in"),
        pytest.param("link", id="a word in the place of a link"),
        pytest.param("", id="nothing"),
        pytest.param("CONTRIBUTING.md?plain=1", id="a query"),
        pytest.param("./CONTRIBUTING.md", id="a dot in front"),
        pytest.param("a%20page.md", id="a blank, encoded"),
        pytest.param("docs", id="a folder"),
        pytest.param("docs/", id="a folder with its slash"),
        pytest.param("#lantern", id="a heading of the page"),
        pytest.param("#Lantern", id="a heading in capitals"),
        pytest.param("#light-it-1", id="the second heading of a name"),
        pytest.param("#-lights", id="a heading with an emoji"),
        pytest.param("#named", id="a named anchor"),
        pytest.param("#top", id="the top"),
        pytest.param("CONTRIBUTING.md#contributing", id="a heading of another page"),
        pytest.param("docs/page.rst#anything", id="a target in reStructuredText"),
        pytest.param("src/lantern.py#L10", id="a line"),
        pytest.param("lib/inner/file.c", id="inside a submodule"),
    ],
)
def test_a_link_is_left_alone(link: str) -> None:
    files = with_readme(
        f'## Light it\n\n## Light it\n\n## 💡 Lights\n\n<a name="named"></a>\n\n[text]({link})\n',
        **{"docs/page.rst": "Page\n====\n", "a page.md": "", "src/lantern.py": ""},
        **{".gitmodules": '[submodule "lib"]\n\tpath = lib\n\turl = x\n'},
    )
    assert judge("SR116", files).findings == ()


@pytest.mark.parametrize(
    ("link", "says"),
    [
        pytest.param("docs/gone.md", "there is no docs/gone.md", id="a page that is gone"),
        pytest.param("LICENCE", "there is no LICENCE", id="a file without suffix"),
        pytest.param("contributing.md", "there is CONTRIBUTING.md", id="another case of letters"),
        pytest.param("/tools/run.py", "there is no tools/run.py", id="from the root"),
        pytest.param("ada@lamps.example", "without `mailto:`", id="an address"),
        pytest.param("#gone", 'no heading "gone"', id="a heading that is gone"),
        pytest.param("CONTRIBUTING.md#gone", 'CONTRIBUTING.md has no heading "gone"', id="a heading of another page"),
    ],
)
def test_a_link_that_leads_nowhere_is_quoted(link: str, says: str) -> None:
    (finding,) = judge("SR116", with_readme(f"\n[text]({link})\n")).findings
    assert f'"{link}"' in finding.message
    assert says in finding.message
    assert str(finding.place) == "README.md:8"


def test_names_of_pages_of_a_site_are_not_judged() -> None:
    guide = GUIDE + "\n[a](../reference) [b](page.html) [c](/start) [d](api/lamp.md#x)\n"
    files = {"docs/contributing.md": guide, "docs/api/lamp.md": "", "mkdocs.yml": "site_name: x\n"}
    assert judge("SR116", {**files}).findings == ()


@pytest.mark.parametrize(
    "readme",
    [
        pytest.param(
            "See the [contributing guide](https://lantern.readthedocs.io/en/latest/contributing/).", id="site"
        ),
        pytest.param(
            "See https://lantern.example/contributing.html or [here][c].\n\n[c]: CONTRIBUTING.md", id="reference"
        ),
        pytest.param("Patches are welcome, see CONTRIBUTING.md.", id="plain text, as on the package index"),
        pytest.param("[Development documentation](https://lantern.example/dev)", id="developer documentation"),
        pytest.param("<a href='CONTRIBUTING.md'>How to help</a>", id="HTML"),
    ],
)
def test_a_way_to_the_guide_is_seen(readme: str) -> None:
    files = {"README.md": f"# Lantern\n\nLamps.\n\n{readme}\n", "CONTRIBUTING.md": GUIDE}
    assert judge("SR102", {**files}).status is Status.PASS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Fork it, push a branch and open a merge request.", id="merge request"),
        pytest.param("Create a topic branch.\n\n## Then\n\nSend a PR; somebody reviews it.", id="over two sections"),
        pytest.param("```console\ngit checkout -b topic\ngit commit\n```\n\nThen open a pull request.", id="commands"),
    ],
)
def test_a_way_of_a_change_is_seen(text: str) -> None:
    assert judge("SR109", with_guide(text)).status is Status.PASS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Pull requests are welcome!", id="an invitation"),
        pytest.param("Fork us. Branch out. Review books.", id="steps of no request"),
    ],
)
def test_a_word_is_no_way_of_a_change(text: str) -> None:
    assert judge("SR109", with_guide(text)).status is Status.FAIL


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Look through the GitHub issues for bugs.", id="look through"),
        pytest.param("Help wanted: see the tracker.", id="help wanted"),
        pytest.param("Pick up any ticket that nobody has.", id="pick up"),
        pytest.param("## What to work on\n\nAsk us about an issue.", id="a heading"),
        pytest.param("There is a list of open issues.", id="a list"),
    ],
)
def test_where_work_is_found_is_seen(text: str) -> None:
    assert judge("SR110", with_guide(text)).status is Status.PASS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Report a bug with its version.", id="reporting"),
        pytest.param("Link the issue in the commit message.", id="naming an issue"),
        pytest.param("The first time you run this takes a while.", id="first time"),
    ],
)
def test_a_word_about_issues_is_no_place_to_find_work(text: str) -> None:
    assert judge("SR110", with_guide(text)).status is Status.FAIL


@pytest.mark.parametrize(
    ("code", "text"),
    [
        pytest.param("SR107", "Run `ruff check` first.", id="a linter's command"),
        pytest.param("SR107", "Install our pre-commit hooks.", id="pre-commit installed"),
        pytest.param("SR107", "Run all the checks with one command: `tox`.", id="all the checks"),
        pytest.param("SR108", "```console\nmake -C docs html\n```", id="make html"),
        pytest.param("SR108", "```console\ntox -e docs\n```", id="a task for the docs"),
        pytest.param("SR108", "```console\nmake check\n```", id="a task that comes to the docs"),
        pytest.param("SR112", "This does not work on Windows.", id="where it does not work"),
        pytest.param("SR113", "If the tests fail, ask us.", id="a sentence on failure"),
        pytest.param("SR114", "Source lives in `src/`, tests live in the tests directory.", id="a directory in words"),
        pytest.param("SR114", "```text\nsrc/\n├── lantern\ntests/\n```", id="a tree"),
        pytest.param("SR114", "```console\npytest tests\n```", id="a command that names the folder"),
        pytest.param("SR118", "Translators are welcome.", id="translation"),
        pytest.param("SR118", "Make the docs better.", id="docs before the verb"),
        pytest.param("SR118", "Fix typos in the docs.", id="typos"),
        pytest.param("SR119", "Tell us if Copilot helped.", id="a tool by name"),
        pytest.param("SR120", "Sync your fork now and then.", id="sync"),
        pytest.param("SR121", "```console\npytest -k lamp\n```", id="by keyword"),
        pytest.param("SR122", "The test suite takes 30 seconds.", id="seconds"),
        pytest.param("SR122", "A good test run ends with `12 passed`.", id="an outcome"),
        pytest.param("SR123", "Make sure you have Python and git installed.", id="in a sentence"),
        pytest.param("SR123", "## What you need\n\n- a lamp", id="a heading"),
        pytest.param("SR123", "To work on it, you'll need:\n\n- a lamp", id="a list"),
    ],
)
def test_what_is_said_in_other_words_is_seen(code: str, text: str) -> None:
    tasks = {"Makefile": "check: test html\ntest:\n\tpytest\nhtml:\n\tsphinx-build docs out\n"}
    files = with_guide(
        text, **tasks, **{"ruff.toml": "", "docs/conf.py": "", "pyproject.toml": "[project]\nname = 'lantern'\n"}
    )
    assert judge(code, files).status is Status.PASS, judge(code, files).findings


def test_the_word_tests_is_no_folder() -> None:
    assert judge("SR114", with_guide("Please add tests.")).status is Status.FAIL


def test_a_comment_says_nothing() -> None:
    assert judge("SR119", with_guide("<!-- Copilot, LLM, AI -->")).status is Status.FAIL


@pytest.mark.parametrize("code", ["SR104", "SR105", "SR109", "SR110", "SR113", "SR118", "SR301", "SR401"])
def test_a_guide_outside_the_repository_is_not_judged(code: str) -> None:
    files = {
        "README.md": "# Lantern\n\nLamps. See the [contributing guide](https://lamps.example/contributing/).\n",
        "tests/test_light.py": "def test_light():\n    assert True\n",
    }
    result = judge(code, {**files})
    assert result.status is Status.SKIPPED
    assert "https://lamps.example/contributing/" in result.reason


PORTUGUESE = """
Para contribuir com o projeto, deixe um aviso na tarefa que pretende resolver e siga os passos descritos mais abaixo.
Os arquivos ficam em pastas separadas por estado, e cada pasta guarda um conjunto de raspadores com suas configurações.
Quando terminar, envie as mudanças para que outra pessoa possa revisar com calma e comentar o que ainda falta melhorar.
Sempre que surgir uma dúvida, pergunte no canal da comunidade, onde muitas pessoas respondem com paciência e carinho.
Antes de começar, instale as ferramentas necessárias e confirme que tudo funciona no seu computador sem nenhum erro.
"""


@pytest.mark.parametrize("code", ["SR113", "SR114", "SR115", "SR118", "SR119", "SR120", "SR123", "SR305", "SR411"])
def test_what_a_guide_in_another_language_does_not_say_is_not_known(code: str) -> None:
    result = judge(code, with_guide(PORTUGUESE))
    assert result.status is Status.SKIPPED
    assert "CONTRIBUTING.md is not in English" in result.reason


@pytest.mark.parametrize(
    ("code", "files", "command"),
    [
        ("SR107", {"ruff.toml": ""}, "ruff check ."),
        ("SR107", {"ruff.toml": "", "Makefile": "types:\n\tmypy .\nlint:\n\truff check\n"}, "make lint"),
        ("SR107", {".pre-commit-config.yaml": "", "Makefile": "lint:\n\truff check\n"}, "pre-commit run --all-files"),
        ("SR108", {"docs/conf.py": ""}, "sphinx-build docs docs/_build/html"),
        (
            "SR108",
            {"docs/conf.py": "", "tox.ini": "[testenv:linkcheck-docs]\ncommands = sphinx-build\n[testenv:docs]\n"},
            "tox -e docs",
        ),
    ],
)
def test_the_fix_names_the_projects_own_task(code: str, files: dict[str, str], command: str) -> None:
    (finding,) = judge(code, with_guide("", **files)).findings
    assert f"`{command}`" in finding.fix


def test_a_page_on_one_subject_is_no_home_for_everything() -> None:
    testing = "# Testing\n\n```console\npip install -e .\npytest\ntox\nnox\nmake test\n```\n"
    files = {
        "README.md": README,
        "CONTRIBUTING.md": "# Contributing\n\nWrite about what broke. "
        + "Say what you saw and what you wish to see. " * 20
        + "\n[Tests](docs/testing.md)\n",
        "docs/testing.md": testing,
    }
    (finding,) = judge("SR119", {**files}).findings
    assert str(finding.place) == "CONTRIBUTING.md"


def test_the_fix_names_where_the_test_dependencies_are() -> None:
    files = {
        "CONTRIBUTING.md": "# Contributing\n\nFork, branch, open a pull request. Run the tests with `pytest`.\n"
        + "Word. " * 150,
        "pyproject.toml": "[project]\nname = 'lantern'\n[project.optional-dependencies]\nlamps = ['pytest']\n",
        "tests/test_light.py": "import pytest\n",
    }
    (finding,) = judge("SR104", {**files}).findings
    assert '".[lamps]"' in finding.fix


def test_copies_that_disagree_are_both_quoted() -> None:
    files = with_guide("", **{".github/CONTRIBUTING.md": GUIDE.replace("python -m pytest", "nox -s tests")})
    (finding,) = judge("SR125", files).findings
    assert "`python -m pytest`" in finding.message
    assert "`nox -s tests`" in finding.message


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("See https://lamps.example/help for everything.", Status.PASS, id="an address in plain text"),
        pytest.param(
            "Mail patches to the list. We answer all of them and are glad of each one of yours.",
            Status.PASS,
            id="short but whole",
        ),
        pytest.param("Please see our website.", Status.FAIL, id="no way there"),
        pytest.param("", Status.FAIL, id="empty"),
    ],
)
def test_a_short_page_of_the_standard_name(text: str, verdict: Status) -> None:
    assert judge("SR117", {"README.md": README, ".github/CONTRIBUTING.md": text}).status is verdict


@pytest.mark.parametrize(
    ("command", "files", "verdict"),
    [
        pytest.param("make test", {"Makefile": "test:\n\tpytest\n"}, Status.FAIL, id="make"),
        pytest.param(
            "make test", {"Makefile": "test:\n\tpytest\n", "make.bat": ""}, Status.PASS, id="make with its bat"
        ),
        pytest.param("./run_tests.sh", {"run_tests.sh": "#!/bin/sh\npytest\n"}, Status.FAIL, id="a shell script"),
        pytest.param("./run_tests.py", {"run_tests.py": "#!/usr/bin/env python\n"}, Status.PASS, id="a Python script"),
        pytest.param(
            "scripts/test", {"scripts/test": "#!/bin/bash\npytest\n"}, Status.FAIL, id="a shell script without suffix"
        ),
        pytest.param("nox -s tests", {"noxfile.py": ""}, Status.PASS, id="nox"),
    ],
)
def test_commands_on_windows(command: str, files: dict[str, str], verdict: Status) -> None:
    guide = f"# Contributing\n\n## Running the tests\n\nRun the tests:\n\n```console\n{command}\n```\n"
    result = judge("SR126", {"CONTRIBUTING.md": guide, "tests/test_light.py": "", **files})
    assert result.status is verdict, result


@pytest.mark.parametrize(("days", "status"), [(183, Status.PASS), (184, Status.FAIL)])
def test_a_record_grows_old_by_the_commits_that_follow(days: int, status: Status) -> None:
    record = '{"verdict": "green", "counts": {}, "date": "2026-05-01T08:00:00+00:00"}'
    files = {"CONTRIBUTING.md": GUIDE, ".sprintready/verify.json": record}
    history = History()
    history.committed = 1_777_622_400 + days * 86_400
    snapshot = MemorySnapshot(files, history=history)
    report = engine.run(Facts(snapshot), select=["SR115"])
    assert [result.status for result in report.results] == [status]
