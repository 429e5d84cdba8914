"""What documented commands take for granted in the repository, and what of it is not there.

A reference counts as missing only where nothing explains it: it is looked up from the root, from every folder the
page has entered or speaks of, and what the page's own commands make, what git ignores and what tools put out is left
alone.
"""

from __future__ import annotations

import posixpath
import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.facts.once import once
from pytest_sprintready.reading.arguments import word_set
from pytest_sprintready.reading.document import Prose
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.references import directory_after, references
from pytest_sprintready.reading.requirements import normalised
from pytest_sprintready.reading.shell import is_windows_only, program_name, unwrapped

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    from pytest_sprintready.facts import Facts
    from pytest_sprintready.facts.instructions import Documented
    from pytest_sprintready.reading.command import Call
    from pytest_sprintready.reading.document import Section
    from pytest_sprintready.reading.metadata import Project
    from pytest_sprintready.reading.references import Reference
    from pytest_sprintready.reading.tasks import TaskFile


class Missing(NamedTuple):
    """A documented command that names something the repository does not have.

    `kind` and `name` are those of the reference; `known` are the names of that kind that exist, in the order of their
    file; `instead` is another way to ask for the same name, where it exists as something else ("--group dev").
    `configured` is False where the runner has no file at all.
    """

    documented: Documented
    kind: str
    name: str
    known: tuple[str, ...] = ()
    instead: str = ""
    configured: bool = True


class _Home(NamedTuple):
    """A folder that holds a project or a runner's configuration, "" for the root."""

    folder: str
    project: Project
    task_files: tuple[TaskFile, ...]


_RUNNER_OF = {
    "session": "nox",
    "tox-env": "tox",
    "target": "make",
    "recipe": "just",
    "hatch-script": "hatch",
    "hatch-env": "hatch",
    "pdm-script": "pdm",
    "poe-task": "poe",
    "pixi-task": "pixi",
    "invoke-task": "invoke",
    "spin-command": "spin",
}
_CONFIGURED_BY = {
    "session": "noxfile.py",
    "tag": "noxfile.py",
    "target": "Makefile in the root",
    "recipe": "justfile",
    "hook": ".pre-commit-config.yaml",
}
# Builders of Sphinx, and what its Makefiles usually add.
_SPHINX_TARGETS = word_set(
    "html dirhtml singlehtml htmlhelp qthelp devhelp epub applehelp latex latexpdf latexpdfja text man texinfo info "
    "gettext changes linkcheck doctest coverage spelling clean help livehtml json pickle xml pseudoxml htmlview serve "
    "live dummy"
)
_PATHS = frozenset(["requirements", "script", "file", "folder"])
# What tools write and repositories do not keep.
_OUTPUT = pattern(
    r"(^|/)(_?build|dist|site|html?cov|htmlcov|_site|public|out|output|coverage|target|wheelhouse|node_modules"
    r"|__pycache__|[\w.-]*\.egg-info|\.tox|\.nox|\.?[\w-]*venv[\w-]*|\.?env|\.direnv|tmp|temp|results?|logs?|cache|\.[\w-]*cache"
    r"|conda-bld|reports?|profile|prof)(/|$)"
    r"|\.(whl|tar\.gz|log|prof|db|sqlite3?|pyc|so|egg|zip|pdf|svg|xml|coverage|bak|patch|diff|orig|pstats|lcov)$"
    r"|^(coverage\.\w+|\.coverage|\.env[\w.-]*|index\.html|get-pip\.py|get-poetry\.py|install-poetry\.py)$",
    re.IGNORECASE,
)
_MENTIONS_OF_ANOTHER_PROJECT = 3
_MOST_COMPARED = 300
_FOLDER_SPOKEN_OF = pattern(r"(?<![\w./-])([\w./-]+)[`*\"']{0,2} (?:sub)?(?:directory|dir|folder)\b")
_EXAMPLE_SCRIPT = re.compile(
    r"(script|program|example|demo|hello(_world)?|main|app|test|code|bug|repro\w*|mwe|run)\.py"
)
_ELSEWHERE = re.compile(r"[`*\"]([\w./-]+)[`*\"]+ (?:submodule|repo|repository)\b")
_EXAMPLE_LEAD = pattern(
    r"\b(e\.g\.|for example|for instance|example|such as|something like|say,|imagine|suppose|specific|particular|single"
    r"|individual|certain|sample|new file|your)",
    re.IGNORECASE,
)


