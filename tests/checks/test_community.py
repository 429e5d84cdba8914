"""SR4xx: what each check must leave alone, and what its message names."""

from __future__ import annotations

import pytest

from pytest_sprintready import engine
from pytest_sprintready.config import Settings, Sprint
from pytest_sprintready.facts import Facts
from pytest_sprintready.model import Result, Status
from pytest_sprintready.snapshot import MemorySnapshot

GUIDE = "# Contributing\n\n```console\npython -m pip install -e .\npython -m pytest\n```\n\n"


def judge(code: str, files: dict[str, str | bytes], settings: Settings | None = None) -> Result:
    (result,) = engine.run(Facts(MemorySnapshot(files), settings), select=[code]).results
    return result


def with_guide(text: str, **more: str) -> dict[str, str | bytes]:
    return {"CONTRIBUTING.md": GUIDE + text, **more}


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Report it to conduct@lamps.dev.", id="an address"),
        pytest.param("Write to `conduct@lamps.dev`.", id="an address in code"),
        pytest.param("Report to conduct [at] lamps [dot] dev.", id="an address spelled out"),
        pytest.param("Contact [Ada](mailto:ada@lamps.dev).", id="behind a link"),
        pytest.param("Contact us.\n\n## Contacts\n\n- Ada Lamp - @ada-lamp", id="people in a list of contacts"),
        pytest.param("Contact @ada-lamp or @bob-lamp on the chat.", id="people by their handle"),
    ],
)
def test_a_contact_for_reports_is_seen(sentence: str) -> None:
    text = f"# Code of Conduct\n\nBe kind.\n\n{sentence}\n"
    assert judge("SR402", {"CODE_OF_CONDUCT.md": text}).status is Status.PASS


def test_a_form_for_reports_is_seen_in_a_whole_code() -> None:
    text = (
        "# Code of Conduct\n\n"
        + "Be kind. " * 100
        + "\n\nReport through [this form](https://forms.lamps.dev/conduct).\n"
    )
    assert judge("SR402", {"CODE_OF_CONDUCT.md": text}).status is Status.PASS


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("Report it to [INSERT EMAIL ADDRESS].", id="the covenant's blank"),
        pytest.param("Report it to <your email>.", id="a blank in angles"),
        pytest.param("Report it to TODO.", id="to do"),
        pytest.param("Report it to conduct@example.org.", id="an address nobody has"),
        pytest.param("Report it to the project team.", id="nobody in particular"),
        pytest.param("This code is adapted from the [Covenant](https://www.contributor-covenant.org/x).", id="credits"),
    ],
)
def test_what_is_no_contact(sentence: str) -> None:
    text = "# Code of Conduct\n\n" + "Be kind. " * 100 + f"\n\n{sentence}\n"
    result = judge("SR402", {"CODE_OF_CONDUCT.md": text})
    assert result.status is Status.FAIL, result


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We use the [Lamp code](https://lamps.example/coc).", id="a link"),
        pytest.param("Everyone follows the PSF code of conduct, see https://lamps.example/coc", id="a bare address"),
    ],
)
def test_an_adopted_code_is_not_judged(text: str) -> None:
    result = judge("SR402", {"CODE_OF_CONDUCT.md": f"# Code of Conduct\n\n{text}\n"})
    assert result.status is Status.SKIPPED
    assert "https://lamps.example/coc" in result.reason


