"""SR5xx: what a fresh clone needs before the tests can run."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.checks import check
from pytest_sprintready.checks._guide import guide, home, known
from pytest_sprintready.checks._told import lines, told
from pytest_sprintready.facts import ci, files
from pytest_sprintready.model import Evidence, Finding, Severity, SkipCheck
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.python_versions import CURRENT, admits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.reading.workflow import Job, Step, Workflow

# Python ---------------------------------------------------------------------------------------------------------


@check(
    "SR501",
    "current-python",
    Severity.REQUIRED,
    title="The Python that people have is refused",
    why="A laptop has the Python its installer gives today; pip refuses the project there, and the day starts "
    "with installing another one.",
    fix="Let requires-python admit the newest stable Python, and test with it.",
    source="GUIDANCE row 20; https://devguide.python.org/versions/",
)
def current_python(facts: Facts) -> Iterator[Finding | Evidence]:
    """Judge the declared specifier against the Pythons of `python_versions.CURRENT`."""
    specifier, place = _requires_python(facts)
    written = facts.project.requires_python_written or specifier
    if any(admits(specifier, version) for version in CURRENT):
        yield place
        return
    yield Finding(
        f"{place} says `{written}`, which refuses Python {CURRENT[0]}, the one installers give today.",
        place,
        fix=_cap_to_change(facts, place, written),
    )


def _cap_to_change(facts: Facts, place: Evidence, written: str) -> str:
    cap = re.search(r"<=? ?3[\d.]*\*?", written)
    name = "requires-python" if written == facts.requires_python.value else "python"  # Poetry's own notation
    if cap:
        return f"In {place.path} drop `{cap[0].strip()}` from {name}, and add Python {CURRENT[0]} to what CI tests."
    return f"In {place.path} let {name} admit Python {CURRENT[0]}, and add it to what CI tests."


def _requires_python(facts: Facts) -> tuple[str, Evidence]:
    specifier = facts.requires_python.value
    if not specifier:
        raise SkipCheck("no file declares which Pythons are supported")
    place = facts.requires_python.evidence[0]
    try:
        admits(specifier, CURRENT[0])
    except ValueError:
        raise SkipCheck(f"{place} says `{specifier}`, which is not understood") from None
    return specifier, place


@check(
    "SR502",
    "python-versions-agree",
    Severity.RECOMMENDED,
    title="Two places name different supported Pythons",
    why="Who follows the one that is wrong installs a Python on which pip refuses the project.",
    fix="Make requires-python, the classifiers, CI and the documents name the same Pythons.",
    source="GUIDANCE row 20; https://github.com/abnamro/repository-scanner/issues/137",
)
def python_versions_agree(facts: Facts) -> Iterator[Finding | Evidence]:
    """Report what requires-python refuses although a classifier, CI's tests or a document promise it."""
    specifier, place = _requires_python(facts)
    written = facts.project.requires_python_written or specifier
    yield place
    promised = (*_in_classifiers(facts), *_in_matrices(facts), *_in_documents(facts))
    reported = set()
    for version, where, line in promised:
        if (version, where.path) not in reported and not admits(specifier, version):
            reported.add((version, where.path))
            yield Finding(
                f"{where} says `{line}`, but {place} says `{written}`, which refuses Python {version}.",
                where,
                fix=f"Correct {where}, or let {place} admit Python {version}.",
            )


def _in_classifiers(facts: Facts) -> Iterator[tuple[str, Evidence, str]]:
    for each in facts.project.classifiers:
        found = re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", each.text)
        if found:
            yield found[1], each.place, each.text


def _in_matrices(facts: Facts) -> Iterator[tuple[str, Evidence, str]]:
    """Plain versions in the matrices of CI's test jobs; a number such as 3.10 without quotes is 3.1 and is left out."""
    for workflow, job in ci.ci_test_jobs(facts):
        for key, values in job.matrix.items():
            if not re.fullmatch(r"(python|py)([-_]?versions?)?", key, re.IGNORECASE) or not isinstance(values, list):
                continue
            for value in values[:_MATRIX_AT_MOST]:
                version = str(value)
                if re.fullmatch(r"3\.\d{1,2}", version) and version not in {"3.1", "3.2", "3.3"}:
                    place = _line_with(facts, workflow.path, job.line, version)
                    yield version, place, f"{key}: {version}"


