from __future__ import annotations

import pytest

from pytest_sprintready.reading.pytest_config import read_pytest_config


def test_an_ini_file_is_read_with_lines() -> None:
    text = "[pytest]\naddopts = -ra -m 'not slow'\ntestpaths =\n    tests\n    more\nmarkers =\n    # why\n    slow: takes long\n"
    config = read_pytest_config({"pytest.ini": text}.get)
    assert config is not None
    assert (config.path, config.section) == ("pytest.ini", "pytest")
    assert config.addopts == ("-ra", "-m", "not slow")
    assert config.testpaths == ("tests", "more")
    assert [(item.text, item.place.line) for item in config.markers] == [("slow: takes long", 8)]
    assert config.places["testpaths"].line == 3


@pytest.mark.parametrize(
    ("table", "section"), [("tool.pytest.ini_options", "tool.pytest.ini_options"), ("tool.pytest", "tool.pytest")]
)
def test_both_tables_of_pyproject_are_read(table: str, section: str) -> None:
    text = f'[{table}]\naddopts = ["-q", "-k a b"]\nmarkers = [\n  "slow: x",\n  "net: y",\n]\nminversion = "9"\n'
    config = read_pytest_config({"pyproject.toml": text}.get)
    assert config is not None
    assert config.section == section
    assert config.addopts == ("-q", "-k a b")
    assert [(item.text, item.place.line) for item in config.markers] == [("slow: x", 4), ("net: y", 5)]
    assert config.minversion == "9"


@pytest.mark.parametrize(
    ("files", "path"),
    [
        pytest.param({"pytest.ini": "", "tox.ini": "[pytest]\n"}, "pytest.ini", id="an empty pytest.ini counts"),
        pytest.param({"pytest.toml": "", "pytest.ini": ""}, "pytest.toml", id="TOML first"),
        pytest.param(
            {"pyproject.toml": "[tool.x]\n", "tox.ini": "[pytest]\n"}, "tox.ini", id="pyproject without table"
        ),
        pytest.param({"setup.cfg": "[tool:pytest]\n"}, "setup.cfg", id="setup.cfg"),
        pytest.param({"pyproject.toml": "[", "setup.cfg": "[tool:pytest]\n"}, "setup.cfg", id="a broken file"),
        pytest.param({"setup.cfg": "[pytest]\n", "tox.ini": "[tox]\n"}, None, id="none"),
    ],
)
def test_the_file_is_the_one_that_pytest_takes(files: dict[str, str], path: str | None) -> None:
    config = read_pytest_config(files.get)
    assert (config and config.path) == path


def test_a_broken_file_stands_among_the_problems() -> None:
    config = read_pytest_config({"pyproject.toml": "[tool.pytest", "tox.ini": "[pytest]\n"}.get)
    assert config is not None
    assert [problem.path for problem in config.problems] == ["pyproject.toml"]


def test_a_folder_has_its_own_configuration() -> None:
    config = read_pytest_config({"sub/tox.ini": "[pytest]\naddopts = 'open\n"}.get, "sub")
    assert config is not None
    assert (config.path, config.addopts) == ("sub/tox.ini", ("'open",))


@pytest.mark.parametrize("value", ["3", "true", "[1, 2]", "{a = 1}", "1979-05-27"])
def test_values_of_a_strange_type_do_no_harm(value: str) -> None:
    text = "[tool.pytest.ini_options]\n" + "".join(f"{key} = {value}\n" for key in ("addopts", "markers", "minversion"))
    config = read_pytest_config({"pyproject.toml": text}.get)
    assert config is not None
    assert config.path == "pyproject.toml"
