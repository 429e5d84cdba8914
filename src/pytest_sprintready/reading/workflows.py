"""Continuous-integration files of GitHub, GitLab, Azure, CircleCI, Travis, Cirrus and AppVeyor as one Workflow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pytest_sprintready.model import Evidence
from pytest_sprintready.reading.loaders import line_of, load_yaml_nodes, to_python
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.shell import program_name, read_script, unwrapped
from pytest_sprintready.reading.workflow import Job, Step, Workflow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import yaml

    from pytest_sprintready.reading.command import Call, Command

_MAX_NESTING = 8
_MAX_STEPS = 5_000

_FILES = {
    ".gitlab-ci.yml": "gitlab",
    "azure-pipelines.yml": "azure",
    ".azure-pipelines.yml": "azure",
    ".circleci/config.yml": "circleci",
    ".travis.yml": "travis",
    ".cirrus.yml": "cirrus",
    "appveyor.yml": "appveyor",
    ".appveyor.yml": "appveyor",
}
_WORKFLOW_FILE = pattern(r"\.(github|gitea|forgejo)/workflows/[^/]+\.ya?ml")


def is_ci_file(path: str) -> str:
    """Return the system ("github", "gitlab", "azure"...) whose configuration a path from the root is, "" if none's."""
    if workflow := _WORKFLOW_FILE.fullmatch(path):
        return workflow[1]
    return _FILES.get(path) or _FILES.get(path.removesuffix(".yaml") + ".yml", "")


def read_workflow(path: str, text: str) -> Workflow | None:
    """Return what a CI file runs, or None where it holds no such thing; FileProblem where it is no YAML."""
    system = is_ci_file(path)
    if not system:
        return None
    root = load_yaml_nodes(path, text)
    if root is None or _kind(root) != "mapping":
        return None
    return _READERS[system](path, root)._replace(system=system)


def read_action(path: str, text: str) -> tuple[Step, ...]:
    """Return the steps of a composite action (`action.yml`), () for another kind; FileProblem where it is no YAML.

    https://docs.github.com/actions/sharing-automations/creating-actions/creating-a-composite-action
    """
    root = load_yaml_nodes(path, text)
    runs = _map(_map(root).get("runs"))
    return tuple(_github_step(step, {}, {}, "") for step in _items(runs.get("steps")))


_SHELLS = frozenset(["", "bash", "sh", "zsh", "pwsh", "powershell", "cmd"])


def run_commands(step: Step, path: str) -> tuple[Command, ...]:
    """Return the commands of a step, with their lines in the file; () for an action or a script that is no shell's.

    An action that is handed a `command` (to try again, to set up a display) runs it; its line is the step's.
    """
    if step.shell.partition(" ")[0] not in _SHELLS:
        return ()
    if step.uses:
        handed = step.settings.get("command") or step.settings.get("run")
        return read_script(handed, path, step.line) if isinstance(handed, str) else ()
    return read_script(step.run, path, step.line)


# --- nodes -------------------------------------------------------------------------------------------------------


def _kind(node: yaml.Node) -> str:
    return str(getattr(node, "id", ""))  # PyYAML's types do not know it


def _map(node: yaml.Node | None) -> dict[str, yaml.Node]:
    """Return a mapping's value nodes by key, merge keys applied; {} for anything else."""
    return {key.value: value for key, value in _pairs(node)}


def _pairs(node: yaml.Node | None, depth: int = 0) -> list[tuple[yaml.Node, yaml.Node]]:
    if node is None or _kind(node) != "mapping" or depth > _MAX_NESTING:
        return []
    merged: list[tuple[yaml.Node, yaml.Node]] = []
    own = []
    for key, value in node.value:
        if key.tag == "tag:yaml.org,2002:merge":
            for part in value.value if _kind(value) == "sequence" else [value]:
                merged.extend(_pairs(part, depth + 1))
        elif _kind(key) == "scalar":
            own.append((key, value))
    return merged + own


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    """Return a sequence's nodes, or a lone value as a list of one."""
    if node is None:
        return []
    return list(node.value) if _kind(node) == "sequence" else [node]


def _text(node: yaml.Node | None) -> str:
    if node is None or _kind(node) != "scalar" or node.tag.endswith(":null"):
        return ""
    return str(node.value)


