from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pytest_sprintready.verify import process
from pytest_sprintready.verify.system_packages import SystemCopy, packages_of, why_not


@pytest.mark.parametrize(
    ("line", "packages"),
    [
        ("apt-get install -y --no-install-recommends libpq-dev gcc", ("libpq-dev", "gcc")),
        ("sudo apt install g++ libstdc++6=12.2.0-14", ("g++", "libstdc++6")),
        ("apt-get update && apt-get install -y figlet", ("figlet",)),
        ("brew install figlet", ()),
        ("apt-get install ./evil.deb -o Dpkg::Pre-Invoke::=sh ../x $(id)", ()),
        ("apt-get install --help", ()),
    ],
)
def test_only_names_of_packages_are_taken_from_a_line(line: str, packages: tuple[str, ...]) -> None:
    assert packages_of([line]) == packages


def test_where_packages_cannot_be_installed_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert "takes root" in why_not()
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert "apt-get" in why_not()
    copy = SystemCopy()
    assert "apt-get" in copy.open()
    assert copy.enter == ()


HELD = """
import subprocess, sys
from pytest_sprintready.verify.system_packages import SystemCopy
copy = SystemCopy()
assert copy.open() == ""
print(copy._holder.pid, copy._folder, flush=True)
subprocess.run(["sleep", "100"])
"""


@pytest.mark.system
def test_a_copy_of_the_system_ends_with_sprintready_however_that_ends() -> None:
    ours = subprocess.Popen([sys.executable, "-c", HELD], stdout=subprocess.PIPE, text=True)
    assert ours.stdout
    pid, folder = ours.stdout.readline().split()
    ours.kill()
    ours.wait()
    ours.stdout.close()
    process.run(["tail", f"--pid={pid}", "-f", "/dev/null"], environment={"PATH": "/bin"}, directory="/", seconds=30)
    assert not Path("/proc", pid).exists()
    assert not any(Path(folder, "root").iterdir())
    shutil.rmtree(folder)


@pytest.mark.system
def test_a_package_is_there_in_the_copy_and_not_on_the_machine() -> None:
    assert shutil.which("figlet") is None
    copy = SystemCopy()
    assert copy.open() == ""
    try:
        done = copy.install(["figlet", "no-such-package"], seconds=300, heard=lambda _line: None)
        assert done.exit_code == 0, done.output
        assert copy.installed == ["figlet"]
        assert Path("/usr/bin/figlet").exists() is False
        seen = subprocess.run([*copy.enter, "chroot", copy.root, "figlet", "hi"], capture_output=True, check=False)
        assert seen.returncode == 0
    finally:
        copy.close()
    assert not Path(copy.root).exists()
