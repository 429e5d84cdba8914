"""`sprintready doctor`: on real clones and real environments, what is missing and what to type."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready import cli

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = """\
[build-system]
requires = ["setuptools"]

[project]
name = "lantern"
version = "1.0"
requires-python = ">=3.9"
dependencies = ["wick>=2"]

[project.urls]
Source = "https://github.com/lantern/lantern"

[project.optional-dependencies]
test = ["pytest>=8", "pytest-cov"]

[tool.pytest.ini_options]
addopts = "--cov=lantern"
"""
INSTALLED = {"pytest": "8.4", "pytest-cov": "6.0", "wick": "2.1", "pip": "26.0"}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at environments of POSIX")


class Clone:
    """A clone with an environment in `.venv` in which what a test names counts as installed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = root / ".venv"

    def makes_environment(self, installed: Mapping[str, str], *, editable: str | None = None) -> None:
        venv.create(self.environment, with_pip=False)
        site = next(self.environment.glob("lib/*/site-packages"))
        for name, version in installed.items():
            (site / f"{name.replace('-', '_')}-{version}.dist-info").mkdir()
        if editable is not None:
            folder = site / "lantern-1.0.dist-info"
            folder.mkdir()
            (folder / "direct_url.json").write_text(
                json.dumps({"url": Path(editable).as_uri(), "dir_info": {"editable": True}})
            )

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True)

    def asks(self, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any]]:
        code = cli.main(["doctor", str(self.root), "--format", "json", *options])
        return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git_environment: None) -> Clone:  # noqa: ARG001
    """A clone of a small project, in a shell without an environment."""
    root = tmp_path / "lantern"
    (root / "tests").mkdir(parents=True)
    (root / "pyproject.toml").write_text(PROJECT)
    (root / "tests" / "test_light.py").write_text("def test_light():\n    pass\n")
    (root / "lantern.py").write_text("")
    (root / ".gitignore").write_text(".venv\n")
    made = Clone(root)
    made.git("init", "-q", "-b", "main")
    made.git("add", ".")
    made.git("commit", "-qm", "first")
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    kept = [folder for folder in os.get_exec_path() if not folder.startswith(sys.prefix) and "pyenv" not in folder]
    monkeypatch.setenv("PATH", os.pathsep.join(kept))
    monkeypatch.setenv("COLUMNS", "100")
    return made


def states(told: Mapping[str, Any], state: str) -> list[str]:
    return [finding["what"] for finding in told["findings"] if finding["state"] == state]


def commands(told: Mapping[str, Any]) -> list[str]:
    return [remedy["command"] for remedy in told["commands"]]


