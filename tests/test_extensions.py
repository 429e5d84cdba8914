"""Checks of other packages, from distributions made for the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pytest_sprintready import checks, extensions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MODULE = """
from pytest_sprintready.checks import check
from pytest_sprintready.model import Severity

@check("XY101", "shiny", Severity.OPTIONAL, title="t", why="w", fix="f", source="s")
def shiny(facts):
    yield from ()
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Return a function that installs a distribution `shiny-checks` of one module with one entry point."""
    checks.catalogue()
    monkeypatch.setattr(checks, "_registered", {})
    monkeypatch.syspath_prepend(tmp_path)
    extensions.load.cache_clear()

    def add(source: str, entry: str) -> None:
        module = entry.partition(":")[0]
        (tmp_path / f"{module}.py").write_text(source, encoding="utf-8")
        metadata = tmp_path / "shiny_checks-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: shiny-checks\nVersion: 1.0\n", encoding="utf-8"
        )
        (metadata / "entry_points.txt").write_text(f"[sprintready.checks]\nshiny = {entry}\n", encoding="utf-8")

    return add


@pytest.fixture(autouse=True)
def forget() -> object:
    yield
    extensions.load.cache_clear()


def registered() -> list[str]:
    return [one.rule.code for one in checks._registered.values()]


def test_a_module_registers_its_checks(install: Callable[[str, str], None]) -> None:
    install(MODULE, "shiny_module")
    assert extensions.load() == ()
    assert registered() == ["XY101"]


def test_a_function_registers_its_checks(install: Callable[[str, str], None]) -> None:
    source = "def register():\n" + "".join(f"    {line}\n" for line in MODULE.splitlines())
    install(source, "shiny_function:register")
    assert extensions.load() == ()
    assert registered() == ["XY101"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import no_such_module_anywhere", "ModuleNotFoundError"),
        ("raise SystemExit(3)", "SystemExit"),
        (MODULE + MODULE, "ValueError: XY101 shiny: taken"),
        ("syntax error", "SyntaxError"),
    ],
    ids=["import", "leaves", "taken-twice", "syntax"],
)
def test_a_broken_extension_is_a_finding_that_names_its_package(
    install: Callable[[str, str], None], source: str, said: str, request: pytest.FixtureRequest
) -> None:
    module = f"shiny_{request.node.callspec.id.replace('-', '_')}"
    install(source, module)
    (finding,) = extensions.load()
    assert finding.message.startswith(f"shiny-checks: entry point `shiny = {module}` raises {said}")
    assert "shiny-checks" in finding.fix


def test_nothing_is_loaded_where_no_distribution_names_the_group(tmp_path: Path) -> None:
    (tmp_path / "other-1.dist-info").mkdir()
    (tmp_path / "other-1.dist-info" / "entry_points.txt").write_text("[pytest11]\n", encoding="utf-8")
    assert not extensions.anything_installed([str(tmp_path), str(tmp_path / "missing")])
