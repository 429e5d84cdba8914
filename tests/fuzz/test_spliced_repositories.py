"""Honest repositories with something foreign in one of their files."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import pytest_sprintready
from pytest_sprintready import cli

SCHEMA = Path(pytest_sprintready.__file__).with_name("report") / "schema.json"

FILES = {
    "README.md": "# Lamp\n\nSee [the guide](CONTRIBUTING.md) | [chat](https://example.org/chat).\n\n> note\n",
    "CONTRIBUTING.md": "# Contributing\n\n## Tests\n\n1. Type `pip install -e .[test]`:\n\n   ```console\n   $ pytest -x\n   ```\n\n"
    "| a | b |\n|---|---|\n| `tox -e py` | <b>x</b> |\n\n[a]: docs/guide.rst\n",
    "docs/guide.rst": "Guide\n=====\n\n.. code-block:: sh\n\n   nox -s tests\n\n`a <b.html>`_ and :ref:`c`::\n\n   make test\n",
    "pyproject.toml": '[project]\nname = "lamp"\nversion = "1"\nrequires-python = ">=3.10,<4"\n\n[project.optional-dependencies]\n'
    'test = ["pytest>=8", "lamp[docs]"]\n\n[dependency-groups]\ndev = [{include-group = "a"}]\na = ["tox"]\n\n'
    '[tool.pytest.ini_options]\naddopts = "-x --cov"\n\n[tool.hatch.envs.test]\nscripts.run = "pytest"\n',
    "setup.cfg": "[metadata]\nname = lamp\n\n[options]\ninstall_requires =\n    a; python_version < '3'\n",
    "setup.py": "from setuptools import setup\n\nA = ['x'] + ['y']\nsetup(name='lamp', install_requires=A, extras_require={'test': A})\n",
    "tox.ini": "[tox]\nenvlist = py{310,311}-{a,b}\n\n[testenv]\ndeps = -r requirements.txt\ncommands =\n    a: pytest {posargs}\n",
    "noxfile.py": "import nox\n\nP = ['3.10', '3.11']\n\n\n@nox.session(python=P)\n@nox.parametrize('d', [1, 2])\ndef tests(session, d):\n"
    "    session.install('.[test]')\n    session.run('pytest', *session.posargs)\n",
    "Makefile": "A := $(shell x)\n.PHONY: test\ntest: a\n\tpytest $(A)\na:\n\t@$(MAKE) b\n",
    "justfile": "a := 'b'\n\n[private]\ntest *args='': a\n  pytest {{args}}\na:\n",
    "requirements.txt": "-r other.txt\npytest>=8 ; python_version > '3'  # a\n-e .[test]\n",
    "Taskfile.yml": "tasks:\n  test:\n    deps: [a]\n    cmds: [pytest]\n  a: {cmds: [{task: test}]}\n",
    ".github/workflows/ci.yml": "on: [push]\njobs:\n  t:\n    runs-on: ${{ matrix.os }}\n    strategy:\n      matrix: {os: [a, b]}\n"
    "    services: {db: {image: 'postgres:16'}}\n    steps:\n      - uses: actions/checkout@v4\n      - run: |\n          pip install .[test]\n          pytest\n",
    ".gitlab-ci.yml": "test:\n  extends: .a\n  script: [pytest]\n.a: &a\n  image: python:3.12\n",
    ".pre-commit-config.yaml": "repos:\n  - repo: local\n    hooks: [{id: a, entry: b, language: system}]\n",
    ".github/labels.yml": "- name: good first issue\n  description: Small.\n",
    ".github/ISSUE_TEMPLATE/bug.yml": "name: Bug\nbody:\n  - type: input\n    attributes: {label: What}\n",
    "tests/test_lamp.py": "import pytest\nimport requests\n\n\n@pytest.mark.slow\ndef test_light():\n    requests.get('http://x')\n",
}  # fmt: skip

TOKENS = [
    "[", "{", "(", "`", "```", "'", '"', '"""', "\\", "\n\n", "\t", " " * 40, "<<", "<!--", "-->", "$(", "${{", "}}", "{{",
    "%(", "&a ", "*a", "|", ">", "---\n", "...\n", "? ", ": ", "- ", "#", "=", "[[", "]]", "=====\n", "::\n", ".. ", "~~~",
    "\0", "\x1b[2J", "\u202e", "\ufeff", "\ud800", "\r", "\x85", "\u2028", "é", "1e999", "0x", "9" * 5000, "-r ", "@", "~",
    "None", "true", "[1]", "{}", "lambda: ", "*" * 50, "if a:\n", "a" * 300, "a." * 300, "!!python/name:os.system ",
]  # fmt: skip

piece = st.one_of(
    st.sampled_from(TOKENS).map(lambda token: token.encode("utf-8", "surrogatepass")),
    st.sampled_from([line.encode() + b"\n" for text in FILES.values() for line in text.splitlines()]),
    st.binary(max_size=20),
)
splices = st.lists(st.tuples(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.integers(0, 30), piece), min_size=1, max_size=12)  # fmt: skip


@pytest.mark.filterwarnings("error")
@settings(
    max_examples=250,
    deadline=5000,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(splices, st.sampled_from(["text", "json", "github", "sarif", "markdown"]))
def test_a_spliced_repository_is_judged(changes: list[tuple[str, float, int, bytes]], form: str) -> None:
    files = {name: text.encode() for name, text in FILES.items()}
    for name, share, cut, foreign in changes:
        place = int(share * len(files[name]))
        files[name] = files[name][:place] + foreign + files[name][place + cut :]
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        code, output, complaints = _run("check", "--format", form, folder)
        facts = _run("facts", "--format", "json", folder)
        howto = _run("howto", folder)

    assert (code in {0, 1}, facts[0], howto[0]) == (True, 0, 0)
    assert complaints + facts[2] + howto[2] == ""
    assert "a bug of sprintready" not in facts[1]
    for text in (output, facts[1], howto[1]):
        assert not [each for each in text if not (each.isprintable() or each in "\n\u200b")]
    if form == "json":
        report = json.loads(output)
        jsonschema.validate(report, json.loads(SCHEMA.read_text(encoding="utf-8")))
        assert [result for result in report["results"] if result["status"] == "error"] == []


def _run(*arguments: str) -> tuple[int, str, str]:
    output, complaints = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(complaints):
        code = cli.main(arguments)
    return code, output.getvalue(), complaints.getvalue()
