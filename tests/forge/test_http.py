"""What can go wrong between us and a forge, and that it ends in one clear error."""

from __future__ import annotations

import os
import pickle
import ssl
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.errors import ForgeError
from pytest_sprintready.forge.cache import Cache, Kept, default_folder
from pytest_sprintready.forge.http import (
    BadAnswer,
    Client,
    Forbidden,
    Limits,
    NotFound,
    RateLimited,
    Unauthorized,
    Unreachable,
    next_page,
)
from pytest_sprintready.forge.secrets import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.forge.server import Forge

TLS = Path(__file__).parent / "tls"


@pytest.fixture
def client(forge: Forge, server: Any, slept: list[float]) -> Callable[..., Client]:
    """Return what makes a client of the forge."""
    forge.add()

    def make(*, token: Any = server.TOKEN, cache: Cache | None = None, **limits: Any) -> Client:
        return Client(
            forge.url.partition("://")[2],
            Secret(token, "GITHUB_TOKEN") if token else None,
            limits=Limits(**{"seconds": 60, **limits}),
            cache=cache,
            sleep=slept.append,
            clock=lambda: float(server.NOW),
        )

    return make


@pytest.fixture
def url(forge: Forge) -> str:
    """Where the repository is described."""
    return f"{forge.url}/api/v3/repos/lamps/lantern"


# Refusals -----------------------------------------------------------------------------------------------------------


def test_a_token_that_is_not_accepted_is_named_by_its_source(client: Callable[..., Client], url: str) -> None:
    expired = "tok-expired"
    with pytest.raises(Unauthorized, match="does not accept the token from GITHUB_TOKEN"):
        client(token=expired).get(url)


def test_what_needs_a_token_says_so(forge: Forge, client: Callable[..., Client], url: str, server: Any) -> None:
    forge.faults.append(server.Fault(server.status(401)))
    with pytest.raises(Unauthorized, match="shown only with a token"):
        client(token="").get(url)


def test_what_is_forbidden_says_why(forge: Forge, client: Callable[..., Client], url: str, server: Any) -> None:
    forge.faults.append(server.Fault(server.status(403, message="Resource protected by organization SAML")))
    with pytest.raises(Forbidden) as caught:
        client().get(url)
    assert caught.value.hint == "Resource protected by organization SAML"


@pytest.mark.parametrize("code", [404, 410])
def test_what_is_not_there(forge: Forge, client: Callable[..., Client], url: str, server: Any, code: int) -> None:
    forge.faults.append(server.Fault(server.status(code)))
    with pytest.raises(NotFound):
        client().get(url)


# Limits -------------------------------------------------------------------------------------------------------------


def test_a_limit_that_ends_soon_is_waited_for_by_the_clock_of_the_forge(
    forge: Forge, client: Callable[..., Client], url: str, server: Any, slept: list[float]
) -> None:
    forge.clock = lambda: server.NOW + 5_000  # its clock is ahead of ours
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(server.NOW + 5_030)}
    forge.faults.append(server.Fault(server.status(403, headers)))
    assert client().get(url).status == 200
    assert slept == [31]


def test_a_limit_that_ends_late_is_an_error_that_says_when(
    forge: Forge, client: Callable[..., Client], url: str, slept: list[float]
) -> None:
    forge.allowance = 0
    with pytest.raises(RateLimited, match="allows no more requests for 10 minutes") as caught:
        client().get(url)
    assert caught.value.until == forge.reset + 1
    assert slept == []


def test_after_a_limit_nothing_more_is_asked(forge: Forge, client: Callable[..., Client], url: str) -> None:
    forge.allowance = 0
    asking = client()
    for _ in range(3):
        with pytest.raises(RateLimited):
            asking.get(url)
    assert forge.calls == 1


def test_without_a_token_a_limit_hints_at_one(forge: Forge, client: Callable[..., Client], url: str) -> None:
    forge.allowance = 0
    with pytest.raises(RateLimited) as caught:
        client(token="").get(url)
    assert "token" in caught.value.hint


