"""What goes wrong between a repository and its clone: lines, submodules, large files, tags, remotes, branches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.commands import install, is_installed, quoted
from pytest_sprintready.diagnosis.gits import (
    OWN_NAME,
    add_upstream,
    branch_off,
    fetch_large_files,
    fetch_submodules,
    fetch_tags,
    fork_of,
    home_of_project,
)
from pytest_sprintready.diagnosis.model import Remedy, diagnosed
from pytest_sprintready.diagnosis.output import calls, programs
from pytest_sprintready.diagnosis.systems import install_package, package
from pytest_sprintready.reading.shell import program_name

if TYPE_CHECKING:
    from pytest_sprintready.diagnosis.model import Diagnosis
    from pytest_sprintready.diagnosis.seen import Seen

TAGLESS = re.compile(
    r"\b(?:0\.[01](?:\.\d+)?\.(?:dev|post)\d+(?:\+[\w.]+)?|0\+(?:untagged|unknown)[\w.]*|0\.0\.0(?:\.post\d+)?\.dev\d+(?:\+[\w.]+)?)"
)
"""A version that setuptools-scm, versioneer or their kin make up where no tag tells one."""


def runs_git(seen: Seen, *verbs: str) -> bool:
    """Tell whether the command that failed is git with one of these verbs, or any if none is named."""
    named = [call for call in calls(seen.failure.command) if program_name(call) == "git"]
    return any(not verbs or set(verbs) & set(call.words[1:]) for call in named)


def written(seen: Seen) -> str:
    """Return what was written about the failure: the output, and what exceptions say."""
    said = (f"{each.message}\n{each.get('stderr')}" for each in seen.failure.raised)
    return "\n".join((seen.failure.output, *said))


def again(seen: Seen) -> tuple[Remedy, ...]:
    """Return the command that failed, to be typed once more after what mends it; () where none is known."""
    return (Remedy(seen.failure.command, "again"),) if seen.failure.command else ()


@cause(
    "SRN01",
    "path-too-long",
    title="Windows does not take a path of the repository, which is too long",
    looks="`error: unable to create file ...: Filename too long` while git clones or switches a branch on Windows.",
    why="Windows programs take paths of at most 260 characters, unless they are told that this one may take more.",
    prevent="Keep paths in the repository under 150 characters, so that they fit into most folders.",
)
def path_too_long(seen: Seen) -> Diagnosis | None:
    """Take over where git says so, on Windows."""
    found = re.search(
        r"^(?:error|fatal): .*?([^\s:']+)'?: (?:Filename|File name) too long", written(seen), re.MULTILINE
    )
    if not found or seen.machine.system != "windows":
        return None
    clone = next((call for call in calls(seen.failure.command) if call.words[:2] == ("git", "clone")), None)
    folder = clone.words[-1].rstrip("/").rpartition("/")[2].removesuffix(".git") if clone else ""
    into = (Remedy(f"cd {quoted(folder)}", "git"),) if folder else ()
    return diagnosed(
        what="Windows refused a path of this repository because it is too long.",
        cause="Git may create such files once it is told that it may use long paths.",
        quote=found[0],
        remedies=(
            Remedy("git config --global core.longpaths true", "git", ("core.longpaths",)),
            *into,
            Remedy("git restore --source=HEAD :/", "git"),
        ),
        fault="machine",
    )


_CARRIAGE_RETURN = re.compile(
    r"\$'\\r': command not found|(?:\\r|\^M|\?|\r)['\u2019]?: (?:No such file|bad interpreter|Aucun|Datei)|python3?\\r"
)


@cause(
    "SRN02",
    "windows-line-ends",
    title="A script has the line ends of Windows",
    looks=r"`$'\r': command not found`, `env: 'bash\r': No such file or directory`, or every file counts as modified.",
    why="Git for Windows may turn line ends into those of Windows as it checks files out. A shell takes the extra "
    "character for a part of the command.",
    prevent="Put `*.sh text eol=lf` into .gitattributes: then scripts keep their line ends on every machine.",
)
def windows_line_ends(seen: Seen) -> Diagnosis | None:
    """Take over where the script that was run has such line ends; who put them there, git can tell."""
    script = next(filter(None, (_with_windows_ends(seen, name) for name in _scripts(seen))), "")
    if not script or seen.failure.exit_code == 0:
        return None
    if not _CARRIAGE_RETURN.search(seen.failure.output) and seen.failure.exit_code not in (126, 127):
        return None
    what = f"{script} has the line ends of Windows, which the shell does not understand."
    if seen.machine.git.line_ends(script)[:1] == ("crlf",):
        strip = "sed -i '' $'s/\\r$//'" if seen.machine.system == "macos" else r"sed -i 's/\r$//'"
        line = f"{strip} {quoted(script)}"
        why = "It was committed like that. `*.sh text eol=lf` in .gitattributes would keep it from happening again."
        return diagnosed(what, why, remedies=(Remedy(line, "configure", (script,)), *again(seen)))
    return diagnosed(
        what,
        cause="Commit first what you changed: these lines put every file back as it was committed.",
        remedies=(
            Remedy("git config core.autocrlf input", "git", ("core.autocrlf",)),
            Remedy("git rm --cached -r -q .", "git"),
            Remedy("git reset --hard -q", "git"),
            *again(seen),
        ),
        fault="machine",
    )


def _scripts(seen: Seen) -> tuple[str, ...]:
    """Return the files of the repository that the command names, or that a shell complains about."""
    words = [word for call in calls(seen.failure.command) for word in call.words]
    words += re.findall(r"^([^\s:]+): line \d+:", seen.failure.output, re.MULTILINE)
    words += re.findall(r"^(?:\S*sh|make): (?:\d+: )?([^\s:]+): ", seen.failure.output, re.MULTILINE)
    return tuple(dict.fromkeys(word.removeprefix("./") for word in words))


def _with_windows_ends(seen: Seen, name: str) -> str:
    from pytest_sprintready.errors import FileProblem

    try:
        data = seen.facts.snapshot.read_bytes(name) if seen.facts.snapshot.has(name) else b""
    except FileProblem:
        return ""
    return name if data.startswith(b"#!") and data.partition(b"\n")[0].endswith(b"\r") else ""


@cause(
    "SRN03",
    "empty-submodule",
    title="A submodule was not fetched",
    looks="An empty folder, and a build or test that finds no file in it.",
    why="`git clone` brings the places of submodules but not what they hold, unless it is told `--recurse-submodules`.",
    prevent="Document `git clone --recurse-submodules`, and the command for those who have cloned already.",
    checks=("SR505",),
)
def empty_submodule(seen: Seen) -> Diagnosis | None:
    """Take over where what was written names one that is empty, or it lies next to the file that is not there."""
    if seen.failure.exit_code == 0:
        return None
    text = written(seen).replace("\\", "/")
    empty = [path for path in seen.machine.git.empty_submodules if _names(text, path)]
    if not empty:
        return None
    return diagnosed(
        what=f"The folder {empty[0]} is empty: it is a submodule that was not fetched.",
        cause="A plain `git clone` leaves submodules (.gitmodules) out.",
        remedies=(fetch_submodules(), *again(seen)),
        fault="machine",
    )


def _names(text: str, path: str) -> bool:
    return bool(re.search(rf"(?<![\w.-]){re.escape(path)}(?![\w-])", text))


@cause(
    "SRN04",
    "lfs-pointer",
    title="A large file is only the note that Git LFS keeps in its place",
    looks="A file of 130 bytes that begins with `version https://git-lfs.github.com/spec/v1`; readers call it corrupt.",
    why="Git LFS keeps large files beside the repository. Without git-lfs, a clone has notes on where they are.",
    prevent="Tell contributors to install git-lfs, or let the tests that need such files skip where they are notes.",
    checks=("SR506",),
)
def lfs_pointer(seen: Seen) -> Diagnosis | None:
    """Take over where what was written shows such a note, or names a file that is one."""
    if seen.failure.exit_code == 0:
        return None
    text = written(seen).replace("\\", "/")
    frames = [frame.source for each in seen.failure.raised for frame in each.frames]
    pointers = seen.machine.git.lfs_pointers
    named = [path for path in pointers if _names(text, path) or any(_names(line, path) for line in frames)]
    named = named or [path for path in pointers if _names(text, path.rpartition("/")[2])]
    shown = "version https://git-lfs.github.com/spec/" in text
    if not pointers or not (named or shown):
        return None
    first: tuple[Remedy, ...] = ()
    if "git-lfs" not in seen.machine.programs:
        name = package(seen.machine, "git-lfs")
        line = install_package(seen.machine, name) if name else ""
        first = (Remedy(line, "system", (name,)),) if line else ()
    return diagnosed(
        what=f"{(named or list(pointers))[0]} is a note of Git LFS, not the file itself.",
        cause="Its contents are kept outside of git, and were not fetched when this was cloned.",
        remedies=(*first, *fetch_large_files(), *again(seen)),
        fault="machine",
    )


@cause(
    "SRN05",
    "no-tags",
    title="The version cannot be told, because the clone has no tags",
    looks="The project installs as `0.1.dev1+g1a2b3c4` or `0+untagged`; what asks for a later version then fails.",
    why="The version comes from the tags of git. A fork made without them, or a shallow clone, has none.",
    prevent="Set a fallback version, and tell contributors to fetch the tags.",
    checks=("SR507",),
)
def no_tags(seen: Seen) -> Diagnosis | None:
    """Take over where a made-up version is complained about in a clone without tags."""
    git = seen.machine.git
    if seen.failure.exit_code == 0 or not git.top or git.tag_count:
        return None
    name = seen.facts.project.name
    spelled = "[-_.]".join(map(re.escape, name.split("-"))) if name else ""
    about = rf"(?i:\b{spelled}\b).{{0,80}}?" if spelled else ""
    found = re.search(about + TAGLESS.pattern, written(seen))
    if not found:
        return None
    number = TAGLESS.findall(found[0])[-1]
    brought = fetch_tags(seen.facts, seen.machine)
    anew = (
        (Remedy(install(seen.machine, "-e", "."), "install", (name,)),)
        if is_installed(seen.facts, seen.machine)
        else ()
    )
    return diagnosed(
        what=f"This clone has no tags, so {name or 'the project'} takes {number} for its version.",
        cause="The history was cut off when cloning."
        if git.shallow
        else "A fork does not bring the tags along by itself.",
        remedies=(*brought, *anew, *again(seen)) if brought else (),
        fault="machine",
    )


@cause(
    "SRN07",
    "push-denied",
    title="You may not push to this repository",
    looks="`Permission to lantern/lantern.git denied` or `The requested URL returned error: 403` on `git push`.",
    why="Only maintainers can write to a project's own repository. Others push to a fork of theirs, "
    "and propose from there.",
    prevent="Let the guide say: fork first, then clone the fork, and add the project as `upstream`.",
    checks=("SR109", "SR120"),
)
def push_denied(seen: Seen) -> Diagnosis | None:
    """Take over where the server says so to a push; HTTP's number is the same in all languages."""
    if not runs_git(seen, "push"):
        return None
    found = re.search(
        r"^.*(?:returned error: 403|Permission to \S+ denied|denied to \S+|not allowed to push"
        r"|pre-receive hook declined|protected branch).*$",
        seen.failure.output,
        re.MULTILINE,
    )
    remotes = seen.machine.git.remotes
    url = remotes.get("origin", "")
    if not found or not url or OWN_NAME in url:
        return None
    branch = seen.machine.git.branch or "HEAD"
    if "gh" in seen.machine.programs and "github.com" in url:
        ways: tuple[Remedy, ...] = (Remedy("gh repo fork --remote", "git", ("origin",)),)
        mine = ""
    else:
        aside = "git remote remove origin" if "upstream" in remotes else "git remote rename origin upstream"
        ways = (Remedy(aside, "git"), Remedy(f"git remote add origin {fork_of(url)}", "git", ("origin",)))
        mine = f" Fork it on its page first; {OWN_NAME} is your own name there."
    return diagnosed(
        what="Only maintainers may push to this repository; your commits go to a fork of it.",
        cause=f"origin is the project's own repository.{mine}",
        quote=found[0].strip(),
        remedies=(*ways, Remedy(f"git push -u origin {branch}", "git")),
        fault="machine",
        certain=not mine,
    )


