from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.reading.command import Call
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.references import directory_after, references
from pytest_sprintready.reading.shell import split_line


def found(line: str) -> set[str]:
    return {f"{reference.kind}={reference.name}" for call in split_line(line) for reference in references(call)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pip install -e '.[dev, test]'", {"extra=dev", "extra=test"}),
        ("pip install --editable=.[dev]", {"extra=dev"}),
        ("pip install ./sub[x]", {"extra=x", "folder=sub"}),
        (
            "pip install -r a.txt -rb.txt --constraint=c.txt",
            {"requirements=a.txt", "requirements=b.txt", "requirements=c.txt"},
        ),
        ("python -m pip install --group dev", {"module=pip", "group=dev"}),
        ("pip install --group sub/pyproject.toml:dev", {"group=dev", "file=sub/pyproject.toml"}),
        ("uv pip install -e .[a] -r r.txt", {"extra=a", "requirements=r.txt"}),
        ("uv sync --extra x --group y --no-group z --all-extras", {"extra=x", "group=y", "group=z"}),
        ("uv run --only-group lint --with rich ruff check", {"group=lint"}),
        (
            "poetry install -E a --extras 'b c' --with d,e --only main",
            {"extra=a", "extra=b", "extra=c", "group=d", "group=e"},
        ),
        ("pdm install -dG test -G :all", {"group-or-extra=test"}),
        ("pdm run lint", {"pdm-script=lint"}),
        ("pdm lint", {"pdm-script=lint"}),
        ("conda env create -f env.yml", {"requirements=env.yml"}),
        ("conda env create", {"requirements=environment.yml"}),
        ("mamba install --file a.txt --file b.txt numpy", {"requirements=a.txt", "requirements=b.txt"}),
        ("nox -s tests lint-3.12 -- -k x", {"session=tests", "session=lint-3.12"}),
        ("nox -rs tests", {"session=tests"}),
        ("nox --session=docs -t ci", {"session=docs", "tag=ci"}),
        ("nox -p 3.12 -e tests", {"session=tests"}),
        ("python -m nox -s tests", {"module=nox", "session=tests"}),
        ("tox -e py310,lint", {"tox-env=py310", "tox-env=lint"}),
        ("tox -epy", {"tox-env=py"}),
        ("tox -e 'py{310,311}-x'", {"tox-env=py310-x", "tox-env=py311-x"}),
        ("tox run -f py312 django -m unit", {"factor=py312", "factor=django", "label=unit"}),
        ("tox -p auto -e py -- tests/test_x.py", {"tox-env=py"}),
        ("uvx --with tox-uv tox -e lint", {"tox-env=lint"}),
        ("make -j4 test lint V=1", {"target=test", "target=lint"}),
        ("make -C docs html", {"target=html", "folder=docs"}),
        ("make html --directory docs", {"target=html", "folder=docs"}),
        ("just test -k x", {"recipe=test"}),
        ("hatch run test:cov -v", {"hatch-script=test:cov"}),
        ("hatch run lint", {"hatch-script=lint"}),
        ("hatch -e docs run build", {"hatch-script=docs:build"}),
        ("hatch run +py=3.12 test:pytest tests", {"hatch-env=test", "folder=tests"}),
        ("pixi run -e dev test", {"pixi-env=dev", "pixi-task=test"}),
        ("pixi run pytest tests", {"folder=tests"}),
        ("poetry run poe lint", {"poe-task=lint"}),
        ("inv docs", {"invoke-task=docs"}),
        ("spin test -- -k x", {"spin-command=test"}),
        ("npm run build --prefix web", {"npm-script=build"}),
        ("pre-commit run ruff --all-files", {"hook=ruff"}),
        ("./runtests.py --fast", {"script=runtests.py"}),
        ("scripts/test", {"script=scripts/test"}),
        ("bash tools/x.sh a", {"script=tools/x.sh"}),
        ("python tools/x.py a.py", {"script=tools/x.py"}),
        ("uv run tools/x.py", {"script=tools/x.py"}),
        ("python -Im pytest tests", {"module=pytest", "folder=tests"}),
        ("coverage run -m pytest tests", {"module=pytest", "folder=tests"}),
        ("source scripts/env.sh", {"script=scripts/env.sh"}),
        ("pytest -k 'a or b' -n auto -m 'not x' tests/ -x", {"folder=tests"}),
        ("pytest tests/test_a.py::TestB::test_c", {"file=tests/test_a.py"}),
        ("pytest --cov mypkg --unknown value tests", {"folder=tests"}),
        ("cd docs && make html", {"folder=docs", "target=html"}),
        ("cp .env.example .env", {"file=.env.example"}),
        ("sphinx-build -b html docs docs/_build", {"folder=docs"}),
        ("sudo make install", {"target=install"}),
    ],
)
def test_what_a_command_takes_for_granted(line: str, expected: set[str]) -> None:
    assert found(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "pip install numpy[all]",
        "pip install .",
        "pip install requests -U",
        "pip install -r <file>",
        "pip install -r requirements/*.txt",
        "uv sync --all-extras",
        "poetry run pytest",
        "nox",
        "nox -l",
        "nox -s <session>",
        "nox -k 'not lint'",
        "tox",
        "tox -e ALL",
        "tox -e $TOXENV",
        "tox -e py3X",
        "tox -e envname",
        "make",
        "make CC=gcc",
        "make -C $DIR html",
        "just --list",
        "hatch run python x.txt",
        "hatch test",
        "python -c 'import x'",
        "source .venv/bin/activate",
        ". venv/bin/activate",
        "source .env",
        "/usr/bin/x y",
        "~/bin/tool",
        ".venv/bin/pytest",
        "node_modules/.bin/eslint",
        "pytest path/to/test_x.py",
        "pytest tests/test_something.py",
        "pytest --pyargs package",
        "pytest package.tests",
        "pytest -p no:cacheprovider",
        "pytest ../other",
        "uv run --directory api pytest tests/unit",
        "pytest tests/{a,b}",
        "cd ..",
        "cd -",
        "git push origin main",
        "",
    ],
)
def test_what_cannot_be_missing_is_left_alone(line: str) -> None:
    assert found(line) == set()


