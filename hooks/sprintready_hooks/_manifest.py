"""The text of .pre-commit-hooks.yaml, made of the modules beside this one."""

from __future__ import annotations

import importlib
import pkgutil

import sprintready_hooks
from sprintready_hooks._hook import Hook

HEADER = "# Made by `python -m sprintready_hooks`; a test holds this file to what it prints.\n"

# Stages have had these names since pre-commit 3.2.0.
ENTRY = """\
- id: {id}
  name: {name}
  description: {description}
  entry: {script}
  language: python
  files: |
    (?xi)^(
      {pattern}
    )$
  pass_filenames: false
  always_run: false
  require_serial: true
  stages: [pre-commit, pre-push, manual]
  minimum_pre_commit_version: 3.2.0
"""


def hooks() -> tuple[Hook, ...]:
    """Return every hook, in the order of their modules' names."""
    names = [module.name for module in pkgutil.iter_modules(sprintready_hooks.__path__) if module.name[0] != "_"]
    found = (importlib.import_module(f"sprintready_hooks.{name}").HOOK for name in sorted(names))
    return tuple(hook for hook in found if isinstance(hook, Hook))


def manifest() -> str:
    """Return the text of .pre-commit-hooks.yaml."""
    return HEADER + "".join(
        ENTRY.format(**hook._asdict(), script=hook.script, pattern="\n      | ".join(hook.files)) for hook in hooks()
    )
