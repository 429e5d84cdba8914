"""SR5xx: what each check must leave alone, and what its message names."""

from __future__ import annotations

import time

import pytest

from pytest_sprintready import engine
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Result, Status
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.snapshot.base import History

PYPROJECT = '[project]\nname = "lantern"\nrequires-python = ">=3.10"\n'
GUIDE = '# Contributing\n\n```console\npython -m pip install -e ".[test]"\npython -m pytest\n```\n'
WORKFLOW = ".github/workflows/tests.yml"


def judge(code: str, more: dict[str, str | bytes], history: History | None = None) -> Result:
    files: dict[str, str | bytes] = {
        "README.md": "# Lantern\n\nSee [the guide](CONTRIBUTING.md).\n",
        "CONTRIBUTING.md": GUIDE,
        "pyproject.toml": PYPROJECT,
        "tests/test_light.py": "import pytest\n",
    }
    (result,) = engine.run(Facts(MemorySnapshot({**files, **more}, history=history)), select=[code]).results
    return result


def requires(specifier: str) -> dict[str, str | bytes]:
    return {"pyproject.toml": f'[project]\nname = "lantern"\nrequires-python = "{specifier}"\n'}


def ci(*jobs: str) -> dict[str, str | bytes]:
    return {WORKFLOW: "on: [push]\njobs:\n" + "".join(jobs)}


def job(name: str, *, services: str = "", before: str = "", runs_on: str = "ubuntu-latest", condition: str = "") -> str:
    lines = [f"  {name}:", f"    runs-on: {runs_on}"]
    if services:
        lines += ["    services:", f"      box: {{image: {services}}}"]
    lines.append("    steps:")
    if before:
        lines.append(f"      - run: {before}")
    if condition:
        lines.append(f"        if: {condition}")
    return "\n".join([*lines, "      - run: pytest\n"])


# Python ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("specifier", [">=3.9", ">=3.10,<4", ">=3.12,!=3.14.1", ">=3.14", ">=3.15", "~=3.10"])
def test_an_open_specifier_admits_a_current_python(specifier: str) -> None:
    assert judge("SR501", requires(specifier)).status is Status.PASS


@pytest.mark.parametrize("specifier", [">=3.9,<3.14", "==3.12.*", "<3.13", "~=3.11.0"])
def test_a_capped_specifier_refuses_what_people_have(specifier: str) -> None:
    assert judge("SR501", requires(specifier)).status is Status.FAIL


def test_the_fix_names_the_cap_to_drop() -> None:
    (finding,) = judge("SR501", requires(">=3.9,<3.13")).findings
    assert "`<3.13`" in finding.fix


def test_a_specifier_nobody_understands_is_not_judged() -> None:
    result = judge("SR501", requires("three point ten"))
    assert result.status is Status.SKIPPED
    assert "three point ten" in result.reason


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Lantern 1.4 was the last release for Python 3.7+.", id="history"),
        pytest.param("We dropped Python 3.8+ support.", id="dropped"),
        pytest.param("You need Python 3.12+ to build the documentation.", id="newer than required"),
        pytest.param("Python 3.x is needed.", id="no version"),
    ],
)
def test_a_sentence_that_promises_no_old_python_is_left_alone(sentence: str) -> None:
    assert judge("SR502", {"CONTRIBUTING.md": GUIDE + "\n" + sentence + "\n"}).status is Status.PASS


@pytest.mark.parametrize("sentence", ["Python 3.8+", "Python >= 3.8", "Python 3.8 or newer", "python 3.8 and above"])
def test_a_promise_of_an_old_python_is_quoted(sentence: str) -> None:
    (finding,) = judge("SR502", {"CONTRIBUTING.md": GUIDE + f"\nYou need {sentence}.\n"}).findings
    assert sentence in finding.message
    assert str(finding.place) == "CONTRIBUTING.md:8"


def test_an_unquoted_310_in_a_matrix_is_not_taken_for_31() -> None:
    matrix = "  tests:\n    strategy: {matrix: {python-version: [3.10]}}\n    steps:\n      - run: pytest\n"
    assert judge("SR502", ci(matrix)).status is Status.PASS