def test_pages_that_point_to_each_other_end() -> None:
    files = {
        "CODE_OF_CONDUCT.md": "See [our code of conduct](docs/conduct.md).\n",
        "docs/conduct.md": "See [our code of conduct](../CODE_OF_CONDUCT.md).\n",
    }
    assert judge("SR402", {**files}).status in {Status.SKIPPED, Status.FAIL}


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({".github/CODEOWNERS": "# owners\n* @ada-lamp\n"}, id="code owners"),
        pytest.param({"AUTHORS": "Ada <ada@lamps.dev>\n"}, id="authors with an address"),
        pytest.param({"setup.py": "setup(author='Ada', author_email='ada@lamps.dev')\n"}, id="setup.py"),
        pytest.param({"setup.cfg": "[metadata]\nauthor = Ada\nauthor_email = ada@lamps.dev\n"}, id="setup.cfg"),
        pytest.param({"pyproject.toml": '[tool.poetry]\nauthors = ["Ada <ada@lamps.dev>"]\n'}, id="poetry"),
        pytest.param({"README.md": "# Lantern\n\nMaintained by [Ada](https://github.com/ada-lamp).\n"}, id="README"),
        pytest.param(
            {
                "pyproject.toml": '[project]\nname = "lantern"\nauthors = [{ name = "Ada Lamp" }]\n',
                "README.md": "# Lantern\n\nChat: [Discord](https://discord.gg/lamps)\n",
            },
            id="a name, and a channel to call it in",
        ),
    ],
)
def test_a_maintainer_with_a_contact_is_seen(files: dict[str, str | bytes]) -> None:
    assert judge("SR404", files).status is Status.PASS


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"AUTHORS": "Ada\nBob\n"}, id="names alone"),
        pytest.param(
            {"pyproject.toml": '[project]\nname = "lantern"\nauthors = [{ name = "Ada" }]\n'}, id="a name alone"
        ),
        pytest.param({".github/CODEOWNERS": "# * @nobody\n"}, id="a comment"),
    ],
)
def test_a_name_alone_is_no_contact(files: dict[str, str | bytes]) -> None:
    (finding,) = judge("SR404", files).findings
    assert '[tool.sprintready.sprint]: lead = "..." and contact = "..."' in finding.fix


def test_only_what_is_missing_of_the_lead_is_asked_for() -> None:
    settings = Settings(sprint=Sprint(lead="Ada"), path="sprintready.toml")
    (finding,) = judge("SR404", {"README.md": "# Lantern\n"}, settings).findings
    assert "lead =" not in finding.fix
    assert 'contact = "..."' in finding.fix


@pytest.mark.parametrize(
    ("mentors", "sprinters", "verdict"),
    [
        pytest.param(1, 10, Status.PASS, id="one for ten"),
        pytest.param(1, 11, Status.FAIL, id="one for eleven"),
        pytest.param(0, 10, Status.SKIPPED, id="no mentors declared"),
        pytest.param(1, None, Status.SKIPPED, id="no sprinters declared"),
    ],
)
def test_mentors_for_sprinters(mentors: int, sprinters: int | None, verdict: Status) -> None:
    settings = Settings(sprint=Sprint(mentors=("Ada",) * mentors, sprinters=sprinters))
    assert judge("SR405", {"README.md": "# Lantern\n"}, settings).status is verdict


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Run `just test`.", id="a program in code"),
        pytest.param("We use just to run tasks.", id="a program in prose"),
        pytest.param("It was just released.", id="of time"),
        pytest.param("Not just code is welcome.", id="not just"),
        pytest.param("```console\nsimply light\n```", id="a block"),
        pytest.param("<!-- simply -->", id="a comment"),
        pytest.param("Our types are simply typed.", id="a term"),
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    assert judge("SR406", with_guide(text)).findings == ()


def test_where_just_is_the_runner_the_word_is_left_alone() -> None:
    assert judge("SR406", with_guide("Then just run lint.", justfile="lint:\n  ruff check\n")).findings == ()


def test_belittling_words_of_a_page_make_one_finding() -> None:
    (finding,) = judge("SR406", with_guide("Simply run it.\n\nObviously, just install it.\n")).findings
    assert finding.message == 'CONTRIBUTING.md says "simply" (line 8), "obviously" (line 10), "just" (line 10).'


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("![A lamp](lamp.png)", id="text"),
        pytest.param('<img src="lamp.png" alt="A lamp">', id="text in HTML"),
        pytest.param("## Down\n\n### one\n\n## and up", id="up and down"),
        pytest.param("# Another\n\n## title", id="two titles"),
    ],
)
def test_accessible_pages_are_left_alone(text: str) -> None:
    assert judge("SR407", with_guide(text)).findings == ()


