"""Shell lines in documentation and CI files: prompts off, program calls apart; nothing is expanded or run."""

# ruff: noqa: SIM905 - word lists are read and extended more easily as text

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pytest_sprintready.reading.command import Call, Command
from pytest_sprintready.reading.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHELL_LANGUAGES = frozenset(
    "bash sh shell zsh fish ksh csh tcsh nu posix powershell ps1 ps pwsh posh cmd bat batch dos dosbatch winbatch "
    "commandline command-line command terminal term cli".split()
)
SESSION_LANGUAGES = frozenset(
    "console shell-session shellsession sh-session bash-session zsh-session session doscon ps1con pwsh-session".split()
)
# Languages that authors put on a block that holds commands by mistake or for want of a better one.
_NEUTRAL_LANGUAGES = frozenset("text txt plain plaintext none default output pycon python python3 py ipython".split())
_WINDOWS_LANGUAGES = frozenset(
    "powershell ps1 ps pwsh posh ps1con pwsh-session cmd bat batch dos dosbatch doscon".split()
)

_KNOWN_PROGRAMS = frozenset(
    # Python and its tools
    "python py pypy pip pipx pipenv uv uvx poetry pdm hatch rye pixi conda mamba micromamba virtualenv mkvirtualenv "
    "workon deactivate activate pyenv asdf mise direnv tox nox pytest py.test unittest coverage invoke inv spin doit "
    "poe task taskipy maturin cibuildwheel twine flit bumpversion bump2version bump-my-version cz commitizen towncrier "
    "reno pre-commit prek ruff black isort flake8 pylint mypy pyright basedpyright ty pyrefly pytype bandit codespell "
    "pyupgrade autopep8 yapf sphinx-build sphinx-autobuild sphinx-apidoc mkdocs zensical django-admin flask uvicorn "
    "gunicorn celery alembic jupyter jupytext ipython cython cythonize asv pyperf stubtest stubgen vulture interrogate "
    "pydoc pydocstyle blacken-docs check-manifest check-jsonschema validate-pyproject pip-compile pip-sync pip-audit "
    "safety scriv changie tbump semantic-release easy_install build meson ninja cmake ctest gcc clang cargo rustup "
    "rustc go npm npx yarn pnpm bun deno node nvm corepack playwright jlpm lerna gulp grunt "
    # runners, containers, version control
    "make gmake nmake just docker docker-compose podman podman-compose vagrant kubectl helm minikube devcontainer "
    "earthly bazel nix nix-shell nix-build devenv flox devbox act tilt skaffold terraform ansible-playbook "
    "git gh glab hub hg svn git-lfs dvc datalad "
    # systems
    "apt apt-get aptitude dnf yum brew port pacman zypper apk choco winget scoop snap flatpak dpkg rpm nix-env guix "
    "systemctl service psql createdb createuser dropdb pg_ctl mysql redis-server redis-cli mongod sqlite3 "
    # the shell
    "cd pushd popd source . export unset set setx alias mkdir rmdir cp mv rm ln touch chmod chown cat less head tail "
    "echo printf sed awk grep rg find xargs tar unzip zip gunzip curl wget ssh scp rsync sudo su env time command exec "
    "nohup bash sh zsh fish pwsh powershell cmd eval ulimit umask which whereis tee diff patch ls dir tree pwd "
    "xvfb-run winpty code xcode-select open xdg-open start sleep kill ps top man gpg openssl sha256sum md5sum watch "
    "entr watchexec hyperfine watchfiles ptw pytest-watch cruft copier cookiecutter manim gdb valgrind lldb".split()
)
# Programs whose name is an English word: a sentence may begin with them.
_ENGLISH_PROGRAMS = frozenset(
    "make just source set export time find open start task build command service watch black safety which man head "
    "tail cat less touch tree patch act code port snap activate hatch poetry go spin session less kill top".split()
)
_SENTENCE_WORDS = frozenset(
    "a an the it its this that these those your you our their his is are was were be been being and or but if of for "
    "from with without into onto on in to by as at so sure use uses using code codes up not no can will would should "
    "must may might have has had do does all any some each every my we they there here when where while because "
    "then than one two new changes file files more most only also".split()
)
# Of these, the ones that are names of tasks where nothing follows: `make all`, `just up`.
_SENTENCE_WORDS_AND_TASKS = frozenset(["all", "new", "changes", "files", "code", "up", "use", "here", "run", "any"])
# What does something useful when typed alone.
_RUNS_ALONE = frozenset("pytest py.test tox nox make just".split())
_INCOMPLETE = frozenset(
    {
        "pip install", "pip", "python -m", "python -m pip", "python -m pip install", "python", "uv", "uv run", "uv pip",
        "uv pip install", "uv add", "uv tool", "uv tool run", "uv tool install", "uvx", "npx", "poetry run",
        "poetry add", "pdm run", "pdm add", "hatch run", "hatch env", "pipx", "pipx run", "pipx install", "pipenv run",
        "conda", "conda install", "conda run", "conda env", "mamba install", "docker", "docker run", "docker compose",
        "docker exec", "brew install", "apt install", "apt-get install", "dnf install", "yum install", "npm run",
        "sudo apt install", "sudo apt-get install", "git", "git checkout", "git config", "git clone", "rye run",
        "pixi run", "pixi add", "python -c", "coverage run", "bash", "sh", "hatch run test:", "make -C",
        "pipx inject", "conda activate",
    }
)  # fmt: skip
_OPTIONS_WITH_VALUE_AT_END = frozenset("-e -s -m -r -k -f -c -p -n -E -G --group --extra --session --with".split())

