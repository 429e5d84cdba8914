"""Where somebody else's code runs: no home, no environment, no network unless it is opened, and limits on all it takes.

bubblewrap (https://github.com/containers/bubblewrap) gives each command its own view of the file system, process table
and network. When it ends, so does everything it started. A limit on processes does not bind root, so root is dropped.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.verify import process
from pytest_sprintready.verify.process import program

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pytest_sprintready.verify.system_packages import SystemCopy

GIB = 2**30
A_DAY = 86_400

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/opt", "/nix/store")

# Of /etc what programs need to find libraries, hosts, certificates, time, and the package index. No passwords, no keys.
SETTINGS = [
    "alternatives",
    "bash.bashrc",
    "ca-certificates",
    "debian_version",
    "default/locale",
    "fonts",
    "gai.conf",
    "host.conf",
    "ImageMagick-6",
    "java-17-openjdk",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "locale.alias",
    "locale.conf",
    "localtime",
    "magic",
    "magic.mime",
    "mime.types",
    "nsswitch.conf",
    "os-release",
    "papersize",
    "pip.conf",
    "pki/ca-trust",
    "pki/tls/certs",
    "protocols",
    "redhat-release",
    "resolv.conf",
    "services",
    "ssl/certs",
    "ssl/openssl.cnf",
    "terminfo",
    "timezone",
    "uv/uv.toml",
]

USER, HOST = "newcomer", "sprint"

# Of the writable folder. What is mounted by itself can be neither renamed nor replaced by a link, which we, who have
# more rights than the project, would follow the next time. What we wrote for the project it may only read.
_OURS, _ITS = ("bin", "etc", "plugin", "pythons"), ("reports", "state", "tmp")


class Limits(NamedTuple):
    """What one command may take. `memory` and `disk` are bytes of all its processes together, `file` of one file."""

    memory: int = 6 * GIB
    processes: int = 1024
    file: int = 2 * GIB
    disk: int = 12 * GIB


def with_ipv6(hosts: str) -> str:
    """Return what /etc/hosts says with the address of localhost in IPv6, which that of some machines lacks.

    Without it a name server is asked for that, and there is none where the network is closed.
    """
    lines = (line.partition("#")[0].split() for line in hosts.splitlines())
    if any(words[:1] == ["::1"] and "localhost" in words for words in lines) or not _has_ipv6():
        return hosts
    return f"{hosts.rstrip()}\n::1 localhost\n"


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as bound:
            bound.bind(("::1", 0))
    except OSError:
        return False
    return True


class Sandbox:
    """Commands are run in bubblewrap, which sees `writable`, `readable` and the system's programs."""

    name = "bubblewrap"

    def __init__(self, writable: str, private_tmp: str, readable: Sequence[str], limits: Limits) -> None:
        self._writable = writable
        self._tmp = private_tmp
        self._readable = tuple(dict.fromkeys(readable))
        self._limits = limits
        self.system: SystemCopy | None = None  # where packages were installed for this trial
        # A number nobody else has, so that the limit counts only our processes.
        self.user = 200_000 + os.getpid() % 100_000 if os.geteuid() == 0 else os.geteuid()
        self.group = self.user if os.geteuid() == 0 else os.getegid()

    def wrapped(self, words: Sequence[str], *, network: bool, seconds: float) -> list[str]:
        """Return the command line that runs `words` in the sandbox, in the folder it is started in."""
        as_root = os.geteuid() == 0
        line = [*(self.system.enter if self.system else ()), program("bwrap"), "--die-with-parent", "--new-session"]
        line += ["--unshare-pid", "--unshare-ipc", "--unshare-uts"]
        line += ["--hostname", HOST, "--unshare-cgroup-try"]
        if not network:
            line.append("--unshare-net")
        if as_root:  # so that what only root may read, an interpreter in its home, can be shown; dropped right after
            line += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        else:
            line += ["--unshare-user", "--cap-drop", "ALL"]
        line += self._mounts()
        limits = self._limits
        line += [
            program("prlimit"), f"--data={limits.memory}", f"--nproc={self._processes()}", f"--fsize={limits.file}",
            "--core=0", "--nofile=4096", f"--cpu={max(int(seconds) * 4, 60)}",
        ]  # fmt: skip
        if as_root:
            line += [program("setpriv"), f"--reuid={self.user}", f"--regid={self.group}"]
            line += ["--clear-groups", "--no-new-privs"]
        return [*line, *words]

    def entered(self, words: Sequence[str]) -> list[str]:
        """Return the command line by which a person at a terminal runs `words` in the sandbox, when we are gone."""
        return [word for word in self.wrapped(words, network=True, seconds=A_DAY) if word != "--new-session"]

    def _processes(self) -> int:
        """The limit counts all processes of the user, so what is there already comes on top."""
        if os.geteuid() == 0:
            return self._limits.processes
        return self._limits.processes + _threads_of(os.geteuid())

    def _mounts(self) -> list[str]:
        line: list[str] = []
        system = self.system.root if self.system else ""
        for path in SYSTEM:
            if Path(path).is_symlink():
                line += ["--symlink", str(Path(path).readlink()), path]
            elif Path(path).is_dir():
                line += ["--ro-bind", f"{system}{path}", path]
        line += _folders_above(f"/etc/{name}" for name in SETTINGS)
        for name in SETTINGS:
            line += ["--ro-bind-try", f"{system}/etc/{name}", f"/etc/{name}"]
        line += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/dev/shm"]  # noqa: S108
        line += ["--bind", self._tmp, "/tmp", "--symlink", "/tmp", "/var/tmp"]  # noqa: S108
        line += _folders_above((*self._readable, self._writable))
        for path in self._readable:
            line += ["--ro-bind-try", path, path]
        line += ["--bind", self._writable, self._writable]
        for option, names in (("--ro-bind", _OURS), ("--bind", _ITS)):
            for name in names:
                line += [option, str(Path(self._writable, name)), str(Path(self._writable, name))]
        for name in ("passwd", "group", "hosts"):
            line += ["--ro-bind", str(Path(self._writable, "etc", name)), f"/etc/{name}"]
        return line

    def prepare(self) -> None:
        """Write who is who in the sandbox, its own name too, and give its user what it may write."""
        etc = Path(self._writable, "etc")
        etc.mkdir(exist_ok=True)
        home = Path(self._writable, "home")
        Path(etc, "passwd").write_text(
            f"root:x:0:0:root:/root:/bin/sh\n{USER}:x:{self.user}:{self.group}:A Newcomer:{home}:/bin/bash\n"
            "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
            encoding="utf-8",
        )
        Path(etc, "group").write_text(f"root:x:0:\n{USER}:x:{self.group}:\nnogroup:x:65534:\n", encoding="utf-8")
        # Many tests ask for the address of their own machine.
        hosts = Path("/etc/hosts")
        known = hosts.read_text(encoding="utf-8", errors="replace") if hosts.is_file() else "127.0.0.1 localhost\n"
        Path(etc, "hosts").write_text(f"{with_ipv6(known).rstrip()}\n127.0.1.1 {HOST}\n", encoding="utf-8")
        if os.geteuid() == 0:
            self.own(self._writable)

    def variables(self) -> dict[str, str]:
        """Return what commands have to know of their sandbox."""
        return {}

    def name_hosts(self, names: Iterable[str]) -> None:
        """Let names of services lead to the loopback, as they do between containers."""
        plain = [name for name in names if re.fullmatch(r"[A-Za-z0-9]([\w-]*[A-Za-z0-9])?", name)]
        with Path(self._writable, "etc", "hosts").open("a", encoding="utf-8") as file:
            file.writelines(f"127.0.0.1 {name}\n" for name in plain)

    def own(self, folder: str) -> None:
        """Give a folder and all in it to the user of the sandbox."""
        if os.geteuid() != 0:
            return
        for top, folders, files in os.walk(folder):
            for name in (top, *(os.path.join(top, each) for each in (*folders, *files))):  # noqa: PTH118
                with contextlib.suppress(OSError):
                    os.chown(name, self.user, self.group, follow_symlinks=False)

    def watch(self, pid: int) -> str:
        """Return why a command has to be ended: its processes together hold too much memory."""
        if process.memory(process.descendants(pid)) > self._limits.memory:
            return f"its processes took more than {self._limits.memory / GIB:.1f} GiB of memory"
        return ""