def _line_of_text(node: yaml.Node) -> int:
    """Return the line where a scalar's text begins: below the mark of a block scalar."""
    return line_of(node) + (getattr(node, "style", None) in {"|", ">"})


def _strings(node: yaml.Node | None) -> dict[str, str]:
    return {key: _text(value) for key, value in _map(node).items() if _kind(value) == "scalar"}


def _values(node: yaml.Node | None) -> dict[str, Any]:
    values = to_python(node) if node is not None else None
    return values if isinstance(values, dict) else {}


def _names(node: yaml.Node | None) -> tuple[str, ...]:
    if node is not None and _kind(node) == "mapping":
        return tuple(_map(node))
    return tuple(text for item in _items(node) if (text := _text(item)))


def _run(node: yaml.Node, **details: Any) -> Step:
    return Step(_text(node).rstrip(), _line_of_text(node), **details)


def _image(node: yaml.Node | None, key: str = "image") -> str:
    """Return the image of `image: name` or of `image: {name: ...}` in the systems' several spellings."""
    if node is not None and _kind(node) == "mapping":
        inner = _map(node).get(key)
        return _image(inner, "name") if inner is not None and key != "name" else _text(inner)
    return _text(node)


# --- GitHub, Gitea, Forgejo --------------------------------------------------------------------------------------


def _github(path: str, root: yaml.Node) -> Workflow:
    top = _map(root)
    jobs = [
        _github_job(key, value, _strings(top.get("env")), _github_defaults(top))
        for key, value in _pairs(top.get("jobs"))
    ]
    return Workflow(path, "github", _text(top.get("name")), _names(top.get("on")), tuple(jobs))


def _github_defaults(entries: dict[str, yaml.Node]) -> dict[str, str]:
    return _strings(_map(entries.get("defaults")).get("run"))


def _github_job(key: yaml.Node, node: yaml.Node, env: dict[str, str], defaults: dict[str, str]) -> Job:
    job = _map(node)
    env = {**env, **_strings(job.get("env"))}
    defaults = {**defaults, **_github_defaults(job)}
    condition = _text(job.get("if"))
    services = [(_service(name, value), line_of(name)) for name, value in _pairs(job.get("services"))]
    return Job(
        key.value,
        line_of(key),
        tuple(_github_step(step, env, defaults, condition) for step in _items(job.get("steps"))),
        tuple(image for image, _ in services),
        _values(_map(job.get("strategy")).get("matrix")),
        ", ".join(_names(job.get("runs-on"))),
        env,
        _text(job.get("name")),
        _image(job.get("container")),
        _text(job.get("uses")),
        tuple(line for _, line in services),
    )


def _service(name: yaml.Node, node: yaml.Node) -> str:
    """Return a service's image; its name where the image is only known at run time."""
    image = _image(node)
    return image if image and "$" not in image else str(name.value)


def _github_step(node: yaml.Node, env: dict[str, str], defaults: dict[str, str], condition: str) -> Step:
    step = _map(node)
    run = step.get("run")
    conditions = [part for part in (condition, _text(step.get("if"))) if part]
    return Step(
        _text(run).rstrip(),
        _line_of_text(run) if run is not None else line_of(node),
        _text(step.get("name")),
        _text(step.get("uses")),
        _values(step.get("with")),
        {**env, **_strings(step.get("env"))},
        _text(step.get("working-directory")) or defaults.get("working-directory", ""),
        " && ".join(conditions),
        _text(step.get("shell")) or defaults.get("shell", ""),
    )


# --- GitLab ------------------------------------------------------------------------------------------------------

_GITLAB_KEYWORDS = frozenset(
    [
        "default",
        "include",
        "stages",
        "variables",
        "workflow",
        "image",
        "services",
        "cache",
        "before_script",
        "after_script",
        "spec",
    ]
)


