"""Repositories made to break the tool, met by the whole of it: a process of its own, with little time and memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.facts import PUBLISHED, Facts
from pytest_sprintready.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="named pipes, hostile file names and limits are those of POSIX")

SECONDS = 120
MEMORY = 2 * 2**30
ESCAPES = "\x1b[2J\x1b]0;title\x07\u202e"
GUIDE = "# Contributing\n\n## Tests\n\n```console\n$ pip install -e .[test]\n$ pytest\n```\n"
PROJECT = (
    '[project]\nname = "lamp"\nversion = "1"\nrequires-python = ">=3.10"\noptional-dependencies.test = ["pytest"]\n'
)
WORKFLOW = "on: push\njobs:\n  t:\n    runs-on: x\n    steps:\n      - run: pytest\n"
HONEST: dict[str, str | bytes] = {
    "README.md": "# Lamp\n\n[Take part](CONTRIBUTING.md)\n",
    "CONTRIBUTING.md": GUIDE,
    "docs/guide.rst": "Guide\n=====\n\n.. code-block:: sh\n\n   pytest\n",
    "pyproject.toml": PROJECT,
    "setup.cfg": "[metadata]\nname = lamp\n",
    "setup.py": "from setuptools import setup\n\nsetup()\n",
    "requirements.txt": "pytest\n",
    "noxfile.py": "import nox\n\n\n@nox.session\ndef tests(session):\n    session.run('pytest')\n",
    "tox.ini": "[tox]\nenvlist = py\n[testenv]\ncommands = pytest\n",
    "Makefile": "test:\n\tpytest\n",
    "justfile": "test:\n  pytest\n",
    "tasks.py": "from invoke import task\n\n\n@task\ndef test(c):\n    c.run('pytest')\n",
    "environment.yml": "dependencies:\n  - pytest\n",
    ".pre-commit-config.yaml": "repos: []\n",
    ".gitmodules": "",
    ".github/workflows/ci.yml": WORKFLOW,
    ".github/labels.yml": "- name: good first issue\n",
    ".github/ISSUE_TEMPLATE/bug.yml": "name: bug\nbody: []\n",
    "LICENSE": "MIT License\n",
    "tests/test_lamp.py": "import pytest\n\n\ndef test_light(): ...\n",
    "tests/conftest.py": "",
}


def grow(place: Path, files: dict[str, str | bytes]) -> Path:
    """Write the files, and return the place."""
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))
    return place


def everywhere(content: str | bytes) -> dict[str, str | bytes]:
    return dict.fromkeys(HONEST, content)


def chain(count: int, first: str, line: str, last: str) -> str:
    """Return `first`, then `line` with its number `{i}` and the next `{j}` for each of `count`, then `last`."""
    steps = "".join(line.replace("{i}", str(i)).replace("{j}", str(i + 1)) for i in range(count))
    return first + steps + last.replace("{i}", str(count))


def limited() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(*arguments: str, place: Path, module: str = "pytest_sprintready", **environment: str) -> tuple[int, str, str]:
    """Return exit code, output and complaints of one command, all of which must be fit for a terminal."""
    process = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=place,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "100", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
        preexec_fn=limited,
    )
    output, complaints = process.stdout.decode(), process.stderr.decode()
    assert "Traceback" not in output + complaints
    assert "bug of sprintready" not in output + complaints
    for text in (output, complaints):
        # Markdown keeps "@all" from calling people by a blank of no width.
        assert not [each for each in text if not (each.isprintable() or each in "\n\u200b")]
    return process.returncode, output, complaints


def judged(place: Path, *arguments: str) -> dict[str, Any]:
    """Return the report on a repository that must be judged, whatever it holds."""
    code, output, _ = run("check", "--format", "json", *arguments, place=place)
    assert code in {0, 1}
    report: dict[str, Any] = json.loads(output)
    assert [each for each in report["results"] if each["status"] == "error"] == []
    assert [name for name, fact in report["facts"].items() if "bug" in fact.get("unknown", "")] == []
    return report


def problems(report: dict[str, Any]) -> str:
    """Return what the report says of files that cannot be read."""
    return "\n".join(
        finding["message"]
        for result in report["results"]
        if result["code"].startswith("SR00")
        for finding in result["findings"]
    )


HOSTILE: dict[str, dict[str, str | bytes]] = {
    "all files empty": everywhere(""),
    "all files binary": everywhere(bytes(range(256)) * 40),
    "all files UTF-16": everywhere(GUIDE.encode("utf-16")),
    "all files Latin-1": everywhere("caf\xe9 = [".encode("latin-1")),
    "all files old Mac": everywhere("[a]\rb = 1\r\r# c\r"),
    "all files open brackets": everywhere("[" * 50_000),
    "all files open braces": everywhere('{"a":' * 20_000),
    "all files blanks": everywhere(" " * 200_000),
    "all files one word": everywhere("a" * 200_000),
    "all files dashes": everywhere("-" * 100_000),
    "all files backticks": everywhere("`" * 100_000),
    "all files deep quotes": everywhere("".join("> " * depth + "a\n" for depth in range(300))),
    "all files deep lists": everywhere("".join(" " * depth + "- a\n" for depth in range(600))),
    "all files escapes": everywhere(f"# {ESCAPES}\n\n```\n$ pytest {ESCAPES}\n```\n[a](b{ESCAPES}.md)\n"),
    "readme of 100 MB": {"README.md": b"# Lamp\n" * (100 * 2**20 // 7)},
    "guide of 50,000 lines": {"CONTRIBUTING.md": GUIDE + "Install it, then run `pytest` to test.\n" * 50_000},
    "guide of 10,000 headings": {"CONTRIBUTING.md": chain(10_000, GUIDE, "## Tests {i}\n\n`pytest {i}`\n\n", "")},
    "guide of 20,000 links": {"CONTRIBUTING.md": chain(20_000, GUIDE, "[a](docs/{i}.md#a) ", "")},
    "guide of one line": {"CONTRIBUTING.md": "# Tests\n\n" + "install --x " * 20_000 + "\n"},
    "aliases that multiply": {
        ".github/workflows/ci.yml": chain(
            12, "a0: &a0 [x, x]\n", "a{j}: &a{j} [*a{i}, *a{i}, *a{i}, *a{i}, *a{i}, *a{i}, *a{i}, *a{i}, *a{i}]\n", ""
        )
    },
    "keys that are lists": dict.fromkeys(
        [*(name for name in HONEST if name.endswith("yml")), "Taskfile.yml", "compose.yaml", ".gitlab-ci.yml"],
        "{[a]: b, tasks: {[a]: b}, dependencies: [{[a]: b}], jobs: {[a]: b}, services: {[a]: b}, body: [{[a]: b}]}\n",
    ),
    "matrix of a million jobs": {
        ".github/workflows/ci.yml": "on: push\njobs:\n  t:\n    runs-on: x\n    strategy:\n      matrix:\n"
        + "".join(f"        {axis}: {list(range(30))}\n" for axis in "abcdefgh")
        + "    steps:\n      - run: pytest ${{ matrix.a }}${{ matrix.b }}${{ matrix.c }}${{ matrix.d }}\n"
    },
    "actions that call each other": {
        ".github/workflows/ci.yml": WORKFLOW + "      - uses: ./.github/actions/a\n",
        **{
            f".github/actions/{own}/action.yml": "runs:\n  using: composite\n  steps:\n"
            + f"    - uses: ./.github/actions/{other}\n" * 9
            for own, other in ("ab", "ba")
        },
    },
    "tox with all combinations": {
        "tox.ini": f"[tox]\nenvlist = {'-'.join(['{a,b,c}'] * 40)}\n  py{{1-999999999}}\n"
        + "".join(f"[testenv:{'-'.join(['{a,b}'] * 30)}{i}]\ncommands = pytest\n" for i in range(200))
    },
    "tox with 10,000 environments": {
        "tox.ini": chain(10_000, "[tox]\nenvlist = py\n", "[testenv:e{i}]\ncommands = pytest\n", "")
    },
    "tox that quotes itself": {
        "tox.ini": chain(60, "[testenv]\ncommands = {[s0]c}\n", "[s{i}]\nc = {[s{j}]c}{[s{j}]c}{[s{j}]c}\n", "")
    },
    "nox with products of millions": {
        "noxfile.py": "import nox\nA = ['3.1'] * 10**9\nB = 'a' * 10**10\nC = 10**10**10\n"
        + chain(60, "D0 = ['x', 'y']\n", "D{j} = [*D{i}, *D{i}]\n", "")
        + "".join(f"@nox.parametrize('{name}', {list(range(100))})\n" for name in "abcdef")
        + "@nox.session(python=A, name=B)\ndef tests(session, **rest):\n    session.run('pytest', C, *D60)\n"
    },
    "nox helpers that call each other": {
        "noxfile.py": chain(
            60,
            "import nox\n",
            "def h{i}(session):\n    h{j}(session)\n    h{j}(session)\n    h{j}(session)\n",
            "def h{i}(session):\n    h0(session)\n\n@nox.session\ndef tests(session):\n    h0(session)\n",
        )
    },
    "make with variables of themselves": {
        "Makefile": chain(60, "A = $(A)$(A)\nV0 = pytest\n", "V{j} = $(V{i}) $(V{i})\n", "test: test\n\t$(V60) $(A)\n")
    },
    "make with 20,000 targets in a row": {
        "Makefile": chain(20_000, "", "t{i}: t{j}\n\tmake t{j}\n", "t{i}:\n\tpytest\n")
    },
    "make that includes itself": {"Makefile": "include Makefile\ninclude /etc/passwd\ntest:\n\tpytest\n"},
    "just with recipes of themselves": {
        "justfile": chain(60, "v0 := 'pytest'\n", "v{j} := v{i} + v{i}\n", "test: test\n  {{v60}}\nimport 'justfile'\n")
    },
    "requirements in circles": {
        "requirements.txt": "-r requirements.txt\n-r a.txt\n-r ../../etc/passwd\n-r /etc/passwd\n-r\n",
        "a.txt": "-r requirements.txt\n-c a.txt\n",
    },
    "groups in circles": {
        "pyproject.toml": PROJECT
        + chain(
            60,
            "[dependency-groups]\ntest = [{include-group = 'test'}, {include-group = 'g0'}]\n",
            "g{i} = [{include-group = 'g{j}'}, {include-group = 'g{j}'}, {include-group = 'g{j}'}]\n",
            "g{i} = ['pytest']\n",
        )
    },
    "extras in circles": {
        "pyproject.toml": chain(
            60,
            "[project]\nname = 'lamp'\nversion = '1'\n[project.optional-dependencies]\ntest = ['lamp[test,e0]']\n",
            "e{i} = ['lamp[e{j}]', 'lamp[e{j}]', 'lamp[e{j}]']\n",
            "e{i} = ['pytest']\n",
        )
    },
    "scripts in circles": {
        "pyproject.toml": PROJECT
        + chain(
            60, "[tool.poe.tasks]\ntest = ['c0', 'test']\n", "c{i} = ['c{j}', 'c{j}', 'c{j}']\n", "c{i} = 'pytest'\n"
        )
    },
    "setup.py without end": {
        "setup.py": "from setuptools import setup\ndef a(x): return a(x) + a(x)\n"
        f"x = {'+'.join(['[1]'] * 9000)}\nsetup(name=a(x), install_requires=x * 10**9, extras_require={{**a(1)}})\n"
    },
    "tests of 4 MB": {"tests/test_lamp.py": "import requests\ndef test_a(): requests.get('http://a')\n" * 60_000},
    "tests that are no text": {f"tests/test_{i}.py": bytes([i]) * 90 for i in range(256)},
    "500 workflows": {f".github/workflows/{i}.yml": WORKFLOW for i in range(500)},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_repository_is_judged_all_the_same(name: str, tmp_path: Path) -> None:
    place = grow(tmp_path, {**HONEST, **HOSTILE[name]})

    report = judged(place)

    assert len(report["results"]) > 50
    assert set(report["facts"]) == set(PUBLISHED)


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("pyproject.toml", "[project\n"),
        ("tox.ini", "envlist = py\n"),
        ("noxfile.py", "def tests(:\n"),
        (".github/workflows/ci.yml", "jobs: [\n"),
        ("README.md", b"\0" * 99),
        ("CONTRIBUTING.md", b"a" * 5 * 2**20),
        (".github/workflows/ci.yml", "a: &a [*a]\n"),
    ],
    ids=["toml", "ini", "python", "yaml", "binary", "large", "circle"],
)
def test_a_broken_file_is_named(path: str, content: str | bytes, tmp_path: Path) -> None:
    assert path in problems(judged(grow(tmp_path, {**HONEST, path: content})))


def test_every_command_and_format_is_fit_for_a_terminal(tmp_path: Path) -> None:
    """Escapes in prose, commands, names of files, extras, jobs, labels and templates."""
    evil = f"x{ESCAPES}<b>@all|`"
    quoted = json.dumps(evil)
    grow(
        tmp_path,
        {
            **HONEST,
            f"docs/{evil}.md": "[a](missing.md)",
            os.fsdecode(b"docs/\xff\n.md"): "[a](missing.md)",
            "-rf": "",
            "%s{0}.md": "[a](missing.md)",
            "CONTRIBUTING.md": f"{GUIDE}\n```\nmake {evil}\ntox -e '{evil}'\npip install -e '.[{evil}]'\n```\n[{evil}]({evil}.md)\n",
            "pyproject.toml": f"[project]\nname = {quoted}\nrequires-python = {quoted}\nlicense = {quoted}\n"
            f"[project.optional-dependencies]\n{quoted} = [{quoted}]\n[tool.pytest.ini_options]\naddopts = {quoted}\n",
            ".github/workflows/ci.yml": f"on: push\njobs:\n  {quoted}:\n    runs-on: {quoted}\n    steps:\n      - run: {quoted}\n",
            ".github/labels.yml": f"- name: {quoted}\n",
        },
    )
    for command in ("check", "facts", "howto"):
        formats = ("text", "json", "github", "sarif", "markdown") if command == "check" else ("text", "json")
        for form in formats:
            code, output, _ = run(command, "--format", form, place=tmp_path)
            assert code in {0, 1}
            assert output.isascii() or form != "json"


def test_pipes_in_the_place_of_files_are_not_waited_for(tmp_path: Path) -> None:
    for name in (*HONEST, ".git", "sprintready.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(tmp_path / name)

    judged(tmp_path)


@pytest.mark.parametrize("name", ["HEAD", "config", "index", "packed-refs", "info/exclude", "refs/heads/main"])
def test_pipes_in_the_place_of_files_of_git_are_not_waited_for(name: str, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=grow(tmp_path, HONEST), check=True)
    pipe = tmp_path / ".git" / name
    pipe.parent.mkdir(exist_ok=True)
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)

    judged(tmp_path)
    assert run("check", "--rev", "HEAD", place=tmp_path)[0] == 3


def test_links_lead_nowhere_else(tmp_path: Path) -> None:
    links = {
        "README.md": "/etc/passwd",
        "CONTRIBUTING.md": "../" * 20 + "etc/passwd",
        "LICENSE": "LICENSE",
        "setup.py": "/dev/zero",
        "pyproject.toml": "/dev/stdin",
        "tests": "..",
        "docs": ".",
        ".github": "/etc",
        "Makefile": "docs",
    }
    for name, target in links.items():
        (tmp_path / name).symlink_to(target)

    assert "root:" not in json.dumps(judged(tmp_path))


@pytest.mark.parametrize(
    "rev",
    ["--upload-pack=x", "-x", "@{-1}", "", "HEAD\nHEAD", f"HEAD{ESCAPES}", "a" * 100_000, "HEAD~99999999", "HEAD:README.md", "\udcff"],
    ids=["option", "short", "before", "empty", "two", "escapes", "long", "far", "file", "bytes"],
)  # fmt: skip
def test_a_revision_is_never_more_than_a_name(rev: str, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=grow(tmp_path, HONEST), check=True)

    assert run("check", f"--rev={rev}", place=tmp_path)[0] == 3


@pytest.mark.parametrize(
    "path",
    ["missing", "", f"a\n{ESCAPES}%s", "a" * 5000, "README.md", "/dev/null", "https://example.org/a", "\udcff"],
    ids=["missing", "empty", "escapes", "long", "file", "device", "address", "bytes"],
)
def test_a_place_without_a_repository_is_an_error_of_one_kind(path: str, tmp_path: Path) -> None:
    code, output, complaints = run("check", path, place=grow(tmp_path, HONEST))

    assert (code, output) == (3, "")
    assert complaints.startswith("sprintready: ")


@pytest.mark.parametrize(
    "table",
    ["sprintready = 1", "sprintready = []", "sprintready.sprint = 'x'", "sprintready.ignore = 1", "sprintready.x = 1"],
)
def test_a_wrong_setting_is_an_error_with_its_place(table: str, tmp_path: Path) -> None:
    place = grow(tmp_path, {**HONEST, "pyproject.toml": f"{PROJECT}[tool]\n{table}\n"})

    code, _, complaints = run("check", place=place)

    assert code == 2
    assert "pyproject.toml" in complaints


@pytest.mark.parametrize("name", ["sprint_ready", "documented_commands", "single_test_command"])
def test_a_hook_says_in_plain_lines_what_it_met(name: str, tmp_path: Path) -> None:
    evil = {f"docs/{ESCAPES}.md": "[a](b.md)", "CONTRIBUTING.md": f"{GUIDE}\n```\nmake x{ESCAPES}\n```\n"}
    place = grow(tmp_path, {**HONEST, "pyproject.toml": "[project\n", **evil})
    program = f"import sys; from sprintready_hooks.{name} import main; sys.exit(main())"
    process = subprocess.run(
        [sys.executable, "-c", program], cwd=place, capture_output=True, text=True, timeout=SECONDS, check=False
    )

    assert process.returncode in {0, 1}
    assert "Traceback" not in process.stderr
    assert "\x1b" not in process.stderr + process.stdout


def test_a_poor_environment_is_enough(tmp_path: Path) -> None:
    place = grow(tmp_path, HONEST)
    poor = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii", "PATH": "", "HOME": "/missing"}  # fmt: skip

    assert run("check", place=place, **poor)[0] in {0, 1}


def test_a_reader_that_leaves_and_streams_that_are_closed_are_no_trouble(tmp_path: Path) -> None:
    command = f"{sys.executable} -m pytest_sprintready check"
    for line in (f"{command} | head -n 1", f"{command} >&- <&-", f"{command} 2>&- missing", f"{command} >/dev/full"):
        process = subprocess.run(
            ["/bin/sh", "-c", line], cwd=grow(tmp_path, HONEST), capture_output=True, text=True, timeout=60, check=False
        )
        assert "Traceback" not in process.stderr
        assert "Exception ignored" not in process.stderr


def test_a_current_folder_that_is_gone_is_an_error(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    line = f"cd {gone} && rmdir {gone} && exec {sys.executable} -m pytest_sprintready check"
    process = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, timeout=SECONDS, check=False)

    assert process.returncode == 3
    assert process.stderr.startswith("sprintready: ")


def test_objects_of_git_that_are_damaged_are_an_error(tmp_path: Path) -> None:
    place = grow(tmp_path, HONEST)
    for arguments in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"],
    ):
        subprocess.run(["git", *arguments], cwd=place, check=True)
    shutil.rmtree(place / ".git" / "objects")
    (place / ".git" / "objects").mkdir()

    judged(place)
    assert run("check", "--rev", "HEAD", place=place)[0] == 3


def test_a_fact_that_breaks_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Facts) -> None:
        raise KeyError("x")

    monkeypatch.setattr(Facts, "readme", property(broken))

    published = Facts(MemorySnapshot({"LICENSE": "MIT License"})).published()

    assert "KeyError" in published["readme"]["unknown"]
    assert published["license"]["value"] == "LICENSE"


def test_a_file_that_only_code_names_is_no_problem() -> None:
    script = (
        "from setuptools import setup\n\ndef read(name):\n    return open(name + '.txt').read().splitlines()\n\n"
        "setup(name='lamp', install_requires=read('missing'), extras_require={'test': open('gone.txt').read()})\n"
    )
    facts = Facts(MemorySnapshot({"setup.py": script}))
    facts.project  # noqa: B018  reading it is what notes problems

    assert facts.problems == ()