_KEYWORDS_BEFORE_A_CALL = frozenset(["!", "{", "if", "then", "elif", "else", "while", "until", "do"])
_KEYWORDS_AFTER_CALLS = frozenset(["fi", "done", "esac", "}"])
_KEYWORDS_WITHOUT_A_CALL = frozenset(["for", "case", "select", "function"])

_ASSIGNMENT = pattern(r"[A-Za-z_]\w*\+?=")
_PLAIN = pattern(r"[^\s'\"\\$`|&;<>()#]+")
# What a line of nothing but words and blanks is without.
_SPECIAL = pattern(r"['\"\\$`|&;<>()#]|[^\S \t]")
_PLACEHOLDER = pattern(r"<[^\W\d_](?:[^<>\n]{0,80}[^<>\s])?>")
_REDIRECTION = pattern(r"(?:&>>?|>[>|]?&?|<&|<)[ \t]*")
_HEREDOC = pattern(r"<<-?[ \t]*(?:\\?(\w+)|'([^'\n]+)'|\"([^\"\n]+)\")")
_MAX_QUOTED_LINES = 200


class _Scan(NamedTuple):
    calls: tuple[Call, ...]
    comment: int
    """Where a trailing comment begins, -1 if there is none."""
    open_quote: str
    """The quote that is never closed, "" where all are."""
    heredocs: tuple[str, ...]


def _end_of_substitution(text: str, start: int) -> int:
    """Return where `$(...)` or `${...}` that opens at `start` ends, one past its last character; -1 if never."""
    opening = text[start + 1]
    closing = ")" if opening == "(" else "}"
    depth = 0
    quote = ""
    position = start + 1
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 1
        elif quote:
            if character == quote:
                quote = ""
        elif character in "'\"":
            quote = character
        elif character == opening:
            depth += 1
        elif character == closing:
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    return -1


def _as_call(words: list[str]) -> Call | None:
    first = 0
    while first < len(words) and words[first] in _KEYWORDS_BEFORE_A_CALL:
        first += 1
    if first < len(words) and words[first] in _KEYWORDS_AFTER_CALLS:
        return None
    if first < len(words) and words[first] in _KEYWORDS_WITHOUT_A_CALL:
        return None
    env = []
    while first < len(words) and _ASSIGNMENT.match(words[first]):
        name, _, value = words[first].partition("=")
        env.append((name.rstrip("+"), value))
        first += 1
    if not env and first == len(words):
        return None
    return Call(tuple(words[first:]), tuple(env))