@once
def missing(facts: Facts) -> tuple[Missing, ...]:
    """Return what documented commands name and the repository lacks, in reading order, each command and name once."""
    found: dict[tuple[str, str, str], Missing] = {}
    by_page: dict[str, list[Documented]] = {}
    for each in facts.documented:
        by_page.setdefault(each.command.path, []).append(each)
    for path, commands in by_page.items():
        if _is_about_the_readers_project(facts, path):
            continue
        for lacking in _Page(facts, path, commands).missing():
            found.setdefault((lacking.documented.command.text, lacking.kind, lacking.name), lacking)
    return tuple(found.values())


@once
def folders(facts: Facts) -> dict[tuple[str, int], str]:
    """Return the folder in which a documented block tells to type a command, by path and line; the root is left out."""
    found: dict[tuple[str, int], str] = {}
    by_page: dict[str, list[Documented]] = {}
    for each in facts.documented:
        by_page.setdefault(each.command.path, []).append(each)
    for path, commands in by_page.items():
        for each, folder in _Page(facts, path, commands).walk():
            if folder and not each.inline:
                found[path, each.command.line] = folder
    return found


_READERS_PROJECT = re.compile(r"\b(?:your|a) (?:own )?(?:\w+ )?(?:project|app|application)\b", re.IGNORECASE)


def _is_about_the_readers_project(facts: Facts, path: str) -> bool:
    """Whether a page, whatever its folder is called, teaches users to develop a project of their own."""
    if re.search(r"contribut|hacking|readme", path, re.IGNORECASE):
        return False
    return len(_READERS_PROJECT.findall(facts.text(path) or "")) >= _MENTIONS_OF_ANOTHER_PROJECT


@once
def _homes(facts: Facts) -> dict[str, _Home]:  # noqa: ARG001 - the dictionary belongs to the facts
    return {}


def _home(facts: Facts, folder: str) -> _Home:
    """What is configured in a folder; the root's is known already."""
    if not folder:
        return _Home("", facts.project, facts.task_files)
    homes = _homes(facts)
    if folder not in homes:
        from pytest_sprintready.reading.metadata import read_project
        from pytest_sprintready.reading.runners import read_task_files

        start = folder + "/"
        names = [path.removeprefix(start) for path in facts.snapshot.files if path.startswith(start)]
        task_files, _ = read_task_files(names, lambda name: facts.text(start + name))
        homes[folder] = _Home(folder, read_project(facts.text, folder), tuple(task_files))
    return homes[folder]


