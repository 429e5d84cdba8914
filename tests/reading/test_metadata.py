from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.reading.metadata import Group, Person, poetry_version, read_project

PEP621 = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "My.Tool"
requires-python = ">=3.10"
license = "MIT"
license-files = ["LICENSE"]
dynamic = ["version"]
authors = [{ name = "A", email = "a@example.org" }]
maintainers = [{ name = "B" }]
classifiers = [
  "Operating System :: OS Independent",
  "Programming Language :: Python :: 3",
  "Programming Language :: Python :: 3.12",
]
dependencies = [
  "attrs",
]

[project.urls]
Source = "https://example.org/x"

[project.optional-dependencies]
Test_Extra = [
  "pytest",
]

[project.scripts]
tool = "my_tool:main"

[project.entry-points.pytest11]
tool = "my_tool.plugin"

[dependency-groups]
lint = ["ruff"]
dev = [
  { include-group = "Lint" },
  "tox",
]
loop = [{ include-group = "loop" }, "a"]

[tool.uv]
default-groups = ["lint"]

[tool.hatch.build.targets.wheel]
packages = ["src/my_tool"]

[tool.hatch.envs.test]
features = ["test-extra"]
dependency-groups = ["dev"]
extra-dependencies = ["coverage"]
"""


def shown(group: Group) -> list[tuple[str, str]]:
    return [(item.text, str(item.place)) for item in group.requirements]


def test_the_project_table_is_read_with_lines() -> None:
    project = read_project({"pyproject.toml": PEP621}.get)
    assert (project.name, project.raw_name) == ("my-tool", "My.Tool")
    assert (project.requires_python, str(project.places["requires_python"])) == (">=3.10", "pyproject.toml:7")
    assert (project.license, project.license_files, project.dynamic) == ("MIT", ("LICENSE",), ("version",))
    assert project.people == (Person("A", "a@example.org", "author"), Person("B", "", "maintainer"))
    assert (project.python_versions, project.systems) == (("3.12",), ("OS Independent",))
    assert [(item.text, item.place.line) for item in project.dependencies] == [("attrs", 19)]
    assert shown(project.extras["test-extra"]) == [("pytest", "pyproject.toml:27")]
    assert project.extras["test-extra"].origin == "extra:Test_Extra"
    assert project.urls == {"Source": "https://example.org/x"}
    assert project.scripts == {"tool": "my_tool:main"}
    assert project.entry_points == {"pytest11": {"tool": "my_tool.plugin"}}
    assert (project.build_backend, project.packages, project.package_dir) == ("hatchling.build", ("my_tool",), "src")
    assert project.problems == ()


def test_groups_hold_what_they_include() -> None:
    dev = read_project({"pyproject.toml": PEP621}.get).groups["dev"]
    assert shown(dev) == [("ruff", "pyproject.toml:37"), ("tox", "pyproject.toml:40")]
    assert dev.includes == ("group:lint",)


def test_a_group_that_includes_itself_is_no_endless_loop() -> None:
    assert shown(read_project({"pyproject.toml": PEP621}.get).groups["loop"]) == [("a", "pyproject.toml:42")]


def test_a_group_that_includes_what_is_missing_is_a_problem() -> None:
    project = read_project({"pyproject.toml": '[dependency-groups]\na = [\n  {include-group = "b"},\n]\n'}.get)
    assert [(problem.path, problem.line) for problem in project.problems] == [("pyproject.toml", 3)]


def test_hatch_environments_name_what_they_install() -> None:
    environment = read_project({"pyproject.toml": PEP621}.get).environments["hatch:test"]
    assert shown(environment) == [("coverage", "pyproject.toml:53")]
    assert environment.includes == ("extra:test-extra", "group:dev")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('[tool.uv]\ndefault-groups = ["a"]\n', ("a",)),
        ("[tool.uv]\ndefault-groups = []\n", ()),
        ('[tool.uv]\ndefault-groups = "all"\n', ("dev", "a")),
        ("", ("dev",)),
    ],
    ids=["named", "none", "all", "unsaid"],
)
def test_default_groups_are_those_of_uv(text: str, names: tuple[str, ...]) -> None:
    project = read_project({"pyproject.toml": "[dependency-groups]\ndev = []\na = []\n" + text}.get)
    assert project.default_groups == names


def test_poetry_tables_are_read() -> None:
    text = """\
