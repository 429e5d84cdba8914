"""What goes wrong while something is compiled: on a copy of this system from which a package was taken out."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from pytest_sprintready.diagnosis.model import Failure

EXTENSION = {
    "pyproject.toml": '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
    '[project]\nname = "lamp"\nversion = "1"\n',
    "setup.py": 'from setuptools import Extension, setup\nsetup(ext_modules=[Extension("lamp", ["lamp.c"])])\n',
    "lamp.c": '#include <Python.h>\nstatic struct PyModuleDef lamp = {PyModuleDef_HEAD_INIT, "lamp"};\n'
    "PyMODINIT_FUNC PyInit_lamp(void) { return PyModule_Create(&lamp); }\n",
}  # fmt: skip


@pytest.mark.system
def test_header_files_of_python_are_installed(throwaway: Any) -> None:
    throwaway.writes(EXTENSION, "lamp")
    told, code, output = throwaway.story(
        "apt-get remove -y libpython3.11-dev && apt-get update && python3 -m venv env",
        "env/bin/python -m pip install ./lamp",
    )
    assert (told.codes, code) == (["SRN16"], 0), output
    assert told.commands[0].endswith("apt install python3.11-dev")


@pytest.mark.system
def test_the_library_a_driver_is_compiled_against_is_installed(throwaway: Any) -> None:
    throwaway.writes({"pyproject.toml": '[project]\nname = "lantern"\nversion = "1"\ndependencies = ["psycopg2"]\n'})
    told, code, output = throwaway.story(
        "apt-get remove -y libpq-dev postgresql-common postgresql-client-common && apt-get update && python3 -m venv env",
        "env/bin/python -m pip install --no-binary psycopg2 psycopg2",
    )
    assert (told.codes, code) == (["SRN17"], 0), output
    assert told.commands[0].endswith("apt install libpq-dev")


@pytest.mark.slow
def test_a_folder_without_history_is_cloned(shell: Any) -> None:
    url = "https://github.com/lantern/lantern"
    shell.git(f"config --global url.{(shell.folder / 'origin').as_uri()}.insteadOf {url}.git")
    shell.writes(
        {
            "pyproject.toml": '[build-system]\nrequires = ["setuptools", "setuptools-scm"]\n'
            'build-backend = "setuptools.build_meta"\n[project]\nname = "lantern"\ndynamic = ["version"]\n'
            f'[project.urls]\nSource = "{url}"\n[tool.setuptools_scm]\n[tool.setuptools]\npy-modules = ["lantern"]\n',
            "lantern.py": "",
        },
        "origin",
    )
    shutil.copytree(shell.folder / "origin", shell.folder / "lantern-main")  # unpacked from an archive
    shell.commits("origin")
    shell.git("tag v1.0", "origin")
    assert shell.types(f"{sys.executable} -m venv ../env", "lantern-main")[0] == 0
    told = shell.runs("../env/bin/python -m pip install .", "lantern-main")
    assert told.codes == ["SRN06"]
    # In the clone, the environment beside it is one folder further up.
    script = "\n".join(told.commands).replace("../env", "../../env")
    code, output = shell.types(f"{script}\n../../env/bin/python -m pip show lantern", "lantern-main")
    assert code == 0, output
    assert "Version: 1.0" in output


@pytest.mark.slow
@pytest.mark.skipif(not Path("~/.cargo/env").expanduser().exists(), reason="needs Rust as rustup installs it")
def test_rust_that_the_shell_does_not_know_is_found(shell: Any) -> None:
    shell.writes(
        {
            "pyproject.toml": '[build-system]\nrequires = ["setuptools", "setuptools-rust"]\n'
            'build-backend = "setuptools.build_meta"\n[project]\nname = "lamp"\nversion = "1"\n',
            "setup.py": "from setuptools import setup\nfrom setuptools_rust import Binding, RustExtension\n"
            'setup(rust_extensions=[RustExtension("lamp", binding=Binding.NoBinding)], zip_safe=False)\n',
            "Cargo.toml": '[package]\nname = "lamp"\nversion = "1.0.0"\nedition = "2021"\n[lib]\ncrate-type = ["cdylib"]\n',
            "src/lib.rs": '#[no_mangle]\npub extern "C" fn light() {}\n',
        },
        "lamp",
    )  # fmt: skip
    assert shell.types(f"{sys.executable} -m venv env")[0] == 0
    home = {"HOME": os.path.expanduser("~")}  # noqa: PTH111
    told = shell.runs("env/bin/python -m pip install ./lamp", **home)
    assert told.codes == ["SRN19"]
    assert told.commands[0] == '. "$HOME/.cargo/env"'
    shell.obeys(told, **home)


def test_a_compiler_for_windows_is_not_needed_with_an_older_python(diagnose: Any) -> None:
    # Recorded from setuptools on Windows: there is no Windows here.
    output = (
        "building 'lamp' extension\nerror: Microsoft Visual C++ 14.0 or greater is required. Get it with \"Microsoft C++ "
        'Build Tools": https://visualstudio.microsoft.com/visual-cpp-build-tools/\n'
    )
    files = {
        "pyproject.toml": '[project]\nname = "lantern"\nclassifiers = ["Programming Language :: Python :: 3.11"]\n'
    }
    windows = diagnose.machine._replace(system="windows", family="windows", python="3.14.0", shell="powershell")  # noqa: S604
    found = diagnose(files, Failure("install", "py -m pip install -e .", 1, output), windows)
    assert found.code == "SRN18"
    assert [remedy.command for remedy in found.remedies] == [
        "py -3.11 -m venv .venv",
        ".venv\\Scripts\\Activate.ps1",
        "py -m pip install -e .",
    ]
    newest = windows._replace(python="3.11.2")
    found = diagnose(files, Failure("install", "py -m pip install -e .", 1, output), newest)
    assert found.remedies[0].command.startswith("winget install")


@pytest.mark.parametrize(
    ("said", "command"),
    [
        (
            "lamp.c:3:10: fatal error: ffi.h: No such file or directory\n    3 | #include <ffi.h>",
            "apt install libffi-dev",
        ),
        ("lamp.c:3:10: Schwerer Fehler: ffi.h: Datei oder Verzeichnis nicht gefunden", "apt install libffi-dev"),
        (
            "src/a.c:1:10: erreur fatale : Python.h : Aucun fichier\n#include <Python.h>\nPython.h: Aucun fichier",
            "apt install python3-dev",
        ),
        ("error: command 'x86_64-linux-gnu-gcc' failed: No such file or directory", "apt install build-essential"),
        ("mysql_config not found", "apt install default-libmysqlclient-dev"),
    ],
)
def test_what_a_compiler_misses_is_brought_in_any_language(diagnose: Any, said: str, command: str) -> None:
    # Recorded from gcc 12 with other languages set, and from mysqlclient.
    found = diagnose(
        {"pyproject.toml": '[project]\nname = "lantern"\n'}, Failure("install", "pip install x", 1, said + "\n")
    )
    assert found.remedies[0].command == command


@pytest.mark.parametrize(
    "said",
    [
        "lamp.c:3:1: error: unknown type name 'ligth'",
        "lamp.c:1:10: fatal error: my_own.h: No such file or directory",
        "note: included from Python.h",
    ],
)
def test_of_the_code_s_own_errors_nothing_is_said(diagnose: Any, said: str) -> None:
    assert diagnose({"setup.py": ""}, Failure("install", "pip install .", 1, said)) is None
