"""Every test here plants a program in a repository and looks whether opening the repository started it."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from pytest_sprintready.errors import FileProblem, RepositoryError
from pytest_sprintready.snapshot import MemorySnapshot, open_snapshot, plumbing

pytestmark = [
    pytest.mark.usefixtures("git_environment"),
    pytest.mark.skipif(os.name == "nt", reason="the planted programs are shell scripts"),
]


def git(place: Path, *arguments: str) -> str:
    command = ["git", "-C", os.fspath(place), *arguments]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8", timeout=60).stdout.strip()


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    return tmp_path / "marker"


@pytest.fixture
def program(tmp_path: Path, marker: Path) -> str:
    script = tmp_path / "evil.sh"
    script.write_text(f'#!/bin/sh\necho "$0 $*" >>{marker}\n')
    script.chmod(0o755)
    return os.fspath(script)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    place = tmp_path / "project"
    (place / "docs").mkdir(parents=True)
    (place / "README.md").write_text("readme")
    (place / "docs" / "a.md").write_text("a")
    (place / ".gitattributes").write_text("* filter=evil diff=evil merge=evil text eol=crlf ident\n")
    git(place, "init", "-q", "-b", "main")
    git(place, "add", ".")
    git(place, "commit", "-q", "-m", "change")
    (place / "README.md").write_text("changed, so that git would have to look")
    (place / "untracked.md").write_text("new")
    return place


def ask_everything(place: Path, rev: str | None) -> None:
    with open_snapshot(place, rev) as snapshot:
        assert snapshot.has("README.md")
        snapshot.prefetch(snapshot.files)
        for path in snapshot.files:
            snapshot.last_change(path)
            try:
                snapshot.read(path)
            except FileProblem:
                continue
        assert snapshot.revision
        assert snapshot.tag_count is not None
        assert snapshot.remotes is not None
        assert (snapshot.shallow, snapshot.pack_bytes) is not None


CONFIG = {
    "fsmonitor": {"core.fsmonitor": "PROGRAM"},
    "fsmonitor-v1": {"core.fsmonitor": "PROGRAM", "core.fsmonitorHookVersion": "1"},
    "filter": {"filter.evil.smudge": "PROGRAM", "filter.evil.clean": "PROGRAM", "filter.evil.required": "true"},
    "filter-process": {"filter.evil.process": "PROGRAM", "filter.evil.required": "true"},
    "textconv": {"diff.evil.textconv": "PROGRAM", "diff.evil.command": "PROGRAM", "diff.external": "PROGRAM"},
    "signature": {"log.showSignature": "true", "gpg.program": "PROGRAM", "gpg.ssh.program": "PROGRAM"},
    "pager": {"core.pager": "PROGRAM", "pager.rev-list": "PROGRAM", "pager.config": "PROGRAM"},
    "editor": {"core.editor": "PROGRAM", "sequence.editor": "PROGRAM"},
    "ssh": {"core.sshCommand": "PROGRAM", "core.gitProxy": "PROGRAM", "remote.origin.url": "ssh://x/y"},
    "credential": {"credential.helper": "!PROGRAM", "core.askPass": "PROGRAM"},
    "alias": {"alias.ls-files": "!PROGRAM", "alias.rev-parse": "!PROGRAM", "alias.for-each-ref": "!PROGRAM"},
    "alternate-refs": {"core.alternateRefsCommand": "PROGRAM"},
    "untracked-cache": {"core.untrackedCache": "true", "feature.manyFiles": "true"},
    "work-tree": {"core.worktree": "/"},
}


@pytest.mark.parametrize("included", [False, True], ids=["own", "included"])
@pytest.mark.parametrize("settings", CONFIG.values(), ids=CONFIG)
def test_no_program_in_the_configuration_is_run(
    project: Path, program: str, marker: Path, settings: dict[str, str], included: bool
) -> None:
    target = project / ".git" / "config"
    if included:
        git(project, "config", "include.path", "more")
        target = project / ".git" / "more"
    for key, value in settings.items():
        git(project, "config", "--file", os.fspath(target), key, value.replace("PROGRAM", program))
    marker.unlink(missing_ok=True)
    ask_everything(project, None)
    ask_everything(project, "HEAD")
    assert not marker.exists(), marker.read_text()


def test_the_planted_file_system_monitor_would_run_in_plain_git(project: Path, program: str, marker: Path) -> None:
    git(project, "config", "core.fsmonitor", program)
    git(project, "ls-files", "--others")
    assert marker.exists()


@pytest.mark.parametrize("configured", [False, True], ids=["usual-folder", "core.hooksPath"])
@pytest.mark.parametrize("rev", [None, "HEAD"], ids=["folder", "commit"])
def test_no_hook_is_run(project: Path, program: str, marker: Path, rev: str | None, configured: bool) -> None:
    hooks = project / ("planted" if configured else ".git/hooks")
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout", "pre-auto-gc"):
        (hooks / name).write_text(Path(program).read_text())
        (hooks / name).chmod(0o755)
    if configured:
        git(project, "config", "core.hooksPath", os.fspath(hooks))
    ask_everything(project, rev)
    assert not marker.exists()


REMOTES = {
    "ext": {"remote.origin.url": "ext::sh -c PROGRAM"},
    "ssh": {"remote.origin.url": "ssh://example.org/p", "core.sshCommand": "PROGRAM"},
    "upload-pack": {"remote.origin.url": "PLACE", "remote.origin.uploadpack": "PROGRAM"},
    "file-upload-pack": {"remote.origin.url": "file://PLACE", "remote.origin.uploadpack": "PROGRAM"},
    "vcs": {"remote.origin.url": "x", "remote.origin.vcs": "ext", "protocol.ext.allow": "always"},
    "git-proxy": {"remote.origin.url": "git://example.org/p", "core.gitProxy": "PROGRAM"},
    "insteadof": {
        "remote.origin.url": "https://example.org/p",
        "url.ext::sh -c PROGRAM.insteadOf": "https://example.org/p",
    },
}


@pytest.mark.parametrize("settings", REMOTES.values(), ids=REMOTES)
def test_a_missing_object_is_not_fetched_from_a_planted_remote(
    project: Path, program: str, marker: Path, settings: dict[str, str]
) -> None:
    blob = git(project, "rev-parse", "HEAD:README.md")
    other = git(project, "rev-parse", "HEAD:docs/a.md")
    for name in (blob, other):
        lost = project / ".git" / "objects" / name[:2] / name[2:]
        lost.chmod(0o666)
        lost.unlink()
    git(project, "config", "core.repositoryFormatVersion", "1")
    git(project, "config", "extensions.partialClone", "origin")
    git(project, "config", "remote.origin.promisor", "true")
    git(project, "config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    git(project, "config", "protocol.allow", "always")
    for key, value in settings.items():
        planted = value.replace("PROGRAM", program).replace("PLACE", os.fspath(project))
        git(project, "config", key.replace("PROGRAM", program), planted)
    ask_everything(project, "HEAD")
    with open_snapshot(project, "HEAD") as snapshot:
        for path in ("README.md", "docs/a.md"):
            with pytest.raises(FileProblem, match="is not in this clone"):
                snapshot.read(path)
        assert "evil" in snapshot.read(".gitattributes")
    assert not marker.exists(), marker.read_text()


def test_the_planted_remote_would_run_in_plain_git(project: Path, program: str, marker: Path) -> None:
    blob = git(project, "rev-parse", "HEAD:README.md")
    (project / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    git(project, "config", "core.repositoryFormatVersion", "1")
    git(project, "config", "extensions.partialClone", "origin")
    git(project, "config", "remote.origin.url", os.fspath(project))
    git(project, "config", "remote.origin.promisor", "true")
    git(project, "config", "remote.origin.uploadpack", program)
    with pytest.raises(subprocess.CalledProcessError):
        git(project, "cat-file", "-p", blob)
    assert marker.exists()


def test_the_environment_of_the_caller_does_not_reach_git(
    project: Path, program: str, marker: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for name, value in {
        "GIT_DIR": f"{tmp_path}/empty",
        "GIT_INDEX_FILE": f"{tmp_path}/no-index",
        "GIT_OBJECT_DIRECTORY": f"{tmp_path}/empty",
        "GIT_EXTERNAL_DIFF": program,
        "GIT_PAGER": program,
        "GIT_SSH_COMMAND": program,
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor={program}'",
    }.items():
        monkeypatch.setenv(name, value)
    for rev in (None, "HEAD"):
        with open_snapshot(project, rev) as snapshot:
            assert snapshot.is_git
            assert "README.md" in snapshot.files
    assert not marker.exists()


def test_replaced_objects_are_read_as_they_were_committed(project: Path) -> None:
    git(project, "replace", git(project, "rev-parse", "HEAD:README.md"), git(project, "rev-parse", "HEAD:docs/a.md"))
    with open_snapshot(project, "HEAD") as snapshot:
        assert snapshot.read("README.md") == "readme"


def test_nothing_is_written_into_the_repository(project: Path) -> None:
    git(project, "config", "core.untrackedCache", "true")
    git(project, "update-index", "--force-untracked-cache")
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    ask_everything(project, None)
    ask_everything(project, "HEAD")
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give a folder away")
def test_a_repository_of_another_user_is_read(project: Path) -> None:
    for path in [project, *project.rglob("*")]:
        os.chown(path, 65534, 65534)
    ask_everything(project, None)
    ask_everything(project, "HEAD")


def test_a_forged_tree_cannot_name_a_path_outside(project: Path) -> None:
    blob = git(project, "rev-parse", "HEAD:README.md")
    raw = b"100644 ..\0" + bytes.fromhex(blob) + b"100644 a\0" + bytes.fromhex(blob)
    command = ["git", "-C", os.fspath(project), "hash-object", "-w", "-t", "tree", "--literally", "--stdin"]
    tree = subprocess.run(command, input=raw, capture_output=True, check=True, timeout=60).stdout.decode().strip()
    forged = git(project, "commit-tree", tree, "-m", "forged")
    with open_snapshot(project, forged) as snapshot:
        assert snapshot.files == ("a",)


def test_a_tree_that_unfolds_without_end_is_given_up(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, kind = git(project, "rev-parse", "HEAD:README.md"), "100644 blob"
    for _ in range(9):
        entries = "".join(f"{kind} {name}\tentry-{n}\n" for n in range(10))
        command = ["git", "-C", os.fspath(project), "mktree"]
        name = subprocess.run(
            command, input=entries, capture_output=True, check=True, text=True, timeout=60
        ).stdout.strip()
        kind = "040000 tree"
    bomb = git(project, "commit-tree", name, "-m", "bomb")
    monkeypatch.setattr(plumbing, "MAX_ANSWER", 2**22)
    with pytest.raises(RepositoryError, match="cannot be listed"):
        open_snapshot(project, bomb)


def test_a_tree_within_trees_without_end_is_left_out(project: Path) -> None:
    name, kind = git(project, "rev-parse", "HEAD:README.md"), "100644 blob"
    command = ["git", "-C", os.fspath(project), "mktree"]
    for _ in range(100):
        entry = f"{kind} {name}\td\n"
        name = subprocess.run(
            command, input=entry, capture_output=True, check=True, text=True, timeout=60
        ).stdout.strip()
        kind = "040000 tree"
    deep = git(project, "commit-tree", name, "-m", "deep")
    with open_snapshot(project, deep) as snapshot:
        assert (snapshot.files, snapshot.folder()) == ((), ())


def test_links_that_are_forged_to_take_long_are_given_up() -> None:
    detour = "x/../" * 800
    links = {f"l{n}": f"{detour}l{n + 1}" for n in range(2000)}
    snapshot = MemorySnapshot({"README.md": ""}, links=links)
    start = time.process_time()
    assert snapshot.files == ("README.md",)
    assert time.process_time() - start < 10
