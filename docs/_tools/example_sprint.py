"""An invented sprint for pictures and tests: projects that nobody keeps, judged by the real checks.

The repositories exist in memory; verdicts, guides and judgements of issues are what the tool says of them. Only what a
fresh clone came to is made up, for there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytest_sprintready import engine
from pytest_sprintready.audit.manifest import Project, Sprint
from pytest_sprintready.audit.results import Audit, JudgedIssue, ProjectResult
from pytest_sprintready.config import load_settings
from pytest_sprintready.facts import Facts
from pytest_sprintready.forge.judgement import judge_issue
from pytest_sprintready.forge.model import Issue
from pytest_sprintready.howto import guide
from pytest_sprintready.model import Evidence, Report
from pytest_sprintready.outcome import Counts, Outcome, Run, Verdict
from pytest_sprintready.report.standings import Moment
from pytest_sprintready.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DAY = 86_400
NOW = 1_778_000_000  # 5 May 2026
COMMIT = "5f2d9a1c7be04e3f8a6d1c2b3a4958670fe1d2c3"

README = """# {name}

{name} {about}. Install it with `pip install {name}`, then see the [guide for users](docs/index.md).

## Contributing

Contributions are welcome, see [CONTRIBUTING.md](CONTRIBUTING.md). Questions: [chat](https://chat.example.org/{name}).
"""

GUIDE = """# Contributing to {name}

It works on Linux, macOS and Windows.

## Set up

```console
$ git clone https://github.com/example/{name}
$ cd {name}
$ python -m pip install -e ".[{extra}]"
```

## Run the tests

One command makes an environment and runs them; it takes about a minute and ends with "passed":

```console
$ nox -s {session}
```

Lint with `nox -s lint`. One test alone: `nox -s {session} -- -k name`.

## Where to find work

Take an issue with the label `good first issue` and comment on it that you work on it.

## Pull requests

Fork the repository on GitHub, make a branch, push it and open a pull request. A maintainer reviews it within a week.

## Help

Ask in the [chat](https://chat.example.org/{name}). People are there on weekdays.
"""

CONDUCT = """# Code of conduct

We follow the Contributor Covenant. Be kind. Reports go in private to conduct@{name}.dev, and are read by two people.
"""

METADATA = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "1.0"
requires-python = ">=3.10"
license = "MIT"

[project.optional-dependencies]
test = ["pytest>=8"]

[tool.pytest.ini_options]
testpaths = ["tests"]
addopts = "-ra{options}"

[tool.sprintready.sprint]
lead = "{lead}"
contact = "https://chat.example.org/{name}"
mentors = [{mentors}]
level = "beginner"
"""

NOXFILE = '''import nox


@nox.session
def tests(session):
    """Run the tests."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session
def lint(session):
    """Check style."""
    session.install("ruff")
    session.run("ruff", "check")
'''

MIT = """MIT License

Copyright (c) 2026 The authors

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

# name, what it does, mentors, languages they speak, level, what is wrong with it, seconds of set-up and tests
PROJECTS = (
    ("lantern", "tells how long a candle burns", "Ada Grace", "English", "beginner", "", (21, 34)),
    ("beacon", "draws the reach of lights on a map", "Noor", "English, العربية", "intermediate", "extra", (48, 0)),
    ("wick", "reads the records of old lighthouses", "Mirjam", "English, Deutsch", "beginner", "", (12, 9)),
    ("ember", "forecasts how warm a room will be", "Tomás", "English, Español", "beginner", "cov", (35, 0)),
    ("hearth", "keeps the accounts of a shared kitchen", "Ines Paul", "Français", "beginner", "guide", None),
    ("prism", "splits colours into what printers can mix", "Yuki", "English, 日本語", "advanced", "conduct", (140, 95)),
    ("taper", "finds the shortest way through a museum", "Lena", "English", "beginner", "", (17, 22)),
    ("منارة", "collects words for light in many languages", "ليلى", "العربية", "beginner", "session", (25, 0)),
    ("kindling", "makes small exercises for courses", "Sam", "English", "beginner", "work", (14, 6)),
    ("glow", "switches lamps by the sun", "Olu", "English, Yorùbá", "intermediate", "extra cov conduct", None),
    ("sundial", "teaches children to tell the time", "Rosa", "Español", "beginner", "", (19, 41)),
    ("מגדלור", "reads tide tables aloud", "Dana", "עברית, English", "beginner", "conduct", (22, 13)),
    ("firefly", "counts insects in photographs", "Kit", "English", "advanced", "guide cov licence", None),
    ("matchbox", "keeps small files of measurements", "", "", "", "gone", None),
)

TASKS = (
    ("Say in the guide how to build the documentation", "documentation"),
    ("Test what happens when the input is empty", "tests"),
    ("Translate the messages into Spanish", "translation"),
    ("Give the error for a missing file a hint", ""),
    ("Let the plot be read without colours", "accessibility"),
    ("Support time zones with half an hour", "medium"),
    ("Add an example of reading a file without a header", "documentation"),
    ("Accept a path where only a file name is accepted", ""),
    ("Find out which of the old reports still hold", "triage"),
    ("Test the command line on Windows paths", "tests"),
    ("Describe what each setting does, in one table", "documentation"),
    ("Round durations to whole minutes", ""),
    ("Draw an icon that can be told from the others when small", "design"),
)


def audit(number: int = len(PROJECTS), *, issues: bool = True, outcomes: bool = True) -> Audit:
    """Return the audit of an invented sprint of so many projects."""
    sprint = Sprint("Sprint of Lights", ("2026-05-16", "2026-05-17"), "the town library", 40)
    projects = tuple(_project(index, issues=issues, outcomes=outcomes) for index in range(number))
    return Audit(4, sprint, NOW - 60, NOW, "1.0", projects)


def history() -> Sequence[Moment]:
    """Return where these projects stood before."""
    shares = ((1, 2, 10, 1), (2, 3, 8, 1), (3, 6, 4, 1))
    names = ("ready", "nearly", "not-yet", "unreadable")
    return [
        Moment(NOW - weeks * 7 * DAY, dict(zip(names, share, strict=True)))
        for weeks, share in zip((6, 4, 2), shares, strict=True)
    ]


def _project(index: int, *, issues: bool, outcomes: bool) -> ProjectResult:
    name, about, mentors, languages, level, wrong, times = PROJECTS[index % len(PROJECTS)]
    name = name if index < len(PROJECTS) else f"{name}-{index // len(PROJECTS) + 1}"
    people = tuple(mentors.split())
    listed = Project(
        name,
        url=f"https://github.com/example/{name}",
        lead=people[0] if people else "",
        mentors=people,
        level=level,
        languages=tuple(filter(None, languages.split(", "))),
        line=1,
    )
    web = f"https://github.com/example/{name}" if name.isascii() else ""
    if "gone" in wrong:
        report = Report(name, problem=f"{listed.url} was not found (404)", hint="has it moved? correct its `url`")
        return ProjectResult(listed, report, web=web)
    snapshot = MemorySnapshot(dict(_files(name, about, people, wrong.split())), name)
    facts = Facts(snapshot, load_settings(snapshot))
    report = engine.run(facts)._replace(name=name, revision=COMMIT)
    asked = tuple(_issues(name, index)) if issues else None
    outcome = _outcome(name, times) if outcomes and times else None
    return ProjectResult(listed, report, NOW - 3 * DAY, web, guide(facts), asked, "", outcome, 0.4)


def _files(name: str, about: str, people: Sequence[str], wrong: Iterable[str]) -> Iterator[tuple[str, str]]:
    ascii_name = name if name.isascii() else "lighthouse"
    yield "README.md", README.format(name=name, about=about)
    if "guide" not in wrong:
        text = GUIDE.format(
            name=ascii_name,
            extra="testing" if "extra" in wrong else "test",
            session="unit" if "session" in wrong else "tests",
        )
        yield "CONTRIBUTING.md", text.replace("good first issue", "easy") if "work" in wrong else text
    if "conduct" not in wrong:
        yield "CODE_OF_CONDUCT.md", CONDUCT.format(name=ascii_name)
    if "licence" not in wrong:
        yield "LICENSE", MIT
    yield (
        "pyproject.toml",
        METADATA.format(
            name=ascii_name,
            options=f" --cov={ascii_name}" if "cov" in wrong else "",
            lead=people[0],
            mentors=", ".join(f'"{person}"' for person in people),
        ),
    )
    yield "noxfile.py", NOXFILE
    yield f"src/{ascii_name}/__init__.py", "def light():\n    return 1\n"
    yield "tests/test_light.py", f"from {ascii_name} import light\n\n\ndef test_light():\n    assert light()\n"
    yield "docs/index.md", f"# {name}\n"


def _issues(name: str, index: int) -> Iterator[JudgedIssue]:
    for offset in range((index * 5) % 4 + (index % 3 > 0)):
        title, label = TASKS[(index * 3 + offset * 4) % len(TASKS)]
        issue = Issue(
            number=40 + offset * 7 + index,
            title=title,
            url=f"https://github.com/example/{name}/issues/{40 + offset * 7 + index}" if name.isascii() else "",
            labels=("good first issue", *filter(None, (label,))),
            assignees=("somebody",) if (index + offset) % 5 == 4 else (),
            created=NOW - (30 + 3 * index) * DAY,
            updated=NOW - (2 + 5 * offset + index) * DAY if offset < 2 else NOW - 200 * DAY,
            body=(
                f"At present this is missing, and people who start with {name} stumble over it. It belongs into "
                "`docs/index.md` and `tests/test_light.py`, below what is there on the same subject already.\n\n"
                "It is done when:\n\n- [ ] the text or the test is there\n- [ ] `nox -s tests` passes\n\n"
                "Should take an hour or two. No knowledge beside Python is needed."
            ),
        )
        yield JudgedIssue(issue, judge_issue(issue, now=NOW))


def _outcome(name: str, times: tuple[int, int]) -> Outcome:
    setup, tests = times
    guide = "CONTRIBUTING.md"
    runs = [
        Run(f"git clone https://github.com/example/{name}", "clone", "documented", Evidence(guide, 8), 0, 2.4),
        Run('python -m pip install -e ".[test]"', "setup", "documented", Evidence(guide, 10), 0, setup),
        Run("nox -s tests", "test", "documented", Evidence(guide, 18), 0 if tests else 1, tests or 3.1),
    ]
    return Outcome(
        name,
        Verdict.GREEN if tests else Verdict.START_FAILED,
        "" if tests else "pytest stopped before it ran a test.",
        commit=COMMIT,
        date="2026-05-05T16:53:20+00:00",
        system="Linux",
        python="3.13",
        counts=Counts(passed=40 + tests) if tests else Counts(),
        runs=tuple(runs),
        seconds=sum(run.seconds for run in runs),
        first_green=2.4 + setup + tests * 0.4 if tests else None,
    )
