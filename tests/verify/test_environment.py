"""The place in which a project is tried: what it keeps from the machine, and what is left of it afterwards."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.outcome import Run

if TYPE_CHECKING:
    from pytest_sprintready.verify.environment import Environment


def set_up(environment: Environment, command: str) -> Run:
    return environment.run(Run(command, "setup", "documented"), seconds=120, network=False)


@pytest.mark.parametrize(
    "command",
    [
        "sudo ldconfig",
        "sudo -E service postgresql start",
        "sudo -u postgres createdb lantern",
        "echo '127.0.0.1 lantern' | sudo tee -a /etc/hosts",
    ],
)
def test_a_step_for_the_system_is_listed_and_left_out(environment: Environment, command: str) -> None:
    assert set_up(environment, command).exit_code == 0
    (listed,) = environment.system_packages_asked()
    assert listed == command.partition("| ")[2] or listed == command


def test_system_packages_are_listed_once_with_and_without_sudo(environment: Environment) -> None:
    assert set_up(environment, "sudo apt-get update && sudo apt-get install -y libxml2-dev").exit_code == 0
    assert environment.system_packages_asked() == ("apt-get install -y libxml2-dev",)


def test_what_sudo_need_not_start_is_done_without_it(environment: Environment) -> None:
    assert set_up(environment, "sudo mkdir made").exit_code == 0
    assert Path(environment.made.src, "made").is_dir()
    assert environment.system_packages_asked() == ()


def test_a_tool_of_python_fails_with_sudo_as_without(environment: Environment) -> None:
    version = next(Path(environment.folder, "pythons").iterdir()).name
    assert set_up(environment, f"sudo {version} -c 'raise SystemExit(3)'").exit_code == 3


def test_what_a_command_exports_is_kept_and_what_is_set_for_it_alone_is_not(environment: Environment) -> None:
    run = Run("export LAMP=lit; set -- a b", "setup", "documented")
    environment.run(run, seconds=120, network=False, variables={"PYTEST_ADDOPTS": "-s", "WICK": "trimmed"})
    told = set_up(environment, "env").log
    assert "LAMP=lit" in told
    assert not {"PYTEST_ADDOPTS", "WICK"} & {line.partition("=")[0] for line in told.splitlines()}


def test_the_machine_knows_its_own_name(environment: Environment) -> None:
    name = next(Path(environment.folder, "pythons").iterdir()).name
    done = set_up(environment, f"{name} -c 'import socket; print(socket.gethostbyname(socket.gethostname()))'")
    assert done.log.strip().startswith("127."), done.log


def test_nothing_is_set_that_changes_what_tests_of_output_see(environment: Environment) -> None:
    tests = environment.run(Run("env", "test", "documented"), seconds=120, network=False)
    assert not {"NO_COLOR", "FORCE_COLOR", "CI", "XDG_CACHE_HOME"} & {
        line.partition("=")[0] for line in tests.log.splitlines()
    }


def test_who_makes_an_environment_with_uv_leaves_ours(environment: Environment) -> None:
    name = next(Path(environment.folder, "pythons").iterdir()).name
    assert set_up(environment, "echo $VIRTUAL_ENV").log.strip() == environment.made.venv
    assert set_up(environment, f"uv venv --python {name}").exit_code == 0
    assert set_up(environment, "echo ${VIRTUAL_ENV-none}").log.strip() == "none"


def test_the_environment_is_made_without_the_settings_of_the_project(environment: Environment) -> None:
    python = next(iter(environment._pythons))
    asked: list[str] = []

    def noted(run: Run, **given: Any) -> Run:
        asked.append(given["folder"])
        return run._replace(exit_code=0)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(environment, "run", noted)
        environment.make_venv(python, seconds=30)
    assert asked == [environment.made.home]
    assert set_up(environment, "pwd").log.strip() == environment.made.src


def test_what_was_kept_is_entered_by_the_command_that_is_told(environment: Environment) -> None:
    shell = subprocess.run([environment.how_to_enter()], input="pwd\n", capture_output=True, text=True, check=True)
    assert shell.stdout == f"{environment.made.src}\n"


def test_the_folder_above_keeps_its_modes_when_something_cannot_be_removed(
    environment: Environment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    above = tmp_path / "above"
    above.mkdir(mode=0o777)
    above.chmod(0o777)
    (above / "trial").mkdir()

    def refused(*_: object, **__: object) -> None:  # somebody is still writing into it
        raise OSError(39, "Directory not empty")

    with monkeypatch.context() as patched:
        patched.setattr(environment, "folder", str(above / "trial"))
        patched.setattr(os, "rmdir", refused)
        environment._remove()
    assert above.stat().st_mode & 0o777 == 0o777