class _Page:
    """The commands of one page in reading order, with where they run and what they have made so far."""

    def __init__(self, facts: Facts, path: str, commands: list[Documented]) -> None:
        self.facts = facts
        self.path = path
        self.commands = commands
        self.made: set[str] = set()
        self.cloned = False
        self.clones: set[str] = set()
        self.others: set[str] = set()
        # A page in docs/ or in a sub-project often speaks from its own folder.
        self.entered: dict[str, None] = {"": None}
        own = posixpath.dirname(path)
        while own and not own.startswith("."):
            self.entered[own] = None
            own = posixpath.dirname(own)

    def missing(self) -> Iterator[Missing]:
        directory: str | None = ""
        section: Section | None = None
        for each in self.commands:
            if each.section is not section:
                section, directory = each.section, ""
                self._note_folders_spoken_of(each.section)
            if each.inline:
                yield from self._of_command(each, "")
            else:
                directory = yield from self._of_command(each, directory)

    def walk(self) -> Iterator[tuple[Documented, str]]:
        """Yield each command with the folder it is typed in, as far as that is one of the repository."""
        directory: str | None = ""
        section: Section | None = None
        for each in self.commands:
            if each.section is not section:
                section, directory = each.section, ""
            yield each, directory or ""
            if not each.inline:
                steps = self._of_command(each, directory)
                try:
                    while True:
                        next(steps)
                except StopIteration as end:
                    directory = end.value

    def _note_folders_spoken_of(self, section: Section) -> None:
        for item in section.items:
            if isinstance(item, Prose):
                for word in (*(code.text for code in item.codes), *_FOLDER_SPOKEN_OF.findall(item.text)):
                    folder = posixpath.normpath(word.strip().replace("\\", "/")).strip("./")
                    if folder and self.facts.snapshot.is_folder(folder):
                        self.entered.setdefault(folder, None)

    def _of_command(self, each: Documented, directory: str | None) -> Generator[Missing, None, str | None]:
        windows = is_windows_only(each.command)
        for call in each.command.calls:
            plain = unwrapped(call)
            name = program_name(plain)
            if name in {"cd", "pushd", "chdir", "popd"}:
                directory, lacking = self._enter(plain, directory, each)
                if lacking is not None and not windows:
                    yield lacking
                continue
            if directory is not None and not windows:
                for reference in references(call):
                    if reference.directory and self.facts.snapshot.is_folder(reference.directory):
                        self.entered.setdefault(posixpath.normpath(reference.directory).removeprefix("."), None)
                    lacking = self._judge(each, reference, directory)
                    if lacking is not None:
                        yield lacking
            self._note_made(plain, directory or "")
        self._note_redirected(each.command.text)
        return directory

    # Where commands run ---------------------------------------------------------------------------------------

    def _enter(self, call: Call, directory: str | None, each: Documented) -> tuple[str | None, Missing | None]:
        if directory is None:
            return self._enter_from_outside(call), None
        after = directory_after(call, directory)
        if after is None:
            return None, None
        last = after.rpartition("/")[2]
        if last in self.others:
            return None, None
        if last in self.clones:  # the clone, even where a folder inside is called the same
            return "", None
        if self.facts.snapshot.is_folder(after):
            if not directory and self._is_the_checkout(last) and not self._is_a_home(after):
                return "", None
            self.entered.setdefault(after, None)
            return after, None
        from_root = directory_after(call, "")
        if from_root and self.facts.snapshot.is_folder(from_root):
            self.entered.setdefault(from_root, None)
            return from_root, None
        if self.cloned or self._is_the_checkout(last):
            return "", None
        if self._is_explained(after) or not any(ref.kind == "folder" for ref in references(call)):
            return None, None
        return None, Missing(each, "folder", after)

    def _enter_from_outside(self, call: Call) -> str | None:
        word = call.words[1] if len(call.words) > 1 else ""
        name = word.rstrip("/").rpartition("/")[2]
        return "" if self.cloned or self._is_the_checkout(name) else None

    def _is_a_home(self, folder: str) -> bool:
        """Whether a folder is more than the package: it has a project or a runner of its own."""
        names = set(self.facts.snapshot.folder(folder))
        return not names.isdisjoint({"pyproject.toml", "setup.py", "Makefile", "package.json", "noxfile.py", "tox.ini"})

    def _is_the_checkout(self, name: str) -> bool:
        """Whether a name is that of the project or its repository."""
        return normalised(name) in _own_names(self.facts) or normalised(name.removeprefix("python-")) in _own_names(
            self.facts
        )

    # What commands make ---------------------------------------------------------------------------------------

    def _note_made(self, call: Call, directory: str) -> None:
        name, words = program_name(call), call.words[1:]
        plain = [word for word in words if not word.startswith("-")]
        made: list[str] = []
        if name in {"git", "gh", "hg"} and "clone" in words:
            self._note_clone([word for word in plain if word not in {"repo", "clone"}])
        elif name in {"tar", "unzip", "cookiecutter", "copier", "cruft"}:
            self.cloned = True  # what it unpacks may be the project itself
        elif name == "git" and "worktree" in words:
            made = plain[2:]
        elif name in {"cp", "mv", "ln", "copy"}:
            made = plain[-1:]
        elif name in {
            "mkdir",
            "touch",
            "virtualenv",
            "vim",
            "vi",
            "nano",
            "code",
            "emacs",
            "edit",
            "tee",
            "dropdb",
            "sqlite3",
        }:
            made = plain
        elif (name == "python" and plain[:1] in (["venv"], ["virtualenv"])) or (name == "uv" and plain[:1] == ["venv"]):
            made = plain[1:]
        elif name in {"curl", "wget"}:
            made = [word.rpartition("/")[2] for word in plain]
        made += [value for option, value in pairwise(words) if option in {"-o", "--output", "-O"}]
        made += [word.partition("=")[2] for word in words if word.startswith(("--output=", "--output-file="))]
        for path in made:
            cleaned = posixpath.normpath(path.replace("\\", "/"))
            self.made |= {cleaned, posixpath.normpath(posixpath.join(directory, cleaned))}

    def _note_clone(self, words: list[str]) -> None:
        """Note the folder a clone makes: of this repository, or of another one that the page also works in."""
        names = [re.split(r"[/:]", word.rstrip("/"))[-1].removesuffix(".git") for word in words[:2]]
        own = bool(names) and (self._is_the_checkout(names[0]) or not re.fullmatch(r"[\w.-]+", names[0]))
        self.cloned = self.cloned or own
        (self.clones if own else self.others).update(names[-1:])

    def _note_redirected(self, text: str) -> None:
        self.made |= {posixpath.normpath(target) for target in re.findall(r">>?\s*([\w./-]+)", text)}

    def _is_explained(self, path: str) -> bool:
        """Whether a path that is not in the repository may still be there on the contributor's machine."""
        parts = path.split("/")
        starts = {"/".join(parts[: end + 1]) for end in range(len(parts))}
        return (
            not starts.isdisjoint(self.made)
            or bool(_OUTPUT.search(path))
            or not starts.isdisjoint(_submodules(self.facts))
            or _is_git_ignored(self.facts, path)
        )

    # Judging one reference ------------------------------------------------------------------------------------

    def _judge(self, each: Documented, reference: Reference, directory: str) -> Missing | None:
        if each.inline and (self._speaks_of_elsewhere(each.lead) or reference.name not in each.command.text):
            return None  # a file that a bare command would take is not named
        if reference.kind in _PATHS:
            return self._judge_path(each, reference, directory)
        if reference.directory.startswith("..") or "$" in reference.directory:
            return None
        folders = self._folders(reference, directory)
        if reference.kind == "target":
            # Sphinx brings a Makefile of its own; the step into its folder is often left out.
            folders += [folder for folder in ("docs", "doc") if self.facts.snapshot.has(f"{folder}/Makefile")]
        homes = [_home(self.facts, folder) for folder in dict.fromkeys(folders)]
        configured = [home for home in homes if _configures(self.facts, home, reference.kind)]
        homes = configured or homes[:1]
        if not homes:
            return None
        judged = [_known(self.facts, home, reference) for home in homes]
        if any(known is None for known in judged):
            return None
        known = tuple(dict.fromkeys(name for names in judged for name in names or ()))
        is_there = bool(configured)
        if reference.kind == "target" and not (directory or reference.directory or self._has_makefile_in_root()):
            known, is_there = (), False  # what the documentation's own Makefile offers is not what is meant
        instead = next((found for home in homes if (found := _instead(home, each, reference))), "")
        return Missing(each, reference.kind, reference.name, known, instead, is_there)

    def _has_makefile_in_root(self) -> bool:
        return _configures(self.facts, _home(self.facts, ""), "target")

    def _folders(self, reference: Reference, directory: str) -> list[str]:
        """The folders where a name may be configured; a folder that does not exist is its own finding."""
        if reference.directory:
            starts = dict.fromkeys([directory, *self.entered])
            found = [posixpath.normpath(posixpath.join(start, reference.directory)) for start in starts]
            return [folder for folder in found if self.facts.snapshot.is_folder(folder)]
        return list(dict.fromkeys([directory, *self.entered]))

    def _speaks_of_elsewhere(self, lead: str) -> bool:
        return any(not self._is_the_checkout(name) for name in _ELSEWHERE.findall(lead))

    def _judge_path(self, each: Documented, reference: Reference, directory: str) -> Missing | None:
        snapshot = self.facts.snapshot
        starts = dict.fromkeys([directory, *self.entered])
        if reference.directory:
            starts = dict.fromkeys(posixpath.join(start, reference.directory) for start in starts)
        candidates = [posixpath.normpath(posixpath.join(start, reference.name)) for start in starts]
        first, _, rest = reference.name.partition("/")
        if rest and (first in self.clones or self._is_the_checkout(first)):
            candidates.append(rest)
        if any(snapshot.has(path) or snapshot.is_folder(path) for path in candidates):
            return None
        if any(self._is_explained(path) for path in candidates) or self._is_example(each, reference):
            return None
        bare = "/" not in reference.word.strip("./") and not reference.word.startswith("./")
        programs = {program_name(unwrapped(call)) for call in each.command.calls}
        if bare and reference.kind == "folder" and not programs & {"pytest", "cd", "sphinx-build"}:
            return None  # a word without slash and ending may be anything
        return Missing(each, reference.kind, candidates[0], self._files_alike(reference))

    def _is_example(self, each: Documented, reference: Reference) -> bool:
        """Whether a file stands for any: called `script.py`, introduced as an example, with a test's name behind it."""
        if _EXAMPLE_SCRIPT.fullmatch(reference.name):
            return True
        if reference.kind not in {"file", "folder"} or program_name(unwrapped(each.command.calls[0])) in {"cat", "cp"}:
            return False
        if each.inline or "::" in each.command.text:
            return True
        return bool(_EXAMPLE_LEAD.search(each.lead)) and not self._has_moved(reference)

    def _has_moved(self, reference: Reference) -> bool:
        """Whether one file of that name is elsewhere: an example that was true once."""
        name = reference.name.rpartition("/")[2]
        return reference.kind == "file" and name.startswith("test_") and len(self._files_alike(reference)) == 1

    def _files_alike(self, reference: Reference) -> tuple[str, ...]:
        name = reference.name.rpartition("/")[2]
        files = [path for path in self.facts.snapshot.files if path.rpartition("/")[2] == name]
        if reference.kind == "requirements":
            from pytest_sprintready.facts.configuration import requirements_files

            files = [path for path in requirements_files(self.facts) if not path.startswith(("tests/", "test/"))]
        return tuple(files[:50])


