from __future__ import annotations

import gc
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.errors import FileProblem, RepositoryError
from pytest_sprintready.snapshot import (
    MAX_FILE_BYTES,
    FolderSnapshot,
    GitSnapshot,
    Snapshot,
    folder,
    open_snapshot,
    plumbing,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.usefixtures("git_environment")

needs_symlinks = pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
needs_posix_names = pytest.mark.skipif(os.name == "nt", reason="Windows does not allow these names")
needs_permissions = pytest.mark.skipif(
    os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="root may read everything"
)


def git(place: Path, *arguments: str, text: str | None = None) -> str:
    command = ["git", "-C", os.fspath(place), "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, capture_output=True, check=True, input=text, encoding="utf-8", timeout=60)
    return done.stdout.strip()


def write(place: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    place = tmp_path / "project"
    place.mkdir()
    git(place, "init", "-q", "-b", "main")
    return place


def commit(place: Path, files: Mapping[str, str | bytes], message: str = "change") -> str:
    write(place, files)
    git(place, "add", "--force", "--all")
    git(place, "commit", "-q", "--allow-empty", "-m", message)
    return git(place, "rev-parse", "HEAD")


def contents(snapshot: Snapshot) -> dict[str, bytes]:
    return {path: snapshot.read_bytes(path) for path in snapshot.files}


# -- opening -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("as_type", [str, Path], ids=["text", "path"])
def test_a_work_tree_is_what_is_on_disk(project: Path, as_type: type[str | Path]) -> None:
    revision = commit(project, {"README.md": "committed"})
    write(project, {"README.md": "changed", "new.md": "new"})
    with open_snapshot(as_type(project)) as snapshot:
        assert isinstance(snapshot, FolderSnapshot)
        assert snapshot.files == ("README.md", "new.md")
        assert snapshot.read("README.md") == "changed"
        assert (snapshot.is_git, snapshot.revision, snapshot.name) == (True, revision, os.fspath(project))


def test_with_a_revision_it_is_the_commit(project: Path) -> None:
    first = commit(project, {"README.md": "first", "docs/a.md": "a"})
    commit(project, {"README.md": "second"})
    write(project, {"README.md": "changed", "new.md": "new"})
    with open_snapshot(project, "HEAD~1") as snapshot:
        assert isinstance(snapshot, GitSnapshot)
        assert contents(snapshot) == {"README.md": b"first", "docs/a.md": b"a"}
        assert snapshot.revision == first


@pytest.mark.parametrize("rev", ["main", "v1.0", "HEAD", "HEAD^{commit}", "main@{0}"])
def test_anything_git_resolves_to_a_commit_is_a_revision(project: Path, rev: str) -> None:
    revision = commit(project, {"a": ""})
    git(project, "tag", "-a", "v1.0", "-m", "annotated")
    with open_snapshot(project, rev) as snapshot:
        assert snapshot.revision == revision


def test_a_bare_repository_is_read_at_its_head_without_a_checkout(project: Path, tmp_path: Path) -> None:
    commit(project, {"README.md": "x"})
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "-q", "--bare", os.fspath(project), os.fspath(bare))
    before = sorted(bare.rglob("*"))
    with open_snapshot(bare) as snapshot:
        assert contents(snapshot) == {"README.md": b"x"}
    assert sorted(bare.rglob("*")) == before


def test_a_sub_folder_of_a_work_tree_is_the_root(project: Path) -> None:
    commit(project, {"top.md": "", "part/README.md": "part", "part/docs/a.md": "a"})
    for rev in (None, "HEAD"):
        with open_snapshot(project / "part", rev) as snapshot:
            assert contents(snapshot) == {"README.md": b"part", "docs/a.md": b"a"}
            assert not snapshot.has("../top.md")
            assert snapshot.last_change("README.md") == snapshot.last_change("") == 1767323045


def test_a_linked_work_tree_is_a_work_tree(project: Path, tmp_path: Path) -> None:
    revision = commit(project, {"README.md": "x"})
    linked = tmp_path / "linked"
    git(project, "worktree", "add", "-q", os.fspath(linked))
    with open_snapshot(linked) as snapshot:
        assert contents(snapshot) == {"README.md": b"x"}
        assert snapshot.revision == revision


def test_a_work_tree_without_commits_is_a_folder(project: Path) -> None:
    write(project, {"README.md": "x"})
    with open_snapshot(project) as snapshot:
        assert (snapshot.files, snapshot.is_git, snapshot.revision) == (("README.md",), True, "")
        assert (snapshot.last_change("README.md"), snapshot.tag_count) == (None, 0)


def test_an_empty_folder_is_a_snapshot_without_files(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with open_snapshot(tmp_path / "empty") as snapshot:
        assert (snapshot.files, snapshot.folder(), snapshot.is_folder(""), snapshot.is_git) == ((), (), True, False)


def test_a_folder_that_the_repository_around_it_ignores_is_a_plain_folder(project: Path) -> None:
    commit(project, {".gitignore": "build/\n"})
    write(project, {"build/unpacked/README.md": "x"})
    with open_snapshot(project / "build" / "unpacked") as snapshot:
        assert (snapshot.files, snapshot.is_git) == (("README.md",), False)


def test_a_damaged_git_directory_leaves_a_plain_folder(project: Path) -> None:
    commit(project, {"README.md": "x"})
    (project / ".git" / "index").write_bytes(b"rubbish")
    with open_snapshot(project) as snapshot:
        assert (snapshot.files, snapshot.is_git) == (("README.md",), False)


def test_without_git_a_work_tree_is_a_plain_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(project, {"README.md": "x"})
    monkeypatch.setenv("PATH", os.fspath(project))
    with open_snapshot(project) as snapshot:
        assert (snapshot.files, snapshot.is_git) == (("README.md",), False)


@pytest.mark.parametrize("rev", [None, "main"])
def test_without_git_a_commit_cannot_be_read(project: Path, monkeypatch: pytest.MonkeyPatch, rev: str | None) -> None:
    commit(project, {"README.md": "x"})
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RepositoryError, match="git is needed") as caught:
        open_snapshot(project if rev else project / ".git", rev)
    assert "install git" in caught.value.hint


def test_git_is_not_taken_from_the_current_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = project / ("git.exe" if os.name == "nt" else "git")
    program.touch()
    program.chmod(0o755)
    monkeypatch.chdir(project)
    monkeypatch.setenv("PATH", os.pathsep.join(["", "."]))
    assert plumbing.find_git() == ""


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("missing", "does not exist", "spelling"),
        ("project/README.md", "is not a folder", "name the folder"),
        ("", "the empty path does not exist", "spelling"),
        ("nul\0", "does not exist", "spelling"),
        ("https://example.org/p.git", "is an address", "clone it first"),
    ],
    ids=["missing", "file", "empty", "nul", "address"],
)
def test_what_is_no_folder_is_an_error_with_a_hint(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, message: str, hint: str
) -> None:
    write(project, {"README.md": ""})
    monkeypatch.chdir(project.parent)
    with pytest.raises(RepositoryError, match=message) as caught:
        open_snapshot(name)
    assert hint in caught.value.hint


