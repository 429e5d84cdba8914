from __future__ import annotations

import pytest

from pytest_sprintready.reading.command import Call
from pytest_sprintready.reading.launchers import launched, started_in_container


@pytest.mark.parametrize(
    ("line", "started"),
    [
        ("docker compose run --rm web pytest -q", "pytest -q"),
        ("docker compose -f dev.yml exec web make test", "make test"),
        ("docker-compose exec -T web pytest", "pytest"),
        ("podman exec -it lamp pytest", "pytest"),
    ],
)
def test_a_service_runs_what_follows_its_name(line: str, started: str) -> None:
    assert started_in_container(Call(tuple(line.split()))) == Call(tuple(started.split()))


@pytest.mark.parametrize("line", ["docker compose up", "docker compose run web", "docker run image pytest", "pytest"])
def test_other_calls_start_nothing_in_a_service(line: str) -> None:
    assert started_in_container(Call(tuple(line.split()))) is None


@pytest.mark.parametrize(
    ("line", "started"),
    [
        ("pyenv exec python -m x", "python -m x"),
        ("python -mpip install x", "pip install x"),
        ("python -Wall env/bin/trial x", "env/bin/trial x"),
        ("python -W error bin/pytest", "bin/pytest"),
        ("uv run -p 3.12 tox", "tox"),
    ],
)
def test_a_launcher_starts_another_program(line: str, started: str) -> None:
    assert launched(Call(tuple(line.split()))) == Call(tuple(started.split()))


def test_an_option_is_no_value_of_the_option_before_it() -> None:
    assert launched(Call(("uv", "run", "--with", "--frozen", "pytest"))) == Call(("pytest",))
