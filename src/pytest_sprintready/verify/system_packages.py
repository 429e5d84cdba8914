"""Packages of the system, installed for one trial only: into a copy of the system that is gone with it.

The copy is an overlay (https://docs.kernel.org/filesystems/overlayfs.html) over the root folder, in a mount namespace
that a process of ours holds open. Nothing of the machine is changed: a second trial misses what the first one missed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.reading.shell import split_line
from pytest_sprintready.reading.workflows import installed_packages
from pytest_sprintready.verify import process
from pytest_sprintready.verify.process import program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# It ends with its standard input, which ends with us, however we end; with it go the mounts.
_HOLD = """\
set -e
cd "$1"
mount -t overlay overlay -o lowerdir=/,upperdir="$1/upper",workdir="$1/work" "$1/root" 2>/dev/null || {
  mount -t tmpfs tmpfs "$1/memory"
  mkdir "$1/memory/upper" "$1/memory/work"
  mount -t overlay overlay -o lowerdir=/,upperdir="$1/memory/upper",workdir="$1/memory/work" "$1/root"
}
mount --rbind /dev root/dev
mount -t proc proc root/proc
for file in /etc/resolv.conf /etc/hosts; do  # mounted by themselves in a container
  if [ -e "$file" ]; then touch "root$file"; mount --bind "$file" "root$file"; fi
done
printf '#!/bin/sh\\nexit 101\\n' > root/usr/sbin/policy-rc.d  # that no package starts its service
chmod 755 root/usr/sbin/policy-rc.d
echo ready
exec cat > /dev/null
"""

_NAME = re.compile(r"[a-z0-9][a-z0-9+.-]+")
_NONE_SUCH = re.compile(r"Unable to locate package (\S+)|Package '?([^' ]+)'? has no installation candidate")


def packages_of(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the packages of Debian that lines like `sudo apt-get install -y libpq-dev` install, each once."""
    calls = [call for line in lines for call in split_line(line)]
    names = [name for call in calls if "apt" in " ".join(call.words[:2]) for name in installed_packages(call)]
    return tuple(dict.fromkeys(name for name in names if _NAME.fullmatch(name)))


def why_not() -> str:
    """Return why packages cannot be installed on this machine for a trial, "" where they can."""
    if shutil.which("apt-get") is None:
        return "this is done on Debian and its kin only, where there is apt-get"
    if os.geteuid() != 0:
        return "that takes root: `sudo sprintready verify --system-packages` (tests do not run as root even so)"
    if any(shutil.which(name) is None for name in ("unshare", "nsenter", "chroot")):
        return "that takes unshare, nsenter and chroot"
    return ""


class SystemCopy:
    """A copy of the system in which packages can be installed. `enter` are the words that lead a command into it."""

    def __init__(self) -> None:
        self._folder = ""
        self._holder: subprocess.Popen[bytes] | None = None
        self._updated = False
        self.installed: list[str] = []

    @property
    def root(self) -> str:
        """The topmost folder of the copy, where `enter` leads."""
        return str(Path(self._folder, "root"))

    def open(self) -> str:
        """Make the copy; return why that cannot be done, "" where it was."""
        if self._holder is not None:
            return ""
        if why := why_not():
            return why
        # Not in the folder of the trial, where the project could put something else in its place.
        self._folder = tempfile.mkdtemp(prefix="sprintready-system-")
        for name in ("upper", "work", "root", "memory"):
            Path(self._folder, name).mkdir()
        holder = subprocess.Popen(
            [program("unshare"), "--mount", "--propagation", "private", program("sh"), "-c", _HOLD, "sh", self._folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert holder.stdout  # noqa: S101
        if holder.stdout.readline().strip() != b"ready":
            _out, told = holder.communicate()
            self.close()
            return f"no copy of the system can be made here: {told.decode('utf-8', 'replace').strip()[:200]}"
        self._holder = holder
        return ""

    @property
    def enter(self) -> tuple[str, ...]:
        """The words before a command that is to see the copy at `root`; it is started in the topmost folder."""
        if self._holder is None:
            return ()
        return (program("nsenter"), f"--mount=/proc/{self._holder.pid}/ns/mnt", "--")

    def install(self, packages: Iterable[str], *, seconds: float, heard: Callable[[str], None]) -> process.Ended:
        """Install packages, without those that the archives of this system do not have; return how that ended."""
        wanted = list(packages)
        if not self._updated:
            self._apt(["update"], seconds, heard)
            self._updated = True
        done = self._apt(["install", "--yes", "--no-install-recommends", "--", *wanted], seconds, heard)
        absent = {name for found in _NONE_SUCH.findall(done.output) for name in found if name}
        if done.exit_code and absent and (rest := [name for name in wanted if name not in absent]):
            wanted = rest
            done = self._apt(["install", "--yes", "--no-install-recommends", "--", *rest], seconds, heard)
        if done.exit_code == 0:
            self.installed += wanted
        return done

    def _apt(self, arguments: list[str], seconds: float, heard: Callable[[str], None]) -> process.Ended:
        passed = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        words = [*self.enter, program("chroot"), self.root, "apt-get", "-q", *arguments]
        environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND": "noninteractive",
            "LC_ALL": "C.UTF-8",
        }
        return process.run(
            words, environment={**environment, **passed}, directory=self._folder, seconds=seconds, heard=heard
        )

    def close(self) -> None:
        """Throw the copy away."""
        holder, self._holder = self._holder, None
        if holder is not None:
            holder.communicate()
        shutil.rmtree(self._folder, ignore_errors=True)
