"""What goes wrong between a repository and its clone: made with real git and real servers, and mended as the message says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.diagnosis.model import Failure
from pytest_sprintready.machine import Machine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any


def test_a_path_too_long_for_windows_is_allowed(diagnose: Any) -> None:
    # Recorded from git 2.45 for Windows: there is no Windows here.
    output = (
        "Cloning into 'lantern'...\nerror: unable to create file docs/" + "a" * 250 + ".rst: Filename too long\n"
        "fatal: unable to checkout working tree\nwarning: Clone succeeded, but checkout failed.\n"
    )
    failure = Failure("clone", "git clone https://github.com/lantern/lantern", 128, output)
    found = diagnose({}, failure, Machine(system="windows", family="windows"))
    assert found.code == "SRN01"
    assert [remedy.command for remedy in found.remedies] == [
        "git config --global core.longpaths true",
        "cd lantern",
        "git restore --source=HEAD :/",
    ]


def test_a_path_too_long_elsewhere_is_not_for_windows_settings(diagnose: Any) -> None:
    failure = Failure("clone", "git clone x", 128, "error: unable to create file aaa: File name too long\n")
    assert diagnose({}, failure) is None


def test_windows_line_ends_are_undone(shell: Any, lantern: Path) -> None:
    (lantern / "run.sh").write_bytes(b"#!/bin/sh\necho alight\n")
    (lantern / "run.sh").chmod(0o755)
    shell.commits("lantern")
    shell.git("clone -q -c core.autocrlf=true lantern clone")
    told = shell.runs("./run.sh", "clone")
    assert (told.codes, told.exit_code) == (["SRN02"], 127)
    assert "alight" in shell.obeys(told, "clone")


def test_line_ends_that_were_committed_so_are_the_project_s(shell: Any, lantern: Path) -> None:
    (lantern / "run.sh").write_bytes(b"#!/bin/sh\r\necho alight\r\n")
    (lantern / "run.sh").chmod(0o755)
    shell.commits("lantern")
    told = shell.runs("./run.sh", "lantern")
    assert told.codes == ["SRN02"]
    assert "autocrlf" not in " ".join(told.commands)
    assert "alight" in shell.obeys(told, "lantern")


def test_a_submodule_is_fetched(shell: Any, lantern: Path) -> None:
    shell.writes({"build.mk": "all:\n\tgrep -q light vendor/lamp/lamp.txt\n"}, "lantern")
    shell.writes({"lamp.txt": "light"}, "lamp")
    shell.commits("lamp")
    shell.git(f"submodule --quiet add {lantern.parent / 'lamp'} vendor/lamp", "lantern")
    shell.commits("lantern")
    shell.git("clone -q lantern clone")
    told = shell.runs("make -f build.mk", "clone")
    assert told.codes == ["SRN03"]
    shell.obeys(told, "clone")


@pytest.mark.system
def test_a_file_kept_by_lfs_is_fetched(throwaway: Any) -> None:
    read = "assert open('light.dat', 'rb').read() == b'light' * 99, open('light.dat').read()"
    throwaway.writes({"lantern/read.py": read})
    told, code, output = throwaway.story(
        """
        apt-get update && apt-get install -y git-lfs && git init -q --bare served && cd lantern && git init -q .
        git lfs install && git lfs track '*.dat' && python3 -c "open('light.dat', 'wb').write(b'light' * 99)"
        git add -A && git -c user.name=m -c user.email=m@example.org commit -qm project
        git push -q "file://$(cd ../served && pwd)" HEAD:main
        apt-get remove -y git-lfs && git config --global --remove-section filter.lfs
        cd .. && git clone -q "file://$PWD/served" clone
        """,
        "python3 read.py",
        "clone",
    )
    assert (told.codes, code) == (["SRN04"], 0), output
    assert told.commands[-2:] == ["git lfs pull", "python3 read.py"]


def test_the_tags_a_version_is_made_of_are_fetched(shell: Any, lantern: Path) -> None:
    del lantern
    url = (shell.folder / "lantern").as_uri()
    shell.writes(
        {"pyproject.toml": f'[project]\nname = "lantern"\ndynamic = ["version"]\n[project.urls]\nSource = "{url}"\n'},
        "lantern",
    )
    # What asks for a version, as a plugin of the project does when it is loaded.
    shell.writes({"need.sh": 'v=$(git describe --tags 2>/dev/null || echo 0.1.dev1+g0); test "$v" = v1.0 || '
                             '{ echo "plugin requires lantern>=1.0, but you have lantern $v"; exit 1; }\n'}, "lantern")  # fmt: skip
    shell.commits("lantern")
    shell.git("clone -q --bare lantern fork.git")  # a fork that was made before the release
    shell.git("tag v1.0", "lantern")
    shell.git("clone -q fork.git clone")
    told = shell.runs("sh need.sh", "clone")
    assert told.codes == ["SRN05"]
    assert told.commands == [f"git remote add upstream {url}", "git fetch --tags upstream", "sh need.sh"]
    shell.obeys(told, "clone")


def test_pushing_goes_to_a_fork(shell: Any, lantern: Path, git_server: Callable[..., tuple[str, Path]]) -> None:
    address, root = git_server()
    for owner in ("project", "ada"):
        shell.git(f"clone -q --bare {lantern} {root / owner / 'lantern.git'}")
        shell.git("config http.receivepack true", root / owner / "lantern.git")
    shell.git(f"clone -q {address}/project/lantern.git clone")
    shell.git("switch -q -c glow", "clone")
    shell.git("commit -q --allow-empty -m glow", "clone")
    told = shell.runs("git push origin glow", "clone")
    assert (told.codes, told.exit_code) == (["SRN07"], 128)
    assert any(f"{address}/YOUR-NAME/lantern.git" in command for command in told.commands)
    code, output = shell.types("\n".join(told.commands).replace("YOUR-NAME", "ada"), "clone")
    assert code == 0, output
    assert "glow" in shell.git("branch", root / "ada" / "lantern.git")


def test_commits_without_a_branch_get_one(shell: Any, lantern: Path) -> None:
    shell.git(f"clone -q --bare {lantern} fork.git")
    shell.git("clone -q fork.git clone")
    shell.git("checkout -q --detach", "clone")
    shell.git("commit -q --allow-empty -m glow", "clone")
    told = shell.runs("git push", "clone")
    assert told.codes == ["SRN08"]
    shell.types("\n".join(told.commands), "clone")
    assert "my-change" in shell.git("branch", "fork.git")


def test_the_project_s_own_repository_becomes_upstream(shell: Any, lantern: Path) -> None:
    url = lantern.as_uri()
    shell.writes({"pyproject.toml": f'[project]\nname = "lantern"\nurls = {{ Repository = "{url}" }}\n'}, "lantern")
    shell.commits("lantern")
    shell.git("clone -q --bare lantern fork.git")
    shell.git("clone -q fork.git clone")
    told = shell.runs("git pull --rebase upstream main", "clone")
    assert told.codes == ["SRN08"]
    assert told.commands[0] == f"git remote add upstream {url}"
    shell.obeys(told, "clone")


def test_a_clone_that_breaks_off_leaves_the_old_versions_out(
    shell: Any, lantern: Path, git_server: Callable[..., tuple[str, Path]]
) -> None:
    for number in range(6):
        (lantern / "light.bin").write_bytes(os.urandom(60_000))
        shell.commits("lantern", f"version {number}")
    address, root = git_server(most=150_000)  # what the network bears at a time
    shell.git(f"clone -q --bare {lantern} {root / 'lantern.git'}")
    shell.git("config uploadpack.allowFilter true", root / "lantern.git")
    lantern.rename(lantern.with_name("elsewhere"))
    told = shell.runs(f"git clone {address}/lantern.git")
    assert (told.codes, told.exit_code) == (["SRN09"], 128), told.output
    assert told.commands == [f"git clone --filter=blob:none {address}/lantern.git"]
    assert shell.types("\n".join(told.commands))[0] == 0
    assert (shell.folder / "lantern" / "light.bin").stat().st_size == 60_000


def test_reading_needs_no_key(diagnose: Any) -> None:
    # Recorded from OpenSSH 9.2 and git 2.39: no server for SSH here.
    output = (
        "Cloning into 'lantern'...\ngit@github.com: Permission denied (publickey).\r\n"
        "fatal: Could not read from remote repository.\n"
    )
    found = diagnose({}, Failure("clone", "git clone git@github.com:lantern/lantern.git", 128, output))
    assert [remedy.command for remedy in found.remedies] == ["git clone https://github.com/lantern/lantern.git"]


@pytest.mark.parametrize(
    ("command", "output"),
    [
        ("git push", "error: failed to push some refs\nhint: Updates were rejected because the remote contains work"),
        ("git clone https://example.org/x", "fatal: repository 'https://example.org/x/' not found"),
        ("git commit -m x", "nothing to commit, working tree clean"),
        ("git merge x", "CONFLICT (content): Merge conflict in lantern.py"),
        ("make", "lantern.c:1:1: error: expected identifier"),
        ("curl x", "The requested URL returned error: 403"),
    ],
)
def test_of_what_git_says_itself_nothing_is_said(diagnose: Any, command: str, output: str) -> None:
    assert diagnose({"pyproject.toml": '[project]\nname = "lantern"\n'}, Failure("run", command, 1, output)) is None
