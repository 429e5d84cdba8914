"""Making an environment and entering it, on this machine and in its shell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.commands import quoted
from pytest_sprintready.diagnosis.model import Remedy

if TYPE_CHECKING:
    from pytest_sprintready.machine import Machine

NEWEST = 14
"""The newest minor version of Python 3 that is stable (https://devguide.python.org/versions/)."""

FOLDER = ".venv"


def satisfies(version: str, specifier: str) -> bool:
    """Tell whether a version of Python is one that a specifier asks for; what cannot be understood asks for nothing."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet
    from packaging.version import InvalidVersion

    try:
        return SpecifierSet(specifier).contains(version, prereleases=True)
    except (InvalidSpecifier, InvalidVersion):
        return True


def fitting_python(machine: Machine, specifier: str) -> str:
    """Return the newest Python a specifier admits ("3.12"), one that is installed if there is; "" if none can be."""
    fitting = [f"3.{minor}" for minor in range(NEWEST, 7, -1) if _admits(specifier, minor)]
    return next((version for version in fitting if f"python{version}" in machine.programs), next(iter(fitting), ""))


def _admits(specifier: str, minor: int) -> bool:
    return any(satisfies(f"3.{minor}.{patch}", specifier) for patch in (0, 1, 5, 10, 99))


def make(machine: Machine, version: str = "", folder: str = FOLDER) -> tuple[Remedy, ...]:
    """Return the commands that make an environment and enter it, with a version of Python if one is named."""
    if "uv" in machine.programs:
        line = f"uv venv --python {version} {folder}" if version else f"uv venv {folder}"
        made = (Remedy(line, "environment", (version,) if version else ()),)
    elif machine.system == "windows":
        launcher = f"py -{version}" if version else "py"
        made = (Remedy(f"{launcher} -m venv {folder}", "environment"),)
    elif version and f"python{version}" not in machine.programs:
        # uv brings Pythons along, so that nobody has to find out how this system does.
        return (
            Remedy("python3 -m venv .uv", "environment"),
            Remedy(".uv/bin/python -m pip install uv", "install", ("uv",)),
            Remedy(f".uv/bin/uv venv --python {version} {folder}", "interpreter", (version,)),
            enter(machine, folder),
        )
    else:
        name = "python3" if "python3" in machine.programs else "python"
        made = (Remedy(f"{f'python{version}' if version else name} -m venv {folder}", "environment"),)
    return (*made, enter(machine, folder))


def enter(machine: Machine, folder: str = FOLDER) -> Remedy:
    """Return the line by which this shell enters an environment (https://docs.python.org/3/library/venv.html)."""
    if machine.system == "windows" and machine.shell in ("powershell", "cmd", ""):
        name = "activate.bat" if machine.shell == "cmd" else "Activate.ps1"
        line = f"{folder}\\Scripts\\{name}".replace("/", "\\")
    else:
        script = "Scripts" if machine.system == "windows" else "bin"
        name = {"fish": "activate.fish", "powershell": "Activate.ps1"}.get(machine.shell, "activate")
        lead = "" if machine.shell == "powershell" else "source " if machine.shell in ("fish", "bash", "zsh") else ". "
        line = f"{lead}{quoted(f'{folder}/{script}/{name}')}"
    return Remedy(line, "environment", (folder,))


def free_folder(version: str, *, taken: bool) -> str:
    """Return the folder for a new environment beside one that is to stay."""
    return f"{FOLDER}{re.sub(r'[^0-9]', '', version)}" if taken and version else FOLDER