@pytest.mark.parametrize("rev", ["nowhere", "", " ", "-h", "--help", "a\nHEAD", "HEAD:README.md", "0" * 40])
def test_an_unknown_revision_is_an_error_that_names_known_ones(project: Path, rev: str) -> None:
    commit(project, {"README.md": ""})
    with pytest.raises(RepositoryError, match="has no revision") as caught:
        open_snapshot(project, rev)
    assert "main" in caught.value.hint


def test_a_revision_of_a_plain_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RepositoryError, match="is not a git repository"):
        open_snapshot(tmp_path, "main")


def test_a_sub_folder_missing_from_the_commit_is_an_error(project: Path) -> None:
    commit(project, {"README.md": ""})
    (project / "later").mkdir()
    with pytest.raises(RepositoryError, match="cannot be listed") as caught:
        open_snapshot(project / "later", "HEAD")
    assert "later" in caught.value.hint


def test_a_bare_repository_without_commits_is_an_error(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "empty.git")
    with pytest.raises(RepositoryError, match="has no commits"):
        open_snapshot(tmp_path / "empty.git")


def test_a_bare_repository_whose_head_is_missing_names_its_branches(project: Path) -> None:
    commit(project, {"README.md": ""})
    git(project, "symbolic-ref", "HEAD", "refs/heads/gone")
    with pytest.raises(RepositoryError, match="names no commit") as caught:
        open_snapshot(project / ".git")
    assert "main" in caught.value.hint


@needs_permissions
def test_an_unreadable_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    with pytest.raises(RepositoryError, match="cannot be read"):
        open_snapshot(tmp_path / "closed")


