"""What stops pytest before any plugin can speak: real pytests with real plugins, mended as the message says."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.diagnosis.model import Failure

if TYPE_CHECKING:
    from pathlib import Path

needs_uv = pytest.mark.skipif(not shutil.which("uv"), reason="needs uv")
LANTERN = """\
[build-system]
requires = ["flit_core"]
build-backend = "flit_core.buildapi"

[project]
name = "lantern"
version = "1.0"
description = "light"

[project.optional-dependencies]
test = ["pytest>=8", "pytest-mock", "urllib3"]

[tool.pytest.ini_options]
"""
CASES = {
    "SRN27": ('minversion = "8.3"', "pytest==8.0.2"),
    "SRN28": ('required_plugins = ["pytest-mock"]', "pytest"),
    "SRN29": ('addopts = "-p pytest_mock"', "pytest"),
    "SRN30": ('filterwarnings = ["ignore::urllib3.exceptions.InsecureRequestWarning"]', "pytest==8.3.5"),
}


@pytest.mark.slow
@needs_uv
@pytest.mark.parametrize("code", CASES)
def test_pytest_starts_once_the_message_was_obeyed(code: str, shell: Any, lantern: Path) -> None:
    setting, installed = CASES[code]
    (lantern / "pyproject.toml").write_text(f"{LANTERN}{setting}\n")
    (lantern / "lantern.py").write_text('"""Light."""\n')
    (lantern / "test_light.py").write_text("def test_light():\n    pass\n")
    shell.commits("lantern")
    shell.has_uv()
    assert shell.types(f"uv venv -q env && uv pip install -q --python env/bin/python {installed}", "lantern")[0] == 0
    told = shell.runs("env/bin/python -m pytest -q", "lantern")
    assert told.codes == [code], told.output
    assert "1 passed" in shell.obeys(told, "lantern")


def test_a_class_of_warnings_that_a_release_took_out_is_that_release_s(diagnose: Any) -> None:
    # Recorded from pytest 9.2: whoever took the class out cannot be made to do so here.
    output = (
        "ERROR: while parsing the following warning configuration:\n\n  ignore::numpy.VisibleDeprecationWarning\n\n"
        "This error occurred:\n\nTraceback (most recent call last):\n"
        '  File "x.py", line 2473, in _resolve\n    cat = getattr(m, klass)\n'
        "AttributeError: module 'numpy' has no attribute 'VisibleDeprecationWarning'\n"
    )
    config = '[tool.pytest.ini_options]\nfilterwarnings = ["ignore::numpy.VisibleDeprecationWarning"]\n'
    found = diagnose({"pyproject.toml": config}, Failure("start", "pytest", 4, output))
    assert (found.code, found.fault, found.remedies) == ("SRN30", "release", ())


def test_what_nobody_declares_and_nobody_knows_is_not_made_up(diagnose: Any) -> None:
    output = "ERROR: Error importing plugin \"house_rules\": No module named 'house_rules'\n"
    config = '[tool.pytest.ini_options]\naddopts = "-p house_rules"\n'
    found = diagnose({"pyproject.toml": config}, Failure("start", "pytest", 4, output))
    assert (found.code, found.remedies) == ("SRN29", ())


def test_a_plugin_of_the_repository_is_put_on_the_path(diagnose: Any) -> None:
    output = "ERROR: Error importing plugin \"helpers.glow\": No module named 'helpers'\n"
    files = {
        "pytest.ini": "[pytest]\naddopts = -p helpers.glow\n",
        "tests/helpers/__init__.py": "",
        "tests/helpers/glow.py": "",
    }
    found = diagnose(files, Failure("start", "pytest", 4, output))
    assert [remedy.command for remedy in found.remedies] == ["python -m pytest -o pythonpath=tests"]