@pytest.mark.parametrize("image", ['<img src="a.png" alt="">', "<img\nalt=''\nsrc='a.png'>"])
def test_an_image_marked_as_decoration_is_left_alone(image: str) -> None:
    assert judge("SR407", {"README.md": f"# Lantern\n\n{image}\n"}).findings == ()


def test_an_image_without_any_text_is_found() -> None:
    assert judge("SR407", {"README.md": '# Lantern\n\n<img src="a.png">\n'}).findings


def test_a_page_that_begins_below_the_first_level_is_left_alone() -> None:
    assert judge("SR407", {"README.md": "### Lantern\n\nLamps.\n"}).findings == ()


@pytest.mark.parametrize(
    ("uses", "verdict"),
    [
        pytest.param("contributor-assistant/github-action@v2", Status.FAIL, id="CLA assistant"),
        pytest.param("lamps/cla-check@v1", Status.FAIL, id="a CLA check"),
        pytest.param("tim-actions/dco@v1", Status.FAIL, id="a DCO check"),
        pytest.param("actions/checkout@v4", Status.SKIPPED, id="no agreement"),
        pytest.param("lamps/clang-format@v1", Status.SKIPPED, id="clang begins with cla"),
    ],
)
def test_an_enforced_agreement_is_seen(uses: str, verdict: Status) -> None:
    workflow = f"name: x\non: push\njobs:\n  x:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: {uses}\n"
    assert judge("SR410", with_guide("", **{".github/workflows/x.yml": workflow})).status is verdict


@pytest.mark.parametrize(
    "text", ["Sign the CLA first.", "Commits need a sign-off.", "We use the Developer Certificate of Origin."]
)
def test_a_stated_agreement_is_seen(text: str) -> None:
    assert judge("SR410", with_guide(text, **{".github/dco.yml": ""})).status is Status.PASS


@pytest.mark.parametrize("text", ["Reviews take up to two weeks.", "Please be patient until somebody reviews it."])
def test_a_review_time_is_seen(text: str) -> None:
    assert judge("SR411", with_guide(text)).status is Status.PASS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("## Contributors\n\nAda", id="a heading"),
        pytest.param("[All who helped](https://github.com/lamps/lantern/graphs/contributors)", id="the forge's graph"),
        pytest.param("Add your name to AUTHORS.md.", id="a list to join"),
    ],
)
def test_credit_is_seen(text: str) -> None:
    assert judge("SR412", with_guide(text)).status is Status.PASS


def test_a_listing_without_a_table_is_skipped_with_what_to_add() -> None:
    assert "[tool.sprintready.sprint]" in judge("SR413", {"README.md": "# Lantern\n"}).reason


def test_a_half_filled_listing_names_what_is_missing() -> None:
    settings = Settings(sprint=Sprint(lead="Ada", contact="#lamps", level="any"), path="sprintready.toml")
    (finding,) = judge("SR413", {"README.md": "# Lantern\n"}, settings).findings
    assert "capacity, goals" in finding.message


@pytest.mark.parametrize(
    "line", ["- Brighter lamps -- by {user}`ada`", "- Brighter lamps, by :user:`ada`.", "- Brighter lamps (@ada)"]
)
def test_names_in_the_changelog_are_credit(line: str) -> None:
    assert judge("SR412", with_guide("", **{"CHANGELOG.md": f"# Changes\n\n## 1.0\n\n{line}\n"})).status is Status.PASS


def test_a_changelog_without_names_credits_nobody() -> None:
    assert judge("SR412", with_guide("", **{"CHANGELOG.md": "# Changes\n\n- Brighter lamps\n"})).status is Status.FAIL
