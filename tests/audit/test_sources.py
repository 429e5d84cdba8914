"""Commits read from a real git server, its faults, and the addresses that are refused."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready import Facts, run
from pytest_sprintready.audit.manifest import Project
from pytest_sprintready.audit.sources import Server, Sources, open_project, permitted, prepare
from pytest_sprintready.errors import RepositoryError, UsageError
from pytest_sprintready.snapshot import open_snapshot, remote

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.snapshot import Snapshot

LANTERN = {
    "README.md": "# Lantern\n\nSee [the guide](CONTRIBUTING.md).\n",
    "CONTRIBUTING.md": "# Contributing\n\nRun `nox -s tests`.\n",
    "docs/far/away/notes.md": "# Notes\n",
    "docs/far/away/more.md": "# More\n",
    "src/lantern.py": "import os\n",
}


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "PAUSE", 0.0)


def project(server: Any, name: str = "lantern", rev: str = "") -> Project:
    return Project(name, url=f"{server.url}/{name}", rev=rev)


def refusal(project: Project, sources: Sources) -> RepositoryError:
    with pytest.raises(RepositoryError) as caught:
        open_project(project, sources)
    return caught.value


# What comes, and how ----------------------------------------------------------------------------------------------


def test_a_commit_on_a_server_is_read_like_a_clone(server: Any, publish: Callable[..., str], sources: Sources) -> None:
    commit = publish("lantern", LANTERN)
    with open_project(project(server), sources) as fetched, open_snapshot(server.folder / "lantern") as cloned:
        assert fetched.revision == commit
        assert list(fetched.files) == sorted(LANTERN)
        assert fetched.committed == cloned.committed == 1767323045
        theirs = {result.rule.code: result for result in run(Facts(cloned)).results}
        ours = {result.rule.code: result for result in run(Facts(fetched)).results}
        assert {code for code in ours if ours[code] != theirs[code]} <= {"SR508"}  # the size of the history


def test_likely_files_come_in_one_request_and_kin_in_another(
    server: Any, publish: Callable[..., str], sources: Sources
) -> None:
    publish("lantern", {**LANTERN, "src/data/a.text": "a", "src/data/b.text": "b"})
    with open_project(project(server), sources) as fetched:
        folders = len(server.log)
        assert fetched.read("README.md").startswith("# Lantern")
        first = len(server.log)
        assert first > folders
        assert fetched.read("CONTRIBUTING.md").startswith("# Contributing")
        assert len(server.log) == first
        assert fetched.read("src/data/a.text") == "a"
        second = len(server.log)
        assert second > first
        assert fetched.read("src/data/b.text") == "b"
        assert len(server.log) == second


def test_an_unchanged_commit_is_asked_for_and_not_fetched_again(
    server: Any, publish: Callable[..., str], sources: Sources
) -> None:
    publish("lantern", LANTERN)
    with open_project(project(server), sources) as fetched:
        fetched.read("README.md")
    before = len(server.log)
    with open_project(project(server), sources) as again:
        again.read("README.md")
    assert [line.split("?")[0].rsplit("/", 1)[1] for line in server.log[before:]] == ["refs", "git-upload-pack"]


def test_of_a_commit_that_is_known_nothing_but_its_name_is_asked_for(
    server: Any, publish: Callable[..., str], sources: Sources
) -> None:
    commit = publish("lantern", LANTERN)
    open_project(project(server), sources).close()
    before = len(server.log)
    with open_project(project(server), sources, known={commit}) as known:
        assert known.revision == commit
        assert list(known.files) == []
    assert len(server.log) == before + 2  # what the server can do, and where its branches are
    commit = publish("lantern", {"README.md": "# New\n"})
    with open_project(project(server), sources, known={"0" * 40}) as fetched:
        assert (fetched.revision, fetched.read("README.md")) == (commit, "# New\n")


def test_links_come_with_the_first_files(
    server: Any, publish: Callable[..., str], sources: Sources, tmp_path: Path
) -> None:
    publish("lantern", LANTERN)
    tmp_path.joinpath("work", "lantern", "GUIDE.md").symlink_to("CONTRIBUTING.md")
    publish("lantern", {"docs/index.md": "# Lantern\n"})
    with open_project(project(server), sources) as fetched:
        assert fetched.read("README.md").startswith("# Lantern")
        first = len(server.log)
        assert fetched.read("GUIDE.md") == fetched.read("CONTRIBUTING.md")
        assert "GUIDE.md" in fetched.files
        assert len(server.log) == first


def test_a_cache_may_be_named_from_the_current_folder(
    server: Any, publish: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("lantern", LANTERN)
    monkeypatch.chdir(tmp_path)
    for _ in ("fetched", "found again"):
        with open_project(project(server), Sources("cache", local=True)) as fetched:
            assert fetched.read("README.md").startswith("# Lantern")


def test_a_new_commit_is_fetched(server: Any, publish: Callable[..., str], sources: Sources) -> None:
    publish("lantern", LANTERN)
    open_project(project(server), sources).close()
    commit = publish("lantern", {"README.md": "# New\n"})
    with open_project(project(server), sources) as fetched:
        assert fetched.revision == commit
        assert fetched.read("README.md") == "# New\n"


@pytest.mark.parametrize("kind", ["branch", "tag", "annotated", "commit"])
def test_a_revision_is_a_branch_a_tag_or_a_commit(
    server: Any, publish: Callable[..., str], sources: Sources, kind: str
) -> None:
    commit = publish("lantern", LANTERN)
    git = ["git", "--git-dir", str(server.folder / "lantern")]
    subprocess.run([*git, "branch", "old"], check=True)
    subprocess.run([*git, "tag", "v1"], check=True)
    subprocess.run([*git, "tag", "-a", "-m", "v2", "v2"], check=True)
    publish("lantern", {"README.md": "# New\n"})
    rev = {"branch": "old", "tag": "v1", "annotated": "v2", "commit": commit}[kind]
    for _ in ("fetched", "found again"):
        with open_project(project(server, rev=rev), sources) as fetched:
            assert fetched.revision == commit


def test_links_files_and_names_of_any_kind_are_read(
    server: Any, publish: Callable[..., str], sources: Sources, tmp_path: Path
) -> None:
    publish("lantern", LANTERN)
    work = tmp_path / "work" / "lantern"
    work.joinpath("GUIDE.md").symlink_to("CONTRIBUTING.md")
    work.joinpath("out.md").symlink_to("/etc/passwd")
    publish("lantern", {"docs/été.md": "# été\n"})
    with open_project(project(server), sources) as fetched:
        assert fetched.read("GUIDE.md") == LANTERN["CONTRIBUTING.md"]
        assert not fetched.has("out.md")
        assert fetched.read("docs/été.md") == "# été\n"


def test_nothing_of_the_remote_is_obeyed(
    server: Any, publish: Callable[..., str], sources: Sources, tmp_path: Path
) -> None:
    marker = tmp_path / "obeyed"
    publish(
        "lantern",
        {
            **LANTERN,
            ".gitattributes": "* filter=evil\n",
            ".gitmodules": f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "touch {marker}"\n\tupdate = !touch {marker}\n',
            "hooks/post-checkout": f"#!/bin/sh\ntouch {marker}\n",
            "config": f'[core]\n\tfsmonitor = "touch {marker}"\n',
        },
    )
    with open_project(project(server), sources) as fetched:
        run(Facts(fetched))
    assert not marker.exists()
    kept = next(path for path in Path(sources.cache).glob("*/*") if not path.name.startswith("."))
    assert sorted(path.name for path in kept.iterdir()) == ["HEAD", "config", "objects", "refs", "shallow"]


# Faults ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("500", "the server is at fault"),
        ("401", "the repository is private, or its address misspelled"),
        ("403", "the repository is private, or its address misspelled"),
        ("404", "there is no repository at this address"),
        ("hangup", "what the server sent is cut or damaged"),
        ("reset", "what the server sent is cut or damaged"),
        ("cut", "what the server sent is cut or damaged"),
        ("corrupt", "what the server sent is cut or damaged"),
        ("circle", "is sent from address to address"),
    ],
)
def test_a_fault_of_the_server_is_named_with_what_to_do(
    server: Any, publish: Callable[..., str], sources: Sources, fault: str, message: str
) -> None:
    publish("lantern", LANTERN)
    error = refusal(project(server, f"!{fault}/lantern"), sources)
    assert message in error.message
    assert error.hint
    assert not [path for path in Path(sources.cache).glob("*/*") if path.is_dir()]


def test_a_fault_that_passes_is_tried_again(server: Any, publish: Callable[..., str], sources: Sources) -> None:
    publish("lantern", LANTERN)
    with open_project(project(server, "!once/lantern"), sources) as fetched:
        assert fetched.read("README.md").startswith("# Lantern")


def test_a_redirection_is_followed_to_where_one_may_ask(
    server: Any, publish: Callable[..., str], sources: Sources
) -> None:
    publish("lantern", LANTERN)
    with open_project(project(server, "!redirect/lantern"), sources) as fetched:
        assert fetched.has("README.md")


def test_a_server_that_is_down_is_named(server: Any, sources: Sources) -> None:
    server.shutdown()  # first, for what still waits for requests would take one more
    server.server_close()
    assert "the server cannot be reached" in refusal(project(server), sources).message


def test_a_server_that_says_nothing_is_given_up(
    server: Any, publish: Callable[..., str], sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("lantern", LANTERN)
    monkeypatch.setattr(remote, "SECONDS", 0.5)
    assert "the server takes more than" in refusal(project(server, "!slow/lantern"), sources).message


def test_a_server_that_sends_too_much_is_given_up(
    server: Any, publish: Callable[..., str], sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish("lantern", LANTERN)
    monkeypatch.setattr(remote, "MAX_BYTES", -1)
    assert "the server sends more than" in refusal(project(server, "!slow/lantern"), sources).message


def test_a_repository_without_commits_is_named(server: Any, sources: Sources) -> None:
    subprocess.run(["git", "init", "-q", "--bare", str(server.folder / "empty")], check=True)
    assert "it has no such revision" in refusal(project(server, "empty"), sources).message


def test_a_revision_that_is_not_there_is_named(server: Any, publish: Callable[..., str], sources: Sources) -> None:
    publish("lantern", LANTERN)
    assert "no such revision" in refusal(project(server, rev="gone"), sources).message


@pytest.mark.parametrize("rev", ["--upload-pack=touch x", "-x", "a..b", "+a", "a:b", "a b", "a^{/x}", "x\ny", "@{u}"])
def test_a_revision_that_git_would_take_for_more_is_refused(server: Any, sources: Sources, rev: str) -> None:
    assert "is no name of a branch, tag or commit" in refusal(project(server, rev=rev), sources).message


def test_files_that_fail_to_come_are_a_failure_and_no_verdict(
    server: Any, publish: Callable[..., str], sources: Sources
) -> None:
    publish("lantern", LANTERN)
    fetched: Snapshot = open_project(project(server), sources)
    server.shutdown()
    server.server_close()
    with fetched:
        run(Facts(fetched))
        assert "the server cannot be reached" in str(getattr(fetched, "failure", ""))


def test_a_damaged_cache_is_fetched_anew(server: Any, publish: Callable[..., str], sources: Sources) -> None:
    publish("lantern", LANTERN)
    open_project(project(server), sources).close()
    for pack in Path(sources.cache).rglob("*.pack"):
        pack.chmod(0o600)
        pack.write_bytes(b"PACK" + bytes(100))
    with open_project(project(server), sources) as fetched:
        assert fetched.read("README.md").startswith("# Lantern")


def test_a_cache_that_cannot_be_written_is_named_before_anything_is_asked(tmp_path: Path) -> None:
    tmp_path.joinpath("file").touch()
    with pytest.raises(UsageError, match=r"cannot be written.*\n.*--cache"):
        prepare(Sources(str(tmp_path / "file" / "cache")))


# Addresses ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c 'touch x'",
        "fd::17",
        "-u/x",
        "--upload-pack=touch x",
        "https://-oProxyCommand=x/y",
        "ssh://-oProxyCommand=x/y",
        "-oProxyCommand=x:y",
        "git://1.1.1.1/x",
        "ftp://1.1.1.1/x",
        "http://1.1.1.1/x",
        "https://me:secret@1.1.1.1/x",
        "https://token@1.1.1.1/x",
        "https://[broken/x",
        "https://1.1.1.1:99999/x",
        "https:///x",
        "https://1.1.1.1/a b",
        "https://1.1.1.1/a\nb",
        "",
    ],
)
@pytest.mark.parametrize("local", [True, False])
def test_an_address_that_is_none_or_proves_nothing_is_refused(url: str, local: bool) -> None:
    if local and not url:
        return  # a folder, which is then not found
    with pytest.raises(RepositoryError) as caught:
        permitted(url, local=local)
    assert "secret" not in str(caught.value)
    assert "token@" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://2130706433/x",
        "https://0/x",
        "https://10.1.2.3/x",
        "https://192.168.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[fd00::1]/x",
        "https://100.64.0.1/x",
        "ssh://git@127.0.0.1/x",
        "git@127.0.0.1:x",
        "http://127.0.0.1:8000/x",
    ],
)
def test_this_machine_and_its_network_are_asked_only_where_that_is_allowed(url: str) -> None:
    with pytest.raises(RepositoryError, match=r"leads to this machine or its network.*\n.*--allow-local"):
        permitted(url, local=False)
    assert isinstance(permitted(url, local=True), Server)


@pytest.mark.parametrize("url", ["file:///etc", "/etc", "../x", "C:/x", "x"])
def test_a_folder_in_place_of_an_address_is_read_only_where_that_is_allowed(url: str) -> None:
    with pytest.raises(RepositoryError):
        permitted(url, local=False)


def test_a_file_address_names_a_folder(tmp_path: Path) -> None:
    assert permitted(f"file://{tmp_path.as_posix()}/a%20b", local=True) == f"{tmp_path.as_posix()}/a b"


def test_a_permitted_server_is_pinned_to_the_addresses_that_were_looked_at() -> None:
    assert permitted("http://127.0.0.1:8000/x", local=True) == Server(
        "http://127.0.0.1:8000/x", "http", "127.0.0.1:8000:127.0.0.1"
    )


def test_no_password_is_ever_part_of_a_command(
    server: Any, publish: Callable[..., str], sources: Sources, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    publish("lantern", LANTERN)
    seen: list[Any] = []
    real = subprocess.Popen

    class Recorded(real):  # type: ignore[misc, valid-type]
        def __init__(self, command: Any, **options: Any) -> None:
            seen.extend((command, options.get("env")))
            super().__init__(command, **options)

    monkeypatch.setattr(subprocess, "Popen", Recorded)
    monkeypatch.setenv("HOME", str(tmp_path))
    tmp_path.joinpath(".netrc").write_text("machine 127.0.0.1 login me password geheim\n")
    tmp_path.joinpath(".netrc").chmod(0o600)
    open_project(project(server), sources).close()
    error = refusal(project(server, "!401/lantern"), sources)
    assert seen
    assert "geheim" not in repr(seen) + str(error)
    assert not [path for path in Path(sources.cache).rglob("*") if path.is_file() and b"geheim" in path.read_bytes()]


def test_two_readers_of_one_repository_do_not_hinder_each_other(
    server: Any, publish: Callable[..., str], sources: Sources
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    publish("lantern", LANTERN)

    def read(_: int) -> str:
        with open_project(project(server), sources) as fetched:
            return fetched.read("README.md")

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(read, range(8))) == {LANTERN["README.md"]}
    kept = list(Path(sources.cache).glob("*/*"))
    assert len(kept) == 1