[tool.poetry]
name = "p"
authors = ["A B <a@example.org>"]
[tool.poetry.dependencies]
python = "^3.9"
click = "^8"
rich = { version = ">=13", optional = true }
[tool.poetry.extras]
color = ["rich"]
[tool.poetry.group.test.dependencies]
pytest = "^8"
[tool.poetry.dev-dependencies]
tox = "*"
"""
    project = read_project({"pyproject.toml": text}.get)
    assert (project.requires_python, project.requires_python_written) == (">=3.9,<4.0", "^3.9")
    assert [item.text for item in project.dependencies] == ["click"]
    assert shown(project.extras["color"]) == [("rich>=13", "pyproject.toml:9")]
    assert shown(project.groups["test"]) == [("pytest", "pyproject.toml:11")]
    assert project.groups["dev"].origin == "poetry:dev-dependencies"
    assert project.people == (Person("A B", "a@example.org", "author"),)


@pytest.mark.parametrize(
    ("written", "specifier"),
    [
        ("^3.8", ">=3.8,<4.0"),
        ("^3", ">=3,<4.0"),
        ("^0.2.3", ">=0.2.3,<0.3"),
        ("^0.0.3", ">=0.0.3,<0.0.4"),
        ("~3.8", ">=3.8,<3.9"),
        ("~3", ">=3,<4.0"),
        ("3.8.*", "==3.8.*"),
        ("*", ""),
        (">=3.8, <3.13", ">=3.8,<3.13"),
        ("^3.8 || ^4", "^3.8 || ^4"),
        ("", ""),
    ],
)
def test_versions_of_poetry_are_translated(written: str, specifier: str) -> None:
    assert poetry_version(written) == specifier


def test_dynamic_dependencies_come_from_their_files() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "x"\n[tool.setuptools.dynamic]\ndependencies = { file = ["base.txt"] }\n'
        '[tool.setuptools.dynamic.optional-dependencies]\ntest = { file = "req/test.txt" }\ngone = { file = "no.txt" }\n',
        "base.txt": "attrs\n",
        "req/test.txt": "-r more.txt\npytest\n",
        "req/more.txt": "-r test.txt\ntox\n",
    }
    project = read_project(files.get)
    assert [str(item.place) for item in project.dependencies] == ["base.txt:1"]
    assert shown(project.extras["test"]) == [("pytest", "req/test.txt:2"), ("tox", "req/more.txt:2")]
    assert project.extras["test"].includes == ("requirements:req/test.txt", "requirements:req/more.txt")
    assert [str(problem) for problem in project.problems] == ["pyproject.toml:7: no.txt, named here, does not exist"]


def test_setup_cfg_is_read() -> None:
    text = """\
[metadata]
name = old
license_files = LICENSE
url = https://example.org
author-email = a@example.org
[options]
python_requires = >=3.8
packages = find:
package_dir =
    = src
install_requires =
    # a comment
    attrs  # why
[options.extras_require]
test =
    pytest
    tox
all = file: all.txt
[options.entry_points]
console_scripts =
    old = old:main
pytest11 =
    old = old.plugin
"""
    project = read_project({"setup.cfg": text, "all.txt": "x\n"}.get)
    assert (project.name, project.requires_python, project.package_dir) == ("old", ">=3.8", "src")
    assert [(item.text, item.place.line) for item in project.dependencies] == [("attrs", 13)]
    assert shown(project.extras["test"]) == [("pytest", "setup.cfg:16"), ("tox", "setup.cfg:17")]
    assert project.extras["all"].includes == ("requirements:all.txt",)
    assert project.scripts == {"old": "old:main"}
    assert project.entry_points == {"pytest11": {"old": "old.plugin"}}
    assert project.people == (Person("", "a@example.org", "author"),)
    assert project.packages is None


def test_setup_py_is_read_without_running_it() -> None:
    text = """\
import os
from setuptools import setup, find_packages
raise SystemExit
here = os.path.dirname(__file__)
def read(name):
    return open(os.path.join(here, name)).read().splitlines()
tests = ["pytest"]
extras = {"test": tests + ["tox"], "docs": [line for line in open("docs/req.txt")]}
extras["all"] = extras["test"] + ["x"]
extras["dev"] = read("dev.txt")
extras["sum"] = sum(extras.values(), [])
with open(os.path.join(here, "base.txt")) as handle:
    install = handle.read().splitlines()