def _scan(text: str) -> _Scan:
    if _SPECIAL.search(text):
        return _scan_characters(text)
    call = _as_call(text.split())
    return _Scan((call,) if call else (), -1, "", ())


def _scan_characters(text: str) -> _Scan:  # noqa: PLR0915 - one state machine reads best in one piece
    calls: list[Call] = []
    words: list[str] = []
    heredocs: list[str] = []
    word: list[str] | None = None
    comment = -1
    position = 0
    length = len(text)
    # A substitution that never closes would otherwise be searched for at each further `$(`.
    substitutions_close = True

    def end_word() -> None:
        nonlocal word
        if word is not None:
            words.append("".join(word))
            word = None

    def end_call() -> None:
        end_word()
        if words:
            call = _as_call(words)
            if call is not None:
                calls.append(call)
            words.clear()

    while position < length:
        character = text[position]
        if character in " \t\r\f\v":
            end_word()
            position += 1
            continue
        if character == "\n":
            end_call()
            position += 1
            continue
        if character == "#" and word is None:
            comment = position
            end = text.find("\n", position)
            if end < 0:
                break
            comment = -1
            position = end
            continue
        if character in ";|&":
            if character == "&" and text.startswith("&>", position):
                position = _skip_redirection(text, position)
                continue
            end_call()
            position += 1
            continue
        if character == "<" and (heredoc := _HEREDOC.match(text, position)):
            heredocs.append(heredoc[1] or heredoc[2] or heredoc[3])
            if word is not None and "".join(word).isdigit():
                word = None
            end_word()
            position = heredoc.end()
            continue
        if character in "<>":
            placeholder = _PLACEHOLDER.match(text, position) if character == "<" else None
            if placeholder:
                word = [*(word or ()), placeholder[0]]
                position = placeholder.end()
                continue
            if text.startswith(("<(", ">("), position):
                end = _end_of_substitution(text, position) if substitutions_close else -1
                substitutions_close = substitutions_close and end > 0
                if end > 0:
                    word = [*(word or ()), text[position:end]]
                    position = end
                    continue
            if word is not None and "".join(word).isdigit():
                word = None
            end_word()
            position = _skip_redirection(text, position)
            continue
        if character == "(":
            if word is None:
                end_call()
                position += 1
                continue
            end = text.find(")", position)
            end = length if end < 0 else end + 1
            word.append(text[position:end].replace('"', "").replace("'", ""))
            position = end
            continue
        if character == ")":
            end_call()
            position += 1
            continue
        if word is None:
            word = []
        if character == "'":
            end = text.find("'", position + 1)
            if end < 0:
                return _Scan((), -1, "'", ())
            word.append(text[position + 1 : end])
            position = end + 1
        elif character == '"':
            end, value = _double_quoted(text, position + 1)
            if end < 0:
                return _Scan((), -1, '"', ())
            word.append(value)
            position = end
        elif character == "\\":
            following = text[position + 1 : position + 2]
            # `venv\Scripts` is a Windows path; nobody escapes a letter by hand.
            if following.isalnum() or following in {".", "_", "-", ""}:
                word.append("\\")
                position += 1
            else:
                word.append("" if following == "\n" else following)
                position += 2
        elif character == "`":
            end = text.find("`", position + 1)
            end = position + 1 if end < 0 else end + 1
            word.append(text[position:end])
            position = end
        elif character == "$" and text[position + 1 : position + 2] in {"(", "{"}:
            end = _end_of_substitution(text, position) if substitutions_close else -1
            if end < 0:
                substitutions_close = False
                end = position + 2
            word.append(text[position:end])
            position = end
        else:
            plain = _PLAIN.match(text, position)
            end = plain.end() if plain else position + 1
            word.append(text[position:end])
            position = end
    end_call()
    return _Scan(tuple(calls), comment, "", tuple(heredocs))


