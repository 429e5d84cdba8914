"""A shell in which commands are typed through `sprintready run`, and a system that may be broken and mended at will."""

from __future__ import annotations

import http.server
import json
import os
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

SECONDS = 280
SPRINTREADY = f"{shlex.quote(sys.executable)} -m pytest_sprintready"


class Told(NamedTuple):
    """What `sprintready run` made of a command: its exit code, codes of causes, commands to type, all that was written."""

    command: str
    exit_code: int
    codes: list[str]
    commands: list[str]
    output: str


class Shell:
    """Somebody's shell, in a folder of theirs, with nothing of this machine's configuration."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "work"
        self.folder.mkdir()
        self.home = folder / "home"
        self.home.mkdir()
        kept = (
            "LANG",
            "TMPDIR",
            "SYSTEMROOT",
            "TEMP",
            "SSL_CERT_FILE",
            "REQUESTS_CA_BUNDLE",
            "PIP_CERT",
            "NODE_EXTRA_CA_CERTS",
        )
        self.variables = {
            **{name: value for name, value in os.environ.items() if name in kept},
            "PATH": _path_of_the_system(),
            "HOME": str(self.home),
            "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR") or str(Path("~/.cache/uv").expanduser()),
            "SHELL": "/bin/bash",
            "COLUMNS": "100",
        }
        self.git("config --global protocol.file.allow always")
        self.git("config --global init.defaultBranch main")

    def has_uv(self) -> None:
        """Put uv on PATH, and nothing else that is beside it."""
        programs = self.home / "programs"
        programs.mkdir()
        (programs / "uv").symlink_to(str(shutil.which("uv")))
        self.variables["PATH"] += f"{os.pathsep}{programs}"

    def writes(self, files: Mapping[str, str], folder: str = "") -> Path:
        """Write files below the folder, or one in it; return that."""
        for name, text in files.items():
            path = self.folder / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text).lstrip("\n"), encoding="utf-8", newline="")
        return self.folder / folder

    def git(self, arguments: str, folder: str = "") -> str:
        """Run git as a maintainer would; return what it wrote."""
        who = "-c user.name=maintainer -c user.email=maintainer@example.org"
        code, output = self.types(f"git {who} {arguments}", folder)
        assert code == 0, output
        return output

    def commits(self, folder: str, message: str = "the project") -> None:
        """Commit everything in a folder."""
        if not (self.folder / folder / ".git").exists():
            self.git("init -q .", folder)
        self.git("add -A", folder)
        self.git(f"commit -q --allow-empty -m {shlex.quote(message)}", folder)

    def types(self, script: str, folder: str = "", **variables: str) -> tuple[int, str]:
        """Type lines into a shell, which stops at the first that fails; return exit code and output."""
        self.folder.mkdir(exist_ok=True)
        done = subprocess.run(
            ["bash", "-e", "-c", script],
            cwd=self.folder / folder,
            env={**self.variables, **variables},
            input="y\n" * 9,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
        return done.returncode, done.stdout

    def runs(self, command: str, folder: str = "", **variables: str) -> Told:
        """Type a command behind `sprintready run --`; what it says is read from its JSON twin."""
        told = self.home / "told.json"
        told.unlink(missing_ok=True)
        line = f"{SPRINTREADY} run --format json --output {told} -- {command}"
        code, output = self.types(line, folder, **variables)
        assert told.exists(), output
        diagnoses = json.loads(told.read_text())["diagnoses"]
        commands = [remedy["command"] for one in diagnoses[:1] for remedy in one["remedies"]]
        return Told(command, code, [one["code"] for one in diagnoses], commands, output)

    def obeys(self, told: Told, folder: str = "", put: Mapping[str, str] | None = None, **variables: str) -> str:
        """Type what the message names, the command that had failed last; it has to go well. Return what was written.

        `put` has what a person puts in the place of a placeholder.
        """
        lines = list(told.commands)
        assert lines, told.output
        if told.command not in lines[-1] and not lines[-1].endswith(told.command.split()[-1]):
            lines.append(told.command)
        script = "\n".join(lines)
        for placeholder, own in (put or {}).items():
            script = script.replace(placeholder, own)
        code, output = self.types(script, folder, **variables)
        assert code == 0, f"{script}\n\n{output}"
        return output


def _path_of_the_system() -> str:
    """Return PATH without any environment of Python."""
    ours = (os.environ.get("VIRTUAL_ENV", sys.prefix), sys.prefix)
    kept = [
        each
        for each in os.get_exec_path()
        if not each.startswith(ours) and "pyenv" not in each and ".cargo" not in each
    ]
    return os.pathsep.join(kept)


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Somebody's shell in an empty folder."""
    if os.name == "nt":
        pytest.skip("types into a POSIX shell")
    folder = tmp_path / "somebody"
    folder.mkdir()
    return Shell(folder)


