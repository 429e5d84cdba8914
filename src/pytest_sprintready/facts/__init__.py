"""Facts about one repository: cached answers, each a value with its evidence or the reason why there is none.

The names are those of the published `facts` object; see `PUBLISHED`. Each answer is computed by the module of
this folder it belongs to, the first time somebody asks.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pytest_sprintready.errors import FileProblem
from pytest_sprintready.model import Fact
from pytest_sprintready.reading.patterns import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from pytest_sprintready.config import Settings
    from pytest_sprintready.facts.instructions import Documented
    from pytest_sprintready.facts.purpose import World
    from pytest_sprintready.forge.model import ForgeData
    from pytest_sprintready.model import Evidence
    from pytest_sprintready.reading.document import Document, Section
    from pytest_sprintready.reading.metadata import Group, Project, PytestConfig
    from pytest_sprintready.reading.tasks import TaskFile
    from pytest_sprintready.reading.workflow import Workflow
    from pytest_sprintready.snapshot import Snapshot

PUBLISHED = (
    "contributing",
    "contributing_inline",
    "contributing_url",
    "setup_commands",
    "test_commands",
    "primary_test_command",
    "single_command",
    "single_command_available",
    "runners",
    "ci_test_commands",
    "test_framework",
    "test_dependencies_in",
    "requires_python",
    "code_of_conduct",
    "license",
    "license_spdx",
    "issue_templates",
    "pr_template",
    "beginner_labels",
    "contact",
    "security",
    "changelog",
    "pre_commit",
    "editorconfig",
    "ai_agents_doc",
    "needs_services",
    "needs_system",
    "submodules",
    "readme",
    "lint_commands",
    "docs_commands",
    "last_verified",
)

NOT_ASKED = "the forge was not asked; `sprintready check --forge` asks it"

_PARSED = (".toml", ".yml", ".yaml", ".json", ".py", ".ipynb")


class Facts:
    """What the files of one repository say. `settings` is the project's own configuration of sprintready.

    `forge` is what the forge said, where a view has asked it, or else the reason why nothing is known of it.
    """

    def __init__(
        self, snapshot: Snapshot, settings: Settings | None = None, forge: ForgeData | str = NOT_ASKED
    ) -> None:
        from pytest_sprintready.config import Settings

        self.snapshot = snapshot
        self.settings = settings or Settings()
        self.forge: Fact[ForgeData] = Fact.not_known(forge) if isinstance(forge, str) else Fact(forge)
        self._texts: dict[str, str | None] = {}
        self._documents: dict[str, Document | None] = {}
        self._problems: dict[tuple[str, str], FileProblem] = {}

    # Files --------------------------------------------------------------------------------------------------

    def text(self, path: str) -> str | None:
        """Return the text of a file, None where there is none or it cannot be read (then see `problems`).

        Lines that nobody wrote by hand are cut, except where a parser needs every character.
        """
        if path not in self._texts:
            text = self.attempt(self.snapshot.read, path) if self.snapshot.has(path) else None
            if text is not None and not path.endswith(_PARSED):
                text = bounded(text)
            self._texts[path] = text
        return self._texts[path]

    def document(self, path: str) -> Document | None:
        """Return the prose document at `path`, parsed, or None as for `text`."""
        if path not in self._documents:
            from pytest_sprintready.reading.prose import read_document

            text = self.text(path)
            self._documents[path] = None if text is None else self.attempt(read_document, path, text)
        return self._documents[path]

    def attempt(self, read: Callable[..., Any], *arguments: Any) -> Any:
        """Return what `read(*arguments)` returns; a FileProblem is noted under `problems` and gives None."""
        try:
            return read(*arguments)
        except FileProblem as problem:
            self.note(problem)
            return None

    def note(self, problem: FileProblem) -> None:
        """Keep a problem with a file, once, for the check that reports it."""
        self._problems.setdefault((problem.path, problem.reason), problem)

    @property
    def problems(self) -> tuple[FileProblem, ...]:
        """What was wrong with the files read so far."""
        return tuple(self._problems.values())

    # What configuration says ----------------------------------------------------------------------------------

    @cached_property
    def project(self) -> Project:
        """Metadata and dependencies from pyproject.toml, setup.cfg, setup.py."""
        from pytest_sprintready.facts import configuration

        return configuration.project(self)

    @cached_property
    def pytest_config(self) -> PytestConfig | None:
        """pytest's own configuration, None where there is none."""
        from pytest_sprintready.facts import configuration

        return configuration.pytest_config(self)

    @cached_property
    def task_files(self) -> tuple[TaskFile, ...]:
        """The configuration of every task runner in the repository's root."""
        from pytest_sprintready.facts import configuration

        return configuration.task_files(self)

    @cached_property
    def workflows(self) -> tuple[Workflow, ...]:
        """Continuous integration."""
        from pytest_sprintready.facts import configuration

        return configuration.workflows(self)

    @cached_property
    def world(self) -> World:
        """What judging a command's purpose needs to know: the runners' tasks and the folders of the whole suite."""
        from pytest_sprintready.facts import configuration

        return configuration.world(self)

    @cached_property
    def dependency_places(self) -> dict[str, Group]:
        """What every extra, dependency group, environment and requirements file declares, by names as below."""
        from pytest_sprintready.facts import configuration

        return configuration.dependency_places(self)

    @cached_property
    def requires_python(self) -> Fact[str]:
        """The specifier of supported Pythons as written, "" if none is."""
        from pytest_sprintready.facts import configuration

        return configuration.requires_python(self)

    @cached_property
    def test_dependencies_in(self) -> Fact[tuple[str, ...]]:
        """Every place that declares test dependencies: "extra:test", "group:dev", "requirements:x.txt", "tox"..."""
        from pytest_sprintready.facts import configuration

        return configuration.test_dependencies_in(self)

    @cached_property
    def pre_commit(self) -> Fact[bool]:
        """Whether there is a .pre-commit-config.yaml."""
        from pytest_sprintready.facts import configuration

        return configuration.pre_commit(self)

    @cached_property
    def editorconfig(self) -> Fact[bool]:
        """Whether there is an .editorconfig."""
        from pytest_sprintready.facts import configuration

        return configuration.editorconfig(self)

    @cached_property
    def submodules(self) -> Fact[bool]:
        """Whether there are git submodules."""
        from pytest_sprintready.facts import configuration

        return configuration.submodules(self)

    @cached_property
    def needs_services(self) -> Fact[tuple[str, ...]]:
        """Services the tests use, as documents, compose files or CI set them up: "postgresql", "redis"..."""
        from pytest_sprintready.facts import ci

        return ci.needs_services(self)

    @cached_property
    def needs_system(self) -> Fact[tuple[str, ...]]:
        """System packages that documents or CI install for tests."""
        from pytest_sprintready.facts import ci

        return ci.needs_system(self)

    # Documents ------------------------------------------------------------------------------------------------

    @cached_property
    def readme(self) -> Fact[str]:
        """Path of the README, "" if none."""
        from pytest_sprintready.facts import guide

        return guide.readme(self)

    @cached_property
    def contributing(self) -> Fact[tuple[str, ...]]:
        """Paths of the guide for contributors, the main page first; pages that only point on come last."""
        from pytest_sprintready.facts import guide

        return guide.contributing(self)

    @cached_property
    def contributing_inline(self) -> Fact[tuple[str, ...]]:
        """Sections of other files that really instruct a contributor, as "path#anchor"."""
        from pytest_sprintready.facts import guide

        return guide.contributing_inline(self)

    @cached_property
    def contributing_url(self) -> Fact[str]:
        """The guide's address where the repository only links to one outside, "" otherwise."""
        from pytest_sprintready.facts import guide

        return guide.contributing_url(self)

    @cached_property
    def guide_sections(self) -> tuple[tuple[str, Section], ...]:
        """Every section that addresses contributors, with its path: the guide's pages, then sections of other files."""
        from pytest_sprintready.facts import guide

        return guide.sections(self)

    @cached_property
    def documented(self) -> tuple[Documented, ...]:
        """Every command the contributor documents tell people to type, in reading order, with its purpose."""
        from pytest_sprintready.facts import commands

        return commands.documented(self)

    @cached_property
    def setup_commands(self) -> Fact[tuple[str, ...]]:
        """The documented commands that make a development environment, in order."""
        from pytest_sprintready.facts import commands

        return commands.setup_commands(self)

    @cached_property
    def test_commands(self) -> Fact[tuple[str, ...]]:
        """The documented commands that run the whole test suite."""
        from pytest_sprintready.facts import commands

        return commands.test_commands(self)

    @cached_property
    def primary_test_command(self) -> Fact[str]:
        """The test command the documents lead with, "" if none is documented."""
        from pytest_sprintready.facts import commands

        return commands.primary_test_command(self)

    @cached_property
    def lint_commands(self) -> Fact[tuple[str, ...]]:
        """The documented commands that lint or format."""
        from pytest_sprintready.facts import commands

        return commands.lint_commands(self)

    @cached_property
    def docs_commands(self) -> Fact[tuple[str, ...]]:
        """The documented commands that build the documentation."""
        from pytest_sprintready.facts import commands

        return commands.docs_commands(self)

    # Tests ----------------------------------------------------------------------------------------------------

    @cached_property
    def single_command(self) -> Fact[bool]:
        """Whether the primary test command makes its environment itself and runs the tests."""
        from pytest_sprintready.facts import one_command

        return one_command.single_command(self)

    @cached_property
    def single_command_available(self) -> Fact[tuple[str, ...]]:
        """Commands that would do so according to the configuration, documented or not."""
        from pytest_sprintready.facts import one_command

        return one_command.single_command_available(self)

    @cached_property
    def runners(self) -> Fact[tuple[str, ...]]:
        """Task runners configured for the tests: "nox", "tox", "make", ..., "pytest", "custom"."""
        from pytest_sprintready.facts import testing

        return testing.runners(self)

    @cached_property
    def ci_test_commands(self) -> Fact[tuple[str, ...]]:
        """What continuous integration runs for the tests, as written."""
        from pytest_sprintready.facts import ci

        return ci.ci_test_commands(self)

    @cached_property
    def test_framework(self) -> Fact[str]:
        """One of "pytest", "unittest", "django", "other"; "" where there are no tests."""
        from pytest_sprintready.facts import testing

        return testing.test_framework(self)

    @cached_property
    def last_verified(self) -> Fact[str]:
        """When `sprintready verify --record` last found a fresh clone green (ISO 8601); "" if that is unknown."""
        from pytest_sprintready.facts import verified

        return verified.last_verified(self)

    # Community ------------------------------------------------------------------------------------------------

    @cached_property
    def code_of_conduct(self) -> Fact[str]:
        """Path of the code of conduct, "url:..." where it is only linked, "" if none."""
        from pytest_sprintready.facts import community

        return community.code_of_conduct(self)

    @cached_property
    def license(self) -> Fact[str]:
        """Path of the licence, "" if none."""
        from pytest_sprintready.facts import community

        return community.license_file(self)

    @cached_property
    def license_spdx(self) -> Fact[str]:
        """SPDX expression of the licence, "" if there is none."""
        from pytest_sprintready.facts import community

        return community.license_spdx(self)

    @cached_property
    def issue_templates(self) -> Fact[tuple[str, ...]]:
        """Paths of issue templates and forms."""
        from pytest_sprintready.facts import community

        return community.issue_templates(self)

    @cached_property
    def pr_template(self) -> Fact[str]:
        """Path of the pull-request (merge-request) template, "" if none."""
        from pytest_sprintready.facts import community

        return community.pr_template(self)

    @cached_property
    def beginner_labels(self) -> Fact[tuple[str, ...]]:
        """Label names for newcomers that the repository's own files name."""
        from pytest_sprintready.facts import labels

        return labels.beginner_labels(self)

    @cached_property
    def contact(self) -> Fact[tuple[str, ...]]:
        """Every place to talk to the maintainers that the repository's files name."""
        from pytest_sprintready.facts import channels

        return channels.contact(self)

    @cached_property
    def security(self) -> Fact[str]:
        """Path of the security policy, "" if none."""
        from pytest_sprintready.facts import community

        return community.security(self)

    @cached_property
    def changelog(self) -> Fact[str]:
        """Path of the changelog, "" if none."""
        from pytest_sprintready.facts import community

        return community.changelog(self)

    @cached_property
    def ai_agents_doc(self) -> Fact[str]:
        """Path of the instructions for coding agents, "" if none."""
        from pytest_sprintready.facts import community

        return community.ai_agents_doc(self)

    # Views of the whole ---------------------------------------------------------------------------------------

    def published(self, names: Iterable[str] = PUBLISHED) -> dict[str, dict[str, Any]]:
        """Return the `facts` object of the JSON contract: {"value", "evidence"} or {"unknown"} by name."""
        return {name: self._published(name) for name in names}

    def _published(self, name: str) -> dict[str, Any]:
        try:
            return _as_json(getattr(self, name))
        except Exception as error:  # noqa: BLE001  one broken fact must not hide what the others say
            return {"unknown": f"a bug of sprintready: {type(error).__name__}"}


def _as_json(fact: Fact[Any]) -> dict[str, Any]:
    if fact.unknown:
        return {"unknown": fact.unknown}
    value = list(fact.value) if isinstance(fact.value, tuple) else fact.value
    return {"value": value, "evidence": [_place(evidence) for evidence in fact.evidence]}


def _place(evidence: Evidence) -> dict[str, Any]:
    return {"path": evidence.path, "line": evidence.line} if evidence.line else {"path": evidence.path}
