"""The pre-commit hooks: what wakes them, what they say, and that their manifest is made of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pytest_sprintready import checks, engine
from pytest_sprintready.model import Evidence, Finding, Rule, Severity, SkipCheck
from pytest_sprintready.reading.loaders import load_toml
from sprintready_hooks._hook import Hook
from sprintready_hooks._manifest import hooks, manifest

ROOT = Path(__file__).parents[2]
MANIFEST = {entry["id"]: entry for entry in yaml.safe_load(manifest())}

OWN = Hook("own-check", "n", "d", select=("TST",), files=())


def add(monkeypatch: pytest.MonkeyPatch, name: str, severity: Severity, *found: Finding | Exception) -> None:
    """Add a check that yields or raises this to an otherwise empty catalogue."""

    def run(_: object) -> object:
        for one in found:
            if isinstance(one, Exception):
                raise one
            yield one

    rule = Rule(f"TST{len(engine.catalogue()):03}", name, severity, "title", "why", "the general fix", "source")
    known = (*engine.catalogue(), checks.Check(rule, run))  # type: ignore[arg-type]  # a stub
    monkeypatch.setattr(engine, "catalogue", lambda: known)


@pytest.fixture(autouse=True)
def _an_empty_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(engine, "catalogue", tuple)


# The manifest ---------------------------------------------------------------------------------------------------------


def test_the_committed_manifest_is_what_the_modules_make() -> None:
    assert ROOT.joinpath(".pre-commit-hooks.yaml").read_text(encoding="utf-8") == manifest()


def test_the_module_prints_the_manifest() -> None:
    command = [sys.executable, "-m", "sprintready_hooks"]
    assert subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout == manifest()


def test_the_promised_hooks_are_there() -> None:
    promised = {"contributor-docs", "single-test-command", "beginner-labels", "documented-commands", "sprint-ready"}
    assert set(MANIFEST) == promised


def test_every_hook_is_a_console_script_of_the_package() -> None:
    scripts = load_toml("", ROOT.joinpath("pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    for hook in hooks():
        assert scripts[hook.script] == f"sprintready_hooks.{hook.id.replace('-', '_')}:main"


def test_every_hook_selects_checks_that_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    from pytest_sprintready.config import Settings

    monkeypatch.undo()
    for hook in hooks():
        chosen, _ = engine.choose(Settings(), select=hook.select, ignore=hook.ignore)
        assert any(one.rule.severity is Severity.REQUIRED or one.rule.name == hook.id for one in chosen), hook.id


def test_no_hook_takes_file_names_or_runs_beside_itself() -> None:
    for entry in MANIFEST.values():
        assert entry["language"] == "python"
        assert entry["pass_filenames"] is False
        assert entry["require_serial"] is True
        assert entry["stages"] == ["pre-commit", "pre-push", "manual"]


@pytest.mark.parametrize(
    ("path", "woken"),
    [
        ("CONTRIBUTING.md", "all"),
        ("README", "all"),
        ("docs/dev/testing.rst", "all"),
        (
            ".github/ISSUE_TEMPLATE/bug.yml",
            {"beginner-labels", "documented-commands", "single-test-command", "sprint-ready"},
        ),
        ("pyproject.toml", "all"),
        ("labels.json", {"beginner-labels"}),
        ("tox.ini", {"documented-commands", "single-test-command", "sprint-ready"}),
        ("noxfile.py", {"documented-commands", "single-test-command", "sprint-ready"}),
        ("Makefile", {"documented-commands", "single-test-command", "sprint-ready"}),
        ("scripts/test", {"documented-commands", "single-test-command", "sprint-ready"}),
        ("LICENSE", "all"),
        ("src/package/module.py", set()),
        ("tests/test_readme.py", {"sprint-ready"}),
        ("logo.png", set()),
    ],
)
def test_a_hook_wakes_for_the_files_it_reads(path: str, woken: set[str] | str) -> None:
    found = {name for name, entry in MANIFEST.items() if re.search(entry["files"], path)}
    assert found == (set(MANIFEST) if woken == "all" else woken)


# What they say --------------------------------------------------------------------------------------------------------


def test_nothing_is_said_where_nothing_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(monkeypatch, "good", Severity.REQUIRED)
    add(monkeypatch, "unknown", Severity.REQUIRED, SkipCheck("no file can tell"))
    assert OWN.run() == 0
    assert capsys.readouterr() == ("", "")


def test_a_required_check_that_fails_shows_place_and_fix(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = Finding("bad \x1b", Evidence("README.md", 3), fix="do this\nand that"), Finding("worse")
    add(monkeypatch, "bad", Severity.REQUIRED, *findings)
    assert OWN.run() == 1
    assert capsys.readouterr().err == (
        "README.md:3: TST000 bad \\x1b\nTST000 worse\n    fix: do this\n         and that\n    fix: the general fix\n"
    )


def test_advice_stops_no_commit(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    add(monkeypatch, "advised", Severity.RECOMMENDED, Finding("it would be nice"))
    assert OWN.run() == 0
    assert capsys.readouterr().err == ""


def test_the_check_a_hook_is_named_for_stops_a_commit_whatever_its_severity(monkeypatch: pytest.MonkeyPatch) -> None:
    add(monkeypatch, "own-check", Severity.OPTIONAL, Finding("bad"))
    assert OWN.run() == 1


def test_a_check_that_a_hook_adds_stops_a_commit_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    add(monkeypatch, "advised", Severity.RECOMMENDED, Finding("a label that nobody defines"))
    assert OWN._replace(also=("TST999",)).run() == 0
    code = engine.catalogue()[-1].rule.code
    assert OWN._replace(also=(code,)).run() == 1


def test_a_check_that_breaks_asks_to_be_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(monkeypatch, "broken", Severity.REQUIRED, KeyError("oops"))
    assert OWN.run() == 1
    assert "TST000 broken: this check broke, please report it: KeyError" in capsys.readouterr().err


def test_what_the_project_ignores_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    add(monkeypatch, "bad", Severity.REQUIRED, Finding("bad"))
    tmp_path.joinpath("sprintready.toml").write_text('ignore = ["bad"]\n')
    assert OWN.run() == 0


def test_a_mistake_in_the_configuration_is_one_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.joinpath("sprintready.toml").write_text("ignores = []\n")
    assert OWN.run() == 2
    assert "sprintready.toml:1: unknown key `ignores`" in capsys.readouterr().err


def test_a_module_of_the_checked_repository_is_never_imported(tmp_path: Path) -> None:
    script = shutil.which("sprintready-hook-beginner-labels", path=str(Path(sys.executable).parent))
    if script is None:
        pytest.skip("the package was installed before it had hooks")
    for name in ("enum.py", "yaml.py", "packaging.py", "pytest_sprintready.py"):
        tmp_path.joinpath(name).write_text("raise SystemExit(77)\n")
    done = subprocess.run([script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "SR301" in done.stderr


# With the programs that run them --------------------------------------------------------------------------------------

GUIDE = """# Contributing

