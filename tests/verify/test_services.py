from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Evidence
from pytest_sprintready.outcome import Run
from pytest_sprintready.snapshot import MemorySnapshot
from pytest_sprintready.verify.services import Service, is_replaced, port, start_line, wanted

if TYPE_CHECKING:
    from pytest_sprintready.verify.environment import Environment

COMPOSE = """\
services:
  db:
    image: postgres:16
    environment:
      POSTGRES_USER: ada
      POSTGRES_DB: ${NAME:-lamps}
      POSTGRES_PASSWORD: ${PASSWORD}
    ports: ["127.0.0.1:5433:5432"]
  cache:
    image: redis:7
"""
WORKFLOW = """\
on: push
jobs:
  test:
    services:
      postgres:
        image: postgres
        env: {POSTGRES_PASSWORD: secret}
        ports: ["5432:5432"]
    steps:
      - run: pytest
"""


def of(**files: str) -> dict[str, Service]:
    return {
        each.name: each
        for each in wanted(Facts(MemorySnapshot({name.replace("__", "/"): text for name, text in files.items()})))
    }


def test_a_compose_file_tells_user_database_port_and_host() -> None:
    found = of(**{"compose.yaml": COMPOSE})
    database = found["postgresql"]
    assert database.settings == {"POSTGRES_USER": "ada", "POSTGRES_DB": "lamps", "POSTGRES_PASSWORD": ""}
    assert (database.host, port(database), str(database.place)) == ("db", 5433, "compose.yaml:2")
    assert (found["redis"].host, port(found["redis"])) == ("cache", 6379)


def test_a_workflow_tells_the_same() -> None:
    database = of(**{".github/workflows/ci.yml": WORKFLOW})["postgresql"]
    assert (database.host, database.settings) == ("postgres", {"POSTGRES_PASSWORD": "secret"})


def test_it_is_told_how_a_newcomer_starts_one() -> None:
    assert start_line(of(**{"compose.yaml": COMPOSE})["postgresql"]) == "docker compose up -d db"
    line = start_line(of(**{".github/workflows/ci.yml": WORKFLOW})["postgresql"])
    assert line == "docker run -d -p 5432:5432 -e POSTGRES_PASSWORD=secret postgres"


@pytest.mark.parametrize(
    ("command", "replaced"),
    [
        ("docker compose up -d", True),
        ("sudo docker-compose -f dev.yml up --wait db", True),
        ("docker compose up -d && pytest", False),
        ("docker compose run tests", False),
        ("docker build .", False),
        ("make services", False),
    ],
)
def test_only_steps_that_do_nothing_but_start_services_are_left_out(command: str, replaced: bool) -> None:
    assert is_replaced(command) is replaced


@pytest.mark.skipif(
    not any(Path("/usr/lib/postgresql").glob("*/bin/postgres")) or shutil.which("psql") is None,
    reason="PostgreSQL is not installed",
)
def test_a_database_runs_beside_each_command_and_keeps_what_is_stored(environment: Environment) -> None:
    service = Service("postgresql", Evidence("compose.yaml", 2), "db", {"POSTGRES_USER": "ada"}, 54331)
    environment._limits = environment._sandbox._limits = environment._limits._replace(
        memory=2**31, file=2**28, disk=2**30
    )
    assert environment.offer([service], seconds=60) == {}
    query = "psql -h db -p 54331 -U ada ada -tAc"
    commands = (f"{query} 'create table lamps as select 7 as watts'", f"{query} 'table lamps'")
    done = [environment.run(Run(each, "test", "documented"), seconds=120, network=False) for each in commands]
    assert [each.log.strip() for each in done] == ["SELECT 1", "7"]


def test_what_is_not_on_the_machine_is_told(environment: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "_starts", lambda _name: False)
    missing = environment.offer([Service("redis", Evidence("a")), Service("kafka", Evidence("a"))], seconds=20)
    assert missing["redis"] == "no redis-server on this machine: apt-get install redis-server, or --system-packages"
    assert missing["kafka"] == "not known here"
    assert environment.services == ()