def _gitlab(path: str, root: yaml.Node) -> Workflow:
    pairs = _pairs(root)
    top = {key.value: value for key, value in pairs}
    default = {**top, **_map(top.get("default"))}
    jobs = []
    for key, value in pairs:
        if key.value in _GITLAB_KEYWORDS or key.value.startswith(".") or _kind(value) != "mapping":
            continue
        job = _gitlab_inherited(value, top)
        inherited = {
            **{name: default[name] for name in ("image", "services", "before_script") if name in default},
            **job,
        }
        env = {**_strings(top.get("variables")), **_strings(job.get("variables"))}
        services = [(_image(node, "name"), line_of(node)) for node in _items(inherited.get("services"))]
        steps = [
            _run(line, env=env)
            for part in ("before_script", "script")
            for line in _gitlab_lines(inherited.get(part), top)
        ]
        jobs.append(
            Job(
                key.value,
                line_of(key),
                tuple(steps[:_MAX_STEPS]),
                tuple(image for image, _ in services if image),
                _values(job.get("parallel")),
                ", ".join(_names(job.get("tags"))),
                env,
                container=_image(inherited.get("image"), "name"),
                service_lines=tuple(line for image, line in services if image),
            )
        )
    return Workflow(path, "gitlab", triggers=(), jobs=tuple(jobs))


def _gitlab_inherited(node: yaml.Node, top: dict[str, yaml.Node], depth: int = 0) -> dict[str, yaml.Node]:
    own = _map(node)
    inherited: dict[str, yaml.Node] = {}
    for name in _names(own.get("extends"))[:20]:
        if name in top and depth < _MAX_NESTING:
            inherited.update(_gitlab_inherited(top[name], top, depth + 1))
    return {**inherited, **own}


def _gitlab_lines(node: yaml.Node | None, top: dict[str, yaml.Node], depth: int = 0) -> Iterator[yaml.Node]:
    """Yield the scalars of a script, nested lists flattened and `!reference [job, script]` looked up."""
    if node is None or depth > _MAX_NESTING:
        return
    if node.tag == "!reference":
        target: yaml.Node | None = None
        entries = top
        for name in _names(node):
            target = entries.get(name)
            entries = _map(target)
        yield from _gitlab_lines(target, top, depth + 1)
    elif _kind(node) == "sequence":
        for item in node.value:
            yield from _gitlab_lines(item, top, depth + 1)
    elif _text(node):
        yield node


# --- Azure -------------------------------------------------------------------------------------------------------


def _azure(path: str, root: yaml.Node) -> Workflow:
    top = _map(root)
    env = _strings(top.get("variables"))
    jobs: list[Job] = []
    for stage in [root, *_azure_items(top.get("stages"))]:
        entries = _map(stage)
        jobs.extend(
            _azure_job(job, {**env, **_strings(entries.get("variables"))}) for job in _azure_items(entries.get("jobs"))
        )
        if "steps" in entries:
            jobs.append(_azure_job(stage, env))
    triggers = [
        event for key, event in (("trigger", "push"), ("pr", "pull_request"), ("schedules", "schedule")) if key in top
    ]
    return Workflow(path, "azure", _text(top.get("name")), tuple(triggers), tuple(jobs))


def _azure_items(node: yaml.Node | None, depth: int = 0) -> Iterator[yaml.Node]:
    """Yield a list's items; those behind `${{ if ... }}:` and `${{ each ... }}:` as if they stood there."""
    for item in _items(node) if depth < _MAX_NESTING else ():
        pairs = _pairs(item)
        if pairs and pairs[0][0].value.startswith("${{"):
            for _, value in pairs:
                yield from _azure_items(value, depth + 1)
        else:
            yield item


def _azure_job(node: yaml.Node, env: dict[str, str]) -> Job:
    job = _map(node)
    env = {**env, **_strings(job.get("variables"))}
    name = job.get("job") or job.get("deployment")
    pool = job.get("pool")
    services = [(_service(key, value), line_of(key)) for key, value in _pairs(job.get("services"))]
    return Job(
        _text(name),
        line_of(name or node),
        tuple(step for item in _azure_items(job.get("steps")) if (step := _azure_step(item, env))),
        tuple(image for image, _ in services),
        _values(_map(job.get("strategy")).get("matrix")),
        _image(pool, "vmImage"),
        env,
        _text(job.get("displayName")),
        _image(job.get("container")),
        _text(job.get("template")),
        tuple(line for _, line in services),
    )


