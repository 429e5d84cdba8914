"""Every message as a person reads it, in one file, held to the rules of wording that a program can check.

`SPRINTREADY_GOLDEN=1 pytest tests/diagnosis/test_messages.py` writes the file anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.diagnosis.catalogue import catalogue
from pytest_sprintready.diagnosis.model import Diagnosis, Failure, Frame, Raised, Remedy
from pytest_sprintready.engine import catalogue as checks
from pytest_sprintready.model import Evidence
from pytest_sprintready.report.diagnosis import as_object, render
from pytest_sprintready.report.text import Style

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).with_name("messages.txt")
ROOMS = ("collecting", "django", "fixtures", "importing", "machine", "releases", "services", "starting")

BACKEND = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
TEST_EXTRA = [
    "pytest", "PyYAML", "pytest-cov", "pytest-xdist", "pytest-timeout", "pytest-asyncio", "pytest-mock",
    "pytest-randomly", "pytest-django", "urllib3",
]  # fmt: skip
PROJECT = {
    "pyproject.toml": BACKEND
    + '[project]\nname = "lantern"\nversion = "1"\n[project.urls]\nSource = "https://github.com/lantern/lantern"\n'
    + 'Chat = "https://discord.gg/lantern"\n[project.scripts]\nlantern-say = "lantern:say"\n'
    + "[project.optional-dependencies]\ntest = [\n"
    + "".join(f'  "{name}",\n' for name in TEST_EXTRA)
    + ']\nshiny = ["torch"]\n',
    "README.md": "# Lantern\n\nChat with us at <https://discord.gg/lantern>.\n",
    "src/lantern/__init__.py": "",
    "src/lantern/_core.pyx": "",
    "tests/test_it.py": "def test_it(): pass\n",
    "backend/helpers.py": "",
    "shop/settings.py": "",
    "compose.yaml": "services:\n  db:\n    image: postgres:17\n    ports: ['5432:5432']\n  cache:\n    image: redis:7\n",
}
IMPORT = ("builtins.ImportError", "builtins.Exception", "builtins.BaseException")
NOT_FOUND = ("builtins.ModuleNotFoundError", *IMPORT)


def at(source: str, path: str = "tests/test_it.py") -> tuple[Frame, ...]:
    return (Frame(path, 3, source),)


def absent(module: str) -> Raised:
    return Raised(NOT_FOUND, f"No module named {module!r}", (("name", module),), at(f"import {module}"))


def raised(name: str, message: str = "", source: str = "", **attributes: str) -> Raised:
    return Raised((name, "builtins.Exception"), message, tuple(attributes.items()), at(source) if source else ())


def options(*words: str) -> dict[str, str]:
    return {"pytest.ini": f"[pytest]\naddopts = {' '.join(words)}\n"}


def failing(stage: str, *chain: Raised, **more: Any) -> Failure:
    return Failure(stage, raised=chain, node="tests/test_it.py::test_it", **more)


CASES: dict[str, tuple[dict[str, str], Failure]] = {
    "SRN15": ({}, failing("collect", absent("yaml"))),
    "SRN20": (
        {},
        failing(
            "collect",
            Raised(
                IMPORT,
                "cannot import name 'fast'",
                (("name", "lantern._core"), ("newer_source", "src/lantern/_core.pyx")),
                at("from lantern._core import fast"),
            ),
        ),
    ),
    "SRN21": (
        {},
        failing("run", raised("builtins.FileNotFoundError", "", 'run(["lantern-say"])', filename="lantern-say")),
    ),
    "SRN22": (options("--cov=lantern"), Failure("start", words=("--cov=lantern",))),
    "SRN23": (options("-n", "auto"), Failure("start", words=("-n",))),
    "SRN24": (options("--timeout=60"), Failure("start", words=("--timeout=60",))),
    "SRN25": (options("--asyncio-mode=auto"), Failure("start", words=("--asyncio-mode=auto",))),
    "SRN26": ({"pytest.ini": "[pytest]\nasyncio_mode = auto\n"}, Failure("start", words=("asyncio_mode",))),
    "SRN30": (
        {"pytest.ini": "[pytest]\nfilterwarnings =\n    ignore::urllib3.exceptions.HTTPWarning\n"},
        failing("start", raised("_pytest.config.exceptions.UsageError"), absent("urllib3")),
    ),
    "SRN31": ({}, failing("start", raised("_pytest.config.ConftestImportFailure"), absent("yaml"))),
    "SRN32": (
        {},
        failing(
            "collect",
            raised(
                "django.core.exceptions.ImproperlyConfigured",
                "Requested setting X, but settings are not configured.",
                "from shop.models import Lamp",
            ),
        ),
    ),
    "SRN33": (
        {},
        failing("collect", raised("django.core.exceptions.AppRegistryNotReady", "", "from shop.models import Lamp")),
    ),
    "SRN34": ({}, Failure("collect", exit_code=5, node="src")),
    "SRN35": ({}, failing("collect", absent("lantern"))),
    "SRN36": ({}, failing("collect", absent("yaml"))),
    "SRN37": ({}, failing("collect", absent("torch"))),
    "SRN38": ({}, Failure("collect", raised=(raised("_pytest.pathlib.ImportPathMismatchError"),), node="b/test_it.py")),
    "SRN39": (
        {},
        failing(
            "collect",
            raised(
                "_pytest.outcomes.OutcomeException",
                "'asyncio' not found in `markers` configuration option",
                "@pytest.mark.asyncio",
            ),
        ),
    ),
    "SRN40": (
        {},
        Failure("collect", raised=(absent("torch"),), node="env/lib/python3.12/site-packages/thing/test_thing.py"),
    ),
    "SRN41": (
        {},
        failing("setup", raised("_pytest.fixtures.FixtureLookupError", "", "def test_it(mocker):", argname="mocker")),
    ),
    "SRN42": (
        {},
        failing(
            "run", raised("_pytest.outcomes.OutcomeException", "async def functions are not natively supported.\n")
        ),
    ),
    "SRN43": (
        {"pytest.ini": "[pytest]\nfilterwarnings =\n    error\n"},
        failing(
            "run",
            Raised(
                ("builtins.DeprecationWarning", "builtins.Warning"),
                "getheaders() is deprecated",
                (),
                (
                    Frame("tests/test_it.py", 3, "answer.getheaders()"),
                    Frame("/env/lib/python3.12/site-packages/urllib3/response.py", 9, "warnings.warn("),
                ),
            ),
        ),
    ),
    "SRN44": ({}, failing("setup", raised("psycopg.OperationalError", "connection failed", 'psycopg.connect("")'))),
    "SRN45": (
        {"pytest.ini": "[pytest]\nmarkers =\n    mysql: needs MySQL\n"},
        failing(
            "setup",
            raised("pymysql.err.OperationalError", '(2003, "Can\'t connect")', "pymysql.connect()"),
            markers=("mysql",),
        ),
    ),
    "SRN46": (
        {},
        failing(
            "setup",
            raised("redis.exceptions.ConnectionError", "Error 111 connecting to localhost:6379.", "cache.ping()"),
        ),
    ),
    "SRN47": (
        {"pytest.ini": "[pytest]\nmarkers =\n    docker: needs Docker\n"},
        failing(
            "setup",
            raised("docker.errors.DockerException", "Error while fetching server API version", "docker.from_env()"),
            markers=("docker",),
        ),
    ),
    "SRN48": (
        {},
        failing(
            "run",
            raised(
                "zoneinfo._common.ZoneInfoNotFoundError",
                "'No time zone found with key Europe/Berlin'",
                'ZoneInfo("Europe/Berlin")',
                zones="none",
            ),
        ),
    ),
    "SRN49": (
        {},
        failing("run", raised("locale.Error", "unsupported locale setting", 'setlocale(LC_ALL, "de_DE.UTF-8")')),
    ),
    "SRN50": (
        {"pytest.ini": "[pytest]\nmarkers =\n    network: needs the internet\n"},
        failing("run", raised("socket.gaierror", "[Errno -3]", 'urlopen("https://example.org")'), markers=("network",)),
    ),
    "SRN51": (
        {},
        failing(
            "run",
            raised(
                "subprocess.CalledProcessError",
                "",
                'run(["git", "commit"], check=True)',
                cmd="git commit",
                returncode="128",
            ),
        ),
    ),
    "SRN52": (
        {},
        failing(
            "run",
            raised(
                "subprocess.CalledProcessError",
                "",
                'run(["git", "describe"], check=True)',
                cmd="git describe",
                returncode="128",
            ),
        ),
    ),
    "SRN53": ({}, Failure("run", words=("crashed",), node="tests/test_it.py::test_it")),
    "SRN60": ({}, failing("collect", absent("cv2"))),
    "SRN61": ({}, failing("collect", absent("helpers"))),
    "SRN62": (options("--randomly-seed=1"), Failure("start", words=("--randomly-seed=1",))),
    "SRN63": (
        {
            "CONTRIBUTING.md": "# Contributing\n\n## Tests\n\n```console\n$ docker run -d -p 27017:27017 mongo:8\n$ pytest\n```\n"
        },
        failing(
            "setup",
            raised("pymongo.errors.ServerSelectionTimeoutError", "localhost:27017", "client.admin"),
            raised("pymongo.errors.ConnectionFailure"),
        ),
    ),
    "SRN64": (
        {},
        failing(
            "collect",
            Raised(
                IMPORT,
                "cannot import name 'notset'",
                (("name", "_pytest.monkeypatch"),),
                at("from _pytest.monkeypatch import notset"),
            ),
        ),
    ),
    "SRN91": (
        {"src/lantern/__init__.py": "def say(): ...\n"},
        failing("run", raised("builtins.AttributeError", "module 'lantern' has no attribute 'say'", "lantern.say()")),
    ),
    "SRN92": (
        {},
        failing(
            "setup",
            raised(
                "playwright._impl._errors.Error",
                "BrowserType.launch: Executable doesn't exist at /home/ada/.cache/ms-playwright/chromium-1187/chrome",
                "p.chromium.launch()",
            ),
        ),
    ),
    "SRN65": (
        {},
        Failure("start", words=("unknown hook 'pytest_timeout_set_timer' in plugin <module 'conftest'>",)),
    ),
}


@pytest.fixture
def messages(diagnose: Any) -> dict[str, Diagnosis]:
    """What is said in each case, by its code."""
    said = {}
    for code, (files, failure) in CASES.items():
        extra = {"lantern": "1"} if code in ("SRN20", "SRN21", "SRN91") else {}
        extra |= {"pytest": "9.2.0"} if code == "SRN64" else {}
        machine = diagnose.with_installed(**extra)
        machine = machine._replace(programs={**machine.programs, "docker": "/usr/bin/docker"})
        if code == "SRN15":
            machine = machine._replace(active="/home/ada/other", programs={"python": "/home/ada/other/bin/python"})
        found = diagnose({**PROJECT, **files}, failure, machine)
        assert found is not None, code
        assert found.code == code
        said[code] = found
    return said


def test_every_message_reads_as_in_the_golden_file(messages: dict[str, Diagnosis]) -> None:
    read = "\n".join(render([(found, 1)]) for found in messages.values())
    if os.environ.get("SPRINTREADY_GOLDEN"):
        GOLDEN.write_text(read, encoding="utf-8")
    assert read == GOLDEN.read_text(encoding="utf-8")


def test_every_cause_that_pytest_can_see_has_a_message_here() -> None:
    seen_by_pytest = {entry.code for entry in catalogue() if entry.recognise.__module__.rpartition(".")[2] in ROOMS}
    assert seen_by_pytest == set(CASES)


def test_a_message_fits_eight_lines_of_a_hundred_columns(messages: dict[str, Diagnosis]) -> None:
    for code, found in messages.items():
        lines = render([(found, 40)]).splitlines()
        assert len(lines) <= 8, code
        assert all(len(line) <= 100 for line in lines), code


def test_a_message_is_plain_ascii_blames_nobody_and_asks_nothing(messages: dict[str, Diagnosis]) -> None:
    for code, found in messages.items():
        words = f"{found.what} {found.cause}"
        assert words.isascii(), code
        assert not re.search(
            r"\b(illegal|invalid|wrong|obviously|simply|just|you (forgot|should|must|did))\b|\?", words
        ), code
        assert found.what.endswith("."), code


def test_a_command_names_only_what_the_repository_has(messages: dict[str, Diagnosis]) -> None:
    for code, found in messages.items():
        text = "\n".join({**PROJECT, **CASES[code][0]}.values())
        for remedy in found.remedies:
            named = re.findall(r"\[(\w+)\]|--group (\w+)|-r (\S+)|-m \"not (\w+)\"|--wait (\w+)", remedy.command)
            assert all(name in text for match in named for name in match if name), code


def test_no_colour_but_where_it_is_wanted(messages: dict[str, Diagnosis]) -> None:
    found = messages["SRN36"]
    assert "\x1b" not in render([(found, 1)])
    assert "\x1b" in render([(found, 1)], Style(colour=True))


def test_what_a_repository_says_cannot_steer_the_terminal() -> None:
    hostile = Diagnosis(
        "SRN36", "x", "\x1b[2J", "\u202e", Evidence("a\x1bb", 1), "\x07", (Remedy("rm \x1b[8m", "install"),)
    )
    assert not set("\x1b\x07\u202e") & set(render([(hostile, 1)]))


def test_the_json_twin_says_the_same(messages: dict[str, Diagnosis]) -> None:
    found = as_object(messages["SRN36"], 3)
    assert found["code"] == "SRN36"
    assert found["remedies"][0] == {
        "command": 'python -m pip install -e ".[test]"',
        "kind": "install",
        "names": ["pyyaml", "extra:test"],
        "place": {"path": "pyproject.toml", "line": 15},
    }
    assert (found["failures"], found["certain"], found["stuck"]) == (3, True, "https://discord.gg/lantern")


def test_a_long_message_gives_up_its_reason_before_its_commands() -> None:
    remedies = tuple(Remedy(f"command {number}", "install") for number in range(4))
    long = Diagnosis("SRN36", "x", "What.", "word " * 200, Evidence("a.py", 1), "import b", remedies, stuck="here")
    lines = render([(long, 1)]).splitlines()
    assert len(lines) <= 8
    assert all(f"command {number}" in "\n".join(lines) for number in range(4))


def test_pages_of_causes_name_checks_that_exist_and_checks_name_them_back() -> None:
    known = {check.rule.code for check in checks()}
    for entry in catalogue():
        assert set(entry.checks) <= known, entry.code


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.code)
def test_a_cause_is_explained_in_full(entry: Any) -> None:
    for words in (entry.title, entry.looks, entry.why, entry.prevent):
        assert words.strip()
    assert not entry.title.endswith(".")
    assert entry.why.endswith(".")
    assert entry.prevent.endswith(".")
    assert (entry.recognise.__doc__ or "").startswith("Take over")


def test_a_code_or_name_is_given_once() -> None:
    from pytest_sprintready.diagnosis.catalogue import cause

    words: dict[str, Any] = dict.fromkeys(("title", "looks", "why", "prevent"), "x")
    refuse: Callable[..., None] = lambda seen: None  # noqa: E731, ARG005
    with pytest.raises(ValueError, match="taken by SRN36"):
        cause("SRN36", "other", **words)(refuse)
    with pytest.raises(ValueError, match="no code of a cause"):
        cause("SR36", "other", **words)(refuse)
