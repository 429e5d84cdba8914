from __future__ import annotations

import pytest

from pytest_sprintready.diagnosis.model import Failure, Frame, Raised
from pytest_sprintready.facts import Facts
from pytest_sprintready.machine.interpreter import Interpreter
from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import Counts, Run, Verdict
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.verify.attempt import Attempt, judged
from pytest_sprintready.verify.plan import Plan, Step
from pytest_sprintready.verify.repair import fixes
from pytest_sprintready.verify.repair.environments import bare_runner
from pytest_sprintready.verify.repair.fix import Fix, Situation
from pytest_sprintready.verify.repair.steps import missing_packages
from pytest_sprintready.verify.results import Session

PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "lantern"
[project.optional-dependencies]
test = ["pytest", "pytest-mock", "numpy"]
"""
PLAN = Plan(
    "documented",
    (
        Step("python -m pip install -e .", "setup", "documented", Evidence("CONTRIBUTING.md", 6)),
        Step("pytest", "test", "documented", Evidence("CONTRIBUTING.md", 12)),
    ),
)
DATE = "2026-01-02T03:04:05+00:00"
NEW, OLD = Interpreter("/p/3.13", "3.13.0"), Interpreter("/p/3.11", "3.11.7")


def session(*failures: tuple[Failure, tuple[str, ...]], counts: Counts = Counts(failed=1)) -> Session:  # noqa: B008
    return Session("/venv/bin/python", "3.13.0", "/venv", "/p", (), (), counts, 1, 1, None, failures)


def first(
    attempt: Attempt, files: dict[str, str] | None = None, *, others: tuple[Interpreter, ...] = (OLD,), date: str = ""
) -> Fix | None:
    facts = Facts(MemorySnapshot({"pyproject.toml": PYPROJECT, "CONTRIBUTING.md": "# Contributing\n", **(files or {})}))
    return next(fixes(Situation(facts, attempt, NEW, others, date)), None)


def attempt(*sessions: Session, log: str = "", verdict: Verdict = Verdict.TESTS_FAILED, plan: Plan = PLAN) -> Attempt:
    run = Run(plan.steps[-1].command, "test", "documented", exit_code=1, log=log)
    counts = sum((each.counts for each in sessions), start=Counts())
    return Attempt(plan, verdict, counts, "", run, sessions)


def raised(kind: str, message: str = "", **attributes: str) -> Raised:
    return Raised((f"builtins.{kind}",), message, tuple(attributes.items()))


def test_a_missing_module_is_installed_from_where_it_is_declared() -> None:
    failure = Failure("collect", raised=(raised("ModuleNotFoundError", "No module named 'numpy'", name="numpy"),))
    fix = first(attempt(session((failure, ())), verdict=Verdict.COLLECTION_FAILED))
    assert fix is not None
    assert fix.command == "uv pip install --python /venv/bin/python -e '.[test]'"
    assert str(fix.deviation.place) == "CONTRIBUTING.md:6"
    assert fix.deviation.says == "python -m pip install -e ."
    assert "pip install -e '.[test]'" in fix.deviation.advice


def test_what_only_the_documentation_declares_is_installed_by_its_name() -> None:
    failure = Failure("collect", raised=(raised("ModuleNotFoundError", "No module named 'jinja2'", name="jinja2"),))
    failing = attempt(session((failure, ())), verdict=Verdict.COLLECTION_FAILED)
    fix = first(failing, {"requirements/docs.txt": "sphinx\njinja2\nfuro\n"})
    assert fix is not None
    assert fix.command == "uv pip install --python /venv/bin/python jinja2"


def test_what_an_error_says_to_install_is_installed() -> None:
    told = raised("RuntimeError", "The test client needs httpx.\nYou can install this with:\n    $ pip install httpx\n")
    fix = first(attempt(session((Failure("collect", raised=(told,)), ())), verdict=Verdict.COLLECTION_FAILED))
    assert fix is not None
    assert fix.command == "uv pip install --python /venv/bin/python httpx"


def test_an_extra_of_its_own_that_a_message_asks_for_is_installed_from_the_checkout() -> None:
    told = raised("ImportError", 'Run pip install "lantern[cli]" to fix this.')
    fix = first(attempt(session((Failure("collect", raised=(told,)), ())), verdict=Verdict.COLLECTION_FAILED))
    assert fix is not None
    assert fix.command.endswith("-e '.[cli]'")


@pytest.mark.parametrize(("name", "command"), [("lantern[cli]", "-e '.[cli]'"), ("httpx", None), ("lantern", None)])
def test_of_what_a_test_says_to_install_only_the_own_extra_is_meant(name: str, command: str | None) -> None:
    told = raised("AssertionError", f"assert 'lit' in 'Please install it:\\n\\n\\tpip install \"{name}\"\\n'")
    fix = first(attempt(session((Failure("run", raised=(told,), node="a::b"), ()))))
    assert (fix and fix.command.partition("/venv/bin/python ")[2]) == command


GUARDED = (
    "try:\n    from numpy import zeros\nexcept ImportError:\n    HAS_NUMPY = False\n\ndef f():\n    return zeros(3)\n"
)


@pytest.mark.parametrize(
    "met",
    [
        Raised(("builtins.NameError",), "name 'zeros' is not defined", (), (Frame("/work/x/lantern/light.py", 7),)),
        Raised(("builtins.AttributeError",), "module 'lantern.light' has no attribute 'zeros'"),
    ],
    ids=["used where it is imported", "asked of the module"],
)
def test_an_optional_package_is_installed_whose_name_turns_out_to_be_unknown(met: Raised) -> None:
    failing = attempt(session((Failure("run", raised=(met,), node="a::b"), ())))
    fix = first(failing, {"lantern/light.py": GUARDED})
    assert fix is not None
    assert fix.command.endswith("-e '.[test]'")
    assert "numpy" in fix.deviation.needed


def test_a_name_that_nothing_imports_installs_nothing() -> None:
    met = Raised(("builtins.NameError",), "name 'zeroes' is not defined", (), (Frame("/x/lantern/light.py", 7),))
    assert (
        first(attempt(session((Failure("run", raised=(met,), node="a::b"), ()))), {"lantern/light.py": GUARDED}) is None
    )


def test_the_clone_is_installed_where_a_release_is_tested() -> None:
    failing = attempt(session((Failure("run", raised=(raised("AssertionError", "1 == 2"),), node="a::b"), ())))
    facts = Facts(MemorySnapshot({"pyproject.toml": PYPROJECT, "CONTRIBUTING.md": "# Contributing\n"}))
    fix = next(fixes(Situation(facts, failing, NEW, (), "", "lantern 0.9")), None)
    assert fix is not None
    assert fix.command.endswith("-e .")
    assert "lantern 0.9 from the package index is tested, not this clone" in fix.deviation.needed


@pytest.mark.parametrize("command", ["tox", "tox -p all", "tox -e -lowest", "tox -e lamp-", "tox && tox -e lint"])
def test_an_environment_of_tox_that_is_not_named_in_full_is_chosen(command: str) -> None:
    plan = Plan("as CI does", (Step(command, "test", "ci", Evidence("ci.yml", 3)),))
    files = {"tox.ini": "[tox]\nenvlist = py312, py313\n[testenv]\ncommands = pytest\n"}
    facts = Facts(MemorySnapshot(files))
    (fix,) = bare_runner(Situation(facts, Attempt(plan, Verdict.NO_TESTS), NEW, (), ""))
    assert fix.instead == "tox -e py313"


@pytest.mark.parametrize("command", ["nox", 'nox -s "" --'])
def test_a_session_of_nox_is_found_by_its_function_where_its_decorator_is_not_known(command: str) -> None:
    plan = Plan("documented", (Step(command, "test", "documented", Evidence("README.md", 3)),))
    files = {"noxfile.py": "@ours.session\ndef lint(session): ...\n\n@ours.session()\ndef tests(session): ...\n"}
    facts = Facts(MemorySnapshot(files))
    (fix,) = bare_runner(Situation(facts, Attempt(plan, Verdict.NO_TESTS), NEW, (), ""))
    assert fix.instead == "nox -s tests"


@pytest.mark.parametrize(
    "command", ["tox -e py313", "TOXENV=py313 tox", "pip install tox && tox -e py313", "nox -s tests"]
)
def test_an_environment_that_is_named_is_kept(command: str) -> None:
    plan = Plan("as CI does", (Step(command, "test", "ci", Evidence("ci.yml", 3)),))
    facts = Facts(MemorySnapshot({"tox.ini": "[testenv]\ncommands = pytest\n"}))
    assert not list(bare_runner(Situation(facts, Attempt(plan, Verdict.NO_TESTS), NEW, (), "")))


def test_the_environment_of_tox_for_the_python_at_hand_is_not_changed_for_another_name() -> None:
    plan = Plan("documented", (Step("tox -e py", "test", "documented", Evidence("README.md", 3)),))
    log = "INTERNALERROR> pytest.PytestRemovedIn10Warning: gone"
    fix = first(attempt(log=log, verdict=Verdict.START_FAILED, plan=plan), date="2026-01-02T03:04:05+00:00")
    assert fix is not None
    assert fix.before == "2026-01-02T03:04:05+00:00"


def test_a_missing_fixture_names_its_plugin() -> None:
    failure = Failure("setup", raised=(raised("FixtureLookupError", argname="mocker"),))
    fix = first(attempt(session((failure, ()))))
    assert fix is not None
    assert "pytest-mock" in fix.deviation.needed


def test_an_option_that_is_not_known_names_its_plugin() -> None:
    log = "pytest: error: unrecognized arguments: --cov"
    fix = first(attempt(log=log, verdict=Verdict.START_FAILED))
    assert fix is not None
    assert fix.command == "uv pip install pytest-cov"


def test_the_package_itself_is_installed_where_it_is_what_is_missing() -> None:
    failure = Failure("collect", raised=(raised("ModuleNotFoundError", "No module named 'lantern'", name="lantern"),))
    fix = first(attempt(session((failure, ())), verdict=Verdict.COLLECTION_FAILED))
    assert fix is not None
    assert fix.command.endswith("-e .")


def test_tests_that_need_the_network_are_left_out_by_their_marker() -> None:
    failure = Failure("run", raised=(raised("OSError", "unreachable", errno="101"),), node="tests/test_a.py::test_a")
    fix = first(attempt(session((failure, ("network", "slow")))))
    assert fix is not None
    assert fix.left_out == ("tests/test_a.py::test_a",)
    assert '-m "not network"' in fix.deviation.needed


def test_tests_that_need_the_network_and_do_not_say_so_are_told_as_such() -> None:
    failure = Failure("run", raised=(raised("OSError", "unreachable", errno="101"),), node="tests/test_a.py::test_a")
    fix = first(attempt(session((failure, ("slow",)))))
    assert fix is not None
    assert "no marker" in fix.deviation.needed


def test_a_tool_that_a_task_calls_is_installed() -> None:
    plan = Plan("documented", (Step("make test", "test", "documented", Evidence("README.md", 3)),))
    fix = first(attempt(log="make: tox: No such file or directory", verdict=Verdict.START_FAILED, plan=plan))
    assert fix is not None
    assert fix.command == "uv pip install tox"


def test_a_hook_that_cannot_be_installed_is_left_out() -> None:
    plan = Plan(
        "documented", (Step("pre-commit install", "setup", "documented", Evidence("README.md", 3)), PLAN.steps[1])
    )
    run = Run("pre-commit install", "setup", "documented", exit_code=1)
    fix = first(Attempt(plan, Verdict.SETUP_FAILED, run=run))
    assert fix is not None
    assert fix.skip == "pre-commit install"


@pytest.mark.parametrize(
    "command", ["docker compose up -d", "python manage.py migrate", "createdb lantern", ". .env", "npm run build"]
)
def test_a_step_that_installs_nothing_is_left_out_where_it_fails(command: str) -> None:
    run = Run(command, "setup", "documented", Evidence("README.md", 3), exit_code=1)
    fix = first(Attempt(PLAN, Verdict.SETUP_FAILED, run=run))
    assert fix is not None
    assert fix.skip == command


@pytest.mark.parametrize("command", ["pip install -e .[test]", "python -m venv env", "make install", "poetry install"])
def test_a_step_that_installs_is_not_left_out(command: str) -> None:
    run = Run(command, "setup", "documented", Evidence("README.md", 3), exit_code=1)
    assert first(Attempt(PLAN, Verdict.SETUP_FAILED, run=run), others=()) is None


def test_a_pip_that_is_too_old_is_upgraded_first() -> None:
    typed = "pip install -e . --group dev"
    run = Run(typed, "setup", "documented", Evidence("CONTRIBUTING.md", 6), exit_code=2, log="no such option: --group")
    fix = first(Attempt(PLAN, Verdict.SETUP_FAILED, run=run))
    assert fix is not None
    assert fix.skip == typed
    assert fix.command == f"python -m pip install --upgrade pip && {typed}"


def test_pip_does_what_setup_py_does_no_more() -> None:
    run = Run("python setup.py develop", "setup", "documented", Evidence("README.md", 3), exit_code=1)
    fix = first(Attempt(PLAN, Verdict.SETUP_FAILED, run=run))
    assert fix is not None
    assert (fix.skip, fix.command) == ("python setup.py develop", "python -m pip install -e .")


MYSQL = """\
Collecting numpy
  Using cached numpy-2.tar.gz