def _azure_step(node: yaml.Node, env: dict[str, str]) -> Step | None:
    step = _map(node)
    inputs = _map(step.get("inputs"))
    run = next((step[key] for key in ("script", "bash", "pwsh", "powershell") if key in step), inputs.get("script"))
    uses = _text(step.get("task")) or _text(step.get("template"))
    if run is None and not uses:
        return None
    return Step(
        _text(run).rstrip(),
        _line_of_text(run) if run is not None else line_of(node),
        _text(step.get("displayName")),
        "" if run is not None else uses,
        _values(step.get("inputs")),
        {**env, **_strings(step.get("env"))},
        _text(step.get("workingDirectory")) or _text(inputs.get("workingDirectory")),
        _text(step.get("condition")),
    )


# --- CircleCI ----------------------------------------------------------------------------------------------------


def _circleci(path: str, root: yaml.Node) -> Workflow:
    top = _map(root)
    executors, commands = _map(top.get("executors")), _map(top.get("commands"))
    jobs = []
    for key, value in _pairs(top.get("jobs")):
        job = _map(value)
        job = {**_map(executors.get(_image(job.get("executor"), "name"))), **job}
        images = [(_image(node), line_of(node)) for node in _items(job.get("docker"))]
        env = _strings(job.get("environment"))
        directory = _text(job.get("working_directory"))
        jobs.append(
            Job(
                key.value,
                line_of(key),
                tuple(_circleci_steps(job.get("steps"), commands, env, directory))[:_MAX_STEPS],
                tuple(image for image, _ in images[1:]),
                runs_on=_image(job.get("machine")),
                env=env,
                container=images[0][0] if images else "",
                service_lines=tuple(line for _, line in images[1:]),
            )
        )
    return Workflow(path, "circleci", triggers=("push",), jobs=tuple(jobs))


def _circleci_steps(
    node: yaml.Node | None, commands: dict[str, yaml.Node], env: dict[str, str], directory: str, depth: int = 0
) -> Iterator[Step]:
    """Yield the steps of a job: `run`, steps of the file's own commands and of `when`, orbs and built-ins as `uses`."""
    for item in _items(node) if depth < 4 else ():
        if _kind(item) == "scalar":
            own = _map(commands.get(_text(item))).get("steps")
            if own is not None:
                yield from _circleci_steps(own, commands, env, directory, depth + 1)
            else:
                yield Step("", line_of(item), uses=_text(item))
        for key, value in _pairs(item):
            details = _map(value)
            command = value if _kind(value) == "scalar" else details.get("command")
            if key.value == "run" and command is not None:
                yield _run(
                    command,
                    name=_text(details.get("name")),
                    env={**env, **_strings(details.get("environment"))},
                    directory=_text(details.get("working_directory")) or directory,
                )
            elif key.value in {"when", "unless"}:
                yield from _circleci_steps(details.get("steps"), commands, env, directory, depth + 1)
            elif key.value in commands:
                own = _map(commands[key.value]).get("steps")
                yield from _circleci_steps(own, commands, env, directory, depth + 1)
            elif key.value != "run":
                yield Step("", line_of(key), uses=key.value, settings=_values(value))


# --- Travis, AppVeyor, Cirrus ------------------------------------------------------------------------------------

_TRAVIS_PHASES = ("before_install", "install", "before_script", "script")
_APPVEYOR_PHASES = ("init", "install", "before_build", "build_script", "before_test", "test_script")


def _phases(entries: dict[str, yaml.Node], phases: tuple[str, ...]) -> Iterator[Step]:
    for phase in phases:
        for item in _items(entries.get(phase)):
            for node in _map(item).values() if _kind(item) == "mapping" else [item]:
                if _text(node):
                    yield _run(node, name=phase)


def _travis(path: str, root: yaml.Node) -> Workflow:
    top = _map(root)
    services = _items(top.get("services"))
    packages = _values(top.get("addons"))
    addons = [Step("", line_of(top["addons"]), uses="addons", settings=packages)] if packages else []
    common = Job(
        "build",
        line_of(root),
        (*addons, *_phases(top, _TRAVIS_PHASES)),
        tuple(map(_text, services)),
        runs_on=_text(top.get("dist")),
        service_lines=tuple(map(line_of, services)),
    )
    jobs = [common]
    for node in _items(_map(top.get("jobs") or top.get("matrix")).get("include")):
        entries = _map(node)
        if any(phase in entries for phase in _TRAVIS_PHASES):
            name = _text(entries.get("name")) or _text(entries.get("stage")) or "include"
            jobs.append(Job(name, line_of(node), tuple(_phases(entries, _TRAVIS_PHASES))))
    return Workflow(path, "travis", triggers=("push", "pull_request"), jobs=tuple(jobs))


