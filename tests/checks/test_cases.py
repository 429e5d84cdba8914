"""A case is a folder: cases/<CODE>/{pass,fail,skip}/<name>/ is a small repository, and its place says the verdict.

Where a file <name>.json stands beside it, that is what the forge says.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pytest_sprintready import checks, engine
from pytest_sprintready.config import load_settings
from pytest_sprintready.facts import Facts
from pytest_sprintready.forge.model import from_json
from pytest_sprintready.model import Fact, Result, Status
from pytest_sprintready.snapshot import FolderSnapshot

CASES = Path(__file__).parent / "cases"
VERDICTS = {"pass": Status.PASS, "fail": Status.FAIL, "skip": Status.SKIPPED}
FOLDERS = sorted(folder for folder in CASES.glob("*/*/*") if folder.is_dir())
IN_MEMORY = {"SR506", "SR508"}  # test_setup.py: git would act on their .gitattributes, and a folder has no history
FAILING = [folder for folder in FOLDERS if folder.parts[-2] == "fail"]


def judge(folder: Path, code: str) -> Result:
    """Return what one check says of a folder; SR001 judges what reading all facts came across."""
    snapshot = FolderSnapshot(str(folder))
    facts = Facts(snapshot, load_settings(snapshot))
    said = folder.with_name(f"{folder.name}.json")
    if said.exists():
        facts.forge = Fact(from_json(json.loads(said.read_text(encoding="utf-8")), str(said)))
    if code == "SR001":
        facts.published()
    report = engine.run(facts, select=[code])
    (result,) = [result for result in report.results if result.rule.code == code]
    return result


@pytest.mark.parametrize("folder", FOLDERS, ids=["/".join(folder.parts[-3:]) for folder in FOLDERS])
def test_a_case_gets_the_verdict_it_stands_under(folder: Path) -> None:
    code, verdict = folder.parts[-3:-1]
    result = judge(folder, code)
    assert result.status is VERDICTS[verdict], (result.reason, *(finding.message for finding in result.findings))


@pytest.mark.parametrize("folder", FAILING, ids=["/".join(folder.parts[-3:]) for folder in FAILING])
def test_a_failing_case_says_what_to_do(folder: Path) -> None:
    findings = judge(folder, folder.parts[-3]).findings
    assert findings
    for finding in findings:
        assert finding.message.endswith((".", ".)")), finding.message
        assert finding.fix, finding.message


@pytest.mark.parametrize("code", [check.rule.code for check in checks.catalogue() if check.rule.code not in IN_MEMORY])
@pytest.mark.parametrize("verdict", ["pass", "fail"])
def test_every_check_has_a_case_of_each_verdict(code: str, verdict: str) -> None:
    assert any((CASES / code / verdict).glob("*/"))