@pytest.mark.parametrize(
    ("code", "headers", "message", "wait"),
    [
        pytest.param(403, {"Retry-After": "7"}, "You have exceeded a secondary rate limit", 7, id="secondary, told"),
        pytest.param(403, {}, "You have exceeded a secondary rate limit", 60, id="secondary, not told"),
        pytest.param(429, {"Retry-After": "3"}, "", 3, id="429"),
        pytest.param(429, {}, "", 60, id="429, not told"),
        pytest.param(429, {"RateLimit-Remaining": "0", "RateLimit-Reset": "1780000009"}, "", 10, id="GitLab"),
        pytest.param(429, {"Retry-After": "Thu, 28 May 2026 20:26:44 GMT"}, "", 4, id="a date"),
        pytest.param(429, {"Retry-After": "soon"}, "", 60, id="no number"),
        pytest.param(429, {"Retry-After": "-5"}, "", 60, id="negative"),
    ],
)
def test_a_forge_that_asks_for_patience_gets_it(
    forge: Forge,
    client: Callable[..., Client],
    url: str,
    server: Any,
    slept: list[float],
    code: int,
    headers: dict[str, str],
    message: str,
    wait: float,
) -> None:
    forge.faults.append(server.Fault(server.status(code, headers, message)))
    assert client().get(url).status == 200
    assert slept == [wait]


def test_patience_ends(forge: Forge, client: Callable[..., Client], url: str, server: Any) -> None:
    forge.faults.append(server.Fault(server.status(429, {"Retry-After": "25"}), times=9))
    with pytest.raises(RateLimited):
        client().get(url)
    assert forge.calls == 3


# Broken servers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [500, 502, 503, 504])
def test_a_burst_of_errors_is_survived(
    forge: Forge, client: Callable[..., Client], url: str, server: Any, slept: list[float], code: int
) -> None:
    forge.faults.append(server.Fault(server.status(code), times=2))
    assert client().get(url).status == 200
    assert len(slept) == 2
    assert 0.5 <= slept[0] <= 1 <= slept[1] <= 2


def test_a_server_that_stays_broken(forge: Forge, client: Callable[..., Client], url: str, server: Any) -> None:
    forge.faults.append(server.Fault(server.status(502), times=9))
    with pytest.raises(BadAnswer, match="answered 502"):
        client().get(url)
    assert forge.calls == 3


@pytest.mark.parametrize("act", ["cut", "hang_up"])
def test_a_connection_that_breaks_off_once(
    forge: Forge, client: Callable[..., Client], url: str, server: Any, act: str
) -> None:
    forge.faults.append(server.Fault(getattr(server, act)))
    assert client().get(url).status == 200


@pytest.mark.parametrize("act", ["cut", "hang_up"])
def test_a_connection_that_always_breaks_off(
    forge: Forge, client: Callable[..., Client], url: str, server: Any, act: str
) -> None:
    forge.faults.append(server.Fault(getattr(server, act), times=9))
    with pytest.raises(Unreachable, match="cannot be reached, or broke off"):
        client().get(url)


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        pytest.param(b"", b"H", id="status"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x", id="headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b" ", id="body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", id="chunks"),
    ],
)
def test_a_server_that_drips_is_left_at_the_deadline(
    forge: Forge, client: Callable[..., Client], url: str, server: Any, head: bytes, drop: bytes
) -> None:
    forge.faults.append(server.Fault(server.drip(head, drop), times=9))
    with pytest.raises(Unreachable, match=r"did not answer within 0\.3 seconds"):
        client(seconds=0.3, tries=1).get(url)


@pytest.mark.usefixtures("shallow_collection")
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b'{"a": 1', b"[" * 100_000, b'{"a": ' + b"9" * 10_000 + b"}", b"\xff\xfe", b"NaN,"],
    ids=["empty", "open", "cut", "deep", "long number", "no UTF-8", "no JSON"],
)
def test_broken_json(forge: Forge, client: Callable[..., Client], url: str, server: Any, body: bytes) -> None:
    forge.faults.append(server.Fault(server.content(body)))
    with pytest.raises(BadAnswer, match="JSON that is broken or cut off"):
        client().get(url).json()


def test_a_page_of_a_captive_portal_is_no_answer(
    forge: Forge, client: Callable[..., Client], url: str, server: Any
) -> None:
    forge.faults.append(server.Fault(server.content(b"<html>Log in</html>", "text/html")))
    with pytest.raises(BadAnswer, match="text/html"):
        client().get(url).json()


def test_an_answer_without_end(forge: Forge, client: Callable[..., Client], url: str, server: Any) -> None:
    forge.faults.append(server.Fault(server.content(b" " * 3_000_000)))
    with pytest.raises(BadAnswer, match="more than 2 MiB"):
        client(bytes=2 * 2**20).get(url)


def test_an_answer_that_is_not_packed_as_it_says(
    forge: Forge, client: Callable[..., Client], url: str, server: Any
) -> None:
    forge.faults.append(server.Fault(server.content(b"[]", headers={"Content-Encoding": "gzip"}), times=9))
    with pytest.raises(Unreachable, match="not packed as it says"):
        client().get(url)


