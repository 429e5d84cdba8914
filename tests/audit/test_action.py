"""The GitHub Action: its audit step, typed by a shell as the runner does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]


def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return loaded


def test_expressions_are_never_put_into_a_script() -> None:
    for step in action()["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_example_names_inputs_that_exist() -> None:
    workflow = yaml.safe_load((ROOT / "examples" / "workflow.yml").read_text(encoding="utf-8"))
    (used,) = [step for step in workflow["jobs"]["audit"]["steps"] if "pytest-sprintready" in step["uses"]]
    assert set(used["with"]) <= set(action()["inputs"])
    assert workflow["permissions"] == {"contents": "read"}


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(("projects", "code"), [("lantern", 0), ("lantern gone", 0), ("", 2)])
def test_the_audit_step_fails_only_where_there_is_no_audit(tmp_path: Path, projects: str, code: int) -> None:
    tmp_path.joinpath("lantern").mkdir()
    tmp_path.joinpath("lantern", "README.md").write_text("# Lantern\n")
    tmp_path.joinpath("sprint.toml").write_text("".join(f'[[project]]\npath = "{name}"\n' for name in projects.split()))
    (step,) = [step for step in action()["runs"]["steps"] if step.get("id") == "audit"]
    environment: Mapping[str, str] = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "MANIFEST": "sprint.toml",
        "ARGUMENTS": "--jobs 1",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    if code == 0:
        assert (
            tmp_path.joinpath("output").read_text() == "store=sprintready-store/sprint.sqlite\nsite=sprintready-site\n"
        )
        assert tmp_path.joinpath("sprintready-store/sprint.sqlite").exists()
        assert "lantern" in tmp_path.joinpath("sprintready-site/index.html").read_text(encoding="utf-8")
        assert "lantern" in tmp_path.joinpath("summary").read_text()
        assert tmp_path.joinpath("sprint.csv").read_text().startswith("project,")
