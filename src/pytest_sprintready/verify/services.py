"""Services that tests talk to, started from the programs of the machine, not from containers.

They run inside of the sandbox beside each command, listen on the loopback alone, and end with the command; what they
store stays for the next one. A newcomer types `docker compose up` for the same.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_sprintready.reading.loaders import load_yaml
from pytest_sprintready.reading.shell import program_name, split_line, unwrapped
from pytest_sprintready.reading.workflows import service_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.model import Evidence


class Service(NamedTuple):
    """A service that a compose file or CI declares: what it is, where, its name as a host, its settings and port."""

    name: str
    place: Evidence
    host: str = ""
    settings: Mapping[str, str] = {}
    port: int = 0


class _Kind(NamedTuple):
    """How one is run: the program that tells it is there, its Debian package, its port, how it is made and started.

    In the shell lines `$port` and `$data`, its folder, are set, and whatever `settings` names, with a default.
    """

    program: str
    package: str
    port: int
    make: str
    start: str
    settings: Mapping[str, tuple[str, str]] = {}


_KINDS = {
    "postgresql": _Kind(
        "postgres", "postgresql", 5432,
        'initdb -D "$data" -U "$user" -A trust -E UTF8 --locale=C.UTF-8\n'
        'if [ "$database" != postgres ]; then\n'
        '  echo "CREATE DATABASE \\"$database\\"" | postgres --single -D "$data" postgres\n'
        "fi",
        'rm -f "$data/postmaster.pid"; postgres -D "$data" -h 127.0.0.1 -p "$port" -k /tmp -c fsync=off',
        {"user": ("POSTGRES_USER", "postgres"), "database": ("POSTGRES_DB", "")},
    ),
    "redis": _Kind(
        "redis-server", "redis-server", 6379, "",
        'redis-server --bind 127.0.0.1 --port "$port" --dir "$data" --save ""',
    ),
    "memcached": _Kind("memcached", "memcached", 11211, "", 'memcached -l 127.0.0.1 -p "$port"'),
}  # fmt: skip

# Where Debian keeps the programs of a server that are not meant to be typed.
PATHS = """\
for folder in /usr/lib/postgresql/*/bin; do PATH="$PATH:$folder"; done
"""
_PRELUDE = """\
state="$1/services"; mkdir -p "$state"
"""
# The subshell keeps the server out of the jobs that `wait` of a command waits for.
_START = """\
if ! (exec 3<> /dev/tcp/127.0.0.1/{port}) 2> /dev/null; then
  ( port={port} data="$state/{name}"{assigned}
    if [ ! -e "$data" ]; then mkdir -p "$data"; {{ {make}
    }} > "$state/{name}.log" 2>&1; fi
    {{ {start}
    }} >> "$state/{name}.log" 2>&1 < /dev/null & )
  for _ in $(seq 300); do
    if (exec 3<> /dev/tcp/127.0.0.1/{port}) 2> /dev/null; then break; fi
    sleep 0.1
  done
fi
"""


def wanted(facts: Facts) -> tuple[Service, ...]:
    """Return the services that compose files and CI name, each once, with the settings of the first that has some."""
    fact = facts.needs_services
    found: dict[str, Service] = {}
    for name, place in zip(fact.value, fact.evidence, strict=True):
        found[name] = Service(name, place)
    for path in dict.fromkeys(place.path for place in fact.evidence):
        text = facts.text(path)
        declared = facts.attempt(load_yaml, path, text) if text and path.endswith((".yml", ".yaml")) else None
        for key, values in _images(declared):
            name = service_name(str(values["image"]), known_only=True)
            if name in found and not found[name].host:
                settings = _settings(values.get("environment", values.get("env")))
                found[name] = found[name]._replace(host=key, settings=settings, port=_port(values.get("ports")))
    return tuple(found.values())


def _images(node: Any, key: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if isinstance(node.get("image"), str):
            yield key, node
        for name, value in node.items():
            yield from _images(value, str(name))


def _settings(declared: Any) -> dict[str, str]:
    if isinstance(declared, list):
        declared = dict(str(each).partition("=")[::2] for each in declared)
    pairs = declared.items() if isinstance(declared, dict) else ()
    return {str(name): _plain(value) for name, value in pairs if value is not None}


def _plain(value: Any) -> str:
    """Return a value with `${NAME:-default}` as the default, and what else is filled in from outside as nothing."""
    text = re.sub(r"\$\{\w+:?-([^{}]*)\}", r"\1", str(value))
    return "" if "$" in text else text


def _port(ports: Any) -> int:
    """Return the port of this machine: 5433 for "5433:5432" and "127.0.0.1:5433:5432"; 0 where none is told."""
    for each in ports if isinstance(ports, list) else ():
        published = each.get("published") if isinstance(each, dict) else _plain(each).rpartition(":")[0]
        number = str(published or "").rpartition(":")[2]
        if number.isdigit() and 0 < int(number) < 65536:
            return int(number)
    return 0


def program(service: Service) -> str:
    """Return the program that a service is started by, "" where none is known here."""
    kind = _KINDS.get(service.name)
    return kind.program if kind else ""


def package(service: Service) -> str:
    """Return the Debian package that brings a service, "" where none is known here."""
    kind = _KINDS.get(service.name)
    return kind.package if kind else ""


def port(service: Service) -> int:
    """Return the port a service listens on."""
    return service.port or _KINDS[service.name].port


def script(services: tuple[Service, ...]) -> str:
    """Return the lines of bash that start services and wait until they listen; `$1` is a folder to store in."""
    lines = [PATHS, _PRELUDE]
    for service in services:
        kind = _KINDS[service.name]
        values = {name: service.settings.get(setting, default) for name, (setting, default) in kind.settings.items()}
        if "database" in values:
            values["database"] = values["database"] or values["user"]
        assigned = "".join(f" {name}={shlex.quote(value)}" for name, value in values.items())
        parts = {"make": kind.make or ":", "start": kind.start, "assigned": assigned, "name": service.name}
        lines.append(_START.format(port=port(service), **parts))
    return "".join(lines)


_OF_COMPOSE = re.compile(r"(up|start|pull|create)")


def is_replaced(command: str) -> bool:
    """Tell whether a step does nothing but start services in containers: `docker compose up -d`."""
    calls = [unwrapped(call) for line in command.splitlines() for call in split_line(line)]
    return bool(calls) and all(
        program_name(call) in {"docker-compose", "docker", "podman", "podman-compose"}
        and ("compose" in call.words[0] or "compose" in call.words[1:2])
        and any(_OF_COMPOSE.fullmatch(word) for word in call.words[1:])
        for call in calls
    )


def start_line(service: Service) -> str:
    """Return what a newcomer types to have a service: what stands in a compose file by that, else the image."""
    if "compose" in service.place.path.rpartition("/")[2]:
        return f"docker compose up -d {shlex.quote(service.host)}" if service.host else "docker compose up -d"
    number = port(service)
    settings = "".join(f" -e {shlex.quote(f'{name}={value}')}" for name, value in service.settings.items() if value)
    image = {"postgresql": "postgres"}.get(service.name, service.name)
    return f"docker run -d -p {number}:{_KINDS[service.name].port}{settings} {image}"
