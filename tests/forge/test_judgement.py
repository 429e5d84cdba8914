"""Whether an issue can be taken today: what makes it so, what stands in the way, and what must be left alone."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_sprintready.config import Issues
from pytest_sprintready.forge.judgement import DAY, Verdict, ago, judge_issue
from pytest_sprintready.forge.model import Comment, Issue, PullRequest

NOW = 1_780_000_000
BODY = (
    "When a lamp was put out with `put_out()` in lantern/light.py it cannot be lit again. "
    "It should be possible to light it a second time, as the guide promises."
)
TALE = "Some of this has a long tale that began in an evening of May, when all of us sat around the fire."


def judge(**fields: Any) -> Verdict:
    known: dict[str, Any] = {
        "number": 7,
        "title": "Light the lamp a second time",
        "labels": ("good first issue",),
        "created": NOW - 20 * DAY,
        "updated": NOW - DAY,
        "body": BODY,
        "comments": (),
    }
    exists = fields.pop("exists", None)
    rules = fields.pop("rules", None)
    return judge_issue(Issue(**{**known, **fields}), now=NOW, exists=exists, rules=rules)


def codes(**fields: Any) -> tuple[str, ...]:
    return tuple(reason.code for reason in judge(**fields).reasons)


def said(text: str, author: str = "linus", role: str = "newcomer", days: int = 1, *, bot: bool = False) -> Comment:
    return Comment(author, role, bot, NOW - days * DAY, text)


def test_an_issue_that_says_what_where_and_when_is_good() -> None:
    verdict = judge()
    assert (verdict.readiness, verdict.reasons) == ("good", ())
    assert verdict.level == "first"
    assert [reason.code for reason in verdict.advice] == ["no-size", "no-skills", "no-criteria"]


# In the way -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"assignees": ("ada",)}, "assigned", id="assigned"),
        pytest.param({"pull_requests": (PullRequest(9),)}, "pull-request", id="open pull request"),
        pytest.param({"locked": True}, "locked", id="locked"),
        pytest.param({"blocked": 2}, "blocked", id="blocked"),
        pytest.param({"labels": ("good first issue", "needs discussion")}, "label", id="label that waits"),
        pytest.param({"labels": ("good first issue", "Status: Blocked :no_entry:")}, "label", id="decorated label"),
        pytest.param({"labels": ("good first issue", "wontfix")}, "label", id="wontfix"),
        pytest.param({"labels": ("good first issue", "difficulty: hard")}, "advanced", id="hard"),
        pytest.param({"labels": ("good first issue", "size: XL")}, "large", id="large"),
        pytest.param({"labels": ("good first issue", "e3-weeks")}, "large", id="weeks"),
        pytest.param({"body": f"{BODY} It should take two weeks."}, "large", id="large by its own words"),
        pytest.param({"body": f"{BODY}\n## Estimation\n24 hours"}, "large", id="many hours"),
        pytest.param({"title": "Epic: better docs"}, "tracker", id="epic by title"),
        pytest.param({"body": f"This is the parent issue. {BODY}"}, "tracker", id="tracker by text"),
        pytest.param({"parts": 5}, "tracker", id="many sub-issues"),
        pytest.param({"title": "Tracking: docs", "body": "- [ ] #4"}, "tracker", id="tracker by title and list"),
        pytest.param({"title": "How do I light it?"}, "question", id="question"),
        pytest.param({"title": "[Usage]: how is it lit?"}, "question", id="question behind a prefix"),
        pytest.param({"title": "RFC: new lamps", "body": "Shall we?"}, "question", id="request for comments"),
        pytest.param({"title": "[Good First Issue]: test"}, "empty", id="title of a template"),
        pytest.param({"title": "...."}, "empty", id="title of dots"),
        pytest.param({"title": "How to claim an issue"}, "empty", id="invitation"),
        pytest.param({"title": "Another test issue, please ignore"}, "empty", id="trial"),
        pytest.param({"title": "Dark mode", "body": "<!-- describe it here -->\n_No response_"}, "empty", id="empty"),
        pytest.param({"labels": ("good first issue", "kind: epic")}, "tracker", id="epic by label"),
        pytest.param({"body": f"{BODY}\n- [ ] #4\n- [ ] #5 @ada\n- [x] #6"}, "tracker", id="tracker by its list"),
        pytest.param({"body": f"{BODY} This depends on #12."}, "blocked", id="waits by its own words"),
        pytest.param({"body": f"{BODY} What do you think?"}, "undecided", id="asks for opinions"),
        pytest.param({"labels": ("good first issue", "type: question")}, "label", id="question by label"),
    ],
)
def test_what_stands_in_the_way(fields: dict[str, Any], code: str) -> None:
    assert judge(**fields).readiness == "not-now"
    assert code in codes(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"title": "[META] Better lamps"}, id="by title"),
        pytest.param({"labels": ("good first issue", "kind: meta")}, id="by label"),
        pytest.param({"body": f"{BODY} Pick one from the list below and comment which file you take."}, id="by text"),
        pytest.param({"title": "Add more riddles", "body": ""}, id="a call to whoever comes"),
        pytest.param({"body": BODY + "\n- [ ] lamp.{}" * 21}, id="a long list of names"),
    ],
)
def test_of_shared_work_a_claim_and_a_pull_request_take_a_part_alone(fields: dict[str, Any]) -> None:
    comments = (said("I would like to work on this."), said("Opened #12 for the first one."))
    verdict = judge(**fields, comments=comments, pull_requests=(PullRequest(12),))
    assert (verdict.readiness, verdict.reasons, verdict.shared) == ("good", (), True)


def test_of_shared_work_nothing_is_left_when_each_part_has_somebody() -> None:
    body = f"{BODY} Pick one of these:\n- [x] oil @ada\n- [ ] wick @grace\n- [ ] glass, PR #12"
    assert codes(body=body) == ("claimed",)
    assert codes(body=body.replace(" @grace", "")) == ()


def test_shared_work_is_done_when_a_maintainer_says_so_and_not_when_somebody_has_done_a_part() -> None:
    title = "Add more riddles"
    assert codes(title=title, comments=(said("Fixed in #12"),)) == ()
    assert codes(title=title, comments=(said("Fixed in #12", "ada", "maintainer"),)) == ("done",)


@pytest.mark.parametrize(
    "text",
    [
        "I would like to work on this.",
        "Can I take this one?",
        "hi! i'd love to contribute to this, please assign me",
        ".take",
        "/assign",
        "I'm working on it",
        "I'll give it a try",
        "Happy to submit a PR for this",
        "Working on `lantern/light.py`",
    ],
)
def test_a_claim_of_yesterday_keeps_an_issue(text: str) -> None:
    assert "claimed" in codes(comments=(said(text),))


@pytest.mark.parametrize(
    "comment",
    [
        pytest.param(said("I would like to work on this.", days=40), id="old"),
        pytest.param(said("I would like to work on this.", role="maintainer"), id="a maintainer"),
        pytest.param(said("I would like to work on this.", bot=True), id="a bot"),
        pytest.param(said("> I would like to work on this.\n\nNice, isn't it?"), id="quoted"),
        pytest.param(said("This takes the fun out of it."), id="other words"),
        pytest.param(said("It works on my machine."), id="works"),
        pytest.param(said("Have you tried to assign a colour to the lamp?"), id="another assign"),
        pytest.param(said("Contributions are welcome, pull requests too.", role="maintainer"), id="an invitation"),
        pytest.param(said("Please open a pull request for each file.", role="maintainer"), id="an instruction"),
    ],
)
def test_what_is_no_claim_is_left_alone(comment: Comment) -> None:
    assert judge(comments=(comment,)).readiness == "good"


def test_a_claim_ends_when_it_is_given_up() -> None:
    claim = said("I'd like to work on this.", days=3)
    assert codes(comments=(claim, said("Sorry, I don't have time.", days=1))) == ()
    assert codes(comments=(claim, said("This is up for grabs again.", "ada", "maintainer"))) == ()
    assert codes(comments=(claim, said("I don't have time to explain it.", "ada", "maintainer"))) == ("claimed",)
    assert codes(comments=(claim, said("Sure, feel free to open a PR.", "ada", "maintainer"))) == ("claimed",)


def test_a_maintainer_can_give_an_issue_to_somebody() -> None:
    verdict = judge(comments=(said("Thanks for volunteering @grace", "ada", "maintainer"),))
    assert verdict.reasons[0].text == "a maintainer gave it to grace yesterday"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I've opened a PR: #12", "pull-request"),
        ("Fixed in #12", "pull-request"),
        ("https://github.com/lamps/lantern/pull/12 does it", "pull-request"),
        ("This has been fixed in the last release", "done"),
        ("Closing this in favour of #9", "done"),
        ("Implemented in 6458178bfe", "done"),
        ("Not sure if we want this at all", "undecided"),
        ("Let's discuss this at the next meeting", "undecided"),
    ],
)
def test_what_the_last_comment_tells(text: str, code: str) -> None:
    assert code in codes(comments=(said(text, "ada", "maintainer"),))


def test_a_closed_pull_request_is_none() -> None:
    assert judge(pull_requests=(PullRequest(9, state="closed"),)).readiness == "good"


def test_a_comment_about_a_pull_request_of_last_year_is_none() -> None:
    assert judge(comments=(said("I've opened a PR", days=200),)).readiness == "good"


@pytest.mark.parametrize(
    "label",
    [
        "help wanted",
        "documentation",
        "priority: low",
        "upstart",
        "area: blocks",
        "holder",
        "size/S",
        "difficulty: easy",
        "severity: medium",
        "needs triage",
        "reserved for beginners",
        "support:core",
        "Issue Tracking",
    ],
)
def test_labels_that_say_nothing_against_it_are_left_alone(label: str) -> None:
    assert judge(labels=("good first issue", label)).readiness == "good"


# Missing --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"title": "The wick crashes", "body": "Needs a fix."}, "thin", id="a fault that is not shown"),
        pytest.param({"title": "Fix the wick", "body": "As summary."}, "thin", id="a fault that is not told"),
        pytest.param(
            {"title": "Fix test_wick", "body": "See #12"}, "thin", id="a fault of which only the place is told"
        ),
        pytest.param(
            {"title": "Add type hints", "body": f"They would help those who read what we have written so far. {TALE}"},
            "endless",
            id="everywhere and no part named",
        ),
        pytest.param({"updated": NOW - 100 * DAY}, "stale", id="old"),
        pytest.param({"labels": ("good first issue", "stale")}, "stale", id="old by its label"),
        pytest.param(
            {"comments": (said("Which lamp do you mean?", days=20),)}, "unanswered", id="a question without an answer"
        ),
    ],
)
def test_what_is_missing(fields: dict[str, Any], code: str) -> None:
    assert judge(**fields).readiness == "nearly"
    assert codes(**fields) == (code,)


def test_a_file_that_is_gone_is_named() -> None:
    body = "A lamp stays dark as lantern/gone.py has it, whatever one does in the evening. It should burn, as in May."
    verdict = judge(body=body, exists=lambda path: path == "lantern/light.py")
    assert [reason.text for reason in verdict.reasons] == ["lantern/gone.py is not in the repository (any more)"]
    assert judge(body=body, exists=lambda _: True).readiness == "good"
    assert judge(body=body).readiness == "good"


def test_what_maintainers_add_in_comments_counts() -> None:
    hint = said(
        "Look at `light()` in lantern/light.py; the test beside it should get a second call, that is all.",
        "ada",
        "maintainer",
    )
    fields = {"title": "Add tests", "body": "They would be good to have."}
    assert judge(**fields).readiness == "nearly"
    assert judge(**fields, comments=(hint,)).readiness == "good"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Rename `burn` to `glow` in setup.cfg", ""),
        ("Add a CONTRIBUTING.md file", ""),
        ("Add type hints to utils", "Add type hints to `src/utils.py`"),
        ("Typo in the docstring of light.py", "Line 81 says glwo."),
        ("Wick export", "Allow wicks to be saved as a CSV file."),
        ("Fix typo in light.py", ""),
        ("Remove six", "Nobody needs it since Python 2 is gone."),
        ("The lamp's navbar covers the logo on small screens", "![picture](https://lamps.example/a.png)"),
        ("GET /lamps/{id} answers 500 for an unknown lamp", "It should be 404."),
    ],
)
def test_a_line_is_enough_where_it_names_the_place_and_what_to_do(title: str, body: str) -> None:
    assert judge(title=title, body=body).reasons == ()


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Add docstrings", "Google style"),
        ("Improve the documentation", ""),
        ("More tests", "Coverage is low."),
        ("Make it nicer", "It should be nicer than it was."),
        ("Refactor the code", "It is messy."),
        ("Add logging", "https://docs.python.org/3/howto/logging.html"),
    ],
)
def test_what_is_everywhere_and_what_shall_be_better_have_no_end(title: str, body: str) -> None:
    assert judge(title=title, body=body, url="https://github.com/lamps/lantern/issues/7").readiness == "nearly"


def test_thresholds_are_the_projects_own() -> None:
    assert judge(updated=NOW - 100 * DAY, rules=Issues(stale_days=120)).readiness == "good"
    old = (said("I would like to work on this.", days=40),)
    assert judge(comments=old, rules=Issues(claim_days=60)).readiness == "not-now"


def test_what_nobody_asked_for_is_not_held_against_it() -> None:
    assert judge(comments=None, pull_requests=None, blocked=None, updated=0).readiness == "good"


def test_another_language_is_judged_by_what_needs_none() -> None:
    body = "`light()` in lantern/light.py を二回呼ぶとランプがつきません。もう一度つくようにしてください。テストも追加してください。"
    assert judge(title="Fix: ランプをもう一度つける", body=body).readiness == "good"


# Kind of work ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "kinds"),
    [
        ({"labels": ("good first issue", "Documentation")}, ("docs",)),
        ({"title": "Add tests for the wick"}, ("tests",)),
        ({"labels": ("good first issue", "i18n")}, ("translation",)),
        ({"labels": ("good first issue", "CI")}, ("packaging",)),
        ({}, ("code",)),
    ],
)
def test_kinds(fields: dict[str, Any], kinds: tuple[str, ...]) -> None:
    assert judge(**fields).kinds == kinds


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({"labels": ("good first issue", "size/S")}, "hours"),
        ({"labels": ("good first issue", "effort: medium")}, "day"),
        ({"body": f"{BODY} Estimated time: 30-90 minutes."}, "hours"),
        ({"body": f"{BODY} It should take about a day."}, "day"),
        ({"body": f"{BODY} This is a one-line fix."}, "hours"),
        ({"labels": ("good first issue", "priority: small")}, ""),
        ({}, ""),
    ],
)
def test_sizes(fields: dict[str, Any], size: str) -> None:
    assert judge(**fields).size == size


def test_skills_and_levels() -> None:
    verdict = judge(labels=("difficulty: intermediate", "lang: SQL"), body=f"{BODY}\nSkills: Docker, a little bash")
    assert verdict.level == "medium"
    assert verdict.skills == ("sql", "docker", "bash")


@pytest.mark.parametrize(
    ("days", "wanted"), [(0, "today"), (1, "yesterday"), (2, "2 days ago"), (75, "2 months ago"), (800, "2 years ago")]
)
def test_times(days: int, wanted: str) -> None:
    assert ago(NOW, NOW - days * DAY) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "a" * 20_000,
        "a/" * 10_000,
        "`a/" * 6_000,
        "a_" * 10_000,
        "aB" * 10_000,
        "a.b" * 6_000,
        "! " * 10_000,
        "[" * 20_000,
        "[a] - [" * 2_000,
        "- [ ] " * 3_000,
        "```" * 6_000,
        "<!--" * 5_000,
        "https://a/" * 2_000,
        "i would like to " * 1_200,
        "configs/E=128,N=1024,device_name=NVIDIA_H200.json" * 300,
        "\n" * 20_000,
        "# " * 10_000,
        "**a" * 6_000,
    ],
    ids=lambda text: text[:12].strip() or "lines",
)
def test_a_text_made_to_take_long_is_judged(text: str) -> None:
    assert judge(title=text[:1_000], body=text, comments=(said(text[:1_000]),)).readiness


# Titles alone ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        "Rename `foo` to `bar` in setup.cfg",
        'Typo in README: "recieve"',
        "Crash when opening the settings dialog without a config file",
        "Add tests for the tokenizer module",
        "Document the --strict option of the check command",
        "Login button is misaligned on small screens",
        "CSV export fails with UnicodeDecodeError for non-ASCII names",
        "Replace os.path with pathlib in utils/files.py",
        "Add `timeout` parameter to Client.get",
        "Remove deprecated function parse_old",
        "Show the version number in the footer",
        'Add "Copy link" to the share menu',
        "Sort contributors alphabetically on the about page",
        "Broken link to the installation guide in README",
        "Raise ValueError when size is negative in resize()",
        "Use f-strings in setup.py",
        "Change the default port from 8000 to 8080",
        "Add Python 3.13 to the CI matrix",
        "Drop support for Python 3.8",
        "Add a GitHub Action to run the linter",
        "Convert setup.py to pyproject.toml",
        "Add a Dockerfile",
        "Add CONTRIBUTING.md",
        "Add issue templates",
        "Enable pre-commit.ci",
        'Rename the "Start" button to "Run"',
        "Profile page: avatar is cut off",
        "Navbar overlaps content on mobile",
        "Add a link to the chat in the README",
        "Delete the unused file legacy.js",
        "Translate README to Spanish",
        "Translate error messages in messages.po to French",
        "Missing docstring for LampPost.light",
        "The search box should ignore leading spaces",
        "lantern --version prints nothing",
        "Add an example for the retry decorator",
        "Fix misspelled variable name `recieved` in parser.py",
        "Update the link to the documentation in the package description",
        "Test the edge case of an empty list in merge_sort",
        "Add Fibonacci search to the algorithms folder",
        "Add tests for `utils.parse_date`",
        "Error message when the config file is missing is unclear",
        "Support for Python 3.12",
        "Replace deprecated `np.int`",
        "Add link to Discord in footer",
        "Typo on pricing page",
        "Remove unused import in app.js",
        "Sidebar doesn't scroll on small screens",
        "Upgrade Django to 4.2",
        "Close button has no aria-label",
        "Add company name to invoice PDF",
        "Fix flake8 errors in tests/",
        "Show spinner while the chart is loading",
        "Make the table sortable by date",
        "Allow to configure the port via env variable",
        "Use the logger instead of print statements in the scheduler",
        "docs: explain how retries work",
        "Add missing translations for German",
        "Wrong currency symbol in the cart",
        "Footer year is outdated",
        "Sort users by name in the admin list",
        "Rename master branch to main",
        "Missing favicon",
        "Confirm before deleting a note",
        "Add unit tests for Matrix.transpose",
        'Change "Sign in" to "Log in"',
        "Dark theme: code blocks are unreadable",
        "Drop Python 3.7",
        "Bump Node to 20",
        "Add a `--json` flag to the list command",
        "Add license badge to README",
        "Add missing `alt` attribute on the logo",
        "Search results are not sorted by relevance",
        "Trailing slash in the base URL breaks requests",
        "Add type annotations to the client module",
        "Deprecate `Client.close_all`",
        "Add docstring to `Parser.feed`",
        "Write a test for the empty queue",
        "Validate email address in the registration form",
        "Hide password by default in the login form",
        "Make the retry delay configurable",
        "Add hover effect to cards on the team page",
        "Fix the date format in the export",
        "Translate the settings page to French",
        "Handle missing config file gracefully",
        "Log a warning when the cache is full",
        "Expose the port option in docker-compose.yml",
        "Broken image on the about page",
    ],
)
def test_a_title_that_says_what_where_and_when_needs_no_more(title: str) -> None:
    assert codes(title=title, body="") == ()


@pytest.mark.parametrize(
    "title",
    [
        "Add dark mode",
        "Add a loading spinner",
        "Support Windows",
        "Translate to Spanish",
        "Add i18n support",
        "Use TypeScript",
        "Migrate to TypeScript",
        "Use poetry",
        "Use ruff",
        "Add animations",
        "Add benchmark",
        "Add notifications",
        "Add Docker support",
        "Add search",
        "Add keyboard shortcuts",
        "Add themes",
        "Add screenshots",
        "Add linting",
        "Add internationalization",
        "Add dark theme",
        "Add authentication",
        "Add caching",
        "Add sound effects",
        "Add a tutorial",
        "Use async",
        "Switch to TypeScript",
        "Convert to ES6",
    ],
)
def test_who_knows_what_is_wanted_finds_the_place(title: str) -> None:
    verdict = judge(title=title, body="")
    assert verdict.readiness == "good"
    assert "no-place" in {reason.code for reason in verdict.advice}


@pytest.mark.parametrize(
    "title",
    [
        "Add unit tests",
        "Improve documentation",
        "Add type hints",
        "Fix typos",
        "Add more examples",
        "Improve error messages",
        "Refactor code",
        "Add logging",
        "Increase code coverage",
        "Improve the UI",
        "Improve performance",
        "Make it faster",
        "Clean up code",
        "Add tests",
        "Write documentation",
        "Improve accessibility",
        "Add more tests for edge cases",
        "Better error handling",
        "Refactor tests",
        "Make the website responsive",
        "Improve mobile layout",
        "Document the API",
        "Better docs",
        "Fix warnings",
        "Fix linting errors",
        "Fix broken links",
        "Fix flaky tests",
        "Improve code quality",
        "More examples needed",
        "Add docstrings",
        "Improve readability",
        "Simplify code",
        "Optimize queries",
        "It crashes sometimes",
        "Something is wrong with login",
        "Does not work on mobile",
        "Fix CSS issues",
        "Improve tests",
        "Add more documentation",
        "Refactoring",
        "Better logging",
        "Support more languages",
        "Improve docs",
        "Unit tests",
        "Add type annotations",
        "Improve error handling",
        "Add validation",
        "Write more tests",
        "Improve the design",
        "Improve user experience",
        "Make the app faster",
        "Add new features",
        "Update docs",
        "Update documentation",
        "Update README",
        "Improve README",
        "Fix README",
        "Fix bugs",
        "Add comments to the code",
        "Clean up the code base",
        "Make it mobile friendly",
        "Better UI",
        "Redesign the website",
        "Add examples",
        "Create documentation",
        "Add unit tests for everything",
        "Increase test coverage",
        "Test coverage",
        "Add integration tests",
        "Add end-to-end tests",
        "Set up testing",
        "Modernize the code",
    ],
)
def test_a_title_of_what_is_everywhere_needs_more(title: str) -> None:
    assert judge(title=title, body="").readiness == "nearly"


# Conversations --------------------------------------------------------------------------------------------------------

A, B, M = ("a", "newcomer"), ("b", "newcomer"), ("m", "maintainer")


@pytest.mark.parametrize(
    ("readiness", "talk"),
    [
        ("not-now", [(*A, 2, "I'd like to work on this")]),
        ("good", [(*A, 40, "I'd like to work on this")]),
        ("good", [(*A, 9, "I'd like to work on this"), (*A, 3, "Sorry, I can't find the time")]),
        (
            "good",
            [(*A, 9, "I'd like to work on this"), (*M, 3, "Unassigning @a for inactivity, this is up for grabs again")],
        ),
        ("not-now", [(*A, 9, "I'd like to work on this"), (*B, 3, "Can I take this?"), (*A, 2, "I give it up")]),
        ("not-now", [(*A, 9, "Is this still open?"), (*M, 8, "@a yes! Go ahead")]),
        ("good", [(*A, 5, "Is this still open?"), (*M, 4, "Yes")]),
        ("nearly", [(*A, 12, "Which colour should it be?")]),
        ("good", [(*A, 12, "Which colour should it be?"), (*M, 11, "Red")]),
        ("not-now", [(*A, 12, "Opened #12")]),
        ("good", [(*A, 40, "Opened #12"), (*M, 30, "Closing the PR as it went stale, free for others")]),
        ("not-now", [(*M, 3, "Fixed in v2.1")]),
        ("not-now", [(*M, 3, "Let's wait for #12 first")]),
        ("good", [(*M, 9, "Blocked by #12"), (*M, 3, "#12 is merged, so this can be started")]),
        ("not-now", [(*M, 3, "I'm not sure we want this")]),
        ("good", [(*A, 9, "I'm not sure we want this"), (*M, 3, "We do. PRs welcome!")]),
        ("not-now", [(*M, 3, "I'll fix this later this week")]),
        ("good", [(*M, 3, "Happy to help whoever takes this")]),
        ("not-now", [(*M, 3, "@b this would be a good one for you, want to take it?"), (*B, 2, "Sure!")]),
        ("good", [(*M, 3, "@b this would be a good one for you, want to take it?"), (*B, 2, "No, sorry, I'm busy")]),
        ("not-now", [(*A, 3, "I started a branch for this, will open a PR tomorrow")]),
        ("good", [(*A, 3, "I can reproduce this")]),
        ("good", [(*A, 3, "+1")]),
        ("not-now", [(*A, 3, "Hi, can I work on it as part of Hacktoberfest?"), (*M, 2, "Hi @a, sure, feel free!")]),
        (
            "good",
            [
                (*A, 3, "Hi, can I work on it?"),
                (
                    *M,
                    2,
                    "Hi @a, thanks, but we keep this for first-timers and you have contributed already. Please look for another issue.",
                ),
            ],
        ),
        ("not-now", [(*A, 3, "I have a PR ready")]),
        ("not-now", [(*A, 60, "I opened a PR: #13")]),
        (
            "good",
            [(*A, 100, "I opened a PR: #13"), (*M, 20, "That PR was closed without a merge. Anyone can pick this up.")],
        ),
        ("not-now", [(*M, 2, "Assigned to @c, thanks!")]),
        ("not-now", [(*A, 2, "take")]),
        ("not-now", [(*A, 2, "I am interested in this, could you tell me how to start?")]),
        ("not-now", [(*A, 8, "can i have it"), (*M, 7, "No need to ask, just open a PR.")]),
    ],
)
def test_a_conversation_comes_to_who_has_it_and_what_was_decided(
    readiness: str, talk: list[tuple[str, str, int, str]]
) -> None:
    comments = tuple(Comment(author, role, False, NOW - days * DAY, text) for author, role, days, text in talk)
    updated = max(comment.created for comment in comments)
    assert judge(comments=comments, updated=max(updated, NOW - 60 * DAY)).readiness == readiness


@pytest.mark.parametrize(
    "title",
    [
        "Should we drop the old lamp?",
        "Do we still need the wick?",
        "Is the wick option needed?",
        "What about a second lamp?",
        "Would it be possible to add a second lamp?",
        "Discussion on lamps",
    ],
)
def test_a_question_waits_for_who_decides_until_they_agree(title: str) -> None:
    assert "question" in codes(title=title)
    agreed = said("Yes, let's do that. PRs welcome!", "ada", "maintainer")
    assert codes(title=title, comments=(agreed,)) == ()


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Add tests for the wick", ""),
        ("Add tests", "Begin with lantern/wick.py."),
        ("Document the flags of `lantern light`", ""),
        ("Add a dark mode to the docs", ""),
    ],
)
def test_work_without_end_is_good_where_a_part_to_begin_with_is_named(title: str, body: str) -> None:
    assert codes(title=title, body=body) == ()


def test_a_claim_counts_for_whole_days() -> None:
    last_evening = said("I would like to work on this.", days=30)._replace(created=NOW - 30 * DAY - 40_000)
    assert codes(comments=(last_evening,)) == ("claimed",)
    assert judge(comments=(said("I would like to work on this.", days=31),)).readiness == "good"


@pytest.mark.parametrize(
    "text",
    [
        "We can improve those wicks.",
        "We should add a cover. Think about what else we can do to make the lamp brighter.",
        "The lamp goes out in the rain. Needs investigation and a fix.",
    ],
)
def test_what_we_could_do_in_a_description_is_proposed_and_not_claimed(text: str) -> None:
    assert judge(title="Cover the lamp in lantern/light.py", body=text, author="grace", role="").readiness == "good"


def test_who_asks_what_one_has_to_know_claims_nothing() -> None:
    asked = said("Must I be familiar with oil lamps to start working on this?", days=1)
    assert judge(comments=(asked,)).readiness == "good"


def test_a_thing_that_is_named_in_few_words_is_nearly_a_task() -> None:
    assert judge(title="Better instructions", body="The instructions on wicks need love.").readiness == "nearly"
    assert judge(title="Wick instructions", body="").readiness != "good"
    assert judge(title="Wick instructions", body="https://lamps.example/wick").readiness == "good"
    assert codes(title="Wick", body="-") == ("empty",)


def test_a_template_that_nobody_filled_tells_no_outcome() -> None:
    body = "## Details\n\n## Possible solution\n\n## Expected result\nA clear and concise description of what you expect.\n"
    assert judge(title="The lamp of the house", body=body).readiness != "good"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Improve coverage", "The goal is 80%."),
        ("Reduce the weight of lantern.svg", "Currently at 3 MB."),
        ("The colour of the lamp is not correct", "![picture](https://lamps.example/a.png)"),
        ("Light the lamp a second time", "Begin with the first lamp. The stove is out of scope."),
    ],
)
def test_a_measure_a_picture_and_a_limit_tell_what_is_wanted(title: str, body: str) -> None:
    assert codes(title=title, body=body) == ()


def test_a_bug_report_that_nobody_filled_says_too_little() -> None:
    body = (
        "**Describe the bug**\nA clear and concise description of what the bug is.\n\n**To Reproduce**\n"
        "Steps to reproduce the behavior:\n1. Go to '...'\n2. Click on '....'\n3. Scroll down to '....'\n4. See error\n\n"
        "**Desktop**\n - OS: [e.g. iOS]\n - Version [e.g. 22]\n\n**Additional context**\n"
        "Add any other context about the problem here.\n"
    )
    assert codes(title="Lamp bug", body=body) == ("thin",)


@pytest.mark.parametrize(
    "label", ["done", "Unavailable to hack on", "status: completed", "S-inprogress", "future", "released"]
)
def test_a_label_that_says_that_nobody_shall_take_it_is_heeded(label: str) -> None:
    assert codes(labels=("good first issue", label)) == ("label",)


def test_a_mentor_who_is_assigned_is_nobody_at_work() -> None:
    assert judge(labels=("good first issue", "mentor assigned")).readiness == "good"


@pytest.mark.parametrize(
    "text",
    ["Please this issue to me.", "I have interest to work on a lamp", "Please assign this issue to", "On progress"],
)
def test_a_request_counts_however_it_is_typed(text: str) -> None:
    assert codes(comments=(said(text, days=1),)) == ("claimed",)


def test_a_request_that_lapsed_without_an_answer_is_an_open_question() -> None:
    assert codes(comments=(said("Can I work on this?", days=40),)) == ("unanswered",)


def test_an_announcement_is_no_task_and_a_call_for_something_is_shared_work() -> None:
    told = judge(title="Announcement: the lamps' month", body="Write a comment on an issue and we tag it.")
    assert told.readiness == "not-now"
    for title, body in (
        ("Translations", "Any language is welcome."),
        ("Write tests", "Test any part of the library and send them."),
    ):
        verdict = judge(title=title, body=body)
        assert (verdict.readiness, verdict.shared) == ("good", True)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        pytest.param({"body": f"{BODY}\n- [x] add a wick\n- [x] fix the lamp"}, "done", id="all boxes ticked"),
        pytest.param({"title": "Your title goes here"}, "empty", id="a placeholder"),
        pytest.param({"body": "I wonder what your thoughts on oil are."}, "", id="no question"),
        pytest.param(
            {"body": f"{BODY} @ada, what are your thoughts on oil?"}, "undecided", id="a question to somebody"
        ),
        pytest.param({"body": f"{BODY} Once we have #12 working, it can be lit."}, "blocked", id="another first"),
        pytest.param(
            {"body": BODY, "comments": (said("Under way in branch oil", "ada", "maintainer"),)}, "claimed", id="branch"
        ),
    ],
)
def test_more_that_stands_in_the_way(fields: dict[str, Any], code: str) -> None:
    assert codes(**fields) == ((code,) if code else ())


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("The wick crashes", "https://ci.lamps.example/builds/42/log"),
        ("Wick figures", "They are internal only, it would be nice to show them."),
        ("Shell completions", "Any shell is fine."),
        ("Add docstrings", "All shall follow the numpydoc convention."),
        ("Remove dead code", "Nothing calls the old half of it."),
    ],
)
def test_a_log_a_state_a_known_name_and_an_end_tell_what_is_wanted(title: str, body: str) -> None:
    assert codes(title=title, body=body) == ()


def test_faults_that_are_to_be_found_first_are_not_told() -> None:
    assert codes(title="The layout breaks", body="It breaks in most parts. Find and repair them.") == ("thin",)


def test_a_thing_that_is_needed_is_nearly_a_task() -> None:
    assert judge(title="Wicks", body="Wicks needed.").readiness == "nearly"


@pytest.mark.parametrize(
    ("label", "stale"),
    [("stale", True), ("staled", True), ("lifecycle/rotten", True), ("no_stale", False), ("never stale", False)],
)
def test_a_label_says_that_nobody_looks_at_it_or_that_it_never_goes_stale(label: str, *, stale: bool) -> None:
    assert ("stale" in codes(labels=("good first issue", label))) is stale


def test_not_assigned_is_no_assignment() -> None:
    assert codes(labels=("good first issue", "Not Assigned")) == ()
    assert codes(labels=("good first issue", "Assigned")) == ("label",)


def test_days_of_effort_are_more_than_a_day_however_they_are_written() -> None:
    assert codes(labels=("good first issue", "effort: E2 days")) == ("large",)
    assert codes(labels=("good first issue", "effort: E1 day")) == ()


def test_the_question_mark_of_an_address_asks_nothing() -> None:
    assert codes(comments=(said("See https://lamps.example/oil?page=2", days=20),)) == ()
    assert codes(comments=(said("Which oil?", days=20),)) == ("unanswered",)


def test_a_call_has_answered_beforehand_who_can_have_a_part() -> None:
    call = {"title": "Add more riddles"}
    assert codes(**call, comments=(said("Can I work on this?", days=20),)) == ()
    assert codes(**call, comments=(said("Which oil?", days=20),)) == ("unanswered",)


def test_a_call_may_begin_with_a_question() -> None:
    assert judge(title="Seen a dark lamp?", body="Feel free to pick any page and light it.").readiness == "good"
    assert "question" in codes(title="Seen a dark lamp?", body="It is dark.")


def test_some_lines_below_a_vague_title_tell_what_is_bad_unless_there_is_always_more_to_do() -> None:
    body = "The knobs have different names though all of them turn the same wick, one of these is never used."
    assert judge(title="Refactor the knobs", body=body).readiness == "good"
    assert codes(title="Refactor the knobs", body="They are old.") == ("thin", "no-outcome")
    assert codes(title="The lamp of the house", body="It is dark in May.") == ("thin", "no-outcome")
    assert "endless" in codes(title="Improve the tests", body=body)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("The only page is README.md, of last year.", ("endless",)),
        ("Those of `lantern` are old, and new ones were promised.", ("endless",)),
        ("Those of `lantern/wick.py` are old, and new ones were promised.", ()),
        ("- [ ] of the wick\n- [ ] of the oil", ()),
        ("- [ ] of the wick", ("endless",)),
        ("- wicks\n- oil of all kinds", ()),
        ("1. Go to the tower\n2. Write", ("endless",)),
        ("- Fork the lantern\n- Read the rules", ("endless",)),
    ],
)
def test_the_whole_is_no_part_to_begin_with_and_a_list_has_parts(body: str, told: tuple[str, ...]) -> None:
    fields = {"title": "Write docs", "url": "https://git.example/lamps/lantern/issues/7", "body": body}
    assert tuple(code for code in codes(**fields) if code == "endless") == told


@pytest.mark.parametrize(
    ("title", "body", "told"),
    [
        ("Better light", "Less than `lamp.dark`", ()),
        ("Better light", "Less of it", ("thin", "no-outcome")),
        ("Better light", "https://lamps.example/light", ("thin", "no-outcome")),
        ("Feature of lamps", "https://lamps.example/light", ()),
        ("A way out of failed lamps", "A switch would be nice.", ()),
        ("Make it child friendly", "", ("thin", "no-outcome")),
    ],
)
def test_few_words_are_enough_with_something_to_see(title: str, body: str, told: tuple[str, ...]) -> None:
    assert codes(title=title, body=body) == told


@pytest.mark.parametrize(
    "label",
    ["P5 Future", "ready for review", "more-info", "Status: Need Tasklist", "feedback needed", "not ready", "parked"],
)
def test_such_a_label_says_that_it_waits(label: str) -> None:
    assert codes(labels=("good first issue", label)) == ("label",)


@pytest.mark.parametrize(
    "label", ["future release", "backlog: future", "feature: needs discussion", "component: wontfix"]
)
def test_what_is_for_later_or_open_waits(label: str) -> None:
    assert codes(labels=("good first issue", label)) == ("label",)


@pytest.mark.parametrize(
    "label", ["area: on-hold-music", "module: blocked-users", "component: duplicate", "S3 support"]
)
def test_a_label_of_a_part_of_the_program_says_nothing_of_the_issue(label: str) -> None:
    assert codes(labels=("good first issue", label)) == ()


def test_what_its_author_adds_in_comments_counts() -> None:
    told = "With no oil it says `IndexError: no wick` and stops."
    assert codes(title="Broken export", body="It fails.", author="ada") == ("thin",)
    assert codes(title="Broken export", body="It fails.", author="ada", comments=(said(told, author="ada"),)) == ()
    assert codes(title="Broken export", body="It fails.", author="ada", comments=(said(told, author="bo"),)) == (
        "thin",
    )


@pytest.mark.parametrize("label", ["feedback", "info", "needs review", "future lamps", "ready"])
def test_such_a_label_does_not_say_so(label: str) -> None:
    assert codes(labels=("good first issue", label)) == ()


@pytest.mark.parametrize(("label", "state"), [("released", "it is done"), ("on hold", "it waits")])
def test_what_a_label_says_of_it_is_told(label: str, state: str) -> None:
    (reason,) = judge(labels=("good first issue", label)).reasons
    assert reason.text == f'its label "{label}" says that {state}'
