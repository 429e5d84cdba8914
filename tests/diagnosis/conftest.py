"""A newcomer's machine: a fresh clone and a fresh environment, in which messages are obeyed to the letter."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

import pytest

from pytest_sprintready.diagnosis import explain
from pytest_sprintready.diagnosis.model import Failure, Frame, Raised
from pytest_sprintready.facts import Facts
from pytest_sprintready.machine import Machine
from pytest_sprintready.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_sprintready.diagnosis.model import Diagnosis

ROOT = Path(__file__).parents[2]
SECONDS = 300
_OF_THIS_RUN = ("PYTEST", "PYTHON", "GIT_", "CI", "GITHUB_", "COV_", "VIRTUAL_ENV", "CONDA", "UV_", "XDG_", "LC_", "NO_COLOR",
                "FORCE_COLOR", "COLUMNS", "SPRINTREADY")  # fmt: skip
_COMMAND = re.compile(r"^ {2}(?:fix|try): {3}(.+)$|^ {9}(\S.*)$")


class Ran(NamedTuple):
    """A command that has ended: what was typed, the exit code, both streams, the folder of the clone."""

    command: str
    code: int
    output: str
    folder: str = ""

    @property
    def codes(self) -> list[str]:
        """The codes of the causes named in the output."""
        return re.findall(r"^(SRN\d\d):", self.output, re.MULTILINE)

    @property
    def commands(self) -> list[str]:
        """The commands the messages name, in order."""
        found: list[str] = []
        after = False
        for line in self.output.splitlines():
            match = _COMMAND.match(line)
            if match and match[1]:
                found.append(match[1])
            elif match and after:
                found.append(match[2])
            after = bool(match and (match[1] or after)) and not line.startswith("  cause:")
        return found


class Newcomer:
    """Somebody at a sprint with a clone in `clone` and an environment in `environment`, both made here."""

    def __init__(self, folder: Path, wheel: Callable[[], Path]) -> None:
        self.clone = folder / "clone"
        self.environment = folder / "environment"
        self._wheel = wheel
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THIS_RUN)}
        self.variables = {
            **kept,
            "PATH": os.pathsep.join([str(self.programs), _path_without_environments()]),
            "VIRTUAL_ENV": str(self.environment),
            "HOME": str(self.home),
            "COLUMNS": "100",
            "UV_CACHE_DIR": _uv_cache(),
            "UV_NO_PROGRESS": "1",
            "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "SHELL": "/bin/sh",
        }

    @property
    def wheel(self) -> Path:
        """The wheel of this plugin."""
        return self._wheel()

    @property
    def programs(self) -> Path:
        """The folder of the environment's programs."""
        return self.environment / ("Scripts" if os.name == "nt" else "bin")

    def clones(self, files: Mapping[str, str], *, git: bool = True) -> Path:
        """Write a repository, committed as somebody else's; return its root."""
        for name, text in files.items():
            path = self.clone / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
        if git:
            self.commits("the project")
        return self.clone

    def commits(self, message: str) -> None:
        """Commit everything in the clone, as a maintainer."""
        who = "-c user.name=maintainer -c user.email=maintainer@example.org"
        for line in ("git init -q .", "git add -A", f"git {who} commit -q --allow-empty -m '{message}'"):
            assert self.types(line).code == 0

    def makes_environment(self, *requirements: str, pip: bool = False, python: str = sys.executable) -> None:
        """Make an environment with this plugin and `requirements`, and nothing of the clone."""
        seed = " --seed" if pip else ""
        self.clone.mkdir(exist_ok=True)
        self._uv(f"venv -q{seed} --python {python} {self.environment}")
        self._uv(f"pip install -q {self._wheel()} {' '.join(map(_quoted, requirements))}")
        if pip:  # made by venv, as far as anybody can tell
            settings = self.environment / "pyvenv.cfg"
            lines = settings.read_text(encoding="utf-8").splitlines()
            settings.write_text("\n".join(line for line in lines if not line.startswith("uv =")), encoding="utf-8")

    def _uv(self, arguments: str) -> None:
        ran = self.types(f"uv {arguments}")
        assert ran.code == 0, ran.output

    def types(self, command: str, folder: str = "", **variables: str) -> Ran:
        """Type a command into a shell, in the clone or a folder of it; the streams are read as one."""
        self.clone.mkdir(exist_ok=True)
        done = subprocess.run(  # noqa: S602  as a person types it
            command,
            shell=True,
            cwd=self.clone / folder,
            env={**self.variables, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
        return Ran(command, done.returncode, done.stdout, folder)

    def obeys(self, ran: Ran) -> Ran:
        """Type every command that a message names, and then again what had failed; return how that ended."""
        assert ran.commands, ran.output
        for command in ran.commands:
            typed = self.types(command, ran.folder)
            assert typed.code == 0, f"{command}\n{typed.output}"
        return typed if "pytest" in ran.commands[-1].split() else self.types(ran.command, ran.folder)


def _quoted(word: str) -> str:
    return f'"{word}"'


def _path_without_environments() -> str:
    """Return PATH with uv and git and without any environment: what a machine has before the sprint."""
    ours = os.environ.get("VIRTUAL_ENV", sys.prefix)
    return os.pathsep.join(
        folder
        for folder in os.get_exec_path()
        if not folder.startswith((ours, sys.prefix)) and "pyenv/shims" not in folder
    )


def _uv_cache() -> str:
    done = subprocess.run(["uv", "cache", "dir"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """The wheel of this project, built once, when it is first asked for."""
    built: list[Path] = []

    def build() -> Path:
        if not built:
            folder = tmp_path_factory.mktemp("wheel")
            subprocess.run(["uv", "build", "-q", "--wheel", "--out-dir", folder, ROOT], check=True, timeout=SECONDS)
            built.extend(folder.glob("*.whl"))
        return built[0]

    return build


@pytest.fixture
def newcomer(tmp_path: Path, wheel: Callable[[], Path]) -> Newcomer:
    """Somebody with an empty folder for a clone; needs uv and, for environments, a package index."""
    if not shutil.which("uv"):
        pytest.skip("uv is not on PATH")
    folder = tmp_path / "newcomer"
    folder.mkdir()
    programs = folder / "programs"
    programs.mkdir()
    someone = Newcomer(folder, wheel)
    (programs / "uv").symlink_to(str(shutil.which("uv")))
    someone.variables["PATH"] = os.pathsep.join([str(someone.programs), str(programs), _path_without_environments()])
    return someone


class Diagnose:
    """`explain` for a repository in memory and a machine made of values."""

    machine = Machine(
        system="linux",
        family="debian",
        python="3.12.1",
        executable="/home/ada/env/bin/python",
        prefix="/home/ada/env",
        programs={"python": "/home/ada/env/bin/python"},
        root="/home/ada/lantern",
    )

    def __call__(self, files: Mapping[str, str], failure: Failure, machine: Machine | None = None) -> Diagnosis | None:
        texts = {name: dedent(text).lstrip("\n") for name, text in files.items()}
        return explain(failure, Facts(MemorySnapshot(texts)), machine or self.with_installed())

    def with_installed(self, **versions: str) -> Machine:
        """Return a machine whose environment has these distributions, and pip."""
        from pytest_sprintready.machine import Distribution

        names = {name.replace("_", "-"): version for name, version in {"pip": "26.0", **versions}.items()}
        distributions = {name: Distribution(name, version) for name, version in names.items()}
        modules = {name.replace("-", "_"): (name,) for name in names}
        return self.machine._replace(distributions=distributions, modules=modules)


@pytest.fixture
def diagnose() -> Diagnose:
    """Explain a failure that is given as values."""
    return Diagnose()


@pytest.fixture
def not_found() -> Callable[..., Failure]:
    """Return the failure of a file of tests that imports a module which is not there."""

    def fail(module: str, path: str = "tests/test_it.py", *, new: bool = False) -> Failure:
        types = ("builtins.ModuleNotFoundError", "builtins.ImportError", "builtins.Exception", "builtins.BaseException")
        frames = (Frame(path, 1, f"import {module}", new),)
        raised = Raised(types, f"No module named {module!r}", (("name", module),), frames)
        return Failure("collect", raised=(raised,), node=path)

    return fail
