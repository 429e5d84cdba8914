"""`sprintready issues`, `sprintready labels` and `sprintready check --forge`, against a forge on loopback."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.forge.server import Forge

    Run = Callable[..., tuple[int, str, str]]

GOOD = "`light()` in lantern/light.py fails when called twice. It should light the lamp again, as tests/test_light.py says."
DIALECTS = ["github", "gitlab", "gitea"]
HOSTILE = (
    "\x1b]0;owned\x07<script>alert(1)</script> @everyone ![x](http://evil.example) | # [click](javascript:alert(1))"
)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return what runs a command line and returns its exit code and what it printed."""

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch, server: Any) -> None:
    """Let no command wait, and let it be the hour of the forge."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr("time.time", lambda: float(server.NOW))


@pytest.fixture(params=DIALECTS)
def lantern(request: pytest.FixtureRequest, forge: Forge) -> str:
    """A repository with issues of every kind; its address."""
    forge.speak(request.param)
    repo = forge.add()
    repo.label("good first issue", "7057ff", "Small")
    repo.issue("Light the lamp a second time", body=GOOD, labels=["good first issue"])
    repo.issue("Make it nicer", body="It should be nicer than it was when we all began.", labels=["good first issue"])
    repo.issue("Paint the lamp", body=GOOD, labels=["good first issue"], assignees=["linus"])
    return f"{forge.url}/lamps/lantern"


def kind(forge: Forge) -> tuple[str, str]:
    return ("--forge-kind", forge.dialect)


# issues -------------------------------------------------------------------------------------------------------------


def test_issues_are_grouped_by_what_can_be_done_with_them(forge: Forge, lantern: str, run: Run) -> None:
    code, shown, said = run("issues", lantern, *kind(forge))
    assert (code, said) == (0, "")
    good, nearly, later = (shown.index(heading) for heading in ("Good to take", "Nearly", "Not now"))
    assert good < shown.index("#1 Light the lamp a second time") < nearly
    assert nearly < shown.index("#2 Make it nicer") < later < shown.index("#3 Paint the lamp")
    assert "lacks: it says too little" in shown
    assert "because: linus is assigned" in shown
    assert "3 open issues labelled" in shown
    assert "1 good, 1 nearly, 1 not now" in shown
    assert re.search(r"^ +http://\S+/issues/1$", shown, re.MULTILINE)


def test_work_that_many_share_says_so(forge: Forge, lantern: str, run: Run) -> None:
    forge.repos["lamps/lantern"].issue("Add more riddles", body="", labels=["good first issue"])
    _, shown, _ = run("issues", lantern, *kind(forge))
    assert "for several people" in shown
    assert "Umbrella" not in shown
    _, shown, _ = run("issues", lantern, *kind(forge), "--format", "json")
    told = {issue["title"]: issue["shared"] for issue in json.loads(shown)["repositories"][0]["issues"]}
    assert told == {
        "Add more riddles": True,
        "Light the lamp a second time": False,
        "Make it nicer": False,
        "Paint the lamp": False,
    }


def test_quiet_shows_those_alone_that_are_good(forge: Forge, lantern: str, run: Run) -> None:
    _, shown, _ = run("issues", lantern, *kind(forge), "--quiet")
    assert "#1 " in shown
    assert "#2 " not in shown


def test_issues_as_json(forge: Forge, lantern: str, run: Run, server: Any) -> None:
    code, shown, _ = run("issues", lantern, *kind(forge), "--format", "json")
    (repository,) = json.loads(shown)["repositories"]
    assert code == 0
    assert (repository["name"], repository["forge"], repository["fetched"]) == (
        "lamps/lantern",
        forge.dialect,
        server.NOW,
    )
    assert [issue["readiness"] for issue in repository["issues"]] == ["good", "nearly", "not-now"]
    assert repository["issues"][2]["reasons"] == [{"code": "assigned", "text": "linus is assigned"}]


def test_issues_as_markdown(forge: Forge, lantern: str, run: Run) -> None:
    _, shown, _ = run("issues", lantern, *kind(forge), "--format", "markdown")
    assert re.search(r"^- \[1\]\(<http://\S+/issues/1>\) Light the lamp a second time \(", shown, re.MULTILINE)


@pytest.mark.parametrize("shape", ["text", "markdown", "json"])
def test_a_hostile_title_stays_text(forge: Forge, run: Run, shape: str) -> None:
    repo = forge.add()
    repo.label("good first issue")
    repo.issue(HOSTILE, body=GOOD, labels=["good first issue"], assignees=["@everyone\x1b[2J"])
    _, shown, _ = run("issues", f"{forge.url}/lamps/lantern", "--forge-kind", "github", "--format", shape)
    assert "\x1b" not in shown
    assert "\x07" not in shown
    if shape == "markdown":
        assert "<script" not in shown
        assert "@everyone" not in shown
        assert not re.search(r"(?<!\\)\]\((?!<http://127)", shown)
        assert "](javascript" not in shown


def test_several_repositories_and_one_that_is_not_there(forge: Forge, lantern: str, run: Run) -> None:
    code, shown, said = run("issues", f"{forge.url}/a/none", lantern, *kind(forge))
    assert code == 4
    assert "a/none does not exist" in said or "a%2Fnone does not exist" in said
    assert "#1 Light the lamp" in shown


@pytest.mark.usefixtures("git_environment")
def test_the_forge_of_a_folder_is_found_and_its_settings_and_files_count(
    forge: Forge, run: Run, tmp_path: Path
) -> None:
    repo = forge.add()
    repo.label("starter")
    repo.issue(
        "Light the lamp again",
        body="It should burn as lantern/gone.py says it does, on every day of the year, not only once.",
        labels=["starter"],
    )
    subprocess.run(["git", "init", "-q", str(tmp_path / "r")], check=True)
    subprocess.run(
        ["git", "-C", str(tmp_path / "r"), "remote", "add", "origin", f"{forge.url}/lamps/lantern"], check=True
    )
    (tmp_path / "r" / "sprintready.toml").write_text('beginner-labels = ["starter"]\n', encoding="utf-8")
    code, shown, said = run("issues", str(tmp_path / "r"), "--forge-kind", "github")
    assert (code, said) == (0, "")
    assert "lantern/gone.py is not in the repository" in " ".join(shown.split())


def test_what_was_saved_is_shown_again_without_a_network(forge: Forge, lantern: str, run: Run, tmp_path: Path) -> None:
    _, shown, _ = run("issues", lantern, *kind(forge), "--save", str(tmp_path / "kept"))
    forge.stop()
    before = forge.calls
    code, again, _ = run("issues", lantern, *kind(forge), "--from", str(tmp_path / "kept"))
    assert (code, again) == (0, shown)
    assert forge.calls == before


def test_what_was_not_saved_is_an_error_that_says_how(forge: Forge, run: Run, tmp_path: Path) -> None:
    code, _, said = run("issues", f"{forge.url}/lamps/lantern", "--forge-kind", "github", "--from", str(tmp_path))
    assert code == 4
    assert "--save" in said


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": 1}', '{"schema": 1, "repository": {"name": 3}}'])
def test_what_was_saved_and_is_broken(forge: Forge, run: Run, tmp_path: Path, text: str) -> None:
    host = forge.url.partition("://")[2].replace(":", "+")
    (tmp_path / f"{host}+lamps+lantern.json").write_text(text, encoding="utf-8")
    code, _, said = run("issues", f"{forge.url}/lamps/lantern", "--forge-kind", "github", "--from", str(tmp_path))
    assert code == 4
    assert "Traceback" not in said
    assert str(tmp_path) in said


def test_a_folder_without_a_forge(run: Run, tmp_path: Path) -> None:
    code, _, said = run("issues", str(tmp_path))
    assert code == 4
    assert "--forge-url" in said


def test_issues_that_are_switched_off(forge: Forge, run: Run) -> None:
    forge.add(has_issues=False)
    code, shown, _ = run("issues", f"{forge.url}/lamps/lantern", "--forge-kind", "github")
    assert code == 0
    assert "switched off" in shown


def test_no_label_for_newcomers(forge: Forge, run: Run) -> None:
    forge.add()
    _, shown, _ = run("issues", f"{forge.url}/lamps/lantern", "--forge-kind", "github")
    assert "`sprintready labels`" in shown


def test_a_part_that_is_missing_is_told(forge: Forge, run: Run, server: Any) -> None:
    forge.add().label("good first issue")
    forge.faults.append(server.Fault(server.status(500), "/pulls", times=99))
    code, shown, _ = run("issues", f"{forge.url}/lamps/lantern", "--forge-kind", "github")
    assert code == 0
    assert "Not told by the forge" in shown


def test_without_the_extra_the_line_to_type_is_named(forge: Forge, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "urllib3", None)
    code, _, said = run("issues", f"{forge.url}/lamps/lantern", "--forge-kind", "github")
    assert code == 4
    assert 'pip install "pytest-sprintready[forge]"' in said


# labels -------------------------------------------------------------------------------------------------------------


def test_the_plan_changes_nothing(forge: Forge, lantern: str, run: Run) -> None:
    code, shown, _ = run("labels", lantern, *kind(forge))
    assert code == 0
    assert "there: good first issue" in shown
    assert "missing: sprint" in shown
    assert all(method == "GET" for method, *_ in forge.asked)


def test_what_is_missing_is_made_once(forge: Forge, lantern: str, run: Run, token_file: str) -> None:
    repo = forge.repos["lamps/lantern"]
    repo.label("docs")
    code, shown, _ = run("labels", lantern, *kind(forge), "--token-file", token_file, "--apply")
    assert code == 0
    assert shown.index("missing: sprint") < shown.index("sprint: made")
    labels = {label["name"]: label for label in repo.labels}
    assert set(labels) == {"good first issue", "docs", "sprint", "help wanted"}
    assert labels["sprint"]["color"] == "0e8a16"
    assert labels["docs"]["description"].startswith("Words")
    assert labels["good first issue"]["description"] == "Small"
    before = len(forge.asked)
    code, shown, _ = run("labels", lantern, *kind(forge), "--token-file", token_file, "--apply")
    assert "Nothing was to be done" in shown
    assert all(method == "GET" for method, *_ in forge.asked[before:])


def test_without_a_token_nothing_is_made(forge: Forge, lantern: str, run: Run) -> None:
    code, shown, said = run("labels", lantern, *kind(forge), "--apply")
    assert code == 4
    assert "missing: sprint" in shown
    assert "show a token" in said


def test_a_token_that_may_not_write(forge: Forge, lantern: str, run: Run, token_file: str) -> None:
    forge.writable = False
    code, _, said = run("labels", lantern, *kind(forge), "--token-file", token_file, "--apply")
    assert code == 4
    assert "sprint: " in said
    assert "forbidden" in said


def test_a_label_of_ones_own_stands_for_the_standard_one(
    forge: Forge, run: Run, tmp_path: Path, token_file: str
) -> None:
    repo = forge.add()
    repo.label("lamp: small", description="Mine")
    (tmp_path / "sprintready.toml").write_text('beginner-labels = ["lamp: small"]\n', encoding="utf-8")
    address = f"{forge.url}/lamps/lantern"
    run(
        "labels", str(tmp_path), "--forge-url", address, "--forge-kind", "github", "--token-file", token_file, "--apply"
    )
    assert "good first issue" not in {label["name"] for label in repo.labels}


def test_labels_as_json(forge: Forge, lantern: str, run: Run) -> None:
    _, shown, _ = run("labels", lantern, *kind(forge), "--format", "json")
    found = {label["name"]: label["action"] for label in json.loads(shown)["labels"]}
    assert found == {"good first issue": "keep", "sprint": "create", "documentation": "create", "help wanted": "create"}


# check --forge ------------------------------------------------------------------------------------------------------


def test_check_asks_no_forge_unless_told(forge: Forge, lantern: str, run: Run, tmp_path: Path) -> None:
    _, shown, _ = run("check", str(tmp_path), "--forge-url", lantern, "--select", "SR311")
    assert "the forge was not asked" in shown
    assert forge.calls == 0


def test_check_with_the_forge(forge: Forge, lantern: str, run: Run, tmp_path: Path) -> None:
    _, shown, said = run("check", str(tmp_path), "--forge", "--forge-url", lantern, *kind(forge), "--select", "SR311")
    assert said == ""
    assert "2 issues for newcomers can be taken (1 good, 1 nearly) of 3" in " ".join(shown.split())


def test_check_without_a_network_says_so_and_goes_on(run: Run, tmp_path: Path) -> None:
    typed = ("check", str(tmp_path), "--forge", "--forge-url", "http://127.0.0.1:9/a/b", "--forge-kind", "github")
    code, shown, said = run(*typed, "--select", "SR311,SR306")
    assert code == 0
    assert "cannot be reached" in said
    assert "the forge could not be asked" in " ".join(shown.split())
    assert run(*typed, "--select", "SR311,SR306", "--strict")[0] == 4


def test_check_from_what_was_saved(forge: Forge, lantern: str, run: Run, tmp_path: Path) -> None:
    typed = ("check", str(tmp_path), "--forge-url", lantern, *kind(forge), "--select", "SR311")
    run("issues", lantern, *kind(forge), "--save", str(tmp_path / "kept"))
    forge.stop()
    _, shown, _ = run(*typed, "--from", str(tmp_path / "kept"))
    assert "2 issues for newcomers can be taken" in " ".join(shown.split())


# The token ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("fault", ["none", "401", "403", "404", "500", "echo", "redirect"])
def test_a_token_is_nowhere_but_in_its_header(
    forge: Forge,
    run: Run,
    server: Any,
    token_file: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    dialect: str,
    fault: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("SPRINTREADY_DEBUG", "")
    forge.speak(dialect)
    forge.add().label("good first issue")
    acts = {
        "401": server.status(401),
        "403": server.status(403, message=f"the token {server.TOKEN} may not"),
        "404": server.status(404),
        "500": server.status(500),
        "echo": server.content(json.dumps({"message": server.TOKEN}).encode()),
        "redirect": server.status(302, {"Location": "http://127.0.0.2:9/stolen"}),
    }
    if fault != "none":
        forge.faults.append(server.Fault(acts[fault], times=99))
    printed: list[str] = []
    kept = str(tmp_path / "kept")
    address = ("--forge-kind", dialect, "--token-file", token_file)
    url = f"{forge.url}/lamps/lantern"
    for typed in (
        ("issues", url, *address, "--save", kept),
        ("issues", url, *address, "--format", "json"),
        ("labels", url, *address, "--apply"),
        ("check", str(tmp_path), "--forge", "--forge-url", url, *address, "--format", "json"),
    ):
        printed += run(*typed)[1:]
    assert any(server.TOKEN in text for text in server.iterate(forge))  # it was used
    assert not any(server.TOKEN in text for text in printed)
    assert server.TOKEN not in caplog.text
    for path in files(tmp_path):
        if str(path) != token_file:
            assert server.TOKEN.encode() not in path.read_bytes(), path
    assert server.TOKEN not in json.dumps(dict(os.environ))


def files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


# An organisation's projects -----------------------------------------------------------------------------------------


@pytest.fixture(params=DIALECTS)
def organisation(request: pytest.FixtureRequest, forge: Forge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an organisation with two projects and a fork; the current folder is empty."""
    forge.speak(request.param).knows.add("lamps")
    forge.add("lamps/wick")
    forge.add("lamps/beacon")
    forge.add("lamps/lantern", parent="others/lantern")
    monkeypatch.chdir(tmp_path)
    return f"{forge.url}/lamps"