def _configures(facts: Facts, home: _Home, kind: str) -> bool:
    """Whether a folder holds what would declare a name of that kind."""
    if kind in {"extra", "group", "group-or-extra"}:
        return bool(home.project.files)
    if kind == "hook":
        return facts.snapshot.has(posixpath.join(home.folder, ".pre-commit-config.yaml"))
    if kind == "npm-script":
        return facts.snapshot.has(posixpath.join(home.folder, "package.json"))
    runner = "nox" if kind == "tag" else _RUNNER_OF.get(kind, "")
    return any(file.runner == runner for file in home.task_files)


def _known(facts: Facts, home: _Home, reference: Reference) -> tuple[str, ...] | None:
    """Return the names of that kind a folder knows, None where the name is one of them or nobody can tell."""
    kind, name = reference.kind, reference.name
    project = home.project
    if kind in {"extra", "group", "group-or-extra"}:
        return _known_dependencies(facts, home, kind, name)
    if kind == "hook":
        return _known_hooks(facts, home.folder, name)
    if kind == "npm-script":
        return _known_npm_scripts(facts, home.folder, name)
    if kind == "tag":
        files = [file for file in home.task_files if file.runner == "nox"]
        if any(file.open_ended for file in files):
            return None
        tags = tuple(dict.fromkeys(tag for file in files for task in file.tasks for tag in task.tags))
        return None if name in tags else tags
    runner = _RUNNER_OF.get(kind)
    if runner is None:
        return None
    return _known_tasks(home, runner, reference, project)