def _double_quoted(text: str, start: int) -> tuple[int, str]:
    """Return where the string opened before `start` ends (one past its quote, -1 if never) and its value."""
    pieces = []
    position = start
    while True:
        stop = _DOUBLE_QUOTE_STOP.search(text, position)
        if stop is None:
            return -1, ""
        pieces.append(text[position : stop.start()])
        position = stop.end()
        if stop[0] == '"':
            return position, "".join(pieces)
        if stop[0] == "$(":
            end = _end_of_substitution(text, position - 2)
            if end < 0:
                return -1, ""
            pieces.append(text[position - 2 : end])
            position = end
            continue
        escaped = text[position : position + 1]
        pieces.append(escaped if escaped in {'"', "\\", "$", "`"} else "" if escaped == "\n" else "\\" + escaped)
        position += 1


_DOUBLE_QUOTE_STOP = pattern(r'"|\\|\$\(')
_REDIRECTED_TO = pattern(r"\"[^\"]*\"|'[^']*'|[^\s|&;<>()]*")


def _skip_redirection(text: str, position: int) -> int:
    operator = _REDIRECTION.match(text, position)
    position = operator.end() if operator else position + 1
    target = _REDIRECTED_TO.match(text, position)
    return target.end() if target else position


def split_line(text: str) -> tuple[Call, ...]:
    """Return the program calls of a shell command line in order, as a POSIX shell would split it.

    Substitutions (`$(...)`, `${...}`, backticks) and placeholders (`<name>`) stay as written inside their word,
    redirections are left out, backslashes of Windows paths are kept. Unbalanced quotes give (). Never raises.
    """
    return _scan(text).calls


# --- what stands inside a call ---------------------------------------------------------------------------------

_WRAPPERS: dict[str, frozenset[str]] = {
    # wrapper: its options that take the next word
    "sudo": frozenset(["-u", "-g", "-U", "--user", "--group"]),
    "doas": frozenset(["-u"]),
    "env": frozenset(["-u", "--unset", "-C", "--chdir", "-S"]),
    "time": frozenset(["-f", "-o", "--format", "--output"]),
    "command": frozenset(),
    "exec": frozenset(["-a"]),
    "nohup": frozenset(),
    "winpty": frozenset(),
    "xvfb-run": frozenset(["-s", "--server-args", "-n", "--server-num", "-e", "--error-file", "-f", "-w", "--wait"]),
    "nice": frozenset(["-n"]),
    "timeout": frozenset(["-s", "-k", "--signal", "--kill-after"]),
    "catchsegv": frozenset(),
    "dbus-run-session": frozenset(),
}


def unwrapped(call: Call) -> Call:
    """Return the call without `sudo`, `env`, `time`, `xvfb-run` and the like in front; their assignments join env."""
    if call.program not in _WRAPPERS:
        return call
    env = list(call.env)
    words = call.words
    while words and (with_value := _WRAPPERS.get(words[0])) is not None:
        first = 1
        while first < len(words) and words[first].startswith("-"):
            option = words[first]
            first += 2 if option in with_value else 1
            if option == "--":
                break
        if words[0] == "timeout":
            first += 1
        while first < len(words) and _ASSIGNMENT.match(words[first]):
            name, _, value = words[first].partition("=")
            env.append((name, value))
            first += 1
        if first >= len(words):
            return call
        words = words[first:]
    return Call(words, tuple(env))


_PYTHON = pattern(r"(?:python|pypy|py)(?:\d[\d.]*t?)?w?|py")
_PIP = pattern(r"pip\d[\d.]*")
_BINARY_FOLDER = pattern(r"(?:^|[/\\])(?:bin|Scripts)[/\\]([^/\\]+)$", re.IGNORECASE)

_PYTHON_VARIABLE = pattern(r"\$[({]?PYTHON\d?[)}]?")
_FOLDER_VARIABLE = pattern(r"(?:\$\{\w+\}|\$\(\w+\)|\$\w+(?=/))/?(?=[A-Za-z])")


def program_name(call: Call) -> str:
    """Return the program of a call under its plain name: "python" for `.venv/bin/python3.12`, "pip" for `pip3`.

    Only folders of environments and systems (`bin/`, `Scripts/`) and variables for them (`${PREFIX}pytest`) are taken
    off; `scripts/test` stays as it is.
    """
    return _plain_name(call.program)


