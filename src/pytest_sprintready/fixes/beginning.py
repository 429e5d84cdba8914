"""What a project that begins with sprintready gets: the plugin, the hooks, the table of the sprint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.checks._guide import known
from pytest_sprintready.errors import FileProblem
from pytest_sprintready.fixes.configuration import declared, sprint_table, sprint_values
from pytest_sprintready.fixes.model import Edit, LeftAlone
from pytest_sprintready.fixes.planning import why_not, with_edits
from pytest_sprintready.fixes.safeguards import reason_to_leave
from pytest_sprintready.fixes.yaml import edited_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from pytest_sprintready.facts import Facts

ADDRESS = "https://github.com/pytest-sprintready/pytest-sprintready"
HOOKS = ("documented-commands", "contributor-docs", "single-test-command")
PLUGIN = "pytest-sprintready"


class Beginning(NamedTuple):
    """What is done to begin, in words; the edits of it; what was left alone."""

    done: tuple[str, ...]
    edits: tuple[Edit, ...]
    left: tuple[LeftAlone, ...]


def beginning(
    facts: Facts, answers: Mapping[str, str], version: str, refuses: Callable[[Edit], str] = lambda _edit: ""
) -> Beginning:
    """Return what is to be added; nothing that is there already. `version` is that of sprintready, for the hooks."""
    from pytest_sprintready.config import load_settings
    from pytest_sprintready.facts import Facts

    snapshot = facts.snapshot
    done: list[str] = []
    left: list[LeftAlone] = []
    texts: dict[str, str] = {}
    for name, step in (("plugin", _plugin), ("hooks", _hooks), ("sprint", _sprint)):
        for found in _contained(name, step(facts, answers, version)):
            if isinstance(found, LeftAlone):
                left.append(found)
                continue
            edit, what = found
            on_disk = edit if snapshot.has(edit.path) else edit._replace(old=None)
            if reason := reason_to_leave(facts.snapshot, edit) or refuses(on_disk):
                left.append(LeftAlone(name, f"{edit.path} {reason}"))
                continue
            texts[edit.path] = edit.new
            done.append(what)
            overlay = with_edits(snapshot, (Edit(path, None, text) for path, text in texts.items()))
            facts = Facts(overlay, load_settings(overlay))
    edits = tuple(
        Edit(path, snapshot.read(path) if snapshot.has(path) else None, text) for path, text in sorted(texts.items())
    )
    return Beginning(tuple(done), edits, tuple(left))


def _contained(name: str, steps: Iterator[tuple[Edit, str] | LeftAlone]) -> Iterator[tuple[Edit, str] | LeftAlone]:
    """Yield the steps; a file or library that forbids one is a reason to leave it."""
    try:
        yield from steps
    except (FileProblem, ModuleNotFoundError) as problem:
        yield LeftAlone(name, why_not(problem))


def _plugin(facts: Facts, _answers: Mapping[str, str], _version: str) -> Iterator[tuple[Edit, str] | LeftAlone]:
    """Declare the plugin where the test dependencies stand."""
    if known(facts.test_framework, "") not in {"pytest", ""}:
        yield LeftAlone("plugin", "the tests are not written for pytest")
        return
    places = known(facts.test_dependencies_in, ())
    for place in facts.dependency_places.values():
        if any(re.match(rf"{PLUGIN}\b", each.text) for each in place.requirements):
            return
    names = [PLUGIN] if places and places != ("none",) else ["pytest", PLUGIN]
    edit, where = declared(facts, names)
    if edit is None:
        yield LeftAlone("plugin", where, paste=PLUGIN)
    else:
        yield edit, f"declare {' and '.join(names)} in {where}"


def _hooks(facts: Facts, _answers: Mapping[str, str], version: str) -> Iterator[tuple[Edit, str] | LeftAlone]:
    """Add the hooks to the configuration of pre-commit there is, or begin one."""
    path = ".pre-commit-config.yaml"
    entry: dict[str, Any] = {"repo": ADDRESS, "rev": f"v{version}", "hooks": [{"id": name} for name in HOOKS]}
    if not facts.snapshot.has(path):
        lines = ["repos:", f"  - repo: {ADDRESS}", f"    rev: v{version}", "    hooks:"]
        lines += [f"      - id: {name}" for name in HOOKS]
        yield Edit(path, None, "\n".join(lines) + "\n"), f"write {path} with the hooks {', '.join(HOOKS)}"
        return
    text = facts.snapshot.read(path)
    if ADDRESS in text:
        return

    def add(data: Any) -> None:
        data["repos"].append(entry)

    yield Edit(path, text, edited_yaml(path, text, add)), f"add the hooks {', '.join(HOOKS)} to {path}"


def _sprint(facts: Facts, answers: Mapping[str, str], _version: str) -> Iterator[tuple[Edit, str] | LeftAlone]:
    """Declare what a maintainer answered."""
    sprint = facts.settings.sprint
    values = {key: value for key, value in sprint_values(answers).items() if not getattr(sprint, key)}
    if values:
        edit = sprint_table(facts, values)
        yield edit, f"declare {', '.join(values)} in {edit.path}"
    lacking = [key for key in ("lead", "contact") if not getattr(sprint, key) and key not in values]
    if lacking:
        reason = f"{' and '.join(lacking)} of the sprint: only you know"
        yield LeftAlone("sprint", reason, asks=tuple(lacking))
