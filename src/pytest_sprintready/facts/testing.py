"""What the tests are written for, and what runs them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.facts import purpose
from pytest_sprintready.facts.files import test_files
from pytest_sprintready.model import Evidence, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.tasks import Task


def test_framework(facts: Facts) -> Fact[str]:
    """What the tests are written for: configuration first, then their imports, then what is run."""
    config = facts.pytest_config
    if config is not None and (config.addopts or config.testpaths or config.values):
        return Fact("pytest", [Evidence(config.path)])
    conftest = next((path for path in test_files(facts) if path.endswith("conftest.py")), "")
    if conftest:
        return Fact("pytest", [Evidence(conftest)])
    sample = [path for path in test_files(facts) if not path.endswith("conftest.py")][:40]
    facts.snapshot.prefetch(sample)
    seen: dict[str, str] = {}
    for path in sample:
        text = facts.text(path) or ""
        if "pytest" in text and re.search(r"^\s*(import pytest|from pytest\b)", text, re.MULTILINE):
            return Fact("pytest", [Evidence(path)])
        if re.search(r"^\s*from (django|rest_framework)\.test", text, re.MULTILINE):
            seen.setdefault("django", path)
        elif re.search(r"^\s*(import unittest|from unittest|from twisted\.trial)", text, re.MULTILINE):
            seen.setdefault("unittest", path)
        elif re.search(r"^(async )?def test_", text, re.MULTILINE):
            seen.setdefault("pytest", path)
    for framework in ("django", "unittest", "pytest"):
        if framework in seen:
            return Fact(framework, [Evidence(seen[framework])])
    ran = [each.command for each in facts.documented if each.purpose == "test"]
    for command in ran:
        if "pytest" in command.text:
            return Fact("pytest", [Evidence(command.path, command.line)])
    return Fact("other", [Evidence(sample[0])]) if sample else Fact("")


def _own_test_tasks(facts: Facts) -> Iterator[Task]:
    for file in facts.task_files:
        for task in file.tasks:
            if purpose.of_task(task, facts.world) == "test":
                yield task


def runners(facts: Facts) -> Fact[tuple[str, ...]]:
    """Runners that configuration, documents or CI use for the tests."""
    found: dict[str, Evidence] = {}
    for task in _own_test_tasks(facts):
        if task.runner == "script" and not is_test_script(facts, task.name):
            continue
        name = "custom" if task.runner in {"script", "spin", "taskfile", "poe"} else task.runner
        if task.runner == "script" and task.name.endswith("manage.py"):
            name = "django-manage"
        found.setdefault(name, Evidence(task.path, task.line))
    for file in facts.task_files:
        if file.runner == "tox" or (file.runner == "nox" and (file.open_ended or not file.tasks)):
            found.setdefault(file.runner, Evidence(file.path))
    if facts.snapshot.has("uv.lock"):
        found.setdefault("uv", Evidence("uv.lock"))
    for each in facts.documented:
        if re.match(r"(uv run|uvx|uv sync)\b", each.command.text) and each.purpose in {"test", "setup"}:
            found.setdefault("uv", each.place)
        if each.purpose == "test" and re.search(r"\bpy\.?test\b", each.command.text):
            found.setdefault("pytest", each.place)
    for name in ("poetry", "pdm"):
        if facts.snapshot.has(f"{name}.lock") or ("poetry" in facts.project.tools and name == "poetry"):
            found.setdefault(name, Evidence(f"{name}.lock" if facts.snapshot.has(f"{name}.lock") else "pyproject.toml"))
    framework = facts.test_framework
    if framework.value == "pytest":
        found.setdefault("pytest", framework.evidence[0])
    if framework.value == "django" and _calls_django(facts):
        found.setdefault("django-manage", framework.evidence[0])
    return Fact(tuple(found), found.values())


def _calls_django(facts: Facts) -> bool:
    """Whether Django's own command runs the tests, not a script of the project."""
    lines = [line for file in facts.task_files for task in file.tasks for line in task.commands]
    lines += [each.command.text for each in facts.documented]
    return facts.snapshot.has("manage.py") or any(
        re.search(r"(manage\.py|django(-admin)?) test\b", line) for line in lines
    )


def is_test_script(facts: Facts, name: str) -> bool:
    """Whether a script in the repository is known as the tests' runner: by its plain name, or by the documents."""
    if re.fullmatch(r"(.*/)?(run[-_]?)?(all[-_]?)?(tests?|test[-_]?suite)(\.(sh|py))?", name):
        return True
    return any(each.purpose == "test" and name in each.command.text for each in facts.documented)


# Continuous integration -------------------------------------------------------------------------------------------
