"""The repositories and environments that are measured, made in one folder."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]

FLASK = "flask==3.1.2 --hash=sha256:bf656c15c80190ed628ad08cdfd3aaa35beb087855e2f494910aa3774cc4fd87"
PEER = ("repo-review[cli]>=1.2", "sp-repo-review>=2025.1.22")

# What a checkout of flask holds and its source distribution does not; the look-alike has all of it.
CHECKOUT = {
    "CONTRIBUTING.md": """\
# Contributing

Fork the repository, then set up:

```sh
git clone https://github.com/example/lantern
cd lantern
uv sync
pre-commit install
```

## Running the tests

```sh
uv run pytest
tox run -e py
```

## Building the documentation

```sh
tox run -e docs
```

Open a pull request against `main`. Issues labelled `good first issue` are a place to start.
Ask in the [discussions](https://github.com/example/lantern/discussions).
""",
    ".github/workflows/tests.yaml": """\
name: Tests
on: [push, pull_request]
jobs:
  tests:
    runs-on: ubuntu-latest
    strategy:
      matrix:
        python: ["3.10", "3.11", "3.12", "3.13"]
    steps:
      - uses: actions/checkout@v5
      - uses: astral-sh/setup-uv@v6
        with:
          python-version: ${{ matrix.python }}
      - run: uv run --locked tox run -e py
""",
    ".github/workflows/lint.yaml": """\
name: Lint
on: [push]
jobs:
  lint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: pre-commit/action@v3.0.1
""",
    ".pre-commit-config.yaml": """\
repos:
  - repo: https://github.com/astral-sh/ruff-pre-commit
    rev: v0.14.0
    hooks:
      - id: ruff-check
      - id: ruff-format
""",
    ".editorconfig": "root = true\n\n[*]\nindent_style = space\n",
}

PYPROJECT = """\
[project]
name = "lantern"
version = "1.0"
description = "Shows where the light is"
readme = "README.md"
license = "MIT"
license-files = ["LICENSE.txt"]
requires-python = ">=3.10"
dependencies = ["click>=8.1"]

[dependency-groups]
dev = ["ruff", "tox", "tox-uv"]
tests = ["pytest"]
docs = ["sphinx"]

[build-system]
requires = ["flit_core>=3.11,<4"]
build-backend = "flit_core.buildapi"

[tool.pytest.ini_options]
testpaths = ["tests"]

[tool.tox]
env_list = ["py3.13", "py3.12", "docs"]

[tool.tox.env_run_base]
dependency_groups = ["tests"]
commands = [["pytest", "-v", {replace = "posargs", default = [], extend = true}]]

[tool.tox.env.docs]
dependency_groups = ["docs"]
commands = [["sphinx-build", "-E", "-W", "-b", "dirhtml", "docs", "docs/_build/dirhtml"]]
"""

MODULE = '''\
"""Part {number} of lantern."""

from __future__ import annotations


def brightness(distance: float) -> float:
    """Return how bright lamp {number} is from afar."""
    return {number} / (1 + distance * distance)
'''

TEST = """\
import math

import pytest


@pytest.mark.parametrize("distance", [0, 1, 2])
def test_lamp_{number}_is_never_dark(distance):
    assert {number} / (1 + distance * distance) >= 0


def test_lamp_{number}_fades():
    assert {number} / math.inf == 0
"""


def flask(folder: Path) -> Path:
    """Return a git repository of flask's pinned source distribution; raises OSError or CalledProcessError."""
    wanted = folder / "flask.txt"
    wanted.write_text(FLASK + "\n", encoding="utf-8")
    options = ("--no-deps", "--no-binary=:all:", "--require-hashes", "--quiet", "--dest", str(folder))
    python = environment(folder / "fetching") / "python"  # this one may be without pip
    call(str(python), "-m", "pip", "download", *options, "-r", str(wanted))
    (archive,) = folder.glob("flask-*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder / "unpacked", filter="data")
    (place,) = (folder / "unpacked").iterdir()
    (place / "PKG-INFO").unlink()
    write(place, CHECKOUT)
    return committed(place)


def look_alike(folder: Path) -> Path:
    """Return a git repository of about flask's size, for a machine without a package index."""
    place = folder / "look-alike"
    manual = (
        "# Lantern\n\nShows where the light is.\n\n"
        + "Some words about it.\n\n```sh\npip install lantern\n```\n\n" * 20
    )
    parts = range(24)
    write(place, {
        **CHECKOUT,
        "README.md": manual + "See [how to contribute](CONTRIBUTING.md).\n",
        "LICENSE.txt": "MIT License\n",
        "CHANGES.md": "# Changes\n\n## 1.0\n\nReleased.\n" * 40,
        "pyproject.toml": PYPROJECT,
        "src/lantern/__init__.py": "",
        **{f"src/lantern/part{number}.py": MODULE.format(number=number) for number in parts},
        **{f"tests/test_part{number}.py": TEST.format(number=number) for number in parts},
        **{f"docs/page{number}.md": manual for number in range(80)},
        **{f"examples/example{number}/app.py": MODULE.format(number=number) for number in range(40)},
    })  # fmt: skip
    return committed(place)


def grown(small: Path, place: Path, *, files: int, commits: int) -> Path:
    """Return a checkout of the small repository after so many more commits have added modules, tests and data to it.

    What matters is the small one's; that of twenty added files one is a test and four are data is a guess at what
    large repositories hold.
    """
    git(place.parent, "init", "--quiet", "--initial-branch=main", str(place))
    history = subprocess.Popen(
        ["git", "fast-import", "--quiet"],
        cwd=place,
        stdin=subprocess.PIPE,
    )
    assert history.stdin is not None
    history.stdin.writelines(_commits(small, files, commits))
    history.stdin.close()
    if history.wait():
        raise OSError("git fast-import failed")
    git(place, "reset", "--quiet", "--hard", "main")
    return place


def _commits(small: Path, files: int, commits: int) -> Iterator[bytes]:
    tracked = git(small, "ls-files", "-z").split("\0")[:-1]
    first = {path: (small / path).read_bytes() for path in tracked}
    added = [_added(number) for number in range(files - len(first))]
    share = len(added) / (commits - 1)
    for number in range(commits):
        yield b"commit refs/heads/main\n"
        yield b"committer Ada <ada@example.org> %d +0000\n" % (1_600_000_000 + number * 3600)
        yield b"data 6\nGrow.\n\n"
        now = first if number == 0 else dict(added[round((number - 1) * share) : round(number * share)])
        for path, content in now.items():
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(content), content)
        yield b"\n"


def _added(number: int) -> tuple[str, bytes]:
    folder = f"area{number % 97}/section{number % 11}"
    if number % 20 == 0:
        return f"tests/{folder}/test_part{number}.py", TEST.format(number=number).encode()
    if number % 5 == 1:
        return f"data/{folder}/lamp{number}.csv", b"distance,brightness\n" * (number % 50)
    return f"src/{folder}/part{number}.py", MODULE.format(number=number).encode()


def heavy_readme(folder: Path) -> Path:
    """Return a folder whose README has 100 MB."""
    place = folder / "heavy"
    write(place, {**CHECKOUT, "pyproject.toml": PYPROJECT})
    line = b"A line of a very long document, with `code` and [a link](https://example.org).\n"
    with (place / "README.md").open("wb") as file:
        for _ in range(100):
            file.write(line * (1_000_000 // len(line)))
    return place


def tests_only(folder: Path) -> Path:
    """Return a folder with 500 tests that need nothing but pytest."""
    place = folder / "tests-only"
    text = "import pytest\n\n" + "".join(f"def test_{number}():\n    assert True\n\n" for number in range(25))
    write(place, {"pyproject.toml": "[tool.pytest.ini_options]\ntestpaths = ['tests']\n"})
    write(place, {f"tests/test_part{number}.py": text for number in range(20)})
    return place


def environment(folder: Path, *requirements: str) -> Path:
    """Return the folder of the programs of a new environment; raises CalledProcessError."""
    call(sys.executable, "-m", "venv", str(folder))
    programs = folder / "bin"
    if requirements:
        call(str(programs / "python"), "-m", "pip", "install", "--quiet", *requirements)
    return programs


def write(place: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for path, text in files.items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def committed(place: Path) -> Path:
    """Make a git repository of a folder, with one commit."""
    git(place, "init", "--quiet", "--initial-branch=main")
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "-m", "Begin")
    return place


def git(folder: Path, *arguments: str) -> str:
    """Return what git answers; raises CalledProcessError."""
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false")
    answer = subprocess.run(("git", *identity, *arguments), cwd=folder, check=True, stdout=subprocess.PIPE)
    return answer.stdout.decode()


def call(*command: str) -> None:
    """Run a program, what it says kept from the table; raises CalledProcessError."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
