"""Our checks in repo-review, with the real program."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready import bridge, checks, engine
from pytest_sprintready.bridge import BridgedCheck, repo_review_checks, repo_review_families
from pytest_sprintready.model import Evidence, Finding, Rule, Severity

if TYPE_CHECKING:
    from pathlib import Path

RULE = Rule("TST001", "a-good-{thing}", Severity.REQUIRED, "The thing is bad", "why", "mend the thing", "source")


@pytest.fixture(autouse=True)
def _no_verdict_is_remembered() -> None:
    bridge._results.cache_clear()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    tmp_path.joinpath("pyproject.toml").write_text(
        '[project]\nname = "x"\nversion = "1"\n[tool.sprintready]\nselect = ["SR101", "SR408", "SR401"]\n'
        '[tool.sprintready.ignore]\nSR401 = "elsewhere"\n'
    )
    tmp_path.joinpath("README.md").write_text("# Example\n")
    tmp_path.joinpath("LICENSE").write_text(
        "MIT License\n\nPermission is hereby granted, free of charge, to any person\n"
    )
    return tmp_path


def judged(monkeypatch: pytest.MonkeyPatch, folder: Path, *found: Finding | Evidence, breaks: bool = False) -> object:
    """Return what repo-review is told of a check that yields this."""

    def run(_: object) -> object:
        if breaks:
            raise KeyError("oops")
        yield from found

    monkeypatch.setattr(engine, "catalogue", lambda: (checks.Check(RULE, run),))  # type: ignore[arg-type]  # a stub
    return BridgedCheck(RULE).check(folder)


def repo_review(folder: Path, *arguments: str) -> dict[str, dict[str, object]]:
    pytest.importorskip("rich", reason="the command line of repo-review is its extra `cli`")
    command = [sys.executable, "-m", "repo_review", str(folder), "--format", "json", *arguments]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    found = json.loads(done.stdout)
    checks_found: dict[str, dict[str, object]] = found.get("checks", found)
    return checks_found


def test_repo_review_shows_our_verdicts_beside_those_of_others(repository: Path) -> None:
    pytest.importorskip("sp_repo_review")
    found = repo_review(repository)
    assert found["SR101"]["result"] is False
    assert found["SR101"]["description"] == "Contributing guide (required)"
    assert "CONTRIBUTING" in str(found["SR101"]["err_msg"])
    assert found["SR408"]["result"] is True
    assert found["SR401"]["result"] is None
    assert "PY001" in found


def test_repo_review_selects_our_checks_by_their_letters(repository: Path) -> None:
    found = repo_review(repository, "--select", "SR")
    assert set(found) == {one.rule.code for one in engine.catalogue()}


def test_repo_review_processes_our_checks(repository: Path) -> None:
    processor = pytest.importorskip("repo_review.processor")
    results = {result.name: result for result in processor.process(repository, select={"SR"}).results}
    assert results["SR101"].result is False
    assert results["SR408"].result is True
    assert results["SR401"].result is None


def test_a_pass_is_true(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert judged(monkeypatch, tmp_path, Evidence("README.md", 1)) is True


def test_a_failure_is_markdown_with_places_and_fix(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    findings = Finding("first", Evidence("README.md", 7), fix="do this\nand that"), Finding("second \x1b[2J")
    assert judged(monkeypatch, tmp_path, *findings) == (
        "The thing is bad.\n- `README.md:7`: first\n- second \\x1b[2J\n\ndo this\nand that\n\nmend the thing"
    )


def test_a_check_that_breaks_asks_to_be_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "please report it: `KeyError: 'oops'" in str(judged(monkeypatch, tmp_path, breaks=True))


def test_a_mistake_in_the_configuration_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("pyproject.toml").write_text("[tool.sprintready]\nselects = []\n")
    assert "unknown key `selects`" in str(BridgedCheck(RULE).check(tmp_path))


def test_a_root_that_is_no_local_folder_is_skipped() -> None:
    assert BridgedCheck(RULE).check(io.StringIO()) is None


def test_braces_in_a_description_survive_repo_reviews_formatting() -> None:
    assert (BridgedCheck(RULE).__doc__ or "").format(self=None) == "A good {thing} (required)"


def test_every_check_has_a_family_that_is_described() -> None:
    families = repo_review_families()
    assert {check.family for check in repo_review_checks().values()} == set(families)
    assert [family["order"] for family in families.values()] == sorted(int(f["order"]) for f in families.values())


def test_a_repository_is_judged_once(monkeypatch: pytest.MonkeyPatch, repository: Path) -> None:
    runs = []

    def run(*arguments: object) -> object:
        runs.append(arguments)
        return original(*arguments)  # type: ignore[arg-type]  # handed through

    original = engine.run
    monkeypatch.setattr(engine, "run", run)
    for check in repo_review_checks().values():
        check.check(repository)
    assert len(runs) == 1
