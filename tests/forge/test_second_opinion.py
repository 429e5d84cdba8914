"""A forge that somebody else has written: `emulate` 0.8.0 of npm, for labels and issues by GitHub's REST API.

It lacks comments of a whole repository, jobs and community files, so it also shows that the rest is kept.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.forge import github, labels
from pytest_sprintready.forge.gathering import Wanted
from pytest_sprintready.forge.http import Client
from pytest_sprintready.forge.secrets import Secret
from pytest_sprintready.forge.where import Place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOKEN = "test_token_admin"  # noqa: S105  the one that emulate prints when it starts


class Root(Place):
    """A place whose API is at its root, where emulate has it."""

    @property
    def api(self) -> str:
        return self.root


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A repository `ada/lantern` on a running emulate."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        pytest.skip("needs Node and npm")
    # Pinned: what npm calls the latest is an unrelated package.
    install = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(tmp_path), "emulate@0.8.0"]
    if subprocess.run(install, check=False, timeout=180, capture_output=True).returncode:
        pytest.skip("npm gives no emulate here")
    seed = tmp_path / "seed.yaml"
    seed.write_text("github:\n  users: [{login: ada}]\n  repos: [{owner: ada, name: lantern}]\n", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    start = [node, str(tmp_path / "node_modules/.bin/emulate"), "start", "--service", "github"]
    program = subprocess.Popen([*start, "--port", str(port), "--seed", str(seed)], stdout=subprocess.DEVNULL)
    root = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                post(f"{root}/repos/ada/lantern/issues", {"title": "Light the lamp", "labels": ["good first issue"]})
                break
            except OSError:
                time.sleep(0.2)
        yield Root("github", f"127.0.0.1:{port}", "ada/lantern", root)
    finally:
        program.terminate()
        program.wait(10)


def post(url: str, value: Any) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps(value).encode(), headers)  # noqa: S310  loopback
    urllib.request.urlopen(request, timeout=5).close()  # noqa: S310


@pytest.mark.slow
def test_labels_are_made_and_issues_read(place: Place) -> None:
    client = Client(place.host, Secret(TOKEN, "test"))
    steps = labels.plan(labels.current(client, place))
    assert {step.action for step in steps} == {"create", "describe"}
    assert all(failure == "" for _, failure in labels.apply(client, place, steps))
    assert {step.action for step in labels.plan(labels.current(client, place))} == {"keep"}
    data = github._Rest(client, place, Wanted(sprint_labels=("sprint",)), int(time.time())).data()
    assert (data.beginner_labels, data.sprint_labels) == (("good first issue",), ("sprint",))
    assert [(issue.number, issue.title) for issue in data.issues] == [(1, "Light the lamp")]
    assert any("comments" in problem for problem in data.problems)
