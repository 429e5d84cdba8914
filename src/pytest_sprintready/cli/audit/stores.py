"""What the commands share that read a store."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_sprintready.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pytest_sprintready.audit.store import Store

DEFAULT = "sprint.sqlite"


def add_store(command: argparse.ArgumentParser) -> None:
    """Declare which store is meant."""
    command.add_argument("--store", default=DEFAULT, metavar="FILE", help="default: %(default)s")


@contextmanager
def existing_store(path: str) -> Iterator[Store]:
    """Open a store that is there; raises UsageError where there is none."""
    from pytest_sprintready.audit.store import Store

    if not Path(path).is_file():
        raise UsageError(
            f"there is no store {path}", "name it with --store, or make one: sprintready audit sprint.toml"
        )
    with Store(path) as store:
        yield store