def test_no_server(client: Callable[..., Client]) -> None:
    with pytest.raises(Unreachable, match="cannot be reached") as caught:
        client().get("http://127.0.0.1:9/api")
    assert "offline" in caught.value.hint


def test_pages_that_go_in_circles_end(forge: Forge, client: Callable[..., Client], url: str, server: Any) -> None:
    link = {"Link": f'<{url}/labels?page=2>; rel="next"'}
    forge.faults.append(server.Fault(server.content(b'[{"name": "a"}]', headers=link), times=99))
    assert len(list(client().pages(f"{url}/labels"))) == 2


def test_pages_on_another_host_are_not_asked_for(
    forge: Forge, client: Callable[..., Client], url: str, server: Any
) -> None:
    link = {"Link": '<http://127.0.0.2:9/labels?page=2>; rel="next"'}
    forge.faults.append(server.Fault(server.content(b'[{"name": "a"}]', headers=link)))
    assert len(list(client().pages(f"{url}/labels"))) == 1


def test_what_should_be_a_list_and_is_none(forge: Forge, client: Callable[..., Client], url: str, server: Any) -> None:
    forge.faults.append(server.Fault(server.content(b'{"message": "?"}')))
    with pytest.raises(BadAnswer, match="something else than a list"):
        list(client().pages(f"{url}/labels"))


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ('<https://a/b?page=2>; rel="next", <https://a/b?page=9>; rel="last"', "https://a/b?page=2"),
        ("</b?page=2>; rel='next'", "https://a/b?page=2"),
        ('<https://a/b?page=1>; rel="prev"', ""),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_the_next_page(link: str, wanted: str) -> None:
    assert next_page(link, "https://a/b") == wanted


# TLS, redirects and the token ---------------------------------------------------------------------------------------


@pytest.fixture
def other(server: Any) -> Iterator[Forge]:
    """A second host, which has nothing to do with the first."""
    found: Forge = server.Forge()
    found.add()
    found.start()
    yield found
    found.stop()


def tokens(forge: Forge) -> list[str]:
    return [headers["authorization"] for headers in forge.headers if "authorization" in headers]


def test_the_token_does_not_follow_to_another_host(
    forge: Forge, other: Forge, client: Callable[..., Client], url: str, server: Any
) -> None:
    target = f"{other.url}/api/v3/repos/lamps/lantern"
    forge.faults.append(server.Fault(server.status(302, {"Location": target})))
    assert client().get(url).status == 200
    assert len(tokens(forge)) == 1
    assert other.calls == 1
    assert tokens(other) == []


def test_the_token_comes_along_on_the_same_host(
    forge: Forge, client: Callable[..., Client], url: str, server: Any
) -> None:
    forge.faults.append(server.Fault(server.status(301, {"Location": "/api/v3/repos/lamps/lantern"})))
    client().get(url)
    assert len(tokens(forge)) == 2


def test_a_change_is_not_redirected_to_another_host(
    forge: Forge, other: Forge, client: Callable[..., Client], url: str, server: Any
) -> None:
    forge.faults.append(server.Fault(server.status(307, {"Location": f"{other.url}/labels"})))
    with pytest.raises(BadAnswer, match="redirects a change"):
        client().send("POST", f"{url}/labels", {"name": "x"})
    assert other.calls == 0


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/"])
def test_a_redirect_to_what_is_no_web_address(
    forge: Forge, client: Callable[..., Client], url: str, server: Any, target: str
) -> None:
    forge.faults.append(server.Fault(server.status(302, {"Location": target})))
    with pytest.raises(BadAnswer, match="no web address"):
        client().get(url)


def test_redirects_without_end(forge: Forge, client: Callable[..., Client], url: str, server: Any) -> None:
    forge.faults.append(server.Fault(server.status(302, {"Location": url}), times=99))
    with pytest.raises(BadAnswer, match="without end"):
        client().get(url)


def test_a_token_is_not_sent_without_encryption_to_another_machine() -> None:
    asking = Client("forge.example", Secret("x", "GITHUB_TOKEN"))
    assert asking._trusted("https://forge.example/api/v3/repos/a/b")
    assert not asking._trusted("http://forge.example/api/v3/repos/a/b")
    assert not asking._trusted("https://forge.example.evil.example/")
    assert not asking._trusted("https://forge.example@evil.example/")


@pytest.fixture
def encrypted(server: Any) -> Iterator[Forge]:
    """A forge whose certificate nobody has vouched for."""
    found: Forge = server.Forge()
    found.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.tls.load_cert_chain(TLS / "certificate.pem", TLS / "key.pem")
    found.add()
    found.start()
    yield found
    found.stop()


