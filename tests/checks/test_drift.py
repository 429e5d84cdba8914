"""SR106: what documented commands name, where that must be found missing, and what must be left alone."""

from __future__ import annotations

import pytest

from pytest_sprintready import engine
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Result, Status
from pytest_sprintready.snapshot import MemorySnapshot

PYPROJECT = """
[project]
name = "lantern"
version = "1.0"

[project.optional-dependencies]
test = ["pytest"]
docs = ["sphinx"]

[dependency-groups]
dev = ["pytest"]
lint = ["ruff"]

[tool.poe.tasks]
verify = "pytest"
"""
NOXFILE = """
import nox

@nox.session(python=["3.12", "3.13"], tags=["quick"])
def tests(session):
    session.run("pytest")
"""
FILES = {
    "pyproject.toml": PYPROJECT,
    "noxfile.py": NOXFILE,
    "tox.ini": "[tox]\nenvlist = py{312,313}, lint\n[testenv]\ncommands = pytest\n[testenv:lint]\ncommands = ruff check\n",
    "Makefile": "test:\n\tpytest\n\ncoverage: test\n\tcoverage report\n",
    "justfile": "test:\n    pytest\n",
    "tasks.py": "from invoke import task\n\n@task\ndef build(c):\n    c.run('make')\n",
    "package.json": '{"scripts": {"build": "vite"}}',
    ".pre-commit-config.yaml": "repos:\n- repo: local\n  hooks:\n  - id: ruff\n    name: ruff\n",
    ".gitignore": "/local/\n*.cache\nsecrets.toml\n",
    ".gitmodules": '[submodule "vendor"]\n\tpath = vendored/lamps\n\turl = https://example.org/lamps.git\n',
    "requirements/test.txt": "pytest\n",
    "scripts/test": "#!/bin/sh\npytest\n",
    "docs/Makefile": "%: Makefile\n\tsphinx-build -M $@ . _build\n",
    "docs/conf.py": "",
    "lantern/__init__.py": "",
    "tests/test_light.py": "",
    "plugins/dimmer/pyproject.toml": '[project]\nname = "dimmer"\n[project.optional-dependencies]\nextra = ["x"]\n',
    "plugins/dimmer/Makefile": "dim:\n\tdim\n",
}


# What makes the page a guide, whatever stands above.
THE_REST = "\n## All tests\n\n```console\npip install -e .\npython -m pytest\n```\n"


def judge(text: str, **more: str) -> Result:
    files: dict[str, str | bytes] = {**FILES, **more}
    files["CONTRIBUTING.md"] = f"# Contributing\n\n## Set up and test\n\n{text}\n{THE_REST}"
    (result,) = engine.run(Facts(MemorySnapshot(files)), select=["SR106"]).results
    return result


def block(*lines: str) -> str:
    return "\n".join(["Type this:", "", "```console", *lines, "```"])


