from __future__ import annotations

from textwrap import dedent
from time import process_time

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.reading.command import Call, Command
from pytest_sprintready.reading.shell import (
    is_windows_only,
    looks_like_command,
    program_name,
    read_block,
    read_script,
    read_span,
    split_line,
    unwrapped,
)


def texts(block: str, language: str = "") -> list[str]:
    return [command.text for command in read_block(dedent(block), "GUIDE.md", 10, language)]


@pytest.mark.parametrize(
    ("line", "calls"),
    [
        ("nox -s tests", [("nox", "-s", "tests")]),
        (
            "make a && make b || make c; make d | tee log",
            [("make", "a"), ("make", "b"), ("make", "c"), ("make", "d"), ("tee", "log")],
        ),
        ("serve & pytest", [("serve",), ("pytest",)]),
        ('pip install -e ".[dev, test]"', [("pip", "install", "-e", ".[dev, test]")]),
        ("pip install -e .\\[dev\\]", [("pip", "install", "-e", ".[dev]")]),
        ("echo 'a && b'", [("echo", "a && b")]),
        ('echo "say \\"hi\\""', [("echo", 'say "hi"')]),
        (
            "uv sync --python=$(cat .python-version | head -1)",
            [("uv", "sync", "--python=$(cat .python-version | head -1)")],
        ),
        ("virtualenv --python=`which python3` v", [("virtualenv", "--python=`which python3`", "v")]),
        ("tox -e ${{ matrix.env && 'x' }} -v", [("tox", "-e", "${{ matrix.env && 'x' }}", "-v")]),
        ("pytest > log.txt 2>&1 < /dev/null", [("pytest",)]),
        ("pytest &> log.txt", [("pytest",)]),
        ("git clone https://host/<your name>/x.git", [("git", "clone", "https://host/<your name>/x.git")]),
        ("pytest  # all of it", [("pytest",)]),
        ("pip install x#y", [("pip", "install", "x#y")]),
        ("venv\\Scripts\\activate", [("venv\\Scripts\\activate",)]),
        ("(cd docs; make html)", [("cd", "docs"), ("make", "html")]),
        ("nox -s 'tests(a=1)' lint(b=2)", [("nox", "-s", "tests(a=1)", "lint(b=2)")]),
        ("if [ -f x ]; then tox; fi", [("[", "-f", "x", "]"), ("tox",)]),
        ("for v in 1 2; do tox -e py$v; done", [("tox", "-e", "py$v")]),
        ('pytest "unbalanced', []),
        ("", []),
        ("# only a comment", []),
    ],
)
def test_a_line_is_split_into_program_calls(line: str, calls: list[tuple[str, ...]]) -> None:
    assert [call.words for call in split_line(line)] == calls


def test_leading_assignments_are_the_calls_environment() -> None:
    assert split_line("A=1 B='x y' pytest -q C=3") == (Call(("pytest", "-q", "C=3"), (("A", "1"), ("B", "x y"))),)


@pytest.mark.parametrize(
    ("line", "words", "env"),
    [
        ("sudo -E apt-get install x", ("apt-get", "install", "x"), ()),
        ("sudo -u postgres createdb x", ("createdb", "x"), ()),
        ("env -u A B=1 tox", ("tox",), (("B", "1"),)),
        ("C=2 time -p make test", ("make", "test"), (("C", "2"),)),
        ("xvfb-run -a -s '-screen 0' pytest", ("pytest",), ()),
        ("timeout -k 5 600 pytest", ("pytest",), ()),
        ("sudo env A=1 nohup x", ("x",), (("A", "1"),)),
        ("uv run pytest", ("uv", "run", "pytest"), ()),
        ("sudo", ("sudo",), ()),
    ],
)
def test_wrappers_come_off(line: str, words: tuple[str, ...], env: tuple[tuple[str, str], ...]) -> None:
    assert unwrapped(split_line(line)[0]) == Call(words, env)


@pytest.mark.parametrize(
    ("program", "name"),
    [
        ("python3.12", "python"),
        ("py", "python"),
        ("pip3", "pip"),
        (".venv/bin/pytest", "pytest"),
        ("$VIRTUAL_ENV/bin/python3", "python"),
        ("venv\\Scripts\\pip.exe", "pip"),
        ("py.test", "pytest"),
        ("inv", "invoke"),
        ("scripts/test", "scripts/test"),
        ("bin/test", "bin/test"),
        ("pytest-watch", "pytest-watch"),
    ],
)
def test_a_program_has_one_plain_name(program: str, name: str) -> None:
    assert program_name(Call((program,))) == name