def test_where_nothing_is_missing_it_says_so_and_how_to_run_the_tests(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.makes_environment(INSTALLED, editable=str(clone.root))
    monkeypatch.setenv("VIRTUAL_ENV", str(clone.environment))
    code, told = clone.asks(capsys)
    assert (code, told["ready"], states(told, "needed")) == (0, True, [])
    assert told["tests"] == "python -m pytest"


def test_an_environment_that_is_not_active_is_entered(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.makes_environment(INSTALLED, editable=str(clone.root))
    code, told = clone.asks(capsys)
    assert code == 1
    assert states(told, "needed") == ["The environment .venv is not active in this shell."]
    assert commands(told)[0].endswith(".venv/bin/activate")


def test_the_commands_come_in_the_order_to_type_them(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.makes_environment({"pip": "26.0", "pytest": "8.4"})
    _, told = clone.asks(capsys)
    entered, installed = commands(told)
    assert entered.endswith(".venv/bin/activate")
    assert installed.endswith('pip install -e ".[test]"')
    assert any("pytest would stop at --cov" in what for what in states(told, "needed"))


def test_where_nothing_was_made_yet_an_environment_is_the_first_thing(
    clone: Clone, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = clone.asks(capsys)
    assert code == 1
    assert "venv .venv" in commands(told)[0]
    assert commands(told)[-1].endswith('pip install -e ".[test]"')


@pytest.mark.parametrize(
    ("installed", "editable", "missing"),
    [
        ({"pytest": "8.4", "wick": "2.1"}, ".", "pytest-cov is not installed; declared in the extra"),
        ({**INSTALLED, "wick": "1.0"}, ".", "wick 1.0 is installed, and wick>=2 is asked for."),
        (INSTALLED, None, "lantern itself is not installed."),
        (INSTALLED, "../elsewhere", "lantern is installed from another clone"),
        ({**INSTALLED, "lantern": "1.0"}, None, "lantern 1.0 is installed as a copy"),
    ],
    ids=["a plugin", "an old version", "the project", "another clone", "a copy"],
)
def test_what_the_environment_lacks_is_named(
    installed: dict[str, str],
    editable: str | None,
    missing: str,
    clone: Clone,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clone.makes_environment(installed, editable=editable and os.path.normpath(clone.root / editable))
    monkeypatch.setenv("VIRTUAL_ENV", str(clone.environment))
    code, told = clone.asks(capsys)
    assert code == 1
    assert any(what.startswith(missing) for what in states(told, "needed")), told["findings"]


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        (">=3.9", ">=3.99", "is not supported; the project asks for >=3.99."),
        ('addopts = "--cov=lantern"', 'minversion = "9.9"', "pytest 8.4 is too old: the configuration asks for 9.9."),
        ('addopts = "--cov=lantern"', 'required_plugins = ["pytest-glow"]', "pytest-glow is not installed."),
        ('addopts = "--cov=lantern"', 'addopts = "-p xdist"', "pytest would stop at -p xdist: pytest-xdist is not"),
        (
            'addopts = "--cov=lantern"',
            "[project.scripts]\nglow = 'lantern:glow'",
            "The entry point glow was added after",
        ),
        (
            'requires = ["setuptools"]',
            'requires = ["setuptools-scm"]',
            "This clone has no tags, and the version is made of",
        ),
    ],
    ids=["python", "minversion", "required plugin", "-p", "entry point", "tags"],
)
def test_what_the_configuration_asks_for_is_compared(
    old: str,
    new: str,
    missing: str,
    clone: Clone,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (clone.root / "pyproject.toml").write_text(PROJECT.replace(old, new))
    clone.makes_environment(INSTALLED, editable=str(clone.root))
    monkeypatch.setenv("VIRTUAL_ENV", str(clone.environment))
    code, told = clone.asks(capsys)
    assert code == 1
    assert any(missing in what for what in states(told, "needed")), told["findings"]


def test_the_state_of_the_clone_is_looked_at(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{role}_NAME")
        monkeypatch.delenv(f"GIT_{role}_EMAIL")
    clone.git("config", "user.useConfigOnly", "true")
    clone.git("checkout", "-q", "--detach")
    clone.git("remote", "add", "origin", "https://github.com/ada/lantern.git")
    (clone.root / ".pre-commit-config.yaml").write_text("repos: []\n")
    _, told = clone.asks(capsys)
    assert "git does not know who commits; put in your own name and address." in states(told, "needed")
    advice = states(told, "advice")
    assert [what for what in advice if "detached" in what]
    assert [what for what in advice if "pre-commit" in what]
    remedies = [remedy["command"] for finding in told["findings"] for remedy in finding["remedies"]]
    assert "git remote add upstream https://github.com/lantern/lantern.git" in remedies


def test_a_clone_of_the_project_itself_is_told_from_a_fork(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.git("remote", "add", "origin", "git@github.com:Lantern/lantern.git")
    _, told = clone.asks(capsys)
    assert [what for what in states(told, "advice") if "fork it" in what]
    assert not [what for what in states(told, "advice") if "not a remote" in what]


def test_a_runner_that_makes_its_environment_is_all_that_is_needed(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone.root / "noxfile.py").write_text(
        "import nox\n\n@nox.session\ndef tests(session):\n    session.install('.[test]')\n    session.run('pytest')\n"
    )
    (clone.root / "CONTRIBUTING.md").write_text("# Contributing\n\nRun the tests:\n\n```console\n$ nox -s tests\n```\n")
    _, told = clone.asks(capsys)
    assert "The tests are run with nox, which is not installed." in states(told, "needed")
    assert told["tests"] == "nox -s tests"
    programs = clone.root.parent / "programs"
    programs.mkdir()
    (programs / "nox").write_text("#!/bin/sh\n")
    (programs / "nox").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    code, told = clone.asks(capsys)
    assert (code, commands(told)) == (0, [])


def test_services_are_knocked_at(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    (clone.root / "compose.yml").write_text("services:\n  cache:\n    image: memcached\n")
    _, told = clone.asks(capsys)
    assert [what for what in states(told, "advice") if what.startswith("Some tests may need memcached")]


def test_a_compiled_module_older_than_its_source_is_built_again(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.makes_environment(INSTALLED, editable=str(clone.root))
    monkeypatch.setenv("VIRTUAL_ENV", str(clone.environment))
    (clone.root / "fast.cpython-311-x86_64-linux-gnu.so").write_text("")
    (clone.root / "fast.pyx").write_text("")
    os.utime(clone.root / "fast.cpython-311-x86_64-linux-gnu.so", (1, 1))
    code, told = clone.asks(capsys)
    assert code == 1
    assert [what for what in states(told, "needed") if "is older than its source fast.pyx" in what]


def test_nothing_of_the_project_is_run(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    trap = "import pathlib; pathlib.Path(__file__).with_name('RAN').touch()\n"
    for name in ("setup.py", "conftest.py", "noxfile.py", "sitecustomize.py", "json.py", "lantern.py"):
        (clone.root / name).write_text(trap)
    clone.makes_environment(INSTALLED, editable=str(clone.root))
    clone.asks(capsys)
    assert not (clone.root / "RAN").exists()


def test_the_text_fits_one_screen_and_holds_no_colours_in_a_pipe(
    clone: Clone, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["doctor", str(clone.root)]) == 1
    text = capsys.readouterr().out
    assert "Type, in this order:" in text
    assert len(text.splitlines()) <= 30
    assert "\x1b" not in text


@pytest.mark.parametrize("columns", ["40", "100"])
def test_prose_is_wrapped_and_commands_are_not(
    columns: str, clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    cli.main(["doctor", str(clone.root)])
    lines = capsys.readouterr().out.splitlines()
    long = [line for line in lines if len(line) > int(columns)]
    assert all(
        line.lstrip(" 0123456789.").startswith(("python", "uv", "git", "source", ".", "pip")) for line in long
    ), long
    assert any(line.endswith('pip install -e ".[test]"') for line in lines)


def test_hostile_names_cannot_steer_the_terminal(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = PROJECT.replace('name = "lantern"', 'name = "lan\\u001b[31mtern"').replace("pytest-cov", "cov\\u202e")
    (clone.root / "pyproject.toml").write_text(hostile)
    cli.main(["doctor", str(clone.root)])
    assert not {"\x1b", "\u202e"} & set(capsys.readouterr().out)


def test_a_python_that_is_none_is_said_so(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", str(clone.root), "--python", "no-such-python"]) == 2
    assert "is not a Python" in capsys.readouterr().err


def test_a_folder_that_is_none_is_said_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "no-such-folder"]) == 3
    assert "does not exist" in capsys.readouterr().err