@pytest.mark.parametrize(
    ("line", "named", "fix"),
    [
        pytest.param("pip install -e '.[tests]'", 'extra "tests"', '"test"', id="extra, near"),
        pytest.param("pip install -e .[zzz]", "there are test, docs", "zzz", id="extra, nothing near"),
        pytest.param("pip install -e .[dev]", '"dev" is a dependency group', "--group dev", id="extra that is a group"),
        pytest.param("pip install --group docs", '"docs" is an extra', '".[docs]"', id="group that is an extra"),
        pytest.param("uv sync --group docs", '"docs" is an extra', "--extra docs", id="group that is an extra, uv"),
        pytest.param("uv sync --group devel", 'dependency group "devel"', '"dev"', id="group"),
        pytest.param("uv sync --extra doc", 'extra "doc"', '"docs"', id="extra, uv"),
        pytest.param("uv run --group lnt ruff check", 'dependency group "lnt"', '"lint"', id="group of a run"),
        pytest.param("pip install -r requirements/tests.txt", "requirements/tests.txt", "requirements/test.txt", id="-r"),
        pytest.param("nox -s test", 'nox session "test"', '"tests"', id="session"),
        pytest.param("uvx nox -s unit", "is tests", "unit", id="session behind uvx"),
        pytest.param("python -m nox -s tests-3.9", 'nox session "tests-3.9"', '"tests"', id="session of another Python"),
        pytest.param("nox -t slow", 'nox tag "slow"', "slow", id="tag"),
        pytest.param("tox -e docs", 'tox environment "docs"', "docs", id="environment"),
        pytest.param("make tests", 'make target "tests"', '"test"', id="target"),
        pytest.param("just tests", 'just recipe "tests"', '"test"', id="recipe"),
        pytest.param("poe verfy", 'poe task "verfy"', '"verify"', id="poe"),
        pytest.param("inv biuld", 'invoke task "biuld"', '"build"', id="invoke"),
        pytest.param("npm run biuld", 'npm script "biuld"', '"build"', id="npm"),
        pytest.param("pre-commit run black", 'pre-commit hook "black"', "black", id="hook"),
        pytest.param("./scripts/tests", "scripts/tests", "scripts/tests", id="script"),
        pytest.param("python scripts/seed.py", "scripts/seed.py", "seed.py", id="Python script"),
        pytest.param("pytest test/", 'folder "test"', "test", id="folder"),
        pytest.param("make -C docs tests", "does not exist", "tests", id="target of another folder"),
        pytest.param("cd doc && make html", 'folder "doc"', "doc", id="folder to enter"),
    ],
)  # fmt: skip
def test_a_name_that_does_not_exist_is_found(line: str, named: str, fix: str) -> None:
    result = judge(block(line))
    assert result.status is Status.FAIL, result
    assert named in result.findings[0].message
    assert f"`{line}`" in result.findings[0].message
    assert fix in result.findings[0].fix


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["pip install -e '.[test,docs]'"], id="extras"),
        pytest.param(["pip install -e .[Test]"], id="names are compared normalised"),
        pytest.param(["pip install numpy[all]"], id="extra of another distribution"),
        pytest.param(["pip install --group dev --group lint"], id="groups"),
        pytest.param(["uv sync --all-extras --all-groups"], id="all of them"),
        pytest.param(["nox -s tests tests-3.12 'tests-3.13'"], id="sessions"),
        pytest.param(["nox", "nox -l", "tox", "make", "pytest"], id="no name at all"),
        pytest.param(["nox -t quick"], id="tag"),
        pytest.param(["tox -e py312,lint", "tox -e py311", "tox -e py"], id="environments, any Python among them"),
        pytest.param(["make test coverage", "make -j4 test", "make test ARGS=-x"], id="targets"),
        pytest.param(["make -C docs html", "make html"], id="targets of Sphinx"),
        pytest.param(["cd docs", "make livehtml"], id="after a step into a folder"),
        pytest.param(["cd docs", "make html", "cd ..", "make test"], id="there and back"),
        pytest.param(["cd plugins/dimmer", "pip install -e .[extra]", "make dim"], id="a project inside the project"),
        pytest.param(["git clone https://example.org/a/lantern.git", "cd lantern", "make test"], id="the clone"),
        pytest.param(["git clone https://example.org/a/lamp-shop.git my-lamps", "cd my-lamps", "make test"], id="renamed"),
        pytest.param(["git clone https://example.org/a/pole", "cd pole", "pip install -r x.txt"], id="another's clone"),
        pytest.param(["git clone git@example.org:<you>/<fork>.git", "cd lantern", "make test"], id="a clone to fill in"),
        pytest.param(["python script.py", "uv run main.py"], id="a script of one's own"),
        pytest.param(["cd lantern", "pip install -e .[test]"], id="a folder called like the project"),
        pytest.param(["cd ~/src", "make anything"], id="elsewhere"),
        pytest.param(["cd ../other", "pip install -r needs.txt"], id="another repository"),
        pytest.param(["python -m venv .venv", "source .venv/bin/activate"], id="an environment"),
        pytest.param([".venv\\Scripts\\activate"], id="an environment on Windows"),
        pytest.param(["python -m http.server", "python -m lantern"], id="modules"),
        pytest.param(["cp tests/test_light.py tests/test_dark.py", "pytest tests/test_dark.py"], id="copied"),
        pytest.param(["touch notes.txt", "cat notes.txt"], id="touched"),
        pytest.param(["pip freeze > frozen.txt", "pip install -r frozen.txt"], id="written"),
        pytest.param(["pip-compile -o pinned.txt", "pip install -r pinned.txt"], id="put out"),
        pytest.param(["cat secrets.toml", "cat local/settings.toml"], id="ignored by git"),
        pytest.param(["cat vendored/lamps/README.md"], id="in a submodule"),
        pytest.param(["open docs/_build/html/index.html", "cat htmlcov/index.html"], id="built"),
        pytest.param(["pytest tests/test_<name>.py", "pytest path/to/test.py", "nox -s $SESSION"], id="blanks to fill in"),
        pytest.param(["pytest tests/test_dark.py::test_switch"], id="one test of many, by way of example"),
        pytest.param(["tox -e {name}", "make <target>"], id="names to fill in"),
        pytest.param(["npm run build", "pre-commit run ruff", "poe verify", "inv build", "just test"], id="known names"),
        pytest.param(["docker compose logs -ft web", "docker logs -f web", "docker-compose rm -fv"], id="-f of a command"),
        pytest.param(["ruff check src tests"], id="words that may be anything"),
    ],
)  # fmt: skip
def test_what_exists_or_may_exist_is_left_alone(lines: list[str]) -> None:
    result = judge(block(*lines))
    assert result.status is Status.PASS, [finding.message for finding in result.findings]