@pytest.mark.parametrize(
    "prompt",
    [
        "$ ",
        "  $ ",
        "(venv) $ ",
        "(.venv)$ ",
        "user@host:~$ ",
        "[user@host ~]$ ",
        "~/project$ ",
        "sh-5.1$ ",
        "\u276f ",
        "\u279c ",
        "\u279c  project git:(main) ",
        "C:\\Users\\me> ",
        "C:\\>",
        "PS C:\\src> ",
        "PS> ",
        "% ",
        "> ",
        "$",
        "(venv) ",
        "$> ",
        "$ (venv) ",
    ],
)
def test_a_prompt_is_not_part_of_the_command(prompt: str) -> None:
    assert texts(f"{prompt}pip install tox\n") == ["pip install tox"]


@pytest.mark.parametrize("language", ["", "console", "bash", "text"])
def test_what_may_stand_before_a_command_is_left_out(language: str) -> None:
    assert texts("[python -m py]make test\n", language) == ["make test"]


@pytest.mark.parametrize("line", ["[tool.tox]", "[a link](target)", "[ -f setup.py ] && pytest", "[one]two"])
def test_other_brackets_are_no_launcher(line: str) -> None:
    assert texts(line) == []


@pytest.mark.parametrize("language", ["", "console", "bash", "text", "shell-session"])
def test_where_lines_bear_prompts_the_others_are_output(language: str) -> None:
    block = """\
        $ tox -e py
        py: commands succeeded
        git is a word of this output

        $ make docs
        """
    assert texts(block, language) == ["tox -e py", "make docs"]


def test_a_hash_is_a_prompt_where_all_commands_stand_behind_one() -> None:
    assert texts("# apt-get install git\nReading lists...\n# make install\n", "console") == [
        "apt-get install git",
        "make install",
    ]


def test_a_hash_is_a_comment_where_a_command_stands_without() -> None:
    commands = read_block("# make everything ready\nmake all\n", "G.md", 1, "console")
    assert [(command.text, command.comment) for command in commands] == [("make all", "make everything ready")]


@pytest.mark.parametrize(
    ("block", "language"),
    [
        ("import os\nos.listdir()\n", "python"),
        ("[testenv]\ncommands = pytest\n", "ini"),
        ("[testenv]\ncommands = pytest\n", ""),
        ("test:\n    pytest\n", "makefile"),
        ("- run: tox\n", "yaml"),
        ("- run: tox\n", ""),
        ('{"a": 1}\n', ""),
        ("def test_x():\n    assert make()\n", ""),
        (">>> import x\n>>> x.run()\n", ""),
        (">>> import x\n", "pycon"),
        ("src/\n|-- a.py\n`-- b.py\n", ""),
        ("Traceback (most recent call last):\n  File 'x'\n", ""),
        ("This is prose.\nmake sure that you read it\n", ""),
        ("tests/test_a.py\n", ""),
        ("docs/conf.py\n", ""),
        ("../other-project\n", ""),
        ("pytest = 8\ntox = 4\n", ""),
        ("python 3.12.1\n", ""),
        ("db> CREATE USER x;\n", ""),
        ("from django.test import TestCase\n", ""),
        ("Please run tox\n", "text"),
        ("", ""),
        ("# only a comment\n", "bash"),
    ],
)
def test_a_block_of_something_else_holds_no_commands(block: str, language: str) -> None:
    assert texts(block, language) == []


@pytest.mark.parametrize(
    ("block", "language", "commands"),
    [
        ("pip install -e .\npytest\n", "", ["pip install -e .", "pytest"]),
        ("scripts/install\n", "", ["scripts/install"]),
        ("./runtests.py --fast\n", "", ["./runtests.py --fast"]),
        ("A=1 tox\n", "", ["A=1 tox"]),
        ("make all\n", "", ["make all"]),
        ("pip install -e .\n", "python", ["pip install -e ."]),
        ("mytool serve x\n", "bash", ["mytool serve x"]),
        ("export A=1\nsource .venv/bin/activate\n", "sh", ["export A=1", "source .venv/bin/activate"]),
        ("pytest\n===== 3 passed =====\n", "bash", ["pytest"]),
        ("flask run\n * Running on port 5000\n", "", ["flask run"]),
        ("tox &&\nmake docs;\n", "bash", ["tox", "make docs"]),
        ("set A=1\nREM hello\ntox\n", "bat", ["set A=1", "tox"]),
        ("pip install `\n  -e .\n", "powershell", ["pip install -e ."]),
        ("pip install ^\n  -e .\n", "cmd", ["pip install -e ."]),
        ("git commit -m 'first\n\nsecond'\ngit push\n", "bash", ["git commit -m 'first\n\nsecond'", "git push"]),
        ("cat <<EOF > x.toml\n[a]\nrm = 1\nEOF\ntox\n", "bash", ["cat <<EOF > x.toml", "tox"]),
        ("$ cat <<EOF\n> not a command\n> EOF\n$ tox\n", "", ["cat <<EOF", "tox"]),
        ("git checkout -b <branch-name>\n", "", ["git checkout -b <branch-name>"]),
    ],
)
def test_a_block_of_commands_is_read(block: str, language: str, commands: list[str]) -> None:
    assert texts(block, language) == commands


