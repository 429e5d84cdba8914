"""`python -m pytest_sprintready` is `sprintready`."""

from __future__ import annotations

import sys

from pytest_sprintready.cli import main

if __name__ == "__main__":
    sys.exit(main())
