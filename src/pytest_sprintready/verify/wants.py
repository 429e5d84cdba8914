"""What tests wanted that a trial does not give them: the network, a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.verify import results

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_sprintready.diagnosis.model import Failure
    from pytest_sprintready.verify.attempt import Attempt

_NO_NETWORK = re.compile(
    r"Temporary failure in name resolution|Name or service not known|Network is unreachable|NameResolutionError"
    r"|Could not resolve host|nodename nor servname|getaddrinfo failed|No address associated with hostname|EAI_AGAIN"
    r"|[Nn]etwork (?:connectivity )?(?:was|is) disabled|Address family for hostname not supported|dns error"
)
NETWORK = "SRN50"
"""The code of the diagnosis that says of one test what is told here of all of them."""

NETWORK_MARK = re.compile(r"network|internet|online|remote|external|connect", re.IGNORECASE)
_ENETUNREACH, _ENOTTY = "101", "25"
_NO_TERMINAL = re.compile(
    r"Inappropriate ioctl for device|\btermios\.error\b|\bis not a (tty|terminal)\b|not a TTY\b|\bENOTTY\b"
)


def needs_network(failure: Failure) -> bool:
    """Tell whether a test failed because no host beyond this machine can be reached."""
    for raised in failure.raised:
        if "socket.gaierror" in raised.types or raised.get("errno") == _ENETUNREACH:
            return True
        if _NO_NETWORK.search("\n".join((raised.message, raised.get("output"), raised.get("stderr")))):
            return True
    return _NO_NETWORK.search(failure.output + failure.captured) is not None


def needs_terminal(failure: Failure) -> bool:
    """Tell whether a test failed because what it reads from or writes to is no terminal."""
    for raised in failure.raised:
        if raised.is_a("termios.error") or (raised.is_a("builtins.OSError") and raised.get("errno") == _ENOTTY):
            return True
        if _NO_TERMINAL.search(raised.message):
            return True
    return not failure.raised and _NO_TERMINAL.search(failure.output) is not None


def failures_of(attempt: Attempt) -> list[Failure]:
    """Return the tests that failed, as the reports tell them, else as the output does."""
    told = [each for each in attempt.failures if each.stage != "collect"]
    return told or (results.failures_in(attempt.run.log) if attempt.run else [])


def told(attempt: Attempt) -> str:
    """Return what tests that failed wanted, and what there is to do about it; "" where nothing is known."""
    failing = failures_of(attempt)
    parts = []
    if network := _those(failing, needs_network):
        closed = attempt.network == "closed"
        why = "is closed while tests run (`--network` opens it)" if closed else "did not give them a host they asked"
        parts.append(f"{_number(network, failing)} the network, which {why}: {_leave_out(network)}")
    if terminal := _those(failing, needs_terminal):
        parts.append(
            f"{_number(terminal, failing)} a terminal, and neither here nor in CI there is one: "
            "let them bring their own, or skip without it"
        )
    return ". ".join(parts)


def _those(failing: list[Failure], wants: Callable[[Failure], bool]) -> list[Failure]:
    return [failure for failure in failing if wants(failure)]


def _number(wanting: list[Failure], failing: list[Failure]) -> str:
    if len(failing) == 1:
        return "The test that failed wants"
    verb = "wants" if len(wanting) == 1 else "want"
    return f"{len(wanting)} of the {len(failing)} that failed {verb}"


def _leave_out(failing: list[Failure]) -> str:
    marker = next((each for each in failing[0].markers if NETWORK_MARK.search(each)), "")
    if marker and all(marker in failure.markers for failure in failing):
        return f'say `-m "not {marker}"` for those without it'
    return "mark them, and say how to leave them out"
