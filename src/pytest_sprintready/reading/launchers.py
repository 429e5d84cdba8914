"""Which program a call starts in turn: `uv run nox` starts nox, `python -m pytest` starts pytest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.reading.arguments import PIXI_VALUED, UV_VALUED, parsed, python_parts, word_set
from pytest_sprintready.reading.command import Call
from pytest_sprintready.reading.shell import is_program, program_name, unwrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

_UVX_VALUED = UV_VALUED | {"-c"}
# Programs written in Python that some start by their file, to give Python options: `python -Wall env/bin/trial`.
_SCRIPTS = word_set("coverage pytest py.test trial nosetests")
_MODULE = frozenset(["-m", "--module"])
_COMPOSE_VALUED = word_set("-f --file -p --project-name --profile --env-file --project-directory --ansi --parallel")
_CONTAINER_VALUED = word_set("-e --env -u --user -w --workdir -v --volume --name --entrypoint -p --publish -l --label")


def launched(call: Call) -> Call | None:
    """Return the call that a call starts in turn, None if it starts none that its words tell.

    `uv run --group x pytest -q` starts `pytest -q`, `python -m nox -s t` starts `nox -s t`, `sudo make` starts `make`.
    """
    plain = unwrapped(call)
    if plain.words != call.words:
        return plain
    name = program_name(call)
    words = call.words[1:]
    if name == "python":
        module, script, rest = python_parts(words)
        started_by_name = module or (script if script.rpartition("/")[2] in _SCRIPTS else "")
        return Call((started_by_name, *rest), call.env) if started_by_name else None
    started: Sequence[str] = ()
    if name == "uvx":
        started = _tool(words)
    elif name == "uv":
        started = _uv_started(words)
    elif name == "pipx" and words[:1] == ("run",):
        started = parsed(words[1:], word_set("--spec --python --pip-args --index-url"), stop_at_word=True).rest
    elif name in _RUNNERS_OF_PROGRAMS:
        started = _run_started(words, _RUNNERS_OF_PROGRAMS[name])
    elif name == "hatch":
        started = _hatch_started(words)
    elif name == "pyenv" and words[:1] == ("exec",):
        started = words[1:]
    elif name == "coverage" and words[:1] == ("run",):
        started = _coverage_started(words[1:])
    return Call(tuple(started), call.env) if started else None


def _tool(words: Sequence[str]) -> Sequence[str]:
    started = parsed(words, _UVX_VALUED, stop_at_word=True).rest
    return (started[0].partition("@")[0], *started[1:]) if started else ()


def _uv_started(words: Sequence[str]) -> Sequence[str]:
    rest = parsed(words, UV_VALUED, stop_at_word=True).rest
    if rest[:2] == ["tool", "run"]:
        return _tool(rest[2:])
    if rest[:1] == ["pip"]:
        return ()
    if rest[:1] != ["run"]:
        return ()
    arguments = parsed(rest[1:], UV_VALUED | _MODULE, stop_at_word=True, stop_after=_MODULE)
    module = arguments.last("-m", "--module")
    if module:
        return ("python", "-m", module, *arguments.rest)
    if arguments.rest and arguments.rest[0].endswith(".py"):
        return ("python", *arguments.rest)
    return arguments.rest


# Launchers of the form `name [options] run [options] program`, with their options that take a value.
_RUNNERS_OF_PROGRAMS = {
    "poetry": word_set("-C --directory -P --project"),
    "pdm": word_set("-p --project -c --config"),
    "pipenv": word_set("--python"),
    "rye": word_set("--pyproject -p"),
    "pixi": PIXI_VALUED,
    "conda": word_set("-n --name -p --prefix --cwd"),
    "spin": frozenset(),
}


def _run_started(words: Sequence[str], valued: frozenset[str]) -> Sequence[str]:
    before = parsed(words, valued, stop_at_word=True)
    if before.rest[:1] == ["poe"]:
        return before.rest
    if before.rest[:1] not in (["run"], ["r"]):
        return ()
    return parsed(before.rest[1:], valued, stop_at_word=True).rest


def _hatch_started(words: Sequence[str]) -> Sequence[str]:
    rest = parsed(words, word_set("-e --env -p --project"), stop_at_word=True).rest
    if rest[:2] == ["env", "run"]:
        started = parsed(rest[2:], word_set("-e --env -i -x -f"), stop_at_word=True).rest
    elif rest[:1] == ["run"]:
        started = [word for word in rest[1:] if not re.match(r"[+][\w-]+(?:=|$)", word)]
        started[:1] = [word.rpartition(":")[2] for word in started[:1]]
    else:
        return ()
    return started if started and (is_program(started[0]) or "/" in started[0]) else ()


def _coverage_started(words: Sequence[str]) -> Sequence[str]:
    valued = word_set("--source --include --omit --rcfile --context --concurrency --data-file") | _MODULE
    arguments = parsed(words, valued, stop_at_word=True, stop_after=_MODULE)
    module = arguments.last("-m", "--module")
    return (
        ("python", "-m", module, *arguments.rest) if module else ("python", *arguments.rest) if arguments.rest else ()
    )


def started_in_container(call: Call) -> Call | None:
    """Return the call that `docker compose run`, `exec` or `docker exec` start in a service, None if there is none.

    Its paths are those of the container.
    """
    name = program_name(call)
    words = list(call.words[1:])
    if name in {"docker", "podman"} and words[:1] == ["compose"]:
        words = parsed(words[1:], _COMPOSE_VALUED, stop_at_word=True).rest
    elif name in {"docker-compose", "podman-compose"}:
        words = parsed(words, _COMPOSE_VALUED, stop_at_word=True).rest
    elif name not in {"docker", "podman"} or words[:1] != ["exec"]:
        return None
    if words[:1] not in (["run"], ["exec"]):
        return None
    started = parsed(words[1:], _CONTAINER_VALUED, stop_at_word=True).rest[1:]
    return Call(tuple(started), call.env) if started else None
