from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.outcome import Verdict
from pytest_sprintready.verify.attempt import Clock, follow
from pytest_sprintready.verify.foreign import failed_for, reached
from pytest_sprintready.verify.plan import Plan, Step

if TYPE_CHECKING:
    from pytest_sprintready.verify.environment import Environment


@pytest.mark.parametrize(
    ("log", "program"),
    [
        ("bash: line 1: conda: command not found", "conda"),
        ("/bin/sh: 1: docker: not found\nmake: *** [Makefile:2: test] Error 127", "docker"),
        ("docker: unknown command: docker compose\n\nRun 'docker --help' for more information", "docker"),
        ("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?", "docker"),
        ("FileNotFoundError: [Errno 2] No such file or directory: 'docker-compose'", "docker-compose"),
        ("make: pixi: No such file or directory", "pixi"),
        ("ModuleNotFoundError: No module named 'docker'", ""),
        ("tests/docker/test_a.py: not found", ""),
        ("ERROR: file or directory not found: conda", ""),
    ],
)
def test_what_a_task_failed_for_is_told_by_its_output(log: str, program: str) -> None:
    assert failed_for(log) == program


def test_containers_are_out_of_reach_of_a_sandbox_whatever_is_installed() -> None:
    assert not reached("docker", there=True, sandboxed=True)
    assert reached("docker", there=True, sandboxed=False)
    assert not reached("conda", there=False, sandboxed=False)
    assert reached("make", there=False, sandboxed=True)


@pytest.mark.parametrize("command", ["docker compose run web pytest", "conda env create", "pixi run test"])
def test_a_step_that_needs_one_is_unsupported_with_the_reason(environment: Environment, command: str) -> None:
    step = Step(command, "setup", "documented")
    attempt = follow(Plan("documented", (step,)), environment, Clock(lambda: 20.0), variables={})
    assert attempt.verdict is Verdict.UNSUPPORTED
    assert f"`{command}` needs {command.split(maxsplit=1)[0]}, " in attempt.cause
