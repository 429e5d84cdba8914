"""`sprintready`: one command a module of this folder, which is loaded when that command is typed.

Exit codes: 0 nothing required fails; 1 something required fails; 2 usage or configuration, or a bug of ours;
3 a repository could not be read; 4 a need of network or forge was not met and `--strict` asked for it;
130 interrupted. Of several repositories the worst counts.
"""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

from pytest_sprintready.cli.outcomes import INTERRUPTED, USAGE
from pytest_sprintready.cli.output import columns, complain, complain_of_bug, forgive_encoding
from pytest_sprintready.errors import SprintReadyError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

# What `sprintready --help` lists. The module of that name has `add_arguments(command)`, `run(arguments)` and FORMATS,
# the first of which is the default; or it has COMMANDS of its own, and DEFAULT, the one that is meant without a name.
COMMANDS = {
    "check": "judge repositories, and mend what can be mended",
    "init": "begin with sprintready: plugin, hooks, configuration",
    "facts": "what the files say, as values with their places",
    "howto": "for a newcomer: what to type to set up and test",
    "issues": "which issues on the forge a newcomer can take today",
    "labels": "the labels a sprint needs, and those the forge has",
    "doctor": "for a newcomer: what this machine still lacks",
    "run": "run a command, and explain its failure",
    "explain": "one check (SR101) or cause of failures (SRN36): why, and what to do",
    "checks": "the catalogue of checks",
    "verify": "clone afresh, type what is documented, and see whether the tests get green",
    "audit": "for an organizer: all projects of a sprint",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code, and raise nothing but what SPRINTREADY_DEBUG=1 asks for."""
    for stream in (sys.stdout, sys.stderr):
        forgive_encoding(stream)
    typed = sys.argv[1:] if argv is None else list(argv)
    try:
        arguments = parser(next((word for word in typed if not word.startswith("-")), "")).parse_args(typed)
        code: int = arguments.run(arguments)
    except SystemExit as stop:  # argparse has said what there is to say
        return stop.code if isinstance(stop.code, int) else USAGE
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except SprintReadyError as error:
        complain(str(error))
        return error.exit_code
    except Exception as error:  # noqa: BLE001  nobody at a sprint is helped by a traceback
        complain_of_bug(error)
        return USAGE
    return code


def parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line; with `only`, just that command has its arguments, to load no other."""
    top = argparse.ArgumentParser(
        prog="sprintready",
        description="Is this repository ready for an open-source sprint? Reads its files; runs nothing of it.",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    _fill_group(top, __name__, COMMANDS, only)
    return top


def _fill_group(group: argparse.ArgumentParser, package: str, names: Mapping[str, str], only: str | None) -> None:
    commands = group.add_subparsers(title="commands", metavar="COMMAND", required=True, prog=group.prog)
    for name, description in names.items():
        command = commands.add_parser(
            name, help=description, description=description, formatter_class=_formatter, allow_abbrev=False
        )
        if only in (None, name):
            _fill(command, import_module(f"{package}.{name}"))


def _fill(command: argparse.ArgumentParser, module: ModuleType) -> None:
    if hasattr(module, "COMMANDS"):
        command.epilog = f"Without a command, {module.DEFAULT} is meant: `{command.prog} {module.DEFAULT} --help`."
        _fill_group(command, module.__name__, module.COMMANDS, None)
        _name_the_default(command, module.COMMANDS, module.DEFAULT)
        return
    module.add_arguments(command)
    command.set_defaults(run=module.run)
    formats: tuple[str, ...] = module.FORMATS
    if formats:
        command.add_argument("--format", choices=formats, default=formats[0], help="default: %(default)s")
    command.add_argument("--output", metavar="FILE", help="write to this file, not to standard output")
    command.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: %(default)s")


def _name_the_default(command: argparse.ArgumentParser, names: Mapping[str, str], default: str) -> None:
    """Let the first word be left out where it is the default: argparse knows no such thing."""
    parse = command.parse_known_args

    def parse_with_default(args: Any = None, namespace: Any = None) -> Any:
        words = list(args or ())
        named = bool(words) and words[0] in (*names, "-h", "--help")
        return parse(words if named else [default, *words], namespace)

    command.parse_known_args = parse_with_default  # type: ignore[method-assign]


def _formatter(prog: str) -> argparse.HelpFormatter:
    # With its width given, argparse needs no shutil, whose import takes longer than reading most repositories.
    return argparse.HelpFormatter(prog, max_help_position=28, width=min(columns(), 100))


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        import pytest_sprintready

        print(f"sprintready {pytest_sprintready.__version__}")  # noqa: T201
        parser.exit()