@lru_cache(maxsize=1024)  # a repository names few programs, and is asked about them hundreds of times
def _plain_name(name: str) -> str:
    if (name.startswith(("/", "~", "$", ".tox/", ".nox/")) or "env" in name) and (
        installed := _BINARY_FOLDER.search(name)
    ):
        name = installed[1]
    elif name.startswith("$"):
        name = "python" if _PYTHON_VARIABLE.fullmatch(name) else _FOLDER_VARIABLE.sub("", name, count=1)
    name = name.removesuffix(".exe")
    if _PYTHON.fullmatch(name):
        return "python"
    if _PIP.fullmatch(name):
        return "pip"
    return {"py.test": "pytest", "gmake": "make", "inv": "invoke", "mamba": "conda", "micromamba": "conda"}.get(
        name, name
    )


def is_program(name: str) -> bool:
    """Return whether a name is that of a widely known program, which a runner can start without a task of that name."""
    return program_name(Call((name,))) in _KNOWN_PROGRAMS and name not in _ENGLISH_PROGRAMS


# --- blocks ----------------------------------------------------------------------------------------------------

# `$` of every shell, with what stands before it: (venv), user@host:~, [user@host ~], ~/project, sh-5.1.
_PROMPT = pattern(
    r"[ \t]*(?:\([\w.+ -]{1,40}\)[ \t]*)?"
    r"(?:"
    r"(?:\[[^\]\s]{1,60}(?:[ ][^\]]{0,60})?\]|[\w.-]{1,60}@[\w.-]{1,60}[: ][^\s$#%]{0,80}"
    r"|[~/][\w./~-]{0,80}|[\w.-]{1,40})?"
    r"[ ]?(?:[$][ \t]+|[$]>[ \t]*)"
    r"|(?:PS[ ]?(?:[A-Za-z]:[\\/][^>\n]{0,120})?|[A-Za-z]:[\\/][^>\n]{0,120})>[ \t]*"
    r"|(?:\u276f|\u279c|\u00bb|\u203a)[ \t]+(?:[\w.~/-]{1,40}[ ]git:\([^)\s]{1,60}\)[ ]?(?:\u2717[ ]?)?)?"
    r")"
)
# Marks that mean something else as often, so what follows must look like a command.
_WEAK_PROMPT = pattern(r"[ \t]*(?:\([\w.+-]{1,40}\)[ \t]+[$%>]?[ \t]*|[%>][ \t]+|[$](?=[a-z]))(?=\S)")
_ENVIRONMENT_NAME = pattern(r"\([\w.+-]{1,40}\)[ \t]+(?=\S)")
_ROOT_PROMPT = pattern(r"[ \t]*(?:[\w.-]{1,60}@[\w.-]{1,60}[: ][^\s$#%]{0,80})?#[ \t]+(?=\S)")
# `[python -m py]make test`: what may stand before a command, in the notation of manual pages.
_OPTIONAL_LAUNCHER = pattern(r"^([ \t]*)\[[a-z][\w.-]{0,20}(?: [\w.-]{1,20}){1,3}\](?=[a-z])")
_COMMENT = pattern(r"[ \t]*(?:#+|REM\b|::)[ \t]?(.*)", re.IGNORECASE)
_SHELL_WORD = pattern(r"[\w./~$@%<{\[(\"'!\\:+-][^\s]*")
_SCRIPT_FOLDERS = r"(?:scripts?|bin|tools?|ci|\.ci|dev|hack|utils|build_tools|contrib|maint|util|misc|etc|docker)"
_SCRIPT = pattern(
    r"(?!\S*\.(?:txt|md|rst|toml|cfg|ini|ya?ml|json|in|html|csv|log|lock|conf|xml|sql|ipynb)$)"
    r"(?:\./|~/|\.\./|\.\\)[\w.@/\\-]*[\w]"
    r"|(?:\S+/)?node_modules/\.bin/[\w.-]+"
    rf"|(?:[\w.-]+[/\\])?{_SCRIPT_FOLDERS}[/\\](?:[\w-]+[/\\])*[\w-]+(?:\.(?:sh|py|bash|bat|cmd|ps1))?"
    r"|[\w./\\-]+\.(?:sh|bash|bat|cmd|ps1)"
    r"|(?:~|/|\$\w+|[\w.-]*env[\w.-]*)(?:[/\\][\w.-]+)*[/\\](?:bin|Scripts)[/\\][\w.-]+"
)
_NOT_AN_ARGUMENT = pattern(r"(?:=|:=|==|:|->|=>|v?\d+(?:\.\d+)+\S*|\{|[|+─├│└].*)$")


