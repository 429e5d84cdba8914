"""What goes wrong at a commit: who commits, where, and the hooks of pre-commit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import also, cause
from pytest_sprintready.diagnosis.catalogue.cloning import again, runs_git, written
from pytest_sprintready.diagnosis.commands import bring, install, python, quoted
from pytest_sprintready.diagnosis.gits import home_of_project, introduce
from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.diagnosis.model import Remedy, diagnosed
from pytest_sprintready.diagnosis.output import programs
from pytest_sprintready.model import Evidence

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.diagnosis.seen import Seen

HOOKS = ".pre-commit-config.yaml"


@also("SRN51")
def no_git_identity(seen: Seen) -> Diagnosis | None:
    """Take over where git ended a commit with its code for "fatal" and has no identity; its words are translated."""
    failed = seen.failure.exit_code == 128 and runs_git(
        seen, "commit", "merge", "rebase", "am", "cherry-pick", "tag", "pull"
    )
    said = re.search(
        r"[Pp]lease tell me who you are|unable to auto-detect email address|empty ident name", written(seen)
    )
    if not (said or failed) or seen.machine.git.has_identity or (failed and not seen.machine.git.top):
        return None
    in_test = bool(seen.failure.raised) or bool(seen.failure.node)
    return diagnosed(
        what="git does not know yet who commits on this machine.",
        cause="The test makes a commit of its own. " * in_test
        + "Put in your own name and address; they will stand in every commit.",
        remedies=(*introduce(), *again(seen)),
        fault="machine",
    )


@also("SRN52")
def not_a_git_repository(seen: Seen) -> Diagnosis | None:
    """Take over where git, or pre-commit for it, is asked about a folder that is none."""
    if seen.machine.git.top or seen.failure.exit_code == 0:
        return None
    said = re.search(r"not a git repository|are you in a Git repository directory", written(seen))
    asked = runs_git(seen) and seen.failure.exit_code == 128 and not runs_git(seen, "clone", "init", "ls-remote")
    if not (said or asked):
        return None
    url, place = home_of_project(seen.facts, seen.machine)
    folder = url.rstrip("/").rpartition("/")[2].removesuffix(".git")
    ways = (
        Remedy(f"git clone {quoted(url)}", "git", ("clone",), place),
        Remedy(f"cd {quoted(folder)}", "git"),
        *again(seen),
    )
    return diagnosed(
        what="This folder is not a git clone.",
        cause="To work on the project you need one." if url else "If you have a clone, `cd` into it first.",
        place=place if url else None,
        remedies=ways if url else (),
        fault="machine",
    )


@cause(
    "SRN54",
    "pre-commit-not-found",
    title="The commit hook does not find pre-commit",
    looks="`` `pre-commit` not found.  Did you forget to activate your virtualenv? ``",
    why="The hook was installed from an environment that is gone, or is not active in this shell.",
    prevent="Declare pre-commit where the other development tools stand, and document `pre-commit install`.",
    checks=("SR107",),
)
def pre_commit_not_found(seen: Seen) -> Diagnosis | None:
    """Take over where the hook or a shell says so."""
    said = re.search(
        r"`pre-commit` not found|pre-commit: (?:command )?not found|command not found: pre-commit", seen.failure.output
    )
    if not said or not seen.failure.exit_code:
        return None
    first: tuple[Remedy, ...] = ()
    if not seen.machine.version("pre-commit"):
        places = homes(seen.facts, seen.machine, ("pre-commit",))
        plain = Remedy(install(seen.machine, "pre-commit"), "install", ("pre-commit",))
        first = bring(seen.facts, seen.machine, places[0]) if places else (plain,)
    place = Evidence(HOOKS) if seen.facts.snapshot.has(HOOKS) else None
    hook = Remedy(f"{python(seen.machine)} -m pre_commit install", "configure", ("pre-commit",), place)
    return diagnosed(
        what="The commit hook does not find pre-commit.",
        cause="The environment it was installed from is gone, or is not active in this shell."
        if runs_git(seen)
        else "It is not installed here.",
        place=place,
        remedies=(*first, hook, *again(seen)),
        fault="machine",
    )


_NO_PYTHON = re.compile(
    r"failed to find interpreter for \S.*?python_spec='(?P<new>[^']+)'|The path (?P<old>\S+) \(from --python=|"
    r"Executable `?(?P<found>python[\d.]+)`? not found|No interpreter found for (?P<uv>Python [\d.]+)"
)


@cause(
    "SRN55",
    "hook-wants-other-python",
    title="A hook of pre-commit asks for a Python that is not installed",
    looks="`RuntimeError: failed to find interpreter for Builtin discover of python_spec='python3.7'`",
    why="`language_version` in .pre-commit-config.yaml names one version of Python. Few machines have that very one.",
    prevent="Write `python3`, or leave language_version out: hooks run with any Python.",
    checks=("SR510",),
)
def hook_wants_other_python(seen: Seen) -> Diagnosis | None:
    """Take over where a hook's environment cannot be made for want of the Python that the configuration pins."""
    found = _NO_PYTHON.search(seen.failure.output)
    if not found or not seen.facts.snapshot.has(HOOKS) or not seen.failure.exit_code:
        return None
    wanted = next(filter(None, found.groups())).lower().replace(" ", "")
    number = re.sub(r"[^\d.]", "", wanted)
    pinned = [pin for pin in pins(seen.facts.text(HOOKS) or "") if re.sub(r"[^\d.]", "", pin[0]) == number]
    if not pinned or not number:
        return None
    version, line, hooks = pinned[0]
    ways = _without_hooks(seen, hooks)
    return diagnosed(
        what=f"A hook asks for {version}, which is not installed here.",
        cause=f"Leave {'it' if len(hooks) == 1 else 'them'} out for now; continuous integration runs "
        f"{'it' if len(hooks) == 1 else 'them'}. `language_version: python3` would do for everybody.",
        place=Evidence(HOOKS, line),
        quote=(seen.facts.text(HOOKS) or "").split("\n")[line - 1].strip(),
        remedies=ways,
    )