def test_continuation_lines_are_joined_by_one_blank() -> None:
    assert texts("$ pip install \\\n    -e . \\\n>   --group dev\n$ tox\n") == ["pip install -e . --group dev", "tox"]


def test_each_command_of_a_continued_chain_has_its_own_line() -> None:
    commands = read_script("pip install -e . && \\\n  pytest \\\n  && tox\n", "ci.yml", 5)
    assert [(command.text, command.line) for command in commands] == [
        ("pip install -e .", 5),
        ("pytest", 6),
        ("tox", 7),
    ]


def test_comments_stay_with_the_command_they_explain() -> None:
    block = "# Install it,\n# once\npip install x\n\n# apart\n\ntox  # run all\n# or\nnox\n"
    commands = read_block(block, "G.md", 1, "bash")
    assert [(command.text, command.line, command.comment) for command in commands] == [
        ("pip install x", 3, "Install it, once"),
        ("tox", 7, "run all"),
        ("nox", 9, "or"),
    ]


def test_a_command_with_an_unbalanced_quote_is_kept_without_calls() -> None:
    (command,) = read_block("git commit -m 'it\n", "G.md", 1, "bash")
    assert (command.text, command.calls) == ("git commit -m 'it", ())


@pytest.mark.parametrize(
    "code",
    [
        "nox -s tests",
        "make test",
        "make",
        "pytest",
        "tox run",
        "just",
        "./scripts/test.sh",
        "./runtests.py",
        "$ tox",
        "pip install -e '.[dev]'",
        "A=1 pytest",
        "uv run pytest",
        "pre-commit run --all-files",
        "python -m pytest -m 'not slow'",
        "tox &&\n tox -e lint",
        "scripts/test --fast",
        "poetry install",
    ],
)
def test_a_complete_command_line_in_prose_is_one(code: str) -> None:
    command = read_span(code, "G.md", 3)
    assert command is not None
    assert command.line == 3


@pytest.mark.parametrize(
    "code",
    [
        "setup.py",
        "tests/",
        "pyproject.toml",
        "scripts/test",
        "../dist",
        "./requirements/dev.txt",
        "--cov",
        "-e name",
        "pytest.mark.slow",
        "pytest-cov 6.3",
        "python 3.12",
        "pip",
        "pip install",
        "uv run",
        "git",
        "ruff",
        "docker compose",
        "tox -e",
        "uv run ...",
        "make sure it works",
        "<name>",
        "good first issue",
        "import os",
        "tox.ini",
        "",
        "x = make()",
    ],
)
def test_a_name_in_prose_is_left_alone(code: str) -> None:
    assert read_span(code, "G.md", 3) is None


@pytest.mark.parametrize(
    ("line", "windows"),
    [
        ("venv\\Scripts\\activate", True),
        (".venv/Scripts/activate.bat", True),
        ("py -m venv .venv", True),
        ("set A=1", True),
        ("$env:A = '1'", True),
        ("make.bat html", True),
        ("echo %PATH%", True),
        ("choco install make", True),
        (".\\run.ps1", True),
        ("source .venv/bin/activate", False),
        ("python -m venv .venv", False),
        ("set -e", False),
        ("pytest -k 'a\\.b'", False),
        ("date +%Y%m%d", False),
    ],
)
def test_commands_for_windows_alone_are_told(line: str, windows: bool) -> None:
    assert is_windows_only(Command(line, "G.md", 1, split_line(line))) is windows


SHELLISH = st.text(st.sampled_from("$`'\"\\(){}<>|&;# \nabmktox=-./%^"), max_size=80)


@given(SHELLISH, st.sampled_from(["", "bash", "console", "cmd", "text", "python"]))
def test_any_text_is_read_without_an_error(text: str, language: str) -> None:
    commands = (*read_block(text, "G.md", 1, language), *read_script(text, "G.md", 1))
    assert all(1 <= command.line <= text.count("\n") + 1 for command in commands)
    assert all(call.words or call.env for call in split_line(text))
    assert looks_like_command(text) in {True, False}
    assert read_span(text, "G.md", 1) is None or text


@pytest.mark.parametrize(
    "piece",
    [
        "'",
        '"',
        "$(",
        "${",
        "`",
        "a(b",
        "<a",
        "pip \\\n",
        "cat <<A\n",
        "$ cat <<A\n",
        "git commit -m 'x\n",
        '$("',
        "> pip install x\n",
    ],
)
def test_reading_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * size
        start = process_time()
        for language in ("", "bash", "console"):
            read_block(text, "G.md", 1, language)
        return process_time() - start

    seconds(100)
    assert seconds(8_000) < 24 * max(seconds(1_000), 0.01)