@cause(
    "SRN08",
    "no-branch-or-upstream",
    title="A branch or the remote of the project is missing",
    looks="`fatal: You are not currently on a branch.` or `fatal: 'upstream' does not appear to be a git repository`.",
    why="After checking out a tag or a commit there is no branch for new commits. `upstream`, the project's own "
    "repository, is a remote that everybody adds to the clone of their fork.",
    prevent="Let the guide show `git remote add upstream ...` and `git switch -c ...`.",
    checks=("SR120",),
)
def no_branch_or_upstream(seen: Seen) -> Diagnosis | None:
    """Take over where git was asked for a branch while HEAD is detached, or for an upstream that is not there."""
    git = seen.machine.git
    if not git.top or seen.failure.exit_code == 0:
        return None
    if runs_git(seen, "push") and git.revision and not git.branch:
        return diagnosed(
            what="There is no branch here: a commit was checked out, not a branch (detached HEAD).",
            cause="Your commits need a branch of their own to lie on; call it as you like.",
            remedies=(branch_off(), Remedy("git push -u origin my-change", "git")),
            fault="machine",
        )
    asked = any("upstream" in re.split(r"[\s/]", " ".join(call.words[1:])) for call in calls(seen.failure.command))
    if not asked or "upstream" in git.remotes or not runs_git(seen):
        return None
    added = add_upstream(seen.facts, seen.machine)
    _, place = home_of_project(seen.facts, seen.machine)
    return diagnosed(
        what="This clone does not know the project's own repository, `upstream`, yet.",
        cause="Its address has to be added once."
        if added
        else "No file here tells its address: see the project's page.",
        place=place,
        remedies=(*added, *again(seen)) if added else (),
        fault="machine",
    )


