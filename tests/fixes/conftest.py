"""What the tests of fixes share: small repositories, in memory and on disk under git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.fixes.encoding import encoded
from pytest_sprintready.fixes.planning import plan
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.snapshot.overlay import OverlaySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from pytest_sprintready.fixes.model import Plan
    from pytest_sprintready.snapshot import Snapshot

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "lantern"
version = "1.0"
requires-python = ">=3.10"

[project.urls]
Source = "https://github.com/lantern/lantern"

[dependency-groups]
test = ["pytest"]
"""
PACKAGE = {
    "pyproject.toml": PYPROJECT,
    "README.md": "# Lantern\n\nKeeps a light on.\n\n## License\n\nMIT.\n",
    "src/lantern/__init__.py": "",
    "tests/test_light.py": "def test_light():\n    pass\n",
}


@pytest.fixture
def package() -> dict[str, str]:
    """A small package: files by path."""
    return dict(PACKAGE)


@pytest.fixture
def planned() -> Callable[..., Plan]:
    """Plan for files given by path."""

    def planned(files: Mapping[str, str | bytes], **options: object) -> Plan:
        return plan(MemorySnapshot(files), **options)  # type: ignore[arg-type]

    return planned


@pytest.fixture
def mended() -> Callable[[Snapshot, Plan], OverlaySnapshot]:
    """Return the repository as a plan would leave it."""

    def mended(snapshot: Snapshot, plan: Plan) -> OverlaySnapshot:
        changed = {
            edit.path: encoded(edit.path, None if edit.old is None else snapshot.read_bytes(edit.path), edit.new)
            for edit in plan.edits
        }
        return OverlaySnapshot(snapshot, changed)

    return mended


@pytest.fixture
def git(git_environment: None) -> Callable[..., str]:
    """Run git in a folder and return its output."""
    del git_environment

    def git(folder: Path, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
        return done.stdout

    return git


@pytest.fixture
def repository(tmp_path: Path, git: Callable[..., str], package: dict[str, str]) -> Path:
    """A git repository on disk with the small package committed."""
    root = tmp_path / "lantern"
    for path, text in package.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "begin")
    return root
