"""Print .pre-commit-hooks.yaml: `python -m sprintready_hooks > .pre-commit-hooks.yaml`."""

from __future__ import annotations

import sys

from sprintready_hooks._manifest import manifest

sys.stdout.write(manifest())
