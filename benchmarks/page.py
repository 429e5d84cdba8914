"""Measure the report page: how large it is, how long it takes to make, and how soon a browser sorts it.

`python benchmarks/page.py [NUMBER or STORE]` takes an invented sprint of so many projects (10000), or the last audit of
a store. It needs the dependency group `browser`, and Chromium on the path.
"""

from __future__ import annotations

import importlib.util
import resource
import shutil
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from pytest_sprintready.report import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_sprintready.audit.results import Audit, ProjectResult

EXAMPLE = Path(__file__).parents[1] / "docs" / "_tools" / "example_sprint.py"
SORTS = ("required", "project", "status", "issues")

# The time from a click to the frame after it: what somebody waits.
CLICK = """async (key) => {
  const start = performance.now();
  document.querySelector(`th[data-key=${key}] button`).click();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""


class Repeated:
    """The projects of an audit again and again, each time under another name and at another commit."""

    def __init__(self, projects: tuple[ProjectResult, ...], number: int) -> None:
        self.projects, self.number = projects, number

    def __len__(self) -> int:
        return self.number

    def __iter__(self) -> Iterator[ProjectResult]:
        for index in range(self.number):
            one = self.projects[index % len(self.projects)]
            name = f"{one.project.name}-{index}"
            commit = sha256(name.encode()).hexdigest()[:40]
            report = one.report._replace(name=name, revision=commit)
            yield one._replace(project=one.project._replace(name=name), report=report)

    def __contains__(self, one: object) -> bool:
        return any(one == other for other in self)


def audits(what: str) -> Audit:
    """Return the audit to show."""
    if not what.isdigit():
        from pytest_sprintready.audit.store import Store

        return Store(what).audit()
    spec = importlib.util.spec_from_file_location("example_sprint", EXAMPLE)
    assert spec
    assert spec.loader
    example: Any = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = example
    spec.loader.exec_module(example)
    audit: Audit = example.audit()
    return audit._replace(projects=Repeated(tuple(audit.projects), int(what)))


def main() -> int:
    """Print the measures; return 0."""
    audit = audits(sys.argv[1] if len(sys.argv) > 1 else "10000")
    start = time.perf_counter()
    page = html.render(audit)
    print(f"{len(audit.projects)} projects, made in {time.perf_counter() - start:.1f} s")
    print(
        f"{len(page.encode()) / 1e6:.2f} MB, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB at most"
    )
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        file = Path(scratch, "page.html")
        file.write_text(page, encoding="utf-8")
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        start = time.perf_counter()
        tab.goto(f"{file.as_uri()}#projects")
        tab.wait_for_selector("html[data-shown]", state="attached")
        print(f"opened in {time.perf_counter() - start:.2f} s")
        for key in SORTS:
            print(f"sorted by {key} in {tab.evaluate(CLICK, key):.0f} ms")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
