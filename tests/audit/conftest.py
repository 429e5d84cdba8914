"""A real git server on loopback, and repositories to serve."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.audit.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_FILE = Path(__file__).parents[2] / "benchmarks" / "git_server.py"


def _git_server() -> Any:
    """Return the module, which the benchmarks share."""
    if "git_server" not in sys.modules:
        spec = importlib.util.spec_from_file_location("git_server", _FILE)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules["git_server"] = module
        spec.loader.exec_module(module)
    return sys.modules["git_server"]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Any]:
    """A GitServer of the repositories in a folder `served`."""
    module = _git_server()
    if not module.backend():
        pytest.skip("git-http-backend is not installed here")
    folder = tmp_path / "served"
    folder.mkdir()
    with module.serve(folder) as running:
        yield running


@pytest.fixture
def publish(server: Any, tmp_path: Path, git_environment: None) -> Callable[..., str]:  # noqa: ARG001
    """Commit files to a served repository, made when it is first named; returns the commit."""

    def commit(name: str, files: Mapping[str, str]) -> str:
        bare, work = server.folder / name, tmp_path / "work" / name
        git = ["git", f"--git-dir={bare}", f"--work-tree={work}", "-c", "core.bare=false"]
        work.mkdir(parents=True, exist_ok=True)
        if not bare.exists():
            subprocess.run(["git", "init", "-q", "--bare", "--template=", "-b", "main", str(bare)], check=True)
        for path, text in files.items():
            work.joinpath(path).parent.mkdir(parents=True, exist_ok=True)
            work.joinpath(path).write_text(text, encoding="utf-8")
        for command in (["add", "-A"], ["commit", "-q", "-m", "change"]):
            subprocess.run([*git, *command], check=True)
        found = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
        return found.stdout.strip()

    return commit


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    """A cache of this test's own, loopback allowed."""
    return Sources(str(tmp_path / "cache"), local=True)
