from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from pytest_sprintready.verify import process

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc"), reason="verify runs on Linux")  # noqa: PTH112


def ended(code: str, tmp_path: Path, *, seconds: float = 20, **more: object) -> process.Ended:
    words = [sys.executable, "-c", code]
    return process.run(words, environment={}, directory=str(tmp_path), seconds=seconds, **more)  # type: ignore[arg-type]


def test_both_streams_are_read_in_their_order(tmp_path: Path) -> None:
    code = "import sys\nfor n in range(3): print(n, file=(sys.stdout, sys.stderr)[n % 2], flush=True)"
    assert ended(code, tmp_path).output.split() == ["0", "1", "2"]


def test_the_exit_code_is_told(tmp_path: Path) -> None:
    assert ended("raise SystemExit(7)", tmp_path).exit_code == 7


def test_the_environment_is_what_is_given(tmp_path: Path) -> None:
    assert "HOME" not in ended("import os; print(dict(os.environ))", tmp_path).output


def test_what_watches_may_end_it(tmp_path: Path) -> None:
    done = ended("import time; time.sleep(60)", tmp_path, watch=lambda _pid: "somebody said so")
    assert (done.exit_code, done.reason) == (None, "somebody said so")


def test_an_interrupt_lets_it_speak_first(tmp_path: Path) -> None:
    code = "import time\nprint('ready', flush=True)\ntry: time.sleep(60)\nexcept KeyboardInterrupt: print('a summary')"
    done = ended(code, tmp_path, seconds=2)
    assert done.output.split("\n")[:2] == ["ready", "a summary"]


def test_nothing_is_left_when_we_are_interrupted_ourselves(tmp_path: Path) -> None:
    pids = []

    def watch(pid: int) -> str:
        pids.append(pid)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ended("import time; time.sleep(60)", tmp_path, watch=watch)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)


def test_a_stream_that_a_grandchild_holds_is_not_waited_for(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(30)'])\nprint('done')"
    )
    assert ended(code, tmp_path).output == "done\n"


def test_bytes_that_are_no_text_are_told_apart(tmp_path: Path) -> None:
    assert ended(r"import os; os.write(1, b'\xff\n')", tmp_path).output == "\ufffd\n"