def _appveyor(path: str, root: yaml.Node) -> Workflow:
    top = _map(root)
    services = _items(top.get("services"))
    job = Job(
        "build",
        line_of(root),
        tuple(_phases(top, _APPVEYOR_PHASES)),
        tuple(map(_text, services)),
        runs_on=", ".join(_names(top.get("image"))),
        service_lines=tuple(map(line_of, services)),
    )
    return Workflow(path, "appveyor", triggers=("push", "pull_request"), jobs=(job,))


def _cirrus(path: str, root: yaml.Node) -> Workflow:
    jobs = []
    for key, value in _pairs(root):
        if key.value != "task" and not key.value.endswith("_task"):
            continue
        pairs = _pairs(value)
        task = {name.value: node for name, node in pairs}
        env = {**_strings(_map(root).get("env")), **_strings(task.get("env"))}
        scripts = [node for name, node in pairs if name.value == "script" or name.value.endswith("_script")]
        containers = _items(_map(task.get("container")).get("additional_containers"))
        jobs.append(
            Job(
                _text(task.get("name")) or key.value.removesuffix("_task"),
                line_of(key),
                tuple(_run(line, env=env) for script in scripts for line in _items(script) if _text(line)),
                tuple(map(_image, containers)),
                _values(task.get("matrix")),
                env=env,
                container=_image(task.get("container")),
                service_lines=tuple(map(line_of, containers)),
            )
        )
    return Workflow(path, "cirrus", triggers=("push", "pull_request"), jobs=tuple(jobs))


_READERS: dict[str, Callable[[str, yaml.Node], Workflow]] = {
    "github": _github,
    "gitea": _github,
    "forgejo": _github,
    "gitlab": _gitlab,
    "azure": _azure,
    "circleci": _circleci,
    "travis": _travis,
    "appveyor": _appveyor,
    "cirrus": _cirrus,
}


# --- what the jobs need ------------------------------------------------------------------------------------------

_SERVICES = (
    # (what the name of an image, an action, a unit contains; the service)
    (("postgis", "postgres", "pgvector", "timescale"), "postgresql"),
    (("mysql", "mariadb", "percona"), "mysql"),
    (("redis", "valkey"), "redis"),
    (("mongo",), "mongodb"),
    (("rabbitmq",), "rabbitmq"),
    (("elasticsearch",), "elasticsearch"),
    (("opensearch",), "opensearch"),
    (("memcache",), "memcached"),
    (("kafka", "redpanda"), "kafka"),
    (("minio",), "minio"),
    (("mssql", "sqlserver", "sql-server"), "mssql"),
    (("oracle",), "oracle"),
    (("localstack",), "localstack"),
    (("moto",), "moto"),
    (("cassandra",), "cassandra"),
    (("clickhouse",), "clickhouse"),
    (("neo4j",), "neo4j"),
    (("selenium",), "selenium"),
)  # fmt: skip
_MAIN_SERVICES = frozenset(name for _, name in _SERVICES) - {"oracle", "moto"}


def service_name(image: str, *, known_only: bool = False) -> str:
    """Return "postgresql" for "docker.io/postgis/postgis:16"; an unknown image's name without registry and tag."""
    lowered = image.lower()
    for marks, name in _SERVICES:
        if any(mark in lowered for mark in marks):
            return name
    if known_only:
        return ""
    own = re.split(r"[:@]", lowered.rpartition("/")[2])[0]
    return own if re.fullmatch(r"[\w.-]+", own) else ""


