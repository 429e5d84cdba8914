"""A place that nobody has worked in: a fresh clone, a fresh home, an empty environment, and the sandbox around them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.errors import RepositoryError, UsageError
from pytest_sprintready.outcome import Run
from pytest_sprintready.verify import process, sandbox, services
from pytest_sprintready.verify.results import REPORTER
from pytest_sprintready.verify.system_packages import SystemCopy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

    from pytest_sprintready.machine.interpreter import Interpreter

CLONE_SECONDS = 900.0

# What a newcomer installs before the first command, where the documents say only to use it: program -> distribution.
TOOLS = {
    "tox": "tox", "nox": "nox", "hatch": "hatch", "poetry": "poetry", "pdm": "pdm", "pipenv": "pipenv",
    "just": "rust-just", "invoke": "invoke", "inv": "invoke", "poe": "poethepoet", "pre-commit": "pre-commit",
    "virtualenv": "virtualenv", "pipx": "pipx", "doit": "doit", "prek": "prek", "task": "go-task-bin",
}  # fmt: skip

# Passed on from outside: how the network is reached. An address with a password in it is left out.
_NETWORK = re.compile(
    r"(https?|ftp|all|no)_proxy|SSL_CERT_(FILE|DIR)|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS|PIP_CERT"
    r"|PIP_(EXTRA_)?INDEX_URL|PIP_FIND_LINKS|PIP_TRUSTED_HOST|PIP_DEFAULT_TIMEOUT|UV_(DEFAULT_|EXTRA_)?INDEX(_URL)?"
    r"|UV_FIND_LINKS|UV_NATIVE_TLS|UV_SYSTEM_CERTS|UV_INSECURE_HOST|UV_HTTP_TIMEOUT",
    re.IGNORECASE,
)
_TOX_PASSES_ON = ("PYTEST_ADDOPTS", "PYTHONPATH", "SPRINTREADY_*", "UV_*", "PIP_*")
_TOX_TABLES = ("testenv", "env_run_base", "tool.tox.env_run_base")
"""Where tox.ini, tox.toml and pyproject.toml say what all environments have."""

_COLOURS = re.compile(r"\x1b\[[\d;]*m")
_PASSWORD = re.compile(r"//[^/\s]*@")

# Commands keep what `cd`, `export` and `activate` changed, as in one shell. Only set-up is remembered.
_SHELL = """\
state=$1 folder=$2 keep=$3
if [ -r "$state/variables" ]; then unset VIRTUAL_ENV; . "$state/variables"; fi
if [ -s "$GITHUB_ENV" ]; then set -a; . "$GITHUB_ENV"; set +a; fi
if [ -n "$folder" ]; then cd "$folder"; elif [ -r "$state/folder" ]; then cd "$(cat "$state/folder")"; fi || exit 1
if [ -n "$keep" ]; then
  trap 'code=$?; unset '"$6"'; export -p > "$state/variables"; pwd > "$state/folder"; exit $code' EXIT
fi
if [ -n "$5" ]; then . "$5" "$state"; fi
eval "$4"
"""

_UV_VENV = re.compile(r"\buv venv\b(?!.*activate)", re.DOTALL)

# Programs that change the machine, not the checkout. They say what they would have installed, and do nothing.
_SYSTEM_INSTALLERS = ("apt-get", "apt", "aptitude", "brew", "dnf", "yum", "apk", "pacman", "zypper", "choco", "snap")
_FORGET = """\
cd "$1" && rm -rf variables folder github && printf %s "$2" > folder
"""
_INSTALLER = """\
#!/bin/sh
echo "$(basename "$0") $*" >> "{asked}"
echo "sprintready: system packages are not installed here: $(basename "$0") $*"
"""
# What sudo would start is tried without it. Tools of Python fail by themselves; what else fails changes the machine.
_SUDO = """\
#!/bin/sh
typed="sudo $*"
while [ $# -gt 0 ]; do
  case "$1" in
    -[ugpChrtTUD]) shift; [ $# -gt 0 ] && shift;;
    -*|*=*) shift;;
    *) break;;
  esac
