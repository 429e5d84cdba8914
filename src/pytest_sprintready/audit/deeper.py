"""What is asked of a project beyond its files: its forge's issues, and a fresh clone's tests. Each only when wanted.

The files come first for all projects, so that the cheap answer is there while these take their time.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from pytest_sprintready.audit.results import JudgedIssue
from pytest_sprintready.audit.sources import Server, open_project, permitted
from pytest_sprintready.errors import SprintReadyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytest_sprintready.audit.judging import Row
    from pytest_sprintready.audit.sources import Sources
    from pytest_sprintready.forge import Options as Asking, Place, Wanted

TOGETHER = 50
"""Repositories asked for at once: as many as GitHub answers in one query, and few enough to lose."""

VERIFY_SECONDS = 1800.0
"""What a fresh clone of one project may take unless told otherwise: half an hour is what a newcomer gives it, too."""


def with_issues(rows: Iterable[Row], asking: Asking, sources: Sources) -> Iterator[Row]:
    """Yield the rows with the beginner issues of their forges, judged; where those cannot be had, with the reason.

    Files that an issue names are looked for in the commit that was audited, which `sources` has.
    Raises UsageError for a token that cannot be read.
    """
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) == TOGETHER:
            yield from _asked(waiting, asking, sources)
            waiting.clear()
    yield from _asked(waiting, asking, sources)


def _asked(rows: list[Row], asking: Asking, sources: Sources) -> Iterator[Row]:
    from pytest_sprintready.config import Issues
    from pytest_sprintready.forge import Wanted, ask_all, parse
    from pytest_sprintready.forge.board import judged

    places: dict[int, Place] = {}
    problems: dict[int, str] = {}
    for row in rows:
        try:
            if not row.result.web:
                raise SprintReadyError("its address names no forge")  # noqa: TRY301
            places[row.position] = parse(row.result.web, asking.kind)
        except SprintReadyError as error:  # noqa: PERF203
            problems[row.position] = error.message
    wanted: dict[Wanted, list[Place]] = {}
    for row in rows:
        if row.position in places:
            want = Wanted(row.result.project.labels, people=False)
            wanted.setdefault(want, []).append(places[row.position])
    answers = {
        place: answer for want, group in wanted.items() for place, answer in ask_all(group, asking, want).items()
    }
    for row in rows:
        answer = answers.get(places[row.position]) if row.position in places else None
        if answer is None or isinstance(answer, SprintReadyError):
            problem = answer.message if answer else problems[row.position]
            yield row._replace(result=row.result._replace(issues=(), issues_problem=problem))
            continue
        found = judged(answer, Issues(), _exists(row, sources))
        issues = tuple(JudgedIssue(each.issue, each.verdict) for each in found)
        problem = "; ".join(answer.problems)
        yield row._replace(result=row.result._replace(issues=issues, issues_problem=problem))


def _exists(row: Row, sources: Sources) -> Callable[[str], bool]:
    """Return what tells whether a path is one of the project's; it is opened when first asked, for few issues name any.

    Where its files cannot be had (again), no path is called missing.
    """

    @cache
    def known() -> Callable[[str], bool]:
        from pytest_sprintready.facts import Facts, issues

        project = row.result.project
        rev = row.result.report.revision if row.judged else project.rev  # what was read of a folder is on the disk
        try:
            with open_project(project._replace(rev=rev), sources) as snapshot:
                found = issues.exists(Facts(snapshot))
                failure = getattr(snapshot, "failure", None)
        except SprintReadyError:
            found = failure = None
        return found if found and not failure else lambda _: True

    def there(path: str) -> bool:
        return known()(path)

    return there


def verified(row: Row, *, seconds: float, local: bool) -> Row:
    """Return the row with what a fresh clone came to, within that many seconds.

    Raises UsageError where this machine cannot verify: no sandbox, no uv.
    """
    from pytest_sprintready.errors import UsageError
    from pytest_sprintready.outcome import Outcome, Verdict
    from pytest_sprintready.verify import verify
    from pytest_sprintready.verify.options import Options

    project = row.result.project
    try:
        source = project.path
        if not source:
            found = permitted(project.url, local=local)
            source = found.url if isinstance(found, Server) else found
        outcome = verify(source, Options(rev=project.rev, seconds=seconds))
    except UsageError:
        raise
    except SprintReadyError as error:
        outcome = Outcome(project.name, Verdict.UNSUPPORTED, cause=error.message, hint=error.hint)
    return row._replace(result=row.result._replace(outcome=outcome._replace(name=project.name)))