def test_the_python_of_other_jobs_is_of_no_matter() -> None:
    lint = '  lint:\n    strategy: {matrix: {python-version: ["3.8"]}}\n    steps:\n      - run: flake8\n'
    assert judge("SR502", ci(lint)).status is Status.PASS


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("default_language_version: {python: python3.8}\n", Status.FAIL, id="flow style"),
        pytest.param("- hooks:\n  - language_version: python3.8\n", Status.FAIL, id="hook"),
        pytest.param("- hooks:\n  - language_version: python3\n", Status.SKIPPED, id="any"),
        pytest.param("- hooks:\n  - language_version: '18.12.0'\n", Status.SKIPPED, id="node"),
    ],
)
def test_pinned_pythons_of_hooks_are_read(text: str, status: Status) -> None:
    assert judge("SR509", {".pre-commit-config.yaml": text}).status is status


# Beside Python --------------------------------------------------------------------------------------------------


def test_a_service_of_every_test_job_must_be_named() -> None:
    (finding,) = judge("SR503", ci(job("tests", services="redis:7"))).findings
    assert "redis" in finding.message
    assert "docker run --rm --detach -p 6379:6379 redis:7" in finding.fix


def test_a_job_without_services_shows_that_tests_do_without() -> None:
    assert judge("SR503", ci(job("tests", services="redis:7"), job("plain"))).status is Status.SKIPPED


def test_settings_with_sqlite_show_that_tests_do_without_a_server() -> None:
    settings = {"tests/settings.py": 'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}\n'}
    assert judge("SR503", {**ci(job("tests", services="postgres:16")), **settings}).status is Status.SKIPPED


def test_a_documented_service_is_found_under_its_other_names() -> None:
    guide = {"CONTRIBUTING.md": GUIDE + "\nCreate a database with psql first.\n"}
    assert judge("SR503", {**ci(job("tests", services="postgres:16")), **guide}).status is Status.PASS


@pytest.mark.parametrize(
    "jobs",
    [
        pytest.param([job("tests", before="sudo apt-get install -y git gcc")], id="common tools"),
        pytest.param([job("tests", before="sudo apt-get install -y libxml2-dev"), job("plain")], id="not in every job"),
        pytest.param(
            [job("tests", before="sudo apt-get install -y libxml2-dev", condition="matrix.extra")], id="condition"
        ),
        pytest.param([job("tests", before="brew install libxml2", runs_on="macos-latest")], id="macOS"),
        pytest.param(["  lint:\n    steps:\n      - run: apt install libxml2-dev\n"], id="no test job"),
    ],
)
def test_packages_that_the_tests_may_do_without_are_left_alone(jobs: list[str]) -> None:
    assert judge("SR504", ci(*jobs)).status is Status.SKIPPED


def test_a_package_may_be_named_where_users_take_first_steps() -> None:
    page = {"docs/first_steps.rst": "Install it::\n\n  apt install libxml2-dev\n"}
    jobs = ci(job("tests", before="sudo apt-get install -y libxml2-dev"))
    assert judge("SR504", {**jobs, **page}).status is Status.PASS


def test_a_package_of_every_linux_job_must_be_named() -> None:
    jobs = [job("tests", before="sudo apt-get install -y libxml2-dev"), job("windows", runs_on="windows-latest")]
    (finding,) = judge("SR504", ci(*jobs)).findings
    assert "`sudo apt-get install libxml2-dev`" in finding.fix


def test_uv_knows_groups_whatever_the_pip() -> None:
    guide = "# Contributing\n\n```console\nuv pip install --group test -e .\n```\n\nRun `pytest`.\n"
    assert judge("SR510", {"CONTRIBUTING.md": guide}).status is Status.SKIPPED


# The clone ------------------------------------------------------------------------------------------------------

LFS = {".gitattributes": "# data\n*.lamp filter=lfs diff=lfs merge=lfs -text\n"}


def test_data_in_lfs_must_be_mentioned() -> None:
    (finding,) = judge("SR506", {**LFS, "tests/one.lamp": ""}).findings
    assert str(finding.place) == ".gitattributes:2"
    assert "`*.lamp`" in finding.message


