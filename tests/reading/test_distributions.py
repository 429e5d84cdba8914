from __future__ import annotations

import re
import subprocess
import sys

import pytest

from pytest_sprintready.reading import distributions
from pytest_sprintready.reading.requirements import normalised


@pytest.mark.parametrize(
    ("module", "first"),
    [
        ("yaml", "pyyaml"),
        ("cv2", "opencv-python"),
        ("PIL", "pillow"),
        ("bs4", "beautifulsoup4"),
        ("sklearn", "scikit-learn"),
        ("dateutil", "python-dateutil"),
        ("pkg_resources", "setuptools"),
        ("psycopg2", "psycopg2"),
        ("pytest_mock", "pytest-mock"),
        ("lamp", "lamp"),
    ],
)
def test_a_module_leads_to_its_distribution(module: str, first: str) -> None:
    assert distributions.providers(module)[0] == first


def test_names_are_written_as_they_are_compared() -> None:
    tables = (distributions._PROVIDERS, distributions._CARRIED)
    named = {name for table in tables for words in table.values() for name in words.split()}
    named |= {*distributions._CARRIED, *distributions._OPTIONS, *distributions._INI_KEYS.values()}
    assert [name for name in named if name != normalised(name)] == []


def test_the_table_holds_exceptions_only() -> None:
    plain = [module for module, words in distributions._PROVIDERS.items() if words == normalised(module) == module]
    assert plain == []


@pytest.mark.parametrize("module", ["os", "tomllib", "distutils", "imp", "asyncore", "__future__"])
def test_what_a_python_ships_or_shipped_is_standard(module: str) -> None:
    assert distributions.is_standard(module)


@pytest.mark.parametrize("module", ["tomli", "pytest", "setuptools"])
def test_what_is_installed_is_not_standard(module: str) -> None:
    assert not distributions.is_standard(module)


def test_a_distribution_brings_what_it_requires_over_several_steps() -> None:
    carried = distributions.carried_by(frozenset(["pytest-cov", "wagtail"]))
    assert {"pluggy", "coverage", "asgiref", "sqlparse"} <= carried


def test_nothing_comes_along_with_nothing() -> None:
    assert distributions.carried_by(frozenset(["lamp"])) == frozenset()


@pytest.mark.parametrize(
    ("option", "plugin"),
    [
        ("--cov", "pytest-cov"),
        ("--cov=lamp", "pytest-cov"),
        ("--cov-report=xml", "pytest-cov"),
        ("--no-cov", "pytest-cov"),
        ("-n", "pytest-xdist"),
        ("-n4", "pytest-xdist"),
        ("-nauto", "pytest-xdist"),
        ("--dist=loadfile", "pytest-xdist"),
        ("--timeout=60", "pytest-timeout"),
        ("--asyncio-mode=auto", "pytest-asyncio"),
        ("--ds=lamp.settings", "pytest-django"),
        ("--reuse-db", "pytest-django"),
        ("--reruns", "pytest-rerunfailures"),
        ("--benchmark-skip", "pytest-benchmark"),
        ("--mypy", "pytest-mypy"),
        ("--mypy-ini-file=mypy.ini", "pytest-mypy-plugins"),
        ("--hypothesis-profile=ci", "hypothesis"),
        ("--lamp", ""),
        ("-ra", ""),
        ("-nicht", ""),
        ("tests", ""),
        ("not network", ""),
    ],
)
def test_an_option_leads_to_its_plugin(option: str, plugin: str) -> None:
    assert distributions.plugin_of_option(option) == plugin


def test_no_option_of_pytest_itself_is_taken_for_a_plugins() -> None:
    command = [sys.executable, "-m", "pytest", "--help"]
    environment = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "200"}
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    options = set(re.findall(r"(?<![\w-])-{1,2}[a-zA-Z][\w-]*", shown.partition("[pytest] configuration options")[0]))
    assert "--strict-markers" in options
    assert {option: plugin for option in options if (plugin := distributions.plugin_of_option(option))} == {}


def test_the_options_of_the_plugins_installed_here_are_known() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "pytest", "--help"], capture_output=True, text=True, check=True
    ).stdout
    xdist = re.search(r"^distributed and subprocess testing:(.*?)^\S", shown, re.MULTILINE | re.DOTALL)
    if xdist is None:
        pytest.skip("pytest-xdist is not installed")
    for option in ("--numprocesses", "--maxprocesses", "--dist", "--tx", "--max-worker-restart"):
        assert option in xdist[1]
        assert distributions.plugin_of_option(option) == "pytest-xdist"


@pytest.mark.parametrize(
    ("name", "plugin"),
    [("xdist", "pytest-xdist"), ("pytest_cov", "pytest-cov"), ("pytest_lamp.plugin", "pytest-lamp"), ("lamps", "")],
)
def test_a_plugin_is_known_by_the_name_that_dash_p_takes(name: str, plugin: str) -> None:
    assert distributions.plugin_of_name(name) == plugin


def test_a_key_leads_to_its_plugin() -> None:
    assert distributions.plugin_of_key("asyncio_mode") == "pytest-asyncio"
    assert distributions.plugin_of_key("testpaths") == ""