def _known_tasks(home: _Home, runner: str, reference: Reference, project: Project) -> tuple[str, ...] | None:
    from pytest_sprintready.reading.runners import accepts

    files = [file for file in home.task_files if file.runner == runner]
    if runner == "make" and home.folder in {"docs", "doc"} and reference.name not in _SPHINX_TARGETS:
        files = [file._replace(open_ended=False) for file in files]  # its pattern rule hands all names to Sphinx
    if reference.file and not any(file.path == posixpath.basename(reference.file) for file in files):
        return None
    if any(accepts(file, reference.name) for file in files):
        return None
    if not files:
        # tox, hatch and pdm know environments without configuration, and runners find files in other places.
        return () if runner in {"nox", "make", "just"} else None
    if reference.kind == "hatch-env":
        environments = tuple(dict.fromkeys(name for file in files for name in file.factors))
        return None if reference.name in environments or reference.name.startswith("hatch-") else environments
    names = tuple(dict.fromkeys(task.name for file in files for task in file.tasks))
    if runner in {"hatch", "pdm", "pixi"}:
        # `run` takes any installed program too: only a name that looks like one of theirs is a mistake.
        bare = reference.name.rpartition(":")[2]
        installed = {*project.scripts, *(word for group in project.extras for word in [group])}
        if bare in installed or not _closest(reference.name, names):
            return None
    return names


