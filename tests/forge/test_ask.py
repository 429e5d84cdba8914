"""What three forges say of the same repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_sprintready.errors import ForgeError
from pytest_sprintready.forge import Options, Place, Wanted, ask, ask_all
from pytest_sprintready.forge.http import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.forge.server import Forge

WAYS = ["github", "github with a token", "gitlab", "gitlab with a token", "gitea", "gitea with a token"]
WANT = Wanted(sprint_labels=("sprint",))


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, forge: Forge, options: Options, token_file: str) -> Options:
    """Let the forge speak a dialect; return how to ask it."""
    dialect, _, token = request.param.partition(" ")
    forge.speak(dialect)
    return options._replace(token_file=token_file) if token else options


@pytest.fixture
def lantern(forge: Forge, server: Any) -> Any:
    """A repository with all that is asked for."""
    repo = forge.add(defaults=("contributing", "code_of_conduct"))
    repo.label("Good First Issue", "7057ff", "Small")
    repo.label("sprint 2026")
    repo.label("bug")
    repo.issue("Lamp is dark", body="See lamp.py", labels=["Good First Issue", "bug"], assignees=["linus"])
    repo.issue(
        "Wick burns", labels=["sprint 2026"], comments=[server.comment("I work on this", "linus", "NONE")], locked=True
    )
    repo.issue("Not for newcomers", labels=["bug"])
    repo.request("Light it", closes=[1], comments=[server.comment("Thanks!", created=server.NOW - 3600)])
    repo.request("Old", merged=server.NOW - 5 * server.DAY, created=server.NOW - 9 * server.DAY)
    return repo


@pytest.mark.usefixtures("lantern")
def test_labels_and_issues_are_the_same_wherever_they_are(at: Callable[..., Place], way: Options, server: Any) -> None:
    data = ask(at(), way, WANT)
    assert data.problems == ()
    assert data.repository.name == "lamps/lantern"
    assert data.repository.head == "green"
    assert [label.name for label in data.labels] == ["Good First Issue", "sprint 2026", "bug"]
    assert data.labels[0].color == "7057ff"
    assert (data.beginner_labels, data.sprint_labels) == (("Good First Issue",), ("sprint 2026",))
    assert {issue.number: issue.title for issue in data.issues} == {1: "Lamp is dark", 2: "Wick burns"}
    assert data.issue_count == 2
    first, second = sorted(data.issues)
    assert first.assignees == ("linus",)
    assert first.body == "See lamp.py"
    assert first.labels == ("Good First Issue", "bug")
    assert [request.number for request in first.pull_requests or ()] == [4]
    assert first.updated == server.NOW - server.DAY
    assert first.url.endswith("/issues/1")
    assert second.locked
    assert [(comment.author, comment.text) for comment in second.comments or ()] == [("linus", "I work on this")]
    assert data.fetched == server.NOW


@pytest.mark.usefixtures("lantern")
def test_first_answers_are_found(at: Callable[..., Place], way: Options, server: Any) -> None:
    data = ask(at(), way, WANT)
    requests = {request.number: request for request in data.pull_requests or ()}
    assert requests[4].answered == server.NOW - 3600
    assert requests[5].state == "merged"
    assert requests[5].ended == server.NOW - 5 * server.DAY
    answered = {issue.number: issue.answered for issue in data.recent or ()}
    assert answered == {1: 0, 2: server.NOW - server.DAY, 3: 0}


@pytest.mark.usefixtures("lantern")
def test_files_an_organisation_keeps_are_named(at: Callable[..., Place], way: Options) -> None:
    data = ask(at(), way, WANT)
    wanted = ["code_of_conduct", "contributing"] if data.repository.forge == "github" else []
    assert sorted({default.what for default in data.defaults}) == wanted


@pytest.mark.usefixtures("lantern")
def test_people_are_not_asked_for_where_nobody_wants_to_know(at: Callable[..., Place], way: Options) -> None:
    assert ask(at(), way, WANT._replace(people=False)).recent is None


@pytest.mark.parametrize(
    "state", [("failure", "red"), ("pending", "running"), ("", "")], ids=["red", "running", "none"]
)
def test_the_state_of_the_default_branch(
    forge: Forge, at: Callable[..., Place], way: Options, state: tuple[str, str]
) -> None:
    forge.add(head=state[0])
    assert ask(at(), way, WANT).repository.head == state[1]


def test_hundreds_of_labels_and_issues_are_read_page_by_page(
    forge: Forge, at: Callable[..., Place], way: Options
) -> None:
    repo = forge.add()
    for number in range(230):
        repo.label(f"area {number}")
    repo.label("good first issue")
    for number in range(130):
        repo.issue(f"Task {number}", labels=["good first issue"])
    data = ask(at(), way, WANT)
    assert len(data.labels) == 231
    assert len({issue.number for issue in data.issues}) == 130
    assert data.issue_count == 130


@pytest.mark.parametrize("way", ["github", "github with a token", "gitlab", "gitea"], indirect=True)
def test_of_very_many_issues_the_latest_are_read(forge: Forge, at: Callable[..., Place], way: Options) -> None:
    repo = forge.add()
    repo.label("good first issue")
    for number in range(5_000):
        repo.issue(f"Task {number}", labels=["good first issue"])
    data = ask(at(), way, WANT)
    assert 300 <= len(data.issues) <= 350
    assert data.issue_count > 300
    assert data.problems == ()


def test_an_empty_repository(forge: Forge, at: Callable[..., Place], way: Options) -> None:
    forge.add(empty=True)
    data = ask(at(), way, WANT)
    assert (data.repository.empty, data.issues, data.labels, data.problems) == (True, (), (), ())


def test_an_archived_repository(forge: Forge, at: Callable[..., Place], way: Options) -> None:
    forge.add(archived=True)
    assert ask(at(), way, WANT).repository.archived


def test_a_repository_whose_issues_are_switched_off(forge: Forge, at: Callable[..., Place], way: Options) -> None:
    forge.add(has_issues=False).label("good first issue")
    data = ask(at(), way, WANT)
    assert (data.repository.issues_enabled, data.issues, data.problems) == (False, (), ())


def test_a_repository_that_does_not_exist(at: Callable[..., Place], way: Options) -> None:
    with pytest.raises(NotFound, match="lantern does not exist, or is not shown"):
        ask(at(), way, WANT)


def test_a_repository_that_moved_is_found_under_its_new_name(
    forge: Forge, at: Callable[..., Place], way: Options
) -> None:
    forge.add("lights/torch").label("good first issue")
    forge.moved["lamps/lantern"] = "lights/torch"
    data = ask(at(), way, WANT)
    assert data.repository.name == "lights/torch"
    assert data.beginner_labels == ("good first issue",)


def test_a_fork_that_was_found_leads_to_its_parent(forge: Forge, at: Callable[..., Place], way: Options) -> None:
    forge.add("linus/lantern", parent="lamps/lantern", has_issues=False)
    forge.add().label("good first issue")
    data = ask(at("linus/lantern")._replace(told=False), way, WANT)
    assert data.repository.name == "lamps/lantern"


def test_a_fork_that_was_named_is_meant(forge: Forge, at: Callable[..., Place], way: Options) -> None:
    forge.add("linus/lantern", parent="lamps/lantern")
    assert ask(at("linus/lantern"), way, WANT).repository.name == "linus/lantern"


def test_a_name_with_signs_and_letters_of_any_language(forge: Forge, at: Callable[..., Place], way: Options) -> None:
    repo = forge.add()
    repo.label("🐣 good first issue: 初心者")
    repo.label("help & wanted/100%")
    repo.issue("Ünïcödé 灯", labels=["help & wanted/100%"])
    want = Wanted(beginner_labels=("help & wanted/100%",))
    assert [issue.title for issue in ask(at(), way, want).issues] == ["Ünïcödé 灯"]


def test_help_wanted_stands_in_where_there_is_no_label_for_newcomers(
    forge: Forge, at: Callable[..., Place], way: Options
) -> None:
    repo = forge.add()
    repo.label("help wanted")
    assert ask(at(), way, WANT).beginner_labels == ("help wanted",)
    repo.label("good first issue")
    assert ask(at(), way._replace(cache=False), WANT).beginner_labels == ("good first issue",)


def test_confidential_issues_stay_so(forge: Forge, at: Callable[..., Place], options: Options, token_file: str) -> None:
    forge.speak("gitlab")
    repo = forge.add()
    repo.label("good first issue")
    repo.issue("Secret hole", labels=["good first issue"], confidential=True)
    data = ask(at(), options._replace(token_file=token_file), WANT)
    assert (data.issues, data.recent) == ((), ())


def test_maintainers_are_told_from_others(forge: Forge, at: Callable[..., Place], way: Options, server: Any) -> None:
    repo = forge.add("ada/lantern")
    repo.label("good first issue")
    said = [server.comment("a"), server.comment("b", "grace", "NONE", server.NOW - 60)]
    repo.issue("x", labels=["good first issue"], comments=said)
    data = ask(at("ada/lantern"), way, WANT)
    if data.repository.forge == "gitlab" and not way.token_file:
        return  # only members are told who is a member
    roles = [comment.role for comment in data.issues[0].comments or ()]
    assert roles == ["maintainer", "newcomer" if data.repository.forge == "github" else ""]


def test_one_that_fails_does_not_keep_others_from_being_asked(
    forge: Forge, at: Callable[..., Place], way: Options
) -> None:
    forge.add("a/one")
    forge.add("a/three")
    found = ask_all([at("a/one"), at("a/two"), at("a/three")], way, WANT)
    assert [isinstance(answer, ForgeError) for answer in found.values()] == [False, True, False]


@pytest.mark.parametrize("way", ["github", "gitlab", "gitea"], indirect=True)
@pytest.mark.usefixtures("lantern")
def test_a_part_that_cannot_be_had_is_a_problem_and_the_rest_is_kept(
    forge: Forge, at: Callable[..., Place], way: Options, server: Any
) -> None:
    forge.faults.append(server.Fault(server.status(500), "/labels?", times=9))
    data = ask(at(), way, WANT)
    assert len(data.problems) == 1
    assert data.problems[0].startswith("labels: ")
    assert "answered 500" in data.problems[0]
    assert data.pull_requests


def test_questions_that_are_too_heavy_are_asked_in_halves(
    forge: Forge, at: Callable[..., Place], options: Options, token_file: str, server: Any
) -> None:
    for number in range(6):
        forge.add(f"a/r{number}").label("good first issue")
    forge.faults.append(server.Fault(server.status(502), "r5: repository", times=3))
    way = options._replace(token_file=token_file)
    found = ask_all([at(f"a/r{number}") for number in range(6)], way, WANT)
    assert not any(isinstance(answer, ForgeError) for answer in found.values())


def test_two_hundred_repositories_take_ten_requests_at_most(
    forge: Forge, at: Callable[..., Place], options: Options, token_file: str
) -> None:
    for number in range(200):
        repo = forge.add(f"a/r{number}")
        repo.label("good first issue")
        for task in range(5):
            repo.issue(f"Task {task}", labels=["good first issue"])
    places = [at(f"a/r{number}") for number in range(200)]
    found = ask_all(places, options._replace(token_file=token_file), WANT._replace(people=False))
    assert sum(len(answer.issues) for answer in found.values() if not isinstance(answer, ForgeError)) == 1_000
    assert forge.calls <= 10


@pytest.mark.usefixtures("lantern")
def test_what_has_not_changed_is_confirmed_or_kept(forge: Forge, at: Callable[..., Place], way: Options) -> None:
    kept = way._replace(cache=True)
    before = ask(at(), kept, WANT)
    first = forge.calls
    assert ask(at(), kept, WANT) == before
    again = forge.asked[first:]
    if before.repository.forge != "gitea":  # which sends nothing to confirm
        assert all(status == 304 for _, _, status in again)


@pytest.mark.usefixtures("lantern")
def test_a_server_that_lacks_a_field_is_asked_another_way(
    forge: Forge, at: Callable[..., Place], options: Options, token_file: str, server: Any
) -> None:
    answer = b'{"errors": [{"message": "Field \'subIssuesSummary\' doesn\'t exist on type \'Issue\'"}]}'
    forge.faults.append(server.Fault(server.content(answer), "graphql", times=1))
    data = ask(at(), options._replace(token_file=token_file), WANT)
    assert len(data.issues) == 2
