"""The same words with the oldest pytest that is supported and the last of its line; others run with the newest."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.slow

FILES = {
    "pyproject.toml": '[project]\nname = "lantern"\nversion = "1"\n[project.optional-dependencies]\n'
    'test = ["pytest-mock", "pytest-asyncio", "pytest-timeout", "attrs"]\n',
    "missing/test_missing.py": "import attr\n",
    "fixture/test_fixture.py": "def test_it(mocker):\n    pass\n",
    "waiting/test_waiting.py": "async def test_it():\n    pass\n",
    "conf/conftest.py": "import attr\n",
    "conf/test_conf.py": "def test_it():\n    pass\n",
    "option/pytest.ini": "[pytest]\naddopts = --timeout=9\n",
    "option/test_option.py": "def test_it():\n    pass\n",
    "well/test_well.py": "import pytest\n\ndef test_well():\n    pass\n\n@pytest.mark.xfail\ndef test_expected():\n    assert 0\n",
}
RUNS = {
    "pytest missing -W error": ["SRN36"],
    "pytest missing fixture -n 2 --continue-on-collection-errors": ["SRN36"],
    "pytest fixture -n 2 -W error": ["SRN41"],
    "pytest waiting": ["SRN42"],
    "pytest conf -W error": ["SRN31"],
    "pytest -c option/pytest.ini --rootdir . option": ["SRN24"],
    "pytest well -n 2 -W error": [],
    "pytest well -p no:terminal": [],
}


@pytest.mark.parametrize("version", ["==8.0.2", "==8.4.2"])
def test_every_version_says_the_same(newcomer: Any, version: str) -> None:
    newcomer.clones(FILES)
    newcomer.makes_environment(f"pytest{version}", "pytest-xdist")
    said = {command: newcomer.types(command) for command in RUNS}
    assert {command: ran.codes for command, ran in said.items()} == RUNS
    assert all("INTERNALERROR" not in ran.output for ran in said.values())
