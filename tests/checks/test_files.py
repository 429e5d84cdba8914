"""SR0xx: the files themselves."""

from __future__ import annotations

import pytest

from pytest_sprintready import engine
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Result, Status
from pytest_sprintready.snapshot import MemorySnapshot


def readable_files(files: dict[str, str | bytes]) -> Result:
    """Return what SR001 says after all other checks have asked for files."""
    return next(result for result in engine.run(Facts(MemorySnapshot(files))).results if result.rule.code == "SR001")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param("pyproject.toml", "[project\n", id="broken TOML"),
        pytest.param(".github/labels.yml", "- name: [\n", id="broken YAML"),
        pytest.param("README.md", b"\x00\xff\xfe binary \x00", id="a binary README"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_once(path: str, content: str | bytes) -> None:
    findings = [finding for finding in readable_files({path: content}).findings if path in finding.message]
    assert len(findings) == 1
    assert findings[0].place is not None
    assert findings[0].place.path == path


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param("README.md", "", id="an empty README"),
        pytest.param("pyproject.toml", "", id="an empty pyproject"),
        pytest.param("lamp.png", b"\x89PNG\x00", id="a picture"),
        pytest.param("templates/{{name}}/pyproject.toml", "{{ broken", id="a template"),
    ],
)
def test_other_files_are_left_alone(path: str, content: str | bytes) -> None:
    assert readable_files({path: content}).status is Status.PASS