def _first_words(line: str) -> tuple[str, ...]:
    """Return up to the first forty words of a line's first real call, without environment and wrappers."""
    scan = _scan(line)
    if scan.open_quote:  # it may close on a later line
        return tuple(line.split())[:40]
    call = next((unwrapped(call) for call in scan.calls if call.words), None)
    return call.words[:40] if call else ()


def looks_like_command(line: str) -> bool:
    """Return whether a line that nothing marks as a command reads as one.

    It starts with a program that developers type, or with a script of the repository, and goes on neither as a
    sentence nor as an assignment.
    """
    stripped = line.strip()
    if not stripped or stripped[0] in "#>|+*=<[{(\"',;" or len(stripped) > 2000:
        return False
    raw = stripped.split(None, 2)
    if raw[0].endswith((":", ",", ">")) or (len(raw) > 1 and _NOT_AN_ARGUMENT.match(raw[1])):
        return False
    words = _first_words(stripped)
    if not words:
        return False
    program = words[0]
    if _SCRIPT.fullmatch(program):
        return not program.startswith("../") if len(words) == 1 else not _is_sentence(words)
    name = program_name(Call(words))
    if name not in _KNOWN_PROGRAMS:
        return False
    if len(words) == 1:
        return True
    return not (name in _ENGLISH_PROGRAMS and _is_sentence(words)) and words[1].lower() not in {"is", "are", "was"}


def _is_sentence(words: tuple[str, ...]) -> bool:
    """Return whether the word after the program's name is one that goes on in English: `make sure`, `just the`."""
    second = words[1].lower().rstrip(".,;:!")
    return second in _SENTENCE_WORDS and (len(words) > 2 or second not in _SENTENCE_WORDS_AND_TASKS)


def _reads_as_shell(line: str) -> bool:
    """Return whether a line of a block that is said to be shell can be a command at all, not a program's output."""
    first = line.split(None, 1)[0] if line.strip() else ""
    if not first or first.endswith((":", ",")) or not _SHELL_WORD.fullmatch(first):
        return False
    if first[0] in "-.=~*+" and not any(character.isalnum() for character in first) and first != ".":
        return False
    return first[0] not in "-+%" and first not in {">>>", "...", "..", "===", "---"}


def _logical_lines(lines: list[str], accepts: Callable[[str], bool], continuations: str) -> Iterator[tuple[int, str]]:
    """Yield (index, text) with continuation lines joined, here-documents and their bodies taken together."""
    last_place = {line.strip(): index for index, line in enumerate(lines)}
    index = 0
    while index < len(lines):
        start = index
        pieces = [lines[index].strip()]
        while pieces[-1].endswith(tuple(continuations)) and not pieces[0].startswith("#") and index + 1 < len(lines):
            pieces[-1] = pieces[-1][:-1].rstrip()
            following = _without_secondary_prompt(lines[index + 1])
            # Between commands of a chain a line break changes nothing, and each has a line of its own.
            if pieces[-1].endswith(("&&", ";")) or following.startswith("&&"):
                break
            index += 1
            pieces.append(following)
        text = " ".join(piece for piece in pieces if piece).removeprefix("&&").lstrip()
        index += 1
        if text.startswith("#") or not accepts(text):
            yield start, text
            continue
        scan = _scan(text) if "<<" in text or "'" in text or '"' in text else None
        rescans = 0
        ahead = index
        while scan and scan.open_quote and ahead < min(len(lines), start + _MAX_QUOTED_LINES) and rescans < 8:
            if scan.open_quote in lines[ahead]:
                rescans += 1
                whole = "\n".join([text, *(line.rstrip() for line in lines[index : ahead + 1])])
                scan = _scan(whole)
                if not scan.open_quote:
                    text, index = whole, ahead + 1
            ahead += 1
        for delimiter in scan.heredocs if scan else ():
            if last_place.get(delimiter, -1) >= index:
                while lines[index].strip() != delimiter:
                    index += 1
                index += 1
        yield start, text