# -- what belongs to it ------------------------------------------------------------------------------------------------


def test_ignored_files_and_tools_output_are_left_out(project: Path) -> None:
    commit(project, {".gitignore": "*.log\nbuild/\n", "tracked.log": "", "node_modules/kept.js": ""})
    write(
        project,
        {
            "new.py": "",
            "x.log": "",
            "build/out": "",
            ".venv/pyvenv.cfg": "",
            ".venv/lib/a.py": "",
            "pkg/__pycache__/a.pyc": "",
            "pkg.egg-info/PKG-INFO": "",
            "web/node_modules/b.js": "",
        },
    )
    assert open_snapshot(project).files == (".gitignore", "new.py", "node_modules/kept.js", "tracked.log")


def test_a_plain_folder_leaves_out_tools_output_and_other_repositories(tmp_path: Path) -> None:
    place = tmp_path / "plain"
    write(
        place,
        {
            "a.py": "",
            "docs/b.md": "",
            "env/pyvenv.cfg": "",
            "env/lib/c.py": "",
            ".tox/d": "",
            ".nox/e": "",
            ".hg/f": "",
            "src/p.egg-info/PKG-INFO": "",
            "vendored/.git": "gitdir: elsewhere",
            "vendored/g.py": "",
            ".mypy_cache/h": "",
            ".github/workflows/ci.yml": "",
        },
    )
    assert open_snapshot(place).files == (".github/workflows/ci.yml", "a.py", "docs/b.md")


def test_a_plain_folder_with_too_many_files_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MAX_FILES", 3)
    write(tmp_path / "disk", dict.fromkeys("abcd", ""))
    with pytest.raises(RepositoryError, match="more than 3 files"):
        open_snapshot(tmp_path / "disk")


def test_a_tracked_file_that_was_deleted_is_gone(project: Path) -> None:
    commit(project, {"README.md": "", "README.rst": "", "docs/a.md": ""})
    (project / "README.md").unlink()
    snapshot = open_snapshot(project)
    assert snapshot.files == ("README.rst", "docs/a.md")
    (project / "docs" / "a.md").unlink()
    assert not snapshot.has("docs/a.md")
    with pytest.raises(FileProblem, match="does not exist"):
        snapshot.read("docs/a.md")


def test_a_file_left_out_by_a_sparse_checkout_is_not_there(project: Path) -> None:
    commit(project, {"docs/a.md": "", "src/a.py": ""})
    git(project, "sparse-checkout", "set", "--cone", "docs")
    assert open_snapshot(project).files == ("docs/a.md",)