def _known_dependencies(facts: Facts, home: _Home, kind: str, name: str) -> tuple[str, ...] | None:
    project = home.project
    if not project.files or project.problems:
        return None
    wanted = normalised(name)
    extras, groups = project.extras, project.groups
    if kind in {"extra", "group-or-extra"}:
        if wanted in extras or _extras_are_open(facts, home):
            return None
        if kind == "extra":
            return tuple(extras)
    if wanted in groups or (kind == "group-or-extra" and wanted in extras):
        return None
    if project.workspace_members:
        return None
    return tuple(groups) if kind == "group" else (*groups, *extras)


def _extras_are_open(facts: Facts, home: _Home) -> bool:
    """Whether extras beyond those read may exist: computed in setup.py, or by the build backend."""
    if "optional-dependencies" in home.project.dynamic and not home.project.extras:
        return True
    path = f"{home.folder}/setup.py" if home.folder else "setup.py"
    script = facts.text(path) or ""
    if "extras_require" not in script:
        return "optional-dependencies" in home.project.dynamic and "metadata.hooks" in _pyproject(facts, home.folder)
    # A literal dictionary is read; one that code adds to is not.
    return bool(
        re.search(r"extras?(_require)?\w*\s*\[[^\]]+\]\s*\+?=|\.update\(|for\s+\w+.*\bin\b.*extra", script)
    ) or not any(group.place.path == path for group in home.project.extras.values())


def _pyproject(facts: Facts, folder: str) -> str:
    return facts.text(f"{folder}/pyproject.toml" if folder else "pyproject.toml") or ""


def _known_hooks(facts: Facts, folder: str, name: str) -> tuple[str, ...] | None:
    text = facts.text(f"{folder}/.pre-commit-config.yaml" if folder else ".pre-commit-config.yaml")
    if text is None:
        return None if facts.snapshot.has("prek.toml") or facts.snapshot.has(".pre-commit-config.yml") else ()
    names = tuple(dict.fromkeys(re.findall(r"\b(?:id|alias)[\"']?\s*:\s*[\"']?([\w.-]+)", text)))
    return None if name in names else names


