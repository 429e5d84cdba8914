"""A job of continuous integration as commands to type: its matrix chosen, its expressions filled in, on Linux."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.facts import ci, purpose
from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.workflows import run_commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.workflow import Job, Step


_BUILT = re.compile(r"\bdist/|--installpkg")


class CiStep(NamedTuple):
    """Fields as of plan.Step."""

    command: str
    phase: str
    source: str
    place: Evidence
    folder: str
    variables: tuple[tuple[str, str], ...]


_OTHER_SYSTEM = re.compile(r"windows|macos|mac-os|osx|arm64|aarch64", re.IGNORECASE)
_NEVER = re.compile(r"failure\(\)|cancelled\(\)|release|refs/tags|schedule|secrets\.|workflow_dispatch", re.IGNORECASE)
_EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}", re.DOTALL)
_COMPARED = re.compile(r"^\s*(?:matrix|runner)\.([\w.-]+)\s*(==|!=)\s*'([^']*)'\s*$")
# Of a block, lines that set up CI itself. A newcomer has no use for them.
_NOT_HERE = re.compile(
    r"GITHUB_(OUTPUT|STEP_SUMMARY|PATH)|codecov|coveralls|::group|::set-output|gh release|docker (login|push)"
)


def steps_of_ci(facts: Facts, python: str) -> tuple[CiStep, ...]:
    """Return what the best job that tests runs up to and with its first test; nothing where no job is understood."""
    candidates = []
    for order, (workflow, job) in enumerate(ci.ci_test_jobs(facts)):
        matrix = _combination(job.matrix, python)
        system = _filled(job.runs_on, matrix, {})
        other = workflow.system == "appveyor" or _OTHER_SYSTEM.search(system)  # Windows, unless it says otherwise
        if other and "ubuntu" not in system.lower():
            continue
        steps = tuple(_steps(facts, workflow.path, job, matrix))
        if any(step.uses.startswith("actions/download-artifact") for step in job.steps) and any(
            _BUILT.search(step.command) for step in steps
        ):
            continue  # it tests what another job has built
        if any(step.phase == "test" for step in steps):
            name = f"{workflow.path} {job.name}"
            rank = (bool(job.services), not re.search(r"test|\bci\b|build", name), "lint" in name, order)
            candidates.append((rank, steps))
    return min(candidates, key=lambda each: each[0])[1] if candidates else ()


def _steps(facts: Facts, path: str, job: Job, matrix: Mapping[str, Any]) -> Iterator[CiStep]:
    for where, step in ci.steps_of_job(facts, path, job):
        if not step.run or step.shell in {"pwsh", "powershell", "cmd", "python"} or not _applies(step, matrix):
            continue
        commands = run_commands(step, where)
        purposes = [purpose.purpose_of(command, facts.world) for command in commands]
        kind = purpose.strongest(purposes)
        if kind in {"lint", "docs", "release", "git"}:
            continue
        variables = {**job.env, **step.env}
        folder = _filled(step.directory, matrix, variables)
        values = [(name, value, _filled(value, matrix, variables)) for name, value in variables.items()]
        # What only GitHub knows is not set at all: an empty TOXENV is no environment.
        filled = tuple((name, told) for name, value, told in values if "secrets." not in value and (told or not value))
        phase = "test" if kind in {"test", "test-part"} else "setup"
        text = "\n".join(
            line for line in _filled(step.run, matrix, variables).splitlines() if not _NOT_HERE.search(line)
        )
        if "\n" in text.strip() and len(commands) > 1 and _plain_lines(text):
            # What a block does before its tests is set-up, for which the network is open.
            for command, why in zip(commands, purposes, strict=True):
                one = _filled(command.text, matrix, variables)
                if _NOT_HERE.search(one):
                    continue
                each = "test" if why in {"test", "test-part"} else "setup"
                yield CiStep(one, each, "ci", Evidence(where, command.line), folder, filled)
                if each == "test":
                    return
        elif text.strip():
            yield CiStep(text.strip(), phase, "ci", Evidence(where, step.line), folder, filled)
        if phase == "test":
            return


def _plain_lines(text: str) -> bool:
    return not re.search(r"^\s*(if|for|while|case|function|cat <<)\b|\\$|\{$", text, re.MULTILINE)


def _applies(step: Step, matrix: Mapping[str, Any]) -> bool:
    """Whether a step is run on Linux, in a normal run; what is not understood is."""
    condition = re.sub(r"^\$\{\{|\}\}$", "", step.condition.strip()).strip()
    if not condition:
        return True
    for part in condition.split("&&"):
        compared = _COMPARED.match(part.strip().strip("()"))
        if compared is not None:
            value = (
                {"os": "Linux", "arch": "X64"}.get(compared[1])
                if "runner." in part
                else _looked_up(matrix, compared[1])
            )
            if value is not None and (str(value) == compared[3]) != (compared[2] == "=="):
                return False
        elif (_OTHER_SYSTEM.search(part) and "!" not in part and "||" not in part) or (
            _NEVER.search(part) and not part.strip().startswith("!")
        ):
            return False
    return True


def _combination(matrix: Mapping[str, Any], python: str) -> dict[str, Any]:
    """Return one combination of a matrix: this Python, Linux, and else the first of each list."""
    chosen: dict[str, Any] = {}
    for name, values in matrix.items():
        if name in {"include", "exclude"}:
            continue
        chosen[name] = _best(values, python) if isinstance(values, list) and values else values
    included = (
        [each for each in matrix.get("include") or () if isinstance(each, dict)]
        if isinstance(matrix.get("include"), list)
        else []
    )
    if not chosen and included:
        return dict(min(included, key=lambda each: _distance(str(each), python)))
    for each in included:
        if all(chosen[name] == value for name, value in each.items() if name in chosen):
            chosen |= each
    return chosen


def _best(values: list[Any], python: str) -> Any:
    return min(values, key=lambda value: _distance(str(value), python))


def _distance(text: str, python: str) -> tuple[bool, bool, bool]:
    digits = python.replace(".", "")
    same = re.search(rf"(?<![\d.]){re.escape(python)}(?![\d])|py{digits}\b", text) is not None
    return (
        bool(_OTHER_SYSTEM.search(text)),
        not same,
        bool(re.search(r"pypy|nightly|-dev|lint|docs|mypy|[0-9]t\b", text)),
    )


def _looked_up(values: Mapping[str, Any], path: str) -> Any:
    current: Any = values
    for name in path.split("."):
        current = current.get(name) if isinstance(current, dict) else None
    return current


_KNOWN = {
    "runner.os": "Linux",
    "runner.arch": "X64",
    "runner.temp": "/tmp",  # noqa: S108
    "github.workspace": "$PWD",
    "github.event_name": "push",
}


def _filled(text: str, matrix: Mapping[str, Any], variables: Mapping[str, str]) -> str:
    """Put values in the place of `${{ }}`; what is not known becomes nothing, as in GitHub."""

    def value(match: re.Match[str]) -> str:
        expression = match[1]
        for part in expression.split("||"):
            name = part.strip()
            if name.startswith("matrix."):
                found = _looked_up(matrix, name.removeprefix("matrix."))
            elif name.startswith("env."):
                found = variables.get(name.removeprefix("env."))
            elif re.fullmatch(r"'[^']*'", name):
                found = name.strip("'")
            else:
                found = _KNOWN.get(name)
            if found not in (None, "", False) and "${{" not in str(found):
                return str(found)
        return ""

    return _EXPRESSION.sub(value, text)
