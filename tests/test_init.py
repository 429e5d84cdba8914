"""The public names."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

import pytest_sprintready


@pytest.mark.parametrize("name", pytest_sprintready.__all__)
def test_every_public_name_can_be_had(name: str) -> None:
    assert getattr(pytest_sprintready, name) is not None


def test_dir_shows_the_public_names() -> None:
    assert dir(pytest_sprintready) == sorted(pytest_sprintready.__all__)


def test_every_lazy_name_is_public() -> None:
    lazy = [name for names in pytest_sprintready._HOMES.values() for name in names]
    assert sorted([*lazy, "__version__"]) == sorted(pytest_sprintready.__all__)


def test_the_version_is_that_of_the_distribution() -> None:
    assert pytest_sprintready.__version__ == version("pytest-sprintready")


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = pytest_sprintready.nonsense


def test_importing_the_package_imports_nothing_else_of_it() -> None:
    program = "import sys, pytest_sprintready; print([n for n in sys.modules if n.startswith('pytest_sprintready.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
