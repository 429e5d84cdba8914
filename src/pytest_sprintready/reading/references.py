"""What a command line takes for granted in the repository: extras, groups, sessions, targets, scripts, files."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.arguments import (
    MAKE_VALUED,
    NOX_MANY,
    NOX_VALUED,
    PIP_VALUED,
    PIXI_VALUED,
    PYTEST_FLAGS,
    PYTEST_VALUED,
    TOX_MANY,
    TOX_VALUED,
    UV_VALUED,
    Arguments,
    expanded,
    parsed,
    python_parts,
    split_outside_braces,
    word_set,
)
from pytest_sprintready.reading.launchers import launched
from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.shell import is_program, program_name, unwrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytest_sprintready.reading.command import Call


class Reference(NamedTuple):
    """Something of the repository that a call names.

    `kind` is one of

    - what metadata declares: "extra", "group", "group-or-extra" (pdm says both with `-G`);
    - what runners declare: "session" and "tag" (nox), "tox-env", "factor" and "label" (tox), "target" (make),
      "recipe" (just), "hatch-script" ("env:script" as typed), "hatch-env", "pdm-script", "poe-task", "pixi-task",
      "pixi-env", "invoke-task", "spin-command", "task" (taskipy or Taskfile), "npm-script", "hook" (pre-commit);
    - paths relative to where the call runs: "requirements", "script", "file", "folder" (the last two are guesses
      by the name where it has no ending);
    - "module" (`python -m name`), which may as well be an installed one.

    `name` is what must exist, `word` the word as typed. `directory` is where the runner is told to look (`-C dir`),
    `file` the configuration it is told to use (`-f file`).
    """

    kind: str
    name: str
    word: str
    directory: str = ""
    file: str = ""


# --- placeholders and paths -------------------------------------------------------------------------------------

_NOT_A_NAME = pattern(r"[<>{}$*?`%]|\.\.\.|…|\bX+\b|\d\.?X|XX|^-|\s")
_EXAMPLE_PART = pattern(
    r"(?:^|[/_.-])(?:your?|my|my(?:file|module|test|script|app|project|package|python)\w*|some|something|some_?thing|foo|bar|baz|xxx+|xyz|yyy+|abc|name|file|filename|module|path|"
    r"whatever|blah|specific)(?=$|[/_.\d-])",
    re.IGNORECASE,
)
_FILE_ENDING = pattern(r"\.[A-Za-z][\w]{0,9}$")


_EXAMPLE_NAME = pattern(
    r"(?:your|my|some)[_-]?(?:env|session|task|target|group|extra|test|feature|name)?|(?:env|environment|session|task|target|"
    r"group|extra|recipe|script|test|tag|label|factor)?[_-]?name",
    re.IGNORECASE,
)


def _is_name(word: str) -> bool:
    return bool(word) and not _NOT_A_NAME.search(word) and not _EXAMPLE_NAME.fullmatch(word)


def _path(word: str) -> str:
    """Return a word as a path inside the repository ("docs/conf.py"), "" if it is none or only an example."""
    path = word.replace("\\", "/")
    if not _is_name(path) or path.startswith(("/", "~")) or ":" in path or "@" in path or _EXAMPLE_PART.search(path):
        return ""
    path = posixpath.normpath(path)
    return "" if path in {".", ".."} or path.startswith("../") else path


def _paths(words: Sequence[str], kind: str = "") -> Iterator[Reference]:
    for word in words:
        path = _path(word)
        if path:
            guess = "file" if _FILE_ENDING.search(path) and not word.endswith(("/", "\\")) else "folder"
            yield Reference(kind or guess, path, word)


def _names(kind: str, words: Sequence[str], directory: str = "", file: str = "") -> Iterator[Reference]:
    for word in words:
        if _is_name(word):
            yield Reference(kind, word, word, directory, file)


def _split(values: Sequence[str]) -> list[str]:
    return [part for value in values for part in re.split(r"[,\s]+", value) if part]


# --- installers --------------------------------------------------------------------------------------------------

_LOCAL_SPEC = pattern(r"((?:file:)?[./\\\w-]*)\[([\w\s,.-]+)\]")


def _pip_install(arguments: Arguments) -> Iterator[Reference]:
    for word in arguments.values("-r", "--requirement", "-c", "--constraint", "--overrides", "--override"):
        yield from _paths([word], "requirements")
    for word in arguments.values("--group"):
        yield from _pip_group(word)
    yield from _names("extra", arguments.values("--extra"))
    editable = arguments.values("-e", "--editable")
    for spec in [*editable, *arguments.words]:
        yield from _local_project(spec.removeprefix("file:"), editable=spec in editable)


def _pip_group(word: str) -> Iterator[Reference]:
    """`--group name` or `--group path/pyproject.toml:name`."""
    path, colon, name = word.rpartition(":")
    if colon and _path(path):
        yield Reference("file", _path(path), path)
    if _is_name(name):
        yield Reference("group", name, word, posixpath.dirname(path), path)


def _local_project(spec: str, *, editable: bool) -> Iterator[Reference]:
    """`.[test]`, `./sub[dev]`; an installed name (`numpy[all]`) is none of ours, unless editable."""
    named = _LOCAL_SPEC.match(spec)
    place = (named[1] if named else spec).replace("\\", "/")
    if not (editable or place.startswith(".")) or "://" in spec or "+" in spec or "@" in place:
        return
    directory = posixpath.normpath(place or ".")
    if place.endswith((".whl", ".gz", ".zip")):
        return
    if directory not in {".", ".."} and _path(place):
        yield Reference("folder", _path(place), spec)
    if named and not directory.startswith(".."):
        for extra in _split([named[2]]):
            if _is_name(extra):
                yield Reference("extra", extra, spec, "" if directory == "." else directory)


def _pip(words: Sequence[str]) -> Iterator[Reference]:
    arguments = parsed(words, PIP_VALUED)
    verb = arguments.words[0] if arguments.words else ""
    taken = arguments._replace(words=arguments.words[1:])
    if verb in {"install", "wheel", "download"}:
        yield from _pip_install(taken)
    elif verb in {"sync", "compile"}:
        yield from _paths(taken.words, "requirements")
        yield from _pip_install(taken._replace(words=[]))
    elif verb == "uninstall":
        yield from _paths(arguments.values("-r", "--requirement"), "requirements")


def _uv(words: Sequence[str]) -> Iterator[Reference]:
    before = parsed(words, UV_VALUED, stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    directory = before.last("--directory", "--project")
    if verb == "pip":
        yield from _pip(rest)
        return
    if verb not in {"sync", "run", "export", "add", "lock", "tree", "remove", "build"}:
        return
    arguments = parsed(rest, UV_VALUED, stop_at_word=verb == "run")
    directory = _path(arguments.last("--directory", "--project") or directory)
    if verb not in {"add", "remove"}:
        yield from _names("group", arguments.values("--group", "--only-group", "--no-group"), directory)
        yield from _names("extra", _split(arguments.values("--extra", "--no-extra")), directory)
    yield from _paths(arguments.values("--with-requirements", "--requirements"), "requirements")


def _poetry(words: Sequence[str]) -> Iterator[Reference]:
    before = parsed(words, word_set("-C --directory -P --project"), stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    directory = _path(before.last("-C", "--directory", "-P", "--project"))
    if verb in {"install", "sync", "update", "export", "lock", "show"}:
        arguments = parsed(rest, word_set("-E --extras --with --without --only -C --directory -f --format -o --output"))
        yield from _names("extra", _split(arguments.values("-E", "--extras")), directory)
        groups = [name for name in _split(arguments.values("--with", "--without", "--only")) if name != "main"]
        yield from _names("group", groups, directory)


_PDM_VERBS = word_set(
    "add build cache completion config export fix import info init install list lock outdated plugin publish py python "
    "remove run search self show sync update use venv x --help -h --version -V"
)


def _pdm(words: Sequence[str]) -> Iterator[Reference]:
    before = parsed(words, word_set("-c --config"), stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    if verb == "run":
        arguments = parsed(rest, word_set("-p --project"), stop_at_word=True)
        if arguments.rest and not is_program(arguments.rest[0]):
            yield from _names("pdm-script", arguments.rest[:1], _path(arguments.last("-p", "--project")))
    elif verb in {"install", "sync", "update", "export", "lock"}:
        arguments = parsed(rest, word_set("-G --group --with --without -p --project -L --lockfile -f --format -o"))
        names = [name for name in _split(arguments.values("-G", "--group", "--with", "--without")) if name[0] != ":"]
        yield from _names("group-or-extra", names, _path(arguments.last("-p", "--project")))
    elif verb not in _PDM_VERBS and not verb.startswith("-"):
        yield from _names("pdm-script", [verb])


def _conda(words: Sequence[str]) -> Iterator[Reference]:
    valued = word_set("-f --file -n --name -p --prefix -c --channel --solver")
    arguments = parsed(words, valued)
    verbs = arguments.words[:2]
    files = arguments.values("-f", "--file")
    if verbs[:1] in (["create"], ["install"], ["update"]) or verbs[:1] == ["env"]:
        yield from _paths(files, "requirements")
    if verbs in (["env", "create"], ["env", "update"]) and not files and len(arguments.words) == 2:
        yield Reference("requirements", "environment.yml", "env " + verbs[1])


# --- runners -----------------------------------------------------------------------------------------------------


def _nox(words: Sequence[str]) -> Iterator[Reference]:
    arguments = parsed(words, NOX_VALUED, NOX_MANY)
    file = _path(arguments.last("-f", "--noxfile"))
    if file:
        yield Reference("file", file, arguments.last("-f", "--noxfile"))
    place = (posixpath.dirname(file), file)
    yield from _names("session", arguments.values("-s", "-e", "--session", "--sessions"), *place)
    yield from _names("tag", arguments.values("-t", "--tag", "--tags"), *place)


def _tox(words: Sequence[str]) -> Iterator[Reference]:
    arguments = parsed(words, TOX_VALUED, TOX_MANY)
    config = _path(arguments.last("-c", "--conf"))
    directory = _path(arguments.last("--root"))
    if config and _FILE_ENDING.search(config):
        yield Reference("file", config, config)
        directory = directory or posixpath.dirname(config)
    elif config:
        directory, config = config, ""
    for value in arguments.values("-e", "--env"):
        for env in split_outside_braces(value):
            names = [name for name in expanded(env) if name != "ALL"]
            yield from _names("tox-env", names, directory, config)
    yield from _names("factor", arguments.values("-f"), directory, config)
    yield from _names("label", arguments.values("-m", "--labels"), directory, config)


def _make(words: Sequence[str]) -> Iterator[Reference]:
    arguments = parsed(words, MAKE_VALUED)
    directory = arguments.last("-C", "--directory")
    file = arguments.last("-f", "--file", "--makefile")
    if (directory and not _is_name(directory)) or (file and not _is_name(file)):
        return
    yield from _paths([directory] if directory else [], "folder")
    if file:
        yield from _paths([posixpath.join(directory, file)], "file")
    after_jobs = {index + 1 for index, word in enumerate(words) if word in {"-j", "--jobs", "-l"}}
    numbers = {words[index] for index in after_jobs if index < len(words) and words[index].isdigit()}
    targets = [word for word in arguments.words if "=" not in word and word not in numbers]
    yield from _names("target", targets, directory, file)


def _first_word(
    kind: str, valued: str = "", directory_option: str = ""
) -> Callable[[Sequence[str]], Iterator[Reference]]:
    """Return a reader for runners whose first word is the task and whose other words belong to the task."""
    takes_value = word_set(valued)

    def read(words: Sequence[str]) -> Iterator[Reference]:
        arguments = parsed(words, takes_value, stop_at_word=True)
        names = [word for word in arguments.rest if "=" not in word][:1]
        directory = arguments.last(*directory_option.split()) if directory_option else ""
        yield from _names(kind, names, directory)

    return read


_just_recipe = _first_word(
    "recipe", "-d --working-directory --shell --color --dotenv-path -E", "-d --working-directory"
)


def _just(words: Sequence[str]) -> Iterator[Reference]:
    kept = list(words)
    file = ""
    while kept and kept[0] in {"-f", "--justfile", "--set"}:
        if kept[0] != "--set":
            file = (kept[1:2] or [""])[0]
        kept = kept[3 if kept[0] == "--set" else 2 :]
    for reference in _just_recipe(kept):
        yield reference._replace(file=file, directory=reference.directory or posixpath.dirname(file))


def _hatch(words: Sequence[str]) -> Iterator[Reference]:
    before = parsed(words, word_set("-e --env -p --project --data-dir --cache-dir --config"), stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    env = before.last("-e", "--env")
    if verb == "env" and rest[:1] == ["run"]:
        arguments = parsed(rest[1:], word_set("-e --env -i --include -x --exclude -f --filter"), stop_at_word=True)
        yield from _hatch_script(arguments.last("-e", "--env"), arguments.rest)
    elif verb == "env" and rest[:1] in (["create"], ["remove"], ["find"]):
        yield from _names("hatch-env", [word for word in rest[1:2] if not word.startswith("-")])
    elif verb == "shell":
        yield from _names("hatch-env", [word for word in rest[:1] if not word.startswith("-")])
    elif verb == "run":
        selected = [word for word in rest if not re.match(r"[+-][\w-]+(?:=|$)", word)]
        yield from _hatch_script(env, selected)


def _hatch_script(env: str, words: Sequence[str]) -> Iterator[Reference]:
    if not words:
        return
    named, colon, script = words[0].rpartition(":")
    if colon and re.fullmatch(r"[\w.+-]+", named):
        env = named
    elif colon:
        script = words[0]
    if is_program(script) or not _is_name(script) or "/" in script or script.endswith(".py"):
        yield from _names("hatch-env", [env] if env else [])
    elif _is_name(f"{env}:{script}"):
        yield Reference("hatch-script", f"{env}:{script}" if env else script, words[0])


def _pixi(words: Sequence[str]) -> Iterator[Reference]:
    before = parsed(words, PIXI_VALUED, stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    if verb not in {"run", "r", "install", "i", "shell", "task"}:
        return
    arguments = parsed(rest, PIXI_VALUED, stop_at_word=True)
    manifest = _path(arguments.last("--manifest-path", "-m"))
    environments = [env for env in arguments.values("-e", "--environment") if env != "default"]
    yield from _names("pixi-env", environments, file=manifest)
    if verb in {"run", "r"} and arguments.rest and not is_program(arguments.rest[0]):
        yield from _names("pixi-task", arguments.rest[:1], file=manifest)


def _npm(words: Sequence[str]) -> Iterator[Reference]:
    arguments = parsed(words, word_set("--prefix -C -w --workspace"))
    directory = arguments.last("--prefix", "-C")
    if arguments.words[:1] in (["run"], ["run-script"]):
        yield from _names("npm-script", arguments.words[1:2], directory)
    elif arguments.words[:1] == ["test"]:
        yield Reference("npm-script", "test", "test", directory)


def _pre_commit(words: Sequence[str]) -> Iterator[Reference]:
    valued = word_set("-c --config --hook-stage --stage --from-ref --to-ref -s -o --source --origin --color -j")
    arguments = parsed(words, valued, word_set("--files"))
    yield from _paths(arguments.values("-c", "--config"), "file")
    yield from _paths(arguments.values("--files"))
    if arguments.words[:1] == ["run"]:
        yield from _names("hook", arguments.words[1:2])


# --- programs with paths -----------------------------------------------------------------------------------------


def _pytest(words: Sequence[str]) -> Iterator[Reference]:
    arguments = parsed(words, PYTEST_VALUED, guess=PYTEST_FLAGS)
    yield from _paths(arguments.values("-c", "--config-file", "--cov-config"), "file")
    if any(name == "--pyargs" for name, _ in arguments.options):
        return
    for word in [*arguments.words, *arguments.rest]:
        path = word.split("::", 1)[0].split("[", 1)[0]
        if "." not in path or "/" in path or path.endswith((".py", ".txt", ".rst", ".md")):  # else a dotted name
            yield from _paths([path])


def _unittest(words: Sequence[str]) -> Iterator[Reference]:
    arguments = parsed(words, word_set("-s --start-directory -t --top-level-directory -p --pattern -k"))
    yield from _paths(arguments.values("-s", "--start-directory", "-t", "--top-level-directory"), "folder")
    first = arguments.words[:1]
    yield from _paths(
        arguments.words[1:2] if first == ["discover"] else [w for w in arguments.words if w.endswith(".py")]
    )


def _python(words: Sequence[str]) -> Iterator[Reference]:
    module, script, _ = python_parts(words)
    if module and _is_name(module) and not _EXAMPLE_PART.search(module):
        yield Reference("module", module, module)
    elif script and script.endswith(".py"):
        yield from _paths([script], "script")


def _shell(words: Sequence[str]) -> Iterator[Reference]:
    arguments = parsed(words, word_set("-o -O --rcfile"), stop_at_word=True)
    if not any("c" in name.lstrip("-") for name, _ in arguments.options if not name.startswith("--")):
        yield from _paths(arguments.rest[:1], "script")


def _source(words: Sequence[str]) -> Iterator[Reference]:
    """A file to source; what a tool makes first (an environment's activate, `.env`) need not be in the repository."""
    for word in words[:1]:
        name = word.replace("\\", "/").rpartition("/")[2]
        is_script = "/" in word.strip("./") or name.endswith((".sh", ".bash", ".zsh"))
        if is_script and not name.lower().startswith("activate") and "/bin/" not in word:
            yield from _paths([word], "script")


def _cd(words: Sequence[str]) -> Iterator[Reference]:
    yield from _paths(words[:1], "folder")


def _cp(words: Sequence[str]) -> Iterator[Reference]:
    arguments = parsed(words, word_set("-t --target-directory -S --suffix"))
    yield from _paths(arguments.words[:-1])


def _cat(words: Sequence[str]) -> Iterator[Reference]:
    yield from _paths([word for word in parsed(words).words if _FILE_ENDING.search(word)], "file")


_CONFIG_VALUED = word_set("-f --file --config-file --env-file -p --project-name -t --tag -e -v -w")


def _with_config(words: Sequence[str]) -> Iterator[Reference]:
    """`mkdocs serve -f file`, `docker build -f file`."""
    yield from _paths(parsed(words, _CONFIG_VALUED).values("-f", "--file", "--config-file"), "file")


def _compose(words: Sequence[str]) -> Iterator[Reference]:
    """`docker compose -f file up`; behind its own command `-f` means something else: `logs -f web` follows."""
    yield from _paths(parsed(words, _CONFIG_VALUED, stop_at_word=True).values("-f", "--file"), "file")


def _docker(words: Sequence[str]) -> Iterator[Reference]:
    if list(words[:1]) == ["compose"]:
        yield from _compose(words[1:])
    elif words and words[0] in {"build", "buildx"}:
        yield from _with_config(words)


def _sphinx(words: Sequence[str]) -> Iterator[Reference]:
    if words[:1] == ("-M",):
        words = words[2:]
    valued = word_set("-b --builder -d --doctree-dir -c --conf-dir -D --define -A --html-define -t --tag -j --jobs -w "
                  "--warning-file --port --host --watch --ignore --re-ignore --delay --pre-build")  # fmt: skip
    yield from _paths(parsed(words, valued).words[:1], "folder")


def _checked_paths(words: Sequence[str]) -> Iterator[Reference]:
    """Paths that linters and formatters are given: only words that can be nothing else."""
    for word in parsed(words, guess=frozenset()).words:
        if "/" in word or word.endswith((".py", ".pyi")):
            yield from _paths([word])


_READERS: dict[str, Callable[[Sequence[str]], Iterator[Reference]]] = {
    "pip": _pip,
    "pipx": _pip,
    "uv": _uv,
    "poetry": _poetry,
    "pdm": _pdm,
    "conda": _conda,
    "pip-sync": lambda words: _paths(parsed(words, PIP_VALUED).words, "requirements"),
    "pip-compile": lambda words: _paths(parsed(words, PIP_VALUED | {"-o"}).words, "requirements"),
    "nox": _nox,
    "tox": _tox,
    "make": _make,
    "just": _just,
    "hatch": _hatch,
    "pixi": _pixi,
    "npm": _npm,
    "invoke": _first_word("invoke-task", "-c --collection -r --search-root -f --config -T", "-r --search-root"),
    "spin": _first_word("spin-command", "-p --pyproject"),
    "poe": _first_word("poe-task", "-C --root --directory -e --executor", "-C --root --directory"),
    "task": _first_word("task", "-d --dir -t --taskfile", "-d --dir"),
    "pre-commit": _pre_commit,
    "prek": _pre_commit,
    "pytest": _pytest,
    "unittest": _unittest,
    "python": _python,
    "bash": _shell,
    "sh": _shell,
    "zsh": _shell,
    "source": _source,
    ".": _source,
    "cd": _cd,
    "pushd": _cd,
    "cp": _cp,
    "cat": _cat,
    "docker": _docker,
    "docker-compose": _compose,
    "mkdocs": _with_config,
    "sphinx-build": _sphinx,
    "sphinx-autobuild": _sphinx,
    "ruff": _checked_paths,
    "black": _checked_paths,
    "isort": _checked_paths,
    "flake8": _checked_paths,
    "mypy": _checked_paths,
    "pylint": _checked_paths,
}


def references(call: Call) -> tuple[Reference, ...]:
    """Return what a call, and the calls it launches (`uv run nox -s tests`), takes for granted in the repository.

    Paths are relative to the directory the call runs in (see directory_after) and POSIX. What reads as a placeholder
    (`<name>`, `$VAR`, `path/to/file`, `test_something.py`), lies outside the repository or is made by a tool is left
    out. A `cd` into the folder that a `git clone` before it makes is given like any other: the caller knows better.
    """
    found: list[Reference] = []
    current: Call | None = call
    for _ in range(8):
        if current is None:
            break
        current = unwrapped(current)
        if not current.words:
            break
        read = _READERS.get(program_name(current))
        if read is not None:
            found.extend(read(current.words[1:]))
        else:
            found.extend(_called_script(current.program))
        current = None if _moves(current) else launched(current)
    return tuple(dict.fromkeys(found))


def _moves(call: Call) -> bool:
    """Return whether a launcher goes to another directory first, so that paths behind it mean something else."""
    moving = ("--directory", "--cwd")
    return program_name(call) in {"uv", "conda"} and any(word.startswith(moving) for word in call.words)


def _called_script(program: str) -> Iterator[Reference]:
    path = program.replace("\\", "/")
    if "/" not in path or re.search(
        r"(?:^|[/.])(?:\w*env\w*|node_modules)(?:/|$)|/(?:bin|Scripts)/(?:activate|python|pip)", path
    ):
        return
    yield from _paths([program], "script")


def directory_after(call: Call, directory: str) -> str | None:
    """Return the directory ("" is the repository's root) a shell stands in after a call, None where nobody can tell."""
    call = unwrapped(call)
    if call.program == "popd":
        return None
    if call.program not in {"cd", "pushd", "chdir"}:
        return directory
    target = next((word for word in call.words[1:] if word not in {"--", "-P", "-L", "/d"}), "~")
    target = target.replace("\\", "/")
    if not target or target == "-" or target.startswith(("/", "~")) or re.search(r"[<>{}$*?`%:]", target):
        return None
    after = posixpath.normpath(posixpath.join(directory, target))
    if after == ".":
        return ""
    return None if after == ".." or after.startswith("../") else after
