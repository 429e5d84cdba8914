"""What goes wrong while an environment is made and filled: real pip, uv and Python, mended as the message says."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pytest_sprintready.diagnosis.model import Failure

FLIT = '[build-system]\nrequires = ["flit_core"]\nbuild-backend = "flit_core.buildapi"\n'
LANTERN = FLIT + '[project]\nname = "lantern"\nversion = "1.0"\ndescription = "light"\n'

MANAGED = Path("/usr/lib/python3.11/EXTERNALLY-MANAGED")
needs_managed = pytest.mark.skipif(
    not (MANAGED.exists() and Path("/usr/bin/python3").exists()), reason="needs a system Python that takes no packages"
)
needs_uv = pytest.mark.skipif(not shutil.which("uv"), reason="needs uv")


def wheel(folder: Path) -> str:
    """Write the smallest wheel there is; return its name."""
    with zipfile.ZipFile(folder / "wick-1.0-py3-none-any.whl", "w") as file:
        file.writestr("wick.py", "")
        file.writestr("wick-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: wick\nVersion: 1.0\n")
        file.writestr("wick-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr("wick-1.0.dist-info/RECORD", "")
    return "wick-1.0-py3-none-any.whl"


@needs_managed
def test_the_system_s_python_is_left_alone(shell: Any, lantern: Path) -> None:
    shell.variables["PATH"] = "/usr/bin:/bin"  # without uv
    told = shell.runs(f"/usr/bin/python3 -m pip install {wheel(lantern)}", "lantern")
    assert told.codes == ["SRN11"]
    assert told.commands[0] == "python3 -m venv .venv"
    shell.obeys(told, "lantern")
    assert list(lantern.glob(".venv/lib/*/site-packages/wick.py"))


@needs_managed
def test_an_environment_that_is_there_is_entered(shell: Any, lantern: Path) -> None:
    shell.variables["PATH"] = "/usr/bin:/bin"
    assert shell.types("/usr/bin/python3 -m venv .venv", "lantern")[0] == 0
    told = shell.runs(f"/usr/bin/python3 -m pip install {wheel(lantern)}", "lantern")
    assert told.commands[0] == "source .venv/bin/activate"
    shell.obeys(told, "lantern")
    assert list(lantern.glob(".venv/lib/*/site-packages/wick.py"))


@pytest.mark.system
def test_the_part_of_python_that_makes_environments_is_installed(throwaway: Any) -> None:
    throwaway.variables["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin"  # without uv
    told, code, output = throwaway.story(
        "apt-get remove -y python3.11-venv && apt-get update", "/usr/bin/python3 -m venv env"
    )
    assert (told.codes, code) == (["SRN12"], 0), output
    assert told.commands[0].endswith("apt install python3.11-venv")


@pytest.mark.slow
@needs_uv
def test_a_python_that_is_not_supported_gives_way_to_one_that_is(shell: Any, lantern: Path) -> None:
    others = sorted(Path("~/.pyenv/versions").expanduser().glob("3.1[2-9].*/bin/python3.1[2-9]"))
    if not others:
        pytest.skip("needs a second Python")
    (lantern / "pyproject.toml").write_text(LANTERN + 'requires-python = ">=3.12"\n')
    (lantern / "lantern.py").write_text('"""Light."""\n')
    shell.has_uv()
    shell.variables["PATH"] += os.pathsep + str(others[0].parent)
    assert shell.types("/usr/bin/python3 -m venv old", "lantern")[0] == 0
    told = shell.runs("old/bin/python -m pip install -e .", "lantern")
    assert told.codes == ["SRN10"]
    # The command that failed names the old environment; in the new one it is typed without that.
    script = "\n".join(told.commands).replace("old/bin/python -m pip", "uv pip")
    code, output = shell.types(script, "lantern")
    assert code == 0, output


@pytest.mark.slow
def test_a_pip_that_knows_no_groups_is_upgraded(shell: Any, lantern: Path) -> None:
    (lantern / "pyproject.toml").write_text(LANTERN + '[dependency-groups]\ntest = ["iniconfig"]\n')
    assert shell.types(f"{sys.executable} -m venv env && env/bin/python -m pip install -q pip==24.0", "lantern")[0] == 0
    told = shell.runs("env/bin/python -m pip install --group test", "lantern")
    assert told.codes == ["SRN13"]
    shell.obeys(told, "lantern")
    assert list(lantern.glob("env/lib/*/site-packages/iniconfig"))


@pytest.mark.slow
def test_a_group_that_was_asked_for_as_an_extra_is_installed(shell: Any, lantern: Path) -> None:
    (lantern / "pyproject.toml").write_text(LANTERN + '[dependency-groups]\ndev = ["iniconfig"]\n')
    (lantern / "lantern.py").write_text('"""Light."""\n')
    assert shell.types(f"{sys.executable} -m venv env", "lantern")[0] == 0
    told = shell.runs("env/bin/python -m pip install -e .[dev]", "lantern")
    assert (told.codes, told.exit_code) == (["SRN14"], 0)
    assert any("--group dev" in command for command in told.commands)
    code, output = shell.types("\n".join(told.commands), "lantern")
    assert code == 0, output
    assert list(lantern.glob("env/lib/*/site-packages/iniconfig"))


@pytest.mark.slow
@needs_uv
def test_uv_s_words_for_a_missing_extra_are_known(shell: Any, lantern: Path) -> None:
    (lantern / "pyproject.toml").write_text(LANTERN + '[dependency-groups]\ndev = ["iniconfig"]\n')
    (lantern / "lantern.py").write_text('"""Light."""\n')
    shell.has_uv()
    shell.types("uv venv -q .venv", "lantern")
    told = shell.runs("uv sync --extra dev", "lantern")
    assert told.codes == ["SRN14"]
    code, output = shell.types("\n".join(told.commands), "lantern")
    assert code == 0, output
    assert list(lantern.glob(".venv/lib/*/site-packages/iniconfig"))


@needs_uv
def test_a_lock_file_that_fell_behind_is_made_anew(shell: Any, lantern: Path) -> None:
    shell.has_uv()
    (lantern / "pyproject.toml").write_text('[project]\nname = "lantern"\nversion = "1.0"\nrequires-python = ">=3.8"\n')
    code, output = shell.types("uv lock --offline", "lantern")
    assert code == 0, output
    (lantern / "pyproject.toml").write_text('[project]\nname = "lantern"\nversion = "2.0"\nrequires-python = ">=3.9"\n')
    told = shell.runs("uv lock --offline --locked", "lantern")
    assert told.codes == ["SRN89"]
    assert told.commands[0] == "uv lock"
    shell.obeys(told, "lantern", UV_OFFLINE="1")


def test_a_requirements_file_that_was_renamed_is_found(shell: Any, lantern: Path) -> None:
    (lantern / "requirements").mkdir()
    (lantern / "requirements" / "dev.txt").write_text(f"./{wheel(lantern)}\n")
    shell.commits("lantern")
    assert shell.types(f"{sys.executable} -m venv env", "lantern")[0] == 0
    told = shell.runs("env/bin/python -m pip install --no-index -r dev.txt", "lantern")
    assert told.codes == ["SRN85"]
    assert told.commands == ["env/bin/python -m pip install --no-index -r requirements/dev.txt"]
    assert shell.types(told.commands[0], "lantern")[0] == 0


def test_the_project_is_one_folder_further_down(shell: Any, lantern: Path) -> None:
    (lantern / "python").mkdir()
    (lantern / "pyproject.toml").rename(lantern / "python" / "pyproject.toml")
    shell.commits("lantern")
    assert shell.types(f"{sys.executable} -m venv env", "lantern")[0] == 0
    told = shell.runs("env/bin/python -m pip install --no-index -e .", "lantern")
    assert told.codes == ["SRN86"]
    assert told.commands[0] == "cd python"


def test_a_host_that_cannot_be_found_is_the_network(shell: Any) -> None:
    told = shell.runs("git clone https://lantern.invalid/lantern.git")
    assert told.codes == ["SRN83"]
    assert told.commands == ["git clone https://lantern.invalid/lantern.git"]


@pytest.mark.parametrize(
    ("command", "said", "code"),
    [
        # Recorded: Poetry 2.1, PDM 2.24, pip 25 on a full disk.
        ("poetry install", "Current Python version (3.9.2) is not allowed by the project (^3.10).", "SRN10"),
        ("poetry install", "Extra [dev] is not specified.", "SRN14"),
        ("poetry install", "pyproject.toml changed significantly since poetry.lock was last generated.", "SRN89"),
        (
            "pip install x",
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "SRN84",
        ),
        ("npm install", "npm error code ENOTFOUND\nnpm error getaddrinfo ENOTFOUND registry.invalid", "SRN83"),
    ],
)
def test_other_installers_words_are_known(diagnose: Any, command: str, said: str, code: str) -> None:
    files = {"pyproject.toml": '[project]\nname = "lantern"\n[dependency-groups]\ndev = ["pytest"]\n'}
    found = diagnose(files, Failure("install", command, 1, f"{said}\n"))
    assert found.code == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("WARNING: requests 2.0 does not provide the extra 'dev'", 0),  # somebody else's
        ("ERROR: Could not find a version that satisfies the requirement lihgt (from versions: none)", 1),
        ("ERROR: ResolutionImpossible: for help visit ...", 1),
        ("WARNING: You are using pip version 21.0; however, version 25.1 is available.", 0),
    ],
)
def test_of_other_words_of_installers_nothing_is_said(diagnose: Any, said: str, code: int) -> None:
    files = {"pyproject.toml": '[project]\nname = "lantern"\n[dependency-groups]\ndev = ["pytest"]\n'}
    assert diagnose(files, Failure("install", "pip install x", code, f"{said}\n")) is None