class NoSandbox(Sandbox):
    """Commands are run as they are, by the user who asked for that. Only their environment is another."""

    name = "none"

    def __init__(self, writable: str, private_tmp: str, readable: Sequence[str], limits: Limits) -> None:
        super().__init__(writable, private_tmp, readable, limits)
        self.user, self.group = os.geteuid(), os.getegid()

    def wrapped(self, words: Sequence[str], *, network: bool, seconds: float) -> list[str]:  # noqa: ARG002
        """Return `words`: nothing is kept from them."""
        return list(words)

    def prepare(self) -> None:
        """There is nobody to make known."""

    def name_hosts(self, names: Iterable[str]) -> None:
        """The names of the machine are not ours to change."""

    def own(self, folder: str) -> None:
        """Everything is the user's own already."""


def missing() -> str:
    """Return why there is no sandbox on this machine, "" where there is one."""
    for name, package in (("bwrap", "bubblewrap"), ("prlimit", "util-linux"), ("setpriv", "util-linux")):
        if shutil.which(name) is None:
            return f"{name} was not found; it comes with the system package {package}"
    try:
        mounts = ["--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev"]
        tried = subprocess.run(
            ["bwrap", "--unshare-pid", "--unshare-net", *mounts, "true"],
            capture_output=True, timeout=20, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"bwrap cannot be run: {error}"
    if tried.returncode:
        return f"bwrap is not allowed here: {tried.stderr.decode('utf-8', 'replace').strip()[:200]}"
    return ""


def _folders_above(paths: Iterable[str]) -> list[str]:
    """Return the options that make the folders above some paths: left to bwrap, only root could look into them."""
    above = {str(folder) for path in paths for folder in Path(path).parents if len(folder.parts) > 1}
    return [word for folder in sorted(above - {"/usr", "/tmp", "/opt"}) for word in ("--dir", folder)]  # noqa: S108


def _threads_of(user: int) -> int:
    total = 0
    for folder in Path("/proc").iterdir() if Path("/proc").is_dir() else ():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                if folder.stat().st_uid == user:
                    total += len(list((folder / "task").iterdir()))
    return total
