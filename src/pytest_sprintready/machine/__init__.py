"""What this computer and one Python environment have. Each part is found out when first asked for.

this_machine(root)         with the interpreter that runs this
machine_of(python, root)   with another interpreter, which is asked in a process of its own
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from pytest_sprintready.machine import environment, probes, system
from pytest_sprintready.machine.distributions import Distribution
from pytest_sprintready.machine.git import Git, git_of
from pytest_sprintready.machine.interpreter import Interpreter, InterpreterError, ask, running

__all__ = ["Distribution", "Git", "Interpreter", "InterpreterError", "Machine", "machine_of", "this_machine"]

V = TypeVar("V")


class Machine(NamedTuple):
    """One computer with one Python environment, and the checkout at `root`.

    `system` is "linux", "macos", "windows" or "other"; `family` whose packages it takes: "debian", "fedora", "arch",
    "suse", "alpine", "macos", "windows" or "other". `python` is a version ("3.12.1"), `executable` and `prefix` are
    paths. `environment` is one of environment.KINDS, `installer` what installs into it ("" for nothing), `shell` one
    of system.SHELLS or "". `distributions` are by normalised name, `modules` names of distributions by top-level
    module, `programs` paths by name, `strays` those of programs in folders that installers use and PATH lacks.
    `active` is the prefix of the environment that is active in the shell, "" if none is; `environments` are the
    folders in `root` that hold a virtual environment.
    """

    system: str = ""
    family: str = "other"
    python: str = ""
    executable: str = ""
    prefix: str = ""
    environment: str = "venv"
    installer: str = "pip"
    shell: str = ""
    distributions: Mapping[str, Distribution] = {}
    modules: Mapping[str, tuple[str, ...]] = {}
    programs: Mapping[str, str] = {}
    strays: Mapping[str, str] = {}
    git: Git = Git()
    root: str = ""
    active: str = ""
    environments: tuple[str, ...] = ()

    def version(self, name: str) -> str:
        """Return the installed version of a distribution (by its normalised name), "" if it is not installed."""
        found = self.distributions.get(name)
        return found.version if found else ""

    @property
    def pip(self) -> str:
        """The version of pip in the environment, "" if there is none."""
        return self.version("pip")

    def has_package(self, name: str) -> bool | None:
        """Tell whether a system package is installed, None where that cannot be looked up."""
        return probes.has_package(self.family, name)

    def listens(self, port: int) -> bool:
        """Tell whether something on this machine answers at a port."""
        return probes.listens(port)

    def free_bytes(self) -> int | None:
        """Return how much room the disk of the checkout has, None where it cannot be told."""
        return probes.free_bytes(self.root)

    def outdated_extensions(self, files: Sequence[str]) -> list[tuple[str, str]]:
        """Return the compiled modules that are older than the source beside them, as (source, compiled)."""
        return probes.outdated_extensions(self.root, files)

    def is_isolated(self) -> bool:
        """Tell whether the environment is one to install into freely, and no other program's or the system's."""
        return self.environment not in ("externally-managed", "system", "tool")


def this_machine(root: str | os.PathLike[str] = ".") -> Machine:
    """Return this computer with the interpreter that runs this, and the checkout around `root`."""
    return describe(running(), root)


def machine_of(python: str, root: str | os.PathLike[str] = ".") -> Machine:
    """Return this computer with another interpreter, a path or a name on PATH, and the checkout around `root`.

    Raises InterpreterError if that is no Python that answers.
    """
    return describe(ask(python), root)


def describe(interpreter: Interpreter, root: str | os.PathLike[str]) -> Machine:
    """Return this computer with an interpreter, and the checkout around `root`."""
    from pytest_sprintready.machine.distributions import by_module, installed

    distributions = _Late(lambda: installed(interpreter.path))
    path = os.environ.get("PATH", os.defpath)
    programs = system.Programs(path)
    made_by = environment.kind(interpreter, os.environ)
    return Machine(
        system=system.system(interpreter.platform),
        family=system.family(interpreter.platform),
        python=interpreter.version,
        executable=interpreter.executable,
        prefix=interpreter.prefix,
        environment=made_by,
        installer=environment.installer(made_by, has_pip="pip" in distributions, programs=programs),
        shell=system.shell(os.environ),
        distributions=distributions,
        modules=_Late(lambda: by_module(distributions.values())),
        programs=programs,
        strays=system.Programs(system.path_of_installers(path)),
        git=git_of(os.fspath(root)),
        root=os.path.realpath(root),
        active=os.environ.get("VIRTUAL_ENV") or os.environ.get("CONDA_PREFIX") or "",
        environments=environment.folders(os.path.realpath(root)),
    )


class _Late(Mapping[str, V], Generic[V]):
    """A mapping that is made when it is first looked into."""

    def __init__(self, make: Callable[[], dict[str, V]]) -> None:
        self._make = make
        self._made: dict[str, V] | None = None

    def _mapping(self) -> dict[str, V]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getitem__(self, key: str) -> V:
        return self._mapping()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._mapping())

    def __len__(self) -> int:
        return len(self._mapping())
