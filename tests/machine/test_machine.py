"""What this computer and an environment have, seen on real environments made for it."""

from __future__ import annotations

import sys
import venv
from pathlib import Path

import pytest

from pytest_sprintready.machine import InterpreterError, Machine, machine_of, this_machine
from pytest_sprintready.machine.system import family_of_release


@pytest.fixture(scope="module")
def empty_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("environment") / ".venv"
    venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
    return folder


def python_in(environment: Path) -> str:
    return str(environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))


def installed(environment: Path, name: str, files: dict[str, str]) -> None:
    """Put a distribution's metadata where an installer would put it."""
    site = next(environment.glob("lib/python*/site-packages" if sys.platform != "win32" else "Lib/site-packages"))
    folder = site / f"{name}.dist-info"
    folder.mkdir()
    for path, text in files.items():
        (folder / path).write_text(text)


def test_the_running_interpreter_is_described(tmp_path: Path) -> None:
    machine = this_machine(tmp_path)
    assert machine.python == ".".join(map(str, sys.version_info[:3]))
    assert machine.version("pytest") == pytest.__version__
    assert "pytest" in machine.modules["_pytest"]


def test_another_interpreter_is_asked_what_it_is(empty_environment: Path, tmp_path: Path) -> None:
    machine = machine_of(python_in(empty_environment), tmp_path)
    assert Path(machine.prefix) == empty_environment
    assert machine.environment == "venv"
    assert not machine.distributions.get("pytest")
    assert machine.pip == ""


def test_nothing_of_the_folder_it_is_asked_from_is_imported(
    empty_environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('ran')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert machine_of(python_in(empty_environment), tmp_path).python


@pytest.mark.parametrize("python", ["no-such-python", "/", "git"], ids=["missing", "folder", "another program"])
def test_what_is_no_python_is_said_so(python: str) -> None:
    with pytest.raises(InterpreterError, match="is not a Python"):
        machine_of(python)


def test_an_editable_distribution_is_known_with_its_folder(empty_environment: Path, tmp_path: Path) -> None:
    origin = f'{{"url": "{(tmp_path / "a b").as_uri()}", "dir_info": {{"editable": true}}}}'
    points = "[console_scripts]\nlantern = lantern:main\n\n[pytest11]\nlight = lantern.plugin\n"
    metadata = (
        "Name: Lantern.Core\nRequires-Dist: wick>=2\nRequires-Dist: oil; extra == 'test'\nProvides-Extra: test\n\n"
    )
    files = {"direct_url.json": origin, "entry_points.txt": points, "METADATA": metadata, "RECORD": "lantern/a.py,,\n"}
    installed(empty_environment, "lantern_core-1.2", files)
    found = machine_of(python_in(empty_environment), tmp_path).distributions["lantern-core"]
    assert (found.version, Path(found.editable)) == ("1.2", tmp_path / "a b")
    assert found.entry_points("pytest11") == {"light": "lantern.plugin"}
    assert found.requires() == ("wick>=2", "oil; extra == 'test'")
    assert found.extras() == ("test",)
    assert found.modules() == ("lantern",)


def test_a_machine_can_be_told_for_a_test() -> None:
    machine = Machine(system="linux", family="debian", installer="uv")
    assert machine.version("pytest") == ""
    assert machine.git.top == ""


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ('ID=ubuntu\nID_LIKE=debian\nVERSION_ID="24.04"\n', "debian"),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"\n', "fedora"),
        ("ID=cachyos\nID_LIKE=arch\n", "arch"),
        ("ID=nixos\n", "other"),
        ("", "other"),
    ],
)
def test_a_distribution_of_linux_is_known_by_its_relatives(text: str, family: str) -> None:
    assert family_of_release(text) == family
