from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.verify import sandbox

if TYPE_CHECKING:
    import pytest


def test_localhost_has_its_address_in_ipv6_where_the_machine_has_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_has_ipv6", lambda: True)
    assert sandbox.with_ipv6("127.0.0.1 localhost") == "127.0.0.1 localhost\n::1 localhost\n"
    assert sandbox.with_ipv6("::1  ip6-localhost localhost\n") == "::1  ip6-localhost localhost\n"


def test_localhost_stays_as_it_is_where_there_is_no_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_has_ipv6", lambda: False)
    assert sandbox.with_ipv6("127.0.0.1 localhost") == "127.0.0.1 localhost"
