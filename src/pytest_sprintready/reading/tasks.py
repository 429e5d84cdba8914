"""A task of any runner (nox session, tox environment, make target, just recipe, hatch script...) as one value."""

from __future__ import annotations

from typing import NamedTuple


class Task(NamedTuple):
    """Something a task runner can be asked for by name.

    `runner` is "nox", "tox", "make", "just", "hatch", "pdm", "poe", "pixi", "invoke", "spin", "uv", "rye", "taskipy",
    "task" (Taskfile.yml) or "script".
    `name` is what is typed; for a nox session with several Pythons or parameters, the base name.
    `aliases` are further full names that work: ("tests-3.12", "tests(django='5')").
    `commands` are the shell lines it runs, as far as reading tells, runner placeholders as written.
    `needs` are names of tasks of the same runner run first. `tags` are nox tags or tox labels.
    `installs` names what it installs into its environment: "extra:test", "group:dev", "requirements:dev.txt",
    "package:pytest". `builds` is True where the runner makes the environment itself.
    `default` is True where the runner without a name runs it.
    """

    runner: str
    name: str
    path: str
    line: int
    aliases: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    installs: tuple[str, ...] = ()
    builds: bool = False
    default: bool = False
    description: str = ""


class TaskFile(NamedTuple):
    """One runner's configuration.

    `open_ended` is True where names beyond `tasks` can exist (included files, generated sessions, pattern rules), so
    that an unlisted name proves nothing. `problem` says what was not understood. `factors` are, for tox, the parts
    that combine into further names and, for hatch, the names of its environments: see runners.accepts.
    """

    runner: str
    path: str
    tasks: tuple[Task, ...] = ()
    open_ended: bool = False
    problem: str = ""
    factors: tuple[str, ...] = ()

    def task(self, name: str) -> Task | None:
        """Return the task that `name` asks for, by its name or one of its aliases."""
        return next((task for task in self.tasks if name == task.name or name in task.aliases), None)
