"""What a plan keeps its hands off, and how it treats what other people's files are like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.facts import Facts
from pytest_sprintready.fixes.model import Edit, Fix
from pytest_sprintready.fixes.planning import harm, plan
from pytest_sprintready.fixes.safeguards import reason_to_leave
from pytest_sprintready.model import Finding, Report, Result, Rule, Severity, Status
from pytest_sprintready.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.fixes.model import Plan
    from pytest_sprintready.snapshot import Snapshot
    from pytest_sprintready.snapshot.overlay import OverlaySnapshot

    Mended = Callable[[Snapshot, Plan], OverlaySnapshot]

README = "# Lantern\n\nKeeps a caf\xe9 lit.\n"


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("latin-1"),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.replace("Keeps", "\tKeeps").encode(),
    ],
    ids=["Windows lines", "byte order mark", "latin-1", "no final line end", "tabs"],
)
def test_what_was_there_stays_as_it_was_written(
    package: dict[str, str], encode: Callable[[str], bytes], mended: Mended
) -> None:
    before = encode(README)
    snapshot = MemorySnapshot({**package, "README.md": before})
    after = mended(snapshot, plan(snapshot)).read_bytes("README.md")
    assert after.startswith(before)
    assert b"CONTRIBUTING.md" in after
    assert (b"\r\n" in after) == (b"\r\n" in before)
    assert after.count(b"\n") == after.count(b"\r\n") or b"\r\n" not in before


def test_a_link_inside_the_repository_is_followed_to_the_file(package: dict[str, str]) -> None:
    package["docs/contributing.md"] = "# Contributing\n\nRun the tests:\n\n```sh\npytest\n```\n"
    snapshot = MemorySnapshot(package, links={"CONTRIBUTING.md": "docs/contributing.md"})
    paths = [edit.path for edit in plan(snapshot).edits]
    assert "docs/contributing.md" in paths
    assert "CONTRIBUTING.md" not in paths


def test_a_link_out_of_the_repository_is_left_alone(package: dict[str, str]) -> None:
    snapshot = MemorySnapshot(package, links={"CONTRIBUTING.md": "../elsewhere.md"})
    assert "CONTRIBUTING.md" not in [edit.path for edit in plan(snapshot).edits]


def test_a_file_of_a_submodule_is_left_alone(package: dict[str, str]) -> None:
    package[".gitmodules"] = '[submodule "docs"]\n\tpath = docs\n\turl = https://a.example\n'
    snapshot = MemorySnapshot(package)
    assert "submodule" in reason_to_leave(snapshot, Edit("docs/contributing.md", None, "x"))


def test_a_name_that_differs_only_in_capitals_is_taken(package: dict[str, str]) -> None:
    package["contributing.MD"] = "x"
    assert "second contributing.MD" in reason_to_leave(MemorySnapshot(package), Edit("CONTRIBUTING.md", None, "x"))


def test_a_folder_that_is_a_file_is_told_of(package: dict[str, str]) -> None:
    package[".github"] = "x"
    assert ".github is a file" in reason_to_leave(MemorySnapshot(package), Edit(".github/labels.yml", None, "x"))


def test_a_file_that_may_not_be_touched_costs_only_its_own_fix(package: dict[str, str]) -> None:
    found = plan(MemorySnapshot(package), refuses=lambda edit: "is read-only" if edit.path == "README.md" else "")
    assert [edit.path for edit in found.edits if edit.path == "README.md"] == []
    assert "CONTRIBUTING.md" in [edit.path for edit in found.edits]
    assert any(each.code == "SR102" and "is read-only" in each.reason and each.paste for each in found.left)


@pytest.mark.parametrize(
    ("tox", "before", "after"),
    [
        ("check-manifest", "include README.md\ngraft src\n", "include README.md\ninclude CONTRIBUTING.md\ngraft src\n"),
        ("check-manifest", "include *.md\ngraft src\n", "include *.md\ngraft src\n"),
        ("", "include README.md\n", "include README.md\n"),
    ],
    ids=["checked", "listed already", "not checked"],
)
def test_a_new_file_is_listed_where_the_project_checks_the_list(
    package: dict[str, str], mended: Mended, tox: str, before: str, after: str
) -> None:
    snapshot = MemorySnapshot({**package, "MANIFEST.in": before, "tox.ini": f"[testenv:lint]\ncommands = {tox}\n"})
    assert mended(snapshot, plan(snapshot, select=["SR101"])).read("MANIFEST.in") == after


def test_a_repository_with_nothing_to_mend_gets_an_empty_plan() -> None:
    snapshot = MemorySnapshot({"README.md": README})
    assert plan(snapshot, select=["SR001"]).fixes == ()


def test_the_facts_of_what_is_written_are_those_that_are_judged(package: dict[str, str], mended: Mended) -> None:
    snapshot = MemorySnapshot(package)
    after = Facts(mended(snapshot, plan(snapshot)))
    assert after.contributing.value == ("CONTRIBUTING.md",)
    assert after.test_commands.value == ("pytest",)


def result(code: str, status: Status, *, reason: str = "", severity: Severity = Severity.RECOMMENDED) -> Result:
    found = (Finding("is missing"),) if status is Status.FAIL else ()
    return Result(Rule(code, code.lower(), severity, "", "", "", ""), status, found, reason=reason)


@pytest.mark.parametrize(
    ("before", "after", "harmful"),
    [
        (result("SR202", Status.PASS), result("SR202", Status.FAIL), True),
        (result("SR202", Status.PASS), result("SR202", Status.ERROR), True),
        (result("SR202", Status.PASS), result("SR202", Status.SKIPPED), False),
        (
            result("SR202", Status.PASS, severity=Severity.REQUIRED),
            result("SR202", Status.SKIPPED, severity=Severity.REQUIRED),
            True,
        ),
        (result("SR202", Status.FAIL), result("SR202", Status.FAIL), False),
        (result("SR202", Status.SKIPPED, reason="not configured"), result("SR202", Status.FAIL), True),
        (result("SR202", Status.SKIPPED, reason="no guide (SR101)"), result("SR202", Status.FAIL), False),
        (result("SR202", Status.SKIPPED, reason="no tests (SR211)"), result("SR202", Status.FAIL), True),
    ],
)
def test_harm_is_what_was_well_and_is_no_more(before: Result, after: Result, harmful: bool) -> None:
    fixes = [Fix("SR101", "write a guide", ())]
    old = Report("x", results=(result("SR101", Status.FAIL), before))
    new = Report("x", results=(result("SR101", Status.PASS), after))
    assert bool(harm(old, new, fixes)) == harmful


def test_a_fix_that_does_not_mend_what_it_says_is_harm() -> None:
    report = Report("x", results=(result("SR101", Status.FAIL),))
    assert "SR101 would still not pass" in harm(report, report, [Fix("SR101", "write a guide", ())])
