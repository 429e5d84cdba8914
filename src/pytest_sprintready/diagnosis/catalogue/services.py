"""Something a test talks to does not answer: a database, a queue, Docker, the network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.catalogue.importing import quoting
from pytest_sprintready.diagnosis.commands import pytest, python, quoted
from pytest_sprintready.diagnosis.model import Diagnosis, Remedy, diagnosed
from pytest_sprintready.facts import ci

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Raised
    from pytest_sprintready.diagnosis.seen import Seen
    from pytest_sprintready.reading.requirements import Declared


class Known(NamedTuple):
    """A service: how people call it, the modules of its clients, its port, what a command that starts it mentions."""

    title: str
    clients: tuple[str, ...]
    port: str
    words: str


SERVICES = {
    "postgresql": Known(
        "PostgreSQL", ("psycopg", "psycopg2", "asyncpg", "pg8000"), "5432", r"postgres|pg_ctl|pgserver"
    ),
    "mysql": Known("MySQL", ("pymysql", "MySQLdb", "mysql", "aiomysql", "asyncmy"), "3306", r"mysqld?|mariadbd?"),
    "redis": Known("Redis", ("redis", "aioredis", "valkey"), "6379", r"redis|valkey"),
    "mongodb": Known("MongoDB", ("pymongo", "motor"), "27017", r"mongod?"),
    "rabbitmq": Known("RabbitMQ", ("amqp", "pika", "aio_pika", "kombu"), "5672", r"rabbitmq"),
    "elasticsearch": Known("Elasticsearch", ("elasticsearch", "elastic_transport"), "9200", r"elasticsearch"),
    "opensearch": Known("OpenSearch", ("opensearchpy",), "9200", r"opensearch"),
    "memcached": Known("Memcached", ("pymemcache", "pylibmc", "memcache"), "11211", r"memcached"),
    "kafka": Known("Kafka", ("kafka", "confluent_kafka", "aiokafka"), "9092", r"kafka|redpanda"),
}
_REFUSED = (
    "builtins.ConnectionRefusedError",
    "psycopg.OperationalError",
    "psycopg2.OperationalError",
    "pymysql.err.OperationalError",
    "MySQLdb.OperationalError",
    "mysql.connector.errors.DatabaseError",
    "redis.exceptions.ConnectionError",
    "pymongo.errors.ConnectionFailure",
    "amqp.exceptions.ConnectionError",
    "kombu.exceptions.OperationalError",
    "pika.exceptions.AMQPConnectionError",
    "elastic_transport.ConnectionError",
    "opensearchpy.exceptions.ConnectionError",
    "kafka.errors.NoBrokersAvailable",
)
# The server has answered, and said no: it runs. What PostgreSQL says begins so in every language.
_ANSWERED = re.compile(r"FATAL:|password|Access denied|WRONGPASS|NOAUTH|does not exist|\(10(44|45|49)\b")
_STARTS = re.compile(r"\b(up|start|run|server|daemonize|systemctl|service|brew)\b|-server|-D\b|_ctl")

_OWN_MARKERS = frozenset(
    "parametrize usefixtures skip skipif xfail filterwarnings asyncio anyio trio django_db timeout flaky order".split()  # noqa: SIM905
)
_NETWORK_MARKERS = re.compile(
    r"(requires?_|needs?_|uses?_)?(network|internet|online|remote(_data)?|web(test)?|external|live|connection|http)"
    r"(_access|_required|_tests?)?"
)


def _refused(seen: Seen) -> tuple[str, Raised] | None:
    """Return the service that refused a connection, with the exception that says so."""
    for raised in seen.all(*_REFUSED):
        if any(_ANSWERED.search(each.message) for each in seen.failure.raised):
            return None
        modules = {each.module for each in seen.failure.raised} | {
            found[1]
            for each in seen.failure.raised
            for frame in each.frames
            if (found := re.search(r"(?:site|dist)-packages/(\w+)/", frame.path))
        }
        text = " ".join(each.message for each in seen.failure.raised)
        for name, known in SERVICES.items():
            if modules & set(known.clients):
                return name, raised
        for name, known in SERVICES.items():
            if re.search(rf"(:|port\D{{0,3}}|, ){known.port}\b", text):
                return name, raised
    return None


def _service(seen: Seen, *names: str) -> Diagnosis | None:
    """Return the diagnosis for one of these services that does not run."""
    found = _refused(seen)
    if found is None or found[0] not in names or seen.is_new():
        return None
    name, raised = found
    title = SERVICES[name].title
    place, quote = quoting(seen.own_frame(raised))
    start = _start(seen, name)
    what = f"{title} does not answer, and this test needs it."
    if start is not None:
        why, remedy, certain = start
        return diagnosed(what, why, place, quote, (remedy,), "machine", certain)
    without = _without(seen, SERVICES[name].words)
    if without is not None:
        why = "No file of this project says how to start it; the tests that need it are marked, and can be left out."
        return diagnosed(what, why, place, quote, (without,), "machine", certain=False)
    why = "Nothing runs there on this machine, and no file of this project says how to start it."
    return diagnosed(what, why, place, quote, (), "project")


def _start(seen: Seen, name: str) -> tuple[str, Remedy, bool] | None:
    """Return why, the command of this repository that starts a service, and whether that is certain to help."""
    words = re.compile(SERVICES[name].words, re.IGNORECASE)
    for each in seen.facts.documented:
        if words.search(each.command.text) and _STARTS.search(each.command.text):
            remedy = Remedy(each.command.text, "service", (name,), each.place)
            return f"{each.place} says how to start it.", remedy, True
    for service in ci.compose_services(seen.facts):
        if service.name == name:
            path = service.place.path
            standard = path in ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
            file = "" if standard else f"-f {quoted(path)} "
            remedy = Remedy(f"docker compose {file}up -d --wait {service.key}", "service", (name,), service.place)
            if not service.published:
                why = f"{service.place} starts it, but publishes no port: tests outside of Docker cannot reach it."
                return why, remedy, False
            return f"{service.place} starts it in Docker.", remedy, "docker" in seen.machine.programs
    for tasks in seen.facts.task_files:
        for task in tasks.tasks:
            if any(words.search(line) and _STARTS.search(line) for line in task.commands) and tasks.runner in _CALLS:
                from pytest_sprintready.model import Evidence

                place = Evidence(task.path, task.line)
                remedy = Remedy(f"{_CALLS[tasks.runner]} {task.name}", "service", (name,), place)
                return f"{place} starts it.", remedy, True
    return None


_CALLS = {"make": "make", "just": "just", "poe": "poe", "invoke": "invoke", "pdm": "pdm run", "hatch": "hatch run",
          "pixi": "pixi run", "nox": "nox -s", "task": "task"}  # fmt: skip


def _without(seen: Seen, words: str) -> Remedy | None:
    """Return the line that leaves tests with this one's marker out, None if it has none that speaks of the matter."""
    registered = {each.text.partition(":")[0].partition("(")[0].strip() for each in _registered(seen)}
    for marker in seen.failure.markers:
        if marker in _OWN_MARKERS:
            continue
        if re.search(words, marker, re.IGNORECASE) or (
            marker in registered and marker in ("integration", "db", "slow")
        ):
            return Remedy(pytest(seen.machine, "-m", f"not {marker}"), "deselect", (marker,))
    return None