def pins(text: str) -> list[tuple[str, int, tuple[str, ...]]]:
    """Return each Python that a configuration of pre-commit pins, its line, and the hooks it is pinned for."""
    found: list[tuple[str, int, tuple[str, ...]]] = []
    hooks: list[str] = []
    default: tuple[str, int] | None = None
    in_default = False
    own: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if re.match(r"default_language_version\s*:", line):
            in_default = True
        elif line[:1].strip() and not line.startswith("#"):
            in_default = False
        if hook := re.match(r"\s*-\s+id\s*:\s*['\"]?([\w.-]+)", line):
            hooks.append(hook[1])
        if in_default and (pin := re.match(r".*\bpython\s*:\s*['\"]?(python[\d.]+|\d[\d.]+)", line)):
            default = (pin[1], number)
        if hooks and (pin := re.match(r"\s+(?:-\s+)?language_version\s*:\s*['\"]?(python[\d.]+|3\.\d+)", line)):
            found.append((pin[1], number, (hooks[-1],)))
            own.add(hooks[-1])
    if default and "." in default[0]:
        found.append((*default, tuple(name for name in dict.fromkeys(hooks) if name not in own)))
    return found


def _without_hooks(seen: Seen, hooks: tuple[str, ...]) -> tuple[Remedy, ...]:
    if not seen.failure.command or not hooks:
        return ()
    names = ",".join(hooks)
    if seen.machine.shell == "powershell":
        return (Remedy(f'$env:SKIP = "{names}"', "configure", hooks), *again(seen))
    if seen.machine.shell == "cmd":
        return (Remedy(f"set SKIP={names}", "configure", hooks), *again(seen))
    lead = "env " if seen.machine.shell == "fish" else ""
    return (Remedy(f"{lead}SKIP={names} {seen.failure.command}", "configure", hooks),)


_HOOK = re.compile(r"^.+?\.{3,}.*Failed\n((?:- .*\n?)*)", re.MULTILINE)


@cause(
    "SRN56",
    "hooks-changed-files",
    title="A hook changed files of the commit",
    looks="`- files were modified by this hook`, and the commit is not made.",
    why="The hooks mend what they can, such as the layout of code. So that you see what they did, "
    "they do not commit it.",
    prevent="Say in the guide that this is how it goes.",
)
def hooks_changed_files(seen: Seen) -> Diagnosis | None:
    """Take over where every hook that failed did so only by changing files."""
    if not seen.failure.exit_code or not ({"git", "pre-commit", "prek"} & set(programs(seen.failure.command))):
        return None
    failed = _HOOK.findall(f"{seen.failure.output}\n")
    if not failed or not all("files were modified by this hook" in told for told in failed):
        return None
    if any(
        re.search(r"^- exit code: [^0]", told, re.MULTILINE) and len(failed) > 1 for told in failed
    ) and not runs_git(seen):
        return None
    names = re.findall(r"^- hook id: (\S+)", seen.failure.output, re.MULTILINE)
    which = ", ".join(dict.fromkeys(names)) or "A hook"
    return diagnosed(
        what=f"{which} mended files of yours; nothing is wrong.",
        cause="Add what was changed and commit again; `git diff` shows it first.",
        remedies=(Remedy("git add -u", "git"), *again(seen)),
        fault="",
    )
