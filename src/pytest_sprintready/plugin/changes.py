"""Which lines of a clone are the newcomer's own: those in no commit the project has."""

from __future__ import annotations

import re
from functools import cache

_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


@cache
def new_lines(root: str) -> dict[str, frozenset[int] | None]:
    """Return the numbers of new lines by path from `root`, None for a file that is new as a whole; {} without git."""
    from pytest_sprintready.snapshot import enclosing_work_tree
    from pytest_sprintready.snapshot.plumbing import GitDirectory, find_git, has_pipes

    top, git_dir = enclosing_work_tree(root)
    program = find_git() if git_dir and not has_pipes(git_dir) else ""
    if not program:
        return {}
    git = GitDirectory(program, git_dir, top)
    base = git.line("merge-base", "HEAD", "refs/remotes/origin/HEAD") or "HEAD"
    written = git.ask(
        "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-renames", "-U0", "--relative", base, folder=root
    )
    found = _of_diff((written or b"").decode("utf-8", "replace"))
    found.update(dict.fromkeys(git.names("ls-files", "--others", "--exclude-standard", "-z", folder=root) or ()))
    return found


def _of_diff(text: str) -> dict[str, frozenset[int] | None]:
    found: dict[str, frozenset[int] | None] = {}
    lines: set[int] = set()
    path = ""
    for line in [*text.splitlines(), "+++ "]:
        if line.startswith("+++ "):
            if path:
                found[path] = frozenset(lines)
            path, lines = line[4:].strip().removeprefix("b/"), set()
        elif hunk := _HUNK.match(line):
            lines |= set(range(int(hunk[1]), int(hunk[1]) + int(hunk[2] or 1)))
    return found
