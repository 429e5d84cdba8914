"""The clone: tags, submodules, large files, remotes, identity, hooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_sprintready.diagnosis import commands, gits
from pytest_sprintready.diagnosis.catalogue.committing import HOOKS, pins
from pytest_sprintready.diagnosis.doctor.environment import future
from pytest_sprintready.diagnosis.doctor.patient import advice, fine, needed
from pytest_sprintready.diagnosis.model import Remedy
from pytest_sprintready.diagnosis.systems import install_package, package
from pytest_sprintready.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.diagnosis.doctor.patient import Finding, Patient
    from pytest_sprintready.facts import Facts


_FROM_GIT = re.compile(
    r"setuptools[-_]scm|hatch[-_]vcs|versioningit|versioneer|poetry-dynamic-versioning|setuptools-git-versioning|dunamai"
    r"|vcs-versioning|hatch-vcs"
)


def history(patient: Patient) -> Iterator[Finding]:
    """Look at the clone: is it one, are tags there that the version is made of."""
    facts, git = patient.facts, patient.machine.git
    if not git.top:
        if "git" not in patient.machine.programs:
            name = package(patient.machine, "git")
            line = install_package(patient.machine, name) if name else ""
            yield needed("git", "git is not installed.", None, "", (Remedy(line, "system", (name,)),) if line else ())
            return
        url, place = gits.home_of_project(facts, patient.machine)
        remedies = (Remedy(f"git clone {commands.quoted(url)}", "git", ("clone",), place),) if url else ()
        yield advice("git", "This folder is not a git clone; you need one to send a change.", None, "", remedies)
        return
    requires = " ".join(each.text for each in facts.project.build_requires)
    if _FROM_GIT.search(requires) or "poetry-dynamic-versioning" in facts.project.tools:
        if git.tag_count:
            yield fine("tags", f"{git.tag_count} tags, of which the version is made")
        elif _has_fallback(facts):
            yield advice("tags", "This clone has no tags; the project takes a fallback for its version.", None, "",
                          gits.fetch_tags(facts, patient.machine))  # fmt: skip
        else:
            what = "This clone has no tags, and the version is made of them."
            place = facts.project.places.get("build_requires")
            yield needed("tags", what, place, "", gits.fetch_tags(facts, patient.machine))


def _has_fallback(facts: Facts) -> bool:
    text = facts.text("pyproject.toml") or ""
    return bool(
        re.search(
            r"fallback[-_]version|default[-_]tag",
            text + (facts.text("setup.py") or "") + (facts.text("setup.cfg") or ""),
        )
    )


def submodules(patient: Patient) -> Iterator[Finding]:
    """Look whether submodules were fetched."""
    git = patient.machine.git
    if git.top and git.empty_submodules:
        shown = ", ".join(git.empty_submodules[:3]) + (" ..." if len(git.empty_submodules) > 3 else "")
        yield needed(
            "submodules",
            f"Submodules were not fetched: {shown}.",
            Evidence(".gitmodules"),
            "",
            (gits.fetch_submodules(),),
        )
    elif git.top and patient.facts.submodules.value:
        yield fine("submodules", "submodules are fetched")


def large_files(patient: Patient) -> Iterator[Finding]:
    """Look whether files kept by git-lfs are the files, or notes on where they are."""
    machine = patient.machine
    found = machine.git.lfs_pointers
    if not found:
        return
    first: tuple[Remedy, ...] = ()
    if (
        "git-lfs" not in machine.programs
        and (name := package(machine, "git-lfs"))
        and (line := install_package(machine, name))
    ):
        first = (Remedy(line, "system", (name,)),)
    count = f"{len(found)} files are" if len(found) > 1 else f"{found[0]} is"
    yield needed("large files", f"{count} only a note of Git LFS, not the contents.", Evidence(found[0]), "",
                  (*first, *gits.fetch_large_files()))  # fmt: skip


def identity(patient: Patient) -> Iterator[Finding]:
    """Ask git whether a commit would know its author."""
    git = patient.machine.git
    if not git.top:
        return
    if git.has_identity:
        yield fine("identity", "git knows who commits")
    else:
        yield needed(
            "identity",
            "git does not know who commits; put in your own name and address.",
            None,
            "",
            gits.introduce(),
        )


def remotes(patient: Patient) -> Iterator[Finding]:
    """Look at where commits would go: a branch, a fork, the project's own repository as `upstream`."""
    facts, machine = patient.facts, patient.machine
    git = machine.git
    if not git.top:
        return
    if git.revision and not git.branch:
        yield advice("branch", "A commit is checked out, not a branch (detached HEAD).", None, "", (gits.branch_off(),))
    url, _ = gits.home_of_project(facts, machine)
    origin = git.remotes.get("origin", "")
    if not origin or not url or "upstream" in git.remotes:
        return
    if gits.same_repository(url, origin):
        yield advice("fork", "origin is the project's own repository; to send a change, fork it and push there.")
    else:
        yield advice(
            "upstream",
            "The project's own repository is not a remote here yet.",
            None,
            "",
            gits.add_upstream(facts, machine),
        )


def hooks(patient: Patient) -> Iterator[Finding]:
    """Look whether pre-commit, where it is configured, would run, with the Pythons its hooks ask for."""
    facts, machine = patient.facts, patient.machine
    if not facts.pre_commit.value or not machine.git.top:
        return
    text = facts.text(HOOKS) or ""
    if "pre-commit" in machine.git.hooks:
        yield fine("hooks", "the commit hook is installed", Evidence(HOOKS))
    else:
        later = future(patient)
        there = (
            any(name in machine.programs for name in ("pre-commit", "prek")) or "pre-commit" in machine.distributions
        )
        remedies: tuple[Remedy, ...]
        if there:
            program = next((name for name in ("pre-commit", "prek") if name in machine.programs), "")
            remedies = (
                Remedy(
                    f"{program} install" if program else f"{commands.python(later)} -m pre_commit install", "configure"
                ),
            )
        elif "uv" in machine.programs:
            remedies = (
                Remedy("uv tool install pre-commit", "install", ("pre-commit",)),
                Remedy("pre-commit install", "configure"),
            )
        else:
            first = commands.plain_install(later, "pre-commit")
            remedies = (first, Remedy(f"{commands.python(later)} -m pre_commit install", "configure"))
        yield advice(
            "hooks",
            "The project checks commits with pre-commit; its hook is not installed.",
            Evidence(HOOKS),
            "",
            remedies,
        )
    for version, line, names in pins(text):
        number = re.sub(r"[^\d.]", "", version)
        minor = ".".join(number.split(".")[:2])
        if f"python{minor}" not in machine.programs and not machine.python.startswith(f"{minor}."):
            which = ", ".join(names[:3])
            what = f"{version}, which hooks ask for ({which}), is not installed: they would stop a commit."
            yield advice("hooks", what, Evidence(HOOKS, line), text.split("\n")[line - 1].strip())
            break