def test_an_audit_takes_the_projects_of_an_organisation(
    run: Run, forge: Forge, organisation: str, tmp_path: Path
) -> None:
    words = ("--organisation", organisation, "--forge-kind", forge.dialect, "--jobs", "1", "--format", "json")
    code, output, progress = run("audit", *words)
    assert f"{organisation}: 2 repositories, without 1 fork\n" in progress
    rows = [json.loads(line) for line in output.splitlines()]
    assert [row["project"]["name"] for row in rows] == ["beacon", "wick"]
    # Git does not ask this machine without --allow-local, whatever a forge lists.
    assert (code, {row["standing"] for row in rows}) == (3, {"unreadable"})
    assert tmp_path.joinpath("sprint.sqlite").exists()


def test_a_manifest_is_begun_with_the_projects_of_an_organisation(
    run: Run, forge: Forge, organisation: str, tmp_path: Path
) -> None:
    code, _, _ = run("audit", "init", "--organization", organisation, "--forge-kind", forge.dialect)
    text = tmp_path.joinpath("sprint.toml").read_text(encoding="utf-8")
    assert code == 0
    assert re.findall(r'^url = "(.*)"$', text, re.MULTILINE) == [f"{organisation}/beacon", f"{organisation}/wick"]


def test_an_organisation_that_nobody_knows_ends_the_audit_with_one_message(
    run: Run, forge: Forge, organisation: str, tmp_path: Path
) -> None:
    code, output, complaint = run("audit", "--organisation", f"{organisation}z", "--forge-kind", forge.dialect)
    assert (code, output) == (4, "")
    assert complaint == (
        f"sprintready: {organisation}z is no organisation, group or user, or is not shown to the public\n"
        "  hint: check the name, and that it is not one repository's\n"
    )
    assert not tmp_path.joinpath("sprint.sqlite").exists()


def test_an_organisation_without_the_extra_says_what_to_install(
    run: Run, organisation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "urllib3", None)
    code, _, complaint = run("audit", "--organisation", organisation, "--forge-kind", "github")
    assert code == 4
    assert 'hint: python -m pip install "pytest-sprintready[forge]"' in complaint


def test_an_organisation_without_a_network_is_one_message(run: Run, forge: Forge, organisation: str) -> None:
    forge.stop()
    code, output, complaint = run("audit", "--organisation", organisation, "--forge-kind", forge.dialect)
    assert (code, output) == (4, "")
    assert "cannot be reached" in complaint
    assert len(complaint.splitlines()) == 2


def test_a_manifest_and_an_organisation_are_not_taken_together(run: Run, organisation: str) -> None:
    code, _, complaint = run("audit", "sprint.toml", "--organisation", organisation)
    assert code == 2
    assert "a manifest and --organisation name different projects" in complaint
    assert f"sprintready audit init --organisation {organisation}" in complaint