Collecting mysqlclient==2.2.8 (from lantern==1)
  Installing build dependencies: finished with status 'done'
  Getting requirements to build wheel: finished with status 'error'
  Exception: Can not find valid pkg-config name.
"""


@pytest.mark.parametrize(
    "log",
    [
        MYSQL,
        "  x Failed to build `mysqlclient==2.2.8`\n  fatal error: mysql.h: No such file or directory\n",
        "ERROR: Failed building wheel for mysqlclient\nmysql_config: not found\n",
        "ERROR: Failed to build installable wheels for some pyproject.toml based projects (mysqlclient)\npkg-config\n",
    ],
)
def test_what_lacks_a_library_of_the_system_is_left_out_of_what_is_installed(log: str) -> None:
    pyproject = PYPROJECT.replace('"numpy"', '"numpy>=2", "mysqlclient==2.2.8"')
    typed = "python -m pip install -e '.[test]'"
    run = Run(typed, "setup", "documented", Evidence("CONTRIBUTING.md", 6), exit_code=1, log=log)
    fix = first(Attempt(PLAN, Verdict.SETUP_FAILED, run=run), {"pyproject.toml": pyproject})
    assert fix is not None
    assert fix.skip == typed
    assert fix.command == "uv pip install -e . pytest pytest-mock 'numpy>=2'"
    assert "leaving out mysqlclient, which cannot be built here" in fix.deviation.needed


def test_what_cannot_be_fetched_is_left_out_of_what_is_installed() -> None:
    files = {"requirements-dev.txt": "pytest\ngit+https://git.example.org/lantern/wick\n"}
    log = "fatal: unable to access 'https://git.example.org/lantern/wick/': Could not resolve host: git.example.org"
    run = Run("pip install -r requirements-dev.txt", "setup", "documented", exit_code=1, log=log)
    fix = first(Attempt(PLAN, Verdict.SETUP_FAILED, run=run), files)
    assert fix is not None
    assert fix.command == "uv pip install -e . pytest"


def test_what_a_newer_release_broke_is_tried_as_of_the_commit() -> None:
    failure = Failure("run", raised=(raised("AttributeError", "module 'x' has no attribute 'y'"),), node="a::b")
    fix = first(attempt(session((failure, ()))), date="2026-01-02T03:04:05+00:00")
    assert fix is not None
    assert fix.before == "2026-01-02T03:04:05+00:00"
    assert "2026-01-02" in fix.deviation.needed


def test_nothing_else_is_installed_where_a_host_cannot_be_reached() -> None:
    log = "Failed to build 'wick' when git clone https://git.example.org/wick\nfatal: Could not resolve host: git.example.org"
    run = Run("tox -e py313", "test", "documented", exit_code=1, log=log)
    plan = Plan("documented", (Step("tox -e py313", "test", "documented", Evidence("README.md", 3)),), builds=True)
    assert first(Attempt(plan, Verdict.SETUP_FAILED, run=run), date="2026-01-02T03:04:05+00:00") is None


def test_another_python_is_taken_where_the_project_does_not_admit_this_one() -> None:
    run = Run("pip install -e .", "setup", "documented", exit_code=1, log="ERROR: Package requires a different Python")
    fix = first(Attempt(PLAN, Verdict.SETUP_FAILED, run=run))
    assert fix is not None
    assert fix.python == OLD


def some_failed(command: str = "pytest", verdict: Verdict = Verdict.TESTS_FAILED) -> Attempt:
    failing = Failure("run", raised=(raised("AssertionError", "1 == 2"),), node="a::b")
    plan = PLAN._replace(steps=(*PLAN.steps[:-1], PLAN.steps[-1]._replace(command=command)))
    return attempt(session((failing, ()), counts=Counts(passed=1, failed=1)), plan=plan, verdict=verdict)


def test_another_python_is_tried_where_some_tests_fail() -> None:
    fix = first(some_failed())
    assert fix is not None
    assert (fix.python, fix.anew) == (OLD, True)


@pytest.mark.parametrize("command", ["tox -e py313", "nox -s tests", "hatch run test"])
def test_what_chooses_its_python_itself_is_given_no_other(command: str) -> None:
    assert first(some_failed(command)) is None


def test_of_a_run_cut_short_in_which_something_failed_the_versions_are_asked_too() -> None:
    fix = first(some_failed(verdict=Verdict.TIMEOUT), date=DATE)
    assert fix is not None
    assert fix.before == DATE
    nothing_failed = attempt(session(counts=Counts(passed=3)), verdict=Verdict.TIMEOUT)
    assert first(nothing_failed, date=DATE) is None


def test_the_example_of_settings_is_copied_to_its_place() -> None:
    failure = Failure("run", raised=(raised("KeyError", "SECRET_KEY"),), node="a::b")
    fix = first(attempt(session((failure, ()))), {".env.example": "SECRET_KEY=x\n"})
    assert fix is not None
    assert fix.command == "cp .env.example .env"
    tracked = {".env.example": "SECRET_KEY=x\n", ".env": "SECRET_KEY=y\n"}
    assert first(attempt(session((failure, ()))), tracked) is None


@pytest.mark.parametrize(("system", "key"), [("ubuntu-latest", "variables LEVEL=high"), ("macos-14", None)])
def test_the_variables_of_ci_are_those_of_a_system_like_this(system: str, key: str | None) -> None:
    text = (
        f"on: push\njobs:\n  test:\n    runs-on: {system}\n    env: {{LEVEL: high}}\n    steps:\n      - run: pytest\n"
    )
    failure = Failure("run", raised=(raised("AssertionError", "1 == 2"),), node="a::b")
    fix = first(attempt(session((failure, ()))), {".github/workflows/test.yml": text})
    assert (fix.key if fix else None) == key


def test_windows_are_drawn_into_memory_where_there_is_no_screen() -> None:
    failure = Failure("run", raised=(raised("TclError", "no display name and no $DISPLAY environment variable"),))
    fix = first(attempt(session((failure, ()))))
    assert fix is not None
    assert ("QT_QPA_PLATFORM", "offscreen") in fix.variables


def test_tests_that_read_the_input_are_given_it() -> None:
    told = raised("OSError", "pytest: reading from stdin while output is captured!  Consider using `-s`.")
    fix = first(attempt(session((Failure("run", raised=(told,), node="a::b"), ()))))
    assert fix is not None
    assert fix.variables == (("PYTEST_ADDOPTS", "-s"),)
    assert "CONTRIBUTING.md:6: say `pytest -s`" in fix.deviation.advice


def test_few_failures_of_many_are_looked_at_twice() -> None:
    failure = Failure("run", raised=(raised("AssertionError", "1.2 < 1.1"),), node="tests/test_a.py::test_speed")
    fix = first(attempt(session((failure, ()), counts=Counts(passed=100, failed=1))))
    assert fix is not None
    assert "a second run: the first failed in tests/test_a.py::test_speed" in fix.deviation.needed
    assert first(attempt(session((failure, ()), counts=Counts(passed=20, failed=3))), others=()) is None


def test_tests_that_all_passed_are_not_run_again_for_what_a_command_does_beside_them() -> None:
    assert (
        first(attempt(session(counts=Counts(passed=100)), log="total of 99 is less than fail-under=100"), date=DATE)
        is None
    )


def test_nothing_is_tried_where_nothing_is_known_to_help() -> None:
    failure = Failure("run", raised=(raised("AssertionError", "1 == 2"),), node="a::b")
    assert first(attempt(session((failure, ())))) is None


def ended(log: str = "", code: int = 0, *sessions: Session, stopped: str = "") -> Verdict:
    run = Run("pytest", "test", "documented", exit_code=None if stopped else code, log=log, ended=stopped)
    return judged(PLAN, run, sessions).verdict


def test_an_outcome_follows_the_reports_and_else_the_last_lines() -> None:
    passed = session(counts=Counts(passed=3))
    assert ended("", 0, passed) is Verdict.GREEN
    assert ended("3 passed in 0.1s") is Verdict.GREEN
    assert ended("", 1, session(counts=Counts(passed=3, failed=1))) is Verdict.TESTS_FAILED
    assert ended("", 2, session(counts=Counts(uncollected=1))) is Verdict.COLLECTION_FAILED
    assert ended("", 1, passed) is Verdict.TESTS_FAILED  # coverage, or what came after the tests
    assert ended("everything is fine") is Verdict.NO_TESTS
    assert ended("", 5, session(counts=Counts())._replace(exit_code=5)) is Verdict.NO_TESTS
    assert ended("", 4, session(counts=Counts())._replace(exit_code=4)) is Verdict.START_FAILED
    assert ended("pytest: command not found", 127) is Verdict.START_FAILED
    broken = Run(
        "tox -e py", "test", "documented", exit_code=3, log="py: commands[0]> pytest\nINTERNALERROR> Warning\n"
    )
    assert judged(PLAN._replace(builds=True), broken, ()).verdict is Verdict.START_FAILED
    assert ended("", stopped="it had not ended after 9 seconds") is Verdict.TIMEOUT


def test_packages_of_the_system_are_those_of_the_failure_then_those_of_ci() -> None:
    workflow = "on: push\njobs:\n  t:\n    steps:\n      - run: sudo apt-get install -y libpq-dev figlet\n      - run: pytest\n"
    facts = Facts(MemorySnapshot({"CONTRIBUTING.md": "", ".github/workflows/ci.yml": workflow}))
    now = Situation(facts, attempt(), NEW, (), "")
    found = list(missing_packages(now, ["gcc"], ["figlet"]))
    assert [fix.packages for fix in found] == [("gcc",), ("libpq-dev",)]
    assert found[1].deviation.commands == ("sudo apt-get install libpq-dev",)
    assert found[1].deviation.written == "before"
    assert str(found[1].deviation.place) == "CONTRIBUTING.md:6"