def _without_secondary_prompt(line: str) -> str:
    stripped = line.strip()
    return stripped.removeprefix("> ").lstrip()


def _command(text: str, path: str, line: int, comment: str) -> Command | None:
    scan = _scan(text)
    if scan.comment >= 0:
        comment = text[scan.comment :].lstrip("#").strip() or comment
        text = text[: scan.comment]
    text = text.strip()
    while text.endswith((";", "&&", "||", "|")):
        text = text.rstrip(";&|").rstrip()
    if not text or (not scan.calls and not scan.open_quote):
        return None
    return Command(text, path, line, scan.calls, comment)


def _commands(
    lines: list[str], path: str, line: int, accepts: Callable[[str], bool], continuations: str = "\\"
) -> Iterator[Command]:
    comments: list[str] = []
    for index, text in _logical_lines(lines, accepts, continuations):
        if not text:
            comments.clear()
            continue
        if comment := _COMMENT.fullmatch(text):
            comments.append(comment[1].strip())
            continue
        if accepts(text):
            command = _command(text, path, line + index, " ".join(comments))
            if command:
                yield command
        comments.clear()


def _everything(_: str) -> bool:
    return True


def read_script(text: str, path: str, line: int) -> tuple[Command, ...]:
    """Return the commands of a shell script (CI step, make recipe): each line is one, `line` is that of the first."""
    return tuple(_commands(text.splitlines(), path, line, _everything))


def _without_prompts(lines: list[str], *, session: bool) -> list[str] | None:
    """Return the lines with prompts off and output emptied, or None where no line bears a prompt."""
    kept: list[str] = []
    prompted = False
    continues = False
    weak = not any(_PROMPT.match(line) for line in lines)
    root = weak and session and _has_root_prompts(lines)
    for line in lines:
        rest = None
        if continues:
            rest = line
        elif prompt := (None if weak else _PROMPT.match(line)):
            rest = _without_environment(line[prompt.end() :])
        elif prompt := _WEAK_PROMPT.match(line) or (root and _ROOT_PROMPT.match(line)) or None:
            rest = line[prompt.end() :] if looks_like_command(line[prompt.end() :]) else None
        if rest is not None:
            prompted = True
            kept.append(rest)
            continues = rest.rstrip().endswith(("\\", "`", "^"))
        else:
            kept.append(line if not root and line.lstrip().startswith("#") else "")
    return _with_heredocs(lines, kept) if prompted else None


def _without_environment(typed: str) -> str:
    """Return a line without the name of an environment that stands behind its prompt: `$ (venv) nox`."""
    named = _ENVIRONMENT_NAME.match(typed)
    return typed[named.end() :] if named and looks_like_command(typed[named.end() :]) else typed


def _with_heredocs(lines: list[str], kept: list[str]) -> list[str]:
    """Give the bodies of here-documents back to the prompted line that opens them."""
    waiting = ""
    for index, line in enumerate(kept):
        if waiting:
            kept[index] = lines[index]
            if lines[index].strip() in {waiting, f"> {waiting}"}:
                kept[index] = waiting
                waiting = ""
        elif "<<" in line and (heredoc := _HEREDOC.search(line)):
            delimiter = heredoc[1] or heredoc[2] or heredoc[3]
            if any(other.strip().removeprefix("> ") == delimiter for other in lines[index + 1 : index + 200]):
                waiting = delimiter
    return kept


def _has_root_prompts(lines: list[str]) -> bool:
    """Return whether `#` is a prompt here: all that looks like a command stands behind one, and nothing else does."""
    behind = [line[prompt.end() :] for line in lines if (prompt := _ROOT_PROMPT.match(line))]
    return (
        bool(behind)
        and all(looks_like_command(rest) for rest in behind)
        and not any(looks_like_command(line) for line in lines)
    )