def test_a_submodule_is_not_a_file(project: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    commit(other, {"lib.c": ""})
    git(project, "submodule", "--quiet", "add", os.fspath(other), "vendor/other")
    commit(project, {"README.md": ""})
    for rev in (None, "HEAD"):
        with open_snapshot(project, rev) as snapshot:
            assert snapshot.files == (".gitmodules", "README.md")


def test_a_merge_conflict_lists_a_file_once(project: Path) -> None:
    commit(project, {"a": "base"})
    git(project, "checkout", "-q", "-b", "side")
    commit(project, {"a": "side"})
    git(project, "checkout", "-q", "main")
    commit(project, {"a": "main"})
    with pytest.raises(subprocess.CalledProcessError):
        git(project, "merge", "-q", "side")
    assert open_snapshot(project).files == ("a",)


# -- names and links ---------------------------------------------------------------------------------------------------


@needs_posix_names
@pytest.mark.parametrize("rev", [None, "HEAD"], ids=["folder", "commit"])
@pytest.mark.parametrize(
    "name",
    [b"new\nline", b"tab\there", b"\x1b[31mred", b"latin-\xe9", "größe".encode(), b"-n", b" ", b'quo"te', b"back\\slash",
     b":(top)x", b"100644 blob 0\tx", b"*"],
)  # fmt: skip
def test_names_of_any_bytes_survive(project: Path, name: bytes, rev: str | None) -> None:
    path = os.fsdecode(b"d/" + name)
    try:
        commit(project, {"README.md": "", path: "x"})
    except OSError:
        pytest.skip("this file system refuses the name")
    with open_snapshot(project, rev) as snapshot:
        assert snapshot.files == ("README.md", path)
        assert snapshot.read(path) == "x"
        assert snapshot.last_change(path) == 1767323045


@pytest.fixture
def linked(project: Path, tmp_path: Path) -> Path:
    write(tmp_path, {"secret.txt": "secret", "outside/a.md": "outside"})
    write(project, {"README.md": "readme", "docs/a.md": "a", "docs/deep/b.md": "b"})
    for link, target in {
        "CONTRIBUTING.md": "docs/a.md",
        "chain": "CONTRIBUTING.md",
        "manual": "docs",
        "manual-a": "manual/a.md",
        "docs/up": "..",
        "docs/readme": "../README.md",
        "escape": "../secret.txt",
        "escape-folder": "../outside",
        "escape-behind": "escape-folder/a.md",
        "and-back": "../project/README.md",
        "absolute": os.fspath(project / "README.md"),
        "git-config": ".git/config",
        "dangling": "nowhere",
        "loop": "pool",
        "pool": "loop",
        "itself": "itself",
    }.items():
        (project / link).symlink_to(target)
    commit(project, {})
    return project


@needs_symlinks
@pytest.mark.parametrize("rev", [None, "HEAD"], ids=["folder", "commit"])
def test_links_are_files_only_if_they_lead_to_one_inside(linked: Path, rev: str | None) -> None:
    with open_snapshot(linked, rev) as snapshot:
        assert contents(snapshot) == {
            "CONTRIBUTING.md": b"a",
            "README.md": b"readme",
            "chain": b"a",
            "docs/a.md": b"a",
            "docs/deep/b.md": b"b",
            "docs/readme": b"readme",
            "manual-a": b"a",
        }
        assert snapshot.read("manual/up/manual/deep/b.md") == "b"
        assert snapshot.folder("manual") == ("a.md", "deep/", "readme")
        assert snapshot.resolve("chain") == "docs/a.md"


@needs_symlinks
@pytest.mark.parametrize("rev", [None, "HEAD"], ids=["folder", "commit"])
@pytest.mark.parametrize(
    "path",
    ["escape", "escape-folder/a.md", "escape-behind", "and-back", "absolute", "git-config", "dangling", "loop",
     "itself", "../secret.txt", ".git/config"],
)  # fmt: skip
def test_nothing_outside_is_read(linked: Path, path: str, rev: str | None) -> None:
    with open_snapshot(linked, rev) as snapshot:
        assert not snapshot.has(path)
        with pytest.raises(FileProblem):
            snapshot.read(path)


@needs_symlinks
def test_a_plain_folder_follows_links_the_same_way(linked: Path) -> None:
    with open_snapshot(linked, "HEAD") as snapshot:
        expected = contents(snapshot)
    (linked / ".git").rename(linked.parent / "put-away")
    assert contents(open_snapshot(linked)) == expected


@needs_symlinks
def test_a_file_replaced_by_a_link_is_followed_before_it_is_staged(project: Path) -> None:
    commit(project, {"CONTRIBUTING.md": "old", "docs/a.md": "new", "b.md": "b"})
    (project / "CONTRIBUTING.md").unlink()
    (project / "CONTRIBUTING.md").symlink_to("docs/a.md")
    (project / "b.md").unlink()
    (project / "b.md").symlink_to("/etc/passwd")
    snapshot = open_snapshot(project)
    assert snapshot.read("CONTRIBUTING.md") == "new"
    assert not snapshot.has("b.md")
    with pytest.raises(FileProblem, match="leads out"):
        snapshot.read("b.md")


@needs_symlinks
def test_a_link_replaced_by_a_file_is_a_file(project: Path) -> None:
    (project / "a").symlink_to("b")
    commit(project, {"b": "b"})
    (project / "a").unlink()
    write(project, {"a": "own words"})
    snapshot = open_snapshot(project)
    assert contents(snapshot) == {"a": b"own words", "b": b"b"}


@needs_symlinks
def test_a_folder_replaced_by_a_link_to_the_outside_is_not_entered(project: Path, tmp_path: Path) -> None:
    commit(project, {"docs/a.md": "inside", ".gitignore": ""})
    write(tmp_path, {"outside/a.md": "outside"})
    for ignored in ("", "docs\n"):
        write(project, {".gitignore": ignored})
        before = open_snapshot(project)
        (project / "docs").rename(project / ".git" / "old-docs")
        (project / "docs").symlink_to("../outside")
        for snapshot in (before, open_snapshot(project)):
            with pytest.raises(FileProblem):
                snapshot.read("docs/a.md")
        (project / "docs").unlink()
        (project / ".git" / "old-docs").rename(project / "docs")


@needs_symlinks
def test_a_link_checked_out_as_text_is_still_a_link_on_windows(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "CONTRIBUTING.md").symlink_to("docs/a.md")
    commit(project, {"docs/a.md": "a"})
    git(project, "config", "core.symlinks", "false")
    (project / "CONTRIBUTING.md").unlink()
    git(project, "checkout", "--", "CONTRIBUTING.md")
    monkeypatch.setattr(folder, "LINKS_MAY_BE_TEXT", True)
    assert open_snapshot(project).read("CONTRIBUTING.md") == "a"


# -- reading -----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("tracked", [False, True])
def test_a_named_pipe_is_never_waited_for(project: Path, tracked: bool) -> None:
    commit(project, {"pipe": "text", "README.md": ""} if tracked else {"README.md": ""})
    (project / "pipe").unlink(missing_ok=True)
    os.mkfifo(project / "pipe")
    snapshot = open_snapshot(project)
    assert not snapshot.has("pipe")
    with pytest.raises(FileProblem):
        snapshot.read("pipe")
    (project / ".git").rename(project.parent / "put-away")
    assert open_snapshot(project).files == ("README.md",)


@needs_permissions
def test_a_file_without_permission_is_a_problem(project: Path) -> None:
    write(project, {"closed": "x"})
    (project / "closed").chmod(0)
    with pytest.raises(FileProblem, match="cannot be read"):
        open_snapshot(project).read("closed")


def test_a_repository_with_long_object_names_is_read(tmp_path: Path) -> None:
    place = tmp_path / "sha256"
    git(tmp_path, "init", "-q", "--object-format=sha256", "sha256")
    revision = commit(place, {"README.md": "x"})
    assert len(revision) == 64
    for rev in (None, "HEAD"):
        with open_snapshot(place, rev) as snapshot:
            assert (contents(snapshot), snapshot.revision) == ({"README.md": b"x"}, revision)


@pytest.mark.parametrize("rev", [None, "HEAD"], ids=["folder", "commit"])
def test_large_and_binary_files_are_problems_and_others_stay_readable(project: Path, rev: str | None) -> None:
    commit(
        project,
        {
            "a.md": "a",
            "big.txt": b"x" * (MAX_FILE_BYTES + 1),
            "huge.txt": b"y" * (MAX_FILE_BYTES + 2**21),
            "logo.png": b"\x89PNG\0",
            "z.md": "z",
        },
    )
    with open_snapshot(project, rev) as snapshot:
        snapshot.prefetch([*snapshot.files, "missing", "../out"])
        assert (snapshot.read("a.md"), snapshot.read("z.md")) == ("a", "z")
        for path, reason in {"big.txt": "is 4.0 MB", "huge.txt": "is 6.0 MB", "logo.png": "is a binary file"}.items():
            with pytest.raises(FileProblem, match=reason):
                snapshot.read(path)


def test_a_file_is_read_once(project: Path) -> None:
    write(project, {"a.md": "before"})
    snapshot = open_snapshot(project)
    assert snapshot.read("a.md") == "before"
    write(project, {"a.md": "after"})
    assert (snapshot.read("a.md"), snapshot.read_bytes("a.md")) == ("before", b"before")


def test_many_files_are_fetched_together_without_a_deadlock(project: Path) -> None:
    files = {f"d{n % 7}/{n}.txt": f"{n}" * 500 for n in range(1000)}
    commit(project, files)
    with open_snapshot(project, "HEAD") as snapshot:
        snapshot.prefetch(snapshot.files)
        assert {path: data.decode() for path, data in contents(snapshot).items()} == files


@pytest.mark.parametrize("together", [False, True], ids=["one-by-one", "prefetched"])
def test_a_missing_object_is_a_problem_of_its_file_alone(project: Path, together: bool) -> None:
    commit(project, {"a.md": "a", "b.md": "b", "c.md": "c"})
    blob = git(project, "rev-parse", "HEAD:b.md")
    lost = project / ".git" / "objects" / blob[:2] / blob[2:]
    lost.chmod(0o666)
    lost.unlink()
    with open_snapshot(project, "HEAD") as snapshot:
        assert snapshot.files == ("a.md", "b.md", "c.md")
        if together:
            snapshot.prefetch(snapshot.files)
        with pytest.raises(FileProblem, match="is not in this clone"):
            snapshot.read("b.md")
        assert (snapshot.read("a.md"), snapshot.read("c.md")) == ("a", "c")


def test_a_partial_clone_lists_what_it_does_not_hold(project: Path, tmp_path: Path) -> None:
    commit(project, {"a.md": "a", "b.md": "b"})
    git(project, "config", "uploadpack.allowFilter", "true")
    partial = tmp_path / "partial.git"
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", project.as_uri(), os.fspath(partial))
    with open_snapshot(partial) as snapshot:
        assert snapshot.files == ("a.md", "b.md")
        snapshot.prefetch(snapshot.files)
        for path in snapshot.files:
            with pytest.raises(FileProblem, match="is not in this clone"):
                snapshot.read(path)
    assert git(partial, "count-objects").startswith("0 objects")


def test_a_checkout_and_its_commit_are_the_same(project: Path) -> None:
    commit(
        project,
        {
            "README.md": "one\r\ntwo\n",
            ".gitattributes": "*.md -text\n",
            "docs/a/b/c/d.txt": "deep",
            "docs-b.md": "",
            "empty": "",
            "über.txt": "ü".encode("latin-1"),
            "bin": b"\0\1",
        },
    )
    with open_snapshot(project) as on_disk, open_snapshot(project, "HEAD") as committed:
        assert contents(on_disk) == contents(committed)
        folders = {path.rpartition("/")[0] for path in on_disk.files} | {"docs/a"}
        assert {p: on_disk.folder(p) for p in folders} == {p: committed.folder(p) for p in folders}


# -- the process that reads --------------------------------------------------------------------------------------------


def reader(snapshot: Snapshot) -> subprocess.Popen[bytes]:
    assert isinstance(snapshot, GitSnapshot)
    assert snapshot._objects._process
    return snapshot._objects._process


def test_the_reading_process_ends_with_the_block(project: Path) -> None:
    commit(project, {"a.md": "a"})
    with open_snapshot(project, "HEAD") as snapshot:
        process = reader(snapshot)
        assert process.poll() is None
    assert process.poll() is not None
    assert snapshot.read("a.md") == "a", "a closed snapshot starts it again"
    snapshot.close()
    snapshot.close()


@pytest.mark.filterwarnings("error")
def test_a_forgotten_snapshot_ends_its_process_without_a_warning(project: Path) -> None:
    commit(project, {"a.md": "a"})
    snapshot = open_snapshot(project, "HEAD")
    process = reader(snapshot)
    del snapshot
    gc.collect()
    assert process.poll() is not None


def test_a_reading_process_that_died_is_replaced(project: Path) -> None:
    commit(project, {"a.md": "a", "b.md": "b"})
    with open_snapshot(project, "HEAD") as snapshot:
        reader(snapshot).kill()
        reader(snapshot).wait()
        assert snapshot.read("a.md") == "a"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_git_that_never_answers_is_given_up(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(project, {"README.md": "x"})
    (project / ".git" / "index").unlink()
    os.mkfifo(project / ".git" / "index")
    monkeypatch.setattr(plumbing, "SECONDS", 0.2)
    with open_snapshot(project) as snapshot:
        assert (snapshot.files, snapshot.is_git) == (("README.md",), False)


def test_an_endless_answer_is_given_up(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(project, {f"{n}.md": "" for n in range(50)})
    monkeypatch.setattr(plumbing, "MAX_ANSWER", 1000)
    with pytest.raises(RepositoryError, match="cannot be listed"):
        open_snapshot(project, "HEAD")


# -- what git knows ----------------------------------------------------------------------------------------------------


def test_nothing_is_asked_before_it_is_wanted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(project, {"README.md": ""})
    snapshot = open_snapshot(project)
    asked: list[str] = []
    monkeypatch.setattr(plumbing.GitDirectory, "ask", lambda _self, *words, **_more: asked.append(words[0]))
    assert snapshot.is_git
    assert asked == []
    assert (snapshot.tag_count, snapshot.tag_count) == (None, None)
    assert asked == ["for-each-ref"]


def test_git_facts_are_those_of_the_repository(project: Path) -> None:
    commit(project, {"README.md": "", "docs/a.md": ""})
    os.environ["GIT_COMMITTER_DATE"] = "2026-02-03T04:05:06+00:00"
    commit(project, {"docs/a.md": "changed"})
    git(project, "tag", "v1")
    git(project, "tag", "-a", "v2", "-m", "two")
    git(project, "remote", "add", "origin", "https://me:secret@example.org/o/p.git")
    git(project, "remote", "add", "fork.of.me", "git@example.org:me/p.git")
    git(project, "repack", "-q", "-a", "-d")
    for rev in (None, "HEAD"):
        with open_snapshot(project, rev) as snapshot:
            assert snapshot.remotes == {
                "origin": "https://example.org/o/p.git",
                "fork.of.me": "git@example.org:me/p.git",
            }
            assert (snapshot.tag_count, snapshot.shallow) == (2, False)
            assert snapshot.pack_bytes == sum(p.stat().st_size for p in project.glob(".git/objects/pack/*.pack"))
            assert snapshot.last_change("README.md") == 1767323045
            assert snapshot.last_change("docs") == snapshot.last_change("docs/a.md") == 1770091506
            assert snapshot.last_change("missing") is None
    with open_snapshot(project, "HEAD~1") as snapshot:
        assert snapshot.last_change("docs/a.md") == 1767323045


def test_the_default_branch_is_that_of_the_origin(project: Path, tmp_path: Path) -> None:
    git(project, "checkout", "-q", "-b", "trunk")
    commit(project, {"README.md": ""})
    git(tmp_path, "clone", "-q", project.as_uri(), "clone")
    git(tmp_path, "clone", "-q", "--bare", project.as_uri(), "bare")
    git(tmp_path / "clone", "checkout", "-q", "-b", "my-change")
    found = [open_snapshot(place).default_branch for place in (tmp_path / "clone", tmp_path / "bare", project)]
    assert found == ["trunk", "trunk", ""]


def test_a_shallow_clone_says_so_and_does_not_guess_dates(project: Path, tmp_path: Path) -> None:
    commit(project, {"README.md": ""})
    commit(project, {"a": ""})
    git(tmp_path, "clone", "-q", "--depth=1", project.as_uri(), "shallow")
    snapshot = open_snapshot(tmp_path / "shallow")
    assert (snapshot.shallow, snapshot.last_change("README.md")) == (True, None)


def test_borrowed_objects_have_no_known_size(project: Path, tmp_path: Path) -> None:
    commit(project, {"README.md": ""})
    git(tmp_path, "clone", "-q", "--shared", os.fspath(project), "borrowing")
    assert open_snapshot(tmp_path / "borrowing").pack_bytes is None


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/o/p.git", "https://example.org/o/p.git"),
        ("https://token@example.org/o/p", "https://example.org/o/p"),
        ("https://me:pass@word@example.org:8443/o/p", "https://example.org:8443/o/p"),
        ("https://me:pass/word@example.org/o/p", "https://example.org/o/p"),
        ("https://example.org/@scope/p", "https://example.org/@scope/p"),
        ("ssh://git@example.org/o/p", "ssh://git@example.org/o/p"),
        ("ssh://git:secret@example.org/o/p", "ssh://git@example.org/o/p"),
        ("git@example.org:o/p.git", "git@example.org:o/p.git"),
        ("/srv/git/p", "/srv/git/p"),
        ("", ""),
    ],
)
def test_a_remote_is_shown_without_its_secrets(url: str, shown: str) -> None:
    assert plumbing.without_credentials(url) == shown


def test_of_very_many_folders_those_near_the_root_are_compared_with_the_disk(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pytest_sprintready.snapshot.folder.MAX_FOLDERS", 2)
    commit(project, {"a.md": "", "docs/b.md": "", "src/deep/far/c.py": "", "src/deep/far/d.py": ""})
    (project / "docs/b.md").unlink()
    (project / "src/deep/far/c.py").unlink()
    write(project, {"new.md": "", "docs/new.md": "", "src/deep/far/new.py": ""})
    with open_snapshot(project) as snapshot:
        assert snapshot.files == ("a.md", "docs/new.md", "new.md", "src/deep/far/c.py", "src/deep/far/d.py")
        assert not snapshot.has("src/deep/far/c.py")


def test_git_is_asked_about_everything_where_very_much_is_untracked(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pytest_sprintready.snapshot.folder.MAX_ARGUMENTS", 10)
    commit(project, {"a.md": "", ".gitignore": "*.log\n"})
    write(project, {"one_more.md": "", "another.md": "", "noise.log": ""})
    with open_snapshot(project) as snapshot:
        assert snapshot.files == (".gitignore", "a.md", "another.md", "one_more.md")
