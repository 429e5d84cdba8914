"""A real git server on loopback: `git http-backend` behind Python's HTTP server, with faults to order.

`http://127.0.0.1:PORT/<name>` is the repository `<folder>/<name>`; `http://127.0.0.1:PORT/!<fault>/<name>` the same one
behind a fault of FAULTS. Used by the tests of the audit and by benchmarks/audit.py.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FAULTS = ("500", "401", "404", "slow", "hangup", "reset", "cut", "corrupt", "redirect", "circle", "once")

_SETTINGS = {"uploadpack.allowFilter": "true", "uploadpack.allowAnySHA1InWant": "true", "safe.directory": "*"}


class GitServer(ThreadingHTTPServer):
    """Serves the bare repositories in a folder; `log` are the requests it got, `sent` bytes of answers."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.log: list[str] = []
        self.sent = 0
        self.failed_once: set[str] = set()

    @property
    def url(self) -> str:
        """The address below which the repositories are."""
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that are killed are part of the tests."""


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[GitServer]:
    """Serve the folder while the block runs."""
    server = GitServer(folder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def backend() -> str:
    """Return the path of git-http-backend, "" where it is not installed."""
    found = subprocess.run(["git", "--exec-path"], capture_output=True, text=True, check=True).stdout.strip()
    program = Path(found) / "git-http-backend"
    return str(program) if program.exists() else ""


_BACKEND = backend()


class _Handler(BaseHTTPRequestHandler):
    server: GitServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        body = self._body()
        path, _, query = self.path.partition("?")
        self.server.log.append(f"{self.command} {self.path}")
        fault = ""
        if path.startswith("/!"):
            fault, _, rest = path[2:].partition("/")
            path = f"/{rest}"
        if fault.isdigit() or (fault == "once" and rest not in self.server.failed_once):
            self.server.failed_once.add(rest)
            self._answer(int(fault) if fault.isdigit() else 503, [("WWW-Authenticate", 'Basic realm="x"')], b"no")
        elif fault in ("redirect", "circle"):
            target = self.server.url + (self.path if fault == "circle" else path) + (f"?{query}" if query else "")
            self._answer(301, [("Location", target)], b"")
        elif fault == "hangup":
            self.close_connection = True
        elif fault == "reset":
            # Closed without lingering, and before http.server shuts it down in good order.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())
            self.close_connection = True
        elif fault == "slow":
            time.sleep(3600)
        else:
            status, headers, data = self._backend(path, query, body)
            if fault == "corrupt" and b"PACK" in data:
                middle = data.index(b"PACK") + 60
                data = data[:middle] + bytes(each ^ 0x55 for each in data[middle : middle + 40]) + data[middle + 40 :]
            cut = fault == "cut" and b"PACK" in data
            self._answer(status, headers, data, len(data) // 2 if cut else None)

    do_POST = do_GET  # noqa: N815  so http.server wants it

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        blocks = []
        while size := int(self.rfile.readline(), 16):
            blocks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(blocks)

    def _backend(self, path: str, query: str, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.server.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_ADDR": "127.0.0.1",
            "GIT_CONFIG_COUNT": str(len(_SETTINGS)),
        }
        for number, (key, value) in enumerate(_SETTINGS.items()):
            environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        done = subprocess.run([_BACKEND], input=body, capture_output=True, env=environment, check=False)
        head, _, data = done.stdout.partition(b"\r\n\r\n")
        headers = [(key, value) for key, _, value in (line.partition(": ") for line in head.decode().split("\r\n"))]
        status = next((int(value.split()[0]) for key, value in headers if key == "Status"), 200)
        return status, [pair for pair in headers if pair[0] and pair[0] != "Status"], data

    def _answer(self, status: int, headers: list[tuple[str, str]], data: bytes, cut: int | None = None) -> None:
        self.server.sent += len(data)
        with contextlib.suppress(OSError):
            self.send_response(status)
            for key, value in headers:
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[:cut])
            self.wfile.flush()
        if cut is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass
