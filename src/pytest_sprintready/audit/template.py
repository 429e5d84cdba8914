"""The manifest that `sprintready audit init` writes."""

from __future__ import annotations

MANIFEST = """\
# The projects of a sprint. `sprintready audit sprint.toml` judges them all.

[sprint]
name = "Our sprint"
# dates = [2030-05-16, 2030-05-17]
# place = "the library"
# sprinters = 40  # how many people are expected

[[project]]
url = "pytest-dev/pluggy"  # owner/name on GitHub, or any https:// or ssh:// address
# name = "pluggy"
# rev = "main"  # a branch, tag or commit; the default branch without
# lead = "Ada"
# mentors = ["Ada", "Grace"]
# level = "beginner"
# languages = ["en", "uk"]  # that the mentors speak
# labels = ["good first issue"]  # of its issues for newcomers
# notes = "bring a laptop with Docker"

# [[project]]
# path = "../a-clone"  # or a folder of this machine
"""