def services_of(workflow: Workflow) -> list[tuple[str, Evidence]]:
    """Return the services the jobs run beside the tests, by their plain names, each once with where it is first named.

    From `services:`, from actions that set one up, from `systemctl start`, `service x start`, `/etc/init.d/x start` and
    `docker run image`, and from the environment variables of PostgreSQL's client library.
    """
    found: dict[str, Evidence] = {}
    for job in workflow.jobs:
        lines = (*job.service_lines, *[job.line] * len(job.services))
        for image, line in zip(job.services, lines, strict=False):
            found.setdefault(service_name(image), Evidence(workflow.path, line))
        for step in job.steps:
            name = service_name(step.uses.partition("@")[0]) if step.uses else ""
            if name in _MAIN_SERVICES:
                found.setdefault(name, Evidence(workflow.path, step.line))
            if step.run and "PGHOST" in step.env:  # https://www.postgresql.org/docs/current/libpq-envars.html
                found.setdefault("postgresql", Evidence(workflow.path, step.line))
            if step.run and any(word in step.run for word in ("service", "systemctl", "init.d", "docker")):
                for command in run_commands(step, workflow.path):
                    for call in command.calls:
                        name = _started_service(unwrapped(call))
                        if name in _MAIN_SERVICES:
                            found.setdefault(name, Evidence(command.path, command.line))
    found.pop("", None)
    return list(found.items())


def _started_service(call: Call) -> str:
    words = call.words
    if words[:1] == ("systemctl",) and "start" in words:
        return service_name(words[-1])
    if words[:1] == ("service",) and words[2:3] == ("start",):
        return service_name(words[1])
    if words[:1] and words[0].startswith("/etc/init.d/") and words[1:2] == ("start",):
        return service_name(words[0])
    if words[:2] == ("brew", "services") and "start" in words:
        return service_name(words[-1])
    if words[:2] == ("docker", "run"):
        return next((name for word in words[2:] if not word.startswith("-") and "=" not in word
                     and (name := service_name(word)) in _MAIN_SERVICES), "")  # fmt: skip
    return ""


_INSTALLERS = {
    "apt-get": ("install",), "apt": ("install",), "aptitude": ("install",), "dnf": ("install",), "yum": ("install",),
    "microdnf": ("install",), "zypper": ("install", "in"), "apk": ("add",), "brew": ("install",), "choco": ("install",),
    "pacman": ("-S", "-Sy", "-Syu"), "port": ("install",), "pkg": ("install",),
}  # fmt: skip
_INSTALLER_OPTIONS_WITH_VALUE = frozenset(["-t", "-o", "--target-release", "-c", "--version", "--virtual", "--source"])
_PACKAGE = pattern(r"[A-Za-z0-9@][\w.+@/:=-]*")
_APT_ACTION = pattern(r"apt", re.IGNORECASE)


def installed_packages(call: Call) -> tuple[str, ...]:
    """Return the system packages a call installs: `sudo apt-get install -y libxml2-dev` -> ("libxml2-dev",)."""
    call = unwrapped(call)
    verbs = _INSTALLERS.get(program_name(call), ())
    words = call.words[1:]
    verb = next((index for index, word in enumerate(words) if word in verbs), None)
    if verb is None or any(not word.startswith("-") for word in words[:verb]):
        return ()
    packages = []
    skip = False
    for word in words[verb + 1 :]:
        if skip:
            skip = False
        elif word.startswith("-"):
            skip = word in _INSTALLER_OPTIONS_WITH_VALUE
        elif _PACKAGE.fullmatch(word) and not word.endswith((".deb", ".rpm")):
            packages.append(word.partition("=")[0])
    return tuple(packages)


def system_packages(workflow: Workflow) -> list[tuple[str, Evidence]]:
    """Return the system packages the jobs install, each once with where it is first named.

    From apt, dnf, yum, zypper, apk, brew, choco and pacman lines, from actions that cache apt packages, and from
    Travis' addons.
    """
    found: dict[str, Evidence] = {}
    for job in workflow.jobs:
        for step in job.steps:
            for package in _packages_of_action(step):
                found.setdefault(package, Evidence(workflow.path, step.line))
            if step.run and ("install" in step.run or "apk" in step.run or "pacman" in step.run):
                for command in run_commands(step, workflow.path):
                    for call in command.calls:
                        for package in installed_packages(call):
                            found.setdefault(package, Evidence(command.path, command.line))
    return list(found.items())


def _packages_of_action(step: Step) -> list[str]:
    packages: Any = ()
    if step.uses == "addons":
        apt = step.settings.get("apt")
        packages = apt.get("packages") if isinstance(apt, dict) else apt
    elif step.uses and _APT_ACTION.search(step.uses.partition("@")[0]):
        packages = step.settings.get("packages")
    if isinstance(packages, str):
        packages = packages.split()
    return [name for name in packages if isinstance(name, str)] if isinstance(packages, list) else []
