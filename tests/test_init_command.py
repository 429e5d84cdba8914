"""`sprintready init`, as typed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pytest_sprintready import engine
from pytest_sprintready.cli import main
from pytest_sprintready.config import load_settings
from pytest_sprintready.facts import Facts
from pytest_sprintready.reading.loaders import load_toml
from pytest_sprintready.snapshot import open_snapshot

ROOT = Path(__file__).parents[1]
FILES = {
    "pyproject.toml": '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\n'
    'name = "lantern"\nversion = "0.1"\n',
    "README.md": "# Lantern\n",
    "src/lantern/__init__.py": "def lit():\n    return True\n",
    "tests/test_lit.py": "from lantern import lit\n\n\ndef test_lit():\n    assert lit()\n",
}
ANSWERS = (
    "lead=Ada Lovelace",
    "contact=https://chat.lantern.dev/sprint",
    "conduct-contact=ada@lantern.dev",
    "licence=MIT",
    "copyright=Ada Lovelace",
)
ANSWERED = [word for answer in ANSWERS for word in ("--answer", answer)]


def git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def project(tmp_path: Path, git_environment: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package nobody has prepared for anything: source, one test, a README of one line."""
    del git_environment
    root = tmp_path / "lantern"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    git(root, "init", "--quiet")
    git(root, "remote", "add", "origin", "https://github.com/lantern/lantern")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "begin")
    monkeypatch.chdir(root)
    return root


def test_plugin_hooks_and_configuration_are_added(project: Path) -> None:
    main(["init", *ANSWERED])
    declared = load_toml("pyproject.toml", (project / "pyproject.toml").read_text(encoding="utf-8"))
    assert declared["dependency-groups"] == {"test": ["pytest", "pytest-sprintready"]}
    assert declared["tool"]["sprintready"]["sprint"]["lead"] == "Ada Lovelace"
    hooks = yaml.safe_load((project / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks["repos"][0]["hooks"]]


def test_the_hooks_that_are_added_exist(project: Path) -> None:
    main(["init"])
    hooks = yaml.safe_load((project / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in hooks} <= {hook["id"] for hook in offered}


def test_hooks_join_those_there_are_and_comments_stay(project: Path) -> None:
    config = "# our hooks\nrepos:\n-   repo: https://github.com/astral-sh/ruff-pre-commit\n    rev: v0.14.0  # pinned\n    hooks:\n    -   id: ruff\n"
    (project / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "hooks")
    main(["init"])
    written = (project / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert written.startswith(config)
    assert len(yaml.safe_load(written)["repos"]) == 2


def test_a_dry_run_writes_nothing_and_shows_the_diff(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--dry-run", *ANSWERED]) == 0
    assert '+test = ["pytest", "pytest-sprintready"]' in capsys.readouterr().out
    assert git(project, "status", "--porcelain") == ""


def test_a_second_init_changes_nothing(project: Path) -> None:
    main(["init", *ANSWERED])
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "begun")
    main(["init", *ANSWERED])
    assert git(project, "status", "--porcelain") == ""


def test_what_nobody_answered_is_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["init", "--no-input"])
    assert "--answer lead=..." in capsys.readouterr().err
    assert "[tool.sprintready" not in (project / "pyproject.toml").read_text(encoding="utf-8")


def test_init_and_fix_make_an_empty_package_ready_in_one_go(project: Path) -> None:
    assert main(["init", "--fix", *ANSWERED]) == 0
    with open_snapshot(project) as snapshot:
        assert engine.run(Facts(snapshot, load_settings(snapshot))).ready


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the written commands activate the environment as a Unix shell does")
def test_the_commands_written_for_an_empty_package_work_in_a_fresh_clone(project: Path, tmp_path: Path) -> None:
    """Type what the new guide says, in a clone, with a home and an environment of their own."""
    main(["init", "--fix", *ANSWERED])
    git(project, "add", ".")
    git(project, "commit", "--quiet", "-m", "ready")
    clone, home, wheels = tmp_path / "clone", tmp_path / "home", tmp_path / "wheels"
    git(tmp_path, "clone", "--quiet", str(project), str(clone))
    home.mkdir()
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(wheels), str(ROOT)]
    uv = ["uv", "build", "--quiet", "--wheel", "--out-dir", str(wheels), str(ROOT)]
    subprocess.run(uv if _has_uv() else build, check=True, timeout=300)
    with open_snapshot(clone) as snapshot:
        facts = Facts(snapshot, load_settings(snapshot))
        typed = [*facts.setup_commands.value, *facts.test_commands.value]
    assert typed[0] == "python -m venv .venv"
    assert typed[-1] == "pytest"
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "PIP_FIND_LINKS": str(wheels),  # the plugin as it is here, not as it was published
    }
    environment |= {name: value for name, value in os.environ.items() if name.startswith(("PIP_INDEX", "SSL_"))}
    done = subprocess.run(
        ["bash", "-c", "set -e\n" + "\n".join(typed)],
        cwd=clone, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed" in done.stdout


def _has_uv() -> bool:
    from shutil import which

    return which("uv") is not None
