"""The machine lacks something small: time zones, a locale, git's identity, the history, memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis.catalogue import cause
from pytest_sprintready.diagnosis.catalogue.importing import quoting
from pytest_sprintready.diagnosis.commands import bring, plain_install, pytest, with_variable
from pytest_sprintready.diagnosis.homes import homes
from pytest_sprintready.diagnosis.model import Diagnosis, Remedy, diagnosed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.diagnosis.model import Raised
    from pytest_sprintready.diagnosis.seen import Seen


@cause(
    "SRN48",
    "no-time-zones",
    title="Python finds no time zones",
    looks="`ZoneInfoNotFoundError: 'No time zone found with key Europe/Berlin'`",
    why="Python takes time zones from the operating system. Windows and small containers have none, and some systems "
    "leave out old names such as US/Eastern; the distribution tzdata brings them all.",
    prevent='Declare `tzdata` among the dependencies, with the marker `sys_platform == "win32"` if you like.',
)
def no_time_zones(seen: Seen) -> Diagnosis | None:
    """Take over where there are no time zones at all, or an old name is asked for; a misspelt one is left alone."""
    raised = seen.first("zoneinfo._common.ZoneInfoNotFoundError", "zoneinfo.ZoneInfoNotFoundError")
    if raised is None or seen.machine.version("tzdata"):
        return None
    name = re.search(r"key ([\w/+-]+)", raised.message)
    key = name[1] if name else "UTC"
    old = key.startswith(("US/", "Canada/", "Brazil/", "Chile/", "Mexico/"))
    if raised.get("zones") != "none" and not old:
        return None
    place, quote = quoting(seen.own_frame(raised))
    declared = homes(seen.facts, seen.machine, ("tzdata",))
    remedies = bring(seen.facts, seen.machine, declared[0]) if declared else (plain_install(seen.machine, "tzdata"),)
    return diagnosed(
        what=f"This machine does not know the time zone {key}.",
        cause="The operating system brings no time zones, or not the old names; the distribution tzdata does.",
        place=place,
        quote=quote,
        remedies=remedies,
        fault="machine",
    )


@cause(
    "SRN49",
    "no-locale",
    title="The operating system lacks a locale",
    looks="`locale.Error: unsupported locale setting`",
    why="A test sets a locale that was never generated on this machine, or the environment names one that is not "
    "there, which happens over ssh and in containers.",
    prevent="Set the locale in the tests with a fixture that skips where it is not there; name it in the guide.",
)
def no_locale(seen: Seen) -> Diagnosis | None:
    """Take over for Python's own exception, in lines that are not new."""
    raised = seen.first("locale.Error")
    if raised is None or seen.is_new():
        return None
    frame = seen.own_frame(raised)
    place, quote = quoting(frame)
    named = re.search(r"['\"]([a-z]{2,3}_[A-Z]{2})(\.[\w-]+)?(@\w+)?['\"]", quote)
    if not named:
        if frame is not None and re.search(r"setlocale\([^,]+,\s*['\"].+['\"]", quote):
            return None
        line = with_variable(seen.machine, "LC_ALL", "C.UTF-8", pytest(seen.machine))
        what = "The locale that this terminal asks for does not exist on this machine."
        cause = "LANG or one of the LC_ variables names it; C.UTF-8 is there on every system."
        return diagnosed(what, cause, place, quote, (Remedy(line, "configure"),), "machine")
    language, encoding = named[1], (named[2] or ".UTF-8").lstrip(".")
    return diagnosed(
        what=f"The locale {language}.{encoding} does not exist on this machine.",
        cause="The operating system has to generate it once.",
        place=place,
        quote=quote,
        remedies=tuple(Remedy(line, "system", (language,)) for line in _generate(seen, language, encoding)),
        fault="machine",
    )


def _generate(seen: Seen, language: str, encoding: str) -> Iterator[str]:
    """Yield what brings a locale: definitions come as a package of their own on Debian, ready-made on Fedora."""
    sudo = "sudo " if "sudo" in seen.machine.programs else ""
    if seen.machine.family == "fedora":
        yield f"{sudo}dnf install -y glibc-langpack-{language.partition('_')[0]}"
    elif seen.machine.system == "linux":
        if seen.machine.family == "debian":
            yield f"{sudo}apt-get install -y locales"
        yield f"{sudo}localedef -i {language} -f {encoding} {language}.{encoding}"


