"""Services that a compose file starts (https://docs.docker.com/reference/compose-file/services/)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.loaders import line_of, load_yaml_nodes, to_python
from pytest_sprintready.reading.workflows import service_name

if TYPE_CHECKING:
    import yaml


class Service(NamedTuple):
    """A well-known service in a compose file: its key there, what it is ("postgresql"), where it stands.

    `published` where the host can reach it: it has `ports`, or shares the host's network.
    """

    key: str
    name: str
    place: Evidence
    published: bool


def read_compose(path: str, text: str) -> list[Service]:
    """Return the well-known services whose image a compose file names.

    Raises FileProblem where the file is no YAML. A service that is built from the repository is the project itself.
    """
    root = load_yaml_nodes(path, text)
    found = []
    for key, node in _entries(root):
        if key.value != "services":
            continue
        for name, service in _entries(node):
            values = to_python(service)
            image = values.get("image") if isinstance(values, dict) and "build" not in values else None
            known = service_name(str(image), known_only=True) if image else ""
            if known:
                published = bool(values.get("ports")) or values.get("network_mode") == "host"
                found.append(Service(str(name.value), known, Evidence(path, line_of(name)), published))
    return found


def _entries(node: yaml.Node | None) -> list[tuple[yaml.Node, yaml.Node]]:
    value = node.value if node is not None else None
    return value if isinstance(value, list) and all(isinstance(pair, tuple) for pair in value) else []