def read_block(text: str, path: str, line: int, language: str = "") -> tuple[Command, ...]:
    """Return the commands a reader is told to type in a literal block, in order; () where it holds something else.

    `line` is the line of the block's first text line, `language` its info string in lower case. Where lines bear
    prompts, the others are output. Where the language does not say that this is shell, lines must look like it.
    """
    session = language in SESSION_LANGUAGES
    shell = language in SHELL_LANGUAGES
    neutral = language in _NEUTRAL_LANGUAGES
    if not (session or shell or neutral or not language):
        return ()
    lines = [_OPTIONAL_LAUNCHER.sub(r"\1", written) for written in text.splitlines()]
    continuations = "\\`^" if language in _WINDOWS_LANGUAGES else "\\"
    unprompted = (
        None if language.startswith(("py", "ipy")) and ">>>" in text else _without_prompts(lines, session=session)
    )
    if unprompted is not None:
        return tuple(_commands(unprompted, path, line, _everything, continuations))
    if shell:
        return tuple(_commands(lines, path, line, _reads_as_shell, continuations))
    if any(written.lstrip().startswith(">>> ") for written in lines):
        return ()
    if not session and not _is_shell(lines, strictly=neutral):
        return ()
    return tuple(_commands(lines, path, line, looks_like_command, continuations))


def _is_shell(lines: list[str], *, strictly: bool) -> bool:
    """Return whether an unmarked block reads as commands: its first line does, or half of its lines."""
    written = [text for _, text in _logical_lines(lines, looks_like_command, "\\") if text and not text.startswith("#")]
    commands = [looks_like_command(text) for text in written]
    if strictly:
        return bool(written) and all(commands) and all(" " in text for text in written)
    return any(commands) and (commands[0] or sum(commands) * 2 >= len(commands))


# --- spans -----------------------------------------------------------------------------------------------------

_MAX_SPAN = 300


def read_span(code: str, path: str, line: int) -> Command | None:
    """Return an inline code span as a command if it reads as a complete command line, else None.

    `make test`, `./run.sh`, `tox` are; `setup.py`, `--cov`, `pytest.mark.slow`, `pip install` are not.
    """
    text = _OPTIONAL_LAUNCHER.sub("", " ".join(code.split()))
    if prompt := _PROMPT.match(text):
        text = text[prompt.end() :]
    if not text or len(text) > _MAX_SPAN or "..." in text or "…" in text or not looks_like_command(text):
        return None
    words = _first_words(text)
    name = program_name(Call(words))
    plain = " ".join((name, *words[1:]))
    if plain in _INCOMPLETE or (words[-1] in _OPTIONS_WITH_VALUE_AT_END and (name, words[-1]) != ("tox", "-p")):
        return None  # tox -p is complete: as many at once as there are processors
    if (
        len(words) == 1
        and name not in _RUNS_ALONE
        and not (_SCRIPT.fullmatch(name) and text.startswith(("./", ".\\", "../")))
    ):
        return None
    return _command(text, path, line, "")


# --- Windows ---------------------------------------------------------------------------------------------------

_WINDOWS_TEXT = pattern(
    r"\$env:|(?<![\w$])%[A-Za-z_]\w+%|(?-i:[\\/]Scripts[\\/])|(?:^|[ =\"'])[A-Za-z]:\\|(?:^|[\w.])\\\w+\\\w",
    re.IGNORECASE,
)
_WINDOWS_PROGRAMS = frozenset(
    "py choco winget scoop setx cmd cmd.exe powershell powershell.exe pwsh nmake msbuild start dir copy del rd "
    "set-executionpolicy".split()
)


def is_windows_only(command: Command) -> bool:
    """Return whether a command works on Windows alone: `py -m`, `x.bat`, `set A=1`, a path with backslashes."""
    if _WINDOWS_TEXT.search(command.text):
        return True
    for call in command.calls:
        words = unwrapped(call).words
        if not words:
            continue
        program = words[0].lower()
        if program in _WINDOWS_PROGRAMS or program.endswith((".bat", ".cmd", ".ps1")) or "\\" in program:
            return True
        if program == "set" and len(words) > 1 and "=" in words[1]:
            return True
    return False