_CUT_OFF = re.compile(
    r"early EOF|unexpected disconnect|RPC failed|transfer closed|hung up unexpectedly"
    r"|index-pack failed|Operation too slow"
)


@cause(
    "SRN09",
    "clone-too-large",
    title="The clone broke off: the repository is large and the network slow",
    looks="`error: RPC failed`, `fetch-pack: unexpected disconnect`, `fatal: early EOF` during `git clone`.",
    why="A clone brings every version of every file there ever was. In a hall with shared wifi that takes "
    "long and breaks.",
    prevent="Document `git clone --filter=blob:none`, which brings old versions only when they are asked for.",
    checks=("SR508",),
)
def clone_too_large(seen: Seen) -> Diagnosis | None:
    """Take over where a clone of everything was cut off on its way."""
    clone = next(
        (call for call in calls(seen.failure.command) if "clone" in call.words and "git" in programs_of(seen)), None
    )
    if clone is None or not _CUT_OFF.search(seen.failure.output) or any("--filter" in word for word in clone.words):
        return None
    words = list(clone.words)
    words.insert(words.index("clone") + 1, "--filter=blob:none")
    return diagnosed(
        what="The connection broke off before the whole history had arrived.",
        cause="Without the old versions of files, which git fetches when they are needed, there is far less to bring.",
        remedies=(Remedy(" ".join(map(quoted, words)), "git"),),
        fault="machine",
    )


def programs_of(seen: Seen) -> tuple[str, ...]:
    """Return the programs of the command that failed."""
    return programs(seen.failure.command)


@cause(
    "SRN88",
    "no-ssh-key",
    title="The forge does not know your SSH key",
    looks="`git@github.com: Permission denied (publickey).` on `git clone` or `git fetch`.",
    why="An address that begins with `git@` needs a key that you have given to the forge. Reading needs none "
    "over HTTPS.",
    prevent="Show the HTTPS address in the guide: it works for everybody.",
)
def no_ssh_key(seen: Seen) -> Diagnosis | None:
    """Take over where ssh says so to git."""
    if "Permission denied (publickey" not in seen.failure.output or not runs_git(seen):
        return None
    addressed = re.search(r"(?:ssh://)?git@([\w.-]+)[:/]([^\s'\"]+)", seen.failure.command)
    if not addressed:
        return None
    url = f"https://{addressed[1]}/{addressed[2]}"
    return diagnosed(
        what=f"{addressed[1]} does not know a key of this machine, so it refuses this kind of address.",
        cause="Over HTTPS everybody may read. A key is needed for pushing alone.",
        remedies=(Remedy(seen.failure.command.replace(addressed[0], url), "git"),),
        fault="machine",
    )
