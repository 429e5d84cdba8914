"""A forge to ask."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.forge import Options, Place
from pytest_sprintready.forge.http import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.forge.server import Forge


@pytest.fixture(scope="session")
def server() -> Any:
    """The module beside this one, which no test can import: test files are in no package."""
    spec = importlib.util.spec_from_file_location("sprintready_forge_server", Path(__file__).with_name("server.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _nobody_is_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this machine know no token, no proxy and no cache."""
    for name in list(os.environ):
        if name.endswith(("_TOKEN", "_HOST", "_proxy", "_PROXY", "_SERVER_URL")) or name in ("NETRC", "SSL_CERT_FILE"):
            monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))


@pytest.fixture
def forge(server: Any) -> Iterator[Forge]:
    """A forge that answers on loopback, as GitHub does unless told otherwise; what it said has to fit the contract."""
    found: Forge = server.Forge()
    found.start()
    yield found
    found.stop()
    assert found.wrong == []


@pytest.fixture
def token_file(tmp_path: Path, server: Any) -> str:
    """A file with the token that the forge accepts."""
    path = tmp_path / "token"
    path.write_text(f"{server.TOKEN}\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def slept() -> list[float]:
    """For how long somebody wanted to sleep; nobody does here."""
    return []


@pytest.fixture
def options(server: Any, slept: list[float]) -> Options:
    """How to ask the forge: at its own time, and without waiting."""
    return Options(limits=Limits(seconds=60), sleep=slept.append, clock=lambda: float(server.NOW), cache=False)


@pytest.fixture
def at(forge: Forge) -> Callable[..., Place]:
    """Return what makes a place on the forge."""

    def make(name: str = "lamps/lantern") -> Place:
        host = forge.url.partition("://")[2]
        return Place(forge.dialect, host, name, forge.url, told=True)  # type: ignore[arg-type]  # one of the kinds

    return make