def git_failures(seen: Seen) -> Iterator[Raised]:
    """Yield the exceptions of a git command that ended with its code for "fatal"."""
    for raised in seen.all("subprocess.CalledProcessError", "git.exc.GitCommandError"):
        command = raised.get("cmd") or raised.message
        code = raised.get("returncode") or (re.search(r"(?:status|code)\D{0,6}(\d+)", raised.message) or ("", ""))[1]
        if re.search(r"(^|[/'\"\s\[])git(\.exe)?\b", command) and code == "128":
            yield raised


@cause(
    "SRN51",
    "git-identity",
    title="git does not know who you are",
    looks="`Author identity unknown`, `Please tell me who you are`; git ends with code 128.",
    why="A commit carries a name and an e-mail address. This machine's git has none yet.",
    prevent="Let a fixture set GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL and the same for the committer, so that tests do not "
    "depend on the machine.",
)
def git_identity(seen: Seen) -> Diagnosis | None:
    """Take over where git failed to commit, or to make a tag, and has no identity."""
    for raised in git_failures(seen):
        command = raised.get("cmd") or raised.message
        if re.search(r"\b(commit|tag|merge|rebase|am|cherry-pick|stash|revert)\b", command) and not (
            seen.machine.git.has_identity if seen.machine.git.top else False
        ):
            place, quote = quoting(seen.own_frame(raised))
            return diagnosed(
                what="git does not know who you are, so it makes no commits.",
                cause="Put your own name and address into these two lines.",
                place=place,
                quote=quote,
                remedies=(
                    Remedy('git config --global user.name "Your Name"', "configure", ("user.name",)),
                    Remedy('git config --global user.email "you@example.org"', "configure", ("user.email",)),
                ),
                fault="machine",
            )
    return None


@cause(
    "SRN52",
    "no-git-history",
    title="The folder is not a clone",
    looks="`fatal: not a git repository`, from a test, a build or a hook.",
    why="A zip file or a source distribution has the code and not its history. Some builds and tests ask git for it.",
    prevent="Say in the guide to clone; let tests that need the history skip without it.",
)
def no_git_history(seen: Seen) -> Diagnosis | None:
    """Take over where git failed, and the folder is no part of a work tree."""
    if seen.machine.git.top:
        return None
    for raised in git_failures(seen):
        place, quote = quoting(seen.own_frame(raised))
        url = _repository_url(seen)
        remedies = (Remedy(f"git clone {url}", "git", (url,), seen.facts.project.places.get("urls")),) if url else ()
        return diagnosed(
            what="This folder is not a git repository, and a test asks git for its history.",
            cause="It was unpacked from an archive. A clone has the history; work in that one.",
            place=place,
            quote=quote,
            remedies=remedies,
            fault="machine",
        )
    return None


def _repository_url(seen: Seen) -> str:
    urls = seen.facts.project.urls
    for label, url in urls.items():
        if re.sub(r"[\W_]", "", label).lower() in ("source", "sourcecode", "repository", "code", "github", "git"):
            return url
    return next((url for url in urls.values() if re.fullmatch(r"https://(github|gitlab)\.com/[^/]+/[^/]+/?", url)), "")


@cause(
    "SRN53",
    "worker-crashed",
    title="A process that ran tests was killed",
    looks="`worker 'gw1' crashed while running ...`, or a bare `Killed`.",
    why="Several processes at once need several times the memory; the operating system ends one of them. A crash in "
    "compiled code looks the same.",
    prevent="Do not set `-n` in addopts, or keep the number small; name a quick subset in the guide.",
    checks=("SR208",),
)
def worker_crashed(seen: Seen) -> Diagnosis | None:
    """Take over for what pytest-xdist reports of a worker that is gone."""
    if seen.failure.stage != "run" or "crashed" not in seen.failure.words:
        return None
    return diagnosed(
        what="A process that ran tests was ended from outside.",
        cause="Often the memory is too small for several at once; if it happens with one as well, it is the test.",
        quote=seen.failure.node,
        remedies=(Remedy(pytest(seen.machine, "-n", "1"), "configure"),),
        fault="machine",
        certain=False,
    )
