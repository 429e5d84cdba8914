"""What every test file may use."""

from __future__ import annotations

import gc
import os
import signal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest_plugins = ["pytester"]


# A loaded machine takes its time over any example.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell without job control has what runs in the background ignore Ctrl-C, and every process of a test after it.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def git_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make git know nothing of this machine: no configuration, no surrounding repository, a fixed author."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    empty = tmp_path / "gitconfig"
    empty.touch()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(empty))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A Newcomer")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "newcomer@example.org")
        monkeypatch.setenv(f"GIT_{role}_DATE", "2026-01-02T03:04:05+00:00")


@pytest.fixture
def shallow_collection() -> Iterator[None]:
    """Let no garbage be collected at the deepest of frames, where what others left has no room to be finished."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