_MATRIX_AT_MOST = 50  # versions


def _line_with(facts: Facts, path: str, start: int, version: str) -> Evidence:
    """The first line from `start` on that holds the version as a word."""
    for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
        if number >= start and re.search(rf"(?<![\d.]){re.escape(version)}(?![\d.])", line):
            return Evidence(path, number)
    return Evidence(path, start)


# "Python 3.8+", "Python >= 3.8", "Python 3.8 or newer": what a reader takes for the oldest one that works.
_OLDEST = pattern(
    r"\bpython[ \t]*(?:version[ \t]*)?(?:>=|≥|&gt;=)[ \t]*v?(3\.\d{1,2})(?!\.?\d)"
    r"|\bpython[ \t]*(?:version[ \t]*)?v?(3\.\d{1,2})(?:\.\d+|\.x)?[ \t]*"
    r"(?:\+|(?:or|and)[ \t]+(?:later|newer|above|higher|greater|up)\b)",
    re.IGNORECASE,
)
_PAST = pattern(
    r"\b(drop|until|last|prior|older?|before|deprecat|remov|no longer|changed?|added|since|previous|legacy|only on"
    r"|feature|backport|syntax|pypy|example|if you|v?\d+\.\d+\.\d+|versions? [012456789]\.)",
    re.IGNORECASE,
)


def _in_documents(facts: Facts) -> Iterator[tuple[str, Evidence, str]]:
    """The oldest Python that the README or the guide promise; history and conditions are left out."""
    name = re.escape(facts.project.raw_name or "\0")
    for place, line in lines(facts, r"\bpython\b", "python"):
        found = _OLDEST.search(line)
        if found is None or _PAST.search(line) or re.search(rf"\b{name} v?\d", line, re.IGNORECASE):
            continue
        yield found[1] or found[2], place, line[:120]


@check(
    "SR509",
    "pre-commit-pythons",
    Severity.RECOMMENDED,
    title="The commit hooks ask for a Python that the project refuses",
    why="Who installed a Python the project admits is blocked at the first commit.",
    fix="Give the hooks `python3`, or a version that requires-python admits.",
    source="GUIDANCE row 28; https://github.com/browser-use/browser-use/issues/5743",
)
def pre_commit_pythons(facts: Facts) -> Iterator[Finding | Evidence]:
    """Compare pinned versions (default_language_version, language_version) with requires-python."""
    if not facts.pre_commit.value:
        raise SkipCheck("there are no commit hooks")
    path = facts.pre_commit.evidence[0].path
    pins = []
    for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
        if found := _PINNED_PYTHON.match(line):
            pins.append((found[1], Evidence(path, number), line.strip()))
    if not pins:
        raise SkipCheck(f"{path} pins no Python")
    specifier, place = _requires_python(facts)
    for version, where, line in pins:
        if admits(specifier, version):
            yield where
        else:
            yield Finding(
                f"{where} says `{line}`, but {place} says `{specifier}`, which refuses Python {version}.",
                where,
                fix=f"Write `python3` there: {line.partition(':')[0].lstrip('- ')}: python3.",
            )


_PINNED_PYTHON = pattern(
    r"[\s{-]*(?:default_language_version:[\s{]*)?(?:python|language_version):\s*[\"']?(?:python)?(3\.\d+)"
)


