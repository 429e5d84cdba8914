from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from pytest_sprintready.reading.conduct import conduct_contact
from pytest_sprintready.reading.prose import read_document

LONG = "Be kind to each other. " * 60


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        pytest.param("Report to a@lamps.dev.", "private", "a@lamps.dev", id="address"),
        pytest.param("Report to [INSERT CONTACT METHOD].", "placeholder", "[INSERT CONTACT METHOD]", id="blank"),
        pytest.param("See [the code](https://lamps.dev/coc).", "outside", "https://lamps.dev/coc", id="adopted"),
        pytest.param("See [the code](docs/coc.md).", "inside", "docs/coc.md", id="elsewhere in the repository"),
        pytest.param(
            LONG + "Report in [issues](https://github.com/a/b/issues).",
            "public",
            "https://github.com/a/b/issues",
            id="tracker",
        ),
        pytest.param(LONG, "none", "", id="nobody"),
        pytest.param("", "none", "", id="empty"),
        pytest.param(LONG + "Report to TODO or a@lamps.dev.", "private", "a@lamps.dev", id="an address beside a blank"),
    ],
)
def test_the_contact_of_a_code_of_conduct(text: str, kind: str, said: str) -> None:
    found = conduct_contact(read_document("CODE_OF_CONDUCT.md", text))
    assert (found.kind, found.text) == (kind, said)


@given(st.text(max_size=400))
def test_any_text_has_an_answer(text: str) -> None:
    found = conduct_contact(read_document("CODE_OF_CONDUCT.md", text))
    assert found.kind in {"private", "placeholder", "public", "outside", "inside", "none"}
