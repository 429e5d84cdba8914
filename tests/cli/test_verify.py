from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready import verify as room
from pytest_sprintready.cli import main
from pytest_sprintready.errors import RepositoryError
from pytest_sprintready.outcome import Outcome, Verdict, from_json

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_sprintready.verify.options import Options

# The trial itself takes a package index; here it is only told how it went (tests/verify has the real one).


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Options]:
    """What the command asks for; each SOURCE is green but "red"."""
    seen: list[Options] = []

    def verify(source: str, options: Options) -> Outcome:
        seen.append(options)
        options.heard("documented", "three\x1b[2J passed")
        if source == "nowhere":
            raise RepositoryError("nowhere cannot be cloned", "check the address")
        return Outcome(source, Verdict.TESTS_FAILED if source == "red" else Verdict.GREEN, plan="documented")

    monkeypatch.setattr(room, "verify", verify)
    return seen


@pytest.mark.parametrize(("sources", "code"), [(["a"], 0), (["a", "red"], 1), (["a", "nowhere"], 3)])
def test_the_worst_of_several_decides(asked: list[Options], sources: list[str], code: int) -> None:
    assert main(["verify", "-q", *sources]) == code
    assert len(asked) == len(sources)


def test_each_python_is_tried(asked: list[Options]) -> None:
    assert main(["verify", "a", "--python", "3.10", "--python", "3.13", "-q"]) == 0
    assert [options.python for options in asked] == ["3.10", "3.13"]


@pytest.mark.usefixtures("asked")
def test_json_is_what_is_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    main(["verify", "a", "red", "--format", "json", "-q"])
    lines = capsys.readouterr().out.splitlines()
    assert [from_json(line).verdict for line in lines] == [Verdict.GREEN, Verdict.TESTS_FAILED]


@pytest.mark.usefixtures("asked")
def test_progress_is_on_standard_error_and_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    main(["verify", "a"])
    told = capsys.readouterr().err
    assert "documented: three" in told
    assert "\x1b" not in told


@pytest.mark.usefixtures("asked")
def test_a_record_and_a_badge_are_written(tmp_path: Path) -> None:
    assert main(["verify", str(tmp_path), "--record", "--badge", str(tmp_path / "badge.svg"), "-q"]) == 0
    assert json.loads((tmp_path / ".sprintready/verify.json").read_text())["verdict"] == "green"
    assert "<svg" in (tmp_path / "badge.svg").read_text()


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("options", [["a", "b", "--record"], ["a", "--timeout", "0"], ["a", "--subset", "--record"]])
def test_what_cannot_be_meant_is_refused(options: list[str]) -> None:
    assert main(["verify", *options]) == 2
