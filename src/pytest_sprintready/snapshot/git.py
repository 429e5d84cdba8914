"""A commit, read from git's object store without a checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready.errors import FileProblem, RepositoryError
from pytest_sprintready.snapshot.base import MAX_FILE_BYTES, MAX_PATH, Snapshot, sane
from pytest_sprintready.snapshot.plumbing import GitHistory, ObjectReader, committed, to_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pytest_sprintready.snapshot.plumbing import GitDirectory, Object


class GitSnapshot(Snapshot):
    """The files of a commit; with `prefix` those below one of its folders.

    Costs two processes, one that lists the tree and one that reads all files. Raises RepositoryError where there is
    no such commit or folder.
    """

    def __init__(self, git: GitDirectory, rev: str | None = None, *, prefix: str = "", name: str = "") -> None:
        super().__init__(name or git.path)
        self._ids: dict[str, str] = {}
        self._objects = ObjectReader(git)
        try:
            commit = self._find_commit(git, rev)
            self._history = self._history_of(git, prefix, commit.id)
            self._history.committed = committed(commit.data)
            self._list(git, commit.id, prefix)
        except BaseException:
            self._objects.close()
            raise

    def _history_of(self, git: GitDirectory, prefix: str, commit: str) -> GitHistory:
        return GitHistory(git, prefix, commit)

    def _find_commit(self, git: GitDirectory, rev: str | None) -> Object:
        wanted = "HEAD" if rev is None else rev
        if wanted.strip() and wanted.isprintable():
            (commit,) = self._objects.read([f"{wanted}^{{commit}}"], MAX_FILE_BYTES)
            if commit.id:
                return commit
        heads = git.ask("for-each-ref", "--count=3", "--format=%(refname:short)", "refs/heads", "refs/remotes")
        known = ", ".join(to_text(heads or b"").split())
        if rev is not None:
            hint = f"it has, for example, {known}" if known else "fetch it into the clone first"
            raise RepositoryError(f"{self.name} has no revision {rev!r}", hint)
        if known:
            hint = f"name a revision, for example one of {known}"
            raise RepositoryError(f"HEAD of {self.name} names no commit", hint)
        raise RepositoryError(f"{self.name} has no commits", "push or fetch a branch into it first")

    def _list(self, git: GitDirectory, commit: str, prefix: str) -> None:
        entries = git.names("ls-tree", "-r", "-z", "--full-tree", f"{commit}:{prefix}" if prefix else commit)
        if entries is None:
            raise RepositoryError(
                f"the files of {self.name} at {commit[:12]} cannot be listed",
                f"check that {prefix} is in that commit" if prefix else "check the clone with `git fsck`",
            )
        for entry in entries:
            meta, _, path = entry.partition("\t")  # "100644 blob <id>"
            kind = meta[:3]  # 100 a regular file, 120 a symbolic link; 160 is a submodule's commit
            if kind == "100" and sane(path):
                self._plain[path] = meta[12:]
            elif kind == "120" and sane(path):
                self._links[path] = None
                self._ids[path] = meta[12:]

    def _read_links(self, paths: Sequence[str]) -> Mapping[str, str | None]:
        ids = list(dict.fromkeys(self._ids[path] for path in paths))
        targets = dict(zip(ids, self._objects.read(ids, MAX_PATH), strict=True))
        return {path: to_text(targets[self._ids[path]].data) for path in paths}

    def _load(self, path: str) -> bytes:
        (answer,) = self._objects.read([self._plain[path]], MAX_FILE_BYTES)
        if answer.problem:
            raise FileProblem(path, answer.problem)
        return answer.data

    def prefetch(self, paths: Iterable[str]) -> None:
        """Read the files among the paths in one round trip."""
        wanted = dict.fromkeys(self.resolve(path) for path in paths)
        missing = [path for path in wanted if path in self._plain and path not in self._loaded]
        answers = self._objects.read([self._plain[path] for path in missing], MAX_FILE_BYTES)
        for path, answer in zip(missing, answers, strict=True):
            self._loaded[path] = answer.problem or answer.data

    def close(self) -> None:
        """End the process that reads files."""
        self._objects.close()
