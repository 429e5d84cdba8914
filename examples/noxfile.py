"""A sprint's noxfile: `nox -l` lists the projects, `nox -s "check(ours)"` judges one, `nox -s check` all."""

from pytest_sprintready.sessions import sprint_sessions

sprint_sessions("sprint.toml")