@pytest.mark.parametrize(
    ("line", "path", "text"),
    [
        pytest.param("make anything", "Makefile", "include more.mk\n", id="a Makefile that includes another"),
        pytest.param("nox -s anything", "noxfile.py", "import nox\nfor n in names():\n    nox.session(name=n)(f)\n",
                     id="sessions made in a loop"),
        pytest.param("pip install .[all]", "pyproject.toml",
                     '[project]\nname = "x"\ndynamic = ["optional-dependencies"]\n', id="extras the backend computes"),
        pytest.param("pip install .[all]", "setup.py",
                     "from setuptools import setup\nextras = find()\nsetup(name='x', extras_require=extras)\n",
                     id="extras that setup.py computes"),
        pytest.param("pip install .[all]", "pyproject.toml", "[project\n", id="metadata that cannot be read"),
    ],
)  # fmt: skip
def test_names_that_only_a_run_would_show_are_left_alone(line: str, path: str, text: str) -> None:
    assert judge(block(line), **{path: text}).status is Status.PASS


def test_a_folder_spoken_of_is_where_the_command_runs() -> None:
    text = "In the `plugins/dimmer` directory:\n\n" + block("make dim")
    assert judge(text).status is Status.PASS


def test_an_example_whose_file_has_moved_is_found() -> None:
    text = "To run a single file, for example:\n\n```console\npytest tests/unit/test_light.py\n```"
    (finding,) = judge(text).findings
    assert "tests/test_light.py" in finding.fix


def test_a_file_named_by_way_of_example_is_left_alone() -> None:
    text = "To run a single file, for example:\n\n```console\npytest tests/test_dark.py\n```"
    assert judge(text).status is Status.PASS


def test_a_page_about_the_readers_own_project_is_left_alone() -> None:
    page = "# Dependencies\n\nList what your project needs; your project's file is in your project.\n\n" + block(
        "pip install -r requirements.txt", "pytest"
    )
    assert judge("Be kind.", **{"docs/develop/dependencies.md": page}).status is Status.PASS


def test_a_runner_that_is_not_configured_is_said_so() -> None:
    files = {"README.md": "", "CONTRIBUTING.md": "# Contributing\n\n" + block("make test"), "setup.cfg": ""}
    (result,) = engine.run(Facts(MemorySnapshot(files)), select=["SR106"]).results
    assert "there is no Makefile" in result.findings[0].message


def test_the_same_command_on_a_page_is_reported_once() -> None:
    assert len(judge(block("make tests") + "\n\n" + block("make tests")).findings) == 1


def test_a_finding_stands_at_the_line_of_its_command() -> None:
    (finding,) = judge(block("make test", "make tests")).findings
    assert str(finding.place) == "CONTRIBUTING.md:9"


def test_without_commands_there_is_nothing_to_judge() -> None:
    files: dict[str, str | bytes] = {
        "README.md": "# Lantern\n",
        "CONTRIBUTING.md": "# Contributing\n\nPlease be kind.\n",
    }
    (result,) = engine.run(Facts(MemorySnapshot(files)), select=["SR106"]).results
    assert result.status is Status.SKIPPED
