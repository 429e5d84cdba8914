from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.errors import UsageError
from pytest_sprintready.machine.interpreter import ask
from pytest_sprintready.verify import sandbox
from pytest_sprintready.verify.environment import Environment, find_uv

if TYPE_CHECKING:
    from collections.abc import Iterator

# Tiny, so that a test that goes wrong does not take the machine with it.
LIMITS = sandbox.Limits(memory=200 * 2**20, processes=40, file=8 * 2**20, disk=100 * 2**20)


@pytest.fixture(scope="session")
def sandboxed() -> type[sandbox.Sandbox]:
    """The sandbox of this machine; what needs one is skipped where there is none, and says why."""
    if why := sandbox.missing():
        pytest.skip(f"no sandbox on this machine: {why}")
    try:
        find_uv()
    except UsageError as error:
        pytest.skip(str(error))
    return sandbox.Sandbox


@pytest.fixture
def environment(sandboxed: type[sandbox.Sandbox]) -> Iterator[Environment]:
    """An environment with an empty folder in the place of a clone, and with tiny limits."""
    python = ask(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))
    with Environment(sandboxed, [python], limits=LIMITS) as made:
        Path(made.made.src).mkdir()
        made._sandbox.own(made.made.src)
        yield made
