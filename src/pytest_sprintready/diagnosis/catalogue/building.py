"""What goes wrong while something is compiled or given its version: headers, libraries, compilers, tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.catalogue.cloning import again
from pytest_sprintready.diagnosis.commands import install, quoted
from pytest_sprintready.diagnosis.environments import FOLDER, fitting_python, free_folder, make
from pytest_sprintready.diagnosis.gits import home_of_project
from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.diagnosis.model import Remedy, diagnosed
from pytest_sprintready.diagnosis.systems import install_package, package
from pytest_sprintready.model import Evidence, UnknownFact

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.diagnosis.seen import Seen


def brought_by_system(seen: Seen, wanted: str, name: str = "") -> tuple[tuple[Remedy, ...], Evidence | None]:
    """Return the command that installs the system package for `wanted`, and where the repository names that package."""
    name = name or package(seen.machine, wanted)
    line = install_package(seen.machine, name) if name else ""
    try:
        known = dict(zip(seen.facts.needs_system.value, seen.facts.needs_system.evidence, strict=False))
    except UnknownFact:
        known = {}
    place = known.get(name)
    return ((Remedy(line, "system", (name,), place), *again(seen)) if line else ()), place


@cause(
    "SRN06",
    "version-not-detected",
    title="The version cannot be told outside of a git clone",
    looks="`LookupError: setuptools-scm was unable to detect version for ...`",
    why="The version comes from git, and this folder is a download (zip, tar), not a clone.",
    prevent="Set a fallback version, and let the guide say `git clone`, not download.",
    checks=("SR507",),
)
def version_not_detected(seen: Seen) -> Diagnosis | None:
    """Take over where a build back end says so."""
    if not seen.failure.exit_code or not re.search(
        r"unable to detect version for|Cannot find the version from SCM|Error getting the version from source `vcs`",
        seen.failure.output,
    ):
        return None
    if seen.machine.git.top and seen.machine.git.revision:
        return None
    url, place = home_of_project(seen.facts, seen.machine)
    folder = url.rstrip("/").rpartition("/")[2].removesuffix(".git")
    if url and "git" in seen.machine.programs:
        ways: tuple[Remedy, ...] = (
            Remedy(f"git clone {quoted(url)}", "git", ("clone",), place),
            Remedy(f"cd {quoted(folder)}", "git"),
            *again(seen),
        )
        why = "It takes its version from git. For contributing you need a clone anyway."
    else:
        ways = _pretending(seen)
        why = "It takes its version from git; nothing here says where to clone it. A made-up version will do for now."
    return diagnosed(
        "This folder is not a git clone, so the build cannot tell the version.", why, remedies=ways, fault="machine"
    )


def _pretending(seen: Seen) -> tuple[Remedy, ...]:
    name, value = "SETUPTOOLS_SCM_PRETEND_VERSION", "0.0.1"
    if not seen.failure.command:
        return ()
    if seen.machine.shell in ("powershell", "cmd"):
        setting = f'$env:{name} = "{value}"' if seen.machine.shell == "powershell" else f"set {name}={value}"
        return (Remedy(setting, "configure"), *again(seen))
    lead = "env " if seen.machine.shell == "fish" else ""
    return (Remedy(f"{lead}{name}={value} {seen.failure.command}", "configure"),)


_HEADER = re.compile(
    r"(?:^|[\s:])(?P<name>[\w+./-]+\.(?:h|hpp)): .+$|cannot open include file: '(?P<windows>[^']+)'",
    re.MULTILINE | re.IGNORECASE,
)
_INCLUDED_PYTHON = re.compile(r"include/python(3\.\d+)\b")


def _header(seen: Seen) -> str:
    """Return the header file a compiler did not find: its name stands before the reason, which is in any language."""
    if not seen.failure.exit_code:
        return ""
    for found in _HEADER.finditer(seen.failure.output):
        name = found["name"] or found["windows"]
        line = seen.failure.output[
            seen.failure.output.rfind("\n", 0, found.start("name") if found["name"] else found.start())
            + 1 : found.end()
        ]
        included = re.search(rf"#\s*include\s*[<\"]{re.escape(name)}[>\"]", seen.failure.output)
        if included or re.match(r"\s*[^\s:]+:\d+:\d+: ", line):
            return name
    return ""


@cause(
    "SRN16",
    "no-python-headers",
    title="The files for compiling extensions of Python are not installed",
    looks="`fatal error: Python.h: No such file or directory`, in whatever language the compiler speaks.",
    why="Something has to be compiled, because no wheel of it fits this Python and system. Linux distributions keep "
    "the header files of Python in a package of their own.",
    prevent="Name the package among what has to be installed, or require versions that come as wheels.",
    checks=("SR503",),
)
def no_python_headers(seen: Seen) -> Diagnosis | None:
    """Take over where a compiler misses Python.h."""
    if _header(seen) not in ("Python.h", "pyconfig.h"):
        return None
    name = package(seen.machine, "Python.h")
    version = _INCLUDED_PYTHON.search(seen.failure.output)
    if version and seen.machine.family == "debian":
        name = f"python{version[1]}-dev"
    ways, place = brought_by_system(seen, "Python.h", name)
    if seen.machine.family == "macos":
        ways = (Remedy("xcode-select --install", "system", ("command line tools",)), *again(seen))
    return diagnosed(
        what="Something has to be compiled, and the header files of Python are not installed.",
        cause="Python.h comes in a package of the system.",
        place=place,
        remedies=ways,
        fault="machine",
    )


_CONFIGURING = re.compile(
    r"\b(?P<name>(?:\w+[-_]config))(?: executable)? (?:not found|is required|could not be found)"
    r"|(?:No such file or directory|not found)\W+(?P<after>\w+[-_]config)\b"
    r"|(?P<shell>\w+[-_]config): (?:command )?not found"
)


@cause(
    "SRN17",
    "library-not-installed",
    title="A library of the system that something is compiled against is not installed",
    looks="`Error: pg_config executable not found.`, or `mysql_config not found`, in the output of pip.",
    why="A driver is built from source and needs the files of the database's library for that.",
    prevent="Name the package among what has to be installed, or depend on a driver that comes as a wheel.",
    checks=("SR503",),
)
def library_not_installed(seen: Seen) -> Diagnosis | None:
    """Take over where the program that tells compilers about a library is missing."""
    found = _CONFIGURING.search(seen.failure.output)
    if not found or not seen.failure.exit_code:
        return None
    wanted = found["name"] or found["after"] or found["shell"]
    ways, place = brought_by_system(seen, wanted)
    binary = homes(seen.facts, seen.machine, ("psycopg2-binary",)) if wanted == "pg_config" else ()
    if not ways and wanted == "pg_config":
        ways = (Remedy(install(seen.machine, "psycopg2-binary"), "install", ("psycopg2-binary",)),)
    return diagnosed(
        what=f"{wanted} is not there: the library that is compiled against is not installed.",
        cause="psycopg2-binary, which needs none of this, is declared, too."
        if binary
        else "It comes in a package of the system.",
        place=place,
        quote=found[0],
        remedies=ways,
        fault="machine",
    )


@cause(
    "SRN81",
    "missing-header",
    title="The header files of a library are not installed",
    looks="`fatal error: ffi.h: No such file or directory`, in whatever language the compiler speaks.",
    why="Something has to be compiled against a library of the system, whose files for that "
    "are in a package of their own.",
    prevent="Name the package among what has to be installed.",
    checks=("SR503",),
)
def missing_header(seen: Seen) -> Diagnosis | None:
    """Take over where a compiler misses a header file that a known system package brings."""
    name = _header(seen)
    if not name or name in ("Python.h", "pyconfig.h") or seen.facts.snapshot.has(name):
        return None
    ways, place = brought_by_system(seen, name)
    if not ways:
        return None
    return diagnosed(
        what=f"{name} is not there: the header files of a library are not installed.",
        cause="They come in a package of the system.",
        place=place,
        remedies=ways,
        fault="machine",
    )


_COMPILER = re.compile(
    r"error: command '(?P<setup>[\w./+-]+)' failed: No such file|unable to execute '(?P<old>[\w./+-]+)': No such file"
    r"|Unknown compiler\(s\): \[\['(?P<meson>[\w+-]+)'|No CMAKE_(?P<cmake>C|CXX|Fortran)_COMPILER could be found"
    r"|(?P<tool>cmake|ninja|swig|pkg-config|gfortran)(?:: (?:command )?not found| (?:executable|is) (?:not|required))"
)


@cause(
    "SRN82",
    "no-compiler",
    title="There is no compiler, or a program that builds with it",
    looks="`error: command 'gcc' failed: No such file or directory`, `CMake must be installed`.",
    why="Something has to be compiled, because no wheel of it fits this Python and system.",
    prevent="Name the compiler among what has to be installed, or require versions that come as wheels.",
    checks=("SR503",),
)
def no_compiler(seen: Seen) -> Diagnosis | None:
    """Take over where a build back end cannot start the compiler."""
    found = _COMPILER.search(seen.failure.output) if seen.failure.exit_code else None
    if not found:
        return None
    name = next(filter(None, found.groups())).rpartition("/")[2]
    name = {"C": "gcc", "CXX": "g++", "Fortran": "gfortran"}.get(
        name, re.sub(r"^x86_64-linux-gnu-|^aarch64-linux-gnu-|-\d+$", "", name)
    )
    ways, place = brought_by_system(seen, name)
    if seen.machine.family == "macos" and name in ("gcc", "cc", "clang", "g++", "c++"):
        ways = (Remedy("xcode-select --install", "system", ("command line tools",)), *again(seen))
    if not ways:
        return None
    what = f"Something has to be compiled, and {name} is not installed."
    return diagnosed(what, "It comes in a package of the system.", place, found[0], ways, "machine")


@cause(
    "SRN18",
    "no-visual-cpp",
    title="Something has to be compiled on Windows, and there is no compiler",
    looks="`error: Microsoft Visual C++ 14.0 or greater is required.`",
    why="No wheel fits this Python. Most often this Python is newer than the wheels there are.",
    prevent="Declare the Pythons that were tried (classifiers), and an upper bound while wheels are missing.",
    checks=("SR501",),
)
def no_visual_cpp(seen: Seen) -> Diagnosis | None:
    """Take over where setuptools says so: an older Python, where the project names one, else the compiler."""
    found = re.search(r"Microsoft Visual C\+\+ .*(?:is )?required.*", seen.failure.output)
    if not found or not seen.failure.exit_code:
        return None
    known = [int(version.partition(".")[2]) for version in seen.facts.project.python_versions]
    own = int(seen.machine.python.split(".")[1] if seen.machine.python else 0)
    if known and own > max(known):
        version = fitting_python(seen.machine, f"==3.{max(known)}.*")
        folder = free_folder(version, taken=FOLDER in seen.machine.environments)
        ways: tuple[Remedy, ...] = (*make(seen.machine, version, folder), *again(seen))
        why = f"The project names Python 3.{max(known)} as its newest, for which there are wheels; this is 3.{own}."
    else:
        ways = (
            Remedy("winget install Microsoft.VisualStudio.2022.BuildTools", "system", ("Build Tools",)),
            *again(seen),
        )
        why = 'The Build Tools have it; tick "Desktop development with C++" while they are installed.'
    return diagnosed(
        "Something has to be compiled, and this Windows has no compiler.",
        why,
        quote=found[0],
        remedies=ways,
        fault="machine",
    )


@cause(
    "SRN19",
    "no-rust",
    title="Something has to be compiled with Rust, which is not there",
    looks="`error: can't find Rust compiler`, or `Is `cargo` in PATH?`",
    why="No wheel fits this Python and system, so the package is built from source, for which it needs Rust.",
    prevent="Name Rust among what has to be installed, with the oldest version that will do.",
    checks=("SR503",),
)
def no_rust(seen: Seen) -> Diagnosis | None:
    """Take over where a build back end does not find cargo or rustc."""
    if not seen.failure.exit_code or not re.search(
        r"can't find Rust compiler|Is `?cargo`? in PATH|cargo(?:\.exe)?['`]? (?:not found|is not installed)"
        r"|cargo: (?:command )?not found"
        r"|rustc, the rust compiler, is not installed|Cargo, the Rust package manager, is not installed",
        seen.failure.output,
    ):
        return None
    if "cargo" in seen.machine.strays:
        script = {"fish": 'source "$HOME/.cargo/env.fish"', "powershell": '$env:PATH += ";$HOME\\.cargo\\bin"'}
        line = script.get(seen.machine.shell, '. "$HOME/.cargo/env"')
        ways: tuple[Remedy, ...] = (Remedy(line, "environment", ("cargo",)), *again(seen))
        why = "It is installed, and this shell does not know yet where (~/.cargo/bin)."
    else:
        line = {
            "windows": "winget install Rustlang.Rustup",
            "macos": "brew install rust",
        }.get(seen.machine.system, "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh")
        ways = (Remedy(line, "system", ("rust",)), *again(seen))
        why = "No wheel of what is built fits this Python; one for an older Python may exist."
    return diagnosed(
        "Something is built with Rust, and no Rust compiler is found.", why, remedies=ways, fault="machine"
    )
