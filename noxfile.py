"""What is run on every change: `nox` for the usual, `nox -l` for all of it."""

from __future__ import annotations

import os
import platform
import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "uv|virtualenv"

# pyenv's shims answer for one version at a time, its folders for all of them.
PYENV = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
os.environ["PATH"] = os.pathsep.join([*map(str, PYENV.glob("3.*/bin")), os.environ["PATH"]])

PROJECT = nox.project.load_toml("pyproject.toml")
PYTHONS = nox.project.python_versions(PROJECT)
CURRENT = ".".join(platform.python_version_tuple()[:2])
PYTESTS = ("8", "9")
# Some of these tests take a minute and most a second: who has nothing left to do takes over what others have not begun.
SPREAD = ("-n", "auto", "--dist", "worksteal")
WITHOUT_NETWORK = ("-m", "not slow and not browser and not system")
# Not on a newcomer's laptop: the release of any dependency may bring a new warning.
WARNINGS = ("-W", "error") if os.environ.get("CI") else ()

nox.options.sessions = ["tests", "lint", "types"]


def group(name: str) -> list[str]:
    """Return the requirements of a dependency group."""
    return list(nox.project.dependency_groups(PROJECT, name))


# Without a version, it takes the Python that nox runs on: a newcomer has one, and it need not be the newest.
@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests (arguments go to pytest)."""
    session.install(*group("test"), "-e", ".")
    session.run("pytest", *WARNINGS, *(session.posargs or ("-n", "auto", *WITHOUT_NETWORK)))


@nox.session(python=PYTHONS)
def pythons(session: nox.Session) -> None:
    """Run the tests on every supported Python that is installed."""
    session.install(*group("test"), "-e", ".")
    session.run("pytest", *WARNINGS, *(session.posargs or ("-n", "auto", *WITHOUT_NETWORK)))


@nox.session(python=CURRENT)
@nox.parametrize("major", PYTESTS, ids=[f"pytest{major}" for major in PYTESTS])
def pytests(session: nox.Session, major: str) -> None:
    """Run the tests with each supported major version of pytest."""
    session.install(*group("test"), f"pytest=={major}.*", "-e", ".")
    session.run("pytest", *WARNINGS, *(session.posargs or WITHOUT_NETWORK))


@nox.session(python=PYTHONS[0])
def minimums(session: nox.Session) -> None:
    """Run the tests with the oldest versions the package says it works with."""
    if shutil.which("uv") is None:
        session.skip("only uv resolves to the lowest versions: https://docs.astral.sh/uv/")
    session.install(*group("test"))
    # Last, so that what the tests need beside it does not raise what it depends on.
    session.run("uv", "pip", "install", "--upgrade", "--resolution", "lowest-direct", "--editable", ".", external=True)
    session.run("pytest", *WARNINGS, *(session.posargs or WITHOUT_NETWORK))


@nox.session(python=CURRENT)
def slow(session: nox.Session) -> None:
    """Run the tests that need a package index."""
    session.install(*group("test"), "-e", ".")
    session.run("pytest", *WARNINGS, *SPREAD, "-m", "slow and not browser and not system", *session.posargs)


# Not for CI: what apt has to say differs from machine to machine.
@nox.session(python=CURRENT)
def system(session: nox.Session) -> None:
    """Run the tests that change a throw-away copy of this Debian (as root)."""
    session.install(*group("test"), "-e", ".")
    session.run("pytest", *WARNINGS, "-m", "system", *session.posargs)


@nox.session(python=CURRENT)
def browser(session: nox.Session) -> None:
    """Open the report page in Chromium, and look for what keeps people out of it."""
    named = os.environ.get("SPRINTREADY_CHROMIUM", "")
    if not (named or shutil.which("chromium")):
        if shutil.which("apt-get") is None or os.geteuid() != 0:
            session.skip(
                "there is no `chromium` on the path, and only root on Debian can install it here; "
                "install it, or name one with SPRINTREADY_CHROMIUM"
            )
        session.run("apt-get", "update", "--quiet", external=True)
        session.run("apt-get", "install", "--yes", "--quiet", "--no-install-recommends", "chromium", external=True)
    session.install(*group("browser"), "-e", ".")
    # Elsewhere a test may be left out for want of a browser; where one is named, that is a failure.
    environment = {"SPRINTREADY_CHROMIUM": named or shutil.which("chromium") or ""}
    session.run("pytest", *WARNINGS, *SPREAD, "-m", "browser", *(session.posargs or ("tests/report",)), env=environment)


@nox.session(python=CURRENT)
def lint(session: nox.Session) -> None:
    """Check style and format."""
    session.install(*group("lint"))
    session.run("ruff", "check", *session.posargs)
    session.run("ruff", "format", "--check")


@nox.session(python=CURRENT)
def types(session: nox.Session) -> None:
    """Check the types of everything, tests included."""
    session.install(*group("types"), "-e", ".[nox]")
    session.run("mypy", *session.posargs)


@nox.session(python=CURRENT)
def docs(session: nox.Session) -> None:
    """Build the documentation; a warning is an error."""
    session.install(*group("docs"), "-e", ".")
    session.run("sphinx-build", "-q", "-W", "--keep-going", "-b", "html", "docs", "docs/_build/html", *session.posargs)


@nox.session(python=CURRENT)
def hooks(session: nox.Session) -> None:
    """Run this repository's own pre-commit hooks on all files."""
    session.install("prek>=0.2")
    # Named, for prek would look for further ones below: the tests hold repositories with hooks of their own.
    session.run("prek", "run", "--config", ".pre-commit-config.yaml", "--all-files", *session.posargs)


@nox.session(python=CURRENT)
def self_check(session: nox.Session) -> None:
    """Ask sprintready whether this repository is ready for a sprint."""
    session.install(".")
    session.run("sprintready", "check", ".", *session.posargs)


@nox.session(python=CURRENT)
def benchmarks(session: nox.Session) -> None:
    """Measure what the plugin and the hooks cost."""
    session.install(*group("test"), ".")
    session.run("python", "benchmarks/run.py", *session.posargs)
