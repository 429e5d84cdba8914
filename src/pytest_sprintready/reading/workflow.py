"""A continuous-integration configuration as jobs and steps, the same for GitHub, GitLab and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.model import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping


class Step(NamedTuple):
    """One `run:` (or `script:` line block) of a job: the shell text as written and the line where its text begins.

    `shell` is what runs it where the file says so ("bash", "pwsh", "python").

    `uses` is the action of a `uses:` step ("actions/checkout@v4"), `settings` its `with:`; `run` is then "".
    """

    run: str
    line: int
    name: str = ""
    uses: str = ""
    settings: Mapping[str, Any] = EMPTY
    env: Mapping[str, str] = EMPTY
    directory: str = ""
    condition: str = ""
    shell: str = ""


class Job(NamedTuple):
    """A job: `services` are image names ("postgres:16"); `matrix` is the raw strategy matrix; `runs_on` as written.

    `service_lines` are the lines of `services`, in their order.
    """

    name: str
    line: int
    steps: tuple[Step, ...] = ()
    services: tuple[str, ...] = ()
    matrix: Mapping[str, Any] = EMPTY
    runs_on: str = ""
    env: Mapping[str, str] = EMPTY
    title: str = ""
    container: str = ""
    uses: str = ""
    service_lines: tuple[int, ...] = ()


class Workflow(NamedTuple):
    """One CI file. `system` is "github", "gitlab", "azure", "circleci", "travis"...; `triggers` are event names."""

    path: str
    system: str
    name: str = ""
    triggers: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
