"""Scripts that a repository keeps for its contributors: scripts/test, run_tests.py, ./run test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.reading.patterns import pattern
from pytest_sprintready.reading.tasks import Task, TaskFile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

FOLDERS = frozenset({"scripts", "script", "bin", "tools", "ci", "dev"})
_STARTS = tuple(f"{folder}/" for folder in FOLDERS)
ROOT_NAMES = frozenset({"runtests.py", "run_tests.py", "runtests", "run", "manage.py"})

_MOST_FILES = 100
_MOST_LINES = 300
_SHEBANG = pattern(r"#!.*\b(?:ba|z|da|k)?sh\b")
_FUNCTION = pattern(r"(?:function\s+([\w:.-]+)\s*(?:\(\s*\))?|([\w:.-]+)\s*\(\s*\))\s*\{?\s*(?:#.*)?")
_DISPATCH = pattern(
    r"(?:time\s+|eval\s+|exec\s+)?\"?\$(?:\{@(?::-[\w-]+)?\}|@|\{1(?::-[\w-]+)?\}|1|\*)\"?(?:\s+\"\$@\")?"
)
_NO_COMMAND = pattern(
    r"(?:fi|done|esac|else|then|do|;;|[{}()]|set\s.*|shift|exit\b.*|(?:if|elif|while|until|for|case)\s.*|.*\)\s*;;)\s*(?:#.*)?"
)
_HEREDOC = pattern(r"<<-?\s*(['\"]?)(\w+)\1")


def read_scripts(names: Collection[str], read: Callable[[str], str | None]) -> TaskFile | None:
    """Return the scripts in the usual folders and at the root as tasks of the runner "script"; None without any.

    Names are paths, "scripts/test"; "./scripts/test" is an alias. Only shell scripts have commands: their lines.
    A shell script at the root that calls the function named by its argument gives a task a function, "run test".
    """
    tasks: list[Task] = []
    candidates = [name for name in names if name.startswith(_STARTS) or "/" not in name]
    for name in sorted(filter(_is_script, candidates))[:_MOST_FILES]:
        is_python = name.endswith(".py")
        text = None if is_python else read(name)
        if text is None and not is_python:
            continue
        is_shell = name.endswith(".sh") or bool(text and _SHEBANG.match(text))
        if not (is_python or is_shell or (text or "").startswith("#!")):
            continue
        lines = list(_lines(text)) if text is not None and is_shell else []
        commands = tuple(line for _, line in lines if not (_NO_COMMAND.fullmatch(line) or _FUNCTION.fullmatch(line)))
        tasks.append(Task("script", name, name, 1, aliases=(f"./{name}",), commands=commands[:_MOST_LINES]))
        if is_shell and any(_DISPATCH.fullmatch(line) for _, line in lines):
            tasks += _functions(name, lines)
    return TaskFile("script", tasks[0].path, tuple(tasks)) if tasks else None


def _is_script(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    suffix = file.rpartition(".")[2] if "." in file else ""
    if not folder:
        return suffix == "sh" or file in ROOT_NAMES
    return folder in FOLDERS and suffix in {"", "sh", "bash", "py"} and file != "__init__.py"


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield (number, line) of a shell script, continuations joined; comments, here-documents' text left out."""
    pending = ""
    start = 0
    until = ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if until:
            until = "" if line == until else until
            continue
        if not pending:
            start = number
            if not line or line.startswith("#"):
                continue
        if line.endswith("\\"):
            pending += line[:-1].rstrip() + " "
            continue
        whole = pending + line
        pending = ""
        if opened := _HEREDOC.search(whole):
            until = opened[2]
        yield start, whole


def _functions(name: str, lines: list[tuple[int, str]]) -> list[Task]:
    """Return a task for each function of a script that is called with a function's name."""
    tasks = []
    current = ""
    first = 0
    body: list[str] = []
    for number, line in lines:
        head = _FUNCTION.fullmatch(line)
        if head:
            current, first, body = head[1] or head[2], number, []
        elif line == "}" and current.startswith("_"):
            current = ""
        elif line == "}" and current:
            task = f"{name} {current}"
            tasks.append(Task("script", task, name, first, aliases=(f"./{task}",), commands=tuple(body[:_MOST_LINES])))
            current = ""
        elif current and not _NO_COMMAND.fullmatch(line):
            body.append(line)
    return tasks
