from __future__ import annotations

import pytest

from pytest_sprintready.diagnosis.model import Failure, Raised
from pytest_sprintready.outcome import Counts, Run, Verdict
from pytest_sprintready.verify.attempt import Attempt
from pytest_sprintready.verify.plan import Plan
from pytest_sprintready.verify.results import Session
from pytest_sprintready.verify.wants import needs_network, needs_terminal, told

UNREACHED = Raised(("socket.gaierror", "builtins.OSError"), "[Errno -3] Temporary failure in name resolution")
NO_TERMINAL = Raised(("builtins.OSError",), "[Errno 25] whatever it says", (("errno", "25"),))
WRONG = Raised(("builtins.AssertionError",), "assert 1 == 2")


def attempt(*each: Raised, marks: tuple[str, ...] = (), log: str = "", network: str = "closed") -> Attempt:
    failures = tuple((Failure("run", raised=(one,), node="tests/test_a.py::test_a"), marks) for one in each)
    session = Session("python", "3.13.0", "", "", (), (), Counts(failed=len(each)), 9, 1, None, failures)
    run = Run("pytest", "test", "documented", exit_code=1, log=log)
    sessions = (session,) if each else ()
    return Attempt(Plan("documented", ()), Verdict.TESTS_FAILED, Counts(failed=2), "", run, sessions, network)


def test_tests_that_want_the_network_are_told_with_what_opens_it() -> None:
    said = told(attempt(UNREACHED, UNREACHED, WRONG))
    assert said.startswith("2 of the 3 that failed want the network, which is closed while tests run (`--network`")
    assert said.endswith("mark them, and say how to leave them out")


def test_the_marker_of_tests_that_want_the_network_is_told() -> None:
    assert told(attempt(UNREACHED, marks=("network",))).endswith('say `-m "not network"` for those without it')


def test_an_open_network_is_not_told_to_be_closed() -> None:
    assert "closed" not in told(attempt(UNREACHED, network="open"))


def test_tests_that_want_a_terminal_are_told() -> None:
    assert told(attempt(NO_TERMINAL, WRONG)).startswith("1 of the 2 that failed wants a terminal")


def test_the_output_tells_what_was_wanted_where_there_is_no_report() -> None:
    log = "____ test_a ____\nE   OSError: Network is unreachable\n____ test_b ____\nE   assert 1\n"
    assert told(attempt(log=log)).startswith("1 of the 2 that failed wants the network")


def test_a_program_that_a_test_starts_tells_of_the_network_in_what_it_prints() -> None:
    printed = "error: Failed to fetch a wheel\n  cause: dns error\n"
    assert needs_network(Failure("run", raised=(WRONG,), captured=printed))
    assert not needs_network(Failure("run", raised=(WRONG,), captured="lit\n"))


def test_a_command_that_failed_tells_of_the_network_in_its_output() -> None:
    said = (("stderr", "ERROR: Temporary failure in name resolution"),)
    assert needs_network(Failure("run", raised=(Raised(("subprocess.CalledProcessError",), "exit status 1", said),)))


def test_nothing_is_told_to_be_wanted_where_tests_only_fail() -> None:
    assert not told(attempt(WRONG))


@pytest.mark.parametrize("line", ["termios.error: (25, 'x')", "OSError: [Errno 25] Inappropriate ioctl for device"])
def test_an_output_tells_of_a_terminal(line: str) -> None:
    assert needs_terminal(Failure("run", output=line))


def test_a_host_that_was_asked_behind_another_exception_is_the_network() -> None:
    outer = Raised(("lamp.errors.ConnectionError",), "Connection error.")
    assert needs_network(Failure("run", raised=(outer, UNREACHED)))
    assert not needs_network(Failure("run", raised=(outer,)))