def _known_npm_scripts(facts: Facts, folder: str, name: str) -> tuple[str, ...] | None:
    import json

    text = facts.text(f"{folder}/package.json" if folder else "package.json")
    if text is None:
        return None if any(path.endswith("/package.json") for path in facts.snapshot.files) else ()
    try:
        tables = json.loads(text)
    except (ValueError, RecursionError):
        return None
    scripts = tables.get("scripts") if isinstance(tables, dict) else None
    names = tuple(scripts) if isinstance(scripts, dict) else ()
    return None if name in names or not isinstance(tables, dict) or "workspaces" in tables else names


def _instead(home: _Home, each: Documented, reference: Reference) -> str:
    """How to ask for a name that exists, but as something else: an extra that is a group, a group that is an extra."""
    wanted = normalised(reference.name)
    if reference.kind == "extra" and wanted in home.project.groups:
        return f"--group {reference.name}"
    if reference.kind == "group" and wanted in home.project.extras:
        pip = re.search(r"\bpip\b", each.command.text)
        return f'".[{reference.name}]"' if pip else f"--extra {reference.name}"
    return ""


def _closest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like this one, "" where none is close."""
    import difflib

    return next(iter(difflib.get_close_matches(name, list(known)[:_MOST_COMPARED], 1, 0.7)), "")


def nearest(lacking: Missing) -> str:
    """Return the existing name that a missing one most likely means, "" where none is close."""
    if lacking.kind in _PATHS:
        wanted = lacking.name.rpartition("/")[2]
        same = [path for path in lacking.known if path.rpartition("/")[2] == wanted]
        if same:
            return same[0] if len(same) == 1 else ""
    return _closest(lacking.name, lacking.known)


def configuration_of(lacking: Missing) -> str:
    """Return the file that would declare what is missing, in words; "" for a path."""
    return _CONFIGURED_BY.get(lacking.kind, "")


# What git knows ---------------------------------------------------------------------------------------------------


@once
def _own_names(facts: Facts) -> frozenset[str]:
    """Return what the project and its repository are called, as far as metadata, remotes and the folder tell."""
    addresses = [*facts.project.urls.values(), *facts.snapshot.remotes.values(), facts.snapshot.name]
    names = {facts.project.name}
    for address in addresses:
        parts = [part.removesuffix(".git") for part in re.split(r"[/\\:]", address.rstrip("/"))]
        names |= {normalised(part) for part in (parts[4:5] if "://" in address else parts[-1:])}
    return frozenset(names - {""})


@once
def _submodules(facts: Facts) -> frozenset[str]:
    return frozenset(re.findall(r"^[ \t]*path[ \t]*=[ \t]*(\S+)", facts.text(".gitmodules") or "", re.MULTILINE))


def _is_git_ignored(facts: Facts, path: str) -> bool:
    """Whether the root's .gitignore, or that of a folder above, covers a path (https://git-scm.com/docs/gitignore)."""
    parts = path.split("/")
    for depth in range(len(parts)):
        folder = "/".join(parts[:depth])
        text = facts.text(f"{folder}/.gitignore" if folder else ".gitignore")
        if text and _covers(text, "/".join(parts[depth:])):
            return True
    return False


def _covers(ignore: str, path: str) -> bool:
    from fnmatch import fnmatchcase

    parts = path.split("/")
    starts = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    ignored = False
    for line in ignore.splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        negated = pattern.startswith("!")
        pattern = pattern.lstrip("!").rstrip("/")
        anchored = "/" in pattern
        pattern = pattern.lstrip("/").replace("**/", "*")
        if any(fnmatchcase(start if anchored else start.rpartition("/")[2], pattern) for start in starts):
            ignored = not negated
    return ignored