def test_a_runners_directory_and_file_go_with_its_tasks() -> None:
    (folder, target) = references(Call(("make", "-C", "docs", "html")))
    assert (folder.kind, target.directory) == ("folder", "docs")
    session = references(Call(("nox", "-f", "ci/noxfile.py", "-s", "a")))[-1]
    assert (session.kind, session.directory, session.file) == ("session", "ci", "ci/noxfile.py")


@pytest.mark.parametrize(
    ("line", "started"),
    [
        ("uv run --group x pytest -q", ("pytest", "-q")),
        ("uv run -m pytest -q", ("python", "-m", "pytest", "-q")),
        ("uv tool run --from a b", ("b",)),
        ("uvx tox@4 -e py", ("tox", "-e", "py")),
        ("python -m tox -e py", ("tox", "-e", "py")),
        ("poetry run pytest", ("pytest",)),
        ("hatch run test:pytest -q", ("pytest", "-q")),
        ("coverage run --branch -m pytest -q", ("python", "-m", "pytest", "-q")),
        ("conda run -n x pytest", ("pytest",)),
        ("sudo make", ("make",)),
        ("pytest", None),
        ("uv pip install x", None),
        ("hatch run cov", None),
    ],
)
def test_what_a_launcher_starts(line: str, started: tuple[str, ...] | None) -> None:
    call = launched(split_line(line)[0])
    assert (call.words if call else None) == started


@pytest.mark.parametrize(
    ("line", "directory", "after"),
    [
        ("cd docs", "", "docs"),
        ("cd html/", "docs", "docs/html"),
        ("cd ..", "docs", ""),
        ("cd ..", "", None),
        ("cd /tmp", "", None),
        ("cd", "docs", None),
        ("cd $HOME", "", None),
        ("cd -", "docs", None),
        ("make html", "docs", "docs"),
    ],
)
def test_where_a_shell_stands_after_a_call(line: str, directory: str, after: str | None) -> None:
    assert directory_after(split_line(line)[0], directory) == after


WORDS = st.sampled_from(
    [
        "pip",
        "uv",
        "tox",
        "nox",
        "make",
        "hatch",
        "run",
        "-e",
        "-m",
        "-s",
        "--",
        "pytest",
        "python",
        "--group",
        ".[a]",
        "x:y",
        "{a,b}",
        "-",
        "",
        "cd",
        "poetry",
        "env",
        "a/b.py",
    ]
)


@given(st.lists(WORDS | st.text(max_size=5), max_size=8))
def test_any_words_are_read_without_an_error(words: list[str]) -> None:
    call = Call(tuple(words))
    assert all(reference.name for reference in references(call))
    assert directory_after(call, "") is None or isinstance(directory_after(call, ""), str)


def test_braces_that_multiply_are_left_alone() -> None:
    assert references(Call(("tox", "-e", "{a,b}" * 30))) == ()
