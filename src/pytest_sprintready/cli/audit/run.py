"""`sprintready audit sprint.toml`: judge every project of a manifest, and keep the results."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.cli.audit.organisations import add_organisations, listed
from pytest_sprintready.cli.outcomes import FAILED, OK, UNREADABLE
from pytest_sprintready.cli.output import write
from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from pytest_sprintready.audit.manifest import Manifest
    from pytest_sprintready.audit.results import Audit
    from pytest_sprintready.audit.run import Options

FORMATS = ("text", "json")
MANIFEST = "sprint.toml"


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Declare what this command takes."""
    command.add_argument(
        "manifest",
        nargs="?",
        metavar="MANIFEST",
        help=f"sprint.toml, a list of addresses (.txt, or - for standard input) or a .csv; default: {MANIFEST}",
    )
    add_organisations(command)
    command.add_argument(
        "--store", metavar="FILE", help="where results are kept; default: the manifest's name, .sqlite"
    )
    command.add_argument("--cache", metavar="FOLDER", help="where fetched commits are kept; default: the user's cache")
    command.add_argument(
        "--allow-local",
        action="store_true",
        help="also addresses of this machine and its network, and folders in lists",
    )
    command.add_argument("--jobs", type=_positive, default=0, metavar="N", help="processes; default: two for each core")
    command.add_argument("--executor", choices=("processes", "dask"), default="processes", help="default: %(default)s")
    command.add_argument("--scheduler", default="", metavar="ADDRESS", help="of the dask cluster, tcp://host:8786")
    command.add_argument("--shard", type=_shard, default=(1, 1), metavar="I/N", help="only the I-th of N parts")
    command.add_argument("--issues", action="store_true", help="also ask the forges for issues a newcomer can take")
    command.add_argument("--verify", action="store_true", help="also run the tests of each project, in a fresh clone")
    command.add_argument(
        "--verify-minutes", type=_positive, default=30, metavar="N", help="for each project; default: %(default)s"
    )
    command.add_argument("--fresh", action="store_true", help="begin anew, and take no verdict from an earlier audit")


def run(arguments: argparse.Namespace) -> int:
    """Audit, then print the table; return 0 where every project is ready."""
    from pytest_sprintready.audit.run import run_audit
    from pytest_sprintready.audit.store import Store
    from pytest_sprintready.cli.audit.progress import progress

    manifest = _organisations(arguments) if arguments.organisations else _manifest(arguments)
    options = _options(arguments)
    with Store(_store(arguments)) as store:
        with progress(len(manifest.projects)) as notice:
            number = run_audit(store, manifest, options, notice)
        audit = store.audit(number)
        return write(arguments, _rendered(arguments, audit), _code(audit))


def _rendered(arguments: argparse.Namespace, audit: Audit) -> str:
    if arguments.format == "json":
        from pytest_sprintready.audit.export import json_lines

        return "".join(json_lines(audit))
    from pytest_sprintready.audit.tables import standings

    return standings(audit)


def _code(audit: Audit) -> int:
    from pytest_sprintready.audit.results import Standing

    found = {project.standing for project in audit.projects}
    if Standing.UNREADABLE in found:
        return UNREADABLE
    return OK if found <= {Standing.READY} else FAILED


def _manifest(arguments: argparse.Namespace) -> Manifest:
    from pytest_sprintready.audit import lists
    from pytest_sprintready.audit.manifest import load_manifest

    name = arguments.manifest or MANIFEST
    if name == "-":
        import sys

        return lists.read_list(sys.stdin.read(), "standard input", local=arguments.allow_local)
    if name.endswith((".csv", ".txt")):
        return lists.load(name, local=arguments.allow_local)
    return load_manifest(name)


def _organisations(arguments: argparse.Namespace) -> Manifest:
    if arguments.manifest:
        raise UsageError(
            "a manifest and --organisation name different projects",
            f"choose one; `sprintready audit init --organisation {arguments.organisations[0]}` writes a manifest",
        )
    return listed(arguments)


def _options(arguments: argparse.Namespace) -> Options:
    from pytest_sprintready.audit.run import Options
    from pytest_sprintready.audit.sources import Sources, cache_folder

    if (arguments.executor == "dask") != bool(arguments.scheduler):
        raise UsageError("--executor dask and --scheduler go together", "for example --scheduler tcp://127.0.0.1:8786")
    sources = Sources(arguments.cache or cache_folder(), arguments.allow_local)
    options = Options(sources, arguments.jobs, arguments.scheduler, arguments.shard, arguments.fresh)
    if arguments.issues:
        from pytest_sprintready.forge import Options as Asking

        options = options._replace(issues=Asking(kind=arguments.forge_kind))
    return options._replace(verify_seconds=60.0 * arguments.verify_minutes) if arguments.verify else options


def _store(arguments: argparse.Namespace) -> str:
    if arguments.store:
        return str(arguments.store)
    name = arguments.manifest if arguments.manifest not in (None, "-") else MANIFEST
    return str(Path(name).with_suffix(".sqlite"))


def _positive(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,3}", text):
        raise ArgumentTypeError(f"{text!r} is no number from 1")
    return int(text)


def _shard(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise ArgumentTypeError(f"{text!r} is no part like 1/4")
    return int(found[1]), int(found[2])