done
"$@" && exit
code=$?
case "$(basename "$1")" in
  pip*|python*|pytest|py.test|tox|nox|uv|make|env) exit $code;;
esac
echo "$typed" >> "{asked}"
echo "sprintready: a step for the system, left out here: $typed"
"""
_GIT_IDENTITY = """\
[user]
\tname = A Newcomer
\temail = newcomer@example.org
[init]
\tdefaultBranch = main
[safe]
\tdirectory = *
[protocol "file"]
\tallow = always
"""


def tox_passes_on(*variables: str) -> str:
    """Return the value of TOX_OVERRIDE that lets tox pass on our variables and further ones, which it hides else."""
    names = ",".join([*_TOX_PASSES_ON, *variables])
    return ";".join(f"{table}.pass_env+={names}" for table in _TOX_TABLES)


class Made(NamedTuple):
    """Where things are: the checkout, the home, the environment that is active at first, what the tests report."""

    src: str
    home: str
    venv: str
    reports: str


class Environment:
    """The folder in which one project is tried. Use it in a `with` statement: it is gone afterwards, unless `keep`."""

    def __init__(
        self,
        kind: type[sandbox.Sandbox],
        pythons: Sequence[Interpreter],
        *,
        limits: sandbox.Limits,
        keep: bool = False,
        system_packages: bool = False,
    ) -> None:
        self._kind, self._pythons, self._limits, self._keep = kind, tuple(pythons), limits, keep
        self.services: tuple[services.Service, ...] = ()
        self._services_script = ""
        self._installs_packages = system_packages
        self._system: SystemCopy | None = None
        self._not_installed: dict[str, str] = {}  # package -> why
        self.folder = ""
        self.runs: list[Run] = []
        self.heard: Callable[[str], None] = lambda _line: None
        self.last_heard = 0.0
        self._date = ""  # nothing is installed that was released after it
        self._disk_looked = 0.0
        self._source = "", ""
        self._large_files = False
        self.reporting = True  # whether pytest is given our plugin
        self._reports_from_within = False

    def __enter__(self) -> Environment:  # noqa: PYI034 - Self is of Python 3.11
        uv = find_uv()
        try:
            self.folder = os.path.realpath(tempfile.mkdtemp(prefix="sprintready-"))
        except OSError as error:
            raise UsageError(f"no folder for the clone can be made: {error.strerror}", "set TMPDIR to one") from error
        try:
            self._lay_out(uv)
        except OSError as error:
            self._remove()
            why = f"{self.folder} cannot be filled: {error.strerror}"
            raise UsageError(why, "free some space, or set TMPDIR to a folder elsewhere") from error
        except BaseException:
            self._remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._system is not None:
            self._system.close()
        if not self._keep:
            self._remove()

    def _lay_out(self, uv: str) -> None:
        top = Path(self.folder)
        top.chmod(0o755)
        for name in ("home", "tmp", "cache", "state", "reports", "plugin", "pythons", "bin", "tools"):
            (top / name).mkdir()
        shutil.copy(Path(__file__).with_name("_reporter.py"), top / "plugin" / f"{REPORTER}.py")
        (top / "home/.gitconfig").write_text(_GIT_IDENTITY, encoding="utf-8")
        for one in self._pythons:
            version = ".".join(one.version.split(".")[:2])
            (top / "pythons" / f"python{version}").symlink_to(one.executable)
        (top / "bin/uv").symlink_to(uv)
        if (beside := Path(uv).with_name("uvx")).exists():
            (top / "bin/uvx").symlink_to(beside)
        installer = _INSTALLER.format(asked=top / "state/system")
        sudo = _SUDO.format(asked=top / "state/system")
        for name, text in (("sudo", sudo), *((name, installer) for name in _SYSTEM_INSTALLERS)):
            path = top / "bin" / name
            path.write_text(text, encoding="utf-8")
            path.chmod(0o755)
        readable = [one.base_prefix for one in self._pythons] + [uv, str(beside)] + _offered_folders()
        self._sandbox = self._kind(self.folder, str(top / "tmp"), readable, self._limits)
        self._sandbox.prepare()
        (top / "tmp").chmod(0o1777)

    @property
    def sandboxed_by(self) -> str:
        """The name of what keeps the commands in."""
        return self._sandbox.name

    @property
    def made(self) -> Made:
        """Where things are."""
        top = Path(self.folder)
        return Made(str(top / "src"), str(top / "home"), str(top / "venv"), str(top / "reports"))

    def plain(self, text: str) -> str:
        """Return a text without the names of folders that were made for this trial, and mean nothing to a reader."""
        for one in self._pythons:
            text = text.replace(one.executable, ".".join(one.version.split(".")[:2]))
        return text.replace(f"{self.folder}/src/", "").replace(f"{self.folder}/", "")

    def told(self, run: Run) -> Run:
        """Return a run with its command as a reader would type it."""
        return run._replace(command=self.plain(run.command))

    # The clone ------------------------------------------------------------------------------------------------

    def clone(self, source: str, rev: str = "", *, submodules: bool = False) -> Run:
        """Clone a repository, all tags with it, and return how that went. Raises RepositoryError where it cannot be.

        Git runs outside of the sandbox, with no configuration but what it is given here: nothing of the repository
        is run by it.
        """
        if shutil.which("git") is None:
            raise RepositoryError("git is needed to clone and was not found", "https://git-scm.com/downloads")
        self._source = source, rev
        if Path(self.made.src).is_symlink():
            Path(self.made.src).unlink()
        shutil.rmtree(self.made.src, ignore_errors=True)
        if rev.startswith("-"):
            raise RepositoryError(f"{source} has no revision {rev!r}", "name a branch, a tag or a commit of it")
        local = os.path.isdir(source)  # noqa: PTH112
        address = Path(source).resolve().as_uri() if local else source
        run = self._git(["clone", "--quiet", "--no-hardlinks", "--", address, self.made.src], f"git clone {source}")
        if run.exit_code != 0:
            last = run.log.strip().splitlines()[-1:] or [run.ended]
            raise RepositoryError(
                f"{source} cannot be cloned: {last[0]}", "check the address, and that it is a repository"
            )
        if rev:
            switched = self._git(
                ["-C", self.made.src, "checkout", "--quiet", "--detach", rev, "--"], f"git checkout {rev}"
            )
            if switched.exit_code != 0:
                raise RepositoryError(f"{source} has no revision {rev!r}", "name a branch, a tag or a commit of it")
        if submodules:
            self.fetch_submodules()
        if self._large_files:
            self.fetch_large_files()
        self._sandbox.own(self.made.src)
        return run

    def clone_anew(self, *, submodules: bool) -> None:
        """Clone once more, with submodules or without. What ran in it before may have changed its git configuration."""
        self.clone(*self._source, submodules=submodules)

    def fetch_submodules(self) -> Run:
        """Bring the submodules into the checkout."""
        command = ["-C", self.made.src, "submodule", "update", "--init", "--recursive", "--quiet"]
        run = self._git(command, "git submodule update --init --recursive")
        self._sandbox.own(self.made.src)
        return run

    def fetch_large_files(self) -> str:
        """Bring what is kept in Git LFS into the checkout, and again at each later clone; return why not, "" if so."""
        if shutil.which("git-lfs") is None:
            return "git-lfs is not on this machine"
        self._large_files = True
        self._git(["-C", self.made.src, "lfs", "install", "--local", "--skip-repo"], "git lfs install")
        run = self._git(["-C", self.made.src, "lfs", "pull"], "git lfs pull")
        self._sandbox.own(self.made.src)
        return "" if run.exit_code == 0 else (run.log.strip().splitlines() or [run.ended])[-1]

    def _git(self, arguments: Sequence[str], told: str) -> Run:
        environment = {
            "PATH": os.environ.get("PATH", os.defpath), "HOME": self.made.home, "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_TERMINAL_PROMPT": "0",
            "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh", **self._from_outside(),
        }  # fmt: skip
        ended = process.run(
            ["git", "-c", f"core.hooksPath={os.devnull}", "-c", "safe.directory=*", *arguments],
            environment=environment,
            directory=self.folder,
            seconds=CLONE_SECONDS,
            heard=self.heard,
        )
        run = Run(told, "clone", "tool", None, ended.exit_code, ended.seconds, ended.output, ended.reason)
        self.runs.append(run)
        return run

    # Commands -------------------------------------------------------------------------------------------------

    def run(
        self,
        run: Run,
        *,
        seconds: float,
        network: bool,
        folder: str = "",
        variables: Mapping[str, str] = {},
        watch: Callable[[], str] = lambda: "",
    ) -> Run:
        """Run a shell command in the sandbox; return `run` with what became of it, which `runs` keeps as well.

        It starts in `folder` of the checkout, by default where the set-up command before it left off.
        """
        start = str(Path(self.made.src, folder)) if folder else ""
        keep = "" if run.phase == "test" or run.source in {"repair", "tool"} else "keep"
        # uv installs into the active environment, so who makes one of the project's own leaves ours.
        leaves = keep and _UV_VENV.search(run.command)
        typed = f"{run.command}\nunset VIRTUAL_ENV" if leaves else run.command
        state = str(Path(self.folder, "state"))
        script = [process.program("bash"), "-e", "-c", _SHELL, "bash"]
        # What is set for one command is not kept for the next, as what it exports itself is.
        words = [*script, state, start, keep, typed, self._services_script, " ".join(variables)]
        environment = {**self.variables(network=network), **variables}
        if run.phase == "test" and self.reporting:
            addopts = " ".join(filter(None, (environment.get("PYTEST_ADDOPTS", ""), f"-p {REPORTER}")))
            path = os.pathsep.join(filter(None, (environment.get("PYTHONPATH", ""), str(Path(self.folder, "plugin")))))
            environment |= {"PYTEST_ADDOPTS": addopts, "PYTHONPATH": path, "SPRINTREADY_REPORTS": self.made.reports}

        if run.source == "ci":
            environment["GITHUB_ENV"] = str(Path(self.folder, "state/github"))

        def heard(line: str) -> None:
            self.last_heard = time.monotonic()
            self.heard(line)

        def look(pid: int) -> str:
            return watch() or self._sandbox.watch(pid) or self._disk()

        src = self.made.src
        ended = process.run(
            self._sandbox.wrapped(words, network=network, seconds=seconds),
            environment=environment,
            directory=src if Path(src).is_dir() else self.folder,
            seconds=seconds,
            watch=look,
            heard=heard,
        )
        log = _COLOURS.sub("", ended.output)
        done = run._replace(exit_code=ended.exit_code, seconds=ended.seconds, log=log, ended=ended.reason)
        self.runs.append(done)
        return done

    def _within(self, script: str, *arguments: str) -> str:
        """Return what a script of ours prints, run with the rights of the project.

        What the project can write to is read and written by these alone: it may have put links there.
        """
        words = [process.program("bash"), "-c", script, "bash", *arguments]
        done = process.run(
            self._sandbox.wrapped(words, network=False, seconds=60),
            environment={"PATH": os.defpath},
            directory=self.folder,
            seconds=60,
        )
        return done.output if done.exit_code == 0 else ""

    def quietly(self, command: str, *, seconds: float = 60.0, network: bool = False) -> process.Ended:
        """Run a command of ours in the sandbox that is no step of anybody's documents."""
        words = [process.program("bash"), "-c", _SHELL, "bash", str(Path(self.folder, "state")), "", "", command]
        return process.run(
            self._sandbox.wrapped(words, network=network, seconds=seconds),
            environment=self.variables(network=network),
            directory=self.folder,
            seconds=seconds,
            watch=self._sandbox.watch,
        )

    def variables(self, *, network: bool) -> dict[str, str]:
        """Return the whole environment of a command."""
        top = self.folder
        made = self.made
        path = [f"{made.venv}/bin", f"{top}/tools/bin", f"{top}/bin", f"{top}/pythons"]
        path += ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"]
        found = {
            "HOME": made.home, "USER": sandbox.USER, "LOGNAME": sandbox.USER, "SHELL": "/bin/bash", "TERM": "xterm",
            "LANG": "C.UTF-8", "TZ": "UTC", "PATH": os.pathsep.join(path), "VIRTUAL_ENV": made.venv,
            "UV_CACHE_DIR": f"{top}/cache/uv", "PIP_CACHE_DIR": f"{top}/cache/pip", "UV_NO_PROGRESS": "1",
            "PRE_COMMIT_HOME": f"{top}/cache/pre-commit",
            "UV_TOOL_DIR": f"{top}/tools/lib", "UV_TOOL_BIN_DIR": f"{top}/tools/bin", "PIP_NO_INPUT": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_PROGRESS_BAR": "off", "GIT_TERMINAL_PROMPT": "0",
            "UV_LINK_MODE": "hardlink",
            "TOX_OVERRIDE": tox_passes_on(),
        }  # fmt: skip
        if not network:
            found["UV_OFFLINE"] = "1"
        return {**found, **self._sandbox.variables(), **self._from_outside(), **self._versions()}

    def _from_outside(self) -> dict[str, str]:
        return {
            name: value
            for name, value in os.environ.items()
            if _NETWORK.fullmatch(name) and not _PASSWORD.search(value)
        }

    # What is in it --------------------------------------------------------------------------------------------

    def make_venv(self, python: Interpreter, *, seconds: float) -> Run:
        """Make the empty environment that is active when the first command is typed, anew where there is one."""
        self.forget()
        self.reporting, self._reports_from_within = True, False
        command = (
            f"uv venv --quiet --clear --seed --python {shlex.quote(python.executable)} {shlex.quote(self.made.venv)}"
        )
        # Not in the checkout, where uv would ask the project's own index for pip.
        with self._of_today():
            return self.run(Run(command, "setup", "tool"), seconds=seconds, network=True, folder=self.made.home)

    def hold_back(self, date: str) -> None:
        """Install nothing from now on that was released after a date (ISO 8601), tools included; "" for all."""
        if date != self._date:
            self._within('rm -rf "$1"/tools/bin/* "$1"/tools/lib/*', self.folder)
        self._date = date

    def _versions(self) -> dict[str, str]:
        if not self._date:
            return {}
        # An old virtualenv brings an old pip, which heeds no date, and would not look for a newer one.
        return {"UV_EXCLUDE_NEWER": self._date, "PIP_UPLOADED_PRIOR_TO": self._date, "VIRTUALENV_DOWNLOAD": "1"}

    def heed_the_date(self, *, seconds: float) -> None:
        """Upgrade the pip of the active environment where a date is to be heeded and it does not know how to."""
        if not self._date or not self.has_module("pip"):
            return
        if self.quietly("python -m pip install --help | grep -q -e --uploaded-prior-to").exit_code != 0:
            with self._of_today():
                newer = Run("python -m pip install --quiet --upgrade pip", "setup", "tool")
                self.run(newer, seconds=seconds, network=True)

    @contextlib.contextmanager
    def _of_today(self) -> Iterator[None]:
        held_back, self._date = self._date, ""
        try:
            yield
        finally:
            self._date = held_back

    def forget(self) -> None:
        """Go back to a new shell in the checkout, and a new clone's files: nothing built, nothing remembered."""
        self._within(_FORGET, str(Path(self.folder, "state")), self.made.src)
        self.quietly(f"git -C {shlex.quote(self.made.src)} clean -qffdx; git checkout -qf HEAD", seconds=120)

    def report_from_within(self) -> bool:
        """Put our plugin among the installed packages of each Python here; return whether that is done, and is new."""
        if self._reports_from_within:
            return False
        ours = shlex.quote(str(Path(self.folder, "plugin", f"{REPORTER}.py")))
        active = """"$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')\""""
        made = f"find {shlex.quote(self.made.src)} -type d -path '*/lib/python*/site-packages' -prune"
        done = self.quietly(f"{made} -exec cp {ours} {{}} ';'; cp {ours} {active}")
        self._reports_from_within = done.exit_code == 0
        return self._reports_from_within

    def has(self, program: str) -> bool:
        """Tell whether the shell would find a program."""
        return self.quietly(f"command -v {shlex.quote(program)}").exit_code == 0

    def has_module(self, module: str) -> bool:
        """Tell whether the active Python finds a module."""
        return self.quietly(f"python -c 'import {module}'").exit_code == 0 if module.isidentifier() else False

    def provide(self, program: str, *, module: bool, seconds: float) -> Run | None:
        """Install a tool that a command is about to use, as a newcomer would; None where it is there, or unknown."""
        distribution = TOOLS.get(program, "")
        if not distribution or (self.has_module(program.replace("-", "_")) if module else self.has(program)):
            return None
        command = f"uv pip install --quiet {distribution}" if module else f"uv tool install --quiet {distribution}"
        folder = "" if module else self.made.home
        return self.run(Run(command, "setup", "tool"), seconds=seconds, network=True, folder=folder)

    # Services -------------------------------------------------------------------------------------------------

    def offer(self, wanted: Iterable[services.Service], *, seconds: float) -> dict[str, str]:
        """Have services run beside each command from now on; return why not, by the names of those that cannot."""
        missing: dict[str, str] = {}
        found = []
        for each in wanted:
            name = services.program(each)
            if not name:
                missing[each.name] = "not known here"
            elif self._starts(name) or (
                self.install_packages([services.package(each)], Run("", "setup", "tool"), seconds=seconds)
                and self._starts(name)
            ):
                found.append(each)
            else:
                package = services.package(each)
                why = self._not_installed.get(package, f"apt-get install {package}, or --system-packages")
                missing[each.name] = f"no {name} on this machine: {why}"
        self.services = tuple(found)
        if found:
            path = Path(self.folder, "plugin/services.sh")
            path.write_text(services.script(self.services), encoding="utf-8")
            self._services_script = str(path)
            self._sandbox.name_hosts([each.host for each in found])
        return missing

    def _starts(self, name: str) -> bool:
        return self.quietly(f"{services.PATHS}command -v {shlex.quote(name)}").exit_code == 0

    # Packages of the system -----------------------------------------------------------------------------------

    def install_packages(self, packages: Iterable[str], run: Run, *, seconds: float) -> bool:
        """Install what is not installed yet of some packages, where that was asked for; return whether any was.

        `run` says who asked for them. What cannot be installed is not tried again.
        """
        have = self._system.installed if self._system else ()
        wanted = [name for name in dict.fromkeys(packages) if name not in have and name not in self._not_installed]
        if not wanted or not self._installs_packages:
            return False
        copy = self._system or SystemCopy()
        if why := copy.open():
            self._not_installed |= dict.fromkeys(wanted, why)
            return False
        self._system = self._sandbox.system = copy
        done = copy.install(wanted, seconds=seconds, heard=self.heard)
        told = run._replace(command=f"apt-get install {' '.join(wanted)}", phase="setup")
        told = told._replace(exit_code=done.exit_code, seconds=done.seconds, log=done.output, ended=done.reason)
        self.runs.append(told)
        last = (done.output.strip().splitlines() or [done.reason])[-1]
        self._not_installed |= {name: last for name in wanted if name not in copy.installed}
        return any(name in copy.installed for name in wanted)

    @property
    def packages_installed(self) -> tuple[str, ...]:
        """The packages that were installed for this trial."""
        return tuple(self._system.installed) if self._system else ()

    @property
    def packages_not_installed(self) -> dict[str, str]:
        """The packages that were asked for and could not be installed, each with the reason."""
        return dict(self._not_installed)

    def system_packages_asked(self) -> tuple[str, ...]:
        """Return the lines that were to change the machine, packages of the system above all, as they were typed."""
        lines = self._within('cat "$1"', str(Path(self.folder, "state/system"))).splitlines()
        return tuple(dict.fromkeys(line for line in lines if re.search(r"^sudo |install| add", line)))

    def name_tests(self, purpose: str, tests: Iterable[str]) -> str:
        """Write ids of tests where our plugin can read them, in the place of those named before; return the file."""
        path = Path(self.folder, "plugin", f"{purpose}.json")
        path.write_text(json.dumps(list(tests)), encoding="utf-8")
        return str(path)

    def clear_reports(self) -> None:
        """Forget what earlier tests reported."""
        self._within('rm -f "$1"/*.json*', self.made.reports)

    def cache_bytes(self) -> int:
        """Return the size of what uv and pip keep of what they downloaded, unpacked."""
        return _size(str(Path(self.folder, "cache")))

    def _disk(self) -> str:
        """Return why a command has to be ended: the folder has grown too large. Looked at seldom, for it takes time."""
        start = time.monotonic()
        if start - self._disk_looked < 10:
            return ""
        used = _size(self.folder)
        # On a folder that takes long to measure, it is measured the less often.
        self._disk_looked = time.monotonic() + 20 * (time.monotonic() - start)
        if used > self._limits.disk:
            return f"it took more than {self._limits.disk / sandbox.GIB:.1f} GiB of disk"
        return ""

    def how_to_enter(self) -> str:
        """Return the command that opens a shell in what was kept."""
        path = Path(self.folder, "enter")
        path.unlink(missing_ok=True)
        self._sandbox.system = None  # what was installed is gone with us
        settings = [f"{name}={value}" for name, value in self.variables(network=True).items()]
        line = shlex.join(["env", "-i", *settings, *self._sandbox.entered(["bash"])])
        path.write_text(f"#!/bin/sh\ncd {shlex.quote(self.made.src)} && exec {line}\n", encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    def _remove(self) -> None:
        def open_up(_function: object, path: str, _error: object) -> None:
            if path == self.folder:  # the folder above it is everybody's
                return
            with contextlib.suppress(OSError):
                os.chmod(os.path.dirname(path), stat.S_IRWXU)  # noqa: PTH101, PTH120
                os.unlink(path) if not os.path.isdir(path) else os.rmdir(path)  # noqa: PTH106, PTH108, PTH112

        for _ in range(5):  # what was killed may still be writing its last file
            shutil.rmtree(self.folder, onerror=open_up)
            if not os.path.lexists(self.folder):
                break
            time.sleep(0.2)


def find_uv() -> str:
    """Return the path of uv. Raises UsageError, with the line to type, where there is none."""
    with contextlib.suppress(ImportError, FileNotFoundError):
        from uv import find_uv_bin

        return os.path.realpath(find_uv_bin())
    found = shutil.which("uv")
    if found is None:
        raise UsageError(
            "verify needs uv, and it is not installed", "python -m pip install 'pytest-sprintready[verify]'"
        )
    return os.path.realpath(found)


def _offered_folders() -> list[str]:
    """Return the folders that the settings of pip name as package indexes, where these are on this disk."""
    texts = [os.environ.get(name, "") for name in ("PIP_FIND_LINKS", "UV_FIND_LINKS", "PIP_EXTRA_INDEX_URL")]
    found = [word.removeprefix("file://") for text in texts for word in text.split()]
    return [path for path in found if path.startswith("/") and os.path.isdir(path)]  # noqa: PTH112


def _size(folder: str) -> int:
    return sum(_sizes(folder))


def _sizes(folder: str) -> Iterator[int]:
    seen = set()
    for top, _folders, files in os.walk(folder):
        for name in files:
            with contextlib.suppress(OSError):
                about = os.lstat(os.path.join(top, name))  # noqa: PTH118
                if about.st_nlink == 1:
                    yield about.st_blocks * 512
                elif about.st_ino not in seen:
                    seen.add(about.st_ino)
                    yield about.st_blocks * 512