def _registered(seen: Seen) -> tuple[Declared, ...]:
    return seen.facts.pytest_config.markers if seen.facts.pytest_config else ()


_WHY = "The tests talk to a server that has to run beside them. Continuous integration starts one; here none runs."
_PREVENT = "Name the service and the one line that starts it in the guide, and mark the tests that need it."


@cause(
    "SRN44",
    "postgresql-refused",
    title="PostgreSQL does not answer",
    looks='`connection to server at "localhost", port 5432 failed: Connection refused`',
    why=_WHY,
    prevent=_PREVENT,
    checks=("SR503",),
)
def postgresql_refused(seen: Seen) -> Diagnosis | None:
    """Take over for PostgreSQL's clients and port."""
    return _service(seen, "postgresql")


@cause(
    "SRN45",
    "mysql-refused",
    title="MySQL does not answer",
    looks='`(2002, "Can\'t connect to local MySQL server through socket ...")`, or 2003 with a host.',
    why=f"{_WHY} To MySQL's client `localhost` means a socket on this machine; a server in a container is 127.0.0.1.",
    prevent=_PREVENT,
    checks=("SR503",),
)
def mysql_refused(seen: Seen) -> Diagnosis | None:
    """Take over for MySQL's clients and port."""
    return _service(seen, "mysql")


@cause(
    "SRN46",
    "redis-refused",
    title="Redis does not answer",
    looks="`redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379`",
    why=f"{_WHY} A container that publishes no port runs and cannot be reached.",
    prevent=_PREVENT,
    checks=("SR503",),
)
def redis_refused(seen: Seen) -> Diagnosis | None:
    """Take over for the clients and the port of Redis."""
    return _service(seen, "redis")


@cause(
    "SRN63",
    "service-refused",
    title="A service that the tests need does not answer",
    looks="`Connection refused` from the client of MongoDB, RabbitMQ, Elasticsearch, Memcached or Kafka.",
    why=_WHY,
    prevent=_PREVENT,
    checks=("SR503",),
    last=True,
)
def service_refused(seen: Seen) -> Diagnosis | None:
    """Take over for the other services that are known."""
    return _service(seen, *(name for name in SERVICES if name not in ("postgresql", "mysql", "redis")))


