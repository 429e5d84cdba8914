"""SR2xx: what the tests need is declared, and documents and continuous integration run the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts

_MOST_NAMED = 12


@check(
    "SR205",
    "declared-test-imports",
    Severity.REQUIRED,
    title="The tests import something that is declared nowhere",
    why="Collection ends in ModuleNotFoundError on a new machine, although continuous integration is green.",
    fix="Declare the distribution where the other test dependencies stand.",
    source="GUIDANCE row 21",
)
def declared_test_imports(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge imports that nothing guards; a guarded one is optional by intention."""
    from pytest_sprintready.facts import imports

    sources = imports.test_sources(facts)
    if not sources:
        raise SkipCheck("there are no test files in Python")
    unreadable = imports.declarations_readable(facts)
    if unreadable:
        raise SkipCheck(f"what is declared cannot be known: {unreadable}")
    yield Evidence(sources[0])
    home = _home(facts)
    for each in imports.undeclared_imports(facts)[:_MOST_NAMED]:
        others = len({place.path for place in each.places}) - 1
        more = f" and {others} other {'file' if others == 1 else 'files'}" if others else ""
        called = "" if each.module == each.distribution else f" (distribution {each.distribution})"
        only_ci = f"; only continuous integration installs it ({each.by_ci})" if each.by_ci else ""
        yield Finding(
            f"{each.places[0]}{more}: imports {each.module}{called}, which no extra, group or requirements file "
            f"declares{only_ci}.",
            each.places[0],
            fix=f'Add "{each.distribution}" to {home}, or guard the import with pytest.importorskip("{each.module}").',
        )


@check(
    "SR206",
    "declared-pytest-plugins",
    Severity.REQUIRED,
    title="pytest is configured for a plugin that is declared nowhere",
    why='pytest stops at once with "unrecognized arguments" or "Missing required plugins", before any test.',
    fix="Declare the plugin where pytest is declared, or take the setting out.",
    source="GUIDANCE row 34",
)
def declared_pytest_plugins(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge options, `-p`, required_plugins and keys whose plugin is known."""
    from pytest_sprintready.facts import imports

    config = facts.pytest_config
    if config is None:
        raise SkipCheck("pytest is not configured")
    unreadable = imports.declarations_readable(facts)
    if unreadable:
        raise SkipCheck(f"what is declared cannot be known: {unreadable}")
    yield Evidence(config.path)
    home = _home(facts)
    for each in imports.unmet_plugins(facts):
        only_ci = f"; only continuous integration installs it ({each.by_ci})" if each.by_ci else ""
        yield Finding(
            f'"{each.needed_by}" in the configuration of pytest needs {each.distribution}, which no extra, group or '
            f"requirements file declares{only_ci}.",
            each.place,
            fix=f'Add "{each.distribution}" to {home}.',
        )


def _home(facts: Facts) -> str:
    """The place to add a test dependency: where pytest stands, in words."""
    places = facts.test_dependencies_in
    if places.unknown or not places.evidence:
        return 'a dependency group "test" in pyproject.toml'
    kind, _, name = places.value[0].partition(":")
    file = places.evidence[0].path
    words = {"extra": f'the extra "{name}" in {file}', "group": f'the dependency group "{name}" in {file}'}
    return words.get(kind, name if kind in {"requirements", "conda"} else file)


@check(
    "SR204",
    "docs-agree-with-ci",
    Severity.RECOMMENDED,
    title="Continuous integration runs the tests in another way than the documents say",
    why="What nobody runs breaks unnoticed: the newcomer's command may have been red for months.",
    fix="Let continuous integration call the documented command, or document what it calls.",
    source="GUIDANCE row 32",
)
def docs_agree_with_ci(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge only where both are known: the runner of the documented command against all of the test jobs."""
    from pytest_sprintready.facts import agreement

    verdict = agreement.docs_and_ci(facts)
    yield verdict.documented
    if verdict.differs:
        yield Finding(
            f'The documents say "{verdict.command}", but continuous integration tests with '
            f'"{verdict.ci_command}" ({verdict.ci_place}).',
            verdict.documented,
            fix=f'Have {verdict.ci_place.path} run "{verdict.command}", or document "{verdict.ci_command}".',
        )