@pytest.fixture
def lantern(shell: Shell) -> Path:
    """A small project in the folder "lantern", committed."""
    folder = shell.writes(
        {"pyproject.toml": '[project]\nname = "lantern"\nversion = "1.0"\n', "lantern.py": ""}, "lantern"
    )
    shell.commits("lantern")
    return folder


# A git server that may refuse and break off ---------------------------------------------------------------------------


class _Git(http.server.BaseHTTPRequestHandler):
    """git's own CGI program, with what a forge adds: nobody may push to /project/, and a line that breaks."""

    root: Path
    most: int

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(body)

    def _answer(self, body: bytes) -> None:
        path, _, query = self.path.partition("?")
        if "receive-pack" in self.path and path.startswith("/project/"):
            self.send_error(403)
            return
        variables = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_USER": "somebody",
            "REMOTE_ADDR": "127.0.0.1",
        }
        done = subprocess.run(["git", "http-backend"], input=body, env=variables, capture_output=True, check=False)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        self.send_response(int(headers.pop("Status", "200").split()[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: self.most])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def git_server(tmp_path: Path) -> Iterator[Callable[..., tuple[str, Path]]]:
    """Start a git server on the loopback; return its address and the folder it serves."""
    started: list[http.server.ThreadingHTTPServer] = []

    def start(most: int = 10**9) -> tuple[str, Path]:
        root = tmp_path / "served"
        root.mkdir()
        handler = type("Handler", (_Git,), {"root": root, "most": most})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        started.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}", root

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


# A system that may be changed -----------------------------------------------------------------------------------------

_ENTER = """\
set -e
mount -t tmpfs tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
mount --rbind /dev "$1/root/dev"
mount -t proc proc "$1/root/proc"
mount --bind "$2" "$1/root$2"
exec chroot "$1/root" sh "$3"
"""


class ThrowawayShell(Shell):
    """A shell on a copy of this Debian that is thrown away: packages can be taken out, and what is named installed.

    Every command is typed into the same copy, so a story is one script.
    """

    def story(self, broken_by: str, command: str, folder: str = "") -> tuple[Told, int, str]:
        """Break the system, run a command in a folder, obey; return what was told, and how obeying ended."""
        keep, place = self.home / "keep", self.home / "overlay"
        keep.mkdir()
        place.mkdir()
        names = "print('\\n'.join(r['command'] for r in json.load(open('told.json'))['diagnoses'][0]['remedies']))"
        (self.folder / "break.sh").write_text(dedent(broken_by))
        (self.folder / "story.sh").write_text(
            f"cd {shlex.quote(str(self.folder))} && sh -e break.sh > {keep}/broken.log 2>&1 || exit 97\n"
            f"cd ./{folder}\n"
            f"{SPRINTREADY} run --format json --output told.json -- {command} && exit 98\n"
            f"cp told.json {keep}/\n"
            f"{shlex.quote(sys.executable)} -c {shlex.quote('import json; ' + names)} > commands.sh || exit 99\n"
            "yes | DEBIAN_FRONTEND=noninteractive sh -e commands.sh\n"
        )
        done = subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "sh", "-c", _ENTER, "sh", place, keep, self.folder / "story.sh"],
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
        log = keep / "broken.log"
        output = (log.read_text(errors="replace") if log.exists() else "") + done.stdout
        assert (keep / "told.json").exists(), output
        diagnoses = json.loads((keep / "told.json").read_text())["diagnoses"]
        commands = [remedy["command"] for one in diagnoses[:1] for remedy in one["remedies"]]
        return Told(command, 1, [one["code"] for one in diagnoses], commands, done.stdout), done.returncode, output


@pytest.fixture
def throwaway(tmp_path: Path) -> ThrowawayShell:
    """A shell on a copy of this system that may be changed; needs Debian, root and the right to mount."""
    if sys.platform != "linux" or not shutil.which("apt-get") or not shutil.which("unshare") or os.geteuid() != 0:
        pytest.skip("needs a Debian whose copy may be changed, and root")
    probe = subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", tmp_path], capture_output=True, check=False
    )
    if probe.returncode:
        pytest.skip("this root may not mount")
    folder = tmp_path / "somebody"
    folder.mkdir()
    return ThrowawayShell(folder)