Set up with `python -m pip install -e . --group dev`, then run the tests:

```console
$ python -m pip install -e . --group dev
$ pytest
```

Fork the repository, create a branch, and open a pull request.
New here? Take an issue labelled "good first issue". Questions? Ask in the discussions:
https://github.com/example/example/discussions
"""


@pytest.mark.slow
@pytest.mark.parametrize("program", ["prek", "pre-commit"])
def test_a_commit_hook_passes_fails_and_sleeps(
    program: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    git_environment: None,  # noqa: ARG001
) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PREK_HOME", str(tmp_path / "cache"))
    source, project = tmp_path / "source", tmp_path / "project"
    # A clone of the work tree as it is: what is not committed yet is tested as well.
    ignored = shutil.ignore_patterns(".git", ".*_cache", "__pycache__", ".nox", ".venv")
    shutil.copytree(ROOT, source, ignore=ignored, ignore_dangling_symlinks=True)
    commit(source)
    project.mkdir()
    guide = project / "CONTRIBUTING.md"
    guide.write_text(GUIDE)
    project.joinpath("README.md").write_text("# Example\n\nSee [how to contribute](CONTRIBUTING.md).\n")
    project.joinpath("pyproject.toml").write_text(
        '[project]\nname = "example"\nversion = "1"\n[dependency-groups]\ndev = ["pytest"]\n'
    )
    project.joinpath("module.py").write_text("")
    project.joinpath("test_module.py").write_text("import pytest\n\ndef test_module():\n    import module\n")
    commit(project)

    def hook(*files: str) -> subprocess.CompletedProcess[str]:
        command = [
            sys.executable,
            "-m",
            program.replace("-", "_"),
            "try-repo",
            str(source),
            "contributor-docs",
            "--files",
        ]
        return subprocess.run([*command, *files], cwd=project, capture_output=True, encoding="utf-8", check=False)

    assert "Passed" in hook("CONTRIBUTING.md").stdout
    guide.write_text(GUIDE.replace("$ pytest\n", "").replace("run the tests", "go"))
    commit(project)
    assert "no files to check" in hook("module.py").stdout
    failed = hook("CONTRIBUTING.md")
    assert failed.returncode == 1
    assert "SR105" in failed.stdout
    assert "fix:" in failed.stdout


def commit(folder: Path) -> None:
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "as it is"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
