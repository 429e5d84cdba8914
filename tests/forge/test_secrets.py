"""Where a token is found, and for whom."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.errors import UsageError
from pytest_sprintready.forge.secrets import find_token, read_token_file

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_sprintready.forge.model import Kind


def found(kind: Kind, host: str, **environ: str) -> str:
    secret = find_token(kind, host, {"HOME": "/nowhere", **environ})
    return f"{secret.reveal()} from {secret.source}" if secret else ""


@pytest.mark.parametrize(
    ("kind", "host", "environ", "wanted"),
    [
        pytest.param("github", "github.com", {"GITHUB_TOKEN": "a"}, "a from GITHUB_TOKEN", id="GITHUB_TOKEN"),
        pytest.param(
            "github", "github.com", {"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}, "b from GH_TOKEN", id="as gh does"
        ),
        pytest.param("github", "git.corp.example", {"GITHUB_TOKEN": "a"}, "", id="not for another host"),
        pytest.param(
            "github",
            "git.corp.example",
            {"GH_ENTERPRISE_TOKEN": "a", "GH_HOST": "git.corp.example"},
            "a from GH_ENTERPRISE_TOKEN",
            id="Enterprise, named",
        ),
        pytest.param(
            "github", "evil.example", {"GH_ENTERPRISE_TOKEN": "a", "GH_HOST": "x.example"}, "", id="another one"
        ),
        pytest.param("github", "evil.example", {"GH_ENTERPRISE_TOKEN": "a"}, "", id="Enterprise, not named"),
        pytest.param(
            "github",
            "git.corp.example",
            {"GITHUB_TOKEN": "a", "GITHUB_SERVER_URL": "https://git.corp.example"},
            "a from GITHUB_TOKEN",
            id="in its own CI",
        ),
        pytest.param("gitlab", "gitlab.com", {"GITLAB_TOKEN": "a"}, "a from GITLAB_TOKEN", id="GitLab"),
        pytest.param("gitlab", "gitlab.evil.example", {"GITLAB_TOKEN": "a"}, "", id="not for another GitLab"),
        pytest.param(
            "gitlab",
            "gl.example",
            {"GITLAB_TOKEN": "a", "GITLAB_HOST": "gl.example"},
            "a from GITLAB_TOKEN",
            id="named",
        ),
        pytest.param("gitea", "codeberg.org", {"CODEBERG_TOKEN": "a"}, "a from CODEBERG_TOKEN", id="Codeberg"),
        pytest.param("gitea", "codeberg.org", {"GITEA_TOKEN": "a"}, "", id="not for Codeberg"),
        pytest.param(
            "gitea",
            "f.example",
            {"FORGEJO_TOKEN": "a", "FORGEJO_HOST": "f.example"},
            "a from FORGEJO_TOKEN",
            id="Forgejo",
        ),
        pytest.param("github", "github.com", {"GITHUB_TOKEN": ""}, "", id="empty"),
        pytest.param("github", "github.com", {"GITHUB_TOKEN": " a\n"}, "a from GITHUB_TOKEN", id="with blanks around"),
    ],
)
def test_a_token_is_for_the_host_it_was_given_for(kind: Kind, host: str, environ: dict[str, str], wanted: str) -> None:
    assert found(kind, host, **environ) == wanted


def test_netrc_knows_its_hosts(tmp_path: Path) -> None:
    file = tmp_path / ".netrc"
    file.write_text("machine github.com login ada password a\ndefault login x password y\n", encoding="utf-8")
    file.chmod(0o600)
    assert found("github", "github.com", HOME=str(tmp_path)) == "a from .netrc"
    assert found("github", "evil.example", HOME=str(tmp_path)) == ""
    assert found("github", "github.com", NETRC=str(file)) == "a from .netrc"


def test_a_broken_netrc_is_passed_over_in_silence(tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text("machine github.com hunter2 hunter2 hunter2\n", encoding="utf-8")
    assert found("github", "github.com", HOME=str(tmp_path)) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for gh, which needs a POSIX shell")
@pytest.mark.parametrize(
    ("script", "wanted"),
    [
        pytest.param('test "$4" = github.com && echo from-gh', "from-gh from gh auth token", id="logged in"),
        pytest.param("echo not logged in >&2; exit 1", "", id="logged out"),
        pytest.param(
            'test -z "$GITHUB_TOKEN" && echo clean', "clean from gh auth token", id="without the environment's"
        ),
    ],
)
def test_gh_is_asked_for_the_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, wanted: str) -> None:
    program = tmp_path / "gh"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setenv("GITHUB_TOKEN", "of the environment")
    assert found("github", "github.com", PATH="/bin:/usr/bin") == wanted


def test_a_token_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("a\n\n", encoding="utf-8")
    assert read_token_file(str(file)).reveal() == "a"


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe", "tökén".encode(), b"a b"])
def test_a_file_that_holds_no_token(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_token_file(str(file))
    assert "token" in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_token_file(str(tmp_path / "none"))
