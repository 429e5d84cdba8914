"""`sprintready`: check, facts, howto, explain, checks.

Exit codes: 0 nothing required fails; 1 something required fails; 2 usage or configuration, or a bug of ours;
3 a repository could not be read; 130 interrupted. Of several repositories the worst counts.
"""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, TextIO

from pytest_sprintready.errors import SprintReadyError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from pytest_sprintready.config import Settings
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.howto import Guide
    from pytest_sprintready.model import Report
    from pytest_sprintready.report.text import Style

    Answer = TypeVar("Answer", Report, Guide)

OK, FAILED, USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code, and raise nothing but what SPRINTREADY_DEBUG=1 asks for."""
    for stream in (sys.stdout, sys.stderr):
        _forgive_encoding(stream)
    try:
        arguments = _parser().parse_args(argv)
        code: int = arguments.run(arguments)
    except SystemExit as stop:  # argparse has said what there is to say
        return stop.code if isinstance(stop.code, int) else USAGE
    except KeyboardInterrupt:
        _complain("interrupted")
        return INTERRUPTED
    except SprintReadyError as error:
        _complain(str(error))
        return error.exit_code
    except Exception as error:  # noqa: BLE001  nobody at a sprint is helped by a traceback
        _complain_of_bug(error)
        return USAGE
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sprintready",
        description="Is this repository ready for an open-source sprint? Reads its files; runs nothing of it.",
        formatter_class=_formatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog="sprintready")

    check = _command(commands, "check", _check, "judge repositories", ("text", "json", "github", "sarif", "markdown"))
    _add_places(check)
    _add_selection(check)
    amount = check.add_mutually_exclusive_group()
    amount.add_argument("-q", "--quiet", action="store_true", help="text: only what fails")
    amount.add_argument("-v", "--verbose", action="store_true", help="text: every finding, and where a pass was seen")

    facts = _command(commands, "facts", _facts, "what the files say, as values with their places", ("text", "json"))
    _add_places(facts)
    howto = _command(commands, "howto", _howto, "for a newcomer: what to type to set up and test", ("text", "json"))
    _add_places(howto)
    explain = _command(commands, "explain", _explain, "one check: why it matters, what to do", ("text", "json"))
    explain.add_argument("checks", nargs="+", metavar="CODE", help="a code (SR101) or name of a check")
    catalogue = _command(commands, "checks", _checks, "the catalogue of checks", ("text", "json", "markdown"))
    _add_selection(catalogue)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    description: str,
    formats: Sequence[str],
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name, help=description, description=description, formatter_class=_formatter, allow_abbrev=False
    )
    command.set_defaults(run=run, quiet=False, verbose=False, select=[], ignore=[])
    command.add_argument("--format", choices=formats, default=formats[0], help="default: %(default)s")
    command.add_argument("--output", metavar="FILE", help="write to this file, not to standard output")
    command.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="default: %(default)s")
    return command


def _add_places(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="folder or bare git repository")
    command.add_argument("--rev", metavar="REV", help="read this commit from git instead of the files on disk")


def _add_selection(command: argparse.ArgumentParser) -> None:
    what = "codes, beginnings of codes or names, separated by commas; may be repeated"
    command.add_argument("--select", action="append", default=[], metavar="CHECK", help=f"only these: {what}")
    command.add_argument("--ignore", action="append", default=[], metavar="CHECK", help="not these, likewise")


def _formatter(prog: str) -> argparse.HelpFormatter:
    # With its width given, argparse needs no shutil, whose import takes longer than reading most repositories.
    return argparse.HelpFormatter(prog, max_help_position=28, width=min(_columns(), 100))


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        import pytest_sprintready

        print(f"sprintready {pytest_sprintready.__version__}")  # noqa: T201
        parser.exit()


# The commands --------------------------------------------------------------------------------------------------


def _check(arguments: argparse.Namespace) -> int:
    from pytest_sprintready import engine
    from pytest_sprintready.model import Report

    select, ignore = _selectors(arguments.select), _selectors(arguments.ignore)
    _known(select, ignore)

    def judge(facts: Facts) -> Report:
        report = engine.run(facts, select=select, ignore=ignore)
        return report._replace(facts=facts.published()) if arguments.format == "json" else report

    reports, code = _for_each(arguments, judge, Report)
    if code == OK and not all(report.ready for report in reports):
        code = FAILED
    return _write(arguments, _rendered(arguments, reports), code)


def _facts(arguments: argparse.Namespace) -> int:
    from pytest_sprintready.model import Report

    def publish(facts: Facts) -> Report:
        return Report(facts.snapshot.name, facts.snapshot.revision, facts=facts.published())

    reports, code = _for_each(arguments, publish, Report)
    if arguments.format == "json":
        from pytest_sprintready.report import as_json

        return _write(arguments, as_json.render(reports), code)
    from pytest_sprintready.report import text

    return _write(arguments, text.render_facts(reports, _style(arguments)), code)


def _howto(arguments: argparse.Namespace) -> int:
    from pytest_sprintready.howto import Guide, guide

    guides, code = _for_each(arguments, guide, Guide)
    if arguments.format == "json":
        from pytest_sprintready.report import as_json

        return _write(arguments, as_json.render_guides(guides), code)
    from pytest_sprintready.report import text

    return _write(arguments, text.render_guides(guides, _style(arguments)), code)


def _explain(arguments: argparse.Namespace) -> int:
    from pytest_sprintready.engine import find_rule

    rules = [find_rule(selector) for selector in arguments.checks]
    if arguments.format == "json":
        from pytest_sprintready.report import as_json

        return _write(arguments, as_json.render_rules(rules))
    from pytest_sprintready.report import text

    return _write(arguments, "\n\n".join(text.render_rule(rule, _style(arguments)) for rule in rules))


def _checks(arguments: argparse.Namespace) -> int:
    from pytest_sprintready import engine
    from pytest_sprintready.config import Settings

    chosen, _ = engine.choose(Settings(), select=_selectors(arguments.select), ignore=_selectors(arguments.ignore))
    rules = [one.rule for one in chosen]
    if arguments.format == "json":
        from pytest_sprintready.report import as_json

        return _write(arguments, as_json.render_rules(rules))
    if arguments.format == "markdown":
        from pytest_sprintready.report import markdown

        return _write(arguments, markdown.render_catalogue(rules))
    from pytest_sprintready.report import text

    return _write(arguments, text.render_catalogue(rules, _style(arguments)))


# What they share -----------------------------------------------------------------------------------------------


def _for_each(
    arguments: argparse.Namespace, answer: Callable[[Facts], Answer], kind: type[Answer]
) -> tuple[list[Answer], int]:
    """Return an answer for each path, and the worst exit code; what stops one repository stops no other.

    For a repository that cannot be judged the answer, of this kind, carries the problem, which is said at once, too.
    """
    from pytest_sprintready.config import load_settings
    from pytest_sprintready.facts import Facts
    from pytest_sprintready.snapshot import open_snapshot

    answers: list[Answer] = []
    code = OK
    for path in arguments.paths:
        try:
            with open_snapshot(path, arguments.rev) as snapshot:
                settings: Settings = load_settings(snapshot)
                answers.append(answer(Facts(snapshot, settings)))
        except SprintReadyError as error:  # noqa: PERF203  once a repository
            _complain(str(error) if path in error.message else f"{path}: {error}")
            answers.append(kind(path, problem=error.message, hint=error.hint))
            code = max(code, error.exit_code)
        except Exception as error:  # noqa: BLE001  a bug of ours met in one repository must not hide the others
            _complain_of_bug(error, f"{path}: ")
            answers.append(kind(path, problem=f"a bug of sprintready: {type(error).__name__}: {error}"))
            code = max(code, USAGE)
    return answers, code


def _selectors(typed: Sequence[str]) -> tuple[str, ...]:
    return tuple(selector.strip() for one in typed for selector in one.split(",") if selector.strip())


def _known(select: Sequence[str], ignore: Sequence[str]) -> None:
    """Raise UsageError for a selector that names nothing, once and not for each repository."""
    if select or ignore:
        from pytest_sprintready import engine
        from pytest_sprintready.config import Settings

        engine.choose(Settings(), select=select, ignore=ignore)


def _rendered(arguments: argparse.Namespace, reports: Sequence[Report]) -> str:
    if arguments.format == "text":
        from pytest_sprintready.report import text

        if all(report.problem for report in reports) and arguments.output is None:
            return ""  # standard error has said it
        return text.render(reports, _style(arguments))
    from importlib import import_module

    name = "as_json" if arguments.format == "json" else arguments.format
    rendered: str = import_module(f"pytest_sprintready.report.{name}").render(reports)
    return rendered


def _style(arguments: argparse.Namespace) -> Style:
    from pytest_sprintready.report.text import MAX_WIDTH, Style

    to_terminal = arguments.output is None and sys.stdout.isatty()
    colour = {"always": True, "never": False}.get(arguments.color)
    if colour is None:
        colour = _wants_colour(to_terminal=to_terminal)
    return Style(
        width=min(_columns(), MAX_WIDTH),
        colour=colour,
        unicode=arguments.output is not None or _can_encode("✓✗○‼"),
        quiet=arguments.quiet,
        verbose=arguments.verbose,
    )


def _wants_colour(*, to_terminal: bool) -> bool:
    """Return what https://no-color.org and https://force-color.org make of this environment."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return to_terminal and os.environ.get("TERM") != "dumb"


