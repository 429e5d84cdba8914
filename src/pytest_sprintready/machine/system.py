"""The operating system, the shell commands are typed into, and the programs on PATH."""

# ruff: noqa: PTH118, PTH119, PTH123
from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping

SHELLS = ("bash", "zsh", "fish", "powershell", "cmd", "sh")

_FAMILIES = {
    "debian": "debian ubuntu linuxmint pop raspbian kali elementary zorin neon devuan",
    "fedora": "fedora rhel centos rocky almalinux amzn ol nobara",
    "arch": "arch manjaro endeavouros garuda",
    "suse": "suse opensuse opensuse-leap opensuse-tumbleweed sles",
    "alpine": "alpine",
}
_FAMILY_OF = {name: family for family, names in _FAMILIES.items() for name in names.split()}
_MOST_ANCESTORS = 8


def system(platform: str) -> str:
    """Return "linux", "macos", "windows" or "other" for a value of `sys.platform`."""
    if platform in ("win32", "cygwin", "msys"):
        return "windows"
    return {"linux": "linux", "darwin": "macos"}.get(platform, "other")


def family(platform: str) -> str:
    """Return whose package manager brings system packages.

    "debian", "fedora", "arch", "suse", "alpine", "macos", "windows" or "other".
    """
    named = system(platform)
    if named != "linux":
        return named
    try:
        with open("/etc/os-release", encoding="utf-8", errors="replace") as file:
            return family_of_release(file.read())
    except OSError:
        return "other"


def family_of_release(text: str) -> str:
    """Return the family an os-release file (https://www.freedesktop.org/software/systemd/man/os-release.html) names."""
    named = dict(re.findall(r"^(ID|ID_LIKE)=(.*)$", text, re.MULTILINE))
    words = f"{named.get('ID', '')} {named.get('ID_LIKE', '')}".replace('"', " ").replace("'", " ").split()
    return next((_FAMILY_OF[word] for word in words if word in _FAMILY_OF), "other")


def shell(environ: Mapping[str, str]) -> str:
    """Return the shell this was most likely typed into, one of SHELLS, "" if nothing tells.

    That is the nearest one among the processes that started this (Linux), else what the environment says.
    """
    for name in _ancestors():
        if (found := _shell_named(name)) and found != "sh":
            return found
    if os.name == "nt":
        # PowerShell adds the user's own folder of modules to what the system has; cmd.exe does not.
        paths = environ.get("PSModulePath", "").split(os.pathsep)
        return "powershell" if len(paths) > 2 or "PROMPT" not in environ else "cmd"
    return _shell_named(os.path.basename(environ.get("SHELL", "")))


def _shell_named(name: str) -> str:
    name = name.lstrip("-").removesuffix(".exe").lower()
    if name in ("pwsh", "powershell"):
        return "powershell"
    return "sh" if name in ("dash", "ash", "ksh") else name if name in SHELLS else ""


def _ancestors() -> Iterator[str]:
    """Yield the names of the processes that started this one, the nearest first; none where there is no /proc."""
    process = str(os.getppid())
    for _ in range(_MOST_ANCESTORS):
        try:
            with open(f"/proc/{process}/stat", encoding="utf-8", errors="replace") as file:
                head, _, rest = file.read().rpartition(")")
        except OSError:
            return
        yield head.partition("(")[2]
        process = rest.split()[1]


def path_of_installers(path: str) -> str:
    """Return the user's own folders where uv, pipx, pip, cargo and Poetry put programs, without those in `path`."""
    home = os.path.expanduser("~")  # noqa: PTH111
    known = {os.path.normcase(folder.rstrip("/\\")) for folder in path.split(os.pathsep)}
    folders = (os.path.join(home, *parts) for parts in ((".local", "bin"), (".cargo", "bin"), (".poetry", "bin")))
    return os.pathsep.join(folder for folder in folders if os.path.normcase(folder) not in known)


class Programs(Mapping[str, str]):
    """The programs on PATH: the path of each by its name, looked up when asked for."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self._found:
            import shutil

            self._found[name] = (self._path and shutil.which(name, path=self._path)) or ""
        if not self._found[name]:
            raise KeyError(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        seen = set()
        for folder in filter(None, self._path.split(os.pathsep)):
            try:
                names = os.listdir(folder)  # noqa: PTH208
            except OSError:
                continue
            for name in names:
                if name not in seen and name in self:
                    seen.add(name)
                    yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)
