"""What an audit asks beyond files: issues of a forge on loopback, and verification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.audit import deeper
from pytest_sprintready.audit.judging import Row
from pytest_sprintready.audit.manifest import Manifest, Project, Sprint
from pytest_sprintready.audit.results import ProjectResult
from pytest_sprintready.audit.run import Options, run_audit
from pytest_sprintready.audit.sources import Sources, open_project
from pytest_sprintready.audit.store import Store
from pytest_sprintready.errors import ForgeError, RepositoryError, UsageError
from pytest_sprintready.forge import Options as Asking
from pytest_sprintready.forge.model import ForgeData, Issue, Repository
from pytest_sprintready.model import Report
from pytest_sprintready.outcome import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytest_sprintready.forge import Place, Wanted


NOWHERE = Sources("", local=False)


def row(name: str, web: str = "", position: int = 0) -> Row:
    return Row(position, ProjectResult(Project(name, url="https://1.1.1.1/a/b"), Report(name, facts={}), web=web))


def test_a_project_without_a_forge_says_so() -> None:
    rows = list(
        deeper.with_issues(
            [row("lantern"), row("candle", "https://unknown.example/a/b", 1)], Asking(cache=False), NOWHERE
        )
    )
    assert [each.position for each in rows] == [0, 1]
    assert [each.result.issues for each in rows] == [(), ()]
    assert rows[0].result.issues_problem == "its address names no forge"
    assert "what kind of forge" in rows[1].result.issues_problem


def test_a_forge_whose_name_does_not_tell_is_of_the_kind_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def ask_all(places: Any, *_: object) -> dict[Place, Any]:
        asked.extend((place.forge, place.host) for place in places)
        return {place: ForgeError("closed") for place in places}

    monkeypatch.setattr("pytest_sprintready.forge.ask_all", ask_all)
    rows = [row("candle", "https://git.example.org/a/b"), row("lantern", "https://github.com/a/b", 1)]
    assert [each.result.issues_problem for each in deeper.with_issues(rows, Asking(kind="gitea"), NOWHERE)] == [
        "closed"
    ] * 2
    assert asked == [("gitea", "git.example.org"), ("github", "github.com")]


def test_forges_are_asked_many_at_once_and_their_issues_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    # How forges are asked is held by the tests of that room; here they would have to speak https.
    asked: list[tuple[list[str], tuple[str, ...]]] = []

    def ask_all(places: Any, _: Asking, want: Wanted) -> dict[Place, Any]:
        asked.append(([place.name for place in places], want.beginner_labels))
        issue = Issue(1, "Mend the link", "https://github.com/a/b/issues/1", assignees=("Ada",))
        data = ForgeData(Repository(), issues=(issue,), problems=("labels: too slow",))
        return {
            place: ForgeError("there is no such repository") if place.name == "a/gone" else data for place in places
        }

    monkeypatch.setattr("pytest_sprintready.forge.ask_all", ask_all)
    monkeypatch.setattr(deeper, "TOGETHER", 2)
    names = ("lantern", "gone", "candle")
    rows = [row(name, f"https://github.com/a/{name}", at) for at, name in enumerate(names)]
    found = list(deeper.with_issues(rows, Asking(), NOWHERE))
    assert asked == [(["a/lantern", "a/gone"], ()), (["a/candle"], ())]
    lantern, gone, candle = (each.result for each in found)
    assert lantern.issues == candle.issues
    assert lantern.issues
    assert lantern.issues[0].verdict.readiness == "not-now"
    assert lantern.issues_problem == "labels: too slow"
    assert (gone.issues, gone.issues_problem) == ((), "there is no such repository")


def judged_issues(
    project: Project, revision: str, sources: Sources, monkeypatch: pytest.MonkeyPatch, *places: str
) -> list[list[str]]:
    """Return for each place why an issue that sends a newcomer there is not yet good, at a commit that was audited."""
    issues = tuple(
        Issue(number, f"Mend the spelling in {place}", f"https://github.com/a/b/issues/{number}", body=f"See {place}.")
        for number, place in enumerate(places, 1)
    )
    data = ForgeData(Repository(), issues=issues)
    monkeypatch.setattr("pytest_sprintready.forge.ask_all", lambda places, *_: dict.fromkeys(places, data))
    report = Report(project.name, revision, facts={})
    asked = Row(0, ProjectResult(project, report, web="https://github.com/a/b"), f"x:{revision}" if revision else "")
    (found,) = deeper.with_issues([asked], Asking(), sources)
    by_number = {each.issue.number: each.verdict for each in found.result.issues or ()}
    return [[reason.code for reason in by_number[at].reasons] for at in range(1, len(places) + 1)]


def test_a_file_that_an_issue_names_is_looked_for_in_the_commit_that_was_audited(
    server: Any, publish: Callable[..., str], sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    audited = publish("lantern", {"docs/oil.md": "oil"})
    project = Project("lantern", url=f"{server.url}/lantern")
    open_project(project, sources).close()
    publish("lantern", {"docs/wick.md": "wick"})
    asked = len(server.log)
    oil, wick = judged_issues(project, audited, sources, monkeypatch, "docs/oil.md", "docs/wick.md")
    assert "place-gone" not in oil
    assert "place-gone" in wick
    assert len(server.log) == asked, "what the audit fetched is enough"


def test_a_file_that_an_issue_names_is_looked_for_in_a_folder_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.joinpath("oil.md").write_text("oil")
    oil, wick = judged_issues(Project("x", path=str(tmp_path)), "", NOWHERE, monkeypatch, "oil.md", "wick.md")
    assert ("place-gone" in oil, "place-gone" in wick) == (False, True)


def test_no_file_is_called_missing_where_the_files_cannot_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (gone,) = judged_issues(Project("x", path=str(tmp_path / "x")), "", NOWHERE, monkeypatch, "oil.md")
    assert "place-gone" not in gone


# A fresh clone: what becomes of it is held by the tests of verify --------------------------------------------------


def test_a_fresh_clone_is_tried_within_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def verify(source: str, options: Any) -> Outcome:
        asked.append((source, options.rev, options.seconds))
        return Outcome(source, Verdict.GREEN)

    monkeypatch.setattr("pytest_sprintready.verify.verify", verify)
    found = deeper.verified(row("lantern"), seconds=60, local=False)
    assert found.result.outcome == Outcome("lantern", Verdict.GREEN)
    assert asked == [("https://1.1.1.1/a/b", "", 60)]


def test_a_clone_that_cannot_be_made_is_an_outcome_and_a_machine_that_cannot_try_is_an_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def verify(error: Exception) -> Any:
        def raised(*_: object) -> None:
            raise error

        return raised

    monkeypatch.setattr("pytest_sprintready.verify.verify", verify(RepositoryError("nothing to clone")))
    found = deeper.verified(row("lantern"), seconds=60, local=False).result.outcome
    assert found
    assert (found.verdict, found.cause) == (Verdict.UNSUPPORTED, "nothing to clone")
    monkeypatch.setattr("pytest_sprintready.verify.verify", verify(UsageError("no sandbox")))
    with pytest.raises(UsageError, match="no sandbox"):
        deeper.verified(row("lantern"), seconds=60, local=False)


def test_an_address_that_may_not_be_asked_is_not_cloned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_sprintready.verify.verify", lambda *_: pytest.fail("was cloned"))
    inside = Row(0, ProjectResult(Project("x", url="https://127.0.0.1/a/b"), Report("x", facts={})))
    found = deeper.verified(inside, seconds=60, local=False).result.outcome
    assert found
    assert "leads to this machine or its network" in found.cause


def test_an_audit_that_goes_on_asks_only_for_what_it_lacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def verify(source: str, _: object) -> Outcome:
        tried.append(source.rpartition("/")[2])
        if len(tried) == 2:
            raise KeyboardInterrupt
        return Outcome(source, Verdict.GREEN)

    monkeypatch.setattr("pytest_sprintready.verify.verify", verify)
    for name in ("lantern", "candle"):
        tmp_path.joinpath(name).mkdir()
        tmp_path.joinpath(name, "README.md").write_text("# x\n")
    projects = tuple(Project(name, path=str(tmp_path / name)) for name in ("lantern", "candle", "gone"))
    manifest = Manifest("sprint.toml", Sprint(), projects)
    options = Options(Sources(str(tmp_path / "cache")), jobs=1, issues=Asking(), verify_seconds=60)
    with Store(str(tmp_path / "s.sqlite")) as store:
        with pytest.raises(KeyboardInterrupt):
            run_audit(store, manifest, options)
        assert run_audit(store, manifest, options) == 1
        found = list(store.audit().projects)
    assert tried == ["lantern", "candle", "candle"]
    assert [each.outcome.verdict if each.outcome else None for each in found] == [Verdict.GREEN, Verdict.GREEN, None]
    assert [each.issues for each in found] == [(), (), None]