def _columns() -> int:
    try:
        return max(int(os.environ["COLUMNS"]), 40)
    except (KeyError, ValueError):
        pass
    try:
        return max(os.get_terminal_size(sys.__stdout__.fileno()).columns, 40) if sys.__stdout__ else 80
    except (OSError, ValueError, AttributeError):
        return 80


def _can_encode(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _forgive_encoding(stream: TextIO) -> None:
    """Let a character the terminal cannot show be spelled out, not be an error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")


def _write(arguments: argparse.Namespace, text: str, code: int = OK) -> int:
    """Write the text where it was asked for; return `code`."""
    if arguments.output is not None:
        try:
            with open(arguments.output, "w", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123
                file.write(text)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError(f"{arguments.output} cannot be written: {reason}") from error
        return code
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _complain(message: str) -> None:
    from pytest_sprintready.report import visible_lines

    try:
        print("\n".join(visible_lines(f"sprintready: {message}")), file=sys.stderr)  # noqa: T201
    except OSError:
        return


def _complain_of_bug(error: Exception, where: str = "") -> None:
    if os.environ.get("SPRINTREADY_DEBUG"):
        raise error
    _complain(
        f"{where}this is a bug of sprintready, not of the repository: {type(error).__name__}: {error}\n"
        "  hint: please report it, with what SPRINTREADY_DEBUG=1 makes this command print"
    )
