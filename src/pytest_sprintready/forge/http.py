"""The one way to ask a forge: with a deadline, patience where it is asked for, and a memory for what has not changed.

A request ends within `Limits.seconds`, whatever the server does. A token is sent to the host it is meant for, over TLS
(or to this machine), and nowhere else, also not after a redirect.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import threading
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from pytest_sprintready.errors import ForgeError
from pytest_sprintready.forge.cache import Cache, Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytest_sprintready.forge.secrets import Secret

MISSING = "asking a forge needs urllib3, which is not installed"
MISSING_HINT = 'python -m pip install "pytest-sprintready[forge]"'


class Unauthorized(ForgeError):
    """401: the forge does not accept the token."""


class Forbidden(ForgeError):
    """403: the token, or nobody without one, may not see this."""


class NotFound(ForgeError):
    """404 and 410: there is no such thing, or it is not shown to us."""


class RateLimited(ForgeError):
    """The forge allows no more requests for now; `until` is when it will, in seconds since the epoch."""

    def __init__(self, message: str, hint: str, until: int) -> None:
        super().__init__(message, hint)
        self.until = until


class Unreachable(ForgeError):
    """No answer: no network, no such host, a broken connection, a certificate nobody vouches for, too slow."""


class BadAnswer(ForgeError):
    """An answer that is none: not JSON, too large, cut off, or an error of the server."""


class Limits(NamedTuple):
    """How long and how much: seconds a request, seconds to wait where the forge asks for it, tries, bytes an answer.

    `fresh` is for how many seconds the answer to a query, which no forge can confirm cheaply, is taken as it was.
    """

    seconds: float = 30
    patience: float = 60
    tries: int = 3
    bytes: int = 32 * 2**20
    fresh: int = 600


class Response(NamedTuple):
    """An answer: `url` is where it came from in the end; `kept` where the cache had it."""

    status: int
    headers: Mapping[str, str]
    body: str
    url: str
    kept: bool = False

    def json(self) -> Any:
        """Return the answer's value; raises BadAnswer where it is none."""
        kind = self.headers.get("content-type", "application/json")
        if "json" not in kind:
            raise BadAnswer(
                f"{_place(self.url)} answered {kind.partition(';')[0]!r}, not JSON",
                "is this the address of a forge? a network that wants a log-in first answers so, too",
            )
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise BadAnswer(f"{_place(self.url)} answered JSON that is broken or cut off", "try again later") from None