kwargs = dict(python_requires=">=3.9", license="BSD")
setup(
    name="na" + "me",
    install_requires=install,
    extras_require=extras,
    packages=["pkg", "pkg.sub"],
    package_dir={"": "src"},
    entry_points={"console_scripts": ["run = pkg:main"], "pytest11": "p = pkg.p"},
    classifiers=["Programming Language :: Python :: 3.9"],
    **kwargs,
)
"""
    files = {"setup.py": text, "base.txt": "attrs\n", "dev.txt": "pre-commit\n", "docs/req.txt": "sphinx\n"}
    project = read_project(files.get)
    assert (project.name, project.requires_python, project.license) == ("name", ">=3.9", "BSD")
    assert [str(item.place) for item in project.dependencies] == ["base.txt:1"]
    assert shown(project.extras["test"]) == [("pytest", "setup.py:7"), ("tox", "setup.py:8")]
    assert [item.text for item in project.extras["all"].requirements] == ["pytest", "tox", "x"]
    assert project.extras["dev"].includes == ("requirements:dev.txt",)
    assert shown(project.extras["docs"]) == [("sphinx", "docs/req.txt:1")]
    assert project.extras["sum"].requirements == ()
    assert (project.packages, project.package_dir) == (("pkg",), "src")
    assert project.scripts == {"run": "pkg:main"}
    assert project.entry_points == {"pytest11": {"p": "pkg.p"}}
    assert project.python_versions == ("3.9",)


def test_a_setup_call_within_a_function_is_found() -> None:
    text = 'def main():\n    name = "inner"\n    setuptools.setup(name=name)\n'
    assert read_project({"setup.py": text}.get).name == "inner"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a = ['x']\n" + "a = a + a\n" * 60 + "setup(install_requires=a)", id="doubling list"),
        pytest.param("a = 'x'\n" + "a = a + a\n" * 60 + "setup(name=a)", id="doubling text"),
        pytest.param("a = []\na.append(a)\nsetup(install_requires=a)", id="list in itself"),
        pytest.param("a = {}\na['a'] = a\nsetup(extras_require=a)", id="dict in itself"),
        pytest.param("setup(" + "name=" + "(" * 90 + "1" + ")" * 90 + ")", id="nesting"),
        pytest.param("setup(name='a' " + "+ 'b'" * 900 + ")", id="long sum"),
        pytest.param("setup(name=3, packages={}, classifiers='x', extras_require=[1], entry_points=4)", id="types"),
    ],
)
def test_a_hostile_setup_script_is_read_in_bounds(text: str) -> None:
    project = read_project({"setup.py": text}.get)
    assert len(project.raw_name) <= 100_000
    assert len(project.dependencies) <= 5_000


def test_pyproject_wins_over_the_older_files() -> None:
    files = {
        "pyproject.toml": '[project]\nname = "new"\n',
        "setup.cfg": "[metadata]\nname = cfg\n[options]\npython_requires = >=3.9\n",
        "setup.py": "setup(name='py', python_requires='>=2', license='MIT')",
    }
    project = read_project(files.get)
    assert (project.name, project.requires_python, project.license) == ("new", ">=3.9", "MIT")
    assert project.files == ("pyproject.toml", "setup.cfg", "setup.py")


def test_a_broken_file_does_not_hide_the_others() -> None:
    project = read_project({"pyproject.toml": "[project\n", "setup.py": "setup(name='x')", "setup.cfg": "x\n"}.get)
    assert project.name == "x"
    assert [problem.path for problem in project.problems] == ["pyproject.toml"]


def test_pixi_features_are_environments() -> None:
    text = """\
[workspace]
name = "w"
[dependencies]
python = ">=3.12"
numpy = "*"
[feature.test.dependencies]
pytest = ">=8"
[feature.test.pypi-dependencies]
w = { path = ".", editable = true, extras = ["test"] }
"""
    project = read_project({"pixi.toml": text}.get)
    assert shown(project.environments["pixi:default"]) == [("numpy", "pixi.toml:5")]
    assert [item.text for item in project.environments["pixi:test"].requirements] == ["pytest>=8", "w[test]"]
    assert project.environments["pixi:test"].includes == ("extra:test",)


def test_a_repository_without_metadata_gives_an_empty_project() -> None:
    files: dict[str, str] = {}
    project = read_project(files.get)
    assert (project.files, project.name, project.extras, project.problems) == ((), "", {}, ())


def test_metadata_of_a_package_in_a_folder_is_read() -> None:
    project = read_project({"lib/pyproject.toml": '[project]\nname = "inner"\n'}.get, "lib")
    assert (project.name, str(project.places["raw_name"])) == ("inner", "lib/pyproject.toml:2")


VALUES = st.sampled_from(['"x"', "3", "true", "[]", '["a", 1, {}]', "{}", '{a = "b"}', "[[1]]", "1979-05-27", '[""]'])
TABLES = (
    "project", "project.optional-dependencies", "project.urls", "project.entry-points", "dependency-groups", "tool",
    "tool.poetry", "tool.poetry.group", "tool.poetry.extras", "tool.poetry.dependencies", "tool.hatch.envs",
    "tool.setuptools", "tool.setuptools.dynamic", "tool.uv", "tool.pdm", "tool.flit", "tool.flit.metadata", "tool.pixi",
    "tool.pixi.feature", "build-system",
)  # fmt: skip
KEYS = (
    "name", "requires-python", "license", "urls", "authors", "dependencies", "optional-dependencies", "scripts", "dynamic",
    "entry-points", "dev", "packages", "package-dir", "envs", "group", "extras", "plugins", "dev-dependencies", "build",
    "default-groups", "workspace", "sources", "module", "metadata", "feature", "target", "requires", "find", "poetry",
    "classifiers", "dependency-groups", "file", "pypi-dependencies", "hatch", "uv",
)  # fmt: skip


@given(st.sampled_from(TABLES), st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=6))
def test_values_of_any_type_do_no_harm(table: str, values: dict[str, str]) -> None:
    text = f"[{table}]\n" + "".join(f"{key} = {value}\n" for key, value in values.items())
    project = read_project({"pyproject.toml": text}.get)
    assert project.files == ("pyproject.toml",)


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_text_gives_a_project(cfg: str, script: str) -> None:
    files = {"setup.cfg": "[metadata]\n[options]\n" + cfg, "setup.py": f"setup(name={script!r})\n" + script}
    assert read_project(files.get).files == ("setup.cfg", "setup.py")