@check(
    "SR510",
    "pip-group-minimum",
    Severity.RECOMMENDED,
    title="The documents use an option of pip that older versions lack",
    why="`pip install --group` needs pip 25.1; the pip of a new environment is as old as its Python.",
    fix="Say that pip 25.1 is needed, or show `python -m pip install --upgrade pip` first.",
    source="GUIDANCE row 23; https://pip.pypa.io/en/stable/news/#v25-1",
)
def pip_group_minimum(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept an upgrade of pip, and the version's mention, anywhere in the documents."""
    used = None
    for each in facts.documented:
        for call in each.command.calls:
            words = " ".join(call.words)
            if re.search(r"(^|/)(python[\d.]* -m )?pip[\d.]* install\b.* --group\b", words):
                used = used or each
    if used is None:
        raise SkipCheck("no document uses `pip install --group`")
    said = told(
        facts,
        r"pip install .{0,80}(-U|--upgrade)\b.{0,80}\bpip\b|upgrade-deps|\bpip\b.{0,40}\b25\.1|25\.1.{0,40}\bpip\b",
        "pip",
    )
    if said:
        yield said
        return
    yield Finding(
        f"{used.place} says `{used.command.text}`, which needs pip 25.1; nothing says so or upgrades pip before.",
        used.place,
        fix=f"Write above it in {used.place.path}: `python -m pip install --upgrade pip`.",
    )


# Beside Python --------------------------------------------------------------------------------------------------


@check(
    "SR503",
    "services-documented",
    Severity.REQUIRED,
    title="The tests need a service that no document tells how to start",
    why='"Connection refused" in a hundred tests says nothing about which server was expected, or how to start it.',
    fix="Name the service in the guide with one line that starts it, for example with docker.",
    source="GUIDANCE row 25; https://github.com/getsentry/sentry/issues/1985",
)
def services_documented(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask where every test job of continuous integration runs beside a service, so that none is known to do without."""
    from pytest_sprintready.reading.workflows import services_of

    jobs = ci.ci_test_jobs(facts)
    if not jobs:
        raise SkipCheck("no continuous integration is seen to run tests")
    needed: dict[str, Evidence] = {}
    for workflow, job in jobs:
        services = services_of(workflow._replace(jobs=(job,)))
        if not services:
            raise SkipCheck(f"{Evidence(workflow.path, job.line)} runs tests without any service")
        for name, place in services:
            needed.setdefault(name, place)
    for name, place in needed.items():
        optional = _does_without(facts, name)
        if optional:
            raise SkipCheck(f"{optional} looks as if the tests could do without {name}")
        said = told(facts, _SPELLINGS.get(name, re.escape(name)), name[:5], *_ALSO.get(name, ())) or told(
            facts, r"\b(docker|podman)[- ]compose\b|\b(docker|podman) run\b", "compose", "docker", "podman"
        )
        if said:
            yield said
            continue
        guide(facts)
        yield Finding(
            f"{place} starts {name} for the tests; no document names it.",
            place,
            fix=f"Write into {home(facts)} how to start it: `{_start_line(facts, name, place)}`.",
        )


def _does_without(facts: Facts, name: str) -> Evidence | None:
    """Where the tests' own files choose SQLite, or skip, mark or switch what needs a service."""
    spelling = _SPELLINGS.get(name, re.escape(name))
    words = rf"({spelling}).{{0,200}}\bskip"
    words += rf"|\b(skip\w*|environ\w*|getenv|mark|addoption|importorskip)\b.{{0,200}}({spelling})"
    if name in {"postgresql", "mysql", "mssql", "oracle"}:
        words += "|sqlite"
    optional = re.compile(words, re.IGNORECASE)
    config = facts.pytest_config
    for marker in config.markers if config else ():
        if re.search(spelling, marker.text, re.IGNORECASE):
            return marker.place
    paths = [path for path in facts.snapshot.files if _SETTINGS.search(path)]
    paths = [*paths, *files.test_files(facts)][:_READ_AT_MOST]
    facts.snapshot.prefetch(paths)
    for path in paths:
        for number, line in enumerate((facts.text(path) or "").splitlines(), 1):
            if optional.search(line[:1000]):
                return Evidence(path, number)
    return None


_SETTINGS = pattern(r"(^|/)([\w.-]*settings[\w.-]*|runtests|run_tests)\.py$")
_READ_AT_MOST = 300  # files
_SPELLINGS = {
    "postgresql": r"postgres|psql|psycopg|postgis",
    "mysql": r"mysql|mariadb",
    "mongodb": r"mongo",
    "elasticsearch": r"elastic",
    "redis": r"redis|valkey",
    "rabbitmq": r"rabbit|amqp",
    "mssql": r"mssql|sql server",
}
_ALSO = {
    "mysql": ("maria",),
    "postgresql": ("psql", "psycopg"),
    "redis": ("valkey",),
    "rabbitmq": ("amqp",),
    "mssql": ("sql server",),
}


def _start_line(facts: Facts, name: str, place: Evidence) -> str:
    for path in ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"):
        if facts.snapshot.has(path):
            return f"docker compose up -d {name}" if name in (facts.text(path) or "") else "docker compose up -d"
    image = next(
        (
            image
            for workflow, job in ci.ci_test_jobs(facts)
            for image, line in zip(job.services, job.service_lines, strict=False)
            if (workflow.path, line) == place and "$" not in image
        ),
        name,
    )
    options = _PORTS.get(name, "")
    return " ".join(filter(None, ("docker run --rm --detach", options, image)))


_PORTS = {
    "postgresql": "-p 5432:5432 -e POSTGRES_PASSWORD=postgres",
    "mysql": "-p 3306:3306 -e MYSQL_ALLOW_EMPTY_PASSWORD=1",
    "redis": "-p 6379:6379",
    "mongodb": "-p 27017:27017",
    "rabbitmq": "-p 5672:5672",
    "memcached": "-p 11211:11211",
    "elasticsearch": "-p 9200:9200 -e discovery.type=single-node",
}


# What every developer's machine has or what serves CI alone.
_COMMON_PACKAGES = pattern(
    r"(lib)?(git|curl|wget|gcc|g\+\+|clang|make|cmake|ninja(-build)?|build-essential|ca-certificates|sudo|locales?(-all)?"
    r"|(un)?zip|tar|xz(-utils)?|rsync|bash|coreutils|gnupg2?|jq|gh|ccache|sccache|lcov|gcovr|procps|tzdata|lsb-release"
    r"|pkg-config|pkgconf|apt-utils|apt-transport-https|software-properties-common|docker[\w.-]*|node(js)?|npm|gawk|sed"
    r"|findutils|which|file|tree|time|moreutils|expect|python[\d.]*([-_]?[a-z]+)*|pypy[\w.-]*|pip|pipx|uv|tox|nox|htop|gdb"
    r"|libc6-dbg|linux-[\w.-]+|hyperfine|valgrind)(@[\d.]+)?(:\w+)?",
    re.IGNORECASE,
)


@check(
    "SR504",
    "system-packages-documented",
    Severity.RECOMMENDED,
    title="CI installs system packages that no document mentions",
    why="A missing header ends in pages of compiler output; its package's name is known to CI alone.",
    fix="List the system packages in the guide, with the line that installs them.",
    source="GUIDANCE row 24; https://github.com/LineaLabs/lineapy/issues/484",
)
def system_packages_documented(facts: Facts) -> Iterator[Finding | Evidence]:
    """Compare with the documents what every Linux test job installs without a condition; common tools are left out."""
    jobs = [(workflow, job) for workflow, job in ci.ci_test_jobs(facts) if _may_be_linux(job)]
    if not jobs:
        raise SkipCheck("no continuous integration is seen to run tests")
    needed = _common_packages(jobs)
    if not needed:
        raise SkipCheck("no system package is installed for every test job")
    missing: dict[str, Evidence] = {}
    for package, place in needed.items():
        stem = _stem(package)
        said = told(facts, re.escape(stem), stem)
        if said:
            yield said
        else:
            missing[package] = place
    if not missing:
        return
    guide(facts)
    place = next(iter(missing.values()))
    names = " ".join(sorted(missing))
    yield Finding(
        f"{place} installs {names} for the tests; no document mentions {'it' if len(missing) == 1 else 'them'}.",
        place,
        fix=f"Write into {home(facts)}: On Debian or Ubuntu, first run `sudo apt-get install {names}`.",
    )


def _stem(package: str) -> str:
    """What any wording in a document would contain: "xml2" of libxml2-dev, "libcurl" of libcurl4-openssl-dev."""
    name = re.sub(r"([-_]?dev|-devel|-bin|-client|-common)+$", "", package.lower())
    library = re.match(r"lib[a-z]{3,}(?=\d+-)", name)
    return library[0] if library else re.sub(r"^lib|-[\d.]+$", "", name) or package.lower()


def _may_be_linux(job: Job) -> bool:
    return "ubuntu" in job.runs_on or "linux" in job.runs_on or "$" in job.runs_on or not job.runs_on


def _common_packages(jobs: list[tuple[Workflow, Job]]) -> dict[str, Evidence]:
    """Packages that apt and its like install in all the jobs in steps without a condition on the matrix."""
    from pytest_sprintready.reading.workflows import system_packages

    common: dict[str, Evidence] | None = None
    for workflow, job in jobs:
        steps = tuple(step for step in job.steps if _for_every_linux_run(step))
        found = {
            package: place
            for package, place in system_packages(workflow._replace(jobs=(job._replace(steps=steps),)))
            if not _COMMON_PACKAGES.fullmatch(package) and "$" not in package
        }
        common = found if common is None else {package: place for package, place in common.items() if package in found}
    return common or {}


def _for_every_linux_run(step: Step) -> bool:
    if re.search(r"matrix\.(?!os\b|platform\b|runs)", step.condition):
        return False
    return not re.search(r"\b(brew|choco) install\b|macos|windows", step.run + step.condition, re.IGNORECASE)


_CONTAINER = pattern(
    r"^\.devcontainer(/([\w.-]+/)?devcontainer)?\.json$|^\.gitpod\.ya?ml$|^\.?devfile\.ya?ml$|^\.idx/dev\.nix$"
    r"|^(flake|shell|default|devenv)\.nix$|^devbox\.json$|^Vagrantfile$"
)
_CONTAINER_ENDINGS = (".json", ".yml", ".yaml", ".nix", "Vagrantfile")


@check(
    "SR511",
    "dev-container",
    Severity.OPTIONAL,
    title="There is no ready-made environment for a laptop that fails",
    why="When an installation refuses for an hour, a container or a workspace in the browser saves the day.",
    fix="Add .devcontainer/devcontainer.json; three lines with an image and the set-up command will do.",
    source="GUIDANCE row 26; https://containers.dev/implementors/json_reference/",
)
def dev_container(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept dev containers, Gitpod, devfiles, Nix shells and a Dockerfile or compose file that is documented."""
    for path in facts.snapshot.files:
        if path.endswith(_CONTAINER_ENDINGS) and path.count("/") <= 2 and _CONTAINER.search(path):
            yield Evidence(path)
            return
    said = told(
        facts,
        r"codespaces|gitpod|\bdev ?containers?\b|\b(docker|podman)[- ]compose\b|\b(docker|podman) (build|run)\b",
        "codespace", "gitpod", "container", "docker", "podman",
    )  # fmt: skip
    if said:
        yield said
        return
    command = next((each for each in known(facts.setup_commands, ()) if _installs(each)), "")
    yield Finding(
        "There is no dev container and no workspace in the cloud.",
        fix="Add .devcontainer/devcontainer.json with an image for Python and, as postCreateCommand, "
        + (f"`{command}`." if command else "the set-up command."),
    )


# The clone ------------------------------------------------------------------------------------------------------


@check(
    "SR505",
    "submodules-documented",
    Severity.REQUIRED,
    title="There are git submodules, and no document says how to get them",
    why="A plain clone leaves their folders empty; what then fails names a missing file, not a missing command.",
    fix="Write `git submodule update --init --recursive` into the set-up instructions.",
    source="GUIDANCE row 27",
)
def submodules_documented(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept the command in a document, or in a task or script of the repository."""
    if not facts.submodules.value:
        raise SkipCheck("there are no submodules")
    folders = re.findall(r"^[ \t]*path[ \t]*=[ \t]*(\S+)", facts.text(".gitmodules") or "", re.MULTILINE)
    if folders and all(_is_for_documents(f"{folder}/") for folder in folders):
        raise SkipCheck(f"{folders[0]} is for the documentation alone")
    said = told(facts, r"submodule|--recursive|--recurse", "submodule", "--recurs") or _in_tasks(facts, "submodule")
    if said:
        yield said
        return
    guide(facts)
    yield Finding(
        f".gitmodules names {folders[0] if folders else 'submodules'}, which a plain clone leaves empty; no document "
        "says so.",
        Evidence(".gitmodules"),
        fix=f"Write into {home(facts)}, below the clone: `git submodule update --init --recursive`.",
    )


def _in_tasks(facts: Facts, word: str) -> Evidence | None:
    for file in facts.task_files:
        for task in file.tasks:
            if any(word in line for line in task.commands):
                return Evidence(task.path, task.line)
    return None


@check(
    "SR506",
    "lfs-documented",
    Severity.REQUIRED,
    title="Files are kept in Git LFS, and no document says so",
    why="Without git-lfs a clone holds small text files in place of the data, and the tests fail while reading them.",
    fix="Name git-lfs among the prerequisites, with `git lfs install` and `git lfs pull`.",
    source="GUIDANCE row 27",
)
def lfs_documented(facts: Facts) -> Iterator[Finding | Evidence]:
    """Read the attributes of the root; ask only where a file is kept in LFS."""
    kept = [
        (Evidence(".gitattributes", number), line.split()[0].strip('"'))
        for number, line in enumerate((facts.text(".gitattributes") or "").splitlines(), 1)
        if re.search(r"\sfilter=lfs\b", line) and not line.startswith("#")
    ]
    if not kept:
        raise SkipCheck("no file is kept in Git LFS")
    place, pattern = next(
        (each for each in kept[:_PATTERNS_AT_MOST] if _keeps_more_than_documents(facts, each[1])), (None, "")
    )
    if place is None:
        raise SkipCheck(f"{kept[0][0]} keeps nothing in Git LFS but what is for the documentation, if anything")
    said = told(facts, r"\blfs\b", "lfs") or _in_tasks(facts, "git lfs")
    if said:
        yield said
        return
    guide(facts)
    yield Finding(
        f"{place} keeps `{pattern}` in Git LFS; no document mentions it.",
        place,
        fix=f"Write into {home(facts)}: Install git-lfs, then run `git lfs install` and `git lfs pull`.",
    )


_PATTERNS_AT_MOST = 100


def _keeps_more_than_documents(facts: Facts, pattern: str) -> bool:
    from fnmatch import fnmatchcase

    pattern = pattern.removeprefix("/")
    for path in facts.snapshot.files:
        compared = path if "/" in pattern else path.rpartition("/")[2]
        if fnmatchcase(compared, pattern) and not _is_for_documents(path):
            return True
    return False


def _is_for_documents(path: str) -> bool:
    """Whether a path is one of the documentation, the website or the project's looks, without which tests run."""
    return bool(
        re.match(r"(docs?|documentation|website|site|\.github|logos?|assets|images?|branding|paper)/", path)
        or re.search(r"\.(fig|psd|ai|sketch|xcf|blend|mp4|mov|pptx?|key)$", path)
    )


# A recommendation only: a plain clone of the project has its tags; a fork's clone often has not.
@check(
    "SR507",
    "tags-documented",
    Severity.RECOMMENDED,
    title="The version comes from git tags, and no document tells a fork how to get them",
    why="A fork of the main branch alone carries no tags; the package is then version 0.1, and what compares "
    "versions fails in ways nobody understands.",
    fix="Write `git fetch --tags upstream` into the set-up instructions.",
    source="GUIDANCE row 27; https://github.com/pytest-dev/pytest/issues/10407",
)
def tags_documented(facts: Facts) -> Iterator[Finding | Evidence]:
    """Ask where the build backend derives the version from git and nothing stands in for missing tags."""
    used = next((each for each in facts.project.build_requires if _FROM_TAGS.match(each.text)), None)
    if used is None:
        raise SkipCheck("the version does not come from git tags, as far as the build requirements tell")
    for name in ("pyproject.toml", "setup.cfg", "setup.py"):
        for number, line in enumerate((facts.text(name) or "").splitlines(), 1):
            if re.search(r"fallback[-_]version|default[-_]version", line):
                yield Evidence(name, number)
                return
    said = told(
        facts,
        r"\btags\b.{0,200}\b(fetch|pull|clone|upstream|fork|git)\b"
        r"|\b(fetch|pull|clone|upstream|fork|git)\b.{0,200}\btags\b|--unshallow"
        r"|SETUPTOOLS_SCM_PRETEND_VERSION|PBR_VERSION",
        "tags", "unshallow", "pretend_version", "pbr_version",
    )  # fmt: skip
    if said:
        yield said
        return
    guide(facts)
    yield Finding(
        f"{used.place} derives the version from git tags (`{used.text}`), which a fork may lack; no document says how "
        "to get them.",
        used.place,
        fix=f"Write into {home(facts)}, below the clone: `git fetch --tags {_upstream(facts)}`.",
    )


_FROM_TAGS = pattern(
    r"(setuptools[-_]scm|hatch[-_]vcs|versioningit|versioneer|pbr|poetry-dynamic-versioning|setuptools-git-versioning"
    r"|dunamai)\b",
    re.IGNORECASE,
)


def _upstream(facts: Facts) -> str:
    for url in (*facts.project.urls.values(), *facts.snapshot.remotes.values()):
        found = re.match(
            r"https://(github\.com|gitlab\.com|codeberg\.org)/(?!sponsors/|orgs/)([\w.-]+)/([\w.-]+?)(\.git)?/?$", url
        )
        if found:
            return f"https://{found[1]}/{found[2]}/{found[3]}"
    return "upstream"


@check(
    "SR508",
    "small-clone",
    Severity.RECOMMENDED,
    title="A full clone is large, and no document shows a smaller one",
    why="Sixty people who clone at once share one wireless network.",
    fix="Show `git clone --filter=blob:none <address>` in the guide.",
    source="GUIDANCE row 73; https://github.com/WordPress/openverse/issues/4329",
)
def small_clone(facts: Facts) -> Iterator[Finding | Evidence]:
    """Compare the pack files' size with `max-clone-megabytes`; a shallow clone tells only when it is too large."""
    size = facts.snapshot.pack_bytes
    limit = facts.settings.max_clone_megabytes
    if size is None:
        raise SkipCheck("the size of the history is not known here")
    megabytes = size // 1_000_000
    if megabytes <= limit:
        if facts.snapshot.shallow:
            raise SkipCheck("this clone is shallow, so the size of a full one is not known")
        return
    said = told(
        facts,
        r"--filter|--depth|\bshallow\b|\bblobless\b|partial clone",
        "--filter",
        "--depth",
        "shallow",
        "blobless",
        "partial",
    )
    if said:
        yield said
        return
    yield Finding(
        f"The history takes {megabytes} MB (the limit is {limit} MB), and no document shows a smaller clone.",
        fix=f"Write into {home(facts)}: `git clone --filter=blob:none {_upstream(facts)}`."
        if _upstream(facts) != "upstream"
        else f"Write into {home(facts)} how to clone with `--filter=blob:none`.",
    )


@check(
    "SR512",
    "offline-after-download",
    Severity.RECOMMENDED,
    title="The test environment is downloaded only while the tests are started",
    why="What is downloaded at home does not load the hall's network; the first run is too late for that.",
    fix="Show the command that only builds the environment, to be run the evening before.",
    source="GUIDANCE row 74",
)
def offline_after_download(facts: Facts) -> Iterator[Finding | Evidence]:
    """Accept a documented command that installs; whether the tests then run without network only a run can tell."""
    testing_command = facts.primary_test_command
    if not testing_command.value:
        raise SkipCheck("no test command is documented (SR105)")
    for each in facts.documented:
        if _DOWNLOADS.search(each.command.text):
            yield each.place
            return
    for command, place in zip(facts.setup_commands.value, facts.setup_commands.evidence, strict=True):
        if _installs(command):
            yield place
            return
    only = _only_downloads(testing_command.value)
    if not only or not facts.single_command.value:
        raise SkipCheck("only a run without network can tell what else is downloaded")
    place = testing_command.evidence[0]
    yield Finding(
        f"{place} says `{testing_command.value}`, which downloads its environment at its first run; no document shows "
        "how to do that beforehand.",
        place,
        fix=f"Write into {home(facts)}: At home, run `{only}` once.",
    )


def _installs(command: str) -> bool:
    """Whether a set-up command installs the project or its requirements, not just a runner."""
    return bool(_INSTALLS.search(command))


_DOWNLOADS = pattern(
    r"--notest|--install-only|--no-run|pip download|\b(docker|podman)[- ]compose (pull|build)|\bdocker (pull|build)"
)
_INSTALLS = pattern(
    r"\binstall\b.*( -e\b| -r\b|--editable|--group|--requirement| \.|\[)|\b(uv|pdm|pixi) (sync|install)\b"
    r"|poetry install|\benv create\b"
)


def _only_downloads(command: str) -> str:
    """What makes the environment of a nox or tox command without running the tests, "" if it is neither."""
    plain = command.partition(" -- ")[0]
    if re.fullmatch(r"(python\d? -m )?tox\b[^&|;]*", plain):
        return f"{plain} --notest"
    if re.fullmatch(r"(python\d? -m )?nox\b[^&|;]*", plain):
        return f"{plain} --install-only"
    return ""
