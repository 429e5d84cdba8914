"""A hook: which checks it makes and which files wake it; `run` is what all of them do."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.model import Result

# Each is a regex of whole paths, in any case. Waking too often costs a tenth of a second, sleeping a broken guide.
DOCUMENTS = (
    r".*\.(md|markdown|rst|adoc|txt)",
    r"(.*/)?(readme|contributing|hacking|code_of_conduct|licen[cs]e|copying)",
)
SETTINGS = (r"(pyproject|sprintready)\.toml",)
FORGE = (r"\.(github|gitlab|gitea|forgejo)/.*",)
CONFIGURATION = (
    r".*\.(toml|cfg|ini|ya?ml)",
    r"(.*/)?(noxfile|setup|tasks)\.py",
    r"(.*/)?[^/]*(makefile|justfile)",
    r"(bin|scripts?|tools|\.spin)/.*",
)
TESTS = (r"(.*/)?(tests?/.*|test_[^/]*|[^/]*_test|conftest)\.py",)


class Hook(NamedTuple):
    """One hook. `select` and `ignore` choose its checks as `sprintready check` does, () all; `files` wake it.

    `also` are the codes of checks that stop a commit although they are only recommended.
    """

    id: str
    name: str
    description: str
    select: tuple[str, ...]
    files: tuple[str, ...]
    ignore: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def script(self) -> str:
        """The console script that runs it: unlike `python -m`, a script imports nothing from the folder it checks."""
        return f"sprintready-hook-{self.id}"

    def run(self) -> int:
        """Check the repository around the current folder; print what fails to stderr and return the exit code.

        Only what a sprint cannot do without stops a commit: required checks, the one the hook is named for, and what
        the hook adds to these.
        """
        from pytest_sprintready.errors import SprintReadyError
        from pytest_sprintready.report import visible_lines

        try:
            lines = list(self._complaints())
        except SprintReadyError as error:
            sys.stderr.writelines(f"{line}\n" for line in visible_lines(str(error)))
            return error.exit_code
        except Exception as error:  # noqa: BLE001  nobody who commits is helped by a traceback
            bug = f"this is a bug of sprintready, not of the repository: {type(error).__name__}: {error}"
            sys.stderr.writelines(f"{line}\n" for line in visible_lines(bug))
            return 2
        sys.stderr.writelines(f"{line}\n" for line in lines)
        return 1 if lines else 0

    def _complaints(self) -> Iterator[str]:
        from pytest_sprintready.config import load_settings
        from pytest_sprintready.engine import choose, judge
        from pytest_sprintready.facts import Facts
        from pytest_sprintready.model import Severity
        from pytest_sprintready.snapshot import open_snapshot

        with open_snapshot(".") as snapshot:  # pre-commit starts every hook in the top folder
            settings = load_settings(snapshot)
            chosen, _ = choose(settings, select=self.select, ignore=self.ignore)
            facts = Facts(snapshot, settings)
            for one in sorted(chosen, key=lambda one: one.last):
                rule = one.rule
                if rule.severity is Severity.REQUIRED or rule.name == self.id or rule.code in self.also:
                    yield from _complaint(judge(one, facts))


def _complaint(result: Result) -> Iterator[str]:
    """Yield nothing for a check that does not fail, else a line for each finding and for each fix."""
    from pytest_sprintready.model import Status
    from pytest_sprintready.report import visible, visible_lines

    rule = result.rule
    if result.status is Status.ERROR:
        yield visible(f"{rule.code} {rule.name}: this check broke, please report it: {result.reason}")
    if result.status is not Status.FAIL:
        return
    for finding in result.findings:
        where = f"{finding.place}: " if finding.place else ""
        yield visible(f"{where}{rule.code} {finding.message}")
    for fix in dict.fromkeys(finding.fix or rule.fix for finding in result.findings):
        head, *rest = visible_lines(fix)
        yield f"    fix: {head}"
        yield from (f"         {line}" for line in rest)
