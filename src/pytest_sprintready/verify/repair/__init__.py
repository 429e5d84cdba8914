"""What may help where the documents did not suffice: one thing at a time, each said in full afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.verify.repair.distributions import missing_distributions
from pytest_sprintready.verify.repair.environments import absent_interpreter, bare_runner, one_environment
from pytest_sprintready.verify.repair.of_ci import selection_of_ci, variables_of_ci
from pytest_sprintready.verify.repair.steps import (
    missing_program,
    needless_step,
    newer_pip,
    pip_for_setup_py,
    submodules,
)
from pytest_sprintready.verify.repair.surroundings import (
    captured_input,
    example_settings,
    network_tests,
    network_tests_among_others,
    no_display,
    second_run,
)
from pytest_sprintready.verify.repair.versions import (
    older_versions,
    other_interpreter,
    without_what_fails,
    without_what_needs_the_system,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.verify.repair.fix import Fix, Situation


def fixes(now: Situation) -> Iterator[Fix]:
    """Yield what may help, the likeliest first."""
    for rule in _RULES:
        yield from rule(now)


_RULES = (
    needless_step,
    newer_pip,
    pip_for_setup_py,
    without_what_needs_the_system,
    missing_program,
    absent_interpreter,
    bare_runner,
    missing_distributions,
    network_tests,
    one_environment,
    submodules,
    selection_of_ci,
    variables_of_ci,
    example_settings,
    no_display,
    captured_input,
    second_run,
    older_versions,
    without_what_fails,
    other_interpreter,
    network_tests_among_others,
)