class Client:
    """Asks one forge. `token` is sent to `host` alone; `calls` counts the requests that went over the network.

    `sleep` and `clock` are the world's, unless a test has others.
    """

    def __init__(
        self,
        host: str,
        token: Secret | None = None,
        *,
        scheme: str = "Bearer",
        limits: Limits | None = None,
        cache: Cache | None = None,
        ca_file: str = "",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        try:
            import urllib3
        except ImportError as error:
            raise ForgeError(MISSING, MISSING_HINT) from error
        self._urllib3 = urllib3
        self.host = host
        self.token = token
        self.limits = limits or Limits()
        self.calls = 0
        self.unchanged = 0
        self._scheme = scheme
        self._cache = cache or Cache(None)
        self._sleep = sleep
        self._clock = clock
        self._blocked: RateLimited | None = None
        self._watch = threading.local()
        self._managers: dict[str, urllib3.PoolManager] = {}
        self._ca_file = ca_file or os.environ.get("SSL_CERT_FILE") or os.environ.get("REQUESTS_CA_BUNDLE") or ""

    # What is asked --------------------------------------------------------------------------------------------------

    def get(self, url: str, parameters: Mapping[str, object] | None = None, *, fresh: bool = False) -> Response:
        """Return the answer of an address; raises one of the errors above.

        What was kept is confirmed by the forge, or taken as it is where the forge allowed that; `fresh` asks anew.
        """
        url = with_parameters(url, parameters or {})
        kept = None if fresh else self._cache.get(url)
        headers = {}
        if kept and kept.etag:
            headers["If-None-Match"] = kept.etag
        elif kept and kept.modified:
            headers["If-Modified-Since"] = kept.modified
        response = self._insist("GET", url, headers, None)
        if response.status == 304 and kept:
            self.unchanged += 1
            found = {**response.headers, "link": response.headers.get("link", kept.link)}
            found["content-type"] = "application/json"
            return Response(200, found, kept.body, response.url, kept=True)
        etag, modified = response.headers.get("etag", ""), response.headers.get("last-modified", "")
        if response.status == 200 and (etag or modified) and _may_be_kept(response):
            link = response.headers.get("link", "")
            self._cache.put(url, Kept(response.body, etag, modified, link, int(self._clock())))
        return response

    def pages(
        self, url: str, parameters: Mapping[str, object] | None = None, *, most: int = 1_000, fresh: bool = False
    ) -> Iterator[Any]:
        """Yield the entries of a list, page by page, `most` at the most; raises as `get` does."""
        number = 0
        seen: set[str] = set()
        response = self.get(url, parameters, fresh=fresh)
        while True:
            entries = response.json()
            if not isinstance(entries, list):
                raise BadAnswer(f"{_place(url)} answered something else than a list", "is this the address of a forge?")
            for entry in entries:
                yield entry
                number += 1
                if number >= most:
                    return
            following = next_page(response.headers.get("link", ""), response.url)
            # A server that names the same page for ever, or one of another host, is not followed.
            if not entries or not following or following in seen or not self._ours(following):
                return
            seen.add(following)
            response = self.get(following, fresh=fresh)

    def query(self, url: str, payload: Mapping[str, Any], *, fresh: bool = False) -> Any:
        """Return the value a query in a POST answers; what was kept counts for `Limits.fresh` seconds."""
        text = json.dumps(payload, sort_keys=True)
        key = f"{url}\n{'token' if self.token else ''}\n{text}"
        kept = None if fresh else self._cache.get(key)
        if kept and 0 <= self._clock() - kept.at < self.limits.fresh:
            self.unchanged += 1
            return json.loads(kept.body)
        response = self._insist("POST", url, {"Content-Type": "application/json"}, text)
        value = response.json()
        errors = (value.get("errors") or []) if isinstance(value, dict) else [None]
        # A repository that does not exist is an answer, too.
        if all(isinstance(error, dict) and error.get("type") == "NOT_FOUND" for error in errors):
            self._cache.put(key, Kept(response.body, at=int(self._clock())))
        return value

    def send(self, method: str, url: str, payload: Mapping[str, Any]) -> Response:
        """Return the answer to a change; it is not tried twice, unless the forge said that it was not done."""
        return self._insist(method, url, {"Content-Type": "application/json"}, json.dumps(payload), once=True)

    # How it is asked ------------------------------------------------------------------------------------------------

    def _insist(
        self, method: str, url: str, headers: Mapping[str, str], body: str | None, *, once: bool = False
    ) -> Response:
        tries = 1 if once else self.limits.tries
        patience = self.limits.patience
        attempt = 0
        while True:
            if self._blocked and self._blocked.until > self._clock():
                raise self._blocked
            attempt += 1
            try:
                response = self._follow(method, url, headers, body)
            except Unreachable as error:
                if attempt >= tries or isinstance(error, _Untrusted):
                    raise
                self._pause(attempt)
                continue
            wait = self._wait(response)
            if wait is not None:
                if wait > patience or attempt > self.limits.tries:
                    self._blocked = self._limited(wait)
                    raise self._blocked
                patience -= wait
                self._sleep(wait)
            elif response.status in (500, 502, 503, 504) and attempt < tries:
                self._pause(attempt)
            else:
                return self._checked(response)

    def _pause(self, attempt: int) -> None:
        self._sleep(min(2 ** (attempt - 1), 8) * random.uniform(0.5, 1))  # noqa: S311  only to spread requests

    def _follow(self, method: str, url: str, headers: Mapping[str, str], body: str | None) -> Response:
        """Return the answer after redirects: a GET's are followed, a change's only on the same host."""
        for _ in range(6):
            response = self._exchange(method, url, headers, body)
            place = response.headers.get("location", "")
            if response.status not in (301, 302, 303, 307, 308) or not place:
                return response
            target = urljoin(url, place)
            if urlsplit(target).scheme not in ("http", "https"):
                raise BadAnswer(f"{_place(url)} redirects to what is no web address")
            if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http":
                raise BadAnswer(f"{_place(url)} redirects to {_place(target)}, which is not encrypted")
            if method != "GET" and not (self._ours(target) and response.status in (307, 308)):
                raise BadAnswer(f"{_place(url)} redirects a change to {_place(target)}", "name its new address")
            url = target
        raise BadAnswer(f"{_place(url)} redirects without end", "check the address of the forge")

    def _ours(self, url: str) -> bool:
        return urlsplit(url).netloc.lower() == self.host.lower()

    def _trusted(self, url: str) -> bool:
        """Whether a token may go there."""
        parts = urlsplit(url)
        local = parts.hostname in ("127.0.0.1", "::1", "localhost")
        return self._ours(url) and (parts.scheme == "https" or local)

    def _exchange(self, method: str, url: str, headers: Mapping[str, str], body: str | None) -> Response:
        """Make one request. A timer shuts its socket: a server can keep one waiting in more ways than timeouts see."""
        sent = {"User-Agent": "sprintready", "Accept": "application/json", **headers}
        if self.token and self._trusted(url):
            if self._scheme == "PRIVATE-TOKEN":
                sent["PRIVATE-TOKEN"] = self.token.reveal()
            else:
                sent["Authorization"] = f"{self._scheme} {self.token.reveal()}"
        self.calls += 1
        self._watch.deadline = deadline = _Deadline(self.limits.seconds)
        try:
            with deadline:
                response = self._transfer(method, url, sent, body)
        except (self._urllib3.exceptions.HTTPError, OSError, ValueError, _http_errors()) as error:
            raise self._unreachable(url, error, expired=deadline.expired) from None
        if deadline.expired:  # what was shut may look like the end of an answer
            raise self._unreachable(url, TimeoutError(), expired=True)
        return response

    def _transfer(self, method: str, url: str, headers: Mapping[str, str], body: str | None) -> Response:
        answer = self._manager(url).request(
            method,
            url,
            headers=headers,
            body=body,
            retries=False,
            redirect=False,
            preload_content=False,
            timeout=self._urllib3.Timeout(connect=min(10, self.limits.seconds), read=self.limits.seconds),
        )
        try:
            content = bytearray()
            for part in answer.stream(2**16, decode_content=True):
                content += part
                self._check_size(url, len(content))
            answer.release_conn()
        except BaseException:
            answer.close()  # what is left in the connection belongs to nobody
            raise
        found = {name.lower(): value for name, value in answer.headers.items()}
        text = content.decode("utf-8", "replace")
        if self.token:  # should a server repeat it, it would be kept and shown with the rest
            text = text.replace(self.token.reveal(), "...")
        return Response(answer.status, found, text, url)

    def _check_size(self, url: str, size: int) -> None:
        if size > self.limits.bytes:
            most = self.limits.bytes // 2**20
            raise BadAnswer(f"{_place(url)} answers with more than {most} MiB", "is this the address of a forge?")

    def _manager(self, url: str) -> Any:
        """Return what keeps connections: to the host itself, or through the proxy that the environment names."""
        from urllib.request import getproxies, proxy_bypass

        parts = urlsplit(url)
        proxies = {} if proxy_bypass(parts.hostname or "") else getproxies()
        proxy = proxies.get(parts.scheme) or proxies.get("all") or ""
        if proxy not in self._managers:
            options: dict[str, Any] = {"maxsize": 8}
            if self._ca_file:
                options["ca_certs"] = self._ca_file
            if proxy:
                at = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
                if at.username:
                    from urllib.parse import unquote

                    options["proxy_headers"] = self._urllib3.make_headers(
                        proxy_basic_auth=f"{unquote(at.username)}:{unquote(at.password or '')}"
                    )
                address = f"{at.scheme}://{at.netloc.rpartition('@')[2]}"
                manager: Any = self._urllib3.ProxyManager(address, **options)
            else:
                manager = self._urllib3.PoolManager(**options)
            manager.pool_classes_by_scheme = _pools(self._watch)
            self._managers[proxy] = manager
        return self._managers[proxy]

    # What an answer means -------------------------------------------------------------------------------------------

    def _wait(self, response: Response) -> float | None:
        """Return for how many seconds the forge wants no requests, None where it said no such thing."""
        if response.status not in (403, 429):
            return None
        headers = response.headers
        there = _date(headers.get("date", "")) or self._clock()  # its clock may differ from ours
        after = headers.get("retry-after", "")
        if after:
            until = _date(after)
            seconds = float(after) if after.isdigit() else (until - there if until else 60.0)
            return min(max(seconds, 0.0), 86_400.0)
        reset = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset") or ""
        if (headers.get("x-ratelimit-remaining") or headers.get("ratelimit-remaining")) == "0" and reset.isdigit():
            return min(max(float(reset) - there, 0.0) + 1, 86_400.0)
        if response.status == 429 or "rate limit" in response.body[:2000].lower():
            return 60.0
        return None

    def _limited(self, wait: float) -> RateLimited:
        until = int(self._clock() + wait)
        minutes = max(1, round(wait / 60))
        hint = (
            "try again then; what was answered before is kept"
            if self.token
            else "give a token, with which it allows many more: docs/issues.md tells how"
        )
        return RateLimited(
            f"{self.host} allows no more requests for {minutes} minute{'s' if minutes > 1 else ''}", hint, until
        )

    def _checked(self, response: Response) -> Response:
        status = response.status
        if status in (200, 201, 202, 204, 304):
            return response
        place = _place(response.url)
        if status == 401:
            if self.token:
                raise Unauthorized(
                    f"{self.host} does not accept the token from {self.token.source}",
                    "it may have expired; make a new one",
                )
            raise Unauthorized(f"{place} is shown only with a token", "docs/issues.md tells where to put one")
        if status == 403:
            whom = f" for the token from {self.token.source}" if self.token else ""
            raise Forbidden(
                f"{place} is forbidden{whom}",
                self._said(response) or "the token needs more rights, or an organisation has to allow it (SSO)",
            )
        if status in (404, 410):
            raise NotFound(
                f"{place} does not exist, or is not shown to {'this token' if self.token else 'the public'}",
                "check the name; a private repository needs a token that may read it",
            )
        if status >= 500:
            raise BadAnswer(f"{place} answered {status}", "its forge has a bad hour; try again later")
        raise BadAnswer(f"{place} answered {status}", self._said(response))

    def _said(self, response: Response) -> str:
        """Return what the forge says for itself, one line of it."""
        try:
            value = json.loads(response.body)
        except (ValueError, RecursionError):
            return ""
        message = value.get("message") if isinstance(value, dict) else None
        if not isinstance(message, str):
            return ""
        return " ".join(message.split())[:200]

    def _unreachable(self, url: str, error: Exception, *, expired: bool) -> ForgeError:
        place = _place(url)
        errors = self._urllib3.exceptions
        refused = isinstance(error, errors.NewConnectionError)  # which urllib3 counts among what took too long
        if expired or (isinstance(error, (errors.TimeoutError, TimeoutError)) and not refused):
            seconds = f"{self.limits.seconds:g} seconds"
            return Unreachable(f"{place} did not answer within {seconds}", "try again, or with a better network")
        import ssl

        reason: Any = error
        while (inner := getattr(reason, "reason", None)) is not None and isinstance(inner, Exception):
            reason = inner
        if isinstance(reason, (ssl.SSLError, errors.SSLError)) or "CERTIFICATE" in str(reason):
            why = getattr(reason, "verify_message", "") or "TLS failed"
            return _Untrusted(
                f"the certificate of {place} cannot be trusted: {why}",
                "where your organisation has a certificate authority of its own, name its file with --ca-file",
            )
        if isinstance(error, errors.ProxyError):
            return Unreachable(f"the proxy to {place} cannot be used", "check HTTPS_PROXY and NO_PROXY")
        if isinstance(error, errors.DecodeError):
            return Unreachable(f"{place} answered what is not packed as it says", "try again later")
        kind = type(reason).__name__
        return Unreachable(
            f"{place} cannot be reached, or broke off ({kind})", "is there a network? everything else works offline"
        )


class _Untrusted(Unreachable):
    """TLS failed, which another try does not change."""


class _Deadline:
    """Shuts the socket of the request in hand when its time is over."""

    def __init__(self, seconds: float) -> None:
        self.connection: Any = None
        self.expired = False
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _expire(self) -> None:
        import socket

        self.expired = True
        sock = getattr(self.connection, "sock", None)
        if isinstance(sock, socket.socket):
            with contextlib.suppress(OSError):
                # that of the base class: TLS would take its state away under the other thread's feet
                socket.socket.shutdown(sock, socket.SHUT_RDWR)


def _pools(watch: threading.local) -> dict[str, Any]:
    """Return urllib3's pools, with connections that tell the deadline who they are."""
    import urllib3
    from urllib3.connection import HTTPConnection, HTTPSConnection

    class Plain(HTTPConnection):
        def request(self, *arguments: Any, **options: Any) -> None:
            watch.deadline.connection = self
            super().request(*arguments, **options)

    class Encrypted(HTTPSConnection):
        def request(self, *arguments: Any, **options: Any) -> None:
            watch.deadline.connection = self
            super().request(*arguments, **options)

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Encrypted

    return {"http": PlainPool, "https": EncryptedPool}


def _http_errors() -> type[Exception]:
    from http.client import HTTPException

    return HTTPException


def _may_be_kept(response: Response) -> bool:
    return "no-store" not in response.headers.get("cache-control", "")


def with_parameters(url: str, parameters: Mapping[str, object]) -> str:
    """Return the address with these parameters; those that are None are left out."""
    wanted = {name: value for name, value in parameters.items() if value is not None}
    return f"{url}{'&' if '?' in url else '?'}{urlencode(wanted)}" if wanted else url


def next_page(link: str, url: str) -> str:
    """Return the address of the next page that a Link header names (RFC 8288), or ""."""
    for part in link.split(","):
        target, _, rest = part.strip().partition(">")
        if target.startswith("<") and 'rel="next"' in rest.replace("'", '"'):
            return urljoin(url, target[1:])
    return ""


def _date(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _place(url: str) -> str:
    """Return an address for a message: without parameters, and without what could be a password."""
    parts = urlsplit(url)
    return urlunsplit(("", parts.netloc.rpartition("@")[2], parts.path, "", ""))[2:]