def ask_encrypted(forge: Forge, ca_file: str = "") -> int:
    client = Client(forge.url.partition("://")[2], ca_file=ca_file, limits=Limits(seconds=60), sleep=lambda _: None)
    return client.get(f"{forge.url}/api/v3/repos/lamps/lantern").status


def test_a_certificate_nobody_vouches_for(encrypted: Forge) -> None:
    with pytest.raises(Unreachable, match=r"certificate of .* cannot be trusted") as caught:
        ask_encrypted(encrypted)
    assert "--ca-file" in caught.value.hint
    assert encrypted.calls == 0


def test_an_authority_of_ones_own(encrypted: Forge) -> None:
    assert ask_encrypted(encrypted, str(TLS / "certificate.pem")) == 200


def test_an_authority_from_the_environment(encrypted: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "certificate.pem"))
    assert ask_encrypted(encrypted) == 200


def test_an_authority_that_is_not_there(encrypted: Forge, tmp_path: Path) -> None:
    with pytest.raises(ForgeError):
        ask_encrypted(encrypted, str(tmp_path / "none.pem"))


def test_a_proxy_is_used_where_the_environment_names_one(
    forge: Forge, client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", f"http://me:secret@{forge.url.partition('://')[2]}")
    monkeypatch.setenv("no_proxy", "")
    assert client().get("http://forge.example/api/v3/repos/lamps/lantern").status == 200
    assert forge.asked[0][1].startswith("http://forge.example/")
    assert "proxy-authorization" in forge.headers[0]
    assert "authorization" not in forge.headers[0]


def test_a_proxy_that_is_not_there(client: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://me:hunter2@127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(Unreachable) as caught:
        client().get("http://forge.example/api")
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("code", [401, 403, 404, 422, 500])
def test_a_token_is_in_no_error_even_if_the_forge_repeats_it(
    forge: Forge, client: Callable[..., Client], url: str, server: Any, code: int
) -> None:
    forge.faults.append(server.Fault(server.status(code, message=f"bad token {server.TOKEN}"), times=9))
    with pytest.raises(ForgeError) as caught:
        client().get(url)
    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value) + str(caught.value)
    assert server.TOKEN not in shown


def test_a_secret_shows_itself_to_nobody_who_does_not_ask() -> None:
    secret = Secret("hunter2", "GITHUB_TOKEN")
    assert "hunter2" not in f"{secret} {secret!r} {vars(Client('a', secret))}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


# What is kept -------------------------------------------------------------------------------------------------------


def test_what_was_kept_is_confirmed(forge: Forge, client: Callable[..., Client], url: str, tmp_path: Path) -> None:
    first = client(cache=Cache(tmp_path)).get(url)
    second = client(cache=Cache(tmp_path)).get(url)
    assert [status for *_, status in forge.asked] == [200, 304]
    assert (second.json(), second.kept) == (first.json(), True)


def test_what_changed_is_read_anew(forge: Forge, client: Callable[..., Client], url: str, tmp_path: Path) -> None:
    client(cache=Cache(tmp_path)).get(url)
    forge.repos["lamps/lantern"].archived = True
    assert client(cache=Cache(tmp_path)).get(url).json()["archived"] is True


def test_what_is_kept_belongs_to_its_owner_alone_and_holds_no_token(
    client: Callable[..., Client], url: str, tmp_path: Path, server: Any
) -> None:
    folder = tmp_path / "kept"
    client(cache=Cache(folder)).get(url)
    (file,) = folder.iterdir()
    assert server.TOKEN not in file.read_text(encoding="utf-8")
    if os.name != "nt":
        assert folder.stat().st_mode & 0o077 == 0
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"body": 3}', '{"body": "", "etag": 1, "modified": "", "link": "", "at": 0}']
)
def test_what_was_kept_and_is_broken_is_not_there(tmp_path: Path, text: str) -> None:
    cache = Cache(tmp_path / "kept")
    cache.put("key", Kept("[]"))
    (file,) = (tmp_path / "kept").iterdir()
    file.write_text(text, encoding="utf-8")
    assert cache.get("key") is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    cache = Cache(tmp_path / "file" / "cache")
    cache.put("key", Kept("[]"))
    assert cache.get("key") is None


def test_what_is_old_is_thrown_away(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept")
    cache.put("old", Kept("[]"))
    (old,) = (tmp_path / "kept").iterdir()
    os.utime(old, (0, 0))
    cache.put("new", Kept("[]"))
    cache.tidy(31 * 86_400)
    assert cache.get("old") is None


def test_somebody_without_a_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    assert default_folder() is None
