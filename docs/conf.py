"""How Sphinx builds these pages: `nox -s docs`."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_tools"))

import reference  # noqa: E402  it stands in the folder named above

import pytest_sprintready  # noqa: E402

reference.write(HERE)

project = "pytest-sprintready"
author = "The pytest-sprintready founders"
release = pytest_sprintready.__version__
version = release

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "_tools"]

html_theme = "furo"
html_title = f"{project} {release}"
