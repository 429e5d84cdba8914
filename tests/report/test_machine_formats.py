"""JSON, SARIF and GitHub's annotations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import pytest_sprintready
from pytest_sprintready.howto import Guide, Line, Step
from pytest_sprintready.model import Evidence, Finding, Report, Result, Rule, Severity, Status
from pytest_sprintready.report import as_json, github, sarif

GUIDE = Rule("SR101", "guide", Severity.REQUIRED, "There is no guide", "People guess", "Write one", "row 1")
LINKS = Rule("SR116", "links", Severity.RECOMMENDED, "A link leads nowhere", "People give up", "Mend it", "row 2")
DATED = Rule("SR115", "dated", Severity.OPTIONAL, "Nobody says when it worked", "Doubt", "Add a date", "row 3")

REPORT = Report(
    ".",
    "0123",
    (
        Result(GUIDE, Status.FAIL, (Finding("No file guides.", fix="Add one."),)),
        Result(DATED, Status.SKIPPED, reason="no guide"),
        Result(LINKS, Status.FAIL, (Finding("To: 100%, a.md", Evidence("docs/a b,ü.md", 3)),)),
    ),
    ((GUIDE, "later"),),
    {
        "readme": {"value": "README.md", "evidence": [{"path": "README.md", "line": 1}]},
        "pre_commit": {"value": False, "evidence": []},
        "runners": {"value": ["nox"], "evidence": []},
        "contact": {"unknown": "binary"},
    },
)
UNREADABLE = Report("missing", problem="missing does not exist", hint="check the spelling")
BROKEN = Report("broken", results=(Result(GUIDE, Status.ERROR, reason="KeyError"), Result(LINKS, Status.PASS)))


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    path = Path(pytest_sprintready.__file__).parent / "report" / "schema.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    return jsonschema.Draft202012Validator(content)


@pytest.mark.parametrize("report", [REPORT, UNREADABLE, BROKEN, Report("empty")], ids=lambda report: report.name)
def test_json_follows_its_schema(report: Report, schema: jsonschema.Draft202012Validator) -> None:
    schema.validate(json.loads(as_json.render([report])))


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.pop("facts"),
        lambda told: told["results"][0].update(status="good"),
        lambda told: told["results"][0].update(findings=[]),
        lambda told: told["results"][1].update(reason=""),
        lambda told: told["facts"].update(x={"value": 3, "evidence": []}),
        lambda told: told["facts"]["readme"]["evidence"][0].update(line=0),
    ],
    ids=["no-facts", "status", "fail-without-finding", "skip-without-reason", "fact-of-a-number", "line-zero"],
)
def test_the_schema_refuses_what_breaks_the_contract(change: Any, schema: jsonschema.Draft202012Validator) -> None:
    told = json.loads(as_json.render([REPORT]))
    change(told)
    assert list(schema.iter_errors(told))


def test_json_of_one_repository_is_the_object_of_the_contract() -> None:
    told = json.loads(as_json.render([REPORT]))
    assert told["schema"] == 1
    assert told["tool"] == {"name": "sprintready", "version": pytest_sprintready.__version__}
    assert told["repository"] == {"name": ".", "revision": "0123"}
    assert told["facts"] == REPORT.facts
    assert told["ready"] is False
    assert told["ignored"] == [{"code": "SR101", "name": "guide", "reason": "later"}]
    assert told["results"][2] == {
        "code": "SR116",
        "name": "links",
        "severity": "recommended",
        "title": "A link leads nowhere",
        "why": "People give up",
        "fix": "Mend it",
        "source": "row 2",
        "status": "fail",
        "reason": "",
        "findings": [{"message": "To: 100%, a.md", "place": {"path": "docs/a b,ü.md", "line": 3}, "fix": ""}],
        "evidence": [],
    }


def test_json_of_several_repositories_is_an_object_a_line() -> None:
    lines = as_json.render([REPORT, UNREADABLE]).splitlines()
    assert [json.loads(line)["repository"]["name"] for line in lines] == [".", "missing"]
    assert json.loads(lines[1])["problem"] == {"message": "missing does not exist", "hint": "check the spelling"}


def test_json_of_a_guide_has_steps_with_commands() -> None:
    step = Step("setup", "Set up", "documented", (Line("nox", Evidence("a.md", 2)), Line("tox")))
    told = json.loads(as_json.render_guides([Guide("acme", steps=(step,), stuck=("irc",))]))
    assert told["stuck"] == ["irc"]
    assert told["steps"] == [
        {
            "purpose": "setup",
            "title": "Set up",
            "source": "documented",
            "note": "",
            "commands": [{"command": "nox", "place": {"path": "a.md", "line": 2}}, {"command": "tox"}],
        }
    ]


def test_json_of_rules_is_an_array() -> None:
    assert json.loads(as_json.render_rules([GUIDE]))[0]["severity"] == "required"


def test_sarif_has_a_run_a_rule_and_a_result_with_a_place() -> None:
    log = json.loads(sarif.render([REPORT]))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["SR101", "SR115", "SR116"]
    assert run["automationDetails"]["id"] == "sprintready/./"
    guide, link = run["results"]
    assert (guide["ruleId"], guide["level"]) == ("SR101", "error")
    assert (link["ruleId"], link["ruleIndex"], link["level"]) == ("SR116", 2, "warning")
    assert link["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "docs/a%20b%2C%C3%BC.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 3},
    }


def test_every_sarif_result_has_a_place_for_github_refuses_those_without() -> None:
    (run,) = json.loads(sarif.render([REPORT]))["runs"]
    assert all(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"])


def test_sarif_fingerprints_survive_a_moved_line_and_tell_twins_apart() -> None:
    def prints(*lines: int) -> list[str]:
        findings = tuple(Finding("Same.", Evidence("a.md", line)) for line in lines)
        (run,) = json.loads(sarif.render([Report(".", results=(Result(LINKS, Status.FAIL, findings),))]))["runs"]
        return [result["partialFingerprints"][sarif.FINGERPRINT] for result in run["results"]]

    assert prints(3) == prints(30)
    assert len(set(prints(3, 4))) == 2


def test_sarif_tells_of_what_broke_beside_the_results() -> None:
    unreadable, broken = json.loads(sarif.render([UNREADABLE, BROKEN]))["runs"]
    assert unreadable["invocations"][0]["executionSuccessful"] is False
    assert unreadable["results"] == []
    assert broken["invocations"][0]["toolExecutionNotifications"][0]["associatedRule"] == {"id": "SR101"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.md", "a/b.md"),
        ("a b#c?.md", "a%20b%23c%3F.md"),
        ("c:/x", "c%3A/x"),
        ("caf\udce9.md", "caf%E9.md"),
        ("\ud800", "%3F"),
        ("100%", "100%25"),
    ],
    ids=["plain", "reserved", "scheme-like", "not-utf-8", "half-a-pair", "percent"],
)
def test_a_path_becomes_a_relative_uri(path: str, uri: str) -> None:
    assert sarif.relative_uri(path) == uri


def test_annotations_are_escaped_and_the_worst_comes_first() -> None:
    report = REPORT._replace(results=tuple(reversed(REPORT.results)))
    assert github.render([report]) == (
        "::error title=SR101 guide::No file guides.%0AAdd one.\n"
        "::warning file=docs/a b%2Cü.md,line=3,title=SR116 links::To: 100%25, a.md%0AMend it\n"
        ".: not ready for a sprint: 1 required check fails\n"
    )


def test_no_more_annotations_than_github_shows_and_a_word_about_the_rest() -> None:
    findings = tuple(Finding(f"Link {number}.", Evidence("a.md", number)) for number in range(1, 14))
    report = Report(".", results=(Result(LINKS, Status.FAIL, findings), *REPORT.results))
    lines = github.render([report]).splitlines()
    assert sum(line.startswith("::warning ") for line in lines) == 10
    assert sum(line.startswith("::error ") for line in lines) == 1
    assert lines[-1] == "GitHub shows 10 annotations of a level; not shown: 4 warnings"


def test_annotations_of_several_repositories_name_theirs() -> None:
    shown = github.render([REPORT, UNREADABLE, BROKEN])
    assert "::error title=.%3A SR101 guide::" in shown
    assert "::error title=missing%3A cannot be judged::missing does not exist%0Acheck the spelling" in shown
    assert "::warning title=broken%3A SR101 guide::this check broke, please report it: KeyError" in shown


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (".", "a.md"),
        ("./", "a.md"),
        ("packages/one", "packages/one/a.md"),
        ("./one/", "one/a.md"),
        ("../other", "a.md"),
        ("/srv/one", "a.md"),
        ("C:\\one", "a.md"),
    ],
)
def test_places_are_named_from_the_checkout(name: str, path: str) -> None:
    result = Result(LINKS, Status.FAIL, (Finding("No.", Evidence("a.md", 2)),))
    report = Report(name, results=(result,))
    assert f"::warning file={path},line=2," in github.render([report])
    (run,) = json.loads(sarif.render([report]))["runs"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == path