@cause(
    "SRN47",
    "docker-not-running",
    title="Docker does not run",
    looks="`Cannot connect to the Docker daemon`, `docker.errors.DockerException`",
    why="Tests start containers for what they need. That takes Docker itself, running, and the right to use it.",
    prevent="Say in the guide that Docker is needed, and mark those tests so that they can be left out.",
    checks=("SR503",),
)
def docker_not_running(seen: Seen) -> Diagnosis | None:
    """Take over for the exceptions of Docker's own client."""
    raised = seen.first("docker.errors.DockerException")
    if raised is None or raised.is_a("docker.errors.APIError") or seen.is_new():
        return None
    place, quote = quoting(seen.own_frame(raised))
    without = _without(seen, r"docker|container|integration")
    what = "This test starts a container, and Docker does not run here."
    why = "Start Docker, or leave the tests out that need it." if without else "Start Docker, then run the tests again."
    sudo = "sudo " if "sudo" in seen.machine.programs else ""
    start = {"linux": f"{sudo}systemctl start docker", "macos": "open -a Docker"}.get(seen.machine.system, "")
    if without is not None:
        remedies: tuple[Remedy, ...] = (without,)
    elif "docker" in seen.machine.programs and start:
        remedies = (Remedy(start, "service", ("docker",)),)
    else:
        remedies = ()
        why = "Docker is not installed: https://docs.docker.com/get-started/get-docker/"
    return diagnosed(what, why, place, quote, remedies, "machine")


_NO_BROWSER = re.compile(r"Executable doesn't exist at (\S+)")


@cause(
    "SRN92",
    "browser-not-installed",
    title="The browser that tests drive is not installed",
    looks="`BrowserType.launch: Executable doesn't exist at ...`, and a box that says `playwright install`.",
    why="Playwright is a package like any other, and drives browsers of its own. They are no part of the package: a "
    "command of its own downloads them, some hundred megabytes each.",
    prevent="Write the command into the set-up of the guide, and mark the tests that need a browser.",
    checks=("SR104",),
)
def browser_not_installed(seen: Seen) -> Diagnosis | None:
    """Take over where Playwright does not find the browser it was asked to start."""
    told = "\n".join([*(each.message for each in seen.failure.raised), seen.failure.output])
    found = _NO_BROWSER.search(told)
    if found is None or "playwright" not in told.lower() or seen.is_new():
        return None
    name = next((name for name in ("firefox", "webkit") if name in found[1].lower()), "chromium")
    place, quote = quoting(seen.first_own_frame())
    return diagnosed(
        what=f"A browser that tests drive, {name}, is not installed.",
        cause="Playwright does not bring its browsers along; a command of its own downloads them.",
        place=place,
        quote=quote,
        remedies=(Remedy(f"{python(seen.machine)} -m playwright install {name}", "install", ("playwright",)),),
        fault="machine",
    )


_UNREACHED = (
    "socket.gaierror",
    "urllib3.exceptions.NameResolutionError",
    "urllib3.exceptions.NewConnectionError",
    "urllib3.exceptions.ConnectTimeoutError",
    "httpcore.ConnectError",
    "httpcore.ConnectTimeout",
    "aiohttp.client_exceptions.ClientConnectorError",
    "aiohttp.client_exceptions.ClientConnectorDNSError",
)


@cause(
    "SRN50",
    "network-unreachable",
    title="A test needs the network",
    looks="`Temporary failure in name resolution`, `Max retries exceeded`, `getaddrinfo failed`",
    why="The test downloads something or asks a service on the internet. At a sprint the network is shared by "
    "everybody, and sometimes gone.",
    prevent="Mark such tests and say in the guide how to leave them out; download test data once, ahead of time.",
    checks=("SR207",),
)
def network_unreachable(seen: Seen) -> Diagnosis | None:
    """Take over where a host on the internet could not be reached; what is on this machine is a service."""
    raised = seen.first(*_UNREACHED)
    if raised is None or seen.is_new() or _refused(seen) is not None:
        return None
    text = " ".join(each.message for each in seen.failure.raised)
    if re.search(r"localhost|127\.0\.0\.1|\[?::1\]?|0\.0\.0\.0", text):
        return None
    place, quote = quoting(seen.first_own_frame())
    what = "This test needs the network, and cannot reach it from here."
    without = _without(seen, _NETWORK_MARKERS.pattern)
    if without is not None:
        why = f"It is marked {without.names[0]}; the others run without the network."
        return diagnosed(what, why, place, quote, (without,), "machine")
    why = "It has no marker by which tests of its kind could be left out."
    return diagnosed("A test needs the network, and cannot reach it from here.", why, place, quote, (), "machine")
