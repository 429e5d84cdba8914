"""What a command line takes for granted in the repository: extras, groups, sessions, targets, scripts, files."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.command import Call
from pytest_sprintready.reading.shell import is_program, program_name, unwrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


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


class _Arguments(NamedTuple):
    options: list[tuple[str, str]]
    """Options with their values, "" for flags."""
    words: list[str]
    rest: list[str]
    """What follows `--`, or the first word where parsing stops there."""

    def values(self, *names: str) -> list[str]:
        return [value for name, value in self.options if name in names and value]

    def last(self, *names: str) -> str:
        return next(iter(reversed(self.values(*names))), "")


def _arguments(
    words: Sequence[str],
    valued: frozenset[str] = frozenset(),
    many: frozenset[str] = frozenset(),
    *,
    stop_at_word: bool = False,
    stop_after: frozenset[str] = frozenset(),
    guess: frozenset[str] | None = None,
) -> _Arguments:
    """Take a call's words after the program apart.

    `valued` options take one value, `many` all words up to the next option. With `guess` (the known flags), a word
    after an unknown long option is dropped, since nobody can tell whether it is its value. What follows the value of
    a `stop_after` option belongs to something else.
    """
    options: list[tuple[str, str]] = []
    plain: list[str] = []
    index = 0
    while index < len(words):
        word = words[index]
        index += 1
        if word == "--":
            return _Arguments(options, plain, list(words[index:]))
        if not word.startswith("-") or word == "-":
            if stop_at_word:
                return _Arguments(options, plain, list(words[index - 1 :]))
            plain.append(word)
            continue
        name, equals, value = word.partition("=")
        if not equals and not word.startswith("--") and len(word) > 2 and word not in valued and word not in many:
            name, value = _short(word, valued | many)
            equals = "=" if value else ""
        if equals:
            options.append((name, value))
        elif name in many:
            taken = 0
            while index < len(words) and not words[index].startswith("-"):
                options.append((name, words[index]))
                index += 1
                taken += 1
            if not taken:
                options.append((name, ""))
        elif name in valued and index < len(words):
            options.append((name, words[index]))
            index += 1
            if name in stop_after:
                return _Arguments(options, plain, list(words[index:]))
        else:
            options.append((name, ""))
            if guess is not None and word.startswith("--") and name not in guess and index < len(words):
                index += not words[index].startswith("-")
    return _Arguments(options, plain, [])


def _short(word: str, valued: frozenset[str]) -> tuple[str, str]:
    """Split `-rfile`, `-xk` and `-xkname` into the option that takes a value and the value that is glued to it."""
    for place in range(1, min(len(word), 6)):
        option = "-" + word[place]
        if option in valued:
            return option, word[place + 1 :].removeprefix("=")
        if not word[place].isalpha():
            break
    return word, ""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- placeholders and paths -------------------------------------------------------------------------------------

_NOT_A_NAME = re.compile(r"[<>{}$*?`%]|\.\.\.|…|\bX+\b|\d\.?X|XX|^-|\s")
_EXAMPLE_PART = re.compile(
    r"(?:^|[/_.-])(?:your?|my|my(?:file|module|test|script|app|project|package|python)\w*|some|something|some_?thing|foo|bar|baz|xxx+|xyz|yyy+|abc|name|file|filename|module|path|"
    r"whatever|blah|specific)(?=$|[/_.\d-])",
    re.IGNORECASE,
)
_FILE_ENDING = re.compile(r"\.[A-Za-z][\w]{0,9}$")


_EXAMPLE_NAME = re.compile(
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


def _expanded(word: str) -> list[str]:
    """Return what a word with braces stands for: `py{310,311}-x` is two names; at most 64, more are left alone."""
    done: list[str] = []
    waiting = [word]
    while waiting:
        if len(waiting) + len(done) > 64:
            return [word]
        current = waiting.pop(0)
        braces = re.search(r"\{([^{}]*,[^{}]*)\}", current)
        if braces is None:
            done.append(current)
        else:
            waiting.extend(
                current[: braces.start()] + part.strip() + current[braces.end() :] for part in braces[1].split(",")
            )
    return done


def _split_outside_braces(value: str) -> list[str]:
    return [part.strip() for part in re.findall(r"(?:[^,{}]|\{[^{}]*\})+", value) if part.strip()]


# --- installers --------------------------------------------------------------------------------------------------

_PIP_VALUED = _set(
    "-e --editable -r --requirement -c --constraint -t --target -i --index-url --extra-index-url -f --find-links "
    "--group --prefix --root --src --python-version --platform --python -p --progress-bar --upgrade-strategy "
    "--config-settings -C --cache-dir --trusted-host --only-binary --no-binary --report --log --timeout --retries "
    "--overrides --override -P --upgrade-package --reinstall-package --extra --resolution --index --default-index "
    "-b --build-constraint --build-constraints --torch-backend --prerelease"
)
_LOCAL_SPEC = re.compile(r"((?:file:)?[./\\\w-]*)\[([\w\s,.-]+)\]")


def _pip_install(arguments: _Arguments) -> Iterator[Reference]:
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
    arguments = _arguments(words, _PIP_VALUED)
    verb = arguments.words[0] if arguments.words else ""
    taken = arguments._replace(words=arguments.words[1:])
    if verb in {"install", "wheel", "download"}:
        yield from _pip_install(taken)
    elif verb in {"sync", "compile"}:
        yield from _paths(taken.words, "requirements")
        yield from _pip_install(taken._replace(words=[]))
    elif verb == "uninstall":
        yield from _paths(arguments.values("-r", "--requirement"), "requirements")


_UV_VALUED = _PIP_VALUED | _set(
    "--group --only-group --no-group --extra --no-extra --with -w --with-editable --with-requirements --package "
    "--env-file --directory --project --index-strategy --keyring-provider --fork-strategy --config-setting "
    "--config-file --link-mode --refresh-package --color --exclude-newer --python-platform --allow-insecure-host "
    "--no-build-package --no-binary-package --no-build-isolation-package --from --no-install-package -o --output-file "
    "--format"
) - {"-e", "-r", "-t", "-c"}  # fmt: skip


def _uv(words: Sequence[str]) -> Iterator[Reference]:
    before = _arguments(words, _UV_VALUED, stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    directory = before.last("--directory", "--project")
    if verb == "pip":
        yield from _pip(rest)
        return
    if verb not in {"sync", "run", "export", "add", "lock", "tree", "remove", "build"}:
        return
    arguments = _arguments(rest, _UV_VALUED, stop_at_word=verb == "run")
    directory = _path(arguments.last("--directory", "--project") or directory)
    if verb not in {"add", "remove"}:
        yield from _names("group", arguments.values("--group", "--only-group", "--no-group"), directory)
        yield from _names("extra", _split(arguments.values("--extra", "--no-extra")), directory)
    yield from _paths(arguments.values("--with-requirements", "--requirements"), "requirements")


def _poetry(words: Sequence[str]) -> Iterator[Reference]:
    before = _arguments(words, _set("-C --directory -P --project"), stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    directory = _path(before.last("-C", "--directory", "-P", "--project"))
    if verb in {"install", "sync", "update", "export", "lock", "show"}:
        arguments = _arguments(rest, _set("-E --extras --with --without --only -C --directory -f --format -o --output"))
        yield from _names("extra", _split(arguments.values("-E", "--extras")), directory)
        groups = [name for name in _split(arguments.values("--with", "--without", "--only")) if name != "main"]
        yield from _names("group", groups, directory)


_PDM_VERBS = _set(
    "add build cache completion config export fix import info init install list lock outdated plugin publish py python "
    "remove run search self show sync update use venv x --help -h --version -V"
)


def _pdm(words: Sequence[str]) -> Iterator[Reference]:
    before = _arguments(words, _set("-c --config"), stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    if verb == "run":
        arguments = _arguments(rest, _set("-p --project"), stop_at_word=True)
        if arguments.rest and not is_program(arguments.rest[0]):
            yield from _names("pdm-script", arguments.rest[:1], _path(arguments.last("-p", "--project")))
    elif verb in {"install", "sync", "update", "export", "lock"}:
        arguments = _arguments(rest, _set("-G --group --with --without -p --project -L --lockfile -f --format -o"))
        names = [name for name in _split(arguments.values("-G", "--group", "--with", "--without")) if name[0] != ":"]
        yield from _names("group-or-extra", names, _path(arguments.last("-p", "--project")))
    elif verb not in _PDM_VERBS and not verb.startswith("-"):
        yield from _names("pdm-script", [verb])


def _conda(words: Sequence[str]) -> Iterator[Reference]:
    valued = _set("-f --file -n --name -p --prefix -c --channel --solver")
    arguments = _arguments(words, valued)
    verbs = arguments.words[:2]
    files = arguments.values("-f", "--file")
    if verbs[:1] in (["create"], ["install"], ["update"]) or verbs[:1] == ["env"]:
        yield from _paths(files, "requirements")
    if verbs in (["env", "create"], ["env", "update"]) and not files and len(arguments.words) == 2:
        yield Reference("requirements", "environment.yml", "env " + verbs[1])


# --- runners -----------------------------------------------------------------------------------------------------

_NOX_MANY = _set("-s -e --session --sessions -t --tags --tag -p --pythons --python")
_NOX_VALUED = _set(
    "-k --keywords -f --noxfile -P --force-pythons --force-python --extra-pythons --extra-python -db "
    "--default-venv-backend -fb --force-venv-backend --report --envdir --no-venv-backend"
)


def _nox(words: Sequence[str]) -> Iterator[Reference]:
    arguments = _arguments(words, _NOX_VALUED, _NOX_MANY)
    file = _path(arguments.last("-f", "--noxfile"))
    if file:
        yield Reference("file", file, arguments.last("-f", "--noxfile"))
    place = (posixpath.dirname(file), file)
    yield from _names("session", arguments.values("-s", "-e", "--session", "--sessions"), *place)
    yield from _names("tag", arguments.values("-t", "--tag", "--tags"), *place)


_TOX_VALUED = _set(
    "-e --env -c --conf --workdir --work-dir --root --toxinidir -x --override --installpkg --install-pkg --result-json "
    "--hashseed --discover --color --skip-env -o --output --parallel-live --index-url -i --force-dep --parallel -p"
)
_TOX_MANY = _set("-f -m --labels")


def _tox(words: Sequence[str]) -> Iterator[Reference]:
    arguments = _arguments(words, _TOX_VALUED, _TOX_MANY)
    config = _path(arguments.last("-c", "--conf"))
    directory = _path(arguments.last("--root"))
    if config and _FILE_ENDING.search(config):
        yield Reference("file", config, config)
        directory = directory or posixpath.dirname(config)
    elif config:
        directory, config = config, ""
    for value in arguments.values("-e", "--env"):
        for env in _split_outside_braces(value):
            names = [name for name in _expanded(env) if name != "ALL"]
            yield from _names("tox-env", names, directory, config)
    yield from _names("factor", arguments.values("-f"), directory, config)
    yield from _names("label", arguments.values("-m", "--labels"), directory, config)


_MAKE_VALUED = _set(
    "-C --directory -f --file --makefile -I --include-dir -o --old-file -W --what-if --assume-new --assume-old --eval"
)


def _make(words: Sequence[str]) -> Iterator[Reference]:
    arguments = _arguments(words, _MAKE_VALUED)
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
    takes_value = _set(valued)

    def read(words: Sequence[str]) -> Iterator[Reference]:
        arguments = _arguments(words, takes_value, stop_at_word=True)
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
    before = _arguments(words, _set("-e --env -p --project --data-dir --cache-dir --config"), stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    env = before.last("-e", "--env")
    if verb == "env" and rest[:1] == ["run"]:
        arguments = _arguments(rest[1:], _set("-e --env -i --include -x --exclude -f --filter"), stop_at_word=True)
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


_PIXI_VALUED = _set("-e --environment --manifest-path -m -x --platform -p --frozen-path")


def _pixi(words: Sequence[str]) -> Iterator[Reference]:
    before = _arguments(words, _PIXI_VALUED, stop_at_word=True)
    if not before.rest:
        return
    verb, *rest = before.rest
    if verb not in {"run", "r", "install", "i", "shell", "task"}:
        return
    arguments = _arguments(rest, _PIXI_VALUED, stop_at_word=True)
    manifest = _path(arguments.last("--manifest-path", "-m"))
    environments = [env for env in arguments.values("-e", "--environment") if env != "default"]
    yield from _names("pixi-env", environments, file=manifest)
    if verb in {"run", "r"} and arguments.rest and not is_program(arguments.rest[0]):
        yield from _names("pixi-task", arguments.rest[:1], file=manifest)


def _npm(words: Sequence[str]) -> Iterator[Reference]:
    arguments = _arguments(words, _set("--prefix -C -w --workspace"))
    directory = arguments.last("--prefix", "-C")
    if arguments.words[:1] in (["run"], ["run-script"]):
        yield from _names("npm-script", arguments.words[1:2], directory)
    elif arguments.words[:1] == ["test"]:
        yield Reference("npm-script", "test", "test", directory)


def _pre_commit(words: Sequence[str]) -> Iterator[Reference]:
    valued = _set("-c --config --hook-stage --stage --from-ref --to-ref -s -o --source --origin --color -j")
    arguments = _arguments(words, valued, _set("--files"))
    yield from _paths(arguments.values("-c", "--config"), "file")
    yield from _paths(arguments.values("--files"))
    if arguments.words[:1] == ["run"]:
        yield from _names("hook", arguments.words[1:2])


# --- programs with paths -----------------------------------------------------------------------------------------

_PYTEST_VALUED = _set(
    "-k -m -n -p -c -o -r -W -d --maxfail --tb --cov --durations --durations-min --junitxml --junit-xml --rootdir "
    "--ignore --ignore-glob --deselect --confcutdir --basetemp --import-mode --capture --color --cov-report "
    "--cov-config --cov-fail-under --cov-context --numprocesses --dist --maxprocesses --timeout --timeout-method "
    "--ds --dc --reruns --reruns-delay --count --log-level --log-cli-level --log-file --log-file-level --html "
    "--splits --group --store-durations --asyncio-mode --doctest-glob --last-failed-no-failures --lfnf "
    "--verbosity --override-ini --config-file --hypothesis-profile --hypothesis-seed --browser --driver --tx "
    "--show-capture --pastebin --randomly-seed --pythonwarnings --benchmark-min-rounds --doctest-report "
    "--mpl-baseline-path --random-order-seed"
)
_PYTEST_FLAGS = _set(
    "--lf --last-failed --ff --failed-first --nf --new-first --sw --stepwise --pdb --trace --collect-only --co "
    "--strict --strict-markers --strict-config --doctest-modules --doctest-continue-on-failure --no-cov "
    "--cov-append --cov-branch --verbose --quiet --exitfirst --showlocals --no-header --no-summary --setup-show "
    "--setup-only --setup-plan --cache-clear --cache-show --markers --fixtures --version --help --runslow "
    "--run-slow --slow --benchmark-only --benchmark-skip --benchmark-disable --reuse-db --create-db "
    "--nomigrations --no-migrations --mpl --pyargs --noconftest --keep-duplicates --full-trace --disable-warnings "
    "--disable-pytest-warnings --forked --looponfail --snapshot-update --update-snapshots --headed "
    "--no-success-flaky-report --doctest-plus --debug --flake-finder"
)


def _pytest(words: Sequence[str]) -> Iterator[Reference]:
    arguments = _arguments(words, _PYTEST_VALUED, guess=_PYTEST_FLAGS)
    yield from _paths(arguments.values("-c", "--config-file", "--cov-config"), "file")
    if any(name == "--pyargs" for name, _ in arguments.options):
        return
    for word in [*arguments.words, *arguments.rest]:
        path = word.split("::", 1)[0].split("[", 1)[0]
        if "." not in path or "/" in path or path.endswith((".py", ".txt", ".rst", ".md")):  # else a dotted name
            yield from _paths([path])


def _unittest(words: Sequence[str]) -> Iterator[Reference]:
    arguments = _arguments(words, _set("-s --start-directory -t --top-level-directory -p --pattern -k"))
    yield from _paths(arguments.values("-s", "--start-directory", "-t", "--top-level-directory"), "folder")
    first = arguments.words[:1]
    yield from _paths(
        arguments.words[1:2] if first == ["discover"] else [w for w in arguments.words if w.endswith(".py")]
    )


def _python(words: Sequence[str]) -> Iterator[Reference]:
    module, script, _ = _python_parts(words)
    if module and _is_name(module) and not _EXAMPLE_PART.search(module):
        yield Reference("module", module, module)
    elif script and script.endswith(".py"):
        yield from _paths([script], "script")


def _python_parts(words: Sequence[str]) -> tuple[str, str, Sequence[str]]:
    """Return (module of -m, script, the words after it)."""
    index = 0
    while index < len(words) and words[index].startswith("-"):
        word = words[index]
        index += 1
        if word in {"-W", "-X", "--check-hash-based-pycs"}:
            index += 1
        elif word in {"-c", "-"}:
            return "", "", ()
        elif re.fullmatch(r"-[A-Za-z]*m", word):
            return (words[index] if index < len(words) else ""), "", words[index + 1 :]
    return "", (words[index] if index < len(words) else ""), words[index + 1 :]


def _shell(words: Sequence[str]) -> Iterator[Reference]:
    arguments = _arguments(words, _set("-o -O --rcfile"), stop_at_word=True)
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
    arguments = _arguments(words, _set("-t --target-directory -S --suffix"))
    yield from _paths(arguments.words[:-1])


def _cat(words: Sequence[str]) -> Iterator[Reference]:
    yield from _paths([word for word in _arguments(words).words if _FILE_ENDING.search(word)], "file")


def _with_config(words: Sequence[str]) -> Iterator[Reference]:
    """`docker compose -f file`, `mkdocs serve -f file` and the like."""
    arguments = _arguments(words, _set("-f --file --config-file --env-file -p --project-name -t --tag -e -v -w"))
    yield from _paths(arguments.values("-f", "--file", "--config-file"), "file")


def _sphinx(words: Sequence[str]) -> Iterator[Reference]:
    if words[:1] == ("-M",):
        words = words[2:]
    valued = _set("-b --builder -d --doctree-dir -c --conf-dir -D --define -A --html-define -t --tag -j --jobs -w "
                  "--warning-file --port --host --watch --ignore --re-ignore --delay --pre-build")  # fmt: skip
    yield from _paths(_arguments(words, valued).words[:1], "folder")


def _checked_paths(words: Sequence[str]) -> Iterator[Reference]:
    """Paths that linters and formatters are given: only words that can be nothing else."""
    for word in _arguments(words, guess=frozenset()).words:
        if "/" in word or word.endswith((".py", ".pyi")):
            yield from _paths([word])


_READERS: dict[str, Callable[[Sequence[str]], Iterator[Reference]]] = {
    "pip": _pip,
    "pipx": _pip,
    "uv": _uv,
    "poetry": _poetry,
    "pdm": _pdm,
    "conda": _conda,
    "pip-sync": lambda words: _paths(_arguments(words, _PIP_VALUED).words, "requirements"),
    "pip-compile": lambda words: _paths(_arguments(words, _PIP_VALUED | {"-o"}).words, "requirements"),
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
    "docker": _with_config,
    "docker-compose": _with_config,
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


# --- launchers ---------------------------------------------------------------------------------------------------

_UVX_VALUED = _UV_VALUED | {"-c"}
_MODULE = frozenset(["-m", "--module"])


def launched(call: Call) -> Call | None:
    """Return the call that a call starts in turn, None if it starts none that its words tell.

    `uv run --group x pytest -q` starts `pytest -q`, `python -m nox -s t` starts `nox -s t`, `sudo make` starts `make`.
    """
    plain = unwrapped(call)
    if plain.words != call.words:
        return plain
    name = program_name(call)
    words = call.words[1:]
    if name == "python":
        module, _, rest = _python_parts(words)
        return Call((module, *rest), call.env) if module else None
    started: Sequence[str] = ()
    if name == "uvx":
        started = _tool(words)
    elif name == "uv":
        started = _uv_started(words)
    elif name == "pipx" and words[:1] == ("run",):
        started = _arguments(words[1:], _set("--spec --python --pip-args --index-url"), stop_at_word=True).rest
    elif name in _RUNNERS_OF_PROGRAMS:
        started = _run_started(words, _RUNNERS_OF_PROGRAMS[name])
    elif name == "hatch":
        started = _hatch_started(words)
    elif name == "coverage" and words[:1] == ("run",):
        started = _coverage_started(words[1:])
    return Call(tuple(started), call.env) if started else None


def _tool(words: Sequence[str]) -> Sequence[str]:
    started = _arguments(words, _UVX_VALUED, stop_at_word=True).rest
    return (started[0].partition("@")[0], *started[1:]) if started else ()


def _uv_started(words: Sequence[str]) -> Sequence[str]:
    rest = _arguments(words, _UV_VALUED, stop_at_word=True).rest
    if rest[:2] == ["tool", "run"]:
        return _tool(rest[2:])
    if rest[:1] == ["pip"]:
        return ()
    if rest[:1] != ["run"]:
        return ()
    arguments = _arguments(rest[1:], _UV_VALUED | _MODULE, stop_at_word=True, stop_after=_MODULE)
    module = arguments.last("-m", "--module")
    if module:
        return ("python", "-m", module, *arguments.rest)
    if arguments.rest and arguments.rest[0].endswith(".py"):
        return ("python", *arguments.rest)
    return arguments.rest


# Launchers of the form `name [options] run [options] program`, with their options that take a value.
_RUNNERS_OF_PROGRAMS = {
    "poetry": _set("-C --directory -P --project"),
    "pdm": _set("-p --project -c --config"),
    "pipenv": _set("--python"),
    "rye": _set("--pyproject -p"),
    "pixi": _PIXI_VALUED,
    "conda": _set("-n --name -p --prefix --cwd"),
    "spin": frozenset(),
}


def _run_started(words: Sequence[str], valued: frozenset[str]) -> Sequence[str]:
    before = _arguments(words, valued, stop_at_word=True)
    if before.rest[:1] == ["poe"]:
        return before.rest
    if before.rest[:1] not in (["run"], ["r"]):
        return ()
    return _arguments(before.rest[1:], valued, stop_at_word=True).rest


def _hatch_started(words: Sequence[str]) -> Sequence[str]:
    rest = _arguments(words, _set("-e --env -p --project"), stop_at_word=True).rest
    if rest[:2] == ["env", "run"]:
        started = _arguments(rest[2:], _set("-e --env -i -x -f"), stop_at_word=True).rest
    elif rest[:1] == ["run"]:
        started = [word for word in rest[1:] if not re.match(r"[+][\w-]+(?:=|$)", word)]
        started[:1] = [word.rpartition(":")[2] for word in started[:1]]
    else:
        return ()
    return started if started and (is_program(started[0]) or "/" in started[0]) else ()


def _coverage_started(words: Sequence[str]) -> Sequence[str]:
    valued = _set("--source --include --omit --rcfile --context --concurrency --data-file") | _MODULE
    arguments = _arguments(words, valued, stop_at_word=True, stop_after=_MODULE)
    module = arguments.last("-m", "--module")
    return (
        ("python", "-m", module, *arguments.rest) if module else ("python", *arguments.rest) if arguments.rest else ()
    )


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
