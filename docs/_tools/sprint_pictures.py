"""Make the pictures of the report page in docs/images: an invented sprint, rendered and photographed in Chromium.

Needs this package with its extra `audit`, and Chromium: `python docs/_tools/sprint_pictures.py [path of chromium]`.
The projects are invented, so that nobody's is held up as an example; what is said of them the checks found out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from example_sprint import audit, history

from pytest_sprintready.report import html

IMAGES = Path(__file__).parents[1] / "images"

# Which part of the page, in which colours, how wide and high.
PICTURES = {
    "page-overview": ("overview", "light", 1280, 900),
    "page-project": ("project-beacon", "light", 1200, 720),
    "page-board": ("board", "dark", 1280, 820),
}


def main() -> int:
    """Make every picture; return 0."""
    browser = sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or "chromium"
    page = html.render(audit(), history())
    for name, (place, colours, width, height) in PICTURES.items():
        with tempfile.TemporaryDirectory() as scratch:
            file = Path(scratch, "page.html")
            file.write_text(page.replace("<html ", f'<html data-theme="{colours}" ', 1), encoding="utf-8")
            subprocess.run(
                [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                 f"--screenshot={IMAGES / name}.png", f"--window-size={width},{height}",
                 f"--user-data-dir={scratch}/browser", f"{file.as_uri()}#{place}"],
                check=True, capture_output=True,
            )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
