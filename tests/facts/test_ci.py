"""What continuous integration runs, and what the tests need."""

from __future__ import annotations

import pytest

from pytest_sprintready.facts import Facts, ci
from pytest_sprintready.snapshot import MemorySnapshot

PROJECT = '[project]\nname = "lantern"\nversion = "1"\n'
WORKFLOW = "on: [push]\njobs:\n  t:\n    runs-on: ubuntu-latest\n    steps:\n"


def facts(files: dict[str, str]) -> Facts:
    return Facts(MemorySnapshot(dict(files)))


def run_in_ci(steps: str, name: str = "ci", **more: str) -> tuple[str, ...]:
    return facts({f".github/workflows/{name}.yml": WORKFLOW + steps, **more}).ci_test_commands.value


def test_ci_runs_what_its_steps_run() -> None:
    assert run_in_ci("      - run: pip install -e .\n      - run: pytest -n auto\n") == ("pytest -n auto",)


def test_ci_names_the_place() -> None:
    found = facts({".github/workflows/ci.yml": WORKFLOW + "      - run: pytest\n"}).ci_test_commands
    assert [str(place) for place in found.evidence] == [".github/workflows/ci.yml:6"]


def test_composite_actions_of_the_repository_are_followed() -> None:
    action = "runs:\n  using: composite\n  steps:\n    - run: pytest -x\n      shell: bash\n"
    assert run_in_ci("      - uses: ./.github/actions/run\n", **{".github/actions/run/action.yml": action}) == (
        "pytest -x",
    )


def test_an_action_that_does_not_exist_runs_nothing() -> None:
    assert run_in_ci("      - uses: ./.github/actions/run\n") == ()


def test_a_broken_action_is_a_problem_and_the_rest_is_read() -> None:
    files = {
        ".github/workflows/ci.yml": WORKFLOW + "      - uses: ./run\n      - run: pytest\n",
        "run/action.yml": "runs: [\n",
    }
    found = facts(files)
    assert found.ci_test_commands.value == ("pytest",)
    assert [problem.path for problem in found.problems] == ["run/action.yml"]


def test_a_second_try_of_what_failed_is_no_run_of_its_own() -> None:
    line = "hatch run cov:test || hatch run cov:test --lf"
    tasks = {"pyproject.toml": "[tool.hatch.envs.cov.scripts]\ntest = 'pytest'\n"}
    assert run_in_ci(f"      - run: {line}\n      - run: pytest --lf\n", **tasks) == (line,)


def test_a_command_handed_to_an_action_is_run() -> None:
    assert run_in_ci("      - uses: some/retry@v1\n        with:\n          command: tox -e py\n") == ("tox -e py",)


def test_single_tests_and_measurements_are_left_aside_beside_the_whole_suite() -> None:
    steps = "      - run: pytest\n      - run: pytest tests/test_a.py\n      - run: pytest tests/benchmarks\n"
    assert run_in_ci(steps) == ("pytest",)
    assert run_in_ci("      - run: pytest tests/test_a.py\n") == ("pytest tests/test_a.py",)


def test_tests_of_another_checkout_are_not_ours() -> None:
    assert run_in_ci("      - run: pytest\n        working-directory: other\n") == ()


def test_side_workflows_count_where_no_other_tests() -> None:
    main = {".github/workflows/tests.yml": WORKFLOW + "      - run: tox\n"}
    assert run_in_ci("      - run: pytest\n", "release", **main) == ("tox",)
    assert run_in_ci("      - run: pytest\n", "release") == ("pytest",)


def test_the_jobs_that_test_are_known() -> None:
    jobs = ci.ci_test_jobs(facts({".github/workflows/ci.yml": WORKFLOW + "      - run: pytest\n"}))
    assert [(workflow.path, job.name) for workflow, job in jobs] == [(".github/workflows/ci.yml", "t")]


def test_services_come_from_ci_and_compose_files() -> None:
    workflow = "on: [push]\njobs:\n  t:\n    services:\n      db:\n        image: postgres:16\n    steps:\n      - run: pytest\n"
    files = {
        ".github/workflows/ci.yml": workflow,
        "compose.yml": "services:\n  cache:\n    image: redis:7\n",
        "tests/docker-compose.yml": "services:\n  queue:\n    image: rabbitmq:4\n",
        "examples/compose.yml": "services:\n  store:\n    image: mongo:8\n",
    }
    assert facts(files).needs_services.value == ("postgresql", "redis", "rabbitmq")


def test_system_packages_come_from_ci() -> None:
    workflow = (
        "on: [push]\njobs:\n  t:\n    steps:\n      - run: sudo apt-get install -y libwick-dev\n      - run: pytest\n"
    )
    assert facts({".github/workflows/ci.yml": workflow}).needs_system.value == ("libwick-dev",)


@pytest.mark.parametrize(
    ("name", "services"),
    [
        pytest.param("ci", ("redis",), id="main"),
        pytest.param("nightly", ("redis",), id="where no other tests"),
    ],
)
def test_services_of_the_workflow_that_tests_count(name: str, services: tuple[str, ...]) -> None:
    text = WORKFLOW + "      - run: docker run redis:7\n      - run: pytest\n"
    assert facts({f".github/workflows/{name}.yml": text}).needs_services.value == services


def test_services_of_a_workflow_beside_the_one_that_tests_are_left_alone() -> None:
    main = WORKFLOW + "      - run: pytest\n"
    aside = WORKFLOW + "      - run: docker run redis:7\n      - run: pytest\n"
    found = facts({".github/workflows/ci.yml": main, ".github/workflows/third-party.yml": aside})
    assert found.needs_services.value == ()