@pytest.mark.parametrize(
    ("files", "status"),
    [
        pytest.param(
            {**LFS, "tests/one.lamp": "", "CONTRIBUTING.md": GUIDE + "\nRun `git lfs pull`.\n"}, Status.PASS, id="told"
        ),
        pytest.param(LFS, Status.SKIPPED, id="no such file"),
        pytest.param({**LFS, "docs/one.lamp": ""}, Status.SKIPPED, id="for the documentation"),
        pytest.param({".gitattributes": "* text=auto\n"}, Status.SKIPPED, id="no lfs"),
    ],
)
def test_lfs_is_asked_about_only_where_the_tests_may_need_it(files: dict[str, str | bytes], status: Status) -> None:
    assert judge("SR506", files).status is status


def test_a_submodule_fetched_by_a_task_is_fine() -> None:
    files: dict[str, str | bytes] = {
        ".gitmodules": '[submodule "bulbs"]\n\tpath = bulbs\n',
        "Makefile": "setup:\n\tgit submodule update --init\n",
    }
    assert judge("SR505", files).status is Status.PASS


def test_the_address_to_fetch_tags_from_is_the_projects_own() -> None:
    text = (
        '[build-system]\nrequires = ["setuptools-scm"]\n[project]\nname = "lantern"\n[project.urls]\n'
        'Funding = "https://github.com/sponsors/lamps"\nSource = "https://github.com/lamps/lantern"\n'
    )
    (finding,) = judge("SR507", {"pyproject.toml": text}).findings
    assert "`git fetch --tags https://github.com/lamps/lantern`" in finding.fix


class Known(History):
    """A history with a size."""

    def __init__(self, megabytes: int, *, shallow: bool = False) -> None:
        self.pack_bytes = megabytes * 1_000_000
        self.shallow = shallow


@pytest.mark.parametrize(
    ("history", "status"),
    [
        pytest.param(None, Status.SKIPPED, id="no git"),
        pytest.param(Known(30), Status.PASS, id="small"),
        pytest.param(Known(30, shallow=True), Status.SKIPPED, id="shallow and small"),
        pytest.param(Known(300, shallow=True), Status.FAIL, id="shallow and yet large"),
        pytest.param(Known(300), Status.FAIL, id="large"),
    ],
)
def test_the_size_of_a_clone_is_judged_where_it_is_known(history: History | None, status: Status) -> None:
    result = judge("SR508", {}, history)
    assert result.status is status
    for finding in result.findings:
        assert "300 MB" in finding.message
        assert "--filter=blob:none" in finding.fix


def test_a_smaller_clone_may_be_shown_instead() -> None:
    guide = GUIDE + "\n```console\ngit clone --filter=blob:none https://github.com/lamps/lantern\n```\n"
    assert judge("SR508", {"CONTRIBUTING.md": guide}, Known(300)).status is Status.PASS


@pytest.mark.parametrize(
    ("command", "beforehand"),
    [("tox", "tox --notest"), ("tox -e py -- -x", "tox -e py --notest")],
)
def test_what_only_downloads_is_told_for_the_runner(command: str, beforehand: str) -> None:
    files: dict[str, str | bytes] = {
        "tox.ini": "[testenv]\ndeps = pytest\ncommands = pytest {posargs}\n",
        "CONTRIBUTING.md": f"# Contributing\n\nRun the tests:\n\n```console\n{command}\n```\n",
    }
    (finding,) = judge("SR512", files).findings
    assert f"`{beforehand}`" in finding.fix


@pytest.mark.parametrize("word", ["git ", "fork tag ", "pip install ", "--", "python 3.", "redis "])
def test_long_lines_cost_no_more_than_their_length(word: str) -> None:
    files: dict[str, str | bytes] = {
        **ci(job("tests", services="redis:7", before="sudo apt-get install -y libxml2-dev")),
        "pyproject.toml": '[build-system]\nrequires = ["pbr"]\n' + PYPROJECT,
        "README.md": "\n".join([word * 1500] * 150) + "\ntags pip python --depth lfs submodule\n",
        "tests/test_light.py": "\n".join([word * 1500] * 150),
    }
    start = time.process_time()
    for code in ("SR502", "SR503", "SR504", "SR507", "SR510", "SR511"):
        judge(code, files)
    assert time.process_time() - start < 10
