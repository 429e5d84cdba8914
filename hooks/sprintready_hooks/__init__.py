"""What pre-commit and prek run: one module a hook, each with a HOOK and its `main`.

`python -m sprintready_hooks` prints .pre-commit-hooks.yaml, which is made of them.
"""
