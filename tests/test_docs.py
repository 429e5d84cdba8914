"""The documents: what they show is what the code does."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.audit.manifest import load_manifest
from pytest_sprintready.checks import catalogue
from pytest_sprintready.cli import parser
from pytest_sprintready.config import Issues, Settings, Sprint, load_settings
from pytest_sprintready.engine import find_rule, judge, run
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Severity, Status
from pytest_sprintready.reading.loaders import load_toml
from pytest_sprintready.snapshot import MemorySnapshot, open_snapshot
from sprintready_hooks._manifest import hooks

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
IMAGES = sorted((ROOT / "docs" / "images").iterdir())


def load(path: Path) -> ModuleType:
    """Import a file that is in no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


outputs = load(ROOT / "docs" / "_tools" / "outputs.py")
reference = load(ROOT / "docs" / "_tools" / "reference.py")


def blocks(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in found]


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    pages: dict[str, str] = reference.pages()
    return pages


# What is shown ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", outputs.DOCUMENTS)
def test_an_output_in_a_document_is_what_the_command_prints(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "<!-- output: " in text
    assert text == outputs.refreshed(text), "run `python docs/_tools/outputs.py`"


def test_a_document_shows_output_of_sprintready_alone() -> None:
    with pytest.raises(ValueError, match="only sprintready"):
        outputs.output("ls")


@pytest.mark.parametrize("image", IMAGES, ids=lambda image: image.name)
def test_a_picture_is_small_and_used(image: Path) -> None:
    assert 5_000 < image.stat().st_size < 150_000
    assert any(f"images/{image.name}" in page.read_text(encoding="utf-8") for page in PAGES)


# What is made from the code -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("one", catalogue(), ids=lambda one: one.rule.code)
def test_a_check_has_a_page(one: object, generated: dict[str, str]) -> None:
    rule = one.rule  # type: ignore[attr-defined]  # parametrize knows no types
    page = generated[f"checks/{rule.code}.md"]
    for heading in ("Why it matters", "What to do", "What it looks at", "Where the rule comes from", "To leave it out"):
        assert f"\n## {heading}\n" in page
    assert rule.severity.value in page
    assert f"[{rule.code}]({rule.code}.md)" in generated["checks/index.md"]


def test_the_page_of_a_check_that_has_a_case_shows_it_as_example(generated: dict[str, str]) -> None:
    codes = [path.parent.name for path in reference.CASES.glob("SR*/fail")]
    assert len(codes) > 30
    assert [code for code in codes if "## An example" not in generated[f"checks/{code}.md"]] == []


def test_every_key_of_the_configuration_is_described(generated: dict[str, str]) -> None:
    fields = {*Settings._fields, *Sprint._fields, *Issues._fields} - {"path"}
    assert {*reference.SETTINGS, *reference.SPRINT, *reference.ISSUES} == {field.replace("_", "-") for field in fields}
    for field in fields:
        assert f"| `{field.replace('_', '-')}` |" in generated["reference/configuration.md"]


def test_every_command_and_option_is_described(generated: dict[str, str]) -> None:
    page = generated["reference/cli.md"]
    commands = dict(reference._commands(parser()))
    assert {"check", "howto", "explain"} <= commands.keys()
    for name, command in commands.items():
        section = page.partition(f"## `sprintready {name}`\n")[2].partition("\n## ")[0]
        for option in re.findall(r"(?<!\S)--?[a-z-]+", command.format_help()):
            assert option in section


def test_every_hook_is_described(generated: dict[str, str]) -> None:
    assert hooks()
    for hook in hooks():
        assert f"| `{hook.id}` |" in generated["reference/hooks.md"]


def test_pages_of_checks_that_are_gone_are_removed(tmp_path: Path) -> None:
    gone = tmp_path / "checks" / "SR998.md"
    gone.parent.mkdir()
    gone.touch()
    reference.write(tmp_path)
    assert not gone.exists()
    assert tmp_path.joinpath("checks", "SR101.md").read_text(encoding="utf-8").startswith("# SR101")


# What is claimed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_link_inside_leads_somewhere(page: Path, generated: dict[str, str]) -> None:
    text = re.sub(r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    made = {(ROOT / "docs" / name).resolve() for name in generated}
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in target:
            there = (page.parent / target).resolve()
            assert there.exists() or there in made, target


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_document_names_checks_that_exist(page: Path) -> None:
    for code in re.findall(r"\bSR\d{3}\b", page.read_text(encoding="utf-8")):
        assert find_rule(code)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_document_names_commands_that_parse(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    known = {name.partition(" ")[0] for name, _ in reference._commands(parser())}
    for command in re.findall(r"(?:`|\$ )sprintready ([a-z]+)\b", text):
        assert command in known


def test_a_hook_that_a_document_offers_exists() -> None:
    offered = {
        name
        for page in ("README.md", "docs/hooks.md")
        for block in blocks(page, "yaml")
        for name in re.findall(r"- id: (\S+)", block)
    }
    assert offered
    assert offered <= {hook.id for hook in hooks()}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_settings_that_a_document_shows_are_accepted(page: Path) -> None:
    for block in blocks(page.relative_to(ROOT).as_posix(), "toml"):
        load_toml("pyproject.toml", block)
        load_settings(MemorySnapshot({"pyproject.toml": block}))


def test_the_settings_of_the_reference_are_accepted(generated: dict[str, str]) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", generated["reference/configuration.md"], re.DOTALL)
    settings = load_settings(MemorySnapshot({"pyproject.toml": example}))
    assert settings.sprint.capacity == 12


def test_the_manifest_for_organizers_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "sprint.toml"
    file.write_text(next(block for block in blocks("docs/organizers.md", "toml") if "[[project]]" in block))
    assert [project.name for project in load_manifest(file).projects] == ["pluggy", "candle"]


def test_the_check_shown_to_extenders_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, test = blocks("docs/extending.md", "python")
    tmp_path.joinpath("lantern_checks.py").write_text(module)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr("pytest_sprintready.checks._registered", {one.rule.code: one for one in catalogue()})
    names: dict[str, object] = {}
    exec(compile(test, "extending.md", "exec"), names)  # noqa: S102  our own documentation
    shown = [value for name, value in names.items() if name.startswith("test_")]
    assert shown
    for each in shown:
        each()  # type: ignore[operator]  # a function, as its name says
    assert names["verdict"]({"README.md": "# Lantern\n"}) is Status.SKIPPED  # type: ignore[operator]
    monkeypatch.delitem(sys.modules, "lantern_checks")


def test_the_readme_sets_up_in_one_line_each_for_the_tool_and_its_tests() -> None:
    lines = [line for block in blocks("README.md", "console") for line in block.splitlines()]
    from_nothing = [line for line in lines if "-m venv" in line]
    assert len(from_nothing) == 2
    assert from_nothing[0].endswith("sprintready check")
    assert from_nothing[1].endswith("nox -s tests")


def test_ci_runs_sessions_that_exist() -> None:
    sessions = set(re.findall(r"^def (\w+)\(session", (ROOT / "noxfile.py").read_text(encoding="utf-8"), re.MULTILINE))
    workflows = "".join(file.read_text(encoding="utf-8") for file in (ROOT / ".github" / "workflows").iterdir())
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    named = {
        *re.findall(r"nox -s \"?(\w+)", workflows + script),
        *re.findall(r"\w+", "".join(re.findall(r"session: \[(.*)\]", workflows))),
        *re.findall(r"\w+", " ".join(re.findall(r"for session in (.*);", script))),
    }
    assert {"tests", "lint", "docs"} <= named
    assert named <= sessions


def test_this_repository_is_ready_for_a_sprint() -> None:
    with open_snapshot(ROOT) as snapshot:
        report = run(Facts(snapshot, load_settings(snapshot)))
    assert [result for result in report.results if result.status is Status.ERROR] == []
    failing = [result for result in report.results if result.status is Status.FAIL]
    assert [result for result in failing if result.rule.severity is Severity.REQUIRED] == []


def test_the_example_fails_the_checks_it_was_made_for() -> None:
    with open_snapshot(ROOT / "tests" / "cases" / "lantern") as snapshot:
        facts = Facts(snapshot)
        verdicts = {one.rule.code: judge(one, facts).status for one in catalogue()}
    assert {code: verdicts[code] for code in ("SR102", "SR106", "SR206")} == dict.fromkeys(
        ("SR102", "SR106", "SR206"), Status.FAIL
    )
